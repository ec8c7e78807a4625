//! `regimen report`: writes the report for the therapist's visit. `report` calculates it.

use std::path::Path;

use anyhow::Context;
use jiff::ToSpan;
use jiff::civil::Date;

use crate::commands::records::program_records;
use crate::commands::{Env, Status, print_line, shown, write_file};
use crate::files::Care;
use crate::history::HistoryView;
use crate::history::StopSign;
use crate::report::{self, csv, fhir, html, text};
use crate::source::printable;
use crate::terminal;

/// How many weeks a report covers by default.
const WEEKS: i64 = 12;

/// How the report is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Format {
    /// Plain text for people.
    Text,
    /// A page to print.
    Html,
    /// One row for each set, for spreadsheets.
    Csv,
    /// JSON for other programs.
    Json,
    /// An HL7 FHIR R4 bundle for health records.
    Fhir,
}

/// Writes the report of a program since a day. Without a day it covers the last twelve weeks.
pub(crate) fn report(
    env: &Env,
    wanted: Option<&str>,
    since: Option<Date>,
    format: Format,
    output: Option<&Path>,
) -> anyhow::Result<Status> {
    let now = terminal::moment();
    let today = now.day();
    let from = since
        .or_else(|| today.checked_sub(WEEKS.weeks()).ok())
        .unwrap_or(today);
    anyhow::ensure!(
        from <= today,
        "the report begins in the future; name a day in the past"
    );
    let records = program_records(env, wanted, Some(from), &now)?;
    let (preferences, _) = env.read_preferences();
    let report = records.with_input(preferences.week_begins, |input| {
        report::overview(input, from, today)
    });
    let report = report.context("there is no such program")?;
    let own = |sign: &&StopSign| sign.reported.program == report.program;
    let signs: Vec<StopSign> = records.signs.iter().filter(own).cloned().collect();
    let program = records.versions.last().map(|(_, program)| program);
    let written = match format {
        Format::Text => printable(&text::text(&report)).into_owned(),
        Format::Html => html::page(&report, program),
        Format::Csv => csv::csv(&records.histories, &signs),
        Format::Fhir => {
            let bundle = program.map(|program| {
                let is_open = |sign: &&StopSign| sign.is_open(&program.id, &records.hash);
                let open: Vec<StopSign> = signs.iter().filter(is_open).cloned().collect();
                let past = HistoryView {
                    histories: &records.histories,
                    choices: &records.choices,
                    signs: &open,
                    week_begins: preferences.week_begins,
                };
                fhir::bundle(program, past, &signs, &now.wall)
            });
            serde_json::to_string_pretty(&bundle).context("could not write JSON")?
        }
        Format::Json => serde_json::to_string_pretty(&report).context("could not write JSON")?,
    };
    match output {
        Some(path) if path != Path::new("-") => {
            write_file(path, written.as_bytes(), Care::Private)?;
            print_line(&format!("Wrote {}", shown(path)));
        }
        _ => print_line(written.trim_end()),
    }
    Ok(Status::Fine)
}
