//! Diagnostics for people: the line's text with the words marked, and a form of one line for
//! editors and pipes. Whatever a file holds, nothing but printable text comes out. Knows nothing of
//! what the diagnostics are about.

use annotate_snippets::{AnnotationKind, Level, Renderer, Snippet};

use super::{Diagnostic, Severity};
use crate::source::{Source, Span, printable};

/// The most diagnostics of one file that are shown as blocks.
const MOST_BLOCKS: usize = 100;
/// Two places so many lines apart or nearer are shown in one piece.
const NEAR: usize = 6;
/// The most characters of a line that are shown.
const LONGEST_LINE: usize = 400;

/// A piece of a source from one line to another, fit for a terminal, and its first line.
struct Piece {
    text: String,
    first: usize,
    start: usize,
}

impl Piece {
    fn of(source: &Source, from: usize, to: usize) -> Self {
        let lines: Vec<String> = (from..=to)
            .map(|line| source.line(line).chars().take(LONGEST_LINE).collect())
            .collect();
        let start = source.start_of_line(from);
        Self {
            text: printable(&lines.join("\n")).into_owned(),
            first: from,
            start,
        }
    }

    /// A span of the source within this piece, on one line, over something that can be seen.
    fn span(&self, source: &Source, span: Span) -> std::ops::Range<usize> {
        let place = source.place(span.start);
        let before: usize = self
            .text
            .split('\n')
            .take(place.line.saturating_sub(self.first))
            .map(|line| line.len() + 1)
            .sum();
        let line = self
            .text
            .get(before..)
            .unwrap_or_default()
            .split('\n')
            .next()
            .unwrap_or_default();
        let within = span
            .start
            .saturating_sub(self.start.max(source.start_of_line(place.line)));
        let start = line.floor_char_boundary(within.min(line.len()));
        let length = span.end.saturating_sub(span.start).max(1);
        let end = line.ceil_char_boundary((start + length).min(line.len()));
        let shown = line.get(start..end).unwrap_or_default().trim_end().len();
        before + start..before + start + shown
    }
}

/// One diagnostic as a block: message, place, the line with the words marked, and how to write it.
pub fn block(source: &Source, diagnostic: &Diagnostic, colour: bool) -> String {
    let name = printable(source.name());
    let line = source.place(diagnostic.span.start).line;
    let related_line = diagnostic
        .related
        .as_ref()
        .map(|(span, _)| source.place(span.start).line);
    let near = related_line.filter(|related| related.abs_diff(line) <= NEAR);
    let piece = Piece::of(
        source,
        near.map_or(line, |near| near.min(line)),
        near.map_or(line, |near| near.max(line)),
    );
    let far = related_line
        .filter(|_| near.is_none())
        .map(|line| Piece::of(source, line, line));
    let snippet = |piece: &Piece| {
        Snippet::source(piece.text.clone())
            .line_start(piece.first)
            .path(name.to_string())
    };
    let mut main = snippet(&piece)
        .annotation(AnnotationKind::Primary.span(piece.span(source, diagnostic.span)));
    let mut other = None;
    if let Some((span, why)) = &diagnostic.related {
        let label = |piece: &Piece| {
            AnnotationKind::Context
                .span(piece.span(source, *span))
                .label(why.as_str())
        };
        match &far {
            None => main = main.annotation(label(&piece)),
            Some(far) => other = Some(snippet(far).annotation(label(far))),
        }
    }
    let level = match diagnostic.severity {
        Severity::Error => Level::ERROR,
        Severity::Advice => Level::NOTE.with_name("advice"),
    };
    let mut group = level
        .primary_title(diagnostic.message.as_str())
        .element(main);
    if let Some(other) = other {
        group = group.element(other);
    }
    if let Some(help) = &diagnostic.help {
        group = group.element(Level::HELP.message(help.as_str()));
    }
    let renderer = if colour {
        Renderer::styled()
    } else {
        Renderer::plain()
    };
    renderer.render(&[group])
}

/// One diagnostic on one line: `file:line:column: error: message - help`.
pub fn line(source: &Source, diagnostic: &Diagnostic) -> String {
    let place = source.place(diagnostic.span.start);
    let severity = match diagnostic.severity {
        Severity::Error => "error",
        Severity::Advice => "advice",
    };
    let help = diagnostic
        .help
        .as_ref()
        .map(|help| format!(" - {help}"))
        .unwrap_or_default();
    format!(
        "{}:{place}: {severity}: {}{help}",
        printable(source.name()),
        diagnostic.message
    )
}

/// All diagnostics as blocks, the errors before the advice, an empty line between them; of very
/// many the first, and the places of the others.
pub fn report(source: &Source, diagnostics: &[Diagnostic], colour: bool) -> String {
    let mut diagnostics: Vec<&Diagnostic> = diagnostics.iter().collect();
    diagnostics.sort_by_key(|diagnostic| diagnostic.severity);
    let mut blocks: Vec<_> = diagnostics
        .iter()
        .take(MOST_BLOCKS)
        .map(|diagnostic| block(source, diagnostic, colour))
        .collect();
    if diagnostics.len() > MOST_BLOCKS {
        let others: Vec<_> = diagnostics
            .iter()
            .skip(MOST_BLOCKS)
            .map(|diagnostic| line(source, diagnostic))
            .collect();
        blocks.push(others.join("\n"));
    }
    blocks.join("\n\n")
}
