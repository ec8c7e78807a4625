//! An exercise of the library.

use std::collections::BTreeMap;
use std::fmt;

use serde::de::{self, SeqAccess, Visitor};
use serde::{Deserialize, Deserializer, Serialize};

use super::super::Muscles;

/// An exercise of the library.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct LibraryExercise {
    /// The exercise's id, which is the stem of its file.
    #[serde(skip_deserializing)]
    pub id: &'static str,
    /// The name that is standard in physical therapy.
    pub name: String,
    /// Other names that it can be found by.
    #[serde(default)]
    pub aliases: Vec<String>,
    /// One sentence on what it is for.
    #[serde(rename = "for")]
    pub purpose: String,
    /// The group that the library lists it in.
    pub group: Group,
    /// The ids of the muscles it works on.
    #[serde(default)]
    pub muscles: Muscles,
    /// The equipment, one entry for each piece.
    #[serde(default)]
    pub equipment: Vec<String>,
    /// The patient's position, such as lying or standing.
    pub position: String,
    /// The usual order of the sides. None if it has no sides.
    pub side: Option<LibrarySide>,
    /// The direction in which the low back is loaded or moved.
    pub spine: Spine,
    /// A starting dose, in the keys of a program. A program must always give its own dose.
    pub dose: BTreeMap<String, DoseText>,
    /// The publication that the starting dose comes from.
    pub source: String,
    /// The instructions, in order.
    pub instructions: Vec<String>,
    /// Short cues for the work.
    pub cues: Vec<String>,
    /// Common mistakes.
    pub mistakes: Vec<String>,
    /// The id of an easier exercise.
    pub easier: Option<String>,
    /// The id of a harder exercise.
    pub harder: Option<String>,
    /// How to make it easier, if the library has no easier exercise.
    pub easier_words: Option<String>,
    /// How to make it harder, if the library has no harder exercise.
    pub harder_words: Option<String>,
    /// Cautions: when to ask first, and when not to do it.
    pub avoid: Vec<String>,
}

impl LibraryExercise {
    /// Returns the lines of a program that prescribe it with its starting dose.
    pub fn lines(&self) -> Vec<String> {
        const ORDER: [&str; 6] = ["sets", "reps", "hold", "tempo", "duration", "measure"];
        let mut lines = vec![format!("- exercise: {}", self.id)];
        lines.extend(self.side.map(|side| format!("  side: {}", side.word())));
        let rank = |key: &str| {
            ORDER
                .iter()
                .position(|known| *known == key)
                .unwrap_or(ORDER.len())
        };
        let mut dose: Vec<_> = self.dose.iter().collect();
        dose.sort_by_key(|(key, _)| rank(key));
        lines.extend(
            dose.into_iter()
                .map(|(key, DoseText(value))| format!("  {key}: {value}")),
        );
        lines
    }
}

/// A group in which the library lists exercises.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Group {
    /// Strength of the deep and the superficial trunk.
    Core,
    /// Strength and balance of hips and legs.
    HipsAndLegs,
    /// Gentle movement of the joints.
    Mobility,
    /// Stretches of muscles.
    Stretches,
    /// Heat, cold, rest positions, walking.
    Relief,
    /// Tests, in which the patient does as much as possible.
    Measures,
}

impl Group {
    /// All groups, in the order they are listed in.
    pub const ALL: [Self; 6] = [
        Self::Core,
        Self::HipsAndLegs,
        Self::Mobility,
        Self::Stretches,
        Self::Relief,
        Self::Measures,
    ];

    /// Returns the id that the library's files use.
    pub fn id(self) -> &'static str {
        match self {
            Self::Core => "core",
            Self::HipsAndLegs => "hips-and-legs",
            Self::Mobility => "mobility",
            Self::Stretches => "stretches",
            Self::Relief => "relief",
            Self::Measures => "measures",
        }
    }

    /// Returns the heading.
    pub fn title(self) -> &'static str {
        match self {
            Self::Core => "Core",
            Self::HipsAndLegs => "Hips and legs",
            Self::Mobility => "Mobility",
            Self::Stretches => "Stretches",
            Self::Relief => "Relief, walking and running",
            Self::Measures => "Tests",
        }
    }
}

/// A value of a dose as a program writes it, such as `10`, `5 s` or `[6, 4, 2]`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct DoseText(pub String);

impl<'de> Deserialize<'de> for DoseText {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(DoseVisitor)
    }
}

struct DoseVisitor;

impl<'de> Visitor<'de> for DoseVisitor {
    type Value = DoseText;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a text, a number or a list of numbers")
    }

    fn visit_str<E: de::Error>(self, text: &str) -> Result<DoseText, E> {
        Ok(DoseText(text.to_owned()))
    }

    fn visit_u64<E: de::Error>(self, number: u64) -> Result<DoseText, E> {
        Ok(DoseText(number.to_string()))
    }

    fn visit_i64<E: de::Error>(self, number: i64) -> Result<DoseText, E> {
        Ok(DoseText(number.to_string()))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<DoseText, A::Error> {
        let mut values = Vec::new();
        while let Some(DoseText(value)) = list.next_element()? {
            values.push(value);
        }
        Ok(DoseText(format!("[{}]", values.join(", "))))
    }
}

/// The usual order of the sides of a library exercise.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum LibrarySide {
    /// A set of one side, then a set of the other.
    Each,
    /// The sides alternate with each repetition.
    Alternate,
}

impl LibrarySide {
    /// Returns the value of `side` in a program.
    pub fn word(self) -> &'static str {
        match self {
            Self::Each => "each",
            Self::Alternate => "alternate",
        }
    }
}

/// The direction in which the low back is loaded or moved.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Spine {
    /// It bends forward.
    Flexion,
    /// It stays neutral.
    Neutral,
    /// It bends backward.
    Extension,
}

impl Spine {
    /// Returns the direction in words.
    pub fn words(self) -> &'static str {
        match self {
            Self::Flexion => "bends forward",
            Self::Neutral => "stays neutral",
            Self::Extension => "bends backward",
        }
    }
}
