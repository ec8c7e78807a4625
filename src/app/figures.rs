//! Which figure is on the screen, how far along its movement it is, and when it looks different
//! next. Read off the step at hand, so it pauses with the session. Knows nothing of how a figure is
//! drawn, or whether there is room for it.

use std::sync::Arc;
use std::time::Duration;

use super::context::{SessionKind, Shared};
use super::page::{FigureFrame, IllustrationSource, PictureName, Scene};
use super::session::Session;
use crate::events::Instant;
use crate::figure::FigureSide;
use crate::figure::motion::{Motion, eased};
use crate::preferences::Figures;
use crate::program::{self, Exercise, TestKind, muscles};
use crate::timeline::{Step, StepKind, TempoPhase};

/// A figure that moves is drawn ten times a second, on the same beats as the seconds that are
/// shown.
pub const FRAME: Duration = Duration::from_millis(100);
/// How long the way into a hold takes, and the way out of it, where there is that much time:
/// reaching it as the hold begins.
const WAY: Duration = Duration::from_millis(1500);
/// Shown slowly again and again: at the start, the way out, in the end, the way back.
const LOOP: [Duration; 4] = [
    Duration::from_secs(1),
    Duration::from_millis(2500),
    Duration::from_millis(1500),
    Duration::from_millis(2500),
];
/// Before a hold the figure stands in its start for this long, and then goes.
const LAST_LOOK: Duration = Duration::from_secs(1);
/// How long a common mistake is shown after each time.
const WRONG: Duration = Duration::from_secs(4);
/// A page that is left open shows the movement so many times, and then stands still.
const SHOWN_TIMES: u32 = 8;

/// Returns a figure at one moment, with the names of what is lit in it.
pub(super) fn frame(
    motion: Arc<Motion>,
    side: FigureSide,
    scene: Scene,
    changes_in: Option<Duration>,
) -> FigureFrame {
    let mut names: Vec<String> = Vec::new();
    for id in &motion.figure.highlight {
        let id = id
            .strip_suffix("_r")
            .or(id.strip_suffix("_l"))
            .unwrap_or(id);
        let name = muscles::name(id);
        if !names.iter().any(|known| known == name) {
            names.push(name.to_owned());
        }
    }
    FigureFrame {
        motion,
        side,
        scene,
        muscles: names,
        changes_in,
    }
}

/// What is to be seen, and for how long.
type Beat = (Scene, Option<Duration>);

fn still(at: f32, forward: Option<bool>, until: Option<Duration>) -> Beat {
    (Scene::At { at, forward }, until)
}

/// On the way from one place to another.
fn moving(from: f32, to: f32, spent: Duration, length: Duration) -> Beat {
    if (to - from).abs() <= f32::EPSILON {
        return still(from, None, None);
    }
    let share = spent.as_secs_f32() / length.as_secs_f32().max(0.001);
    let at = from + (to - from) * eased(share);
    let left = length.saturating_sub(spent);
    let late =
        Duration::from_nanos(u64::try_from(spent.as_nanos() % FRAME.as_nanos()).unwrap_or(0));
    (
        Scene::At {
            at,
            forward: Some(to > from),
        },
        (!left.is_zero()).then(|| FRAME.saturating_sub(late).min(left)),
    )
}

/// A round of what is shown again and again: how far along it is, when the movement has been shown,
/// and when the round is over.
fn round(motion: &Motion, spent: Duration, wrong: bool) -> (Duration, Duration, Duration) {
    let [start, out, end, back] = LOOP;
    let shown = if motion.last() > 0.0 {
        start + out + end + back
    } else {
        end
    };
    let period = shown + if wrong { WRONG } else { Duration::ZERO };
    let at = Duration::from_nanos(
        u64::try_from(spent.as_nanos() % period.as_nanos().max(1)).unwrap_or(0),
    );
    (at, shown, period)
}

