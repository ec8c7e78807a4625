//! The backup: a copy of the database beside it, made after a session at most once a day. A damaged
//! database can't be read at all, so a copy is the only way back.

use std::path::{Path, PathBuf};
use std::time::{Duration, SystemTime};

use super::Store;
use crate::files;

/// The least time between two backups.
const EVERY: Duration = Duration::from_hours(20);

/// Returns the path of the backup of a database.
pub(super) fn backup_of(database: &Path) -> PathBuf {
    database.with_extension("backup.db")
}

/// Makes a backup unless there is a recent one. It is whole or not made at all. `run` names this
/// run of the app.
pub(super) fn back_up(store: &Store, database: &Path, run: &str) {
    let backup = backup_of(database);
    if is_recent(&backup) {
        return;
    }
    let fresh = database.with_extension(format!("backup-{run}.tmp"));
    // If it can't be made, the records are still safe, and the next session tries again.
    if files::create_private(&fresh).is_ok() && store.copy_to(&fresh).is_ok() {
        let _ = files::put_in_place(&fresh, &backup);
    }
    let _ = files::remove(&fresh);
}

#[expect(
    clippy::disallowed_methods,
    reason = "the age of a file is told by the file system's clock"
)]
fn is_recent(backup: &Path) -> bool {
    let made = backup.metadata().and_then(|metadata| metadata.modified());
    made.is_ok_and(|made| {
        let age = SystemTime::now().duration_since(made);
        age.is_ok_and(|age| age < EVERY)
    })
}
