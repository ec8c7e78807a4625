//! Finds characters that look like a space or like nothing, as they come with copied text. They are
//! replaced for reading, and places are converted back to the original text.

use crate::source::Span;

/// What an invisible character looks like: a space, or nothing.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Look {
    Space,
    Nothing,
}

/// Returns the look of a character that a person can't tell from a space or from nothing.
fn look(character: char) -> Option<Look> {
    match character {
        '\u{a0}' | '\u{1680}' | '\u{2000}'..='\u{200a}' | '\u{202f}' | '\u{205f}' | '\u{3000}' => {
            Some(Look::Space)
        }
        '\u{ad}'
        | '\u{61c}'
        | '\u{180e}'
        | '\u{200b}'..='\u{200f}'
        | '\u{2060}'..='\u{2064}'
        | '\u{feff}' => Some(Look::Nothing),
        _ => None,
    }
}

/// An invisible character of a text.
#[derive(Debug, Clone, Copy)]
pub(super) struct Found {
    pub(super) character: char,
    pub(super) look: Look,
    /// The place in the original text.
    pub(super) span: Span,
    /// The place in the repaired text.
    pub(super) at: usize,
}

/// A text with plain spaces instead of characters that look like one, and without those that look
/// like nothing.
#[derive(Debug)]
pub(super) struct Repaired {
    pub(super) text: String,
    pub(super) found: Vec<Found>,
    /// Pairs of a byte in the repaired text and the byte in the original text from which on they
    /// run in parallel.
    steps: Vec<(usize, usize)>,
}

impl Repaired {
    /// Repairs a text. None if it has nothing to repair.
    pub(super) fn of(text: &str) -> Option<Self> {
        if text.is_ascii() || !text.chars().any(|character| look(character).is_some()) {
            return None;
        }
        let mut repaired = Self {
            text: String::with_capacity(text.len()),
            found: Vec::new(),
            steps: vec![(0, 0)],
        };
        for (start, character) in text.char_indices() {
            let Some(look) = look(character) else {
                repaired.text.push(character);
                continue;
            };
            let span = Span::new(start, start + character.len_utf8());
            repaired.found.push(Found {
                character,
                look,
                span,
                at: repaired.text.len(),
            });
            if look == Look::Space {
                repaired.text.push(' ');
            }
            repaired.steps.push((repaired.text.len(), span.end));
        }
        Some(repaired)
    }

    /// Returns the place in the original text.
    pub(super) fn original(&self, span: Span) -> Span {
        let of = |at: usize| {
            let index = self
                .steps
                .partition_point(|(from, _)| *from <= at)
                .saturating_sub(1);
            self.steps
                .get(index)
                .map_or(at, |(from, original)| original + (at - from))
        };
        Span::new(of(span.start), of(span.end))
    }

    /// Returns true for a character in a comment: after a `#` that is not part of a text.
    pub(super) fn is_in_comment(&self, at: usize, scalars: &[Span]) -> bool {
        let start = self
            .text
            .get(..at)
            .and_then(|before| before.rfind('\n'))
            .map_or(0, |newline| newline + 1);
        let line = self.text.get(start..at).unwrap_or_default();
        line.match_indices('#').any(|(index, _)| {
            let begins = line
                .get(..index)
                .is_some_and(|before| before.is_empty() || before.ends_with([' ', '\t']));
            let hash = start + index;
            begins
                && !scalars
                    .iter()
                    .any(|span| (span.start..span.end).contains(&hash))
        })
    }

    /// Returns true for a character in a text for people, in the blanks after the text, or in those
    /// before it after a plain space.
    pub(super) fn is_in_text(&self, found: &Found, texts: &[Span]) -> bool {
        texts.iter().any(|span| {
            if (span.start..=span.end).contains(&found.at) {
                return true;
            }
            let between = |from: usize, to: usize| self.text.get(from..to).unwrap_or("x");
            let is_blank = |text: &str| text.bytes().all(|byte| byte == b' ');
            if found.at > span.end {
                return is_blank(between(span.end, found.at));
            }
            // YAML needs a plain space after a colon.
            is_blank(between(found.at, span.start))
                && self
                    .text
                    .get(..found.at)
                    .is_some_and(|text| text.ends_with(' '))
                && self
                    .found
                    .iter()
                    .all(|other| other.at + 1 != found.at || other.look == Look::Nothing)
        })
    }
}
