//! The time to the first complete frame, beside an empty ratatui program that opens the same database: both started in turn in a
//! pseudo-terminal, many times, in one run. `cargo bench --bench first_frame`.
#![allow(
    missing_docs,
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::print_stdout,
    clippy::disallowed_methods,
    reason = "a bench fails by panicking, and has a clock of its own"
)]

use std::io::{self, Read};
use std::path::Path;
use std::time::{Duration, Instant};

use crossterm::execute;
use crossterm::terminal::{BeginSynchronizedUpdate, EndSynchronizedUpdate, EnterAlternateScreen, enable_raw_mode};
use portable_pty::{CommandBuilder, PtySize, native_pty_system};
use ratatui::Terminal;
use ratatui::backend::CrosstermBackend;
use regimen::store::Store;

const RUNS: usize = 60;
/// What ends a frame.
const END: &[u8] = b"\x1b[?2026l";

/// The least that a ratatui program with a database can do.
fn empty(database: &Path) {
    let _store = Store::open(database).unwrap();
    enable_raw_mode().unwrap();
    execute!(io::stdout(), EnterAlternateScreen, BeginSynchronizedUpdate).unwrap();
    let mut terminal = Terminal::new(CrosstermBackend::new(io::stdout())).unwrap();
    terminal.draw(|frame| frame.render_widget("empty", frame.area())).unwrap();
    execute!(io::stdout(), EndSynchronizedUpdate).unwrap();
    let _ = io::stdin().read(&mut [0]);
}

/// From the start of the process to the end of its first frame.
fn first_frame(program: &str, args: &[&str], home: &Path) -> Duration {
    let pair = native_pty_system().openpty(PtySize { rows: 30, cols: 100, pixel_width: 0, pixel_height: 0 }).unwrap();
    let mut command = CommandBuilder::new(program);
    command.args(args);
    command.env("HOME", home);
    command.env("XDG_DATA_HOME", home.join("data"));
    command.env("TERM", "xterm-256color");
    let mut reader = pair.master.try_clone_reader().unwrap();
    let begun = Instant::now();
    let mut child = pair.slave.spawn_command(command).unwrap();
    drop(pair.slave);
    let mut seen = Vec::new();
    let mut bytes = [0; 8192];
    while !seen.windows(END.len()).any(|window| window == END) {
        let count = reader.read(&mut bytes).unwrap();
        assert!(count > 0, "it ended without a frame");
        seen.extend_from_slice(&bytes[..count]);
    }
    let time = begun.elapsed();
    let _ = child.kill();
    let _ = child.wait();
    time
}

fn median(times: &mut [Duration]) -> f64 {
    times.sort();
    times[times.len() / 2].as_secs_f64() * 1000.0
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
    // The first run of each makes the database and warms the file system's memory.
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
        "first frame, median of {RUNS}: regimen {ours:.2} ms, empty program {empty:.2} ms, ratio {:.2}",
        ours / empty
    );
}
