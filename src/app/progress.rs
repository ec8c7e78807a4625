//! The page of progress: weeks, pain, exercises, tests, muscles, sessions; and a session opened to
//! be corrected. Nothing is ever overwritten: a correction is a new row. Knows nothing of how it is
//! drawn or where the records are.

use std::collections::HashMap;

use jiff::civil::Date;
use jiff::{Timestamp, ToSpan, Zoned};

use super::keymap::{Action, Context};
use super::{
    App, Effect, LoadedHistory, Menu, MenuKind, Overlay, ProgramEntry, ProgramHistory, Screen,
    playing,
};
use crate::day::day_of;
use crate::events::Moment;
use crate::manual_entry::{self, SAID, SessionRatings};
use crate::prescription::{self, HistoryView};
use crate::program::notation::write_duration;
use crate::program::parse::parse;
use crate::program::{PainMoment, Program};
use crate::progress::overview::{self, Overview};
use crate::progress::{ProgramVersion, ProgressInput};
use crate::record::{
    Outcome, RatingKind, Record, RecordId, SessionHistory, SetRecord, StrikeRecord, TextRecord,
};
use crate::source::Source;

/// The longest note, in characters.
const LONGEST_NOTE: usize = 500;
/// How many days back a session is entered from the page; for earlier ones there is `regimen log`.
const ENTERED_BACK: i64 = 7;

/// A part of the page.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[allow(missing_docs, reason = "each is named for what it shows")]
pub enum Tab {
    Weeks,
    Pain,
    Exercises,
    Tests,
    Muscles,
    Sessions,
}

/// The parts in their order, and what they are called.
pub const TABS: [(Tab, &str); 6] = [
    (Tab::Weeks, "Weeks"),
    (Tab::Pain, "Pain"),
    (Tab::Exercises, "Exercises"),
    (Tab::Tests, "Tests"),
    (Tab::Muscles, "Muscles"),
    (Tab::Sessions, "Sessions"),
];

/// How far back the page looks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Reach {
    /// Twelve weeks.
    Weeks,
    /// A year.
    Year,
    /// All that is on record.
    All,
}

impl Reach {
    /// In words.
    pub fn words(self) -> &'static str {
        match self {
            Self::Weeks => "the last 12 weeks",
            Self::Year => "the last year",
            Self::All => "all on record",
        }
    }

    fn next(self) -> Self {
        match self {
            Self::Weeks => Self::Year,
            Self::Year => Self::All,
            Self::All => Self::Weeks,
        }
    }

    /// The first instant, as the clock on the wall tells it.
    fn since(self, now: &Zoned) -> Timestamp {
        let from = self.from(day_of(now));
        from.to_zoned(now.time_zone().clone())
            .map_or(Timestamp::MIN, |from| from.timestamp())
    }

    /// The first day, the one at hand the last.
    fn from(self, today: Date) -> Date {
        match self {
            Self::Weeks => today.checked_sub(12.weeks()).unwrap_or(today),
            Self::Year => today.checked_sub(1.year()).unwrap_or(today),
            Self::All => Date::MIN,
        }
    }
}

/// What was found on record.
#[derive(Debug, Clone)]
pub struct Found {
    /// Reckoned; none where the program is on no record and was never to be done.
    pub report: Option<Overview>,
    /// The sessions, the newest first.
    pub histories: Vec<SessionHistory>,
    /// The texts they were played from.
    texts: Vec<TextRecord>,
    /// Why it could not be read.
    pub trouble: Option<String>,
}

/// The page.
#[derive(Debug, Clone)]
pub struct ProgressScreen {
    /// The program's place in the list.
    pub index: usize,
    /// Which part is shown.
    pub tab: Tab,
    /// How far back.
    pub reach: Reach,
    /// The marked line of the part.
    pub marked: usize,
    /// None until it is read.
    pub found: Option<Found>,
    /// The session that is opened.
    pub open: Option<Open>,
}

/// A session opened to be corrected.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Open {
    /// Its id.
    pub session: RecordId,
    /// The marked line.
    pub marked: usize,
    /// What is being typed.
    pub typing: Option<Typing>,
}

/// What is being typed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Typing {
    /// A number, none as long as nothing is typed.
    Figure(Option<u32>),
    /// Words.
    Words(String),
}

