//! The records on disk: `SQLite`, every row committed before anybody is told so. What the database
//! does not take is kept in a file beside it and put in later. Knows nothing of programs or
//! screens. The only file that names the `SQLite` crate.

mod rows;

use std::path::{Path, PathBuf};
use std::time::{Duration, SystemTime};

use jiff::{Timestamp, Zoned};
use rusqlite::config::DbConfig;
use rusqlite::{Connection, ErrorCode, TransactionBehavior};
use thiserror::Error;

use crate::day::day_of;
use crate::effect::{LoadedHistory, Message, ProgramHistory, SaveState};
use crate::files::{self, Care};
use crate::record::{ChoiceRecord, Record, SessionHistory, StopSign, TextRecord};

/// The version of the tables that this program writes.
const VERSION: i64 = 4;
/// Marks a database as one of ours ("regi").
const APPLICATION: i64 = 0x7265_6769;
/// How long to wait for another instance at the start.
const PATIENCE: Duration = Duration::from_secs(5);
/// How long to wait for another instance in a session, where a wait stops the picture.
const SESSION_PATIENCE: Duration = Duration::from_millis(250);
/// A backup is made at most this often.
const BACKUP_EVERY: Duration = Duration::from_hours(20);

/// What is wrong with the database, in a sentence that says what to do.
#[derive(Debug, Clone, Error)]
pub enum StoreError {
    /// The file cannot be written.
    #[error("the records in {0} are read-only; make the file and its folder writable")]
    ReadOnly(String),
    /// No room.
    #[error("the disk with the records in {0} is full; make room on it")]
    Full(String),
    /// Another program holds it.
    #[error("another program holds the records in {0}; close it")]
    Locked(String),
    /// Not readable as a database.
    #[error("the records in {0} are damaged; {1}")]
    Damaged(String, String),
    /// Some other program's.
    #[error("{0} is no record of regimen; name another file with --database")]
    Foreign(String),
    /// Written by a newer version.
    #[error("the records in {0} are written by a newer regimen; install the newest one")]
    Newer(String),
    /// Not to be opened.
    #[error("the records in {0} cannot be opened; check the folder and its rights")]
    Unreachable(String),
    /// Anything else.
    #[error("the records in {0} cannot be used ({1})")]
    Other(String, String),
}

/// Where the backup of a database lies.
fn backup_of(path: &Path) -> PathBuf {
    path.with_extension("backup.db")
}

/// The error of a path in terms of what the patient can do.
fn explain(path: &Path, error: &rusqlite::Error) -> StoreError {
    let name = crate::source::printable(&path.display().to_string()).into_owned();
    match error.sqlite_error_code() {
        Some(ErrorCode::ReadOnly | ErrorCode::PermissionDenied) => StoreError::ReadOnly(name),
        Some(ErrorCode::DiskFull) => StoreError::Full(name),
        Some(ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked) => StoreError::Locked(name),
        Some(ErrorCode::DatabaseCorrupt | ErrorCode::NotADatabase) => {
            let backup = backup_of(path);
            let remedy = if backup.exists() {
                format!(
                    "put the backup {} in its place",
                    crate::source::printable(&backup.display().to_string())
                )
            } else {
                "move it away, and a new one is begun".to_owned()
            };
            StoreError::Damaged(name, remedy)
        }
        Some(ErrorCode::CannotOpen) => StoreError::Unreachable(name),
        _ => StoreError::Other(name, error.to_string()),
    }
}

/// An open database.
#[derive(Debug)]
pub struct Store {
    connection: Connection,
    path: PathBuf,
}

impl Store {
    /// Opens the database, creating it and its folder where there is none.
    pub fn open(path: &Path) -> Result<Self, StoreError> {
        Self::open_within(path, PATIENCE)
    }

