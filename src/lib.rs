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
pub mod app;
pub mod view;
pub mod store;
pub mod event_loop;
pub mod folder;
pub mod terminal;
pub mod commands;
pub mod cli;
