//! Program files on disk: reads programs from the patient's folder, from named files and from
//! standard input, and saves new ones. `folder/pictures` reads the pictures beside them,
//! `folder/settings` the settings file, and `folder/watch` reports changes.

mod paths;
mod pictures;
mod settings;
mod watch;

use std::collections::HashMap;
use std::fs;
use std::io::{self, Read};
use std::path::{Path, PathBuf};

use jiff::civil::Date;

use crate::advice;
use crate::catalog::ProgramEntry;
use crate::diagnostic::Diagnostic;
use crate::diagnostic::remedy::Remedy;
use crate::files::{self, Care};
use crate::program::library::{PROGRAM_FILES, SAMPLE_HEADS};
use crate::program::parse::{Parsed, parse, parse_bytes};
use crate::source::{MAX_BYTES, Source, Span};

use pictures::diagnose_picture_path;
pub use pictures::{PictureReader, good_picture, look_into_pictures, picture_bytes};
pub(crate) use settings::{keep_setting, settings_text};
pub(crate) use watch::Watch;

/// Reads a file as a program. Its pictures are looked for in the same folder.
pub fn read(path: &Path, today: Date) -> io::Result<Parsed> {
    let file = open_file(path)?;
    let parsed = parse_bytes(&path.display().to_string(), &read_limited(file)?);
    let folder = path.parent().unwrap_or(Path::new("."));
    Ok(add_surroundings(parsed, folder, today))
}

/// Reads standard input as a program. Its pictures are looked for in the working folder.
pub(crate) fn read_input(today: Date) -> io::Result<Parsed> {
    let parsed = parse_bytes("<standard input>", &read_limited(io::stdin().lock())?);
    Ok(add_surroundings(parsed, Path::new("."), today))
}

/// Opens a file. Fails with `InvalidInput` if the path names a folder or a device.
fn open_file(path: &Path) -> io::Result<fs::File> {
    if fs::metadata(path)?.is_file() {
        fs::File::open(path)
    } else {
        Err(io::Error::new(
            io::ErrorKind::InvalidInput,
            "this is not a file",
        ))
    }
}

/// Reads at most one byte more than a program may have, which is enough to tell that it's too long.
fn read_limited(input: impl Read) -> io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    input.take(MAX_BYTES as u64 + 1).read_to_end(&mut bytes)?;
    Ok(bytes)
}

/// Adds the diagnostics that need more than the program's text: pictures that are missing, and
/// suggestions that depend on today's date.
fn add_surroundings(mut parsed: Parsed, folder: &Path, today: Date) -> Parsed {
    let pictures: Vec<Diagnostic> = parsed
        .places
        .images
        .iter()
        .filter_map(|(span, name)| diagnose_picture_path(folder, name, *span))
        .collect();
    parsed.add(pictures);
    if let Some(program) = &parsed.program {
        let advice = advice::on(program, &parsed.places, today);
        parsed.add(advice);
    }
    parsed
}

/// Returns the programs of a folder, sorted by file name. A missing folder has none. A file that
/// can't be read is returned with a diagnostic that says so.
pub(crate) fn programs(folder: &Path, today: Date) -> io::Result<Vec<Parsed>> {
    let entries = match fs::read_dir(folder) {
        Ok(entries) => entries,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(Vec::new()),
        Err(error) => return Err(error),
    };
    let mut paths: Vec<PathBuf> = entries
        .filter_map(Result::ok)
        .map(|entry| entry.path())
        .filter(|path| paths::is_program(path))
        .collect();
    paths.sort();
    let all = paths
        .iter()
        .map(|path| read(path, today).unwrap_or_else(|error| unread_program(path, &error)))
        .collect();
    Ok(mark_duplicate_ids(all))
}

/// Returns what is listed for a file that can't be read: no program, and the reason as a mistake.
fn unread_program(path: &Path, error: &io::Error) -> Parsed {
    let mut parsed = parse(Source::new(path.display().to_string(), ""));
    parsed.diagnostics = vec![Diagnostic::syntax(
        Span::default(),
        format!("this file can't be read ({error})"),
        Remedy::words("check its permissions"),
    )];
    parsed
}

/// Adds an error to each program whose id an earlier program has.
fn mark_duplicate_ids(mut all: Vec<Parsed>) -> Vec<Parsed> {
    let mut ids: HashMap<String, String> = HashMap::new();
    for parsed in &mut all {
        let Some(id) = parsed.program.as_ref().map(|program| program.id.clone()) else {
            continue;
        };
        if let Some(first) = ids.get(&id) {
            let duplicate = Diagnostic::duplicate_program(Span::default(), &id, first);
            parsed.add([duplicate]);
        } else {
            ids.insert(id, parsed.source.short_name());
        }
    }
    all
}

/// Returns the built-in samples. Each is parsed only when it's needed.
pub(crate) fn samples() -> Vec<ProgramEntry> {
    PROGRAM_FILES
        .iter()
        .zip(SAMPLE_HEADS)
        .map(|((id, text), head)| ProgramEntry::sample(id, text, *head))
        .collect()
}

/// Saves a file in the folder of programs. A file that it replaces is kept with `.old` added to its
/// name.
pub(crate) fn put(bytes: &[u8], to: &Path) -> io::Result<()> {
    if let Some(folder) = to.parent() {
        files::make_folder(folder, Care::Private)?;
    }
    if to.exists() {
        let mut name = to.file_name().unwrap_or_default().to_owned();
        name.push(".old");
        files::write(&to.with_file_name(name), &fs::read(to)?, Care::Shared)?;
    }
    files::write(to, bytes, Care::Shared)
}

/// Saves a new program. Returns false, and writes nothing, if a file of that name exists.
pub(crate) fn put_new(bytes: &[u8], to: &Path) -> io::Result<bool> {
    files::write_new(to, bytes, Care::Shared)
}

/// Returns whether the first 4 KiB of a file contain a text.
pub(crate) fn holds(path: &Path, text: &str) -> bool {
    let mut start = Vec::new();
    let read = fs::File::open(path).and_then(|file| file.take(4096).read_to_end(&mut start));
    read.is_ok() && String::from_utf8_lossy(&start).contains(text)
}

/// Reads any file as text, such as an export.
pub(crate) fn text_of(path: &Path) -> io::Result<String> {
    io::read_to_string(open_file(path)?)
}
