//! The player of a timeline. It knows where a session is at an instant and which milestones it has
//! reached. Every milestone gets the instant it was scheduled for, even if the player is asked
//! late, so delays never add up.

mod controls;

use std::time::Duration;

use crate::events::Instant;
use crate::program::{TestKind, Work};
use crate::record::Amount;
use crate::timeline::{Length, PlannedSet, Step, StepKind, Timeline};

/// The time that `extend` adds to a step.
const EXTENSION: Duration = Duration::from_secs(10);
/// Going back in the first seconds of a set, up to this time, goes to the set before.
const BACK_AGAIN: Duration = Duration::from_secs(3);
/// The minimum length of a step that has a half-way milestone.
const HALF_WAY_FROM: Duration = Duration::from_secs(20);
/// The minimum length of a step of work that has a milestone when five seconds are left. For a
/// pause it is half as long again, because more is spoken in a pause.
const FIVE_FROM: Duration = Duration::from_secs(10);
/// The number of seconds that are counted down at the end of a step.
const COUNTDOWN: u64 = 3;

/// An event in a session. Steps, planned sets and exercises are given as indices into the timeline.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Milestone {
    /// A step begins.
    Step(usize),
    /// Half of a long step of work is done.
    HalfWay(usize),
    /// Five seconds are left of a long step.
    FiveLeft(usize),
    /// This number of seconds is left of a step: 3, 2 or 1.
    Countdown(usize, u64),
    /// A planned set has ended. Its work may have been done only in part.
    SetOver(usize),
    /// The patient skipped a planned set. Part of its work may have been done before.
    SetSkipped(usize),
    /// All planned sets of an exercise have ended.
    ExerciseOver(usize),
    /// The session has reached its end.
    Finished,
}

/// A milestone and the instant it was scheduled for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ReachedMilestone {
    /// The scheduled instant, which may be in the past.
    pub at: Instant,
    /// The milestone.
    pub milestone: Milestone,
}

/// The work that has been done of a planned set.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Progress {
    /// The number of full repetitions.
    pub reps: u16,
    /// The time of work.
    pub time: Duration,
}

/// How much the patient skips at once.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SkipScope {
    /// The current set of the current side.
    Set,
    /// The rest of the exercise.
    Exercise,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Clock {
    /// The instant at which the current step began, moved later by the length of its pauses.
    Running(Instant),
    /// The time that has passed in the current step.
    Paused(Duration),
}

/// The state of a session in progress.
#[derive(Debug, Clone)]
pub struct Player {
    timeline: Timeline,
    /// The index of the current step.
    at: usize,
    clock: Clock,
    /// The time that the patient added to the current step.
    extra: Duration,
    /// The time in the current step up to which milestones have been reported.
    reported: Duration,
    /// The active time before the current step.
    before: Duration,
    /// The work done, for each planned set.
    progress: Vec<Progress>,
    /// The last exercise whose end was reported.
    exercise_over: Option<usize>,
}

impl Player {
    /// Starts a session at an instant, and returns it with the first milestones.
    pub fn new(timeline: Timeline, now: Instant) -> (Self, Vec<ReachedMilestone>) {
        let progress = vec![Progress::default(); timeline.sets.len()];
        let mut player = Self {
            timeline,
            at: 0,
            clock: Clock::Running(now),
            extra: Duration::ZERO,
            reported: Duration::ZERO,
            before: Duration::ZERO,
            progress,
            exercise_over: None,
        };
        let mut reached = Vec::new();
        player.enter(0, now, &mut reached);
        (player, reached)
    }

    /// Returns the timeline that is played.
    pub fn timeline(&self) -> &Timeline {
        &self.timeline
    }

    /// Returns the index of the current step. After the end it is one past the last step.
    pub fn position(&self) -> usize {
        self.at
    }

    /// Returns the current step. None after the end.
    pub fn step(&self) -> Option<&Step> {
        self.timeline.steps.get(self.at)
    }

    /// Returns the planned set that the current step works on or leads to.
    pub(crate) fn planned_set(&self) -> Option<&PlannedSet> {
        self.step()
            .and_then(|step| self.timeline.sets.get(step.set))
    }

    /// Returns whether the session has reached its end.
    pub(crate) fn is_finished(&self) -> bool {
        self.step().is_none()
    }

    /// Returns whether the session is paused.
    pub(crate) fn is_paused(&self) -> bool {
        matches!(self.clock, Clock::Paused(_))
    }

