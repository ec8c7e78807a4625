//! What was done, as rows that are only ever added: a session begun, a set, a symptom, a note, an
//! end. Each row carries its own id and survives being stored twice. Knows nothing of where rows
//! are kept.

use std::time::Duration;

use jiff::Zoned;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use crate::program::{PainMoment, Side};

/// The id of a row, unique over all machines.
pub type RecordId = String;

/// Gives ids: a prefix that no other run of the program has, and a count.
#[derive(Debug, Clone)]
pub struct IdSource {
    prefix: String,
    next: u32,
}

impl IdSource {
    /// Ids under a prefix that must be unique to this run.
    pub fn new(prefix: impl Into<String>) -> Self {
        Self {
            prefix: prefix.into(),
            next: 0,
        }
    }

    /// A new id.
    pub fn next_id(&mut self) -> RecordId {
        self.next += 1;
        format!("{}-{}", self.prefix, self.next)
    }
}

/// A row.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Record {
    /// The exact text of a program that was used.
    Text(TextRecord),
    /// A session was begun.
    Session(SessionRecord),
    /// A session that was left is gone on with.
    Resume(ResumeRecord),
    /// A set of one side is over, one way or another.
    Set(SetRecord),
    /// Pain or exertion.
    #[serde(rename = "symptom")]
    Rating(RatingRecord),
    /// The patient's words.
    Note(NoteRecord),
    /// A session came to its end.
    End(EndRecord),
    /// A session is struck, or counts again.
    Strike(StrikeRecord),
    /// The patient went on to what the therapist's conditions allow, or stayed.
    Choice(ChoiceRecord),
    /// The patient has one of the stop signs.
    StopSign(StopSignRecord),
    /// A stop sign was cleared up with the therapist.
    Clearance(ClearanceRecord),
}

impl Record {
    /// The id of the row; of a text its hash.
    pub fn id(&self) -> &str {
        match self {
            Self::Text(text) => &text.hash,
            Self::Session(session) => &session.id,
            Self::Resume(resume) => &resume.id,
            Self::Set(set) => &set.id,
            Self::Rating(rating) => &rating.id,
            Self::Note(note) => &note.id,
            Self::End(end) => &end.id,
            Self::Strike(strike) => &strike.id,
            Self::Choice(choice) => &choice.id,
            Self::StopSign(sign) => &sign.id,
            Self::Clearance(clearance) => &clearance.id,
        }
    }
}

/// The text of a program under its hash.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct TextRecord {
    /// SHA-256 of the text, in hexadecimal.
    pub hash: String,
    /// The name of the file.
    pub name: String,
    /// The text.
    pub text: String,
}

/// A session that was begun.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct SessionRecord {
    /// Its id.
    pub id: RecordId,
    /// The program's id.
    pub program: String,
    /// The program's title on that day.
    pub title: String,
    /// The hash of its text.
    pub hash: String,
    /// The phase, from 0.
    pub phase: u16,
    /// Whether only the essential exercises were to be done.
    pub short: bool,
    /// How many sets the program prescribes for it, a set of each side counted; of a short session
    /// those of a whole one.
    pub sets: u32,
    /// When it was begun, with its time zone.
    pub started: Zoned,
}

/// A session that was left and is gone on with, perhaps under a changed text.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct ResumeRecord {
    /// Its id.
    pub id: RecordId,
    /// The session's id.
    pub session: RecordId,
    /// The hash of the program's text from here on.
    pub hash: String,
    /// When, with the time zone.
    pub at: Zoned,
}

/// A quantity of work.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Amount {
    /// Repetitions, where they are counted.
    pub reps: Option<u16>,
    /// Time under work, where it counts.
    pub time: Option<Duration>,
}

impl Amount {
    /// Whether it is at least as much as another, in all that the other counts.
    pub fn reaches(&self, other: &Self) -> bool {
        match (other.reps, other.time) {
            (Some(reps), _) => self.reps.unwrap_or(0) >= reps,
            (None, Some(time)) => self.time.unwrap_or_default() >= time,
            (None, None) => true,
        }
    }

