//! Guesses which option of a key a word means.

use super::write::write;
use crate::diagnostic::nearest_all;
use crate::diagnostic::remedy::Remedy;
use crate::program::keys::MEASURES;
use crate::program::parse::field::Field;

/// Returns how to write `true` or `false`.
pub(crate) fn boolean(field: &Field<'_>, text: &str) -> Remedy {
    let value = match text.trim().to_lowercase().as_str() {
        "yes" | "y" | "on" | "1" | "x" | "true" | "always" => "true",
        "no" | "n" | "off" | "0" | "false" | "never" => "false",
        _ => {
            return Remedy::readings([
                ("if so", write(field, "true")),
                ("if not", write(field, "false")),
            ]);
        }
    };
    Remedy::Write(write(field, value))
}

/// Returns how to write one of the words of a key.
pub(crate) fn choice(field: &Field<'_>, text: &str, known: &[&str]) -> Remedy {
    let lower = text.trim().to_lowercase();
    let simple: String = lower
        .split(|c: char| !c.is_alphanumeric())
        .filter(|word| !word.is_empty())
        .collect::<Vec<_>>()
        .join(" ");
    if let Some(remedy) = several_words(field, &simple) {
        return remedy;
    }
    let by_meaning = by_meaning(field, &simple);
    if !by_meaning.is_empty() {
        return Remedy::readings(
            by_meaning
                .into_iter()
                .map(|(words, value)| (words, write(field, value))),
        );
    }
    match nearest_all(text, known.iter().copied()).as_slice() {
        [] => Remedy::words(format!("choose one: {}", list_options(field.name, known))),
        [only] => Remedy::Write(write(field, only)),
        several => Remedy::readings(
            several
                .iter()
                .map(|word| (word.to_string(), write(field, word))),
        ),
    }
}

/// Returns the options that a word of clinics may mean.
fn by_meaning(field: &Field<'_>, simple: &str) -> Vec<(&'static str, &'static str)> {
    match field.name {
        "side" => side(field, simple),
        "first" => match simple {
            "l" | "lt" | "left side" | "left leg" => vec![("", "left")],
            "r" | "rt" | "right side" | "right leg" => vec![("", "right")],
            _ => Vec::new(),
        },
        "ask" => match simple {
            "morning" => vec![
                ("the morning after the session", "next-morning"),
                ("before the session", "before"),
            ],
            "no" | "none" | "never" | "false" | "off" => vec![("", "[]")],
            _ => moment(simple)
                .map(|moment| ("", moment))
                .into_iter()
                .collect(),
        },
        "measure" => match simple {
            "seconds" | "secs" | "sec" | "duration" | "holding" | "max hold" | "hold max"
            | "hold time" | "max time" | "time to fatigue" => vec![("", "hold")],
            "repetitions" | "count" | "number" | "rep" | "max reps" | "reps max"
            | "max repetitions" | "amrap" => {
                vec![("", "reps")]
            }
            "time" | "max" | "yes" | "true" => vec![
                ("as long as possible", "hold"),
                ("as many as possible", "reps"),
            ],
            _ => Vec::new(),
        },
        "block" => match simple {
            "wu" | "warmup" | "warm up" | "warming up" => vec![("", "warm-up")],
            "cd" | "cooldown" | "cool down" | "stretching" | "warm down" => vec![("", "cool-down")],
            "work" | "workout" | "strength" | "exercise" | "exercises" => vec![("", "main")],
            _ => Vec::new(),
        },
        _ => Vec::new(),
    }
}

/// Returns the moment of a question about pain.
fn moment(simple: &str) -> Option<&'static str> {
    match simple {
        "next day" | "day after" | "morning after" | "the next morning" | "tomorrow"
        | "24 hours later" | "24h" | "24 h" | "24 hours after" | "24 hours" | "next morning" => {
            Some("next-morning")
        }
        "before" | "pre" | "start" | "beginning" | "before session" | "before exercise" => {
            Some("before")
        }
        "after" | "post" | "end" | "after session" | "finish" | "after exercise" => Some("after"),
        "each"
        | "during"
        | "each exercise"
        | "every exercise"
        | "after each"
        | "after each exercise" => Some("each"),
        _ => None,
    }
}

