//! Questions before, in and after a session: pain, exertion, a note. Each can be left out with
//! Enter; the therapist's words for the answer are shown, and never anybody else's. Knows nothing
//! of how the questions are drawn.

use std::time::Duration;

use jiff::civil::Date;

use super::keymap::{Action, Context};
use super::page::{AnswerField, QuestionPage};
use super::safety;
use super::{AlertKind, App, Effect, Menu, MenuKind, Overlay, Screen};
use crate::events::{Instant, Moment};
use crate::prescription;
use crate::program::parse::STOP_ADVICE;
use crate::program::{PainBand, PainMoment, Program};
use crate::record::{NoteRecord, RatingKind, RatingRecord, Record, RecordId};

/// A 0 typed within this time after a 1 makes ten.
const TEN_WITHIN: Duration = Duration::from_millis(1500);
/// The longest note, in characters.
const LONGEST_NOTE: usize = 500;

/// A question.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Question {
    /// Pain, 0-10.
    Pain,
    /// Rating of perceived exertion, 0-10.
    Exertion,
    /// A line of text.
    Note,
}

/// What follows on questions that came before something else.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum After {
    /// A session, of this phase where one was named.
    Begin(Option<usize>),
    /// A short session.
    Short,
    /// The session of the page that is shown.
    Page,
}

