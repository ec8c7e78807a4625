//! Guesses the meaning of a value that is not a whole number.

use super::dose::of_phrase;
use super::write::{decide_on_one, write};
use crate::diagnostic::remedy::Remedy;
use crate::program::notation::read_number;
use crate::program::parse::field::Field;
use crate::program::parse::phrase::number_word;
use crate::source::is_curly_quote;

/// Returns how to write a whole number from `low` to `high`.
pub(crate) fn number(field: &Field<'_>, text: &str, low: u64, high: u64) -> Remedy {
    let key = field.name;
    // Quotes as Word makes them.
    let bare = text.trim_matches(|c: char| c.is_whitespace() || is_curly_quote(c));
    if let Some(number) = read_number(bare).filter(|number| (low..=high).contains(number)) {
        return Remedy::Write(write(field, &number.to_string()));
    }
    if matches!(key, "up_to" | "pain_at_most") {
        return pain(field, text);
    }
    if matches!(key, "reps" | "sets") {
        return repetitions(field, text, low, high);
    }
    let lower = text.trim().to_lowercase();
    if let Some(remedy) = other_unit(field, &lower) {
        return remedy;
    }
    // `2 weeks`, `week 3`, `6 sessions`, `two`
    let words: Vec<&str> = lower
        .split(|c: char| !c.is_alphanumeric())
        .filter(|word| !word.is_empty())
        .collect();
    let spaced: Vec<String> = words
        .iter()
        .map(|word| number_word(word).unwrap_or(word).to_owned())
        .collect();
    let numbers: Vec<u64> = spaced.iter().filter_map(|word| read_number(word)).collect();
    let rest_is_known = spaced.iter().all(|word| {
        read_number(word).is_some()
            || matches!(
                word.as_str(),
                "week" | "weeks" | "session" | "sessions" | "after" | "from" | "to" | "wk" | "wks"
            )
    });
    match numbers.as_slice() {
        [only] if rest_is_known && (low..=high).contains(only) => {
            Remedy::Write(write(field, &only.to_string()))
        }
        [one, other] if rest_is_known && one < other && *other <= high => {
            let mut readings = vec![("the lower number", *one), ("the upper number", *other)];
            if key == "weeks" && *one > 1 {
                readings.push((
                    "the number of weeks from the first to the last",
                    other - one + 1,
                ));
            }
            readings.retain(|(_, number)| *number >= low);
            let readings = readings
                .into_iter()
                .map(|(words, number)| (words.to_owned(), write(field, &number.to_string())));
            decide_on_one(readings)
        }
        _ => Remedy::words(format!("write one number from {low} to {high}, in digits")),
    }
}

/// Returns how to write a number of repetitions or sets.
fn repetitions(field: &Field<'_>, text: &str, low: u64, high: u64) -> Remedy {
    let lower = text.trim().to_lowercase();
    if let Some(remedy) = of_phrase(field, text) {
        return remedy;
    }
    if ["max", "amrap", "fatigue", "failure", "as many", "possible"]
        .iter()
        .any(|word| lower.contains(word))
    {
        return Remedy::words(format!(
            "for training, choose one number from {low} to {high}; for a test of as many as \
             possible, write `measure:` with `reps` instead of this line"
        ));
    }
    if lower.starts_with('+') && field.map.id == "step" {
        return Remedy::words(format!(
            "a step needs the whole new dose, not the increase: write the new total from {low} to \
             {high}"
        ));
    }
    let rest = if field.map.key("instructions").is_some() {
        "; write a load as `load: …` on its own line, and other words in `instructions:`"
    } else {
        ""
    };
    Remedy::words(format!("write one number from {low} to {high} here{rest}"))
}

