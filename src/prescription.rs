//! What is due: from a program, its records, and the date; which phase and which steps of the
//! progression hold, and what the therapist's conditions for the next ones still ask for. Nothing
//! moves by itself: only what the patient confirmed holds. Knows nothing of clocks or of how it is
//! shown.

use std::time::Duration;

use jiff::civil::{Date, Weekday as CivilWeekday};
use jiff::{SignedDuration, ToSpan, Zoned};

use crate::day::{day_of, days_between};
use crate::preferences::WeekBegins;
use crate::program::notation::write_duration;
use crate::program::words;
use crate::program::{
    AdvanceWhen, Dose, Exercise, Frequency, PainMoment, Program, ProgressionStep, Weekday,
};
use crate::record::{
    ChoiceRecord, EndKind, Outcome, RatingKind, SessionHistory, SetRecord, StopSign,
};
use crate::timeline::{PrescribedExercise, SessionMode, Timeline};

/// How many sessions must have kept a limit of pain, as format 1 says.
const PAIN_SESSIONS: usize = 3;
/// Days without a session that counts after which nothing opens at once.
const BREAK: i32 = 14;
/// How many sessions must count again after such a break.
const AFTER_BREAK: usize = 2;
/// The share of its dose that a session needs in order to count for a phase.
const ENOUGH: f64 = 0.8;
/// A session that lasted no longer than this belongs to the day on which it was begun; one that was
/// left and gone on with later, to the day on which it ended.
const IN_ONE_GO: SignedDuration = SignedDuration::from_hours(6);
/// For so many days after the next morning pain is still asked for; later nobody would know.
const MORNINGS: i32 = 1;
/// A session left for longer than this is not gone on with.
const LEFT_FOR: i32 = 60;

/// What is known of the past, of all programs.
#[derive(Debug, Clone, Copy, Default)]
pub struct HistoryView<'h> {
    /// The sessions, the oldest first.
    pub histories: &'h [SessionHistory],
    /// What the patient chose of phases and steps, the oldest first.
    pub choices: &'h [ChoiceRecord],
    /// The stop signs that the patient has and that nobody has answered.
    pub signs: &'h [StopSign],
    /// On which day the patient's week begins.
    pub week_begins: WeekBegins,
}

/// Whether a program is to be done today.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Due {
    /// Today, and so many sessions of it.
    Today(u8),
    /// What today asks for is done.
    Done,
    /// Pain was said today of which the therapist says: stop.
    Stopped,
    /// In so many days.
    InDays(u16),
    /// What this week asks for is done.
    DoneThisWeek,
    /// The last phase is over, so that nothing is due any more.
    Finished,
    /// Never due.
    AsNeeded,
}

/// Where a patient stands with a program.
#[derive(Debug, Clone, PartialEq)]
pub struct ProgramStatus {
    /// Whether it is due.
    pub due: Due,
    /// The day on which it is due next: today, where it is due today; none where it is never due.
    pub next: Option<Date>,
    /// The phase, from 0.
    pub phase: usize,
    /// Of each exercise of the phase how many steps of its progression were taken.
    pub steps: Vec<usize>,
    /// Which week since the first session of the phase, or of a program without phases, from 1;
    /// none before the first session.
    pub week: Option<u32>,
    /// Sessions finished in the week of the date, never more than the week asks for.
    pub done_this_week: u32,
    /// Sessions that the week of the date asks for; none where it asks for none.
    pub a_week: Option<u32>,
    /// Whether the program was never begun before.
    pub first_time: bool,
}

/// Whether a session counts as one that was done: played to its end, and not only passed over.
pub fn counts(history: &SessionHistory) -> bool {
    history.is_finished() && history.worked
}

/// Returns the day of a session: the one on which it was begun; where it was left and resumed much
/// later, that of its end.
pub fn date_of(history: &SessionHistory) -> Date {
    let begun = &history.session.started;
    // When a session was given up says nothing of when it was done.
    let ended = history
        .end
        .as_ref()
        .filter(|end| end.kind != EndKind::Discarded)
        .map(|end| &end.at);
    let later = ended.filter(|end| end.duration_since(begun) > IN_ONE_GO);
    day_of(later.unwrap_or(begun))
}

/// The first day of the week of a date.
pub fn week_of(date: Date, begins: WeekBegins) -> Date {
    let first = match begins {
        WeekBegins::Monday => CivilWeekday::Monday,
        WeekBegins::Sunday => CivilWeekday::Sunday,
    };
    date.checked_sub(i64::from(date.weekday().since(first)).days())
        .unwrap_or(date)
}

/// The sessions of a program among all.
pub fn of<'h>(program: &Program, histories: &'h [SessionHistory]) -> Vec<&'h SessionHistory> {
    histories
        .iter()
        .filter(|history| history.session.program == program.id)
        .collect()
}

/// The unfinished session of a program that can be gone on with: the last one, unless another was
/// finished since, or it was left for so long that it is none any more.
pub fn unfinished<'h>(
    program: &Program,
    histories: &'h [SessionHistory],
    today: Date,
) -> Option<&'h SessionHistory> {
    let sessions = of(program, histories);
    let finished = sessions
        .iter()
        .filter(|history| counts(history))
        .map(|history| &history.session.started)
        .max();
    let days = |history: &SessionHistory| days_between(day_of(&history.session.started), today);
    let open = sessions.iter().copied().filter(|history| {
        history.end.is_none()
            && finished.is_none_or(|finished| *finished <= history.session.started)
            && days(history) <= LEFT_FOR
    });
    open.max_by(|a, b| a.session.started.cmp(&b.session.started))
}

/// The phase that holds: the one that the patient went on to last, else the first. A session that
/// was played in another phase moves nothing.
pub fn phase(program: &Program, past: HistoryView<'_>) -> usize {
    let sessions = of(program, past.histories)
        .into_iter()
        .filter(|history| history.worked);
    phase_after(
        program,
        sessions.max_by(|a, b| a.session.started.cmp(&b.session.started)),
        past.choices,
    )
}

