//! The application as a value: what is on the screen, and how it changes with what comes in. Messages
//! in, effects out; no clock, no file, no terminal.
//!
//! A key goes to the topmost overlay, or else to the screen, which answers with a `Flow`. A screen
//! changes what all screens share through a `Cx`, and shows itself as a [`page::Page`].

mod announcer;
mod context;
mod correction;
pub mod figure_viewer;
pub mod figures;
mod flow;
mod intake;
pub mod keymap;
mod lines;
mod menu;
mod navigation;
pub mod page;
pub mod preview;
pub mod program;
pub mod progress;
mod progress_page;
mod question;
pub mod safety;
mod screen;
mod session;
mod session_page;
mod session_screen;
mod session_words;
pub mod settings;
mod signs;
mod steps;
mod summary;
mod today;
mod typing;
mod watch;

use self::announcer::Announcer;
use self::context::{Cx, ReminderWatch, Shared, SleepWatch, StatusLine};
pub use self::context::{Paths, SessionKind, Startup};
use self::figure_viewer::FigureViewer;
use self::flow::{Flow, Want};
use self::keymap::{Action, Context};
use self::menu::{Overlay, OverlayFlow};
use self::page::{FigureFrame, KeyHint, OverlayPage, Page};
use self::screen::Screen;
use self::today::Today;
use crate::catalog::{Catalog, text_hash_of};
use crate::effect::{Effect, LoadedHistory, Message};
use crate::events::{Input, Instant, Key, Moment};
use crate::history::History;
use crate::reminder::ReminderMemory;

/// The application.
#[derive(Debug)]
pub struct App {
    screen: Screen,
    /// What covers the screen, the topmost last.
    overlays: Vec<Overlay>,
    shared: Shared,
    sleep: SleepWatch,
    reminders: ReminderWatch,
    effects: Vec<Effect>,
}

impl App {
    /// Creates the application at its first page, or at the questions that come before it.
    pub fn new(startup: Startup) -> Self {
        let now = startup.now.clone();
        let catalog = Catalog {
            entries: startup.programs,
            samples: startup.samples,
            selected: 0,
        };
        let history = History::new(startup.histories, startup.choices, startup.signs, |id| {
            text_hash_of(&catalog.entries, id)
        });
        let mut app = Self {
            screen: Screen::Today(Today::default()),
            overlays: Vec::new(),
            shared: Shared {
                catalog,
                history,
                hands_free: startup.preferences.hands_free,
                preferences: startup.preferences,
                paths: startup.paths,
                announcer: Announcer::default(),
                status: StatusLine::new(startup.trouble, startup.notice, now.instant),
                ids: startup.ids,
                kind: SessionKind::Recorded,
                mornings_asked: Vec::new(),
            },
            reminders: ReminderWatch {
                opened: now.wall.datetime(),
                memory: ReminderMemory::default(),
            },
            sleep: SleepWatch {
                seen: now.clone(),
                deadline: None,
                inhibited: false,
            },
            effects: Vec::new(),
        };
        app.shared.select_first(now.day());
        app.take_in(None, &now);
        app
    }

    /// Goes straight into a session of a program, as if it had been chosen from the list.
    pub fn open(&mut self, index: Option<usize>, phase: Option<usize>) -> Vec<Effect> {
        let now = self.sleep.seen.clone();
        let catalog = &mut self.shared.catalog;
        let last = catalog.entries.len().saturating_sub(1);
        catalog.selected = index.unwrap_or(catalog.selected).min(last);
        let want = Want::Session {
            phase,
            short: false,
        };
        if let Screen::Intake(intake) = &mut self.screen {
            // What is asked first is asked first.
            intake.then(want);
        } else {
            self.take_in(Some(want), &now);
        }
        std::mem::take(&mut self.effects)
    }

    /// Shows figures and nothing else.
    pub fn show_figures(&mut self, viewer: FigureViewer) {
        let since = self.sleep.seen.instant;
        self.screen = Screen::FigureViewer(Box::new(viewer.since(since)));
    }

    fn cx<'a>(&'a mut self, now: &'a Moment) -> Cx<'a> {
        Cx {
            shared: &mut self.shared,
            effects: &mut self.effects,
            now,
        }
    }

