//! What was probably meant by a value that can't be read, and how the format writes it. Where that
//! can't be known, every meaning is offered, or what to decide is said in words. Knows nothing of
//! where a diagnostic is shown.

use std::time::Duration;

use jiff::civil::Date;

use super::fields::Field;
use super::phrase::{self, Meaning, number_word};
use crate::diagnostic::nearest_all;
use crate::diagnostic::remedy::{Change, Remedy};
use crate::program::keys::MEASURES;
use crate::program::notation::{
    WEEKDAYS, read_duration, read_frequency, read_number, read_tempo, read_time, read_weekday,
    write_duration, write_tempo,
};
use crate::source::is_curly_quote;

const NO_RANGES: &str = "a range can't be written yet, so decide on one number";

/// Puts a value into quotes where a bracket around it would cut it.
pub(super) fn quoted(raw: &str) -> String {
    let raw = raw.trim();
    let is_quoted = raw.starts_with(['"', '\'', '[', '{']);
    if !is_quoted && raw.contains([',', '[', ']', '{', '}', '#', ':', '"']) {
        format!("\"{}\"", raw.replace('\\', "\\\\").replace('"', "\\\""))
    } else {
        raw.to_owned()
    }
}

/// Writes a value of a key: as a whole entry where it is the key's only value.
fn write(field: &Field<'_>, value: &str) -> Change {
    if field.is_whole() {
        Change::Entries(vec![format!("{}: {value}", field.name)])
    } else {
        Change::Value(value.to_owned())
    }
}

/// Says whether two values of a key are the same.
pub(super) fn same(one: &str, other: &str) -> bool {
    let simple = |text: &str| text.to_lowercase().split_whitespace().collect::<String>();
    simple(one) == simple(other)
        || read_duration(one).is_some_and(|length| read_duration(other) == Some(length))
}

