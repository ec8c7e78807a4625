//! What is around the terminal, on this machine: sound, pop-ups, sleep, the file of settings. Puts
//! the edges together; knows nothing of sessions.

use std::path::PathBuf;
use std::sync::mpsc::Sender;

use crate::app::{Alert, Notice};
use crate::awake::Awake;
use crate::event_loop::Surroundings;
use crate::events::Input;
use crate::folder;
use crate::notify::Notifier;
use crate::preferences::{self, Key, Preferences};
use crate::sound::Sound;
use crate::tools::Tools;

/// This machine.
#[derive(Debug)]
pub struct Machine {
    sound: Sound,
    awake: Awake,
    /// Begun with the first pop-up.
    notifier: Option<Notifier>,
    settings: PathBuf,
    reports: Sender<Input>,
}

impl Machine {
    /// With these tools, a folder to keep tones in, and a file of settings; what is missing is
    /// reported.
    pub fn new(
        tools: Tools,
        tones: PathBuf,
        settings: PathBuf,
        preferences: Preferences,
        reports: Sender<Input>,
    ) -> Self {
        let sound = Sound::new(tools.clone(), tones, preferences, reports.clone());
        Self {
            sound,
            awake: Awake::new(tools),
            notifier: None,
            settings,
            reports,
        }
    }
}

impl Surroundings for Machine {
    fn alert(&mut self, alert: &Alert) -> bool {
        self.sound.alert(alert)
    }

    fn hush(&mut self) {
        self.sound.hush();
    }

    fn notify(&mut self, notice: &Notice) {
        let reports = &self.reports;
        self.notifier
            .get_or_insert_with(|| Notifier::new(reports.clone()))
            .show(notice);
    }

    fn stay_awake(&mut self, awake: bool) {
        self.awake.set(awake);
    }

    fn keep(&mut self, preferences: &Preferences, key: Key) -> Option<String> {
        self.sound.set(preferences);
        folder::keep_setting(&self.settings, preferences, key).err()
    }
}

/// Nothing is around: what is written is all there is.
#[derive(Debug, Clone, Copy)]
pub struct Nothing;

impl Surroundings for Nothing {
    fn alert(&mut self, _alert: &Alert) -> bool {
        false
    }

    fn hush(&mut self) {}

    fn notify(&mut self, _notice: &Notice) {}

    fn stay_awake(&mut self, _awake: bool) {}

    fn keep(&mut self, _preferences: &Preferences, _key: preferences::Key) -> Option<String> {
        None
    }
}
