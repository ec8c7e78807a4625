//! A step of a session in words: what to do, which side, what comes next.

use super::session::Session;
use crate::program::notation::write_duration;
use crate::program::{TestKind, words};
use crate::timeline::{PlannedSet, Step, StepKind, TempoPhase};

/// What a step asks of the patient, in a word or two.
pub(super) fn headline(step: &Step) -> &'static str {
    match step.kind {
        StepKind::GetReady => "get ready",
        StepKind::Hold(_) | StepKind::Test(TestKind::Hold) => "hold",
        StepKind::Tempo {
            phase: TempoPhase::Lower,
            ..
        } => "lower",
        StepKind::Tempo {
            phase: TempoPhase::PauseBelow | TempoPhase::PauseAbove,
            ..
        } => "pause",
        StepKind::Tempo {
            phase: TempoPhase::Lift,
            ..
        } => "lift",
        StepKind::Tempo {
            phase: TempoPhase::Back,
            ..
        } => "back",
        StepKind::Tempo {
            phase: TempoPhase::Out,
            ..
        }
        | StepKind::SelfPacedReps(_)
        | StepKind::Continuous
        | StepKind::Test(TestKind::Reps) => "go",
        StepKind::Release(_) => "release",
        StepKind::SwitchSide => "switch side",
        StepKind::Rest | StepKind::RestAfterExercise => "rest",
    }
}

/// The side of a step, in a word; nothing where both work or none is told apart.
pub(super) fn describe_side(step: &Step, planned_set: &PlannedSet) -> &'static str {
    match (step.kind, step.also) {
        (StepKind::RestAfterExercise | StepKind::Rest, _) => "",
        // What is let go is the side that was held, not the one to come.
        (StepKind::Release(_), Some(_)) => planned_set.dose.side.other().word(),
        (_, Some(_)) => "left and right",
        _ => planned_set.dose.side.word(),
    }
}

/// What comes next, in words: "rest 30 s", "right side", "Bird dog".
pub(super) fn describe_next(session: &Session) -> Option<String> {
    let player = &session.player;
    let timeline = player.timeline();
    let here = player.step()?;
    let mut at = player.position() + 1;
    // Of a repetition the parts to come are no news.
    while timeline
        .steps
        .get(at)
        .is_some_and(|step| step.set == here.set && step.kind.is_work() && here.kind.is_work())
    {
        at += 1;
    }
    let next = timeline.steps.get(at);
    let Some(next) = next else {
        return Some("the end of the session".to_owned());
    };
    let planned_set = timeline.sets.get(next.set)?;
    let name = || {
        timeline
            .exercises
            .get(next.exercise)
            .map(|exercise| exercise.name.clone())
    };
    let set = if planned_set.set_count > 1 {
        format!(
            "set {} of {}: ",
            planned_set.dose.number, planned_set.set_count
        )
    } else {
        String::new()
    };
    Some(match next.kind {
        StepKind::Rest => {
            format!(
                "rest {}, then set {} of {}",
                write_duration(next.length.estimate()),
                planned_set.dose.number,
                planned_set.set_count
            )
        }
        StepKind::RestAfterExercise => format!("rest {}", write_duration(next.length.estimate())),
        StepKind::SwitchSide => format!("switch to the {} side", planned_set.dose.side.word()),
        StepKind::Release(rep) if next.also.is_some() => {
            format!(
                "release, then {} side, repetition {} of {}",
                planned_set.dose.side.word(),
                rep.number,
                rep.of
            )
        }
        StepKind::Release(rep) => format!("release, then repetition {} of {}", rep.number, rep.of),
        StepKind::Hold(Some(rep)) if here.also.is_some() => {
            format!(
                "switch to the {} side, repetition {} of {}",
                planned_set.dose.side.word(),
                rep.number,
                rep.of
            )
        }
        StepKind::Hold(Some(rep)) if next.set == here.set && rep.number > 1 => {
            format!("repetition {} of {}", rep.number, rep.of)
        }
        StepKind::GetReady => format!("{}, {}", name()?, words::set(&planned_set.dose)),
        _ if next.exercise != here.exercise => {
            format!("{}, {}", name()?, words::set(&planned_set.dose))
        }
        _ => {
            let side = planned_set.dose.side.word();
            let side = if side.is_empty() {
                String::new()
            } else {
                format!("{side} side, ")
            };
            format!("{side}{set}{}", words::set(&planned_set.dose))
        }
    })
}
