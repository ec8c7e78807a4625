//! `regimen settings`: prints the settings and what they mean, and changes one.

use anyhow::bail;

use crate::commands::{Env, Status, eprint_line, print_line, shown};
use crate::diagnostic::nearest;
use crate::folder;
use crate::preferences::{Preferences, SETTINGS, Setting, SettingKey};
use crate::sound;
use crate::source::printable;

/// Prints all settings or one, or changes one. `words` is the new value.
pub(crate) fn settings(env: &Env, name: Option<&str>, words: &[String]) -> anyhow::Result<Status> {
    let value = &words.join(" ");
    let (mut preferences, problem) = env.read_preferences();
    let status = if problem.is_some() {
        Status::Problems
    } else {
        Status::Fine
    };
    if let Some(problem) = &problem {
        eprint_line(problem);
    }
    let Some(name) = name else {
        print_line(&list_settings(env, &preferences));
        return Ok(status);
    };
    let setting = find_setting(name)?;
    if value.trim().is_empty() {
        print_line(&describe_setting(setting, &preferences));
        return Ok(status);
    }
    if setting.key == SettingKey::OnAlert && words.len() > 1 {
        // The shell has already split the command into words.
        preferences.on_alert = words.to_vec();
    } else if !preferences.set(setting.key, value) {
        bail!(
            "`{}` isn't an option for `{}`; it takes {}",
            printable(value),
            setting.name,
            setting.values()
        );
    }
    folder::keep_setting(&env.preferences, &preferences, setting.key)?;
    print_line(&format!(
        "{}: {}, in {}",
        setting.name,
        preferences.get(setting.key),
        shown(&env.preferences)
    ));
    Ok(Status::Fine)
}

/// Returns the setting of this name. An error names a close match, or lists all settings.
fn find_setting(name: &str) -> anyhow::Result<&'static Setting> {
    if let Some(setting) = Setting::named(name) {
        return Ok(setting);
    }
    let known = SETTINGS.iter().map(|setting| setting.name);
    let name = printable(name).into_owned();
    match nearest(&name, known.clone()) {
        Some(near) => bail!("there is no setting `{name}`, did you mean `{near}`?"),
        None => bail!(
            "there is no setting `{name}`; there are: {}",
            known.collect::<Vec<_>>().join(", ")
        ),
    }
}

/// Describes a setting: its value, its meaning and its options.
fn describe_setting(setting: &Setting, preferences: &Preferences) -> String {
    let meaning = format!("    {} ({})", setting.meaning, setting.values());
    printable(&format!(
        "{}: {}\n{meaning}",
        setting.name,
        preferences.get(setting.key)
    ))
    .into_owned()
}

/// Describes all settings, and the players and voices on this machine.
fn list_settings(env: &Env, preferences: &Preferences) -> String {
    let mut text = format!("The settings in {}\n", shown(&env.preferences));
    for setting in &SETTINGS {
        text.push_str(&format!("\n{}\n", describe_setting(setting, preferences)));
    }
    let (players, speakers) = sound::found(&env.tools);
    let entry = |names: &[&str], none: &str| {
        if names.is_empty() {
            none.to_owned()
        } else {
            names.join(", ")
        }
    };
    text.push_str(&format!(
        "\nFound on this machine\n    for tones: {}\n    for the voice: {}\n\n\
         `regimen sound` plays and speaks them. `regimen settings volume 40` changes one.",
        entry(
            &players,
            "nothing (looked for pw-play, paplay and aplay); using the terminal bell and a screen \
             flash instead"
        ),
        entry(
            &speakers,
            "nothing (looked for spd-say and espeak-ng); there are tones only"
        ),
    ));
    text
}
