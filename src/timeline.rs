//! A session as a flat list of steps with their lengths. The player plays it, and the screens, the
//! cues and the records are made from it.

mod compile;

use std::time::Duration;

use crate::program::{Dose, Exercise, RepStyle, SetDose, TestKind, Timings, Work};
use crate::record::Amount;

/// An exercise of a session with the dose that applies today.
#[derive(Debug, Clone, Copy)]
pub struct PrescribedExercise<'p> {
    /// The exercise of the program.
    pub exercise: &'p Exercise,
    /// The dose after the progression steps that the patient has taken.
    pub dose: &'p Dose,
    /// The rest between sets after those steps.
    pub rest: Duration,
}

impl<'p> PrescribedExercise<'p> {
    /// Returns an exercise with its first dose.
    pub fn new(exercise: &'p Exercise) -> Self {
        Self {
            exercise,
            dose: &exercise.dose,
            rest: exercise.timings.rest,
        }
    }

    /// Returns an exercise with the dose after this number of progression steps.
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

/// The length of each half of a self-paced repetition in hands-free mode, which the app paces.
pub(crate) const HANDS_FREE_HALF_REP: Duration = Duration::from_secs(2);
/// The minimum time to get into position before an exercise in hands-free mode.
const HANDS_FREE_GET_READY: Duration = Duration::from_secs(10);
/// The minimum time to change sides in hands-free mode.
const HANDS_FREE_SWITCH: Duration = Duration::from_secs(5);

/// Whether the patient ends self-paced repetitions, or the app paces them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum SessionMode {
    /// The patient presses a key when the repetitions of a set are done.
    #[default]
    Manual,
    /// No key is needed. The app paces the repetitions, and leaves time to change position.
    HandsFree,
}

impl SessionMode {
    /// Returns the pauses around an exercise. In hands-free mode, the pauses for moving into
    /// position have a minimum length.
    fn timings(self, timings: &Timings) -> Timings {
        match self {
            Self::Manual => *timings,
            Self::HandsFree => Timings {
                get_ready: timings.get_ready.max(HANDS_FREE_GET_READY),
                switch: timings.switch.max(HANDS_FREE_SWITCH),
                ..*timings
            },
        }
    }
}

/// A repetition of a set.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Rep {
    /// The number of the repetition, from 1.
    pub number: u16,
    /// The number of repetitions in the set.
    pub of: u16,
}

/// A phase of a repetition that is paced.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TempoPhase {
    /// The eccentric phase, in which the muscle gets longer.
    Lower,
    /// The pause after lowering.
    PauseBelow,
    /// The concentric phase, in which the muscle gets shorter.
    Lift,
    /// The pause after lifting.
    PauseAbove,
    /// The first half of a self-paced repetition in hands-free mode, in whichever direction.
    Out,
    /// The second half of such a repetition.
    Back,
}

/// What the patient does in a step.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum StepKind {
    /// Gets into position before an exercise.
    GetReady,
    /// Holds: one repetition of the set, or the whole set if there is no repetition.
    Hold(Option<Rep>),
    /// Does one phase of a paced repetition.
    Tempo {
        /// The repetition that the phase belongs to.
        rep: Rep,
        /// The phase of the repetition.
        phase: TempoPhase,
        /// Whether this is the last phase of the repetition.
        last: bool,
    },
    /// Does this number of repetitions at the patient's own pace, on each side of the step.
    SelfPacedReps(u16),
    /// Works without stopping.
    Continuous,
    /// Does a test.
    Test(TestKind),
    /// Lets go before this held repetition.
    Release(Rep),
    /// Changes sides.
    SwitchSide,
    /// Rests between sets.
    Rest,
    /// Rests after an exercise.
    RestAfterExercise,
}

impl StepKind {
    /// Returns whether the step is work, not a pause.
    pub(crate) fn is_work(self) -> bool {
        matches!(
            self,
            Self::Hold(_)
                | Self::Tempo { .. }
                | Self::SelfPacedReps(_)
                | Self::Continuous
                | Self::Test(_)
        )
    }
}

/// The length of a step.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Length {
    /// The step ends by itself after this time.
    Fixed(Duration),
    /// The patient ends the step. The estimate is only for the minutes that are shown.
    Open {
        /// 4 s for each repetition, 30 s for a test.
        estimate: Duration,
    },
}

impl Length {
    /// Returns the fixed or the estimated length.
    pub(crate) fn estimate(self) -> Duration {
        match self {
            Self::Fixed(length) | Self::Open { estimate: length } => length,
        }
    }
}

