//! The result of `regimen check --format sarif`: SARIF 2.1.0 (OASIS).

use serde_json::{Value, json};

use super::Checked;
use super::json::Region;
use crate::diagnostic::Diagnostic;
use crate::source::{Source, Span};

/// Returns the results for all files as one log with one run.
pub(super) fn log(all: &[Checked]) -> Value {
    let mut rules: Vec<&str> = Vec::new();
    let mut results = Vec::new();
    let mut unread = Vec::new();
    for checked in all {
        match checked {
            Checked::Unread(why) => {
                unread.push(json!({ "level": "error", "message": { "text": why } }));
            }
            Checked::Read(parsed) => {
                rules.extend(parsed.diagnostics.iter().map(|found| found.code));
                results.extend(
                    parsed
                        .diagnostics
                        .iter()
                        .map(|found| result(&parsed.source, found)),
                );
            }
        }
    }
    rules.sort_unstable();
    rules.dedup();
    let rules: Vec<Value> = rules
        .into_iter()
        .map(|rule| json!({ "id": rule }))
        .collect();
    json!({
        "$schema": "https://json.schemastore.org/sarif-2.1.0.json",
        "version": "2.1.0",
        "runs": [{
            "tool": {
                "driver": {
                    "name": "regimen",
                    "version": env!("CARGO_PKG_VERSION"),
                    "rules": rules,
                },
            },
            "columnKind": "unicodeCodePoints",
            "invocations": [{
                "executionSuccessful": unread.is_empty(),
                "toolExecutionNotifications": unread,
            }],
            "results": results,
        }],
    })
}

/// Returns one diagnostic as a result.
fn result(source: &Source, diagnostic: &Diagnostic) -> Value {
    let help = diagnostic
        .help
        .as_ref()
        .map(|help| format!("; {help}"))
        .unwrap_or_default();
    let level = if diagnostic.is_error() {
        "error"
    } else {
        "note"
    };
    let mut result = json!({
        "ruleId": diagnostic.code,
        "level": level,
        "message": { "text": format!("{}{help}", diagnostic.message) },
        "locations": [{ "physicalLocation": location(source, diagnostic.span) }],
    });
    if let (Some((span, why)), Some(result)) = (&diagnostic.related, result.as_object_mut()) {
        let related = json!([{
            "physicalLocation": location(source, *span),
            "message": { "text": why },
        }]);
        result.insert("relatedLocations".to_owned(), related);
    }
    result
}

/// Returns the place of a span as a physical location.
fn location(source: &Source, span: Span) -> Value {
    let at = Region::new(source, span);
    json!({
        "artifactLocation": { "uri": uri(source.name()) },
        "region": {
            "startLine": at.line,
            "startColumn": at.column,
            "endLine": at.end_line,
            "endColumn": at.end_column,
        },
    })
}

/// Returns a path as a relative reference of RFC 3986.
fn uri(path: &str) -> String {
    let mut uri = String::new();
    for byte in path.replace('\\', "/").bytes() {
        if byte.is_ascii_alphanumeric() || b"-._~/".contains(&byte) {
            uri.push(char::from(byte));
        } else {
            uri.push_str(&format!("%{byte:02X}"));
        }
    }
    uri
}
