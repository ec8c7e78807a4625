//! The program and the records as an HL7 FHIR R4 bundle: a care plan, a request for each exercise,
//! a procedure for each session, and observations of pain, exertion, time and tests.
//!
//! The codes are those of SNOMED CT and LOINC that the US Physical Activity implementation guide
//! names. That guide has no fields for sets, repetitions and sides, so they are in the patient
//! instruction.

mod session;

use jiff::Zoned;
use serde_json::{Value, json};

use crate::day::day_of;
use crate::history::HistoryView;
use crate::history::StopSign;
use crate::program::{Frequency, Program, Weekday, words};
use crate::progression;
use crate::record::text_hash;
use crate::schedule;
use crate::timeline::PrescribedExercise;

/// SNOMED CT code and name of exercise therapy.
const EXERCISE_THERAPY: (&str, &str) = ("229065009", "Exercise therapy");

/// Returns the bundle of a program as it is prescribed now, and of its sessions.
///
/// The reported stop signs of the program come first, each as a flag. A flag is active if `past`
/// has the sign as an open one.
pub(crate) fn bundle(
    program: &Program,
    past: HistoryView<'_>,
    signs: &[StopSign],
    now: &Zoned,
) -> Value {
    let mut bundle = Bundle::of(program);
    for sign in signs.iter().rev() {
        bundle.add("Flag", &sign.reported.id, flag(sign, past));
    }
    let plan = add_plan(&mut bundle, program, past, now);
    for history in past.histories {
        session::add(&mut bundle, &plan, history);
    }
    json!({
        "resourceType": "Bundle",
        "id": uuid(&format!("Bundle/{}", program.id)),
        "type": "collection",
        "timestamp": instant(now),
        "entry": bundle.entries,
    })
}

/// Collects resources under their ids.
struct Bundle {
    entries: Vec<Value>,
    /// The id of the patient, whom every other resource is about.
    patient: String,
}

impl Bundle {
    /// Begins a bundle with the patient of a program.
    fn of(program: &Program) -> Self {
        let name = program.patient.as_deref();
        let patient = uuid(&format!(
            "Patient/{}/{}",
            program.id,
            name.unwrap_or_default()
        ));
        let mut resource = json!({"resourceType": "Patient", "id": patient, "active": true});
        if let Some(name) = name {
            insert(&mut resource, "name", json!([{"text": name}]));
        }
        let entry = json!({"fullUrl": format!("urn:uuid:{patient}"), "resource": resource});
        Self {
            entries: vec![entry],
            patient,
        }
    }

    /// Adds a resource about the patient and returns its id. The name tells it apart from others of
    /// its kind. Fields that are null are dropped.
    fn add(&mut self, kind: &str, name: &str, mut resource: Value) -> String {
        let id = uuid(&format!("{kind}/{name}"));
        insert(&mut resource, "resourceType", json!(kind));
        insert(&mut resource, "id", json!(id));
        insert(&mut resource, "subject", reference(&self.patient));
        if let Some(fields) = resource.as_object_mut() {
            fields.retain(|_, value| !value.is_null());
        }
        self.entries
            .push(json!({"fullUrl": format!("urn:uuid:{id}"), "resource": resource}));
        id
    }
}

/// Sets a field of a JSON object.
fn insert(object: &mut Value, field: &str, value: Value) {
    if let Some(fields) = object.as_object_mut() {
        fields.insert(field.to_owned(), value);
    }
}

/// Returns the flag of a stop sign.
fn flag(sign: &StopSign, past: HistoryView<'_>) -> Value {
    let reported = &sign.reported;
    let mut period = json!({"start": instant(&reported.at)});
    if let Some(cleared) = &sign.cleared {
        insert(&mut period, "end", json!(instant(cleared)));
    }
    let category = "http://terminology.hl7.org/CodeSystem/flag-category";
    json!({
        "status": if past.signs.contains(sign) { "active" } else { "inactive" },
        "category": [{"coding": [{"system": category, "code": "clinical"}]}],
        "code": {"text": format!("Stop sign, reported by the patient: {}", reported.words)},
        "period": period,
    })
}

