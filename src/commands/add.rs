//! `regimen add`: checks files that a therapist sent and puts them among the patient's programs.

use std::path::{Path, PathBuf};

use anyhow::anyhow;

use crate::commands::{
    Env, Status, eprint_line, print_diagnostics, print_line, read_folder, shown, unreadable,
    unwritten,
};
use crate::folder;
use crate::program::notation::slug;
use crate::program::parse::Parsed;
use crate::program::{Program, changes};
use crate::terminal;

/// Adds each file, or says why not. A file with mistakes doesn't stop the others.
pub(crate) fn add(env: &Env, files: &[PathBuf], yes: bool) -> anyhow::Result<Status> {
    let today = terminal::moment().wall.date();
    let mut status = Status::Fine;
    for file in files {
        let parsed = match folder::read(file, today) {
            Ok(parsed) => parsed,
            Err(error) => {
                eprint_line(&format!("regimen: {}", unreadable(file, &error)));
                status = Status::Failed;
                continue;
            }
        };
        if !parsed.diagnostics.is_empty() {
            print_diagnostics(env, &parsed);
        }
        let Some(program) = &parsed.program else {
            eprint_line(&format!("{} was not added.", shown(file)));
            status = status.max(Status::Problems);
            continue;
        };
        let new = NewFile {
            file,
            parsed: &parsed,
            program,
        };
        if !new.add(env, yes)? {
            status = status.max(Status::Problems);
        }
    }
    Ok(status)
}

/// A file without mistakes that is being added.
struct NewFile<'f> {
    file: &'f Path,
    parsed: &'f Parsed,
    program: &'f Program,
}

/// A picture to copy beside the program.
struct Picture {
    name: String,
    to: PathBuf,
    bytes: Vec<u8>,
}

