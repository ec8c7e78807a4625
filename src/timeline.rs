//! A session's doses compiled into a flat list of steps, which the player plays and every screen,
//! cue and record is read off. Knows nothing of clocks: lengths, not instants.

use std::time::Duration;

use crate::program::{Dose, Exercise, Manner, MeasureKind, SetDose, Side, SideRule, Timings, Work};
use crate::record::Amount;

/// An exercise of a session with the dose that holds today.
#[derive(Debug, Clone, Copy)]
pub struct Planned<'p> {
    /// The exercise.
    pub exercise: &'p Exercise,
    /// The dose after the progression steps that were taken.
    pub dose: &'p Dose,
    /// The rest between sets after those steps.
    pub rest: Duration,
}

impl<'p> Planned<'p> {
    /// An exercise with the dose it begins with.
    pub fn new(exercise: &'p Exercise) -> Self {
        Self {
            exercise,
            dose: &exercise.dose,
            rest: exercise.timings.rest,
        }
    }

    /// An exercise after so many steps of its progression.
    pub fn after(exercise: &'p Exercise, steps: usize) -> Self {
        match steps
            .checked_sub(1)
            .and_then(|last| exercise.progression.get(last))
        {
            Some(step) => Self {
                exercise,
                dose: &step.dose,
                rest: step.rest,
            },
            None => Self::new(exercise),
        }
    }
}

/// How long one half of a repetition takes that is paced because nobody presses a key.
pub const PACED_HALF: Duration = Duration::from_secs(2);
/// Without keys, at least this long to get into position before an exercise.
pub const FREE_LEAD_IN: Duration = Duration::from_secs(10);
/// Without keys, at least this long to change sides.
pub const FREE_SWITCH: Duration = Duration::from_secs(5);

/// Who says when repetitions at one's own pace are over.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Lead {
    /// The patient, by a key.
    #[default]
    Keys,
    /// Nobody: they are paced, and there is time to change position.
    HandsFree,
}

impl Lead {
    /// The pauses around an exercise; without keys those in which one moves are never too short to
    /// move in.
    fn timings(self, timings: &Timings) -> Timings {
        match self {
            Self::Keys => *timings,
            Self::HandsFree => Timings {
                get_ready: timings.get_ready.max(FREE_LEAD_IN),
                switch: timings.switch.max(FREE_SWITCH),
                ..*timings
            },
        }
    }
}

/// One repetition among those of a set and side.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Rep {
    /// From 1.
    pub number: u16,
    /// How many there are.
    pub of: u16,
}

/// A part of a repetition with a tempo.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TempoPart {
    /// Eccentric.
    Lower,
    /// The pause after lowering.
    PauseBelow,
    /// Concentric.
    Lift,
    /// The pause after lifting.
    PauseAbove,
    /// The first half of a repetition that is paced without keys, whichever way it goes.
    Out,
    /// The way back.
    Back,
}

/// What a step is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Task {
    /// Time to get into position before an exercise.
    GetReady,
    /// A hold; the only one of its set, or one repetition of it.
    Hold(Option<Rep>),
    /// A part of a repetition with a tempo; `last` ends the repetition.
    Tempo {
        /// Which repetition.
        rep: Rep,
        /// Which part.
        part: TempoPart,
        /// Whether the repetition is over after it.
        last: bool,
    },
    /// Repetitions at the patient's own pace, so many on each side of the step.
    Reps(u16),
    /// Continuous work.
    Continuous,
    /// A test.
    Measure(MeasureKind),
    /// A pause between held repetitions.
    Release(Rep),
    /// Time to change sides.
    SwitchSide,
    /// Between sets.
    Rest,
    /// After an exercise.
    RestAfter,
}

impl Task {
    /// Whether the patient works in it.
    pub fn is_work(self) -> bool {
        matches!(
            self,
            Self::Hold(_)
                | Self::Tempo { .. }
                | Self::Reps(_)
                | Self::Continuous
                | Self::Measure(_)
        )
    }
}

/// How long a step lasts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Length {
    /// This long.
    Fixed(Duration),
    /// Until the patient says so; the estimate is for minutes shown, never for playing.
    Open {
        /// 4 s a repetition, 30 s a measure.
        estimate: Duration,
    },
}

