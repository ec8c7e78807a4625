//! Which rows hold: a correction takes the place of the row that it corrects.

use std::collections::{HashMap, HashSet};

use crate::history::SessionHistory;
use crate::record::{EndRecord, EntryMethod, SetRecord};

/// Returns the rows that no other row corrects, each in the place of the first row that it
/// corrects.
pub(super) fn apply<T>(
    rows: Vec<T>,
    id: fn(&T) -> &String,
    supersedes: fn(&T) -> Option<&String>,
) -> Vec<T> {
    let older: HashMap<String, String> = rows
        .iter()
        .filter_map(|row| Some((id(row).clone(), supersedes(row)?.clone())))
        .collect();
    if older.is_empty() {
        return rows;
    }
    let corrected: HashSet<String> = older.values().cloned().collect();
    let places: HashMap<String, usize> = rows
        .iter()
        .enumerate()
        .map(|(place, row)| (id(row).clone(), place))
        .collect();
    let first_place = |row: &T| {
        let mut at = id(row);
        // An imported file may hold a circle, but no chain is longer than there are rows.
        for _ in 0..older.len() {
            match older.get(at).filter(|older| places.contains_key(*older)) {
                Some(older) => at = older,
                None => break,
            }
        }
        places.get(at).copied().unwrap_or(usize::MAX)
    };
    let first_places: Vec<usize> = rows.iter().map(first_place).collect();
    let mut holding: Vec<(usize, T)> = first_places
        .into_iter()
        .zip(rows)
        .filter(|(_, row)| !corrected.contains(id(row)))
        .collect();
    // Two machines may have corrected the same row. The ids order both corrections the same way,
    // whichever was imported first.
    holding.sort_by(|(a, one), (b, other)| a.cmp(b).then_with(|| id(one).cmp(id(other))));
    holding.into_iter().map(|(_, row)| row).collect()
}

/// Adds a set. Two windows may have played the same set without knowing of each other; then the
/// better one holds. A set that the patient corrected holds against any other.
pub(super) fn put_set(sets: &mut Vec<SetRecord>, set: SetRecord) {
    let is_corrected =
        |set: &SetRecord| set.entry == EntryMethod::Manual && set.supersedes.is_some();
    let twin = sets.iter_mut().find(|other| {
        other.exercise == set.exercise && other.set == set.set && other.side == set.side
    });
    match twin {
        Some(twin) if is_corrected(twin) != is_corrected(&set) => {
            if is_corrected(&set) {
                *twin = set;
            }
        }
        Some(twin) if set.done.reaches(&twin.done) => *twin = set,
        Some(_) => {}
        None => sets.push(set),
    }
}

/// Sets the end of a session. Two windows may have ended the same session; once it is finished it
/// stays finished.
pub(super) fn put_end(history: &mut SessionHistory, end: EndRecord) {
    if !history.is_finished() {
        history.end = Some(end);
    }
}
