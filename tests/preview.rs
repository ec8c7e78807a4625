//! The preview: jumps, a file that is saved while it is played, and mistakes in it.

use crate::support::{Journey, program};
use regimen::app::preview::first_difference;

fn text(plank: u32, bridge: u32) -> String {
    format!(
        "title: Two\nfrequency: daily\npain: {{ask: [before, after]}}\ndefaults: {{get_ready: 3 s, rest: 2 s}}\nexercises:\n  - {{name: Plank, instructions: Lift., hold: {plank} s}}\n  - {{name: Bridge, instructions: Lift., hold: {bridge} s}}\n  - {{name: Bow, instructions: Bend., sets: 2, hold: 5 s}}\n"
    )
}

#[test]
fn a_preview_begins_at_once_and_jumps_from_exercise_to_exercise() {
    let outcome = Journey::with(&text(5, 5))
        .preview()
        .look()
        .keys("pgdn")
        .look()
        .keys("pgdn pgdn pgdn")
        .look()
        .keys("pgup pgup")
        .look()
        .keys("space pgdn")
        .look()
        .run();
    let at = |look: usize, name: &str| {
        assert!(
            outcome.looks[look].contains(name),
            "{}",
            outcome.looks[look]
        );
    };
    at(0, "Plank");
    at(0, "nothing is recorded");
    at(0, "preview, 1 x");
    at(1, "exercise 2 of 3");
    at(2, "exercise 3 of 3");
    at(3, "exercise 1 of 3");
    // A pause stays one.
    at(4, "exercise 2 of 3");
    at(4, "Space goes on");
}

#[test]
fn a_preview_is_made_faster_and_slower_and_a_session_is_not() {
    let outcome = Journey::with(&text(5, 5))
        .preview()
        .keys("> >")
        .look()
        .keys("< < <")
        .look()
        .run();
    assert!(
        outcome.looks[0].contains("preview, 5 x"),
        "{}",
        outcome.looks[0]
    );
    assert!(
        outcome.looks[1].contains("preview, 1 x"),
        "{}",
        outcome.looks[1]
    );
    let outcome = Journey::with(&text(5, 5))
        .keys("enter enter enter")
        .wait(1.0)
        .keys("> .")
        .look()
        .run();
    assert!(
        !outcome.looks[0].contains("preview"),
        "{}",
        outcome.looks[0]
    );
}

#[test]
fn in_a_session_nobody_jumps() {
    let outcome = Journey::with(&text(5, 5))
        .keys("enter enter enter")
        .wait(1.0)
        .keys("pgdn")
        .look()
        .run();
    assert!(
        outcome.looks[0].contains("exercise 1 of 3"),
        "{}",
        outcome.looks[0]
    );
}

#[test]
fn on_saving_the_first_change_is_jumped_to_and_told() {
    let outcome = Journey::with(&text(5, 5))
        .preview()
        .wait(1.0)
        .save(text(5, 9))
        .look()
        .wait(4.0)
        .look()
        .run();
    assert!(
        outcome.looks[0].contains("exercise 2 of 3"),
        "{}",
        outcome.looks[0]
    );
    assert!(
        outcome.looks[0].contains("Saved. Bridge: hold 5 s -> 9 s"),
        "{}",
        outcome.looks[0]
    );
    assert!(
        outcome.looks[1].contains("hold 9 seconds"),
        "{}",
        outcome.looks[1]
    );
}

#[test]
fn what_touches_no_exercise_leaves_the_session_where_it_is() {
    let other = text(5, 5).replace("title: Two", "title: Three");
    let outcome = Journey::with(&text(5, 5))
        .preview()
        .keys("pgdn")
        .wait(4.0)
        .save(other)
        .look()
        .run();
    assert!(outcome.looks[0].contains("Three"), "{}", outcome.looks[0]);
    assert!(
        outcome.looks[0].contains("exercise 2 of 3 · 0:04"),
        "{}",
        outcome.looks[0]
    );
}

#[test]
fn a_broken_save_is_shown_over_the_last_good_picture_until_it_is_mended() {
    let broken = text(5, 5).replace("sets: 2", "sets: two");
    let outcome = Journey::with(&text(5, 5))
        .preview()
        .keys("pgdn")
        .wait(1.0)
        .save(&*broken)
        .look()
        .wait(60.0)
        .look()
        .save(broken.replace("hold: 5 s}\n  - {name: Bow", "hold: 5 sx}\n  - {name: Bow"))
        .look()
        .save(text(5, 5))
        .look()
        .run();
    assert!(
        outcome.looks[0].contains("`sets` needs a whole number, not `two`"),
        "{}",
        outcome.looks[0]
    );
    assert!(
        outcome.looks[0].contains("Bridge"),
        "the picture stays: {}",
        outcome.looks[0]
    );
    // Meanwhile the session waits.
    assert!(
        outcome.looks[1].contains("0:01 so far"),
        "{}",
        outcome.looks[1]
    );
    assert!(
        outcome.looks[2].contains("5 sx") && outcome.looks[2].contains("two"),
        "{}",
        outcome.looks[2]
    );
    assert!(
        !outcome.looks[3].contains("mistakes") && outcome.looks[3].contains("exercise 2 of 3"),
        "{}",
        outcome.looks[3]
    );
}

#[test]
fn a_preview_says_at_its_end_that_nothing_is_recorded() {
    let outcome = Journey::with(&text(5, 5)).preview().play_on().run();
    assert!(
        outcome.frame.contains("A preview: nothing is recorded"),
        "{}",
        outcome.frame
    );
}

#[test]
fn the_first_difference_is_found_in_every_phase() {
    let phases = |first: &str, second: &str| {
        program(&format!(
            "title: T\nfrequency: daily\nphases:\n  - {{title: A, exercises: [{first}]}}\n  - {{title: B, exercises: [{second}]}}\n"
        ))
    };
    let (x, y) = (
        "{name: X, instructions: Do., reps: 5}",
        "{name: Y, instructions: Do., reps: 5}",
    );
    let (both, one) = (format!("{x}, {y}"), x.to_owned());
    assert_eq!(first_difference(&phases(&both, x), &phases(&both, x)), None);
    assert_eq!(
        first_difference(&phases(&both, x), &phases(&both, y)),
        Some((1, 0))
    );
    // One that is gone: where it was, or the last one left.
    assert_eq!(
        first_difference(&phases(&both, x), &phases(&one, x)),
        Some((0, 0))
    );
    assert_eq!(
        first_difference(&phases(&one, x), &phases(&both, x)),
        Some((0, 1))
    );
    // A last phase that is gone.
    let only = program(&format!(
        "title: T\nfrequency: daily\nphases:\n  - {{title: A, exercises: [{both}]}}\n"
    ));
    assert_eq!(first_difference(&phases(&both, x), &only), Some((0, 0)));
}
