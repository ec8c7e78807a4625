//! Problems of a file as a whole: its size, its encoding, its characters, and its format.

use super::Diagnostic;
use super::remedy::Remedy;
use super::wording::quote;
use crate::source::Span;
use crate::text::count;

impl Diagnostic {
    /// The file is larger than a program may be.
    pub(crate) fn too_large() -> Self {
        Self::error(
            "too-large",
            Span::default(),
            "this file is larger than 1 MiB, the limit for a program",
        )
        .help("check that it's the right file; a program is a short text")
    }

    /// The file is UTF-16, the default of some editors.
    pub(crate) fn utf_16() -> Self {
        Self::error(
            "utf-16",
            Span::default(),
            "this file is saved as UTF-16 (\"Unicode\"), but regimen reads only UTF-8",
        )
        .help("open it in your editor and save it again with the encoding UTF-8")
    }

    /// The file has bytes that aren't UTF-8.
    pub(crate) fn not_utf_8(span: Span) -> Self {
        Self::error("not-utf-8", span, "this character isn't saved as UTF-8")
            .help("open the file in your editor and save it again with the encoding UTF-8")
    }

    /// The file has a control character, or one that changes the direction of writing.
    pub(crate) fn forbidden_character(span: Span, character: char) -> Self {
        let code = u32::from(character);
        Self::error(
            "forbidden-character",
            span,
            format!("this is an invisible control character (U+{code:04X})"),
        )
        .help("delete it, and type the words around it again")
    }

    /// A part of the file that has a meaning contains characters that look like a space or like
    /// nothing. `lines` is the number of lines that have them.
    pub(crate) fn invisible_characters(
        span: Span,
        character: char,
        like_space: bool,
        lines: usize,
    ) -> Self {
        let name = match character {
            '\u{a0}' => "no-break space",
            '\u{202f}' | '\u{2007}' => "narrow or figure space",
            '\u{3000}' => "wide space",
            '\u{ad}' => "soft hyphen",
            '\u{200b}' => "zero-width space",
            '\u{200c}' | '\u{200d}' | '\u{2060}' => "zero-width joiner",
            '\u{feff}' => "byte order mark",
            _ if like_space => "special space",
            _ => "character",
        };
        let code = u32::from(character);
        let (what, todo) = if like_space {
            (
                format!("this looks like a space but is a {name}"),
                "replace each with a plain space",
            )
        } else {
            (format!("this is an invisible {name}"), "delete each one")
        };
        let found = count(lines, "line");
        let verb = if lines == 1 { "has" } else { "have" };
        Self::error(
            "invisible-character",
            span,
            format!("{what} (U+{code:04X}); {found} {verb} such characters"),
        )
        .remedy(Remedy::words(format!(
            "such characters come with text copied from Word, a web page or a chat; {todo} \
             (most editors can find and replace them all at once)"
        )))
    }

    /// A quoted text contains a forbidden character, written with a backslash.
    pub(crate) fn forbidden_escape(span: Span, character: char) -> Self {
        let code = u32::from(character);
        Self::error(
            "forbidden-escape",
            span,
            format!("the backslash makes an invisible control character here (U+{code:04X})"),
        )
        .help("remove the backslash, or put the text in 'single quotes'")
    }

    /// The file has no content.
    pub(crate) fn empty() -> Self {
        Self::error("empty", Span::default(), "this file is empty").help(
            "start with a line `title: …`, then a line `exercises:`, and below it each exercise \
             after a dash and a space",
        )
    }

    /// `format` isn't a format that exists.
    pub(crate) fn bad_format(span: Span, found: &str) -> Self {
        Self::error(
            "bad-format",
            span,
            format!("{} isn't an option for `format`", quote(found)),
        )
        .help("write `format: 1`, or delete the line")
    }

    /// The file needs a newer regimen.
    pub(crate) fn newer_format(span: Span, format: u64) -> Self {
        Self::error(
            "newer-format",
            span,
            format!("this file is written in format {format} and needs a newer regimen"),
        )
        .help("install the newest regimen; this one reads format 1")
    }

    /// The lines end with a lone carriage return, as on very old computers.
    pub(crate) fn old_line_ends(span: Span) -> Self {
        Self::error(
            "old-line-ends",
            span,
            "this file has old Mac line endings (CR), so it reads as one line",
        )
        .help(
            "open it in your editor and save it again with line endings for Windows (CRLF) or \
             Unix (LF)",
        )
    }
}
