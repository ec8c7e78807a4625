//! Guesses the meaning of a length of time or a tempo.

use std::time::Duration;

use super::dose::of_phrase;
use super::write::write;
use crate::diagnostic::remedy::{Change, Remedy};
use crate::program::notation::{
    read_duration, read_number, read_tempo, write_duration, write_tempo,
};
use crate::program::parse::field::Field;

/// Returns how to write a length of time.
pub(crate) fn length(field: &Field<'_>, text: &str) -> Remedy {
    let lower = text.trim().to_lowercase();
    let decimal = lower.replace(',', ".");
    if lower.matches(',').count() == 1
        && lower
            .split_once(',')
            .is_some_and(|(_, after)| after.bytes().take_while(u8::is_ascii_digit).count() == 1)
        && let Some(length) = read_duration(&decimal)
    {
        return Remedy::Write(write(field, &write_duration(length)));
    }
    if let Some(length) = minutes_and_seconds(&lower) {
        return Remedy::Write(write(field, &write_duration(length)));
    }
    let may_be_none = !matches!(field.name, "hold" | "duration");
    let is_none = matches!(
        lower.as_str(),
        "none" | "no" | "nil" | "off" | "-" | "n/a" | "false" | "no rest"
    );
    if field.name == "hold" && is_none && field.is_whole() && field.beside("reps").is_some() {
        return Remedy::Write(Change::Delete);
    }
    if may_be_none && is_none {
        return Remedy::Write(write(field, "0 s"));
    }
    // `45 s between sets`
    let words: Vec<&str> = lower
        .split_whitespace()
        .filter(|word| !matches!(*word, "between" | "rest" | "break" | "pause"))
        .collect();
    let shorter = words.join(" ");
    let shorter = if may_be_none {
        shorter.trim_end_matches("sets").trim()
    } else {
        lower.as_str()
    };
    if may_be_none && let Some(length) = read_duration(shorter) {
        return Remedy::Write(write(field, &write_duration(length)));
    }
    if let Some(remedy) = of_phrase(field, shorter) {
        return remedy;
    }
    if ["max", "fatigue", "failure", "as long", "possible"]
        .iter()
        .any(|word| lower.contains(word))
    {
        return Remedy::words(
            "for training, choose one length of time; for a test of as long as possible, write \
             `measure:` with `hold` instead of this line",
        );
    }
    let rest = if field.map.key("instructions").is_some() {
        "; write other words in `instructions:`"
    } else {
        ""
    };
    Remedy::words(format!(
        "write one number and its unit, `s` or `min`, here{rest}"
    ))
}

/// Reads `1'30`, `1m30` and `1min30`, with no unit after the seconds.
fn minutes_and_seconds(lower: &str) -> Option<Duration> {
    let digits = lower.bytes().take_while(u8::is_ascii_digit).count();
    let (minutes, rest) = lower.split_at_checked(digits)?;
    let marks = ["minutes", "mins", "min", "m", "'", "′", "’"];
    let seconds = marks.iter().find_map(|mark| rest.strip_prefix(mark))?;
    let seconds = read_number(seconds).filter(|number| seconds.len() == 2 && *number < 60)?;
    Some(Duration::from_secs(
        read_number(minutes)?
            .checked_mul(60)?
            .checked_add(seconds)?,
    ))
}

/// Returns how to write a tempo.
pub(crate) fn tempo(field: &Field<'_>, text: &str) -> Remedy {
    let lower = text.trim().to_lowercase();
    let mut parts: Vec<String> = Vec::new();
    let apart = |c: char| c.is_whitespace() || "/,.:;-–—−|_".contains(c);
    for part in lower.split(apart).filter(|part| !part.is_empty()) {
        let part = part.trim_end_matches("sec").trim_end_matches('s');
        let digits_only = !part.is_empty() && part.chars().all(|c| c.is_ascii_digit() || c == 'x');
        if !digits_only {
            return seconds_of_a_tempo();
        }
        parts.push(part.to_owned());
    }
    // `3010`
    if let [only] = parts.as_slice()
        && (3..=4).contains(&only.len())
    {
        parts = only.chars().map(String::from).collect();
    }
    if !(3..=4).contains(&parts.len()) {
        return seconds_of_a_tempo();
    }
    let with = |fast: &str| {
        let text: Vec<&str> = parts
            .iter()
            .map(|part| if part == "x" { fast } else { part })
            .collect();
        read_tempo(&text.join("-")).map(|tempo| write(field, &write_tempo(tempo)))
    };
    if parts.iter().any(|part| part == "x") {
        let both: Vec<(&str, Change)> = [
            ("as fast as possible", with("0")),
            ("in one second", with("1")),
        ]
        .into_iter()
        .filter_map(|(words, change)| Some((words, change?)))
        .collect();
        return Remedy::Readings {
            mode: "`x` isn't a number of seconds, so choose one".to_owned(),
            readings: both
                .into_iter()
                .map(|(words, change)| (words.to_owned(), change))
                .collect(),
        };
    }
    with("").map_or_else(seconds_of_a_tempo, Remedy::Write)
}

fn seconds_of_a_tempo() -> Remedy {
    Remedy::words(
        "write it in seconds, 0 to 30 each and not all 0: lower, pause, lift, pause, with hyphens \
         between",
    )
}