/// Fits a meaning to the other keys of the map; the key that says something else is the error.
fn fit(field: &Field<'_>, meaning: &Meaning) -> Result<Change, &'static str> {
    let mut entries = Vec::new();
    for (key, value) in &meaning.entries {
        if *key == field.name {
            entries.push(format!("{key}: {value}"));
            continue;
        }
        match field.beside(key) {
            // On each side is what both words say.
            Some(found)
                if same(found, value)
                    || (*key == "side" && value == "each" && found == "alternate") => {}
            Some(_) => return Err(key),
            None if field.map.key(key).is_none() => return Err(key),
            // A number of sets beside a list is its length.
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

/// Returns the remedy of a phrase of a dose; none where it can't be taken apart.
fn of_phrase(field: &Field<'_>, text: &str) -> Option<Remedy> {
    let (text, load) = match split_load(text).filter(|_| field.map.key("load").is_some()) {
        Some((text, load)) => (text, Some(load)),
        None => (text, None),
    };
    let mut meanings = phrase::meanings(field.name, text)?;
    if let Some(load) = load {
        meanings
            .all
            .iter_mut()
            .for_each(|meaning| meaning.entries.push(("load", load.clone())));
    }
    let each_what = field.name == "hold" && text.trim_end().to_lowercase().ends_with(" each");
    if each_what && (field.beside("reps").is_some() || field.beside("sets").is_some()) {
        // `30 s each` may mean each repetition or each side.
        let times: Vec<Meaning> = meanings
            .all
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
        meanings
            .all
            .iter_mut()
            .for_each(|meaning| "on each side".clone_into(&mut meaning.words));
        meanings.all.splice(0..0, times);
    }
    if meanings.all.len() > 1
        && let Some(side) = field.beside("side")
    {
        // A number for each side fits only where the sides are taken in turn.
        let in_turn = matches!(side, "each" | "alternate");
        meanings.all.retain(|meaning| {
            in_turn
                || !meaning
                    .entries
                    .iter()
                    .any(|(key, value)| *key == "side" && value == "each")
        });
    }
    // Thirty sets aren't meant where the same words can mean three.
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
    if meanings.all.iter().any(in_range) {
        meanings.all.retain(in_range);
    }
    let mut readings = Vec::new();
    for meaning in &mut meanings.all {
        // With one hold a set, the alternation is from set to set.
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
    match Remedy::readings(readings) {
        Remedy::Readings { readings, .. } if meanings.range => Some(Remedy::Readings {
            mode: NO_RANGES.to_owned(),
            readings,
        }),
        Remedy::Words(_) => None,
        remedy => Some(remedy),
    }
}

/// Says what to decide where a phrase and another key of the map contradict each other.
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
            "this also says `{key}` ({said}), which can't be written here: decide where it belongs, and write only a number here"
        ));
    }
    Remedy::words(format!(
        "this also says `{key}` ({said}), and a line `{key}:` of its own says something else: decide which one is right"
    ))
}

/// Returns how to write a whole number, from what was probably meant.
pub(super) fn number(field: &Field<'_>, text: &str, low: u64, high: u64) -> Remedy {
    let key = field.name;
    // Quotes as Word makes them.
    let bare = text.trim_matches(|c: char| c.is_whitespace() || is_curly_quote(c));
    if let Some(number) = read_number(bare).filter(|number| (low..=high).contains(number)) {
        return Remedy::Write(write(field, &number.to_string()));
    }
    if matches!(key, "up_to" | "pain_at_most") {
        return pain(field, text);
    }
    let lower = text.trim().to_lowercase();
    if matches!(key, "reps" | "sets") {
        if let Some(remedy) = of_phrase(field, text) {
            return remedy;
        }
        if ["max", "amrap", "fatigue", "failure", "as many", "possible"]
            .iter()
            .any(|word| lower.contains(word))
        {
            return Remedy::words(format!(
                "to train, decide on one number from {low} to {high}; for a test of as many as possible, write `measure:` with `reps` instead of this line"
            ));
        }
        if lower.starts_with('+') && field.map.id == "step" {
            return Remedy::words(format!(
                "a step has the whole new dose, not what is added: write the new total from {low} to {high}"
            ));
        }
        let rest = if field.map.key("instructions").is_some() {
            "; a load has a line `load: …` of its own, and other words go into `instructions:`"
        } else {
            ""
        };
        return Remedy::words(format!("write one number from {low} to {high} here{rest}"));
    }
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
                    "the weeks from the first to the last of the two",
                    other - one + 1,
                ));
            }
            readings.retain(|(_, number)| *number >= low);
            let readings = readings
                .into_iter()
                .map(|(words, number)| (words.to_owned(), write(field, &number.to_string())));
            match Remedy::readings(readings) {
                Remedy::Readings { readings, .. } => Remedy::Readings {
                    mode: NO_RANGES.to_owned(),
                    readings,
                },
                remedy => remedy,
            }
        }
        _ => Remedy::words(format!("write one number from {low} to {high}, in digits")),
    }
}

/// Returns the remedy of a number that counts something else than its key does: weeks where
/// sessions are counted.
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
            "weeks have a line of their own: write `weeks: {number}` in the phase, beside `advance_when:`"
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

/// Returns the upper number of a range of pain, up to which a band reaches.
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

/// Returns how to write a length of time, from what was probably meant.
pub(super) fn length(field: &Field<'_>, text: &str) -> Remedy {
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
            "to train, decide on one length of time; for a test of as long as possible, write `measure:` with `hold` instead of this line",
        );
    }
    let rest = if field.map.key("instructions").is_some() {
        "; other words go into `instructions:`"
    } else {
        ""
    };
    Remedy::words(format!(
        "write one number and its unit, `s` or `min`, here{rest}"
    ))
}

/// Reads `1'30`, `1m30` and `1min30`, in which the unit of the seconds is left out.
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

/// Returns how to write the pace of a repetition, from what was probably meant.
pub(super) fn tempo(field: &Field<'_>, text: &str) -> Remedy {
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
            mode: "`x` isn't a number of seconds, so decide".to_owned(),
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
        "say it in seconds, 0 to 30 each and not all 0: lower, pause, lift, pause, with hyphens between",
    )
}

const MONTHS: [&str; 12] = [
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
];

