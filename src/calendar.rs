//! A program's schedule for calendars: iCalendar, RFC 5545, each session an event with an alarm. Knows nothing of clocks or files.

use jiff::civil::{Date, Time};
use jiff::{Timestamp, ToSpan};

use crate::prescription::{self, Due, Past};
use crate::program::words;
use crate::program::{Frequency, Program, Weekday};
use crate::reminder;

/// Lines are folded before this many bytes.
const LONGEST_LINE: usize = 73;
/// When the first and the last session of a day are where neither the program nor the patient says.
const DAY: (i8, i8) = (8, 18);

/// One program's events.
#[derive(Debug, Clone, Copy)]
pub struct Entry<'p> {
    /// The program.
    pub program: &'p Program,
    /// What is known of the past.
    pub past: Past<'p>,
    /// Times for programs that name none.
    pub fallback: &'p [Time],
    /// Times that were asked for, whatever the program names; empty for none.
    pub chosen: &'p [Time],
}

/// A calendar of some programs from a date on. Times are local wherever the patient is.
pub fn calendar(entries: &[Entry<'_>], today: Date, stamp: Timestamp) -> String {
    let mut lines = vec![
        "BEGIN:VCALENDAR".to_owned(),
        "VERSION:2.0".to_owned(),
        "PRODID:-//regimen//schedule//EN".to_owned(),
        "CALSCALE:GREGORIAN".to_owned(),
        "METHOD:PUBLISH".to_owned(),
    ];
    for entry in entries {
        lines.extend(events(*entry, today, stamp));
    }
    lines.push("END:VCALENDAR".to_owned());
    lines.iter().map(|line| folded(line)).collect()
}

fn code(day: Weekday) -> &'static str {
    match day {
        Weekday::Monday => "MO",
        Weekday::Tuesday => "TU",
        Weekday::Wednesday => "WE",
        Weekday::Thursday => "TH",
        Weekday::Friday => "FR",
        Weekday::Saturday => "SA",
        Weekday::Sunday => "SU",
    }
}

/// So many days of a week, as far apart as they go.
fn spread(times: u8) -> &'static [Weekday] {
    use Weekday::{Friday, Monday, Saturday, Sunday, Thursday, Tuesday, Wednesday};
    match times {
        0 => &[],
        1 => &[Monday],
        2 => &[Monday, Thursday],
        3 => &[Monday, Wednesday, Friday],
        4 => &[Monday, Tuesday, Thursday, Saturday],
        5 => &[Monday, Tuesday, Wednesday, Friday, Saturday],
        6 => &[Monday, Tuesday, Wednesday, Thursday, Friday, Saturday],
        _ => &[Monday, Tuesday, Wednesday, Thursday, Friday, Saturday, Sunday],
    }
}

/// So many times of a day, evenly between morning and evening; a single one is in the evening.
fn times_of_day(count: u8) -> Vec<Time> {
    let (first, last) = (i16::from(DAY.0) * 60, i16::from(DAY.1) * 60);
    let gaps = i16::from(count.max(2)) - 1;
    (0..i16::from(count))
        .map(|index| if count == 1 { last } else { first + (last - first) * index / gaps })
        .filter_map(|minute| Time::new(i8::try_from(minute / 60).ok()?, i8::try_from(minute % 60).ok()?, 0, 0).ok())
        .collect()
}

fn events(entry: Entry<'_>, today: Date, stamp: Timestamp) -> Vec<String> {
    let Entry { program, past, fallback, chosen } = entry;
    let standing = prescription::standing(program, past, today);
    let frequency = program.frequency_in(standing.phase);
    let on_days = |days: &[Weekday]| {
        let codes: Vec<&str> = days.iter().map(|day| code(*day)).collect();
        let is_day = |date: &Date| days.iter().any(|day| prescription::civil(*day) == date.weekday());
        let begin = (0..7_i64).filter_map(|ahead| today.checked_add(ahead.days()).ok()).find(is_day);
        (begin.unwrap_or(today), format!("FREQ=WEEKLY;BYDAY={}", codes.join(",")))
    };
    let (begin, rule) = match frequency {
        Frequency::AsNeeded => return Vec::new(),
        Frequency::PerDay(_) | Frequency::EveryDays(1) => (today, "FREQ=DAILY".to_owned()),
        Frequency::PerWeek(times) => on_days(spread(*times)),
        Frequency::Weekdays(days) => on_days(days),
        Frequency::EveryDays(days) => {
            let ahead = if let Due::InDays(ahead) = standing.due { ahead } else { 0 };
            let begin = today.checked_add(i64::from(ahead).days()).unwrap_or(today);
            (begin, format!("FREQ=DAILY;INTERVAL={days}"))
        }
    };
    let named = if chosen.is_empty() { reminder::times(program, fallback) } else { chosen }.to_vec();
    let times = match (named.is_empty(), frequency) {
        // One time for several sessions a day is the patient's for all programs; then they are spread.
        (false, Frequency::PerDay(count)) if named.len() < usize::from(*count) && program.reminders.is_empty() => {
            times_of_day(*count)
        }
        (false, _) => named,
        (true, Frequency::PerDay(count)) => times_of_day(*count),
        _ => times_of_day(1),
    };
    let rule = match program.review.filter(|review| *review >= today) {
        Some(review) => format!("{rule};UNTIL={}T235959", review.strftime("%Y%m%d")),
        None => rule,
    };
    let planned = prescription::planned(program, standing.phase, &standing.steps);
    let minutes = words::minutes(prescription::length(program, standing.phase, &standing.steps));
    let mut description = vec![words::frequency(frequency)];
    if matches!(frequency, Frequency::PerWeek(_)) {
        description.push("Any days will do; these are a proposal.".to_owned());
    }
    description
        .extend(planned.iter().map(|planned| format!("{}: {}", planned.exercise.name, words::dose(planned.dose))));
    description.extend(program.contact());
    let description = escaped(&description.join("\n"));
    let title = escaped(&program.title);
    let mut lines = Vec::new();
    for (index, time) in times.iter().enumerate() {
        lines.extend([
            "BEGIN:VEVENT".to_owned(),
            format!("UID:{}-{}@regimen", program.id, index + 1),
            format!("DTSTAMP:{}", stamp.strftime("%Y%m%dT%H%M%SZ")),
            format!("DTSTART:{}T{}", begin.strftime("%Y%m%d"), time.strftime("%H%M%S")),
            format!("DURATION:PT{minutes}M"),
            format!("RRULE:{rule}"),
            format!("SUMMARY:{title}"),
            format!("DESCRIPTION:{description}"),
            "TRANSP:TRANSPARENT".to_owned(),
            "BEGIN:VALARM".to_owned(),
            "ACTION:DISPLAY".to_owned(),
            format!("DESCRIPTION:{title}"),
            "TRIGGER:PT0S".to_owned(),
            "END:VALARM".to_owned(),
            "END:VEVENT".to_owned(),
        ]);
    }
    lines
}

/// A text with what means something in iCalendar told apart from it.
fn escaped(text: &str) -> String {
    text.replace('\\', "\\\\").replace(';', "\\;").replace(',', "\\,").replace('\n', "\\n")
}

/// A line, folded where it is long, with its end.
fn folded(line: &str) -> String {
    let mut folded = String::new();
    let mut length = 0;
    for character in line.chars() {
        if length + character.len_utf8() > LONGEST_LINE {
            folded.push_str("\r\n ");
            length = 1;
        }
        length += character.len_utf8();
        folded.push(character);
    }
    folded.push_str("\r\n");
    folded
}
