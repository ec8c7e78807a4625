//! What is wrong or could be better in a program or settings file, as data: where it is, what
//! happened, and what to do about it.
//!
//! Each problem has one constructor, in the file named after its subject. These constructors hold
//! all wording, in one voice: short and lowercase, with names from the file in back-ticks.

mod doses;
mod exercises;
mod file;
mod keys;
mod lists;
mod pain_bands;
mod pictures;
mod program;
mod progression;
pub mod remedy;
pub mod render;
mod safety;
mod sides;
mod spelling;
mod syntax;
mod texts;
mod values;
mod wording;

pub(crate) use self::exercises::DoseMismatch;
use self::remedy::Remedy;
pub(crate) use self::spelling::{nearest, nearest_all};
use crate::source::Span;

/// How serious a diagnostic is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Severity {
    /// The program can't be played until this is corrected.
    Error,
    /// A suggestion that a colleague would make. It never keeps a program from being played.
    Advice,
}

/// One problem at one place of a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Diagnostic {
    /// Whether the problem keeps the program from being played.
    pub severity: Severity,
    /// Identifies the problem for other programs: `unknown-key`. It stays the same when the
    /// wording changes.
    pub code: &'static str,
    /// The part of the text that the problem is about.
    pub span: Span,
    /// What happened, in words that a therapist knows.
    pub message: String,
    /// What to do about it.
    pub help: Option<String>,
    /// The help as data. None where the help is only words.
    pub remedy: Option<Remedy>,
    /// A second place that the problem involves, and how.
    pub related: Option<(Span, String)>,
}

impl Diagnostic {
    fn new(severity: Severity, code: &'static str, span: Span, message: impl Into<String>) -> Self {
        Self {
            severity,
            code,
            span,
            message: message.into(),
            help: None,
            remedy: None,
            related: None,
        }
    }

    fn error(code: &'static str, span: Span, message: impl Into<String>) -> Self {
        Self::new(Severity::Error, code, span, message)
    }

    fn advice(code: &'static str, span: Span, message: impl Into<String>) -> Self {
        Self::new(Severity::Advice, code, span, message)
    }

    fn help(mut self, help: impl Into<String>) -> Self {
        self.help = Some(help.into());
        self
    }

    /// Attaches a remedy, and replaces the help with the remedy's words.
    #[must_use]
    pub(crate) fn remedy(mut self, remedy: Remedy) -> Self {
        self.help = Some(remedy.to_string());
        self.remedy = Some(remedy);
        self
    }

    fn related(mut self, span: Span, why: impl Into<String>) -> Self {
        self.related = Some((span, why.into()));
        self
    }

    /// Returns whether the problem keeps the program from being played.
    pub fn is_error(&self) -> bool {
        self.severity == Severity::Error
    }
}
