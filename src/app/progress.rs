//! The page of progress: weeks, pain, exercises, tests, muscles, sessions; and sessions entered or
//! opened to be corrected.

use std::collections::HashMap;
use std::sync::Arc;

use jiff::civil::Date;
use jiff::{Timestamp, ToSpan, Zoned};

use super::context::{Cx, Shared};
use super::correction::{Edited, Open, strike};
use super::flow::Flow;
use super::keymap::{Action, Context};
use super::menu::{Choice, Menu, Overlay};
use crate::day::day_of;
use crate::effect::{Effect, LoadedHistory, ProgramHistory};
use crate::history::SessionHistory;
use crate::history::{self, HistoryView};
use crate::manual_entry::{self, SessionRatings};
use crate::program::Program;
use crate::program::parse::parse;
use crate::progress::overview::{self, Overview};
use crate::progress::{ProgramVersion, ProgressInput};
use crate::progression;
use crate::record::{TextRecord, text_hash};
use crate::source::Source;

/// How many days back a session is entered from the page; for earlier ones there is `regimen log`.
const ENTERED_BACK: i64 = 7;

/// A part of the page.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[allow(missing_docs, reason = "each is named for what it shows")]
pub(super) enum Tab {
    Weeks,
    Pain,
    Exercises,
    Tests,
    Muscles,
    Sessions,
}

/// The parts in their order, and what they are called.
pub(super) const TABS: [(Tab, &str); 6] = [
    (Tab::Weeks, "Weeks"),
    (Tab::Pain, "Pain"),
    (Tab::Exercises, "Exercises"),
    (Tab::Tests, "Tests"),
    (Tab::Muscles, "Muscles"),
    (Tab::Sessions, "Sessions"),
];

/// How far back the page looks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Reach {
    /// Twelve weeks.
    Weeks,
    /// A year.
    Year,
    /// All that is on record.
    All,
}

impl Reach {
    /// In words.
    pub(super) fn words(self) -> &'static str {
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
pub(super) struct Found {
    /// Reckoned; none where the program is on no record and was never to be done.
    pub(super) overview: Option<Overview>,
    /// The sessions, the newest first.
    pub(super) histories: Vec<SessionHistory>,
    /// The texts they were played from.
    texts: Vec<TextRecord>,
    /// Why it could not be read.
    pub(super) trouble: Option<String>,
}

/// The page of progress.
#[derive(Debug, Clone)]
pub(super) struct ProgressScreen {
    /// The program's place in the list.
    pub(super) index: usize,
    /// Which part is shown.
    pub(super) tab: Tab,
    /// How far back it looks.
    pub(super) reach: Reach,
    /// The selected row of the part.
    pub(super) selected: usize,
    /// What was found; `None` until it is read.
    pub(super) found: Option<Found>,
    /// The session that is opened.
    pub(super) open: Option<Open>,
}

impl ProgressScreen {
    /// Creates the page of the selected program, and asks for its records.
    pub(super) fn open(cx: &mut Cx<'_>) -> Self {
        let screen = Self {
            index: cx.shared.catalog.selected,
            tab: Tab::Weeks,
            reach: Reach::Weeks,
            selected: 0,
            found: None,
            open: None,
        };
        screen.load(cx);
        screen
    }

    /// Asks for the records of the program.
    fn load(&self, cx: &mut Cx<'_>) {
        if let Some(program) = cx.shared.catalog.program(self.index) {
            cx.effects.push(Effect::LoadHistory {
                program: program.id.clone(),
                since: self.reach.since(&cx.now.wall),
            });
        }
    }

