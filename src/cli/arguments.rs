//! The whole command line: the options for every command, and the list of commands.

use std::path::PathBuf;

use clap::{Args, Parser, Subcommand};
use clap_complete::Shell;

use super::exercise_library::{ExercisesArgs, FigureArgs};
use super::program_files::{
    AddArgs, CheckArgs, DiffArgs, ExplainArgs, NewArgs, PreviewArgs, PrintArgs, ProgramsArgs,
};
use super::records::{
    CorrectArgs, ExportArgs, HistoryArgs, ImportArgs, LogArgs, ReportArgs, StrikeArgs,
};
use super::sessions::{CalendarArgs, RemindArgs, SettingsArgs, SoundArgs, StartArgs, TodayArgs};

/// Leads you through the exercises that your physical therapist prescribed, and records what you
/// did.
///
/// Without a command, regimen opens today's page.
#[derive(Debug, Parser)]
#[command(
    name = "regimen",
    version,
    max_term_width = 100,
    after_help = "Examples:
  regimen add evening.yaml    add the file that your therapist sent
  regimen                     open today's page
  regimen report              write the report for your next visit

`regimen COMMAND --help` explains a command."
)]
pub(super) struct Cli {
    #[command(flatten)]
    pub(super) places: Places,

    #[command(subcommand)]
    pub(super) command: Option<Command>,
}

/// The options for every command.
#[derive(Debug, Args)]
pub(super) struct Places {
    /// The folder with your programs [default: `regimen/programs` in your data folder]
    #[arg(
        long,
        value_name = "DIR",
        global = true,
        env = "REGIMEN_PROGRAMS",
        hide_env_values = true
    )]
    pub(super) programs: Option<PathBuf>,

    /// The file with your records [default: `regimen/records.db` in your data folder]
    #[arg(
        long,
        value_name = "FILE",
        global = true,
        env = "REGIMEN_DATABASE",
        hide_env_values = true
    )]
    pub(super) database: Option<PathBuf>,

    /// The file with your settings [default: `regimen/settings.yaml` in your configuration folder]
    #[arg(
        long,
        value_name = "FILE",
        global = true,
        env = "REGIMEN_SETTINGS",
        hide_env_values = true
    )]
    pub(super) settings: Option<PathBuf>,

    /// Print lines instead of drawing, for screen readers and logs. An empty line is Enter; a space
    /// pauses
    #[arg(long, global = true)]
    pub(super) plain: bool,
}

/// The commands, in the order of the help. Each `Args` type has the help text of its command.
#[derive(Debug, Subcommand)]
pub(super) enum Command {
    Start(StartArgs),
    Add(AddArgs),
    Check(CheckArgs),
    New(NewArgs),
    Diff(DiffArgs),
    Preview(PreviewArgs),
    Print(PrintArgs),
    Explain(ExplainArgs),
    /// Print the JSON Schema of program files, which editors use to complete and check
    #[command(after_help = "Example:
  regimen schema > program.schema.json")]
    Schema,
    Exercises(ExercisesArgs),
    Figure(FigureArgs),
    Settings(SettingsArgs),
    Today(TodayArgs),
    History(HistoryArgs),
    Log(LogArgs),
    Correct(CorrectArgs),
    Strike(StrikeArgs),
    Report(ReportArgs),
    Export(ExportArgs),
    Import(ImportArgs),
    Remind(RemindArgs),
    Calendar(CalendarArgs),
    Sound(SoundArgs),
    /// Print the completions for a shell
    #[command(after_help = "Example:
  regimen completions bash > ~/.local/share/bash-completion/completions/regimen")]
    Completions {
        /// The shell
        #[arg(value_enum)]
        shell: Shell,
    },
    /// Print the manual page
    #[command(after_help = "Example:
  regimen man > regimen.1")]
    Man,
    Programs(ProgramsArgs),
}

impl Command {
    /// Returns whether the command may change records, programs or settings, so that it must not be
    /// repeated without a look at what it did.
    pub(super) fn changes_something(&self) -> bool {
        match self {
            Self::Check(_)
            | Self::Completions { .. }
            | Self::Diff(_)
            | Self::Exercises(_)
            | Self::Explain(_)
            | Self::Export(_)
            | Self::Figure(_)
            | Self::History(_)
            | Self::Man
            | Self::Preview(_)
            | Self::Print(_)
            | Self::Programs(_)
            | Self::Report(_)
            | Self::Calendar(_)
            | Self::Schema
            | Self::Sound(_)
            | Self::Today(_) => false,
            Self::Add(_)
            | Self::Correct(_)
            | Self::Import(_)
            | Self::Log(_)
            | Self::New(_)
            | Self::Remind(_)
            | Self::Settings(_)
            | Self::Start(_)
            | Self::Strike(_) => true,
        }
    }
}
