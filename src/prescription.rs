//! What is due: from a program, its records, and the date; which phase and which steps of the progression hold, and what the
//! therapist's conditions for the next ones still ask for. Nothing moves by itself: only what the patient confirmed holds. Knows
//! nothing of clocks or of how it is shown.

use std::time::Duration;

use jiff::civil::{Date, Weekday as CivilWeekday};
use jiff::{SignedDuration, ToSpan};

use crate::preferences::WeekBegins;
use crate::program::notation::write_duration;
use crate::program::words;
use crate::program::{AdvanceWhen, Dose, Frequency, PainMoment, Program, ProgressionStep, Weekday};
use crate::record::{ChoiceRecord, EndKind, SessionHistory, SymptomKind};
use crate::timeline::{Lead, Planned, Timeline};

/// How many sessions must have kept a limit of pain, as format 1 says.
const PAIN_SESSIONS: usize = 3;
/// A session that lasted no longer than this belongs to the day on which it was begun; one that was left and gone on with later, to
/// the day on which it ended.
const IN_ONE_GO: SignedDuration = SignedDuration::from_hours(6);
/// For so many days after the next morning pain is still asked for; later nobody would know.
const MORNINGS: i32 = 1;

/// What is known of the past, of all programs.
#[derive(Debug, Clone, Copy, Default)]
pub struct Past<'h> {
    /// The sessions, the oldest first.
    pub histories: &'h [SessionHistory],
    /// What the patient chose of phases and steps, the oldest first.
    pub choices: &'h [ChoiceRecord],
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
    /// In so many days.
    InDays(u16),
    /// What this week asks for is done.
    DoneThisWeek,
    /// Never due.
    AsNeeded,
}

/// Where a patient stands with a program.
#[derive(Debug, Clone, PartialEq)]
pub struct Standing {
    /// Whether it is due.
    pub due: Due,
    /// The day on which it is due next: today, where it is due today; none where it is never due.
    pub next: Option<Date>,
    /// The phase, from 0.
    pub phase: usize,
    /// Of each exercise of the phase how many steps of its progression were taken.
    pub steps: Vec<usize>,
    /// Which week since the first session of the phase, or of a program without phases, from 1; none before the first session.
    pub week: Option<u32>,
    /// Sessions finished in the week of the date.
    pub done_this_week: u32,
    /// Sessions a week that the program asks for; none when it is done as needed.
    pub a_week: Option<u32>,
    /// Whether the program was never begun before.
    pub first_time: bool,
}

/// Whether a session counts as one that was done: played to its end, and not only passed over.
pub fn counts(history: &SessionHistory) -> bool {
    history.end.as_ref().is_some_and(|end| end.kind == EndKind::Finished) && history.worked
}

/// The date of a session: the local one where and when it was begun; where it was left and gone on with later, that of its end.
pub fn date_of(history: &SessionHistory) -> Date {
    let begun = &history.session.started;
    let later = history.end.as_ref().map(|end| &end.at).filter(|end| end.duration_since(begun) > IN_ONE_GO);
    later.unwrap_or(begun).date()
}

/// The first day of the week of a date.
pub fn week_of(date: Date, begins: WeekBegins) -> Date {
    let first = match begins {
        WeekBegins::Monday => CivilWeekday::Monday,
        WeekBegins::Sunday => CivilWeekday::Sunday,
    };
    date.checked_sub(i64::from(date.weekday().since(first)).days()).unwrap_or(date)
}

/// The sessions of a program among all.
pub fn of<'h>(program: &Program, histories: &'h [SessionHistory]) -> Vec<&'h SessionHistory> {
    histories.iter().filter(|history| history.session.program == program.id).collect()
}

/// The unfinished session of a program that was begun last.
pub fn unfinished<'h>(program: &Program, histories: &'h [SessionHistory]) -> Option<&'h SessionHistory> {
    let open = of(program, histories).into_iter().filter(|history| history.end.is_none());
    open.max_by(|a, b| a.session.started.cmp(&b.session.started))
}

/// The phase that holds: that of the last session, or the one that the patient went on to since.
pub fn phase(program: &Program, past: Past<'_>) -> usize {
    let last = of(program, past.histories).into_iter().max_by(|a, b| a.session.started.cmp(&b.session.started));
    phase_after(program, last, past.choices)
}

/// The phase that holds after the last session and some choices.
pub fn phase_after(program: &Program, last: Option<&SessionHistory>, choices: &[ChoiceRecord]) -> usize {
    // A phase that is called otherwise now is another one.
    let holds = |choice: &&ChoiceRecord| {
        choice.program == program.id
            && choice.exercise.is_none()
            && choice.taken
            && program.phases.get(usize::from(choice.step)).is_some_and(|phase| phase_words(phase) == choice.dose)
    };
    let chosen = choices.iter().rev().find(holds);
    let phase = match (last, chosen) {
        (Some(last), Some(chosen)) if last.session.started > chosen.at => last.session.phase,
        (_, Some(chosen)) => chosen.step,
        (Some(last), None) => last.session.phase,
        (None, None) => 0,
    };
    usize::from(phase).min(program.phases.len().saturating_sub(1))
}

