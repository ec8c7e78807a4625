//! `regimen log`, `correct` and `strike`: what the timer does not know is entered by hand. Rows are added, and the old ones stay.
//! Knows nothing of screens.

use anyhow::{Context, anyhow, bail};
use jiff::Zoned;
use jiff::civil::DateTime;

use crate::commands::play::{find, run_name};
use crate::commands::records::{choices, histories, store};
use crate::commands::{Settings, Verdict, listed, say};
use crate::prescription::{self, Past};
use crate::program::{PainMoment, Side};
use crate::record::{
    EndKind, EndRecord, Entry, IdSource, NoteRecord, Outcome, Record, RecordId, SessionHistory, SessionRecord,
    SetRecord, StrikeRecord, SymptomKind, SymptomRecord, TextRecord,
};
use crate::source::printable;
use crate::store::Store;
use crate::terminal;
use crate::timeline::{Lead, Timeline};

/// What is said of a session as a whole.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Remarks {
    /// Pain before, 0-10.
    pub pain_before: Option<u8>,
    /// Pain after, 0-10.
    pub pain_after: Option<u8>,
    /// Pain the next morning, 0-10.
    pub pain_morning: Option<u8>,
    /// Exertion, 0-10.
    pub exertion: Option<u8>,
    /// The patient's words.
    pub note: Option<String>,
}

impl Remarks {
    /// The rows that say so of a session, in the place of what was said before.
    fn records(
        &self,
        session: &RecordId,
        before: Option<&SessionHistory>,
        ids: &mut IdSource,
        at: &Zoned,
    ) -> Vec<Record> {
        let said = [
            (SymptomKind::Pain, PainMoment::Before, self.pain_before),
            (SymptomKind::Pain, PainMoment::After, self.pain_after),
            (SymptomKind::Pain, PainMoment::NextMorning, self.pain_morning),
            (SymptomKind::Exertion, PainMoment::After, self.exertion),
        ];
        let mut records = Vec::new();
        for (kind, moment, value) in said {
            let Some(value) = value else { continue };
            let symptoms = before.map(|history| history.symptoms.as_slice()).unwrap_or_default();
            let old =
                symptoms.iter().rev().find(|old| old.kind == kind && old.moment == moment && old.exercise.is_none());
            records.push(Record::Symptom(SymptomRecord {
                id: ids.next_id(),
                session: session.clone(),
                kind,
                moment,
                exercise: None,
                value,
                at: old.map_or(at, |old| &old.at).clone(),
                supersedes: old.map(|old| old.id.clone()),
            }));
        }
        if let Some(text) = &self.note {
            let old = before.and_then(|history| history.notes.last());
            records.push(Record::Note(NoteRecord {
                id: ids.next_id(),
                session: session.clone(),
                text: text.trim().to_owned(),
                at: old.map_or(at, |old| &old.at).clone(),
                supersedes: old.map(|old| old.id.clone()),
            }));
        }
        records
    }
}

