//! The library's lists of red flags, embedded from `programs/red-flags/`.

mod diagnosis;

use std::sync::OnceLock;

use serde::{Deserialize, Serialize};

use super::notation::slug;
use crate::yaml;

pub use self::diagnosis::is_cauda_equina;
pub(crate) use self::diagnosis::{is_elsewhere, is_of_back, lists_for};

/// The ids and texts of the embedded lists, in the order they are shown in.
pub const FILES: &[(&str, &str)] = &[
    (
        "low-back",
        include_str!("../../programs/red-flags/low-back.yaml"),
    ),
    ("neck", include_str!("../../programs/red-flags/neck.yaml")),
    ("chest", include_str!("../../programs/red-flags/chest.yaml")),
    ("calf", include_str!("../../programs/red-flags/calf.yaml")),
    (
        "runner",
        include_str!("../../programs/red-flags/runner.yaml"),
    ),
    (
        "after-surgery",
        include_str!("../../programs/red-flags/after-surgery.yaml"),
    ),
];

/// The id of the list for the low back.
pub const LOW_BACK: &str = "low-back";

/// A list of red flags.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RedFlags {
    /// The id that a program writes in `stop_if`.
    #[serde(skip_deserializing)]
    pub id: &'static str,
    /// The heading of the list.
    pub title: String,
    /// The kind of program the list is for.
    #[serde(rename = "for")]
    pub purpose: String,
    /// Other words that a therapist may write instead of the id.
    pub aliases: Vec<String>,
    /// The publications that the signs come from.
    pub sources: Vec<String>,
    /// The signs as the patient reads them, each with what to do.
    pub signs: Vec<String>,
}

/// Reads the text of a list.
pub fn read(id: &'static str, text: &str) -> Result<RedFlags, String> {
    yaml::from_embedded::<RedFlags>(text).map(|list| RedFlags { id, ..list })
}

static READ: OnceLock<Vec<RedFlags>> = OnceLock::new();

/// Returns all lists.
pub fn all() -> &'static [RedFlags] {
    // A test makes sure that every embedded file can be read.
    READ.get_or_init(|| {
        FILES
            .iter()
            .filter_map(|(id, text)| read(id, text).ok())
            .collect()
    })
}

/// Returns the list with this id.
pub fn get(id: &str) -> Option<&'static RedFlags> {
    all().iter().find(|list| list.id == id)
}

/// Returns the ids of all lists.
pub fn ids() -> Vec<&'static str> {
    FILES.iter().map(|(id, _)| *id).collect()
}

/// What an entry of `stop_if` means.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Entry {
    /// A list, named by its id.
    List(&'static RedFlags),
    /// A list, named by a misspelled id or by one of its other names.
    Near(&'static RedFlags),
    /// A sign in the therapist's own words.
    Sentence,
}

/// The highest number of words that an entry can have and still be meant as an id.
const ID_WORDS: usize = 4;

/// Decides whether an entry of `stop_if` names a list.
pub fn entry(text: &str) -> Entry {
    if FILES.iter().any(|(id, _)| *id == text) {
        return get(text).map_or(Entry::Sentence, Entry::List);
    }
    let wanted = slug(text);
    if wanted.is_empty() || text.ends_with('.') || wanted.split('-').count() > ID_WORDS {
        return Entry::Sentence;
    }
    let joined = wanted.replace('-', "");
    let is_near = |list: &&RedFlags| {
        // A sign can begin like an id (`Neck pain` and `neck`), so only a typing mistake is close
        // enough.
        let slips = if list.id.len() < 8 { 1 } else { 2 };
        joined == list.id.replace('-', "")
            || list.aliases.iter().any(|alias| slug(alias) == wanted)
            || !text.contains(' ') && strsim::osa_distance(&wanted, list.id) <= slips
    };
    all()
        .iter()
        .find(is_near)
        .map_or(Entry::Sentence, Entry::Near)
}

/// Splits stop signs into the lists that they contain in full and the therapist's own sentences.
pub fn lists_in(signs: &[String]) -> (Vec<&'static RedFlags>, Vec<&str>) {
    let lists: Vec<&RedFlags> = all()
        .iter()
        .filter(|list| list.signs.iter().all(|sign| signs.contains(sign)))
        .collect();
    let is_own = |sign: &&String| !lists.iter().any(|list| list.signs.contains(sign));
    let own = signs.iter().filter(is_own).map(String::as_str).collect();
    (lists, own)
}

/// Describes a list for people: its id and title, its signs and its sources.
pub(crate) fn card(list: &RedFlags) -> String {
    format!(
        "{} - {}. For: {}.\n\n{}\n\nSources:\n{}",
        list.id,
        list.title,
        list.purpose,
        bullets("  - ", &list.signs),
        bullets("  - ", &list.sources)
    )
}

/// Returns all lists as Markdown. The caller writes the heading.
pub(crate) fn markdown() -> String {
    let mut text = "\
        An id in `stop_if` adds all sentences of its list, and you can add sentences of your own. \
        The patient reads the sentences, never the id. The lists are only a start: read them, and \
        add what your patient needs.\n"
        .to_owned();
    for list in all() {
        text.push_str(&format!(
            "\n### `{}`\n\n{}. For: {}.\n\n{}\n\nSources:\n\n{}\n",
            list.id,
            list.title,
            list.purpose,
            bullets("- ", &list.signs),
            bullets("- ", &list.sources)
        ));
    }
    text
}

/// Returns texts as a list, one a line, each after a bullet.
fn bullets(bullet: &str, texts: &[String]) -> String {
    let lines: Vec<String> = texts.iter().map(|text| format!("{bullet}{text}")).collect();
    lines.join("\n")
}
