//! Records as rows of the tables, both ways. Knows nothing of files or of errors beyond `SQLite`'s own.

use std::collections::{HashMap, HashSet};
use std::time::Duration;

use jiff::Zoned;
use rusqlite::types::{FromSql, FromSqlError, FromSqlResult, ToSql, ToSqlOutput, Type, ValueRef};
use rusqlite::{Connection, Result, Row, params};

use crate::program::{PainMoment, Side};
use crate::record::{
    Amount, EndKind, EndRecord, Entry, Outcome, Record, SessionHistory, SessionRecord, SetRecord, SkipReason,
    SymptomKind, SymptomRecord,
};

/// A word of the schema for each value of a type.
macro_rules! words {
    ($($type:ty { $($value:ident = $word:literal),* $(,)? })*) => {
        $(
            impl ToSql for $type {
                fn to_sql(&self) -> Result<ToSqlOutput<'_>> {
                    Ok(ToSqlOutput::from(match self { $(Self::$value => $word),* }))
                }
            }

            impl FromSql for $type {
                fn column_result(value: ValueRef<'_>) -> FromSqlResult<Self> {
                    match value.as_str()? { $($word => Ok(Self::$value),)* _ => Err(FromSqlError::InvalidType) }
                }
            }
        )*
    };
}

words! {
    Side { Both = "both", Left = "left", Right = "right" }
    Outcome { Done = "done", Partial = "partial", Skipped = "skipped" }
    SkipReason {
        Pain = "pain",
        TooHard = "too-hard",
        NoTime = "no-time",
        NoEquipment = "no-equipment",
        Other = "other",
        Stopped = "stopped",
    }
    Entry { Timed = "timed", ByHand = "by-hand" }
    SymptomKind { Pain = "pain", Exertion = "exertion" }
    PainMoment { Before = "before", Each = "each", After = "after", NextMorning = "next-morning" }
    EndKind { Finished = "finished", EndedEarly = "ended-early", Discarded = "discarded" }
}

fn millis(length: Option<Duration>) -> Option<i64> {
    length.map(|length| i64::try_from(length.as_millis()).unwrap_or(i64::MAX))
}

fn length(millis: Option<i64>) -> Option<Duration> {
    millis.map(|millis| Duration::from_millis(u64::try_from(millis).unwrap_or(0)))
}

/// A time as it was written, by its offset: the day and the hour it was where it was lived. The zone's name stays in the table.
fn zoned(row: &Row<'_>, column: usize) -> Result<Zoned> {
    let text: String = row.get(column)?;
    let by_offset = || {
        let pieces = jiff::fmt::temporal::Pieces::parse(&text).ok()?;
        let time = pieces.time()?;
        let offset = pieces.to_numeric_offset()?;
        offset.to_timestamp(pieces.date().to_datetime(time)).ok().map(|at| at.to_zoned(offset.to_time_zone()))
    };
    by_offset().ok_or(rusqlite::Error::InvalidColumnType(column, text, Type::Text))
}

