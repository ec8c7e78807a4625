//! A program in plain words: its doses, its minutes, its later steps and its safety rules. A
//! therapist reads it to check that the file says what they meant.

use std::time::Duration;

use serde::Serialize;

use crate::program::{Frequency, PainMoment, Phase, Program};
use crate::program::{red_flags, words};
use crate::timeline::Timeline;

/// A phase in words.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct PhaseDigest {
    /// The phase's title. None where the program has no phases.
    pub title: Option<String>,
    /// The frequency, such as `3 times a week`.
    pub frequency: String,
    /// The estimated minutes of a session.
    pub minutes: u64,
    /// The estimated minutes of a week. None if sessions are less often than weekly, or never due.
    pub minutes_a_week: Option<u64>,
    /// The conditions for the next phase. None if there are none, or in the last phase.
    pub advance: Option<String>,
    /// The exercises, in order.
    pub exercises: Vec<ExerciseDigest>,
}

/// An exercise in words.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ExerciseDigest {
    /// The exercise's name.
    pub name: String,
    /// The dose, such as `3 sets of 10`.
    pub dose: String,
    /// The steps of the progression: when each comes, and the whole dose from then on.
    pub steps: Vec<(String, String)>,
    /// The stop signs of this exercise.
    pub stop_if: Vec<String>,
}

/// The safety rules of a program: pain, stop signs, reminders and contact.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct SafetyDigest {
    /// The moments at which the patient is asked about pain; empty for never.
    pub pain_asked: Vec<PainMoment>,
    /// The bands of pain, from low to high.
    pub pain_bands: Vec<BandDigest>,
    /// The stop signs of the program.
    pub stop_signs: StopSignsDigest,
    /// The times of the reminders, such as `07:30`.
    pub reminders: Vec<String>,
    /// The therapist's name, clinic, phone and email. None if the file gives none of them.
    pub contact: Option<String>,
    /// Whether the file gives a phone number or an email address.
    pub reachable: bool,
}

/// A band of pain in words.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct BandDigest {
    /// The lowest pain in the band.
    pub from: u8,
    /// The highest pain in the band.
    pub to: u8,
    /// The therapist's name for the band.
    pub label: String,
    /// The therapist's advice to the patient.
    pub advice: Option<String>,
    /// Whether the app offers to end the session.
    pub stop: bool,
}

/// The stop signs of a program.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct StopSignsDigest {
    /// The number of signs.
    pub count: usize,
    /// The ids of the library's lists that they contain in full, each with its number of signs.
    pub lists: Vec<(&'static str, usize)>,
    /// The signs that the therapist wrote.
    pub own: Vec<String>,
}

/// Returns the average number of sessions a week. None if it is less than one, or if they are never
/// due.
fn sessions_a_week(frequency: &Frequency) -> Option<f64> {
    match frequency {
        Frequency::PerDay(times) => Some(f64::from(*times) * 7.0),
        Frequency::PerWeek(times) => Some(f64::from(*times)),
        Frequency::Weekdays(days) => u8::try_from(days.len()).ok().map(f64::from),
        Frequency::EveryDays(days) => (*days <= 7).then(|| 7.0 / f64::from(*days)),
        Frequency::AsNeeded => None,
    }
}

fn describe_phase(program: &Program, index: usize, phase: &Phase) -> PhaseDigest {
    let frequency = program.frequency_in(index);
    let length = Timeline::of(&phase.exercises).length();
    PhaseDigest {
        title: phase.title.clone(),
        frequency: words::frequency(frequency),
        minutes: words::minutes(length),
        minutes_a_week: sessions_a_week(frequency).map(|sessions| {
            words::minutes(Duration::from_secs_f64(length.as_secs_f64() * sessions))
        }),
        // The last phase has no next one.
        advance: (index + 1 < program.phases.len())
            .then(|| words::describe_advancement(phase))
            .flatten(),
        exercises: phase
            .exercises
            .iter()
            .map(|exercise| ExerciseDigest {
                name: exercise.name.clone(),
                dose: words::dose(&exercise.dose),
                steps: exercise
                    .progression
                    .iter()
                    .map(|step| (words::describe_step(step), words::dose(&step.dose)))
                    .collect(),
                stop_if: exercise.stop_if.clone(),
            })
            .collect(),
    }
}

/// Returns the phases in words.
pub(crate) fn phases(program: &Program) -> Vec<PhaseDigest> {
    program
        .phases
        .iter()
        .enumerate()
        .map(|(index, each)| describe_phase(program, index, each))
        .collect()
}

/// Returns the safety rules of a program.
pub(crate) fn safety(program: &Program) -> SafetyDigest {
    let mut from = 0;
    let bands = program.pain.bands.iter().map(|band| {
        let entry = BandDigest {
            from,
            to: band.up_to,
            label: band.label.clone(),
            advice: band.advice.clone(),
            stop: band.stop,
        };
        from = band.up_to + 1;
        entry
    });
    let pain_bands = bands.collect();
    let (lists, own) = red_flags::lists_in(&program.stop_if);
    SafetyDigest {
        pain_asked: program.pain.ask.clone(),
        pain_bands,
        stop_signs: StopSignsDigest {
            count: program.stop_if.len(),
            lists: lists
                .into_iter()
                .map(|list| (list.id, list.signs.len()))
                .collect(),
            own: own.into_iter().map(str::to_owned).collect(),
        },
        reminders: program
            .reminders
            .iter()
            .map(|time| time.strftime("%H:%M").to_string())
            .collect(),
        contact: program.contact(),
        reachable: program.therapist.phone.is_some() || program.therapist.email.is_some(),
    }
}

