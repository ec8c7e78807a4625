//! A program's text read into a `Program`, and everything that is wrong with it at once, each with
//! its place. Never fails: a file with mistakes gives its diagnostics and no program. Knows nothing
//! of disks, dates of today, or how a diagnostic is shown.

mod commas;
mod dose;
mod fields;
mod invisible;
mod meant;
mod one_line;
mod phrase;
mod strange;

use std::collections::HashMap;
use std::sync::Arc;
use std::time::Duration;

use jiff::civil::{Date, Time};

use self::dose::DoseDraft;
use self::fields::{Decoder, Fields};
use self::invisible::{Found, Look, Repaired};
use super::document::{self, Node, Value};
use super::figures;
use super::keys;
use super::library::{self, FIGURE_FILES};
use super::notation::{self, is_id, read_time, slug};
use super::red_flags::{self, Entry};
use super::{
    AdvanceWhen, Block, Exercise, FigureSource, Frequency, Muscles, OwnTexts, PainBand, PainMoment,
    PainRules, Phase, Program, ProgressionStep, Tempo, Therapist, Timings, Weekday, muscles,
};
use crate::diagnostic::remedy::{Change, Remedy};
use crate::diagnostic::{Diagnostic, Severity};
use crate::figure::motion::Motion;
use crate::source::{MAX_BYTES, Source, Span, excerpt, is_allowed, printable};

/// What a band that ends the session says where the therapist left the words out.
pub const STOP_ADVICE: &str = "Stop for today and call your therapist.";

/// Returns how the format writes a frequency in a clinic's words, `BID` or `twice a day`: each
/// meaning with what distinguishes it, none where it can't be known.
pub fn frequencies_meant(text: &str) -> Vec<(&'static str, String)> {
    meant::frequencies(text)
}

/// What a file says, and what is wrong with it.
#[derive(Debug, Clone, PartialEq)]
pub struct Parsed {
    /// The text.
    pub source: Source,
    /// None where there is an error.
    pub program: Option<Program>,
    /// In the order of their places.
    pub diagnostics: Vec<Diagnostic>,
    /// Places of parts of the program, for remarks made later.
    pub places: Places,
}