/// What a line of an opened session is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Target {
    /// A set, by its place.
    Set(usize),
    /// Pain or exertion of the session as a whole.
    Said(RatingKind, PainMoment),
    /// Pain in an exercise, by its place among the symptoms.
    Symptom(usize),
    /// The patient's words, by their place; the one beyond the last is a new one.
    Note(usize),
    /// Whether it counts.
    Strike,
}

/// A line of an opened session.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EditableRow {
    /// What it is about.
    pub target: Target,
    /// In words.
    pub name: String,
    /// What is on record.
    pub value: String,
}

fn amount_words(set: &SetRecord) -> String {
    let of = |amount: crate::record::Amount| match (
        manual_entry::counts_reps(set),
        amount.reps,
        amount.time,
    ) {
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
    let hand = if set.entry == crate::record::EntryMethod::Manual {
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

/// The program that a text says.
fn program_of(text: &TextRecord) -> Option<Program> {
    parse(Source::new(text.name.clone(), text.text.clone())).program
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
fn said_words(kind: RatingKind, moment: PainMoment) -> &'static str {
    match (kind, moment) {
        (RatingKind::Exertion, _) => "Exertion",
        (_, PainMoment::Before) => "Pain before",
        (_, PainMoment::After) => "Pain after",
        (_, PainMoment::NextMorning) => "Pain the next morning",
        (_, PainMoment::Each) => "Pain",
    }
}

/// The lines of an opened session.
pub fn lines(history: &SessionHistory) -> Vec<EditableRow> {
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
            value: amount_words(set),
        });
    let said = SAID.iter().map(|(kind, moment)| {
        let value = manual_entry::last_rating(&history.ratings, *kind, *moment)
            .map(|rating| rating.value.to_string());
        EditableRow {
            target: Target::Said(*kind, *moment),
            name: said_words(*kind, *moment).to_owned(),
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
                target: Target::Symptom(index),
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

impl ProgressScreen {
    /// The session that is opened.
    pub fn opened(&self) -> Option<(&Open, &SessionHistory)> {
        let open = self.open.as_ref()?;
        let found = self.found.as_ref()?;
        Some((
            open,
            found
                .histories
                .iter()
                .find(|history| history.session.id == open.session)?,
        ))
    }

    /// How many lines the part has that can be marked.
    fn count(&self) -> usize {
        let Some(found) = &self.found else { return 0 };
        let Some(report) = &found.report else {
            return 0;
        };
        match self.tab {
            Tab::Weeks => report.weeks.len(),
            Tab::Pain => report.said.len(),
            Tab::Exercises => report.exercises.len(),
            Tab::Tests => report.tests.len(),
            Tab::Muscles => report.muscles.len(),
            Tab::Sessions => found.histories.len(),
        }
    }

    pub(super) fn context(&self) -> Context {
        match self.open.as_ref().map(|open| &open.typing) {
            None if self.tab == Tab::Sessions => Context::Sessions,
            None => Context::Progress,
            Some(None) => Context::Session,
            Some(Some(Typing::Figure(_))) => Context::Figure,
            Some(Some(Typing::Words(_))) => Context::Note,
        }
    }

    fn turn(&mut self, forward: bool) {
        let at = TABS
            .iter()
            .position(|(tab, _)| *tab == self.tab)
            .unwrap_or(0);
        let to = if forward {
            (at + 1) % TABS.len()
        } else {
            (at + TABS.len() - 1) % TABS.len()
        };
        self.tab = TABS.get(to).map_or(Tab::Weeks, |(tab, _)| *tab);
        self.marked = 0;
    }
}

impl App {
    /// Opens the page for the marked program.
    pub(super) fn open_progress(&mut self, now: &Moment) {
        let loaded =
            |entry: Option<&ProgramEntry>| entry.is_some_and(|entry| entry.program().is_some());
        if !loaded(self.programs.get(self.marked)) {
            self.notice = Some("This file has mistakes; v shows them.".to_owned());
            return;
        }
        let (index, tab, reach) = (self.marked, Tab::Weeks, Reach::Weeks);
        self.screen = Screen::Progress(Box::new(ProgressScreen {
            index,
            tab,
            reach,
            marked: 0,
            found: None,
            open: None,
        }));
        self.look(now);
    }

    /// Asks for what is on record of the page's program.
    fn look(&mut self, now: &Moment) {
        let Screen::Progress(page) = &self.screen else {
            return;
        };
        let Some(program) = self
            .programs
            .get(page.index)
            .and_then(|entry| entry.program())
        else {
            return;
        };
        self.effects.push(Effect::LoadHistory {
            program: program.id.clone(),
            since: page.reach.since(&now.wall),
        });
    }

    /// What was asked for has been read.
    pub(super) fn found(&mut self, lookup: LoadedHistory, now: &Moment) {
        let LoadedHistory {
            program: id,
            since,
            read,
        } = lookup;
        if self.steps_wanted.as_ref() == Some(&id) {
            self.steps_wanted = None;
            match read {
                Ok(read) => {
                    // All of the past is known for this page alone: each look at the first page
                    // would go through all of it.
                    let known = self.histories.clone();
                    self.put_read(&id, since, &read.histories);
                    self.show_steps();
                    self.histories = known;
                }
                Err(trouble) => {
                    self.notice = Some(format!("The records can't be read: {trouble}."));
                }
            }
            return;
        }
        let Screen::Progress(page) = &self.screen else {
            return;
        };
        let (reach, index) = (page.reach, page.index);
        let Some(entry) = self.programs.get(index) else {
            return;
        };
        let Some(program) = entry.program().filter(|program| program.id == id).cloned() else {
            return;
        };
        let ProgramHistory {
            mut histories,
            texts,
            first,
        } = match read {
            Ok(read) => read,
            Err(trouble) => {
                self.put_found(Found {
                    report: None,
                    histories: Vec::new(),
                    texts: Vec::new(),
                    trouble: Some(trouble),
                });
                return;
            }
        };
        let today = now.day();
        let parsed: HashMap<&str, Program> = texts
            .iter()
            .filter_map(|text| Some((text.hash.as_str(), program_of(text)?)))
            .collect();
        let hash = playing::hash(&entry.text);
        let versions = overview::versions(&histories, (&hash, &program), today, |hash| {
            parsed.get(hash).cloned()
        });
        let versions: Vec<ProgramVersion<'_>> = versions
            .iter()
            .map(|(since, program)| ProgramVersion {
                since: *since,
                program,
            })
            .collect();
        let week_begins = self.preferences.week_begins;
        let course = ProgressInput {
            versions: &versions,
            histories: &histories,
            choices: &self.choices,
            signs: &self.all_signs,
            week_begins,
            first,
        };
        let report = overview::overview(&course, reach.from(today), today);
        // The first page shall know of what was corrected here.
        self.put_read(&id, since, &histories);
        histories.reverse();
        self.put_found(Found {
            report,
            histories,
            texts,
            trouble: None,
        });
    }

    /// Puts the sessions of a program that were read in the place of those that were known.
    fn put_read(&mut self, program: &str, since: Timestamp, read: &[SessionHistory]) {
        self.histories.retain(|known| {
            known.session.program != program || known.session.started.timestamp() < since
        });
        self.histories.extend(read.iter().cloned());
        self.histories
            .sort_by(|a, b| a.session.started.cmp(&b.session.started));
    }

    fn put_found(&mut self, found: Found) {
        let Screen::Progress(page) = &mut self.screen else {
            return;
        };
        page.found = Some(found);
        page.marked = page.marked.min(page.count().saturating_sub(1));
        if page.opened().is_none() {
            page.open = None;
        }
    }

    pub(super) fn progress_action(&mut self, action: Action, now: &Moment) {
        let Screen::Progress(page) = &mut self.screen else {
            return;
        };
        let last = page.count().saturating_sub(1);
        match action {
            Action::Up => page.marked = page.marked.saturating_sub(1),
            Action::Down => page.marked = (page.marked + 1).min(last),
            Action::PageUp => page.marked = page.marked.saturating_sub(10),
            Action::PageDown => page.marked = (page.marked + 10).min(last),
            Action::Lower | Action::Higher => page.turn(action == Action::Higher),
            Action::Reach => {
                page.reach = page.reach.next();
                page.found = None;
                self.look(now);
            }
            Action::NextProgram => self.next_program(now),
            Action::Add => self.ask_by_hand(now),
            Action::Confirm => {
                let found = page.found.as_ref();
                let session = found.and_then(|found| found.histories.get(page.marked));
                page.open = session.map(|history| Open {
                    session: history.session.id.clone(),
                    marked: 0,
                    typing: None,
                });
            }
            Action::Cancel => self.screen = Screen::Today,
            _ => {}
        }
    }

    /// The same page for the next program that can be played.
    fn next_program(&mut self, now: &Moment) {
        let Screen::Progress(page) = &mut self.screen else {
            return;
        };
        let count = self.programs.len();
        let next = (1..=count).map(|ahead| (page.index + ahead) % count);
        let mut next = next.filter(|index| {
            self.programs
                .get(*index)
                .is_some_and(|entry| entry.program().is_some())
        });
        let Some(index) = next.next().filter(|index| *index != page.index) else {
            return;
        };
        (page.index, page.marked, page.found) = (index, 0, None);
        self.marked = index;
        self.look(now);
    }

    /// Asks on which day a session was done without the program.
    fn ask_by_hand(&mut self, now: &Moment) {
        let Screen::Progress(page) = &self.screen else {
            return;
        };
        let Some(program) = self
            .programs
            .get(page.index)
            .and_then(|entry| entry.program())
        else {
            return;
        };
        let planned = self.planned(program, prescription::phase(program, self.past()));
        if planned.iter().all(|planned| planned.dose.is_test()) {
            self.notice = Some(
                "This program has only tests, whose results must be taken: start it instead."
                    .to_owned(),
            );
            return;
        }
        let day = |back: i64| now.day().checked_sub(back.days()).unwrap_or(now.day());
        let word = |back: i64| {
            let name = match back {
                0 => "today".to_owned(),
                1 => "yesterday".to_owned(),
                _ => day(back).strftime("%A %-d %B").to_string(),
            };
            let sessions = prescription::of(program, &self.histories);
            match sessions
                .iter()
                .filter(|history| prescription::date_of(history) == day(back))
                .count()
            {
                0 => name,
                1 => format!("{name}, one more: there is a session of that day"),
                more => format!("{name}, one more: there are {more} sessions of that day"),
            }
        };
        let mut menu = Menu::new(
            MenuKind::ByHand,
            format!("A session of {} done without this computer?", program.title),
        );
        menu.text = vec![
            "All of its sets are entered as your therapist wrote them, and marked as by hand. Correct what was less afterwards."
                .to_owned(),
        ];
        menu.lines = std::iter::once("Cancel, enter nothing".to_owned())
            .chain((0..ENTERED_BACK).map(word))
            .collect();
        self.overlays.push(Overlay::Menu(menu));
    }

    pub(super) fn by_hand_chosen(&mut self, line: usize, now: &Moment) {
        let Screen::Progress(page) = &self.screen else {
            return;
        };
        let Some(back) = line
            .checked_sub(1)
            .and_then(|back| i64::try_from(back).ok())
        else {
            return;
        };
        let Some(entry) = self.programs.get(page.index) else {
            return;
        };
        let Some(program) = entry.program().cloned() else {
            return;
        };
        let current = entry.text_record();
        // Of an earlier day nobody knows the hour here: noon.
        let day = now.day().checked_sub(back.days()).unwrap_or(now.day());
        let noon = day.at(12, 0, 0, 0).to_zoned(now.wall.time_zone().clone());
        let begun: Zoned = if back == 0 {
            now.wall.clone()
        } else {
            noon.unwrap_or_else(|_| now.wall.clone())
        };
        let before = |at: &Zoned| *at <= begun;
        let histories: Vec<SessionHistory> = self
            .histories
            .iter()
            .filter(|history| before(&history.session.started))
            .cloned()
            .collect();
        let choices: Vec<_> = self
            .choices
            .iter()
            .filter(|choice| before(&choice.at))
            .cloned()
            .collect();
        let week_begins = self.preferences.week_begins;
        let past = HistoryView {
            histories: &histories,
            choices: &choices,
            week_begins,
            ..HistoryView::default()
        };
        // What was to be done before a later session was what was done before it.
        let found = page.found.as_ref();
        let known = found
            .map(|found| found.histories.as_slice())
            .unwrap_or_default();
        let old = manual_entry::text_at(known.iter().rev(), &begun);
        let old = old
            .and_then(|hash| found?.texts.iter().find(|text| text.hash == hash))
            .filter(|text| text.hash != current.hash);
        let (program, text) = match old.and_then(|text| Some((program_of(text)?, text.clone()))) {
            Some((program, text)) => (std::sync::Arc::new(program), text),
            None => (program, current),
        };
        let entered = manual_entry::session(
            &program,
            text,
            past,
            &begun,
            &SessionRatings::default(),
            &mut self.ids,
        );
        if let Some(records) = entered {
            self.effects.push(Effect::Save(records));
            self.notice =
                Some("Entered by hand. Did you do less? Open it and correct it.".to_owned());
            if let Screen::Progress(page) = &mut self.screen {
                (page.tab, page.marked) = (Tab::Sessions, 0);
            }
            self.look(now);
        } else {
            self.notice = Some(
                "This program has only tests, whose results must be taken: start it instead."
                    .to_owned(),
            );
        }
    }

    pub(super) fn session_action(&mut self, action: Action, now: &Moment) {
        let Screen::Progress(page) = &mut self.screen else {
            return;
        };
        let Some(count) = page.opened().map(|(_, history)| lines(history).len()) else {
            return;
        };
        let Some(open) = &mut page.open else { return };
        match (&mut open.typing, action) {
            (None, Action::Up) => open.marked = open.marked.saturating_sub(1),
            (None, Action::Down) => open.marked = (open.marked + 1).min(count.saturating_sub(1)),
            (None, Action::PageUp) => open.marked = open.marked.saturating_sub(10),
            (None, Action::PageDown) => {
                open.marked = (open.marked + 10).min(count.saturating_sub(1));
            }
            (None, Action::Confirm) => self.begin_typing(),
            (None, Action::Cancel) => page.open = None,
            (Some(Typing::Figure(figure)), Action::Digit(digit)) => {
                let typed = figure
                    .unwrap_or(0)
                    .saturating_mul(10)
                    .saturating_add(digit.into());
                *figure = Some(typed).filter(|typed| *typed <= 9999).or(*figure);
            }
            (Some(Typing::Figure(figure)), Action::Erase) => {
                *figure = figure.map(|typed| typed / 10).filter(|typed| *typed > 0);
            }
            (Some(Typing::Words(words)), Action::Type(letter))
                if !letter.is_control() && words.chars().count() < LONGEST_NOTE =>
            {
                words.push(letter);
            }
            (Some(Typing::Words(words)), Action::Erase) => {
                words.pop();
            }
            (Some(_), Action::Confirm) => self.typed(now),
            (Some(_), Action::Cancel | Action::Stop) => open.typing = None,
            _ => {}
        }
    }

    /// Takes a number back that was typed and not confirmed.
    pub(super) fn forget_figure(&mut self) {
        if let Screen::Progress(page) = &mut self.screen
            && let Some(Typing::Figure(figure)) =
                page.open.as_mut().and_then(|open| open.typing.as_mut())
        {
            *figure = None;
        }
    }

    /// The line that is marked in the opened session.
    fn marked_line(&self) -> Option<(EditableRow, SessionHistory)> {
        let Screen::Progress(page) = &self.screen else {
            return None;
        };
        let (open, history) = page.opened()?;
        Some((
            lines(history).into_iter().nth(open.marked)?,
            history.clone(),
        ))
    }

    fn begin_typing(&mut self) {
        let Some((line, history)) = self.marked_line() else {
            return;
        };
        let typing = match line.target {
            Target::Note(_) => Typing::Words(String::new()),
            Target::Strike => {
                let mut menu = Menu::new(MenuKind::Strike, "Strike this session?".to_owned());
                let begun = history.session.started.strftime("%Y-%m-%dT%H:%M");
                menu.text = vec![format!(
                    "It counts no more, here and in reports. Its rows stay: `regimen strike --undo {begun}`, typed in a shell, lets it count again."
                )];
                menu.lines = vec!["Keep it".to_owned(), "Strike it".to_owned()];
                self.overlays.push(Overlay::Menu(menu));
                return;
            }
            _ => Typing::Figure(None),
        };
        let Screen::Progress(page) = &mut self.screen else {
            return;
        };
        if let Some(open) = &mut page.open {
            open.typing = Some(typing);
        }
    }

    /// What was typed goes on record in the place of what was there; nothing typed changes nothing.
    fn typed(&mut self, now: &Moment) {
        let Some((line, history)) = self.marked_line() else {
            return;
        };
        let Screen::Progress(page) = &mut self.screen else {
            return;
        };
        let Some(typing) = page.open.as_mut().and_then(|open| open.typing.take()) else {
            return;
        };
        let (session, ids, at) = (&history.session.id, &mut self.ids, &now.wall);
        let record = match (line.target, typing) {
            (Target::Set(index), Typing::Figure(Some(done)))
                if history
                    .sets
                    .get(index)
                    .is_some_and(|set| is_absurd(set, done)) =>
            {
                self.notice = Some(format!(
                    "{done} is far more than was asked for, and is not kept. Type it again."
                ));
                return;
            }
            (Target::Set(index), Typing::Figure(Some(done))) => {
                let id = ids.next_id();
                history
                    .sets
                    .get(index)
                    .map(|set| Record::Set(manual_entry::corrected(set, done, id)))
            }
            (Target::Said(..) | Target::Symptom(_), Typing::Figure(Some(value))) if value > 10 => {
                self.notice = Some("Pain and exertion are told from 0 to 10.".to_owned());
                return;
            }
            (Target::Said(_, PainMoment::NextMorning), Typing::Figure(Some(_)))
                if prescription::date_of(&history) >= now.day() =>
            {
                self.notice = Some("The morning after it has not come yet.".to_owned());
                return;
            }
            (Target::Said(kind, moment), Typing::Figure(Some(value))) => {
                let old = manual_entry::last_rating(&history.ratings, kind, moment);
                let value = u8::try_from(value).unwrap_or(10);
                Some(Record::Rating(manual_entry::rating(
                    session,
                    old,
                    (kind, moment),
                    value,
                    ids,
                    at,
                )))
            }
            (Target::Symptom(index), Typing::Figure(Some(value))) => {
                history.ratings.get(index).map(|old| {
                    let value = u8::try_from(value).unwrap_or(10);
                    Record::Rating(manual_entry::rating(
                        session,
                        Some(old),
                        (old.kind, old.moment),
                        value,
                        ids,
                        at,
                    ))
                })
            }
            (Target::Note(index), Typing::Words(words))
                if !words.trim().is_empty() && words.trim() != line.value =>
            {
                Some(Record::Note(manual_entry::note(
                    session,
                    history.notes.get(index),
                    &words,
                    ids,
                    at,
                )))
            }
            _ => None,
        };
        let Some(record) = record else { return };
        let pain = match &record {
            Record::Rating(rating) if rating.kind == RatingKind::Pain => {
                Some((rating.value, rating.moment))
            }
            _ => None,
        };
        self.effects.push(Effect::Save(vec![record]));
        self.notice =
            Some("Corrected. What was there before stays in `regimen history --all`.".to_owned());
        self.look(now);
        // The therapist's words for a pain are shown wherever it is said.
        let band = pain
            .and_then(|(value, _)| self.program_at_hand()?.pain.band(value))
            .cloned();
        match (band, pain) {
            (Some(band), Some((_, moment))) if band.stop => self.ask_pain_stop(&band, moment, now),
            (Some(band), _) => {
                let advice = band
                    .advice
                    .map(|advice| format!(" Your therapist says: {advice}"))
                    .unwrap_or_default();
                self.notice = Some(format!("Corrected. {}.{advice}", band.label));
            }
            _ => {}
        }
    }

    pub(super) fn strike_chosen(&mut self, line: usize, now: &Moment) {
        let Some((_, history)) = self.marked_line().filter(|_| line == 1) else {
            return;
        };
        let id = self.ids.next_id();
        let row = StrikeRecord {
            id,
            session: history.session.id.clone(),
            struck: true,
            at: now.wall.clone(),
        };
        self.effects.push(Effect::Save(vec![Record::Strike(row)]));
        self.histories
            .retain(|known| known.session.id != history.session.id);
        self.notice = Some("The session is crossed out and no longer counts.".to_owned());
        self.look(now);
    }

    /// What the therapist asks of a week, in words.
    pub fn asked_words(&self, program: &Program) -> String {
        crate::program::words::frequency(
            program.frequency_in(prescription::phase(program, self.past())),
        )
    }
}
