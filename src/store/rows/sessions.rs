//! Reading sessions: which of them are wanted, and what is recorded of them.

use std::collections::{HashMap, HashSet};

use jiff::Zoned;
use rusqlite::types::ToSql;
use rusqlite::{CachedStatement, Connection, Error, OptionalExtension, Result, Row, params};

use super::corrections::{apply, put_end, put_set};
use super::records::{
    END, NOTE, SESSION, SET, SYMPTOM, end, note, rating, session, set as set_row,
};
use super::values::zoned;
use crate::history::SessionHistory;
use crate::record::{NoteRecord, Outcome, RatingRecord, SetRecord};

/// How many of the last sessions are read however they ended.
const LAST: usize = 5;

/// Begins a statement with a table `each` of the programs that have sessions. They are found by the
/// index, one after the other; the last row is null.
macro_rules! each_program {
    () => {
        "WITH RECURSIVE each (program) AS (
            SELECT min(program) FROM session
            UNION ALL SELECT (SELECT min(program) FROM session WHERE program > each.program)
                FROM each WHERE each.program IS NOT NULL
        )"
    };
}

/// Selects the struck sessions: those whose last strike row says so.
macro_rules! struck {
    () => {
        "SELECT k.session FROM strike k WHERE k.struck = 1
            AND k.at_ms = (SELECT max(l.at_ms) FROM strike l WHERE l.session = k.session)"
    };
}

/// Tells whether anything was done in a session: a set that was not skipped, with corrections
/// applied.
macro_rules! worked {
    ($session:literal) => {
        concat!(
            "EXISTS (SELECT 1 FROM set_done d WHERE d.session = ",
            $session,
            " AND d.outcome <> 'skipped'
                AND NOT EXISTS (SELECT 1 FROM set_done n WHERE n.supersedes = d.id))"
        )
    };
}

/// Tells whether a session was played to its end.
macro_rules! finished {
    () => {
        "EXISTS (SELECT 1 FROM session_end e WHERE e.session = s.id AND e.kind = 'finished')"
    };
}

