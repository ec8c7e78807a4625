//! A session being played: the player's milestones become records and alerts, the patient's keys
//! move the player. Knows nothing of how records are kept or sounds are made.

use std::collections::{HashMap, VecDeque};
use std::sync::Arc;
use std::time::Duration;

use sha2::{Digest, Sha256};

use super::check_in::{CheckIn, Question};
use super::keymap::{Action, Context};
use super::{AlertKind, App, Effect, Menu, MenuKind, Overlay, SaveState, Screen};
use crate::events::{Instant, Moment};
use crate::player::{Milestone, Player, Progress, ReachedMilestone, SkipScope, done_amount};
use crate::prescription;
use crate::program::{Exercise, PainMoment, Program, RepStyle, Side, TestKind, Work, words};
use crate::record::{
    EndKind, EndRecord, EntryMethod, NoteRecord, Outcome, RatingRecord, Record, RecordId,
    ResumeRecord, SessionHistory, SessionRecord, SetRecord, SkipReason,
};
use crate::timeline::{
    PlannedSet, PrescribedExercise, SessionMode, Step, StepKind, TempoPhase, Timeline,
};

/// A second press within this time after a step of work has begun belongs to what was before.
const DOUBLE_PRESS: Duration = Duration::from_millis(300);
/// Without keys, a test that nobody ends within this time is left out.
const LONGEST_TEST: Duration = Duration::from_mins(5);

/// A session at hand.
#[derive(Debug)]
pub struct Session {
    /// The program that is played.
    pub program: Arc<Program>,
    /// The phase, from 0.
    pub phase: usize,
    /// Of each exercise of the phase how many steps of its progression hold.
    steps: Vec<usize>,
    /// The record of its beginning.
    pub record: SessionRecord,
    /// Plays it; idle until the questions before the session are over.
    pub player: Player,
    /// The sets on record as they stand, those of an earlier part of the session included.
    pub sets: Vec<SetRecord>,
    /// Pain and exertion.
    pub ratings: Vec<RatingRecord>,
    /// The patient's words.
    pub note: Option<NoteRecord>,
    /// How it ended, once it has.
    pub end: Option<EndKind>,
    /// Whether the patient ended it because of pain.
    ended_for_pain: bool,
    /// The number of repetitions that was typed at this step.
    pub typed: Option<u16>,
    /// Whether a count is asked for that must be typed.
    pub count_wanted: bool,
    /// When the step at hand was begun, on the wall.
    pub step_since: Moment,
    /// When a step was last begun or a key pressed.
    pub(super) touched: Instant,
    /// Questions that wait for their turn.
    pub(super) questions: VecDeque<CheckIn>,
    kept: HashMap<RecordId, SaveState>,
    begun: bool,
    waiting: bool,
    preface: Vec<Record>,
}

impl Session {
    /// Whether a record is kept, and where.
    pub fn kept(&self, id: &str) -> Option<SaveState> {
        self.kept.get(id).copied()
    }

    pub(super) fn stored(&mut self, ids: &[RecordId], kept: SaveState) {
        self.kept.extend(ids.iter().map(|id| (id.clone(), kept)));
    }

    /// The record of a slot, where there is one.
    pub fn record_of(&self, planned_set: &PlannedSet) -> Option<&SetRecord> {
        let exercise = self.player.timeline().exercises.get(planned_set.exercise)?;
        self.sets.iter().find(|set| {
            set.exercise == exercise.id
                && set.set == planned_set.dose.number
                && set.side == planned_set.dose.side
        })
    }

    /// Returns the set that is left where the session ends now: the one in work, or, between the
    /// sets of an exercise, the next one. What has not been begun of an exercise is not left, only
    /// not done.
    fn left_open(&self, now: Instant) -> Option<usize> {
        let step = self.player.step()?;
        let planned_set = self.player.timeline().sets.get(step.set)?;
        let exercise = self.player.timeline().exercises.get(step.exercise)?;
        let within = matches!(
            step.kind,
            StepKind::Release(_) | StepKind::SwitchSide | StepKind::Rest
        ) || self.sets.iter().any(|set| set.exercise == exercise.id)
            || step.kind.is_work() && !self.player.step_elapsed(now).is_zero();
        (within && step.kind != StepKind::RestAfterExercise && !self.is_behind(planned_set))
            .then_some(step.set)
    }

    /// Returns the id and the name of the exercise that hurts where a session is ended for pain:
    /// the one that is asked about, the one that is being done, or before another one the last that
    /// was.
    fn what_hurts(&self, now: Instant, screen: &Screen) -> Option<(String, String)> {
        if let Screen::CheckIn(check_in) = screen
            && check_in.exercise.is_some()
        {
            return check_in.exercise.clone();
        }
        let step = self.player.step()?;
        let last = self
            .sets
            .iter()
            .rev()
            .find(|set| set.outcome != Outcome::Skipped);
        if let Some(last) = last
            && self.left_open(now).is_none()
            && step.kind != StepKind::RestAfterExercise
        {
            return Some((last.exercise.clone(), last.name.clone()));
        }
        let exercise = self.player.timeline().exercises.get(step.exercise)?;
        Some((exercise.id.clone(), exercise.name.clone()))
    }

    /// Whether a slot is behind: on record, kept, and not to be offered again. Only then does the
    /// screen say so.
    pub fn is_behind(&self, planned_set: &PlannedSet) -> bool {
        self.record_of(planned_set)
            .is_some_and(|set| set.is_settled() && self.kept(&set.id).is_some())
    }

