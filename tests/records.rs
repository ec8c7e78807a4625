//! The records from the command line: what was done without the program, corrections, reports, and
//! everything in one file and back.

use std::process::{Command, Stdio};

/// A patient's home.
struct Home(tempfile::TempDir);

const PROGRAM: &str = "
title: Bridges
id: bridges
frequency: daily
therapist: {name: Dana, phone: 555-0100}
exercises:
  - {exercise: glute-bridge, sets: 2, reps: 10, hold: 5 s}
  - {exercise: side-plank-knees, side: each, hold: 20 s}
";

impl Home {
    fn new() -> Self {
        let home = Self(tempfile::tempdir().unwrap());
        let folder = home.0.path().join("data/regimen/programs");
        std::fs::create_dir_all(&folder).unwrap();
        std::fs::write(folder.join("bridges.yaml"), PROGRAM).unwrap();
        home
    }

    fn try_run(&self, args: &[&str]) -> (String, i32) {
        let mut command = Command::new(env!("CARGO_BIN_EXE_regimen"));
        command.args(args).current_dir(self.0.path());
        command
            .env("HOME", self.0.path())
            .env("XDG_DATA_HOME", self.0.path().join("data"));
        command
            .env("REGIMEN_SETTINGS", self.0.path().join("settings.yaml"))
            .env("TZ", "Europe/Berlin");
        let output = command.stdin(Stdio::null()).output().unwrap();
        let text =
            String::from_utf8(output.stdout).unwrap() + &String::from_utf8(output.stderr).unwrap();
        (text, output.status.code().unwrap())
    }

    fn run(&self, args: &[&str]) -> String {
        let (text, code) = self.try_run(args);
        assert_eq!(code, 0, "{args:?}: {text}");
        text
    }
}

#[test]
fn a_session_done_without_the_program_is_entered_by_hand_and_corrected_and_struck() {
    let home = Home::new();
    let said = home.run(&[
        "log",
        "bridges",
        "--at",
        "2026-03-02T07:30",
        "--pain-before",
        "4",
        "--note",
        "on the road",
    ]);
    assert!(
        said.contains("Entered manually: Bridges, 2026-03-02 07:30, all 4 sets"),
        "{said}"
    );
    let listed = "2026-03-02 Mon 07:30  Bridges, finished, 4 of 4 sets, 4 self-reported, pain 4 -> -\n    \"on the road\"\n";
    assert_eq!(home.run(&["history"]), listed);
    home.run(&[
        "correct",
        "2026-03-02T07:30",
        "--exercise",
        "glute-bridge",
        "--set",
        "2",
        "--done",
        "6",
    ]);
    home.run(&[
        "correct",
        "2026-03-02T07:30",
        "--pain-before",
        "5",
        "--pain-after",
        "2",
        "--note",
        "at home",
    ]);
    let listed = "2026-03-02 Mon 07:30  Bridges, finished, 3 of 4 sets, 4 self-reported, pain 5 -> 2\n    \"at home\"\n";
    assert_eq!(home.run(&["history"]), listed);
    // The old rows stay.
    let all = home.run(&["history", "--all"]);
    assert!(
        all.contains("on the road") && all.contains("at home"),
        "{all}"
    );
    assert_eq!(
        all.lines()
            .filter(|line| line.starts_with("{\"set\""))
            .count(),
        5
    );
    home.run(&["strike", "2026-03-02T07:30"]);
    assert_eq!(home.run(&["history"]), "No sessions are recorded.\n");
    home.run(&["strike", "2026-03-02T07:30", "--undo"]);
    assert_eq!(home.run(&["history"]), listed);
}

#[test]
fn what_cannot_be_entered_is_said() {
    let home = Home::new();
    let fails = |args: &[&str], words: &str| {
        let (said, code) = home.try_run(args);
        assert!(code == 2 && said.contains(words), "{args:?}: {said}");
    };
    fails(&["log", "bridgs"], "did you mean `bridges`?");
    fails(
        &["log", "bridges", "--at", "2999-01-01T08:00"],
        "is in the future",
    );
    fails(
        &["log", "bridges", "--pain-after", "11"],
        "11 is not in 0..=10",
    );
    home.run(&["log", "bridges", "--at", "2026-03-02T07:30"]);
    fails(
        &["correct", "2026-03-02T07:31", "--pain-after", "1"],
        "no session started then",
    );
    fails(&["correct", "2026-03-02T07:30"], "say what to correct");
    fails(
        &[
            "correct",
            "2026-03-02T07:30",
            "--exercise",
            "bird-dog",
            "--done",
            "3",
        ],
        "it has: glute-bridge, side-plank-knees",
    );
    fails(
        &["correct", "2026-03-02T07:30", "--exercise", "glute-bridge"],
        "say how much was done",
    );
}

