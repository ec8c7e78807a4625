//! YAML as a tree with places: what the text says, before anybody asks what it means. The only file
//! that names the YAML crate. Never fails: a text that breaks off gives the part above the break.
//! Of programs it knows the keys with which an entry of a list begins, to tell where a dash is
//! missing, and otherwise nothing of what they mean.

use std::borrow::Cow;
use std::collections::HashMap;

use serde::de::DeserializeOwned;
use serde_yaml::granit_parser::{
    ErrorKind, Event, Options, Parser, ScalarStyle, ScanError, Span as YamlSpan, StrInput,
    StructureStyle,
};

use super::keys;
use crate::diagnostic::Diagnostic;
use crate::diagnostic::remedy::Remedy;
use crate::source::{Span, is_allowed};

/// How deep maps and lists may nest; the outermost is 1.
const DEEPEST: usize = 32;
/// How many nodes a file may have once references are written out.
const MOST_NODES: usize = 50_000;
/// How many bytes of text a file may have once references are written out.
const MOST_BYTES: usize = 4 * 1024 * 1024;
/// The longest key, in characters.
const LONGEST_KEY: usize = 64;
/// The longest text, in characters.
const LONGEST_TEXT: usize = 4_000;
/// The keys with which the entries of lists usually begin; a second one in an entry means that a
/// dash is missing.
const HEADS: &[&str] = &[
    "name",
    "exercise",
    "title",
    "up_to",
    "week",
    "after_sessions",
];
/// The lists whose entries begin with them.
const LISTS: &[&str] = &["exercises", "phases", "bands", "progression"];
/// The keys of a dose: what comes after them and is a name again belongs to another exercise.
const DOSES: &[&str] = &["sets", "reps", "hold", "tempo", "duration", "measure"];

/// A value and where it stands.
#[derive(Debug, Clone)]
pub struct Node<'s> {
    /// Its place in the text.
    pub span: Span,
    /// What it is.
    pub value: Value<'s>,
    /// Whether the text broke off inside it, so that what is missing in it may stand below the
    /// break.
    pub open: bool,
}

/// What a node is.
#[derive(Debug, Clone)]
pub enum Value<'s> {
    /// A single text.
    Scalar {
        /// As YAML reads it, escapes undone.
        text: Cow<'s, str>,
        /// Written without quotes.
        plain: bool,
    },
    /// A list.
    List(Vec<Node<'s>>),
    /// A map, without doubles, references merged in.
    Map(Vec<(Node<'s>, Node<'s>)>),
}

impl Node<'_> {
    /// Collects the places of the single texts in it, the keys with them.
    pub fn scalars(&self, spans: &mut Vec<Span>) {
        match &self.value {
            Value::Scalar { .. } => spans.push(self.span),
            Value::List(items) => items.iter().for_each(|item| item.scalars(spans)),
            Value::Map(entries) => entries.iter().for_each(|(key, value)| {
                key.scalars(spans);
                value.scalars(spans);
            }),
        }
    }

    /// The text of a scalar.
    pub fn text(&self) -> Option<&str> {
        match &self.value {
            Value::Scalar { text, .. } => Some(text),
            _ => None,
        }
    }

    /// Whether nothing was written.
    pub fn is_nothing(&self) -> bool {
        matches!(&self.value, Value::Scalar { text, plain: true } if text.is_empty())
    }

    /// What a therapist would call it.
    pub fn kind(&self) -> &'static str {
        match &self.value {
            Value::Scalar { .. } => "a single value",
            Value::List(_) => "a list",
            Value::Map(_) => "keys with values",
        }
    }
}

/// A read document: as much of the tree as could be read, and what is wrong with the text as YAML.
#[derive(Debug)]
pub struct Document<'s> {
    /// None for an empty text.
    pub root: Option<Node<'s>>,
    /// In no order.
    pub diagnostics: Vec<Diagnostic>,
    /// Where the text could not be read on.
    pub broke_at: Option<usize>,
}

/// Reads YAML of the shape that the program itself ships into plain data.
pub fn from_embedded<T: DeserializeOwned>(text: &str) -> Result<T, String> {
    // As YAML 1.2 has it: `no` is a text.
    serde_yaml::from_str_with_options(text, serde_yaml::options! { strict_booleans: true })
        .map_err(|error| error.to_string())
}

