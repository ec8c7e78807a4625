//! The program as a value: what is on the screen, and how it changes with what comes in. Inputs in,
//! effects out; no clock, no file, no terminal. Knows nothing of how it is drawn.

pub mod alerts;
pub mod check_in;
pub mod figure_viewer;
pub mod figures;
pub mod keymap;
mod lines;
pub mod page;
pub mod playing;
pub mod preview;
pub mod program;
pub mod progress;
mod progress_page;
pub mod safety;
mod session_page;
pub mod settings;
pub mod signs;
pub mod steps;
pub mod summary;
pub mod today;

use std::sync::{Arc, OnceLock};
use std::time::Duration;

use jiff::civil::Date;
use jiff::{SignedDuration, Timestamp, ToSpan};

use crate::day::DAY_BEGINS;
use crate::diagnostic::Diagnostic;
use crate::events::{Input, Instant, Key, Moment};
use crate::preferences::{self, Preferences};
use crate::prescription::{self, HistoryView};
use crate::program::Program;
use crate::program::library::SampleHead;
use crate::program::parse::{Parsed, parse};
use crate::record::{
    ChoiceRecord, IdSource, Record, RecordId, SessionHistory, StopSign, TextRecord,
};
use crate::reminder::ReminderMemory;
use crate::source::Source;
use crate::timeline::{PrescribedExercise, Timeline};

pub use self::alerts::{Alert, AlertKind, DesktopNotification};
use self::check_in::CheckIn;
use self::keymap::{Action, Context};
use self::page::{KeyHint, MenuPage, MenuScope, OverlayPage, Page, ScreenPage};
use self::playing::Session;

/// A step that is reached this much late was slept over.
const SLEPT: Duration = Duration::from_secs(10);
/// How long a notice stands at least.
const READ_WITHIN: Duration = Duration::from_secs(8);
/// The second digit of a line's number comes within this time; else it is another number.
const SECOND_DIGIT: Duration = Duration::from_millis(1500);
/// More rows than the text above a choice ever has.
const MOST_TEXT: u16 = 60;
/// A wall clock that runs ahead of the other by this much means that the machine slept.
const CLOCKS_APART: SignedDuration = SignedDuration::from_secs(5);

/// A program as it is listed: one that can be played, or one with mistakes. A built-in sample is
/// read when more than its line in the list is asked for.
#[derive(Debug, Clone)]
pub struct ProgramEntry {
    /// The name of its file.
    pub file: String,
    /// The path of its file; of a sample its name.
    pub path: String,
    /// The exact text.
    pub text: Arc<str>,
    /// What is known of a sample before it is read: its id, and its line in the list.
    pub head: Option<(&'static str, SampleHead)>,
    content: OnceLock<Result<LoadedProgram, Box<InvalidProgram>>>,
}

impl ProgramEntry {
    /// A file that has been read.
    pub fn new(parsed: Parsed) -> Self {
        let entry = Self {
            file: parsed.source.short_name(),
            path: parsed.source.name().to_owned(),
            text: parsed.source.text().into(),
            head: None,
            content: OnceLock::new(),
        };
        let _ = entry.content.set(Self::content_of(parsed));
        entry
    }

    /// A built-in sample, unread.
    pub fn sample(id: &'static str, text: &'static str, head: SampleHead) -> Self {
        let file = format!("{id}.yaml");
        Self {
            path: file.clone(),
            file,
            text: text.into(),
            head: Some((id, head)),
            content: OnceLock::new(),
        }
    }

    fn content_of(parsed: Parsed) -> Result<LoadedProgram, Box<InvalidProgram>> {
        let first = parsed.first_error().map(|first| {
            let place = parsed.source.place(first.span.start);
            format!(
                "line {}, column {}: {}",
                place.line, place.column, first.message
            )
        });
        let Parsed {
            source,
            program,
            diagnostics,
            ..
        } = parsed;
        match program {
            Some(program) => Ok(LoadedProgram::new(program)),
            None => Err(Box::new(InvalidProgram {
                first: first.unwrap_or_default(),
                source,
                diagnostics,
            })),
        }
    }

    /// Its text as it goes on record.
    pub fn text_record(&self) -> TextRecord {
        TextRecord {
            hash: playing::hash(&self.text),
            name: self.file.clone(),
            text: self.text.to_string(),
        }
    }

