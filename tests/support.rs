//! A patient in virtual time: keys and waits in, screens, alerts and records out, through the
//! program's real loop.

use std::cell::RefCell;
use std::collections::VecDeque;
use std::io;
use std::rc::Rc;
use std::time::Duration;

use jiff::{SignedDuration, Timestamp, Zoned};
use ratatui::Terminal;
use ratatui::backend::TestBackend;
use regimen::app::page::progress::ProgressBody;
use regimen::app::page::{IllustrationSource, NumberKind, OverlayPage, Page, ScreenPage, StepRole};
use regimen::app::{App, Paths, Startup};
use regimen::catalog::ProgramEntry;
use regimen::effect::{Alert, AlertKind, DesktopNotification};
use regimen::event_loop::{self, Device, Display};
use regimen::events::{Events, Input, Instant, Key, Moment};
use regimen::history::SessionHistory;
use regimen::preferences::{self, Figures, Preferences};
use regimen::program::Program;
use regimen::program::parse::parse;
use regimen::record::{IdSource, Record, SessionRecord, TextRecord};
use regimen::source::Source;
use regimen::store::Journal;
use regimen::view::cells::{self, Drawn, Hit};
use regimen::view::cells::{FigureCache, Pictures};
use regimen::view::theme::{Depth, Theme};

/// The records with which a session of nine sets begins.
pub(crate) fn beginning(session: &str) -> Vec<Record> {
    let text = TextRecord {
        hash: "h".to_owned(),
        name: "a.yaml".to_owned(),
        text: "title: A".to_owned(),
    };
    let session = SessionRecord {
        id: session.to_owned(),
        program: "a".to_owned(),
        title: "A".to_owned(),
        hash: "h".to_owned(),
        phase: 0,
        short: false,
        sets: 9,
        started: morning(),
    };
    vec![Record::Text(text), Record::Session(session)]
}

/// A program from its text; the text must be right.
pub(crate) fn program(text: &str) -> Program {
    let parsed = parse(Source::new("test.yaml", text));
    let report = regimen::diagnostic::render::report(&parsed.source, &parsed.diagnostics, false);
    parsed.program.unwrap_or_else(|| panic!("{report}"))
}

/// A program as the app lists it.
pub(crate) fn listed(name: &str, text: &str) -> ProgramEntry {
    ProgramEntry::new(parse(Source::new(name, text)))
}

/// The wall time at which journeys begin, a Sunday.
pub(crate) fn morning() -> Zoned {
    "2026-11-22T07:40:00+01:00[Europe/Berlin]".parse().unwrap()
}

enum Act {
    Key(Key),
    Wait(Duration),
    Look,
    /// The machine sleeps: only the clock on the wall goes on.
    Sleep(Duration),
    /// Whatever is asked is answered, until the session is over or the time is.
    PlayOn,
    /// The same, but nothing wakes the program before something is due.
    Doze(Duration),
    Click(&'static str),
    Resize(u16, u16),
    /// The watched file is saved with this text.
    Save(String),
    Input(Input),
}

#[derive(Default)]
struct Shared {
    frame: String,
    page: Option<Page>,
    unsaid: Vec<String>,
    hits: Vec<Hit>,
    size: (u16, u16),
    looks: Vec<String>,
    alerts: Vec<Alert>,
    bells: Vec<AlertKind>,
    hushed: u32,
    flashing: bool,
    flashes: u32,
    notices: Vec<DesktopNotification>,
    awake: Vec<bool>,
    kept: Vec<(preferences::SettingKey, String)>,
    wakes: u32,
    /// Frames in which a figure was to be seen.
    frames: u32,
}

struct Script {
    acts: VecDeque<Act>,
    now: Duration,
    wall: Zoned,
    shared: Rc<RefCell<Shared>>,
    asked: u32,
}

impl Script {
    fn pass(&mut self, length: Duration) {
        self.now += length;
        self.wall = self
            .wall
            .checked_add(SignedDuration::try_from(length).unwrap())
            .unwrap();
    }

    /// Lets time pass up to an instant.
    fn pass_until(&mut self, until: Instant) {
        let length = until - Instant::from_origin(self.now);
        self.pass(length);
    }

