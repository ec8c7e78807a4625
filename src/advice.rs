//! What a colleague would say about a program without mistakes: its length, a visit in the past,
//! stop signs that are missing, examples that were never replaced, doses that can't be meant. Knows
//! nothing of files; it is told the date.

use jiff::civil::Date;

use crate::day::times_of_day;
use crate::diagnostic::Diagnostic;
use crate::program::library::{self, Group};
use crate::program::muscles::{self, MuscleGroup};
use crate::program::notation::{slug, write_tempo};
use crate::program::parse::Places;
use crate::program::red_flags;
use crate::program::words::minutes;
use crate::program::{Dose, Exercise, Frequency, Program, RepStyle, Tempo, Work};
use crate::source::Span;
use crate::timeline::Timeline;

/// Sessions longer than this are remarked on. Trials of stabilisation worked best at 20 to 30 min
/// (Mueller & Niederer, Sci Rep 2020;10:16921).
const LONG_MINUTES: u64 = 45;
/// Sessions with more exercises than this are remarked on.
const MANY_EXERCISES: usize = 10;

/// The remarks, each with its place.
pub fn on(program: &Program, places: &Places, today: Date) -> Vec<Diagnostic> {
    let mut advice = Vec::new();
    if let (Some(review), Some(place)) = (program.review, places.review)
        && review < today
    {
        advice.push(Diagnostic::review_gone(place));
    }
    for (phase, place) in program.phases.iter().zip(&places.exercises) {
        let minutes = minutes(Timeline::of(&phase.exercises).length());
        if minutes > LONG_MINUTES {
            advice.push(Diagnostic::long_session(*place, minutes));
        }
        if phase.exercises.len() > MANY_EXERCISES {
            advice.push(Diagnostic::many_exercises(*place, phase.exercises.len()));
        }
    }
    advice.extend(on_stop_signs(program, places));
    advice.extend(on_contact(program, places));
    advice.extend(on_reminders(program, places));
    advice.extend(
        places
            .tempos
            .iter()
            .filter_map(|(place, tempo)| on_tempo(*place, *tempo)),
    );
    advice.extend(on_kinds(program, places));
    advice
}

/// The words by which a program says what it is for.
fn diagnosis(program: &Program) -> String {
    format!(
        "{}\n{}",
        program.title,
        program.condition.as_deref().unwrap_or_default()
    )
}

/// Whether a program is for the back: by its words, or by its exercises where its words name no
/// region.
fn is_for_back(program: &Program) -> bool {
    let words = diagnosis(program);
    red_flags::is_of_back(&words) || !red_flags::is_elsewhere(&words) && trains_trunk(program)
}

/// Whether most exercises of a program work on the trunk.
fn trains_trunk(program: &Program) -> bool {
    let is_trunk = |exercise: &&Exercise| {
        let muscles = exercise.muscles();
        let first = muscles.strengthens.first().or(muscles.stretches.first());
        let group = first
            .and_then(|id| muscles::find(id))
            .map(|muscle| muscle.group);
        matches!(
            group,
            Some(MuscleGroup::DeepTrunk | MuscleGroup::SuperficialTrunk)
        )
    };
    let exercises = || program.phases.iter().flat_map(|phase| &phase.exercises);
    exercises().filter(is_trunk).count() * 2 > exercises().count()
}

fn on_stop_signs(program: &Program, places: &Places) -> Option<Diagnostic> {
    if program.stop_if.is_empty() {
        let place = places.stop_if.unwrap_or(places.title);
        let mut lists = red_flags::lists_for(&diagnosis(program));
        if is_for_back(program) && !lists.contains(&red_flags::LOW_BACK) {
            lists.insert(0, red_flags::LOW_BACK);
        }
        return Some(Diagnostic::no_stop_if(place, &lists));
    }
    let named = program
        .stop_if
        .iter()
        .any(|sign| red_flags::is_cauda_equina(sign));
    let place = places.stop_if.unwrap_or(places.title);
    (!named && is_for_back(program)).then(|| Diagnostic::no_cauda_equina(place))
}

