//! Which phase and which steps of a program hold, what the therapist's conditions for the next ones
//! still ask for, and what is open to the patient. Nothing moves by itself: only what the patient
//! confirmed holds.

mod demand;
mod evidence;

use self::demand::next_asked;
pub use self::demand::{evidence_asked_for, sessions_asked_for, wants_older};
use self::evidence::{Asked, Evidence, PAIN_SESSIONS, Subject, missing_after_break};
use std::time::Duration;

use jiff::ToSpan;
use jiff::civil::Date;

use crate::day::{day_of, days_between};
use crate::history::{HistoryView, counts, date_of, in_phase, of, of_phase};
use crate::history::{SessionHistory, StopSign};
use crate::program::notation::write_duration;
use crate::program::words;
use crate::program::{Dose, Exercise, Program, ProgressionStep};
use crate::record::{ChoiceRecord, RatingKind};
use crate::timeline::{PrescribedExercise, SessionMode, Timeline};

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
    let evidence = |subject| Evidence {
        program,
        phase,
        past,
        subject,
        today,
    };
    let mut advancements = Vec::new();
    if let Some(next) = program.phases.get(phase + 1) {
        let asked = Asked::of_phase(here);
        let limits_pain = asked.pain.is_some();
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
                evidence(Subject::Phase { limits_pain }).parts(asked)
            },
        });
    }
    let taken = steps(program, phase, past.choices);
    for (index, (exercise, taken)) in here.exercises.iter().zip(taken).enumerate() {
        let evidence = evidence(Subject::Step(index, exercise));
        advancements.extend(next_step(&evidence, index, exercise, taken));
    }
    if let Some(sign) = open_sign(program, past) {
        let day = day_of(&sign.reported.at).strftime("%-d %B");
        let words = format!("you reported a stop sign on {day}; it is not cleared up yet");
        for advancement in &mut advancements {
            advancement.conditions.push((words.clone(), false));
        }
    }
    advancements
}

/// Returns the next step of an exercise of which this many steps were taken.
fn next_step(
    evidence: &Evidence<'_, '_>,
    index: usize,
    exercise: &Exercise,
    taken: usize,
) -> Option<Advancement> {
    let step = exercise.progression.get(taken)?;
    let mut conditions = evidence.parts(Asked::of_step(step));
    // Steps are taken one by one: what was taken last is done once before the next one opens.
    let is_last = |choice: &&ChoiceRecord| {
        choice.program == evidence.program.id
            && usize::from(choice.phase) == evidence.phase
            && choice.exercise.as_ref() == Some(&exercise.id)
            && usize::from(choice.step) + 1 == taken
    };
    let last = evidence.past.choices.iter().rev().find(is_last);
    let done_since = |choice: &ChoiceRecord| {
        let mut since = evidence.sessions();
        since.any(|it| it.session.started >= choice.at && evidence.counts(it))
    };
    if last.is_some_and(|choice| !done_since(choice)) {
        let words = "the last step not done in full yet (needs 1 session)";
        conditions.push((words.to_owned(), false));
    }
    let now = PrescribedExercise::after(exercise, taken);
    Some(Advancement {
        exercise: Some(index),
        step: taken,
        dose: describe_recorded_step(step),
        words: describe_dose(&step.dose, step.rest),
        now: describe_dose(now.dose, now.rest),
        conditions,
    })
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

/// Whether on a day pain was said of which the therapist says: stop for today.
pub fn stopped_on(program: &Program, sessions: &[&SessionHistory], day: Date) -> bool {
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
