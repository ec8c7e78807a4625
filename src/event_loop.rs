//! Draw, wait, update, carry out. Knows nothing of what any of the four does, and does not grow.

use std::collections::VecDeque;
use std::io;

use crate::app::App;
use crate::app::page::Page;
use crate::effect::{Alert, AlertKind, DesktopNotification, Effect, Message};
use crate::events::{Events, Input};
use crate::preferences::{Preferences, SettingKey};
use crate::store::Journal;
use crate::view::cells::{Drawn, clicked};

/// Where the app is seen.
pub trait Display {
    /// Shows a page; returns what was drawn.
    fn draw(&mut self, page: &Page) -> io::Result<Drawn>;

    /// Rings, where nothing better can be heard.
    fn bell(&mut self, kind: AlertKind) -> io::Result<()>;

    /// Gives the terminal back and stops the process until it is called to the front.
    fn suspend(&mut self) -> io::Result<()>;

    /// Takes the terminal anew after somebody else had it.
    fn reacquire(&mut self) -> io::Result<()>;
}

/// What is around the terminal.
pub trait Device {
    /// Lets an alert be heard; false where the terminal's bell must stand in.
    fn alert(&mut self, alert: &Alert) -> bool;

    /// Stops what is being said.
    fn stop_speech(&mut self);

    /// Shows a pop-up in the place of the one before.
    fn notify(&mut self, notice: &DesktopNotification);

    /// Keeps the machine awake from now on, or lets it sleep.
    fn inhibit_sleep(&mut self, awake: bool);

    /// Lets these settings hold, and keeps the one that was changed; says what went wrong.
    fn save_preference(&mut self, preferences: &Preferences, key: SettingKey) -> Option<String>;
}

/// Runs the app until it quits. A terminal that is gone ends it like a hangup, with everything on
/// record.
pub fn run(
    app: &mut App,
    first: Vec<Effect>,
    events: &mut dyn Events,
    stage: &mut dyn Display,
    around: &mut dyn Device,
    journal: &mut Journal,
) {
    let mut effects = VecDeque::from(first);
    loop {
        let now = events.now();
        let mut quit = false;
        let mut gone = false;
        while let Some(effect) = effects.pop_front() {
            match effect {
                Effect::Save(records) => effects.extend(app.update(journal.save(records), &now)),
                Effect::LoadHistory { program, since } => {
                    effects.extend(app.update(journal.look(program, since), &now));
                }
                Effect::Alert(alert) => {
                    gone |= !around.alert(&alert) && stage.bell(alert.kind).is_err();
                }
                Effect::Bell(kind) => gone |= stage.bell(kind).is_err(),
                Effect::StopSpeech => around.stop_speech(),
                Effect::Notify(notice) => around.notify(&notice),
                Effect::StayAwake(awake) => around.inhibit_sleep(awake),
                Effect::SavePreference(preferences, key) => {
                    effects.extend(app.update(
                        Message::PreferenceSaved(around.save_preference(&preferences, key)),
                        &now,
                    ));
                }
                Effect::Suspend => {
                    gone |= stage.suspend().is_err();
                    effects.extend(app.update(Message::Input(Input::Continued), &events.now()));
                }
                Effect::SetSpeed(times) => events.pace(times),
                Effect::Quit => quit = true,
            }
        }
        if quit {
            return;
        }
        let page = app.page(&now);
        let drawn = stage.draw(&page);
        let input = match (&drawn, gone) {
            (Ok(drawn), false) => {
                let figure = page.figure().filter(|_| drawn.figure);
                match events.next(app.next_change(&now, figure)) {
                    Input::Click(column, row) => {
                        clicked(&drawn.hits, column, row).map_or(Input::Redraw, Input::Key)
                    }
                    Input::Continued => stage
                        .reacquire()
                        .map_or(Input::Hangup, |()| Input::Continued),
                    input => input,
                }
            }
            _ => Input::Hangup,
        };
        effects.extend(app.update(Message::Input(input), &events.now()));
    }
}
