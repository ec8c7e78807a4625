//! Commands about program files: adding, writing, checking, showing and printing them.

use std::path::PathBuf;

use clap::Args;

use super::values::CheckFormat;
use crate::commands::{self, Env, Status};

/// Check files that your therapist sent and add them to your programs
#[derive(Debug, Args)]
#[command(after_help = "Example:
  regimen add evening.yaml")]
pub(super) struct AddArgs {
    /// The files
    #[arg(required = true, value_name = "FILE")]
    files: Vec<PathBuf>,

    /// Replace an older version without asking
    #[arg(long, short)]
    yes: bool,
}

impl AddArgs {
    pub(super) fn run(self, env: &Env) -> anyhow::Result<Status> {
        commands::add::add(env, &self.files, self.yes)
    }
}

/// List every mistake in program files, and say in plain words what the good ones prescribe
#[derive(Debug, Args)]
#[command(after_help = "Examples:
  regimen check evening.yaml
  regimen check --watch evening.yaml      check again each time you save
  regimen check programs/                 all files in a folder")]
pub(super) struct CheckArgs {
    /// Files, folders with files named *.yaml, or - for standard input
    #[arg(required = true, value_name = "FILE|DIR")]
    paths: Vec<PathBuf>,

    /// How the result is written
    #[arg(long, value_enum, default_value_t = CheckFormat::Human)]
    format: CheckFormat,

    /// Count suggestions as mistakes
    #[arg(long)]
    deny_advice: bool,

    /// Stay and check again each time a file is saved; Ctrl-C ends
    #[arg(long)]
    watch: bool,
}

impl CheckArgs {
    pub(super) fn run(self, env: &Env) -> anyhow::Result<Status> {
        let format = self.format.into();
        commands::check::check(env, &self.paths, format, self.deny_advice, self.watch)
    }
}

/// Write a new program file without mistakes, from a few answers or a sample
#[derive(Debug, Args)]
#[command(after_help = "Examples:
  regimen new                                answer a few questions
  regimen new --title \"Mornings\" --frequency 3x/week --exercise dead-bug
  regimen new hers --from five-minutes       start with a copy of a sample")]
pub(super) struct NewArgs {
    /// The file's name [default: made from the title]
    name: Option<String>,

    /// The title
    #[arg(long)]
    title: Option<String>,

    /// The diagnosis or the reason
    #[arg(long)]
    condition: Option<String>,

    /// How often: daily, 3x/week, "mon wed fri", "every 14 days"
    #[arg(long)]
    frequency: Option<String>,

    /// An exercise of the library, by any of its names; repeat it for several
    #[arg(long = "exercise", value_name = "EXERCISE")]
    exercises: Vec<String>,

    /// Your name
    #[arg(long)]
    therapist: Option<String>,

    /// The clinic where you work
    #[arg(long)]
    clinic: Option<String>,

    /// The phone number to call
    #[arg(long)]
    phone: Option<String>,

    /// The email address to write to
    #[arg(long)]
    email: Option<String>,

    /// The name of the patient
    #[arg(long)]
    patient: Option<String>,

    /// Start with a copy of this sample
    #[arg(long, value_name = "SAMPLE")]
    from: Option<String>,
}

impl NewArgs {
    pub(super) fn run(self, env: &Env) -> anyhow::Result<Status> {
        let options = commands::new::Options {
            name: self.name,
            title: self.title,
            condition: self.condition,
            frequency: self.frequency,
            exercises: self.exercises,
            therapist: self.therapist,
            phone: self.phone,
            email: self.email,
            clinic: self.clinic,
            patient: self.patient,
            from: self.from,
        };
        commands::new::new(env, &options)
    }
}

/// Say in words what changed between two versions of a program
#[derive(Debug, Args)]
#[command(after_help = "Example:
  regimen diff old.yaml new.yaml")]
pub(super) struct DiffArgs {
    /// The old file
    old: PathBuf,

    /// The new file
    new: PathBuf,
}

impl DiffArgs {
    pub(super) fn run(self, env: &Env) -> Status {
        commands::diff::diff(env, &self.old, &self.new)
    }
}

/// Play a file as the patient will see it, without recording. Saved changes are shown at once
#[derive(Debug, Args)]
#[command(after_help = "Example:
  regimen preview evening.yaml --speed 10")]
pub(super) struct PreviewArgs {
    /// The program file
    file: PathBuf,

    /// How many times faster than real time
    #[arg(
        long,
        value_name = "TIMES",
        default_value_t = 1,
        value_parser = clap::value_parser!(u16).range(1..=60)
    )]
    speed: u16,

    /// The phase to play, from 1
    #[arg(long, value_name = "NUMBER", default_value_t = 1)]
    phase: usize,
}

impl PreviewArgs {
    pub(super) fn run(self, env: &Env) -> anyhow::Result<Status> {
        commands::preview::preview(env, &self.file, self.speed, self.phase)
    }
}

/// Write the handout: one page to print, with doses in words and boxes to tick
#[derive(Debug, Args)]
#[command(after_help = "Examples:
  regimen print evening.yaml            write evening.html
  regimen print evening.yaml --text     print plain text")]
pub(super) struct PrintArgs {
    /// The program file
    file: PathBuf,

    /// Write plain text instead of HTML
    #[arg(long)]
    text: bool,

    /// Where to write it, - for standard output [default: beside the program, with the ending html]
    #[arg(long, short, value_name = "FILE")]
    output: Option<PathBuf>,
}

impl PrintArgs {
    pub(super) fn run(self, env: &Env) -> anyhow::Result<Status> {
        commands::print::print(env, &self.file, self.text, self.output.as_deref())
    }
}

/// Explain a key of program files, with an example
#[derive(Debug, Args)]
#[command(after_help = "Examples:
  regimen explain              all keys
  regimen explain hold         one key
  regimen explain low-back     a list of red flags")]
pub(super) struct ExplainArgs {
    /// The key, such as `hold` or `pain.bands` [default: list all]
    key: Option<String>,

    /// Print the whole format as Markdown
    #[arg(long)]
    markdown: bool,
}

impl ExplainArgs {
    pub(super) fn run(self) -> Status {
        commands::format::explain(self.key.as_deref(), self.markdown)
    }
}

/// List the programs with their minutes and how often they are done
#[derive(Debug, Args)]
#[command(after_help = "Examples:
  regimen programs               your programs
  regimen programs --samples     the samples")]
pub(super) struct ProgramsArgs {
    /// List the built-in samples, even if you have programs of your own
    #[arg(long)]
    samples: bool,

    /// Print JSON
    #[arg(long)]
    json: bool,
}

impl ProgramsArgs {
    pub(super) fn run(self, env: &Env) -> anyhow::Result<Status> {
        commands::programs::programs(env, self.samples, self.json)
    }
}
