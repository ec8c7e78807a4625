//! The built-in exercises and sample programs, embedded from `programs/`. An exercise is read when
//! it is first asked for, so that a start reads only what the programs at hand use. Knows nothing
//! of doses or of any particular program.

use std::collections::{BTreeMap, HashMap};
use std::fmt;
use std::sync::{LazyLock, OnceLock};

use serde::de::{self, SeqAccess, Visitor};
use serde::{Deserialize, Deserializer, Serialize};

use super::notation::slug;
use super::{Muscles, document, muscles};

/// Names files of a folder below `programs/` and embeds their texts.
macro_rules! embed {
    ($folder:literal: $($stem:literal)*) => {
        &[$(($stem, include_str!(concat!("../../programs/", $folder, $stem, ".yaml")))),*]
    };
}

/// The stems and texts of the embedded exercises.
pub const EXERCISE_FILES: &[(&str, &str)] = embed!("library/":
    "abdominal-bracing" "abdominal-hollowing" "adductor-stretch" "ankle-rocks" "bird-dog" "bird-dog-leg-slide"
    "bodyweight-squat" "calf-stretch-bent-knee" "calf-stretch-straight-knee" "cat-cow" "childs-pose" "clamshell" "cold-pack"
    "dead-bug" "dead-bug-heel-tap" "dead-bug-straight-leg" "diaphragmatic-breathing" "double-knee-to-chest" "easy-run"
    "front-plank" "front-plank-knees" "glute-bridge" "glute-stretch-supine" "hamstring-stretch-standing"
    "hamstring-stretch-supine" "heat-pack" "heel-raise" "hip-flexor-stretch-half-kneeling" "hip-hike" "hip-hinge"
    "lat-stretch" "lower-trunk-rotation" "mcgill-curl-up" "monster-walk" "multifidus-lift" "ninety-ninety"
    "ninety-ninety-rest" "nordic-curl" "open-book" "pallof-press" "pelvic-tilt" "piriformis-stretch-figure-four"
    "prone-on-elbows" "prone-press-up" "quad-stretch-standing" "side-lying-hip-abduction" "side-plank"
    "side-plank-endurance" "side-plank-knees" "side-plank-top-leg-raise" "single-knee-to-chest" "single-leg-balance"
    "single-leg-bridge" "single-leg-bridge-test" "single-leg-deadlift" "single-leg-heel-raise" "single-leg-stance-test"
    "sit-to-stand" "slider-curl" "split-squat" "standing-hip-abduction" "step-down" "tfl-stretch" "thoracic-extension"
    "trunk-extensor-endurance" "trunk-flexor-endurance" "walking" "wall-sit"
);

/// The ids and texts of the embedded figures; each belongs to the exercise of the same id.
pub const FIGURE_FILES: &[(&str, &str)] = embed!("figures/":
    "adductor-stretch" "ankle-rocks" "bird-dog" "bird-dog-leg-slide" "bodyweight-squat" "calf-stretch-bent-knee"
    "calf-stretch-straight-knee" "cat-cow" "childs-pose" "clamshell" "dead-bug" "dead-bug-heel-tap"
    "dead-bug-straight-leg" "double-knee-to-chest" "easy-run" "front-plank" "front-plank-knees" "glute-bridge"
    "glute-stretch-supine" "hamstring-stretch-standing" "hamstring-stretch-supine" "heel-raise"
    "hip-flexor-stretch-half-kneeling" "hip-hike" "hip-hinge" "lat-stretch" "lower-trunk-rotation" "mcgill-curl-up"
    "monster-walk" "multifidus-lift" "ninety-ninety" "ninety-ninety-rest" "nordic-curl" "open-book" "pallof-press"
    "piriformis-stretch-figure-four" "prone-on-elbows" "prone-press-up" "quad-stretch-standing"
    "side-lying-hip-abduction" "side-plank" "side-plank-endurance" "side-plank-knees" "side-plank-top-leg-raise"
    "single-knee-to-chest" "single-leg-balance" "single-leg-bridge" "single-leg-bridge-test" "single-leg-deadlift"
    "single-leg-heel-raise" "single-leg-stance-test" "sit-to-stand" "slider-curl" "split-squat"
    "standing-hip-abduction" "step-down" "tfl-stretch" "thoracic-extension" "trunk-extensor-endurance"
    "trunk-flexor-endurance" "walking" "wall-sit"
);

