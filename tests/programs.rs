//! Every shipped file: programs and library check clean, and compile to sessions of a sensible length.

use std::collections::HashSet;
use std::path::Path;

use regimen::program::library;
use regimen::program::muscles;
use regimen::program::notation::{slug, write_duration};
use regimen::program::parse::{Parsed, parse};
use regimen::source::Source;
use regimen::timeline::Timeline;

fn shipped() -> Vec<(&'static str, Parsed)> {
    library::PROGRAM_FILES
        .iter()
        .map(|(name, text)| (*name, parse(Source::new(format!("{name}.yaml"), *text))))
        .collect()
}

#[test]
fn every_shipped_program_checks_clean() {
    for (name, parsed) in shipped() {
        assert!(
            parsed.diagnostics.is_empty(),
            "{name}: {}",
            regimen::diagnostic::render::report(&parsed.source, &parsed.diagnostics, false)
        );
        let program = parsed.program.unwrap();
        assert_eq!(program.id, name);
        for phase in &program.phases {
            println!("{name}: {}", write_duration(Timeline::of(&phase.exercises).length()));
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
        let said = (program.title.as_str(), first.len(), minutes, program.phases.len());
        assert_eq!((head.title, head.exercises, head.minutes, head.phases), said, "{name}");
    }
    for exercise in library::all() {
        let core = library::core(exercise.id).unwrap();
        assert_eq!((core.name, core.one_sided), (exercise.name.as_str(), exercise.side.is_some()), "{}", exercise.id);
    }
}

#[test]
fn the_embedded_files_are_the_files_of_the_folder() {
    let stems = |folder: &str| -> HashSet<String> {
        std::fs::read_dir(Path::new(env!("CARGO_MANIFEST_DIR")).join(folder))
            .unwrap()
            .filter_map(|entry| {
                entry.unwrap().file_name().into_string().unwrap().strip_suffix(".yaml").map(str::to_owned)
            })
            .collect()
    };
    let embedded = |files: &[(&str, &str)]| files.iter().map(|(stem, _)| (*stem).to_owned()).collect::<HashSet<_>>();
    assert_eq!(stems("programs"), embedded(library::PROGRAM_FILES));
    assert_eq!(stems("programs/library"), embedded(library::EXERCISE_FILES));
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
            assert!(words.insert(word.clone()), "{id}: `{word}` names two exercises");
        }
        for muscle in exercise.muscles.strengthens.iter().chain(&exercise.muscles.stretches) {
            assert!(muscles::find(muscle).is_some(), "{id}: {muscle}");
        }
        for other in exercise.easier.iter().chain(&exercise.harder) {
            assert!(library::get(other).is_some(), "{id}: {other}");
        }
        assert!((3..=6).contains(&exercise.instructions.len()), "{id}: instructions");
        assert!((2..=4).contains(&exercise.cues.len()), "{id}: cues");
        assert!(exercise.cues.iter().all(|cue| cue.split_whitespace().count() <= 5), "{id}: cues are short");
    }
}
