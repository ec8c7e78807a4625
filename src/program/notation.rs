//! The notations of single values in a program file: durations, tempos, frequencies, clock times
//! and ids. Only this file reads and writes them.

use std::time::Duration;

use jiff::civil::Time;
use unicode_normalization::{UnicodeNormalization, char::is_combining_mark};

use super::{Frequency, Tempo, Weekday};

/// The longest text that is read as a number, in bytes. No value in range has this many digits.
const LONGEST_NUMBER: usize = 12;

/// Reads a whole number in decimal digits.
pub(crate) fn read_number(text: &str) -> Option<u64> {
    let text = text.trim();
    let digits = !text.is_empty()
        && text.len() <= LONGEST_NUMBER
        && text.bytes().all(|byte| byte.is_ascii_digit());
    digits.then(|| text.parse().ok()).flatten()
}

/// Reads a decimal number with at most three places and returns it in thousandths.
fn read_thousandths(text: &str) -> Option<u64> {
    let (whole, fraction) = text.split_once('.').unwrap_or((text, "0"));
    let places = u32::try_from(fraction.len())
        .ok()
        .filter(|places| (1..=3).contains(places))?;
    let fraction =
        read_number(fraction).filter(|_| fraction.bytes().all(|byte| byte.is_ascii_digit()))?;
    read_number(whole)?
        .checked_mul(1000)?
        .checked_add(fraction * 10_u64.pow(3 - places))
}

/// Reads a duration: `30`, `30 s`, `2.5 s`, `2 min`, `1m30s`, `1 h`, `1:30`. A number alone is
/// seconds.
pub(crate) fn read_duration(text: &str) -> Option<Duration> {
    let text = text.trim().to_lowercase();
    if let Some((minutes, seconds)) = text.split_once(':') {
        let both = seconds.len() == 2 && minutes.len() <= 3;
        let seconds = read_number(seconds).filter(|seconds| both && *seconds < 60)?;
        return Some(Duration::from_secs(
            read_number(minutes).filter(|_| both)? * 60 + seconds,
        ));
    }
    let mut total = 0_u64;
    let mut last_unit = u64::MAX;
    let mut rest = text.as_str();
    while !rest.is_empty() {
        let digits = rest
            .find(|c: char| !c.is_ascii_digit() && c != '.')
            .unwrap_or(rest.len());
        let (number, after) = rest.split_at(digits);
        let after = after.trim_start();
        let letters = after
            .find(|c: char| !c.is_ascii_alphabetic())
            .unwrap_or(after.len());
        let (unit, after) = after.split_at(letters);
        let unit = match unit {
            // A number without a unit must be the whole text.
            "" if last_unit == u64::MAX && after.is_empty() => 1,
            "s" | "sec" | "secs" | "second" | "seconds" => 1,
            "m" | "min" | "mins" | "minute" | "minutes" => 60,
            "h" | "hour" | "hours" => 3600,
            _ => return None,
        };
        if unit >= last_unit {
            return None;
        }
        last_unit = unit;
        total = total.checked_add(read_thousandths(number)?.checked_mul(unit)?)?;
        rest = after.trim_start();
    }
    (last_unit != u64::MAX).then(|| Duration::from_millis(total))
}

/// Writes a duration as the format does: `30 s`, `1 min 30 s`, `1 h`.
pub fn write_duration(length: Duration) -> String {
    let millis = length.subsec_millis();
    let (hours, minutes, seconds) = (
        length.as_secs() / 3600,
        length.as_secs() / 60 % 60,
        length.as_secs() % 60,
    );
    let mut parts = Vec::new();
    if hours > 0 {
        parts.push(format!("{hours} h"));
    }
    if minutes > 0 {
        parts.push(format!("{minutes} min"));
    }
    if millis > 0 {
        let fraction = format!("{millis:03}");
        parts.push(format!("{seconds}.{} s", fraction.trim_end_matches('0')));
    } else if seconds > 0 || parts.is_empty() {
        parts.push(format!("{seconds} s"));
    }
    parts.join(" ")
}

/// Reads a tempo: three or four whole numbers from 0 to 30, joined by hyphens or en dashes. Their
/// sum must be at least 1.
pub(crate) fn read_tempo(text: &str) -> Option<Tempo> {
    let parts: Option<Vec<u8>> = text
        .split(['-', '–'])
        .map(|part| {
            read_number(part)
                .filter(|seconds| *seconds <= 30)
                .and_then(|seconds| u8::try_from(seconds).ok())
        })
        .collect();
    let tempo = match *parts?.as_slice() {
        [lower, bottom, lift] => Tempo {
            lower,
            bottom,
            lift,
            top: 0,
        },
        [lower, bottom, lift, top] => Tempo {
            lower,
            bottom,
            lift,
            top,
        },
        _ => return None,
    };
    (tempo.length() > Duration::ZERO).then_some(tempo)
}

