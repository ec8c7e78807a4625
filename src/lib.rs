//! regimen leads a patient through the home exercises that a physical therapist prescribed, and
//! records what was done. This file is the map: the picture, the flows, and the modules in reading
//! order. A module uses only modules listed above it.
//!
//! ```text
//!  One weak side                  3 of 8 · 4:12 so far, about 23 min left   ♪ on     cells/session
//!  ━━━━━━╸──────────────────────────────────────────────────────────────────────      cells/canvas
//!
//!  Side plank on the knees          ┌──────────────────────────────────┐  cells/panel, in the color
//!  hold 20 seconds                  │            HOLD LEFT             │  of the step (view/theme),
//!  set 2 of 4  ●○○○                 │                                  │  large by cells/big_text
//!     (the person moves here)       │               1 2                │  app/figures: what is shown,
//!  ■ side belly muscles             │                                  │  cells/illustration: where
//!  Hips forward                     └──────────────────────────────────┘  app/session_words
//!
//!  next: switch to the right side                                         app/session_words
//!  Space pause · Enter end set · ← back · → skip · ! stop signs           app/keymap
//! ```
//!
//! Text becomes a [`program::Program`]; its doses are compiled into a flat [`timeline::Timeline`];
//! a [`player::Player`] says where we are in it at an instant; pages, sounds and records are read
//! off it.
//!
//! ```text
//!  program.yaml -> yaml -> program::parse -> Program -> Timeline -> Player -> app::session
//!                              `-> diagnostics                        `-> milestones
//!  key -> App -> keymap -> Screen::update(action, Cx) -> Flow -> App
//!                              Cx::record(rows)  -> History::apply + Effect::Save -> store
//!                              Cx::announce(..)  -> Effect::Alert -> device (sound, voice) or a bell
//!  App -> Screen::page(Shared, now) -> app::page::Page -> view::cells | view::lines
//!  records + Program + date -> history, progression (phase, steps), schedule (due) -> app, reminder
//!  records + Programs -> progress -> app (progress), report;  manual_entry -> records
//!  figures (YAML) -> figure: pose -> skeleton -> motion -> raster -> cells
//! ```
//!
//! Where a change goes:
//!
//! | change | file |
//! | --- | --- |
//! | a key of the format | `program/keys`, `program/parse`, then what it means: `timeline`, `program/words` |
//! | what a session does | `player`, then `app/session_screen` |
//! | a screen | its file in `app/`, its page in `app/page`, both renderers in `view/` |
//! | a key on the keyboard | `app/keymap` |
//! | what is due, which step is open | `schedule`, `progression` |
//! | a message to a therapist | `diagnostic` |
//! | a row in the database | `record`, `store`, `history` |
//! | a command | its file in `commands/`, and `cli` |
//! | a setting | `preferences` |
//!
//! `CONTRIBUTING.md` goes through these step by step.

// -- ground: what things are
pub mod source;

pub mod text;

pub mod html;

pub mod files;

pub mod diagnostic;

pub mod yaml;

pub mod bitmap;

pub mod figure;

pub mod program;

pub mod preferences;

pub mod day;

pub mod events;

pub mod record;

// -- core: data in, data out; no clock, no file, no terminal
pub mod timeline;

pub mod advice;

pub mod prose;

pub mod history;

pub mod effect;

pub mod progression;

pub mod schedule;

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
