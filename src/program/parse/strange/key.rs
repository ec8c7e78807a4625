//! A key that its map can't have, with its surroundings.

use crate::program::keys::FormatMap;
use crate::program::parse::quotes::quoted;
use crate::yaml::Node;

/// A key that its map can't have.
pub(crate) struct Strange<'n> {
    /// The key and its value.
    pub(crate) key: &'n Node<'n>,
    pub(crate) value: &'n Node<'n>,
    /// The map that has it, and its entries.
    pub(crate) map: &'static FormatMap,
    pub(crate) entries: &'n [(Node<'n>, Node<'n>)],
    /// The name of the map in messages.
    pub(crate) what: &'n str,
    /// The value as it is written in the file.
    pub(crate) raw: &'n str,
}

impl Strange<'_> {
    pub(crate) fn has(&self, key: &str) -> bool {
        self.entries
            .iter()
            .any(|(other, _)| other.text() == Some(key))
    }

    /// Returns the value on one line, fit for braces. None if it needs several lines.
    pub(crate) fn value_inline(&self) -> Option<String> {
        let raw = self.raw.trim();
        (!raw.contains('\n') && !raw.is_empty()).then(|| quoted(raw))
    }
}
