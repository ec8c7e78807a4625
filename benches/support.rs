//! Shared by the benches of whole processes: the time to the first complete frame, and the median.

use std::io::Read;
use std::path::Path;
use std::time::{Duration, Instant};

use portable_pty::{CommandBuilder, PtySize, native_pty_system};

/// The sequence that ends a synchronized update, and so a frame.
const END: &[u8] = b"\x1b[?2026l";

/// Returns the time from the start of a process to the end of its first frame.
pub(crate) fn first_frame(program: &str, args: &[&str], home: &Path) -> Duration {
    let pair = native_pty_system()
        .openpty(PtySize {
            rows: 30,
            cols: 100,
            pixel_width: 0,
            pixel_height: 0,
        })
        .unwrap();
    let mut command = CommandBuilder::new(program);
    command.args(args);
    command.env("HOME", home);
    command.env("XDG_DATA_HOME", home.join("data"));
    command.env("XDG_CONFIG_HOME", home.join("config"));
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

/// Returns the median in milliseconds.
pub(crate) fn median(times: &mut [Duration]) -> f64 {
    times.sort();
    times[times.len() / 2].as_secs_f64() * 1000.0
}
