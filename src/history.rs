//! What is known of the past: sessions, choices, stop signs. Records are applied to it as they are
//! made, so that it always says what is on disk.

use jiff::Timestamp;

use crate::catalog::ProgramEntry;
use crate::preferences::WeekBegins;
use crate::prescription::HistoryView;
use crate::record::{
    ChoiceRecord, Outcome, Record, SessionHistory, SessionRecord, StopSign, text_hash,
};

/// What is known of the past, of all programs.
#[derive(Debug, Clone, Default)]
pub struct History {
    /// The sessions, the oldest first.
    pub sessions: Vec<SessionHistory>,
    /// What the patient chose of phases and steps, the oldest first.
    pub choices: Vec<ChoiceRecord>,
    /// All stop signs that were ever reported, the oldest first.
    pub signs: Vec<StopSign>,
    /// Those that keep the next steps closed.
    open_signs: Vec<StopSign>,
}

impl History {
    /// Creates a history from what was read; which stop signs are open depends on the programs'
    /// texts.
    pub fn new(
        sessions: Vec<SessionHistory>,
        choices: Vec<ChoiceRecord>,
        signs: Vec<StopSign>,
        programs: &[ProgramEntry],
    ) -> Self {
        let open_signs = open_signs(&signs, programs);
        Self {
            sessions,
            choices,
            signs,
            open_signs,
        }
    }

    /// Returns the history as the rules of a prescription read it.
    pub fn view(&self, week_begins: WeekBegins) -> HistoryView<'_> {
        HistoryView {
            histories: &self.sessions,
            choices: &self.choices,
            signs: &self.open_signs,
            week_begins,
        }
    }

    /// Returns the stop signs that are not cleared up, and that no newer text of the program
    /// answers; the oldest first.
    pub fn open_signs(&self) -> &[StopSign] {
        &self.open_signs
    }

    /// Returns whether any session of a program is known.
    pub fn knows(&self, program: &str) -> bool {
        self.sessions
            .iter()
            .any(|history| history.session.program == program)
    }

    /// Applies a record that was made; a correction takes the place of the row that it supersedes.
    pub fn apply(&mut self, record: &Record, programs: &[ProgramEntry]) {
        match record {
            Record::Text(_) | Record::Resume(_) => {}
            Record::Session(session) => self.add(session),
            Record::Set(set) => {
                if let Some(history) = self.session_mut(&set.session) {
                    let old = set.supersedes.as_ref();
                    history.sets.retain(|known| Some(&known.id) != old);
                    history.sets.push(set.clone());
                    history.worked |= set.outcome != Outcome::Skipped;
                }
            }
            Record::Rating(rating) => {
                if let Some(history) = self.session_mut(&rating.session) {
                    let old = rating.supersedes.as_ref();
                    history.ratings.retain(|known| Some(&known.id) != old);
                    history.ratings.push(rating.clone());
                }
            }
            Record::Note(note) => {
                if let Some(history) = self.session_mut(&note.session) {
                    let old = note.supersedes.as_ref();
                    history.notes.retain(|known| Some(&known.id) != old);
                    history.notes.push(note.clone());
                }
            }
            Record::End(end) => {
                if let Some(history) = self.session_mut(&end.session) {
                    history.end = Some(end.clone());
                }
            }
            Record::Strike(strike) => {
                // A session that counts again comes back with the next reading.
                let struck = |history: &SessionHistory| history.session.id == strike.session;
                self.sessions
                    .retain(|history| !(strike.struck && struck(history)));
            }
            Record::Choice(choice) => self.choices.push(choice.clone()),
            Record::StopSign(reported) => {
                self.signs.push(StopSign {
                    reported: reported.clone(),
                    cleared: None,
                });
                self.open_signs = open_signs(&self.signs, programs);
            }
            Record::Clearance(clearance) => {
                let cleared = |sign: &&mut StopSign| sign.reported.id == clearance.sign;
                if let Some(sign) = self.signs.iter_mut().find(cleared) {
                    sign.cleared = Some(clearance.at.clone());
                }
                self.open_signs = open_signs(&self.signs, programs);
            }
        }
    }

    /// Puts the sessions of a program that were read in the place of those that were known, from a
    /// time on.
    pub fn replace(&mut self, program: &str, since: Timestamp, read: &[SessionHistory]) {
        self.sessions.retain(|known| {
            known.session.program != program || known.session.started.timestamp() < since
        });
        self.sessions.extend(read.iter().cloned());
        self.sessions
            .sort_by(|one, other| one.session.started.cmp(&other.session.started));
    }

    fn session_mut(&mut self, id: &str) -> Option<&mut SessionHistory> {
        let mut sessions = self.sessions.iter_mut().rev();
        sessions.find(|history| history.session.id == id)
    }

    fn add(&mut self, session: &SessionRecord) {
        let before = |history: &SessionHistory| history.session.started <= session.started;
        let at = self.sessions.partition_point(before);
        self.sessions.insert(
            at,
            SessionHistory {
                session: session.clone(),
                worked: false,
                sets: Vec::new(),
                sets_read: true,
                ratings: Vec::new(),
                notes: Vec::new(),
                end: None,
            },
        );
    }
}

/// Returns the stop signs that keep a program's next steps closed: not cleared up, and reported
/// under the text that its file has now.
pub fn open_signs(signs: &[StopSign], programs: &[ProgramEntry]) -> Vec<StopSign> {
    let is_open = |sign: &&StopSign| {
        let program = &sign.reported.program;
        let mut entries = programs.iter();
        let entry = entries.find(|entry| entry.id() == Some(program.as_str()));
        entry.is_some_and(|entry| sign.is_open(program, &text_hash(&entry.text)))
    };
    signs.iter().filter(is_open).cloned().collect()
}
