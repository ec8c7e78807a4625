//! Reads the muscles, picture, video and figure of an exercise.

use std::sync::Arc;

use super::decoder::Decoder;
use super::field::{Field, Fields};
use crate::diagnostic::{Diagnostic, nearest};
use crate::figure::motion::Motion;
use crate::program::library::{self, FIGURE_FILES};
use crate::program::{FigureSource, Muscles, figures, keys, muscles};
use crate::yaml::Value;

impl Decoder<'_> {
    pub(super) fn muscles(&mut self, fields: &mut Fields<'_>) -> Option<Muscles> {
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
                        let near = nearest(&text, muscles::MUSCLES.iter().map(|muscle| muscle.id));
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

    pub(super) fn image(&mut self, field: &Field<'_>) -> Option<String> {
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
                "`image` needs a png, jpg or gif",
            ));
            return None;
        }
        self.places.images.push((field.node.span, text.clone()));
        Some(text)
    }

    pub(super) fn video(&mut self, field: &Field<'_>) -> Option<String> {
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
        // `youtube.com/…` has no scheme.
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

    pub(super) fn figure(&mut self, field: &Field<'_>) -> Option<FigureSource> {
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
