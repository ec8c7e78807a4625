//! What all screens share, and the context in which a screen is updated.

use std::sync::Arc;

use jiff::civil::DateTime;

use super::announcer::Announcer;
use crate::catalog::{Catalog, ProgramEntry, text_hash_of};
use crate::effect::{Alert, AlertKind, DesktopNotification, Effect};
use crate::events::{Instant, Moment};
use crate::history::History;
use crate::history::HistoryView;
use crate::history::{SessionHistory, StopSign};
use crate::preferences::Preferences;
use crate::program::Program;
use crate::progression;
use crate::record::{ChoiceRecord, IdSource, Record, RecordId};
use crate::reminder::ReminderMemory;
use crate::speech::Speaker;
use crate::timeline::{PrescribedExercise, SessionMode};

/// How long a status message stays at least.
const READ_WITHIN: std::time::Duration = std::time::Duration::from_secs(8);

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

/// What the application starts with.
#[derive(Debug)]
pub struct Startup {
    /// The programs to list.
    pub programs: Vec<ProgramEntry>,
    /// Whether they are the built-in samples.
    pub samples: bool,
    /// The recorded sessions, the oldest first.
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
    /// The current moment.
    pub now: Moment,
}

impl Startup {
    /// Creates a start with these programs and settings, and no records: for what records nothing.
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

/// What becomes of a session.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SessionKind {
    /// It is recorded.
    Recorded,
    /// It is tried out by whoever writes the program: nothing is recorded, and time may pass faster.
    Preview {
        /// How many times as fast time passes.
        speed: u16,
    },
}

/// What all screens share.
#[derive(Debug)]
pub(super) struct Shared {
    pub(super) catalog: Catalog,
    pub(super) history: History,
    pub(super) preferences: Preferences,
    pub(super) paths: Paths,
    pub(super) announcer: Announcer,
    pub(super) status: StatusLine,
    pub(super) ids: IdSource,
    /// Whether sessions run without keys.
    pub(super) hands_free: bool,
    pub(super) kind: SessionKind,
    /// The sessions whose next morning was asked about in this run.
    pub(super) mornings_asked: Vec<RecordId>,
}

impl Shared {
    /// Returns the history as the rules of a prescription read it.
    pub(super) fn past(&self) -> HistoryView<'_> {
        self.history.view(self.preferences.week_begins)
    }

    /// Returns the stop sign of a program that is not cleared up.
    pub(super) fn open_sign(&self, program: &Program) -> Option<&StopSign> {
        progression::open_sign(program, self.past())
    }

    /// Returns the selected program, where it can be played.
    pub(super) fn selected_program(&self) -> Option<&Arc<Program>> {
        self.catalog.program(self.catalog.selected)
    }

    /// Returns the selected program, where a session of it is recorded. A program that was never
    /// begun need not be read.
    pub(super) fn selected_on_record(&self) -> Option<&Program> {
        let entry = self.catalog.selected()?;
        let id = entry.id()?;
        let known = self.history.knows(id);
        entry.program().filter(|_| known).map(AsRef::as_ref)
    }

    /// Returns the exercises of a phase with the doses that hold now.
    pub(super) fn prescribed<'p>(
        &self,
        program: &'p Program,
        phase: usize,
    ) -> Vec<PrescribedExercise<'p>> {
        progression::planned(program, phase, &self.steps(program, phase))
    }

    /// Returns how many steps of each exercise of a phase were taken; in a preview none.
    pub(super) fn steps(&self, program: &Program, phase: usize) -> Vec<usize> {
        match self.kind {
            SessionKind::Recorded => progression::steps(program, phase, &self.history.choices),
            SessionKind::Preview { .. } => Vec::new(),
        }
    }

    /// Returns how a session runs.
    pub(super) fn mode(&self) -> SessionMode {
        if self.hands_free {
            SessionMode::HandsFree
        } else {
            SessionMode::Manual
        }
    }
}

/// What is said on every screen.
#[derive(Debug, Default)]
pub(super) struct StatusLine {
    /// What is wrong with the database.
    pub(super) storage_warning: Option<String>,
    /// The answer to the last key, and since when it is shown.
    message: Option<(String, Instant)>,
}

impl StatusLine {
    pub(super) fn new(
        storage_warning: Option<String>,
        message: Option<String>,
        now: Instant,
    ) -> Self {
        Self {
            storage_warning,
            message: message.map(|message| (message, now)),
        }
    }

