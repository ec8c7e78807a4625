//! Child processes that may run only so long.

use std::process::Child;
use std::thread;
use std::time::{Duration, Instant};

/// Time between two looks at a child that is expected to end soon.
const LOOK_EVERY: Duration = Duration::from_millis(10);

#[expect(
    clippy::disallowed_methods,
    reason = "tones are played when they are asked for; this only bounds children"
)]
pub(super) fn now() -> Instant {
    Instant::now()
}

#[expect(
    clippy::disallowed_methods,
    reason = "this thread waits on a child that cannot be waited for otherwise"
)]
fn pause(length: Duration) {
    thread::sleep(length);
}

/// How a child ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Exit {
    Succeeded,
    Failed,
    /// It ran too long, and was killed if it still ran.
    Overdue,
}

/// A child that is killed when its time is over.
#[derive(Debug)]
pub(super) struct BoundedChild {
    child: Child,
    until: Instant,
}

impl BoundedChild {
    /// Lets a child run for some time from now.
    pub(super) fn new(child: Child, limit: Duration) -> Self {
        let until = now() + limit;
        Self { child, until }
    }

    /// Returns how the child ended; none while it runs.
    pub(super) fn poll(&mut self) -> Option<Exit> {
        let overdue = self.until < now();
        match self.child.try_wait() {
            Ok(Some(status)) if status.success() => Some(Exit::Succeeded),
            Ok(None) if !overdue => None,
            Ok(None) => {
                self.kill();
                Some(Exit::Overdue)
            }
            _ if overdue => Some(Exit::Overdue),
            _ => Some(Exit::Failed),
        }
    }

    /// Ends the child and waits for its end.
    pub(super) fn kill(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// Waits some time and tells whether a child ends with an error in it.
pub(super) fn fails_within(child: &mut Child, length: Duration) -> bool {
    let until = now() + length;
    while now() < until {
        match child.try_wait() {
            Ok(Some(status)) => return !status.success(),
            Ok(None) => pause(LOOK_EVERY),
            Err(_) => return true,
        }
    }
    false
}
