//! Writes texts as YAML values.

use crate::source::is_allowed;

/// Returns a text as a YAML value: as it is where that can't be misread, else in double quotes.
pub(super) fn quote_if_needed(text: &str) -> String {
    let text = remove_forbidden(text);
    let plain = text.chars().next().is_some_and(char::is_alphabetic)
        && !text.contains(": ")
        && !text.contains(" #")
        && !text.ends_with(':')
        && text.trim() == text;
    if plain { text } else { quote(&text) }
}

/// Returns a text in double quotes.
pub(super) fn quote(text: &str) -> String {
    let text = remove_forbidden(text);
    format!("\"{}\"", text.replace('\\', "\\\\").replace('"', "\\\""))
}

/// Removes characters that a program may not have in one line.
fn remove_forbidden(text: &str) -> String {
    text.chars()
        .filter(|letter| is_allowed(*letter) && *letter != '\n' && *letter != '\t')
        .collect()
}
