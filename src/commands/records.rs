//! What several commands need from the records: which sessions decide what is due, and one program
//! with its sessions and earlier versions.

use std::collections::HashSet;
use std::hash::{BuildHasher, RandomState};

use anyhow::{Context, bail};
use jiff::civil::{Date, DateTime};
use jiff::{SignedDuration, Timestamp, Zoned};

use crate::catalog::ProgramEntry;
use crate::commands::lookup::find_program;
use crate::commands::{Env, program_entries, shown};
use crate::day::day_of;
use crate::events::Moment;
use crate::history::HistoryView;
use crate::history::{SessionHistory, StopSign};
use crate::preferences::WeekBegins;
use crate::program::Program;
use crate::program::parse::parse;
use crate::progress::overview::versions;
use crate::progress::{ProgramVersion, ProgressInput};
use crate::progression;
use crate::record::text_hash;
use crate::record::{ChoiceRecord, Record, SessionRecord};
use crate::source::Source;
use crate::store::Store;

/// The start of every error about the database.
const UNREAD: &str = "could not read the records";

/// Returns a name for this run that no other run has, on any machine. Ids of records begin with it.
pub(super) fn run_name(now: &Moment) -> String {
    let random = RandomState::new().hash_one(std::process::id());
    format!(
        "{}-{random:016x}",
        now.wall.timestamp().strftime("%Y%m%dT%H%M%SZ")
    )
}

/// Opens the database for reading. None if there is none yet; reading doesn't create it.
pub(super) fn open_store(env: &Env) -> anyhow::Result<Option<Store>> {
    if !env.database.exists() {
        return Ok(None);
    }
    Store::open(&env.database).map(Some).context(UNREAD)
}

/// Returns the first instant of a day in the patient's time zone, or the first of all without a
/// day.
fn first_instant(since: Option<Date>, now: &Zoned) -> Timestamp {
    let start = since.and_then(|since| since.to_zoned(now.time_zone().clone()).ok());
    start.map_or(Timestamp::MIN, |start| start.timestamp())
}

/// Returns the sessions started since a day, the oldest first.
pub(super) fn read_sessions(
    store: Option<&Store>,
    since: Option<Date>,
    now: &Zoned,
) -> anyhow::Result<Vec<SessionHistory>> {
    let Some(store) = store else {
        return Ok(Vec::new());
    };
    let from = first_instant(since, now);
    let mut histories = store.histories(from).context(UNREAD)?;
    // The store also returns older ones: the last session of each program, and unfinished sessions.
    histories.retain(|history| history.session.started.timestamp() >= from);
    Ok(histories)
}

/// Returns what the patient chose about phases and steps.
pub(super) fn read_choices(store: Option<&Store>) -> anyhow::Result<Vec<ChoiceRecord>> {
    let read = store.map(Store::choices).transpose().context(UNREAD)?;
    Ok(read.unwrap_or_default())
}

/// Returns the stop signs that the patient reported.
fn read_signs(store: Option<&Store>) -> anyhow::Result<Vec<StopSign>> {
    let read = store.map(Store::signs).transpose().context(UNREAD)?;
    Ok(read.unwrap_or_default())
}

/// Sessions older than this are read only if a condition of a program needs them.
const LOOK_BACK: SignedDuration = SignedDuration::from_hours(24 * 15);

/// Returns the time since which all sessions are needed to tell what is due.
pub(super) fn recent_since(now: &Zoned) -> Timestamp {
    now.timestamp()
        .checked_sub(LOOK_BACK)
        .unwrap_or(Timestamp::MIN)
}

/// Views sessions and choices without stop signs, which don't change which sessions are needed.
fn view<'h>(histories: &'h [SessionHistory], choices: &'h [ChoiceRecord]) -> HistoryView<'h> {
    HistoryView {
        histories,
        choices,
        ..HistoryView::default()
    }
}

