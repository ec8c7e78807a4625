//! Doses as a therapist says them, for the screen and for paper.

use std::time::Duration;

use super::super::{Dose, RepStyle, SetDose, Side, SideRule, Tempo, TestKind, Work};
use crate::text::count;

/// The sets of one side in words.
#[derive(Debug, PartialEq, Eq)]
struct SetWords {
    /// What is done, such as `3 sets of 10` or `hold 30 seconds, 3 times`.
    amount: String,
    /// How the amount applies to both sides, such as `per side`.
    each_side: &'static str,
    /// How it is done, such as `hold each 5 seconds` or `5 kg`.
    details: Vec<String>,
}

impl SetWords {
    /// Joins the parts in one text.
    fn join(self, separator: &str) -> String {
        let mut parts = vec![self.amount];
        parts.extend(self.details);
        parts.join(separator)
    }

    /// Adds words to the amount.
    fn with(mut self, words: &str) -> Self {
        self.amount.push_str(words);
        self
    }
}

/// Returns a whole dose in words, such as `2 sets of 8 per side, alternating; hold each 5 seconds`.
pub fn dose(dose: &Dose) -> String {
    let of = |side: Side| describe_sets(&dose.of(side).collect::<Vec<_>>());
    match dose.side {
        SideRule::Both => of(Side::Both).join("; "),
        SideRule::Left => of(Side::Left).with(", left side only").join("; "),
        SideRule::Right => of(Side::Right).with(", right side only").join("; "),
        SideRule::Each | SideRule::Alternate => {
            let (left, right) = (of(Side::Left), of(Side::Right));
            let alternates = dose.side == SideRule::Alternate;
            if left == right {
                let turns = if alternates { ", alternating" } else { "" };
                let sides = format!(" {}{turns}", left.each_side);
                left.with(&sides).join("; ")
            } else {
                let turns = if alternates { "; alternating" } else { "" };
                format!(
                    "left: {}; right: {}{turns}",
                    left.join(", "),
                    right.join(", ")
                )
            }
        }
    }
}

/// Returns the prescribed work of one set in words, such as `10 reps; hold each 5 seconds`.
pub(crate) fn set(set: &SetDose) -> String {
    describe_sets(&[set]).join("; ")
}

fn describe_sets(sets: &[&SetDose]) -> SetWords {
    let mut words = match sets.first().map(|set| set.work) {
        None => SetWords {
            amount: "no sets".to_owned(),
            each_side: "",
            details: Vec::new(),
        },
        Some(Work::Hold(_)) => SetWords {
            amount: format!("hold {}", describe_lengths(sets)),
            each_side: "on each side",
            details: Vec::new(),
        },
        Some(Work::Continuous(_)) => SetWords {
            amount: describe_lengths(sets),
            each_side: "on each side",
            details: Vec::new(),
        },
        Some(Work::Test(kind)) => describe_test(kind, sets.len()),
        Some(Work::Reps { .. }) => describe_reps(sets),
    };
    let loads: Vec<&str> = sets.iter().filter_map(|set| set.load.as_deref()).collect();
    if !loads.is_empty() {
        words.details.push(once_if_equal(&loads).join(", then "));
    }
    words
}

/// Returns the lengths of holds or of continuous work, such as `30 seconds, 3 times` or
/// `15 seconds, then 20 seconds`.
fn describe_lengths(sets: &[&SetDose]) -> String {
    let lengths: Vec<Duration> = sets
        .iter()
        .filter_map(|set| match set.work {
            Work::Hold(length) | Work::Continuous(length) => Some(length),
            _ => None,
        })
        .collect();
    match once_if_equal(&lengths) {
        [only] if lengths.len() > 1 => {
            format!("{}, {} times", describe_length(*only), lengths.len())
        }
        lengths => {
            let lengths: Vec<String> = lengths.iter().copied().map(describe_length).collect();
            lengths.join(", then ")
        }
    }
}

fn describe_test(kind: TestKind, tries: usize) -> SetWords {
    let amount = match kind {
        TestKind::Hold => "hold as long as you can",
        TestKind::Reps => "as many reps as you can",
    };
    SetWords {
        amount: amount.to_owned(),
        each_side: "on each side",
        details: (tries > 1)
            .then(|| format!("best of {tries} tries"))
            .into_iter()
            .collect(),
    }
}

