//! A program's schedule for calendar apps: iCalendar, RFC 5545. Each session is an event with an
//! alarm.

use jiff::civil::{Date, Time};
use jiff::{Timestamp, ToSpan};

use crate::day;
use crate::history::HistoryView;
use crate::program::{Frequency, Program, Weekday, words};
use crate::progression;
use crate::reminder;
use crate::schedule::{self, Due};

/// The longest line in bytes, without its end. Longer ones are folded; the RFC allows 75.
const LONGEST_LINE: usize = 73;

/// A program to put into the calendar.
#[derive(Debug, Clone, Copy)]
pub struct Entry<'p> {
    /// The program as it is prescribed now.
    pub program: &'p Program,
    /// The patient's sessions, choices and stop signs.
    pub past: HistoryView<'p>,
    /// Times of day for a program that names none.
    pub fallback: &'p [Time],
    /// Times of day that override those of the program; empty for none.
    pub chosen: &'p [Time],
}

/// Why a program has no event.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Without {
    /// It is done as needed, so its sessions have no dates.
    AsNeeded,
    /// Its next session would be after this visit.
    BeforeReview(Date),
    /// Its last phase is over.
    Finished,
    /// The patient has a stop sign that isn't cleared up.
    StopSign,
}

/// Returns a calendar of some programs from a date on. Its times have no zone: they are local
/// wherever the patient is.
pub fn calendar(entries: &[Entry<'_>], today: Date, stamp: Timestamp) -> String {
    let mut lines = vec![
        "BEGIN:VCALENDAR".to_owned(),
        "VERSION:2.0".to_owned(),
        "PRODID:-//regimen//schedule//EN".to_owned(),
        "CALSCALE:GREGORIAN".to_owned(),
        "METHOD:PUBLISH".to_owned(),
    ];
    for entry in entries {
        lines.extend(events(entry, today, stamp));
    }
    lines.push("END:VCALENDAR".to_owned());
    lines.iter().map(|line| fold(line)).collect()
}

/// Returns why a program has no event in a calendar from a date on; none if it has one.
pub fn without_event(entry: &Entry<'_>, today: Date) -> Option<Without> {
    schedule(entry, today).err()
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

/// Returns days of a week as far apart as possible, one for each session.
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
        _ => &[
            Monday, Tuesday, Wednesday, Thursday, Friday, Saturday, Sunday,
        ],
    }
}

/// Returns the day after a weekday.
fn next_day(day: Weekday) -> Weekday {
    match day {
        Weekday::Monday => Weekday::Tuesday,
        Weekday::Tuesday => Weekday::Wednesday,
        Weekday::Wednesday => Weekday::Thursday,
        Weekday::Thursday => Weekday::Friday,
        Weekday::Friday => Weekday::Saturday,
        Weekday::Saturday => Weekday::Sunday,
        Weekday::Sunday => Weekday::Monday,
    }
}

/// How the sessions of a program repeat.
enum Repeats {
    /// At an interval in days.
    Days(u8),
    /// On these days of each week.
    Week(Vec<Weekday>),
}

impl Repeats {
    /// Returns the recurrence rule of an event. An event at night is on the calendar's next day.
    fn rule(&self, night: bool) -> String {
        match self {
            Self::Days(1) => "FREQ=DAILY".to_owned(),
            Self::Days(days) => format!("FREQ=DAILY;INTERVAL={days}"),
            Self::Week(days) => {
                let day = |day: &Weekday| code(if night { next_day(*day) } else { *day });
                format!(
                    "FREQ=WEEKLY;BYDAY={}",
                    days.iter().map(day).collect::<Vec<_>>().join(",")
                )
            }
        }
    }
}

/// Returns the day of a program's first event and how the events repeat, or why it has none.
fn schedule(entry: &Entry<'_>, today: Date) -> Result<(Date, Repeats), Without> {
    let Entry { program, past, .. } = *entry;
    let status = schedule::status(program, past, today);
    match status.due {
        Due::Finished => return Err(Without::Finished),
        _ if progression::open_sign(program, past).is_some() => return Err(Without::StopSign),
        _ => {}
    }
    let on_days = |days: &[Weekday]| {
        let is_day = |date: &Date| {
            days.iter()
                .any(|day| schedule::civil(*day) == date.weekday())
        };
        let begin = (0..7_i64)
            .filter_map(|ahead| today.checked_add(ahead.days()).ok())
            .find(is_day);
        (begin.unwrap_or(today), Repeats::Week(days.to_vec()))
    };
    let (begin, repeats) = match program.frequency_in(status.phase) {
        Frequency::AsNeeded => return Err(Without::AsNeeded),
        Frequency::PerDay(_) | Frequency::EveryDays(1) => (today, Repeats::Days(1)),
        Frequency::PerWeek(times) => on_days(spread(*times)),
        Frequency::Weekdays(days) => on_days(days),
        Frequency::EveryDays(days) => {
            // A program that was done today is due again when its interval is over.
            (status.next.unwrap_or(today), Repeats::Days(*days))
        }
    };
    match review(program, today) {
        Some(review) if review < begin => Err(Without::BeforeReview(review)),
        _ => Ok((begin, repeats)),
    }
}

