//! `regimen calendar`: the schedule as a file for calendars. Knows nothing of how events are
//! written.

use std::ffi::OsString;
use std::path::Path;

use anyhow::Context;
use jiff::civil::Time;

use crate::calendar::{self, Entry, Without};
use crate::catalog::{ProgramEntry, text_hash_of};
use crate::commands::play::{find, is_file};
use crate::commands::records::known;
use crate::commands::{
    Env, Status, eprint_line, print_line, program_entries, read_good, shown, write_file,
};
use crate::files::Care;
use crate::history::open_signs;
use crate::prescription::HistoryView;
use crate::program::Program;
use crate::source::printable;
use crate::terminal;

/// Writes the schedule of some programs, or of all.
pub fn calendar(
    env: &Env,
    wanted: &[OsString],
    at: &[Time],
    output: &Path,
) -> anyhow::Result<Status> {
    let now = terminal::moment();
    let (preferences, _) = env.read_preferences();
    let mut programs: Vec<Program> = Vec::new();
    // Where files are named, the folder may not even be there.
    let looked_up = wanted.is_empty() || wanted.iter().any(|wanted| !is_file(wanted));
    let (all, samples) = if looked_up {
        program_entries(env, &now)?
    } else {
        (Vec::new(), false)
    };
    if wanted.is_empty() {
        anyhow::ensure!(
            !samples,
            "you have no programs yet; name a file or a sample, or run `regimen add FILE`"
        );
        programs.extend(
            all.iter()
                .filter_map(ProgramEntry::program)
                .map(|program| program.as_ref().clone()),
        );
    }
    for wanted in wanted {
        if is_file(wanted) {
            match read_good(env, Path::new(wanted)) {
                Ok((_, program)) => programs.push(program),
                Err(status) => return Ok(status),
            }
        } else {
            let index = find(&all, &wanted.to_string_lossy())?;
            let program = all
                .get(index)
                .and_then(ProgramEntry::program)
                .context("this program has mistakes")?;
            programs.push(program.as_ref().clone());
        }
    }
    let (histories, choices, signs) = known(env, programs.iter(), &now.wall)?;
    let signs = open_signs(&signs, |id| text_hash_of(&all, id));
    let week_begins = preferences.week_begins;
    let past = HistoryView {
        histories: &histories,
        choices: &choices,
        signs: &signs,
        week_begins,
    };
    let entry = |program| Entry {
        program,
        past,
        fallback: &preferences.remind_at,
        chosen: at,
    };
    let entries: Vec<Entry<'_>> = programs.iter().map(entry).collect();
    let today = now.day();
    let without: Vec<(&str, Without)> = entries
        .iter()
        .filter_map(|entry| {
            Some((
                entry.program.title.as_str(),
                calendar::without_event(entry, today)?,
            ))
        })
        .collect();
    let left_out = left_out_words(&without);
    // A calendar without an event is none, and one that was written earlier may be better.
    if without.len() == entries.len() {
        eprint_line(&format!(
            "Nothing was written, for there is nothing to put into a calendar:{left_out}"
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
        "Wrote {}: open it with your calendar.{left_out}",
        shown(output)
    ));
    Ok(Status::Fine)
}

/// Returns which programs have no event and why, each behind a space.
fn left_out_words(without: &[(&str, Without)]) -> String {
    let mut words = String::new();
    for (title, why) in without {
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
                "has a stop sign that you reported, and that is not cleared up".to_owned()
            }
        };
        words.push_str(&format!(" \"{}\" {why}.", printable(title)));
    }
    words
}
