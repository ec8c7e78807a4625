//! The day of a patient: when it begins, and the times in it. Until four in the morning it is the
//! day before, everywhere. Knows nothing of clocks, programs or records.

use jiff::Zoned;
use jiff::civil::{Date, DateTime, Time};

/// Sessions whose time nobody names lie between these minutes of the day; a single one is in the
/// evening.
const FIRST: u16 = 8 * 60;
const LAST: u16 = 18 * 60;
/// Such times are multiples of so many minutes.
const ROUND: u16 = 5;

/// Before this hour it is still the day before: whoever exercises after midnight has not gone to
/// bed yet.
pub const DAY_BEGINS: i8 = 4;

/// Returns the day that a time belongs to where it was lived: until four in the morning it is the
/// day before.
pub fn day_of(at: &Zoned) -> Date {
    day_at(at.datetime())
}

/// Returns the same for a time on the wall.
pub fn day_at(at: DateTime) -> Date {
    if at.hour() < DAY_BEGINS {
        at.date().yesterday().unwrap_or(at.date())
    } else {
        at.date()
    }
}

/// Returns the days from one date to another, negative where the other is earlier.
pub fn days_between(from: Date, to: Date) -> i32 {
    from.until(to).map_or(0, |span| span.get_days())
}

/// Returns whether a time of day is in the night after the day it belongs to.
pub fn is_of_the_night(time: Time) -> bool {
    time.hour() < DAY_BEGINS
}

/// Returns the minute of its day at which a time comes, those of the night after all others.
fn minute(time: Time) -> u16 {
    let minute = i16::from(time.hour()) * 60 + i16::from(time.minute());
    u16::try_from(if is_of_the_night(time) {
        minute + 24 * 60
    } else {
        minute
    })
    .unwrap_or(0)
}

/// Returns how many minutes of a day lie between two of its times.
pub fn minutes_between(earlier: Time, later: Time) -> u16 {
    minute(later).saturating_sub(minute(earlier))
}

/// A stretch of the day in which sessions are still to be put.
struct Gap {
    from: u16,
    to: u16,
    /// Whether it lies between two times, both of which keep their distance.
    inner: bool,
    count: u16,
}

impl Gap {
    /// The distance between its times if it took one more.
    fn with_one_more(&self) -> u16 {
        (self.to - self.from) / (self.count + if self.inner { 2 } else { 1 })
    }
}

/// Returns the times of a day in the order in which they come: those that are named, and where
/// there are fewer of them than sessions, others as far from them and from each other as the day
/// lets them.
pub fn times_of_day(named: &[Time], sessions: u8) -> Vec<Time> {
    let mut minutes: Vec<u16> = named.iter().copied().map(minute).collect();
    if minutes.is_empty() && sessions > 0 {
        minutes.push(if sessions == 1 { LAST } else { FIRST });
    }
    minutes.sort_unstable();
    minutes.dedup();
    let missing = usize::from(sessions).saturating_sub(minutes.len());
    let outer = |from: u16, to: u16| {
        (from < to).then_some(Gap {
            from,
            to,
            inner: false,
            count: 0,
        })
    };
    let inner = |(from, to): (&u16, &u16)| Gap {
        from: *from,
        to: *to,
        inner: true,
        count: 0,
    };
    let mut before = minutes.first().and_then(|first| outer(FIRST, *first));
    let mut after = minutes.last().and_then(|last| outer(*last, LAST));
    let mut between: Vec<Gap> = minutes
        .iter()
        .zip(minutes.iter().skip(1))
        .map(inner)
        .collect();
    for _ in 0..missing {
        let gaps = before.iter_mut().chain(&mut between).chain(&mut after);
        // Of two that are as good the later one is taken.
        if let Some(widest) = gaps.max_by_key(|gap| gap.with_one_more()) {
            widest.count += 1;
        }
    }
    let place = |gap: &Gap, part: u16, parts: u16| {
        let minute = gap.from + (gap.to - gap.from) * part / parts.max(1);
        minute / ROUND * ROUND
    };
    minutes.extend(
        before
            .iter()
            .flat_map(|gap| (0..gap.count).map(|part| place(gap, part, gap.count))),
    );
    minutes.extend(
        between
            .iter()
            .flat_map(|gap| (1..=gap.count).map(|part| place(gap, part, gap.count + 1))),
    );
    minutes.extend(
        after
            .iter()
            .flat_map(|gap| (1..=gap.count).map(|part| place(gap, part, gap.count))),
    );
    minutes.sort_unstable();
    let time = |minute: u16| {
        let (hour, minute) = (minute / 60 % 24, minute % 60);
        Time::new(i8::try_from(hour).ok()?, i8::try_from(minute).ok()?, 0, 0).ok()
    };
    minutes.into_iter().filter_map(time).collect()
}
