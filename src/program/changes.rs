//! What changed between two versions of a program, in plain words: for the patient before a file is
//! replaced. Knows nothing of files.

use super::notation::{write_duration, write_tempo};
use super::words;
use super::{
    Dose, Exercise, PainBand, PainRules, Phase, Program, RepStyle, SetDose, Side, SideRule,
    TestKind, Work,
};

/// The changes, one sentence each; empty when a patient would notice none.
pub fn between(old: &Program, new: &Program) -> Vec<String> {
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
    for index in 0..old.phases.len().max(new.phases.len()) {
        match (old.phases.get(index), new.phases.get(index)) {
            (Some(old), Some(new)) => phase(old, new, index + 1, &mut changes),
            (None, Some(new)) => {
                changes.push(format!(
                    "new phase {}: {}",
                    index + 1,
                    new.title.as_deref().unwrap_or("exercises")
                ));
            }
            (Some(old), None) => {
                changes.push(format!(
                    "phase {} is gone: {}",
                    index + 1,
                    old.title.as_deref().unwrap_or("exercises")
                ));
            }
            (None, None) => {}
        }
    }
    lists("goal", &old.goals, &new.goals, &mut changes);
    lists(
        "precaution",
        &old.precautions,
        &new.precautions,
        &mut changes,
    );
    lists("stop sign", &old.stop_if, &new.stop_if, &mut changes);
    if old.pain != new.pain {
        pain(&old.pain, &new.pain, &mut changes);
    }
    if old.therapist != new.therapist {
        changes.push(format!(
            "therapist: {}",
            new.contact().unwrap_or_else(|| "none".to_owned())
        ));
    }
    if old.review != new.review {
        changes.push(match new.review {
            Some(review) => format!("next visit: {review}"),
            None => "next visit: none".to_owned(),
        });
    }
    if old.reminders != new.reminders {
        let times: Vec<String> = new
            .reminders
            .iter()
            .map(|time| time.strftime("%H:%M").to_string())
            .collect();
        changes.push(format!(
            "reminders: {}",
            if times.is_empty() {
                "none".to_owned()
            } else {
                times.join(", ")
            }
        ));
    }
    if changes.is_empty() && old != new {
        changes.push("wording only; every dose is the same".to_owned());
    }
    changes
}

fn phase(old: &Phase, new: &Phase, number: usize, changes: &mut Vec<String>) {
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
        changes.push(format!("{place}when to go on changed"));
    }
    if old.frequency != new.frequency {
        let words = new
            .frequency
            .as_ref()
            .map_or_else(|| "as in the whole program".to_owned(), words::frequency);
        changes.push(format!("{place}how often: {words}"));
    }
    for exercise in &new.exercises {
        match old.exercises.iter().find(|other| other.id == exercise.id) {
            Some(before) => self::exercise(before, exercise, &place, changes),
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
        changes.push(format!("{place}no longer: {}", gone.name));
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

fn exercise(old: &Exercise, new: &Exercise, place: &str, changes: &mut Vec<String>) {
    let name = format!("{place}{}", new.name);
    if old.name != new.name {
        changes.push(format!("{place}{} is now called {}", old.name, new.name));
    }
    doses(&old.dose, &new.dose, &name, changes);
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
            "rest afterwards",
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
        changes.push(format!("{name}: the steps to come changed"));
    }
    if old.instructions() != new.instructions() {
        changes.push(format!("{name}: the instructions changed"));
    }
    lists(
        &format!("{name}: stop sign"),
        &old.stop_if,
        &new.stop_if,
        changes,
    );
}

/// What changed of a dose: each part of it by itself where the kind of the dose is the same, else
/// the whole.
fn doses(old: &Dose, new: &Dose, name: &str, changes: &mut Vec<String>) {
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
        changes.push(format!("{name}: begins on the {}", new.first.word()));
    }
}

/// The parts of a side's dose, each in words.
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
        } => Some(write_tempo(tempo)),
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

fn pain(old: &PainRules, new: &PainRules, changes: &mut Vec<String>) {
    let before = changes.len();
    let words = |band: &PainBand| {
        let stop = if band.stop { ", offers to stop" } else { "" };
        let advice = band
            .advice
            .as_ref()
            .map(|advice| format!(": {advice}"))
            .unwrap_or_default();
        format!("up to {}{stop}{advice}", band.up_to)
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
        .extend(gone.map(|band| format!("no longer for pain \"{}\": {}", band.label, words(band))));
    if old.ask != new.ask || changes.len() == before {
        changes.push("when pain is asked for changed".to_owned());
    }
}

fn lists(what: &str, old: &[String], new: &[String], changes: &mut Vec<String>) {
    changes.extend(
        new.iter()
            .filter(|text| !old.contains(text))
            .map(|text| format!("new {what}: {text}")),
    );
    changes.extend(
        old.iter()
            .filter(|text| !new.contains(text))
            .map(|text| format!("{what} gone: {text}")),
    );
}
