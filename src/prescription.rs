//! What is due: from a program, its records, and the date; which phase and which steps of the progression hold, and what the
//! therapist's conditions for the next ones still ask for. Nothing moves by itself: only what the patient confirmed holds. Knows
//! nothing of clocks or of how it is shown.

use std::time::Duration;

use jiff::civil::{Date, Weekday as CivilWeekday};
use jiff::{SignedDuration, ToSpan, Zoned};

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
/// Before this hour it is still the night before.
const MORNING: i64 = 4;
/// A session left for longer than this is not gone on with.
const LEFT_FOR: i32 = 60;

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
    /// Pain was said today of which the therapist says: stop.
    Stopped,
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
    // When a session was given up says nothing of when it was done.
    let ended = history.end.as_ref().filter(|end| end.kind != EndKind::Discarded).map(|end| &end.at);
    let later = ended.filter(|end| end.duration_since(begun) > IN_ONE_GO);
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

/// The unfinished session of a program that can be gone on with: the last one, unless another was finished since, or it was left for
/// so long that it is none any more.
pub fn unfinished<'h>(program: &Program, histories: &'h [SessionHistory], today: Date) -> Option<&'h SessionHistory> {
    let sessions = of(program, histories);
    let finished = sessions.iter().filter(|history| counts(history)).map(|history| &history.session.started).max();
    let days = |history: &SessionHistory| history.session.started.date().until(today).map_or(0, |span| span.get_days());
    let open = sessions.iter().copied().filter(|history| {
        history.end.is_none()
            && finished.is_none_or(|finished| *finished <= history.session.started)
            && days(history) <= LEFT_FOR
    });
    open.max_by(|a, b| a.session.started.cmp(&b.session.started))
}

/// The phase that holds: the one that the patient went on to last, else the first. A session that was played in another phase moves
/// nothing.
pub fn phase(program: &Program, past: Past<'_>) -> usize {
    let sessions = of(program, past.histories).into_iter().filter(|history| history.worked);
    phase_after(program, sessions.max_by(|a, b| a.session.started.cmp(&b.session.started)), past.choices)
}

/// The phase that holds after some choices. Where the phase that was chosen last is called otherwise now, it is that of the last session
/// in which anything was done: to write a title anew takes nobody back to the beginning.
pub fn phase_after(program: &Program, last: Option<&SessionHistory>, choices: &[ChoiceRecord]) -> usize {
    let moves = |choice: &&ChoiceRecord| choice.program == program.id && choice.exercise.is_none() && choice.taken;
    let Some(chosen) = choices.iter().rev().find(moves) else { return 0 };
    let called = program.phases.get(usize::from(chosen.step)).map(phase_words);
    let phase = match last {
        Some(last) if called.as_ref() != Some(&chosen.dose) => last.session.phase,
        _ if called.as_ref() != Some(&chosen.dose) => 0,
        _ => chosen.step,
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

/// A whole session of a phase after the steps that were taken, led by keys.
pub fn timeline(program: &Program, phase: usize, steps: &[usize]) -> Timeline {
    let planned: Vec<(usize, Planned<'_>)> = planned(program, phase, steps).into_iter().enumerate().collect();
    Timeline::compile(&planned, Lead::Keys, |_, _, _| false)
}

/// The reckoned length of a session of a phase after the steps that were taken.
pub fn length(program: &Program, phase: usize, steps: &[usize]) -> Duration {
    timeline(program, phase, steps).length()
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
    let due = match due(frequency, today, done_today, done_this_week, done.iter().max().copied()) {
        Due::Today(_) if stopped_on(program, &sessions, today) => Due::Stopped,
        due => due,
    };
    let next = match due {
        Due::Today(_) => Some(today),
        Due::InDays(days) => today.checked_add(i64::from(days).days()).ok(),
        Due::AsNeeded => None,
        Due::DoneThisWeek => week.checked_add(7.days()).ok(),
        Due::Done | Due::Stopped => after_today(frequency, today, week, done_this_week),
    };
    let week = week_in(program, phase, past, today);
    let steps = steps(program, phase, past.choices);
    // Who entered sessions by hand, which take no time, has not read what comes before the first one.
    let played = |history: &SessionHistory| history.end.as_ref().is_none_or(|end| end.at != history.session.started);
    let first_time = !sessions.iter().any(|history| played(history));
    Standing { due, next, phase, steps, week, done_this_week, a_week, first_time }
}

/// Whether on a day pain was said of which the therapist says: stop for today.
fn stopped_on(program: &Program, sessions: &[&SessionHistory], day: Date) -> bool {
    let pain =
        sessions.iter().flat_map(|history| &history.symptoms).filter(|symptom| symptom.kind == SymptomKind::Pain);
    let mut of_day = pain.filter(|symptom| symptom.at.date() == day);
    of_day.any(|symptom| program.pain.band(symptom.value).is_some_and(|band| band.stop))
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

/// The sessions of a phase, the oldest first; of a program without phases all of them.
fn in_phase<'h>(program: &Program, phase: usize, past: Past<'h>) -> impl Iterator<Item = &'h SessionHistory> {
    let phases = program.has_phases();
    let mut sessions = of(program, past.histories);
    sessions.sort_by(|a, b| a.session.started.cmp(&b.session.started));
    sessions.into_iter().filter(move |history| !phases || usize::from(history.session.phase) == phase)
}

/// The sessions of a phase in which anything was done.
fn of_phase<'h>(program: &Program, phase: usize, past: Past<'h>) -> impl Iterator<Item = &'h SessionHistory> {
    in_phase(program, phase, past).filter(|history| history.worked)
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
    weeks: Option<u32>,
    sessions: Option<u16>,
    pain: Option<u8>,
}

