//! The page of settings: what holds, and how it is changed. Knows nothing of the file that keeps
//! them.

use super::keymap::Action;
use super::{AlertKind, App, Effect, Screen};
use crate::events::Moment;
use crate::preferences::{SETTINGS, Setting, SettingKey};

/// A line of the page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Line {
    /// What it is called.
    pub name: String,
    /// What holds.
    pub value: String,
    /// What it means.
    pub meaning: String,
}

impl App {
    /// The lines of the page; the last one tries the sound.
    pub fn settings_lines(&self) -> Vec<Line> {
        let line = |setting: &Setting| Line {
            name: setting.name.replace('_', " "),
            value: self.preferences.get(setting.key),
            meaning: setting.meaning.to_owned(),
        };
        let mut lines: Vec<Line> = SETTINGS.iter().map(line).collect();
        lines.push(Line {
            name: "sound test".to_owned(),
            value: "Enter".to_owned(),
            meaning:
                "Plays a tone and says a sentence. Only you can tell whether they can be heard."
                    .to_owned(),
        });
        lines
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
