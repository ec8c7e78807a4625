//! What keeps a patient safe is said on the screen and in lines alike.

use std::time::Duration;

use ratatui::Terminal;
use ratatui::backend::TestBackend;
use regimen::app::page::{OverlayPage, Page, Purpose, ScreenPage, Section};
use regimen::app::{App, Startup};
use regimen::effect::Message;
use regimen::events::{Input, Instant, Key, Moment};
use regimen::preferences::Preferences;
use regimen::program::Program;
use regimen::program::library::PROGRAM_FILES;
use regimen::view::cells::FigureCache;
use regimen::view::theme::{Depth, Theme};
use regimen::view::{cells, lines};

use crate::support::{listed, morning};

/// The app with one program, whose screen and lines are looked at together.
struct Both {
    app: App,
    program: Program,
    terminal: Terminal<TestBackend>,
    figures: FigureCache,
    second: u64,
}

impl Both {
    fn new(text: &str) -> Self {
        let program = crate::support::program(text);
        let now = Self::moment(0);
        let beginning = Startup::apart(
            vec![listed("one.yaml", text)],
            Preferences::default(),
            None,
            "run",
            now,
        );
        // Wide enough that no sentence is broken.
        let terminal = Terminal::new(TestBackend::new(500, 100)).unwrap();
        Self {
            app: App::new(beginning),
            program,
            terminal,
            figures: FigureCache::default(),
            second: 0,
        }
    }

    fn moment(second: u64) -> Moment {
        Moment {
            instant: Instant::from_origin(Duration::from_secs(second)),
            wall: morning(),
        }
    }

    fn key(&mut self, key: Key) {
        self.second += 3;
        self.app
            .update(Message::Input(Input::Key(key)), &Self::moment(self.second));
    }

    fn frame(&mut self) -> String {
        let page = self.app.page(&Self::moment(self.second));
        let figures = &mut self.figures;
        let theme = Theme::of(|_| None);
        let drawn = self.terminal.draw(|frame| {
            cells::draw(
                frame,
                &page,
                Theme {
                    depth: Depth::Mono,
                    ..theme
                },
                figures,
            );
        });
        cells::text_of(drawn.unwrap().buffer)
    }

    fn page(&self) -> Page {
        self.app.page(&Self::moment(self.second))
    }

    fn lines(&self) -> Vec<String> {
        lines::lines(&self.page())
    }

    /// The sections of the page of stop signs, which is open.
    fn stop_signs(&self) -> Vec<Section> {
        match self.page().overlay {
            Some(OverlayPage::StopSigns { sections, .. }) => sections,
            other => panic!("{other:?}"),
        }
    }

    /// Every sentence of the program that is about safety, as its file or the library has it.
    fn sentences(&self) -> Vec<String> {
        let program = &self.program;
        let mut all: Vec<String> = program
            .stop_if
            .iter()
            .chain(&program.precautions)
            .cloned()
            .collect();
        all.extend(program.contact());
        for band in &program.pain.bands {
            all.extend(band.advice.clone());
        }
        for exercise in program.phases.iter().flat_map(|phase| &phase.exercises) {
            all.extend(
                exercise
                    .stop_if
                    .iter()
                    .chain(exercise.avoid())
                    .chain(exercise.mistakes())
                    .cloned(),
            );
        }
        all
    }

    /// How many sentences are on the screen; each of them must be in the lines.
    fn compare(&mut self, place: &str) -> usize {
        let frame = self.frame();
        let lines = self.lines();
        let shown: Vec<String> = self
            .sentences()
            .into_iter()
            .filter(|sentence| frame.contains(sentence))
            .collect();
        for sentence in &shown {
            let said = lines.iter().any(|line| line.contains(sentence));
            assert!(
                said,
                "{}, {place}: `{sentence}` is not in {lines:#?}",
                self.program.title
            );
        }
        shown.len()
    }
}

#[test]
fn the_page_of_every_program_says_the_same_in_lines() {
    for (name, text) in PROGRAM_FILES {
        let mut both = Both::new(text);
        both.key(Key::Char('v'));
        assert!(
            matches!(both.page().screen, ScreenPage::Program(_)),
            "{name}"
        );
        let exercises = both.program.phases[0].exercises.clone();
        for exercise in &exercises {
            assert!(
                both.compare("the program's page") >= both.program.stop_if.len(),
                "{name}"
            );
            // Of the marked exercise the lines have everything, whatever room the screen has.
            let lines = both.lines();
            for sentence in exercise
                .stop_if
                .iter()
                .chain(exercise.avoid())
                .chain(exercise.mistakes())
            {
                assert!(
                    lines.iter().any(|line| line.contains(sentence)),
                    "{name}: {sentence} in {lines:#?}"
                );
            }
            both.key(Key::Down);
        }
        for stop in both.program.pain.bands.iter().filter(|band| band.stop) {
            let advice = stop.advice.clone().unwrap();
            assert!(
                both.lines().iter().any(|line| line.contains(&advice)),
                "{name}: {advice}"
            );
        }
    }
}

