//! What the timer does not know and the patient enters: a session done without the program, remarks
//! about it, a set that was not as it was recorded. Rows that stand in the place of others; the old
//! ones stay. Knows nothing of screens or of how rows are kept.

use std::time::Duration;

use jiff::Zoned;

use crate::history::HistoryView;
use crate::history::SessionHistory;
use crate::program::{PainMoment, Program};
use crate::progression;
use crate::record::{
    EndKind, EndRecord, EntryMethod, IdSource, NoteRecord, Outcome, RatingKind, RatingRecord,
    Record, RecordId, SessionRecord, SetRecord, TextRecord,
};

/// What is said of a session as a whole.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct SessionRatings {
    /// Pain before, 0-10.
    pub pain_before: Option<u8>,
    /// Pain after, 0-10.
    pub pain_after: Option<u8>,
    /// Pain the next morning, 0-10.
    pub pain_morning: Option<u8>,
    /// Exertion, 0-10.
    pub exertion: Option<u8>,
    /// The patient's words.
    pub note: Option<String>,
}

impl SessionRatings {
    /// The rows that say so of a session, in the place of what was said before.
    pub fn records(
        &self,
        session: &RecordId,
        before: Option<&SessionHistory>,
        ids: &mut IdSource,
        at: &Zoned,
    ) -> Vec<Record> {
        let values = [
            self.pain_before,
            self.pain_after,
            self.pain_morning,
            self.exertion,
        ];
        let mut records = Vec::new();
        for ((kind, moment), value) in SAID.into_iter().zip(values) {
            let Some(value) = value else { continue };
            let ratings = before
                .map(|history| history.ratings.as_slice())
                .unwrap_or_default();
            let old = last_rating(ratings, kind, moment);
            records.push(Record::Rating(rating(
                session,
                old,
                (kind, moment),
                value,
                ids,
                at,
            )));
        }
        if let Some(text) = &self.note {
            let old = before.and_then(|history| history.notes.last());
            records.push(Record::Note(note(session, old, text, ids, at)));
        }
        records
    }
}

/// What can be said of a session as a whole in a figure, in this order: pain before, after, the
/// next morning, exertion.
pub const SAID: [(RatingKind, PainMoment); 4] = [
    (RatingKind::Pain, PainMoment::Before),
    (RatingKind::Pain, PainMoment::After),
    (RatingKind::Pain, PainMoment::NextMorning),
    (RatingKind::Exertion, PainMoment::After),
];

/// What was last said of a session as a whole.
pub fn last_rating(
    ratings: &[RatingRecord],
    kind: RatingKind,
    moment: PainMoment,
) -> Option<&RatingRecord> {
    ratings
        .iter()
        .rev()
        .find(|old| old.kind == kind && old.moment == moment && old.exercise.is_none())
}

/// Pain or exertion, in the place of what was said before.
pub fn rating(
    session: &RecordId,
    old: Option<&RatingRecord>,
    (kind, moment): (RatingKind, PainMoment),
    value: u8,
    ids: &mut IdSource,
    at: &Zoned,
) -> RatingRecord {
    RatingRecord {
        id: ids.next_id(),
        session: session.clone(),
        kind,
        moment,
        exercise: old.and_then(|old| old.exercise.clone()),
        value: value.min(10),
        at: old.map_or(at, |old| &old.at).clone(),
        supersedes: old.map(|old| old.id.clone()),
    }
}

/// The patient's words, in the place of those before.
pub fn note(
    session: &RecordId,
    old: Option<&NoteRecord>,
    text: &str,
    ids: &mut IdSource,
    at: &Zoned,
) -> NoteRecord {
    NoteRecord {
        id: ids.next_id(),
        session: session.clone(),
        text: text.trim().to_owned(),
        at: old.map_or(at, |old| &old.at).clone(),
        supersedes: old.map(|old| old.id.clone()),
    }
}

