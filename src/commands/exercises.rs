//! `regimen exercises`: searches and shows the library. Knows nothing of programs in use.

use crate::commands::{Status, eprint_line, print_json, print_line};
use crate::program::library::{self, Group, LibraryExercise};
use crate::program::parse::parse;
use crate::program::{Muscles, muscles, words};
use crate::source::{Source, printable};
use crate::text::wrap;

/// The columns that the texts take.
const WIDTH: u16 = 100;

/// Lists the library, what is found of some words, or one exercise in full.
pub fn exercises(wanted: &[String], json: bool) -> anyhow::Result<Status> {
    let wanted = wanted.join(" ");
    let named = library::find(&wanted);
    let found: Vec<&LibraryExercise> = if wanted.trim().is_empty() {
        library::all().collect()
    } else {
        library::search(&wanted)
    };
    if json {
        // Who names an exercise gets that one.
        let found = named.map_or(found, |named| vec![named]);
        print_json(&found)?;
        return Ok(if found.is_empty() {
            Status::Problems
        } else {
            Status::Fine
        });
    }
    match (named, found.as_slice()) {
        (_, []) if named.is_none() => {
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
            print_line(&card(named));
            let others: Vec<&str> = found
                .iter()
                .map(|other| other.id)
                .filter(|id| *id != named.id)
                .collect();
            if !others.is_empty() {
                print_line(&hanging("Also found: ", &others.join(", ")));
            }
        }
        (None, [only]) => print_line(&card(only)),
        (None, found) if wanted.trim().is_empty() => print_line(&all(found)),
        (None, found) => {
            for exercise in found {
                print_line(&line(exercise));
                print_line(&hanging("    ", &exercise.purpose));
            }
            print_line(&format!(
                "\n{} exercises. Name one to see it in full: regimen exercises {}",
                found.len(),
                first(found)
            ));
        }
    }
    Ok(Status::Fine)
}

fn first(found: &[&LibraryExercise]) -> &'static str {
    found.first().map_or("", |exercise| exercise.id)
}

/// The whole library, by group.
fn all(found: &[&LibraryExercise]) -> String {
    let mut text = String::new();
    for group in Group::ALL {
        text.push_str(group.title());
        text.push('\n');
        for exercise in found.iter().filter(|exercise| exercise.group == group) {
            text.push_str(&line(exercise));
            text.push('\n');
        }
        text.push('\n');
    }
    text + &format!(
        "{} exercises. Name one to see it in full, or search: regimen exercises {}; regimen exercises hip stretch",
        found.len(),
        first(found)
    )
}

fn line(exercise: &LibraryExercise) -> String {
    format!("  {:<34}{}", exercise.id, exercise.name)
}

/// A text wrapped under its mark.
fn hanging(mark: &str, text: &str) -> String {
    let indent = u16::try_from(mark.chars().count()).unwrap_or(0);
    let lines = wrap(text, WIDTH.saturating_sub(indent));
    format!(
        "{mark}{}",
        lines.join(&format!("\n{}", " ".repeat(usize::from(indent))))
    )
}

/// Everything about an exercise, and how a program names it.
fn card(exercise: &LibraryExercise) -> String {
    let mut lines = vec![format!("{}  ({})", exercise.name, exercise.id)];
    let mut add_line = |mark: &str, text: &str| lines.push(hanging(mark, text));
    if !exercise.aliases.is_empty() {
        add_line("Also called: ", &exercise.aliases.join(", "));
    }
    add_line("", &exercise.purpose);
    add_line("", "");
    let named = |ids: &[String]| -> String {
        ids.iter()
            .map(|id| format!("{} ({id})", muscles::name(id)))
            .collect::<Vec<_>>()
            .join(", ")
    };
    let Muscles {
        strengthens,
        stretches,
        assists,
    } = &exercise.muscles;
    for (mark, ids) in [
        ("Strengthens: ", strengthens),
        ("Stretches:   ", stretches),
        ("Also works:  ", assists),
    ] {
        if !ids.is_empty() {
            add_line(mark, &named(ids));
        }
    }
    add_line("Position:    ", &exercise.position);
    if !exercise.equipment.is_empty() {
        add_line("Needs:       ", &exercise.equipment.join(", "));
    }
    add_line("Low back:    ", exercise.spine.words());
    add_line("", "");
    for (number, instruction) in (1..).zip(&exercise.instructions) {
        add_line(&format!("{number}. "), instruction);
    }
    add_line("", "");
    add_line("Cues:     ", &exercise.cues.join(" · "));
    add_line("Mistakes: ", &exercise.mistakes.join(" · "));
    let form = |id: Option<&String>, words: Option<&String>| {
        let of_library = id
            .and_then(|id| library::get(id))
            .map(|other| format!("{} ({})", other.name, other.id));
        of_library.or_else(|| words.cloned())
    };
    if let Some(easier) = form(exercise.easier.as_ref(), exercise.easier_words.as_ref()) {
        add_line("Easier:   ", &easier);
    }
    if let Some(harder) = form(exercise.harder.as_ref(), exercise.harder_words.as_ref()) {
        add_line("Harder:   ", &harder);
    }
    for (index, avoid) in exercise.avoid.iter().enumerate() {
        add_line(
            if index == 0 {
                "Caution:  "
            } else {
                "          "
            },
            avoid,
        );
    }
    add_line("", "");
    add_line("A dose to begin with: ", &dose_words(exercise));
    add_line("Where it comes from:  ", &exercise.source);
    add_line("In a program:", "");
    lines.extend(exercise.lines().iter().map(|line| format!("  {line}")));
    lines.join("\n") + "\n"
}

/// The starting dose in plain words.
fn dose_words(exercise: &LibraryExercise) -> String {
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
