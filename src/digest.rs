//! A program in plain words: the doses, the minutes of a session and of a week, what comes later. For whoever has to see at a glance
//! whether the file says what was meant. Knows nothing of screens, files or paper.

use std::time::Duration;

use serde::Serialize;

use crate::program::words;
use crate::program::{Frequency, Phase, Program};
use crate::timeline::Timeline;

/// One phase in words.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct PhaseDigest {
    /// What it is called; none where the program has no phases.
    pub title: Option<String>,
    /// How often, in words.
    pub frequency: String,
    /// The reckoned minutes of a session.
    pub minutes: u64,
    /// The reckoned minutes of a week; none where a session is rarer than that, or never due.
    pub minutes_a_week: Option<u64>,
    /// What must hold before the next phase, in words.
    pub advance: Option<String>,
    /// The exercises in order.
    pub exercises: Vec<ExerciseDigest>,
}

/// One exercise in words.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ExerciseDigest {
    /// What it is called.
    pub name: String,
    /// Its dose.
    pub dose: String,
    /// The steps of its progression: when, and the whole dose from then on.
    pub steps: Vec<(String, String)>,
}

/// How many sessions a week a frequency makes, on average; none where it is less than one, or never due.
fn sessions_a_week(frequency: &Frequency) -> Option<f64> {
    match frequency {
        Frequency::PerDay(times) => Some(f64::from(*times) * 7.0),
        Frequency::PerWeek(times) => Some(f64::from(*times)),
        Frequency::Weekdays(days) => u8::try_from(days.len()).ok().map(f64::from),
        Frequency::EveryDays(days) => (*days <= 7).then(|| 7.0 / f64::from(*days)),
        Frequency::AsNeeded => None,
    }
}

fn phase(program: &Program, index: usize, phase: &Phase) -> PhaseDigest {
    let frequency = program.frequency_in(index);
    let length = Timeline::of(&phase.exercises).length();
    PhaseDigest {
        title: phase.title.clone(),
        frequency: words::frequency(frequency),
        minutes: words::minutes(length),
        minutes_a_week: sessions_a_week(frequency)
            .map(|sessions| words::minutes(Duration::from_secs_f64(length.as_secs_f64() * sessions))),
        advance: words::advance(phase),
        exercises: phase
            .exercises
            .iter()
            .map(|exercise| ExerciseDigest {
                name: exercise.name.clone(),
                dose: words::dose(&exercise.dose),
                steps: exercise.progression.iter().map(|step| (words::step(step), words::dose(&step.dose))).collect(),
            })
            .collect(),
    }
}

/// The phases in words.
pub fn phases(program: &Program) -> Vec<PhaseDigest> {
    program.phases.iter().enumerate().map(|(index, each)| phase(program, index, each)).collect()
}

/// The whole program in plain sentences, a paragraph a phase.
pub fn paragraphs(program: &Program) -> Vec<String> {
    let phases = phases(program);
    let mut paragraphs: Vec<String> = phases.iter().map(sentences).collect();
    if let Some(first) = paragraphs.first_mut() {
        *first = format!("{}: {first}", program.title);
    }
    paragraphs
}

fn sentences(phase: &PhaseDigest) -> String {
    let week = phase.minutes_a_week.map(|minutes| format!(", {minutes} min a week")).unwrap_or_default();
    let title = phase.title.as_ref().map(|title| format!("{title} - ")).unwrap_or_default();
    let mut sentences = vec![format!("{title}{}, about {} min a session{week}.", phase.frequency, phase.minutes)];
    sentences.extend(phase.exercises.iter().map(|exercise| {
        let steps: Vec<String> = exercise.steps.iter().map(|(when, dose)| format!("{when}: {dose}")).collect();
        let later = if steps.is_empty() { String::new() } else { format!(" (later, {})", steps.join("; then ")) };
        format!("{}: {}{later}.", exercise.name, exercise.dose)
    }));
    sentences.extend(phase.advance.as_ref().map(|when| format!("The next phase {when}.")));
    sentences.join(" ")
}