    /// Returns the work done of a planned set since it was last started.
    pub fn progress(&self, planned_set: usize) -> Progress {
        self.progress.get(planned_set).copied().unwrap_or_default()
    }

    /// Returns the length of the current step, with added time. None if the patient ends the step.
    pub(crate) fn step_length(&self) -> Option<Duration> {
        match self.step()?.length {
            Length::Fixed(length) => Some(length + self.extra),
            Length::Open { .. } => None,
        }
    }

    /// Returns the time that has passed in the current step.
    pub(crate) fn step_elapsed(&self, now: Instant) -> Duration {
        let spent = match self.clock {
            Clock::Running(epoch) => now - epoch,
            Clock::Paused(spent) => spent,
        };
        self.step_length().map_or(spent, |length| spent.min(length))
    }

    /// Returns the time left in the current step. None if the patient ends the step.
    pub(crate) fn step_remaining(&self, now: Instant) -> Option<Duration> {
        self.step_length()
            .map(|length| length.saturating_sub(self.step_elapsed(now)))
    }

    /// Returns the time spent in the session without pauses.
    pub fn active_time(&self, now: Instant) -> Duration {
        if self.is_finished() {
            self.before
        } else {
            self.before + self.step_elapsed(now)
        }
    }

    /// Returns the estimated time of everything before now, done or skipped.
    pub(crate) fn completed_estimate(&self, now: Instant) -> Duration {
        let Some(step) = self.step() else {
            return self.timeline.length();
        };
        self.timeline.before(self.at) + self.step_elapsed(now).min(step.length.estimate())
    }

    /// Returns the estimated time that is left.
    pub(crate) fn remaining(&self, now: Instant) -> Duration {
        let Some(step) = self.step() else {
            return Duration::ZERO;
        };
        let of_step = self.step_remaining(now).unwrap_or_else(|| {
            step.length
                .estimate()
                .saturating_sub(self.step_elapsed(now))
        });
        self.timeline
            .length()
            .saturating_sub(self.timeline.before(self.at + 1))
            + of_step
    }

    /// Returns the next instant at which a milestone is reached or a shown second changes. None if
    /// nothing will change by itself.
    pub fn next_change(&self, now: Instant) -> Option<Instant> {
        let Clock::Running(epoch) = self.clock else {
            return None;
        };
        let step = self.step()?;
        let spent = now - epoch;
        let Some(length) = self.step_length() else {
            // Of the steps that the patient ends, only a test of a hold shows seconds.
            return (step.kind == StepKind::Test(TestKind::Hold))
                .then(|| epoch + Duration::from_secs(spent.as_secs() + 1));
        };
        if spent >= length {
            return Some(epoch + length);
        }
        // The screen shows the seconds that are left, rounded up.
        let left = length.saturating_sub(spent);
        let shown_after = left
            .as_secs()
            .saturating_sub(u64::from(left.subsec_nanos() == 0));
        let next_second = length.saturating_sub(Duration::from_secs(shown_after));
        let next_mark = self
            .marks()
            .into_iter()
            .map(|(offset, _)| offset)
            .find(|offset| *offset > spent.max(self.reported));
        Some(epoch + next_mark.map_or(next_second, |mark| mark.min(next_second)))
    }

    /// Returns the milestones inside the current step with their times from its start, in order.
    fn marks(&self) -> Vec<(Duration, Milestone)> {
        let (Some(step), Some(length)) = (self.step(), self.step_length()) else {
            return Vec::new();
        };
        let mut marks = Vec::new();
        if length >= HALF_WAY_FROM && matches!(step.kind, StepKind::Hold(_) | StepKind::Continuous)
        {
            marks.push((length / 2, Milestone::HalfWay(self.at)));
        }
        if !matches!(step.kind, StepKind::Tempo { .. } | StepKind::Release(_)) {
            if length
                >= if step.kind.is_work() {
                    FIVE_FROM
                } else {
                    FIVE_FROM * 3 / 2
                }
            {
                marks.push((
                    length.saturating_sub(Duration::from_secs(5)),
                    Milestone::FiveLeft(self.at),
                ));
            }
            marks.extend((1..=COUNTDOWN).rev().filter_map(|seconds| {
                let offset = length
                    .checked_sub(Duration::from_secs(seconds))
                    .filter(|offset| !offset.is_zero())?;
                Some((offset, Milestone::Countdown(self.at, seconds)))
            }));
        }
        marks
    }

