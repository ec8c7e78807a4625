//! `regimen programs`: lists the programs with their minutes and how often they are done.

use serde::Serialize;

use crate::catalog::ProgramEntry;
use crate::commands::{Env, Status, print_json, print_line, program_entries, shown};
use crate::folder;
use crate::program::words;
use crate::source::printable;
use crate::terminal;
use crate::text::count;

/// A program in the JSON output.
#[derive(Debug, Serialize)]
struct Row<'a> {
    id: Option<&'a str>,
    title: &'a str,
    file: &'a str,
    sample: bool,
    summary: Option<&'a str>,
    condition: Option<&'a str>,
    phases: Vec<Phase<'a>>,
    /// The first mistake, if the program can't be played.
    problem: Option<&'a str>,
}

/// A phase of a program. A program without phases has one phase without a title.
#[derive(Debug, Serialize)]
struct Phase<'a> {
    title: Option<&'a str>,
    frequency: String,
    /// The minutes of a session, rounded.
    minutes: u64,
    /// The names of its exercises.
    exercises: Vec<&'a str>,
}

/// Lists the patient's programs, or the samples if there are none.
pub(crate) fn programs(env: &Env, samples: bool, json: bool) -> anyhow::Result<Status> {
    let now = terminal::moment();
    let (programs, samples) = if samples {
        (folder::samples(), true)
    } else {
        program_entries(env, &now)?
    };
    let rows: Vec<Row<'_>> = programs
        .iter()
        .map(|program| row(program, samples))
        .collect();
    let status = if rows.iter().any(|row| row.problem.is_some()) {
        Status::Problems
    } else {
        Status::Fine
    };
    if json {
        print_json(&rows)?;
        return Ok(status);
    }
    print_line(&if samples {
        "Samples, not prescriptions:".to_owned()
    } else {
        format!("Programs in {}:", shown(&env.programs))
    });
    for row in &rows {
        print_line(&describe_program(row));
    }
    if samples {
        print_line(&format!(
            "\nPlay one with: regimen start {}. Add the file from your therapist with: regimen \
             add FILE",
            rows.first().and_then(|row| row.id).unwrap_or("ID")
        ));
    }
    Ok(status)
}

/// Returns a program as a row of the output.
fn row(entry: &ProgramEntry, sample: bool) -> Row<'_> {
    let (program, lengths, problem) = match entry.content() {
        Ok(loaded) => (Some(&loaded.program), loaded.lengths.as_slice(), None),
        Err(invalid) => (None, &[][..], Some(invalid.first.as_str())),
    };
    let phases = program.map(|program| {
        let all = program.phases.iter().zip(lengths).enumerate();
        all.map(|(index, (phase, length))| Phase {
            title: phase.title.as_deref(),
            frequency: words::frequency(program.frequency_in(index)),
            minutes: words::minutes(*length),
            exercises: phase
                .exercises
                .iter()
                .map(|exercise| exercise.name.as_str())
                .collect(),
        })
        .collect()
    });
    Row {
        id: entry.id(),
        title: entry.title(),
        file: &entry.file,
        sample,
        summary: program.and_then(|program| program.summary.as_deref()),
        condition: program.and_then(|program| program.condition.as_deref()),
        phases: phases.unwrap_or_default(),
        problem,
    }
}

/// Describes a program in a few lines: title, problem, summary, and each phase.
fn describe_program(row: &Row<'_>) -> String {
    let mut lines = vec![format!(
        "\n{}  ({})",
        printable(row.title),
        printable(row.id.unwrap_or(row.file))
    )];
    if let Some(problem) = row.problem {
        lines.push(format!("  can't be played: {}", printable(problem)));
    }
    lines.extend(
        row.summary
            .map(|summary| format!("  {}", printable(summary))),
    );
    for phase in &row.phases {
        let title = phase
            .title
            .map(|title| format!(" · {}", printable(title)))
            .unwrap_or_default();
        lines.push(format!(
            "  {:>3} min · {} · {}{title}",
            phase.minutes,
            phase.frequency,
            count(phase.exercises.len(), "exercise")
        ));
    }
    lines.join("\n")
}
