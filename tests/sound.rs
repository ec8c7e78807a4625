//! Tones, voice, commands and inhibitors with programs of the system that work, fail or hang: what
//! is started, and with what.

use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::path::PathBuf;
use std::process::Command;
use std::sync::mpsc::{Receiver, channel};
use std::time::{Duration, Instant};

use regimen::awake::SleepInhibitor;
use regimen::effect::{Alert, AlertKind};
use regimen::events::{self, Input};
use regimen::preferences::{self, Preferences};
use regimen::sound::Sound;
use regimen::tools::Tools;

/// A machine with some programs, which note how they were called.
struct Machine {
    home: tempfile::TempDir,
}

impl Machine {
    fn new() -> Self {
        let machine = Self {
            home: tempfile::tempdir().unwrap(),
        };
        fs::create_dir(machine.path("bin")).unwrap();
        machine
    }

    fn path(&self, name: &str) -> PathBuf {
        self.home.path().join(name)
    }

    /// A program that notes its arguments, one line a call, and then does this.
    fn with(self, name: &str, then: &str) -> Self {
        let path = self.path("bin").join(name);
        let log = self.path("log");
        let log = log.display();
        fs::write(&path, format!("#!/bin/sh\nline=\nfor word in {name} \"$@\"; do line=\"$line$word|\"; done\nprintf '%s\\n' \"$line\" >> '{log}'\n{then}\n")).unwrap();
        fs::set_permissions(&path, fs::Permissions::from_mode(0o755)).unwrap();
        self
    }

    fn tools(&self) -> Tools {
        Tools::new(self.path("bin").as_os_str())
    }

    fn sound(&self, settings: &str) -> (Sound, Receiver<Input>) {
        let (preferences, diagnostics) = preferences::read(settings);
        assert!(diagnostics.is_empty(), "{diagnostics:?}");
        let (reports, missing) = channel();
        (
            Sound::new(self.tools(), self.path("tones"), preferences, reports),
            missing,
        )
    }

    fn log(&self) -> Vec<String> {
        let log = fs::read_to_string(self.path("log")).unwrap_or_default();
        let home = self.home.path().display().to_string();
        log.lines()
            .map(|line| line.replace(&home, "~").trim_end_matches('|').to_owned())
            .collect()
    }

    /// Waits until so many calls were noted.
    fn calls(&self, count: usize) -> Vec<String> {
        wait_until(&format!("{count} calls"), || self.log().len() >= count);
        self.log()
    }
}

fn wait_until(what: &str, mut holds: impl FnMut() -> bool) {
    let begun = Instant::now();
    while !holds() {
        assert!(begun.elapsed() < Duration::from_secs(20), "no {what}");
        std::thread::sleep(Duration::from_millis(10));
    }
}

fn alert(kind: AlertKind, second: u64, speech: &str) -> Alert {
    Alert {
        kind,
        text: format!("{} now", kind.name()),
        speech: speech.to_owned(),
        language: "de-AT".to_owned(),
        at: events::Instant::from_origin(Duration::from_secs(second)),
    }
}

fn missing(reports: &Receiver<Input>) -> (String, bool) {
    match reports.recv_timeout(Duration::from_secs(20)).unwrap() {
        Input::Missing { what, tones } => (what, tones),
        input => panic!("{input:?}"),
    }
}

#[test]
fn a_player_that_cannot_play_leaves_it_to_the_next_and_is_not_asked_again() {
    let machine = Machine::new().with("pw-play", "exit 1").with("paplay", "");
    let (mut sound, _reports) = machine.sound("voice: off");
    assert!(sound.alert(&alert(AlertKind::GetReady, 0, "")));
    machine.calls(2);
    sound.alert(&alert(AlertKind::Start, 1, ""));
    assert_eq!(
        machine.calls(3),
        [
            "pw-play|~/tones/get-ready-80.wav",
            "paplay|--client-name=regimen|~/tones/get-ready-80.wav",
            "paplay|--client-name=regimen|~/tones/start-80.wav"
        ]
    );
    let wav = fs::read(machine.path("tones/start-80.wav")).unwrap();
    assert_eq!(&wav[..4], b"RIFF");
    assert_eq!(wav.len(), 44 + 2 * 44_100 * 330 / 1000);
}

