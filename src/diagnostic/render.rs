//! Diagnostics for people: the line's text with the words marked, and a form of one line for editors and pipes. Whatever a file
//! holds, nothing but printable text comes out. Knows nothing of what the diagnostics are about.

use annotate_snippets::{AnnotationKind, Level, Renderer, Snippet};

use super::{Diagnostic, Severity};
use crate::source::{Source, Span, printable};

/// A span that covers something visible and does not leave its text.
fn visible(text: &str, span: Span) -> std::ops::Range<usize> {
    let start = text.floor_char_boundary(span.start.min(text.len()));
    let end = text.ceil_char_boundary(span.end.clamp(start, text.len()));
    let lines = text.get(start..end).unwrap_or_default();
    let end = start + lines.split_inclusive('\n').next().unwrap_or_default().trim_end().len();
    start..end
}

/// One diagnostic as a block: message, place, the line with the words marked, and how to write it.
pub fn block(source: &Source, diagnostic: &Diagnostic, colour: bool) -> String {
    let text = printable(source.text());
    let name = printable(source.name());
    let mut snippet = Snippet::source(text.as_ref())
        .path(name.as_ref())
        .annotation(AnnotationKind::Primary.span(visible(&text, diagnostic.span)));
    if let Some((span, why)) = &diagnostic.related {
        snippet = snippet.annotation(AnnotationKind::Context.span(visible(&text, *span)).label(why.as_str()));
    }
    let level = match diagnostic.severity {
        Severity::Error => Level::ERROR,
        Severity::Advice => Level::NOTE.with_name("advice"),
    };
    let mut group = level.primary_title(diagnostic.message.as_str()).element(snippet);
    if let Some(help) = &diagnostic.help {
        group = group.element(Level::HELP.message(help.as_str()));
    }
    let renderer = if colour { Renderer::styled() } else { Renderer::plain() };
    renderer.render(&[group])
}

/// One diagnostic on one line: `file:line:column: error: message - help`.
pub fn line(source: &Source, diagnostic: &Diagnostic) -> String {
    let place = source.place(diagnostic.span.start);
    let severity = match diagnostic.severity {
        Severity::Error => "error",
        Severity::Advice => "advice",
    };
    let help = diagnostic.help.as_ref().map(|help| format!(" - {help}")).unwrap_or_default();
    format!("{}:{place}: {severity}: {}{help}", printable(source.name()), diagnostic.message)
}

/// All diagnostics as blocks, an empty line between them.
pub fn report(source: &Source, diagnostics: &[Diagnostic], colour: bool) -> String {
    let blocks: Vec<_> = diagnostics.iter().map(|diagnostic| block(source, diagnostic, colour)).collect();
    blocks.join("\n\n")
}
