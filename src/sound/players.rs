//! The programs that play tones. One that fails or hangs once isn't used again.

use std::collections::VecDeque;
use std::ffi::OsStr;
use std::io;
use std::path::{Path, PathBuf};
use std::process::Child;
use std::time::Duration;

use super::POWERSHELL;
use super::child::{BoundedChild, Exit, fails_within};
use crate::tools::{self, Tools};

/// How soon a player ends that can't play. Only a player that is not proved is watched for it.
const FAILS_WITHIN: Duration = Duration::from_millis(250);
/// A player that still runs this long after its tone hangs.
const HANGS_AFTER: Duration = Duration::from_secs(5);

/// The players and their arguments before the file, best first: those that can play two tones at
/// once.
const PLAYERS: [(&str, &[&str]); 6] = [
    ("pw-play", &[]),
    ("paplay", &["--client-name=regimen"]),
    ("afplay", &[]),
    ("aplay", &["-q"]),
    ("play", &["-q"]),
    ("ffplay", &["-nodisp", "-autoexit", "-loglevel", "quiet"]),
];

/// A program that plays a file.
#[derive(Debug, Clone)]
pub(super) struct Player {
    pub(super) name: &'static str,
    program: PathBuf,
    arguments: &'static [&'static str],
}

impl Player {
    fn start(&self, file: &Path) -> io::Result<Child> {
        if self.name == POWERSHELL {
            let file = file.display().to_string().replace('\'', "''");
            let script = format!("(New-Object Media.SoundPlayer '{file}').PlaySync()");
            return tools::start(&self.program, &["-NoProfile", "-Command", &script], false);
        }
        let mut arguments: Vec<&OsStr> = self.arguments.iter().map(OsStr::new).collect();
        arguments.push(file.as_os_str());
        tools::start(&self.program, &arguments, false)
    }
}

/// Returns the players on this machine, best first.
pub(super) fn find(tools: &Tools) -> VecDeque<Player> {
    let known = PLAYERS.iter().filter_map(|(name, arguments)| {
        Some(Player {
            name,
            program: tools.find(name)?,
            arguments,
        })
    });
    let windows = tools.find(POWERSHELL).filter(|_| cfg!(windows));
    known
        .chain(windows.map(|program| Player {
            name: POWERSHELL,
            program,
            arguments: &[],
        }))
        .collect()
}

/// The players that have not failed, and what they play.
pub(super) struct Players {
    /// Best first; the first one is used.
    left: VecDeque<Player>,
    /// Whether the first one has been seen to play.
    is_proved: bool,
    /// What plays now, with the names of its players.
    playing: Vec<(BoundedChild, &'static str)>,
}

impl Players {
    pub(super) fn new(tools: &Tools) -> Self {
        Self {
            left: find(tools),
            is_proved: false,
            playing: Vec::new(),
        }
    }

    /// Plays a file that takes some time. Returns false if no player is left that can.
    pub(super) fn play(&mut self, file: &Path, length: Duration) -> bool {
        while let Some(player) = self.left.front() {
            let started = player.start(file);
            if let Ok(mut child) = started
                && (self.is_proved || !fails_within(&mut child, FAILS_WITHIN))
            {
                self.is_proved = true;
                let child = BoundedChild::new(child, length + HANGS_AFTER);
                self.playing.push((child, player.name));
                return true;
            }
            self.left.pop_front();
        }
        false
    }

    pub(super) fn is_playing(&self) -> bool {
        !self.playing.is_empty()
    }

    /// Looks for players that have ended. Returns false if one failed and none is left.
    pub(super) fn reap(&mut self) -> bool {
        let mut failed = Vec::new();
        self.playing.retain_mut(|(child, name)| {
            let exit = child.poll();
            if exit.is_some_and(|exit| exit != Exit::Succeeded) {
                failed.push(*name);
            }
            exit.is_none()
        });
        for name in &failed {
            // A player that failed or hung isn't used again; the next one has yet to prove itself.
            if self.left.front().is_some_and(|first| first.name == *name) {
                self.left.pop_front();
                self.is_proved = false;
            }
        }
        failed.is_empty() || !self.left.is_empty()
    }
}
