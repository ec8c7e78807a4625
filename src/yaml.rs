//! YAML as a tree with places. No other part uses the YAML crate. Reading never fails: a text that
//! breaks off gives the part above the break. A `Vocabulary` says which keys a kind of file has.

mod builder;
mod dashes;
mod entries;
mod errors;
mod lines;
mod slips;
mod tree;
mod vocabulary;

use serde::de::DeserializeOwned;

pub(crate) use self::lines::line_around;
use self::tree::Document;
pub use self::tree::{Node, Value};
pub(crate) use self::vocabulary::Vocabulary;

/// Reads YAML that is embedded in regimen into plain data.
pub fn from_embedded<T: DeserializeOwned>(text: &str) -> Result<T, String> {
    // YAML 1.2: `no` is a text.
    serde_yaml::from_str_with_options(text, serde_yaml::options! { strict_booleans: true })
        .map_err(|error| error.to_string())
}

/// Reads a text with keys that are not known.
pub(crate) fn read(text: &str) -> Document<'_> {
    read_with(text, &Vocabulary::UNKNOWN)
}

/// Reads a text with the keys of a vocabulary.
pub(crate) fn read_with<'s>(text: &'s str, vocabulary: &'static Vocabulary) -> Document<'s> {
    builder::read(text, vocabulary)
}
