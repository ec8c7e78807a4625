//! regimen leads a patient through the home exercises that a physical therapist prescribed, and
//! records what was done.
//!
//! ```text
//!  One weak side                        3 of 8 · 4:12 so far, about 23 min left   ♪ on     cells/session: header
//!  ━━━━━━╸─────────────────────────────────────────────────────────────────────────────                  cells/canvas: bar
//!
//!  Side plank on the knees          ┌───────────────────────────────────────────┐  cells/panel: in the color of its
//!  20 s hold                        │            HOLD LEFT                      │  step (view/theme), its words
//!  set 2 of 4  ●○○○                 │                                           │  and numbers from cells/big_text
//!     (the person moves here)       │               1 2                         │  app/figures: what is shown of it;
//!  ■ side belly muscles             │                                           │  cells/illustration: where it has room
//!  Hips forward                     └───────────────────────────────────────────┘  app/playing: headline, side_word
//!
//!  next: switch to the right side                                                  app/playing: next_words
//!  Space pause · Enter end set · ← back · → skip · + 10 s more · ! stop signs      app/keymap: footer
//! ```
//!
//! Text becomes a [`program::Program`]; its doses are compiled into a flat [`timeline::Timeline`];
//! a [`player::Player`] says where we are in it at an instant; the screen, the sounds and the
//! records are read off it.
//!
//! ```text
//!  program.yaml -> program::parse -> Program -> Timeline -> Player -> App -> app::page -> view (cells, lines)
//!                        |             |                       |       `---> effects: save, alert, notify, suspend, quit
//!                        `-> diagnostics                       `-> milestones -> alerts: a tone and words (speech)
//!                                      `-> advice, words, prose
//!  records + Program + date -> prescription (what is due, phase, steps) -> App (today), reminder, calendar
//!  records + Programs -> progress -> App (progress), report; manual_entry -> records
//!  figures (YAML) -> figure: pose -> skeleton -> motion -> raster -> cells
//!  alerts -> device: sound (tones, voice), notify, awake; else the terminal's bell and a flash
//! ```
//!
//! A module uses only modules that stand above it in this list, which is also the order to read
//! them in.
// -- ground: what things are
pub mod source;

pub mod text;

pub mod files;

pub mod diagnostic;

pub mod bitmap;

pub mod figure;

pub mod program;

pub mod preferences;

pub mod day;

pub mod events;

pub mod record;

pub mod effect;

// -- core: data in, data out; no clock, no file, no terminal
pub mod timeline;

pub mod advice;

pub mod prose;

pub mod history;

pub mod progression;

pub mod schedule;

pub mod prescription;

pub mod catalog;

pub mod progress;

pub mod reminder;

pub mod manual_entry;

pub mod player;

pub mod speech;

pub mod app;

// -- pictures: the core, shown
pub mod view;

pub mod handout;

pub mod report;

pub mod calendar;

pub mod tones;

// -- edges: one owner for each outside thing
pub mod output;

pub mod folder;

pub mod store;

pub mod tools;

pub mod sound;

pub mod notify;

pub mod awake;

pub mod event_loop;

pub mod device;

pub mod terminal;

// -- front: what the user types
pub mod commands;

pub mod cli;