    /// What it says.
    pub fn content(&self) -> &Result<LoadedProgram, Box<InvalidProgram>> {
        self.content.get_or_init(|| {
            Self::content_of(parse(Source::new(self.file.clone(), self.text.to_string())))
        })
    }

    /// The program, where it can be played.
    pub fn program(&self) -> Option<&Arc<Program>> {
        self.content().as_ref().ok().map(|loaded| &loaded.program)
    }

    /// The id that records hang on, where it can be played.
    pub fn id(&self) -> Option<&str> {
        self.head
            .map(|(id, _)| id)
            .or_else(|| self.program().map(|program| program.id.as_str()))
    }

    /// What it is called in the list.
    pub fn title(&self) -> &str {
        match self.head {
            Some((_, head)) => head.title,
            None => self.program().map_or(&self.file, |program| &program.title),
        }
    }
}

/// A program that can be played, with what is shown of it in a list.
#[derive(Debug, Clone)]
pub struct LoadedProgram {
    /// The program.
    pub program: Arc<Program>,
    /// The reckoned length of a session of each phase.
    pub lengths: Vec<Duration>,
}

impl LoadedProgram {
    /// The reckoned length of a session of a phase after the steps of its progression that were
    /// taken.
    pub fn length_after(&self, phase: usize, steps: &[usize]) -> Duration {
        if steps.iter().any(|taken| *taken > 0) {
            return prescription::length(&self.program, phase, steps);
        }
        self.lengths.get(phase).copied().unwrap_or_default()
    }

    /// A program, its lengths reckoned.
    pub fn new(program: Program) -> Self {
        let lengths = program
            .phases
            .iter()
            .map(|phase| Timeline::of(&phase.exercises).length())
            .collect();
        Self {
            program: Arc::new(program),
            lengths,
        }
    }
}

/// A program that cannot be played.
#[derive(Debug, Clone)]
pub struct InvalidProgram {
    /// The first mistake, on one line with its place.
    pub first: String,
    /// The text.
    pub source: Source,
    /// All mistakes.
    pub diagnostics: Vec<Diagnostic>,
}

/// What is shown.
#[derive(Debug, Clone)]
pub enum Screen {
    /// The list of programs.
    Today,
    /// One program, before it is started.
    Program(program::ProgramScreen),
    /// A program with mistakes: its place in the list, the lines of its report, how far they are
    /// scrolled.
    Problem(usize, Vec<String>, u16),
    /// Questions before, in or after a session.
    CheckIn(CheckIn),
    /// A session.
    Playing,
    /// What was done, and how far it is scrolled.
    Summary(u16),
    /// The settings, and which one is marked.
    Settings(usize),
    /// What was done against what was prescribed.
    Progress(Box<progress::ProgressScreen>),
    /// Figures alone.
    Gallery(Box<figure_viewer::FigureViewer>),
}

/// What lies over the screen until it is answered.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Overlay {
    /// All keys of the place below, and how far the page is scrolled.
    Help(Context, u16),
    /// When to stop and whom to call, and how far the page is scrolled.
    StopSigns(u16),
    /// What is wrong with the file that was saved, and how far the page is scrolled.
    Report(Vec<String>, u16),
    /// A choice.
    Menu(Menu),
}

/// A short list to choose from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Menu {
    /// What it is about.
    pub kind: MenuKind,
    /// The question.
    pub title: String,
    /// More to read, above the lines.
    pub text: Vec<String>,
    /// The lines to choose from.
    pub lines: Vec<String>,
    /// The marked line, from 0; none where nothing may be chosen by mistake.
    pub marked: Option<usize>,
    /// Of two scopes, whether the second is meant; none where there is no scope to choose.
    pub wide: Option<bool>,
    /// How far the text is scrolled where it has no room.
    pub scroll: u16,
    /// What has been typed of the number of a line, where the lines have two digits, and when.
    typed: Option<(usize, Instant)>,
}

/// What a menu decides.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum MenuKind {
    /// Why a set or an exercise is left out.
    Skip,
    /// How to stop.
    Stop,
    /// What to do after a pain band that says stop.
    PainStop,
    /// Whether an unfinished session is given up.
    Discard,
    /// What comes next of a program.
    Steps,
    /// Whether a step is taken.
    Offer,
    /// On which day a session was done without the program.
    ByHand,
    /// Whether a session is struck.
    Strike,
    /// Which of the stop signs the patient has.
    Sign,
    /// What to do after a stop sign was reported.
    SignStop,
    /// Whether a stop sign was cleared up with the therapist.
    SignCleared,
    /// Whether a session is started although a stop sign is not cleared up.
    SignOpen(check_in::After),
}

