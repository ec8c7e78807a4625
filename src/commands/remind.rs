//! `regimen remind`: shows a pop-up about what is due now, and sets up the system to run it every
//! five minutes.

mod install;

use std::path::PathBuf;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use anyhow::{Context, bail};
use jiff::{SignedDuration, Zoned};

use crate::catalog::{ProgramEntry, text_hash_of};
use crate::commands::records::PastRecords;
use crate::commands::{Env, Status, eprint_line, print_line, read_folder, write_file};
use crate::effect::DesktopNotification;
use crate::events::{Events, Input};
use crate::files::Care;
use crate::folder;
use crate::history::open_signs;
use crate::notify::{self, Answer};
use crate::program::Program;
use crate::reminder::{self, Reminder, ReminderMemory};
use crate::source::printable;
use crate::terminal::{self, TerminalEvents};

/// How long the button of a pop-up puts off the reminder.
const LATER: SignedDuration = SignedDuration::from_mins(30);
/// How long to wait for the button of a pop-up. The system runs the next check after five minutes.
const WAIT_FOR_BUTTON: Duration = Duration::from_mins(4);
/// The longest wait between two checks: programs change, and clocks stop while a computer sleeps.
const CHECK_EVERY: Duration = Duration::from_mins(5);

/// What `regimen remind` does.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Action {
    /// Reminds once of what is due now.
    Once,
    /// Stays and reminds whenever something is due.
    Watch,
    /// Shows no reminder for this many minutes.
    Snooze(u16),
    /// Sets up the system to run `regimen remind`.
    Install,
    /// Takes back what `Install` set up.
    Uninstall,
}

/// Carries out an action.
pub(crate) fn remind(env: &Env, action: Action) -> anyhow::Result<Status> {
    match action {
        Action::Once if terminal::is_interactive() => remind_once(env, Duration::ZERO),
        Action::Once => remind_once(env, WAIT_FOR_BUTTON),
        Action::Watch => watch(env),
        Action::Snooze(minutes) => snooze(env, SignedDuration::from_mins(minutes.into())),
        Action::Install => install::install(env),
        Action::Uninstall => install::uninstall(env),
    }
}

/// Returns the patient's programs that can be played.
fn playable_programs(env: &Env, now: &Zoned) -> anyhow::Result<Vec<ProgramEntry>> {
    Ok(read_folder(env, now.date())?
        .into_iter()
        .map(ProgramEntry::new)
        .filter(|entry| entry.program().is_some())
        .collect())
}

/// Returns the programs of entries.
fn programs_of(entries: &[ProgramEntry]) -> impl Iterator<Item = &Program> {
    entries
        .iter()
        .filter_map(ProgramEntry::program)
        .map(AsRef::as_ref)
}

/// Returns the file that remembers which reminders were shown.
fn memory_file(env: &Env) -> PathBuf {
    env.database.with_file_name("reminders.json")
}

/// Reads which reminders were shown. If the file can't be read, none were: reminding twice is
/// better than never.
fn load_memory(env: &Env) -> ReminderMemory {
    folder::settings_text(&memory_file(env))
        .ok()
        .and_then(|text| serde_json::from_str(&text).ok())
        .unwrap_or_default()
}

/// Saves which reminders were shown.
fn save_memory(env: &Env, memory: &ReminderMemory) -> anyhow::Result<()> {
    let text = serde_json::to_string_pretty(memory).context("could not write JSON")?;
    write_file(&memory_file(env), text.as_bytes(), Care::Private)
}

/// Returns the reminders to show now. A program with an open stop sign has none.
fn due_reminders(env: &Env, now: &Zoned, memory: &ReminderMemory) -> anyhow::Result<Vec<Reminder>> {
    let (preferences, _) = env.read_preferences();
    let entries = playable_programs(env, now)?;
    if entries.is_empty() {
        return Ok(Vec::new());
    }
    let records = PastRecords::read(env, programs_of(&entries), now)?;
    let open_signs = open_signs(&records.signs, |id| text_hash_of(&entries, id));
    let past = records.view(&open_signs, preferences.week_begins);
    Ok(programs_of(&entries)
        .filter_map(|program| reminder::due(program, past, &preferences.remind_at, memory, now))
        .collect())
}

