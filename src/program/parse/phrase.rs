//! Doses as a clinic writes them in one phrase, `3 x 10 each side`, taken apart into the keys that
//! say the same. Knows nothing of diagnostics or of places in a file.

use crate::program::notation::{read_duration, write_duration};

/// A piece of a phrase.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Token {
    Number(String),
    Word(String),
    Mark(char),
}

impl Token {
    fn is(&self, words: &[&str]) -> bool {
        matches!(self, Self::Word(word) if words.contains(&word.as_str()))
    }
}

/// What a number counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Unit {
    Sets,
    Reps,
    Time(&'static str),
}

/// What a part of a phrase says: one number, a range, or one after the other.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Join {
    One,
    Range,
    List,
}

/// Numbers that belong together.
#[derive(Debug, Clone)]
struct Part {
    items: Vec<String>,
    unit: Option<Unit>,
    join: Join,
}

/// How a phrase says on which side.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum SideSaid {
    Each,
    BothSides,
    Alternate,
    Left,
    Right,
}

/// A meaning of a phrase: what distinguishes it from the others, and its keys with their values.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Meaning {
    /// In words; empty where there is only one.
    pub(super) words: String,
    /// Key and value, in the order in which they are written.
    pub(super) entries: Vec<(&'static str, String)>,
}

impl Meaning {
    fn new(words: &str, entries: Vec<(&'static str, String)>) -> Self {
        Self {
            words: words.to_owned(),
            entries,
        }
    }
}

/// Why a phrase can be read in several ways.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Meanings {
    /// Whether a range was written, which has to be decided.
    pub(super) range: bool,
    /// At least one.
    pub(super) all: Vec<Meaning>,
}

/// Parts of the body of which there are two.
const BODY: &[&str] = &[
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
const LEFT: &[&str] = &["left", "l", "lt"];
const RIGHT: &[&str] = &["right", "r", "rt"];
/// Words that change nothing.
const FILLERS: &[&str] = &["hold", "holds", "held", "for", "with", "on", "the", "only"];

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
pub(super) fn number_word(word: &str) -> Option<&'static str> {
    NUMBERS
        .iter()
        .find(|(known, _)| *known == word)
        .map(|(_, digits)| *digits)
}

