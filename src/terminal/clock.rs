//! The two clocks of this machine, and a clock that can run faster for previews.

use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp};

use super::input::TerminalEvents;
use crate::events::{Events, Input, Instant, Moment};

/// The clock that only goes forward, and the clock on the wall.
#[derive(Debug)]
pub(super) struct Clocks {
    origin: std::time::Instant,
    zone: TimeZone,
}

impl Clocks {
    #[expect(clippy::disallowed_methods, reason = "this is where time comes in")]
    pub(super) fn new() -> Self {
        Self {
            origin: std::time::Instant::now(),
            zone: local_zone().unwrap_or_else(TimeZone::system),
        }
    }

    #[expect(clippy::disallowed_methods, reason = "this is where time comes in")]
    pub(super) fn now(&self) -> Moment {
        Moment {
            instant: Instant::from_origin(self.origin.elapsed()),
            wall: Timestamp::now().to_zoned(self.zone.clone()),
        }
    }
}

/// Reads the zone of the machine from the one file that names it; none if `TZ` is set or the file
/// can't be read. jiff would first search all zones, which takes longer than the rest of the start.
#[expect(clippy::disallowed_methods, reason = "the zone belongs to the clocks")]
fn local_zone() -> Option<TimeZone> {
    const LOCAL: &str = "/etc/localtime";
    if std::env::var_os("TZ").is_some() {
        return None;
    }
    let target = std::fs::read_link(LOCAL).ok()?;
    let name = target.to_str()?.split("zoneinfo/").nth(1)?;
    TimeZone::tzif(name, &std::fs::read(LOCAL).ok()?).ok()
}

/// Reads both clocks once, for what must be known before the events begin.
pub(crate) fn moment() -> Moment {
    Clocks::new().now()
}

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
