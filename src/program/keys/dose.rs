//! The keys of doses and pauses.

use std::time::Duration;

use super::{FormatKey, FormatMap, SIDES, ValueKind, key};

const SECOND: Duration = Duration::from_secs(1);
const TEN_MINUTES: Duration = Duration::from_mins(10);
const HOUR: Duration = Duration::from_hours(1);
const REPS: ValueKind = ValueKind::Number(1, 200);
const SETS: ValueKind = ValueKind::Number(1, 20);
const WORK: ValueKind = ValueKind::Length(SECOND, HOUR);
const LONG_PAUSE: ValueKind = ValueKind::Length(Duration::ZERO, HOUR);
const SHORT_PAUSE: ValueKind = ValueKind::Length(Duration::ZERO, TEN_MINUTES);
const LOAD: ValueKind = ValueKind::Name;

/// The keys of the pauses of all exercises.
pub(crate) static DEFAULTS: FormatMap = FormatMap {
    id: "defaults",
    what: "`defaults`",
    about: "The pauses of every exercise that doesn't set its own.",
    keys: &[REST, GET_READY, SWITCH, RELEASE, REST_AFTER],
    required: &[],
};

/// The keys of a value that differs by side.
pub(crate) static BY_SIDE: FormatMap = FormatMap {
    id: "by_side",
    what: "a value for each side",
    about: "A value for each side. Both are required.",
    keys: &[
        key(
            "left",
            ValueKind::Text,
            "The value for the left side.",
            "left: 15 s",
        ),
        key(
            "right",
            ValueKind::Text,
            "The value for the right side.",
            "right: 20 s",
        ),
    ],
    required: SIDES,
};

pub(super) const REST: FormatKey = key(
    "rest",
    LONG_PAUSE,
    "The rest between sets, 0 s to 60 min. Default: 45 s.",
    "rest: 30 s",
);
pub(super) const GET_READY: FormatKey = key(
    "get_ready",
    SHORT_PAUSE,
    "The time to get into position before an exercise, 0 s to 10 min. Default: 10 s.",
    "get_ready: 15 s",
);
pub(super) const SWITCH: FormatKey = key(
    "switch",
    SHORT_PAUSE,
    "The time to change sides, 0 s to 10 min. Default: 5 s.",
    "switch: 8 s",
);
pub(super) const RELEASE: FormatKey = key(
    "release",
    SHORT_PAUSE,
    "The pause between held repetitions, 0 s to 10 min. Default: 2 s.",
    "release: 3 s",
);
pub(super) const REST_AFTER: FormatKey = key(
    "rest_after",
    LONG_PAUSE,
    "The rest after the last set, before the next exercise, 0 s to 60 min. Default: none.",
    "rest_after: 60 s",
);
pub(super) const SETS_KEY: FormatKey = key(
    "sets",
    ValueKind::BySide(&SETS),
    "The number of sets, 1 to 20. For a test, the number of tries. Default: 1. Can differ by side.",
    "sets: {left: 3, right: 2}",
);
pub(super) const REPS_KEY: FormatKey = key(
    "reps",
    ValueKind::BySideAndSet(&REPS),
    "\
        The number of repetitions in a set, 1 to 200. Without `hold` or `tempo`, the patient \
        goes at their own pace and ends the set. Write one number, a list with a number for \
        each set, or a number for each side.",
    "reps: [8, 6, 4]",
);
pub(super) const HOLD_KEY: FormatKey = key(
    "hold",
    ValueKind::BySideAndSet(&WORK),
    "\
        The length of a hold, 1 s to 60 min. A number alone is seconds. With `reps`, each \
        repetition is held; without `reps`, each set is one hold. Can differ by set and by \
        side.",
    "hold: {left: 15 s, right: 20 s}",
);
pub(super) const TEMPO_KEY: FormatKey = key(
    "tempo",
    ValueKind::Tempo,
    "\
        The pace of a repetition, with `reps`: the seconds to lower, pause, lift and pause, \
        each 0 to 30 and not all 0. Default for the fourth: 0.",
    "tempo: 3-1-2-0",
);
pub(super) const DURATION_KEY: FormatKey = key(
    "duration",
    ValueKind::BySide(&WORK),
    "\
        The total time without stopping, 1 s to 60 min, such as for walking or a heat pack. Can \
        differ by side.",
    "duration: 15 min",
);
pub(super) const LOAD_KEY: FormatKey = key(
    "load",
    ValueKind::BySideAndSet(&LOAD),
    "The weight or resistance, in your words. Can differ by set and by side.",
    "load: 5 kg",
);
