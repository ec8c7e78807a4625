//! `regimen log`, `correct` and `strike`: what the timer does not know is entered by hand. Rows are
//! added, and the old ones stay. Knows nothing of screens.

use anyhow::{Context, anyhow, bail};
use jiff::civil::DateTime;

use crate::commands::play::{find, run_name};
use crate::commands::records::{choices, histories, store};
use crate::commands::{Env, Status, print_line, program_entries};
use crate::manual_entry::{self, SessionRatings};
use crate::prescription::HistoryView;
use crate::program::Side;
use crate::program::parse::parse;
use crate::record::{IdSource, Record, SessionHistory, SessionRecord, SetRecord, StrikeRecord};
use crate::source::{Source, printable};
use crate::store::Store;
use crate::terminal;

/// Enters a session that was done without the program: all of its sets as prescribed, marked as by
/// hand.
pub fn log(
    env: &Env,
    wanted: &str,
    at: Option<DateTime>,
    remarks: &SessionRatings,
) -> anyhow::Result<Status> {
    let now = terminal::moment();
    let begun = match at {
        Some(at) => at
            .to_zoned(now.wall.time_zone().clone())
            .context("there is no such time")?,
        None => now.wall.clone(),
    };
    anyhow::ensure!(
        begun <= now.wall,
        "this session lies in the future; name when it was"
    );
    let (programs, samples) = program_entries(env, &now)?;
    anyhow::ensure!(
        !samples,
        "you have no programs yet; `regimen add FILE` adds one"
    );
    let entry = programs
        .get(find(&programs, wanted)?)
        .context("there is no such program")?;
    let program = entry
        .program()
        .context("this program has mistakes; `regimen check` tells them")?;
    let store = store(env)?;
    let mut histories = histories(store.as_ref(), None, &now.wall)?;
    let twin = |history: &SessionHistory| {
        history.session.program == program.id && was_begun(&history.session, begun.datetime())
    };
    anyhow::ensure!(
        !histories.iter().any(twin),
        "a session of this minute is on record already; name another time with --at"
    );
    // What was to be done before a later session was what was done before it.
    let own = histories
        .iter()
        .filter(|history| history.session.program == program.id);
    let old =
        manual_entry::text_at(own, &begun).and_then(|hash| store.as_ref()?.text(hash).ok()?);
    let old = old.and_then(|text| {
        Some((
            parse(Source::new(text.name.clone(), text.text.clone())).program?,
            text,
        ))
    });
    let (program, text) = match &old {
        Some((program, text)) => (program, text.clone()),
        None => (program.as_ref(), entry.text_record()),
    };
    // What was done after it says nothing of the phase it was in.
    histories.retain(|history| history.session.started <= begun);
    let mut choices = choices(store.as_ref())?;
    choices.retain(|choice| choice.at <= begun);
    let past = HistoryView {
        histories: &histories,
        choices: &choices,
        ..HistoryView::default()
    };
    let mut ids = IdSource::new(run_name(&now));
    let records = manual_entry::session(program, text, past, &begun, remarks, &mut ids)
        .context("this program has only tests, whose results must be taken; start it instead")?;
    let sets = records
        .iter()
        .filter(|record| matches!(record, Record::Set(_)))
        .count();
    append(env, &records)?;
    let when = begun.strftime("%Y-%m-%d %H:%M");
    let all = if sets == 1 {
        "its set".to_owned()
    } else {
        format!("all {sets} sets")
    };
    print_line(&printable(&format!(
        "Entered by hand: {}, {when}, {all} as prescribed. Did you do less? `regimen correct {} --exercise NAME --done 0`",
        program.title,
        begun.strftime("%Y-%m-%dT%H:%M")
    )));
    Ok(Status::Fine)
}

fn append(env: &Env, records: &[Record]) -> anyhow::Result<()> {
    let mut store = Store::open(&env.database).context("could not open the records")?;
    store
        .append(records)
        .map(|_| ())
        .context("could not put this on record")
}

