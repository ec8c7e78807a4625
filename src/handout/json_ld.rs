//! The program as a schema.org `ExercisePlan`, for other software that reads the page.

use serde_json::{Value, json};

use crate::program::{Exercise, Program, words};
use crate::timeline::Timeline;

/// Returns the plan of a program as JSON-LD.
pub(super) fn plan(program: &Program) -> Value {
    let parts: Vec<Value> = program
        .phases
        .iter()
        .flat_map(|phase| &phase.exercises)
        .map(part)
        .collect();
    let exercises = program.phases.first().map(|phase| &phase.exercises[..]);
    let author = program
        .therapist
        .name
        .as_ref()
        .map(|name| json!({"@type": "Person", "name": name}));
    json!({
        "@context": "https://schema.org",
        "@type": "ExercisePlan",
        "name": program.title,
        "description": program.summary,
        "inLanguage": program.language,
        "activityFrequency": words::frequency(program.frequency_in(0)),
        "activityDuration": duration(exercises.unwrap_or_default()),
        "author": author,
        "hasPart": parts,
    })
}

fn part(exercise: &Exercise) -> Value {
    json!({
        "@type": "ExercisePlan",
        "name": exercise.name,
        "description": words::dose(&exercise.dose),
        "activityDuration": duration(std::slice::from_ref(exercise)),
    })
}

/// Returns the estimated length of some exercises as an ISO 8601 duration.
fn duration(exercises: &[Exercise]) -> String {
    format!("PT{}S", Timeline::of(exercises).length().as_secs())
}
