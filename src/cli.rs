//! What the user types: the commands, the environment, where things are, exit codes. Knows nothing
//! of what a command does.

use std::env;
use std::ffi::OsString;
use std::io::IsTerminal;
use std::path::PathBuf;
use std::process::ExitCode;

use anyhow::Context;
use clap::{CommandFactory, Parser, Subcommand, ValueEnum};
use clap_complete::Shell;
use etcetera::BaseStrategy;
use jiff::civil::{Date, DateTime, Time};

use crate::commands::correct::SetWish;
use crate::commands::remind::Options;
use crate::commands::{self, Env, Status, eprint_line};
use crate::figure::cells::Marker;
use crate::manual_entry::SessionRatings;
use crate::output;
use crate::program::Side;
use crate::program::notation::read_time;
use crate::terminal;
use crate::tools::Tools;
use crate::view::theme::{Depth, Theme};

/// Leads you through the exercises that your physical therapist prescribed, and records what you
/// did.
///
/// Without a command it opens today's page.
#[derive(Debug, Parser)]
#[command(name = "regimen", version, max_term_width = 100)]
pub struct Cli {
    /// The folder with your programs [default: the folder `regimen/programs` for user data]
    #[arg(
        long,
        value_name = "DIR",
        global = true,
        env = "REGIMEN_PROGRAMS",
        hide_env_values = true
    )]
    programs: Option<PathBuf>,

    /// The file with your records [default: `regimen/records.db` in the folder for user data]
    #[arg(
        long,
        value_name = "FILE",
        global = true,
        env = "REGIMEN_DATABASE",
        hide_env_values = true
    )]
    database: Option<PathBuf>,

    /// The file with your settings [default: `regimen/settings.yaml` in the folder for
    /// configuration]
    #[arg(
        long,
        value_name = "FILE",
        global = true,
        env = "REGIMEN_SETTINGS",
        hide_env_values = true
    )]
    settings: Option<PathBuf>,

    /// Print lines instead of drawing: for screen readers and logs. An empty line is Enter, a space
    /// pauses
    #[arg(long, global = true)]
    plain: bool,

    #[command(subcommand)]
    command: Option<Command>,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Start a session: of a program by its name, of a file, or of what is due
    Start {
        /// A program's id or title, or a file
        #[arg(value_name = "PROGRAM|FILE")]
        program: Option<OsString>,

        /// The phase to play, from 1 [default: the one you are in]
        #[arg(long, value_name = "NUMBER")]
        phase: Option<usize>,
    },
    /// Check files that your therapist sent and put them among your programs
    Add {
        /// The files
        #[arg(required = true, value_name = "FILE")]
        files: Vec<PathBuf>,

        /// Replace what is there without asking
        #[arg(long, short)]
        yes: bool,
    },
    /// Check program files: every mistake with its place, and what the good ones say in plain words
    Check {
        /// Files, folders with files named *.yaml, or - for standard input
        #[arg(required = true, value_name = "FILE|DIR")]
        paths: Vec<PathBuf>,

        /// How the outcome is written
        #[arg(long, value_enum, default_value_t = CheckFormat::Human)]
        format: CheckFormat,

        /// Count advice as a mistake
        #[arg(long)]
        deny_advice: bool,

        /// Go on, and check again whenever a file is saved; Ctrl-C ends
        #[arg(long)]
        watch: bool,
    },
    /// Write a new program that checks clean, from a few answers
    New {
        /// The file's name [default: made from the title]
        name: Option<String>,

        /// The title
        #[arg(long)]
        title: Option<String>,

        /// What it is prescribed for
        #[arg(long)]
        condition: Option<String>,

        /// How often: daily, 3x/week, "mon wed fri", "every 14 days"
        #[arg(long)]
        frequency: Option<String>,

        /// An exercise of the library, by any of its names; once for each
        #[arg(long = "exercise", value_name = "EXERCISE")]
        exercises: Vec<String>,

        /// Your name
        #[arg(long)]
        therapist: Option<String>,

        /// Where you work
        #[arg(long)]
        clinic: Option<String>,

        /// The number to call
        #[arg(long)]
        phone: Option<String>,

        /// An address to write to
        #[arg(long)]
        email: Option<String>,

        /// Whom it is for
        #[arg(long)]
        patient: Option<String>,

        /// Begin with a copy of this sample
        #[arg(long, value_name = "SAMPLE")]
        from: Option<String>,
    },
    /// Say in words what changed between two versions of a program
    Diff {
        /// The old file
        old: PathBuf,

        /// The new file
        new: PathBuf,
    },
    /// Play a file as the patient will see it, nothing recorded; a saved change is shown at once
    Preview {
        /// The program file
        file: PathBuf,

        /// How many times as fast time passes
        #[arg(long, value_name = "TIMES", default_value_t = 1, value_parser = clap::value_parser!(u16).range(1..=60))]
        speed: u16,

        /// The phase to play, from 1
        #[arg(long, value_name = "NUMBER", default_value_t = 1)]
        phase: usize,
    },
    /// Write the handout: one page to print, with doses in words and boxes to tick
    Print {
        /// The program file
        file: PathBuf,

        /// Plain text instead of HTML
        #[arg(long)]
        text: bool,

        /// Where to write it, - for standard output [default: beside the program, with the ending
        /// html]
        #[arg(long, short, value_name = "FILE")]
        output: Option<PathBuf>,
    },
    /// Tell what a key of a program file means, with an example
    Explain {
        /// The key, such as `hold` or `pain.bands`; none lists all
        key: Option<String>,

        /// Print the whole format as Markdown
        #[arg(long)]
        markdown: bool,
    },
    /// Print the JSON Schema of program files, by which editors complete and check while typing
    Schema,
    /// Search the library of exercises, or show one in full
    Exercises {
        /// Words to search for: a name, a muscle, a position, a group; none lists all
        #[arg(value_name = "WORDS")]
        words: Vec<String>,

        /// Print JSON
        #[arg(long)]
        json: bool,
    },
    /// Show how an exercise is done, as a moving figure; a file is shown anew each time it is saved
    Figure {
        /// Exercises by their ids or names, files, or `all`
        #[arg(required = true, value_name = "NAME|FILE")]
        names: Vec<OsString>,

        /// How large, in columns and rows; as large as there is room, and 48x14 where it is printed
        #[arg(long, value_name = "WIDTHxHEIGHT", value_parser = size)]
        size: Option<(u16, u16)>,

        /// Into what parts a cell is divided; what the terminal is sure to show, where nothing is
        /// said
        #[arg(long)]
        marker: Option<MarkerArg>,

        /// Let the left side work, which is nearest then
        #[arg(long)]
        left: bool,

        /// Write start and hold side by side as SVG, for paper
        #[arg(long)]
        svg: bool,

        /// Write a sheet as PNG: a row for each figure; with `--marker`, as a terminal would show
        /// it
        #[arg(long, value_name = "FILE", conflicts_with = "svg")]
        png: Option<PathBuf>,
    },
    /// Print your settings with what each means, or change one
    Settings {
        /// Which one
        name: Option<String>,

        /// What it is to be; without it, the one is printed
        #[arg(allow_hyphen_values = true)]
        value: Vec<String>,
    },
    /// Say what is due today
    Today {
        /// Print JSON
        #[arg(long)]
        json: bool,
    },
    /// List the sessions on record, the newest first
    History {
        /// Of this program only, by its id or title
        program: Option<String>,

        /// Since this day
        #[arg(long, value_name = "YYYY-MM-DD")]
        since: Option<Date>,

        /// Every row as it was written, corrected and struck ones among them, as JSON
        #[arg(long)]
        all: bool,

        /// Print JSON
        #[arg(long)]
        json: bool,
    },
    /// Enter a session that was done without the program; it is marked as by hand
    Log {
        /// The program, by its id or title
        program: String,

        /// When it was begun [default: now]
        #[arg(long, value_name = "YYYY-MM-DDTHH:MM")]
        at: Option<DateTime>,

        #[command(flatten)]
        remarks: RemarkArgs,
    },
    /// Correct a session on record: a set, pain, exertion or the note; the old rows stay
    Correct {
        /// When it was begun, as `regimen history` shows it
        #[arg(value_name = "YYYY-MM-DDTHH:MM")]
        session: DateTime,

        /// The exercise whose sets are corrected, by its id or name
        #[arg(long)]
        exercise: Option<String>,

        /// Only this side
        #[arg(long, value_enum)]
        side: Option<SideArg>,

        /// Only this set, from 1
        #[arg(long)]
        set: Option<u8>,

        /// What was done: repetitions, or seconds of a hold
        #[arg(long, value_name = "NUMBER")]
        done: Option<u32>,

        #[command(flatten)]
        remarks: RemarkArgs,
    },
    /// Strike a session, so that it counts no more; nothing is deleted
    Strike {
        /// When it was begun, as `regimen history` shows it
        #[arg(value_name = "YYYY-MM-DDTHH:MM")]
        session: DateTime,

        /// Let it count again
        #[arg(long)]
        undo: bool,
    },
    /// Write the report for the visit: what was prescribed, done and left out, pain, tests, the
    /// patient's words
    Report {
        /// The program, by its id or title; it may be left out where there is only one
        program: Option<String>,

        /// Since this day [default: the last twelve weeks]
        #[arg(long, value_name = "YYYY-MM-DD")]
        since: Option<Date>,

        /// How it is written
        #[arg(long, value_enum, default_value_t = ReportFormat::Text)]
        format: ReportFormat,

        /// Where to write it, - for standard output
        #[arg(long, short, value_name = "FILE")]
        output: Option<PathBuf>,
    },
    /// Write all records and programs into one file
    Export {
        /// Where to write it, - for standard output
        #[arg(value_name = "FILE", default_value = "regimen-export.jsonl")]
        output: PathBuf,
    },
    /// Put in what an export has and is not here yet; twice does no harm
    Import {
        /// The file
        file: PathBuf,
    },
    /// Remind of what is due now, once; silent when it is done or not due. For timers, or with
    /// --install, which sets one up
    Remind {
        /// Let the system look every five minutes: a timer of systemd, an agent of launchd, a task
        /// of Windows
        #[arg(long, group = "wish")]
        install: bool,

        /// Take that back
        #[arg(long, group = "wish")]
        uninstall: bool,

        /// Stay, and remind whenever something is due; Ctrl-C ends
        #[arg(long, group = "wish")]
        watch: bool,

        /// No reminder for so many minutes; then again what is still due
        #[arg(long, value_name = "MINUTES", num_args = 0..=1, default_missing_value = "30", group = "wish")]
        snooze: Option<u16>,
    },
    /// Write the schedule for a calendar, with alarms, as an .ics file
    Calendar {
        /// Programs by their names, or files; none takes all of yours
        #[arg(value_name = "PROGRAM|FILE")]
        wanted: Vec<OsString>,

        /// At this time of day, instead of the programs' own; once for each
        #[arg(long, value_name = "TIME", value_parser = time_of_day)]
        at: Vec<Time>,

        /// Where to write it, - for standard output
        #[arg(long, short, value_name = "FILE", default_value = "regimen.ics")]
        output: PathBuf,
    },
    /// Play every tone and say a sentence, to hear whether they can be heard
    Sound {
        /// The language to speak, such as en or de
        #[arg(long, value_name = "LANGUAGE", default_value = "en")]
        language: String,
    },
    /// Print the completions for a shell
    Completions {
        /// The shell
        #[arg(value_enum)]
        shell: Shell,
    },
    /// Print the manual page
    Man,
    /// List the programs with their minutes and how often
    Programs {
        /// The built-in samples, also where there are programs of your own
        #[arg(long)]
        samples: bool,

        /// Print JSON
        #[arg(long)]
        json: bool,
    },
}

