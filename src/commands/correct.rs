//! `regimen correct` and `regimen strike`: change what is recorded of a session. Each adds rows,
//! and the old rows stay.

use anyhow::{Context, anyhow, bail};
use jiff::civil::DateTime;

use crate::commands::records::{append_records, open_store, read_sessions, run_name, started_at};
use crate::commands::{Env, Status, print_line};
use crate::history::SessionHistory;
use crate::manual_entry::{self, SessionRatings};
use crate::program::Side;
use crate::record::{IdSource, Record, SessionRecord, SetRecord, StrikeRecord};
use crate::source::printable;
use crate::terminal;
use crate::text::count;

/// The sets to correct, and what was done in each.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(crate) struct SetCorrection {
    /// The exercise, by its id or name. None corrects no set.
    pub(crate) exercise: Option<String>,
    /// The side. None means all sides.
    pub(crate) side: Option<Side>,
    /// The number of the set, from 1. None means all sets.
    pub(crate) set: Option<u8>,
    /// Repetitions, or seconds if the set counts none.
    pub(crate) done: Option<u32>,
}

/// Corrects sets, pain, exertion or the note of a session.
pub(crate) fn correct(
    env: &Env,
    start: DateTime,
    sets: &SetCorrection,
    ratings: &SessionRatings,
) -> anyhow::Result<Status> {
    let history = session_at(env, start)?;
    let now = terminal::moment();
    let mut ids = IdSource::new(run_name(&now));
    let mut records = ratings.records(&history.session.id, Some(&history), &mut ids, &now.wall);
    if let Some(exercise) = &sets.exercise {
        let done = sets
            .done
            .context("say how much was done: --done NUMBER (repetitions, or seconds of a hold)")?;
        for set in chosen_sets(&history, exercise, sets)? {
            let corrected = manual_entry::corrected(set, done, ids.next_id());
            records.push(Record::Set(corrected));
        }
    }
    anyhow::ensure!(
        !records.is_empty(),
        "say what to correct; `regimen correct --help` lists what you can correct"
    );
    append_records(env, &records)?;
    print_line(&format!(
        "Corrected: {}. The old values stay in `regimen history --all`.",
        count(records.len(), "row")
    ));
    Ok(Status::Fine)
}

/// Returns the session that was started at a time, as `regimen history` shows it.
fn session_at(env: &Env, start: DateTime) -> anyhow::Result<SessionHistory> {
    let now = terminal::moment().wall;
    let histories = read_sessions(open_store(env)?.as_ref(), None, &now)?;
    let mut found: Vec<SessionHistory> = histories
        .into_iter()
        .filter(|history| started_at(&history.session, start))
        .collect();
    if found.len() > 1 {
        bail!("two sessions started in that minute; regimen can't tell which one you mean");
    }
    found.pop().ok_or_else(|| {
        anyhow!("no session started then; `regimen history` lists them with their times")
    })
}

/// Returns the sets of an exercise that a correction applies to.
fn chosen_sets<'h>(
    history: &'h SessionHistory,
    exercise: &str,
    wanted: &SetCorrection,
) -> anyhow::Result<Vec<&'h SetRecord>> {
    let named =
        |set: &&SetRecord| set.exercise == exercise || set.name.eq_ignore_ascii_case(exercise);
    let mut sets: Vec<&SetRecord> = history.sets.iter().filter(named).collect();
    if sets.is_empty() {
        let mut known: Vec<&str> = history
            .sets
            .iter()
            .map(|set| set.exercise.as_str())
            .collect();
        known.dedup();
        bail!(
            "this session has no set of `{}`; it has: {}",
            printable(exercise),
            printable(&known.join(", "))
        );
    }
    sets.retain(|set| {
        wanted.set.is_none_or(|number| set.set == number)
            && wanted.side.is_none_or(|side| set.side == side)
    });
    anyhow::ensure!(
        !sets.is_empty(),
        "this exercise has no such set in this session"
    );
    Ok(sets)
}

/// Crosses out a session, so that it no longer counts, or lets it count again.
pub(crate) fn strike(env: &Env, start: DateTime, undo: bool) -> anyhow::Result<Status> {
    let now = terminal::moment();
    let session = if undo {
        struck_session(env, start)?
    } else {
        session_at(env, start)?.session
    };
    let mut ids = IdSource::new(run_name(&now));
    let row = StrikeRecord {
        id: ids.next_id(),
        session: session.id.clone(),
        struck: !undo,
        at: now.wall.clone(),
    };
    append_records(env, &[Record::Strike(row)])?;
    let when = session.started.strftime("%Y-%m-%d %H:%M");
    let outcome = if undo {
        "counts again"
    } else {
        "is crossed out and no longer counts; --undo takes that back"
    };
    print_line(&printable(&format!(
        "{}, {when}, {outcome}.",
        session.title
    )));
    Ok(Status::Fine)
}

/// Returns the last recorded session that was started at a time, crossed out or not.
fn struck_session(env: &Env, start: DateTime) -> anyhow::Result<SessionRecord> {
    let records = open_store(env)?
        .map(|store| store.everything())
        .transpose()
        .context("could not read the records")?;
    let sessions = records.unwrap_or_default().into_iter();
    sessions
        .filter_map(|record| match record {
            Record::Session(session) if started_at(&session, start) => Some(session),
            _ => None,
        })
        .next_back()
        .context("no session started then")
}
