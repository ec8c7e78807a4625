//! The command line: adding files, sessions as lines, checking, exit codes.

use std::path::Path;

use assert_cmd::Command;

const BRIDGE: &str = "
title: Bridges
frequency: daily
pain: {ask: []}
defaults: {get_ready: 0 s, rest: 0 s}
exercises:
  - {name: Bridge, instructions: Lift., sets: 2, reps: 10}
";

fn regimen(home: &Path) -> Command {
    let mut command = Command::cargo_bin("regimen").unwrap();
    command
        .env_clear()
        .env("HOME", home)
        .env("XDG_DATA_HOME", home.join("data"))
        .env("PATH", "/usr/bin:/bin")
        .timeout(std::time::Duration::from_secs(60));
    command
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8(bytes.to_vec()).unwrap()
}

#[test]
fn add_good_file_is_listed() {
    let home = tempfile::tempdir().unwrap();
    let file = home.path().join("bridges.yaml");
    std::fs::write(&file, BRIDGE).unwrap();
    let added = regimen(home.path())
        .arg("add")
        .arg(&file)
        .assert()
        .success();
    assert!(text(&added.get_output().stdout).contains("Added \"Bridges\": "));
    assert_eq!(
        std::fs::read_to_string(home.path().join("data/regimen/programs/bridges.yaml")).unwrap(),
        BRIDGE
    );
    let again = regimen(home.path())
        .arg("add")
        .arg(&file)
        .assert()
        .success();
    assert!(
        text(&again.get_output().stdout).contains("You already have this version of \"Bridges\".")
    );
    let today = regimen(home.path())
        .arg("--plain")
        .write_stdin("")
        .assert()
        .success();
    let today = text(&today.get_output().stdout);
    assert!(
        today.contains("Selected: Bridges, due, 1 exercise"),
        "{today}"
    );
    assert!(!today.contains("Deep core"), "{today}");
}

#[test]
fn add_newer_version_lists_changes_and_needs_yes() {
    let home = tempfile::tempdir().unwrap();
    let file = home.path().join("bridges.yaml");
    std::fs::write(&file, BRIDGE).unwrap();
    regimen(home.path())
        .arg("add")
        .arg(&file)
        .assert()
        .success();
    std::fs::write(
        &file,
        BRIDGE
            .replace("sets: 2", "sets: 3")
            .replace("daily", "3x/week"),
    )
    .unwrap();
    let asked = regimen(home.path()).arg("add").arg(&file).assert().code(1);
    let said = text(&asked.get_output().stdout);
    assert!(
        said.contains("how often: every day -> 3 times a week"),
        "{said}"
    );
    assert!(said.contains("Bridge: sets 2 -> 3"), "{said}");
    assert!(text(&asked.get_output().stderr).contains("--yes"));
    let there = home.path().join("data/regimen/programs/bridges.yaml");
    assert_eq!(std::fs::read_to_string(&there).unwrap(), BRIDGE);
    regimen(home.path())
        .arg("add")
        .arg("--yes")
        .arg(&file)
        .assert()
        .success();
    assert!(std::fs::read_to_string(&there).unwrap().contains("sets: 3"));
    assert_eq!(
        std::fs::read_to_string(home.path().join("data/regimen/programs/bridges.yaml.old"))
            .unwrap(),
        BRIDGE
    );
}

#[test]
fn add_other_id_never_replaces_a_file_of_the_same_name() {
    let home = tempfile::tempdir().unwrap();
    let file = home.path().join("deep.yaml");
    std::fs::write(&file, format!("id: evening{BRIDGE}")).unwrap();
    let folder = home.path().join("data/regimen/programs");
    std::fs::create_dir_all(&folder).unwrap();
    std::fs::copy(&file, folder.join("deep.yaml")).unwrap();
    std::fs::write(&file, BRIDGE).unwrap();
    // Two versions of one program would both be due, so this needs --yes.
    let refused = regimen(home.path()).arg("add").arg(&file).assert().code(1);
    assert!(
        text(&refused.get_output().stdout)
            .contains("give the new file the id of the old one: `id: evening`")
    );
    assert!(!folder.join("deep-2.yaml").exists());
    regimen(home.path())
        .arg("add")
        .arg("--yes")
        .arg(&file)
        .assert()
        .success();
    assert!(
        std::fs::read_to_string(folder.join("deep.yaml"))
            .unwrap()
            .contains("id: evening")
    );
    assert_eq!(
        std::fs::read_to_string(folder.join("deep-2.yaml")).unwrap(),
        BRIDGE
    );
}

