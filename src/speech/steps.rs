//! What the voice says when a step of the timeline begins.

use std::ops::Range;
use std::time::Duration;

use super::{Speaker, sentences, when};
use crate::preferences::Voice;
use crate::program::{Exercise, RepStyle, Side, Work};
use crate::timeline::{
    HANDS_FREE_HALF_REP, PlannedSet, Rep, SessionMode, Step, StepKind, TempoPhase, Timeline,
};

/// A shorter pause leaves time only for what to do now.
const TIME_TO_TELL: Duration = Duration::from_secs(6);
/// A shorter repetition leaves no time for a cue after its number.
const TIME_TO_CUE: Duration = Duration::from_secs(3);

/// A step that begins, and what it belongs to.
#[derive(Clone, Copy)]
struct Beginning<'t> {
    timeline: &'t Timeline,
    /// The place of the step in the timeline.
    at: usize,
    step: &'t Step,
    before: Option<&'t Step>,
    planned_set: &'t PlannedSet,
    exercise: &'t Exercise,
}

impl<'t> Beginning<'t> {
    /// Returns none if the timeline has no such step.
    fn of(timeline: &'t Timeline, at: usize, exercise: &'t Exercise) -> Option<Self> {
        let step = timeline.steps.get(at)?;
        Some(Self {
            timeline,
            at,
            step,
            before: at
                .checked_sub(1)
                .and_then(|before| timeline.steps.get(before)),
            planned_set: timeline.sets.get(step.set)?,
            exercise,
        })
    }

    fn length(&self) -> Duration {
        self.step.length.estimate()
    }

    fn side(&self) -> Side {
        self.planned_set.dose.side
    }

    /// Tells whether the set takes turns with one of the other side, repetition by repetition.
    fn takes_turns(&self) -> bool {
        let lead_in = |planned_set: &PlannedSet| planned_set.steps.map(|steps| steps.lead_in);
        let own = self.planned_set;
        self.side() != Side::Both
            && own.steps.is_some()
            && self.timeline.sets_of(own.exercise).any(|(_, other)| {
                other.dose.side == self.side().other() && lead_in(other) == lead_in(own)
            })
    }
}

impl Speaker {
    /// Announces a step. `next` is the exercise after its own.
    pub fn step(
        &self,
        timeline: &Timeline,
        at: usize,
        exercise: &Exercise,
        next: Option<&Exercise>,
    ) -> String {
        if self.voice == Voice::Off {
            return String::new();
        }
        let Some(beginning) = Beginning::of(timeline, at, exercise) else {
            return String::new();
        };
        match beginning.step.kind {
            StepKind::GetReady => self.get_ready(&beginning),
            StepKind::SwitchSide => sentences([
                self.word(|phrases| phrases.switch),
                self.side_or_turns(&beginning),
            ]),
            StepKind::Rest => self.rest(&beginning),
            StepKind::RestAfterExercise => self.rest_after_exercise(&beginning, next),
            StepKind::Release(_) => self.if_full(|| self.word(|phrases| phrases.release)),
            _ => sentences([self.unannounced_name(&beginning), self.work(&beginning)]),
        }
    }

    /// Tells whether there is time to say more than what to do now.
    fn has_time_to_tell(&self, beginning: &Beginning<'_>) -> bool {
        self.is_full() && beginning.length() >= TIME_TO_TELL
    }

    fn side_or_turns(&self, beginning: &Beginning<'_>) -> String {
        if beginning.takes_turns() {
            self.word(|phrases| phrases.in_turn)
        } else {
            self.side(beginning.side())
        }
    }

    fn get_ready(&self, beginning: &Beginning<'_>) -> String {
        let Beginning {
            timeline,
            before,
            planned_set,
            exercise,
            ..
        } = *beginning;
        let announced = self.is_full()
            && before.is_some_and(|before| before.kind == StepKind::RestAfterExercise);
        let tells_all = self.has_time_to_tell(beginning) && !announced;
        sentences([
            exercise.name.clone(),
            when(tells_all, || self.whole(timeline, planned_set, exercise)),
            self.side_or_turns(beginning),
        ])
    }

    /// Announces a rest between sets, and the set after it: "Rest, 45 seconds. Next: Set 2 of 3."
    fn rest(&self, beginning: &Beginning<'_>) -> String {
        let planned_set = beginning.planned_set;
        let next_set = || {
            let words = self.phrases.map(|phrases| {
                let [number, count] = phrases.set_of;
                let number = number.replace("{}", &planned_set.dose.number.to_string());
                let count = count.replace("{}", &planned_set.set_count.to_string());
                format!("{}: {number} {count}", phrases.next)
            });
            sentences([
                words.unwrap_or_default(),
                self.dose(planned_set),
                self.side_or_turns(beginning),
            ])
        };
        sentences([
            self.rest_length(beginning.length()),
            when(self.has_time_to_tell(beginning), next_set),
        ])
    }

    /// Announces a rest after an exercise, and the next exercise.
    fn rest_after_exercise(&self, beginning: &Beginning<'_>, next: Option<&Exercise>) -> String {
        let timeline = beginning.timeline;
        let mut later = timeline.steps.iter().skip(beginning.at);
        let next_set = later
            .find(|step| step.exercise > beginning.planned_set.exercise)
            .and_then(|step| timeline.sets.get(step.set));
        let next_exercise = || {
            let (Some(next), Some(next_set)) = (next, next_set) else {
                return String::new();
            };
            sentences([
                self.phrases
                    .map(|phrases| format!("{}:", phrases.next))
                    .unwrap_or_default(),
                next.name.clone(),
                self.whole(timeline, next_set, next),
            ])
        };
        sentences([
            self.rest_length(beginning.length()),
            when(self.has_time_to_tell(beginning), next_exercise),
        ])
    }

