//! The table of every key of format 1: its place, its values, its meaning and an example. The
//! parser, the schema, `regimen explain` and the format reference are all made from it.

mod dose;
mod exercise;
mod phase;
mod program;

use std::time::Duration;

pub(crate) use self::dose::{BY_SIDE, DEFAULTS};
pub(crate) use self::exercise::{EXERCISE, MUSCLES};
pub(crate) use self::phase::{ADVANCE, PHASE, STEP};
pub use self::program::PROGRAM;
pub(crate) use self::program::{BAND, PAIN_RULES, THERAPIST};

/// A group of keys, such as those of the program, of an exercise or of a band of pain.
#[derive(Debug)]
pub struct FormatMap {
    /// The name of its definition in the schema.
    pub id: &'static str,
    /// The name in messages and headings.
    pub what: &'static str,
    /// One or more sentences on what it is for.
    pub about: &'static str,
    /// The keys, in the order they are usually written in.
    pub keys: &'static [FormatKey],
    /// The names of the required keys.
    pub required: &'static [&'static str],
}

impl FormatMap {
    /// Returns the key with this name.
    pub fn key(&self, name: &str) -> Option<&'static FormatKey> {
        self.keys.iter().find(|key| key.name == name)
    }

    /// Returns the names of the keys.
    pub fn names(&self) -> impl Iterator<Item = &'static str> + Clone {
        self.keys.iter().map(|key| key.name)
    }
}

/// A key and its value.
#[derive(Debug)]
pub struct FormatKey {
    /// The key as a file writes it.
    pub name: &'static str,
    /// What its value may be.
    pub kind: ValueKind,
    /// What it means, with the unit, the range and the default.
    pub about: &'static str,
    /// An example in YAML, in one or more lines, beginning with the key.
    pub example: &'static str,
}

/// A kind of value.
#[derive(Debug, Clone, Copy)]
pub enum ValueKind {
    /// The version of the format.
    Format,
    /// A text, which may be empty.
    Text,
    /// A text that can't be empty.
    Name,
    /// A list of texts, or a single one.
    Texts,
    /// A list of texts and ids of the library's lists of red flags, or a single one.
    StopSigns,
    /// An id: lower-case letters, digits and hyphens.
    Id,
    /// A language tag (BCP 47).
    Language,
    /// A date: year, month, day.
    Date,
    /// A list of times of day, or a single one.
    Times,
    /// A frequency, or a list of weekdays.
    Frequency,
    /// `true` or `false`.
    Boolean,
    /// A whole number in this range, including both ends.
    Number(u16, u16),
    /// A length of time in this range, including both ends.
    Length(Duration, Duration),
    /// One of these words.
    Word(&'static [&'static str]),
    /// A list of these words, or a single one.
    Words(&'static [&'static str]),
    /// The id or a name of a library exercise.
    Exercise,
    /// A list of muscles, or a single one.
    Muscles,
    /// A library exercise that has a figure, or a figure that the file describes.
    Figure,
    /// The path of a picture, relative to the folder of the program file.
    Image,
    /// The web address of a video.
    Video,
    /// A tempo, such as `3-1-2-0`.
    Tempo,
    /// The value, or one for each side as `{left: …, right: …}`.
    BySide(&'static ValueKind),
    /// The same, or a list with one entry for each set.
    BySideAndSet(&'static ValueKind),
    /// A group of keys with their values.
    Map(&'static FormatMap),
    /// A list of groups of keys, from 1 entry to this number.
    Maps(&'static FormatMap, usize),
}

const fn key(
    name: &'static str,
    kind: ValueKind,
    about: &'static str,
    example: &'static str,
) -> FormatKey {
    FormatKey {
        name,
        kind,
        about,
        example,
    }
}

const PAIN: ValueKind = ValueKind::Number(0, 10);

/// The moments at which the patient may be asked about pain.
pub(crate) const MOMENTS: &[&str] = &["before", "each", "after", "next-morning"];
/// The orders in which sides can be done.
pub(crate) const SIDE_RULES: &[&str] = &["both", "left", "right", "each", "alternate"];
/// The parts of a session.
pub(crate) const BLOCKS: &[&str] = &["warm-up", "main", "cool-down"];
/// What a test can measure.
pub(crate) const MEASURES: &[&str] = &["hold", "reps"];
/// The two sides.
pub(crate) const SIDES: &[&str] = &["left", "right"];

const FREQUENCY: &str = "\
    How often: `daily`, `2x/day` (1 to 8), `3x/week` (1 to 7), `weekly`, `[mon, wed, fri]`, \
    `every 14 days` (1 to 90), or `as needed` (never due).";

/// All groups of keys, in the order of the format reference.
pub static MAPS: &[&FormatMap] = &[
    &PROGRAM,
    &EXERCISE,
    &DEFAULTS,
    &STEP,
    &PHASE,
    &ADVANCE,
    &PAIN_RULES,
    &BAND,
    &THERAPIST,
    &MUSCLES,
];
