//! Reading the values of a map key by key, and saying what is wrong with each. Knows the notations,
//! not what a program is.

use std::time::Duration;

use super::strange::Strange;
use super::{Places, meant};
use crate::diagnostic::Diagnostic;
use crate::diagnostic::remedy::Remedy;
use crate::program::document::{Node, Value};
use crate::program::keys::{FormatMap, ValueKind};
use crate::program::notation::{read_duration, read_number, write_duration};
use crate::source::{Span, is_curly_quote};

/// Reads values and collects what is wrong with them.
pub(super) struct Decoder<'t> {
    pub(super) text: &'t str,
    pub(super) diagnostics: Vec<Diagnostic>,
    pub(super) places: Places,
    /// The places of texts for people, in which any character may stand.
    pub(super) texts: Vec<Span>,
    /// The one thing reported of a file that needs a newer program.
    pub(super) newer: Option<Diagnostic>,
}

/// A key and what stands behind it.
#[derive(Clone, Copy)]
pub(super) struct Field<'n> {
    pub(super) name: &'static str,
    pub(super) holds: ValueKind,
    pub(super) key: Span,
    pub(super) node: &'n Node<'n>,
    /// The map that has it: which one, and its entries.
    pub(super) map: &'static FormatMap,
    entries: &'n [(Node<'n>, Node<'n>)],
}

impl<'n> Field<'n> {
    /// The same value as one of the values of another key.
    pub(super) fn of(&self, name: &'static str, holds: ValueKind) -> Field<'n> {
        Field {
            name,
            holds,
            ..*self
        }
    }

    /// Says whether the value is its key's only one.
    pub(super) fn is_whole(&self) -> bool {
        self.map.key(self.name).is_some()
            && self
                .entries
                .iter()
                .any(|(key, value)| key.span == self.key && value.span == self.node.span)
    }

    /// Returns the text of another key of the same map; empty where it is not a single value.
    pub(super) fn beside(&self, name: &str) -> Option<&'n str> {
        let (_, value) = self
            .entries
            .iter()
            .find(|(key, _)| key.text() == Some(name))?;
        Some(value.text().unwrap_or_default().trim())
    }

    /// The same key with one of its values.
    pub(super) fn at(&self, node: &'n Node<'n>) -> Field<'n> {
        Field { node, ..*self }
    }
}

/// The known keys of one map.
pub(super) struct Fields<'n> {
    pub(super) node: &'n Node<'n>,
    entries: Vec<(Field<'n>, bool)>,
    /// Whether an unknown key stands here, which may be one that seems missing.
    pub(super) had_unknown: bool,
    /// Whether one of them may be the list of exercises.
    pub(super) had_strange_exercises: bool,
    /// Whether one of them may be a dose.
    pub(super) had_strange_dose: bool,
}

impl<'n> Fields<'n> {
    /// Takes the field with this name, where it stands here.
    pub(super) fn take(&mut self, name: &'static str) -> Option<Field<'n>> {
        let (field, taken) = self
            .entries
            .iter_mut()
            .find(|(field, _)| field.name == name)?;
        *taken = true;
        Some(*field)
    }

    /// Returns the field with this name and leaves it to be taken.
    pub(super) fn peek(&self, name: &str) -> Option<Field<'n>> {
        self.entries
            .iter()
            .find(|(field, _)| field.name == name)
            .map(|(field, _)| *field)
    }

    /// Returns the text after a key.
    pub(super) fn node_text(&self, name: &str) -> Option<&str> {
        self.entries
            .iter()
            .find(|(field, _)| field.name == name)
            .and_then(|(field, _)| field.node.text())
    }

    /// Whether the field stands here.
    pub(super) fn has(&self, name: &str) -> bool {
        self.entries.iter().any(|(field, _)| field.name == name)
    }

    /// Whether the field stood here and was taken.
    pub(super) fn had(&self, name: &str) -> bool {
        self.entries
            .iter()
            .any(|(field, taken)| field.name == name && *taken)
    }

