//! Builds the tree of a text from the events of the YAML crate.

use std::borrow::Cow;
use std::collections::HashMap;

use serde_yaml::granit_parser::{
    ErrorKind, Event, Options, Parser, ScalarStyle, ScanError, Span as YamlSpan, StrInput,
    StructureStyle,
};

use super::dashes::{Dashes, Surroundings};
use super::errors::{explain, is_about_text};
use super::lines::line_around;
use super::tree::{Document, Node, Value, depth_of};
use super::vocabulary::Vocabulary;
use crate::diagnostic::Diagnostic;
use crate::source::{Span, is_allowed};

/// How deep maps and lists may nest; the outermost is 1.
const DEEPEST: usize = 32;
/// How many nodes a file may have once references are written out.
const MOST_NODES: usize = 50_000;
/// How many bytes of text a file may have once references are written out.
const MOST_BYTES: usize = 4 * 1024 * 1024;
/// The longest text, in characters.
const LONGEST_TEXT: usize = 4_000;

/// Reads a text with the keys of a vocabulary.
pub(super) fn read<'s>(text: &'s str, vocabulary: &'static Vocabulary) -> Document<'s> {
    let mut options = Options::default();
    options.emit_unresolved_aliases = true;
    options.emit_comments = false;
    options.flow_nesting_limit = DEEPEST + 8;
    options.block_nesting_limit = DEEPEST + 8;
    let mut builder = Builder::new(text, vocabulary);
    let mut parser: Parser<'_, StrInput<'_>> = Parser::new_from_str_with_options(text, options);
    while let Some(event) = parser.next_event() {
        let goes_on = match event {
            Ok((event, span)) => builder.event(event, span),
            Err(error) => {
                builder.syntax(&error);
                false
            }
        };
        if !goes_on {
            builder.break_off();
            break;
        }
    }
    Document {
        root: builder.root,
        diagnostics: builder.diagnostics,
        broke_at: builder.broke_at,
    }
}

/// A list or a map that is being read.
struct Filling<'s> {
    node: Node<'s>,
    key: Option<Node<'s>>,
    anchor: usize,
    nodes_before: usize,
    bytes_before: usize,
    flow: bool,
    /// The entries of the list around it that were part of it for lack of a dash.
    more: Vec<Node<'s>>,
}

/// A finished node that references may repeat, with its size.
struct Anchored<'s> {
    node: Node<'s>,
    nodes: usize,
    bytes: usize,
    depth: usize,
}

/// Builds the tree from the events of the YAML crate.
struct Builder<'s> {
    text: &'s str,
    vocabulary: &'static Vocabulary,
    root: Option<Node<'s>>,
    filling: Vec<Filling<'s>>,
    anchors: HashMap<usize, Anchored<'s>>,
    diagnostics: Vec<Diagnostic>,
    nodes: usize,
    bytes: usize,
    documents: usize,
    broke_at: Option<usize>,
}

fn span_of(span: YamlSpan) -> Span {
    span.byte_range()
        .map(|range| Span::new(range.start, range.end))
        .unwrap_or_default()
}

impl<'s> Builder<'s> {
    fn new(text: &'s str, vocabulary: &'static Vocabulary) -> Self {
        Self {
            text,
            vocabulary,
            root: None,
            filling: Vec::new(),
            anchors: HashMap::new(),
            diagnostics: Vec::new(),
            nodes: 0,
            bytes: 0,
            documents: 0,
            broke_at: None,
        }
    }

    /// Handles one event. Returns false if reading must stop.
    fn event(&mut self, event: Event<'s>, yaml_span: YamlSpan) -> bool {
        let span = span_of(yaml_span);
        match event {
            Event::Scalar(text, style, anchor, tag) => {
                self.check_tag(tag.is_some(), yaml_span);
                self.check_text(&text, span);
                let plain = style == ScalarStyle::Plain;
                // The parser reports `~` for an empty value, but with an empty span.
                let text = if plain && span.start == span.end {
                    Cow::Borrowed("")
                } else {
                    text
                };
                let bytes = text.len();
                self.bytes += bytes;
                let node = Node {
                    span,
                    value: Value::Scalar { text, plain },
                    open: false,
                };
                self.keep(anchor, &node, 1, bytes);
                self.put(node, 1)
            }
            Event::SequenceStart(style, anchor, tag) => {
                self.check_tag(tag.is_some(), yaml_span);
                self.open(
                    Value::List(Vec::new()),
                    span,
                    anchor,
                    style == StructureStyle::Flow,
                )
            }
            Event::MappingStart(style, anchor, tag) => {
                self.check_tag(tag.is_some(), yaml_span);
                self.open(
                    Value::Map(Vec::new()),
                    span,
                    anchor,
                    style == StructureStyle::Flow,
                )
            }
            Event::SequenceEnd | Event::MappingEnd => self.close(span),
            Event::Alias(anchor) => self.alias(anchor, span),
            Event::UnresolvedAlias(name) => {
                self.diagnostics
                    .push(Diagnostic::unknown_alias(span, &name));
                self.put(
                    Node {
                        span,
                        value: Value::Scalar {
                            text: Cow::Borrowed(""),
                            plain: true,
                        },
                        open: true,
                    },
                    1,
                )
            }
            Event::DocumentStart(..) => {
                self.documents += 1;
                if self.documents > 1 {
                    self.diagnostics.push(Diagnostic::second_document(span));
                    // What seems missing above may be in the second document.
                    self.broke_at = Some(span.start);
                }
                self.documents == 1
            }
            _ => true,
        }
    }

