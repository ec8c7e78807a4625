//! Doses and frequencies in plain words, as a patient would be told. Knows nothing of screens or
//! paper.

use std::time::Duration;

use super::notation::{write_duration, write_tempo};
use super::{
    Dose, Frequency, Phase, ProgressionStep, RepStyle, SetDose, Side, SideRule, Tempo, TestKind,
    Weekday, Work,
};

/// Values as words: one when all are equal, else a list.
fn values<T: PartialEq>(values: &[T], write: impl Fn(&T) -> String) -> String {
    match values {
        [first, rest @ ..] if rest.iter().all(|value| value == first) => write(first),
        _ => values.iter().map(write).collect::<Vec<_>>().join(", "),
    }
}

/// Returns a text with its first letter in upper case.
pub fn capitalized(text: &str) -> String {
    let mut letters = text.chars();
    letters
        .next()
        .map(|first| first.to_uppercase().chain(letters).collect())
        .unwrap_or_default()
}

/// How a tempo is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Pace {
    /// For people: "lower 3 s, pause 1 s, lift 2 s".
    Words,
    /// As the format has it, in what is compared with the records: "tempo 3-1-2-0".
    Notation,
}

/// Returns a tempo as a patient is told it, without the parts that have no time: "lower 3 s, pause
/// 1 s, lift 2 s".
pub fn tempo(tempo: Tempo) -> String {
    let parts = [
        ("lower", tempo.lower),
        ("pause", tempo.bottom),
        ("lift", tempo.lift),
        ("pause", tempo.top),
    ];
    let timed = parts.into_iter().filter(|(_, seconds)| *seconds > 0);
    timed
        .map(|(part, seconds)| format!("{part} {seconds} s"))
        .collect::<Vec<_>>()
        .join(", ")
}

/// The sets of one side in words: "3 sets of 10, hold 5 s each".
fn sets(sets: &[&SetDose], pace: Pace) -> String {
    let count = sets.len();
    let times = |what: String| {
        if count == 1 {
            what
        } else {
            format!("{count} x {what}")
        }
    };
    let lengths = |pick: &dyn Fn(&Work) -> Option<Duration>| -> Vec<Duration> {
        sets.iter().filter_map(|set| pick(&set.work)).collect()
    };
    let equal = |lengths: &[Duration]| lengths.windows(2).all(|pair| pair.first() == pair.last());
    let mut words = match sets.first().map(|set| set.work) {
        None => return "nothing".to_owned(),
        Some(Work::Hold(_)) => {
            let lengths = lengths(&|work| {
                if let Work::Hold(length) = work {
                    Some(*length)
                } else {
                    None
                }
            });
            let shown = values(&lengths, |length| write_duration(*length));
            if equal(&lengths) {
                times(format!("{shown} hold"))
            } else {
                format!("holds of {shown}")
            }
        }
        Some(Work::Continuous(_)) => {
            let lengths = lengths(&|work| {
                if let Work::Continuous(length) = work {
                    Some(*length)
                } else {
                    None
                }
            });
            let shown = values(&lengths, |length| write_duration(*length));
            if equal(&lengths) { times(shown) } else { shown }
        }
        Some(Work::Test(kind)) => {
            let what = match kind {
                TestKind::Hold => "as long as you can",
                TestKind::Reps => "as many as you can",
            };
            if count == 1 {
                what.to_owned()
            } else {
                format!("{what}, best of {count}")
            }
        }
        Some(Work::Reps { .. }) => {
            let reps: Vec<(u16, RepStyle)> = sets
                .iter()
                .filter_map(|set| {
                    if let Work::Reps { count, style } = set.work {
                        Some((count, style))
                    } else {
                        None
                    }
                })
                .collect();
            let counts: Vec<u16> = reps.iter().map(|(count, _)| *count).collect();
            let same = counts.windows(2).all(|pair| pair.first() == pair.last());
            let shown = values(&counts, u16::to_string);
            let plural = if counts == [1] { "rep" } else { "reps" };
            let mut words = if count > 1 && same {
                format!("{count} sets of {shown}")
            } else {
                format!("{shown} {plural}")
            };
            let holds: Vec<Duration> = reps
                .iter()
                .filter_map(|(_, style)| {
                    if let RepStyle::Held(hold) = style {
                        Some(*hold)
                    } else {
                        None
                    }
                })
                .collect();
            if !holds.is_empty() {
                words.push_str(&format!(
                    ", hold {}",
                    values(&holds, |hold| write_duration(*hold))
                ));
                if equal(&holds) && counts.iter().any(|count| *count > 1) {
                    words.push_str(" each");
                }
            }
            if let Some(RepStyle::Tempo(of)) = reps.first().map(|(_, style)| *style) {
                words.push_str(&match pace {
                    Pace::Words => format!(", {}", tempo(of)),
                    Pace::Notation => format!(", tempo {}", write_tempo(of)),
                });
            }
            words
        }
    };
    let loads: Vec<&str> = sets.iter().filter_map(|set| set.load.as_deref()).collect();
    if !loads.is_empty() {
        words.push_str(&format!(", {}", values(&loads, |load| (*load).to_owned())));
    }
    words
}

