//! `regimen export` and `regimen import`: everything in one file, and back. Knows nothing of what
//! the rows mean.

use std::path::Path;

use anyhow::{Context, anyhow, bail};
use serde::{Deserialize, Serialize};

use crate::commands::records::store;
use crate::commands::{Env, Status, print_line, shown, unreadable, unwritten, write_file};
use crate::files::{self, Care};
use crate::folder;
use crate::program::parse::parse;
use crate::record::Record;
use crate::source::{Source, printable};
use crate::store::Store;
use crate::terminal;

/// The version of the file that is written.
const VERSION: u32 = 1;
/// How many rows go in at once.
const AT_ONCE: usize = 2_000;

/// A line of the file, which is one JSON value a line.
#[derive(Debug, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
enum Line {
    /// The first line: what this is.
    Regimen {
        /// The version of the file.
        export: u32,
        /// When it was written.
        at: jiff::Zoned,
    },
    /// A file of the folder of programs.
    Program {
        /// Its name.
        name: String,
        /// Its text.
        text: String,
    },
    /// A row of the records.
    Record(Box<Record>),
}

/// Writes everything into one file.
pub fn export(env: &Env, output: &Path) -> anyhow::Result<Status> {
    let now = terminal::moment().wall;
    let mut lines = vec![Line::Regimen {
        export: VERSION,
        at: now.clone(),
    }];
    let programs = folder::programs(&env.programs, now.date())
        .with_context(|| format!("could not read the folder {}", shown(&env.programs)))?;
    let count = programs.len();
    lines.extend(programs.iter().map(|parsed| Line::Program {
        name: parsed.source.short_name(),
        text: parsed.source.text().to_owned(),
    }));
    let records = store(env)?
        .map(|store| store.everything())
        .transpose()
        .context("could not read the records")?;
    let records = records.unwrap_or_default();
    let sessions = records
        .iter()
        .filter(|record| matches!(record, Record::Session(_)))
        .count();
    lines.extend(
        records
            .into_iter()
            .map(|record| Line::Record(Box::new(record))),
    );
    let mut text = String::new();
    for line in &lines {
        text.push_str(&serde_json::to_string(line).context("could not write JSON")?);
        text.push('\n');
    }
    if output == Path::new("-") {
        print_line(text.trim_end());
        return Ok(Status::Fine);
    }
    write_file(output, text.as_bytes(), Care::Private)?;
    print_line(&format!(
        "Wrote {}: {sessions} sessions and {count} programs.",
        shown(output)
    ));
    Ok(Status::Fine)
}

/// Puts in what is not there yet.
pub fn import(env: &Env, path: &Path) -> anyhow::Result<Status> {
    let text =
        folder::text_of(path).map_err(|error| anyhow::anyhow!("{}", unreadable(path, &error)))?;
    let mut lines = text
        .lines()
        .enumerate()
        .filter(|(_, line)| !line.trim().is_empty());
    let first = lines
        .next()
        .and_then(|(_, line)| serde_json::from_str(line).ok());
    match first {
        Some(Line::Regimen {
            export: VERSION, ..
        }) => {}
        Some(Line::Regimen { .. }) => bail!(
            "{} was written by a newer regimen; install the newest one",
            shown(path)
        ),
        _ => bail!(
            "{} is no export of regimen; `regimen export` writes one",
            shown(path)
        ),
    }
    // All of it is understood before any of it is put in.
    let mut records = Vec::new();
    let mut programs = Vec::new();
    for (index, line) in lines {
        match serde_json::from_str(line) {
            Ok(Line::Record(record)) => records.push(*record),
            Ok(Line::Program { name, text }) => programs.push((name, text)),
            Ok(Line::Regimen { .. }) => {}
            Err(_) => bail!(
                "line {} of {} cannot be understood, so nothing was put in",
                index + 1,
                shown(path)
            ),
        }
    }
    let mut store = Store::open(&env.database).context("could not open the records")?;
    let mut new = 0;
    for some in records.chunks(AT_ONCE) {
        new += store.append(some).context(
            "could not put the records in; what is there is as it was, and it can be tried again",
        )?;
    }
    print_line(&format!("{new} new rows of {}.", records.len()));
    for (name, text) in programs {
        put_program(env, &name, &text)?;
    }
    Ok(Status::Fine)
}

/// Adds a program that is not there; one that is there stays as it is.
fn put_program(env: &Env, name: &str, text: &str) -> anyhow::Result<()> {
    // A name of a file, and no way out of the folder.
    let plain =
        Path::new(name).file_name().is_some_and(|own| own == name) && !name.starts_with('.');
    let yaml = Path::new(name)
        .extension()
        .is_some_and(|ending| ending == "yaml" || ending == "yml");
    let shown_name = printable(name).into_owned();
    if !plain || !yaml {
        print_line(&format!(
            "Left out the program {shown_name}: this is no name of a program file."
        ));
        return Ok(());
    }
    let id = parse(Source::new(name, text))
        .program
        .map(|program| program.id);
    let now = terminal::moment().wall;
    let own = folder::programs(&env.programs, now.date())
        .context("could not read the folder of programs")?;
    let same = own.iter().find(|parsed| {
        parsed.source.short_name() == name
            || id.is_some() && parsed.program.as_ref().map(|program| &program.id) == id.as_ref()
    });
    match same {
        Some(there) if there.source.text() == text => {}
        Some(_) => print_line(&format!(
            "Kept the program {shown_name} as it is here; the one in the file differs."
        )),
        None => {
            let to = env.programs.join(name);
            files::make_folder(&env.programs, Care::Private)
                .map_err(|error| anyhow!("{}", unwritten(&env.programs, &error)))?;
            folder::put_new(text.as_bytes(), &to)
                .map_err(|error| anyhow!("{}", unwritten(&to, &error)))?;
            print_line(&format!("Added the program {shown_name}."));
        }
    }
    Ok(())
}
