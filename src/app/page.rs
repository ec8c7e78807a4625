//! What a screen shows, as plain data. The app builds a [`Page`]; the renderers in `view` read it
//! and nothing else of the app, so what the cells show, the lines say.

pub mod progress;
mod session;

use std::sync::Arc;
use std::time::Duration;

use crate::events::Key;
use crate::figure::FigureSide;
use crate::figure::motion::Motion;

use self::progress::{DetailPage, ProgressPage};
pub use self::session::{BigNumber, NumberKind, SessionClock, SessionPage, StepPage, StepRole};

/// Everything that is shown at one moment.
#[derive(Debug, Clone)]
pub struct Page {
    /// The screen.
    pub screen: ScreenPage,
    /// What covers it.
    pub overlay: Option<OverlayPage>,
    /// Sentences that are shown on every screen: what is wrong with the records, then the answer to
    /// the last key.
    pub messages: Vec<String>,
    /// The keys that do something here, the most important first.
    pub keys: Vec<KeyHint>,
    /// Whether the screen flashes now, in place of a tone that can't be heard.
    pub flash: bool,
}

impl Page {
    /// Returns the figure on the screen.
    pub fn figure(&self) -> Option<&FigureFrame> {
        match &self.screen {
            ScreenPage::Program(page) => page.illustration.figure.as_ref(),
            ScreenPage::Session(page) => page.step.as_ref()?.illustration.figure.as_ref(),
            ScreenPage::FigureViewer(page) => page.figure.as_ref(),
            _ => None,
        }
    }
}

/// The screen below any overlay.
#[expect(clippy::large_enum_variant, reason = "a page lives for one frame")]
#[derive(Debug, Clone)]
pub enum ScreenPage {
    /// The first page.
    Today(TodayPage),
    /// One program before it is started.
    Program(ProgramPage),
    /// A file with mistakes.
    Invalid(InvalidPage),
    /// A question before, in or after a session.
    Question(QuestionPage),
    /// A session being played.
    Session(SessionPage),
    /// What was done in a session.
    Summary(SummaryPage),
    /// The settings.
    Settings(SettingsPage),
    /// What was done against what was prescribed.
    Progress(ProgressPage),
    /// A past session opened to be corrected.
    Detail(DetailPage),
    /// Figures alone.
    FigureViewer(FigureViewerPage),
}

/// What covers a screen until it is answered.
#[derive(Debug, Clone)]
pub enum OverlayPage {
    /// The keys of a screen, each with what it does.
    Help {
        /// The keys as they are written, and what they do.
        rows: Vec<(&'static str, &'static str)>,
        /// Rows scrolled past.
        scroll: u16,
    },
    /// When to stop and whom to call.
    StopSigns {
        /// The heading of the page.
        title: String,
        /// The stop signs, whom to call, what to keep in mind.
        sections: Vec<Section>,
        /// Rows scrolled past.
        scroll: u16,
    },
    /// What is wrong with a file that was just saved.
    Report {
        /// The heading of the report.
        title: &'static str,
        /// The lines, which keep their columns.
        lines: Vec<String>,
        /// Lines scrolled past.
        scroll: u16,
    },
    /// A question with lines to choose from.
    Menu(MenuPage),
}

/// A question with lines to choose from.
#[derive(Debug, Clone)]
pub struct MenuPage {
    /// The question.
    pub title: String,
    /// Paragraphs above the lines.
    pub text: Vec<String>,
    /// What the choice is for, of two; `None` where there is nothing to choose.
    pub scope: Option<MenuScope>,
    /// The lines.
    pub items: Vec<String>,
    /// The selected line, from 0; `None` while a choice by mistake would be recorded.
    pub selected: Option<usize>,
    /// Rows of the text scrolled past.
    pub scroll: u16,
}

/// How far a reason for skipping reaches.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum MenuScope {
    /// The set being done.
    Set,
    /// Everything that is left of the exercise.
    Exercise,
}

/// A key and what it does.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct KeyHint {
    /// How the key is written.
    pub label: &'static str,
    /// What it does, in a word or two.
    pub does: &'static str,
    /// The key that a click on the hint stands for.
    pub key: Option<Key>,
    /// Whether it opens the help, which names all other keys and so always has room.
    pub is_help: bool,
}

/// What a part of a page is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Purpose {
    /// When to stop.
    Stop,
    /// Whom to call.
    Contact,
    /// What to keep in mind.
    Precaution,
}