#[derive(Debug, Clone, Copy, ValueEnum)]
enum CheckFormat {
    /// For people
    Human,
    /// For other programs
    Json,
    /// For code hosts and editors: SARIF 2.1.0
    Sarif,
}

impl From<CheckFormat> for commands::check::Format {
    fn from(format: CheckFormat) -> Self {
        match format {
            CheckFormat::Human => Self::Human,
            CheckFormat::Json => Self::Json,
            CheckFormat::Sarif => Self::Sarif,
        }
    }
}

/// What is said of a session as a whole.
#[derive(Debug, clap::Args)]
struct RemarkArgs {
    /// Pain before it, 0-10
    #[arg(long, value_parser = clap::value_parser!(u8).range(0..=10))]
    pain_before: Option<u8>,

    /// Pain after it, 0-10
    #[arg(long, value_parser = clap::value_parser!(u8).range(0..=10))]
    pain_after: Option<u8>,

    /// Pain the next morning, 0-10
    #[arg(long, value_parser = clap::value_parser!(u8).range(0..=10))]
    pain_morning: Option<u8>,

    /// How hard it was, 0-10
    #[arg(long, value_parser = clap::value_parser!(u8).range(0..=10))]
    exertion: Option<u8>,

    /// Your words
    #[arg(long)]
    note: Option<String>,
}

