//! The words that clinics use for keys, with the keys of format 1.

use crate::program::keys::{self, FormatMap};

/// The meaning of a word as a key.
pub(super) enum Meant {
    /// Another word for this key.
    Key(&'static str),
    /// A word for one of these keys, each with its meaning.
    OneOf(&'static [(&'static str, &'static str)]),
    /// No key; what to write instead.
    Words(&'static str),
}

const ONE_FREQUENCY: &str = "a program has one frequency, written as `frequency:` at the top: \
    delete this line; an exercise with another frequency needs a program file of its own";
const WHOLE_BAND: &str = "delete only this key and its number: each band begins just above the \
    `up_to` of the band before it, and the first band begins at 0";
const PAIN_BANDS: &str = "write what to do at each level of pain as `bands:` below `pain:`: each \
    band has `up_to`, `label` and `advice`, and `stop: true` if it ends the session";
const NO_ROUNDS: &str = "rounds can't be written yet: give each exercise its `sets:`; if the \
    order matters, list the exercises again for each round, each with its own `id:`";
pub(super) const NO_END: &str = "an end can't be written yet: write the day of the next visit as \
    `review:`, or give the last phase `weeks:`, after which the program ends";
const BLOCKS: &str =
    "write it as an exercise in the list, with `block: warm-up` or `block: cool-down`";
const IN_WORDS: &str = "this can't be written yet: say it in one of the `instructions:`";
const PATIENT_OR_SELF: &str =
    "for the patient to read, write it as one of the `instructions:`; a private note begins with #";

/// Returns what to write instead of a key that a later format may have.
pub(super) fn not_yet(map: &str, word: &str) -> Option<&'static str> {
    let words = match (map, word) {
        ("exercise" | "program" | "phase", "rounds" | "circuit" | "superset" | "rest-between") => {
            NO_ROUNDS
        }
        ("program", "ends" | "end" | "until" | "end-date" | "weeks" | "for-weeks" | "length") => {
            NO_END
        }
        ("program" | "phase", "rest-days" | "rest-day") => {
            "this can't be written yet: name the days instead, such as `frequency: [mon, wed, fri]`"
        }
        ("program" | "phase", "between") => {
            "this can't be written yet: write the times a day, such as `frequency: 4x/day`, and \
             the times of day as `reminders:`"
        }
        ("program" | "phase", "rotation") => {
            "this can't be written yet: write a program file for each, with its own days, such as \
             `frequency: [mon, thu]`"
        }
        ("program", "message" | "education") => {
            "this can't be written yet: write texts for the patient as `summary:` or `precautions:`"
        }
        ("program", "rate-goals") => {
            "goals can't be rated yet: write them as `goals:`, and ask at the next visit"
        }
        ("exercise", "breath" | "breathing" | "positions" | "effort" | "rpe" | "distance") => {
            IN_WORDS
        }
        ("exercise", "within") => {
            "a test with a time limit can't be written yet: write the time in `name:` and in \
             `instructions:`, and `measure: reps` to ask for the number"
        }
        ("step" | "advance_when", "when-full") => {
            "this can't be written yet: only sessions with the whole dose count for a step; write \
             `after_sessions:` or `sessions:`"
        }
        ("step" | "advance_when", "exertion-at-most") => {
            "this can't be written yet: write `pain_at_most:`"
        }
        _ => return None,
    };
    Some(words)
}

/// Returns the meaning of a word that clinics use for a key.
pub(super) fn meant(map: &str, word: &str) -> Option<Meant> {
    of_an_exercise(map, word).or_else(|| of_a_program(map, word))
}

/// Returns the meaning of a word as a key of an exercise, its steps or its pauses.
fn of_an_exercise(map: &str, word: &str) -> Option<Meant> {
    use Meant::{Key, OneOf, Words};
    let found = match (map, word) {
        (
            "exercise" | "step",
            "repetitions" | "repetition" | "count" | "repeats" | "repeat" | "no-of-reps"
            | "reps-per-set" | "wiederholungen" | "wdh",
        ) => Key("reps"),
        ("exercise" | "step", "number-of-sets" | "no-of-sets" | "sätze" | "satze" | "serien") => {
            Key("sets")
        }
        ("exercise" | "step", "weight" | "resistance") => Key("load"),
        (
            "exercise" | "defaults" | "step",
            "pause" | "break" | "recovery" | "rest-time" | "rest-between-sets",
        ) => Key("rest"),
        ("exercise", "title" | "exercise-name")
        | ("therapist", "therapist" | "pt" | "full-name") => Key("name"),
        ("by_side", "l" | "lt") => Key("left"),
        ("by_side", "r" | "rt") => Key("right"),
        (
            "exercise",
            "instruction" | "description" | "how" | "how-to" | "technique" | "directions" | "steps",
        ) => Key("instructions"),
        ("exercise", "notes" | "note" | "comment" | "comments" | "remark" | "remarks") => {
            Words(PATIENT_OR_SELF)
        }
        ("exercise", "tip" | "tips" | "hint" | "hints" | "coaching") => Key("cues"),
        ("exercise", "picture" | "photo" | "img") => Key("image"),
        ("exercise", "link" | "url" | "youtube") => Key("video"),
        ("exercise", "hold-time" | "holds") => Key("hold"),
        ("exercise", "sides" | "laterality" | "leg" | "arm" | "body-side" | "seite") => Key("side"),
        ("exercise", "regression" | "easier-version") => Key("easier"),
        ("exercise", "harder-version") => Key("harder"),
        (
            "exercise",
            "days" | "freq" | "times-per-day" | "times-per-week" | "per-day" | "per-week" | "daily"
            | "how-often" | "schedule",
        ) => Words(ONE_FREQUENCY),
        (
            "exercise",
            "precautions" | "precaution" | "warning" | "caution" | "contraindications",
        ) => OneOf(&[
            ("when to stop this exercise", "stop_if"),
            ("what to keep in mind while doing it", "instructions"),
        ]),
        ("exercise", "left" | "right") => Words(
            "write values for each side after their key, such as `reps: {left: …, right: …}`; for \
             one side only, write `side:`",
        ),
        ("step", "when" | "if" | "condition") => Words(
            "write when a step begins as `week:` or `after_sessions:`; if it depends on pain too, \
             add `pain_at_most:`",
        ),
        ("step", "at-week" | "from-week") => Key("week"),
        ("step", "sessions") => Key("after_sessions"),
        ("step" | "advance_when", "pain" | "max-pain" | "pain-max") => Key("pain_at_most"),
        _ => return None,
    };
    Some(found)
}

/// Returns the meaning of a word as a key of a program or its other parts.
fn of_a_program(map: &str, word: &str) -> Option<Meant> {
    use Meant::{Key, OneOf, Words};
    let found = match (map, word) {
        ("program", "diagnosis" | "dx" | "problem" | "reason" | "indication") => Key("condition"),
        ("program", "description" | "about" | "overview") => Key("summary"),
        ("program", "notes" | "note" | "comment" | "comments" | "instructions" | "instruction") => {
            OneOf(&[
                ("what the program is for", "summary"),
                ("what the patient should keep in mind", "precautions"),
            ])
        }
        ("program", "program" | "program-name") | ("phase", "name" | "phase") => Key("title"),
        ("program", "red-flags" | "stop" | "stop-signs" | "red-flag" | "stop-when") => {
            Key("stop_if")
        }
        ("program", "date") => OneOf(&[
            ("when it was prescribed", "prescribed"),
            ("the next visit", "review"),
        ]),
        ("program", "start" | "created" | "prescribed-on" | "start-date" | "date-prescribed") => {
            Key("prescribed")
        }
        (
            "program",
            "next-visit" | "follow-up" | "followup" | "recheck" | "review-date"
            | "next-appointment",
        ) => Key("review"),
        ("program", "lang") => Key("language"),
        ("program" | "phase", "schedule" | "freq" | "how-often" | "often" | "days") => {
            Key("frequency")
        }
        ("program", "alarm" | "alarms" | "reminder-times") => Key("reminders"),
        ("program", "patient-name" | "client") => Key("patient"),
        ("program", "warnings" | "warning" | "caution" | "cautions" | "precaution") => {
            Key("precautions")
        }
        ("program", "exercise-list" | "workout" | "routine") => Key("exercises"),
        ("therapist", "tel" | "telephone" | "mobile" | "cell" | "phone-number" | "number") => {
            Key("phone")
        }
        ("therapist", "mail" | "e-mail" | "email-address") => Key("email"),
        ("therapist", "practice" | "hospital" | "company" | "office") => Key("clinic"),
        ("band", "max" | "to" | "until" | "upto" | "range" | "level" | "pain" | "score") => {
            Key("up_to")
        }
        ("band", "from" | "min" | "above" | "over") => Words(WHOLE_BAND),
        (
            "program" | "pain" | "exercise",
            "pain-limit" | "max-pain" | "pain-max" | "vas" | "nrs" | "pain-at-most",
        )
        | ("pain", "max" | "limit" | "stop" | "stop-at") => Words(PAIN_BANDS),
        ("program" | "phase", "warmup" | "warm-up" | "cooldown" | "cool-down") => Words(BLOCKS),
        ("program", "pt") => OneOf(&[("the patient", "patient"), ("what it is for", "condition")]),
        ("band", "name" | "title") => Key("label"),
        ("band", "text" | "message" | "action" | "do" | "instruction" | "instructions") => {
            Key("advice")
        }
        ("phase", "length" | "for-weeks") => Key("weeks"),
        ("phase", "advance" | "progress-when" | "next-when" | "when") => Key("advance_when"),
        ("pain", "when" | "ask-when") => Key("ask"),
        _ => return None,
    };
    Some(found)
}

/// Returns the place of a key of another map: the key of this map above it, or in words.
pub(super) fn elsewhere(map: &FormatMap, word: &str) -> Option<Result<&'static str, String>> {
    let is = |other: &FormatMap| other.key(word).is_some();
    let words = |text: String| Some(Err(text));
    if is(map) {
        return None;
    }
    match map.id {
        "program" if is(&keys::THERAPIST) => Some(Ok("therapist")),
        "program" if is(&keys::DEFAULTS) => Some(Ok("defaults")),
        "program" if is(&keys::PAIN_RULES) => Some(Ok("pain")),
        "phase" if is(&keys::ADVANCE) => Some(Ok("advance_when")),
        "exercise" if is(&keys::MUSCLES) => Some(Ok("muscles")),
        "exercise" if word == "frequency" => words(ONE_FREQUENCY.to_owned()),
        "exercise" if is(&keys::STEP) => words(format!(
            "write `{word}:` in a step below `progression:`, with what changes then"
        )),
        "program" | "defaults" | "phase" if is(&keys::EXERCISE) => {
            words(format!("write `{word}:` in each exercise that needs it"))
        }
        "step" if is(&keys::EXERCISE) => words(format!(
            "a step can't change `{word}`: write it in the exercise"
        )),
        "exercise" | "therapist" | "pain" | "defaults" | "phase" | "band" if is(&keys::PROGRAM) => {
            words(format!(
                "write `{word}:` at the top of the file, without indentation"
            ))
        }
        _ => None,
    }
}