/// Reads a text.
pub fn read(text: &str) -> Document<'_> {
    let mut options = Options::default();
    options.emit_unresolved_aliases = true;
    options.emit_comments = false;
    options.flow_nesting_limit = DEEPEST + 8;
    options.block_nesting_limit = DEEPEST + 8;
    let mut builder = Builder {
        text,
        ..Builder::default()
    };
    let mut parser: Parser<'_, StrInput<'_>> = Parser::new_from_str_with_options(text, options);
    while let Some(event) = parser.next_event() {
        let going_on = match event {
            Ok((event, span)) => builder.event(event, span),
            Err(error) => {
                builder.syntax(&error);
                false
            }
        };
        if !going_on {
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

/// A container that is being filled.
struct Filling<'s> {
    node: Node<'s>,
    key: Option<Node<'s>>,
    anchor: usize,
    nodes_before: usize,
    bytes_before: usize,
    flow: bool,
    /// Entries of a list that stood in this one for lack of a dash.
    more: Vec<Node<'s>>,
}

/// A finished node that references may repeat, with the number of nodes in it.
struct Anchored<'s> {
    node: Node<'s>,
    nodes: usize,
    bytes: usize,
    depth: usize,
}

#[derive(Default)]
struct Builder<'s> {
    text: &'s str,
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

fn depth_of(node: &Node<'_>) -> usize {
    match &node.value {
        Value::Scalar { .. } => 0,
        Value::List(items) => 1 + items.iter().map(depth_of).max().unwrap_or(0),
        Value::Map(entries) => {
            1 + entries
                .iter()
                .map(|(_, value)| depth_of(value))
                .max()
                .unwrap_or(0)
        }
    }
}

