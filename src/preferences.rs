//! What a patient has chosen once for all sessions: sounds, voice, reminders. One table says what
//! each setting means, what it takes and what holds without it; the file, the screen and the
//! command are read off it. Knows nothing of where the file is.

use jiff::civil::Time;

use crate::diagnostic::remedy::Remedy;
use crate::diagnostic::{Diagnostic, nearest};
use crate::program::document::{self, Node, Value};
use crate::program::notation::read_time;
use crate::source::Span;

/// How much the voice says.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Voice {
    /// Nothing.
    Off,
    /// What to do now.
    Brief,
    /// The dose, the cues, and what comes next, too.
    Full,
}

/// When the whole screen flashes with an alert.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Flash {
    /// Where no tones can be played.
    Auto,
    /// With every alert.
    On,
    /// Never.
    Off,
}

/// How the figures of exercises are shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Figures {
    /// They move with the exercise.
    #[default]
    Moving,
    /// Start and end beside each other, for who wants nothing to move.
    Still,
    /// Not at all.
    Off,
}

/// On which day a week begins.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
#[allow(missing_docs, reason = "the days of the week explain themselves")]
pub enum WeekBegins {
    #[default]
    Monday,
    Sunday,
}

/// The settings.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Preferences {
    /// Whether tones are played.
    pub tones: bool,
    /// How loud they are, 0-100.
    pub volume: u8,
    /// How much is said.
    pub voice: Voice,
    /// When the screen flashes.
    pub flash: Flash,
    /// Whether sessions run without keys.
    pub hands_free: bool,
    /// Whether pop-ups are shown.
    pub notifications: bool,
    /// Whether the machine is kept awake during a session.
    pub stay_awake: bool,
    /// Times to be reminded at of programs that name none.
    pub remind_at: Vec<Time>,
    /// How figures are shown.
    pub figures: Figures,
    /// On which day the week begins that sessions are counted in.
    pub week_begins: WeekBegins,
    /// A command that is given each alert, and its arguments; empty for none.
    pub on_alert: Vec<String>,
}

impl Default for Preferences {
    fn default() -> Self {
        Self {
            tones: true,
            volume: 80,
            voice: Voice::Brief,
            flash: Flash::Auto,
            hands_free: false,
            notifications: true,
            stay_awake: true,
            remind_at: Vec::new(),
            figures: Figures::Moving,
            week_begins: WeekBegins::Monday,
            on_alert: Vec::new(),
        }
    }
}

/// One setting.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[allow(missing_docs, reason = "each is named as its key")]
pub enum SettingKey {
    Tones,
    Volume,
    Voice,
    Flash,
    HandsFree,
    Notifications,
    StayAwake,
    Figures,
    RemindAt,
    WeekBegins,
    OnAlert,
}

/// What a setting takes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SettingKind {
    /// `on` or `off`.
    Switch,
    /// A whole number from 0 to 100.
    Percent,
    /// One of these words.
    Words(&'static [&'static str]),
    /// `off`, or times of day.
    Times,
    /// `off`, or a command with its arguments.
    Command,
}

/// A line of the table.
#[derive(Debug, Clone, Copy)]
pub struct Setting {
    /// Which one.
    pub key: SettingKey,
    /// As it is written in the file.
    pub name: &'static str,
    /// What it takes.
    pub takes: SettingKind,
    /// What it means, in a sentence.
    pub meaning: &'static str,
}

const fn setting(
    key: SettingKey,
    name: &'static str,
    takes: SettingKind,
    meaning: &'static str,
) -> Setting {
    Setting {
        key,
        name,
        takes,
        meaning,
    }
}

/// The table, in the order in which it is shown.
pub const SETTINGS: [Setting; 11] = [
    setting(
        SettingKey::Tones,
        "tones",
        SettingKind::Switch,
        "Whether a tone tells each change.",
    ),
    setting(
        SettingKey::Volume,
        "volume",
        SettingKind::Percent,
        "How loud the tones are, 0 to 100. The voice follows the system.",
    ),
    setting(
        SettingKey::Voice,
        "voice",
        SettingKind::Words(&["off", "brief", "full"]),
        "How much the computer says: nothing; what to do now; or the dose, the cues and what comes next, too.",
    ),
    setting(
        SettingKey::HandsFree,
        "hands_free",
        SettingKind::Switch,
        "Whether a session runs without a key: repetitions are paced, questions wait for the end.",
    ),
    setting(
        SettingKey::Flash,
        "flash",
        SettingKind::Words(&["auto", "on", "off"]),
        "Whether the screen flashes with each alert; auto is where no tone can be played.",
    ),
    setting(
        SettingKey::Notifications,
        "notifications",
        SettingKind::Switch,
        "Whether a pop-up tells what happens while another window is in front.",
    ),
    setting(
        SettingKey::StayAwake,
        "stay_awake",
        SettingKind::Switch,
        "Whether the computer is kept from sleeping and the screen from going dark while a session runs.",
    ),
    setting(
        SettingKey::Figures,
        "figures",
        SettingKind::Words(&["moving", "still", "off"]),
        "How an exercise is shown: by a moving figure, by its start and end beside each other, or in words only.",
    ),
    setting(
        SettingKey::RemindAt,
        "remind_at",
        SettingKind::Times,
        "When to remind of programs that name no time themselves, such as 18:00, or 07:30 18:00.",
    ),
    setting(
        SettingKey::WeekBegins,
        "week_begins",
        SettingKind::Words(&["monday", "sunday"]),
        "On which day the week begins in which sessions are counted.",
    ),
    setting(
        SettingKey::OnAlert,
        "on_alert",
        SettingKind::Command,
        "A command of your own that is run with each alert; it is given the alert's kind and its text.",
    ),
];

