//! Sets up the system to run `regimen remind` every five minutes: a timer of systemd, an agent of
//! launchd on macOS, a scheduled task on Windows. Prints everything it writes and runs.

use std::path::{Path, PathBuf};

use anyhow::{Context, anyhow, bail};

use super::{playable_programs, programs_of};
use crate::commands::{Env, Status, eprint_line, print_line, shown, write_file};
use crate::files::{self, Care};
use crate::reminder;
use crate::source::printable;
use crate::terminal;
use crate::tools;

/// The name of the systemd units and of the Windows task.
const UNIT: &str = "regimen-remind";
/// The name of the launchd agent.
const LABEL: &str = "regimen.remind";

/// Sets up the system, and warns if no program has a time to be reminded at.
pub(super) fn install(env: &Env) -> anyhow::Result<Status> {
    let words = remind_command(env)?;
    if cfg!(target_os = "macos") || env.tools.find("launchctl").is_some() {
        install_agent(env, &words)?;
    } else if cfg!(windows) {
        install_task(env, &words)?;
    } else {
        install_timer(env, &words)?;
    }
    print_line(
        "The system now checks every five minutes. `regimen remind --uninstall` takes that back.",
    );
    warn_about_silence(env)
}

/// Prints which programs have no time to be reminded at.
fn warn_about_silence(env: &Env) -> anyhow::Result<Status> {
    let now = terminal::moment().wall;
    let (preferences, _) = env.read_preferences();
    let entries = playable_programs(env, &now)?;
    let silent: Vec<&str> = programs_of(&entries)
        .filter(|program| reminder::times(program, &preferences.remind_at).is_empty())
        .map(|program| program.title.as_str())
        .collect();
    if entries.is_empty() {
        print_line(
            "You have no programs yet, so there is nothing to remind you of; `regimen add FILE` \
             adds one.",
        );
    } else if !silent.is_empty() {
        print_line(&printable(&format!(
            "These programs have no reminder time: {}. `regimen settings remind_at 18:00` sets \
             one for them.",
            silent.join(", ")
        )));
    }
    Ok(Status::Fine)
}

/// Returns the words of the command that the system runs, with absolute paths.
fn remind_command(env: &Env) -> anyhow::Result<Vec<String>> {
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
            absolute(path).with_context(|| format!("could not find the path of {option}"))?,
        ]);
    }
    if words.iter().any(|word| word.contains(['\n', '\r'])) {
        bail!("a path with a line break can't be given to the system; rename it");
    }
    Ok(words)
}

/// Returns the paths of the systemd service and timer.
fn unit_paths(env: &Env) -> [PathBuf; 2] {
    let folder = env.configuration.join("systemd/user");
    [
        folder.join(format!("{UNIT}.service")),
        folder.join(format!("{UNIT}.timer")),
    ]
}

/// Returns the path of the launchd agent.
fn agent_path(env: &Env) -> PathBuf {
    env.home
        .join("Library/LaunchAgents")
        .join(format!("{LABEL}.plist"))
}

/// Quotes a word of a command in a systemd unit.
fn quote_for_systemd(word: &str) -> String {
    let word = word
        .replace('\\', "\\\\")
        .replace('"', "\\\"")
        .replace('%', "%%")
        .replace('$', "$$");
    format!("\"{word}\"")
}

/// Quotes a word of a command for a shell, if it needs quotes.
fn quote_for_shell(word: &str) -> String {
    let plain = |c: char| c.is_ascii_alphanumeric() || "/._-=:".contains(c);
    if word.chars().all(plain) {
        word.to_owned()
    } else {
        format!("'{}'", word.replace('\'', "'\\''"))
    }
}

/// Joins the words of a command, each quoted.
fn join_quoted(words: &[String], quote: impl Fn(&str) -> String) -> String {
    words
        .iter()
        .map(|word| quote(word))
        .collect::<Vec<_>>()
        .join(" ")
}

/// Writes a file and prints it.
fn write_shown(path: &Path, text: &str) -> anyhow::Result<()> {
    write_file(path, text.as_bytes(), Care::Shared)?;
    let lines: Vec<String> = text
        .lines()
        .map(|line| format!("    {}", printable(line)))
        .collect();
    print_line(&format!("Wrote {}:\n\n{}\n", shown(path), lines.join("\n")));
    Ok(())
}