impl From<RemarkArgs> for SessionRatings {
    fn from(args: RemarkArgs) -> Self {
        let RemarkArgs {
            pain_before,
            pain_after,
            pain_morning,
            exertion,
            note,
        } = args;
        Self {
            pain_before,
            pain_after,
            pain_morning,
            exertion,
            note,
        }
    }
}

#[derive(Debug, Clone, Copy, ValueEnum)]
enum MarkerArg {
    /// Two halves, one above the other
    Half,
    /// Four quarters
    Quadrant,
    /// Six parts
    Sextant,
    /// Eight parts
    Octant,
    /// Dots
    Dots,
}

impl From<MarkerArg> for Marker {
    fn from(marker: MarkerArg) -> Self {
        match marker {
            MarkerArg::Half => Self::Half,
            MarkerArg::Quadrant => Self::Quadrant,
            MarkerArg::Sextant => Self::Sextant,
            MarkerArg::Octant => Self::Octant,
            MarkerArg::Dots => Self::Dots,
        }
    }
}

/// A size such as 48x14: 20 to 200 columns, 6 to 80 rows.
fn size(text: &str) -> Result<(u16, u16), String> {
    let read = || {
        let (width, height) = text.split_once('x')?;
        let (width, height) = (width.parse().ok()?, height.parse().ok()?);
        ((20..=200).contains(&width) && (6..=80).contains(&height)).then_some((width, height))
    };
    read().ok_or_else(|| "write it like 48x14, from 20x6 to 200x80".to_owned())
}

