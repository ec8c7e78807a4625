//! Permissions of files with health data: only their owner may read them.
#![cfg(unix)]

use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::path::Path;
use std::process::{Command, Stdio};

use jiff::Timestamp;
use regimen::files::{self, Care};
use regimen::record::{EndKind, EndRecord, Record};
use regimen::store::{Journal, Store};

use crate::support::beginning;

const BRIDGE: &str = "
title: Bridges
frequency: daily
pain: {ask: []}
exercises:
  - {name: Bridge, instructions: Lift., sets: 2, hold: 1 s}
";

/// Returns the permissions of a file or a folder, as `stat` prints them.
fn mode(path: &Path) -> String {
    let mode = fs::metadata(path)
        .unwrap_or_else(|error| panic!("{}: {error}", path.display()))
        .permissions()
        .mode();
    format!("{:o}", mode & 0o7777)
}

fn set_mode(path: &Path, mode: u32) {
    fs::set_permissions(path, fs::Permissions::from_mode(mode)).unwrap();
}

/// Runs a command with umask 0, so that only files closed on purpose are closed.
fn run(home: &Path, args: &[&str]) {
    let mut command = Command::new("/bin/sh");
    command
        .args([
            "-c",
            "umask 0; exec \"$0\" \"$@\"",
            env!("CARGO_BIN_EXE_regimen"),
        ])
        .args(args);
    command
        .env_clear()
        .env("HOME", home)
        .current_dir(home)
        .stdin(Stdio::null());
    let output = command.output().unwrap();
    assert!(output.status.success(), "{args:?}: {output:?}");
}

#[test]
fn files_about_a_patient_are_private() {
    let home = tempfile::tempdir().unwrap();
    let at = |name: &str| home.path().join(name);
    fs::write(at("bridges.yaml"), BRIDGE).unwrap();
    for args in [
        &["add", "bridges.yaml"][..],
        &["log", "bridges"],
        &["settings", "volume", "70"],
        &["remind", "--snooze"],
        &["export"],
        &["report", "-o", "report.txt"],
        &["report", "--format", "fhir", "-o", "new/report.json"],
        &["calendar"],
    ] {
        run(home.path(), args);
    }
    for (name, wanted) in [
        (".local/share/regimen", "700"),
        (".local/share/regimen/programs", "700"),
        (".local/share/regimen/records.db", "600"),
        (".local/share/regimen/reminders.json", "600"),
        (".config/regimen/settings.yaml", "600"),
        ("regimen-export.jsonl", "600"),
        ("report.txt", "600"),
        ("new", "700"),
        ("new/report.json", "600"),
        ("regimen.ics", "600"),
    ] {
        assert_eq!(mode(&at(name)), wanted, "{name}");
    }
    // A handout is for others too.
    run(home.path(), &["print", "bridges.yaml"]);
    assert_eq!(mode(&at("bridges.html")), "666");
}

#[test]
fn backup_journal_and_unsaved_records_are_private() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("records.db");
    let mut journal = Journal::open(&path, "run", Timestamp::MIN).journal;
    let _ = journal.save(beginning("s"));
    let at = crate::support::morning();
    let _ = journal.save(vec![Record::End(EndRecord {
        id: "e".to_owned(),
        session: "s".to_owned(),
        kind: EndKind::Finished,
        for_pain: false,
        at,
    })]);
    assert_eq!(journal.close(), None);
    assert_eq!(mode(&folder.path().join("records.backup.db")), "600");
    assert_eq!(
        Store::open(&folder.path().join("records.backup.db"))
            .unwrap()
            .programs()
            .unwrap(),
        ["a"]
    );
    let other = rusqlite::Connection::open(&path).unwrap();
    other
        .execute_batch("BEGIN EXCLUSIVE; UPDATE session SET title = 'B';")
        .unwrap();
    assert_eq!(mode(&folder.path().join("records.db-journal")), "600");
    let mut journal = Journal::open(&path, "next", Timestamp::MIN).journal;
    let _ = journal.save(beginning("t"));
    assert_eq!(
        mode(&folder.path().join("records.unsaved-next.jsonl")),
        "600"
    );
}

