//! Safety by default: red flags, what is advised of a program that could mislead, what a new
//! program says, what `check` shows.

use std::path::Path;

use assert_cmd::Command;
use regimen::advice;
use regimen::diagnostic::Diagnostic;
use regimen::program::parse::{Parsed, parse};
use regimen::program::red_flags::{self, Entry};
use regimen::program::{Program, format_reference, keys, schema};
use regimen::prose;
use regimen::source::Source;

/// A text as `check` sees it, advice with it.
fn checked(text: &str) -> Parsed {
    let mut parsed = parse(Source::new("a.yaml", text));
    if let Some(program) = &parsed.program {
        let advice = advice::on(program, &parsed.places, jiff::civil::date(2026, 11, 23));
        parsed.add(advice);
    }
    parsed
}

fn codes(text: &str) -> Vec<&'static str> {
    checked(text)
        .diagnostics
        .iter()
        .map(|diagnostic| diagnostic.code)
        .collect()
}

fn program(text: &str) -> Program {
    let parsed = parse(Source::new("a.yaml", text));
    let report = format!("{text}\n{:#?}", parsed.diagnostics);
    parsed.program.expect(&report)
}

/// A program of which nothing is advised, with lines for the top and lines for the exercises.
fn clean(top: &str, exercises: &str) -> String {
    let mut text = String::from("title: Evening\n");
    for (key, line) in [
        ("condition:", "condition: Knee pain\n"),
        ("frequency:", "frequency: daily\n"),
        (
            "therapist:",
            "therapist: {name: Kim Ode, phone: \"303 442 1100\"}\n",
        ),
        ("stop_if:", "stop_if: [Sharp pain in the knee]\n"),
    ] {
        if !top.contains(key) {
            text.push_str(line);
        }
    }
    format!("{text}{top}exercises:\n{exercises}")
}

const SQUAT: &str = "  - {exercise: bodyweight-squat, reps: 10}\n";

/// What a remedy says between the back-ticks that begin with a word.
fn remedy<'d>(diagnostic: &'d Diagnostic, begin: &str) -> &'d str {
    let help = diagnostic.help.as_deref().unwrap();
    let found = help.split('`').find(|part| part.starts_with(begin));
    found.unwrap_or_else(|| panic!("no `{begin}` in: {help}"))
}

// Lists of red flags

#[test]
fn every_list_is_complete_and_every_sign_says_what_to_do() {
    assert_eq!(
        red_flags::ids(),
        [
            "low-back",
            "neck",
            "chest",
            "calf",
            "runner",
            "after-surgery"
        ]
    );
    let mut aliases = Vec::new();
    for (id, text) in red_flags::FILES {
        let list = red_flags::read(id, text).unwrap_or_else(|error| panic!("{id}: {error}"));
        assert!(!list.sources.is_empty() && list.signs.len() >= 4, "{id}");
        for sign in &list.signs {
            let act = [
                "emergency care now.",
                "doctor today.",
                "see a doctor",
                "talk to a doctor",
                "call your ",
            ];
            assert!(act.iter().any(|act| sign.contains(act)), "{id}: {sign}");
            assert!(
                sign.ends_with('.') && sign.chars().count() <= 140,
                "{id}: {sign}"
            );
            assert!(
                !sign.contains("bottom") && !sign.contains("saddle"),
                "{id}: {sign}"
            );
            assert_eq!(red_flags::entry(sign), Entry::Sentence, "{id}: {sign}");
        }
        // What is urgent comes first.
        let rank = |sign: &String| match sign {
            sign if sign.contains("emergency") => 0,
            sign if sign.contains("today") => 1,
            sign if sign.contains("doctor") => 2,
            _ => 3,
        };
        assert!(list.signs.is_sorted_by_key(rank), "{id}");
        aliases.extend(list.aliases.iter().cloned());
    }
    let count = aliases.len();
    aliases.sort();
    aliases.dedup();
    assert_eq!(aliases.len(), count, "a word names one list");
}

#[test]
fn the_list_of_the_back_has_every_sign_of_cauda_equina_and_the_other_red_flags() {
    let signs = red_flags::get("low-back").unwrap().signs.join("\n");
    for word in [
        "genitals or buttocks",
        "bladder",
        "bowels",
        "sex",
        "can't feel it pass",
        "both legs",
        "one leg",
        "fever",
        "fall",
        "night",
        "weight loss",
        "cancer",
    ] {
        assert!(signs.contains(word), "{word}");
    }
    let runner = red_flags::get("runner").unwrap().signs.join("\n");
    for word in [
        "sacrum",
        "hip",
        "shin",
        "Missed periods",
        "eating too little",
    ] {
        assert!(runner.contains(word), "{word}");
    }
}

