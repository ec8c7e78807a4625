//! The differences between two versions of a program in plain words. The patient reads them before
//! a file is replaced.

use super::notation::write_duration;
use super::words::{self, describe_tempo};
use super::{
    Dose, Exercise, PainBand, PainRules, Phase, Program, RepStyle, SetDose, Side, SideRule,
    TestKind, Work,
};

/// Returns the differences, one sentence each. Empty if a patient would notice none.
pub(crate) fn between(old: &Program, new: &Program) -> Vec<String> {
    let mut changes = Vec::new();
    if old.title != new.title {
        changes.push(format!("title: {} -> {}", old.title, new.title));
    }
    if old.frequency != new.frequency {
        changes.push(format!(
            "how often: {} -> {}",
            words::frequency(&old.frequency),
            words::frequency(&new.frequency)
        ));
    }
    compare_phases(&old.phases, &new.phases, &mut changes);
    compare_lists("goal", &old.goals, &new.goals, &mut changes);
    compare_lists(
        "precaution",
        &old.precautions,
        &new.precautions,
        &mut changes,
    );
    compare_lists("stop sign", &old.stop_if, &new.stop_if, &mut changes);
    if old.pain != new.pain {
        compare_pain(&old.pain, &new.pain, &mut changes);
    }
    if old.therapist != new.therapist {
        let contact = new.contact();
        changes.push(format!(
            "therapist: {}",
            contact.as_deref().unwrap_or("none")
        ));
    }
    if old.review != new.review {
        changes.push(match new.review {
            Some(review) => format!("next visit: {review}"),
            None => "next visit: none".to_owned(),
        });
    }
    if old.reminders != new.reminders {
        changes.push(format!("reminders: {}", describe_reminders(new)));
    }
    if changes.is_empty() && old != new {
        changes.push("only the wording changed; every dose is the same".to_owned());
    }
    changes
}

/// Returns the times of a program's reminders, such as `07:30, 18:00`, or `none`.
fn describe_reminders(program: &Program) -> String {
    let times: Vec<String> = program
        .reminders
        .iter()
        .map(|time| time.strftime("%H:%M").to_string())
        .collect();
    if times.is_empty() {
        "none".to_owned()
    } else {
        times.join(", ")
    }
}

fn compare_phases(old: &[Phase], new: &[Phase], changes: &mut Vec<String>) {
    let title = |phase: &Phase| {
        phase
            .title
            .clone()
            .unwrap_or_else(|| "exercises".to_owned())
    };
    for index in 0..old.len().max(new.len()) {
        let number = index + 1;
        match (old.get(index), new.get(index)) {
            (Some(old), Some(new)) => compare_phase(old, new, number, changes),
            (None, Some(new)) => changes.push(format!("new phase {number}: {}", title(new))),
            (Some(old), None) => changes.push(format!("phase {number} removed: {}", title(old))),
            (None, None) => {}
        }
    }
}

fn compare_phase(old: &Phase, new: &Phase, number: usize, changes: &mut Vec<String>) {
    let place = match &new.title {
        Some(_) => format!("phase {number}, "),
        None => String::new(),
    };
    if old.title != new.title {
        changes.push(format!(
            "{place}title: {}",
            new.title.as_deref().unwrap_or("none")
        ));
    }
    if old.weeks != new.weeks || old.advance_when != new.advance_when {
        changes.push(format!("{place}the conditions for moving on changed"));
    }
    if old.frequency != new.frequency {
        let words = new
            .frequency
            .as_ref()
            .map_or_else(|| "same as the whole program".to_owned(), words::frequency);
        changes.push(format!("{place}how often: {words}"));
    }
    for exercise in &new.exercises {
        match old.exercises.iter().find(|other| other.id == exercise.id) {
            Some(before) => compare_exercise(before, exercise, &place, changes),
            None => changes.push(format!(
                "{place}new: {}, {}",
                exercise.name,
                words::dose(&exercise.dose)
            )),
        }
    }
    for gone in old
        .exercises
        .iter()
        .filter(|old| new.exercises.iter().all(|new| new.id != old.id))
    {
        changes.push(format!("{place}removed: {}", gone.name));
    }
    let order = |phase: &Phase, other: &Phase| -> Vec<String> {
        phase
            .exercises
            .iter()
            .map(|e| e.id.clone())
            .filter(|id| other.exercises.iter().any(|e| e.id == *id))
            .collect()
    };
    if order(old, new) != order(new, old) {
        changes.push(format!("{place}the order of the exercises changed"));
    }
}

