//! `regimen today`: what is due, without opening the app. Knows nothing of sessions being played.

use jiff::civil::Date;
use serde::Serialize;

use crate::catalog::{ProgramEntry, text_hash_of};
use crate::commands::records::known;
use crate::commands::{Env, Status, print_json, print_line, program_entries};
use crate::day::day_of;
use crate::prescription::{self, Due, HistoryView};
use crate::program::words::minutes;
use crate::source::printable;
use crate::terminal;

/// A program as other programs read it.
#[derive(Debug, Serialize)]
struct Row {
    /// The stop signs that the patient reported and that are not cleared up, first of all: when,
    /// and in which words.
    stop_signs: Vec<(Date, String)>,
    id: String,
    title: String,
    /// "due", "done", "in 3 days", "week done", "as needed".
    due: String,
    is_due: bool,
    /// The day on which it is due next; today where it is due today.
    next: Option<Date>,
    done_this_week: u32,
    a_week: Option<u32>,
    /// Since the first session of the phase, from 1.
    week: Option<u32>,
    /// How many steps of the therapist's are open to the patient.
    open_steps: usize,
    phase: usize,
    phases: usize,
    minutes: u64,
    unfinished: bool,
}

/// Says what is due today.
pub fn today(env: &Env, json: bool) -> anyhow::Result<Status> {
    let now = terminal::moment();
    let today = now.day();
    let (programs, samples) = program_entries(env, &now)?;
    let own = if samples { &[][..] } else { &programs };
    let (histories, choices, signs) = known(
        env,
        own.iter()
            .filter_map(ProgramEntry::program)
            .map(AsRef::as_ref),
        &now.wall,
    )?;
    let week_begins = env.read_preferences().0.week_begins;
    let signs = crate::history::open_signs(&signs, |id| text_hash_of(own, id));
    let past = HistoryView {
        histories: &histories,
        choices: &choices,
        signs: &signs,
        week_begins,
    };
    let row = |entry: &ProgramEntry| {
        let loaded = entry.content().as_ref().ok()?;
        let program = &loaded.program;
        let status = prescription::status(program, past, today);
        let due = match status.due {
            Due::Today(1) => "due".to_owned(),
            Due::Today(more) => format!("due {more} times"),
            Due::Done => "done".to_owned(),
            Due::Stopped if prescription::open_sign(program, past).is_some() => {
                "stopped by a stop sign".to_owned()
            }
            Due::Stopped => "stopped for today because of pain".to_owned(),
            Due::InDays(1) => "due tomorrow".to_owned(),
            Due::InDays(days) => format!("due in {days} days"),
            Due::DoneThisWeek => "done for this week".to_owned(),
            Due::Finished => "finished; ask your therapist what comes next".to_owned(),
            Due::AsNeeded => "as needed".to_owned(),
        };
        let reported = signs
            .iter()
            .filter(|sign| sign.reported.program == program.id);
        Some(Row {
            stop_signs: reported
                .map(|sign| (day_of(&sign.reported.at), sign.reported.words.clone()))
                .collect(),
            id: program.id.clone(),
            title: program.title.clone(),
            is_due: matches!(status.due, Due::Today(_)),
            due,
            next: status.next,
            week: status.week,
            open_steps: prescription::offers(program, past, today).len(),
            done_this_week: status.done_this_week,
            a_week: status.a_week,
            phase: status.phase + 1,
            phases: program.phases.len(),
            minutes: minutes(loaded.length_after(status.phase, &status.steps)),
            unfinished: prescription::unfinished(program, &histories, today).is_some(),
        })
    };
    // Samples are nobody's prescription.
    let mut rows: Vec<Row> = own.iter().filter_map(row).collect();
    // What may need a doctor comes before what is due.
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
        let mut words = format!("{}: {}, about {} min", row.title, row.due, row.minutes);
        if row.phases > 1 {
            words.push_str(&format!(", phase {} of {}", row.phase, row.phases));
            words.extend(row.week.map(|week| format!(", week {week}")));
        }
        words.extend(
            row.a_week
                .map(|a_week| format!(", {} of {a_week} this week", row.done_this_week)),
        );
        if let Some(next) = row.next.filter(|next| *next > today) {
            words.push_str(&format!(", next on {}", next.strftime("%A %-d %B")));
        }
        match row.open_steps {
            0 => {}
            1 => words.push_str(", a next step is open"),
            more => words.push_str(&format!(", {more} next steps are open")),
        }
        if row.unfinished {
            words.push_str(", one left unfinished");
        }
        print_line(&printable(&words));
    }
    Ok(Status::Fine)
}
