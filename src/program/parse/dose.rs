//! Doses: what the keys of an exercise say, and the sets that follow from it under the rules of
//! format 1. Knows nothing of the other keys of an exercise.

use std::time::Duration;

use super::fields::{Decoder, Field, Fields};
use super::meant;
use super::one_line::name_and_dose;
use crate::diagnostic::Diagnostic;
use crate::diagnostic::remedy::{Change, Remedy};
use crate::program::document::{Node, Value};
use crate::program::keys::{self, ValueKind};
use crate::program::notation::read_tempo;
use crate::program::{Dose, RepStyle, SetDose, Side, SideRule, Tempo, TestKind, Work};
use crate::source::Span;

/// A value a set: the same for all, or one each.
#[derive(Debug, Clone)]
enum PerSet<T> {
    One(T),
    Each(Vec<T>),
}

impl<T> PerSet<T> {
    /// The value of a set, counted from 0.
    fn get(&self, set: usize) -> Option<&T> {
        match self {
            Self::One(value) => Some(value),
            Self::Each(values) => values.get(set),
        }
    }

    fn entry(&self) -> Option<usize> {
        match self {
            Self::One(_) => None,
            Self::Each(values) => Some(values.len()),
        }
    }
}

/// A value a side: the same for both, or one each.
#[derive(Debug, Clone)]
enum PerSide<T> {
    Same(PerSet<T>),
    Sides { left: PerSet<T>, right: PerSet<T> },
}

/// A value with the place that gave it.
#[derive(Debug, Clone)]
struct Given<T> {
    name: &'static str,
    span: Span,
    value: PerSide<T>,
}

impl<T> Given<T> {
    fn of(&self, side: Side) -> &PerSet<T> {
        match (&self.value, side) {
            (PerSide::Sides { right, .. }, Side::Right) => right,
            (PerSide::Same(value) | PerSide::Sides { left: value, .. }, _) => value,
        }
    }

    fn by_side(&self) -> bool {
        matches!(self.value, PerSide::Sides { .. })
    }
}

/// What the keys of a dose say, before it is known whether they fit each other. A progression step
/// changes a few of them.
#[derive(Debug, Clone, Default)]
pub(super) struct DoseDraft {
    sets: Option<Given<u8>>,
    reps: Option<Given<u16>>,
    hold: Option<Given<Duration>>,
    duration: Option<Given<Duration>>,
    load: Option<Given<String>>,
    tempo: Option<(Span, Tempo)>,
    measure: Option<(Span, TestKind)>,
    side: Option<(Span, SideRule)>,
    first: Option<(Span, Side)>,
    one_sided: bool,
    /// The dose keys that stand there, whether they can be read or not, each with its place.
    status: Vec<(&'static str, Span)>,
    /// A dose key stands there but cannot be read, so that nothing more can be said.
    spoilt: bool,
    side_spoilt: bool,
}

impl DoseDraft {
    /// Whether the number of sets follows from a list.
    pub(super) fn sets_come_from_a_list(&self) -> bool {
        fn entry<T>(given: Option<&Given<T>>) -> bool {
            given.is_some_and(|given| {
                [Side::Left, Side::Right]
                    .iter()
                    .any(|side| given.of(*side).entry().is_some())
            })
        }
        self.sets.is_none()
            && (entry(self.reps.as_ref()) || entry(self.hold.as_ref()) || entry(self.load.as_ref()))
    }
}

impl Decoder<'_> {
    /// Reads the dose keys of an exercise.
    pub(super) fn dose_draft(
        &mut self,
        fields: &mut Fields<'_>,
        one_sided: bool,
        exercise: Option<&str>,
    ) -> DoseDraft {
        let mut draft = DoseDraft {
            one_sided,
            ..DoseDraft::default()
        };
        if let Some(field) = fields.take("side") {
            const RULES: &[(&str, SideRule)] = &[
                ("both", SideRule::Both),
                ("left", SideRule::Left),
                ("right", SideRule::Right),
                ("each", SideRule::Each),
                ("alternate", SideRule::Alternate),
            ];
            draft.side = self
                .choice(&field, RULES)
                .map(|side| (field.node.span, side));
            if let (true, Some((span, SideRule::Both)), Some(exercise)) =
                (one_sided, draft.side, exercise)
            {
                self.diagnostics
                    .push(Diagnostic::both_at_once(span, exercise));
            }
            draft.spoilt |= draft.side.is_none();
            draft.side_spoilt = draft.side.is_none();
        }
        if let Some(field) = fields.take("first") {
            draft.first = self
                .choice(&field, &[("left", Side::Left), ("right", Side::Right)])
                .map(|side| (field.node.span, side));
        }
        if let Some(field) = fields.take("measure") {
            draft.status.push(("measure", field.key));
            draft.measure = self
                .choice(
                    &field,
                    &[("hold", TestKind::Hold), ("reps", TestKind::Reps)],
                )
                .map(|measure| (field.key, measure));
            draft.spoilt |= draft.measure.is_none();
        }
        self.change_dose(fields, &mut draft);
        draft
    }

