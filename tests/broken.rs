//! Real programs with mistakes in them, each with the report that is expected at its head; and the
//! schema, which must come to the same verdict. `INSTA_UPDATE=always` writes the heads anew; they
//! are read before they are accepted.

use std::path::{Path, PathBuf};

use regimen::diagnostic::{Diagnostic, render};
use regimen::program::format_reference;
use regimen::program::keys;
use regimen::program::library;
use regimen::program::parse::{Parsed, parse};
use regimen::program::schema::schema;
use regimen::source::Source;
use regimen::yaml;

/// What a line of the head begins with.
const HEAD: &str = "#= ";

/// Mistakes that a JSON Schema cannot express: what lies in the text, or compares two values.
const BEYOND_A_SCHEMA: &[&str] = &[
    "bands-fall",
    "bands-stop-short",
    "duplicate-exercise",
    "duplicate-key",
    "first-without-each",
    "newer-format",
    "open-bracket",
    "second-document",
    "sets-disagree",
    "sides-without-each",
    "syntax",
    "tag",
    "unknown-alias",
];

/// Nor can it say what a length of time comes to.
fn is_beyond_a_schema(error: &Diagnostic) -> bool {
    BEYOND_A_SCHEMA.contains(&error.code)
        || error.code == "out-of-range" && error.message.contains("must be from")
}

fn files() -> Vec<(PathBuf, String)> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/broken");
    let mut files: Vec<PathBuf> = std::fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .collect();
    files.sort();
    files
        .into_iter()
        .map(|path| (path.clone(), std::fs::read_to_string(path).unwrap()))
        .collect()
}

fn read(path: &Path, text: &str) -> Parsed {
    parse(Source::new(
        path.file_name().unwrap().to_str().unwrap(),
        text,
    ))
}

/// The report as lines of a head: `12:5 error unknown-key: …`.
fn head(parsed: &Parsed) -> Vec<String> {
    let line = |diagnostic: &Diagnostic| {
        let line = render::line(&parsed.source, diagnostic);
        let (place, rest) = line
            .split_once(".yaml:")
            .unwrap()
            .1
            .split_once(": ")
            .unwrap();
        let (severity, rest) = rest.split_once(": ").unwrap();
        format!("{HEAD}{place} {severity} {}: {rest}", diagnostic.code)
    };
    parsed.diagnostics.iter().map(line).collect()
}

fn parts(text: &str) -> (Vec<String>, String) {
    let head: Vec<String> = text
        .lines()
        .take_while(|line| line.starts_with(HEAD))
        .map(str::to_owned)
        .collect();
    let body: String = text.split_inclusive('\n').skip(head.len()).collect();
    (head, body)
}

#[test]
fn every_broken_file_is_reported_as_its_head_says() {
    let update = std::env::var("INSTA_UPDATE").is_ok_and(|update| update == "always");
    let files = files();
    assert!(files.len() >= 60);
    let mut several = 0;
    for (path, text) in files {
        let (expected, body) = parts(&text);
        let parsed = read(&path, &text);
        assert!(parsed.program.is_none(), "{}", path.display());
        several += usize::from(parsed.diagnostics.len() > 1);
        let found = head(&parsed);
        if found != expected && update {
            // The places move down by the lines of the head.
            let lines = vec![HEAD.to_owned(); found.len()].join("\n") + "\n" + &body;
            let found = head(&read(&path, &lines));
            std::fs::write(&path, found.join("\n") + "\n" + &body).unwrap();
        } else {
            assert_eq!(found, expected, "{}", path.display());
        }
    }
    assert!(several >= 20, "several mistakes are reported together");
}

#[test]
fn the_shipped_schema_is_the_one_that_the_program_makes() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("programs/program.schema.json");
    let made = serde_json::to_string_pretty(&schema()).unwrap() + "\n";
    if std::env::var("INSTA_UPDATE").is_ok_and(|update| update == "always") {
        std::fs::write(&path, &made).unwrap();
    }
    assert_eq!(std::fs::read_to_string(path).unwrap(), made);
}

#[test]
fn the_written_format_is_made_from_the_keys_that_the_parser_reads_by() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("programs/FORMAT.md");
    let made = format_reference::markdown();
    if std::env::var("INSTA_UPDATE").is_ok_and(|update| update == "always") {
        std::fs::write(&path, &made).unwrap();
    }
    assert_eq!(std::fs::read_to_string(path).unwrap(), made);
}

#[test]
fn every_key_can_be_explained_and_its_example_reads_as_it_should() {
    for map in keys::MAPS {
        for key in map.keys {
            assert!(
                format_reference::explain(key.name)
                    .unwrap()
                    .contains(key.about),
                "{}",
                key.name
            );
            assert!(
                format_reference::explain(&format!("{}.{}", map.id, key.name))
                    .unwrap()
                    .contains(key.about),
                "{}",
                key.name
            );
            let text = example_in_its_place(map.id, key.name, key.example);
            let parsed = read(Path::new("example.yaml"), &text);
            let errors: Vec<String> = head(&parsed)
                .into_iter()
                .filter(|line| line.contains(" error "))
                .collect();
            assert!(errors.is_empty(), "{text}\n{errors:#?}");
        }
    }
    assert_eq!(format_reference::explain("holt"), None);
    assert_eq!(format_reference::near("holt"), Some("hold"));
}