/// Enters a session that was done without the program: all of its sets as prescribed, marked as by hand.
pub fn log(settings: &Settings, wanted: &str, at: Option<DateTime>, remarks: &Remarks) -> anyhow::Result<Verdict> {
    let now = terminal::moment();
    let begun = match at {
        Some(at) => at.to_zoned(now.wall.time_zone().clone()).context("there is no such time")?,
        None => now.wall.clone(),
    };
    anyhow::ensure!(begun <= now.wall, "this session lies in the future; name when it was");
    let (programs, samples) = listed(settings, &now)?;
    anyhow::ensure!(!samples, "you have no programs yet; `regimen add FILE` adds one");
    let listed = programs.get(find(&programs, wanted)?).context("there is no such program")?;
    let program = listed.program().context("this program has mistakes; `regimen check` tells them")?;
    let store = store(settings)?;
    let mut histories = histories(store.as_ref(), None, &now.wall)?;
    // What was done after it says nothing of the phase it was in.
    histories.retain(|history| history.session.started <= begun);
    let mut choices = choices(store.as_ref())?;
    choices.retain(|choice| choice.at <= begun);
    let past = Past { histories: &histories, choices: &choices, ..Past::default() };
    let phase = prescription::phase(program, past);
    let planned = prescription::planned(program, phase, &prescription::steps(program, phase, &choices));
    let planned: Vec<_> = planned.into_iter().enumerate().collect();
    let timeline = Timeline::compile(&planned, Lead::Keys, |_, _, _| false);
    let mut ids = IdSource::new(run_name(&now));
    let hash = crate::app::playing::hash(&listed.text);
    let session = ids.next_id();
    let mut records = vec![
        Record::Text(TextRecord { hash: hash.clone(), name: listed.file.clone(), text: listed.text.to_string() }),
        Record::Session(SessionRecord {
            id: session.clone(),
            program: program.id.clone(),
            title: program.title.clone(),
            hash,
            phase: u16::try_from(phase).unwrap_or(u16::MAX),
            short: false,
            sets: u32::try_from(timeline.slots.len()).unwrap_or(u32::MAX),
            started: begun.clone(),
        }),
    ];
    // A test has a result that nobody knows here.
    for slot in timeline.slots.iter().filter(|slot| !slot.prescribed().is_open()) {
        let Some(exercise) = timeline.exercises.get(slot.exercise) else { continue };
        records.push(Record::Set(SetRecord {
            id: ids.next_id(),
            session: session.clone(),
            exercise: exercise.id.clone(),
            name: exercise.name.clone(),
            set: slot.dose.number,
            side: slot.dose.side,
            prescribed: slot.prescribed(),
            done: slot.prescribed(),
            load: slot.dose.load.clone(),
            outcome: Outcome::Done,
            reason: None,
            entry: Entry::ByHand,
            at: begun.clone(),
            supersedes: None,
        }));
    }
    let sets = records.iter().filter(|record| matches!(record, Record::Set(_))).count();
    anyhow::ensure!(sets > 0, "this program has only tests, whose results must be taken; start it instead");
    records.extend(remarks.records(&session, None, &mut ids, &begun));
    records.push(Record::End(EndRecord { id: ids.next_id(), session, kind: EndKind::Finished, at: begun.clone() }));
    append(settings, &records)?;
    let when = begun.strftime("%Y-%m-%d %H:%M");
    say(&printable(&format!(
        "Entered by hand: {}, {when}, all {sets} sets as prescribed. Was it less? `regimen correct {} --exercise NAME --done 0`",
        program.title,
        begun.strftime("%Y-%m-%dT%H:%M")
    )));
    Ok(Verdict::Fine)
}

fn append(settings: &Settings, records: &[Record]) -> anyhow::Result<()> {
    let mut store = Store::open(&settings.database).context("could not open the records")?;
    store.append(records).map(|_| ()).context("could not put this on record")
}

/// Whether a session was begun in this minute, local time.
fn was_begun(session: &SessionRecord, begun: DateTime) -> bool {
    let started = session.started.datetime();
    started.date() == begun.date() && started.hour() == begun.hour() && started.minute() == begun.minute()
}