    /// What a patient presses who is asked and answers nothing but "done".
    fn answer(&mut self) -> Input {
        self.asked += 1;
        self.pass(Duration::from_secs(1));
        let page = self.shared.borrow().page.clone();
        match page {
            Some(page) if counts(&page) == Some(NumberKind::Wanted) => {
                self.acts.push_front(Act::PlayOn);
                self.acts.push_front(Act::Key(Key::Enter));
                return Input::Key(Key::Char('9'));
            }
            Some(page) if matches!(page.screen, ScreenPage::Summary(_)) => return Input::Hangup,
            _ if self.asked > 5000 => return Input::Hangup,
            _ => {}
        }
        self.acts.push_front(Act::PlayOn);
        Input::Key(Key::Enter)
    }
}

impl Events for Script {
    fn now(&mut self) -> Moment {
        Moment {
            instant: Instant::from_origin(self.now),
            wall: self.wall.clone(),
        }
    }

    fn next(&mut self, until: Option<Instant>) -> Input {
        self.shared.borrow_mut().wakes += 1;
        loop {
            match self.acts.pop_front() {
                None => return Input::Hangup,
                Some(Act::Key(key)) => return Input::Key(key),
                Some(Act::Look) => {
                    let frame = self.shared.borrow().frame.clone();
                    let mut shared = self.shared.borrow_mut();
                    let unsaid = shared.page.clone().map(unsaid).unwrap_or_default();
                    shared.unsaid.extend(unsaid);
                    shared.looks.push(frame);
                }
                Some(Act::Sleep(length)) => {
                    self.wall = self
                        .wall
                        .checked_add(SignedDuration::try_from(length).unwrap())
                        .unwrap();
                    return Input::Redraw;
                }
                Some(Act::Doze(length)) => {
                    self.wall = self
                        .wall
                        .checked_add(SignedDuration::try_from(length).unwrap())
                        .unwrap();
                }
                Some(Act::Click(words)) => {
                    let frame = self.shared.borrow().frame.clone();
                    let (row, line) = frame
                        .lines()
                        .enumerate()
                        .find(|(_, line)| line.contains(words))
                        .unwrap();
                    let column = line.split(words).next().unwrap().chars().count();
                    return Input::Click(column.try_into().unwrap(), row.try_into().unwrap());
                }
                Some(Act::Save(text)) => {
                    return Input::SourceChanged(Box::new(parse(Source::new("test.yaml", text))));
                }
                Some(Act::Input(input)) => return input,
                Some(Act::Resize(width, height)) => {
                    self.shared.borrow_mut().size = (width, height);
                    return Input::Redraw;
                }
                Some(Act::Wait(length)) => {
                    let end = Instant::from_origin(self.now + length);
                    if let Some(until) = until.filter(|until| *until < end) {
                        let left = length.saturating_sub(until - Instant::from_origin(self.now));
                        self.acts.push_front(Act::Wait(left));
                        self.pass_until(until);
                        return Input::Time;
                    }
                    self.pass_until(end);
                }
                Some(Act::PlayOn)
                    if self
                        .shared
                        .borrow()
                        .page
                        .as_ref()
                        .is_some_and(|page| counts(page) == Some(NumberKind::Elapsed)) =>
                {
                    self.acts.extend([Act::Key(Key::Enter), Act::PlayOn]);
                    self.acts.push_front(Act::Wait(Duration::from_secs(20)));
                }
                Some(Act::PlayOn) => {
                    let Some(until) = until else {
                        return self.answer();
                    };
                    // Only the first page waits for hours, until midnight.
                    if until - Instant::from_origin(self.now) > Duration::from_secs(2 * 3600)
                        || matches!(
                            self.shared.borrow().page.as_ref().map(|page| &page.screen),
                            Some(ScreenPage::Today(_))
                        )
                    {
                        return Input::Hangup;
                    }
                    self.acts.push_front(Act::PlayOn);
                    self.pass_until(until);
                    return Input::Time;
                }
            }
        }
    }
}

struct Eye {
    terminal: Terminal<TestBackend>,
    figures: FigureCache,
    shared: Rc<RefCell<Shared>>,
}

impl Display for Eye {
    fn draw(&mut self, page: &Page) -> io::Result<Drawn> {
        let (width, height) = self.shared.borrow().size;
        self.terminal.backend_mut().resize(width, height);
        let mut drawn = Drawn::default();
        let theme = Theme {
            depth: Depth::True,
            ..Theme::default()
        };
        let figures = &mut self.figures;
        self.terminal
            .draw(|frame| drawn = cells::draw(frame, page, theme, figures))
            .unwrap();
        let mut shared = self.shared.borrow_mut();
        let corner = self.terminal.backend().buffer().cell((0, 0)).unwrap();
        shared.flashing = corner.modifier.contains(ratatui::style::Modifier::REVERSED);
        shared.flashes += u32::from(shared.flashing);
        shared.page = Some(page.clone());
        shared.frame = cells::text_of(self.terminal.backend().buffer());
        shared.hits.clone_from(&drawn.hits);
        shared.frames += u32::from(drawn.figure);
        Ok(drawn)
    }