    fn check_tag(&mut self, tagged: bool, span: YamlSpan) {
        if tagged {
            self.diagnostics.push(Diagnostic::tag(
                span.tag_span().map_or_else(|| span_of(span), span_of),
            ));
        }
    }

    fn check_text(&mut self, text: &str, span: Span) {
        // Forbidden characters in the raw text were reported already. This finds those that an
        // escape spells.
        if let Some(character) = text.chars().find(|c| !is_allowed(*c))
            && self
                .text
                .get(span.range())
                .is_some_and(|raw| raw.chars().all(|c| is_allowed(c) || c == '\r'))
        {
            self.diagnostics
                .push(Diagnostic::forbidden_escape(span, character));
        }
        if text.len() > LONGEST_TEXT {
            let length = text.chars().count();
            if length > LONGEST_TEXT {
                self.diagnostics.push(Diagnostic::long_text(span, length));
            }
        }
    }

    fn keep(&mut self, anchor: usize, node: &Node<'s>, nodes: usize, bytes: usize) {
        if anchor > 0 {
            self.anchors.insert(
                anchor,
                Anchored {
                    node: node.clone(),
                    nodes,
                    bytes,
                    depth: depth_of(node),
                },
            );
        }
    }

    fn open(&mut self, value: Value<'s>, span: Span, anchor: usize, flow: bool) -> bool {
        if self.filling.len() >= DEEPEST {
            self.diagnostics.push(Diagnostic::too_deep(span));
            return false;
        }
        let node = Node {
            span,
            value,
            open: false,
        };
        self.filling.push(Filling {
            node,
            key: None,
            anchor,
            nodes_before: self.nodes,
            bytes_before: self.bytes,
            flow,
            more: Vec::new(),
        });
        true
    }

    fn close(&mut self, span: Span) -> bool {
        let Some(mut filled) = self.filling.pop() else {
            return true;
        };
        let last = match &filled.node.value {
            Value::List(items) => items.last().map(|node| node.span.end),
            Value::Map(entries) => entries.last().map(|(_, value)| value.span.end),
            Value::Scalar { .. } => None,
        };
        // The parser reports the end of a block at the start of the next one. The block ends with
        // its last value.
        let closed_by_bracket = span.end > span.start;
        filled.node.span.end = if closed_by_bracket {
            span.end
        } else {
            last.unwrap_or(filled.node.span.end)
        };
        self.finish(&mut filled);
        let nodes = self.nodes - filled.nodes_before + 1;
        self.keep(
            filled.anchor,
            &filled.node,
            nodes,
            self.bytes - filled.bytes_before,
        );
        filled
            .more
            .into_iter()
            .fold(self.put(filled.node, 1), |going_on, more| {
                self.put(more, 0) && going_on
            })
    }

    /// Finishes a map that is closed: takes apart entries that lack their dashes, and drops
    /// duplicate keys.
    fn finish(&mut self, filled: &mut Filling<'s>) {
        let Value::Map(entries) = &mut filled.node.value else {
            return;
        };
        let entries = std::mem::take(entries);
        let parent = self.filling.last();
        let around = Surroundings {
            in_list: parent.is_some_and(|parent| matches!(parent.node.value, Value::List(_))),
            key: parent
                .and_then(|parent| parent.key.as_ref())
                .and_then(Node::text)
                .map(str::to_owned),
            outermost: parent.is_none(),
            flow: filled.flow,
            open: filled.node.open,
        };
        let mut dashes = Dashes {
            vocabulary: self.vocabulary,
            diagnostics: &mut self.diagnostics,
        };
        (filled.node.value, filled.more) = dashes.finish(entries, &around);
    }

    fn alias(&mut self, anchor: usize, span: Span) -> bool {
        let Some(anchored) = self.anchors.get(&anchor) else {
            self.diagnostics.push(Diagnostic::recursive_alias(span));
            return self.put(
                Node {
                    span,
                    value: Value::Scalar {
                        text: Cow::Borrowed(""),
                        plain: true,
                    },
                    open: true,
                },
                1,
            );
        };
        if self.filling.len() + anchored.depth > DEEPEST {
            self.diagnostics.push(Diagnostic::too_deep(span));
            return false;
        }
        if self.nodes + anchored.nodes > MOST_NODES || self.bytes + anchored.bytes > MOST_BYTES {
            self.diagnostics.push(Diagnostic::too_many_nodes(span));
            return false;
        }
        let (nodes, bytes) = (anchored.nodes, anchored.bytes);
        // Mistakes of the whole value are reported at the reference, and mistakes of its parts
        // where the parts are written.
        let node = Node {
            span,
            ..anchored.node.clone()
        };
        self.bytes += bytes;
        self.put(node, nodes)
    }

