//! The keys of an exercise.

use super::dose::{
    DURATION_KEY, GET_READY, HOLD_KEY, LOAD_KEY, RELEASE, REPS_KEY, REST, REST_AFTER, SETS_KEY,
    SWITCH, TEMPO_KEY,
};
use super::{BLOCKS, FormatMap, MEASURES, SIDE_RULES, SIDES, STEP, ValueKind, key};

/// The keys of an exercise.
pub(crate) static EXERCISE: FormatMap = FormatMap {
    id: "exercise",
    what: "an exercise",
    about: "\
        One exercise with its dose. It needs `exercise` or `name`, and one dose: `reps` (alone, \
        with `hold` or with `tempo`), `hold` alone, `duration`, or `measure`.",
    keys: &[
        key(
            "exercise",
            ValueKind::Exercise,
            "\
                A library exercise, by its id or any of its names. Its texts come with it; you \
                write the dose. `regimen exercises` lists the library.",
            "exercise: glute-bridge",
        ),
        key(
            "name",
            ValueKind::Name,
            "\
                The name of the exercise. Use it for an exercise of your own, or to replace the \
                library's name.",
            "name: Side plank, knees down",
        ),
        key(
            "id",
            ValueKind::Id,
            "\
                The exercise's id, in lower-case letters, digits and hyphens. The patient's \
                records are tied to the id, so keep it when you change the name. Default: made \
                from the name.",
            "id: side-plank-knees",
        ),
        key(
            "block",
            ValueKind::Word(BLOCKS),
            "The part of the session: `warm-up`, `main` or `cool-down`. Default: `main`.",
            "block: warm-up",
        ),
        key(
            "essential",
            ValueKind::Boolean,
            "`true` if the exercise stays when the patient is short of time. Default: `false`.",
            "essential: true",
        ),
        key(
            "side",
            ValueKind::Word(SIDE_RULES),
            "\
                `both` at once, `left` only, `right` only, `each` (a set of one side, then a \
                set of the other, with the full dose for each side), or `alternate` (the sides \
                alternate with each repetition; needs `reps`). Default: `both`, or `each` for a \
                library exercise that is done one side at a time.",
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
            "\
                A test: `hold` as long as possible, or as many `reps` as possible. `sets` is \
                the number of tries. The best try of each side is kept.",
            "measure: hold",
        ),
        key(
            "first",
            ValueKind::Word(SIDES),
            "\
                The side to begin with. Default: the side with more to do, or the left side if \
                both are equal.",
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
            "The equipment, in your words.",
            "equipment: [mat, loop band]",
        ),
        key(
            "muscles",
            ValueKind::Map(&MUSCLES),
            "The muscles it works on. Default: those of the library exercise.",
            "muscles:\n  strengthens: [multifidus]",
        ),
        key(
            "instructions",
            ValueKind::Texts,
            "\
                How to do the exercise, in a few short sentences. Default: those of the library \
                exercise.",
            concat!(
                "instructions:\n",
                "  - Lie on your side, elbow under shoulder, knees bent.\n",
                "  - Lift the hips until shoulder, hip and knee make one line.",
            ),
        ),
        key(
            "cues",
            ValueKind::Texts,
            "Cues of a few words each, shown and spoken during the work.",
            "cues: [Breathe, Hips forward]",
        ),
        key(
            "mistakes",
            ValueKind::Texts,
            "Common mistakes.",
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
            "\
                The stop signs for this exercise: sentences of your own, ids of the library's \
                lists of red flags, or both.",
            "stop_if: [Sharp shoulder pain]",
        ),
        key(
            "image",
            ValueKind::Image,
            "\
                A picture (png, jpg or gif) in the folder of the program file or in a folder \
                inside it.",
            "image: side-plank.png",
        ),
        key(
            "video",
            ValueKind::Video,
            "The web address of a video.",
            "video: https://example.org/side-plank",
        ),
        key(
            "figure",
            ValueKind::Figure,
            "\
                The animated figure: a library exercise whose figure is shown, or a figure of \
                your own. Default: the figure of the exercise itself.",
            "figure: side-plank",
        ),
        key(
            "progression",
            ValueKind::Maps(&STEP, usize::MAX),
            "\
                Later doses, each built on the step before. A step is offered when its \
                conditions hold, and applies when the patient confirms it. A session counts for \
                a step if every set of this exercise that was due was done in full. A session \
                doesn't count if the exercise was skipped or cut short, or if the session was \
                ended because of pain.",
            concat!(
                "progression:\n",
                "  - week: 3\n",
                "    hold: 20 s\n",
                "  - after_sessions: 12\n",
                "    pain_at_most: 3\n",
                "    sets: 4",
            ),
        ),
    ],
    required: &[],
};

/// The keys of the muscles of an exercise.
pub(crate) static MUSCLES: FormatMap = FormatMap {
    id: "muscles",
    what: "`muscles`",
    about: "The muscles an exercise works on, by the library's names.",
    keys: &[
        key(
            "strengthens",
            ValueKind::Muscles,
            "The muscles it strengthens.",
            "strengthens: [obliques, quadratus-lumborum]",
        ),
        key(
            "stretches",
            ValueKind::Muscles,
            "The muscles it stretches.",
            "stretches: [hamstrings]",
        ),
    ],
    required: &[],
};
