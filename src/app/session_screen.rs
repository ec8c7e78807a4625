//! A session on the screen: the player's milestones become records, alerts and questions; the
//! patient's keys move the player.

mod milestones;
mod questions;
mod stopping;

use std::time::Duration;

use super::context::{Cx, SessionKind, Shared};
use super::flow::Flow;
use super::keymap::{Action, Context};
use super::page::ScreenPage;
use super::question::CheckIn;
use super::session::Session;
use super::session_page;
use crate::effect::{AlertKind, Effect};
use crate::events::{Instant, Moment};
use crate::history::SessionHistory;
use crate::player::{Milestone, Progress, ReachedMilestone, SkipScope};
use crate::program::TestKind;
use crate::record::{SkipReason, text_hash};
use crate::timeline::StepKind;

/// How many times as fast time may pass.
const SPEEDS: [u16; 6] = [1, 2, 5, 10, 30, 60];

/// A second press within this time after a step of work has begun belongs to what was before.
const DOUBLE_PRESS: Duration = Duration::from_millis(300);
/// Without keys, a test that is not ended within this time is skipped.
const LONGEST_TEST: Duration = Duration::from_mins(5);

/// A session on the screen.
#[derive(Debug, Clone)]
pub(super) struct SessionScreen {
    pub(super) session: Session,
    /// The questions that are asked now; the session waits for them.
    asking: Option<CheckIn>,
}

impl SessionScreen {
    fn new(session: Session) -> Self {
        Self {
            session,
            asking: None,
        }
    }

    /// Records the session, and plays it.
    pub(super) fn play(mut session: Session, cx: &mut Cx<'_>) -> Self {
        cx.record(session.begin());
        let reached = session.begin_timeline(cx.now);
        let mut screen = Self::new(session);
        screen.take(&reached, cx);
        screen
    }

    /// Plays a preview from an exercise on.
    pub(super) fn preview(mut session: Session, exercise: usize, cx: &mut Cx<'_>) -> Self {
        cx.record(session.begin());
        let mut reached = session.begin_timeline(cx.now);
        let mut screen = Self::new(session);
        screen.take(&reached, cx);
        reached = screen.session.player.jump(exercise, cx.now.instant);
        screen.take(&reached, cx);
        screen
    }

    /// Goes on with a session that was left.
    pub(super) fn resume(history: &SessionHistory, cx: &mut Cx<'_>) -> Option<Self> {
        let session = Session::resume(history, cx)?;
        let text = cx.shared.catalog.selected().map(|it| text_hash(&it.text));
        let changed = text.as_ref() != Some(&history.session.hash);
        let screen = Self::play(session, cx);
        cx.say(if changed {
            "The program has changed since. What is still the same exercise and set stays done."
        } else {
            "Going on where you stopped."
        });
        Some(screen)
    }

    /// Ends a session before its end, for good; then come the questions after it.
    pub(super) fn end_session(session: Session, cx: &mut Cx<'_>) -> Self {
        let mut screen = Self::new(session);
        screen.end_early(cx);
        screen
    }

    pub(super) fn context(&self) -> Context {
        if let Some(question) = &self.asking {
            return question.context();
        }
        let player = &self.session.player;
        if player.is_paused() {
            return if self.session.awaiting_count {
                Context::Waiting
            } else {
                Context::Paused
            };
        }
        match player.step().map(|step| step.kind) {
            Some(StepKind::SelfPacedReps(_) | StepKind::Test(TestKind::Reps)) => Context::Waiting,
            Some(StepKind::Test(TestKind::Hold)) => Context::Counting,
            Some(kind) if kind.is_work() => Context::Timed,
            _ => Context::Pausing,
        }
    }

    pub(super) fn is_running(&self) -> bool {
        self.asking.is_none() && self.session.is_running()
    }

    pub(super) fn next_change(&self, now: Instant) -> Option<Instant> {
        let playing = self.asking.is_none();
        playing.then(|| self.session.next_change(now)).flatten()
    }

    pub(super) fn page(&self, shared: &Shared, now: &Moment) -> ScreenPage {
        match &self.asking {
            Some(question) => question.page(&self.session.program),
            None => ScreenPage::Session(session_page::page(&self.session, shared, now)),
        }
    }

    /// Returns whether a test is being done that the patient has not ended.
    pub(super) fn is_testing(&self) -> bool {
        let player = &self.session.player;
        let test = player
            .step()
            .is_some_and(|step| matches!(step.kind, StepKind::Test(_)));
        self.asking.is_none() && test && !self.session.awaiting_count && !player.is_paused()
    }

    /// Returns when a test is over by itself. Without keys it may be that nobody says so.
    pub(super) fn test_over(&self, shared: &Shared) -> Option<Instant> {
        let counting = self.session.awaiting_count && self.asking.is_none();
        let waits = shared.hands_free && (self.is_testing() || counting);
        waits.then(|| self.session.last_interaction + LONGEST_TEST)
    }

    /// Waits while something covers the session.
    pub(super) fn cover(&mut self, now: Instant) {
        if self.asking.is_none() {
            self.session.wait(now);
        }
    }

    /// Goes on once nothing covers the session.
    pub(super) fn uncover(&mut self, now: Instant) {
        if self.asking.is_none() {
            self.session.go_on(now);
        }
    }

    /// Lets the session run up to now.
    pub(super) fn advance(&mut self, covered: bool, cx: &mut Cx<'_>) {
        if self.asking.is_none() {
            let reached = self.session.player.advance(cx.now.instant);
            self.take(&reached, cx);
        }
        let over = self.test_over(cx.shared).filter(|_| !covered);
        if over.is_some_and(|over| over <= cx.now.instant) {
            self.end_test(cx);
        }
    }

