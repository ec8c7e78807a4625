//! A session's doses compiled into a flat list of steps, which the player plays and every screen,
//! cue and record is read off. Knows nothing of clocks: lengths, not instants.

use std::time::Duration;

use crate::program::{Dose, Exercise, RepStyle, SetDose, Side, SideRule, TestKind, Timings, Work};
use crate::record::Amount;

/// An exercise of a session with the dose that holds today.
#[derive(Debug, Clone, Copy)]
pub struct PrescribedExercise<'p> {
    /// The exercise.
    pub exercise: &'p Exercise,
    /// The dose after the progression steps that were taken.
    pub dose: &'p Dose,
    /// The rest between sets after those steps.
    pub rest: Duration,
}

impl<'p> PrescribedExercise<'p> {
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
pub const HANDS_FREE_HALF_REP: Duration = Duration::from_secs(2);
/// Without keys, at least this long to get into position before an exercise.
pub const HANDS_FREE_GET_READY: Duration = Duration::from_secs(10);
/// Without keys, at least this long to change sides.
pub const HANDS_FREE_SWITCH: Duration = Duration::from_secs(5);

/// Who says when repetitions at one's own pace are over.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum SessionMode {
    /// The patient, by a key.
    #[default]
    Manual,
    /// Nobody: they are paced, and there is time to change position.
    HandsFree,
}

