//! The format as a JSON Schema (draft 7, which editors know best), made from the table of keys that
//! the parser reads by. What it cannot express - lists of the same length, bands that rise - only
//! the parser tells. Knows nothing of files.

use serde_json::{Map as Object, Value, json};

use super::keys::{self, FormatKey, FormatMap, MAPS, ValueKind};
use super::{library, muscles, notation, red_flags};

/// The schema of a program file.
pub fn schema() -> Value {
    let mut definitions = Object::new();
    for map in MAPS {
        definitions.insert(map.id.to_owned(), object(map));
    }
    json!({
        "$schema": "http://json-schema.org/draft-07/schema#",
        "title": "A program of home exercises, format 1",
        "$ref": "#/definitions/program",
        "definitions": definitions,
    })
}

fn object(map: &FormatMap) -> Value {
    let mut properties = Object::new();
    for key in map.keys {
        properties.insert(key.name.to_owned(), property(key));
    }
    let mut object = json!({
        "type": "object",
        "description": map.about,
        "properties": properties,
        "additionalProperties": false,
        "required": map.required,
    });
    let conditions = conditions(map.id);
    if let Some(object) = object.as_object_mut()
        && !conditions.is_empty()
    {
        object.insert("allOf".to_owned(), conditions.into());
    }
    object
}

/// That a key stands there with something behind it.
fn has(key: &str) -> Value {
    json!({ "required": [key], "properties": { key: { "not": { "type": "null" } } } })
}

fn none_of(keys: &[&str]) -> Value {
    json!({ "not": { "anyOf": keys.iter().map(|key| has(key)).collect::<Vec<_>>() } })
}

fn one_of_them(keys: &[&str]) -> Value {
    json!({ "anyOf": keys.iter().map(|key| has(key)).collect::<Vec<_>>() })
}

/// What holds between the keys of a map.
fn conditions(map: &str) -> Vec<Value> {
    match map {
        "program" => vec![json!({ "oneOf": [has("exercises"), has("phases")] })],
        "exercise" => vec![
            one_of_them(&["exercise", "name"]),
            json!({
                "description": "one dose: `reps` (with `hold` or `tempo` if you like), `hold` alone, `duration`, or `measure`",
                "oneOf": [
                    { "allOf": [has("reps"), none_of(&["duration", "measure"]), { "not": { "allOf": [has("hold"), has("tempo")] } }] },
                    { "allOf": [has("hold"), none_of(&["reps", "tempo", "duration", "measure"])] },
                    { "allOf": [has("duration"), none_of(&["reps", "tempo", "hold", "measure"])] },
                    { "allOf": [has("measure"), none_of(&["reps", "tempo", "hold", "duration"])] },
                ],
            }),
            json!({ "if": { "required": ["side"], "properties": { "side": word(&["alternate"]) } }, "then": has("reps") }),
            json!({
                "if": { "required": ["side"], "properties": { "side": word(&["both", "left", "right"]) } },
                "then": none_of(&["first"]),
            }),
        ],
        "step" => vec![
            one_of_them(&["week", "after_sessions"]),
            one_of_them(&["sets", "reps", "hold", "duration", "tempo", "load", "rest"]),
        ],
        "advance_when" => vec![one_of_them(&["sessions", "pain_at_most"])],
        _ => Vec::new(),
    }
}

fn property(key: &FormatKey) -> Value {
    let mut value = match value(key.kind) {
        Value::Object(value) => value,
        other => Object::from_iter([("allOf".to_owned(), json!([other]))]),
    };
    let hover = format!("{}\n\nExample:\n\n```yaml\n{}\n```", key.about, key.example);
    value.insert(
        "description".to_owned(),
        format!("{} Example: {}", key.about, key.example.replace('\n', " ")).into(),
    );
    value.insert("markdownDescription".to_owned(), hover.into());
    Value::Object(value)
}

/// The same in any case, as a pattern.
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

fn word(words: &[&str]) -> Value {
    json!({ "anyOf": [{ "enum": words }, { "type": "string", "pattern": in_any_case(words) }, { "type": "null" }] })
}

fn text() -> Value {
    json!({ "type": ["string", "number", "boolean", "null"] })
}

fn list_or_one(item: &Value) -> Value {
    json!({ "anyOf": [item, { "type": "array", "items": item }] })
}

fn pattern(pattern: &str) -> Value {
    json!({ "type": ["string", "null"], "pattern": pattern })
}

/// The lengths of time that can be read, as a pattern.
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
    format!(
        r"^\s*({NUMBER}|[0-9]{{1,3}}:[0-5][0-9]|(?=.*[0-9])({NUMBER}\s*{hours}\s*)?({NUMBER}\s*{minutes}\s*)?({NUMBER}\s*{seconds})?)\s*$"
    )
}

fn frequency() -> Value {
    let known: Vec<&str> = notation::WEEKDAYS
        .iter()
        .flat_map(|(short, full, _)| [*short, *full])
        .collect();
    let short: Vec<&str> = notation::WEEKDAYS
        .iter()
        .map(|(short, ..)| *short)
        .collect();
    let day = json!({ "anyOf": [{ "enum": short }, { "type": "string", "pattern": in_any_case(&known) }] });
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
            { "enum": ["daily", "2x/day", "2x/week", "3x/week", "weekly", "every 2 days", "every 14 days", "as needed"] },
            { "type": "string", "pattern": shapes },
            day.clone(),
            { "type": "array", "items": day, "minItems": 1, "uniqueItems": true },
            { "type": "null" },
        ],
    })
}

fn value(holds: ValueKind) -> Value {
    match holds {
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
            json!({ "type": ["string", "number", "null"], "pattern": r"^\s*[^A-Z\s!-,./:-@\[-`{-~]+\s*$" })
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
            let sets = json!({ "anyOf": [one.clone(), { "type": "array", "items": one, "minItems": 1, "maxItems": 20 }] });
            sides(&sets)
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

/// A value, or one for each side.
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

fn reference(map: &FormatMap) -> Value {
    json!({ "$ref": format!("#/definitions/{}", map.id) })
}

/// The exercises of the library: their ids, which editors offer, and their other names.
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
