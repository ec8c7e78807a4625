//! Suggestions about a program without mistakes, such as a colleague would make: a session that is
//! too long, missing stop signs, examples that were never replaced, doses that can't be meant.

use jiff::civil::Date;

use crate::day::times_of_day;
use crate::diagnostic::{Diagnostic, DoseMismatch};
use crate::program::library::{self, Group};
use crate::program::muscles::{self, MuscleGroup};
use crate::program::notation::{slug, write_tempo};
use crate::program::parse::Places;
use crate::program::red_flags;
use crate::program::words::minutes;
use crate::program::{Dose, Exercise, Frequency, Program, RepStyle, Tempo, Work};
use crate::source::Span;
use crate::timeline::Timeline;

/// Longer sessions get a suggestion. Stabilization trials worked best at 20 to 30 min (Mueller &
/// Niederer, Sci Rep 2020;10:16921).
const LONG_MINUTES: u64 = 45;
/// Sessions with more exercises get a suggestion.
const MANY_EXERCISES: usize = 10;

/// Returns the suggestions about a program as of `today`, each with its place in the file.
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
    advice.extend(check_stop_signs(program, places));
    advice.extend(check_contact(program, places));
    advice.extend(check_reminders(program, places));
    let tempos = places.tempos.iter();
    advice.extend(tempos.filter_map(|(place, tempo)| check_tempo(*place, *tempo)));
    advice.extend(check_dose_kinds(program, places));
    advice
}

/// Returns the words by which a program says what it is for.
fn describe_purpose(program: &Program) -> String {
    format!(
        "{}\n{}",
        program.title,
        program.condition.as_deref().unwrap_or_default()
    )
}

/// Returns whether a program is for the back. If its words name no region, its exercises decide.
fn is_for_back(program: &Program) -> bool {
    let words = describe_purpose(program);
    red_flags::is_of_back(&words) || !red_flags::is_elsewhere(&words) && trains_trunk(program)
}

/// Returns whether most exercises of a program work on the trunk.
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

/// Checks that a program has stop signs, and those of cauda equina syndrome if it is for the back.
fn check_stop_signs(program: &Program, places: &Places) -> Option<Diagnostic> {
    let place = places.stop_if.unwrap_or(places.title);
    if program.stop_if.is_empty() {
        let mut lists = red_flags::lists_for(&describe_purpose(program));
        if is_for_back(program) && !lists.contains(&red_flags::LOW_BACK) {
            lists.insert(0, red_flags::LOW_BACK);
        }
        return Some(Diagnostic::no_stop_if(place, &lists));
    }
    let has_cauda_equina = program
        .stop_if
        .iter()
        .any(|sign| red_flags::is_cauda_equina(sign));
    (!has_cauda_equina && is_for_back(program)).then(|| Diagnostic::no_cauda_equina(place))
}

/// Returns whether a value under `therapist` is one that samples and explanations use.
fn is_placeholder(value: &str) -> bool {
    let value = value.to_lowercase();
    // The numbers 555-0100 to 555-0199 are reserved for fiction.
    let digits: String = value.chars().filter(char::is_ascii_digit).collect();
    let is_fictional = digits.rfind("55501").is_some_and(|at| {
        // An area code in North America begins with 2 to 9: 030 5550100 is a number in Berlin.
        let area = digits.get(..at).unwrap_or_default();
        let area = area.strip_prefix('1').unwrap_or(area);
        at + 7 == digits.len()
            && (area.is_empty() || area.len() == 3 && !area.starts_with(['0', '1']))
    });
    is_fictional
        || value.contains("@example.")
        || value.starts_with("example ")
        || value.starts_with("your name")
}

/// Returns the example values that a program still contains, each with its key and its place.
pub(crate) fn placeholders(places: &Places) -> Vec<(&'static str, Span, &str)> {
    let given = places
        .contact
        .iter()
        .filter(|(_, _, value)| is_placeholder(value));
    given
        .map(|(key, place, value)| (*key, *place, value.as_str()))
        .collect()
}