impl SessionMode {
    /// The pauses around an exercise; without keys those in which one moves are never too short to
    /// move in.
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
pub enum TempoPhase {
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
pub enum StepKind {
    /// Time to get into position before an exercise.
    GetReady,
    /// A hold; the only one of its set, or one repetition of it.
    Hold(Option<Rep>),
    /// A part of a repetition with a tempo; `last` ends the repetition.
    Tempo {
        /// Which repetition.
        rep: Rep,
        /// Which part.
        phase: TempoPhase,
        /// Whether the repetition is over after it.
        last: bool,
    },
    /// Repetitions at the patient's own pace, so many on each side of the step.
    SelfPacedReps(u16),
    /// Continuous work.
    Continuous,
    /// A test.
    Test(TestKind),
    /// A pause between held repetitions.
    Release(Rep),
    /// Time to change sides.
    SwitchSide,
    /// Between sets.
    Rest,
    /// After an exercise.
    RestAfterExercise,
}

impl StepKind {
    /// Whether the patient works in it.
    pub fn is_work(self) -> bool {
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
    pub kind: StepKind,
    /// How long it lasts.
    pub length: Length,
    /// The exercise, as an index into `Timeline::exercises`.
    pub exercise: usize,
    /// The slot it works on or leads to, as an index into `Timeline::slots`.
    pub set: usize,
    /// The other side's slot, where one step works on both in turn; of a release between sides the
    /// one that is let go.
    pub also: Option<usize>,
}

/// One set of one side: what a record is a record of.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PlannedSet {
    /// The exercise, as an index into `Timeline::exercises`.
    pub exercise: usize,
    /// Number, side, work and load.
    pub dose: SetDose,
    /// How many sets this side has in all.
    pub set_count: u8,
    /// Where it is played; none where it was settled before.
    pub steps: Option<StepRange>,
}

/// Where a slot is played, as indices into `Timeline::steps`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct StepRange {
    /// The first step that leads to it. Two sides in turn share their lead-in.
    pub lead_in: usize,
    /// Its last step of work.
    pub last: usize,
}

impl PlannedSet {
    /// What was prescribed for it; nothing for a measure.
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

/// An exercise of the session, as records know it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TimelineExercise {
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
    pub exercises: Vec<TimelineExercise>,
    /// Every set of every side, in the order in which they are played.
    pub sets: Vec<PlannedSet>,
    /// The steps.
    pub steps: Vec<Step>,
    /// The reckoned time before each step, and that of the whole at the end.
    before: Vec<Duration>,
    mode: SessionMode,
}

impl Timeline {
    /// Compiles a session. What is settled already, by the exercise's id, set and side, has a slot
    /// but no steps.
    pub fn compile(
        planned: &[(usize, PrescribedExercise<'_>)],
        mode: SessionMode,
        settled: impl Fn(&str, u8, Side) -> bool,
    ) -> Self {
        let mut timeline = Self {
            mode,
            ..Self::default()
        };
        for (index, planned) in planned {
            timeline.add_exercise(*index, planned, &settled);
        }
        // The rest after the last exercise would keep nobody from anything.
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

    /// The whole phase of a program, nothing settled, led by keys.
    pub fn of(exercises: &[Exercise]) -> Self {
        Self::in_mode(exercises, SessionMode::Manual)
    }

    /// The whole phase of a program, nothing settled.
    pub fn in_mode(exercises: &[Exercise], mode: SessionMode) -> Self {
        let planned: Vec<_> = exercises
            .iter()
            .map(PrescribedExercise::new)
            .enumerate()
            .collect();
        Self::compile(&planned, mode, |_, _, _| false)
    }

    /// Who says when repetitions are over.
    pub fn mode(&self) -> SessionMode {
        self.mode
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
    pub fn sets_of(&self, exercise: usize) -> impl Iterator<Item = (usize, &PlannedSet)> {
        self.sets
            .iter()
            .enumerate()
            .filter(move |(_, planned_set)| planned_set.exercise == exercise)
    }

    /// The slots that a step at this index finishes.
    pub fn finished_by(&self, step: usize) -> impl Iterator<Item = usize> + use<> {
        let candidates = self.steps.get(step).map(|step| (step.set, step.also));
        let ends = |planned_set: usize| {
            self.sets
                .get(planned_set)
                .and_then(|planned_set| planned_set.steps)
                .is_some_and(|steps| steps.last == step)
        };
        let first = candidates
            .map(|(planned_set, _)| planned_set)
            .filter(|planned_set| ends(*planned_set));
        let second = candidates
            .and_then(|(_, also)| also)
            .filter(|planned_set| ends(*planned_set));
        first.into_iter().chain(second)
    }

    fn add_exercise(
        &mut self,
        index: usize,
        planned: &PrescribedExercise<'_>,
        settled: &impl Fn(&str, u8, Side) -> bool,
    ) {
        let exercise = self.exercises.len();
        let Exercise {
            id, name, timings, ..
        } = planned.exercise;
        let timings = &self.mode.timings(timings);
        self.exercises.push(TimelineExercise {
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
                self.sets.push(PlannedSet {
                    exercise,
                    dose: dose.clone(),
                    set_count: of,
                    steps: None,
                });
                if !settled(id, dose.number, side) {
                    turn.push(self.sets.len() - 1);
                }
            }
            let Some(first) = turn.first().copied() else {
                continue;
            };
            let lead_in = self.steps.len();
            if begun {
                // Without keys the way back to the first side takes its time, too.
                let sides = matches!(planned.dose.side, SideRule::Each)
                    && self.mode == SessionMode::HandsFree;
                let rest = if sides {
                    planned.rest.max(HANDS_FREE_SWITCH)
                } else {
                    planned.rest
                };
                self.pause(StepKind::Rest, rest, first);
            } else {
                self.pause(StepKind::GetReady, timings.get_ready, first);
                begun = true;
            }
            if planned.dose.side == SideRule::Alternate {
                self.alternate(&turn, timings, lead_in);
            } else {
                self.one_after_the_other(&turn, timings, lead_in);
            }
        }
        if begun && let Some(last) = self.steps.last().map(|step| step.set) {
            self.pause(StepKind::RestAfterExercise, timings.rest_after, last);
        }
    }

    /// A pause, unless it has no length.
    fn pause(&mut self, kind: StepKind, length: Duration, planned_set: usize) {
        if !length.is_zero() {
            self.push(kind, Length::Fixed(length), planned_set, None);
        }
    }

    fn push(&mut self, kind: StepKind, length: Length, planned_set: usize, also: Option<usize>) {
        let Some(exercise) = self
            .sets
            .get(planned_set)
            .map(|planned_set| planned_set.exercise)
        else {
            return;
        };
        self.steps.push(Step {
            kind,
            length,
            exercise,
            set: planned_set,
            also,
        });
    }

    /// Marks the steps from a lead-in to the last one as those of a slot.
    fn place(&mut self, planned_set: usize, lead_in: usize) {
        let last = self.steps.len().saturating_sub(1);
        if let Some(planned_set) = self.sets.get_mut(planned_set) {
            planned_set.steps = Some(StepRange { lead_in, last });
        }
    }

    fn one_after_the_other(&mut self, turn: &[usize], timings: &Timings, lead_in: usize) {
        let mut lead_in = lead_in;
        for (number, planned_set) in turn.iter().enumerate() {
            if number > 0 {
                lead_in = self.steps.len();
                self.pause(StepKind::SwitchSide, timings.switch, *planned_set);
            }
            let Some(work) = self
                .sets
                .get(*planned_set)
                .map(|planned_set| planned_set.dose.work)
            else {
                continue;
            };
            self.work(*planned_set, work, timings);
            self.place(*planned_set, lead_in);
        }
    }

    fn work(&mut self, planned_set: usize, work: Work, timings: &Timings) {
        match work {
            Work::Hold(length) => self.push(
                StepKind::Hold(None),
                Length::Fixed(length),
                planned_set,
                None,
            ),
            Work::Continuous(length) => {
                self.push(
                    StepKind::Continuous,
                    Length::Fixed(length),
                    planned_set,
                    None,
                );
            }
            Work::Test(kind) => {
                self.push(
                    StepKind::Test(kind),
                    Length::Open {
                        estimate: work.estimate(),
                    },
                    planned_set,
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
                    planned_set,
                    None,
                );
            }
            Work::Reps { count, style } => {
                for number in 1..=count {
                    if number > 1 && matches!(style, RepStyle::Held(_)) {
                        self.pause(
                            StepKind::Release(Rep { number, of: count }),
                            timings.release,
                            planned_set,
                        );
                    }
                    self.repetition(planned_set, Rep { number, of: count }, style);
                }
            }
        }
    }

    fn repetition(&mut self, planned_set: usize, rep: Rep, style: RepStyle) {
        match style {
            RepStyle::Held(hold) => self.push(
                StepKind::Hold(Some(rep)),
                Length::Fixed(hold),
                planned_set,
                None,
            ),
            RepStyle::Tempo(tempo) => {
                let parts = [
                    (TempoPhase::Lower, tempo.lower),
                    (TempoPhase::PauseBelow, tempo.bottom),
                    (TempoPhase::Lift, tempo.lift),
                    (TempoPhase::PauseAbove, tempo.top),
                ];
                let last = parts.iter().rposition(|(_, seconds)| *seconds > 0);
                for (index, (part, seconds)) in parts
                    .into_iter()
                    .enumerate()
                    .filter(|(_, (_, seconds))| *seconds > 0)
                {
                    let length = Length::Fixed(Duration::from_secs(seconds.into()));
                    self.push(
                        StepKind::Tempo {
                            rep,
                            phase: part,
                            last: last == Some(index),
                        },
                        length,
                        planned_set,
                        None,
                    );
                }
            }
            // Reached only without keys.
            RepStyle::SelfPaced => {
                for (part, last) in [(TempoPhase::Out, false), (TempoPhase::Back, true)] {
                    self.push(
                        StepKind::Tempo {
                            rep,
                            phase: part,
                            last,
                        },
                        Length::Fixed(HANDS_FREE_HALF_REP),
                        planned_set,
                        None,
                    );
                }
            }
        }
    }

    /// Left, right, left, right: so many on each side, the side with fewer stops earlier.
    fn alternate(&mut self, turn: &[usize], timings: &Timings, lead_in: usize) {
        let reps: Vec<(usize, u16, RepStyle)> = turn
            .iter()
            .filter_map(|planned_set| match self.sets.get(*planned_set)?.dose.work {
                Work::Reps { count, style } => Some((*planned_set, count, style)),
                _ => None,
            })
            .collect();
        if let [(first, first_count, RepStyle::SelfPaced), rest @ ..] = reps.as_slice()
            && self.mode == SessionMode::Manual
        {
            // At one's own pace both sides are one wait: the patient says when both are done.
            let also = rest.first();
            let estimate = Duration::from_secs(4)
                * (u32::from(*first_count) + also.map_or(0, |(_, count, _)| u32::from(*count)));
            self.push(
                StepKind::SelfPacedReps(*first_count),
                Length::Open { estimate },
                *first,
                also.map(|(planned_set, _, _)| *planned_set),
            );
            for (planned_set, _, _) in &reps {
                self.place(*planned_set, lead_in);
            }
            return;
        }
        let most = reps.iter().map(|(_, count, _)| *count).max().unwrap_or(0);
        let mut held: Option<usize> = None;
        for number in 1..=most {
            for (planned_set, count, style) in &reps {
                if number > *count {
                    continue;
                }
                let rep = Rep { number, of: *count };
                if let Some(held) = held
                    && matches!(style, RepStyle::Held(_))
                    && !timings.release.is_zero()
                {
                    let let_go = (held != *planned_set).then_some(held);
                    self.push(
                        StepKind::Release(rep),
                        Length::Fixed(timings.release),
                        *planned_set,
                        let_go,
                    );
                }
                held = Some(*planned_set);
                self.repetition(*planned_set, rep, *style);
                if number == *count {
                    self.place(*planned_set, lead_in);
                }
            }
        }
    }
}
