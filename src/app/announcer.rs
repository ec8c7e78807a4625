//! What the patient hears, and the flash that stands in for it: whether sound is on, whether this
//! machine plays it, and until when the screen flashes.

use std::time::Duration;

use crate::effect::AlertKind;
use crate::events::Instant;
use crate::preferences::Flash;

/// How long the screen flashes.
const FLASH: Duration = Duration::from_millis(200);

/// What the patient hears.
#[derive(Debug)]
pub(super) struct Announcer {
    /// Whether sound is off.
    pub(super) muted: bool,
    /// Whether it is known that this machine plays no tones.
    pub(super) audio_unavailable: bool,
    /// Whether the terminal is in front, as far as it says.
    pub(super) focused: bool,
    /// The last alert, should it turn out that it was not heard.
    pub(super) last_alert: Option<AlertKind>,
    flash_until: Option<Instant>,
}

impl Default for Announcer {
    fn default() -> Self {
        Self {
            muted: false,
            audio_unavailable: false,
            focused: true,
            last_alert: None,
            flash_until: None,
        }
    }
}

impl Announcer {
    /// Lets the screen flash, where that is wanted.
    pub(super) fn flash(&mut self, kind: AlertKind, wanted: Flash, at: Instant) {
        let flashing = match wanted {
            Flash::On => true,
            Flash::Auto => self.audio_unavailable,
            Flash::Off => false,
        };
        if flashing && kind.rings() {
            self.flash_until = Some(at + FLASH);
        }
    }

    pub(super) fn flash_until(&self) -> Option<Instant> {
        self.flash_until
    }

    pub(super) fn is_flashing(&self, now: Instant) -> bool {
        self.flash_until.is_some_and(|until| until > now)
    }

    /// Forgets a flash that is over.
    pub(super) fn end_flash(&mut self, now: Instant) {
        self.flash_until = self.flash_until.filter(|until| *until > now);
    }
}