    /// Returns how a slot shows in a row of sets: done, partly done, skipped, or to do. What was
    /// skipped never looks as if it was done.
    pub fn mark(&self, planned_set: &PlannedSet) -> char {
        match self
            .record_of(planned_set)
            .filter(|_| self.is_behind(planned_set))
            .map(|set| set.outcome)
        {
            Some(Outcome::Done) => '●',
            Some(Outcome::Partial) => '◐',
            Some(Outcome::Skipped) => '✗',
            None => '○',
        }
    }

    /// Whether the step at hand is work.
    fn working(&self) -> bool {
        self.player.step().is_some_and(|step| step.kind.is_work()) && !self.count_wanted
    }

    /// The exercise at hand.
    pub fn exercise(&self) -> Option<&Exercise> {
        self.exercise_of(self.player.step()?.exercise)
    }

    /// The exercise with this place in the timeline.
    pub fn exercise_of(&self, index: usize) -> Option<&Exercise> {
        let planned = self.player.timeline().exercises.get(index)?;
        self.program.phase(self.phase)?.exercises.get(planned.index)
    }

    /// The exercise that is played after the one of a step; what is settled already is not played.
    pub fn next_exercise(&self, step: usize) -> Option<&Exercise> {
        let steps = &self.player.timeline().steps;
        let here = steps.get(step)?.exercise;
        let next = steps.iter().skip(step).find(|step| step.exercise > here)?;
        self.exercise_of(next.exercise)
    }

    /// Where the patient is, as far as keys are concerned.
    pub(super) fn context(&self) -> Context {
        if self.player.is_paused() {
            return if self.count_wanted {
                Context::Waiting
            } else {
                Context::Paused
            };
        }
        match self.player.step().map(|step| step.kind) {
            Some(StepKind::SelfPacedReps(_) | StepKind::Test(TestKind::Reps)) => Context::Waiting,
            Some(StepKind::Test(TestKind::Hold)) => Context::Counting,
            Some(kind) if kind.is_work() => Context::Timed,
            _ => Context::Pausing,
        }
    }

    pub(super) fn next_change(&self, now: Instant) -> Option<Instant> {
        self.player.next_change(now)
    }

    /// Whether it is being played, and does not stand still.
    pub fn is_running(&self) -> bool {
        !self.player.is_paused() && !self.player.is_finished()
    }

    /// Goes on as it is led now.
    pub(super) fn relead(&mut self, mode: SessionMode, now: Instant) -> Vec<ReachedMilestone> {
        let planned = planned(&self.program, self.phase, &self.steps, self.record.short);
        // The slots stay as they are: what was settled before this part of the session has no steps
        // in either timeline.
        let planned_sets = &self.player.timeline().sets;
        let names = &self.player.timeline().exercises;
        let settled = |exercise: &str, set: u8, side: Side| {
            planned_sets.iter().any(|planned_set| {
                planned_set.steps.is_none()
                    && planned_set.dose.number == set
                    && planned_set.dose.side == side
                    && names
                        .get(planned_set.exercise)
                        .is_some_and(|planned| planned.id == exercise)
            })
        };
        let timeline = Timeline::compile(&planned, mode, settled);
        self.player.switch_mode(timeline, now)
    }

    /// Pauses for something that lies over the screen.
    pub(super) fn wait(&mut self, now: &Moment) {
        // The app has advanced the player to this instant already, so nothing can be reached here.
        if !self.player.is_paused() {
            let _ = self.player.pause(now.instant);
            self.waiting = true;
        }
    }

    /// Goes on after what lay over the screen is gone.
    pub(super) fn go_on(&mut self, now: Instant) {
        if std::mem::take(&mut self.waiting) {
            self.player.resume(now);
        }
    }

    /// Pauses for good; says whether it ran, and what was reached until then. Who waits for the
    /// patient goes on waiting: no time of theirs can be lost.
    pub(super) fn hold(&mut self, at: Instant) -> (bool, Vec<ReachedMilestone>) {
        let waits = matches!(
            self.player.step().map(|step| step.kind),
            Some(StepKind::SelfPacedReps(_) | StepKind::Test(TestKind::Reps))
        );
        let ran = !self.player.is_paused() && !self.player.is_finished() && !waits;
        let reached = if ran {
            self.player.pause(at)
        } else {
            Vec::new()
        };
        (std::mem::take(&mut self.waiting) || ran, reached)
    }

    /// Whether anything was done in it.
    fn worked(&self) -> bool {
        self.sets.iter().any(|set| set.outcome != Outcome::Skipped)
    }

    /// A history as it stands now, for the list.
    fn history(&self, end: Option<EndRecord>) -> SessionHistory {
        SessionHistory {
            session: self.record.clone(),
            worked: self.worked(),
            sets: self.sets.clone(),
            sets_read: true,
            ratings: self.ratings.clone(),
            notes: self.note.iter().cloned().collect(),
            end,
        }
    }
}

/// What a step asks of the patient, in a word or two.
pub fn headline(step: &Step) -> &'static str {
    match step.kind {
        StepKind::GetReady => "get ready",
        StepKind::Hold(_) | StepKind::Test(TestKind::Hold) => "hold",
        StepKind::Tempo {
            phase: TempoPhase::Lower,
            ..
        } => "lower",
        StepKind::Tempo {
            phase: TempoPhase::PauseBelow | TempoPhase::PauseAbove,
            ..
        } => "pause",
        StepKind::Tempo {
            phase: TempoPhase::Lift,
            ..
        } => "lift",
        StepKind::Tempo {
            phase: TempoPhase::Back,
            ..
        } => "back",
        StepKind::Tempo {
            phase: TempoPhase::Out,
            ..
        }
        | StepKind::SelfPacedReps(_)
        | StepKind::Continuous
        | StepKind::Test(TestKind::Reps) => "go",
        StepKind::Release(_) => "release",
        StepKind::SwitchSide => "switch side",
        StepKind::Rest | StepKind::RestAfterExercise => "rest",
    }
}

