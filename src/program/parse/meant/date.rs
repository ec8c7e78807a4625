//! Guesses the meaning of dates and times of day.

use jiff::civil::Date;

use super::write::write;
use crate::diagnostic::remedy::Remedy;
use crate::program::notation::{read_number, read_time, read_weekday};
use crate::program::parse::field::Field;

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

/// Returns how to write a date. Day before month and month before day are both offered if both are
/// possible.
pub(crate) fn date(field: &Field<'_>, text: &str) -> Remedy {
    let lower = text.trim().to_lowercase();
    let dates: Vec<Date> = if lower.len() == 8 && lower.bytes().all(|byte| byte.is_ascii_digit()) {
        let at = |from: usize, to: usize| lower.get(from..to).unwrap_or_default();
        let date = format!("{}-{}-{}", at(0, 4), at(4, 6), at(6, 8)).parse::<Date>();
        date.into_iter().collect()
    } else {
        parts_of_a_date(&lower)
            .map(|(month, numbers)| dates_meant(month, &numbers))
            .unwrap_or_default()
    };
    if dates.is_empty() {
        return ask_for_a_day();
    }
    Remedy::readings(dates.into_iter().map(|date| {
        (
            date.strftime("%B %-d, %Y").to_string(),
            write(field, &date.to_string()),
        )
    }))
}

/// A number of a date, and its count of digits.
type Digits = (i16, usize);

/// Returns the month of a date that has it as a word, and the numbers. None if there are other
/// words.
fn parts_of_a_date(lower: &str) -> Option<(Option<i16>, Vec<Digits>)> {
    let mut month = None;
    let mut numbers: Vec<Digits> = Vec::new();
    let parts = lower
        .split(|c: char| !c.is_alphanumeric())
        .filter(|part| !part.is_empty() && *part != "of");
    for part in parts {
        let ordinal = ["st", "nd", "rd", "th"]
            .iter()
            .find_map(|ending| part.strip_suffix(ending));
        let is_month =
            |name: &&str| name.starts_with(part) || (part == "sept" && *name == "september");
        if let Ok(number) = ordinal.unwrap_or(part).parse::<i16>() {
            numbers.push((number, ordinal.unwrap_or(part).len()));
        } else if part.len() >= 3
            && let Some(index) = MONTHS.iter().position(is_month)
        {
            month = i16::try_from(index + 1).ok();
        } else {
            read_weekday(part)?;
        }
    }
    Some((month, numbers))
}

/// Returns the dates that the numbers may mean.
fn dates_meant(month: Option<i16>, numbers: &[Digits]) -> Vec<Date> {
    let year = |(number, length): Digits| match length {
        4 => Some(number),
        2 => Some(2000 + number),
        _ => None,
    };
    let made = |year: Option<i16>, month: i16, day: i16| {
        Date::new(year?, i8::try_from(month).ok()?, i8::try_from(day).ok()?).ok()
    };
    let all = match (month, numbers) {
        (Some(month), [first, second]) if first.1 == 4 => {
            vec![made(year(*first), month, second.0)]
        }
        (Some(month), [first, second]) => vec![made(year(*second), month, first.0)],
        (None, [first, second, third]) if first.1 == 4 => {
            // A date that begins with the year has the order year, month, day. The other order
            // counts only if there is no such day.
            let in_order = made(Some(first.0), second.0, third.0);
            vec![in_order.or_else(|| made(Some(first.0), third.0, second.0))]
        }
        (None, [first, second, third]) => vec![
            made(year(*third), first.0, second.0),
            made(year(*third), second.0, first.0),
        ],
        _ => Vec::new(),
    };
    let mut dates: Vec<Date> = Vec::new();
    for date in all.into_iter().flatten() {
        if !dates.contains(&date) {
            dates.push(date);
        }
    }
    dates
}

fn ask_for_a_day() -> Remedy {
    Remedy::words(
        "write a day that exists, in digits: the year, a hyphen, the month, a hyphen, the day",
    )
}

/// Returns a time of day that a clinic wrote. Returns two times if it may be morning or evening.
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

/// Returns how to write a time of day.
pub(crate) fn time(field: &Field<'_>, text: &str) -> Remedy {
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
            "write a time of day in quotes: the hour from 0 to 23, a colon, two digits for the \
             minutes",
        );
    }
    Remedy::readings(named.map(|(words, time)| (*words, write(field, &format!("\"{time}\"")))))
}