/// Texts below a heading.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Section {
    /// What it is for.
    pub purpose: Purpose,
    /// The beginning of each text; empty where the texts speak for themselves.
    pub heading: String,
    /// The texts, each a sentence of the therapist's.
    pub texts: Vec<String>,
}

/// The first page.
#[derive(Debug, Clone)]
pub struct TodayPage {
    /// The day, in words.
    pub date: String,
    /// Whether sessions run without keys.
    pub hands_free: bool,
    /// Sessions done and asked for this week; `None` where nothing is asked for.
    pub week: Option<String>,
    /// The programs.
    pub rows: Vec<TodayRow>,
    /// The selected program, from 0.
    pub selected: usize,
    /// What to do where there is no program.
    pub empty: Option<String>,
    /// The days of this week; `None` before the first session.
    pub days: Option<[(&'static str, DayMark); 7]>,
    /// Pain over the last 14 days: a bar each day, and the change in words.
    pub pain: Option<(String, String)>,
    /// What needs the patient's attention.
    pub notes: Vec<TodayNote>,
    /// What the samples are, where only they are listed.
    pub samples: Vec<String>,
}

/// A program in the list of the first page.
#[derive(Debug, Clone, PartialEq)]
pub struct TodayRow {
    /// The program's title, or the name of a file with mistakes.
    pub title: String,
    /// Whether it is due, in a word or two.
    pub due: String,
    /// Whether it is to be done today.
    pub is_due: bool,
    /// Whether today's session is done.
    pub is_done: bool,
    /// Exercises, minutes, phase; of a file with mistakes the first one.
    pub detail: String,
    /// Whether it can't be played.
    pub is_broken: bool,
    /// Whether a session of it was left unfinished.
    pub is_unfinished: bool,
}

/// A day in a row of days.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DayMark {
    /// This many sessions were finished.
    Done(u8),
    /// A session was begun and not finished.
    Begun,
    /// No session.
    Missed,
    /// The day hasn't come, or nothing is shown of it.
    Blank,
}

impl DayMark {
    /// Returns the day in a word.
    pub fn word(self) -> &'static str {
        match self {
            Self::Done(_) => "done",
            Self::Begun => "begun",
            Self::Missed => "none",
            Self::Blank => "to come",
        }
    }

    /// Returns the symbol of the day; colors only repeat what it says.
    pub fn symbol(self) -> &'static str {
        match self {
            Self::Done(_) => "●",
            Self::Begun => "◐",
            Self::Missed => "○",
            Self::Blank => "·",
        }
    }
}

/// A note on the first page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TodayNote {
    /// How it stands out.
    pub kind: NoteKind,
    /// What it says.
    pub text: String,
    /// What to press.
    pub hint: Option<&'static str>,
}

/// How a note stands out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NoteKind {
    /// A stop sign or an unfinished session.
    Warning,
    /// A step that is open.
    Offer,
    /// Anything else.
    Plain,
}

/// One program before it is started.
#[derive(Debug, Clone)]
pub struct ProgramPage {
    /// Its title.
    pub title: String,
    /// Whom to call.
    pub contact: Option<String>,
    /// How often, how long, which phase.
    pub schedule: String,
    /// What it is for.
    pub summary: Option<String>,
    /// Its exercises.
    pub exercises: Vec<ExerciseRow>,
    /// The selected exercise, from 0.
    pub selected: usize,
    /// Stop signs, and precautions before the first session.
    pub safety: Vec<Section>,
    /// How the selected exercise is done.
    pub card: Option<ExerciseCard>,
    /// What shows it.
    pub illustration: IllustrationSource,
}

/// An exercise in the list of a program.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ExerciseRow {
    /// Its name.
    pub name: String,
    /// Its dose in words.
    pub dose: String,
    /// Its length in minutes, at least one.
    pub minutes: u64,
}

/// How an exercise is done.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ExerciseCard {
    /// Its name.
    pub name: String,
    /// Its instructions, in order.
    pub instructions: Vec<String>,
    /// Short sentences for the work itself.
    pub cues: Vec<String>,
    /// Cautions first, then mistakes, ways to make it easier or harder, muscles, equipment.
    pub notes: Vec<String>,
}

/// What shows an exercise: the therapist's picture, or else a figure.
#[derive(Debug, Clone, Default)]
pub struct IllustrationSource {
    /// A picture beside the program's file, where it can be read.
    pub picture: Option<PictureName>,
    /// The figure at this moment.
    pub figure: Option<FigureFrame>,
}

