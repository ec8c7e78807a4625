//! Reads the progression of an exercise: steps that change its dose.

use std::time::Duration;

use super::decoder::Decoder;
use super::draft::DoseDraft;
use super::field::{Field, Fields};
use crate::diagnostic::Diagnostic;
use crate::program::{ProgressionStep, keys};
use crate::yaml::Node;

/// The dose of an exercise as changed by the steps so far.
pub(super) struct Progression<'e> {
    /// How messages call the exercise.
    pub(super) exercise: &'e str,
    pub(super) draft: DoseDraft,
    pub(super) rest: Duration,
}

impl Decoder<'_> {
    /// Reads the steps of a progression, beginning with the dose of the exercise.
    pub(super) fn progression(
        &mut self,
        field: &Field<'_>,
        mut progression: Progression<'_>,
    ) -> Vec<ProgressionStep> {
        let Some(items) = self.list(
            field,
            "steps, each with a dash",
            "`progression:` and below it `- week: …` with what changes",
        ) else {
            return Vec::new();
        };
        items
            .iter()
            .filter_map(|item| self.step(item, &mut progression))
            .collect()
    }

    fn step(
        &mut self,
        item: &Node<'_>,
        progression: &mut Progression<'_>,
    ) -> Option<ProgressionStep> {
        let mut inner = self.fields(
            item,
            "a progression step",
            &keys::STEP,
            "`- week: …` and below it what changes",
        )?;
        let mut count = |key: &'static str| inner.take(key).and_then(|field| self.count(&field));
        let (week, after_sessions) = (count("week"), count("after_sessions"));
        let pain_at_most = inner
            .take("pain_at_most")
            .and_then(|field| self.count(&field));
        let conditional = inner.had("week") || inner.had("after_sessions");
        if !conditional && !inner.had_unknown && !item.open {
            self.diagnostics
                .push(Diagnostic::step_without_condition(inner.place()));
        }
        let exercise = progression.exercise;
        let before = self
            .quiet(|decoder| decoder.resolve(&progression.draft, exercise, item.span, true))
            .map(|dose| dose.rounds());
        self.note_tempo(&inner);
        let had_list = progression.draft.sets_come_from_a_list();
        self.change(item, &mut inner, progression);
        // An earlier mistake in the dose was reported already.
        let before = before?;
        let dose = self.resolve(&progression.draft, exercise, inner.place(), item.open)?;
        if had_list && dose.rounds() < before && !inner.had("sets") {
            self.diagnostics.push(Diagnostic::step_drops_sets(
                inner.place(),
                before,
                dose.rounds(),
            ));
        }
        Some(ProgressionStep {
            week,
            after_sessions,
            pain_at_most,
            dose,
            rest: progression.rest,
        })
    }

    /// Reads the changes of a step, and reports a step without changes.
    fn change(
        &mut self,
        item: &Node<'_>,
        inner: &mut Fields<'_>,
        progression: &mut Progression<'_>,
    ) {
        let mut changed = self.change_dose(inner, &mut progression.draft);
        if let Some(field) = inner.take("rest") {
            changed = true;
            progression.rest = self.duration(&field).unwrap_or(progression.rest);
        }
        if !changed && !inner.had_unknown && !item.open {
            self.diagnostics
                .push(Diagnostic::step_without_change(inner.place()));
        }
    }
}