/// Shows a pop-up if something is due, and waits up to `patience` for its button.
fn remind_once(env: &Env, patience: Duration) -> anyhow::Result<Status> {
    let now = terminal::moment().wall;
    let mut memory = load_memory(env);
    let reminders = due_reminders(env, &now, &memory)?;
    let Some((title, text)) = reminder::words(&reminders) else {
        return Ok(Status::Fine);
    };
    let before = memory.clone();
    memory.snoozed_until = None;
    memory.told.extend(
        reminders
            .iter()
            .map(|reminder| (reminder.program.clone(), reminder.at)),
    );
    // Saved before the pop-up is shown: if the computer goes down now, the reminder isn't repeated
    // over and over.
    let saved = save_memory(env, &memory);
    let notification = DesktopNotification {
        title: title.clone(),
        text: text.clone(),
    };
    match notify::remind(&notification, "In 30 minutes", patience) {
        Answer::Shown => {}
        Answer::Later => {
            memory.snooze(&terminal::moment().wall, LATER);
            save_memory(env, &memory)?;
        }
        Answer::Failed => {
            save_memory(env, &before)?;
            let words = printable(&format!("{title}. {text}")).into_owned();
            bail!("{words}\nThis could not be shown as a pop-up: no notification service answers");
        }
    }
    if terminal::is_interactive() {
        print_line(&printable(&format!("{title}. {text}")));
    }
    // An error is returned only now: a repeated reminder is better than none.
    saved.map(|()| Status::Fine)
}

/// Reminds whenever something is due, until Ctrl-C.
fn watch(env: &Env) -> anyhow::Result<Status> {
    let mut events = TerminalEvents::lines().context("could not read the keyboard")?;
    let mut ignore_hangup = !terminal::is_interactive();
    print_line("Reminding until Ctrl-C.");
    let last_error = Arc::new(Mutex::new(String::new()));
    loop {
        spawn_reminder(env, &last_error);
        let now = events.now();
        let (preferences, _) = env.read_preferences();
        let entries = playable_programs(env, &now.wall).unwrap_or_default();
        let next = reminder::next(
            programs_of(&entries),
            &preferences.remind_at,
            &load_memory(env),
            &now.wall,
        );
        let wait = next
            .and_then(|next| Duration::try_from(next.duration_since(now.wall.timestamp())).ok());
        let until = now.instant + wait.unwrap_or(CHECK_EVERY).min(CHECK_EVERY);
        while events.now().instant < until {
            match events.next(Some(until)) {
                Input::Hangup if !std::mem::replace(&mut ignore_hangup, false) => {
                    return Ok(Status::Fine);
                }
                _ => {}
            }
        }
    }
}

/// Reminds on a thread of its own, because waiting for the button must not hold up Ctrl-C. An error
/// is printed once and doesn't stop later reminders.
fn spawn_reminder(env: &Env, last_error: &Arc<Mutex<String>>) {
    let (env, last_error) = (env.clone(), Arc::clone(last_error));
    let remind = move || {
        if let Err(error) = remind_once(&env, WAIT_FOR_BUTTON)
            && let Ok(mut last_error) = last_error.lock()
        {
            let error = format!("{error:#}");
            if error != *last_error {
                eprint_line(&format!("regimen: {error}"));
            }
            *last_error = error;
        }
    };
    let _ = std::thread::Builder::new()
        .name("remind".to_owned())
        .spawn(remind);
}

/// Shows no reminder for a while.
fn snooze(env: &Env, length: SignedDuration) -> anyhow::Result<Status> {
    let now = terminal::moment().wall;
    let mut memory = load_memory(env);
    memory.snooze(&now, length);
    save_memory(env, &memory)?;
    let until = memory.snoozed_until.map_or_else(
        || now.clone(),
        |until| until.to_zoned(now.time_zone().clone()),
    );
    let format = if until.date() == now.date() {
        "%H:%M"
    } else {
        "%A %-d %B, %H:%M"
    };
    print_line(&format!("No reminder before {}.", until.strftime(format)));
    Ok(Status::Fine)
}