/// Some questions in a row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CheckIn {
    /// When they are asked.
    pub moment: PainMoment,
    /// The exercise they are about: id and name.
    pub exercise: Option<(String, String)>,
    /// The session of an earlier day that they are about: its program's place in the list, its id,
    /// and when it was.
    pub earlier: Option<(usize, RecordId, Date)>,
    /// What is asked, in order.
    pub questions: Vec<Question>,
    /// Which one is at hand, from 0.
    pub at: usize,
    /// The marked figure.
    pub value: Option<u8>,
    /// What has been typed of a note.
    pub note: String,
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
            earlier: None,
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

    fn next_morning(index: usize, session: RecordId, day: Date) -> Self {
        let asked = Self::new(PainMoment::NextMorning, None, vec![Question::Pain]);
        Self {
            earlier: Some((index, session, day)),
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
    pub fn question(&self) -> Option<Question> {
        self.questions.get(self.at).copied()
    }

    /// The question in words.
    pub fn words(&self) -> String {
        match (self.question(), self.moment, &self.exercise) {
            (Some(Question::Pain), PainMoment::Before, _) => {
                "How much pain do you have now?".to_owned()
            }
            (Some(Question::Pain), PainMoment::Each, Some((_, name))) => {
                format!("How much pain did you have in: {name}?")
            }
            (Some(Question::Pain), PainMoment::NextMorning, _) => {
                let day = self
                    .earlier
                    .as_ref()
                    .map(|(.., day)| day.strftime("%A").to_string())
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
    pub fn ends(&self) -> (&'static str, &'static str) {
        match self.question() {
            Some(Question::Exertion) => ("0 no effort", "10 as hard as it gets"),
            _ => ("0 no pain", "10 worst pain"),
        }
    }

    /// The therapist's band for the marked figure.
    pub fn band<'p>(&self, program: &'p Program) -> Option<&'p PainBand> {
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
}

impl App {
    /// Returns the page of a question.
    pub(super) fn question_page(&self, check_in: &CheckIn) -> Option<QuestionPage> {
        let program = self.asking(check_in)?;
        let heading = match check_in.moment {
            PainMoment::Before => "Before you begin",
            PainMoment::Each => "Between exercises",
            PainMoment::After => "To finish",
            PainMoment::NextMorning => "The morning after",
        };
        let is_note = check_in.question() == Some(Question::Note);
        let field = if is_note {
            AnswerField::Text(check_in.note.clone())
        } else {
            let (low, high) = check_in.ends();
            let answer = |value| safety::answer(value, check_in.band(program), program);
            AnswerField::Scale {
                low,
                high,
                value: check_in.value,
                answer: check_in.value.map(answer),
            }
        };
        let hint = if is_note {
            "Type it in your own words, or just press Enter."
        } else {
            "Choose a number with ← → or type it, then press Enter. Press Enter alone to skip."
        };
        Some(QuestionPage {
            heading,
            program: program.title.clone(),
            question: check_in.words(),
            field,
            hint,
        })
    }

    pub(super) fn check_in_action(&mut self, action: Action, now: &Moment) {
        let Screen::CheckIn(check_in) = &mut self.screen else {
            return;
        };
        match action {
            Action::Lower => {
                check_in.value = Some(check_in.value.map_or(0, |value| value.saturating_sub(1)));
            }
            Action::Higher => {
                check_in.value = Some(check_in.value.map_or(0, |value| (value + 1).min(10)));
            }
            Action::Highest => check_in.value = Some(10),
            Action::Digit(digit) => check_in.digit(digit, now.instant),
            Action::Erase => {
                check_in.value = None;
                check_in.note.pop();
            }
            Action::Type(letter)
                if !letter.is_control() && check_in.note.chars().count() < LONGEST_NOTE =>
            {
                check_in.note.push(letter);
            }
            Action::Confirm => self.answered(now),
            Action::Stop => self.leave_check_in(now),
            _ => {}
        }
    }

    /// Esc: before a session nothing has begun; in one it asks how to stop; after one the questions
    /// are left out.
    fn leave_check_in(&mut self, now: &Moment) {
        let Screen::CheckIn(check_in) = &self.screen else {
            return;
        };
        match check_in.moment {
            PainMoment::Before => {
                self.session = None;
                self.screen = Screen::Today;
            }
            PainMoment::Each => self.ask_stop(now),
            PainMoment::After => {
                self.keep_note(now);
                self.screen = Screen::Summary(0);
            }
            PainMoment::NextMorning => {
                // What was to begin does not.
                self.mornings.then = None;
                self.mornings_over(now);
            }
        }
    }

    /// The program that some questions are about.
    pub fn asking(&self, check_in: &CheckIn) -> Option<&Program> {
        match &check_in.earlier {
            Some((index, ..)) => self.programs.get(*index)?.program().map(AsRef::as_ref),
            None => self
                .session
                .as_ref()
                .map(|session| session.program.as_ref()),
        }
    }

    /// Asks for the pain of the morning after the last session of a program whose therapist wants
    /// to know it; says whether there was anything to ask. What was left out is not asked for again
    /// before the next start.
    pub(super) fn ask_mornings(&mut self, then: Option<After>) -> bool {
        let open = self.programs.iter().enumerate().find_map(|(index, entry)| {
            let program = entry
                .id()
                .filter(|id| self.is_on_record(id))
                .and_then(|_| entry.program())?;
            let history = prescription::morning_after(program, self.past(), &self.seen.wall)?;
            let id = &history.session.id;
            (!self.mornings.asked.contains(id))
                .then(|| (index, id.clone(), prescription::date_of(history)))
        });
        let Some((index, id, day)) = open else {
            return false;
        };
        self.mornings.asked.push(id.clone());
        self.mornings.then = then;
        self.screen = Screen::CheckIn(CheckIn::next_morning(index, id, day));
        true
    }

    /// The next morning to ask for, or what follows on them.
    fn mornings_over(&mut self, now: &Moment) {
        let then = self.mornings.then.take();
        if self.ask_mornings(then) {
            return;
        }
        self.screen = Screen::Today;
        let past_sign = std::mem::take(&mut self.mornings.past_sign);
        match then {
            Some(then) if past_sign => self.start_past_sign(then, now),
            Some(After::Begin(phase)) => self.begin(phase, now),
            Some(After::Short) => self.begin_short(now),
            Some(After::Page) | None => {}
        }
    }

    /// Takes the answer about a session of an earlier day.
    fn answered_later(&mut self, now: &Moment) {
        let id = self.ids.next_id();
        let Screen::CheckIn(check_in) = &mut self.screen else {
            return;
        };
        let Some((index, session, _)) = check_in.earlier.clone() else {
            return;
        };
        check_in.at += 1;
        let Some(value) = check_in.value.take() else {
            self.mornings_over(now);
            return;
        };
        let (moment, at) = (check_in.moment, now.wall.clone());
        let kind = RatingKind::Pain;
        let rating = RatingRecord {
            id,
            session,
            kind,
            moment,
            exercise: None,
            value,
            at,
            supersedes: None,
        };
        if let Some(history) = self
            .histories
            .iter_mut()
            .find(|history| history.session.id == rating.session)
        {
            history.ratings.push(rating.clone());
        }
        self.effects
            .push(Effect::Save(vec![Record::Rating(rating)]));
        let program = self.programs.get(index).and_then(|entry| entry.program());
        match program
            .and_then(|program| program.pain.band(value))
            .filter(|band| band.stop)
            .cloned()
        {
            Some(band) => self.ask_pain_stop(&band, moment, now),
            None => self.mornings_over(now),
        }
    }

    /// Puts a note on record that was typed and not yet confirmed.
    pub(super) fn keep_note(&mut self, now: &Moment) {
        if matches!(&self.screen, Screen::CheckIn(check_in) if check_in.question() == Some(Question::Note))
        {
            self.answered(now);
        }
    }

    /// Takes the answer and goes on to the next question.
    fn answered(&mut self, now: &Moment) {
        if matches!(&self.screen, Screen::CheckIn(check_in) if check_in.earlier.is_some()) {
            self.answered_later(now);
            return;
        }
        let id = self.ids.next_id();
        let Screen::CheckIn(check_in) = &mut self.screen else {
            return;
        };
        let Some(session) = &mut self.session else {
            return;
        };
        let at = now.wall.clone();
        let session_id = session.record.id.clone();
        let mut stop = None;
        let record = match (check_in.question(), check_in.value) {
            (Some(Question::Note), _) => {
                let text = check_in.note.trim().to_owned();
                let note = (!text.is_empty()).then(|| NoteRecord {
                    id,
                    session: session_id,
                    text,
                    at,
                    supersedes: None,
                });
                session.note.clone_from(&note);
                note.map(Record::Note)
            }
            (Some(question), Some(value)) => {
                stop = check_in
                    .band(&session.program)
                    .filter(|band| band.stop)
                    .cloned();
                let kind = if question == Question::Pain {
                    RatingKind::Pain
                } else {
                    RatingKind::Exertion
                };
                let exercise = check_in.exercise.as_ref().map(|(id, _)| id.clone());
                let rating = RatingRecord {
                    id,
                    session: session_id,
                    kind,
                    moment: check_in.moment,
                    exercise,
                    value,
                    at,
                    supersedes: None,
                };
                session.ratings.push(rating.clone());
                Some(Record::Rating(rating))
            }
            _ => None,
        };
        check_in.at += 1;
        check_in.value = None;
        let moment = check_in.moment;
        if let Some(record) = record {
            if session.has_begun() {
                self.effects.push(Effect::Save(vec![record]));
            } else {
                session.add_to_preface(record);
            }
        }
        if let Some(band) = stop {
            self.ask_pain_stop(&band, moment, now);
        } else {
            self.next_question(now);
        }
    }

    /// The therapist's words for a band that says stop; the patient decides.
    pub(super) fn ask_pain_stop(&mut self, band: &PainBand, moment: PainMoment, now: &Moment) {
        let contact = self.program_at_hand().and_then(Program::contact);
        let advice = band
            .advice
            .clone()
            .unwrap_or_else(|| STOP_ADVICE.to_owned());
        let mut text = vec![format!("Your therapist says: {advice}")];
        text.extend(contact);
        let speech = self.speaker().stop(&advice);
        self.alert(AlertKind::PainStop, &advice, speech, now.instant);
        let over = self
            .session
            .as_ref()
            .is_none_or(|session| session.end.is_some());
        let begins = moment == PainMoment::NextMorning && self.mornings.then.is_some();
        let lines = if begins {
            vec!["Not today".to_owned(), "Go on all the same".to_owned()]
        } else if matches!(moment, PainMoment::After | PainMoment::NextMorning) || over {
            vec!["I have read this".to_owned()]
        } else {
            vec!["Stop for today".to_owned(), "Go on all the same".to_owned()]
        };
        let mut menu = Menu::new(MenuKind::PainStop, format!("Pain: {}", band.label));
        (menu.text, menu.lines) = (text, lines);
        self.overlays.push(Overlay::Menu(menu));
    }

    pub(super) fn pain_stop_chosen(&mut self, line: usize, now: &Moment) {
        if matches!(self.screen, Screen::Progress(_)) {
            return;
        }
        if matches!(&self.screen, Screen::CheckIn(check_in) if check_in.moment == PainMoment::NextMorning)
        {
            if line == 0 {
                self.mornings.then = None;
            }
            self.mornings_over(now);
            return;
        }
        let over = self
            .session
            .as_ref()
            .is_some_and(|session| session.end.is_some());
        if line == 0 && !over {
            self.end_early(now);
            // Pain was just said; what is left to ask is the rest.
            if let Screen::CheckIn(check_in) = &mut self.screen
                && check_in.question() == Some(Question::Pain)
            {
                check_in.at += 1;
            }
        } else {
            self.next_question(now);
        }
    }

    /// The next question, or what follows on the last one.
    fn next_question(&mut self, now: &Moment) {
        let Screen::CheckIn(check_in) = &self.screen else {
            return;
        };
        if check_in.question().is_some() {
            return;
        }
        match check_in.moment {
            PainMoment::Before => self.play(now),
            PainMoment::Each => {
                self.screen = Screen::Playing;
                let asked_more = self
                    .session
                    .as_ref()
                    .is_some_and(|session| !session.questions.is_empty());
                if let Some(session) = &mut self.session {
                    session.go_on(now.instant);
                }
                self.ask(now);
                let step = self
                    .session
                    .as_ref()
                    .map(|session| session.player.position());
                if let Some(step) = step.filter(|_| !asked_more) {
                    self.step_alert(step, now.instant);
                }
            }
            PainMoment::After => self.screen = Screen::Summary(0),
            PainMoment::NextMorning => self.mornings_over(now),
        }
    }
}
