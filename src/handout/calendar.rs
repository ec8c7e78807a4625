//! The calendar of the handout: boxes to check for each day until the next visit.

use jiff::ToSpan;
use jiff::civil::Date;

use crate::day::days_between;
use crate::history;
use crate::preferences::WeekBegins;
use crate::program::{Frequency, Program, words};
use crate::schedule;

/// Weeks in the calendar if the file names no upcoming visit.
const USUAL_WEEKS: usize = 4;
/// The most weeks in the calendar, so that it fits on a page.
const MOST_WEEKS: usize = 12;

/// The boxes to check, a row for each week.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Calendar {
    /// Tells the patient when to check a box.
    pub(crate) note: String,
    /// The Monday of each week, and the number of boxes for each of its days.
    pub weeks: Vec<(Date, [u8; 7])>,
}

impl Calendar {
    /// Returns the calendar of a program from today until the next visit.
    pub(super) fn of(program: &Program, today: Date) -> Self {
        let frequencies: Vec<&Frequency> = (0..program.phases.len())
            .map(|phase| program.frequency_in(phase))
            .collect();
        let same = frequencies
            .windows(2)
            .all(|pair| pair.first() == pair.last());
        let common = frequencies.first().copied().filter(|_| same);
        Self {
            note: note(common),
            weeks: weeks(program.review, today, |day| match common {
                Some(frequency) => boxes(frequency, day, today),
                None => most_boxes(&frequencies, day, today),
            }),
        }
    }
}

/// Tells the patient when to check a box. `common` is the frequency that all phases share.
fn note(common: Option<&Frequency>) -> String {
    common.map_or_else(
        || "Check a box for each session, as often as your phase says.".to_owned(),
        |often| format!("Check a box for each session: {}.", words::frequency(often)),
    )
}

/// Returns the weeks with the number of boxes for each of their days. Days before today and from
/// the visit on have none.
fn weeks(review: Option<Date>, today: Date, boxes_on: impl Fn(Date) -> u8) -> Vec<(Date, [u8; 7])> {
    let visit = review.filter(|review| *review > today);
    let mut weeks = Vec::new();
    let mut start = history::week_of(today, WeekBegins::Monday);
    while weeks.len() < MOST_WEEKS && visit.map_or(weeks.len() < USUAL_WEEKS, |visit| start < visit)
    {
        let mut row = [0; 7];
        for (offset, count) in (0_i32..).zip(&mut row) {
            let Ok(day) = start.checked_add(offset.days()) else {
                continue;
            };
            if day >= today && visit.is_none_or(|visit| day < visit) {
                *count = boxes_on(day);
            }
        }
        weeks.push((start, row));
        let Ok(next) = start.checked_add(7.days()) else {
            break;
        };
        start = next;
    }
    weeks
}

/// Returns the number of boxes for a day under a frequency. Intervals count from `first`.
fn boxes(frequency: &Frequency, day: Date, first: Date) -> u8 {
    match frequency {
        Frequency::PerDay(times) => *times,
        Frequency::PerWeek(_) | Frequency::AsNeeded => 1,
        Frequency::Weekdays(days) => u8::from(
            days.iter()
                .any(|weekday| schedule::civil(*weekday) == day.weekday()),
        ),
        Frequency::EveryDays(every) => {
            let since = days_between(first, day);
            u8::from(since % i32::from((*every).max(1)) == 0)
        }
    }
}

/// Returns the most boxes that any phase has on a day, at least one: the patient may be in any of
/// them by then.
fn most_boxes(frequencies: &[&Frequency], day: Date, first: Date) -> u8 {
    let counts = frequencies
        .iter()
        .map(|frequency| boxes(frequency, day, first));
    counts.max().unwrap_or(0).max(1)
}