#[test]
fn an_id_is_replaced_in_place_by_its_sentences_without_doubles() {
    let signs = |list: &str| program(&clean(&format!("stop_if: {list}\n"), SQUAT)).stop_if;
    let of = |id: &str| red_flags::get(id).unwrap().signs.clone();
    assert_eq!(signs("low-back"), of("low-back"));
    assert_eq!(signs("[low-back]"), of("low-back"));
    let mixed = signs("[Sharp pain in the shoulder, low-back, My own]");
    assert_eq!(mixed[0], "Sharp pain in the shoulder");
    assert_eq!(mixed[1..mixed.len() - 1], of("low-back"));
    assert_eq!(mixed.last().unwrap(), "My own");
    assert_eq!(signs("[low-back, low-back]"), of("low-back"));
    // Two lists share the sign of a clot.
    let both = signs("[calf, after-surgery]");
    let clot = both
        .iter()
        .filter(|sign| sign.contains("coughing up blood"))
        .count();
    assert_eq!(
        (clot, both.len()),
        (1, of("calf").len() + of("after-surgery").len() - 2)
    );
    let (lists, own) = red_flags::lists_in(&both);
    assert_eq!(
        (lists.iter().map(|list| list.id).collect::<Vec<_>>(), own),
        (vec!["calf", "after-surgery"], vec![])
    );
    // In an exercise too.
    let squat = "  - {exercise: bodyweight-squat, reps: 10, stop_if: [calf, Pain]}\n";
    let exercise = &program(&clean("", squat)).phases[0].exercises[0];
    assert_eq!(exercise.stop_if.len(), of("calf").len() + 1);
    assert_eq!(codes(&clean("", squat)), [""; 0]);
}

#[test]
fn a_near_miss_of_an_id_is_read_as_the_list_and_never_shown_to_the_patient() {
    let near = [
        ("low back", "low-back"),
        ("lowback", "low-back"),
        ("lumbar", "low-back"),
        ("Low-Back", "low-back"),
        ("low_back", "low-back"),
        ("lower back", "low-back"),
        ("low-bak", "low-back"),
        ("back", "low-back"),
        ("LBP", "low-back"),
        ("cauda equina", "low-back"),
        ("Neck", "neck"),
        ("cervical", "neck"),
        ("heart", "chest"),
        ("Chest", "chest"),
        ("calves", "calf"),
        ("DVT", "calf"),
        ("runners", "runner"),
        ("running", "runner"),
        ("after surgery", "after-surgery"),
        ("post-op", "after-surgery"),
        ("postop", "after-surgery"),
        ("surgery", "after-surgery"),
        ("after-sugery", "after-surgery"),
    ];
    for (written, id) in near {
        let text = clean(&format!("stop_if: [{written}]\n"), SQUAT);
        let parsed = checked(&text);
        assert_eq!(codes(&text), ["near-red-flags"], "{written}");
        assert_eq!(
            parsed.program.unwrap().stop_if,
            red_flags::get(id).unwrap().signs,
            "{written}"
        );
        // The remedy, obeyed word for word, says the same.
        let obeyed = text.replace(written, remedy(&parsed.diagnostics[0], id));
        assert_eq!(codes(&obeyed), [""; 0], "{obeyed}");
    }
    for sentence in [
        "Neck pain",
        "Chest pain",
        "Calf pain",
        "Back pain that grows",
        "Dizziness",
        "Fever",
        "Numbness",
        "Pain above 5",
        "Sharp pain",
        "A rash",
        "Cramp",
        "Night pain",
        "Running hurts",
        "Chest pain when running",
        "Low back pain that shoots below the knee",
    ] {
        let text = clean(&format!("stop_if:\n  - {sentence}\n"), SQUAT);
        assert_eq!(program(&text).stop_if, [sentence]);
        assert_eq!(codes(&text), [""; 0], "{sentence}");
    }
}

#[test]
fn explain_the_written_format_and_the_schema_know_the_lists() {
    let told = format_reference::explain("stop_if").unwrap();
    let whole = format_reference::markdown();
    let schema = schema::schema().to_string();
    for list in red_flags::all() {
        assert!(
            list.signs
                .iter()
                .chain(&list.sources)
                .all(|text| told.contains(text)),
            "{}",
            list.id
        );
        assert!(
            list.signs
                .iter()
                .chain(&list.sources)
                .all(|text| whole.contains(text)),
            "{}",
            list.id
        );
        assert!(schema.contains(&format!("\"{}\"", list.id)), "{}", list.id);
        assert!(
            format_reference::explain(list.id)
                .unwrap()
                .contains(&list.signs[0]),
            "{}",
            list.id
        );
        assert!(
            keys::PROGRAM
                .key("stop_if")
                .unwrap()
                .about
                .contains(&format!("`{}`", list.id)),
            "{}",
            list.id
        );
    }
    assert_eq!(
        format_reference::explain("Lumbar"),
        format_reference::explain("low-back")
    );
    assert_eq!(format_reference::explain("high-back"), None);
    assert!(
        format_reference::overview().contains("low-back, neck, chest, calf, runner, after-surgery")
    );
}

#[test]
fn signs_of_cauda_equina_are_recognised_in_a_therapists_own_words() {
    for sign in [
        "New numbness around the saddle area",
        "Numbness between the legs",
        "Loss of bladder or bowel control - call 911",
        "Tingling around the genitals",
        "You can't pass urine",
        "Trouble holding stool",
        "Incontinence",
        "Signs of cauda equina",
        "Numbness in the groin or buttocks",
        "Loss of feeling in the inner thighs",
        "Difficulty urinating",
    ] {
        assert!(red_flags::is_cauda_equina(sign), "{sign}");
    }
    for sign in [
        "Pain that shoots below the knee",
        "Numbness in the foot",
        "Pain in the buttock",
        "Back pain with fever",
        "Blood or burning when you urinate",
        "Weakness in one leg",
        "Groin pain",
        "A bladder infection",
        "Pain between the shoulder blades",
    ] {
        assert!(!red_flags::is_cauda_equina(sign), "{sign}");
    }
}

