//! A program's schedule for calendars: iCalendar, RFC 5545, each session an event with an alarm.
//! Knows nothing of clocks or files.

use jiff::civil::{Date, Time};
use jiff::{Timestamp, ToSpan};

use crate::day;
use crate::prescription::{self, Due, HistoryView};
use crate::program::words;
use crate::program::{Frequency, Program, Weekday};
use crate::reminder;

/// Lines are folded before this many bytes.
const LONGEST_LINE: usize = 73;

/// One program's events.
#[derive(Debug, Clone, Copy)]
pub struct Entry<'p> {
    /// The program.
    pub program: &'p Program,
    /// What is known of the past.
    pub past: HistoryView<'p>,
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
        lines.extend(events(entry, today, stamp));
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
    /// Every so many days.
    Days(u8),
    /// On these days of each week.
    Week(Vec<Weekday>),
}

impl Repeats {
    /// Returns the rule of an event; one in the night after its day is on the next one.
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

/// Why a program has no event.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Without {
    /// It is done as needed, which no calendar can know.
    AsNeeded,
    /// Its next session would be after this visit.
    BeforeReview(Date),
    /// Its last phase is over.
    Finished,
    /// The patient has a stop sign that is not cleared up.
    StopSign,
}

/// Returns the day of the first event of a program and how they repeat, or why it has none.
fn schedule(entry: &Entry<'_>, today: Date) -> Result<(Date, Repeats), Without> {
    let Entry { program, past, .. } = *entry;
    let status = prescription::status(program, past, today);
    match status.due {
        Due::Finished => return Err(Without::Finished),
        _ if prescription::open_sign(program, past).is_some() => return Err(Without::StopSign),
        _ => {}
    }
    let on_days = |days: &[Weekday]| {
        let is_day = |date: &Date| {
            days.iter()
                .any(|day| prescription::civil(*day) == date.weekday())
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
            // What was done today is due next when its days are over; a stop sign leaves that day
            // open.
            (status.next.unwrap_or(today), Repeats::Days(*days))
        }
    };
    match review(program, today) {
        Some(review) if review < begin => Err(Without::BeforeReview(review)),
        _ => Ok((begin, repeats)),
    }
}

/// The next visit, with which the events end.
fn review(program: &Program, today: Date) -> Option<Date> {
    program.review.filter(|review| *review >= today)
}

/// Returns why a program has no event in a calendar from a date on; none where it has.
pub fn without_event(entry: &Entry<'_>, today: Date) -> Option<Without> {
    schedule(entry, today).err()
}

/// Returns the times of the events of a day, and those at which the last of them reminds once more:
/// there are as many events as sessions.
fn times(entry: &Entry<'_>, frequency: &Frequency) -> (Vec<Time>, Vec<Time>) {
    let sessions = reminder::sessions_a_day(frequency);
    if !entry.chosen.is_empty() {
        return (day::times_of_day(entry.chosen, sessions), Vec::new());
    }
    let mut times = day::times_of_day(reminder::times(entry.program, entry.fallback), sessions);
    let more = times.split_off(usize::from(sessions).min(times.len()));
    (times, more)
}

/// Returns which days of a week are meant, where the patient may choose.
fn choice_words(frequency: &Frequency) -> Option<String> {
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

fn events(entry: &Entry<'_>, today: Date, stamp: Timestamp) -> Vec<String> {
    let Ok((begin, repeats)) = schedule(entry, today) else {
        return Vec::new();
    };
    let Entry { program, past, .. } = *entry;
    let status = prescription::status(program, past, today);
    let frequency = program.frequency_in(status.phase);
    let (times, more) = times(entry, frequency);
    let planned = prescription::planned(program, status.phase, &status.steps);
    let minutes = words::minutes(prescription::length(program, status.phase, &status.steps));
    let mut description = vec![words::frequency(frequency)];
    description.extend(choice_words(frequency));
    description.extend(
        planned
            .iter()
            .map(|planned| format!("{}: {}", planned.exercise.name, words::dose(planned.dose))),
    );
    description.extend(program.contact());
    let description = escaped(&description.join("\n"));
    let title = escaped(&program.title);
    let mut lines = Vec::new();
    for (index, time) in times.iter().enumerate() {
        // The night belongs to the day before it.
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
        let last = index + 1 == times.len();
        let later = more
            .iter()
            .filter(|_| last)
            .map(|again| day::minutes_between(*time, *again));
        for minutes in std::iter::once(0).chain(later) {
            lines.extend([
                "BEGIN:VALARM".to_owned(),
                "ACTION:DISPLAY".to_owned(),
                format!("DESCRIPTION:{title}"),
                if minutes == 0 {
                    "TRIGGER:PT0S".to_owned()
                } else {
                    format!("TRIGGER:PT{minutes}M")
                },
                "END:VALARM".to_owned(),
            ]);
        }
        lines.push("END:VEVENT".to_owned());
    }
    lines
}

/// A text with what means something in iCalendar told apart from it.
fn escaped(text: &str) -> String {
    text.replace('\\', "\\\\")
        .replace(';', "\\;")
        .replace(',', "\\,")
        .replace('\n', "\\n")
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
