//! `regimen schema` and `regimen explain`: the format for editors and for people. Knows nothing of
//! any program.

use crate::commands::{Verdict, complain, say, say_json};
use crate::program::{manual, schema};
use crate::source::printable;
use crate::view::wrap;

/// The columns that the texts take.
const WIDTH: u16 = 100;

/// Prints the JSON Schema of the format.
pub fn schema() -> anyhow::Result<Verdict> {
    say_json(&schema::schema())?;
    Ok(Verdict::Fine)
}

/// Tells what a key means, or which keys there are.
pub fn explain(key: Option<&str>, markdown: bool) -> Verdict {
    let text = match key {
        _ if markdown => Some(manual::markdown().trim_end().to_owned()),
        None => Some(manual::overview()),
        Some(key) => manual::explain(key),
    };
    if let Some(text) = text {
        say(&if markdown { text } else { wrapped(&text) });
        return Verdict::Fine;
    }
    let key = key.unwrap_or_default();
    let near = manual::near(key).map_or(String::new(), |near| format!(" Did you mean `{near}`?"));
    complain(&format!(
        "There is no key `{}`.{near} `regimen explain` lists all.",
        printable(key)
    ));
    Verdict::Problems
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
