//! The doses in the words that the database holds where a step of a progression is taken. A taken
//! step applies only as long as its dose reads the same, so these words must never change. What
//! people read on the screen or on paper comes from `dose`.

use std::time::Duration;

use super::super::notation::{write_duration, write_tempo};
use super::super::{Dose, RepStyle, SetDose, Side, SideRule, TestKind, Work};

/// Returns a whole dose in the words that are recorded, such as `left 3 x 15 s hold; right 2 x 20 s
/// hold`.
pub(crate) fn recorded_dose(dose: &Dose) -> String {
    let of = |side: Side| record_sets(&dose.of(side).collect::<Vec<_>>());
    match dose.side {
        SideRule::Both => of(Side::Both),
        SideRule::Left => format!("left side only, {}", of(Side::Left)),
        SideRule::Right => format!("right side only, {}", of(Side::Right)),
        SideRule::Each | SideRule::Alternate => {
            let (left, right) = (of(Side::Left), of(Side::Right));
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

/// Returns the sets of one side, such as `3 sets of 10, hold 5 s each`.
fn record_sets(sets: &[&SetDose]) -> String {
    let mut words = match sets.first().map(|set| set.work) {
        None => return "nothing".to_owned(),
        Some(Work::Hold(_)) => {
            let lengths = lengths(sets);
            let shown = record_values(&lengths, |length| write_duration(*length));
            if all_equal(&lengths) {
                record_times(sets.len(), &format!("{shown} hold"))
            } else {
                format!("holds of {shown}")
            }
        }
        Some(Work::Continuous(_)) => {
            let lengths = lengths(sets);
            let shown = record_values(&lengths, |length| write_duration(*length));
            if all_equal(&lengths) {
                record_times(sets.len(), &shown)
            } else {
                shown
            }
        }
        Some(Work::Test(kind)) => record_test(kind, sets.len()),
        Some(Work::Reps { .. }) => record_reps(sets),
    };
    let loads: Vec<&str> = sets.iter().filter_map(|set| set.load.as_deref()).collect();
    if !loads.is_empty() {
        words.push_str(&format!(
            ", {}",
            record_values(&loads, |load| (*load).to_owned())
        ));
    }
    words
}

fn record_test(kind: TestKind, tries: usize) -> String {
    let what = match kind {
        TestKind::Hold => "as long as you can",
        TestKind::Reps => "as many as you can",
    };
    if tries == 1 {
        what.to_owned()
    } else {
        format!("{what}, best of {tries}")
    }
}

fn record_reps(sets: &[&SetDose]) -> String {
    let reps: Vec<(u16, RepStyle)> = sets
        .iter()
        .filter_map(|set| match set.work {
            Work::Reps { count, style } => Some((count, style)),
            _ => None,
        })
        .collect();
    let counts: Vec<u16> = reps.iter().map(|(count, _)| *count).collect();
    let shown = record_values(&counts, u16::to_string);
    let mut words = if sets.len() > 1 && all_equal(&counts) {
        format!("{} sets of {shown}", sets.len())
    } else {
        let plural = if counts == [1] { "rep" } else { "reps" };
        format!("{shown} {plural}")
    };
    let holds: Vec<Duration> = reps
        .iter()
        .filter_map(|(_, style)| match style {
            RepStyle::Held(hold) => Some(*hold),
            _ => None,
        })
        .collect();
    if !holds.is_empty() {
        words.push_str(&format!(
            ", hold {}",
            record_values(&holds, |hold| write_duration(*hold))
        ));
        if all_equal(&holds) && counts.iter().any(|count| *count > 1) {
            words.push_str(" each");
        }
    }
    if let Some(RepStyle::Tempo(tempo)) = reps.first().map(|(_, style)| *style) {
        words.push_str(&format!(", tempo {}", write_tempo(tempo)));
    }
    words
}

/// Returns the lengths of holds or of continuous work.
fn lengths(sets: &[&SetDose]) -> Vec<Duration> {
    sets.iter()
        .filter_map(|set| match set.work {
            Work::Hold(length) | Work::Continuous(length) => Some(length),
            _ => None,
        })
        .collect()
}

fn all_equal<T: PartialEq>(values: &[T]) -> bool {
    values.windows(2).all(|pair| pair.first() == pair.last())
}

/// Returns one value if all are equal, or else all of them.
fn record_values<T: PartialEq>(values: &[T], write: impl Fn(&T) -> String) -> String {
    match values {
        [first, rest @ ..] if rest.iter().all(|value| value == first) => write(first),
        _ => values.iter().map(write).collect::<Vec<_>>().join(", "),
    }
}

/// Returns what is done a number of times, such as `3 x 15 s hold`.
fn record_times(count: usize, what: &str) -> String {
    if count == 1 {
        what.to_owned()
    } else {
        format!("{count} x {what}")
    }
}
