//! The two renderers of a page: cells for a terminal, lines for a screen reader or a pipe. They read
//! `app::page` and nothing else of the app.

pub mod cells;
pub mod lines;
pub mod theme;