/// Checks that a program says how to reach the therapist, and not by an example.
fn check_contact(program: &Program, places: &Places) -> Vec<Diagnostic> {
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

/// Checks that a program with reminders has one for each session of a day.
fn check_reminders(program: &Program, places: &Places) -> Option<Diagnostic> {
    let times = (0..program.phases.len()).filter_map(|phase| match program.frequency_in(phase) {
        Frequency::PerDay(times) => Some(*times),
        _ => None,
    });
    let times = times.max()?;
    let named = program.reminders.len();
    if named == 0 || named >= usize::from(times) {
        return None;
    }
    // The proposal is what reminders and calendar do with the file as it is.
    let proposed = times_of_day(&program.reminders, times);
    let written: Vec<String> = proposed
        .iter()
        .map(|time| format!("\"{:02}:{:02}\"", time.hour(), time.minute()))
        .collect();
    Some(Diagnostic::few_reminders(
        places.reminders?,
        named,
        times,
        &written.join(", "),
    ))
}

/// Checks that a tempo has time for both directions of the movement.
fn check_tempo(place: Span, tempo: Tempo) -> Option<Diagnostic> {
    let found = write_tempo(tempo);
    let (missing, fixed) = match (tempo.lower, tempo.lift) {
        (0, 0) => {
            let seconds = tempo.length().as_secs();
            return Some(Diagnostic::tempo_without_movement(place, &found, seconds));
        }
        (_, 0) => ("lift", Tempo { lift: 1, ..tempo }),
        (0, _) => ("lower", Tempo { lower: 1, ..tempo }),
        _ => return None,
    };
    let fixed = write_tempo(fixed);
    Some(Diagnostic::tempo_without_return(
        place, &found, missing, &fixed,
    ))
}

/// Words in the names of packs, and the id of the library's exercise that they mean.
const PACKS: [(&str, &str); 4] = [
    ("heat-pack", "heat-pack"),
    ("hot-pack", "heat-pack"),
    ("cold-pack", "cold-pack"),
    ("ice-pack", "cold-pack"),
];

/// Returns the id of the library's exercise that an exercise refers to, or that has its name.
fn library_id(exercise: &Exercise) -> Option<&str> {
    let by_name = || {
        let name = slug(&exercise.name);
        let pack = PACKS.iter().find(|(word, _)| name.contains(word));
        pack.map(|(_, id)| *id)
            .or_else(|| library::id_of_name(&exercise.name))
    };
    exercise.library.as_deref().or_else(by_name)
}

/// Returns the group of an exercise of the library. Reads only one line of its file, because the
/// start of the application waits for this.
fn group_of(id: &str) -> Option<Group> {
    let (_, text) = library::EXERCISE_FILES
        .iter()
        .find(|(known, _)| *known == id)?;
    let name = text
        .lines()
        .find_map(|line| line.strip_prefix("group: "))?
        .trim();
    Group::ALL.into_iter().find(|group| group.id() == name)
}

/// The kind of work that a dose asks for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum WorkKind {
    Reps,
    HeldReps,
    Hold,
    Continuous,
    Test,
}

impl WorkKind {
    /// Returns the kind of a dose by its first set.
    fn of(dose: &Dose) -> Option<Self> {
        Some(match dose.sets.first()?.work {
            Work::Hold(_) => Self::Hold,
            Work::Continuous(_) => Self::Continuous,
            Work::Test(_) => Self::Test,
            Work::Reps {
                style: RepStyle::Held(_),
                ..
            } => Self::HeldReps,
            Work::Reps { .. } => Self::Reps,
        })
    }

    /// Returns the key that gives a dose this kind.
    fn key(self) -> &'static str {
        match self {
            Self::Reps | Self::HeldReps => "reps",
            Self::Hold => "hold",
            Self::Continuous => "duration",
            Self::Test => "measure",
        }
    }
}

/// Exercises for relief in which nothing is held.
const NOT_HELD: &[&str] = &["heat-pack", "cold-pack", "walking", "easy-run"];

/// Exercises in which nothing moves.
const ONLY_HELD: &[&str] = &[
    "front-plank",
    "front-plank-knees",
    "side-plank",
    "side-plank-knees",
    "wall-sit",
    "single-leg-balance",
];

/// Returns why a kind of dose can't be meant for an exercise of the library. An isometric exercise
/// may be one long hold or held repetitions, and a movement may be held or continue for a time, so
/// only clear mistakes are found.
fn find_mismatch(id: &str, kind: WorkKind) -> Option<DoseMismatch> {
    match (group_of(id)?, kind) {
        (Group::Relief, WorkKind::Reps | WorkKind::HeldReps) => Some(DoseMismatch::RepsForRelief),
        (Group::Relief, WorkKind::Hold) if NOT_HELD.contains(&id) => {
            Some(DoseMismatch::HoldForRelief)
        }
        (Group::Relief, WorkKind::Test) => Some(DoseMismatch::ReliefAsTest),
        (Group::Stretches, WorkKind::Reps | WorkKind::Continuous) => {
            Some(DoseMismatch::StretchWithoutHold)
        }
        (Group::Stretches, WorkKind::Test) => Some(DoseMismatch::StretchAsTest),
        (Group::Measures, WorkKind::Test) => None,
        (Group::Measures, _) => Some(DoseMismatch::TestWithDose),
        (_, WorkKind::Reps) if ONLY_HELD.contains(&id) => Some(DoseMismatch::RepsWithoutHold),
        _ => None,
    }
}

/// Checks that each dose of a program suits its exercise.
fn check_dose_kinds(program: &Program, places: &Places) -> Vec<Diagnostic> {
    let exercises = program.phases.iter().flat_map(|phase| &phase.exercises);
    let check = |(exercise, keys): (&Exercise, &Vec<(&'static str, Span)>)| {
        let id = library_id(exercise)?;
        let kind = WorkKind::of(&exercise.dose)?;
        let mismatch = find_mismatch(id, kind)?;
        let (_, place) = keys.iter().find(|(key, _)| *key == kind.key())?;
        let lines = library::get(id)?
            .lines()
            .into_iter()
            .map(|line| line.trim().to_owned());
        let usual: Vec<String> = lines
            .filter(|line| !line.starts_with("- ") && !line.starts_with("side:"))
            .collect();
        Some(Diagnostic::wrong_kind(
            *place,
            &exercise.name,
            mismatch,
            &usual,
        ))
    };
    exercises.zip(&places.doses).filter_map(check).collect()
}