#[test]
fn the_stop_signs_of_every_program_are_the_same_in_lines() {
    for (name, text) in PROGRAM_FILES {
        let mut both = Both::new(text);
        both.key(Key::Char('v'));
        both.key(Key::Char('!'));
        let program = &both.program;
        let stops = program.pain.bands.iter().filter(|band| band.stop).count();
        let least = program.stop_if.len()
            + program.precautions.len()
            + stops
            + usize::from(program.contact().is_some());
        assert!(both.compare("the stop signs") >= least, "{name}");
        let mut headings: Vec<String> = Vec::new();
        for section in both.stop_signs() {
            headings.push(section.heading);
        }
        assert!(
            headings.contains(&"Stop and call your therapist if:".to_owned()),
            "{name}: {headings:?}"
        );
    }
}

#[test]
fn the_check_in_of_every_program_is_answered_the_same_in_lines() {
    for (name, text) in PROGRAM_FILES {
        let mut both = Both::new(text);
        if !both.program.pain.asks(regimen::program::PainMoment::Before) {
            continue;
        }
        // The page, the stop signs before a first session, then the question.
        for _ in 0..6 {
            if matches!(both.page().screen, ScreenPage::Question(_)) {
                break;
            }
            both.key(Key::Enter);
        }
        assert!(
            matches!(both.page().screen, ScreenPage::Question(_)),
            "{name}"
        );
        for value in 0..=9_u8 {
            both.key(Key::Char(char::from(b'0' + value)));
            let band = both.program.pain.band(value).cloned();
            let shown = both.compare("the check-in");
            let stop = band.as_ref().is_some_and(|band| band.stop);
            let advice = band.as_ref().is_some_and(|band| band.advice.is_some());
            assert!(
                shown >= usize::from(advice) + usize::from(stop),
                "{name}: {value}"
            );
            if let Some(band) = band {
                let heading = format!("{value} of 10 · {}", band.label);
                assert!(
                    both.frame().contains(&heading) && both.lines().contains(&heading),
                    "{name}: {heading}"
                );
            }
        }
    }
}

const NECK: &str = "
title: Neck
pain: {ask: [], bands: [{up_to: 3, label: fine}, {up_to: 5, label: watch, advice: Do less., stop: true}, {up_to: 10, label: stop, stop: true}]}
therapist: {name: A. Example, phone: \"1234\"}
precautions: [Breathe.]
exercises:
  - {exercise: mcgill-curl-up, reps: 5, stop_if: [Neck pain], get_ready: 0 s}
";

#[test]
fn the_stop_signs_in_a_session_name_those_of_the_exercise_and_the_pain_to_stop_at() {
    let mut both = Both::new(NECK);
    for _ in 0..4 {
        if matches!(both.page().screen, ScreenPage::Session(_)) {
            break;
        }
        both.key(Key::Enter);
    }
    assert!(matches!(both.page().screen, ScreenPage::Session(_)));
    both.key(Key::Char('!'));
    let lines = both.lines();
    let wanted = [
        "A. Example · 1234",
        "Pain of 4 to 5: Do less.",
        "Pain of 6 or more: Stop for today and call your therapist.",
        "In McGill curl-up, stop if: Neck pain",
        "Keep in mind: Breathe.",
    ];
    assert_eq!(lines[1..=wanted.len()], wanted);
    let frame = both.frame();
    for words in [
        "Stop and call your therapist if:",
        wanted[0],
        wanted[1],
        wanted[2],
        "In McGill curl-up, stop if:",
        "· Neck pain",
    ] {
        assert!(frame.contains(words), "{words} in {frame}");
    }
    let purposes: Vec<Purpose> = both
        .stop_signs()
        .iter()
        .map(|section| section.purpose)
        .collect();
    assert_eq!(
        purposes,
        [
            Purpose::Contact,
            Purpose::Stop,
            Purpose::Stop,
            Purpose::Precaution
        ]
    );
}

#[test]
fn no_safety_sentence_of_the_library_says_no_twice() {
    for exercise in regimen::program::library::all() {
        for sentence in &exercise.avoid {
            let words = sentence.to_lowercase();
            let denials = ["not ", "don't", "without", "never", "leave out"]
                .iter()
                .filter(|no| words.contains(*no));
            assert!(
                denials.count() < 2 && !words.starts_with("not "),
                "{}: {sentence}",
                exercise.id
            );
        }
    }
}
