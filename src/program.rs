//! A program as the rest of the app sees it. Every default is filled in, and every rule of format 1
//! holds.

pub mod changes;
mod dose;
mod exercise;
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

use jiff::civil::{Date, Time};
use serde::{Deserialize, Serialize};

pub use self::dose::{Dose, RepStyle, SetDose, Side, SideRule, Tempo, TestKind, Work};
pub use self::exercise::{
    Block, Exercise, FigureSource, Muscles, OwnTexts, ProgressionStep, Timings,
};

/// What one program file prescribes: one routine with one frequency.
#[derive(Debug, Clone, PartialEq)]
pub struct Program {
    /// The id that the patient's records are tied to: lower-case letters, digits and hyphens.
    pub id: String,
    /// The program's name, shown in lists and headings.
    pub title: String,
    /// One sentence for the patient: what the program is for.
    pub summary: Option<String>,
    /// The diagnosis or reason it was prescribed for.
    pub condition: Option<String>,
    /// What the patient wants to be able to do.
    pub goals: Vec<String>,
    /// Who prescribed it and how to reach them.
    pub therapist: Therapist,
    /// The patient it was written for, as free text.
    pub patient: Option<String>,
    /// The day it was prescribed.
    pub prescribed: Option<Date>,
    /// The day of the next visit.
    pub review: Option<Date>,
    /// The language of the spoken cues, as a BCP 47 tag.
    pub language: String,
    /// How often the program is due; a phase may set its own frequency.
    pub frequency: Frequency,
    /// Local wall-clock times of the reminders.
    pub reminders: Vec<Time>,
    /// What the patient should keep in mind; shown before the first session.
    pub precautions: Vec<String>,
    /// The stop signs (red flags). One key shows them at any time in a session.
    pub stop_if: Vec<String>,
    /// When the patient is asked about pain, and the therapist's instructions for each answer.
    pub pain: PainRules,
    /// The phases in order. A program without phases has a single phase without a title.
    pub phases: Vec<Phase>,
}

impl Program {
    /// Returns the phase with this index (from 0), or the last one if the index is too high.
    pub fn phase(&self, index: usize) -> Option<&Phase> {
        self.phases.get(index).or(self.phases.last())
    }

    /// Returns whether the file divides the program into phases.
    pub(crate) fn has_phases(&self) -> bool {
        self.phases.len() > 1 || self.phases.iter().any(|phase| phase.title.is_some())
    }

    /// Returns the frequency in a phase: its own, or the program's.
    pub(crate) fn frequency_in(&self, phase: usize) -> &Frequency {
        self.phase(phase)
            .and_then(|phase| phase.frequency.as_ref())
            .unwrap_or(&self.frequency)
    }

    /// Returns the therapist's name, clinic, phone and email in one line, as far as the file gives
    /// them. None if it gives none of them.
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

/// The therapist who prescribed a program.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Therapist {
    /// Name and professional title.
    pub name: Option<String>,
    /// The name of the clinic.
    pub clinic: Option<String>,
    /// The phone number, as the file writes it.
    pub phone: Option<String>,
    /// The email address.
    pub email: Option<String>,
}

/// A part of a program with its own exercises.
#[derive(Debug, Clone, PartialEq)]
pub struct Phase {
    /// The phase's name. None where the program has no phases.
    pub title: Option<String>,
    /// The minimum number of weeks.
    pub weeks: Option<u16>,
    /// The phase's own frequency. None if the program's applies.
    pub frequency: Option<Frequency>,
    /// What must hold before the patient may confirm the next phase.
    pub advance_when: Option<AdvanceWhen>,
    /// The exercises in order, 1 to 60.
    pub exercises: Vec<Exercise>,
}

/// The therapist's conditions for the next phase. Every condition that is given must hold.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct AdvanceWhen {
    /// The minimum number of sessions of this phase.
    pub sessions: Option<u16>,
    /// The highest pain allowed in each of the last three sessions, 0-10.
    pub pain_at_most: Option<u8>,
}

/// How often a program is due.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Frequency {
    /// This number of times a day, 1-8.
    PerDay(u8),
    /// This number of times a week, 1-7.
    PerWeek(u8),
    /// On these days of the week, in the order of the week.
    Weekdays(Vec<Weekday>),
    /// Once in this number of days, 1-90.
    EveryDays(u8),
    /// Whenever the patient needs it; it is never due.
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

/// When the patient is asked about pain, and what the therapist says to each answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PainRules {
    /// The moments at which the patient is asked; empty for never.
    pub ask: Vec<PainMoment>,
    /// The bands from low to high; the last one goes up to 10. Empty if the file gives none.
    pub bands: Vec<PainBand>,
}

impl PainRules {
    /// Returns whether the patient is asked about pain at this moment.
    pub fn asks(&self, moment: PainMoment) -> bool {
        self.ask.contains(&moment)
    }

    /// Returns the band that a pain of 0-10 belongs to.
    pub fn band(&self, value: u8) -> Option<&PainBand> {
        self.bands.iter().find(|band| value <= band.up_to)
    }
}

/// A moment at which the patient is asked about pain.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum PainMoment {
    /// Before the session.
    Before,
    /// After each exercise of the session.
    Each,
    /// After the session.
    After,
    /// On the morning after the session.
    NextMorning,
}

/// The therapist's instructions for a range of pain on the 0-10 numeric rating scale.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PainBand {
    /// The highest pain that belongs to the band.
    pub up_to: u8,
    /// The therapist's name for the band, such as `fine`.
    pub label: String,
    /// The therapist's advice to the patient.
    pub advice: Option<String>,
    /// Whether the app offers to end the session.
    pub stop: bool,
}