// Advice

/// Advice, a program that gets it once, and one nearly alike that doesn't.
fn advised() -> Vec<(&'static str, String, String)> {
    let squat = |dose: &str| format!("  - {{exercise: bodyweight-squat, {dose}}}\n");
    let own =
        |name: &str, dose: &str| format!("  - {{name: {name}, instructions: Do it., {dose}}}\n");
    let library = |id: &str, dose: &str| format!("  - {{exercise: {id}, {dose}}}\n");
    let back = |words: &str, signs: &str| {
        clean(&format!("condition: {words}\nstop_if: [{signs}]\n"), SQUAT)
    };
    let contact = |value: &str| clean(&format!("therapist: {value}\n"), SQUAT);
    vec![
        (
            "no-stop-if",
            clean("", SQUAT).replace("stop_if: [Sharp pain in the knee]\n", ""),
            clean("", SQUAT),
        ),
        (
            "no-stop-if",
            clean("stop_if: []\n", SQUAT),
            clean("stop_if: calf\n", SQUAT),
        ),
        (
            "no-cauda-equina",
            back("Low back pain", "Leg pain"),
            back("Low back pain", "low-back"),
        ),
        (
            "no-cauda-equina",
            back("L5/S1 disc herniation", "Leg pain"),
            back("L5/S1 disc herniation", "Saddle numbness"),
        ),
        (
            "no-cauda-equina",
            back("SIJ dysfunction", "Leg pain"),
            back("Knee pain", "Leg pain"),
        ),
        (
            "no-cauda-equina",
            back("Lumbar stenosis", "Leg pain"),
            back("Cervical stenosis", "Arm pain"),
        ),
        (
            "no-cauda-equina",
            clean("condition: Weak\n", &library("dead-bug", "reps: 8")),
            clean("condition: Weak\n", SQUAT),
        ),
        (
            "no-cauda-equina",
            clean(
                "condition: Stiff\n",
                &format!(
                    "{SQUAT}{}{}",
                    library("bird-dog", "reps: 8"),
                    library("side-plank", "hold: 9 s")
                ),
            ),
            clean(
                "condition: Stiff knee\n",
                &format!(
                    "{SQUAT}{}{}",
                    library("bird-dog", "reps: 8"),
                    library("side-plank", "hold: 9 s")
                ),
            ),
        ),
        (
            "no-cauda-equina",
            clean("", SQUAT).replace("Evening", "Back care"),
            clean("", SQUAT).replace("Evening", "Back to running"),
        ),
        (
            "no-contact",
            contact("{name: Kim Ode}"),
            contact("{email: kim@elm.org}"),
        ),
        (
            "no-contact",
            clean("", SQUAT).replace("therapist: {name: Kim Ode, phone: \"303 442 1100\"}\n", ""),
            contact("{phone: \"1\"}"),
        ),
        (
            "placeholder",
            contact("{name: Example Therapist, phone: \"1\"}"),
            contact("{name: Exam Pell, phone: \"1\"}"),
        ),
        (
            "placeholder",
            contact("{phone: 555-0100}"),
            contact("{phone: 555-2100}"),
        ),
        (
            "placeholder",
            contact("{phone: (303) 555-0142}"),
            contact("{phone: 303 442 5550}"),
        ),
        (
            "placeholder",
            contact("{email: a@example.org}"),
            contact("{email: a@examples.org}"),
        ),
        (
            "placeholder",
            contact("{clinic: Example Physical Therapy, phone: \"1\"}"),
            contact("{clinic: Elm, phone: \"1\"}"),
        ),
        (
            "comma-splits",
            clean("goals: [Walk to work, or run there]\n", SQUAT),
            clean("goals: [Walk to work, Run there]\n", SQUAT),
        ),
        (
            "tempo-without-return",
            clean("", &squat("reps: 9, tempo: 3-0-0-0")),
            clean("", &squat("reps: 9, tempo: 3-0-1-0")),
        ),
        (
            "tempo-without-return",
            clean("", &squat("reps: 9, tempo: 3-1-0")),
            clean("", &squat("reps: 9, tempo: 3-1-2")),
        ),
        (
            "tempo-without-return",
            clean("", &squat("reps: 9, tempo: 0-0-3-0")),
            clean("", &squat("reps: 9, tempo: 1-0-3-0")),
        ),
        (
            "tempo-without-return",
            clean("", &squat("reps: 9, tempo: 0-5-0-0")),
            clean("", &squat("reps: 9, hold: 5 s")),
        ),
        (
            "tempo-without-return",
            clean(
                "",
                &squat("reps: 9, tempo: 3-0-1-0, progression: [{week: 2, tempo: 5-0-0-0}]"),
            ),
            clean(
                "",
                &squat("reps: 9, tempo: 3-0-1-0, progression: [{week: 2, tempo: 5-0-1-0}]"),
            ),
        ),
        (
            "few-reminders",
            clean("frequency: 3x/day\nreminders: [\"08:00\"]\n", SQUAT),
            clean("frequency: 3x/week\nreminders: [\"08:00\"]\n", SQUAT),
        ),
        (
            "few-reminders",
            clean("frequency: 2x/day\nreminders: [\"08:00\"]\n", SQUAT),
            clean(
                "frequency: 2x/day\nreminders: [\"08:00\", \"18:00\"]\n",
                SQUAT,
            ),
        ),
        (
            "few-reminders",
            clean(
                "frequency: 3x/day\nreminders: [\"8:00\", \"9:00\"]\n",
                SQUAT,
            ),
            clean("frequency: 2x/day\n", SQUAT),
        ),
        (
            "wrong-kind",
            clean("", &library("heat-pack", "reps: 10")),
            clean("", &library("heat-pack", "duration: 10 min")),
        ),
        (
            "wrong-kind",
            clean("", &own("Ice pack on the knee", "reps: 10")),
            clean("", &own("Ice pack", "duration: 10 min")),
        ),
        (
            "wrong-kind",
            clean("", &library("walking", "hold: 5 min")),
            clean("", &library("ninety-ninety-rest", "hold: 5 min")),
        ),
        (
            "wrong-kind",
            clean("", &library("hamstring-stretch-supine", "duration: 30 s")),
            clean("", &library("hamstring-stretch-supine", "hold: 30 s")),
        ),
        (
            "wrong-kind",
            clean("", &library("quad-stretch-standing", "reps: 10")),
            clean("", &library("quad-stretch-standing", "reps: 3, hold: 20 s")),
        ),
        (
            "wrong-kind",
            clean("", &library("wall-sit", "reps: 10")),
            clean("", &library("wall-sit", "reps: 10, hold: 5 s")),
        ),
        (
            "wrong-kind",
            clean("", &library("front-plank", "reps: 10")),
            clean(
                "",
                &format!("{SQUAT}{}", library("front-plank", "hold: 20 s")),
            ),
        ),
        (
            "wrong-kind",
            clean("", &library("single-leg-stance-test", "hold: 30 s")),
            clean("", &library("single-leg-stance-test", "measure: hold")),
        ),
        (
            "wrong-kind",
            clean("", &library("single-leg-bridge-test", "reps: 9")),
            clean("", &library("single-leg-bridge", "measure: reps")),
        ),
        (
            "near-red-flags",
            clean("stop_if: [lumbar]\n", SQUAT),
            clean("stop_if: [low-back]\n", SQUAT),
        ),
    ]
}

