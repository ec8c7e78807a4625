//! Colours and weights. Nothing is told by colour alone: every state has its word too. Knows
//! nothing of what is drawn.

use ratatui::style::{Color, Modifier, Style};

use crate::app::page::StepRole;
use crate::figure::cells::Marker;

/// How many colours the terminal has.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Depth {
    /// None, or the patient wants none.
    Mono,
    /// The terminal's own sixteen.
    #[default]
    Sixteen,
    /// The fixed palette.
    TwoFiftySix,
    /// All.
    True,
}

/// What one terminal can show.
#[derive(Debug, Clone, Copy, Default)]
pub struct Theme {
    /// How many colours there are.
    pub depth: Depth,
    /// Into what parts a cell can be divided.
    pub marker: Marker,
    /// Whether pictures can be sent as they are, by the protocol of kitty.
    pub pictures: bool,
}

/// Whether a version such as `1.2.3` is at least this one.
fn is_from(version: &str, (major, minor): (u32, u32)) -> bool {
    let mut parts = version.split('.').map(|part| part.parse().unwrap_or(0));
    (parts.next().unwrap_or(0), parts.next().unwrap_or(0)) >= (major, minor)
}

impl Theme {
    /// What a terminal can show, as far as the environment tells; what it does not tell is taken to
    /// be missing.
    pub fn of(variable: impl Fn(&str) -> Option<String>) -> Self {
        let term = variable("TERM").unwrap_or_default();
        let depth = match (
            variable("NO_COLOR").is_some(),
            variable("COLORTERM").as_deref(),
        ) {
            (true, _) => Depth::Mono,
            (_, Some("truecolor" | "24bit")) => Depth::True,
            _ if term.contains("256color") => Depth::TwoFiftySix,
            _ => Depth::Sixteen,
        };
        // Between the program and the terminal tmux and screen decide what is drawn, and older ones
        // drop octants.
        let between = ["TMUX", "STY", "ZELLIJ"]
            .iter()
            .any(|name| variable(name).is_some())
            || term.starts_with("screen");
        let vte = variable("VTE_VERSION")
            .and_then(|version| version.parse::<u32>().ok())
            .unwrap_or(0);
        // What a terminal is called is its own; the names of programs are handed on to whatever is
        // started from it.
        let ghostty = term == "xterm-ghostty";
        let version = variable("TERM_PROGRAM_VERSION").unwrap_or_default();
        let marker = if term == "linux" {
            Marker::Half
        } else if between || term.starts_with("tmux") {
            Marker::Quadrant
        } else if vte >= 7800 || ghostty && is_from(&version, (1, 2)) {
            // These draw octants themselves, whatever the font has.
            Marker::Octant
        } else if ghostty || ["xterm-kitty", "foot", "foot-direct"].contains(&term.as_str()) {
            // These have drawn sextants for years; their version, and so whether they draw octants,
            // is not told.
            Marker::Sextant
        } else {
            Marker::Quadrant
        };
        // Nobody is asked: a terminal that does not answer would hold up the start.
        let pictures = !between && depth != Depth::Mono && (term == "xterm-kitty" || ghostty);
        Self {
            depth,
            marker,
            pictures,
        }
    }

    /// Ordinary text.
    pub fn text(self) -> Style {
        Style::default()
    }

    /// What matters most.
    pub fn strong(self) -> Style {
        Style::default().add_modifier(Modifier::BOLD)
    }

    /// What matters least.
    pub fn quiet(self) -> Style {
        match self.depth {
            Depth::Mono => Style::default(),
            // Bright black is the one grey that stands out from dark and from light ground in the
            // sixteen colours.
            Depth::Sixteen => Style::default().fg(Color::DarkGray),
            Depth::TwoFiftySix => Style::default().fg(Color::Indexed(245)),
            Depth::True => Style::default().fg(Color::Rgb(0x86, 0x8e, 0x96)),
        }
    }

    /// The one accent: what is marked, what moves.
    pub fn accent(self) -> Style {
        let style = Style::default().add_modifier(Modifier::BOLD);
        match self.depth {
            Depth::Mono => style,
            Depth::Sixteen => style.fg(Color::Cyan),
            Depth::TwoFiftySix => style.fg(Color::Indexed(37)),
            Depth::True => style.fg(Color::Rgb(0x15, 0xaa, 0xbf)),
        }
    }

