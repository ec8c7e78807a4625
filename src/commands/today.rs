//! `regimen today`: says what is due, without opening the app.

use jiff::civil::Date;
use serde::Serialize;

use crate::catalog::{ProgramEntry, text_hash_of};
use crate::commands::records::PastRecords;
use crate::commands::{Env, Status, print_json, print_line, program_entries};
use crate::day::day_of;
use crate::history::open_signs;
use crate::history::{self, HistoryView};
use crate::program::words::minutes;
use crate::progression;
use crate::schedule::{self, Due, ProgramStatus};
use crate::source::printable;
use crate::terminal;

/// A program in the JSON output.
#[derive(Debug, Serialize)]
struct Row {
    /// The stop signs that the patient reported and that aren't cleared up: the day, and the
    /// words.
    stop_signs: Vec<(Date, String)>,
    id: String,
    title: String,
    /// "due", "done", "due in 3 days", "done for this week", "as needed" and the like.
    due: String,
    is_due: bool,
    /// The day on which it is due next, which may be today.
    next: Option<Date>,
    done_this_week: u32,
    /// The prescribed sessions a week. None if the frequency has no fixed number.
    a_week: Option<u32>,
    /// The week since the first session of the phase, from 1.
    week: Option<u32>,
    /// How many of the therapist's next steps the patient can take.
    open_steps: usize,
    /// The current phase, from 1.
    phase: usize,
    /// The number of phases.
    phases: usize,
    minutes: u64,
    /// Whether a session can be resumed.
    unfinished: bool,
}

impl Row {
    /// Returns the row of a program. None if the program has mistakes.
    fn new(entry: &ProgramEntry, past: HistoryView<'_>, today: Date) -> Option<Self> {
        let loaded = entry.content().as_ref().ok()?;
        let program = &loaded.program;
        let status = schedule::status(program, past, today);
        let has_sign = progression::open_sign(program, past).is_some();
        let reported = past
            .signs
            .iter()
            .filter(|sign| sign.reported.program == program.id);
        Some(Self {
            stop_signs: reported
                .map(|sign| (day_of(&sign.reported.at), sign.reported.words.clone()))
                .collect(),
            id: program.id.clone(),
            title: program.title.clone(),
            due: describe_due(&status, has_sign),
            is_due: matches!(status.due, Due::Today(_)),
            next: status.next,
            week: status.week,
            open_steps: progression::offers(program, past, today).len(),
            done_this_week: status.done_this_week,
            a_week: status.a_week,
            phase: status.phase + 1,
            phases: program.phases.len(),
            minutes: minutes(loaded.length_after(status.phase, &status.steps)),
            unfinished: history::unfinished(program, past.histories, today).is_some(),
        })
    }
}

/// Says when a program is due.
fn describe_due(status: &ProgramStatus, has_sign: bool) -> String {
    match status.due {
        Due::Today(1) => "due".to_owned(),
        Due::Today(more) => format!("due {more} times"),
        Due::Done => "done".to_owned(),
        Due::Stopped if has_sign => "stopped by a stop sign".to_owned(),
        Due::Stopped => "stopped for today because of pain".to_owned(),
        Due::InDays(1) => "due tomorrow".to_owned(),
        Due::InDays(days) => format!("due in {days} days"),
        Due::DoneThisWeek => "done for this week".to_owned(),
        Due::Finished => "finished; ask your therapist what comes next".to_owned(),
        Due::AsNeeded => "as needed".to_owned(),
    }
}

/// Says what is due today, a line for each program.
pub(crate) fn today(env: &Env, json: bool) -> anyhow::Result<Status> {
    let now = terminal::moment();
    let today = now.day();
    let (programs, samples) = program_entries(env, &now)?;
    // The samples aren't prescribed, so they are never due.
    let own = if samples { &[][..] } else { &programs };
    let records = PastRecords::read(
        env,
        own.iter()
            .filter_map(ProgramEntry::program)
            .map(AsRef::as_ref),
        &now.wall,
    )?;
    let week_begins = env.read_preferences().0.week_begins;
    let open_signs = open_signs(&records.signs, |id| text_hash_of(own, id));
    let past = records.view(&open_signs, week_begins);
    let mut rows: Vec<Row> = own
        .iter()
        .filter_map(|entry| Row::new(entry, past, today))
        .collect();
    // Programs with a stop sign come first, because the patient may need a doctor.
    rows.sort_by_key(|row| row.stop_signs.is_empty());
    if json {
        print_json(&rows)?;
        return Ok(Status::Fine);
    }
    if rows.is_empty() {
        print_line("You have no programs yet; `regimen add FILE` adds one.");
    }
    for row in &rows {
        for (day, sign) in &row.stop_signs {
            let day = day.strftime("%-d %B");
            print_line(&printable(&format!(
                "! {}: you reported a stop sign on {day}: {sign}",
                row.title
            )));
        }
    }
    for row in &rows {
        print_line(&printable(&describe_program(row, today)));
    }
    Ok(Status::Fine)
}

/// Describes a program in one line.
fn describe_program(row: &Row, today: Date) -> String {
    let mut text = format!("{}: {}, about {} min", row.title, row.due, row.minutes);
    if row.phases > 1 {
        text.push_str(&format!(", phase {} of {}", row.phase, row.phases));
        text.extend(row.week.map(|week| format!(", week {week}")));
    }
    text.extend(
        row.a_week
            .map(|a_week| format!(", {} of {a_week} this week", row.done_this_week)),
    );
    if let Some(next) = row.next.filter(|next| *next > today) {
        text.push_str(&format!(", next on {}", next.strftime("%A %-d %B")));
    }
    match row.open_steps {
        0 => {}
        1 => text.push_str(", you can move on to the next step"),
        more => text.push_str(&format!(", you can move on to {more} next steps")),
    }
    if row.unfinished {
        text.push_str(", one session is unfinished");
    }
    text
}
