//! Keeps the machine awake and its screen lit through the system's own inhibitors. These end with
//! this process, whatever happens to it.

use std::process::Child;

use crate::tools::{self, Tools};

/// The reason that the system shows to the user.
const WHY: &str = "An exercise session is running";

/// The inhibitors and their arguments. Each lasts as long as the program that it runs. That is
/// `cat`, which ends with its input, which ends with this process. `systemd-inhibit` only prevents
/// sleep on some desktops; the desktops' own inhibitors also keep the screen lit.
const INHIBITORS: [(&str, &[&str]); 3] = [
    (
        "systemd-inhibit",
        &["--what=idle:sleep", "--who=regimen", "--mode=block"],
    ),
    (
        "gnome-session-inhibit",
        &["--inhibit", "idle:suspend", "--app-id", "regimen"],
    ),
    ("kde-inhibit", &["--power", "--screenSaver"]),
];

/// Prevents sleep while a session runs.
#[derive(Debug)]
pub struct SleepInhibitor {
    tools: Tools,
    /// The inhibitors that run.
    held: Vec<Child>,
    /// Inhibitors that were released and have yet to be reaped.
    ended: Vec<Child>,
}

impl SleepInhibitor {
    /// Finds inhibitors among these tools; none runs yet.
    pub fn new(tools: Tools) -> Self {
        Self {
            tools,
            held: Vec::new(),
            ended: Vec::new(),
        }
    }

    /// Prevents sleep, or allows it again.
    pub fn set(&mut self, awake: bool) {
        self.ended
            .retain_mut(|child| matches!(child.try_wait(), Ok(None)));
        if !awake {
            self.release();
        } else if self.held.is_empty() {
            self.hold();
        }
    }

    fn hold(&mut self) {
        if let Some(caffeinate) = self.tools.find("caffeinate") {
            // With `-w` it watches this process and ends with it.
            let process = std::process::id().to_string();
            self.held.extend(tools::start(
                &caffeinate,
                &["-d", "-i", "-w", &process],
                false,
            ));
            return;
        }
        let Some(cat) = self.tools.find("cat") else {
            return;
        };
        for (name, arguments) in INHIBITORS {
            let Some(program) = self.tools.find(name) else {
                continue;
            };
            let mut arguments: Vec<String> = arguments
                .iter()
                .map(|argument| (*argument).to_owned())
                .collect();
            match name {
                "systemd-inhibit" => arguments.push(format!("--why={WHY}")),
                "gnome-session-inhibit" => {
                    arguments.extend(["--reason".to_owned(), WHY.to_owned()]);
                }
                _ => {}
            }
            arguments.push(cat.display().to_string());
            self.held.extend(tools::start(&program, &arguments, true));
        }
    }

    fn release(&mut self) {
        for mut child in self.held.drain(..) {
            // When its input closes, `cat` ends, and the inhibitor with it.
            if child.stdin.take().is_none() {
                let _ = child.kill();
            }
            if let Ok(None) = child.try_wait() {
                self.ended.push(child);
            }
        }
    }
}

impl Drop for SleepInhibitor {
    fn drop(&mut self) {
        self.release();
    }
}
