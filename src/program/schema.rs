//! Format 1 as a JSON Schema, made from the table of keys. It is draft 7, which editors support
//! best. Some mistakes only the parser can find, such as lists of different lengths or bands that
//! don't rise.

mod value;

use serde_json::{Map as Object, Value, json};

use self::value::{value, word};
use super::keys::{FormatKey, FormatMap, MAPS};

/// Returns the schema of a program file.
pub fn schema() -> Value {
    let mut definitions = Object::new();
    for map in MAPS {
        definitions.insert(map.id.to_owned(), describe_map(map));
    }
    json!({
        "$schema": "http://json-schema.org/draft-07/schema#",
        "title": "A program of home exercises, format 1",
        "$ref": "#/definitions/program",
        "definitions": definitions,
    })
}

/// Returns the schema of a group of keys.
fn describe_map(map: &FormatMap) -> Value {
    let mut properties = Object::new();
    for key in map.keys {
        properties.insert(key.name.to_owned(), describe_key(key));
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

/// Requires a key with a value.
fn has(key: &str) -> Value {
    json!({ "required": [key], "properties": { key: { "not": { "type": "null" } } } })
}

/// Requires that none of the keys has a value.
fn none_of(keys: &[&str]) -> Value {
    json!({ "not": { "anyOf": keys.iter().map(|key| has(key)).collect::<Vec<_>>() } })
}

/// Requires a value for at least one of the keys.
fn any_of(keys: &[&str]) -> Value {
    json!({ "anyOf": keys.iter().map(|key| has(key)).collect::<Vec<_>>() })
}

/// Requires `side` with one of the words.
fn side_is(words: &[&str]) -> Value {
    json!({ "required": ["side"], "properties": { "side": word(words) } })
}

const ONE_DOSE: &str = "\
    one dose: `reps` (alone, with `hold` or with `tempo`), `hold` alone, `duration`, or `measure`";

/// Returns the rules between the keys of a group.
fn conditions(map: &str) -> Vec<Value> {
    match map {
        "program" => vec![json!({ "oneOf": [has("exercises"), has("phases")] })],
        "exercise" => vec![
            any_of(&["exercise", "name"]),
            json!({
                "description": ONE_DOSE,
                "oneOf": [
                    {
                        "allOf": [
                            has("reps"),
                            none_of(&["duration", "measure"]),
                            { "not": { "allOf": [has("hold"), has("tempo")] } },
                        ],
                    },
                    { "allOf": [has("hold"), none_of(&["reps", "tempo", "duration", "measure"])] },
                    { "allOf": [has("duration"), none_of(&["reps", "tempo", "hold", "measure"])] },
                    { "allOf": [has("measure"), none_of(&["reps", "tempo", "hold", "duration"])] },
                ],
            }),
            json!({ "if": side_is(&["alternate"]), "then": has("reps") }),
            json!({ "if": side_is(&["both", "left", "right"]), "then": none_of(&["first"]) }),
        ],
        "step" => vec![
            any_of(&["week", "after_sessions"]),
            any_of(&["sets", "reps", "hold", "duration", "tempo", "load", "rest"]),
        ],
        "advance_when" => vec![any_of(&["sessions", "pain_at_most"])],
        _ => Vec::new(),
    }
}

/// Returns the schema of a key, with the texts that editors show.
fn describe_key(key: &FormatKey) -> Value {
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
