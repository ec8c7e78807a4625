//! The patient's settings for all sessions, such as sounds, voice and reminders. The settings file,
//! the settings page and the `settings` command are all made from one table.

mod file;
mod values;

use jiff::civil::Time;

pub(crate) use self::file::change;
pub use self::file::read;

/// How much the voice says.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Voice {
    /// The voice says nothing.
    Off,
    /// The voice says what to do now.
    Brief,
    /// The voice also says the dose, the cues and what comes next.
    Full,
}

/// When the whole screen flashes with an alert.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Flash {
    /// The screen flashes only if no tone can be played.
    Auto,
    /// The screen flashes with every alert.
    On,
    /// The screen never flashes.
    Off,
}

/// How exercises are shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Figures {
    /// As a figure that moves with the exercise.
    #[default]
    Moving,
    /// As two still figures, for people who don't want anything to move: start and end.
    Still,
    /// In words only.
    Off,
}

/// The first day of the week.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
#[allow(missing_docs, reason = "the days of the week explain themselves")]
pub enum WeekBegins {
    #[default]
    Monday,
    Sunday,
}

/// The value of every setting.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Preferences {
    /// Whether tones are played.
    pub tones: bool,
    /// The volume of the tones, 0-100.
    pub volume: u8,
    /// How much the voice says.
    pub voice: Voice,
    /// When the screen flashes.
    pub flash: Flash,
    /// Whether sessions run without any keys.
    pub hands_free: bool,
    /// Whether desktop notifications are shown.
    pub notifications: bool,
    /// Whether the computer is kept awake during a session.
    pub stay_awake: bool,
    /// The reminder times of programs that don't set their own.
    pub remind_at: Vec<Time>,
    /// How exercises are shown.
    pub figures: Figures,
    /// The first day of the week in which sessions are counted.
    pub week_begins: WeekBegins,
    /// The patient's own command for alerts, and its arguments. Empty for none.
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

/// The identity of a setting.
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

/// The kind of value that a setting has.
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

/// A setting, as the table describes it.
#[derive(Debug, Clone, Copy)]
pub struct Setting {
    /// The identity of the setting.
    pub key: SettingKey,
    /// The key in the settings file.
    pub name: &'static str,
    /// The kind of its value.
    pub takes: SettingKind,
    /// One or two sentences for the patient on what it does.
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

/// All settings, in the order they are shown in.
pub(crate) const SETTINGS: [Setting; 11] = [
    setting(
        SettingKey::Tones,
        "tones",
        SettingKind::Switch,
        "Plays a tone at each change.",
    ),
    setting(
        SettingKey::Volume,
        "volume",
        SettingKind::Percent,
        "The volume of the tones, 0 to 100. The voice uses the system volume.",
    ),
    setting(
        SettingKey::Voice,
        "voice",
        SettingKind::Words(&["off", "brief", "full"]),
        "How much the voice says: nothing; what to do now; or also the dose, the cues and what \
        comes next.",
    ),
    setting(
        SettingKey::HandsFree,
        "hands_free",
        SettingKind::Switch,
        "Runs sessions without any keys: repetitions are paced, and questions wait until the end.",
    ),
    setting(
        SettingKey::Flash,
        "flash",
        SettingKind::Words(&["auto", "on", "off"]),
        "Flashes the screen with each alert. With auto, only if no tone can be played.",
    ),
    setting(
        SettingKey::Notifications,
        "notifications",
        SettingKind::Switch,
        "Shows a pop-up when something happens while another window is in front.",
    ),
    setting(
        SettingKey::StayAwake,
        "stay_awake",
        SettingKind::Switch,
        "Keeps the computer awake and the screen on during a session.",
    ),
    setting(
        SettingKey::Figures,
        "figures",
        SettingKind::Words(&["moving", "still", "off"]),
        "How exercises are shown: with a moving figure, with still figures of start and end, or in \
        words only.",
    ),
    setting(
        SettingKey::RemindAt,
        "remind_at",
        SettingKind::Times,
        "Reminder times for programs that don't set their own, such as 18:00, or 07:30 18:00.",
    ),
    setting(
        SettingKey::WeekBegins,
        "week_begins",
        SettingKind::Words(&["monday", "sunday"]),
        "The first day of the week when sessions are counted.",
    ),
    setting(
        SettingKey::OnAlert,
        "on_alert",
        SettingKind::Command,
        "Your own command to run with each alert. It gets the kind of the alert and its text.",
    ),
];

impl Setting {
    /// Returns the setting with this name. Hyphens may replace underscores.
    pub fn named(name: &str) -> Option<&'static Self> {
        SETTINGS
            .iter()
            .find(|setting| setting.name == name.trim().replace('-', "_"))
    }

    /// Returns the possible values, in words.
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
