//! Measures the app with ten years of records: 10,000 sessions and 400,000 sets. Compares the first
//! frame with that of an empty database, times reports, and prints the size of the database. Run
//! `cargo bench --bench ten_years`.
#![allow(
    missing_docs,
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::print_stdout,
    clippy::disallowed_methods,
    reason = "a bench fails by panicking, and has a clock of its own"
)]

mod support;

use std::path::Path;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use jiff::{ToSpan, Zoned};
use regimen::history::HistoryView;
use regimen::manual_entry::{self, SessionRatings};
use regimen::program::Program;
use regimen::program::parse::parse;
use regimen::record::{IdSource, Record, TextRecord};
use regimen::source::Source;
use regimen::store::Store;

use support::{first_frame, median};

const RUNS: usize = 60;
const SESSIONS: i64 = 10_000;

/// Returns three programs of 40 sets per session. Each exercise has a progression whose conditions
/// depend on past sessions.
fn programs() -> Vec<(String, String)> {
    let mut exercises = String::new();
    for number in 0..10 {
        exercises.push_str(&format!(
            "  - {{name: Exercise {number}, side: each, sets: 2, reps: 10, hold: 5 s, \
             progression: [{{week: 500, after_sessions: 12, pain_at_most: 1, sets: 3}}]}}\n"
        ));
    }
    ["morning", "noon", "evening"]
        .map(|id| {
            (
                id.to_owned(),
                format!("title: The {id}\nid: {id}\nfrequency: daily\nexercises:\n{exercises}"),
            )
        })
        .into()
}

fn home(years: bool) -> tempfile::TempDir {
    let home = tempfile::tempdir().unwrap();
    let folder = home.path().join("data/regimen/programs");
    std::fs::create_dir_all(&folder).unwrap();
    for (id, text) in programs() {
        std::fs::write(folder.join(format!("{id}.yaml")), text).unwrap();
    }
    let database = home.path().join("data/regimen/records.db");
    drop(Store::open(&database).unwrap());
    if years {
        // In a process of its own: one that has held ten years of rows starts others more slowly.
        let own = std::env::current_exe().unwrap();
        assert!(
            Command::new(own)
                .arg("--fill")
                .arg(&database)
                .status()
                .unwrap()
                .success()
        );
    }
    home
}

fn fill(store: &mut Store) {
    let programs: Vec<(TextRecord, Program)> = programs()
        .into_iter()
        .map(|(id, text)| {
            let program = parse(Source::new(format!("{id}.yaml"), text.clone()))
                .program
                .unwrap();
            let hash = regimen::record::text_hash(&text);
            (
                TextRecord {
                    hash,
                    name: format!("{id}.yaml"),
                    text,
                },
                program,
            )
        })
        .collect();
    let now = Zoned::now();
    let mut ids = IdSource::new("20160101T000000Z-0123456789abcdef");
    let mut batch: Vec<Record> = Vec::new();
    for number in 0..SESSIONS {
        // 2.7 sessions per day.
        let back = (SESSIONS - number) * 10 / 27 + 1;
        let (text, program) = &programs[usize::try_from(number % 3).unwrap()];
        let at = now
            .checked_sub(back.days())
            .unwrap()
            .checked_add((number % 3).hours())
            .unwrap();
        let pain = u8::try_from(2 + number % 3).unwrap();
        let remarks = SessionRatings {
            pain_before: Some(pain),
            pain_after: Some(pain - 1),
            exertion: Some(5),
            note: (number % 20 == 0).then(|| "A little stiff.".to_owned()),
            ..SessionRatings::default()
        };
        batch.extend(
            manual_entry::session(
                program,
                text.clone(),
                HistoryView::default(),
                &at,
                &remarks,
                &mut ids,
            )
            .unwrap(),
        );
        if number % 200 == 199 {
            store.append(&batch).unwrap();
            batch.clear();
        }
    }
    store.append(&batch).unwrap();
    let records = store.everything().unwrap();
    let sets = records
        .iter()
        .filter(|record| matches!(record, Record::Set(_)))
        .count();
    let sessions = records
        .iter()
        .filter(|record| matches!(record, Record::Session(_)))
        .count();
    println!("{sessions} sessions, {sets} sets");
}

/// Returns how long a command takes from start to end.
fn run(home: &Path, args: &[&str]) -> Duration {
    let mut command = Command::new(env!("CARGO_BIN_EXE_regimen"));
    command
        .args(args)
        .env("HOME", home)
        .env("XDG_DATA_HOME", home.join("data"));
    command
        .env("XDG_CONFIG_HOME", home.join("config"))
        .stdin(Stdio::null())
        .stdout(Stdio::null());
    let begun = Instant::now();
    assert!(command.status().unwrap().success());
    begun.elapsed()
}

fn main() {
    let args: Vec<String> = std::env::args().collect();
    if let Some(at) = args.iter().position(|arg| arg == "--fill") {
        fill(&mut Store::open(Path::new(&args[at + 1])).unwrap());
        return;
    }
    let ours = env!("CARGO_BIN_EXE_regimen");
    let (empty, full) = (home(false), home(true));
    let database = full.path().join("data/regimen/records.db");
    let size = std::fs::metadata(&database).unwrap().len() / 1_000_000;
    println!("a database of {size} MB");
    let (mut of_empty, mut of_full) = (Vec::new(), Vec::new());
    for turn in 0..=RUNS {
        let (one, other) = (
            first_frame(ours, &[], empty.path()),
            first_frame(ours, &[], full.path()),
        );
        // The first turn fills the file system's cache.
        if turn > 0 {
            of_empty.push(one);
            of_full.push(other);
        }
    }
    let (one, other) = (median(&mut of_empty), median(&mut of_full));
    println!(
        "first frame, median of {RUNS}: empty {one:.2} ms, ten years {other:.2} ms, ratio {:.2}",
        other / one
    );
    for (name, args) in [
        ("today", &["today"][..]),
        ("report of twelve weeks", &["report", "morning"]),
        (
            "report of a year, html",
            &[
                "report",
                "morning",
                "--since",
                "2025-12-01",
                "--format",
                "html",
            ],
        ),
        (
            "report of ten years",
            &["report", "morning", "--since", "2010-01-01"],
        ),
    ] {
        let mut times: Vec<Duration> = (0..7).map(|_| run(full.path(), args)).collect();
        println!("{name}: median of 7 {:.0} ms", median(&mut times));
    }
}
