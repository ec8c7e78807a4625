//! Writes a meaning as a change of the file.

use crate::diagnostic::remedy::{Change, Remedy};
use crate::program::notation::read_duration;
use crate::program::parse::field::Field;

const NO_RANGES: &str = "a range can't be written yet, so choose one number";

/// Writes a value: as an entry if it is the whole value of its key.
pub(super) fn write(field: &Field<'_>, value: &str) -> Change {
    if field.is_whole() {
        Change::Entries(vec![format!("{}: {value}", field.name)])
    } else {
        Change::Value(value.to_owned())
    }
}

/// Returns true if two values of a key mean the same.
pub(crate) fn same(one: &str, other: &str) -> bool {
    let simple = |text: &str| text.to_lowercase().split_whitespace().collect::<String>();
    simple(one) == simple(other)
        || read_duration(one).is_some_and(|length| read_duration(other) == Some(length))
}

/// Returns the remedy of a range, which offers each number with its meaning.
pub(super) fn decide_on_one(readings: impl IntoIterator<Item = (String, Change)>) -> Remedy {
    match Remedy::readings(readings) {
        Remedy::Readings { readings, .. } => Remedy::Readings {
            mode: NO_RANGES.to_owned(),
            readings,
        },
        remedy => remedy,
    }
}
