//! Commands for patients: sessions, what is due, reminders, settings.

use std::ffi::OsString;
use std::path::PathBuf;

use clap::Args;
use jiff::civil::Time;

use super::values::read_time_of_day;
use crate::commands::remind::Action;
use crate::commands::{self, Env, Status};

/// Start a session of a program, of a file, or of what is due
#[derive(Debug, Args)]
#[command(after_help = "Examples:
  regimen start                  what is due
  regimen start deep-core        the program with this id or title
  regimen start evening.yaml     this file, which need not be among your programs")]
pub(super) struct StartArgs {
    /// A program's id or title, or a file
    #[arg(value_name = "PROGRAM|FILE")]
    program: Option<OsString>,

    /// The phase to play, from 1 [default: the one you are in]
    #[arg(long, value_name = "NUMBER")]
    phase: Option<usize>,
}

impl StartArgs {
    pub(super) fn run(self, env: &Env) -> anyhow::Result<Status> {
        commands::play::start(env, self.program.as_deref(), self.phase)
    }
}

/// Say what is due today
#[derive(Debug, Args)]
pub(super) struct TodayArgs {
    /// Print JSON
    #[arg(long)]
    json: bool,
}

impl TodayArgs {
    pub(super) fn run(self, env: &Env) -> anyhow::Result<Status> {
        commands::today::today(env, self.json)
    }
}

/// Print your settings and what each means, or change one
#[derive(Debug, Args)]
#[command(after_help = "Examples:
  regimen settings                     all settings
  regimen settings volume              one setting
  regimen settings volume 40           change it
  regimen settings remind_at 18:00     remind at six in the evening")]
pub(super) struct SettingsArgs {
    /// The setting
    name: Option<String>,

    /// Its new value [default: print it and change nothing]
    #[arg(allow_hyphen_values = true)]
    value: Vec<String>,
}

impl SettingsArgs {
    pub(super) fn run(self, env: &Env) -> anyhow::Result<Status> {
        commands::settings::settings(env, self.name.as_deref(), &self.value)
    }
}

/// Remind you once of what is due now. Prints nothing if it's done or not due
#[derive(Debug, Args)]
#[command(after_help = "Examples:
  regimen remind --install       from now on the system checks every five minutes
  regimen remind --uninstall     take that back
  regimen remind --snooze 60     no reminder for an hour")]
pub(super) struct RemindArgs {
    /// Set up the system to check every five minutes: a systemd timer, a launchd agent or a Windows
    /// task
    #[arg(long, group = "action")]
    install: bool,

    /// Take back what --install set up
    #[arg(long, group = "action")]
    uninstall: bool,

    /// Stay and remind you whenever something is due; Ctrl-C ends
    #[arg(long, group = "action")]
    watch: bool,

    /// Show no reminder for this many minutes; then remind you again of what is still due
    #[arg(
        long,
        value_name = "MINUTES",
        num_args = 0..=1,
        default_missing_value = "30",
        group = "action"
    )]
    snooze: Option<u16>,
}

impl RemindArgs {
    pub(super) fn run(self, env: &Env) -> anyhow::Result<Status> {
        let action = if self.install {
            Action::Install
        } else if self.uninstall {
            Action::Uninstall
        } else if self.watch {
            Action::Watch
        } else {
            self.snooze.map_or(Action::Once, Action::Snooze)
        };
        commands::remind::remind(env, action)
    }
}

/// Write the schedule with alarms as an .ics file for your calendar
#[derive(Debug, Args)]
#[command(after_help = "Examples:
  regimen calendar                           all your programs, into regimen.ics
  regimen calendar deep-core --at 07:30      one program, at this time")]
pub(super) struct CalendarArgs {
    /// Programs by their names, or files [default: all your programs]
    #[arg(value_name = "PROGRAM|FILE")]
    wanted: Vec<OsString>,

    /// Use this time of day instead of the programs' own; repeat it for several times
    #[arg(long, value_name = "TIME", value_parser = read_time_of_day)]
    at: Vec<Time>,

    /// Where to write it, - for standard output
    #[arg(long, short, value_name = "FILE", default_value = "regimen.ics")]
    output: PathBuf,
}

impl CalendarArgs {
    pub(super) fn run(self, env: &Env) -> anyhow::Result<Status> {
        commands::calendar::calendar(env, &self.wanted, &self.at, &self.output)
    }
}

/// Play every tone and say a sentence, so that you can tell whether you hear them
#[derive(Debug, Args)]
pub(super) struct SoundArgs {
    /// The language to speak, such as en or de
    #[arg(long, value_name = "LANGUAGE", default_value = "en")]
    language: String,
}

impl SoundArgs {
    pub(super) fn run(self, env: &Env) -> anyhow::Result<Status> {
        commands::sound::sound(env, &self.language)
    }
}