#[test]
fn each_advice_is_given_once_and_not_of_what_is_nearly_alike() {
    let advised = advised();
    assert!(advised.len() >= 30, "{}", advised.len());
    for (code, wrong, right) in advised {
        assert_eq!(codes(&wrong), [code], "{wrong}");
        assert_eq!(codes(&right), [""; 0], "{right}");
    }
}

#[test]
fn a_plausible_dose_gets_no_advice() {
    for dose in [
        "front-plank, hold: 30 s",
        "front-plank, reps: 3, hold: 10 s",
        "bodyweight-squat, hold: 30 s",
        "glute-bridge, reps: 10",
        "glute-bridge, hold: 30 s",
        "bodyweight-squat, duration: 30 s",
        "glute-bridge, measure: reps",
        "childs-pose, duration: 1 min",
        "cat-cow, duration: 1 min",
        "diaphragmatic-breathing, reps: 10",
        "single-knee-to-chest, reps: 10",
        "monster-walk, reps: 20",
        "heel-raise, reps: 12",
        "single-leg-balance, duration: 30 s",
        "side-plank, measure: hold",
        "prone-press-up, reps: 10, hold: 2 s",
        "easy-run, sets: 4, duration: 2 min",
        "pelvic-tilt, hold: 10 s",
        "abdominal-bracing, reps: 10",
        "lat-stretch, reps: 3, hold: 15 s",
    ] {
        let found = codes(&clean("", &format!("  - {{exercise: {dose}}}\n")));
        assert!(!found.contains(&"wrong-kind"), "{dose}: {found:?}");
    }
}

#[test]
fn a_remedy_for_a_tempo_a_kind_or_reminders_can_be_obeyed() {
    let squat = |tempo: &str| {
        clean(
            "",
            &format!("  - exercise: bodyweight-squat\n    reps: 9\n    tempo: {tempo}\n"),
        )
    };
    for (tempo, fixed) in [
        ("3-0-0-0", "tempo: 3-0-1-0"),
        ("4-2-0-1", "tempo: 4-2-1-1"),
        ("0-1-2-0", "tempo: 1-1-2-0"),
    ] {
        let parsed = checked(&squat(tempo));
        assert_eq!(remedy(&parsed.diagnostics[0], "tempo:"), fixed);
        assert!(
            parsed.diagnostics[0]
                .help
                .as_ref()
                .unwrap()
                .contains("Come up with both legs.")
        );
        let obeyed = squat(tempo).replace(&format!("tempo: {tempo}"), fixed);
        assert_eq!(codes(&obeyed), [""; 0]);
    }
    let text = clean("frequency: 3x/day\nreminders: [\"08:00\"]\n", SQUAT);
    let parsed = checked(&text);
    let fixed = remedy(&parsed.diagnostics[0], "reminders:");
    assert_eq!(fixed, "reminders: [\"08:00\", \"13:00\", \"18:00\"]");
    assert_eq!(
        codes(&text.replace("reminders: [\"08:00\"]", fixed)),
        [""; 0]
    );
    let text = clean("", "  - exercise: heat-pack\n    reps: 10\n");
    let parsed = checked(&text);
    assert_eq!(
        codes(&text.replace("reps: 10", remedy(&parsed.diagnostics[0], "duration:"))),
        [""; 0]
    );
}