#[test]
fn add_file_with_mistakes_is_refused_and_others_are_added() {
    let home = tempfile::tempdir().unwrap();
    let good = home.path().join("good.yaml");
    let bad = home.path().join("bad.yaml");
    std::fs::write(&good, BRIDGE).unwrap();
    std::fs::write(&bad, BRIDGE.replace("reps", "rep")).unwrap();
    let refused = regimen(home.path())
        .arg("add")
        .arg(home.path().join("missing.yaml"))
        .arg(&bad)
        .arg(&good)
        .assert()
        .code(2);
    let said = text(&refused.get_output().stderr);
    assert!(said.contains("missing.yaml"), "{said}");
    assert!(
        said.contains("did you mean `reps`?") && said.contains("bad.yaml:7:50"),
        "{said}"
    );
    let there: Vec<_> = std::fs::read_dir(home.path().join("data/regimen/programs"))
        .unwrap()
        .collect();
    assert_eq!(there.len(), 1);
    regimen(home.path())
        .arg("start")
        .arg(&bad)
        .write_stdin("")
        .assert()
        .code(1);
    regimen(home.path())
        .arg("start")
        .arg("brigdes")
        .write_stdin("")
        .assert()
        .code(2);
}

#[test]
fn plain_session_is_played_as_lines() {
    let home = tempfile::tempdir().unwrap();
    let file = home.path().join("bridges.yaml");
    std::fs::write(&file, BRIDGE.replace("reps: 10", "hold: 1 s")).unwrap();
    // Enter starts, and the holds run by themselves. Then come exertion, note and summary.
    let mut child = std::process::Command::new(env!("CARGO_BIN_EXE_regimen"))
        .args(["--plain", "start"])
        .arg(&file)
        .env("XDG_DATA_HOME", home.path().join("data"))
        .env("HOME", home.path())
        .stdin(std::process::Stdio::piped())
        .stdout(std::process::Stdio::piped())
        .spawn()
        .unwrap();
    let mut keyboard = child.stdin.take().unwrap();
    let mut lines = std::io::BufRead::lines(std::io::BufReader::new(child.stdout.take().unwrap()));
    let mut said = Vec::new();
    for (wanted, typed) in [
        (
            "Keys: Enter start, ! stop signs, up and down move, h hands-free, Esc back, ? help.",
            "\n",
        ),
        ("hold 1 s, set 2 of 2", ""),
        ("How hard was the session?", "4\n"),
        ("4 of 10", "\n"),
        ("Anything your therapist should know?", "all good\n\n"),
        (
            "Keys: Enter back to today, up and down move, ? help.",
            "quit\n",
        ),
    ] {
        loop {
            let line = lines
                .next()
                .unwrap_or_else(|| panic!("no `{wanted}` in {said:#?}"))
                .unwrap();
            said.push(line.clone());
            if line == wanted {
                break;
            }
        }
        std::io::Write::write_all(&mut keyboard, typed.as_bytes()).unwrap();
    }
    assert!(child.wait().unwrap().success());
    assert!(
        said.iter().any(|line| line == "Bridges · 2 of 2 sets done"),
        "{said:#?}"
    );
    let store = regimen::store::Store::open(&home.path().join("data/regimen/records.db")).unwrap();
    assert_eq!(
        store.histories(jiff::Timestamp::MIN).unwrap()[0].sets.len(),
        2
    );
    assert_eq!(
        store.histories(jiff::Timestamp::MIN).unwrap()[0].notes[0].text,
        "all good"
    );
}

