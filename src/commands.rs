//! The commands, one file a verb. Knows the edges and the core, and puts them together.

pub mod add;
pub mod play;
