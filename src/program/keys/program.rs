//! The keys at the top of a program file, with those of the therapist and of the rules about pain.

use super::{DEFAULTS, EXERCISE, FREQUENCY, FormatMap, MOMENTS, PAIN, PHASE, ValueKind, key};

/// The keys at the top of the file.
pub static PROGRAM: FormatMap = FormatMap {
    id: "program",
    what: "the program",
    about: "One routine with one frequency. It needs a `title`, and `exercises` or `phases`.",
    keys: &[
        key(
            "format",
            ValueKind::Format,
            "The version of this format. Default: 1.",
            "format: 1",
        ),
        key(
            "id",
            ValueKind::Id,
            "\
                The program's id, in lower-case letters, digits and hyphens. The patient's \
                records are tied to the id, so keep it when you change the title. Default: the \
                file's name.",
            "id: deep-core-runners",
        ),
        key(
            "title",
            ValueKind::Name,
            "The name of the program. Required.",
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
            "The diagnosis or reason for the program.",
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
            "Your name and how to reach you. Shown with the stop signs.",
            "therapist:\n  name: Example Therapist\n  phone: \"555-0100\"",
        ),
        key(
            "patient",
            ValueKind::Text,
            "Who the program is for. Free text.",
            "patient: A. Example",
        ),
        key(
            "prescribed",
            ValueKind::Date,
            "The date of the prescription: year, month, day.",
            "prescribed: 2026-11-20",
        ),
        key(
            "review",
            ValueKind::Date,
            "The date of the next visit: year, month, day.",
            "review: 2026-12-18",
        ),
        key(
            "language",
            ValueKind::Language,
            "The language of the spoken cues, as a language tag. Default: `en`.",
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
            "The times of day for reminders, as hours and minutes from 0:00 to 23:59.",
            "reminders: [\"07:30\", \"18:00\"]",
        ),
        key(
            "precautions",
            ValueKind::Texts,
            "\
                What the patient should keep in mind. Shown before the first session and on the \
                program's page.",
            "precautions:\n  - Stop a repetition before your back arches.",
        ),
        key(
            "stop_if",
            ValueKind::StopSigns,
            "\
                The stop signs: when to stop, and who to call. Write sentences of your own, ids \
                of the library's lists of red flags (`low-back`, `neck`, `chest`, `calf`, \
                `runner`, `after-surgery`), or both. An id adds all sentences of its list. The \
                patient reads the signs before the first session, and one key shows them at any \
                time in a session.",
            "stop_if:\n  - low-back\n  - Sharp pain in the shoulder - stop and call me.",
        ),
        key(
            "pain",
            ValueKind::Map(&PAIN_RULES),
            "When the patient rates pain from 0 to 10, and your instructions for each answer.",
            concat!(
                "pain:\n",
                "  ask: [before, after]\n",
                "  bands:\n",
                "    - {up_to: 3, label: fine, advice: Carry on.}\n",
                "    - {up_to: 10, label: stop, stop: true}",
            ),
        ),
        key(
            "defaults",
            ValueKind::Map(&DEFAULTS),
            "The pauses of every exercise that doesn't set its own.",
            "defaults:\n  rest: 45 s",
        ),
        key(
            "exercises",
            ValueKind::Maps(&EXERCISE, 60),
            "\
                The exercises, in order, 1 to 60. Each begins with a dash. Can't be combined \
                with `phases`.",
            "exercises:\n  - exercise: glute-bridge\n    sets: 3\n    reps: 10",
        ),
        key(
            "phases",
            ValueKind::Maps(&PHASE, 20),
            "\
                The phases, in order, 1 to 20. Each begins with a dash. Can't be combined with \
                `exercises`.",
            concat!(
                "phases:\n",
                "  - title: \"Weeks 1-2\"\n",
                "    exercises:\n",
                "      - exercise: glute-bridge\n",
                "        reps: 10",
            ),
        ),
    ],
    required: &["title"],
};

/// The keys of the therapist.
pub(crate) static THERAPIST: FormatMap = FormatMap {
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
            "Your clinic.",
            "clinic: Example Physical Therapy",
        ),
        key(
            "phone",
            ValueKind::Text,
            "Your phone number, in quotes so that it stays as you write it.",
            "phone: \"555-0100\"",
        ),
        key(
            "email",
            ValueKind::Text,
            "Your email address.",
            "email: therapist@example.org",
        ),
    ],
    required: &[],
};

/// The keys of the rules about pain.
pub(crate) static PAIN_RULES: FormatMap = FormatMap {
    id: "pain",
    what: "`pain`",
    about: "When the patient is asked about pain, and your instructions for each answer.",
    keys: &[
        key(
            "ask",
            ValueKind::Words(MOMENTS),
            "\
                When to ask: `before` the session, `after` the session, after `each` exercise, \
                or the `next-morning`. `[]` means never. Default: `[before, after]`.",
            "ask: [before, each, after, next-morning]",
        ),
        key(
            "bands",
            ValueKind::Maps(&BAND, 10),
            "\
                Your instructions for ranges of pain: 1 to 10 bands, from low to high. The last \
                one goes up to 10.",
            concat!(
                "bands:\n",
                "  - {up_to: 3, label: fine, advice: Carry on.}\n",
                "  - {up_to: 10, label: stop, advice: Stop and call me., stop: true}",
            ),
        ),
    ],
    required: &[],
};

/// The keys of a band of pain.
pub(crate) static BAND: FormatMap = FormatMap {
    id: "band",
    what: "a band",
    about: "Your instructions for a range of pain.",
    keys: &[
        key(
            "up_to",
            PAIN,
            "The highest pain in the band, 0 to 10. Required.",
            "up_to: 3",
        ),
        key(
            "label",
            ValueKind::Name,
            "A short name for the band. Required.",
            "label: fine",
        ),
        key(
            "advice",
            ValueKind::Text,
            "Your advice to the patient.",
            "advice: Carry on.",
        ),
        key(
            "stop",
            ValueKind::Boolean,
            "\
                `true` if the session should offer to end here. Default: `false`. If there is \
                no `advice`, the patient reads: Stop for today and call your therapist.",
            "stop: true",
        ),
    ],
    required: &["up_to", "label"],
};
