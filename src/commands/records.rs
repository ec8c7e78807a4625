//! What several commands need of the records: the sessions of a program, and the program as it stood then. Knows nothing of how any of
//! it is shown.

use anyhow::{Context, bail};
use jiff::civil::Date;
use jiff::{Timestamp, Zoned};

use crate::app::Listed;
use crate::app::playing::hash;
use crate::commands::{Settings, listed, shown};
use crate::events::Moment;
use crate::program::Program;
use crate::program::parse::parse;
use crate::progress::{Course, Version};
use crate::record::{ChoiceRecord, SessionHistory};
use crate::source::Source;
use crate::store::Store;

/// The database; none where there is none yet, which reading does not make.
pub fn store(settings: &Settings) -> anyhow::Result<Option<Store>> {
    if !settings.database.exists() {
        return Ok(None);
    }
    Store::open(&settings.database).map(Some).context("could not read the records")
}

/// The sessions begun since a day, the oldest first.
pub fn histories(store: Option<&Store>, since: Option<Date>, now: &Zoned) -> anyhow::Result<Vec<SessionHistory>> {
    let Some(store) = store else { return Ok(Vec::new()) };
    let start = since.and_then(|since| since.to_zoned(now.time_zone().clone()).ok());
    let from = start.map_or(Timestamp::MIN, |start| start.timestamp());
    let mut histories = store.histories(from).context("could not read the records")?;
    // The store adds the last session of each program and what is unfinished, however old.
    histories.retain(|history| history.session.started.timestamp() >= from);
    Ok(histories)
}

/// One program with all that is on record of it since a day.
#[derive(Debug)]
pub struct Kept {
    /// As it stood, from which day on; the oldest first.
    pub versions: Vec<(Date, Program)>,
    /// Its sessions, the oldest first.
    pub histories: Vec<SessionHistory>,
    /// What the patient chose of phases and steps, of all programs.
    pub choices: Vec<ChoiceRecord>,
}

impl Kept {
    /// Looks at it as a course.
    pub fn course<T>(&self, look: impl FnOnce(&Course<'_>) -> T) -> T {
        let versions: Vec<Version<'_>> =
            self.versions.iter().map(|(since, program)| Version { since: *since, program }).collect();
        look(&Course { versions: &versions, histories: &self.histories })
    }
}

/// The program that is meant: by its id or title, or the only one there is; with its records since a day.
pub fn kept(settings: &Settings, wanted: Option<&str>, since: Option<Date>, now: &Moment) -> anyhow::Result<Kept> {
    let store = store(settings)?;
    let mut histories = histories(store.as_ref(), since, &now.wall)?;
    let (listed, samples) = listed(settings, now)?;
    let with_records =
        |listed: &&Listed| listed.id().is_some_and(|id| histories.iter().any(|history| history.session.program == id));
    let current = if let Some(wanted) = wanted {
        listed.get(crate::commands::play::find(&listed, wanted)?)
    } else {
        let mut all: Vec<&Listed> = listed.iter().filter(with_records).collect();
        if all.is_empty() && !samples {
            all = listed.iter().filter(|listed| listed.program().is_some()).collect();
        }
        match all.as_slice() {
            [] => bail!("nothing is on record yet in {}", shown(&settings.database)),
            [one] => Some(*one),
            more => {
                let ids: Vec<&str> = more.iter().filter_map(|listed| listed.id()).collect();
                bail!("name one of your programs: {}", ids.join(", "))
            }
        }
    };
    let current = current.context("there is no such program")?;
    let program = current.program().context("this program has mistakes; `regimen check` tells them")?;
    histories.retain(|history| history.session.program == program.id);
    let mut versions: Vec<(Date, Program)> = Vec::new();
    let mut last = String::new();
    for history in &histories {
        let session = &history.session;
        if session.hash == last {
            continue;
        }
        last.clone_from(&session.hash);
        let text =
            store.as_ref().map(|store| store.text(&session.hash)).transpose().context("could not read the records")?;
        let text = text.flatten().and_then(|text| parse(Source::new(text.name, text.text)).program);
        versions.extend(text.map(|program| (session.started.date(), program)));
    }
    if hash(&current.text) != last {
        versions.push((now.wall.date(), program.as_ref().clone()));
    }
    let choices = store.map(|store| store.choices()).transpose().context("could not read the records")?;
    Ok(Kept { versions, histories, choices: choices.unwrap_or_default() })
}
