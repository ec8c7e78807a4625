//! Explains unknown and misplaced keys by what was probably meant.

mod by_value;
mod key;
mod words;

pub(super) use self::key::Strange;
use self::words::{Meant, elsewhere, meant, not_yet};
use super::quotes::quoted;
use crate::diagnostic::remedy::{Change, Remedy};
use crate::diagnostic::{Diagnostic, nearest_all};
use crate::program::keys::FormatMap;
use crate::program::notation::{read_number, slug};
use crate::yaml::Value;

impl Strange<'_> {
    /// Returns the report of the key, and the key as which its value is read, if one was probably
    /// meant.
    pub(super) fn explain(&self) -> (Diagnostic, Option<&'static str>) {
        let word = slug(self.text());
        if let Some(remedy) = self.without_key(&word) {
            return (self.with_remedy(remedy), None);
        }
        let is_list = matches!(self.value.value, Value::List(_));
        if self.map.id == "program" && word == "exercise" && is_list && !self.has("exercises") {
            return (self.unknown(Some("exercises")), Some("exercises"));
        }
        match meant(self.map.id, &word) {
            Some(Meant::Key(key)) if !self.has(key) => {
                return (self.unknown(Some(key)), Some(key));
            }
            Some(meant) => return (self.with_remedy(self.decide(&meant)), None),
            None => {}
        }
        let plain = word.replace('-', "_");
        if let Some(place) = elsewhere(self.map, &plain) {
            let remedy = match place {
                Ok(below) => self.below(below, &plain),
                Err(words) => Remedy::words(words),
            };
            let diagnostic =
                Diagnostic::misplaced_key(self.key.span, self.text(), self.what, remedy);
            return (diagnostic, None);
        }
        match nearest_all(self.text(), self.map.names()).as_slice() {
            [] => (self.unknown(None), None),
            [only] if self.has(only) => (self.unknown(Some(only)), None),
            [only] => {
                let known = self.map.key(only).map(|key| key.name);
                (self.unknown(known), known)
            }
            several => {
                let readings = several
                    .iter()
                    .map(|key| (first_words(self.map, key), Change::Key((*key).to_owned())));
                (self.with_remedy(Remedy::readings(readings)), None)
            }
        }
    }

    /// Returns the key as it is written.
    fn text(&self) -> &str {
        self.key.text().unwrap_or_default()
    }

    fn with_remedy(&self, remedy: Remedy) -> Diagnostic {
        Diagnostic::strange_key(self.key.span, self.text(), self.what, remedy)
    }

    /// Returns the remedy of a key that is not simply another word for a known key.
    fn without_key(&self, word: &str) -> Option<Remedy> {
        self.list_without_brackets()
            .map(Remedy::words)
            .or_else(|| self.without_its_space(self.text()))
            .or_else(|| self.with_its_value(word))
            .or_else(|| not_yet(self.map.id, word).map(Remedy::words))
            .or_else(|| self.numbered_phase(word))
    }

    /// Returns the remedy of a phase written as a key: `phase 1:`.
    fn numbered_phase(&self, word: &str) -> Option<Remedy> {
        let numbered = ["phase-", "week-", "stage-"].iter().any(|begin| {
            word.strip_prefix(begin)
                .is_some_and(|rest| rest.parse::<u8>().is_ok())
        });
        (numbered && matches!(self.map.id, "program" | "phase")).then(|| {
            Remedy::words(format!(
                "write `phases:` once, and each phase below it as `- title: {}` with its own \
                 `exercises:`",
                self.text()
            ))
        })
    }

    /// Returns what to decide about a word that can't be replaced by one free key.
    fn decide(&self, meant: &Meant) -> Remedy {
        match meant {
            Meant::Key(key) => Remedy::words(format!(
                "{} already has `{key}:`: keep the right one and delete the other",
                self.what
            )),
            Meant::OneOf(readings) if readings.iter().all(|(_, key)| !self.has(key)) => {
                Remedy::readings(
                    readings
                        .iter()
                        .map(|(words, key)| (*words, Change::Key((*key).to_owned()))),
                )
            }
            Meant::OneOf(readings) => {
                let all: Vec<String> = readings
                    .iter()
                    .map(|(words, key)| format!("{words} belongs to `{key}:`"))
                    .collect();
                Remedy::words(format!("decide what this is: {}", all.join("; ")))
            }
            Meant::Words(words) => Remedy::words(*words),
        }
    }

    /// Describes missing brackets around numbers in braces: `{reps: 10, 8, 6}`.
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
                "one number for each set: `{key}: [{list}]`; one number for each side: `{key}: \
                 {{left: {left}, right: {right}}}`"
            ),
            _ => {
                format!("put the numbers of `{key}` in brackets, without changing them: `[{list}]`")
            }
        })
    }

    /// Returns the remedy of a key and value without a space between: `{sets:3, reps 10}`.
    fn without_its_space(&self, text: &str) -> Option<Remedy> {
        let (key, value) = text
            .split_once([':', ' ', '='])
            .filter(|_| self.value.is_nothing())?;
        let (key, value) = (
            self.map.key(&key.trim().to_lowercase())?.name,
            value.trim_start_matches([':', '=', ' ']),
        );
        (!value.is_empty() && !self.has(key))
            .then(|| Remedy::entries([format!("{key}: {}", quoted(value))]))
    }

    fn unknown(&self, near: Option<&str>) -> Diagnostic {
        let names: Vec<&str> = self.map.names().collect();
        Diagnostic::unknown_key(self.key.span, self.text(), self.what, near, &names)
    }

    /// Returns how to move an entry below another key of the same map.
    fn below(&self, parent: &'static str, key: &str) -> Remedy {
        // The first key to move creates the parent for the others.
        let first = self
            .entries
            .iter()
            .filter_map(|(other, _)| other.text())
            .find(|other| matches!(elsewhere(self.map, other), Some(Ok(below)) if below == parent));
        let makes_place = first == self.key.text() || first.is_none();
        match self.value_inline() {
            Some(value) if !self.has(parent) && makes_place => {
                Remedy::entries([format!("{parent}: {{{key}: {value}}}")])
            }
            _ => Remedy::Write(Change::MoveBelow(parent)),
        }
    }
}

/// Returns the first words of what a key means.
fn first_words(map: &FormatMap, key: &str) -> String {
    let about = map.key(key).map_or("", |key| key.about);
    let first = about.split(['.', ',', ';', ':']).next().unwrap_or_default();
    let mut letters = first.chars();
    letters
        .next()
        .map(|letter| letter.to_lowercase().chain(letters).collect())
        .unwrap_or_default()
}
