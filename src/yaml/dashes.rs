//! Finds entries of a list that have no dash, reports them and splits them, so that none of them is
//! lost.

use super::entries;
use super::tree::{Entries, Node, Value};
use super::vocabulary::Vocabulary;
use crate::diagnostic::Diagnostic;
use crate::source::Span;

/// What is around a map.
pub(super) struct Surroundings {
    /// Whether the map is an entry of a list.
    pub(super) in_list: bool,
    /// The key that has the map as its value.
    pub(super) key: Option<String>,
    /// Whether the map is the whole document.
    pub(super) outermost: bool,
    /// Whether the map is written in braces.
    pub(super) flow: bool,
    /// Whether the text broke off inside the map.
    pub(super) open: bool,
}

/// Finishes maps, and collects the missing dashes.
pub(super) struct Dashes<'d> {
    pub(super) vocabulary: &'static Vocabulary,
    pub(super) diagnostics: &'d mut Vec<Diagnostic>,
}

/// Returns the first key of an entry and its value, as text.
fn first_of<'e>(part: &'e Entries<'_>) -> Option<(&'e Node<'e>, &'e str, &'e str)> {
    let (key, value) = part.first()?;
    let text = |node: &'e Node<'_>| node.text().unwrap_or_default();
    Some((key, text(key), text(value)))
}

impl<'s> Dashes<'_> {
    /// Finishes a map that is closed. Returns its value, and the entries of the list around it that
    /// were part of the map because their dash is missing.
    pub(super) fn finish(
        &mut self,
        entries: Entries<'s>,
        around: &Surroundings,
    ) -> (Value<'s>, Vec<Node<'s>>) {
        let begins = entries
            .first()
            .and_then(|(key, _)| key.text())
            .is_some_and(|key| self.vocabulary.heads.contains(&key));
        let list = around
            .key
            .as_deref()
            .filter(|key| begins && self.vocabulary.lists.contains(key));
        if around.flow || !(around.in_list || list.is_some()) {
            let entries = if around.outermost && !around.flow {
                self.adopt_strays(entries, around.open)
            } else {
                entries
            };
            return (self.map(entries), Vec::new());
        }
        let mut parts = self.apart(entries).into_iter();
        if let Some(list) = list {
            let mut items = Vec::new();
            for (index, part) in parts.enumerate() {
                if let (0, Some((key, text, shown))) = (index, first_of(&part)) {
                    self.diagnostics
                        .push(Diagnostic::missing_first_dash(key.span, list, text, shown));
                }
                items.push(self.node_of(part, around.open));
            }
            return (Value::List(items), Vec::new());
        }
        let first = parts.next().unwrap_or_default();
        let value = self.map(first);
        let more = parts.map(|part| self.node_of(part, around.open)).collect();
        (value, more)
    }

    /// Moves entries without a dash that follow the main list into that list.
    fn adopt_strays(&mut self, entries: Entries<'s>, open: bool) -> Entries<'s> {
        let is =
            |node: &Node<'_>, keys: &[&str]| node.text().is_some_and(|key| keys.contains(&key));
        let list = entries.iter().position(|(key, value)| {
            is(key, self.vocabulary.main_list.as_slice())
                && matches!(&value.value, Value::List(items) if !items.is_empty())
        });
        let stray = list.and_then(|list| {
            entries
                .iter()
                .skip(list)
                .position(|(key, _)| is(key, &self.vocabulary.names))
                .map(|after| list + after)
        });
        let (Some(list), Some(stray)) = (list, stray) else {
            return entries;
        };
        let mut kept = Vec::with_capacity(entries.len());
        let mut strays = Vec::new();
        for (index, (key, value)) in entries.into_iter().enumerate() {
            let is_of_list = key.text().is_some_and(self.vocabulary.is_of_main_list);
            if index >= stray && is_of_list {
                strays.push((key, value));
            } else {
                kept.push((key, value));
            }
        }
        let parts = self.apart(strays);
        let Some((_, list)) = kept.get_mut(list) else {
            return kept;
        };
        let Value::List(items) = &mut list.value else {
            return kept;
        };
        for (index, part) in parts.into_iter().enumerate() {
            if let (0, Some((key, text, shown))) = (index, first_of(&part)) {
                let above = match items.last().map(|above| &above.value) {
                    Some(Value::Map(entries)) => entries.first().map(|(key, _)| key.span),
                    _ => None,
                };
                let above = above.unwrap_or(key.span);
                self.diagnostics
                    .push(Diagnostic::missing_dash(key.span, above, text, shown));
            }
            items.push(self.node_of(part, open));
        }
        kept
    }

    /// Splits entries where the next entry of the list begins, and reports each missing dash.
    fn apart(&mut self, entries: Entries<'s>) -> Vec<Entries<'s>> {
        let mut parts: Vec<Entries<'s>> = vec![Vec::new()];
        for (key, value) in entries {
            if let Some(part) = parts.last()
                && let Some(missing) = self.missing_dash(part, &key, &value)
            {
                self.diagnostics.push(missing);
                parts.push(Vec::new());
            }
            if let Some(part) = parts.last_mut() {
                part.push((key, value));
            }
        }
        parts
    }

    /// Returns a report if a key begins the next entry of the list.
    fn missing_dash(
        &self,
        part: &Entries<'s>,
        key: &Node<'s>,
        value: &Node<'s>,
    ) -> Option<Diagnostic> {
        let text = key.text().unwrap_or_default();
        let (first, first_key, _) = first_of(part)?;
        if !self.vocabulary.heads.contains(&text) {
            return None;
        }
        let before = |wanted: &str| {
            part.iter()
                .position(|(other, _)| other.text() == Some(wanted))
        };
        let after_body = part.iter().any(|(other, _)| {
            other
                .text()
                .is_some_and(|text| self.vocabulary.body.contains(&text))
        });
        let [one, other] = self.vocabulary.names;
        let other_name = match text {
            _ if text == one => before(other),
            _ if text == other => before(one),
            _ => None,
        };
        // Two names side by side belong to one entry.
        let again = before(text).is_some_and(|at| at + 1 < part.len());
        let shown = value.text().unwrap_or_default();
        if again && !(self.vocabulary.movable_heads.contains(&text) && before(text) != Some(0)) {
            return Some(Diagnostic::missing_dash(key.span, first.span, text, shown));
        }
        (other_name.is_some() && after_body)
            .then(|| Diagnostic::second_name(key.span, first.span, text, shown, first_key))
    }

    fn map(&mut self, entries: Entries<'s>) -> Value<'s> {
        Value::Map(entries::finish(entries, self.diagnostics))
    }

    fn node_of(&mut self, part: Entries<'s>, open: bool) -> Node<'s> {
        let start = part.first().map_or(0, |(key, _)| key.span.start);
        let end = part.last().map_or(start, |(_, value)| value.span.end);
        Node {
            span: Span::new(start, end),
            value: self.map(part),
            open,
        }
    }
}