/// Writes a tempo as the format does: `3-1-2-0`.
pub(crate) fn write_tempo(tempo: Tempo) -> String {
    format!(
        "{}-{}-{}-{}",
        tempo.lower, tempo.bottom, tempo.lift, tempo.top
    )
}

/// The days of the week in order, each with its short and its full name.
pub(crate) const WEEKDAYS: [(&str, &str, Weekday); 7] = [
    ("mon", "monday", Weekday::Monday),
    ("tue", "tuesday", Weekday::Tuesday),
    ("wed", "wednesday", Weekday::Wednesday),
    ("thu", "thursday", Weekday::Thursday),
    ("fri", "friday", Weekday::Friday),
    ("sat", "saturday", Weekday::Saturday),
    ("sun", "sunday", Weekday::Sunday),
];

/// Reads a day of the week, short or full, in upper or lower case.
pub(crate) fn read_weekday(text: &str) -> Option<Weekday> {
    let text = text.trim().to_lowercase();
    WEEKDAYS
        .iter()
        .find(|(short, full, _)| *short == text || *full == text)
        .map(|(_, _, day)| *day)
}

/// Reads a frequency other than a list of weekdays. Spaces and capitals don't matter.
pub(crate) fn read_frequency(text: &str) -> Option<Frequency> {
    let text: String = text
        .to_lowercase()
        .chars()
        .filter(|c| !c.is_whitespace())
        .collect();
    let within = |number: &str, most: u64| {
        read_number(number)
            .filter(|n| (1..=most).contains(n))
            .and_then(|n| u8::try_from(n).ok())
    };
    match text.as_str() {
        "daily" => Some(Frequency::PerDay(1)),
        "everyday" => Some(Frequency::EveryDays(1)),
        "weekly" => Some(Frequency::PerWeek(1)),
        "asneeded" => Some(Frequency::AsNeeded),
        _ => {
            if let Some(number) = text.strip_suffix("x/day") {
                within(number, 8).map(Frequency::PerDay)
            } else if let Some(number) = text.strip_suffix("x/week") {
                within(number, 7).map(Frequency::PerWeek)
            } else {
                within(text.strip_prefix("every")?.strip_suffix("days")?, 90)
                    .map(Frequency::EveryDays)
            }
        }
    }
}

/// Reads a local wall-clock time from 0:00 to 23:59, such as `7:30` or `07:30`.
pub(crate) fn read_time(text: &str) -> Option<Time> {
    let (hour, minute) = text.trim().split_once(':')?;
    let hour = read_number(hour).filter(|_| hour.len() <= 2)?;
    let minute = read_number(minute).filter(|_| minute.len() == 2)?;
    Time::new(i8::try_from(hour).ok()?, i8::try_from(minute).ok()?, 0, 0).ok()
}

/// Returns whether a text is an id: lower-case letters, digits and hyphens.
pub(crate) fn is_id(text: &str) -> bool {
    !text.is_empty()
        && text
            .chars()
            .all(|c| c == '-' || (c.is_alphanumeric() && !c.is_uppercase()) || is_combining_mark(c))
}

/// Returns the slug of a name. Letters and digits of any script stay, in lower case and without
/// Latin accents. Everything else becomes a hyphen.
pub fn slug(name: &str) -> String {
    if name.is_ascii() {
        // Most names have nothing to fold. This path is quick, because every start compares many.
        return slug_of(name.chars().map(|character| character.to_ascii_lowercase()));
    }
    let mut folded = String::with_capacity(name.len());
    let mut latin = false;
    for character in name.nfd() {
        if is_combining_mark(character) {
            // A Latin letter loses its accent. In other scripts the mark is part of the letter.
            if !latin {
                folded.push(character);
            }
            continue;
        }
        latin = character.is_ascii_alphabetic();
        match character {
            'ß' | 'ẞ' => folded.push_str("ss"),
            'æ' | 'Æ' => folded.push_str("ae"),
            'œ' | 'Œ' => folded.push_str("oe"),
            'ø' | 'Ø' => folded.push('o'),
            'ł' | 'Ł' => folded.push('l'),
            'đ' | 'Đ' | 'ð' | 'Ð' => folded.push('d'),
            'þ' | 'Þ' => folded.push_str("th"),
            'ı' => folded.push('i'),
            other => folded.push(other),
        }
    }
    slug_of(folded.nfc().flat_map(char::to_lowercase))
}

/// Keeps letters and digits, and puts one hyphen for everything between them.
fn slug_of(letters: impl Iterator<Item = char>) -> String {
    let mut slug = String::new();
    for character in letters {
        if character.is_alphanumeric() || is_combining_mark(character) {
            slug.push(character);
        } else if !slug.is_empty() && !slug.ends_with('-') {
            slug.push('-');
        }
    }
    slug.trim_end_matches('-').to_owned()
}
