//! A program in plain words: the doses, the minutes of a session and of a week, what comes later.
//! For whoever has to see at a glance whether the file says what was meant. Knows nothing of
//! screens, files or paper.

use std::time::Duration;

use serde::Serialize;

use crate::program::{Frequency, PainMoment, Phase, Program};
use crate::program::{red_flags, words};
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
    /// When to stop this exercise.
    pub stop_if: Vec<String>,
}

/// What keeps the patient safe, in words: pain, stop signs, reminders, whom to call.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct SafetyDigest {
    /// When pain is asked for; empty where it never is.
    pub pain_asked: Vec<PainMoment>,
    /// The bands of pain from low to high.
    pub pain_bands: Vec<BandDigest>,
    /// The signs at which to stop.
    pub stop_signs: StopSignsDigest,
    /// Times of day, as `07:30`.
    pub reminders: Vec<String>,
    /// The therapist's name, clinic, phone and email.
    pub contact: Option<String>,
    /// Whether there is a phone number or an email.
    pub reachable: bool,
}

/// A band of pain.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct BandDigest {
    /// The lowest pain in it.
    pub from: u8,
    /// The highest pain in it.
    pub to: u8,
    /// The therapist's word for it.
    pub label: String,
    /// What the therapist says to it.
    pub advice: Option<String>,
    /// Whether the session is offered to end here.
    pub stop: bool,
}

/// The signs at which to stop a program.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct StopSignsDigest {
    /// How many there are.
    pub count: usize,
    /// The library's lists that they hold in full, each with the number of its signs.
    pub lists: Vec<(&'static str, usize)>,
    /// The therapist's own.
    pub own: Vec<String>,
}

/// How many sessions a week a frequency makes, on average; none where it is less than one, or never
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

fn phase(program: &Program, index: usize, phase: &Phase) -> PhaseDigest {
    let frequency = program.frequency_in(index);
    let length = Timeline::of(&phase.exercises).length();
    PhaseDigest {
        title: phase.title.clone(),
        frequency: words::frequency(frequency),
        minutes: words::minutes(length),
        minutes_a_week: sessions_a_week(frequency).map(|sessions| {
            words::minutes(Duration::from_secs_f64(length.as_secs_f64() * sessions))
        }),
        // After the last phase no other comes.
        advance: (index + 1 < program.phases.len())
            .then(|| words::advance(phase))
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
                    .map(|step| (words::step(step), words::dose(&step.dose)))
                    .collect(),
                stop_if: exercise.stop_if.clone(),
            })
            .collect(),
    }
}

/// The phases in words.
pub fn phases(program: &Program) -> Vec<PhaseDigest> {
    program
        .phases
        .iter()
        .enumerate()
        .map(|(index, each)| phase(program, index, each))
        .collect()
}

/// Returns what keeps the patient safe.
pub fn safety(program: &Program) -> SafetyDigest {
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

/// A line of the outline of a program.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ProseLine {
    /// How many lines it stands under.
    pub depth: usize,
    /// What it says, without a full stop at its end unless the file has one.
    pub text: String,
}

/// Returns the whole program as an outline: its phases and what opens each, the exercises and what
/// opens each step, then pain, stop signs, reminders and contact.
pub fn outline(program: &Program) -> Vec<ProseLine> {
    let mut lines = Vec::new();
    let mut say = |depth: usize, text: String| lines.push(ProseLine { depth, text });
    let several = program.has_phases();
    if several {
        say(0, program.title.clone());
    }
    let depth = usize::from(several);
    let last = program.phases.len().saturating_sub(1);
    for (index, (entry, phase)) in phases(program).iter().zip(&program.phases).enumerate() {
        let title = entry.title.as_ref().unwrap_or(&program.title);
        let week = entry
            .minutes_a_week
            .map(|minutes| format!(", {minutes} min a week"))
            .unwrap_or_default();
        say(
            depth,
            format!(
                "{title}: {}, about {} min a session{week}",
                entry.frequency, entry.minutes
            ),
        );
        for exercise in &entry.exercises {
            say(depth + 1, format!("{}: {}", exercise.name, exercise.dose));
            for (when, dose) in &exercise.steps {
                say(depth + 2, format!("Later, {when}: {dose}"));
            }
            if !exercise.stop_if.is_empty() {
                say(
                    depth + 2,
                    format!("Stop if: {}", without_stops(&exercise.stop_if).join("; ")),
                );
            }
        }
        if several {
            say(depth + 1, what_follows(phase, index == last));
        }
    }
    let safety = safety(program);
    say(0, format!("Pain is {}", asked(&safety.pain_asked)));
    for band in &safety.pain_bands {
        say(1, band_words(band));
    }
    if safety.pain_bands.is_empty() {
        say(
            1,
            "No bands: the patient reads no words of yours for a number".to_owned(),
        );
    }
    let signs = &safety.stop_signs;
    say(
        0,
        if signs.count == 0 {
            "Stop signs: none".to_owned()
        } else {
            format!("Stop signs, {} in all", signs.count)
        },
    );
    for (id, count) in &signs.lists {
        say(1, format!("{id}: the library's list, {count} signs"));
    }
    for own in without_stops(&signs.own) {
        say(1, own.to_owned());
    }
    let reminders = if safety.reminders.is_empty() {
        "none".to_owned()
    } else {
        safety.reminders.join(", ")
    };
    say(0, format!("Reminders: {reminders}"));
    let contact = match (&safety.contact, safety.reachable) {
        (None, _) => "not given".to_owned(),
        (Some(contact), true) => contact.clone(),
        (Some(contact), false) => format!("{contact}, no phone or email"),
    };
    say(0, format!("Call: {contact}"));
    lines
}

/// Returns the outline as one text of sentences.
pub fn prose(program: &Program) -> String {
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

fn without_stops(texts: &[String]) -> Vec<&str> {
    texts
        .iter()
        .map(|text| text.trim_end_matches('.'))
        .collect()
}

/// When pain is asked for: "asked before the session and after the session".
fn asked(moments: &[PainMoment]) -> String {
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

/// "6-10 stop, offers to end the session: Stop for today."
fn band_words(band: &BandDigest) -> String {
    let range = if band.from == band.to {
        band.to.to_string()
    } else {
        format!("{}-{}", band.from, band.to)
    };
    let stop = if band.stop {
        ", offers to end the session"
    } else {
        ""
    };
    let advice = band
        .advice
        .as_ref()
        .map(|advice| format!(": {advice}"))
        .unwrap_or_default();
    format!("{range} {}{stop}{advice}", band.label)
}

/// What opens the next phase, or that there is none.
fn what_follows(phase: &Phase, is_last: bool) -> String {
    match (words::advance(phase), is_last) {
        (Some(when), true) => format!("This is the last phase; the program is finished {when}"),
        (None, true) => "This is the last phase".to_owned(),
        (Some(when), false) => format!("The next phase opens {when}; the patient confirms it"),
        (None, false) => "The next phase opens when you tell the patient to go on".to_owned(),
    }
}
