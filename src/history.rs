//! What is known of the past: sessions, choices, stop signs. Records are applied to it as they are
//! made, so that it always says what is on disk.

use jiff::civil::{Date, Weekday as CivilWeekday};
use jiff::{SignedDuration, Timestamp, ToSpan, Zoned};

use crate::day::{day_of, days_between};
use crate::preferences::WeekBegins;
use crate::program::{PainMoment, Program, Side};
use crate::record::{
    ChoiceRecord, EndKind, EndRecord, NoteRecord, Outcome, RatingKind, RatingRecord, Record,
    SessionRecord, SetRecord, StopSignRecord,
};

/// A stop sign with what became of it.
#[derive(Debug, Clone, PartialEq)]
pub struct StopSign {
    /// What was reported.
    pub reported: StopSignRecord,
    /// When it was cleared up with the therapist; none while it is open.
    pub cleared: Option<Zoned>,
}

impl StopSign {
    /// Whether it still keeps the next steps of a program closed: it is not cleared up, and the
    /// therapist's text is the same.
    pub fn is_open(&self, program: &str, hash: &str) -> bool {
        self.cleared.is_none() && self.reported.program == program && self.reported.hash == hash
    }
}

/// A session as it stands in the records: what was begun, and all that is known of it now.
#[derive(Debug, Clone, PartialEq)]
pub struct SessionHistory {
    /// What was begun.
    pub session: SessionRecord,
    /// Whether anything was done in it: a set that was not left out.
    pub worked: bool,
    /// The sets as they stand, corrections applied, in the order in which they were done. Of a
    /// session that has ended they are only read where they are asked for.
    pub sets: Vec<SetRecord>,
    /// Whether all sets were read.
    pub sets_read: bool,
    /// Pain and exertion, corrections applied.
    pub ratings: Vec<RatingRecord>,
    /// The patient's words, corrections applied.
    pub notes: Vec<NoteRecord>,
    /// None while it is unfinished.
    pub end: Option<EndRecord>,
}

impl SessionHistory {
    /// Whether it was played to its end.
    pub fn is_finished(&self) -> bool {
        self.end
            .as_ref()
            .is_some_and(|end| end.kind == EndKind::Finished)
    }

    /// The record of a set, where there is one.
    pub fn set(&self, exercise: &str, set: u8, side: Side) -> Option<&SetRecord> {
        self.sets
            .iter()
            .rev()
            .find(|record| record.exercise == exercise && record.set == set && record.side == side)
    }

    /// When something last happened in it.
    pub fn last(&self) -> &Zoned {
        self.sets
            .iter()
            .map(|set| &set.at)
            .chain(self.end.iter().map(|end| &end.at))
            .max()
            .unwrap_or(&self.session.started)
    }

