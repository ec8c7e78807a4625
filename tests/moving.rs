//! Figures in a session: they move, hold, and wait along with the patient, and they cost nothing
//! while they stand still.

use std::fs;

use regimen::app::figure_viewer::{self, FigureViewer};
use regimen::app::figures::FRAME;
use regimen::figure::FigureSide;
use regimen::program::parse::parse;
use regimen::source::Source;
use regimen::view::theme::{Depth, Theme};

use crate::support::{Journey, Outcome};

const BRIDGE: &str = "{title: T, frequency: daily, pain: {ask: []}, \
    exercises: [{exercise: glute-bridge, sets: 2, reps: 2, hold: 10 s, \
                      release: 4 s, rest: 30 s, get_ready: 10 s}]}";
const PLANK: &str = "{title: T, frequency: daily, pain: {ask: []}, \
    exercises: [{exercise: side-plank, hold: 20 s, get_ready: 10 s, switch: 6 s}]}";
const SQUAT: &str = "{title: T, frequency: daily, pain: {ask: []}, \
    exercises: [{exercise: bodyweight-squat, reps: 2, tempo: 4-3-4-3, \
                     get_ready: 5 s}]}";
const REPS: &str = "{title: T, frequency: daily, pain: {ask: []}, \
    exercises: [{exercise: bird-dog, reps: 8, side: right, get_ready: 5 s}]}";

fn moving(text: &str) -> Journey {
    Journey::with(text)
        .settings("figures: moving")
        .keys("enter enter")
}

/// Returns the left half of a frame, where the figure is during the work, without the line of sets
/// and repetitions.
fn left(frame: &str) -> String {
    frame
        .lines()
        .skip(5)
        .map(|line| line.chars().take(44).collect::<String>() + "\n")
        .collect()
}

/// Returns how often the app wakes between two times, in seconds after the start.
fn wakes(journey: impl Fn() -> Journey, from: f64, to: f64) -> u32 {
    let until = |seconds: f64| journey().wait(seconds).run().wakes;
    until(to) - until(from)
}

#[test]
fn figure_reaches_the_hold_before_it_begins_and_stays_still() {
    let outcome = moving(BRIDGE)
        .wait(10.2)
        .look()
        .wait(5.0)
        .look()
        .wait(4.0)
        .look()
        .run();
    let [early, middle, late] = outcome.looks.as_slice() else {
        panic!()
    };
    assert!(
        early.contains("HOLD") || early.contains("set 1 of 2"),
        "{early}"
    );
    assert!(
        left(early).contains('▄') || left(early).contains('▙'),
        "{early}"
    );
    assert_eq!(left(early), left(middle));
    assert_eq!(left(middle), left(late));
}

#[test]
fn hold_with_a_figure_wakes_no_more_than_without() {
    let with = wakes(|| moving(BRIDGE), 10.5, 19.5);
    let without = wakes(|| Journey::with(BRIDGE).keys("enter enter"), 10.5, 19.5);
    assert_eq!(with, without);
    let with = wakes(|| moving(PLANK), 10.5, 29.5);
    let without = wakes(|| Journey::with(PLANK).keys("enter enter"), 10.5, 29.5);
    assert_eq!(with, without);
}

#[test]
fn moving_figure_draws_at_most_twelve_frames_a_second() {
    // A release of four seconds: out of the hold, a wait, and into the next hold.
    let second = |from: f64| wakes(|| moving(BRIDGE), from, from + 1.0);
    assert!((8..=12).contains(&second(20.0)), "{}", second(20.0));
    assert!((8..=12).contains(&second(23.0)), "{}", second(23.0));
    // The figure is out of the hold, and nothing moves until it goes into the next one.
    let between = wakes(|| moving(BRIDGE), 21.6, 22.4);
    assert!(between <= 2, "{between}");
    // The rest repeats the movement.
    let rest = wakes(|| moving(BRIDGE), 36.0, 56.0);
    assert!((80..=240).contains(&rest), "{rest}");
}