/// The key, the list as it was written, the entries that it reads as, and those that were meant.
const CUT: &[(&str, &str, usize, &[&str])] = &[
    (
        "stop_if",
        "[Numbness, tingling or weakness in the leg, Pain above 5, or pain that lasts into the night]",
        4,
        &[
            "Numbness, tingling or weakness in the leg",
            "Pain above 5, or pain that lasts into the night",
        ],
    ),
    (
        "stop_if",
        "[low-back, Pain above 5, or at night]",
        3,
        &["low-back", "Pain above 5, or at night"],
    ),
    (
        "stop_if",
        "[Sharp pain, dizziness, chills]",
        3,
        &["Sharp pain, dizziness, chills"],
    ),
    (
        "precautions",
        "[Go slowly, then faster]",
        2,
        &["Go slowly, then faster"],
    ),
    (
        "precautions",
        "[\"Wait, then go\", Stand by a wall, not a door]",
        3,
        &["Wait, then go", "Stand by a wall, not a door"],
    ),
    (
        "goals",
        "[Run 5 km, 10 km by spring]",
        2,
        &["Run 5 km, 10 km by spring"],
    ),
];

#[test]
fn commas_in_a_list_on_one_line_are_advised_of_and_both_readings_can_be_obeyed() {
    for (key, list, count, meant) in CUT {
        let text = clean(&format!("{key}: {list}\n"), SQUAT);
        let parsed = checked(&text);
        assert_eq!(codes(&text), ["comma-splits"], "{text}");
        assert!(
            parsed.diagnostics[0]
                .message
                .contains(&format!("reads as {count} entries")),
            "{:?}",
            parsed.diagnostics
        );
        let texts = |program: &Program| match *key {
            "stop_if" => program.stop_if.clone(),
            "goals" => program.goals.clone(),
            _ => program.precautions.clone(),
        };
        // One reading: the sentences that were meant.
        let obeyed = text.replace(
            &format!("{key}: {list}"),
            remedy(&parsed.diagnostics[0], key),
        );
        let mut expected: Vec<String> = Vec::new();
        for text in *meant {
            match red_flags::get(text) {
                Some(list) => expected.extend(list.signs.clone()),
                None => expected.push((*text).to_owned()),
            }
        }
        assert_eq!(
            (codes(&obeyed), texts(&program(&obeyed))),
            (vec![], expected),
            "{obeyed}"
        );
        // The other: as many entries as there are, each on a line of its own.
        let lines: String = list
            .trim_matches(['[', ']'])
            .split(", ")
            .map(|entry| format!("\n  - {entry}"))
            .collect();
        let obeyed = text.replace(&format!("{key}: {list}"), &format!("{key}:{lines}"));
        if !list.contains('"') {
            assert_eq!(
                (codes(&obeyed), texts(&program(&obeyed))),
                (vec![], texts(&parsed.program.unwrap())),
                "{obeyed}"
            );
        }
    }
    for (key, list, wrong) in [
        (
            "instructions",
            "[Breathe in for 2, hold, then out for 4.]",
            true,
        ),
        ("mistakes", "[Hips sag, or rise]", true),
        ("cues", "[Squeeze, then lift]", true),
        ("cues", "[Slow, steady]", false),
        ("cues", "[Breathe, hips forward]", false),
        ("mistakes", "[Hips sag, Hips rise]", false),
        (
            "instructions",
            "[\"Breathe in for 2, hold, then out for 4.\"]",
            false,
        ),
        ("equipment", "[Mat, loop band]", false),
        ("stop_if", "[numbness, tingling, weakness]", false),
        ("stop_if", "[Sharp pain, low-back]", false),
    ] {
        let text = clean(
            "",
            &format!("  - {{exercise: bodyweight-squat, reps: 10, {key}: {list}}}\n"),
        );
        assert_eq!(
            codes(&text),
            if wrong { vec!["comma-splits"] } else { vec![] },
            "{text}"
        );
    }
}

#[test]
fn a_comma_that_ends_a_bands_advice_is_named_and_the_quotes_put_it_right() {
    let text = clean(
        "pain:\n  bands:\n    - {up_to: 5, label: caution, advice: Do one set fewer, rest longer, then call me.}\n    - {up_to: 10, label: stop, stop: true}\n",
        SQUAT,
    );
    let parsed = checked(&text);
    assert_eq!(
        codes(&text),
        ["comma-ends-text"],
        "{:#?}",
        parsed.diagnostics
    );
    let fixed = remedy(&parsed.diagnostics[0], "advice:");
    let obeyed = text.replace(
        "advice: Do one set fewer, rest longer, then call me.",
        fixed,
    );
    let advice = program(&obeyed).pain.bands[0].advice.clone();
    assert_eq!(
        advice.as_deref(),
        Some("Do one set fewer, rest longer, then call me.")
    );
    assert_eq!(codes(&obeyed), [""; 0]);
    // A forgotten colon is no comma.
    assert_eq!(
        codes(&clean(
            "",
            "  - {name: Bridge, reps 10, instructions: Lift.}\n"
        )),
        ["unknown-key"]
    );
}

