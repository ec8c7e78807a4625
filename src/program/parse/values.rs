//! Reads values in the notations of the format: texts, lists, numbers, words, lengths of time.

use std::time::Duration;

use super::decoder::Decoder;
use super::field::{Field, Fields};
use super::{commas, meant};
use crate::diagnostic::Diagnostic;
use crate::diagnostic::remedy::Remedy;
use crate::program::keys::ValueKind;
use crate::program::notation::{read_duration, read_number, write_duration};
use crate::source::{Span, is_curly_quote};
use crate::yaml::{Node, Value};

impl Decoder<'_> {
    /// Returns a text without the space around it.
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

    /// Returns a text that must not be empty.
    pub(super) fn name(&mut self, field: &Field<'_>) -> Option<String> {
        let text = self.text(field)?;
        if text.is_empty() {
            self.diagnostics
                .push(Diagnostic::empty_text(field.node.span, field.name));
            return None;
        }
        Some(text)
    }

    /// Returns a text that is required and must not be empty.
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

    /// Returns an optional text. None for an empty one.
    pub(super) fn text_of(&mut self, fields: &mut Fields<'_>, key: &'static str) -> Option<String> {
        let field = fields.take(key)?;
        self.text(&field).filter(|text| !text.is_empty())
    }

    /// Returns the values of a list. A single value counts as a list of one.
    pub(super) fn items<'n>(&mut self, field: &Field<'n>) -> Vec<&'n Node<'n>> {
        match &field.node.value {
            Value::List(items) => items.iter().filter(|item| !item.is_nothing()).collect(),
            Value::Scalar { .. } => vec![field.node],
            Value::Map(_) => {
                let example = format!(
                    "`{}:` and below it each entry with a dash; put a text with a colon in \
                     \"quotes\"",
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

    /// Returns the maps of a list, and reports too few or too many of them.
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

    /// Returns a list of texts. A single text counts as a list of one.
    pub(super) fn texts_of(&mut self, fields: &mut Fields<'_>, key: &'static str) -> Vec<String> {
        self.texts_with_places(fields, key)
            .into_iter()
            .map(|(_, text)| text)
            .collect()
    }

    /// Returns a list of texts, each with its place.
    pub(super) fn texts_with_places(
        &mut self,
        fields: &mut Fields<'_>,
        key: &'static str,
    ) -> Vec<(Span, String)> {
        let Some(field) = fields.take(key) else {
            return Vec::new();
        };
        self.diagnostics
            .extend(commas::cut_sentences(self.text, key, field.node));
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

    /// Returns a list of texts. None if the map doesn't have the key.
    pub(super) fn own_texts(
        &mut self,
        fields: &mut Fields<'_>,
        key: &'static str,
    ) -> Option<Vec<String>> {
        fields.has(key).then(|| self.texts_of(fields, key))
    }

    /// Returns the text of a scalar, for values with a notation of their own.
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

    /// Returns a whole number from `low` to `high`.
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
                    format!("a whole number, {low} or more")
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

    /// Returns a whole number within the range of its key, in a type with room for that range.
    pub(super) fn count<T: TryFrom<u64>>(&mut self, field: &Field<'_>) -> Option<T> {
        let ValueKind::Number(low, high) = field.holds else {
            return None;
        };
        self.number(field, low.into(), high.into())
            .and_then(|number| T::try_from(number).ok())
    }

    /// Returns true for `true` and false for `false`.
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

    /// Returns the value of one of a few words, in upper or lower case.
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

    /// Returns a length of time within the range of its key.
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
        // Rests of one to three seconds are not usual: minutes may be meant.
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

/// Returns `1:30` for `1.30` and `1.30 min`, in which the point may mean a colon.
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

/// Writes a limit in the unit that people use for it.
fn write_minutes(length: Duration) -> String {
    if length == Duration::from_hours(1) {
        "60 min".to_owned()
    } else {
        write_duration(length)
    }
}

/// Returns true for a number of any kind, such as `-3` or `2.5`. Then its range is wrong, not its
/// notation.
fn is_number(text: &str) -> bool {
    let digits = text.strip_prefix('-').unwrap_or(text);
    !digits.is_empty()
        && digits.len() < 30
        && digits
            .bytes()
            .all(|byte| byte.is_ascii_digit() || byte == b'.')
        && digits.parse::<f64>().is_ok()
}