/// The stems and texts of the embedded sample programs, in the order in which they are shown.
pub const PROGRAM_FILES: &[(&str, &str)] = embed!("":
    "deep-core-runners" "one-weak-side" "one-weak-side-measure" "stretching-for-runners" "mcgill-big-three"
    "facet-irritation" "low-back-strain" "back-to-running" "torso-endurance-tests" "five-minutes" "after-the-run"
    "mobility-for-runners" "legs-for-runners" "flare-day"
);

/// What is shown of a sample in the list, known without reading it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct SampleHead {
    /// Its title.
    pub title: &'static str,
    /// The exercises of its first phase.
    pub exercises: usize,
    /// The minutes of its first phase.
    pub minutes: u64,
    /// How many phases it has.
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

/// The heads of the samples, in the order of `PROGRAM_FILES`; a test holds them to what the files
/// say.
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

/// What a program takes over of a library exercise when it is read; the rest is read when it is
/// shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Core {
    /// Its id.
    pub id: &'static str,
    /// Its name.
    pub name: &'static str,
    /// Whether it is done a side at a time.
    pub one_sided: bool,
}

/// An exercise of the library.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct LibraryExercise {
    /// Its id, the stem of its file.
    #[serde(skip_deserializing)]
    pub id: &'static str,
    /// The field's standard name.
    pub name: String,
    /// Other names by which it is found.
    #[serde(default)]
    pub aliases: Vec<String>,
    /// What it is for, in one sentence.
    #[serde(rename = "for")]
    pub purpose: String,
    /// Where the library lists it.
    pub group: Group,
    /// The muscles it works on, by id.
    #[serde(default)]
    pub muscles: Muscles,
    /// What is needed.
    #[serde(default)]
    pub equipment: Vec<String>,
    /// How the patient lies, sits or stands.
    pub position: String,
    /// How the sides follow each other, where they do.
    pub side: Option<LibrarySide>,
    /// The direction in which the low back is loaded or moved.
    pub spine: Spine,
    /// A starting dose, in the keys of a program; never taken over into one.
    pub dose: BTreeMap<String, DoseText>,
    /// Where the starting dose comes from.
    pub source: String,
    /// How it is done, in order.
    pub instructions: Vec<String>,
    /// Short sentences for during the work.
    pub cues: Vec<String>,
    /// What often goes wrong.
    pub mistakes: Vec<String>,
    /// The id of an easier exercise.
    pub easier: Option<String>,
    /// The id of a harder exercise.
    pub harder: Option<String>,
    /// How to make it easier, where the library has no easier exercise.
    pub easier_words: Option<String>,
    /// How to make it harder, where the library has no harder exercise.
    pub harder_words: Option<String>,
    /// When not to do it.
    pub avoid: Vec<String>,
}

impl LibraryExercise {
    /// The lines with which a program prescribes it in its starting dose.
    pub fn lines(&self) -> Vec<String> {
        const ORDER: [&str; 6] = ["sets", "reps", "hold", "tempo", "duration", "measure"];
        let mut lines = vec![format!("- exercise: {}", self.id)];
        lines.extend(self.side.map(|side| format!("  side: {}", side.word())));
        let rank = |key: &str| {
            ORDER
                .iter()
                .position(|known| *known == key)
                .unwrap_or(ORDER.len())
        };
        let mut dose: Vec<_> = self.dose.iter().collect();
        dose.sort_by_key(|(key, _)| rank(key));
        lines.extend(
            dose.into_iter()
                .map(|(key, DoseText(value))| format!("  {key}: {value}")),
        );
        lines
    }
}

/// Where the library lists an exercise.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Group {
    /// The deep and the superficial trunk.
    Core,
    /// Strength and balance of hips and legs.
    HipsAndLegs,
    /// Moving joints gently.
    Mobility,
    /// Making muscles longer.
    Stretches,
    /// Heat, cold, rest positions, walking.
    Relief,
    /// Tests that are counted.
    Measures,
}

impl Group {
    /// All, in the order in which they are listed.
    pub const ALL: [Self; 6] = [
        Self::Core,
        Self::HipsAndLegs,
        Self::Mobility,
        Self::Stretches,
        Self::Relief,
        Self::Measures,
    ];

