//! What an overview says in words.

use super::{Adherence, Balance, Share, Trend};
use crate::history::SessionHistory;
use crate::program::muscles::MuscleGroup;
use crate::program::{Program, Side};
use crate::record::{ChoiceRecord, EndKind};

/// What is put on record where the patient goes back by their own choice.
pub const WENT_BACK: &str = "the patient went back";

/// What a group is called.
pub fn group_name(group: MuscleGroup) -> &'static str {
    match group {
        MuscleGroup::DeepTrunk => "deep trunk",
        MuscleGroup::SuperficialTrunk => "superficial trunk",
        MuscleGroup::Hip => "hip",
        MuscleGroup::Leg => "leg",
        MuscleGroup::Shoulder => "shoulder",
    }
}

/// How a session ended, in words.
pub fn describe_end(history: &SessionHistory) -> &'static str {
    match history.end.as_ref().map(|end| end.kind) {
        Some(EndKind::Finished) => "finished",
        Some(EndKind::EndedEarly) => "ended early",
        Some(EndKind::Discarded) => "given up",
        None => "unfinished",
    }
}

/// Returns sessions in words: "5 of 6", of what is done as needed the number alone.
pub fn describe_sessions(adherence: &Adherence) -> String {
    let Share { done, prescribed } = adherence.sessions;
    match (prescribed > 0.0, adherence.extra) {
        (false, extra) => format!("{extra} (none were due)"),
        (true, 0) => format!("{done:.0} of {prescribed:.0}"),
        (true, extra) => format!("{done:.0} of {prescribed:.0}, and {extra} more"),
    }
}

/// Returns how the work came to be known, in words: what the timer counted, and what the patient
/// reported.
pub fn describe_entry(adherence: &Adherence) -> String {
    let reported = (adherence.worked - adherence.timed).max(0.0);
    format!(
        "{} timed, {} self-reported",
        describe_minutes(adherence.timed),
        describe_minutes(reported)
    )
}

/// What was chosen, in words.
pub fn describe_choice(choice: &ChoiceRecord, program: &Program) -> String {
    let exercises = || program.phases.iter().flat_map(|phase| &phase.exercises);
    let name = |id: &String| {
        exercises()
            .find(|exercise| exercise.id == *id)
            .map_or_else(|| id.clone(), |exercise| exercise.name.clone())
    };
    let what = match &choice.exercise {
        Some(exercise) => format!("{}: {}", name(exercise), choice.dose),
        None => format!("phase {}: {}", choice.step + 1, choice.dose),
    };
    match (choice.taken, choice.evidence.as_str()) {
        (_, WENT_BACK) if choice.exercise.is_some() => format!("went back from {what}"),
        (_, WENT_BACK) => format!("went back to {what}"),
        (true, evidence) => format!("went on to {what} ({evidence})"),
        (false, evidence) => format!("stayed before {what} ({evidence})"),
    }
}

/// A side in words, with a comma before it where there is one.
pub fn describe_side(side: Side) -> String {
    match side {
        Side::Both => String::new(),
        side => format!(", {}", side.word()),
    }
}

/// Seconds as a clock of minutes and seconds.
pub fn describe_minutes(seconds: f64) -> String {
    let minutes = seconds / 60.0;
    if minutes < 10.0 {
        format!("{minutes:.1} min")
    } else {
        format!("{minutes:.0} min")
    }
}

/// A trend in words: "4.3 in the first three sessions, 2.0 in the last three".
pub fn describe_trend(trend: Trend) -> String {
    format!(
        "{:.1} in the first three, {:.1} in the last three",
        trend.first, trend.last
    )
}

/// Left against right in words: "left 20 % behind".
pub fn describe_balance(balance: Balance) -> String {
    match balance.weaker {
        Side::Both => "both sides equal".to_owned(),
        side => format!("{} {:.0} % behind", side.word(), balance.difference()),
    }
}