/// Returns how to write a date, from what was probably meant: day before month and month before day
/// where both can be.
pub(super) fn date(field: &Field<'_>, text: &str) -> Remedy {
    let lower = text.trim().to_lowercase();
    if let (8, true) = (lower.len(), lower.bytes().all(|byte| byte.is_ascii_digit())) {
        let at = |from: usize, to: usize| lower.get(from..to).unwrap_or_default();
        let date = format!("{}-{}-{}", at(0, 4), at(4, 6), at(6, 8)).parse::<Date>();
        return date.map_or_else(
            |_| words_of_a_date(),
            |date| Remedy::Write(write(field, &date.to_string())),
        );
    }
    let parts: Vec<&str> = lower
        .split(|c: char| !c.is_alphanumeric())
        .filter(|part| !part.is_empty() && *part != "of")
        .collect();
    let mut month = None;
    let mut numbers: Vec<(i16, usize)> = Vec::new();
    for part in &parts {
        let ordinal = ["st", "nd", "rd", "th"]
            .iter()
            .find_map(|ending| part.strip_suffix(ending));
        if let Ok(number) = ordinal.unwrap_or(part).parse::<i16>() {
            numbers.push((number, ordinal.unwrap_or(part).len()));
        } else if part.len() >= 3
            && let Some(index) = MONTHS.iter().position(|name| {
                name.starts_with(part) || (*part == "sept" && *name == "september")
            })
        {
            month = i8::try_from(index + 1).ok();
        } else if read_weekday(part).is_none() {
            return words_of_a_date();
        }
    }
    let year = |(number, length): (i16, usize)| match length {
        4 => Some(number),
        2 => Some(2000 + number),
        _ => None,
    };
    let mut dates: Vec<Date> = Vec::new();
    let mut add = |year: Option<i16>, month: i16, day: i16| {
        let made = year.and_then(|year| {
            Date::new(year, i8::try_from(month).ok()?, i8::try_from(day).ok()?).ok()
        });
        if let Some(date) = made
            && !dates.contains(&date)
        {
            dates.push(date);
        }
    };
    match (month, numbers.as_slice()) {
        (Some(month), [first, second]) if first.1 == 4 => add(year(*first), month.into(), second.0),
        (Some(month), [first, second]) => add(year(*second), month.into(), first.0),
        (None, [first, second, third]) if first.1 == 4 => {
            // Written in order, such a date is year, month, day; the other way round only where
            // that is none.
            let is_day = Date::new(
                first.0,
                i8::try_from(second.0).unwrap_or(0),
                i8::try_from(third.0).unwrap_or(0),
            )
            .is_ok();
            let (month, day) = if is_day {
                (second.0, third.0)
            } else {
                (third.0, second.0)
            };
            add(year(*first), month, day);
        }
        (None, [first, second, third]) => {
            add(year(*third), first.0, second.0);
            add(year(*third), second.0, first.0);
        }
        _ => {}
    }
    if dates.is_empty() {
        return words_of_a_date();
    }
    Remedy::readings(dates.into_iter().map(|date| {
        (
            date.strftime("%B %-d, %Y").to_string(),
            write(field, &date.to_string()),
        )
    }))
}

fn words_of_a_date() -> Remedy {
    Remedy::words(
        "write a day that exists in digits: the year, a hyphen, the month, a hyphen, the day",
    )
}

/// Reads a time of day as a clinic writes it; returns two where it may be morning or evening.
fn clock_times(text: &str) -> Vec<String> {
    let lower: String = text
        .trim()
        .to_lowercase()
        .replace("p.m", "pm")
        .replace("a.m", "am")
        .replace(' ', "");
    let lower = lower.trim_end_matches('.');
    match lower {
        "noon" | "midday" | "12noon" => return vec!["12:00".to_owned()],
        "midnight" => return vec!["00:00".to_owned()],
        _ => {}
    }
    let (digits, half) = match (lower.strip_suffix("pm"), lower.strip_suffix("am")) {
        (Some(digits), _) => (digits, Some(12)),
        (_, Some(digits)) => (digits, Some(0)),
        _ => (lower, None),
    };
    let (digits, sure) = match digits
        .strip_suffix("o'clock")
        .or(digits.strip_suffix("oclock"))
    {
        Some(digits) => (digits, false),
        None => match digits.strip_suffix("uhr").or(digits.strip_suffix('h')) {
            Some(digits) => (digits, true),
            None => (digits, false),
        },
    };
    let parts: Vec<&str> = digits.split([':', '.', ',', '-', 'h']).collect();
    let (hour, minute, sure) = match parts.as_slice() {
        [only] if only.len() == 4 => (only.get(..2), only.get(2..), true),
        [only] if only.len() == 3 => (only.get(..1), only.get(1..), false),
        [hour] if hour.len() <= 2 => (Some(*hour), Some("00"), sure),
        [hour, minute] if minute.len() == 2 => (Some(*hour), Some(*minute), true),
        _ => (None, None, false),
    };
    let number = |text: Option<&str>| text.filter(|text| text.len() <= 2).and_then(read_number);
    let (Some(hour), Some(minute)) = (number(hour), number(minute)) else {
        return Vec::new();
    };
    let hours: Vec<u64> = match half {
        Some(_) if !(1..=12).contains(&hour) => Vec::new(),
        Some(half) => vec![hour % 12 + half],
        None if sure || hour > 12 || hour == 0 => vec![hour],
        None => vec![hour % 12, hour % 12 + 12],
    };
    let times = hours
        .into_iter()
        .map(|hour| format!("{hour:02}:{minute:02}"));
    times.filter(|time| read_time(time).is_some()).collect()
}

