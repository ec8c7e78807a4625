//! The program and the records as an HL7 FHIR R4 bundle: a care plan, a request for each exercise,
//! a procedure for each session, and observations of pain, exertion, time and tests. Codes are
//! those of SNOMED CT and LOINC that the US Physical Activity guide names; sets, repetitions and
//! sides have no place of their own in it and stand in the instruction. Knows nothing of clocks or
//! files.

use jiff::Zoned;
use serde_json::{Value, json};

use crate::day::day_of;
use crate::prescription::{self, HistoryView};
use crate::program::{Frequency, PainMoment, Program, Weekday, words};

use crate::record::{EndKind, RatingKind, SessionHistory, SetRecord, StopSign, text_hash};
use crate::report::describe_side;
use crate::timeline::PrescribedExercise;

/// SNOMED CT: exercise therapy.
const EXERCISE_THERAPY: (&str, &str) = ("229065009", "Exercise therapy");
/// LOINC: pain severity, 0 to 10, as said.
const PAIN: (&str, &str) = (
    "72514-3",
    "Pain severity - 0-10 verbal numeric rating [Score] - Reported",
);
/// LOINC: how long one exercised.
const DURATION: (&str, &str) = ("55411-3", "Exercise duration");

fn snomed() -> Value {
    json!({"system": "http://snomed.info/sct", "code": EXERCISE_THERAPY.0, "display": EXERCISE_THERAPY.1})
}

fn loinc(code: (&str, &str)) -> Value {
    json!({"system": "http://loinc.org", "code": code.0, "display": code.1})
}

fn category(code: &str) -> Value {
    json!([{"coding": [{"system": "http://terminology.hl7.org/CodeSystem/observation-category", "code": code}]}])
}

/// An id that is the same each time and fits FHIR: a UUID made from a name.
fn uuid(name: &str) -> String {
    let digits = text_hash(name);
    let part = |from: usize, to: usize| digits.get(from..to).unwrap_or_default().to_owned();
    // Version 8, which is free to be made as one likes; variant 1.
    format!(
        "{}-{}-8{}-a{}-{}",
        part(0, 8),
        part(8, 12),
        part(13, 16),
        part(17, 20),
        part(20, 32)
    )
}

fn reference(id: &str) -> Value {
    json!({"reference": format!("urn:uuid:{id}")})
}

fn instant(at: &Zoned) -> String {
    at.strftime("%Y-%m-%dT%H:%M:%S%:z").to_string()
}

/// How often, as FHIR says it.
fn timing(frequency: &Frequency) -> Option<Value> {
    let every = |frequency: u8, period: u8, unit: &str| {
        Some(json!({"repeat": {"frequency": frequency, "period": period, "periodUnit": unit}}))
    };
    match frequency {
        Frequency::PerDay(times) => every(*times, 1, "d"),
        Frequency::PerWeek(times) => every(*times, 1, "wk"),
        Frequency::EveryDays(days) => every(1, *days, "d"),
        Frequency::Weekdays(days) => {
            let code = |day: &Weekday| match day {
                Weekday::Monday => "mon",
                Weekday::Tuesday => "tue",
                Weekday::Wednesday => "wed",
                Weekday::Thursday => "thu",
                Weekday::Friday => "fri",
                Weekday::Saturday => "sat",
                Weekday::Sunday => "sun",
            };
            Some(json!({"repeat": {"dayOfWeek": days.iter().map(code).collect::<Vec<_>>()}}))
        }
        Frequency::AsNeeded => None,
    }
}

/// Puts resources into a bundle under their ids.
struct Bundle {
    entries: Vec<Value>,
    patient: String,
}

