//! The schema of each kind of value.

use serde_json::{Value, json};

use super::super::keys::{self, FormatMap, ValueKind};
use super::super::{library, muscles, notation, red_flags};

/// Returns a pattern that matches one of the words, in upper or lower case.
fn in_any_case(words: &[&str]) -> String {
    let letters = |word: &&str| {
        let letter = |letter: char| {
            if letter.is_ascii_alphabetic() {
                format!(
                    "[{}{}]",
                    letter.to_ascii_lowercase(),
                    letter.to_ascii_uppercase()
                )
            } else {
                letter.to_string()
            }
        };
        word.chars().map(letter).collect::<String>()
    };
    format!(
        "^\\s*({})\\s*$",
        words.iter().map(letters).collect::<Vec<_>>().join("|")
    )
}

/// Returns the schema of one of the words.
pub(super) fn word(words: &[&str]) -> Value {
    json!({
        "anyOf": [
            { "enum": words },
            { "type": "string", "pattern": in_any_case(words) },
            { "type": "null" },
        ],
    })
}

/// Returns the schema of a text. YAML may read a text as a number or a boolean.
fn text() -> Value {
    json!({ "type": ["string", "number", "boolean", "null"] })
}

/// Returns the schema of a list of items, or of a single one.
fn list_or_one(item: &Value) -> Value {
    json!({ "anyOf": [item, { "type": "array", "items": item }] })
}

/// Returns the schema of a text that matches a pattern.
fn pattern(pattern: &str) -> Value {
    json!({ "type": ["string", "null"], "pattern": pattern })
}

/// Returns a pattern that matches the lengths of time that the parser can read.
fn length_pattern() -> String {
    const NUMBER: &str = r"[0-9]+(\.[0-9]{1,3})?";
    let unit = |words: &[&str]| {
        in_any_case(words)
            .trim_start_matches(r"^\s*")
            .trim_end_matches(r"\s*$")
            .to_owned()
    };
    let hours = unit(&["hours", "hour", "h"]);
    let minutes = unit(&["minutes", "minute", "mins", "min", "m"]);
    let seconds = unit(&["seconds", "second", "secs", "sec", "s"]);
    let units =
        format!(r"({NUMBER}\s*{hours}\s*)?({NUMBER}\s*{minutes}\s*)?({NUMBER}\s*{seconds})?");
    format!(r"^\s*({NUMBER}|[0-9]{{1,3}}:[0-5][0-9]|(?=.*[0-9]){units})\s*$")
}

/// The frequencies that editors offer.
const OFFERED_FREQUENCIES: [&str; 8] = [
    "daily",
    "2x/day",
    "2x/week",
    "3x/week",
    "weekly",
    "every 2 days",
    "every 14 days",
    "as needed",
];

/// Returns the schema of a frequency.
fn frequency() -> Value {
    let known: Vec<&str> = notation::WEEKDAYS
        .iter()
        .flat_map(|(short, full, _)| [*short, *full])
        .collect();
    let short: Vec<&str> = notation::WEEKDAYS
        .iter()
        .map(|(short, ..)| *short)
        .collect();
    let day = json!({
        "anyOf": [
            { "enum": short },
            { "type": "string", "pattern": in_any_case(&known) },
        ],
    });
    let number = |most: &str| format!(r"\s*0*({most})\s*");
    let letters = |word: &str| -> String {
        word.chars()
            .map(|letter| format!("[{}{}]", letter, letter.to_ascii_uppercase()))
            .collect::<Vec<_>>()
            .join(r"\s*")
    };
    let shapes = format!(
        r"^\s*({}|{}|{}|{}|{}[xX]\s*/\s*{}|{}[xX]\s*/\s*{}|{}{}{})\s*$",
        letters("daily"),
        letters("weekly"),
        letters("everyday"),
        letters("asneeded"),
        number("[1-8]"),
        letters("day"),
        number("[1-7]"),
        letters("week"),
        letters("every"),
        number("[1-9]|[1-8][0-9]|90"),
        letters("days"),
    );
    json!({
        "anyOf": [
            { "enum": OFFERED_FREQUENCIES },
            { "type": "string", "pattern": shapes },
            day.clone(),
            { "type": "array", "items": day, "minItems": 1, "uniqueItems": true },
            { "type": "null" },
        ],
    })
}

