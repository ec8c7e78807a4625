//! What a path says about a file: whether it is a program, its folder, and when it was written.

use std::fs;
use std::path::Path;
use std::time::SystemTime;

/// When a file was written, and its length in bytes.
pub(super) type Stamp = (SystemTime, u64);

/// Returns the stamp of a file, or None if there is no such file.
pub(super) fn stamp_of(path: &Path) -> Option<Stamp> {
    let metadata = fs::metadata(path).ok()?;
    Some((metadata.modified().ok()?, metadata.len()))
}

/// Returns whether a path is a YAML file that is not hidden.
pub(super) fn is_program(path: &Path) -> bool {
    let hidden = path
        .file_name()
        .and_then(|name| name.to_str())
        .is_none_or(|name| name.starts_with('.'));
    let yaml = path
        .extension()
        .is_some_and(|ending| ending == "yaml" || ending == "yml");
    !hidden && yaml && !path.is_dir()
}

/// Returns a folder by a name that can be opened: "." instead of the empty parent of a bare file
/// name.
pub(super) fn openable(folder: &Path) -> &Path {
    if folder.as_os_str().is_empty() {
        Path::new(".")
    } else {
        folder
    }
}