#[derive(Debug, Clone, Copy, ValueEnum)]
enum SideArg {
    Left,
    Right,
    Both,
}

impl From<SideArg> for Side {
    fn from(side: SideArg) -> Self {
        match side {
            SideArg::Left => Self::Left,
            SideArg::Right => Self::Right,
            SideArg::Both => Self::Both,
        }
    }
}

#[derive(Debug, Clone, Copy, ValueEnum)]
enum ReportFormat {
    /// For people
    Text,
    /// A page to print, with plots
    Html,
    /// For spreadsheets: one row a set
    Csv,
    /// For other programs
    Json,
    /// For health records: an HL7 FHIR R4 bundle
    Fhir,
}

impl From<ReportFormat> for commands::report::Format {
    fn from(format: ReportFormat) -> Self {
        match format {
            ReportFormat::Text => Self::Text,
            ReportFormat::Html => Self::Html,
            ReportFormat::Csv => Self::Csv,
            ReportFormat::Json => Self::Json,
            ReportFormat::Fhir => Self::Fhir,
        }
    }
}

fn time_of_day(text: &str) -> Result<Time, String> {
    read_time(text).ok_or_else(|| "write a time of day such as 07:30 or 18:00".to_owned())
}

/// Runs what the command line says.
pub fn main() -> ExitCode {
    let (outcome, then) = match Cli::try_parse() {
        Ok(cli) => {
            let then = cli
                .command
                .as_ref()
                .map_or(LOOK_FIRST, Command::after_lost_output);
            (run(cli), then)
        }
        Err(wrong) if wrong.use_stderr() => {
            // There is nowhere left to tell of a failure.
            let _ = wrong.print();
            return ExitCode::from(2);
        }
        Err(help) => (Ok(print_help(&help)), RUN_AGAIN),
    };
    let status = outcome.unwrap_or_else(|error| {
        eprint_line(&format!("regimen: {error:#}"));
        Status::Failed
    });
    // What was not written must not look like all there is, least of all a backup.
    let lost = output::failure();
    if let Some(why) = &lost {
        eprint_line(&format!(
            "regimen: could not write the output: {why}, {then}"
        ));
    }
    match if lost.is_some() {
        Status::Failed
    } else {
        status
    } {
        Status::Fine => ExitCode::SUCCESS,
        Status::Problems => ExitCode::from(1),
        Status::Failed => ExitCode::from(2),
    }
}

/// What to do about lost output where the command does nothing but print.
const RUN_AGAIN: &str = "and run it again";
/// What to do about it where the command may have changed something, which must not be done twice
/// unseen.
const LOOK_FIRST: &str = "and look at what it did before you run it again";