impl Setting {
    /// The setting with this name.
    pub fn named(name: &str) -> Option<&'static Self> {
        SETTINGS
            .iter()
            .find(|setting| setting.name == name.trim().replace('-', "_"))
    }

    /// Which values it takes, in words.
    pub fn values(&self) -> String {
        match self.takes {
            SettingKind::Switch => "on or off".to_owned(),
            SettingKind::Percent => "0 to 100".to_owned(),
            SettingKind::Words([init @ .., last]) => format!("{} or {last}", init.join(", ")),
            SettingKind::Words([]) => String::new(),
            SettingKind::Times => "off, or times of day such as 18:00".to_owned(),
            SettingKind::Command => "off, or a command and its arguments".to_owned(),
        }
    }
}

fn switch(on: bool) -> String {
    if on { "on" } else { "off" }.to_owned()
}

fn read_switch(text: &str) -> Option<bool> {
    match text {
        "on" | "yes" | "true" => Some(true),
        "off" | "no" | "false" => Some(false),
        _ => None,
    }
}

/// How much a step changes the volume.
const VOLUME_STEP: u8 = 10;

impl Preferences {
    /// The value of a setting, as it is written.
    pub fn get(&self, key: SettingKey) -> String {
        let entry = |words: Vec<String>| {
            if words.is_empty() {
                "off".to_owned()
            } else {
                words.join(" ")
            }
        };
        match key {
            SettingKey::Tones => switch(self.tones),
            SettingKey::Volume => self.volume.to_string(),
            SettingKey::Voice => match self.voice {
                Voice::Off => "off",
                Voice::Brief => "brief",
                Voice::Full => "full",
            }
            .to_owned(),
            SettingKey::Flash => match self.flash {
                Flash::Auto => "auto",
                Flash::On => "on",
                Flash::Off => "off",
            }
            .to_owned(),
            SettingKey::HandsFree => switch(self.hands_free),
            SettingKey::Notifications => switch(self.notifications),
            SettingKey::StayAwake => switch(self.stay_awake),
            SettingKey::Figures => match self.figures {
                Figures::Moving => "moving",
                Figures::Still => "still",
                Figures::Off => "off",
            }
            .to_owned(),
            SettingKey::RemindAt => entry(
                self.remind_at
                    .iter()
                    .map(|time| time.strftime("%H:%M").to_string())
                    .collect(),
            ),
            SettingKey::WeekBegins => match self.week_begins {
                WeekBegins::Monday => "monday",
                WeekBegins::Sunday => "sunday",
            }
            .to_owned(),
            SettingKey::OnAlert => entry(self.on_alert.clone()),
        }
    }

