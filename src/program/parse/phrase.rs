//! Reads a dose written as one phrase, such as `3 x 10 each side`, into the keys of the format.

mod parts;
mod roles;
mod sides;
mod tokens;

use self::parts::{Join, Part, parts};
use self::roles::{holds_time, roles, value, values};
use self::sides::{SideSaid, take_side, two_sides};
pub(super) use self::tokens::number_word;
use self::tokens::{BODY, LEFT, RIGHT, Token, Unit, tokens, unit};

/// A meaning of a phrase: the keys with their values.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Meaning {
    /// What tells it from the other meanings; empty if it is the only one.
    pub(super) words: String,
    /// Keys and values, in the order to write them.
    pub(super) entries: Vec<(&'static str, String)>,
}

/// The meanings of a phrase.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Meanings {
    /// Whether the phrase has a range, so that one number must be chosen.
    pub(super) range: bool,
    /// The meanings, at least one.
    pub(super) all: Vec<Meaning>,
}

/// Returns the meanings of the parts of a phrase, each part as the value of its role. With
/// `may_add_side`, values for each side add `side: each`.
pub(super) fn meanings(key: &'static str, text: &str) -> Option<Meanings> {
    if says_it_twice(text) {
        return None;
    }
    let mut tokens = tokens(text);
    let mut side = take_side(&mut tokens);
    let is_pause = holds_time(key) && !matches!(key, "hold" | "duration");
    if has_fraction(&tokens) || (is_pause && side.is_some()) {
        return None;
    }
    let has = |tokens: &[Token], words: &[&str]| tokens.iter().any(|token| token.is(words));
    let (left, right) = (has(&tokens, LEFT), has(&tokens, RIGHT));
    if left && right {
        return by_side(key, &tokens);
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
    // `3, 10 reps` after `sets:` isn't a list of repetitions.
    if key == "sets"
        && parts
            .iter()
            .any(|part| part.unit == Some(Unit::Reps) && part.join != Join::One)
        && parts.len() == 1
    {
        return None;
    }
    // `2 hold` means more than its number.
    let has_time = parts
        .iter()
        .any(|part| matches!(part.unit, Some(Unit::Time(_))));
    if has(&tokens, &["hold", "holds", "held"]) && !holds_time(key) && !has_time {
        return None;
    }
    let mut all: Vec<Meaning> = Vec::new();
    for (words, roles) in roles(key, &parts)? {
        all.extend(in_roles(words, &roles, &parts, side.is_none())?);
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
        range: parts.iter().any(|part| part.join == Join::Range),
        all: with_side(all, side),
    })
}

/// Returns true if a phrase says the same in two ways: `10 (5 each side)`.
fn says_it_twice(text: &str) -> bool {
    let inside = text
        .split_once('(')
        .and_then(|(_, inside)| inside.split_once(')'))
        .map(|(inside, _)| inside);
    inside.is_some_and(|inside| {
        inside.contains(|c: char| c.is_ascii_digit())
            && inside.contains(char::is_alphabetic)
            && !tokens(inside).iter().any(|token| unit(token).is_some())
    })
}

/// Returns true if a phrase has halves or quarters. `1/2` is not a value for each side.
fn has_fraction(tokens: &[Token]) -> bool {
    let is =
        |token: &Token, digits: &str| matches!(token, Token::Number(number) if number == digits);
    tokens.windows(3).any(|three| {
        matches!(
            three,
            [one, Token::Mark('/'), other]
                if (is(one, "1") || is(one, "3")) && (is(other, "2") || is(other, "4"))
        )
    })
}

/// Returns the meaning of a phrase with a value for the left side and one for the right side.
fn by_side(key: &'static str, tokens: &[Token]) -> Option<Meanings> {
    let (left, right) = two_sides(tokens)?;
    let role = match (left.unit, holds_time(key)) {
        (Some(Unit::Sets), _) => "sets",
        (Some(Unit::Reps), _) => "reps",
        (Some(Unit::Time(_)), false) => "hold",
        _ => key,
    };
    let of = |part: &Part| value(role, part.items.first()?);
    let sides = format!("{{left: {}, right: {}}}", of(&left)?, of(&right)?);
    let can_differ = matches!(role, "sets" | "reps" | "hold" | "duration");
    let entries = vec![(role, sides), ("side", "each".to_owned())];
    can_differ.then(|| Meanings {
        range: false,
        all: vec![Meaning {
            words: String::new(),
            entries,
        }],
    })
}

/// Returns the meanings of the parts of a phrase when each part belongs to the key of its role.
/// `may_add_side` says that values for each side need a `side:`.
fn in_roles(
    words: &str,
    roles: &[&'static str],
    parts: &[Part],
    may_add_side: bool,
) -> Option<Vec<Meaning>> {
    let begin = Meaning {
        words: words.to_owned(),
        entries: Vec::new(),
    };
    let mut meanings = vec![(begin, false)];
    for (role, part) in roles.iter().zip(parts) {
        let values = values(role, part)?;
        meanings = meanings
            .into_iter()
            .flat_map(|(meaning, by_side)| {
                values.iter().map(move |(words, value, sided)| {
                    let mut next = meaning.clone();
                    next.entries.push((role, value.clone()));
                    next.words = joined(&next.words, words);
                    (next, by_side || *sided)
                })
            })
            .collect();
    }
    let meanings = meanings.into_iter().map(|(mut meaning, by_side)| {
        if by_side && may_add_side {
            meaning.entries.push(("side", "each".to_owned()));
        }
        meaning
    });
    Some(meanings.collect())
}

/// Joins two texts with a comma, or returns the one that isn't empty.
fn joined(one: &str, other: &str) -> String {
    [one, other]
        .into_iter()
        .filter(|words| !words.is_empty())
        .collect::<Vec<_>>()
        .join(", ")
}

/// Adds the side of a phrase to each of its meanings.
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
                    let named = |words: &str| joined(&meaning.words, words);
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
