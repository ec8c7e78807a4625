//! Problems of texts: their length, their quotes, and the signs that cut them off.

use super::Diagnostic;
use crate::source::Span;

impl Diagnostic {
    /// A text is longer than format 1 allows.
    pub(crate) fn long_text(span: Span, length: usize) -> Self {
        Self::error(
            "long-text",
            span,
            format!("this text has {length} characters; the limit is 4,000"),
        )
        .help("shorten it")
    }

    /// A text that is required is empty.
    pub(crate) fn empty_text(span: Span, key: &str) -> Self {
        Self::error("empty-text", span, format!("`{key}` is empty"))
            .help(format!("write a text after `{key}:`"))
    }

    /// A text begins with a typographic quotation mark.
    pub(crate) fn curly_quotes(span: Span, key: &str) -> Self {
        Self::advice(
            "curly-quotes",
            span,
            format!("`{key}` has curly quotes, and the patient will see them"),
        )
        .help("remove the quotes, or type straight ones: \"")
    }

    /// A colon turns a text into a key with a value.
    pub(crate) fn text_with_colon(span: Span, key: &str) -> Self {
        Self::error(
            "text-with-colon",
            span,
            format!("`{key}` needs a text, but the colon makes this a key with a value"),
        )
        .help("put the whole text in \"quotes\"")
    }

    /// A comma inside braces ends a text, so that the rest of the text becomes a key.
    pub(crate) fn comma_ends_text(span: Span, key: &str, whole: &str) -> Self {
        Self::error(
            "comma-ends-text",
            span,
            format!("the comma ends the text of `{key}`, so the rest reads as a key"),
        )
        .help(format!("put the whole text in quotes: `{key}: {whole}`"))
    }

    /// The end of a text is a comment, because it follows ` #`.
    pub(crate) fn cut_off(span: Span) -> Self {
        Self::advice(
            "cut-off",
            span,
            "anything after # is a private note, which the patient doesn't see",
        )
        .help("if this is part of the text, put the whole text in \"quotes\"")
    }
}
