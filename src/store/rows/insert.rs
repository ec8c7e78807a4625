//! Writing records as rows. A row that is already there is left as it is.

use rusqlite::types::ToSql;
use rusqlite::{Connection, Result, params};

use super::values::{millis, time};
use crate::record::{
    ChoiceRecord, ClearanceRecord, EndRecord, NoteRecord, RatingRecord, Record, ResumeRecord,
    SessionRecord, SetRecord, StopSignRecord, StrikeRecord, TextRecord,
};

/// Adds a row, and returns how many were added: none if it is already there.
pub(in crate::store) fn insert(connection: &Connection, record: &Record) -> Result<usize> {
    match record {
        Record::Text(text) => insert_text(connection, text),
        Record::Session(session) => insert_session(connection, session),
        Record::Resume(resume) => insert_resume(connection, resume),
        Record::Set(set) => insert_set(connection, set),
        Record::Rating(rating) => insert_rating(connection, rating),
        Record::Note(note) => insert_note(connection, note),
        Record::End(end) => insert_end(connection, end),
        Record::Strike(strike) => insert_strike(connection, strike),
        Record::Choice(choice) => insert_choice(connection, choice),
        Record::StopSign(sign) => insert_sign(connection, sign),
        Record::Clearance(clearance) => insert_clearance(connection, clearance),
    }
}

fn run(connection: &Connection, sql: &str, params: &[&dyn ToSql]) -> Result<usize> {
    connection.prepare_cached(sql)?.execute(params)
}

fn insert_text(connection: &Connection, text: &TextRecord) -> Result<usize> {
    run(
        connection,
        "INSERT INTO text (hash, name, text) VALUES (?1, ?2, ?3) ON CONFLICT (hash) DO NOTHING",
        params![text.hash, text.name, text.text],
    )
}

fn insert_session(connection: &Connection, session: &SessionRecord) -> Result<usize> {
    let (started, started_ms) = time(&session.started);
    run(
        connection,
        "INSERT INTO session (id, program, title, hash, phase, short, sets, started, started_ms)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9) ON CONFLICT (id) DO NOTHING",
        params![
            session.id,
            session.program,
            session.title,
            session.hash,
            session.phase,
            session.short,
            session.sets,
            started,
            started_ms
        ],
    )
}

fn insert_resume(connection: &Connection, resume: &ResumeRecord) -> Result<usize> {
    let (at, at_ms) = time(&resume.at);
    run(
        connection,
        "INSERT INTO resumption (id, session, hash, at, at_ms)
         VALUES (?1, ?2, ?3, ?4, ?5) ON CONFLICT (id) DO NOTHING",
        params![resume.id, resume.session, resume.hash, at, at_ms],
    )
}

fn insert_set(connection: &Connection, set: &SetRecord) -> Result<usize> {
    let (at, at_ms) = time(&set.at);
    run(
        connection,
        "INSERT INTO set_done (id, session, exercise, name, set_number, side, prescribed_reps,
         prescribed_ms, done_reps, done_ms, load, outcome, reason, entry, at, at_ms, supersedes)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17)
         ON CONFLICT (id) DO NOTHING",
        params![
            set.id,
            set.session,
            set.exercise,
            set.name,
            set.set,
            set.side,
            set.prescribed.reps,
            millis(set.prescribed.time),
            set.done.reps,
            millis(set.done.time),
            set.load,
            set.outcome,
            set.reason,
            set.entry,
            at,
            at_ms,
            set.supersedes
        ],
    )
}

fn insert_rating(connection: &Connection, rating: &RatingRecord) -> Result<usize> {
    let (at, at_ms) = time(&rating.at);
    run(
        connection,
        "INSERT INTO symptom (id, session, kind, moment, exercise, value, at, at_ms, supersedes)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9) ON CONFLICT (id) DO NOTHING",
        params![
            rating.id,
            rating.session,
            rating.kind,
            rating.moment,
            rating.exercise,
            rating.value,
            at,
            at_ms,
            rating.supersedes
        ],
    )
}

fn insert_note(connection: &Connection, note: &NoteRecord) -> Result<usize> {
    let (at, at_ms) = time(&note.at);
    run(
        connection,
        "INSERT INTO note (id, session, text, at, at_ms, supersedes)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6) ON CONFLICT (id) DO NOTHING",
        params![note.id, note.session, note.text, at, at_ms, note.supersedes],
    )
}

fn insert_end(connection: &Connection, end: &EndRecord) -> Result<usize> {
    let (at, at_ms) = time(&end.at);
    run(
        connection,
        "INSERT INTO session_end (id, session, kind, at, at_ms, for_pain)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6) ON CONFLICT (id) DO NOTHING",
        params![end.id, end.session, end.kind, at, at_ms, end.for_pain],
    )
}

fn insert_strike(connection: &Connection, strike: &StrikeRecord) -> Result<usize> {
    let (at, at_ms) = time(&strike.at);
    run(
        connection,
        "INSERT INTO strike (id, session, struck, at, at_ms)
         VALUES (?1, ?2, ?3, ?4, ?5) ON CONFLICT (id) DO NOTHING",
        params![strike.id, strike.session, strike.struck, at, at_ms],
    )
}

fn insert_choice(connection: &Connection, choice: &ChoiceRecord) -> Result<usize> {
    let (at, at_ms) = time(&choice.at);
    run(
        connection,
        "INSERT INTO choice (id, program, phase, exercise, step, dose, taken, evidence, at, at_ms)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10) ON CONFLICT (id) DO NOTHING",
        params![
            choice.id,
            choice.program,
            choice.phase,
            choice.exercise,
            choice.step,
            choice.dose,
            choice.taken,
            choice.evidence,
            at,
            at_ms
        ],
    )
}

fn insert_sign(connection: &Connection, sign: &StopSignRecord) -> Result<usize> {
    let (at, at_ms) = time(&sign.at);
    run(
        connection,
        "INSERT INTO stop_sign (id, program, hash, session, exercise, words, at, at_ms)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8) ON CONFLICT (id) DO NOTHING",
        params![
            sign.id,
            sign.program,
            sign.hash,
            sign.session,
            sign.exercise,
            sign.words,
            at,
            at_ms
        ],
    )
}

fn insert_clearance(connection: &Connection, clearance: &ClearanceRecord) -> Result<usize> {
    let (at, at_ms) = time(&clearance.at);
    run(
        connection,
        "INSERT INTO clearance (id, sign, at, at_ms)
         VALUES (?1, ?2, ?3, ?4) ON CONFLICT (id) DO NOTHING",
        params![clearance.id, clearance.sign, at, at_ms],
    )
}