    /// As the files of the library write it.
    pub fn id(self) -> &'static str {
        match self {
            Self::Core => "core",
            Self::HipsAndLegs => "hips-and-legs",
            Self::Mobility => "mobility",
            Self::Stretches => "stretches",
            Self::Relief => "relief",
            Self::Measures => "measures",
        }
    }

    /// As a heading.
    pub fn title(self) -> &'static str {
        match self {
            Self::Core => "Core",
            Self::HipsAndLegs => "Hips and legs",
            Self::Mobility => "Mobility",
            Self::Stretches => "Stretches",
            Self::Relief => "Relief, walking and running",
            Self::Measures => "Tests",
        }
    }
}

/// A value of a dose as a program writes it: `10`, `5 s`, `[6, 4, 2]`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct DoseText(pub String);

impl<'de> Deserialize<'de> for DoseText {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(DoseVisitor)
    }
}

struct DoseVisitor;

impl<'de> Visitor<'de> for DoseVisitor {
    type Value = DoseText;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a text, a number or a list of numbers")
    }

    fn visit_str<E: de::Error>(self, text: &str) -> Result<DoseText, E> {
        Ok(DoseText(text.to_owned()))
    }

    fn visit_u64<E: de::Error>(self, number: u64) -> Result<DoseText, E> {
        Ok(DoseText(number.to_string()))
    }

    fn visit_i64<E: de::Error>(self, number: i64) -> Result<DoseText, E> {
        Ok(DoseText(number.to_string()))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<DoseText, A::Error> {
        let mut values = Vec::new();
        while let Some(DoseText(value)) = list.next_element()? {
            values.push(value);
        }
        Ok(DoseText(format!("[{}]", values.join(", "))))
    }
}

/// How the sides of a library exercise usually follow each other.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum LibrarySide {
    /// One side's set, then the other's.
    Each,
    /// From side to side with each repetition.
    Alternate,
}

impl LibrarySide {
    /// As a program writes it.
    pub fn word(self) -> &'static str {
        match self {
            Self::Each => "each",
            Self::Alternate => "alternate",
        }
    }
}

/// The direction in which the low back is loaded or moved.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Spine {
    /// Bending forward.
    Flexion,
    /// Neither.
    Neutral,
    /// Bending backward.
    Extension,
}

impl Spine {
    /// In words.
    pub fn words(self) -> &'static str {
        match self {
            Self::Flexion => "bends forward",
            Self::Neutral => "stays in the middle",
            Self::Extension => "bends backward",
        }
    }
}

static READ: LazyLock<Vec<OnceLock<Option<LibraryExercise>>>> =
    LazyLock::new(|| EXERCISE_FILES.iter().map(|_| OnceLock::new()).collect());

/// Reads the text of a library file.
pub fn read(id: &'static str, text: &str) -> Result<LibraryExercise, String> {
    document::from_embedded::<LibraryExercise>(text)
        .map(|exercise| LibraryExercise { id, ..exercise })
}

fn at(index: usize) -> Option<&'static LibraryExercise> {
    let (id, text) = EXERCISE_FILES.get(index)?;
    // That every embedded file can be read is held by a test.
    READ.get(index)?
        .get_or_init(|| read(id, text).ok())
        .as_ref()
}

/// The exercise with this id.
pub fn get(id: &str) -> Option<&'static LibraryExercise> {
    EXERCISE_FILES
        .iter()
        .position(|(stem, _)| *stem == id)
        .and_then(at)
}

/// The exercise with this id, name or alias; capitals, spaces and hyphens don't matter.
pub fn find(word: &str) -> Option<&'static LibraryExercise> {
    get(word).or_else(|| {
        let wanted = slug(word);
        get(&wanted).or_else(|| id_of_name(word).and_then(get))
    })
}

/// The core of the exercise with this id, name or alias. Of an id it is read off two lines of its
/// file.
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

