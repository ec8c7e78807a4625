//! The page of one program before it is started: every dose in words, stop signs, whom to call; and
//! the page of a file with mistakes.

use super::context::{Cx, Shared};
use super::figures;
use super::intake::{Intake, Want};
use super::keymap::Action;
use super::menu::{Overlay, scrolled};
use super::page::{
    ExerciseCard, ExerciseRow, IllustrationSource, InvalidPage, ProgramPage, ScreenPage,
};
use super::today::Today;
use super::{Flow, Screen, safety, today};
use crate::catalog::InvalidProgram;
use crate::diagnostic::render;
use crate::events::{Instant, Moment};
use crate::program::words;
use crate::program::{Exercise, Program};
use crate::timeline::{PrescribedExercise, SessionMode, Timeline};

/// The page of one program.
#[derive(Debug, Clone)]
pub(super) struct ProgramScreen {
    /// The program's place in the list.
    pub(super) index: usize,
    /// The phase that would be played.
    pub(super) phase: usize,
    /// Whether only the essential exercises would be played.
    pub(super) short: bool,
    /// Whether the patient has said to start despite an open stop sign.
    pub(super) past_sign: bool,
    /// The selected exercise, and since when it is.
    selected: usize,
    since: Instant,
    /// Whether stop signs and precautions come first, because they were never seen.
    first_time: bool,
    /// Whether the session starts once they are read.
    starting: bool,
}

impl ProgramScreen {
    /// Creates the page of a program from its top.
    pub(super) fn new(index: usize, phase: usize, first_time: bool, now: &Moment) -> Self {
        Self {
            index,
            phase,
            short: false,
            past_sign: false,
            selected: 0,
            since: now.instant,
            first_time,
            starting: false,
        }
    }

    /// Starts nothing once the stop signs are read: a sign was just reported.
    pub(super) fn stay(&mut self) {
        self.starting = false;
        self.past_sign = false;
    }

    pub(super) fn update(&mut self, action: Action, cx: &mut Cx<'_>) -> Flow {
        let program = cx.shared.catalog.program(self.index);
        let phase = program.and_then(|program| program.phase(self.phase));
        let last = phase.map_or(0, |phase| phase.exercises.len().saturating_sub(1));
        let has_safety =
            program.is_some_and(|it| !it.stop_if.is_empty() || !it.precautions.is_empty());
        let before = self.selected;
        match action {
            Action::Up => self.selected = self.selected.saturating_sub(1),
            Action::Down => self.selected = (self.selected + 1).min(last),
            Action::PageUp => self.selected = self.selected.saturating_sub(5),
            Action::PageDown => self.selected = (self.selected + 5).min(last),
            Action::Cancel => return Flow::Go(Screen::Today(Today::default())),
            Action::Confirm if self.first_time && has_safety => {
                self.starting = true;
                return Flow::Open(Overlay::StopSigns(0));
            }
            Action::Confirm => return self.start(cx),
            _ => {}
        }
        if self.selected != before {
            self.since = cx.now.instant;
        }
        Flow::Stay
    }

    /// Starts the session if the patient went on after reading the stop signs and precautions.
    pub(super) fn signs_read(&mut self, go_on: bool, cx: &mut Cx<'_>) -> Flow {
        if std::mem::take(&mut self.starting) && go_on {
            self.start(cx)
        } else {
            Flow::Stay
        }
    }

    fn start(&self, cx: &mut Cx<'_>) -> Flow {
        cx.shared.catalog.selected = self.index;
        Intake::start(Want::Page(Box::new(self.clone())), cx)
    }

