//! A past session opened to be corrected. Nothing is ever overwritten: a correction is a new row.

use super::context::Cx;
use super::keymap::{Action, Context};
use super::menu::{Choice, Menu};
use super::question::{BandStop, ask_band_stop};
use super::typing::{edit_note, edit_number};
use crate::history;
use crate::history::SessionHistory;
use crate::manual_entry::{self, SAID};
use crate::program::notation::write_duration;
use crate::program::{PainMoment, Program};
use crate::progress::overview;
use crate::record::{
    Amount, EntryMethod, Outcome, RatingKind, Record, RecordId, SetRecord, StrikeRecord,
};

/// The largest number that can be typed: seconds of work, or repetitions.
const MOST: u32 = 9999;

/// A session opened to be corrected.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Open {
    /// Its id.
    pub(super) session: RecordId,
    /// The selected row.
    pub(super) selected: usize,
    /// What is being typed.
    pub typing: Option<Typing>,
}

/// What is being typed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Typing {
    /// A number, none as long as nothing is typed.
    Number(Option<u32>),
    /// Words.
    Words(String),
}

/// What a line of an opened session is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Target {
    /// A set, by its place.
    Set(usize),
    /// Pain or exertion of the session as a whole.
    Said(RatingKind, PainMoment),
    /// Pain in an exercise, by its place among the symptoms.
    Rating(usize),
    /// The patient's words, by their place; the one beyond the last is a new one.
    Note(usize),
    /// Whether it counts.
    Strike,
}

/// A line of an opened session.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct EditableRow {
    /// What it is about.
    target: Target,
    /// In words.
    pub(super) name: String,
    /// What is on record.
    pub(super) value: String,
}

fn describe_amount(set: &SetRecord) -> String {
    let of = |amount: Amount| match (manual_entry::counts_reps(set), amount.reps, amount.time) {
        (true, Some(reps), _) => reps.to_string(),
        (_, _, Some(time)) => write_duration(std::time::Duration::from_secs(time.as_secs())),
        _ => "0".to_owned(),
    };
    let unit = if manual_entry::counts_reps(set) {
        " reps"
    } else {
        ""
    };
    let whole = if set.prescribed.is_open() {
        String::new()
    } else {
        format!(" of {}", of(set.prescribed))
    };
    let hand = if set.entry == EntryMethod::Manual {
        ", by hand"
    } else {
        ""
    };
    let why = set
        .reason
        .map(|reason| format!(", {}", reason.words()))
        .unwrap_or_default();
    match set.outcome {
        Outcome::Skipped => format!("nothing{whole}{unit}{why}{hand}"),
        _ => format!("{}{whole}{unit}{why}{hand}", of(set.done)),
    }
}

/// Whether a number can only be a slip: twenty times what was asked for.
fn is_absurd(set: &SetRecord, done: u32) -> bool {
    let asked = if manual_entry::counts_reps(set) {
        set.prescribed.reps.map(u64::from)
    } else {
        set.prescribed.time.map(|time| time.as_secs())
    };
    asked.is_some_and(|asked| u64::from(done) > 20 * asked.max(5))
}

/// What is called what in an opened session.
fn describe_rating(kind: RatingKind, moment: PainMoment) -> &'static str {
    match (kind, moment) {
        (RatingKind::Exertion, _) => "Exertion",
        (_, PainMoment::Before) => "Pain before",
        (_, PainMoment::After) => "Pain after",
        (_, PainMoment::NextMorning) => "Pain the next morning",
        (_, PainMoment::Each) => "Pain",
    }
}

