//! `regimen preview`: the app on one file that is watched, with records that are gone with it.
//! Knows nothing of how a session runs.

use std::path::Path;

use anyhow::{Context, bail};

use crate::app::{App, Startup};
use crate::catalog::ProgramEntry;
use crate::commands::{Env, Status, read_good};
use crate::event_loop;
use crate::folder::PictureReader;
use crate::store::Journal;
use crate::terminal::{self, FullScreen, Paced, TerminalEvents};

/// Plays a file so many times as fast as it will be; nothing goes on record.
pub fn preview(env: &Env, file: &Path, speed: u16, phase: usize) -> anyhow::Result<Status> {
    let now = terminal::moment();
    let (parsed, program) = match read_good(env, file) {
        Ok(read) => read,
        Err(status) => return Ok(status),
    };
    let phases = program.phases.len();
    if phase == 0 || phase > phases {
        bail!(
            "this program has {phases} phase{}, and no phase {phase}",
            if phases == 1 { "" } else { "s" }
        );
    }
    if env.plain {
        bail!(
            "a preview needs a terminal that can be drawn on; `regimen start --plain` plays a file in lines"
        );
    }
    let mut journal = Journal::in_memory().context("could not keep the preview in memory")?;
    let (preferences, unread) = env.read_preferences();
    let startup = Startup::apart(
        vec![ProgramEntry::new(parsed)],
        preferences.clone(),
        unread,
        "preview",
        now,
    );
    let mut app = App::new(startup);
    let mut screen = FullScreen::new(env.theme).context("could not use the terminal")?;
    let events = TerminalEvents::keys().and_then(|events| events.watching(file.to_owned()));
    let events = events.context("could not listen to the keyboard")?;
    screen.show_pictures(Box::new(PictureReader::new(events.reports())));
    let mut machine = env.machine(&preferences, events.reports());
    let mut events = Paced::new(events);
    let first = app.preview(phase - 1, speed);
    event_loop::run(
        &mut app,
        first,
        &mut events,
        &mut screen,
        &mut machine,
        &mut journal,
    );
    Ok(Status::Fine)
}
