//! Today's page, and sessions: the app with a real terminal and a real database. Knows nothing of
//! how a session runs.

use std::collections::HashSet;
use std::ffi::OsStr;
use std::hash::{BuildHasher, RandomState};
use std::path::Path;

use anyhow::{Context, anyhow, bail};

use crate::app::{App, Paths, Startup};
use crate::catalog::ProgramEntry;
use crate::commands::records::{add_asked_for, since};
use crate::commands::{Env, Status, eprint_line, program_entries, shown, unreadable};
use crate::diagnostic::{nearest, render};
use crate::effect::Effect;
use crate::event_loop;
use crate::events::Moment;
use crate::folder::{self, PictureReader};
use crate::program::notation::slug;
use crate::record::IdSource;
use crate::source::printable;
use crate::store::Journal;
use crate::terminal::{self, FullScreen, LineOutput, TerminalEvents};

/// Opens today's page.
pub fn today(env: &Env) -> anyhow::Result<Status> {
    let now = terminal::moment();
    let (programs, samples) = program_entries(env, &now)?;
    run(env, programs, samples, &now, |_| Vec::new())
}

/// Goes straight into a session.
pub fn start(env: &Env, wanted: Option<&OsStr>, phase: Option<usize>) -> anyhow::Result<Status> {
    let now = terminal::moment();
    let phase = match phase {
        Some(0) => bail!("phases are counted from 1"),
        phase => phase.map(|phase| phase - 1),
    };
    let (programs, samples, index) = match wanted {
        None => {
            let (programs, samples) = program_entries(env, &now)?;
            (programs, samples, None)
        }
        Some(wanted) if is_file(wanted) => {
            let path = Path::new(wanted);
            let parsed = folder::read(path, now.wall.date())
                .map_err(|error| anyhow!("{}", unreadable(path, &error)))?;
            if parsed.program.is_none() {
                eprint_line(&render::report(
                    &parsed.source,
                    &parsed.diagnostics,
                    env.colour,
                ));
                return Ok(Status::Problems);
            }
            (vec![ProgramEntry::new(parsed)], false, Some(0))
        }
        Some(wanted) => {
            let (programs, samples) = program_entries(env, &now)?;
            let index = find(&programs, &wanted.to_string_lossy())?;
            (programs, samples, Some(index))
        }
    };
    let phases = index
        .and_then(|index| programs.get(index))
        .and_then(ProgramEntry::program)
        .map(|program| program.phases.len());
    if let (Some(phase), Some(phases)) = (phase, phases)
        && phase >= phases
    {
        bail!(
            "this program has {phases} phase{}, and no phase {}",
            if phases == 1 { "" } else { "s" },
            phase + 1
        );
    }
    run(env, programs, samples, &now, |app| app.open(index, phase))
}

/// Whether a program is named by its file.
pub(super) fn is_file(wanted: &OsStr) -> bool {
    let path = Path::new(wanted);
    path.extension()
        .is_some_and(|ending| ending == "yaml" || ending == "yml")
        || path.components().count() > 1
        || path.is_file()
}

/// The program with this id or title.
pub(super) fn find(programs: &[ProgramEntry], wanted: &str) -> anyhow::Result<usize> {
    let wanted_slug = slug(wanted);
    let names = |entry: &ProgramEntry| {
        let id = entry.id().unwrap_or_default().to_owned();
        let stem = entry
            .file
            .rsplit_once('.')
            .map_or(entry.file.as_str(), |(stem, _)| stem)
            .to_owned();
        [id, slug(entry.title()), slug(&stem)]
    };
    if let Some(index) = programs
        .iter()
        .position(|entry| names(entry).contains(&wanted_slug))
    {
        return Ok(index);
    }
    let known: Vec<String> = programs
        .iter()
        .flat_map(names)
        .filter(|name| !name.is_empty())
        .collect();
    let wanted = printable(wanted);
    if let Some(near) = nearest(&wanted_slug, known.iter().map(String::as_str)) {
        bail!("there is no program `{wanted}`, did you mean `{near}`?");
    }
    let mut ids: Vec<&str> = programs.iter().filter_map(ProgramEntry::id).collect();
    ids.truncate(12);
    bail!(
        "there is no program `{wanted}`; there are: {}",
        ids.join(", ")
    )
}

/// A name for this run that no other run has, on any machine.
pub(super) fn run_name(now: &Moment) -> String {
    let random = RandomState::new().hash_one(std::process::id());
    format!(
        "{}-{random:016x}",
        now.wall.timestamp().strftime("%Y%m%dT%H%M%SZ")
    )
}

fn run(
    env: &Env,
    programs: Vec<ProgramEntry>,
    samples: bool,
    now: &Moment,
    open: impl FnOnce(&mut App) -> Vec<Effect>,
) -> anyhow::Result<Status> {
    let name = run_name(now);
    let mut opened = Journal::open(&env.database, &name, since(&now.wall));
    let mut journal = opened.journal;
    let mut trouble = opened.trouble;
    if let Some(store) = journal.store() {
        // A sample that was never begun need not be read.
        let begun: HashSet<String> = opened
            .histories
            .iter()
            .map(|history| history.session.program.clone())
            .collect();
        let begun = |entry: &&ProgramEntry| entry.id().is_some_and(|id| begun.contains(id));
        let programs = programs
            .iter()
            .filter(begun)
            .filter_map(ProgramEntry::program)
            .map(AsRef::as_ref);
        if let Err(error) = add_asked_for(
            store,
            programs,
            &mut opened.histories,
            &opened.choices,
            now.day(),
        ) {
            trouble = trouble.or(Some(format!("{error:#}")));
        }
    }
    let (preferences, unread) = env.read_preferences();
    let picked_up = (opened.picked_up > 0)
        .then(|| "What could not be saved last time is in your records now.".to_owned());
    let notice = unread.or(picked_up);
    let mut app = App::new(Startup {
        programs,
        samples,
        histories: opened.histories,
        choices: opened.choices,
        signs: opened.signs,
        trouble,
        notice,
        paths: Paths {
            programs: shown(&env.programs),
            database: shown(&env.database),
            settings: shown(&env.preferences),
        },
        preferences: preferences.clone(),
        ids: IdSource::new(name),
        now: now.clone(),
    });
    if env.plain {
        let mut events = TerminalEvents::lines().context("could not listen to the keyboard")?;
        let mut machine = env.machine(&preferences, events.reports());
        let first = open(&mut app);
        event_loop::run(
            &mut app,
            first,
            &mut events,
            &mut LineOutput::default(),
            &mut machine,
            &mut journal,
        );
    } else {
        let mut screen =
            FullScreen::new(env.theme).context("could not use the terminal; try --plain")?;
        let mut events = TerminalEvents::keys().context("could not listen to the keyboard")?;
        screen.show_pictures(Box::new(PictureReader::new(events.reports())));
        let mut machine = env.machine(&preferences, events.reports());
        let first = open(&mut app);
        event_loop::run(
            &mut app,
            first,
            &mut events,
            &mut screen,
            &mut machine,
            &mut journal,
        );
    }
    match journal.close() {
        Some(trouble) => {
            eprint_line(&trouble);
            Ok(Status::Problems)
        }
        None => Ok(Status::Fine),
    }
}
