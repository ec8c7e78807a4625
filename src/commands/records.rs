//! What several commands need of the records: the sessions of a program, and the program as it
//! stood then. Knows nothing of how any of it is shown.

use std::collections::HashSet;

use anyhow::{Context, bail};
use jiff::civil::Date;
use jiff::{SignedDuration, Timestamp, Zoned};

use crate::catalog::ProgramEntry;
use crate::commands::{Env, program_entries, shown};
use crate::day::day_of;
use crate::events::Moment;
use crate::preferences::WeekBegins;
use crate::prescription::{self, HistoryView};
use crate::program::Program;
use crate::program::parse::parse;
use crate::progress::overview::versions;
use crate::progress::{ProgramVersion, ProgressInput};

use crate::record::{ChoiceRecord, SessionHistory, StopSign, text_hash};
use crate::source::Source;
use crate::store::Store;

/// The database; none where there is none yet, which reading does not make.
pub fn store(env: &Env) -> anyhow::Result<Option<Store>> {
    if !env.database.exists() {
        return Ok(None);
    }
    Store::open(&env.database)
        .map(Some)
        .context("could not read the records")
}

/// The first instant of a day where the patient is; without a day the first of all.
fn first_instant(since: Option<Date>, now: &Zoned) -> Timestamp {
    let start = since.and_then(|since| since.to_zoned(now.time_zone().clone()).ok());
    start.map_or(Timestamp::MIN, |start| start.timestamp())
}

/// The sessions begun since a day, the oldest first.
pub fn histories(
    store: Option<&Store>,
    since: Option<Date>,
    now: &Zoned,
) -> anyhow::Result<Vec<SessionHistory>> {
    let Some(store) = store else {
        return Ok(Vec::new());
    };
    let from = first_instant(since, now);
    let mut histories = store
        .histories(from)
        .context("could not read the records")?;
    // The store adds the last session of each program and what is unfinished, however old.
    histories.retain(|history| history.session.started.timestamp() >= from);
    Ok(histories)
}

/// What the patient chose of phases and steps.
pub fn choices(store: Option<&Store>) -> anyhow::Result<Vec<ChoiceRecord>> {
    let read = store
        .map(Store::choices)
        .transpose()
        .context("could not read the records")?;
    Ok(read.unwrap_or_default())
}

/// Returns the stop signs that the patient reported.
pub fn signs(store: Option<&Store>) -> anyhow::Result<Vec<StopSign>> {
    let read = store
        .map(Store::signs)
        .transpose()
        .context("could not read the records")?;
    Ok(read.unwrap_or_default())
}

/// Sessions further back than this are only known as far as something depends on them.
const LOOK_BACK: SignedDuration = SignedDuration::from_hours(24 * 15);

/// Since when all sessions must be known to tell what is due.
pub fn since(now: &Zoned) -> Timestamp {
    now.timestamp()
        .checked_sub(LOOK_BACK)
        .unwrap_or(Timestamp::MIN)
}

/// Adds to the sessions at hand those that the programs' conditions ask for: the first one of the
/// phase that holds, and as many of the last ones as are counted.
pub fn add_asked_for<'p>(
    store: &Store,
    programs: impl Iterator<Item = &'p Program>,
    histories: &mut Vec<SessionHistory>,
    choices: &[ChoiceRecord],
    today: Date,
) -> anyhow::Result<()> {
    let past = HistoryView {
        histories,
        choices,
        ..HistoryView::default()
    };
    let mut conditional = Vec::new();
    let mut asked: Vec<(&str, Option<u16>, usize)> = Vec::new();
    for program in programs {
        let Some(count) = prescription::sessions_asked_for(program) else {
            continue;
        };
        let phase = program
            .has_phases()
            .then(|| prescription::phase(program, past));
        let phase = phase.and_then(|phase| u16::try_from(phase).ok());
        asked.push((program.id.as_str(), phase, count));
        conditional.push((program, phase));
    }
    if asked.is_empty() {
        return Ok(());
    }
    let more = store
        .of_phases(&asked)
        .context("could not read the records")?;
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

/// Reads the sets of as many of a program's last sessions as its conditions ask for. Where nothing
/// can be open anyway, none are read: a start has no time for it.
fn add_evidence(
    store: &Store,
    (program, phase): (&Program, Option<u16>),
    histories: &mut Vec<SessionHistory>,
    choices: &[ChoiceRecord],
    today: Date,
) -> anyhow::Result<()> {
    fn past<'h>(histories: &'h [SessionHistory], choices: &'h [ChoiceRecord]) -> HistoryView<'h> {
        HistoryView {
            histories,
            choices,
            ..HistoryView::default()
        }
    }
    if !prescription::may_open(program, past(histories, choices), today) {
        return Ok(());
    }
    let count = prescription::evidence_asked_for(program, past(histories, choices));
    // Where too few of the last sessions count, more are looked at, but not all of ten years.
    for count in [count, 4 * count] {
        let read = store
            .last_of(&program.id, phase, count)
            .context("could not read the records")?;
        let all = read.len() < count;
        put_in(histories, read);
        if all || !prescription::wants_older(program, past(histories, choices), today) {
            break;
        }
    }
    Ok(())
}

/// Puts sessions that were read in the place of what was known of them.
pub fn put_in(histories: &mut Vec<SessionHistory>, read: Vec<SessionHistory>) {
    let ids: HashSet<String> = read
        .iter()
        .map(|history| history.session.id.clone())
        .collect();
    histories.retain(|history| !ids.contains(&history.session.id));
    histories.extend(read);
    histories.sort_by(|a, b| a.session.started.cmp(&b.session.started));
}

/// All that is to be known of the past to tell what is due of some programs.
pub fn known<'p>(
    env: &Env,
    programs: impl Iterator<Item = &'p Program>,
    now: &Zoned,
) -> anyhow::Result<(Vec<SessionHistory>, Vec<ChoiceRecord>, Vec<StopSign>)> {
    let Some(store) = store(env)? else {
        return Ok((Vec::new(), Vec::new(), Vec::new()));
    };
    let mut histories = store
        .recent(since(now))
        .context("could not read the records")?;
    let choices = choices(Some(&store))?;
    add_asked_for(&store, programs, &mut histories, &choices, day_of(now))?;
    let signs = signs(Some(&store))?;
    Ok((histories, choices, signs))
}