/// Of each exercise of a phase how many steps were taken. A step counts as long as it leads to the dose that the patient confirmed:
/// what the therapist has written anew since is confirmed anew.
pub fn steps(program: &Program, phase: usize, choices: &[ChoiceRecord]) -> Vec<usize> {
    let Some(exercises) = program.phase(phase).map(|phase| &phase.exercises) else { return Vec::new() };
    let taken = |exercise: &str, index: usize, step: &ProgressionStep| {
        let last = choices.iter().rev().find(|choice| {
            choice.program == program.id
                && usize::from(choice.phase) == phase
                && choice.exercise.as_deref() == Some(exercise)
                && usize::from(choice.step) == index
        });
        last.is_some_and(|choice| choice.taken && choice.dose == dose_words(&step.dose, step.rest))
    };
    let of = |exercise: &crate::program::Exercise| {
        let steps = exercise.progression.iter().enumerate();
        steps.take_while(|(index, step)| taken(&exercise.id, *index, step)).count()
    };
    exercises.iter().map(of).collect()
}

/// The exercises of a phase with the doses that hold after the steps that were taken.
pub fn planned<'p>(program: &'p Program, phase: usize, steps: &[usize]) -> Vec<Planned<'p>> {
    let exercises = program.phase(phase).map(|phase| phase.exercises.as_slice()).unwrap_or_default();
    let taken = steps.iter().copied().chain(std::iter::repeat(0));
    exercises.iter().zip(taken).map(|(exercise, taken)| Planned::after(exercise, taken)).collect()
}

/// The reckoned length of a session of a phase after the steps that were taken.
pub fn length(program: &Program, phase: usize, steps: &[usize]) -> Duration {
    let planned: Vec<(usize, Planned<'_>)> = planned(program, phase, steps).into_iter().enumerate().collect();
    Timeline::compile(&planned, Lead::Keys, |_, _, _| false).length()
}

/// Where a patient stands with a program on a date.
pub fn standing(program: &Program, past: Past<'_>, today: Date) -> Standing {
    let sessions = of(program, past.histories);
    let phase = phase(program, past);
    let done: Vec<Date> = sessions.iter().filter(|history| counts(history)).map(|history| date_of(history)).collect();
    let week = week_of(today, past.week_begins);
    let count = |dates: &mut dyn Iterator<Item = &Date>| u32::try_from(dates.count()).unwrap_or(u32::MAX);
    let done_this_week = count(&mut done.iter().filter(|date| week_of(**date, past.week_begins) == week));
    let done_today = count(&mut done.iter().filter(|date| **date == today));
    let frequency = program.frequency_in(phase);
    let a_week = match frequency {
        Frequency::PerDay(times) => Some(u32::from(*times) * 7),
        Frequency::PerWeek(times) => Some(u32::from(*times)),
        Frequency::Weekdays(days) => u32::try_from(days.len()).ok(),
        Frequency::EveryDays(days) => (*days <= 7).then(|| 7 / u32::from(*days).max(1)),
        Frequency::AsNeeded => None,
    };
    let due = due(frequency, today, done_today, done_this_week, done.iter().max().copied());
    let next = match due {
        Due::Today(_) => Some(today),
        Due::InDays(days) => today.checked_add(i64::from(days).days()).ok(),
        Due::AsNeeded => None,
        Due::DoneThisWeek => week.checked_add(7.days()).ok(),
        Due::Done => after_today(frequency, today, week, done_this_week),
    };
    let week = week_in(program, phase, past, today);
    let steps = steps(program, phase, past.choices);
    Standing { due, next, phase, steps, week, done_this_week, a_week, first_time: sessions.is_empty() }
}

/// The day on which a program is due next whose session of today is done.
fn after_today(frequency: &Frequency, today: Date, week: Date, done_this_week: u32) -> Option<Date> {
    let ahead = |days: i64| today.checked_add(days.days()).ok();
    match frequency {
        Frequency::AsNeeded => None,
        Frequency::PerWeek(times) if done_this_week >= u32::from(*times) => week.checked_add(7.days()).ok(),
        Frequency::PerDay(_) | Frequency::PerWeek(_) => ahead(1),
        Frequency::EveryDays(days) => ahead(i64::from(*days)),
        Frequency::Weekdays(days) => {
            (1..=7).filter_map(ahead).find(|date| days.iter().any(|day| civil(*day) == date.weekday()))
        }
    }
}

/// The sessions of a phase in which anything was done; of a program without phases all of them.
fn of_phase<'h>(program: &Program, phase: usize, past: Past<'h>) -> impl Iterator<Item = &'h SessionHistory> {
    let phases = program.has_phases();
    of(program, past.histories)
        .into_iter()
        .filter(move |history| history.worked && (!phases || usize::from(history.session.phase) == phase))
}

