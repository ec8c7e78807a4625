//! A session as it is played: the player, the sets that are recorded, the questions that wait.

mod start;

use std::collections::{HashMap, VecDeque};
use std::sync::Arc;

use self::start::prescribed;
pub(super) use self::start::short_length;
use super::context::Cx;
use super::keymap::Action;
use super::question::CheckIn;
use super::typing::edit_number;
use crate::effect::SaveState;
use crate::events::{Instant, Moment};
use crate::player::{Player, Progress, ReachedMilestone, done_amount};
use crate::program::{Exercise, Program, RepStyle, Side, TestKind, Work};
use crate::record::{
    EndKind, EntryMethod, NoteRecord, Outcome, RatingRecord, Record, RecordId, SessionRecord,
    SetRecord, SkipReason,
};
use crate::timeline::{PlannedSet, SessionMode, StepKind, Timeline};

/// The largest count of repetitions that can be typed.
const MOST_REPS: u32 = 999;

/// A session as it is played.
#[derive(Debug, Clone)]
pub(super) struct Session {
    /// The program that is played.
    pub(super) program: Arc<Program>,
    /// The phase, from 0.
    pub(super) phase: usize,
    /// Of each exercise of the phase how many steps of its progression hold.
    steps: Vec<usize>,
    /// The record of its beginning.
    pub(super) record: SessionRecord,
    /// Plays it; idle until the questions before the session are over.
    pub(super) player: Player,
    /// The sets on record as they stand, those of an earlier part of the session included.
    pub(super) sets: Vec<SetRecord>,
    /// Pain and exertion.
    pub(super) ratings: Vec<RatingRecord>,
    /// The patient's words.
    pub(super) note: Option<NoteRecord>,
    /// How it ended, once it has.
    pub(super) end: Option<EndKind>,
    /// Whether the patient ended it because of pain.
    pub(super) ended_for_pain: bool,
    /// The number of repetitions that was typed at this step.
    pub(super) entered_reps: Option<u16>,
    /// Whether a count is asked for that must be typed.
    pub(super) awaiting_count: bool,
    /// When the step at hand was begun, on the wall.
    pub(super) step_since: Moment,
    /// When a step was last begun or a key pressed.
    pub(super) last_interaction: Instant,
    /// Questions that wait for their turn.
    pub(super) questions: VecDeque<CheckIn>,
    saved: HashMap<RecordId, SaveState>,
    begun: bool,
    /// Whether it is paused for something that covers the screen.
    waiting: bool,
    /// The rows with which the session is recorded, until its first step.
    opening: Vec<Record>,
}

impl Session {
    /// Whether a record is kept, and where.
    pub(super) fn save_state(&self, id: &str) -> Option<SaveState> {
        self.saved.get(id).copied()
    }

    pub(super) fn saved(&mut self, ids: &[RecordId], state: SaveState) {
        self.saved.extend(ids.iter().map(|id| (id.clone(), state)));
    }

