//! A session in the bundle: a procedure, and observations of pain, exertion, time and tests.

use jiff::Zoned;
use serde_json::{Value, json};

use super::{Bundle, exercise_therapy, insert, instant, reference};
use crate::history::SessionHistory;
use crate::program::PainMoment;
use crate::record::{EndKind, RatingKind, RatingRecord, SetRecord};
use crate::report::{describe_side, session_line};

/// LOINC code and name of pain severity from 0 to 10, as reported.
const PAIN: (&str, &str) = (
    "72514-3",
    "Pain severity - 0-10 verbal numeric rating [Score] - Reported",
);
/// LOINC code and name of the duration of exercise.
const DURATION: (&str, &str) = ("55411-3", "Exercise duration");

/// Adds a session and what was observed in it. `plan` is the id of the care plan.
pub(super) fn add(bundle: &mut Bundle, plan: &str, history: &SessionHistory) {
    let session = &history.session.id;
    let procedure = bundle.add("Procedure", session, procedure(plan, history));
    let mut observe = |name: &str, at: &Zoned, mut fields: Value| {
        insert(&mut fields, "status", json!("final"));
        insert(&mut fields, "effectiveDateTime", json!(instant(at)));
        insert(&mut fields, "partOf", json!([reference(&procedure)]));
        bundle.add("Observation", name, fields);
    };
    for rating in &history.ratings {
        observe(&rating.id, &rating.at, observed_rating(rating));
    }
    let seconds: f64 = history.sets.iter().map(SetRecord::counted_seconds).sum();
    if seconds > 0.0 {
        let name = format!("{session}/duration");
        observe(&name, history.last(), observed_duration(seconds));
    }
    let is_test = |set: &&SetRecord| set.prescribed.is_open() && !set.done.is_nothing();
    for test in history.sets.iter().filter(is_test) {
        observe(&test.id, &test.at, observed_test(test));
    }
}

fn procedure(plan: &str, history: &SessionHistory) -> Value {
    let status = match history.end.as_ref().map(|end| end.kind) {
        Some(EndKind::Finished) => "completed",
        Some(EndKind::EndedEarly | EndKind::Discarded) => "stopped",
        None => "in-progress",
    };
    let started = &history.session.started;
    let mut period = json!({"start": instant(started)});
    // A session whose clock was set back seems to end before it started; FHIR rejects such periods.
    if let Some(end) = history.end.as_ref().filter(|end| end.at >= *started) {
        insert(&mut period, "end", json!(instant(&end.at)));
    }
    let line = session_line(history);
    let mut notes = vec![format!(
        "{} of {} sets done in full, {} self-reported",
        line.sets_done, line.sets, line.by_hand
    )];
    notes.extend(line.notes);
    let notes: Vec<Value> = notes.iter().map(|text| json!({"text": text})).collect();
    json!({
        "status": status,
        "basedOn": [reference(plan)],
        "code": {"coding": [exercise_therapy()], "text": history.session.title},
        "performedPeriod": period,
        "note": notes,
    })
}

fn observed_rating(rating: &RatingRecord) -> Value {
    let when = match rating.moment {
        PainMoment::Before => "before the session".to_owned(),
        PainMoment::Each => {
            let exercise = rating.exercise.as_deref();
            format!("during {}", exercise.unwrap_or("an exercise"))
        }
        PainMoment::After => "after the session".to_owned(),
        PainMoment::NextMorning => "the next morning".to_owned(),
    };
    let code = match rating.kind {
        RatingKind::Pain => json!({"coding": [loinc(PAIN)], "text": "Pain, 0-10"}),
        RatingKind::Exertion => json!({"text": "Rating of perceived exertion, 0-10"}),
    };
    json!({
        "category": category("survey"),
        "code": code,
        "valueQuantity": quantity(&json!(rating.value), "{score}", "{score}"),
        "note": [{"text": when}],
    })
}

/// Returns the time of work of a session, in minutes with one decimal.
fn observed_duration(seconds: f64) -> Value {
    let minutes = (seconds / 6.0).round() / 10.0;
    json!({
        "category": category("activity"),
        "code": {"coding": [loinc(DURATION)], "text": "Exercise time"},
        "valueQuantity": quantity(&json!(minutes), "min", "min"),
    })
}

/// Returns the result of a test: repetitions, or seconds with one decimal.
fn observed_test(test: &SetRecord) -> Value {
    let value = if let Some(reps) = test.done.reps {
        quantity(&json!(reps), "repetitions", "{repetitions}")
    } else {
        let seconds = test.done.time.unwrap_or_default().as_secs_f64();
        quantity(&json!((seconds * 10.0).round() / 10.0), "s", "s")
    };
    json!({
        "category": category("activity"),
        "code": {"text": format!("{}{}", test.name, describe_side(test.side))},
        "valueQuantity": value,
    })
}

/// Returns a value with its unit in words and as a UCUM code.
fn quantity(value: &Value, unit: &str, code: &str) -> Value {
    let system = "http://unitsofmeasure.org";
    json!({"value": value, "unit": unit, "system": system, "code": code})
}

fn loinc((code, display): (&str, &str)) -> Value {
    json!({"system": "http://loinc.org", "code": code, "display": display})
}

fn category(code: &str) -> Value {
    let system = "http://terminology.hl7.org/CodeSystem/observation-category";
    json!([{"coding": [{"system": system, "code": code}]}])
}