    fn open_within(path: &Path, patience: Duration) -> Result<Self, StoreError> {
        if let Some(folder) = path.parent() {
            // Where this fails, opening says why.
            let _ = files::make_folder(folder, Care::Private);
        }
        // SQLite would let others read it; its journal takes the rights of the database. One that
        // is there stays as it is.
        let _ = files::create_private(path);
        let connection = Connection::open(path).map_err(|error| explain(path, &error))?;
        let store = Self::prepare(connection, path, patience)?;
        store.close_to_others();
        Ok(store)
    }

    /// Closes what an earlier version left open to others, now that it is known to be ours. Where
    /// this fails it is somebody else's file.
    fn close_to_others(&self) {
        // Behind a link there may be a folder that is synced: what lies there is a record all the
        // same.
        let whole = self
            .path
            .canonicalize()
            .unwrap_or_else(|_| self.path.clone());
        for path in [&whole, &backup_of(&self.path)] {
            let _ = files::close_to_others(path);
        }
    }

    /// A database that is gone with the program.
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
        // A plan is made once: else each new value makes the next one.
        connection
            .set_db_config(DbConfig::SQLITE_DBCONFIG_ENABLE_QPSG, true)
            .map_err(explained)?;
        let number = |connection: &Connection, pragma: &str| {
            connection.query_row(&format!("PRAGMA {pragma}"), (), |row| row.get::<_, i64>(0))
        };
        let version = number(&connection, "user_version").map_err(explained)?;
        if version > 0 && number(&connection, "application_id").map_err(explained)? != APPLICATION {
            return Err(StoreError::Foreign(path.display().to_string()));
        }
        if version > VERSION {
            return Err(StoreError::Newer(path.display().to_string()));
        }
        connection
            .execute_batch("PRAGMA journal_mode = DELETE; PRAGMA synchronous = EXTRA; PRAGMA foreign_keys = ON; PRAGMA trusted_schema = OFF;")
            .map_err(explained)?;
        if version < VERSION {
            // Two instances may begin at once: only one of them makes the tables.
            let transaction = connection
                .transaction_with_behavior(TransactionBehavior::Immediate)
                .map_err(explained)?;
            let version = number(&transaction, "user_version").map_err(explained)?;
            if version == 0 {
                let tables: i64 = transaction
                    .query_row("SELECT count(*) FROM sqlite_schema", (), |row| row.get(0))
                    .map_err(explained)?;
                if tables > 0 {
                    return Err(StoreError::Foreign(path.display().to_string()));
                }
                transaction
                    .execute_batch(include_str!("store/schema_1.sql"))
                    .map_err(explained)?;
                transaction
                    .pragma_update(None, "application_id", APPLICATION)
                    .map_err(explained)?;
            }
            if version < 2 {
                transaction
                    .execute_batch(include_str!("store/schema_2.sql"))
                    .map_err(explained)?;
            }
            if version < 3 {
                transaction
                    .execute_batch(include_str!("store/schema_3.sql"))
                    .map_err(explained)?;
            }
            if version < 4 {
                transaction
                    .execute_batch(include_str!("store/schema_4.sql"))
                    .map_err(explained)?;
            }
            transaction
                .pragma_update(None, "user_version", VERSION)
                .map_err(explained)?;
            transaction.commit().map_err(explained)?;
        }
        connection
            .busy_timeout(SESSION_PATIENCE)
            .map_err(explained)?;
        Ok(Self {
            connection,
            path: path.to_owned(),
        })
    }

    /// Adds rows, all or none. A row that is there already is left as it is. Says how many were
    /// added.
    pub fn append(&mut self, records: &[Record]) -> Result<usize, StoreError> {
        let path = &self.path;
        let transaction = self
            .connection
            .transaction_with_behavior(TransactionBehavior::Immediate)
            .map_err(|error| explain(path, &error))?;
        let mut added = 0;
        for record in records {
            added += rows::insert(&transaction, record).map_err(|error| explain(path, &error))?;
        }
        transaction
            .commit()
            .map_err(|error| explain(path, &error))?;
        Ok(added)
    }

    /// The sessions begun since a time, those without an end of the sixty days before it, and each
    /// program's last one; in the order of their beginnings, with what the first page shows of
    /// them: of those that have ended no sets and no notes.
    pub fn recent(&self, since: Timestamp) -> Result<Vec<SessionHistory>, StoreError> {
        self.connection
            .unchecked_transaction()
            .and_then(|transaction| rows::recent(&transaction, since.as_millisecond()))
            .map_err(|error| explain(&self.path, &error))
    }

    /// Of some programs, or of one phase of each, the first session in which anything was done, and
    /// so many of the last that were finished; in the order of their beginnings, as the first page
    /// shows them.
    pub fn of_phases(
        &self,
        phases: &[(&str, Option<u16>, usize)],
    ) -> Result<Vec<SessionHistory>, StoreError> {
        self.connection
            .unchecked_transaction()
            .and_then(|transaction| rows::of_phases(&transaction, phases))
            .map_err(|error| explain(&self.path, &error))
    }

    /// The same sessions with all that is on record of them.
    pub fn histories(&self, since: Timestamp) -> Result<Vec<SessionHistory>, StoreError> {
        // One transaction: another instance may write in between, and each lock takes time.
        self.connection
            .unchecked_transaction()
            .and_then(|transaction| rows::histories(&transaction, since.as_millisecond()))
            .map_err(|error| explain(&self.path, &error))
    }

    /// When the first session of a program was begun that was not struck.
    pub fn first_session(&self, program: &str) -> Result<Option<Zoned>, StoreError> {
        rows::first_session(&self.connection, program).map_err(|error| explain(&self.path, &error))
    }

    /// The ids of the programs of which a session is on record.
    pub fn programs(&self) -> Result<Vec<String>, StoreError> {
        rows::programs(&self.connection).map_err(|error| explain(&self.path, &error))
    }

    /// The sessions of one program begun since a time, the oldest first, with all that is on record
    /// of them.
    pub fn histories_of(
        &self,
        program: &str,
        since: Timestamp,
    ) -> Result<Vec<SessionHistory>, StoreError> {
        self.connection
            .unchecked_transaction()
            .and_then(|transaction| {
                rows::histories_of(&transaction, program, since.as_millisecond())
            })
            .map_err(|error| explain(&self.path, &error))
    }

    /// The patient's choices of phases and steps, in their order.
    pub fn choices(&self) -> Result<Vec<ChoiceRecord>, StoreError> {
        rows::choices(&self.connection).map_err(|error| explain(&self.path, &error))
    }

    /// Returns the last sessions of one program, or of one phase of it, with all that is on record
    /// of them.
    pub fn last_of(
        &self,
        program: &str,
        phase: Option<u16>,
        count: usize,
    ) -> Result<Vec<SessionHistory>, StoreError> {
        self.connection
            .unchecked_transaction()
            .and_then(|transaction| rows::last_of(&transaction, program, phase, count))
            .map_err(|error| explain(&self.path, &error))
    }

    /// Returns the stop signs that the patient reported, in their order.
    pub fn signs(&self) -> Result<Vec<StopSign>, StoreError> {
        rows::signs(&self.connection).map_err(|error| explain(&self.path, &error))
    }

    /// The text of a program under its hash.
    pub fn text(&self, hash: &str) -> Result<Option<TextRecord>, StoreError> {
        rows::text(&self.connection, hash).map_err(|error| explain(&self.path, &error))
    }

    /// All rows as they were written, corrected ones among them; what others refer to comes first.
    pub fn everything(&self) -> Result<Vec<Record>, StoreError> {
        let transaction = self
            .connection
            .unchecked_transaction()
            .map_err(|error| explain(&self.path, &error))?;
        rows::everything(&transaction).map_err(|error| explain(&self.path, &error))
    }

    /// Whether the database is sound, in `SQLite`'s own words: `ok`, or what is wrong.
    pub fn integrity(&self) -> Result<String, StoreError> {
        self.connection
            .query_row("PRAGMA integrity_check", (), |row| row.get(0))
            .map_err(|error| explain(&self.path, &error))
    }

    /// Writes a copy of the whole into an empty file.
    fn back_up(&self, to: &Path) -> Result<(), StoreError> {
        let name = to.display().to_string();
        self.connection
            .execute("VACUUM INTO ?1", [name])
            .map(|_| ())
            .map_err(|error| explain(&self.path, &error))
    }
}

