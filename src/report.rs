//! What a therapist needs at the visit: what was prescribed and done, what was left out and why,
//! pain, tests, left against right, changes, the patient's words. Data first, then as text, as a
//! page, as a table. Gives no verdict. Knows nothing of clocks or files.

pub mod csv;
pub mod fhir;
pub mod html;
pub mod text;

pub use crate::progress::overview::*;
