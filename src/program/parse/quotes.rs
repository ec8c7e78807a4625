//! Puts values of a file in quotes.

/// Returns a text in double quotes.
pub(super) fn in_quotes(text: &str) -> String {
    format!("\"{}\"", text.replace('\\', "\\\\").replace('"', "\\\""))
}

/// Returns a value in quotes if a bracket around it would cut it, and as it is otherwise.
pub(super) fn quoted(raw: &str) -> String {
    let raw = raw.trim();
    let is_quoted = raw.starts_with(['"', '\'', '[', '{']);
    if !is_quoted && raw.contains([',', '[', ']', '{', '}', '#', ':', '"']) {
        in_quotes(raw)
    } else {
        raw.to_owned()
    }
}