/// Returns the next visit, after which there are no events; none if the file names none.
fn review(program: &Program, today: Date) -> Option<Date> {
    program.review.filter(|review| *review >= today)
}

/// Returns the times of a day's events, one for each session. Further reminder times become later
/// alarms of the last event; they are returned second.
fn times(entry: &Entry<'_>, frequency: &Frequency) -> (Vec<Time>, Vec<Time>) {
    let sessions = reminder::sessions_a_day(frequency);
    if !entry.chosen.is_empty() {
        return (day::times_of_day(entry.chosen, sessions), Vec::new());
    }
    let mut times = day::times_of_day(reminder::times(entry.program, entry.fallback), sessions);
    let more = times.split_off(usize::from(sessions).min(times.len()));
    (times, more)
}

/// Describes the freedom that the patient has in choosing days; none if the days are fixed.
fn describe_choice(frequency: &Frequency) -> Option<String> {
    const NUMBERS: [&str; 5] = ["two", "three", "four", "five", "six"];
    let Frequency::PerWeek(times) = frequency else {
        return None;
    };
    match times {
        1 => Some("Any day is fine.".to_owned()),
        2.. => NUMBERS
            .get(usize::from(*times) - 2)
            .map(|number| format!("Any {number} days are fine.")),
        0 => None,
    }
}

/// Returns the lines of a program's events; none if it has no event.
fn events(entry: &Entry<'_>, today: Date, stamp: Timestamp) -> Vec<String> {
    let Ok((begin, repeats)) = schedule(entry, today) else {
        return Vec::new();
    };
    let Entry { program, past, .. } = *entry;
    let status = schedule::status(program, past, today);
    let (times, later) = times(entry, program.frequency_in(status.phase));
    let minutes = words::minutes(progression::length(program, status.phase, &status.steps));
    let description = escape(&describe(entry, today));
    let title = escape(&program.title);
    let mut lines = Vec::new();
    for (index, time) in times.iter().enumerate() {
        // A patient's day ends in the night, when the calendar is already on the next day.
        let night = day::is_of_the_night(*time);
        let day = |day: Date| day.checked_add(i64::from(night).days()).unwrap_or(day);
        let start = day(begin).to_datetime(*time);
        let until = review(program, today).map(|review| {
            let last = if night { "035959" } else { "235959" };
            format!(";UNTIL={}T{last}", day(review).strftime("%Y%m%d"))
        });
        lines.extend([
            "BEGIN:VEVENT".to_owned(),
            format!("UID:{}-{}@regimen", program.id, index + 1),
            format!("DTSTAMP:{}", stamp.strftime("%Y%m%dT%H%M%SZ")),
            format!("DTSTART:{}", start.strftime("%Y%m%dT%H%M%S")),
            format!("DURATION:PT{minutes}M"),
            format!("RRULE:{}{}", repeats.rule(night), until.unwrap_or_default()),
            format!("SUMMARY:{title}"),
            format!("DESCRIPTION:{description}"),
            "TRANSP:TRANSPARENT".to_owned(),
        ]);
        lines.extend(alarm(&title, 0));
        if index + 1 == times.len() {
            let again = later
                .iter()
                .map(|later| day::minutes_between(*time, *later));
            lines.extend(again.flat_map(|minutes| alarm(&title, minutes)));
        }
        lines.push("END:VEVENT".to_owned());
    }
    lines
}

/// Returns an alarm at some minutes after the start of its event.
fn alarm(title: &str, minutes: u16) -> [String; 5] {
    [
        "BEGIN:VALARM".to_owned(),
        "ACTION:DISPLAY".to_owned(),
        format!("DESCRIPTION:{title}"),
        if minutes == 0 {
            "TRIGGER:PT0S".to_owned()
        } else {
            format!("TRIGGER:PT{minutes}M")
        },
        "END:VALARM".to_owned(),
    ]
}

/// Describes how often a program is done, each exercise with its dose, and whom to call.
fn describe(entry: &Entry<'_>, today: Date) -> String {
    let Entry { program, past, .. } = *entry;
    let status = schedule::status(program, past, today);
    let frequency = program.frequency_in(status.phase);
    let mut lines = vec![words::frequency(frequency)];
    lines.extend(describe_choice(frequency));
    lines.extend(
        progression::planned(program, status.phase, &status.steps)
            .iter()
            .map(|planned| format!("{}: {}", planned.exercise.name, words::dose(planned.dose))),
    );
    lines.extend(program.contact());
    lines.join("\n")
}

/// Escapes the characters that have a meaning in iCalendar.
fn escape(text: &str) -> String {
    text.replace('\\', "\\\\")
        .replace(';', "\\;")
        .replace(',', "\\,")
        .replace('\n', "\\n")
}

/// Returns a line with its end, folded if it is too long.
fn fold(line: &str) -> String {
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
