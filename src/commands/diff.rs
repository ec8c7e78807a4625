//! `regimen diff`: what changed between two versions of a program, in words. Knows nothing of how
//! changes are found.

use std::path::Path;

use crate::commands::{Settings, Verdict, read_good, say};
use crate::program::changes;
use crate::source::printable;

/// Says what changed. A file with mistakes is reported instead.
pub fn diff(settings: &Settings, old: &Path, new: &Path) -> Verdict {
    let (old, new) = (read_good(settings, old), read_good(settings, new));
    match (old, new) {
        (Ok((_, old)), Ok((_, new))) => {
            let changes = changes::between(&old, &new);
            if changes.is_empty() {
                say("Nothing changed that a patient would notice.");
            }
            for change in changes {
                say(&printable(&change));
            }
            Verdict::Fine
        }
        (old, new) => old.err().max(new.err()).unwrap_or(Verdict::Failed),
    }
}