impl Bundle {
    /// Adds a resource about the patient, under a name that is its own; gives its id.
    fn add(&mut self, kind: &str, name: &str, mut resource: Value) -> String {
        let id = uuid(&format!("{kind}/{name}"));
        if let Some(fields) = resource.as_object_mut() {
            fields.insert("resourceType".to_owned(), json!(kind));
            fields.insert("id".to_owned(), json!(id));
            if kind != "Patient" {
                fields.insert("subject".to_owned(), reference(&self.patient));
            }
            fields.retain(|_, value| !value.is_null());
        }
        self.entries
            .push(json!({"fullUrl": format!("urn:uuid:{id}"), "resource": resource}));
        id
    }
}

fn instruction(planned: &PrescribedExercise<'_>) -> String {
    let mut lines = vec![words::dose(planned.dose)];
    lines.extend(planned.exercise.instructions().iter().cloned());
    lines.join("\n")
}

fn session(bundle: &mut Bundle, plan: &str, history: &SessionHistory) {
    let name = &history.session.id;
    let status = match history.end.as_ref().map(|end| end.kind) {
        Some(EndKind::Finished) => "completed",
        Some(EndKind::EndedEarly | EndKind::Discarded) => "stopped",
        None => "in-progress",
    };
    let mut period = json!({"start": instant(&history.session.started)});
    if let (Some(end), Some(fields)) = (&history.end, period.as_object_mut())
        && end.at >= history.session.started
    {
        fields.insert("end".to_owned(), json!(instant(&end.at)));
    }
    let line = super::session_line(history);
    let mut notes = vec![format!(
        "{} of {} sets done in full, {} entered by hand",
        line.sets_done, line.sets, line.by_hand
    )];
    notes.extend(line.notes);
    let procedure = bundle.add(
        "Procedure",
        name,
        json!({
            "status": status,
            "basedOn": [reference(plan)],
            "code": {"coding": [snomed()], "text": history.session.title},
            "performedPeriod": period,
            "note": notes.iter().map(|text| json!({"text": text})).collect::<Vec<_>>(),
        }),
    );
    let observe = |bundle: &mut Bundle, name: String, at: &Zoned, mut fields: Value| {
        if let Some(own) = fields.as_object_mut() {
            own.insert("status".to_owned(), json!("final"));
            own.insert("effectiveDateTime".to_owned(), json!(instant(at)));
            own.insert("partOf".to_owned(), json!([reference(&procedure)]));
        }
        bundle.add("Observation", &name, fields);
    };
    let score = |value: u8| json!({"value": value, "unit": "{score}", "system": "http://unitsofmeasure.org", "code": "{score}"});
    for rating in &history.ratings {
        let when = match rating.moment {
            PainMoment::Before => "before the session".to_owned(),
            PainMoment::Each => {
                format!("in {}", rating.exercise.as_deref().unwrap_or("an exercise"))
            }
            PainMoment::After => "after the session".to_owned(),
            PainMoment::NextMorning => "the next morning".to_owned(),
        };
        let code = match rating.kind {
            RatingKind::Pain => json!({"coding": [loinc(PAIN)], "text": "Pain, 0-10"}),
            RatingKind::Exertion => json!({"text": "Rating of perceived exertion, 0-10"}),
        };
        let fields = json!({
            "category": category("survey"),
            "code": code,
            "valueQuantity": score(rating.value),
            "note": [{"text": when}],
        });
        observe(bundle, rating.id.clone(), &rating.at, fields);
    }
    let seconds: f64 = history.sets.iter().map(SetRecord::counted_seconds).sum();
    if seconds > 0.0 {
        let minutes = (seconds / 6.0).round() / 10.0;
        let fields = json!({
            "category": category("activity"),
            "code": {"coding": [loinc(DURATION)], "text": "Time under work"},
            "valueQuantity": {"value": minutes, "unit": "min", "system": "http://unitsofmeasure.org", "code": "min"},
        });
        observe(bundle, format!("{name}/duration"), history.last(), fields);
    }
    for set in history
        .sets
        .iter()
        .filter(|set| set.prescribed.is_open() && !set.done.is_nothing())
    {
        let value = if let Some(reps) = set.done.reps {
            json!({"value": reps, "unit": "repetitions", "system": "http://unitsofmeasure.org", "code": "{repetitions}"})
        } else {
            let seconds = (set.done.time.unwrap_or_default().as_secs_f64() * 10.0).round() / 10.0;
            json!({"value": seconds, "unit": "s", "system": "http://unitsofmeasure.org", "code": "s"})
        };
        let fields = json!({
            "category": category("activity"),
            "code": {"text": format!("{}{}", set.name, describe_side(set.side))},
            "valueQuantity": value,
        });
        observe(bundle, set.id.clone(), &set.at, fields);
    }
}