fn tokens(text: &str) -> Vec<Token> {
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
                // `10 twice` is ten, two times over.
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

/// Returns what a word or a mark counts.
fn unit(token: &Token) -> Option<Unit> {
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

/// Takes the words about sides out of a phrase.
fn take_side(tokens: &mut Vec<Token>) -> Option<SideSaid> {
    let mut said = None;
    let mut kept: Vec<Token> = Vec::with_capacity(tokens.len());
    let mut at = 0;
    while let Some(token) = tokens.get(at) {
        let next = tokens.get(at + 1);
        let is_body = next.is_some_and(|next| next.is(BODY));
        let of_one = token.is(&["each", "per", "every", "ea", "a"]) || *token == Token::Mark('/');
        let after_slash = |words: &[&str]| {
            next == Some(&Token::Mark('/'))
                && tokens.get(at + 2).is_some_and(|token| token.is(words))
        };
        if token.is(&["b"]) && after_slash(&["l"]) {
            said = Some(SideSaid::BothSides);
            at += 3;
        } else if token.is(&["e", "ea"]) && after_slash(&["s", "side", "leg", "arm"])
            || token.is(&["l"]) && after_slash(&["r"])
            || token.is(&["r"]) && after_slash(&["l"])
        {
            // `10 e/s`, `30 s R/L`
            said = Some(SideSaid::Each);
            at += 3;
        } else if of_one && is_body {
            said = Some(SideSaid::Each);
            at += 2;
        } else if token.is(&["each", "per", "a", "every"])
            && next.is_some_and(|next| next.is(&["set"]))
        {
            at += 2;
        } else if token.is(&["each", "ea"]) && next.is_none() {
            said = Some(SideSaid::Each);
            at += 1;
        } else if token.is(&["both"]) && is_body {
            said = Some(SideSaid::BothSides);
            at += 2;
        } else if token.is(&["bilateral", "bilaterally", "bilat"]) {
            said = Some(SideSaid::BothSides);
            at += 1;
        } else if token.is(&[
            "alternating",
            "alternate",
            "alternately",
            "alternated",
            "alt",
        ]) {
            said = Some(SideSaid::Alternate);
            at += if is_body { 2 } else { 1 };
        } else {
            kept.push(token.clone());
            at += 1;
        }
    }
    *tokens = kept;
    said
}

/// Reads one number or several, with their unit, from the token at `at`.
fn part(tokens: &[Token], at: &mut usize) -> Option<Part> {
    let mut items: Vec<(String, Option<Unit>)> = Vec::new();
    let mut separators: Vec<char> = Vec::new();
    loop {
        let Some(Token::Number(number)) = tokens.get(*at) else {
            // `a minute`
            if tokens.get(*at).is_some_and(|token| token.is(&["a"]))
                && let Some(Unit::Time(word)) = tokens.get(*at + 1).and_then(unit)
            {
                *at += 2;
                items.push((format!("1 {word}"), Some(Unit::Time(word))));
                break;
            }
            return None;
        };
        *at += 1;
        let mut text = number.clone();
        let mut found = None;
        if let (Some(Token::Mark(':')), Some(Token::Number(seconds))) =
            (tokens.get(*at), tokens.get(*at + 1))
        {
            text = format!("{number}:{seconds}");
            found = Some(Unit::Time(""));
            *at += 2;
            if matches!(tokens.get(*at).and_then(unit), Some(Unit::Time("min"))) {
                *at += 1;
            }
        } else if let Some(counted) = tokens.get(*at).and_then(unit) {
            *at += 1;
            found = Some(counted);
            if let Unit::Time(word) = counted {
                text = format!("{number} {word}");
                // `1 min 30 s`
                if let (Some(Token::Number(more)), Some(Unit::Time(smaller))) =
                    (tokens.get(*at), tokens.get(*at + 1).and_then(unit))
                    && smaller != word
                {
                    text = format!("{text} {more} {smaller}");
                    *at += 2;
                } else if matches!(tokens.get(*at), Some(Token::Number(_)))
                    && tokens.get(*at + 1).and_then(unit).is_none()
                {
                    // `1 min 30` and `1 h 30` may end in a smaller unit or in a number of times.
                    return None;
                }
            }
        }
        items.push((text, found));
        let separator = match tokens.get(*at) {
            Some(Token::Mark(mark @ ('-' | '/' | ',' | ';'))) => *mark,
            Some(Token::Word(word)) if word == "to" => '-',
            Some(Token::Word(word)) if matches!(word.as_str(), "and" | "then") => ',',
            _ => break,
        };
        // After `3 sets,` something else is counted.
        if matches!(found, Some(Unit::Sets | Unit::Reps))
            || !matches!(tokens.get(*at + 1), Some(Token::Number(_)))
        {
            break;
        }
        // `30 s, 3 times`
        let other = tokens.get(*at + 2).is_some_and(|token| {
            token.is(&["x", "times"]) || matches!(unit(token), Some(Unit::Sets | Unit::Reps))
        });
        if matches!(found, Some(Unit::Time(_))) && other {
            break;
        }
        separators.push(separator);
        *at += 1;
    }
    let unit = items.iter().rev().find_map(|(_, unit)| *unit);
    let join = match separators.as_slice() {
        [] => Join::One,
        ['-'] => Join::Range,
        _ => Join::List,
    };
    let items = items.into_iter().map(|(text, own)| match (own, unit) {
        // `20-30 s`: what the last one counts, all count.
        (None, Some(Unit::Time(word))) => format!("{text} {word}"),
        _ => text,
    });
    Some(Part {
        items: items.collect(),
        unit,
        join,
    })
}

/// Reads all numbers of a phrase; returns none where a word in it may have a meaning of its own.
fn parts(tokens: &[Token]) -> Option<Vec<Part>> {
    let tokens: Vec<Token> = tokens
        .iter()
        .filter(|token| !token.is(FILLERS))
        .cloned()
        .collect();
    let mut parts = Vec::new();
    let mut at = 0;
    while at < tokens.len() {
        let between = |token: &Token| {
            token.is(&["x", "of", "and", "times"]) || matches!(token, Token::Mark('*' | '@' | ','))
        };
        if tokens.get(at).is_some_and(between) {
            at += 1;
            continue;
        }
        parts.push(part(&tokens, &mut at)?);
    }
    (!parts.is_empty()).then_some(parts)
}

/// Reads `L 10, R 8` and `10 left, 8 right`.
fn two_sides(tokens: &[Token]) -> Option<(Part, Part)> {
    let is_side = |token: &Token| token.is(LEFT) || token.is(RIGHT);
    let [first, second] = tokens
        .iter()
        .filter(|token| is_side(token))
        .collect::<Vec<_>>()[..]
    else {
        return None;
    };
    let cut = if tokens.first().is_some_and(is_side) {
        tokens.iter().rposition(is_side)?
    } else {
        tokens.iter().position(is_side)? + 1
    };
    let read = |tokens: &[Token]| {
        let words = |token: &&Token| !is_side(token) && !token.is(BODY) && !token.is(&["and"]);
        let mut tokens: Vec<Token> = tokens.iter().filter(words).cloned().collect();
        tokens.retain(|token| !matches!(token, Token::Mark(',' | '/' | ';' | ':' | '=')));
        match parts(&tokens)?.as_slice() {
            [only] if only.join == Join::One => Some(only.clone()),
            _ => None,
        }
    };
    let (one, mut other) = (read(tokens.get(..cut)?)?, read(tokens.get(cut..)?)?);
    let mut one = one;
    // `15 left, 20 s right`
    if let (None, Some(Unit::Time(word))) = (one.unit, other.unit) {
        one.items = one
            .items
            .iter()
            .map(|item| format!("{item} {word}"))
            .collect();
        one.unit = other.unit;
    } else if one.unit.is_some() && other.unit.is_none() {
        if let Some(Unit::Time(word)) = one.unit {
            other.items = other
                .items
                .iter()
                .map(|item| format!("{item} {word}"))
                .collect();
        }
        other.unit = one.unit;
    }
    match (first.is(LEFT), second.is(RIGHT)) {
        (true, true) => Some((one, other)),
        (false, false) => Some((other, one)),
        _ => None,
    }
}

/// Writes an item as a value of a key.
fn value(key: &str, item: &str) -> Option<String> {
    if matches!(key, "sets" | "reps") {
        return item
            .bytes()
            .all(|byte| byte.is_ascii_digit())
            .then(|| item.to_owned());
    }
    read_duration(item).map(write_duration)
}

const ONE_EACH: &str = "one number a set";
const BY_SIDE: &str = "left and right";
const MEANINGS_OF_A_RANGE: [&str; 2] = ["the lower number", "the upper number"];

/// Writes a part as the value of a key: one meaning, or two.
fn values(key: &'static str, part: &Part) -> Option<Vec<(&'static str, String, bool)>> {
    let items: Vec<String> = part
        .items
        .iter()
        .map(|item| value(key, item))
        .collect::<Option<_>>()?;
    let list = || format!("[{}]", items.join(", "));
    match (part.join, items.as_slice()) {
        (Join::One, [only]) => Some(vec![("", only.clone(), false)]),
        (Join::Range, [low, high]) => {
            let rising = match (low.parse::<u64>(), high.parse::<u64>()) {
                (Ok(low), Ok(high)) => low < high,
                _ => read_duration(low)? < read_duration(high)?,
            };
            let [lower, upper] = MEANINGS_OF_A_RANGE;
            rising.then(|| vec![(lower, low.clone(), false), (upper, high.clone(), false)])
        }
        (Join::List, [left, right]) => {
            let sides = (BY_SIDE, format!("{{left: {left}, right: {right}}}"), true);
            match key {
                "reps" | "hold" => Some(vec![(ONE_EACH, list(), false), sides]),
                // `2/3` sets may be two or three.
                "sets" | "duration" => {
                    let [lower, upper] = MEANINGS_OF_A_RANGE;
                    Some(vec![
                        sides,
                        (lower, left.clone(), false),
                        (upper, right.clone(), false),
                    ])
                }
                _ => None,
            }
        }
        (Join::List, _) if matches!(key, "reps" | "hold") => Some(vec![("", list(), false)]),
        _ => None,
    }
}

/// Says whether a key's value is a length of time.
fn holds_time(key: &str) -> bool {
    !matches!(key, "sets" | "reps")
}

/// Says which keys the parts of a phrase belong to; several ways where it can't be known.
fn roles(key: &'static str, parts: &[Part]) -> Option<Vec<(&'static str, Vec<&'static str>)>> {
    let time = if holds_time(key) { key } else { "hold" };
    let units: Vec<Option<&'static str>> = parts
        .iter()
        .map(|part| {
            part.unit.map(|unit| match unit {
                Unit::Sets => "sets",
                Unit::Reps => "reps",
                Unit::Time(_) => "time",
            })
        })
        .collect();
    let one = |roles: &[&'static str]| Some(vec![("", roles.to_vec())]);
    let still_or_moving = |sets: Option<&'static str>| {
        let with = |last: &'static str| sets.into_iter().chain([last]).collect::<Vec<_>>();
        Some(vec![
            ("holding still", with("hold")),
            ("moving for that long", with("duration")),
        ])
    };
    // `10 x 3` may be ten sets of three or three of ten; more than five sets are rare.
    let number = |index: usize| {
        parts
            .get(index)
            .and_then(|part| part.items.first()?.parse::<u64>().ok())
    };
    let falls = number(0) > number(1) && number(0) > Some(5);
    let held = || {
        Some(vec![
            ("sets of one hold", vec!["sets", time]),
            ("repetitions that are held", vec!["reps", time]),
        ])
    };
    let turned = |roles: Option<Vec<(&'static str, Vec<&'static str>)>>| {
        roles.map(|all| {
            all.into_iter()
                .map(|(words, roles)| (words, roles.into_iter().rev().collect()))
                .collect()
        })
    };
    match units.as_slice() {
        [None] => one(&[key]),
        [Some("time")] if holds_time(key) => one(&[key]),
        [Some("time")] => still_or_moving(None),
        [Some(counted)] => one(&[counted]),
        // The pauses have no sets.
        _ if holds_time(key) && !matches!(key, "hold" | "duration") => None,
        [None, Some("time")] if key == "reps" => Some(vec![
            ("repetitions that are held", vec!["reps", "hold"]),
            ("sets of one hold", vec!["sets", "hold"]),
        ]),
        [None | Some("sets"), Some("time")] if key == "sets" => still_or_moving(Some("sets")),
        [Some("time"), None] if key == "hold" && number(1) > Some(5) => turned(held()),
        [None, Some("time")] if key == "hold" && number(0) > Some(5) => held(),
        [Some("time"), None] if key == "reps" => turned(held()),
        [Some("time"), None | Some("sets")] => one(&[time, "sets"]),
        [None | Some("sets"), Some("time")] => one(&["sets", time]),
        [Some("reps"), Some("time")] => one(&["reps", "hold"]),
        [Some("time"), Some("reps")] if key != "duration" => one(&["hold", "reps"]),
        [None, None] if holds_time(key) && falls => Some(vec![
            ("the sets come first", vec!["sets", time]),
            ("the length comes first", vec![time, "sets"]),
        ]),
        [None, None] if !holds_time(key) && falls => Some(vec![
            ("the sets come first", vec!["sets", "reps"]),
            ("the repetitions come first", vec!["reps", "sets"]),
        ]),
        // `5 x 10` may be five holds of ten seconds or ten of five.
        [None, None] if key == "hold" && number(1) <= Some(20) && number(1) != number(0) => {
            Some(vec![
                ("the sets come first", vec!["sets", "hold"]),
                (
                    "the length comes first, then the repetitions",
                    vec!["hold", "reps"],
                ),
                (
                    "the length comes first, then the sets",
                    vec!["hold", "sets"],
                ),
            ])
        }
        [None | Some("sets"), None] if holds_time(key) => one(&["sets", time]),
        [None | Some("sets"), None | Some("reps")] => one(&["sets", "reps"]),
        [Some("reps"), None | Some("sets")] | [None, Some("sets")] => one(&["reps", "sets"]),
        [None | Some("sets"), None | Some("reps"), Some("time")] if key != "duration" => {
            one(&["sets", "reps", "hold"])
        }
        _ => None,
    }
}

/// Returns what a phrase after a key means; none where a word of it is not known.
pub(super) fn meanings(key: &'static str, text: &str) -> Option<Meanings> {
    // `10 (5 each side)` says the same in two ways.
    if let Some((_, inside)) = text.split_once('(')
        && let Some((inside, _)) = inside.split_once(')')
        && inside.contains(|c: char| c.is_ascii_digit())
        && inside.contains(char::is_alphabetic)
        && !self::tokens(inside)
            .iter()
            .any(|token| unit(token).is_some())
    {
        return None;
    }
    let mut tokens = tokens(text);
    let mut side = take_side(&mut tokens);
    // Half an hour is no value for each side, and a pause has no sides.
    let is =
        |token: &Token, digits: &str| matches!(token, Token::Number(number) if number == digits);
    let half = tokens.windows(3).any(|three| {
        matches!(three, [one, Token::Mark('/'), other] if (is(one, "1") || is(one, "3")) && (is(other, "2") || is(other, "4")))
    });
    let pause = holds_time(key) && !matches!(key, "hold" | "duration");
    if half || (pause && side.is_some()) {
        return None;
    }
    let has = |tokens: &[Token], words: &[&str]| tokens.iter().any(|token| token.is(words));
    let (left, right) = (has(&tokens, LEFT), has(&tokens, RIGHT));
    if left && right {
        let (left, right) = two_sides(&tokens)?;
        let role = match (left.unit, holds_time(key)) {
            (Some(Unit::Sets), _) => "sets",
            (Some(Unit::Reps), _) => "reps",
            (Some(Unit::Time(_)), false) => "hold",
            _ => key,
        };
        let of = |part: &Part| value(role, part.items.first()?);
        let sides = format!("{{left: {}, right: {}}}", of(&left)?, of(&right)?);
        let differ = matches!(role, "sets" | "reps" | "hold" | "duration");
        let entries = vec![(role, sides), ("side", "each".to_owned())];
        return differ.then(|| Meanings {
            range: false,
            all: vec![Meaning::new("", entries)],
        });
    }
    if left || right {
        side = Some(if left {
            SideSaid::Left
        } else {
            SideSaid::Right
        });
        tokens.retain(|token| !token.is(LEFT) && !token.is(RIGHT) && !token.is(BODY));
    }
    let parts = parts(&tokens)?;
    // `3, 10 reps` after `sets:` are no list of repetitions.
    if key == "sets"
        && parts
            .iter()
            .any(|part| part.unit == Some(Unit::Reps) && part.join != Join::One)
        && parts.len() == 1
    {
        return None;
    }
    // `2 hold` says more than its number.
    let holds = has(&tokens, &["hold", "holds", "held"]);
    if holds
        && !holds_time(key)
        && !parts
            .iter()
            .any(|part| matches!(part.unit, Some(Unit::Time(_))))
    {
        return None;
    }
    let mut all: Vec<Meaning> = Vec::new();
    let mut range = false;
    for (words, roles) in roles(key, &parts)? {
        let mut meanings = vec![(Meaning::new(words, Vec::new()), false)];
        for (role, part) in roles.iter().zip(&parts) {
            let values = values(role, part)?;
            range |= part.join == Join::Range;
            meanings = meanings
                .into_iter()
                .flat_map(|(meaning, by_side)| {
                    values.iter().map(move |(words, value, sided)| {
                        let mut next = meaning.clone();
                        next.entries.push((role, value.clone()));
                        let words: Vec<&str> = [next.words.as_str(), words]
                            .into_iter()
                            .filter(|words| !words.is_empty())
                            .collect();
                        next.words = words.join(", ");
                        (next, by_side || *sided)
                    })
                })
                .collect();
        }
        all.extend(meanings.into_iter().map(|(mut meaning, by_side)| {
            if by_side && side.is_none() {
                meaning.entries.push(("side", "each".to_owned()));
            }
            meaning
        }));
    }
    // More than three meanings are too many to choose from.
    if all.len() > 3 {
        return None;
    }
    for meaning in &mut all {
        meaning.entries.sort_by_key(|(key, _)| {
            ["sets", "reps"]
                .iter()
                .position(|first| first == key)
                .unwrap_or(2)
        });
    }
    Some(Meanings {
        range,
        all: with_side(all, side),
    })
}

/// Adds the side that a phrase names to each of its meanings.
fn with_side(all: Vec<Meaning>, side: Option<SideSaid>) -> Vec<Meaning> {
    let add = |mut meaning: Meaning, word: &str| {
        meaning.entries.push(("side", word.to_owned()));
        meaning
    };
    let word = match side {
        None => return all,
        Some(SideSaid::BothSides) => {
            return all
                .into_iter()
                .flat_map(|meaning| {
                    let named = |words: &str| {
                        let words = [meaning.words.as_str(), words];
                        words
                            .into_iter()
                            .filter(|words| !words.is_empty())
                            .collect::<Vec<_>>()
                            .join(", ")
                    };
                    let (each, both) = (named("one side, then the other"), named("both together"));
                    let (mut one, mut other) = (meaning.clone(), meaning);
                    (one.words, other.words) = (each, both);
                    [add(one, "each"), add(other, "both")]
                })
                .collect();
        }
        Some(SideSaid::Each) => "each",
        Some(SideSaid::Alternate) => "alternate",
        Some(SideSaid::Left) => "left",
        Some(SideSaid::Right) => "right",
    };
    all.into_iter().map(|meaning| add(meaning, word)).collect()
}
