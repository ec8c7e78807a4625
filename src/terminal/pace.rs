//! A clock that can run faster, for previews.

use jiff::SignedDuration;

use super::input::TerminalEvents;
use crate::events::{Events, Input, Instant, Moment};

/// Events in a time that can pass faster than it really does.
#[derive(Debug)]
pub(crate) struct Paced {
    inner: TerminalEvents,
    /// How many times as fast it passes.
    pace: u16,
    /// When this pace began: really, and in the time that is shown.
    since: (Moment, Moment),
}

impl Paced {
    /// Begins at the real pace.
    pub(crate) fn new(mut inner: TerminalEvents) -> Self {
        let now = inner.now();
        Self {
            inner,
            pace: 1,
            since: (now.clone(), now),
        }
    }
}

impl Events for Paced {
    fn now(&mut self) -> Moment {
        let (real, shown) = &self.since;
        let passed = (self.inner.now().instant - real.instant) * u32::from(self.pace);
        let wall = SignedDuration::try_from(passed)
            .ok()
            .and_then(|passed| shown.wall.checked_add(passed).ok());
        Moment {
            instant: shown.instant + passed,
            wall: wall.unwrap_or_else(|| shown.wall.clone()),
        }
    }

    fn pace(&mut self, times: u16) {
        let shown = self.now();
        self.since = (self.inner.now(), shown);
        self.pace = times.max(1);
    }

    fn next(&mut self, until: Option<Instant>) -> Input {
        let (real, shown) = &self.since;
        let until =
            until.map(|until| real.instant + (until - shown.instant) / u32::from(self.pace));
        self.inner.next(until)
    }
}
