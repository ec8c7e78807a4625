//! What covers a screen until it is answered: help, stop signs, a report, a menu. A menu's items
//! carry typed choices, which go to the screen that opened it.

use std::time::Duration;

use super::keymap::{Action, Context};
use super::page::{MenuPage, MenuScope};
use crate::events::Instant;
use crate::progression::Advancement;
use crate::record::SkipReason;

/// The second digit of an item's number comes within this time; else it is another number.
const SECOND_DIGIT: Duration = Duration::from_millis(1500);
/// More rows than the text above the items ever has.
const MOST_TEXT: u16 = 60;
/// More rows than any page has that covers a screen.
const LONGEST: usize = 400;

/// What covers a screen.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Overlay {
    /// The keys of the screen below, and rows scrolled past.
    Help(Context, u16),
    /// When to stop and whom to call, and rows scrolled past.
    StopSigns(u16),
    /// What is wrong with the file that was saved, and lines scrolled past.
    Report(Vec<String>, u16),
    /// A question with items to choose from.
    Menu(Menu),
}

/// What an overlay wants to happen after an action.
#[derive(Debug)]
pub(super) enum OverlayFlow {
    Stay,
    Say(&'static str),
    /// It closes; `go_on` tells Enter from Esc.
    Close {
        go_on: bool,
    },
    Choose(MenuAnswer),
    AskWhichSign,
    AskCleared,
}

/// What a menu's item decides.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Choice {
    /// Nothing changes.
    Nothing,
    /// The set or the rest of the exercise is skipped.
    Skip(SkipReason),
    /// The session stops and is resumed later.
    StopForNow,
    /// The session ends.
    EndSession,
    /// The session ends because of pain.
    EndForPain,
    /// The session ends, or does not start, because a pain band says stop.
    StopForBand,
    /// The session goes on although a pain band says stop, or what the band says was read.
    ContinueDespiteBand,
    /// The unfinished sessions of the selected program are given up.
    Discard,
    /// A next or an earlier step is looked at.
    Look(Box<ProgressionChoice>),
    /// The answer to a step: whether it is taken.
    Answer(Box<ProgressionChoice>, bool),
    /// A session is entered as done this many days ago.
    Enter(i64),
    /// The opened session is struck.
    Strike,
    /// The patient has this stop sign.
    HaveSign(Box<SignChoice>),
    /// What to do about a stop sign was read; outside of a session nothing follows.
    SignRead,
    /// The session ends because of a stop sign.
    EndForSign,
    /// The session goes on despite a stop sign.
    ContinueDespiteSign,
    /// The open stop signs are cleared up.
    SignCleared,
    /// The open stop signs are cleared up, and the session starts.
    StartCleared,
    /// The session starts despite an open stop sign.
    StartDespiteSign,
}

/// A step that the patient can take.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum ProgressionChoice {
    /// On to what a condition allows, or would allow.
    On(Advancement),
    /// Back to what was done before.
    Back(Advancement),
}

/// A stop sign that can be chosen.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct SignChoice {
    /// The exercise whose own sign it is; `None` for a sign of the program.
    pub(super) exercise: Option<String>,
    pub(super) words: String,
}

/// A question with items to choose from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Menu {
    pub(super) title: String,
    /// Paragraphs above the items.
    pub(super) text: Vec<String>,
    pub(super) items: Vec<(String, Choice)>,
    /// The selected item, from 0; `None` where a choice by mistake would be recorded.
    pub(super) selected: Option<usize>,
    /// What the choice is for, of two; `None` where there is nothing to choose.
    pub(super) scope: Option<MenuScope>,
    /// Whether it is left by one of its items only: what says stop is answered, one way or the
    /// other.
    pub(super) must_answer: bool,
    scroll: u16,
    /// What was typed of the number of an item, where numbers have two digits, and when.
    typed: Option<(usize, Instant)>,
}

/// The item that was chosen.
#[derive(Debug)]
pub(super) struct MenuAnswer {
    pub(super) choice: Choice,
    pub(super) scope: Option<MenuScope>,
}

impl Menu {
    /// Creates a question whose first item is selected.
    pub(super) fn new(
        title: impl Into<String>,
        text: Vec<String>,
        items: Vec<(String, Choice)>,
    ) -> Self {
        Self {
            title: title.into(),
            text,
            items,
            selected: Some(0),
            scope: None,
            must_answer: false,
            scroll: 0,
            typed: None,
        }
    }

    /// Forgets the digit that was typed last.
    pub(super) fn forget_number(&mut self) {
        self.typed = None;
    }

