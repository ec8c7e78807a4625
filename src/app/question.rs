//! Questions before, in and after a session: pain, exertion, a note. Each can be skipped with Enter;
//! the therapist's words for the answer are shown, and nobody else's.

use std::time::Duration;

use jiff::civil::Date;

use super::context::Cx;
use super::keymap::{Action, Context};
use super::menu::{Choice, Menu};
use super::page::{AnswerField, QuestionPage, ScreenPage};
use super::safety;
use super::typing::edit_note;
use crate::effect::AlertKind;
use crate::events::Instant;
use crate::program::parse::STOP_ADVICE;
use crate::program::{PainBand, PainMoment, Program};
use crate::record::{RatingKind, RatingRecord, RecordId};

/// A 0 typed within this time after a 1 makes ten.
const TEN_WITHIN: Duration = Duration::from_millis(1500);

/// A question.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Question {
    /// Pain, 0-10.
    Pain,
    /// Rating of perceived exertion, 0-10.
    Exertion,
    /// A line of text.
    Note,
}

/// Some questions in a row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct CheckIn {
    /// When they are asked.
    pub(super) moment: PainMoment,
    /// The exercise they are about: id and name.
    pub(super) exercise: Option<(String, String)>,
    /// The day of an earlier session that they are about.
    pub(super) day: Option<Date>,
    /// What is asked, in order.
    pub(super) questions: Vec<Question>,
    /// Which one is at hand, from 0.
    pub(super) at: usize,
    /// The marked figure.
    pub(super) value: Option<u8>,
    /// What has been typed of a note.
    pub(super) note: String,
    /// Whether it is asked even where questions wait for the end.
    pub(super) urgent: bool,
    one_typed: Option<Instant>,
}

impl CheckIn {
    fn new(
        moment: PainMoment,
        exercise: Option<(String, String)>,
        questions: Vec<Question>,
    ) -> Self {
        let note = String::new();
        Self {
            moment,
            exercise,
            day: None,
            questions,
            at: 0,
            value: None,
            note,
            urgent: false,
            one_typed: None,
        }
    }

    pub(super) fn before() -> Self {
        Self::new(PainMoment::Before, None, vec![Question::Pain])
    }

    pub(super) fn each(id: &str, name: &str) -> Self {
        Self::new(
            PainMoment::Each,
            Some((id.to_owned(), name.to_owned())),
            vec![Question::Pain],
        )
    }

    pub(super) fn next_morning(day: Date) -> Self {
        let asked = Self::new(PainMoment::NextMorning, None, vec![Question::Pain]);
        Self {
            day: Some(day),
            ..asked
        }
    }

    pub(super) fn after(program: &Program, worked: bool) -> Self {
        let mut questions = vec![Question::Exertion, Question::Note];
        if !worked {
            // What was not done was not hard.
            questions.remove(0);
        }
        if program.pain.asks(PainMoment::After) && worked {
            questions.insert(0, Question::Pain);
        }
        Self::new(PainMoment::After, None, questions)
    }

    /// The same, asked even where questions wait for the end.
    pub(super) fn at_once(self) -> Self {
        Self {
            urgent: true,
            ..self
        }
    }

    /// Whether it asks about the same as another.
    pub(super) fn is_about(&self, other: &Self) -> bool {
        self.moment == other.moment && self.exercise == other.exercise
    }

    /// The question at hand.
    pub(super) fn question(&self) -> Option<Question> {
        self.questions.get(self.at).copied()
    }

    /// The question in words.
    pub(super) fn words(&self) -> String {
        match (self.question(), self.moment, &self.exercise) {
            (Some(Question::Pain), PainMoment::Before, _) => {
                "How much pain do you have now?".to_owned()
            }
            (Some(Question::Pain), PainMoment::Each, Some((_, name))) => {
                format!("How much pain did you have in: {name}?")
            }
            (Some(Question::Pain), PainMoment::NextMorning, _) => {
                let day = self
                    .day
                    .map(|day| day.strftime("%A").to_string())
                    .unwrap_or_default();
                format!("How much pain did you have in the morning after {day}'s session?")
            }
            (Some(Question::Pain), ..) => {
                "How much pain do you have now, after the session?".to_owned()
            }
            (Some(Question::Exertion), ..) => "How hard was the session?".to_owned(),
            (Some(Question::Note), ..) => "Anything your therapist should know?".to_owned(),
            (None, ..) => String::new(),
        }
    }

    /// The words at the two ends of the row of figures.
    pub(super) fn ends(&self) -> (&'static str, &'static str) {
        match self.question() {
            Some(Question::Exertion) => ("0 no effort", "10 as hard as it gets"),
            _ => ("0 no pain", "10 worst pain"),
        }
    }

