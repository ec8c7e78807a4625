//! The journal of one run: it saves rows as they come, and spools those that the database can't
//! take.

use std::path::{Path, PathBuf};

use jiff::Timestamp;

use super::spool::{Recovered, Spool};
use super::{SESSION_PATIENCE, Store, StoreError, backup, display};
use crate::day::day_of;
use crate::effect::{LoadedHistory, Message, ProgramHistory, SaveState};
use crate::history::{SessionHistory, StopSign};
use crate::program::words::capitalized;
use crate::record::{ChoiceRecord, Record, TextRecord};

/// Saves the rows of one run.
#[derive(Debug)]
pub struct Journal {
    store: Result<Store, StoreError>,
    /// None in memory.
    file: Option<JournalFile>,
    /// Rows that the database has not taken yet.
    pending: Vec<Record>,
    /// All rows of this run, so that a spooled file can be understood without the database.
    all: Vec<Record>,
    /// Whether a session has ended in this run.
    ended: bool,
}

/// The database of a journal on disk.
#[derive(Debug)]
struct JournalFile {
    path: PathBuf,
    run: String,
    spool: Spool,
}

/// A journal, and what was found when it was opened.
#[derive(Debug)]
pub struct Opened {
    /// Takes the rows of this run.
    pub journal: Journal,
    /// The recorded sessions, as `Store::recent` returns them.
    pub histories: Vec<SessionHistory>,
    /// The patient's choices of phases and steps.
    pub choices: Vec<ChoiceRecord>,
    /// The stop signs that the patient reported.
    pub signs: Vec<StopSign>,
    /// What is wrong with the records, in words; none if nothing is.
    pub trouble: Option<String>,
    /// How many rows were imported from spooled files.
    pub picked_up: usize,
}

impl Journal {
    /// Opens the database and imports what earlier runs spooled. `run` names this run of the app.
    pub fn open(path: &Path, run: &str, since: Timestamp) -> Opened {
        let mut store = Store::open(path);
        let spool = Spool::new(path, run);
        let recovered = store.as_mut().ok().map(|store| spool.recover(store));
        let read = store.as_ref().map_err(Clone::clone).and_then(|store| {
            let histories = store.recent(since)?;
            Ok((histories, store.choices()?, store.signs()?))
        });
        let (rows, left) = match recovered {
            Some(Recovered { rows, left }) => (rows, left),
            None => (0, Vec::new()),
        };
        let ((histories, choices, signs), trouble) = match read {
            Ok(read) => (read, left.first().map(|left| describe_left(left))),
            Err(error) => (Default::default(), Some(describe_spooled(&error, None))),
        };
        Opened {
            journal: Self {
                store,
                file: Some(JournalFile {
                    path: path.to_owned(),
                    run: run.to_owned(),
                    spool,
                }),
                pending: Vec::new(),
                all: Vec::new(),
                ended: false,
            },
            histories,
            choices,
            signs,
            trouble,
            picked_up: rows,
        }
    }

    /// Returns a journal that keeps nothing after the process ends.
    pub fn in_memory() -> Result<Self, StoreError> {
        Ok(Self {
            store: Ok(Store::in_memory()?),
            file: None,
            pending: Vec::new(),
            all: Vec::new(),
            ended: false,
        })
    }

    /// Returns the database; none if it can't be opened.
    pub fn store(&self) -> Option<&Store> {
        self.store.as_ref().ok()
    }

    /// Saves rows, together with those that could not be saved before.
    pub fn save(&mut self, records: Vec<Record>) -> Message {
        let is_end = |record: &Record| matches!(record, Record::End(_));
        self.ended |= records.iter().any(is_end);
        self.all.extend(records.iter().cloned());
        self.pending.extend(records);
        let ids = self.pending.iter().map(|record| record.id().to_owned());
        let ids = ids.collect();
        let (kept, trouble) = match self.flush() {
            Ok(()) => {
                if let Some(file) = &mut self.file {
                    file.spool.remove();
                }
                (SaveState::Saved, None)
            }
            Err(error) => {
                let (kept, trouble) = self.spool(&error);
                (kept, Some(trouble))
            }
        };
        Message::Saved { ids, kept, trouble }
    }