    /// Moves on to an instant, and returns the milestones reached on the way, in order.
    #[must_use]
    pub fn advance(&mut self, now: Instant) -> Vec<ReachedMilestone> {
        let mut reached = Vec::new();
        while let Clock::Running(epoch) = self.clock
            && self.step().is_some()
        {
            let spent = now - epoch;
            let length = self.step_length();
            let visible = length.map_or(spent, |length| spent.min(length));
            let new_marks = self
                .marks()
                .into_iter()
                .filter(|(offset, _)| *offset > self.reported && *offset <= visible);
            reached.extend(new_marks.map(|(offset, milestone)| ReachedMilestone {
                at: epoch + offset,
                milestone,
            }));
            self.reported = self.reported.max(visible);
            let Some(length) = length.filter(|length| spent >= *length) else {
                break;
            };
            self.leave(epoch + length, length, &mut reached);
        }
        reached
    }

    /// Completes the current step after a time in it, and starts the next one.
    fn leave(&mut self, at: Instant, spent: Duration, reached: &mut Vec<ReachedMilestone>) {
        self.credit(spent, true);
        let ended = self.timeline.finished_by(self.at);
        reached.extend(ended.map(|set| ReachedMilestone {
            at,
            milestone: Milestone::SetOver(set),
        }));
        self.enter(self.at + 1, at, reached);
    }

    /// Adds the time spent in the current step to the progress of its planned sets. Only a
    /// completed step adds repetitions.
    fn credit(&mut self, spent: Duration, completed: bool) {
        let Some(step) = self.step().copied() else {
            return;
        };
        if !step.kind.is_work() {
            return;
        }
        for set in std::iter::once(step.set).chain(step.also) {
            let all = match self.timeline.work_of(set) {
                Some(Work::Reps { count, .. }) => count,
                _ => 0,
            };
            let Some(progress) = self.progress.get_mut(set) else {
                continue;
            };
            progress.time += spent;
            progress.reps += match step.kind {
                StepKind::Hold(Some(_)) | StepKind::Tempo { last: true, .. } if completed => 1,
                StepKind::SelfPacedReps(_) if completed => all,
                _ => 0,
            };
        }
    }

    /// Starts a step at an instant.
    fn enter(&mut self, step: usize, at: Instant, reached: &mut Vec<ReachedMilestone>) {
        let before = self.step().map(|step| step.exercise);
        self.before = self.active_time(at);
        self.at = step;
        self.restart_step_clock(at);
        self.report_exercise_end(before, at, reached);
        let Some(now) = self.step() else {
            reached.push(ReachedMilestone {
                at,
                milestone: Milestone::Finished,
            });
            return;
        };
        if now.kind != StepKind::RestAfterExercise && Some(now.exercise) != before {
            self.exercise_over = None;
        }
        for (set, progress) in self.timeline.sets.iter().zip(&mut self.progress) {
            // Restarting a set resets its count.
            if set.steps.is_some_and(|steps| steps.lead_in == step) {
                *progress = Progress::default();
            }
        }
        reached.push(ReachedMilestone {
            at,
            milestone: Milestone::Step(step),
        });
    }

    /// Sets the time in the current step to zero, without added time and reported milestones.
    fn restart_step_clock(&mut self, at: Instant) {
        self.extra = Duration::ZERO;
        self.reported = Duration::ZERO;
        self.clock = match self.clock {
            Clock::Running(_) => Clock::Running(at),
            Clock::Paused(_) => Clock::Paused(Duration::ZERO),
        };
    }

    /// Reports that the exercise of the step before has ended, if the current step comes after its
    /// last set and the end wasn't reported yet.
    fn report_exercise_end(
        &mut self,
        before: Option<usize>,
        at: Instant,
        reached: &mut Vec<ReachedMilestone>,
    ) {
        let Some(before) = before else { return };
        let has_ended = self
            .step()
            .is_none_or(|step| step.kind == StepKind::RestAfterExercise || before < step.exercise);
        if has_ended && self.exercise_over != Some(before) {
            self.exercise_over = Some(before);
            reached.push(ReachedMilestone {
                at,
                milestone: Milestone::ExerciseOver(before),
            });
        }
    }
}

/// Returns the amount done of a planned set, in the same terms as its prescription.
pub fn done_amount(planned_set: &PlannedSet, progress: Progress) -> Amount {
    match planned_set.dose.work {
        Work::Hold(_) | Work::Continuous(_) | Work::Test(TestKind::Hold) => Amount {
            reps: None,
            time: Some(progress.time),
        },
        Work::Reps { .. } | Work::Test(TestKind::Reps) => Amount {
            reps: Some(progress.reps),
            time: Some(progress.time),
        },
    }
}
