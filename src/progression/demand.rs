//! Which past sessions a program's conditions need to know about.

use super::evidence::{Asked, Evidence, PAIN_SESSIONS, Subject};
use super::{phase, steps};

use jiff::civil::Date;

use crate::history::HistoryView;
use crate::program::{Frequency, Program};

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
pub(super) fn next_asked<'p>(
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
