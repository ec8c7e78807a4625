//! What is around the terminal, on this machine: sound, pop-ups, sleep, the file of settings. Puts
//! the edges together; knows nothing of sessions.

use std::path::PathBuf;
use std::sync::mpsc::Sender;

use crate::awake::SleepInhibitor;
use crate::effect::{Alert, DesktopNotification};
use crate::event_loop::Device;
use crate::events::Input;
use crate::folder;
use crate::notify::Notifier;
use crate::preferences::{self, Preferences, SettingKey};
use crate::sound::Sound;
use crate::tools::Tools;

/// This machine.
#[derive(Debug)]
pub struct SystemDevice {
    sound: Sound,
    awake: SleepInhibitor,
    /// Begun with the first pop-up.
    notifier: Option<Notifier>,
    settings: PathBuf,
    reports: Sender<Input>,
}

impl SystemDevice {
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
        folder::keep_setting(&self.settings, preferences, key).err()
    }
}

/// Nothing is around: what is written is all there is.
#[derive(Debug, Clone, Copy)]
pub struct Nothing;

impl Device for Nothing {
    fn alert(&mut self, _alert: &Alert) -> bool {
        false
    }

    fn stop_speech(&mut self) {}

    fn notify(&mut self, _notice: &DesktopNotification) {}

    fn inhibit_sleep(&mut self, _awake: bool) {}

    fn save_preference(
        &mut self,
        _preferences: &Preferences,
        _key: preferences::SettingKey,
    ) -> Option<String> {
        None
    }
}
