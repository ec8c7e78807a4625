//! The therapist's conditions for the next phase and the next steps, shown with what is known of
//! them, and confirmed or not by the patient: nothing moves by itself, and what was taken can be
//! taken back. Knows nothing of how the conditions are reckoned.

use std::collections::VecDeque;

use jiff::Timestamp;

use super::{App, Effect, Layer, Menu, MenuKind, Screen, program};
use crate::events::Moment;
use crate::prescription::{self, Gate};
use crate::program::Program;
use crate::progress::overview::WENT_BACK;
use crate::record::{ChoiceRecord, Record};
use crate::timeline::Planned;

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
pub(super) enum Way {
    /// Back to the first page.
    Leave,
    /// On to what a condition allows, or would allow.
    On(Gate),
    /// Back to what was done before.
    Back(Gate),
}

/// Steps that the patient is asked about.
#[derive(Debug, Clone)]
pub(super) struct Offering {
    /// The program's place in the list.
    index: usize,
    waiting: VecDeque<Way>,
    then: Then,
}

/// What a gate is about: the exercise, or the program's phases.
fn subject(program: &Program, phase: usize, gate: &Gate) -> String {
    let exercise = gate
        .exercise
        .and_then(|index| program.phase(phase)?.exercises.get(index));
    match exercise {
        Some(exercise) => exercise.name.clone(),
        // A title may say itself which phase it is.
        None if gate.dose.starts_with(&format!("Phase {}", gate.step + 1)) => "Next".to_owned(),
        None => format!("Phase {}", gate.step + 1),
    }
}

/// The exercises of a phase by their names, where it is a phase that a gate leads to.
fn exercises_of(program: &Program, gate: &Gate) -> Option<String> {
    let phase = program
        .phases
        .get(gate.step)
        .filter(|_| gate.exercise.is_none())?;
    let names: Vec<&str> = phase
        .exercises
        .iter()
        .map(|exercise| exercise.name.as_str())
        .collect();
    Some(format!("Its exercises: {}", names.join(", ")))
}

