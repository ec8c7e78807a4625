//! Every shipped file: programs and library check clean, and compile to sessions of a sensible
//! length.

use std::collections::HashSet;
use std::path::Path;

use regimen::advice;
use regimen::program::library;
use regimen::program::muscles;
use regimen::program::notation::{slug, write_duration};
use regimen::program::parse::{Parsed, parse};
use regimen::program::red_flags;
use regimen::source::Source;
use regimen::timeline::Timeline;

fn shipped() -> Vec<(&'static str, Parsed)> {
    library::PROGRAM_FILES
        .iter()
        .map(|(name, text)| (*name, parse(Source::new(format!("{name}.yaml"), *text))))
        .collect()
}

#[test]
fn shipped_program_has_no_advice_but_to_replace_the_examples() {
    for (name, mut parsed) in shipped() {
        assert!(
            parsed.diagnostics.is_empty(),
            "{name}: {}",
            regimen::diagnostic::render::report(&parsed.source, &parsed.diagnostics, false)
        );
        let program = parsed.program.clone().unwrap();
        // A sample says that its therapist is invented; a colleague would say so too.
        parsed.add(advice::on(
            &program,
            &parsed.places,
            jiff::civil::date(2026, 11, 23),
        ));
        let codes: Vec<&str> = parsed
            .diagnostics
            .iter()
            .map(|diagnostic| diagnostic.code)
            .collect();
        assert_eq!(codes, ["placeholder"], "{name}");
        for value in [
            "Example Therapist",
            "Example Physical Therapy",
            "555-0100",
            "therapist@example.org",
        ] {
            assert!(
                parsed.diagnostics[0].message.contains(value),
                "{name}: {value}"
            );
        }
        assert_eq!(program.id, name);
        for phase in &program.phases {
            println!(
                "{name}: {}",
                write_duration(Timeline::of(&phase.exercises).length())
            );
        }
    }
}

#[test]
fn what_is_known_of_a_sample_or_an_exercise_unread_is_what_its_file_says() {
    assert_eq!(library::SAMPLE_HEADS.len(), library::PROGRAM_FILES.len());
    for ((name, parsed), head) in shipped().into_iter().zip(library::SAMPLE_HEADS) {
        let program = parsed.program.unwrap();
        let first = &program.phases[0].exercises;
        let minutes = regimen::program::words::minutes(Timeline::of(first).length());
        let said = (
            program.title.as_str(),
            first.len(),
            minutes,
            program.phases.len(),
        );
        assert_eq!(
            (head.title, head.exercises, head.minutes, head.phases),
            said,
            "{name}"
        );
    }
    for exercise in library::all() {
        for name in exercise.aliases.iter().chain([&exercise.name]) {
            assert_eq!(library::id_of_name(name), Some(exercise.id), "{name}");
        }
        let text = library::EXERCISE_FILES
            .iter()
            .find(|(id, _)| *id == exercise.id)
            .unwrap()
            .1;
        assert!(
            text.contains(&format!("\ngroup: {}\n", exercise.group.id())),
            "{}",
            exercise.id
        );
        let core = library::core(exercise.id).unwrap();
        assert_eq!(
            (core.name, core.one_sided),
            (exercise.name.as_str(), exercise.side.is_some()),
            "{}",
            exercise.id
        );
    }
}

#[test]
fn the_embedded_files_are_the_files_of_the_folder() {
    let stems = |folder: &str| -> HashSet<String> {
        std::fs::read_dir(Path::new(env!("CARGO_MANIFEST_DIR")).join(folder))
            .unwrap()
            .filter_map(|entry| {
                entry
                    .unwrap()
                    .file_name()
                    .into_string()
                    .unwrap()
                    .strip_suffix(".yaml")
                    .map(str::to_owned)
            })
            .collect()
    };
    let embedded = |files: &[(&str, &str)]| {
        files
            .iter()
            .map(|(stem, _)| (*stem).to_owned())
            .collect::<HashSet<_>>()
    };
    assert_eq!(stems("programs"), embedded(library::PROGRAM_FILES));
    assert_eq!(stems("programs/library"), embedded(library::EXERCISE_FILES));
    assert_eq!(stems("programs/red-flags"), embedded(red_flags::FILES));
}

#[test]
fn every_library_exercise_is_complete_and_refers_to_what_exists() {
    let mut words = HashSet::new();
    for (id, text) in library::EXERCISE_FILES {
        let exercise = library::read(id, text).unwrap_or_else(|error| panic!("{id}: {error}"));
        let mut own: HashSet<String> = exercise.aliases.iter().map(|alias| slug(alias)).collect();
        own.insert((*id).to_owned());
        own.insert(slug(&exercise.name));
        for word in own {
            assert!(
                words.insert(word.clone()),
                "{id}: `{word}` names two exercises"
            );
        }
        let named = &exercise.muscles;
        let mut once = HashSet::new();
        for muscle in named
            .strengthens
            .iter()
            .chain(&named.stretches)
            .chain(&named.assists)
        {
            assert!(
                muscles::find(muscle).is_some() && once.insert(muscle),
                "{id}: {muscle}"
            );
        }
        // Whatever helps, something is trained or made longer.
        let trained = named.strengthens.len() + named.stretches.len();
        assert!(
            named.assists.is_empty() || trained > 0,
            "{id}: who is helped?"
        );
        for other in exercise.easier.iter().chain(&exercise.harder) {
            assert!(library::get(other).is_some(), "{id}: {other}");
        }
        assert!(
            (3..=6).contains(&exercise.instructions.len()),
            "{id}: instructions"
        );
        assert!((2..=4).contains(&exercise.cues.len()), "{id}: cues");
        assert!(
            exercise
                .cues
                .iter()
                .all(|cue| cue.split_whitespace().count() <= 5),
            "{id}: cues are short"
        );
    }
}