/// Whether a value under `therapist` is one of the examples that samples and explanations use.
fn is_placeholder(value: &str) -> bool {
    let value = value.to_lowercase();
    // 555-0100 to 555-0199 are nobody's numbers.
    let digits: String = value.chars().filter(char::is_ascii_digit).collect();
    let no_number = digits.rfind("55501").is_some_and(|at| {
        // An area code of North America begins with 2 to 9: 030 5550100 is a number in Berlin.
        let area = digits.get(..at).unwrap_or_default();
        let area = area.strip_prefix('1').unwrap_or(area);
        at + 7 == digits.len()
            && (area.is_empty() || area.len() == 3 && !area.starts_with(['0', '1']))
    });
    no_number
        || value.contains("@example.")
        || value.starts_with("example ")
        || value.starts_with("your name")
}

/// The example values of a program that nobody replaced: key, place and value.
pub fn placeholders(places: &Places) -> Vec<(&'static str, Span, &str)> {
    let given = places
        .contact
        .iter()
        .filter(|(_, _, value)| is_placeholder(value));
    given
        .map(|(key, place, value)| (*key, *place, value.as_str()))
        .collect()
}

fn on_contact(program: &Program, places: &Places) -> Vec<Diagnostic> {
    let mut advice = Vec::new();
    if program.therapist.phone.is_none() && program.therapist.email.is_none() {
        advice.push(Diagnostic::no_contact(
            places.therapist.unwrap_or(places.title),
        ));
    }
    let found = placeholders(places);
    if let Some((_, place, _)) = found.first() {
        let found: Vec<(&str, &str)> = found.iter().map(|(key, _, value)| (*key, *value)).collect();
        advice.push(Diagnostic::placeholder(*place, &found));
    }
    advice
}

fn on_reminders(program: &Program, places: &Places) -> Option<Diagnostic> {
    let times = (0..program.phases.len()).filter_map(|phase| match program.frequency_in(phase) {
        Frequency::PerDay(times) => Some(*times),
        _ => None,
    });
    let times = times.max()?;
    let named = program.reminders.len();
    if named == 0 || named >= usize::from(times) {
        return None;
    }
    // What is proposed is what reminders and calendar do where the file names no more.
    let proposed = times_of_day(&program.reminders, times);
    let written: Vec<String> = proposed
        .iter()
        .map(|time| format!("\"{:02}:{:02}\"", time.hour(), time.minute()))
        .collect();
    let proposal = written.join(", ");
    Some(Diagnostic::few_reminders(
        places.reminders?,
        named,
        times,
        &proposal,
    ))
}

fn on_tempo(place: Span, tempo: Tempo) -> Option<Diagnostic> {
    let found = write_tempo(tempo);
    match (tempo.lower, tempo.lift) {
        (0, 0) => Some(Diagnostic::tempo_without_movement(
            place,
            &found,
            tempo.length().as_secs(),
        )),
        (_, 0) => {
            let fixed = write_tempo(Tempo { lift: 1, ..tempo });
            Some(Diagnostic::tempo_without_return(
                place, &found, "lift", &fixed,
            ))
        }
        (0, _) => {
            let fixed = write_tempo(Tempo { lower: 1, ..tempo });
            Some(Diagnostic::tempo_without_return(
                place, &found, "lower", &fixed,
            ))
        }
        _ => None,
    }
}

/// The id of the library's exercise that an exercise is: the one it names, else one of the same
/// name.
fn known(exercise: &Exercise) -> Option<&str> {
    let by_name = || {
        let name = slug(&exercise.name);
        let packs = [
            ("heat-pack", "heat-pack"),
            ("hot-pack", "heat-pack"),
            ("cold-pack", "cold-pack"),
            ("ice-pack", "cold-pack"),
        ];
        let pack = packs
            .iter()
            .find(|(word, _)| name.contains(word))
            .map(|(_, id)| *id);
        pack.or_else(|| library::id_of_name(&exercise.name))
    };
    exercise.library.as_deref().or_else(by_name)
}