/// The bundle of a program as it stands, and of its sessions.
///
/// The stop signs of the program that were reported stand first, each as a flag; those that are
/// open, as `past` has them, are active.
pub fn bundle(program: &Program, past: HistoryView<'_>, signs: &[StopSign], now: &Zoned) -> Value {
    let patient = uuid(&format!(
        "Patient/{}/{}",
        program.id,
        program.patient.as_deref().unwrap_or_default()
    ));
    let mut bundle = Bundle {
        entries: Vec::new(),
        patient: patient.clone(),
    };
    let name = program.patient.as_ref().map(|name| json!([{"text": name}]));
    let resource = json!({"resourceType": "Patient", "id": patient, "active": true});
    let mut resource = resource;
    if let (Some(name), Some(fields)) = (name, resource.as_object_mut()) {
        fields.insert("name".to_owned(), name);
    }
    bundle
        .entries
        .push(json!({"fullUrl": format!("urn:uuid:{patient}"), "resource": resource}));
    for sign in signs.iter().rev() {
        let reported = &sign.reported;
        let mut period = json!({"start": instant(&reported.at)});
        if let (Some(cleared), Some(fields)) = (&sign.cleared, period.as_object_mut()) {
            fields.insert("end".to_owned(), json!(instant(cleared)));
        }
        let category = "http://terminology.hl7.org/CodeSystem/flag-category";
        let flag = json!({
            "status": if past.signs.contains(sign) { "active" } else { "inactive" },
            "category": [{"coding": [{"system": category, "code": "clinical"}]}],
            "code": {"text": format!("Stop sign, reported by the patient: {}", reported.words)},
            "period": period,
        });
        bundle.add("Flag", &reported.id, flag);
    }
    let status = prescription::status(program, past, day_of(now));
    let requester = program.contact().map(|contact| json!({"display": contact}));
    let requests: Vec<Value> = prescription::planned(program, status.phase, &status.steps)
        .iter()
        .map(|planned| {
            let exercise = planned.exercise;
            let resource = json!({
                "status": "active",
                "intent": "order",
                "code": {"coding": [snomed()], "text": exercise.name},
                "occurrenceTiming": timing(program.frequency_in(status.phase)),
                "asNeededBoolean": (*program.frequency_in(status.phase) == Frequency::AsNeeded).then_some(true),
                "authoredOn": program.prescribed.map(|day| day.to_string()),
                "requester": requester,
                "patientInstruction": instruction(planned),
            });
            let name = format!("{}/{}", program.id, exercise.id);
            reference(&bundle.add("ServiceRequest", &name, resource))
        })
        .collect();
    let plan = json!({
        "status": "active",
        "intent": "plan",
        "title": program.title,
        "description": program.summary,
        "period": program.prescribed.map(|day| json!({"start": day.to_string()})),
        "author": requester,
        "activity": requests.iter().map(|request| json!({"reference": request})).collect::<Vec<_>>(),
    });
    let plan = bundle.add("CarePlan", &program.id, plan);
    for history in past.histories {
        session(&mut bundle, &plan, history);
    }
    json!({
        "resourceType": "Bundle",
        "id": uuid(&format!("Bundle/{}", program.id)),
        "type": "collection",
        "timestamp": instant(now),
        "entry": bundle.entries,
    })
}
