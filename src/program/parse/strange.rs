//! Keys that the format does not have, or not where they stand: what was probably meant by them.
//! Knows nothing of the values that the right keys take.

use super::meant::quoted;
use super::phrase;
use crate::diagnostic::remedy::{Change, Remedy};
use crate::diagnostic::{Diagnostic, nearest_all};
use crate::program::document::{Node, Value};
use crate::program::keys::{self, FormatMap};
use crate::program::notation::{read_duration, read_number, slug, write_duration};

/// What a word means as a key of a map.
enum Meant {
    /// This key.
    Key(&'static str),
    /// One of these keys, each with what it means there.
    OneOf(&'static [(&'static str, &'static str)]),
    /// In words.
    Words(&'static str),
}

/// A key that can't be read, with its surroundings.
pub(super) struct Strange<'n> {
    /// The key and its value.
    pub(super) key: &'n Node<'n>,
    pub(super) value: &'n Node<'n>,
    /// The map that has it, and its entries.
    pub(super) map: &'static FormatMap,
    pub(super) entries: &'n [(Node<'n>, Node<'n>)],
    /// How messages call the map.
    pub(super) what: &'n str,
    /// The value as it is written in the file.
    pub(super) raw: &'n str,
}

const ONE_FREQUENCY: &str = "in this format the whole program has one frequency, written as `frequency:` at the top: delete it here; an exercise with another frequency goes into a program file of its own";
const WHOLE_BAND: &str = "delete only this key and its number: a band begins above the `up_to` of the band before it, the first one at 0";
const PAIN_BANDS: &str = "what to do at which pain is written as `bands:` below `pain:`: each band has `up_to`, `label` and `advice`, and `stop: true` where the session ends";
const NO_ROUNDS: &str = "rounds can't be written yet: give each exercise its `sets:`; if the order matters, list the exercises again for each round, each with an `id:` of its own";
const NO_END: &str = "an end can't be written yet: the day on which you look at the program again is `review:`; a phase has `weeks:`, and with them the last phase ends the program";
const BLOCKS: &str =
    "write it as an exercise in the list, with `block: warm-up` or `block: cool-down`";
const IN_WORDS: &str = "this can't be written yet: say it in one of the `instructions:`";

/// Returns what can be written today in the place of a key that a later format is planned to have.
fn not_yet(map: &str, word: &str) -> Option<&'static str> {
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
            "this can't be written yet: write how often a day, such as `frequency: 4x/day`, and the times as `reminders:`"
        }
        ("program" | "phase", "rotation") => {
            "this can't be written yet: write a program file for each of them, and give each its days, such as `frequency: [mon, thu]`"
        }
        ("program", "message" | "education") => {
            "this can't be written yet: what the patient should read goes into `summary:` or `precautions:`"
        }
        ("program", "rate-goals") => {
            "goals can't be rated yet: write them as `goals:`, and ask at the next visit"
        }
        ("exercise", "breath" | "breathing" | "positions" | "effort" | "rpe" | "distance") => {
            IN_WORDS
        }
        ("exercise", "within") => {
            "a test within a time can't be written yet: say the time in `name:` and in `instructions:`; `measure: reps` asks for the number"
        }
        ("step" | "advance_when", "when-full") => {
            "this can't be written yet: a session counts for a step when the whole dose was done; write `after_sessions:` or `sessions:`"
        }
        ("step" | "advance_when", "exertion-at-most") => {
            "this can't be written yet: write `pain_at_most:`"
        }
        _ => return None,
    };
    Some(words)
}
const PATIENT_OR_SELF: &str =
    "for the patient to read, write it as one of the `instructions:`; a private note begins with #";

/// Returns what a word means that clinics use for a key.
fn meant(map: &str, word: &str) -> Option<Meant> {
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
            "a value for each side is written after its key, as in `reps: {left: …, right: …}`; for one side only write `side:`",
        ),
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
        ("step", "when" | "if" | "condition") => Words(
            "a step opens with `week:` or `after_sessions:`; if it depends on pain too, add `pain_at_most:`",
        ),
        ("program", "pt") => OneOf(&[("the patient", "patient"), ("what it is for", "condition")]),
        ("band", "name" | "title") => Key("label"),
        ("band", "text" | "message" | "action" | "do" | "instruction" | "instructions") => {
            Key("advice")
        }
        ("phase", "length" | "for-weeks") => Key("weeks"),
        ("phase", "advance" | "progress-when" | "next-when" | "when") => Key("advance_when"),
        ("step", "at-week" | "from-week") => Key("week"),
        ("step", "sessions") => Key("after_sessions"),
        ("step" | "advance_when", "pain" | "max-pain" | "pain-max") => Key("pain_at_most"),
        ("pain", "when" | "ask-when") => Key("ask"),
        _ => return None,
    };
    Some(found)
}