/// The group of an exercise of the library, read off one line of its file: the start of the program
/// waits for this.
fn group(id: &str) -> Option<Group> {
    let (_, text) = library::EXERCISE_FILES
        .iter()
        .find(|(known, _)| *known == id)?;
    let name = text
        .lines()
        .find_map(|line| line.strip_prefix("group: "))?
        .trim();
    Group::ALL.into_iter().find(|group| group.id() == name)
}

/// What kind of work a dose asks for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    Reps,
    HeldReps,
    Hold,
    Continuous,
    Measure,
}

fn kind(dose: &Dose) -> Option<Kind> {
    Some(match dose.sets.first()?.work {
        Work::Hold(_) => Kind::Hold,
        Work::Continuous(_) => Kind::Continuous,
        Work::Test(_) => Kind::Measure,
        Work::Reps {
            style: RepStyle::Held(_),
            ..
        } => Kind::HeldReps,
        Work::Reps { .. } => Kind::Reps,
    })
}

/// Why an exercise can hardly be done by a kind of dose, and the key that says so; none where it
/// can. An isometric exercise may be one long hold or held repetitions, a movement may be held or
/// go on for a time: only what can't be meant is remarked on.
fn misfit(id: &str, kind: Kind) -> Option<(&'static str, &'static str)> {
    /// Nothing of these is held.
    const NOT_HELD: &[&str] = &["heat-pack", "cold-pack", "walking", "easy-run"];
    /// Nothing of these moves.
    const ONLY_HELD: &[&str] = &[
        "front-plank",
        "front-plank-knees",
        "side-plank",
        "side-plank-knees",
        "wall-sit",
        "single-leg-balance",
    ];
    match (group(id)?, kind) {
        (Group::Relief, Kind::Reps | Kind::HeldReps) => {
            Some(("reps", "is done for a length of time, not in repetitions"))
        }
        (Group::Relief, Kind::Hold) if NOT_HELD.contains(&id) => {
            Some(("hold", "is done for a length of time, and nothing is held"))
        }
        (Group::Relief, Kind::Measure) => Some(("measure", "is no test")),
        (Group::Stretches, Kind::Reps) => Some(("reps", "is a stretch, and a stretch is held")),
        (Group::Stretches, Kind::Continuous) => {
            Some(("duration", "is a stretch, and a stretch is held"))
        }
        (Group::Stretches, Kind::Measure) => Some(("measure", "is a stretch and no test")),
        (Group::Measures, Kind::Reps | Kind::HeldReps) => {
            Some(("reps", "is a test, and a test has no fixed dose"))
        }
        (Group::Measures, Kind::Hold) => Some(("hold", "is a test, and a test has no fixed dose")),
        (Group::Measures, Kind::Continuous) => {
            Some(("duration", "is a test, and a test has no fixed dose"))
        }
        (_, Kind::Reps) if ONLY_HELD.contains(&id) => {
            Some(("reps", "is held, and there is no `hold`"))
        }
        _ => None,
    }
}

fn on_kinds(program: &Program, places: &Places) -> Vec<Diagnostic> {
    let exercises = program.phases.iter().flat_map(|phase| &phase.exercises);
    let remark = |(exercise, status): (&Exercise, &Vec<(&'static str, Span)>)| {
        let id = known(exercise)?;
        let (key, why) = misfit(id, kind(&exercise.dose)?)?;
        let (_, place) = status.iter().find(|(status, _)| *status == key)?;
        let lines = library::get(id)?
            .lines()
            .into_iter()
            .map(|line| line.trim().to_owned());
        let usual: Vec<String> = lines
            .filter(|line| !line.starts_with("- ") && !line.starts_with("side:"))
            .collect();
        Some(Diagnostic::wrong_kind(*place, &exercise.name, why, &usual))
    };
    exercises.zip(&places.doses).filter_map(remark).collect()
}