#[test]
fn a_report_tells_what_was_done_in_every_format() {
    let home = Home::new();
    for day in 1..=4 {
        home.run(&[
            "log",
            "bridges",
            "--at",
            &format!("2026-03-0{day}T07:30"),
            "--pain-before",
            "3",
            "--note",
            "<b>fine</b>, \"so\" far",
        ]);
    }
    home.run(&[
        "correct",
        "2026-03-02T07:30",
        "--exercise",
        "Glute bridge",
        "--done",
        "0",
    ]);
    let text = home.run(&["report", "--since", "2026-03-01"]);
    for line in [
        "Bridges",
        "Dana · 555-0100",
        "0.0 min timed, 7.7 min self-reported",
        "Sessions   4 of ",
        "\"<b>fine</b>, \"so\" far\"",
    ] {
        assert!(text.contains(line), "{line} in {text}");
    }
    let json: serde_json::Value =
        serde_json::from_str(&home.run(&["report", "--since", "2026-03-01", "--format", "json"]))
            .unwrap();
    assert_eq!(json["sessions"].as_array().unwrap().len(), 4);
    // Four sessions of 2 x 50 s and 2 x 20 s, less the two bridges of one.
    assert_eq!(json["adherence"]["dose"]["done"], 460.0);
    let page = home.run(&["report", "--since", "2026-03-01", "--format", "html"]);
    assert!(
        page.contains("&lt;b&gt;fine&lt;/b&gt;") && page.contains("<svg"),
        "{page}"
    );
    assert!(
        !page.contains("<b>fine") && !page.contains("http"),
        "{page}"
    );
    let csv = home.run(&["report", "--since", "2026-03-01", "--format", "csv"]);
    assert_eq!(csv.lines().count(), 1 + 16);
    assert!(
        csv.lines()
            .next()
            .unwrap()
            .starts_with("session_begun,session_end,program,phase,short,exercise")
    );
    assert!(csv.contains("2026-03-02T07:30:00+01:00,finished,bridges,1,false,glute-bridge,Glute bridge,1,both,10,50,0,0,,skipped,,by hand,"), "{csv}");
    let bundle: serde_json::Value =
        serde_json::from_str(&home.run(&["report", "--since", "2026-03-01", "--format", "fhir"]))
            .unwrap();
    let of = |kind: &str| {
        let entries = bundle["entry"].as_array().unwrap().iter();
        entries
            .map(|entry| &entry["resource"])
            .filter(|resource| resource["resourceType"] == kind)
            .collect::<Vec<_>>()
    };
    let counts = [
        "Patient",
        "CarePlan",
        "ServiceRequest",
        "Procedure",
        "Observation",
    ]
    .map(|kind| of(kind).len());
    // An observation of pain and one of the time under work for each session.
    assert_eq!(counts, [1, 1, 2, 4, 8]);
    assert_eq!(of("Observation")[0]["code"]["coding"][0]["code"], "72514-3");
    assert_eq!(of("Observation")[0]["valueQuantity"]["value"], 3);
    assert!(
        of("ServiceRequest")[0]["patientInstruction"]
            .as_str()
            .unwrap()
            .starts_with("2 sets of 10; hold each 5 seconds")
    );
    assert_eq!(of("Procedure")[0]["status"], "completed");
    home.run(&[
        "report",
        "--since",
        "2026-03-01",
        "--format",
        "html",
        "-o",
        "visit.html",
    ]);
    assert!(home.0.path().join("visit.html").exists());
    let (said, code) = home.try_run(&["report", "--since", "2999-01-01"]);
    assert!(code == 2 && said.contains("begins in the future"), "{said}");
}

#[test]
fn what_is_due_is_said_in_a_line_and_as_json() {
    let home = Home::new();
    assert_eq!(
        home.run(&["today"]),
        "Bridges: due, about 4 min, 0 of 7 this week\n"
    );
    home.run(&["log", "bridges"]);
    let json: serde_json::Value = serde_json::from_str(&home.run(&["today", "--json"])).unwrap();
    assert_eq!(
        (json[0]["due"].as_str(), json[0]["is_due"].as_bool()),
        (Some("done"), Some(false))
    );
}

#[test]
fn conditions_count_sessions_however_long_ago() {
    let home = Home::new();
    let step = "glute-bridge, progression: [{after_sessions: 5, pain_at_most: 3, sets: 4}], ";
    let file = home.0.path().join("data/regimen/programs/bridges.yaml");
    std::fs::write(file, PROGRAM.replace("glute-bridge, ", step)).unwrap();
    let ago = |days: i64| {
        let day = jiff::Zoned::now()
            .checked_sub(jiff::Span::new().days(days))
            .unwrap();
        day.strftime("%Y-%m-%dT07:30").to_string()
    };
    for day in 1..=3 {
        home.run(&[
            "log",
            "bridges",
            "--at",
            &format!("2026-01-0{day}T07:30"),
            "--pain-after",
            "2",
        ]);
    }
    home.run(&["log", "bridges", "--at", &ago(3), "--pain-after", "1"]);
    // After a long break two sessions come first.
    assert!(!home.run(&["today"]).contains("next step"));
    home.run(&["log", "bridges", "--at", &ago(2), "--pain-after", "1"]);
    let said = home.run(&["today"]);
    assert!(said.contains("you can move on to the next step"), "{said}");
    home.run(&["strike", "2026-01-01T07:30"]);
    assert!(!home.run(&["today"]).contains("next step"));
}