    pub(super) fn say(&mut self, words: impl Into<String>, now: Instant) {
        self.message = Some((words.into(), now));
    }

    pub(super) fn clear(&mut self) {
        self.message = None;
    }

    pub(super) fn is_empty(&self) -> bool {
        self.message.is_none()
    }

    /// Drops a message that had time to be read: where no key is pressed nothing else takes it away.
    pub(super) fn drop_old(&mut self, now: Instant) {
        let fresh = |(_, since): &(String, Instant)| now - *since <= READ_WITHIN;
        self.message = self.message.take().filter(fresh);
    }

    pub(super) fn messages(&self) -> Vec<String> {
        let message = self.message.iter().map(|(words, _)| words);
        self.storage_warning
            .iter()
            .chain(message)
            .cloned()
            .collect()
    }
}

/// Notices when the machine slept, and keeps it from sleeping.
#[derive(Debug)]
pub(super) struct SleepWatch {
    /// The last moment at which something came in.
    pub(super) seen: Moment,
    /// When the next change was to be shown.
    pub(super) deadline: Option<Instant>,
    /// Whether the machine is kept awake.
    pub(super) inhibited: bool,
}

/// What was reminded of.
#[derive(Debug)]
pub(super) struct ReminderWatch {
    /// When the application was opened; what was due before, the first page shows.
    pub(super) opened: DateTime,
    pub(super) memory: ReminderMemory,
}

/// The context of an update: what all screens share, and the effects so far.
#[derive(Debug)]
pub(super) struct Cx<'a> {
    pub(super) shared: &'a mut Shared,
    pub(super) effects: &'a mut Vec<Effect>,
    pub(super) now: &'a Moment,
}

impl Cx<'_> {
    /// Records rows, all or none, and applies them to the history.
    pub(super) fn record(&mut self, records: Vec<Record>) {
        if records.is_empty() {
            return;
        }
        let shared = &mut *self.shared;
        for record in &records {
            let entries = &shared.catalog.entries;
            shared.history.apply(record, |id| text_hash_of(entries, id));
        }
        self.effects.push(Effect::Save(records));
    }

    pub(super) fn next_id(&mut self) -> RecordId {
        self.shared.ids.next_id()
    }

    /// Shows a message until the next key.
    pub(super) fn say(&mut self, words: impl Into<String>) {
        self.shared.status.say(words, self.now.instant);
    }

    /// Returns the words that are spoken in a language.
    pub(super) fn speaker(&self, language: &str) -> Speaker {
        Speaker::new(language, self.shared.preferences.voice)
    }

    /// Lets a tone and words be heard, unless sound is off, and lets the screen flash with them
    /// where that is wanted. `text` says what it is, in English, for logs and commands; `at` is when
    /// it was due.
    pub(super) fn announce(
        &mut self,
        kind: AlertKind,
        text: &str,
        (speech, language): (String, &str),
        at: Instant,
    ) {
        self.flash(kind, self.now.instant.max(at));
        if self.shared.announcer.muted {
            return;
        }
        self.shared.announcer.last_alert = Some(kind);
        self.effects.push(Effect::Alert(Alert {
            kind,
            text: text.to_owned(),
            speech,
            language: language.to_owned(),
            at,
        }));
    }

    fn flash(&mut self, kind: AlertKind, at: Instant) {
        let wanted = self.shared.preferences.flash;
        self.shared.announcer.flash(kind, wanted, at);
    }

    /// Says that something of this machine can't be heard, once, and gives what was missed again by
    /// other means.
    pub(super) fn unheard(&mut self, missing: String, tones: bool) {
        self.say(missing);
        let announcer = &mut self.shared.announcer;
        if tones
            && !std::mem::replace(&mut announcer.audio_unavailable, true)
            && let Some(kind) = announcer.last_alert.take()
        {
            self.flash(kind, self.now.instant);
            self.effects.push(Effect::Bell(kind));
        }
    }

    /// Shows a pop-up to a patient who has another window in front.
    pub(super) fn notify(&mut self, title: &str, text: &str) {
        if self.shared.preferences.notifications && !self.shared.announcer.focused {
            self.effects.push(Effect::Notify(DesktopNotification {
                title: title.to_owned(),
                text: text.to_owned(),
            }));
        }
    }
}