/// The movement again and again, and after each time the mistake, where one is to be shown.
pub(super) fn looping(motion: &Motion, spent: Duration, wrong: bool) -> Beat {
    let last = motion.last();
    let [start, out, end, back] = LOOP;
    let (at, shown, period) = round(motion, spent, wrong);
    let until = |end: Duration| Some(end.saturating_sub(at));
    if at >= shown {
        return (Scene::Wrong, until(period));
    }
    if last <= 0.0 {
        return still(0.0, None, wrong.then(|| shown.saturating_sub(at)));
    }
    if at < start {
        still(0.0, Some(true), until(start))
    } else if at < start + out {
        moving(0.0, last, at.saturating_sub(start), out)
    } else if at < start + out + end {
        still(last, None, until(start + out + end))
    } else {
        moving(last, 0.0, at.saturating_sub(start + out + end), back)
    }
}

/// Waits in the start, and goes into the hold so that it is there when the hold begins.
fn into_hold(motion: &Motion, spent: Duration, length: Duration) -> Beat {
    let way = WAY.min(length);
    let begins = length.saturating_sub(way);
    if spent < begins && motion.last() > 0.0 {
        still(0.0, Some(true), Some(begins.saturating_sub(spent)))
    } else {
        moving(0.0, motion.last(), spent.saturating_sub(begins), way)
    }
}

/// Out of the hold, and into the next one.
fn between_holds(motion: &Motion, spent: Duration, length: Duration) -> Beat {
    let way = WAY.min(length / 2);
    if spent < way {
        moving(motion.last(), 0.0, spent, way)
    } else {
        into_hold(
            motion,
            spent.saturating_sub(way),
            length.saturating_sub(way),
        )
    }
}

/// Where a repetition in parts stands.
fn in_tempo(motion: &Motion, part: TempoPhase, spent: Duration, length: Duration) -> Beat {
    let last = motion.last();
    let (low, high) = if motion.rises {
        (0.0, last)
    } else {
        (last, 0.0)
    };
    match part {
        TempoPhase::Out => moving(0.0, last, spent, length),
        TempoPhase::Back => moving(last, 0.0, spent, length),
        TempoPhase::Lower => moving(high, low, spent, length),
        TempoPhase::Lift => moving(low, high, spent, length),
        TempoPhase::PauseBelow => still(low, None, None),
        TempoPhase::PauseAbove => still(high, None, None),
    }
}

/// The side of the figure that stands for the side in work.
fn side_of(side: program::Side) -> FigureSide {
    if side == program::Side::Left {
        FigureSide::Left
    } else {
        FigureSide::Right
    }
}

impl Session {
    fn side_at(&self, step: &Step) -> FigureSide {
        self.player
            .timeline()
            .sets
            .get(step.set)
            .map_or(FigureSide::Right, |planned_set| {
                side_of(planned_set.dose.side)
            })
    }

    /// The exercise whose figure belongs to a step, and its side: after an exercise those of the
    /// one to come.
    pub(super) fn figured(&self, step: &Step) -> Option<(&Exercise, FigureSide)> {
        if step.kind == StepKind::RestAfterExercise {
            let next = self.next_exercise(self.player.position())?;
            return Some((next, next.shown_side()));
        }
        Some((self.exercise_of(step.exercise)?, self.side_at(step)))
    }

