//! `regimen settings`: what holds, what it means, and changing one. Knows nothing of the page in
//! the app.

use anyhow::{anyhow, bail};

use crate::commands::{Env, Status, eprint_line, print_line, shown};
use crate::diagnostic::nearest;
use crate::folder;
use crate::preferences::{Preferences, SETTINGS, Setting, SettingKey};
use crate::sound;
use crate::source::printable;

/// Prints all settings or one, or changes one.
pub fn settings(env: &Env, name: Option<&str>, words: &[String]) -> anyhow::Result<Status> {
    let value = &words.join(" ");
    let (mut preferences, trouble) = env.read_preferences();
    let status = if trouble.is_some() {
        Status::Problems
    } else {
        Status::Fine
    };
    if let Some(trouble) = &trouble {
        eprint_line(trouble);
    }
    let Some(name) = name else {
        print_line(&all(env, &preferences));
        return Ok(status);
    };
    let Some(setting) = Setting::named(name) else {
        let known = SETTINGS.iter().map(|setting| setting.name);
        let name = printable(name).into_owned();
        match nearest(&name, known.clone()) {
            Some(near) => bail!("there is no setting `{name}`, did you mean `{near}`?"),
            None => bail!(
                "there is no setting `{name}`; there are: {}",
                known.collect::<Vec<_>>().join(", ")
            ),
        }
    };
    if value.trim().is_empty() {
        print_line(&one(setting, &preferences));
        return Ok(status);
    }
    if setting.key == SettingKey::OnAlert && words.len() > 1 {
        // The shell has told the words apart already.
        preferences.on_alert = words.to_vec();
    } else if !preferences.set(setting.key, value) {
        bail!(
            "`{}` is no value of `{}`; it takes {}",
            printable(value),
            setting.name,
            setting.values()
        );
    }
    folder::keep_setting(&env.preferences, &preferences, setting.key)
        .map_err(|why| anyhow!("{why}"))?;
    print_line(&format!(
        "{}: {}, in {}",
        setting.name,
        preferences.get(setting.key),
        shown(&env.preferences)
    ));
    Ok(Status::Fine)
}

fn one(setting: &Setting, preferences: &Preferences) -> String {
    let meaning = format!("    {} ({})", setting.meaning, setting.values());
    printable(&format!(
        "{}: {}\n{meaning}",
        setting.name,
        preferences.get(setting.key)
    ))
    .into_owned()
}

fn all(env: &Env, preferences: &Preferences) -> String {
    let mut text = format!("The settings in {}\n", shown(&env.preferences));
    for setting in &SETTINGS {
        text.push_str(&format!("\n{}\n", one(setting, preferences)));
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
            "nothing (pw-play, paplay or aplay are looked for), so the terminal's bell and a flash stand in"
        ),
        entry(&speakers, "nothing (spd-say or espeak-ng are looked for), so there are tones alone"),
    ));
    text
}
