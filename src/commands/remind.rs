//! `regimen remind`: tells what is due now, once; and lets the machine run it by itself. Knows
//! nothing of how what is due is found.

use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use anyhow::{Context, anyhow, bail};
use jiff::{SignedDuration, Zoned};

use crate::catalog::{ProgramEntry, text_hash_of};
use crate::commands::records::known;
use crate::commands::{Env, Status, eprint_line, print_line, shown, write_file};
use crate::effect::DesktopNotification;
use crate::events::{Events, Input};
use crate::files::{self, Care};
use crate::folder;
use crate::history::open_signs;
use crate::notify::{self, Answer};
use crate::prescription::HistoryView;
use crate::program::Program;
use crate::reminder::{self, Reminder, ReminderMemory};
use crate::source::printable;
use crate::terminal::{self, TerminalEvents};
use crate::tools;

/// How long a reminder put off is silent.
const LATER: SignedDuration = SignedDuration::from_mins(30);
/// How long the button of a reminder is waited for; the machine asks again after five minutes.
const PATIENCE: Duration = Duration::from_mins(4);
/// How often what is due is looked for while it is waited for: programs change, and clocks stand
/// still while a machine sleeps.
const LOOK_EVERY: Duration = Duration::from_mins(5);

/// What is wanted of the command.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Options {
    /// Tell what is due.
    Once,
    /// Go on telling.
    Watch,
    /// Tell nothing for so many minutes.
    Snooze(u16),
    /// Let the machine run it.
    Install,
    /// Let it be.
    Uninstall,
}

/// Carries out what is wanted.
pub fn remind(env: &Env, options: Options) -> anyhow::Result<Status> {
    match options {
        Options::Once => once(
            env,
            if terminal::is_interactive() {
                Duration::ZERO
            } else {
                PATIENCE
            },
        ),
        Options::Watch => watch(env),
        Options::Snooze(minutes) => snooze(env, SignedDuration::from_mins(minutes.into())),
        Options::Install => install(env),
        Options::Uninstall => uninstall(env),
    }
}

/// The patient's programs that can be played.
fn programs(env: &Env, now: &Zoned) -> anyhow::Result<Vec<ProgramEntry>> {
    let parsed = folder::programs(&env.programs, now.date())
        .with_context(|| format!("could not read the folder {}", shown(&env.programs)))?;
    Ok(parsed
        .into_iter()
        .map(ProgramEntry::new)
        .filter(|entry| entry.program().is_some())
        .collect())
}

fn memory_file(env: &Env) -> PathBuf {
    env.database.with_file_name("reminders.json")
}

fn recall(env: &Env) -> ReminderMemory {
    // What cannot be read was told to nobody; telling twice is better than never.
    folder::settings_text(&memory_file(env))
        .ok()
        .and_then(|text| serde_json::from_str(&text).ok())
        .unwrap_or_default()
}

fn remember(env: &Env, memory: &ReminderMemory) -> anyhow::Result<()> {
    let file = memory_file(env);
    let text = serde_json::to_string_pretty(memory).context("could not write JSON")?;
    write_file(&file, text.as_bytes(), Care::Private)
}

/// What is to be told now.
fn due(env: &Env, now: &Zoned, memory: &ReminderMemory) -> anyhow::Result<Vec<Reminder>> {
    let (preferences, _) = env.read_preferences();
    let programs = programs(env, now)?;
    if programs.is_empty() {
        return Ok(Vec::new());
    }
    let loaded = || {
        programs
            .iter()
            .filter_map(ProgramEntry::program)
            .map(AsRef::as_ref)
    };
    let (histories, choices, signs) = known(env, loaded(), now)?;
    // Nobody is reminded of a program whose stop sign they have.
    let signs = open_signs(&signs, |id| text_hash_of(&programs, id));
    let week_begins = preferences.week_begins;
    let past = HistoryView {
        histories: &histories,
        choices: &choices,
        signs: &signs,
        week_begins,
    };
    let of = |program: &Program| reminder::due(program, past, &preferences.remind_at, memory, now);
    Ok(loaded().filter_map(of).collect())
}