/// The lines of an opened session.
pub(super) fn rows(history: &SessionHistory) -> Vec<EditableRow> {
    let sets = history
        .sets
        .iter()
        .enumerate()
        .map(|(index, set)| EditableRow {
            target: Target::Set(index),
            name: format!(
                "{}{}, set {}",
                set.name,
                overview::describe_side(set.side),
                set.set
            ),
            value: describe_amount(set),
        });
    let said = SAID.iter().map(|(kind, moment)| {
        let value = manual_entry::last_rating(&history.ratings, *kind, *moment)
            .map(|rating| rating.value.to_string());
        EditableRow {
            target: Target::Said(*kind, *moment),
            name: describe_rating(*kind, *moment).to_owned(),
            value: value.unwrap_or_else(|| "not said".to_owned()),
        }
    });
    let name_of = |id: &String| {
        history
            .sets
            .iter()
            .find(|set| set.exercise == *id)
            .map_or_else(|| id.clone(), |set| set.name.clone())
    };
    let each = history
        .ratings
        .iter()
        .enumerate()
        .filter_map(|(index, rating)| {
            let exercise = rating.exercise.as_ref()?;
            let name = format!("Pain in {}", name_of(exercise));
            Some(EditableRow {
                target: Target::Rating(index),
                name,
                value: rating.value.to_string(),
            })
        });
    let notes = history
        .notes
        .iter()
        .map(|note| note.text.clone())
        .enumerate();
    let notes = notes
        .chain([(history.notes.len(), String::new())])
        .map(|(index, text)| EditableRow {
            target: Target::Note(index),
            name: if index < history.notes.len().max(1) {
                "Your words"
            } else {
                "More words"
            }
            .to_owned(),
            value: text,
        });
    let strike = EditableRow {
        target: Target::Strike,
        name: "Strike this session".to_owned(),
        value: "it counts no more; nothing is deleted".to_owned(),
    };
    sets.chain(said)
        .chain(each)
        .chain(notes)
        .chain([strike])
        .collect()
}

/// What becomes of an opened session after an action.
#[derive(Debug)]
pub(super) enum Edited {
    /// It stays open.
    Open,
    /// A menu covers it.
    Ask(Menu),
    /// It was corrected: its records are to be read again. A pain band that says stop is answered.
    Corrected(Option<Menu>),
    /// It is closed.
    Closed,
}

impl Open {
    pub(super) fn new(session: RecordId) -> Self {
        Self {
            session,
            selected: 0,
            typing: None,
        }
    }

    pub(super) fn context(&self) -> Context {
        match self.typing {
            None => Context::Session,
            Some(Typing::Number(_)) => Context::Figure,
            Some(Typing::Words(_)) => Context::Note,
        }
    }

    /// Takes back a number that was typed and not confirmed.
    pub(super) fn forget_number(&mut self) {
        if let Some(Typing::Number(number)) = &mut self.typing {
            *number = None;
        }
    }

    pub(super) fn update(
        &mut self,
        action: Action,
        history: &SessionHistory,
        program: &Program,
        cx: &mut Cx<'_>,
    ) -> Edited {
        let last = rows(history).len().saturating_sub(1);
        match (&mut self.typing, action) {
            (None, Action::Up) => self.selected = self.selected.saturating_sub(1),
            (None, Action::Down) => self.selected = (self.selected + 1).min(last),
            (None, Action::PageUp) => self.selected = self.selected.saturating_sub(10),
            (None, Action::PageDown) => self.selected = (self.selected + 10).min(last),
            (None, Action::Confirm) => return self.begin_typing(history),
            (None, Action::Cancel) => return Edited::Closed,
            (Some(Typing::Number(number)), Action::Digit(_) | Action::Erase) => {
                edit_number(number, action, MOST);
            }
            (Some(Typing::Words(words)), Action::Type(_) | Action::Erase) => {
                edit_note(words, action);
            }
            (Some(_), Action::Confirm) => return self.typed(history, program, cx),
            (Some(_), Action::Cancel | Action::Stop) => self.typing = None,
            _ => {}
        }
        Edited::Open
    }

    fn row(&self, history: &SessionHistory) -> Option<EditableRow> {
        rows(history).into_iter().nth(self.selected)
    }

    fn begin_typing(&mut self, history: &SessionHistory) -> Edited {
        let Some(row) = self.row(history) else {
            return Edited::Open;
        };
        match row.target {
            Target::Note(_) => self.typing = Some(Typing::Words(String::new())),
            Target::Strike => {
                let begun = history.session.started.strftime("%Y-%m-%dT%H:%M");
                return Edited::Ask(Menu::new(
                    "Strike this session?",
                    vec![format!(
                        "It counts no more, here and in reports. Its rows stay: `regimen strike --undo {begun}`, typed in a shell, lets it count again."
                    )],
                    vec![
                        ("Keep it".to_owned(), Choice::Nothing),
                        ("Strike it".to_owned(), Choice::Strike),
                    ],
                ));
            }
            _ => self.typing = Some(Typing::Number(None)),
        }
        Edited::Open
    }

