//! Guesses which days of the week words mean.

use crate::diagnostic::nearest_all;
use crate::program::notation::WEEKDAYS;

/// Returns the days that a word may mean.
pub(crate) fn weekdays_meant(word: &str) -> Vec<&'static str> {
    let word = word.trim().trim_end_matches('.').to_lowercase();
    let short = match word.as_str() {
        "m" | "mo" => Some("mon"),
        "tu" | "tues" => Some("tue"),
        "w" | "we" | "weds" => Some("wed"),
        "th" | "thur" | "thurs" | "r" => Some("thu"),
        "f" | "fr" => Some("fri"),
        "sa" => Some("sat"),
        "su" => Some("sun"),
        "t" => return vec!["tue", "thu"],
        "s" => return vec!["sat", "sun"],
        _ => WEEKDAYS
            .iter()
            .find(|(short, full, _)| {
                word == *short || word == *full || word.strip_suffix('s') == Some(*full)
            })
            .map(|(short, _, _)| *short),
    };
    if let Some(short) = short {
        return vec![short];
    }
    let full = nearest_all(&word, WEEKDAYS.map(|(_, full, _)| full));
    if full.is_empty() {
        nearest_all(&word, WEEKDAYS.map(|(short, _, _)| short))
    } else {
        full
    }
}

/// Reads several days in one text: `MWF`, `Mon/Wed/Fri`, `M-F`, `weekdays`. None if they aren't
/// clear.
pub(super) fn days(text: &str) -> Option<String> {
    let lower = text.trim().to_lowercase();
    let days: Vec<&str> = match lower.as_str() {
        "mwf" => vec!["mon", "wed", "fri"],
        "tth" | "tuth" | "tr" | "t/th" | "tues/thurs" => vec!["tue", "thu"],
        "weekdays" | "on weekdays" | "m-f" | "mon-fri" | "monday to friday" | "monday-friday"
        | "mon to fri" => {
            vec!["mon", "tue", "wed", "thu", "fri"]
        }
        "weekends" | "weekend" | "on weekends" => vec!["sat", "sun"],
        _ => {
            let words: Vec<&str> = lower
                .split(|c: char| !c.is_alphanumeric())
                .filter(|word| !word.is_empty() && !matches!(*word, "and" | "on" | "every"))
                .collect();
            let of = |word: &&str| match weekdays_meant(word).as_slice() {
                [only] => WEEKDAYS
                    .iter()
                    .find(|(short, full, _)| short == only || full == only)
                    .map(|(short, ..)| *short),
                _ => None,
            };
            // `tue-thu` may mean two days or three.
            if words.is_empty()
                || lower.contains(" to ")
                || (lower.contains(['-', '–']) && words.len() < 3)
            {
                return None;
            }
            words.iter().map(of).collect::<Option<Vec<&str>>>()?
        }
    };
    let mut seen = Vec::new();
    days.iter()
        .all(|day| {
            !seen.contains(day) && {
                seen.push(*day);
                true
            }
        })
        .then(|| format!("[{}]", days.join(", ")))
}
