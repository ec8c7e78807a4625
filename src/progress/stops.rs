//! What stopped a patient: stop signs, and what was skipped or ended because of pain.

use super::{DateSpan, ProgressInput};
use crate::day::day_of;
use crate::history;
use crate::history::StopSign;
use crate::record::RatingKind;
use jiff::civil::Date;
use serde::Serialize;

/// What stands for the exercise where a session was ended for pain between exercises.
const ENDED: &str = "session ended because of pain";

/// A stop sign that the patient reported.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct SignLine {
    /// The day on which it was reported.
    pub day: Date,
    /// In the words that were chosen.
    pub words: String,
    /// The id of the exercise whose own sign it is; none for a sign of the program.
    pub exercise: Option<String>,
    /// The day on which the patient said that it was cleared up with the therapist.
    pub cleared: Option<Date>,
    /// The day from which on another text of the program was used, which is the therapist's answer.
    pub answered: Option<Date>,
}

/// An exercise that was left out or broken off because of pain, in one session.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct PainLine {
    /// The day.
    pub day: Date,
    /// The exercise's name; where the session was ended between exercises, that in words.
    pub exercise: String,
    /// How many of its sets; none where the session was ended between exercises.
    pub sets: u32,
    /// The highest pain that was said of it, 0-10; none where it was not said.
    pub pain: Option<u8>,
}

/// Returns the stop signs of a span, and those from before it that are still open; the latest
/// first.
pub(super) fn stop_signs(
    course: &ProgressInput<'_>,
    program: &str,
    span: DateSpan,
) -> Vec<SignLine> {
    let own = course
        .signs
        .iter()
        .rev()
        .filter(|sign| sign.reported.program == program);
    let line = |sign: &StopSign| SignLine {
        day: day_of(&sign.reported.at),
        words: sign.reported.words.clone(),
        exercise: sign.reported.exercise.clone(),
        cleared: sign.cleared.as_ref().map(day_of),
        answered: course.answered(sign),
    };
    let is_open = |line: &SignLine| line.cleared.is_none() && line.answered.is_none();
    own.map(line)
        .filter(|line| span.contains(line.day) || is_open(line))
        .collect()
}

/// Returns what was left out or broken off because of pain, a line for each exercise of a session;
/// the latest first.
pub(super) fn left_for_pain(course: &ProgressInput<'_>, span: DateSpan) -> Vec<PainLine> {
    let mut lines: Vec<PainLine> = Vec::new();
    for history in course.within(span) {
        let mut of_session: Vec<(&str, PainLine)> = Vec::new();
        for set in history.sets.iter().filter(|set| set.is_left_for_pain()) {
            if let Some((_, line)) = of_session.iter_mut().find(|(id, _)| *id == set.exercise) {
                line.sets += 1;
                continue;
            }
            let said = history.ratings.iter().filter(|rating| {
                rating.kind == RatingKind::Pain && rating.exercise.as_ref() == Some(&set.exercise)
            });
            let pain = said.map(|rating| rating.value).max();
            let day = history::date_of(history);
            of_session.push((
                &set.exercise,
                PainLine {
                    day,
                    exercise: set.name.clone(),
                    sets: 1,
                    pain,
                },
            ));
        }
        if of_session.is_empty() && history.end.as_ref().is_some_and(|end| end.for_pain) {
            let pain = history::worst_pain(history);
            let line = PainLine {
                day: history::date_of(history),
                exercise: ENDED.to_owned(),
                sets: 0,
                pain,
            };
            of_session.push(("", line));
        }
        lines.extend(of_session.into_iter().map(|(_, line)| line));
    }
    lines.reverse();
    lines
}

/// The days on which pain was said of which the therapist said then: stop.
pub(super) fn stopped(course: &ProgressInput<'_>, span: DateSpan) -> Vec<(Date, u8)> {
    let mut days: Vec<(Date, u8)> = Vec::new();
    let pain = |rating: &&crate::record::RatingRecord| rating.kind == RatingKind::Pain;
    for rating in course
        .within(span)
        .flat_map(|history| &history.ratings)
        .filter(pain)
    {
        let day = day_of(&rating.at);
        if !course
            .on(day)
            .and_then(|program| program.pain.band(rating.value))
            .is_some_and(|band| band.stop)
        {
            continue;
        }
        match days.iter_mut().find(|(known, _)| *known == day) {
            Some((_, highest)) => *highest = rating.value.max(*highest),
            None => days.push((day, rating.value)),
        }
    }
    days.sort_unstable();
    days
}

/// Returns a stop sign with its day and what became of it, in words.
pub fn describe_sign(line: &SignLine) -> String {
    let cleared = match (line.cleared, line.answered) {
        (Some(day), _) => format!("cleared up with the therapist by {day}, the patient says"),
        (None, Some(day)) => format!("the program was changed after it, in use since {day}"),
        (None, None) => "not cleared up".to_owned(),
    };
    format!("{}: {} ({cleared})", line.day, line.words)
}

/// Returns what was left out for pain, in words.
pub fn describe_pain_line(line: &PainLine) -> String {
    let sets = match line.sets {
        0 => String::new(),
        1 => ", 1 set".to_owned(),
        more => format!(", {more} sets"),
    };
    let pain = line.pain.map_or_else(
        || "pain not given".to_owned(),
        |pain| format!("pain {pain}"),
    );
    format!("{}: {}{sets}, {pain}", line.day, line.exercise)
}