    /// Whether it counts nothing, as where a measure is asked for.
    pub fn is_open(&self) -> bool {
        self.reps.is_none() && self.time.is_none()
    }

    /// Whether anything was done at all.
    pub fn is_nothing(&self) -> bool {
        self.reps.unwrap_or(0) == 0 && self.time.unwrap_or_default().is_zero()
    }
}

/// How a set ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Outcome {
    /// As prescribed, or more.
    Done,
    /// Less than prescribed.
    Partial,
    /// Not at all.
    Skipped,
}

/// Why a set was not done in full.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum SkipReason {
    /// It hurt.
    Pain,
    /// It was too hard.
    TooHard,
    /// There was no time.
    NoTime,
    /// Something needed was not at hand.
    NoEquipment,
    /// Anything else.
    Other,
    /// The session was stopped in the middle of the set; it is offered again when the session is
    /// resumed.
    Stopped,
}

impl SkipReason {
    /// The reasons that a patient can choose, in the order in which they are offered.
    pub const CHOICES: [Self; 5] = [
        Self::Pain,
        Self::TooHard,
        Self::NoTime,
        Self::NoEquipment,
        Self::Other,
    ];

    /// In words, as the list of reasons, the record and the report all say it.
    pub fn words(self) -> &'static str {
        match self {
            Self::Pain => "pain",
            Self::TooHard => "too hard",
            Self::NoTime => "no time",
            Self::NoEquipment => "no equipment",
            Self::Other => "another reason",
            Self::Stopped => "stopped",
        }
    }
}

/// How a quantity came to be known.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum EntryMethod {
    /// The player timed or counted it.
    #[serde(rename = "timed")]
    Timer,
    /// The patient said so.
    #[serde(rename = "by-hand")]
    Manual,
}

/// A set of one side.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct SetRecord {
    /// Its id.
    pub id: RecordId,
    /// The session's id.
    pub session: RecordId,
    /// The exercise's id.
    pub exercise: String,
    /// The exercise's name on that day.
    pub name: String,
    /// From 1, each side counted for itself.
    pub set: u8,
    /// Whose set.
    pub side: Side,
    /// What was to be done; nothing where it was a measure.
    pub prescribed: Amount,
    /// What was done.
    pub done: Amount,
    /// With what.
    pub load: Option<String>,
    /// How it ended.
    pub outcome: Outcome,
    /// Why it was not done in full.
    pub reason: Option<SkipReason>,
    /// By the timer or by hand.
    pub entry: EntryMethod,
    /// When it ended, with its time zone.
    pub at: Zoned,
    /// The row that this one corrects.
    pub supersedes: Option<RecordId>,
}

/// The length of a self-paced repetition in seconds, as format 1 estimates it.
const SELF_PACED: f64 = 4.0;

/// Returns an amount in seconds of work, where each repetition counts as long as a prescribed one.
fn seconds(amount: Amount, prescribed: Amount) -> f64 {
    if let (Some(reps), Some(of)) = (amount.reps, prescribed.reps) {
        let each = match prescribed.time {
            Some(time) if of > 0 => time.as_secs_f64() / f64::from(of),
            _ => SELF_PACED,
        };
        return f64::from(reps.min(of)) * each;
    }
    let time = amount.time.unwrap_or_default().as_secs_f64();
    prescribed.time.map_or(0.0, |of| time.min(of.as_secs_f64()))
}

impl SetRecord {
    /// Whether the set need not be offered again when the session is resumed.
    pub fn is_settled(&self) -> bool {
        self.reason != Some(SkipReason::Stopped)
    }

    /// Whether the set was left out or broken off because it hurt.
    pub fn is_left_for_pain(&self) -> bool {
        self.reason == Some(SkipReason::Pain) && self.outcome != Outcome::Done
    }

    /// Returns the seconds of work that count: at most what was prescribed, and none for a test.
    pub fn counted_seconds(&self) -> f64 {
        if self.prescribed.is_open() {
            0.0
        } else {
            seconds(self.done, self.prescribed)
        }
    }

