//! The page of settings: what holds, and how it is changed. Knows nothing of the file that keeps
//! them.

use super::keymap::Action;
use super::page::{SettingRow, SettingsPage};
use super::{AlertKind, App, Effect, Screen};
use crate::events::Moment;
use crate::preferences::{SETTINGS, Setting, SettingKey};

impl App {
    /// Returns the page; its last row tries the sound.
    pub(super) fn settings_page(&self, selected: usize) -> SettingsPage {
        let row = |setting: &Setting| SettingRow {
            name: setting.name.replace('_', " "),
            value: self.preferences.get(setting.key),
            meaning: setting.meaning.to_owned(),
        };
        let mut rows: Vec<SettingRow> = SETTINGS.iter().map(row).collect();
        rows.push(SettingRow {
            name: "sound test".to_owned(),
            value: "Enter".to_owned(),
            meaning:
                "Plays a tone and says a sentence. Only you can tell whether they can be heard."
                    .to_owned(),
        });
        SettingsPage {
            place: self.paths.settings.clone(),
            rows,
            selected,
        }
    }

    pub(super) fn settings_action(&mut self, action: Action, now: &Moment) {
        let Screen::Settings(marked) = &mut self.screen else {
            return;
        };
        match action {
            Action::Up => *marked = marked.saturating_sub(1),
            Action::Down => *marked = (*marked + 1).min(SETTINGS.len()),
            Action::Cancel => self.screen = Screen::Today,
            Action::Lower | Action::Higher => {
                let marked = *marked;
                self.turn(marked, action == Action::Higher, now);
            }
            _ => {}
        }
    }

    fn turn(&mut self, marked: usize, forward: bool, now: &Moment) {
        let Some(setting) = SETTINGS.get(marked) else {
            self.try_sound(now);
            return;
        };
        if self.preferences.turn(setting, forward) {
            if setting.key == SettingKey::HandsFree {
                self.hands_free = self.preferences.hands_free;
            }
            self.effects.push(Effect::SavePreference(
                Box::new(self.preferences.clone()),
                setting.key,
            ));
        } else {
            let name = setting.name;
            self.notice = Some(format!("Type it in a shell: regimen settings {name} VALUE"));
        }
    }

    /// Plays a tone and says a sentence in the language of the marked program.
    fn try_sound(&mut self, now: &Moment) {
        let speech = self.speaker().trial();
        self.alert(AlertKind::Trial, "sound test", speech, now.instant);
        self.notice = Some("Heard nothing? Turn the computer's own volume up.".to_owned());
    }
}
