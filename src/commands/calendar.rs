//! `regimen calendar`: writes the schedule as a file for calendar apps.

use std::ffi::OsString;
use std::path::Path;

use anyhow::Context;
use jiff::civil::Time;

use crate::calendar::{self, Entry, Without};
use crate::catalog::{ProgramEntry, text_hash_of};
use crate::commands::lookup::{find_program, is_file};
use crate::commands::records::PastRecords;
use crate::commands::{
    Env, Status, eprint_line, print_line, program_entries, read_program, shown, write_file,
};
use crate::events::Moment;
use crate::files::Care;
use crate::history::open_signs;
use crate::program::Program;
use crate::source::printable;
use crate::terminal;

/// Writes the schedule of the named programs, or of all. `at` replaces their reminder times.
pub(crate) fn calendar(
    env: &Env,
    wanted: &[OsString],
    at: &[Time],
    output: &Path,
) -> anyhow::Result<Status> {
    let now = terminal::moment();
    let (preferences, _) = env.read_preferences();
    let all = listed_programs(env, wanted, &now)?;
    let programs = match choose_programs(env, wanted, &all)? {
        Ok(programs) => programs,
        Err(status) => return Ok(status),
    };
    let records = PastRecords::read(env, programs.iter(), &now.wall)?;
    let open_signs = open_signs(&records.signs, |id| text_hash_of(&all, id));
    let past = records.view(&open_signs, preferences.week_begins);
    let entries: Vec<Entry<'_>> = programs
        .iter()
        .map(|program| Entry {
            program,
            past,
            fallback: &preferences.remind_at,
            chosen: at,
        })
        .collect();
    let today = now.day();
    let skipped: Vec<String> = entries
        .iter()
        .filter_map(|entry| {
            let why = calendar::without_event(entry, today)?;
            Some(describe_skipped(&entry.program.title, why))
        })
        .collect();
    // A calendar without events is useless, and must not replace one that was written earlier.
    if skipped.len() == entries.len() {
        eprint_line(&format!(
            "Nothing was written, because there is nothing to put in a calendar:{}",
            skipped.concat()
        ));
        return Ok(Status::Problems);
    }
    let text = calendar::calendar(&entries, today, now.wall.timestamp());
    if output == Path::new("-") {
        print_line(text.trim_end_matches("\r\n"));
        return Ok(Status::Fine);
    }
    write_file(output, text.as_bytes(), Care::Private)?;
    print_line(&format!(
        "Wrote {}: open it with your calendar.{}",
        shown(output),
        skipped.concat()
    ));
    Ok(Status::Fine)
}

/// Returns the patient's programs. If only files are named there may be no folder, so it isn't
/// read.
fn listed_programs(
    env: &Env,
    wanted: &[OsString],
    now: &Moment,
) -> anyhow::Result<Vec<ProgramEntry>> {
    if !wanted.is_empty() && wanted.iter().all(|wanted| is_file(wanted)) {
        return Ok(Vec::new());
    }
    let (all, samples) = program_entries(env, now)?;
    anyhow::ensure!(
        !wanted.is_empty() || !samples,
        "you have no programs yet; name a file or a sample, or run `regimen add FILE`"
    );
    Ok(all)
}

/// Returns the named programs, or all that can be played. If a named file has mistakes, returns the
/// status to end with.
fn choose_programs(
    env: &Env,
    wanted: &[OsString],
    all: &[ProgramEntry],
) -> anyhow::Result<Result<Vec<Program>, Status>> {
    if wanted.is_empty() {
        let playable = all.iter().filter_map(ProgramEntry::program);
        return Ok(Ok(playable
            .map(|program| program.as_ref().clone())
            .collect()));
    }
    let mut programs = Vec::new();
    for wanted in wanted {
        if is_file(wanted) {
            match read_program(env, Path::new(wanted)) {
                Ok((_, program)) => programs.push(program),
                Err(status) => return Ok(Err(status)),
            }
        } else {
            let program = all
                .get(find_program(all, &wanted.to_string_lossy())?)
                .and_then(ProgramEntry::program)
                .context("this program has mistakes; `regimen check` lists them")?;
            programs.push(program.as_ref().clone());
        }
    }
    Ok(Ok(programs))
}

/// Says why a program has no event, after a space.
fn describe_skipped(title: &str, why: Without) -> String {
    let why = match why {
        Without::AsNeeded => "is done as needed, at no set time".to_owned(),
        Without::BeforeReview(review) => {
            format!(
                "has no session before your next visit on {}",
                review.strftime("%A %-d %B")
            )
        }
        Without::Finished => "is finished; ask your therapist what comes next".to_owned(),
        Without::StopSign => {
            "has a stop sign that you reported and that isn't cleared up yet".to_owned()
        }
    };
    format!(" \"{}\" {why}.", printable(title))
}
