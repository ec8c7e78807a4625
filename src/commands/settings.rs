//! `regimen settings`: what holds, what it means, and changing one. Knows nothing of the page in
//! the app.

use anyhow::{anyhow, bail};

use crate::commands::{Settings, Verdict, complain, say, shown};
use crate::diagnostic::nearest;
use crate::folder;
use crate::preferences::{Key, Preferences, SETTINGS, Setting};
use crate::sound;
use crate::source::printable;

/// Prints all settings or one, or changes one.
pub fn settings(
    settings: &Settings,
    name: Option<&str>,
    words: &[String],
) -> anyhow::Result<Verdict> {
    let value = &words.join(" ");
    let (mut preferences, trouble) = settings.read_preferences();
    let verdict = if trouble.is_some() {
        Verdict::Problems
    } else {
        Verdict::Fine
    };
    if let Some(trouble) = &trouble {
        complain(trouble);
    }
    let Some(name) = name else {
        say(&all(settings, &preferences));
        return Ok(verdict);
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
        say(&one(setting, &preferences));
        return Ok(verdict);
    }
    if setting.key == Key::OnAlert && words.len() > 1 {
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
    folder::keep_setting(&settings.preferences, &preferences, setting.key)
        .map_err(|why| anyhow!("{why}"))?;
    say(&format!(
        "{}: {}, in {}",
        setting.name,
        preferences.get(setting.key),
        shown(&settings.preferences)
    ));
    Ok(Verdict::Fine)
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

fn all(settings: &Settings, preferences: &Preferences) -> String {
    let mut text = format!("The settings in {}\n", shown(&settings.preferences));
    for setting in &SETTINGS {
        text.push_str(&format!("\n{}\n", one(setting, preferences)));
    }
    let (players, speakers) = sound::found(&settings.tools);
    let listed = |names: &[&str], none: &str| {
        if names.is_empty() {
            none.to_owned()
        } else {
            names.join(", ")
        }
    };
    text.push_str(&format!(
        "\nFound on this machine\n    for tones: {}\n    for the voice: {}\n\n\
         `regimen sound` plays and speaks them. `regimen settings volume 40` changes one.",
        listed(
            &players,
            "nothing (pw-play, paplay or aplay are looked for), so the terminal's bell and a flash stand in"
        ),
        listed(&speakers, "nothing (spd-say or espeak-ng are looked for), so there are tones alone"),
    ));
    text
}
