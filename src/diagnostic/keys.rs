//! Problems of keys: unknown, misplaced, missing, doubled, or without a value.

use super::Diagnostic;
use super::remedy::{Change, Remedy};
use super::wording::{list_names, quote};
use crate::source::Span;

impl Diagnostic {
    /// The format doesn't have this key. `near` is the key that was probably meant.
    pub(crate) fn unknown_key(
        span: Span,
        key: &str,
        what: &str,
        near: Option<&str>,
        known: &[&str],
    ) -> Self {
        let key = quote(key);
        match near {
            Some(near) => Self::error(
                "unknown-key",
                span,
                format!("unknown key {key}, did you mean `{near}`?"),
            )
            .remedy(Remedy::Write(Change::Key(near.to_owned()))),
            None => Self::error("unknown-key", span, format!("unknown key {key} in {what}"))
                .help(format!("the keys here are {}", list_names(known, "and"))),
        }
    }

    /// The format doesn't have this key, or not here; the remedy says what was probably meant.
    pub(crate) fn strange_key(span: Span, key: &str, what: &str, remedy: Remedy) -> Self {
        Self::error(
            "unknown-key",
            span,
            format!("unknown key {} in {what}", quote(key)),
        )
        .remedy(remedy)
    }

    /// A key belongs in another part of the file.
    pub(crate) fn misplaced_key(span: Span, key: &str, what: &str, remedy: Remedy) -> Self {
        Self::error(
            "misplaced-key",
            span,
            format!("{} doesn't belong in {what}", quote(key)),
        )
        .remedy(remedy)
    }

    /// A required key is missing. `example` says what to write after it, or begins with "and " and
    /// says what to write below it.
    pub(crate) fn missing_key(span: Span, key: &str, what: &str, example: &str) -> Self {
        let help = match example.strip_prefix("and ") {
            Some(below) => format!("add a line `{key}:` and {below}"),
            None => format!("add a line `{key}:` with {example}"),
        };
        Self::error("missing-key", span, format!("{what} has no `{key}`")).help(help)
    }

    /// A key has no value.
    pub(crate) fn nothing_behind(span: Span, key: &str) -> Self {
        Self::advice(
            "nothing-behind",
            span,
            format!("`{key}:` is empty and will be ignored"),
        )
        .help(format!(
            "write something after `{key}:`, or delete the line"
        ))
    }

    /// A key appears twice in one map.
    pub(crate) fn duplicate_key(span: Span, first: Span, key: &str) -> Self {
        let help = match key {
            "exercises" | "phases" | "stop_if" | "precautions" | "goals" | "instructions"
            | "cues" | "mistakes" | "equipment" | "progression" | "bands" => {
                "if both lists are meant, move these entries to the end of the first list and \
                 delete this line; otherwise keep the one you want and delete the other"
            }
            _ => "keep the one you want and delete the other",
        };
        Self::error(
            "duplicate-key",
            span,
            format!("{} is written twice", quote(key)),
        )
        .related(first, "first written here")
        .help(help)
    }

    /// A key is a list or a map.
    pub(crate) fn complex_key(span: Span) -> Self {
        Self::error("complex-key", span, "a key must be a single word")
            .help("write `key: value`; if this is a text with brackets, put it in \"quotes\"")
    }

    /// A key is longer than any key of the format.
    pub(crate) fn long_key(span: Span) -> Self {
        Self::error("long-key", span, "this key is longer than 64 characters")
            .help("write `key: value`, and check the colons in this line")
    }

    /// The name of an exercise is written where a key belongs.
    pub(crate) fn name_as_key(span: Span, what: &str, remedy: Remedy) -> Self {
        Self::error(
            "nameless",
            span,
            format!("{what} has its name where a key belongs"),
        )
        .remedy(remedy)
    }
}
