//! Commands about the records: listing, entering, correcting, reporting and moving them.

use std::path::PathBuf;

use clap::Args;
use jiff::civil::{Date, DateTime};

use super::values::{ReportFormat, SideArg};
use crate::commands::correct::SetCorrection;
use crate::commands::{self, Env, Status};
use crate::manual_entry::SessionRatings;
use crate::program::Side;

/// List the recorded sessions, the newest first
#[derive(Debug, Args)]
#[command(after_help = "Examples:
  regimen history
  regimen history evening --since 2026-09-01")]
pub(super) struct HistoryArgs {
    /// List only this program, by its id or title
    program: Option<String>,

    /// List only sessions since this day
    #[arg(long, value_name = "YYYY-MM-DD")]
    since: Option<Date>,

    /// Print every row as it was written, corrected and crossed-out ones too, as JSON
    #[arg(long)]
    all: bool,

    /// Print JSON
    #[arg(long)]
    json: bool,
}

impl HistoryArgs {
    pub(super) fn run(self, env: &Env) -> anyhow::Result<Status> {
        let program = self.program.as_deref();
        commands::history::history(env, program, self.since, self.all, self.json)
    }
}

/// What can be said about a session as a whole.
#[derive(Debug, Args)]
struct RatingArgs {
    /// Pain before the session, 0-10
    #[arg(long, value_parser = clap::value_parser!(u8).range(0..=10))]
    pain_before: Option<u8>,

    /// Pain after the session, 0-10
    #[arg(long, value_parser = clap::value_parser!(u8).range(0..=10))]
    pain_after: Option<u8>,

    /// Pain the next morning, 0-10
    #[arg(long, value_parser = clap::value_parser!(u8).range(0..=10))]
    pain_morning: Option<u8>,

    /// How hard it was, 0-10
    #[arg(long, value_parser = clap::value_parser!(u8).range(0..=10))]
    exertion: Option<u8>,

    /// A note for your therapist
    #[arg(long)]
    note: Option<String>,
}

impl From<RatingArgs> for SessionRatings {
    fn from(args: RatingArgs) -> Self {
        Self {
            pain_before: args.pain_before,
            pain_after: args.pain_after,
            pain_morning: args.pain_morning,
            exertion: args.exertion,
            note: args.note,
        }
    }
}

/// Enter a session that you did without regimen. It is marked as self-reported
#[derive(Debug, Args)]
#[command(after_help = "Examples:
  regimen log evening
  regimen log evening --at 2026-11-22T18:00 --pain-after 2")]
pub(super) struct LogArgs {
    /// The program, by its id or title
    program: String,

    /// When the session started [default: now]
    #[arg(long, value_name = "YYYY-MM-DDTHH:MM")]
    at: Option<DateTime>,

    #[command(flatten)]
    ratings: RatingArgs,
}

impl LogArgs {
    pub(super) fn run(self, env: &Env) -> anyhow::Result<Status> {
        commands::log::log(env, &self.program, self.at, &self.ratings.into())
    }
}

/// Correct a recorded session: a set, pain, exertion or the note. The old rows stay
#[derive(Debug, Args)]
#[command(after_help = "Examples:
  regimen correct 2026-11-22T18:00 --exercise glute-bridge --set 2 --done 6
  regimen correct 2026-11-22T18:00 --pain-after 3 --note \"left knee tired\"")]
pub(super) struct CorrectArgs {
    /// When the session started, as `regimen history` shows it
    #[arg(value_name = "YYYY-MM-DDTHH:MM")]
    session: DateTime,

    /// The exercise whose sets are corrected, by its id or name
    #[arg(long)]
    exercise: Option<String>,

    /// Correct only this side
    #[arg(long, value_enum)]
    side: Option<SideArg>,

    /// Correct only this set, from 1
    #[arg(long)]
    set: Option<u8>,

    /// How much was done: repetitions, or seconds of a hold
    #[arg(long, value_name = "NUMBER")]
    done: Option<u32>,

    #[command(flatten)]
    ratings: RatingArgs,
}

impl CorrectArgs {
    pub(super) fn run(self, env: &Env) -> anyhow::Result<Status> {
        let sets = SetCorrection {
            exercise: self.exercise,
            side: self.side.map(Side::from),
            set: self.set,
            done: self.done,
        };
        commands::correct::correct(env, self.session, &sets, &self.ratings.into())
    }
}

/// Cross out a session, so that it no longer counts. Nothing is deleted
#[derive(Debug, Args)]
#[command(after_help = "Examples:
  regimen strike 2026-11-22T18:00
  regimen strike 2026-11-22T18:00 --undo")]
pub(super) struct StrikeArgs {
    /// When the session started, as `regimen history` shows it
    #[arg(value_name = "YYYY-MM-DDTHH:MM")]
    session: DateTime,

    /// Count the session again
    #[arg(long)]
    undo: bool,
}

impl StrikeArgs {
    pub(super) fn run(self, env: &Env) -> anyhow::Result<Status> {
        commands::correct::strike(env, self.session, self.undo)
    }
}

/// Write the report for the visit: what was prescribed, done and skipped, pain, tests, notes
#[derive(Debug, Args)]
#[command(after_help = "Examples:
  regimen report
  regimen report --since 2026-09-01 --format html -o report.html")]
pub(super) struct ReportArgs {
    /// The program, by its id or title [default: the only program with records]
    program: Option<String>,

    /// Report since this day [default: the last twelve weeks]
    #[arg(long, value_name = "YYYY-MM-DD")]
    since: Option<Date>,

    /// How the report is written
    #[arg(long, value_enum, default_value_t = ReportFormat::Text)]
    format: ReportFormat,

    /// Where to write it [default: standard output]
    #[arg(long, short, value_name = "FILE")]
    output: Option<PathBuf>,
}

impl ReportArgs {
    pub(super) fn run(self, env: &Env) -> anyhow::Result<Status> {
        commands::report::report(
            env,
            self.program.as_deref(),
            self.since,
            self.format.into(),
            self.output.as_deref(),
        )
    }
}

/// Write all records and programs into one file
#[derive(Debug, Args)]
#[command(after_help = "Example:
  regimen export backup.jsonl")]
pub(super) struct ExportArgs {
    /// Where to write it, - for standard output
    #[arg(value_name = "FILE", default_value = "regimen-export.jsonl")]
    output: PathBuf,
}

impl ExportArgs {
    pub(super) fn run(self, env: &Env) -> anyhow::Result<Status> {
        commands::export::export(env, &self.output)
    }
}

/// Add what an export has and you don't. Importing a file twice does no harm
#[derive(Debug, Args)]
#[command(after_help = "Example:
  regimen import backup.jsonl")]
pub(super) struct ImportArgs {
    /// The file
    file: PathBuf,
}

impl ImportArgs {
    pub(super) fn run(self, env: &Env) -> anyhow::Result<Status> {
        commands::export::import(env, &self.file)
    }
}
