//! Records as rows of the tables, both ways. Errors are `SQLite`'s own; the store explains them.

mod corrections;
mod insert;
mod records;
mod sessions;
mod values;

use std::collections::HashMap;

use jiff::Zoned;
use rusqlite::{Connection, OptionalExtension, Result, Row};

use self::records::{
    CHOICE, CLEARANCE, END, NOTE, RESUME, SESSION, SET, SIGN, STRIKE, SYMPTOM, TEXT, choice,
    clearance, end, note, rating, resume, session, set, sign, strike, text_row,
};
use self::values::zoned;
use crate::history::StopSign;
use crate::record::{ChoiceRecord, Record, TextRecord};

pub(super) use self::insert::insert;
pub(super) use self::sessions::{
    first_session, histories, histories_of, last_of, of_phases, programs, recent,
};

/// Returns the patient's choices of phases and steps, in their order.
pub(super) fn choices(connection: &Connection) -> Result<Vec<ChoiceRecord>> {
    let sql = format!("SELECT {CHOICE} FROM choice ORDER BY at_ms, rowid");
    connection
        .prepare(&sql)?
        .query_map((), choice::<false>)?
        .collect()
}

/// Returns the reported stop signs in their order, each with the time at which it was cleared up.
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
    // The first clearance of a sign holds, so it is read last.
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

/// Returns the text under a hash; none if it isn't recorded.
pub(super) fn text(connection: &Connection, hash: &str) -> Result<Option<TextRecord>> {
    let sql = format!("SELECT {TEXT} FROM text WHERE hash = ?1");
    let mut statement = connection.prepare_cached(&sql)?;
    statement.query_row([hash], text_row).optional()
}

/// Returns all rows as they were written, including corrected ones. A row comes after those that it
/// refers to.
pub(super) fn everything(connection: &Connection) -> Result<Vec<Record>> {
    let mut export = Export {
        connection,
        records: Vec::new(),
    };
    export.add("text", TEXT, text_row, Record::Text)?;
    export.add("session", SESSION, session::<true>, Record::Session)?;
    export.add("resumption", RESUME, resume::<true>, Record::Resume)?;
    export.add("set_done", SET, set::<true>, Record::Set)?;
    export.add("symptom", SYMPTOM, rating::<true>, Record::Rating)?;
    export.add("note", NOTE, note::<true>, Record::Note)?;
    export.add("session_end", END, end::<true>, Record::End)?;
    export.add("strike", STRIKE, strike::<true>, Record::Strike)?;
    export.add("choice", CHOICE, choice::<true>, Record::Choice)?;
    export.add("stop_sign", SIGN, sign::<true>, Record::StopSign)?;
    export.add("clearance", CLEARANCE, clearance::<true>, Record::Clearance)?;
    Ok(export.records)
}

/// Collects the rows of all tables.
struct Export<'c> {
    connection: &'c Connection,
    records: Vec<Record>,
}

impl Export<'_> {
    /// Adds the rows of a table in the order in which they were written.
    fn add<T>(
        &mut self,
        table: &str,
        columns: &str,
        read: fn(&Row<'_>) -> Result<T>,
        wrap: fn(T) -> Record,
    ) -> Result<()> {
        let sql = format!("SELECT {columns} FROM {table} ORDER BY rowid");
        for row in self.connection.prepare(&sql)?.query_map((), read)? {
            self.records.push(wrap(row?));
        }
        Ok(())
    }
}
