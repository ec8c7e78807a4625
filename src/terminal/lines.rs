//! Output as lines: the app for screen readers, logs and pipes, and figures with their colors.

use std::io::{self, IsTerminal, Write};

use ratatui::buffer::Buffer;
use ratatui::style::Color;
use signal_hook::consts::SIGTSTP;
use signal_hook::low_level::emulate_default_handler;

use crate::app::page::{OverlayPage, Page};
use crate::effect::AlertKind;
use crate::event_loop::Display;
use crate::output;
use crate::source::printable;
use crate::view::cells::Drawn;
use crate::view::lines::lines;

/// Standard output as a display that prints lines.
#[derive(Debug, Default)]
pub(crate) struct LineOutput {
    /// The lines of the last page.
    last: Vec<String>,
}

impl LineOutput {
    /// Returns the lines of a page that have not just been printed; all of them if none is new.
    fn news<'l>(&self, lines: &'l [String]) -> Vec<&'l String> {
        let news: Vec<&String> = lines
            .iter()
            .filter(|line| !self.last.contains(line))
            .collect();
        if news.is_empty() {
            lines.iter().collect()
        } else {
            news
        }
    }
}

impl Display for LineOutput {
    fn draw(&mut self, page: &Page) -> io::Result<Drawn> {
        let lines = lines(page);
        if lines == self.last {
            return Ok(Drawn::default());
        }
        // A new question is printed in full, whatever lines it shares with the one before.
        let is_menu = matches!(page.overlay, Some(OverlayPage::Menu(_)));
        if is_menu && lines.first() != self.last.first() {
            self.last.clear();
        }
        let mut text = String::new();
        for line in self.news(&lines) {
            text.push_str(&printable(line));
            text.push('\n');
        }
        // Lost output ends the session like a lost terminal. The command says why at its end.
        if !output::print(&text) {
            return Err(io::Error::other("the lines were not written"));
        }
        self.last = lines;
        Ok(Drawn::default())
    }

    fn bell(&mut self, kind: AlertKind) -> io::Result<()> {
        // In a file the bell would only be a stray character.
        if !kind.rings() || !io::stdout().is_terminal() {
            return Ok(());
        }
        let mut out = io::stdout();
        out.write_all(b"\x07").and_then(|()| out.flush())
    }

    fn suspend(&mut self) -> io::Result<()> {
        emulate_default_handler(SIGTSTP)
    }

    fn reacquire(&mut self) -> io::Result<()> {
        self.last.clear();
        Ok(())
    }
}

/// Returns cells as text with their colors, a line for each row.
pub(crate) fn coloured(buffer: &Buffer) -> String {
    const PLAIN: (Color, Color) = (Color::Reset, Color::Reset);
    let mut text = String::new();
    for row in buffer.area.top()..buffer.area.bottom() {
        let mut last = PLAIN;
        for column in buffer.area.left()..buffer.area.right() {
            let Some(cell) = buffer.cell((column, row)) else {
                continue;
            };
            if cell.fg != last.0 {
                text.push_str(&escape_code(cell.fg, 38));
            }
            if cell.bg != last.1 {
                text.push_str(&escape_code(cell.bg, 48));
            }
            last = (cell.fg, cell.bg);
            text.push_str(cell.symbol());
        }
        text.push_str(if last == PLAIN { "\n" } else { "\x1b[0m\n" });
    }
    text
}

/// Returns the escape sequence that sets a color; `base` is 38 for letters, 48 for the background.
fn escape_code(color: Color, base: u8) -> String {
    match color {
        Color::Rgb(red, green, blue) => format!("\x1b[{base};2;{red};{green};{blue}m"),
        Color::Indexed(index) => format!("\x1b[{base};5;{index}m"),
        _ => format!("\x1b[{}m", base + 1),
    }
}
