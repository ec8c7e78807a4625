//! The settings file on disk: reads it, and changes one setting in it. What the settings mean is in
//! `preferences`.

use std::fs;
use std::io::{self, Read};
use std::path::{Path, PathBuf};

use thiserror::Error;

use crate::files::{self, Care};
use crate::preferences::{self, Preferences, SettingKey};
use crate::source::printable;

/// The longest settings file that is read, in bytes.
const MAX_SETTINGS: u64 = 64 * 1024;

/// Why a setting could not be saved.
#[derive(Debug, Error)]
pub(crate) enum SaveSettingError {
    /// The file could not be read or written.
    #[error(
        "This setting lasts until you quit. It could not be saved in {}: {}",
        printable(&.path.display().to_string()),
        files::reason(.error)
    )]
    Disk { path: PathBuf, error: io::Error },
    /// The file's YAML is written in a way that can't be edited safely.
    #[error(
        "This setting lasts until you quit. regimen can't edit {} the way it is written; change \
         the setting there yourself.",
        printable(&.path.display().to_string())
    )]
    NotEditable { path: PathBuf },
}

/// Returns the text of the settings file. A missing file is empty.
pub(crate) fn settings_text(path: &Path) -> io::Result<String> {
    match fs::File::open(path) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(String::new()),
        file => io::read_to_string(file?.take(MAX_SETTINGS)),
    }
}

/// Saves one setting and leaves the rest of the file as it is.
pub(crate) fn keep_setting(
    path: &Path,
    preferences: &Preferences,
    key: SettingKey,
) -> Result<(), SaveSettingError> {
    let disk = |error| SaveSettingError::Disk {
        path: path.to_owned(),
        error,
    };
    // If the path is a link, this writes the file that it points to, and the link stays.
    let target = path.canonicalize().unwrap_or_else(|_| path.to_owned());
    let text = settings_text(&target).map_err(disk)?;
    let changed = preferences::change(&text, preferences, key).ok_or_else(|| {
        SaveSettingError::NotEditable {
            path: path.to_owned(),
        }
    })?;
    files::write(&target, changed.as_bytes(), Care::Private).map_err(disk)
}
