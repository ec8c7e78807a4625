//! The patient's day, which begins at four in the morning, and the times of sessions in it.

use jiff::Zoned;
use jiff::civil::{Date, DateTime, Time};

/// The earliest time, in minutes of the day, that is proposed for a session.
const FIRST: u16 = 8 * 60;
/// The latest time, in minutes of the day, that is proposed. A single session gets this time.
const LAST: u16 = 18 * 60;
/// Proposed times are multiples of this number of minutes.
const ROUND: u16 = 5;

/// The hour at which a day begins. A patient who exercises after midnight hasn't gone to bed yet,
/// so the session belongs to the day before.
pub(crate) const DAY_BEGINS: i8 = 4;

/// Returns the day that an instant belongs to in its own time zone.
pub(crate) fn day_of(at: &Zoned) -> Date {
    day_at(at.datetime())
}

/// Returns the day that a wall-clock time belongs to.
pub(crate) fn day_at(at: DateTime) -> Date {
    if at.hour() < DAY_BEGINS {
        at.date().yesterday().unwrap_or(at.date())
    } else {
        at.date()
    }
}

/// Returns the days from one date to another. Negative if the second date is earlier.
pub(crate) fn days_between(from: Date, to: Date) -> i32 {
    from.until(to).map_or(0, |span| span.get_days())
}

/// Returns whether a time of day is after midnight but belongs to the day before.
pub(crate) fn is_of_the_night(time: Time) -> bool {
    time.hour() < DAY_BEGINS
}

/// Returns the minutes from midnight to a time of the patient's day. Times after the next midnight
/// are more than 24 hours.
fn minute(time: Time) -> u16 {
    let minute = i16::from(time.hour()) * 60 + i16::from(time.minute());
    u16::try_from(if is_of_the_night(time) {
        minute + 24 * 60
    } else {
        minute
    })
    .unwrap_or(0)
}

/// Returns the minutes between two times of a day. 0 if the second is earlier.
pub(crate) fn minutes_between(earlier: Time, later: Time) -> u16 {
    minute(later).saturating_sub(minute(earlier))
}

/// Which ends of a gap already have a session.
#[derive(Clone, Copy, PartialEq, Eq)]
enum GapKind {
    /// The gap ends at the first session of the day.
    Before,
    /// The gap is between two sessions.
    Between,
    /// The gap begins at the last session of the day.
    After,
}

/// A part of the day that can take more sessions, in minutes of the day.
struct Gap {
    from: u16,
    to: u16,
    kind: GapKind,
    /// The number of sessions put in it so far.
    count: u16,
}

impl Gap {
    fn new(kind: GapKind, from: u16, to: u16) -> Self {
        Self {
            from,
            to,
            kind,
            count: 0,
        }
    }

    /// Returns the distance between the sessions if the gap took one more.
    fn distance_with_one_more(&self) -> u16 {
        let ends = if self.kind == GapKind::Between { 2 } else { 1 };
        (self.to - self.from) / (self.count + ends)
    }

    /// Returns the minutes of the sessions put in it.
    fn minutes(&self) -> impl Iterator<Item = u16> {
        let (first, parts) = match self.kind {
            GapKind::Before => (0, self.count),
            GapKind::Between => (1, self.count + 1),
            GapKind::After => (1, self.count),
        };
        (first..first + self.count).map(move |part| {
            let minute = self.from + (self.to - self.from) * part / parts.max(1);
            minute / ROUND * ROUND
        })
    }
}

/// Returns the times of a day's sessions, in order. If there are fewer named times than sessions,
/// the others are spread as far apart as the day allows.
pub fn times_of_day(named: &[Time], sessions: u8) -> Vec<Time> {
    let mut minutes: Vec<u16> = named.iter().copied().map(minute).collect();
    if minutes.is_empty() && sessions > 0 {
        minutes.push(if sessions == 1 { LAST } else { FIRST });
    }
    minutes.sort_unstable();
    minutes.dedup();
    let mut gaps = gaps_around(&minutes);
    for _ in minutes.len()..usize::from(sessions) {
        // `max_by_key` takes the later one of two equal gaps.
        if let Some(widest) = gaps
            .iter_mut()
            .max_by_key(|gap| gap.distance_with_one_more())
        {
            widest.count += 1;
        }
    }
    minutes.extend(gaps.iter().flat_map(Gap::minutes));
    minutes.sort_unstable();
    let time = |minute: u16| {
        let (hour, minute) = (minute / 60 % 24, minute % 60);
        Time::new(i8::try_from(hour).ok()?, i8::try_from(minute).ok()?, 0, 0).ok()
    };
    minutes.into_iter().filter_map(time).collect()
}

/// Returns the gaps before, between and after sorted times, in order.
fn gaps_around(minutes: &[u16]) -> Vec<Gap> {
    let first = minutes.first().filter(|first| FIRST < **first);
    let last = minutes.last().filter(|last| **last < LAST);
    let before = first.map(|first| Gap::new(GapKind::Before, FIRST, *first));
    let after = last.map(|last| Gap::new(GapKind::After, *last, LAST));
    let between = minutes
        .iter()
        .zip(minutes.iter().skip(1))
        .map(|(from, to)| Gap::new(GapKind::Between, *from, *to));
    before.into_iter().chain(between).chain(after).collect()
}
