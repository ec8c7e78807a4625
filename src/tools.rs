//! Finds the programs of this machine and starts them so that they can't write over the screen.
//! Only this file creates child processes.

use std::ffi::OsStr;
use std::io;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Output, Stdio};

/// The folders in which programs are looked for.
#[derive(Debug, Clone, Default)]
pub struct Tools {
    folders: Vec<PathBuf>,
}

impl Tools {
    /// Takes the absolute folders of a search path.
    pub fn new(path: &OsStr) -> Self {
        // What a relative folder means depends on the working folder.
        Self {
            folders: std::env::split_paths(path)
                .filter(|folder| folder.is_absolute())
                .collect(),
        }
    }

    /// Finds a program by its name.
    pub(crate) fn find(&self, name: &str) -> Option<PathBuf> {
        let file = if cfg!(windows) {
            format!("{name}.exe")
        } else {
            name.to_owned()
        };
        let mut paths = self.folders.iter().map(|folder| folder.join(&file));
        paths.find(|path| path.is_file())
    }

    /// Finds a program as a user typed it: a path, or a name to look for.
    pub(crate) fn resolve(&self, typed: &str) -> Option<PathBuf> {
        let path = Path::new(typed);
        if path.components().count() > 1 {
            path.is_file().then(|| path.to_owned())
        } else {
            self.find(typed)
        }
    }
}

/// Starts a program whose output is discarded. Its standard input is empty, or with `open` a pipe
/// that stays open until the child is dropped.
pub(crate) fn start(
    program: &Path,
    arguments: &[impl AsRef<OsStr>],
    open: bool,
) -> io::Result<Child> {
    Command::new(program)
        .args(arguments)
        .stdin(if open { Stdio::piped() } else { Stdio::null() })
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
}

/// Runs a program to its end and returns its output. Only for programs that end soon, and never on
/// the thread that runs a session.
pub(crate) fn run(program: &Path, arguments: &[impl AsRef<OsStr>]) -> io::Result<Output> {
    Command::new(program)
        .args(arguments)
        .stdin(Stdio::null())
        .output()
}
