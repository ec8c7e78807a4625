//! The questions in and after a session.

use super::{SessionScreen, stopping};
use crate::app::context::Cx;
use crate::app::flow::Flow;
use crate::app::keymap::Action;
use crate::app::menu::Overlay;
use crate::app::question::{BandStop, CheckIn, Question, ask_band_stop};
use crate::effect::AlertKind;
use crate::program::PainMoment;
use crate::record::{NoteRecord, Record};

impl SessionScreen {
    /// Asks the next question that waits, if any does.
    pub(super) fn ask(&mut self, cx: &mut Cx<'_>) {
        // Without keys the questions wait until all is played, but for what can't wait.
        let front = self.session.questions.front();
        let urgent = front.is_some_and(|question| question.urgent);
        let waits = cx.shared.hands_free && !urgent && self.session.end.is_none();
        if self.asking.is_some() || waits {
            return;
        }
        let Some(question) = self.session.questions.pop_front() else {
            return;
        };
        self.session.wait(cx.now.instant);
        if question.question() == Some(Question::Pain) && self.session.end.is_none() {
            let exercise = question.exercise.as_ref().map(|(_, name)| name.as_str());
            let speech = self.speaker(cx).pain(question.moment, exercise);
            let now = cx.now.instant;
            self.announce(AlertKind::Question, "question", speech, now, cx);
        }
        self.asking = Some(question);
    }

    /// Asks about the pain of the exercise of a set next, whatever the program asks for: what is
    /// skipped for pain is pain.
    pub(super) fn ask_how_much(&mut self, set: Option<usize>) {
        let timeline = self.session.player.timeline();
        let set = set.and_then(|set| timeline.sets.get(set));
        let Some(exercise) = set.and_then(|set| timeline.exercises.get(set.exercise)) else {
            return;
        };
        let question = CheckIn::each(&exercise.id, &exercise.name).at_once();
        let questions = &mut self.session.questions;
        questions.retain(|other| !other.is_about(&question));
        questions.push_front(question);
    }

    pub(super) fn update_question(&mut self, action: Action, cx: &mut Cx<'_>) -> Flow {
        let Some(question) = &mut self.asking else {
            return Flow::Stay;
        };
        match (action, question.moment) {
            (Action::Confirm, _) => self.answered(cx),
            (Action::Stop, PainMoment::After) => {
                self.keep_note(cx);
                self.summarize()
            }
            (Action::Stop, _) => stopping::ask_stop(cx),
            (action, _) => {
                question.edit(action, cx.now.instant);
                Flow::Stay
            }
        }
    }

    /// Records a note that was typed and not yet confirmed.
    pub(super) fn keep_note(&mut self, cx: &mut Cx<'_>) {
        let note = self.asking.as_ref().and_then(CheckIn::question) == Some(Question::Note);
        if let Some(question) = self.asking.clone().filter(|_| note) {
            self.record_note(&question, cx);
        }
    }

    pub(super) fn record_note(&mut self, question: &CheckIn, cx: &mut Cx<'_>) {
        let text = question.note.trim();
        if text.is_empty() {
            return;
        }
        let note = NoteRecord {
            id: cx.next_id(),
            session: self.session.record.id.clone(),
            text: text.to_owned(),
            at: cx.now.wall.clone(),
            supersedes: None,
        };
        self.session.note = Some(note.clone());
        self.session.keep(Record::Note(note), cx);
    }

    /// Takes the answer and goes on to the next question.
    pub(super) fn answered(&mut self, cx: &mut Cx<'_>) -> Flow {
        let Some(question) = self.asking.clone() else {
            return Flow::Stay;
        };
        if question.question() == Some(Question::Note) {
            self.record_note(&question, cx);
        } else if let Some(rating) = question.rating(&self.session.record.id, cx) {
            self.session.rate(rating, cx);
        }
        if let Some(question) = &mut self.asking {
            question.next();
        }
        let program = self.session.program.clone();
        let Some(band) = question.band(&program).filter(|band| band.stop) else {
            return self.next_question(cx);
        };
        let over = question.moment == PainMoment::After || self.session.end.is_some();
        let stops = if over {
            BandStop::Read
        } else {
            BandStop::Session
        };
        Flow::Open(Overlay::Menu(ask_band_stop(band, &program, stops, cx)))
    }

    /// Goes on to the next question, or to what follows the last one.
    pub(super) fn next_question(&mut self, cx: &mut Cx<'_>) -> Flow {
        let Some(question) = &self.asking else {
            return Flow::Stay;
        };
        if question.question().is_some() {
            return Flow::Stay;
        }
        if question.moment == PainMoment::After {
            return self.summarize();
        }
        self.asking = None;
        let asked_more = !self.session.questions.is_empty();
        self.session.go_on(cx.now.instant);
        self.ask(cx);
        if !asked_more {
            let step = self.session.player.position();
            self.announce_step(step, cx.now.instant, cx);
        }
        Flow::Stay
    }
}