impl MenuKind {
    /// Returns whether the menu is left by one of its lines only: what says stop is answered, one
    /// way or the other.
    fn must_be_answered(self) -> bool {
        matches!(self, Self::PainStop | Self::SignStop)
    }
}

impl Menu {
    /// A question without lines yet, the first one of them marked.
    fn new(kind: MenuKind, title: String) -> Self {
        Self {
            kind,
            title,
            text: Vec::new(),
            lines: Vec::new(),
            marked: Some(0),
            wide: None,
            scroll: 0,
            typed: None,
        }
    }
}

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
    SavePreference(Box<Preferences>, preferences::SettingKey),
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

/// Where things are on this machine, in words fit to be shown.
#[derive(Debug, Clone, Default)]
pub struct Paths {
    /// The folder of the patient's programs.
    pub programs: String,
    /// The database.
    pub database: String,
    /// The file of settings.
    pub settings: String,
}

/// What the program begins with.
#[derive(Debug)]
pub struct Startup {
    /// The programs to list.
    pub programs: Vec<ProgramEntry>,
    /// Whether they are the built-in samples.
    pub samples: bool,
    /// The sessions on record.
    pub histories: Vec<SessionHistory>,
    /// What the patient chose of phases and steps.
    pub choices: Vec<ChoiceRecord>,
    /// The stop signs that the patient reported.
    pub signs: Vec<StopSign>,
    /// What is wrong with the database, if anything.
    pub trouble: Option<String>,
    /// Something to say at the start.
    pub notice: Option<String>,
    /// Where things are.
    pub paths: Paths,
    /// The patient's settings.
    pub preferences: Preferences,
    /// Gives the ids of rows.
    pub ids: IdSource,
    /// Now.
    pub now: Moment,
}

impl Startup {
    /// With these programs and settings, and no records before it: for what keeps nothing.
    pub fn apart(
        programs: Vec<ProgramEntry>,
        preferences: Preferences,
        notice: Option<String>,
        run: &str,
        now: Moment,
    ) -> Self {
        Self {
            programs,
            samples: false,
            histories: Vec::new(),
            choices: Vec::new(),
            signs: Vec::new(),
            trouble: None,
            notice,
            paths: Paths::default(),
            preferences,
            ids: IdSource::new(run.to_owned()),
            now,
        }
    }
}

/// The program.
#[derive(Debug)]
pub struct App {
    /// The programs in the list.
    pub programs: Vec<ProgramEntry>,
    /// Whether they are the built-in samples.
    pub samples: bool,
    /// The sessions on record, the one at hand not among them.
    pub histories: Vec<SessionHistory>,
    /// What the patient chose of phases and steps, the oldest first.
    pub choices: Vec<ChoiceRecord>,
    /// The stop signs that the patient has: not cleared up, and under the text that the therapist's
    /// file has now.
    pub signs: Vec<StopSign>,
    /// All stop signs that were ever reported, for the page of progress.
    all_signs: Vec<StopSign>,
    /// The marked program.
    pub marked: usize,
    /// What is shown.
    pub screen: Screen,
    /// What lies over it, the topmost last.
    pub overlays: Vec<Overlay>,
    /// The session at hand.
    pub session: Option<Session>,
    /// Whether sounds are off.
    pub muted: bool,
    /// The patient's settings.
    pub preferences: Preferences,
    /// Whether sessions run without keys.
    pub hands_free: bool,
    /// Whether it is known that this machine plays no tones.
    pub soundless: bool,
    /// Until when the screen flashes.
    pub flash_until: Option<Instant>,
    /// Whether the terminal is in front, as far as it says.
    pub focused: bool,
    /// What is wrong with the database.
    pub trouble: Option<String>,
    /// Something to say until the next key.
    pub notice: Option<String>,
    /// Where things are.
    pub paths: Paths,
    /// In a preview, how many times as fast time passes.
    pub pace: Option<u16>,
    ids: IdSource,
    seen: Moment,
    deadline: Option<Instant>,
    /// Whether the machine is kept awake.
    awake: bool,
    /// When the program was opened; what was due before, its first page shows.
    opened: jiff::civil::DateTime,
    /// What was reminded of since.
    reminded: ReminderMemory,
    /// The last thing that was to be heard, should it turn out that it was not.
    last_alert: Option<AlertKind>,
    /// What is said, and since when.
    noticed: Option<(String, Instant)>,
    /// The lines of the page of next steps.
    ways: Vec<steps::ProgressionChoice>,
    /// The steps that the patient is asked about.
    offering: Option<steps::Offering>,
    /// The program whose next steps are to be shown once its records are read.
    steps_wanted: Option<String>,
    /// The sessions of which the next morning's pain was asked for in this run, and those that are
    /// still to be asked for.
    mornings: Mornings,
    effects: Vec<Effect>,
}

