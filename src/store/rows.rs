//! Records as rows of the tables, both ways. Knows nothing of files or of errors beyond `SQLite`'s
//! own.

use std::collections::{HashMap, HashSet};
use std::time::Duration;

use jiff::Zoned;
use rusqlite::types::{FromSql, FromSqlError, FromSqlResult, ToSql, ToSqlOutput, Type, ValueRef};
use rusqlite::{Connection, Result, Row, params};

use crate::program::{PainMoment, Side};
use crate::record::{
    Amount, ChoiceRecord, ClearanceRecord, EndKind, EndRecord, EntryMethod, NoteRecord, Outcome,
    RatingKind, RatingRecord, Record, ResumeRecord, SessionHistory, SessionRecord, SetRecord,
    SkipReason, StopSign, StopSignRecord, StrikeRecord, TextRecord,
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
    EntryMethod { Timer = "timed", Manual = "by-hand" }
    RatingKind { Pain = "pain", Exertion = "exertion" }
    PainMoment { Before = "before", Each = "each", After = "after", NextMorning = "next-morning" }
    EndKind { Finished = "finished", EndedEarly = "ended-early", Discarded = "discarded" }
}

fn millis(length: Option<Duration>) -> Option<i64> {
    length.map(|length| i64::try_from(length.as_millis()).unwrap_or(i64::MAX))
}

fn length(millis: Option<i64>) -> Option<Duration> {
    millis.map(|millis| Duration::from_millis(u64::try_from(millis).unwrap_or(0)))
}

/// A time as it was written, by its offset: the day and the hour it was where it was lived. The
/// zone's name is only read where it is to be written again, for each takes a search through all
/// zones.
fn zoned<const NAMED: bool>(row: &Row<'_>, column: usize) -> Result<Zoned> {
    let text: String = row.get(column)?;
    if NAMED && let Ok(named) = text.parse() {
        return Ok(named);
    }
    let by_offset = || {
        let pieces = jiff::fmt::temporal::Pieces::parse(&text).ok()?;
        let time = pieces.time()?;
        let offset = pieces.to_numeric_offset()?;
        offset
            .to_timestamp(pieces.date().to_datetime(time))
            .ok()
            .map(|at| at.to_zoned(offset.to_time_zone()))
    };
    by_offset().ok_or(rusqlite::Error::InvalidColumnType(column, text, Type::Text))
}