/// Says where a key of another map belongs: below which key of this map, or in words.
fn elsewhere(map: &FormatMap, word: &str) -> Option<Result<&'static str, String>> {
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
            "write `{word}:` in a step below `progression:`, beside what changes then"
        )),
        "exercise" if is(&keys::PROGRAM) => words(format!(
            "write `{word}:` at the top of the file, without indentation"
        )),
        "program" | "defaults" | "phase" if is(&keys::EXERCISE) => words(format!(
            "write `{word}:` in each exercise that it is meant for"
        )),
        "step" if is(&keys::EXERCISE) => words(format!(
            "a step keeps the `{word}` of its exercise: write it there"
        )),
        "therapist" | "pain" | "defaults" | "phase" | "band" if is(&keys::PROGRAM) => words(
            format!("write `{word}:` without indentation, at the top of the file"),
        ),
        _ => None,
    }
}

impl Strange<'_> {
    fn stands(&self, key: &str) -> bool {
        self.entries
            .iter()
            .any(|(other, _)| other.text() == Some(key))
    }

    /// Returns the value as it is written on one line, also inside a bracket; none where it needs
    /// several.
    fn value_inline(&self) -> Option<String> {
        let raw = self.raw.trim();
        (!raw.contains('\n') && !raw.is_empty()).then(|| quoted(raw))
    }

    /// Says what was meant; the second value is the key as which the value is read.
    pub(super) fn explain(&self) -> (Diagnostic, Option<&'static str>) {
        let text = self.key.text().unwrap_or_default();
        let word = slug(text);
        let span = self.key.span;
        if let Some(words) = self.list_without_brackets() {
            return (
                Diagnostic::strange_key(span, text, self.what, Remedy::words(words)),
                None,
            );
        }
        if let Some(remedy) = self.without_its_space(text) {
            return (Diagnostic::strange_key(span, text, self.what, remedy), None);
        }
        if let Some(remedy) = self.with_its_value(&word) {
            return (Diagnostic::strange_key(span, text, self.what, remedy), None);
        }
        if let Some(words) = not_yet(self.map.id, &word) {
            return (
                Diagnostic::strange_key(span, text, self.what, Remedy::words(words)),
                None,
            );
        }
        let numbered = |begin: &str| {
            word.strip_prefix(begin)
                .is_some_and(|rest| rest.parse::<u8>().is_ok())
        };
        if matches!(self.map.id, "program" | "phase")
            && (numbered("phase-") || numbered("week-") || numbered("stage-"))
        {
            let words = format!(
                "write `phases:` once, and below it each phase as `- title: {text}` with its own `exercises:`"
            );
            return (
                Diagnostic::strange_key(span, text, self.what, Remedy::words(words)),
                None,
            );
        }
        let is_list = matches!(self.value.value, Value::List(_));
        if self.map.id == "program" && word == "exercise" && is_list && !self.stands("exercises") {
            return (self.unknown(Some("exercises")), Some("exercises"));
        }
        match meant(self.map.id, &word) {
            Some(Meant::Key(key)) if self.stands(key) => {
                let words =
                    format!("`{key}:` is there already: keep the right one and delete the other");
                return (
                    Diagnostic::strange_key(span, text, self.what, Remedy::words(words)),
                    None,
                );
            }
            Some(Meant::Key(key)) => return (self.unknown(Some(key)), Some(key)),
            Some(Meant::OneOf(readings)) if readings.iter().all(|(_, key)| !self.stands(key)) => {
                let readings = readings
                    .iter()
                    .map(|(words, key)| (*words, Change::Key((*key).to_owned())));
                return (
                    Diagnostic::strange_key(span, text, self.what, Remedy::readings(readings)),
                    None,
                );
            }
            Some(Meant::OneOf(readings)) => {
                let all: Vec<String> = readings
                    .iter()
                    .map(|(words, key)| format!("{words} belongs to `{key}:`"))
                    .collect();
                let words = format!("decide what this is: {}", all.join("; "));
                return (
                    Diagnostic::strange_key(span, text, self.what, Remedy::words(words)),
                    None,
                );
            }
            Some(Meant::Words(words)) => {
                return (
                    Diagnostic::strange_key(span, text, self.what, Remedy::words(words)),
                    None,
                );
            }
            None => {}
        }
        let plain = word.replace('-', "_");
        if let Some(place) = elsewhere(self.map, &plain) {
            let remedy = match place {
                Ok(below) => self.below(below, &plain),
                Err(words) => Remedy::words(words),
            };
            return (
                Diagnostic::misplaced_key(span, text, self.what, remedy),
                None,
            );
        }
        match nearest_all(text, self.map.names()).as_slice() {
            [] => (self.unknown(None), None),
            [only] if self.stands(only) => (self.unknown(Some(only)), None),
            [only] => {
                let known = self.map.key(only).map(|key| key.name);
                (self.unknown(known), known)
            }
            several => {
                let readings = several
                    .iter()
                    .map(|key| (keyed(self.map, key), Change::Key((*key).to_owned())));
                (
                    Diagnostic::strange_key(span, text, self.what, Remedy::readings(readings)),
                    None,
                )
            }
        }
    }

    /// Says where brackets are missing: numbers after a comma, in braces.
    fn list_without_brackets(&self) -> Option<String> {
        let at = self
            .entries
            .iter()
            .position(|(key, _)| key.span == self.key.span)?;
        read_number(self.key.text()?).filter(|_| self.value.is_nothing())?;
        let (key, first) = self.entries.get(at.checked_sub(1)?)?;
        let more = self
            .entries
            .iter()
            .skip(at)
            .take_while(|(_, value)| value.is_nothing());
        let numbers: Vec<&str> = [first.text()?]
            .into_iter()
            .chain(more.filter_map(|(key, _)| key.text()))
            .collect();
        let (key, list) = (key.text()?, numbers.join(", "));
        Some(match numbers.as_slice() {
            [left, right] => format!(
                "if `{key}` has one number a set, put them in brackets: `{key}: [{list}]`; if one for each side: `{key}: {{left: {left}, right: {right}}}`"
            ),
            _ => {
                format!("put the numbers of `{key}` in brackets, without changing them: `[{list}]`")
            }
        })
    }

    /// Reads a key that is written together with its value, as in `{sets:3, reps 10}`.
    fn without_its_space(&self, text: &str) -> Option<Remedy> {
        let (key, value) = text
            .split_once([':', ' ', '='])
            .filter(|_| self.value.is_nothing())?;
        let (key, value) = (
            self.map.key(&key.trim().to_lowercase())?.name,
            value.trim_start_matches([':', '=', ' ']),
        );
        (!value.is_empty() && !self.stands(key))
            .then(|| Remedy::entries([format!("{key}: {}", quoted(value))]))
    }

    fn unknown(&self, near: Option<&str>) -> Diagnostic {
        let names: Vec<&str> = self.map.names().collect();
        Diagnostic::unknown_key(
            self.key.span,
            self.key.text().unwrap_or_default(),
            self.what,
            near,
            &names,
        )
    }

    /// Returns how to move an entry below another key of the same map.
    fn below(&self, parent: &'static str, key: &str) -> Remedy {
        // A second one finds the place that the first one makes.
        let first = self
            .entries
            .iter()
            .filter_map(|(other, _)| other.text())
            .find(|other| matches!(elsewhere(self.map, other), Some(Ok(below)) if below == parent));
        let makes_place = first == self.key.text() || first.is_none();
        match self.value_inline() {
            Some(value) if !self.stands(parent) && makes_place => {
                Remedy::entries([format!("{parent}: {{{key}: {value}}}")])
            }
            _ => Remedy::Write(Change::MoveBelow(parent)),
        }
    }

    /// Returns the remedy of a word whose meaning as a key depends on its value.
    fn with_its_value(&self, word: &str) -> Option<Remedy> {
        let raw = self.value_inline()?;
        let text = self.value.text()?.trim();
        let entry = |key: &str, value: &str| Change::Entries(vec![format!("{key}: {value}")]);
        match (self.map.id, word) {
            (
                "exercise" | "step",
                "seconds" | "secs" | "sec" | "minutes" | "mins" | "min" | "time" | "length",
            ) => {
                if self.stands("hold") || self.stands("duration") {
                    return None;
                }
                let unit = if word.starts_with('m') { "min" } else { "s" };
                let length = match read_number(text) {
                    Some(_) if matches!(word, "time" | "length") => return Some(no_unit()),
                    Some(number) => read_duration(&format!("{number} {unit}")),
                    None => read_duration(text),
                };
                let length = write_duration(length?);
                if self.stands("reps") {
                    return Some(Remedy::Write(entry("hold", &length)));
                }
                Some(Remedy::readings([
                    ("holding still", entry("hold", &length)),
                    ("moving for that long", entry("duration", &length)),
                ]))
            }
            ("exercise" | "step", "kg" | "kilos" | "kilo" | "lbs" | "lb" | "pounds")
                if !self.stands("load") =>
            {
                let unit = if word.starts_with('k') { "kg" } else { "lb" };
                let value = if read_number(text).is_some() {
                    format!("{text} {unit}")
                } else {
                    text.to_owned()
                };
                Some(Remedy::Write(entry("load", &quoted(&value))))
            }
            (
                "exercise" | "step",
                "dose" | "sets-x-reps" | "sets-reps" | "dosage" | "prescription",
            ) => {
                let found = phrase::meanings("reps", text).filter(|found| found.all.len() == 1)?;
                let entries = found.all.into_iter().flat_map(|meaning| meaning.entries);
                let entries: Vec<String> = entries
                    .map(|(key, value)| format!("{key}: {value}"))
                    .collect();
                Some(Remedy::entries(entries))
            }
            ("step", "weeks" | "after" | "after-weeks") => {
                let number = |text: &str| text.split_whitespace().next().and_then(read_number);
                let number = number(text)?;
                let (from, after) = (
                    entry("week", &number.to_string()),
                    entry("week", &(number + 1).to_string()),
                );
                let after = (format!("after {number} weeks of training"), after);
                let sessions = (
                    format!("after {number} sessions"),
                    entry("after_sessions", &number.to_string()),
                );
                Some(if word == "weeks" {
                    Remedy::readings([(format!("from week {number} on"), from), after])
                } else if word == "after-weeks" || text.contains("week") || text.contains("wk") {
                    Remedy::Write(after.1)
                } else if text.contains("session") {
                    Remedy::Write(sessions.1)
                } else {
                    Remedy::readings([sessions, after])
                })
            }
            ("advance_when", "weeks" | "week") => Some(Remedy::words(format!(
                "weeks have a line of their own: write `weeks: {text}` in the phase, beside `advance_when:`"
            ))),
            ("program", "duration" | "for") => text.contains("week").then(|| Remedy::words(NO_END)),
            ("step", _) if word.starts_with("after-") && word.ends_with("-weeks") => {
                let number = word.split('-').nth(1).and_then(read_number)?;
                Some(Remedy::words(format!(
                    "write `week: {}`, and what changes on a line of its own, such as `sets: …`",
                    number + 1
                )))
            }
            ("exercise" | "step", _)
                if word.strip_prefix("week-").and_then(read_number).is_some() =>
            {
                Some(Remedy::words(format!(
                    "a later dose is a step below `progression:`: write `- {}`, and below it what changes, such as `sets: …`",
                    word.replacen('-', ": ", 1)
                )))
            }
            ("exercise" | "step", "band" | "bands" | "theraband" | "dumbbell" | "dumbbells")
                if !self.stands("load") =>
            {
                let thing = if word.starts_with('d') {
                    "dumbbell"
                } else {
                    "band"
                };
                let value = if text.to_lowercase().contains(thing) {
                    text.to_owned()
                } else {
                    format!("{text} {thing}")
                };
                Some(Remedy::Write(entry("load", &quoted(&value))))
            }
            ("exercise", "speed" | "pace" | "cadence") => Some(Remedy::words(
                "the pace of a repetition is written as `tempo:` in seconds: lower, pause, lift, pause",
            )),
            ("phase", "duration") => {
                let weeks = text.split_whitespace().collect::<Vec<_>>();
                match weeks.as_slice() {
                    [number, "week" | "weeks"] => {
                        read_number(number).map(|_| Remedy::Write(entry("weeks", number)))
                    }
                    _ => Some(Remedy::words(
                        "the length of a phase is written as `weeks:` with a number",
                    )),
                }
            }
            ("program", "author" | "provider" | "clinician" | "physio" | "prescribed-by")
                if !self.stands("therapist") =>
            {
                Some(Remedy::Write(entry(
                    "therapist",
                    &format!("{{name: {raw}}}"),
                )))
            }
            ("program", "name") => {
                let of_therapist = if self.stands("therapist") {
                    Change::MoveBelow("therapist")
                } else {
                    entry("therapist", &format!("{{name: {raw}}}"))
                };
                let mut readings = vec![("your own name", of_therapist)];
                let names = [
                    ("the patient's name", "patient"),
                    ("what the program is called", "title"),
                ];
                let free = names.into_iter().filter(|(_, key)| !self.stands(key));
                readings.extend(free.map(|(words, key)| (words, Change::Key(key.to_owned()))));
                if readings.len() == 1 {
                    return Some(Remedy::words(
                        "decide whose name this is: yours is `name:` below `therapist:`, the patient's is `patient:`",
                    ));
                }
                Some(Remedy::readings(readings))
            }
            ("program", "exercise") if matches!(self.value.value, Value::Scalar { .. }) => {
                Some(Remedy::words(
                    "put a line `exercises:` above, and a dash before each exercise below it",
                ))
            }
            _ => None,
        }
    }
}

fn no_unit() -> Remedy {
    Remedy::words(
        "decide: held still, write `hold:`; moving for that long, write `duration:`; with the number and its unit, `s` or `min`",
    )
}

/// Returns the first words of what a key means.
fn keyed(map: &FormatMap, key: &str) -> String {
    let about = map.key(key).map_or("", |key| key.about);
    let first = about.split(['.', ',', ';', ':']).next().unwrap_or_default();
    let mut letters = first.chars();
    letters
        .next()
        .map(|letter| letter.to_lowercase().chain(letters).collect())
        .unwrap_or_default()
}