fn describe_reps(sets: &[&SetDose]) -> SetWords {
    let reps: Vec<(u16, RepStyle)> = sets
        .iter()
        .filter_map(|set| match set.work {
            Work::Reps { count, style } => Some((count, style)),
            _ => None,
        })
        .collect();
    let counts: Vec<u16> = reps.iter().map(|(count, _)| *count).collect();
    let amount = match once_if_equal(&counts) {
        [only] if counts.len() > 1 => format!("{} sets of {only}", counts.len()),
        [only] => count((*only).into(), "rep"),
        counts => format!("sets of {}", list(counts)),
    };
    let holds: Vec<Duration> = reps
        .iter()
        .filter_map(|(_, style)| match style {
            RepStyle::Held(hold) => Some(*hold),
            _ => None,
        })
        .collect();
    let mut details = Vec::new();
    if !holds.is_empty() {
        let each = if counts.iter().any(|count| *count > 1) {
            "hold each"
        } else {
            "hold"
        };
        details.push(format!("{each} {}", describe_holds(&holds)));
    }
    if let Some(RepStyle::Tempo(tempo)) = reps.first().map(|(_, style)| *style) {
        details.push(describe_tempo(tempo));
    }
    SetWords {
        amount,
        each_side: "per side",
        details,
    }
}

/// Returns how long the repetitions of each set are held, such as `5 seconds` or `5 seconds in set
/// 1, 10 seconds in set 2`.
fn describe_holds(holds: &[Duration]) -> String {
    match once_if_equal(holds) {
        [only] => describe_length(*only),
        holds => {
            let in_set = |(set, hold): (usize, &Duration)| {
                format!("{} in set {}", describe_length(*hold), set + 1)
            };
            let holds: Vec<String> = holds.iter().enumerate().map(in_set).collect();
            holds.join(", ")
        }
    }
}

/// Returns a tempo without the phases that take no time, such as `lower 3 s, pause 1 s, lift 2 s`.
pub(crate) fn describe_tempo(tempo: Tempo) -> String {
    let phases = [
        ("lower", tempo.lower),
        ("pause", tempo.bottom),
        ("lift", tempo.lift),
        ("pause", tempo.top),
    ];
    let timed: Vec<String> = phases
        .into_iter()
        .filter(|(_, seconds)| *seconds > 0)
        .map(|(phase, seconds)| format!("{phase} {seconds} s"))
        .collect();
    timed.join(", ")
}

/// Returns a length of time in full words, such as `1 minute 30 seconds`.
fn describe_length(length: Duration) -> String {
    let seconds = length.as_secs();
    let units = [
        (seconds / 3600, "hour"),
        (seconds / 60 % 60, "minute"),
        (seconds % 60, "second"),
    ];
    let millis = length.subsec_millis();
    let mut parts = Vec::new();
    for (number, unit) in units {
        if unit == "second" && millis > 0 {
            let fraction = format!("{millis:03}");
            parts.push(format!(
                "{number}.{} seconds",
                fraction.trim_end_matches('0')
            ));
        } else if number > 0 {
            parts.push(count(usize::try_from(number).unwrap_or(usize::MAX), unit));
        }
    }
    if parts.is_empty() {
        "0 seconds".to_owned()
    } else {
        parts.join(" ")
    }
}

/// Returns the first value alone if all are equal, or else all of them.
fn once_if_equal<T: PartialEq>(values: &[T]) -> &[T] {
    match values {
        [first, rest @ ..] if rest.iter().all(|value| value == first) => {
            std::slice::from_ref(first)
        }
        _ => values,
    }
}

/// Returns numbers as a list, such as `6, 4 and 2`.
fn list(numbers: &[u16]) -> String {
    let words: Vec<String> = numbers.iter().map(u16::to_string).collect();
    match words.as_slice() {
        [init @ .., last] if !init.is_empty() => format!("{} and {last}", init.join(", ")),
        _ => words.join(""),
    }
}