/// Whose next morning is asked for.
#[derive(Debug, Default)]
struct Mornings {
    asked: Vec<RecordId>,
    /// What the question came before.
    then: Option<check_in::After>,
    /// Whether the patient has already said to start in spite of an open stop sign.
    past_sign: bool,
}

impl App {
    /// The program at its first page.
    pub fn new(startup: Startup) -> Self {
        let Startup {
            programs,
            samples,
            histories,
            choices,
            signs,
            trouble,
            notice,
            paths,
            preferences,
            ids,
            now,
        } = startup;
        let (signs, all_signs) = (signs::open(&signs, &programs), signs);
        let mut app = Self {
            programs,
            samples,
            histories,
            choices,
            signs,
            all_signs,
            marked: 0,
            screen: Screen::Today,
            overlays: Vec::new(),
            session: None,
            muted: false,
            hands_free: preferences.hands_free,
            preferences,
            soundless: false,
            flash_until: None,
            focused: true,
            trouble,
            notice,
            paths,
            pace: None,
            ids,
            opened: now.wall.datetime(),
            reminded: ReminderMemory::default(),
            seen: now,
            deadline: None,
            awake: false,
            last_alert: None,
            noticed: None,
            ways: Vec::new(),
            offering: None,
            steps_wanted: None,
            mornings: Mornings::default(),
            effects: Vec::new(),
        };
        app.mark_first();
        app.ask_mornings(None);
        app
    }

    /// Goes straight into a session of a program, as if it had been chosen from the list.
    pub fn open(&mut self, index: usize, phase: Option<usize>) -> Vec<Effect> {
        self.marked = index.min(self.programs.len().saturating_sub(1));
        let now = self.seen.clone();
        if matches!(self.screen, Screen::CheckIn(_)) {
            // What is asked first is asked first.
            self.mornings.then = Some(check_in::After::Begin(phase));
        } else {
            self.begin(phase, &now);
        }
        std::mem::take(&mut self.effects)
    }

    /// The program of the session at hand, or of the page that is shown.
    pub fn program_at_hand(&self) -> Option<&Program> {
        if let Some(session) = &self.session {
            return Some(&session.program);
        }
        let index = match &self.screen {
            Screen::Program(page) => page.index,
            Screen::Progress(page) => page.index,
            Screen::CheckIn(check_in) => return self.asking(check_in),
            Screen::Today => self.marked,
            _ => return None,
        };
        self.programs.get(index)?.program().map(AsRef::as_ref)
    }

