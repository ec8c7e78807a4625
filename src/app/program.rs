//! The page of one program before it is started: every dose in words, stop signs, whom to call; and
//! the page of a file with mistakes.

use super::context::{Cx, Shared};
use super::figures;
use super::flow::{Flow, ProgramPlace, Want};
use super::keymap::Action;
use super::menu::{Overlay, scrolled};
use super::page::{
    ExerciseCard, ExerciseRow, IllustrationSource, InvalidPage, ProgramPage, ScreenPage,
};
use super::safety;
use crate::catalog::InvalidProgram;
use crate::diagnostic::render;
use crate::events::{Instant, Moment};
use crate::program::words;
use crate::program::{Exercise, Program};
use crate::timeline::{PrescribedExercise, SessionMode, Timeline};

/// The page of one program.
#[derive(Debug, Clone)]
pub(super) struct ProgramScreen {
    pub(super) place: ProgramPlace,
    /// Since when the selected exercise is.
    since: Instant,
    /// Whether the session starts once the stop signs are read.
    starting: bool,
}

impl ProgramScreen {
    pub(super) fn new(place: ProgramPlace, now: &Moment) -> Self {
        Self {
            place,
            since: now.instant,
            starting: false,
        }
    }

    /// Starts nothing once the stop signs are read: a sign was just reported.
    pub(super) fn stay(&mut self) {
        self.starting = false;
        self.place.past_sign = false;
    }

    pub(super) fn update(&mut self, action: Action, cx: &mut Cx<'_>) -> Flow {
        let program = cx.shared.catalog.program(self.place.index);
        let phase = program.and_then(|program| program.phase(self.place.phase));
        let last = phase.map_or(0, |phase| phase.exercises.len().saturating_sub(1));
        let has_safety =
            program.is_some_and(|it| !it.stop_if.is_empty() || !it.precautions.is_empty());
        let place = &mut self.place;
        let before = place.selected;
        match action {
            Action::Up => place.selected = place.selected.saturating_sub(1),
            Action::Down => place.selected = (place.selected + 1).min(last),
            Action::PageUp => place.selected = place.selected.saturating_sub(5),
            Action::PageDown => place.selected = (place.selected + 5).min(last),
            Action::Cancel => return Flow::Today,
            Action::Confirm if place.first_time && has_safety => {
                self.starting = true;
                return Flow::Open(Overlay::StopSigns(0));
            }
            Action::Confirm => return self.start(cx),
            _ => {}
        }
        if self.place.selected != before {
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
        cx.shared.catalog.selected = self.place.index;
        Flow::Start(Want::Page(self.place))
    }

    /// Returns the selected exercise.
    fn exercise<'s>(&self, shared: &'s Shared) -> Option<&'s Exercise> {
        let program = shared.catalog.program(self.place.index)?;
        program
            .phase(self.place.phase)?
            .exercises
            .get(self.place.selected)
    }

    pub(super) fn illustration(&self, shared: &Shared, now: &Moment) -> IllustrationSource {
        let since = now.instant - self.since;
        let path = shared
            .catalog
            .entries
            .get(self.place.index)
            .map(|it| &it.path);
        self.exercise(shared)
            .zip(path)
            .map(|(exercise, path)| figures::of_page(exercise, path, since, shared))
            .unwrap_or_default()
    }

    /// Returns the page; `None` where the program can't be played any more.
    pub(super) fn page(&self, shared: &Shared, now: &Moment) -> Option<ScreenPage> {
        let entry = shared.catalog.entries.get(self.place.index)?;
        let loaded = entry.content().as_ref().ok()?;
        let program = &loaded.program;
        let steps = shared.steps(program, self.place.phase);
        let length = loaded.length_after(self.place.phase, &steps);
        Some(ScreenPage::Program(ProgramPage {
            title: program.title.clone(),
            contact: program.contact(),
            schedule: describe_schedule(program, self.place.phase, length),
            summary: program.summary.clone(),
            exercises: exercise_rows(&shared.prescribed(program, self.place.phase)),
            selected: self.place.selected,
            safety: safety::of_program(program),
            card: self.exercise(shared).map(card),
            illustration: self.illustration(shared, now),
        }))
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

    pub(super) fn update(&mut self, action: Action) -> Flow {
        if action == Action::Cancel {
            return Flow::Today;
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