/// The id of the exercise with this name or alias, read off two lines of each file: quick enough
/// for every start.
pub fn id_of_name(name: &str) -> Option<&'static str> {
    static NAMES: OnceLock<HashMap<String, &'static str>> = OnceLock::new();
    let said = |text: &'static str| {
        let lines = || text.lines().take(3);
        let name = lines().find_map(|line| line.strip_prefix("name: "));
        let aliases = lines().find_map(|line| line.strip_prefix("aliases: [")?.strip_suffix(']'));
        name.into_iter()
            .chain(aliases.into_iter().flat_map(|aliases| aliases.split(", ")))
    };
    let names = NAMES.get_or_init(|| {
        let mut names = HashMap::new();
        for (id, text) in EXERCISE_FILES {
            for name in said(text) {
                names.entry(slug(name)).or_insert(*id);
            }
        }
        names
    });
    names.get(&slug(name)).copied()
}

/// All exercises, in the order of their ids.
pub fn all() -> impl Iterator<Item = &'static LibraryExercise> {
    (0..EXERCISE_FILES.len()).filter_map(at)
}

/// What therapists shorten, each written out. Two that mean more than one thing are missing: `DLS`,
/// `TA`.
const SHORT: &[(&str, &str)] = &[
    ("sl", "single leg"),
    ("dl", "double leg"),
    ("hs", "hamstring"),
    ("hams", "hamstring"),
    ("itb", "it band"),
    ("iliotibial", "it"),
    ("ql", "quadratus lumborum"),
    ("hf", "hip flexor"),
    ("gastroc", "gastrocnemius"),
    ("tra", "transversus abdominis"),
    ("transverse", "transversus"),
    ("abdominus", "abdominis"),
    ("slr", "straight leg raise"),
    ("sls", "single leg squat"),
    ("rdl", "romanian deadlift"),
    ("bkfo", "bent knee fall out"),
    ("ktc", "knee to chest"),
    ("dktc", "double knee to chest"),
    ("sktc", "single knee to chest"),
    ("ltr", "lower trunk rotation"),
    ("ppt", "posterior pelvic tilt"),
    ("poe", "prone on elbow"),
    ("sts", "sit to stand"),
    ("kb", "kettlebell"),
    ("bw", "bodyweight"),
    ("abd", "abduction"),
    ("add", "adduction"),
    ("sidelying", "side lying"),
    ("one", "single"),
    ("one-legged", "single leg"),
    ("unilateral", "single leg"),
    ("two", "double"),
    ("bilateral", "double leg"),
    ("legged", "leg"),
    ("deadbug", "dead bug"),
    ("birddog", "bird dog"),
    ("stepdown", "step down"),
    ("curlup", "curl up"),
    ("pressup", "press up"),
    ("4", "four"),
    ("figure4", "figure four"),
    ("fig", "figure"),
    ("childs", "child"),
    ("runners", "runner"),
    ("quad", "quadriceps"),
    ("lat", "latissimus"),
];

/// Words that say nothing of how an exercise is done.
const EMPTY: &[&str] = &[
    "a",
    "an",
    "and",
    "the",
    "with",
    "of",
    "on",
    "in",
    "s",
    "exercise",
    "exercises",
    "your",
];

/// Words of exercises that the library may not have: each means what it says, and is no misspelling
/// of another.
const WORDS: &[&str] = &[
    "abduction",
    "adduction",
    "adductor",
    "abductor",
    "flexion",
    "flexor",
    "extension",
    "extensor",
    "internal",
    "external",
    "inversion",
    "eversion",
    "anterior",
    "posterior",
    "prone",
    "supine",
    "side",
    "lying",
    "standing",
    "seated",
    "sitting",
    "kneeling",
    "half",
    "tall",
    "quadruped",
    "single",
    "double",
    "left",
    "right",
    "straight",
    "bent",
    "lateral",
    "forward",
    "backward",
    "reverse",
    "stretch",
    "curl",
    "raise",
    "lift",
    "press",
    "pull",
    "push",
    "row",
    "squat",
    "lunge",
    "hinge",
    "deadlift",
    "plank",
    "bridge",
    "crunch",
    "march",
    "kick",
    "donkey",
    "hydrant",
    "superman",
    "swimmer",
    "jump",
    "hop",
    "step",
    "up",
    "down",
    "walk",
    "run",
    "rotation",
    "twist",
    "roll",
    "rock",
    "tilt",
    "slide",
    "reach",
    "fall",
    "out",
    "activation",
    "contraction",
    "release",
    "hold",
    "test",
    "neck",
    "chin",
    "tuck",
    "shoulder",
    "scapular",
    "wall",
    "angel",
    "ball",
    "band",
    "heel",
    "toe",
    "tap",
    "calf",
    "shin",
    "knee",
    "thigh",
    "hip",
    "trunk",
    "chest",
    "back",
    "lower",
    "upper",
    "core",
    "cat",
    "cow",
    "camel",
    "cobra",
    "child",
    "pigeon",
    "romanian",
    "stance",
    "balance",
    "nordic",
    "concentric",
    "eccentric",
];

