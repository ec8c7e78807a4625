//! The text of a new program: everything that a program usually has, each part with a note on what
//! to do with it.

use super::Options;
use super::yaml::{quote, quote_if_needed};
use crate::program::library::LibraryExercise;
use crate::program::notation::slug;
use crate::program::red_flags;

/// The note before the therapist's name if none is given.
const NO_THERAPIST: [&str; 4] = [
    "# Who you are, shown with the stop signs: remove each # and its space, and fill it in.",
    "# therapist:",
    "#   name: Your Name, DPT",
    "#   phone: \"555-0100\"",
];

/// What follows the stop signs.
const AFTER_STOP_SIGNS: [&str; 11] = [
    "# What to do about pain from 0 to 10, in your words.",
    "pain:",
    "  ask: [before, after]",
    "  bands:",
    "    - {up_to: 3, label: fine, advice: Carry on.}",
    "    - {up_to: 5, label: caution, advice: Do one set fewer and tell me at the next visit.}",
    "    - {up_to: 10, label: stop, advice: Stop for today and call me., stop: true}",
    "# The pauses of every exercise that doesn't set its own.",
    "defaults: {rest: 45 s, get_ready: 10 s, switch: 5 s, release: 2 s}",
    "# Starter doses from the library; change them.",
    "exercises:",
];

/// Returns the text of a program with these exercises.
pub(super) fn write(options: &Options, exercises: &[&LibraryExercise]) -> String {
    let title = options.title.as_deref().unwrap_or_default();
    let condition = options.condition.as_deref().unwrap_or_default();
    let mut lines = write_head(options, title);
    lines.extend(write_therapist(options));
    lines.extend(write_stop_signs(&format!("{title}\n{condition}")));
    lines.extend(AFTER_STOP_SIGNS.map(str::to_owned));
    for exercise in exercises {
        lines.extend(exercise.lines().into_iter().map(|line| format!("  {line}")));
    }
    lines.join("\n") + "\n"
}

/// Returns the lines up to the frequency.
fn write_head(options: &Options, title: &str) -> Vec<String> {
    let mut lines = vec![
        "# A program for regimen. Anything after # is a private note.".to_owned(),
        "# `regimen check` with this file lists every mistake; `regimen explain` shows what each \
         key means."
            .to_owned(),
        "format: 1".to_owned(),
    ];
    let id = options.id().unwrap_or_else(|| slug(title));
    if !id.is_empty() {
        lines.push(
            "# The patient's records are tied to this id: keep it when you change the title or \
             the file's name."
                .to_owned(),
        );
        lines.push(format!("id: {id}"));
    }
    lines.push(format!("title: {}", quote_if_needed(title)));
    for (key, value) in [
        ("condition", &options.condition),
        ("patient", &options.patient),
    ] {
        let value = value.as_ref();
        lines.extend(value.map(|value| format!("{key}: {}", quote_if_needed(value))));
    }
    lines.push("# daily, 2x/day, 3x/week, [mon, wed, fri], every 14 days, or as needed".to_owned());
    let frequency = options.frequency.as_deref().unwrap_or("3x/week");
    lines.push(format!("frequency: {frequency}"));
    lines
}

/// Returns the lines about the therapist, as comments if nothing is known.
fn write_therapist(options: &Options) -> Vec<String> {
    let contact = options.contact();
    if contact.is_empty() {
        return NO_THERAPIST.map(str::to_owned).to_vec();
    }
    let values = contact
        .iter()
        .map(|(key, value)| format!("  {key}: {}", quote(value)));
    std::iter::once("therapist:".to_owned())
        .chain(values)
        .collect()
}

/// Returns the stop signs for a diagnosis: the library's lists, and signs that fit every program.
fn write_stop_signs(diagnosis: &str) -> Vec<String> {
    let lists = red_flags::lists_for(diagnosis);
    let mut lines = vec![
        "# Shown before the first session, and at any time when the patient presses !. Make them \
         fit your patient."
            .to_owned(),
    ];
    if let Some(first) = lists.first() {
        lines.push(format!(
            "# An id is the name of a list of signs; read it with: regimen explain {first}. \
             Delete a list that doesn't fit."
        ));
    }
    lines.push("stop_if:".to_owned());
    lines.extend(lists.iter().map(|id| format!("  - {id}")));
    let mut add_sign = |sign: &str| lines.push(format!("  - {sign}"));
    if !lists.contains(&"chest") {
        add_sign(
            "Chest pain, fainting, or trouble breathing that lasts when you rest - emergency care \
             now.",
        );
    }
    if !lists.contains(&red_flags::LOW_BACK) {
        add_sign("New weakness, numbness or tingling - stop and call me.");
        add_sign(
            "Swelling, heat or redness with fever, or pain after a fall or blow - stop and see a \
             doctor today.",
        );
    }
    add_sign("Pain that is sharp, or grows while you exercise - stop and call me.");
    lines
}