/// Which week since the first session of a phase it is, from 1. Where the clock was set back it is the first one.
fn week_in(program: &Program, phase: usize, past: Past<'_>, today: Date) -> Option<u32> {
    let first = of_phase(program, phase, past).map(date_of).min()?;
    let days = first.until(today).map_or(0, |span| span.get_days()).max(0);
    u32::try_from(days / 7 + 1).ok()
}

/// The highest pain that was said of a session, at whatever moment.
pub fn worst_pain(history: &SessionHistory) -> Option<u8> {
    history.symptoms.iter().filter(|symptom| symptom.kind == SymptomKind::Pain).map(|symptom| symptom.value).max()
}

/// What a phase is called where it is chosen.
pub fn phase_words(phase: &crate::program::Phase) -> String {
    phase.title.clone().unwrap_or_default()
}

/// A dose in words, with the rest between its sets, where there are several.
pub fn dose_words(dose: &Dose, rest: Duration) -> String {
    if dose.rounds() > 1 { format!("{}, rest {}", words::dose(dose), write_duration(rest)) } else { words::dose(dose) }
}

/// What the therapist's conditions for a phase or a step ask for, and how far they are met.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Gate {
    /// The exercise whose step it is, by its place in the phase; none where it is the next phase.
    pub exercise: Option<usize>,
    /// The step, from 0; of a phase the phase to go to.
    pub step: usize,
    /// What it leads to, as it is recorded.
    pub dose: String,
    /// What is done now, in the same words.
    pub now: String,
    /// Each condition with what is known of it, and whether it is met.
    pub parts: Vec<(String, bool)>,
}

impl Gate {
    /// Whether all conditions are met. Where the therapist names none there is nothing to be met.
    pub fn is_met(&self) -> bool {
        !self.parts.is_empty() && self.parts.iter().all(|(_, met)| *met)
    }

    /// What is known of the conditions, in words.
    pub fn evidence(&self) -> String {
        self.parts.iter().map(|(words, _)| words.as_str()).collect::<Vec<_>>().join("; ")
    }
}

/// What is asked for at most: from a week, after so many sessions, with so little pain.
#[derive(Debug, Clone, Copy, Default)]
struct Asked {
    week: Option<u32>,
    sessions: Option<u16>,
    pain: Option<u8>,
}

impl Asked {
    fn of_step(step: &ProgressionStep) -> Self {
        Self { week: step.week.map(u32::from), sessions: step.after_sessions, pain: step.pain_at_most }
    }

    fn of_phase(phase: &crate::program::Phase) -> Self {
        let AdvanceWhen { sessions, pain_at_most: pain } =
            phase.advance_when.unwrap_or(AdvanceWhen { sessions: None, pain_at_most: None });
        // Two weeks are over when the third begins.
        Self { week: phase.weeks.map(|weeks| u32::from(weeks) + 1), sessions, pain }
    }

    fn parts(self, program: &Program, phase: usize, past: Past<'_>, today: Date) -> Vec<(String, bool)> {
        let finished: Vec<&SessionHistory> = of_phase(program, phase, past).filter(|history| counts(history)).collect();
        let mut parts = Vec::new();
        if let Some(asked) = self.week {
            let week = week_in(program, phase, past, today);
            let words = week.map_or("not begun".to_owned(), |week| format!("week {week}"));
            parts.push((format!("{words}, asked for: week {asked}"), week.is_some_and(|week| week >= asked)));
        }
        if let Some(asked) = self.sessions {
            let done = u16::try_from(finished.len()).unwrap_or(u16::MAX);
            // More than were asked for need not be known.
            let words = words::count(done.min(asked), "session");
            let more = if done > asked { " or more" } else { "" };
            parts.push((format!("{words}{more} done, asked for: {asked}"), done >= asked));
        }
        if let Some(most) = self.pain {
            let last = finished.get(finished.len().saturating_sub(PAIN_SESSIONS)..).unwrap_or_default();
            let said: Vec<Option<u8>> = last.iter().map(|history| worst_pain(history)).collect();
            let words: Vec<String> =
                said.iter().map(|pain| pain.map_or("not said".to_owned(), |pain| pain.to_string())).collect();
            let words = if words.is_empty() { "no session yet".to_owned() } else { words.join(", ") };
            let met = said.len() == PAIN_SESSIONS && said.iter().all(|pain| pain.is_some_and(|pain| pain <= most));
            parts.push((format!("pain in the last three sessions: {words}, asked for: {most} or less"), met));
        }
        parts
    }
}