/// Returns how to write a time of day, from what was probably meant.
pub(super) fn time(field: &Field<'_>, text: &str) -> Remedy {
    let several: Vec<&str> = text
        .split([',', ';', '&', '/'])
        .flat_map(|part| part.split(" and "))
        .map(str::trim)
        .filter(|part| !part.is_empty())
        .collect();
    if field.is_whole() && several.len() > 1 {
        let read = |part: &&str| match clock_times(part).as_slice() {
            [only] => Some(format!("\"{only}\"")),
            _ => read_time(part).map(|time| format!("\"{}\"", time.strftime("%H:%M"))),
        };
        if let Some(times) = several.iter().map(read).collect::<Option<Vec<String>>>() {
            return Remedy::entries([format!("{}: [{}]", field.name, times.join(", "))]);
        }
    }
    let times = clock_times(text);
    let named = ["in the morning", "in the afternoon or evening"]
        .iter()
        .zip(&times);
    if times.is_empty() {
        return Remedy::words(
            "write a time of day in quotes: the hour from 0 to 23, a colon, two digits for the minutes",
        );
    }
    Remedy::readings(named.map(|(words, time)| (*words, write(field, &format!("\"{time}\"")))))
}

/// Returns the days that a word may mean.
pub(super) fn weekdays_meant(word: &str) -> Vec<&'static str> {
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

