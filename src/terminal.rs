//! The terminal: its modes, its keys, its signals, and the two clocks. Only this folder uses
//! crossterm and signal-hook.

mod clock;
mod input;
mod kitty;
mod lines;
mod pace;
mod screen;

use std::io::{self, BufRead, IsTerminal};

use crate::output;

pub(crate) use self::clock::moment;
pub(crate) use self::input::TerminalEvents;
pub(crate) use self::lines::{LineOutput, coloured};
pub(crate) use self::pace::Paced;
pub use self::screen::FullScreen;

/// Tells whether both standard input and standard output are a terminal.
pub(crate) fn is_interactive() -> bool {
    io::stdin().is_terminal() && io::stdout().is_terminal()
}

/// Asks for a line; none if the input has ended or the question could not be shown.
pub(crate) fn ask_for(question: &str) -> io::Result<Option<String>> {
    if !output::print(question) {
        return Ok(None);
    }
    let mut answer = String::new();
    let length = io::stdin().lock().read_line(&mut answer)?;
    Ok((length > 0).then(|| answer.trim().to_owned()))
}

/// Asks for yes or no. Anything but `y` or `yes` is no.
pub(crate) fn ask(question: &str) -> io::Result<bool> {
    let answer = ask_for(&format!("{question} [y/N] "))?.unwrap_or_default();
    Ok(matches!(answer.to_lowercase().as_str(), "y" | "yes"))
}
