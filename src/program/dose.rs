//! The dose of an exercise: its sets, sides and repetitions.

use std::time::Duration;

use serde::{Deserialize, Serialize};

/// The dose of an exercise: every set of every side, written out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Dose {
    /// The order of the sides.
    pub side: SideRule,
    /// The side to begin with, where the sides take turns.
    pub first: Side,
    /// The sets, ordered by side (left before right) and then by number.
    pub sets: Vec<SetDose>,
}

impl Dose {
    /// Returns the sets of one side, in order.
    pub fn of(&self, side: Side) -> impl Iterator<Item = &SetDose> {
        self.sets.iter().filter(move |set| set.side == side)
    }

    /// Returns the sides that have sets, in the order they are done in.
    pub fn sides(&self) -> Vec<Side> {
        match self.side {
            SideRule::Both => vec![Side::Both],
            SideRule::Left => vec![Side::Left],
            SideRule::Right => vec![Side::Right],
            SideRule::Each | SideRule::Alternate => vec![self.first, self.first.other()],
        }
    }

    /// Returns the number of rounds: the number of sets of the side that has most.
    pub fn rounds(&self) -> usize {
        self.sides()
            .into_iter()
            .map(|side| self.of(side).count())
            .max()
            .unwrap_or(0)
    }

    /// Returns whether this is a test, for which no amount is prescribed.
    pub(crate) fn is_test(&self) -> bool {
        self.sets
            .iter()
            .any(|set| matches!(set.work, Work::Test(_)))
    }
}

/// The order in which the sides of an exercise are done.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SideRule {
    /// Both sides at once, or an exercise without sides.
    Both,
    /// The left side only.
    Left,
    /// The right side only.
    Right,
    /// A set of one side, then a set of the other.
    Each,
    /// The sides alternate with each repetition.
    Alternate,
}

/// The side that a set or a step belongs to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Side {
    /// Both sides at once, or an exercise without sides.
    Both,
    /// The patient's left.
    Left,
    /// The patient's right.
    Right,
}

impl Side {
    /// Returns the opposite side.
    #[must_use]
    pub fn other(self) -> Self {
        match self {
            Self::Both => Self::Both,
            Self::Left => Self::Right,
            Self::Right => Self::Left,
        }
    }

    /// Returns `left`, `right`, or an empty text for both.
    pub fn word(self) -> &'static str {
        match self {
            Self::Both => "",
            Self::Left => "left",
            Self::Right => "right",
        }
    }
}

/// One set of one side.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SetDose {
    /// The side the set belongs to.
    pub side: Side,
    /// The number of the set among those of its side, from 1.
    pub number: u8,
    /// The work of the set.
    pub work: Work,
    /// The weight or resistance, in the therapist's words.
    pub load: Option<String>,
}

/// The work of one set.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Work {
    /// One hold of this length.
    Hold(Duration),
    /// A number of repetitions.
    Reps {
        /// The number of repetitions, 1-200.
        count: u16,
        /// The way each repetition is done.
        style: RepStyle,
    },
    /// Continuous work of this length, such as walking.
    Continuous(Duration),
    /// A test: the longest hold or the most repetitions that the patient can do.
    Test(TestKind),
}

impl Work {
    /// Returns the estimated time of the work. Format 1 counts 4 s for a self-paced repetition and
    /// 30 s for a try of a test.
    pub(crate) fn estimate(&self) -> Duration {
        match *self {
            Self::Hold(length) | Self::Continuous(length) => length,
            Self::Reps { count, style } => {
                let each = match style {
                    RepStyle::SelfPaced => Duration::from_secs(4),
                    RepStyle::Held(hold) => hold,
                    RepStyle::Tempo(tempo) => tempo.length(),
                };
                each * u32::from(count)
            }
            Self::Test(_) => Duration::from_secs(30),
        }
    }
}

/// The way a repetition is done.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RepStyle {
    /// At the patient's own pace.
    SelfPaced,
    /// Each repetition is held for this long.
    Held(Duration),
    /// Each repetition follows a tempo.
    Tempo(Tempo),
}

/// What a test measures.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TestKind {
    /// The seconds of one hold.
    Hold,
    /// The number of repetitions.
    Reps,
}

/// The pace of a repetition: eccentric, pause, concentric, pause. Each phase is 0-30 whole seconds,
/// and their sum is at least 1.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Tempo {
    /// The seconds of lowering, in which the muscle gets longer (eccentric).
    pub lower: u8,
    /// The seconds of the pause after lowering.
    pub bottom: u8,
    /// The seconds of lifting, in which the muscle gets shorter (concentric).
    pub lift: u8,
    /// The seconds of the pause after lifting.
    pub top: u8,
}

impl Tempo {
    /// Returns the length of one repetition.
    pub fn length(self) -> Duration {
        Duration::from_secs(
            [self.lower, self.bottom, self.lift, self.top]
                .into_iter()
                .map(u64::from)
                .sum(),
        )
    }
}
