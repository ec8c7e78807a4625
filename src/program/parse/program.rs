//! Reads the keys of the whole program.

use jiff::civil::Date;

use super::decoder::Decoder;
use super::field::{Field, Fields};
use super::language_tag::is_language_tag;
use super::meant;
use crate::diagnostic::Diagnostic;
use crate::diagnostic::remedy::Remedy;
use crate::program::notation::{self, slug};
use crate::program::{Frequency, Program, Therapist, Timings, keys};
use crate::yaml::Node;

impl Decoder<'_> {
    /// Reads a program from the root of its tree. `name` is the name of its file.
    pub(super) fn program(&mut self, root: &Node<'_>, name: &str) -> Option<Program> {
        let mut fields = self.fields(
            root,
            "the program",
            &keys::PROGRAM,
            "`title: …` and below it `exercises:`",
        )?;
        if let Some(format) = fields.take("format")
            && let Some(number) = self.format_number(&format)
            && number > 1
        {
            self.newer = Some(Diagnostic::newer_format(format.node.span, number));
            return None;
        }
        self.places.title = fields
            .peek("title")
            .map_or(fields.place(), |field| field.node.span);
        let title = self.required_name(
            &mut fields,
            "title",
            "the program",
            "what the program is called",
        );
        let id = fields
            .take("id")
            .and_then(|field| self.id(&field))
            .unwrap_or_else(|| id_of_file(name));
        let summary = self.text_of(&mut fields, "summary");
        let condition = self.text_of(&mut fields, "condition");
        let goals = self.texts_of(&mut fields, "goals");
        let therapist = self.therapist(&mut fields);
        let patient = self.text_of(&mut fields, "patient");
        let (prescribed, review) = self.dates(&mut fields);
        let language = fields
            .take("language")
            .and_then(|field| self.language(&field));
        let frequency_field = fields.take("frequency");
        let has_frequency = frequency_field.is_some();
        let frequency = frequency_field
            .and_then(|field| self.frequency(&field))
            .unwrap_or(Frequency::AsNeeded);
        self.places.reminders = fields.peek("reminders").map(|field| field.node.span);
        let reminders = fields.take("reminders").map(|field| {
            self.items(&field)
                .into_iter()
                .filter_map(|item| self.time(&field.at(item)))
                .collect()
        });
        let precautions = self.texts_of(&mut fields, "precautions");
        self.places.stop_if = fields.peek("stop_if").map(|field| field.key);
        let stop_if = self.stop_signs(&mut fields);
        let pain = self.pain(&mut fields);
        let timings = self.defaults(&mut fields);
        let phases = self.phases(&mut fields, &timings);
        if !has_frequency && !root.open && phases.iter().any(|phase| phase.frequency.is_none()) {
            self.diagnostics
                .push(Diagnostic::no_frequency(fields.place()));
        }
        Some(Program {
            id,
            title: title?,
            summary,
            condition,
            goals,
            therapist,
            patient,
            prescribed,
            review,
            language: language.unwrap_or_else(|| "en".to_owned()),
            frequency,
            reminders: reminders.unwrap_or_default(),
            precautions,
            stop_if,
            pain,
            phases,
        })
    }

    /// Reads the day of the prescription and the day of the next visit.
    fn dates(&mut self, fields: &mut Fields<'_>) -> (Option<Date>, Option<Date>) {
        let prescribed = fields
            .take("prescribed")
            .and_then(|field| self.date(&field));
        let review_field = fields.take("review");
        let review = review_field.as_ref().and_then(|field| self.date(field));
        self.places.review = review_field.map(|field| field.node.span);
        if let (Some(prescribed), Some(review), Some(span)) =
            (prescribed, review, self.places.review)
            && review < prescribed
        {
            self.diagnostics
                .push(Diagnostic::review_before_prescribed(span));
        }
        (prescribed, review)
    }

    fn language(&mut self, field: &Field<'_>) -> Option<String> {
        let language = self.text(field)?;
        if !is_language_tag(&language) {
            let remedy = meant::language(field, &language);
            self.diagnostics
                .push(Diagnostic::bad_language(field.node.span, &language, remedy));
        }
        Some(language)
    }

    /// Reads the pauses that all exercises have by default.
    fn defaults(&mut self, fields: &mut Fields<'_>) -> Timings {
        let inner = fields.take("defaults").and_then(|field| {
            self.fields(
                field.node,
                "`defaults`",
                &keys::DEFAULTS,
                "`defaults:` and below it `rest: …`",
            )
        });
        inner.map_or_else(Timings::default, |mut inner| {
            self.timings(&mut inner, Timings::default())
        })
    }

    /// Returns the number of the format. A number with too many digits counts as a newer format.
    fn format_number(&mut self, field: &Field<'_>) -> Option<u64> {
        let text = self.text(field)?;
        let digits = !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
        let number = digits
            .then(|| notation::read_number(&text).unwrap_or(u64::MAX))
            .filter(|number| *number > 0);
        if number.is_none() {
            self.diagnostics
                .push(Diagnostic::bad_format(field.node.span, &text));
        }
        number
    }

    fn therapist(&mut self, fields: &mut Fields<'_>) -> Therapist {
        let Some(field) = fields.take("therapist") else {
            return Therapist::default();
        };
        self.places.therapist = Some(field.key);
        if let (Some(_), Some(raw)) = (field.node.text(), self.text.get(field.node.span.range())) {
            let remedy = Remedy::entries([meant::therapist(raw)]);
            let diagnostic =
                Diagnostic::not_a_map(field.node.span, "`therapist`", field.node.kind(), "");
            self.diagnostics.push(diagnostic.remedy(remedy));
            return Therapist::default();
        }
        let Some(mut inner) = self.fields(
            field.node,
            "`therapist`",
            &keys::THERAPIST,
            "`therapist:` and below it `name: …`",
        ) else {
            return Therapist::default();
        };
        let given = keys::THERAPIST.names().filter_map(|key| inner.peek(key));
        let given = given.filter_map(|field| {
            Some((
                field.name,
                field.node.span,
                field.node.text()?.trim().to_owned(),
            ))
        });
        self.places.contact = given.collect();
        Therapist {
            name: self.text_of(&mut inner, "name"),
            clinic: self.text_of(&mut inner, "clinic"),
            phone: self.text_of(&mut inner, "phone"),
            email: self.text_of(&mut inner, "email"),
        }
    }
}

/// Returns the id of a program without `id:`, from the name of its file.
fn id_of_file(name: &str) -> String {
    let stem = name.rsplit(['/', '\\']).next().unwrap_or(name);
    let stem = stem
        .strip_suffix(".yaml")
        .or(stem.strip_suffix(".yml"))
        .unwrap_or(stem);
    let id = slug(stem);
    if id.is_empty() {
        "program".to_owned()
    } else {
        id
    }
}