impl<'s> Builder<'s> {
    /// Takes one event; false when reading must stop.
    fn event(&mut self, event: Event<'s>, yaml_span: YamlSpan) -> bool {
        let span = span_of(yaml_span);
        match event {
            Event::Scalar(text, style, anchor, tag) => {
                self.check_tag(tag.is_some(), yaml_span);
                self.check_text(&text, span);
                let plain = style == ScalarStyle::Plain;
                // Where nothing is written the parser says `~`, but it takes no room.
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
                    // What is missing above may stand below.
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
        // Characters written as they are were found in the raw text; here are those that an escape
        // spelled.
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
        // The end of a block is reported where the next one begins; it ends with its last value.
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

    /// Finishes a map that is closed. Entries of a list that lack their dashes are taken apart, so
    /// that none of them vanishes.
    fn finish(&mut self, filled: &mut Filling<'s>) {
        let Value::Map(entries) = &mut filled.node.value else {
            return;
        };
        let entries = std::mem::take(entries);
        let is_head =
            |entry: &(Node<'s>, Node<'s>)| entry.0.text().is_some_and(|key| HEADS.contains(&key));
        let parent = self.filling.last();
        let in_list = parent.is_some_and(|parent| matches!(parent.node.value, Value::List(_)));
        let list = parent
            .and_then(|parent| parent.key.as_ref())
            .and_then(Node::text)
            .filter(|key| LISTS.contains(key));
        let list = list.map(str::to_owned);
        let outermost = parent.is_none();
        let lacks_all = list.is_some() && !filled.flow && entries.first().is_some_and(is_head);
        let open = filled.node.open;
        if filled.flow || !(in_list || lacks_all) {
            let entries = if outermost && !filled.flow {
                self.adopt_strays(entries, open)
            } else {
                entries
            };
            filled.node.value = Value::Map(self.finish_map(entries));
            return;
        }
        let mut parts = self.apart(entries).into_iter();
        if lacks_all {
            let list_name = list.unwrap_or_default();
            let mut items = Vec::new();
            for (index, part) in parts.enumerate() {
                if let (0, Some((key, value))) = (index, part.first()) {
                    let (text, shown) = (
                        key.text().unwrap_or_default(),
                        value.text().unwrap_or_default(),
                    );
                    self.diagnostics.push(Diagnostic::missing_first_dash(
                        key.span, &list_name, text, shown,
                    ));
                }
                items.push(self.node_of(part, open));
            }
            filled.node.value = Value::List(items);
            return;
        }
        filled.node.value = Value::Map(
            parts
                .next()
                .map(|first| self.finish_map(first))
                .unwrap_or_default(),
        );
        for part in parts {
            let node = self.node_of(part, open);
            filled.more.push(node);
        }
    }

    /// Moves entries that begin like an exercise, below the list of exercises and without a dash,
    /// into that list.
    fn adopt_strays(
        &mut self,
        entries: Vec<(Node<'s>, Node<'s>)>,
        open: bool,
    ) -> Vec<(Node<'s>, Node<'s>)> {
        let is =
            |node: &Node<'_>, keys: &[&str]| node.text().is_some_and(|key| keys.contains(&key));
        let list = entries.iter().position(|(key, value)| {
            is(key, &["exercises"])
                && matches!(&value.value, Value::List(items) if !items.is_empty())
        });
        let stray = list.and_then(|list| {
            entries
                .iter()
                .skip(list)
                .position(|(key, _)| is(key, &["name", "exercise"]))
                .map(|after| list + after)
        });
        let (Some(list), Some(stray)) = (list, stray) else {
            return entries;
        };
        let mut kept = Vec::with_capacity(entries.len());
        let mut strays = Vec::new();
        for (index, (key, value)) in entries.into_iter().enumerate() {
            let of_exercise = key.text().is_some_and(|key| {
                keys::EXERCISE.key(key).is_some() && keys::PROGRAM.key(key).is_none()
            });
            if index >= stray && of_exercise {
                strays.push((key, value));
            } else {
                kept.push((key, value));
            }
        }
        let parts = self.apart(strays);
        for (index, part) in parts.into_iter().enumerate() {
            if let (0, Some((key, value))) = (index, part.first()) {
                let above =
                    kept.get(list)
                        .map(|(_, list)| list)
                        .and_then(|list| match &list.value {
                            Value::List(items) => items.last(),
                            _ => None,
                        });
                let first = match above.map(|above| &above.value) {
                    Some(Value::Map(entries)) => {
                        entries.first().map_or(key.span, |(key, _)| key.span)
                    }
                    _ => key.span,
                };
                let (text, shown) = (
                    key.text().unwrap_or_default(),
                    value.text().unwrap_or_default(),
                );
                self.diagnostics
                    .push(Diagnostic::missing_dash(key.span, first, text, shown));
            }
            let node = self.node_of(part, open);
            if let Some((
                _,
                Node {
                    value: Value::List(items),
                    ..
                },
            )) = kept.get_mut(list)
            {
                items.push(node);
            }
        }
        kept
    }

    fn node_of(&mut self, part: Vec<(Node<'s>, Node<'s>)>, open: bool) -> Node<'s> {
        let start = part.first().map_or(0, |(key, _)| key.span.start);
        let end = part.last().map_or(start, |(_, value)| value.span.end);
        Node {
            span: Span::new(start, end),
            value: Value::Map(self.finish_map(part)),
            open,
        }
    }

    /// Takes entries apart where the next one of a list begins without its dash, and says so.
    fn apart(&mut self, entries: Vec<(Node<'s>, Node<'s>)>) -> Vec<Vec<(Node<'s>, Node<'s>)>> {
        let mut parts: Vec<Vec<(Node<'s>, Node<'s>)>> = vec![Vec::new()];
        for (key, value) in entries {
            let text = key.text().unwrap_or_default();
            if let Some(part) = parts.last()
                && let Some((first, _)) = part.first()
                && HEADS.contains(&text)
            {
                let before = |wanted: &str| {
                    part.iter()
                        .position(|(other, _)| other.text() == Some(wanted))
                };
                let after_dose = part
                    .iter()
                    .any(|(other, _)| other.text().is_some_and(|text| DOSES.contains(&text)));
                let other_name = match text {
                    "name" => before("exercise"),
                    "exercise" => before("name"),
                    _ => None,
                };
                // Side by side, they are one entry that was named twice.
                let again = before(text).is_some_and(|at| at + 1 < part.len());
                let shown = value.text().unwrap_or_default();
                if again && !(matches!(text, "week" | "after_sessions") && before(text) != Some(0))
                {
                    self.diagnostics
                        .push(Diagnostic::missing_dash(key.span, first.span, text, shown));
                    parts.push(Vec::new());
                } else if other_name.is_some() && after_dose {
                    let first_key = first.text().unwrap_or_default();
                    self.diagnostics.push(Diagnostic::second_name(
                        key.span, first.span, text, shown, first_key,
                    ));
                    parts.push(Vec::new());
                }
            }
            if let Some(part) = parts.last_mut() {
                part.push((key, value));
            }
        }
        parts
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
        // What is wrong with the whole is wrong where the reference stands; its parts stay where
        // they are written.
        let node = Node {
            span,
            ..anchored.node.clone()
        };
        self.bytes += bytes;
        self.put(node, nodes)
    }

    /// Puts a finished node where it belongs; false when there are too many.
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

    /// Drops doubles and keys that are none, and merges references in.
    fn finish_map(&mut self, entries: Vec<(Node<'s>, Node<'s>)>) -> Vec<(Node<'s>, Node<'s>)> {
        let mut places: HashMap<String, Span> = HashMap::with_capacity(entries.len());
        let mut kept = Vec::with_capacity(entries.len());
        let mut merged = Vec::new();
        for (key, value) in entries {
            let Value::Scalar { text, plain } = &key.value else {
                self.diagnostics.push(Diagnostic::complex_key(key.span));
                continue;
            };
            if *plain && text == "<<" {
                merged.push(value);
            } else if text.len() > LONGEST_KEY && text.chars().count() > LONGEST_KEY {
                self.diagnostics.push(Diagnostic::long_key(key.span));
            } else if let Some(first) = places.get(text.as_ref()) {
                self.diagnostics
                    .push(Diagnostic::duplicate_key(key.span, *first, text));
            } else {
                places.insert(text.clone().into_owned(), key.span);
                kept.push((key, value));
            }
        }
        for source in merged {
            let span = source.span;
            let maps = match source.value {
                Value::List(items) => items,
                _ => vec![source],
            };
            for map in maps {
                let Value::Map(entries) = map.value else {
                    self.diagnostics.push(Diagnostic::bad_merge(span));
                    continue;
                };
                for (key, value) in entries {
                    let text = key.text().unwrap_or_default().to_owned();
                    // What is written out wins over what is merged in, and what was merged first
                    // over what comes later.
                    if let std::collections::hash_map::Entry::Vacant(place) = places.entry(text) {
                        place.insert(key.span);
                        kept.push((key, value));
                    }
                }
            }
        }
        kept
    }

    /// Closes what the text left open, marked as such.
    fn break_off(&mut self) {
        while let Some(mut filled) = self.filling.pop() {
            filled.node.open = true;
            self.finish(&mut filled);
            // Too many nodes were reported where they came to be too many.
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
        // A line that begins with `*` for emphasis breaks off after its first word.
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
        let (place, message, remedy) = explain(self.text, span, error.kind());
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

    /// The key of the line at `at` and its value, where a list is open above and the line begins
    /// like one of its entries, but for the dash.
    fn head_without_dash(&self, at: usize) -> Option<(Span, String, String)> {
        let in_list = self.filling.iter().any(|filling| {
            !filling.flow
                && filling
                    .key
                    .as_ref()
                    .and_then(Node::text)
                    .is_some_and(|key| LISTS.contains(&key))
        });
        let flow = self.filling.iter().any(|filling| filling.flow);
        let line = line_around(self.text, at);
        let content = self.text.get(line.range())?;
        let begin = content.trim_start_matches(' ');
        let (key, value) = begin.split_once(": ")?;
        let value = value.split(" #").next().unwrap_or_default().trim();
        // A second colon on the line is another mistake.
        let is_head = in_list
            && !flow
            && HEADS.contains(&key)
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

/// Whether an error is about quotes or characters, and so not about a bracket around them.
fn is_about_text(kind: &ErrorKind) -> bool {
    matches!(
        kind,
        ErrorKind::UnclosedQuotedScalar
            | ErrorKind::InvalidQuotedScalarIndent
            | ErrorKind::InvalidTrailingSingleQuotedScalar
            | ErrorKind::InvalidTrailingDoubleQuotedScalar
            | ErrorKind::UnknownQuotedScalarEscape
            | ErrorKind::InvalidQuotedScalarHexEscape
            | ErrorKind::MismatchedFlowCollectionEnd { .. }
            | ErrorKind::UnexpectedCharacter { .. }
    )
}

/// Marks what reaches to the line at which the text broke off: what is missing there may stand
/// below.
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

/// Returns the line that holds a byte, as a range of bytes without the line break.
pub fn line_around(text: &str, at: usize) -> Span {
    let start = text
        .get(..at)
        .and_then(|before| before.rfind('\n'))
        .map_or(0, |newline| newline + 1);
    let end = text
        .get(at..)
        .and_then(|after| after.find('\n'))
        .map_or(text.len(), |newline| at + newline);
    Span::new(start, end)
}

/// Where a tab stands in the indentation of the line at `at`, or of the next one that says
/// something.
fn tab_in_indentation(text: &str, at: usize) -> Option<usize> {
    let mut line = line_around(text, at);
    for below in 0..100 {
        let content = text.get(line.range())?;
        let indent = content.len() - content.trim_start_matches([' ', '\t']).len();
        if let Some(tab) = content.get(..indent)?.find('\t') {
            return Some(line.start + tab);
        }
        let says_something = content
            .get(indent..)
            .is_some_and(|rest| !rest.trim().is_empty() && !rest.starts_with('#'));
        if (below > 0 && says_something) || line.end >= text.len() {
            return None;
        }
        line = line_around(text, line.end + 1);
    }
    None
}

/// A curly quote at the beginning of a value, earlier on the line of a place.
fn curly_quote(text: &str, at: usize) -> Option<Span> {
    let line = line_around(text, at);
    let before = text.get(line.start..at)?;
    let found = before
        .char_indices()
        .find(|(_, letter)| crate::source::is_curly_quote(*letter))?;
    let start = line.start + found.0;
    let opens = before.get(..found.0)?.trim_end().ends_with([':', '-']);
    opens.then(|| Span::new(start, start + found.1.len_utf8()))
}

/// A syntax error in a therapist's words.
fn explain(text: &str, span: Span, kind: &ErrorKind) -> (Span, String, Remedy) {
    const INDENT: &str =
        "let each line begin exactly below the line it belongs with; only spaces count";
    if let Some(tab) = tab_in_indentation(text, span.start) {
        return (
            Span::new(tab, tab + 1),
            "this line is indented with a tab".to_owned(),
            Remedy::words("use spaces at the start of a line, never the Tab key"),
        );
    }
    if let Some(found) = pasted(text, span) {
        return found;
    }
    if let Some(quote) = curly_quote(text, span.start) {
        return (
            quote,
            "this is a curly quote, and only straight ones put a text in quotes".to_owned(),
            Remedy::words("type \" on the keyboard, and turn off smart quotes in your editor"),
        );
    }
    if let ErrorKind::SimpleKeyExpected | ErrorKind::InvalidSimpleKey = kind
        && let Some((place, written)) = without_space(text, span.start)
    {
        return (
            place,
            "this line needs a colon and a space".to_owned(),
            Remedy::entries([written]),
        );
    }
    if let ErrorKind::SimpleKeyExpected | ErrorKind::InvalidSimpleKey = kind
        && let Some(remedy) = without_dash(text, span.start)
    {
        return (
            span,
            "this line belongs to a list and has no dash".to_owned(),
            remedy,
        );
    }
    if let ErrorKind::MappingValueNotAllowed = kind
        && let Some((message, remedy)) = second_colon(text, span.start)
    {
        return (span, message, remedy);
    }
    let (message, help) = match kind {
        ErrorKind::MappingValueNotAllowed => (
            "there is a second colon on this line, or the line is indented too far",
            "put a text with a colon in it in \"quotes\"; let keys that belong together begin in the same column",
        ),
        ErrorKind::SimpleKeyExpected | ErrorKind::InvalidSimpleKey => (
            "this line needs a colon and a space",
            "write the key, a colon, a space and the value, such as `reps: 10`",
        ),
        ErrorKind::UnclosedQuotedScalar
        | ErrorKind::InvalidQuotedScalarIndent
        | ErrorKind::DocumentIndicatorInQuotedScalar => (
            "a quote that is opened here or above is never closed",
            "close the quote",
        ),
        ErrorKind::InvalidTrailingSingleQuotedScalar
        | ErrorKind::InvalidTrailingDoubleQuotedScalar => (
            "there is text after the closing quote",
            "put the whole text in quotes, or remove the quotes",
        ),
        ErrorKind::UnknownQuotedScalarEscape
        | ErrorKind::InvalidQuotedScalarHexEscape
        | ErrorKind::InvalidLowSurrogateHexEscape
        | ErrorKind::InvalidLowSurrogate
        | ErrorKind::MissingLowSurrogate
        | ErrorKind::UnpairedLowSurrogate
        | ErrorKind::InvalidUnicodeEscape => (
            "a backslash in \"double quotes\" begins a special character, and this is none",
            "write the text in 'single quotes'",
        ),
        ErrorKind::UnexpectedEofFlowSequence
        | ErrorKind::UnexpectedEofFlowMapping
        | ErrorKind::UnexpectedEofImplicitFlowMapping
        | ErrorKind::UnclosedFlowCollection { .. }
        | ErrorKind::ExpectedFlowMappingSeparator
        | ErrorKind::ExpectedFlowSequenceSeparator
        | ErrorKind::InvalidFlowScalarIndent => (
            "a bracket is opened and not closed, or a comma is missing",
            "close each `[` with `]` and each `{` with `}`, commas between",
        ),
        ErrorKind::MisplacedFlowCollectionEnd | ErrorKind::MismatchedFlowCollectionEnd { .. } => (
            "this bracket closes nothing",
            "close each `[` with `]` and each `{` with `}`",
        ),
        ErrorKind::ExpectedBlockMappingKey
        | ErrorKind::ExpectedBlockSequenceEntry
        | ErrorKind::InvalidIndentation
        | ErrorKind::BlockSequenceEntryNotAllowed
        | ErrorKind::BlockEntryInFlowCollection
        | ErrorKind::InvalidBlockEntryWhitespace
        | ErrorKind::UnexpectedEofBlockSequence
        | ErrorKind::UnexpectedEofBlockMapping
        | ErrorKind::ExpectedDocumentStart => (
            "the indentation of this line does not fit the lines above",
            INDENT,
        ),
        ErrorKind::CommentInterceptedScalar | ErrorKind::CommentNotSeparated => (
            "there is a comment inside a text",
            "put the comment on a line of its own, above the text",
        ),
        ErrorKind::UnexpectedCharacter { .. } => (
            "a text cannot begin with this character",
            "put the text in \"quotes\"",
        ),
        ErrorKind::InvalidBlockScalarHeader
        | ErrorKind::InvalidBlockScalarIndent
        | ErrorKind::ZeroBlockScalarIndent => (
            "a text that begins with `|` or `>` goes on below, indented",
            "put the text in \"quotes\" on this line, or indent the lines below",
        ),
        ErrorKind::MissingAnchorOrAliasName => (
            "`&` and `*` begin a reference, and its name is missing",
            "put the text in \"quotes\"",
        ),
        _ => (
            "this cannot be read as YAML",
            "compare the line with those of a program that works; put the text in \"quotes\"",
        ),
    };
    (span, message.to_owned(), Remedy::words(help))
}

/// Recognizes lines as they are pasted from mail, chats and word processors, where a list or a
/// program was meant.
fn pasted(text: &str, span: Span) -> Option<(Span, String, Remedy)> {
    let line = line_around(text, span.start);
    let content = text.get(line.range())?;
    let bare = content.trim_start();
    let start = line.start + content.len() - bare.len();
    let told = |span: Span, message: &str, help: String| {
        Some((span, message.to_owned(), Remedy::words(help)))
    };
    if bare.starts_with("```") {
        let help = "delete this line and the one like it at the end".to_owned();
        return told(
            Span::new(start, start + 3),
            "this line is left over from a chat or a web page",
            help,
        );
    }
    let quotes = text.lines().filter(|line| line.starts_with('>')).count();
    if content.starts_with('>') && quotes > 1 {
        let message = "a mail program put `>` at the beginning of these lines";
        return told(
            Span::new(start, start + 1),
            message,
            "delete the `>` and the space after it in each line".to_owned(),
        );
    }
    // `* name: Clam`, where a dash is meant.
    if let Some(entry) = bare.strip_prefix("* ").map(str::trim) {
        let help =
            format!("write a hyphen and a space instead: `- {entry}`, and so in each such line");
        return told(
            Span::new(start, start + 1),
            "a list needs a hyphen and a space, and this is another sign",
            help,
        );
    }
    // `- {name: A}, {name: B}`
    let rest = text.get(span.start..line.end)?;
    if bare.starts_with("- {")
        && rest.trim_start_matches([',', ' ']).starts_with('{')
        && rest.starts_with(',')
    {
        let help =
            "put each entry on a line of its own, after a dash and a space, without the comma"
                .to_owned();
        return told(
            Span::new(span.start, span.start + 1),
            "a second entry begins on this line",
            help,
        );
    }
    // `stop_if: - numbness`
    let (key, entry) = bare.split_once(": - ")?;
    if span.start > start && is_key(key.trim_start_matches("- ")) {
        let help = format!(
            "put each entry on a line of its own below `{key}:`, indented, as `- {}`",
            entry.trim()
        );
        return told(
            span,
            "the first entry of a list stands on the line of its key",
            help,
        );
    }
    None
}

/// Recognizes a line of text that belongs to a list above it and has no dash.
fn without_dash(text: &str, at: usize) -> Option<Remedy> {
    let line = line_around(text, at);
    let content = text.get(line.range())?;
    let before = text.get(..line.start)?.trim_end().lines().next_back()?;
    let key = before.trim_start_matches([' ', '-']).strip_suffix(':')?;
    let is_list = keys::MAPS.iter().filter_map(|map| map.key(key)).any(|key| {
        matches!(
            key.kind,
            keys::ValueKind::Texts | keys::ValueKind::StopSigns
        )
    });
    is_list.then(|| {
        Remedy::words(format!(
            "put a dash and a space before each line of `{key}:`, as `- {}`",
            content.trim()
        ))
    })
}

/// Whether a word is a key of the format.
fn is_key(word: &str) -> bool {
    keys::MAPS.iter().any(|map| map.key(word).is_some())
}

/// A line with two colons: several keys, or a text with a colon in it.
fn second_colon(text: &str, at: usize) -> Option<(String, Remedy)> {
    let content = text.get(line_around(text, at).range())?;
    let begin = content.trim_start_matches([' ', '-']).trim_end();
    let (key, rest) = begin.split_once(": ")?;
    if !is_key(key)
        || !rest.contains(": ") && !rest.ends_with(':')
        || rest.contains(['"', '#', '{', '['])
    {
        return None;
    }
    let mut entries = vec![format!("{key}:")];
    for word in rest.split_whitespace() {
        match word.strip_suffix(':') {
            Some(key) if is_key(key) => entries.push(word.to_owned()),
            Some(_) => {
                let message = "there is a second colon on this line".to_owned();
                return Some((
                    message,
                    Remedy::entries([format!("{key}: \"{}\"", rest.trim())]),
                ));
            }
            None => entries.last_mut()?.push_str(&format!(" {word}")),
        }
    }
    let entries: Vec<String> = entries
        .iter()
        .map(|entry| entry.trim_end_matches([',', ';', '|', ' ']).to_owned())
        .collect();
    let message = "this line has more than one key, and each needs a line of its own".to_owned();
    (entries.len() > 1).then(|| (message, Remedy::entries(entries)))
}

/// The words of a line that lack the space after their colon or the colon, and how they are
/// written.
fn without_space(text: &str, at: usize) -> Option<(Span, String)> {
    let line = line_around(text, at);
    let content = text.get(line.range())?;
    let begin = content.trim_start_matches([' ', '-']);
    let start = line.start + content.len() - begin.len();
    let key: String = begin
        .chars()
        .take_while(|c| c.is_ascii_lowercase() || *c == '_')
        .collect();
    let rest = begin.get(key.len()..)?;
    // `sets = 3`, `sets; 3`
    let value = rest.strip_prefix([':', ' ', '=', ';'])?.trim();
    let value = value.strip_prefix(['=', ';']).unwrap_or(value).trim();
    let plain = !value.is_empty() && !value.starts_with([':', '=', ';']) && !value.contains(": ");
    (is_key(&key) && plain).then(|| {
        (
            Span::new(start, start + begin.trim_end().len()),
            format!("{key}: {value}"),
        )
    })
}
