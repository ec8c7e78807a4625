//! The therapist's conditions for the next phase and the next steps, shown with what is known of
//! them, and confirmed or not by the patient: nothing moves by itself, and what was taken can be
//! taken back.

use jiff::civil::Date;

use super::context::{Cx, Shared};
use super::flow::{Flow, ProgramPlace};
use super::menu::{Choice, Menu, Overlay, ProgressionChoice};
use crate::history::SessionHistory;
use crate::history::{self, HistoryView};
use crate::program::Program;
use crate::progress::overview::WENT_BACK;
use crate::progression::{self, Advancement};
use crate::record::{ChoiceRecord, Record};
use crate::timeline::PrescribedExercise;

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
    let title = |index: usize| program.phases.get(index).map(progression::describe_phase);
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
        |planned: PrescribedExercise<'_>| progression::describe_dose(planned.dose, planned.rest);
    let recorded = |planned: PrescribedExercise<'_>| {
        progression::describe_recorded_dose(planned.dose, planned.rest)
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

/// Returns what is open for the selected program, in a line; `None` where nothing is.
pub(super) fn describe_offers(shared: &Shared, today: Date) -> Option<String> {
    let program = shared.selected_on_record()?;
    let phase = progression::phase(program, shared.past());
    let offers = progression::offers(program, shared.past(), today);
    let names = offers.iter().map(|offer| subject(program, phase, offer));
    let names: Vec<String> = names.collect();
    (!names.is_empty()).then(|| format!("You can move on to the next step: {}.", names.join(", ")))
}

/// Returns what the first page says to a patient who is back after a break, where something could
/// open.
pub(super) fn welcome(shared: &Shared, today: Date) -> Option<&'static str> {
    let program = shared.selected_on_record()?;
    let past = shared.past();
    let back = progression::is_after_break(program, past, today);
    let opens = back && !progression::advancements(program, past, today).is_empty();
    opens.then_some("Welcome back. Your first sessions are at the dose you know.")
}

/// Returns the question about one step.
pub(super) fn offer(program: &Program, phase: usize, step: &ProgressionChoice) -> Menu {
    let answer = |words: &str, go| (words.to_owned(), Choice::Answer(Box::new(step.clone()), go));
    let stay = answer("Stay with what you do now", false);
    let (ProgressionChoice::On(advancement) | ProgressionChoice::Back(advancement)) = step;
    let name = subject(program, phase, advancement);
    let (now, then) = (&advancement.now, &advancement.words);
    let now = format!("Now: {now}");
    match (step, advancement.is_met()) {
        (ProgressionChoice::Back(_), _) => Menu::new(
            format!("Back to what you did before? {name}"),
            vec![now, format!("Then again: {then}")],
            vec![stay, answer("Go back", true)],
        ),
        (_, true) => {
            let mut text = vec![now, format!("Next: {then}")];
            text.extend(exercises_of(program, advancement));
            let evidence = advancement.evidence();
            text.push(format!("Your therapist's conditions are met: {evidence}."));
            let items = vec![stay, answer("Go on to the next step", true)];
            Menu::new(format!("The next step? {name}"), text, items)
        }
        // Where the therapist names no condition, they are the ones to ask.
        (_, false) if advancement.conditions.is_empty() => Menu::new(
            format!("Not by itself: {name}"),
            vec![
                now,
                format!("Next: {then}"),
                "Your therapist has named no condition for it: go on when they have told you to."
                    .to_owned(),
            ],
            vec![stay, answer("My therapist told me to go on", true)],
        ),
        (_, false) => {
            let mut text = vec![now, format!("Later: {then}")];
            let condition =
                |(words, met): &(String, bool)| format!("{} {words}", if *met { "✓" } else { "·" });
            text.extend(advancement.conditions.iter().map(condition));
            Menu::new(format!("Not yet: {name}"), text, vec![stay])
        }
    }
}

/// Asks about a step that was chosen from the list of next steps.
pub(super) fn ask(step: &ProgressionChoice, cx: &Cx<'_>) -> Flow {
    let Some(program) = cx.shared.selected_program() else {
        return Flow::Stay;
    };
    let phase = progression::phase(program, cx.shared.past());
    Flow::Open(Overlay::Menu(offer(program, phase, step)))
}

