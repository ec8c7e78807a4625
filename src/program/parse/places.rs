//! The places of the parts of a program in its text, for advice that is given later.

use crate::program::Tempo;
use crate::source::Span;

/// The places of parts of a program.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Places {
    /// The value of `review`.
    pub review: Option<Span>,
    /// The key `exercises` of each phase.
    pub exercises: Vec<Span>,
    /// The value of each `image`.
    pub images: Vec<(Span, String)>,
    /// The value of `title`. What the program as a whole lacks is reported there.
    pub title: Span,
    /// The key `stop_if` of the program.
    pub stop_if: Option<Span>,
    /// The key `therapist` of the program.
    pub therapist: Option<Span>,
    /// The values under `therapist`, each with its key.
    pub contact: Vec<(&'static str, Span, String)>,
    /// The value of `reminders`.
    pub reminders: Option<Span>,
    /// The keys of the dose of each exercise, in the order of the file.
    pub doses: Vec<Vec<(&'static str, Span)>>,
    /// Each `tempo` that could be read.
    pub tempos: Vec<(Span, Tempo)>,
}

impl Places {
    /// Returns the same places in another text. `original` converts a span to that text.
    pub(super) fn moved(mut self, original: impl Fn(Span) -> Span) -> Self {
        self.review = self.review.map(&original);
        let images = self.images.iter_mut().map(|(span, _)| span);
        for span in self.exercises.iter_mut().chain(images) {
            *span = original(*span);
        }
        self
    }
}
