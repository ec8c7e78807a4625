//! The sets as a table for spreadsheets: one row a set, comma-separated, RFC 4180. Computes nothing.

use crate::events::day_of;
use crate::prescription;
use crate::record::{Entry, Outcome, SessionHistory, StopSign};

/// The columns. The stop signs that were reported in a session, or on its day, stand in every row of it. Times are local, with the offset from UTC; lengths are seconds; `phase` counts from 1; `pain_*` and `exertion` are 0-10
/// and stand in every row of their session.
pub const COLUMNS: [&str; 23] = [
    "session_begun",
    "session_end",
    "program",
    "phase",
    "short",
    "exercise",
    "name",
    "set",
    "side",
    "prescribed_reps",
    "prescribed_seconds",
    "done_reps",
    "done_seconds",
    "load",
    "outcome",
    "reason",
    "entry",
    "set_at",
    "pain_before",
    "pain_after",
    "pain_next_morning",
    "exertion",
    "stop_sign",
];

/// A cell: quoted where it must be, and never a formula.
fn cell(text: &str) -> String {
    // A spreadsheet takes what begins like this for a formula.
    let text = if text.starts_with(['=', '+', '-', '@', '\t', '\r']) { format!("'{text}") } else { text.to_owned() };
    if text.contains([',', '"', '\n', '\r']) { format!("\"{}\"", text.replace('"', "\"\"")) } else { text }
}

/// The table.
pub fn csv<'h>(histories: impl IntoIterator<Item = &'h SessionHistory>, signs: &[StopSign]) -> String {
    let mut out = format!("{}\r\n", COLUMNS.join(","));
    for history in histories {
        let line = super::session_line(history);
        let day = prescription::date_of(history);
        let own = |sign: &&StopSign| {
            let reported = &sign.reported;
            reported.session.as_ref() == Some(&history.session.id)
                || reported.session.is_none()
                    && reported.program == history.session.program
                    && day_of(&reported.at) == day
        };
        let words: Vec<&str> = signs.iter().filter(own).map(|sign| sign.reported.words.as_str()).collect();
        let sign = cell(&words.join("; "));
        let number = |value: Option<u8>| value.map(|value| value.to_string()).unwrap_or_default();
        for set in &history.sets {
            let seconds = |time: Option<std::time::Duration>| {
                time.map(|time| format!("{}", (time.as_secs_f64() * 10.0).round() / 10.0)).unwrap_or_default()
            };
            let reps = |reps: Option<u16>| reps.map(|reps| reps.to_string()).unwrap_or_default();
            let outcome = match set.outcome {
                Outcome::Done => "done",
                Outcome::Partial => "partial",
                Outcome::Skipped => "skipped",
            };
            let when = |at: &jiff::Zoned| at.strftime("%Y-%m-%dT%H:%M:%S%:z").to_string();
            let cells = [
                when(&history.session.started),
                line.end.to_owned(),
                cell(&history.session.program),
                line.phase.to_string(),
                line.short.to_string(),
                cell(&set.exercise),
                cell(&set.name),
                set.set.to_string(),
                if set.side.word().is_empty() { "both" } else { set.side.word() }.to_owned(),
                reps(set.prescribed.reps),
                seconds(set.prescribed.time),
                reps(set.done.reps),
                seconds(set.done.time),
                cell(set.load.as_deref().unwrap_or_default()),
                outcome.to_owned(),
                set.reason.map(|reason| reason.words().to_owned()).unwrap_or_default(),
                if set.entry == Entry::Timed { "timed" } else { "by hand" }.to_owned(),
                when(&set.at),
                number(line.pain_before),
                number(line.pain_after),
                number(line.pain_next_morning),
                number(line.exertion),
                sign.clone(),
            ];
            out.push_str(&cells.join(","));
            out.push_str("\r\n");
        }
    }
    out
}