fn compare_exercise(old: &Exercise, new: &Exercise, place: &str, changes: &mut Vec<String>) {
    let name = format!("{place}{}", new.name);
    if old.name != new.name {
        changes.push(format!("{place}{} is now called {}", old.name, new.name));
    }
    compare_doses(&old.dose, &new.dose, &name, changes);
    let timings = [
        ("rest between sets", old.timings.rest, new.timings.rest),
        (
            "time to get ready",
            old.timings.get_ready,
            new.timings.get_ready,
        ),
        (
            "time to change sides",
            old.timings.switch,
            new.timings.switch,
        ),
        (
            "time between repetitions",
            old.timings.release,
            new.timings.release,
        ),
        (
            "rest after the exercise",
            old.timings.rest_after,
            new.timings.rest_after,
        ),
    ];
    for (what, before, after) in timings {
        if before != after {
            changes.push(format!(
                "{name}: {what} {} -> {}",
                write_duration(before),
                write_duration(after)
            ));
        }
    }
    if old.progression != new.progression {
        changes.push(format!("{name}: the later steps changed"));
    }
    if old.instructions() != new.instructions() {
        changes.push(format!("{name}: the instructions changed"));
    }
    compare_lists(
        &format!("{name}: stop sign"),
        &old.stop_if,
        &new.stop_if,
        changes,
    );
}

/// Compares two doses: part by part if they are of the same kind, or else as a whole.
fn compare_doses(old: &Dose, new: &Dose, name: &str, changes: &mut Vec<String>) {
    let sides = |dose: &Dose| match dose.side {
        SideRule::Both => vec![Side::Both],
        SideRule::Left => vec![Side::Left],
        SideRule::Right => vec![Side::Right],
        SideRule::Each | SideRule::Alternate => vec![Side::Left, Side::Right],
    };
    let kinds = |dose: &Dose| -> Vec<Vec<&'static str>> {
        sides(dose)
            .into_iter()
            .map(|side| {
                parts(dose, side)
                    .into_iter()
                    .map(|(what, _)| what)
                    .collect()
            })
            .collect()
    };
    if old.side != new.side || kinds(old) != kinds(new) {
        if old != new {
            changes.push(format!(
                "{name}: {} -> {}",
                words::dose(old),
                words::dose(new)
            ));
        }
        return;
    }
    let change = |side: Side| -> Vec<String> {
        let (old, new) = (parts(old, side), parts(new, side));
        let differing = old
            .into_iter()
            .zip(new)
            .filter(|((_, before), (_, after))| before != after);
        differing
            .map(|((what, before), (_, after))| format!("{what} {before} -> {after}"))
            .collect()
    };
    let all: Vec<(Side, Vec<String>)> = sides(new)
        .into_iter()
        .map(|side| (side, change(side)))
        .collect();
    match all.as_slice() {
        [(_, left), (_, right)] if left == right => {
            changes.extend(
                left.iter()
                    .map(|change| format!("{name}: {change} on each side")),
            );
        }
        _ => {
            for (side, parts) in all {
                let side = if matches!(new.side, SideRule::Each | SideRule::Alternate) {
                    format!("{} ", side.word())
                } else {
                    String::new()
                };
                changes.extend(
                    parts
                        .into_iter()
                        .map(|change| format!("{name}: {side}{change}")),
                );
            }
        }
    }
    if old.first != new.first {
        changes.push(format!("{name}: starts on the {} side", new.first.word()));
    }
}

