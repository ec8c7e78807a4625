//! Measures the time to the first complete frame, compared with an empty ratatui program that opens
//! the same database. Both are started in turn in a pseudo-terminal, many times. Run `cargo bench
//! --bench first_frame`.
#![allow(
    missing_docs,
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::print_stdout,
    clippy::disallowed_methods,
    reason = "a bench fails by panicking, and has a clock of its own"
)]

mod support;

use std::io::{self, Read};
use std::path::Path;

use crossterm::execute;
use crossterm::terminal::{
    BeginSynchronizedUpdate, EndSynchronizedUpdate, EnterAlternateScreen, enable_raw_mode,
};
use ratatui::Terminal;
use ratatui::backend::CrosstermBackend;
use regimen::store::Store;

use support::{first_frame, median};

const RUNS: usize = 60;

/// Does the least that a ratatui program with a database can do.
fn empty(database: &Path) {
    let _store = Store::open(database).unwrap();
    enable_raw_mode().unwrap();
    execute!(io::stdout(), EnterAlternateScreen, BeginSynchronizedUpdate).unwrap();
    let mut terminal = Terminal::new(CrosstermBackend::new(io::stdout())).unwrap();
    terminal
        .draw(|frame| frame.render_widget("empty", frame.area()))
        .unwrap();
    execute!(io::stdout(), EndSynchronizedUpdate).unwrap();
    let _ = io::stdin().read(&mut [0]);
}

fn main() {
    let args: Vec<String> = std::env::args().collect();
    if let Some(at) = args.iter().position(|arg| arg == "--empty") {
        empty(Path::new(&args[at + 1]));
        return;
    }
    let home = tempfile::tempdir().unwrap();
    let database = home.path().join("data/regimen/records.db");
    let database = database.to_str().unwrap();
    let own = std::env::current_exe().unwrap();
    let own = own.to_str().unwrap();
    let ours = env!("CARGO_BIN_EXE_regimen");
    // The first run of each creates the database and fills the file system's cache.
    first_frame(ours, &[], home.path());
    first_frame(own, &["--empty", database], home.path());
    let mut of_ours = Vec::new();
    let mut of_empty = Vec::new();
    for _ in 0..RUNS {
        of_ours.push(first_frame(ours, &[], home.path()));
        of_empty.push(first_frame(own, &["--empty", database], home.path()));
    }
    let (ours, empty) = (median(&mut of_ours), median(&mut of_empty));
    println!(
        "first frame, median of {RUNS}: \
         regimen {ours:.2} ms, empty program {empty:.2} ms, ratio {:.2}",
        ours / empty
    );
}