    fn answer(&self) -> OverlayFlow {
        let item = self.selected.and_then(|selected| self.items.get(selected));
        match item {
            Some((_, choice)) => OverlayFlow::Choose(MenuAnswer {
                choice: choice.clone(),
                scope: self.scope,
            }),
            None => OverlayFlow::Say("Choose a line first: ↑ ↓ or its number."),
        }
    }

    fn update(&mut self, action: Action, now: Instant) -> OverlayFlow {
        let last = self.items.len().saturating_sub(1);
        let typed = self.typed.take();
        match action {
            Action::Digit(digit) => return self.digit(usize::from(digit), typed, now),
            Action::Up => {
                self.selected = Some(self.selected.map_or(last, |it| it.saturating_sub(1)));
            }
            Action::Down => self.selected = Some(self.selected.map_or(0, |it| (it + 1).min(last))),
            Action::PageUp => self.scroll = self.scroll.saturating_sub(3),
            Action::PageDown => self.scroll = self.scroll.saturating_add(3).min(MOST_TEXT),
            Action::Lower | Action::Higher => {
                self.scope = self.scope.map(|scope| match scope {
                    MenuScope::Set => MenuScope::Exercise,
                    MenuScope::Exercise => MenuScope::Set,
                });
            }
            Action::Confirm => return self.answer(),
            Action::Cancel if self.must_answer => {
                return OverlayFlow::Say("Choose one of the lines: ↑ ↓ or its number.");
            }
            Action::Cancel => return OverlayFlow::Close { go_on: false },
            _ => {}
        }
        OverlayFlow::Stay
    }

    fn digit(
        &mut self,
        digit: usize,
        typed: Option<(usize, Instant)>,
        now: Instant,
    ) -> OverlayFlow {
        let known = 1..=self.items.len();
        if self.items.len() <= 9 {
            if known.contains(&digit) {
                self.selected = Some(digit - 1);
                return self.answer();
            }
            return OverlayFlow::Stay;
        }
        // In a long list a digit may be the first of two, so the item is only selected.
        let first = typed.filter(|(_, at)| now - *at < SECOND_DIGIT);
        let both = first.map(|(first, _)| first * 10 + digit);
        let number = both
            .filter(|number| known.contains(number))
            .unwrap_or(digit);
        self.typed = Some((number, now));
        let item = number
            .checked_sub(1)
            .filter(|item| *item < self.items.len());
        self.selected = item.or(self.selected);
        OverlayFlow::Stay
    }

    pub(super) fn page(&self) -> MenuPage {
        MenuPage {
            title: self.title.clone(),
            text: self.text.clone(),
            scope: self.scope,
            items: self.items.iter().map(|(words, _)| words.clone()).collect(),
            selected: self.selected,
            scroll: self.scroll,
        }
    }
}

impl Overlay {
    pub(super) fn context(&self) -> Context {
        match self {
            Self::StopSigns(_) => Context::Signs,
            Self::Help(..) | Self::Report(..) => Context::Reading,
            Self::Menu(_) => Context::Menu,
        }
    }

    pub(super) fn update(&mut self, action: Action, now: Instant) -> OverlayFlow {
        let is_signs = matches!(self, Self::StopSigns(_));
        match self {
            Self::Menu(menu) => menu.update(action, now),
            Self::StopSigns(_) if action == Action::HaveSign => OverlayFlow::AskWhichSign,
            Self::StopSigns(_) if action == Action::Cleared => OverlayFlow::AskCleared,
            Self::Help(_, scroll) | Self::StopSigns(scroll) | Self::Report(_, scroll) => {
                if matches!(action, Action::Cancel | Action::Confirm) {
                    let go_on = is_signs && action == Action::Confirm;
                    return OverlayFlow::Close { go_on };
                }
                *scroll = scrolled(*scroll, action, LONGEST);
                OverlayFlow::Stay
            }
        }
    }
}

/// Returns a scroll position after an action, never past the last line.
pub(super) fn scrolled(scroll: u16, action: Action, lines: usize) -> u16 {
    const PAGE: u16 = 10;
    let most = u16::try_from(lines).unwrap_or(u16::MAX).saturating_sub(1);
    match action {
        Action::Up => scroll.saturating_sub(1),
        Action::Down => scroll.saturating_add(1).min(most),
        Action::PageUp => scroll.saturating_sub(PAGE),
        Action::PageDown => scroll.saturating_add(PAGE).min(most),
        _ => scroll,
    }
}