/// The phase that holds after some choices. Where the phase that was chosen last is called
/// otherwise now, it is that of the last session in which anything was done: to write a title anew
/// takes nobody back to the beginning.
pub fn phase_after(
    program: &Program,
    last: Option<&SessionHistory>,
    choices: &[ChoiceRecord],
) -> usize {
    let moves = |choice: &&ChoiceRecord| {
        choice.program == program.id && choice.exercise.is_none() && choice.taken
    };
    let Some(chosen) = choices.iter().rev().find(moves) else {
        return 0;
    };
    let called = program
        .phases
        .get(usize::from(chosen.step))
        .map(describe_phase);
    let phase = match last {
        Some(last) if called.as_ref() != Some(&chosen.dose) => last.session.phase,
        _ if called.as_ref() != Some(&chosen.dose) => 0,
        _ => chosen.step,
    };
    usize::from(phase).min(program.phases.len().saturating_sub(1))
}

/// Of each exercise of a phase how many steps were taken. A step counts as long as it leads to the
/// dose that the patient confirmed: what the therapist has written anew since is confirmed anew.
pub fn steps(program: &Program, phase: usize, choices: &[ChoiceRecord]) -> Vec<usize> {
    let Some(exercises) = program.phase(phase).map(|phase| &phase.exercises) else {
        return Vec::new();
    };
    let taken = |exercise: &str, index: usize, step: &ProgressionStep| {
        let last = choices.iter().rev().find(|choice| {
            choice.program == program.id
                && usize::from(choice.phase) == phase
                && choice.exercise.as_deref() == Some(exercise)
                && usize::from(choice.step) == index
        });
        last.is_some_and(|choice| choice.taken && choice.dose == describe_recorded_step(step))
    };
    let of = |exercise: &Exercise| {
        let steps = exercise.progression.iter().enumerate();
        steps
            .take_while(|(index, step)| taken(&exercise.id, *index, step))
            .count()
    };
    exercises.iter().map(of).collect()
}

/// The exercises of a phase with the doses that hold after the steps that were taken.
pub fn planned<'p>(
    program: &'p Program,
    phase: usize,
    steps: &[usize],
) -> Vec<PrescribedExercise<'p>> {
    let exercises = program
        .phase(phase)
        .map(|phase| phase.exercises.as_slice())
        .unwrap_or_default();
    let taken = steps.iter().copied().chain(std::iter::repeat(0));
    exercises
        .iter()
        .zip(taken)
        .map(|(exercise, taken)| PrescribedExercise::after(exercise, taken))
        .collect()
}

/// A whole session of a phase after the steps that were taken, led by keys.
pub fn timeline(program: &Program, phase: usize, steps: &[usize]) -> Timeline {
    let planned: Vec<(usize, PrescribedExercise<'_>)> = planned(program, phase, steps)
        .into_iter()
        .enumerate()
        .collect();
    Timeline::compile(&planned, SessionMode::Manual, |_, _, _| false)
}

/// The reckoned length of a session of a phase after the steps that were taken.
pub fn length(program: &Program, phase: usize, steps: &[usize]) -> Duration {
    timeline(program, phase, steps).length()
}

/// Returns the seconds of work of a whole session of a phase, with the steps that were taken; tests
/// count nothing.
pub fn dose_of(program: &Program, phase: usize, choices: &[ChoiceRecord]) -> f64 {
    let planned = planned(program, phase, &steps(program, phase, choices));
    let sets = planned
        .iter()
        .filter(|planned| !planned.dose.is_test())
        .flat_map(|planned| &planned.dose.sets);
    sets.map(|set| set.work.estimate().as_secs_f64()).sum()
}

/// Where a patient stands with a program on a date.
pub fn status(program: &Program, past: HistoryView<'_>, today: Date) -> ProgramStatus {
    let sessions = of(program, past.histories);
    let phase = phase(program, past);
    let mut done: Vec<Date> = sessions
        .iter()
        .filter(|history| counts(history))
        .map(|history| date_of(history))
        .collect();
    done.sort_unstable();
    let first = week_of(today, past.week_begins);
    let count =
        |dates: &mut dyn Iterator<Item = &Date>| u32::try_from(dates.count()).unwrap_or(u32::MAX);
    let in_week = count(
        &mut done
            .iter()
            .filter(|date| week_of(**date, past.week_begins) == first),
    );
    let done_today = count(&mut done.iter().filter(|date| **date == today));
    let frequency = program.frequency_in(phase);
    let signed = open_sign(program, past).is_some();
    let due = match due(frequency, today, done_today, in_week, done.last().copied()) {
        Due::AsNeeded => Due::AsNeeded,
        due if is_over(program, past, today, due) => Due::Finished,
        Due::Done => Due::Done,
        // A stop sign stops until it is answered, and not for today alone.
        _ if signed => Due::Stopped,
        Due::Today(_) if stopped_on(program, &sessions, today) => Due::Stopped,
        due => due,
    };
    let next = match due {
        // When the sign is cleared up nobody knows.
        _ if signed => None,
        Due::Today(_) => Some(today),
        Due::InDays(days) => today.checked_add(i64::from(days).days()).ok(),
        Due::AsNeeded | Due::Finished => None,
        Due::DoneThisWeek => first.checked_add(7.days()).ok(),
        Due::Done | Due::Stopped => after_today(frequency, today, first, in_week),
    };
    let a_week = if due == Due::Finished {
        None
    } else {
        asked_in_week(frequency, first, today, &done)
    };
    let week = week_in(program, phase, past, today);
    let steps = steps(program, phase, past.choices);
    // Who entered sessions by hand, which take no time, has not read what comes before the first
    // one.
    let played = |history: &SessionHistory| {
        history
            .end
            .as_ref()
            .is_none_or(|end| end.at != history.session.started)
    };
    let first_time = !sessions.iter().any(|history| played(history));
    let done_this_week = match frequency {
        // What one day has too much does not make up for another day.
        Frequency::PerDay(times) => {
            let days = first.series(1.day()).take(7);
            days.map(|day| {
                count(&mut done.iter().filter(|date| **date == day)).min((*times).into())
            })
            .sum()
        }
        _ => in_week.min(a_week.unwrap_or(u32::MAX)),
    };
    ProgramStatus {
        due,
        next,
        phase,
        steps,
        week,
        done_this_week,
        a_week,
        first_time,
    }
}

/// Returns how many sessions a week asks for, given the days on which sessions were finished, in
/// order.
fn asked_in_week(frequency: &Frequency, first: Date, today: Date, done: &[Date]) -> Option<u32> {
    match frequency {
        Frequency::PerDay(times) => Some(u32::from(*times) * 7),
        Frequency::PerWeek(times) => Some(u32::from(*times)),
        Frequency::Weekdays(days) => u32::try_from(days.len()).ok(),
        Frequency::EveryDays(days) => {
            let last = first.checked_add(6.days()).ok()?;
            let before = done.iter().rev().find(|date| **date < first).copied();
            let begin = before.or(done.first().copied()).unwrap_or(today).min(today);
            // From today on the sessions are done as they are due.
            let is_done = |day: Date| day >= today || done.contains(&day);
            let turns = turns(*days, begin, last, is_done);
            let asked = turns
                .iter()
                .filter(|turn| first <= turn.done.unwrap_or(turn.opens))
                .count();
            u32::try_from(asked).ok().filter(|asked| *asked > 0)
        }
        Frequency::AsNeeded => None,
    }
}

/// A turn of a program that is done every so many days.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Turn {
    /// The day from which on it is due.
    pub opens: Date,
    /// The day on which it was done; none where it was missed.
    pub done: Option<Date>,
}