// A new program

fn regimen(home: &Path) -> Command {
    let mut command = Command::cargo_bin("regimen").unwrap();
    command
        .env_clear()
        .env("HOME", home)
        .env("PATH", "/usr/bin:/bin")
        .current_dir(home);
    command.timeout(std::time::Duration::from_secs(60));
    command
}

/// Runs `new` with these arguments: what it wrote, what it said, what it complained of.
fn new(home: &Path, args: &[&str]) -> (Option<String>, String, String) {
    let _ = std::fs::remove_file(home.join("p.yaml"));
    let output = regimen(home)
        .args(["new", "p"])
        .args(args)
        .output()
        .unwrap();
    let written = std::fs::read_to_string(home.join("p.yaml")).ok();
    assert_eq!(written.is_some(), output.status.success());
    (
        written,
        String::from_utf8(output.stdout).unwrap(),
        String::from_utf8(output.stderr).unwrap(),
    )
}

/// Diagnoses, and the lists of red flags that a new program gets.
const DIAGNOSES: &[(&str, &[&str])] = &[
    ("LBP", &["low-back"]),
    ("Low back pain", &["low-back"]),
    ("Chronic low-back pain", &["low-back"]),
    ("lumbar strain", &["low-back"]),
    ("Lumbago", &["low-back"]),
    ("HNP L4/5", &["low-back"]),
    ("Disc herniation", &["low-back"]),
    ("Bulging disk", &["low-back"]),
    ("DDD", &["low-back"]),
    ("Spinal stenosis", &["low-back"]),
    ("Stenosis", &["low-back"]),
    ("Spondylolisthesis", &["low-back"]),
    ("Spondylolysis", &["low-back"]),
    ("Spondylosis", &["low-back"]),
    ("SI joint dysfunction", &["low-back"]),
    ("SIJ pain", &["low-back"]),
    ("Sacroiliac joint pain", &["low-back"]),
    ("Sacral pain", &["low-back"]),
    ("Pelvic girdle pain", &["low-back"]),
    ("Pain in the pelvis", &["low-back"]),
    ("Radiculopathy", &["low-back"]),
    ("Lumbar radiculopathy, left", &["low-back"]),
    ("Sciatica", &["low-back"]),
    ("Facet irritation", &["low-back"]),
    ("Strain", &["low-back"]),
    ("Core weakness", &["low-back"]),
    ("Backache", &["low-back"]),
    ("Stiff back in the morning", &["low-back"]),
    ("Coccyx pain", &["low-back"]),
    ("Coccydynia", &["low-back"]),
    ("Tailbone pain", &["low-back"]),
    ("Piriformis syndrome", &["low-back"]),
    ("Postpartum", &["low-back"]),
    ("Pregnancy-related pain", &["low-back"]),
    ("Diastasis recti", &["low-back"]),
    ("Scoliosis", &["low-back"]),
    ("Ankylosing spondylitis", &["low-back"]),
    ("Upper back pain", &["low-back"]),
    ("Thoracic kyphosis", &["low-back"]),
    ("QL strain", &["low-back"]),
    ("L5-S1 disc", &["low-back"]),
    ("Compression fracture T12", &["low-back"]),
    ("Osteoporosis", &["low-back"]),
    ("Groin pain", &["low-back"]),
    ("Leg pain", &["low-back"]),
    ("Buttock pain", &["low-back"]),
    ("Deconditioning", &["low-back"]),
    ("M54.5", &["low-back"]),
    ("Kreuzschmerzen", &["low-back"]),
    ("Knee and low back pain", &["low-back"]),
    ("Neck and back pain", &["low-back", "neck"]),
    ("Runner with low back pain", &["low-back", "runner"]),
    ("Lumbar fusion, 6 weeks", &["low-back", "after-surgery"]),
    ("s/p microdiscectomy", &["low-back", "after-surgery"]),
    ("Laminectomy", &["low-back", "after-surgery"]),
    ("Heart failure, low back pain", &["low-back", "chest"]),
    ("Return to run", &["low-back", "runner"]),
    ("Neck pain", &["neck"]),
    ("Cervical radiculopathy", &["neck"]),
    ("Cervical disc herniation", &["neck"]),
    ("Whiplash", &["neck"]),
    ("COPD", &["chest"]),
    ("Cardiac rehab after CABG", &["chest", "after-surgery"]),
    ("Achilles tendinopathy", &["calf"]),
    ("Calf strain", &["calf"]),
    ("Runner's knee", &["runner"]),
    ("Shin splints", &["runner"]),
    ("Total knee replacement", &["after-surgery"]),
    ("TKA, post-op week 3", &["after-surgery"]),
    ("ACL reconstruction", &["after-surgery"]),
    ("Rotator cuff repair", &["after-surgery"]),
    ("Knee osteoarthritis", &[]),
    ("Ankle sprain", &[]),
    ("Tennis elbow", &[]),
    ("Plantar fasciitis", &[]),
    ("Shoulder impingement", &[]),
];

