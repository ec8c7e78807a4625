//! The commands, one file a verb. Knows the edges and the core, and puts them together; knows
//! nothing of the command line.

pub mod add;
pub mod calendar;
pub mod check;
pub mod correct;
pub mod diff;
pub mod exercises;
pub mod export;
pub mod figure;
pub mod format;
pub mod history;
pub mod new;
pub mod play;
pub mod preview;
pub mod print;
pub mod programs;
pub mod records;
pub mod remind;
pub mod report;
pub mod settings;
pub mod sound;
pub mod today;

use std::io;
use std::path::{Path, PathBuf};
use std::sync::mpsc::Sender;

use anyhow::Context;

use crate::catalog::ProgramEntry;
use crate::device::SystemDevice;
use crate::diagnostic::render;
use crate::events::{Input, Moment};
use crate::files::{self, Care};
use crate::folder;
pub use crate::output::{eprint_line, print_line};
use crate::preferences::{self, Preferences};
use crate::program::Program;
use crate::program::parse::Parsed;
use crate::source::{Source, printable};
use crate::terminal;
use crate::tools::Tools;
use crate::view::theme::Theme;

/// Where things are, and how they are shown.
#[derive(Debug, Clone)]
pub struct Env {
    /// The folder of programs.
    pub programs: PathBuf,
    /// The database.
    pub database: PathBuf,
    /// Lines instead of drawing.
    pub plain: bool,
    /// The colours of the terminal.
    pub theme: Theme,
    /// Whether reports have colours.
    pub colour: bool,
    /// The file of settings.
    pub preferences: PathBuf,
    /// The folder for what can be made again, such as tones.
    pub cache: PathBuf,
    /// The machine's own programs.
    pub tools: Tools,
    /// The folder for configuration of all programs.
    pub configuration: PathBuf,
    /// The patient's home.
    pub home: PathBuf,
    /// What is regimen's alone by its place: the folders for its data and for programs, and the
    /// file of settings, where they are the usual ones.
    pub own: Vec<PathBuf>,
    /// Where this program itself is.
    pub executable: Option<PathBuf>,
}

impl Env {
    /// The patient's settings as the file has them, and what is wrong with the file, in a sentence.
    pub fn read_preferences(&self) -> (Preferences, Option<String>) {
        let text = match folder::settings_text(&self.preferences) {
            Ok(text) => text,
            Err(error) => {
                let trouble = format!(
                    "The settings in {} cannot be read: {error}",
                    shown(&self.preferences)
                );
                return (Preferences::default(), Some(trouble));
            }
        };
        let (preferences, diagnostics) = preferences::read(&text);
        let source = Source::new(shown(&self.preferences), text);
        let trouble = diagnostics.first().map(|first| {
            let line = source.place(first.span.start).line;
            format!(
                "In {}, line {line}: {}. What holds without it holds.",
                source.name(),
                first.message
            )
        });
        (preferences, trouble)
    }

    /// Closes to others what an earlier version left open. What was named on the command line may
    /// be anybody's, and stays as it is.
    pub fn close_to_others(&self) {
        for own in &self.own {
            // Where this fails it isn't ours.
            let _ = files::close_to_others(own);
        }
    }

    /// This machine, with the settings that hold.
    pub fn machine(&self, preferences: &Preferences, reports: Sender<Input>) -> SystemDevice {
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

/// How a command went, as an exit code: 0 fine, 1 problems found, 2 could not do it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Status {
    /// Fine.
    Fine,
    /// Something is wrong with what was given.
    Problems,
    /// Something could not be done.
    Failed,
}

/// A path fit to be shown.
pub fn shown(path: &Path) -> String {
    printable(&path.display().to_string()).into_owned()
}

/// Why a file that was named could not be read, and what to do.
pub fn unreadable(path: &Path, error: &io::Error) -> String {
    let path = shown(path);
    match error.kind() {
        io::ErrorKind::NotFound => {
            format!("there is no file {path}; check its name and the folder you are in")
        }
        io::ErrorKind::PermissionDenied => format!("{path} may not be read; change its rights"),
        io::ErrorKind::InvalidInput => format!("{path} is not a file; name the file itself"),
        _ => format!("could not read {path}: {error}"),
    }
}

/// Writes a file that was asked for, whole or not at all; where that fails, says why and what to
/// do.
pub fn write_file(path: &Path, bytes: &[u8], care: Care) -> anyhow::Result<()> {
    files::write(path, bytes, care).map_err(|error| anyhow::anyhow!("{}", unwritten(path, &error)))
}

/// Why a file could not be written, and what to do.
pub fn unwritten(path: &Path, error: &io::Error) -> String {
    let remedy = match error.kind() {
        _ if files::is_full(error) => "make room on the disk",
        io::ErrorKind::IsADirectory => "name a file in it",
        _ => "check the rights of its folder, or use another one",
    };
    format!(
        "could not write {}: {}; {remedy}",
        shown(path),
        files::reason(error)
    )
}

/// The patient's programs, or the samples where there are none.
pub fn program_entries(env: &Env, now: &Moment) -> anyhow::Result<(Vec<ProgramEntry>, bool)> {
    let own = folder::programs(&env.programs, now.wall.date())
        .with_context(|| format!("could not read the folder {}", shown(&env.programs)))?;
    Ok(if own.is_empty() {
        (folder::samples(), true)
    } else {
        (own.into_iter().map(ProgramEntry::new).collect(), false)
    })
}

/// Reads a file that was named; one that cannot be read, or has mistakes, is told about, and gives
/// the verdict.
pub fn read_good(env: &Env, path: &Path) -> Result<(Parsed, Program), Status> {
    let today = terminal::moment().wall.date();
    let parsed = folder::read(path, today).map_err(|error| {
        eprint_line(&format!("regimen: {}", unreadable(path, &error)));
        Status::Failed
    })?;
    let Some(program) = parsed.program.clone() else {
        eprint_line(&render::report(
            &parsed.source,
            &parsed.diagnostics,
            env.colour,
        ));
        return Err(Status::Problems);
    };
    Ok((parsed, program))
}

/// Says data as JSON on standard output, for other programs.
pub fn print_json(data: &impl serde::Serialize) -> anyhow::Result<()> {
    print_line(&serde_json::to_string_pretty(data).context("could not write JSON")?);
    Ok(())
}