/// Returns the turns of a program that is done every so many days. The next one opens that long
/// after the last one was done, or, where it was missed, after it opened; what is done before it
/// opens is extra.
pub fn turns(every: u8, from: Date, to: Date, is_done: impl Fn(Date) -> bool) -> Vec<Turn> {
    let mut turns: Vec<Turn> = Vec::new();
    let mut next = from;
    for day in from.series(1.day()).take_while(|day| *day <= to) {
        let later = day
            .checked_add(i64::from(every).days())
            .unwrap_or(Date::MAX);
        if day >= next {
            turns.push(Turn {
                opens: day,
                done: None,
            });
            next = later;
        }
        if let Some(turn) = turns
            .last_mut()
            .filter(|turn| turn.done.is_none() && is_done(day))
        {
            turn.done = Some(day);
            next = later;
        }
    }
    turns
}

/// Whether on a day pain was said of which the therapist says: stop for today.
fn stopped_on(program: &Program, sessions: &[&SessionHistory], day: Date) -> bool {
    let pain = sessions
        .iter()
        .flat_map(|history| &history.ratings)
        .filter(|rating| rating.kind == RatingKind::Pain);
    let mut of_day = pain.filter(|rating| day_of(&rating.at) == day);
    of_day.any(|rating| {
        program
            .pain
            .band(rating.value)
            .is_some_and(|band| band.stop)
    })
}

/// The day on which a program is due next whose session of today is done.
fn after_today(
    frequency: &Frequency,
    today: Date,
    week: Date,
    done_this_week: u32,
) -> Option<Date> {
    let ahead = |days: i64| today.checked_add(days.days()).ok();
    match frequency {
        Frequency::AsNeeded => None,
        Frequency::PerWeek(times) if done_this_week >= u32::from(*times) => {
            week.checked_add(7.days()).ok()
        }
        Frequency::PerDay(_) | Frequency::PerWeek(_) => ahead(1),
        Frequency::EveryDays(days) => ahead(i64::from(*days)),
        Frequency::Weekdays(days) => (1..=7)
            .filter_map(ahead)
            .find(|date| days.iter().any(|day| civil(*day) == date.weekday())),
    }
}

/// The sessions of a phase, the oldest first; of a program without phases all of them.
fn in_phase<'h>(program: &Program, phase: usize, past: HistoryView<'h>) -> Vec<&'h SessionHistory> {
    let phases = program.has_phases();
    let mut sessions = of(program, past.histories);
    sessions.retain(|history| !phases || usize::from(history.session.phase) == phase);
    sessions.sort_by(|a, b| a.session.started.cmp(&b.session.started));
    sessions
}

/// The sessions of a phase in which anything was done.
fn of_phase<'h>(program: &Program, phase: usize, past: HistoryView<'h>) -> Vec<&'h SessionHistory> {
    let mut sessions = in_phase(program, phase, past);
    sessions.retain(|history| history.worked);
    sessions
}

/// Which week since the first session of a phase it is, from 1. Where the clock was set back it is
/// the first one.
fn week_in(program: &Program, phase: usize, past: HistoryView<'_>, today: Date) -> Option<u32> {
    let first = of_phase(program, phase, past)
        .into_iter()
        .map(date_of)
        .min()?;
    let days = days_between(first, today).max(0);
    u32::try_from(days / 7 + 1).ok()
}

/// The highest pain that was said of a session, at whatever moment.
pub fn worst_pain(history: &SessionHistory) -> Option<u8> {
    history
        .ratings
        .iter()
        .filter(|rating| rating.kind == RatingKind::Pain)
        .map(|rating| rating.value)
        .max()
}

/// What a phase is called where it is chosen.
pub fn describe_phase(phase: &crate::program::Phase) -> String {
    phase.title.clone().unwrap_or_default()
}

/// A dose in words, with the rest between its sets, where there are several.
pub fn describe_dose(dose: &Dose, rest: Duration) -> String {
    with_rest(words::dose(dose), dose, rest)
}