/// Puts rows on record, and keeps what the database does not take.
#[derive(Debug)]
pub struct Journal {
    path: Option<PathBuf>,
    store: Result<Store, StoreError>,
    pending: Vec<Record>,
    /// All rows of this run, so that what is left beside the database can be understood without it.
    all: Vec<Record>,
    beside: Option<PathBuf>,
    run: String,
    ended: bool,
}

/// What was found at the start.
#[derive(Debug)]
pub struct Opened {
    /// Takes the rows.
    pub journal: Journal,
    /// The sessions on record.
    pub histories: Vec<SessionHistory>,
    /// What the patient chose of phases and steps.
    pub choices: Vec<ChoiceRecord>,
    /// The stop signs that the patient reported.
    pub signs: Vec<StopSign>,
    /// What is wrong with the database, if anything.
    pub trouble: Option<String>,
    /// How many rows were picked up from files beside the database.
    pub picked_up: usize,
}

impl Journal {
    /// Opens the database and picks up what an earlier run had to leave beside it. `run` names this
    /// run.
    pub fn open(path: &Path, run: &str, since: Timestamp) -> Opened {
        let store = Store::open(path);
        let mut journal = Self {
            path: Some(path.to_owned()),
            store,
            pending: Vec::new(),
            all: Vec::new(),
            beside: None,
            run: run.to_owned(),
            ended: false,
        };
        let (picked_up, left) = journal.pick_up();
        let store = journal.store.as_ref().map_err(Clone::clone);
        let read =
            store.and_then(|store| Ok((store.recent(since)?, store.choices()?, store.signs()?)));
        let ((histories, choices, signs), trouble) = match read {
            Ok(read) => (read, left.first().map(|left| Self::left_over(left))),
            Err(error) => (
                (Vec::new(), Vec::new(), Vec::new()),
                Some(Self::sentence(&error, None)),
            ),
        };
        Opened {
            journal,
            histories,
            choices,
            signs,
            trouble,
            picked_up,
        }
    }