impl Command {
    /// Returns what to do when the output was lost.
    fn after_lost_output(&self) -> &'static str {
        match self {
            Self::Check { .. }
            | Self::Completions { .. }
            | Self::Diff { .. }
            | Self::Exercises { .. }
            | Self::Explain { .. }
            | Self::Export { .. }
            | Self::Figure { .. }
            | Self::History { .. }
            | Self::Man
            | Self::Preview { .. }
            | Self::Print { .. }
            | Self::Programs { .. }
            | Self::Report { .. }
            | Self::Calendar { .. }
            | Self::Schema
            | Self::Sound { .. }
            | Self::Today { .. } => RUN_AGAIN,
            Self::Add { .. }
            | Self::Correct { .. }
            | Self::Import { .. }
            | Self::Log { .. }
            | Self::New { .. }
            | Self::Remind { .. }
            | Self::Settings { .. }
            | Self::Start { .. }
            | Self::Strike { .. } => LOOK_FIRST,
        }
    }
}

/// Prints the help or the version; in colours on a terminal alone.
fn print_help(help: &clap::Error) -> Status {
    if std::io::stdout().is_terminal() {
        // A terminal that is gone has no reader.
        let _ = help.print();
    } else {
        output::print(&help.render().to_string());
    }
    Status::Fine
}

fn run(cli: Cli) -> anyhow::Result<Status> {
    let settings = settings(&cli)?;
    settings.close_to_others();
    match cli.command {
        None => commands::play::today(&settings),
        Some(Command::Start { program, phase }) => {
            commands::play::start(&settings, program.as_deref(), phase)
        }
        Some(Command::Add { files, yes }) => commands::add::add(&settings, &files, yes),
        Some(Command::Check {
            paths,
            format,
            deny_advice,
            watch,
        }) => commands::check::check(&settings, &paths, format.into(), deny_advice, watch),
        Some(Command::Explain { key, markdown }) => {
            Ok(commands::format::explain(key.as_deref(), markdown))
        }
        Some(Command::Schema) => commands::format::schema(),
        Some(Command::New {
            name,
            title,
            condition,
            frequency,
            exercises,
            therapist,
            clinic,
            phone,
            email,
            patient,
            from,
        }) => {
            let wishes = commands::new::Options {
                name,
                title,
                condition,
                frequency,
                exercises,
                therapist,
                phone,
                email,
                clinic,
                patient,
                from,
            };
            commands::new::new(&settings, &wishes)
        }
        Some(Command::Print { file, text, output }) => {
            commands::print::print(&settings, &file, text, output.as_deref())
        }
        Some(Command::Preview { file, speed, phase }) => {
            commands::preview::preview(&settings, &file, speed, phase)
        }
        Some(Command::Diff { old, new }) => Ok(commands::diff::diff(&settings, &old, &new)),
        Some(Command::Completions { shell }) => {
            let mut completions = Vec::new();
            clap_complete::generate(shell, &mut Cli::command(), "regimen", &mut completions);
            output::print(&String::from_utf8_lossy(&completions));
            Ok(Status::Fine)
        }
        Some(Command::Man) => {
            let mut page = Vec::new();
            manual_page(&mut page).context("could not make the page")?;
            output::print(&String::from_utf8_lossy(&page));
            Ok(Status::Fine)
        }
        Some(Command::Settings { name, value }) => {
            commands::settings::settings(&settings, name.as_deref(), &value)
        }
        Some(Command::Today { json }) => commands::today::today(&settings, json),
        Some(Command::History {
            program,
            since,
            all,
            json,
        }) => commands::history::history(&settings, program.as_deref(), since, all, json),
        Some(Command::Log {
            program,
            at,
            remarks,
        }) => commands::correct::log(&settings, &program, at, &remarks.into()),
        Some(Command::Correct {
            session,
            exercise,
            side,
            set,
            done,
            remarks,
        }) => {
            let options = SetWish {
                exercise,
                side: side.map(Side::from),
                set,
                done,
            };
            commands::correct::correct(&settings, session, &options, &remarks.into())
        }
        Some(Command::Strike { session, undo }) => {
            commands::correct::strike(&settings, session, undo)
        }
        Some(Command::Report {
            program,
            since,
            format,
            output,
        }) => commands::report::report(
            &settings,
            program.as_deref(),
            since,
            format.into(),
            output.as_deref(),
        ),
        Some(Command::Export { output }) => commands::export::export(&settings, &output),
        Some(Command::Import { file }) => commands::export::import(&settings, &file),
        Some(Command::Remind {
            install,
            uninstall,
            watch,
            snooze,
        }) => {
            let options = match (install, uninstall, watch, snooze) {
                (true, ..) => Options::Install,
                (_, true, ..) => Options::Uninstall,
                (_, _, true, _) => Options::Watch,
                (.., Some(minutes)) => Options::Snooze(minutes),
                _ => Options::Once,
            };
            commands::remind::remind(&settings, options)
        }
        Some(Command::Calendar { wanted, at, output }) => {
            commands::calendar::calendar(&settings, &wanted, &at, &output)
        }
        Some(Command::Sound { language }) => commands::sound::sound(&settings, &language),
        Some(Command::Exercises { words, json }) => commands::exercises::exercises(&words, json),
        Some(Command::Figure {
            names,
            size,
            marker,
            left,
            svg,
            png,
        }) => {
            let options = commands::figure::Options {
                size,
                marker: marker.map(Marker::from),
                left,
                svg,
                png,
            };
            commands::figure::figure(&settings, &names, &options)
        }
        Some(Command::Programs { samples, json }) => {
            commands::programs::programs(&settings, samples, json)
        }
    }
}

