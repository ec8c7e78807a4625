//! `regimen preview`: plays one file in the app and shows each saved change. Records stay in memory
//! and are lost at the end.

use std::path::Path;

use anyhow::{Context, bail};

use crate::app::{App, Startup};
use crate::catalog::ProgramEntry;
use crate::commands::play::check_phase;
use crate::commands::{Env, Status, read_program};
use crate::event_loop;
use crate::folder::PictureReader;
use crate::store::Journal;
use crate::terminal::{self, FullScreen, Paced, TerminalEvents};

/// Plays a phase of a file, `speed` times as fast as in real time. `phase` counts from 1.
pub(crate) fn preview(env: &Env, file: &Path, speed: u16, phase: usize) -> anyhow::Result<Status> {
    let now = terminal::moment();
    let (parsed, program) = match read_program(env, file) {
        Ok(read) => read,
        Err(status) => return Ok(status),
    };
    check_phase(phase, program.phases.len())?;
    if env.plain {
        bail!(
            "a preview needs a terminal that can draw; `regimen start --plain` plays a file as \
             lines"
        );
    }
    let mut journal = Journal::in_memory().context("could not keep the preview in memory")?;
    let (preferences, settings_problem) = env.read_preferences();
    let startup = Startup::apart(
        vec![ProgramEntry::new(parsed)],
        preferences.clone(),
        settings_problem,
        "preview",
        now,
    );
    let mut app = App::new(startup);
    let mut screen = FullScreen::new(env.theme).context("could not use the terminal")?;
    let events = TerminalEvents::keys().and_then(|events| events.watching(file.to_owned()));
    let events = events.context("could not read the keyboard")?;
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
