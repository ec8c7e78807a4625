//! `regimen new`: writes a program file without mistakes, from a few answers or from a sample.

mod answers;
mod frequency;
mod sample;
mod template;
mod yaml;

use std::path::{Path, PathBuf};

use anyhow::{Context, bail};

use crate::advice;
use crate::commands::{Env, Status, print_diagnostics, print_line, shown};
use crate::folder;
use crate::program::Program;
use crate::program::notation::slug;
use crate::program::parse::{Places, parse};
use crate::source::{Source, printable};
use crate::terminal;

/// What the command line says about the new program. What is None is asked for on a terminal.
#[derive(Debug, Clone, Default)]
pub(crate) struct Options {
    /// The file's name, with or without its ending.
    pub(crate) name: Option<String>,
    pub(crate) title: Option<String>,
    /// The diagnosis or the reason for the program.
    pub(crate) condition: Option<String>,
    /// How often the program is done, as the patient or the format would write it.
    pub(crate) frequency: Option<String>,
    /// Exercises of the library, by any of their names.
    pub(crate) exercises: Vec<String>,
    /// The name of the therapist.
    pub(crate) therapist: Option<String>,
    /// The number to call.
    pub(crate) phone: Option<String>,
    pub(crate) email: Option<String>,
    pub(crate) clinic: Option<String>,
    /// The name of the patient.
    pub(crate) patient: Option<String>,
    /// The id of the sample to copy. None starts with an empty program.
    pub(crate) from: Option<String>,
}

impl Options {
    /// Returns the lines under `therapist` as keys and values.
    fn contact(&self) -> Vec<(&'static str, String)> {
        let given = [
            ("name", &self.therapist),
            ("clinic", &self.clinic),
            ("phone", &self.phone),
            ("email", &self.email),
        ];
        let given = given
            .into_iter()
            .filter_map(|(key, value)| Some((key, value.as_ref()?.trim().to_owned())));
        given.filter(|(_, value)| !value.is_empty()).collect()
    }

    /// Returns the first option that was given an empty value, which is neither a value nor None.
    fn empty_option(&self) -> Option<&'static str> {
        let options = [
            ("--title", &self.title),
            ("--condition", &self.condition),
            ("--frequency", &self.frequency),
            ("--therapist", &self.therapist),
            ("--clinic", &self.clinic),
            ("--phone", &self.phone),
            ("--email", &self.email),
            ("--patient", &self.patient),
        ];
        options
            .iter()
            .find(|(_, value)| value.as_ref().is_some_and(|value| value.trim().is_empty()))
            .map(|(option, _)| *option)
    }

    /// Returns the program's id, which is made from the file's name.
    fn id(&self) -> Option<String> {
        let stem = self
            .name
            .as_deref()
            .and_then(|name| Path::new(name).file_stem())?;
        Some(slug(&stem.to_string_lossy())).filter(|id| !id.is_empty())
    }
}

/// Writes the program. On a terminal, asks for what the options don't say.
pub(crate) fn new(env: &Env, options: &Options) -> anyhow::Result<Status> {
    if let Some(option) = options.empty_option() {
        bail!("{option} has no value; write one in quotes after it, or remove {option}");
    }
    let (text, mut notes) = match &options.from {
        Some(sample) => sample::copy(sample, options)?,
        None => (
            answers::write(options, terminal::is_interactive())?,
            Vec::new(),
        ),
    };
    let parsed = parse(Source::new("new.yaml", text.as_str()));
    let Some(program) = &parsed.program else {
        print_diagnostics(env, &parsed);
        bail!("nothing was written");
    };
    let path = file_path(options.name.as_deref(), &program.title);
    let is_new = folder::put_new(text.as_bytes(), &path)
        .with_context(|| format!("could not write {}", shown(&path)))?;
    anyhow::ensure!(
        is_new,
        "{} exists and was not changed; give the new file another name",
        shown(&path)
    );
    notes.extend(list_missing(program, &parsed.places));
    print_line(&describe_file(&path, &notes));
    Ok(Status::Fine)
}

/// Says what was written and what to do next.
fn describe_file(path: &Path, notes: &[String]) -> String {
    let notes = if notes.is_empty() {
        String::new()
    } else {
        notes.join("\n") + "\n"
    };
    format!(
        "Wrote {0}\nOpen it in any text editor and change the doses, the stop signs and the pain \
         bands.\n{notes}Then:\n  regimen check {0}      lists every mistake\n  \
         regimen preview {0}    plays it as your patient will see it",
        shown(path)
    )
}

/// Says what to fill in before the patient gets the file.
fn list_missing(program: &Program, places: &Places) -> Option<String> {
    let mut parts: Vec<String> = advice::placeholders(places)
        .into_iter()
        .map(|(key, _, value)| format!("{key} (now \"{}\")", printable(value)))
        .collect();
    let therapist = &program.therapist;
    if therapist.name.is_none() {
        parts.push("your name".to_owned());
    }
    if therapist.phone.is_none() && therapist.email.is_none() {
        parts.push(
            "a phone number or an email under `therapist:`, so that the patient can reach you"
                .to_owned(),
        );
    }
    (!parts.is_empty()).then(|| format!("Still to fill in: {}.", parts.join(", ")))
}

/// Returns the path of the new file: its name, or one made from the title, with the ending .yaml.
fn file_path(name: Option<&str>, title: &str) -> PathBuf {
    let slug = slug(title);
    let default = if slug.is_empty() { "program" } else { &slug };
    let name = name.unwrap_or(default);
    let yaml = Path::new(name)
        .extension()
        .is_some_and(|ending| ending == "yaml" || ending == "yml");
    PathBuf::from(if yaml {
        name.to_owned()
    } else {
        format!("{name}.yaml")
    })
}