/// Names of which it can't be known which exercise is meant, and those that may be.
const SEVERAL: &[(&str, &[&str])] = &[
    (
        "knee to chest",
        &["single-knee-to-chest", "double-knee-to-chest"],
    ),
    (
        "knee to chest stretch",
        &["single-knee-to-chest", "double-knee-to-chest"],
    ),
    (
        "hip abduction",
        &["side-lying-hip-abduction", "standing-hip-abduction"],
    ),
    (
        "side leg raise",
        &["side-lying-hip-abduction", "standing-hip-abduction"],
    ),
    (
        "side leg lift",
        &["side-lying-hip-abduction", "standing-hip-abduction"],
    ),
    (
        "lateral leg raise",
        &["side-lying-hip-abduction", "standing-hip-abduction"],
    ),
    ("heel tap", &["dead-bug-heel-tap", "step-down"]),
    ("press up", &["prone-press-up"]),
];

/// The words of a name, written out, in one form and in order, without those that say nothing.
fn tokens(name: &str) -> Vec<String> {
    let mut tokens: Vec<String> = Vec::new();
    for word in slug(name).split('-') {
        let one = word
            .strip_suffix('s')
            .filter(|one| one.len() > 1 && !one.ends_with('s'))
            .unwrap_or(word);
        let long = SHORT
            .iter()
            .find(|(short, _)| *short == word || *short == one)
            .map_or(one, |(_, long)| long);
        tokens.extend(
            long.split(' ')
                .filter(|token| !token.is_empty() && !EMPTY.contains(token))
                .map(str::to_owned),
        );
    }
    tokens.sort_unstable();
    tokens
}

/// The names and aliases of all exercises.
fn names() -> impl Iterator<Item = (&'static LibraryExercise, &'static str)> {
    all().flat_map(|exercise| {
        exercise
            .aliases
            .iter()
            .map(String::as_str)
            .chain([exercise.name.as_str(), exercise.id])
            .map(move |name| (exercise, name))
    })
}

/// The exercises that a name which is none of theirs means: near in meaning, never only in letters.
/// A word that says how an exercise is done never differs; a misspelled word counts as the one it
/// is meant to be.
pub fn meant(word: &str) -> Vec<&'static LibraryExercise> {
    // Longer texts are no names.
    if word.chars().count() > 64 {
        return Vec::new();
    }
    let wanted = tokens(word);
    if wanted.is_empty() {
        return Vec::new();
    }
    let several = |wanted: &[String]| -> Option<Vec<&'static LibraryExercise>> {
        let (_, ids) = SEVERAL.iter().find(|(name, _)| tokens(name) == wanted)?;
        Some(ids.iter().filter_map(|id| get(id)).collect())
    };
    if let Some(several) = several(&wanted) {
        return several;
    }
    let known: Vec<(&LibraryExercise, Vec<String>)> = names()
        .map(|(exercise, name)| (exercise, tokens(name)))
        .collect();
    let of = |tokens: &[String]| {
        known
            .iter()
            .find(|(_, name)| name == tokens)
            .map(|(exercise, _)| *exercise)
    };
    if let Some(found) = of(&wanted) {
        return vec![found];
    }
    let mut vocabulary: Vec<&str> = known
        .iter()
        .flat_map(|(_, name)| name.iter().map(String::as_str))
        .collect();
    vocabulary.extend(WORDS);
    vocabulary.sort_unstable();
    vocabulary.dedup();
    let is_known = |token: &str| vocabulary.binary_search(&token).is_ok();
    if wanted.iter().all(|token| is_known(token)) {
        // Every word means what it says, and the library has no such exercise.
        return Vec::new();
    }
    let spelled: Option<Vec<String>> = wanted
        .iter()
        .map(|token| {
            if is_known(token) {
                Some(token.clone())
            } else {
                misspelled(token, &vocabulary).map(str::to_owned)
            }
        })
        .collect();
    if let Some(mut spelled) = spelled {
        spelled.sort_unstable();
        if let Some(several) = several(&spelled) {
            return several;
        }
        if let Some(found) = of(&spelled) {
            return vec![found];
        }
    }
    joined(word, &wanted, &is_known).into_iter().collect()
}

