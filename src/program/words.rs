//! Doses, frequencies and conditions in plain words for patients and therapists.

mod dose;
mod recorded;

use std::time::Duration;

pub use self::dose::dose;
pub(crate) use self::dose::{describe_tempo, set};
pub(crate) use self::recorded::recorded_dose;
use super::{Frequency, Phase, ProgressionStep, Weekday};
use crate::text::count;

/// Returns a text with its first letter in upper case.
pub(crate) fn capitalized(text: &str) -> String {
    let mut letters = text.chars();
    letters
        .next()
        .map(|first| first.to_uppercase().chain(letters).collect())
        .unwrap_or_default()
}

/// Returns the short English name of a day of the week.
fn name_weekday(day: Weekday) -> &'static str {
    match day {
        Weekday::Monday => "Mon",
        Weekday::Tuesday => "Tue",
        Weekday::Wednesday => "Wed",
        Weekday::Thursday => "Thu",
        Weekday::Friday => "Fri",
        Weekday::Saturday => "Sat",
        Weekday::Sunday => "Sun",
    }
}

/// Returns the short English name of a date's day of the week.
pub(crate) fn weekday_of(date: jiff::civil::Date) -> &'static str {
    use jiff::civil::Weekday as Civil;
    name_weekday(match date.weekday() {
        Civil::Monday => Weekday::Monday,
        Civil::Tuesday => Weekday::Tuesday,
        Civil::Wednesday => Weekday::Wednesday,
        Civil::Thursday => Weekday::Thursday,
        Civil::Friday => Weekday::Friday,
        Civil::Saturday => Weekday::Saturday,
        Civil::Sunday => Weekday::Sunday,
    })
}

/// Returns a frequency in words, such as `3 times a week`.
pub(crate) fn frequency(frequency: &Frequency) -> String {
    let times = |number: u8| match number {
        1 => "once".to_owned(),
        2 => "twice".to_owned(),
        number => format!("{number} times"),
    };
    match frequency {
        Frequency::PerDay(1) | Frequency::EveryDays(1) => "every day".to_owned(),
        Frequency::PerDay(number) => format!("{} a day", times(*number)),
        Frequency::PerWeek(number) => format!("{} a week", times(*number)),
        Frequency::Weekdays(days) => days
            .iter()
            .map(|day| name_weekday(*day))
            .collect::<Vec<_>>()
            .join(", "),
        Frequency::EveryDays(number) => format!("every {number} days"),
        Frequency::AsNeeded => "as needed".to_owned(),
    }
}

/// Describes when the patient may move on from a phase, such as `after 2 weeks and 6 sessions, if
/// pain stayed at 3 or less`. None if the phase has no conditions.
pub(crate) fn describe_advancement(phase: &Phase) -> Option<String> {
    let when = phase.advance_when;
    let weeks = phase.weeks.map(|weeks| count(weeks.into(), "week"));
    let sessions = when
        .and_then(|when| when.sessions)
        .map(|sessions| count(sessions.into(), "session"));
    let parts: Vec<String> = weeks.into_iter().chain(sessions).collect();
    let pain = when
        .and_then(|when| when.pain_at_most)
        .map(|pain| format!("if pain stayed at {pain} or less"));
    match (parts.is_empty(), pain) {
        (true, None) => None,
        (true, Some(pain)) => Some(pain),
        (false, None) => Some(format!("after {}", parts.join(" and "))),
        (false, Some(pain)) => Some(format!("after {}, {pain}", parts.join(" and "))),
    }
}

/// Describes when a step of a progression comes, such as `from week 3` or `after 6 sessions, if
/// pain stayed at 3 or less`.
pub(crate) fn describe_step(step: &ProgressionStep) -> String {
    let week = step.week.map(|week| format!("from week {week}"));
    let sessions = step
        .after_sessions
        .map(|sessions| format!("after {}", count(sessions.into(), "session")));
    let parts: Vec<String> = week.into_iter().chain(sessions).collect();
    let pain = step
        .pain_at_most
        .map(|pain| format!(", if pain stayed at {pain} or less"))
        .unwrap_or_default();
    format!("{}{pain}", parts.join(" and "))
}

/// Returns a length in minutes, rounded to the nearest minute, but at least 1.
pub fn minutes(length: Duration) -> u64 {
    ((length.as_secs() + 30) / 60).max(1)
}

/// Describes what a pain band leads to, as it follows the band's name: `, offers to end the session:
/// Stop for today`.
pub(crate) fn describe_band_effect(stop: bool, advice: Option<&str>) -> String {
    let stop = if stop {
        ", offers to end the session"
    } else {
        ""
    };
    match advice {
        Some(advice) => format!("{stop}: {advice}"),
        None => stop.to_owned(),
    }
}