/// The manual page, and behind it one of each command.
fn manual_page(out: &mut impl std::io::Write) -> std::io::Result<()> {
    let mut command = Cli::command();
    command.build();
    clap_mangen::Man::new(command.clone()).render(out)?;
    for each in command
        .get_subcommands()
        .filter(|each| each.get_name() != "help")
    {
        clap_mangen::Man::new(each.clone())
            .title(format!("regimen-{}", each.get_name()))
            .render(out)?;
    }
    Ok(())
}

#[expect(
    clippy::disallowed_methods,
    reason = "this is where the environment comes in"
)]
fn variable(name: &str) -> Option<String> {
    env::var(name).ok().filter(|value| !value.is_empty())
}

#[expect(
    clippy::disallowed_methods,
    reason = "this is where the environment comes in"
)]
fn search_path() -> OsString {
    env::var_os("PATH").unwrap_or_default()
}

fn settings(cli: &Cli) -> anyhow::Result<Env> {
    let strategy = etcetera::choose_base_strategy();
    let data = || {
        let strategy = strategy
            .as_ref()
            .map_err(|error| anyhow::anyhow!("{error}"));
        strategy
            .map(|strategy| strategy.data_dir().join("regimen"))
            .context("could not find your folder for user data; set HOME, or name --programs and --database")
    };
    let preferences = cli
        .settings
        .clone()
        .filter(|path| !path.as_os_str().is_empty());
    let config = || {
        strategy
            .as_ref()
            .map(|strategy| strategy.config_dir().join("regimen").join("settings.yaml"))
    };
    let programs = cli
        .programs
        .clone()
        .filter(|path| !path.as_os_str().is_empty());
    let database = cli
        .database
        .clone()
        .filter(|path| !path.as_os_str().is_empty());
    let own_data = data()
        .ok()
        .filter(|_| programs.is_none() || database.is_none());
    let own_programs = data()
        .ok()
        .filter(|_| programs.is_none())
        .map(|data| data.join("programs"));
    let own_settings = config().ok().filter(|_| preferences.is_none());
    let theme = Theme::of(variable);
    let no_colour = theme.depth == Depth::Mono;
    let term = variable("TERM");
    Ok(Env {
        programs: match programs {
            Some(programs) => programs,
            None => data()?.join("programs"),
        },
        database: match database {
            Some(database) => database,
            None => data()?.join("records.db"),
        },
        // Without a home there are no settings to read, and none are kept.
        preferences: preferences.or_else(|| config().ok()).unwrap_or_default(),
        cache: strategy.as_ref().map_or_else(
            |_| env::temp_dir().join("regimen"),
            |strategy| strategy.cache_dir().join("regimen"),
        ),
        tools: Tools::new(&search_path()),
        configuration: strategy
            .as_ref()
            .map(BaseStrategy::config_dir)
            .unwrap_or_default(),
        home: strategy
            .as_ref()
            .map(|strategy| strategy.home_dir().to_owned())
            .unwrap_or_default(),
        own: own_data
            .into_iter()
            .chain(own_programs)
            .chain(own_settings)
            .collect(),
        executable: env::current_exe().ok(),
        plain: cli.plain || term.as_deref() == Some("dumb") || !terminal::is_interactive(),
        theme,
        colour: !no_colour && terminal::is_interactive() && term.as_deref() != Some("dumb"),
    })
}
