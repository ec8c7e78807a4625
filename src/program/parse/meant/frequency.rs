//! Guesses the meaning of a frequency, such as `BID` or `twice a week`.

use super::days::days;
use super::write::{decide_on_one, write};
use crate::diagnostic::nearest_all;
use crate::diagnostic::remedy::Remedy;
use crate::program::notation::{read_frequency, read_number};
use crate::program::parse::field::Field;
use crate::program::parse::phrase::number_word;

/// Returns how to write a frequency.
pub(crate) fn frequency(field: &Field<'_>, text: &str) -> Remedy {
    let found = frequencies(text);
    let range = found
        .iter()
        .any(|(words, _)| words.contains("number") || words.contains("often"));
    let readings = found
        .into_iter()
        .map(|(words, value)| (words.to_owned(), write(field, &value)));
    let remedy = if range {
        decide_on_one(readings)
    } else {
        Remedy::readings(readings)
    };
    match remedy {
        Remedy::Words(_) => Remedy::words(
            "decide how often, then write `daily`, `…x/day` (1 to 8), `…x/week` (1 to 7), \
             weekdays such as `[mon, thu]`, `every … days` (1 to 90) or `as needed`",
        ),
        remedy => remedy,
    }
}

/// Returns the frequencies that a text may mean, each with words that tell it from the others.
pub(crate) fn frequencies(text: &str) -> Vec<(&'static str, String)> {
    let one = |value: &str| vec![("", value.to_owned())];
    let lower = text
        .trim()
        .to_lowercase()
        .replace('×', "x")
        .replace(['–', '—'], "-");
    let simple = lower.trim_end_matches('.').replace(['.', ','], " ");
    let simple = simple.split_whitespace().collect::<Vec<_>>().join(" ");
    let known = words_of_clinics(&simple);
    if !known.is_empty() {
        return known;
    }
    if let Some(days) = days(text) {
        return vec![("", days)];
    }
    // `5/7` means five days of seven.
    if let Some(days) = lower
        .strip_suffix("/7")
        .and_then(read_number)
        .filter(|days| (1..=7).contains(days))
    {
        return one(&days_a_week(days));
    }
    if let Some(found) = days_alone(&simple) {
        return found;
    }
    match counted(&pieces(&simple)) {
        Reading::Counted(counted) => counted.frequencies(),
        Reading::UnknownWord => misspelled(&simple),
        Reading::Length => Vec::new(),
    }
}

/// Writes a number of days in a week, 1 to 7.
fn days_a_week(days: u64) -> String {
    if days == 7 {
        "daily".to_owned()
    } else {
        format!("{days}x/week")
    }
}

/// Splits a text into words, numbers and marks: `3xweek`, `every 2nd day`.
fn pieces(simple: &str) -> Vec<String> {
    let spaced: String = simple
        .chars()
        .flat_map(|c| {
            if c.is_alphanumeric() {
                vec![c]
            } else {
                vec![' ', c, ' ']
            }
        })
        .collect();
    let mut pieces: Vec<String> = Vec::new();
    for word in spaced.split_whitespace() {
        let digits = word.bytes().take_while(u8::is_ascii_digit).count();
        let (number, rest) = word.split_at(digits);
        // `3xweek`, `x3`
        let (times, rest) = match rest.strip_prefix('x') {
            Some(after) if !after.is_empty() => ("x", after),
            _ => ("", rest),
        };
        // `every 2nd day`
        let rest = if number.is_empty() || !matches!(rest, "st" | "nd" | "rd" | "th") {
            rest
        } else {
            ""
        };
        pieces.extend(
            [number, times, rest]
                .into_iter()
                .filter(|part| !part.is_empty())
                .map(str::to_owned),
        );
    }
    pieces
}

/// The meaning of a split text.
enum Reading {
    /// How often in a unit of time.
    Counted(Counted),
    /// A length of time or a range of days: `1-2 days`, `daily x 2 weeks`.
    Length,
    /// A word isn't known.
    UnknownWord,
}

/// The numbers of a frequency, with their unit of time.
#[derive(Default)]
struct Counted {
    numbers: Vec<u64>,
    is_range: bool,
    /// Either "day" or "week".
    unit: Option<&'static str>,
    is_every: bool,
}

/// Reads `3 times a week`, `twice daily`, `3-4x/wk`, `5 days per week`, `every 2 weeks`.
fn counted(pieces: &[String]) -> Reading {
    let counts_days = counts_days(pieces);
    let mut found = Counted::default();
    for piece in pieces {
        let number = number_word(piece)
            .or((piece == "thrice").then_some("3"))
            .unwrap_or(piece);
        match number {
            "-" | "to" | "or" => found.is_range = true,
            "every" => found.is_every = true,
            "x" | "/" | "a" | "per" | "each" | "times" | "time" | "sessions" | "session" | "of"
            | "on" | "the" | "in" => {}
            "day" | "days" | "d"
                if found.unit.is_none() && !found.numbers.is_empty() && counts_days => {}
            // A second unit is a length of time: `daily x 2 weeks`.
            "daily" | "day" | "days" | "d" | "weekly" | "week" | "weeks" | "wk" | "wks" | "w"
                if found.unit.is_some() =>
            {
                return Reading::Length;
            }
            // `1-2 days`, `weekly x 6`
            "days" | "weeks" | "wks" if !found.is_every && !counts_days => return Reading::Length,
            "weekly" if !found.numbers.is_empty() || pieces.len() == 1 => found.unit = Some("week"),
            "weekly" => return Reading::Length,
            "daily" | "day" | "days" | "d" => found.unit = Some("day"),
            "week" | "weeks" | "wk" | "wks" | "w" => found.unit = Some("week"),
            other => match read_number(other) {
                Some(number) => found.numbers.push(number),
                None => return Reading::UnknownWord,
            },
        }
    }
    Reading::Counted(found)
}

