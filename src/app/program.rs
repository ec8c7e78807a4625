//! The page of one program, before it is started: every dose in words, precautions, stop signs,
//! whom to call. Knows nothing of how a session is played.

use super::check_in::After;
use super::keymap::Action;
use super::page::{ExerciseCard, ExerciseRow, InvalidPage, ProgramPage, ScreenPage};
use super::safety;
use super::{App, Overlay, Screen};
use crate::events::{Instant, Moment};
use crate::prescription;
use crate::program::words;
use crate::program::{Exercise, Program};
use crate::timeline::{PrescribedExercise, SessionMode, Timeline};

/// Which program is shown, and where the patient is on its page.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ProgramScreen {
    /// The program's place in the list.
    pub index: usize,
    /// The phase that would be played.
    pub phase: usize,
    /// The marked exercise.
    pub marked: usize,
    /// Whether precautions and stop signs come first, because they were never seen.
    pub first_time: bool,
    /// Whether only the essential exercises would be played.
    pub short: bool,
    /// Since when the marked exercise is.
    pub since: Instant,
    /// Whether the session starts once they are read.
    starting: bool,
    /// Whether the patient has said to start in spite of an open stop sign.
    past_sign: bool,
}

impl ProgramScreen {
    /// The page of a program from its top.
    pub fn new(index: usize, phase: usize, first_time: bool, now: &Moment) -> Self {
        Self {
            index,
            phase,
            marked: 0,
            first_time,
            short: false,
            since: now.instant,
            starting: false,
            past_sign: false,
        }
    }

    /// The same, once the patient has said to start in spite of an open stop sign.
    pub(super) fn past_sign(self, past_sign: bool) -> Self {
        Self { past_sign, ..self }
    }

    /// Starts nothing once the stop signs are read; a sign was just reported.
    pub(super) fn stay(&mut self) {
        self.starting = false;
        self.past_sign = false;
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

impl App {
    /// Returns the page of a program.
    pub(super) fn program_page(&self, page: &ProgramScreen, now: &Moment) -> Option<ProgramPage> {
        let loaded = self.programs.get(page.index)?.content().as_ref().ok()?;
        let program = &loaded.program;
        let phase = program.phase(page.phase)?;
        let steps = prescription::steps(program, page.phase, &self.choices);
        let length = loaded.length_after(page.phase, &steps);
        Some(ProgramPage {
            title: program.title.clone(),
            contact: program.contact(),
            schedule: describe_schedule(program, page.phase, length),
            summary: program.summary.clone(),
            exercises: exercise_rows(&self.planned(program, page.phase)),
            selected: page.marked,
            safety: safety::of_program(program),
            card: phase.exercises.get(page.marked).map(card),
            illustration: self.illustration(now),
        })
    }

    /// Returns the page of a file with mistakes.
    pub(super) fn invalid_page(&self, index: usize, report: &[String], scroll: u16) -> ScreenPage {
        let file = self
            .programs
            .get(index)
            .map_or("", |entry| entry.file.as_str());
        ScreenPage::Invalid(InvalidPage {
            title: format!("{file} cannot be played"),
            hint: "The file has mistakes. Send this page to your therapist, or mend the file.",
            lines: report.to_vec(),
            scroll,
        })
    }

    pub(super) fn program_action(&mut self, action: Action, now: &Moment) {
        let Screen::Program(page) = &mut self.screen else {
            return;
        };
        let exercises = self
            .programs
            .get(page.index)
            .and_then(|entry| entry.program())
            .and_then(|program| program.phase(page.phase))
            .map_or(0, |phase| phase.exercises.len());
        let last = exercises.saturating_sub(1);
        let program = self
            .programs
            .get(page.index)
            .and_then(|entry| entry.program());
        let has_safety = program
            .is_some_and(|program| !program.stop_if.is_empty() || !program.precautions.is_empty());
        let before = page.marked;
        match action {
            Action::Up => page.marked = page.marked.saturating_sub(1),
            Action::Down => page.marked = (page.marked + 1).min(last),
            Action::PageUp => page.marked = page.marked.saturating_sub(5),
            Action::PageDown => page.marked = (page.marked + 5).min(last),
            Action::Cancel => self.screen = Screen::Today,
            Action::Confirm if page.first_time && has_safety => {
                page.starting = true;
                self.overlays.push(Overlay::StopSigns(0));
            }
            Action::Confirm => self.start_from_page(now),
            _ => {}
        }
        if let Screen::Program(page) = &mut self.screen
            && page.marked != before
        {
            page.since = now.instant;
        }
    }

    /// Before a first session the stop signs and precautions were shown in full; now it starts, if
    /// the patient went on.
    pub(super) fn stop_signs_read(&mut self, go_on: bool, now: &Moment) {
        let Screen::Program(page) = &mut self.screen else {
            return;
        };
        if std::mem::take(&mut page.starting) && go_on {
            self.start_from_page(now);
        }
    }

    fn start_from_page(&mut self, now: &Moment) {
        let Screen::Program(ProgramScreen {
            index, past_sign, ..
        }) = self.screen
        else {
            return;
        };
        self.marked = index;
        if past_sign || !self.ask_about_sign(After::Page) {
            self.page_past_sign(now);
        }
    }

    /// Starts the session of the page, the question about an open stop sign being answered.
    pub(super) fn page_past_sign(&mut self, now: &Moment) {
        let Screen::Program(ProgramScreen {
            index,
            phase,
            short,
            ..
        }) = self.screen
        else {
            return;
        };
        let program = self.programs.get(index).and_then(|entry| entry.program());
        if program.is_some_and(|program| {
            prescription::unfinished(program, &self.histories, now.day()).is_some()
        }) {
            self.begin_past_sign(None, now);
        } else if program.is_some_and(|program| phase == prescription::phase(program, self.past()))
        {
            self.offer_then_start(index, short, now);
        } else {
            self.start_session(index, phase, short, now);
        }
    }
}
