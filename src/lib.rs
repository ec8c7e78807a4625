//! regimen
pub mod source;
pub mod diagnostic;
pub mod program;
pub mod events;
pub mod record;
pub mod timeline;
pub mod advice;
pub mod prescription;
pub mod player;
