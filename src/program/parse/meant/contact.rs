//! Splits a therapist written as one text.

use crate::program::parse::quotes::quoted;

/// Writes a therapist as a map, with the phone number if the text ends with one.
pub(crate) fn therapist(raw: &str) -> String {
    let raw = raw.trim();
    let begin = raw
        .find(|c: char| c.is_ascii_digit() || c == '+')
        .filter(|_| !raw.starts_with(['"', '\'']));
    if let Some((name, phone)) = begin.and_then(|begin| raw.split_at_checked(begin)) {
        let digits = phone.bytes().filter(u8::is_ascii_digit).count();
        let is_phone = phone
            .chars()
            .all(|c| c.is_ascii_digit() || " +-()/.".contains(c));
        let name = name.trim_end_matches([' ', ',', ';', ':', '(', '-']);
        if digits >= 6 && is_phone && !name.is_empty() {
            return format!(
                "therapist: {{name: {}, phone: \"{}\"}}",
                quoted(name),
                phone.trim()
            );
        }
    }
    format!("therapist: {{name: {}}}", quoted(raw))
}