    /// Adds a finished node to its parent. Returns false if the file has too many nodes.
    fn put(&mut self, node: Node<'s>, nodes: usize) -> bool {
        self.nodes += nodes;
        if self.nodes > MOST_NODES {
            self.diagnostics.push(Diagnostic::too_many_nodes(node.span));
            return false;
        }
        let Some(parent) = self.filling.last_mut() else {
            self.root = Some(node);
            return true;
        };
        match &mut parent.node.value {
            Value::List(items) => items.push(node),
            Value::Map(entries) => match parent.key.take() {
                None => parent.key = Some(node),
                Some(key) => entries.push((key, node)),
            },
            Value::Scalar { .. } => {}
        }
        true
    }

    /// Closes everything that the text left open, and marks it as open.
    fn break_off(&mut self) {
        while let Some(mut filled) = self.filling.pop() {
            filled.node.open = true;
            self.finish(&mut filled);
            // Too many nodes were reported already, and must not stop this.
            self.nodes = 0;
            self.put(filled.node, 1);
            for more in filled.more {
                self.put(more, 0);
            }
        }
        if let (Some(root), Some(at)) = (&mut self.root, self.broke_at) {
            open_up_to(self.text, root, line_around(self.text, at).start);
        }
    }

    fn syntax(&mut self, error: &ScanError) {
        let at = error
            .marker()
            .byte_offset()
            .unwrap_or(self.text.len())
            .min(self.text.len());
        let at = self.text.floor_char_boundary(at);
        self.broke_at = Some(at);
        // A line that begins with `*` for emphasis breaks off after its first word, and was
        // reported as a reference.
        let line = line_around(self.text, at);
        let in_line = |other: &Diagnostic| (line.start..=line.end).contains(&other.span.start);
        if self
            .diagnostics
            .iter()
            .any(|other| other.code == "unknown-alias" && in_line(other))
        {
            return;
        }
        let width = self
            .text
            .get(at..)
            .and_then(|rest| rest.chars().next())
            .map_or(0, char::len_utf8);
        let span = Span::new(at, at + width);
        if matches!(error.kind(), ErrorKind::RecursionLimitExceeded) {
            self.diagnostics.push(Diagnostic::too_deep(span));
            return;
        }
        if let Some((place, key, value)) = self.head_without_dash(at) {
            let first = self
                .filling
                .iter()
                .rev()
                .find(|filling| matches!(filling.node.value, Value::Map(_)));
            let first = first.map_or(place, |filling| filling.node.span);
            let first = Span::new(first.start, first.start + 1);
            self.diagnostics
                .push(Diagnostic::missing_dash(place, first, &key, &value));
            return;
        }
        let (place, message, remedy) = explain(self.text, span, error.kind(), self.vocabulary);
        let bracket = self
            .filling
            .last()
            .filter(|filling| filling.flow && place == span && !is_about_text(error.kind()));
        self.diagnostics.push(match bracket {
            Some(open) => {
                Diagnostic::open_bracket(Span::new(open.node.span.start, open.node.span.start + 1))
            }
            None => Diagnostic::syntax(place, message, remedy),
        });
    }

    /// Returns the key of the line at `at`, its place and its value, if the line begins like an
    /// entry of an open list but has no dash.
    fn head_without_dash(&self, at: usize) -> Option<(Span, String, String)> {
        let in_list = self.filling.iter().any(|filling| {
            !filling.flow
                && filling
                    .key
                    .as_ref()
                    .and_then(Node::text)
                    .is_some_and(|key| self.vocabulary.lists.contains(&key))
        });
        let flow = self.filling.iter().any(|filling| filling.flow);
        let line = line_around(self.text, at);
        let content = self.text.get(line.range())?;
        let begin = content.trim_start_matches(' ');
        let (key, value) = begin.split_once(": ")?;
        let value = value.split(" #").next().unwrap_or_default().trim();
        // A second colon on the line is a different mistake.
        let is_head = in_list
            && !flow
            && self.vocabulary.heads.contains(&key)
            && !value.contains(": ")
            && !value.starts_with(['"', '\'', '[', '{']);
        let start = line.start + content.len() - begin.len();
        is_head.then(|| {
            (
                Span::new(start, start + key.len()),
                key.to_owned(),
                value.to_owned(),
            )
        })
    }
}

/// Marks the nodes that reach to the line at which the text broke off. What seems missing in them
/// may be below that line.
fn open_up_to(text: &str, node: &mut Node<'_>, line: usize) {
    let between = text.get(node.span.end.min(line)..line).unwrap_or_default();
    if node.span.end >= line || between.trim().is_empty() {
        node.open = true;
    }
    match &mut node.value {
        Value::Scalar { .. } => {}
        Value::List(items) => items
            .iter_mut()
            .for_each(|item| open_up_to(text, item, line)),
        Value::Map(entries) => entries
            .iter_mut()
            .for_each(|(_, value)| open_up_to(text, value, line)),
    }
}
