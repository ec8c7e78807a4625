//! The built-in exercises and sample programs, embedded from `programs/`. An exercise is read only
//! when it is needed, so that the app starts quickly.

mod exercise;
mod meaning;
mod search;
mod vocabulary;

use std::collections::HashMap;
use std::sync::{LazyLock, OnceLock};

use super::notation::slug;
use crate::yaml;

pub use self::exercise::{DoseText, Group, LibraryExercise, LibrarySide, Spine};
pub use self::meaning::meant;
pub(crate) use self::meaning::nearest;
pub(crate) use self::search::search;

/// Embeds the texts of files from a folder in `programs/`, given the stems of their names.
macro_rules! embed {
    ($folder:literal: $($stem:literal)*) => {
        &[$(($stem, include_str!(concat!("../../programs/", $folder, $stem, ".yaml")))),*]
    };
}

/// The stems and texts of the embedded exercises.
pub const EXERCISE_FILES: &[(&str, &str)] = embed!("library/":
    "abdominal-bracing" "abdominal-hollowing" "adductor-stretch" "ankle-rocks" "bird-dog"
    "bird-dog-leg-slide" "bodyweight-squat" "calf-stretch-bent-knee" "calf-stretch-straight-knee"
    "cat-cow" "childs-pose" "clamshell" "cold-pack" "dead-bug" "dead-bug-heel-tap"
    "dead-bug-straight-leg" "diaphragmatic-breathing" "double-knee-to-chest" "easy-run"
    "front-plank" "front-plank-knees" "glute-bridge" "glute-stretch-supine"
    "hamstring-stretch-standing" "hamstring-stretch-supine" "heat-pack" "heel-raise"
    "hip-flexor-stretch-half-kneeling" "hip-hike" "hip-hinge" "lat-stretch" "lower-trunk-rotation"
    "mcgill-curl-up" "monster-walk" "multifidus-lift" "ninety-ninety" "ninety-ninety-rest"
    "nordic-curl" "open-book" "pallof-press" "pelvic-tilt" "piriformis-stretch-figure-four"
    "prone-on-elbows" "prone-press-up" "quad-stretch-standing" "side-lying-hip-abduction"
    "side-plank" "side-plank-endurance" "side-plank-knees" "side-plank-top-leg-raise"
    "single-knee-to-chest" "single-leg-balance" "single-leg-bridge" "single-leg-bridge-test"
    "single-leg-deadlift" "single-leg-heel-raise" "single-leg-stance-test" "sit-to-stand"
    "slider-curl" "split-squat" "standing-hip-abduction" "step-down" "tfl-stretch"
    "thoracic-extension" "trunk-extensor-endurance" "trunk-flexor-endurance" "walking" "wall-sit"
);

/// The ids and texts of the embedded figures. Each belongs to the exercise with the same id.
pub const FIGURE_FILES: &[(&str, &str)] = embed!("figures/":
    "adductor-stretch" "ankle-rocks" "bird-dog" "bird-dog-leg-slide" "bodyweight-squat"
    "calf-stretch-bent-knee" "calf-stretch-straight-knee" "cat-cow" "childs-pose" "clamshell"
    "dead-bug" "dead-bug-heel-tap" "dead-bug-straight-leg" "double-knee-to-chest" "easy-run"
    "front-plank" "front-plank-knees" "glute-bridge" "glute-stretch-supine"
    "hamstring-stretch-standing" "hamstring-stretch-supine" "heel-raise"
    "hip-flexor-stretch-half-kneeling" "hip-hike" "hip-hinge" "lat-stretch" "lower-trunk-rotation"
    "mcgill-curl-up" "monster-walk" "multifidus-lift" "ninety-ninety" "ninety-ninety-rest"
    "nordic-curl" "open-book" "pallof-press" "piriformis-stretch-figure-four" "prone-on-elbows"
    "prone-press-up" "quad-stretch-standing" "side-lying-hip-abduction" "side-plank"
    "side-plank-endurance" "side-plank-knees" "side-plank-top-leg-raise" "single-knee-to-chest"
    "single-leg-balance" "single-leg-bridge" "single-leg-bridge-test" "single-leg-deadlift"
    "single-leg-heel-raise" "single-leg-stance-test" "sit-to-stand" "slider-curl" "split-squat"
    "standing-hip-abduction" "step-down" "tfl-stretch" "thoracic-extension"
    "trunk-extensor-endurance" "trunk-flexor-endurance" "walking" "wall-sit"
);

/// The stems and texts of the embedded sample programs, in the order they are shown in.
pub const PROGRAM_FILES: &[(&str, &str)] = embed!("":
    "deep-core-runners" "one-weak-side" "one-weak-side-measure" "stretching-for-runners"
    "mcgill-big-three" "facet-irritation" "low-back-strain" "back-to-running"
    "torso-endurance-tests" "five-minutes" "after-the-run" "mobility-for-runners"
    "legs-for-runners" "flare-day"
);

