//! The machine's own programs: finds them, and starts them so that they cannot write over the
//! screen. The only owner of child processes. Knows nothing of what they are for.

use std::ffi::OsStr;
use std::io;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Output, Stdio};

/// Where programs are looked for.
#[derive(Debug, Clone, Default)]
pub struct Tools {
    folders: Vec<PathBuf>,
}

impl Tools {
    /// The folders of a search path.
    pub fn new(path: &OsStr) -> Self {
        // A folder that is named relatively would depend on where one stands.
        Self {
            folders: std::env::split_paths(path)
                .filter(|folder| folder.is_absolute())
                .collect(),
        }
    }

    /// A program by its name.
    pub fn find(&self, name: &str) -> Option<PathBuf> {
        let with_ending = format!("{name}.exe");
        let names: &[&str] = if cfg!(windows) {
            &[&with_ending]
        } else {
            &[name]
        };
        let candidates = self
            .folders
            .iter()
            .flat_map(|folder| names.iter().map(|name| folder.join(name)));
        candidates.into_iter().find(|path| path.is_file())
    }

    /// A program as somebody typed it: a path, or a name to be looked for.
    pub fn resolve(&self, typed: &str) -> Option<PathBuf> {
        let path = Path::new(typed);
        if path.components().count() > 1 {
            path.is_file().then(|| path.to_owned())
        } else {
            self.find(typed)
        }
    }
}

/// Starts a program that hears and says nothing; with `open`, its standard input stays open until
/// the child is dropped.
pub fn start(program: &Path, arguments: &[impl AsRef<OsStr>], open: bool) -> io::Result<Child> {
    Command::new(program)
        .args(arguments)
        .stdin(if open { Stdio::piped() } else { Stdio::null() })
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
}

/// Runs a program to its end and gives what it said. Only for what ends soon, and never while a
/// session runs.
pub fn run(program: &Path, arguments: &[impl AsRef<OsStr>]) -> io::Result<Output> {
    Command::new(program)
        .args(arguments)
        .stdin(Stdio::null())
        .output()
}