/// Reads words with more than one value: `before and after`, `L then R`.
fn several_words(field: &Field<'_>, simple: &str) -> Option<Remedy> {
    match field.name {
        "ask" if field.is_whole() => {
            let moments: Option<Vec<&str>> = simple.split(" and ").map(moment).collect();
            let moments = moments.filter(|moments| moments.len() > 1)?;
            Some(Remedy::entries([format!("ask: [{}]", moments.join(", "))]))
        }
        "side" if field.is_whole() && field.beside("first").is_none() => {
            let (first, second) = simple.split_once(" then ")?;
            let side = |word: &str| match word {
                "l" | "lt" | "left" => Some("left"),
                "r" | "rt" | "right" => Some("right"),
                _ => None,
            };
            let (first, second) = (side(first)?, side(second)?);
            (first != second)
                .then(|| Remedy::entries(["side: each".to_owned(), format!("first: {first}")]))
        }
        _ => None,
    }
}

/// Lists the options of a key, with their meanings where they need them.
fn list_options(key: &str, known: &[&str]) -> String {
    if key == "side" {
        return "`both` at once, `left` only, `right` only, `each` (one side, then the other), \
             `alternate` (side to side with each repetition)"
            .to_owned();
    }
    if known == MEASURES {
        return "`hold` as long as possible, `reps` as many as possible".to_owned();
    }
    known
        .iter()
        .map(|word| format!("`{word}`"))
        .collect::<Vec<_>>()
        .join(", ")
}

/// Returns the options of `side:` that a word may mean.
fn side(field: &Field<'_>, simple: &str) -> Vec<(&'static str, &'static str)> {
    const EACH: (&str, &str) = ("one side, then the other", "each");
    const BOTH: (&str, &str) = ("both together", "both");
    const ALTERNATE: (&str, &str) = ("side to side with each repetition", "alternate");
    match simple {
        "both sides" | "both legs" | "both arms" | "bilateral" | "bilaterally" | "bilat"
        | "b l" | "both sides each" | "2" | "two" | "beidseits" | "beide" | "beidseitig"
        | "beide seiten" => {
            vec![EACH, BOTH]
        }
        "l" | "lt" | "left side" | "left leg" | "left arm" | "left only" | "l only" | "lt only"
        | "only left" | "left knee" | "left hip" | "left shoulder" | "left ankle" | "left foot"
        | "links" => vec![("", "left")],
        "r" | "rt" | "right side" | "right leg" | "right arm" | "right only" | "r only"
        | "rt only" | "only right" | "right knee" | "right hip" | "right shoulder"
        | "right ankle" | "right foot" | "rechts" => {
            vec![("", "right")]
        }
        "l r" | "r l" | "left right" | "right left" | "left and right" | "right and left"
        | "l and r" | "r and l" | "lr" => {
            if field.beside("reps").is_some() {
                vec![EACH, ALTERNATE]
            } else {
                vec![("", "each")]
            }
        }
        "unilateral" | "unilaterally" | "unilat" | "one side" | "single" | "one sided"
        | "single side" => {
            vec![("left only", "left"), ("right only", "right"), EACH]
        }
        "each side" | "each leg" | "each arm" | "per side" | "per leg" | "per arm"
        | "every side" | "one at a time" | "one side at a time" | "each sides" | "ea" => {
            vec![("", "each")]
        }
        "alternating" | "alternately" | "alternate sides" | "alternating sides"
        | "alternate legs" | "alternating legs" | "alt" => {
            // With one hold per set, the sides alternate from set to set.
            if field.beside("reps").is_some() {
                vec![("", "alternate")]
            } else {
                vec![("", "each")]
            }
        }
        _ => Vec::new(),
    }
}