    fn bell(&mut self, kind: AlertKind) -> io::Result<()> {
        self.shared.borrow_mut().bells.push(kind);
        Ok(())
    }

    fn suspend(&mut self) -> io::Result<()> {
        Ok(())
    }

    fn reacquire(&mut self) -> io::Result<()> {
        Ok(())
    }
}

/// A machine that plays, shows and keeps everything, or, where it is told so, plays nothing.
struct Ear {
    shared: Rc<RefCell<Shared>>,
    deaf: bool,
}

impl Device for Ear {
    fn alert(&mut self, alert: &Alert) -> bool {
        self.shared.borrow_mut().alerts.push(alert.clone());
        !self.deaf
    }

    fn stop_speech(&mut self) {
        self.shared.borrow_mut().hushed += 1;
    }

    fn notify(&mut self, notice: &DesktopNotification) {
        self.shared.borrow_mut().notices.push(notice.clone());
    }

    fn inhibit_sleep(&mut self, awake: bool) {
        self.shared.borrow_mut().awake.push(awake);
    }

    fn save_preference(
        &mut self,
        preferences: &Preferences,
        key: preferences::SettingKey,
    ) -> Option<String> {
        self.shared
            .borrow_mut()
            .kept
            .push((key, preferences.get(key)));
        None
    }
}

/// A patient's visit to the program.
pub(crate) struct Journey {
    programs: Vec<ProgramEntry>,
    acts: VecDeque<Act>,
    size: (u16, u16),
    wall: Zoned,
    journal: Option<Journal>,
    prefix: String,
    preview: bool,
    preferences: Preferences,
    deaf: bool,
    figures: FigureCache,
}

/// What came of a visit.
pub(crate) struct Outcome {
    pub(crate) looks: Vec<String>,
    /// The words of the pages that were looked at which their lines lack.
    pub(crate) unsaid: Vec<String>,
    pub(crate) frame: String,
    pub(crate) alerts: Vec<Alert>,
    pub(crate) bells: Vec<AlertKind>,
    pub(crate) hushed: u32,
    pub(crate) flashing: bool,
    pub(crate) flashes: u32,
    pub(crate) notices: Vec<DesktopNotification>,
    pub(crate) awake: Vec<bool>,
    pub(crate) kept: Vec<(preferences::SettingKey, String)>,
    pub(crate) histories: Vec<SessionHistory>,
    pub(crate) journal: Journal,
    pub(crate) now: Duration,
    /// What the ids of the visit's rows began with.
    pub(crate) prefix: String,
    pub(crate) wakes: u32,
    pub(crate) frames: u32,
}

impl Journey {
    /// With one program, named `test.yaml`.
    pub(crate) fn with(text: &str) -> Self {
        Self::with_programs(vec![listed("test.yaml", text)])
    }

    pub(crate) fn with_programs(programs: Vec<ProgramEntry>) -> Self {
        Self {
            programs,
            acts: VecDeque::new(),
            size: (100, 30),
            wall: morning(),
            journal: None,
            prefix: "a".to_owned(),
            preview: false,
            // In most journeys words are looked at; an hour's figures would take minutes to draw.
            preferences: Preferences {
                figures: Figures::Off,
                ..Preferences::default()
            },
            deaf: false,
            figures: FigureCache::default(),
        }
    }

    /// With these settings, as the file would have them.
    pub(crate) fn settings(mut self, text: &str) -> Self {
        let (preferences, diagnostics) = preferences::read(text);
        assert!(diagnostics.is_empty(), "{diagnostics:?}");
        let figures = if text.contains("figures") {
            preferences.figures
        } else {
            self.preferences.figures
        };
        self.preferences = Preferences {
            figures,
            ..preferences
        };
        self
    }

    /// With these pictures beside the programs.
    pub(crate) fn pictures(mut self, pictures: Box<dyn Pictures>) -> Self {
        self.figures = FigureCache::with(pictures);
        self
    }

    /// On a machine that plays no tones.
    pub(crate) fn deaf(mut self) -> Self {
        self.deaf = true;
        self
    }

    /// Something comes in that is neither a key nor time.
    pub(crate) fn input(mut self, input: Input) -> Self {
        self.acts.push_back(Act::Input(input));
        self
    }

    /// At another time.
    pub(crate) fn at(mut self, wall: Zoned) -> Self {
        self.wall = wall;
        self
    }

    /// As whoever writes the program sees it.
    pub(crate) fn preview(mut self) -> Self {
        self.preview = true;
        self
    }

