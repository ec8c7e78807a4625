//! What a program is, once read: exercises and their doses, with every default filled in and every
//! rule of format 1 kept. Knows nothing of YAML, of time passing, or of how anything is shown.

pub mod changes;
pub mod document;
pub mod figure_reference;
pub mod figures;
pub mod format_reference;
pub mod keys;
pub mod library;
pub mod muscles;
pub mod notation;
pub mod parse;
pub mod red_flags;
pub mod schema;
pub mod words;

use std::sync::Arc;
use std::time::Duration;

use jiff::civil::{Date, Time};
use serde::{Deserialize, Serialize};

use self::library::LibraryExercise;
use crate::figure::{self, motion::Motion};

/// One routine, prescribed with one frequency: what one file says.
#[derive(Debug, Clone, PartialEq)]
pub struct Program {
    /// The id that records hang on: lower-case letters, digits, hyphens.
    pub id: String,
    /// What the program is called.
    pub title: String,
    /// What it does, in a sentence.
    pub summary: Option<String>,
    /// Whom it is for.
    pub condition: Option<String>,
    /// What it is to reach.
    pub goals: Vec<String>,
    /// Who prescribed it and how to reach them.
    pub therapist: Therapist,
    /// For whom, in free text.
    pub patient: Option<String>,
    /// When it was prescribed.
    pub prescribed: Option<Date>,
    /// The next visit.
    pub review: Option<Date>,
    /// The language of the spoken cues, BCP 47.
    pub language: String,
    /// How often it is done; a phase may say otherwise.
    pub frequency: Frequency,
    /// Local wall-clock times to be reminded at.
    pub reminders: Vec<Time>,
    /// What to mind; shown before the first session.
    pub precautions: Vec<String>,
    /// Red flags; one key away all session long.
    pub stop_if: Vec<String>,
    /// When pain is asked for, and what the therapist says to the answer.
    pub pain: PainRules,
    /// The phases in order; a program without phases has one without a title.
    pub phases: Vec<Phase>,
}

impl Program {
    /// The phase with this index (from 0), or the last one.
    pub fn phase(&self, index: usize) -> Option<&Phase> {
        self.phases.get(index).or(self.phases.last())
    }

    /// Whether the file divides the program into phases.
    pub fn has_phases(&self) -> bool {
        self.phases.len() > 1 || self.phases.iter().any(|phase| phase.title.is_some())
    }

    /// How often the program is done in a phase.
    pub fn frequency_in(&self, phase: usize) -> &Frequency {
        self.phase(phase)
            .and_then(|phase| phase.frequency.as_ref())
            .unwrap_or(&self.frequency)
    }

    /// The therapist's name, clinic, phone and email, as far as the file gives them.
    pub fn contact(&self) -> Option<String> {
        let therapist = &self.therapist;
        let parts: Vec<&str> = [
            &therapist.name,
            &therapist.clinic,
            &therapist.phone,
            &therapist.email,
        ]
        .into_iter()
        .flatten()
        .map(String::as_str)
        .collect();
        (!parts.is_empty()).then(|| parts.join(" · "))
    }
}

/// Who prescribed a program.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Therapist {
    /// Name and title.
    pub name: Option<String>,
    /// Where they work.
    pub clinic: Option<String>,
    /// As it is dialled.
    pub phone: Option<String>,
    /// An address.
    pub email: Option<String>,
}

/// A part of a program with its own exercises.
#[derive(Debug, Clone, PartialEq)]
pub struct Phase {
    /// None where the program has no phases.
    pub title: Option<String>,
    /// At least this many weeks.
    pub weeks: Option<u16>,
    /// Instead of the program's.
    pub frequency: Option<Frequency>,
    /// What must hold before the patient may confirm the next phase.
    pub advance_when: Option<AdvanceWhen>,
    /// In order, 1 to 60.
    pub exercises: Vec<Exercise>,
}

