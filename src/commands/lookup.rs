//! Finds the program that a command names by its id, its title or its file.

use std::ffi::OsStr;
use std::path::Path;

use anyhow::bail;

use crate::catalog::ProgramEntry;
use crate::diagnostic::nearest;
use crate::program::notation::slug;
use crate::source::printable;

/// The most ids that an error message lists.
const MAX_LISTED: usize = 12;

/// Returns whether an argument names a file rather than a program's id or title.
pub(super) fn is_file(wanted: &OsStr) -> bool {
    let path = Path::new(wanted);
    path.extension()
        .is_some_and(|ending| ending == "yaml" || ending == "yml")
        || path.components().count() > 1
        || path.is_file()
}

/// Returns the index of the program with this id, title or file name. An error names a close match,
/// or lists the ids.
pub(super) fn find_program(programs: &[ProgramEntry], wanted: &str) -> anyhow::Result<usize> {
    let wanted_slug = slug(wanted);
    if let Some(index) = programs
        .iter()
        .position(|entry| names(entry).contains(&wanted_slug))
    {
        return Ok(index);
    }
    let known: Vec<String> = programs
        .iter()
        .flat_map(names)
        .filter(|name| !name.is_empty())
        .collect();
    let wanted = printable(wanted);
    if let Some(near) = nearest(&wanted_slug, known.iter().map(String::as_str)) {
        bail!("there is no program `{wanted}`, did you mean `{near}`?");
    }
    let mut ids: Vec<&str> = programs.iter().filter_map(ProgramEntry::id).collect();
    ids.truncate(MAX_LISTED);
    bail!(
        "there is no program `{wanted}`; there are: {}",
        ids.join(", ")
    )
}

/// Returns the names that a program is found by, as slugs: its id, its title, its file name.
fn names(entry: &ProgramEntry) -> [String; 3] {
    let id = entry.id().unwrap_or_default().to_owned();
    let stem = entry
        .file
        .rsplit_once('.')
        .map_or(entry.file.as_str(), |(stem, _)| stem);
    [id, slug(entry.title()), slug(stem)]
}
