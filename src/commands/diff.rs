//! `regimen diff`: what changed between two versions of a program, in words. Knows nothing of how
//! changes are found.

use std::path::Path;

use crate::commands::{Env, Status, print_line, read_good};
use crate::program::changes;
use crate::source::printable;

/// Says what changed. A file with mistakes is reported instead.
pub fn diff(env: &Env, old: &Path, new: &Path) -> Status {
    let (old, new) = (read_good(env, old), read_good(env, new));
    match (old, new) {
        (Ok((_, old)), Ok((_, new))) => {
            let changes = changes::between(&old, &new);
            if changes.is_empty() {
                print_line("Nothing changed that a patient would notice.");
            }
            for change in changes {
                print_line(&printable(&change));
            }
            Status::Fine
        }
        (old, new) => old.err().max(new.err()).unwrap_or(Status::Failed),
    }
}
