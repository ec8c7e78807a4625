//! Pictures beside programs: checks their paths, and reads them in the background for the screen.

use std::collections::HashMap;
use std::fs;
use std::io::Read;
use std::path::Path;
use std::sync::mpsc::Sender;
use std::sync::{Arc, Mutex, PoisonError};

use super::paths::{Stamp, openable, stamp_of};
use crate::bitmap::Bitmap;
use crate::diagnostic::Diagnostic;
use crate::events::Input;
use crate::program::parse::Parsed;
use crate::source::Span;
use crate::view::cells::{PICTURE_GROUND, Pictures};

/// The longest picture file that is read, in bytes.
const MAX_PICTURE: u64 = 32 * 1024 * 1024;

/// The largest width and height, in pixels, of a picture in memory. No panel has room for more.
const MAX_PIXELS: usize = 640;

/// Returns a diagnostic if a picture that a program names is missing or outside the program's
/// folder.
pub(super) fn diagnose_picture_path(folder: &Path, name: &str, span: Span) -> Option<Diagnostic> {
    let Ok(found) = folder.join(name).canonicalize() else {
        return Some(Diagnostic::missing_image(span, name));
    };
    let inside = openable(folder)
        .canonicalize()
        .is_ok_and(|folder| found.starts_with(folder));
    (!inside).then(|| {
        Diagnostic::bad_image(
            span,
            "`image` names a link to a file outside the program's folder",
        )
    })
}

/// Returns the bytes of a picture that a program names. None if it is missing, not a file, outside
/// the program's folder, or larger than 32 MiB.
pub fn picture_bytes(program: &Path, name: &str) -> Option<Vec<u8>> {
    let folder = openable(program.parent().unwrap_or(Path::new(".")))
        .canonicalize()
        .ok()?;
    let found = folder
        .join(name)
        .canonicalize()
        .ok()
        .filter(|found| found.starts_with(&folder))?;
    let metadata = fs::metadata(&found).ok()?;
    if !metadata.is_file() || metadata.len() > MAX_PICTURE {
        return None;
    }
    let mut bytes = Vec::new();
    fs::File::open(&found)
        .ok()?
        .take(MAX_PICTURE)
        .read_to_end(&mut bytes)
        .ok()?;
    Some(bytes)
}

/// Adds a diagnostic for each picture of a program that can't be decoded. Decoding is slow, so only
/// `regimen check` does this.
pub fn look_into_pictures(parsed: &mut Parsed, program: &Path) {
    let diagnose = |(span, name): &(Span, String)| {
        let why = Bitmap::read(&picture_bytes(program, name)?, PICTURE_GROUND).err()?;
        Some(Diagnostic::unreadable_image(*span, name, &why.to_string()))
    };
    let diagnostics: Vec<Diagnostic> = parsed.places.images.iter().filter_map(diagnose).collect();
    parsed.add(diagnostics);
}

/// Returns the bytes of a picture, or None if it can't be decoded.
pub fn good_picture(program: &Path, name: &str) -> Option<Vec<u8>> {
    picture_bytes(program, name).filter(|bytes| Bitmap::read(bytes, PICTURE_GROUND).is_ok())
}

/// Reads each picture once, on a thread of its own, because a large one would hold up the screen.
pub struct PictureReader {
    reports: Sender<Input>,
    known: Known,
    /// Held while a picture is decoded: a large one needs much memory until it's scaled down.
    turn: Arc<Mutex<()>>,
}

/// The path of a program, and the name of a picture beside it.
type PictureName = (String, String);

/// The stamp of a picture's file when it was requested, and the picture. The picture is None while
/// it is being read, and if the file is no picture.
type ReadPicture = (Option<Stamp>, Option<Arc<Bitmap>>);

/// All pictures that were requested, shared with the threads that read them.
type Known = Arc<Mutex<HashMap<PictureName, ReadPicture>>>;

impl PictureReader {
    /// Creates a reader that sends a redraw request each time a picture has been read.
    pub fn new(reports: Sender<Input>) -> Self {
        Self {
            reports,
            known: Arc::default(),
            turn: Arc::default(),
        }
    }

    /// Reads a picture on a new thread. Without a thread there is no picture, and the screen shows
    /// the figure instead.
    fn spawn_read(&self, name: PictureName, stamp: Option<Stamp>) {
        let (known, turn) = (Arc::clone(&self.known), Arc::clone(&self.turn));
        let reports = self.reports.clone();
        let read = move || {
            let turn = turn.lock().unwrap_or_else(PoisonError::into_inner);
            let picture = picture_bytes(Path::new(&name.0), &name.1)
                .and_then(|bytes| Bitmap::read(&bytes, PICTURE_GROUND).ok())
                .map(|picture| Arc::new(picture.within(MAX_PIXELS, MAX_PIXELS)));
            drop(turn);
            known
                .lock()
                .unwrap_or_else(PoisonError::into_inner)
                .insert(name, (stamp, picture));
            // An error means that the app has ended, so nothing needs to be redrawn.
            let _ = reports.send(Input::Redraw);
        };
        let _ = std::thread::Builder::new()
            .name("picture".to_owned())
            .spawn(read);
    }
}

impl Pictures for PictureReader {
    fn picture(&mut self, program: &str, name: &str) -> Option<Arc<Bitmap>> {
        let folder = Path::new(program).parent().unwrap_or(Path::new("."));
        let stamp = stamp_of(&folder.join(name));
        let key = (program.to_owned(), name.to_owned());
        let mut known = self.known.lock().unwrap_or_else(PoisonError::into_inner);
        let before = match known.get(&key) {
            Some((seen, picture)) if *seen == stamp => return picture.clone(),
            // The file has changed; the old picture is shown until the new one has been read.
            Some((_, picture)) => picture.clone(),
            None => None,
        };
        known.insert(key.clone(), (stamp, before.clone()));
        drop(known);
        self.spawn_read(key, stamp);
        before
    }
}
