//! The folder of the patient's programs: reads its files, and puts new ones in. The only owner of
//! program files. Knows nothing of sessions or screens.

use std::collections::HashMap;
use std::fs;
use std::io::{self, Read};
use std::path::{Path, PathBuf};
use std::sync::mpsc::Sender;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, SystemTime};

use jiff::civil::Date;

use crate::advice;
use crate::bitmap::Bitmap;
use crate::catalog::ProgramEntry;
use crate::diagnostic::Diagnostic;
use crate::diagnostic::remedy::Remedy;
use crate::events::Input;
use crate::files::{self, Care};
use crate::preferences::{self, Preferences, SettingKey};
use crate::program::library::{PROGRAM_FILES, SAMPLE_HEADS};
use crate::program::parse::{Parsed, parse, parse_bytes};
use crate::source::{MAX_BYTES, Source, Span, printable};
use crate::view::cells::{PICTURE_GROUND, Pictures};

/// Reads a file as a program, its pictures looked for beside it.
pub fn read(path: &Path, today: Date) -> io::Result<Parsed> {
    if !fs::metadata(path)?.is_file() {
        return Err(io::Error::new(
            io::ErrorKind::InvalidInput,
            "this is not a file",
        ));
    }
    let mut bytes = Vec::new();
    // One byte more than may be there is enough to know that there is too much.
    fs::File::open(path)?
        .take(MAX_BYTES as u64 + 1)
        .read_to_end(&mut bytes)?;
    let mut parsed = parse_bytes(&path.display().to_string(), &bytes);
    finish(&mut parsed, path.parent().unwrap_or(Path::new(".")), today);
    Ok(parsed)
}

/// Reads standard input as a program, its pictures looked for in the working folder.
pub fn read_input(today: Date) -> io::Result<Parsed> {
    let mut bytes = Vec::new();
    io::stdin()
        .lock()
        .take(MAX_BYTES as u64 + 1)
        .read_to_end(&mut bytes)?;
    let mut parsed = parse_bytes("<standard input>", &bytes);
    finish(&mut parsed, Path::new("."), today);
    Ok(parsed)
}

/// Adds what a text alone does not show: whether its pictures are there, and what a colleague would
/// remark today.
fn finish(parsed: &mut Parsed, folder: &Path, today: Date) {
    let pictures: Vec<Diagnostic> = parsed
        .places
        .images
        .iter()
        .filter_map(|(span, name)| picture(folder, name, *span))
        .collect();
    parsed.add(pictures);
    advise(parsed, today);
}

fn advise(parsed: &mut Parsed, today: Date) {
    if let Some(program) = &parsed.program {
        let advice = advice::on(program, &parsed.places, today);
        parsed.add(advice);
    }
}

/// What is wrong with a picture that a program names.
fn picture(folder: &Path, name: &str, span: Span) -> Option<Diagnostic> {
    let Ok(found) = folder.join(name).canonicalize() else {
        return Some(Diagnostic::missing_image(span, name));
    };
    let inside = folder_of(folder)
        .canonicalize()
        .is_ok_and(|folder| found.starts_with(folder));
    (!inside).then(|| {
        Diagnostic::bad_image(
            span,
            "`image` names a link to a file outside the program's folder",
        )
    })
}

/// A folder by a name that can be opened: a bare file name lies in the working folder.
fn folder_of(folder: &Path) -> &Path {
    if folder.as_os_str().is_empty() {
        Path::new(".")
    } else {
        folder
    }
}

/// The programs of a folder, by the names of their files. A folder that is not there has none.
pub fn programs(folder: &Path, today: Date) -> io::Result<Vec<Parsed>> {
    let entries = match fs::read_dir(folder) {
        Ok(entries) => entries,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(Vec::new()),
        Err(error) => return Err(error),
    };
    let mut paths: Vec<PathBuf> = entries
        .filter_map(Result::ok)
        .map(|entry| entry.path())
        .filter(|path| is_program(path))
        .collect();
    paths.sort();
    let mut all = Vec::new();
    for path in paths {
        all.push(read(&path, today).unwrap_or_else(|error| {
            let mut parsed = parse(Source::new(path.display().to_string(), ""));
            parsed.diagnostics = vec![Diagnostic::syntax(
                Span::default(),
                format!("this file cannot be read ({error})"),
                Remedy::words("check its rights"),
            )];
            parsed
        }));
    }
    Ok(one_of_each(all))
}

fn is_program(path: &Path) -> bool {
    let hidden = path
        .file_name()
        .and_then(|name| name.to_str())
        .is_none_or(|name| name.starts_with('.'));
    !hidden
        && path
            .extension()
            .is_some_and(|ending| ending == "yaml" || ending == "yml")
        && !path.is_dir()
}

