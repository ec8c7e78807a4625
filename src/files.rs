//! Files as wholes: each is written beside its place and moved there in one step, so that no half
//! of one is ever left. The only owner of writing to disk, and of who may read what was written.
//! Knows nothing of what is in a file.

use std::fs::{self, File};
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU64, Ordering};

/// Who may read a file, and how long it is needed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Care {
    /// About somebody's health: on Unix only its owner may read it, and a folder that is made for
    /// it is closed to others.
    Private,
    /// For others too, as the system has it; a file that is replaced keeps its rights.
    Shared,
    /// Made again when it is lost: the disk isn't waited for.
    Cache,
}

/// Tells the temporary files of one process apart.
static COUNT: AtomicU64 = AtomicU64::new(0);

/// Writes a file in the place of whatever is there, whole or not at all; its folder is made where
/// it is missing. A link stays a link, and a device or a pipe is written to as it is.
pub fn write(path: &Path, bytes: &[u8], care: Care) -> io::Result<()> {
    match fs::metadata(path) {
        Ok(there) if there.is_dir() => return Err(io::Error::from(io::ErrorKind::IsADirectory)),
        // To move a file in its place would remove the device.
        Ok(there) if !there.is_file() => return write_through(path, bytes),
        Ok(there) => return replace(&fs::canonicalize(path)?, bytes, care, Some(&there)),
        Err(error) if error.kind() != io::ErrorKind::NotFound => return Err(error),
        Err(_) => {}
    }
    if let Some(folder) = folder_of(path) {
        make_folder(folder, care)?;
    }
    replace(path, bytes, care, None)
}

/// Writes a file where there is none; returns false, and writes nothing, where there is one.
pub fn write_new(path: &Path, bytes: &[u8], care: Care) -> io::Result<bool> {
    if let Some(folder) = folder_of(path) {
        make_folder(folder, care)?;
    }
    // An empty file reserves the place.
    match create(path, care) {
        Err(error) if error.kind() == io::ErrorKind::AlreadyExists => return Ok(false),
        created => created?,
    };
    let written = replace(path, bytes, care, None);
    if written.is_err() {
        let _ = fs::remove_file(path);
    }
    written.map(|()| true)
}

/// Creates an empty file that only its owner may read; fails where there is one.
pub fn create_private(path: &Path) -> io::Result<()> {
    create(path, Care::Private).map(|_| ())
}

/// Moves a file that is whole already into its place.
pub fn put_in_place(from: &Path, to: &Path) -> io::Result<()> {
    fs::rename(from, to)?;
    sync_folder(to);
    Ok(())
}

/// Removes a file, if it is there.
pub fn remove(path: &Path) -> io::Result<()> {
    match fs::remove_file(path) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(()),
        removed => removed,
    }
}

/// Makes a folder and those above it. Where a folder for private files had to be made, only its
/// owner may look into it.
pub fn make_folder(folder: &Path, care: Care) -> io::Result<()> {
    let mut builder = fs::DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    if care == Care::Private {
        std::os::unix::fs::DirBuilderExt::mode(&mut builder, PRIVATE_FOLDER);
    }
    #[cfg(not(unix))]
    let _ = care;
    builder.create(folder)
}

/// Closes a file or a folder to everybody but its owner, where it is one: nothing is done for a
/// link, and nothing on Windows.
#[cfg(unix)]
pub fn close_to_others(path: &Path) -> io::Result<()> {
    use std::os::unix::fs::PermissionsExt;
    let there = match fs::symlink_metadata(path) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(()),
        there => there?,
    };
    let mode = there.permissions().mode();
    if !(there.is_file() || there.is_dir()) || mode & OTHERS == 0 {
        return Ok(());
    }
    fs::set_permissions(
        path,
        fs::Permissions::from_mode(mode & !OTHERS & ALL_RIGHTS),
    )
}

/// Closes a file or a folder to everybody but its owner; on Windows it lies in the user's own
/// folder, and nothing is done.
#[cfg(not(unix))]
pub fn close_to_others(_path: &Path) -> io::Result<()> {
    Ok(())
}

#[cfg(unix)]
const PRIVATE_FILE: u32 = 0o600;
#[cfg(unix)]
const PRIVATE_FOLDER: u32 = 0o700;
/// What the group and everybody else may do.
#[cfg(unix)]
const OTHERS: u32 = 0o077;
#[cfg(unix)]
const ALL_RIGHTS: u32 = 0o7777;

/// Returns whether there was no room for what was written.
pub fn is_full(error: &io::Error) -> bool {
    use io::ErrorKind::{FileTooLarge, QuotaExceeded, StorageFull};
    matches!(error.kind(), StorageFull | QuotaExceeded | FileTooLarge)
}

/// Returns why the system refused something, in words and without its number for it.
pub fn reason(error: &io::Error) -> String {
    let words = error.to_string();
    let mut letters = words
        .split(" (os error")
        .next()
        .unwrap_or_default()
        .trim_end_matches('.')
        .chars();
    letters
        .next()
        .map(|first| first.to_lowercase().chain(letters).collect())
        .unwrap_or_default()
}

/// The folder of a file; none for a bare name, which lies in the working folder.
fn folder_of(path: &Path) -> Option<&Path> {
    path.parent()
        .filter(|folder| !folder.as_os_str().is_empty())
}

fn create(path: &Path, care: Care) -> io::Result<File> {
    let mut options = fs::OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    if care == Care::Private {
        std::os::unix::fs::OpenOptionsExt::mode(&mut options, PRIVATE_FILE);
    }
    #[cfg(not(unix))]
    let _ = care;
    options.open(path)
}

/// Writes beside the place and moves what was written there; what could not be written whole is
/// removed.
fn replace(path: &Path, bytes: &[u8], care: Care, there: Option<&fs::Metadata>) -> io::Result<()> {
    let (fresh, mut file) = temporary(path, care)?;
    let mut write = || {
        file.write_all(bytes)?;
        if let Some(there) = there.filter(|_| care == Care::Shared) {
            file.set_permissions(there.permissions())?;
        }
        if care == Care::Cache {
            Ok(())
        } else {
            file.sync_all()
        }
    };
    let moved = write().and_then(|()| fs::rename(&fresh, path));
    if moved.is_err() {
        let _ = fs::remove_file(&fresh);
    } else if care != Care::Cache {
        sync_folder(path);
    }
    moved
}

/// Creates a file beside another under a name that nothing else uses, hidden from those who list
/// programs.
fn temporary(path: &Path, care: Care) -> io::Result<(PathBuf, File)> {
    loop {
        let count = COUNT.fetch_add(1, Ordering::Relaxed);
        let fresh = path.with_file_name(format!(".regimen-{}-{count}.tmp", std::process::id()));
        match create(&fresh, care) {
            // A process of the same number was killed here.
            Err(error) if error.kind() == io::ErrorKind::AlreadyExists => {}
            created => return created.map(|file| (fresh, file)),
        }
    }
}

/// Puts the new name of a file on the disk. Not every system can; the file itself is there.
fn sync_folder(path: &Path) {
    let folder = folder_of(path).unwrap_or(Path::new("."));
    let _ = File::open(folder).and_then(|folder| folder.sync_all());
}

fn write_through(path: &Path, bytes: &[u8]) -> io::Result<()> {
    let mut file = fs::OpenOptions::new().write(true).open(path)?;
    file.write_all(bytes)?;
    // A pipe or a terminal has nothing to sync.
    let _ = file.sync_all();
    Ok(())
}
