//! Problems of lists: dashes that are missing or wrong, commas, and the number of entries.

use super::Diagnostic;
use super::remedy::{Change, Remedy};
use super::wording::shorten;
use crate::source::Span;

/// Returns the change that makes a line the first of a list entry.
fn add_dash(key: &str, value: &str) -> Change {
    let entry = format!("{}: {}", shorten(key), shorten(value));
    Change::Dash(entry.trim_end().to_owned())
}

impl Diagnostic {
    /// The second or a later entry of a list begins without a dash.
    pub(crate) fn missing_dash(span: Span, first: Span, key: &str, value: &str) -> Self {
        Self::error(
            "missing-dash",
            span,
            "a new entry begins on this line, but the dash before it is missing",
        )
        .related(first, "the entry above begins here")
        .remedy(Remedy::Write(add_dash(key, value)))
    }

    /// The first entry of a list begins without a dash.
    pub(crate) fn missing_first_dash(span: Span, list: &str, key: &str, value: &str) -> Self {
        Self::error(
            "missing-dash",
            span,
            format!("`{list}:` needs a dash before each entry, and this line has none"),
        )
        .remedy(Remedy::Write(add_dash(key, value)))
    }

    /// A second name follows the dose of an exercise. Either another exercise begins without its
    /// dash, or the name renames the exercise above.
    pub(crate) fn second_name(
        span: Span,
        first: Span,
        key: &str,
        value: &str,
        first_key: &str,
    ) -> Self {
        Self::error(
            "second-name",
            span,
            format!("`{key}` comes after the dose of another exercise"),
        )
        .related(first, "the exercise above")
        .remedy(Remedy::readings([
            (
                "a new exercise begins here",
                Change::Dash(format!("{key}: {}", shorten(value))),
            ),
            (
                "this line belongs to the exercise above",
                Change::MoveUp(first_key.to_owned()),
            ),
        ]))
    }

    /// A dash doesn't begin a list entry: it is another character (`long`), or lacks its space.
    pub(crate) fn bad_dash(span: Span, long: bool, fixed: Change) -> Self {
        let message = if long {
            "a list needs a plain hyphen and a space, but this is another character"
        } else {
            "a list needs a space after its dash"
        };
        Self::error("bad-dash", span, message).remedy(Remedy::Write(fixed))
    }

    /// A dash stands before a key that belongs to the exercise above.
    pub(crate) fn dash_too_many(span: Span) -> Self {
        Self::error(
            "dash-too-many",
            span,
            "this dash begins another exercise, but that exercise has no name",
        )
        .help(
            "if this line belongs to the exercise above, replace the dash with a space; otherwise \
             add a line `name: …`",
        )
    }

    /// Several lines form one text where a list is usual.
    pub(crate) fn one_text(span: Span, key: &str) -> Self {
        Self::advice(
            "one-text",
            span,
            format!("these lines of `{key}` are read as one text"),
        )
        .help("if they are separate entries, put a dash and a space before each")
    }

    /// Commas split the sentences of a list that is written on one line.
    pub(crate) fn comma_splits(span: Span, key: &str, count: usize, remedy: &str) -> Self {
        Self::advice(
            "comma-splits",
            span,
            format!("this `{key}` reads as {count} entries, because each comma starts a new one"),
        )
        .help(format!(
            "if a comma belongs to a sentence, put that sentence in quotes: `{remedy}`; if you \
             mean {count} entries, put each on its own line after a dash and a space"
        ))
    }

    /// A list has too many entries, or too few.
    pub(crate) fn wrong_count(span: Span, key: &str, found: usize, range: &str) -> Self {
        Self::error(
            "wrong-count",
            span,
            format!("`{key}` needs {range}, not {found}"),
        )
        .help(format!("write {range}"))
    }
}
