//! A program tried out by whoever writes it: jumps, and a file that changes while it is played.

use super::context::SessionKind;
use super::flow::Flow;
use super::menu::Overlay;
use super::session::Session;
use super::session_screen::SessionScreen;
use super::{App, Screen};
use crate::catalog::ProgramEntry;
use crate::diagnostic::render;
use crate::effect::Effect;
use crate::events::Moment;
use crate::program::parse::Parsed;
use crate::program::{Program, changes};
use crate::text::count;

/// The most changes that are told.
const MOST_CHANGES: usize = 3;
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
    /// Begins a preview of the selected program: time passes `speed` times as fast, nothing is asked
    /// before, and exercises can be jumped to.
    pub fn preview(&mut self, phase: usize, speed: u16) -> Vec<Effect> {
        let now = self.sleep.seen.clone();
        self.shared.kind = SessionKind::Preview { speed };
        self.effects.push(Effect::SetSpeed(speed));
        self.play_from(phase, 0, &now);
        self.shared.status.say(
            "A preview: nothing is recorded. PgDn and PgUp go to the next exercise and back, > and < change the speed.",
            now.instant,
        );
        std::mem::take(&mut self.effects)
    }

    /// Plays the selected program from an exercise on.
    pub(super) fn play_from(&mut self, phase: usize, exercise: usize, now: &Moment) {
        let mut cx = self.cx(now);
        if let Some(session) = Session::start(phase, false, &mut cx) {
            let screen = SessionScreen::preview(session, exercise, &mut cx);
            self.screen = Screen::Session(Box::new(screen));
        }
    }

    /// Goes to the first change of a file that was saved, or shows what is wrong with it above the
    /// last picture.
    pub(super) fn source_changed(&mut self, parsed: Parsed, now: &Moment) {
        if let Screen::FigureViewer(viewer) = &mut self.screen {
            viewer.file_changed(&parsed, now.instant);
            return;
        }
        if matches!(self.overlays.last(), Some(Overlay::Report(..))) {
            self.close_overlay(false, now);
        }
        let entry = ProgramEntry::new(parsed);
        let new = match entry.content() {
            Ok(loaded) => loaded.program.clone(),
            Err(invalid) => {
                self.shared.status.clear();
                let report = render::report(&invalid.source, &invalid.diagnostics, false);
                let lines = report.lines().map(str::to_owned).collect();
                self.follow(Flow::Open(Overlay::Report(lines, 0)), now);
                return;
            }
        };
        let old = self.shared.selected_program().cloned();
        let catalog = &mut self.shared.catalog;
        if let Some(place) = catalog.entries.get_mut(catalog.selected) {
            *place = entry;
        }
        let Some(old) = old else { return };
        match first_difference(&old, &new) {
            Some((phase, exercise)) => {
                self.overlays.clear();
                self.play_from(phase, exercise, now);
            }
            None => {
                if let Screen::Session(screen) = &mut self.screen {
                    screen.session.program = new.clone();
                }
            }
        }
        self.shared.status.clear();
        if let Some(words) = describe_changes(&changes::between(&old, &new)) {
            self.shared.status.say(words, now.instant);
        }
    }
}

/// Returns what changed, so that no change is taken for one that was not made.
fn describe_changes(news: &[String]) -> Option<String> {
    let told: Vec<&str> = news.iter().take(MOST_CHANGES).map(String::as_str).collect();
    let more = news.len().saturating_sub(MOST_CHANGES);
    let more = if more > 0 {
        format!("; and {} more", count(more, "change"))
    } else {
        String::new()
    };
    (!told.is_empty()).then(|| format!("Saved. {}{more}", told.join("; ")))
}