#[test]
fn figure_follows_the_prescribed_tempo() {
    // Lower 4 s, pause 3 s, lift 4 s, pause 3 s.
    let outcome = moving(SQUAT)
        .wait(5.1)
        .look()
        .wait(2.0)
        .look()
        .wait(2.5)
        .look()
        .wait(1.5)
        .look()
        .wait(5.5)
        .look()
        .wait(1.0)
        .look()
        .run();
    let [above, half, below, below_still, up, up_still] = outcome.looks.as_slice() else {
        panic!()
    };
    assert_ne!(left(above), left(half));
    assert_ne!(left(half), left(below));
    assert_eq!(left(below), left(below_still));
    assert_ne!(left(below), left(up));
    assert_eq!(left(up), left(up_still));
}

#[test]
fn paused_figure_stands_still_and_wakes_nothing() {
    let paused = || moving(BRIDGE).wait(21.0).keys("space");
    let outcome = paused().look().wait(300.0).look().run();
    let [before, after] = outcome.looks.as_slice() else {
        panic!()
    };
    assert_eq!(before, after);
    assert!(wakes(paused, 1.0, 600.0) <= 2);
}

#[test]
fn waiting_for_the_patient_shows_start_and_end_side_by_side() {
    let outcome = moving(REPS).wait(6.0).look().run();
    let [frame] = outcome.looks.as_slice() else {
        panic!()
    };
    assert!(frame.contains("start") && frame.contains("end"), "{frame}");
    assert!(wakes(|| moving(REPS), 6.0, 600.0) <= 2);
}

#[test]
fn still_setting_shows_start_and_end_and_off_shows_words() {
    let still = || {
        Journey::with(BRIDGE)
            .settings("figures: still")
            .keys("enter enter")
    };
    let frame = |journey: Journey| journey.wait(12.0).look().run().looks.remove(0);
    assert!(frame(still()).contains("start") && frame(still()).contains("end"));
    let off = || Journey::with(BRIDGE).keys("enter enter");
    assert_eq!(wakes(still, 20.0, 23.5), wakes(off, 20.0, 23.5));
    assert!(!frame(off()).contains("start"));
}

#[test]
fn rest_shows_the_common_mistake_with_its_caption() {
    let outcome = moving(BRIDGE).wait(34.5).wait(8.5).look().run();
    let [frame] = outcome.looks.as_slice() else {
        panic!()
    };
    assert!(
        frame.contains("✗ Not like this: Low back arches"),
        "{frame}"
    );
    let still = Journey::with(BRIDGE)
        .settings("figures: still")
        .keys("enter enter")
        .wait(43.0)
        .look()
        .run();
    assert!(
        still.looks[0].contains("✗ Not like this"),
        "{}",
        still.looks[0]
    );
}

#[test]
fn narrow_screen_shows_name_and_caption_with_the_figure() {
    let outcome = moving(BRIDGE)
        .size(60, 30)
        .wait(36.0)
        .look()
        .wait(7.0)
        .look()
        .run();
    let [first, mistake] = outcome.looks.as_slice() else {
        panic!()
    };
    assert!(
        first.contains("Glute bridge") && first.contains("■ buttock"),
        "{first}"
    );
    assert!(
        mistake.contains("Glute bridge") && mistake.contains("✗ Not like this: Low back arches"),
        "{mistake}"
    );
    assert!(mistake.contains("then lower slowly."), "{mistake}");
}

#[test]
fn working_side_is_the_side_shown() {
    let outcome = moving(PLANK).wait(12.0).look().wait(26.0).look().run();
    let [first, second] = outcome.looks.as_slice() else {
        panic!()
    };
    // The head is highest: right of the middle on the right elbow, left of it on the left elbow.
    let head = |frame: &str| {
        let drawn = |glyph: char| "▘▝▖▗▌▐▛▜▙▟▚▞▀▄█".contains(glyph);
        let rows = left(frame);
        let row = rows.lines().find(|line| line.contains(drawn)).unwrap();
        let columns: Vec<usize> = row
            .chars()
            .enumerate()
            .filter(|(_, glyph)| drawn(*glyph))
            .map(|(at, _)| at)
            .collect();
        columns.iter().sum::<usize>() / columns.len()
    };
    assert!(head(first) > 22 && head(second) < 22, "{first}\n{second}");
}

