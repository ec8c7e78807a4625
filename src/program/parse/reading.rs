//! Reads a text into a program, with the diagnostics of the text, of YAML and of the format.

use super::decoder::Decoder;
use super::invisible::{Found, Look, Repaired};
use super::places::Places;
use super::vocabulary;
use crate::diagnostic::{Diagnostic, Severity};
use crate::program::Program;
use crate::source::{Source, Span, is_allowed, printable};
use crate::yaml;

/// Reads a text, and returns the program if it has no mistakes.
pub(super) fn read(source: &Source) -> (Option<Program>, Vec<Diagnostic>, Places) {
    let forbidden = forbidden_characters(source.text());
    let Some(repaired) = Repaired::of(source.text()) else {
        let Reading {
            program,
            diagnostics,
            places,
            ..
        } = read_text(source.text(), source.name(), forbidden, false);
        return (program, diagnostics, places);
    };
    let mut reading = read_text(&repaired.text, source.name(), Vec::new(), true);
    let anywhere = |found: &&Found| found.character == '\u{feff}';
    let has_meaning = |found: &&Found| {
        anywhere(found)
            || !(repaired.is_in_text(found, &reading.texts)
                || repaired.is_in_comment(found.at, &reading.scalars))
    };
    let mut found: Vec<&Found> = repaired.found.iter().filter(has_meaning).collect();
    if found.is_empty() {
        let as_it_is = read_text(source.text(), source.name(), forbidden.clone(), false);
        // In a text of several lines, such characters can still break the indentation.
        if as_it_is.program.is_some() || reading.program.is_none() {
            return (as_it_is.program, as_it_is.diagnostics, as_it_is.places);
        }
        found = repaired.found.iter().collect();
    }
    let mut diagnostics = forbidden;
    if let [newer] = reading.diagnostics.as_slice()
        && newer.code == "newer-format"
    {
        diagnostics.clear();
    } else if let Some(first) = found.first() {
        let mut lines: Vec<usize> = found
            .iter()
            .map(|found| source.place(found.span.start).line)
            .collect();
        lines.dedup();
        let like_space = first.look == Look::Space;
        diagnostics.push(Diagnostic::invisible_characters(
            first.span,
            first.character,
            like_space,
            lines.len(),
        ));
    }
    for diagnostic in &mut reading.diagnostics {
        diagnostic.span = repaired.original(diagnostic.span);
        if let Some((span, _)) = &mut diagnostic.related {
            *span = repaired.original(*span);
        }
    }
    diagnostics.append(&mut reading.diagnostics);
    diagnostics.sort_by(|a, b| (a.span, &a.message).cmp(&(b.span, &b.message)));
    let places = reading.places.moved(|span| repaired.original(span));
    (None, diagnostics, places)
}

/// The result of reading a text, with the places in which any character is allowed.
struct Reading {
    program: Option<Program>,
    diagnostics: Vec<Diagnostic>,
    places: Places,
    /// The places of texts for people.
    texts: Vec<Span>,
    /// The places of all scalars and keys.
    scalars: Vec<Span>,
}

fn read_text(
    text: &str,
    name: &str,
    mut diagnostics: Vec<Diagnostic>,
    wants_places: bool,
) -> Reading {
    // A forbidden character must not hide other mistakes. The rest is read without it, at the same
    // places.
    let text = printable(text);
    let read = yaml::read_with(&text, &vocabulary::PROGRAM);
    let of_syntax = if read.broke_at.is_some() {
        read.diagnostics.clone()
    } else {
        Vec::new()
    };
    diagnostics.extend(read.diagnostics);
    let mut decoder = Decoder {
        text: &text,
        diagnostics,
        places: Places::default(),
        texts: Vec::new(),
        newer: None,
    };
    let program = match &read.root {
        Some(root) if !root.is_nothing() => decoder.program(root, name),
        _ => {
            if decoder.diagnostics.is_empty() {
                decoder.diagnostics.push(Diagnostic::empty());
            }
            None
        }
    };
    let Decoder {
        mut diagnostics,
        places,
        texts,
        newer,
        ..
    } = decoder;
    let mut scalars = Vec::new();
    if let Some(root) = &read.root
        && wants_places
    {
        root.scalars(&mut scalars);
    }
    if let Some(newer) = newer {
        return Reading {
            program: None,
            diagnostics: vec![newer],
            places,
            texts,
            scalars,
        };
    }
    if let Some(at) = read.broke_at {
        drop_followers(&mut diagnostics, yaml::line_around(&text, at), &of_syntax);
    }
    // A wrong dash causes a syntax error that needs no message of its own.
    if diagnostics.iter().any(|other| other.code == "bad-dash") {
        diagnostics.retain(|other| other.code != "syntax");
    }
    // A reference repeats the mistakes of its value.
    diagnostics.sort_by(|a, b| (a.span, &a.message).cmp(&(b.span, &b.message)));
    diagnostics.dedup();
    let program = program.filter(|_| !diagnostics.iter().any(Diagnostic::is_error));
    Reading {
        program,
        diagnostics,
        places,
        texts,
        scalars,
    }
}

/// Drops the diagnostics of the line at which the text broke off, except those of its syntax and
/// its characters. Nothing else is known about that line.
fn drop_followers(diagnostics: &mut Vec<Diagnostic>, line: Span, of_syntax: &[Diagnostic]) {
    let is_own = |other: &Diagnostic| {
        other.code == "forbidden-character"
            || other.severity == Severity::Advice
            || of_syntax.contains(other)
    };
    diagnostics.retain(|other| {
        is_own(other) || other.span.end <= line.start || other.span.start > line.end
    });
}

/// Returns the forbidden characters of the raw text.
fn forbidden_characters(text: &str) -> Vec<Diagnostic> {
    let bytes = text.as_bytes();
    text.char_indices()
        // A byte order mark inside the text is reported with the other invisible characters.
        .filter(|(_, character)| *character != '\u{feff}')
        .filter(|(at, character)| {
            !(is_allowed(*character) || *character == '\r' && bytes.get(at + 1) == Some(&b'\n'))
        })
        .map(|(at, character)| {
            Diagnostic::forbidden_character(Span::new(at, at + character.len_utf8()), character)
        })
        // A binary file would have thousands.
        .take(20)
        .collect()
}
