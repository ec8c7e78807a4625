//! Reads the keys of a map one by one, and reports those that the map doesn't have.

use super::commas;
use super::field::{Field, Fields};
use super::places::Places;
use super::strange::Strange;
use crate::diagnostic::Diagnostic;
use crate::program::keys::{FormatKey, FormatMap};
use crate::program::notation::read_number;
use crate::source::Span;
use crate::yaml::{Node, Value};

/// Reads a program from its tree, and collects the mistakes.
pub(super) struct Decoder<'t> {
    pub(super) text: &'t str,
    pub(super) diagnostics: Vec<Diagnostic>,
    pub(super) places: Places,
    /// The places of texts for people, which may contain any character.
    pub(super) texts: Vec<Span>,
    /// The only diagnostic of a file in a newer format.
    pub(super) newer: Option<Diagnostic>,
}

impl Decoder<'_> {
    /// Returns the fields of a map, and reports keys that the map can't have. Anything but a map is
    /// an error.
    pub(super) fn fields<'n>(
        &mut self,
        node: &'n Node<'n>,
        what: &str,
        map: &'static FormatMap,
        example: &str,
    ) -> Option<Fields<'n>> {
        let Value::Map(entries) = &node.value else {
            // A missing reference was reported already.
            if !(node.is_nothing() && node.open) {
                self.diagnostics
                    .push(Diagnostic::not_a_map(node.span, what, node.kind(), example));
            }
            return None;
        };
        let mut fields = Fields {
            node,
            entries: Vec::with_capacity(entries.len()),
            had_unknown: false,
            had_strange_exercises: false,
            had_strange_dose: false,
        };
        let mut was_number = false;
        for (index, (key, value)) in entries.iter().enumerate() {
            let text = key.text().unwrap_or_default();
            // `reps: 10, 8, 6` in braces: the numbers after the first comma are reported once.
            if read_number(text).is_some() && value.is_nothing() && was_number {
                continue;
            }
            was_number = read_number(text).is_some() && value.is_nothing();
            if map.key(text).is_none()
                && let Some(cut) = commas::cut_text(self.text, node, index, map)
            {
                self.diagnostics.push(cut);
                fields.had_unknown = true;
                continue;
            }
            let known = map.key(text).or_else(|| {
                let strange = Strange {
                    key,
                    value,
                    map,
                    entries,
                    what,
                    raw: self.text.get(value.span.range()).unwrap_or_default(),
                };
                self.strange_key(&strange, &mut fields)
            });
            let Some(known) = known else { continue };
            if value.is_nothing() {
                // A value that a `#` cuts off was probably not meant to be empty.
                if !self.cut_off(key.span.end + 1) && !value.open {
                    self.diagnostics
                        .push(Diagnostic::nothing_behind(key.span, known.name));
                }
                continue;
            }
            let field = Field {
                name: known.name,
                holds: known.kind,
                key: key.span,
                node: value,
                map,
                entries,
            };
            fields.entries.push((field, false));
        }
        Some(fields)
    }

    /// Reports a key that the map can't have. Returns the key that was probably meant: it is read
    /// as such, so that it is not reported as missing too.
    fn strange_key(
        &mut self,
        strange: &Strange<'_>,
        fields: &mut Fields<'_>,
    ) -> Option<&'static FormatKey> {
        let (diagnostic, near) = strange.explain();
        let help = diagnostic.help.as_deref().unwrap_or_default();
        let names_dose = [
            "`reps:",
            "`hold:",
            "`duration:",
            "`progression:",
            "can't be written yet",
        ]
        .iter()
        .any(|key| help.contains(key));
        fields.had_strange_dose |= names_dose && near.is_none();
        fields.had_strange_exercises |= help.contains("`exercises:`") || near == Some("exercises");
        self.diagnostics.push(diagnostic);
        fields.had_unknown = true;
        near.filter(|near| !fields.has(near) && !strange.has(near))
            .and_then(|near| strange.map.key(near))
    }

    /// Reports a text that a ` #` cuts off, and returns true if it did. An ordinary comment has a
    /// space after its `#`.
    pub(super) fn cut_off(&mut self, end: usize) -> bool {
        let rest = self.text.get(end..).unwrap_or_default();
        let comment = rest.trim_start_matches([' ', '\t']);
        let Some(body) = comment.strip_prefix('#') else {
            return false;
        };
        let cut = comment.len() < rest.len()
            && body.starts_with(|c: char| !c.is_whitespace() && c != '#');
        if cut {
            let start = end + rest.len() - comment.len();
            let length = comment.find(['\n', '\r']).unwrap_or(comment.len());
            self.diagnostics
                .push(Diagnostic::cut_off(Span::new(start, start + length)));
        }
        cut
    }

    /// Runs a reader and drops the diagnostics that it adds.
    pub(super) fn quiet<T>(&mut self, read: impl FnOnce(&mut Self) -> T) -> T {
        let kept = self.diagnostics.len();
        let result = read(self);
        self.diagnostics.truncate(kept);
        result
    }
}
