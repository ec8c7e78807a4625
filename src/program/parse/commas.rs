//! Finds commas that cut a sentence in two: in a list on one line, and in keys on one line.

use super::quotes::in_quotes;
use crate::diagnostic::{Diagnostic, nearest};
use crate::program::keys::{FormatMap, ValueKind};
use crate::program::red_flags::{self, Entry};
use crate::source::Span;
use crate::yaml::{Node, Value};

/// Words that continue a sentence and don't begin one.
const JOINTS: &[&str] = &[
    "or", "and", "then", "but", "nor", "unless", "until", "because", "so",
];

/// The longest remedy that writes out the whole list, in bytes.
const LONG: usize = 300;

/// Returns true if a text continues the one before it.
fn goes_on(text: &str, after_a_beginning: bool, short: bool) -> bool {
    let word = text
        .split(|c: char| !c.is_alphanumeric())
        .next()
        .unwrap_or_default();
    let begins_small = text.starts_with(|c: char| c.is_lowercase() || c.is_ascii_digit());
    JOINTS.contains(&word)
        || !short && after_a_beginning && begins_small && red_flags::entry(text) == Entry::Sentence
}

/// Returns advice about a list on one line whose commas cut sentences; None if they don't.
pub(super) fn cut_sentences(text: &str, key: &str, node: &Node<'_>) -> Option<Diagnostic> {
    let Value::List(items) = &node.value else {
        return None;
    };
    if !text
        .get(node.span.start..)
        .is_some_and(|text| text.starts_with('['))
    {
        return None;
    }
    // Cues are a few words, often in lower case. Equipment isn't a sentence.
    let short = match key {
        "stop_if" | "precautions" | "goals" | "instructions" | "mistakes" => false,
        "cues" => true,
        _ => return None,
    };
    let mut sentences: Vec<String> = Vec::new();
    let (mut count, mut cut, mut last_is_plain) = (0, false, false);
    for item in items.iter().filter(|item| !item.is_nothing()) {
        let Value::Scalar { text, plain } = &item.value else {
            return None;
        };
        let text = text.trim();
        let begun = sentences
            .last()
            .is_some_and(|last| last.starts_with(char::is_uppercase));
        count += 1;
        match sentences.last_mut() {
            Some(last) if *plain && last_is_plain && goes_on(text, begun, short) => {
                cut = true;
                last.push_str(", ");
                last.push_str(text);
            }
            _ => sentences.push(text.to_owned()),
        }
        last_is_plain = *plain;
    }
    if !cut {
        return None;
    }
    let whole: Vec<String> = sentences.iter().map(|text| in_quotes(text)).collect();
    let whole = format!("{key}: [{}]", whole.join(", "));
    let first = sentences
        .iter()
        .find(|text| text.contains(", "))
        .map(|text| in_quotes(text))
        .unwrap_or_default();
    let remedy = if whole.len() <= LONG { whole } else { first };
    Some(Diagnostic::comma_splits(node.span, key, count, &remedy))
}

/// Returns the report of a comma in a text on one line that turned the rest of the text into a key.
pub(super) fn cut_text(
    text: &str,
    node: &Node<'_>,
    index: usize,
    map: &FormatMap,
) -> Option<Diagnostic> {
    let Value::Map(entries) = &node.value else {
        return None;
    };
    if !text
        .get(node.span.start..)
        .is_some_and(|text| text.starts_with('{'))
    {
        return None;
    }
    let (rest, nothing) = entries.get(index)?;
    let rest = rest.text()?.trim();
    let first = rest.split_whitespace().next()?;
    // A key without a colon isn't a sentence: `{name: Bridge, reps 10}`.
    let is_key = |word: &str| {
        // `{name: Bridge, reps:10}`
        let word = word.split(':').next().unwrap_or_default();
        map.key(word).is_some() || nearest(word, map.names()).is_some()
    };
    if !nothing.is_nothing() || nothing.open || is_key(first) {
        return None;
    }
    // Several commas leave several such keys. Each gives the same report, which counts once.
    let before = entries.get(..index)?;
    let from = before.iter().rposition(|(_, value)| !value.is_nothing())?;
    let (key, value) = before.get(from)?;
    let Value::Scalar { text, plain: true } = &value.value else {
        return None;
    };
    let name = key.text()?;
    if !matches!(
        map.key(name)?.kind,
        ValueKind::Text | ValueKind::Name | ValueKind::Texts | ValueKind::StopSigns
    ) {
        return None;
    }
    let rests = entries
        .get(from + 1..)?
        .iter()
        .take_while(|(_, value)| value.is_nothing());
    let mut whole = text.trim().to_owned();
    let mut end = value.span.end;
    for (rest, _) in rests {
        whole.push_str(", ");
        whole.push_str(rest.text()?.trim());
        end = end.max(rest.span.end);
    }
    Some(Diagnostic::comma_ends_text(
        Span::new(value.span.start, end),
        name,
        &in_quotes(&whole),
    ))
}
