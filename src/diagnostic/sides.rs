//! Problems of sides: doses that differ by side, and exercises that aren't done one side at a time.

use super::Diagnostic;
use super::remedy::{Change, Remedy};
use super::wording::shorten;
use crate::source::Span;

/// Returns the readings that make an exercise one that is done one side at a time.
fn one_side_at_a_time() -> [(&'static str, Change); 2] {
    [
        (
            "one side, then the other",
            Change::Add(vec!["side: each".to_owned()]),
        ),
        (
            "switching sides with each repetition",
            Change::Add(vec!["side: alternate".to_owned()]),
        ),
    ]
}

impl Diagnostic {
    /// `side: both` for an exercise that the library does one side at a time.
    pub(crate) fn both_at_once(span: Span, exercise: &str) -> Self {
        Self::advice(
            "both-at-once",
            span,
            format!(
                "{} is done one side at a time, but `both` means both sides at once",
                shorten(exercise)
            ),
        )
        .remedy(Remedy::readings([
            (
                "the full dose on one side, then on the other",
                Change::Value("each".to_owned()),
            ),
            (
                "both sides at once, as it is now",
                Change::Value("both".to_owned()),
            ),
        ]))
    }

    /// `side: alternate` without `reps`.
    pub(crate) fn alternate_without_reps(span: Span) -> Self {
        Self::error(
            "alternate-without-reps",
            span,
            "`side: alternate` switches sides with each repetition, but there is no `reps`",
        )
        .help(
            "one side, then the other: `side: each`; otherwise add a line `reps:` with the number \
             for each side",
        )
    }

    /// A dose has `left` and `right`, but the exercise isn't done one side at a time.
    pub(crate) fn sides_without_each(span: Span, key: &str) -> Self {
        Self::error(
            "sides-without-each",
            span,
            format!("`{key}` differs by side, but the exercise isn't done one side at a time"),
        )
        .remedy(Remedy::readings(one_side_at_a_time()))
    }

    /// `first` without an exercise that is done one side at a time.
    pub(crate) fn first_without_each(span: Span) -> Self {
        Self::error(
            "first-without-each",
            span,
            "`first` says which side begins, but the exercise isn't done one side at a time",
        )
        .remedy(Remedy::readings(
            one_side_at_a_time()
                .into_iter()
                .chain([("both sides at once", Change::Delete)]),
        ))
    }

    /// A dose has only one of `left` and `right`.
    pub(crate) fn one_side_only(span: Span, key: &str, missing: &str) -> Self {
        Self::error(
            "one-side-only",
            span,
            format!("`{key}` has a value for one side, but `{missing}` is missing"),
        )
        .help(format!(
            "give both: `{key}: {{left: …, right: …}}`; for one side only, write `side: left` or \
             `side: right`"
        ))
    }

    /// A key that can't differ by side has `left` and `right`.
    pub(crate) fn no_per_side(span: Span, key: &str) -> Self {
        Self::error("no-per-side", span, format!("`{key}` can't differ by side"))
            .help("only `sets`, `reps`, `hold`, `duration` and `load` can")
    }
}
