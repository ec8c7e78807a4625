//! `regimen remind`: tells what is due now, once; and lets the machine run it by itself. Knows
//! nothing of how what is due is found.

use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use anyhow::{Context, anyhow, bail};
use jiff::{SignedDuration, Zoned};

use crate::app::{Listed, Notice, signs};
use crate::commands::records::known;
use crate::commands::{Settings, Verdict, complain, say, shown, write_file};
use crate::events::{Events, Input};
use crate::files::{self, Care};
use crate::folder;
use crate::notify::{self, Answer};
use crate::prescription::Past;
use crate::program::Program;
use crate::reminder::{self, Memory, Reminder};
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
pub enum Wish {
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
pub fn remind(settings: &Settings, wish: Wish) -> anyhow::Result<Verdict> {
    match wish {
        Wish::Once => once(
            settings,
            if terminal::is_interactive() {
                Duration::ZERO
            } else {
                PATIENCE
            },
        ),
        Wish::Watch => watch(settings),
        Wish::Snooze(minutes) => snooze(settings, SignedDuration::from_mins(minutes.into())),
        Wish::Install => install(settings),
        Wish::Uninstall => uninstall(settings),
    }
}

/// The patient's programs that can be played.
fn programs(settings: &Settings, now: &Zoned) -> anyhow::Result<Vec<Listed>> {
    let parsed = folder::programs(&settings.programs, now.date())
        .with_context(|| format!("could not read the folder {}", shown(&settings.programs)))?;
    Ok(parsed
        .into_iter()
        .map(Listed::new)
        .filter(|listed| listed.program().is_some())
        .collect())
}

fn memory_file(settings: &Settings) -> PathBuf {
    settings.database.with_file_name("reminders.json")
}

fn recall(settings: &Settings) -> Memory {
    // What cannot be read was told to nobody; telling twice is better than never.
    folder::settings_text(&memory_file(settings))
        .ok()
        .and_then(|text| serde_json::from_str(&text).ok())
        .unwrap_or_default()
}

fn remember(settings: &Settings, memory: &Memory) -> anyhow::Result<()> {
    let file = memory_file(settings);
    let text = serde_json::to_string_pretty(memory).context("could not write JSON")?;
    write_file(&file, text.as_bytes(), Care::Private)
}

/// What is to be told now.
fn due(settings: &Settings, now: &Zoned, memory: &Memory) -> anyhow::Result<Vec<Reminder>> {
    let (preferences, _) = settings.read_preferences();
    let programs = programs(settings, now)?;
    if programs.is_empty() {
        return Ok(Vec::new());
    }
    let playable = || {
        programs
            .iter()
            .filter_map(Listed::program)
            .map(AsRef::as_ref)
    };
    let (histories, choices, signs) = known(settings, playable(), now)?;
    // Nobody is reminded of a program whose stop sign they have.
    let signs = signs::open(&signs, &programs);
    let week_begins = preferences.week_begins;
    let past = Past {
        histories: &histories,
        choices: &choices,
        signs: &signs,
        week_begins,
    };
    let of = |program: &Program| reminder::due(program, past, &preferences.remind_at, memory, now);
    Ok(playable().filter_map(of).collect())
}

fn once(settings: &Settings, patience: Duration) -> anyhow::Result<Verdict> {
    let now = terminal::moment().wall;
    let mut memory = recall(settings);
    let reminders = due(settings, &now, &memory)?;
    let Some((title, text)) = reminder::words(&reminders) else {
        return Ok(Verdict::Fine);
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
    let noted = remember(settings, &memory);
    let notice = Notice {
        title: title.clone(),
        text: text.clone(),
    };
    match notify::remind(&notice, "In 30 minutes", patience) {
        Answer::Shown => {}
        Answer::Later => {
            memory.snooze(&terminal::moment().wall, LATER);
            remember(settings, &memory)?;
        }
        Answer::Failed => {
            remember(settings, &before)?;
            let words = printable(&format!("{title}. {text}")).into_owned();
            bail!("{words}\nThis could not be shown as a pop-up: no notification service answers");
        }
    }
    if terminal::is_interactive() {
        say(&printable(&format!("{title}. {text}")));
    }
    // Told again and again is better than never told.
    noted.map(|()| Verdict::Fine)
}

fn watch(settings: &Settings) -> anyhow::Result<Verdict> {
    let mut events = TerminalEvents::lines().context("could not listen to the keyboard")?;
    let mut ignored = terminal::is_interactive();
    say("Reminding until Ctrl-C.");
    let told = Arc::new(Mutex::new(String::new()));
    loop {
        // The button is waited for elsewhere, so that Ctrl-C ends at once. One that fails must not
        // end those to come; it is told once.
        let (settings_there, told) = (settings.clone(), Arc::clone(&told));
        let look = move || {
            if let Err(error) = once(&settings_there, PATIENCE)
                && let Ok(mut told) = told.lock()
            {
                let error = format!("{error:#}");
                if error != *told {
                    complain(&format!("regimen: {error}"));
                }
                *told = error;
            }
        };
        let _ = std::thread::Builder::new()
            .name("remind".to_owned())
            .spawn(look);
        let now = events.now();
        let (preferences, _) = settings.read_preferences();
        let programs = programs(settings, &now.wall).unwrap_or_default();
        let playable = programs
            .iter()
            .filter_map(Listed::program)
            .map(AsRef::as_ref);
        let next = reminder::next(
            playable,
            &preferences.remind_at,
            &recall(settings),
            &now.wall,
        );
        let wait = next
            .and_then(|next| Duration::try_from(next.duration_since(now.wall.timestamp())).ok());
        let until = now.instant + wait.unwrap_or(LOOK_EVERY).min(LOOK_EVERY);
        while events.now().instant < until {
            match events.next(Some(until)) {
                Input::Hangup if std::mem::replace(&mut ignored, true) => return Ok(Verdict::Fine),
                _ => {}
            }
        }
    }
}

fn snooze(settings: &Settings, length: SignedDuration) -> anyhow::Result<Verdict> {
    let now = terminal::moment().wall;
    let mut memory = recall(settings);
    memory.snooze(&now, length);
    remember(settings, &memory)?;
    let until = memory.snoozed_until.map_or_else(
        || now.clone(),
        |until| until.to_zoned(now.time_zone().clone()),
    );
    let format = if until.date() == now.date() {
        "%H:%M"
    } else {
        "%A %-d %B, %H:%M"
    };
    say(&format!("No reminder before {}.", until.strftime(format)));
    Ok(Verdict::Fine)
}

/// The names of what is put into the system.
const UNIT: &str = "regimen-remind";
const LABEL: &str = "regimen.remind";

/// The words of the command that the system is to run.
fn command(settings: &Settings) -> anyhow::Result<Vec<String>> {
    let program = settings
        .executable
        .clone()
        .context("could not find out where regimen itself is")?;
    let absolute = |path: &Path| std::path::absolute(path).map(|path| path.display().to_string());
    let mut words = vec![program.display().to_string(), "remind".to_owned()];
    for (option, path) in [
        ("--programs", &settings.programs),
        ("--database", &settings.database),
        ("--settings", &settings.preferences),
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

fn units(settings: &Settings) -> [PathBuf; 2] {
    let folder = settings.configuration.join("systemd/user");
    [
        folder.join(format!("{UNIT}.service")),
        folder.join(format!("{UNIT}.timer")),
    ]
}

fn agent(settings: &Settings) -> PathBuf {
    settings
        .home
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

fn install(settings: &Settings) -> anyhow::Result<Verdict> {
    let words = command(settings)?;
    if cfg!(target_os = "macos") || settings.tools.find("launchctl").is_some() {
        install_agent(settings, &words)?;
    } else if cfg!(windows) {
        install_task(settings, &words)?;
    } else {
        install_timer(settings, &words)?;
    }
    let now = terminal::moment().wall;
    let (preferences, _) = settings.read_preferences();
    let programs = programs(settings, &now)?;
    let silent: Vec<&str> = programs
        .iter()
        .filter_map(Listed::program)
        .filter(|program| reminder::times(program, &preferences.remind_at).is_empty())
        .map(|program| program.title.as_str())
        .collect();
    if programs.is_empty() {
        say("You have no programs yet, so nothing is reminded of; `regimen add FILE` adds one.");
    } else if !silent.is_empty() {
        say(&printable(&format!(
            "No time is named for: {}. `regimen settings remind_at 18:00` reminds of them too.",
            silent.join(", ")
        )));
    }
    Ok(Verdict::Fine)
}

/// Writes a file and says so.
fn put(path: &Path, text: &str) -> anyhow::Result<()> {
    write_file(path, text.as_bytes(), Care::Shared)?;
    say(&format!("Wrote {}:\n", shown(path)));
    say(&text
        .lines()
        .map(|line| format!("    {}", printable(line)))
        .collect::<Vec<_>>()
        .join("\n"));
    say("");
    Ok(())
}

/// Runs a command of the system and says so.
fn call(settings: &Settings, name: &str, arguments: &[&str]) -> anyhow::Result<()> {
    let program = settings
        .tools
        .find(name)
        .with_context(|| format!("there is no `{name}` on this machine"))?;
    say(&format!("Ran {name} {}", arguments.join(" ")));
    let output =
        tools::run(&program, arguments).with_context(|| format!("could not run {name}"))?;
    if output.status.success() {
        return Ok(());
    }
    let said = String::from_utf8_lossy(&output.stderr).trim().to_owned();
    Err(anyhow!("{name} failed: {}", printable(&said)))
}

fn install_timer(settings: &Settings, words: &[String]) -> anyhow::Result<()> {
    let by_hand = || {
        let line = words
            .iter()
            .map(|word| shell_word(word))
            .collect::<Vec<_>>()
            .join(" ")
            .replace('%', "\\%");
        format!("run `crontab -e` and add this line instead:\n*/5 * * * * {line}")
    };
    if settings.tools.find("systemctl").is_none() {
        bail!(
            "this machine has no systemd to run reminders with; {}",
            by_hand()
        );
    }
    let [service, timer] = units(settings);
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
    let called = call(settings, "systemctl", &["--user", "daemon-reload"])
        .and_then(|()| call(settings, "systemctl", &["--user", "enable", "--now", &unit]));
    if let Err(error) = called {
        files::remove(&service)?;
        files::remove(&timer)?;
        bail!("{error:#}; both files are removed again. Or {}", by_hand());
    }
    say("Reminders are looked for every five minutes. `regimen remind --uninstall` ends it.");
    Ok(())
}

fn install_agent(settings: &Settings, words: &[String]) -> anyhow::Result<()> {
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
    let path = agent(settings);
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
    if let Err(error) = call(settings, "launchctl", &["load", "-w", &place]) {
        files::remove(&path)?;
        bail!("{error:#}; the file is removed again");
    }
    say("Reminders are looked for every five minutes. `regimen remind --uninstall` ends it.");
    Ok(())
}

fn install_task(settings: &Settings, words: &[String]) -> anyhow::Result<()> {
    let line = words
        .iter()
        .map(|word| format!("\"{word}\""))
        .collect::<Vec<_>>()
        .join(" ");
    call(
        settings,
        "schtasks",
        &[
            "/Create", "/F", "/SC", "MINUTE", "/MO", "5", "/TN", UNIT, "/TR", &line,
        ],
    )?;
    say("Reminders are looked for every five minutes. `regimen remind --uninstall` ends it.");
    Ok(())
}

fn uninstall(settings: &Settings) -> anyhow::Result<Verdict> {
    if cfg!(windows) {
        call(settings, "schtasks", &["/Delete", "/F", "/TN", UNIT])?;
        return Ok(Verdict::Fine);
    }
    let [service, timer] = units(settings);
    let agent = agent(settings);
    let there: Vec<&PathBuf> = [&timer, &service, &agent]
        .into_iter()
        .filter(|path| path.exists())
        .collect();
    if there.is_empty() {
        say("Nothing was installed.");
        return Ok(Verdict::Fine);
    }
    let place = agent.display().to_string();
    let unit = format!("{UNIT}.timer");
    // What the system does not know any more need not be ended; the files go in any case.
    let ended = if there.contains(&&agent) {
        call(settings, "launchctl", &["unload", "-w", &place])
    } else {
        call(
            settings,
            "systemctl",
            &["--user", "disable", "--now", &unit],
        )
    };
    for path in &there {
        files::remove(path).with_context(|| format!("could not remove {}", shown(path)))?;
        say(&format!("Removed {}", shown(path)));
    }
    if !there.contains(&&agent) {
        let _ = call(settings, "systemctl", &["--user", "daemon-reload"]);
    }
    if let Err(error) = ended {
        complain(&format!("regimen: {error:#}"));
    }
    Ok(Verdict::Fine)
}