/// A picture by its program's file and its name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PictureName {
    /// The path of the program.
    pub program: String,
    /// The name as the program has it.
    pub name: String,
}

/// A figure at one moment.
#[derive(Debug, Clone)]
pub struct FigureFrame {
    /// The movement.
    pub motion: Arc<Motion>,
    /// The side that works.
    pub side: FigureSide,
    /// What is shown of it.
    pub scene: Scene,
    /// The muscles that are lit, as a patient calls them.
    pub muscles: Vec<String>,
    /// After what time it looks different by itself; `None` where it stays as it is.
    pub changes_in: Option<Duration>,
}

/// What is shown of a figure.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Scene {
    /// The figure at one place of its movement.
    At {
        /// The place, in poses of its cycle.
        at: f32,
        /// Whether it moves, or will move, forward; `None` where it stays.
        forward: Option<bool>,
    },
    /// Start and end side by side.
    Ends,
    /// The common mistake.
    Wrong,
}

/// A file with mistakes.
#[derive(Debug, Clone)]
pub struct InvalidPage {
    /// Which file can't be played.
    pub title: String,
    /// What to do about it.
    pub hint: &'static str,
    /// The report, whose lines keep their columns.
    pub lines: Vec<String>,
    /// Lines scrolled past.
    pub scroll: u16,
}

/// A question before, in or after a session.
#[derive(Debug, Clone)]
pub struct QuestionPage {
    /// When it is asked.
    pub heading: &'static str,
    /// The program that it is about.
    pub program: String,
    /// The question.
    pub question: String,
    /// How it is answered.
    pub field: AnswerField,
    /// What to press.
    pub hint: &'static str,
}

/// How a question is answered.
#[derive(Debug, Clone)]
pub enum AnswerField {
    /// By a number from 0 to 10.
    Scale {
        /// What 0 means.
        low: &'static str,
        /// What 10 means.
        high: &'static str,
        /// The selected number.
        value: Option<u8>,
        /// What the therapist says to it.
        answer: Option<Answer>,
    },
    /// By words, as far as they are typed.
    Text(String),
}

/// What is said to a number of pain or exertion.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Answer {
    /// The number, with the therapist's word for it.
    pub heading: String,
    /// What the therapist says.
    pub advice: Option<String>,
    /// Whom to call, where the session should stop.
    pub contact: Option<String>,
}

/// What was done in a session.
#[derive(Debug, Clone)]
pub struct SummaryPage {
    /// How it ended.
    pub heading: &'static str,
    /// The stop sign that was reported in it.
    pub sign: Option<String>,
    /// The program, and how many sets were done.
    pub total: String,
    /// Pain and exertion.
    pub ratings: Option<String>,
    /// The patient's words.
    pub note: Option<String>,
    /// One side of one exercise each.
    pub rows: Vec<SummaryRow>,
    /// Rows scrolled past.
    pub scroll: u16,
    /// Where it was saved, or that it was not.
    pub saved: String,
}

/// One side of one exercise in a summary.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SummaryRow {
    /// The exercise, with the side.
    pub name: String,
    /// What was prescribed, in words.
    pub prescribed: String,
    /// What was done, in words, with the reason where it was less.
    pub done: String,
    /// Whether all of it was done.
    pub complete: bool,
}

/// The settings.
#[derive(Debug, Clone)]
pub struct SettingsPage {
    /// The file that they are in.
    pub place: String,
    /// The settings, and the sound test.
    pub rows: Vec<SettingRow>,
    /// The selected row, from 0.
    pub selected: usize,
}

/// A setting.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SettingRow {
    /// Its name.
    pub name: String,
    /// Its value.
    pub value: String,
    /// What it does.
    pub meaning: String,
}

/// Figures alone.
#[derive(Debug, Clone)]
pub struct FigureViewerPage {
    /// The figure's name.
    pub name: String,
    /// Which figure of how many.
    pub place: Option<String>,
    /// The side that works, and the pose that is held still.
    pub pose: Option<String>,
    /// What is wrong with the figure or its file.
    pub remarks: Vec<String>,
    /// Whether the remarks are a report, whose lines keep their columns.
    pub is_report: bool,
    /// The figure.
    pub figure: Option<FigureFrame>,
    /// Columns and rows it should have; as much as there is room where `None`.
    pub panel: Option<(u16, u16)>,
}
