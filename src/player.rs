//! Where a session is at a given instant, and what has been reached on the way. Every boundary is
//! crossed at its scheduled instant, however late anybody looks, so lateness never adds up. Knows
//! nothing of screens, records or the wall clock.

use std::time::Duration;

use crate::events::Instant;
use crate::program::{TestKind, Work};
use crate::record::Amount;
use crate::timeline::{Length, PlannedSet, Step, StepKind, Timeline};

/// How much `extend` adds.
pub const EXTENSION: Duration = Duration::from_secs(10);
/// Going back within this time after the beginning of a set goes to the set before.
const BACK_AGAIN: Duration = Duration::from_secs(3);
/// Steps at least this long have a half way.
const HALF_WAY_FROM: Duration = Duration::from_secs(20);
/// Work at least this long is told when five seconds are left, and so are pauses half as long
/// again, in which more is said.
const FIVE_FROM: Duration = Duration::from_secs(10);
/// The last seconds that are counted down.
const COUNTDOWN: u64 = 3;

/// Something the session has reached.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Milestone {
    /// A step begins.
    Step(usize),
    /// Half of a long step of work is over.
    HalfWay(usize),
    /// Five seconds are left of a long step.
    FiveLeft(usize),
    /// So many seconds are left of a step: 3, 2, 1.
    Countdown(usize, u64),
    /// A slot's work is over, as far as it was done.
    SetOver(usize),
    /// A slot is passed over, by the patient's will, with what was done of it.
    SetSkipped(usize),
    /// All slots of an exercise are behind.
    ExerciseOver(usize),
    /// The session has been played to its end.
    Finished,
}

/// A milestone and the instant it was scheduled for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ReachedMilestone {
    /// The scheduled instant, which may have gone by.
    pub at: Instant,
    /// What was reached.
    pub milestone: Milestone,
}

/// What has been done of a slot.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Progress {
    /// Full repetitions.
    pub reps: u16,
    /// Time under work.
    pub time: Duration,
}

/// How much is passed over at once.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SkipScope {
    /// The set at hand, of the side at hand.
    Set,
    /// What is left of the exercise.
    Exercise,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Clock {
    /// The step at hand began at this instant, pauses taken out.
    Running(Instant),
    /// So much of the step at hand is over.
    Paused(Duration),
}

/// Plays a timeline.
#[derive(Debug, Clone)]
pub struct Player {
    timeline: Timeline,
    at: usize,
    clock: Clock,
    extra: Duration,
    reported: Duration,
    before: Duration,
    progress: Vec<Progress>,
    exercise_over: Option<usize>,
}

impl Player {
    /// Begins at an instant; the milestones of the beginning come with the first `advance`.
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

    /// What is played.
    pub fn timeline(&self) -> &Timeline {
        &self.timeline
    }

    /// The index of the step at hand; one past the last when all is over.
    pub fn position(&self) -> usize {
        self.at
    }

    /// The step at hand; none when all is over.
    pub fn step(&self) -> Option<&Step> {
        self.timeline.steps.get(self.at)
    }

    /// The slot at hand.
    pub fn planned_set(&self) -> Option<&PlannedSet> {
        self.step()
            .and_then(|step| self.timeline.sets.get(step.set))
    }

    /// Whether all is over.
    pub fn is_finished(&self) -> bool {
        self.step().is_none()
    }

    /// Whether it is paused.
    pub fn is_paused(&self) -> bool {
        matches!(self.clock, Clock::Paused(_))
    }

    /// What has been done of a slot since it was last begun.
    pub fn progress(&self, planned_set: usize) -> Progress {
        self.progress.get(planned_set).copied().unwrap_or_default()
    }

    /// The length of the step at hand with what was added to it; none where the patient ends it.
    pub fn step_length(&self) -> Option<Duration> {
        match self.step()?.length {
            Length::Fixed(length) => Some(length + self.extra),
            Length::Open { .. } => None,
        }
    }

    /// How much of the step at hand is over.
    pub fn step_elapsed(&self, now: Instant) -> Duration {
        let spent = match self.clock {
            Clock::Running(epoch) => now - epoch,
            Clock::Paused(spent) => spent,
        };
        self.step_length().map_or(spent, |length| spent.min(length))
    }

    /// How much of the step at hand is left; none where the patient ends it.
    pub fn step_remaining(&self, now: Instant) -> Option<Duration> {
        self.step_length()
            .map(|length| length.saturating_sub(self.step_elapsed(now)))
    }

    /// The time that was really spent in the session, the pauses not counted.
    pub fn active_time(&self, now: Instant) -> Duration {
        if self.is_finished() {
            self.before
        } else {
            self.before + self.step_elapsed(now)
        }
    }

