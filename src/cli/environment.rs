//! Finds the user's folders and reads the environment variables.

use std::env;
use std::ffi::OsString;
use std::path::{Path, PathBuf};

use anyhow::Context;
use etcetera::BaseStrategy;

use super::arguments::Places;
use crate::commands::Env;
use crate::terminal;
use crate::tools::Tools;
use crate::view::theme::{Depth, Theme};

/// The user's folders. None if there is no home folder.
struct Folders {
    /// regimen's folder for user data.
    data: Option<PathBuf>,
    /// regimen's folder for files that can be recreated.
    cache: Option<PathBuf>,
    /// The folder where all programs keep their configuration.
    configuration: Option<PathBuf>,
    home: Option<PathBuf>,
}

impl Folders {
    /// Finds the folders by the conventions of the system.
    fn find() -> Self {
        let strategy = etcetera::choose_base_strategy().ok();
        let strategy = strategy.as_ref();
        Self {
            data: strategy.map(|strategy| strategy.data_dir().join("regimen")),
            cache: strategy.map(|strategy| strategy.cache_dir().join("regimen")),
            configuration: strategy.map(BaseStrategy::config_dir),
            home: strategy.map(|strategy| strategy.home_dir().to_owned()),
        }
    }

    /// Returns the default path of a file in the data folder.
    fn in_data(&self, name: &str) -> anyhow::Result<PathBuf> {
        self.data.as_ref().map(|data| data.join(name)).context(
            "could not find your folder for user data; set HOME, or name --programs and --database",
        )
    }

    /// Returns the default path of the settings file.
    fn settings(&self) -> Option<PathBuf> {
        let configuration = self.configuration.as_ref()?;
        Some(configuration.join("regimen").join("settings.yaml"))
    }
}

/// Returns the environment for a command. Fails if a place is neither named nor has a default.
pub(super) fn read(places: &Places) -> anyhow::Result<Env> {
    let folders = Folders::find();
    let programs = named(places.programs.as_deref());
    let database = named(places.database.as_deref());
    let settings = named(places.settings.as_deref());
    let mut own = Vec::new();
    if programs.is_none() || database.is_none() {
        own.extend(folders.data.clone());
    }
    if programs.is_none() {
        own.extend(folders.in_data("programs").ok());
    }
    if settings.is_none() {
        own.extend(folders.settings());
    }
    let theme = Theme::of(variable);
    let dumb = variable("TERM").as_deref() == Some("dumb");
    let interactive = terminal::is_interactive();
    Ok(Env {
        programs: programs.map_or_else(|| folders.in_data("programs"), Ok)?,
        database: database.map_or_else(|| folders.in_data("records.db"), Ok)?,
        // Without a home folder there are no settings to read, and none are saved.
        preferences: settings.or_else(|| folders.settings()).unwrap_or_default(),
        cache: folders
            .cache
            .unwrap_or_else(|| env::temp_dir().join("regimen")),
        tools: Tools::new(&search_path()),
        configuration: folders.configuration.unwrap_or_default(),
        home: folders.home.unwrap_or_default(),
        own,
        executable: env::current_exe().ok(),
        plain: places.plain || dumb || !interactive,
        theme,
        colour: theme.depth != Depth::Mono && interactive && !dumb,
    })
}

/// Returns a path that was named. An empty one counts as not named.
fn named(path: Option<&Path>) -> Option<PathBuf> {
    path.filter(|path| !path.as_os_str().is_empty())
        .map(Path::to_owned)
}

/// Returns an environment variable. None if it is unset or empty.
#[expect(
    clippy::disallowed_methods,
    reason = "the environment is read here and nowhere else"
)]
fn variable(name: &str) -> Option<String> {
    env::var(name).ok().filter(|value| !value.is_empty())
}

/// Returns the folders where the system's programs are.
#[expect(
    clippy::disallowed_methods,
    reason = "the environment is read here and nowhere else"
)]
fn search_path() -> OsString {
    env::var_os("PATH").unwrap_or_default()
}