/// The one word that a misspelled one is meant to be.
fn misspelled<'v>(token: &str, vocabulary: &[&'v str]) -> Option<&'v str> {
    let length = token.chars().count();
    if length < 4 {
        return None;
    }
    let most = if length < 7 { 1 } else { 2 };
    let near = vocabulary
        .iter()
        .filter(|word| word.starts_with(token.get(..1).unwrap_or_default()));
    let mut near: Vec<(usize, &str)> = near
        .map(|word| (strsim::damerau_levenshtein(word, token), *word))
        .filter(|(distance, word)| *distance <= most && word.chars().count() >= 4)
        .collect();
    near.sort_unstable();
    match near.as_slice() {
        [(_, only)] => Some(only),
        [(one, first), (other, _), ..] if one < other => Some(first),
        _ => None,
    }
}

/// The exercise whose name has the same letters but for one or two, spaces aside; the words that
/// are known must all be in it.
fn joined(
    word: &str,
    wanted: &[String],
    is_known: &dyn Fn(&str) -> bool,
) -> Option<&'static LibraryExercise> {
    let letters = slug(word).replace('-', "");
    let most = match letters.chars().count() {
        0..6 => return None,
        6..12 => 1,
        _ => 2,
    };
    let mut best: Option<(usize, &'static LibraryExercise)> = None;
    let mut tie = false;
    for (exercise, name) in names() {
        let distance = strsim::damerau_levenshtein(&slug(name).replace('-', ""), &letters);
        let of_name = tokens(name);
        // A number of known words, and no other known word, may be written as one.
        let fits = wanted
            .iter()
            .filter(|token| is_known(token))
            .all(|token| of_name.contains(token));
        if distance > most || !fits {
            continue;
        }
        match best {
            Some((nearest, found)) if nearest < distance || found.id == exercise.id => {}
            Some((nearest, _)) if nearest == distance => tie = true,
            _ => {
                best = Some((distance, exercise));
                tie = false;
            }
        }
    }
    best.filter(|_| !tie).map(|(_, exercise)| exercise)
}

/// The id of the one exercise that a name means which is none of theirs.
pub fn nearest(word: &str) -> Option<&'static str> {
    match meant(word).as_slice() {
        [only] => Some(only.id),
        _ => None,
    }
}

/// Words that people use for muscles, and the muscles' ids.
const MUSCLE_WORDS: &[(&str, &[&str])] = &[
    (
        "abs",
        &["rectus-abdominis", "obliques", "transversus-abdominis"],
    ),
    ("achilles", &["gastrocnemius", "soleus"]),
    ("butt", &["gluteus-maximus"]),
    ("calf", &["gastrocnemius", "soleus"]),
    ("calve", &["gastrocnemius", "soleus"]),
    ("glute", &["gluteus-maximus", "gluteus-medius"]),
    ("hams", &["hamstrings"]),
    ("itb", &["tensor-fasciae-latae"]),
    ("lat", &["latissimus-dorsi"]),
    ("psoa", &["hip-flexors"]),
    ("psoas", &["hip-flexors"]),
    ("quad", &["quadriceps"]),
    ("transverse", &["transversus-abdominis"]),
];

/// Words that say nothing in a search.
const SILENT: &[&str] = &[
    "a", "an", "and", "at", "for", "in", "of", "on", "or", "the", "to", "with",
];