/// A program with a key's example where it belongs.
fn example_in_its_place(map: &str, key: &str, example: &str) -> String {
    let indent = |text: &str, by: usize| text.replace('\n', &format!("\n{}", " ".repeat(by)));
    let title = if map == "program" && key == "title" {
        ""
    } else {
        "title: T\n"
    };
    let list = "exercises:\n  - name: X\n    reps: 10\n";
    match map {
        "program" if matches!(key, "exercises" | "phases") => format!("{title}{example}\n"),
        "program" => format!("{title}{example}\n{list}"),
        "exercise" => {
            let name = if matches!(key, "name" | "exercise") {
                ""
            } else {
                "    name: X\n"
            };
            let dose = match key {
                "reps" | "hold" | "duration" | "measure" => "",
                _ => "    reps: 10\n",
            };
            let side = if key == "side" {
                ""
            } else {
                "    side: each\n"
            };
            format!(
                "{title}exercises:\n  -\n{name}{dose}{side}    {}\n",
                indent(example, 4)
            )
        }
        "step" => {
            let when = if matches!(key, "week" | "after_sessions") {
                ""
            } else {
                "        week: 2\n"
            };
            let what = if matches!(key, "week" | "after_sessions" | "pain_at_most") {
                "        rest: 9 s\n"
            } else {
                ""
            };
            let dose = match key {
                "duration" => "    duration: 5 min\n",
                _ => "    reps: 10\n",
            };
            format!(
                "{title}exercises:\n  - name: X\n    side: each\n{dose}    progression:\n      -\n{when}{what}        {}\n",
                indent(example, 8)
            )
        }
        "phase" => {
            let title_of_phase = if key == "title" { "" } else { "    title: P\n" };
            let inner = if key == "exercises" {
                ""
            } else {
                "    exercises: [{name: X, reps: 10}]\n"
            };
            format!(
                "{title}phases:\n  -\n{title_of_phase}{inner}    {}\n",
                indent(example, 4)
            )
        }
        "advance_when" => format!(
            "{title}phases:\n  - title: P\n    exercises: [{{name: X, reps: 10}}]\n    advance_when:\n      {example}\n"
        ),
        "band" => {
            let rest = ["up_to: 3", "label: fine"]
                .into_iter()
                .filter(|line| !line.starts_with(key));
            let rest = rest
                .map(|line| format!("        {line}\n"))
                .collect::<String>();
            format!(
                "{title}{list}pain:\n  bands:\n      -\n{rest}        {example}\n      - {{up_to: 10, label: stop}}\n"
            )
        }
        "muscles" => {
            format!("{title}exercises:\n  - name: X\n    reps: 10\n    muscles:\n      {example}\n")
        }
        other => format!("{title}{list}{other}:\n  {}\n", indent(example, 2)),
    }
}

#[test]
fn the_schema_and_check_come_to_the_same_verdict() {
    let schema = jsonschema::draft7::options()
        .should_validate_formats(true)
        .build(&schema())
        .unwrap();
    let json = |text: &str| yaml::from_embedded::<serde_json::Value>(text);
    let right: Vec<(String, String)> = library::PROGRAM_FILES
        .iter()
        .map(|(name, text)| ((*name).to_owned(), (*text).to_owned()))
        .chain(
            MANNERS
                .iter()
                .map(|text| ((*text).to_owned(), with_exercise(text))),
        )
        .collect();
    for (name, text) in right {
        let parsed = read(Path::new("right.yaml"), &text);
        assert!(parsed.program.is_some(), "{name}: {:?}", head(&parsed));
        let errors: Vec<String> = schema
            .iter_errors(&json(&text).unwrap())
            .map(|error| format!("{}: {error}", error.instance_path()))
            .collect();
        assert!(errors.is_empty(), "{name}: {errors:#?}");
    }
    let mut compared = 0;
    for (path, text) in files() {
        let parsed = read(&path, &text);
        let mut errors = parsed
            .diagnostics
            .iter()
            .filter(|diagnostic| diagnostic.is_error());
        if errors.all(is_beyond_a_schema) {
            continue;
        }
        // What is no YAML, no schema is asked about.
        let Ok(json) = json(&text) else { continue };
        compared += 1;
        assert!(
            !schema.is_valid(&json),
            "{}: {:?}",
            path.display(),
            head(&parsed)
        );
    }
    assert!(compared >= 45, "{compared}");
}

/// Right ways to write things, one exercise each.
const MANNERS: &[&str] = &[
    "reps: \"10\"",
    "reps: [8, 6, 4], hold: 10 s",
    "side: Each, reps: {left: [8, 6], right: [6, 6]}",
    "side: alternate, reps: {left: 8, right: 6}, hold: 2.5 S",
    "hold: 30",
    "hold: 1:30",
    "hold: 1 min 30 s",
    "hold: 1m30s",
    "duration: 1 h",
    "duration: 0.5 Minutes",
    "reps: 12, tempo: 3–1–2, load: [5 kg, 6 kg]",
    "measure: reps, sets: 3, side: each, first: right",
    "reps: 10, cues: Breathe, equipment: [], easier: no, id: übung-1",
    "reps: 10, image: pictures/a.PNG, video: \"https://example.org/a?b=c\"",
    "reps: 10, muscles: {strengthens: biceps, stretches: [hamstrings]}",
    "reps: 10, progression: [{week: 3, reps: 12}, {after_sessions: 6, pain_at_most: 3, rest: 0}]",
];

fn with_exercise(exercise: &str) -> String {
    format!(
        "title: 5\nfrequency: [Mon, thursday]\nreminders: \"7:30\"\nexercises:\n  - {{name: X, instructions: Do., {exercise}}}\n"
    )
}