/// The side of a step, in a word; nothing where both work or none is told apart.
pub fn side_word(step: &Step, planned_set: &PlannedSet) -> &'static str {
    match (step.kind, step.also) {
        (StepKind::RestAfterExercise | StepKind::Rest, _) => "",
        // What is let go is the side that was held, not the one to come.
        (StepKind::Release(_), Some(_)) => planned_set.dose.side.other().word(),
        (_, Some(_)) => "left and right",
        _ => planned_set.dose.side.word(),
    }
}

/// What comes next, in words: "rest 30 s", "right side", "Bird dog".
pub fn next_words(session: &Session) -> Option<String> {
    let player = &session.player;
    let timeline = player.timeline();
    let here = player.step()?;
    let mut at = player.position() + 1;
    // Of a repetition the parts to come are no news.
    while timeline
        .steps
        .get(at)
        .is_some_and(|step| step.set == here.set && step.kind.is_work() && here.kind.is_work())
    {
        at += 1;
    }
    let next = timeline.steps.get(at);
    let Some(next) = next else {
        return Some("the end of the session".to_owned());
    };
    let planned_set = timeline.sets.get(next.set)?;
    let name = || {
        timeline
            .exercises
            .get(next.exercise)
            .map(|exercise| exercise.name.clone())
    };
    let set = if planned_set.set_count > 1 {
        format!(
            "set {} of {}: ",
            planned_set.dose.number, planned_set.set_count
        )
    } else {
        String::new()
    };
    Some(match next.kind {
        StepKind::Rest => {
            format!(
                "rest {}, then set {} of {}",
                words_of(next.length.estimate()),
                planned_set.dose.number,
                planned_set.set_count
            )
        }
        StepKind::RestAfterExercise => format!("rest {}", words_of(next.length.estimate())),
        StepKind::SwitchSide => format!("switch to the {} side", planned_set.dose.side.word()),
        StepKind::Release(rep) if next.also.is_some() => {
            format!(
                "release, then {} side, repetition {} of {}",
                planned_set.dose.side.word(),
                rep.number,
                rep.of
            )
        }
        StepKind::Release(rep) => format!("release, then repetition {} of {}", rep.number, rep.of),
        StepKind::Hold(Some(rep)) if here.also.is_some() => {
            format!(
                "switch to the {} side, repetition {} of {}",
                planned_set.dose.side.word(),
                rep.number,
                rep.of
            )
        }
        StepKind::Hold(Some(rep)) if next.set == here.set && rep.number > 1 => {
            format!("repetition {} of {}", rep.number, rep.of)
        }
        StepKind::GetReady => format!("{}, {}", name()?, words::set(&planned_set.dose)),
        _ if next.exercise != here.exercise => {
            format!("{}, {}", name()?, words::set(&planned_set.dose))
        }
        _ => {
            let side = planned_set.dose.side.word();
            let side = if side.is_empty() {
                String::new()
            } else {
                format!("{side} side, ")
            };
            format!("{side}{set}{}", words::set(&planned_set.dose))
        }
    })
}

fn words_of(length: Duration) -> String {
    crate::program::notation::write_duration(length)
}

/// The hash under which a text is kept.
pub fn hash(text: &str) -> String {
    Sha256::digest(text.as_bytes())
        .iter()
        .flat_map(|byte| [byte >> 4, byte & 15])
        .filter_map(|digit| char::from_digit(digit.into(), 16))
        .collect()
}

impl App {
    /// A new session of a program, beginning with the questions before it; a short one has the
    /// essential exercises only.
    pub(super) fn start_session(&mut self, index: usize, phase: usize, short: bool, now: &Moment) {
        let Some(entry) = self.programs.get(index) else {
            return;
        };
        let Some(program) = entry.program().cloned() else {
            return;
        };
        let steps = self.steps_of(&program, phase);
        let compiled = |short| {
            Timeline::compile(
                &planned(&program, phase, &steps, short),
                self.mode(),
                |_, _, _| false,
            )
        };
        let timeline = compiled(short);
        // What was prescribed is the whole, however much of it there is time for.
        let whole = if short {
            compiled(false).sets.len()
        } else {
            timeline.sets.len()
        };
        let text = entry.text_record();
        let record = SessionRecord {
            id: self.ids.next_id(),
            program: program.id.clone(),
            title: program.title.clone(),
            hash: text.hash.clone(),
            phase: u16::try_from(phase).unwrap_or(u16::MAX),
            short,
            sets: u32::try_from(whole).unwrap_or(u32::MAX),
            started: now.wall.clone(),
        };
        let preface = vec![Record::Text(text), Record::Session(record.clone())];
        let (player, _) = Player::new(timeline, now.instant);
        self.session = Some(Session::new(
            program.clone(),
            (phase, steps),
            record,
            player,
            preface,
            now,
        ));
        if program.pain.asks(PainMoment::Before) {
            self.screen = Screen::CheckIn(CheckIn::before());
        } else {
            self.play(now);
        }
    }

    /// Of each exercise of a phase how many steps were taken; of a preview none.
    fn steps_of(&self, program: &Program, phase: usize) -> Vec<usize> {
        if self.pace.is_some() {
            Vec::new()
        } else {
            prescription::steps(program, phase, &self.choices)
        }
    }

