//! `regimen check`: every mistake of every file, and what the good ones say in plain words. Knows
//! nothing of what a mistake is.

use std::path::{Path, PathBuf};

use jiff::civil::Date;
use serde::Serialize;
use serde_json::{Value, json};

use crate::commands::{Env, Status, eprint_line, print_json, print_line, shown, unreadable};
use crate::diagnostic::{Diagnostic, Severity, render};
use crate::folder;
use crate::output;
use crate::program::parse::Parsed;
use crate::prose;
use crate::source::{Source, Span, printable};
use crate::terminal;
use crate::text::wrap;

/// How the outcome is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Format {
    /// For people.
    Human,
    /// For other programs.
    Json,
    /// For code hosts and editors (SARIF 2.1.0, OASIS).
    Sarif,
}

/// The columns of the plain words.
const WIDTH: u16 = 100;

/// Checks files, the programs of folders, or `-` for standard input.
pub fn check(
    env: &Env,
    paths: &[PathBuf],
    format: Format,
    deny: bool,
    watch: bool,
) -> anyhow::Result<Status> {
    let status = once(env, paths, format, deny)?;
    // Where what is printed is lost there is nothing to watch for.
    if !watch || !output::is_heard() {
        return Ok(status);
    }
    let mut watch = folder::Watch::new(paths.to_vec());
    loop {
        watch.wait();
        print_line(&format!(
            "\n---- {} ----\n",
            terminal::moment().wall.strftime("%H:%M:%S")
        ));
        let status = once(env, paths, format, deny)?;
        if !output::is_heard() {
            return Ok(status);
        }
    }
}

/// What became of one path.
enum Checked {
    Read(Box<Parsed>),
    Unread(String),
}

fn read(path: &Path, today: Date) -> Vec<Checked> {
    let read = if path == Path::new("-") {
        folder::read_input(today).map(|parsed| vec![parsed])
    } else if path.is_dir() {
        folder::programs(path, today)
    } else {
        folder::read(path, today).map(|mut parsed| {
            folder::look_into_pictures(&mut parsed, path);
            vec![parsed]
        })
    };
    match read {
        Ok(read) if read.is_empty() => vec![Checked::Unread(format!(
            "{} has no files named *.yaml",
            shown(path)
        ))],
        Ok(read) => read
            .into_iter()
            .map(|parsed| Checked::Read(Box::new(parsed)))
            .collect(),
        Err(error) => vec![Checked::Unread(unreadable(path, &error))],
    }
}

fn once(env: &Env, paths: &[PathBuf], format: Format, deny: bool) -> anyhow::Result<Status> {
    let today = terminal::moment().wall.date();
    let all: Vec<Checked> = paths.iter().flat_map(|path| read(path, today)).collect();
    let status = all.iter().map(|checked| match checked {
        Checked::Unread(_) => Status::Failed,
        Checked::Read(parsed)
            if parsed.program.is_none() || (deny && !parsed.diagnostics.is_empty()) =>
        {
            Status::Problems
        }
        Checked::Read(_) => Status::Fine,
    });
    let status = status.max().unwrap_or(Status::Fine);
    match format {
        Format::Human => human(env, &all),
        Format::Json => print_json(&all.iter().map(row).collect::<Vec<_>>())?,
        Format::Sarif => print_json(&sarif(&all))?,
    }
    Ok(status)
}

/// A line of the outline under those it belongs to, with what it goes on with further in.
fn outlined(line: &prose::ProseLine) -> String {
    let indent = " ".repeat(2 + 2 * line.depth);
    let room = WIDTH.saturating_sub(u16::try_from(indent.len() + 4).unwrap_or(0));
    format!(
        "{indent}{}",
        wrap(&line.text, room).join(&format!("\n{indent}    "))
    )
}

