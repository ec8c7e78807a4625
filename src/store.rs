//! The records on disk, in `SQLite`. Every row is committed before the app says that it is saved.
//! Rows that the database can't take are kept in a file beside it and imported later. Only this
//! folder uses rusqlite.

mod backup;
mod journal;
mod rows;
mod schema;
mod spool;

use std::path::{Path, PathBuf};
use std::time::Duration;

use jiff::{Timestamp, Zoned};
use rusqlite::config::DbConfig;
use rusqlite::{Connection, ErrorCode, Transaction, TransactionBehavior};
use thiserror::Error;

use self::backup::backup_of;
use self::schema::SchemaError;
use crate::files::{self, Care};
use crate::history::{SessionHistory, StopSign};
use crate::record::{ChoiceRecord, Record, TextRecord};
use crate::source::printable;

pub use self::journal::{Journal, Opened};

/// How long to wait for another instance at the start.
const PATIENCE: Duration = Duration::from_secs(5);
/// How long to wait for another instance in a session, where waiting freezes the screen.
const SESSION_PATIENCE: Duration = Duration::from_millis(250);

/// What is wrong with the database, in a sentence that says what to do.
#[derive(Debug, Clone, Error)]
pub enum StoreError {
    /// The file or its folder can't be written.
    #[error("the records in {0} are read-only; make the file and its folder writable")]
    ReadOnly(String),
    /// The disk has no room.
    #[error("the disk with the records in {0} is full; free up some space on it")]
    Full(String),
    /// Another program holds the database.
    #[error("another program is using the records in {0}; close it")]
    Locked(String),
    /// The file can't be read as a database. The second text says what to do.
    #[error("the records in {0} are damaged; {1}")]
    Damaged(String, String),
    /// The database belongs to another program.
    #[error("{0} isn't a regimen database; name another file with --database")]
    Foreign(String),
    /// A newer regimen wrote the database.
    #[error("the records in {0} were written by a newer regimen; install the newest one")]
    Newer(String),
    /// The file can't be opened.
    #[error("the records in {0} can't be opened; check the folder and its permissions")]
    Unreachable(String),
    /// Anything else, in the words of `SQLite`.
    #[error("the records in {0} can't be used ({1})")]
    Other(String, String),
}

/// Explains an error of `SQLite` by what the patient can do.
fn explain(path: &Path, error: &rusqlite::Error) -> StoreError {
    let name = display(path);
    match error.sqlite_error_code() {
        Some(ErrorCode::ReadOnly | ErrorCode::PermissionDenied) => StoreError::ReadOnly(name),
        Some(ErrorCode::DiskFull) => StoreError::Full(name),
        Some(ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked) => StoreError::Locked(name),
        Some(ErrorCode::DatabaseCorrupt | ErrorCode::NotADatabase) => {
            let backup = backup_of(path);
            let remedy = if backup.exists() {
                format!("put the backup {} in its place", display(&backup))
            } else {
                "move it away, and regimen starts a new one".to_owned()
            };
            StoreError::Damaged(name, remedy)
        }
        Some(ErrorCode::CannotOpen) => StoreError::Unreachable(name),
        _ => StoreError::Other(name, error.to_string()),
    }
}

/// Returns a path in a form that is safe to print.
fn display(path: &Path) -> String {
    printable(&path.display().to_string()).into_owned()
}

/// An open database.
#[derive(Debug)]
pub struct Store {
    connection: Connection,
    path: PathBuf,
}

impl Store {
    /// Opens the database. It is created with its folder if there is none.
    pub fn open(path: &Path) -> Result<Self, StoreError> {
        Self::open_within(path, PATIENCE)
    }

    fn open_within(path: &Path, patience: Duration) -> Result<Self, StoreError> {
        if let Some(folder) = path.parent() {
            // If this fails, opening fails too and says why.
            let _ = files::make_folder(folder, Care::Private);
        }
        // SQLite would let others read a new database. Its journal gets the rights of the database.
        // A database that is already there keeps its rights.
        let _ = files::create_private(path);
        let connection = Connection::open(path).map_err(|error| explain(path, &error))?;
        let store = Self::prepare(connection, path, patience)?;
        store.close_to_others();
        Ok(store)
    }

    /// Takes away the rights of others that an earlier version left, now that the file is known to
    /// be ours. It fails if the file belongs to another user.
    fn close_to_others(&self) {
        // A link may lead to a synced folder. What is there is still a patient's record.
        let whole = self
            .path
            .canonicalize()
            .unwrap_or_else(|_| self.path.clone());
        for path in [&whole, &backup_of(&self.path)] {
            let _ = files::close_to_others(path);
        }
    }

    /// Opens a database that exists only as long as the process.
    pub fn in_memory() -> Result<Self, StoreError> {
        let path = Path::new("memory");
        let connection = Connection::open_in_memory().map_err(|error| explain(path, &error))?;
        Self::prepare(connection, path, PATIENCE)
    }

