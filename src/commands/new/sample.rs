//! Copies a sample program and replaces what the options say. Its comments and doses stay.

use anyhow::bail;

use super::yaml::{quote, quote_if_needed};
use super::{Options, frequency};
use crate::program::notation::slug;
use crate::program::{library, red_flags};
use crate::source::printable;

/// Returns the text of the copy, and notes for the therapist.
pub(super) fn copy(sample: &str, options: &Options) -> anyhow::Result<(String, Vec<String>)> {
    let wanted = slug(sample);
    let Some((id, text)) = library::PROGRAM_FILES.iter().find(|(id, _)| *id == wanted) else {
        let ids: Vec<&str> = library::PROGRAM_FILES.iter().map(|(id, _)| *id).collect();
        bail!(
            "there is no sample `{}`; there are: {}",
            printable(sample),
            ids.join(", ")
        );
    };
    if !options.exercises.is_empty() {
        bail!(
            "--exercise can't be combined with --from: a sample has its own exercises; change \
             them in the new file"
        );
    }
    let mut notes = Vec::new();
    let mut lines: Vec<String> = text.lines().map(str::to_owned).collect();
    let quoted = |text: &Option<String>| text.as_deref().map(quote_if_needed);
    replace_value(&mut lines, "id", options.id());
    replace_value(&mut lines, "title", quoted(&options.title));
    replace_value(&mut lines, "condition", quoted(&options.condition));
    if let Some(wanted) = &options.frequency {
        let value = frequency::read(wanted)?;
        replace_value(&mut lines, "frequency", Some(value));
        notes.extend(note_frequencies_of_phases(&lines));
    }
    replace_contact(&mut lines, &options.contact());
    if let Some(patient) = &options.patient
        && let Some(at) = lines.iter().position(|line| line.starts_with("therapist:"))
    {
        lines.insert(at, format!("patient: {}", quote_if_needed(patient)));
    }
    add_red_flags(&mut lines, options);
    let text = lines.join("\n");
    Ok((format!("# Based on the sample `{id}`.\n{text}\n"), notes))
}

/// Says which phases have a frequency of their own, which the option doesn't replace.
fn note_frequencies_of_phases(lines: &[String]) -> Option<String> {
    let own: Vec<&str> = lines
        .iter()
        .filter_map(|line| line.strip_prefix("    frequency: "))
        .collect();
    (!own.is_empty()).then(|| {
        format!(
            "Phases with a frequency of their own keep it ({}); change it in the file.",
            own.join(", ")
        )
    })
}

/// Replaces the value of a key at the top level.
fn replace_value(lines: &mut [String], key: &str, value: Option<String>) {
    let start = format!("{key}: ");
    if let (Some(line), Some(value)) = (
        lines.iter_mut().find(|line| line.starts_with(&start)),
        value,
    ) {
        *line = format!("{key}: {value}");
    }
}

/// Replaces the values under `therapist`, and adds those that are missing.
fn replace_contact(lines: &mut Vec<String>, contact: &[(&'static str, String)]) {
    let Some(at) = lines.iter().position(|line| line == "therapist:") else {
        return;
    };
    for (key, value) in contact {
        let line = format!("  {key}: {}", quote(value));
        let start = format!("  {key}: ");
        let block = lines
            .iter_mut()
            .skip(at + 1)
            .take_while(|line| line.starts_with("  "));
        match block.into_iter().find(|line| line.starts_with(&start)) {
            Some(old) => *old = line,
            None => lines.insert(at + 1, line),
        }
    }
}

/// Adds the lists of red flags that a new diagnosis needs and the sample lacks.
fn add_red_flags(lines: &mut Vec<String>, options: &Options) {
    let Some(condition) = &options.condition else {
        return;
    };
    let Some(at) = lines.iter().position(|line| line == "stop_if:") else {
        return;
    };
    let lists = red_flags::lists_for(&format!(
        "{}\n{condition}",
        options.title.as_deref().unwrap_or_default()
    ));
    for id in lists.into_iter().rev() {
        let entry = format!("  - {id}");
        if !lines.contains(&entry) {
            lines.insert(at + 1, entry);
        }
    }
}
