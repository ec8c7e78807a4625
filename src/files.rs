//! Writing to disk: the only place that writes files and sets who may read them. Each file is
//! written under a temporary name beside its destination and moved there in one step, so that a
//! crash or a full disk never leaves half a file.

use std::fs::{self, File};
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU64, Ordering};

/// How a file is protected: who may read it, and whether it must survive a power cut.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Care {
    /// A file about somebody's health. On Unix only its owner may read it, and a folder created for
    /// it is closed to others.
    Private,
    /// A file for others too, with the system's default permissions. A file that is replaced keeps
    /// its permissions.
    Shared,
    /// A file that can be recreated, so writing doesn't wait for the disk.
    Cache,
}

/// Counts the temporary files of this process, so that each gets its own name.
static COUNT: AtomicU64 = AtomicU64::new(0);

/// Writes a file and replaces what was there, whole or not at all. Creates the folder if it's
/// missing. A link stays a link, and a device or a pipe is written to directly.
pub fn write(path: &Path, bytes: &[u8], care: Care) -> io::Result<()> {
    match fs::metadata(path) {
        Ok(old) if old.is_dir() => return Err(io::Error::from(io::ErrorKind::IsADirectory)),
        // Moving a file onto a device would remove the device.
        Ok(old) if !old.is_file() => return write_through(path, bytes),
        Ok(old) => return replace(&fs::canonicalize(path)?, bytes, care, Some(&old)),
        Err(error) if error.kind() != io::ErrorKind::NotFound => return Err(error),
        Err(_) => {}
    }
    if let Some(folder) = folder_of(path) {
        make_folder(folder, care)?;
    }
    replace(path, bytes, care, None)
}

/// Writes a new file. Returns false, and writes nothing, if the file exists.
pub fn write_new(path: &Path, bytes: &[u8], care: Care) -> io::Result<bool> {
    if let Some(folder) = folder_of(path) {
        make_folder(folder, care)?;
    }
    // An empty file reserves the name.
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

/// Creates an empty file that only its owner may read. Fails if the file exists.
pub(crate) fn create_private(path: &Path) -> io::Result<()> {
    create(path, Care::Private).map(|_| ())
}

/// Moves a complete file to its final name and syncs the folder.
pub(crate) fn put_in_place(from: &Path, to: &Path) -> io::Result<()> {
    fs::rename(from, to)?;
    sync_folder(to);
    Ok(())
}

/// Removes a file. A missing file is not an error.
pub(crate) fn remove(path: &Path) -> io::Result<()> {
    match fs::remove_file(path) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(()),
        removed => removed,
    }
}

/// Creates a folder and its parents. A new folder for private files is open only to its owner.
pub(crate) fn make_folder(folder: &Path, care: Care) -> io::Result<()> {
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

/// Removes the permissions of everybody but the owner from a file or a folder. Does nothing for a
/// link or a missing file.
#[cfg(unix)]
pub(crate) fn close_to_others(path: &Path) -> io::Result<()> {
    use std::os::unix::fs::PermissionsExt;
    let metadata = match fs::symlink_metadata(path) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(()),
        metadata => metadata?,
    };
    let mode = metadata.permissions().mode();
    if !(metadata.is_file() || metadata.is_dir()) || mode & OTHERS == 0 {
        return Ok(());
    }
    fs::set_permissions(
        path,
        fs::Permissions::from_mode(mode & !OTHERS & ALL_PERMISSIONS),
    )
}

/// Does nothing: on Windows these files are in the user's own folder, which is closed to others.
#[cfg(not(unix))]
pub(crate) fn close_to_others(_path: &Path) -> io::Result<()> {
    Ok(())
}

/// Read and write for the owner only.
#[cfg(unix)]
const PRIVATE_FILE: u32 = 0o600;
/// Read, write and enter for the owner only.
#[cfg(unix)]
const PRIVATE_FOLDER: u32 = 0o700;
/// The permission bits of the group and of everybody else.
#[cfg(unix)]
const OTHERS: u32 = 0o077;
/// All permission bits, without the bits that give the file's type.
#[cfg(unix)]
const ALL_PERMISSIONS: u32 = 0o7777;

/// Returns whether a write failed because the disk, a quota or a size limit is full.
pub(crate) fn is_full(error: &io::Error) -> bool {
    use io::ErrorKind::{FileTooLarge, QuotaExceeded, StorageFull};
    matches!(error.kind(), StorageFull | QuotaExceeded | FileTooLarge)
}

/// Returns the system's reason for an error as a lowercase phrase, without its error number.
pub(crate) fn reason(error: &io::Error) -> String {
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

/// Returns the folder of a file, or None for a bare name, which is in the working folder.
fn folder_of(path: &Path) -> Option<&Path> {
    path.parent()
        .filter(|folder| !folder.as_os_str().is_empty())
}

/// Creates an empty file. Fails if the file exists.
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

/// Writes a temporary file and moves it to its destination. Removes the temporary file if anything
/// fails.
fn replace(path: &Path, bytes: &[u8], care: Care, old: Option<&fs::Metadata>) -> io::Result<()> {
    let (fresh, mut file) = temporary(path, care)?;
    let mut write = || {
        file.write_all(bytes)?;
        if let Some(old) = old.filter(|_| care == Care::Shared) {
            file.set_permissions(old.permissions())?;
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

/// Creates a file beside another under an unused name. The name begins with a dot, so the file is
/// never listed as a program.
fn temporary(path: &Path, care: Care) -> io::Result<(PathBuf, File)> {
    loop {
        let count = COUNT.fetch_add(1, Ordering::Relaxed);
        let fresh = path.with_file_name(format!(".regimen-{}-{count}.tmp", std::process::id()));
        match create(&fresh, care) {
            // An earlier process with the same id was killed and left this file.
            Err(error) if error.kind() == io::ErrorKind::AlreadyExists => {}
            created => return created.map(|file| (fresh, file)),
        }
    }
}

/// Syncs the folder of a file, so that its new name is on disk. Errors are ignored: not every
/// system can do this, and the file itself is already on disk.
fn sync_folder(path: &Path) {
    let folder = folder_of(path).unwrap_or(Path::new("."));
    let _ = File::open(folder).and_then(|folder| folder.sync_all());
}

/// Writes to a device or a pipe.
fn write_through(path: &Path, bytes: &[u8]) -> io::Result<()> {
    let mut file = fs::OpenOptions::new().write(true).open(path)?;
    file.write_all(bytes)?;
    // A pipe or a terminal can't sync, so an error means nothing here.
    let _ = file.sync_all();
    Ok(())
}