    /// The reckoned time that is behind, whether it was played or passed over.
    pub fn completed_estimate(&self, now: Instant) -> Duration {
        let Some(step) = self.step() else {
            return self.timeline.length();
        };
        self.timeline.before(self.at) + self.step_elapsed(now).min(step.length.estimate())
    }

    /// The reckoned time that is left.
    pub fn remaining(&self, now: Instant) -> Duration {
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

    /// The next instant at which something is reached or a shown whole second changes; none while
    /// nothing does by itself.
    pub fn next_change(&self, now: Instant) -> Option<Instant> {
        let Clock::Running(epoch) = self.clock else {
            return None;
        };
        let step = self.step()?;
        let spent = now - epoch;
        let Some(length) = self.step_length() else {
            // Only a measure of seconds counts up where it can be seen.
            return (step.kind == StepKind::Test(TestKind::Hold))
                .then(|| epoch + Duration::from_secs(spent.as_secs() + 1));
        };
        if spent >= length {
            return Some(epoch + length);
        }
        // Seconds are shown as those that are left, rounded up.
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

    /// The milestones inside the step at hand, by their offset from its beginning, rising.
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

    /// Crosses every boundary up to now, and gives what was reached, in order.
    #[must_use]
    pub fn advance(&mut self, now: Instant) -> Vec<ReachedMilestone> {
        let mut reached = Vec::new();
        while let Clock::Running(epoch) = self.clock
            && self.step().is_some()
        {
            let spent = now - epoch;
            let length = self.step_length();
            let visible = length.map_or(spent, |length| spent.min(length));
            let news = self
                .marks()
                .into_iter()
                .filter(|(offset, _)| *offset > self.reported && *offset <= visible);
            reached.extend(news.map(|(offset, milestone)| ReachedMilestone {
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

    /// Credits the step at hand with the time spent in it, and goes on to the next one.
    fn leave(&mut self, at: Instant, spent: Duration, reached: &mut Vec<ReachedMilestone>) {
        self.credit(spent, true);
        let over: Vec<usize> = self.timeline.finished_by(self.at).collect();
        reached.extend(over.into_iter().map(|planned_set| ReachedMilestone {
            at,
            milestone: Milestone::SetOver(planned_set),
        }));
        self.enter(self.at + 1, at, reached);
    }

    /// Adds work to the tallies of the step at hand; only a step that was `completed` makes a
    /// repetition.
    fn credit(&mut self, spent: Duration, completed: bool) {
        let Some(step) = self.step().copied() else {
            return;
        };
        if !step.kind.is_work() {
            return;
        }
        for planned_set in std::iter::once(step.set).chain(step.also) {
            let all = match self
                .timeline
                .sets
                .get(planned_set)
                .map(|planned_set| planned_set.dose.work)
            {
                Some(Work::Reps { count, .. }) => count,
                _ => 0,
            };
            let Some(progress) = self.progress.get_mut(planned_set) else {
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

    /// Begins a step at an instant.
    fn enter(&mut self, step: usize, at: Instant, reached: &mut Vec<ReachedMilestone>) {
        let before = self.step().map(|step| step.exercise);
        self.before = self.active_time(at);
        self.at = step;
        self.extra = Duration::ZERO;
        self.reported = Duration::ZERO;
        self.clock = match self.clock {
            Clock::Running(_) => Clock::Running(at),
            Clock::Paused(_) => Clock::Paused(Duration::ZERO),
        };
        let now = self.step().map(|step| step.exercise);
        let exercise_behind = self.step().is_none_or(|step| {
            step.kind == StepKind::RestAfterExercise
                || before.is_some_and(|before| before < step.exercise)
        });
        if let Some(before) = before
            && exercise_behind
            && self.exercise_over != Some(before)
        {
            self.exercise_over = Some(before);
            reached.push(ReachedMilestone {
                at,
                milestone: Milestone::ExerciseOver(before),
            });
        }
        if now.is_none() {
            reached.push(ReachedMilestone {
                at,
                milestone: Milestone::Finished,
            });
            return;
        }
        if self
            .step()
            .is_some_and(|step| step.kind != StepKind::RestAfterExercise)
            && now != before
        {
            self.exercise_over = None;
        }
        for (planned_set, progress) in self.timeline.sets.iter().zip(&mut self.progress) {
            // What is begun again is counted anew.
            if planned_set.steps.is_some_and(|steps| steps.lead_in == step) {
                *progress = Progress::default();
            }
        }
        reached.push(ReachedMilestone {
            at,
            milestone: Milestone::Step(step),
        });
    }

    /// Holds the clock.
    #[must_use]
    pub fn pause(&mut self, now: Instant) -> Vec<ReachedMilestone> {
        let reached = self.advance(now);
        if !self.is_paused() {
            self.clock = Clock::Paused(self.step_elapsed(now));
        }
        reached
    }

    /// Lets the clock go on where it was held.
    pub fn resume(&mut self, now: Instant) {
        if let Clock::Paused(spent) = self.clock {
            self.clock = Clock::Running(now - spent);
        }
    }

    /// Ends the step at hand: a pause is over, repetitions are done; timed work ends the whole set
    /// with what was done of it. With `reps` the patient says how many it were.
    #[must_use]
    pub fn done(&mut self, now: Instant, reps: Option<u16>) -> Vec<ReachedMilestone> {
        let mut reached = self.advance(now);
        let Some(step) = self.step().copied() else {
            return reached;
        };
        let spent = self.step_elapsed(now);
        let open = matches!(step.kind, StepKind::SelfPacedReps(_) | StepKind::Test(_));
        if !step.kind.is_work() {
            self.leave(now, spent, &mut reached);
            return reached;
        }
        self.credit(spent, open);
        let planned_sets = self.round(step.set);
        self.count(step.set, reps);
        reached.extend(planned_sets.iter().map(|planned_set| ReachedMilestone {
            at: now,
            milestone: Milestone::SetOver(*planned_set),
        }));
        let next = self.after(&planned_sets);
        self.enter(next, now, &mut reached);
        reached
    }

    /// Passes over what is left of the set or the exercise. With `reps` the patient says how many
    /// were done of the set.
    #[must_use]
    pub fn skip(
        &mut self,
        now: Instant,
        scope: SkipScope,
        reps: Option<u16>,
    ) -> Vec<ReachedMilestone> {
        let mut reached = self.advance(now);
        let Some(step) = self.step().copied() else {
            return reached;
        };
        self.credit(self.step_elapsed(now), false);
        self.count(step.set, reps);
        let planned_sets = match scope {
            SkipScope::Set => self.round(step.set),
            SkipScope::Exercise => {
                let at = self.at;
                let ahead = |planned_set: &PlannedSet| {
                    planned_set.steps.is_some_and(|steps| steps.last >= at)
                };
                self.timeline
                    .sets_of(step.exercise)
                    .filter(|(_, planned_set)| ahead(planned_set))
                    .map(|(index, _)| index)
                    .collect()
            }
        };
        // A rest after the exercise leads to no set of it.
        if step.kind != StepKind::RestAfterExercise {
            reached.extend(planned_sets.iter().map(|planned_set| ReachedMilestone {
                at: now,
                milestone: Milestone::SetSkipped(*planned_set),
            }));
        }
        let mut next = self.after(&planned_sets).max(self.at + 1);
        // Who did nothing of the rest of an exercise needs no rest after it.
        while scope == SkipScope::Exercise
            && self.timeline.steps.get(next).is_some_and(|next| {
                next.kind == StepKind::RestAfterExercise && next.exercise == step.exercise
            })
        {
            next += 1;
        }
        self.enter(next, now, &mut reached);
        reached
    }

    /// Goes to the beginning of the set at hand, or of the one before where this one has only
    /// begun.
    #[must_use]
    pub fn back(&mut self, now: Instant) -> Vec<ReachedMilestone> {
        let mut reached = self.advance(now);
        let starts = self.lead_ins();
        let at_start = starts.contains(&self.at) && self.step_elapsed(now) < BACK_AGAIN;
        let before = starts.into_iter().rev().find(|start| {
            if at_start {
                *start < self.at
            } else {
                *start <= self.at
            }
        });
        self.enter(before.unwrap_or(0), now, &mut reached);
        reached
    }

    /// Goes to the beginning of an exercise, by its place in the timeline.
    #[must_use]
    pub fn jump(&mut self, exercise: usize, now: Instant) -> Vec<ReachedMilestone> {
        let mut reached = self.advance(now);
        if let Some(step) = self
            .timeline
            .steps
            .iter()
            .position(|step| step.exercise == exercise)
        {
            self.enter(step, now, &mut reached);
        }
        reached
    }

    /// Adds ten seconds to the step at hand, where it has a length.
    #[must_use]
    pub fn extend(&mut self, now: Instant) -> Vec<ReachedMilestone> {
        let reached = self.advance(now);
        if self.step().is_some_and(|step| {
            matches!(step.length, Length::Fixed(_)) && !matches!(step.kind, StepKind::Tempo { .. })
        }) {
            self.extra += EXTENSION;
        }
        reached
    }

    /// Begins the step at hand again.
    #[must_use]
    pub fn restart(&mut self, now: Instant) -> Vec<ReachedMilestone> {
        let mut reached = self.advance(now);
        if self.step().is_some() {
            self.enter(self.at, now, &mut reached);
        }
        reached
    }

    /// Goes on in another timeline of the same slots: in the same step where it has one, else at
    /// the beginning of the set at hand.
    #[must_use]
    pub fn switch_mode(&mut self, timeline: Timeline, now: Instant) -> Vec<ReachedMilestone> {
        let mut reached = self.advance(now);
        let here = self.step().copied();
        // A rest after an exercise belongs to no side of it.
        let same = |step: &Step| {
            here.is_some_and(|here| {
                step.kind == here.kind
                    && (step.set == here.set
                        || step.kind == StepKind::RestAfterExercise
                            && step.exercise == here.exercise)
            })
        };
        let found = timeline.steps.iter().position(same);
        let begin = here
            .and_then(|here| timeline.sets.get(here.set))
            .and_then(|planned_set| planned_set.steps);
        let played = self.active_time(now);
        let spent = self.step_elapsed(now);
        self.timeline = timeline;
        if let Some(at) = found {
            self.at = at;
            // A step that is shorter here than what was spent in it begins again: nothing is
            // crossed that nobody was led through.
            if self.step_length().is_some_and(|length| length <= spent) {
                self.before = played;
                self.reported = Duration::ZERO;
                self.extra = Duration::ZERO;
                self.clock = if self.is_paused() {
                    Clock::Paused(Duration::ZERO)
                } else {
                    Clock::Running(now)
                };
            }
        } else if let Some(steps) = begin {
            // What was spent is spent; the set begins anew.
            self.before = played;
            self.at = steps.lead_in;
            self.clock = if self.is_paused() {
                Clock::Paused(Duration::ZERO)
            } else {
                Clock::Running(now)
            };
            self.enter(steps.lead_in, now, &mut reached);
        }
        reached
    }

    /// This slot and the one that is played in turn with it, as far as they are not over.
    fn round(&self, planned_set: usize) -> Vec<usize> {
        let steps = |planned_set: usize| {
            self.timeline
                .sets
                .get(planned_set)
                .and_then(|planned_set| planned_set.steps)
        };
        let wanted = steps(planned_set).map(|steps| steps.lead_in);
        let near = planned_set.saturating_sub(1)..=planned_set + 1;
        let open = |other: &usize| {
            steps(*other)
                .is_some_and(|steps| Some(steps.lead_in) == wanted && steps.last >= self.at)
        };
        near.filter(open).collect()
    }

    /// Takes the patient's count of repetitions for the sets at hand. Of two sides in turn the one
    /// with fewer stops earlier.
    fn count(&mut self, planned_set: usize, reps: Option<u16>) {
        let Some(reps) = reps else { return };
        let planned_sets = self.round(planned_set);
        let asked = |planned_set: usize| match self
            .timeline
            .sets
            .get(planned_set)
            .map(|planned_set| planned_set.dose.work)
        {
            Some(Work::Reps { count, .. }) => count,
            _ => u16::MAX,
        };
        let uneven = planned_sets
            .iter()
            .map(|planned_set| asked(*planned_set))
            .min()
            != planned_sets
                .iter()
                .map(|planned_set| asked(*planned_set))
                .max();
        let counts: Vec<(usize, u16)> = planned_sets
            .iter()
            .map(|planned_set| {
                (
                    *planned_set,
                    if uneven {
                        reps.min(asked(*planned_set))
                    } else {
                        reps
                    },
                )
            })
            .collect();
        for (planned_set, reps) in counts {
            if let Some(progress) = self.progress.get_mut(planned_set) {
                progress.reps = reps;
            }
        }
    }

    /// What would be on record of the slots at hand, were they left now; empty where no work has
    /// begun.
    pub fn started_sets(&self, now: Instant, reps: Option<u16>) -> Vec<(usize, Progress)> {
        let Some(step) = self.step() else {
            return Vec::new();
        };
        let mut copy = self.clone();
        copy.credit(self.step_elapsed(now), false);
        copy.count(step.set, reps);
        let progress = self
            .round(step.set)
            .into_iter()
            .map(|planned_set| (planned_set, copy.progress(planned_set)));
        progress
            .filter(|(_, progress)| *progress != Progress::default())
            .collect()
    }

    /// The step after the last one of these slots.
    fn after(&self, planned_sets: &[usize]) -> usize {
        let lasts = planned_sets
            .iter()
            .filter_map(|planned_set| self.timeline.sets.get(*planned_set)?.steps)
            .map(|steps| steps.last);
        lasts.max().map_or(self.at, |last| last) + 1
    }

    /// Where sets begin, rising.
    fn lead_ins(&self) -> Vec<usize> {
        let mut starts: Vec<usize> = self
            .timeline
            .sets
            .iter()
            .filter_map(|planned_set| planned_set.steps)
            .map(|steps| steps.lead_in)
            .collect();
        starts.sort_unstable();
        starts.dedup();
        starts
    }
}

/// What was done of a slot, in the terms in which it was prescribed.
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