    /// Goes on with a session that was left: what is on record stays as it is, the rest is played.
    pub(super) fn resume_session(&mut self, index: usize, history: &SessionHistory, now: &Moment) {
        let Some(entry) = self.programs.get(index) else {
            return;
        };
        let Some(program) = entry.program().cloned() else {
            return;
        };
        let text = entry.text_record();
        let phase = usize::from(history.session.phase).min(program.phases.len().saturating_sub(1));
        let steps = self.steps_of(&program, phase);
        let planned = planned(&program, phase, &steps, history.session.short);
        let settled = |exercise: &str, set: u8, side: Side| {
            history
                .set(exercise, set, side)
                .is_some_and(SetRecord::is_settled)
        };
        let timeline = Timeline::compile(&planned, self.mode(), settled);
        let changed = text.hash != history.session.hash;
        let resumed = ResumeRecord {
            id: self.ids.next_id(),
            session: history.session.id.clone(),
            hash: text.hash.clone(),
            at: now.wall.clone(),
        };
        let (player, _) = Player::new(timeline, now.instant);
        let mut session = Session::new(
            program.clone(),
            (phase, steps),
            history.session.clone(),
            player,
            vec![Record::Text(text), Record::Resume(resumed)],
            now,
        );
        session.kept.extend(
            history
                .sets
                .iter()
                .map(|set| (set.id.clone(), SaveState::Saved)),
        );
        // The row of a set as it stands is the last one.
        for set in history.sets.iter().rev() {
            if !session.sets.iter().any(|known| {
                known.exercise == set.exercise && known.set == set.set && known.side == set.side
            }) {
                session.sets.insert(0, set.clone());
            }
        }
        session.ratings.clone_from(&history.ratings);
        self.histories
            .retain(|other| other.session.id != history.session.id);
        self.session = Some(session);
        self.play(now);
        self.notice = Some(if changed {
            "The program has changed since. What is still the same exercise and set stays done."
                .to_owned()
        } else {
            "Going on where you stopped.".to_owned()
        });
    }

    /// Lets the player begin, and puts the session on record.
    pub(super) fn play(&mut self, now: &Moment) {
        let Some(session) = &mut self.session else {
            return;
        };
        self.screen = Screen::Playing;
        self.effects.extend(session.begin());
        let (player, reached) = Player::new(session.player.timeline().clone(), now.instant);
        session.player = player;
        session.step_since = now.clone();
        self.take(&reached, now);
    }

    /// Lets a session run up to now.
    pub(super) fn advance(&mut self, now: &Moment) {
        if matches!(self.screen, Screen::Playing)
            && let Some(session) = &mut self.session
        {
            let reached = session.player.advance(now.instant);
            self.take(&reached, now);
        }
    }

    /// Turns what was reached into records, alerts and questions.
    pub(super) fn take(&mut self, reached: &[ReachedMilestone], now: &Moment) {
        for ReachedMilestone { at, milestone } in reached {
            match *milestone {
                Milestone::Step(step) => self.step_begun(step, *at, now),
                Milestone::HalfWay(_) => {
                    let speech = self.speaker().half_way();
                    self.alert(AlertKind::HalfWay, "half way", speech, *at);
                }
                Milestone::FiveLeft(_) => {
                    let speech = self.speaker().five_left();
                    self.alert(AlertKind::FiveSeconds, "five seconds", speech, *at);
                }
                Milestone::Countdown(_, seconds) => {
                    self.alert(
                        AlertKind::LastSeconds,
                        &seconds.to_string(),
                        String::new(),
                        *at,
                    );
                }
                Milestone::SetOver(planned_set) => self.put_on_record(planned_set, None, *at, now),
                // A set that is left out is put on record where its reason is known.
                Milestone::SetSkipped(_) => {}
                Milestone::ExerciseOver(exercise) => self.exercise_over(exercise, *at),
                Milestone::Finished => self.finish(*at, now),
            }
        }
        // Nothing is asked in the middle of a step.
        if reached
            .iter()
            .any(|reached| matches!(reached.milestone, Milestone::Step(_) | Milestone::Finished))
        {
            self.ask(now);
        }
    }

    fn step_begun(&mut self, step: usize, at: Instant, now: &Moment) {
        let Some(session) = &mut self.session else {
            return;
        };
        session.typed = None;
        session.count_wanted = false;
        session.step_since = now.clone();
        session.touched = now.instant;
        self.drop_old_notice(now);
        // What is asked first is announced first; the step waits, and is announced when it goes on.
        if self.hands_free
            || self
                .session
                .as_ref()
                .is_some_and(|session| session.questions.is_empty())
        {
            self.step_alert(step, at);
        }
        let steps = self
            .session
            .as_ref()
            .map(|session| &session.player.timeline().steps);
        let kind = |index: Option<usize>| {
            steps
                .and_then(|steps| steps.get(index?))
                .map(|step| step.kind)
        };
        if matches!(
            kind(step.checked_sub(1)),
            Some(StepKind::Rest | StepKind::RestAfterExercise)
        ) {
            let name = self
                .session
                .as_ref()
                .and_then(Session::exercise)
                .map_or("", |exercise| &exercise.name)
                .to_owned();
            self.pop_up("Rest is over", &name);
        }
    }