/// Adds a row; one that is there already is left as it is. Says how many were added.
pub(super) fn insert(connection: &Connection, record: &Record) -> Result<usize> {
    let run = |sql: &str, params: &[&dyn ToSql]| connection.prepare_cached(sql)?.execute(params);
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
        Record::Rating(rating) => {
            let (at, at_ms) = at(&rating.at);
            run(
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
                "INSERT INTO session_end (id, session, kind, at, at_ms, for_pain) VALUES (?1, ?2, ?3, ?4, ?5, ?6)
                 ON CONFLICT (id) DO NOTHING",
                params![end.id, end.session, end.kind, at, at_ms, end.for_pain],
            )
        }
        Record::Strike(strike) => {
            let (at, at_ms) = at(&strike.at);
            run(
                "INSERT INTO strike (id, session, struck, at, at_ms) VALUES (?1, ?2, ?3, ?4, ?5) ON CONFLICT (id) DO NOTHING",
                params![strike.id, strike.session, strike.struck, at, at_ms],
            )
        }
        Record::Choice(choice) => {
            let (at, at_ms) = at(&choice.at);
            run(
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
        Record::StopSign(sign) => {
            let (at, at_ms) = at(&sign.at);
            run(
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
        Record::Clearance(clearance) => {
            let (at, at_ms) = at(&clearance.at);
            run(
                "INSERT INTO clearance (id, sign, at, at_ms) VALUES (?1, ?2, ?3, ?4) ON CONFLICT (id) DO NOTHING",
                params![clearance.id, clearance.sign, at, at_ms],
            )
        }
    }
}

/// The programs of which a session is on record, as a table `each`, found by the index one after
/// the other; its last row is none.
macro_rules! each_program {
    () => {
        "WITH RECURSIVE each (program) AS (
            SELECT min(program) FROM session
            UNION ALL SELECT (SELECT min(program) FROM session WHERE program > each.program) FROM each
                WHERE each.program IS NOT NULL
        )"
    };
}

/// The sessions that are struck: of whose rows the last one says so.
macro_rules! struck {
    () => {
        "SELECT k.session FROM strike k WHERE k.struck = 1
            AND k.at_ms = (SELECT max(l.at_ms) FROM strike l WHERE l.session = k.session)"
    };
}

/// Whether anything was done in a session: a set that was not left out, as it stands now.
macro_rules! worked {
    ($session:literal) => {
        concat!(
            "EXISTS (SELECT 1 FROM set_done d WHERE d.session = ",
            $session,
            " AND d.outcome <> 'skipped' AND NOT EXISTS (SELECT 1 FROM set_done n WHERE n.supersedes = d.id))"
        )
    };
}

/// Whether a session was played to its end.
macro_rules! finished {
    () => {
        "EXISTS (SELECT 1 FROM session_end e WHERE e.session = s.id AND e.kind = 'finished')"
    };
}

/// The sessions that the app needs to know: those begun since a time, what was left unfinished in
/// the sixty days before, and of each program the last one and the last one that was finished.
/// Every part goes by an index, so that ten years of records take no longer than one. Some come
/// twice: to have each once the database would go through all sessions there are.
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

/// The ids of the programs of which a session is on record.
pub(super) fn programs(connection: &Connection) -> Result<Vec<String>> {
    let sql = concat!(
        each_program!(),
        " SELECT program FROM each WHERE program IS NOT NULL"
    );
    connection
        .prepare(sql)?
        .query_map((), |row| row.get(0))?
        .collect()
}

/// When the first session of a program was begun that was not struck.
pub(super) fn first_session(connection: &Connection, program: &str) -> Result<Option<Zoned>> {
    use rusqlite::OptionalExtension;
    let sql = format!(
        "SELECT started FROM session WHERE program = ?1 AND id NOT IN ({STRUCK}) ORDER BY started_ms LIMIT 1"
    );
    connection
        .query_row(&sql, [program], |row| zoned::<false>(row, 0))
        .optional()
}

const STRUCK: &str = struck!();

fn struck(connection: &Connection) -> Result<HashSet<String>> {
    connection
        .prepare(STRUCK)?
        .query_map((), |row| row.get(0))?
        .collect()
}

/// Which sessions are wanted.
fn wanted_ids(connection: &Connection, since: i64) -> Result<HashSet<String>> {
    // A program that was never finished has no last one that was.
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

/// Some sessions as a list that the database can go through: one statement for all of them, each
/// found by its index.
const LISTED: &str = "FROM (SELECT value AS listed FROM json_each(?1)) CROSS JOIN";

/// Some sessions by their ids, for `LISTED`.
fn list(ids: &HashSet<String>) -> Result<String> {
    serde_json::to_string(ids)
        .map_err(|error| rusqlite::Error::ToSqlConversionFailure(error.into()))
}

/// Some sessions in the order of their beginnings, nothing else of them read.
fn begun(connection: &Connection, ids: &HashSet<String>) -> Result<Vec<SessionHistory>> {
    let sql = format!(
        "SELECT {SESSION} {LISTED} session ON session.id = listed ORDER BY started_ms, session.rowid"
    );
    let history = |row: &Row<'_>| {
        let (sets, ratings, notes) = (Vec::new(), Vec::new(), Vec::new());
        let session = session::<false>(row)?;
        Ok(SessionHistory {
            session,
            worked: false,
            sets,
            sets_read: false,
            ratings,
            notes,
            end: None,
        })
    };
    connection
        .prepare_cached(&sql)?
        .query_map([list(ids)?], history)?
        .collect()
}

/// Two windows may end the same session; what was played to its end stays so.
fn put_end(history: &mut SessionHistory, end: EndRecord) {
    if !history.is_finished() {
        history.end = Some(end);
    }
}

/// The wanted sessions with what the first page shows of them: of those that have ended no sets and
/// no notes.
pub(super) fn recent(connection: &Connection, since: i64) -> Result<Vec<SessionHistory>> {
    shown(connection, &wanted_ids(connection, since)?)
}

/// How many of the last sessions are read however they ended.
const LAST: usize = 5;

/// Of some programs, or of one phase of each, the first session in which anything was done, so many
/// of the last ones that were finished, and some of the last ones however they ended.
pub(super) fn of_phases(
    connection: &Connection,
    phases: &[(&str, Option<u16>, usize)],
) -> Result<Vec<SessionHistory>> {
    let (worked, finished) = (worked!("s.id"), finished!());
    let of = |phase: Option<u16>, and: &str, order: &str| {
        let phase = if phase.is_some() {
            "s.phase = ?2"
        } else {
            "?2 IS NULL"
        };
        format!(
            "SELECT s.id FROM session s WHERE s.program = ?1 AND {phase} AND s.id NOT IN ({STRUCK})
             AND {and} ORDER BY s.started_ms {order} LIMIT ?3"
        )
    };
    let mut ids: HashSet<String> = HashSet::new();
    for (program, phase, last) in phases {
        let said = format!("({worked} OR EXISTS (SELECT 1 FROM symptom y WHERE y.session = s.id))");
        let wanted = [
            (worked.to_owned(), "ASC", 1),
            (format!("{worked} AND {finished}"), "DESC", *last),
            // However they ended: of the last ones pain is asked.
            (said, "DESC", LAST),
        ];
        for (and, order, count) in wanted {
            let mut statement = connection.prepare_cached(&of(*phase, &and, order))?;
            let count = i64::try_from(count).unwrap_or(i64::MAX);
            for id in statement.query_map(params![program, phase, count], |row| row.get(0))? {
                ids.insert(id?);
            }
        }
    }
    shown(connection, &ids)
}

/// Some sessions with what the first page shows of them.
fn shown(connection: &Connection, ids: &HashSet<String>) -> Result<Vec<SessionHistory>> {
    let mut histories = begun(connection, ids)?;
    let list = list(ids)?;
    let of = |columns: &str, table: &str| {
        let sql = format!(
            "SELECT {columns} {LISTED} {table} ON {table}.session = listed ORDER BY at_ms, {table}.rowid"
        );
        connection.prepare_cached(&sql)
    };
    let places: HashMap<String, usize> = histories
        .iter()
        .enumerate()
        .map(|(index, history)| (history.session.id.clone(), index))
        .collect();
    for end in of(END, "session_end")?.query_map([&list], end::<false>)? {
        let end = end?;
        if let Some(history) = places
            .get(&end.session)
            .and_then(|index| histories.get_mut(*index))
        {
            put_end(history, end);
        }
    }
    let ratings: Vec<RatingRecord> = of(SYMPTOM, "symptom")?
        .query_map([&list], rating::<false>)?
        .collect::<Result<_>>()?;
    for rating in status(
        ratings,
        |rating| &rating.id,
        |rating| rating.supersedes.as_ref(),
    ) {
        if let Some(history) = places
            .get(&rating.session)
            .and_then(|index| histories.get_mut(*index))
        {
            history.ratings.push(rating);
        }
    }
    let worked = concat!("SELECT value FROM json_each(?1) WHERE ", worked!("value"));
    for id in connection
        .prepare_cached(worked)?
        .query_map([&list], |row| row.get::<_, String>(0))?
    {
        if let Some(history) = places.get(&id?).and_then(|index| histories.get_mut(*index)) {
            history.worked = true;
        }
    }
    for history in histories.iter_mut().filter(|history| history.end.is_none()) {
        let sql = format!("SELECT {SET} FROM set_done WHERE session = ?1 ORDER BY at_ms, rowid");
        let mut statement = connection.prepare_cached(&sql)?;
        let sets: Vec<SetRecord> = statement
            .query_map([&history.session.id], set::<false>)?
            .collect::<Result<_>>()?;
        for set in status(sets, |set| &set.id, |set| set.supersedes.as_ref()) {
            put(&mut history.sets, set);
        }
        history.worked = history
            .sets
            .iter()
            .any(|set| set.outcome != Outcome::Skipped);
        history.sets_read = true;
    }
    Ok(histories)
}

/// The wanted sessions with all that is on record of them.
pub(super) fn histories(connection: &Connection, since: i64) -> Result<Vec<SessionHistory>> {
    whole(
        connection,
        &wanted_ids(connection, since)?,
        WANTED,
        &[&since],
    )
}

/// The sessions of one program begun since a time.
const OF_PROGRAM: &str = "SELECT id FROM session WHERE started_ms >= ?1 AND program = ?2";

/// The sessions of one program begun since a time, with all that is on record of them.
pub(super) fn histories_of(
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
    whole(connection, &ids, OF_PROGRAM, &[&since, &program])
}

/// Returns the last sessions of one program, or of one phase of it, with all that is on record of
/// them.
pub(super) fn last_of(
    connection: &Connection,
    program: &str,
    phase: Option<u16>,
    count: usize,
) -> Result<Vec<SessionHistory>> {
    let which = format!(
        "SELECT id FROM session WHERE program = ?1 AND (?2 IS NULL OR phase = ?2) AND id NOT IN ({STRUCK})
         ORDER BY started_ms DESC LIMIT ?3"
    );
    let count = i64::try_from(count).unwrap_or(i64::MAX);
    let mut statement = connection.prepare_cached(&which)?;
    let ids = statement.query_map(params![program, phase, count], |row| row.get(0))?;
    let ids = ids.collect::<Result<HashSet<String>>>()?;
    whole(connection, &ids, &which, params![program, phase, count])
}

/// Some sessions with all that is on record of them; `which` tells the database which they are.
fn whole(
    connection: &Connection,
    ids: &HashSet<String>,
    which: &str,
    params: &[&dyn ToSql],
) -> Result<Vec<SessionHistory>> {
    let mut histories = begun(connection, ids)?;
    let places: HashMap<String, usize> = histories
        .iter()
        .enumerate()
        .map(|(index, history)| (history.session.id.clone(), index))
        .collect();
    let place = |session: &String| places.get(session).copied();
    let sets = wanted(connection, SET, "set_done", (which, params), set::<false>)?;
    let sets = status(sets, |set| &set.id, |set| set.supersedes.as_ref());
    for (history, sets) in histories.iter_mut().zip(of_each(
        sets,
        places.len(),
        |set| place(&set.session),
        |set| &set.at,
    )) {
        history.worked = sets.iter().any(|set| set.outcome != Outcome::Skipped);
        history.sets_read = true;
        for set in sets {
            put(&mut history.sets, set);
        }
    }
    let ratings = wanted(
        connection,
        SYMPTOM,
        "symptom",
        (which, params),
        rating::<false>,
    )?;
    let ratings = status(
        ratings,
        |rating| &rating.id,
        |rating| rating.supersedes.as_ref(),
    );
    let ratings = of_each(
        ratings,
        places.len(),
        |rating| place(&rating.session),
        |rating| &rating.at,
    );
    let notes = wanted(connection, NOTE, "note", (which, params), note::<false>)?;
    let notes = status(notes, |note| &note.id, |note| note.supersedes.as_ref());
    let notes = of_each(
        notes,
        places.len(),
        |note| place(&note.session),
        |note| &note.at,
    );
    let ends = wanted(
        connection,
        END,
        "session_end",
        (which, params),
        end::<false>,
    )?;
    let ends = of_each(ends, places.len(), |end| place(&end.session), |end| &end.at);
    for (((history, ratings), notes), ends) in
        histories.iter_mut().zip(ratings).zip(notes).zip(ends)
    {
        (history.ratings, history.notes) = (ratings, notes);
        for end in ends {
            put_end(history, end);
        }
    }
    Ok(histories)
}

/// Rows by their sessions, each session's in the order of their times. The database would put all
/// of them in order at once, in a file where they are many.
fn of_each<T>(
    rows: Vec<T>,
    count: usize,
    place: impl Fn(&T) -> Option<usize>,
    at: fn(&T) -> &Zoned,
) -> Vec<Vec<T>> {
    let mut each: Vec<Vec<T>> = std::iter::repeat_with(Vec::new).take(count).collect();
    for row in rows {
        if let Some(rows) = place(&row).and_then(|index| each.get_mut(index)) {
            rows.push(row);
        }
    }
    for rows in &mut each {
        rows.sort_by(|a, b| at(a).cmp(at(b)));
    }
    each
}

/// Adds a set. Where two windows played the same one, and neither knew of the other, the better
/// stands; but what the patient has put right stands against any.
fn put(sets: &mut Vec<SetRecord>, set: SetRecord) {
    let corrected = |set: &SetRecord| set.entry == EntryMethod::Manual && set.supersedes.is_some();
    let twin = sets.iter_mut().find(|other| {
        other.exercise == set.exercise && other.set == set.set && other.side == set.side
    });
    match twin {
        Some(twin) if corrected(twin) != corrected(&set) => {
            if corrected(&set) {
                *twin = set;
            }
        }
        Some(twin) if set.done.reaches(&twin.done) => *twin = set,
        Some(_) => {}
        None => sets.push(set),
    }
}

const SET: &str =
    "id, session, exercise, name, set_number, side, prescribed_reps, prescribed_ms, done_reps, done_ms, load, outcome,
    reason, entry, at, supersedes";

fn set<const NAMED: bool>(row: &Row<'_>) -> Result<SetRecord> {
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

const SYMPTOM: &str = "id, session, kind, moment, exercise, value, at, supersedes";

fn rating<const NAMED: bool>(row: &Row<'_>) -> Result<RatingRecord> {
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

const NOTE: &str = "id, session, text, at, supersedes";

fn note<const NAMED: bool>(row: &Row<'_>) -> Result<NoteRecord> {
    Ok(NoteRecord {
        id: row.get(0)?,
        session: row.get(1)?,
        text: row.get(2)?,
        at: zoned::<NAMED>(row, 3)?,
        supersedes: row.get(4)?,
    })
}

const END: &str = "id, session, kind, for_pain, at";

fn end<const NAMED: bool>(row: &Row<'_>) -> Result<EndRecord> {
    let (id, session, kind, for_pain) = (row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?);
    Ok(EndRecord {
        id,
        session,
        kind,
        for_pain,
        at: zoned::<NAMED>(row, 4)?,
    })
}

const SESSION: &str = "id, program, title, hash, phase, short, sets, started";

fn session<const NAMED: bool>(row: &Row<'_>) -> Result<SessionRecord> {
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

const CHOICE: &str = "id, program, phase, exercise, step, dose, taken, evidence, at";

fn choice<const NAMED: bool>(row: &Row<'_>) -> Result<ChoiceRecord> {
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

/// The rows of a table that belong to the wanted sessions, those of one session in the order in
/// which they were written.
fn wanted<T>(
    connection: &Connection,
    columns: &str,
    table: &str,
    (which, params): (&str, &[&dyn ToSql]),
    read: fn(&Row<'_>) -> Result<T>,
) -> Result<Vec<T>> {
    let entry = format!("FROM (SELECT DISTINCT id AS listed FROM ({which})) CROSS JOIN {table}");
    let sql = format!("SELECT {columns} {entry} ON {table}.session = listed");
    connection.prepare(&sql)?.query_map(params, read)?.collect()
}

/// What no later row corrects, each in the place of the row that it corrects.
fn status<T>(all: Vec<T>, id: fn(&T) -> &String, supersedes: fn(&T) -> Option<&String>) -> Vec<T> {
    let before: HashMap<String, String> = all
        .iter()
        .filter_map(|row| Some((id(row).clone(), supersedes(row)?.clone())))
        .collect();
    if before.is_empty() {
        return all;
    }
    let gone: HashSet<String> = before.values().cloned().collect();
    let places: HashMap<String, usize> = all
        .iter()
        .enumerate()
        .map(|(place, row)| (id(row).clone(), place))
        .collect();
    let root = |row: &T| {
        let mut at = id(row);
        // No chain is longer than there are rows, whatever a file that was put in says.
        for _ in 0..before.len() {
            match before.get(at).filter(|older| places.contains_key(*older)) {
                Some(older) => at = older,
                None => break,
            }
        }
        places.get(at).copied().unwrap_or(usize::MAX)
    };
    let roots: Vec<usize> = all.iter().map(root).collect();
    let mut rows: Vec<(usize, T)> = roots
        .into_iter()
        .zip(all)
        .filter(|(_, row)| !gone.contains(id(row)))
        .collect();
    // Two machines that have corrected the same row have the same order of it, whichever was put in
    // first.
    rows.sort_by(|(a, one), (b, other)| a.cmp(b).then_with(|| id(one).cmp(id(other))));
    rows.into_iter().map(|(_, row)| row).collect()
}

/// The patient's choices of phases and steps, in their order.
pub(super) fn choices(connection: &Connection) -> Result<Vec<ChoiceRecord>> {
    let sql = format!("SELECT {CHOICE} FROM choice ORDER BY at_ms, rowid");
    connection
        .prepare(&sql)?
        .query_map((), choice::<false>)?
        .collect()
}

const SIGN: &str = "id, program, hash, session, exercise, words, at";

fn sign<const NAMED: bool>(row: &Row<'_>) -> Result<StopSignRecord> {
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

/// Returns the stop signs that were reported, in their order, each with when it was cleared up.
pub(super) fn signs(connection: &Connection) -> Result<Vec<StopSign>> {
    let sql = format!("SELECT {SIGN} FROM stop_sign ORDER BY at_ms, rowid");
    let signs = connection
        .prepare(&sql)?
        .query_map((), sign::<false>)?
        .collect::<Result<Vec<_>>>()?;
    // Most patients never report one, and each start waits for this.
    if signs.is_empty() {
        return Ok(Vec::new());
    }
    let cleared = "SELECT sign, at FROM clearance ORDER BY at_ms DESC, rowid DESC";
    let mut cleared: HashMap<String, Zoned> = connection
        .prepare(cleared)?
        .query_map((), |row| Ok((row.get(0)?, zoned::<false>(row, 1)?)))?
        .collect::<Result<_>>()?;
    Ok(signs
        .into_iter()
        .map(|reported| StopSign {
            cleared: cleared.remove(&reported.id),
            reported,
        })
        .collect())
}

/// The texts under these hashes.
pub(super) fn text(connection: &Connection, hash: &str) -> Result<Option<TextRecord>> {
    use rusqlite::OptionalExtension;
    let mut statement =
        connection.prepare_cached("SELECT hash, name, text FROM text WHERE hash = ?1")?;
    statement.query_row([hash], text_row).optional()
}

fn text_row(row: &Row<'_>) -> Result<TextRecord> {
    Ok(TextRecord {
        hash: row.get(0)?,
        name: row.get(1)?,
        text: row.get(2)?,
    })
}

/// All rows as they were written, corrected ones among them; what others refer to comes first.
pub(super) fn everything(connection: &Connection) -> Result<Vec<Record>> {
    fn table<T>(
        connection: &Connection,
        columns: &str,
        table: &str,
        read: fn(&Row<'_>) -> Result<T>,
        wrap: fn(T) -> Record,
        all: &mut Vec<Record>,
    ) -> Result<()> {
        let sql = format!("SELECT {columns} FROM {table} ORDER BY rowid");
        for row in connection.prepare(&sql)?.query_map((), read)? {
            all.push(wrap(row?));
        }
        Ok(())
    }
    let resume = |row: &Row<'_>| {
        Ok(ResumeRecord {
            id: row.get(0)?,
            session: row.get(1)?,
            hash: row.get(2)?,
            at: zoned::<true>(row, 3)?,
        })
    };
    let strike = |row: &Row<'_>| {
        Ok(StrikeRecord {
            id: row.get(0)?,
            session: row.get(1)?,
            struck: row.get(2)?,
            at: zoned::<true>(row, 3)?,
        })
    };
    let mut all = Vec::new();
    table(
        connection,
        "hash, name, text",
        "text",
        text_row,
        Record::Text,
        &mut all,
    )?;
    table(
        connection,
        SESSION,
        "session",
        session::<true>,
        Record::Session,
        &mut all,
    )?;
    table(
        connection,
        "id, session, hash, at",
        "resumption",
        resume,
        Record::Resume,
        &mut all,
    )?;
    table(
        connection,
        SET,
        "set_done",
        set::<true>,
        Record::Set,
        &mut all,
    )?;
    table(
        connection,
        SYMPTOM,
        "symptom",
        rating::<true>,
        Record::Rating,
        &mut all,
    )?;
    table(
        connection,
        NOTE,
        "note",
        note::<true>,
        Record::Note,
        &mut all,
    )?;
    table(
        connection,
        END,
        "session_end",
        end::<true>,
        Record::End,
        &mut all,
    )?;
    table(
        connection,
        "id, session, struck, at",
        "strike",
        strike,
        Record::Strike,
        &mut all,
    )?;
    table(
        connection,
        CHOICE,
        "choice",
        choice::<true>,
        Record::Choice,
        &mut all,
    )?;
    table(
        connection,
        SIGN,
        "stop_sign",
        sign::<true>,
        Record::StopSign,
        &mut all,
    )?;
    let clearance = |row: &Row<'_>| {
        Ok(ClearanceRecord {
            id: row.get(0)?,
            sign: row.get(1)?,
            at: zoned::<true>(row, 2)?,
        })
    };
    table(
        connection,
        "id, sign, at",
        "clearance",
        clearance,
        Record::Clearance,
        &mut all,
    )?;
    Ok(all)
}
