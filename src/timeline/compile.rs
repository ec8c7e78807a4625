//! The compiler from doses to steps.

use std::time::Duration;

use super::{
    HANDS_FREE_HALF_REP, HANDS_FREE_SWITCH, Length, PlannedSet, PrescribedExercise, Rep,
    SessionMode, Step, StepKind, StepRange, TempoPhase, Timeline, TimelineExercise,
};
use crate::program::{Dose, Exercise, RepStyle, Side, SideRule, Timings, Work};

impl Timeline {
    /// Compiles the exercises of a session, each with its index in the phase. `settled` says which
    /// sets are done already, by the exercise's id, the set's number and the side. These sets are
    /// in the timeline, but have no steps.
    pub fn compile(
        exercises: &[(usize, PrescribedExercise<'_>)],
        mode: SessionMode,
        settled: impl Fn(&str, u8, Side) -> bool,
    ) -> Self {
        let mut timeline = Self {
            mode,
            ..Self::default()
        };
        for (index, prescribed) in exercises {
            timeline.add_exercise(*index, prescribed, &settled);
        }
        // Nothing follows the last exercise, so it needs no rest.
        while timeline
            .steps
            .last()
            .is_some_and(|step| step.kind == StepKind::RestAfterExercise)
        {
            timeline.steps.pop();
        }
        let mut total = Duration::ZERO;
        timeline.before.push(total);
        for step in &timeline.steps {
            total += step.length.estimate();
            timeline.before.push(total);
        }
        timeline
    }

    fn add_exercise(
        &mut self,
        index: usize,
        prescribed: &PrescribedExercise<'_>,
        settled: &impl Fn(&str, u8, Side) -> bool,
    ) {
        let exercise = self.exercises.len();
        let Exercise {
            id, name, timings, ..
        } = prescribed.exercise;
        let timings = &self.mode.timings(timings);
        self.exercises.push(TimelineExercise {
            id: id.clone(),
            name: name.clone(),
            index,
        });
        let mut has_steps = false;
        for round in 0..prescribed.dose.rounds() {
            let mut sets = self.add_round(exercise, prescribed.dose, round);
            sets.retain(|set| {
                let set = self.sets.get(*set).map(|set| &set.dose);
                set.is_some_and(|set| !settled(id, set.number, set.side))
            });
            let Some(first) = sets.first().copied() else {
                continue;
            };
            let lead_in = self.steps.len();
            if has_steps {
                self.add_pause(StepKind::Rest, self.rest_before_round(prescribed), first);
            } else {
                self.add_pause(StepKind::GetReady, timings.get_ready, first);
                has_steps = true;
            }
            if prescribed.dose.side == SideRule::Alternate {
                self.add_alternating(&sets, timings, lead_in);
            } else {
                self.add_side_after_side(&sets, timings, lead_in);
            }
        }
        if has_steps && let Some(last) = self.steps.last().map(|step| step.set) {
            self.add_pause(StepKind::RestAfterExercise, timings.rest_after, last);
        }
    }

    /// Adds the planned sets of a round, one for each side that has a set in it, and returns their
    /// indices.
    fn add_round(&mut self, exercise: usize, dose: &Dose, round: usize) -> Vec<usize> {
        let before = self.sets.len();
        for side in dose.sides() {
            if let Some(set) = dose.of(side).nth(round) {
                self.sets.push(PlannedSet {
                    exercise,
                    dose: set.clone(),
                    set_count: u8::try_from(dose.of(side).count()).unwrap_or(u8::MAX),
                    steps: None,
                });
            }
        }
        (before..self.sets.len()).collect()
    }

    /// Returns the rest before each round but the first.
    fn rest_before_round(&self, prescribed: &PrescribedExercise<'_>) -> Duration {
        // Changing back to the first side needs time too, and no key extends a rest in this mode.
        if prescribed.dose.side == SideRule::Each && self.mode == SessionMode::HandsFree {
            prescribed.rest.max(HANDS_FREE_SWITCH)
        } else {
            prescribed.rest
        }
    }

    /// Adds a pause, unless it has no length.
    fn add_pause(&mut self, kind: StepKind, length: Duration, set: usize) {
        if !length.is_zero() {
            self.push(kind, Length::Fixed(length), set, None);
        }
    }

    fn push(&mut self, kind: StepKind, length: Length, set: usize, also: Option<usize>) {
        let Some(exercise) = self.sets.get(set).map(|set| set.exercise) else {
            return;
        };
        self.steps.push(Step {
            kind,
            length,
            exercise,
            set,
            also,
        });
    }

    /// Gives a planned set the steps from its lead-in to the last step so far.
    fn place(&mut self, set: usize, lead_in: usize) {
        let last = self.steps.len().saturating_sub(1);
        if let Some(set) = self.sets.get_mut(set) {
            set.steps = Some(StepRange { lead_in, last });
        }
    }

    /// Adds the steps of a round whose sides are done one after the other.
    fn add_side_after_side(&mut self, sets: &[usize], timings: &Timings, mut lead_in: usize) {
        for (number, set) in sets.iter().enumerate() {
            if number > 0 {
                lead_in = self.steps.len();
                self.add_pause(StepKind::SwitchSide, timings.switch, *set);
            }
            if let Some(work) = self.work_of(*set) {
                self.add_work(*set, work, timings);
                self.place(*set, lead_in);
            }
        }
    }

    /// Adds the steps of one set's work.
    fn add_work(&mut self, set: usize, work: Work, timings: &Timings) {
        match work {
            Work::Hold(length) => self.push(StepKind::Hold(None), Length::Fixed(length), set, None),
            Work::Continuous(length) => {
                self.push(StepKind::Continuous, Length::Fixed(length), set, None);
            }
            Work::Test(kind) => {
                self.push(
                    StepKind::Test(kind),
                    Length::Open {
                        estimate: work.estimate(),
                    },
                    set,
                    None,
                );
            }
            Work::Reps {
                count,
                style: RepStyle::SelfPaced,
            } if self.mode == SessionMode::Manual => {
                self.push(
                    StepKind::SelfPacedReps(count),
                    Length::Open {
                        estimate: work.estimate(),
                    },
                    set,
                    None,
                );
            }
            Work::Reps { count, style } => {
                for number in 1..=count {
                    if number > 1 && matches!(style, RepStyle::Held(_)) {
                        self.add_pause(
                            StepKind::Release(Rep { number, of: count }),
                            timings.release,
                            set,
                        );
                    }
                    self.add_repetition(set, Rep { number, of: count }, style);
                }
            }
        }
    }

    /// Adds the steps of one repetition.
    fn add_repetition(&mut self, set: usize, rep: Rep, style: RepStyle) {
        match style {
            RepStyle::Held(hold) => {
                self.push(StepKind::Hold(Some(rep)), Length::Fixed(hold), set, None);
            }
            RepStyle::Tempo(tempo) => {
                let phases = [
                    (TempoPhase::Lower, tempo.lower),
                    (TempoPhase::PauseBelow, tempo.bottom),
                    (TempoPhase::Lift, tempo.lift),
                    (TempoPhase::PauseAbove, tempo.top),
                ];
                let last = phases.iter().rposition(|(_, seconds)| *seconds > 0);
                for (index, (phase, seconds)) in phases
                    .into_iter()
                    .enumerate()
                    .filter(|(_, (_, seconds))| *seconds > 0)
                {
                    let length = Length::Fixed(Duration::from_secs(seconds.into()));
                    self.push(
                        StepKind::Tempo {
                            rep,
                            phase,
                            last: last == Some(index),
                        },
                        length,
                        set,
                        None,
                    );
                }
            }
            // Only hands-free mode gets here. In manual mode the whole set is one step.
            RepStyle::SelfPaced => {
                for (phase, last) in [(TempoPhase::Out, false), (TempoPhase::Back, true)] {
                    self.push(
                        StepKind::Tempo { rep, phase, last },
                        Length::Fixed(HANDS_FREE_HALF_REP),
                        set,
                        None,
                    );
                }
            }
        }
    }

    /// Adds the steps of a round whose sides alternate with each repetition. The side with fewer
    /// repetitions stops earlier.
    fn add_alternating(&mut self, sets: &[usize], timings: &Timings, lead_in: usize) {
        let reps: Vec<(usize, u16, RepStyle)> = sets
            .iter()
            .filter_map(|set| match self.work_of(*set)? {
                Work::Reps { count, style } => Some((*set, count, style)),
                _ => None,
            })
            .collect();
        if let [(first, first_count, RepStyle::SelfPaced), rest @ ..] = reps.as_slice()
            && self.mode == SessionMode::Manual
        {
            // Self-paced, both sides are one step: the patient presses a key when both are done.
            let also = rest.first();
            let estimate = Duration::from_secs(4)
                * (u32::from(*first_count) + also.map_or(0, |(_, count, _)| u32::from(*count)));
            self.push(
                StepKind::SelfPacedReps(*first_count),
                Length::Open { estimate },
                *first,
                also.map(|(set, _, _)| *set),
            );
            for (set, _, _) in &reps {
                self.place(*set, lead_in);
            }
            return;
        }
        let most = reps.iter().map(|(_, count, _)| *count).max().unwrap_or(0);
        let mut held: Option<usize> = None;
        for number in 1..=most {
            for (set, count, style) in &reps {
                if number > *count {
                    continue;
                }
                let rep = Rep { number, of: *count };
                if let Some(held) = held
                    && matches!(style, RepStyle::Held(_))
                    && !timings.release.is_zero()
                {
                    let let_go = (held != *set).then_some(held);
                    self.push(
                        StepKind::Release(rep),
                        Length::Fixed(timings.release),
                        *set,
                        let_go,
                    );
                }
                held = Some(*set);
                self.add_repetition(*set, rep, *style);
                if number == *count {
                    self.place(*set, lead_in);
                }
            }
        }
    }
}
