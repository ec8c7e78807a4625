//! Reads the phases of a program, or its exercises if it has no phases.

use super::decoder::Decoder;
use super::field::{Field, Fields};
use super::meant;
use crate::diagnostic::Diagnostic;
use crate::program::{AdvanceWhen, Phase, Timings, keys};
use crate::source::excerpt;
use crate::yaml::{Node, Value};

impl Decoder<'_> {
    pub(super) fn phases(&mut self, fields: &mut Fields<'_>, timings: &Timings) -> Vec<Phase> {
        let exercises = fields.take("exercises");
        let phases = fields.take("phases");
        match (exercises, phases) {
            (Some(exercises), Some(phases)) => {
                let (first, second) = if exercises.key < phases.key {
                    (exercises, phases)
                } else {
                    (phases, exercises)
                };
                self.diagnostics
                    .push(Diagnostic::exercises_beside_phases(second.key, first.key));
                for field in [first, second] {
                    if field.name == "phases" {
                        self.phase_list(&field, timings);
                    } else {
                        self.exercises(&field, timings);
                    }
                }
                Vec::new()
            }
            (Some(field), None) => {
                let exercises = self.exercises(&field, timings);
                vec![Phase {
                    title: None,
                    weeks: None,
                    frequency: None,
                    advance_when: None,
                    exercises,
                }]
            }
            (None, Some(field)) => self.phase_list(&field, timings),
            (None, None) => {
                if !fields.node.open && !fields.had_strange_exercises {
                    let example =
                        "and below it each exercise with a dash, such as `- name: Glute bridge`";
                    self.diagnostics.push(Diagnostic::missing_key(
                        fields.place(),
                        "exercises",
                        "the program",
                        example,
                    ));
                }
                Vec::new()
            }
        }
    }

    fn phase_list(&mut self, field: &Field<'_>, timings: &Timings) -> Vec<Phase> {
        let example = match &field.node.value {
            Value::Map(entries) => {
                let first = entries
                    .first()
                    .and_then(|(key, _)| key.text())
                    .unwrap_or_default();
                let is_key = keys::PHASE.key(first).is_some();
                let title = if is_key {
                    "…".to_owned()
                } else {
                    excerpt(first, 60)
                };
                format!(
                    "`- title: {title}` instead of the line with the name, and write each phase \
                     like that"
                )
            }
            _ => "each phase below `phases:` as `- title: …`, with its `exercises:`".to_owned(),
        };
        let items = self.list(field, "phases, each with a dash", &example);
        items
            .unwrap_or_default()
            .iter()
            .enumerate()
            .filter_map(|(index, item)| self.phase(item, index + 1, timings))
            .collect()
    }

    fn phase(&mut self, node: &Node<'_>, number: usize, timings: &Timings) -> Option<Phase> {
        let what = format!("phase {number}");
        let mut fields = self.fields(
            node,
            &what,
            &keys::PHASE,
            "`- title: …` and below it `exercises:`",
        )?;
        let title = self.required_name(&mut fields, "title", &what, "what the phase is called");
        let weeks = fields.take("weeks").and_then(|field| self.count(&field));
        let frequency = fields
            .take("frequency")
            .and_then(|field| self.frequency(&field));
        let advance_when = fields
            .take("advance_when")
            .and_then(|field| self.advance_when(&field));
        let exercises = if let Some(field) = fields.take("exercises") {
            self.exercises(&field, timings)
        } else {
            if !node.open {
                let example = "and below it each exercise with a dash";
                self.diagnostics.push(Diagnostic::missing_key(
                    fields.place(),
                    "exercises",
                    &what,
                    example,
                ));
            }
            Vec::new()
        };
        Some(Phase {
            title: Some(title?),
            weeks,
            frequency,
            advance_when,
            exercises,
        })
    }

    fn advance_when(&mut self, field: &Field<'_>) -> Option<AdvanceWhen> {
        let mut inner = self.fields(
            field.node,
            "`advance_when`",
            &keys::ADVANCE,
            &meant::advance(field),
        )?;
        let sessions_field = inner.take("sessions");
        let pain_field = inner.take("pain_at_most");
        if sessions_field.is_none()
            && pain_field.is_none()
            && !inner.had_unknown
            && !field.node.open
        {
            self.diagnostics.push(Diagnostic::empty_advance(field.key));
        }
        Some(AdvanceWhen {
            sessions: sessions_field.and_then(|field| self.count(&field)),
            pain_at_most: pain_field.and_then(|field| self.count(&field)),
        })
    }
}