#[test]
fn help_names_commands_and_options() {
    let home = tempfile::tempdir().unwrap();
    let help = regimen(home.path()).arg("--help").assert().success();
    let help = text(&help.get_output().stdout);
    for word in ["start", "add", "--programs", "--database", "--plain"] {
        assert!(help.contains(word), "{help}");
    }
}

#[test]
fn exercises_other_name_shows_the_exercise_with_its_lines() {
    let home = tempfile::tempdir().unwrap();
    let found = regimen(home.path())
        .args(["exercises", "side", "bridge"])
        .assert()
        .success();
    let shown = text(&found.get_output().stdout);
    assert!(shown.starts_with("Side plank  (side-plank)"), "{shown}");
    assert!(
        shown.contains(
            "  - exercise: side-plank\n    side: each\n    reps: [6, 4, 2]\n    hold: 10 s\n"
        ),
        "{shown}"
    );
    assert!(
        shown.contains("sets of 6, 4 and 2 per side; hold each 10 seconds"),
        "{shown}"
    );
    let json = regimen(home.path())
        .args(["exercises", "--json", "side bridge"])
        .assert()
        .success();
    let json: serde_json::Value = serde_json::from_slice(&json.get_output().stdout).unwrap();
    assert_eq!(json[0]["id"], "side-plank");
    assert_eq!(json.as_array().unwrap().len(), 1);
}

#[test]
fn exercises_search_matches_muscle_position_and_misspelling() {
    let home = tempfile::tempdir().unwrap();
    let search = |words: &[&str]| {
        let output = regimen(home.path())
            .arg("exercises")
            .args(words)
            .assert()
            .get_output()
            .clone();
        (text(&output.stdout), output.status.code())
    };
    assert!(search(&["multifidus"]).0.contains("bird-dog"));
    assert!(search(&["deep", "belly"]).0.contains("abdominal-hollowing"));
    assert!(
        search(&["kneeling", "hip"])
            .0
            .contains("hip-flexor-stretch-half-kneeling")
    );
    assert!(
        search(&["hamstrings", "stretch"])
            .0
            .contains("hamstring-stretch-standing")
    );
    assert!(search(&["calfs"]).0.contains("calf-stretch-straight-knee"));
    assert!(search(&["planck"]).0.contains("front-plank"));
    let (all, code) = search(&[]);
    assert_eq!(code, Some(0));
    assert!(
        all.contains("68 exercises") && all.contains("\nStretches\n"),
        "{all}"
    );
    assert_eq!(search(&["trombone"]).1, Some(1));
}

#[test]
fn programs_are_listed_with_minutes_and_frequency() {
    let home = tempfile::tempdir().unwrap();
    let samples = text(
        &regimen(home.path())
            .arg("programs")
            .assert()
            .success()
            .get_output()
            .stdout,
    );
    assert!(
        samples.starts_with("Samples, not prescriptions:"),
        "{samples}"
    );
    assert!(
        samples.contains("Five minutes  (five-minutes)")
            && samples.contains("5 min · as needed · 3 exercises")
    );
    let folder = home.path().join("data/regimen/programs");
    std::fs::create_dir_all(&folder).unwrap();
    std::fs::write(folder.join("bridges.yaml"), BRIDGE).unwrap();
    let own = regimen(home.path())
        .args(["programs", "--json"])
        .assert()
        .success();
    let own: serde_json::Value = serde_json::from_slice(&own.get_output().stdout).unwrap();
    assert_eq!(own.as_array().unwrap().len(), 1);
    assert_eq!(own[0]["phases"][0]["frequency"], "every day");
    std::fs::write(folder.join("wrong.yaml"), "title: Wrong\nexercises: 3\n").unwrap();
    let wrong = regimen(home.path()).arg("programs").assert().code(1);
    assert!(
        text(&wrong.get_output().stdout).contains("can't be played: line 2"),
        "{:?}",
        wrong.get_output()
    );
}

