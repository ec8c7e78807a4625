//! `regimen calendar`: the schedule as a file for calendars. Knows nothing of how events are written.

use std::ffi::OsString;
use std::path::Path;

use anyhow::Context;
use jiff::civil::Time;

use crate::app::Listed;
use crate::calendar::{self, Entry};
use crate::commands::play::{find, is_file};
use crate::commands::records::known;
use crate::commands::{Settings, Verdict, listed, read_good, say, shown, write_file};
use crate::files::Care;
use crate::prescription::Past;
use crate::program::{Frequency, Program};
use crate::terminal;

/// Writes the schedule of some programs, or of all.
pub fn calendar(settings: &Settings, wanted: &[OsString], at: &[Time], output: &Path) -> anyhow::Result<Verdict> {
    let now = terminal::moment();
    let (preferences, _) = settings.read_preferences();
    let mut programs: Vec<Program> = Vec::new();
    if wanted.is_empty() {
        let (all, samples) = listed(settings, &now)?;
        anyhow::ensure!(!samples, "you have no programs yet; name a file or a sample, or run `regimen add FILE`");
        programs.extend(all.iter().filter_map(Listed::program).map(|program| program.as_ref().clone()));
    }
    for wanted in wanted {
        if is_file(wanted) {
            match read_good(settings, Path::new(wanted)) {
                Ok((_, program)) => programs.push(program),
                Err(verdict) => return Ok(verdict),
            }
        } else {
            let (all, _) = listed(settings, &now)?;
            let index = find(&all, &wanted.to_string_lossy())?;
            let program = all.get(index).and_then(Listed::program).context("this program has mistakes")?;
            programs.push(program.as_ref().clone());
        }
    }
    let (histories, choices) = known(settings, programs.iter(), &now.wall)?;
    let past = Past { histories: &histories, choices: &choices, week_begins: preferences.week_begins };
    let entry = |program| Entry { program, past, fallback: &preferences.remind_at, chosen: at };
    let entries: Vec<Entry<'_>> = programs.iter().map(entry).collect();
    let text = calendar::calendar(&entries, now.wall.date(), now.wall.timestamp());
    if output == Path::new("-") {
        say(text.trim_end_matches("\r\n"));
        return Ok(Verdict::Fine);
    }
    write_file(output, text.as_bytes(), Care::Private)?;
    let as_needed = programs.iter().filter(|program| program.frequency == Frequency::AsNeeded).count();
    let rest =
        if as_needed > 0 { format!(" {as_needed} as needed, which no calendar can know.") } else { String::new() };
    say(&format!("Wrote {}: open it with your calendar.{rest}", shown(output)));
    Ok(Verdict::Fine)
}
