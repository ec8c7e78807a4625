//! Splits a phrase into numbers, words and marks.

/// A piece of a phrase.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Token {
    Number(String),
    Word(String),
    Mark(char),
}

impl Token {
    pub(super) fn is(&self, words: &[&str]) -> bool {
        matches!(self, Self::Word(word) if words.contains(&word.as_str()))
    }
}

/// The unit of a number.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Unit {
    Sets,
    Reps,
    Time(&'static str),
}

/// Words for one of two sides.
pub(super) const BODY: &[&str] = &[
    "side",
    "sides",
    "leg",
    "legs",
    "arm",
    "arms",
    "foot",
    "feet",
    "hand",
    "hands",
    "knee",
    "knees",
    "hip",
    "hips",
    "direction",
    "directions",
    "way",
    "ways",
];

pub(super) const LEFT: &[&str] = &["left", "l", "lt"];

pub(super) const RIGHT: &[&str] = &["right", "r", "rt"];

/// Words without a meaning for the dose.
pub(super) const FILLERS: &[&str] = &["hold", "holds", "held", "for", "with", "on", "the", "only"];

const NUMBERS: &[(&str, &str)] = &[
    ("one", "1"),
    ("once", "1"),
    ("two", "2"),
    ("twice", "2"),
    ("three", "3"),
    ("four", "4"),
    ("five", "5"),
    ("six", "6"),
    ("seven", "7"),
    ("eight", "8"),
    ("nine", "9"),
    ("ten", "10"),
    ("eleven", "11"),
    ("twelve", "12"),
    ("fifteen", "15"),
    ("twenty", "20"),
    ("thirty", "30"),
    ("forty", "40"),
    ("sixty", "60"),
    ("ninety", "90"),
];

/// Returns the digits of a number written as a word.
pub(crate) fn number_word(word: &str) -> Option<&'static str> {
    NUMBERS
        .iter()
        .find(|(known, _)| *known == word)
        .map(|(_, digits)| *digits)
}

pub(super) fn tokens(text: &str) -> Vec<Token> {
    let text: Vec<char> = text.to_lowercase().replace("''", "\"").chars().collect();
    let mut tokens = Vec::new();
    let mut at = 0;
    let is_digit = |at: usize| text.get(at).is_some_and(char::is_ascii_digit);
    while let Some(character) = text.get(at) {
        let start = at;
        at += 1;
        match character {
            c if c.is_ascii_digit() => {
                while is_digit(at) || (text.get(at) == Some(&'.') && is_digit(at + 1)) {
                    at += 1;
                }
                tokens.push(Token::Number(
                    text.get(start..at).unwrap_or_default().iter().collect(),
                ));
            }
            c if c.is_alphabetic() => {
                while text.get(at).is_some_and(|c| c.is_alphabetic()) {
                    at += 1;
                }
                let word: String = text.get(start..at).unwrap_or_default().iter().collect();
                // `10 twice` means ten repetitions, two times.
                let over = matches!(word.as_str(), "once" | "twice")
                    .then(|| Token::Word("sets".to_owned()));
                tokens.push(
                    number_word(&word)
                        .map_or(Token::Word(word), |digits| Token::Number(digits.to_owned())),
                );
                tokens.extend(over);
            }
            '×' => tokens.push(Token::Word("x".to_owned())),
            '–' | '—' | '−' => tokens.push(Token::Mark('-')),
            '″' | '“' | '”' => tokens.push(Token::Mark('"')),
            '′' | '’' | '‘' => tokens.push(Token::Mark('\'')),
            // `3 (10 reps)`
            '.' | '(' | ')' => {}
            c if c.is_whitespace() => {}
            c => tokens.push(Token::Mark(*c)),
        }
    }
    tokens
}

/// Returns the unit that a word or a mark means.
pub(super) fn unit(token: &Token) -> Option<Unit> {
    match token {
        Token::Mark('"') => Some(Unit::Time("s")),
        Token::Mark('\'') => Some(Unit::Time("min")),
        Token::Word(word) => match word.as_str() {
            "set" | "sets" => Some(Unit::Sets),
            "rep" | "reps" | "repetition" | "repetitions" => Some(Unit::Reps),
            "s" | "sec" | "secs" | "second" | "seconds" | "sek" => Some(Unit::Time("s")),
            "m" | "min" | "mins" | "minute" | "minutes" => Some(Unit::Time("min")),
            "h" | "hr" | "hrs" | "hour" | "hours" => Some(Unit::Time("h")),
            _ => None,
        },
        _ => None,
    }
}