#[test]
fn a_new_program_gets_the_red_flags_of_its_diagnosis_and_no_advice() {
    assert!(DIAGNOSES.len() >= 70);
    let home = tempfile::tempdir().unwrap();
    let contact = [
        "--therapist",
        "Kim Ode",
        "--phone",
        "303 442 1100",
        "--exercise",
        "glute-bridge",
        "--exercise",
        "dead-bug",
    ];
    for (diagnosis, lists) in DIAGNOSES {
        let args = [
            &["--title", "Mornings", "--condition", diagnosis][..],
            &contact,
        ]
        .concat();
        let (written, said, complaint) = new(home.path(), &args);
        let written = written.unwrap_or_else(|| panic!("{diagnosis}: {complaint}"));
        let named: Vec<&str> = written
            .lines()
            .filter_map(|line| line.strip_prefix("  - "))
            .filter(|id| red_flags::get(id).is_some())
            .collect();
        assert_eq!(named, *lists, "{diagnosis}");
        assert_eq!(codes(&written), [""; 0], "{diagnosis}\n{written}");
        assert!(!said.contains("Still to fill in"), "{said}");
    }
}

#[test]
fn a_new_program_without_a_diagnosis_gets_the_red_flags_of_the_back() {
    let home = tempfile::tempdir().unwrap();
    for (title, lists) in [
        ("Mornings", vec!["low-back"]),
        ("Back to running", vec!["low-back", "runner"]),
        ("Strong knees", vec![]),
    ] {
        let (written, said, _) = new(
            home.path(),
            &["--title", title, "--exercise", "glute-bridge"],
        );
        let written = written.unwrap();
        for id in red_flags::ids() {
            assert_eq!(
                written.contains(&format!("  - {id}\n")),
                lists.contains(&id),
                "{title}: {id}\n{written}"
            );
        }
        // Only what is still to fill in is advised, and said.
        assert_eq!(codes(&written), ["no-contact"], "{written}");
        assert!(
            said.contains("Still to fill in: your name, a phone number or an email"),
            "{said}"
        );
    }
}

#[test]
fn each_flag_of_new_is_used_with_a_sample_and_without() {
    let flags = [
        ("--title", "Hers", "title: Hers"),
        ("--condition", "Lumbar strain", "condition: Lumbar strain"),
        ("--frequency", "mon wed fri", "frequency: [mon, wed, fri]"),
        ("--therapist", "Kim Ode", "  name: \"Kim Ode\""),
        ("--clinic", "Elm Street", "  clinic: \"Elm Street\""),
        ("--phone", "303 442 1100", "  phone: \"303 442 1100\""),
        ("--email", "kim@elm.org", "  email: \"kim@elm.org\""),
        ("--patient", "A. B.", "patient: A. B."),
    ];
    let home = tempfile::tempdir().unwrap();
    let begin: [&[&str]; 3] = [
        &["--from", "five-minutes"],
        &["--from", "deep-core-runners"],
        &["--exercise", "glute-bridge"],
    ];
    for begin in begin {
        let mut all = begin.to_vec();
        for (flag, value, line) in flags {
            let (written, _, complaint) = new(home.path(), &[begin, &[flag, value]].concat());
            let written = written.unwrap_or_else(|| panic!("{begin:?} {flag}: {complaint}"));
            assert_eq!(
                written.lines().filter(|written| *written == line).count(),
                1,
                "{begin:?} {flag}\n{written}"
            );
            // Given and left empty is neither.
            let (written, _, complaint) = new(home.path(), &[begin, &[flag, " "]].concat());
            assert!(
                written.is_none() && complaint.contains(&format!("{flag} has no value")),
                "{complaint}"
            );
            all.extend([flag, value]);
        }
        let (written, said, _) = new(home.path(), &all);
        assert_eq!(codes(&written.unwrap()), [""; 0]);
        assert!(!said.contains("Still to fill in"), "{said}");
    }
}

#[test]
fn new_from_a_sample_names_what_is_still_an_example_and_refuses_what_it_cannot_use() {
    let home = tempfile::tempdir().unwrap();
    let (written, said, _) = new(
        home.path(),
        &[
            "--from",
            "five-minutes",
            "--therapist",
            "Kim Ode",
            "--phone",
            "1",
        ],
    );
    let line = said
        .lines()
        .find(|line| line.starts_with("Still to fill in"))
        .unwrap();
    assert_eq!(
        line,
        "Still to fill in: clinic (now \"Example Physical Therapy\"), email (now \"therapist@example.org\")."
    );
    assert_eq!(codes(&written.unwrap()), ["placeholder"]);
    let (written, _, complaint) = new(
        home.path(),
        &["--from", "five-minutes", "--exercise", "glute-bridge"],
    );
    assert!(
        written.is_none() && complaint.contains("--exercise can't be combined with --from"),
        "{complaint}"
    );
    let (written, _, complaint) = new(
        home.path(),
        &["--from", "five-minutes", "--frequency", "often"],
    );
    assert!(
        written.is_none() && complaint.contains("write daily, 2x/day"),
        "{complaint}"
    );
    // A phase keeps its own frequency, and that is said.
    let (_, said, _) = new(
        home.path(),
        &["--from", "deep-core-runners", "--frequency", "daily"],
    );
    assert!(
        said.contains("Phases with a frequency of their own keep it (5x/week"),
        "{said}"
    );
    // Another diagnosis brings its own red flags.
    let (written, ..) = new(
        home.path(),
        &[
            "--from",
            "five-minutes",
            "--condition",
            "Neck pain after surgery",
        ],
    );
    let signs = program(&written.unwrap()).stop_if;
    let lists: Vec<&str> = red_flags::lists_in(&signs)
        .0
        .iter()
        .map(|list| list.id)
        .collect();
    assert_eq!(lists, ["low-back", "neck", "after-surgery"]);
}