    /// Returns the screen, and the context in which it is updated.
    fn split<'a>(&'a mut self, now: &'a Moment) -> (&'a mut Screen, Cx<'a>) {
        let cx = Cx {
            shared: &mut self.shared,
            effects: &mut self.effects,
            now,
        };
        (&mut self.screen, cx)
    }

    /// Returns where the patient is, as far as keys are concerned.
    pub fn context(&self) -> Context {
        match self.overlays.last() {
            Some(overlay) => overlay.context(),
            None => self.screen.context(),
        }
    }

    /// Returns what is shown now.
    pub fn page(&self, now: &Moment) -> Page {
        Page {
            screen: self.screen.page(&self.shared, now),
            overlay: self.overlays.last().map(|it| self.overlay_page(it)),
            messages: self.shared.status.messages(),
            keys: self.key_hints(),
            flash: self.shared.announcer.is_flashing(now.instant),
        }
    }

    fn overlay_page(&self, overlay: &Overlay) -> OverlayPage {
        match overlay {
            Overlay::Help(context, scroll) => OverlayPage::Help {
                rows: keymap::help(*context).collect(),
                scroll: *scroll,
            },
            Overlay::StopSigns(scroll) => {
                let program = self.screen.program(&self.shared);
                signs::page(program, self.screen.exercise(), &self.shared, *scroll)
            }
            Overlay::Report(lines, scroll) => OverlayPage::Report {
                title: "The file has mistakes; this is the last good one.",
                lines: lines.clone(),
                scroll: *scroll,
            },
            Overlay::Menu(menu) => OverlayPage::Menu(menu.page()),
        }
    }

    /// Returns the keys that do something here.
    fn key_hints(&self) -> Vec<KeyHint> {
        keymap::footer(self.context())
            .filter(|binding| self.offers(binding.action))
            .map(|binding| KeyHint {
                label: binding.label,
                does: binding.short,
                key: keymap::key_of(binding),
                is_help: binding.action == Action::Help,
            })
            .collect()
    }

    /// Returns whether the foot of the screen names a key: one that would only say why it does
    /// nothing is not named.
    fn offers(&self, action: Action) -> bool {
        match (self.overlays.last(), action) {
            (Some(Overlay::StopSigns(_)), Action::Cleared) => {
                let program = self.screen.program(&self.shared);
                program.is_some_and(|program| self.shared.open_sign(program).is_some())
            }
            (Some(Overlay::Menu(menu)), Action::Cancel) => !menu.must_answer,
            _ => true,
        }
    }

    /// Returns when the page next changes by itself; `None` while it waits for the patient. `figure`
    /// is the one that can be seen.
    pub fn next_change(&mut self, now: &Moment, figure: Option<&FigureFrame>) -> Option<Instant> {
        let change = match &self.screen {
            Screen::Session(screen) => {
                let over = screen.test_over(&self.shared);
                let over = over.filter(|_| self.overlays.is_empty());
                screen
                    .next_change(now.instant)
                    .into_iter()
                    .chain(over)
                    .min()
            }
            Screen::Today(_) => self.next_due(now),
            _ => None,
        };
        let frame = figures::next_frame(figure, self.shared.kind, now.instant);
        let flash = self.shared.announcer.flash_until();
        self.sleep.deadline = change.into_iter().chain(flash).chain(frame).min();
        self.sleep.deadline
    }

    /// Takes what comes in; returns what is to be done outside.
    pub fn update(&mut self, message: Message, now: &Moment) -> Vec<Effect> {
        self.shared.announcer.end_flash(now.instant);
        match message {
            Message::Saved { ids, kept, trouble } => {
                self.shared.status.storage_warning = trouble;
                match &mut self.screen {
                    Screen::Session(screen) => screen.session.saved(&ids, kept),
                    Screen::Summary(screen) => screen.session.saved(&ids, kept),
                    _ => {}
                }
            }
            Message::HistoryLoaded(loaded) => self.loaded(*loaded, now),
            Message::PreferenceSaved(trouble) => {
                if let Some(trouble) = trouble {
                    self.shared.status.say(trouble, now.instant);
                }
            }
            Message::Input(input) => self.input(input, now),
        }
        self.inhibit_sleep();
        // What is heard waits for no disk, and what is to be saved is saved before anything ends.
        self.effects.sort_by_key(|effect| match effect {
            Effect::Save(_) => 1,
            Effect::LoadHistory { .. } => 2,
            Effect::Suspend | Effect::Quit => 3,
            _ => 0,
        });
        std::mem::take(&mut self.effects)
    }

    fn loaded(&mut self, loaded: LoadedHistory, now: &Moment) {
        let (screen, mut cx) = self.split(now);
        let flow = match screen {
            Screen::Today(screen) => screen.loaded(loaded, &mut cx),
            Screen::Progress(screen) => {
                screen.loaded(loaded, &mut cx);
                Flow::Stay
            }
            _ => Flow::Stay,
        };
        self.follow(flow, now);
    }

    fn input(&mut self, input: Input, now: &Moment) {
        if input == Input::Continued {
            // While the process was stopped nobody exercised.
            let seen = self.sleep.seen.clone();
            self.auto_pause("The program was put aside. The session is paused.", &seen);
        }
        self.detect_suspend(now);
        self.advance(now);
        self.remind(now);
        match input {
            Input::Key(key) => self.key(key, now),
            Input::Line(line) => self.line(&line, now),
            Input::Hangup => self.interrupt(now),
            Input::SourceChanged(parsed) => self.source_changed(*parsed, now),
            Input::Focus(focused) => self.shared.announcer.focused = focused,
            Input::Missing { what, tones } => {
                let mut cx = self.cx(now);
                cx.unheard(what, tones);
            }
            Input::Time | Input::Click(..) | Input::Redraw | Input::Continued => {}
        }
        self.sleep.seen = now.clone();
    }

    /// Lets a session run up to now.
    fn advance(&mut self, now: &Moment) {
        let covered = !self.overlays.is_empty();
        let (screen, mut cx) = self.split(now);
        if let Screen::Session(screen) = screen {
            screen.advance(covered, &mut cx);
        }
    }

    fn key(&mut self, key: Key, now: &Moment) {
        let context = self.context();
        let action = keymap::lookup(context, key);
        // Without keys, any key ends a test.
        let own = matches!(
            action,
            Some(
                Action::Stop
                    | Action::StopSigns
                    | Action::Interrupt
                    | Action::Suspend
                    | Action::Digit(_)
            )
        );
        let any_key = self.shared.hands_free && self.is_testing() && !own;
        if let Screen::Session(screen) = &mut self.screen {
            screen.session.last_interaction = now.instant;
        }
        let Some(action) = (if any_key { Some(Action::Done) } else { action }) else {
            return;
        };
        self.shared.status.clear();
        match action {
            Action::Interrupt => self.interrupt(now),
            Action::Suspend => {
                self.effects.push(Effect::StopSpeech);
                self.auto_pause("The program was put aside. The session is paused.", now);
                self.follow(Flow::Suspend, now);
            }
            Action::Help => {
                let help = Overlay::Help(self.screen.context(), 0);
                self.push_overlay(help, now);
            }
            Action::StopSigns => self.push_overlay(Overlay::StopSigns(0), now),
            Action::HandsFree => self.switch_hands_free(now),
            action => self.act(action, now),
        }
    }

    /// Gives an action to the topmost overlay, or else to the screen.
    fn act(&mut self, action: Action, now: &Moment) {
        if let Some(overlay) = self.overlays.last_mut() {
            match overlay.update(action, now.instant) {
                OverlayFlow::Stay => {}
                OverlayFlow::Say(words) => self.shared.status.say(words, now.instant),
                OverlayFlow::Close { go_on } => self.close_overlay(go_on, now),
                OverlayFlow::Choose(answer) => self.choose(&answer, now),
                OverlayFlow::AskWhichSign => self.ask_which_sign(),
                OverlayFlow::AskCleared => self.ask_cleared(now),
            }
            return;
        }
        let (screen, mut cx) = self.split(now);
        let flow = screen.update(action, &mut cx);
        self.follow(flow, now);
    }

    fn is_testing(&self) -> bool {
        let Screen::Session(screen) = &self.screen else {
            return false;
        };
        self.overlays.is_empty() && screen.is_testing()
    }

    /// Ends at once, losing nothing: what was done of the set is recorded, the session stays
    /// unfinished.
    fn interrupt(&mut self, now: &Moment) {
        let (screen, mut cx) = self.split(now);
        if let Screen::Session(screen) = screen {
            screen.interrupt(&mut cx);
        }
        self.follow(Flow::Quit, now);
    }

    /// From now on sessions run without keys, or with them again; a session goes on in the new mode.
    fn switch_hands_free(&mut self, now: &Moment) {
        self.shared.hands_free = !self.shared.hands_free;
        let (screen, mut cx) = self.split(now);
        cx.say(if cx.shared.hands_free {
            "Hands-free: reps are paced, and questions wait for the end."
        } else {
            "With keys again: reps wait for Enter."
        });
        if let Screen::Session(screen) = screen {
            screen.switch_mode(&mut cx);
        }
    }
}
