//! Lines that are typed where no single keys are read: each is a word, a letter, a number or a
//! note, and never something by accident.

use regimen::events::Input;
use regimen::record::SkipReason;

use crate::support::{Journey, Outcome, sets};

const LEGS: &str = "
title: Legs
id: legs
frequency: daily
therapist: {name: Dana, phone: 01-23}
stop_if: [Fever]
exercises:
  - {name: Squat, sets: 2, reps: 12, get_ready: 0 s, rest: 10 s, essential: true}
  - {name: Bridge, hold: 20 s, get_ready: 0 s}
";

trait Typed {
    /// Types lines, each followed by a second.
    fn lines(self, lines: &[&str]) -> Self;
}

impl Typed for Journey {
    fn lines(self, lines: &[&str]) -> Self {
        lines.iter().fold(self, |journey, line| {
            journey.input(Input::Line((*line).to_owned())).wait(1.0)
        })
    }
}

/// Past the page of the program, the stop signs and the pain before, into the first set.
fn playing() -> Journey {
    Journey::with(LEGS).lines(&["", "", "", ""])
}

fn last(outcome: &Outcome) -> &str {
    outcome.looks.last().unwrap()
}

#[test]
fn words_that_mean_nothing_change_nothing_and_are_answered() {
    let pages: [(&[&str], &str); 6] = [
        (&[], "Today"),
        (&["", "", ""], "How much pain do you have now?"),
        (&["", "", "", ""], "Squat"),
        (&["", "", "", "", "skip"], "Why skip Squat?"),
        (&["", "", "", "", "stop"], "Stop here?"),
        (&["!"], "Stop signs"),
    ];
    for (there, page) in pages {
        for word in [
            "help me",
            "start please",
            "skip it",
            "no",
            "5/10",
            "5 out of 10",
            "ok",
            "10 reps",
            "exit",
            "12,",
        ] {
            let outcome = Journey::with(LEGS)
                .lines(there)
                .look()
                .lines(&[word])
                .look()
                .run();
            let [before, after] = outcome.looks.as_slice() else {
                panic!()
            };
            assert!(
                before.contains(page) && after.contains(page),
                "{word}: {after}"
            );
            assert!(after.contains("Sorry, \""), "{word} on {page}: {after}");
            assert!(
                outcome
                    .histories
                    .iter()
                    .all(|history| history.sets.is_empty()),
                "{word} on {page}"
            );
        }
    }
}

#[test]
fn a_number_is_taken_whole_or_not_at_all() {
    let outcome = playing()
        .lines(&["skip", "10"])
        .look()
        .lines(&["1"])
        .look()
        .run();
    assert!(
        outcome.looks[0].contains("Why skip Squat?"),
        "{}",
        outcome.looks[0]
    );
    assert!(
        outcome.looks[0].contains("Type a number from 1 to 5"),
        "{}",
        outcome.looks[0]
    );
    assert!(
        outcome.looks[1].contains("How much pain did you have in: Squat?"),
        "{}",
        outcome.looks[1]
    );
    // Another number stands in the place of the one before.
    let outcome = playing().lines(&["10", "8", ""]).run();
    assert_eq!(
        sets(&outcome.histories[0])[0],
        "squat Both 1 Partial 8 reps 3.0 s by hand"
    );
}

#[test]
fn pain_is_the_number_that_was_typed() {
    for (typed, pain) in [
        (&["10", ""][..], 10),
        (&["1", "0", ""], 0),
        (&["12", "3", ""], 3),
        (&["5/10", "5", ""], 5),
    ] {
        let outcome = Journey::with(LEGS)
            .lines(&["", "", ""])
            .lines(typed)
            .lines(&["quit"])
            .run();
        let said: Vec<u8> = outcome.histories[0]
            .ratings
            .iter()
            .map(|symptom| symptom.value)
            .collect();
        assert_eq!(said, [pain], "{typed:?}");
    }
}

#[test]
fn stop_asks_how_and_skip_asks_why() {
    let outcome = playing()
        .lines(&["Stop"])
        .look()
        .lines(&["1", " SKIP "])
        .look()
        .lines(&["3"])
        .run();
    assert!(
        outcome.looks[0].contains("Stop here?"),
        "{}",
        outcome.looks[0]
    );
    assert!(
        outcome.looks[1].contains("Why skip Squat?"),
        "{}",
        outcome.looks[1]
    );
    assert_eq!(
        outcome.histories[0].sets[0].reason,
        Some(SkipReason::NoTime)
    );
}

#[test]
fn a_stop_sign_is_reported_in_lines() {
    let outcome = playing()
        .lines(&["!", "yes", "1"])
        .look()
        .lines(&["1"])
        .run();
    assert!(
        last(&outcome).contains("Fever") && last(&outcome).contains("Call: Dana"),
        "{}",
        last(&outcome)
    );
    assert_eq!(
        outcome.journal.store().unwrap().signs().unwrap()[0]
            .reported
            .words,
        "Fever"
    );
}

#[test]
fn a_note_keeps_every_word() {
    let journey = playing().lines(&["8", "", "stop", "3", "", ""]);
    let outcome = journey.lines(&["help", ""]).run();
    assert_eq!(outcome.notes(), ["help"]);
}
