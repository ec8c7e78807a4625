//! Assigns the parts of a phrase to keys, and writes their values.

use super::parts::{Join, Part};
use super::tokens::Unit;
use crate::program::notation::{read_duration, write_duration};

/// Returns true for a key with a length of time.
pub(super) fn holds_time(key: &str) -> bool {
    !matches!(key, "sets" | "reps")
}

/// A reading of a phrase: words that tell it from others, and the key of each part.
pub(super) type Roles = (&'static str, Vec<&'static str>);

/// Returns the keys for the parts of a phrase, with every reading that is possible. None if there
/// is none.
pub(super) fn roles(key: &'static str, parts: &[Part]) -> Option<Vec<Roles>> {
    let time = if holds_time(key) { key } else { "hold" };
    let units: Vec<Option<&'static str>> = parts
        .iter()
        .map(|part| {
            part.unit.map(|unit| match unit {
                Unit::Sets => "sets",
                Unit::Reps => "reps",
                Unit::Time(_) => "time",
            })
        })
        .collect();
    let number = |index: usize| {
        parts
            .get(index)
            .and_then(|part| part.items.first()?.parse::<u64>().ok())
    };
    let one = |roles: &[&'static str]| Some(vec![("", roles.to_vec())]);
    match units.as_slice() {
        [None] => one(&[key]),
        [Some("time")] if holds_time(key) => one(&[key]),
        [Some("time")] => Some(still_or_moving(None)),
        [Some(counted)] => one(&[counted]),
        // Pauses don't have sets.
        _ if holds_time(key) && !matches!(key, "hold" | "duration") => None,
        [None, Some("time")] if key == "reps" => Some(vec![
            ("repetitions that are held", vec!["reps", "hold"]),
            ("sets with one hold each", vec!["sets", "hold"]),
        ]),
        [None | Some("sets"), Some("time")] if key == "sets" => Some(still_or_moving(Some("sets"))),
        [Some("time"), None] if key == "hold" && number(1) > Some(5) => Some(turned(held(time))),
        [None, Some("time")] if key == "hold" && number(0) > Some(5) => Some(held(time)),
        [Some("time"), None] if key == "reps" => Some(turned(held(time))),
        [Some("time"), None | Some("sets")] => one(&[time, "sets"]),
        [None | Some("sets"), Some("time")] => one(&["sets", time]),
        [Some("reps"), Some("time")] => one(&["reps", "hold"]),
        [Some("time"), Some("reps")] if key != "duration" => one(&["hold", "reps"]),
        [None, None] => Some(two_numbers(key, number(0), number(1))),
        [Some("sets"), None] if holds_time(key) => one(&["sets", time]),
        [None | Some("sets"), None | Some("reps")] => one(&["sets", "reps"]),
        [Some("reps"), None | Some("sets")] | [None, Some("sets")] => one(&["reps", "sets"]),
        [None | Some("sets"), None | Some("reps"), Some("time")] if key != "duration" => {
            one(&["sets", "reps", "hold"])
        }
        _ => None,
    }
}

/// Returns both readings of a length of time that doesn't say whether the patient moves.
fn still_or_moving(sets: Option<&'static str>) -> Vec<Roles> {
    let with = |last: &'static str| sets.into_iter().chain([last]).collect::<Vec<_>>();
    vec![
        ("holding still", with("hold")),
        ("moving for that long", with("duration")),
    ]
}

/// Returns both readings of a number and a length: `10 x 5 s`.
fn held(time: &'static str) -> Vec<Roles> {
    vec![
        ("sets with one hold each", vec!["sets", time]),
        ("repetitions that are held", vec!["reps", time]),
    ]
}

/// Returns the readings of a phrase with its two parts in the other order.
fn turned(all: Vec<Roles>) -> Vec<Roles> {
    all.into_iter()
        .map(|(words, roles)| (words, roles.into_iter().rev().collect()))
        .collect()
}

/// Returns the readings of two numbers without units: `3 x 10`.
fn two_numbers(key: &'static str, first: Option<u64>, second: Option<u64>) -> Vec<Roles> {
    const SETS_FIRST: &str = "the sets come first";
    let time = if holds_time(key) { key } else { "hold" };
    // `10 x 3` may mean ten sets of three or three of ten, because more than five sets are rare.
    let falls = first > second && first > Some(5);
    if falls && holds_time(key) {
        return vec![
            (SETS_FIRST, vec!["sets", time]),
            ("the length comes first", vec![time, "sets"]),
        ];
    }
    if falls {
        return vec![
            (SETS_FIRST, vec!["sets", "reps"]),
            ("the repetitions come first", vec!["reps", "sets"]),
        ];
    }
    // `5 x 10` may mean five holds of ten seconds or ten of five.
    if key == "hold" && second <= Some(20) && second != first {
        return vec![
            (SETS_FIRST, vec!["sets", "hold"]),
            (
                "the length comes first, then the repetitions",
                vec!["hold", "reps"],
            ),
            (
                "the length comes first, then the sets",
                vec!["hold", "sets"],
            ),
        ];
    }
    let counted = if holds_time(key) { time } else { "reps" };
    vec![("", vec!["sets", counted])]
}

const ONE_EACH: &str = "one number for each set";

const BY_SIDE: &str = "left and right";

const MEANINGS_OF_A_RANGE: [&str; 2] = ["the lower number", "the upper number"];

/// Writes a number or a length as the value of a key.
pub(super) fn value(key: &str, item: &str) -> Option<String> {
    if matches!(key, "sets" | "reps") {
        return item
            .bytes()
            .all(|byte| byte.is_ascii_digit())
            .then(|| item.to_owned());
    }
    read_duration(item).map(write_duration)
}

/// Writes a part as the value of a key. Returns each meaning in words, its value, and true if the
/// value is by side.
pub(super) fn values(key: &'static str, part: &Part) -> Option<Vec<(&'static str, String, bool)>> {
    let items: Vec<String> = part
        .items
        .iter()
        .map(|item| value(key, item))
        .collect::<Option<_>>()?;
    let list = || format!("[{}]", items.join(", "));
    match (part.join, items.as_slice()) {
        (Join::One, [only]) => Some(vec![("", only.clone(), false)]),
        (Join::Range, [low, high]) => {
            let rising = match (low.parse::<u64>(), high.parse::<u64>()) {
                (Ok(low), Ok(high)) => low < high,
                _ => read_duration(low)? < read_duration(high)?,
            };
            let [lower, upper] = MEANINGS_OF_A_RANGE;
            rising.then(|| vec![(lower, low.clone(), false), (upper, high.clone(), false)])
        }
        (Join::List, [left, right]) => {
            let sides = (BY_SIDE, format!("{{left: {left}, right: {right}}}"), true);
            match key {
                "reps" | "hold" => Some(vec![(ONE_EACH, list(), false), sides]),
                // `2/3` sets may mean two or three.
                "sets" | "duration" => {
                    let [lower, upper] = MEANINGS_OF_A_RANGE;
                    Some(vec![
                        sides,
                        (lower, left.clone(), false),
                        (upper, right.clone(), false),
                    ])
                }
                _ => None,
            }
        }
        (Join::List, _) if matches!(key, "reps" | "hold") => Some(vec![("", list(), false)]),
        _ => None,
    }
}
