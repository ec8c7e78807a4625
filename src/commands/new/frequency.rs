//! Reads how often a program is done from the command line or an answer.

use thiserror::Error;

use crate::program::notation::{self, read_weekday};
use crate::program::parse;
use crate::source::printable;

/// Why a text is no frequency.
#[derive(Debug, Error)]
pub(super) enum FrequencyError {
    /// The text can mean several frequencies.
    #[error("`{}` can be written in several ways; {}", printable(.text), .meanings.join("; "))]
    Ambiguous { text: String, meanings: Vec<String> },
    /// The text means no frequency.
    #[error(
        "`{}` doesn't say how often to do the program; write daily, 2x/day, 3x/week, mon wed fri, \
         every 14 days or as needed",
        printable(.text)
    )]
    Unknown { text: String },
}

/// Returns a frequency as a program writes it.
pub(super) fn read(text: &str) -> Result<String, FrequencyError> {
    let days: Vec<&str> = text
        .split([' ', ',', '[', ']'])
        .filter(|day| !day.is_empty())
        .collect();
    let is_days = !days.is_empty() && days.iter().all(|day| read_weekday(day).is_some());
    let frequency = if is_days {
        format!("[{}]", days.join(", "))
    } else {
        text.trim().to_owned()
    };
    if is_days || notation::read_frequency(&frequency).is_some() {
        return Ok(frequency);
    }
    match parse::frequencies_meant(text).as_slice() {
        [] => Err(FrequencyError::Unknown { text: frequency }),
        [(_, only)] => Ok(only.clone()),
        several => Err(FrequencyError::Ambiguous {
            text: frequency,
            meanings: several
                .iter()
                .map(|(words, value)| format!("{words}: {value}"))
                .collect(),
        }),
    }
}