#[test]
fn check_lists_mistakes_and_describes_good_files() {
    let home = tempfile::tempdir().unwrap();
    let file = |name: &str, text: &str| {
        let path = home.path().join(name);
        std::fs::write(&path, text).unwrap();
        path
    };
    let good = file("good.yaml", BRIDGE);
    let bad = file(
        "bad.yaml",
        "title: Bad\nfrequency: daily\nexercises:\n  - exercise: glute-brige\n    rep: 10\n",
    );
    let check = |args: &[&str]| {
        let output = regimen(home.path())
            .arg("check")
            .args(args)
            .output()
            .unwrap();
        (
            text(&output.stdout),
            text(&output.stderr),
            output.status.code(),
        )
    };
    let (good, bad) = (good.to_str().unwrap(), bad.to_str().unwrap());
    let (said, _, code) = check(&[good]);
    assert_eq!(code, Some(0));
    assert!(
        said.contains(
            "  Bridges: every day, about 1 min a session, 9 min a week\n    Bridge: 2 sets of 10\n"
        ),
        "{said}"
    );
    let (said, _, code) = check(&[good, bad]);
    assert_eq!(code, Some(1));
    assert!(
        said.contains("did you mean `glute-bridge`?") && said.contains("did you mean `reps`?"),
        "{said}"
    );
    assert!(
        said.contains("2 files checked: 2 mistakes in 1 file, 2 suggestions"),
        "{said}"
    );
    // A file that can't be read doesn't stop the others from being checked.
    let (said, complaint, code) = check(&[good, "nowhere.yaml", bad]);
    assert_eq!(code, Some(2));
    assert!(
        complaint.contains("there is no file nowhere.yaml")
            && said.contains("2 mistakes in 1 file"),
        "{said}"
    );
    // A folder, and standard input.
    assert_eq!(check(&[home.path().to_str().unwrap()]).2, Some(1));
    let piped = regimen(home.path())
        .args(["check", "-"])
        .write_stdin(BRIDGE)
        .assert()
        .success();
    assert!(text(&piped.get_output().stdout).contains("\n<standard input>: no mistakes.\n"));
    // Suggestions count as mistakes only with --deny-advice.
    let advice = file(
        "advice.yaml",
        "title: T\nexercises:\n  - {exercise: glute-bridge, reps: 10}\n",
    );
    assert_eq!(check(&[advice.to_str().unwrap()]).2, Some(0));
    assert_eq!(
        check(&["--deny-advice", advice.to_str().unwrap()]).2,
        Some(1)
    );
}

#[test]
fn check_json_and_sarif_have_the_same_diagnostics() {
    let home = tempfile::tempdir().unwrap();
    let bad = "title: Bad\nfrequency: daily\nexercises:\n  - exercise: glute-bridge\n    reps: 10\n    hold: fünf\n    reps: 9\n";
    let check = |format: &str| -> serde_json::Value {
        let output = regimen(home.path())
            .args(["check", "-", "--format", format])
            .write_stdin(bad)
            .assert()
            .code(1);
        serde_json::from_slice(&output.get_output().stdout).unwrap()
    };
    let json = check("json");
    assert_eq!(json[0]["ok"], false);
    let (hold, reps) = (&json[0]["diagnostics"][0], &json[0]["diagnostics"][1]);
    assert_eq!(hold["code"], "bad-length");
    assert_eq!(
        hold["at"],
        serde_json::json!({ "line": 6, "column": 11, "end_line": 6, "end_column": 15 })
    );
    assert_eq!(reps["code"], "duplicate-key");
    assert_eq!(reps["related"]["at"]["line"], 5);
    let sarif = check("sarif");
    assert_eq!(sarif["version"], "2.1.0");
    let result = &sarif["runs"][0]["results"][0];
    assert_eq!(result["ruleId"], "bad-length");
    assert_eq!(result["level"], "error");
    assert_eq!(
        result["locations"][0]["physicalLocation"]["region"]["startColumn"],
        11
    );
}

