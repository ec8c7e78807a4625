//! The therapist's conditions for the next phase and the next steps, shown with what is known of
//! them, and confirmed or not by the patient: nothing moves by itself, and what was taken can be
//! taken back. Knows nothing of how the conditions are reckoned.

use std::collections::VecDeque;

use jiff::Timestamp;

use super::{App, Effect, Menu, MenuKind, Overlay, Screen, program};
use crate::events::Moment;
use crate::prescription::{self, Advancement};
use crate::program::Program;
use crate::progress::overview::WENT_BACK;
use crate::record::{ChoiceRecord, Record};
use crate::timeline::PrescribedExercise;

/// What follows on a question that comes before a session.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Then {
    /// The session that was asked for.
    Start {
        /// Whether only the essential exercises.
        short: bool,
    },
    /// Nothing.
    Stay,
}

/// A line of the page of next steps.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum ProgressionChoice {
    /// Back to the first page.
    Leave,
    /// On to what a condition allows, or would allow.
    On(Advancement),
    /// Back to what was done before.
    Back(Advancement),
}

/// Steps that the patient is asked about.
#[derive(Debug, Clone)]
pub(super) struct Offering {
    /// The program's place in the list.
    index: usize,
    waiting: VecDeque<ProgressionChoice>,
    then: Then,
}

/// What a gate is about: the exercise, or the program's phases.
fn subject(program: &Program, phase: usize, advancement: &Advancement) -> String {
    let exercise = advancement
        .exercise
        .and_then(|index| program.phase(phase)?.exercises.get(index));
    match exercise {
        Some(exercise) => exercise.name.clone(),
        // A title may say itself which phase it is.
        None if advancement
            .dose
            .starts_with(&format!("Phase {}", advancement.step + 1)) =>
        {
            "Next".to_owned()
        }
        None => format!("Phase {}", advancement.step + 1),
    }
}

/// The exercises of a phase by their names, where it is a phase that a gate leads to.
fn exercises_of(program: &Program, advancement: &Advancement) -> Option<String> {
    let phase = program
        .phases
        .get(advancement.step)
        .filter(|_| advancement.exercise.is_none())?;
    let names: Vec<&str> = phase
        .exercises
        .iter()
        .map(|exercise| exercise.name.as_str())
        .collect();
    Some(format!("Its exercises: {}", names.join(", ")))
}

/// What can be taken back: the last step of each exercise, and the phase.
fn ways_back(program: &Program, phase: usize, steps: &[usize]) -> Vec<Advancement> {
    let mut ways = Vec::new();
    let title = |index: usize| program.phases.get(index).map(prescription::describe_phase);
    if let Some(before) = phase.checked_sub(1)
        && let (Some(dose), Some(now)) = (title(before), title(phase))
    {
        ways.push(Advancement {
            exercise: None,
            step: before,
            words: dose.clone(),
            dose,
            now,
            conditions: Vec::new(),
        });
    }
    let words =
        |planned: PrescribedExercise<'_>| prescription::describe_dose(planned.dose, planned.rest);
    let recorded = |planned: PrescribedExercise<'_>| {
        prescription::describe_recorded_dose(planned.dose, planned.rest)
    };
    let exercises = program
        .phase(phase)
        .map(|phase| phase.exercises.as_slice())
        .unwrap_or_default();
    for (index, (exercise, taken)) in exercises.iter().zip(steps).enumerate() {
        let Some(before) = taken.checked_sub(1) else {
            continue;
        };
        ways.push(Advancement {
            exercise: Some(index),
            step: before,
            // What is taken back is recorded as it was when it was taken.
            dose: recorded(PrescribedExercise::after(exercise, *taken)),
            words: words(PrescribedExercise::after(exercise, before)),
            now: words(PrescribedExercise::after(exercise, *taken)),
            conditions: Vec::new(),
        });
    }
    ways
}

impl App {
    /// Starts a session in the phase that holds, once the patient has said what they think of the
    /// steps that are open to them.
    pub(super) fn offer_then_start(&mut self, index: usize, short: bool, now: &Moment) {
        let Some(program) = self
            .programs
            .get(index)
            .and_then(|entry| entry.program())
            .cloned()
        else {
            return;
        };
        let offers = prescription::offers(&program, self.past(), now.day());
        let waiting = offers.into_iter().map(ProgressionChoice::On).collect();
        self.offering = Some(Offering {
            index,
            waiting,
            then: Then::Start { short },
        });
        self.next_offer(now);
    }

