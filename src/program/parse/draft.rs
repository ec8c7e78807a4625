//! Reads the keys of a dose. Whether they fit each other is checked later.

use std::time::Duration;

use super::decoder::Decoder;
use super::field::{Field, Fields};
use super::meant;
use crate::diagnostic::Diagnostic;
use crate::program::keys::{self, ValueKind};
use crate::program::notation::read_tempo;
use crate::program::{RepStyle, Side, SideRule, Tempo, TestKind, Work};
use crate::source::Span;
use crate::yaml::{Node, Value};

/// The same value for all sets, or one for each set.
#[derive(Debug, Clone)]
pub(super) enum PerSet<T> {
    One(T),
    Each(Vec<T>),
}

impl<T> PerSet<T> {
    /// Returns the value of a set, counted from 0.
    pub(super) fn get(&self, set: usize) -> Option<&T> {
        match self {
            Self::One(value) => Some(value),
            Self::Each(values) => values.get(set),
        }
    }

    pub(super) fn list_length(&self) -> Option<usize> {
        match self {
            Self::One(_) => None,
            Self::Each(values) => Some(values.len()),
        }
    }
}

/// The same value for both sides, or one for each side.
#[derive(Debug, Clone)]
pub(super) enum PerSide<T> {
    Same(PerSet<T>),
    Sides { left: PerSet<T>, right: PerSet<T> },
}

/// A value, with the key and the place that gave it.
#[derive(Debug, Clone)]
pub(super) struct Given<T> {
    pub(super) name: &'static str,
    pub(super) span: Span,
    value: PerSide<T>,
}

impl<T> Given<T> {
    pub(super) fn of(&self, side: Side) -> &PerSet<T> {
        match (&self.value, side) {
            (PerSide::Sides { right, .. }, Side::Right) => right,
            (PerSide::Same(value) | PerSide::Sides { left: value, .. }, _) => value,
        }
    }

    pub(super) fn by_side(&self) -> bool {
        matches!(self.value, PerSide::Sides { .. })
    }
}

/// The values of the keys of a dose. A progression step changes some of them.
#[derive(Debug, Clone, Default)]
pub(super) struct DoseDraft {
    pub(super) sets: Option<Given<u8>>,
    pub(super) reps: Option<Given<u16>>,
    pub(super) hold: Option<Given<Duration>>,
    pub(super) duration: Option<Given<Duration>>,
    pub(super) load: Option<Given<String>>,
    pub(super) tempo: Option<(Span, Tempo)>,
    pub(super) measure: Option<(Span, TestKind)>,
    pub(super) side: Option<(Span, SideRule)>,
    pub(super) first: Option<(Span, Side)>,
    pub(super) one_sided: bool,
    /// The dose keys of the file, readable or not, each with its place.
    pub(super) present: Vec<(&'static str, Span)>,
    /// Whether a dose key is unreadable, so that the dose can't be known.
    pub(super) unreadable: bool,
    pub(super) side_unreadable: bool,
}

impl DoseDraft {
    /// Returns true if the number of sets follows from a list.
    pub(super) fn sets_come_from_a_list(&self) -> bool {
        fn has_list<T>(given: Option<&Given<T>>) -> bool {
            given.is_some_and(|given| {
                [Side::Left, Side::Right]
                    .iter()
                    .any(|side| given.of(*side).list_length().is_some())
            })
        }
        self.sets.is_none()
            && (has_list(self.reps.as_ref())
                || has_list(self.hold.as_ref())
                || has_list(self.load.as_ref()))
    }

    /// Returns true if the file has a dose key, readable or not.
    pub(super) fn has(&self, key: &str) -> bool {
        self.present.iter().any(|(name, _)| *name == key)
    }

    /// Returns the keys with a value for each side.
    pub(super) fn sided(&self) -> Vec<(&'static str, Span)> {
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

    /// Returns the work of a set, counted from 0.
    pub(super) fn work(&self, side: Side, set: usize) -> Option<Work> {
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

    /// Returns the side rule of the file, else the one of the exercise.
    pub(super) fn side_rule(&self) -> SideRule {
        let default = if self.one_sided {
            SideRule::Each
        } else {
            SideRule::Both
        };
        self.side.map_or(default, |(_, side)| side)
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
            draft.unreadable |= draft.side.is_none();
            draft.side_unreadable = draft.side.is_none();
        }
        if let Some(field) = fields.take("first") {
            draft.first = self
                .choice(&field, &[("left", Side::Left), ("right", Side::Right)])
                .map(|side| (field.node.span, side));
        }
        if let Some(field) = fields.take("measure") {
            draft.present.push(("measure", field.key));
            draft.measure = self
                .choice(
                    &field,
                    &[("hold", TestKind::Hold), ("reps", TestKind::Reps)],
                )
                .map(|measure| (field.key, measure));
            draft.unreadable |= draft.measure.is_none();
        }
        self.change_dose(fields, &mut draft);
        draft
    }

    /// Reads the dose keys that a progression step can change too. Returns true if there is one.
    pub(super) fn change_dose(&mut self, fields: &mut Fields<'_>, draft: &mut DoseDraft) -> bool {
        let mut changed = false;
        let mut unreadable = false;
        let present = &mut draft.present;
        let mut take = |key: &'static str| {
            let field = fields.take(key);
            changed |= field.is_some();
            if let Some(field) = field.filter(|_| !matches!(key, "sets" | "load")) {
                present.retain(|(other, _)| *other != key);
                present.push((key, field.key));
            }
            field
        };
        let [sets, reps, hold, duration, load, tempo] =
            ["sets", "reps", "hold", "duration", "load", "tempo"].map(&mut take);
        if let Some(field) = sets {
            let given = self.by_side(&field, &|decoder, field| decoder.count(field));
            unreadable |= given.is_none();
            draft.sets = given.or(draft.sets.take());
        }
        if let Some(field) = reps {
            let given = self.by_side(&field, &|decoder, field| decoder.count(field));
            unreadable |= given.is_none();
            draft.reps = given.or(draft.reps.take());
        }
        if let Some(field) = hold {
            let given = self.by_side(&field, &|decoder, field| decoder.duration(field));
            unreadable |= given.is_none();
            draft.hold = given.or(draft.hold.take());
        }
        if let Some(field) = duration {
            let given = self.by_side(&field, &|decoder, field| decoder.duration(field));
            unreadable |= given.is_none();
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
            unreadable |= given.is_none();
            draft.load = given.or(draft.load.take());
        }
        if let Some(field) = tempo {
            let tempo = self.tempo(&field);
            unreadable |= tempo.is_none();
            draft.tempo = tempo.map(|tempo| (field.key, tempo)).or(draft.tempo);
        }
        draft.unreadable |= unreadable;
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
}
