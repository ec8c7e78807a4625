//! Describes the errors of the YAML crate in words that a therapist can use.

use serde_yaml::granit_parser::ErrorKind;

use super::slips::{self, Slip};
use super::vocabulary::Vocabulary;
use crate::diagnostic::remedy::Remedy;
use crate::source::Span;

/// A message and its remedy.
type Words = (&'static str, &'static str);

/// Explains a syntax error: by what the writer probably meant if that is clear, or else by its
/// kind.
pub(super) fn explain(text: &str, span: Span, kind: &ErrorKind, vocabulary: &Vocabulary) -> Slip {
    if let Some(slip) = slips::find(text, span, kind, vocabulary) {
        return slip;
    }
    if let ErrorKind::SimpleKeyExpected | ErrorKind::InvalidSimpleKey = kind {
        let help = format!(
            "write the key, a colon, a space and the value, such as `{}`",
            vocabulary.example
        );
        return (
            span,
            "this line needs a colon and a space".to_owned(),
            Remedy::words(help),
        );
    }
    let (message, help) = describe_quotes(kind)
        .or_else(|| describe_brackets(kind))
        .or_else(|| describe_lines(kind))
        .or_else(|| describe_text(kind))
        .unwrap_or((
            "this line can't be read",
            "compare it with a file that works; put the text in \"quotes\"",
        ));
    (span, message.to_owned(), Remedy::words(help))
}

/// Describes errors in quotes and escapes.
fn describe_quotes(kind: &ErrorKind) -> Option<Words> {
    Some(match kind {
        ErrorKind::UnclosedQuotedScalar
        | ErrorKind::InvalidQuotedScalarIndent
        | ErrorKind::DocumentIndicatorInQuotedScalar => (
            "a quote opened here or above is never closed",
            "close the quote",
        ),
        ErrorKind::InvalidTrailingSingleQuotedScalar
        | ErrorKind::InvalidTrailingDoubleQuotedScalar => (
            "there is text after the closing quote",
            "put the whole text in quotes, or remove the quotes",
        ),
        ErrorKind::UnknownQuotedScalarEscape
        | ErrorKind::InvalidQuotedScalarHexEscape
        | ErrorKind::InvalidLowSurrogateHexEscape
        | ErrorKind::InvalidLowSurrogate
        | ErrorKind::MissingLowSurrogate
        | ErrorKind::UnpairedLowSurrogate
        | ErrorKind::InvalidUnicodeEscape => (
            "a backslash in \"double quotes\" begins a special character, but this isn't one",
            "write the text in 'single quotes'",
        ),
        _ => return None,
    })
}

/// Describes errors in brackets.
fn describe_brackets(kind: &ErrorKind) -> Option<Words> {
    Some(match kind {
        ErrorKind::UnexpectedEofFlowSequence
        | ErrorKind::UnexpectedEofFlowMapping
        | ErrorKind::UnexpectedEofImplicitFlowMapping
        | ErrorKind::UnclosedFlowCollection { .. }
        | ErrorKind::ExpectedFlowMappingSeparator
        | ErrorKind::ExpectedFlowSequenceSeparator
        | ErrorKind::InvalidFlowScalarIndent => (
            "a bracket is opened and not closed, or a comma is missing",
            "close each `[` with `]` and each `{` with `}`, commas between",
        ),
        ErrorKind::MisplacedFlowCollectionEnd | ErrorKind::MismatchedFlowCollectionEnd { .. } => (
            "this closing bracket has no opening bracket",
            "close each `[` with `]` and each `{` with `}`",
        ),
        _ => return None,
    })
}

/// Describes errors in colons and indentation.
fn describe_lines(kind: &ErrorKind) -> Option<Words> {
    Some(match kind {
        ErrorKind::MappingValueNotAllowed => (
            "there is a second colon on this line, or the line is indented too far",
            "put a text with a colon in \"quotes\"; start keys that belong together in the same \
             column",
        ),
        ErrorKind::ExpectedBlockMappingKey
        | ErrorKind::ExpectedBlockSequenceEntry
        | ErrorKind::InvalidIndentation
        | ErrorKind::BlockSequenceEntryNotAllowed
        | ErrorKind::BlockEntryInFlowCollection
        | ErrorKind::InvalidBlockEntryWhitespace
        | ErrorKind::UnexpectedEofBlockSequence
        | ErrorKind::UnexpectedEofBlockMapping
        | ErrorKind::ExpectedDocumentStart => (
            "the indentation of this line doesn't match the lines above",
            "start each line exactly below the line it belongs with, using only spaces",
        ),
        _ => return None,
    })
}

/// Describes errors in texts without quotes.
fn describe_text(kind: &ErrorKind) -> Option<Words> {
    Some(match kind {
        ErrorKind::CommentInterceptedScalar | ErrorKind::CommentNotSeparated => (
            "there is a comment inside a text",
            "put the comment on its own line, above the text",
        ),
        ErrorKind::UnexpectedCharacter { .. } => (
            "a text can't begin with this character",
            "put the text in \"quotes\"",
        ),
        ErrorKind::InvalidBlockScalarHeader
        | ErrorKind::InvalidBlockScalarIndent
        | ErrorKind::ZeroBlockScalarIndent => (
            "a text that begins with `|` or `>` continues on the lines below, indented",
            "put the text in \"quotes\" on this line, or indent the lines below",
        ),
        ErrorKind::MissingAnchorOrAliasName => (
            "`&` and `*` begin a reference, but its name is missing",
            "put the text in \"quotes\"",
        ),
        _ => return None,
    })
}

/// Returns true if an error is about quotes or characters, and so not about a bracket around them.
pub(super) fn is_about_text(kind: &ErrorKind) -> bool {
    matches!(
        kind,
        ErrorKind::UnclosedQuotedScalar
            | ErrorKind::InvalidQuotedScalarIndent
            | ErrorKind::InvalidTrailingSingleQuotedScalar
            | ErrorKind::InvalidTrailingDoubleQuotedScalar
            | ErrorKind::UnknownQuotedScalarEscape
            | ErrorKind::InvalidQuotedScalarHexEscape
            | ErrorKind::MismatchedFlowCollectionEnd { .. }
            | ErrorKind::UnexpectedCharacter { .. }
    )
}
