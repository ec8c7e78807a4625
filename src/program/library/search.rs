//! The search in the library.

use super::super::notation::slug;
use super::super::{Muscles, muscles};
use super::{LibraryExercise, all};

/// Everyday words for muscles, each with the ids of the muscles.
const MUSCLE_WORDS: &[(&str, &[&str])] = &[
    (
        "abs",
        &["rectus-abdominis", "obliques", "transversus-abdominis"],
    ),
    ("achilles", &["gastrocnemius", "soleus"]),
    ("butt", &["gluteus-maximus"]),
    ("calf", &["gastrocnemius", "soleus"]),
    ("calve", &["gastrocnemius", "soleus"]),
    ("glute", &["gluteus-maximus", "gluteus-medius"]),
    ("hams", &["hamstrings"]),
    ("itb", &["tensor-fasciae-latae"]),
    ("lat", &["latissimus-dorsi"]),
    ("psoa", &["hip-flexors"]),
    ("psoas", &["hip-flexors"]),
    ("quad", &["quadriceps"]),
    ("transverse", &["transversus-abdominis"]),
];

/// Words that a search ignores.
const SILENT: &[&str] = &[
    "a", "an", "and", "at", "for", "in", "of", "on", "or", "the", "to", "with",
];

/// Returns the exercises that match all of the words, the best match first. A word matches if a
/// word of the exercise begins with it. A match in a name counts most, in a muscle less, in a
/// sentence least. One letter of a long word may be wrong. The words of a position or a group find
/// only the exercises in it.
pub(crate) fn search(words: &str) -> Vec<&'static LibraryExercise> {
    let whole = slug(words);
    let there: Vec<&'static LibraryExercise> = all()
        .filter(|exercise| {
            slug(&exercise.position) == whole || slug(exercise.group.title()) == whole
        })
        .collect();
    if !there.is_empty() {
        return there;
    }
    let wanted: Vec<&str> = whole
        .split('-')
        .filter(|word| !word.is_empty() && !SILENT.contains(word))
        .collect();
    let mut found: Vec<(u32, &'static LibraryExercise)> = all()
        .filter_map(|exercise| {
            let fields = fields(exercise);
            let best = |word: &str| {
                fields
                    .iter()
                    .map(|(weight, text)| score(*weight, text, word))
                    .max()
                    .unwrap_or(0)
            };
            let scores: Vec<u32> = wanted
                .iter()
                .map(|word| {
                    let word = if *word == "lower" { "low" } else { word };
                    let single = word.strip_suffix('s').unwrap_or(word);
                    let of_muscle = MUSCLE_WORDS
                        .iter()
                        .find(|(known, _)| *known == word || *known == single);
                    match of_muscle {
                        Some((known, ids)) => score_muscle(exercise, known, ids),
                        None => best(word).max(best(single)),
                    }
                })
                .collect();
            scores
                .iter()
                .all(|score| *score > 0)
                .then(|| (scores.iter().sum(), exercise))
        })
        .collect();
    found.sort_by(|(one, a), (other, b)| other.cmp(one).then_with(|| a.name.cmp(&b.name)));
    found.into_iter().map(|(_, exercise)| exercise).collect()
}

/// Returns how well an exercise matches a word for muscles: most if the word is in a name, less if
/// the exercise's first muscle is meant, and least for its other muscles.
fn score_muscle(exercise: &LibraryExercise, word: &str, ids: &[&str]) -> u32 {
    let names = exercise
        .aliases
        .iter()
        .chain([&exercise.name])
        .map(|name| slug(name));
    let is_called = names
        .flat_map(|name| name.split('-').map(str::to_owned).collect::<Vec<_>>())
        .any(|part| part == word || part.strip_suffix('s') == Some(word));
    let Muscles {
        strengthens,
        stretches,
        assists,
    } = &exercise.muscles;
    let muscles = strengthens.iter().chain(stretches).chain(assists);
    let place = muscles
        .enumerate()
        .find(|(_, id)| ids.contains(&id.as_str()))
        .map(|(place, _)| place);
    match (is_called, place) {
        (true, _) => 24,
        (false, Some(0)) => 16,
        (false, Some(_)) => 8,
        (false, None) => 0,
    }
}

/// Returns the texts of an exercise that are searched, each with its weight.
fn fields(exercise: &LibraryExercise) -> Vec<(u32, String)> {
    let Muscles {
        strengthens,
        stretches,
        assists,
    } = &exercise.muscles;
    let mut fields = vec![(8, slug(&exercise.name)), (8, exercise.id.to_owned())];
    fields.extend(exercise.aliases.iter().map(|alias| (8, slug(alias))));
    fields.push((4, slug(exercise.group.title())));
    let all = strengthens.iter().chain(stretches).chain(assists);
    fields.extend(all.flat_map(|id| [(4, slug(id)), (4, slug(muscles::name(id)))]));
    let kinds = [(strengthens, "strengthens"), (stretches, "stretches")];
    fields.extend(
        kinds
            .into_iter()
            .filter(|(muscles, _)| !muscles.is_empty())
            .map(|(_, word)| (4, word.to_owned())),
    );
    fields.extend(exercise.equipment.iter().map(|thing| (2, slug(thing))));
    if exercise.equipment.is_empty() {
        fields.push((2, "no-equipment".to_owned()));
    }
    fields.extend([(2, slug(&exercise.position)), (1, slug(&exercise.purpose))]);
    fields
}

/// Returns how well a text matches a word: from 0 for no match to three times the weight for
/// exactly this word.
fn score(weight: u32, text: &str, wanted: &str) -> u32 {
    let of_word = |word: &str| {
        if word == wanted {
            weight * 3
        } else if word.starts_with(wanted) && wanted.len() > 2 {
            weight * 2
        } else if wanted.len() > 4 && word.len() > 4 && strsim::osa_distance(word, wanted) == 1 {
            weight
        } else {
            0
        }
    };
    text.split('-').map(of_word).max().unwrap_or_default()
}