/// The therapist's condition for going on to the next phase; all that is given must hold.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct AdvanceWhen {
    /// Sessions of this phase.
    pub sessions: Option<u16>,
    /// Pain in each of the last three sessions, 0-10.
    pub pain_at_most: Option<u8>,
}

/// How often a program is done.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Frequency {
    /// So many times a day, 1-8.
    PerDay(u8),
    /// So many times a week, 1-7.
    PerWeek(u8),
    /// On these days of the week, in the order of the week.
    Weekdays(Vec<Weekday>),
    /// Every so many days, 1-90.
    EveryDays(u8),
    /// Never due.
    AsNeeded,
}

/// A day of the week.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
#[allow(missing_docs, reason = "the days of the week explain themselves")]
pub enum Weekday {
    Monday,
    Tuesday,
    Wednesday,
    Thursday,
    Friday,
    Saturday,
    Sunday,
}

/// When pain is asked for, and the therapist's bands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PainRules {
    /// The moments at which pain is asked for.
    pub ask: Vec<PainMoment>,
    /// Rising, the last one up to 10; empty where the file gives none.
    pub bands: Vec<PainBand>,
}

impl PainRules {
    /// Whether pain is asked for at this moment.
    pub fn asks(&self, moment: PainMoment) -> bool {
        self.ask.contains(&moment)
    }

    /// The therapist's band for a value of 0-10.
    pub fn band(&self, value: u8) -> Option<&PainBand> {
        self.bands.iter().find(|band| value <= band.up_to)
    }
}

/// A moment at which pain is asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum PainMoment {
    /// Before the session.
    Before,
    /// After each exercise.
    Each,
    /// After the session.
    After,
    /// The morning after it.
    NextMorning,
}

/// The therapist's words for a range of pain on the 0-10 numeric rating scale.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PainBand {
    /// The highest value that belongs to the band.
    pub up_to: u8,
    /// The therapist's name for it.
    pub label: String,
    /// What the therapist says to it.
    pub advice: Option<String>,
    /// Whether the session should end here.
    pub stop: bool,
}

/// One exercise with its dose.
#[derive(Debug, Clone, PartialEq)]
pub struct Exercise {
    /// The id that records hang on.
    pub id: String,
    /// The library exercise it comes from.
    pub library: Option<String>,
    /// What it is called.
    pub name: String,
    /// Where in the session it belongs.
    pub block: Block,
    /// Kept when the patient is short of time.
    pub essential: bool,
    /// How much of it.
    pub dose: Dose,
    /// The pauses around the work.
    pub timings: Timings,
    /// What the file itself says about it; the rest is the library's.
    pub own: OwnTexts,
    /// How to make it easier.
    pub easier: Option<String>,
    /// How to make it harder.
    pub harder: Option<String>,
    /// When to stop this exercise.
    pub stop_if: Vec<String>,
    /// A picture beside the program file.
    pub image: Option<String>,
    /// A web address.
    pub video: Option<String>,
    /// The animated figure that shows it.
    pub figure: Option<FigureSource>,
    /// What changes later, each step with the whole dose that then holds.
    pub progression: Vec<ProgressionStep>,
}

/// Where the figure of an exercise comes from.
#[derive(Debug, Clone, PartialEq)]
pub enum FigureSource {
    /// An exercise of the library, which may have one.
    Library(&'static str),
    /// The program file.
    Own(Arc<Motion>),
}

/// What a file says about an exercise in words of its own; none leaves it to the library.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct OwnTexts {
    /// What is needed, in free text.
    pub equipment: Option<Vec<String>>,
    /// Which muscles it works on.
    pub muscles: Option<Muscles>,
    /// How it is done, in order.
    pub instructions: Option<Vec<String>>,
    /// Short sentences for during the work.
    pub cues: Option<Vec<String>>,
    /// What often goes wrong.
    pub mistakes: Option<Vec<String>>,
}

static NO_MUSCLES: Muscles = Muscles {
    strengthens: Vec::new(),
    stretches: Vec::new(),
    assists: Vec::new(),
};