    /// Returns the selected exercise.
    fn exercise<'s>(&self, shared: &'s Shared) -> Option<&'s Exercise> {
        let program = shared.catalog.program(self.index)?;
        program.phase(self.phase)?.exercises.get(self.selected)
    }

    pub(super) fn illustration(&self, shared: &Shared, now: &Moment) -> IllustrationSource {
        let since = now.instant - self.since;
        let path = shared.catalog.entries.get(self.index).map(|it| &it.path);
        self.exercise(shared)
            .zip(path)
            .map(|(exercise, path)| figures::of_page(exercise, path, since, shared))
            .unwrap_or_default()
    }

    pub(super) fn page(&self, shared: &Shared, now: &Moment) -> ScreenPage {
        match self.program_page(shared, now) {
            Some(page) => ScreenPage::Program(page),
            None => today::page(shared, now),
        }
    }

    fn program_page(&self, shared: &Shared, now: &Moment) -> Option<ProgramPage> {
        let entry = shared.catalog.entries.get(self.index)?;
        let loaded = entry.content().as_ref().ok()?;
        let program = &loaded.program;
        let steps = shared.steps(program, self.phase);
        let length = loaded.length_after(self.phase, &steps);
        Some(ProgramPage {
            title: program.title.clone(),
            contact: program.contact(),
            schedule: describe_schedule(program, self.phase, length),
            summary: program.summary.clone(),
            exercises: exercise_rows(&shared.prescribed(program, self.phase)),
            selected: self.selected,
            safety: safety::of_program(program),
            card: self.exercise(shared).map(card),
            illustration: self.illustration(shared, now),
        })
    }
}

/// The page of a file with mistakes.
#[derive(Debug, Clone)]
pub(super) struct InvalidScreen {
    file: String,
    report: Vec<String>,
    scroll: u16,
}

impl InvalidScreen {
    pub(super) fn new(file: &str, invalid: &InvalidProgram) -> Self {
        let report = render::report(&invalid.source, &invalid.diagnostics, false);
        Self {
            file: file.to_owned(),
            report: report.lines().map(str::to_owned).collect(),
            scroll: 0,
        }
    }

    pub(super) fn update(&mut self, action: Action, _cx: &mut Cx<'_>) -> Flow {
        if action == Action::Cancel {
            return Flow::Go(Screen::Today(Today::default()));
        }
        self.scroll = scrolled(self.scroll, action, self.report.len());
        Flow::Stay
    }

    pub(super) fn page(&self) -> ScreenPage {
        ScreenPage::Invalid(InvalidPage {
            title: format!("{} cannot be played", self.file),
            hint: "The file has mistakes. Send this page to your therapist, or mend the file.",
            lines: self.report.clone(),
            scroll: self.scroll,
        })
    }
}

/// Returns the exercises of a phase with the doses that hold now.
pub fn exercise_rows(planned: &[PrescribedExercise<'_>]) -> Vec<ExerciseRow> {
    let row = |planned: &PrescribedExercise<'_>| ExerciseRow {
        name: planned.exercise.name.clone(),
        dose: words::dose(planned.dose),
        minutes: words::minutes(
            Timeline::compile(&[(0, *planned)], SessionMode::Manual, |_, _, _| false).length(),
        ),
    };
    planned.iter().map(row).collect()
}

/// Returns how an exercise is done.
pub(super) fn card(exercise: &Exercise) -> ExerciseCard {
    ExerciseCard {
        name: exercise.name.clone(),
        instructions: exercise.instructions().to_vec(),
        cues: exercise.cues().to_vec(),
        notes: safety::notes(exercise),
    }
}

/// How often, how long, next visit: the line below the title.
fn describe_schedule(program: &Program, phase: usize, length: std::time::Duration) -> String {
    let mut parts = vec![
        words::frequency(program.frequency_in(phase)),
        format!("about {} min", words::minutes(length)),
    ];
    if program.has_phases() {
        let title = program
            .phase(phase)
            .and_then(|phase| phase.title.clone())
            .unwrap_or_default();
        parts.push(format!(
            "{title} ({} of {})",
            phase + 1,
            program.phases.len()
        ));
    }
    if let Some(review) = program.review {
        parts.push(format!("next visit {}", review.strftime("%-d %b %Y")));
    }
    parts.join(" · ")
}
