//! Reads exercises and pain bands that are written on one line, such as `- Wall squat: 3x10` and `-
//! 0-3 fine`.

use super::decoder::Decoder;
use super::phrase;
use super::quotes::quoted;
use crate::diagnostic::remedy::{Change, Remedy};
use crate::diagnostic::{Diagnostic, nearest_all};
use crate::program::keys;
use crate::program::notation::read_number;
use crate::source::Span;
use crate::yaml::{Node, Value};

/// Returns the entries of a phrase with one meaning.
fn entries_of(text: &str) -> Option<Vec<(&'static str, String)>> {
    match phrase::meanings("reps", text)?.all.as_slice() {
        [only] => Some(only.entries.clone()),
        _ => None,
    }
}

/// Splits a name from the dose after it: `Wall squat, 3 x 10`. A number alone belongs to the name.
pub(super) fn name_and_dose(text: &str) -> Option<(&str, Vec<(&'static str, String)>)> {
    let starts = text.char_indices().filter(|(at, c)| {
        c.is_ascii_digit()
            && text
                .get(..*at)
                .is_some_and(|before| before.ends_with([' ', '(']))
    });
    starts
        .map(|(at, _)| text.split_at(at))
        .find_map(|(name, dose)| {
            let entries = entries_of(dose).filter(|_| read_number(dose.trim()).is_none())?;
            let name = name.trim_end_matches([' ', ',', ';', ':', '-', '–', '(', '@']);
            (!name.is_empty()).then_some((name, entries))
        })
}

/// Writes keys and values as entries.
fn written(entries: Vec<(&'static str, String)>) -> impl Iterator<Item = String> {
    entries
        .into_iter()
        .map(|(key, value)| format!("{key}: {value}"))
}

/// Reads the two ends of a range of pain. One number is both ends.
fn range(text: &str) -> Option<(u64, u64)> {
    let numbers: Option<Vec<u64>> = text
        .split(['-', '–', '—'])
        .map(|part| read_number(part.trim()))
        .collect();
    match numbers?.as_slice() {
        [only] if *only <= 10 => Some((*only, *only)),
        [low, high] if low <= high && *high <= 10 => Some((*low, *high)),
        _ => None,
    }
}

/// Writes a band for a range of pain. A band called stop ends the session.
fn band(pain: &str, label: &str) -> Option<[Option<String>; 3]> {
    let (_, high) = range(pain)?;
    let label = label.trim_start_matches([' ', ':', ',', '=']).trim();
    let stops = label
        .to_lowercase()
        .contains("stop")
        .then(|| "stop: true".to_owned());
    (!label.is_empty()).then(|| {
        [
            Some(format!("up_to: {high}")),
            Some(format!("label: {}", quoted(label))),
            stops,
        ]
    })
}

/// Writes the band of a key and its value, either of which may be the pain.
fn band_of(key: &str, value: &str) -> Option<Vec<String>> {
    let entries = band(key, value).or_else(|| band(value, key))?;
    Some(entries.into_iter().flatten().collect())
}

/// Returns the range of a band, if it is written as one: `4-6`.
pub(super) fn begin_of_band(text: &str) -> Option<(u64, u64)> {
    range(text).filter(|(low, high)| low < high)
}

/// Reports `Wall squat: 3x10`, with a name in the place of a key.
fn name_as_key(entries: &[(Node<'_>, Node<'_>)], what: &str) -> Option<Diagnostic> {
    let (key, value) = entries.first()?;
    let name = key.text()?.trim();
    let is_known = |name: &str| keys::EXERCISE.key(name).is_some();
    let named = entries.iter().any(|(key, _)| {
        key.text()
            .is_some_and(|key| matches!(key, "name" | "exercise"))
    });
    let looks_like_a_name = name.contains(' ') || name.starts_with(char::is_uppercase);
    if named
        || !looks_like_a_name
        || is_known(name)
        || !nearest_all(name, keys::EXERCISE.names()).is_empty()
    {
        return None;
    }
    let Value::Scalar { text, .. } = &value.value else {
        return None;
    };
    let dose = if text.trim().is_empty() {
        Some(Vec::new())
    } else {
        entries_of(text)
    };
    let name = format!("name: {}", quoted(name));
    let remedy = match dose {
        Some(dose) => Remedy::entries([name].into_iter().chain(written(dose))),
        None => Remedy::words(format!(
            "write `{name}` and below it its dose, such as `sets: …` and `reps: …`"
        )),
    };
    Some(Diagnostic::name_as_key(key.span, what, remedy))
}

impl Decoder<'_> {
    /// Reports an exercise with its name and dose on one line, and returns true if it did.
    pub(super) fn exercise_in_one_line(&mut self, node: &Node<'_>, what: &str) -> bool {
        let found = match &node.value {
            Value::Scalar { text, .. } if !text.trim().is_empty() => {
                let remedy = name_and_dose(text).map(|(name, entries)| {
                    Remedy::entries(
                        [format!("name: {}", quoted(name))]
                            .into_iter()
                            .chain(written(entries)),
                    )
                });
                let example = format!("`- name: {}` and below it its dose", quoted(text));
                let diagnostic = Diagnostic::not_a_map(node.span, what, node.kind(), &example);
                Some(remedy.map_or(diagnostic.clone(), |remedy| diagnostic.remedy(remedy)))
            }
            Value::Map(entries) => name_as_key(entries, what),
            _ => None,
        };
        let is_one = found.is_some();
        self.diagnostics.extend(found);
        is_one
    }

    /// Reports a pain band on one line, and returns true if it did.
    pub(super) fn band_in_one_line(&mut self, node: &Node<'_>) -> bool {
        let remedy = match &node.value {
            Value::Scalar { text, .. } => {
                let end = text
                    .find(|c: char| !c.is_ascii_digit() && !" -–—".contains(c))
                    .unwrap_or(text.len());
                let (pain, label) = text.split_at(end);
                band(pain.trim(), label).map(|entries| {
                    Remedy::value(format!(
                        "{{{}}}",
                        entries.into_iter().flatten().collect::<Vec<_>>().join(", ")
                    ))
                })
            }
            Value::Map(entries) => match entries.as_slice() {
                [(key, value)] if keys::BAND.key(key.text().unwrap_or_default()).is_none() => {
                    band_of(
                        key.text().unwrap_or_default(),
                        value.text().unwrap_or_default(),
                    )
                    .map(Remedy::entries)
                }
                _ => None,
            },
            Value::List(_) => None,
        };
        let Some(remedy) = remedy else { return false };
        self.diagnostics
            .push(Diagnostic::not_a_map(node.span, "a band", node.kind(), "").remedy(remedy));
        true
    }

    /// Describes how to write bands without dashes, with the first of them as the example.
    pub(super) fn bands_without_dashes(node: &Node<'_>) -> Option<String> {
        let Value::Map(entries) = &node.value else {
            return None;
        };
        let (key, value) = entries.first()?;
        let band = band_of(key.text()?, value.text()?)?.join(", ");
        Some(format!(
            "`- {{{band}}}` instead of the first line, and write each band like that"
        ))
    }

    /// Reports a wrong dash before a key, `–name` or `-name`, and returns true if it did.
    pub(super) fn bad_dash(&mut self, node: &Node<'_>) -> bool {
        let Value::Map(entries) = &node.value else {
            return false;
        };
        let Some((key, _)) = entries.first() else {
            return false;
        };
        let text = key.text().unwrap_or_default();
        let bare = text.trim_start_matches(['–', '—', '−', '-', '•', '·', ' ']);
        if bare == text || keys::EXERCISE.key(bare).is_none() {
            return false;
        }
        let long = !text.starts_with('-');
        self.diagnostics.push(Diagnostic::bad_dash(
            key.span,
            long,
            Change::Key(format!("- {bare}")),
        ));
        true
    }
}

/// Returns true for an item of a list of exercises that has a name.
pub(super) fn has_name(node: &Node<'_>) -> bool {
    let Value::Map(entries) = &node.value else {
        return false;
    };
    entries
        .iter()
        .any(|(key, _)| matches!(key.text(), Some("name" | "exercise")))
}

/// Returns true for an item that has only keys that the exercise above it doesn't have.
pub(super) fn is_torn_off(above: &Node<'_>, node: &Node<'_>) -> bool {
    let (Value::Map(above), Value::Map(entries)) = (&above.value, &node.value) else {
        return false;
    };
    let lacks = |key: &str| !above.iter().any(|(other, _)| other.text() == Some(key));
    let is_other =
        |key: &str| keys::EXERCISE.key(key).is_some() && !matches!(key, "name" | "exercise");
    !entries.is_empty()
        && entries
            .iter()
            .all(|(key, _)| key.text().is_some_and(|key| is_other(key) && lacks(key)))
}

/// Returns the place of the first key of a map.
pub(super) fn first_key(node: &Node<'_>) -> Span {
    match &node.value {
        Value::Map(entries) => entries.first().map_or(node.span, |(key, _)| key.span),
        _ => node.span,
    }
}