/// What the list shows of a sample program, so that the sample need not be read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct SampleHead {
    /// The program's title.
    pub title: &'static str,
    /// The number of exercises in its first phase.
    pub exercises: usize,
    /// The estimated minutes of a session of its first phase.
    pub minutes: u64,
    /// The number of phases.
    pub phases: usize,
}

const fn head(title: &'static str, exercises: usize, minutes: u64, phases: usize) -> SampleHead {
    SampleHead {
        title,
        exercises,
        minutes,
        phases,
    }
}

/// The heads of the samples, in the order of `PROGRAM_FILES`. A test compares them with the files.
pub const SAMPLE_HEADS: &[SampleHead] = &[
    head("Deep core for runners", 7, 21, 3),
    head("One weak side", 8, 27, 1),
    head("One weak side, the measure", 3, 12, 1),
    head("Stretching for runners", 4, 10, 1),
    head("McGill's big three", 4, 20, 1),
    head("Facet joint irritation", 7, 19, 3),
    head("Low back strain", 3, 23, 4),
    head("Back to running", 3, 26, 6),
    head("Torso endurance tests", 3, 18, 1),
    head("Five minutes", 3, 5, 1),
    head("After the run", 5, 12, 1),
    head("Mobility for runners", 7, 16, 1),
    head("Legs for runners", 6, 20, 3),
    head("Flare day", 5, 27, 1),
];

/// What the parser needs of a library exercise. The rest is read when it is shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Core {
    /// The exercise's id.
    pub id: &'static str,
    /// The exercise's name.
    pub name: &'static str,
    /// Whether it is done one side at a time.
    pub one_sided: bool,
}

static READ: LazyLock<Vec<OnceLock<Option<LibraryExercise>>>> =
    LazyLock::new(|| EXERCISE_FILES.iter().map(|_| OnceLock::new()).collect());

/// Reads the text of a library file.
pub fn read(id: &'static str, text: &str) -> Result<LibraryExercise, String> {
    yaml::from_embedded::<LibraryExercise>(text).map(|exercise| LibraryExercise { id, ..exercise })
}

/// Returns the exercise with this index, and reads it if it wasn't read before.
fn at(index: usize) -> Option<&'static LibraryExercise> {
    let (id, text) = EXERCISE_FILES.get(index)?;
    // A test makes sure that every embedded file can be read.
    READ.get(index)?
        .get_or_init(|| read(id, text).ok())
        .as_ref()
}

/// Returns the exercise with this id.
pub fn get(id: &str) -> Option<&'static LibraryExercise> {
    EXERCISE_FILES
        .iter()
        .position(|(stem, _)| *stem == id)
        .and_then(at)
}

/// Returns the exercise with this id, name or alias. Capitals, spaces and hyphens don't matter.
pub fn find(word: &str) -> Option<&'static LibraryExercise> {
    get(word).or_else(|| {
        let wanted = slug(word);
        get(&wanted).or_else(|| id_of_name(word).and_then(get))
    })
}

/// Returns the core of the exercise with this id, name or alias. For an id, it is read from two
/// lines of the file without parsing the whole.
pub fn core(word: &str) -> Option<Core> {
    let by_id = EXERCISE_FILES.iter().find(|(id, _)| *id == word);
    let quick = by_id.and_then(|(id, text)| {
        let name = text
            .lines()
            .find_map(|line| line.strip_prefix("name: "))?
            .trim();
        let plain = name
            .chars()
            .all(|c| c.is_alphanumeric() || " -'/,".contains(c))
            && !name.starts_with('\'');
        plain.then(|| Core {
            id,
            name,
            one_sided: text.lines().any(|line| line.starts_with("side:")),
        })
    });
    quick.or_else(|| {
        find(word).map(|found| Core {
            id: found.id,
            name: &found.name,
            one_sided: found.side.is_some(),
        })
    })
}

/// Returns the id of the exercise with this name or alias. Only two lines of each file are read,
/// which is quick enough for every start.
pub fn id_of_name(name: &str) -> Option<&'static str> {
    static NAMES: OnceLock<HashMap<String, &'static str>> = OnceLock::new();
    let names_in = |text: &'static str| {
        let lines = || text.lines().take(3);
        let name = lines().find_map(|line| line.strip_prefix("name: "));
        let aliases = lines().find_map(|line| line.strip_prefix("aliases: [")?.strip_suffix(']'));
        name.into_iter()
            .chain(aliases.into_iter().flat_map(|aliases| aliases.split(", ")))
    };
    let names = NAMES.get_or_init(|| {
        let mut names = HashMap::new();
        for (id, text) in EXERCISE_FILES {
            for name in names_in(text) {
                names.entry(slug(name)).or_insert(*id);
            }
        }
        names
    });
    names.get(&slug(name)).copied()
}

/// Returns all exercises, ordered by id.
pub fn all() -> impl Iterator<Item = &'static LibraryExercise> {
    (0..EXERCISE_FILES.len()).filter_map(at)
}
