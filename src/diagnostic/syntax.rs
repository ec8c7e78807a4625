//! Problems of the YAML itself: brackets, nesting, documents, tags, and references.

use super::Diagnostic;
use super::remedy::Remedy;
use super::wording::shorten;
use crate::source::Span;

impl Diagnostic {
    /// The text isn't YAML at this place.
    pub(crate) fn syntax(span: Span, message: impl Into<String>, remedy: Remedy) -> Self {
        Self::error("syntax", span, message).remedy(remedy)
    }

    /// A bracket isn't closed in the part of the text that could be read.
    pub(crate) fn open_bracket(span: Span) -> Self {
        Self::error(
            "open-bracket",
            span,
            "this bracket is not closed, or a comma is missing after it",
        )
        .help("close each `[` with `]` and each `{` with `}`, and put commas between the entries")
    }

    /// The file is nested deeper than format 1 allows.
    pub(crate) fn too_deep(span: Span) -> Self {
        Self::error("too-deep", span, "this is nested more than 32 levels deep")
            .help("look for extra brackets or extra indentation")
    }

    /// The file has more nodes than format 1 allows, once its references are resolved.
    pub(crate) fn too_many_nodes(span: Span) -> Self {
        Self::error(
            "too-many-nodes",
            span,
            "with its references written out, this file has more than 50,000 entries",
        )
        .help("use fewer references (`*name`)")
    }

    /// A second YAML document begins in the file.
    pub(crate) fn second_document(span: Span) -> Self {
        Self::error(
            "second-document",
            span,
            "a second document begins here (`---`)",
        )
        .help("put each program in a file of its own")
    }

    /// A value has a YAML tag.
    pub(crate) fn tag(span: Span) -> Self {
        Self::error(
            "tag",
            span,
            "this is a YAML tag, which a program doesn't use",
        )
        .help("delete it; if this is a text that begins with `!`, put it in \"quotes\"")
    }

    /// A reference names an anchor that isn't above it.
    pub(crate) fn unknown_alias(span: Span, name: &str) -> Self {
        Self::error(
            "unknown-alias",
            span,
            format!(
                "`*{}` refers to a name that isn't defined above",
                shorten(name)
            ),
        )
        .help("if this is a text that begins with `*`, put it in \"quotes\"")
    }

    /// A reference is part of what it refers to.
    pub(crate) fn recursive_alias(span: Span) -> Self {
        Self::error("recursive-alias", span, "this reference refers to itself")
            .help("write the text out here")
    }

    /// `<<` has a value that can't be merged.
    pub(crate) fn bad_merge(span: Span) -> Self {
        Self::error(
            "bad-merge",
            span,
            "`<<` needs a reference to keys with values, or a list of such references",
        )
        .help("write `<<: *name`")
    }
}