/// One step of a session.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Step {
    /// What the patient does.
    pub kind: StepKind,
    /// How long it lasts, without what the patient adds.
    pub length: Length,
    /// The exercise, as an index into `Timeline::exercises`.
    pub exercise: usize,
    /// The planned set it works on or leads to, as an index into `Timeline::sets`.
    pub set: usize,
    /// The planned set of the other side, if the step works on both sides in turn. In a release
    /// between sides, the planned set of the side that lets go.
    pub also: Option<usize>,
}

/// One set of one side. Each set record belongs to one planned set.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PlannedSet {
    /// The exercise, as an index into `Timeline::exercises`.
    pub exercise: usize,
    /// The number, side, work and load of the set.
    pub dose: SetDose,
    /// The number of sets that this side has.
    pub set_count: u8,
    /// Its steps in the timeline. None if the set was settled before.
    pub steps: Option<StepRange>,
}

/// The steps of a planned set, as indices into `Timeline::steps`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct StepRange {
    /// The first step that leads to the set. Two sides that alternate share it.
    pub lead_in: usize,
    /// The last step of the set's work.
    pub last: usize,
}

impl PlannedSet {
    /// Returns the amount that was prescribed. It is empty for a test.
    pub fn prescribed(&self) -> Amount {
        match self.dose.work {
            Work::Hold(length) | Work::Continuous(length) => Amount {
                reps: None,
                time: Some(length),
            },
            Work::Reps { count, style } => Amount {
                reps: Some(count),
                time: match style {
                    RepStyle::SelfPaced => None,
                    RepStyle::Held(hold) => Some(hold * u32::from(count)),
                    RepStyle::Tempo(tempo) => Some(tempo.length() * u32::from(count)),
                },
            },
            Work::Test(_) => Amount::default(),
        }
    }
}

/// An exercise of the session, as it is recorded.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TimelineExercise {
    /// The exercise's id.
    pub id: String,
    /// The exercise's name.
    pub name: String,
    /// The exercise's index in the phase.
    pub index: usize,
}

/// A session as a flat list of steps.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Timeline {
    /// The exercises of the session, in order.
    pub exercises: Vec<TimelineExercise>,
    /// Every set of every side, in the order they are played in.
    pub sets: Vec<PlannedSet>,
    /// All steps, in the order they are played in.
    pub steps: Vec<Step>,
    /// The estimated time before each step, and at the end that of the whole session.
    before: Vec<Duration>,
    mode: SessionMode,
}

impl Timeline {
    /// Returns the timeline of a whole phase in manual mode.
    pub fn of(exercises: &[Exercise]) -> Self {
        let exercises: Vec<_> = exercises
            .iter()
            .map(PrescribedExercise::new)
            .enumerate()
            .collect();
        Self::compile(&exercises, SessionMode::Manual, |_, _, _| false)
    }

    /// Returns the mode that the timeline was compiled for.
    pub fn mode(&self) -> SessionMode {
        self.mode
    }

    /// Returns the estimated length of the session.
    pub fn length(&self) -> Duration {
        self.before.last().copied().unwrap_or_default()
    }

    /// Returns the estimated time before a step.
    pub fn before(&self, step: usize) -> Duration {
        self.before
            .get(step)
            .copied()
            .unwrap_or_else(|| self.length())
    }

    /// Returns the planned sets of an exercise, with their indices.
    pub(crate) fn sets_of(&self, exercise: usize) -> impl Iterator<Item = (usize, &PlannedSet)> {
        self.sets
            .iter()
            .enumerate()
            .filter(move |(_, set)| set.exercise == exercise)
    }

    /// Returns the steps of a planned set. None if the set was settled before.
    pub(crate) fn step_range(&self, set: usize) -> Option<StepRange> {
        self.sets.get(set)?.steps
    }

    /// Returns the work of a planned set.
    pub(crate) fn work_of(&self, set: usize) -> Option<Work> {
        self.sets.get(set).map(|set| set.dose.work)
    }

    /// Returns the indices of the planned sets that a step finishes.
    pub(crate) fn finished_by(&self, step: usize) -> impl Iterator<Item = usize> + use<> {
        let ends = |set: &usize| {
            self.step_range(*set)
                .is_some_and(|steps| steps.last == step)
        };
        let at = self.steps.get(step);
        let set = at.map(|step| step.set).filter(ends);
        let also = at.and_then(|step| step.also).filter(ends);
        set.into_iter().chain(also)
    }
}