    /// Skips a test that nobody ended.
    fn end_test(&mut self, cx: &mut Cx<'_>) {
        if self.session.entered_reps.is_some() {
            // A number that was typed and not confirmed was meant.
            self.step_done(cx);
            return;
        }
        self.session.awaiting_count = false;
        self.session.player.resume(cx.now.instant);
        let player = &mut self.session.player;
        let reached = player.skip(cx.now.instant, SkipScope::Set, None);
        for ReachedMilestone { at, milestone } in &reached {
            if let Milestone::SetSkipped(set) = milestone {
                // Time that nobody ended is no result.
                let reason = Some(SkipReason::Other);
                self.record_progress(*set, Progress::default(), reason, *at, cx);
            }
        }
        cx.say("The test timed out and was skipped.");
        self.take(&reached, cx);
    }

    /// Goes on in the mode in which sessions run now.
    pub(super) fn switch_mode(&mut self, cx: &mut Cx<'_>) {
        if self.asking.is_none() {
            let mode = cx.shared.mode();
            let reached = self.session.switch_mode(mode, cx.now.instant);
            self.take(&reached, cx);
        }
    }

    /// Pauses a running session and says why.
    pub(super) fn auto_pause(&mut self, why: &str, cx: &mut Cx<'_>) {
        if self.asking.is_some() {
            return;
        }
        let (held, reached) = self.session.hold(cx.now.instant);
        self.take(&reached, cx);
        if held {
            cx.say(why);
            let speech = self.speaker(cx).paused();
            let now = cx.now.instant;
            self.announce(AlertKind::Paused, "paused", speech, now, cx);
        }
    }

    pub(super) fn update(&mut self, action: Action, cx: &mut Cx<'_>) -> Flow {
        if self.asking.is_some() {
            return self.update_question(action, cx);
        }
        let now = cx.now.instant;
        let session = &mut self.session;
        let reached = match action {
            Action::Pause if session.player.is_paused() => {
                session.player.resume(now);
                Vec::new()
            }
            Action::Pause => {
                cx.effects.push(Effect::StopSpeech);
                session.player.pause(now)
            }
            // Who presses Enter twice to end a pause has not done ten repetitions in between.
            Action::Done
                if now - session.step_since.instant < DOUBLE_PRESS && session.is_working() =>
            {
                return Flow::Stay;
            }
            Action::Done => {
                self.step_done(cx);
                return Flow::Stay;
            }
            Action::Previous => session.player.back(now),
            Action::Extend => session.player.extend(now),
            Action::Restart => session.player.restart(now),
            Action::Digit(_) | Action::Erase => {
                session.type_reps(action);
                return Flow::Stay;
            }
            Action::Skip => return self.ask_skip(cx),
            Action::Mute => {
                mute(cx);
                return Flow::Stay;
            }
            Action::Stop => return stopping::ask_stop(cx),
            Action::NextExercise | Action::PreviousExercise => {
                self.jump(action == Action::NextExercise, cx);
                return Flow::Stay;
            }
            Action::Faster | Action::Slower => {
                change_speed(action == Action::Faster, cx);
                return Flow::Stay;
            }
            _ => return Flow::Stay,
        };
        self.take(&reached, cx);
        Flow::Stay
    }

    /// The patient says that the step is done.
    fn step_done(&mut self, cx: &mut Cx<'_>) {
        let session = &mut self.session;
        let step = session.player.step();
        let counting = step.is_some_and(|step| step.kind == StepKind::Test(TestKind::Reps));
        let reached = if counting && session.entered_reps.is_none() {
            // The test is over, and its count is not known until it is typed.
            session.awaiting_count = true;
            session.player.pause(cx.now.instant)
        } else {
            session.player.resume(cx.now.instant);
            session.stop_waiting();
            session.player.done(cx.now.instant, session.entered_reps)
        };
        self.take(&reached, cx);
    }

    /// Goes to the exercise before or after the one being done, in a preview.
    fn jump(&mut self, forward: bool, cx: &mut Cx<'_>) {
        let player = &mut self.session.player;
        let (Some(step), SessionKind::Preview { .. }) = (player.step(), cx.shared.kind) else {
            return;
        };
        let last = player.timeline().exercises.len().saturating_sub(1);
        let to = if forward {
            (step.exercise + 1).min(last)
        } else {
            step.exercise.saturating_sub(1)
        };
        let reached = player.jump(to, cx.now.instant);
        self.take(&reached, cx);
    }

    /// Takes back a number that was typed and not confirmed.
    pub(super) fn forget_number(&mut self, now: Instant) {
        match &mut self.asking {
            Some(question) => question.edit(Action::Erase, now),
            None => self.session.entered_reps = None,
        }
    }
}

/// Turns sound off, or on again.
fn mute(cx: &mut Cx<'_>) {
    let announcer = &mut cx.shared.announcer;
    announcer.muted = !announcer.muted;
    let muted = announcer.muted;
    cx.effects.extend(muted.then_some(Effect::StopSpeech));
    cx.say(if muted {
        "Sound is off."
    } else {
        "Sound is on."
    });
}

/// Returns the next speed; `None` at the end of the row.
fn next_speed(speed: u16, faster: bool) -> Option<u16> {
    if faster {
        SPEEDS.into_iter().find(|other| *other > speed)
    } else {
        SPEEDS.into_iter().rev().find(|other| *other < speed)
    }
}

/// Lets time pass faster or slower, in a preview.
fn change_speed(faster: bool, cx: &mut Cx<'_>) {
    if let SessionKind::Preview { speed } = cx.shared.kind
        && let Some(speed) = next_speed(speed, faster)
    {
        cx.shared.kind = SessionKind::Preview { speed };
        cx.effects.push(Effect::SetSpeed(speed));
    }
}
