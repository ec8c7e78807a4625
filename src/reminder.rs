//! What is to be reminded of now: from programs, records, and what was told already. Knows nothing
//! of clocks or of how it is told.

use std::collections::BTreeMap;

use jiff::civil::{DateTime, Time};
use jiff::{SignedDuration, Timestamp, ToSpan, Zoned};
use serde::{Deserialize, Serialize};

use crate::day::{day_at, day_of, is_of_the_night, times_of_day};
use crate::prescription::{self, Due, HistoryView};
use crate::program::words::minutes;
use crate::program::{Frequency, Program};
use crate::record::SessionHistory;

/// A session that was begun so shortly ago is being played.
const AT_IT: SignedDuration = SignedDuration::from_hours(2);
/// After midnight a reminder is told no later than this: the system looks every five minutes, and
/// later it would wake somebody.
const LATE: SignedDuration = SignedDuration::from_mins(15);
/// What has been told, so that it is told once.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct ReminderMemory {
    /// By the program's id the local time of the last reminder that was told.
    #[serde(default)]
    pub told: BTreeMap<String, DateTime>,
    /// Nothing is told before this.
    #[serde(default)]
    pub snoozed_until: Option<Timestamp>,
}

impl ReminderMemory {
    /// Tells nothing for a while, and then again what is still due today.
    pub fn snooze(&mut self, now: &Zoned, length: SignedDuration) {
        self.snoozed_until = now.timestamp().checked_add(length).ok();
        self.told.retain(|_, told| day_at(*told) < day_of(now));
    }
}

/// A reminder.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reminder {
    /// The program's id.
    pub program: String,
    /// Its title.
    pub title: String,
    /// What it is time for, as a heading.
    pub heading: String,
    /// Its length and what was done of it.
    pub text: String,
    /// The local time at which it was to be told.
    pub at: DateTime,
}

/// Returns how many sessions a day has, on a day that has any.
pub fn sessions_a_day(frequency: &Frequency) -> u8 {
    if let Frequency::PerDay(sessions) = frequency {
        *sessions
    } else {
        1
    }
}

/// Returns when a program reminds in a day of one of its phases; never, where neither it nor the
/// patient names a time.
fn reminding(program: &Program, fallback: &[Time], phase: usize) -> Vec<Time> {
    match times(program, fallback) {
        [] => Vec::new(),
        named => times_of_day(named, sessions_a_day(program.frequency_in(phase))),
    }
}

/// The times to be reminded at: the program's own, or those that the patient chose for programs
/// without.
pub fn times<'t>(program: &'t Program, fallback: &'t [Time]) -> &'t [Time] {
    if program.reminders.is_empty() {
        fallback
    } else {
        &program.reminders
    }
}

/// What a program asks to be reminded of now, if anything: it is due today, a time has come, and it
/// has not been told.
pub fn due(
    program: &Program,
    past: HistoryView<'_>,
    fallback: &[Time],
    memory: &ReminderMemory,
    now: &Zoned,
) -> Option<Reminder> {
    if memory
        .snoozed_until
        .is_some_and(|until| until > now.timestamp())
    {
        return None;
    }
    let now_here = now.datetime();
    let today = day_at(now_here);
    let status = prescription::status(program, past, today);
    let all: Vec<DateTime> = reminding(program, fallback, status.phase)
        .into_iter()
        .map(|time| {
            let night = i64::from(is_of_the_night(time));
            today
                .checked_add(night.days())
                .unwrap_or(today)
                .to_datetime(time)
        })
        .collect();
    let come: Vec<DateTime> = all.iter().copied().filter(|at| *at <= now_here).collect();
    // At night only what has just come is told; what was put off has come when that is over.
    let put_off = memory
        .snoozed_until
        .map(|until| until.to_zoned(now.time_zone().clone()).datetime());
    let just_come =
        |at: DateTime| now_here.duration_since(put_off.map_or(at, |until| until.max(at))) <= LATE;
    if is_of_the_night(now.time()) && !come.iter().max().is_some_and(|at| just_come(*at)) {
        return None;
    }
    let morning = prescription::morning_after(program, past, now);
    let Due::Today(left) = status.due else {
        // What is not due may still have a question, which is told with the first time of the day.
        let (earlier, at) = (morning?, *come.iter().min()?);
        let told = memory.told.get(&program.id).is_some_and(|told| *told >= at);
        return (!told).then(|| Reminder {
            program: program.id.clone(),
            title: program.title.clone(),
            heading: format!("The morning after {}", program.title),
            text: morning_words(earlier),
            at,
        });
    };
    let at = *come.iter().max()?;
    // Of several a day as many are missed as times have come, less those done.
    if let Frequency::PerDay(times) = program.frequency_in(status.phase) {
        let done = usize::from(times.saturating_sub(left));
        // With the last time of the day all of them are asked for.
        let all_come = come.len() == all.len();
        let asked = if all_come {
            usize::from(*times)
        } else {
            come.len().min(usize::from(*times))
        };
        if done >= asked {
            return None;
        }
    }
    if memory.told.get(&program.id).is_some_and(|told| *told >= at) {
        return None;
    }
    let unfinished = prescription::unfinished(program, past.histories, today);
    if unfinished
        .is_some_and(|history| now.timestamp().duration_since(history.last().timestamp()) < AT_IT)
    {
        return None;
    }
    let mut words = Vec::new();
    if let Some(phase) = program.phase(status.phase) {
        let count = phase.exercises.len();
        let plural = if count == 1 { "exercise" } else { "exercises" };
        words.push(format!(
            "{count} {plural}, about {} min",
            minutes(prescription::length(program, status.phase, &status.steps))
        ));
    }
    if unfinished.is_some() {
        words.push("goes on where you stopped".to_owned());
    }
    if let Some(a_week) = status.a_week {
        words.push(format!(
            "{} of {a_week} done this week",
            status.done_this_week
        ));
    }
    let mut text = words.join("; ");
    text.extend(morning.map(|earlier| format!("\n{}", morning_words(earlier))));
    let heading = format!("Time for {}", program.title);
    Some(Reminder {
        program: program.id.clone(),
        title: program.title.clone(),
        heading,
        text,
        at,
    })
}

/// What is asked about the morning after a session.
fn morning_words(earlier: &SessionHistory) -> String {
    let day = prescription::date_of(earlier).strftime("%A");
    format!(
        "How much pain did you have in the morning after {day}'s session? regimen asks when it starts."
    )
}

/// The next instant after now at which a program may have something to be reminded of.
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
            (0..program.phases.len()).flat_map(|phase| reminding(program, fallback, phase))
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

/// Several reminders in one: a title and a text.
pub fn words(reminders: &[Reminder]) -> Option<(String, String)> {
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
