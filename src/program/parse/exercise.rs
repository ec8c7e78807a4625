//! Reads one exercise.

use super::decoder::Decoder;
use super::field::Fields;
use super::progression::Progression;
use super::{meant, one_line};
use crate::diagnostic::Diagnostic;
use crate::program::library::{self, Core};
use crate::program::notation::slug;
use crate::program::{Block, Dose, Exercise, FigureSource, OwnTexts, Timings, keys};
use crate::source::Span;
use crate::yaml::Node;

/// The id of an exercise, and the place that gave it.
pub(super) type Identity = (String, Span);

/// The name and id of an exercise.
struct Named {
    /// The exercise of the library that it is based on.
    library: Option<Core>,
    name: Option<String>,
    /// The id, with the place that gave it.
    identity: Option<Identity>,
}

impl Decoder<'_> {
    /// Returns the id of an exercise, and the exercise if it has no mistakes.
    pub(super) fn exercise(
        &mut self,
        node: &Node<'_>,
        number: usize,
        defaults: &Timings,
    ) -> (Option<Identity>, Option<Exercise>) {
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
        let Named {
            library,
            name,
            identity,
        } = self.named(&mut fields, number);
        let shown = name.clone().unwrap_or(what);
        self.note_dose(&fields);
        self.note_tempo(&fields);
        let draft = self.dose_draft(
            &mut fields,
            library.is_some_and(|library| library.one_sided),
            library.map(|library| library.name),
        );
        let unclear = node.open || fields.had_strange_dose;
        let dose = self.resolve(&draft, &shown, fields.place(), unclear);
        self.check_name(&fields, &shown, dose.as_ref());
        let timings = self.timings(&mut fields, *defaults);
        let block = self.block(&mut fields);
        let essential = fields
            .take("essential")
            .and_then(|field| self.boolean(&field));
        let own = self.own(&mut fields);
        if own.instructions.is_none() && library.is_none() && name.is_some() {
            self.advise_instructions(&fields, &shown);
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
        let progression = fields.take("progression").map(|field| {
            let begin = Progression {
                exercise: &shown,
                draft,
                rest: timings.rest,
            };
            self.progression(&field, begin)
        });
        let complete = identity.clone().zip(name).zip(dose);
        let complete = complete.map(|(((id, _), name), dose)| Exercise {
            id,
            library: library.map(|library| library.id.to_owned()),
            name,
            block,
            essential: essential.unwrap_or(false),
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

    /// Reads the library exercise, the name and the id.
    fn named(&mut self, fields: &mut Fields<'_>, number: usize) -> Named {
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
        } else if library_field.is_none() && !fields.node.open {
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
        Named {
            library,
            name,
            identity,
        }
    }

    /// Keeps the places of the dose keys for later advice.
    fn note_dose(&mut self, fields: &Fields<'_>) {
        let doses = ["reps", "hold", "tempo", "duration", "measure"]
            .iter()
            .filter_map(|key| fields.peek(key))
            .map(|field| (field.name, field.key))
            .collect();
        self.places.doses.push(doses);
    }

    /// Advises if the name contains a dose that differs from the keys.
    fn check_name(&mut self, fields: &Fields<'_>, shown: &str, dose: Option<&Dose>) {
        if let Some(field) = fields.peek("name")
            && let Some((_, said)) = one_line::name_and_dose(shown)
            && said.iter().any(|(key, _)| *key == "sets")
            && said
                .iter()
                .any(|(key, value)| !meant::same(fields.node_text(key).unwrap_or("1"), value))
            && dose.is_some()
        {
            self.diagnostics
                .push(Diagnostic::name_says_dose(field.node.span, shown));
        }
    }

    /// Advises to write instructions for an exercise that is not in the library.
    fn advise_instructions(&mut self, fields: &Fields<'_>, shown: &str) {
        if !fields.node.open {
            let known = library::id_of_name(shown);
            self.diagnostics
                .push(Diagnostic::no_instructions(fields.place(), shown, known));
        }
    }

    fn block(&mut self, fields: &mut Fields<'_>) -> Block {
        const BLOCKS: &[(&str, Block)] = &[
            ("warm-up", Block::WarmUp),
            ("main", Block::Main),
            ("cool-down", Block::CoolDown),
        ];
        fields
            .take("block")
            .and_then(|field| self.choice(&field, BLOCKS))
            .unwrap_or(Block::Main)
    }

    /// Reads the texts of the file about an exercise.
    fn own(&mut self, fields: &mut Fields<'_>) -> OwnTexts {
        OwnTexts {
            equipment: self.own_texts(fields, "equipment"),
            muscles: self.muscles(fields),
            instructions: self.own_texts(fields, "instructions"),
            cues: self.own_texts(fields, "cues"),
            mistakes: self.own_texts(fields, "mistakes"),
        }
    }
}