    /// A journal that keeps nothing beyond the program's life.
    pub fn in_memory() -> Result<Self, StoreError> {
        Ok(Self {
            path: None,
            store: Ok(Store::in_memory()?),
            pending: Vec::new(),
            all: Vec::new(),
            beside: None,
            run: String::new(),
            ended: false,
        })
    }

    /// The database, where it is open.
    pub fn store(&self) -> Option<&Store> {
        self.store.as_ref().ok()
    }

    fn sentence(error: &StoreError, beside: Option<&Path>) -> String {
        let kept = match beside {
            Some(path) => {
                let path = path.display().to_string();
                format!(
                    "What you do is kept in {}, and is imported once that is fixed.",
                    crate::source::printable(&path)
                )
            }
            None => "What you do is kept in another file, and is imported once that is fixed."
                .to_owned(),
        };
        let mut sentence = error.to_string();
        if let Some(first) = sentence.get(..1) {
            sentence = format!(
                "{}{}",
                first.to_uppercase(),
                sentence.get(1..).unwrap_or_default()
            );
        }
        format!("{sentence}. {kept}").trim_end().to_owned()
    }

    fn left_over(path: &Path) -> String {
        let path = path.display().to_string();
        format!(
            "What could not be saved earlier is still in {} and does not fit these records; keep that file.",
            crate::source::printable(&path)
        )
    }

