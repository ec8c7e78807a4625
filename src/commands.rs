//! The commands, one file for each verb of the command line. They put the core and the edges
//! together. This file has what several of them need. `cli` reads the arguments.

pub(crate) mod add;
pub(crate) mod calendar;
pub(crate) mod check;
pub(crate) mod correct;
pub(crate) mod diff;
pub(crate) mod exercises;
pub(crate) mod export;
pub mod figure;
pub(crate) mod format;
pub(crate) mod history;
pub(crate) mod log;
mod lookup;
pub(crate) mod new;
pub(crate) mod play;
pub(crate) mod preview;
pub(crate) mod print;
pub(crate) mod programs;
mod records;
pub(crate) mod remind;
pub(crate) mod report;
pub(crate) mod settings;
pub(crate) mod sound;
pub(crate) mod today;

use std::io;
use std::path::{Path, PathBuf};
use std::sync::mpsc::Sender;

use anyhow::Context;
use jiff::civil::Date;

use crate::catalog::ProgramEntry;
use crate::device::SystemDevice;
use crate::diagnostic::render;
use crate::events::{Input, Moment};
use crate::files::{self, Care};
use crate::folder;
pub(crate) use crate::output::{eprint_line, print_line};
use crate::preferences::{self, Preferences};
use crate::program::Program;
use crate::program::parse::Parsed;
use crate::source::{Source, printable};
use crate::terminal;
use crate::tools::Tools;
use crate::view::theme::Theme;

/// The columns at which commands wrap their texts.
const WIDTH: u16 = 100;

/// Where files are, and how output is shown. `cli` fills it in from options and environment.
#[derive(Debug, Clone)]
pub struct Env {
    /// The folder with the patient's programs.
    pub programs: PathBuf,
    /// The database with the records.
    pub database: PathBuf,
    /// Whether the app prints lines instead of drawing.
    pub plain: bool,
    /// What the terminal can show: colors and the parts of a cell.
    pub theme: Theme,
    /// Whether diagnostics are printed in color.
    pub colour: bool,
    /// The settings file. Empty if there is no folder for it.
    pub preferences: PathBuf,
    /// The folder for files that can be recreated, such as tones.
    pub cache: PathBuf,
    /// The system's programs, found on the search path.
    pub tools: Tools,
    /// The folder where all programs of this user keep their configuration.
    pub configuration: PathBuf,
    /// The user's home folder.
    pub home: PathBuf,
    /// The files and folders at their default places: the data folder, the programs and the
    /// settings. Only regimen uses these, so it may close them to other users.
    pub own: Vec<PathBuf>,
    /// The path of regimen itself. None if the system doesn't tell it.
    pub executable: Option<PathBuf>,
}

impl Env {
    /// Reads the patient's settings. The second value says what is wrong with the file, or is None.
    pub(crate) fn read_preferences(&self) -> (Preferences, Option<String>) {
        let text = match folder::settings_text(&self.preferences) {
            Ok(text) => text,
            Err(error) => {
                let problem = format!(
                    "The settings in {} can't be read, so the defaults apply: {error}",
                    shown(&self.preferences)
                );
                return (Preferences::default(), Some(problem));
            }
        };
        let (preferences, diagnostics) = preferences::read(&text);
        let source = Source::new(shown(&self.preferences), text);
        let problem = diagnostics.first().map(|first| {
            let line = source.place(first.span.start).line;
            format!(
                "In {}, line {line}: {}. The default applies.",
                source.name(),
                first.message
            )
        });
        (preferences, problem)
    }

    /// Closes files and folders that an earlier version left open to other users. Paths that were
    /// named on the command line stay as they are, because others may need them.
    pub(crate) fn close_to_others(&self) {
        for own in &self.own {
            // An error means that the file belongs to another user.
            let _ = files::close_to_others(own);
        }
    }

    /// Creates the device that plays alerts on this machine with these settings.
    pub(crate) fn machine(
        &self,
        preferences: &Preferences,
        reports: Sender<Input>,
    ) -> SystemDevice {
        let tones = self.cache.join("tones");
        SystemDevice::new(
            self.tools.clone(),
            tones,
            self.preferences.clone(),
            preferences.clone(),
            reports,
        )
    }
}

/// How a command ended. `cli` turns it into the exit code 0, 1 or 2.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Status {
    /// The command did everything.
    Fine,
    /// The command found a problem in its input.
    Problems,
    /// The command could not do its work.
    Failed,
}

/// Returns a path as text without control characters.
pub(crate) fn shown(path: &Path) -> String {
    printable(&path.display().to_string()).into_owned()
}

/// Says why a file could not be read, and what to do.
pub(crate) fn unreadable(path: &Path, error: &io::Error) -> String {
    let path = shown(path);
    match error.kind() {
        io::ErrorKind::NotFound => {
            format!("there is no file {path}; check its name and the folder you are in")
        }
        io::ErrorKind::PermissionDenied => {
            format!("you don't have permission to read {path}; change its permissions")
        }
        io::ErrorKind::InvalidInput => format!("{path} is not a file; name the file itself"),
        _ => format!("could not read {path}: {error}"),
    }
}

/// Writes a file, whole or not at all. An error says why, and what to do.
pub(crate) fn write_file(path: &Path, bytes: &[u8], care: Care) -> anyhow::Result<()> {
    files::write(path, bytes, care).map_err(|error| anyhow::anyhow!("{}", unwritten(path, &error)))
}

/// Says why a file could not be written, and what to do.
fn unwritten(path: &Path, error: &io::Error) -> String {
    let remedy = match error.kind() {
        _ if files::is_full(error) => "make room on the disk",
        io::ErrorKind::IsADirectory => "name a file in it",
        _ => "check the permissions of its folder, or use another folder",
    };
    format!(
        "could not write {}: {}; {remedy}",
        shown(path),
        files::reason(error)
    )
}

/// Returns the patient's programs, or the samples if there are none, and whether they are samples.
fn program_entries(env: &Env, now: &Moment) -> anyhow::Result<(Vec<ProgramEntry>, bool)> {
    let own = read_folder(env, now.wall.date())?;
    Ok(if own.is_empty() {
        (folder::samples(), true)
    } else {
        (own.into_iter().map(ProgramEntry::new).collect(), false)
    })
}

/// Reads the patient's programs, those with mistakes too.
fn read_folder(env: &Env, today: Date) -> anyhow::Result<Vec<Parsed>> {
    folder::programs(&env.programs, today)
        .with_context(|| format!("could not read the folder {}", shown(&env.programs)))
}

/// Reads a program file. If it can't be read or has mistakes, prints why and returns the status to
/// end with.
fn read_program(env: &Env, path: &Path) -> Result<(Parsed, Program), Status> {
    let today = terminal::moment().wall.date();
    let parsed = folder::read(path, today).map_err(|error| {
        eprint_line(&format!("regimen: {}", unreadable(path, &error)));
        Status::Failed
    })?;
    let Some(program) = parsed.program.clone() else {
        print_diagnostics(env, &parsed);
        return Err(Status::Problems);
    };
    Ok((parsed, program))
}

/// Prints the mistakes and suggestions of a file on standard error.
fn print_diagnostics(env: &Env, parsed: &Parsed) {
    let report = render::report(&parsed.source, &parsed.diagnostics, env.colour);
    eprint_line(&report);
}

/// Prints data as JSON on standard output.
fn print_json(data: &impl serde::Serialize) -> anyhow::Result<()> {
    print_line(&serde_json::to_string_pretty(data).context("could not write JSON")?);
    Ok(())
}
