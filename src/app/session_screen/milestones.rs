//! The player's milestones turned into records, alerts and questions.

use super::SessionScreen;
use crate::app::context::Cx;
use crate::app::question::CheckIn;
use crate::app::session_words::{describe_side, headline};
use crate::effect::AlertKind;
use crate::events::{Instant, Moment};
use crate::player::{Milestone, Progress, ReachedMilestone};
use crate::program::PainMoment;
use crate::record::{EndKind, EndRecord, Outcome, Record, SetRecord, SkipReason};
use crate::speech::Speaker;
use crate::timeline::{StepKind, TempoPhase};

impl SessionScreen {
    /// Lets a tone and words be heard in the program's language.
    pub(super) fn announce(
        &self,
        kind: AlertKind,
        text: &str,
        speech: String,
        at: Instant,
        cx: &mut Cx<'_>,
    ) {
        let language = self.session.program.language.as_str();
        cx.announce(kind, text, (speech, language), at);
    }

    pub(super) fn speaker(&self, cx: &Cx<'_>) -> Speaker {
        cx.speaker(&self.session.program.language)
    }

    /// Turns what was reached into records, alerts and questions.
    pub(super) fn take(&mut self, reached: &[ReachedMilestone], cx: &mut Cx<'_>) {
        for ReachedMilestone { at, milestone } in reached {
            let at = *at;
            match *milestone {
                Milestone::Step(step) => self.step_begun(step, at, cx),
                Milestone::HalfWay(_) => {
                    let speech = self.speaker(cx).half_way();
                    self.announce(AlertKind::HalfWay, "half way", speech, at, cx);
                }
                Milestone::FiveLeft(_) => {
                    let speech = self.speaker(cx).five_left();
                    self.announce(AlertKind::FiveSeconds, "five seconds", speech, at, cx);
                }
                Milestone::Countdown(_, seconds) => {
                    let text = seconds.to_string();
                    self.announce(AlertKind::LastSeconds, &text, String::new(), at, cx);
                }
                Milestone::SetOver(set) => self.record_set(set, None, at, cx),
                // A set that is skipped is recorded where its reason is known.
                Milestone::SetSkipped(_) => {}
                Milestone::ExerciseOver(exercise) => self.exercise_over(exercise, at, cx),
                Milestone::Finished => self.finish(at, cx),
            }
        }
        // Nothing is asked in the middle of a step.
        let between = |it: &ReachedMilestone| {
            matches!(it.milestone, Milestone::Step(_) | Milestone::Finished)
        };
        if reached.iter().any(between) {
            self.ask(cx);
        }
    }

    pub(super) fn step_begun(&mut self, step: usize, at: Instant, cx: &mut Cx<'_>) {
        let session = &mut self.session;
        session.entered_reps = None;
        session.awaiting_count = false;
        session.step_since = cx.now.clone();
        session.last_interaction = cx.now.instant;
        cx.shared.status.drop_old(cx.now.instant);
        // What is asked first is announced first; the step waits, and is announced when it goes on.
        if cx.shared.hands_free || session.questions.is_empty() {
            self.announce_step(step, at, cx);
        }
        let steps = &self.session.player.timeline().steps;
        let before = step.checked_sub(1).and_then(|before| steps.get(before));
        let rested = |kind| matches!(kind, StepKind::Rest | StepKind::RestAfterExercise);
        if before.is_some_and(|before| rested(before.kind)) {
            let name = self.session.exercise().map(|it| it.name.clone());
            cx.notify("Rest is over", &name.unwrap_or_default());
        }
    }

