//! The keys of format 1 as the YAML reader needs them, to tell where a dash, a space or a colon is
//! missing.

use crate::program::keys::{self, ValueKind};
use crate::yaml::Vocabulary;

/// The vocabulary of a program file.
pub(super) static PROGRAM: Vocabulary = Vocabulary {
    example: "reps: 10",
    lists: &["exercises", "phases", "bands", "progression"],
    heads: &[
        "name",
        "exercise",
        "title",
        "up_to",
        "week",
        "after_sessions",
    ],
    movable_heads: &["week", "after_sessions"],
    names: ["name", "exercise"],
    body: &["sets", "reps", "hold", "tempo", "duration", "measure"],
    main_list: Some("exercises"),
    is_of_main_list: |key| keys::EXERCISE.key(key).is_some() && keys::PROGRAM.key(key).is_none(),
    is_key: |key| keys::MAPS.iter().any(|map| map.key(key).is_some()),
    is_text_list: |key| {
        keys::MAPS
            .iter()
            .filter_map(|map| map.key(key))
            .any(|key| matches!(key.kind, ValueKind::Texts | ValueKind::StopSigns))
    },
};
