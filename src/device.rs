//! The parts of this machine that a session uses besides the terminal: sound, desktop
//! notifications, sleep and the settings file.

use std::path::PathBuf;
use std::sync::mpsc::Sender;

use crate::awake::SleepInhibitor;
use crate::effect::{Alert, DesktopNotification};
use crate::event_loop::Device;
use crate::events::Input;
use crate::folder;
use crate::notify::Notifier;
use crate::preferences::{Preferences, SettingKey};
use crate::sound::Sound;
use crate::tools::Tools;

/// The device of this machine.
#[derive(Debug)]
pub struct SystemDevice {
    sound: Sound,
    awake: SleepInhibitor,
    /// Started with the first notification.
    notifier: Option<Notifier>,
    settings: PathBuf,
    reports: Sender<Input>,
}

impl SystemDevice {
    /// Uses these tools, keeps tones as files in the folder `tones`, and writes settings to a file.
    /// Whatever is missing is reported.
    pub(crate) fn new(
        tools: Tools,
        tones: PathBuf,
        settings: PathBuf,
        preferences: Preferences,
        reports: Sender<Input>,
    ) -> Self {
        let sound = Sound::new(tools.clone(), tones, preferences, reports.clone());
        Self {
            sound,
            awake: SleepInhibitor::new(tools),
            notifier: None,
            settings,
            reports,
        }
    }
}

impl Device for SystemDevice {
    fn alert(&mut self, alert: &Alert) -> bool {
        self.sound.alert(alert)
    }

    fn stop_speech(&mut self) {
        self.sound.hush();
    }

    fn notify(&mut self, notice: &DesktopNotification) {
        let reports = &self.reports;
        self.notifier
            .get_or_insert_with(|| Notifier::new(reports.clone()))
            .show(notice);
    }

    fn inhibit_sleep(&mut self, awake: bool) {
        self.awake.set(awake);
    }

    fn save_preference(&mut self, preferences: &Preferences, key: SettingKey) -> Option<String> {
        self.sound.set(preferences);
        let saved = folder::keep_setting(&self.settings, preferences, key);
        saved.err().map(|error| error.to_string())
    }
}
