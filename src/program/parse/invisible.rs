//! Characters that look like a space or like nothing, as they come with text copied from elsewhere:
//! a text without them, and the way back to the places in the text as it was. Knows nothing of
//! programs.

use crate::source::Span;

/// What a character looks like that is not what it seems: a space, or nothing.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Look {
    Space,
    Nothing,
}

/// Says how a character looks that a person can't tell from a space or from nothing.
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

/// One such character.
#[derive(Debug, Clone, Copy)]
pub(super) struct Found {
    pub(super) character: char,
    pub(super) look: Look,
    /// Its place in the text as it is.
    pub(super) span: Span,
    /// Its place in the repaired text.
    pub(super) at: usize,
}

/// A text with plain spaces for those that look like one, and without what looks like nothing.
#[derive(Debug)]
pub(super) struct Repaired {
    pub(super) text: String,
    pub(super) found: Vec<Found>,
    /// From where in the repaired text on, where in the text as it is.
    steps: Vec<(usize, usize)>,
}

impl Repaired {
    /// Repairs a text; none where nothing is to be repaired.
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

    /// Returns the place in the text as it is.
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

    /// Says whether a character is part of a comment: after a `#` that is not part of a text.
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

    /// Says whether a character is part of a text for people, or blank after it, or before it after
    /// a plain space.
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
            // Without a plain space, the colon before it is none.
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
