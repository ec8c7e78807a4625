//! `regimen check`: lists every mistake of program files, and says in plain words what the good
//! ones prescribe.

mod json;
mod sarif;

use std::path::{Path, PathBuf};

use jiff::civil::Date;

use crate::commands::{Env, Status, WIDTH, eprint_line, print_json, print_line, shown, unreadable};
use crate::diagnostic::render;
use crate::folder::{self, Watch};
use crate::output;
use crate::program::parse::Parsed;
use crate::prose;
use crate::source::printable;
use crate::terminal;
use crate::text::count;
use crate::text::wrap;

/// How the result is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Format {
    /// Text for people.
    Human,
    /// JSON for other programs.
    Json,
    /// SARIF 2.1.0 (OASIS), for code hosts and editors.
    Sarif,
}

/// Checks files, the programs of folders, or `-` for standard input. With `watch`, checks again
/// after each change until Ctrl-C.
pub(crate) fn check(
    env: &Env,
    paths: &[PathBuf],
    format: Format,
    deny_advice: bool,
    watch: bool,
) -> anyhow::Result<Status> {
    let mut status = check_once(env, paths, format, deny_advice)?;
    if !watch {
        return Ok(status);
    }
    let mut watch = Watch::new(paths.to_vec());
    // If the output is lost, there is no reason to go on watching.
    while output::is_heard() {
        watch.wait();
        print_line(&format!(
            "\n---- {} ----\n",
            terminal::moment().wall.strftime("%H:%M:%S")
        ));
        status = check_once(env, paths, format, deny_advice)?;
    }
    Ok(status)
}

/// A file that was checked.
enum Checked {
    Read(Box<Parsed>),
    /// The file could not be read, and why.
    Unread(String),
}

impl Checked {
    /// Returns the status that this file alone would end with.
    fn status(&self, deny_advice: bool) -> Status {
        match self {
            Self::Unread(_) => Status::Failed,
            Self::Read(parsed) if parsed.program.is_none() => Status::Problems,
            Self::Read(parsed) if deny_advice && !parsed.diagnostics.is_empty() => Status::Problems,
            Self::Read(_) => Status::Fine,
        }
    }
}

/// Reads the files that a path names.
fn read(path: &Path, today: Date) -> Vec<Checked> {
    let read = if path == Path::new("-") {
        folder::read_input(today).map(|parsed| vec![parsed])
    } else if path.is_dir() {
        folder::programs(path, today)
    } else {
        folder::read(path, today).map(|mut parsed| {
            folder::look_into_pictures(&mut parsed, path);
            vec![parsed]
        })
    };
    match read {
        Ok(read) if read.is_empty() => vec![Checked::Unread(format!(
            "{} has no files named *.yaml",
            shown(path)
        ))],
        Ok(read) => read
            .into_iter()
            .map(|parsed| Checked::Read(Box::new(parsed)))
            .collect(),
        Err(error) => vec![Checked::Unread(unreadable(path, &error))],
    }
}

/// Checks all paths once and prints the result. Returns the worst status.
fn check_once(
    env: &Env,
    paths: &[PathBuf],
    format: Format,
    deny_advice: bool,
) -> anyhow::Result<Status> {
    let today = terminal::moment().wall.date();
    let all: Vec<Checked> = paths.iter().flat_map(|path| read(path, today)).collect();
    match format {
        Format::Human => print_for_people(env, &all),
        Format::Json => print_json(&all.iter().map(json::file).collect::<Vec<_>>())?,
        Format::Sarif => print_json(&sarif::log(&all))?,
    }
    let statuses = all.iter().map(|checked| checked.status(deny_advice));
    Ok(statuses.max().unwrap_or(Status::Fine))
}

/// What was found in all files together.
#[derive(Default)]
struct Totals {
    files: usize,
    files_with_mistakes: usize,
    mistakes: usize,
    suggestions: usize,
}

impl Totals {
    fn add(&mut self, parsed: &Parsed) {
        let mistakes = parsed
            .diagnostics
            .iter()
            .filter(|diagnostic| diagnostic.is_error())
            .count();
        self.files += 1;
        self.files_with_mistakes += usize::from(parsed.program.is_none());
        self.mistakes += mistakes;
        self.suggestions += parsed.diagnostics.len() - mistakes;
    }

    /// Returns the last line of the output: "2 files checked: 1 mistake in 1 file, no suggestions".
    fn describe(&self) -> String {
        let count_or_no = |number: usize, what: &str| {
            if number == 0 {
                format!("no {what}s")
            } else {
                count(number, what)
            }
        };
        let place = if self.files_with_mistakes == 0 {
            String::new()
        } else {
            format!(" in {}", count(self.files_with_mistakes, "file"))
        };
        format!(
            "{} checked: {}{place}, {}",
            count(self.files, "file"),
            count_or_no(self.mistakes, "mistake"),
            count_or_no(self.suggestions, "suggestion")
        )
    }
}

/// Prints the diagnostics of each file, the doses of each file without mistakes, and the totals.
fn print_for_people(env: &Env, all: &[Checked]) {
    let mut totals = Totals::default();
    for checked in all {
        let parsed = match checked {
            Checked::Read(parsed) => parsed,
            Checked::Unread(why) => {
                eprint_line(&format!("regimen: {why}"));
                continue;
            }
        };
        totals.add(parsed);
        if !parsed.diagnostics.is_empty() {
            let report = render::report(&parsed.source, &parsed.diagnostics, env.colour);
            print_line(&format!("{report}\n"));
        }
        if let Some(program) = &parsed.program {
            let name = printable(parsed.source.name());
            print_line(&format!("{name}: no mistakes."));
            for line in prose::outline(program) {
                print_line(&indent(&line));
            }
            print_line("");
        }
    }
    if totals.files > 0 {
        print_line(&totals.describe());
    }
}

/// Wraps a line of the outline and indents it by its depth.
fn indent(line: &prose::ProseLine) -> String {
    let indent = " ".repeat(2 + 2 * line.depth);
    let room = WIDTH.saturating_sub(u16::try_from(indent.len() + 4).unwrap_or(0));
    let separator = format!("\n{indent}    ");
    format!("{indent}{}", wrap(&line.text, room).join(&separator))
}