    /// Puts rows on record, with all that could not be put there before.
    pub fn save(&mut self, records: Vec<Record>) -> Message {
        self.ended |= records
            .iter()
            .any(|record| matches!(record, Record::End(_)));
        self.all.extend(records.iter().cloned());
        self.pending.extend(records);
        let result = self.flush();
        let ids = self
            .pending
            .iter()
            .map(|record| record.id().to_owned())
            .collect();
        match result {
            Ok(()) => {
                self.pending.clear();
                self.forget_beside();
                Message::Saved {
                    ids,
                    kept: SaveState::Saved,
                    trouble: None,
                }
            }
            Err(error) => {
                let kept = if self.write_beside().is_ok() {
                    SaveState::Spooled
                } else {
                    SaveState::InMemory
                };
                let trouble = match kept {
                    SaveState::InMemory => {
                        format!(
                            "{error}. What you do is kept until the program ends; no other file could be written."
                        )
                    }
                    _ => Self::sentence(&error, self.beside.as_deref()),
                };
                Message::Saved {
                    ids,
                    kept,
                    trouble: Some(trouble),
                }
            }
        }
    }

    /// What is on record of a program from a time on. What the database has not taken yet is put in
    /// first, for it belongs to it.
    pub fn look(&mut self, program: String, since: Timestamp) -> Message {
        let read = if self.pending.is_empty() {
            Ok(())
        } else {
            self.flush().map(|()| self.pending.clear())
        };
        let read = read.and_then(|()| match &self.store {
            Ok(store) => {
                let histories = store.histories_of(&program, since)?;
                let mut hashes: Vec<&str> = histories
                    .iter()
                    .map(|history| history.session.hash.as_str())
                    .collect();
                hashes.sort_unstable();
                hashes.dedup();
                let first = store.first_session(&program)?.map(|first| day_of(&first));
                let texts = hashes
                    .into_iter()
                    .map(|hash| store.text(hash))
                    .collect::<Result<Vec<_>, _>>()?;
                Ok(ProgramHistory {
                    histories,
                    texts: texts.into_iter().flatten().collect(),
                    first,
                })
            }
            Err(error) => Err(error.clone()),
        });
        Message::HistoryLoaded(Box::new(LoadedHistory {
            program,
            since,
            read: read.map_err(|error| error.to_string()),
        }))
    }

    fn flush(&mut self) -> Result<(), StoreError> {
        if self.store.is_err()
            && let Some(path) = &self.path
        {
            self.store = Store::open_within(path, SESSION_PATIENCE);
        }
        match &mut self.store {
            Ok(store) => store.append(&self.pending).map(|_| ()),
            Err(error) => Err(error.clone()),
        }
    }

    /// Where rows are left that the database does not take: beside it, else in a folder of its own
    /// among the temporary files, of which there may be many thousands to look through.
    fn folders(&self) -> Vec<PathBuf> {
        let Some(path) = &self.path else {
            return Vec::new();
        };
        let whole = std::path::absolute(path).unwrap_or_else(|_| path.clone());
        let mut hash = crate::record::text_hash(&whole.display().to_string());
        hash.truncate(16);
        let temporary = std::env::temp_dir().join(format!("regimen-{hash}"));
        path.parent()
            .map(Path::to_owned)
            .into_iter()
            .chain([temporary])
            .collect()
    }

    /// What the names of such files begin with.
    fn stem(path: &Path) -> String {
        format!(
            "{}.unsaved-",
            path.file_stem()
                .and_then(|stem| stem.to_str())
                .unwrap_or("records")
        )
    }

