//! The programs that can be played: read where their content is needed, not before.

use std::sync::{Arc, OnceLock};
use std::time::Duration;

use crate::diagnostic::Diagnostic;
use crate::program::Program;
use crate::program::library::SampleHead;
use crate::program::parse::{Parsed, parse};
use crate::progression;
use crate::record::{TextRecord, text_hash};
use crate::source::Source;
use crate::timeline::Timeline;

/// A program as it is listed: one that can be played, or one with mistakes. A built-in sample is
/// read when more than its line in the list is asked for.
#[derive(Debug, Clone)]
pub struct ProgramEntry {
    /// The name of its file.
    pub file: String,
    /// The path of its file; of a sample its name.
    pub path: String,
    /// The exact text.
    pub text: Arc<str>,
    /// What is known of a sample before it is read: its id, and its line in the list.
    pub head: Option<(&'static str, SampleHead)>,
    content: OnceLock<Result<LoadedProgram, Box<InvalidProgram>>>,
}

impl ProgramEntry {
    /// A file that has been read.
    pub fn new(parsed: Parsed) -> Self {
        let entry = Self {
            file: parsed.source.short_name(),
            path: parsed.source.name().to_owned(),
            text: parsed.source.text().into(),
            head: None,
            content: OnceLock::new(),
        };
        let _ = entry.content.set(Self::content_of(parsed));
        entry
    }

    /// A built-in sample, unread.
    pub fn sample(id: &'static str, text: &'static str, head: SampleHead) -> Self {
        let file = format!("{id}.yaml");
        Self {
            path: file.clone(),
            file,
            text: text.into(),
            head: Some((id, head)),
            content: OnceLock::new(),
        }
    }

    fn content_of(parsed: Parsed) -> Result<LoadedProgram, Box<InvalidProgram>> {
        let first = parsed.first_error().map(|first| {
            let place = parsed.source.place(first.span.start);
            format!(
                "line {}, column {}: {}",
                place.line, place.column, first.message
            )
        });
        let Parsed {
            source,
            program,
            diagnostics,
            ..
        } = parsed;
        match program {
            Some(program) => Ok(LoadedProgram::new(program)),
            None => Err(Box::new(InvalidProgram {
                first: first.unwrap_or_default(),
                source,
                diagnostics,
            })),
        }
    }

    /// Its text as it goes on record.
    pub fn text_record(&self) -> TextRecord {
        TextRecord {
            hash: text_hash(&self.text),
            name: self.file.clone(),
            text: self.text.to_string(),
        }
    }

    /// What it says.
    pub fn content(&self) -> &Result<LoadedProgram, Box<InvalidProgram>> {
        self.content.get_or_init(|| {
            Self::content_of(parse(Source::new(self.file.clone(), self.text.to_string())))
        })
    }

    /// The program, where it can be played.
    pub fn program(&self) -> Option<&Arc<Program>> {
        self.content().as_ref().ok().map(|loaded| &loaded.program)
    }

    /// The id that records hang on, where it can be played.
    pub fn id(&self) -> Option<&str> {
        self.head
            .map(|(id, _)| id)
            .or_else(|| self.program().map(|program| program.id.as_str()))
    }

    /// What it is called in the list.
    pub fn title(&self) -> &str {
        match self.head {
            Some((_, head)) => head.title,
            None => self.program().map_or(&self.file, |program| &program.title),
        }
    }
}

/// A program that can be played, with what is shown of it in a list.
#[derive(Debug, Clone)]
pub struct LoadedProgram {
    /// The program.
    pub program: Arc<Program>,
    /// The reckoned length of a session of each phase.
    pub lengths: Vec<Duration>,
}

impl LoadedProgram {
    /// The reckoned length of a session of a phase after the steps of its progression that were
    /// taken.
    pub fn length_after(&self, phase: usize, steps: &[usize]) -> Duration {
        if steps.iter().any(|taken| *taken > 0) {
            return progression::length(&self.program, phase, steps);
        }
        self.lengths.get(phase).copied().unwrap_or_default()
    }

    /// A program, its lengths reckoned.
    pub fn new(program: Program) -> Self {
        let lengths = program
            .phases
            .iter()
            .map(|phase| Timeline::of(&phase.exercises).length())
            .collect();
        Self {
            program: Arc::new(program),
            lengths,
        }
    }
}

/// A program that cannot be played.
#[derive(Debug, Clone)]
pub struct InvalidProgram {
    /// The first mistake, on one line with its place.
    pub first: String,
    /// The text.
    pub source: Source,
    /// All mistakes.
    pub diagnostics: Vec<Diagnostic>,
}

/// Returns the hash of the text of the program with this id.
pub fn text_hash_of(entries: &[ProgramEntry], id: &str) -> Option<String> {
    let entry = entries.iter().find(|entry| entry.id() == Some(id))?;
    Some(text_hash(&entry.text))
}

/// The programs in the list of the first page.
#[derive(Debug, Clone, Default)]
pub struct Catalog {
    /// The programs, in the order of the list.
    pub entries: Vec<ProgramEntry>,
    /// Whether they are the built-in samples, which nobody prescribed.
    pub samples: bool,
    /// The selected program, from 0.
    pub selected: usize,
}

impl Catalog {
    /// Returns the selected entry.
    pub fn selected(&self) -> Option<&ProgramEntry> {
        self.entries.get(self.selected)
    }

    /// Returns the program at a place in the list, where it can be played.
    pub fn program(&self, index: usize) -> Option<&Arc<Program>> {
        self.entries.get(index)?.program()
    }

    /// Returns the patient's own programs: the samples remind of nothing.
    pub fn prescribed(&self) -> impl Iterator<Item = &Program> {
        let entries = if self.samples { &[][..] } else { &self.entries };
        let programs = entries.iter().filter_map(ProgramEntry::program);
        programs.map(AsRef::as_ref)
    }
}
