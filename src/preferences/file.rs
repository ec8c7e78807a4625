//! The settings file: reading it, and changing one setting in it.

use super::{Preferences, SETTINGS, Setting, SettingKey, SettingKind};
use crate::diagnostic::remedy::Remedy;
use crate::diagnostic::{Diagnostic, nearest};
use crate::source::Span;
use crate::yaml::{self, Node, Value};

/// Reads the text of a settings file. A setting with a mistake is reported and keeps its default.
pub fn read(text: &str) -> (Preferences, Vec<Diagnostic>) {
    let mut preferences = Preferences::default();
    let document = yaml::read(text);
    let mut diagnostics = document.diagnostics;
    if let Some(root) = document.root.filter(|root| !root.is_nothing()) {
        if let Value::Map(entries) = &root.value {
            for (key, value) in entries {
                read_setting(&mut preferences, key, value, &mut diagnostics);
            }
        } else {
            diagnostics.push(Diagnostic::not_a_map(
                root.span,
                "the settings file",
                root.kind(),
                "`volume: 80`",
            ));
        }
    }
    diagnostics.sort_by_key(|diagnostic| diagnostic.span.start);
    // An empty settings file isn't a mistake.
    diagnostics.retain(|diagnostic| diagnostic.code != "empty");
    (preferences, diagnostics)
}

/// Reads one line of a settings file.
fn read_setting(
    preferences: &mut Preferences,
    key: &Node<'_>,
    value: &Node<'_>,
    diagnostics: &mut Vec<Diagnostic>,
) {
    let name = key.text().unwrap_or_default();
    let Some(setting) = Setting::named(name) else {
        let known: Vec<&str> = SETTINGS.iter().map(|setting| setting.name).collect();
        let near = nearest(name, known.iter().copied());
        diagnostics.push(Diagnostic::unknown_key(
            key.span,
            name,
            "the settings",
            near,
            &known,
        ));
        return;
    };
    let text = match &value.value {
        Value::Scalar { text, .. } => text.to_string(),
        Value::List(items) if setting.key == SettingKey::OnAlert => {
            // In a list, an argument can contain spaces.
            preferences.on_alert = items
                .iter()
                .filter_map(Node::text)
                .map(str::to_owned)
                .collect();
            return;
        }
        Value::List(items) => items
            .iter()
            .filter_map(Node::text)
            .collect::<Vec<_>>()
            .join(" "),
        Value::Map(_) => String::new(),
    };
    if !preferences.set(setting.key, &text) {
        diagnostics.push(bad_value(value.span, setting, &text));
    }
}

fn bad_value(span: Span, setting: &Setting, found: &str) -> Diagnostic {
    match setting.takes {
        SettingKind::Words(words) => Diagnostic::not_one_of(
            span,
            setting.name,
            found,
            words,
            nearest(found, words.iter().copied()),
        ),
        SettingKind::Switch => {
            Diagnostic::not_one_of(span, setting.name, found, &["on", "off"], None)
        }
        SettingKind::Percent => Diagnostic::out_of_range(span, setting.name, found, "0 to 100"),
        SettingKind::Times | SettingKind::Command => {
            let remedy = Remedy::words(format!("write {}", setting.values()));
            Diagnostic::unreadable(span, setting.name, "times of day", found, remedy)
        }
    }
}

/// Returns the text of a settings file with every setting and its meaning.
fn write(preferences: &Preferences) -> String {
    let mut text =
        "# The settings of regimen. Delete a line to go back to its default.\n".to_owned();
    for setting in &SETTINGS {
        text.push_str(&format!(
            "\n# {} ({})\n{}\n",
            setting.meaning,
            setting.values(),
            line(preferences, setting.key)
        ));
    }
    text
}

/// Returns the line of one setting.
fn line(preferences: &Preferences, key: SettingKey) -> String {
    let name = SETTINGS
        .iter()
        .find(|setting| setting.key == key)
        .map_or("", |setting| setting.name);
    let quote = |text: &str| format!("\"{}\"", text.replace('\\', "\\\\").replace('"', "\\\""));
    match key {
        SettingKey::OnAlert if !preferences.on_alert.is_empty() => {
            let words: Vec<String> = preferences
                .on_alert
                .iter()
                .map(|word| quote(word))
                .collect();
            format!("{name}: [{}]", words.join(", "))
        }
        // Some YAML parsers read a time without quotes as a number.
        SettingKey::RemindAt if !preferences.remind_at.is_empty() => {
            format!("{name}: {}", quote(&preferences.get(key)))
        }
        key => format!("{name}: {}", preferences.get(key)),
    }
}

/// Returns the text of a settings file with one setting changed and everything else kept. An empty
/// text becomes a whole file. None if the text can't be changed without losing something.
pub(crate) fn change(text: &str, preferences: &Preferences, key: SettingKey) -> Option<String> {
    let text = text.trim_start_matches('\u{feff}');
    if text.trim().is_empty() {
        return Some(write(preferences));
    }
    let new = line(preferences, key);
    let name = new.split(':').next().unwrap_or_default().to_owned();
    let is_it = |line: &&str| {
        line.strip_prefix(name.as_str())
            .is_some_and(|rest| rest.trim_start().starts_with(':'))
    };
    let changed = if text.lines().any(|line| is_it(&line)) {
        let changed = |line: &str| {
            if !is_it(&line) {
                return line.to_owned();
            }
            // A comment after a value without quotes stays.
            let comment = line.find(" #").filter(|at| {
                !line
                    .get(..*at)
                    .is_some_and(|value| value.contains(['"', '\'']))
            });
            format!(
                "{new}{}",
                comment.and_then(|at| line.get(at..)).unwrap_or_default()
            )
        };
        text.lines().map(changed).collect::<Vec<_>>().join("\n") + "\n"
    } else {
        format!("{}\n{new}\n", text.trim_end_matches('\n'))
    };
    // A value on several lines or a mistake elsewhere can spoil the change, so the new text must
    // read back as the new value.
    let (read_back, diagnostics) = read(&changed);
    let (_, before) = read(text);
    (read_back.get(key) == preferences.get(key) && diagnostics.len() <= before.len())
        .then_some(changed)
}
