//! `regimen export` and `regimen import`: all records and programs in one file, and back.

use std::path::Path;

use anyhow::{Context, anyhow, bail};
use serde::{Deserialize, Serialize};

use crate::commands::records::open_store;
use crate::commands::{
    Env, Status, print_line, read_folder, shown, unreadable, unwritten, write_file,
};
use crate::files::{self, Care};
use crate::folder;
use crate::program::parse::parse;
use crate::record::Record;
use crate::source::{Source, printable};
use crate::store::Store;
use crate::terminal;
use crate::text::count;

/// The version of the file that is written.
const VERSION: u32 = 1;
/// How many rows are saved in one transaction.
const BATCH: usize = 2_000;

/// A line of the file. Each line is one JSON value.
#[derive(Debug, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
enum Line {
    /// The first line, which identifies the file.
    Regimen {
        /// The version of the file.
        export: u32,
        /// When it was written.
        at: jiff::Zoned,
    },
    /// A file in the folder of programs.
    Program { name: String, text: String },
    /// A row of the records.
    Record(Box<Record>),
}

/// Writes all records and programs into one file.
pub(crate) fn export(env: &Env, output: &Path) -> anyhow::Result<Status> {
    let now = terminal::moment().wall;
    let mut lines = vec![Line::Regimen {
        export: VERSION,
        at: now.clone(),
    }];
    let programs = read_folder(env, now.date())?;
    lines.extend(programs.iter().map(|parsed| Line::Program {
        name: parsed.source.short_name(),
        text: parsed.source.text().to_owned(),
    }));
    let records = open_store(env)?
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
        "Wrote {}: {} and {}.",
        shown(output),
        count(sessions, "session"),
        count(programs.len(), "program")
    ));
    Ok(Status::Fine)
}

/// Adds the records and programs of an export that are not here yet.
pub(crate) fn import(env: &Env, path: &Path) -> anyhow::Result<Status> {
    let text = folder::text_of(path).map_err(|error| anyhow!("{}", unreadable(path, &error)))?;
    // The whole file is read before anything is saved, so that a bad file changes nothing.
    let contents = parse_export(path, &text)?;
    let mut store = Store::open(&env.database).context("could not open the records")?;
    let mut new = 0;
    for batch in contents.records.chunks(BATCH) {
        new += store.append(batch).context(
            "could not save all records; those that were there are unchanged, and you can import \
             the file again",
        )?;
    }
    print_line(&format!("{new} new rows of {}.", contents.records.len()));
    for (name, text) in contents.programs {
        import_program(env, &name, &text)?;
    }
    Ok(Status::Fine)
}

/// What an export has after its first line.
#[derive(Default)]
struct Contents {
    records: Vec<Record>,
    /// Programs by file name and text.
    programs: Vec<(String, String)>,
}

/// Reads the lines of an export. Fails if any of them can't be understood.
fn parse_export(path: &Path, text: &str) -> anyhow::Result<Contents> {
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
            "{} was written by a newer regimen; install the newest version",
            shown(path)
        ),
        _ => bail!(
            "{} isn't a regimen export; `regimen export` writes one",
            shown(path)
        ),
    }
    let mut contents = Contents::default();
    for (index, line) in lines {
        match serde_json::from_str(line) {
            Ok(Line::Record(record)) => contents.records.push(*record),
            Ok(Line::Program { name, text }) => contents.programs.push((name, text)),
            Ok(Line::Regimen { .. }) => {}
            Err(_) => bail!(
                "line {} of {} can't be read, so nothing was imported",
                index + 1,
                shown(path)
            ),
        }
    }
    Ok(contents)
}

/// Adds a program that is not here yet. A program with the same file name or id stays as it is.
fn import_program(env: &Env, name: &str, text: &str) -> anyhow::Result<()> {
    let shown_name = printable(name).into_owned();
    if !is_program_name(name) {
        print_line(&format!(
            "Skipped the program {shown_name}: this is not the name of a program file."
        ));
        return Ok(());
    }
    let id = parse(Source::new(name, text))
        .program
        .map(|program| program.id);
    let own = read_folder(env, terminal::moment().wall.date())?;
    let same = own.iter().find(|parsed| {
        parsed.source.short_name() == name
            || id.is_some() && parsed.program.as_ref().map(|program| &program.id) == id.as_ref()
    });
    match same {
        Some(own) if own.source.text() == text => {}
        Some(_) => print_line(&format!(
            "Kept your program {shown_name}; the one in the file differs."
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

/// Returns whether a name is that of a YAML file inside the folder of programs, and not a path that
/// leads out of it.
fn is_program_name(name: &str) -> bool {
    let plain = Path::new(name).file_name().is_some_and(|own| own == name);
    let yaml = Path::new(name)
        .extension()
        .is_some_and(|ending| ending == "yaml" || ending == "yml");
    plain && yaml && !name.starts_with('.')
}
