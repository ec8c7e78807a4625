//! What is due: from a program, its records, and the date. Knows nothing of clocks or of how it is shown.

use jiff::ToSpan;
use jiff::civil::{Date, Weekday as CivilWeekday};

use crate::program::{Frequency, Program, Weekday};
use crate::record::{EndKind, SessionHistory};

/// Whether a program is to be done today.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Due {
    /// Today, and so many sessions of it.
    Today(u8),
    /// What today asks for is done.
    Done,
    /// In so many days.
    InDays(u16),
    /// What this week asks for is done.
    DoneThisWeek,
    /// Never due.
    AsNeeded,
}

/// Where a patient stands with a program.
#[derive(Debug, Clone, PartialEq)]
pub struct Standing {
    /// Whether it is due.
    pub due: Due,
    /// The phase, from 0.
    pub phase: usize,
    /// Sessions finished in the week of the date.
    pub done_this_week: u32,
    /// Sessions a week that the program asks for; none when it is done as needed.
    pub a_week: Option<u32>,
    /// Whether the program was never begun before.
    pub first_time: bool,
}

/// Whether a session counts as one that was done: played to its end, and not only passed over.
pub fn counts(history: &SessionHistory) -> bool {
    history.end.as_ref().is_some_and(|end| end.kind == EndKind::Finished) && history.worked
}

/// The date of a session: the local one where and when it ended, and of an unfinished one where and when it was begun.
pub fn date_of(history: &SessionHistory) -> Date {
    history.end.as_ref().map_or(&history.session.started, |end| &end.at).date()
}

/// The Monday of the week of a date.
pub fn monday(date: Date) -> Date {
    let since = date.weekday().since(CivilWeekday::Monday);
    date.checked_sub(i64::from(since).days()).unwrap_or(date)
}

/// The sessions of a program among all.
pub fn of<'h>(program: &Program, histories: &'h [SessionHistory]) -> Vec<&'h SessionHistory> {
    histories.iter().filter(|history| history.session.program == program.id).collect()
}

/// The unfinished session of a program that was begun last.
pub fn unfinished<'h>(program: &Program, histories: &'h [SessionHistory]) -> Option<&'h SessionHistory> {
    let open = of(program, histories).into_iter().filter(|history| history.end.is_none());
    open.max_by(|a, b| a.session.started.cmp(&b.session.started))
}

/// Where a patient stands with a program on a date.
pub fn standing(program: &Program, histories: &[SessionHistory], today: Date) -> Standing {
    let sessions = of(program, histories);
    let phase = sessions
        .iter()
        .max_by(|a, b| a.session.started.cmp(&b.session.started))
        .map_or(0, |last| usize::from(last.session.phase))
        .min(program.phases.len().saturating_sub(1));
    let done: Vec<Date> = sessions.iter().filter(|history| counts(history)).map(|history| date_of(history)).collect();
    let week = monday(today);
    let count = |dates: &mut dyn Iterator<Item = &Date>| u32::try_from(dates.count()).unwrap_or(u32::MAX);
    let done_this_week = count(&mut done.iter().filter(|date| monday(**date) == week));
    let done_today = count(&mut done.iter().filter(|date| **date == today));
    let frequency = program.frequency_in(phase);
    let a_week = match frequency {
        Frequency::PerDay(times) => Some(u32::from(*times) * 7),
        Frequency::PerWeek(times) => Some(u32::from(*times)),
        Frequency::Weekdays(days) => u32::try_from(days.len()).ok(),
        Frequency::EveryDays(days) => (*days <= 7).then(|| 7 / u32::from(*days).max(1)),
        Frequency::AsNeeded => None,
    };
    let due = due(frequency, today, done_today, done_this_week, done.iter().max().copied());
    Standing { due, phase, done_this_week, a_week, first_time: sessions.is_empty() }
}

fn due(frequency: &Frequency, today: Date, done_today: u32, done_this_week: u32, last: Option<Date>) -> Due {
    match frequency {
        Frequency::AsNeeded => Due::AsNeeded,
        Frequency::PerDay(times) => match u32::from(*times).saturating_sub(done_today) {
            0 => Due::Done,
            left => Due::Today(u8::try_from(left).unwrap_or(u8::MAX)),
        },
        Frequency::PerWeek(times) if done_this_week >= u32::from(*times) => Due::DoneThisWeek,
        Frequency::PerWeek(_) if done_today > 0 => Due::Done,
        Frequency::PerWeek(_) => Due::Today(1),
        Frequency::Weekdays(days) => {
            let is_day = |ahead: u16| {
                let date = today.checked_add(i64::from(ahead).days()).unwrap_or(today);
                days.iter().any(|day| civil(*day) == date.weekday())
            };
            match (is_day(0), done_today > 0) {
                (true, false) => Due::Today(1),
                (true, true) => Due::Done,
                _ => (1..=7).find(|ahead| is_day(*ahead)).map_or(Due::AsNeeded, Due::InDays),
            }
        }
        Frequency::EveryDays(days) => {
            let next = last.and_then(|last| last.checked_add(i64::from(*days).days()).ok());
            match next {
                Some(next) if next > today => {
                    if done_today > 0 {
                        return Due::Done;
                    }
                    let ahead = today.until(next).map_or(1, |span| span.get_days());
                    Due::InDays(u16::try_from(ahead).unwrap_or(1))
                }
                _ => Due::Today(1),
            }
        }
    }
}

/// The day as the calendar names it.
pub fn civil(day: Weekday) -> CivilWeekday {
    match day {
        Weekday::Monday => CivilWeekday::Monday,
        Weekday::Tuesday => CivilWeekday::Tuesday,
        Weekday::Wednesday => CivilWeekday::Wednesday,
        Weekday::Thursday => CivilWeekday::Thursday,
        Weekday::Friday => CivilWeekday::Friday,
        Weekday::Saturday => CivilWeekday::Saturday,
        Weekday::Sunday => CivilWeekday::Sunday,
    }
}
