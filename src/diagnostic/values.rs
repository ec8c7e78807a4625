//! Problems of values: the wrong shape, not a number, out of range, or not one of the options.

use super::Diagnostic;
use super::remedy::Remedy;
use super::wording::{list_names, quote};
use crate::source::Span;

impl Diagnostic {
    /// A value has the wrong shape, such as a map where a list belongs.
    pub(crate) fn wrong_shape(
        span: Span,
        key: &str,
        wanted: &str,
        found: &str,
        example: &str,
    ) -> Self {
        Self::error(
            "wrong-shape",
            span,
            format!("`{key}` needs {wanted}, not {found}"),
        )
        .help(format!("write {example}"))
    }

    /// A part of the file needs a map and has something else.
    pub(crate) fn not_a_map(span: Span, what: &str, found: &str, example: &str) -> Self {
        Self::error(
            "not-a-map",
            span,
            format!("{what} needs keys with values, not {found}"),
        )
        .help(format!("write {example}"))
    }

    /// A value isn't a whole number.
    pub(crate) fn not_a_number(span: Span, key: &str, found: &str, remedy: Remedy) -> Self {
        Self::error(
            "not-a-number",
            span,
            format!("`{key}` needs a whole number, not {}", quote(found)),
        )
        .remedy(remedy)
    }

    /// A number or a length of time is outside its range. A length has a range that begins with
    /// "from".
    pub(crate) fn out_of_range(span: Span, key: &str, found: &str, range: &str) -> Self {
        Self::error(
            "out-of-range",
            span,
            format!("`{key}` must be {range}, not {}", quote(found)),
        )
        .help(if range.starts_with("from") {
            format!("write a length of time {range}")
        } else {
            format!("write {range}")
        })
    }

    /// A value is neither `true` nor `false`.
    pub(crate) fn not_a_boolean(span: Span, key: &str, found: &str, remedy: Remedy) -> Self {
        Self::error(
            "not-a-boolean",
            span,
            format!("`{key}` needs `true` or `false`, not {}", quote(found)),
        )
        .remedy(remedy)
    }

    /// A word isn't one of the options of its key. `near` is the option that was probably meant.
    pub(crate) fn not_one_of(
        span: Span,
        key: &str,
        found: &str,
        known: &[&str],
        near: Option<&str>,
    ) -> Self {
        let found = quote(found);
        match near {
            Some(near) => Self::error(
                "not-one-of",
                span,
                format!("{found} isn't an option for `{key}`, did you mean `{near}`?"),
            )
            .remedy(Remedy::value(near)),
            None => Self::error(
                "not-one-of",
                span,
                format!("{found} isn't an option for `{key}`"),
            )
            .help(format!("write {}", list_names(known, "or"))),
        }
    }

    /// A word isn't one of the options of its key; the remedy says what was probably meant.
    pub(crate) fn not_an_option(span: Span, key: &str, found: &str, remedy: Remedy) -> Self {
        Self::error(
            "not-one-of",
            span,
            format!("{} isn't an option for `{key}`", quote(found)),
        )
        .remedy(remedy)
    }

    /// A value with a notation of its own, such as a date or a tempo, can't be read.
    pub(crate) fn unreadable(
        span: Span,
        key: &str,
        what: &str,
        found: &str,
        remedy: Remedy,
    ) -> Self {
        Self::error(
            "unreadable",
            span,
            format!("`{key}` needs {what}, not {}", quote(found)),
        )
        .remedy(remedy)
    }

    /// A length of time can't be read.
    pub(crate) fn bad_length(span: Span, key: &str, found: &str, remedy: Remedy) -> Self {
        Self::error(
            "bad-length",
            span,
            format!("`{key}` needs a length of time, not {}", quote(found)),
        )
        .remedy(remedy)
    }

    /// A text can't be used as an id. `suggestion` is the text as an id, or empty.
    pub(crate) fn bad_id(span: Span, found: &str, suggestion: &str) -> Self {
        let message = format!("{} can't be used as an id", quote(found));
        let diagnostic = Self::error("bad-id", span, message);
        if suggestion.is_empty() {
            diagnostic.help("use lowercase letters, digits and hyphens")
        } else {
            diagnostic.remedy(Remedy::value(suggestion))
        }
    }

    /// A language tag isn't BCP 47.
    pub(crate) fn bad_language(span: Span, found: &str, remedy: Remedy) -> Self {
        Self::advice(
            "bad-language",
            span,
            format!("{} isn't a language tag", quote(found)),
        )
        .remedy(remedy)
    }
}