/// Returns the schema of a value.
pub(super) fn value(kind: ValueKind) -> Value {
    match kind {
        ValueKind::Format => json!({ "enum": [1, "1", null] }),
        ValueKind::Text | ValueKind::Language => text(),
        ValueKind::Name => {
            json!({ "type": ["string", "number", "boolean", "null"], "pattern": r"\S" })
        }
        ValueKind::Texts => list_or_one(&text()),
        ValueKind::StopSigns => {
            list_or_one(&json!({ "anyOf": [{ "enum": red_flags::ids() }, text()] }))
        }
        ValueKind::Id => {
            json!({
                "type": ["string", "number", "null"],
                "pattern": r"^\s*[^A-Z\s!-,./:-@\[-`{-~]+\s*$",
            })
        }
        ValueKind::Date => json!({
            "type": ["string", "null"],
            "format": "date",
            "pattern": r"^[0-9]{4}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])$",
        }),
        ValueKind::Times => list_or_one(&pattern(r"^\s*([01]?[0-9]|2[0-3]):[0-5][0-9]\s*$")),
        ValueKind::Frequency => frequency(),
        ValueKind::Boolean => json!({ "enum": [true, false, "true", "false", null] }),
        ValueKind::Number(low, high) => json!({
            "anyOf": [
                { "type": "integer", "minimum": low, "maximum": high },
                { "type": "string", "pattern": r"^\s*[0-9]{1,12}\s*$" },
                { "type": "null" },
            ],
        }),
        ValueKind::Length(low, high) => json!({
            "anyOf": [
                { "type": "number", "minimum": low.as_secs(), "maximum": high.as_secs() },
                { "type": "string", "pattern": length_pattern() },
                { "type": "null" },
            ],
        }),
        ValueKind::Word(words) => word(words),
        ValueKind::Words(words) => list_or_one(&word(words)),
        ValueKind::Exercise => exercise(),
        ValueKind::Figure => json!({ "anyOf": [exercise(), { "type": "object" }] }),
        ValueKind::Muscles => {
            let ids: Vec<&str> = muscles::MUSCLES.iter().map(|muscle| muscle.id).collect();
            list_or_one(&json!({ "anyOf": [{ "enum": ids }, text()] }))
        }
        ValueKind::Image => pattern(concat!(
            r"^(?![/\\~])(?!.:)(?!.*://)(?!.*(^|[/\\])\.\.([/\\]|$)).*",
            r"\.([pP][nN][gG]|[jJ][pP][gG]|[gG][iI][fF])\s*$"
        )),
        ValueKind::Video => pattern(concat!(
            r#"^\s*[hH][tT][tT][pP][sS]?://[^/?#@\s"<>\\^`{|}]+"#,
            r#"([/?#][^\s"<>\\^`{|}]*)?\s*$"#
        )),
        ValueKind::Tempo => {
            pattern(r"^(?![\s0–-]*$)(\s*0*([12]?[0-9]|30)\s*[-–]){2,3}\s*0*([12]?[0-9]|30)\s*$")
        }
        ValueKind::BySide(inner) => sides(&value(*inner)),
        ValueKind::BySideAndSet(inner) => {
            let one = value(*inner);
            let list = json!({ "type": "array", "items": one, "minItems": 1, "maxItems": 20 });
            sides(&json!({ "anyOf": [one, list] }))
        }
        ValueKind::Map(map) => json!({ "anyOf": [reference(map), { "type": "null" }] }),
        ValueKind::Maps(map, most) => {
            let mut list =
                json!({ "type": ["array", "null"], "items": reference(map), "minItems": 1 });
            if let Some(list) = list.as_object_mut()
                && most < usize::MAX
            {
                list.insert("maxItems".to_owned(), most.into());
            }
            list
        }
    }
}

/// Returns the schema of a value, or of one value for each side.
fn sides(value: &Value) -> Value {
    json!({
        "anyOf": [
            value,
            {
                "type": "object",
                "properties": { "left": value, "right": value },
                "required": keys::SIDES,
                "additionalProperties": false,
            },
        ],
    })
}

/// Returns a reference to the schema of a group of keys.
fn reference(map: &FormatMap) -> Value {
    json!({ "$ref": format!("#/definitions/{}", map.id) })
}

/// Returns the schema of a library exercise. Editors offer its ids; it accepts the other names too.
fn exercise() -> Value {
    let ids: Vec<&str> = library::EXERCISE_FILES.iter().map(|(id, _)| *id).collect();
    let names: Vec<&str> = library::all()
        .flat_map(|exercise| {
            exercise
                .aliases
                .iter()
                .map(String::as_str)
                .chain([exercise.name.as_str()])
        })
        .collect();
    json!({ "anyOf": [{ "enum": ids }, { "enum": names }, { "type": "null" }] })
}
