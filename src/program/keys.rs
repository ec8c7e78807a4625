//! Every key of format 1, once: where it may stand, what it holds within which range, what it
//! means, an example. The parser, the schema, `regimen explain` and the written format are made
//! from this table. Knows nothing of how a value is read.

use std::time::Duration;

/// A group of keys that stand together: the program, an exercise, a pain band.
#[derive(Debug)]
pub struct FormatMap {
    /// Its name, for other programs.
    pub id: &'static str,
    /// How messages and headings call it.
    pub what: &'static str,
    /// What it is.
    pub about: &'static str,
    /// Its keys, in the order in which they are usually written.
    pub keys: &'static [FormatKey],
    /// The keys that must stand there.
    pub required: &'static [&'static str],
}

impl FormatMap {
    /// The key of this name.
    pub fn key(&self, name: &str) -> Option<&'static FormatKey> {
        self.keys.iter().find(|key| key.name == name)
    }

    /// The names of the keys.
    pub fn names(&self) -> impl Iterator<Item = &'static str> + Clone {
        self.keys.iter().map(|key| key.name)
    }
}

/// A key and what stands behind it.
#[derive(Debug)]
pub struct FormatKey {
    /// As it is written.
    pub name: &'static str,
    /// What may stand behind it.
    pub kind: ValueKind,
    /// What it means, with the unit, and what holds where it is left out.
    pub about: &'static str,
    /// How it is written, the key with it; several lines where it has several.
    pub example: &'static str,
}