/// Reads days of the week that stand in one text: `MWF`, `Mon/Wed/Fri`, `M-F`, `weekdays`.
fn days(text: &str) -> Option<String> {
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
            // `mon-fri` may be two days or five.
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

/// Returns the frequencies that a text may mean, each with what distinguishes it.
pub(super) fn frequencies(text: &str) -> Vec<(&'static str, String)> {
    let one = |value: &str| vec![("", value.to_owned())];
    let lower = text
        .trim()
        .to_lowercase()
        .replace('×', "x")
        .replace(['–', '—'], "-");
    let simple = lower.trim_end_matches('.').replace(['.', ','], " ");
    let simple = simple.split_whitespace().collect::<Vec<_>>().join(" ");
    match simple.as_str() {
        "bid"
        | "b i d"
        | "bd"
        | "bds"
        | "b d"
        | "morning and evening"
        | "morning and night"
        | "am and pm"
        | "am/pm"
        | "am & pm" => {
            return one("2x/day");
        }
        "tid" | "t i d" | "tds" | "t d s" => return one("3x/day"),
        "qid" | "q i d" | "qds" | "q d s" => return one("4x/day"),
        "qd" | "q d" | "q day" | "od" | "nightly" | "every night" | "every morning"
        | "every evening" | "at bedtime" | "before bed" | "bedtime" | "each day" | "once daily"
        | "everyday" | "täglich" | "jeden tag" => {
            return one("daily");
        }
        "every other day" | "every second day" | "alternate days" | "on alternate days"
        | "alternating days" | "eod" | "qod" => {
            return one("every 2 days");
        }
        "every third day" => return one("every 3 days"),
        "every week" | "each week" => return one("weekly"),
        "every other week" | "every second week" | "fortnightly" | "every fortnight" => {
            return one("every 14 days");
        }
        "biweekly" | "bi-weekly" => {
            return vec![
                ("twice a week", "2x/week".to_owned()),
                ("every two weeks", "every 14 days".to_owned()),
            ];
        }
        "monthly" | "once a month" | "every month" => return one("every 30 days"),
        "prn" | "p r n" | "when needed" | "if needed" | "as required" | "as necessary"
        | "on demand" => {
            return one("as needed");
        }
        _ => {}
    }
    if let Some(days) = days(text) {
        return vec![("", days)];
    }
    // `5/7` are five days of seven.
    if let Some(days) = lower
        .strip_suffix("/7")
        .and_then(read_number)
        .filter(|days| (1..=7).contains(days))
    {
        return if days == 7 {
            one("daily")
        } else {
            one(&format!("{days}x/week"))
        };
    }
    if let Some(found) = days_alone(&simple) {
        return found;
    }
    // `3 times a week`, `twice daily`, `3-4x/wk`, `5 days per week`, `every 2 weeks`
    let mut numbers: Vec<u64> = Vec::new();
    let mut range = false;
    let mut unit = None;
    let mut every = false;
    let spaced: String = simple
        .chars()
        .flat_map(|c| {
            if c.is_alphanumeric() {
                vec![c]
            } else {
                vec![' ', c, ' ']
            }
        })
        .collect::<String>();
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
    // `5 days a week` counts days.
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
    let counts_days = match (
        position(&["days", "day", "d"]),
        position(&["week", "wk", "w"]),
    ) {
        (Some(days), Some(week)) => days < week && number_before(days),
        _ => false,
    };
    for piece in &pieces {
        let number = number_word(piece)
            .or((piece == "thrice").then_some("3"))
            .unwrap_or(piece);
        match number {
            "-" | "to" | "or" => range = true,
            "every" => every = true,
            "x" | "/" | "a" | "per" | "each" | "times" | "time" | "sessions" | "session" | "of"
            | "on" | "the" | "in" => {}
            "day" | "days" | "d" if unit.is_none() && !numbers.is_empty() && counts_days => {}
            // After one unit, another says for how long: `daily x 2 weeks`.
            "daily" | "day" | "days" | "d" | "weekly" | "week" | "weeks" | "wk" | "wks" | "w"
                if unit.is_some() =>
            {
                return Vec::new();
            }
            // `1-2 days` and `weekly x 6` say for how long, or from when to when.
            "days" | "weeks" | "wks" if !every && !counts_days => return Vec::new(),
            "weekly" if !numbers.is_empty() || pieces.len() == 1 => unit = Some("week"),
            "weekly" => return Vec::new(),
            "daily" | "day" | "days" | "d" => unit = Some("day"),
            "week" | "weeks" | "wk" | "wks" | "w" => unit = Some("week"),
            other => match read_number(other) {
                Some(number) => numbers.push(number),
                None => return dayly(&simple),
            },
        }
    }
    let made = |number: u64| match unit {
        Some(unit) if every => {
            let days = if unit == "week" {
                number.checked_mul(7)?
            } else {
                number
            };
            (1..=90)
                .contains(&days)
                .then(|| format!("every {days} days"))
        }
        Some(unit) => {
            let text = format!("{number}x/{unit}");
            read_frequency(&text).map(|_| {
                if text == "1x/day" {
                    "daily".to_owned()
                } else {
                    text
                }
            })
        }
        None => None,
    };
    match (numbers.as_slice(), unit) {
        ([only], Some(_)) if !range => made(*only).map(|text| vec![("", text)]).unwrap_or_default(),
        ([low, high], Some(_)) if range && low < high => {
            let words = if every {
                ["more often", "less often"]
            } else {
                ["the lower number", "the upper number"]
            };
            let both: Option<Vec<_>> = words
                .into_iter()
                .zip([low, high])
                .map(|(w, n)| Some((w, made(*n)?)))
                .collect();
            both.unwrap_or_default()
        }
        ([only], None) if !every && (1..=7).contains(only) => {
            vec![
                ("times a day", format!("{only}x/day")),
                ("times a week", format!("{only}x/week")),
            ]
        }
        _ => Vec::new(),
    }
}

/// Reads `5 days` and `6 weeks`, which say how many of them, and not how often in one.
fn days_alone(simple: &str) -> Option<Vec<(&'static str, String)>> {
    let (number, unit) = simple.split_once(' ').or_else(|| {
        let digits = simple.bytes().take_while(u8::is_ascii_digit).count();
        (digits > 0).then(|| simple.split_at(digits))
    })?;
    let number = number_word(number).unwrap_or(number);
    let number = read_number(number)?;
    match unit {
        "days" => {
            let weekly = (1..=7).contains(&number).then(|| {
                (
                    "days in each week",
                    if number == 7 {
                        "daily".to_owned()
                    } else {
                        format!("{number}x/week")
                    },
                )
            });
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

/// Returns the frequency that a misspelled word means.
fn dayly(simple: &str) -> Vec<(&'static str, String)> {
    let near = nearest_all(simple, ["daily", "weekly", "every day", "as needed"]);
    match near.as_slice() {
        [only] => vec![("", (*only).to_owned())],
        _ => Vec::new(),
    }
}

/// Returns how to write a frequency, from what was probably meant.
pub(super) fn frequency(field: &Field<'_>, text: &str) -> Remedy {
    let found = frequencies(text);
    let range = found
        .iter()
        .any(|(words, _)| words.contains("number") || words.contains("often"));
    let readings = found
        .into_iter()
        .map(|(words, value)| (words.to_owned(), write(field, &value)));
    match Remedy::readings(readings) {
        Remedy::Readings { readings, .. } if range => Remedy::Readings {
            mode: NO_RANGES.to_owned(),
            readings,
        },
        Remedy::Words(_) => Remedy::words(
            "decide how often, and write `daily`, `…x/day` (1 to 8), `…x/week` (1 to 7), weekdays such as `[mon, thu]`, `every … days` (1 to 90) or `as needed`",
        ),
        remedy => remedy,
    }
}

/// Names of languages, and their tags.
const LANGUAGES: &[(&str, &str)] = &[
    ("english", "en"),
    ("american", "en-US"),
    ("british", "en-GB"),
    ("eng", "en"),
    ("spanish", "es"),
    ("espanol", "es"),
    ("español", "es"),
    ("german", "de"),
    ("deutsch", "de"),
    ("french", "fr"),
    ("français", "fr"),
    ("francais", "fr"),
    ("italian", "it"),
    ("italiano", "it"),
    ("portuguese", "pt"),
    ("português", "pt"),
    ("dutch", "nl"),
    ("polish", "pl"),
    ("russian", "ru"),
    ("turkish", "tr"),
    ("arabic", "ar"),
    ("hindi", "hi"),
    ("chinese", "zh"),
    ("mandarin", "zh"),
    ("japanese", "ja"),
    ("korean", "ko"),
    ("vietnamese", "vi"),
];

/// Writes the therapist's name as the map that it must be, with the phone number that stands after
/// it.
pub(super) fn therapist(raw: &str) -> String {
    let raw = raw.trim();
    let begin = raw
        .find(|c: char| c.is_ascii_digit() || c == '+')
        .filter(|_| !raw.starts_with(['"', '\'']));
    if let Some((name, phone)) = begin.and_then(|begin| raw.split_at_checked(begin)) {
        let digits = phone.bytes().filter(u8::is_ascii_digit).count();
        let is_phone = phone
            .chars()
            .all(|c| c.is_ascii_digit() || " +-()/.".contains(c));
        let name = name.trim_end_matches([' ', ',', ';', ':', '(', '-']);
        if digits >= 6 && is_phone && !name.is_empty() {
            return format!(
                "therapist: {{name: {}, phone: \"{}\"}}",
                quoted(name),
                phone.trim()
            );
        }
    }
    format!("therapist: {{name: {}}}", quoted(raw))
}

/// Says how to write what opens the next phase, from a single value such as `6 sessions`.
pub(super) fn advance(field: &Field<'_>) -> String {
    let text = field.node.text().unwrap_or_default().to_lowercase();
    let numbers: Vec<u64> = text
        .split(|c: char| !c.is_ascii_digit())
        .filter_map(read_number)
        .collect();
    match numbers.as_slice() {
        [weeks] if text.contains("week") => format!("`weeks: {weeks}` instead of `advance_when:`"),
        [sessions] if text.contains("session") => format!("`advance_when: {{sessions: {sessions}}}`"),
        [pain] if text.contains("pain") && (text.contains('<') || text.contains("below")) => {
            format!("`advance_when: {{pain_at_most: {}}}`", pain.saturating_sub(u64::from(!text.contains('='))))
        }
        _ => {
            "`advance_when:` and below it `sessions: …` or `pain_at_most: …`; weeks have a line `weeks: …` of their own"
                .to_owned()
        }
    }
}

/// Returns how to write a language, from what was probably meant.
pub(super) fn language(field: &Field<'_>, text: &str) -> Remedy {
    let lower = text.trim().to_lowercase();
    if let Some((_, tag)) = LANGUAGES.iter().find(|(name, _)| *name == lower) {
        return Remedy::Write(write(field, tag));
    }
    let hyphens = text.trim().replace(['_', ' '], "-");
    if hyphens != text.trim() && super::is_language_tag(&hyphens) {
        return Remedy::Write(write(field, &hyphens));
    }
    Remedy::words("write the tag of a language: `en`, `de`, `pt-BR` and the like")
}

/// Returns how to write `true` or `false`, from what was probably meant.
pub(super) fn boolean(field: &Field<'_>, text: &str) -> Remedy {
    let value = match text.trim().to_lowercase().as_str() {
        "yes" | "y" | "on" | "1" | "x" | "true" | "always" => "true",
        "no" | "n" | "off" | "0" | "false" | "never" => "false",
        _ => {
            return Remedy::readings([
                ("if so", write(field, "true")),
                ("if not", write(field, "false")),
            ]);
        }
    };
    Remedy::Write(write(field, value))
}

/// Returns how to write one of a few words, from what was probably meant.
pub(super) fn choice(field: &Field<'_>, text: &str, known: &[&str]) -> Remedy {
    let lower = text.trim().to_lowercase();
    let simple: String = lower
        .split(|c: char| !c.is_alphanumeric())
        .filter(|word| !word.is_empty())
        .collect::<Vec<_>>()
        .join(" ");
    if let Some(remedy) = several_words(field, &simple) {
        return remedy;
    }
    let by_meaning: Vec<(&str, &str)> = match field.name {
        "side" => side(field, &simple),
        "first" => match simple.as_str() {
            "l" | "lt" | "left side" | "left leg" => vec![("", "left")],
            "r" | "rt" | "right side" | "right leg" => vec![("", "right")],
            _ => Vec::new(),
        },
        "ask" => match simple.as_str() {
            "morning" => vec![
                ("the morning after the session", "next-morning"),
                ("before the session", "before"),
            ],
            "no" | "none" | "never" | "false" | "off" => vec![("", "[]")],
            _ => moment(&simple)
                .map(|moment| ("", moment))
                .into_iter()
                .collect(),
        },
        "measure" => match simple.as_str() {
            "seconds" | "secs" | "sec" | "duration" | "holding" | "max hold" | "hold max"
            | "hold time" | "max time" | "time to fatigue" => vec![("", "hold")],
            "repetitions" | "count" | "number" | "rep" | "max reps" | "reps max"
            | "max repetitions" | "amrap" => {
                vec![("", "reps")]
            }
            "time" | "max" | "yes" | "true" => vec![
                ("as long as possible", "hold"),
                ("as many as possible", "reps"),
            ],
            _ => Vec::new(),
        },
        "block" => match simple.as_str() {
            "wu" | "warmup" | "warm up" | "warming up" => vec![("", "warm-up")],
            "cd" | "cooldown" | "cool down" | "stretching" | "warm down" => vec![("", "cool-down")],
            "work" | "workout" | "strength" | "exercise" | "exercises" => vec![("", "main")],
            _ => Vec::new(),
        },
        _ => Vec::new(),
    };
    if !by_meaning.is_empty() {
        return Remedy::readings(
            by_meaning
                .into_iter()
                .map(|(words, value)| (words, write(field, value))),
        );
    }
    match nearest_all(text, known.iter().copied()).as_slice() {
        [] => Remedy::words(format!("choose one: {}", entry(field.name, known))),
        [only] => Remedy::Write(write(field, only)),
        several => Remedy::readings(
            several
                .iter()
                .map(|word| (word.to_string(), write(field, word))),
        ),
    }
}

/// Returns when pain is asked, as a clinic says it.
fn moment(simple: &str) -> Option<&'static str> {
    match simple {
        "next day" | "day after" | "morning after" | "the next morning" | "tomorrow"
        | "24 hours later" | "24h" | "24 h" | "24 hours after" | "24 hours" | "next morning" => {
            Some("next-morning")
        }
        "before" | "pre" | "start" | "beginning" | "before session" | "before exercise" => {
            Some("before")
        }
        "after" | "post" | "end" | "after session" | "finish" | "after exercise" => Some("after"),
        "each"
        | "during"
        | "each exercise"
        | "every exercise"
        | "after each"
        | "after each exercise" => Some("each"),
        _ => None,
    }
}

/// Reads words that say more than one value: `before and after`, `L then R`.
fn several_words(field: &Field<'_>, simple: &str) -> Option<Remedy> {
    match field.name {
        "ask" if field.is_whole() => {
            let moments: Option<Vec<&str>> = simple.split(" and ").map(moment).collect();
            let moments = moments.filter(|moments| moments.len() > 1)?;
            Some(Remedy::entries([format!("ask: [{}]", moments.join(", "))]))
        }
        "side" if field.is_whole() && field.beside("first").is_none() => {
            let (first, second) = simple.split_once(" then ")?;
            let side = |word: &str| match word {
                "l" | "lt" | "left" => Some("left"),
                "r" | "rt" | "right" => Some("right"),
                _ => None,
            };
            let (first, second) = (side(first)?, side(second)?);
            (first != second)
                .then(|| Remedy::entries(["side: each".to_owned(), format!("first: {first}")]))
        }
        _ => None,
    }
}

/// Lists the words of a key, those of `side` with their meanings.
fn entry(key: &str, known: &[&str]) -> String {
    if key == "side" {
        return "`both` at once, `left` only, `right` only, `each` (one side, then the other), `alternate` (side to side with each repetition)".to_owned();
    }
    if known == MEASURES {
        return "`hold` as long as possible, `reps` as many as possible".to_owned();
    }
    known
        .iter()
        .map(|word| format!("`{word}`"))
        .collect::<Vec<_>>()
        .join(", ")
}

/// Returns what a word after `side:` may mean.
fn side(field: &Field<'_>, simple: &str) -> Vec<(&'static str, &'static str)> {
    const EACH: (&str, &str) = ("one side, then the other", "each");
    const BOTH: (&str, &str) = ("both together", "both");
    const ALTERNATE: (&str, &str) = ("side to side with each repetition", "alternate");
    match simple {
        "both sides" | "both legs" | "both arms" | "bilateral" | "bilaterally" | "bilat"
        | "b l" | "both sides each" | "2" | "two" | "beidseits" | "beide" | "beidseitig"
        | "beide seiten" => {
            vec![EACH, BOTH]
        }
        "l" | "lt" | "left side" | "left leg" | "left arm" | "left only" | "l only" | "lt only"
        | "only left" | "left knee" | "left hip" | "left shoulder" | "left ankle" | "left foot"
        | "links" => vec![("", "left")],
        "r" | "rt" | "right side" | "right leg" | "right arm" | "right only" | "r only"
        | "rt only" | "only right" | "right knee" | "right hip" | "right shoulder"
        | "right ankle" | "right foot" | "rechts" => {
            vec![("", "right")]
        }
        "l r" | "r l" | "left right" | "right left" | "left and right" | "right and left"
        | "l and r" | "r and l" | "lr" => {
            if field.beside("reps").is_some() {
                vec![EACH, ALTERNATE]
            } else {
                vec![("", "each")]
            }
        }
        "unilateral" | "unilaterally" | "unilat" | "one side" | "single" | "one sided"
        | "single side" => {
            vec![("the left only", "left"), ("the right only", "right"), EACH]
        }
        "each side" | "each leg" | "each arm" | "per side" | "per leg" | "per arm"
        | "every side" | "one at a time" | "one side at a time" | "each sides" | "ea" => {
            vec![("", "each")]
        }
        "alternating" | "alternately" | "alternate sides" | "alternating sides"
        | "alternate legs" | "alternating legs" | "alt" => {
            // With one hold a set, the alternation is from set to set.
            if field.beside("reps").is_some() {
                vec![("", "alternate")]
            } else {
                vec![("", "each")]
            }
        }
        _ => Vec::new(),
    }
}