#[test]
fn everything_goes_into_one_file_and_back_as_often_as_one_likes() {
    let (one, other) = (Home::new(), Home::new());
    one.run(&[
        "log",
        "bridges",
        "--at",
        "2026-03-01T07:30",
        "--pain-before",
        "3",
        "--note",
        "first",
    ]);
    one.run(&["log", "bridges", "--at", "2026-03-02T07:30"]);
    one.run(&[
        "correct",
        "2026-03-02T07:30",
        "--exercise",
        "glute-bridge",
        "--done",
        "4",
    ]);
    one.run(&["strike", "2026-03-01T07:30"]);
    other.run(&["log", "bridges", "--at", "2026-03-03T07:30"]);
    let own =
        "title: Other\nid: other\nfrequency: daily\nexercises: [{exercise: bird-dog, reps: 3}]\n";
    std::fs::write(other.0.path().join("data/regimen/programs/other.yaml"), own).unwrap();
    let swap = |from: &Home, to: &Home| {
        from.run(&["export", "all.jsonl"]);
        let file = from.0.path().join("all.jsonl");
        to.run(&["import", file.to_str().unwrap()])
    };
    swap(&one, &other);
    let said = swap(&other, &one);
    assert!(said.contains("Added the program other.yaml."), "{said}");
    assert!(swap(&other, &one).starts_with("0 new rows"));
    let sorted = |home: &Home| {
        let all = home.run(&["history", "--all"]);
        let mut lines: Vec<String> = all.lines().map(str::to_owned).collect();
        lines.sort();
        lines
    };
    assert_eq!(sorted(&one), sorted(&other));
    assert!(
        sorted(&one)
            .iter()
            .any(|line| line.contains("[Europe/Berlin]"))
    );
    assert_eq!(one.run(&["history"]), other.run(&["history"]));
    assert_eq!(one.run(&["history"]).lines().count(), 2);
    // What is no export, or half of one, is not put in at all.
    let file = one.0.path().join("all.jsonl");
    let text = std::fs::read_to_string(&file).unwrap();
    std::fs::write(&file, &text[..text.len() - 20]).unwrap();
    let (said, code) = Home::new().try_run(&["import", file.to_str().unwrap()]);
    assert!(code == 2 && said.contains("nothing was imported"), "{said}");
    std::fs::write(&file, "title: no export\n").unwrap();
    let (said, code) = one.try_run(&["import", file.to_str().unwrap()]);
    assert!(
        code == 2 && said.contains("isn't a regimen export"),
        "{said}"
    );
}

#[test]
fn a_session_of_an_earlier_day_is_entered_as_it_was_prescribed_then() {
    let home = Home::new();
    let file = home.0.path().join("data/regimen/programs/bridges.yaml");
    home.run(&["log", "bridges", "--at", "2026-03-01T07:30"]);
    home.run(&["log", "bridges", "--at", "2026-03-05T07:30"]);
    std::fs::write(&file, PROGRAM.replace("sets: 2", "sets: 4")).unwrap();
    home.run(&["log", "bridges", "--at", "2026-03-09T07:30"]);
    let said = home.run(&["log", "bridges", "--at", "2026-03-03T07:30"]);
    assert!(said.contains("all 4 sets"), "{said}");
    let report = home.run(&["report", "bridges", "--since", "2026-02-01"]);
    assert_eq!(
        report.matches("2026-03-0").count(),
        1 + report.matches("2026-03-09: ").count(),
        "{report}"
    );
    let (said, code) = home.try_run(&["log", "bridges", "--at", "2026-03-03T07:30"]);
    assert!(code == 2 && said.contains("is already recorded"), "{said}");
}

/// Where the machine of these tests is; between eleven and midnight UTC it is another day there.
const ZONE: &str = "Europe/Berlin";

#[test]
fn a_session_that_was_struck_hides_none_before_it() {
    let home = Home::new();
    let file = home.0.path().join("data/regimen/programs/bridges.yaml");
    std::fs::write(
        &file,
        PROGRAM.replace("frequency: daily", "frequency: every 90 days"),
    )
    .unwrap();
    let day = |back: i64| {
        let day = jiff::Zoned::now()
            .in_tz(ZONE)
            .unwrap()
            .date()
            .checked_sub(jiff::ToSpan::days(back))
            .unwrap();
        format!("{day}T07:30")
    };
    home.run(&["log", "bridges", "--at", &day(30)]);
    home.run(&["log", "bridges", "--at", &day(2)]);
    home.run(&["strike", &day(2)]);
    let said = home.run(&["today"]);
    assert!(said.contains("due in 60 days"), "{said}");
}

#[test]
fn twelve_weeks_count_even_where_all_sessions_are_older() {
    let home = Home::new();
    let day = |back: i64| {
        let day = jiff::Zoned::now()
            .in_tz(ZONE)
            .unwrap()
            .date()
            .checked_sub(jiff::ToSpan::days(back))
            .unwrap();
        format!("{day}T07:30")
    };
    home.run(&["log", "bridges", "--at", &day(200)]);
    let report = home.run(&["report"]);
    assert!(report.contains("Sessions   0 of 84 (0 %)"), "{report}");
}
