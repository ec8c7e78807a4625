//! `regimen report`: what the therapist needs at the visit. Knows nothing of how a report is
//! reckoned.

use std::path::Path;

use anyhow::Context;
use jiff::ToSpan;
use jiff::civil::Date;

use crate::commands::records::program_records;
use crate::commands::{Env, Status, print_json, print_line, shown, write_file};
use crate::files::Care;
use crate::prescription::HistoryView;
use crate::record::StopSign;
use crate::report::{self, csv, fhir, html, text};
use crate::source::printable;
use crate::terminal;

/// How many weeks a report covers where nothing is said.
const WEEKS: i64 = 12;

/// How it is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Format {
    /// For people, as plain text.
    Text,
    /// For people, as a page to print.
    Html,
    /// For spreadsheets: one row a set.
    Csv,
    /// For other programs.
    Json,
    /// For health records: an HL7 FHIR R4 bundle.
    Fhir,
}

/// Writes the report of a program since a day.
pub fn report(
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
        "the report begins in the future; name a day that has been"
    );
    let records = program_records(env, wanted, Some(from), &now)?;
    let (preferences, _) = env.read_preferences();
    let report = records.course(preferences.week_begins, |course| {
        report::overview(course, from, today)
    });
    let report = report.context("there is no such program")?;
    let own = |sign: &&StopSign| sign.reported.program == report.program;
    let signs: Vec<StopSign> = records.signs.iter().filter(own).cloned().collect();
    let written = match format {
        Format::Text => printable(&text::text(&report)).into_owned(),
        Format::Html => html::page(&report, records.versions.last().map(|(_, program)| program)),
        Format::Csv => csv::csv(&records.histories, &signs),
        Format::Fhir => {
            let current = records.versions.last().map(|(_, program)| {
                let week_begins = preferences.week_begins;
                let is_open = |sign: &&StopSign| sign.is_open(&program.id, &records.hash);
                let open: Vec<StopSign> = signs.iter().filter(is_open).cloned().collect();
                let past = HistoryView {
                    histories: &records.histories,
                    choices: &records.choices,
                    signs: &open,
                    week_begins,
                };
                fhir::bundle(program, past, &signs, &now.wall)
            });
            serde_json::to_string_pretty(&current).context("could not write JSON")?
        }
        Format::Json => {
            if output.is_none() {
                print_json(&report)?;
                return Ok(Status::Fine);
            }
            serde_json::to_string_pretty(&report).context("could not write JSON")?
        }
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
