//! Reads the text of a program file into a [`Program`], and reports each mistake with its place.
//! Reading never fails: a file with mistakes gives diagnostics and no program.

mod commas;
mod common;
mod decoder;
mod dose;
mod draft;
mod exercise;
mod exercises;
mod field;
mod invisible;
mod language_tag;
mod meant;
mod media;
mod one_line;
mod pain;
mod phases;
mod phrase;
mod places;
mod program;
mod progression;
mod quotes;
mod reading;
mod schedule;
mod strange;
mod values;
mod vocabulary;

pub(crate) use self::pain::STOP_ADVICE;
pub use self::places::Places;
use self::reading::read;
use super::Program;
use crate::diagnostic::Diagnostic;
use crate::source::{MAX_BYTES, Source, Span};

/// Returns the frequencies that a clinic's words may mean, as the format writes them: `BID`, `twice
/// a day`. Each has words that tell it from the others. Empty if the words aren't known.
pub(crate) fn frequencies_meant(text: &str) -> Vec<(&'static str, String)> {
    meant::frequencies(text)
}

/// The result of reading a program file.
#[derive(Debug, Clone, PartialEq)]
pub struct Parsed {
    /// The text of the file.
    pub source: Source,
    /// The program; None if the file has an error.
    pub program: Option<Program>,
    /// All diagnostics, in the order of their places.
    pub diagnostics: Vec<Diagnostic>,
    /// The places of parts of the program, for later advice.
    pub places: Places,
}

impl Parsed {
    /// Returns the first diagnostic that keeps the program from being played.
    pub fn first_error(&self) -> Option<&Diagnostic> {
        self.diagnostics
            .iter()
            .find(|diagnostic| diagnostic.is_error())
    }

    /// Adds diagnostics that were found elsewhere. An error removes the program.
    pub fn add(&mut self, more: impl IntoIterator<Item = Diagnostic>) {
        self.diagnostics.extend(more);
        self.diagnostics
            .sort_by(|a, b| (a.span, &a.message).cmp(&(b.span, &b.message)));
        self.diagnostics.dedup();
        if self.first_error().is_some() {
            self.program = None;
        }
    }

    fn unreadable(name: &str, text: String, diagnostic: Diagnostic) -> Self {
        Self {
            source: Source::new(name, text),
            program: None,
            diagnostics: vec![diagnostic],
            places: Places::default(),
        }
    }
}

/// Reads the bytes of a file. For a file over 1 MiB, any part over 1 MiB is enough.
pub fn parse_bytes(name: &str, bytes: &[u8]) -> Parsed {
    if bytes.len() > MAX_BYTES {
        return Parsed::unreadable(name, String::new(), Diagnostic::too_large());
    }
    // UTF-16 of Latin text without a mark has a zero in every other byte.
    let zero = |index: usize| bytes.get(index) == Some(&0);
    if bytes.starts_with(&[0xff, 0xfe])
        || bytes.starts_with(&[0xfe, 0xff])
        || (bytes.len() >= 4 && (zero(0) && zero(2) || zero(1) && zero(3)))
    {
        return Parsed::unreadable(name, String::new(), Diagnostic::utf_16());
    }
    match std::str::from_utf8(bytes) {
        Ok(text) => parse(Source::new(name, text)),
        Err(error) => {
            let valid = bytes.get(..error.valid_up_to()).unwrap_or_default();
            let text = String::from_utf8_lossy(bytes).into_owned();
            let at = valid.len()
                - if valid.starts_with("\u{feff}".as_bytes()) {
                    3
                } else {
                    0
                };
            Parsed::unreadable(
                name,
                text,
                Diagnostic::not_utf_8(Span::new(at, at + '\u{fffd}'.len_utf8())),
            )
        }
    }
}

/// Reads the text of a program.
pub fn parse(source: Source) -> Parsed {
    if let (Some(at), None) = (source.text().find('\r'), source.text().find('\n')) {
        let diagnostic = Diagnostic::old_line_ends(Span::new(at, at + 1));
        return Parsed {
            source,
            program: None,
            diagnostics: vec![diagnostic],
            places: Places::default(),
        };
    }
    let (program, diagnostics, places) = read(&source);
    Parsed {
        source,
        program,
        diagnostics,
        places,
    }
}