    fn prepare(
        mut connection: Connection,
        path: &Path,
        patience: Duration,
    ) -> Result<Self, StoreError> {
        let explained = |error: rusqlite::Error| explain(path, &error);
        connection.busy_timeout(patience).map_err(explained)?;
        // Without it each new parameter makes SQLite plan a cached statement again.
        connection
            .set_db_config(DbConfig::SQLITE_DBCONFIG_ENABLE_QPSG, true)
            .map_err(explained)?;
        schema::prepare(&mut connection).map_err(|error| match error {
            SchemaError::Foreign => StoreError::Foreign(path.display().to_string()),
            SchemaError::Newer => StoreError::Newer(path.display().to_string()),
            SchemaError::Database(error) => explained(error),
        })?;
        connection
            .busy_timeout(SESSION_PATIENCE)
            .map_err(explained)?;
        Ok(Self {
            connection,
            path: path.to_owned(),
        })
    }

    /// Adds rows, all or none, and returns how many were added. A row that is already there is left
    /// as it is.
    pub fn append(&mut self, records: &[Record]) -> Result<usize, StoreError> {
        let explained = |error: rusqlite::Error| explain(&self.path, &error);
        let transaction = self
            .connection
            .transaction_with_behavior(TransactionBehavior::Immediate)
            .map_err(explained)?;
        let mut added = 0;
        for record in records {
            added += rows::insert(&transaction, record).map_err(explained)?;
        }
        transaction.commit().map_err(explained)?;
        Ok(added)
    }

    /// Reads in one transaction: another instance may write in between, and each lock takes time.
    fn read<T>(
        &self,
        read: impl FnOnce(&Transaction<'_>) -> rusqlite::Result<T>,
    ) -> Result<T, StoreError> {
        self.connection
            .unchecked_transaction()
            .and_then(|transaction| read(&transaction))
            .map_err(|error| explain(&self.path, &error))
    }

    /// Returns the sessions begun since a time, the unfinished ones of the sixty days before it,
    /// and each program's last one, in the order in which they began. They have what the first page
    /// shows: those that have ended are without sets and notes.
    pub fn recent(&self, since: Timestamp) -> Result<Vec<SessionHistory>, StoreError> {
        self.read(|connection| rows::recent(connection, since.as_millisecond()))
    }

    /// Returns sessions of some programs, or of one phase of each: the first in which anything was
    /// done, and the given number of the last finished ones. They are in the order in which they
    /// began and have what the first page shows.
    pub fn of_phases(
        &self,
        phases: &[(&str, Option<u16>, usize)],
    ) -> Result<Vec<SessionHistory>, StoreError> {
        self.read(|connection| rows::of_phases(connection, phases))
    }

    /// Returns the sessions of `recent` with everything that is recorded of them.
    pub fn histories(&self, since: Timestamp) -> Result<Vec<SessionHistory>, StoreError> {
        self.read(|connection| rows::histories(connection, since.as_millisecond()))
    }

    /// Returns when the first session of a program began that is not struck.
    pub fn first_session(&self, program: &str) -> Result<Option<Zoned>, StoreError> {
        self.read(|connection| rows::first_session(connection, program))
    }

    /// Returns the ids of the programs that have sessions.
    pub fn programs(&self) -> Result<Vec<String>, StoreError> {
        self.read(|connection| rows::programs(connection))
    }

    /// Returns the sessions of one program begun since a time, the oldest first, with everything
    /// that is recorded of them.
    pub fn histories_of(
        &self,
        program: &str,
        since: Timestamp,
    ) -> Result<Vec<SessionHistory>, StoreError> {
        self.read(|connection| rows::histories_of(connection, program, since.as_millisecond()))
    }

    /// Returns the patient's choices of phases and steps, in their order.
    pub fn choices(&self) -> Result<Vec<ChoiceRecord>, StoreError> {
        self.read(|connection| rows::choices(connection))
    }

    /// Returns the last sessions of one program, or of one phase of it, with everything that is
    /// recorded of them.
    pub fn last_of(
        &self,
        program: &str,
        phase: Option<u16>,
        count: usize,
    ) -> Result<Vec<SessionHistory>, StoreError> {
        self.read(|connection| rows::last_of(connection, program, phase, count))
    }

    /// Returns the stop signs that the patient reported, in their order.
    pub fn signs(&self) -> Result<Vec<StopSign>, StoreError> {
        self.read(|connection| rows::signs(connection))
    }

    /// Returns the text of a program under its hash; none if it isn't recorded.
    pub fn text(&self, hash: &str) -> Result<Option<TextRecord>, StoreError> {
        self.read(|connection| rows::text(connection, hash))
    }

    /// Returns all rows as they were written, including corrected ones. A row comes after those
    /// that it refers to.
    pub fn everything(&self) -> Result<Vec<Record>, StoreError> {
        self.read(|connection| rows::everything(connection))
    }

    /// Returns what `SQLite` says about the database: `ok`, or what is wrong with it.
    pub fn integrity(&self) -> Result<String, StoreError> {
        self.read(|connection| connection.query_row("PRAGMA integrity_check", (), |row| row.get(0)))
    }

    /// Writes a copy of the whole database into an empty file.
    fn copy_to(&self, path: &Path) -> Result<(), StoreError> {
        let name = path.display().to_string();
        self.connection
            .execute("VACUUM INTO ?1", [name])
            .map(|_| ())
            .map_err(|error| explain(&self.path, &error))
    }
}