/// The session that was begun at a time, as `regimen history` shows it.
fn session_at(settings: &Settings, begun: DateTime) -> anyhow::Result<SessionHistory> {
    let now = terminal::moment().wall;
    let histories = histories(store(settings)?.as_ref(), None, &now)?;
    let mut found: Vec<SessionHistory> =
        histories.into_iter().filter(|history| was_begun(&history.session, begun)).collect();
    match found.len() {
        0 => bail!("no session was begun then; `regimen history` lists them with their times"),
        1 => found.pop().ok_or_else(|| anyhow!("no session was begun then")),
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
pub fn correct(settings: &Settings, begun: DateTime, wish: &SetWish, remarks: &Remarks) -> anyhow::Result<Verdict> {
    let history = session_at(settings, begun)?;
    let now = terminal::moment();
    let mut ids = IdSource::new(run_name(&now));
    let mut records = remarks.records(&history.session.id, Some(&history), &mut ids, &now.wall);
    if let Some(exercise) = &wish.exercise {
        let done = wish.done.context("say how much was done: --done NUMBER (repetitions, or seconds of a hold)")?;
        let named = |set: &&SetRecord| set.exercise == *exercise || set.name.eq_ignore_ascii_case(exercise);
        let mut sets: Vec<&SetRecord> = history.sets.iter().filter(named).collect();
        if sets.is_empty() {
            let mut known: Vec<&str> = history.sets.iter().map(|set| set.exercise.as_str()).collect();
            known.dedup();
            bail!("this session has no set of `{}`; it has: {}", printable(exercise), printable(&known.join(", ")));
        }
        sets.retain(|set| {
            wish.set.is_none_or(|number| set.set == number) && wish.side.is_none_or(|side| set.side == side)
        });
        anyhow::ensure!(!sets.is_empty(), "this exercise has no such set in this session");
        records.extend(sets.into_iter().map(|set| Record::Set(corrected(set, done, ids.next_id()))));
    }
    anyhow::ensure!(!records.is_empty(), "say what to correct; `regimen correct --help` tells what can be");
    let count = records.len();
    append(settings, &records)?;
    let plural = if count == 1 { "row" } else { "rows" };
    say(&format!("Corrected: {count} {plural}. What was there before stays in `regimen history --all`."));
    Ok(Verdict::Fine)
}

/// A set that says something else, by hand.
fn corrected(set: &SetRecord, done: u32, id: RecordId) -> SetRecord {
    let mut amount = set.done;
    if set.prescribed.reps.is_some() || set.done.reps.is_some() {
        let reps = u16::try_from(done).unwrap_or(u16::MAX);
        // Of held or paced repetitions the time follows from their number.
        let each = match (set.prescribed.reps, set.prescribed.time) {
            (Some(of), Some(time)) if of > 0 => Some(time / u32::from(of)),
            _ => None,
        };
        amount.time = each.map_or(amount.time, |each| Some(each * u32::from(reps)));
        amount.reps = Some(reps);
    } else {
        amount.time = Some(std::time::Duration::from_secs(done.into()));
    }
    let outcome = match (done, amount.reaches(&set.prescribed)) {
        (0, _) => Outcome::Skipped,
        (_, true) => Outcome::Done,
        _ => Outcome::Partial,
    };
    SetRecord {
        id,
        done: amount,
        outcome,
        reason: set.reason.filter(|_| outcome != Outcome::Done),
        entry: Entry::ByHand,
        supersedes: Some(set.id.clone()),
        ..set.clone()
    }
}

/// Strikes a session, or lets it count again.
pub fn strike(settings: &Settings, begun: DateTime, undo: bool) -> anyhow::Result<Verdict> {
    let now = terminal::moment();
    let session = if undo {
        let records =
            store(settings)?.map(|store| store.everything()).transpose().context("could not read the records")?;
        let mut sessions = records.unwrap_or_default().into_iter().filter_map(|record| match record {
            Record::Session(session) if was_begun(&session, begun) => Some(session),
            _ => None,
        });
        sessions.next_back().context("no session was begun then")?
    } else {
        session_at(settings, begun)?.session
    };
    let mut ids = IdSource::new(run_name(&now));
    let id = ids.next_id();
    let row = StrikeRecord { id, session: session.id.clone(), struck: !undo, at: now.wall.clone() };
    append(settings, &[Record::Strike(row)])?;
    let when = session.started.strftime("%Y-%m-%d %H:%M");
    let words = if undo { "counts again" } else { "is struck and counts no more; --undo takes that back" };
    say(&printable(&format!("{}, {when}, {words}.", session.title)));
    Ok(Verdict::Fine)
}
