//! What the application does by itself: it pauses when the machine slept, keeps it awake while a
//! session runs, and reminds.

use std::time::Duration;

use jiff::{SignedDuration, Timestamp, ToSpan};

use super::context::SessionKind;
use super::session_screen::SessionScreen;
use super::{App, Screen};
use crate::day::DAY_BEGINS;
use crate::effect::Effect;
use crate::events::{Instant, Moment};
use crate::reminder::{self, Reminder};

/// A step that is reached this late was slept through.
const SLEPT: Duration = Duration::from_secs(10);
/// A wall clock that runs ahead of the other one by this much means that the machine slept.
const CLOCKS_APART: SignedDuration = SignedDuration::from_secs(5);

impl App {
    /// Pauses a running session and says why.
    pub(super) fn auto_pause(&mut self, why: &str, at: &Moment) {
        let (screen, mut cx) = self.split(at);
        if let Screen::Session(screen) = screen {
            screen.auto_pause(why, &mut cx);
        }
    }

    /// Pauses a session when the machine slept: nobody exercised meanwhile.
    pub(super) fn detect_suspend(&mut self, now: &Moment) {
        if self.shared.kind != SessionKind::Recorded {
            // Where time is made to pass faster, the clocks say nothing.
            return;
        }
        let seen = &self.sleep.seen;
        let timed = now.instant - seen.instant;
        let on_the_wall = now.wall.timestamp().duration_since(seen.wall.timestamp());
        let ahead = SignedDuration::try_from(timed)
            .map_or(SignedDuration::ZERO, |timed| on_the_wall - timed);
        let deadline = self.sleep.deadline;
        let late = deadline.is_some_and(|deadline| now.instant - deadline > SLEPT);
        if late || ahead > CLOCKS_APART {
            // What the machine slept through was not played.
            let seen = Moment {
                instant: if late { seen.instant } else { now.instant },
                wall: seen.wall.clone(),
            };
            let why = "The computer slept, or its clock was changed. The session is paused.";
            self.auto_pause(why, &seen);
        }
    }

    /// Keeps the machine awake while a session runs, and only then: one that waits for the patient
    /// runs, one that was put aside does not.
    pub(super) fn inhibit_sleep(&mut self) {
        let runs = |screen: &SessionScreen| screen.is_running();
        let running = matches!(&self.screen, Screen::Session(screen) if runs(screen))
            && !self.effects.contains(&Effect::Suspend)
            && self.shared.preferences.stay_awake
            && self.shared.kind == SessionKind::Recorded;
        if running != std::mem::replace(&mut self.sleep.inhibited, running) {
            self.effects.push(Effect::StayAwake(running));
        }
    }

    /// Shows a pop-up for what has become due while the first page is open behind another window.
    pub(super) fn remind(&mut self, now: &Moment) {
        if !matches!(self.screen, Screen::Today(_)) {
            return;
        }
        let shared = &self.shared;
        let (times, memory) = (&shared.preferences.remind_at, &self.reminders.memory);
        let due = shared.catalog.prescribed();
        let due = due
            .filter_map(|program| reminder::due(program, shared.past(), times, memory, &now.wall));
        let due: Vec<Reminder> = due.collect();
        let told = due.iter().map(|it| (it.program.clone(), it.at));
        self.reminders.memory.told.extend(told);
        let opened = self.reminders.opened;
        let news: Vec<Reminder> = due.into_iter().filter(|it| it.at > opened).collect();
        if let Some((title, text)) = reminder::words(&news) {
            self.cx(now).notify(&title, &text);
        }
    }

    /// Returns when the list of the first page is another one: tomorrow, or at the next reminder.
    pub(super) fn next_due(&self, now: &Moment) -> Option<Instant> {
        let tomorrow = now.day().checked_add(1.day()).ok();
        let begins = tomorrow.and_then(|day| {
            let zone = now.wall.time_zone().clone();
            day.at(DAY_BEGINS, 0, 0, 0).to_zoned(zone).ok()
        });
        let times = &self.shared.preferences.remind_at;
        let programs = self.shared.catalog.prescribed();
        let reminder = reminder::next(programs, times, &self.reminders.memory, &now.wall);
        let begins = begins.map(|begins| begins.timestamp());
        let next: Timestamp = begins.into_iter().chain(reminder).min()?;
        let until = Duration::try_from(next.duration_since(now.wall.timestamp())).ok()?;
        Some(now.instant + until)
    }
}
