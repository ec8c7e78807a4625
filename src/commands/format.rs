//! `regimen schema` and `regimen explain`: the format for editors and for people. Knows nothing of
//! any program.

use crate::commands::{Status, eprint_line, print_json, print_line};
use crate::program::{format_reference, schema};
use crate::source::printable;
use crate::text::wrap;

/// The columns that the texts take.
const WIDTH: u16 = 100;

/// Prints the JSON Schema of the format.
pub fn schema() -> anyhow::Result<Status> {
    print_json(&schema::schema())?;
    Ok(Status::Fine)
}

/// Tells what a key means, or which keys there are.
pub fn explain(key: Option<&str>, markdown: bool) -> Status {
    let text = match key {
        _ if markdown => Some(format_reference::markdown().trim_end().to_owned()),
        None => Some(format_reference::overview()),
        Some(key) => format_reference::explain(key),
    };
    if let Some(text) = text {
        print_line(&if markdown { text } else { wrapped(&text) });
        return Status::Fine;
    }
    let key = key.unwrap_or_default();
    let near = format_reference::near(key)
        .map_or(String::new(), |near| format!(" Did you mean `{near}`?"));
    eprint_line(&format!(
        "There is no key `{}`.{near} `regimen explain` lists all.",
        printable(key)
    ));
    Status::Problems
}

/// Lines wrapped; an indented one stays indented.
fn wrapped(text: &str) -> String {
    let lines = text.lines().flat_map(|line| {
        let indent = line.len() - line.trim_start().len();
        let room = WIDTH - u16::try_from(indent).unwrap_or(0);
        let lines = if line.trim().is_empty() {
            vec![String::new()]
        } else {
            wrap(line, room)
        };
        // Examples are shown as they are written.
        let example = indent >= 4;
        let lines = if example {
            vec![line.to_owned()]
        } else {
            lines
        };
        lines.into_iter().map(move |text| {
            if example {
                text
            } else {
                format!("{}{text}", " ".repeat(indent))
            }
        })
    });
    lines.collect::<Vec<_>>().join("\n")
}
