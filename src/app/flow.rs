//! What follows an action, as plain data: screens name where they lead, and know no other screen.

use super::menu::Overlay;
use super::session::Session;
use crate::history::SessionHistory;

/// What a screen wants to happen after an action.
#[derive(Debug)]
pub(super) enum Flow {
    /// Nothing.
    Stay,
    /// The first page is shown.
    Today,
    /// The selected program is shown, or what is wrong with it.
    View,
    /// The page of a program is shown.
    Program(ProgramPlace),
    /// What comes before a session is asked, then it starts.
    Start(Want),
    /// A session is recorded and played.
    Play(Box<Session>),
    /// A session that was left is resumed.
    Resume(Box<SessionHistory>),
    /// A session ends before its end; the questions after it are asked.
    EndSession(Box<Session>),
    /// What was done in a session is shown.
    Summarize(Box<Session>),
    /// The progress of the selected program is shown.
    Progress,
    /// The settings are shown.
    Settings,
    /// An overlay covers the screen.
    Open(Overlay),
    /// The process stops until it is called to the front.
    Suspend,
    /// The application ends.
    Quit,
}

/// A place on the page of a program.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct ProgramPlace {
    /// The program's place in the list.
    pub(super) index: usize,
    /// The phase that would be played.
    pub(super) phase: usize,
    /// The selected exercise.
    pub(super) selected: usize,
    /// Whether only the essential exercises would be played.
    pub(super) short: bool,
    /// Whether stop signs and precautions come first, because they were never seen.
    pub(super) first_time: bool,
    /// Whether the patient has said to start despite an open stop sign.
    pub(super) past_sign: bool,
}

impl ProgramPlace {
    /// Creates the top of a page.
    pub(super) fn new(index: usize, phase: usize, first_time: bool) -> Self {
        Self {
            index,
            phase,
            selected: 0,
            short: false,
            first_time,
            past_sign: false,
        }
    }
}

/// What is to start.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Want {
    /// A session of the selected program.
    Session {
        /// The phase, from 0; `None` for the one that holds.
        phase: Option<usize>,
        /// Whether only the essential exercises are played.
        short: bool,
    },
    /// The session of a program's page.
    Page(ProgramPlace),
}

impl Want {
    pub(super) fn is_short(self) -> bool {
        match self {
            Self::Session { short, .. } => short,
            Self::Page(place) => place.short,
        }
    }
}