impl Exercise {
    /// How it moves; none where no figure shows it.
    pub fn motion(&self) -> Option<Arc<Motion>> {
        match self.figure.as_ref()? {
            FigureSource::Library(id) => figures::motion(id),
            FigureSource::Own(motion) => Some(motion.clone()),
        }
    }

    /// The side that its figure shows first.
    pub fn shown_side(&self) -> figure::FigureSide {
        if self.dose.sides().first() == Some(&Side::Left) {
            figure::FigureSide::Left
        } else {
            figure::FigureSide::Right
        }
    }

    /// The file's own texts, else the library's, which are read only now.
    fn texts<'e>(
        &'e self,
        own: Option<&'e Vec<String>>,
        of_library: fn(&LibraryExercise) -> &Vec<String>,
    ) -> &'e [String] {
        let library = || {
            self.library
                .as_deref()
                .and_then(library::get)
                .map(of_library)
        };
        own.or_else(library).map_or(&[], Vec::as_slice)
    }

    /// What is needed.
    pub fn equipment(&self) -> &[String] {
        self.texts(self.own.equipment.as_ref(), |library| &library.equipment)
    }

    /// How it is done, in order.
    pub fn instructions(&self) -> &[String] {
        self.texts(self.own.instructions.as_ref(), |library| {
            &library.instructions
        })
    }

    /// Short sentences for during the work.
    pub fn cues(&self) -> &[String] {
        self.texts(self.own.cues.as_ref(), |library| &library.cues)
    }

    /// What often goes wrong.
    pub fn mistakes(&self) -> &[String] {
        self.texts(self.own.mistakes.as_ref(), |library| &library.mistakes)
    }

    /// When the library says not to do it; a program adds its own words in `stop_if` and
    /// `precautions`.
    pub fn avoid(&self) -> &[String] {
        self.texts(None, |library| &library.avoid)
    }

    /// Which muscles it works on.
    pub fn muscles(&self) -> &Muscles {
        let library = || {
            self.library
                .as_deref()
                .and_then(library::get)
                .map(|library| &library.muscles)
        };
        self.own
            .muscles
            .as_ref()
            .or_else(library)
            .unwrap_or(&NO_MUSCLES)
    }
}

/// Where in the session an exercise belongs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Block {
    /// At the beginning.
    WarmUp,
    /// The body of the session.
    Main,
    /// At the end.
    CoolDown,
}

/// The pauses around an exercise's work.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Timings {
    /// Between sets, 0 s to 60 min.
    pub rest: Duration,
    /// The lead-in before the exercise, 0 s to 10 min.
    pub get_ready: Duration,
    /// To change sides, 0 s to 10 min.
    pub switch: Duration,
    /// Between held repetitions, 0 s to 10 min.
    pub release: Duration,
    /// After the last set, 0 s to 60 min.
    pub rest_after: Duration,
}

impl Default for Timings {
    /// The values of format 1 where a file gives none.
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
    /// Made stronger.
    #[serde(default)]
    pub strengthens: Vec<String>,
    /// Made longer.
    #[serde(default)]
    pub stretches: Vec<String>,
    /// Helping without being trained: they are named, and count as no work. Only the library tells
    /// them apart.
    #[serde(default)]
    pub assists: Vec<String>,
}

/// How much of an exercise: every set of every side, written out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Dose {
    /// How the sides follow each other.
    pub side: SideRule,
    /// The side that begins, where sides are taken in turn.
    pub first: Side,
    /// The sets, in order of side (left before right) and number.
    pub sets: Vec<SetDose>,
}

impl Dose {
    /// The sets of one side, in order.
    pub fn of(&self, side: Side) -> impl Iterator<Item = &SetDose> {
        self.sets.iter().filter(move |set| set.side == side)
    }

    /// The sides that have sets, the one that begins first.
    pub fn sides(&self) -> Vec<Side> {
        match self.side {
            SideRule::Both => vec![Side::Both],
            SideRule::Left => vec![Side::Left],
            SideRule::Right => vec![Side::Right],
            SideRule::Each | SideRule::Alternate => vec![self.first, self.first.other()],
        }
    }