    /// Records what was typed in the place of what was there; nothing typed changes nothing.
    fn typed(&mut self, history: &SessionHistory, program: &Program, cx: &mut Cx<'_>) -> Edited {
        let (Some(row), Some(typing)) = (self.row(history), self.typing.take()) else {
            return Edited::Open;
        };
        let record = match typing {
            Typing::Number(None) => None,
            Typing::Number(Some(number)) => {
                if let Some(words) = refuse(&row.target, number, history, cx) {
                    cx.say(words);
                    return Edited::Open;
                }
                number_record(&row.target, number, history, cx)
            }
            Typing::Words(words) => note_record(&row, &words, history, cx),
        };
        let Some(record) = record else {
            return Edited::Open;
        };
        let pain = match &record {
            Record::Rating(rating) if rating.kind == RatingKind::Pain => {
                program.pain.band(rating.value)
            }
            _ => None,
        };
        cx.record(vec![record]);
        // The therapist's words for a pain are shown wherever it is said.
        let Some(band) = pain else {
            cx.say("Corrected. What was there before stays in `regimen history --all`.");
            return Edited::Corrected(None);
        };
        if band.stop {
            cx.say("Corrected. What was there before stays in `regimen history --all`.");
            return Edited::Corrected(Some(ask_band_stop(band, program, BandStop::Read, cx)));
        }
        let advice = band.advice.as_ref();
        let advice = advice.map(|advice| format!(" Your therapist says: {advice}"));
        let advice = advice.unwrap_or_default();
        cx.say(format!("Corrected. {}.{advice}", band.label));
        Edited::Corrected(None)
    }
}

/// Returns why a number can't be what was meant.
fn refuse(target: &Target, number: u32, history: &SessionHistory, cx: &Cx<'_>) -> Option<String> {
    match target {
        Target::Set(index) => {
            let set = history.sets.get(*index);
            set.filter(|set| is_absurd(set, number)).map(|_| {
                format!("{number} is far more than was asked for, and is not kept. Type it again.")
            })
        }
        Target::Said(..) | Target::Rating(_) if number > 10 => {
            Some("Pain and exertion are told from 0 to 10.".to_owned())
        }
        Target::Said(_, PainMoment::NextMorning) if history::date_of(history) >= cx.now.day() => {
            Some("The morning after it has not come yet.".to_owned())
        }
        _ => None,
    }
}

fn number_record(
    target: &Target,
    number: u32,
    history: &SessionHistory,
    cx: &mut Cx<'_>,
) -> Option<Record> {
    let (ids, at) = (&mut cx.shared.ids, &cx.now.wall);
    let session = &history.session.id;
    let rating = u8::try_from(number).unwrap_or(10);
    match *target {
        Target::Set(index) => {
            let set = history.sets.get(index)?;
            let corrected = manual_entry::corrected(set, number, ids.next_id());
            Some(Record::Set(corrected))
        }
        Target::Said(kind, moment) => {
            let old = manual_entry::last_rating(&history.ratings, kind, moment);
            let said = (kind, moment);
            Some(Record::Rating(manual_entry::rating(
                session, old, said, rating, ids, at,
            )))
        }
        Target::Rating(index) => {
            let old = history.ratings.get(index)?;
            let said = (old.kind, old.moment);
            Some(Record::Rating(manual_entry::rating(
                session,
                Some(old),
                said,
                rating,
                ids,
                at,
            )))
        }
        Target::Note(_) | Target::Strike => None,
    }
}

fn note_record(
    row: &EditableRow,
    words: &str,
    history: &SessionHistory,
    cx: &mut Cx<'_>,
) -> Option<Record> {
    let Target::Note(index) = row.target else {
        return None;
    };
    if words.trim().is_empty() || words.trim() == row.value {
        return None;
    }
    let (ids, at) = (&mut cx.shared.ids, &cx.now.wall);
    let old = history.notes.get(index);
    let note = manual_entry::note(&history.session.id, old, words, ids, at);
    Some(Record::Note(note))
}

/// Records that a session is struck.
pub(super) fn strike(session: &RecordId, cx: &mut Cx<'_>) {
    let row = StrikeRecord {
        id: cx.next_id(),
        session: session.clone(),
        struck: true,
        at: cx.now.wall.clone(),
    };
    cx.record(vec![Record::Strike(row)]);
    cx.say("The session is crossed out and no longer counts.");
}
