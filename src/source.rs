//! The text of a program file and places in it. Knows nothing of YAML, of programs, or of where the
//! text came from.

use std::borrow::Cow;
use std::fmt;
use std::ops::Range;
use std::sync::OnceLock;

/// The largest program file that is read, in bytes (format 1: up to and with 1 MiB).
pub const MAX_BYTES: usize = 1024 * 1024;

/// A named text. The name is only for people: a path, or `<standard input>`.
#[derive(Debug, Clone)]
pub struct Source {
    name: String,
    text: String,
    line_starts: OnceLock<Vec<usize>>,
}

impl Source {
    /// A text under a name. A byte order mark at the start belongs to the encoding and is dropped.
    pub fn new(name: impl Into<String>, text: impl Into<String>) -> Self {
        let mut text = text.into();
        if text.starts_with('\u{feff}') {
            text.drain(..'\u{feff}'.len_utf8());
        }
        Self {
            name: name.into(),
            text,
            line_starts: OnceLock::new(),
        }
    }

    /// What the text is called.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// What the text is called, without folders, fit for a terminal.
    pub fn short_name(&self) -> String {
        printable(self.name.rsplit(['/', '\\']).next().unwrap_or(&self.name)).into_owned()
    }

    /// The whole text, without a byte order mark.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// The text of a span, cut to what exists.
    pub fn slice(&self, span: Span) -> &str {
        self.text.get(span.range()).unwrap_or_default()
    }

    fn line_starts(&self) -> &[usize] {
        self.line_starts.get_or_init(|| {
            std::iter::once(0)
                .chain(self.text.match_indices('\n').map(|(at, _)| at + 1))
                .collect()
        })
    }

    /// Line and column of a byte offset; an offset past the end is the end.
    pub fn place(&self, offset: usize) -> Place {
        let offset = self.text.floor_char_boundary(offset.min(self.text.len()));
        let line = self.line_starts().partition_point(|start| *start <= offset);
        let start = self
            .line_starts()
            .get(line.saturating_sub(1))
            .copied()
            .unwrap_or(0);
        let column = self
            .text
            .get(start..offset)
            .map_or(0, |before| before.chars().count())
            + 1;
        Place { line, column }
    }

    /// The byte at which a line begins, counted from 1.
    pub fn start_of_line(&self, line: usize) -> usize {
        line.checked_sub(1)
            .and_then(|index| self.line_starts().get(index))
            .copied()
            .unwrap_or(self.text.len())
    }

    /// The text of a line, counted from 1, without its line break.
    pub fn line(&self, line: usize) -> &str {
        let starts = self.line_starts();
        let start = self.start_of_line(line);
        let end = starts.get(line).copied().unwrap_or(self.text.len());
        self.text
            .get(start..end)
            .unwrap_or_default()
            .trim_end_matches(['\n', '\r'])
    }
}

impl PartialEq for Source {
    fn eq(&self, other: &Self) -> bool {
        self.name == other.name && self.text == other.text
    }
}

impl Eq for Source {}

/// A half-open range of bytes in a source.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Span {
    /// The first byte.
    pub start: usize,
    /// One past the last byte.
    pub end: usize,
}

impl Span {
    /// From `start` up to, not with, `end`.
    pub fn new(start: usize, end: usize) -> Self {
        Self {
            start,
            end: end.max(start),
        }
    }

    /// The same as a range.
    pub fn range(self) -> Range<usize> {
        self.start..self.end
    }
}

/// A line and a column, both from 1; the column counts characters.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Place {
    /// From 1.
    pub line: usize,
    /// In characters, from 1.
    pub column: usize,
}

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}", self.line, self.column)
    }
}

/// Whether a character may stand in a text of a program: any but controls (line feed and tab
/// excepted), line and paragraph separators, a byte order mark, and the overrides and isolates that
/// change the direction of writing.
pub fn is_allowed(character: char) -> bool {
    match character {
        '\n' | '\t' => true,
        '\u{2028}'
        | '\u{2029}'
        | '\u{feff}'
        | '\u{202a}'..='\u{202e}'
        | '\u{2066}'..='\u{2069}' => false,
        other => !other.is_control(),
    }
}

/// Whether a character is a quotation mark as editors make them for print, which means nothing to a
/// program.
pub fn is_curly_quote(character: char) -> bool {
    matches!(character, '“' | '”' | '„' | '‘' | '’' | '‚' | '«' | '»')
}

/// The text fit for a terminal: each character that is not allowed becomes another of as many
/// bytes, so that places in the text stay what they were.
pub fn printable(text: &str) -> Cow<'_, str> {
    if text.chars().all(is_allowed) {
        return Cow::Borrowed(text);
    }
    let mut shown = String::with_capacity(text.len());
    let mut rest = text.chars().peekable();
    while let Some(character) = rest.next() {
        if is_allowed(character) || (character == '\r' && rest.peek() == Some(&'\n')) {
            shown.push(character);
        } else {
            // One character of as many bytes, so that columns stay what they were too.
            shown.push(match character.len_utf8() {
                1 => '?',
                2 => '·',
                _ => '\u{fffd}',
            });
        }
    }
    Cow::Owned(shown)
}

/// One line of at most `most` characters, fit for a terminal: what a message quotes from a file.
pub fn excerpt(text: &str, most: usize) -> String {
    let line = text.lines().next().unwrap_or_default().trim();
    let mut shown: String = line
        .chars()
        .take(most)
        .map(|c| if is_allowed(c) && c != '\t' { c } else { '?' })
        .collect();
    if line.chars().count() > most || text.trim().lines().count() > 1 {
        shown.push('…');
    }
    shown
}