#[test]
fn a_player_that_fails_later_is_replaced_too_and_the_last_one_gone_is_told() {
    let machine = Machine::new()
        .with("pw-play", "sleep 0.5; exit 1")
        .with("paplay", "sleep 0.5; exit 1");
    let (mut sound, reports) = machine.sound("voice: off");
    sound.alert(&alert(AlertKind::Start, 0, ""));
    machine.calls(1);
    for second in 1.. {
        std::thread::sleep(Duration::from_millis(700));
        if !sound.alert(&alert(AlertKind::Start, second, "")) {
            break;
        }
        assert!(second < 20, "it never falls silent");
    }
    assert!(
        machine.log().iter().any(|call| call.starts_with("paplay")),
        "{:?}",
        machine.log()
    );
    assert!(missing(&reports).0.contains("doesn't respond"));
}

#[test]
fn what_is_due_at_once_is_one_sound() {
    let machine = Machine::new().with("aplay", "");
    let (mut sound, _reports) = machine.sound("voice: off");
    // The thread is busy with the first, so the two that are due together wait together.
    sound.alert(&alert(AlertKind::GetReady, 0, ""));
    sound.alert(&alert(AlertKind::ExerciseDone, 1, ""));
    sound.alert(&alert(AlertKind::Rest, 1, ""));
    let calls = machine.calls(2);
    assert_eq!(calls[1], "aplay|-q|~/tones/exercise-done+rest-80.wav");
}

#[test]
fn a_player_that_hangs_keeps_nothing_back() {
    let machine = Machine::new().with("paplay", "exec sleep 600");
    let (mut sound, _reports) = machine.sound("voice: off");
    for second in 0..5 {
        assert!(sound.alert(&alert(AlertKind::LastSeconds, second, "")));
    }
    assert_eq!(machine.calls(5).len(), 5);
}

#[test]
fn without_a_player_it_is_told_once_and_the_bell_is_asked_for() {
    let machine = Machine::new();
    let (mut sound, reports) = machine.sound("");
    sound.alert(&alert(AlertKind::GetReady, 0, "Plank."));
    let (what, tones) = missing(&reports);
    assert!(
        tones && what.contains("No player was found") && what.contains("No voice was found"),
        "{what}"
    );
    assert!(!sound.alert(&alert(AlertKind::Start, 1, "Hold.")));
    assert!(reports.recv_timeout(Duration::from_millis(300)).is_err());
    // Tones that are off are not missed.
    let (mut off, _reports) = machine.sound("tones: off\nvoice: off");
    assert!(off.alert(&alert(AlertKind::Start, 1, "")));
}

#[test]
fn the_voice_comes_after_the_tone_and_its_words_are_never_a_command() {
    let machine = Machine::new().with("paplay", "").with("spd-say", "");
    let (mut sound, _reports) = machine.sound("voice: full");
    sound.alert(&alert(
        AlertKind::Start,
        0,
        "-rf; $(touch x) `y` \"Halten\"",
    ));
    let calls = machine.calls(2);
    assert!(calls[0].starts_with("paplay"), "{calls:?}");
    assert_eq!(
        calls[1],
        "spd-say|--wait|-N|regimen|-P|text|-l|de|--|-rf; $(touch x) `y` \"Halten\""
    );
}

#[test]
fn a_speaker_that_cannot_speak_leaves_it_to_the_next() {
    let machine = Machine::new()
        .with("paplay", "")
        .with("spd-say", "exit 1")
        .with("espeak-ng", "");
    let (mut sound, _reports) = machine.sound("");
    sound.alert(&alert(AlertKind::Start, 0, "Halten."));
    let calls = machine.calls(4);
    // It is first asked which languages it has; this one has none.
    assert_eq!(calls[2..], ["espeak-ng|--voices", "espeak-ng|--|Halten."]);
}

