//! Standard output and standard error. The only owner of what is printed: it remembers the first
//! failure, so that a command whose output is lost can't end as if all were well. Knows nothing of
//! what is printed, nor of the screen.

use std::io::{self, Write};
use std::sync::{LazyLock, Mutex, MutexGuard, PoisonError};

use crate::files;

/// Something to print on that remembers how it went. After a failure nothing more is written: what
/// is printed has no holes.
#[derive(Debug)]
pub struct Output<W> {
    out: W,
    failure: Option<io::Error>,
}

impl<W: Write> Output<W> {
    /// Prints on something.
    pub const fn new(out: W) -> Self {
        Self { out, failure: None }
    }

    /// Prints a text at once; returns whether all that was printed so far has arrived.
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

    /// Returns why output was lost and what to do, in words. A reader who has gone wants no more of
    /// it, which is no failure.
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

static STANDARD: LazyLock<Mutex<Output<Box<dyn Write + Send>>>> =
    LazyLock::new(|| Mutex::new(Output::new(standard())));

/// Standard output without a buffer, whose errors are all told: the library's own takes a
/// descriptor that can't be written to for one that swallows everything.
#[cfg(unix)]
fn standard() -> Box<dyn Write + Send> {
    use std::os::fd::AsFd;
    match io::stdout().as_fd().try_clone_to_owned() {
        Ok(own) => Box::new(std::fs::File::from(own)),
        Err(_) => Box::new(io::stdout()),
    }
}

/// The library's own, which knows how a console wants its letters.
#[cfg(not(unix))]
fn standard() -> Box<dyn Write + Send> {
    Box::new(io::stdout())
}

fn locked() -> MutexGuard<'static, Output<Box<dyn Write + Send>>> {
    STANDARD.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Prints a line on standard output. A failure is remembered for the end.
pub fn print_line(text: &str) {
    print(&format!("{text}\n"));
}

/// Prints a text on standard output as it is; returns whether all that was printed so far has
/// arrived.
pub fn print(text: &str) -> bool {
    locked().print(text)
}

/// Prints a line on standard error. There is nowhere left to tell of a failure.
pub fn eprint_line(text: &str) {
    let _ = io::stderr().write_all(format!("{text}\n").as_bytes());
}

/// Returns whether all that was printed so far has arrived. Where it hasn't, printing more is of no
/// use.
pub fn is_heard() -> bool {
    locked().print("")
}

/// Returns why standard output was lost and what to do, in words; none where it arrived or its
/// reader has gone.
pub fn failure() -> Option<String> {
    locked().failure()
}
