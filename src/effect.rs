//! What the app asks of the world and what comes back, as plain data: effects and messages.

use jiff::Timestamp;
use jiff::civil::Date;

use crate::events::{Input, Instant};
use crate::history::SessionHistory;
use crate::preferences::{Preferences, SettingKey};
use crate::record::{Record, RecordId, TextRecord};

/// Something to be done outside.
#[derive(Debug, Clone, PartialEq)]
pub enum Effect {
    /// Put these on record, all or none.
    Save(Vec<Record>),
    /// Tell what is on record of a program, from a time on.
    LoadHistory {
        /// The program's id.
        program: String,
        /// From when on.
        since: Timestamp,
    },
    /// Let this be heard.
    Alert(Alert),
    /// Ring the terminal's bell.
    Bell(AlertKind),
    /// Stop what is being said.
    StopSpeech,
    /// Show a pop-up.
    Notify(DesktopNotification),
    /// Keep the machine awake from now on, or let it sleep.
    StayAwake(bool),
    /// Let these settings hold from now on, and keep the one that was changed.
    SavePreference(Box<Preferences>, SettingKey),
    /// Let time pass so many times as fast.
    SetSpeed(u16),
    /// Give the terminal back and stop until called to the front.
    Suspend,
    /// End.
    Quit,
}

/// Where records were kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SaveState {
    /// In the database.
    Saved,
    /// In a file beside it, which the next start picks up.
    Spooled,
    /// In memory only; the file beside it could not be written either.
    InMemory,
}

/// What comes in.
#[derive(Debug, Clone, PartialEq)]
pub enum Message {
    /// From the patient or the clock.
    Input(Input),
    /// These records were kept, and what is wrong with the database, if anything.
    Saved {
        /// The ids of the rows.
        ids: Vec<RecordId>,
        /// Where they are now.
        kept: SaveState,
        /// One sentence.
        trouble: Option<String>,
    },
    /// A setting was kept, or why it could not be.
    PreferenceSaved(Option<String>),
    /// What is on record of a program.
    HistoryLoaded(Box<LoadedHistory>),
}

/// What is on record of a program from a time on, or why it could not be read.
#[derive(Debug, Clone, PartialEq)]
pub struct LoadedHistory {
    /// The program's id.
    pub program: String,
    /// From when on.
    pub since: Timestamp,
    /// What was read.
    pub read: Result<ProgramHistory, String>,
}

/// What is on record of a program from a time on.
#[derive(Debug, Clone, PartialEq)]
pub struct ProgramHistory {
    /// Its sessions, the oldest first.
    pub histories: Vec<SessionHistory>,
    /// The texts they were played from.
    pub texts: Vec<TextRecord>,
    /// The day of the first session of all.
    pub first: Option<Date>,
}

/// What the program tells the patient by sound.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Alert {
    /// Which tone.
    pub kind: AlertKind,
    /// In a word or two, in English, for logs and commands.
    pub text: String,
    /// What a voice says with it; empty for nothing.
    pub speech: String,
    /// The language of the speech, BCP 47.
    pub language: String,
    /// The instant it was due.
    pub at: Instant,
}

/// The kinds of alert.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[allow(missing_docs, reason = "each is named for its occasion")]
pub enum AlertKind {
    GetReady,
    Start,
    /// A part of a repetition: down, or back.
    Lower,
    /// A part of a repetition: up, or out.
    Lift,
    /// A part of a repetition: the pause.
    Still,
    HalfWay,
    /// Said, and without a tone.
    FiveSeconds,
    LastSeconds,
    Release,
    SwitchSide,
    Rest,
    ExerciseDone,
    SessionDone,
    PainStop,
    /// Something is asked, and the session waits.
    Question,
    /// The session stands still, and not because the patient wanted it.
    Paused,
    /// A trial of the sound.
    Trial,
}

impl AlertKind {
    /// All kinds.
    pub const ALL: [Self; 17] = [
        Self::GetReady,
        Self::Start,
        Self::Lower,
        Self::Lift,
        Self::Still,
        Self::HalfWay,
        Self::FiveSeconds,
        Self::LastSeconds,
        Self::Release,
        Self::SwitchSide,
        Self::Rest,
        Self::ExerciseDone,
        Self::SessionDone,
        Self::PainStop,
        Self::Question,
        Self::Paused,
        Self::Trial,
    ];

    /// Its name, for commands and files; it stays as it is.
    pub fn name(self) -> &'static str {
        match self {
            Self::GetReady => "get-ready",
            Self::Start => "start",
            Self::Lower => "lower",
            Self::Lift => "lift",
            Self::Still => "still",
            Self::HalfWay => "half-way",
            Self::FiveSeconds => "five-seconds",
            Self::LastSeconds => "last-seconds",
            Self::Release => "release",
            Self::SwitchSide => "switch-side",
            Self::Rest => "rest",
            Self::ExerciseDone => "exercise-done",
            Self::SessionDone => "session-done",
            Self::PainStop => "pain-stop",
            Self::Question => "question",
            Self::Paused => "paused",
            Self::Trial => "trial",
        }
    }

    /// Whether its words may be left out when something is being said: they come often, or matter
    /// for a moment only.
    pub fn gives_way(self) -> bool {
        matches!(
            self,
            Self::HalfWay
                | Self::FiveSeconds
                | Self::Lower
                | Self::Lift
                | Self::Still
                | Self::Release
        )
    }

    /// Whether the terminal's bell stands in for its tone: what somebody must act on.
    pub fn rings(self) -> bool {
        !matches!(
            self,
            Self::ExerciseDone
                | Self::HalfWay
                | Self::FiveSeconds
                | Self::Lower
                | Self::Lift
                | Self::Still
        )
    }
}

/// A pop-up. A later one takes the place of the one before.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DesktopNotification {
    /// In a few words.
    pub title: String,
    /// In a sentence.
    pub text: String,
}
