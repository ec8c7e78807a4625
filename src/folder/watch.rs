//! Notices when files change. It compares their times and lengths, which works on every disk.

use std::fs;
use std::path::PathBuf;
use std::time::Duration;

use super::paths::{self, Stamp, stamp_of};

/// How often watched files are compared.
const POLL_EVERY: Duration = Duration::from_millis(60);

/// Watches files, and the programs in folders.
#[derive(Debug)]
pub(crate) struct Watch {
    paths: Vec<PathBuf>,
    seen: Vec<(PathBuf, Option<Stamp>)>,
}

impl Watch {
    /// Starts to watch files and folders. A change before this call is not reported.
    pub(crate) fn new(paths: Vec<PathBuf>) -> Self {
        let seen = Self::look(&paths);
        Self { paths, seen }
    }

    /// Returns the stamps of all watched files, sorted.
    fn look(paths: &[PathBuf]) -> Vec<(PathBuf, Option<Stamp>)> {
        let files = paths.iter().flat_map(|path| {
            let inside = fs::read_dir(path)
                .into_iter()
                .flatten()
                .filter_map(Result::ok)
                .map(|entry| entry.path());
            inside
                .filter(|path| paths::is_program(path))
                .chain(std::iter::once(path.clone()))
        });
        let mut stamps: Vec<_> = files
            .map(|path| {
                let stamp = stamp_of(&path);
                (path, stamp)
            })
            .collect();
        stamps.sort();
        stamps
    }

    /// Blocks until something has changed since the last call.
    #[expect(
        clippy::disallowed_methods,
        reason = "the system has no portable event for a changed file, so this polls"
    )]
    pub(crate) fn wait(&mut self) {
        loop {
            std::thread::sleep(POLL_EVERY);
            let now = Self::look(&self.paths);
            if now != self.seen {
                self.seen = now;
                return;
            }
        }
    }
}
