//! Reads figures from YAML, with diagnostics like those of the rest of a program file. The figures
//! of the library are embedded, and so are the named poses that every figure can build on.

mod figure;
mod poses;
mod props;
mod reader;

use std::sync::{Arc, OnceLock};

use self::reader::{Reader, entries};
use super::library::FIGURE_FILES;
use crate::diagnostic::Diagnostic;
use crate::figure::motion::Motion;
use crate::figure::{Figure, Keyframe};
use crate::yaml::{self, Node};

/// The poses that every figure can build on.
const BASES: &str = include_str!("../../programs/figures/bases.yaml");

/// Reads one figure. Returns None if there is an error in it.
pub(crate) fn read(node: &Node<'_>, diagnostics: &mut Vec<Diagnostic>) -> Option<Figure> {
    let mut reader = Reader::new(bases().to_vec());
    let figure = reader.read_figure(node);
    let whole = reader
        .diagnostics
        .iter()
        .all(|diagnostic| !diagnostic.is_error());
    diagnostics.append(&mut reader.diagnostics);
    figure.filter(|_| whole)
}

/// Reads a text that is a figure.
pub fn read_text(text: &str) -> (Option<Figure>, Vec<Diagnostic>) {
    let mut document = yaml::read(text);
    // Broken YAML is reported alone. Keys may only seem to be missing after the break.
    if document.diagnostics.iter().any(Diagnostic::is_error) {
        return (None, document.diagnostics);
    }
    let figure = document
        .root
        .as_ref()
        .and_then(|root| read(root, &mut document.diagnostics));
    (figure, document.diagnostics)
}

/// Reads a text that may be a figure. Returns None if it is something else, such as a program.
pub(crate) fn read_alone(text: &str) -> Option<(Option<Figure>, Vec<Diagnostic>)> {
    let document = yaml::read(text);
    let has = |key: &str| {
        let entries = document.root.as_ref().and_then(entries).unwrap_or_default();
        entries.iter().any(|(known, _)| known.text() == Some(key))
    };
    let alone = (has("poses") || has("cycle")) && !has("exercises") && !has("phases");
    alone.then(|| read_text(text))
}

/// Reads the library's figure with this id. A test makes sure that every one can be read.
pub fn find(id: &str) -> Option<Figure> {
    let (_, text) = FIGURE_FILES.iter().find(|(known, _)| *known == id)?;
    read_text(text).0
}

/// Returns the motion of the library's figure with this id. It is built once and then kept.
pub(crate) fn motion(id: &str) -> Option<Arc<Motion>> {
    static CACHE: [OnceLock<Option<Arc<Motion>>>; FIGURE_FILES.len()] =
        [const { OnceLock::new() }; FIGURE_FILES.len()];
    let index = FIGURE_FILES.iter().position(|(known, _)| *known == id)?;
    let cached = CACHE.get(index)?;
    cached
        .get_or_init(|| find(id).and_then(Motion::new).map(Arc::new))
        .clone()
}

/// Returns the named bases. The tests of the library's figures make sure that they can be read.
fn bases() -> &'static [Keyframe] {
    static READ: OnceLock<Vec<Keyframe>> = OnceLock::new();
    READ.get_or_init(|| {
        let document = yaml::read(BASES);
        let mut reader = Reader::new(Vec::new());
        if let Some(entries) = document.root.as_ref().and_then(entries) {
            reader.read_poses(entries);
        }
        reader.poses
    })
}