/// Returns the same as it is recorded where a step is taken.
pub fn describe_recorded_dose(dose: &Dose, rest: Duration) -> String {
    with_rest(words::recorded_dose(dose), dose, rest)
}

/// Returns what a step leads to in the words in which it is recorded.
pub fn describe_recorded_step(step: &ProgressionStep) -> String {
    describe_recorded_dose(&step.dose, step.rest)
}

fn with_rest(words: String, dose: &Dose, rest: Duration) -> String {
    if dose.rounds() > 1 {
        format!("{words}, rest {}", write_duration(rest))
    } else {
        words
    }
}

/// What the therapist's conditions for a phase or a step ask for, and how far they are met.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Advancement {
    /// The exercise whose step it is, by its place in the phase; none where it is the next phase.
    pub exercise: Option<usize>,
    /// The step, from 0; of a phase the phase to go to.
    pub step: usize,
    /// What it leads to, as it is recorded.
    pub dose: String,
    /// What it leads to, as it is shown.
    pub words: String,
    /// What is done now, as it is shown.
    pub now: String,
    /// Each condition with what is known of it, and whether it is met.
    pub conditions: Vec<(String, bool)>,
}

impl Advancement {
    /// Whether all conditions are met. Where the therapist names none there is nothing to be met.
    pub fn is_met(&self) -> bool {
        !self.conditions.is_empty() && self.conditions.iter().all(|(_, met)| *met)
    }

    /// What is known of the conditions, in words.
    pub fn evidence(&self) -> String {
        self.conditions
            .iter()
            .map(|(words, _)| words.as_str())
            .collect::<Vec<_>>()
            .join("; ")
    }
}

/// What a gate asks for.
#[derive(Debug, Clone, Copy, Default)]
struct Asked {
    week: Option<u32>,
    weeks: Option<u32>,
    sessions: Option<u16>,
    pain: Option<u8>,
}

impl Asked {
    fn of_step(step: &ProgressionStep) -> Self {
        Self {
            week: step.week.map(u32::from),
            weeks: None,
            sessions: step.after_sessions,
            pain: step.pain_at_most,
        }
    }

    fn of_phase(phase: &crate::program::Phase) -> Self {
        let AdvanceWhen {
            sessions,
            pain_at_most: pain,
        } = phase.advance_when.unwrap_or(AdvanceWhen {
            sessions: None,
            pain_at_most: None,
        });
        Self {
            week: None,
            weeks: phase.weeks.map(u32::from),
            sessions,
            pain,
        }
    }

    /// Whether it asks for nothing.
    fn is_nothing(self) -> bool {
        self.week.is_none()
            && self.weeks.is_none()
            && self.sessions.is_none()
            && self.pain.is_none()
    }

    /// How many sessions must count: what is asked for, or, where only a limit of pain is named, as
    /// many as are looked at for it.
    fn least_sessions(self) -> Option<u16> {
        let alone = self.week.is_none() && self.weeks.is_none() && self.pain.is_some();
        self.sessions
            .or_else(|| alone.then_some(u16::try_from(PAIN_SESSIONS).unwrap_or(u16::MAX)))
    }

    /// How many weeks in which a session counted must be over.
    fn weeks_over(self) -> u32 {
        self.weeks
            .unwrap_or(0)
            .max(self.week.map_or(0, |week| week.saturating_sub(1)))
    }
}

/// What a gate is about: a step of an exercise, or the end of a phase.
#[derive(Debug, Clone, Copy)]
enum Subject<'p> {
    /// The exercise with this place in the phase.
    Step(usize, &'p Exercise),
    /// The phase; whether its condition names a limit of pain, so that pain within it is allowed
    /// for.
    Phase { limits_pain: bool },
}

/// What was achieved in a phase, as far as a gate asks for it.
struct Evidence<'p, 'h> {
    program: &'p Program,
    phase: usize,
    past: HistoryView<'h>,
    subject: Subject<'p>,
    today: Date,
}

/// The pain of a session, as a condition sees it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Felt {
    /// The highest that was said.
    Pain(u8),
    /// It was not said.
    Unsaid,
    /// Something was left out because of pain, and how much was not said.
    LeftUnsaid,
}

