//! The handout: a program on paper, as data. It has the doses in words, the precautions, and a
//! calendar with boxes to check until the next visit. The caller passes the date and the pictures;
//! `html` and `text` write it out.

mod calendar;
pub mod html;
mod json_ld;
pub mod text;

use std::collections::BTreeMap;
use std::time::Duration;

use jiff::civil::Date;

use crate::figure::svg;
use crate::html::escape;
use crate::program::notation::write_duration;
use crate::program::{Exercise, PainBand, Phase, Program, RepStyle, SideRule, Work};
use crate::prose;

pub use calendar::Calendar;

/// A picture for the page of an exercise.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Picture {
    /// The media type of a png, jpg or gif, and its bytes.
    Image(&'static str, Vec<u8>),
}

/// A program on paper.
#[derive(Debug, Clone, PartialEq)]
pub struct Handout<'p> {
    pub(crate) program: &'p Program,
    /// Who prescribed it and how to reach them, one line each.
    pub(crate) contact: Vec<String>,
    /// The patient, dates and times, each with a label.
    pub(crate) facts: Vec<(&'static str, String)>,
    /// The phases. A program without phases has one, without a title.
    pub(crate) phases: Vec<PhasePage<'p>>,
    /// The boxes to check, a row for each week.
    pub calendar: Calendar,
}

/// A phase on paper.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct PhasePage<'p> {
    /// None in a program without phases.
    title: Option<&'p str>,
    /// How often and how long, in words.
    line: String,
    /// The conditions for moving on, in words; none if the file names none.
    advance: Option<String>,
    exercises: Vec<ExercisePage<'p>>,
}

/// An exercise on paper.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct ExercisePage<'p> {
    exercise: &'p Exercise,
    /// Counts from 1 in each phase.
    number: usize,
    /// The dose in words.
    dose: String,
    /// The pauses that matter to someone with a watch, in words.
    pauses: Option<String>,
    /// The steps of the progression: when each comes, and its dose.
    steps: Vec<(String, String)>,
    /// The therapist's own picture.
    picture: Option<Picture>,
}

impl PhasePage<'_> {
    /// Returns the sentence about moving on to the next phase; none if the file names no condition.
    fn advance_sentence(&self) -> Option<String> {
        let advance = self.advance.as_ref()?;
        Some(format!("Move on {advance}."))
    }
}

/// Returns the figure of an exercise as SVG, start and hold side by side; none if it has no figure.
pub(crate) fn drawing(exercise: &Exercise) -> Option<String> {
    Some(svg::sheet(
        exercise.motion()?.as_ref(),
        exercise.shown_side(),
        &escape(&exercise.name),
    ))
}

impl ExercisePage<'_> {
    /// Returns the library's figure as SVG; none if there is none or the therapist's own picture
    /// takes its place.
    fn figure(&self) -> Option<String> {
        if self.picture.is_some() {
            return None;
        }
        drawing(self.exercise)
    }

    /// Returns the notes beside the instructions, each with its label; empty ones are dropped.
    fn remarks(&self) -> Vec<(&'static str, String)> {
        let exercise = self.exercise;
        let text = |text: &Option<String>| text.clone().unwrap_or_default();
        let mut remarks = vec![
            ("Stop if", exercise.stop_if.join(" · ")),
            ("Caution", exercise.avoid().join(" ")),
            ("Rest", text(&self.pauses)),
            ("You need", exercise.equipment().join(", ")),
            ("Focus on", exercise.cues().join(" · ")),
            ("Common mistakes", exercise.mistakes().join(" · ")),
            ("Easier", text(&exercise.easier)),
            ("Harder", text(&exercise.harder)),
        ];
        remarks.extend(
            self.steps
                .iter()
                .map(|(when, dose)| ("Later", format!("{when}: {dose}"))),
        );
        remarks.push(("Video", text(&exercise.video)));
        remarks.retain(|(_, text)| !text.is_empty());
        remarks
    }
}

/// Describes a pain band with its range and label: "0-3 fine".
fn describe_band(bands: &[PainBand], index: usize) -> String {
    let from = index
        .checked_sub(1)
        .and_then(|before| bands.get(before))
        .map_or(0, |before| before.up_to + 1);
    bands.get(index).map_or(String::new(), |band| {
        if from == band.up_to {
            format!("{from} {}", band.label)
        } else {
            format!("{from}-{} {}", band.up_to, band.label)
        }
    })
}

/// Writes a date for people: "25 November 2026".
fn date(date: Date) -> String {
    date.strftime("%-d %B %Y").to_string()
}

/// Returns the handout of a program. The pictures are found by the names that the file gives them.
pub fn of<'p>(
    program: &'p Program,
    pictures: &BTreeMap<String, Picture>,
    today: Date,
) -> Handout<'p> {
    let therapist = &program.therapist;
    let contact = [
        &therapist.name,
        &therapist.clinic,
        &therapist.phone,
        &therapist.email,
    ];
    let mut facts = Vec::new();
    facts.extend(program.patient.clone().map(|patient| ("For", patient)));
    facts.extend(program.prescribed.map(|day| ("Prescribed", date(day))));
    facts.extend(program.review.map(|day| ("Next visit", date(day))));
    if !program.reminders.is_empty() {
        let times: Vec<String> = program
            .reminders
            .iter()
            .map(|time| time.strftime("%H:%M").to_string())
            .collect();
        facts.push(("Time of day", times.join(", ")));
    }
    let digests = prose::phases(program);
    let phases = program
        .phases
        .iter()
        .zip(digests)
        .map(|(phase, digest)| phase_page(phase, digest, pictures))
        .collect();
    Handout {
        program,
        contact: contact.into_iter().flatten().cloned().collect(),
        facts,
        phases,
        calendar: Calendar::of(program, today),
    }
}

fn phase_page<'p>(
    phase: &'p Phase,
    digest: prose::PhaseDigest,
    pictures: &BTreeMap<String, Picture>,
) -> PhasePage<'p> {
    let exercises = phase
        .exercises
        .iter()
        .zip(digest.exercises)
        .enumerate()
        .map(|(index, (exercise, digest))| {
            let picture = exercise
                .image
                .as_ref()
                .and_then(|name| pictures.get(name))
                .cloned();
            ExercisePage {
                exercise,
                number: index + 1,
                dose: digest.dose,
                pauses: describe_pauses(exercise),
                steps: digest.steps,
                picture,
            }
        });
    PhasePage {
        title: phase.title.as_deref(),
        line: format!("{} · about {} min", digest.frequency, digest.minutes),
        advance: digest.advance,
        exercises: exercises.collect(),
    }
}

/// Describes the pauses of an exercise: "45 s between sets, 2 s between repetitions".
fn describe_pauses(exercise: &Exercise) -> Option<String> {
    let held = exercise.dose.sets.iter().any(|set| match set.work {
        Work::Reps { count, style } => count > 1 && matches!(style, RepStyle::Held(_)),
        _ => false,
    });
    let rounds = exercise.dose.rounds();
    let mut parts = Vec::new();
    let mut pause = |length: Duration, words: &str| {
        if !length.is_zero() {
            parts.push(format!("{} {words}", write_duration(length)));
        }
    };
    if rounds > 1 {
        pause(exercise.timings.rest, "between sets");
    }
    if held {
        pause(exercise.timings.release, "between repetitions");
    }
    if exercise.dose.side == SideRule::Each {
        pause(exercise.timings.switch, "to switch sides");
    }
    (!parts.is_empty()).then(|| parts.join(", "))
}