    /// The record of a slot, where there is one.
    pub(super) fn record_of(&self, planned_set: &PlannedSet) -> Option<&SetRecord> {
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
    pub(super) fn left_open(&self, now: Instant) -> Option<usize> {
        let step = self.player.step()?;
        let planned_set = self.player.timeline().sets.get(step.set)?;
        let exercise = self.player.timeline().exercises.get(step.exercise)?;
        let within = matches!(
            step.kind,
            StepKind::Release(_) | StepKind::SwitchSide | StepKind::Rest
        ) || self.sets.iter().any(|set| set.exercise == exercise.id)
            || step.kind.is_work() && !self.player.step_elapsed(now).is_zero();
        (within && step.kind != StepKind::RestAfterExercise && !self.is_recorded(planned_set))
            .then_some(step.set)
    }

    /// Returns the id and the name of the exercise that hurts where a session is ended for pain: the
    /// one that is being done, or before another one the last that was.
    pub(super) fn what_hurts(&self, now: Instant) -> Option<(String, String)> {
        let step = self.player.step()?;
        let mut done = self.sets.iter().rev();
        let last = done.find(|set| set.outcome != Outcome::Skipped);
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
    pub(super) fn is_recorded(&self, planned_set: &PlannedSet) -> bool {
        self.record_of(planned_set)
            .is_some_and(|set| set.is_settled() && self.save_state(&set.id).is_some())
    }

    /// Returns how a slot shows in a row of sets: done, partly done, skipped, or to do. What was
    /// skipped never looks as if it was done.
    pub(super) fn mark(&self, planned_set: &PlannedSet) -> char {
        match self
            .record_of(planned_set)
            .filter(|_| self.is_recorded(planned_set))
            .map(|set| set.outcome)
        {
            Some(Outcome::Done) => '●',
            Some(Outcome::Partial) => '◐',
            Some(Outcome::Skipped) => '✗',
            None => '○',
        }
    }

    /// Returns whether a set has a record that settles it.
    pub(super) fn is_settled(&self, set: usize) -> bool {
        let set = self.player.timeline().sets.get(set);
        let record = set.and_then(|set| self.record_of(set));
        record.is_some_and(SetRecord::is_settled)
    }

    /// Changes the count of repetitions that is typed.
    pub(super) fn type_reps(&mut self, action: Action) {
        let mut number = self.entered_reps.map(u32::from);
        edit_number(&mut number, action, MOST_REPS);
        self.entered_reps = number.and_then(|number| u16::try_from(number).ok());
    }

    /// Forgets that it waits for something that covers the screen.
    pub(super) fn stop_waiting(&mut self) {
        self.waiting = false;
    }

    /// Whether the step at hand is work.
    pub(super) fn is_working(&self) -> bool {
        self.player.step().is_some_and(|step| step.kind.is_work()) && !self.awaiting_count
    }

    /// The exercise at hand.
    pub(super) fn exercise(&self) -> Option<&Exercise> {
        self.exercise_of(self.player.step()?.exercise)
    }

    /// The exercise with this place in the timeline.
    pub(super) fn exercise_of(&self, index: usize) -> Option<&Exercise> {
        let planned = self.player.timeline().exercises.get(index)?;
        self.program.phase(self.phase)?.exercises.get(planned.index)
    }

    /// The exercise that is played after the one of a step; what is settled already is not played.
    pub(super) fn next_exercise(&self, step: usize) -> Option<&Exercise> {
        let steps = &self.player.timeline().steps;
        let here = steps.get(step)?.exercise;
        let next = steps.iter().skip(step).find(|step| step.exercise > here)?;
        self.exercise_of(next.exercise)
    }

    pub(super) fn next_change(&self, now: Instant) -> Option<Instant> {
        self.player.next_change(now)
    }

    /// Whether it is being played, and does not stand still.
    pub(super) fn is_running(&self) -> bool {
        !self.player.is_paused() && !self.player.is_finished()
    }

    /// Goes on as it is led now.
    pub(super) fn switch_mode(&mut self, mode: SessionMode, now: Instant) -> Vec<ReachedMilestone> {
        let planned = prescribed(&self.program, self.phase, &self.steps, self.record.short);
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
    pub(super) fn wait(&mut self, now: Instant) {
        // The app has advanced the player to this instant already, so nothing can be reached here.
        if !self.player.is_paused() {
            let _ = self.player.pause(now);
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
    pub(super) fn worked(&self) -> bool {
        self.sets.iter().any(|set| set.outcome != Outcome::Skipped)
    }

    fn new(
        program: Arc<Program>,
        (phase, steps): (usize, Vec<usize>),
        record: SessionRecord,
        player: Player,
        opening: Vec<Record>,
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
            entered_reps: None,
            awaiting_count: false,
            step_since: now.clone(),
            last_interaction: now.instant,
            questions: VecDeque::new(),
            saved: HashMap::new(),
            begun: false,
            waiting: false,
            opening,
        }
    }

    /// Returns the rows with which the session is recorded; none once it is.
    pub(super) fn begin(&mut self) -> Vec<Record> {
        self.begun = true;
        std::mem::take(&mut self.opening)
    }

    /// Returns whether it is recorded, so that rows that belong to it can be recorded, too.
    pub(super) fn has_begun(&self) -> bool {
        self.begun
    }

    /// Keeps pain or exertion; before the first step it waits for the session to be recorded.
    pub(super) fn rate(&mut self, rating: RatingRecord, cx: &mut Cx<'_>) {
        self.ratings.push(rating.clone());
        self.keep(Record::Rating(rating), cx);
    }

    /// Records a row, once the session is recorded.
    pub(super) fn keep(&mut self, record: Record, cx: &mut Cx<'_>) {
        if self.begun {
            cx.record(vec![record]);
        } else {
            self.opening.push(record);
        }
    }

    /// Puts a set on record in the place of the one that it supersedes.
    pub(super) fn put_set(&mut self, record: SetRecord, cx: &mut Cx<'_>) {
        self.sets
            .retain(|set| Some(&set.id) != record.supersedes.as_ref());
        self.sets.push(record.clone());
        cx.record(vec![Record::Set(record)]);
    }

    /// The record of what was done of a slot; none where as much is on record already.
    pub(super) fn set_record(
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