impl<'h> Evidence<'_, 'h> {
    /// The sessions of the phase of which everything is known, the oldest first.
    fn sessions(&self) -> impl Iterator<Item = &'h SessionHistory> + use<'h> {
        in_phase(self.program, self.phase, self.past)
            .into_iter()
            .filter(|history| history.sets_read)
    }

    /// What the patient had chosen before a session.
    fn choices_before(&self, history: &SessionHistory) -> &'h [ChoiceRecord] {
        let until = self
            .past
            .choices
            .partition_point(|choice| choice.at <= history.session.started);
        self.past.choices.get(..until).unwrap_or_default()
    }

    /// Whether the session was broken off because of pain.
    fn is_broken_off(&self, history: &SessionHistory) -> bool {
        if history.end.as_ref().is_some_and(|end| end.for_pain) {
            return true;
        }
        let stop = |value: u8| self.program.pain.band(value).is_some_and(|band| band.stop);
        !history.is_finished()
            && (history.sets.iter().any(SetRecord::is_left_for_pain)
                || worst_pain(history).is_some_and(stop))
    }

    /// Whether a session counts: for a step, every set of its exercise that was due was done in
    /// full; for a phase, at least 80 % of the session's dose was done. What was left out counts
    /// for nothing, and a session broken off for pain counts for nothing at all.
    fn counts(&self, history: &SessionHistory) -> bool {
        if self.is_broken_off(history) {
            return false;
        }
        let finished = history.is_finished();
        match self.subject {
            Subject::Step(index, exercise) => {
                let own = || {
                    history
                        .sets
                        .iter()
                        .filter(|set| set.exercise == exercise.id)
                };
                let due = || {
                    let steps = steps(self.program, self.phase, self.choices_before(history));
                    PrescribedExercise::after(exercise, steps.get(index).copied().unwrap_or(0))
                        .dose
                        .sets
                        .len()
                };
                // A session that was played to its end has a record of every set that was due in
                // it.
                own().all(|set| set.outcome == Outcome::Done)
                    && own().next().is_some()
                    && (finished || own().count() >= due())
            }
            Subject::Phase { limits_pain } => {
                let sum = |pick: fn(&SetRecord) -> f64| history.sets.iter().map(pick).sum::<f64>();
                let recorded = sum(SetRecord::prescribed_seconds);
                let whole = || dose_of(self.program, self.phase, self.choices_before(history));
                let due = if finished && !history.session.short {
                    recorded
                } else {
                    whole().max(recorded)
                };
                let enough = if due > 0.0 {
                    sum(SetRecord::counted_seconds) >= due * ENOUGH - 1e-6
                } else {
                    finished && history.worked
                };
                enough && (limits_pain || !history.sets.iter().any(SetRecord::is_left_for_pain))
            }
        }
    }

    /// The days of the sessions that count, the earliest first.
    fn counted(&self) -> Vec<Date> {
        let mut days: Vec<Date> = self
            .sessions()
            .filter(|history| self.counts(history))
            .map(date_of)
            .collect();
        days.sort_unstable();
        days
    }

    /// The day of the first session of the phase, and which weeks since then, from 0, have a
    /// session that counted.
    fn weeks(&self, counted: &[Date]) -> Option<(Date, Vec<i32>)> {
        let first = of_phase(self.program, self.phase, self.past)
            .into_iter()
            .map(date_of)
            .min()?;
        let mut weeks: Vec<i32> = counted
            .iter()
            .map(|day| days_between(first, *day).div_euclid(7))
            .collect();
        weeks.dedup();
        Some((first, weeks))
    }

    /// How many weeks since the first session of the phase are over in which a session counted.
    fn weeks_over(&self, counted: &[Date]) -> u32 {
        let Some((first, weeks)) = self.weeks(counted) else {
            return 0;
        };
        let now = days_between(first, self.today).div_euclid(7);
        u32::try_from(weeks.into_iter().filter(|week| *week < now).count()).unwrap_or(u32::MAX)
    }

    /// The pain of the last sessions that say something of it, the oldest first.
    fn felt(&self, most: u8) -> Vec<Felt> {
        let of = |history: &SessionHistory| {
            if history.sets_read {
                return self.felt_in(history, most);
            }
            // Whether anything was left for pain in it is not known.
            history.worked.then_some(Felt::Unsaid)
        };
        let all = in_phase(self.program, self.phase, self.past);
        let felt: Vec<Felt> = all.into_iter().filter_map(of).collect();
        felt.get(felt.len().saturating_sub(PAIN_SESSIONS)..)
            .unwrap_or_default()
            .to_vec()
    }

    /// The pain of a session; none where the session says nothing of what the gate is about. One
    /// that ended before the exercise was done speaks against it where the pain was beyond the
    /// limit, and never for it.
    fn felt_in(&self, history: &SessionHistory, most: u8) -> Option<Felt> {
        let finished = history.is_finished();
        let is_own = |exercise: &str| match self.subject {
            Subject::Step(_, own) => own.id == exercise,
            Subject::Phase { .. } => true,
        };
        let pains = || {
            history
                .ratings
                .iter()
                .filter(|rating| rating.kind == RatingKind::Pain)
        };
        // Pain in another exercise is that exercise's, unless it ended the session.
        let said =
            pains().filter(|rating| !finished || rating.exercise.as_deref().is_none_or(is_own));
        let said = said.map(|rating| rating.value).max();
        let mut left = history
            .sets
            .iter()
            .filter(|set| set.is_left_for_pain() && is_own(&set.exercise))
            .peekable();
        let worked = history
            .sets
            .iter()
            .any(|set| set.outcome != Outcome::Skipped && is_own(&set.exercise));
        let stopped = said.is_some_and(|said| said > most) && !(finished && history.worked);
        if !worked && left.peek().is_none() && !stopped {
            return None;
        }
        let for_pain = history.end.as_ref().is_some_and(|end| end.for_pain);
        let unsaid = for_pain && pains().all(|rating| rating.moment == PainMoment::Before)
            || left
                .any(|set| !pains().any(|rating| rating.exercise.as_ref() == Some(&set.exercise)));
        Some(match said {
            _ if unsaid => Felt::LeftUnsaid,
            Some(pain) => Felt::Pain(pain),
            None => Felt::Unsaid,
        })
    }

    /// Each condition with what is known of it, and whether it is met.
    fn parts(&self, asked: Asked) -> Vec<(String, bool)> {
        let counted = self.counted();
        let mut parts = Vec::new();
        let weeks = self.weeks_over(&counted);
        if let Some(asked) = asked.week {
            parts.push((
                format!("week {} of training (needs week {asked})", weeks + 1),
                weeks + 1 >= asked,
            ));
        }
        if let Some(asked) = asked.weeks {
            let words = words::count(u16::try_from(weeks).unwrap_or(u16::MAX), "week");
            parts.push((
                format!("{words} of training done (needs {asked})"),
                weeks >= asked,
            ));
        }
        if let Some(asked) = asked.least_sessions() {
            let done = u16::try_from(counted.len()).unwrap_or(u16::MAX);
            // More than were asked for need not be known.
            let words = words::count(done.min(asked), "session");
            let more = if done > asked { " or more" } else { "" };
            let how = match self.subject {
                Subject::Step(..) => "with every set of it done",
                Subject::Phase { .. } => "with at least 80 % done",
            };
            parts.push((
                format!("{words}{more} {how} (needs {asked})"),
                done >= asked,
            ));
        }
        if let Some(most) = asked.pain {
            parts.push(self.pain_part(most));
        }
        if let Some(missing) =
            missing_after_break(&counted, self.program.frequency_in(self.phase), self.today)
        {
            let words = words::count(u16::try_from(missing).unwrap_or(u16::MAX), "session");
            parts.push((
                format!("after your break: {words} at this dose first"),
                false,
            ));
        }
        parts
    }

    fn pain_part(&self, most: u8) -> (String, bool) {
        let felt = self.felt(most);
        let word = |felt: &Felt| match felt {
            Felt::Pain(value) => value.to_string(),
            Felt::Unsaid => "not given".to_owned(),
            Felt::LeftUnsaid => "skipped for pain".to_owned(),
        };
        let said = felt.iter().map(word).collect::<Vec<_>>().join(", ");
        let said = if said.is_empty() {
            "none yet".to_owned()
        } else {
            said
        };
        let missing = match PAIN_SESSIONS - felt.len() {
            0 => String::new(),
            missing => format!("; {missing} more needed"),
        };
        let kept = |felt: &Felt| matches!(felt, Felt::Pain(value) if *value <= most);
        let met = felt.len() == PAIN_SESSIONS && felt.iter().all(kept);
        (
            format!("pain in the last 3 sessions: {said}{missing} (limit {most})"),
            met,
        )
    }
}