    pub(crate) fn save(mut self, text: impl Into<String>) -> Self {
        self.acts.push_back(Act::Save(text.into()));
        self
    }

    /// Over the records of an earlier visit.
    pub(crate) fn after(mut self, outcome: Outcome) -> Self {
        self.wall = self
            .wall
            .checked_add(SignedDuration::from_hours(1))
            .unwrap();
        self.prefix = format!("{}a", outcome.prefix);
        self.journal = Some(outcome.journal);
        self
    }

    pub(crate) fn size(mut self, width: u16, height: u16) -> Self {
        self.size = (width, height);
        self
    }

    /// Keys by name, or a character each.
    pub(crate) fn keys(mut self, names: &str) -> Self {
        for name in names.split_whitespace() {
            let key = match name {
                "enter" => Key::Enter,
                "space" => Key::Char(' '),
                "esc" => Key::Esc,
                "left" => Key::Left,
                "right" => Key::Right,
                "up" => Key::Up,
                "down" => Key::Down,
                "backspace" => Key::Backspace,
                "pgdn" => Key::PageDown,
                "pgup" => Key::PageUp,
                "ctrl-c" => Key::Ctrl('c'),
                "ctrl-z" => Key::Ctrl('z'),
                letter => Key::Char(letter.chars().next().unwrap()),
            };
            self.acts.push_back(Act::Key(key));
        }
        self
    }

    pub(crate) fn wait(mut self, seconds: f64) -> Self {
        self.acts
            .push_back(Act::Wait(Duration::from_secs_f64(seconds)));
        self
    }

    pub(crate) fn look(mut self) -> Self {
        self.acts.push_back(Act::Look);
        self
    }

    pub(crate) fn sleep(mut self, seconds: u64) -> Self {
        self.acts
            .push_back(Act::Sleep(Duration::from_secs(seconds)));
        self
    }

    pub(crate) fn doze(mut self, seconds: u64) -> Self {
        self.acts.push_back(Act::Doze(Duration::from_secs(seconds)));
        self
    }

    pub(crate) fn click(mut self, words: &'static str) -> Self {
        self.acts.push_back(Act::Click(words));
        self
    }

    pub(crate) fn resize(mut self, width: u16, height: u16) -> Self {
        self.acts.push_back(Act::Resize(width, height));
        self
    }

    pub(crate) fn play_on(mut self) -> Self {
        self.acts.push_back(Act::PlayOn);
        self
    }

