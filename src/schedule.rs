//! Whether and when a program is due: from its frequency, its records, and the date.

use crate::progression::{open_sign, over_since, phase, steps, stopped_on};

use jiff::civil::{Date, Weekday as CivilWeekday};
use jiff::{ToSpan, Zoned};

use crate::day::{day_of, days_between};
use crate::history::SessionHistory;
use crate::history::{HistoryView, counts, date_of, of, of_phase, week_of};
use crate::program::{Frequency, PainMoment, Program, Weekday};

/// For so many days after the next morning pain is still asked for; later nobody would know.
const MORNINGS: i32 = 1;
/// Whether a program is to be done today.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Due {
    /// Today, and so many sessions of it.
    Today(u8),
    /// What today asks for is done.
    Done,
    /// Pain was said today of which the therapist says: stop.
    Stopped,
    /// In so many days.
    InDays(u16),
    /// What this week asks for is done.
    DoneThisWeek,
    /// The last phase is over, so that nothing is due any more.
    Finished,
    /// Never due.
    AsNeeded,
}

/// Where a patient stands with a program.
#[derive(Debug, Clone, PartialEq)]
pub struct ProgramStatus {
    /// Whether it is due.
    pub due: Due,
    /// The day on which it is due next: today, where it is due today; none where it is never due.
    pub next: Option<Date>,
    /// The phase, from 0.
    pub phase: usize,
    /// Of each exercise of the phase how many steps of its progression were taken.
    pub steps: Vec<usize>,
    /// Which week since the first session of the phase, or of a program without phases, from 1;
    /// none before the first session.
    pub week: Option<u32>,
    /// Sessions finished in the week of the date, never more than the week asks for.
    pub done_this_week: u32,
    /// Sessions that the week of the date asks for; none where it asks for none.
    pub a_week: Option<u32>,
    /// Whether the program was never begun before.
    pub first_time: bool,
}

/// Where a patient stands with a program on a date.
pub fn status(program: &Program, past: HistoryView<'_>, today: Date) -> ProgramStatus {
    let sessions = of(program, past.histories);
    let phase = phase(program, past);
    let mut done: Vec<Date> = sessions
        .iter()
        .filter(|history| counts(history))
        .map(|history| date_of(history))
        .collect();
    done.sort_unstable();
    let first = week_of(today, past.week_begins);
    let count =
        |dates: &mut dyn Iterator<Item = &Date>| u32::try_from(dates.count()).unwrap_or(u32::MAX);
    let in_week = count(
        &mut done
            .iter()
            .filter(|date| week_of(**date, past.week_begins) == first),
    );
    let done_today = count(&mut done.iter().filter(|date| **date == today));
    let frequency = program.frequency_in(phase);
    let signed = open_sign(program, past).is_some();
    let due = match due(frequency, today, done_today, in_week, done.last().copied()) {
        Due::AsNeeded => Due::AsNeeded,
        due if is_over(program, past, today, due) => Due::Finished,
        Due::Done => Due::Done,
        // A stop sign stops until it is answered, and not for today alone.
        _ if signed => Due::Stopped,
        Due::Today(_) if stopped_on(program, &sessions, today) => Due::Stopped,
        due => due,
    };
    let next = match due {
        // When the sign is cleared up nobody knows.
        _ if signed => None,
        Due::Today(_) => Some(today),
        Due::InDays(days) => today.checked_add(i64::from(days).days()).ok(),
        Due::AsNeeded | Due::Finished => None,
        Due::DoneThisWeek => first.checked_add(7.days()).ok(),
        Due::Done | Due::Stopped => after_today(frequency, today, first, in_week),
    };
    let a_week = if due == Due::Finished {
        None
    } else {
        asked_in_week(frequency, first, today, &done)
    };
    let week = week_in(program, phase, past, today);
    let steps = steps(program, phase, past.choices);
    // Who entered sessions by hand, which take no time, has not read what comes before the first
    // one.
    let played = |history: &SessionHistory| {
        history
            .end
            .as_ref()
            .is_none_or(|end| end.at != history.session.started)
    };
    let first_time = !sessions.iter().any(|history| played(history));
    let done_this_week = match frequency {
        // What one day has too much does not make up for another day.
        Frequency::PerDay(times) => {
            let days = first.series(1.day()).take(7);
            days.map(|day| {
                count(&mut done.iter().filter(|date| **date == day)).min((*times).into())
            })
            .sum()
        }
        _ => in_week.min(a_week.unwrap_or(u32::MAX)),
    };
    ProgramStatus {
        due,
        next,
        phase,
        steps,
        week,
        done_this_week,
        a_week,
        first_time,
    }
}

