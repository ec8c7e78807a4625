//! Guesses the meaning of a dose written as one phrase, such as `reps: 3 x 10 each side`.

use super::write::{decide_on_one, same};
use crate::diagnostic::remedy::{Change, Remedy};
use crate::program::parse::field::Field;
use crate::program::parse::phrase::{self, Meaning};

/// Returns the remedy of a phrase. None if the phrase isn't clear.
pub(super) fn of_phrase(field: &Field<'_>, text: &str) -> Option<Remedy> {
    let (text, load) = match split_load(text).filter(|_| field.map.key("load").is_some()) {
        Some((text, load)) => (text, Some(load)),
        None => (text, None),
    };
    let mut meanings = phrase::meanings(field.name, text)?;
    let all = &mut meanings.all;
    if let Some(load) = load {
        for meaning in &mut *all {
            meaning.entries.push(("load", load.clone()));
        }
    }
    let says_each = field.name == "hold" && text.trim_end().to_lowercase().ends_with(" each");
    if says_each && (field.beside("reps").is_some() || field.beside("sets").is_some()) {
        add_each_time(all);
    }
    drop_unlikely(field, all);
    let mut readings = Vec::new();
    for meaning in all {
        // With one hold per set, the sides alternate from set to set.
        let has_reps =
            meaning.entries.iter().any(|(key, _)| *key == "reps") || field.beside("reps").is_some();
        for (key, value) in &mut meaning.entries {
            if *key == "side" && value == "alternate" && !has_reps {
                "each".clone_into(value);
            }
        }
        match fit(field, meaning) {
            Ok(change) => readings.push((meaning.words.clone(), change)),
            Err(key) => return Some(in_conflict(field, key, meaning)),
        }
    }
    let remedy = if meanings.range {
        decide_on_one(readings)
    } else {
        Remedy::readings(readings)
    };
    (!matches!(remedy, Remedy::Words(_))).then_some(remedy)
}

/// Adds the meanings of `30 s each` in which each repetition is held instead of each side.
fn add_each_time(all: &mut Vec<Meaning>) {
    let times: Vec<Meaning> = all
        .iter()
        .map(|meaning| {
            let entries = meaning
                .entries
                .iter()
                .filter(|(key, _)| *key != "side")
                .cloned()
                .collect();
            Meaning {
                words: "each time".to_owned(),
                entries,
            }
        })
        .collect();
    for meaning in &mut *all {
        "on each side".clone_into(&mut meaning.words);
    }
    all.splice(0..0, times);
}

/// Drops meanings that the other keys of the map or the ranges of the format rule out.
fn drop_unlikely(field: &Field<'_>, all: &mut Vec<Meaning>) {
    if all.len() > 1
        && let Some(side) = field.beside("side")
    {
        // A number for each side fits only a side rule with turns.
        let in_turn = matches!(side, "each" | "alternate");
        all.retain(|meaning| {
            in_turn
                || !meaning
                    .entries
                    .iter()
                    .any(|(key, value)| *key == "side" && value == "each")
        });
    }
    // Thirty sets aren't meant if the same words can mean three.
    let in_range = |meaning: &Meaning| {
        meaning
            .entries
            .iter()
            .all(|(key, value)| match (*key, value.parse::<u64>()) {
                ("sets", Ok(sets)) => sets <= 20,
                ("reps", Ok(reps)) => reps <= 200,
                _ => true,
            })
    };
    if all.iter().any(in_range) {
        all.retain(in_range);
    }
}

/// Returns the change that writes a meaning beside the other keys of the map. The error is the key
/// that contradicts it.
fn fit(field: &Field<'_>, meaning: &Meaning) -> Result<Change, &'static str> {
    let mut entries = Vec::new();
    for (key, value) in &meaning.entries {
        if *key == field.name {
            entries.push(format!("{key}: {value}"));
            continue;
        }
        match field.beside(key) {
            // `each` and `alternate` both give each side its turn.
            Some(found)
                if same(found, value)
                    || (*key == "side" && value == "each" && found == "alternate") => {}
            Some(_) => return Err(key),
            None if field.map.key(key).is_none() => return Err(key),
            // No other key is in the way.
            None => entries.push(format!("{key}: {value}")),
        }
    }
    if field.is_whole() {
        return Ok(Change::Entries(entries));
    }
    match meaning.entries.as_slice() {
        [(key, value)] if *key == field.name => Ok(Change::Value(value.clone())),
        [(key, _), ..] => Err(key),
        [] => Err(field.name),
    }
}

/// Splits the load from the end of a dose: `3 x 10 @ 5kg`.
fn split_load(text: &str) -> Option<(&str, String)> {
    let text = text.trim();
    let (before, unit) = [("kg", "kg"), ("lbs", "lb"), ("lb", "lb")]
        .iter()
        .find_map(|(word, unit)| Some((text.strip_suffix(word)?.trim_end(), *unit)))?;
    let rest = before.trim_end_matches(|c: char| c.is_ascii_digit() || c == '.');
    let number = before
        .get(rest.len()..)
        .filter(|number| number.starts_with(|c: char| c.is_ascii_digit()))?;
    let rest = rest.trim_end();
    let rest = ["@", "with", "w/", "x", "at"]
        .iter()
        .find_map(|word| rest.strip_suffix(word))?
        .trim_end();
    (!rest.is_empty()).then(|| (rest, format!("{number} {unit}")))
}

/// Describes what to decide if a phrase contradicts another key of the map.
fn in_conflict(field: &Field<'_>, key: &str, meaning: &Meaning) -> Remedy {
    let said = meaning
        .entries
        .iter()
        .find(|(other, _)| *other == key)
        .map_or("", |(_, value)| value);
    if key == field.name {
        return Remedy::words(format!("write only a number for `{}` here", field.name));
    }
    if field.map.key(key).is_none() || !field.is_whole() {
        return Remedy::words(format!(
            "this also has a value for `{key}` ({said}), which can't be written here: decide \
             where it belongs, and write only a number here"
        ));
    }
    Remedy::words(format!(
        "this also has a value for `{key}` ({said}), but the line `{key}:` has another: decide \
         which one is right"
    ))
}