    pub(crate) fn run(self) -> Outcome {
        let shared = Rc::new(RefCell::new(Shared {
            size: self.size,
            ..Shared::default()
        }));
        let mut journal = self
            .journal
            .unwrap_or_else(|| Journal::in_memory().unwrap());
        let histories = journal
            .store()
            .map(|store| store.histories(Timestamp::MIN).unwrap())
            .unwrap_or_default();
        let mut script = Script {
            acts: self.acts,
            now: Duration::from_secs(5),
            wall: self.wall,
            shared: Rc::clone(&shared),
            asked: 0,
        };
        let mut app = App::new(Startup {
            programs: self.programs,
            samples: false,
            histories,
            choices: journal
                .store()
                .map(|store| store.choices().unwrap())
                .unwrap_or_default(),
            signs: journal
                .store()
                .map(|store| store.signs().unwrap())
                .unwrap_or_default(),
            trouble: None,
            notice: None,
            paths: Paths {
                programs: "~/programs".to_owned(),
                database: "~/records.db".to_owned(),
                settings: "~/settings.yaml".to_owned(),
            },
            preferences: self.preferences,
            ids: IdSource::new(self.prefix.clone()),
            now: script.now(),
        });
        let terminal = Terminal::new(TestBackend::new(self.size.0, self.size.1)).unwrap();
        let mut eye = Eye {
            terminal,
            figures: self.figures,
            shared: Rc::clone(&shared),
        };
        let first = if self.preview {
            app.preview(0, 1)
        } else {
            Vec::new()
        };
        let mut ear = Ear {
            shared: Rc::clone(&shared),
            deaf: self.deaf,
        };
        event_loop::run(
            &mut app,
            first,
            &mut script,
            &mut eye,
            &mut ear,
            &mut journal,
        );
        drop(ear);
        let histories = journal
            .store()
            .map(|store| store.histories(Timestamp::MIN).unwrap())
            .unwrap_or_default();
        drop(eye);
        let now = script.now;
        drop(script);
        let shared = Rc::try_unwrap(shared).ok().unwrap().into_inner();
        Outcome {
            looks: shared.looks,
            unsaid: shared.unsaid,
            frame: shared.frame,
            alerts: shared.alerts,
            bells: shared.bells,
            hushed: shared.hushed,
            flashing: shared.flashing,
            flashes: shared.flashes,
            notices: shared.notices,
            awake: shared.awake,
            kept: shared.kept,
            histories,
            journal,
            now,
            prefix: self.prefix,
            wakes: shared.wakes,
            frames: shared.frames,
        }
    }
}

impl Outcome {
    /// The patient's words on record.
    pub(crate) fn notes(&self) -> Vec<String> {
        self.histories
            .iter()
            .flat_map(|history| &history.notes)
            .map(|note| note.text.clone())
            .collect()
    }
}

/// Returns the words of a page that its lines lack. What is only drawn is left out first: pictures,
/// how a chart is to be read, and of an exercise what was said before it.
fn unsaid(mut page: Page) -> Vec<String> {
    let said = regimen::view::lines::lines(&page).join(" ");
    match &mut page.screen {
        ScreenPage::Program(page) => {
            page.illustration = IllustrationSource::default();
            // Cues are for the work itself.
            page.card.iter_mut().for_each(|card| card.cues.clear());
        }
        ScreenPage::Session(page) => {
            if let Some(step) = &mut page.step {
                step.illustration = IllustrationSource::default();
                if let Some(card) = &mut step.card {
                    if step.role != StepRole::Work {
                        card.cues.clear();
                    }
                    if !step.is_next && step.role != StepRole::GetReady {
                        card.instructions.clear();
                        card.notes.clear();
                        step.dose.clear();
                    }
                }
                if step.role == StepRole::Work {
                    step.next = None;
                }
                if step.is_next {
                    step.dose.clear();
                    step.set.clear();
                }
                if step.number.kind.ticks() {
                    step.number.text.clear();
                }
            }
        }
        ScreenPage::Question(page) if said.contains(" of 10") => page.hint = "",
        ScreenPage::Progress(page) => match &mut page.body {
            ProgressBody::Weeks(weeks) => {
                weeks.legend = "";
                weeks.weekdays.clear();
            }
            ProgressBody::Charts(charts) => {
                for row in &mut charts.rows {
                    if row.details_need_room {
                        row.details.clear();
                    }
                }
            }
            _ => {}
        },
        ScreenPage::FigureViewer(page) => page.figure = None,
        _ => {}
    }
    page.keys.retain(|_| said.contains("Keys: "));
    let shown = match &page.overlay {
        Some(OverlayPage::Menu(menu)) => format!("{menu:?} {:?}", page.messages),
        Some(overlay) => format!("{overlay:?} {:?}", page.messages),
        None => format!("{page:?}"),
    };
    // The debug form of a page quotes each of its texts.
    let mut quoted = Vec::new();
    let mut rest = shown.as_str();
    while let Some(start) = rest.find('"') {
        let text = &rest[start + 1..];
        let escaped = |at: usize| text[..at].ends_with('\\');
        let mut ends = text.match_indices('"').map(|(at, _)| at);
        let end = ends.find(|at| !escaped(*at)).unwrap();
        quoted.push(text[..end].replace("\\\"", "\""));
        rest = &text[end + 1..];
    }
    quoted
        .iter()
        .flat_map(|text| text.split_whitespace())
        .filter(|word| word.chars().any(char::is_alphanumeric) && !said.contains(word))
        .map(str::to_owned)
        .collect()
}

/// What the large number of a session counts now.
fn counts(page: &Page) -> Option<NumberKind> {
    match &page.screen {
        ScreenPage::Session(page) => Some(page.step.as_ref()?.number.kind),
        _ => None,
    }
}

/// The sets of a history as short lines: "id side set outcome reps seconds".
pub(crate) fn sets(history: &SessionHistory) -> Vec<String> {
    history
        .sets
        .iter()
        .map(|set| {
            let reps = set
                .done
                .reps
                .map(|reps| format!(" {reps} reps"))
                .unwrap_or_default();
            let time = set
                .done
                .time
                .map(|time| format!(" {:.1} s", time.as_secs_f64()))
                .unwrap_or_default();
            let reason = set
                .reason
                .map(|reason| format!(" {}", reason.words()))
                .unwrap_or_default();
            let entry = if set.entry == regimen::record::EntryMethod::Manual {
                " by hand"
            } else {
                ""
            };
            format!(
                "{} {:?} {} {:?}{reps}{time}{reason}{entry}",
                set.exercise, set.side, set.set, set.outcome
            )
        })
        .collect()
}