/// Places of parts of a program.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Places {
    /// The value of `review`.
    pub review: Option<Span>,
    /// The key `exercises` of each phase.
    pub exercises: Vec<Span>,
    /// The value of each `image`.
    pub images: Vec<(Span, String)>,
    /// The value of `title`, where what the program lacks is reported.
    pub title: Span,
    /// The key `stop_if` of the program.
    pub stop_if: Option<Span>,
    /// The key `therapist`.
    pub therapist: Option<Span>,
    /// The values under `therapist`, each with its key.
    pub contact: Vec<(&'static str, Span, String)>,
    /// The value of `reminders`.
    pub reminders: Option<Span>,
    /// The keys of the dose of each exercise, in the order in which the exercises stand in the
    /// file.
    pub doses: Vec<Vec<(&'static str, Span)>>,
    /// Each `tempo` that can be read.
    pub tempos: Vec<(Span, Tempo)>,
}

impl Parsed {
    /// The first diagnostic that keeps the program from being played.
    pub fn first_error(&self) -> Option<&Diagnostic> {
        self.diagnostics
            .iter()
            .find(|diagnostic| diagnostic.is_error())
    }

    /// Adds diagnostics found elsewhere; an error takes the program away.
    pub fn add(&mut self, more: impl IntoIterator<Item = Diagnostic>) {
        self.diagnostics.extend(more);
        self.diagnostics
            .sort_by(|a, b| (a.span, &a.message).cmp(&(b.span, &b.message)));
        self.diagnostics.dedup();
        if self.first_error().is_some() {
            self.program = None;
        }
    }

    fn unreadable(name: &str, text: String, diagnostic: Diagnostic) -> Self {
        Self {
            source: Source::new(name, text),
            program: None,
            diagnostics: vec![diagnostic],
            places: Places::default(),
        }
    }
}

/// Reads the bytes of a file; of a file that is too large it is enough to pass more than 1 MiB of
/// it.
pub fn parse_bytes(name: &str, bytes: &[u8]) -> Parsed {
    if bytes.len() > MAX_BYTES {
        return Parsed::unreadable(name, String::new(), Diagnostic::too_large());
    }
    // Without a mark, UTF-16 of Latin text shows itself by a zero in every other byte.
    let zero = |index: usize| bytes.get(index) == Some(&0);
    if bytes.starts_with(&[0xff, 0xfe])
        || bytes.starts_with(&[0xfe, 0xff])
        || (bytes.len() >= 4 && (zero(0) && zero(2) || zero(1) && zero(3)))
    {
        return Parsed::unreadable(name, String::new(), Diagnostic::utf_16());
    }
    match std::str::from_utf8(bytes) {
        Ok(text) => parse(Source::new(name, text)),
        Err(error) => {
            let valid = bytes.get(..error.valid_up_to()).unwrap_or_default();
            let text = String::from_utf8_lossy(bytes).into_owned();
            let at = valid.len()
                - if valid.starts_with("\u{feff}".as_bytes()) {
                    3
                } else {
                    0
                };
            Parsed::unreadable(
                name,
                text,
                Diagnostic::not_utf_8(Span::new(at, at + '\u{fffd}'.len_utf8())),
            )
        }
    }
}

/// Reads a program.
pub fn parse(source: Source) -> Parsed {
    if let (Some(at), None) = (source.text().find('\r'), source.text().find('\n')) {
        let diagnostic = Diagnostic::old_line_ends(Span::new(at, at + 1));
        return Parsed {
            source,
            program: None,
            diagnostics: vec![diagnostic],
            places: Places::default(),
        };
    }
    let (program, diagnostics, places) = read(&source);
    Parsed {
        source,
        program,
        diagnostics,
        places,
    }
}

fn read(source: &Source) -> (Option<Program>, Vec<Diagnostic>, Places) {
    let forbidden = forbidden_characters(source.text());
    let Some(repaired) = Repaired::of(source.text()) else {
        let Reading {
            program,
            diagnostics,
            places,
            ..
        } = read_text(source.text(), source.name(), forbidden, false);
        return (program, diagnostics, places);
    };
    let mut reading = read_text(&repaired.text, source.name(), Vec::new(), true);
    let anywhere = |found: &&Found| found.character == '\u{feff}';
    let has_meaning = |found: &&Found| {
        anywhere(found)
            || !(repaired.is_in_text(found, &reading.texts)
                || repaired.is_in_comment(found.at, &reading.scalars))
    };
    let mut found: Vec<&Found> = repaired.found.iter().filter(has_meaning).collect();
    if found.is_empty() {
        let as_it_is = read_text(source.text(), source.name(), forbidden.clone(), false);
        // In a text of several lines they can still break the indentation.
        if as_it_is.program.is_some() || reading.program.is_none() {
            return (as_it_is.program, as_it_is.diagnostics, as_it_is.places);
        }
        found = repaired.found.iter().collect();
    }
    let mut diagnostics = forbidden;
    if let [newer] = reading.diagnostics.as_slice()
        && newer.code == "newer-format"
    {
        diagnostics.clear();
    } else if let Some(first) = found.first() {
        let mut lines: Vec<usize> = found
            .iter()
            .map(|found| source.place(found.span.start).line)
            .collect();
        lines.dedup();
        let like_space = first.look == Look::Space;
        diagnostics.push(Diagnostic::invisible_characters(
            first.span,
            first.character,
            like_space,
            lines.len(),
        ));
    }
    for diagnostic in &mut reading.diagnostics {
        diagnostic.span = repaired.original(diagnostic.span);
        if let Some((span, _)) = &mut diagnostic.related {
            *span = repaired.original(*span);
        }
    }
    diagnostics.append(&mut reading.diagnostics);
    diagnostics.sort_by(|a, b| (a.span, &a.message).cmp(&(b.span, &b.message)));
    let mut places = reading.places;
    places.review = places.review.map(|span| repaired.original(span));
    for span in places
        .exercises
        .iter_mut()
        .chain(places.images.iter_mut().map(|(span, _)| span))
    {
        *span = repaired.original(*span);
    }
    (None, diagnostics, places)
}

/// A text as it was read, with the places that tell where any character may stand.
struct Reading {
    program: Option<Program>,
    diagnostics: Vec<Diagnostic>,
    places: Places,
    /// The values that are texts for people.
    texts: Vec<Span>,
    /// All single values and keys.
    scalars: Vec<Span>,
}

fn read_text(
    text: &str,
    name: &str,
    mut diagnostics: Vec<Diagnostic>,
    wants_places: bool,
) -> Reading {
    // A character that may not stand there must not hide what else is wrong: the rest is read
    // without it, at the same places.
    let text = printable(text);
    let read = document::read(&text);
    let of_syntax = if read.broke_at.is_some() {
        read.diagnostics.clone()
    } else {
        Vec::new()
    };
    diagnostics.extend(read.diagnostics);
    let mut decoder = Decoder {
        text: &text,
        diagnostics,
        places: Places::default(),
        texts: Vec::new(),
        newer: None,
    };
    let program = match &read.root {
        Some(root) if !root.is_nothing() => decoder.program(root, name),
        _ => {
            if decoder.diagnostics.is_empty() {
                decoder.diagnostics.push(Diagnostic::empty());
            }
            None
        }
    };
    let Decoder {
        mut diagnostics,
        places,
        texts,
        newer,
        ..
    } = decoder;
    let mut scalars = Vec::new();
    if let Some(root) = &read.root
        && wants_places
    {
        root.scalars(&mut scalars);
    }
    if let Some(newer) = newer {
        return Reading {
            program: None,
            diagnostics: vec![newer],
            places,
            texts,
            scalars,
        };
    }
    // Of the line at which the text broke off, nothing else is known.
    if let Some(at) = read.broke_at {
        let line = document::line_around(&text, at);
        let own = |other: &Diagnostic| {
            other.code == "forbidden-character"
                || other.severity == Severity::Advice
                || of_syntax.contains(other)
        };
        diagnostics.retain(|other| {
            own(other) || other.span.end <= line.start || other.span.start > line.end
        });
    }
    // What follows from a dash that is none needs no message of its own.
    if diagnostics.iter().any(|other| other.code == "bad-dash") {
        diagnostics.retain(|other| other.code != "syntax");
    }
    // A reference repeats what it refers to, and so its mistakes.
    diagnostics.sort_by(|a, b| (a.span, &a.message).cmp(&(b.span, &b.message)));
    diagnostics.dedup();
    let program = program.filter(|_| !diagnostics.iter().any(Diagnostic::is_error));
    Reading {
        program,
        diagnostics,
        places,
        texts,
        scalars,
    }
}

/// The raw text's characters that may not stand in a program.
fn forbidden_characters(text: &str) -> Vec<Diagnostic> {
    let bytes = text.as_bytes();
    text.char_indices()
        // A byte order mark inside is reported with the other characters that can't be seen.
        .filter(|(_, character)| *character != '\u{feff}')
        .filter(|(at, character)| {
            !(is_allowed(*character) || *character == '\r' && bytes.get(at + 1) == Some(&b'\n'))
        })
        .map(|(at, character)| {
            Diagnostic::forbidden_character(Span::new(at, at + character.len_utf8()), character)
        })
        // A file that is no text at all would fill pages.
        .take(20)
        .collect()
}

impl Decoder<'_> {
    fn program(&mut self, root: &Node<'_>, name: &str) -> Option<Program> {
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
            .unwrap_or_else(|| {
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
            });
        let summary = self.text_of(&mut fields, "summary");
        let condition = self.text_of(&mut fields, "condition");
        let goals = self.texts_of(&mut fields, "goals");
        let therapist = self.therapist(&mut fields);
        let patient = self.text_of(&mut fields, "patient");
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
        let language = fields.take("language").and_then(|field| {
            let language = self.text(&field)?;
            if !is_language_tag(&language) {
                let remedy = meant::language(&field, &language);
                self.diagnostics
                    .push(Diagnostic::bad_language(field.node.span, &language, remedy));
            }
            Some(language)
        });
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
        let timings = match fields.take("defaults") {
            Some(field) => {
                match self.fields(
                    field.node,
                    "`defaults`",
                    &keys::DEFAULTS,
                    "`defaults:` and below it `rest: …`",
                ) {
                    Some(mut inner) => self.timings(&mut inner, Timings::default()),
                    None => Timings::default(),
                }
            }
            None => Timings::default(),
        };
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

    /// The number of a format; one with more digits than any number here is a newer one too.
    fn format_number(&mut self, field: &fields::Field<'_>) -> Option<u64> {
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

    fn phases(&mut self, fields: &mut Fields<'_>, timings: &Timings) -> Vec<Phase> {
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

    fn phase_list(&mut self, field: &fields::Field<'_>, timings: &Timings) -> Vec<Phase> {
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
                    "`- title: {title}` instead of the line with the name, and so with each phase"
                )
            }
            _ => "below `phases:` each phase as `- title: …`, with its `exercises:`".to_owned(),
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

    fn advance_when(&mut self, field: &fields::Field<'_>) -> Option<AdvanceWhen> {
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

    fn exercises(&mut self, field: &fields::Field<'_>, timings: &Timings) -> Vec<Exercise> {
        self.places.exercises.push(field.key);
        let begin = match &field.node.value {
            Value::Map(entries) => entries
                .first()
                .and_then(|(key, _)| key.text())
                .unwrap_or_default(),
            Value::Scalar { text, .. } => text,
            Value::List(_) => "",
        };
        let is_map = matches!(field.node.value, Value::Map(_));
        let example = if begin.starts_with(['–', '—', '−']) {
            "a hyphen `-` and a space; this is a longer dash".to_owned()
        } else if begin.starts_with('-') {
            format!(
                "a space after the dash: `- {}: …`",
                begin.trim_start_matches('-')
            )
        } else if begin.starts_with("exercise") {
            "`- exercise: …`, a dash and a space before each exercise".to_owned()
        } else if is_map && keys::EXERCISE.key(begin).is_none() {
            format!(
                "`- name: {}` instead of the line with the name, and so with each exercise",
                excerpt(begin, 60)
            )
        } else {
            "each exercise with a dash, as `- name: …` and below it its dose".to_owned()
        };
        if self.bad_dash(field.node) {
            return Vec::new();
        }
        let Some(items) = self.list(field, "exercises, each with a dash", &example) else {
            return Vec::new();
        };
        let mut ids: HashMap<String, Span> = HashMap::new();
        let mut exercises = Vec::with_capacity(items.len());
        let mut number = 0;
        for (index, item) in items.iter().enumerate() {
            // `- name: X` and `- reps: 10` are one exercise with a dash too many.
            let torn_off = |at: usize| {
                let above = items
                    .get(..at)
                    .and_then(|above| above.iter().rfind(|item| one_line::has_name(item)));
                above.is_some_and(|above| {
                    items
                        .get(at)
                        .is_some_and(|item| one_line::is_torn_off(above, item))
                })
            };
            if torn_off(index) {
                self.diagnostics
                    .push(Diagnostic::dash_too_many(one_line::first_key(item)));
                continue;
            }
            number += 1;
            let (named, exercise) = if torn_off(index + 1) {
                self.exercise(
                    &Node {
                        open: true,
                        ..item.clone()
                    },
                    number,
                    timings,
                )
            } else {
                self.exercise(item, number, timings)
            };
            if let Some((id, span)) = named {
                let here = (item.span.start..=item.span.end).contains(&span.start);
                let span = if here { span } else { item.span };
                if let Some(first) = ids.get(&id) {
                    self.diagnostics
                        .push(Diagnostic::duplicate_exercise(span, *first, &id));
                } else {
                    ids.insert(id, span);
                }
            }
            exercises.extend(exercise);
        }
        exercises
    }

    /// The exercise's id with the place that gave it, and the exercise where it is free of
    /// mistakes.
    fn exercise(
        &mut self,
        node: &Node<'_>,
        number: usize,
        defaults: &Timings,
    ) -> (Option<(String, Span)>, Option<Exercise>) {
        let what = format!("exercise {number}");
        if self.exercise_in_one_line(node, &what) {
            return (None, None);
        }
        let Some(mut fields) = self.fields(
            node,
            &what,
            &keys::EXERCISE,
            "`- name: …` and below it its dose",
        ) else {
            return (None, None);
        };
        let mut identity = None;
        let library_field = fields.take("exercise");
        let library = library_field.as_ref().and_then(|field| {
            let word = self.text(field)?;
            let found = library::core(&word);
            identity = found.map(|found| (found.id.to_owned(), field.node.span));
            if found.is_none() {
                let near = library::meant(&word);
                let near: Vec<(&str, &str)> = near
                    .iter()
                    .map(|exercise| (exercise.id, exercise.name.as_str()))
                    .collect();
                self.diagnostics
                    .push(Diagnostic::unknown_exercise(field.node.span, &word, &near));
            }
            found
        });
        let mut name = library.map(|library| library.name.to_owned());
        if let Some(field) = fields.take("name") {
            if let Some(own) = self.name(&field) {
                identity = Some((slug(&own), field.node.span));
                name = Some(own);
            }
        } else if library_field.is_none() && !node.open {
            self.diagnostics
                .push(Diagnostic::nameless(fields.place(), number));
        }
        if let Some(field) = fields.take("id")
            && let Some(id) = self.id(&field)
        {
            identity = Some((id, field.node.span));
        }
        if let Some((id, _)) = &mut identity
            && id.is_empty()
        {
            *id = format!("exercise-{number}");
        }
        let shown = name.clone().unwrap_or_else(|| what.clone());
        let status = ["reps", "hold", "tempo", "duration", "measure"]
            .iter()
            .filter_map(|key| fields.peek(key));
        self.places
            .doses
            .push(status.map(|field| (field.name, field.key)).collect());
        self.note_tempo(&fields);
        let draft = self.dose_draft(
            &mut fields,
            library.is_some_and(|library| library.one_sided),
            library.map(|library| library.name),
        );
        let dose = self.resolve(
            &draft,
            &shown,
            fields.place(),
            node.open || fields.had_strange_dose,
        );
        if let Some(field) = fields.peek("name")
            && let Some((_, said)) = one_line::name_and_dose(&shown)
            && said.iter().any(|(key, _)| *key == "sets")
            && said
                .iter()
                .any(|(key, value)| !meant::same(fields.node_text(key).unwrap_or("1"), value))
            && dose.is_some()
        {
            self.diagnostics
                .push(Diagnostic::name_says_dose(field.node.span, &shown));
        }
        let timings = self.timings(&mut fields, *defaults);
        let block = fields.take("block").and_then(|field| {
            self.choice(
                &field,
                &[
                    ("warm-up", Block::WarmUp),
                    ("main", Block::Main),
                    ("cool-down", Block::CoolDown),
                ],
            )
        });
        let essential = fields
            .take("essential")
            .and_then(|field| self.boolean(&field))
            .unwrap_or(false);
        let own = OwnTexts {
            equipment: self.own_texts(&mut fields, "equipment"),
            muscles: self.muscles(&mut fields),
            instructions: self.own_texts(&mut fields, "instructions"),
            cues: self.own_texts(&mut fields, "cues"),
            mistakes: self.own_texts(&mut fields, "mistakes"),
        };
        if own.instructions.is_none() && library.is_none() && !node.open && name.is_some() {
            let known = library::id_of_name(&shown);
            self.diagnostics
                .push(Diagnostic::no_instructions(fields.place(), &shown, known));
        }
        let easier = self.text_of(&mut fields, "easier");
        let harder = self.text_of(&mut fields, "harder");
        let stop_if = self.stop_signs(&mut fields);
        let image = fields.take("image").and_then(|field| self.image(&field));
        let video = fields.take("video").and_then(|field| self.video(&field));
        let figure = fields
            .take("figure")
            .and_then(|field| self.figure(&field))
            .or(library.map(|library| FigureSource::Library(library.id)));
        let progression = fields
            .take("progression")
            .map(|field| self.progression(&field, draft, &shown, timings.rest));
        let complete = identity
            .clone()
            .zip(name)
            .zip(dose)
            .map(|(((id, _), name), dose)| Exercise {
                id,
                library: library.map(|library| library.id.to_owned()),
                name,
                block: block.unwrap_or(Block::Main),
                essential,
                dose,
                timings,
                own,
                easier,
                harder,
                stop_if,
                image,
                video,
                figure,
                progression: progression.unwrap_or_default(),
            });
        (identity, complete)
    }

    fn progression(
        &mut self,
        field: &fields::Field<'_>,
        mut draft: DoseDraft,
        exercise: &str,
        rest: Duration,
    ) -> Vec<ProgressionStep> {
        let Some(items) = self.list(
            field,
            "steps, each with a dash",
            "`progression:` and below it `- week: …` with what changes",
        ) else {
            return Vec::new();
        };
        let mut rest = rest;
        let mut steps = Vec::new();
        for item in items {
            let Some(mut inner) = self.fields(
                item,
                "a progression step",
                &keys::STEP,
                "`- week: …` and below it what changes",
            ) else {
                continue;
            };
            let week = inner.take("week").and_then(|field| self.count(&field));
            let after_sessions = inner
                .take("after_sessions")
                .and_then(|field| self.count(&field));
            let pain_at_most = inner
                .take("pain_at_most")
                .and_then(|field| self.count(&field));
            let conditional = inner.had("week") || inner.had("after_sessions");
            if !conditional && !inner.had_unknown && !item.open {
                self.diagnostics
                    .push(Diagnostic::step_without_condition(inner.place()));
            }
            let before = self
                .quiet(|decoder| decoder.resolve(&draft, exercise, item.span, true))
                .map(|dose| dose.rounds());
            self.note_tempo(&inner);
            let entry = draft.sets_come_from_a_list();
            let mut changed = self.change_dose(&mut inner, &mut draft);
            if let Some(field) = inner.take("rest") {
                changed = true;
                rest = self.duration(&field).unwrap_or(rest);
            }
            if !changed && !inner.had_unknown && !item.open {
                self.diagnostics
                    .push(Diagnostic::step_without_change(inner.place()));
            }
            // A dose that was wrong before was reported where it went wrong.
            if before.is_none() {
                continue;
            }
            let Some(dose) = self.resolve(&draft, exercise, inner.place(), item.open) else {
                continue;
            };
            if let Some(before) = before
                && entry
                && dose.rounds() < before
                && !inner.had("sets")
            {
                self.diagnostics.push(Diagnostic::step_drops_sets(
                    inner.place(),
                    before,
                    dose.rounds(),
                ));
            }
            steps.push(ProgressionStep {
                week,
                after_sessions,
                pain_at_most,
                dose,
                rest,
            });
        }
        steps
    }

    fn timings(&mut self, fields: &mut Fields<'_>, defaults: Timings) -> Timings {
        let mut timing = |key: &'static str, default: Duration| {
            fields
                .take(key)
                .and_then(|field| self.duration(&field))
                .unwrap_or(default)
        };
        Timings {
            rest: timing("rest", defaults.rest),
            get_ready: timing("get_ready", defaults.get_ready),
            switch: timing("switch", defaults.switch),
            release: timing("release", defaults.release),
            rest_after: timing("rest_after", defaults.rest_after),
        }
    }

    /// The stop signs, with the sentences of a list of red flags in the place of its id, none of
    /// them twice.
    fn stop_signs(&mut self, fields: &mut Fields<'_>) -> Vec<String> {
        let mut signs: Vec<String> = Vec::new();
        for (span, text) in self.texts_with_places(fields, "stop_if") {
            let more = match red_flags::entry(&text) {
                Entry::List(list) => list.signs.clone(),
                Entry::Near(list) => {
                    self.diagnostics
                        .push(Diagnostic::near_red_flags(span, &text, list.id));
                    list.signs.clone()
                }
                Entry::Sentence => vec![text],
            };
            for sign in more {
                if !signs.contains(&sign) {
                    signs.push(sign);
                }
            }
        }
        signs
    }

    /// Keeps the place of a tempo, for remarks made later.
    fn note_tempo(&mut self, fields: &Fields<'_>) {
        let tempo = fields.peek("tempo");
        let read = tempo.and_then(|field| {
            Some((
                field.node.span,
                notation::read_tempo(field.node.text()?.trim())?,
            ))
        });
        self.places.tempos.extend(read);
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

    fn pain(&mut self, fields: &mut Fields<'_>) -> PainRules {
        const BANDS: &str = "`pain:`, below it `bands:`, and below that each band as `- {up_to: …, label: …}`, with `stop: true` where the session ends; the last band is up to 10";
        let default = PainRules {
            ask: vec![PainMoment::Before, PainMoment::After],
            bands: Vec::new(),
        };
        let Some(field) = fields.take("pain") else {
            return default;
        };
        let Some(mut inner) = self.fields(field.node, "`pain`", &keys::PAIN_RULES, BANDS) else {
            return default;
        };
        let ask = inner.take("ask").map(|field| {
            const MOMENTS: &[(&str, PainMoment)] = &[
                ("before", PainMoment::Before),
                ("each", PainMoment::Each),
                ("after", PainMoment::After),
                ("next-morning", PainMoment::NextMorning),
            ];
            let mut ask: Vec<PainMoment> = self
                .items(&field)
                .into_iter()
                .filter_map(|item| self.choice(&field.at(item), MOMENTS))
                .collect();
            ask.sort_unstable();
            ask.dedup();
            ask
        });
        let bands = inner.take("bands").map(|field| self.bands(&field));
        PainRules {
            ask: ask.unwrap_or(default.ask),
            bands: bands.unwrap_or_default(),
        }
    }

    fn bands(&mut self, field: &fields::Field<'_>) -> Vec<PainBand> {
        const EXAMPLE: &str = "`- up_to: …` and below it `label: …`";
        let mut bands: Vec<PainBand> = Vec::new();
        let mut last = None;
        let mut last_stops = false;
        let mut all_read = true;
        let example = Self::bands_without_dashes(field.node);
        let items = self.list(
            field,
            "bands, each with a dash",
            example.as_deref().unwrap_or(EXAMPLE),
        );
        // The lowest pain that no band above says anything about.
        let mut next = 0;
        for item in items.unwrap_or_default() {
            if self.band_in_one_line(item) {
                all_read = false;
                continue;
            }
            let begins =
                |key: &Node<'_>| matches!(key.text(), Some("from" | "min" | "above" | "over"));
            let from = match &item.value {
                Value::Map(entries) => entries
                    .iter()
                    .find(|(key, _)| begins(key))
                    .map(|(_, value)| value),
                _ => None,
            };
            if let Some(from) = from
                && let Some(begin) = from
                    .text()
                    .and_then(notation::read_number)
                    .filter(|begin| *begin > next)
            {
                self.diagnostics
                    .push(Diagnostic::gap_between_bands(from.span, next, begin));
            }
            let Some(mut inner) = self.fields(item, "a band", &keys::BAND, EXAMPLE) else {
                continue;
            };
            // A key that can't be read may be the one that seems missing.
            let label = if inner.had_unknown && !inner.has("label") {
                None
            } else {
                self.required_name(&mut inner, "label", "this band", "a word for it")
            };
            let advice = self.text_of(&mut inner, "advice");
            let stop = inner
                .take("stop")
                .and_then(|field| self.boolean(&field))
                .unwrap_or(false);
            let Some(up_to_field) = inner.take("up_to") else {
                all_read = false;
                if !item.open && !inner.had_unknown {
                    let example = "the highest pain that belongs to it, 0 to 10";
                    self.diagnostics.push(Diagnostic::missing_key(
                        inner.place(),
                        "up_to",
                        "this band",
                        example,
                    ));
                }
                continue;
            };
            let range = up_to_field.node.text().and_then(one_line::begin_of_band);
            if let Some((low, high)) = range {
                all_read = false;
                if low > next {
                    self.diagnostics.push(Diagnostic::gap_between_bands(
                        up_to_field.node.span,
                        next,
                        low,
                    ));
                    next = high + 1;
                    continue;
                }
                next = high + 1;
            }
            let Some(up_to) = self.count::<u8>(&up_to_field) else {
                all_read = false;
                continue;
            };
            next = u64::from(up_to) + 1;
            if let (false, Some(label)) = (inner.had("stop"), &label)
                && label
                    .to_lowercase()
                    .split(|c: char| !c.is_alphanumeric())
                    .any(|word| word == "stop")
            {
                self.diagnostics
                    .push(Diagnostic::stop_without_stop(inner.place(), label));
            }
            if let Some((previous, _)) = last
                && up_to <= previous
            {
                all_read = false;
                self.diagnostics.push(Diagnostic::bands_fall(
                    up_to_field.node.span,
                    u64::from(previous),
                ));
            }
            last = Some((up_to, up_to_field.node.span));
            last_stops = stop;
            let advice = advice.or_else(|| stop.then(|| STOP_ADVICE.to_owned()));
            bands.extend(label.map(|label| PainBand {
                up_to,
                label,
                advice,
                stop,
            }));
        }
        if let Some((up_to, span)) = last
            && up_to != 10
            && all_read
            && !field.node.open
        {
            self.diagnostics.push(Diagnostic::bands_stop_short(
                span,
                u64::from(up_to),
                last_stops,
            ));
        }
        bands
    }

    fn frequency(&mut self, field: &fields::Field<'_>) -> Option<Frequency> {
        if let Value::List(items) = &field.node.value {
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
                    let remedy = match meant::weekdays_meant(&text).as_slice() {
                        [] => Remedy::words(
                            "write days of the week: `mon`, `tue`, `wed`, `thu`, `fri`, `sat`, `sun`",
                        ),
                        days => Remedy::readings(
                            days.iter()
                                .map(|day| (*day, Change::Value((*day).to_owned()))),
                        ),
                    };
                    self.diagnostics.push(Diagnostic::not_an_option(
                        item.span,
                        "frequency",
                        &text,
                        remedy,
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
            return Some(Frequency::Weekdays(
                days.into_iter().map(|(day, _)| day).collect(),
            ));
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

    fn date(&mut self, field: &fields::Field<'_>) -> Option<Date> {
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

    fn time(&mut self, field: &fields::Field<'_>) -> Option<Time> {
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

    fn id(&mut self, field: &fields::Field<'_>) -> Option<String> {
        let text = self.text(field)?;
        if is_id(&text) && text.len() <= 200 {
            return Some(text);
        }
        self.diagnostics
            .push(Diagnostic::bad_id(field.node.span, &text, &slug(&text)));
        None
    }

    fn muscles(&mut self, fields: &mut Fields<'_>) -> Option<Muscles> {
        let field = fields.take("muscles")?;
        let example = "`muscles:` and below it `strengthens: …` or `stretches: …`";
        let mut inner = self.fields(field.node, "`muscles`", &keys::MUSCLES, example)?;
        let mut named = |key: &'static str| {
            let Some(field) = inner.take(key) else {
                return Vec::new();
            };
            let items = self.items(&field);
            items
                .into_iter()
                .filter_map(|item| {
                    let text = self.text(&field.at(item))?;
                    if muscles::find(&text).is_none() {
                        let near = crate::diagnostic::nearest(
                            &text,
                            muscles::MUSCLES.iter().map(|muscle| muscle.id),
                        );
                        self.diagnostics
                            .push(Diagnostic::unknown_muscle(item.span, &text, near));
                    }
                    Some(text)
                })
                .collect()
        };
        Some(Muscles {
            strengthens: named("strengthens"),
            stretches: named("stretches"),
            ..Muscles::default()
        })
    }

    fn image(&mut self, field: &fields::Field<'_>) -> Option<String> {
        let text = self.text(field)?;
        let lower = text.to_lowercase();
        let absolute = text.starts_with(['/', '\\', '~'])
            || text.get(1..2) == Some(":")
            || text.contains("://");
        if absolute || text.split(['/', '\\']).any(|part| part == "..") {
            self.diagnostics.push(Diagnostic::bad_image(
                field.node.span,
                "`image` names a file outside the program's folder",
            ));
            return None;
        }
        if !["png", "jpg", "gif"].iter().any(|ending| {
            lower
                .rsplit_once('.')
                .is_some_and(|(_, found)| found == *ending)
        }) {
            self.diagnostics.push(Diagnostic::bad_image(
                field.node.span,
                "`image` takes a png, jpg or gif",
            ));
            return None;
        }
        self.places.images.push((field.node.span, text.clone()));
        Some(text)
    }

    fn video(&mut self, field: &fields::Field<'_>) -> Option<String> {
        let text = self.text(field)?;
        let (scheme, rest) = text.split_once("://").unzip();
        let rest = rest.filter(|_| {
            scheme.is_some_and(|scheme| ["http", "https"].contains(&scheme.to_lowercase().as_str()))
        });
        let host = rest.map(|rest| rest.split(['/', '?', '#']).next().unwrap_or_default());
        let plain = text.chars().all(|c| {
            !c.is_whitespace() && !matches!(c, '"' | '<' | '>' | '\\' | '^' | '`' | '{' | '|' | '}')
        });
        if plain && host.is_some_and(|host| !host.is_empty() && !host.contains('@')) {
            return Some(text);
        }
        // `youtube.com/…` lacks its beginning.
        let meant = scheme.is_none()
            && plain
            && text
                .split('/')
                .next()
                .is_some_and(|host| host.contains('.') && !host.contains('@'));
        let meant = meant.then(|| format!("https://{text}"));
        self.diagnostics
            .push(Diagnostic::bad_video(field.node.span, meant.as_deref()));
        None
    }

    fn figure(&mut self, field: &fields::Field<'_>) -> Option<FigureSource> {
        if matches!(field.node.value, Value::Map(_)) {
            let motion = Motion::new(figures::read(field.node, &mut self.diagnostics)?)?;
            for fault in motion.faults() {
                self.diagnostics.push(Diagnostic::figure_fault(
                    field.key,
                    fault.pose(&motion),
                    &fault.words(),
                ));
            }
            return Some(FigureSource::Own(Arc::new(motion)));
        }
        let text = self.text(field)?;
        let Some(found) = library::core(&text) else {
            self.diagnostics.push(Diagnostic::unknown_figure(
                field.node.span,
                &text,
                library::nearest(&text),
            ));
            return None;
        };
        if !FIGURE_FILES.iter().any(|(id, _)| *id == found.id) {
            self.diagnostics
                .push(Diagnostic::no_figure(field.node.span, found.id));
        }
        Some(FigureSource::Library(found.id))
    }
}

/// Whether a text has the shape of a BCP 47 language tag.
fn is_language_tag(text: &str) -> bool {
    let mut parts = text.split('-');
    let first = parts.next().unwrap_or_default();
    // Longer ones are names of languages: none is registered.
    (2..=3).contains(&first.len())
        && first.bytes().all(|byte| byte.is_ascii_alphabetic())
        && parts.all(|part| {
            (1..=8).contains(&part.len()) && part.bytes().all(|byte| byte.is_ascii_alphanumeric())
        })
}
