//! Finishes the entries of a map: drops duplicate keys and merges references.

use std::collections::HashMap;
use std::collections::hash_map::Entry;

use super::tree::{Entries, Value};
use crate::diagnostic::Diagnostic;
use crate::source::Span;

/// The longest key, in characters.
const LONGEST_KEY: usize = 64;

/// Drops duplicate keys and keys that are not a text, and merges in the maps of `<<`.
pub(super) fn finish<'s>(entries: Entries<'s>, diagnostics: &mut Vec<Diagnostic>) -> Entries<'s> {
    let mut places: HashMap<String, Span> = HashMap::with_capacity(entries.len());
    let mut kept = Vec::with_capacity(entries.len());
    let mut merged = Vec::new();
    for (key, value) in entries {
        let Value::Scalar { text, plain } = &key.value else {
            diagnostics.push(Diagnostic::complex_key(key.span));
            continue;
        };
        if *plain && text == "<<" {
            merged.push(value);
        } else if text.len() > LONGEST_KEY && text.chars().count() > LONGEST_KEY {
            diagnostics.push(Diagnostic::long_key(key.span));
        } else if let Some(first) = places.get(text.as_ref()) {
            diagnostics.push(Diagnostic::duplicate_key(key.span, *first, text));
        } else {
            places.insert(text.clone().into_owned(), key.span);
            kept.push((key, value));
        }
    }
    for source in merged {
        let span = source.span;
        let maps = match source.value {
            Value::List(items) => items,
            _ => vec![source],
        };
        for map in maps {
            let Value::Map(entries) = map.value else {
                diagnostics.push(Diagnostic::bad_merge(span));
                continue;
            };
            for (key, value) in entries {
                let text = key.text().unwrap_or_default().to_owned();
                // A written key wins over a merged one, and the first merged key over later ones.
                if let Entry::Vacant(place) = places.entry(text) {
                    place.insert(key.span);
                    kept.push((key, value));
                }
            }
        }
    }
    kept
}
