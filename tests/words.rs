//! Doses in words: what people read, and what the database holds.

use std::time::Duration;

use regimen::program::words;
use regimen::progression::describe_recorded_dose;

use crate::support::program;

/// Doses as a file writes them, each as people read it and as it is recorded.
const DOSES: &[(&str, &str, &str)] = &[
    ("reps: 10", "10 reps", "10 reps"),
    (
        "reps: 1, hold: 5 s",
        "1 rep; hold 5 seconds",
        "1 rep, hold 5 s",
    ),
    ("sets: 3, reps: 10", "3 sets of 10", "3 sets of 10"),
    (
        "reps: [6, 4, 2], hold: 10 s, side: each",
        "sets of 6, 4 and 2 per side; hold each 10 seconds",
        "each side 6, 4, 2 reps, hold 10 s each",
    ),
    (
        "sets: 2, reps: 8, hold: 5 s, side: alternate",
        "2 sets of 8 per side, alternating; hold each 5 seconds",
        "each side 2 sets of 8, hold 5 s each, side to side",
    ),
    (
        "reps: {left: 10, right: 8}, side: alternate, load: 5 kg",
        "left: 10 reps, 5 kg; right: 8 reps, 5 kg; alternating",
        "left 10 reps, 5 kg; right 8 reps, 5 kg, side to side",
    ),
    (
        "sets: 2, reps: 8, hold: [5 s, 10 s]",
        "2 sets of 8; hold each 5 seconds in set 1, 10 seconds in set 2",
        "2 sets of 8, hold 5 s, 10 s",
    ),
    (
        "reps: 8, tempo: 3-1-2-0, load: red band",
        "8 reps; lower 3 s, pause 1 s, lift 2 s; red band",
        "8 reps, tempo 3-1-2-0, red band",
    ),
    (
        "hold: 1 min 30 s",
        "hold 1 minute 30 seconds",
        "1 min 30 s hold",
    ),
    (
        "sets: 3, hold: 30 s, side: each",
        "hold 30 seconds, 3 times on each side",
        "each side 3 x 30 s hold",
    ),
    (
        "hold: [15 s, 20 s], side: left",
        "hold 15 seconds, then 20 seconds, left side only",
        "left side only, holds of 15 s, 20 s",
    ),
    (
        "sets: {left: 3, right: 2}, hold: {left: 15 s, right: 20 s}, side: each",
        "left: hold 15 seconds, 3 times; right: hold 20 seconds, 2 times",
        "left 3 x 15 s hold; right 2 x 20 s hold",
    ),
    ("duration: 15 min", "15 minutes", "15 min"),
    (
        "sets: 2, duration: 2.5 s, side: right",
        "2.5 seconds, 2 times, right side only",
        "right side only, 2 x 2.5 s",
    ),
    (
        "measure: hold, sets: 2, side: each",
        "hold as long as you can on each side; best of 2 tries",
        "each side as long as you can, best of 2",
    ),
    (
        "measure: reps",
        "as many reps as you can",
        "as many as you can",
    ),
    (
        "reps: [8, 8], load: [5 kg, 7.5 kg]",
        "2 sets of 8; 5 kg, then 7.5 kg",
        "2 sets of 8, 5 kg, 7.5 kg",
    ),
];

/// A program of one exercise with this dose.
fn with_dose(dose: &str) -> regimen::program::Program {
    program(&format!(
        "title: T\nfrequency: daily\nexercises:\n  - {{name: E, instructions: Do., {dose}}}\n"
    ))
}

#[test]
fn a_dose_reads_as_a_therapist_says_it() {
    for (text, words, _) in DOSES {
        let program = with_dose(text);
        assert_eq!(
            words::dose(&program.phases[0].exercises[0].dose),
            *words,
            "{text}"
        );
    }
}

#[test]
fn a_recorded_dose_never_changes_its_words() {
    for (text, _, recorded) in DOSES {
        let program = with_dose(text);
        let dose = &program.phases[0].exercises[0].dose;
        let rest = Duration::from_secs(45);
        let rested = if dose.rounds() > 1 {
            format!("{recorded}, rest 45 s")
        } else {
            (*recorded).to_owned()
        };
        assert_eq!(describe_recorded_dose(dose, rest), rested, "{text}");
    }
}