#[test]
fn every_library_exercise_is_used_or_leads_to_one_that_is() {
    let mut used: HashSet<&str> = HashSet::new();
    let programs: Vec<_> = shipped()
        .into_iter()
        .map(|(_, parsed)| parsed.program.unwrap())
        .collect();
    for exercise in programs
        .iter()
        .flat_map(|program| &program.phases)
        .flat_map(|phase| &phase.exercises)
    {
        used.extend(
            exercise
                .library
                .as_deref()
                .and_then(library::get)
                .map(|found| found.id),
        );
    }
    // An easier or harder form of one that is used may be what the patient takes tomorrow, and so
    // on from there.
    loop {
        let forms = library::all().filter(|exercise| used.contains(exercise.id));
        let forms: Vec<&str> = forms
            .flat_map(|exercise| exercise.easier.iter().chain(&exercise.harder))
            .map(String::as_str)
            .collect();
        let before = used.len();
        used.extend(forms);
        if used.len() == before {
            break;
        }
    }
    let unused: Vec<&str> = library::all()
        .map(|exercise| exercise.id)
        .filter(|id| !used.contains(id))
        .collect();
    assert!(unused.is_empty(), "{unused:?}");
}

#[test]
fn easier_and_harder_lead_back_to_each_other_without_a_ring() {
    for exercise in library::all() {
        let mut seen = HashSet::from([exercise.id]);
        let mut at = exercise;
        while let Some(next) = at.harder.as_deref().and_then(library::get) {
            assert!(
                seen.insert(next.id),
                "{}: harder and harder leads back to {}",
                exercise.id,
                next.id
            );
            at = next;
        }
        assert!(
            exercise.easier.is_none() || exercise.easier != exercise.harder,
            "{}",
            exercise.id
        );
    }
}

#[test]
fn every_starting_dose_checks_clean_in_a_program() {
    for exercise in library::all() {
        let lines = exercise.lines().join("\n  ");
        let text = format!("title: One\nfrequency: daily\nexercises:\n  {lines}\n");
        let parsed = parse(Source::new("one.yaml", text));
        let report =
            regimen::diagnostic::render::report(&parsed.source, &parsed.diagnostics, false);
        assert!(
            parsed.program.is_some() && parsed.diagnostics.is_empty(),
            "{}: {report}",
            exercise.id
        );
    }
}

/// The comment at the head of a file.
fn head(text: &str) -> String {
    text.lines()
        .take_while(|line| line.starts_with('#'))
        .map(|line| line.trim_start_matches(['#', ' ']))
        .collect::<Vec<_>>()
        .join(" ")
}

#[test]
fn a_session_takes_as_long_as_the_evidence_says_or_the_file_says_why_not() {
    // Stabilization works best at 20-30 minutes a session (Mueller & Niederer 2020); two minutes
    // less is within reckoning.
    for ((name, text), (_, parsed)) in library::PROGRAM_FILES.iter().zip(shipped()) {
        let head = head(text);
        for phase in &parsed.program.unwrap().phases {
            let minutes = Timeline::of(&phase.exercises).length().as_secs_f64() / 60.0;
            if minutes < 18.0 {
                assert!(
                    head.contains("18 minutes") || head.contains("18-30 minutes"),
                    "{name}: {minutes:.1} min"
                );
            }
            if minutes > 30.5 {
                assert!(head.contains("30 minutes"), "{name}: {minutes:.1} min");
            }
        }
    }
}

#[test]
fn every_shipped_program_is_complete_and_names_its_sources() {
    for ((name, text), (_, parsed)) in library::PROGRAM_FILES.iter().zip(shipped()) {
        let program = parsed.program.unwrap();
        let head = head(text);
        assert!(
            head.contains("not a prescription"),
            "{name}: says what it is"
        );
        assert!(
            head.split(|c: char| !c.is_ascii_digit())
                .any(|word| word.len() == 4 && word > "1980"),
            "{name}: sources"
        );
        assert!(
            head.contains("judgment"),
            "{name}: says what rests on no source"
        );
        assert!(
            !program.goals.is_empty() && !program.precautions.is_empty(),
            "{name}"
        );
        let (lists, _) = red_flags::lists_in(&program.stop_if);
        assert!(
            lists.iter().any(|list| list.id == red_flags::LOW_BACK),
            "{name}: red flags of the back"
        );
        let bands = &program.pain.bands;
        assert!(
            bands
                .last()
                .is_some_and(|band| band.up_to == 10 && band.stop),
            "{name}: bands"
        );
        assert!(program.contact().is_some(), "{name}: contact");
        let changes = program.phases.len() > 1
            || program
                .phases
                .iter()
                .flat_map(|phase| &phase.exercises)
                .any(|exercise| !exercise.progression.is_empty());
        let measure = text.contains("measure:");
        assert!(
            changes || measure || head.contains("no progression"),
            "{name}: phases or progression"
        );
    }
}
