//! How to put a problem right, as data, and the words made from it, so that what a person reads and
//! what another program may apply never differ. Knows nothing of programs or of how a remedy was
//! found.

use std::fmt;

/// One change of a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Change {
    /// The marked value is written like this.
    Value(String),
    /// The marked key and its value are replaced by these entries.
    Entries(Vec<String>),
    /// The marked key is written like this; its value stays.
    Key(String),
    /// The marked key and its value move below this key, which is there already.
    MoveBelow(&'static str),
    /// The marked key gets a dash before it, as the first of its entry.
    Dash(String),
    /// The marked key and its value move up, below this first key of their entry.
    MoveUp(String),
    /// These entries are added beside the marked one.
    Add(Vec<String>),
    /// The marked key and its value are deleted.
    Delete,
}

/// Writes entries as a list: "`a`, `b` and `c`".
fn together(entries: &[String]) -> String {
    match entries {
        [] => String::new(),
        [only] => format!("`{only}`"),
        [init @ .., last] => {
            let init: Vec<String> = init.iter().map(|entry| format!("`{entry}`")).collect();
            format!("{} and `{last}`", init.join(", "))
        }
    }
}

impl Change {
    /// Says what to write, without the verb where the change is a plain replacement.
    fn written(&self) -> String {
        match self {
            Self::Value(text) => format!("`{text}`"),
            Self::Entries(entries) => together(entries),
            Self::Key(key) => format!("`{key}:`"),
            _ => self.to_string(),
        }
    }
}

impl fmt::Display for Change {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Value(_) | Self::Entries(_) | Self::Key(_) => {
                write!(f, "write {}", self.written())
            }
            Self::MoveBelow(key) => {
                write!(
                    f,
                    "move this below `{key}:`, indented, or into its braces where it has them"
                )
            }
            Self::Dash(entry) => {
                write!(
                    f,
                    "put a dash and a space before this line, in the column of the other dashes: `- {entry}`"
                )
            }
            Self::MoveUp(key) => write!(f, "move this line up, below `{key}:`"),
            Self::Add(entries) => write!(f, "add {}", together(entries)),
            Self::Delete => write!(f, "delete this line"),
        }
    }
}

/// How to put a problem right.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Remedy {
    /// One change that says what was meant.
    Write(Change),
    /// Several meanings, each with its change; only the writer knows which one was meant.
    Readings {
        /// What has to be decided, where that needs words.
        mode: String,
        /// Each meaning in words, and how to write it.
        readings: Vec<(String, Change)>,
    },
    /// What to decide or to look for, in words.
    Words(String),
}

impl Remedy {
    /// Returns a remedy of one value.
    pub fn value(text: impl Into<String>) -> Self {
        Self::Write(Change::Value(text.into()))
    }

    /// Returns a remedy of one entry or several.
    pub fn entries<T: Into<String>>(entries: impl IntoIterator<Item = T>) -> Self {
        Self::Write(Change::Entries(
            entries.into_iter().map(Into::into).collect(),
        ))
    }

    /// Returns a remedy in words.
    pub fn words(text: impl Into<String>) -> Self {
        Self::Words(text.into())
    }

    /// Returns the readings without a lead; a single one is a change.
    pub fn readings<T: Into<String>>(readings: impl IntoIterator<Item = (T, Change)>) -> Self {
        let mut readings: Vec<(String, Change)> = readings
            .into_iter()
            .map(|(meaning, change)| (meaning.into(), change))
            .collect();
        match readings.pop() {
            Some((_, change)) if readings.is_empty() => Self::Write(change),
            Some(last) => {
                readings.push(last);
                Self::Readings {
                    mode: String::new(),
                    readings,
                }
            }
            None => Self::Words(String::new()),
        }
    }

    /// Returns the changes that it offers.
    pub fn changes(&self) -> Vec<&Change> {
        match self {
            Self::Write(change) => vec![change],
            Self::Readings { readings, .. } => readings.iter().map(|(_, change)| change).collect(),
            Self::Words(_) => Vec::new(),
        }
    }
}

impl fmt::Display for Remedy {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Write(change) => write!(f, "{change}"),
            Self::Words(words) => write!(f, "{words}"),
            Self::Readings { mode, readings } => {
                let readings: Vec<String> = readings
                    .iter()
                    .map(|(meaning, change)| format!("{meaning}: {}", change.written()))
                    .collect();
                let mode = if mode.is_empty() {
                    String::new()
                } else {
                    format!("{mode}; ")
                };
                write!(f, "{mode}{}", readings.join("; "))
            }
        }
    }
}