impl Length {
    /// The length, or what is reckoned for it.
    pub fn estimate(self) -> Duration {
        match self {
            Self::Fixed(length) | Self::Open { estimate: length } => length,
        }
    }
}

/// One step of a session.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Step {
    /// What it is for.
    pub task: Task,
    /// How long it lasts.
    pub length: Length,
    /// The exercise, as an index into `Timeline::exercises`.
    pub exercise: usize,
    /// The slot it works on or leads to, as an index into `Timeline::slots`.
    pub slot: usize,
    /// The other side's slot, where one step works on both in turn; of a release between sides the
    /// one that is let go.
    pub also: Option<usize>,
}

/// One set of one side: what a record is a record of.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Slot {
    /// The exercise, as an index into `Timeline::exercises`.
    pub exercise: usize,
    /// Number, side, work and load.
    pub dose: SetDose,
    /// How many sets this side has in all.
    pub of: u8,
    /// Where it is played; none where it was settled before.
    pub steps: Option<SlotSteps>,
}

/// Where a slot is played, as indices into `Timeline::steps`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct SlotSteps {
    /// The first step that leads to it. Two sides in turn share their lead-in.
    pub lead_in: usize,
    /// Its last step of work.
    pub last: usize,
}

impl Slot {
    /// What was prescribed for it; nothing for a measure.
    pub fn prescribed(&self) -> Amount {
        match self.dose.work {
            Work::Hold(length) | Work::Continuous(length) => Amount {
                reps: None,
                time: Some(length),
            },
            Work::Reps { count, manner } => Amount {
                reps: Some(count),
                time: match manner {
                    Manner::SelfPaced => None,
                    Manner::Held(hold) => Some(hold * u32::from(count)),
                    Manner::Tempo(tempo) => Some(tempo.length() * u32::from(count)),
                },
            },
            Work::Measure(_) => Amount::default(),
        }
    }
}

/// An exercise of the session, as records know it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PlannedExercise {
    /// The exercise's id.
    pub id: String,
    /// Its name.
    pub name: String,
    /// Its place in the phase, from 0.
    pub index: usize,
}

/// A session as a flat list of steps.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Timeline {
    /// The exercises, in order.
    pub exercises: Vec<PlannedExercise>,
    /// Every set of every side, in the order in which they are played.
    pub slots: Vec<Slot>,
    /// The steps.
    pub steps: Vec<Step>,
    /// The reckoned time before each step, and that of the whole at the end.
    before: Vec<Duration>,
    lead: Lead,
}