/// Returns the parts of one side's dose, each with its name and its value in words.
fn parts(dose: &Dose, side: Side) -> Vec<(&'static str, String)> {
    let sets: Vec<&SetDose> = dose.of(side).collect();
    let values = |values: Vec<String>| -> String {
        match values.as_slice() {
            [first, rest @ ..] if rest.iter().all(|value| value == first) => first.clone(),
            _ => values.join(", "),
        }
    };
    let each = |pick: &dyn Fn(&SetDose) -> Option<String>| {
        values(sets.iter().filter_map(|set| pick(set)).collect())
    };
    let length = |set: &SetDose| match set.work {
        Work::Hold(length)
        | Work::Continuous(length)
        | Work::Reps {
            style: RepStyle::Held(length),
            ..
        } => Some(write_duration(length)),
        _ => None,
    };
    let reps = |set: &SetDose| {
        if let Work::Reps { count, .. } = set.work {
            Some(count.to_string())
        } else {
            None
        }
    };
    let tempo = |set: &SetDose| match set.work {
        Work::Reps {
            style: RepStyle::Tempo(tempo),
            ..
        } => Some(describe_tempo(tempo)),
        _ => None,
    };
    let mut parts = match sets.first().map(|set| set.work) {
        None => Vec::new(),
        Some(Work::Hold(_)) => vec![("hold", each(&length))],
        Some(Work::Continuous(_)) => vec![("duration", each(&length))],
        Some(Work::Test(TestKind::Hold)) => vec![("test of a hold", String::new())],
        Some(Work::Test(TestKind::Reps)) => vec![("test of repetitions", String::new())],
        Some(Work::Reps {
            style: RepStyle::Held(_),
            ..
        }) => vec![("reps", each(&reps)), ("hold", each(&length))],
        Some(Work::Reps {
            style: RepStyle::Tempo(_),
            ..
        }) => vec![("reps", each(&reps)), ("tempo", each(&tempo))],
        Some(Work::Reps { .. }) => vec![("reps", each(&reps))],
    };
    parts.insert(0, ("sets", sets.len().to_string()));
    if sets.iter().any(|set| set.load.is_some()) {
        parts.push(("load", each(&|set| set.load.clone())));
    }
    parts
}

fn compare_pain(old: &PainRules, new: &PainRules, changes: &mut Vec<String>) {
    let before = changes.len();
    let words = |band: &PainBand| {
        let effect = words::describe_band_effect(band.stop, band.advice.as_deref());
        format!("up to {}{effect}", band.up_to)
    };
    for band in &new.bands {
        match old.bands.iter().find(|other| other.label == band.label) {
            Some(other) if other == band => {}
            Some(other) => changes.push(format!(
                "pain \"{}\": {} -> {}",
                band.label,
                words(other),
                words(band)
            )),
            None => changes.push(format!("new for pain \"{}\": {}", band.label, words(band))),
        }
    }
    let gone = old
        .bands
        .iter()
        .filter(|old| new.bands.iter().all(|new| new.label != old.label));
    changes
        .extend(gone.map(|band| format!("removed for pain \"{}\": {}", band.label, words(band))));
    if old.ask != new.ask || changes.len() == before {
        changes.push("when you are asked about pain changed".to_owned());
    }
}

fn compare_lists(what: &str, old: &[String], new: &[String], changes: &mut Vec<String>) {
    changes.extend(
        new.iter()
            .filter(|text| !old.contains(text))
            .map(|text| format!("new {what}: {text}")),
    );
    changes.extend(
        old.iter()
            .filter(|text| !new.contains(text))
            .map(|text| format!("{what} removed: {text}")),
    );
}