    /// The number of rounds: the sets of the side that has most.
    pub fn rounds(&self) -> usize {
        self.sides()
            .into_iter()
            .map(|side| self.of(side).count())
            .max()
            .unwrap_or(0)
    }

    /// Whether it is a test, not a prescription.
    pub fn is_test(&self) -> bool {
        self.sets
            .iter()
            .any(|set| matches!(set.work, Work::Test(_)))
    }
}

/// How the sides of an exercise follow each other.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SideRule {
    /// Both at once.
    Both,
    /// The left alone.
    Left,
    /// The right alone.
    Right,
    /// One side's set, then the other's.
    Each,
    /// From side to side with each repetition.
    Alternate,
}

/// The side that a set or a step belongs to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Side {
    /// Both at once, or neither.
    Both,
    /// The patient's left.
    Left,
    /// The patient's right.
    Right,
}

impl Side {
    /// Left for right and right for left.
    #[must_use]
    pub fn other(self) -> Self {
        match self {
            Self::Both => Self::Both,
            Self::Left => Self::Right,
            Self::Right => Self::Left,
        }
    }

    /// "left", "right", or nothing.
    pub fn word(self) -> &'static str {
        match self {
            Self::Both => "",
            Self::Left => "left",
            Self::Right => "right",
        }
    }
}

/// One set of one side.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SetDose {
    /// Whose set.
    pub side: Side,
    /// From 1, each side counted for itself.
    pub number: u8,
    /// What is done.
    pub work: Work,
    /// With what.
    pub load: Option<String>,
}

/// The work of one set.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Work {
    /// One hold of this length.
    Hold(Duration),
    /// Repetitions.
    Reps {
        /// How many, 1-200.
        count: u16,
        /// How each is done.
        style: RepStyle,
    },
    /// Continuous, one go.
    Continuous(Duration),
    /// A test: as long or as many as possible.
    Test(TestKind),
}

impl Work {
    /// The seconds of work, self-paced repetitions at 4 s each and a measure at 30 s a try, as
    /// format 1 estimates them.
    pub fn estimate(&self) -> Duration {
        match *self {
            Self::Hold(length) | Self::Continuous(length) => length,
            Self::Reps { count, style } => {
                let each = match style {
                    RepStyle::SelfPaced => Duration::from_secs(4),
                    RepStyle::Held(hold) => hold,
                    RepStyle::Tempo(tempo) => tempo.length(),
                };
                each * u32::from(count)
            }
            Self::Test(_) => Duration::from_secs(30),
        }
    }
}

/// How a repetition is done.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RepStyle {
    /// At the patient's own pace.
    SelfPaced,
    /// Each is held this long.
    Held(Duration),
    /// Each follows a tempo.
    Tempo(Tempo),
}

/// What a test counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TestKind {
    /// Seconds.
    Hold,
    /// Repetitions.
    Reps,
}

/// The pace of a repetition in whole seconds, 0-30 each, at least 1 in sum: eccentric, pause,
/// concentric, pause.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Tempo {
    /// Lowering, the muscle gets longer.
    pub lower: u8,
    /// The pause below.
    pub bottom: u8,
    /// Lifting, the muscle gets shorter.
    pub lift: u8,
    /// The pause above.
    pub top: u8,
}

impl Tempo {
    /// How long one repetition lasts.
    pub fn length(self) -> Duration {
        Duration::from_secs(
            [self.lower, self.bottom, self.lift, self.top]
                .into_iter()
                .map(u64::from)
                .sum(),
        )
    }
}

/// A step of an exercise's progression, offered when its conditions hold.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ProgressionStep {
    /// From this week after the first session, from 1.
    pub week: Option<u16>,
    /// After so many sessions.
    pub after_sessions: Option<u16>,
    /// Pain in each of the last three sessions, 0-10.
    pub pain_at_most: Option<u8>,
    /// The whole dose after this step.
    pub dose: Dose,
    /// The rest between sets after this step.
    pub rest: Duration,
}