    /// Reads the dose keys that a progression step may change too; says whether any stands there.
    pub(super) fn change_dose(&mut self, fields: &mut Fields<'_>, draft: &mut DoseDraft) -> bool {
        let mut changed = false;
        let mut spoilt = false;
        let status = &mut draft.status;
        let mut take = |key: &'static str| {
            let field = fields.take(key);
            changed |= field.is_some();
            if let Some(field) = field.filter(|_| !matches!(key, "sets" | "load")) {
                status.retain(|(other, _)| *other != key);
                status.push((key, field.key));
            }
            field
        };
        let [sets, reps, hold, duration, load, tempo] =
            ["sets", "reps", "hold", "duration", "load", "tempo"].map(&mut take);
        if let Some(field) = sets {
            let given = self.by_side(&field, &|decoder, field| decoder.count(field));
            spoilt |= given.is_none();
            draft.sets = given.or(draft.sets.take());
        }
        if let Some(field) = reps {
            let given = self.by_side(&field, &|decoder, field| decoder.count(field));
            spoilt |= given.is_none();
            draft.reps = given.or(draft.reps.take());
        }
        if let Some(field) = hold {
            let given = self.by_side(&field, &|decoder, field| decoder.duration(field));
            spoilt |= given.is_none();
            draft.hold = given.or(draft.hold.take());
        }
        if let Some(field) = duration {
            let given = self.by_side(&field, &|decoder, field| decoder.duration(field));
            spoilt |= given.is_none();
            draft.duration = given.or(draft.duration.take());
        }
        if let Some(field) = load {
            let given = self.by_side(&field, &|decoder, field| {
                let load = decoder.name(field)?;
                if load.parse::<f32>().is_ok() {
                    decoder
                        .diagnostics
                        .push(Diagnostic::bare_load(field.node.span, &load));
                }
                Some(load)
            });
            spoilt |= given.is_none();
            draft.load = given.or(draft.load.take());
        }
        if let Some(field) = tempo {
            let tempo = self.tempo(&field);
            spoilt |= tempo.is_none();
            draft.tempo = tempo.map(|tempo| (field.key, tempo)).or(draft.tempo);
        }
        draft.spoilt |= spoilt;
        changed
    }

    fn tempo(&mut self, field: &Field<'_>) -> Option<Tempo> {
        match &field.node.value {
            Value::Scalar { text, .. } => {
                let tempo = read_tempo(text.trim());
                if tempo.is_none() {
                    let remedy = meant::tempo(field, text);
                    self.diagnostics.push(Diagnostic::unreadable(
                        field.node.span,
                        "tempo",
                        "the pace of a repetition",
                        text,
                        remedy,
                    ));
                }
                tempo
            }
            Value::List(_) => {
                self.diagnostics
                    .push(Diagnostic::no_per_set(field.node.span, "tempo"));
                None
            }
            Value::Map(_) => {
                self.diagnostics
                    .push(Diagnostic::no_per_side(field.node.span, "tempo"));
                None
            }
        }
    }

    fn by_side<T>(
        &mut self,
        field: &Field<'_>,
        read: &dyn Fn(&mut Self, &Field<'_>) -> Option<T>,
    ) -> Option<Given<T>> {
        let (holds, lists) = match field.holds {
            ValueKind::BySide(holds) => (*holds, false),
            ValueKind::BySideAndSet(holds) => (*holds, true),
            other => (other, false),
        };
        let value = match &field.node.value {
            Value::Map(_) => {
                let what = format!("`{}`", field.name);
                let example = format!("`{}: {{left: …, right: …}}`", field.name);
                let mut inner = self.fields(field.node, &what, &keys::BY_SIDE, &example)?;
                let sides = [inner.take("left"), inner.take("right")];
                let left =
                    sides[0].and_then(|side| self.by_set(&side.of(field.name, holds), lists, read));
                let right =
                    sides[1].and_then(|side| self.by_set(&side.of(field.name, holds), lists, read));
                if let Some(missing) = keys::SIDES
                    .iter()
                    .zip(&sides)
                    .find(|(_, side)| side.is_none())
                    .map(|(side, _)| side)
                    && !inner.had_unknown
                    && !field.node.open
                {
                    self.diagnostics.push(Diagnostic::one_side_only(
                        field.node.span,
                        field.name,
                        missing,
                    ));
                }
                PerSide::Sides {
                    left: left?,
                    right: right?,
                }
            }
            _ => PerSide::Same(self.by_set(&field.of(field.name, holds), lists, read)?),
        };
        Some(Given {
            name: field.name,
            span: field.node.span,
            value,
        })
    }

    fn by_set<T>(
        &mut self,
        field: &Field<'_>,
        lists: bool,
        read: &dyn Fn(&mut Self, &Field<'_>) -> Option<T>,
    ) -> Option<PerSet<T>> {
        let Value::List(items) = &field.node.value else {
            return read(self, field).map(PerSet::One);
        };
        if !lists {
            self.diagnostics
                .push(Diagnostic::no_per_set(field.node.span, field.name));
            return None;
        }
        let values: Vec<Option<T>> = items
            .iter()
            .map(|item: &Node<'_>| read(self, &field.at(item)))
            .collect();
        if !(1..=20).contains(&values.len()) {
            self.diagnostics.push(Diagnostic::wrong_count(
                field.node.span,
                field.name,
                values.len(),
                "1 to 20 entries",
            ));
            return None;
        }
        values
            .into_iter()
            .collect::<Option<Vec<T>>>()
            .map(PerSet::Each)
    }

    /// The dose that follows from the keys; `place` is where a missing key is reported, `open` says
    /// that the text broke off.
    pub(super) fn resolve(
        &mut self,
        draft: &DoseDraft,
        exercise: &str,
        place: Span,
        open: bool,
    ) -> Option<Dose> {
        let before = self.diagnostics.len();
        self.check_kind(draft, exercise, place, open);
        let side = draft.side.map_or(
            if draft.one_sided {
                SideRule::Each
            } else {
                SideRule::Both
            },
            |(_, side)| side,
        );
        let in_turn = matches!(side, SideRule::Each | SideRule::Alternate);
        if let Some((span, SideRule::Alternate)) = draft.side
            && !draft.stands("reps")
        {
            self.diagnostics
                .push(Diagnostic::alternate_without_reps(span));
        }
        // A side that cannot be read may be one that is taken in turn.
        let side_known = draft.side.is_some() || !draft.side_spoilt;
        if !in_turn && side_known {
            for (name, span) in draft.sided() {
                self.diagnostics
                    .push(Diagnostic::sides_without_each(span, name));
            }
            if let Some((span, _)) = draft.first {
                self.diagnostics.push(Diagnostic::first_without_each(span));
            }
        }
        if self.diagnostics.len() > before || draft.spoilt {
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
        let seconds = |side: Side| {
            sets.iter()
                .filter(|set| set.side == side)
                .map(|set| set.work.estimate())
                .sum::<Duration>()
        };
        let first = match draft.first {
            Some((_, first)) => first,
            None if seconds(Side::Right) > seconds(Side::Left) => Side::Right,
            None => Side::Left,
        };
        Some(Dose { side, first, sets })
    }

    /// Exactly one of the four kinds of dose; each key that clashes with one above it is reported.
    fn check_kind(&mut self, draft: &DoseDraft, exercise: &str, place: Span, open: bool) {
        let mut status = draft.status.clone();
        status.sort_by_key(|(_, span)| *span);
        // What can't be read may hold the dose: `sets: 3x10`.
        let sets_unread = draft.spoilt && draft.sets.is_none() && !draft.side_spoilt;
        if status.is_empty() && !open && !sets_unread {
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
        for (index, (name, span)) in status.iter().enumerate() {
            let clash = status
                .iter()
                .take(index)
                .find(|(other, _)| !together(name, other));
            if let Some((other, other_span)) = clash {
                self.diagnostics
                    .push(Diagnostic::two_doses(*span, *other_span, name, other));
            }
        }
        if let Some((_, span)) = status.iter().find(|(name, _)| *name == "tempo")
            && status.len() == 1
        {
            self.diagnostics.push(Diagnostic::tempo_without_reps(*span));
        }
    }

    /// How many sets a side has: what `sets` says, else the length of a list, else one.
    fn count_sets(&mut self, draft: &DoseDraft, side: Side) -> Option<usize> {
        let lists = [
            draft
                .reps
                .as_ref()
                .map(|given| (given.name, given.span, given.of(side).entry())),
            draft
                .hold
                .as_ref()
                .map(|given| (given.name, given.span, given.of(side).entry())),
            draft
                .load
                .as_ref()
                .map(|given| (given.name, given.span, given.of(side).entry())),
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

impl DoseDraft {
    /// Whether a dose key stands there, readable or not.
    fn stands(&self, key: &str) -> bool {
        self.status.iter().any(|(name, _)| *name == key)
    }

    /// The keys that differ by side.
    fn sided(&self) -> Vec<(&'static str, Span)> {
        let mut sided = Vec::new();
        let mut look = |name: &'static str, span: Span, by_side: bool| {
            if by_side {
                sided.push((name, span));
            }
        };
        if let Some(given) = &self.sets {
            look(given.name, given.span, given.by_side());
        }
        if let Some(given) = &self.reps {
            look(given.name, given.span, given.by_side());
        }
        for given in [&self.hold, &self.duration].into_iter().flatten() {
            look(given.name, given.span, given.by_side());
        }
        if let Some(given) = &self.load {
            look(given.name, given.span, given.by_side());
        }
        sided
    }

    /// The work of one set, counted from 0.
    fn work(&self, side: Side, set: usize) -> Option<Work> {
        if let Some((_, kind)) = self.measure {
            return Some(Work::Test(kind));
        }
        if let Some(duration) = &self.duration {
            return duration.of(side).get(set).copied().map(Work::Continuous);
        }
        let hold = self
            .hold
            .as_ref()
            .and_then(|hold| hold.of(side).get(set))
            .copied();
        let Some(reps) = &self.reps else {
            return hold.map(Work::Hold);
        };
        let style = match (hold, self.tempo) {
            (Some(hold), _) => RepStyle::Held(hold),
            (None, Some((_, tempo))) => RepStyle::Tempo(tempo),
            (None, None) => RepStyle::SelfPaced,
        };
        Some(Work::Reps {
            count: *reps.of(side).get(set)?,
            style,
        })
    }
}