/// What can be taken back: the last step of each exercise, and the phase.
fn ways_back(program: &Program, phase: usize, steps: &[usize]) -> Vec<Gate> {
    let mut ways = Vec::new();
    let title = |index: usize| program.phases.get(index).map(prescription::phase_words);
    if let Some(before) = phase.checked_sub(1)
        && let (Some(dose), Some(now)) = (title(before), title(phase))
    {
        ways.push(Gate {
            exercise: None,
            step: before,
            words: dose.clone(),
            dose,
            now,
            parts: Vec::new(),
        });
    }
    let words = |planned: Planned<'_>| prescription::dose_words(planned.dose, planned.rest);
    let recorded = |planned: Planned<'_>| prescription::recorded_words(planned.dose, planned.rest);
    let exercises = program
        .phase(phase)
        .map(|phase| phase.exercises.as_slice())
        .unwrap_or_default();
    for (index, (exercise, taken)) in exercises.iter().zip(steps).enumerate() {
        let Some(before) = taken.checked_sub(1) else {
            continue;
        };
        ways.push(Gate {
            exercise: Some(index),
            step: before,
            // What is taken back is recorded as it was when it was taken.
            dose: recorded(Planned::after(exercise, *taken)),
            words: words(Planned::after(exercise, before)),
            now: words(Planned::after(exercise, *taken)),
            parts: Vec::new(),
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
            .and_then(|listed| listed.program())
            .cloned()
        else {
            return;
        };
        let offers = prescription::offers(&program, self.past(), now.day());
        let waiting = offers.into_iter().map(Way::On).collect();
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
            .map(|gate| subject(program, phase, gate))
            .collect();
        (!names.is_empty())
            .then(|| format!("You can move on to the next step: {}.", names.join(", ")))
    }

    /// Returns what the first page says to a patient who is back after a break, where something
    /// could open.
    pub fn welcome_words(&self, today: jiff::civil::Date) -> Option<&'static str> {
        let program = self.marked_on_record()?;
        let back = prescription::is_after_break(program, self.past(), today);
        let opens = back && !prescription::gates(program, self.past(), today).is_empty();
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
            .and_then(|listed| listed.program())
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
        self.layers.push(Layer::Menu(menu));
    }

    /// The question about one step.
    fn offer(&self, program: &Program, way: &Way) -> Menu {
        let phase = prescription::phase(program, self.past());
        let (Way::On(gate) | Way::Back(gate)) = way else {
            return Menu::new(MenuKind::Offer, String::new());
        };
        let name = subject(program, phase, gate);
        let mut menu = Menu::new(MenuKind::Offer, name.clone());
        let stay = "Stay with what you do now".to_owned();
        match (way, gate.is_met()) {
            (Way::Back(_), _) => {
                menu.title = format!("Back to what you did before? {name}");
                menu.text = vec![
                    format!("Now: {}", gate.now),
                    format!("Then again: {}", gate.words),
                ];
                menu.lines = vec![stay, "Go back".to_owned()];
            }
            (_, true) => {
                menu.title = format!("The next step? {name}");
                menu.text = vec![
                    format!("Now: {}", gate.now),
                    format!("Next: {}", gate.words),
                ];
                menu.text.extend(exercises_of(program, gate));
                menu.text.push(format!(
                    "Your therapist's conditions are met: {}.",
                    gate.evidence()
                ));
                menu.lines = vec![stay, "Go on to the next step".to_owned()];
            }
            // Where the therapist names no condition, they are the ones to ask.
            (_, false) if gate.parts.is_empty() => {
                menu.title = format!("Not by itself: {name}");
                menu.text = vec![
                    format!("Now: {}", gate.now),
                    format!("Next: {}", gate.words),
                    "Your therapist has named no condition for it: go on when they have told you to.".to_owned(),
                ];
                menu.lines = vec![stay, "My therapist told me to go on".to_owned()];
            }
            (_, false) => {
                menu.title = format!("Not yet: {name}");
                menu.text = vec![
                    format!("Now: {}", gate.now),
                    format!("Later: {}", gate.words),
                ];
                let part = |(words, met): &(String, bool)| {
                    format!("{} {words}", if *met { "✓" } else { "·" })
                };
                menu.text.extend(gate.parts.iter().map(part));
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
            .and_then(|listed| listed.program())
            .cloned()
        else {
            return;
        };
        let phase = prescription::phase(&program, self.past());
        let go = line == 1;
        let (gate, taken, evidence) = match way {
            Way::On(gate) if gate.is_met() => {
                let evidence = gate.evidence();
                (gate, go, evidence)
            }
            Way::On(gate) if go => (
                gate,
                true,
                "no condition in the program; the therapist said so".to_owned(),
            ),
            // Of an exercise the step is not taken any more; of the phases the one before is.
            Way::Back(gate) if go && gate.exercise.is_some() => {
                self.notice = Some(format!(
                    "{}: again {}.",
                    subject(&program, phase, &gate),
                    gate.words
                ));
                (gate, false, WENT_BACK.to_owned())
            }
            Way::Back(gate) if go => (gate, true, WENT_BACK.to_owned()),
            _ => {
                self.next_offer(now);
                return;
            }
        };
        let exercise = gate
            .exercise
            .and_then(|index| program.phase(phase)?.exercises.get(index));
        let name = subject(&program, phase, &gate);
        let choice = ChoiceRecord {
            id: self.ids.next_id(),
            program: program.id.clone(),
            phase: u16::try_from(phase).unwrap_or(u16::MAX),
            exercise: exercise.map(|exercise| exercise.id.clone()),
            step: u16::try_from(gate.step).unwrap_or(u16::MAX),
            dose: gate.dose.clone(),
            taken,
            evidence,
            at: now.wall.clone(),
        };
        self.choices.push(choice.clone());
        self.effects
            .push(Effect::Save(vec![Record::Choice(choice)]));
        if taken {
            self.notice = Some(format!("{name}: from now on {}.", gate.words));
        }
        if go && gate.exercise.is_none() {
            self.offering = None;
            if prescription::unfinished(&program, &self.histories, now.day()).is_some() {
                self.screen = Screen::Today;
                self.notice = Some(format!(
                    "{name}: from now on {}. First there is a session left unfinished: Enter goes on with it, x gives it up.",
                    gate.words
                ));
                return;
            }
            // Another phase has other exercises: they are looked at before they are done.
            self.screen = Screen::Program(program::Page::new(index, gate.step, false, now));
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
            .and_then(|listed| listed.id())
            .map(str::to_owned)
        else {
            return;
        };
        self.steps_wanted = Some(id.clone());
        self.effects.push(Effect::Look {
            program: id,
            since: Timestamp::MIN,
        });
    }

    /// Shows what comes next of the marked program, and what can be taken back.
    pub(super) fn show_steps(&mut self) {
        let Some(program) = self
            .programs
            .get(self.marked)
            .and_then(|listed| listed.program())
            .cloned()
        else {
            return;
        };
        let phase = prescription::phase(&program, self.past());
        let steps = prescription::steps(&program, phase, &self.choices);
        let gates = prescription::gates(&program, self.past(), self.seen.day());
        let mut ways = vec![Way::Leave];
        ways.extend(gates.into_iter().map(Way::On));
        ways.extend(
            ways_back(&program, phase, &steps)
                .into_iter()
                .map(Way::Back),
        );
        if ways.len() == 1 {
            self.notice =
                Some("Your therapist has written no further steps into this program.".to_owned());
            return;
        }
        let line = |way: &Way| match way {
            Way::Leave => "Back to the first page".to_owned(),
            Way::On(gate) => {
                let open = if gate.is_met() { "open" } else { "not yet" };
                format!(
                    "{}: {} ({open})",
                    subject(&program, phase, gate),
                    gate.words
                )
            }
            Way::Back(gate) => {
                format!("{}: back to {}", subject(&program, phase, gate), gate.words)
            }
        };
        let mut menu = Menu::new(MenuKind::Steps, format!("Next steps of {}", program.title));
        menu.lines = ways.iter().map(line).collect();
        self.ways = ways;
        self.layers.push(Layer::Menu(menu));
    }

    pub(super) fn way_chosen(&mut self, line: usize, now: &Moment) {
        let Some(way) = self
            .ways
            .get(line)
            .filter(|way| **way != Way::Leave)
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
        let listed = self.programs.get(self.marked)?;
        let id = listed.id().filter(|id| self.is_on_record(id))?;
        listed
            .program()
            .filter(|program| program.id == id)
            .map(AsRef::as_ref)
    }
}