    /// Takes the records that were asked for.
    pub(super) fn loaded(&mut self, loaded: LoadedHistory, cx: &mut Cx<'_>) {
        let LoadedHistory {
            program: id,
            since,
            read,
        } = loaded;
        let shared = &mut *cx.shared;
        let Some(entry) = shared.catalog.entries.get(self.index) else {
            return;
        };
        let Some(program) = entry.program().filter(|program| program.id == id) else {
            return;
        };
        let read = match read {
            Ok(read) => read,
            Err(trouble) => {
                self.put(Found::unreadable(trouble));
                return;
            }
        };
        let hash = text_hash(&entry.text);
        let overview = overview(self.reach, (&hash, program), &read, shared, cx.now.day());
        let ProgramHistory {
            mut histories,
            texts,
            ..
        } = read;
        // The first page shall know of what was corrected here.
        shared.history.replace(&id, since, &histories);
        histories.reverse();
        self.put(Found {
            overview,
            histories,
            texts,
            trouble: None,
        });
    }

    fn put(&mut self, found: Found) {
        self.found = Some(found);
        self.selected = self.selected.min(self.count().saturating_sub(1));
        if self.opened().is_none() {
            self.open = None;
        }
    }

    /// Returns the session that is opened.
    pub(super) fn opened(&self) -> Option<(&Open, &SessionHistory)> {
        let open = self.open.as_ref()?;
        let mut histories = self.found.as_ref()?.histories.iter();
        Some((open, histories.find(|it| it.session.id == open.session)?))
    }

    /// Returns how many rows the part has that can be selected.
    fn count(&self) -> usize {
        let Some(found) = &self.found else { return 0 };
        let Some(overview) = &found.overview else {
            return 0;
        };
        match self.tab {
            Tab::Weeks => overview.weeks.len(),
            Tab::Pain => overview.said.len(),
            Tab::Exercises => overview.exercises.len(),
            Tab::Tests => overview.tests.len(),
            Tab::Muscles => overview.muscles.len(),
            Tab::Sessions => found.histories.len(),
        }
    }

    pub(super) fn context(&self) -> Context {
        match &self.open {
            Some(open) => open.context(),
            None if self.tab == Tab::Sessions => Context::Sessions,
            None => Context::Progress,
        }
    }

    fn turn(&mut self, forward: bool) {
        let at = TABS.iter().position(|(tab, _)| *tab == self.tab);
        let at = at.unwrap_or(0) + TABS.len();
        let to = if forward { at + 1 } else { at - 1 } % TABS.len();
        self.tab = TABS.get(to).map_or(Tab::Weeks, |(tab, _)| *tab);
        self.selected = 0;
    }

    pub(super) fn update(&mut self, action: Action, cx: &mut Cx<'_>) -> Flow {
        if let Some((_, history)) = self.opened() {
            let history = history.clone();
            return self.update_open(action, &history, cx);
        }
        let last = self.count().saturating_sub(1);
        match action {
            Action::Up => self.selected = self.selected.saturating_sub(1),
            Action::Down => self.selected = (self.selected + 1).min(last),
            Action::PageUp => self.selected = self.selected.saturating_sub(10),
            Action::PageDown => self.selected = (self.selected + 10).min(last),
            Action::Lower | Action::Higher => self.turn(action == Action::Higher),
            Action::Reach => {
                self.reach = self.reach.next();
                self.found = None;
                self.load(cx);
            }
            Action::NextProgram => self.next_program(cx),
            Action::Add => return self.ask_entry(cx),
            Action::Confirm => {
                let found = self.found.as_ref().filter(|_| self.tab == Tab::Sessions);
                let history = found.and_then(|found| found.histories.get(self.selected));
                self.open = history.map(|history| Open::new(history.session.id.clone()));
            }
            Action::Cancel => return Flow::Today,
            _ => {}
        }
        Flow::Stay
    }

