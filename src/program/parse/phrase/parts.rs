//! Reads the numbers of a phrase with their units.

use super::tokens::{FILLERS, Token, Unit, unit};

/// How the numbers of a part belong together.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Join {
    One,
    Range,
    List,
}

/// Numbers with a common unit.
#[derive(Debug, Clone)]
pub(super) struct Part {
    pub(super) items: Vec<String>,
    pub(super) unit: Option<Unit>,
    pub(super) join: Join,
}

/// Reads all numbers of a phrase. None if it has a word that isn't known.
pub(super) fn parts(tokens: &[Token]) -> Option<Vec<Part>> {
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

/// Reads one number or several with their unit from the token at `at`, and moves `at` after them.
fn part(tokens: &[Token], at: &mut usize) -> Option<Part> {
    let mut items: Vec<(String, Option<Unit>)> = Vec::new();
    let mut separators: Vec<char> = Vec::new();
    loop {
        if let Some(item) = one_of_unit(tokens, at) {
            items.push(item);
            break;
        }
        let (text, found) = number_with_unit(tokens, at)?;
        items.push((text, found));
        let Some(separator) = separator(tokens, *at, found) else {
            break;
        };
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
        // `20-30 s`: the unit of the last number is the unit of all of them.
        (None, Some(Unit::Time(word))) => format!("{text} {word}"),
        _ => text,
    });
    Some(Part {
        items: items.collect(),
        unit,
        join,
    })
}

/// Reads `a minute`.
fn one_of_unit(tokens: &[Token], at: &mut usize) -> Option<(String, Option<Unit>)> {
    let is_a = tokens.get(*at).is_some_and(|token| token.is(&["a"]));
    let Some(Unit::Time(word)) = tokens.get(*at + 1).filter(|_| is_a).and_then(unit) else {
        return None;
    };
    *at += 2;
    Some((format!("1 {word}"), Some(Unit::Time(word))))
}

/// Reads a number and the unit after it: `10 reps`, `1:30 min`, `1 min 30 s`.
fn number_with_unit(tokens: &[Token], at: &mut usize) -> Option<(String, Option<Unit>)> {
    let Some(Token::Number(number)) = tokens.get(*at) else {
        return None;
    };
    *at += 1;
    if let (Some(Token::Mark(':')), Some(Token::Number(seconds))) =
        (tokens.get(*at), tokens.get(*at + 1))
    {
        *at += 2;
        if matches!(tokens.get(*at).and_then(unit), Some(Unit::Time("min"))) {
            *at += 1;
        }
        return Some((format!("{number}:{seconds}"), Some(Unit::Time(""))));
    }
    let Some(counted) = tokens.get(*at).and_then(unit) else {
        return Some((number.clone(), None));
    };
    *at += 1;
    let Unit::Time(word) = counted else {
        return Some((number.clone(), Some(counted)));
    };
    let mut text = format!("{number} {word}");
    let next = tokens.get(*at + 1).and_then(unit);
    if let (Some(Token::Number(more)), Some(Unit::Time(smaller))) = (tokens.get(*at), next)
        && smaller != word
    {
        text = format!("{text} {more} {smaller}");
        *at += 2;
    } else if matches!(tokens.get(*at), Some(Token::Number(_))) && next.is_none() {
        // `1 min 30` and `1 h 30` may end in a smaller unit or in a number of times.
        return None;
    }
    Some((text, Some(counted)))
}

/// Returns the mark between a number and the next one of the same part. None if the part ends.
fn separator(tokens: &[Token], at: usize, found: Option<Unit>) -> Option<char> {
    let separator = match tokens.get(at) {
        Some(Token::Mark(mark @ ('-' | '/' | ',' | ';'))) => *mark,
        Some(Token::Word(word)) if word == "to" => '-',
        Some(Token::Word(word)) if matches!(word.as_str(), "and" | "then") => ',',
        _ => return None,
    };
    // After `3 sets,` something else is counted.
    if matches!(found, Some(Unit::Sets | Unit::Reps))
        || !matches!(tokens.get(at + 1), Some(Token::Number(_)))
    {
        return None;
    }
    // `30 s, 3 times`
    let counts_something_else = tokens.get(at + 2).is_some_and(|token| {
        token.is(&["x", "times"]) || matches!(unit(token), Some(Unit::Sets | Unit::Reps))
    });
    (!(matches!(found, Some(Unit::Time(_))) && counts_something_else)).then_some(separator)
}
