//! The controls of a session: pause, end, skip, go back, jump, extend and restart.

use super::{
    BACK_AGAIN, Clock, EXTENSION, Milestone, Player, Progress, ReachedMilestone, SkipScope,
};
use crate::events::Instant;
use crate::program::Work;
use crate::timeline::{Length, Step, StepKind, Timeline};

impl Player {
    /// Pauses the session.
    #[must_use]
    pub fn pause(&mut self, now: Instant) -> Vec<ReachedMilestone> {
        let reached = self.advance(now);
        if !self.is_paused() {
            self.clock = Clock::Paused(self.step_elapsed(now));
        }
        reached
    }

    /// Continues a paused session where it was paused.
    pub fn resume(&mut self, now: Instant) {
        if let Clock::Paused(elapsed) = self.clock {
            self.clock = Clock::Running(now - elapsed);
        }
    }

    /// Ends the current step. Ending a pause or self-paced repetitions leads to the next step.
    /// Ending timed work ends the whole set with the work done so far. `reps` is the number of
    /// repetitions that the patient reports, if any.
    #[must_use]
    pub fn done(&mut self, now: Instant, reps: Option<u16>) -> Vec<ReachedMilestone> {
        let mut reached = self.advance(now);
        let Some(step) = self.step().copied() else {
            return reached;
        };
        let elapsed = self.step_elapsed(now);
        let open = matches!(step.kind, StepKind::SelfPacedReps(_) | StepKind::Test(_));
        if !step.kind.is_work() {
            self.leave(now, elapsed, &mut reached);
            return reached;
        }
        self.credit(elapsed, open);
        let sets = self.open_sets_with(step.set);
        self.set_reps(step.set, reps);
        reached.extend(sets.iter().map(|set| ReachedMilestone {
            at: now,
            milestone: Milestone::SetOver(*set),
        }));
        let next = self.step_after(&sets);
        self.enter(next, now, &mut reached);
        reached
    }

    /// Skips the rest of the set or of the exercise. `reps` is the number of repetitions of the set
    /// that the patient reports, if any.
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
        self.set_reps(step.set, reps);
        let sets: Vec<usize> = match scope {
            SkipScope::Set => self.open_sets_with(step.set),
            SkipScope::Exercise => self
                .timeline
                .sets_of(step.exercise)
                .filter(|(_, set)| set.steps.is_some_and(|steps| steps.last >= self.at))
                .map(|(index, _)| index)
                .collect(),
        };
        // In the rest after the exercise, all its sets have ended already.
        if step.kind != StepKind::RestAfterExercise {
            reached.extend(sets.iter().map(|set| ReachedMilestone {
                at: now,
                milestone: Milestone::SetSkipped(*set),
            }));
        }
        let mut next = self.step_after(&sets).max(self.at + 1);
        // After skipping the rest of an exercise, the patient needs no rest.
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

    /// Goes back to the start of the current set, or of the set before if the current one has only
    /// just started.
    #[must_use]
    pub fn back(&mut self, now: Instant) -> Vec<ReachedMilestone> {
        let mut reached = self.advance(now);
        let starts = self.lead_ins();
        let has_just_started = starts.contains(&self.at) && self.step_elapsed(now) < BACK_AGAIN;
        let before = starts.into_iter().rev().find(|start| {
            if has_just_started {
                *start < self.at
            } else {
                *start <= self.at
            }
        });
        self.enter(before.unwrap_or(0), now, &mut reached);
        reached
    }