    /// What is known of the past.
    pub fn past(&self) -> HistoryView<'_> {
        let week_begins = self.preferences.week_begins;
        HistoryView {
            histories: &self.histories,
            choices: &self.choices,
            signs: &self.signs,
            week_begins,
        }
    }

    /// The exercises of a phase with the doses that hold now.
    pub fn planned<'p>(&self, program: &'p Program, phase: usize) -> Vec<PrescribedExercise<'p>> {
        prescription::planned(
            program,
            phase,
            &prescription::steps(program, phase, &self.choices),
        )
    }

    /// Returns what is shown now.
    pub fn page(&self, now: &Moment) -> Page {
        Page {
            screen: self.screen_page(now),
            overlay: self
                .overlays
                .last()
                .map(|overlay| self.overlay_page(overlay)),
            messages: self.trouble.iter().chain(&self.notice).cloned().collect(),
            keys: self.key_hints(),
            flash: self.flash_until.is_some_and(|until| until > now.instant),
        }
    }

    fn screen_page(&self, now: &Moment) -> ScreenPage {
        let page = match &self.screen {
            Screen::Today => None,
            Screen::Program(page) => self.program_page(page, now).map(ScreenPage::Program),
            Screen::Problem(index, report, scroll) => {
                Some(self.invalid_page(*index, report, *scroll))
            }
            Screen::CheckIn(check_in) => self.question_page(check_in).map(ScreenPage::Question),
            Screen::Playing => self
                .session
                .as_ref()
                .map(|session| ScreenPage::Session(self.session_page(session, now))),
            Screen::Summary(scroll) => self
                .session
                .as_ref()
                .map(|session| ScreenPage::Summary(self.summary_page(session, *scroll))),
            Screen::Settings(marked) => Some(ScreenPage::Settings(self.settings_page(*marked))),
            Screen::Progress(page) => self.progress_page(page),
            Screen::Gallery(viewer) => Some(ScreenPage::FigureViewer(viewer.page(now.instant))),
        };
        page.unwrap_or_else(|| ScreenPage::Today(self.today_page(now)))
    }

    fn overlay_page(&self, overlay: &Overlay) -> OverlayPage {
        match overlay {
            Overlay::Help(context, scroll) => OverlayPage::Help {
                rows: keymap::help(*context).collect(),
                scroll: *scroll,
            },
            Overlay::StopSigns(scroll) => {
                let sections = safety::stop_signs(self);
                // Where only numbers of pain are named, the page itself says what they are for.
                let named = sections
                    .iter()
                    .any(|section| section.heading == safety::STOP);
                OverlayPage::StopSigns {
                    title: if named { "Stop signs" } else { safety::STOP }.to_owned(),
                    sections,
                    scroll: *scroll,
                }
            }
            Overlay::Report(lines, scroll) => OverlayPage::Report {
                title: "The file has mistakes; this is the last good one.",
                lines: lines.clone(),
                scroll: *scroll,
            },
            Overlay::Menu(menu) => OverlayPage::Menu(MenuPage {
                title: menu.title.clone(),
                text: menu.text.clone(),
                scope: menu.wide.map(|wide| {
                    if wide {
                        MenuScope::Exercise
                    } else {
                        MenuScope::Set
                    }
                }),
                items: menu.lines.clone(),
                selected: menu.marked,
                scroll: menu.scroll,
            }),
        }
    }

    /// Returns the keys that do something here.
    fn key_hints(&self) -> Vec<KeyHint> {
        keymap::footer(self.context())
            .filter(|binding| self.offers(binding.action))
            .map(|binding| KeyHint {
                label: binding.label,
                does: binding.short,
                key: keymap::key_of(binding),
                is_help: binding.action == Action::Help,
            })
            .collect()
    }

    /// Where the patient is, as far as keys are concerned.
    pub fn context(&self) -> Context {
        match self.overlays.last() {
            Some(Overlay::StopSigns(_)) => return Context::Signs,
            Some(Overlay::Help(..) | Overlay::Report(..)) => return Context::Reading,
            Some(Overlay::Menu(_)) => return Context::Menu,
            None => {}
        }
        self.context_below()
    }

    /// Returns whether the foot of the screen names a key: one that would only say why it does
    /// nothing is left out.
    pub fn offers(&self, action: Action) -> bool {
        match (self.overlays.last(), action) {
            (Some(Overlay::StopSigns(_)), Action::Cleared) => self
                .program_at_hand()
                .is_some_and(|program| self.open_sign(program).is_some()),
            (Some(Overlay::Menu(menu)), Action::Cancel) => !menu.kind.must_be_answered(),
            _ => true,
        }
    }

    /// Where the patient is, whatever lies over the screen.
    fn context_below(&self) -> Context {
        match &self.screen {
            Screen::Today => Context::Today,
            Screen::Program(_) => Context::Program,
            Screen::Problem(..) => Context::Problem,
            Screen::CheckIn(check_in) => check_in.context(),
            Screen::Playing => self
                .session
                .as_ref()
                .map_or(Context::Today, Session::context),
            Screen::Summary(_) => Context::Summary,
            Screen::Settings(_) => Context::Settings,
            Screen::Progress(page) => page.context(),
            Screen::Gallery(_) => Context::Gallery,
        }
    }

    /// When the picture next changes by itself; none while it waits for the patient. A figure
    /// counts where it can be seen.
    pub fn next_change(&mut self, now: &Moment, figure_seen: bool) -> Option<Instant> {
        let change = match &self.screen {
            Screen::Playing => {
                let change = self
                    .session
                    .as_ref()
                    .and_then(|session| session.next_change(now.instant));
                let over = self.test_over();
                change.into_iter().chain(over).min()
            }
            // The list is another one tomorrow.
            Screen::Today => {
                let tomorrow = now.day().checked_add(1.day()).ok();
                let begins = tomorrow.map(|day| {
                    day.at(DAY_BEGINS, 0, 0, 0)
                        .to_zoned(now.wall.time_zone().clone())
                });
                let begins = begins.and_then(Result::ok).map(|begins| begins.timestamp());
                let until = |next: Timestamp| {
                    Duration::try_from(next.duration_since(now.wall.timestamp())).ok()
                };
                let next = begins.into_iter().chain(self.next_reminder(now)).min();
                next.and_then(until).map(|until| now.instant + until)
            }
            _ => None,
        };
        let frame = if figure_seen {
            self.next_frame(now)
        } else {
            None
        };
        self.deadline = change
            .into_iter()
            .chain(self.flash_until)
            .chain(frame)
            .min();
        self.deadline
    }

    /// Takes what comes in, and says what is to be done outside.
    pub fn update(&mut self, message: Message, now: &Moment) -> Vec<Effect> {
        self.flash_until = self.flash_until.filter(|until| *until > now.instant);
        match message {
            Message::Saved { ids, kept, trouble } => {
                self.trouble = trouble;
                if let Some(session) = &mut self.session {
                    session.stored(&ids, kept);
                }
            }
            Message::HistoryLoaded(lookup) => self.found(*lookup, now),
            Message::PreferenceSaved(trouble) => self.notice = trouble.or(self.notice.take()),
            Message::Input(input) => {
                if input == Input::Continued {
                    // While the process was stopped nobody was led through anything.
                    let seen = self.seen.clone();
                    self.hold_session("The program was put aside. The session is paused.", &seen);
                }
                self.watch_for_sleep(now);
                self.advance(now);
                self.end_test(now);
                self.tell_due(now);
                self.input(input, now);
                self.seen = now.clone();
            }
        }
        self.watch_over_sleep();
        self.age_notice(now);
        // What is heard waits for no disk, and what is to be saved is saved before anything ends.
        self.effects.sort_by_key(|effect| match effect {
            Effect::Save(_) => 1,
            Effect::LoadHistory { .. } => 2,
            Effect::Suspend | Effect::Quit => 3,
            _ => 0,
        });
        std::mem::take(&mut self.effects)
    }

    /// Remembers since when something is said.
    fn age_notice(&mut self, now: &Moment) {
        if self.noticed.as_ref().map(|(notice, _)| notice) != self.notice.as_ref() {
            self.noticed = self.notice.clone().map(|notice| (notice, now.instant));
        }
    }

    /// What was said long ago makes room: where no key is pressed nothing else takes it away.
    fn drop_old_notice(&mut self, now: &Moment) {
        if self
            .noticed
            .as_ref()
            .is_some_and(|(_, since)| now.instant - *since > READ_WITHIN)
        {
            self.notice = None;
        }
    }

    /// The machine is kept awake while a session runs, and only then; one that waits for the
    /// patient runs, but not put aside.
    fn watch_over_sleep(&mut self) {
        let running = matches!(self.screen, Screen::Playing)
            && !self.effects.contains(&Effect::Suspend)
            && self.session.as_ref().is_some_and(Session::is_running)
            && self.preferences.stay_awake
            && self.pace.is_none();
        if running != std::mem::replace(&mut self.awake, running) {
            self.effects.push(Effect::StayAwake(running));
        }
    }

    /// Something of this machine cannot be heard; it is said once, and what was missed is given
    /// again by other means.
    fn unheard(&mut self, missing: String, tones: bool, now: &Moment) {
        self.notice = Some(missing);
        if tones
            && !std::mem::replace(&mut self.soundless, true)
            && let Some(kind) = self.last_alert.take()
        {
            self.flash(kind, now.instant);
            self.effects.push(Effect::Bell(kind));
        }
    }

    fn input(&mut self, input: Input, now: &Moment) {
        match input {
            Input::Key(key) => self.key(key, now),
            Input::Line(line) => self.line(&line, now),
            Input::Hangup => self.interrupt(now),
            Input::SourceChanged(parsed) => self.source_changed(*parsed, now),
            Input::Focus(focused) => self.focused = focused,
            Input::Missing { what, tones } => self.unheard(what, tones, now),
            Input::Time | Input::Click(..) | Input::Redraw | Input::Continued => {}
        }
    }

    fn key(&mut self, key: Key, now: &Moment) {
        let context = self.context();
        let action = keymap::lookup(context, key);
        // Without keys, who stops a test finds any key.
        let own = matches!(
            action,
            Some(
                Action::Stop
                    | Action::StopSigns
                    | Action::Interrupt
                    | Action::Suspend
                    | Action::Digit(_)
            )
        );
        let any_key = self.hands_free && self.is_testing() && !own;
        if let Some(session) = &mut self.session {
            session.touched = now.instant;
        }
        let Some(action) = (if any_key { Some(Action::Done) } else { action }) else {
            return;
        };
        self.notice = None;
        match action {
            Action::Interrupt => self.interrupt(now),
            Action::Suspend => {
                self.effects.push(Effect::StopSpeech);
                self.hold_session("The program was put aside. The session is paused.", now);
                self.effects.push(Effect::Suspend);
            }
            Action::Help => self.push_overlay(Overlay::Help(self.context_below(), 0), now),
            Action::StopSigns => self.push_overlay(Overlay::StopSigns(0), now),
            Action::HandsFree => self.switch_hands_free(now),
            action => match context {
                Context::Menu => self.menu_action(action, now),
                Context::Signs if action == Action::HaveSign => self.ask_which_sign(),
                Context::Signs if action == Action::Cleared => self.ask_cleared(),
                Context::Reading | Context::Signs => self.reading_action(action, now),
                Context::Today => self.today_action(action, now),
                Context::Problem => self.problem_action(action),
                Context::Program => self.program_action(action, now),
                Context::Progress | Context::Sessions => self.progress_action(action, now),
                Context::Session | Context::Figure => self.session_action(action, now),
                Context::Note if matches!(self.screen, Screen::Progress(_)) => {
                    self.session_action(action, now);
                }
                Context::Scale | Context::Note => self.check_in_action(action, now),
                Context::Summary => self.summary_action(action),
                Context::Settings => self.settings_action(action, now),
                Context::Gallery => self.gallery_action(action, now),
                Context::Timed
                | Context::Waiting
                | Context::Counting
                | Context::Pausing
                | Context::Paused => {
                    self.playing_action(action, now);
                }
            },
        }
    }

    /// Puts something over the screen; a session below waits.
    fn push_overlay(&mut self, overlay: Overlay, now: &Moment) {
        if matches!(self.screen, Screen::Playing)
            && self.overlays.is_empty()
            && let Some(session) = &mut self.session
        {
            session.wait(now);
        }
        self.overlays.push(overlay);
    }

    /// Takes the topmost layer away; a session that waited for it goes on.
    fn pop_overlay(&mut self, now: &Moment) {
        self.overlays.pop();
        if matches!(self.screen, Screen::Playing)
            && self.overlays.is_empty()
            && let Some(session) = &mut self.session
        {
            session.go_on(now.instant);
        }
    }

    fn reading_action(&mut self, action: Action, now: &Moment) {
        /// More rows than any page has that lies over a screen.
        const LONGEST: usize = 400;
        match self.overlays.last_mut() {
            Some(
                Overlay::Help(_, scroll) | Overlay::StopSigns(scroll) | Overlay::Report(_, scroll),
            ) if !matches!(action, Action::Cancel | Action::Confirm) => {
                *scroll = today::scrolled(*scroll, action, LONGEST);
            }
            _ => {
                self.pop_overlay(now);
                self.stop_signs_read(action == Action::Confirm, now);
            }
        }
    }

    fn menu_action(&mut self, action: Action, now: &Moment) {
        let Some(Overlay::Menu(menu)) = self.overlays.last_mut() else {
            return;
        };
        let last = menu.lines.len().saturating_sub(1);
        let typed = menu
            .typed
            .take()
            .filter(|(_, at)| now.instant - *at < SECOND_DIGIT);
        match action {
            // Of a long list a digit may be the first of two: the line is only marked.
            Action::Digit(digit) if menu.lines.len() > 9 => {
                let known = 1..=menu.lines.len();
                let both = typed.map(|(first, _)| first * 10 + usize::from(digit));
                let number = both
                    .filter(|number| known.contains(number))
                    .unwrap_or(usize::from(digit));
                menu.typed = Some((number, now.instant));
                menu.marked = number
                    .checked_sub(1)
                    .filter(|line| *line <= last)
                    .or(menu.marked);
            }
            Action::Up => {
                menu.marked = Some(menu.marked.map_or(last, |marked| marked.saturating_sub(1)));
            }
            Action::Down => {
                menu.marked = Some(menu.marked.map_or(0, |marked| (marked + 1).min(last)));
            }
            Action::PageUp => menu.scroll = menu.scroll.saturating_sub(3),
            Action::PageDown => menu.scroll = menu.scroll.saturating_add(3).min(MOST_TEXT),
            Action::Lower | Action::Higher => menu.wide = menu.wide.map(|wide| !wide),
            Action::Digit(digit) if digit > 0 && usize::from(digit) <= menu.lines.len() => {
                menu.marked = Some(usize::from(digit) - 1);
                self.menu_chosen(now);
            }
            Action::Confirm if menu.marked.is_none() => {
                self.notice = Some("Choose a line first: ↑ ↓ or its number.".to_owned());
            }
            Action::Confirm => self.menu_chosen(now),
            // A band that says stop is answered, one way or the other.
            Action::Cancel if !menu.kind.must_be_answered() => {
                self.offer_left();
                self.pop_overlay(now);
            }
            Action::Cancel => {
                self.notice = Some("Choose one of the lines: ↑ ↓ or its number.".to_owned());
            }
            _ => {}
        }
    }

    fn menu_chosen(&mut self, now: &Moment) {
        let Some(Overlay::Menu(menu)) = self.overlays.pop() else {
            return;
        };
        let Some(line) = menu.marked else { return };
        match menu.kind {
            MenuKind::Skip => self.skip_chosen(&menu, now),
            MenuKind::Stop => self.stop_chosen(line, now),
            MenuKind::PainStop => self.pain_stop_chosen(line, now),
            MenuKind::Discard => self.discard_chosen(line, now),
            MenuKind::Steps => self.way_chosen(line, now),
            MenuKind::Offer => self.offer_chosen(line, now),
            MenuKind::ByHand => self.by_hand_chosen(line, now),
            MenuKind::Strike => self.strike_chosen(line, now),
            MenuKind::Sign => self.sign_chosen(line, now),
            MenuKind::SignStop => self.sign_stop_chosen(line, now),
            MenuKind::SignCleared => self.sign_cleared_chosen(line, now),
            MenuKind::SignOpen(then) => self.sign_open_chosen(line, then, now),
        }
    }

    /// Ends at once, losing nothing: what was done of the set at hand goes on record, the session
    /// stays unfinished.
    fn interrupt(&mut self, now: &Moment) {
        self.keep_note(now);
        self.stop_for_now(now);
        self.effects.push(Effect::Quit);
    }

    /// Pauses a running session and says why.
    fn hold_session(&mut self, why: &str, at: &Moment) {
        if matches!(self.screen, Screen::Playing)
            && let Some(session) = &mut self.session
        {
            let (held, reached) = session.hold(at.instant);
            self.take(&reached, at);
            if held {
                self.notice = Some(why.to_owned());
                let speech = self.speaker().paused();
                self.alert(AlertKind::Paused, "paused", speech, at.instant);
            }
        }
    }

    /// A session must not run on while the machine sleeps and nobody exercises.
    fn watch_for_sleep(&mut self, now: &Moment) {
        if self.pace.is_some() {
            // Where time is made to pass faster, the clocks say nothing.
            return;
        }
        let timed = now.instant - self.seen.instant;
        let on_the_wall = now
            .wall
            .timestamp()
            .duration_since(self.seen.wall.timestamp());
        let ahead = SignedDuration::try_from(timed)
            .map_or(SignedDuration::ZERO, |timed| on_the_wall - timed);
        let late = self
            .deadline
            .is_some_and(|deadline| now.instant - deadline > SLEPT);
        if late || ahead > CLOCKS_APART {
            let Moment { instant, wall } = self.seen.clone();
            // What the machine slept through was not played: the session stands where it was last
            // seen.
            let seen = Moment {
                instant: if late { instant } else { now.instant },
                wall,
            };
            self.hold_session(
                "The computer slept, or its clock was changed. The session is paused.",
                &seen,
            );
        }
    }
}
