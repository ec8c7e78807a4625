//! Standard output and standard error. Everything that commands print goes through here. It
//! remembers the first failure, so that a command whose output is lost can't report success. The
//! full-screen app draws through `terminal` instead.

use std::io::{self, Write};
use std::sync::{LazyLock, Mutex, MutexGuard, PoisonError};

use crate::files;

/// A writer that remembers its first failure. After a failure it writes nothing more, so the output
/// never has gaps.
#[derive(Debug)]
pub struct Output<W> {
    out: W,
    failure: Option<io::Error>,
}

impl<W: Write> Output<W> {
    /// Wraps a writer that has not failed yet.
    pub const fn new(out: W) -> Self {
        Self { out, failure: None }
    }

    /// Prints a text and flushes it. Returns whether everything printed so far was written.
    pub fn print(&mut self, text: &str) -> bool {
        if self.failure.is_none() {
            self.failure = self
                .out
                .write_all(text.as_bytes())
                .and_then(|()| self.out.flush())
                .err();
        }
        self.failure.is_none()
    }

    /// Returns why output was lost and what to do about it. A reader that closed the pipe doesn't
    /// want more output, so a broken pipe is not a failure.
    pub fn failure(&self) -> Option<String> {
        let error = self
            .failure
            .as_ref()
            .filter(|error| error.kind() != io::ErrorKind::BrokenPipe)?;
        let remedy = if files::is_full(error) {
            "make room on the disk"
        } else {
            "check where the output goes"
        };
        Some(format!("{}; {remedy}", files::reason(error)))
    }
}

/// Standard output, shared by the whole process.
static STANDARD: LazyLock<Mutex<Output<Box<dyn Write + Send>>>> =
    LazyLock::new(|| Mutex::new(Output::new(standard())));

/// Returns standard output without a buffer. `std::io::stdout` silently accepts everything when its
/// descriptor can't be written to; a `File` reports the error.
#[cfg(unix)]
fn standard() -> Box<dyn Write + Send> {
    use std::os::fd::AsFd;
    match io::stdout().as_fd().try_clone_to_owned() {
        Ok(own) => Box::new(std::fs::File::from(own)),
        Err(_) => Box::new(io::stdout()),
    }
}

/// Returns `std::io::stdout`, which encodes text for the Windows console.
#[cfg(not(unix))]
fn standard() -> Box<dyn Write + Send> {
    Box::new(io::stdout())
}

/// Locks standard output.
fn locked() -> MutexGuard<'static, Output<Box<dyn Write + Send>>> {
    STANDARD.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Prints a line on standard output. A failure is remembered and reported at the end.
pub(crate) fn print_line(text: &str) {
    print(&format!("{text}\n"));
}

/// Prints a text on standard output without adding a line break. Returns whether everything printed
/// so far was written.
pub(crate) fn print(text: &str) -> bool {
    locked().print(text)
}

/// Prints a line on standard error. A failure is ignored, because there is nowhere to report it.
pub(crate) fn eprint_line(text: &str) {
    let _ = io::stderr().write_all(format!("{text}\n").as_bytes());
}

/// Returns whether everything printed so far was written. If not, printing more is pointless.
pub(crate) fn is_heard() -> bool {
    locked().print("")
}

/// Returns why standard output was lost and what to do about it. None if it was written, or if its
/// reader closed the pipe.
pub(crate) fn failure() -> Option<String> {
    locked().failure()
}