    fn update_open(&mut self, action: Action, history: &SessionHistory, cx: &mut Cx<'_>) -> Flow {
        let program = cx.shared.catalog.program(self.index).cloned();
        let (Some(open), Some(program)) = (&mut self.open, program) else {
            return Flow::Stay;
        };
        match open.update(action, history, &program, cx) {
            Edited::Open => Flow::Stay,
            Edited::Ask(menu) => Flow::Open(Overlay::Menu(menu)),
            Edited::Corrected(menu) => {
                self.load(cx);
                menu.map_or(Flow::Stay, |menu| Flow::Open(Overlay::Menu(menu)))
            }
            Edited::Closed => {
                self.open = None;
                Flow::Stay
            }
        }
    }

    /// Takes back a number that was typed and not confirmed.
    pub(super) fn forget_number(&mut self) {
        if let Some(open) = &mut self.open {
            open.forget_number();
        }
    }

    /// Takes the answer to a menu that was opened here.
    pub(super) fn choose(&mut self, choice: &Choice, cx: &mut Cx<'_>) -> Flow {
        match choice {
            Choice::Enter(days) => self.enter(*days, cx),
            Choice::Strike => {
                if let Some(open) = &self.open {
                    strike(&open.session, cx);
                    self.load(cx);
                }
            }
            _ => {}
        }
        Flow::Stay
    }

    /// Shows the same page for the next program that can be played.
    fn next_program(&mut self, cx: &mut Cx<'_>) {
        let catalog = &mut cx.shared.catalog;
        let count = catalog.entries.len();
        let mut next = (1..=count).map(|ahead| (self.index + ahead) % count.max(1));
        let next = next.find(|index| catalog.program(*index).is_some());
        if let Some(index) = next.filter(|index| *index != self.index) {
            (self.index, self.selected, self.found) = (index, 0, None);
            catalog.selected = index;
            self.load(cx);
        }
    }

    /// Asks on which day a session was done without the program.
    fn ask_entry(&self, cx: &mut Cx<'_>) -> Flow {
        let Some(program) = cx.shared.catalog.program(self.index).cloned() else {
            return Flow::Stay;
        };
        let phase = progression::phase(&program, cx.shared.past());
        let exercises = cx.shared.prescribed(&program, phase);
        if exercises.iter().all(|planned| planned.dose.is_test()) {
            cx.say(ONLY_TESTS);
            return Flow::Stay;
        }
        let today = cx.now.day();
        let mut items = vec![("Cancel, enter nothing".to_owned(), Choice::Nothing)];
        items.extend((0..ENTERED_BACK).map(|back| {
            let words = describe_day(&program, back, today, &cx.shared.history.sessions);
            (words, Choice::Enter(back))
        }));
        Flow::Open(Overlay::Menu(Menu::new(
            format!(
                "A session of {} done without this computer?",
                program.title
            ),
            vec![
                "All of its sets are entered as your therapist wrote them, and marked as by hand. Correct what was less afterwards."
                    .to_owned(),
            ],
            items,
        )))
    }

    /// Records a session that was done without the program this many days ago.
    fn enter(&mut self, back: i64, cx: &mut Cx<'_>) {
        let shared = &mut *cx.shared;
        let Some(entry) = shared.catalog.entries.get(self.index) else {
            return;
        };
        let Some(program) = entry.program().cloned() else {
            return;
        };
        let begun = noon(&cx.now.wall, cx.now.day(), back);
        let before = |at: &Zoned| *at <= begun;
        let sessions = shared.history.sessions.iter();
        let sessions = sessions.filter(|history| before(&history.session.started));
        let sessions: Vec<SessionHistory> = sessions.cloned().collect();
        let choices = shared.history.choices.iter();
        let choices: Vec<_> = choices.filter(|it| before(&it.at)).cloned().collect();
        let past = HistoryView {
            histories: &sessions,
            choices: &choices,
            week_begins: shared.preferences.week_begins,
            ..HistoryView::default()
        };
        let (program, text) = self.version_at(&begun, program, entry.text_record());
        let ratings = SessionRatings::default();
        let ids = &mut shared.ids;
        match manual_entry::session(&program, text, past, &begun, &ratings, ids) {
            Some(records) => {
                cx.record(records);
                cx.say("Entered by hand. Did you do less? Open it and correct it.");
                (self.tab, self.selected) = (Tab::Sessions, 0);
                self.load(cx);
            }
            None => cx.say(ONLY_TESTS),
        }
    }