/// Returns how many sessions a week asks for, given the days on which sessions were finished, in
/// order.
fn asked_in_week(frequency: &Frequency, first: Date, today: Date, done: &[Date]) -> Option<u32> {
    match frequency {
        Frequency::PerDay(times) => Some(u32::from(*times) * 7),
        Frequency::PerWeek(times) => Some(u32::from(*times)),
        Frequency::Weekdays(days) => u32::try_from(days.len()).ok(),
        Frequency::EveryDays(days) => {
            let last = first.checked_add(6.days()).ok()?;
            let before = done.iter().rev().find(|date| **date < first).copied();
            let begin = before.or(done.first().copied()).unwrap_or(today).min(today);
            // From today on the sessions are done as they are due.
            let is_done = |day: Date| day >= today || done.contains(&day);
            let turns = turns(*days, begin, last, is_done);
            let asked = turns
                .iter()
                .filter(|turn| first <= turn.done.unwrap_or(turn.opens))
                .count();
            u32::try_from(asked).ok().filter(|asked| *asked > 0)
        }
        Frequency::AsNeeded => None,
    }
}

/// A turn of a program that is done every so many days.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Turn {
    /// The day from which on it is due.
    pub opens: Date,
    /// The day on which it was done; none where it was missed.
    pub done: Option<Date>,
}

/// Returns the turns of a program that is done every so many days. The next one opens that long
/// after the last one was done, or, where it was missed, after it opened; what is done before it
/// opens is extra.
pub fn turns(every: u8, from: Date, to: Date, is_done: impl Fn(Date) -> bool) -> Vec<Turn> {
    let mut turns: Vec<Turn> = Vec::new();
    let mut next = from;
    for day in from.series(1.day()).take_while(|day| *day <= to) {
        let later = day
            .checked_add(i64::from(every).days())
            .unwrap_or(Date::MAX);
        if day >= next {
            turns.push(Turn {
                opens: day,
                done: None,
            });
            next = later;
        }
        if let Some(turn) = turns
            .last_mut()
            .filter(|turn| turn.done.is_none() && is_done(day))
        {
            turn.done = Some(day);
            next = later;
        }
    }
    turns
}

/// The day on which a program is due next whose session of today is done.
fn after_today(
    frequency: &Frequency,
    today: Date,
    week: Date,
    done_this_week: u32,
) -> Option<Date> {
    let ahead = |days: i64| today.checked_add(days.days()).ok();
    match frequency {
        Frequency::AsNeeded => None,
        Frequency::PerWeek(times) if done_this_week >= u32::from(*times) => {
            week.checked_add(7.days()).ok()
        }
        Frequency::PerDay(_) | Frequency::PerWeek(_) => ahead(1),
        Frequency::EveryDays(days) => ahead(i64::from(*days)),
        Frequency::Weekdays(days) => (1..=7)
            .filter_map(ahead)
            .find(|date| days.iter().any(|day| civil(*day) == date.weekday())),
    }
}

/// Which week since the first session of a phase it is, from 1. Where the clock was set back it is
/// the first one.
fn week_in(program: &Program, phase: usize, past: HistoryView<'_>, today: Date) -> Option<u32> {
    let first = of_phase(program, phase, past)
        .into_iter()
        .map(date_of)
        .min()?;
    let days = days_between(first, today).max(0);
    u32::try_from(days / 7 + 1).ok()
}

/// Whether the last phase is over, so that nothing more is due: since an earlier day, or with what
/// was done today.
fn is_over(program: &Program, past: HistoryView<'_>, today: Date, due: Due) -> bool {
    let Some(since) = over_since(program, past, today) else {
        return false;
    };
    since <= today
        || days_between(today, since) == 1 && matches!(due, Due::Done | Due::DoneThisWeek)
}

/// The session of which pain the morning after is to be asked for: the last one of the day before,
/// where the therapist asks for it and nobody has answered. A day later it still is, and then no
/// more.
pub fn morning_after<'h>(
    program: &Program,
    past: HistoryView<'h>,
    now: &Zoned,
) -> Option<&'h SessionHistory> {
    if !program.pain.asks(PainMoment::NextMorning) {
        return None;
    }
    let mut ended = of(program, past.histories);
    ended.retain(|history| history.worked && history.end.is_some());
    let last = ended
        .into_iter()
        .max_by(|a, b| a.session.started.cmp(&b.session.started))?;
    let days = days_between(day_of(last.last()), day_of(now));
    let answered = last.pain(PainMoment::NextMorning).is_some();
    (!answered && (1..=1 + MORNINGS).contains(&days)).then_some(last)
}

fn due(
    frequency: &Frequency,
    today: Date,
    done_today: u32,
    done_this_week: u32,
    last: Option<Date>,
) -> Due {
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
                _ => (1..=7)
                    .find(|ahead| is_day(*ahead))
                    .map_or(Due::AsNeeded, Due::InDays),
            }
        }
        Frequency::EveryDays(days) => {
            let next = last.and_then(|last| last.checked_add(i64::from(*days).days()).ok());
            match next {
                Some(next) if next > today => {
                    if done_today > 0 {
                        return Due::Done;
                    }
                    Due::InDays(u16::try_from(days_between(today, next)).unwrap_or(1))
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
