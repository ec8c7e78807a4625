//! The result of `regimen check --format json`.

use serde::Serialize;
use serde_json::{Value, json};

use super::Checked;
use crate::diagnostic::{Diagnostic, Severity};
use crate::program::Program;
use crate::prose;
use crate::source::{Source, Span};

/// A range of a file as other programs count it: lines and characters from 1, with the end after
/// the last character.
#[derive(Debug, Serialize)]
pub(super) struct Region {
    pub(super) line: usize,
    pub(super) column: usize,
    pub(super) end_line: usize,
    pub(super) end_column: usize,
}

impl Region {
    /// Returns the region of a span.
    pub(super) fn new(source: &Source, span: Span) -> Self {
        let start = source.place(span.start);
        let end = source.place(span.end.max(span.start));
        Self {
            line: start.line,
            column: start.column,
            end_line: end.line,
            end_column: end.column,
        }
    }
}

/// Returns one file as JSON.
pub(super) fn file(checked: &Checked) -> Value {
    let parsed = match checked {
        Checked::Unread(why) => return json!({ "error": why }),
        Checked::Read(parsed) => parsed,
    };
    let diagnostics: Vec<Value> = parsed
        .diagnostics
        .iter()
        .map(|found| diagnostic(&parsed.source, found))
        .collect();
    json!({
        "file": parsed.source.name(),
        "ok": parsed.program.is_some(),
        "diagnostics": diagnostics,
        "program": parsed.program.as_ref().map(program),
    })
}

fn diagnostic(source: &Source, diagnostic: &Diagnostic) -> Value {
    let severity = match diagnostic.severity {
        Severity::Error => "error",
        Severity::Advice => "advice",
    };
    let related = diagnostic
        .related
        .as_ref()
        .map(|(span, why)| json!({ "message": why, "at": Region::new(source, *span) }));
    json!({
        "severity": severity,
        "code": diagnostic.code,
        "message": diagnostic.message,
        "help": diagnostic.help,
        "at": Region::new(source, diagnostic.span),
        "related": related,
    })
}

fn program(program: &Program) -> Value {
    json!({
        "id": program.id,
        "title": program.title,
        "in_words": prose::prose(program),
        "phases": prose::phases(program),
        "safety": prose::safety(program),
    })
}