#[test]
fn files_left_open_by_an_earlier_version_are_closed_at_start() {
    let home = tempfile::tempdir().unwrap();
    let at = |name: &str| home.path().join(name);
    fs::write(at("bridges.yaml"), BRIDGE).unwrap();
    run(home.path(), &["add", "bridges.yaml"]);
    run(home.path(), &["log", "bridges"]);
    run(home.path(), &["settings", "volume", "70"]);
    let data = at(".local/share/regimen");
    fs::copy(data.join("records.db"), data.join("records.backup.db")).unwrap();
    let programs = data.join("programs");
    set_mode(&data, 0o755);
    set_mode(&programs, 0o755);
    let files = [
        data.join("records.db"),
        data.join("records.backup.db"),
        at(".config/regimen/settings.yaml"),
    ];
    for file in &files {
        set_mode(file, 0o644);
    }
    run(home.path(), &["today"]);
    assert_eq!(mode(&data), "700");
    assert_eq!(mode(&programs), "700");
    for file in &files {
        assert_eq!(mode(file), "600", "{}", file.display());
    }
    // The folder above is used by other programs too.
    assert_eq!(
        mode(&at(".local/share")),
        "700",
        "created by regimen, so private"
    );
    set_mode(&at(".local/share"), 0o755);
    run(home.path(), &["today"]);
    assert_eq!(mode(&at(".local/share")), "755");
}

#[test]
fn named_folder_and_foreign_file_keep_their_permissions() {
    let home = tempfile::tempdir().unwrap();
    let shared = home.path().join("shared");
    fs::create_dir_all(shared.join("programs")).unwrap();
    fs::write(shared.join("programs/bridges.yaml"), BRIDGE).unwrap();
    fs::write(shared.join("settings.yaml"), "volume: 80\n").unwrap();
    for (name, open) in [
        ("", 0o775),
        ("programs", 0o775),
        ("programs/bridges.yaml", 0o664),
        ("settings.yaml", 0o664),
    ] {
        set_mode(&shared.join(name), open);
    }
    let args = [
        "--programs",
        "shared/programs",
        "--database",
        "shared/r.db",
        "--settings",
        "shared/settings.yaml",
    ];
    run(home.path(), &[&args[..], &["log", "bridges"]].concat());
    assert_eq!(mode(&shared.join("r.db")), "600");
    for (name, open) in [
        ("", "775"),
        ("programs", "775"),
        ("programs/bridges.yaml", "664"),
        ("settings.yaml", "664"),
    ] {
        assert_eq!(mode(&shared.join(name)), open, "{name}");
    }
    let photos = home.path().join("photos.db");
    rusqlite::Connection::open(&photos)
        .unwrap()
        .execute_batch("CREATE TABLE photo (name)")
        .unwrap();
    set_mode(&photos, 0o664);
    assert!(Store::open(&photos).is_err());
    assert_eq!(mode(&photos), "664");
    // A default folder that is a link belongs to somewhere else.
    fs::create_dir_all(home.path().join(".local/share")).unwrap();
    std::os::unix::fs::symlink(&shared, home.path().join(".local/share/regimen")).unwrap();
    run(home.path(), &["today"]);
    assert_eq!(mode(&shared), "775");
}

#[test]
fn shared_file_keeps_permissions_and_link_stays_a_link() {
    let folder = tempfile::tempdir().unwrap();
    let (real, link) = (folder.path().join("real"), folder.path().join("link"));
    fs::write(&real, "old").unwrap();
    set_mode(&real, 0o640);
    std::os::unix::fs::symlink(&real, &link).unwrap();
    files::write(&link, b"new", Care::Shared).unwrap();
    assert!(fs::symlink_metadata(&link).unwrap().is_symlink());
    assert_eq!(
        (
            fs::read_to_string(&real).unwrap().as_str(),
            mode(&real).as_str()
        ),
        ("new", "640")
    );
    files::write(&link, b"mine", Care::Private).unwrap();
    assert_eq!(
        (
            fs::read_to_string(&real).unwrap().as_str(),
            mode(&real).as_str()
        ),
        ("mine", "600")
    );
    assert!(!files::write_new(&link, b"other", Care::Shared).unwrap());
    assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 2);
}
