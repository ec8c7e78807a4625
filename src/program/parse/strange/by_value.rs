//! Explains keys whose meaning depends on their value: `weeks: 2`, `kg: 5`, `time: 30 s`.

use super::key::Strange;
use super::words::NO_END;
use crate::diagnostic::remedy::{Change, Remedy};
use crate::program::notation::{read_duration, read_number, write_duration};
use crate::program::parse::phrase;
use crate::program::parse::quotes::quoted;
use crate::yaml::Value;

/// Writes an entry that replaces the key and its value.
fn entry(key: &str, value: &str) -> Change {
    Change::Entries(vec![format!("{key}: {value}")])
}

impl Strange<'_> {
    /// Returns the remedy of a key that is recognized with its value.
    pub(super) fn with_its_value(&self, word: &str) -> Option<Remedy> {
        let raw = self.value_inline()?;
        let text = self.value.text()?.trim();
        match self.map.id {
            "exercise" | "step" => self.of_an_exercise(word, text),
            "phase" => of_a_phase(word, text),
            "advance_when" => matches!(word, "weeks" | "week").then(|| {
                Remedy::words(format!(
                    "weeks have their own line: write `weeks: {text}` in the phase, beside \
                     `advance_when:`"
                ))
            }),
            "program" => self.of_the_program(word, text, &raw),
            _ => None,
        }
    }

    fn of_an_exercise(&self, word: &str, text: &str) -> Option<Remedy> {
        match word {
            "seconds" | "secs" | "sec" | "minutes" | "mins" | "min" | "time" | "length" => {
                self.length(word, text)
            }
            "kg" | "kilos" | "kilo" | "lbs" | "lb" | "pounds" if !self.has("load") => {
                let unit = if word.starts_with('k') { "kg" } else { "lb" };
                let value = if read_number(text).is_some() {
                    format!("{text} {unit}")
                } else {
                    text.to_owned()
                };
                Some(Remedy::Write(entry("load", &quoted(&value))))
            }
            "dose" | "sets-x-reps" | "sets-reps" | "dosage" | "prescription" => {
                let found = phrase::meanings("reps", text).filter(|found| found.all.len() == 1)?;
                let entries = found.all.into_iter().flat_map(|meaning| meaning.entries);
                let entries = entries.map(|(key, value)| format!("{key}: {value}"));
                Some(Remedy::entries(entries))
            }
            "weeks" | "after" | "after-weeks" if self.map.id == "step" => when(word, text),
            _ if self.map.id == "step"
                && word.starts_with("after-")
                && word.ends_with("-weeks") =>
            {
                let number = word.split('-').nth(1).and_then(read_number)?;
                Some(Remedy::words(format!(
                    "write `week: {}`, and what changes on its own line, such as `sets: …`",
                    number + 1
                )))
            }
            _ if word.strip_prefix("week-").and_then(read_number).is_some() => {
                Some(Remedy::words(format!(
                    "write a later dose as a step below `progression:`: `- {}`, and below it what \
                     changes, such as `sets: …`",
                    word.replacen('-', ": ", 1)
                )))
            }
            "band" | "bands" | "theraband" | "dumbbell" | "dumbbells" if !self.has("load") => {
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
            "speed" | "pace" | "cadence" if self.map.id == "exercise" => Some(Remedy::words(
                "write the pace of a repetition as `tempo:`, in seconds: lower, pause, lift, pause",
            )),
            _ => None,
        }
    }

    /// Returns the remedy of a length of time, which may be a hold or a movement.
    fn length(&self, word: &str, text: &str) -> Option<Remedy> {
        if self.has("hold") || self.has("duration") {
            return None;
        }
        let unit = if word.starts_with('m') { "min" } else { "s" };
        let length = match read_number(text) {
            Some(_) if matches!(word, "time" | "length") => return Some(no_unit()),
            Some(number) => read_duration(&format!("{number} {unit}")),
            None => read_duration(text),
        };
        let length = write_duration(length?);
        if self.has("reps") {
            return Some(Remedy::Write(entry("hold", &length)));
        }
        Some(Remedy::readings([
            ("holding still", entry("hold", &length)),
            ("moving for that long", entry("duration", &length)),
        ]))
    }

    fn of_the_program(&self, word: &str, text: &str, raw: &str) -> Option<Remedy> {
        match word {
            "duration" | "for" => text.contains("week").then(|| Remedy::words(NO_END)),
            "author" | "provider" | "clinician" | "physio" | "prescribed-by"
                if !self.has("therapist") =>
            {
                Some(Remedy::Write(entry(
                    "therapist",
                    &format!("{{name: {raw}}}"),
                )))
            }
            "name" => Some(self.whose_name(raw)),
            "exercise" if matches!(self.value.value, Value::Scalar { .. }) => Some(Remedy::words(
                "add a line `exercises:` above, and put a dash before each exercise below it",
            )),
            _ => None,
        }
    }

    /// Returns the remedy of `name:` at the top of the file.
    fn whose_name(&self, raw: &str) -> Remedy {
        let of_therapist = if self.has("therapist") {
            Change::MoveBelow("therapist")
        } else {
            entry("therapist", &format!("{{name: {raw}}}"))
        };
        let mut readings = vec![("your own name", of_therapist)];
        let names = [
            ("the patient's name", "patient"),
            ("what the program is called", "title"),
        ];
        let free = names.into_iter().filter(|(_, key)| !self.has(key));
        readings.extend(free.map(|(words, key)| (words, Change::Key(key.to_owned()))));
        if readings.len() == 1 {
            return Remedy::words(
                "decide whose name this is: yours is `name:` below `therapist:`, the patient's is \
                 `patient:`",
            );
        }
        Remedy::readings(readings)
    }
}

/// Returns the remedy of a number for the start of a step: `after: 2 weeks`.
fn when(word: &str, text: &str) -> Option<Remedy> {
    let number = text.split_whitespace().next().and_then(read_number)?;
    let from = entry("week", &number.to_string());
    let after = (
        format!("after {number} weeks of training"),
        entry("week", &(number + 1).to_string()),
    );
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

/// Returns the remedy of the length of a phase.
fn of_a_phase(word: &str, text: &str) -> Option<Remedy> {
    if word != "duration" {
        return None;
    }
    match text.split_whitespace().collect::<Vec<_>>().as_slice() {
        [number, "week" | "weeks"] => {
            read_number(number).map(|_| Remedy::Write(entry("weeks", number)))
        }
        _ => Some(Remedy::words(
            "write the length of a phase as `weeks:` with a number",
        )),
    }
}

fn no_unit() -> Remedy {
    Remedy::words(
        "holding still: write `hold:`; moving for that long: write `duration:`; add the unit to \
         the number, `s` or `min`",
    )
}
