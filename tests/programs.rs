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
