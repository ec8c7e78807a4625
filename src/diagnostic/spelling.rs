//! Which known word a misspelled word was probably meant to be.

/// Longer words are never matched: the cost of the distance is the product of both lengths.
const LONGEST_WORD: usize = 64;

/// Stems of words that differ in few letters but mean the opposite.
const OPPOSITES: [(&str, &str); 6] = [
    ("abduct", "adduct"),
    ("flex", "exten"),
    ("left", "right"),
    ("anterior", "posterior"),
    ("internal", "external"),
    ("inver", "ever"),
];

/// Returns whether one word means the opposite of the other.
fn is_opposite(one: &str, other: &str) -> bool {
    let has_only = |word: &str, stem: &str, not: &str| word.contains(stem) && !word.contains(not);
    OPPOSITES.iter().any(|(a, b)| {
        has_only(one, a, b) && has_only(other, b, a) || has_only(one, b, a) && has_only(other, a, b)
    })
}

/// Returns a word in the form in which words are compared: lowercase, with hyphens.
fn normalize(text: &str) -> String {
    text.trim().to_lowercase().replace(['_', ' '], "-")
}

/// Returns whether two words begin with the same letter, or with the same two letters swapped.
fn begin_alike(one: &str, other: &str) -> bool {
    let begin = |text: &str| text.chars().take(2).collect::<Vec<char>>();
    match (begin(one).as_slice(), begin(other).as_slice()) {
        ([a, b], [c, d]) => a == c || (a == d && b == c),
        (a, b) => a == b,
    }
}

/// Returns the known words that are closest to a word, if they are close enough to have been
/// meant. Several words tie when the letters don't tell which one was meant.
pub(crate) fn nearest_all<'a>(
    word: &str,
    known: impl IntoIterator<Item = &'a str>,
) -> Vec<&'a str> {
    if word.is_empty() || word.chars().count() > LONGEST_WORD {
        return Vec::new();
    }
    let word = normalize(word);
    let mut best: Option<(usize, bool)> = None;
    let mut nearest: Vec<&str> = Vec::new();
    for candidate in known {
        let plain = normalize(candidate);
        let is_prefix = word.len() >= 3 && plain.starts_with(&word);
        let distance = strsim::damerau_levenshtein(&plain, &word);
        let distance = if is_prefix { distance.min(2) } else { distance };
        let length = candidate.chars().count();
        let limit = (1 + length / 5).min(4);
        // A short word with another first letter is another word: `hold` and `load`.
        let is_other_word = length <= 5 && !begin_alike(&plain, &word);
        if distance > limit || is_other_word || is_opposite(&word, &plain) {
            continue;
        }
        let rank = (distance, !is_prefix);
        if best.is_none_or(|best| rank < best) {
            best = Some(rank);
            nearest.clear();
        }
        if best == Some(rank) && !nearest.contains(&candidate) {
            nearest.push(candidate);
        }
    }
    nearest
}

/// Returns the known word that is closest to a word, if it is close enough to have been meant.
/// Returns None when several words are equally close.
pub(crate) fn nearest<'a>(word: &str, known: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    match nearest_all(word, known).as_slice() {
        [only] => Some(only),
        _ => None,
    }
}