    /// The therapist's band for the marked figure.
    pub(super) fn band<'p>(&self, program: &'p Program) -> Option<&'p PainBand> {
        let value = self
            .value
            .filter(|_| self.question() == Some(Question::Pain))?;
        program.pain.band(value)
    }

    pub(super) fn context(&self) -> Context {
        if self.question() == Some(Question::Note) {
            Context::Note
        } else {
            Context::Scale
        }
    }

    fn digit(&mut self, digit: u8, now: Instant) {
        let ten = digit == 0
            && self.value == Some(1)
            && self.one_typed.is_some_and(|typed| now - typed < TEN_WITHIN);
        self.value = Some(if ten { 10 } else { digit });
        self.one_typed = (digit == 1).then_some(now);
    }

    /// Takes an action that edits the answer.
    pub(super) fn edit(&mut self, action: Action, now: Instant) {
        match action {
            Action::Lower => self.value = Some(self.value.map_or(0, |it| it.saturating_sub(1))),
            Action::Higher => self.value = Some(self.value.map_or(0, |it| (it + 1).min(10))),
            Action::Highest => self.value = Some(10),
            Action::Digit(digit) => self.digit(digit, now),
            Action::Erase => {
                self.value = None;
                edit_note(&mut self.note, action);
            }
            Action::Type(_) => edit_note(&mut self.note, action),
            _ => {}
        }
    }

    /// Goes on to the next question.
    pub(super) fn next(&mut self) {
        self.at += 1;
        self.value = None;
    }

    /// Returns the record of a number that was answered for a session; `None` where none was.
    pub(super) fn rating(&self, session: &RecordId, cx: &mut Cx<'_>) -> Option<RatingRecord> {
        let kind = match self.question()? {
            Question::Pain => RatingKind::Pain,
            Question::Exertion => RatingKind::Exertion,
            Question::Note => return None,
        };
        Some(RatingRecord {
            value: self.value?,
            id: cx.next_id(),
            session: session.clone(),
            kind,
            moment: self.moment,
            exercise: self.exercise.as_ref().map(|(id, _)| id.clone()),
            at: cx.now.wall.clone(),
            supersedes: None,
        })
    }

    /// Returns the page of a question.
    pub(super) fn page(&self, program: &Program) -> ScreenPage {
        let heading = match self.moment {
            PainMoment::Before => "Before you begin",
            PainMoment::Each => "Between exercises",
            PainMoment::After => "To finish",
            PainMoment::NextMorning => "The morning after",
        };
        let is_note = self.question() == Some(Question::Note);
        let field = if is_note {
            AnswerField::Text(self.note.clone())
        } else {
            let (low, high) = self.ends();
            let answer = |value| safety::answer(value, self.band(program), program);
            AnswerField::Scale {
                low,
                high,
                value: self.value,
                answer: self.value.map(answer),
            }
        };
        let hint = if is_note {
            "Type it in your own words, or just press Enter."
        } else {
            "Choose a number with ← → or type it, then press Enter. Press Enter alone to skip."
        };
        ScreenPage::Question(QuestionPage {
            heading,
            program: program.title.clone(),
            question: self.words(),
            field,
            hint,
        })
    }
}

/// What a pain band that says stop leads to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum BandStop {
    /// A session that runs, which can be stopped.
    Session,
    /// A session that is about to start.
    Start,
    /// Nothing: the session is over.
    Read,
}

/// Shows the therapist's words for a band that says stop; the patient decides.
pub(super) fn ask_band_stop(
    band: &PainBand,
    program: &Program,
    stops: BandStop,
    cx: &mut Cx<'_>,
) -> Menu {
    let advice = band
        .advice
        .clone()
        .unwrap_or_else(|| STOP_ADVICE.to_owned());
    let mut text = vec![format!("Your therapist says: {advice}")];
    text.extend(program.contact());
    let speech = cx.speaker(&program.language).stop(&advice);
    let heard = (speech, program.language.as_str());
    cx.announce(AlertKind::PainStop, &advice, heard, cx.now.instant);
    let go_on = ("Go on all the same".to_owned(), Choice::ContinueDespiteBand);
    let items = match stops {
        BandStop::Start => vec![("Not today".to_owned(), Choice::StopForBand), go_on],
        BandStop::Session => vec![("Stop for today".to_owned(), Choice::StopForBand), go_on],
        BandStop::Read => vec![("I have read this".to_owned(), Choice::ContinueDespiteBand)],
    };
    let mut menu = Menu::new(format!("Pain: {}", band.label), text, items);
    menu.must_answer = true;
    menu
}