/// Returns after how many days without a session nothing opens at once. Where sessions are rare by
/// prescription, two of them must have been missed.
fn break_of(frequency: &Frequency) -> i32 {
    match frequency {
        Frequency::EveryDays(days) => BREAK.max(2 * i32::from(*days)),
        _ => BREAK,
    }
}

/// Returns how many sessions are still missing after a break, given the days of those that count,
/// in order; none where there was no break.
fn missing_after_break(counted: &[Date], frequency: &Frequency, today: Date) -> Option<usize> {
    let longest = break_of(frequency);
    if days_between(*counted.last()?, today) >= longest {
        return Some(AFTER_BREAK);
    }
    let breaks = |pair: &[Date]| matches!(pair, [a, b] if days_between(*a, *b) >= longest);
    let since = counted
        .windows(2)
        .rev()
        .take_while(|pair| !breaks(pair))
        .count()
        + 1;
    (since < counted.len() && since < AFTER_BREAK).then(|| AFTER_BREAK - since)
}

/// Whether a patient is away from a program for so long, or so lately back, that the next sessions
/// are at the dose they know. Only finished sessions are looked at: the first page does not read
/// what was done in them.
pub fn is_after_break(program: &Program, past: HistoryView<'_>, today: Date) -> bool {
    let sessions = of(program, past.histories);
    let mut days: Vec<Date> = sessions
        .into_iter()
        .filter(|history| counts(history))
        .map(date_of)
        .collect();
    days.sort_unstable();
    missing_after_break(&days, program.frequency_in(phase(program, past)), today).is_some()
}

/// Whether the last phase is over, so that nothing more is due: since an earlier day, or with what
/// was done today.
fn is_over(program: &Program, past: HistoryView<'_>, today: Date, due: Due) -> bool {
    let Some(since) = over_since(program, past, today) else {
        return false;
    };
    since <= today
        || days_between(today, since) == 1 && matches!(due, Due::Done | Due::DoneThisWeek)
}

/// Returns the first day on which nothing of a program is due any more, because all that its last
/// phase asks for is done; none where that is not so yet. Then no next phase is promised.
pub fn over_since(program: &Program, past: HistoryView<'_>, today: Date) -> Option<Date> {
    let phase = phase(program, past);
    let here = program
        .phases
        .get(phase)
        .filter(|_| program.has_phases() && phase + 1 == program.phases.len())?;
    let asked = Asked::of_phase(here);
    if asked.is_nothing() {
        return None;
    }
    let subject = Subject::Phase {
        limits_pain: asked.pain.is_some(),
    };
    let evidence = Evidence {
        program,
        phase,
        past,
        subject,
        today,
    };
    let counted = evidence.counted();
    let after = |day: Date| day.checked_add(1.day()).ok();
    let mut since = match usize::from(asked.least_sessions().unwrap_or(0)).checked_sub(1) {
        Some(last) => after(*counted.get(last)?)?,
        None => Date::MIN,
    };
    if let Some(last) = asked.weeks_over().checked_sub(1) {
        let (first, weeks) = evidence.weeks(&counted)?;
        let week = weeks.get(usize::try_from(last).ok()?)?;
        since = since.max(first.checked_add((i64::from(*week + 1) * 7).days()).ok()?);
    }
    if let Some(most) = asked.pain {
        // The pain of the last sessions may have been kept only later.
        let days = in_phase(program, phase, past)
            .into_iter()
            .map(date_of)
            .filter_map(after);
        let mut days: Vec<Date> = days.filter(|day| *day > since).chain([since]).collect();
        days.sort_unstable();
        let kept = |day: &Date| {
            let until: Vec<SessionHistory> = past
                .histories
                .iter()
                .filter(|history| date_of(history) < *day)
                .cloned()
                .collect();
            let past = HistoryView {
                histories: &until,
                ..past
            };
            Evidence {
                program,
                phase,
                past,
                subject,
                today: *day,
            }
            .pain_part(most)
            .1
        };
        since = days.into_iter().find(kept)?;
    }
    (days_between(today, since) <= 1).then_some(since)
}

