//! Skipping a set, and stopping a session: what was begun is recorded, with the reason.

use super::SessionScreen;
use crate::app::context::{Cx, SessionKind};
use crate::app::flow::Flow;
use crate::app::menu::{Choice, Menu, MenuAnswer, Overlay};
use crate::app::page::MenuScope;
use crate::app::question::{CheckIn, Question};
use crate::player::{Milestone, Progress, ReachedMilestone, SkipScope};
use crate::program::words;
use crate::record::{EndKind, SkipReason};
use crate::timeline::StepKind;

impl SessionScreen {
    pub(super) fn ask_skip(&mut self, cx: &mut Cx<'_>) -> Flow {
        let session = &mut self.session;
        let set = session.player.planned_set();
        let recorded = set.is_some_and(|set| session.is_recorded(set));
        let step = session.player.step();
        let resting = step.is_some_and(|step| step.kind == StepKind::RestAfterExercise);
        if recorded || resting {
            // What is done needs no reason.
            let reached = session.player.skip(cx.now.instant, SkipScope::Set, None);
            self.take(&reached, cx);
            return Flow::Stay;
        }
        let name = session.exercise().map(|exercise| exercise.name.clone());
        let item = |reason: &SkipReason| {
            let words = words::capitalized(reason.words());
            (words, Choice::Skip(*reason))
        };
        let title = format!("Why skip {}?", name.unwrap_or_default());
        let items = SkipReason::CHOICES.iter().map(item).collect();
        let mut menu = Menu::new(title, Vec::new(), items);
        // A reason that is there before anybody chose one would be recorded by mistake.
        menu.selected = None;
        menu.scope = Some(MenuScope::Set);
        Flow::Open(Overlay::Menu(menu))
    }

    pub(super) fn skip(&mut self, reason: SkipReason, scope: Option<MenuScope>, cx: &mut Cx<'_>) {
        let scope = match scope {
            Some(MenuScope::Exercise) => SkipScope::Exercise,
            _ => SkipScope::Set,
        };
        let now = cx.now.instant;
        self.session.go_on(now);
        let reps = self.session.entered_reps;
        let reached = self.session.player.skip(now, scope, reps);
        let skipped = |it: &ReachedMilestone| match it.milestone {
            Milestone::SetSkipped(set) => Some((set, it.at)),
            _ => None,
        };
        for (set, at) in reached.iter().filter_map(skipped) {
            self.record_set(set, Some(reason), at, cx);
        }
        if reason == SkipReason::Pain {
            cx.say("Skipped because of pain. Press ! for the stop signs and whom to call.");
            let first = reached.iter().find_map(skipped);
            self.ask_how_much(first.map(|(set, _)| set));
        }
        self.take(&reached, cx);
        self.ask(cx);
    }

    /// Takes the answer to a menu that was opened here.
    pub(in crate::app) fn choose(&mut self, answer: &MenuAnswer, cx: &mut Cx<'_>) -> Flow {
        match answer.choice {
            Choice::Skip(reason) => self.skip(reason, answer.scope, cx),
            Choice::StopForNow => {
                self.stop(SkipReason::Stopped, cx);
                return self.summarize();
            }
            Choice::EndSession | Choice::EndForSign => self.end_early(cx),
            Choice::EndForPain => self.end_for_pain(cx),
            Choice::StopForBand if self.session.end.is_none() => {
                self.end_early(cx);
                // Pain was just said; what is left to ask is the rest.
                if let Some(question) = &mut self.asking
                    && question.question() == Some(Question::Pain)
                {
                    question.next();
                }
            }
            Choice::StopForBand | Choice::ContinueDespiteBand => return self.next_question(cx),
            Choice::ContinueDespiteSign => self.uncover(cx.now.instant),
            _ => {}
        }
        Flow::Stay
    }

    pub(super) fn summarize(&self) -> Flow {
        Flow::Summarize(Box::new(self.session.clone()))
    }

    /// Records what was begun with the reason why it goes no further, and leaves the session
    /// unfinished.
    pub(super) fn stop(&mut self, reason: SkipReason, cx: &mut Cx<'_>) {
        if !self.session.has_begun() || self.session.end.is_some() {
            return;
        }
        let typed = self.session.entered_reps;
        let now = cx.now.instant;
        // The player was advanced to this instant already, so nothing more can be reached.
        let _ = self.session.player.pause(now);
        self.session.stop_waiting();
        for (set, progress) in self.session.player.started_sets(now, typed) {
            let (id, at) = (cx.next_id(), cx.now.wall.clone());
            let by_hand = typed.is_some();
            let session = &mut self.session;
            let record = session.set_record(id, set, progress, Some(reason), by_hand, at);
            if let Some(record) = record {
                session.put_set(record, cx);
            }
        }
    }

    /// Ends the session before its end, for good; then come the questions after it.
    pub(super) fn end_early(&mut self, cx: &mut Cx<'_>) {
        self.stop(SkipReason::Stopped, cx);
        self.end(EndKind::EndedEarly, cx);
        self.session.questions.clear();
        let worked = self.session.worked();
        self.asking = Some(CheckIn::after(&self.session.program, worked));
    }

    /// Ends the session because of pain: the set in work is recorded as stopped for pain, and how
    /// much it was is asked at once.
    pub(super) fn end_for_pain(&mut self, cx: &mut Cx<'_>) {
        let now = cx.now.instant;
        self.session.ended_for_pain = true;
        let left = self.session.left_open(now);
        let asked = self.asking.as_ref();
        let asked = asked.and_then(|question| question.exercise.clone());
        let hurts = asked.or_else(|| self.session.what_hurts(now));
        self.stop(SkipReason::Pain, cx);
        if let Some(set) = left.filter(|set| !self.session.is_settled(*set)) {
            let reason = Some(SkipReason::Pain);
            self.record_progress(set, Progress::default(), reason, now, cx);
        }
        self.end(EndKind::EndedEarly, cx);
        self.session.questions.clear();
        self.ask_after();
        if let Some((id, name)) = hurts {
            let question = CheckIn::each(&id, &name).at_once();
            self.session.questions.push_front(question);
        }
        self.asking = None;
        self.ask(cx);
    }

    /// Ends at once, losing nothing: an answer that was typed, what was done of the set.
    pub(in crate::app) fn interrupt(&mut self, cx: &mut Cx<'_>) {
        self.keep_note(cx);
        self.stop(SkipReason::Stopped, cx);
    }
}

/// Asks how to stop.
pub(super) fn ask_stop(cx: &Cx<'_>) -> Flow {
    if cx.shared.kind != SessionKind::Recorded {
        // Nothing of a preview is recorded, so there is nothing to ask.
        return Flow::Quit;
    }
    let item = |words: &str, choice| (words.to_owned(), choice);
    Flow::Open(Overlay::Menu(Menu::new(
        "Stop here?",
        vec!["What you have done is recorded either way.".to_owned()],
        vec![
            item("Go on with the session", Choice::Nothing),
            item("Stop now, go on later from here", Choice::StopForNow),
            item("End today's session here", Choice::EndSession),
            item("End it here because of pain", Choice::EndForPain),
        ],
    )))
}