    /// Goes to the start of an exercise, given by its index in the timeline.
    #[must_use]
    pub(crate) fn jump(&mut self, exercise: usize, now: Instant) -> Vec<ReachedMilestone> {
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

    /// Adds ten seconds to the current step, if it has a fixed length and no tempo.
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

    /// Restarts the current step.
    #[must_use]
    pub fn restart(&mut self, now: Instant) -> Vec<ReachedMilestone> {
        let mut reached = self.advance(now);
        if self.step().is_some() {
            self.enter(self.at, now, &mut reached);
        }
        reached
    }

    /// Continues in another timeline with the same planned sets. The player stays in the same step
    /// if the other timeline has it, or else restarts the current set.
    #[must_use]
    pub(crate) fn switch_mode(
        &mut self,
        timeline: Timeline,
        now: Instant,
    ) -> Vec<ReachedMilestone> {
        let mut reached = self.advance(now);
        let here = self.step().copied();
        // The rest after an exercise is the same step, whichever side was last.
        let is_same = |step: &Step| {
            here.is_some_and(|here| {
                step.kind == here.kind
                    && (step.set == here.set
                        || step.kind == StepKind::RestAfterExercise
                            && step.exercise == here.exercise)
            })
        };
        let found = timeline.steps.iter().position(is_same);
        let set_steps = here.and_then(|here| timeline.step_range(here.set));
        let active_time = self.active_time(now);
        let elapsed = self.step_elapsed(now);
        self.timeline = timeline;
        if let Some(at) = found {
            self.at = at;
            // If the step is shorter here than the time already spent in it, it restarts. Otherwise
            // the player would skip steps that the patient hasn't seen.
            if self.step_length().is_some_and(|length| length <= elapsed) {
                self.before = active_time;
                self.restart_step_clock(now);
            }
        } else if let Some(steps) = set_steps {
            // The set restarts, but the time spent in it still counts as active time.
            self.before = active_time;
            self.at = steps.lead_in;
            self.restart_step_clock(now);
            self.enter(steps.lead_in, now, &mut reached);
        }
        reached
    }

    /// Returns the planned sets that share the lead-in of this one and haven't ended yet: the set
    /// itself, and the other side's set if the sides alternate.
    fn open_sets_with(&self, set: usize) -> Vec<usize> {
        let lead_in = self.timeline.step_range(set).map(|steps| steps.lead_in);
        let neighbors = set.saturating_sub(1)..=set + 1;
        let is_open = |other: &usize| {
            self.timeline
                .step_range(*other)
                .is_some_and(|steps| Some(steps.lead_in) == lead_in && steps.last >= self.at)
        };
        neighbors.filter(is_open).collect()
    }

    /// Sets the repetitions of the open sets to the number that the patient reports. If the sides
    /// alternate and one has fewer repetitions, it gets at most the number prescribed for it.
    fn set_reps(&mut self, set: usize, reps: Option<u16>) {
        let Some(reps) = reps else { return };
        let prescribed: Vec<(usize, u16)> = self
            .open_sets_with(set)
            .into_iter()
            .map(|set| match self.timeline.work_of(set) {
                Some(Work::Reps { count, .. }) => (set, count),
                _ => (set, u16::MAX),
            })
            .collect();
        let is_even = prescribed.windows(2).all(|pair| match pair {
            [(_, one), (_, other)] => one == other,
            _ => true,
        });
        for (set, count) in prescribed {
            if let Some(progress) = self.progress.get_mut(set) {
                progress.reps = if is_even { reps } else { reps.min(count) };
            }
        }
    }

    /// Returns the progress that would be recorded of the current sets if they ended now. Empty if
    /// no work has started.
    pub(crate) fn started_sets(&self, now: Instant, reps: Option<u16>) -> Vec<(usize, Progress)> {
        let Some(step) = self.step() else {
            return Vec::new();
        };
        let mut copy = self.clone();
        copy.credit(self.step_elapsed(now), false);
        copy.set_reps(step.set, reps);
        self.open_sets_with(step.set)
            .into_iter()
            .map(|set| (set, copy.progress(set)))
            .filter(|(_, progress)| *progress != Progress::default())
            .collect()
    }

    /// Returns the index of the step after the last step of these planned sets.
    fn step_after(&self, sets: &[usize]) -> usize {
        let lasts = sets
            .iter()
            .filter_map(|set| self.timeline.step_range(*set))
            .map(|steps| steps.last);
        lasts.max().unwrap_or(self.at) + 1
    }

    /// Returns the indices of the steps at which sets start, in order.
    fn lead_ins(&self) -> Vec<usize> {
        let mut starts: Vec<usize> = self
            .timeline
            .sets
            .iter()
            .filter_map(|set| set.steps)
            .map(|steps| steps.lead_in)
            .collect();
        starts.sort_unstable();
        starts.dedup();
        starts
    }
}
