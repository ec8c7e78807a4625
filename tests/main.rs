//! All tests of the program from outside, as one binary.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::print_stdout,
    reason = "a test fails by panicking"
)]

mod architecture;
mod check;
mod cli;
mod journeys;
mod player;
mod programs;
mod store;
mod support;
mod terminal;
