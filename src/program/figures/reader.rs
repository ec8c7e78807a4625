//! The state of reading a figure, and the values that its parts share.

use crate::diagnostic::{Diagnostic, nearest};
use crate::figure::{Keyframe, POINTS, Point};
use crate::yaml::{Node, Value};

/// The largest distance in a figure, in statures.
pub(super) const FAR: f32 = 2.0;

/// A key and its value.
pub(super) type Entry<'s> = (Node<'s>, Node<'s>);

/// Reads the parts of a figure.
pub(super) struct Reader {
    /// The poses known so far, the named bases first.
    pub(super) poses: Vec<Keyframe>,
    pub(super) diagnostics: Vec<Diagnostic>,
}

/// Returns the entries of a map; None if the node is something else.
pub(super) fn entries<'n, 's>(node: &'n Node<'s>) -> Option<&'n [Entry<'s>]> {
    match &node.value {
        Value::Map(entries) => Some(entries),
        _ => None,
    }
}

/// Returns the value of a key.
pub(super) fn value_of<'n, 's>(entries: &'n [Entry<'s>], name: &str) -> Option<&'n Node<'s>> {
    entries
        .iter()
        .find(|(key, _)| key.text() == Some(name))
        .map(|(_, value)| value)
}

/// Returns the items of a list. A single value counts as a list of one.
pub(super) fn list<'n, 's>(node: &'n Node<'s>) -> &'n [Node<'s>] {
    match &node.value {
        Value::List(nodes) => nodes,
        _ => std::slice::from_ref(node),
    }
}

impl Reader {
    pub(super) fn new(poses: Vec<Keyframe>) -> Self {
        Self {
            poses,
            diagnostics: Vec::new(),
        }
    }

    pub(super) fn report(&mut self, diagnostic: Diagnostic) {
        self.diagnostics.push(diagnostic);
    }

    /// Reads one of these words.
    pub(super) fn read_word(
        &mut self,
        node: &Node<'_>,
        key: &str,
        known: &[&str],
    ) -> Option<String> {
        let text = node.text().unwrap_or_default();
        if known.contains(&text) {
            return Some(text.to_owned());
        }
        self.report(Diagnostic::not_one_of(
            node.span,
            key,
            text,
            known,
            nearest(text, known.iter().copied()),
        ));
        None
    }

    /// Reads a number within a range.
    pub(super) fn read_number(
        &mut self,
        node: &Node<'_>,
        key: &str,
        (low, high): (f32, f32),
    ) -> Option<f32> {
        let text = node.text().unwrap_or_default();
        // NaN and the infinities are outside every range.
        let number = text
            .trim()
            .parse::<f32>()
            .ok()
            .filter(|number| (low..=high).contains(number));
        if number.is_none() {
            self.report(Diagnostic::bad_angle(node.span, key, text, low, high));
        }
        number
    }

    /// Reads a distance to the front or to the back, in statures.
    pub(super) fn read_distance(&mut self, node: &Node<'_>, key: &str) -> Option<f32> {
        self.read_number(node, key, (-FAR, FAR))
    }

    /// Reads the name of a point of the body.
    pub(super) fn read_point(&mut self, node: &Node<'_>, key: &str) -> Option<Point> {
        let names: Vec<&str> = POINTS.iter().map(|(name, _)| *name).collect();
        self.read_word(node, key, &names)
            .and_then(|name| Point::named(&name))
    }

    /// Reads the name of one of the figure's own poses. Returns its index among them.
    pub(super) fn read_pose_name(
        &mut self,
        node: &Node<'_>,
        key: &str,
        own: &[Keyframe],
    ) -> Option<usize> {
        let names: Vec<&str> = own.iter().map(|pose| pose.name.as_str()).collect();
        let name = self.read_word(node, key, &names)?;
        own.iter().position(|pose| pose.name == name)
    }
}
