//! `regimen diff`: what changed between two versions of a program, in words. Knows nothing of how changes are found.

use std::path::Path;

use crate::commands::{Settings, Verdict, complain, say, unreadable};
use crate::diagnostic::render;
use crate::folder;
use crate::program::changes;
use crate::source::printable;
use crate::terminal;

/// Says what changed. A file with mistakes is reported instead.
pub fn diff(settings: &Settings, old: &Path, new: &Path) -> Verdict {
    let today = terminal::moment().wall.date();
    let mut verdict = Verdict::Fine;
    let mut programs = Vec::new();
    for path in [old, new] {
        match folder::read(path, today) {
            Ok(parsed) => {
                if parsed.program.is_none() {
                    complain(&render::report(&parsed.source, &parsed.diagnostics, settings.colour));
                    verdict = verdict.max(Verdict::Problems);
                }
                programs.extend(parsed.program);
            }
            Err(error) => {
                complain(&format!("regimen: {}", unreadable(path, &error)));
                verdict = Verdict::Failed;
            }
        }
    }
    if let [old, new] = programs.as_slice() {
        let changes = changes::between(old, new);
        if changes.is_empty() {
            say("Nothing changed that a patient would notice.");
        }
        for change in changes {
            say(&printable(&change));
        }
    }
    verdict
}