#[test]
fn what_matters_less_waits_for_what_is_being_said_and_what_matters_more_does_not() {
    let machine = Machine::new().with("spd-say", "exec sleep 600");
    let (mut sound, _reports) = machine.sound("tones: off\nvoice: full");
    sound.alert(&alert(AlertKind::Rest, 0, "Rest."));
    machine.calls(1);
    sound.alert(&alert(AlertKind::FiveSeconds, 1, "5 seconds"));
    sound.alert(&alert(AlertKind::Start, 2, "Hold."));
    let calls = machine.calls(2);
    assert!(calls[1].ends_with("Hold."), "{calls:?}");
    sound.hush();
    assert_eq!(machine.calls(3)[2], "spd-say|-S");
}

#[test]
fn that_there_is_no_voice_is_told_once_on_a_machine() {
    let machine = Machine::new().with("paplay", "");
    let (mut sound, reports) = machine.sound("");
    sound.alert(&alert(AlertKind::Start, 0, "Hold."));
    let (what, tones) = missing(&reports);
    assert!(!tones && what.contains("tones only"), "{what}");
    let (mut again, reports) = machine.sound("");
    again.alert(&alert(AlertKind::Start, 0, "Hold."));
    machine.calls(2);
    assert!(reports.recv_timeout(Duration::from_millis(300)).is_err());
}

#[test]
fn a_command_of_ones_own_is_given_each_alert() {
    let machine = Machine::new().with("lamp", "");
    let (mut sound, _reports) =
        machine.sound("tones: off\nvoice: off\non_alert: [lamp, \"two words\"]");
    sound.alert(&alert(AlertKind::SwitchSide, 0, ""));
    assert_eq!(
        machine.calls(1),
        ["lamp|two words|switch-side|switch-side now"]
    );
    let (mut sound, reports) = machine.sound("tones: off\nvoice: off\non_alert: torch");
    sound.alert(&alert(AlertKind::Rest, 0, ""));
    sound.alert(&alert(AlertKind::Start, 1, ""));
    assert!(
        missing(&reports)
            .0
            .contains("on_alert could not be run: torch")
    );
    assert!(reports.recv_timeout(Duration::from_millis(300)).is_err());
}

#[test]
fn settings_hold_from_the_next_alert_on() {
    let machine = Machine::new().with("paplay", "");
    let (mut sound, _reports) = machine.sound("voice: off");
    sound.set(&Preferences {
        volume: 30,
        ..preferences::read("voice: off").0
    });
    sound.alert(&alert(AlertKind::Rest, 0, ""));
    assert!(machine.calls(1)[0].ends_with("rest-30.wav"));
}

#[test]
fn sleep_is_held_off_as_long_as_it_is_wanted_and_given_back_whatever_happens() {
    let machine = Machine::new().with(
        "systemd-inhibit",
        "for last; do :; done; \"$last\"; echo over >> \"$0.over\"",
    );
    std::os::unix::fs::symlink("/bin/cat", machine.path("bin/cat")).unwrap();
    let over = machine.path("bin/systemd-inhibit.over");
    let mut awake = SleepInhibitor::new(machine.tools());
    awake.set(true);
    awake.set(true);
    let calls = machine.calls(1);
    assert!(
        calls[0].contains("|--what=idle:sleep|") && calls[0].ends_with("/bin/cat"),
        "{calls:?}"
    );
    assert!(!over.exists());
    awake.set(false);
    wait_until("end of the inhibitor", || over.exists());
    assert_eq!(machine.log().len(), 1);
    // A program that is killed gives it back too: here a session in the middle of a hold.
    fs::remove_file(&over).unwrap();
    let file = machine.path("plank.yaml");
    fs::write(&file, "title: Plank\nfrequency: daily\npain: {ask: []}\nexercises:\n  - {name: Plank, instructions: Hold., hold: 60 s}\n")
        .unwrap();
    let mut command = Command::new(env!("CARGO_BIN_EXE_regimen"));
    command.arg("--plain").arg("start").arg(&file).env_clear();
    command
        .env("HOME", machine.home.path())
        .env("PATH", machine.path("bin"));
    command
        .stdin(std::process::Stdio::piped())
        .stdout(std::process::Stdio::null());
    let mut child = command.spawn().unwrap();
    std::io::Write::write_all(child.stdin.as_mut().unwrap(), b"\n").unwrap();
    machine.calls(2);
    child.kill().unwrap();
    child.wait().unwrap();
    wait_until("end of the inhibitor", || over.exists());
}