    fn exercise_over(&mut self, exercise: usize, at: Instant) {
        let Some(session) = &self.session else { return };
        let id = session
            .player
            .timeline()
            .exercises
            .get(exercise)
            .map(|planned| planned.id.as_str());
        // What was left out is not done.
        if session
            .sets
            .iter()
            .any(|set| Some(set.exercise.as_str()) == id && set.outcome != Outcome::Skipped)
        {
            let speech = self.speaker().exercise_done();
            self.alert(AlertKind::ExerciseDone, "exercise done", speech, at);
        }
        let Some(session) = &mut self.session else {
            return;
        };
        if session.program.pain.asks(PainMoment::Each)
            && let Some(planned) = session.player.timeline().exercises.get(exercise)
        {
            let check_in = CheckIn::each(&planned.id, &planned.name);
            if !session
                .questions
                .iter()
                .any(|question| question.is_about(&check_in))
            {
                session.questions.push_back(check_in);
            }
        }
    }

    /// Puts what was done of a slot on record, unless as much is there already: a set that was done
    /// stays done.
    fn put_on_record(
        &mut self,
        planned_set: usize,
        reason: Option<SkipReason>,
        at: Instant,
        now: &Moment,
    ) {
        let Some(session) = &self.session else { return };
        let progress = session.player.progress(planned_set);
        self.put_tally(planned_set, progress, reason, at, now);
    }

    fn put_tally(
        &mut self,
        planned_set: usize,
        progress: Progress,
        reason: Option<SkipReason>,
        at: Instant,
        now: &Moment,
    ) {
        let id = self.ids.next_id();
        let Some(session) = &mut self.session else {
            return;
        };
        let typed = session.typed.is_some();
        if let Some(record) =
            session.set_record(id, planned_set, progress, reason, typed, wall_at(at, now))
        {
            session
                .sets
                .retain(|set| Some(&set.id) != record.supersedes.as_ref());
            session.sets.push(record.clone());
            self.effects.push(Effect::Save(vec![Record::Set(record)]));
        }
    }

    /// The session has been played to its end.
    fn finish(&mut self, at: Instant, now: &Moment) {
        let speech = self.speaker().session_done();
        self.alert(AlertKind::SessionDone, "session done", speech, at);
        let title = self
            .session
            .as_ref()
            .map(|session| session.program.title.clone())
            .unwrap_or_default();
        self.pop_up("Session done", &title);
        self.end(EndKind::Finished, now);
        if let Some(session) = &mut self.session {
            let worked = session.worked();
            session
                .questions
                .push_back(CheckIn::after(&session.program, worked));
        }
    }

    /// Puts the end of the session on record.
    pub(super) fn end(&mut self, kind: EndKind, now: &Moment) {
        let id = self.ids.next_id();
        let Some(session) = &mut self.session else {
            return;
        };
        self.effects.extend(session.begin());
        let Some(session) = &mut self.session else {
            return;
        };
        if session.end.is_none() {
            session.end = Some(kind);
            let for_pain = session.ended_for_pain;
            let end = EndRecord {
                id,
                session: session.record.id.clone(),
                kind,
                for_pain,
                at: now.wall.clone(),
            };
            self.effects.push(Effect::Save(vec![Record::End(end)]));
        }
    }

    /// Asks the next question that waits, if any does.
    pub(super) fn ask(&mut self, now: &Moment) {
        let hands_free = self.hands_free;
        let Some(session) = &mut self.session else {
            return;
        };
        // Without keys the questions wait until all is played, but for what cannot wait.
        let urgent = session
            .questions
            .front()
            .is_some_and(|question| question.urgent);
        if !matches!(self.screen, Screen::Playing) || hands_free && !urgent && session.end.is_none()
        {
            return;
        }
        let Some(question) = session.questions.pop_front() else {
            return;
        };
        session.wait(now);
        if question.question() == Some(Question::Pain) && session.end.is_none() {
            let exercise = question.exercise.as_ref().map(|(_, name)| name.clone());
            self.question_alert(question.moment, exercise.as_deref(), now);
        }
        self.screen = Screen::CheckIn(question);
    }

    /// Who says when repetitions are over.
    pub(super) fn mode(&self) -> SessionMode {
        if self.hands_free {
            SessionMode::HandsFree
        } else {
            SessionMode::Manual
        }
    }

    /// From now on without keys, or with them again; a session at hand goes on as it is led now.
    pub(super) fn switch_hands_free(&mut self, now: &Moment) {
        self.hands_free = !self.hands_free;
        let mode = self.mode();
        self.notice = Some(
            if self.hands_free {
                "Hands-free: reps are paced, and questions wait for the end."
            } else {
                "With keys again: reps wait for Enter."
            }
            .to_owned(),
        );
        if !matches!(self.screen, Screen::Playing) {
            return;
        }
        let Some(session) = &mut self.session else {
            return;
        };
        let reached = session.relead(mode, now.instant);
        self.take(&reached, now);
    }

    /// Whether the session at hand is in a test that the patient has not ended.
    pub(super) fn is_testing(&self) -> bool {
        let playing = matches!(self.screen, Screen::Playing) && self.overlays.is_empty();
        playing
            && self.session.as_ref().is_some_and(|session| {
                let test = session
                    .player
                    .step()
                    .is_some_and(|step| matches!(step.kind, StepKind::Test(_)));
                test && !session.count_wanted && !session.player.is_paused()
            })
    }

    /// Without keys nobody may say when a test is over: then it is, so long after the last key,
    /// without a result.
    pub(super) fn test_over(&self) -> Option<Instant> {
        let session = self
            .session
            .as_ref()
            .filter(|_| self.hands_free && self.overlays.is_empty())?;
        let counting = session.count_wanted && matches!(self.screen, Screen::Playing);
        (self.is_testing() || counting).then(|| session.touched + LONGEST_TEST)
    }