    /// Returns the seconds of work that were prescribed; none for a test.
    pub fn prescribed_seconds(&self) -> f64 {
        seconds(self.prescribed, self.prescribed)
    }
}

/// What a symptom is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum RatingKind {
    /// On the 0-10 numeric rating scale.
    Pain,
    /// Rating of perceived exertion, 0-10.
    Exertion,
}

/// Pain or exertion at a moment.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct RatingRecord {
    /// Its id.
    pub id: RecordId,
    /// The session's id.
    pub session: RecordId,
    /// What it is.
    pub kind: RatingKind,
    /// When in relation to the session.
    pub moment: PainMoment,
    /// The exercise it belongs to, when it was asked for each.
    pub exercise: Option<String>,
    /// 0-10.
    pub value: u8,
    /// When it was said, with its time zone.
    pub at: Zoned,
    /// The row that this one corrects.
    pub supersedes: Option<RecordId>,
}

/// The patient's words about a session.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct NoteRecord {
    /// Its id.
    pub id: RecordId,
    /// The session's id.
    pub session: RecordId,
    /// The words.
    pub text: String,
    /// When, with the time zone.
    pub at: Zoned,
    /// The row that this one corrects.
    pub supersedes: Option<RecordId>,
}

/// How a session ended. A session without an end is unfinished.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum EndKind {
    /// Played to its end.
    Finished,
    /// Ended by the patient before its end, for good.
    EndedEarly,
    /// Begun and discarded; what was done in it still counts as done.
    Discarded,
}

/// The end of a session.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct EndRecord {
    /// Its id.
    pub id: RecordId,
    /// The session's id.
    pub session: RecordId,
    /// How.
    pub kind: EndKind,
    /// Whether the patient ended it because of pain.
    #[serde(default)]
    pub for_pain: bool,
    /// When, with the time zone.
    pub at: Zoned,
}

/// A session that is not to count, or to count again. The last such row of a session holds.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct StrikeRecord {
    /// Its id.
    pub id: RecordId,
    /// The session's id.
    pub session: RecordId,
    /// Whether it is struck.
    pub struck: bool,
    /// When, with the time zone.
    pub at: Zoned,
}

/// What the patient chose when the therapist's conditions for a phase or a step were met.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct ChoiceRecord {
    /// Its id.
    pub id: RecordId,
    /// The program's id.
    pub program: String,
    /// The phase the patient was in, from 0.
    pub phase: u16,
    /// The exercise whose step it is; none where it is the next phase.
    pub exercise: Option<String>,
    /// The step of the exercise's progression, from 0; of a phase the phase to go to.
    pub step: u16,
    /// What it leads to, in words: the dose, or the phase's title. It holds only as long as the
    /// file says the same.
    pub dose: String,
    /// Whether it was taken; else the patient stayed.
    pub taken: bool,
    /// What was met, in words, as it was shown.
    pub evidence: String,
    /// When, with the time zone.
    pub at: Zoned,
}

/// A stop sign of the program that the patient has, in the words that were chosen. No step opens
/// until it is cleared up.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct StopSignRecord {
    /// Its id.
    pub id: RecordId,
    /// The program's id.
    pub program: String,
    /// The hash of the program's text: another text is the therapist's answer.
    pub hash: String,
    /// The session in which it was reported; none outside a session.
    pub session: Option<RecordId>,
    /// The exercise whose own stop sign it is; none for a sign of the program.
    pub exercise: Option<String>,
    /// The sign in the program's words.
    pub words: String,
    /// When, with the time zone.
    pub at: Zoned,
}

/// The patient says that a stop sign was cleared up with the therapist.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct ClearanceRecord {
    /// Its id.
    pub id: RecordId,
    /// The id of the stop sign.
    pub sign: RecordId,
    /// When, with the time zone.
    pub at: Zoned,
}

/// Returns the hash under which a program's text is kept: SHA-256 in hexadecimal digits.
pub fn text_hash(text: &str) -> String {
    Sha256::digest(text.as_bytes())
        .iter()
        .flat_map(|byte| [byte >> 4, byte & 15])
        .filter_map(|digit| char::from_digit(digit.into(), 16))
        .collect()
}
