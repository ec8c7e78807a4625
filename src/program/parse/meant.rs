//! Guesses the meaning of values that can't be read, and returns how to write them. If the meaning
//! isn't clear, the remedy offers each meaning, or describes what to decide.

mod choice;
mod contact;
mod date;
mod days;
mod dose;
mod frequency;
mod language;
mod length;
mod number;
mod write;

pub(super) use self::choice::{boolean, choice};
pub(super) use self::contact::therapist;
pub(super) use self::date::{date, time};
pub(super) use self::days::weekdays_meant;
pub(super) use self::frequency::{frequencies, frequency};
pub(super) use self::language::language;
pub(super) use self::length::{length, tempo};
pub(super) use self::number::{advance, number};
pub(super) use self::write::same;
