//! The spool: a file that holds the rows of a run that the database can't take. A later run imports
//! it.

use std::path::{Path, PathBuf};

use super::Store;
use crate::files::{self, Care};
use crate::record::Record;

/// Where the rows of one run are spooled.
#[derive(Debug)]
pub(super) struct Spool {
    /// The path of the database.
    database: PathBuf,
    /// Names this run of the app.
    run: String,
    /// The file, once it is written.
    file: Option<PathBuf>,
}

/// What earlier runs had spooled.
pub(super) struct Recovered {
    /// How many rows were imported.
    pub(super) rows: usize,
    /// The files that could not be imported.
    pub(super) left: Vec<PathBuf>,
}

impl Spool {
    pub(super) fn new(database: &Path, run: &str) -> Self {
        Self {
            database: database.to_owned(),
            run: run.to_owned(),
            file: None,
        }
    }

    /// Returns the file, once it is written.
    pub(super) fn file(&self) -> Option<&Path> {
        self.file.as_deref()
    }

    /// Writes rows into the file, all or none, in place of those written before.
    pub(super) fn write(&mut self, records: &[Record]) -> std::io::Result<()> {
        let mut text = String::new();
        for record in records {
            text.push_str(&serde_json::to_string(record)?);
            text.push('\n');
        }
        let name = format!("{}{}.jsonl", self.prefix(), self.run);
        let places = self.folders().into_iter().map(|folder| folder.join(&name));
        let places: Vec<PathBuf> = self.file.clone().into_iter().chain(places).collect();
        let mut result = Err(std::io::Error::other("there is no folder to write to"));
        for place in places {
            result = files::write(&place, text.as_bytes(), Care::Private);
            if result.is_ok() {
                self.file = Some(place);
                break;
            }
        }
        result
    }

    /// Removes the file, after the database took the rows.
    pub(super) fn remove(&mut self) {
        if let Some(path) = self.file.take() {
            // A file that stays is imported again, which changes nothing: rows are known by their
            // ids.
            let _ = files::remove(&path);
        }
    }

    /// Imports what earlier runs spooled, and removes their files.
    pub(super) fn recover(&self, store: &mut Store) -> Recovered {
        let mut recovered = Recovered {
            rows: 0,
            left: Vec::new(),
        };
        for file in self.spooled_files() {
            // A file that this regimen can't read or import may be for a newer one, so it stays.
            match read_records(&file) {
                Some(records) if store.append(&records).is_ok() => {
                    recovered.rows += records.len();
                    let _ = files::remove(&file);
                }
                _ => recovered.left.push(file),
            }
        }
        recovered
    }

    fn spooled_files(&self) -> Vec<PathBuf> {
        let prefix = self.prefix();
        let is_spooled = |name: &str| {
            let run = name.strip_prefix(&prefix);
            run.is_some_and(|run| run.strip_suffix(".jsonl").is_some())
        };
        self.folders()
            .iter()
            .flat_map(|folder| std::fs::read_dir(folder).into_iter().flatten().flatten())
            .filter(|entry| entry.file_name().to_str().is_some_and(is_spooled))
            .map(|entry| entry.path())
            .collect()
    }

    /// Returns where spooled files may be: beside the database, or in a folder of their own among
    /// the temporary files. Looking through all temporary files could take long.
    fn folders(&self) -> Vec<PathBuf> {
        let database = &self.database;
        let whole = std::path::absolute(database).unwrap_or_else(|_| database.clone());
        let mut hash = crate::record::text_hash(&whole.display().to_string());
        hash.truncate(16);
        let temporary = std::env::temp_dir().join(format!("regimen-{hash}"));
        let beside = database.parent().map(Path::to_owned);
        beside.into_iter().chain([temporary]).collect()
    }

    /// Returns what the names of the files begin with.
    fn prefix(&self) -> String {
        let stem = self.database.file_stem().and_then(|stem| stem.to_str());
        format!("{}.unsaved-", stem.unwrap_or("records"))
    }
}

/// Reads the rows of a spooled file; none if any of them can't be understood.
fn read_records(path: &Path) -> Option<Vec<Record>> {
    let text = read_text(path).ok()?;
    text.lines()
        .map(|line| serde_json::from_str(line).ok())
        .collect()
}

#[expect(
    clippy::disallowed_methods,
    reason = "the rows left beside the database are the store's own"
)]
fn read_text(path: &Path) -> std::io::Result<String> {
    std::fs::read_to_string(path)
}
