//! The command line: reads the arguments and the environment, runs a command, and returns its exit
//! code. What a command does is in `commands`.

mod arguments;
mod environment;
mod exercise_library;
mod program_files;
mod records;
mod sessions;
mod values;

use std::io::{self, IsTerminal};
use std::process::ExitCode;

use anyhow::Context;
use clap::{CommandFactory, Parser};
use clap_complete::Shell;

use crate::commands::{self, Env, Status, eprint_line};
use crate::output;
use arguments::{Cli, Command};

/// What to do about lost output if the command only printed something.
const RUN_AGAIN: &str = "and run it again";
/// What to do about lost output if the command may have changed something that must not be changed
/// twice.
const LOOK_FIRST: &str = "and look at what it did before you run it again";

/// Runs the command that the command line names, and returns its exit code.
pub fn main() -> ExitCode {
    let (result, remedy) = match Cli::try_parse() {
        Ok(cli) => {
            let remedy = match &cli.command {
                Some(command) if !command.changes_something() => RUN_AGAIN,
                _ => LOOK_FIRST,
            };
            (run(cli), remedy)
        }
        Err(wrong) if wrong.use_stderr() => {
            // An error here can't be reported anywhere.
            let _ = wrong.print();
            return ExitCode::from(2);
        }
        Err(help) => (Ok(print_help(&help)), RUN_AGAIN),
    };
    let mut status = result.unwrap_or_else(|error| {
        eprint_line(&format!("regimen: {error:#}"));
        Status::Failed
    });
    // Incomplete output must not look complete, least of all a backup.
    if let Some(why) = output::failure() {
        eprint_line(&format!(
            "regimen: could not write the output: {why}, {remedy}"
        ));
        status = Status::Failed;
    }
    match status {
        Status::Fine => ExitCode::SUCCESS,
        Status::Problems => ExitCode::from(1),
        Status::Failed => ExitCode::from(2),
    }
}

/// Prints the help or the version, in color only on a terminal.
fn print_help(help: &clap::Error) -> Status {
    if io::stdout().is_terminal() {
        // An error means that the terminal has closed, so nobody reads this.
        let _ = help.print();
    } else {
        output::print(&help.render().to_string());
    }
    Status::Fine
}

/// Runs the command, or opens today's page without one.
fn run(cli: Cli) -> anyhow::Result<Status> {
    let env = environment::read(&cli.places)?;
    env.close_to_others();
    match cli.command {
        None => commands::play::today(&env),
        Some(command) => run_command(command, &env),
    }
}

fn run_command(command: Command, env: &Env) -> anyhow::Result<Status> {
    match command {
        Command::Start(args) => args.run(env),
        Command::Add(args) => args.run(env),
        Command::Check(args) => args.run(env),
        Command::New(args) => args.run(env),
        Command::Diff(args) => Ok(args.run(env)),
        Command::Preview(args) => args.run(env),
        Command::Print(args) => args.run(env),
        Command::Explain(args) => Ok(args.run()),
        Command::Schema => commands::format::schema(),
        Command::Exercises(args) => args.run(),
        Command::Figure(args) => args.run(env),
        Command::Settings(args) => args.run(env),
        Command::Today(args) => args.run(env),
        Command::History(args) => args.run(env),
        Command::Log(args) => args.run(env),
        Command::Correct(args) => args.run(env),
        Command::Strike(args) => args.run(env),
        Command::Report(args) => args.run(env),
        Command::Export(args) => args.run(env),
        Command::Import(args) => args.run(env),
        Command::Remind(args) => args.run(env),
        Command::Calendar(args) => args.run(env),
        Command::Sound(args) => args.run(env),
        Command::Completions { shell } => Ok(print_completions(shell)),
        Command::Man => print_manual(),
        Command::Programs(args) => args.run(env),
    }
}

/// Prints the completions for a shell.
fn print_completions(shell: Shell) -> Status {
    let mut completions = Vec::new();
    clap_complete::generate(shell, &mut Cli::command(), "regimen", &mut completions);
    output::print(&String::from_utf8_lossy(&completions));
    Status::Fine
}

/// Prints the manual page, followed by that of each command.
fn print_manual() -> anyhow::Result<Status> {
    let mut pages = Vec::new();
    render_manual(&mut pages).context("could not create the manual page")?;
    output::print(&String::from_utf8_lossy(&pages));
    Ok(Status::Fine)
}

fn render_manual(out: &mut impl io::Write) -> io::Result<()> {
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