    fn figure(&self, now: Instant, wanted: Figures) -> Option<FigureFrame> {
        let player = &self.player;
        let (step, position) = (player.step()?, player.position());
        let (exercise, mut side) = self.figured(step)?;
        let motion = exercise.motion()?;
        let (spent, length) = (
            player.step_elapsed(now),
            player.step_length().unwrap_or_default(),
        );
        let steps = &player.timeline().steps;
        let leads_into = steps.get(position + 1).map(|next| next.kind);
        let holds_next = matches!(
            leads_into,
            Some(StepKind::Hold(_) | StepKind::Test(TestKind::Hold))
        );
        let resting = matches!(step.kind, StepKind::Rest | StepKind::RestAfterExercise);
        let has_wrong = motion.figure.wrong.is_some();
        let last = motion.last();
        let (scene, changes_in) = if wanted == Figures::Still {
            let (at, shown, period) = round(&motion, spent, has_wrong);
            match (resting && has_wrong, at < shown) {
                (false, _) => (Scene::Ends, None),
                (true, true) => (Scene::Ends, Some(shown.saturating_sub(at))),
                (true, false) => (Scene::Wrong, Some(period.saturating_sub(at))),
            }
        } else {
            match step.kind {
                StepKind::Hold(_) | StepKind::Test(TestKind::Hold) => still(last, None, None),
                // Nobody says how far along the patient is.
                StepKind::SelfPacedReps(_)
                | StepKind::Test(TestKind::Reps)
                | StepKind::Continuous => (Scene::Ends, None),
                StepKind::Tempo { phase: part, .. } => in_tempo(&motion, part, spent, length),
                StepKind::Release(_) => {
                    let before = position.checked_sub(1).and_then(|before| steps.get(before));
                    if let Some(before) = before.filter(|_| spent < WAY.min(length / 2)) {
                        // Of sides in turn the one before goes back first.
                        side = self.side_at(before);
                    }
                    between_holds(&motion, spent, length)
                }
                StepKind::GetReady | StepKind::SwitchSide if holds_next => {
                    into_hold(&motion, spent, length)
                }
                StepKind::Rest | StepKind::RestAfterExercise
                    if holds_next && length.saturating_sub(spent) <= WAY + LAST_LOOK =>
                {
                    let begins = length.saturating_sub(WAY + LAST_LOOK);
                    into_hold(
                        &motion,
                        spent.saturating_sub(begins),
                        length.saturating_sub(begins),
                    )
                }
                StepKind::SwitchSide => still(0.0, Some(true), None),
                StepKind::GetReady => looping(&motion, spent, false),
                StepKind::Rest | StepKind::RestAfterExercise => looping(&motion, spent, has_wrong),
            }
        };
        // While the session is paused nothing moves.
        let changes_in = changes_in.filter(|_| !player.is_paused());
        Some(frame(motion, side, scene, changes_in))
    }
}

/// Returns when a figure looks different next.
pub(super) fn next_frame(
    figure: Option<&FigureFrame>,
    kind: SessionKind,
    now: Instant,
) -> Option<Instant> {
    let changes_in = figure?.changes_in?;
    Some(match kind {
        // However fast time passes, no more frames are drawn.
        SessionKind::Preview { speed } if speed > 1 => {
            now + changes_in.max(FRAME * u32::from(speed))
        }
        _ => now + changes_in,
    })
}

/// Returns what shows the exercise of a session.
pub(super) fn of_session(session: &Session, shared: &Shared, now: Instant) -> IllustrationSource {
    let wanted = shared.preferences.figures;
    if wanted == Figures::Off {
        return IllustrationSource::default();
    }
    let shown = session.player.step().and_then(|step| session.figured(step));
    let id = session.program.id.as_str();
    let mut entries = shared.catalog.entries.iter();
    let path = entries
        .find(|entry| entry.id() == Some(id))
        .map(|it| &it.path);
    IllustrationSource {
        picture: shown.and_then(|(exercise, _)| picture(exercise, path?)),
        figure: session.figure(now, wanted),
    }
}

/// Returns what shows an exercise on a page that was opened this long ago; its program has this
/// path.
pub(super) fn of_page(
    exercise: &Exercise,
    path: &str,
    since: Duration,
    shared: &Shared,
) -> IllustrationSource {
    let wanted = shared.preferences.figures;
    if wanted == Figures::Off {
        return IllustrationSource::default();
    }
    let figure = exercise.motion().map(|motion| {
        let shown: Duration = LOOP.iter().sum();
        let (scene, changes_in) = match wanted {
            Figures::Still => (Scene::Ends, None),
            _ if since >= shown * SHOWN_TIMES => still(0.0, Some(true), None),
            _ => looping(&motion, since, false),
        };
        frame(motion, exercise.shown_side(), scene, changes_in)
    });
    IllustrationSource {
        picture: picture(exercise, path),
        figure,
    }
}

/// Returns the therapist's picture of an exercise; where it can be shown it takes the place of the
/// figure.
fn picture(exercise: &Exercise, path: &str) -> Option<PictureName> {
    Some(PictureName {
        program: path.to_owned(),
        name: exercise.image.clone()?,
    })
}
