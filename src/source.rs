//! The text of a program or settings file, places in it, and how to quote from it safely.

use std::borrow::Cow;
use std::fmt;
use std::ops::Range;
use std::sync::OnceLock;

/// The size of the largest program file that is read, in bytes (format 1: up to and including
/// 1 MiB).
pub(crate) const MAX_BYTES: usize = 1024 * 1024;

/// A named text. The name is only for people: a path, or `<standard input>`.
#[derive(Debug, Clone)]
pub struct Source {
    name: String,
    text: String,
    /// The byte at which each line begins, found when a place is first asked for.
    line_starts: OnceLock<Vec<usize>>,
}

impl Source {
    /// Creates a source. Drops a byte order mark at the start, which belongs to the encoding.
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

    /// Returns the name as it was given, which may not be printable.
    pub(crate) fn name(&self) -> &str {
        &self.name
    }

    /// Returns the name without folders, in a form fit for a terminal.
    pub(crate) fn short_name(&self) -> String {
        printable(self.name.rsplit(['/', '\\']).next().unwrap_or(&self.name)).into_owned()
    }

    /// Returns the whole text, without a byte order mark.
    pub(crate) fn text(&self) -> &str {
        &self.text
    }

    /// Returns the text of a span. A span that isn't in the text gives an empty string.
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

    /// Returns the line and the column of a byte offset. An offset past the end counts as the end.
    pub(crate) fn place(&self, offset: usize) -> Place {
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

    /// Returns the byte at which a line begins. Lines count from 1; a line that doesn't exist
    /// gives the end of the text.
    pub(crate) fn start_of_line(&self, line: usize) -> usize {
        line.checked_sub(1)
            .and_then(|index| self.line_starts().get(index))
            .copied()
            .unwrap_or(self.text.len())
    }

    /// Returns the text of a line without its line break. Lines count from 1.
    pub(crate) fn line(&self, line: usize) -> &str {
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
    /// The offset of the first byte.
    pub start: usize,
    /// The offset after the last byte.
    pub end: usize,
}

impl Span {
    /// Creates a span. An end before the start makes it empty.
    pub(crate) fn new(start: usize, end: usize) -> Self {
        Self {
            start,
            end: end.max(start),
        }
    }

    /// Returns the span as a range, for slicing.
    pub(crate) fn range(self) -> Range<usize> {
        self.start..self.end
    }
}

/// A line and a column, both counted from 1. The column counts characters.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Place {
    pub(crate) line: usize,
    pub(crate) column: usize,
}

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}", self.line, self.column)
    }
}

/// Returns whether a text of a program may contain a character. Forbidden are control characters
/// (except line feed and tab), line and paragraph separators, a byte order mark, and the overrides
/// and isolates that change the direction of writing.
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

/// Returns whether a character is a typographic quotation mark, which doesn't quote anything in
/// YAML.
pub(crate) fn is_curly_quote(character: char) -> bool {
    matches!(character, '“' | '”' | '„' | '‘' | '’' | '‚' | '«' | '»')
}

/// Returns the text in a form fit for a terminal. Each forbidden character becomes one character
/// of as many bytes, so that offsets and columns stay the same.
pub(crate) fn printable(text: &str) -> Cow<'_, str> {
    if text.chars().all(is_allowed) {
        return Cow::Borrowed(text);
    }
    let mut shown = String::with_capacity(text.len());
    let mut rest = text.chars().peekable();
    while let Some(character) = rest.next() {
        let is_line_end = character == '\r' && rest.peek() == Some(&'\n');
        if is_allowed(character) || is_line_end {
            shown.push(character);
        } else {
            shown.push(match character.len_utf8() {
                1 => '?',
                2 => '·',
                _ => '\u{fffd}',
            });
        }
    }
    Cow::Owned(shown)
}

/// Returns the first line of a text, at most `most` characters long and fit for a terminal. An
/// ellipsis follows if anything was cut off.
pub(crate) fn excerpt(text: &str, most: usize) -> String {
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
