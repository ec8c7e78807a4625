//! `regimen history`: lists the recorded sessions.

use anyhow::Context;
use jiff::civil::Date;
use serde::Serialize;

use crate::commands::records::{open_store, read_sessions};
use crate::commands::{Env, Status, print_json, print_line};
use crate::record::Record;
use crate::report::{SessionLine, session_line};
use crate::source::printable;
use crate::store::Store;
use crate::terminal;

/// A session in the JSON output.
#[derive(Debug, Serialize)]
struct Row<'h> {
    id: &'h str,
    program: &'h str,
    title: &'h str,
    #[serde(rename = "session")]
    line: SessionLine,
}

/// Lists the sessions, the newest first. With `all`, prints every row as JSON, corrected and
/// crossed-out ones too.
pub(crate) fn history(
    env: &Env,
    program: Option<&str>,
    since: Option<Date>,
    all: bool,
    json: bool,
) -> anyhow::Result<Status> {
    let now = terminal::moment().wall;
    let store = open_store(env)?;
    if all {
        return print_all_rows(store.as_ref());
    }
    let histories = read_sessions(store.as_ref(), since, &now)?;
    let wanted = |id: &str, title: &str| {
        program.is_none_or(|program| program == id || program.eq_ignore_ascii_case(title))
    };
    let rows: Vec<Row<'_>> = histories
        .iter()
        .rev()
        .filter(|history| wanted(&history.session.program, &history.session.title))
        .map(|history| Row {
            id: &history.session.id,
            program: &history.session.program,
            title: &history.session.title,
            line: session_line(history),
        })
        .collect();
    if json {
        print_json(&rows)?;
        return Ok(Status::Fine);
    }
    if rows.is_empty() {
        print_line("No sessions are recorded.");
    }
    for row in &rows {
        print_line(&printable(&describe_session(row)));
    }
    Ok(Status::Fine)
}

/// Prints every row of the records as JSON, without the texts of programs.
fn print_all_rows(store: Option<&Store>) -> anyhow::Result<Status> {
    let records = store
        .map(Store::everything)
        .transpose()
        .context("could not read the records")?;
    for record in records
        .unwrap_or_default()
        .iter()
        .filter(|record| !matches!(record, Record::Text(_)))
    {
        print_line(&serde_json::to_string(record).context("could not write JSON")?);
    }
    Ok(Status::Fine)
}

/// Describes a session in one line, with its notes below.
fn describe_session(row: &Row<'_>) -> String {
    let line = &row.line;
    let mut text = format!(
        "{}  {}, {}, {} of {} sets",
        line.begun.strftime("%Y-%m-%d %a %H:%M"),
        row.title,
        line.end,
        line.sets_done,
        line.sets
    );
    if line.short {
        text.push_str(", a short session");
    }
    if line.by_hand > 0 {
        text.push_str(&format!(", {} self-reported", line.by_hand));
    }
    if line.pain_before.is_some() || line.pain_after.is_some() {
        let value = |value: Option<u8>| value.map_or("-".to_owned(), |value| value.to_string());
        text.push_str(&format!(
            ", pain {} -> {}",
            value(line.pain_before),
            value(line.pain_after)
        ));
    }
    text.extend(
        line.pain_next_morning
            .map(|pain| format!(", the next morning {pain}")),
    );
    text.extend(
        line.exertion
            .map(|exertion| format!(", exertion {exertion}")),
    );
    for note in &line.notes {
        text.push_str(&format!("\n    \"{note}\""));
    }
    text
}
