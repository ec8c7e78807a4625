//! What a colleague would remark about a program that is right: its length, the number of its exercises, a visit that has gone by.
//! Knows nothing of files; it is told the date.

use jiff::civil::Date;

use crate::diagnostic::Diagnostic;
use crate::program::Program;
use crate::program::parse::Places;
use crate::program::words::minutes;
use crate::timeline::Timeline;

/// Sessions longer than this are remarked on. Trials of stabilisation worked best at 20 to 30 min (Mueller & Niederer, Sci Rep
/// 2020;10:16921).
const LONG_MINUTES: u64 = 45;
/// Sessions with more exercises than this are remarked on.
const MANY_EXERCISES: usize = 10;

/// The remarks, each with its place.
pub fn on(program: &Program, places: &Places, today: Date) -> Vec<Diagnostic> {
    let mut advice = Vec::new();
    if let (Some(review), Some(place)) = (program.review, places.review)
        && review < today
    {
        advice.push(Diagnostic::review_gone(place));
    }
    for (phase, place) in program.phases.iter().zip(&places.exercises) {
        let minutes = minutes(Timeline::of(&phase.exercises).length());
        if minutes > LONG_MINUTES {
            advice.push(Diagnostic::long_session(*place, minutes));
        }
        if phase.exercises.len() > MANY_EXERCISES {
            advice.push(Diagnostic::many_exercises(*place, phase.exercises.len()));
        }
    }
    advice
}
