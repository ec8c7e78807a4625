//! The format reference for people, made from the table of keys: one key, or all of them.

use super::keys::{FormatKey, FormatMap, MAPS, ValueKind};
use super::red_flags::{self, Entry};
use super::{figure_reference, words};
use crate::diagnostic::nearest;

/// Returns where in a file the keys of a group belong.
fn describe_place(map: &FormatMap) -> &'static str {
    match map.id {
        "program" => "at the top of the file",
        "exercise" => "in an exercise",
        "defaults" => "under `defaults`",
        "step" => "in a step of `progression`",
        "phase" => "in a phase",
        "advance_when" => "under `advance_when`",
        "pain" => "under `pain`",
        "band" => "in a band under `pain`",
        "therapist" => "under `therapist`",
        "muscles" => "under `muscles`",
        _ => "",
    }
}

/// Returns each meaning of a key with the groups of keys in which it has this meaning.
fn meanings(name: &str) -> Vec<(&'static FormatKey, Vec<&'static FormatMap>)> {
    let mut meanings: Vec<(&'static FormatKey, Vec<&'static FormatMap>)> = Vec::new();
    for map in MAPS {
        let Some(key) = map.key(name) else { continue };
        match meanings
            .iter_mut()
            .find(|(other, _)| other.about == key.about)
        {
            Some((_, maps)) => maps.push(map),
            None => meanings.push((key, vec![map])),
        }
    }
    meanings
}

/// Explains a key in every place it belongs to, or in one place, such as `pain.bands`. Explains a
/// list of red flags too. None if there is no such key or list.
pub fn explain(word: &str) -> Option<String> {
    let word = word
        .trim()
        .trim_matches(['`', ':'])
        .to_lowercase()
        .replace('-', "_");
    let (within, name) = word
        .rsplit_once('.')
        .map_or((None, word.as_str()), |(within, name)| (Some(within), name));
    let mut parts = Vec::new();
    for (key, maps) in meanings(name) {
        let maps: Vec<&FormatMap> = maps
            .into_iter()
            .filter(|map| within.is_none_or(|within| is_called(map, within)))
            .collect();
        if maps.is_empty() {
            continue;
        }
        let places: Vec<&str> = maps.iter().map(|map| describe_place(map)).collect();
        parts.push(format!(
            "{} - {}\n\n{}\n\n{}",
            key.name,
            places.join(", "),
            key.about,
            indented(key.example)
        ));
        if let Some(inner) = inner(key) {
            parts.push(format!(
                "Keys inside: {}.",
                inner.names().collect::<Vec<_>>().join(", ")
            ));
        }
    }
    if name == "stop_if" && !parts.is_empty() {
        parts.push("The library's lists of red flags:".to_owned());
        parts.extend(red_flags::all().iter().map(red_flags::card));
    }
    if parts.is_empty()
        && let Entry::List(list) | Entry::Near(list) = red_flags::entry(&word.replace('_', "-"))
    {
        parts.push(red_flags::card(list));
    }
    if name == "figure" && !parts.is_empty() {
        parts.push(figure_reference::markdown().trim_end().to_owned());
    }
    (!parts.is_empty()).then(|| parts.join("\n\n"))
}

/// Returns whether a word names a group of keys: its id, or a key that holds it.
fn is_called(map: &FormatMap, word: &str) -> bool {
    map.id == word
        || MAPS
            .iter()
            .flat_map(|outer| outer.keys)
            .any(|key| key.name == word && inner(key).is_some_and(|inner| inner.id == map.id))
}

/// Returns the group of keys that is a key's value.
fn inner(key: &FormatKey) -> Option<&'static FormatMap> {
    match key.kind {
        ValueKind::Map(map) | ValueKind::Maps(map, _) => Some(map),
        _ => None,
    }
}

/// Indents each line by four spaces.
fn indented(text: &str) -> String {
    format!("    {}", text.replace('\n', "\n    "))
}

/// Returns the key that a misspelled one probably means.
pub fn near(word: &str) -> Option<&'static str> {
    nearest(word, MAPS.iter().flat_map(|map| map.names()))
}

/// Returns the names of all keys by place.
pub fn overview() -> String {
    let mut lines = Vec::new();
    for map in MAPS {
        lines.push(format!("{}:", words::capitalized(describe_place(map))));
        let names: Vec<&str> = map.names().collect();
        lines.push(format!("  {}", names.join(", ")));
        lines.push(String::new());
    }
    lines.push("regimen explain KEY explains a key, for example: regimen explain hold".to_owned());
    lines.push(format!(
        "regimen explain ID shows a list of red flags: {}",
        red_flags::ids().join(", ")
    ));
    lines.join("\n")
}

const HOW_TO_WRITE: &str = "\
A program is a text file whose name ends in `.yaml`. Use any editor that saves plain text (UTF-8).

- Write `key: value`, with a space after the colon.
- Lines that belong together begin in the same column. Use spaces at the start of a line, never \
the Tab key.
- Each entry of a list begins with a dash and a space. A short list can be on one line: \
`[8, 6, 4]`.
- Put a text in quotes if it contains a colon and a space, or begins with a sign such as `*`, `!`, \
`[` or `\"`.
- Anything after ` #` is a private note.
- Write a length of time as `30 s`, `2.5 s`, `2 min`, `1 min 30 s`, `1:30` or `1 h`. A number \
alone is seconds.
- Delete the lines of keys that you don't need.

`regimen check FILE` lists every mistake with its line and how to fix it.";

/// Returns the whole reference as Markdown.
pub fn markdown() -> String {
    let mut text = format!("# The program file, format 1\n\n{HOW_TO_WRITE}\n");
    for map in MAPS {
        text.push_str(&format!(
            "\n## {}\n\n{}\n",
            words::capitalized(describe_place(map)),
            map.about
        ));
        for key in map.keys {
            text.push_str(&format!(
                "\n### `{}`\n\n{}\n\n```yaml\n{}\n```\n",
                key.name, key.about, key.example
            ));
        }
    }
    text.push_str(&format!(
        "\n## Lists of red flags\n\n{}",
        red_flags::markdown()
    ));
    text.push_str(&format!(
        "\n## A figure of your own\n\n{}",
        figure_reference::markdown()
    ));
    text
}
