//! What keeps a patient safe, as plain data: when to stop, whom to call, what to keep in mind, what
//! to know of an exercise. The screen and the lines both show this, so that neither can lack what
//! the other says. Knows nothing of how it is shown.

pub use super::page::{Answer, Purpose, Section};
use crate::program::parse::STOP_ADVICE;
use crate::program::{Exercise, PainBand, Program, muscles};

/// The heading of the stop signs.
pub const STOP: &str = "Stop and call your therapist if:";
/// The heading of the precautions.
pub const MIND: &str = "Keep in mind:";

fn section(purpose: Purpose, heading: impl Into<String>, texts: Vec<String>) -> Section {
    Section {
        purpose,
        heading: heading.into(),
        texts,
    }
}

/// Returns the stop signs of a program: the therapist's sentences, then the pain at which to stop.
/// There is always at least a sentence.
fn stop_signs_of(program: &Program) -> Vec<Section> {
    let bands = &program.pain.bands;
    let below = std::iter::once(None).chain(bands.iter().map(Some));
    let pain = bands.iter().zip(below).filter(|(band, _)| band.stop);
    let pain: Vec<String> = pain.map(|(band, below)| pain_words(band, below)).collect();
    let mut sections = Vec::new();
    if !program.stop_if.is_empty() {
        sections.push(section(Purpose::Stop, STOP, program.stop_if.clone()));
    } else if pain.is_empty() {
        let none = "Your therapist has named no stop signs in this program.".to_owned();
        sections.push(section(Purpose::Stop, "", vec![none]));
    }
    if !pain.is_empty() {
        sections.push(section(Purpose::Stop, "", pain));
    }
    sections
}

/// Returns the range of a band with what the therapist says to it.
fn pain_words(band: &PainBand, below: Option<&PainBand>) -> String {
    let from = below.map_or(0, |below| below.up_to + 1);
    let range = match (from, band.up_to) {
        (from, to) if from == to => format!("{from}"),
        (from, 10) => format!("{from} or more"),
        (from, to) => format!("{from} to {to}"),
    };
    format!(
        "Pain of {range}: {}",
        advice(band).unwrap_or(band.label.as_str())
    )
}

/// Returns what the therapist says to a band; where a session should stop, always something.
fn advice(band: &PainBand) -> Option<&str> {
    band.advice.as_deref().or(band.stop.then_some(STOP_ADVICE))
}

fn contact(program: &Program) -> Option<Section> {
    program
        .contact()
        .map(|contact| section(Purpose::Contact, "", vec![contact]))
}

fn precautions(program: &Program) -> Option<Section> {
    let some = !program.precautions.is_empty();
    some.then(|| section(Purpose::Precaution, MIND, program.precautions.clone()))
}

/// Returns the page of stop signs of a program: an open sign in words, whom to call, when to stop,
/// in a session also in the exercise, and what to keep in mind.
pub(super) fn stop_signs(
    program: &Program,
    exercise: Option<&Exercise>,
    open: Option<String>,
) -> Vec<Section> {
    let open = open.map(|words| section(Purpose::Stop, "", vec![words]));
    let mut sections: Vec<Section> = open.into_iter().collect();
    // Whom to call is seen without scrolling, however many signs there are.
    sections.extend(contact(program));
    sections.extend(stop_signs_of(program));
    if let Some(exercise) = exercise.filter(|exercise| !exercise.stop_if.is_empty()) {
        let heading = format!("In {}, stop if:", exercise.name);
        sections.push(section(Purpose::Stop, heading, exercise.stop_if.clone()));
    }
    sections.extend(precautions(program));
    sections
}

/// Returns the safety texts on the page of a program: its stop signs, then its precautions.
pub fn of_program(program: &Program) -> Vec<Section> {
    let none = program.stop_if.is_empty() && !program.pain.bands.iter().any(|band| band.stop);
    let mut sections = if none {
        Vec::new()
    } else {
        stop_signs_of(program)
    };
    sections.extend(precautions(program));
    sections
}

/// Returns what is said to a number: of pain what the therapist's band says.
pub fn answer(value: u8, band: Option<&PainBand>, program: &Program) -> Answer {
    let mut heading = format!("{value} of 10");
    let Some(band) = band else {
        return Answer {
            heading,
            advice: None,
            contact: None,
        };
    };
    heading.push_str(&format!(" · {}", band.label));
    let advice = advice(band).map(|advice| format!("Your therapist says: {advice}"));
    Answer {
        heading,
        advice,
        contact: program.contact().filter(|_| band.stop),
    }
}

/// Returns what is good to know of an exercise besides its instructions, each a sentence; first
/// what keeps it safe.
pub fn notes(exercise: &Exercise) -> Vec<String> {
    let mut notes: Vec<String> = exercise
        .stop_if
        .iter()
        .map(|stop| format!("Stop if: {stop}"))
        .collect();
    notes.extend(exercise.avoid().iter().cloned());
    notes.extend(
        exercise
            .mistakes()
            .iter()
            .map(|mistake| format!("Common mistake: {mistake}")),
    );
    notes.extend(
        exercise
            .easier
            .iter()
            .map(|easier| format!("Easier: {easier}")),
    );
    notes.extend(
        exercise
            .harder
            .iter()
            .map(|harder| format!("Harder: {harder}")),
    );
    let named = |names: &[String]| {
        names
            .iter()
            .map(|name| muscles::name(name))
            .collect::<Vec<_>>()
            .join(", ")
    };
    let muscles = exercise.muscles();
    for (heading, names) in [
        ("Strengthens", &muscles.strengthens),
        ("Stretches", &muscles.stretches),
        ("Also works", &muscles.assists),
    ] {
        if !names.is_empty() {
            notes.push(format!("{heading}: {}", named(names)));
        }
    }
    if !exercise.equipment().is_empty() {
        notes.push(format!("You need: {}", exercise.equipment().join(", ")));
    }
    notes.extend(exercise.video.iter().map(|video| format!("Video: {video}")));
    notes
}
