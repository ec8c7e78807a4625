//! How messages quote names from a file, list them, and count.

use crate::source::excerpt;

/// The longest excerpt of a file that a message quotes, in characters.
const LONGEST_EXCERPT: usize = 60;

/// Cuts a text from a file to the length that a message can hold.
pub(super) fn shorten(text: &str) -> String {
    excerpt(text, LONGEST_EXCERPT)
}

/// Quotes a text from a file in back-ticks, shortened.
pub(super) fn quote(text: &str) -> String {
    format!("`{}`", shorten(text))
}

/// Lists names in back-ticks, in full: "`a`, `b` or `c`".
pub(super) fn list_names<T: AsRef<str>>(names: &[T], conjunction: &str) -> String {
    let quoted: Vec<String> = names
        .iter()
        .map(|name| format!("`{}`", name.as_ref()))
        .collect();
    match quoted.as_slice() {
        [] => String::new(),
        [only] => only.clone(),
        [init @ .., last] => format!("{} {conjunction} {last}", init.join(", ")),
    }
}

/// Lists texts from a file in back-ticks, each shortened: "`a`, `b` and `c`".
pub(super) fn list_texts<T: AsRef<str>>(texts: &[T]) -> String {
    let shortened: Vec<String> = texts.iter().map(|text| shorten(text.as_ref())).collect();
    list_names(&shortened, "and")
}