/// Returns true if a text counts the days of a week: `5 days a week`.
fn counts_days(pieces: &[String]) -> bool {
    let position = |words: &[&str]| {
        pieces
            .iter()
            .position(|piece| words.contains(&piece.as_str()))
    };
    let number_before = |at: usize| {
        at.checked_sub(1)
            .and_then(|at| pieces.get(at))
            .is_some_and(|piece| read_number(piece).is_some() || number_word(piece).is_some())
    };
    match (
        position(&["days", "day", "d"]),
        position(&["week", "wk", "w"]),
    ) {
        (Some(days), Some(week)) => days < week && number_before(days),
        _ => false,
    }
}

impl Counted {
    /// Writes a frequency with one of the numbers; None if the format has no such frequency.
    fn write(&self, number: u64) -> Option<String> {
        let unit = self.unit?;
        if self.is_every {
            let days = if unit == "week" {
                number.checked_mul(7)?
            } else {
                number
            };
            return (1..=90)
                .contains(&days)
                .then(|| format!("every {days} days"));
        }
        let text = format!("{number}x/{unit}");
        read_frequency(&text)?;
        Some(if text == "1x/day" {
            "daily".to_owned()
        } else {
            text
        })
    }

    /// Returns the frequencies that the numbers may mean, each with words that tell it from the
    /// others.
    fn frequencies(&self) -> Vec<(&'static str, String)> {
        match (self.numbers.as_slice(), self.unit) {
            ([only], Some(_)) if !self.is_range => self
                .write(*only)
                .map(|text| vec![("", text)])
                .unwrap_or_default(),
            ([low, high], Some(_)) if self.is_range && low < high => {
                let words = if self.is_every {
                    ["more often", "less often"]
                } else {
                    ["the lower number", "the upper number"]
                };
                let both: Option<Vec<_>> = words
                    .into_iter()
                    .zip([low, high])
                    .map(|(words, number)| Some((words, self.write(*number)?)))
                    .collect();
                both.unwrap_or_default()
            }
            ([only], None) if !self.is_every && (1..=7).contains(only) => {
                vec![
                    ("times a day", format!("{only}x/day")),
                    ("times a week", format!("{only}x/week")),
                ]
            }
            _ => Vec::new(),
        }
    }
}

/// Returns the meaning of words and abbreviations that clinics use: `BID`, `every other day`.
fn words_of_clinics(simple: &str) -> Vec<(&'static str, String)> {
    let one = |value: &str| vec![("", value.to_owned())];
    match simple {
        "bid"
        | "b i d"
        | "bd"
        | "bds"
        | "b d"
        | "morning and evening"
        | "morning and night"
        | "am and pm"
        | "am/pm"
        | "am & pm" => one("2x/day"),
        "tid" | "t i d" | "tds" | "t d s" => one("3x/day"),
        "qid" | "q i d" | "qds" | "q d s" => one("4x/day"),
        "qd" | "q d" | "q day" | "od" | "nightly" | "every night" | "every morning"
        | "every evening" | "at bedtime" | "before bed" | "bedtime" | "each day" | "once daily"
        | "everyday" | "täglich" | "jeden tag" => one("daily"),
        "every other day" | "every second day" | "alternate days" | "on alternate days"
        | "alternating days" | "eod" | "qod" => one("every 2 days"),
        "every third day" => one("every 3 days"),
        "every week" | "each week" => one("weekly"),
        "every other week" | "every second week" | "fortnightly" | "every fortnight" => {
            one("every 14 days")
        }
        "biweekly" | "bi-weekly" => {
            vec![
                ("twice a week", "2x/week".to_owned()),
                ("every two weeks", "every 14 days".to_owned()),
            ]
        }
        "monthly" | "once a month" | "every month" => one("every 30 days"),
        "prn" | "p r n" | "when needed" | "if needed" | "as required" | "as necessary"
        | "on demand" => one("as needed"),
        _ => Vec::new(),
    }
}

/// Reads `5 days` and `6 weeks`, in which the frequency isn't clear.
fn days_alone(simple: &str) -> Option<Vec<(&'static str, String)>> {
    let (number, unit) = simple.split_once(' ').or_else(|| {
        let digits = simple.bytes().take_while(u8::is_ascii_digit).count();
        (digits > 0).then(|| simple.split_at(digits))
    })?;
    let number = number_word(number).unwrap_or(number);
    let number = read_number(number)?;
    match unit {
        "days" => {
            let weekly = (1..=7)
                .contains(&number)
                .then(|| ("days in each week", days_a_week(number)));
            let apart = (2..=90).contains(&number).then(|| {
                (
                    "days from one session to the next",
                    format!("every {number} days"),
                )
            });
            Some(weekly.into_iter().chain(apart).collect())
        }
        "weeks" | "wks" | "months" => Some(Vec::new()),
        _ => None,
    }
}

/// Returns the frequency of a misspelled word.
fn misspelled(simple: &str) -> Vec<(&'static str, String)> {
    let near = nearest_all(simple, ["daily", "weekly", "every day", "as needed"]);
    match near.as_slice() {
        [only] => vec![("", (*only).to_owned())],
        _ => Vec::new(),
    }
}
