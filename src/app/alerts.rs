//! What the program tells the patient by sound: which tone, which words, due when; and what it
//! tells by a pop-up. Knows nothing of how either is made.

use super::playing::{headline, side_word};
use super::{App, Effect};
use crate::events::{Instant, Moment};
use crate::preferences::Flash;
use crate::program::PainMoment;
use crate::speech::Speaker;
use crate::timeline::{StepKind, TempoPhase};

/// How long the screen flashes.
const FLASH: std::time::Duration = std::time::Duration::from_millis(200);

/// What the program tells the patient by sound.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Alert {
    /// Which tone.
    pub kind: AlertKind,
    /// In a word or two, in English, for logs and commands.
    pub text: String,
    /// What a voice says with it; empty for nothing.
    pub speech: String,
    /// The language of the speech, BCP 47.
    pub language: String,
    /// The instant it was due.
    pub at: Instant,
}

/// The kinds of alert.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[allow(missing_docs, reason = "each is named for its occasion")]
pub enum AlertKind {
    GetReady,
    Start,
    /// A part of a repetition: down, or back.
    Lower,
    /// A part of a repetition: up, or out.
    Lift,
    /// A part of a repetition: the pause.
    Still,
    HalfWay,
    /// Said, and without a tone.
    FiveSeconds,
    LastSeconds,
    Release,
    SwitchSide,
    Rest,
    ExerciseDone,
    SessionDone,
    PainStop,
    /// Something is asked, and the session waits.
    Question,
    /// The session stands still, and not because the patient wanted it.
    Paused,
    /// A trial of the sound.
    Trial,
}

impl AlertKind {
    /// All kinds.
    pub const ALL: [Self; 17] = [
        Self::GetReady,
        Self::Start,
        Self::Lower,
        Self::Lift,
        Self::Still,
        Self::HalfWay,
        Self::FiveSeconds,
        Self::LastSeconds,
        Self::Release,
        Self::SwitchSide,
        Self::Rest,
        Self::ExerciseDone,
        Self::SessionDone,
        Self::PainStop,
        Self::Question,
        Self::Paused,
        Self::Trial,
    ];

    /// Its name, for commands and files; it stays as it is.
    pub fn name(self) -> &'static str {
        match self {
            Self::GetReady => "get-ready",
            Self::Start => "start",
            Self::Lower => "lower",
            Self::Lift => "lift",
            Self::Still => "still",
            Self::HalfWay => "half-way",
            Self::FiveSeconds => "five-seconds",
            Self::LastSeconds => "last-seconds",
            Self::Release => "release",
            Self::SwitchSide => "switch-side",
            Self::Rest => "rest",
            Self::ExerciseDone => "exercise-done",
            Self::SessionDone => "session-done",
            Self::PainStop => "pain-stop",
            Self::Question => "question",
            Self::Paused => "paused",
            Self::Trial => "trial",
        }
    }

    /// Whether its words may be left out when something is being said: they come often, or matter
    /// for a moment only.
    pub fn gives_way(self) -> bool {
        matches!(
            self,
            Self::HalfWay
                | Self::FiveSeconds
                | Self::Lower
                | Self::Lift
                | Self::Still
                | Self::Release
        )
    }

    /// Whether the terminal's bell stands in for its tone: what somebody must act on.
    pub fn rings(self) -> bool {
        !matches!(
            self,
            Self::ExerciseDone
                | Self::HalfWay
                | Self::FiveSeconds
                | Self::Lower
                | Self::Lift
                | Self::Still
        )
    }
}

/// A pop-up. A later one takes the place of the one before.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DesktopNotification {
    /// In a few words.
    pub title: String,
    /// In a sentence.
    pub text: String,
}

impl App {
    /// The language of the session at hand, else of the marked program.
    fn language(&self) -> &str {
        let marked = || {
            self.programs
                .get(self.marked)
                .and_then(|entry| entry.program())
        };
        let program = self
            .session
            .as_ref()
            .map(|session| &session.program)
            .or_else(marked);
        program.map_or("en", |program| &program.language)
    }

    /// Finds the words in that language.
    pub(super) fn speaker(&self) -> Speaker {
        Speaker::new(self.language(), self.preferences.voice)
    }

    /// Lets something be heard, unless sound is off, and lets the screen flash with it where that
    /// is wanted.
    pub(super) fn alert(&mut self, kind: AlertKind, text: &str, speech: String, at: Instant) {
        self.flash(kind, self.seen.instant.max(at));
        if self.muted {
            return;
        }
        let language = self.language().to_owned();
        let alert = Alert {
            kind,
            text: text.to_owned(),
            speech,
            language,
            at,
        };
        self.last_alert = Some(kind);
        self.effects.push(Effect::Alert(alert));
    }

    /// Lets the screen flash, where that is wanted.
    pub(super) fn flash(&mut self, kind: AlertKind, at: Instant) {
        let flashing = match self.preferences.flash {
            Flash::On => true,
            Flash::Auto => self.soundless,
            Flash::Off => false,
        };
        if flashing && kind.rings() {
            self.flash_until = Some(at + FLASH);
        }
    }

    /// A step of the session at hand begins.
    pub(super) fn step_alert(&mut self, index: usize, at: Instant) {
        let Some(session) = &self.session else { return };
        let timeline = session.player.timeline();
        let Some(step) = timeline.steps.get(index) else {
            return;
        };
        let before = index
            .checked_sub(1)
            .and_then(|before| timeline.steps.get(before));
        // A set begins with one tone, its repetitions go on with others.
        let begins = before.is_none_or(|before| {
            let anew = matches!(step.kind, StepKind::Tempo { rep, .. } if rep.number == 1)
                && before.set != step.set;
            anew || !before.kind.is_work()
        });
        let kind = match step.kind {
            StepKind::GetReady => AlertKind::GetReady,
            StepKind::Release(_) => AlertKind::Release,
            StepKind::SwitchSide => AlertKind::SwitchSide,
            StepKind::Rest | StepKind::RestAfterExercise => AlertKind::Rest,
            StepKind::Tempo { phase: part, .. } if !begins => match part {
                TempoPhase::Lower | TempoPhase::Back => AlertKind::Lower,
                TempoPhase::Lift | TempoPhase::Out => AlertKind::Lift,
                TempoPhase::PauseBelow | TempoPhase::PauseAbove => AlertKind::Still,
            },
            _ => AlertKind::Start,
        };
        let side = timeline
            .sets
            .get(step.set)
            .map_or("", |planned_set| side_word(step, planned_set));
        let text = [headline(step), side].join(" ").trim().to_owned();
        let next = session.next_exercise(index);
        let speech = session
            .exercise_of(step.exercise)
            .map(|exercise| self.speaker().step(timeline, index, exercise, next));
        self.alert(kind, &text, speech.unwrap_or_default(), at);
    }

    /// A question is asked in a session, and the patient may not be looking.
    pub(super) fn question_alert(
        &mut self,
        moment: PainMoment,
        exercise: Option<&str>,
        now: &Moment,
    ) {
        let speech = self.speaker().pain(moment, exercise);
        self.alert(AlertKind::Question, "question", speech, now.instant);
    }

    /// Tells by a pop-up what a patient misses who has another window in front.
    pub(super) fn pop_up(&mut self, title: &str, text: &str) {
        if self.preferences.notifications && !self.focused {
            self.effects.push(Effect::Notify(DesktopNotification {
                title: title.to_owned(),
                text: text.to_owned(),
            }));
        }
    }
}
