//! The tree of a text: lists, maps and scalars, each with its place.

use std::borrow::Cow;

use crate::diagnostic::Diagnostic;
use crate::source::Span;

/// The keys of a map with their values, in the order of the file.
pub(super) type Entries<'s> = Vec<(Node<'s>, Node<'s>)>;

/// A value and its place.
#[derive(Debug, Clone)]
pub struct Node<'s> {
    /// The place in the text.
    pub span: Span,
    /// The scalar, list or map.
    pub value: Value<'s>,
    /// Whether the text broke off inside it. What seems missing in it may be below the break.
    pub open: bool,
}

/// The content of a node.
#[derive(Debug, Clone)]
pub enum Value<'s> {
    /// A single value, such as a text or a number.
    Scalar {
        /// The text without quotes and escapes.
        text: Cow<'s, str>,
        /// Whether it is written without quotes.
        plain: bool,
    },
    /// The entries of a list.
    List(Vec<Node<'s>>),
    /// The entries of a map, without duplicate keys and with references merged in.
    Map(Vec<(Node<'s>, Node<'s>)>),
}

impl Node<'_> {
    /// Adds the places of its scalars and keys to `spans`.
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

    /// Returns the text of a scalar. None for a list or a map.
    pub fn text(&self) -> Option<&str> {
        match &self.value {
            Value::Scalar { text, .. } => Some(text),
            _ => None,
        }
    }

    /// Returns true if the value is empty.
    pub fn is_nothing(&self) -> bool {
        matches!(&self.value, Value::Scalar { text, plain: true } if text.is_empty())
    }

    /// Describes the kind of value to a therapist.
    pub fn kind(&self) -> &'static str {
        match &self.value {
            Value::Scalar { .. } => "a single value",
            Value::List(_) => "a list",
            Value::Map(_) => "keys with values",
        }
    }
}

/// The tree of a text as far as it could be read, with its mistakes as YAML.
#[derive(Debug)]
pub(crate) struct Document<'s> {
    /// The outermost node; None for an empty text.
    pub(crate) root: Option<Node<'s>>,
    /// The mistakes, in no order.
    pub(crate) diagnostics: Vec<Diagnostic>,
    /// The byte at which reading stopped; None if the whole text was read.
    pub(crate) broke_at: Option<usize>,
}

pub(super) fn depth_of(node: &Node<'_>) -> usize {
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