#[test]
fn new_program_has_no_mistakes_and_overwrites_nothing() {
    let home = tempfile::tempdir().unwrap();
    let new = |args: &[&str]| {
        let output = regimen(home.path())
            .current_dir(home.path())
            .arg("new")
            .args(args)
            .output()
            .unwrap();
        (
            text(&output.stdout),
            text(&output.stderr),
            output.status.code(),
        )
    };
    let all = [
        "--exercise",
        "side bridge",
        "--exercise",
        "glute-bridge",
        "--exercise",
        "bird-dog",
    ];
    let args = [
        &[
            "--title",
            "Mornings: a start",
            "--condition",
            "Stiff back",
            "--frequency",
            "mon wed fri",
        ][..],
        &all,
    ]
    .concat();
    let args = [
        &args[..],
        &["--therapist", "Kim Ode", "--phone", "303 442 1100"],
    ]
    .concat();
    assert_eq!(new(&args).2, Some(0));
    let path = home.path().join("new.yaml");
    assert!(!path.exists());
    let path = home.path().join("mornings-a-start.yaml");
    let written = std::fs::read_to_string(&path).unwrap_or_else(|_| {
        panic!(
            "{:?}",
            std::fs::read_dir(home.path()).unwrap().collect::<Vec<_>>()
        )
    });
    // The exercises are in the order in which they were named.
    assert!(
        written.find("exercise: side-plank").unwrap() < written.find("exercise: bird-dog").unwrap(),
        "{written}"
    );
    regimen(home.path())
        .args(["check", "--deny-advice"])
        .arg(&path)
        .assert()
        .success();
    std::fs::write(&path, "mine").unwrap();
    let (_, complaint, code) = new(&args);
    assert_eq!(code, Some(2));
    assert!(
        complaint.contains("exists and was not changed; give the new file another name"),
        "{complaint}"
    );
    assert_eq!(std::fs::read_to_string(&path).unwrap(), "mine");
    // A copy of a sample.
    let contact = [
        "--therapist",
        "Kim Ode",
        "--clinic",
        "Elm Street",
        "--phone",
        "1",
        "--email",
        "kim@elm.org",
    ];
    let hers = [
        &["hers", "--from", "five-minutes", "--title", "Hers"][..],
        &contact,
    ]
    .concat();
    assert_eq!(new(&hers).2, Some(0));
    regimen(home.path())
        .current_dir(home.path())
        .args(["check", "--deny-advice", "hers.yaml"])
        .assert()
        .success();
    assert!(
        std::fs::read_to_string(home.path().join("hers.yaml"))
            .unwrap()
            .contains("id: hers\ntitle: Hers\n")
    );
    assert_eq!(new(&["--exercise", "glute-bridge"]).2, Some(2));
    assert!(
        new(&["x", "--exercise", "glute-brige"])
            .1
            .contains("did you mean `glute-bridge`?")
    );
    assert!(
        new(&["x", "--frequency", "often", "--exercise", "glute-bridge"])
            .1
            .contains("every 14 days")
    );
}

#[test]
fn diff_describes_changes() {
    let home = tempfile::tempdir().unwrap();
    let version = |name: &str, left: u32, reps: &str| {
        let path = home.path().join(name);
        let text = format!(
            "title: T\nfrequency: daily\nexercises:\n  - exercise: side-plank\n    sets: {{left: 3, right: 2}}\n    hold: {{left: {left} s, right: 20 s}}\n  - {{exercise: mcgill-curl-up, reps: {reps}, hold: 10 s}}\n"
        );
        std::fs::write(&path, text).unwrap();
        path
    };
    let (old, new) = (
        version("old.yaml", 15, "[6, 4, 2]"),
        version("new.yaml", 20, "[8, 6, 4]"),
    );
    let said = text(
        &regimen(home.path())
            .arg("diff")
            .arg(&old)
            .arg(&new)
            .assert()
            .success()
            .get_output()
            .stdout,
    );
    assert_eq!(
        said,
        "Side plank: left hold 15 s -> 20 s\nMcGill curl-up: reps 6, 4, 2 -> 8, 6, 4\n"
    );
    let said = text(
        &regimen(home.path())
            .arg("diff")
            .arg(&old)
            .arg(&old)
            .assert()
            .success()
            .get_output()
            .stdout,
    );
    assert_eq!(said, "Nothing changed that a patient would notice.\n");
    regimen(home.path())
        .arg("diff")
        .arg(&old)
        .arg("nowhere.yaml")
        .assert()
        .code(2);
}

