//! Finds the exercise that a therapist means by a name that the library doesn't have.

use super::super::notation::slug;
use super::vocabulary::{EMPTY, SEVERAL, SHORT, WORDS};
use super::{LibraryExercise, all, get};

/// Returns the words of a name in a form that can be compared: written out, in the singular,
/// sorted, and without the words that don't tell exercises apart.
fn tokens(name: &str) -> Vec<String> {
    let mut tokens: Vec<String> = Vec::new();
    for word in slug(name).split('-') {
        let one = word
            .strip_suffix('s')
            .filter(|one| one.len() > 1 && !one.ends_with('s'))
            .unwrap_or(word);
        let long = SHORT
            .iter()
            .find(|(short, _)| *short == word || *short == one)
            .map_or(one, |(_, long)| long);
        tokens.extend(
            long.split(' ')
                .filter(|token| !token.is_empty() && !EMPTY.contains(token))
                .map(str::to_owned),
        );
    }
    tokens.sort_unstable();
    tokens
}

/// Returns all exercises with each of their names, aliases and ids.
fn names() -> impl Iterator<Item = (&'static LibraryExercise, &'static str)> {
    all().flat_map(|exercise| {
        exercise
            .aliases
            .iter()
            .map(String::as_str)
            .chain([exercise.name.as_str(), exercise.id])
            .map(move |name| (exercise, name))
    })
}

/// Returns the exercises that a name probably means, if it isn't the name of any of them. The name
/// must be close in meaning, not only in letters. A correct word that says how an exercise is done
/// must be the same; a misspelled word counts as the word it is probably meant to be.
pub fn meant(word: &str) -> Vec<&'static LibraryExercise> {
    // A longer text isn't a name.
    if word.chars().count() > 64 {
        return Vec::new();
    }
    let wanted = tokens(word);
    if wanted.is_empty() {
        return Vec::new();
    }
    let several = |wanted: &[String]| -> Option<Vec<&'static LibraryExercise>> {
        let (_, ids) = SEVERAL.iter().find(|(name, _)| tokens(name) == wanted)?;
        Some(ids.iter().filter_map(|id| get(id)).collect())
    };
    if let Some(several) = several(&wanted) {
        return several;
    }
    let known: Vec<(&LibraryExercise, Vec<String>)> = names()
        .map(|(exercise, name)| (exercise, tokens(name)))
        .collect();
    let of = |tokens: &[String]| {
        known
            .iter()
            .find(|(_, name)| name == tokens)
            .map(|(exercise, _)| *exercise)
    };
    if let Some(found) = of(&wanted) {
        return vec![found];
    }
    let mut vocabulary: Vec<&str> = known
        .iter()
        .flat_map(|(_, name)| name.iter().map(String::as_str))
        .collect();
    vocabulary.extend(WORDS);
    vocabulary.sort_unstable();
    vocabulary.dedup();
    let is_known = |token: &str| vocabulary.binary_search(&token).is_ok();
    if wanted.iter().all(|token| is_known(token)) {
        // All words are spelled correctly, so the library has no such exercise.
        return Vec::new();
    }
    let spelled: Option<Vec<String>> = wanted
        .iter()
        .map(|token| {
            if is_known(token) {
                Some(token.clone())
            } else {
                misspelled(token, &vocabulary).map(str::to_owned)
            }
        })
        .collect();
    if let Some(mut spelled) = spelled {
        spelled.sort_unstable();
        if let Some(several) = several(&spelled) {
            return several;
        }
        if let Some(found) = of(&spelled) {
            return vec![found];
        }
    }
    joined(word, &wanted, &is_known).into_iter().collect()
}

/// Returns the word that a misspelled word is probably meant to be, if only one is closest.
fn misspelled<'v>(token: &str, vocabulary: &[&'v str]) -> Option<&'v str> {
    let length = token.chars().count();
    if length < 4 {
        return None;
    }
    let most = if length < 7 { 1 } else { 2 };
    let near = vocabulary
        .iter()
        .filter(|word| word.starts_with(token.get(..1).unwrap_or_default()));
    let mut near: Vec<(usize, &str)> = near
        .map(|word| (strsim::damerau_levenshtein(word, token), *word))
        .filter(|(distance, word)| *distance <= most && word.chars().count() >= 4)
        .collect();
    near.sort_unstable();
    match near.as_slice() {
        [(_, only)] => Some(only),
        [(one, first), (other, _), ..] if one < other => Some(first),
        _ => None,
    }
}

/// Returns the exercise whose name differs in one or two letters, apart from spaces. All words of
/// the wanted name that are spelled correctly must be in it.
fn joined(
    word: &str,
    wanted: &[String],
    is_known: &dyn Fn(&str) -> bool,
) -> Option<&'static LibraryExercise> {
    let letters = slug(word).replace('-', "");
    let most = match letters.chars().count() {
        0..6 => return None,
        6..12 => 1,
        _ => 2,
    };
    let mut best: Option<(usize, &'static LibraryExercise)> = None;
    let mut tie = false;
    for (exercise, name) in names() {
        let distance = strsim::damerau_levenshtein(&slug(name).replace('-', ""), &letters);
        let of_name = tokens(name);
        let fits = wanted
            .iter()
            .filter(|token| is_known(token))
            .all(|token| of_name.contains(token));
        if distance > most || !fits {
            continue;
        }
        match best {
            Some((nearest, found)) if nearest < distance || found.id == exercise.id => {}
            Some((nearest, _)) if nearest == distance => tie = true,
            _ => {
                best = Some((distance, exercise));
                tie = false;
            }
        }
    }
    best.filter(|_| !tie).map(|(_, exercise)| exercise)
}

/// Returns the id of the exercise that a name probably means, if there is only one.
pub(crate) fn nearest(word: &str) -> Option<&'static str> {
    match meant(word).as_slice() {
        [only] => Some(only.id),
        _ => None,
    }
}
