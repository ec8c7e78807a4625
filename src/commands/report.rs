//! `regimen report`: what the therapist needs at the visit. Knows nothing of how a report is
//! reckoned.

use std::path::Path;

use anyhow::Context;
use jiff::ToSpan;
use jiff::civil::Date;

use crate::commands::records::kept;
use crate::commands::{Settings, Verdict, say, say_json, shown, write_file};
use crate::files::Care;
use crate::prescription::Past;
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
    settings: &Settings,
    wanted: Option<&str>,
    since: Option<Date>,
    format: Format,
    output: Option<&Path>,
) -> anyhow::Result<Verdict> {
    let now = terminal::moment();
    let today = now.day();
    let from = since
        .or_else(|| today.checked_sub(WEEKS.weeks()).ok())
        .unwrap_or(today);
    anyhow::ensure!(
        from <= today,
        "the report begins in the future; name a day that has been"
    );
    let kept = kept(settings, wanted, Some(from), &now)?;
    let (preferences, _) = settings.read_preferences();
    let report = kept.course(preferences.week_begins, |course| {
        report::report(course, from, today)
    });
    let report = report.context("there is no such program")?;
    let own = |sign: &&StopSign| sign.reported.program == report.program;
    let signs: Vec<StopSign> = kept.signs.iter().filter(own).cloned().collect();
    let written = match format {
        Format::Text => printable(&text::text(&report)).into_owned(),
        Format::Html => html::page(&report, kept.versions.last().map(|(_, program)| program)),
        Format::Csv => csv::csv(&kept.histories, &signs),
        Format::Fhir => {
            let current = kept.versions.last().map(|(_, program)| {
                let week_begins = preferences.week_begins;
                let is_open = |sign: &&StopSign| sign.is_open(&program.id, &kept.hash);
                let open: Vec<StopSign> = signs.iter().filter(is_open).cloned().collect();
                let past = Past {
                    histories: &kept.histories,
                    choices: &kept.choices,
                    signs: &open,
                    week_begins,
                };
                fhir::bundle(program, past, &signs, &now.wall)
            });
            serde_json::to_string_pretty(&current).context("could not write JSON")?
        }
        Format::Json => {
            if output.is_none() {
                say_json(&report)?;
                return Ok(Verdict::Fine);
            }
            serde_json::to_string_pretty(&report).context("could not write JSON")?
        }
    };
    match output {
        Some(path) if path != Path::new("-") => {
            write_file(path, written.as_bytes(), Care::Private)?;
            say(&format!("Wrote {}", shown(path)));
        }
        _ => say(written.trim_end()),
    }
    Ok(Verdict::Fine)
}
