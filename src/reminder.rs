//! Decides which reminders are due, from programs, records and the reminders already shown. How a
//! reminder is shown is up to the caller.

use std::collections::BTreeMap;

use jiff::civil::{Date, DateTime, Time};
use jiff::{SignedDuration, Timestamp, ToSpan, Zoned};
use serde::{Deserialize, Serialize};

use crate::day::{day_at, day_of, is_of_the_night, times_of_day};
use crate::history::SessionHistory;
use crate::history::{self, HistoryView};
use crate::program::{Frequency, Program, words};
use crate::progression;
use crate::schedule::{self, Due, ProgramStatus};
use crate::text::count;

/// A session with something recorded this recently is being played, so no reminder is due.
const BEING_PLAYED: SignedDuration = SignedDuration::from_hours(2);
/// After midnight a reminder is shown at most this late. The system checks every five minutes;
/// anything later would wake the patient.
const LATEST_AT_NIGHT: SignedDuration = SignedDuration::from_mins(15);

/// The reminders already shown, so that each is shown once.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct ReminderMemory {
    /// The local time of the last reminder shown for each program, by the program's id.
    #[serde(default)]
    pub told: BTreeMap<String, DateTime>,
    /// Until then nothing is shown.
    #[serde(default)]
    pub snoozed_until: Option<Timestamp>,
}

impl ReminderMemory {
    /// Shows nothing for some time, and after it again what is still due today.
    pub fn snooze(&mut self, now: &Zoned, length: SignedDuration) {
        self.snoozed_until = now.timestamp().checked_add(length).ok();
        self.told.retain(|_, told| day_at(*told) < day_of(now));
    }

    fn is_snoozed(&self, now: &Zoned) -> bool {
        self.snoozed_until
            .is_some_and(|until| until > now.timestamp())
    }

    fn was_told(&self, program: &Program, at: DateTime) -> bool {
        self.told.get(&program.id).is_some_and(|told| *told >= at)
    }
}

/// A reminder that is due.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reminder {
    /// The program's id.
    pub program: String,
    /// The program's title.
    pub title: String,
    /// What it is time for, as a heading.
    pub heading: String,
    /// How long the session takes and how much is done of it.
    pub text: String,
    /// The local time that was set for it.
    pub at: DateTime,
}

/// Returns how many sessions a day has, on a day that has any.
pub(crate) fn sessions_a_day(frequency: &Frequency) -> u8 {
    if let Frequency::PerDay(sessions) = frequency {
        *sessions
    } else {
        1
    }
}

/// Returns the times that are set for reminders: the program's own, or those that the patient chose
/// for programs without any.
pub(crate) fn times<'t>(program: &'t Program, fallback: &'t [Time]) -> &'t [Time] {
    if program.reminders.is_empty() {
        fallback
    } else {
        &program.reminders
    }
}

/// Returns the times of day of a program's reminders in one of its phases. There are none if
/// neither the program nor the patient sets a time.
fn times_in_phase(program: &Program, fallback: &[Time], phase: usize) -> Vec<Time> {
    match times(program, fallback) {
        [] => Vec::new(),
        set => times_of_day(set, sessions_a_day(program.frequency_in(phase))),
    }
}

/// Returns the reminder of a program that is due now: the program is due today, a reminder time has
/// come, and no reminder was shown for it.
pub fn due(
    program: &Program,
    past: HistoryView<'_>,
    fallback: &[Time],
    memory: &ReminderMemory,
    now: &Zoned,
) -> Option<Reminder> {
    if memory.is_snoozed(now) {
        return None;
    }
    let today = day_of(now);
    let status = schedule::status(program, past, today);
    let times = times_in_phase(program, fallback, status.phase);
    let all = on_day(&times, today);
    let come: Vec<DateTime> = all
        .iter()
        .copied()
        .filter(|at| *at <= now.datetime())
        .collect();
    let last = *come.iter().max()?;
    if is_of_the_night(now.time()) && !has_just_come(last, memory, now) {
        return None;
    }
    let morning = schedule::morning_after(program, past, now);
    let Due::Today(left) = status.due else {
        // A program that isn't due may still have the question about the morning after. It is asked
        // with the first time of the day.
        let (earlier, first) = (morning?, *come.iter().min()?);
        return (!memory.was_told(program, first)).then(|| Reminder {
            program: program.id.clone(),
            title: program.title.clone(),
            heading: format!("The morning after {}", program.title),
            text: describe_morning(earlier),
            at: first,
        });
    };
    if is_on_schedule(program.frequency_in(status.phase), left, &come, &all)
        || memory.was_told(program, last)
    {
        return None;
    }
    let unfinished = history::unfinished(program, past.histories, today);
    if unfinished.is_some_and(|history| is_being_played(history, now)) {
        return None;
    }
    let mut text = describe_session(program, &status, unfinished.is_some());
    text.extend(morning.map(|earlier| format!("\n{}", describe_morning(earlier))));
    Some(Reminder {
        program: program.id.clone(),
        title: program.title.clone(),
        heading: format!("Time for {}", program.title),
        text,
        at: last,
    })
}

