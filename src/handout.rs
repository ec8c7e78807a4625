//! The handout: a program on paper, as data. Doses in words, what to mind, and a calendar of boxes
//! to tick up to the next visit. Told the date and the pictures. Knows nothing of HTML, files or
//! screens.

pub mod html;
pub mod text;

use std::collections::BTreeMap;
use std::time::Duration;

use jiff::ToSpan;
use jiff::civil::Date;

use crate::day::days_between;
use crate::figure::svg;
use crate::preferences::WeekBegins;
use crate::prescription;
use crate::program::notation::write_duration;
use crate::program::words;
use crate::program::{Exercise, Frequency, PainBand, Phase, Program, SideRule, Work};
use crate::prose;
use crate::timeline::Timeline;

/// How many weeks the calendar has where the file names no visit to come.
const USUAL_WEEKS: usize = 4;
/// How many weeks it has at most.
const MOST_WEEKS: usize = 12;

/// A picture for the page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Picture {
    /// The bytes of a png, jpg or gif, and its media type.
    Image(&'static str, Vec<u8>),
}

/// A program on paper.
#[derive(Debug, Clone, PartialEq)]
pub struct Handout<'p> {
    /// The program.
    pub program: &'p Program,
    /// Who prescribed it, and how to reach them, a line each.
    pub contact: Vec<String>,
    /// Dates and the patient, each with its name.
    pub facts: Vec<(&'static str, String)>,
    /// The phases; a program without phases has one, without a title.
    pub phases: Vec<PhasePage<'p>>,
    /// The boxes to tick.
    pub calendar: Calendar,
}

/// A phase on paper.
#[derive(Debug, Clone, PartialEq)]
pub struct PhasePage<'p> {
    /// What it is called.
    pub title: Option<&'p str>,
    /// How often and how long, in words.
    pub line: String,
    /// What must hold before the next phase.
    pub advance: Option<String>,
    /// The exercises.
    pub exercises: Vec<ExercisePage<'p>>,
}

/// An exercise on paper.
#[derive(Debug, Clone, PartialEq)]
pub struct ExercisePage<'p> {
    /// The exercise.
    pub exercise: &'p Exercise,
    /// From 1 in its phase.
    pub number: usize,
    /// Its dose in words.
    pub dose: String,
    /// The pauses that matter to someone with a watch.
    pub pauses: Option<String>,
    /// What comes later: when, and the dose.
    pub steps: Vec<(String, String)>,
    /// A picture of it.
    pub picture: Option<Picture>,
}

/// The figure of an exercise, start and hold side by side, as SVG; none where it has none.
pub fn drawing(exercise: &Exercise) -> Option<String> {
    Some(svg::sheet(
        exercise.motion()?.as_ref(),
        exercise.shown_side(),
        &html::escape(&exercise.name),
    ))
}

impl ExercisePage<'_> {
    /// How it moves: the library's figure, start and hold side by side, as SVG; none where there is
    /// none, or a picture stands there.
    pub fn figure(&self) -> Option<String> {
        if matches!(self.picture, Some(Picture::Image(..))) {
            return None;
        }
        drawing(self.exercise)
    }

    /// What stands beside the instructions, each with its name.
    pub fn remarks(&self) -> Vec<(&'static str, String)> {
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

/// Boxes to tick, a row a week.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Calendar {
    /// What to do with them.
    pub note: String,
    /// Each week's Monday, and how many boxes each of its days has.
    pub weeks: Vec<(Date, [u8; 7])>,
}

/// A pain band as it is read: "0-3 fine".
pub fn band_words(bands: &[PainBand], index: usize) -> String {
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

/// A date as people write it.
fn date(date: Date) -> String {
    date.strftime("%-d %B %Y").to_string()
}

/// The handout of a program, with pictures by the names that the file gives them.
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
        .map(|(phase, digest)| page(phase, digest, pictures))
        .collect();
    Handout {
        program,
        contact: contact.into_iter().flatten().cloned().collect(),
        facts,
        phases,
        calendar: calendar(program, today),
    }
}

