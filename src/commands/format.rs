//! `regimen schema` and `regimen explain`: the format of program files, for editors and for people.

use crate::commands::{Status, WIDTH, eprint_line, print_json, print_line};
use crate::program::{format_reference, schema};
use crate::source::printable;
use crate::text::wrap;

/// Lines indented at least this far are examples, which are printed as they are.
const EXAMPLE_INDENT: usize = 4;

/// Prints the JSON Schema of the format.
pub(crate) fn schema() -> anyhow::Result<Status> {
    print_json(&schema::schema())?;
    Ok(Status::Fine)
}

/// Explains a key with an example, or lists all keys.
pub(crate) fn explain(key: Option<&str>, markdown: bool) -> Status {
    let text = match key {
        _ if markdown => Some(format_reference::markdown().trim_end().to_owned()),
        None => Some(format_reference::overview()),
        Some(key) => format_reference::explain(key),
    };
    if let Some(text) = text {
        print_line(&if markdown { text } else { wrap_lines(&text) });
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

/// Wraps each line and keeps its indent.
fn wrap_lines(text: &str) -> String {
    let lines = text.lines().flat_map(|line| {
        let indent = line.len() - line.trim_start().len();
        if indent >= EXAMPLE_INDENT || line.trim().is_empty() {
            return vec![line.to_owned()];
        }
        let room = WIDTH - u16::try_from(indent).unwrap_or(0);
        wrap(line, room)
            .into_iter()
            .map(|part| format!("{}{part}", " ".repeat(indent)))
            .collect()
    });
    lines.collect::<Vec<_>>().join("\n")
}
