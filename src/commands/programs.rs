//! `regimen programs`: the programs with their minutes and how often. Knows nothing of records.

use serde::Serialize;

use crate::catalog::ProgramEntry;
use crate::commands::{Env, Status, print_json, print_line, program_entries, shown};
use crate::folder;
use crate::program::words;
use crate::source::printable;
use crate::terminal;

/// A program as other programs read it.
#[derive(Debug, Serialize)]
struct Row<'a> {
    id: Option<&'a str>,
    title: &'a str,
    file: &'a str,
    sample: bool,
    summary: Option<&'a str>,
    condition: Option<&'a str>,
    phases: Vec<Phase<'a>>,
    problem: Option<&'a str>,
}

/// A phase of it; a program without phases has one, without a title.
#[derive(Debug, Serialize)]
struct Phase<'a> {
    title: Option<&'a str>,
    frequency: String,
    minutes: u64,
    exercises: Vec<&'a str>,
}

/// Lists the patient's programs, or the samples.
pub fn programs(env: &Env, samples: bool, json: bool) -> anyhow::Result<Status> {
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
        print_line(&text(row));
    }
    if samples {
        print_line(&format!(
            "\nPlay one with: regimen start {}. Your therapist's file goes among your programs with: regimen add FILE",
            rows.first().and_then(|row| row.id).unwrap_or("ID")
        ));
    }
    Ok(status)
}

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

fn text(row: &Row<'_>) -> String {
    let mut lines = vec![format!(
        "\n{}  ({})",
        printable(row.title),
        printable(row.id.unwrap_or(row.file))
    )];
    if let Some(problem) = row.problem {
        lines.push(format!("  cannot be played: {}", printable(problem)));
    }
    lines.extend(
        row.summary
            .map(|summary| format!("  {}", printable(summary))),
    );
    for phase in &row.phases {
        let count = phase.exercises.len();
        let plural = if count == 1 { "exercise" } else { "exercises" };
        let title = phase
            .title
            .map(|title| format!(" · {}", printable(title)))
            .unwrap_or_default();
        lines.push(format!(
            "  {:>3} min · {} · {count} {plural}{title}",
            phase.minutes, phase.frequency
        ));
    }
    lines.join("\n")
}