    /// Returns the program as it was before a session of this time, with its text: what was to be
    /// done before a later session was what was done before it.
    fn version_at(
        &self,
        begun: &Zoned,
        program: Arc<Program>,
        current: TextRecord,
    ) -> (Arc<Program>, TextRecord) {
        let found = self.found.as_ref();
        let known = found.map(|found| found.histories.as_slice());
        let hash = manual_entry::text_at(known.unwrap_or_default().iter().rev(), begun);
        let old = hash
            .and_then(|hash| found?.texts.iter().find(|text| text.hash == hash))
            .filter(|text| text.hash != current.hash);
        match old.and_then(|text| Some((parse_text(text)?, text.clone()))) {
            Some((program, text)) => (Arc::new(program), text),
            None => (program, current),
        }
    }
}

/// What is said where nothing can be entered.
const ONLY_TESTS: &str =
    "This program has only tests, whose results must be taken: start it instead.";

impl Found {
    fn unreadable(trouble: String) -> Self {
        Self {
            overview: None,
            histories: Vec::new(),
            texts: Vec::new(),
            trouble: Some(trouble),
        }
    }
}

/// Returns what was done against what was prescribed, each day by the text of the program that it
/// was played from.
fn overview(
    reach: Reach,
    (hash, program): (&str, &Program),
    read: &ProgramHistory,
    shared: &Shared,
    today: Date,
) -> Option<Overview> {
    let texts = read.texts.iter();
    let texts = texts.filter_map(|text| Some((text.hash.as_str(), parse_text(text)?)));
    let texts: HashMap<&str, Program> = texts.collect();
    let parsed = |hash: &str| texts.get(hash).cloned();
    let versions = overview::versions(&read.histories, (hash, program), today, parsed);
    let versions: Vec<ProgramVersion<'_>> = versions
        .iter()
        .map(|(since, program)| ProgramVersion {
            since: *since,
            program,
        })
        .collect();
    let input = ProgressInput {
        versions: &versions,
        histories: &read.histories,
        choices: &shared.history.choices,
        signs: &shared.history.signs,
        week_begins: shared.preferences.week_begins,
        first: read.first,
    };
    overview::overview(&input, reach.from(today), today)
}

/// Returns the program that a text describes.
fn parse_text(text: &TextRecord) -> Option<Program> {
    parse(Source::new(text.name.clone(), text.text.clone())).program
}

/// Returns a day in words, with the sessions that are recorded of it.
fn describe_day(program: &Program, back: i64, today: Date, sessions: &[SessionHistory]) -> String {
    let day = today.checked_sub(back.days()).unwrap_or(today);
    let name = match back {
        0 => "today".to_owned(),
        1 => "yesterday".to_owned(),
        _ => day.strftime("%A %-d %B").to_string(),
    };
    let sessions = history::of(program, sessions);
    let of_day = |history: &&&SessionHistory| history::date_of(history) == day;
    match sessions.iter().filter(of_day).count() {
        0 => name,
        1 => format!("{name}, one more: there is a session of that day"),
        more => format!("{name}, one more: there are {more} sessions of that day"),
    }
}

/// Returns when a session of an earlier day is taken to have begun, whose hour nobody knows: noon;
/// a session of today, now.
fn noon(now: &Zoned, today: Date, back: i64) -> Zoned {
    let day = today.checked_sub(back.days()).unwrap_or(today);
    let noon = day.at(12, 0, 0, 0).to_zoned(now.time_zone().clone());
    match noon {
        Ok(noon) if back > 0 => noon,
        _ => now.clone(),
    }
}
