//! Collects what a new program needs: from the options, and from questions on a terminal.

use std::collections::HashSet;
use std::path::Path;

use anyhow::{Context, bail};

use super::{Options, frequency, template};
use crate::commands::print_line;
use crate::program::library::{self, LibraryExercise};
use crate::program::words;
use crate::source::printable;
use crate::terminal;

/// The frequency if none is given.
const DEFAULT_FREQUENCY: &str = "3x/week";
/// How many matching exercises are offered to choose from.
const MAX_OFFERED: usize = 9;

/// Returns the text of a new program. Asks for what is missing if `asking`.
pub(super) fn write(options: &Options, asking: bool) -> anyhow::Result<String> {
    let title = choose_title(options, asking)?;
    let condition = answer(
        options.condition.as_ref(),
        "Diagnosis or reason (Enter to skip)? ",
        asking,
    )?;
    let frequency = choose_frequency(options, asking)?;
    let exercises = choose_exercises(options, asking)?;
    let therapist = answer(
        options.therapist.as_ref(),
        "Your name, for the handout and the stop signs (Enter to skip)? ",
        asking,
    )?;
    let phone = answer(
        options.phone.as_ref(),
        "The number to call (Enter to skip)? ",
        asking,
    )?;
    let complete = Options {
        title: Some(title),
        condition,
        frequency: Some(frequency),
        therapist,
        phone,
        ..options.clone()
    };
    Ok(template::write(&complete, &exercises))
}

/// Returns the value of an option, or the answer to a question. None if there is neither.
fn answer(option: Option<&String>, question: &str, asking: bool) -> anyhow::Result<Option<String>> {
    match option {
        Some(value) => Ok(Some(value.trim().to_owned())),
        None if asking => Ok(terminal::ask_for(question)?.filter(|answer| !answer.is_empty())),
        None => Ok(None),
    }
}

/// Returns the title. Without an answer it's made from the file's name.
fn choose_title(options: &Options, asking: bool) -> anyhow::Result<String> {
    loop {
        let title = answer(options.title.as_ref(), "Title of the program? ", asking)?
            .or_else(|| options.name.as_deref().map(title_of));
        match title {
            Some(title) if !title.trim().is_empty() => return Ok(title),
            _ if asking && options.title.is_none() => {}
            _ => bail!(
                "give the program a title: regimen new --title \"Evening stretches\" --exercise \
                 glute-bridge"
            ),
        }
    }
}

/// Returns a file name as a title: "Evening stretches" for "evening-stretches.yaml".
fn title_of(name: &str) -> String {
    let stem = Path::new(name)
        .file_stem()
        .unwrap_or_default()
        .to_string_lossy()
        .replace(['-', '_'], " ");
    words::capitalized(&stem)
}

/// Returns how often the program is done. Asks again if an answer can't be understood.
fn choose_frequency(options: &Options, asking: bool) -> anyhow::Result<String> {
    loop {
        let answer = answer(
            options.frequency.as_ref(),
            "How often (3x/week, daily, mon wed fri; Enter: 3x/week)? ",
            asking,
        )?;
        match frequency::read(answer.as_deref().unwrap_or(DEFAULT_FREQUENCY)) {
            Ok(frequency) => return Ok(frequency),
            Err(problem) if !asking || options.frequency.is_some() => bail!(problem),
            Err(problem) => print_line(&format!("Sorry, {problem}.")),
        }
    }
}

/// Returns the exercises in the order in which they were named, each once.
fn choose_exercises(
    options: &Options,
    asking: bool,
) -> anyhow::Result<Vec<&'static LibraryExercise>> {
    let mut exercises: Vec<&LibraryExercise> = Vec::new();
    for wanted in &options.exercises {
        exercises.push(library::find(wanted).with_context(|| {
            let near = library::nearest(wanted)
                .map(|near| format!(", did you mean `{near}`?"))
                .unwrap_or_default();
            format!("the library has no exercise `{}`{near}", printable(wanted))
        })?);
    }
    if exercises.is_empty() && asking {
        exercises = ask_for_exercises()?;
    }
    if exercises.is_empty() {
        bail!(
            "name at least one exercise: --exercise glute-bridge; `regimen exercises` lists them"
        );
    }
    let mut seen = HashSet::new();
    exercises.retain(|exercise| seen.insert(exercise.id));
    Ok(exercises)
}

/// Asks for exercises until an empty answer.
fn ask_for_exercises() -> anyhow::Result<Vec<&'static LibraryExercise>> {
    let mut chosen: Vec<&'static LibraryExercise> = Vec::new();
    print_line(
        "Exercises: type a name or a few words, such as side plank or hip stretch. Press Enter \
         when done.",
    );
    loop {
        let question = format!("Exercise {}? ", chosen.len() + 1);
        let Some(words) = terminal::ask_for(&question)?.filter(|words| !words.is_empty()) else {
            return Ok(chosen);
        };
        let Some(found) = find_or_ask(&words)? else {
            continue;
        };
        if chosen.iter().any(|exercise| exercise.id == found.id) {
            print_line(&format!("{} is already in the program.", found.name));
        } else {
            print_line(&format!("  + {}", found.name));
            chosen.push(found);
        }
    }
}

/// Returns the exercise that matches some words. Asks which one if several do.
fn find_or_ask(words: &str) -> anyhow::Result<Option<&'static LibraryExercise>> {
    let found = match library::find(words) {
        Some(exercise) => vec![exercise],
        None => library::search(words),
    };
    match found.as_slice() {
        [] => {
            let near = library::nearest(words)
                .map(|near| format!(" Did you mean {near}?"))
                .unwrap_or_default();
            print_line(&format!("No match.{near}"));
            Ok(None)
        }
        [only] => Ok(Some(*only)),
        several => {
            let offered = several.iter().take(MAX_OFFERED);
            for (number, exercise) in offered.clone().enumerate() {
                print_line(&format!("  {}  {}", number + 1, exercise.name));
            }
            let answer = terminal::ask_for("Which number (Enter: none)? ")?;
            let index = answer
                .and_then(|answer| answer.parse::<usize>().ok())
                .and_then(|number| number.checked_sub(1));
            Ok(index.and_then(|index| offered.clone().nth(index)).copied())
        }
    }
}