/// What a value may be.
#[derive(Debug, Clone, Copy)]
pub enum ValueKind {
    /// The number of the format.
    Format,
    /// A text.
    Text,
    /// A text that may not be empty.
    Name,
    /// A list of texts, or a single one.
    Texts,
    /// A list of texts, among them ids of the library's lists of red flags; or a single one.
    StopSigns,
    /// Lower-case letters, digits and hyphens.
    Id,
    /// A language tag.
    Language,
    /// A date.
    Date,
    /// A list of times of day, or a single one.
    Times,
    /// How often.
    Frequency,
    /// `true` or `false`.
    Boolean,
    /// A whole number from one to another, both with it.
    Number(u16, u16),
    /// A length of time from one to another, both with it.
    Length(Duration, Duration),
    /// One of these words.
    Word(&'static [&'static str]),
    /// A list of these words, or a single one.
    Words(&'static [&'static str]),
    /// An exercise of the library.
    Exercise,
    /// A list of muscles, or a single one.
    Muscles,
    /// A figure of the library, or poses of one's own.
    Figure,
    /// The name of a picture beside the program.
    Image,
    /// A web address.
    Video,
    /// The pace of a repetition.
    Tempo,
    /// The value, or one for each side as `{left: …, right: …}`.
    BySide(&'static ValueKind),
    /// The same, and a list with one entry a set too.
    BySideAndSet(&'static ValueKind),
    /// A group of keys.
    Map(&'static FormatMap),
    /// A list of so many groups of keys, from 1 on.
    Maps(&'static FormatMap, usize),
}

const fn key(
    name: &'static str,
    holds: ValueKind,
    about: &'static str,
    example: &'static str,
) -> FormatKey {
    FormatKey {
        name,
        kind: holds,
        about,
        example,
    }
}

const SECOND: Duration = Duration::from_secs(1);
const TEN_MINUTES: Duration = Duration::from_mins(10);
const HOUR: Duration = Duration::from_hours(1);
const REPS: ValueKind = ValueKind::Number(1, 200);
const SETS: ValueKind = ValueKind::Number(1, 20);
const WORK: ValueKind = ValueKind::Length(SECOND, HOUR);
const LONG_PAUSE: ValueKind = ValueKind::Length(Duration::ZERO, HOUR);
const SHORT_PAUSE: ValueKind = ValueKind::Length(Duration::ZERO, TEN_MINUTES);
const LOAD: ValueKind = ValueKind::Name;
const SESSIONS: ValueKind = ValueKind::Number(1, 1000);
const WEEKS: ValueKind = ValueKind::Number(1, 520);
const PAIN: ValueKind = ValueKind::Number(0, 10);

/// The moments at which pain is asked for.
pub const MOMENTS: &[&str] = &["before", "each", "after", "next-morning"];
/// How the sides follow each other.
pub const SIDE_RULES: &[&str] = &["both", "left", "right", "each", "alternate"];
/// The parts of a session.
pub const BLOCKS: &[&str] = &["warm-up", "main", "cool-down"];
/// What a test counts.
pub const MEASURES: &[&str] = &["hold", "reps"];
/// The two sides.
pub const SIDES: &[&str] = &["left", "right"];

const FREQUENCY: &str = "How often: `daily`, `2x/day` (1 to 8), `3x/week` (1 to 7), `weekly`, `[mon, wed, fri]`, `every 14 days` (1 to 90), or `as needed`, which is never due.";

/// The whole file.
pub static PROGRAM: FormatMap = FormatMap {
    id: "program",
    what: "the program",
    about: "One routine, prescribed with one frequency. It needs a `title`, and `exercises` or `phases`.",
    keys: &[
        key(
            "format",
            ValueKind::Format,
            "The version of this format. 1 when left out.",
            "format: 1",
        ),
        key(
            "id",
            ValueKind::Id,
            "A name for records, in lower-case letters, digits and hyphens. Keep it when you change the title. The file's name when left out.",
            "id: deep-core-runners",
        ),
        key(
            "title",
            ValueKind::Name,
            "What the program is called. Needed.",
            "title: Deep core for runners",
        ),
        key(
            "summary",
            ValueKind::Text,
            "One sentence for the patient: what the program is for.",
            "summary: Wakes up the deep trunk muscles that running leaves behind.",
        ),
        key(
            "condition",
            ValueKind::Text,
            "What the program was prescribed for.",
            "condition: Low back pain after running; deep core weaker than legs",
        ),
        key(
            "goals",
            ValueKind::Texts,
            "What the patient wants to be able to do.",
            "goals:\n  - Run 5 km without back pain the next morning",
        ),
        key(
            "therapist",
            ValueKind::Map(&THERAPIST),
            "Who prescribed it and how to reach you. Shown with the stop signs.",
            "therapist:\n  name: Example Therapist\n  phone: \"555-0100\"",
        ),
        key(
            "patient",
            ValueKind::Text,
            "For whom. Free text.",
            "patient: A. Example",
        ),
        key(
            "prescribed",
            ValueKind::Date,
            "The day it was prescribed: year, month, day.",
            "prescribed: 2026-11-20",
        ),
        key(
            "review",
            ValueKind::Date,
            "The day of the next visit: year, month, day.",
            "review: 2026-12-18",
        ),
        key(
            "language",
            ValueKind::Language,
            "The language of the spoken cues, as a tag. `en` when left out.",
            "language: en",
        ),
        key(
            "frequency",
            ValueKind::Frequency,
            FREQUENCY,
            "frequency: 3x/week",
        ),
        key(
            "reminders",
            ValueKind::Times,
            "Times of day for reminders, hours and minutes, 0:00 to 23:59.",
            "reminders: [\"07:30\", \"18:00\"]",
        ),
        key(
            "precautions",
            ValueKind::Texts,
            "What the patient should keep in mind. Shown before the first session and on the program's page.",
            "precautions:\n  - Stop a repetition before your back arches.",
        ),
        key(
            "stop_if",
            ValueKind::StopSigns,
            "When to stop and whom to call: sentences of your own, and ids of the library's lists of red flags (`low-back`, `neck`, `chest`, `calf`, `runner`, `after-surgery`), each of which stands for all sentences of its list. Shown before the first session, and one key away all session long.",
            "stop_if:\n  - low-back\n  - Sharp pain in the shoulder - stop and call me.",
        ),
        key(
            "pain",
            ValueKind::Map(&PAIN_RULES),
            "When pain is asked for on a scale from 0 to 10, and what you say to the answer.",
            "pain:\n  ask: [before, after]\n  bands:\n    - {up_to: 3, label: fine, advice: Carry on.}\n    - {up_to: 10, label: stop, stop: true}",
        ),
        key(
            "defaults",
            ValueKind::Map(&DEFAULTS),
            "The pauses of every exercise that does not say otherwise.",
            "defaults:\n  rest: 45 s",
        ),
        key(
            "exercises",
            ValueKind::Maps(&EXERCISE, 60),
            "The exercises, in order, each with a dash. 1 to 60. Not beside `phases`.",
            "exercises:\n  - exercise: glute-bridge\n    sets: 3\n    reps: 10",
        ),
        key(
            "phases",
            ValueKind::Maps(&PHASE, 20),
            "Phases that follow each other, each with a dash. 1 to 20. Not beside `exercises`.",
            "phases:\n  - title: \"Weeks 1-2\"\n    exercises:\n      - exercise: glute-bridge\n        reps: 10",
        ),
    ],
    required: &["title"],
};

/// Who prescribes.
pub static THERAPIST: FormatMap = FormatMap {
    id: "therapist",
    what: "`therapist`",
    about: "Who prescribed the program.",
    keys: &[
        key(
            "name",
            ValueKind::Text,
            "Your name.",
            "name: Example Therapist",
        ),
        key(
            "clinic",
            ValueKind::Text,
            "Where you work.",
            "clinic: Example Physical Therapy",
        ),
        key(
            "phone",
            ValueKind::Text,
            "A telephone number, in quotes so that it stays as you write it.",
            "phone: \"555-0100\"",
        ),
        key(
            "email",
            ValueKind::Text,
            "An address.",
            "email: therapist@example.org",
        ),
    ],
    required: &[],
};

/// The rules about pain.
pub static PAIN_RULES: FormatMap = FormatMap {
    id: "pain",
    what: "`pain`",
    about: "When pain is asked for, and what you say to the answer.",
    keys: &[
        key(
            "ask",
            ValueKind::Words(MOMENTS),
            "When: `before` and `after` the session, after `each` exercise, the `next-morning`. `[before, after]` when left out, `[]` never.",
            "ask: [before, each, after, next-morning]",
        ),
        key(
            "bands",
            ValueKind::Maps(&BAND, 10),
            "Your words for ranges of pain, from low to high, the last one up to 10. 1 to 10 bands.",
            "bands:\n  - {up_to: 3, label: fine, advice: Carry on.}\n  - {up_to: 10, label: stop, advice: Stop and call me., stop: true}",
        ),
    ],
    required: &[],
};

/// A range of pain.
pub static BAND: FormatMap = FormatMap {
    id: "band",
    what: "a band",
    about: "Your words for a range of pain.",
    keys: &[
        key(
            "up_to",
            PAIN,
            "The highest pain that belongs to the band, 0 to 10. Needed.",
            "up_to: 3",
        ),
        key(
            "label",
            ValueKind::Name,
            "A word for it. Needed.",
            "label: fine",
        ),
        key(
            "advice",
            ValueKind::Text,
            "What you say to it.",
            "advice: Carry on.",
        ),
        key(
            "stop",
            ValueKind::Boolean,
            "Whether the program should offer to end the session here. `false` when left out. Without `advice` the patient reads: Stop for today and call your therapist.",
            "stop: true",
        ),
    ],
    required: &["up_to", "label"],
};

/// The pauses of all exercises.
pub static DEFAULTS: FormatMap = FormatMap {
    id: "defaults",
    what: "`defaults`",
    about: "The pauses of every exercise that does not say otherwise.",
    keys: &[REST, GET_READY, SWITCH, RELEASE, REST_AFTER],
    required: &[],
};

const REST: FormatKey = key(
    "rest",
    LONG_PAUSE,
    "The pause between two sets, 0 s to 60 min. 45 s when left out.",
    "rest: 30 s",
);
const GET_READY: FormatKey = key(
    "get_ready",
    SHORT_PAUSE,
    "The time to get into position before an exercise, 0 s to 10 min. 10 s when left out.",
    "get_ready: 15 s",
);
const SWITCH: FormatKey = key(
    "switch",
    SHORT_PAUSE,
    "The time to change sides, 0 s to 10 min. 5 s when left out.",
    "switch: 8 s",
);
const RELEASE: FormatKey = key(
    "release",
    SHORT_PAUSE,
    "The pause between two held repetitions, 0 s to 10 min. 2 s when left out.",
    "release: 3 s",
);
const REST_AFTER: FormatKey = key(
    "rest_after",
    LONG_PAUSE,
    "The pause after the last set, before the next exercise, 0 s to 60 min. None when left out.",
    "rest_after: 60 s",
);
const SETS_KEY: FormatKey = key(
    "sets",
    ValueKind::BySide(&SETS),
    "How many sets, 1 to 20; of a test, how many tries. 1 when left out. May differ by side.",
    "sets: {left: 3, right: 2}",
);
const REPS_KEY: FormatKey = key(
    "reps",
    ValueKind::BySideAndSet(&REPS),
    "How many repetitions in a set, 1 to 200. Alone, the patient goes at their own pace and says when the set is done. One number, a list with one a set, or a number for each side.",
    "reps: [8, 6, 4]",
);
const HOLD_KEY: FormatKey = key(
    "hold",
    ValueKind::BySideAndSet(&WORK),
    "How long to hold, 1 s to 60 min; a number alone is seconds. With `reps`, each repetition is held; alone, one hold a set. May differ by set and by side.",
    "hold: {left: 15 s, right: 20 s}",
);
const TEMPO_KEY: FormatKey = key(
    "tempo",
    ValueKind::Tempo,
    "The pace of a repetition, with `reps`: seconds to lower, pause, lift, pause, 0 to 30 each and not all 0. The fourth is 0 when left out.",
    "tempo: 3-1-2-0",
);
const DURATION_KEY: FormatKey = key(
    "duration",
    ValueKind::BySide(&WORK),
    "So long in one go, 1 s to 60 min: walking, a heat pack. May differ by side.",
    "duration: 15 min",
);
const LOAD_KEY: FormatKey = key(
    "load",
    ValueKind::BySideAndSet(&LOAD),
    "The weight or the resistance, in your words. May differ by set and by side.",
    "load: 5 kg",
);

/// One exercise with its dose.
pub static EXERCISE: FormatMap = FormatMap {
    id: "exercise",
    what: "an exercise",
    about: "One exercise with its dose. It needs `exercise` or `name`, and one dose: `reps` (with `hold` or `tempo` if you like), `hold` alone, `duration`, or `measure`.",
    keys: &[
        key(
            "exercise",
            ValueKind::Exercise,
            "An exercise of the library, by its id or any of its names; its texts come with it, the dose stands here. `regimen exercises` lists them.",
            "exercise: glute-bridge",
        ),
        key(
            "name",
            ValueKind::Name,
            "What the exercise is called: for one of your own, or instead of the library's name.",
            "name: Side plank, knees down",
        ),
        key(
            "id",
            ValueKind::Id,
            "A name for records, in lower-case letters, digits and hyphens. Keep it when you reword the name. Made from the name when left out.",
            "id: side-plank-knees",
        ),
        key(
            "block",
            ValueKind::Word(BLOCKS),
            "The part of the session: `warm-up`, `main`, `cool-down`. `main` when left out.",
            "block: warm-up",
        ),
        key(
            "essential",
            ValueKind::Boolean,
            "Whether it is kept when the patient is short of time. `false` when left out.",
            "essential: true",
        ),
        key(
            "side",
            ValueKind::Word(SIDE_RULES),
            "`both` at once, `left` or `right` only, `each` (one side's set, then the other's, the full dose for each), `alternate` (side to side with each repetition; only with `reps`). `both` when left out, `each` where the library says it is done a side at a time.",
            "side: each",
        ),
        SETS_KEY,
        REPS_KEY,
        HOLD_KEY,
        TEMPO_KEY,
        DURATION_KEY,
        key(
            "measure",
            ValueKind::Word(MEASURES),
            "A test: `hold` as long as possible, or as many `reps` as possible. `sets` is the number of tries; the best of each side is kept.",
            "measure: hold",
        ),
        key(
            "first",
            ValueKind::Word(SIDES),
            "The side to begin with. The one with more to do when left out, else the left.",
            "first: right",
        ),
        GET_READY,
        SWITCH,
        RELEASE,
        REST,
        REST_AFTER,
        LOAD_KEY,
        key(
            "equipment",
            ValueKind::Texts,
            "What is needed, in your words.",
            "equipment: [mat, loop band]",
        ),
        key(
            "muscles",
            ValueKind::Map(&MUSCLES),
            "What it works on. Comes with a library exercise.",
            "muscles:\n  strengthens: [multifidus]",
        ),
        key(
            "instructions",
            ValueKind::Texts,
            "How it is done, in a few short sentences. Come with a library exercise.",
            "instructions:\n  - Lie on your side, elbow under shoulder, knees bent.\n  - Lift the hips until shoulder, hip and knee make one line.",
        ),
        key(
            "cues",
            ValueKind::Texts,
            "A few words each, shown and spoken during the work.",
            "cues: [Breathe, Hips forward]",
        ),
        key(
            "mistakes",
            ValueKind::Texts,
            "What often goes wrong.",
            "mistakes: [Shoulder creeping to the ear]",
        ),
        key(
            "easier",
            ValueKind::Text,
            "How to make it easier.",
            "easier: Rest the top hand on the floor.",
        ),
        key(
            "harder",
            ValueKind::Text,
            "How to make it harder.",
            "harder: Straighten the legs.",
        ),
        key(
            "stop_if",
            ValueKind::StopSigns,
            "When to stop this exercise: sentences of your own, and ids of the library's lists of red flags.",
            "stop_if: [Sharp shoulder pain]",
        ),
        key(
            "image",
            ValueKind::Image,
            "A picture (png, jpg, gif) that lies beside the program file or below it.",
            "image: side-plank.png",
        ),
        key(
            "video",
            ValueKind::Video,
            "A web address.",
            "video: https://example.org/side-plank",
        ),
        key(
            "figure",
            ValueKind::Figure,
            "How it moves: an exercise of the library whose figure is shown, or a figure of your own. The one of the exercise when left out.",
            "figure: side-plank",
        ),
        key(
            "progression",
            ValueKind::Maps(&STEP, usize::MAX),
            "Steps that add up. Each is offered when its condition holds, and taken when the patient confirms it. A condition looks at what was achieved: a session counts for a step when every set of this exercise that was due was done in full. A session in which the exercise was skipped or cut short does not count, nor does one that was broken off for pain.",
            "progression:\n  - week: 3\n    hold: 20 s\n  - after_sessions: 12\n    pain_at_most: 3\n    sets: 4",
        ),
    ],
    required: &[],
};

/// What an exercise works on.
pub static MUSCLES: FormatMap = FormatMap {
    id: "muscles",
    what: "`muscles`",
    about: "What an exercise works on, by the library's names of muscles.",
    keys: &[
        key(
            "strengthens",
            ValueKind::Muscles,
            "The muscles it makes stronger.",
            "strengthens: [obliques, quadratus-lumborum]",
        ),
        key(
            "stretches",
            ValueKind::Muscles,
            "The muscles it makes longer.",
            "stretches: [hamstrings]",
        ),
    ],
    required: &[],
};

/// A step of a progression.
pub static STEP: FormatMap = FormatMap {
    id: "step",
    what: "a progression step",
    about: "A later dose. It needs `week` or `after_sessions`, and something that changes; what it does not change stays. Nothing opens after 14 days without a session that counts until two have counted again (where sessions are more than a week apart: after twice that time), and nothing while the patient has a stop sign that is not cleared up.",
    keys: &[
        key(
            "week",
            WEEKS,
            "From this week of training on. Weeks run from the first session of the phase, or of the program without phases; only those in which at least one session counted are counted. 1 to 520.",
            "week: 3",
        ),
        key(
            "after_sessions",
            SESSIONS,
            "After this number of sessions in which every set of this exercise was done in full, 1 to 1000.",
            "after_sessions: 12",
        ),
        key(
            "pain_at_most",
            PAIN,
            "Only if the pain of each of the last three sessions with this exercise was this or less, 0 to 10. Pain before and after the session counts, that of the next morning, and pain in this exercise. Where the exercise was skipped for pain, or the session broken off for pain, the patient is asked how much; without a number the condition is not met.",
            "pain_at_most: 3",
        ),
        SETS_KEY,
        REPS_KEY,
        HOLD_KEY,
        DURATION_KEY,
        TEMPO_KEY,
        LOAD_KEY,
        REST,
    ],
    required: &[],
};

/// A part of a program in time.
pub static PHASE: FormatMap = FormatMap {
    id: "phase",
    what: "a phase",
    about: "A part of the program in time. The patient confirms each change of phase.",
    keys: &[
        key(
            "title",
            ValueKind::Name,
            "What the phase is called. Needed.",
            "title: \"Weeks 1-2: find the muscle\"",
        ),
        key(
            "weeks",
            WEEKS,
            "At least this number of weeks in which a session counted: one with at least 80 % of its dose done. 1 to 520. In the last phase the program is finished after them, and nothing more is due.",
            "weeks: 2",
        ),
        key(
            "frequency",
            ValueKind::Frequency,
            FREQUENCY,
            "frequency: daily",
        ),
        key(
            "advance_when",
            ValueKind::Map(&ADVANCE),
            "What must hold before the next phase is offered; in the last phase, when the program is finished.",
            "advance_when: {sessions: 6, pain_at_most: 3}",
        ),
        key(
            "exercises",
            ValueKind::Maps(&EXERCISE, 60),
            "The exercises of the phase, in order, each with a dash. 1 to 60. Needed.",
            "exercises:\n  - {exercise: abdominal-bracing, reps: 10, hold: 10 s}",
        ),
    ],
    required: &["title", "exercises"],
};

/// What must hold before the next phase.
pub static ADVANCE: FormatMap = FormatMap {
    id: "advance_when",
    what: "`advance_when`",
    about: "What must hold before the next phase is offered: one of the two, or both.",
    keys: &[
        key(
            "sessions",
            SESSIONS,
            "This number of sessions of this phase with at least 80 % of their dose done, 1 to 1000. A session in which something was skipped for pain counts only beside `pain_at_most`.",
            "sessions: 6",
        ),
        key(
            "pain_at_most",
            PAIN,
            "The highest pain of each of the last three sessions of the phase was this or less, 0 to 10. Skipping an exercise for pain, or breaking off for pain, is pain: without a number the condition is not met.",
            "pain_at_most: 3",
        ),
    ],
    required: &[],
};

/// A value for each side.
pub static BY_SIDE: FormatMap = FormatMap {
    id: "by_side",
    what: "a value for each side",
    about: "A value for each side; both are named.",
    keys: &[
        key("left", ValueKind::Text, "The left side.", "left: 15 s"),
        key("right", ValueKind::Text, "The right side.", "right: 20 s"),
    ],
    required: SIDES,
};

/// All groups of keys, in the order in which the format is told.
pub static MAPS: &[&FormatMap] = &[
    &PROGRAM,
    &EXERCISE,
    &DEFAULTS,
    &STEP,
    &PHASE,
    &ADVANCE,
    &PAIN_RULES,
    &BAND,
    &THERAPIST,
    &MUSCLES,
];
