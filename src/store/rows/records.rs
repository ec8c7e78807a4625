//! The columns of each table, and how a row of it is read.
//!
//! Readers are told by `NAMED` whether the names of time zones are read: that is slow, and only
//! needed by an export.

use rusqlite::{Result, Row};

use super::values::{length, zoned};
use crate::record::{
    Amount, ChoiceRecord, ClearanceRecord, EndRecord, NoteRecord, RatingRecord, ResumeRecord,
    SessionRecord, SetRecord, StopSignRecord, StrikeRecord, TextRecord,
};

pub(super) const TEXT: &str = "hash, name, text";

pub(super) fn text_row(row: &Row<'_>) -> Result<TextRecord> {
    Ok(TextRecord {
        hash: row.get(0)?,
        name: row.get(1)?,
        text: row.get(2)?,
    })
}

pub(super) const SESSION: &str = "id, program, title, hash, phase, short, sets, started";

pub(super) fn session<const NAMED: bool>(row: &Row<'_>) -> Result<SessionRecord> {
    Ok(SessionRecord {
        id: row.get(0)?,
        program: row.get(1)?,
        title: row.get(2)?,
        hash: row.get(3)?,
        phase: row.get(4)?,
        short: row.get(5)?,
        sets: row.get(6)?,
        started: zoned::<NAMED>(row, 7)?,
    })
}

pub(super) const RESUME: &str = "id, session, hash, at";

pub(super) fn resume<const NAMED: bool>(row: &Row<'_>) -> Result<ResumeRecord> {
    Ok(ResumeRecord {
        id: row.get(0)?,
        session: row.get(1)?,
        hash: row.get(2)?,
        at: zoned::<NAMED>(row, 3)?,
    })
}

pub(super) const SET: &str = "id, session, exercise, name, set_number, side, prescribed_reps, \
    prescribed_ms, done_reps, done_ms, load, outcome, reason, entry, at, supersedes";

pub(super) fn set<const NAMED: bool>(row: &Row<'_>) -> Result<SetRecord> {
    Ok(SetRecord {
        id: row.get(0)?,
        session: row.get(1)?,
        exercise: row.get(2)?,
        name: row.get(3)?,
        set: row.get(4)?,
        side: row.get(5)?,
        prescribed: Amount {
            reps: row.get(6)?,
            time: length(row.get(7)?),
        },
        done: Amount {
            reps: row.get(8)?,
            time: length(row.get(9)?),
        },
        load: row.get(10)?,
        outcome: row.get(11)?,
        reason: row.get(12)?,
        entry: row.get(13)?,
        at: zoned::<NAMED>(row, 14)?,
        supersedes: row.get(15)?,
    })
}

pub(super) const SYMPTOM: &str = "id, session, kind, moment, exercise, value, at, supersedes";

pub(super) fn rating<const NAMED: bool>(row: &Row<'_>) -> Result<RatingRecord> {
    Ok(RatingRecord {
        id: row.get(0)?,
        session: row.get(1)?,
        kind: row.get(2)?,
        moment: row.get(3)?,
        exercise: row.get(4)?,
        value: row.get(5)?,
        at: zoned::<NAMED>(row, 6)?,
        supersedes: row.get(7)?,
    })
}

pub(super) const NOTE: &str = "id, session, text, at, supersedes";

pub(super) fn note<const NAMED: bool>(row: &Row<'_>) -> Result<NoteRecord> {
    Ok(NoteRecord {
        id: row.get(0)?,
        session: row.get(1)?,
        text: row.get(2)?,
        at: zoned::<NAMED>(row, 3)?,
        supersedes: row.get(4)?,
    })
}

pub(super) const END: &str = "id, session, kind, for_pain, at";

pub(super) fn end<const NAMED: bool>(row: &Row<'_>) -> Result<EndRecord> {
    Ok(EndRecord {
        id: row.get(0)?,
        session: row.get(1)?,
        kind: row.get(2)?,
        for_pain: row.get(3)?,
        at: zoned::<NAMED>(row, 4)?,
    })
}

pub(super) const STRIKE: &str = "id, session, struck, at";

pub(super) fn strike<const NAMED: bool>(row: &Row<'_>) -> Result<StrikeRecord> {
    Ok(StrikeRecord {
        id: row.get(0)?,
        session: row.get(1)?,
        struck: row.get(2)?,
        at: zoned::<NAMED>(row, 3)?,
    })
}

pub(super) const CHOICE: &str = "id, program, phase, exercise, step, dose, taken, evidence, at";

pub(super) fn choice<const NAMED: bool>(row: &Row<'_>) -> Result<ChoiceRecord> {
    Ok(ChoiceRecord {
        id: row.get(0)?,
        program: row.get(1)?,
        phase: row.get(2)?,
        exercise: row.get(3)?,
        step: row.get(4)?,
        dose: row.get(5)?,
        taken: row.get(6)?,
        evidence: row.get(7)?,
        at: zoned::<NAMED>(row, 8)?,
    })
}

pub(super) const SIGN: &str = "id, program, hash, session, exercise, words, at";

pub(super) fn sign<const NAMED: bool>(row: &Row<'_>) -> Result<StopSignRecord> {
    Ok(StopSignRecord {
        id: row.get(0)?,
        program: row.get(1)?,
        hash: row.get(2)?,
        session: row.get(3)?,
        exercise: row.get(4)?,
        words: row.get(5)?,
        at: zoned::<NAMED>(row, 6)?,
    })
}

pub(super) const CLEARANCE: &str = "id, sign, at";

pub(super) fn clearance<const NAMED: bool>(row: &Row<'_>) -> Result<ClearanceRecord> {
    Ok(ClearanceRecord {
        id: row.get(0)?,
        sign: row.get(1)?,
        at: zoned::<NAMED>(row, 2)?,
    })
}