/// What comes next of a program, with its conditions: the next phase, and the next step of each exercise.
pub fn gates(program: &Program, past: Past<'_>, today: Date) -> Vec<Gate> {
    let phase = phase(program, past);
    let Some(here) = program.phase(phase) else { return Vec::new() };
    let mut gates = Vec::new();
    if let Some(next) = program.phases.get(phase + 1) {
        gates.push(Gate {
            exercise: None,
            step: phase + 1,
            dose: phase_words(next),
            now: phase_words(here),
            parts: Asked::of_phase(here).parts(program, phase, past, today),
        });
    }
    for (index, (exercise, taken)) in here.exercises.iter().zip(steps(program, phase, past.choices)).enumerate() {
        let Some(step) = exercise.progression.get(taken) else { continue };
        let now = Planned::after(exercise, taken);
        gates.push(Gate {
            exercise: Some(index),
            step: taken,
            dose: dose_words(&step.dose, step.rest),
            now: dose_words(now.dose, now.rest),
            parts: Asked::of_step(step).parts(program, phase, past, today),
        });
    }
    gates
}

/// The last choice about what a gate leads to.
fn last_choice<'h>(
    program: &Program,
    phase: usize,
    gate: &Gate,
    choices: &'h [ChoiceRecord],
) -> Option<&'h ChoiceRecord> {
    let exercise =
        gate.exercise.and_then(|index| program.phase(phase)?.exercises.get(index)).map(|exercise| &exercise.id);
    choices.iter().rev().find(|choice| {
        choice.program == program.id
            && usize::from(choice.phase) == phase
            && choice.exercise.as_ref() == exercise
            && usize::from(choice.step) == gate.step
    })
}

/// What the patient is to be asked before a session: whose conditions are met, and who has not said no to them in the last week.
pub fn offers(program: &Program, past: Past<'_>, today: Date) -> Vec<Gate> {
    let phase = phase(program, past);
    let declined = |gate: &Gate| {
        last_choice(program, phase, gate, past.choices).is_some_and(|choice| {
            // A day in the future is one of a clock that was wrong.
            let days = choice.at.date().until(today).map_or(0, |span| span.get_days());
            !choice.taken && choice.dose == gate.dose && (0..7).contains(&days)
        })
    };
    gates(program, past, today).into_iter().filter(|gate| gate.is_met() && !declined(gate)).collect()
}

/// How many of the last sessions of a program must be known to tell what its conditions ask for; none where it has no conditions.
pub fn sessions_asked_for(program: &Program) -> Option<usize> {
    let phases = program.phases.iter().map(Asked::of_phase);
    let exercises = program.phases.iter().flat_map(|phase| &phase.exercises);
    let steps = exercises.flat_map(|exercise| &exercise.progression).map(Asked::of_step);
    let asked: Vec<Asked> = phases.chain(steps).collect();
    let conditions = program.has_phases() || asked.iter().any(|asked| asked.week.is_some() || asked.sessions.is_some());
    let conditions = conditions || asked.iter().any(|asked| asked.pain.is_some());
    let most = asked.iter().filter_map(|asked| asked.sessions).max().unwrap_or(0);
    conditions.then(|| usize::from(most).max(PAIN_SESSIONS))
}

/// The session of which pain the morning after is to be asked for: the last one of the day before, where the therapist asks for it
/// and nobody has answered. A day later it still is, and then no more.
pub fn morning_after<'h>(program: &Program, past: Past<'h>, today: Date) -> Option<&'h SessionHistory> {
    if !program.pain.asks(PainMoment::NextMorning) {
        return None;
    }
    let mut ended = of(program, past.histories);
    ended.retain(|history| history.worked && history.end.is_some());
    let last = ended.into_iter().max_by(|a, b| a.session.started.cmp(&b.session.started))?;
    let days = date_of(last).until(today).map_or(0, |span| span.get_days());
    let answered = last.pain(PainMoment::NextMorning).is_some();
    (!answered && (1..=1 + MORNINGS).contains(&days)).then_some(last)
}

fn due(frequency: &Frequency, today: Date, done_today: u32, done_this_week: u32, last: Option<Date>) -> Due {
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
                _ => (1..=7).find(|ahead| is_day(*ahead)).map_or(Due::AsNeeded, Due::InDays),
            }
        }
        Frequency::EveryDays(days) => {
            let next = last.and_then(|last| last.checked_add(i64::from(*days).days()).ok());
            match next {
                Some(next) if next > today => {
                    if done_today > 0 {
                        return Due::Done;
                    }
                    let ahead = today.until(next).map_or(1, |span| span.get_days());
                    Due::InDays(u16::try_from(ahead).unwrap_or(1))
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