/// Runs a program of the system and prints the command.
fn run_shown(env: &Env, name: &str, arguments: &[&str]) -> anyhow::Result<()> {
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

/// Installs a systemd timer. If that fails, the error has the line for cron.
fn install_timer(env: &Env, words: &[String]) -> anyhow::Result<()> {
    let cron = || {
        // In a crontab a bare % ends the command.
        let line = join_quoted(words, quote_for_shell).replace('%', "\\%");
        format!("run `crontab -e` and add this line instead:\n*/5 * * * * {line}")
    };
    if env.tools.find("systemctl").is_none() {
        bail!("this machine has no systemd to run reminders; {}", cron());
    }
    let [service, timer] = unit_paths(env);
    let start = join_quoted(words, quote_for_systemd);
    write_shown(
        &service,
        &format!(
            "[Unit]\nDescription=Reminders of exercises that are due\n\n\
             [Service]\nType=oneshot\nTimeoutStartSec=10min\nExecStart={start}\n"
        ),
    )?;
    write_shown(
        &timer,
        "[Unit]\nDescription=Looks every five minutes for exercises that are due\n\n\
         [Timer]\nOnCalendar=*:0/5\nAccuracySec=30s\n\n[Install]\nWantedBy=timers.target\n",
    )?;
    let unit = format!("{UNIT}.timer");
    let started = run_shown(env, "systemctl", &["--user", "daemon-reload"])
        .and_then(|()| run_shown(env, "systemctl", &["--user", "enable", "--now", &unit]));
    if let Err(error) = started {
        files::remove(&service)?;
        files::remove(&timer)?;
        bail!("{error:#}; both files were removed again. Or {}", cron());
    }
    Ok(())
}

/// Installs a launchd agent.
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
    let path = agent_path(env);
    write_shown(
        &path,
        &format!(
            "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n\
             <!DOCTYPE plist PUBLIC \"-//Apple//DTD PLIST 1.0//EN\" \
             \"http://www.apple.com/DTDs/PropertyList-1.0.dtd\">\n\
             <plist version=\"1.0\">\n<dict>\n    <key>Label</key>\n    \
             <string>{LABEL}</string>\n    \
             <key>ProgramArguments</key>\n    <array>\n{arguments}\n    </array>\n    \
             <key>StartInterval</key>\n    <integer>300</integer>\n</dict>\n</plist>\n"
        ),
    )?;
    let agent = path.display().to_string();
    if let Err(error) = run_shown(env, "launchctl", &["load", "-w", &agent]) {
        files::remove(&path)?;
        bail!("{error:#}; the file was removed again");
    }
    Ok(())
}

/// Installs a scheduled task of Windows.
fn install_task(env: &Env, words: &[String]) -> anyhow::Result<()> {
    let line = join_quoted(words, |word| format!("\"{word}\""));
    run_shown(
        env,
        "schtasks",
        &[
            "/Create", "/F", "/SC", "MINUTE", "/MO", "5", "/TN", UNIT, "/TR", &line,
        ],
    )
}

/// Takes back what `install` set up.
pub(super) fn uninstall(env: &Env) -> anyhow::Result<Status> {
    if cfg!(windows) {
        run_shown(env, "schtasks", &["/Delete", "/F", "/TN", UNIT])?;
        return Ok(Status::Fine);
    }
    let [service, timer] = unit_paths(env);
    let agent = agent_path(env);
    let installed: Vec<&PathBuf> = [&timer, &service, &agent]
        .into_iter()
        .filter(|path| path.exists())
        .collect();
    if installed.is_empty() {
        print_line("Nothing was installed.");
        return Ok(Status::Fine);
    }
    let is_agent = installed.contains(&&agent);
    // If the system has forgotten it already, this fails; the files are removed in any case.
    let stopped = if is_agent {
        let agent = agent.display().to_string();
        run_shown(env, "launchctl", &["unload", "-w", &agent])
    } else {
        let unit = format!("{UNIT}.timer");
        run_shown(env, "systemctl", &["--user", "disable", "--now", &unit])
    };
    for path in &installed {
        files::remove(path).with_context(|| format!("could not remove {}", shown(path)))?;
        print_line(&format!("Removed {}", shown(path)));
    }
    if !is_agent {
        let _ = run_shown(env, "systemctl", &["--user", "daemon-reload"]);
    }
    if let Err(error) = stopped {
        eprint_line(&format!("regimen: {error:#}"));
    }
    Ok(Status::Fine)
}
