//! Reads frequencies, dates and times of day.

use jiff::civil::{Date, Time};

use super::decoder::Decoder;
use super::field::Field;
use super::meant;
use crate::diagnostic::Diagnostic;
use crate::diagnostic::remedy::{Change, Remedy};
use crate::program::notation::{self, read_time};
use crate::program::{Frequency, Weekday};
use crate::source::Span;
use crate::yaml::{Node, Value};

impl Decoder<'_> {
    pub(super) fn frequency(&mut self, field: &Field<'_>) -> Option<Frequency> {
        if let Value::List(items) = &field.node.value {
            return Some(self.weekdays(field, items));
        }
        let text = self.text(field)?;
        if let Some(day) = notation::read_weekday(&text) {
            return Some(Frequency::Weekdays(vec![day]));
        }
        let frequency = notation::read_frequency(&text);
        if frequency.is_none() {
            let remedy = meant::frequency(field, &text);
            self.diagnostics.push(Diagnostic::unreadable(
                field.node.span,
                "frequency",
                "times a day or a week, or weekdays",
                &text,
                remedy,
            ));
        }
        frequency
    }

    fn weekdays(&mut self, field: &Field<'_>, items: &[Node<'_>]) -> Frequency {
        if items.is_empty() {
            self.diagnostics.push(Diagnostic::wrong_count(
                field.key,
                "frequency",
                0,
                "1 to 7 weekdays",
            ));
        }
        let mut days: Vec<(Weekday, Span)> = Vec::new();
        for item in items {
            let Some(text) = self.text(&field.at(item)) else {
                continue;
            };
            let Some(day) = notation::read_weekday(&text) else {
                self.diagnostics.push(Diagnostic::not_an_option(
                    item.span,
                    "frequency",
                    &text,
                    weekday_remedy(&text),
                ));
                continue;
            };
            if let Some((_, first)) = days.iter().find(|(other, _)| *other == day) {
                self.diagnostics
                    .push(Diagnostic::duplicate_key(item.span, *first, &text));
            } else {
                days.push((day, item.span));
            }
        }
        days.sort_unstable();
        Frequency::Weekdays(days.into_iter().map(|(day, _)| day).collect())
    }

    pub(super) fn date(&mut self, field: &Field<'_>) -> Option<Date> {
        let text = self.text(field)?;
        let shape = text.len() == 10
            && text
                .bytes()
                .all(|byte| byte.is_ascii_digit() || byte == b'-');
        let date = shape.then(|| text.parse().ok()).flatten();
        if date.is_none() {
            let remedy = meant::date(field, &text);
            self.diagnostics.push(Diagnostic::unreadable(
                field.node.span,
                field.name,
                "a date",
                &text,
                remedy,
            ));
        }
        date
    }

    pub(super) fn time(&mut self, field: &Field<'_>) -> Option<Time> {
        let item = field.node;
        let Some(text) = item.text() else {
            self.diagnostics.push(Diagnostic::wrong_shape(
                item.span,
                "reminders",
                "times of day",
                item.kind(),
                "each time of day in quotes",
            ));
            return None;
        };
        let time = read_time(text);
        if time.is_none() {
            let remedy = meant::time(field, text);
            self.diagnostics.push(Diagnostic::unreadable(
                item.span,
                "reminders",
                "times of day",
                text,
                remedy,
            ));
        }
        time
    }
}

/// Returns how to write a word that isn't a day of the week.
fn weekday_remedy(text: &str) -> Remedy {
    match meant::weekdays_meant(text).as_slice() {
        [] => {
            Remedy::words("write days of the week: `mon`, `tue`, `wed`, `thu`, `fri`, `sat`, `sun`")
        }
        days => Remedy::readings(
            days.iter()
                .map(|day| (*day, Change::Value((*day).to_owned()))),
        ),
    }
}
