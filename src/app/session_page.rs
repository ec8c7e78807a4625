//! The page of a session: what to do now and for how long.

use std::time::Duration;

use super::context::{SessionKind, Shared};
use super::figures;
use super::page::{BigNumber, NumberKind, SessionClock, SessionPage, StepPage, StepRole};
use super::program::card;
use super::session::Session;
use super::session_words::{describe_next, describe_side, headline};
use crate::events::Moment;
use crate::program::notation::write_duration;
use crate::program::{Side, TestKind, words};
use crate::text::clock;
use crate::timeline::{PlannedSet, Step, StepKind};

/// The last seconds of a step, in which the panel beats.
const BEAT: u64 = 3;

/// Returns the page of a session.
pub(super) fn page(session: &Session, shared: &Shared, now: &Moment) -> SessionPage {
    let player = &session.player;
    let count = player.timeline().exercises.len();
    let number = player.step().map_or(count, |step| step.exercise + 1);
    SessionPage {
        program: session.program.title.clone(),
        exercise: (number, count),
        mode: describe_mode(shared),
        clock: SessionClock {
            active: player.active_time(now.instant),
            minutes_left: words::minutes(player.remaining(now.instant)),
            completed: player.completed_estimate(now.instant),
            total: player.timeline().length(),
        },
        step: step_page(session, shared, now),
    }
}

/// Returns how the session runs: sound, without keys, faster than time.
fn describe_mode(shared: &Shared) -> String {
    let sound = match (shared.announcer.muted, shared.announcer.audio_unavailable) {
        (true, _) => "♪ off",
        (_, true) => "♪ bell",
        _ => "♪ on",
    };
    let preview = match shared.kind {
        SessionKind::Preview { speed } => Some(format!("preview, {speed} x")),
        SessionKind::Recorded => None,
    };
    let hands_free = shared.hands_free.then(|| "hands-free".to_owned());
    let parts = [preview, hands_free, Some(sound.to_owned())];
    parts.into_iter().flatten().collect::<Vec<_>>().join("   ")
}

fn step_page(session: &Session, shared: &Shared, now: &Moment) -> Option<StepPage> {
    let player = &session.player;
    let (step, planned_set) = (player.step()?, player.planned_set()?);
    let role = role(session, step);
    let is_next = step.kind == StepKind::RestAfterExercise;
    let shown = session.figured(step).map(|(exercise, _)| exercise);
    let is_work = step.kind.is_work() || matches!(step.kind, StepKind::Release(_));
    let (number, below) = number(session, step, now);
    let recorded = player.timeline().sets.iter();
    let recorded = recorded.filter(|set| session.is_recorded(set)).count();
    Some(StepPage {
        role,
        headline: describe_step(step, planned_set, role),
        number,
        below: if role == StepRole::Paused {
            "Space goes on".to_owned()
        } else {
            below
        },
        length: player.step_length().map(write_duration),
        exercise: session
            .exercise()
            .map(|exercise| exercise.name.clone())
            .unwrap_or_default(),
        card: shown.map(card),
        is_next,
        is_work,
        is_hold: matches!(step.kind, StepKind::Hold(_)),
        dose: words::set(&planned_set.dose),
        load: planned_set.dose.load.clone(),
        set: describe_set(planned_set),
        marks: marks(session, planned_set),
        rep: match step.kind {
            StepKind::Hold(Some(rep)) | StepKind::Tempo { rep, .. } | StepKind::Release(rep) => {
                Some(format!("rep {} of {}", rep.number, rep.of))
            }
            _ => None,
        },
        recorded: format!(
            "{recorded} of {} sets recorded",
            player.timeline().sets.len()
        ),
        next: describe_next(session).map(|next| format!("next: {next}")),
        illustration: figures::of_session(session, shared, now.instant),
    })
}

fn role(session: &Session, step: &Step) -> StepRole {
    if session.player.is_paused() && !session.awaiting_count {
        return StepRole::Paused;
    }
    match step.kind {
        StepKind::GetReady => StepRole::GetReady,
        StepKind::Release(_) => StepRole::Release,
        StepKind::SwitchSide => StepRole::SwitchSide,
        StepKind::Rest | StepKind::RestAfterExercise => StepRole::Rest,
        _ => StepRole::Work,
    }
}