    /// Takes a value as it is written; false, and nothing changed, where it is none of the
    /// setting's.
    pub fn set(&mut self, key: SettingKey, text: &str) -> bool {
        let text = text.trim();
        let word = text.to_lowercase();
        let put = |place: &mut bool| {
            read_switch(&word).is_some_and(|on| {
                *place = on;
                true
            })
        };
        match key {
            SettingKey::Tones => put(&mut self.tones),
            SettingKey::HandsFree => put(&mut self.hands_free),
            SettingKey::Notifications => put(&mut self.notifications),
            SettingKey::StayAwake => put(&mut self.stay_awake),
            SettingKey::Volume => match word.trim_end_matches('%').trim().parse() {
                Ok(volume @ 0..=100) => {
                    self.volume = volume;
                    true
                }
                _ => false,
            },
            SettingKey::Voice => {
                self.voice = match word.as_str() {
                    "full" | "on" | "true" | "yes" => Voice::Full,
                    "brief" => Voice::Brief,
                    "off" | "no" | "false" => Voice::Off,
                    _ => return false,
                };
                true
            }
            SettingKey::Flash => {
                self.flash = match (word.as_str(), read_switch(&word)) {
                    ("auto", _) => Flash::Auto,
                    (_, Some(true)) => Flash::On,
                    (_, Some(false)) => Flash::Off,
                    _ => return false,
                };
                true
            }
            SettingKey::Figures => {
                self.figures = match (word.as_str(), read_switch(&word)) {
                    ("moving", _) | (_, Some(true)) => Figures::Moving,
                    ("still", _) => Figures::Still,
                    (_, Some(false)) => Figures::Off,
                    _ => return false,
                };
                true
            }
            SettingKey::RemindAt => {
                let parts: Vec<&str> = text
                    .split([' ', ','])
                    .filter(|part| !part.is_empty())
                    .collect();
                let times: Option<Vec<Time>> = match parts.as_slice() {
                    [] => Some(Vec::new()),
                    [one] if read_switch(&one.to_lowercase()) == Some(false) => Some(Vec::new()),
                    parts => parts.iter().map(|part| read_time(part)).collect(),
                };
                let Some(mut times) = times else { return false };
                times.sort_unstable();
                times.dedup();
                self.remind_at = times;
                true
            }
            SettingKey::WeekBegins => {
                self.week_begins = match word.as_str() {
                    "monday" | "mon" => WeekBegins::Monday,
                    "sunday" | "sun" => WeekBegins::Sunday,
                    _ => return false,
                };
                true
            }
            SettingKey::OnAlert => {
                let words: Vec<String> = text.split_whitespace().map(str::to_owned).collect();
                self.on_alert = if read_switch(&word) == Some(false) {
                    Vec::new()
                } else {
                    words
                };
                true
            }
        }
    }

    /// Goes to the next or the previous value of a setting that can be chosen without typing; says
    /// whether it can.
    pub fn turn(&mut self, setting: &Setting, forward: bool) -> bool {
        match setting.takes {
            SettingKind::Switch => {
                let on = self.get(setting.key) == "on";
                self.set(setting.key, if on { "off" } else { "on" })
            }
            SettingKind::Percent => {
                let volume = self.volume;
                let volume = if forward {
                    volume.saturating_add(VOLUME_STEP).min(100)
                } else {
                    volume.saturating_sub(VOLUME_STEP)
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

/// Reads a file of settings. What is wrong in it is said, and there the default holds; everything
/// else counts.
pub fn read(text: &str) -> (Preferences, Vec<Diagnostic>) {
    let mut preferences = Preferences::default();
    let document = document::read(text);
    let mut diagnostics = document.diagnostics;
    match document
        .root
        .map(|root| (root.span, root.is_nothing(), root.value))
    {
        None | Some((_, true, _)) => {}
        Some((_, _, Value::Map(entries))) => {
            for (key, value) in &entries {
                take(&mut preferences, key, value, &mut diagnostics);
            }
        }
        Some((span, ..)) => {
            diagnostics.push(Diagnostic::not_a_map(
                span,
                "the file of settings",
                "something else",
                "`volume: 80`",
            ));
        }
    }
    diagnostics.sort_by_key(|diagnostic| diagnostic.span.start);
    // An empty file is no mistake here.
    diagnostics.retain(|diagnostic| diagnostic.code != "empty");
    (preferences, diagnostics)
}

fn take(
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
            // A list keeps arguments with spaces in them whole.
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

/// A whole file of settings, each with what it means.
pub fn write(preferences: &Preferences) -> String {
    let mut text =
        "# The settings of regimen. A line that is deleted goes back to what holds without it.\n"
            .to_owned();
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

/// The line of one setting.
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
        // A time without quotes is a number to some readers of YAML.
        SettingKey::RemindAt if !preferences.remind_at.is_empty() => {
            format!("{name}: {}", quote(&preferences.get(key)))
        }
        key => format!("{name}: {}", preferences.get(key)),
    }
}

/// A file of settings with one of them changed and everything else left as it stands; the whole
/// file where there was none, and nothing where the file cannot be changed without losing
/// something.
pub fn change(text: &str, preferences: &Preferences, key: SettingKey) -> Option<String> {
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
            // A remark behind a plain value stays.
            let remark = line.find(" #").filter(|at| {
                !line
                    .get(..*at)
                    .is_some_and(|value| value.contains(['"', '\'']))
            });
            format!(
                "{new}{}",
                remark.and_then(|at| line.get(at..)).unwrap_or_default()
            )
        };
        text.lines().map(changed).collect::<Vec<_>>().join("\n") + "\n"
    } else {
        format!("{}\n{new}\n", text.trim_end_matches('\n'))
    };
    // A value over several lines, or a file with mistakes: what would come out must say what was
    // meant.
    let (read_back, diagnostics) = read(&changed);
    let (_, before) = read(text);
    (read_back.get(key) == preferences.get(key) && diagnostics.len() <= before.len())
        .then_some(changed)
}