    /// Writes all pending rows into a file, whole or not at all.
    fn write_beside(&mut self) -> std::io::Result<()> {
        let mut text = String::new();
        for record in &self.all {
            text.push_str(&serde_json::to_string(record)?);
            text.push('\n');
        }
        let Some(database) = &self.path else {
            return Err(std::io::Error::other("there is no database"));
        };
        let place =
            |folder: &PathBuf| folder.join(format!("{}{}.jsonl", Self::stem(database), self.run));
        let known: Vec<PathBuf> = self
            .beside
            .clone()
            .into_iter()
            .chain(self.folders().iter().map(place))
            .collect();
        let mut result = Err(std::io::Error::other("there is no folder to write to"));
        for path in known {
            result = files::write(&path, text.as_bytes(), Care::Private);
            if result.is_ok() {
                self.beside = Some(path);
                break;
            }
        }
        result
    }

    fn forget_beside(&mut self) {
        if let Some(path) = self.beside.take() {
            // A file that stays is picked up again, and its rows are known by their ids.
            let _ = files::remove(&path);
        }
    }

    /// Puts in what earlier runs left beside the database; says how many rows, and which files
    /// could not be put in.
    fn pick_up(&mut self) -> (usize, Vec<PathBuf>) {
        let folders = self.folders();
        let (Ok(store), Some(database)) = (&mut self.store, &self.path) else {
            return (0, Vec::new());
        };
        let mut count = 0;
        let mut left = Vec::new();
        for folder in folders {
            let prefix = Self::stem(database);
            for entry in std::fs::read_dir(&folder).into_iter().flatten().flatten() {
                let name = entry.file_name();
                let run = name
                    .to_str()
                    .and_then(|name| name.strip_prefix(&prefix)?.strip_suffix(".jsonl"));
                if run.is_none() {
                    continue;
                }
                let records: Option<Vec<Record>> =
                    read_whole(&entry.path()).ok().and_then(|text| {
                        text.lines()
                            .map(|line| serde_json::from_str(line).ok())
                            .collect()
                    });
                // A file that cannot be understood, or not be put in now, is left for a regimen
                // that can.
                match records {
                    Some(records) if store.append(&records).is_ok() => {
                        count += records.len();
                        let _ = files::remove(&entry.path());
                    }
                    _ => left.push(entry.path()),
                }
            }
        }
        (count, left)
    }

    /// Tries once more to put in what is pending, and makes a backup now and then. What is left
    /// over is named in a sentence.
    pub fn close(mut self) -> Option<String> {
        let mut left = None;
        if !self.pending.is_empty()
            && let Message::Saved { kept, trouble, .. } = self.save(Vec::new())
        {
            left = (kept != SaveState::Saved).then_some(trouble).flatten();
        }
        if self.ended {
            self.back_up();
        }
        left
    }

    /// A copy of the database beside it, whole or not at all, since a damaged main file can't be
    /// read at all.
    fn back_up(&self) {
        let (Some(path), Ok(store)) = (&self.path, &self.store) else {
            return;
        };
        let backup = backup_of(path);
        #[expect(
            clippy::disallowed_methods,
            reason = "the age of a file is told by the file system's clock"
        )]
        let recent = backup
            .metadata()
            .and_then(|metadata| metadata.modified())
            .is_ok_and(|made| {
                SystemTime::now()
                    .duration_since(made)
                    .is_ok_and(|age| age < BACKUP_EVERY)
            });
        if recent {
            return;
        }
        let fresh = path.with_extension(format!("backup-{}.tmp", self.run));
        // A backup that cannot be made is made another day; the records themselves are safe.
        if files::create_private(&fresh).is_ok() && store.back_up(&fresh).is_ok() {
            let _ = files::put_in_place(&fresh, &backup);
        }
        let _ = files::remove(&fresh);
    }
}

#[expect(
    clippy::disallowed_methods,
    reason = "the rows left beside the database are the store's own"
)]
fn read_whole(path: &Path) -> std::io::Result<String> {
    std::fs::read_to_string(path)
}