impl Asked {
    fn of_step(step: &ProgressionStep) -> Self {
        Self { week: step.week.map(u32::from), weeks: None, sessions: step.after_sessions, pain: step.pain_at_most }
    }

    fn of_phase(phase: &crate::program::Phase) -> Self {
        let AdvanceWhen { sessions, pain_at_most: pain } =
            phase.advance_when.unwrap_or(AdvanceWhen { sessions: None, pain_at_most: None });
        Self { week: None, weeks: phase.weeks.map(u32::from), sessions, pain }
    }

    fn parts(self, program: &Program, phase: usize, past: Past<'_>, today: Date) -> Vec<(String, bool)> {
        let finished = of_phase(program, phase, past).filter(|history| counts(history)).count();
        let mut parts = Vec::new();
        let week = week_in(program, phase, past, today);
        if let Some(asked) = self.week {
            let words = week.map_or("not begun".to_owned(), |week| format!("week {week}"));
            parts.push((format!("{words}, asked for: week {asked}"), week.is_some_and(|week| week >= asked)));
        }
        if let Some(asked) = self.weeks {
            let over = week.unwrap_or(1) - 1;
            let words = words::count(u16::try_from(over).unwrap_or(u16::MAX), "week");
            parts.push((format!("{words} over, asked for: {asked}"), over >= asked));
        }
        if let Some(asked) = self.sessions {
            let done = u16::try_from(finished).unwrap_or(u16::MAX);
            // More than were asked for need not be known.
            let words = words::count(done.min(asked), "session");
            let more = if done > asked { " or more" } else { "" };
            parts.push((format!("{words}{more} done, asked for: {asked}"), done >= asked));
        }
        if let Some(most) = self.pain {
            // One that was stopped for pain counts here above all.
            let felt: Vec<&SessionHistory> = in_phase(program, phase, past)
                .filter(|history| history.worked || worst_pain(history).is_some())
                .collect();
            let last = felt.get(felt.len().saturating_sub(PAIN_SESSIONS)..).unwrap_or_default();
            let said: Vec<Option<u8>> = last.iter().map(|history| worst_pain(history)).collect();
            let words: Vec<String> =
                said.iter().map(|pain| pain.map_or("not said".to_owned(), |pain| pain.to_string())).collect();
            let missing = match PAIN_SESSIONS - said.len() {
                0 => String::new(),
                missing => format!(" ({missing} more needed)"),
            };
            let words = if words.is_empty() { "no session yet".to_owned() } else { words.join(", ") + &missing };
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
        let mut parts = Asked::of_step(step).parts(program, phase, past, today);
        // Steps are taken one by one: what was taken last is done once before the next one opens.
        let taken_last = past.choices.iter().rev().find(|choice| {
            choice.program == program.id
                && usize::from(choice.phase) == phase
                && choice.exercise.as_ref() == Some(&exercise.id)
                && usize::from(choice.step) + 1 == taken
        });
        if let Some(choice) = taken_last
            && !of_phase(program, phase, past).any(|history| history.session.started >= choice.at)
        {
            parts.push(("not done yet since the last step, asked for: 1 session".to_owned(), false));
        }
        gates.push(Gate {
            exercise: Some(index),
            step: taken,
            dose: dose_words(&step.dose, step.rest),
            now: dose_words(now.dose, now.rest),
            parts,
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
    let lately = |choice: &ChoiceRecord| {
        // A day in the future is one of a clock that was wrong.
        let days = choice.at.date().until(today).map_or(0, |span| span.get_days());
        (0..7).contains(&days)
    };
    // Who went back to this phase has said no to the next one.
    let went_back = past.choices.iter().rev().find(|choice| choice.program == program.id && choice.exercise.is_none());
    let went_back = went_back.is_some_and(|choice| {
        choice.taken && usize::from(choice.step) == phase && choice.step < choice.phase && lately(choice)
    });
    let declined = |gate: &Gate| {
        let last = last_choice(program, phase, gate, past.choices);
        gate.exercise.is_none() && went_back
            || last.is_some_and(|choice| !choice.taken && choice.dose == gate.dose && lately(choice))
    };
    if stopped_on(program, &of(program, past.histories), today) {
        return Vec::new();
    }
    gates(program, past, today).into_iter().filter(|gate| gate.is_met() && !declined(gate)).collect()
}

/// How many of the last sessions of a program must be known to tell what its conditions ask for; none where it has no conditions.
pub fn sessions_asked_for(program: &Program) -> Option<usize> {
    let phases = program.phases.iter().map(Asked::of_phase);
    let exercises = program.phases.iter().flat_map(|phase| &phase.exercises);
    let steps = exercises.flat_map(|exercise| &exercise.progression).map(Asked::of_step);
    let asked: Vec<Asked> = phases.chain(steps).collect();
    let conditions = program.has_phases()
        || asked.iter().any(|asked| asked.week.is_some() || asked.weeks.is_some() || asked.sessions.is_some());
    let conditions = conditions || asked.iter().any(|asked| asked.pain.is_some());
    let most = asked.iter().filter_map(|asked| asked.sessions).max().unwrap_or(0);
    conditions.then(|| usize::from(most).max(PAIN_SESSIONS))
}

/// The session of which pain the morning after is to be asked for: the last one of the day before, where the therapist asks for it
/// and nobody has answered. A day later it still is, and then no more.
pub fn morning_after<'h>(program: &Program, past: Past<'h>, now: &Zoned) -> Option<&'h SessionHistory> {
    if !program.pain.asks(PainMoment::NextMorning) {
        return None;
    }
    let mut ended = of(program, past.histories);
    ended.retain(|history| history.worked && history.end.is_some());
    let last = ended.into_iter().max_by(|a, b| a.session.started.cmp(&b.session.started))?;
    // A night belongs to the day before it, for the session as for the question.
    let night = |at: &Zoned| at.checked_sub(MORNING.hours()).map_or_else(|_| at.date(), |at| at.date());
    let days = night(last.last()).until(night(now)).map_or(0, |span| span.get_days());
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
