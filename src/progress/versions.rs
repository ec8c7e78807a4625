//! The texts of a program that its sessions were played from, by day.

use crate::day::day_of;
use crate::history::SessionHistory;
use crate::program::Program;
use jiff::civil::Date;

/// The versions of a program that its sessions were played from, and the one at hand where none was
/// played from it yet; the oldest first. A text that is not known, or has mistakes by now, is
/// passed over.
pub fn versions(
    histories: &[SessionHistory],
    current: (&str, &Program),
    today: Date,
    mut text: impl FnMut(&str) -> Option<Program>,
) -> Vec<(Date, Program)> {
    let mut versions = Vec::new();
    let mut last = "";
    for history in histories {
        let session = &history.session;
        if session.hash == last {
            continue;
        }
        last = &session.hash;
        let program = if last == current.0 {
            Some(current.1.clone())
        } else {
            text(last)
        };
        versions.extend(program.map(|program| (day_of(&session.started), program)));
    }
    if last != current.0 {
        versions.push((today, current.1.clone()));
    }
    versions
}
