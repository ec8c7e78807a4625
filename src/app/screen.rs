//! The screens, each a value with its own state: `update` takes an action and says what follows, and
//! `page` says what is shown.

use super::context::{Cx, Shared};
use super::figure_viewer::FigureViewer;
use super::flow::Flow;
use super::intake::Intake;
use super::keymap::{Action, Context};
use super::menu::MenuAnswer;
use super::page::ScreenPage;
use super::program::{InvalidScreen, ProgramScreen};
use super::progress::ProgressScreen;
use super::progress_page;
use super::session::Session;
use super::session_screen::SessionScreen;
use super::settings::SettingsScreen;
use super::summary::SummaryScreen;
use super::today::{self, Today};
use crate::events::Moment;
use crate::program::{Exercise, Program};

/// A screen with its own state.
#[derive(Debug, Clone)]
pub(super) enum Screen {
    Today(Today),
    Program(ProgramScreen),
    Invalid(InvalidScreen),
    Intake(Box<Intake>),
    Session(Box<SessionScreen>),
    Summary(Box<SummaryScreen>),
    Settings(SettingsScreen),
    Progress(Box<ProgressScreen>),
    FigureViewer(Box<FigureViewer>),
}

impl Screen {
    pub(super) fn context(&self) -> Context {
        match self {
            Self::Today(_) => Context::Today,
            Self::Program(_) => Context::Program,
            Self::Invalid(_) => Context::Problem,
            Self::Intake(intake) => intake.context(),
            Self::Session(screen) => screen.context(),
            Self::Summary(_) => Context::Summary,
            Self::Settings(_) => Context::Settings,
            Self::Progress(screen) => screen.context(),
            Self::FigureViewer(_) => Context::Gallery,
        }
    }

    pub(super) fn update(&mut self, action: Action, cx: &mut Cx<'_>) -> Flow {
        match self {
            Self::Today(screen) => screen.update(action, cx),
            Self::Program(screen) => screen.update(action, cx),
            Self::Invalid(screen) => screen.update(action),
            Self::Intake(intake) => intake.update(action, cx),
            Self::Session(screen) => screen.update(action, cx),
            Self::Summary(screen) => screen.update(action),
            Self::Settings(screen) => screen.update(action, cx),
            Self::Progress(screen) => screen.update(action, cx),
            Self::FigureViewer(screen) => screen.update(action, cx),
        }
    }

    /// Takes the answer to a menu that the screen opened.
    pub(super) fn choose(&mut self, answer: &MenuAnswer, cx: &mut Cx<'_>) -> Flow {
        match self {
            Self::Today(_) => today::choose(&answer.choice, cx),
            Self::Intake(intake) => intake.choose(&answer.choice, cx),
            Self::Session(screen) => screen.choose(answer, cx),
            Self::Summary(screen) => screen.choose(&answer.choice),
            Self::Progress(screen) => screen.choose(&answer.choice, cx),
            _ => Flow::Stay,
        }
    }

    pub(super) fn page(&self, shared: &Shared, now: &Moment) -> ScreenPage {
        let page = match self {
            Self::Today(_) => None,
            Self::Program(screen) => screen.page(shared, now),
            Self::Invalid(screen) => Some(screen.page()),
            Self::Intake(intake) => intake.page(shared),
            Self::Session(screen) => Some(screen.page(shared, now)),
            Self::Summary(screen) => Some(screen.page(shared)),
            Self::Settings(screen) => Some(screen.page(shared)),
            Self::Progress(screen) => progress_page::page(screen, shared),
            Self::FigureViewer(screen) => Some(screen.page(now.instant)),
        };
        page.unwrap_or_else(|| today::page(shared, now))
    }

    /// Returns the program that the screen is about.
    pub(super) fn program<'s>(&'s self, shared: &'s Shared) -> Option<&'s Program> {
        let index = match self {
            Self::Session(screen) => return Some(&screen.session.program),
            Self::Summary(screen) => return Some(&screen.session.program),
            Self::Intake(intake) => return intake.program(shared),
            Self::Today(_) => shared.catalog.selected,
            Self::Program(screen) => screen.place.index,
            Self::Progress(screen) => screen.index,
            Self::Invalid(_) | Self::Settings(_) | Self::FigureViewer(_) => return None,
        };
        shared.catalog.program(index).map(AsRef::as_ref)
    }

    /// Returns the session that the screen is about.
    pub(super) fn session(&self) -> Option<&Session> {
        match self {
            Self::Session(screen) => Some(&screen.session),
            Self::Summary(screen) => Some(&screen.session),
            Self::Intake(intake) => intake.session(),
            _ => None,
        }
    }

    /// Returns the exercise being done.
    pub(super) fn exercise(&self) -> Option<&Exercise> {
        self.session()?.exercise()
    }
}
