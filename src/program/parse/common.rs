//! Reads the keys that more than one part of a program has: pauses, stop signs, ids.

use std::time::Duration;

use super::decoder::Decoder;
use super::field::{Field, Fields};
use crate::diagnostic::Diagnostic;
use crate::program::Timings;
use crate::program::notation::{self, is_id, slug};
use crate::program::red_flags::{self, Entry};

impl Decoder<'_> {
    pub(super) fn timings(&mut self, fields: &mut Fields<'_>, defaults: Timings) -> Timings {
        let mut timing = |key: &'static str, default: Duration| {
            fields
                .take(key)
                .and_then(|field| self.duration(&field))
                .unwrap_or(default)
        };
        Timings {
            rest: timing("rest", defaults.rest),
            get_ready: timing("get_ready", defaults.get_ready),
            switch: timing("switch", defaults.switch),
            release: timing("release", defaults.release),
            rest_after: timing("rest_after", defaults.rest_after),
        }
    }

    /// Returns the stop signs, each once. The id of a list of red flags becomes the sentences of
    /// that list.
    pub(super) fn stop_signs(&mut self, fields: &mut Fields<'_>) -> Vec<String> {
        let mut signs: Vec<String> = Vec::new();
        for (span, text) in self.texts_with_places(fields, "stop_if") {
            let more = match red_flags::entry(&text) {
                Entry::List(list) => list.signs.clone(),
                Entry::Near(list) => {
                    self.diagnostics
                        .push(Diagnostic::near_red_flags(span, &text, list.id));
                    list.signs.clone()
                }
                Entry::Sentence => vec![text],
            };
            for sign in more {
                if !signs.contains(&sign) {
                    signs.push(sign);
                }
            }
        }
        signs
    }

    /// Keeps the place of a tempo for later advice.
    pub(super) fn note_tempo(&mut self, fields: &Fields<'_>) {
        let tempo = fields.peek("tempo");
        let read = tempo.and_then(|field| {
            Some((
                field.node.span,
                notation::read_tempo(field.node.text()?.trim())?,
            ))
        });
        self.places.tempos.extend(read);
    }

    pub(super) fn id(&mut self, field: &Field<'_>) -> Option<String> {
        let text = self.text(field)?;
        if is_id(&text) && text.len() <= 200 {
            return Some(text);
        }
        self.diagnostics
            .push(Diagnostic::bad_id(field.node.span, &text, &slug(&text)));
        None
    }
}