    /// What is open for the marked program, in a line; none where nothing is.
    pub fn offer_words(&self, today: jiff::civil::Date) -> Option<String> {
        let program = self.marked_on_record()?;
        let phase = prescription::phase(program, self.past());
        let offers = prescription::offers(program, self.past(), today);
        let names: Vec<String> = offers
            .iter()
            .map(|advancement| subject(program, phase, advancement))
            .collect();
        (!names.is_empty())
            .then(|| format!("You can move on to the next step: {}.", names.join(", ")))
    }

    /// Returns what the first page says to a patient who is back after a break, where something
    /// could open.
    pub fn welcome_words(&self, today: jiff::civil::Date) -> Option<&'static str> {
        let program = self.marked_on_record()?;
        let back = prescription::is_after_break(program, self.past(), today);
        let opens = back && !prescription::advancements(program, self.past(), today).is_empty();
        opens.then_some("Welcome back. Your first sessions are at the dose you know.")
    }

    /// Asks about the next step that waits, or goes on to what follows.
    fn next_offer(&mut self, now: &Moment) {
        let Some(offering) = &self.offering else {
            return;
        };
        let (index, then) = (offering.index, offering.then);
        let Some(program) = self
            .programs
            .get(index)
            .and_then(|entry| entry.program())
            .cloned()
        else {
            return;
        };
        let Some(way) = offering.waiting.front() else {
            self.offering = None;
            if let Then::Start { short } = then {
                let phase = prescription::phase(&program, self.past());
                self.start_session(index, phase, short, now);
            }
            return;
        };
        let menu = self.offer(&program, way);
        self.overlays.push(Overlay::Menu(menu));
    }

    /// The question about one step.
    fn offer(&self, program: &Program, way: &ProgressionChoice) -> Menu {
        let phase = prescription::phase(program, self.past());
        let (ProgressionChoice::On(advancement) | ProgressionChoice::Back(advancement)) = way
        else {
            return Menu::new(MenuKind::Offer, String::new());
        };
        let name = subject(program, phase, advancement);
        let mut menu = Menu::new(MenuKind::Offer, name.clone());
        let stay = "Stay with what you do now".to_owned();
        match (way, advancement.is_met()) {
            (ProgressionChoice::Back(_), _) => {
                menu.title = format!("Back to what you did before? {name}");
                menu.text = vec![
                    format!("Now: {}", advancement.now),
                    format!("Then again: {}", advancement.words),
                ];
                menu.lines = vec![stay, "Go back".to_owned()];
            }
            (_, true) => {
                menu.title = format!("The next step? {name}");
                menu.text = vec![
                    format!("Now: {}", advancement.now),
                    format!("Next: {}", advancement.words),
                ];
                menu.text.extend(exercises_of(program, advancement));
                menu.text.push(format!(
                    "Your therapist's conditions are met: {}.",
                    advancement.evidence()
                ));
                menu.lines = vec![stay, "Go on to the next step".to_owned()];
            }
            // Where the therapist names no condition, they are the ones to ask.
            (_, false) if advancement.conditions.is_empty() => {
                menu.title = format!("Not by itself: {name}");
                menu.text = vec![
                    format!("Now: {}", advancement.now),
                    format!("Next: {}", advancement.words),
                    "Your therapist has named no condition for it: go on when they have told you to.".to_owned(),
                ];
                menu.lines = vec![stay, "My therapist told me to go on".to_owned()];
            }
            (_, false) => {
                menu.title = format!("Not yet: {name}");
                menu.text = vec![
                    format!("Now: {}", advancement.now),
                    format!("Later: {}", advancement.words),
                ];
                let part = |(words, met): &(String, bool)| {
                    format!("{} {words}", if *met { "✓" } else { "·" })
                };
                menu.text.extend(advancement.conditions.iter().map(part));
                menu.lines = vec![stay];
            }
        }
        menu
    }

    /// The patient has answered; it is put on record and the next one asked.
    pub(super) fn offer_chosen(&mut self, line: usize, now: &Moment) {
        let Some(offering) = &mut self.offering else {
            return;
        };
        let index = offering.index;
        let Some(way) = offering.waiting.pop_front() else {
            return;
        };
        let Some(program) = self
            .programs
            .get(index)
            .and_then(|entry| entry.program())
            .cloned()
        else {
            return;
        };
        let phase = prescription::phase(&program, self.past());
        let go = line == 1;
        let (advancement, taken, evidence) = match way {
            ProgressionChoice::On(advancement) if advancement.is_met() => {
                let evidence = advancement.evidence();
                (advancement, go, evidence)
            }
            ProgressionChoice::On(advancement) if go => (
                advancement,
                true,
                "no condition in the program; the therapist said so".to_owned(),
            ),
            // Of an exercise the step is not taken any more; of the phases the one before is.
            ProgressionChoice::Back(advancement) if go && advancement.exercise.is_some() => {
                self.notice = Some(format!(
                    "{}: again {}.",
                    subject(&program, phase, &advancement),
                    advancement.words
                ));
                (advancement, false, WENT_BACK.to_owned())
            }
            ProgressionChoice::Back(advancement) if go => (advancement, true, WENT_BACK.to_owned()),
            _ => {
                self.next_offer(now);
                return;
            }
        };
        let exercise = advancement
            .exercise
            .and_then(|index| program.phase(phase)?.exercises.get(index));
        let name = subject(&program, phase, &advancement);
        let choice = ChoiceRecord {
            id: self.ids.next_id(),
            program: program.id.clone(),
            phase: u16::try_from(phase).unwrap_or(u16::MAX),
            exercise: exercise.map(|exercise| exercise.id.clone()),
            step: u16::try_from(advancement.step).unwrap_or(u16::MAX),
            dose: advancement.dose.clone(),
            taken,
            evidence,
            at: now.wall.clone(),
        };
        self.choices.push(choice.clone());
        self.effects
            .push(Effect::Save(vec![Record::Choice(choice)]));
        if taken {
            self.notice = Some(format!("{name}: from now on {}.", advancement.words));
        }
        if go && advancement.exercise.is_none() {
            self.offering = None;
            if prescription::unfinished(&program, &self.histories, now.day()).is_some() {
                self.screen = Screen::Today;
                self.notice = Some(format!(
                    "{name}: from now on {}. First there is a session left unfinished: Enter goes on with it, x gives it up.",
                    advancement.words
                ));
                return;
            }
            // Another phase has other exercises: they are looked at before they are done.
            self.screen = Screen::Program(program::ProgramScreen::new(
                index,
                advancement.step,
                false,
                now,
            ));
            return;
        }
        self.next_offer(now);
    }

    /// Nothing is decided, and nothing begun.
    pub(super) fn offer_left(&mut self) {
        self.offering = None;
    }

    /// Asks for all records of the marked program, then shows what comes next of it.
    pub(super) fn ask_steps(&mut self) {
        let Some(id) = self
            .programs
            .get(self.marked)
            .and_then(|entry| entry.id())
            .map(str::to_owned)
        else {
            return;
        };
        self.steps_wanted = Some(id.clone());
        self.effects.push(Effect::LoadHistory {
            program: id,
            since: Timestamp::MIN,
        });
    }

    /// Shows what comes next of the marked program, and what can be taken back.
    pub(super) fn show_steps(&mut self) {
        let Some(program) = self
            .programs
            .get(self.marked)
            .and_then(|entry| entry.program())
            .cloned()
        else {
            return;
        };
        let phase = prescription::phase(&program, self.past());
        let steps = prescription::steps(&program, phase, &self.choices);
        let advancements = prescription::advancements(&program, self.past(), self.seen.day());
        let mut ways = vec![ProgressionChoice::Leave];
        ways.extend(advancements.into_iter().map(ProgressionChoice::On));
        ways.extend(
            ways_back(&program, phase, &steps)
                .into_iter()
                .map(ProgressionChoice::Back),
        );
        if ways.len() == 1 {
            self.notice =
                Some("Your therapist has written no further steps into this program.".to_owned());
            return;
        }
        let line = |way: &ProgressionChoice| match way {
            ProgressionChoice::Leave => "Back to the first page".to_owned(),
            ProgressionChoice::On(advancement) => {
                let open = if advancement.is_met() {
                    "open"
                } else {
                    "not yet"
                };
                format!(
                    "{}: {} ({open})",
                    subject(&program, phase, advancement),
                    advancement.words
                )
            }
            ProgressionChoice::Back(advancement) => {
                format!(
                    "{}: back to {}",
                    subject(&program, phase, advancement),
                    advancement.words
                )
            }
        };
        let mut menu = Menu::new(MenuKind::Steps, format!("Next steps of {}", program.title));
        menu.lines = ways.iter().map(line).collect();
        self.ways = ways;
        self.overlays.push(Overlay::Menu(menu));
    }

    pub(super) fn way_chosen(&mut self, line: usize, now: &Moment) {
        let Some(way) = self
            .ways
            .get(line)
            .filter(|way| **way != ProgressionChoice::Leave)
            .cloned()
        else {
            return;
        };
        let waiting = VecDeque::from([way]);
        self.offering = Some(Offering {
            index: self.marked,
            waiting,
            then: Then::Stay,
        });
        self.next_offer(now);
    }

    /// The marked program, where a session of it is on record: of others nothing can be open.
    pub(super) fn marked_on_record(&self) -> Option<&Program> {
        let entry = self.programs.get(self.marked)?;
        let id = entry.id().filter(|id| self.is_on_record(id))?;
        entry
            .program()
            .filter(|program| program.id == id)
            .map(AsRef::as_ref)
    }
}