impl Timeline {
    /// Compiles a session. What is settled already, by the exercise's id, set and side, has a slot
    /// but no steps.
    pub fn compile(
        planned: &[(usize, Planned<'_>)],
        lead: Lead,
        settled: impl Fn(&str, u8, Side) -> bool,
    ) -> Self {
        let mut timeline = Self {
            lead,
            ..Self::default()
        };
        for (index, planned) in planned {
            timeline.add_exercise(*index, planned, &settled);
        }
        // The rest after the last exercise would keep nobody from anything.
        while timeline
            .steps
            .last()
            .is_some_and(|step| step.task == Task::RestAfter)
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

    /// The whole phase of a program, nothing settled, led by keys.
    pub fn of(exercises: &[Exercise]) -> Self {
        Self::led(exercises, Lead::Keys)
    }

    /// The whole phase of a program, nothing settled.
    pub fn led(exercises: &[Exercise], lead: Lead) -> Self {
        let planned: Vec<_> = exercises.iter().map(Planned::new).enumerate().collect();
        Self::compile(&planned, lead, |_, _, _| false)
    }

    /// Who says when repetitions are over.
    pub fn lead(&self) -> Lead {
        self.lead
    }

    /// The reckoned length of the whole.
    pub fn length(&self) -> Duration {
        self.before.last().copied().unwrap_or_default()
    }

    /// The reckoned time before a step.
    pub fn before(&self, step: usize) -> Duration {
        self.before
            .get(step)
            .copied()
            .unwrap_or_else(|| self.length())
    }

    /// The slots of an exercise.
    pub fn slots_of(&self, exercise: usize) -> impl Iterator<Item = (usize, &Slot)> {
        self.slots
            .iter()
            .enumerate()
            .filter(move |(_, slot)| slot.exercise == exercise)
    }

    /// The slots that a step at this index finishes.
    pub fn finished_by(&self, step: usize) -> impl Iterator<Item = usize> + use<> {
        let candidates = self.steps.get(step).map(|step| (step.slot, step.also));
        let ends = |slot: usize| {
            self.slots
                .get(slot)
                .and_then(|slot| slot.steps)
                .is_some_and(|steps| steps.last == step)
        };
        let first = candidates.map(|(slot, _)| slot).filter(|slot| ends(*slot));
        let second = candidates
            .and_then(|(_, also)| also)
            .filter(|slot| ends(*slot));
        first.into_iter().chain(second)
    }

    fn add_exercise(
        &mut self,
        index: usize,
        planned: &Planned<'_>,
        settled: &impl Fn(&str, u8, Side) -> bool,
    ) {
        let exercise = self.exercises.len();
        let Exercise {
            id, name, timings, ..
        } = planned.exercise;
        let timings = &self.lead.timings(timings);
        self.exercises.push(PlannedExercise {
            id: id.clone(),
            name: name.clone(),
            index,
        });
        let mut begun = false;
        for round in 0..planned.dose.rounds() {
            let mut turn = Vec::new();
            for side in planned.dose.sides() {
                let Some(dose) = planned.dose.of(side).nth(round) else {
                    continue;
                };
                let of = u8::try_from(planned.dose.of(side).count()).unwrap_or(u8::MAX);
                self.slots.push(Slot {
                    exercise,
                    dose: dose.clone(),
                    of,
                    steps: None,
                });
                if !settled(id, dose.number, side) {
                    turn.push(self.slots.len() - 1);
                }
            }
            let Some(first) = turn.first().copied() else {
                continue;
            };
            let lead_in = self.steps.len();
            if begun {
                // Without keys the way back to the first side takes its time, too.
                let sides =
                    matches!(planned.dose.side, SideRule::Each) && self.lead == Lead::HandsFree;
                let rest = if sides {
                    planned.rest.max(FREE_SWITCH)
                } else {
                    planned.rest
                };
                self.pause(Task::Rest, rest, first);
            } else {
                self.pause(Task::GetReady, timings.get_ready, first);
                begun = true;
            }
            if planned.dose.side == SideRule::Alternate {
                self.alternate(&turn, timings, lead_in);
            } else {
                self.one_after_the_other(&turn, timings, lead_in);
            }
        }
        if begun && let Some(last) = self.steps.last().map(|step| step.slot) {
            self.pause(Task::RestAfter, timings.rest_after, last);
        }
    }

    /// A pause, unless it has no length.
    fn pause(&mut self, task: Task, length: Duration, slot: usize) {
        if !length.is_zero() {
            self.push(task, Length::Fixed(length), slot, None);
        }
    }

    fn push(&mut self, task: Task, length: Length, slot: usize, also: Option<usize>) {
        let Some(exercise) = self.slots.get(slot).map(|slot| slot.exercise) else {
            return;
        };
        self.steps.push(Step {
            task,
            length,
            exercise,
            slot,
            also,
        });
    }

    /// Marks the steps from a lead-in to the last one as those of a slot.
    fn place(&mut self, slot: usize, lead_in: usize) {
        let last = self.steps.len().saturating_sub(1);
        if let Some(slot) = self.slots.get_mut(slot) {
            slot.steps = Some(SlotSteps { lead_in, last });
        }
    }

    fn one_after_the_other(&mut self, turn: &[usize], timings: &Timings, lead_in: usize) {
        let mut lead_in = lead_in;
        for (number, slot) in turn.iter().enumerate() {
            if number > 0 {
                lead_in = self.steps.len();
                self.pause(Task::SwitchSide, timings.switch, *slot);
            }
            let Some(work) = self.slots.get(*slot).map(|slot| slot.dose.work) else {
                continue;
            };
            self.work(*slot, work, timings);
            self.place(*slot, lead_in);
        }
    }

    fn work(&mut self, slot: usize, work: Work, timings: &Timings) {
        match work {
            Work::Hold(length) => self.push(Task::Hold(None), Length::Fixed(length), slot, None),
            Work::Continuous(length) => {
                self.push(Task::Continuous, Length::Fixed(length), slot, None);
            }
            Work::Measure(kind) => {
                self.push(
                    Task::Measure(kind),
                    Length::Open {
                        estimate: work.estimate(),
                    },
                    slot,
                    None,
                );
            }
            Work::Reps {
                count,
                manner: Manner::SelfPaced,
            } if self.lead == Lead::Keys => {
                self.push(
                    Task::Reps(count),
                    Length::Open {
                        estimate: work.estimate(),
                    },
                    slot,
                    None,
                );
            }
            Work::Reps { count, manner } => {
                for number in 1..=count {
                    if number > 1 && matches!(manner, Manner::Held(_)) {
                        self.pause(
                            Task::Release(Rep { number, of: count }),
                            timings.release,
                            slot,
                        );
                    }
                    self.repetition(slot, Rep { number, of: count }, manner);
                }
            }
        }
    }

    fn repetition(&mut self, slot: usize, rep: Rep, manner: Manner) {
        match manner {
            Manner::Held(hold) => self.push(Task::Hold(Some(rep)), Length::Fixed(hold), slot, None),
            Manner::Tempo(tempo) => {
                let parts = [
                    (TempoPart::Lower, tempo.lower),
                    (TempoPart::PauseBelow, tempo.bottom),
                    (TempoPart::Lift, tempo.lift),
                    (TempoPart::PauseAbove, tempo.top),
                ];
                let last = parts.iter().rposition(|(_, seconds)| *seconds > 0);
                for (index, (part, seconds)) in parts
                    .into_iter()
                    .enumerate()
                    .filter(|(_, (_, seconds))| *seconds > 0)
                {
                    let length = Length::Fixed(Duration::from_secs(seconds.into()));
                    self.push(
                        Task::Tempo {
                            rep,
                            part,
                            last: last == Some(index),
                        },
                        length,
                        slot,
                        None,
                    );
                }
            }
            // Reached only without keys.
            Manner::SelfPaced => {
                for (part, last) in [(TempoPart::Out, false), (TempoPart::Back, true)] {
                    self.push(
                        Task::Tempo { rep, part, last },
                        Length::Fixed(PACED_HALF),
                        slot,
                        None,
                    );
                }
            }
        }
    }

    /// Left, right, left, right: so many on each side, the side with fewer stops earlier.
    fn alternate(&mut self, turn: &[usize], timings: &Timings, lead_in: usize) {
        let reps: Vec<(usize, u16, Manner)> = turn
            .iter()
            .filter_map(|slot| match self.slots.get(*slot)?.dose.work {
                Work::Reps { count, manner } => Some((*slot, count, manner)),
                _ => None,
            })
            .collect();
        if let [(first, first_count, Manner::SelfPaced), rest @ ..] = reps.as_slice()
            && self.lead == Lead::Keys
        {
            // At one's own pace both sides are one wait: the patient says when both are done.
            let also = rest.first();
            let estimate = Duration::from_secs(4)
                * (u32::from(*first_count) + also.map_or(0, |(_, count, _)| u32::from(*count)));
            self.push(
                Task::Reps(*first_count),
                Length::Open { estimate },
                *first,
                also.map(|(slot, _, _)| *slot),
            );
            for (slot, _, _) in &reps {
                self.place(*slot, lead_in);
            }
            return;
        }
        let most = reps.iter().map(|(_, count, _)| *count).max().unwrap_or(0);
        let mut held: Option<usize> = None;
        for number in 1..=most {
            for (slot, count, manner) in &reps {
                if number > *count {
                    continue;
                }
                let rep = Rep { number, of: *count };
                if let Some(held) = held
                    && matches!(manner, Manner::Held(_))
                    && !timings.release.is_zero()
                {
                    let let_go = (held != *slot).then_some(held);
                    self.push(
                        Task::Release(rep),
                        Length::Fixed(timings.release),
                        *slot,
                        let_go,
                    );
                }
                held = Some(*slot);
                self.repetition(*slot, rep, *manner);
                if number == *count {
                    self.place(*slot, lead_in);
                }
            }
        }
    }
}
