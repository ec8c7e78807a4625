//! The keys of phases and of the steps of a progression.

use super::dose::{DURATION_KEY, HOLD_KEY, LOAD_KEY, REPS_KEY, REST, SETS_KEY, TEMPO_KEY};
use super::{EXERCISE, FREQUENCY, FormatMap, PAIN, ValueKind, key};

const SESSIONS: ValueKind = ValueKind::Number(1, 1000);
const WEEKS: ValueKind = ValueKind::Number(1, 520);

/// The keys of a step of a progression.
pub(crate) static STEP: FormatMap = FormatMap {
    id: "step",
    what: "a progression step",
    about: "\
        A later dose. It needs `week` or `after_sessions`, and at least one change; everything \
        else stays the same. After 14 days without a session that counts, no step is offered \
        until two sessions have counted again. If sessions are more than a week apart, the \
        limit is twice the time between them instead of 14 days. No step is offered while the \
        patient has a stop sign that isn't cleared.",
    keys: &[
        key(
            "week",
            WEEKS,
            "\
                The first week of training in which the step is offered, 1 to 520. Weeks run \
                from the first session of the phase, or of the program if it has no phases. \
                Only weeks in which at least one session counted are counted.",
            "week: 3",
        ),
        key(
            "after_sessions",
            SESSIONS,
            "\
                The number of sessions in which every set of this exercise must be done in \
                full, 1 to 1000.",
            "after_sessions: 12",
        ),
        key(
            "pain_at_most",
            PAIN,
            "\
                The highest pain allowed in each of the last three sessions with this exercise, \
                0 to 10. Pain before the session, after the session, on the next morning and in \
                this exercise counts. If the exercise was skipped or the session was ended \
                because of pain, the patient is asked how strong it was. Without a number the \
                condition isn't met.",
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

/// The keys of a phase.
pub(crate) static PHASE: FormatMap = FormatMap {
    id: "phase",
    what: "a phase",
    about: "\
        A part of the program with its own exercises. The patient confirms each change of \
        phase.",
    keys: &[
        key(
            "title",
            ValueKind::Name,
            "The name of the phase. Required.",
            "title: \"Weeks 1-2: find the muscle\"",
        ),
        key(
            "weeks",
            WEEKS,
            "\
                The minimum number of weeks in which a session counted, 1 to 520. A session \
                counts if at least 80 % of its dose was done. In the last phase, the program is \
                finished after these weeks, and nothing more is due.",
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
            "\
                The conditions for offering the next phase. In the last phase, the conditions \
                for finishing the program.",
            "advance_when: {sessions: 6, pain_at_most: 3}",
        ),
        key(
            "exercises",
            ValueKind::Maps(&EXERCISE, 60),
            "The exercises of the phase, in order, 1 to 60. Each begins with a dash. Required.",
            "exercises:\n  - {exercise: abdominal-bracing, reps: 10, hold: 10 s}",
        ),
    ],
    required: &["title", "exercises"],
};

/// The keys of the conditions for the next phase.
pub(crate) static ADVANCE: FormatMap = FormatMap {
    id: "advance_when",
    what: "`advance_when`",
    about: "The conditions for offering the next phase: one of the two, or both.",
    keys: &[
        key(
            "sessions",
            SESSIONS,
            "\
                The number of sessions of this phase with at least 80 % of their dose done, 1 \
                to 1000. A session in which something was skipped because of pain counts only \
                if there is a `pain_at_most` too.",
            "sessions: 6",
        ),
        key(
            "pain_at_most",
            PAIN,
            "\
                The highest pain allowed in each of the last three sessions of the phase, 0 to \
                10. If an exercise was skipped or a session was ended because of pain, that \
                counts as pain. Without a number the condition isn't met.",
            "pain_at_most: 3",
        ),
    ],
    required: &[],
};