/// The hash of the text that held at a time in the past: of the last session before it, where there
/// is one after it, too; none where that time is later than all sessions, so that today's text
/// holds. The sessions are given the oldest first.
pub fn text_at<'h>(
    histories: impl Iterator<Item = &'h SessionHistory>,
    at: &Zoned,
) -> Option<&'h str> {
    let mut before = None;
    for history in histories {
        if history.session.started > *at {
            return Some(before.unwrap_or(history.session.hash.as_str()));
        }
        before = Some(history.session.hash.as_str());
    }
    None
}

/// A session that was done without the program: all of its sets as prescribed at that time, marked
/// as by hand. None where the program has only tests, whose results nobody knows here.
pub fn session(
    program: &Program,
    text: TextRecord,
    past: HistoryView<'_>,
    begun: &Zoned,
    remarks: &SessionRatings,
    ids: &mut IdSource,
) -> Option<Vec<Record>> {
    let phase = progression::phase(program, past);
    let timeline = progression::timeline(
        program,
        phase,
        &progression::steps(program, phase, past.choices),
    );
    let id = ids.next_id();
    let row = SessionRecord {
        id: id.clone(),
        program: program.id.clone(),
        title: program.title.clone(),
        hash: text.hash.clone(),
        phase: u16::try_from(phase).unwrap_or(u16::MAX),
        short: false,
        sets: u32::try_from(timeline.sets.len()).unwrap_or(u32::MAX),
        started: begun.clone(),
    };
    let mut records = vec![Record::Text(text), Record::Session(row)];
    let before = records.len();
    for planned_set in timeline
        .sets
        .iter()
        .filter(|planned_set| !planned_set.prescribed().is_open())
    {
        let Some(exercise) = timeline.exercises.get(planned_set.exercise) else {
            continue;
        };
        records.push(Record::Set(SetRecord {
            id: ids.next_id(),
            session: id.clone(),
            exercise: exercise.id.clone(),
            name: exercise.name.clone(),
            set: planned_set.dose.number,
            side: planned_set.dose.side,
            prescribed: planned_set.prescribed(),
            done: planned_set.prescribed(),
            load: planned_set.dose.load.clone(),
            outcome: Outcome::Done,
            reason: None,
            entry: EntryMethod::Manual,
            at: begun.clone(),
            supersedes: None,
        }));
    }
    if records.len() == before {
        return None;
    }
    records.extend(remarks.records(&id, None, ids, begun));
    let (kind, for_pain) = (EndKind::Finished, false);
    records.push(Record::End(EndRecord {
        id: ids.next_id(),
        session: id,
        kind,
        for_pain,
        at: begun.clone(),
    }));
    Some(records)
}

/// A set that says something else: so many repetitions, or seconds where it counts none.
pub fn corrected(set: &SetRecord, done: u32, id: RecordId) -> SetRecord {
    let mut amount = set.done;
    if counts_reps(set) {
        let reps = u16::try_from(done).unwrap_or(u16::MAX);
        // Of held or paced repetitions the time follows from their number.
        let each = match (set.prescribed.reps, set.prescribed.time) {
            (Some(of), Some(time)) if of > 0 => Some(time / u32::from(of)),
            _ => None,
        };
        amount.time = each.map_or(amount.time, |each| Some(each * u32::from(reps)));
        amount.reps = Some(reps);
    } else {
        amount.time = Some(Duration::from_secs(done.into()));
    }
    let outcome = match (done, amount.reaches(&set.prescribed)) {
        (0, _) => Outcome::Skipped,
        (_, true) => Outcome::Done,
        _ => Outcome::Partial,
    };
    SetRecord {
        id,
        done: amount,
        outcome,
        reason: set.reason.filter(|_| outcome != Outcome::Done),
        entry: EntryMethod::Manual,
        supersedes: Some(set.id.clone()),
        ..set.clone()
    }
}

/// Whether a set is corrected in repetitions; else in seconds.
pub fn counts_reps(set: &SetRecord) -> bool {
    set.prescribed.reps.is_some() || set.done.reps.is_some()
}
