//! The two clocks of this machine.

use jiff::Timestamp;
use jiff::tz::TimeZone;

use crate::events::{Instant, Moment};

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