impl NewFile<'_> {
    /// Saves the file and its pictures among the programs. Returns false if the patient or a
    /// missing --yes kept what was there.
    fn add(&self, env: &Env, yes: bool) -> anyhow::Result<bool> {
        let programs = read_folder(env, terminal::moment().wall.date())?;
        let same_id = programs.iter().find(|other| {
            let other = other.program.as_ref();
            other.is_some_and(|other| other.id == self.program.id)
        });
        let to = match same_id {
            Some(other) => PathBuf::from(other.source.name()),
            None => free_path(&env.programs, &self.program.id, &programs),
        };
        if same_id.is_none()
            && let Some(other) = self.find_same_title(&programs)
            && !self.may_keep_both(other, yes)?
        {
            return Ok(false);
        }
        let old = programs
            .iter()
            .find(|other| Path::new(other.source.name()) == to);
        let pictures = self.new_pictures(&to);
        let same_text = old.is_some_and(|old| old.source.text() == self.parsed.source.text());
        if same_text && pictures.is_empty() {
            print_line(&format!(
                "You already have this version of \"{}\".",
                self.program.title
            ));
            return Ok(true);
        }
        let changes = self.list_changes(old, same_text, &pictures);
        if !changes.is_empty() && !self.may_replace(&changes, yes)? {
            return Ok(false);
        }
        self.save(&to, &pictures)?;
        print_line(&format!("Added \"{}\": {}", self.program.title, shown(&to)));
        Ok(true)
    }

    /// Returns another program with the same title.
    fn find_same_title<'p>(&self, programs: &'p [Parsed]) -> Option<&'p Parsed> {
        programs.iter().find(|other| {
            let other = other.program.as_ref();
            other.is_some_and(|other| slug(&other.title) == slug(&self.program.title))
        })
    }

    /// Returns whether the program may be added beside one of the same title. Two versions of one
    /// program would both be due, so this asks unless --yes is given.
    fn may_keep_both(&self, other: &Parsed, yes: bool) -> anyhow::Result<bool> {
        let Some(old) = &other.program else {
            return Ok(true);
        };
        print_line(&format!(
            "There is another program with the title \"{}\": {}. What differs in the new one:",
            old.title,
            other.source.short_name()
        ));
        for change in changes::between(old, self.program) {
            print_line(&format!("  {change}"));
        }
        print_line(&format!(
            "To replace it, give the new file the id of the old one: `id: {}`.",
            old.id
        ));
        let confirmation = Confirmation {
            question: "Keep both, each with its own sessions?",
            unattended: "Nothing was added. Run it again with --yes to keep both.",
            declined: "Nothing was added.",
        };
        confirmation.ask(yes)
    }

    /// Returns what replacing the old file changes. Empty if nothing is replaced.
    fn list_changes(
        &self,
        old: Option<&Parsed>,
        same_text: bool,
        pictures: &[Picture],
    ) -> Vec<String> {
        let mut news = Vec::new();
        match old.map(|old| old.program.as_ref()) {
            Some(Some(old)) => {
                news.extend(changes::between(old, self.program));
                if news.is_empty() && !same_text {
                    news.push("comments or layout only; every dose is the same".to_owned());
                }
            }
            Some(None) => news.push("the file there has mistakes and can't be played".to_owned()),
            None => {}
        }
        news.extend(
            pictures
                .iter()
                .filter(|picture| picture.to.exists())
                .map(|picture| format!("picture {} changes", picture.name)),
        );
        news
    }

    /// Prints the changes, and returns whether the old file may be replaced.
    fn may_replace(&self, changes: &[String], yes: bool) -> anyhow::Result<bool> {
        print_line(&format!(
            "You already have \"{}\". What changes:",
            self.program.title
        ));
        for change in changes {
            print_line(&format!("  {change}"));
        }
        let confirmation = Confirmation {
            question: "Replace it?",
            unattended: "Nothing was replaced. Run it again with --yes to replace it.",
            declined: "Nothing was replaced.",
        };
        confirmation.ask(yes)
    }

    /// Returns the pictures that are missing at the destination or differ there.
    fn new_pictures(&self, to: &Path) -> Vec<Picture> {
        let folder = to.parent().unwrap_or(Path::new("."));
        let images = self.parsed.places.images.iter();
        images
            .filter_map(|(_, name)| {
                let bytes = folder::picture_bytes(self.file, name)?;
                let old = folder::picture_bytes(to, name);
                (old.as_ref() != Some(&bytes)).then(|| Picture {
                    name: name.clone(),
                    to: folder.join(name),
                    bytes,
                })
            })
            .collect()
    }

    /// Writes the pictures and then the program.
    fn save(&self, to: &Path, pictures: &[Picture]) -> anyhow::Result<()> {
        for picture in pictures {
            folder::put(&picture.bytes, &picture.to)
                .map_err(|error| anyhow!("{}", unwritten(Path::new(&picture.name), &error)))?;
        }
        folder::put(self.parsed.source.text().as_bytes(), to)
            .map_err(|error| anyhow!("{}", unwritten(to, &error)))
    }
}

/// A yes-or-no question, and what is printed if the answer is no.
struct Confirmation {
    question: &'static str,
    /// Printed if there is no terminal to ask on.
    unattended: &'static str,
    /// Printed if the patient says no.
    declined: &'static str,
}

impl Confirmation {
    /// Asks unless `yes` is given. Returns whether the answer is yes.
    fn ask(&self, yes: bool) -> anyhow::Result<bool> {
        if yes {
            return Ok(true);
        }
        if !terminal::is_interactive() {
            eprint_line(self.unattended);
            return Ok(false);
        }
        let agreed = terminal::ask(self.question)?;
        if !agreed {
            print_line(self.declined);
        }
        Ok(agreed)
    }
}

/// Returns a path for a new program: its id, with a number added if another program has that file.
fn free_path(folder: &Path, id: &str, programs: &[Parsed]) -> PathBuf {
    let taken = |path: &Path| {
        programs
            .iter()
            .any(|other| Path::new(other.source.name()) == path && other.program.is_some())
    };
    let names = (1..).map(|number| {
        if number == 1 {
            format!("{id}.yaml")
        } else {
            format!("{id}-{number}.yaml")
        }
    });
    names
        .map(|name| folder.join(name))
        .find(|path| !taken(path))
        .unwrap_or_else(|| folder.join(format!("{id}.yaml")))
}
