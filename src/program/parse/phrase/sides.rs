//! Reads the sides in a phrase.

use super::parts::{Join, Part, parts};
use super::tokens::{BODY, LEFT, RIGHT, Token, Unit};

/// The side of a phrase.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum SideSaid {
    Each,
    BothSides,
    Alternate,
    Left,
    Right,
}

/// Removes the words about sides from a phrase, and returns the side.
pub(super) fn take_side(tokens: &mut Vec<Token>) -> Option<SideSaid> {
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

/// Reads `L 10, R 8` and `10 left, 8 right`.
pub(super) fn two_sides(tokens: &[Token]) -> Option<(Part, Part)> {
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
