//! The tables of the database and their versions. Tables and columns never change; a new version
//! only adds to them.

use rusqlite::{Connection, Transaction, TransactionBehavior};

/// The version of the tables that this regimen writes.
const VERSION: i64 = 4;
/// Marks a database as regimen's: "regi" in ASCII.
const APPLICATION: i64 = 0x7265_6769;

/// What each version adds, the first one first.
const MIGRATIONS: [&str; 4] = [
    include_str!("schema_1.sql"),
    include_str!("schema_2.sql"),
    include_str!("schema_3.sql"),
    include_str!("schema_4.sql"),
];

/// Commits are on the disk before they return.
const PRAGMAS: &str = "PRAGMA journal_mode = DELETE; PRAGMA synchronous = EXTRA; \
    PRAGMA foreign_keys = ON; PRAGMA trusted_schema = OFF;";

/// Why a database can't be used.
pub(super) enum SchemaError {
    /// It belongs to another program.
    Foreign,
    /// A newer regimen wrote it.
    Newer,
    Database(rusqlite::Error),
}

impl From<rusqlite::Error> for SchemaError {
    fn from(error: rusqlite::Error) -> Self {
        Self::Database(error)
    }
}

/// Checks that a database is regimen's, sets it up, and brings its tables to the present version.
pub(super) fn prepare(connection: &mut Connection) -> Result<(), SchemaError> {
    let version = number(connection, "user_version")?;
    if version > 0 && number(connection, "application_id")? != APPLICATION {
        return Err(SchemaError::Foreign);
    }
    if version > VERSION {
        return Err(SchemaError::Newer);
    }
    connection.execute_batch(PRAGMAS)?;
    if version < VERSION {
        // Two instances may start at once: only one of them makes the tables.
        let transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
        migrate(&transaction)?;
        transaction.commit()?;
    }
    Ok(())
}

fn migrate(transaction: &Transaction<'_>) -> Result<(), SchemaError> {
    let version = number(transaction, "user_version")?;
    if version == 0 {
        let tables: i64 =
            transaction.query_row("SELECT count(*) FROM sqlite_schema", (), |row| row.get(0))?;
        if tables > 0 {
            return Err(SchemaError::Foreign);
        }
        transaction.pragma_update(None, "application_id", APPLICATION)?;
    }
    for (migration, to) in MIGRATIONS.into_iter().zip(1..) {
        if version < to {
            transaction.execute_batch(migration)?;
        }
    }
    transaction.pragma_update(None, "user_version", VERSION)?;
    Ok(())
}

fn number(connection: &Connection, pragma: &str) -> rusqlite::Result<i64> {
    connection.query_row(&format!("PRAGMA {pragma}"), (), |row| row.get(0))
}
