//! What comes in from outside, and when: keys, and the passing of time. Waiting is how time passes:
//! the real events wait on the terminal, a test's jump the clock. Knows nothing of what is done
//! with either.

use std::ops::{Add, Sub};
use std::time::Duration;

use jiff::Zoned;
use jiff::civil::Date;

use crate::day::day_of;
use crate::program::parse::Parsed;

/// An instant of a clock that only goes forward, counted from an origin of its own. Never the wall
/// clock.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default, Hash)]
pub struct Instant(Duration);

impl Instant {
    /// So long after the origin.
    pub const fn from_origin(since: Duration) -> Self {
        Self(since)
    }

    /// How long after the origin.
    pub const fn since_origin(self) -> Duration {
        self.0
    }
}

impl Add<Duration> for Instant {
    type Output = Self;

    fn add(self, length: Duration) -> Self {
        Self(self.0 + length)
    }
}

impl Sub<Duration> for Instant {
    type Output = Self;

    fn sub(self, length: Duration) -> Self {
        Self(self.0.saturating_sub(length))
    }
}

impl Sub for Instant {
    type Output = Duration;

    /// The time from the other instant to this one, none if the other is later.
    fn sub(self, other: Self) -> Duration {
        self.0.saturating_sub(other.0)
    }
}

/// Both clocks, read together: the one that times the session, and the one on the wall, for records
/// only.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Moment {
    /// For timing.
    pub instant: Instant,
    /// For records and for what is shown as a date or a time of day.
    pub wall: Zoned,
}

impl Moment {
    /// Returns the day that it belongs to: until four in the morning it is the day before.
    pub fn day(&self) -> Date {
        day_of(&self.wall)
    }
}

/// A key, as far as the program knows keys.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[allow(missing_docs, reason = "the names of keys explain themselves")]
pub enum Key {
    Char(char),
    Enter,
    Esc,
    Tab,
    Backspace,
    Delete,
    Up,
    Down,
    Left,
    Right,
    Home,
    End,
    PageUp,
    PageDown,
    /// A letter with Ctrl held.
    Ctrl(char),
}

/// Something that happened.
#[derive(Debug, Clone, PartialEq)]
pub enum Input {
    /// The instant that was waited for has come.
    Time,
    /// A key was pressed.
    Key(Key),
    /// A line was typed where no single keys are read.
    Line(String),
    /// A click on a cell: column and row from 0.
    Click(u16, u16),
    /// The terminal has a new size, or must be drawn anew.
    Redraw,
    /// A file that is watched was saved: what it says now, read once, where it was seen.
    SourceChanged(Box<Parsed>),
    /// The terminal came to the front, or another window did.
    Focus(bool),
    /// Something of the machine's that was asked for is not there: in a sentence, and whether no
    /// tones can be played.
    Missing {
        /// In a sentence.
        what: String,
        /// Whether it is the tones.
        tones: bool,
    },
    /// The process was stopped and goes on.
    Continued,
    /// The terminal, or whoever runs the program, asks it to end at once.
    Hangup,
}

/// Time and input in one.
pub trait Events {
    /// Both clocks, now.
    fn now(&mut self) -> Moment;

    /// Lets time pass so many times as fast from now on, where it can.
    fn pace(&mut self, _times: u16) {}

    /// Waits for the next input, or until an instant has come; without one, as long as it takes.
    fn next(&mut self, until: Option<Instant>) -> Input;
}
