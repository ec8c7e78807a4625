//! `regimen history`: the sessions on record. Knows nothing of how they came there.

use anyhow::Context;
use jiff::civil::Date;
use serde::Serialize;

use crate::commands::records::{histories, store};
use crate::commands::{Env, Status, print_json, print_line};
use crate::record::Record;
use crate::report::{SessionLine, session_line};
use crate::source::printable;
use crate::terminal;

/// A session as other programs read it.
#[derive(Debug, Serialize)]
struct Row<'h> {
    id: &'h str,
    program: &'h str,
    title: &'h str,
    #[serde(rename = "session")]
    line: SessionLine,
}

/// Lists the sessions, the newest first; with `all`, every row as it was written.
pub fn history(
    env: &Env,
    program: Option<&str>,
    since: Option<Date>,
    all: bool,
    json: bool,
) -> anyhow::Result<Status> {
    let now = terminal::moment().wall;
    let store = store(env)?;
    if all {
        let records = store
            .map(|store| store.everything())
            .transpose()
            .context("could not read the records")?;
        for record in records
            .unwrap_or_default()
            .iter()
            .filter(|record| !matches!(record, Record::Text(_)))
        {
            print_line(&serde_json::to_string(record).context("could not write JSON")?);
        }
        return Ok(Status::Fine);
    }
    let histories = histories(store.as_ref(), since, &now)?;
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
        print_line("Nothing is on record.");
    }
    for row in &rows {
        print_line(&printable(&words(row)));
    }
    Ok(Status::Fine)
}

fn words(row: &Row<'_>) -> String {
    let line = &row.line;
    let mut words = format!(
        "{}  {}, {}, {} of {} sets",
        line.begun.strftime("%Y-%m-%d %a %H:%M"),
        row.title,
        line.end,
        line.sets_done,
        line.sets
    );
    if line.short {
        words.push_str(", a short session");
    }
    if line.by_hand > 0 {
        words.push_str(&format!(", {} by hand", line.by_hand));
    }
    match (line.pain_before, line.pain_after) {
        (None, None) => {}
        (before, after) => {
            let value =
                |value: Option<u8>| value.map_or_else(|| "-".to_owned(), |value| value.to_string());
            words.push_str(&format!(", pain {} -> {}", value(before), value(after)));
        }
    }
    words.extend(
        line.pain_next_morning
            .map(|pain| format!(", the next morning {pain}")),
    );
    words.extend(
        line.exertion
            .map(|exertion| format!(", exertion {exertion}")),
    );
    for note in &line.notes {
        words.push_str(&format!("\n    \"{note}\""));
    }
    words
}
