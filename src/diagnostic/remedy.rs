//! How to correct a problem, as data, and the words for it. The words are made from the data, so
//! that what a person reads and what another program may apply never differ.

use std::fmt;

use super::wording::list_names;

/// One change to a file, at the place that a diagnostic marks.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Change {
    /// Replaces the marked value with this one.
    Value(String),
    /// Replaces the marked key and its value with these entries.
    Entries(Vec<String>),
    /// Replaces the marked key with this one. Its value stays.
    Key(String),
    /// Moves the marked key and its value below this key, which is already in the file.
    MoveBelow(&'static str),
    /// Puts a dash before the marked key, so that it begins a list entry.
    Dash(String),
    /// Moves the marked key and its value up, below this first key of their list entry.
    MoveUp(String),
    /// Adds these entries beside the marked one.
    Add(Vec<String>),
    /// Deletes the marked key and its value.
    Delete,
}

impl Change {
    /// Returns what to write. A plain replacement comes without a verb.
    fn written(&self) -> String {
        match self {
            Self::Value(text) => format!("`{text}`"),
            Self::Entries(entries) => list_names(entries, "and"),
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
            Self::MoveBelow(key) => write!(
                f,
                "move this below `{key}:` and indent it; if `{key}:` has braces, move it inside \
                 them"
            ),
            Self::Dash(entry) => write!(
                f,
                "put a dash and a space before this line, lined up with the other dashes: \
                 `- {entry}`"
            ),
            Self::MoveUp(key) => write!(f, "move this line up, below `{key}:`"),
            Self::Add(entries) => write!(f, "add {}", list_names(entries, "and")),
            Self::Delete => write!(f, "delete this line"),
        }
    }
}

/// How to correct a problem.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Remedy {
    /// One change that gives what the writer meant.
    Write(Change),
    /// Several meanings, each with its change. Only the writer knows which one was meant.
    Readings {
        /// What the writer has to decide. Empty where the meanings say it.
        mode: String,
        /// Each meaning in words, and how to write it.
        readings: Vec<(String, Change)>,
    },
    /// What to decide or to look for, in words alone.
    Words(String),
}

impl Remedy {
    /// Returns a remedy that replaces a value.
    pub(crate) fn value(text: impl Into<String>) -> Self {
        Self::Write(Change::Value(text.into()))
    }

    /// Returns a remedy that replaces a key and its value with one entry or several.
    pub(crate) fn entries<T: Into<String>>(entries: impl IntoIterator<Item = T>) -> Self {
        Self::Write(Change::Entries(
            entries.into_iter().map(Into::into).collect(),
        ))
    }

    /// Returns a remedy in words.
    pub(crate) fn words(text: impl Into<String>) -> Self {
        Self::Words(text.into())
    }

    /// Returns a remedy that offers several readings. A single reading becomes a plain change.
    pub(crate) fn readings<T: Into<String>>(
        readings: impl IntoIterator<Item = (T, Change)>,
    ) -> Self {
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

    /// Returns the changes that the remedy offers. A remedy in words offers none.
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
                if !mode.is_empty() {
                    write!(f, "{mode}; ")?;
                }
                let readings: Vec<String> = readings
                    .iter()
                    .map(|(meaning, change)| format!("{meaning}: {}", change.written()))
                    .collect();
                write!(f, "{}", readings.join("; "))
            }
        }
    }
}