/// Adds a row; one that is there already is left as it is.
pub(super) fn insert(connection: &Connection, record: &Record) -> Result<()> {
    let run = |sql: &str, params: &[&dyn ToSql]| connection.prepare_cached(sql)?.execute(params).map(|_| ());
    let at = |at: &Zoned| (at.to_string(), at.timestamp().as_millisecond());
    match record {
        Record::Text(text) => run(
            "INSERT INTO text (hash, name, text) VALUES (?1, ?2, ?3) ON CONFLICT (hash) DO NOTHING",
            params![text.hash, text.name, text.text],
        ),
        Record::Session(session) => {
            let (started, started_ms) = at(&session.started);
            run(
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
        Record::Resume(resume) => {
            let (at, at_ms) = at(&resume.at);
            run(
                "INSERT INTO resumption (id, session, hash, at, at_ms) VALUES (?1, ?2, ?3, ?4, ?5) ON CONFLICT (id) DO NOTHING",
                params![resume.id, resume.session, resume.hash, at, at_ms],
            )
        }
        Record::Set(set) => {
            let (at, at_ms) = at(&set.at);
            run(
                "INSERT INTO set_done (id, session, exercise, name, set_number, side, prescribed_reps, prescribed_ms, done_reps,
                 done_ms, load, outcome, reason, entry, at, at_ms, supersedes)
                 VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17) ON CONFLICT (id) DO NOTHING",
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
        Record::Symptom(symptom) => {
            let (at, at_ms) = at(&symptom.at);
            run(
                "INSERT INTO symptom (id, session, kind, moment, exercise, value, at, at_ms, supersedes)
                 VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9) ON CONFLICT (id) DO NOTHING",
                params![
                    symptom.id,
                    symptom.session,
                    symptom.kind,
                    symptom.moment,
                    symptom.exercise,
                    symptom.value,
                    at,
                    at_ms,
                    symptom.supersedes
                ],
            )
        }
        Record::Note(note) => {
            let (at, at_ms) = at(&note.at);
            run(
                "INSERT INTO note (id, session, text, at, at_ms, supersedes) VALUES (?1, ?2, ?3, ?4, ?5, ?6) ON CONFLICT (id) DO NOTHING",
                params![note.id, note.session, note.text, at, at_ms, note.supersedes],
            )
        }
        Record::End(end) => {
            let (at, at_ms) = at(&end.at);
            run(
                "INSERT INTO session_end (id, session, kind, at, at_ms) VALUES (?1, ?2, ?3, ?4, ?5) ON CONFLICT (id) DO NOTHING",
                params![end.id, end.session, end.kind, at, at_ms],
            )
        }
    }
}

/// The sessions that the app needs to know, by the condition that `Store::histories` states.
const WANTED: &str = "SELECT s.id FROM session s WHERE s.started_ms >= ?1
    OR NOT EXISTS (SELECT 1 FROM session_end e WHERE e.session = s.id)
    OR s.started_ms = (SELECT max(t.started_ms) FROM session t WHERE t.program = s.program)";

pub(super) fn histories(connection: &Connection, since: i64) -> Result<Vec<SessionHistory>> {
    let mut sessions = connection.prepare(&format!(
        "SELECT id, program, title, hash, phase, short, sets, started FROM session WHERE id IN ({WANTED}) ORDER BY started_ms, rowid"
    ))?;
    let mut histories: Vec<SessionHistory> = sessions
        .query_map([since], |row| {
            Ok(SessionHistory {
                session: SessionRecord {
                    id: row.get(0)?,
                    program: row.get(1)?,
                    title: row.get(2)?,
                    hash: row.get(3)?,
                    phase: row.get(4)?,
                    short: row.get(5)?,
                    sets: row.get(6)?,
                    started: zoned(row, 7)?,
                },
                sets: Vec::new(),
                symptoms: Vec::new(),
                end: None,
            })
        })?
        .collect::<Result<_>>()?;
    let places: HashMap<String, usize> =
        histories.iter().enumerate().map(|(index, history)| (history.session.id.clone(), index)).collect();
    for set in sets(connection, since)? {
        if let Some(history) = places.get(&set.session).and_then(|index| histories.get_mut(*index)) {
            put(&mut history.sets, set);
        }
    }
    for symptom in symptoms(connection, since)? {
        if let Some(history) = places.get(&symptom.session).and_then(|index| histories.get_mut(*index)) {
            history.symptoms.push(symptom);
        }
    }
    for end in ends(connection, since)? {
        if let Some(history) = places.get(&end.session).and_then(|index| histories.get_mut(*index)) {
            // Two windows may end the same session; what was played to its end stays so.
            let finished = history.end.as_ref().is_some_and(|other| other.kind == EndKind::Finished);
            if !finished {
                history.end = Some(end);
            }
        }
    }
    Ok(histories)
}

/// Adds a set. Where two windows played the same one, and neither knew of the other, the better stands.
fn put(sets: &mut Vec<SetRecord>, set: SetRecord) {
    let twin =
        sets.iter_mut().find(|other| other.exercise == set.exercise && other.set == set.set && other.side == set.side);
    match twin {
        Some(twin) if set.done.reaches(&twin.done) => *twin = set,
        Some(_) => {}
        None => sets.push(set),
    }
}

fn sets(connection: &Connection, since: i64) -> Result<Vec<SetRecord>> {
    let mut statement = connection.prepare(&format!(
        "SELECT id, session, exercise, name, set_number, side, prescribed_reps, prescribed_ms, done_reps, done_ms, load, outcome, reason,
         entry, at, supersedes FROM set_done WHERE session IN ({WANTED}) ORDER BY at_ms, rowid"
    ))?;
    let rows = statement.query_map([since], |row| {
        Ok(SetRecord {
            id: row.get(0)?,
            session: row.get(1)?,
            exercise: row.get(2)?,
            name: row.get(3)?,
            set: row.get(4)?,
            side: row.get(5)?,
            prescribed: Amount { reps: row.get(6)?, time: length(row.get(7)?) },
            done: Amount { reps: row.get(8)?, time: length(row.get(9)?) },
            load: row.get(10)?,
            outcome: row.get(11)?,
            reason: row.get(12)?,
            entry: row.get(13)?,
            at: zoned(row, 14)?,
            supersedes: row.get(15)?,
        })
    })?;
    let all: Vec<SetRecord> = rows.collect::<Result<_>>()?;
    let superseded: HashSet<String> = all.iter().filter_map(|set| set.supersedes.clone()).collect();
    Ok(all.into_iter().filter(|set| !superseded.contains(&set.id)).collect())
}

fn symptoms(connection: &Connection, since: i64) -> Result<Vec<SymptomRecord>> {
    let mut statement = connection.prepare(&format!(
        "SELECT id, session, kind, moment, exercise, value, at, supersedes FROM symptom WHERE session IN ({WANTED}) ORDER BY at_ms, rowid"
    ))?;
    let rows = statement.query_map([since], |row| {
        Ok(SymptomRecord {
            id: row.get(0)?,
            session: row.get(1)?,
            kind: row.get(2)?,
            moment: row.get(3)?,
            exercise: row.get(4)?,
            value: row.get(5)?,
            at: zoned(row, 6)?,
            supersedes: row.get(7)?,
        })
    })?;
    let all: Vec<SymptomRecord> = rows.collect::<Result<_>>()?;
    let superseded: HashSet<String> = all.iter().filter_map(|symptom| symptom.supersedes.clone()).collect();
    Ok(all.into_iter().filter(|symptom| !superseded.contains(&symptom.id)).collect())
}

fn ends(connection: &Connection, since: i64) -> Result<Vec<EndRecord>> {
    let mut statement = connection.prepare(&format!(
        "SELECT id, session, kind, at FROM session_end WHERE session IN ({WANTED}) ORDER BY at_ms, rowid"
    ))?;
    let rows = statement.query_map([since], |row| {
        Ok(EndRecord { id: row.get(0)?, session: row.get(1)?, kind: row.get(2)?, at: zoned(row, 3)? })
    })?;
    rows.collect()
}

pub(super) fn notes(connection: &Connection) -> Result<Vec<String>> {
    let mut statement = connection.prepare(
        "SELECT text FROM note WHERE id NOT IN (SELECT supersedes FROM note WHERE supersedes IS NOT NULL) ORDER BY at_ms, rowid",
    )?;
    let rows = statement.query_map((), |row| row.get(0))?;
    rows.collect()
}