    /// The place at which something that is missing is reported: the first key of the map.
    pub(super) fn place(&self) -> Span {
        match &self.node.value {
            // What was merged in or referred to stands elsewhere.
            Value::Map(entries) => {
                let own =
                    |span: &Span| (self.node.span.start..=self.node.span.end).contains(&span.start);
                entries
                    .first()
                    .map(|(key, _)| key.span)
                    .filter(own)
                    .unwrap_or(self.node.span)
            }
            _ => self.node.span,
        }
    }
}

impl Decoder<'_> {
    /// The fields of a map; what is no map is an error.
    pub(super) fn fields<'n>(
        &mut self,
        node: &'n Node<'n>,
        what: &str,
        map: &'static FormatMap,
        example: &str,
    ) -> Option<Fields<'n>> {
        let Value::Map(entries) = &node.value else {
            // What a reference to nothing stands for was reported where the reference stands.
            if !(node.is_nothing() && node.open) {
                self.diagnostics
                    .push(Diagnostic::not_a_map(node.span, what, node.kind(), example));
            }
            return None;
        };
        let mut fields = Fields {
            node,
            entries: Vec::with_capacity(entries.len()),
            had_unknown: false,
            had_strange_exercises: false,
            had_strange_dose: false,
        };
        let mut was_number = false;
        for (index, (key, value)) in entries.iter().enumerate() {
            let text = key.text().unwrap_or_default();
            // `reps: 10, 8, 6` in braces: what comes after the first comma is reported once.
            if read_number(text).is_some() && value.is_nothing() && was_number {
                continue;
            }
            was_number = read_number(text).is_some() && value.is_nothing();
            if map.key(text).is_none()
                && let Some(cut) = self.cut_text(node, index, map)
            {
                self.diagnostics.push(cut);
                fields.had_unknown = true;
                continue;
            }
            let known = map.key(text).or_else(|| {
                let raw = self.text.get(value.span.range()).unwrap_or_default();
                let (diagnostic, near) = Strange {
                    key,
                    value,
                    map,
                    entries,
                    what,
                    raw,
                }
                .explain();
                let help = diagnostic.help.as_deref().unwrap_or_default();
                let names_dose = [
                    "`reps:",
                    "`hold:",
                    "`duration:",
                    "`progression:",
                    "can't be written yet",
                ]
                .iter()
                .any(|key| help.contains(key));
                fields.had_strange_dose |= names_dose && near.is_none();
                fields.had_strange_exercises |=
                    help.contains("`exercises:`") || near == Some("exercises");
                self.diagnostics.push(diagnostic);
                fields.had_unknown = true;
                // What was probably meant is read as such, so that it is not reported as missing
                // too.
                let stands =
                    |name: &str| entries.iter().any(|(other, _)| other.text() == Some(name));
                near.filter(|near| !fields.has(near) && !stands(near))
                    .and_then(|near| map.key(near))
            });
            let Some(known) = known else { continue };
            if value.is_nothing() {
                // What was cut off behind a `#` was probably not meant to be left out.
                if !self.cut_off(key.span.end + 1) && !value.open {
                    self.diagnostics
                        .push(Diagnostic::nothing_behind(key.span, known.name));
                }
                continue;
            }
            let field = Field {
                name: known.name,
                holds: known.kind,
                key: key.span,
                node: value,
                map,
                entries,
            };
            fields.entries.push((field, false));
        }
        Some(fields)
    }

    /// Advises of a text that a ` #` behind it cuts off; an ordinary comment has a space after its
    /// `#`.
    fn cut_off(&mut self, end: usize) -> bool {
        let rest = self.text.get(end..).unwrap_or_default();
        let comment = rest.trim_start_matches([' ', '\t']);
        let Some(body) = comment.strip_prefix('#') else {
            return false;
        };
        let cut = comment.len() < rest.len()
            && body.starts_with(|c: char| !c.is_whitespace() && c != '#');
        if cut {
            let start = end + rest.len() - comment.len();
            let length = comment.find(['\n', '\r']).unwrap_or(comment.len());
            self.diagnostics
                .push(Diagnostic::cut_off(Span::new(start, start + length)));
        }
        cut
    }

    /// Runs a reading whose diagnostics do not count.
    pub(super) fn quiet<T>(&mut self, read: impl FnOnce(&mut Self) -> T) -> T {
        let kept = self.diagnostics.len();
        let result = read(self);
        self.diagnostics.truncate(kept);
        result
    }

    /// A text, as it is written.
    pub(super) fn text(&mut self, field: &Field<'_>) -> Option<String> {
        let Value::Scalar { text, plain } = &field.node.value else {
            self.diagnostics.push(match &field.node.value {
                Value::Map(entries) if entries.len() == 1 => {
                    let diagnostic = Diagnostic::text_with_colon(field.node.span, field.name);
                    let raw = self.text.get(field.node.span.range()).unwrap_or_default();
                    let plain = !raw.is_empty() && !raw.contains(['\n', '"', '\\', '#', '{', '[']);
                    if plain {
                        diagnostic.remedy(Remedy::value(format!("\"{raw}\"")))
                    } else {
                        diagnostic
                    }
                }
                _ => {
                    let example = format!(
                        "`{}: …` on one line; put a text with brackets in \"quotes\"",
                        field.name
                    );
                    Diagnostic::wrong_shape(
                        field.node.span,
                        field.name,
                        "a text",
                        field.node.kind(),
                        &example,
                    )
                }
            });
            return None;
        };
        if matches!(
            field.holds,
            ValueKind::Text | ValueKind::Name | ValueKind::Texts
        ) {
            self.texts.push(field.node.span);
        }
        if *plain {
            self.cut_off(field.node.span.end);
            if text.trim_start().starts_with(is_curly_quote) {
                self.diagnostics
                    .push(Diagnostic::curly_quotes(field.node.span, field.name));
            }
        }
        Some(text.trim().to_owned())
    }

    /// A text that may not be empty.
    pub(super) fn name(&mut self, field: &Field<'_>) -> Option<String> {
        let text = self.text(field)?;
        if text.is_empty() {
            self.diagnostics
                .push(Diagnostic::empty_text(field.node.span, field.name));
            return None;
        }
        Some(text)
    }

    /// A text that must stand here and may not be empty.
    pub(super) fn required_name(
        &mut self,
        fields: &mut Fields<'_>,
        key: &'static str,
        what: &str,
        example: &str,
    ) -> Option<String> {
        if let Some(field) = fields.take(key) {
            self.name(&field)
        } else {
            if !fields.node.open {
                self.diagnostics
                    .push(Diagnostic::missing_key(fields.place(), key, what, example));
            }
            None
        }
    }

    /// A text that may be left out; an empty one counts as left out.
    pub(super) fn text_of(&mut self, fields: &mut Fields<'_>, key: &'static str) -> Option<String> {
        let field = fields.take(key)?;
        self.text(&field).filter(|text| !text.is_empty())
    }

    /// The values of a list; a single value may stand for a list of one.
    pub(super) fn items<'n>(&mut self, field: &Field<'n>) -> Vec<&'n Node<'n>> {
        match &field.node.value {
            Value::List(items) => items.iter().filter(|item| !item.is_nothing()).collect(),
            Value::Scalar { .. } => vec![field.node],
            Value::Map(_) => {
                let example = format!(
                    "`{}:` and below it each entry with a dash; put a text with a colon in \"quotes\"",
                    field.name
                );
                self.diagnostics.push(Diagnostic::wrong_shape(
                    field.node.span,
                    field.name,
                    "a list",
                    field.node.kind(),
                    &example,
                ));
                Vec::new()
            }
        }
    }

    /// The values of a list of maps, as many as its key may hold.
    pub(super) fn list<'n>(
        &mut self,
        field: &Field<'n>,
        wanted: &str,
        example: &str,
    ) -> Option<&'n [Node<'n>]> {
        if let Value::List(items) = &field.node.value {
            if let ValueKind::Maps(_, most) = field.holds
                && most < usize::MAX
                && !(1..=most).contains(&items.len())
                && !field.node.open
            {
                let range = format!("1 to {most} {}", field.name);
                self.diagnostics.push(Diagnostic::wrong_count(
                    field.key,
                    field.name,
                    items.len(),
                    &range,
                ));
            }
            Some(items)
        } else {
            let wanted = format!("a list of {wanted}");
            self.diagnostics.push(Diagnostic::wrong_shape(
                field.node.span,
                field.name,
                &wanted,
                field.node.kind(),
                example,
            ));
            None
        }
    }

    /// A list of texts; a single text may stand for a list of one.
    pub(super) fn texts_of(&mut self, fields: &mut Fields<'_>, key: &'static str) -> Vec<String> {
        self.texts_with_places(fields, key)
            .into_iter()
            .map(|(_, text)| text)
            .collect()
    }

    /// A list of texts, each with its place.
    pub(super) fn texts_with_places(
        &mut self,
        fields: &mut Fields<'_>,
        key: &'static str,
    ) -> Vec<(Span, String)> {
        let Some(field) = fields.take(key) else {
            return Vec::new();
        };
        self.look_for_cut_sentences(key, field.node);
        if let Value::Scalar { plain: true, .. } = &field.node.value
            && self
                .text
                .get(field.node.span.range())
                .is_some_and(|text| text.trim_end().contains('\n'))
        {
            self.diagnostics
                .push(Diagnostic::one_text(field.node.span, field.name));
        }
        let items = self.items(&field);
        let read = items
            .into_iter()
            .filter_map(|item| Some((item.span, self.text(&field.at(item))?)));
        read.filter(|(_, text)| !text.is_empty()).collect()
    }

    /// A list of texts, or none where the key does not stand there.
    pub(super) fn own_texts(
        &mut self,
        fields: &mut Fields<'_>,
        key: &'static str,
    ) -> Option<Vec<String>> {
        fields.has(key).then(|| self.texts_of(fields, key))
    }

    /// A single value as its text, for values that have a notation of their own.
    fn scalar<'n>(&mut self, field: &Field<'n>, wanted: &str) -> Option<&'n str> {
        let text = field.node.text();
        if text.is_none() {
            let example = format!("one value after `{}:`", field.name);
            self.diagnostics.push(Diagnostic::wrong_shape(
                field.node.span,
                field.name,
                wanted,
                field.node.kind(),
                &example,
            ));
        }
        text
    }

    /// A whole number within bounds.
    pub(super) fn number(&mut self, field: &Field<'_>, low: u64, high: u64) -> Option<u64> {
        let text = self.scalar(field, "a whole number")?;
        let all_digits = !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
        let number = read_number(text);
        match number {
            Some(number) if (low..=high).contains(&number) => Some(number),
            None if !all_digits && !is_number(text) => {
                let remedy = meant::number(field, text, low, high.min(1000));
                self.diagnostics.push(Diagnostic::not_a_number(
                    field.node.span,
                    field.name,
                    text,
                    remedy,
                ));
                None
            }
            _ => {
                let range = if high == u64::MAX {
                    format!("a whole number from {low} on")
                } else {
                    format!("a whole number from {low} to {high}")
                };
                self.diagnostics.push(Diagnostic::out_of_range(
                    field.node.span,
                    field.name,
                    text,
                    &range,
                ));
                None
            }
        }
    }

    /// A whole number within the range of its key, in its own type, which has room for that range.
    pub(super) fn count<T: TryFrom<u64>>(&mut self, field: &Field<'_>) -> Option<T> {
        let ValueKind::Number(low, high) = field.holds else {
            return None;
        };
        self.number(field, low.into(), high.into())
            .and_then(|number| T::try_from(number).ok())
    }

    /// `true` or `false`.
    pub(super) fn boolean(&mut self, field: &Field<'_>) -> Option<bool> {
        match self.scalar(field, "`true` or `false`")? {
            "true" => Some(true),
            "false" => Some(false),
            other => {
                let remedy = meant::boolean(field, other);
                self.diagnostics.push(Diagnostic::not_a_boolean(
                    field.node.span,
                    field.name,
                    other,
                    remedy,
                ));
                None
            }
        }
    }

    /// One of a few words, in any case.
    pub(super) fn choice<T: Copy>(
        &mut self,
        field: &Field<'_>,
        known: &[(&'static str, T)],
    ) -> Option<T> {
        let words: Vec<&str> = known.iter().map(|(word, _)| *word).collect();
        if let Value::List(items) = &field.node.value {
            // `side: [left, right]`
            let all: Option<Vec<&str>> = items.iter().map(Node::text).collect();
            let remedy = match meant::choice(field, &all.unwrap_or_default().join(" and "), &words)
            {
                Remedy::Words(text) => {
                    Remedy::words(format!("write one word after `{}:`: {text}", field.name))
                }
                remedy => remedy,
            };
            let (span, kind) = (field.node.span, field.node.kind());
            self.diagnostics
                .push(Diagnostic::wrong_shape(span, field.name, "a word", kind, "").remedy(remedy));
            return None;
        }
        let text = self.scalar(field, "a word")?;
        let found = known
            .iter()
            .find(|(word, _)| word.eq_ignore_ascii_case(text.trim()))
            .map(|(_, value)| *value);
        if found.is_none() {
            let remedy = meant::choice(field, text, &words);
            self.diagnostics.push(Diagnostic::not_an_option(
                field.node.span,
                field.name,
                text,
                remedy,
            ));
        }
        found
    }

    /// A duration within the range of its key.
    pub(super) fn duration(&mut self, field: &Field<'_>) -> Option<Duration> {
        let ValueKind::Length(low, high) = field.holds else {
            return None;
        };
        let text = self.scalar(field, "a length of time")?;
        let Some(length) = read_duration(text) else {
            let remedy = meant::length(field, text);
            self.diagnostics.push(Diagnostic::bad_length(
                field.node.span,
                field.name,
                text,
                remedy,
            ));
            return None;
        };
        let is_bare = text.trim().bytes().all(|byte| byte.is_ascii_digit());
        // Nobody rests for two seconds.
        let may_be_minutes = match field.name {
            "duration" => true,
            "rest" | "rest_after" => {
                (Duration::from_secs(1)..=Duration::from_secs(3)).contains(&length)
            }
            _ => false,
        };
        if is_bare && may_be_minutes {
            self.diagnostics
                .push(Diagnostic::bare_duration(field.node.span, text.trim()));
        }
        if let Some(clock) = like_a_clock(text) {
            self.diagnostics.push(Diagnostic::decimal_time(
                field.node.span,
                text.trim(),
                &write_duration(length),
                &clock,
            ));
        }
        if !(low..=high).contains(&length) {
            let range = format!("from {} to {}", write_duration(low), write_minutes(high));
            self.diagnostics.push(Diagnostic::out_of_range(
                field.node.span,
                field.name,
                text,
                &range,
            ));
            return None;
        }
        Some(length)
    }
}

/// Returns `1:30` for `1.30` and `1.30 min`, where a point may stand for a colon.
fn like_a_clock(text: &str) -> Option<String> {
    let text = text.trim();
    let (minutes, rest) = text.split_once('.')?;
    let seconds = rest.get(..2)?;
    let is_whole =
        |digits: &str| !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit());
    let unit = rest.get(2..)?.trim();
    let is_clock =
        is_whole(minutes) && is_whole(seconds) && seconds < "60" && seconds.ends_with('0');
    (is_clock && (unit.is_empty() || unit.starts_with('m'))).then(|| format!("{minutes}:{seconds}"))
}

/// A limit in the unit in which people think of it.
fn write_minutes(length: Duration) -> String {
    if length == Duration::from_hours(1) {
        "60 min".to_owned()
    } else {
        write_duration(length)
    }
}

/// Whether a text is a number of any kind, such as `-3` or `2.5`, so that it is its range that is
/// wrong.
fn is_number(text: &str) -> bool {
    let digits = text.strip_prefix('-').unwrap_or(text);
    !digits.is_empty()
        && digits.len() < 30
        && digits
            .bytes()
            .all(|byte| byte.is_ascii_digit() || byte == b'.')
        && digits.parse::<f64>().is_ok()
}
