//! Keys of a map with their values.

use crate::program::keys::{FormatMap, ValueKind};
use crate::source::Span;
use crate::yaml::{Node, Value};

/// A key and its value.
#[derive(Clone, Copy)]
pub(super) struct Field<'n> {
    pub(super) name: &'static str,
    pub(super) holds: ValueKind,
    pub(super) key: Span,
    pub(super) node: &'n Node<'n>,
    /// The kind of map that has the key.
    pub(super) map: &'static FormatMap,
    /// The entries of that map.
    pub(super) entries: &'n [(Node<'n>, Node<'n>)],
}

impl<'n> Field<'n> {
    /// Returns the same value as a value of another key.
    pub(super) fn of(&self, name: &'static str, holds: ValueKind) -> Field<'n> {
        Field {
            name,
            holds,
            ..*self
        }
    }

    /// Returns true if the value is the whole value of its key, not one of several.
    pub(super) fn is_whole(&self) -> bool {
        self.map.key(self.name).is_some()
            && self
                .entries
                .iter()
                .any(|(key, value)| key.span == self.key && value.span == self.node.span)
    }

    /// Returns the text of another key of the same map. The text is empty for a list or a map; None
    /// if the key is missing.
    pub(super) fn beside(&self, name: &str) -> Option<&'n str> {
        let (_, value) = self
            .entries
            .iter()
            .find(|(key, _)| key.text() == Some(name))?;
        Some(value.text().unwrap_or_default().trim())
    }

    /// Returns the same key with one of its values.
    pub(super) fn at(&self, node: &'n Node<'n>) -> Field<'n> {
        Field { node, ..*self }
    }
}

/// The fields of a map.
pub(super) struct Fields<'n> {
    pub(super) node: &'n Node<'n>,
    /// Each field, and whether it was taken.
    pub(super) entries: Vec<(Field<'n>, bool)>,
    /// Whether the map has an unknown key, which may be the one that seems missing.
    pub(super) had_unknown: bool,
    /// Whether an unknown key may be the list of exercises.
    pub(super) had_strange_exercises: bool,
    /// Whether an unknown key may be a dose.
    pub(super) had_strange_dose: bool,
}

impl<'n> Fields<'n> {
    /// Returns the field with this name without taking it.
    pub(super) fn take(&mut self, name: &'static str) -> Option<Field<'n>> {
        let (field, taken) = self
            .entries
            .iter_mut()
            .find(|(field, _)| field.name == name)?;
        *taken = true;
        Some(*field)
    }

    /// Returns the field with this name and leaves it to be taken.
    pub(super) fn peek(&self, name: &str) -> Option<Field<'n>> {
        self.entries
            .iter()
            .find(|(field, _)| field.name == name)
            .map(|(field, _)| *field)
    }

    /// Returns the text of the field with this name.
    pub(super) fn node_text(&self, name: &str) -> Option<&str> {
        self.entries
            .iter()
            .find(|(field, _)| field.name == name)
            .and_then(|(field, _)| field.node.text())
    }

    /// Returns true if the map has this field.
    pub(super) fn has(&self, name: &str) -> bool {
        self.entries.iter().any(|(field, _)| field.name == name)
    }

    /// Returns true if the map has this field and it was taken.
    pub(super) fn had(&self, name: &str) -> bool {
        self.entries
            .iter()
            .any(|(field, taken)| field.name == name && *taken)
    }

    /// Returns the place at which a missing key is reported: the first key of the map.
    pub(super) fn place(&self) -> Span {
        match &self.node.value {
            // Merged and referenced keys are elsewhere in the file.
            Value::Map(entries) => {
                let own =
                    |span: &Span| (self.node.span.start..=self.node.span.end).contains(&span.start);
                entries
                    .first()
                    .map(|(key, _)| key.span)
                    .filter(own)
                    .unwrap_or(self.node.span)
            }
            _ => self.node.span,
        }
    }
}