/// A whole dose in words: "3 sets of 10 on each side, hold 5 s each"; "left 3 x 15 s hold, right 2
/// x 20 s hold".
pub fn dose(dose: &Dose) -> String {
    whole(dose, Pace::Words)
}

/// Returns a whole dose in the words in which choices are recorded. They never change: a step holds
/// as long as they are the same.
pub fn recorded_dose(dose: &Dose) -> String {
    whole(dose, Pace::Notation)
}

fn whole(dose: &Dose, pace: Pace) -> String {
    let sets = |of: &[&SetDose]| sets(of, pace);
    let of = |side: Side| dose.of(side).collect::<Vec<_>>();
    match dose.side {
        SideRule::Both => sets(&of(Side::Both)),
        SideRule::Left => format!("left side only, {}", sets(&of(Side::Left))),
        SideRule::Right => format!("right side only, {}", sets(&of(Side::Right))),
        SideRule::Each | SideRule::Alternate => {
            let (left, right) = (sets(&of(Side::Left)), sets(&of(Side::Right)));
            let turns = if dose.side == SideRule::Alternate {
                ", side to side"
            } else {
                ""
            };
            if left == right {
                format!("each side {left}{turns}")
            } else {
                format!("left {left}; right {right}{turns}")
            }
        }
    }
}

/// The prescribed work of one set in words: "10 reps, hold 5 s each".
pub fn set(set: &SetDose) -> String {
    sets(&[set], Pace::Words)
}

/// The name of a day of the week, short.
fn weekday(day: Weekday) -> &'static str {
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

/// The name of the day of the week of a date, short.
pub fn weekday_of(date: jiff::civil::Date) -> &'static str {
    use jiff::civil::Weekday as Civil;
    match date.weekday() {
        Civil::Monday => "Mon",
        Civil::Tuesday => "Tue",
        Civil::Wednesday => "Wed",
        Civil::Thursday => "Thu",
        Civil::Friday => "Fri",
        Civil::Saturday => "Sat",
        Civil::Sunday => "Sun",
    }
}

/// A frequency in words: "3 times a week".
pub fn frequency(frequency: &Frequency) -> String {
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
            .map(|day| weekday(*day))
            .collect::<Vec<_>>()
            .join(", "),
        Frequency::EveryDays(number) => format!("every {number} days"),
        Frequency::AsNeeded => "as needed".to_owned(),
    }
}

/// "1 session", "2 sessions".
pub fn count(number: u16, what: &str) -> String {
    if number == 1 {
        format!("1 {what}")
    } else {
        format!("{number} {what}s")
    }
}

/// When the next phase may begin: "after 2 weeks and 6 sessions, if pain stayed at 3 or less"; none
/// where nothing is said.
pub fn advance(phase: &Phase) -> Option<String> {
    let when = phase.advance_when;
    let mut parts: Vec<String> = phase
        .weeks
        .map(|weeks| count(weeks, "week"))
        .into_iter()
        .collect();
    parts.extend(
        when.and_then(|when| when.sessions)
            .map(|sessions| count(sessions, "session")),
    );
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

/// When a step of a progression comes: "from week 3", "after 6 sessions, if pain stayed at 3 or
/// less".
pub fn step(step: &ProgressionStep) -> String {
    let mut parts: Vec<String> = step
        .week
        .map(|week| format!("from week {week}"))
        .into_iter()
        .collect();
    parts.extend(
        step.after_sessions
            .map(|sessions| format!("after {}", count(sessions, "session"))),
    );
    let pain = step
        .pain_at_most
        .map(|pain| format!(", if pain stayed at {pain} or less"))
        .unwrap_or_default();
    format!("{}{pain}", parts.join(" and "))
}

/// Minutes rounded to the nearest, at least one.
pub fn minutes(length: Duration) -> u64 {
    ((length.as_secs() + 30) / 60).max(1)
}
