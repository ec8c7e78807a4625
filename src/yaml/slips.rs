//! Recognizes common slips that break YAML, by their lines: a missing space, colon or dash, and
//! lines pasted from mail or a word processor.

use serde_yaml::granit_parser::ErrorKind;

use super::lines::{curly_quote, line_around, tab_in_indentation};
use super::vocabulary::Vocabulary;
use crate::diagnostic::remedy::Remedy;
use crate::source::Span;

/// The place of a mistake, its message and its remedy.
pub(super) type Slip = (Span, String, Remedy);

/// Returns the slip on the line where the text broke off. None if it is not a common one.
pub(super) fn find(
    text: &str,
    span: Span,
    kind: &ErrorKind,
    vocabulary: &Vocabulary,
) -> Option<Slip> {
    if let Some(tab) = tab_in_indentation(text, span.start) {
        return Some((
            Span::new(tab, tab + 1),
            "this line is indented with a tab".to_owned(),
            Remedy::words("use spaces at the start of a line, never the Tab key"),
        ));
    }
    if let Some(slip) = pasted(text, span, vocabulary) {
        return Some(slip);
    }
    if let Some(quote) = curly_quote(text, span.start) {
        return Some((
            quote,
            "this is a curly quote, and only straight quotes work here".to_owned(),
            Remedy::words("type \" on the keyboard, and turn off smart quotes in your editor"),
        ));
    }
    match kind {
        ErrorKind::SimpleKeyExpected | ErrorKind::InvalidSimpleKey => {
            if let Some((place, written)) = without_space(text, span.start, vocabulary) {
                return Some((
                    place,
                    "this line needs a colon and a space".to_owned(),
                    Remedy::entries([written]),
                ));
            }
            let remedy = without_dash(text, span.start, vocabulary)?;
            Some((
                span,
                "this line belongs to a list and needs a dash".to_owned(),
                remedy,
            ))
        }
        ErrorKind::MappingValueNotAllowed => {
            let (message, remedy) = second_colon(text, span.start, vocabulary)?;
            Some((span, message, remedy))
        }
        _ => None,
    }
}

/// Recognizes lines pasted from mail, chats and word processors that were meant as a list.
fn pasted(text: &str, span: Span, vocabulary: &Vocabulary) -> Option<Slip> {
    let line = line_around(text, span.start);
    let content = text.get(line.range())?;
    let bare = content.trim_start();
    let start = line.start + content.len() - bare.len();
    let slip = |span: Span, message: &str, help: String| {
        Some((span, message.to_owned(), Remedy::words(help)))
    };
    if bare.starts_with("```") {
        let help = "delete this line and the one like it at the end".to_owned();
        return slip(
            Span::new(start, start + 3),
            "this line is left over from a chat or a web page",
            help,
        );
    }
    let quotes = text.lines().filter(|line| line.starts_with('>')).count();
    if content.starts_with('>') && quotes > 1 {
        let message = "a mail program put `>` at the beginning of these lines";
        return slip(
            Span::new(start, start + 1),
            message,
            "delete the `>` and the space after it in each line".to_owned(),
        );
    }
    // `* name: Clam`, with an asterisk instead of a dash.
    if let Some(entry) = bare.strip_prefix("* ").map(str::trim) {
        let help = format!(
            "write a hyphen and a space instead: `- {entry}`, and do the same in each line like it"
        );
        return slip(
            Span::new(start, start + 1),
            "a list needs a hyphen and a space, not this sign",
            help,
        );
    }
    // `- {name: A}, {name: B}`
    let rest = text.get(span.start..line.end)?;
    if bare.starts_with("- {")
        && rest.trim_start_matches([',', ' ']).starts_with('{')
        && rest.starts_with(',')
    {
        let help = "put each entry on its own line, after a dash and a space, without the comma"
            .to_owned();
        return slip(
            Span::new(span.start, span.start + 1),
            "a second entry begins on this line",
            help,
        );
    }
    // `stop_if: - numbness`
    let (key, entry) = bare.split_once(": - ")?;
    if span.start > start && (vocabulary.is_key)(key.trim_start_matches("- ")) {
        let help = format!(
            "put each entry on its own line below `{key}:`, indented, such as `- {}`",
            entry.trim()
        );
        return slip(
            span,
            "the first entry of a list is on the line of its key",
            help,
        );
    }
    None
}

/// Recognizes a text without a dash that belongs to the list above it.
fn without_dash(text: &str, at: usize, vocabulary: &Vocabulary) -> Option<Remedy> {
    let line = line_around(text, at);
    let content = text.get(line.range())?;
    let before = text.get(..line.start)?.trim_end().lines().next_back()?;
    let key = before.trim_start_matches([' ', '-']).strip_suffix(':')?;
    (vocabulary.is_text_list)(key).then(|| {
        Remedy::words(format!(
            "put a dash and a space before each line of `{key}:`, such as `- {}`",
            content.trim()
        ))
    })
}

/// Recognizes a line with two colons: it has several keys, or a text with a colon in it.
fn second_colon(text: &str, at: usize, vocabulary: &Vocabulary) -> Option<(String, Remedy)> {
    let content = text.get(line_around(text, at).range())?;
    let begin = content.trim_start_matches([' ', '-']).trim_end();
    let (key, rest) = begin.split_once(": ")?;
    if !(vocabulary.is_key)(key)
        || !rest.contains(": ") && !rest.ends_with(':')
        || rest.contains(['"', '#', '{', '['])
    {
        return None;
    }
    let mut entries = vec![format!("{key}:")];
    for word in rest.split_whitespace() {
        match word.strip_suffix(':') {
            Some(key) if (vocabulary.is_key)(key) => entries.push(word.to_owned()),
            Some(_) => {
                let message = "there is a second colon on this line".to_owned();
                return Some((
                    message,
                    Remedy::entries([format!("{key}: \"{}\"", rest.trim())]),
                ));
            }
            None => entries.last_mut()?.push_str(&format!(" {word}")),
        }
    }
    let entries: Vec<String> = entries
        .iter()
        .map(|entry| entry.trim_end_matches([',', ';', '|', ' ']).to_owned())
        .collect();
    let message = "this line has several keys; each key needs its own line".to_owned();
    (entries.len() > 1).then(|| (message, Remedy::entries(entries)))
}

/// Returns the key and value of a line without a space or colon between them, and how to write
/// them.
fn without_space(text: &str, at: usize, vocabulary: &Vocabulary) -> Option<(Span, String)> {
    let line = line_around(text, at);
    let content = text.get(line.range())?;
    let begin = content.trim_start_matches([' ', '-']);
    let start = line.start + content.len() - begin.len();
    let key: String = begin
        .chars()
        .take_while(|c| c.is_ascii_lowercase() || *c == '_')
        .collect();
    let rest = begin.get(key.len()..)?;
    // `sets = 3`, `sets; 3`
    let value = rest.strip_prefix([':', ' ', '=', ';'])?.trim();
    let value = value.strip_prefix(['=', ';']).unwrap_or(value).trim();
    let plain = !value.is_empty() && !value.starts_with([':', '=', ';']) && !value.contains(": ");
    ((vocabulary.is_key)(&key) && plain).then(|| {
        (
            Span::new(start, start + begin.trim_end().len()),
            format!("{key}: {value}"),
        )
    })
}
