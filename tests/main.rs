//! All tests of the program from outside, as one binary.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::print_stdout,
    clippy::disallowed_methods,
    clippy::unchecked_time_subtraction,
    clippy::duration_suboptimal_units,
    clippy::useless_concat,
    clippy::format_collect,
    clippy::float_cmp,
    reason = "a test fails by panicking, and is an outside of the program with clocks and files of its own"
)]

mod alerts;
mod architecture;
mod broken;
mod check;
mod cli;
mod figures;
mod gates;
mod handout;
mod journeys;
mod lines;
mod moving;
mod obey;
mod output;
mod pictures;
mod player;
mod preview;
mod private;
mod programs;
mod progress;
mod progress_page;
mod records;
mod reminders;
mod safety;
mod safety_pages;
mod schedule;
mod screens;
mod signs;
mod sound;
mod store;
mod support;
mod system;
mod terminal;
mod words;