#[test]
fn screen_without_room_shows_words_and_wakes_no_more() {
    let small = |text: &'static str| move || moving(text).size(40, 12);
    // The page before the session has room for a figure; the session doesn't.
    let frames = |seconds: f64| small(BRIDGE)().wait(seconds).run().frames;
    assert_eq!(frames(0.05), frames(21.0));
    let off = || Journey::with(BRIDGE).size(40, 12).keys("enter enter");
    assert_eq!(wakes(small(BRIDGE), 20.0, 60.0), wakes(off, 20.0, 60.0));
    // Nothing moves behind the help, either.
    let helped = || moving(BRIDGE).wait(36.0).keys("?");
    assert!(
        wakes(helped, 1.0, 60.0) <= 62,
        "{}",
        wakes(helped, 1.0, 60.0)
    );
}

#[test]
fn session_fits_every_terminal_size() {
    for (width, height) in [
        (40, 12),
        (60, 18),
        (60, 30),
        (72, 16),
        (80, 24),
        (100, 30),
        (132, 43),
        (200, 50),
    ] {
        for text in [BRIDGE, PLANK, SQUAT, REPS] {
            let outcome: Outcome = moving(text)
                .size(width, height)
                .wait(3.0)
                .look()
                .wait(9.0)
                .look()
                .wait(22.0)
                .look()
                .run();
            for frame in &outcome.looks {
                assert!(!frame.contains("too small"), "{width}x{height}\n{frame}");
            }
            let large = width >= 80;
            assert_eq!(
                outcome.frames > 0,
                large || outcome.frames > 0,
                "{width}x{height}"
            );
            assert!(
                !large || outcome.frames > 20,
                "{width}x{height}: {}",
                outcome.frames
            );
        }
    }
}

#[test]
fn open_page_moves_for_a_minute_and_then_rests() {
    let page = || {
        Journey::with(BRIDGE)
            .settings("figures: moving")
            .size(100, 30)
            .keys("v")
    };
    assert!(wakes(page, 1.0, 20.0) > 60);
    assert!(wakes(page, 70.0, 600.0) <= 2);
}

#[test]
fn fast_preview_draws_no_more_frames() {
    // At 60 times the speed, a frame is due after six seconds of the session at the earliest.
    let outcome = moving(BRIDGE)
        .preview()
        .keys("> > > > > >")
        .wait(60.0)
        .run();
    assert!(outcome.wakes < 60 + 30 + 20, "{}", outcome.wakes);
}

#[test]
fn frames_come_ten_times_a_second() {
    assert_eq!(FRAME.as_millis(), 100);
}

const OWN: &str = "title: T\nfrequency: daily\nexercises:\n  - name: Arms up\n    reps: 5\n    \
    instructions: Lift.\n    figure:\n      props: [floor]\n      highlight: deltoids\n      \
    anchor: feet\n      poses:\n        down: {base: standing}\n        \
    up: {base: down, shoulder: 150}\n      cycle: [down, up]\n";

#[test]
fn therapists_own_figure_is_used_and_its_mistakes_reported() {
    let parsed = parse(Source::new("own.yaml", OWN));
    assert!(parsed.diagnostics.is_empty(), "{:?}", parsed.diagnostics);
    let program = parsed.program.unwrap();
    let motion = program.phases[0].exercises[0].motion().unwrap();
    assert!(motion.rises);
    let sunk = OWN.replace(
        "up: {base: down, shoulder: 150}",
        "up: {base: down, hip_r: 90, knee_r: 0, ankle_r: -40, toe_r: 0, pitch: 60}",
    );
    let sunk = sunk.replace("anchor: feet", "anchor: hips");
    let parsed = parse(Source::new("own.yaml", sunk));
    assert!(
        parsed.program.is_some(),
        "a faulty figure doesn't reject the program"
    );
    let words = parsed
        .diagnostics
        .iter()
        .map(|told| told.message.clone())
        .collect::<Vec<_>>()
        .join("\n");
    assert!(words.contains("below the floor"), "{words}");
    let wrong = parse(Source::new(
        "own.yaml",
        OWN.replace("shoulder: 150", "shoulder: 250"),
    ));
    assert!(
        wrong
            .diagnostics
            .iter()
            .any(|told| told.message.contains("from -60 to 190")),
        "{:?}",
        wrong.diagnostics
    );
}

