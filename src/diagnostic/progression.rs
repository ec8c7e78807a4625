//! Problems of a progression: its steps, and when the next phase opens.

use super::Diagnostic;
use crate::source::Span;

impl Diagnostic {
    /// A progression step has no condition.
    pub(crate) fn step_without_condition(span: Span) -> Self {
        Self::error(
            "step-without-condition",
            span,
            "this progression step doesn't say when it comes",
        )
        .help("add a line `week:` or `after_sessions:` with a number")
    }

    /// A progression step has no change.
    pub(crate) fn step_without_change(span: Span) -> Self {
        Self::error(
            "step-without-change",
            span,
            "this progression step changes nothing",
        )
        .help("add what changes, such as a line `reps:` or `hold:` with the new dose")
    }

    /// A step lowers the number of sets, because one value replaces a list with an entry per set.
    pub(crate) fn step_drops_sets(span: Span, before: usize, after: usize) -> Self {
        Self::advice(
            "step-drops-sets",
            span,
            format!(
                "this step goes from {before} sets to {after}, because one value replaces a list \
                 of sets"
            ),
        )
        .help(format!(
            "to keep the number of sets, add `sets: {before}` to this step"
        ))
    }

    /// `advance_when` has no condition.
    pub(crate) fn empty_advance(span: Span) -> Self {
        Self::error("empty-advance", span, "`advance_when` is empty")
            .help("add a line `sessions:` or `pain_at_most:` below it, or both, with a number")
    }
}