/// Of two programs with the same id the second is an error.
fn one_of_each(mut all: Vec<Parsed>) -> Vec<Parsed> {
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

/// The built-in samples, unread.
pub fn samples() -> Vec<ProgramEntry> {
    PROGRAM_FILES
        .iter()
        .zip(SAMPLE_HEADS)
        .map(|((id, text), head)| ProgramEntry::sample(id, text, *head))
        .collect()
}

/// Puts a file in a folder, whole or not at all. A file it replaces is kept under its name with
/// `.old` behind it.
pub fn put(bytes: &[u8], to: &Path) -> io::Result<()> {
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

/// Whether a text stands near the beginning of a file.
pub fn holds(path: &Path, text: &str) -> bool {
    let mut startup = Vec::new();
    let read = fs::File::open(path).and_then(|file| file.take(4096).read_to_end(&mut startup));
    read.is_ok() && String::from_utf8_lossy(&startup).contains(text)
}

/// Writes a program where there is no file of that name; false, and nothing written, where there is
/// one.
pub fn put_new(bytes: &[u8], to: &Path) -> io::Result<bool> {
    files::write_new(to, bytes, Care::Shared)
}

/// A picture file is never longer.
const MOST_PICTURE: u64 = 32 * 1024 * 1024;

/// The bytes of a picture that a program names; none where it is missing, no file, outside the
/// program's folder, or far too large.
pub fn picture_bytes(program: &Path, name: &str) -> Option<Vec<u8>> {
    let folder = folder_of(program.parent().unwrap_or(Path::new(".")))
        .canonicalize()
        .ok()?;
    let found = folder
        .join(name)
        .canonicalize()
        .ok()
        .filter(|found| found.starts_with(&folder))?;
    let data = fs::metadata(&found).ok()?;
    if !data.is_file() || data.len() > MOST_PICTURE {
        return None;
    }
    let mut bytes = Vec::new();
    fs::File::open(&found)
        .ok()?
        .take(MOST_PICTURE)
        .read_to_end(&mut bytes)
        .ok()?;
    Some(bytes)
}

/// Looks into the pictures of a program: adds what is told of those that show nothing. It takes its
/// time, so it is for checking alone.
pub fn look_into_pictures(parsed: &mut Parsed, program: &Path) {
    let damaged = |(span, name): &(Span, String)| {
        let why = Bitmap::read(&picture_bytes(program, name)?, PICTURE_GROUND).err()?;
        Some(Diagnostic::unreadable_image(*span, name, &why.to_string()))
    };
    let told: Vec<Diagnostic> = parsed.places.images.iter().filter_map(damaged).collect();
    parsed.add(told);
}

/// The bytes of a picture that can be shown; none where it cannot.
pub fn good_picture(program: &Path, name: &str) -> Option<Vec<u8>> {
    picture_bytes(program, name).filter(|bytes| Bitmap::read(bytes, PICTURE_GROUND).is_ok())
}

/// Pictures beside programs, each read once, on a thread of its own: a large one would hold up the
/// screen.
pub struct PictureReader {
    reports: Sender<Input>,
    known: Arc<Mutex<HashMap<PictureName, Slot>>>,
    turn: Arc<Mutex<()>>,
}

/// The path of a program, and the name of a picture beside it.
type PictureName = (String, String);

/// What a picture's file was like when it was asked for, and what was read: none while it is read,
/// or where it is no picture.
type Slot = (Option<(SystemTime, u64)>, Option<Arc<Bitmap>>);

/// Pictures are kept no larger; no panel has so many points.
const KEPT_POINTS: usize = 640;

impl PictureReader {
    /// Tells the program to draw anew when a picture has been read.
    pub fn new(reports: Sender<Input>) -> Self {
        Self {
            reports,
            known: Arc::default(),
            turn: Arc::default(),
        }
    }
}

impl Pictures for PictureReader {
    fn picture(&mut self, program: &str, name: &str) -> Option<Arc<Bitmap>> {
        let asked = (program.to_owned(), name.to_owned());
        let stamp = stamp_of(
            &Path::new(program)
                .parent()
                .unwrap_or(Path::new("."))
                .join(name),
        );
        let mut known = self.known.lock().unwrap_or_else(PoisonError::into_inner);
        let before = match known.get(&asked) {
            Some((seen, picture)) if *seen == stamp => return picture.clone(),
            // Until the new one has been read the one before is shown.
            Some((_, picture)) => picture.clone(),
            None => None,
        };
        known.insert(asked.clone(), (stamp, before.clone()));
        let (shared, turn, reports) = (
            Arc::clone(&self.known),
            Arc::clone(&self.turn),
            self.reports.clone(),
        );
        let read = move || {
            // One at a time: a large picture takes much memory until it is made smaller.
            let turn = turn.lock().unwrap_or_else(PoisonError::into_inner);
            let bytes = picture_bytes(Path::new(&asked.0), &asked.1);
            let picture = bytes.and_then(|bytes| Bitmap::read(&bytes, PICTURE_GROUND).ok());
            let picture = picture.map(|picture| Arc::new(picture.within(KEPT_POINTS, KEPT_POINTS)));
            drop(turn);
            shared
                .lock()
                .unwrap_or_else(PoisonError::into_inner)
                .insert(asked, (stamp, picture));
            // Who is gone needs no picture any more.
            let _ = reports.send(Input::Redraw);
        };
        // Without a thread there is no picture, and the figure stands in.
        let _ = std::thread::Builder::new()
            .name("picture".to_owned())
            .spawn(read);
        before
    }
}

/// When a file was written, and how long it is.
fn stamp_of(path: &Path) -> Option<(SystemTime, u64)> {
    fs::metadata(path)
        .ok()
        .and_then(|data| Some((data.modified().ok()?, data.len())))
}

/// The text of any file of ours, such as an export.
pub fn text_of(path: &Path) -> io::Result<String> {
    if !fs::metadata(path)?.is_file() {
        return Err(io::Error::new(
            io::ErrorKind::InvalidInput,
            "this is not a file",
        ));
    }
    let mut text = String::new();
    fs::File::open(path)?
        .read_to_string(&mut text)
        .map(|_| text)
}

/// A file of settings is never longer.
const MOST_SETTINGS: u64 = 64 * 1024;

/// The text of the file of settings; empty where there is none.
pub fn settings_text(path: &Path) -> io::Result<String> {
    let mut text = String::new();
    match fs::File::open(path) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(text),
        file => file?
            .take(MOST_SETTINGS)
            .read_to_string(&mut text)
            .map(|_| text),
    }
}

/// Puts one setting into the file, and leaves everything else in it as it stands; else says why it
/// could not be kept.
pub fn keep_setting(path: &Path, preferences: &Preferences, key: SettingKey) -> Result<(), String> {
    let place = printable(&path.display().to_string()).into_owned();
    let lost = |error: io::Error| {
        format!(
            "This holds until you quit; it could not be kept in {place}: {}",
            files::reason(&error)
        )
    };
    // A link stays a link: the file behind it is written.
    let real = path.canonicalize().unwrap_or_else(|_| path.to_owned());
    let text = settings_text(&real).map_err(lost)?;
    let Some(changed) = preferences::change(&text, preferences, key) else {
        return Err(format!(
            "This holds until you quit; the file {place} is written in a way that only you can change."
        ));
    };
    files::write(&real, changed.as_bytes(), Care::Private).map_err(lost)
}

/// How often watched files are looked at.
const LOOK_EVERY: Duration = Duration::from_millis(60);

/// Tells when files or the programs of folders change. Looks at their times and lengths, which
/// works on every disk.
#[derive(Debug)]
pub struct Watch {
    paths: Vec<PathBuf>,
    seen: Vec<Stamp>,
}

/// What shows that a file is another one: where, when it was written, how long it is.
type Stamp = (PathBuf, Option<(SystemTime, u64)>);

impl Watch {
    /// Watches from now on.
    pub fn new(paths: Vec<PathBuf>) -> Self {
        let seen = Self::look(&paths);
        Self { paths, seen }
    }

    fn look(paths: &[PathBuf]) -> Vec<Stamp> {
        let stamp = |path: PathBuf| {
            let stamp = stamp_of(&path);
            (path, stamp)
        };
        let files = paths.iter().flat_map(|path| {
            let inside = fs::read_dir(path)
                .into_iter()
                .flatten()
                .filter_map(Result::ok)
                .map(|entry| entry.path());
            inside
                .filter(|path| is_program(path))
                .chain(std::iter::once(path.clone()))
        });
        let mut stamps: Vec<Stamp> = files.map(stamp).collect();
        stamps.sort();
        stamps
    }

    /// Waits until something is another than when it was last looked at.
    #[expect(
        clippy::disallowed_methods,
        reason = "files tell nobody that they change; this is where they are waited for"
    )]
    pub fn wait(&mut self) {
        loop {
            std::thread::sleep(LOOK_EVERY);
            let now = Self::look(&self.paths);
            if now != self.seen {
                self.seen = now;
                return;
            }
        }
    }
}
