//! `regimen exercises`: searches the exercise library, and shows one exercise in full.

use crate::commands::{Status, WIDTH, eprint_line, print_json, print_line};
use crate::program::library::{self, Group, LibraryExercise};
use crate::program::parse::parse;
use crate::program::{Muscles, muscles, words};
use crate::source::{Source, printable};
use crate::text::count;
use crate::text::wrap;

/// Lists the library, the exercises that match some words, or one exercise in full.
pub(crate) fn exercises(wanted: &[String], json: bool) -> anyhow::Result<Status> {
    let wanted = wanted.join(" ");
    let named = library::find(&wanted);
    let found: Vec<&LibraryExercise> = if wanted.trim().is_empty() {
        library::all().collect()
    } else {
        library::search(&wanted)
    };
    if json {
        // An exact name returns that exercise alone.
        let found = named.map_or(found, |named| vec![named]);
        print_json(&found)?;
        return Ok(if found.is_empty() {
            Status::Problems
        } else {
            Status::Fine
        });
    }
    match (named, found.as_slice()) {
        (None, []) => {
            let near = library::nearest(&wanted)
                .map(|near| format!(" Did you mean `{near}`?"))
                .unwrap_or_default();
            eprint_line(&format!(
                "The library has no exercise with `{}`.{near}",
                printable(&wanted)
            ));
            return Ok(Status::Problems);
        }
        (Some(named), found) => {
            print_line(&describe_exercise(named));
            let others: Vec<&str> = found
                .iter()
                .map(|other| other.id)
                .filter(|id| *id != named.id)
                .collect();
            if !others.is_empty() {
                print_line(&hanging("Also found: ", &others.join(", ")));
            }
        }
        (None, [only]) => print_line(&describe_exercise(only)),
        (None, found) if wanted.trim().is_empty() => print_line(&list_by_group(found)),
        (None, found) => print_matches(found),
    }
    Ok(Status::Fine)
}

/// Prints several exercises, each with its purpose.
fn print_matches(found: &[&LibraryExercise]) {
    for exercise in found {
        print_line(&list_line(exercise));
        print_line(&hanging("    ", &exercise.purpose));
    }
    print_line(&format!(
        "\n{}. Name one to see it in full: regimen exercises {}",
        count(found.len(), "exercise"),
        first_id(found)
    ));
}

/// Returns the id of the first exercise, as an example for the hints.
fn first_id(found: &[&LibraryExercise]) -> &'static str {
    found.first().map_or("", |exercise| exercise.id)
}

/// Returns the whole library, by group.
fn list_by_group(found: &[&LibraryExercise]) -> String {
    let mut text = String::new();
    for group in Group::ALL {
        text.push_str(group.title());
        text.push('\n');
        for exercise in found.iter().filter(|exercise| exercise.group == group) {
            text.push_str(&list_line(exercise));
            text.push('\n');
        }
        text.push('\n');
    }
    text + &format!(
        "{}. Name one to see it in full, or search: regimen exercises {}; regimen exercises hip \
         stretch",
        count(found.len(), "exercise"),
        first_id(found)
    )
}

/// Returns an exercise as a line of a list: its id and its name.
fn list_line(exercise: &LibraryExercise) -> String {
    format!("  {:<34}{}", exercise.id, exercise.name)
}

/// Wraps a text after a label, with the other lines indented below the first.
fn hanging(label: &str, text: &str) -> String {
    let indent = u16::try_from(label.chars().count()).unwrap_or(0);
    let lines = wrap(text, WIDTH.saturating_sub(indent));
    format!(
        "{label}{}",
        lines.join(&format!("\n{}", " ".repeat(usize::from(indent))))
    )
}

/// Describes everything about an exercise, with the lines that put it into a program.
fn describe_exercise(exercise: &LibraryExercise) -> String {
    let mut lines = vec![format!("{}  ({})", exercise.name, exercise.id)];
    if !exercise.aliases.is_empty() {
        lines.push(hanging("Also called: ", &exercise.aliases.join(", ")));
    }
    lines.push(hanging("", &exercise.purpose));
    lines.push(String::new());
    lines.extend(describe_muscles(&exercise.muscles));
    lines.push(hanging("Position:    ", &exercise.position));
    if !exercise.equipment.is_empty() {
        lines.push(hanging("Needs:       ", &exercise.equipment.join(", ")));
    }
    lines.push(hanging("Low back:    ", exercise.spine.words()));
    lines.push(String::new());
    for (number, instruction) in (1..).zip(&exercise.instructions) {
        lines.push(hanging(&format!("{number}. "), instruction));
    }
    lines.push(String::new());
    lines.push(hanging("Cues:     ", &exercise.cues.join(" · ")));
    lines.push(hanging("Mistakes: ", &exercise.mistakes.join(" · ")));
    lines.extend(describe_variants(exercise));
    for (index, avoid) in exercise.avoid.iter().enumerate() {
        let label = if index == 0 {
            "Caution:  "
        } else {
            "          "
        };
        lines.push(hanging(label, avoid));
    }
    lines.push(String::new());
    lines.push(hanging("Starter dose: ", &describe_starter_dose(exercise)));
    lines.push(hanging("Source:       ", &exercise.source));
    lines.push("In a program:".to_owned());
    lines.extend(exercise.lines().iter().map(|line| format!("  {line}")));
    lines.join("\n") + "\n"
}

/// Describes what an exercise does to which muscles, a line for each effect.
fn describe_muscles(muscles: &Muscles) -> Vec<String> {
    let describe = |ids: &[String]| -> String {
        ids.iter()
            .map(|id| format!("{} ({id})", muscles::name(id)))
            .collect::<Vec<_>>()
            .join(", ")
    };
    [
        ("Strengthens: ", &muscles.strengthens),
        ("Stretches:   ", &muscles.stretches),
        ("Also works:  ", &muscles.assists),
    ]
    .into_iter()
    .filter(|(_, ids)| !ids.is_empty())
    .map(|(label, ids)| hanging(label, &describe(ids)))
    .collect()
}

/// Describes the easier and the harder variant of an exercise, if it has them.
fn describe_variants(exercise: &LibraryExercise) -> Vec<String> {
    let variant = |label: &str, id: Option<&String>, words: Option<&String>| {
        let in_library = id
            .and_then(|id| library::get(id))
            .map(|other| format!("{} ({})", other.name, other.id));
        let text = in_library.or_else(|| words.cloned())?;
        Some(hanging(label, &text))
    };
    let easier = variant(
        "Easier:   ",
        exercise.easier.as_ref(),
        exercise.easier_words.as_ref(),
    );
    let harder = variant(
        "Harder:   ",
        exercise.harder.as_ref(),
        exercise.harder_words.as_ref(),
    );
    easier.into_iter().chain(harder).collect()
}

/// Describes the starter dose in plain words.
fn describe_starter_dose(exercise: &LibraryExercise) -> String {
    let text = format!(
        "title: Dose\nexercises:\n  {}\n",
        exercise.lines().join("\n  ")
    );
    let parsed = parse(Source::new(exercise.id, text));
    let dose = parsed
        .program
        .as_ref()
        .and_then(|program| program.phases.first()?.exercises.first());
    dose.map(|exercise| words::dose(&exercise.dose))
        .unwrap_or_default()
}