/// Adds a request for each exercise of the current phase, and the plan that refers to them. Returns
/// the id of the plan.
fn add_plan(bundle: &mut Bundle, program: &Program, past: HistoryView<'_>, now: &Zoned) -> String {
    let status = schedule::status(program, past, day_of(now));
    let requester = program.contact().map(|contact| json!({"display": contact}));
    let frequency = program.frequency_in(status.phase);
    let mut activities = Vec::new();
    for planned in progression::planned(program, status.phase, &status.steps) {
        let exercise = planned.exercise;
        let request = json!({
            "status": "active",
            "intent": "order",
            "code": {"coding": [exercise_therapy()], "text": exercise.name},
            "occurrenceTiming": timing(frequency),
            "asNeededBoolean": (*frequency == Frequency::AsNeeded).then_some(true),
            "authoredOn": program.prescribed.map(|day| day.to_string()),
            "requester": requester,
            "patientInstruction": instruction(&planned),
        });
        let name = format!("{}/{}", program.id, exercise.id);
        let request = bundle.add("ServiceRequest", &name, request);
        activities.push(json!({"reference": reference(&request)}));
    }
    let plan = json!({
        "status": "active",
        "intent": "plan",
        "title": program.title,
        "description": program.summary,
        "period": program.prescribed.map(|day| json!({"start": day.to_string()})),
        "author": requester,
        "activity": activities,
    });
    bundle.add("CarePlan", &program.id, plan)
}

/// Returns the dose and the instructions of an exercise, one line each.
fn instruction(planned: &PrescribedExercise<'_>) -> String {
    let mut lines = vec![words::dose(planned.dose)];
    lines.extend(planned.exercise.instructions().iter().cloned());
    lines.join("\n")
}

/// Returns a frequency as a FHIR timing; none for what is done as needed.
fn timing(frequency: &Frequency) -> Option<Value> {
    let every = |frequency: u8, period: u8, unit: &str| {
        let repeat = json!({"frequency": frequency, "period": period, "periodUnit": unit});
        json!({"repeat": repeat})
    };
    Some(match frequency {
        Frequency::PerDay(times) => every(*times, 1, "d"),
        Frequency::PerWeek(times) => every(*times, 1, "wk"),
        Frequency::EveryDays(days) => every(1, *days, "d"),
        Frequency::Weekdays(days) => {
            let codes: Vec<&str> = days.iter().copied().map(weekday_code).collect();
            json!({"repeat": {"dayOfWeek": codes}})
        }
        Frequency::AsNeeded => return None,
    })
}

fn weekday_code(day: Weekday) -> &'static str {
    match day {
        Weekday::Monday => "mon",
        Weekday::Tuesday => "tue",
        Weekday::Wednesday => "wed",
        Weekday::Thursday => "thu",
        Weekday::Friday => "fri",
        Weekday::Saturday => "sat",
        Weekday::Sunday => "sun",
    }
}

fn exercise_therapy() -> Value {
    let (code, display) = EXERCISE_THERAPY;
    json!({"system": "http://snomed.info/sct", "code": code, "display": display})
}

fn reference(id: &str) -> Value {
    json!({"reference": format!("urn:uuid:{id}")})
}

fn instant(at: &Zoned) -> String {
    at.strftime("%Y-%m-%dT%H:%M:%S%:z").to_string()
}

/// Returns a UUID made from a name, so that a resource keeps its id in every export.
fn uuid(name: &str) -> String {
    let digits = text_hash(name);
    let part = |from: usize, to: usize| digits.get(from..to).unwrap_or_default();
    // Version 8, whose bits an application may choose; variant 1.
    format!(
        "{}-{}-8{}-a{}-{}",
        part(0, 8),
        part(8, 12),
        part(13, 16),
        part(17, 20),
        part(20, 32)
    )
}
