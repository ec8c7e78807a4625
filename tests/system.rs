//! With the services of a real system: an audio server, a session bus. They need packages that not
//! every machine has, so `cargo test` leaves them out; `.ci/run` installs the packages and runs
//! them with `--ignored system`.

use std::fs;
use std::io::{BufRead, BufReader, Read};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use regimen::effect::AlertKind;
use regimen::effect::AlertKind::{ExerciseDone, GetReady, LastSeconds, Start, SwitchSide};
use regimen::tones;

use crate::terminal::Pty;

/// A child that is gone when the test is.
struct Service(Child);

impl Drop for Service {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

fn wait_until(what: &str, mut holds: impl FnMut() -> bool) {
    let begun = Instant::now();
    while !holds() {
        assert!(begun.elapsed() < Duration::from_secs(20), "{what}");
        std::thread::sleep(Duration::from_millis(20));
    }
}

/// An audio server of its own whose one device goes nowhere.
fn audio_server(folder: &Path) -> Service {
    let mut command = Command::new("pulseaudio");
    command.args([
        "-n",
        "--daemonize=no",
        "--exit-idle-time=-1",
        "--use-pid-file=no",
        "--disable-shm=yes",
    ]);
    command.args(["-L", "module-native-protocol-unix auth-anonymous=1"]);
    command.args(["-L", "module-null-sink sink_name=nowhere rate=44100"]);
    command
        .env("XDG_RUNTIME_DIR", folder)
        .env("HOME", folder)
        .stdout(Stdio::null())
        .stderr(Stdio::null());
    let server = Service(command.spawn().expect("pulseaudio is installed"));
    wait_until("the audio server is up", || {
        let mut ask = Command::new("pactl");
        ask.arg("info")
            .env("XDG_RUNTIME_DIR", folder)
            .stdout(Stdio::null())
            .stderr(Stdio::null());
        ask.status().is_ok_and(|status| status.success())
    });
    server
}

/// How long so many samples take.
fn span(samples: usize) -> Duration {
    Duration::from_nanos(samples as u64 * 1_000_000_000 / u64::from(tones::RATE))
}

/// What the device gets: samples, and the instant of the first.
type Recording = Arc<Mutex<(Option<Instant>, Vec<i16>)>>;

fn record(folder: &Path) -> (Service, Recording) {
    let mut command = Command::new("parec");
    command.args([
        "--raw",
        "-d",
        "nowhere.monitor",
        "--format=s16le",
        "--channels=1",
        "--latency-msec=5",
    ]);
    command.arg(format!("--rate={}", tones::RATE));
    command
        .env("XDG_RUNTIME_DIR", folder)
        .stdout(Stdio::piped())
        .stderr(Stdio::null());
    let mut child = command.spawn().unwrap();
    let mut output = child.stdout.take().unwrap();
    let recording = Recording::default();
    let of_thread = Arc::clone(&recording);
    std::thread::spawn(move || {
        let mut bytes = [0; 8192];
        let mut odd = Vec::new();
        while let Ok(count @ 1..) = output.read(&mut bytes) {
            odd.extend_from_slice(&bytes[..count]);
            let mut recording = of_thread.lock().unwrap();
            let whole = odd.len() / 2 * 2;
            let samples = odd[..whole]
                .chunks_exact(2)
                .map(|pair| i16::from_le_bytes([pair[0], pair[1]]));
            recording.1.extend(samples.collect::<Vec<_>>());
            odd.drain(..whole);
            // The first sample was due at the latest this long ago; the least delayed chunk tells
            // best.
            let ago = span(recording.1.len());
            let begin = Instant::now().checked_sub(ago).unwrap();
            recording.0 = Some(recording.0.map_or(begin, |before| before.min(begin)));
        }
    });
    (Service(child), recording)
}

/// Where sounds begin, as indices, after at least a fifth of a second of silence.
fn onsets(samples: &[i16]) -> Vec<usize> {
    let apart = tones::RATE as usize / 5;
    let mut found = Vec::new();
    let mut last: Option<usize> = None;
    for (index, _) in samples
        .iter()
        .enumerate()
        .filter(|(_, sample)| sample.unsigned_abs() > 300)
    {
        if last.is_none_or(|last| index - last > apart) {
            found.push(index);
        }
        last = Some(index);
    }
    found
}

/// The kind whose first note a sound begins with.
fn pitch_at(samples: &[i16], onset: usize) -> f64 {
    let end = (onset + tones::RATE as usize * 70 / 1000).min(samples.len());
    let mut best = (0.0, 0.0);
    for kind in AlertKind::ALL {
        let Some(note) = tones::notes(kind).first() else {
            continue;
        };
        let strength = crate::alerts::strength(&samples[onset..end], note.pitch);
        if strength > best.0 {
            best = (strength, note.pitch);
        }
    }
    best.1
}

#[test]
#[ignore = "needs an audio server, which .ci/run installs"]
fn tones_are_heard_at_their_instants() {
    let home = tempfile::tempdir().unwrap();
    let runtime = tempfile::tempdir().unwrap();
    let _server = audio_server(runtime.path());
    let (_recorder, recording) = record(runtime.path());
    wait_until("the recorder runs", || {
        recording.lock().unwrap().0.is_some()
    });
    let file = home.path().join("plank.yaml");
    let text = "title: Plank\nfrequency: daily\npain: {ask: []}\nexercises:\n  - {name: Plank, instructions: Hold., hold: 5 s, side: each, get_ready: 4 s, switch: 4 s}\n";
    fs::write(&file, text).unwrap();
    fs::write(
        home.path().join("settings.yaml"),
        "voice: off\nstay_awake: off\n",
    )
    .unwrap();
    let mut pty = Pty::regimen_with(
        &file,
        home.path(),
        &[("XDG_RUNTIME_DIR", runtime.path().to_str().unwrap())],
    );
    pty.wait_for_words("Enter start");
    let begun = Instant::now();
    pty.press("\r");
    pty.wait_for_words("How hard was the session?");
    std::thread::sleep(Duration::from_millis(2000));
    let schedule = [
        (0, GetReady),
        (1, LastSeconds),
        (2, LastSeconds),
        (3, LastSeconds),
        (4, Start),
        (6, LastSeconds),
        (7, LastSeconds),
        (8, LastSeconds),
        (9, SwitchSide),
        (10, LastSeconds),
        (11, LastSeconds),
        (12, LastSeconds),
        (13, Start),
        (15, LastSeconds),
        (16, LastSeconds),
        (17, LastSeconds),
        (18, ExerciseDone),
    ];
    let recording = recording.lock().unwrap();
    let (first, samples) = (recording.0.unwrap(), &recording.1);
    let found = onsets(samples);
    let wanted: Vec<f64> = schedule
        .iter()
        .map(|(_, kind)| tones::notes(*kind)[0].pitch)
        .collect();
    let heard: Vec<f64> = found
        .iter()
        .map(|onset| pitch_at(samples, *onset))
        .collect();
    assert_eq!(heard, wanted);
    let late: Vec<f64> = found
        .iter()
        .zip(schedule)
        .map(|(onset, (seconds, _))| {
            let at = first + span(*onset);
            let due = begun + Duration::from_secs(seconds);
            at.saturating_duration_since(due).as_secs_f64()
                - due.saturating_duration_since(at).as_secs_f64()
        })
        .collect();
    let shown: Vec<String> = late
        .iter()
        .map(|late| format!("{:.0}", late * 1000.0))
        .collect();
    println!("late by, in ms: {}", shown.join(" "));
    // How late is a figure for a quiet machine; that none is missing, or seconds late, holds on
    // any.
    assert!(late.iter().all(|late| late.abs() < 0.5), "{shown:?}");
    assert!(
        samples
            .iter()
            .all(|sample| sample.unsigned_abs() < i16::MAX.unsigned_abs()),
        "clipped"
    );
}

/// A session bus of its own, and its address.
fn bus(folder: &Path) -> (Service, String) {
    let address = format!("unix:path={}", folder.join("bus").display());
    let mut command = Command::new("dbus-daemon");
    command.args([
        "--session",
        "--nofork",
        "--nopidfile",
        &format!("--address={address}"),
    ]);
    let daemon = Service(
        command
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .expect("dbus-daemon is installed"),
    );
    wait_until("the bus is up", || folder.join("bus").exists());
    (daemon, address)
}

/// A notification service on a bus, and the lines it prints.
fn notification_service(mode: &str, address: &str) -> (Service, Arc<Mutex<Vec<String>>>) {
    let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/system/notifications.py");
    let mut command = Command::new("/usr/bin/python3");
    command
        .arg(script)
        .arg(mode)
        .env("DBUS_SESSION_BUS_ADDRESS", address)
        .stdout(Stdio::piped());
    let mut child = command.spawn().unwrap();
    let output = BufReader::new(child.stdout.take().unwrap());
    let lines = Arc::new(Mutex::new(Vec::new()));
    let of_thread = Arc::clone(&lines);
    std::thread::spawn(move || {
        for line in output.lines().map_while(Result::ok) {
            of_thread.lock().unwrap().push(line);
        }
    });
    wait_until("the service is up", || {
        lines.lock().unwrap().iter().any(|line| line == "ready")
    });
    (Service(child), lines)
}

/// Plays a short session with another window in front; gives what the service was asked to show.
fn play_in_the_back(mode: &str) -> (Vec<String>, String) {
    let home = tempfile::tempdir().unwrap();
    let runtime = tempfile::tempdir().unwrap();
    let (_bus, address) = bus(runtime.path());
    let service = (mode != "none").then(|| notification_service(mode, &address));
    let file = home.path().join("plank.yaml");
    let text = "title: Plank & more\nfrequency: daily\npain: {ask: []}\nexercises:\n  - {name: Plank, instructions: Hold., sets: 7, hold: 1 s, rest: 1 s, get_ready: 0 s}\n";
    fs::write(&file, text).unwrap();
    fs::write(
        home.path().join("settings.yaml"),
        "tones: off\nvoice: off\nstay_awake: off\n",
    )
    .unwrap();
    let mut pty = Pty::regimen_with(
        &file,
        home.path(),
        &[("DBUS_SESSION_BUS_ADDRESS", &address)],
    );
    pty.wait_for_words("Enter start");
    // What a terminal sends when another window comes to the front.
    pty.press("\x1b[O");
    pty.press("\r");
    let screen = pty.wait_for("the end, or what is missing", |text| {
        text.contains("How hard was")
            || mode != "answer" && text.contains("Notifications can't be shown")
    });
    if mode != "answer" {
        pty.wait_for_words("How hard was the session?");
    }
    let begun = Instant::now();
    pty.press("\x03");
    pty.wait();
    assert!(begun.elapsed() < Duration::from_secs(5), "ended late");
    let lines = service
        .map(|(_, lines)| lines.lock().unwrap().clone())
        .unwrap_or_default();
    (lines, screen)
}

#[test]
#[ignore = "needs a session bus, which .ci/run installs"]
fn pop_ups_take_the_place_of_one_another() {
    let (lines, _) = play_in_the_back("answer");
    assert_eq!(lines[1], "regimen|0|Rest is over|Plank|");
    assert_eq!(lines[2], "regimen|1|Rest is over|Plank|");
    assert_eq!(
        lines.last().unwrap(),
        "regimen|1|Session done|Plank &amp; more|"
    );
}

#[test]
#[ignore = "needs a session bus, which .ci/run installs"]
fn a_service_that_never_answers_costs_the_session_nothing() {
    let (lines, screen) = play_in_the_back("hang");
    assert_eq!(lines.len(), 2, "{lines:?}");
    assert!(
        screen.contains("the notification service doesn't respond"),
        "{screen}"
    );
}

#[test]
#[ignore = "needs a session bus, which .ci/run installs"]
fn a_missing_service_is_told_once() {
    let (_, screen) = play_in_the_back("none");
    assert!(
        screen.contains("no notification service responds"),
        "{screen}"
    );
}
