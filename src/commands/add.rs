//! `regimen add`: checks files that a therapist sent and puts them among the patient's programs.
//! Knows nothing of sessions.

use std::path::{Path, PathBuf};

use anyhow::{Context, anyhow};

use crate::commands::{Env, Status, eprint_line, print_line, shown, unreadable, unwritten};
use crate::diagnostic::render;
use crate::folder;
use crate::program::notation::slug;
use crate::program::parse::Parsed;
use crate::program::{Program, changes};
use crate::terminal;

/// Adds each file, or says why not; a file with mistakes keeps none of the others out.
pub fn add(env: &Env, files: &[PathBuf], yes: bool) -> anyhow::Result<Status> {
    let today = terminal::moment().wall.date();
    let mut status = Status::Fine;
    for file in files {
        let parsed = match folder::read(file, today) {
            Ok(parsed) => parsed,
            Err(error) => {
                eprint_line(&format!("regimen: {}", unreadable(file, &error)));
                status = Status::Failed;
                continue;
            }
        };
        if !parsed.diagnostics.is_empty() {
            eprint_line(&render::report(
                &parsed.source,
                &parsed.diagnostics,
                env.colour,
            ));
        }
        let Some(program) = &parsed.program else {
            eprint_line(&format!("{} was not added.", shown(file)));
            status = status.max(Status::Problems);
            continue;
        };
        if !put(env, file, &parsed, program, yes)? {
            status = status.max(Status::Problems);
        }
    }
    Ok(status)
}

/// Puts one file in its place; false where what is there was kept.
fn put(
    env: &Env,
    file: &Path,
    parsed: &Parsed,
    program: &Program,
    yes: bool,
) -> anyhow::Result<bool> {
    let today = terminal::moment().wall.date();
    let there = folder::programs(&env.programs, today)
        .with_context(|| format!("could not read the folder {}", shown(&env.programs)))?;
    let same_id = there.iter().find(|other| {
        other
            .program
            .as_ref()
            .is_some_and(|other| other.id == program.id)
    });
    let to = match same_id {
        Some(other) => PathBuf::from(other.source.name()),
        None => free_place(&env.programs, &program.id, &there),
    };
    let same_title = there.iter().find(|other| {
        same_id.is_none()
            && other
                .program
                .as_ref()
                .is_some_and(|other| slug(&other.title) == slug(&program.title))
    });
    if let Some(other) = same_title
        && !beside(other, program, yes)?
    {
        return Ok(false);
    }
    let invalid = there
        .iter()
        .find(|other| Path::new(other.source.name()) == to && other.program.is_none());
    let same_text = there.iter().any(|other| {
        Path::new(other.source.name()) == to && other.source.text() == parsed.source.text()
    });
    if same_text && pictures(file, &to, parsed).is_empty() {
        print_line(&format!(
            "\"{}\" is there already, word for word.",
            program.title
        ));
        return Ok(true);
    }
    let mut news = Vec::new();
    if let Some(old) = same_id.and_then(|other| other.program.as_ref()) {
        news.extend(changes::between(old, program));
        if news.is_empty() && !same_text {
            news.push("comments or layout only; every dose is the same".to_owned());
        }
    } else if invalid.is_some() {
        news.push("the file there has mistakes and cannot be played".to_owned());
    }
    let changed: Vec<String> = pictures(file, &to, parsed)
        .into_iter()
        .filter(|(_, to, _)| to.exists())
        .map(|(name, ..)| format!("picture {name} changes"))
        .collect();
    news.extend(changed);
    if !news.is_empty() {
        print_line(&format!(
            "\"{}\" is there already. What changes:",
            program.title
        ));
        for change in &news {
            print_line(&format!("  {change}"));
        }
        if !yes {
            if !terminal::is_interactive() {
                eprint_line("Nothing was replaced. Run it again with --yes to replace it.");
                return Ok(false);
            }
            if !terminal::ask("Replace it?")? {
                print_line("Nothing was replaced.");
                return Ok(false);
            }
        }
    }
    for (name, to, bytes) in pictures(file, &to, parsed) {
        folder::put(&bytes, &to)
            .map_err(|error| anyhow!("{}", unwritten(Path::new(&name), &error)))?;
    }
    folder::put(parsed.source.text().as_bytes(), &to)
        .map_err(|error| anyhow!("{}", unwritten(&to, &error)))?;
    print_line(&format!(
        "\"{}\" is among your programs: {}",
        program.title,
        shown(&to)
    ));
    Ok(true)
}

/// Whether a program may be put beside one of the same title: two versions of one program would
/// both be due.
fn beside(other: &Parsed, program: &Program, yes: bool) -> anyhow::Result<bool> {
    let Some(old) = &other.program else {
        return Ok(true);
    };
    let file = other.source.short_name();
    print_line(&format!(
        "There is another program with the title \"{}\": {file}. What differs in the new one:",
        old.title
    ));
    for change in changes::between(old, program) {
        print_line(&format!("  {change}"));
    }
    print_line(&format!(
        "To replace it, give the new file the id of the old one: `id: {}`.",
        old.id
    ));
    if yes {
        return Ok(true);
    }
    if !terminal::is_interactive() {
        eprint_line("Nothing was added. Run it again with --yes to keep both.");
        return Ok(false);
    }
    let both = terminal::ask("Keep both, each with sessions of its own?")?;
    if !both {
        print_line("Nothing was added.");
    }
    Ok(both)
}

/// A file name for a new program: its id, unless a file of that name holds another program.
fn free_place(folder: &Path, id: &str, there: &[Parsed]) -> PathBuf {
    let taken = |path: &Path| {
        there
            .iter()
            .any(|other| Path::new(other.source.name()) == path && other.program.is_some())
    };
    let names = (1..).map(|number| {
        if number == 1 {
            format!("{id}.yaml")
        } else {
            format!("{id}-{number}.yaml")
        }
    });
    names
        .map(|name| folder.join(name))
        .find(|path| !taken(path))
        .unwrap_or_else(|| folder.join(format!("{id}.yaml")))
}

/// The pictures that are not there yet or differ: name, place, bytes.
fn pictures(from: &Path, to: &Path, parsed: &Parsed) -> Vec<(String, PathBuf, Vec<u8>)> {
    let folder = to.parent().unwrap_or(Path::new("."));
    let images = parsed.places.images.iter();
    images
        .filter_map(|(_, name)| {
            let bytes = folder::picture_bytes(from, name)?;
            let target = folder.join(name);
            (folder::picture_bytes(to, name).as_ref() != Some(&bytes))
                .then(|| (name.clone(), target, bytes))
        })
        .collect()
}
