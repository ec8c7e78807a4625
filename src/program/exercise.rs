//! An exercise of a program: its dose, the pauses around it, its texts and its progression.

use std::sync::Arc;
use std::time::Duration;

use serde::{Deserialize, Serialize};

use super::library::LibraryExercise;
use super::{Dose, Side, figures, library};
use crate::figure::{FigureSide, motion::Motion};

/// One exercise of a program, with its dose.
#[derive(Debug, Clone, PartialEq)]
pub struct Exercise {
    /// The id that the patient's records are tied to.
    pub id: String,
    /// The id of the library exercise it is based on. None for one of the therapist's own.
    pub library: Option<String>,
    /// The exercise's name, as shown to the patient.
    pub name: String,
    /// The part of the session it belongs to.
    pub block: Block,
    /// Whether it stays in a short session.
    pub essential: bool,
    /// The dose before any step of the progression.
    pub dose: Dose,
    /// The pauses around the work.
    pub timings: Timings,
    /// The texts that the file gives; the library's apply for the rest.
    pub own: OwnTexts,
    /// How to make it easier.
    pub easier: Option<String>,
    /// How to make it harder.
    pub harder: Option<String>,
    /// The stop signs of this exercise.
    pub stop_if: Vec<String>,
    /// The path of a picture, relative to the folder of the program file.
    pub image: Option<String>,
    /// The web address of a video.
    pub video: Option<String>,
    /// Where its animated figure comes from. None if it has none.
    pub figure: Option<FigureSource>,
    /// The steps of the progression, each with the whole dose that it leads to.
    pub progression: Vec<ProgressionStep>,
}

/// The place an exercise's figure comes from.
#[derive(Debug, Clone, PartialEq)]
pub enum FigureSource {
    /// The id of a library exercise, which may have a figure.
    Library(&'static str),
    /// A figure that the program file describes.
    Own(Arc<Motion>),
}

/// The texts that a file gives for an exercise. None means that the library's text applies.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct OwnTexts {
    /// The equipment, one entry for each piece.
    pub equipment: Option<Vec<String>>,
    /// The muscles that the exercise works on.
    pub muscles: Option<Muscles>,
    /// The instructions, in order.
    pub instructions: Option<Vec<String>>,
    /// Short cues that are shown and spoken during the work.
    pub cues: Option<Vec<String>>,
    /// Common mistakes.
    pub mistakes: Option<Vec<String>>,
}

static NO_MUSCLES: Muscles = Muscles {
    strengthens: Vec::new(),
    stretches: Vec::new(),
    assists: Vec::new(),
};

impl Exercise {
    /// Returns the movement of its figure. None if it has no figure.
    pub fn motion(&self) -> Option<Arc<Motion>> {
        match self.figure.as_ref()? {
            FigureSource::Library(id) => figures::motion(id),
            FigureSource::Own(motion) => Some(motion.clone()),
        }
    }

    /// Returns the side that its figure shows first.
    pub(crate) fn shown_side(&self) -> FigureSide {
        if self.dose.sides().first() == Some(&Side::Left) {
            FigureSide::Left
        } else {
            FigureSide::Right
        }
    }

    /// Returns the library exercise it is based on, which is read only when it is needed.
    fn library_exercise(&self) -> Option<&'static LibraryExercise> {
        self.library.as_deref().and_then(library::get)
    }

    /// Returns the file's own texts, or else the library's.
    fn texts<'e>(
        &'e self,
        own: Option<&'e Vec<String>>,
        of_library: fn(&LibraryExercise) -> &Vec<String>,
    ) -> &'e [String] {
        own.or_else(|| self.library_exercise().map(of_library))
            .map_or(&[], Vec::as_slice)
    }

    /// Returns the equipment it needs.
    pub fn equipment(&self) -> &[String] {
        self.texts(self.own.equipment.as_ref(), |library| &library.equipment)
    }

    /// Returns the instructions, in order.
    pub fn instructions(&self) -> &[String] {
        self.texts(self.own.instructions.as_ref(), |library| {
            &library.instructions
        })
    }

    /// Returns the short cues for the work.
    pub fn cues(&self) -> &[String] {
        self.texts(self.own.cues.as_ref(), |library| &library.cues)
    }

    /// Returns the common mistakes.
    pub fn mistakes(&self) -> &[String] {
        self.texts(self.own.mistakes.as_ref(), |library| &library.mistakes)
    }

    /// Returns the library's cautions. A program can't replace them; it adds its own in `stop_if`
    /// and `precautions`.
    pub fn avoid(&self) -> &[String] {
        self.texts(None, |library| &library.avoid)
    }

    /// Returns the muscles it works on.
    pub fn muscles(&self) -> &Muscles {
        let library = || self.library_exercise().map(|library| &library.muscles);
        self.own
            .muscles
            .as_ref()
            .or_else(library)
            .unwrap_or(&NO_MUSCLES)
    }
}

/// The part of a session that an exercise belongs to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Block {
    /// The beginning of the session.
    WarmUp,
    /// The body of the session.
    Main,
    /// The end of the session.
    CoolDown,
}

/// The pauses around an exercise's work.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Timings {
    /// The rest between sets, 0 s to 60 min.
    pub rest: Duration,
    /// The time to get into position before the exercise, 0 s to 10 min.
    pub get_ready: Duration,
    /// The time to change sides, 0 s to 10 min.
    pub switch: Duration,
    /// The pause between held repetitions, 0 s to 10 min.
    pub release: Duration,
    /// The rest after the last set, 0 s to 60 min.
    pub rest_after: Duration,
}

impl Default for Timings {
    /// Returns the values of format 1, which apply where a file gives none.
    fn default() -> Self {
        Self {
            rest: Duration::from_secs(45),
            get_ready: Duration::from_secs(10),
            switch: Duration::from_secs(5),
            release: Duration::from_secs(2),
            rest_after: Duration::ZERO,
        }
    }
}

/// The muscles an exercise works on, by the library's ids where it has them.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Muscles {
    /// The muscles it makes stronger.
    #[serde(default)]
    pub strengthens: Vec<String>,
    /// The muscles it makes longer.
    #[serde(default)]
    pub stretches: Vec<String>,
    /// The muscles that help without being trained. They are named, but don't count as work. Only
    /// the library's exercises have them.
    #[serde(default)]
    pub assists: Vec<String>,
}

/// A step of an exercise's progression, offered when its conditions hold.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ProgressionStep {
    /// The first week it may be offered in, counted from 1 at the first session.
    pub week: Option<u16>,
    /// The number of sessions it may be offered after.
    pub after_sessions: Option<u16>,
    /// The highest pain allowed in each of the last three sessions, 0-10.
    pub pain_at_most: Option<u8>,
    /// The whole dose after this step.
    pub dose: Dose,
    /// The rest between sets after this step.
    pub rest: Duration,
}