/// Selects the sessions that the app needs at its start: those begun since a time, the unfinished
/// ones of the sixty days before it, and of each program the last session and the last finished
/// one. Each part uses an index, so that ten years of records take no longer than one. Some ids
/// come twice: to select them once, `SQLite` would go through all sessions.
const WANTED: &str = concat!(
    each_program!(),
    "SELECT id FROM session WHERE started_ms >= ?1
    UNION ALL SELECT s.id FROM session s WHERE s.started_ms >= max(?1, 0) - 5184000000
        AND NOT EXISTS (SELECT 1 FROM session_end e WHERE e.session = s.id)
    UNION ALL SELECT (SELECT s.id FROM session s WHERE s.program = p.program AND s.id NOT IN (",
    struck!(),
    ") ORDER BY s.started_ms DESC LIMIT 1) FROM each p WHERE p.program IS NOT NULL
    UNION ALL SELECT (SELECT s.id FROM session s WHERE s.program = p.program AND s.id NOT IN (",
    struck!(),
    ") AND ",
    finished!(),
    " AND ",
    worked!("s.id"),
    " ORDER BY s.started_ms DESC LIMIT 1) FROM each p WHERE p.program IS NOT NULL"
);

/// Selects the sessions of one program begun since a time.
const OF_PROGRAM: &str = "SELECT id FROM session WHERE started_ms >= ?1 AND program = ?2";

const STRUCK: &str = struck!();

/// Joins sessions given as a JSON list of ids: one statement for all of them, each found by its
/// index.
const LISTED: &str = "FROM (SELECT value AS listed FROM json_each(?1)) CROSS JOIN";

/// Returns the ids of the programs that have sessions.
pub(in crate::store) fn programs(connection: &Connection) -> Result<Vec<String>> {
    let sql = concat!(
        each_program!(),
        " SELECT program FROM each WHERE program IS NOT NULL"
    );
    connection
        .prepare(sql)?
        .query_map((), |row| row.get(0))?
        .collect()
}

/// Returns when the first session of a program began that is not struck.
pub(in crate::store) fn first_session(
    connection: &Connection,
    program: &str,
) -> Result<Option<Zoned>> {
    let sql = format!(
        "SELECT started FROM session WHERE program = ?1 AND id NOT IN ({STRUCK})
         ORDER BY started_ms LIMIT 1"
    );
    connection
        .query_row(&sql, [program], |row| zoned::<false>(row, 0))
        .optional()
}

/// Returns the wanted sessions with what the first page shows of them: of those that have ended no
/// sets and no notes.
pub(in crate::store) fn recent(connection: &Connection, since: i64) -> Result<Vec<SessionHistory>> {
    read_briefly(connection, &wanted_ids(connection, since)?)
}

/// Returns sessions of some programs, or of one phase of each: the first in which anything was
/// done, the given number of the last finished ones, and some of the last ones however they ended.
pub(in crate::store) fn of_phases(
    connection: &Connection,
    phases: &[(&str, Option<u16>, usize)],
) -> Result<Vec<SessionHistory>> {
    let (worked, finished) = (worked!("s.id"), finished!());
    let select = |phase: Option<u16>, and: &str, order: &str| {
        let phase = if phase.is_some() {
            "s.phase = ?2"
        } else {
            "?2 IS NULL"
        };
        format!(
            "SELECT s.id FROM session s
             WHERE s.program = ?1 AND {phase} AND s.id NOT IN ({STRUCK}) AND {and}
             ORDER BY s.started_ms {order} LIMIT ?3"
        )
    };
    let mut ids: HashSet<String> = HashSet::new();
    for (program, phase, last) in phases {
        let rated = "EXISTS (SELECT 1 FROM symptom y WHERE y.session = s.id)";
        let wanted = [
            (worked.to_owned(), "ASC", 1),
            (format!("{worked} AND {finished}"), "DESC", *last),
            // Pain in the last sessions counts however they ended.
            (format!("({worked} OR {rated})"), "DESC", LAST),
        ];
        for (and, order, count) in wanted {
            let mut statement = connection.prepare_cached(&select(*phase, &and, order))?;
            let count = i64::try_from(count).unwrap_or(i64::MAX);
            for id in statement.query_map(params![program, phase, count], |row| row.get(0))? {
                ids.insert(id?);
            }
        }
    }
    read_briefly(connection, &ids)
}

/// Returns the wanted sessions with everything that is recorded of them.
pub(in crate::store) fn histories(
    connection: &Connection,
    since: i64,
) -> Result<Vec<SessionHistory>> {
    let ids = wanted_ids(connection, since)?;
    read_fully(connection, &ids, WANTED, &[&since])
}

/// Returns the sessions of one program begun since a time, with everything that is recorded of
/// them.
pub(in crate::store) fn histories_of(
    connection: &Connection,
    program: &str,
    since: i64,
) -> Result<Vec<SessionHistory>> {
    let mut statement = connection.prepare(OF_PROGRAM)?;
    let ids = statement
        .query_map(params![since, program], |row| row.get(0))?
        .collect::<Result<HashSet<String>>>()?;
    let struck = struck(connection)?;
    let ids = ids.into_iter().filter(|id| !struck.contains(id)).collect();
    read_fully(connection, &ids, OF_PROGRAM, &[&since, &program])
}

/// Returns the last sessions of one program, or of one phase of it, with everything that is
/// recorded of them.
pub(in crate::store) fn last_of(
    connection: &Connection,
    program: &str,
    phase: Option<u16>,
    count: usize,
) -> Result<Vec<SessionHistory>> {
    let which = format!(
        "SELECT id FROM session
         WHERE program = ?1 AND (?2 IS NULL OR phase = ?2) AND id NOT IN ({STRUCK})
         ORDER BY started_ms DESC LIMIT ?3"
    );
    let count = i64::try_from(count).unwrap_or(i64::MAX);
    let mut statement = connection.prepare_cached(&which)?;
    let ids = statement.query_map(params![program, phase, count], |row| row.get(0))?;
    let ids = ids.collect::<Result<HashSet<String>>>()?;
    read_fully(connection, &ids, &which, params![program, phase, count])
}

fn struck(connection: &Connection) -> Result<HashSet<String>> {
    connection
        .prepare(STRUCK)?
        .query_map((), |row| row.get(0))?
        .collect()
}

/// Returns the ids of the wanted sessions that are not struck.
fn wanted_ids(connection: &Connection, since: i64) -> Result<HashSet<String>> {
    // The last finished session of a program that was never finished is null.
    let ids: HashSet<Option<String>> = connection
        .prepare(WANTED)?
        .query_map([since], |row| row.get(0))?
        .collect::<Result<_>>()?;
    let struck = struck(connection)?;
    Ok(ids
        .into_iter()
        .flatten()
        .filter(|id| !struck.contains(id))
        .collect())
}

/// Sessions that are being read, in the order in which they began.
struct Sessions {
    histories: Vec<SessionHistory>,
    places: HashMap<String, usize>,
}

impl Sessions {
    /// Reads how some sessions began, and nothing else of them. `list` has their ids as JSON.
    fn read(connection: &Connection, list: &str) -> Result<Self> {
        let sql = format!(
            "SELECT {SESSION} {LISTED} session ON session.id = listed
             ORDER BY started_ms, session.rowid"
        );
        let histories = connection
            .prepare_cached(&sql)?
            .query_map([list], |row| {
                Ok(SessionHistory {
                    session: session::<false>(row)?,
                    worked: false,
                    sets: Vec::new(),
                    sets_read: false,
                    ratings: Vec::new(),
                    notes: Vec::new(),
                    end: None,
                })
            })?
            .collect::<Result<Vec<_>>>()?;
        let places = histories
            .iter()
            .enumerate()
            .map(|(index, history)| (history.session.id.clone(), index))
            .collect();
        Ok(Self { histories, places })
    }

    fn get(&mut self, session: &str) -> Option<&mut SessionHistory> {
        self.histories.get_mut(*self.places.get(session)?)
    }

    /// Gives rows to their sessions, those of each session in the order of their times. Sorting
    /// them here is faster: `SQLite` would sort the rows of all sessions at once, in a file if
    /// there are many.
    fn give<T>(
        &mut self,
        rows: Vec<T>,
        session: fn(&T) -> &String,
        at: fn(&T) -> &Zoned,
        mut put: impl FnMut(&mut SessionHistory, Vec<T>),
    ) {
        let mut each: Vec<Vec<T>> = self.histories.iter().map(|_| Vec::new()).collect();
        for row in rows {
            let place = self.places.get(session(&row));
            if let Some(rows) = place.and_then(|place| each.get_mut(*place)) {
                rows.push(row);
            }
        }
        for (history, mut rows) in self.histories.iter_mut().zip(each) {
            rows.sort_by(|a, b| at(a).cmp(at(b)));
            put(history, rows);
        }
    }
}

fn put_sets(history: &mut SessionHistory, sets: Vec<SetRecord>) {
    for set in sets {
        put_set(&mut history.sets, set);
    }
    history.sets_read = true;
}

fn did_anything(sets: &[SetRecord]) -> bool {
    sets.iter().any(|set| set.outcome != Outcome::Skipped)
}

fn hold_ratings(rows: Vec<RatingRecord>) -> Vec<RatingRecord> {
    apply(rows, |row| &row.id, |row| row.supersedes.as_ref())
}

fn hold_sets(rows: Vec<SetRecord>) -> Vec<SetRecord> {
    apply(rows, |row| &row.id, |row| row.supersedes.as_ref())
}

fn hold_notes(rows: Vec<NoteRecord>) -> Vec<NoteRecord> {
    apply(rows, |row| &row.id, |row| row.supersedes.as_ref())
}

/// Returns some ids as a JSON list.
fn list(ids: &HashSet<String>) -> Result<String> {
    serde_json::to_string(ids).map_err(|error| Error::ToSqlConversionFailure(error.into()))
}

/// Reads some sessions with what the first page shows of them.
fn read_briefly(connection: &Connection, ids: &HashSet<String>) -> Result<Vec<SessionHistory>> {
    let list = list(ids)?;
    let mut sessions = Sessions::read(connection, &list)?;
    for end in of_sessions(connection, END, "session_end")?.query_map([&list], end::<false>)? {
        let end = end?;
        if let Some(history) = sessions.get(&end.session) {
            put_end(history, end);
        }
    }
    let ratings = of_sessions(connection, SYMPTOM, "symptom")?
        .query_map([&list], rating::<false>)?
        .collect::<Result<_>>()?;
    for rating in hold_ratings(ratings) {
        if let Some(history) = sessions.get(&rating.session) {
            history.ratings.push(rating);
        }
    }
    let worked = concat!("SELECT value FROM json_each(?1) WHERE ", worked!("value"));
    let mut worked = connection.prepare_cached(worked)?;
    for id in worked.query_map([&list], |row| row.get::<_, String>(0))? {
        if let Some(history) = sessions.get(&id?) {
            history.worked = true;
        }
    }
    let unfinished = sessions.histories.iter_mut();
    for history in unfinished.filter(|history| history.end.is_none()) {
        let sql = format!("SELECT {SET} FROM set_done WHERE session = ?1 ORDER BY at_ms, rowid");
        let sets = connection
            .prepare_cached(&sql)?
            .query_map([&history.session.id], set_row::<false>)?
            .collect::<Result<_>>()?;
        put_sets(history, hold_sets(sets));
        history.worked = did_anything(&history.sets);
    }
    Ok(sessions.histories)
}

/// Prepares to read the rows of a table that belong to listed sessions, in the order of their
/// times.
fn of_sessions<'c>(
    connection: &'c Connection,
    columns: &str,
    table: &str,
) -> Result<CachedStatement<'c>> {
    connection.prepare_cached(&format!(
        "SELECT {columns} {LISTED} {table} ON {table}.session = listed
         ORDER BY at_ms, {table}.rowid"
    ))
}

/// Reads some sessions with everything that is recorded of them. `which` selects the same sessions
/// in SQL, with its parameters.
fn read_fully(
    connection: &Connection,
    ids: &HashSet<String>,
    which: &str,
    params: &[&dyn ToSql],
) -> Result<Vec<SessionHistory>> {
    let mut sessions = Sessions::read(connection, &list(ids)?)?;
    let which = (which, params);
    let sets = rows_of(connection, SET, "set_done", which, set_row::<false>)?;
    sessions.give(
        hold_sets(sets),
        |set| &set.session,
        |set| &set.at,
        |history, sets| {
            history.worked = did_anything(&sets);
            put_sets(history, sets);
        },
    );
    let ratings = rows_of(connection, SYMPTOM, "symptom", which, rating::<false>)?;
    sessions.give(
        hold_ratings(ratings),
        |rating| &rating.session,
        |rating| &rating.at,
        |history, ratings| history.ratings = ratings,
    );
    let notes = rows_of(connection, NOTE, "note", which, note::<false>)?;
    sessions.give(
        hold_notes(notes),
        |note| &note.session,
        |note| &note.at,
        |history, notes| history.notes = notes,
    );
    let ends = rows_of(connection, END, "session_end", which, end::<false>)?;
    sessions.give(
        ends,
        |end| &end.session,
        |end| &end.at,
        |history, ends| {
            for end in ends {
                put_end(history, end);
            }
        },
    );
    Ok(sessions.histories)
}

/// Returns the rows of a table that belong to the selected sessions, those of one session in the
/// order in which they were written.
fn rows_of<T>(
    connection: &Connection,
    columns: &str,
    table: &str,
    (which, params): (&str, &[&dyn ToSql]),
    read: fn(&Row<'_>) -> Result<T>,
) -> Result<Vec<T>> {
    let sql = format!(
        "SELECT {columns} FROM (SELECT DISTINCT id AS listed FROM ({which}))
         CROSS JOIN {table} ON {table}.session = listed"
    );
    connection.prepare(&sql)?.query_map(params, read)?.collect()
}