/// Adds the older sessions that the programs' conditions need: the first session of the current
/// phase, and as many of the last ones as a condition counts.
pub(super) fn add_older_sessions<'p>(
    store: &Store,
    programs: impl Iterator<Item = &'p Program>,
    histories: &mut Vec<SessionHistory>,
    choices: &[ChoiceRecord],
    today: Date,
) -> anyhow::Result<()> {
    let mut conditional = Vec::new();
    let mut asked: Vec<(&str, Option<u16>, usize)> = Vec::new();
    for program in programs {
        let Some(count) = progression::sessions_asked_for(program) else {
            continue;
        };
        let phase = program
            .has_phases()
            .then(|| progression::phase(program, view(histories, choices)));
        let phase = phase.and_then(|phase| u16::try_from(phase).ok());
        asked.push((program.id.as_str(), phase, count));
        conditional.push((program, phase));
    }
    if asked.is_empty() {
        return Ok(());
    }
    let more = store.of_phases(&asked).context(UNREAD)?;
    let known: HashSet<String> = histories
        .iter()
        .map(|history| history.session.id.clone())
        .collect();
    histories.extend(
        more.into_iter()
            .filter(|history| !known.contains(&history.session.id)),
    );
    histories.sort_by(|a, b| a.session.started.cmp(&b.session.started));
    for (program, phase) in conditional {
        add_evidence(store, (program, phase), histories, choices, today)?;
    }
    Ok(())
}

/// Reads the sets of as many of a program's last sessions as its conditions need. Reads nothing if
/// no condition can be met today, which keeps the start fast.
fn add_evidence(
    store: &Store,
    (program, phase): (&Program, Option<u16>),
    histories: &mut Vec<SessionHistory>,
    choices: &[ChoiceRecord],
    today: Date,
) -> anyhow::Result<()> {
    if !progression::may_open(program, view(histories, choices), today) {
        return Ok(());
    }
    let count = progression::evidence_asked_for(program, view(histories, choices));
    // If too few of the last sessions count, four times as many are read, but never all of them.
    for count in [count, 4 * count] {
        let read = store.last_of(&program.id, phase, count).context(UNREAD)?;
        let all = read.len() < count;
        replace_sessions(histories, read);
        if all || !progression::wants_older(program, view(histories, choices), today) {
            break;
        }
    }
    Ok(())
}

/// Adds sessions, and removes those of the same id that were there.
fn replace_sessions(histories: &mut Vec<SessionHistory>, read: Vec<SessionHistory>) {
    let ids: HashSet<String> = read
        .iter()
        .map(|history| history.session.id.clone())
        .collect();
    histories.retain(|history| !ids.contains(&history.session.id));
    histories.extend(read);
    histories.sort_by(|a, b| a.session.started.cmp(&b.session.started));
}

/// The records that decide what is due.
#[derive(Debug, Default)]
pub(super) struct PastRecords {
    /// The sessions that matter, the oldest first.
    pub(super) histories: Vec<SessionHistory>,
    /// What the patient chose about phases and steps.
    pub(super) choices: Vec<ChoiceRecord>,
    /// The stop signs that the patient reported.
    pub(super) signs: Vec<StopSign>,
}

impl PastRecords {
    /// Reads the records that decide what is due of some programs.
    pub(super) fn read<'p>(
        env: &Env,
        programs: impl Iterator<Item = &'p Program>,
        now: &Zoned,
    ) -> anyhow::Result<Self> {
        let Some(store) = open_store(env)? else {
            return Ok(Self::default());
        };
        let mut histories = store.recent(recent_since(now)).context(UNREAD)?;
        let choices = read_choices(Some(&store))?;
        add_older_sessions(&store, programs, &mut histories, &choices, day_of(now))?;
        let signs = read_signs(Some(&store))?;
        Ok(Self {
            histories,
            choices,
            signs,
        })
    }

    /// Views the records with the stop signs that are open.
    pub(super) fn view<'h>(
        &'h self,
        open_signs: &'h [StopSign],
        week_begins: WeekBegins,
    ) -> HistoryView<'h> {
        HistoryView {
            histories: &self.histories,
            choices: &self.choices,
            signs: open_signs,
            week_begins,
        }
    }
}

/// One program with its records since a day.
#[derive(Debug)]
pub(super) struct ProgramRecords {
    /// The versions of the program, each with its first day; the oldest first.
    pub(super) versions: Vec<(Date, Program)>,
    /// Its sessions, the oldest first.
    pub(super) histories: Vec<SessionHistory>,
    /// What the patient chose about phases and steps, in all programs.
    pub(super) choices: Vec<ChoiceRecord>,
    /// The stop signs that the patient reported, in all programs.
    pub(super) signs: Vec<StopSign>,
    /// The hash of the program's current text.
    pub(super) hash: String,
    /// The day of the very first session, however long ago.
    first: Option<Date>,
}