/// What comes next of a program, with its conditions: the next phase, and the next step of each
/// exercise.
pub fn advancements(program: &Program, past: HistoryView<'_>, today: Date) -> Vec<Advancement> {
    let phase = phase(program, past);
    let Some(here) = program.phase(phase) else {
        return Vec::new();
    };
    let mut advancements = Vec::new();
    let parts_of = |subject: Subject<'_>, asked: Asked| {
        Evidence {
            program,
            phase,
            past,
            subject,
            today,
        }
        .parts(asked)
    };
    if let Some(next) = program.phases.get(phase + 1) {
        let asked = Asked::of_phase(here);
        let subject = Subject::Phase {
            limits_pain: asked.pain.is_some(),
        };
        advancements.push(Advancement {
            exercise: None,
            step: phase + 1,
            dose: describe_phase(next),
            words: describe_phase(next),
            now: describe_phase(here),
            // Where the therapist names no condition, only they can say when.
            conditions: if asked.is_nothing() {
                Vec::new()
            } else {
                parts_of(subject, asked)
            },
        });
    }
    for (index, (exercise, taken)) in here
        .exercises
        .iter()
        .zip(steps(program, phase, past.choices))
        .enumerate()
    {
        let Some(step) = exercise.progression.get(taken) else {
            continue;
        };
        let now = PrescribedExercise::after(exercise, taken);
        let subject = Subject::Step(index, exercise);
        let mut parts = parts_of(subject, Asked::of_step(step));
        // Steps are taken one by one: what was taken last is done once before the next one opens.
        let taken_last = past.choices.iter().rev().find(|choice| {
            choice.program == program.id
                && usize::from(choice.phase) == phase
                && choice.exercise.as_ref() == Some(&exercise.id)
                && usize::from(choice.step) + 1 == taken
        });
        let evidence = Evidence {
            program,
            phase,
            past,
            subject,
            today,
        };
        if let Some(choice) = taken_last
            && !evidence
                .sessions()
                .any(|history| history.session.started >= choice.at && evidence.counts(history))
        {
            parts.push((
                "the last step not done in full yet (needs 1 session)".to_owned(),
                false,
            ));
        }
        advancements.push(Advancement {
            exercise: Some(index),
            step: taken,
            dose: describe_recorded_step(step),
            words: describe_dose(&step.dose, step.rest),
            now: describe_dose(now.dose, now.rest),
            conditions: parts,
        });
    }
    if let Some(sign) = open_sign(program, past) {
        let day = day_of(&sign.reported.at).strftime("%-d %B");
        for advancement in &mut advancements {
            advancement.conditions.push((
                format!("you reported a stop sign on {day}; it is not cleared up yet"),
                false,
            ));
        }
    }
    advancements
}

/// The stop sign of a program that the patient has and that is not cleared up, the latest one.
pub fn open_sign<'h>(program: &Program, past: HistoryView<'h>) -> Option<&'h StopSign> {
    past.signs
        .iter()
        .rev()
        .find(|sign| sign.reported.program == program.id)
}

/// Whether a gate of a program may be open, judged by what is known without the sets: where this
/// says no, no set needs to be read.
pub fn may_open(program: &Program, past: HistoryView<'_>, today: Date) -> bool {
    let phase = phase(program, past);
    // One in which everything was left for pain is not worked in, and its pain counts all the same.
    let all = in_phase(program, phase, past);
    let sessions = of_phase(program, phase, past);
    let Some(first) = sessions.iter().map(|history| date_of(history)).min() else {
        return false;
    };
    let weeks = u32::try_from(days_between(first, today) / 7).unwrap_or(0);
    let may = |asked: Asked| {
        // Pain that was said of an exercise may be another one's.
        let calm = |most: u8| {
            let said = |history: &&&SessionHistory| {
                let mut pains = history
                    .ratings
                    .iter()
                    .filter(|rating| rating.kind == RatingKind::Pain);
                pains.clone().next().is_some()
                    && pains.all(|rating| rating.exercise.is_some() || rating.value <= most)
            };
            all.iter().filter(said).count() >= PAIN_SESSIONS
        };
        weeks >= asked.weeks_over()
            && sessions.len() >= usize::from(asked.least_sessions().unwrap_or(0))
            && asked.pain.is_none_or(calm)
    };
    next_asked(program, phase, past)
        .into_iter()
        .any(|(_, asked)| may(asked))
}

/// The last choice about what a gate leads to.
fn last_choice<'h>(
    program: &Program,
    phase: usize,
    advancement: &Advancement,
    choices: &'h [ChoiceRecord],
) -> Option<&'h ChoiceRecord> {
    let exercise = advancement
        .exercise
        .and_then(|index| program.phase(phase)?.exercises.get(index))
        .map(|exercise| &exercise.id);
    choices.iter().rev().find(|choice| {
        choice.program == program.id
            && usize::from(choice.phase) == phase
            && choice.exercise.as_ref() == exercise
            && usize::from(choice.step) == advancement.step
    })
}

/// What the patient is to be asked before a session: whose conditions are met, and who has not said
/// no to them in the last week.
pub fn offers(program: &Program, past: HistoryView<'_>, today: Date) -> Vec<Advancement> {
    let phase = phase(program, past);
    let lately = |choice: &ChoiceRecord| {
        // A day in the future is one of a clock that was wrong.
        (0..7).contains(&days_between(day_of(&choice.at), today))
    };
    // Who went back to this phase has said no to the next one.
    let went_back = past
        .choices
        .iter()
        .rev()
        .find(|choice| choice.program == program.id && choice.exercise.is_none());
    let went_back = went_back.is_some_and(|choice| {
        choice.taken
            && usize::from(choice.step) == phase
            && choice.step < choice.phase
            && lately(choice)
    });
    let declined = |advancement: &Advancement| {
        let last = last_choice(program, phase, advancement, past.choices);
        advancement.exercise.is_none() && went_back
            || last.is_some_and(|choice| {
                !choice.taken && choice.dose == advancement.dose && lately(choice)
            })
    };
    if stopped_on(program, &of(program, past.histories), today)
        || over_since(program, past, today).is_some_and(|since| since <= today)
    {
        return Vec::new();
    }
    advancements(program, past, today)
        .into_iter()
        .filter(|advancement| advancement.is_met() && !declined(advancement))
        .collect()
}

