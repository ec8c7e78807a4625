//! `regimen` and `regimen start`: opens the app on the real terminal and the real database.

use std::collections::HashSet;
use std::ffi::OsStr;
use std::path::Path;

use anyhow::{Context, anyhow, bail};

use crate::app::{App, Paths, Startup};
use crate::catalog::ProgramEntry;
use crate::commands::lookup::find_program;
pub(super) use crate::commands::lookup::is_file;
use crate::commands::records::{self, run_name};
use crate::commands::{
    Env, Status, eprint_line, print_diagnostics, program_entries, shown, unreadable,
};
use crate::effect::Effect;
use crate::event_loop;
use crate::events::Moment;
use crate::folder::{self, PictureReader};
use crate::preferences::Preferences;
use crate::record::IdSource;
use crate::store::{Journal, Opened};
use crate::terminal::{self, FullScreen, LineOutput, TerminalEvents};
use crate::text::count;

/// Opens today's page.
pub(crate) fn today(env: &Env) -> anyhow::Result<Status> {
    let now = terminal::moment();
    let programs = program_entries(env, &now)?;
    run(env, programs, &now, |_| Vec::new())
}

/// Starts a session of a program, a file, or what is due. `phase` counts from 1.
pub(crate) fn start(
    env: &Env,
    wanted: Option<&OsStr>,
    phase: Option<usize>,
) -> anyhow::Result<Status> {
    let now = terminal::moment();
    let phase = match phase {
        Some(0) => bail!("the first phase is --phase 1"),
        phase => phase.map(|phase| phase - 1),
    };
    let (programs, index) = match wanted {
        None => (program_entries(env, &now)?, None),
        Some(wanted) if is_file(wanted) => {
            let path = Path::new(wanted);
            let parsed = folder::read(path, now.wall.date())
                .map_err(|error| anyhow!("{}", unreadable(path, &error)))?;
            if parsed.program.is_none() {
                print_diagnostics(env, &parsed);
                return Ok(Status::Problems);
            }
            ((vec![ProgramEntry::new(parsed)], false), Some(0))
        }
        Some(wanted) => {
            let programs = program_entries(env, &now)?;
            let index = find_program(&programs.0, &wanted.to_string_lossy())?;
            (programs, Some(index))
        }
    };
    let program = index
        .and_then(|index| programs.0.get(index))
        .and_then(ProgramEntry::program);
    if let (Some(phase), Some(program)) = (phase, program) {
        check_phase(phase + 1, program.phases.len())?;
    }
    run(env, programs, &now, |app| app.open(index, phase))
}

/// Fails if a program has no phase of this number, counted from 1.
pub(super) fn check_phase(phase: usize, phases: usize) -> anyhow::Result<()> {
    anyhow::ensure!(
        (1..=phases).contains(&phase),
        "this program has {}; there is no phase {phase}",
        count(phases, "phase")
    );
    Ok(())
}

/// Runs the app until it ends. `open` is called once before the first frame, and returns the
/// effects of what it opened.
fn run(
    env: &Env,
    (programs, samples): (Vec<ProgramEntry>, bool),
    now: &Moment,
    open: impl FnOnce(&mut App) -> Vec<Effect>,
) -> anyhow::Result<Status> {
    let name = run_name(now);
    let opened = open_records(env, &programs, now, &name);
    let (preferences, settings_problem) = env.read_preferences();
    let saved_now = (opened.picked_up > 0)
        .then(|| "What couldn't be saved last time is now in your records.".to_owned());
    let app = App::new(Startup {
        programs,
        samples,
        histories: opened.histories,
        choices: opened.choices,
        signs: opened.signs,
        trouble: opened.trouble,
        notice: settings_problem.or(saved_now),
        paths: Paths {
            programs: shown(&env.programs),
            database: shown(&env.database),
            settings: shown(&env.preferences),
        },
        preferences: preferences.clone(),
        ids: IdSource::new(name),
        now: now.clone(),
    });
    let mut journal = opened.journal;
    show(env, app, &preferences, &mut journal, open)?;
    match journal.close() {
        Some(trouble) => {
            eprint_line(&trouble);
            Ok(Status::Problems)
        }
        None => Ok(Status::Fine),
    }
}

/// Opens the records and reads the sessions that decide what is due.
fn open_records(env: &Env, programs: &[ProgramEntry], now: &Moment, name: &str) -> Opened {
    let mut opened = Journal::open(&env.database, name, records::recent_since(&now.wall));
    let Some(store) = opened.journal.store() else {
        return opened;
    };
    // A sample that was never started has no sessions, so it isn't parsed for them.
    let started: HashSet<String> = opened
        .histories
        .iter()
        .map(|history| history.session.program.clone())
        .collect();
    let programs = programs
        .iter()
        .filter(|entry| entry.id().is_some_and(|id| started.contains(id)))
        .filter_map(ProgramEntry::program)
        .map(AsRef::as_ref);
    let added = records::add_older_sessions(
        store,
        programs,
        &mut opened.histories,
        &opened.choices,
        now.day(),
    );
    if let Err(error) = added {
        opened.trouble.get_or_insert_with(|| format!("{error:#}"));
    }
    opened
}

/// Shows the app on the whole screen or as lines, until it ends.
fn show(
    env: &Env,
    mut app: App,
    preferences: &Preferences,
    journal: &mut Journal,
    open: impl FnOnce(&mut App) -> Vec<Effect>,
) -> anyhow::Result<()> {
    let no_keyboard = "could not read the keyboard";
    if env.plain {
        let mut events = TerminalEvents::lines().context(no_keyboard)?;
        let mut machine = env.machine(preferences, events.reports());
        let first = open(&mut app);
        event_loop::run(
            &mut app,
            first,
            &mut events,
            &mut LineOutput::default(),
            &mut machine,
            journal,
        );
    } else {
        let mut screen =
            FullScreen::new(env.theme).context("could not use the terminal; try --plain")?;
        let mut events = TerminalEvents::keys().context(no_keyboard)?;
        screen.show_pictures(Box::new(PictureReader::new(events.reports())));
        let mut machine = env.machine(preferences, events.reports());
        let first = open(&mut app);
        event_loop::run(
            &mut app,
            first,
            &mut events,
            &mut screen,
            &mut machine,
            journal,
        );
    }
    Ok(())
}