/// One program with all that is on record of it since a day.
#[derive(Debug)]
pub struct ProgramRecords {
    /// As it stood, from which day on; the oldest first.
    pub versions: Vec<(Date, Program)>,
    /// Its sessions, the oldest first.
    pub histories: Vec<SessionHistory>,
    /// What the patient chose of phases and steps, of all programs.
    pub choices: Vec<ChoiceRecord>,
    /// The stop signs that the patient reported, of all programs.
    pub signs: Vec<StopSign>,
    /// The hash of the program's text as it is now.
    pub hash: String,
    /// The day of the first session of all.
    pub first: Option<Date>,
}

impl ProgramRecords {
    /// Looks at it as a course.
    pub fn course<T>(
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

/// The program that is meant: by its id or title, or the only one there is; with its records since
/// a day.
pub fn program_records(
    env: &Env,
    wanted: Option<&str>,
    since: Option<Date>,
    now: &Moment,
) -> anyhow::Result<ProgramRecords> {
    let store = store(env)?;
    let (entries, samples) = program_entries(env, now)?;
    let known = store
        .as_ref()
        .map(Store::programs)
        .transpose()
        .context("could not read the records")?;
    let known = known.unwrap_or_default();
    let with_records = |entry: &&ProgramEntry| {
        entry
            .id()
            .is_some_and(|id| known.iter().any(|known| known == id))
    };
    let current = if let Some(wanted) = wanted {
        entries.get(crate::commands::play::find(&entries, wanted)?)
    } else {
        let mut all: Vec<&ProgramEntry> = entries.iter().filter(with_records).collect();
        if all.is_empty() && !samples {
            all = entries
                .iter()
                .filter(|entry| entry.program().is_some())
                .collect();
        }
        match all.as_slice() {
            [] => bail!("nothing is on record yet in {}", shown(&env.database)),
            [one] => Some(*one),
            more => {
                let ids: Vec<&str> = more.iter().filter_map(|entry| entry.id()).collect();
                bail!("name one of your programs: {}", ids.join(", "))
            }
        }
    };
    let current = current.context("there is no such program")?;
    let program = current
        .program()
        .context("this program has mistakes; `regimen check` tells them")?;
    let histories = store
        .as_ref()
        .map(|store| store.histories_of(&program.id, first_instant(since, &now.wall)));
    let histories = histories
        .transpose()
        .context("could not read the records")?
        .unwrap_or_default();
    let text = |hash: &str| {
        let text = store.as_ref()?.text(hash).ok()??;
        parse(Source::new(text.name, text.text)).program
    };
    let versions = versions(
        &histories,
        (&text_hash(&current.text), program),
        day_of(&now.wall),
        text,
    );
    let choices = choices(store.as_ref())?;
    let signs = signs(store.as_ref())?;
    let first = store
        .as_ref()
        .map(|store| store.first_session(&program.id))
        .transpose();
    let first = first
        .context("could not read the records")?
        .flatten()
        .map(|first| day_of(&first));
    Ok(ProgramRecords {
        versions,
        histories,
        choices,
        signs,
        hash: text_hash(&current.text),
        first,
    })
}