    /// Passes over a test that nobody ended.
    pub(super) fn end_test(&mut self, now: &Moment) {
        if self.test_over().is_none_or(|over| over > now.instant) {
            return;
        }
        if self
            .session
            .as_ref()
            .is_some_and(|session| session.typed.is_some())
        {
            // A number that was typed and not confirmed was meant.
            self.step_done(now);
            return;
        }
        let Some(session) = &mut self.session else {
            return;
        };
        session.count_wanted = false;
        session.player.resume(now.instant);
        let reached = session.player.skip(now.instant, SkipScope::Set, None);
        for ReachedMilestone { at, milestone } in &reached {
            if let Milestone::SetSkipped(planned_set) = milestone {
                // Time that nobody ended is no result.
                self.put_tally(
                    *planned_set,
                    Progress::default(),
                    Some(SkipReason::Other),
                    *at,
                    now,
                );
            }
        }
        self.notice = Some("The test timed out and was skipped.".to_owned());
        self.take(&reached, now);
    }

    pub(super) fn playing_action(&mut self, action: Action, now: &Moment) {
        let Some(session) = &mut self.session else {
            return;
        };
        let reached = match action {
            Action::Pause if session.player.is_paused() => {
                session.player.resume(now.instant);
                Vec::new()
            }
            Action::Pause => {
                self.effects.push(Effect::StopSpeech);
                session.player.pause(now.instant)
            }
            // Who presses Enter twice to end a pause has not done ten repetitions in between.
            Action::Done
                if now.instant - session.step_since.instant < DOUBLE_PRESS && session.working() =>
            {
                return;
            }
            Action::Done => {
                self.step_done(now);
                return;
            }
            Action::Previous => session.player.back(now.instant),
            Action::Extend => session.player.extend(now.instant),
            Action::Restart => session.player.restart(now.instant),
            Action::Digit(digit) => {
                let typed = u32::from(session.typed.unwrap_or(0)) * 10 + u32::from(digit);
                session.typed = u16::try_from(typed)
                    .ok()
                    .filter(|typed| *typed <= 999)
                    .or(session.typed);
                Vec::new()
            }
            Action::Erase => {
                session.typed = session
                    .typed
                    .map(|typed| typed / 10)
                    .filter(|typed| *typed > 0);
                Vec::new()
            }
            Action::Skip => {
                self.ask_skip(now);
                return;
            }
            Action::Mute => {
                self.muted = !self.muted;
                self.effects
                    .extend(self.muted.then_some(Effect::StopSpeech));
                self.notice = Some(
                    if self.muted {
                        "Sound is off."
                    } else {
                        "Sound is on."
                    }
                    .to_owned(),
                );
                return;
            }
            Action::Stop => {
                self.ask_stop(now);
                return;
            }
            Action::NextExercise | Action::PreviousExercise => {
                self.jump(action == Action::NextExercise, now);
                return;
            }
            Action::Faster | Action::Slower => {
                self.change_pace(action == Action::Faster);
                return;
            }
            _ => return,
        };
        self.take(&reached, now);
    }

    /// The patient says that the step is done.
    fn step_done(&mut self, now: &Moment) {
        let Some(session) = &mut self.session else {
            return;
        };
        let counting = session
            .player
            .step()
            .is_some_and(|step| step.kind == StepKind::Test(TestKind::Reps));
        if counting && session.typed.is_none() {
            // The test is over, and its count is not known until it is typed.
            let reached = session.player.pause(now.instant);
            session.count_wanted = true;
            self.take(&reached, now);
            return;
        }
        session.player.resume(now.instant);
        session.waiting = false;
        let typed = session.typed;
        let reached = session.player.done(now.instant, typed);
        self.take(&reached, now);
    }

    fn ask_skip(&mut self, now: &Moment) {
        let Some(session) = &mut self.session else {
            return;
        };
        let behind = session
            .player
            .planned_set()
            .is_some_and(|planned_set| session.is_behind(planned_set));
        let resting = session
            .player
            .step()
            .is_some_and(|step| step.kind == StepKind::RestAfterExercise);
        if behind || resting {
            // What is done needs no reason.
            let reached = session.player.skip(now.instant, SkipScope::Set, None);
            self.take(&reached, now);
            return;
        }
        let name = session
            .exercise()
            .map(|exercise| exercise.name.clone())
            .unwrap_or_default();
        let mut menu = Menu::new(MenuKind::Skip, format!("Why skip {name}?"));
        menu.lines = SkipReason::CHOICES
            .iter()
            .map(|reason| words::capitalized(reason.words()))
            .collect();
        // A reason that is there before anybody chose one would be recorded by mistake.
        menu.marked = None;
        menu.wide = Some(false);
        self.push_overlay(Overlay::Menu(menu), now);
    }

    pub(super) fn skip_chosen(&mut self, menu: &Menu, now: &Moment) {
        let Some(reason) = menu
            .marked
            .and_then(|marked| SkipReason::CHOICES.get(marked))
            .copied()
        else {
            return;
        };
        let scope = if menu.wide == Some(true) {
            SkipScope::Exercise
        } else {
            SkipScope::Set
        };
        let Some(session) = &mut self.session else {
            return;
        };
        session.go_on(now.instant);
        let reached = session.player.skip(now.instant, scope, session.typed);
        for ReachedMilestone { at, milestone } in &reached {
            if let Milestone::SetSkipped(planned_set) = milestone {
                self.put_on_record(*planned_set, Some(reason), *at, now);
            }
        }
        if reason == SkipReason::Pain {
            self.notice = Some(
                "Skipped because of pain. Press ! for the stop signs and whom to call.".to_owned(),
            );
            let skipped = reached.iter().find_map(|reached| match reached.milestone {
                Milestone::SetSkipped(planned_set) => Some(planned_set),
                _ => None,
            });
            self.ask_how_much(skipped);
        }
        self.take(&reached, now);
        self.ask(now);
    }