/// A line of a program's outline.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ProseLine {
    /// How far the line is indented, from 0.
    pub depth: usize,
    /// The text, without a period at the end unless the file's own text has one.
    pub text: String,
}

/// Returns the whole program as an outline: its phases with their exercises, then pain, stop signs,
/// reminders and contact.
pub fn outline(program: &Program) -> Vec<ProseLine> {
    let mut lines = Vec::new();
    outline_phases(program, &mut lines);
    outline_safety(&safety(program), &mut lines);
    lines
}

fn push(lines: &mut Vec<ProseLine>, depth: usize, text: String) {
    lines.push(ProseLine { depth, text });
}

fn outline_phases(program: &Program, lines: &mut Vec<ProseLine>) {
    let has_phases = program.has_phases();
    if has_phases {
        push(lines, 0, program.title.clone());
    }
    let depth = usize::from(has_phases);
    let last = program.phases.len().saturating_sub(1);
    for (index, (entry, phase)) in phases(program).iter().zip(&program.phases).enumerate() {
        let title = entry.title.as_ref().unwrap_or(&program.title);
        let week = entry
            .minutes_a_week
            .map(|minutes| format!(", {minutes} min a week"))
            .unwrap_or_default();
        let (frequency, minutes) = (&entry.frequency, entry.minutes);
        push(
            lines,
            depth,
            format!("{title}: {frequency}, about {minutes} min a session{week}"),
        );
        for exercise in &entry.exercises {
            outline_exercise(exercise, depth + 1, lines);
        }
        if has_phases {
            push(lines, depth + 1, describe_next(phase, index == last));
        }
    }
}

fn outline_exercise(exercise: &ExerciseDigest, depth: usize, lines: &mut Vec<ProseLine>) {
    push(
        lines,
        depth,
        format!("{}: {}", exercise.name, exercise.dose),
    );
    for (when, dose) in &exercise.steps {
        push(lines, depth + 1, format!("Later, {when}: {dose}"));
    }
    if !exercise.stop_if.is_empty() {
        let signs = without_periods(&exercise.stop_if).join("; ");
        push(lines, depth + 1, format!("Stop if: {signs}"));
    }
}

fn outline_safety(safety: &SafetyDigest, lines: &mut Vec<ProseLine>) {
    push(
        lines,
        0,
        format!("Pain: {}", describe_moments(&safety.pain_asked)),
    );
    for band in &safety.pain_bands {
        push(lines, 1, describe_band(band));
    }
    if safety.pain_bands.is_empty() {
        push(
            lines,
            1,
            "No bands: the patient gets no instructions for any pain".to_owned(),
        );
    }
    let signs = &safety.stop_signs;
    push(
        lines,
        0,
        match signs.count {
            0 => "Stop signs: none".to_owned(),
            count => format!("Stop signs: {count} in total"),
        },
    );
    for (id, count) in &signs.lists {
        push(lines, 1, format!("{id}: the library's list, {count} signs"));
    }
    for own in without_periods(&signs.own) {
        push(lines, 1, own.to_owned());
    }
    let reminders = if safety.reminders.is_empty() {
        "none".to_owned()
    } else {
        safety.reminders.join(", ")
    };
    push(lines, 0, format!("Reminders: {reminders}"));
    let contact = match (&safety.contact, safety.reachable) {
        (None, _) => "not given".to_owned(),
        (Some(contact), true) => contact.clone(),
        (Some(contact), false) => format!("{contact}, no phone or email"),
    };
    push(lines, 0, format!("Contact: {contact}"));
}

/// Returns the outline as one paragraph.
pub(crate) fn prose(program: &Program) -> String {
    let sentence = |line: ProseLine| {
        if line.text.ends_with(['.', '!', '?']) {
            line.text
        } else {
            format!("{}.", line.text)
        }
    };
    outline(program)
        .into_iter()
        .map(sentence)
        .collect::<Vec<_>>()
        .join(" ")
}

/// Removes the periods at the ends of texts.
fn without_periods(texts: &[String]) -> Vec<&str> {
    texts
        .iter()
        .map(|text| text.trim_end_matches('.'))
        .collect()
}

/// Describes when the patient is asked about pain, such as `asked before the session and the next
/// morning`.
fn describe_moments(moments: &[PainMoment]) -> String {
    let words: Vec<&str> = moments
        .iter()
        .map(|moment| match moment {
            PainMoment::Before => "before the session",
            PainMoment::Each => "after each exercise",
            PainMoment::After => "after the session",
            PainMoment::NextMorning => "the next morning",
        })
        .collect();
    match words.as_slice() {
        [] => "never asked".to_owned(),
        [only] => format!("asked {only}"),
        [init @ .., last] => format!("asked {} and {last}", init.join(", ")),
    }
}

/// Describes a band, such as `6-10 stop, offers to end the session: Stop for today`.
fn describe_band(band: &BandDigest) -> String {
    let range = if band.from == band.to {
        band.to.to_string()
    } else {
        format!("{}-{}", band.from, band.to)
    };
    let effect = words::describe_band_effect(band.stop, band.advice.as_deref());
    format!("{range} {}{effect}", band.label)
}

/// Describes when the patient moves on from a phase.
fn describe_next(phase: &Phase, is_last: bool) -> String {
    match (words::describe_advancement(phase), is_last) {
        (Some(when), true) => format!("This is the last phase; the program is finished {when}"),
        (None, true) => "This is the last phase".to_owned(),
        (Some(when), false) => format!("Move on {when}; the patient confirms it"),
        (None, false) => "Move on when you tell the patient to".to_owned(),
    }
}
