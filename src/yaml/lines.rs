//! Finds lines of a text, and what is in them.

use crate::source::{Span, is_curly_quote};

/// Returns the line that holds a byte, as a range of bytes without the line break.
pub(crate) fn line_around(text: &str, at: usize) -> Span {
    let start = text
        .get(..at)
        .and_then(|before| before.rfind('\n'))
        .map_or(0, |newline| newline + 1);
    let end = text
        .get(at..)
        .and_then(|after| after.find('\n'))
        .map_or(text.len(), |newline| at + newline);
    Span::new(start, end)
}

/// Returns the place of a tab in the indentation of the line at `at`, or of the next line with
/// content.
pub(super) fn tab_in_indentation(text: &str, at: usize) -> Option<usize> {
    let mut line = line_around(text, at);
    for below in 0..100 {
        let content = text.get(line.range())?;
        let indent = content.len() - content.trim_start_matches([' ', '\t']).len();
        if let Some(tab) = content.get(..indent)?.find('\t') {
            return Some(line.start + tab);
        }
        let says_something = content
            .get(indent..)
            .is_some_and(|rest| !rest.trim().is_empty() && !rest.starts_with('#'));
        if (below > 0 && says_something) || line.end >= text.len() {
            return None;
        }
        line = line_around(text, line.end + 1);
    }
    None
}

/// Returns a curly quote that opens a value earlier on the line of `at`.
pub(super) fn curly_quote(text: &str, at: usize) -> Option<Span> {
    let line = line_around(text, at);
    let before = text.get(line.start..at)?;
    let found = before
        .char_indices()
        .find(|(_, letter)| is_curly_quote(*letter))?;
    let start = line.start + found.0;
    let opens = before.get(..found.0)?.trim_end().ends_with([':', '-']);
    opens.then(|| Span::new(start, start + found.1.len_utf8()))
}
