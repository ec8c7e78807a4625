//! The page of settings: their values, and how they are changed.

use super::context::{Cx, Shared};
use super::flow::Flow;
use super::keymap::Action;
use super::page::{ScreenPage, SettingRow, SettingsPage};
use crate::effect::{AlertKind, Effect};
use crate::preferences::{SETTINGS, Setting, SettingKey};

/// The page of settings.
#[derive(Debug, Clone, Default)]
pub(super) struct SettingsScreen {
    /// The selected row; the last one tries the sound.
    selected: usize,
}

impl SettingsScreen {
    pub(super) fn update(&mut self, action: Action, cx: &mut Cx<'_>) -> Flow {
        match action {
            Action::Up => self.selected = self.selected.saturating_sub(1),
            Action::Down => self.selected = (self.selected + 1).min(SETTINGS.len()),
            Action::Cancel => return Flow::Today,
            Action::Lower | Action::Higher => self.turn(action == Action::Higher, cx),
            _ => {}
        }
        Flow::Stay
    }

    fn turn(&self, forward: bool, cx: &mut Cx<'_>) {
        let Some(setting) = SETTINGS.get(self.selected) else {
            try_sound(cx);
            return;
        };
        let shared = &mut *cx.shared;
        if !shared.preferences.turn(setting, forward) {
            let name = setting.name;
            cx.say(format!("Type it in a shell: regimen settings {name} VALUE"));
            return;
        }
        if setting.key == SettingKey::HandsFree {
            shared.hands_free = shared.preferences.hands_free;
        }
        let preferences = Box::new(shared.preferences.clone());
        cx.effects
            .push(Effect::SavePreference(preferences, setting.key));
    }

    pub(super) fn page(&self, shared: &Shared) -> ScreenPage {
        let row = |setting: &Setting| SettingRow {
            name: setting.name.replace('_', " "),
            value: shared.preferences.get(setting.key),
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
        ScreenPage::Settings(SettingsPage {
            place: shared.paths.settings.clone(),
            rows,
            selected: self.selected,
        })
    }
}

/// Plays a tone and says a sentence in the language of the selected program.
fn try_sound(cx: &mut Cx<'_>) {
    let program = cx.shared.selected_program();
    let language = program.map_or("en", |program| &program.language).to_owned();
    let speech = cx.speaker(&language).trial();
    let heard = (speech, language.as_str());
    cx.announce(AlertKind::Trial, "sound test", heard, cx.now.instant);
    cx.say("Heard nothing? Turn the computer's own volume up.");
}