impl ProgramRecords {
    /// Calls `look` with these records as the input of `progress`.
    pub(super) fn with_input<T>(
        &self,
        week_begins: WeekBegins,
        look: impl FnOnce(&ProgressInput<'_>) -> T,
    ) -> T {
        let versions: Vec<ProgramVersion<'_>> = self
            .versions
            .iter()
            .map(|(since, program)| ProgramVersion {
                since: *since,
                program,
            })
            .collect();
        look(&ProgressInput {
            versions: &versions,
            histories: &self.histories,
            choices: &self.choices,
            signs: &self.signs,
            week_begins,
            first: self.first,
        })
    }
}

/// Returns one program with its records since a day. Without a name it's the only program that has
/// records.
pub(super) fn program_records(
    env: &Env,
    wanted: Option<&str>,
    since: Option<Date>,
    now: &Moment,
) -> anyhow::Result<ProgramRecords> {
    let store = open_store(env)?;
    let (entries, samples) = program_entries(env, now)?;
    let entry = match wanted {
        Some(wanted) => entries.get(find_program(&entries, wanted)?),
        None => Some(only_program(env, store.as_ref(), &entries, samples)?),
    };
    let entry = entry.context("there is no such program")?;
    let program = entry
        .program()
        .context("this program has mistakes; `regimen check` lists them")?;
    let histories = store
        .as_ref()
        .map(|store| store.histories_of(&program.id, first_instant(since, &now.wall)))
        .transpose()
        .context(UNREAD)?
        .unwrap_or_default();
    let text = |hash: &str| {
        let text = store.as_ref()?.text(hash).ok()??;
        parse(Source::new(text.name, text.text)).program
    };
    let current = (text_hash(&entry.text), program);
    let versions = versions(&histories, (&current.0, current.1), day_of(&now.wall), text);
    let first = store
        .as_ref()
        .map(|store| store.first_session(&program.id))
        .transpose()
        .context(UNREAD)?
        .flatten()
        .map(|first| day_of(&first));
    Ok(ProgramRecords {
        versions,
        histories,
        choices: read_choices(store.as_ref())?,
        signs: read_signs(store.as_ref())?,
        hash: current.0,
        first,
    })
}

/// Returns the only program with records, or the only program if none has records. An error asks
/// for the name if there are several.
fn only_program<'e>(
    env: &Env,
    store: Option<&Store>,
    entries: &'e [ProgramEntry],
    samples: bool,
) -> anyhow::Result<&'e ProgramEntry> {
    let recorded = store.map(Store::programs).transpose().context(UNREAD)?;
    let recorded = recorded.unwrap_or_default();
    let has_records = |entry: &&ProgramEntry| {
        entry
            .id()
            .is_some_and(|id| recorded.iter().any(|recorded| recorded == id))
    };
    let mut all: Vec<&ProgramEntry> = entries.iter().filter(has_records).collect();
    if all.is_empty() && !samples {
        all = entries
            .iter()
            .filter(|entry| entry.program().is_some())
            .collect();
    }
    match all.as_slice() {
        [] => bail!("no sessions are recorded yet in {}", shown(&env.database)),
        [one] => Ok(*one),
        more => {
            let ids: Vec<&str> = more.iter().filter_map(|entry| entry.id()).collect();
            bail!("name one of your programs: {}", ids.join(", "))
        }
    }
}

/// Adds rows to the records.
pub(super) fn append_records(env: &Env, records: &[Record]) -> anyhow::Result<()> {
    let mut store = Store::open(&env.database).context("could not open the records")?;
    store
        .append(records)
        .map(|_| ())
        .context("could not save this in the records")
}

/// Returns whether a session was started in this minute of local time.
pub(super) fn started_at(session: &SessionRecord, start: DateTime) -> bool {
    let started = session.started.datetime();
    started.date() == start.date()
        && started.hour() == start.hour()
        && started.minute() == start.minute()
}
