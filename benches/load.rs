//! Measures loading 1,000 programs of 30 exercises, with every rule checked and every mistake
//! collected, compared with the YAML crate alone reading the same bytes into plain structs. Run
//! `cargo bench --bench load`.
#![allow(
    missing_docs,
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::print_stdout,
    clippy::disallowed_methods,
    reason = "a bench fails by panicking, and has a clock of its own"
)]

use std::fmt::Write;

use divan::counter::BytesCount;
use regimen::program::parse::parse_bytes;
use serde::Deserialize;

const FILES: usize = 1_000;
const EXERCISES: usize = 30;

/// The structure of the file without its rules.
#[derive(Deserialize)]
#[allow(dead_code, reason = "only read")]
struct Plain {
    title: String,
    frequency: String,
    precautions: Vec<String>,
    exercises: Vec<PlainExercise>,
}

#[derive(Deserialize)]
#[allow(dead_code, reason = "only read")]
struct PlainExercise {
    name: String,
    block: Option<String>,
    essential: Option<bool>,
    side: Option<String>,
    sets: Option<u8>,
    reps: Option<u16>,
    hold: Option<String>,
    rest: Option<String>,
    load: Option<String>,
    equipment: Vec<String>,
    instructions: Vec<String>,
    cues: Vec<String>,
    mistakes: Vec<String>,
}

fn file(number: usize) -> String {
    let mut text = format!(
        "# A program for the bench\ntitle: Program {number}\nfrequency: 3x/week\nprecautions:\n  \
         - Stop a repetition before your back arches.\nexercises:\n"
    );
    for exercise in 0..EXERCISES {
        writeln!(
            text,
            "  - name: Exercise {exercise}, knees bent\n    block: main\n    essential: {}\n    \
             side: each\n    sets: 3\n    reps: {}\n    hold: {} s\n    rest: 1 min 30 s\n    \
             load: 5 kg\n    equipment: [mat, elastic band]\n    instructions:\n      \
             - Lie on your side, elbow under shoulder, knees bent.\n      \
             - Lift the hips until shoulder, hip and knee make one line.\n      \
             - \"Breathe out on the way up: slowly, and in on the way down.\"\n    \
             cues: [Breathe, Hips forward]\n    mistakes: [Shoulder creeping to the ear]",
            exercise % 3 == 0,
            6 + (exercise + number) % 9,
            5 + exercise % 6,
        )
        .unwrap();
    }
    text
}

fn files() -> Vec<String> {
    (0..FILES).map(file).collect()
}

#[divan::bench(sample_count = 5, sample_size = 1)]
fn every_rule_checked(bencher: divan::Bencher<'_, '_>) {
    let files = files();
    let bytes: usize = files.iter().map(String::len).sum();
    bencher.counter(BytesCount::new(bytes)).bench_local(|| {
        for file in &files {
            let parsed = parse_bytes("bench.yaml", file.as_bytes());
            assert!(
                parsed
                    .program
                    .is_some_and(|program| program.phases[0].exercises.len() == EXERCISES)
            );
        }
    });
}

#[divan::bench(sample_count = 5, sample_size = 1)]
fn yaml_crate_alone(bencher: divan::Bencher<'_, '_>) {
    let files = files();
    let bytes: usize = files.iter().map(String::len).sum();
    bencher.counter(BytesCount::new(bytes)).bench_local(|| {
        for file in &files {
            let plain: Plain = serde_yaml::from_str(file).unwrap();
            assert_eq!(plain.exercises.len(), EXERCISES);
        }
    });
}

fn main() {
    divan::main();
}