fn once(env: &Env, patience: Duration) -> anyhow::Result<Status> {
    let now = terminal::moment().wall;
    let mut memory = recall(env);
    let reminders = due(env, &now, &memory)?;
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
    // First it is noted that it was told: a machine that goes down meanwhile does not tell it again
    // and again.
    let noted = remember(env, &memory);
    let notice = DesktopNotification {
        title: title.clone(),
        text: text.clone(),
    };
    match notify::remind(&notice, "In 30 minutes", patience) {
        Answer::Shown => {}
        Answer::Later => {
            memory.snooze(&terminal::moment().wall, LATER);
            remember(env, &memory)?;
        }
        Answer::Failed => {
            remember(env, &before)?;
            let words = printable(&format!("{title}. {text}")).into_owned();
            bail!("{words}\nThis could not be shown as a pop-up: no notification service answers");
        }
    }
    if terminal::is_interactive() {
        print_line(&printable(&format!("{title}. {text}")));
    }
    // Told again and again is better than never told.
    noted.map(|()| Status::Fine)
}

fn watch(env: &Env) -> anyhow::Result<Status> {
    let mut events = TerminalEvents::lines().context("could not listen to the keyboard")?;
    let mut ignored = terminal::is_interactive();
    print_line("Reminding until Ctrl-C.");
    let told = Arc::new(Mutex::new(String::new()));
    loop {
        // The button is waited for elsewhere, so that Ctrl-C ends at once. One that fails must not
        // end those to come; it is told once.
        let (settings_there, told) = (env.clone(), Arc::clone(&told));
        let look = move || {
            if let Err(error) = once(&settings_there, PATIENCE)
                && let Ok(mut told) = told.lock()
            {
                let error = format!("{error:#}");
                if error != *told {
                    eprint_line(&format!("regimen: {error}"));
                }
                *told = error;
            }
        };
        let _ = std::thread::Builder::new()
            .name("remind".to_owned())
            .spawn(look);
        let now = events.now();
        let (preferences, _) = env.read_preferences();
        let programs = programs(env, &now.wall).unwrap_or_default();
        let loaded = programs
            .iter()
            .filter_map(ProgramEntry::program)
            .map(AsRef::as_ref);
        let next = reminder::next(loaded, &preferences.remind_at, &recall(env), &now.wall);
        let wait = next
            .and_then(|next| Duration::try_from(next.duration_since(now.wall.timestamp())).ok());
        let until = now.instant + wait.unwrap_or(LOOK_EVERY).min(LOOK_EVERY);
        while events.now().instant < until {
            match events.next(Some(until)) {
                Input::Hangup if std::mem::replace(&mut ignored, true) => return Ok(Status::Fine),
                _ => {}
            }
        }
    }
}