/// How many of the last sessions of a program must be known to tell what its conditions ask for;
/// none where it has no conditions.
pub fn sessions_asked_for(program: &Program) -> Option<usize> {
    let phases = program.phases.iter().map(Asked::of_phase);
    let exercises = program.phases.iter().flat_map(|phase| &phase.exercises);
    let steps = exercises
        .flat_map(|exercise| &exercise.progression)
        .map(Asked::of_step);
    let asked: Vec<Asked> = phases.chain(steps).collect();
    let conditions = program.has_phases() || asked.iter().any(|asked| !asked.is_nothing());
    let most = asked
        .iter()
        .filter_map(|asked| asked.sessions)
        .max()
        .unwrap_or(0);
    conditions.then(|| usize::from(most).max(PAIN_SESSIONS))
}

/// Returns how many of the last sessions of the phase that holds should be read with their sets, so
/// that what its conditions ask for is most likely among them.
pub fn evidence_asked_for(program: &Program, past: HistoryView<'_>) -> usize {
    const SPARE: usize = 10;
    let phase = phase(program, past);
    let a_week = match program.frequency_in(phase) {
        Frequency::PerDay(times) => usize::from(*times) * 7,
        Frequency::PerWeek(times) => usize::from(*times),
        Frequency::Weekdays(days) => days.len(),
        Frequency::EveryDays(_) | Frequency::AsNeeded => 7,
    };
    let needed = |asked: Asked| {
        let weeks = usize::try_from(asked.weeks_over()).unwrap_or(usize::MAX);
        weeks
            .saturating_mul(a_week)
            .max(asked.least_sessions().unwrap_or(0).into())
    };
    next_asked(program, phase, past)
        .into_iter()
        .map(|(_, asked)| needed(asked))
        .max()
        .unwrap_or(0)
        + SPARE
}

/// Whether older sessions than those whose sets are known could still open something.
pub fn wants_older(program: &Program, past: HistoryView<'_>, today: Date) -> bool {
    let phase = phase(program, past);
    next_asked(program, phase, past)
        .into_iter()
        .any(|(subject, asked)| {
            let evidence = Evidence {
                program,
                phase,
                past,
                subject,
                today,
            };
            let counted = evidence.counted();
            counted.len() < usize::from(asked.least_sessions().unwrap_or(0))
                || evidence.weeks_over(&counted) < asked.weeks_over()
        })
}

/// What the end of a phase and the next step of each of its exercises ask for.
fn next_asked<'p>(
    program: &'p Program,
    phase: usize,
    past: HistoryView<'_>,
) -> Vec<(Subject<'p>, Asked)> {
    let Some(here) = program.phase(phase) else {
        return Vec::new();
    };
    let of_phase = Asked::of_phase(here);
    let mut asked = Vec::new();
    if program.has_phases() && !of_phase.is_nothing() {
        asked.push((
            Subject::Phase {
                limits_pain: of_phase.pain.is_some(),
            },
            of_phase,
        ));
    }
    for (index, (exercise, taken)) in here
        .exercises
        .iter()
        .zip(steps(program, phase, past.choices))
        .enumerate()
    {
        let step = exercise.progression.get(taken);
        asked.extend(step.map(|step| (Subject::Step(index, exercise), Asked::of_step(step))));
    }
    asked
}

/// The session of which pain the morning after is to be asked for: the last one of the day before,
/// where the therapist asks for it and nobody has answered. A day later it still is, and then no
/// more.
pub fn morning_after<'h>(
    program: &Program,
    past: HistoryView<'h>,
    now: &Zoned,
) -> Option<&'h SessionHistory> {
    if !program.pain.asks(PainMoment::NextMorning) {
        return None;
    }
    let mut ended = of(program, past.histories);
    ended.retain(|history| history.worked && history.end.is_some());
    let last = ended
        .into_iter()
        .max_by(|a, b| a.session.started.cmp(&b.session.started))?;
    let days = days_between(day_of(last.last()), day_of(now));
    let answered = last.pain(PainMoment::NextMorning).is_some();
    (!answered && (1..=1 + MORNINGS).contains(&days)).then_some(last)
}

fn due(
    frequency: &Frequency,
    today: Date,
    done_today: u32,
    done_this_week: u32,
    last: Option<Date>,
) -> Due {
    match frequency {
        Frequency::AsNeeded => Due::AsNeeded,
        Frequency::PerDay(times) => match u32::from(*times).saturating_sub(done_today) {
            0 => Due::Done,
            left => Due::Today(u8::try_from(left).unwrap_or(u8::MAX)),
        },
        Frequency::PerWeek(times) if done_this_week >= u32::from(*times) => Due::DoneThisWeek,
        Frequency::PerWeek(_) if done_today > 0 => Due::Done,
        Frequency::PerWeek(_) => Due::Today(1),
        Frequency::Weekdays(days) => {
            let is_day = |ahead: u16| {
                let date = today.checked_add(i64::from(ahead).days()).unwrap_or(today);
                days.iter().any(|day| civil(*day) == date.weekday())
            };
            match (is_day(0), done_today > 0) {
                (true, false) => Due::Today(1),
                (true, true) => Due::Done,
                _ => (1..=7)
                    .find(|ahead| is_day(*ahead))
                    .map_or(Due::AsNeeded, Due::InDays),
            }
        }
        Frequency::EveryDays(days) => {
            let next = last.and_then(|last| last.checked_add(i64::from(*days).days()).ok());
            match next {
                Some(next) if next > today => {
                    if done_today > 0 {
                        return Due::Done;
                    }
                    Due::InDays(u16::try_from(days_between(today, next)).unwrap_or(1))
                }
                _ => Due::Today(1),
            }
        }
    }
}

/// The day as the calendar names it.
pub fn civil(day: Weekday) -> CivilWeekday {
    match day {
        Weekday::Monday => CivilWeekday::Monday,
        Weekday::Tuesday => CivilWeekday::Tuesday,
        Weekday::Wednesday => CivilWeekday::Wednesday,
        Weekday::Thursday => CivilWeekday::Thursday,
        Weekday::Friday => CivilWeekday::Friday,
        Weekday::Saturday => CivilWeekday::Saturday,
        Weekday::Sunday => CivilWeekday::Sunday,
    }
}