fn human(env: &Env, all: &[Checked]) {
    let (mut right, mut wrong, mut errors, mut advice) = (0, 0, 0, 0);
    for checked in all {
        let parsed = match checked {
            Checked::Read(parsed) => parsed,
            Checked::Unread(why) => {
                eprint_line(&format!("regimen: {why}"));
                continue;
            }
        };
        if !parsed.diagnostics.is_empty() {
            print_line(&render::report(
                &parsed.source,
                &parsed.diagnostics,
                env.colour,
            ));
            print_line("");
        }
        let mistakes = parsed
            .diagnostics
            .iter()
            .filter(|diagnostic| diagnostic.is_error())
            .count();
        errors += mistakes;
        advice += parsed.diagnostics.len() - mistakes;
        if let Some(program) = &parsed.program {
            right += 1;
            print_line(&format!(
                "{}: no mistakes.",
                printable(parsed.source.name())
            ));
            for line in prose::outline(program) {
                print_line(&outlined(&line));
            }
            print_line("");
        } else {
            wrong += 1;
        }
    }
    let count = |number: usize, what: &str| {
        let number_word = if number == 0 {
            "no".to_owned()
        } else {
            number.to_string()
        };
        format!("{number_word} {what}{}", if number == 1 { "" } else { "s" })
    };
    if right + wrong > 0 {
        let invalid = if wrong == 0 {
            String::new()
        } else {
            format!(" in {}", count(wrong, "file"))
        };
        print_line(&format!(
            "{} checked: {}{invalid}, {}",
            count(right + wrong, "file"),
            count(errors, "mistake"),
            count(advice, "suggestion")
        ));
    }
}

/// A place as other programs count it: lines and characters from 1, the end behind the last
/// character.
#[derive(Debug, Serialize)]
struct Region {
    line: usize,
    column: usize,
    end_line: usize,
    end_column: usize,
}

impl Region {
    fn of(source: &Source, span: Span) -> Self {
        let (start, end) = (
            source.place(span.start),
            source.place(span.end.max(span.start)),
        );
        Self {
            line: start.line,
            column: start.column,
            end_line: end.line,
            end_column: end.column,
        }
    }
}

fn severity(diagnostic: &Diagnostic) -> &'static str {
    match diagnostic.severity {
        Severity::Error => "error",
        Severity::Advice => "advice",
    }
}

/// One file as JSON.
fn row(checked: &Checked) -> Value {
    let parsed = match checked {
        Checked::Unread(why) => return json!({ "error": why }),
        Checked::Read(parsed) => parsed,
    };
    let diagnostics: Vec<Value> = parsed
        .diagnostics
        .iter()
        .map(|diagnostic| {
            json!({
                "severity": severity(diagnostic),
                "code": diagnostic.code,
                "message": diagnostic.message,
                "help": diagnostic.help,
                "at": Region::of(&parsed.source, diagnostic.span),
                "related": diagnostic.related.as_ref().map(|(span, why)| {
                    json!({ "message": why, "at": Region::of(&parsed.source, *span) })
                }),
            })
        })
        .collect();
    let program = parsed.program.as_ref().map(|program| {
        json!({
            "id": program.id,
            "title": program.title,
            "in_words": prose::prose(program),
            "phases": prose::phases(program),
            "safety": prose::safety(program),
        })
    });
    json!({
        "file": parsed.source.name(),
        "ok": parsed.program.is_some(),
        "diagnostics": diagnostics,
        "program": program,
    })
}

/// A path as a relative reference of RFC 3986.
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

fn sarif(all: &[Checked]) -> Value {
    let location = |source: &Source, span: Span| {
        let at = Region::of(source, span);
        json!({
            "artifactLocation": { "uri": uri(source.name()) },
            "region": {
                "startLine": at.line, "startColumn": at.column, "endLine": at.end_line, "endColumn": at.end_column,
            },
        })
    };
    let mut rules: Vec<&str> = Vec::new();
    let mut results = Vec::new();
    let mut unread = Vec::new();
    for checked in all {
        match checked {
            Checked::Unread(why) => {
                unread.push(json!({ "level": "error", "message": { "text": why } }));
            }
            Checked::Read(parsed) => {
                for diagnostic in &parsed.diagnostics {
                    rules.push(diagnostic.code);
                    let help = diagnostic
                        .help
                        .as_ref()
                        .map(|help| format!("; {help}"))
                        .unwrap_or_default();
                    let mut result = json!({
                        "ruleId": diagnostic.code,
                        "level": if diagnostic.is_error() { "error" } else { "note" },
                        "message": { "text": format!("{}{help}", diagnostic.message) },
                        "locations": [{ "physicalLocation": location(&parsed.source, diagnostic.span) }],
                    });
                    if let (Some((span, why)), Some(result)) =
                        (&diagnostic.related, result.as_object_mut())
                    {
                        let related = json!([{
                            "physicalLocation": location(&parsed.source, *span),
                            "message": { "text": why },
                        }]);
                        result.insert("relatedLocations".to_owned(), related);
                    }
                    results.push(result);
                }
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
            "tool": { "driver": { "name": "regimen", "version": env!("CARGO_PKG_VERSION"), "rules": rules } },
            "columnKind": "unicodeCodePoints",
            "invocations": [{ "executionSuccessful": unread.is_empty(), "toolExecutionNotifications": unread }],
            "results": results,
        }],
    })
}
