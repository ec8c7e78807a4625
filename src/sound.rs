//! Tones, voice and the patient's own command, through the programs that the system has. All of
//! them run from a thread of their own, so that whatever hangs or fails can't delay a session.

mod child;
mod players;
mod speakers;
mod worker;

use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{Sender, SyncSender, sync_channel};
use std::thread;

use thiserror::Error;

use self::worker::Worker;
use crate::effect::Alert;
use crate::events::Input;
use crate::preferences::Preferences;
use crate::tools::Tools;

/// How many alerts may wait. More are dropped, since they would be heard too late.
const WAITING: usize = 16;

/// The shell of Windows, which plays and speaks.
const POWERSHELL: &str = "powershell";

/// Returns the names of the players and of the speakers on this machine, best first.
pub(crate) fn found(tools: &Tools) -> (Vec<&'static str>, Vec<&'static str>) {
    let players = players::find(tools).into_iter();
    let speakers = speakers::find(tools).into_iter();
    (
        players.map(|player| player.name).collect(),
        speakers.map(|(name, _)| name).collect(),
    )
}

/// What can't be heard and why, in words for the patient.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
enum SoundError {
    #[error(
        "No tones: using the terminal bell and a screen flash instead. {why}.{voice}",
        voice = if *.no_voice { " No voice was found, either (spd-say or espeak-ng)." } else { "" }
    )]
    Tones { why: NoTones, no_voice: bool },
    #[error("No voice was found (spd-say or espeak-ng), so you will hear tones only.")]
    Voice,
    #[error("The command in the setting on_alert could not be run: {0}")]
    Command(String),
}

/// Why there are no tones.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
enum NoTones {
    #[error("The tones could not be written to disk")]
    NotWritten,
    #[error("No player was found (pw-play, paplay or aplay)")]
    WithoutPlayer,
    #[error("The sound system doesn't respond")]
    NotResponding,
}

impl SoundError {
    /// Reports it, to be shown in the session.
    fn report(&self, reports: &Sender<Input>) {
        let _ = reports.send(Input::Missing {
            what: self.to_string(),
            tones: matches!(self, Self::Tones { .. }),
        });
    }
}

/// What the thread is asked to do.
enum Job {
    Alert(Alert),
    Preferences(Box<Preferences>),
    Hush,
}

/// The sounds of this machine. The thread starts with the first of them.
#[derive(Debug)]
pub struct Sound {
    tools: Tools,
    folder: PathBuf,
    preferences: Preferences,
    reports: Sender<Input>,
    jobs: Option<SyncSender<Job>>,
    /// Whether it turned out that no tone can be played.
    silent: Arc<AtomicBool>,
}

impl Sound {
    /// Makes sounds with these tools and keeps tones as files in a folder. Whatever is missing is
    /// reported once.
    pub fn new(
        tools: Tools,
        folder: PathBuf,
        preferences: Preferences,
        reports: Sender<Input>,
    ) -> Self {
        Self {
            tools,
            folder,
            preferences,
            reports,
            jobs: None,
            silent: Arc::new(AtomicBool::new(false)),
        }
    }

    /// Returns the queue of the thread, which is started if it doesn't run yet.
    fn jobs(&mut self) -> &SyncSender<Job> {
        let Self {
            tools,
            folder,
            preferences,
            reports,
            jobs,
            silent,
        } = self;
        jobs.get_or_insert_with(|| {
            let (jobs, queue) = sync_channel(WAITING);
            let (tools, folder, preferences) = (tools.clone(), folder.clone(), preferences.clone());
            let (reports, quiet) = (reports.clone(), Arc::clone(silent));
            let run = move || Worker::new(tools, folder, preferences, reports, quiet).run(&queue);
            let thread = thread::Builder::new().name("sound".to_owned());
            // Without a thread there is no sound, and the terminal bell is used instead.
            if thread.spawn(run).is_err() {
                silent.store(true, Ordering::Relaxed);
            }
            jobs
        })
    }

    /// Queues an alert. Returns false if no tone can be played for it.
    pub fn alert(&mut self, alert: &Alert) -> bool {
        let taken = self.jobs().try_send(Job::Alert(alert.clone())).is_ok();
        // A patient who turned tones off doesn't want the bell either.
        !self.preferences.tones || taken && !self.silent.load(Ordering::Relaxed)
    }

    /// Uses these settings from the next alert on.
    pub fn set(&mut self, preferences: &Preferences) {
        self.preferences = preferences.clone();
        if let Some(jobs) = &self.jobs {
            let _ = jobs.try_send(Job::Preferences(Box::new(preferences.clone())));
        }
    }

    /// Stops the voice.
    pub fn hush(&mut self) {
        if let Some(jobs) = &self.jobs {
            let _ = jobs.try_send(Job::Hush);
        }
    }
}
