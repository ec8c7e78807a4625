//! `regimen today`: what is due, without opening the app. Knows nothing of sessions being played.

use jiff::civil::Date;
use serde::Serialize;

use crate::app;
use crate::app::Listed;
use crate::commands::records::known;
use crate::commands::{Settings, Verdict, listed, say, say_json};
use crate::day::day_of;
use crate::prescription::{self, Due, Past};
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
pub fn today(settings: &Settings, json: bool) -> anyhow::Result<Verdict> {
    let now = terminal::moment();
    let today = now.day();
    let (programs, samples) = listed(settings, &now)?;
    let own = if samples { &[][..] } else { &programs };
    let (histories, choices, signs) = known(
        settings,
        own.iter().filter_map(Listed::program).map(AsRef::as_ref),
        &now.wall,
    )?;
    let week_begins = settings.read_preferences().0.week_begins;
    let signs = app::signs::open(&signs, own);
    let past = Past {
        histories: &histories,
        choices: &choices,
        signs: &signs,
        week_begins,
    };
    let row = |listed: &Listed| {
        let playable = listed.content().as_ref().ok()?;
        let program = &playable.program;
        let standing = prescription::standing(program, past, today);
        let due = match standing.due {
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
            is_due: matches!(standing.due, Due::Today(_)),
            due,
            next: standing.next,
            week: standing.week,
            open_steps: prescription::offers(program, past, today).len(),
            done_this_week: standing.done_this_week,
            a_week: standing.a_week,
            phase: standing.phase + 1,
            phases: program.phases.len(),
            minutes: minutes(playable.length_after(standing.phase, &standing.steps)),
            unfinished: prescription::unfinished(program, &histories, today).is_some(),
        })
    };
    // Samples are nobody's prescription.
    let mut rows: Vec<Row> = own.iter().filter_map(row).collect();
    // What may need a doctor comes before what is due.
    rows.sort_by_key(|row| row.stop_signs.is_empty());
    if json {
        say_json(&rows)?;
        return Ok(Verdict::Fine);
    }
    if rows.is_empty() {
        say("You have no programs yet; `regimen add FILE` adds one.");
    }
    for row in &rows {
        for (day, sign) in &row.stop_signs {
            let day = day.strftime("%-d %B");
            say(&printable(&format!(
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
        say(&printable(&words));
    }
    Ok(Verdict::Fine)
}