    /// Lets the pain of the exercise of a slot be asked for next, whatever the program asks for:
    /// what is left for pain is pain.
    fn ask_how_much(&mut self, planned_set: Option<usize>) {
        let Some(session) = &mut self.session else {
            return;
        };
        let timeline = session.player.timeline();
        let planned_set = planned_set.and_then(|planned_set| timeline.sets.get(planned_set));
        let Some(exercise) =
            planned_set.and_then(|planned_set| timeline.exercises.get(planned_set.exercise))
        else {
            return;
        };
        let question = CheckIn::each(&exercise.id, &exercise.name).at_once();
        session.questions.retain(|other| !other.is_about(&question));
        session.questions.push_front(question);
    }

    pub(super) fn ask_stop(&mut self, now: &Moment) {
        if self.pace.is_some() {
            // Of a preview nothing is kept, so there is nothing to ask.
            self.effects.push(Effect::Quit);
            return;
        }
        let mut menu = Menu::new(MenuKind::Stop, "Stop here?".to_owned());
        menu.text = vec!["What you have done is recorded either way.".to_owned()];
        menu.lines = vec![
            "Go on with the session".to_owned(),
            "Stop now, go on later from here".to_owned(),
            "End today's session here".to_owned(),
            "End it here because of pain".to_owned(),
        ];
        self.push_overlay(Overlay::Menu(menu), now);
    }

    pub(super) fn stop_chosen(&mut self, line: usize, now: &Moment) {
        match line {
            1 => {
                self.stop_for_now(now);
                self.screen = Screen::Summary(0);
            }
            2 => self.end_early(now),
            3 => self.end_for_pain(now),
            // In front of a question the session goes on waiting.
            _ if !matches!(self.screen, Screen::Playing) => {}
            _ => {
                if let Some(session) = &mut self.session {
                    session.go_on(now.instant);
                }
            }
        }
    }

    /// Puts what was begun on record and leaves the session unfinished.
    pub(super) fn stop_for_now(&mut self, now: &Moment) {
        self.stop_at_once(SkipReason::Stopped, now);
    }

    /// Puts what was begun on record with the reason why it goes no further.
    fn stop_at_once(&mut self, reason: SkipReason, now: &Moment) {
        let Some(session) = &mut self.session else {
            return;
        };
        if !session.begun || session.end.is_some() {
            return;
        }
        if !matches!(self.screen, Screen::Playing | Screen::CheckIn(_)) {
            return;
        }
        let typed = session.typed;
        // The app has advanced the player to this instant already, so nothing more can be reached.
        let _ = session.player.pause(now.instant);
        session.waiting = false;
        for (planned_set, progress) in session.player.started_sets(now.instant, typed) {
            let id = self.ids.next_id();
            let Some(session) = &mut self.session else {
                return;
            };
            if let Some(record) = session.set_record(
                id,
                planned_set,
                progress,
                Some(reason),
                typed.is_some(),
                now.wall.clone(),
            ) {
                session
                    .sets
                    .retain(|set| Some(&set.id) != record.supersedes.as_ref());
                session.sets.push(record.clone());
                self.effects.push(Effect::Save(vec![Record::Set(record)]));
            }
        }
    }

    /// Ends the session before its end, for good; then come the questions after it.
    pub(super) fn end_early(&mut self, now: &Moment) {
        self.stop_for_now(now);
        self.end(EndKind::EndedEarly, now);
        if let Some(session) = &mut self.session {
            session.questions.clear();
            self.screen = Screen::CheckIn(CheckIn::after(&session.program, session.worked()));
        }
    }

    /// Ends the session because of pain: the set in work is recorded as left for pain, and how much
    /// it was is asked for at once.
    fn end_for_pain(&mut self, now: &Moment) {
        let Some(session) = &mut self.session else {
            return;
        };
        session.ended_for_pain = true;
        let (left, hurts) = (
            session.left_open(now.instant),
            session.what_hurts(now.instant, &self.screen),
        );
        self.stop_at_once(SkipReason::Pain, now);
        let marked = |session: &Session, planned_set: usize| {
            let planned_set = session.player.timeline().sets.get(planned_set);
            planned_set
                .and_then(|planned_set| session.record_of(planned_set))
                .is_some_and(SetRecord::is_settled)
        };
        if let Some(planned_set) = left.filter(|planned_set| {
            !self
                .session
                .as_ref()
                .is_some_and(|session| marked(session, *planned_set))
        }) {
            self.put_tally(
                planned_set,
                Progress::default(),
                Some(SkipReason::Pain),
                now.instant,
                now,
            );
        }
        self.end(EndKind::EndedEarly, now);
        if let Some(session) = &mut self.session {
            session.questions.clear();
            session
                .questions
                .push_back(CheckIn::after(&session.program, session.worked()));
            if let Some((id, name)) = hurts {
                session
                    .questions
                    .push_front(CheckIn::each(&id, &name).at_once());
            }
        }
        self.screen = Screen::Playing;
        self.ask(now);
    }