fn page<'p>(
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
                pauses: pauses(exercise),
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

/// "45 s between sets, 2 s between repetitions".
fn pauses(exercise: &Exercise) -> Option<String> {
    let sets = &exercise.dose.sets;
    let held = sets
        .iter()
        .any(|set| matches!(set.work, Work::Reps { count, style: crate::program::RepStyle::Held(_) } if count > 1));
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
        pause(exercise.timings.switch, "to change sides");
    }
    (!parts.is_empty()).then(|| parts.join(", "))
}

/// How many boxes a day has under a frequency, so many days after the first.
fn boxes(frequency: &Frequency, day: Date, first: Date) -> u8 {
    match frequency {
        Frequency::PerDay(times) => *times,
        Frequency::PerWeek(_) | Frequency::AsNeeded => 1,
        Frequency::Weekdays(days) => u8::from(
            days.iter()
                .any(|weekday| prescription::civil(*weekday) == day.weekday()),
        ),
        Frequency::EveryDays(every) => {
            let since = days_between(first, day);
            u8::from(since % i32::from((*every).max(1)) == 0)
        }
    }
}

fn calendar(program: &Program, today: Date) -> Calendar {
    let frequencies: Vec<&Frequency> = (0..program.phases.len())
        .map(|phase| program.frequency_in(phase))
        .collect();
    let same = frequencies
        .windows(2)
        .all(|pair| pair.first() == pair.last());
    let note = if same {
        let often = frequencies
            .first()
            .map(|frequency| words::frequency(frequency))
            .unwrap_or_default();
        format!("Tick a box for each session: {often}.")
    } else {
        "Tick a box for each session, as often as your phase says.".to_owned()
    };
    let last = program.review.filter(|review| *review > today);
    let monday = prescription::week_of(today, WeekBegins::Monday);
    let mut weeks = Vec::new();
    let mut start = monday;
    while weeks.len() < MOST_WEEKS && last.map_or(weeks.len() < USUAL_WEEKS, |last| start < last) {
        let mut row = [0; 7];
        for (offset, count) in (0_i32..).zip(&mut row) {
            let Ok(day) = start.checked_add(offset.days()) else {
                continue;
            };
            if day < today || last.is_some_and(|last| day >= last) {
                continue;
            }
            *count = if same {
                frequencies
                    .first()
                    .map_or(0, |frequency| boxes(frequency, day, today))
            } else {
                frequencies
                    .iter()
                    .map(|frequency| boxes(frequency, day, today))
                    .max()
                    .unwrap_or(0)
                    .max(1)
            };
        }
        weeks.push((start, row));
        let Ok(next) = start.checked_add(7.days()) else {
            break;
        };
        start = next;
    }
    Calendar { note, weeks }
}

/// The program as a schema.org `ExercisePlan`, for programs that read the page.
pub fn json_ld(program: &Program) -> serde_json::Value {
    let plan = |name: &str, exercise: &Exercise| {
        let length = Timeline::of(std::slice::from_ref(exercise)).length();
        serde_json::json!({
            "@type": "ExercisePlan",
            "name": name,
            "description": words::dose(&exercise.dose),
            "activityDuration": format!("PT{}S", length.as_secs()),
        })
    };
    let parts: Vec<serde_json::Value> = program
        .phases
        .iter()
        .flat_map(|phase| &phase.exercises)
        .map(|exercise| plan(&exercise.name, exercise))
        .collect();
    let length = program
        .phases
        .first()
        .map(|phase| Timeline::of(&phase.exercises).length())
        .unwrap_or_default();
    serde_json::json!({
        "@context": "https://schema.org",
        "@type": "ExercisePlan",
        "name": program.title,
        "description": program.summary,
        "inLanguage": program.language,
        "activityFrequency": words::frequency(program.frequency_in(0)),
        "activityDuration": format!("PT{}S", length.as_secs()),
        "author": program.therapist.name.as_ref().map(|name| serde_json::json!({ "@type": "Person", "name": name })),
        "hasPart": parts,
    })
}