/// Whether a session was begun in this minute, local time.
fn was_begun(session: &SessionRecord, begun: DateTime) -> bool {
    let started = session.started.datetime();
    started.date() == begun.date()
        && started.hour() == begun.hour()
        && started.minute() == begun.minute()
}

/// The session that was begun at a time, as `regimen history` shows it.
fn session_at(env: &Env, begun: DateTime) -> anyhow::Result<SessionHistory> {
    let now = terminal::moment().wall;
    let histories = histories(store(env)?.as_ref(), None, &now)?;
    let mut found: Vec<SessionHistory> = histories
        .into_iter()
        .filter(|history| was_begun(&history.session, begun))
        .collect();
    match found.len() {
        0 => bail!("no session was begun then; `regimen history` lists them with their times"),
        1 => found
            .pop()
            .ok_or_else(|| anyhow!("no session was begun then")),
        _ => bail!("two sessions were begun in that minute, which cannot be told apart here"),
    }
}

/// What a set is to say.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct SetWish {
    /// The exercise, by its id or name.
    pub exercise: Option<String>,
    /// Which side.
    pub side: Option<Side>,
    /// Which set, from 1; none for all of the exercise.
    pub set: Option<u8>,
    /// Repetitions, or seconds where the set has none.
    pub done: Option<u32>,
}

/// Corrects what a session says; the old rows stay.
pub fn correct(
    env: &Env,
    begun: DateTime,
    options: &SetWish,
    remarks: &SessionRatings,
) -> anyhow::Result<Status> {
    let history = session_at(env, begun)?;
    let now = terminal::moment();
    let mut ids = IdSource::new(run_name(&now));
    let mut records = remarks.records(&history.session.id, Some(&history), &mut ids, &now.wall);
    if let Some(exercise) = &options.exercise {
        let done = options
            .done
            .context("say how much was done: --done NUMBER (repetitions, or seconds of a hold)")?;
        let named =
            |set: &&SetRecord| set.exercise == *exercise || set.name.eq_ignore_ascii_case(exercise);
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
            options.set.is_none_or(|number| set.set == number)
                && options.side.is_none_or(|side| set.side == side)
        });
        anyhow::ensure!(
            !sets.is_empty(),
            "this exercise has no such set in this session"
        );
        records.extend(
            sets.into_iter()
                .map(|set| Record::Set(manual_entry::corrected(set, done, ids.next_id()))),
        );
    }
    anyhow::ensure!(
        !records.is_empty(),
        "say what to correct; `regimen correct --help` tells what can be"
    );
    let count = records.len();
    append(env, &records)?;
    let plural = if count == 1 { "row" } else { "rows" };
    print_line(&format!(
        "Corrected: {count} {plural}. What was there before stays in `regimen history --all`."
    ));
    Ok(Status::Fine)
}

/// Strikes a session, or lets it count again.
pub fn strike(env: &Env, begun: DateTime, undo: bool) -> anyhow::Result<Status> {
    let now = terminal::moment();
    let session = if undo {
        let records = store(env)?
            .map(|store| store.everything())
            .transpose()
            .context("could not read the records")?;
        let mut sessions =
            records
                .unwrap_or_default()
                .into_iter()
                .filter_map(|record| match record {
                    Record::Session(session) if was_begun(&session, begun) => Some(session),
                    _ => None,
                });
        sessions.next_back().context("no session was begun then")?
    } else {
        session_at(env, begun)?.session
    };
    let mut ids = IdSource::new(run_name(&now));
    let id = ids.next_id();
    let row = StrikeRecord {
        id,
        session: session.id.clone(),
        struck: !undo,
        at: now.wall.clone(),
    };
    append(env, &[Record::Strike(row)])?;
    let when = session.started.strftime("%Y-%m-%d %H:%M");
    let words = if undo {
        "counts again"
    } else {
        "is crossed out and no longer counts; --undo takes that back"
    };
    print_line(&printable(&format!("{}, {when}, {words}.", session.title)));
    Ok(Status::Fine)
}