    /// The names of what is lit in a figure, in the colour in which it is lit.
    pub fn lit(self) -> Style {
        let style = self.accent();
        style.remove_modifier(Modifier::BOLD)
    }

    /// Something to be read before anything else.
    pub fn warning(self) -> Style {
        let style = Style::default().add_modifier(Modifier::BOLD);
        match self.depth {
            Depth::Mono => style,
            Depth::Sixteen => style.fg(Color::Yellow),
            Depth::TwoFiftySix => style.fg(Color::Indexed(172)),
            Depth::True => style.fg(Color::Rgb(0xe6, 0x8a, 0x00)),
        }
    }

    /// What is marked in a list.
    pub fn marked(self) -> Style {
        match self.depth {
            Depth::Mono => Style::default().add_modifier(Modifier::REVERSED),
            _ => self.panel(StepRole::Work).add_modifier(Modifier::BOLD),
        }
    }

    /// The ground and the writing of a panel.
    pub fn panel(self, tone: StepRole) -> Style {
        let (ground, ink) = match (self.depth, tone) {
            (Depth::Mono, StepRole::Work) => {
                return Style::default().add_modifier(Modifier::REVERSED);
            }
            (Depth::Mono, _) => return Style::default(),
            (Depth::Sixteen, StepRole::GetReady) => (Color::Yellow, Color::Black),
            (Depth::Sixteen, StepRole::Work) => (Color::Cyan, Color::Black),
            (Depth::Sixteen, StepRole::Release) => (Color::Gray, Color::Black),
            (Depth::Sixteen, StepRole::SwitchSide) => (Color::Magenta, Color::White),
            (Depth::Sixteen, StepRole::Rest) => (Color::Blue, Color::White),
            (Depth::Sixteen, StepRole::Paused) => (Color::White, Color::Black),
            (Depth::TwoFiftySix, StepRole::GetReady) => (Color::Indexed(221), Color::Indexed(16)),
            (Depth::TwoFiftySix, StepRole::Work) => (Color::Indexed(30), Color::Indexed(231)),
            (Depth::TwoFiftySix, StepRole::Release) => (Color::Indexed(152), Color::Indexed(16)),
            (Depth::TwoFiftySix, StepRole::SwitchSide) => (Color::Indexed(90), Color::Indexed(231)),
            (Depth::TwoFiftySix, StepRole::Rest) => (Color::Indexed(24), Color::Indexed(231)),
            (Depth::TwoFiftySix, StepRole::Paused) => (Color::Indexed(252), Color::Indexed(16)),
            (Depth::True, StepRole::GetReady) => {
                (Color::Rgb(0xf4, 0xc4, 0x4f), Color::Rgb(0x1a, 0x14, 0x00))
            }
            (Depth::True, StepRole::Work) => {
                (Color::Rgb(0x0b, 0x72, 0x85), Color::Rgb(0xff, 0xff, 0xff))
            }
            (Depth::True, StepRole::Release) => {
                (Color::Rgb(0xb6, 0xdc, 0xe3), Color::Rgb(0x0c, 0x26, 0x2b))
            }
            (Depth::True, StepRole::SwitchSide) => {
                (Color::Rgb(0x7a, 0x2f, 0x8f), Color::Rgb(0xff, 0xff, 0xff))
            }
            (Depth::True, StepRole::Rest) => {
                (Color::Rgb(0x1f, 0x3b, 0x63), Color::Rgb(0xe8, 0xf0, 0xff))
            }
            (Depth::True, StepRole::Paused) => {
                (Color::Rgb(0xd5, 0xd9, 0xdd), Color::Rgb(0x21, 0x25, 0x29))
            }
        };
        Style::default().bg(ground).fg(ink)
    }

    /// The same panel turned inside out, for the beat of the last seconds.
    pub fn inverted(self, tone: StepRole) -> Style {
        let style = self.panel(tone);
        match (style.fg, style.bg) {
            (Some(ink), Some(ground)) => Style::default().bg(ink).fg(ground),
            _ if tone == StepRole::Work => Style::default(),
            _ => Style::default().add_modifier(Modifier::REVERSED),
        }
    }
}