/// Records the answer to a step; returns where it leads, if not on to what was to follow.
pub(super) fn answer(step: &ProgressionChoice, go: bool, cx: &mut Cx<'_>) -> Option<Flow> {
    let program = cx.shared.selected_program()?.clone();
    let phase = progression::phase(&program, cx.shared.past());
    let (ProgressionChoice::On(advancement) | ProgressionChoice::Back(advancement)) = step;
    let name = subject(&program, phase, advancement);
    let (taken, evidence) = match step {
        ProgressionChoice::On(_) if advancement.is_met() => (go, advancement.evidence()),
        _ if !go => return None,
        ProgressionChoice::On(_) => (
            true,
            "no condition in the program; the therapist said so".to_owned(),
        ),
        // A step of an exercise is not taken any more; of the phases the one before is taken.
        ProgressionChoice::Back(_) => (advancement.exercise.is_none(), WENT_BACK.to_owned()),
    };
    let exercise = advancement
        .exercise
        .and_then(|index| program.phase(phase)?.exercises.get(index));
    let choice = ChoiceRecord {
        id: cx.next_id(),
        program: program.id.clone(),
        phase: u16::try_from(phase).unwrap_or(u16::MAX),
        exercise: exercise.map(|exercise| exercise.id.clone()),
        step: u16::try_from(advancement.step).unwrap_or(u16::MAX),
        dose: advancement.dose.clone(),
        taken,
        evidence,
        at: cx.now.wall.clone(),
    };
    cx.record(vec![Record::Choice(choice)]);
    let words = &advancement.words;
    if taken {
        cx.say(format!("{name}: from now on {words}."));
    } else if go {
        cx.say(format!("{name}: again {words}."));
    }
    if !go || advancement.exercise.is_some() {
        return None;
    }
    let sessions = &cx.shared.history.sessions;
    if history::unfinished(&program, sessions, cx.now.day()).is_some() {
        cx.say(format!(
            "{name}: from now on {words}. First there is a session left unfinished: Enter goes on with it, x gives it up."
        ));
        return Some(Flow::Today);
    }
    // Another phase has other exercises: they are looked at before they are done.
    let index = cx.shared.catalog.selected;
    let place = ProgramPlace::new(index, advancement.step, false);
    Some(Flow::Program(place))
}

/// Shows what comes next of the selected program, and what can be taken back, by all of its
/// sessions: the first page knows the last ones only.
pub(super) fn show(sessions: &[SessionHistory], cx: &mut Cx<'_>) -> Flow {
    let Some(program) = cx.shared.selected_program() else {
        return Flow::Stay;
    };
    let past = HistoryView {
        histories: sessions,
        ..cx.shared.past()
    };
    let phase = progression::phase(program, past);
    let taken = progression::steps(program, phase, past.choices);
    let on = progression::advancements(program, past, cx.now.day());
    let on = on.into_iter().map(ProgressionChoice::On);
    let back = ways_back(program, phase, &taken).into_iter();
    let steps: Vec<ProgressionChoice> = on.chain(back.map(ProgressionChoice::Back)).collect();
    let item = |step: ProgressionChoice| {
        let words = match &step {
            ProgressionChoice::On(advancement) => {
                let open = if advancement.is_met() {
                    "open"
                } else {
                    "not yet"
                };
                let name = subject(program, phase, advancement);
                format!("{name}: {} ({open})", advancement.words)
            }
            ProgressionChoice::Back(advancement) => {
                let name = subject(program, phase, advancement);
                format!("{name}: back to {}", advancement.words)
            }
        };
        (words, Choice::Look(Box::new(step)))
    };
    let mut items = vec![("Back to the first page".to_owned(), Choice::Nothing)];
    items.extend(steps.into_iter().map(item));
    let title = format!("Next steps of {}", program.title);
    if items.len() == 1 {
        cx.say("Your therapist has written no further steps into this program.");
        return Flow::Stay;
    }
    Flow::Open(Overlay::Menu(Menu::new(title, Vec::new(), items)))
}
