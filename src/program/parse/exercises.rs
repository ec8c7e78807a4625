//! Reads the list of exercises of a program or a phase.

use std::collections::HashMap;

use super::decoder::Decoder;
use super::exercise::Identity;
use super::field::Field;
use super::one_line;
use crate::diagnostic::Diagnostic;
use crate::program::{Exercise, Timings, keys};
use crate::source::{Span, excerpt};
use crate::yaml::{Node, Value};

impl Decoder<'_> {
    /// Reads exercises, and returns those without mistakes.
    pub(super) fn exercises(&mut self, field: &Field<'_>, timings: &Timings) -> Vec<Exercise> {
        self.places.exercises.push(field.key);
        if self.bad_dash(field.node) {
            return Vec::new();
        }
        let example = example_for(field.node);
        let Some(items) = self.list(field, "exercises, each with a dash", &example) else {
            return Vec::new();
        };
        let mut ids: HashMap<String, Span> = HashMap::new();
        let mut exercises = Vec::with_capacity(items.len());
        let mut number = 0;
        for (index, item) in items.iter().enumerate() {
            if is_torn_off(items, index) {
                self.diagnostics
                    .push(Diagnostic::dash_too_many(one_line::first_key(item)));
                continue;
            }
            number += 1;
            let (named, exercise) = if is_torn_off(items, index + 1) {
                let open = Node {
                    open: true,
                    ..item.clone()
                };
                self.exercise(&open, number, timings)
            } else {
                self.exercise(item, number, timings)
            };
            if let Some(named) = named {
                self.check_id(named, item, &mut ids);
            }
            exercises.extend(exercise);
        }
        exercises
    }

    /// Reports an id that another exercise of the list has.
    fn check_id(&mut self, (id, span): Identity, item: &Node<'_>, ids: &mut HashMap<String, Span>) {
        let here = (item.span.start..=item.span.end).contains(&span.start);
        let span = if here { span } else { item.span };
        if let Some(first) = ids.get(&id) {
            self.diagnostics
                .push(Diagnostic::duplicate_exercise(span, *first, &id));
        } else {
            ids.insert(id, span);
        }
    }
}

/// Returns true if an extra dash cuts an item off from the exercise above it: `- name: X` and `-
/// reps: 10` are one exercise.
fn is_torn_off(items: &[Node<'_>], at: usize) -> bool {
    let above = items
        .get(..at)
        .and_then(|above| above.iter().rfind(|item| one_line::has_name(item)));
    above.is_some_and(|above| {
        items
            .get(at)
            .is_some_and(|item| one_line::is_torn_off(above, item))
    })
}

/// Describes how to write exercises that are not a list, by the way they begin.
fn example_for(node: &Node<'_>) -> String {
    let begin = match &node.value {
        Value::Map(entries) => entries
            .first()
            .and_then(|(key, _)| key.text())
            .unwrap_or_default(),
        Value::Scalar { text, .. } => text,
        Value::List(_) => "",
    };
    let is_map = matches!(node.value, Value::Map(_));
    if begin.starts_with(['–', '—', '−']) {
        "a hyphen `-` and a space instead of this longer dash".to_owned()
    } else if begin.starts_with('-') {
        format!(
            "a space after the dash: `- {}: …`",
            begin.trim_start_matches('-')
        )
    } else if begin.starts_with("exercise") {
        "`- exercise: …`, with a dash and a space before each exercise".to_owned()
    } else if is_map && keys::EXERCISE.key(begin).is_none() {
        format!(
            "`- name: {}` instead of the line with the name, and write each exercise like that",
            excerpt(begin, 60)
        )
    } else {
        "each exercise with a dash, as `- name: …` and below it its dose".to_owned()
    }
}
