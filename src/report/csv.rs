//! The sets as a table for spreadsheets: one row for each set, comma-separated, RFC 4180.

use std::time::Duration;

use jiff::Zoned;

use super::{SessionLine, session_line};
use crate::history::{SessionHistory, StopSign};
use crate::record::{EntryMethod, Outcome, SetRecord, SkipReason};

/// The columns. A reported stop sign has a row of its own before all sessions, with its time,
/// program and words. Times are local with the offset from UTC; durations are in seconds; `phase`
/// counts from 1. `pain_*` and `exertion` are 0-10 and repeat in every row of their session.
const COLUMNS: [&str; 23] = [
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

/// One row, a text for each column.
type Cells = [String; COLUMNS.len()];

/// Returns the table.
pub(crate) fn csv<'h>(
    histories: impl IntoIterator<Item = &'h SessionHistory>,
    signs: &[StopSign],
) -> String {
    let mut table = format!("{}\r\n", COLUMNS.join(","));
    let mut push = |cells: Cells| {
        table.push_str(&cells.join(","));
        table.push_str("\r\n");
    };
    signs.iter().map(sign_cells).for_each(&mut push);
    for history in histories {
        let line = session_line(history);
        for set in &history.sets {
            push(set_cells(history, &line, set));
        }
    }
    table
}

/// Returns the row of a stop sign; the columns about sets are empty.
fn sign_cells(sign: &StopSign) -> Cells {
    let reported = &sign.reported;
    COLUMNS.map(|column| match column {
        "session_begun" => time_cell(&reported.at),
        "program" => text_cell(&reported.program),
        "stop_sign" => text_cell(&reported.words),
        _ => String::new(),
    })
}

/// Returns the row of a set, in the order of `COLUMNS`.
fn set_cells(history: &SessionHistory, line: &SessionLine, set: &SetRecord) -> Cells {
    let side = match set.side.word() {
        "" => "both",
        word => word,
    };
    let outcome = match set.outcome {
        Outcome::Done => "done",
        Outcome::Partial => "partial",
        Outcome::Skipped => "skipped",
    };
    let entry = match set.entry {
        EntryMethod::Timer => "timed",
        EntryMethod::Manual => "by hand",
    };
    [
        time_cell(&history.session.started),
        line.end.to_owned(),
        text_cell(&history.session.program),
        line.phase.to_string(),
        line.short.to_string(),
        text_cell(&set.exercise),
        text_cell(&set.name),
        set.set.to_string(),
        side.to_owned(),
        optional_cell(set.prescribed.reps),
        seconds_cell(set.prescribed.time),
        optional_cell(set.done.reps),
        seconds_cell(set.done.time),
        text_cell(set.load.as_deref().unwrap_or_default()),
        outcome.to_owned(),
        optional_cell(set.reason.map(SkipReason::words)),
        entry.to_owned(),
        time_cell(&set.at),
        optional_cell(line.pain_before),
        optional_cell(line.pain_after),
        optional_cell(line.pain_next_morning),
        optional_cell(line.exertion),
        String::new(),
    ]
}

/// Returns a text as a cell: in quotes where the format needs them, and never a formula.
fn text_cell(text: &str) -> String {
    // A spreadsheet runs a cell that begins like this as a formula.
    let text = if text.starts_with(['=', '+', '-', '@', '\t', '\r']) {
        format!("'{text}")
    } else {
        text.to_owned()
    };
    if text.contains([',', '"', '\n', '\r']) {
        format!("\"{}\"", text.replace('"', "\"\""))
    } else {
        text
    }
}

fn time_cell(at: &Zoned) -> String {
    at.strftime("%Y-%m-%dT%H:%M:%S%:z").to_string()
}

/// Returns a duration in seconds, rounded to a tenth.
fn seconds_cell(time: Option<Duration>) -> String {
    optional_cell(time.map(|time| (time.as_secs_f64() * 10.0).round() / 10.0))
}

fn optional_cell(value: Option<impl ToString>) -> String {
    value.map(|value| value.to_string()).unwrap_or_default()
}
