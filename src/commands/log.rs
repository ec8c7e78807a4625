//! `regimen log`: enters a session that was done without regimen. Its sets are marked as
//! self-reported.

use anyhow::Context;
use jiff::Zoned;
use jiff::civil::DateTime;

use crate::catalog::ProgramEntry;
use crate::commands::lookup::find_program;
use crate::commands::records::{
    append_records, open_store, read_choices, read_sessions, run_name, started_at,
};
use crate::commands::{Env, Status, print_line, program_entries};
use crate::history::HistoryView;
use crate::history::SessionHistory;
use crate::manual_entry::{self, SessionRatings};
use crate::program::Program;
use crate::program::parse::parse;
use crate::record::{IdSource, Record, TextRecord};
use crate::source::{Source, printable};
use crate::store::Store;
use crate::terminal;
use crate::text::count;

/// Enters a session with all of its sets as prescribed. Without a time it was started now.
pub(crate) fn log(
    env: &Env,
    wanted: &str,
    at: Option<DateTime>,
    ratings: &SessionRatings,
) -> anyhow::Result<Status> {
    let now = terminal::moment();
    let started = match at {
        Some(at) => at
            .to_zoned(now.wall.time_zone().clone())
            .context("this time doesn't exist; name another one with --at")?,
        None => now.wall.clone(),
    };
    anyhow::ensure!(
        started <= now.wall,
        "this session is in the future; name when it was with --at"
    );
    let (programs, samples) = program_entries(env, &now)?;
    anyhow::ensure!(
        !samples,
        "you have no programs yet; `regimen add FILE` adds one"
    );
    let entry = programs
        .get(find_program(&programs, wanted)?)
        .context("there is no such program")?;
    let store = open_store(env)?;
    let histories = read_sessions(store.as_ref(), None, &now.wall)?;
    let (program, text) = program_at(entry, store.as_ref(), &histories, &started)?;
    let mut ids = IdSource::new(run_name(&now));
    let records = session_records(
        (&program, text),
        store.as_ref(),
        histories,
        &started,
        ratings,
        &mut ids,
    )?;
    append_records(env, &records)?;
    print_line(&printable(&describe_entry(&program, &started, &records)));
    Ok(Status::Fine)
}

/// Returns the program as it was prescribed at a time in the past. Fails if a session of this
/// program was started in the same minute.
fn program_at(
    entry: &ProgramEntry,
    store: Option<&Store>,
    histories: &[SessionHistory],
    at: &Zoned,
) -> anyhow::Result<(Program, TextRecord)> {
    let program = entry
        .program()
        .context("this program has mistakes; `regimen check` lists them")?;
    let own = || {
        histories
            .iter()
            .filter(|history| history.session.program == program.id)
    };
    anyhow::ensure!(
        !own().any(|history| started_at(&history.session, at.datetime())),
        "a session that started in this minute is already recorded; name another time with --at"
    );
    // Before a later session was recorded, the program was that of the session before it.
    let old = manual_entry::text_at(own(), at)
        .and_then(|hash| store?.text(hash).ok()?)
        .and_then(|text| {
            let parsed = parse(Source::new(text.name.clone(), text.text.clone()));
            Some((parsed.program?, text))
        });
    Ok(old.unwrap_or_else(|| (program.as_ref().clone(), entry.text_record())))
}

/// Returns the records of a session with all of its sets as prescribed.
fn session_records(
    (program, text): (&Program, TextRecord),
    store: Option<&Store>,
    mut histories: Vec<SessionHistory>,
    started: &Zoned,
    ratings: &SessionRatings,
    ids: &mut IdSource,
) -> anyhow::Result<Vec<Record>> {
    // What was recorded later says nothing about the phase at that time.
    histories.retain(|history| history.session.started <= *started);
    let mut choices = read_choices(store)?;
    choices.retain(|choice| choice.at <= *started);
    let past = HistoryView {
        histories: &histories,
        choices: &choices,
        ..HistoryView::default()
    };
    manual_entry::session(program, text, past, started, ratings, ids)
        .context("this program has only tests, which need a measured result; start it instead")
}

/// Says what was entered, and how to correct it.
fn describe_entry(program: &Program, started: &Zoned, records: &[Record]) -> String {
    let sets = records
        .iter()
        .filter(|record| matches!(record, Record::Set(_)))
        .count();
    let all = if sets == 1 {
        "its set".to_owned()
    } else {
        format!("all {}", count(sets, "set"))
    };
    format!(
        "Entered manually: {}, {}, {all} as prescribed. Did you do less? `regimen correct {} \
         --exercise NAME --done 0`",
        program.title,
        started.strftime("%Y-%m-%d %H:%M"),
        started.strftime("%Y-%m-%dT%H:%M")
    )
}
