//! The sets as a table for spreadsheets: one row a set, comma-separated, RFC 4180. Computes
//! nothing.

use crate::record::{EntryMethod, Outcome, SessionHistory, StopSign};

/// The columns. A stop sign that was reported has a row of its own, before all sessions: when, of
/// which program, and its words. Times are local, with the offset from UTC; lengths are seconds;
/// `phase` counts from 1; `pain_*` and `exertion` are 0-10 and stand in every row of their session.
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

/// The table.
pub fn csv<'h>(
    histories: impl IntoIterator<Item = &'h SessionHistory>,
    signs: &[StopSign],
) -> String {
    let mut out = format!("{}\r\n", COLUMNS.join(","));
    let when = |at: &jiff::Zoned| at.strftime("%Y-%m-%dT%H:%M:%S%:z").to_string();
    // A sign has a row of its own, whether there was a session or not; other columns of it are
    // empty.
    for sign in signs {
        let mut cells = [(); COLUMNS.len()].map(|()| String::new());
        let (begun, program, last) = (
            when(&sign.reported.at),
            cell(&sign.reported.program),
            cell(&sign.reported.words),
        );
        for (column, value) in COLUMNS.iter().zip(&mut cells) {
            match *column {
                "session_begun" => value.clone_from(&begun),
                "program" => value.clone_from(&program),
                "stop_sign" => value.clone_from(&last),
                _ => {}
            }
        }
        out.push_str(&cells.join(","));
        out.push_str("\r\n");
    }
    for history in histories {
        let line = super::session_line(history);
        let number = |value: Option<u8>| value.map(|value| value.to_string()).unwrap_or_default();
        for set in &history.sets {
            let seconds = |time: Option<std::time::Duration>| {
                time.map(|time| format!("{}", (time.as_secs_f64() * 10.0).round() / 10.0))
                    .unwrap_or_default()
            };
            let reps = |reps: Option<u16>| reps.map(|reps| reps.to_string()).unwrap_or_default();
            let outcome = match set.outcome {
                Outcome::Done => "done",
                Outcome::Partial => "partial",
                Outcome::Skipped => "skipped",
            };
            let cells = [
                when(&history.session.started),
                line.end.to_owned(),
                cell(&history.session.program),
                line.phase.to_string(),
                line.short.to_string(),
                cell(&set.exercise),
                cell(&set.name),
                set.set.to_string(),
                if set.side.word().is_empty() {
                    "both"
                } else {
                    set.side.word()
                }
                .to_owned(),
                reps(set.prescribed.reps),
                seconds(set.prescribed.time),
                reps(set.done.reps),
                seconds(set.done.time),
                cell(set.load.as_deref().unwrap_or_default()),
                outcome.to_owned(),
                set.reason
                    .map(|reason| reason.words().to_owned())
                    .unwrap_or_default(),
                if set.entry == EntryMethod::Timer {
                    "timed"
                } else {
                    "by hand"
                }
                .to_owned(),
                when(&set.at),
                number(line.pain_before),
                number(line.pain_after),
                number(line.pain_next_morning),
                number(line.exertion),
                String::new(),
            ];
            out.push_str(&cells.join(","));
            out.push_str("\r\n");
        }
    }
    out
}
