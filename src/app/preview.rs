//! A program tried out by whoever writes it: jumps, and a file that changes while it is played.
//! Knows nothing of files or of how fast time passes; it is told both.

use super::{App, Effect, Overlay, ProgramEntry, Screen};
use crate::diagnostic::render;
use crate::events::Moment;
use crate::program::parse::Parsed;
use crate::program::{Program, changes};

/// How many times as fast time may pass.
const PACES: [u16; 6] = [1, 2, 5, 10, 30, 60];

/// Where two versions of a program first differ: phase and exercise of the new one, from 0. None
/// where every exercise is the same.
pub fn first_difference(old: &Program, new: &Program) -> Option<(usize, usize)> {
    let differing = new.phases.iter().enumerate().find_map(|(index, phase)| {
        let before = old
            .phases
            .get(index)
            .map_or(&[][..], |before| &before.exercises);
        let differs = |at: &usize| phase.exercises.get(*at) != before.get(*at);
        let last = phase.exercises.len().saturating_sub(1);
        (0..phase.exercises.len().max(before.len()))
            .find(differs)
            .map(|at| (index, at.min(last)))
    });
    // A last phase that is gone leaves the one before it.
    differing.or_else(|| {
        (new.phases.len() < old.phases.len()).then(|| (new.phases.len().saturating_sub(1), 0))
    })
}

impl App {
    /// Begins a session in which time passes so many times as fast, without questions before it,
    /// and with jumps.
    pub fn preview(&mut self, phase: usize, pace: u16) -> Vec<Effect> {
        self.pace = Some(pace);
        self.effects.push(Effect::SetSpeed(pace));
        let now = self.seen.clone();
        self.play_from(phase, 0, &now);
        self.notice = Some(
            "A preview: nothing is recorded. PgDn and PgUp go to the next exercise and back, > and < change the speed."
                .to_owned(),
        );
        std::mem::take(&mut self.effects)
    }

    /// Plays the program at hand from an exercise on.
    fn play_from(&mut self, phase: usize, exercise: usize, now: &Moment) {
        self.start_session(self.marked, phase, false, now);
        self.play(now);
        self.jump_to(exercise, now);
    }

    fn jump_to(&mut self, exercise: usize, now: &Moment) {
        let Some(session) = &mut self.session else {
            return;
        };
        let reached = session.player.jump(exercise, now.instant);
        self.take(&reached, now);
    }

    /// In a preview, goes to the exercise before or after the one at hand.
    pub(super) fn jump(&mut self, forward: bool, now: &Moment) {
        if self.pace.is_none() {
            return;
        }
        let Some(session) = &self.session else { return };
        let Some(step) = session.player.step() else {
            return;
        };
        let last = session.player.timeline().exercises.len().saturating_sub(1);
        let to = if forward {
            (step.exercise + 1).min(last)
        } else {
            step.exercise.saturating_sub(1)
        };
        self.jump_to(to, now);
    }

    /// In a preview, lets time pass faster or slower.
    pub(super) fn change_pace(&mut self, faster: bool) {
        let Some(pace) = self.pace else { return };
        let next = if faster {
            PACES.into_iter().find(|other| *other > pace)
        } else {
            PACES.into_iter().rev().find(|other| *other < pace)
        };
        if let Some(next) = next {
            self.pace = Some(next);
            self.effects.push(Effect::SetSpeed(next));
        }
    }

    /// The file was saved: its first change is gone to, or what is wrong with it is shown over the
    /// last picture.
    pub(super) fn source_changed(&mut self, parsed: Parsed, now: &Moment) {
        if matches!(self.screen, Screen::Gallery(_)) {
            return self.gallery_changed(&parsed, now);
        }
        if matches!(self.overlays.last(), Some(Overlay::Report(..))) {
            self.pop_overlay(now);
        }
        let entry = ProgramEntry::new(parsed);
        let new = match entry.content() {
            Ok(loaded) => loaded.program.clone(),
            Err(invalid) => {
                self.notice = None;
                let report = render::report(&invalid.source, &invalid.diagnostics, false);
                self.push_overlay(
                    Overlay::Report(report.lines().map(str::to_owned).collect(), 0),
                    now,
                );
                return;
            }
        };
        let old = self
            .programs
            .get(self.marked)
            .and_then(|entry| entry.program())
            .cloned();
        if let Some(place) = self.programs.get_mut(self.marked) {
            *place = entry;
        }
        let Some(old) = old else { return };
        let news = changes::between(&old, &new);
        match first_difference(&old, &new) {
            Some((phase, exercise)) => {
                self.overlays.clear();
                self.play_from(phase, exercise, now);
            }
            None => {
                if let Some(session) = self
                    .session
                    .as_mut()
                    .filter(|_| matches!(self.screen, Screen::Playing))
                {
                    session.program = new;
                }
            }
        }
        // A change that is not told might be taken for one that was not made.
        let told = news.iter().take(3).cloned().collect::<Vec<_>>().join("; ");
        let more = news.len().saturating_sub(3);
        let more = if more > 0 {
            format!("; and {more} more changes")
        } else {
            String::new()
        };
        self.notice = (!news.is_empty()).then(|| format!("Saved. {told}{more}"));
    }
}
