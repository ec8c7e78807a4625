//! Resolves the dose of an exercise: from its keys to its sets, by the rules of format 1.

use std::time::Duration;

use super::decoder::Decoder;
use super::draft::DoseDraft;
use super::one_line::name_and_dose;
use crate::diagnostic::Diagnostic;
use crate::diagnostic::remedy::{Change, Remedy};
use crate::program::{Dose, SetDose, Side, SideRule};
use crate::source::Span;

impl Decoder<'_> {
    /// Returns the dose that follows from the keys. A missing key is reported at `place`, unless
    /// `open` says that the text broke off.
    pub(super) fn resolve(
        &mut self,
        draft: &DoseDraft,
        exercise: &str,
        place: Span,
        open: bool,
    ) -> Option<Dose> {
        let before = self.diagnostics.len();
        self.check_kind(draft, exercise, place, open);
        let side = draft.side_rule();
        self.check_sides(draft, side);
        if self.diagnostics.len() > before || draft.unreadable {
            return None;
        }
        let sides: &[Side] = match side {
            SideRule::Both => &[Side::Both],
            SideRule::Left => &[Side::Left],
            SideRule::Right => &[Side::Right],
            SideRule::Each | SideRule::Alternate => &[Side::Left, Side::Right],
        };
        let counts: Vec<Option<usize>> = sides
            .iter()
            .map(|side| self.count_sets(draft, *side))
            .collect();
        let mut sets = Vec::new();
        for (side, count) in sides.iter().zip(counts) {
            let count = count?;
            for set in 0..count {
                sets.push(SetDose {
                    side: *side,
                    number: u8::try_from(set + 1).unwrap_or(u8::MAX),
                    work: draft.work(*side, set)?,
                    load: draft
                        .load
                        .as_ref()
                        .and_then(|load| load.of(*side).get(set))
                        .cloned(),
                });
            }
        }
        let first = draft
            .first
            .map_or_else(|| longer_side(&sets), |(_, first)| first);
        Some(Dose { side, first, sets })
    }

    /// Reports keys that don't fit the side rule.
    fn check_sides(&mut self, draft: &DoseDraft, side: SideRule) {
        let in_turn = matches!(side, SideRule::Each | SideRule::Alternate);
        if let Some((span, SideRule::Alternate)) = draft.side
            && !draft.has("reps")
        {
            self.diagnostics
                .push(Diagnostic::alternate_without_reps(span));
        }
        // An unreadable side may be `each` or `alternate`.
        let side_known = draft.side.is_some() || !draft.side_unreadable;
        if !in_turn && side_known {
            for (name, span) in draft.sided() {
                self.diagnostics
                    .push(Diagnostic::sides_without_each(span, name));
            }
            if let Some((span, _)) = draft.first {
                self.diagnostics.push(Diagnostic::first_without_each(span));
            }
        }
    }

    /// Reports a missing dose, and each key that can't be combined with one above it.
    fn check_kind(&mut self, draft: &DoseDraft, exercise: &str, place: Span, open: bool) {
        let mut present = draft.present.clone();
        present.sort_by_key(|(_, span)| *span);
        // An unreadable value may contain the dose: `sets: 3x10`.
        let sets_unread = draft.unreadable && draft.sets.is_none() && !draft.side_unreadable;
        if present.is_empty() && !open && !sets_unread {
            let diagnostic = Diagnostic::no_dose(place, exercise);
            self.diagnostics.push(match name_and_dose(exercise) {
                Some((_, entries)) => {
                    let entries = entries
                        .into_iter()
                        .map(|(key, value)| format!("{key}: {value}"))
                        .collect();
                    diagnostic.remedy(Remedy::Write(Change::Add(entries)))
                }
                None => diagnostic,
            });
        }
        let together = |one: &str, other: &str| {
            matches!(
                (one, other),
                ("hold" | "tempo", "reps") | ("reps", "hold" | "tempo")
            )
        };
        for (index, (name, span)) in present.iter().enumerate() {
            let clash = present
                .iter()
                .take(index)
                .find(|(other, _)| !together(name, other));
            if let Some((other, other_span)) = clash {
                self.diagnostics
                    .push(Diagnostic::two_doses(*span, *other_span, name, other));
            }
        }
        if let Some((_, span)) = present.iter().find(|(name, _)| *name == "tempo")
            && present.len() == 1
        {
            self.diagnostics.push(Diagnostic::tempo_without_reps(*span));
        }
    }

    /// Returns the number of sets of a side: the value of `sets`, else the length of a list, else
    /// 1.
    fn count_sets(&mut self, draft: &DoseDraft, side: Side) -> Option<usize> {
        let lists = [
            draft
                .reps
                .as_ref()
                .map(|given| (given.name, given.span, given.of(side).list_length())),
            draft
                .hold
                .as_ref()
                .map(|given| (given.name, given.span, given.of(side).list_length())),
            draft
                .load
                .as_ref()
                .map(|given| (given.name, given.span, given.of(side).list_length())),
        ];
        let of_side = if side == Side::Both {
            String::new()
        } else {
            format!(" on the {}", side.word())
        };
        let mut count = draft.sets.as_ref().and_then(|given| {
            let sets = usize::from(*given.of(side).get(0)?);
            Some((sets, given.span, format!("`sets` says {sets}{of_side}")))
        });
        let before = self.diagnostics.len();
        for (name, span, length) in lists.into_iter().flatten() {
            let Some(length) = length else { continue };
            match &count {
                None => count = Some((length, span, format!("`{name}` lists {length}{of_side}"))),
                Some((sets, _, _)) if *sets == length => {}
                Some((_, other, words)) => {
                    self.diagnostics.push(Diagnostic::sets_disagree(
                        span,
                        name,
                        length,
                        Some(*other),
                        words,
                    ));
                }
            }
        }
        (self.diagnostics.len() == before).then(|| count.map_or(1, |(count, _, _)| count))
    }
}

/// Returns the side that begins if the file doesn't say: the one with more work, else the left.
fn longer_side(sets: &[SetDose]) -> Side {
    let seconds = |side: Side| {
        sets.iter()
            .filter(|set| set.side == side)
            .map(|set| set.work.estimate())
            .sum::<Duration>()
    };
    if seconds(Side::Right) > seconds(Side::Left) {
        Side::Right
    } else {
        Side::Left
    }
}