/// Returns times of day as times of a patient's day, whose night is on the calendar's next date.
fn on_day(times: &[Time], day: Date) -> Vec<DateTime> {
    let date = |time: Time| {
        let night = i64::from(is_of_the_night(time));
        day.checked_add(night.days()).unwrap_or(day)
    };
    times
        .iter()
        .map(|time| date(*time).to_datetime(*time))
        .collect()
}

/// Tells whether a time has come so recently that its reminder may be shown at night. A snoozed
/// reminder comes when the snooze is over.
fn has_just_come(at: DateTime, memory: &ReminderMemory, now: &Zoned) -> bool {
    let snoozed = memory
        .snoozed_until
        .map(|until| until.to_zoned(now.time_zone().clone()).datetime());
    let came = snoozed.map_or(at, |until| until.max(at));
    now.datetime().duration_since(came) <= LATEST_AT_NIGHT
}

/// Tells whether a program with several sessions a day has as many done as times have come. The
/// last time of the day asks for all of them.
fn is_on_schedule(frequency: &Frequency, left: u8, come: &[DateTime], all: &[DateTime]) -> bool {
    let Frequency::PerDay(sessions) = frequency else {
        return false;
    };
    let done = usize::from(sessions.saturating_sub(left));
    let sessions = usize::from(*sessions);
    let asked = if come.len() == all.len() {
        sessions
    } else {
        come.len().min(sessions)
    };
    done >= asked
}

fn is_being_played(history: &SessionHistory, now: &Zoned) -> bool {
    now.timestamp().duration_since(history.last().timestamp()) < BEING_PLAYED
}

/// Describes the session that is due: "4 exercises, about 12 min; 1 of 3 done this week".
fn describe_session(program: &Program, status: &ProgramStatus, is_unfinished: bool) -> String {
    let mut parts = Vec::new();
    if let Some(phase) = program.phase(status.phase) {
        let length = progression::length(program, status.phase, &status.steps);
        parts.push(format!(
            "{}, about {} min",
            count(phase.exercises.len(), "exercise"),
            words::minutes(length)
        ));
    }
    if is_unfinished {
        parts.push("picks up where you stopped".to_owned());
    }
    if let Some(a_week) = status.a_week {
        parts.push(format!(
            "{} of {a_week} done this week",
            status.done_this_week
        ));
    }
    parts.join("; ")
}

/// Asks about the morning after a session.
fn describe_morning(earlier: &SessionHistory) -> String {
    let day = history::date_of(earlier).strftime("%A");
    format!(
        "How much pain did you have in the morning after {day}'s session? \
         Start regimen to answer."
    )
}

/// Returns the next instant after now at which a program may have a reminder.
pub fn next<'p>(
    programs: impl Iterator<Item = &'p Program>,
    fallback: &[Time],
    memory: &ReminderMemory,
    now: &Zoned,
) -> Option<Timestamp> {
    let zone = now.time_zone().clone();
    let tomorrow = now.date().checked_add(1.day()).ok();
    let mut instants: Vec<Timestamp> = programs
        .flat_map(|program| {
            (0..program.phases.len()).flat_map(|phase| times_in_phase(program, fallback, phase))
        })
        .flat_map(|time| {
            [Some(now.date()), tomorrow]
                .into_iter()
                .flatten()
                .map(move |date| date.to_datetime(time))
        })
        .filter_map(|at| at.to_zoned(zone.clone()).ok())
        .map(|at| at.timestamp())
        .collect();
    instants.extend(memory.snoozed_until);
    instants
        .into_iter()
        .filter(|at| *at > now.timestamp())
        .min()
}

/// Joins reminders into one title and one text; none if there are no reminders.
pub(crate) fn words(reminders: &[Reminder]) -> Option<(String, String)> {
    match reminders {
        [] => None,
        [one] => Some((one.heading.clone(), one.text.clone())),
        more => Some((
            "Time for your exercises".to_owned(),
            more.iter()
                .map(|one| format!("{}: {}", one.title, one.text))
                .collect::<Vec<_>>()
                .join("\n"),
        )),
    }
}