#[test]
fn figure_viewer_shows_figures_of_a_program_and_of_a_single_file() {
    let (exhibits, report) = figure_viewer::of_file(&parse(Source::new("own.yaml", OWN)));
    assert_eq!((exhibits.len(), report.len()), (1, 0));
    assert_eq!(exhibits[0].poses(), ["down", "up"]);
    let alone = fs::read_to_string("programs/figures/glute-bridge.yaml").unwrap();
    let (exhibits, report) =
        figure_viewer::of_file(&parse(Source::new("glute-bridge.yaml", alone.clone())));
    assert!(report.is_empty(), "{report:?}");
    assert_eq!(exhibits[0].poses().len(), 3, "two poses and a mistake");
    let broken = alone.replace("pitch: -117", "pitch: -517");
    let (exhibits, report) =
        figure_viewer::of_file(&parse(Source::new("glute-bridge.yaml", broken)));
    assert!(
        exhibits.is_empty()
            && report
                .join("\n")
                .contains("`pitch` needs a number from -180 to 180"),
        "{report:?}"
    );
    let viewer = FigureViewer::new((exhibits, report), FigureSide::Right, None);
    assert!(viewer.exhibit().is_none());
}

#[test]
fn marker_is_the_finest_that_the_terminal_is_known_to_draw() {
    use regimen::figure::cells::Marker;
    let of = |pairs: &[(&str, &str)]| {
        let pairs: Vec<(String, String)> = pairs
            .iter()
            .map(|(k, v)| ((*k).to_owned(), (*v).to_owned()))
            .collect();
        Theme::of(|name| {
            pairs
                .iter()
                .find(|(known, _)| known == name)
                .map(|(_, value)| value.clone())
        })
    };
    let marker = |pairs: &[(&str, &str)]| of(pairs).marker;
    assert_eq!(marker(&[("TERM", "xterm-256color")]), Marker::Quadrant);
    assert_eq!(marker(&[("TERM", "linux")]), Marker::Half);
    assert_eq!(
        marker(&[("TERM", "xterm-256color"), ("VTE_VERSION", "7802")]),
        Marker::Octant
    );
    assert_eq!(
        marker(&[("TERM", "xterm-256color"), ("VTE_VERSION", "7600")]),
        Marker::Quadrant
    );
    assert_eq!(
        marker(&[
            ("TERM", "xterm-256color"),
            ("VTE_VERSION", "7802"),
            ("TMUX", "/tmp/x")
        ]),
        Marker::Quadrant
    );
    assert_eq!(
        marker(&[
            ("TERM", "xterm-256color"),
            ("VTE_VERSION", "7802"),
            ("STY", "1")
        ]),
        Marker::Quadrant
    );
    let ghostty = [
        ("TERM", "xterm-ghostty"),
        ("TERM_PROGRAM", "ghostty"),
        ("TERM_PROGRAM_VERSION", "1.2.3"),
    ];
    assert_eq!(marker(&ghostty), Marker::Octant);
    assert_eq!(marker(&[("TERM", "xterm-kitty")]), Marker::Sextant);
    assert_eq!(marker(&[("TERM", "screen-256color")]), Marker::Quadrant);
    assert_eq!(
        of(&[("NO_COLOR", "1"), ("COLORTERM", "truecolor")]).depth,
        Depth::Mono
    );
    assert_eq!(of(&[("TERM", "linux")]).depth, Depth::Sixteen);
}
