//! Keeps the machine awake and its screen lit, through the system's own inhibitors, which end with
//! this process whatever happens to it. Knows nothing of why.

use std::process::Child;

use crate::tools::{self, Tools};

/// What is named as the reason.
const WHY: &str = "An exercise session is running";

/// The inhibitors, each of which holds as long as the program that it runs; `cat` ends when its
/// input does, which is when we do. The desktop's own keep the screen from going dark where the
/// system's one only keeps the machine from sleeping.
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

/// Holds sleep off while it is wanted.
#[derive(Debug)]
pub struct SleepInhibitor {
    tools: Tools,
    held: Vec<Child>,
    ended: Vec<Child>,
}

impl SleepInhibitor {
    /// Nothing is held off yet.
    pub fn new(tools: Tools) -> Self {
        Self {
            tools,
            held: Vec::new(),
            ended: Vec::new(),
        }
    }

    /// Holds sleep off, or lets it come.
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
            // It watches this process and ends with it.
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
            // Without its input the inner program ends, and the inhibitor with it.
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