// What check says in words

const WHOLE: &str = "
title: Deep core
frequency: 3x/week
therapist: {name: Kim Ode, phone: \"303 442 1100\"}
reminders: [\"07:30\", \"18:00\"]
stop_if: [low-back, Sharp pain in the shoulder.]
pain:
  ask: [before, after, next-morning]
  bands:
    - {up_to: 3, label: fine, advice: Carry on.}
    - {up_to: 5, label: caution, advice: Do one set fewer.}
    - {up_to: 10, label: stop, stop: true}
phases:
  - title: One
    weeks: 2
    advance_when: {sessions: 6, pain_at_most: 3}
    exercises:
      - exercise: glute-bridge
        reps: 10
        stop_if: [A cramp]
        progression: [{week: 2, pain_at_most: 2, reps: 12}]
  - title: Two
    exercises: [{exercise: dead-bug, reps: 8}]
  - title: Three
    weeks: 3
    exercises: [{exercise: bird-dog, reps: 8}]
";

#[test]
fn check_shows_pain_bands_stop_signs_reminders_contact_and_what_opens_each_step() {
    let home = tempfile::tempdir().unwrap();
    std::fs::write(home.path().join("core.yaml"), WHOLE).unwrap();
    let output = regimen(home.path())
        .args(["check", "core.yaml"])
        .output()
        .unwrap();
    let said = String::from_utf8(output.stdout).unwrap();
    let expected = "\
core.yaml: no mistakes.
  Deep core
    One: 3 times a week, about 1 min a session, 3 min a week
      Glute bridge: 10 reps
        Later, from week 2, if pain stayed at 2 or less: 12 reps
        Stop if: A cramp
      Move on after 2 weeks and 6 sessions, if pain stayed at 3 or less; the patient confirms it
    Two: 3 times a week, about 1 min a session, 4 min a week
      Dead bug: 8 reps per side
      Move on when you tell the patient to
    Three: 3 times a week, about 1 min a session, 4 min a week
      Bird dog: 8 reps per side
      This is the last phase; the program is finished after 3 weeks
  Pain: asked before the session, after the session and the next morning
    0-3 fine: Carry on.
    4-5 caution: Do one set fewer.
    6-10 stop, offers to end the session: Stop for today and call your therapist.
  Stop signs: 13 in total
    low-back: the library's list, 12 signs
    Sharp pain in the shoulder
  Reminders: 07:30, 18:00
  Contact: Kim Ode · 303 442 1100

1 file checked: no mistakes, no suggestions
";
    assert_eq!(said, expected);
    // The same for other programs.
    let output = regimen(home.path())
        .args(["check", "--format", "json", "core.yaml"])
        .output()
        .unwrap();
    let json: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
    let safety = &json[0]["program"]["safety"];
    assert_eq!(
        safety["pain_asked"],
        serde_json::json!(["before", "after", "next-morning"])
    );
    assert_eq!(safety["pain_bands"][1]["from"], 4);
    assert_eq!(safety["pain_bands"][2]["stop"], true);
    assert_eq!(
        safety["stop_signs"]["lists"],
        serde_json::json!([["low-back", 12]])
    );
    assert_eq!(
        safety["stop_signs"]["own"],
        serde_json::json!(["Sharp pain in the shoulder."])
    );
    assert_eq!(safety["reminders"][1], "18:00");
    assert_eq!(safety["reachable"], true);
    let phases = &json[0]["program"]["phases"];
    assert_eq!(
        phases[0]["advance"],
        "after 2 weeks and 6 sessions, if pain stayed at 3 or less"
    );
    assert_eq!(phases[2]["advance"], serde_json::Value::Null);
    let words = json[0]["program"]["in_words"].as_str().unwrap();
    assert!(
        words.contains("6-10 stop, offers to end the session: Stop for today and call your therapist. Stop signs: 13"),
        "{words}"
    );
}

#[test]
fn a_program_that_says_little_is_shown_as_saying_little() {
    let bare = program(
        "title: Bare\nfrequency: daily\npain: {ask: []}\nexercises:\n  - {exercise: glute-bridge, reps: 10}\n",
    );
    let lines: Vec<String> = prose::outline(&bare)
        .into_iter()
        .map(|line| line.text)
        .collect();
    for said in [
        "Pain: never asked",
        "Stop signs: none",
        "Reminders: none",
        "Contact: not given",
    ] {
        assert!(lines.iter().any(|line| line == said), "{said}: {lines:#?}");
    }
}