/// The exercises that every one of some words is found in, the best first. A word is found where
/// another begins with it; of a name it counts most, of a muscle less, of a sentence least. Of long
/// words one letter may be wrong. The words of a position or a group find just what lies there.
pub fn search(words: &str) -> Vec<&'static LibraryExercise> {
    let whole = slug(words);
    let there: Vec<&'static LibraryExercise> = all()
        .filter(|exercise| {
            slug(&exercise.position) == whole || slug(exercise.group.title()) == whole
        })
        .collect();
    if !there.is_empty() {
        return there;
    }
    let wanted: Vec<&str> = whole
        .split('-')
        .filter(|word| !word.is_empty() && !SILENT.contains(word))
        .collect();
    let mut found: Vec<(u32, &'static LibraryExercise)> = all()
        .filter_map(|exercise| {
            let fields = fields(exercise);
            let best = |word: &str| {
                fields
                    .iter()
                    .map(|(weight, text)| score(*weight, text, word))
                    .max()
                    .unwrap_or(0)
            };
            let scores: Vec<u32> = wanted
                .iter()
                .map(|word| {
                    let word = if *word == "lower" { "low" } else { word };
                    let single = word.strip_suffix('s').unwrap_or(word);
                    let of_muscle = MUSCLE_WORDS
                        .iter()
                        .find(|(known, _)| *known == word || *known == single);
                    match of_muscle {
                        Some((known, ids)) => by_muscle(exercise, known, ids),
                        None => best(word).max(best(single)),
                    }
                })
                .collect();
            scores
                .iter()
                .all(|score| *score > 0)
                .then(|| (scores.iter().sum(), exercise))
        })
        .collect();
    found.sort_by(|(one, a), (other, b)| other.cmp(one).then_with(|| a.name.cmp(&b.name)));
    found.into_iter().map(|(_, exercise)| exercise).collect()
}

/// How well a word that means muscles is found: in the name, or among the muscles, the first one
/// named most.
fn by_muscle(exercise: &LibraryExercise, word: &str, ids: &[&str]) -> u32 {
    let names = exercise
        .aliases
        .iter()
        .chain([&exercise.name])
        .map(|name| slug(name));
    let is_called = names
        .flat_map(|name| name.split('-').map(str::to_owned).collect::<Vec<_>>())
        .any(|part| part == word || part.strip_suffix('s') == Some(word));
    let Muscles {
        strengthens,
        stretches,
        assists,
    } = &exercise.muscles;
    let muscles = strengthens.iter().chain(stretches).chain(assists);
    let place = muscles
        .enumerate()
        .find(|(_, id)| ids.contains(&id.as_str()))
        .map(|(place, _)| place);
    match (is_called, place) {
        (true, _) => 24,
        (false, Some(0)) => 16,
        (false, Some(_)) => 8,
        (false, None) => 0,
    }
}

/// What is searched of an exercise, with its weight.
fn fields(exercise: &LibraryExercise) -> Vec<(u32, String)> {
    let Muscles {
        strengthens,
        stretches,
        assists,
    } = &exercise.muscles;
    let mut fields = vec![(8, slug(&exercise.name)), (8, exercise.id.to_owned())];
    fields.extend(exercise.aliases.iter().map(|alias| (8, slug(alias))));
    fields.push((4, slug(exercise.group.title())));
    let all = strengthens.iter().chain(stretches).chain(assists);
    fields.extend(all.flat_map(|id| [(4, slug(id)), (4, slug(muscles::name(id)))]));
    let kinds = [(strengthens, "strengthens"), (stretches, "stretches")];
    fields.extend(
        kinds
            .into_iter()
            .filter(|(muscles, _)| !muscles.is_empty())
            .map(|(_, word)| (4, word.to_owned())),
    );
    fields.extend(exercise.equipment.iter().map(|thing| (2, slug(thing))));
    if exercise.equipment.is_empty() {
        fields.push((2, "no-equipment".to_owned()));
    }
    fields.extend([(2, slug(&exercise.position)), (1, slug(&exercise.purpose))]);
    fields
}

/// How well a word is found in a text: 0 not at all, three times the weight where a word of the
/// text is just that.
fn score(weight: u32, text: &str, wanted: &str) -> u32 {
    let of_word = |word: &str| {
        if word == wanted {
            weight * 3
        } else if word.starts_with(wanted) && wanted.len() > 2 {
            weight * 2
        } else if wanted.len() > 4 && word.len() > 4 && strsim::osa_distance(word, wanted) == 1 {
            weight
        } else {
            0
        }
    };
    text.split('-').map(of_word).max().unwrap_or_default()
}