    /// Pain at a moment of the session.
    pub fn pain(&self, moment: PainMoment) -> Option<u8> {
        let mut said = self.ratings.iter().rev();
        said.find(|rating| {
            rating.kind == RatingKind::Pain && rating.moment == moment && rating.exercise.is_none()
        })
        .map(|rating| rating.value)
    }
}

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
        text_hash: impl Fn(&str) -> Option<String>,
    ) -> Self {
        let open_signs = open_signs(&signs, text_hash);
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
    pub fn apply(&mut self, record: &Record, text_hash: impl Fn(&str) -> Option<String>) {
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
                self.open_signs = open_signs(&self.signs, text_hash);
            }
            Record::Clearance(clearance) => {
                let cleared = |sign: &&mut StopSign| sign.reported.id == clearance.sign;
                if let Some(sign) = self.signs.iter_mut().find(cleared) {
                    sign.cleared = Some(clearance.at.clone());
                }
                self.open_signs = open_signs(&self.signs, text_hash);
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
/// under the text that its file has now; `text_hash` finds the hash of that text by the program's
/// id.
pub fn open_signs(signs: &[StopSign], text_hash: impl Fn(&str) -> Option<String>) -> Vec<StopSign> {
    let is_open = |sign: &&StopSign| {
        let program = &sign.reported.program;
        text_hash(program).is_some_and(|hash| sign.is_open(program, &hash))
    };
    signs.iter().filter(is_open).cloned().collect()
}

/// A session that lasted no longer than this belongs to the day on which it was begun; one that was
/// left and gone on with later, to the day on which it ended.
const IN_ONE_GO: SignedDuration = SignedDuration::from_hours(6);
/// A session left for longer than this is not gone on with.
const LEFT_FOR: i32 = 60;

/// What is known of the past, of all programs.
#[derive(Debug, Clone, Copy, Default)]
pub struct HistoryView<'h> {
    /// The sessions, the oldest first.
    pub histories: &'h [SessionHistory],
    /// What the patient chose of phases and steps, the oldest first.
    pub choices: &'h [ChoiceRecord],
    /// The stop signs that the patient has and that nobody has answered.
    pub signs: &'h [StopSign],
    /// On which day the patient's week begins.
    pub week_begins: WeekBegins,
}

/// Whether a session counts as one that was done: played to its end, and not only passed over.
pub fn counts(history: &SessionHistory) -> bool {
    history.is_finished() && history.worked
}

/// Returns the day of a session: the one on which it was begun; where it was left and resumed much
/// later, that of its end.
pub fn date_of(history: &SessionHistory) -> Date {
    let begun = &history.session.started;
    // When a session was given up says nothing of when it was done.
    let ended = history
        .end
        .as_ref()
        .filter(|end| end.kind != EndKind::Discarded)
        .map(|end| &end.at);
    let later = ended.filter(|end| end.duration_since(begun) > IN_ONE_GO);
    day_of(later.unwrap_or(begun))
}

/// The first day of the week of a date.
pub fn week_of(date: Date, begins: WeekBegins) -> Date {
    let first = match begins {
        WeekBegins::Monday => CivilWeekday::Monday,
        WeekBegins::Sunday => CivilWeekday::Sunday,
    };
    date.checked_sub(i64::from(date.weekday().since(first)).days())
        .unwrap_or(date)
}

/// The sessions of a program among all.
pub fn of<'h>(program: &Program, histories: &'h [SessionHistory]) -> Vec<&'h SessionHistory> {
    histories
        .iter()
        .filter(|history| history.session.program == program.id)
        .collect()
}

/// The unfinished session of a program that can be gone on with: the last one, unless another was
/// finished since, or it was left for so long that it is none any more.
pub fn unfinished<'h>(
    program: &Program,
    histories: &'h [SessionHistory],
    today: Date,
) -> Option<&'h SessionHistory> {
    let sessions = of(program, histories);
    let finished = sessions
        .iter()
        .filter(|history| counts(history))
        .map(|history| &history.session.started)
        .max();
    let days = |history: &SessionHistory| days_between(day_of(&history.session.started), today);
    let open = sessions.iter().copied().filter(|history| {
        history.end.is_none()
            && finished.is_none_or(|finished| *finished <= history.session.started)
            && days(history) <= LEFT_FOR
    });
    open.max_by(|a, b| a.session.started.cmp(&b.session.started))
}

/// The sessions of a phase, the oldest first; of a program without phases all of them.
pub fn in_phase<'h>(
    program: &Program,
    phase: usize,
    past: HistoryView<'h>,
) -> Vec<&'h SessionHistory> {
    let phases = program.has_phases();
    let mut sessions = of(program, past.histories);
    sessions.retain(|history| !phases || usize::from(history.session.phase) == phase);
    sessions.sort_by(|a, b| a.session.started.cmp(&b.session.started));
    sessions
}

/// The sessions of a phase in which anything was done.
pub fn of_phase<'h>(
    program: &Program,
    phase: usize,
    past: HistoryView<'h>,
) -> Vec<&'h SessionHistory> {
    let mut sessions = in_phase(program, phase, past);
    sessions.retain(|history| history.worked);
    sessions
}

/// The highest pain that was said of a session, at whatever moment.
pub fn worst_pain(history: &SessionHistory) -> Option<u8> {
    history
        .ratings
        .iter()
        .filter(|rating| rating.kind == RatingKind::Pain)
        .map(|rating| rating.value)
        .max()
}
