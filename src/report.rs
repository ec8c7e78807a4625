//! The report for the therapist at a visit: what was prescribed and done, what was skipped and why,
//! pain, tests, left compared with right, program changes and the patient's notes. It draws no
//! conclusions. The overview computes it; the modules here write it as text, page, table or bundle.

pub(crate) mod csv;
pub(crate) mod fhir;
pub(crate) mod html;
pub(crate) mod text;

pub use crate::progress::overview::*;

/// What a report without a single day says.
const NOTHING: &str = "Nothing was due yet, and nothing is recorded.";