fn describe_step(step: &Step, planned_set: &PlannedSet, role: StepRole) -> String {
    let headline = if role == StepRole::Paused {
        "paused"
    } else {
        headline(step)
    };
    match describe_side(step, planned_set) {
        "" => headline.to_owned(),
        side => format!("{headline} {side}"),
    }
}

fn describe_set(planned_set: &PlannedSet) -> String {
    match planned_set.set_count {
        1 => "1 set".to_owned(),
        count => format!("set {} of {count}", planned_set.dose.number),
    }
}

/// Returns a mark for each set of the side. A set gets a full dot only once it is recorded.
fn marks(session: &Session, planned_set: &PlannedSet) -> String {
    let sets = session.player.timeline().sets_of(planned_set.exercise);
    sets.map(|(_, other)| other)
        .filter(|other| other.dose.side == planned_set.dose.side)
        .map(|other| session.mark(other))
        .collect()
}

/// Returns the number that matters most now, and what stands below it.
fn number(session: &Session, step: &Step, now: &Moment) -> (BigNumber, String) {
    let player = &session.player;
    let still = |text: String, kind| BigNumber {
        text,
        kind,
        beat: false,
    };
    let typed = session.entered_reps.map(|typed| typed.to_string());
    if session.awaiting_count {
        let number = match typed {
            Some(typed) => still(typed, NumberKind::Typed),
            None => still("?".to_owned(), NumberKind::Wanted),
        };
        return (number, "type how many you did, then Enter".to_owned());
    }
    let or_typed = |prescribed: String, below: String| match typed {
        Some(typed) => (
            still(typed, NumberKind::Typed),
            "done by your count · Enter keeps it".to_owned(),
        ),
        None => (still(prescribed, NumberKind::Reps), below),
    };
    match step.kind {
        StepKind::SelfPacedReps(count) => {
            or_typed(count.to_string(), self_paced(session, step, count))
        }
        StepKind::Test(TestKind::Reps) => or_typed(
            "?".to_owned(),
            "as many as you can, counted aloud · Enter when done".to_owned(),
        ),
        StepKind::Test(TestKind::Hold) => (
            BigNumber {
                text: seconds(player.step_elapsed(now.instant).as_secs()),
                kind: NumberKind::Elapsed,
                beat: false,
            },
            "as long as you can · Enter when done".to_owned(),
        ),
        _ => {
            let left = player.step_remaining(now.instant).unwrap_or_default();
            let whole = left.as_secs() + u64::from(left.subsec_nanos() > 0);
            let long = player
                .step_length()
                .is_some_and(|length| length.as_secs() > BEAT);
            let paused = role(session, step) == StepRole::Paused;
            let beat = long && !paused && whole <= BEAT && left.as_secs().is_multiple_of(2);
            (
                BigNumber {
                    text: seconds(whole),
                    kind: NumberKind::Remaining,
                    beat,
                },
                String::new(),
            )
        }
    }
}

/// Returns whose repetitions are counted, and since when they are done.
fn self_paced(session: &Session, step: &Step, count: u16) -> String {
    let player = &session.player;
    let since = session.step_since.wall.strftime("%H:%M");
    let side = player.planned_set().map_or(Side::Both, |set| set.dose.side);
    let other = step
        .also
        .and_then(|also| player.timeline().sets.get(also))
        .and_then(|set| set.prescribed().reps);
    let whose = match other {
        None => "reps".to_owned(),
        Some(other) if other == count => "reps on each side".to_owned(),
        Some(other) => format!("reps {}, {other} {}", side.word(), side.other().word()),
    };
    format!("{whose}, at your own pace · since {since} · Enter when done")
}

fn seconds(seconds: u64) -> String {
    if seconds < 60 {
        seconds.to_string()
    } else {
        clock(Duration::from_secs(seconds))
    }
}