#[test]
fn completions_and_manual_have_all_commands() {
    let home = tempfile::tempdir().unwrap();
    for shell in ["bash", "zsh", "fish", "elvish", "powershell"] {
        let said = text(
            &regimen(home.path())
                .args(["completions", shell])
                .assert()
                .success()
                .get_output()
                .stdout,
        );
        assert!(
            said.contains("exercises") && said.contains("deny-advice"),
            "{shell}"
        );
    }
    let page = text(
        &regimen(home.path())
            .arg("man")
            .assert()
            .success()
            .get_output()
            .stdout,
    );
    assert!(
        page.starts_with(".ie") && page.contains("deny\\-advice"),
        "{page}"
    );
}

#[test]
fn print_writes_beside_the_program_and_never_over_another_file() {
    let home = tempfile::tempdir().unwrap();
    let file = home.path().join("bridges.yaml");
    std::fs::write(&file, BRIDGE).unwrap();
    let page = home.path().join("bridges.html");
    regimen(home.path())
        .arg("print")
        .arg(&file)
        .assert()
        .success();
    assert!(
        std::fs::read_to_string(&page)
            .unwrap()
            .contains("<h1>Bridges</h1>")
    );
    regimen(home.path())
        .arg("print")
        .arg(&file)
        .assert()
        .success();
    std::fs::write(&page, "mine").unwrap();
    let refused = regimen(home.path())
        .arg("print")
        .arg(&file)
        .assert()
        .code(2);
    assert!(text(&refused.get_output().stderr).contains("was not made by regimen"));
    assert_eq!(std::fs::read_to_string(&page).unwrap(), "mine");
    let said = regimen(home.path())
        .args(["print", "--text"])
        .arg(&file)
        .assert()
        .success();
    assert!(text(&said.get_output().stdout).contains("1. BRIDGE"));
    let said = regimen(home.path())
        .args(["print", "--output", "-"])
        .arg(&file)
        .assert()
        .success();
    assert!(text(&said.get_output().stdout).starts_with("<!doctype html>"));
}

#[test]
fn control_characters_in_a_file_never_reach_the_terminal() {
    let home = tempfile::tempdir().unwrap();
    let file = |name: &str, text: &str| {
        let path = home.path().join(name);
        std::fs::write(&path, text).unwrap();
        path
    };
    let raw = file(
        "raw.yaml",
        "title: \u{1b}]0;evil\u{7}\nexercises:\n  - {name: \"a\u{9b}31mb\", reps: 10, cues: \"\u{202e}x\"}\n",
    );
    let escaped = file(
        "escaped.yaml",
        "title: \"\\e]0;evil\\a\"\nfrequency: daily\nexercises:\n  - {name: \"\\x9b31m\", instructions: \"\\u2028\", reps: 10}\n",
    );
    let good = file("good.yaml", BRIDGE);
    let folder = home.path().to_str().unwrap();
    for path in [&raw, &escaped] {
        let path = path.to_str().unwrap();
        for args in [
            vec!["check", path],
            vec!["check", "--format", "json", path],
            vec!["check", "--format", "sarif", path],
            vec!["check", folder],
            vec!["print", "--text", path],
            vec!["print", "-o", "-", path],
            vec!["diff", path, good.to_str().unwrap()],
            vec!["programs", "--programs", folder],
            vec!["programs", "--programs", folder, "--json"],
            vec!["add", path],
            vec!["preview", path],
            vec!["start", path],
            vec!["explain", "\u{1b}[31m"],
            vec!["exercises", "\u{1b}[31m"],
            vec!["new", "x", "--exercise", "\u{1b}[31m"],
        ] {
            let output = regimen(home.path()).args(&args).output().unwrap();
            for stream in [&output.stdout, &output.stderr] {
                let said = String::from_utf8(stream.clone()).unwrap();
                let bad = said
                    .chars()
                    .find(|c| c.is_control() && *c != '\n' || matches!(c, '\u{2028}' | '\u{202e}'));
                assert_eq!(bad, None, "{args:?}: {said:?}");
            }
        }
    }
}
