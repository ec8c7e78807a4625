//! The values of settings as the settings file writes them.

use jiff::civil::Time;

use super::{Figures, Flash, Preferences, Setting, SettingKey, SettingKind, Voice, WeekBegins};
use crate::program::notation::read_time;

/// How much one step changes the volume.
const VOLUME_STEP: u8 = 10;

impl Preferences {
    /// Returns the value of a setting as the settings file writes it.
    pub fn get(&self, key: SettingKey) -> String {
        let word = match key {
            SettingKey::Volume => return self.volume.to_string(),
            SettingKey::RemindAt => {
                let time = |time: &Time| time.strftime("%H:%M").to_string();
                return words_or_off(&self.remind_at.iter().map(time).collect::<Vec<_>>());
            }
            SettingKey::OnAlert => return words_or_off(&self.on_alert),
            SettingKey::Tones => switch(self.tones),
            SettingKey::HandsFree => switch(self.hands_free),
            SettingKey::Notifications => switch(self.notifications),
            SettingKey::StayAwake => switch(self.stay_awake),
            SettingKey::Voice => match self.voice {
                Voice::Off => "off",
                Voice::Brief => "brief",
                Voice::Full => "full",
            },
            SettingKey::Flash => match self.flash {
                Flash::Auto => "auto",
                Flash::On => "on",
                Flash::Off => "off",
            },
            SettingKey::Figures => match self.figures {
                Figures::Moving => "moving",
                Figures::Still => "still",
                Figures::Off => "off",
            },
            SettingKey::WeekBegins => match self.week_begins {
                WeekBegins::Monday => "monday",
                WeekBegins::Sunday => "sunday",
            },
        };
        word.to_owned()
    }

    /// Sets a setting to a value as the settings file writes it. Returns false and changes nothing
    /// if the setting can't have this value.
    pub fn set(&mut self, key: SettingKey, text: &str) -> bool {
        let text = text.trim();
        let word = text.to_lowercase();
        match key {
            SettingKey::Tones => put(&mut self.tones, read_switch(&word)),
            SettingKey::HandsFree => put(&mut self.hands_free, read_switch(&word)),
            SettingKey::Notifications => put(&mut self.notifications, read_switch(&word)),
            SettingKey::StayAwake => put(&mut self.stay_awake, read_switch(&word)),
            SettingKey::Volume => put(&mut self.volume, read_volume(&word)),
            SettingKey::Voice => put(&mut self.voice, read_voice(&word)),
            SettingKey::Flash => put(&mut self.flash, read_flash(&word)),
            SettingKey::Figures => put(&mut self.figures, read_figures(&word)),
            SettingKey::RemindAt => put(&mut self.remind_at, read_times(text)),
            SettingKey::WeekBegins => put(&mut self.week_begins, read_week_begins(&word)),
            SettingKey::OnAlert => put(&mut self.on_alert, Some(read_command(text))),
        }
    }

    /// Changes a setting to its next or previous value. Returns false if its value must be typed.
    pub(crate) fn turn(&mut self, setting: &Setting, forward: bool) -> bool {
        match setting.takes {
            SettingKind::Switch => {
                let on = self.get(setting.key) == "on";
                self.set(setting.key, switch(!on))
            }
            SettingKind::Percent => {
                let volume = if forward {
                    self.volume.saturating_add(VOLUME_STEP).min(100)
                } else {
                    self.volume.saturating_sub(VOLUME_STEP)
                };
                self.set(setting.key, &volume.to_string())
            }
            SettingKind::Words(words) => {
                let at = words
                    .iter()
                    .position(|word| *word == self.get(setting.key))
                    .unwrap_or(0);
                let step = if forward {
                    1
                } else {
                    words.len().saturating_sub(1)
                };
                words
                    .get((at + step) % words.len().max(1))
                    .is_some_and(|word| self.set(setting.key, word))
            }
            SettingKind::Times | SettingKind::Command => false,
        }
    }
}

/// Puts a value in its place, if there is one. Returns whether there was.
fn put<T>(place: &mut T, value: Option<T>) -> bool {
    value.map(|value| *place = value).is_some()
}

fn switch(on: bool) -> &'static str {
    if on { "on" } else { "off" }
}

/// Joins words with spaces, or returns `off` if there are none.
fn words_or_off(words: &[String]) -> String {
    if words.is_empty() {
        "off".to_owned()
    } else {
        words.join(" ")
    }
}

fn read_switch(word: &str) -> Option<bool> {
    match word {
        "on" | "yes" | "true" => Some(true),
        "off" | "no" | "false" => Some(false),
        _ => None,
    }
}

fn read_volume(word: &str) -> Option<u8> {
    let volume = word.trim_end_matches('%').trim().parse().ok()?;
    (volume <= 100).then_some(volume)
}

fn read_voice(word: &str) -> Option<Voice> {
    match (word, read_switch(word)) {
        ("brief", _) => Some(Voice::Brief),
        ("full", _) | (_, Some(true)) => Some(Voice::Full),
        (_, Some(false)) => Some(Voice::Off),
        _ => None,
    }
}

fn read_flash(word: &str) -> Option<Flash> {
    match (word, read_switch(word)) {
        ("auto", _) => Some(Flash::Auto),
        (_, Some(true)) => Some(Flash::On),
        (_, Some(false)) => Some(Flash::Off),
        _ => None,
    }
}

fn read_figures(word: &str) -> Option<Figures> {
    match (word, read_switch(word)) {
        ("moving", _) | (_, Some(true)) => Some(Figures::Moving),
        ("still", _) => Some(Figures::Still),
        (_, Some(false)) => Some(Figures::Off),
        _ => None,
    }
}

/// Reads `off` or times of day, and returns the times sorted.
fn read_times(text: &str) -> Option<Vec<Time>> {
    let parts: Vec<&str> = text
        .split([' ', ','])
        .filter(|part| !part.is_empty())
        .collect();
    let mut times: Vec<Time> = match parts.as_slice() {
        [one] if read_switch(&one.to_lowercase()) == Some(false) => Vec::new(),
        parts => parts
            .iter()
            .map(|part| read_time(part))
            .collect::<Option<_>>()?,
    };
    times.sort_unstable();
    times.dedup();
    Some(times)
}

fn read_week_begins(word: &str) -> Option<WeekBegins> {
    match word {
        "monday" | "mon" => Some(WeekBegins::Monday),
        "sunday" | "sun" => Some(WeekBegins::Sunday),
        _ => None,
    }
}

/// Reads `off` or a command with its arguments, separated by spaces.
fn read_command(text: &str) -> Vec<String> {
    if read_switch(&text.to_lowercase()) == Some(false) {
        Vec::new()
    } else {
        text.split_whitespace().map(str::to_owned).collect()
    }
}
