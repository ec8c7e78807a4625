//! Diagnostics as text: a block that shows the line with its problem marked, and a single line for
//! editors and pipes. The text is always printable, whatever the file contains.

use std::ops::Range;

use annotate_snippets::{Annotation, AnnotationKind, Level, Renderer, Snippet};

use super::{Diagnostic, Severity};
use crate::source::{Source, Span, printable};

/// The most diagnostics of one file that are shown as blocks.
const MOST_BLOCKS: usize = 100;
/// Two places up to this many lines apart are shown in one excerpt.
const NEAR: usize = 6;
/// The most characters of a line that are shown.
const LONGEST_LINE: usize = 400;

/// Consecutive lines of a source, in a form fit for a terminal.
struct Excerpt {
    text: String,
    first_line: usize,
    /// The byte of the source at which the excerpt begins.
    start: usize,
}

impl Excerpt {
    /// Cuts out the lines `from` to `to`, both included.
    fn of(source: &Source, from: usize, to: usize) -> Self {
        let lines: Vec<String> = (from..=to)
            .map(|line| source.line(line).chars().take(LONGEST_LINE).collect())
            .collect();
        Self {
            text: printable(&lines.join("\n")).into_owned(),
            first_line: from,
            start: source.start_of_line(from),
        }
    }

    /// Returns the bytes of the excerpt that a span of the source covers, limited to the span's
    /// first line and without the spaces at its end.
    fn range_of(&self, source: &Source, span: Span) -> Range<usize> {
        let line_number = source.place(span.start).line;
        let lines_before = line_number.saturating_sub(self.first_line);
        let before: usize = self
            .text
            .split('\n')
            .take(lines_before)
            .map(|line| line.len() + 1)
            .sum();
        let rest = self.text.get(before..).unwrap_or_default();
        let line = rest.split('\n').next().unwrap_or_default();
        let line_start = self.start.max(source.start_of_line(line_number));
        let within = span.start.saturating_sub(line_start);
        let start = line.floor_char_boundary(within.min(line.len()));
        let length = span.end.saturating_sub(span.start).max(1);
        let end = line.ceil_char_boundary((start + length).min(line.len()));
        let shown = line.get(start..end).unwrap_or_default().trim_end().len();
        before + start..before + start + shown
    }

    fn snippet(&self, name: &str) -> Snippet<'_, Annotation<'_>> {
        Snippet::source(self.text.clone())
            .line_start(self.first_line)
            .path(name.to_owned())
    }
}

/// Renders a diagnostic as a block: the message, the place, the line with the problem marked, and
/// what to do.
fn block(source: &Source, diagnostic: &Diagnostic, color: bool) -> String {
    let name = printable(source.name());
    let line = source.place(diagnostic.span.start).line;
    let related = diagnostic
        .related
        .as_ref()
        .map(|(span, why)| (source.place(span.start).line, *span, why.as_str()));
    let related_line = related.map(|(line, ..)| line);
    let near = related_line.filter(|related| related.abs_diff(line) <= NEAR);
    let excerpt = Excerpt::of(
        source,
        near.map_or(line, |near| near.min(line)),
        near.map_or(line, |near| near.max(line)),
    );
    let far = related_line
        .filter(|_| near.is_none())
        .map(|line| Excerpt::of(source, line, line));
    let problem = AnnotationKind::Primary.span(excerpt.range_of(source, diagnostic.span));
    let mut main = excerpt.snippet(&name).annotation(problem);
    let mut other = None;
    if let Some((_, span, why)) = related {
        let context = |excerpt: &Excerpt| {
            AnnotationKind::Context
                .span(excerpt.range_of(source, span))
                .label(why)
        };
        match &far {
            None => main = main.annotation(context(&excerpt)),
            Some(far) => other = Some(far.snippet(&name).annotation(context(far))),
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
    let renderer = if color {
        Renderer::styled()
    } else {
        Renderer::plain()
    };
    renderer.render(&[group])
}

/// Renders a diagnostic as a single line: `file:line:column: error: message - help`.
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

/// Renders all diagnostics as blocks with an empty line between them, the errors first. When there
/// are very many, the last ones are single lines.
pub fn report(source: &Source, diagnostics: &[Diagnostic], color: bool) -> String {
    let mut diagnostics: Vec<&Diagnostic> = diagnostics.iter().collect();
    diagnostics.sort_by_key(|diagnostic| diagnostic.severity);
    let mut blocks: Vec<_> = diagnostics
        .iter()
        .take(MOST_BLOCKS)
        .map(|diagnostic| block(source, diagnostic, color))
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