    fn rest_length(&self, length: Duration) -> String {
        let rest = self.phrases.map(|phrases| phrases.rest);
        rest.map_or_else(String::new, |rest| {
            format!("{rest}, {}", self.length(length))
        })
    }

    /// Returns an exercise's sets, dose and equipment.
    fn whole(&self, timeline: &Timeline, planned_set: &PlannedSet, exercise: &Exercise) -> String {
        let equipment = exercise.equipment().join(", ");
        sentences([
            self.sets(timeline, planned_set),
            self.dose(planned_set),
            when(!equipment.is_empty(), || {
                self.fill(|phrases| phrases.needed, &equipment)
            }),
        ])
    }

    /// Returns how many sets an exercise has, if it has more than one.
    fn sets(&self, timeline: &Timeline, planned_set: &PlannedSet) -> String {
        if planned_set.set_count < 2 {
            return String::new();
        }
        let has_sides = timeline
            .sets_of(planned_set.exercise)
            .any(|(_, other)| other.dose.side != planned_set.dose.side);
        let count = planned_set.set_count.to_string();
        if has_sides {
            self.fill(|phrases| phrases.sets_each_side, &count)
        } else {
            self.fill(|phrases| phrases.sets, &count)
        }
    }

    /// Returns the name of an exercise that begins with its work: no step before it said the name.
    fn unannounced_name(&self, beginning: &Beginning<'_>) -> String {
        let Beginning {
            timeline,
            step,
            before,
            planned_set,
            exercise,
            ..
        } = *beginning;
        if before.is_some_and(|before| before.exercise == step.exercise) {
            return String::new();
        }
        sentences([
            exercise.name.clone(),
            self.if_full(|| self.whole(timeline, planned_set, exercise)),
            self.side(beginning.side()),
        ])
    }

    /// Announces work.
    fn work(&self, beginning: &Beginning<'_>) -> String {
        let cues = || self.if_full(|| beginning.exercise.cues().join(". "));
        match beginning.step.kind {
            StepKind::Hold(None) => sentences([self.word(|phrases| phrases.hold), cues()]),
            StepKind::Continuous => sentences([self.word(|phrases| phrases.go), cues()]),
            StepKind::Test(kind) => {
                let is_hands_free = beginning.timeline.mode() == SessionMode::HandsFree;
                let key = when(is_hands_free, || self.word(|phrases| phrases.any_key));
                sentences([self.test(kind), key, cues()])
            }
            StepKind::SelfPacedReps(count) => sentences([
                self.count(count.into(), |phrases| phrases.repetitions),
                self.if_full(|| self.word(|phrases| phrases.own_pace)),
                cues(),
            ]),
            StepKind::Hold(Some(rep)) => {
                let hold = when(rep.number == 1, || self.word(|phrases| phrases.hold));
                self.repetition(beginning, rep, hold, beginning.length())
            }
            StepKind::Tempo { rep, phase, .. } => self.tempo(beginning, rep, phase),
            _ => String::new(),
        }
    }

    /// Announces a phase of a repetition at a tempo. In the first repetition each phase is called;
    /// the others are counted.
    fn tempo(&self, beginning: &Beginning<'_>, rep: Rep, phase: TempoPhase) -> String {
        let Beginning { step, before, .. } = *beginning;
        let call = when(rep.number == 1, || match phase {
            TempoPhase::Lower => self.word(|phrases| phrases.lower),
            TempoPhase::Lift => self.word(|phrases| phrases.lift),
            _ => String::new(),
        });
        let is_same_rep = |before: &Step| {
            let same = matches!(before.kind, StepKind::Tempo { rep: other, .. } if other == rep);
            before.set == step.set && same
        };
        if before.is_some_and(is_same_rep) {
            return call;
        }
        let length = match beginning.planned_set.dose.work {
            Work::Reps {
                style: RepStyle::Tempo(tempo),
                ..
            } => tempo.length(),
            _ => HANDS_FREE_HALF_REP * 2,
        };
        self.repetition(beginning, rep, call, length)
    }

    /// Announces a repetition by its number, with some of the cues: each is said once in a set.
    fn repetition(
        &self,
        beginning: &Beginning<'_>,
        rep: Rep,
        call: String,
        length: Duration,
    ) -> String {
        let side = match (beginning.takes_turns(), beginning.side()) {
            (true, Side::Left) => self.word(|phrases| phrases.left),
            (true, Side::Right) => self.word(|phrases| phrases.right),
            _ => String::new(),
        };
        let number = format!("{} {side}", rep.number);
        let cues = beginning.exercise.cues();
        let own = if self.is_full() && length >= TIME_TO_CUE {
            cues.get(cue_range(rep, cues.len())).unwrap_or_default()
        } else {
            &[]
        };
        sentences([number, call].into_iter().chain(own.iter().cloned()))
    }
}

/// Returns which of the cues belong to a repetition: one to each from the second on, and all that
/// are left to the last.
fn cue_range(rep: Rep, cues: usize) -> Range<usize> {
    let number = usize::from(rep.number);
    let begin = if number == 1 && rep.of > 1 {
        cues
    } else {
        number.saturating_sub(2).min(cues)
    };
    let end = if rep.number == rep.of {
        cues
    } else {
        (begin + 1).min(cues)
    };
    begin..end.max(begin)
}
