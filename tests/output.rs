//! Output that can't be written: a full disk is an error, a reader that closed the pipe isn't.
#![cfg(target_os = "linux")]

use std::fs::{self, File};
use std::io::Write;
use std::path::Path;
use std::process::{Command, Output, Stdio};
use std::sync::LazyLock;

use jiff::ToSpan;
use jiff::civil::DateTime;
use regimen::output;
use regimen::store::Store;

const BRIDGE: &str = "
title: Bridges
frequency: daily
pain: {ask: []}
stop_if: [Numbness around the genitals or buttocks.]
therapist: {name: A. Example, phone: \"1234\"}
defaults: {get_ready: 0 s, rest: 0 s}
exercises:
  - {name: Bridge, instructions: Lift., sets: 2, hold: 1 s}
";

/// A home with a program and a session entered for yesterday at 7:30.
struct Home(tempfile::TempDir);

/// The home that all others are copied from.
static FIRST: LazyLock<Home> = LazyLock::new(Home::first);

fn copy(from: &Path, to: &Path) {
    for entry in fs::read_dir(from).unwrap().map(Result::unwrap) {
        let to = to.join(entry.file_name());
        if entry.path().is_dir() {
            fs::create_dir(&to).unwrap();
            copy(&entry.path(), &to);
        } else {
            fs::copy(entry.path(), to).unwrap();
        }
    }
}

impl Home {
    fn new() -> Self {
        let home = Self(tempfile::tempdir().unwrap());
        copy(FIRST.path(), home.path());
        home
    }

    fn first() -> Self {
        let home = Self(tempfile::tempdir().unwrap());
        fs::write(home.path().join("bridges.yaml"), BRIDGE).unwrap();
        fs::write(
            home.path().join("older.yaml"),
            BRIDGE.replace("sets: 2", "sets: 3"),
        )
        .unwrap();
        home.succeeds(&["add", "bridges.yaml"]);
        home.succeeds(&["log", "bridges", "--at", &yesterday()]);
        home.succeeds(&["export"]);
        home
    }

    fn path(&self) -> &Path {
        self.0.path()
    }

    fn command(&self, args: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_regimen"));
        command
            .args(args)
            .env_clear()
            .env("HOME", self.path())
            .env("PATH", "/nowhere")
            .current_dir(self.path());
        command.stdin(Stdio::null()).stderr(Stdio::piped());
        command
    }

    fn succeeds(&self, args: &[&str]) {
        let output = self.command(args).output().unwrap();
        assert!(output.status.success(), "{args:?}: {output:?}");
    }
}

fn yesterday() -> String {
    let day = jiff::Zoned::now().date().checked_sub(1.day()).unwrap();
    let at: DateTime = day.at(7, 30, 0, 0);
    at.strftime("%Y-%m-%dT%H:%M").to_string()
}

fn complaint(output: &Output) -> String {
    String::from_utf8(output.stderr.clone()).unwrap()
}

/// Every verb with arguments that make it print, and its exit code when the output is written.
fn verbs() -> Vec<(Vec<String>, i32)> {
    let yesterday = yesterday();
    let correct = [
        "correct",
        yesterday.as_str(),
        "--exercise",
        "bridge",
        "--done",
        "1",
    ];
    let strike = ["strike", yesterday.as_str()];
    let new = [
        "new",
        "mine",
        "--title",
        "Mine",
        "--frequency",
        "daily",
        "--exercise",
        "glute-bridge",
    ];
    let rows: Vec<(&[&str], i32)> = vec![
        (&["--help"], 0),
        (&["--version"], 0),
        (&["help", "start"], 0),
        (&["--plain"], 0),
        (&["start", "bridges"], 0),
        (&["add", "bridges.yaml"], 0),
        (&["check", "bridges.yaml"], 0),
        (&["check", "bridges.yaml", "--watch"], 0),
        (&["check", "bridges.yaml", "--format", "json"], 0),
        (&["check", "bridges.yaml", "--format", "sarif"], 0),
        (&new, 0),
        (&["diff", "bridges.yaml", "older.yaml"], 0),
        (&["print", "bridges.yaml"], 0),
        (&["print", "bridges.yaml", "--text"], 0),
        (&["print", "bridges.yaml", "-o", "-"], 0),
        (&["explain"], 0),
        (&["explain", "hold"], 0),
        (&["explain", "--markdown"], 0),
        (&["schema"], 0),
        (&["exercises"], 0),
        (&["exercises", "bird-dog"], 0),
        (&["exercises", "--json"], 0),
        (&["figure", "bird-dog"], 0),
        (&["figure", "bird-dog", "--svg"], 0),
        (&["figure", "bird-dog", "--png", "sheet.png"], 0),
        (&["settings"], 0),
        (&["settings", "volume"], 0),
        (&["settings", "volume", "70"], 0),
        (&["today"], 0),
        (&["today", "--json"], 0),
        (&["history"], 0),
        (&["history", "--json"], 0),
        (&["history", "--all"], 0),
        (&["log", "bridges"], 0),
        (&correct, 0),
        (&strike, 0),
        (&["report"], 0),
        (&["report", "--format", "html"], 0),
        (&["report", "--format", "csv"], 0),
        (&["report", "--format", "json"], 0),
        (&["report", "--format", "fhir", "-o", "-"], 0),
        (&["report", "-o", "report.txt"], 0),
        (&["export", "-"], 0),
        (&["export", "again.jsonl"], 0),
        (&["import", "regimen-export.jsonl"], 0),
        (&["remind", "--snooze"], 0),
        (&["calendar", "-o", "-"], 0),
        (&["calendar"], 0),
        (&["sound"], 0),
        (&["completions", "bash"], 0),
        (&["man"], 0),
        (&["programs"], 0),
        (&["programs", "--samples", "--json"], 0),
    ];
    rows.into_iter()
        .map(|(args, code)| (args.iter().map(ToString::to_string).collect(), code))
        .collect()
}

#[test]
fn table_of_verbs_is_complete() {
    let home = Home::new();
    let help = String::from_utf8(home.command(&["--help"]).output().unwrap().stdout).unwrap();
    let listed = help
        .split("Commands:")
        .nth(1)
        .unwrap()
        .split("Options:")
        .next()
        .unwrap();
    let names = listed.lines().filter_map(|line| {
        line.strip_prefix("  ")?
            .split(' ')
            .next()
            .filter(|name| !name.is_empty())
    });
    let verbs = verbs();
    // A preview needs a whole terminal and prints nothing.
    for name in names.filter(|name| *name != "preview") {
        assert!(
            verbs
                .iter()
                .any(|(args, _)| args.contains(&name.to_owned())),
            "{name}"
        );
    }
}

#[test]
fn output_full_disk_ends_with_2_and_one_sentence() {
    for (args, _) in verbs() {
        let home = Home::new();
        let args: Vec<&str> = args.iter().map(String::as_str).collect();
        let full = File::options().write(true).open("/dev/full").unwrap();
        let output = home.command(&args).stdout(full).output().unwrap();
        let said = complaint(&output);
        assert_eq!(output.status.code(), Some(2), "{args:?}: {said}");
        let begins =
            "regimen: could not write the output: no space left on device; make room on the disk, ";
        assert!(
            said.starts_with(begins) && said.lines().count() == 1,
            "{args:?}: {said}"
        );
    }
}

#[test]
fn output_closed_pipe_is_no_failure() {
    for (args, code) in verbs() {
        let home = Home::new();
        let args: Vec<&str> = args.iter().map(String::as_str).collect();
        let (reader, writer) = std::io::pipe().unwrap();
        drop(reader);
        let output = home.command(&args).stdout(writer).output().unwrap();
        assert_eq!(
            (complaint(&output).as_str(), output.status.code()),
            ("", Some(code)),
            "{args:?}"
        );
    }
}

#[test]
fn output_lost_advice_depends_on_whether_records_changed() {
    let home = Home::new();
    let full = || File::options().write(true).open("/dev/full").unwrap();
    let said = |args: &[&str]| complaint(&home.command(args).stdout(full()).output().unwrap());
    assert!(said(&["export", "-"]).ends_with("make room on the disk, and run it again\n"));
    let logged = said(&["log", "bridges"]);
    assert!(
        logged.ends_with("and look at what it did before you run it again\n"),
        "{logged}"
    );
    // The session was recorded in spite of the lost output.
    let store = Store::open(&home.path().join(".local/share/regimen/records.db")).unwrap();
    assert_eq!(store.histories(jiff::Timestamp::MIN).unwrap().len(), 2);
}

#[test]
fn output_read_only_descriptor_is_reported() {
    let home = Home::new();
    let read_only = File::open(home.path().join("bridges.yaml")).unwrap();
    let output = home
        .command(&["schema"])
        .stdout(read_only)
        .output()
        .unwrap();
    let words = "regimen: could not write the output: bad file descriptor; check where the output goes, and run it again\n";
    assert_eq!(
        (complaint(&output).as_str(), output.status.code()),
        (words, Some(2))
    );
}

/// Accepts this many bytes and then reports a full disk.
struct Small(usize);

impl Write for Small {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        let taken = bytes.len().min(self.0);
        self.0 -= taken;
        if taken == 0 && !bytes.is_empty() {
            Err(std::io::ErrorKind::StorageFull.into())
        } else {
            Ok(taken)
        }
    }

    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

#[test]
fn output_after_a_failure_stays_silent() {
    let mut output = output::Output::new(Small(6));
    assert!(output.print("four"));
    assert_eq!(output.failure(), None);
    assert!(!output.print("five"));
    // A shorter text would fit, but then the output would have a gap.
    assert!(!output.print(""));
    assert_eq!(
        output.failure().unwrap(),
        "no storage space; make room on the disk"
    );
}

/// Runs a command in a shell that limits files to `most` kibibytes.
fn limited(home: &Home, most: u64, args: &[&str], stdout: File) -> std::process::Child {
    let mut command = Command::new("/bin/bash");
    let script = format!("trap '' XFSZ; ulimit -f {most}; exec \"$0\" \"$@\"");
    command.args(["-c", &script, env!("CARGO_BIN_EXE_regimen")]);
    command
        .args(args)
        .env_clear()
        .env("HOME", home.path())
        .current_dir(home.path());
    command
        .stdin(Stdio::piped())
        .stdout(stdout)
        .stderr(Stdio::piped())
        .spawn()
        .unwrap()
}

/// Starts the session and continues after the stop signs.
const ENTERS: &[u8] = b"\n\n";

/// A file size in kibibytes that the records never reach.
const LIMIT: u64 = 1024;

#[test]
fn plain_session_lost_output_ends_with_2_and_keeps_records() {
    let append = |path: &Path| {
        File::options()
            .create(true)
            .append(true)
            .open(path)
            .unwrap()
    };
    // The first run measures where the second set begins in the output.
    let whole = Home::new();
    let lines = whole.path().join("lines");
    let mut child = limited(
        &whole,
        LIMIT,
        &["--plain", "start", "bridges"],
        append(&lines),
    );
    child.stdin.as_ref().unwrap().write_all(ENTERS).unwrap();
    let begun = std::time::Instant::now();
    let at = loop {
        let text = fs::read_to_string(&lines).unwrap();
        if let Some(at) = text.find("set 2 of 2") {
            break at;
        }
        assert!(begun.elapsed().as_secs() < 20, "{text}");
        std::thread::sleep(std::time::Duration::from_millis(20));
    };
    drop(child.stdin.take());
    assert_eq!(child.wait().unwrap().code(), Some(0));
    // In the second run the disk is full at that place.
    let home = Home::new();
    let lines = home.path().join("lines");
    fs::write(
        &lines,
        vec![b' '; usize::try_from(LIMIT * 1024).unwrap() - at],
    )
    .unwrap();
    let mut child = limited(
        &home,
        LIMIT,
        &["--plain", "start", "bridges"],
        append(&lines),
    );
    // The keyboard stays open, and the session ends by itself.
    let mut keyboard = child.stdin.take().unwrap();
    keyboard.write_all(ENTERS).unwrap();
    let output = child.wait_with_output().unwrap();
    let said = complaint(&output);
    assert_eq!(output.status.code(), Some(2), "{said}");
    let begins = "regimen: could not write the output: file too large; make room on the disk, ";
    assert!(
        said.starts_with(begins) && said.lines().count() == 1,
        "{said}"
    );
    let store = Store::open(&home.path().join(".local/share/regimen/records.db")).unwrap();
    let histories = store.histories(jiff::Timestamp::MIN).unwrap();
    let sets = &histories.last().unwrap().sets;
    assert_eq!(
        (histories.len(), sets.first().unwrap().done.time),
        (2, Some(std::time::Duration::from_secs(1)))
    );
}

#[test]
fn file_without_room_leaves_the_old_one_and_no_half() {
    let home = Home::new();
    let names = || {
        let mut names: Vec<_> = fs::read_dir(home.path())
            .unwrap()
            .map(|entry| entry.unwrap().file_name())
            .collect();
        names.sort();
        names
    };
    for args in [
        &["export", "there"][..],
        &["report", "-o", "there"],
        &["report", "--format", "fhir", "-o", "there"],
        &["print", "bridges.yaml", "-o", "there"],
        &["calendar", "-o", "there"],
        &["figure", "bird-dog", "--png", "there"],
    ] {
        for old in [None, Some("old")] {
            let _ = fs::remove_file(home.path().join("there"));
            if let Some(old) = old {
                fs::write(home.path().join("there"), old).unwrap();
            }
            let before = names();
            let nowhere = File::options().write(true).open("/dev/null").unwrap();
            let output = limited(&home, 0, args, nowhere).wait_with_output().unwrap();
            let words = "regimen: could not write there: file too large; make room on the disk\n";
            assert_eq!(
                (complaint(&output).as_str(), output.status.code()),
                (words, Some(2)),
                "{args:?}"
            );
            assert_eq!(names(), before, "{args:?}");
            assert_eq!(
                fs::read_to_string(home.path().join("there"))
                    .ok()
                    .as_deref(),
                old,
                "{args:?}"
            );
        }
    }
}

#[test]
fn device_is_written_to_and_stays_a_device() {
    use std::os::unix::fs::FileTypeExt;
    let home = Home::new();
    let output = home.command(&["export", "/dev/full"]).output().unwrap();
    let words =
        "regimen: could not write /dev/full: no space left on device; make room on the disk\n";
    assert_eq!(
        (complaint(&output).as_str(), output.status.code()),
        (words, Some(2))
    );
    home.succeeds(&["report", "-o", "/dev/null"]);
    for device in ["/dev/full", "/dev/null"] {
        assert!(
            fs::metadata(device).unwrap().file_type().is_char_device(),
            "{device}"
        );
    }
}
