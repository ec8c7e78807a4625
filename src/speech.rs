//! What the voice says in a session, in the program's language. The app's own phrases come from a
//! table; the therapist's texts are said as they are.

mod phrases;
mod steps;

use std::time::Duration;

use self::phrases::{PHRASES, Phrases};
use crate::preferences::Voice;
use crate::program::{PainMoment, RepStyle, Side, TestKind, Work};
use crate::timeline::PlannedSet;

/// Returns the primary subtags of the languages that have phrases.
pub fn languages() -> impl Iterator<Item = &'static str> {
    PHRASES.iter().map(|phrases| phrases.language)
}

/// Returns the primary subtag of a language tag in lower case: `de` of `de-AT`.
pub(crate) fn primary(language: &str) -> String {
    language
        .split(['-', '_'])
        .next()
        .unwrap_or_default()
        .to_lowercase()
}

/// Finds the words for a session.
#[derive(Debug, Clone, Copy)]
pub struct Speaker {
    /// None in a language without phrases.
    phrases: Option<&'static Phrases>,
    voice: Voice,
}

impl Speaker {
    /// Speaks a language, given by its tag, as much as the voice setting says. In a language
    /// without phrases only the therapist's own texts and numbers are said.
    pub fn new(language: &str, voice: Voice) -> Self {
        let primary = primary(language);
        Self {
            phrases: PHRASES.iter().find(|phrases| phrases.language == primary),
            voice,
        }
    }

    /// Tells whether the language has phrases.
    pub fn has_words(&self) -> bool {
        self.phrases.is_some()
    }

    /// Announces half of a long step.
    pub(crate) fn half_way(&self) -> String {
        self.unless_off(self.word(|phrases| phrases.half_way))
    }

    /// Announces the last five seconds of a step.
    pub(crate) fn five_left(&self) -> String {
        self.if_full(|| self.count(5, |phrases| phrases.seconds))
    }

    /// Announces the end of an exercise.
    pub(crate) fn exercise_done(&self) -> String {
        self.if_full(|| sentences([self.word(|phrases| phrases.exercise_done)]))
    }

    /// Announces the end of the session.
    pub(crate) fn session_done(&self) -> String {
        self.unless_off(sentences([self.word(|phrases| phrases.session_done)]))
    }

    /// Announces that the session is paused.
    pub(crate) fn paused(&self) -> String {
        self.unless_off(sentences([self.word(|phrases| phrases.paused)]))
    }

    /// Says the therapist's advice for pain that means stop.
    pub(crate) fn stop(&self, advice: &str) -> String {
        self.unless_off(sentences([
            self.word(|phrases| phrases.stop),
            advice.to_owned(),
        ]))
    }

    /// Asks about pain.
    pub(crate) fn pain(&self, moment: PainMoment, exercise: Option<&str>) -> String {
        let words = match moment {
            PainMoment::Before => self.word(|phrases| phrases.pain_before),
            PainMoment::Each => {
                self.fill(|phrases| phrases.pain_each, exercise.unwrap_or_default())
            }
            PainMoment::After => self.word(|phrases| phrases.pain_after),
            PainMoment::NextMorning => self.word(|phrases| phrases.pain_morning),
        };
        self.unless_off(words)
    }

    /// Returns a sentence to try the voice with.
    pub(crate) fn trial(&self) -> String {
        self.unless_off(self.word(|phrases| phrases.trial))
    }

    /// Returns a phrase; nothing in a language without phrases.
    fn word(&self, pick: impl FnOnce(&Phrases) -> &'static str) -> String {
        self.phrases.map(pick).unwrap_or_default().to_owned()
    }

    /// Returns a phrase with something put in.
    fn fill(&self, pick: impl FnOnce(&Phrases) -> &'static str, what: &str) -> String {
        self.word(pick).replace("{}", what)
    }

    /// Returns a number with its unit, singular or plural.
    fn count(&self, number: u64, pick: impl FnOnce(&Phrases) -> [&'static str; 2]) -> String {
        let [one, more] = self.phrases.map(pick).unwrap_or_default();
        if number == 1 { one } else { more }.replace("{}", &number.to_string())
    }

    fn is_full(&self) -> bool {
        self.voice == Voice::Full
    }

    /// Returns words that only the full voice says.
    fn if_full(&self, words: impl FnOnce() -> String) -> String {
        when(self.is_full(), words)
    }

    /// Returns words that the voice says unless it is off.
    fn unless_off(&self, words: String) -> String {
        when(self.voice != Voice::Off, || words)
    }

    /// Returns a length in words: "1 minute 30 seconds".
    fn length(&self, length: Duration) -> String {
        let (minutes, seconds) = (length.as_secs() / 60, length.as_secs() % 60);
        let mut parts = Vec::new();
        if minutes > 0 {
            parts.push(self.count(minutes, |phrases| phrases.minutes));
        }
        if length.subsec_nanos() > 0 {
            let exact =
                Duration::from_secs(seconds) + Duration::from_nanos(length.subsec_nanos().into());
            let point = if self.phrases.is_some_and(|phrases| phrases.language == "en") {
                "."
            } else {
                ","
            };
            let exact = exact.as_secs_f64().to_string().replace('.', point);
            parts.push(self.fill(|phrases| phrases.seconds[1], &exact));
        } else if seconds > 0 || minutes == 0 {
            parts.push(self.count(seconds, |phrases| phrases.seconds));
        }
        parts.join(" ")
    }

    fn side(&self, side: Side) -> String {
        match side {
            Side::Both => String::new(),
            Side::Left => self.word(|phrases| phrases.left_side),
            Side::Right => self.word(|phrases| phrases.right_side),
        }
    }

    /// Returns the work of one set and its load: "10 repetitions, hold each for 5 seconds".
    fn dose(&self, planned_set: &PlannedSet) -> String {
        let work = match planned_set.dose.work {
            Work::Hold(length) => self.fill(|phrases| phrases.hold_for, &self.length(length)),
            Work::Continuous(length) => self.length(length),
            Work::Test(kind) => self.test(kind),
            Work::Reps { count, style } => {
                let count = self.count(count.into(), |phrases| phrases.repetitions);
                match style {
                    RepStyle::Held(hold) => {
                        let hold = self.fill(|phrases| phrases.hold_each, &self.length(hold));
                        format!("{count}, {hold}")
                    }
                    RepStyle::SelfPaced | RepStyle::Tempo(_) => count,
                }
            }
        };
        sentences([
            when(self.has_words(), || work),
            planned_set.dose.load.clone().unwrap_or_default(),
        ])
    }

    fn test(&self, kind: TestKind) -> String {
        self.word(|phrases| match kind {
            TestKind::Hold => phrases.as_long,
            TestKind::Reps => phrases.as_many,
        })
    }
}

/// Returns words if a condition holds, else nothing.
fn when(condition: bool, words: impl FnOnce() -> String) -> String {
    if condition { words() } else { String::new() }
}

/// Joins sentences, each with a full stop where it has no end of its own. Empty ones are skipped.
fn sentences(parts: impl IntoIterator<Item = String>) -> String {
    let mut text = String::new();
    for part in parts {
        let part = part.trim();
        if part.is_empty() {
            continue;
        }
        if !text.is_empty() {
            text.push(' ');
        }
        text.push_str(part);
        if !part.ends_with(['.', '!', '?', ':']) {
            text.push('.');
        }
    }
    text
}
