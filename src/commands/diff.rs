//! `regimen diff`: says in words what changed between two versions of a program.

use std::path::Path;

use crate::commands::{Env, Status, print_line, read_program};
use crate::program::changes;
use crate::source::printable;

/// Prints what changed, a line for each change. If a file has mistakes, prints those instead.
pub(crate) fn diff(env: &Env, old: &Path, new: &Path) -> Status {
    match (read_program(env, old), read_program(env, new)) {
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