    /// Back to the list, the session among the histories.
    pub(super) fn leave_session(&mut self) {
        if let Some(session) = self.session.take()
            && session.begun
        {
            let end = session.end.map(|kind| EndRecord {
                id: String::new(),
                session: session.record.id.clone(),
                kind,
                for_pain: session.ended_for_pain,
                at: self.seen.wall.clone(),
            });
            self.histories.push(session.history(end));
        }
        self.overlays.clear();
        self.screen = Screen::Today;
    }
}

impl Session {
    fn new(
        program: Arc<Program>,
        (phase, steps): (usize, Vec<usize>),
        record: SessionRecord,
        player: Player,
        preface: Vec<Record>,
        now: &Moment,
    ) -> Self {
        Self {
            program,
            phase,
            steps,
            record,
            player,
            sets: Vec::new(),
            ratings: Vec::new(),
            note: None,
            end: None,
            ended_for_pain: false,
            typed: None,
            count_wanted: false,
            step_since: now.clone(),
            touched: now.instant,
            questions: VecDeque::new(),
            kept: HashMap::new(),
            begun: false,
            waiting: false,
            preface,
        }
    }

    /// Puts the session itself on record, once.
    pub(super) fn begin(&mut self) -> Option<Effect> {
        if std::mem::replace(&mut self.begun, true) {
            return None;
        }
        Some(Effect::Save(std::mem::take(&mut self.preface)))
    }

    /// Whether it is on record, so that what belongs to it can be put there too.
    pub(super) fn has_begun(&self) -> bool {
        self.begun
    }

    /// Keeps a row until the session is put on record.
    pub(super) fn add_to_preface(&mut self, record: Record) {
        self.preface.push(record);
    }

    /// The record of what was done of a slot; none where as much is on record already.
    fn set_record(
        &self,
        id: RecordId,
        planned_set: usize,
        progress: Progress,
        reason: Option<SkipReason>,
        typed: bool,
        at: jiff::Zoned,
    ) -> Option<SetRecord> {
        let planned_set = self.player.timeline().sets.get(planned_set)?;
        let exercise = self.player.timeline().exercises.get(planned_set.exercise)?;
        let prescribed = planned_set.prescribed();
        let done = done_amount(planned_set, progress);
        let measure = prescribed.is_open();
        let counted = matches!(
            planned_set.dose.work,
            Work::Reps {
                style: RepStyle::SelfPaced,
                ..
            } | Work::Test(TestKind::Reps)
        );
        // Waiting is no work: of what is only counted nothing is done until a repetition is.
        let nothing = if counted {
            done.reps.unwrap_or(0) == 0
        } else {
            done.is_nothing()
        };
        let complete = if measure {
            reason.is_none()
        } else {
            done.reaches(&prescribed) && reason != Some(SkipReason::Stopped)
        };
        if nothing && reason == Some(SkipReason::Stopped) {
            return None;
        }
        let before = self.record_of(planned_set);
        let mut done = done;
        if let Some(before) = before {
            let as_much = before.done.reaches(&done) && !before.done.is_open();
            let settles = !before.is_settled() && reason != Some(SkipReason::Stopped);
            // A test that is taken again replaces the one before; any other set is kept as the
            // better of the two.
            if !settles && (measure && !complete || !measure && as_much) {
                return None;
            }
            if as_much && !(measure && complete) {
                done = before.done;
            }
        }
        // What was done before the set was left is still done.
        let nothing = nothing && (counted && done.reps.unwrap_or(0) == 0 || done.is_nothing());
        let outcome = match (nothing, complete) {
            (true, _) => Outcome::Skipped,
            (false, true) => Outcome::Done,
            (false, false) => Outcome::Partial,
        };
        Some(SetRecord {
            id,
            session: self.record.id.clone(),
            exercise: exercise.id.clone(),
            name: exercise.name.clone(),
            set: planned_set.dose.number,
            side: planned_set.dose.side,
            prescribed,
            done,
            load: planned_set.dose.load.clone(),
            outcome,
            reason: reason.filter(|_| outcome != Outcome::Done),
            entry: if typed {
                EntryMethod::Manual
            } else {
                EntryMethod::Timer
            },
            at,
            supersedes: before.map(|before| before.id.clone()),
        })
    }
}

/// The exercises of a session with their places in the phase and the doses that hold; of a short
/// one the essential ones.
fn planned<'p>(
    program: &'p Program,
    phase: usize,
    steps: &[usize],
    short: bool,
) -> Vec<(usize, PrescribedExercise<'p>)> {
    let all = prescription::planned(program, phase, steps)
        .into_iter()
        .enumerate();
    all.filter(|(_, planned)| !short || planned.exercise.essential)
        .collect()
}

/// The reckoned length of a short session; none where no exercise is essential, or all are.
pub fn short_length(program: &Program, phase: usize, steps: &[usize]) -> Option<Duration> {
    let exercises = &program.phase(phase)?.exercises;
    let essential = exercises
        .iter()
        .filter(|exercise| exercise.essential)
        .count();
    (1..exercises.len()).contains(&essential).then(|| {
        Timeline::compile(
            &planned(program, phase, steps, true),
            SessionMode::Manual,
            |_, _, _| false,
        )
        .length()
    })
}

/// The wall time of an instant that has gone by.
fn wall_at(at: Instant, now: &Moment) -> jiff::Zoned {
    let ago =
        jiff::SignedDuration::try_from(now.instant - at).unwrap_or(jiff::SignedDuration::ZERO);
    now.wall
        .checked_sub(ago)
        .unwrap_or_else(|_| now.wall.clone())
}