    /// Reads the history of a program since a time. Pending rows are saved first, since they belong
    /// to it.
    pub fn look(&mut self, program: String, since: Timestamp) -> Message {
        let saved = if self.pending.is_empty() {
            Ok(())
        } else {
            self.flush()
        };
        let read = saved.and_then(|()| match &self.store {
            Ok(store) => read_history(store, &program, since),
            Err(error) => Err(error.clone()),
        });
        Message::HistoryLoaded(Box::new(LoadedHistory {
            program,
            since,
            read: read.map_err(|error| error.to_string()),
        }))
    }

    /// Tries once more to save what is pending, and makes a backup after a session. Returns a
    /// sentence about rows that could not be saved.
    pub fn close(mut self) -> Option<String> {
        let mut unsaved = None;
        if !self.pending.is_empty()
            && let Message::Saved { kept, trouble, .. } = self.save(Vec::new())
        {
            unsaved = trouble.filter(|_| kept != SaveState::Saved);
        }
        if self.ended
            && let (Some(file), Ok(store)) = (&self.file, &self.store)
        {
            backup::back_up(store, &file.path, &file.run);
        }
        unsaved
    }

    /// Saves the pending rows. A database that could not be opened is tried again.
    fn flush(&mut self) -> Result<(), StoreError> {
        if self.store.is_err()
            && let Some(file) = &self.file
        {
            self.store = Store::open_within(&file.path, SESSION_PATIENCE);
        }
        match &mut self.store {
            Ok(store) => {
                store.append(&self.pending)?;
                self.pending.clear();
                Ok(())
            }
            Err(error) => Err(error.clone()),
        }
    }

    /// Spools all rows of this run after an error. Returns where they are, and a sentence about it.
    fn spool(&mut self, error: &StoreError) -> (SaveState, String) {
        let spool = self.file.as_mut().map(|file| &mut file.spool);
        if let Some(spool) = spool
            && spool.write(&self.all).is_ok()
        {
            return (SaveState::Spooled, describe_spooled(error, spool.file()));
        }
        (SaveState::InMemory, describe_unsaved(error))
    }
}

/// Reads the sessions of a program since a time, the program texts that they used, and the day of
/// the program's first session.
fn read_history(
    store: &Store,
    program: &str,
    since: Timestamp,
) -> Result<ProgramHistory, StoreError> {
    let histories = store.histories_of(program, since)?;
    let mut hashes: Vec<&str> = histories
        .iter()
        .map(|history| history.session.hash.as_str())
        .collect();
    hashes.sort_unstable();
    hashes.dedup();
    let texts: Vec<Option<TextRecord>> = hashes
        .into_iter()
        .map(|hash| store.text(hash))
        .collect::<Result<_, _>>()?;
    let first = store.first_session(program)?.map(|first| day_of(&first));
    Ok(ProgramHistory {
        histories,
        texts: texts.into_iter().flatten().collect(),
        first,
    })
}

/// Says what is wrong with the database and where the rows are. No file is named before the first
/// row is written.
fn describe_spooled(error: &StoreError, file: Option<&Path>) -> String {
    let error = capitalized(&error.to_string());
    match file {
        Some(file) => format!(
            "{error}. Saved to {}; it will be imported once the problem is fixed.",
            display(file)
        ),
        None => format!(
            "{error}. What you do is saved to another file; it will be imported once the problem \
             is fixed."
        ),
    }
}

/// Says that the rows are only in memory.
fn describe_unsaved(error: &StoreError) -> String {
    format!(
        "{}. No other file could be written either, so what you do is kept only until regimen \
         closes.",
        capitalized(&error.to_string())
    )
}

/// Says that a spooled file of an earlier run could not be imported.
fn describe_left(file: &Path) -> String {
    format!(
        "Earlier records that could not be saved are still in {} and don't fit these records; keep \
         that file.",
        display(file)
    )
}
