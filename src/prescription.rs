//! The rules of a prescription under one name.

pub use crate::history::{HistoryView, counts, date_of, of, unfinished, week_of, worst_pain};
pub use crate::progression::*;
pub use crate::schedule::*;
