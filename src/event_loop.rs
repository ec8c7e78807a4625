//! Draw, wait, update, carry out. Knows nothing of what any of the four does, and does not grow.

use std::collections::VecDeque;
use std::io;

use crate::app::{Alert, App, Effect, Message};
use crate::events::{Events, Input, Moment};
use crate::store::Journal;
use crate::view::{Hit, clicked};

/// Where the app is seen and heard.
pub trait Stage {
    /// Shows the app as it is now; says what can be clicked.
    fn draw(&mut self, app: &App, now: &Moment) -> io::Result<Vec<Hit>>;

    /// Lets an alert be heard.
    fn alert(&mut self, alert: &Alert) -> io::Result<()>;

    /// Gives the terminal back and stops the process until it is called to the front.
    fn suspend(&mut self) -> io::Result<()>;

    /// Takes the terminal anew after somebody else had it.
    fn renew(&mut self) -> io::Result<()>;
}

/// Runs the app until it quits. A terminal that is gone ends it like a hangup, with everything on record.
pub fn run(app: &mut App, first: Vec<Effect>, events: &mut dyn Events, stage: &mut dyn Stage, journal: &mut Journal) {
    let mut effects = VecDeque::from(first);
    loop {
        let now = events.now();
        let mut quit = false;
        let mut gone = false;
        while let Some(effect) = effects.pop_front() {
            match effect {
                Effect::Save(records) => effects.extend(app.update(journal.save(records), &now)),
                Effect::Alert(alert) => gone |= stage.alert(&alert).is_err(),
                Effect::Suspend => {
                    gone |= stage.suspend().is_err();
                    effects.extend(app.update(Message::Input(Input::Continued), &events.now()));
                }
                Effect::Pace(times) => events.pace(times),
                Effect::Quit => quit = true,
            }
        }
        if quit {
            return;
        }
        let hits = stage.draw(app, &now);
        let input = match (&hits, gone) {
            (Ok(hits), false) => match events.next(app.next_change(&now)) {
                Input::Click(column, row) => clicked(hits, column, row).map_or(Input::Redraw, Input::Key),
                Input::Continued => stage.renew().map_or(Input::Hangup, |()| Input::Continued),
                input => input,
            },
            _ => Input::Hangup,
        };
        effects.extend(app.update(Message::Input(input), &events.now()));
    }
}