    /// Announces a step: a set begins with one tone, its repetitions go on with others.
    pub(super) fn announce_step(&self, index: usize, at: Instant, cx: &mut Cx<'_>) {
        let timeline = self.session.player.timeline();
        let Some(step) = timeline.steps.get(index) else {
            return;
        };
        let before = index
            .checked_sub(1)
            .and_then(|before| timeline.steps.get(before));
        let begins = before.is_none_or(|before| {
            let first = matches!(step.kind, StepKind::Tempo { rep, .. } if rep.number == 1);
            first && before.set != step.set || !before.kind.is_work()
        });
        let kind = match step.kind {
            StepKind::GetReady => AlertKind::GetReady,
            StepKind::Release(_) => AlertKind::Release,
            StepKind::SwitchSide => AlertKind::SwitchSide,
            StepKind::Rest | StepKind::RestAfterExercise => AlertKind::Rest,
            StepKind::Tempo { phase, .. } if !begins => match phase {
                TempoPhase::Lower | TempoPhase::Back => AlertKind::Lower,
                TempoPhase::Lift | TempoPhase::Out => AlertKind::Lift,
                TempoPhase::PauseBelow | TempoPhase::PauseAbove => AlertKind::Still,
            },
            _ => AlertKind::Start,
        };
        let side = timeline.sets.get(step.set);
        let side = side.map_or("", |set| describe_side(step, set));
        let text = [headline(step), side].join(" ").trim().to_owned();
        let next = self.session.next_exercise(index);
        let exercise = self.session.exercise_of(step.exercise);
        let speech =
            exercise.map(|exercise| self.speaker(cx).step(timeline, index, exercise, next));
        self.announce(kind, &text, speech.unwrap_or_default(), at, cx);
    }

    pub(super) fn exercise_over(&mut self, exercise: usize, at: Instant, cx: &mut Cx<'_>) {
        let exercises = &self.session.player.timeline().exercises;
        let Some(planned) = exercises.get(exercise).cloned() else {
            return;
        };
        // What was skipped is not done.
        let done = |set: &SetRecord| set.exercise == planned.id && set.outcome != Outcome::Skipped;
        if self.session.sets.iter().any(done) {
            let speech = self.speaker(cx).exercise_done();
            self.announce(AlertKind::ExerciseDone, "exercise done", speech, at, cx);
        }
        if self.session.program.pain.asks(PainMoment::Each) {
            let question = CheckIn::each(&planned.id, &planned.name);
            let questions = &mut self.session.questions;
            if !questions.iter().any(|other| other.is_about(&question)) {
                questions.push_back(question);
            }
        }
    }

    /// Records what was done of a set, unless as much is recorded already: a set that was done stays
    /// done.
    pub(super) fn record_set(
        &mut self,
        set: usize,
        reason: Option<SkipReason>,
        at: Instant,
        cx: &mut Cx<'_>,
    ) {
        let progress = self.session.player.progress(set);
        self.record_progress(set, progress, reason, at, cx);
    }

    pub(super) fn record_progress(
        &mut self,
        set: usize,
        progress: Progress,
        reason: Option<SkipReason>,
        at: Instant,
        cx: &mut Cx<'_>,
    ) {
        let typed = self.session.entered_reps.is_some();
        let (id, at) = (cx.next_id(), wall_at(at, cx.now));
        let record = self
            .session
            .set_record(id, set, progress, reason, typed, at);
        if let Some(record) = record {
            self.session.put_set(record, cx);
        }
    }

    /// The session was played to its end.
    pub(super) fn finish(&mut self, at: Instant, cx: &mut Cx<'_>) {
        let speech = self.speaker(cx).session_done();
        self.announce(AlertKind::SessionDone, "session done", speech, at, cx);
        cx.notify("Session done", &self.session.program.title);
        self.end(EndKind::Finished, cx);
        self.ask_after();
    }

    /// Lets the questions after the session come next.
    pub(super) fn ask_after(&mut self) {
        let worked = self.session.worked();
        let after = CheckIn::after(&self.session.program, worked);
        self.session.questions.push_back(after);
    }

    /// Records the end of the session.
    pub(super) fn end(&mut self, kind: EndKind, cx: &mut Cx<'_>) {
        cx.record(self.session.begin());
        if self.session.end.is_some() {
            return;
        }
        self.session.end = Some(kind);
        let end = EndRecord {
            id: cx.next_id(),
            session: self.session.record.id.clone(),
            kind,
            for_pain: self.session.ended_for_pain,
            at: cx.now.wall.clone(),
        };
        cx.record(vec![Record::End(end)]);
    }
}

/// Returns the wall time of an instant that has gone by.
pub(super) fn wall_at(at: Instant, now: &Moment) -> jiff::Zoned {
    let ago = jiff::SignedDuration::try_from(now.instant - at);
    let ago = ago.unwrap_or(jiff::SignedDuration::ZERO);
    let wall = now.wall.checked_sub(ago);
    wall.unwrap_or_else(|_| now.wall.clone())
}
