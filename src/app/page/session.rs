//! The page of a session as plain data.

use std::time::Duration;

use super::{ExerciseCard, IllustrationSource};

/// A session being played.
#[derive(Debug, Clone)]
pub struct SessionPage {
    /// The program's title.
    pub program: String,
    /// The exercise, from 1, and how many there are.
    pub exercise: (usize, usize),
    /// Whether sound is on, and whether the session runs without keys.
    pub mode: String,
    /// What changes every second.
    pub clock: SessionClock,
    /// The step; `None` once all steps are over.
    pub step: Option<StepPage>,
}

/// The times of a session, which change every second.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct SessionClock {
    /// The time that was played, pauses not counted.
    pub active: Duration,
    /// An estimate of the minutes left.
    pub minutes_left: u64,
    /// An estimate of the time completed.
    pub completed: Duration,
    /// An estimate of the whole.
    pub total: Duration,
}

/// What a step is about, which its panel shows by a color.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[expect(missing_docs, reason = "each is named for its moment")]
pub enum StepRole {
    GetReady,
    Work,
    Release,
    SwitchSide,
    Rest,
    Paused,
}

/// A step of a session.
#[derive(Debug, Clone)]
pub struct StepPage {
    /// What it is about.
    pub role: StepRole,
    /// What to do, with the side: "hold left".
    pub headline: String,
    /// The large number.
    pub number: BigNumber,
    /// What the number is, and what to press.
    pub below: String,
    /// The length of a timed step, in words.
    pub length: Option<String>,
    /// The exercise being done.
    pub exercise: String,
    /// How an exercise is done: this one, or after it the next one.
    pub card: Option<ExerciseCard>,
    /// Whether the card is that of the next exercise.
    pub is_next: bool,
    /// Whether the patient works, so that only short cues can be read.
    pub is_work: bool,
    /// Whether the work is a hold, which leaves no time to read at all.
    pub is_hold: bool,
    /// The dose of a set, its load included.
    pub dose: String,
    /// The load.
    pub load: Option<String>,
    /// Which set: "set 2 of 3"; "1 set" where there is only one.
    pub set: String,
    /// A mark for each set of this side: done, partly done, skipped, or to do.
    pub marks: String,
    /// Which repetition: "rep 4 of 10".
    pub rep: Option<String>,
    /// How many sets are recorded.
    pub recorded: String,
    /// What comes next.
    pub next: Option<String>,
    /// What shows the exercise.
    pub illustration: IllustrationSource,
}

/// The large number of a session's panel.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BigNumber {
    /// The number, or "?" where a count is asked for.
    pub text: String,
    /// What it counts.
    pub kind: NumberKind,
    /// Whether the panel is inverted, on every other one of the last seconds.
    pub beat: bool,
}

/// What the large number counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NumberKind {
    /// The seconds left of a step.
    Remaining,
    /// The seconds of a test that lasts until the patient ends it.
    Elapsed,
    /// The repetitions that are prescribed, or as many as the patient can.
    Reps,
    /// A count that must be typed.
    Wanted,
    /// The count as far as it is typed.
    Typed,
}

impl NumberKind {
    /// Returns whether the number changes every second.
    pub fn ticks(self) -> bool {
        matches!(self, Self::Remaining | Self::Elapsed)
    }
}