/// Returns the remedy of a number with the unit of another key, such as weeks for a key that counts
/// sessions.
fn other_unit(field: &Field<'_>, lower: &str) -> Option<Remedy> {
    let words: Vec<&str> = lower
        .split(|c: char| !c.is_alphanumeric())
        .filter(|word| !word.is_empty())
        .collect();
    let has = |units: &[&str]| words.iter().any(|word| units.contains(word));
    let read = |word: &&str| read_number(number_word(word).unwrap_or(word));
    let [number] = words.iter().filter_map(read).collect::<Vec<u64>>()[..] else {
        return None;
    };
    let (weeks, sessions) = (
        has(&["week", "weeks", "wk", "wks"]),
        has(&["session", "sessions", "visits", "times"]),
    );
    let free = |key: &str| field.beside(key).is_none() && field.is_whole();
    let entry = |text: String| Some(Remedy::entries([text]));
    match field.name {
        "after_sessions" if weeks && free("week") => entry(format!("week: {}", number + 1)),
        "week" if weeks && has(&["after"]) => {
            Some(Remedy::Write(write(field, &(number + 1).to_string())))
        }
        "week" if sessions && free("after_sessions") => entry(format!("after_sessions: {number}")),
        "weeks" if sessions && free("advance_when") => {
            entry(format!("advance_when: {{sessions: {number}}}"))
        }
        "sessions" if weeks => Some(Remedy::words(format!(
            "weeks have their own line: write `weeks: {number}` in the phase, beside \
             `advance_when:`"
        ))),
        "week" | "weeks" | "sessions" | "after_sessions"
            if weeks || sessions || has(&["day", "days"]) =>
        {
            let right = match field.name {
                "week" | "weeks" => weeks,
                _ => sessions,
            };
            (!right).then(|| {
                let (this, other) = if field.name.ends_with("sessions") {
                    ("sessions", "weeks")
                } else {
                    ("weeks", "sessions")
                };
                Remedy::words(format!(
                    "`{}` counts {this}, not {other} or days: write how many {this}",
                    field.name
                ))
            })
        }
        _ => None,
    }
}

/// Returns how to write the highest pain of a range.
fn pain(field: &Field<'_>, text: &str) -> Remedy {
    let lower = text.trim().to_lowercase();
    let numbers: Vec<u64> = lower
        .split(|c: char| !c.is_ascii_digit())
        .filter_map(read_number)
        .filter(|number| *number <= 10)
        .collect();
    let has = |marks: &[&str]| marks.iter().any(|mark| lower.contains(mark));
    let scale = has(&["/", "of"]);
    let highest = match numbers.as_slice() {
        [only] if has(&["+", ">", "≥", "or more", "above", "over", "from"]) => {
            if field.name == "pain_at_most" || *only > 10 {
                None
            } else {
                Some(10)
            }
        }
        [only] if has(&["≤", "<=", "up to", "at most", "max", "or less"]) => Some(*only),
        [only] if has(&["<", "below", "under", "less than"]) => only.checked_sub(1),
        [only] => {
            let words = lower
                .split(|c: char| !c.is_alphabetic())
                .filter(|word| !word.is_empty());
            words
                .clone()
                .all(|word| matches!(word, "pain" | "nrs" | "vas"))
                .then_some(*only)
        }
        [low, 10] if scale => Some(*low),
        [low, high] if low < high && !scale => Some(*high),
        _ => lower
            .split_whitespace()
            .find_map(number_word)
            .and_then(read_number)
            .filter(|number| *number <= 10),
    };
    match highest {
        Some(highest) => Remedy::Write(write(field, &highest.to_string())),
        None => Remedy::words("write one number from 0 to 10: the highest pain that belongs here"),
    }
}

/// Describes how to write the condition for the next phase, from a single value such as `6
/// sessions`.
pub(crate) fn advance(field: &Field<'_>) -> String {
    let text = field.node.text().unwrap_or_default().to_lowercase();
    let numbers: Vec<u64> = text
        .split(|c: char| !c.is_ascii_digit())
        .filter_map(read_number)
        .collect();
    match numbers.as_slice() {
        [weeks] if text.contains("week") => format!("`weeks: {weeks}` instead of `advance_when:`"),
        [sessions] if text.contains("session") => {
            format!("`advance_when: {{sessions: {sessions}}}`")
        }
        [pain] if text.contains("pain") && (text.contains('<') || text.contains("below")) => {
            format!(
                "`advance_when: {{pain_at_most: {}}}`",
                pain.saturating_sub(u64::from(!text.contains('=')))
            )
        }
        _ => "`advance_when:` and below it `sessions: …` or `pain_at_most: …`; weeks have their \
             own line, `weeks: …`"
            .to_owned(),
    }
}
