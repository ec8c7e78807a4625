//! How one screen leads to another: a flow is followed, overlays open and close.

use super::flow::{Flow, ProgramPlace, Want};
use super::intake::Intake;
use super::menu::{Choice, MenuAnswer, Overlay};
use super::program::{InvalidScreen, ProgramScreen};
use super::progress::ProgressScreen;
use super::session_screen::SessionScreen;
use super::settings::SettingsScreen;
use super::summary::SummaryScreen;
use super::today::Today;
use super::{App, Screen};
use crate::effect::Effect;
use crate::events::Moment;
use crate::schedule;

impl App {
    /// Does what a screen wants after an action.
    pub(super) fn follow(&mut self, flow: Flow, now: &Moment) {
        let mut cx = self.cx(now);
        let screen = match flow {
            Flow::Stay => return,
            Flow::Start(want) => return self.take_in(Some(want), now),
            Flow::Open(overlay) => return self.push_overlay(overlay, now),
            Flow::Suspend => return self.effects.push(Effect::Suspend),
            Flow::Quit => return self.effects.push(Effect::Quit),
            Flow::View => return self.view(now),
            Flow::Today => Screen::Today(Today::default()),
            Flow::Program(place) => Screen::Program(ProgramScreen::new(place, now)),
            Flow::Play(session) => {
                Screen::Session(Box::new(SessionScreen::play(*session, &mut cx)))
            }
            Flow::Resume(history) => match SessionScreen::resume(&history, &mut cx) {
                Some(screen) => Screen::Session(Box::new(screen)),
                None => Screen::Today(Today::default()),
            },
            Flow::EndSession(session) => {
                Screen::Session(Box::new(SessionScreen::end_session(*session, &mut cx)))
            }
            Flow::Summarize(session) => Screen::Summary(Box::new(SummaryScreen::new(*session))),
            Flow::Progress => Screen::Progress(Box::new(ProgressScreen::open(&mut cx))),
            Flow::Settings => Screen::Settings(SettingsScreen::default()),
        };
        self.screen = screen;
    }

    /// Asks what comes before a session, or when the application is opened.
    pub(super) fn take_in(&mut self, want: Option<Want>, now: &Moment) {
        let mut intake = Box::new(Intake::new(want));
        let flow = intake.proceed(&mut self.cx(now));
        self.screen = Screen::Intake(intake);
        self.follow(flow, now);
    }

    /// Shows the selected program, or what is wrong with it.
    pub(super) fn view(&mut self, now: &Moment) {
        let shared = &self.shared;
        let index = shared.catalog.selected;
        let Some(entry) = shared.catalog.selected() else {
            self.screen = Screen::Today(Today::default());
            return;
        };
        self.screen = match entry.content() {
            Ok(loaded) => {
                let status = schedule::status(&loaded.program, shared.past(), now.day());
                let place = ProgramPlace::new(index, status.phase, status.first_time);
                Screen::Program(ProgramScreen::new(place, now))
            }
            Err(invalid) => Screen::Invalid(InvalidScreen::new(&entry.file, invalid)),
        };
    }

    /// Covers the screen; a session below waits.
    pub(super) fn push_overlay(&mut self, overlay: Overlay, now: &Moment) {
        if let Screen::Session(screen) = &mut self.screen
            && self.overlays.is_empty()
        {
            screen.cover(now.instant);
        }
        self.overlays.push(overlay);
    }

    /// Takes the topmost overlay away; `go_on` tells Enter from Esc.
    pub(super) fn close_overlay(&mut self, go_on: bool, now: &Moment) {
        let Some(closed) = self.overlays.pop() else {
            return;
        };
        if !self.overlays.is_empty() {
            return;
        }
        let (screen, mut cx) = self.split(now);
        let flow = match (screen, closed) {
            // A session that waited goes on.
            (Screen::Session(screen), _) => {
                screen.uncover(now.instant);
                Flow::Stay
            }
            (Screen::Program(screen), Overlay::StopSigns(_)) => screen.signs_read(go_on, &mut cx),
            (Screen::Intake(intake), Overlay::Menu(_)) => intake.leave(),
            _ => Flow::Stay,
        };
        self.follow(flow, now);
    }

    /// Takes the answer to a menu, which is closed by it.
    pub(super) fn choose(&mut self, answer: &MenuAnswer, now: &Moment) {
        if answer.choice == Choice::Nothing {
            self.close_overlay(false, now);
            return;
        }
        self.overlays.pop();
        match &answer.choice {
            Choice::HaveSign(sign) => self.report_sign(sign.as_ref().clone(), now),
            Choice::SignRead => self.sign_read(),
            Choice::SignCleared => self.clear_sign(now),
            _ => {
                let (screen, mut cx) = self.split(now);
                let flow = screen.choose(answer, &mut cx);
                self.follow(flow, now);
            }
        }
    }
}