fn snooze(env: &Env, length: SignedDuration) -> anyhow::Result<Status> {
    let now = terminal::moment().wall;
    let mut memory = recall(env);
    memory.snooze(&now, length);
    remember(env, &memory)?;
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

/// The names of what is put into the system.
const UNIT: &str = "regimen-remind";
const LABEL: &str = "regimen.remind";

/// The words of the command that the system is to run.
fn command(env: &Env) -> anyhow::Result<Vec<String>> {
    let program = env
        .executable
        .clone()
        .context("could not find out where regimen itself is")?;
    let absolute = |path: &Path| std::path::absolute(path).map(|path| path.display().to_string());
    let mut words = vec![program.display().to_string(), "remind".to_owned()];
    for (option, path) in [
        ("--programs", &env.programs),
        ("--database", &env.database),
        ("--settings", &env.preferences),
    ] {
        words.extend([
            option.to_owned(),
            absolute(path).context("could not find out where one is")?,
        ]);
    }
    if words.iter().any(|word| word.contains(['\n', '\r'])) {
        bail!("a path with a line break in it cannot be put into the system");
    }
    Ok(words)
}

fn units(env: &Env) -> [PathBuf; 2] {
    let folder = env.configuration.join("systemd/user");
    [
        folder.join(format!("{UNIT}.service")),
        folder.join(format!("{UNIT}.timer")),
    ]
}

fn agent(env: &Env) -> PathBuf {
    env.home
        .join("Library/LaunchAgents")
        .join(format!("{LABEL}.plist"))
}

/// A word of a command in a systemd unit.
fn systemd_word(word: &str) -> String {
    let word = word
        .replace('\\', "\\\\")
        .replace('"', "\\\"")
        .replace('%', "%%")
        .replace('$', "$$");
    format!("\"{word}\"")
}

/// A word of a command in a shell.
fn shell_word(word: &str) -> String {
    let plain = |c: char| c.is_ascii_alphanumeric() || "/._-=:".contains(c);
    if word.chars().all(plain) {
        word.to_owned()
    } else {
        format!("'{}'", word.replace('\'', "'\\''"))
    }
}

fn install(env: &Env) -> anyhow::Result<Status> {
    let words = command(env)?;
    if cfg!(target_os = "macos") || env.tools.find("launchctl").is_some() {
        install_agent(env, &words)?;
    } else if cfg!(windows) {
        install_task(env, &words)?;
    } else {
        install_timer(env, &words)?;
    }
    let now = terminal::moment().wall;
    let (preferences, _) = env.read_preferences();
    let programs = programs(env, &now)?;
    let silent: Vec<&str> = programs
        .iter()
        .filter_map(ProgramEntry::program)
        .filter(|program| reminder::times(program, &preferences.remind_at).is_empty())
        .map(|program| program.title.as_str())
        .collect();
    if programs.is_empty() {
        print_line(
            "You have no programs yet, so nothing is reminded of; `regimen add FILE` adds one.",
        );
    } else if !silent.is_empty() {
        print_line(&printable(&format!(
            "No time is named for: {}. `regimen settings remind_at 18:00` reminds of them too.",
            silent.join(", ")
        )));
    }
    Ok(Status::Fine)
}

/// Writes a file and says so.
fn put(path: &Path, text: &str) -> anyhow::Result<()> {
    write_file(path, text.as_bytes(), Care::Shared)?;
    print_line(&format!("Wrote {}:\n", shown(path)));
    print_line(
        &text
            .lines()
            .map(|line| format!("    {}", printable(line)))
            .collect::<Vec<_>>()
            .join("\n"),
    );
    print_line("");
    Ok(())
}

/// Runs a command of the system and says so.
fn call(env: &Env, name: &str, arguments: &[&str]) -> anyhow::Result<()> {
    let program = env
        .tools
        .find(name)
        .with_context(|| format!("there is no `{name}` on this machine"))?;
    print_line(&format!("Ran {name} {}", arguments.join(" ")));
    let output =
        tools::run(&program, arguments).with_context(|| format!("could not run {name}"))?;
    if output.status.success() {
        return Ok(());
    }
    let said = String::from_utf8_lossy(&output.stderr).trim().to_owned();
    Err(anyhow!("{name} failed: {}", printable(&said)))
}

fn install_timer(env: &Env, words: &[String]) -> anyhow::Result<()> {
    let by_hand = || {
        let line = words
            .iter()
            .map(|word| shell_word(word))
            .collect::<Vec<_>>()
            .join(" ")
            .replace('%', "\\%");
        format!("run `crontab -e` and add this line instead:\n*/5 * * * * {line}")
    };
    if env.tools.find("systemctl").is_none() {
        bail!(
            "this machine has no systemd to run reminders with; {}",
            by_hand()
        );
    }
    let [service, timer] = units(env);
    let start = words
        .iter()
        .map(|word| systemd_word(word))
        .collect::<Vec<_>>()
        .join(" ");
    put(
        &service,
        &format!(
            "[Unit]\nDescription=Reminders of exercises that are due\n\n\
             [Service]\nType=oneshot\nTimeoutStartSec=10min\nExecStart={start}\n"
        ),
    )?;
    put(
        &timer,
        "[Unit]\nDescription=Looks every five minutes for exercises that are due\n\n\
         [Timer]\nOnCalendar=*:0/5\nAccuracySec=30s\n\n[Install]\nWantedBy=timers.target\n",
    )?;
    let unit = format!("{UNIT}.timer");
    let called = call(env, "systemctl", &["--user", "daemon-reload"])
        .and_then(|()| call(env, "systemctl", &["--user", "enable", "--now", &unit]));
    if let Err(error) = called {
        files::remove(&service)?;
        files::remove(&timer)?;
        bail!("{error:#}; both files are removed again. Or {}", by_hand());
    }
    print_line(
        "Reminders are looked for every five minutes. `regimen remind --uninstall` ends it.",
    );
    Ok(())
}

fn install_agent(env: &Env, words: &[String]) -> anyhow::Result<()> {
    let xml = |word: &str| {
        word.replace('&', "&amp;")
            .replace('<', "&lt;")
            .replace('>', "&gt;")
    };
    let arguments: Vec<String> = words
        .iter()
        .map(|word| format!("        <string>{}</string>", xml(word)))
        .collect();
    let arguments = arguments.join("\n");
    let path = agent(env);
    put(
        &path,
        &format!(
            "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n\
             <!DOCTYPE plist PUBLIC \"-//Apple//DTD PLIST 1.0//EN\" \"http://www.apple.com/DTDs/PropertyList-1.0.dtd\">\n\
             <plist version=\"1.0\">\n<dict>\n    <key>Label</key>\n    <string>{LABEL}</string>\n    \
             <key>ProgramArguments</key>\n    <array>\n{arguments}\n    </array>\n    \
             <key>StartInterval</key>\n    <integer>300</integer>\n</dict>\n</plist>\n"
        ),
    )?;
    let place = path.display().to_string();
    if let Err(error) = call(env, "launchctl", &["load", "-w", &place]) {
        files::remove(&path)?;
        bail!("{error:#}; the file is removed again");
    }
    print_line(
        "Reminders are looked for every five minutes. `regimen remind --uninstall` ends it.",
    );
    Ok(())
}

fn install_task(env: &Env, words: &[String]) -> anyhow::Result<()> {
    let line = words
        .iter()
        .map(|word| format!("\"{word}\""))
        .collect::<Vec<_>>()
        .join(" ");
    call(
        env,
        "schtasks",
        &[
            "/Create", "/F", "/SC", "MINUTE", "/MO", "5", "/TN", UNIT, "/TR", &line,
        ],
    )?;
    print_line(
        "Reminders are looked for every five minutes. `regimen remind --uninstall` ends it.",
    );
    Ok(())
}

fn uninstall(env: &Env) -> anyhow::Result<Status> {
    if cfg!(windows) {
        call(env, "schtasks", &["/Delete", "/F", "/TN", UNIT])?;
        return Ok(Status::Fine);
    }
    let [service, timer] = units(env);
    let agent = agent(env);
    let there: Vec<&PathBuf> = [&timer, &service, &agent]
        .into_iter()
        .filter(|path| path.exists())
        .collect();
    if there.is_empty() {
        print_line("Nothing was installed.");
        return Ok(Status::Fine);
    }
    let place = agent.display().to_string();
    let unit = format!("{UNIT}.timer");
    // What the system does not know any more need not be ended; the files go in any case.
    let ended = if there.contains(&&agent) {
        call(env, "launchctl", &["unload", "-w", &place])
    } else {
        call(env, "systemctl", &["--user", "disable", "--now", &unit])
    };
    for path in &there {
        files::remove(path).with_context(|| format!("could not remove {}", shown(path)))?;
        print_line(&format!("Removed {}", shown(path)));
    }
    if !there.contains(&&agent) {
        let _ = call(env, "systemctl", &["--user", "daemon-reload"]);
    }
    if let Err(error) = ended {
        eprint_line(&format!("regimen: {error:#}"));
    }
    Ok(Status::Fine)
}
