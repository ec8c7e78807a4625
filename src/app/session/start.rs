//! How a session starts: new, or where it was left.

use std::time::Duration;

use super::Session;
use crate::app::context::Cx;
use crate::effect::SaveState;
use crate::events::Moment;
use crate::history::SessionHistory;
use crate::player::{Player, ReachedMilestone};
use crate::program::{Program, Side};
use crate::progression;
use crate::record::{Record, ResumeRecord, SessionRecord, SetRecord};
use crate::timeline::{PrescribedExercise, SessionMode, Timeline};

/// Returns the exercises of a session with their places in the phase and the doses that hold; of a
/// short one the essential ones.
pub(super) fn prescribed<'p>(
    program: &'p Program,
    phase: usize,
    steps: &[usize],
    short: bool,
) -> Vec<(usize, PrescribedExercise<'p>)> {
    let all = progression::planned(program, phase, steps)
        .into_iter()
        .enumerate();
    all.filter(|(_, planned)| !short || planned.exercise.essential)
        .collect()
}

/// Returns the estimated length of a short session; `None` where no exercise is essential, or all
/// are.
pub(in crate::app) fn short_length(
    program: &Program,
    phase: usize,
    steps: &[usize],
) -> Option<Duration> {
    let exercises = &program.phase(phase)?.exercises;
    let essential = exercises
        .iter()
        .filter(|exercise| exercise.essential)
        .count();
    (1..exercises.len()).contains(&essential).then(|| {
        Timeline::compile(
            &prescribed(program, phase, steps, true),
            SessionMode::Manual,
            |_, _, _| false,
        )
        .length()
    })
}

impl Session {
    /// Creates a session of the selected program; a short one has the essential exercises only.
    pub(in crate::app) fn start(phase: usize, short: bool, cx: &mut Cx<'_>) -> Option<Self> {
        let program = cx.shared.selected_program()?.clone();
        let text = cx.shared.catalog.selected()?.text_record();
        let steps = cx.shared.steps(&program, phase);
        let mode = cx.shared.mode();
        let compiled = |short| {
            let exercises = prescribed(&program, phase, &steps, short);
            Timeline::compile(&exercises, mode, |_, _, _| false)
        };
        let timeline = compiled(short);
        // What was prescribed is the whole, however much of it there is time for.
        let whole = if short {
            compiled(false).sets.len()
        } else {
            timeline.sets.len()
        };
        let record = SessionRecord {
            id: cx.next_id(),
            program: program.id.clone(),
            title: program.title.clone(),
            hash: text.hash.clone(),
            phase: u16::try_from(phase).unwrap_or(u16::MAX),
            short,
            sets: u32::try_from(whole).unwrap_or(u32::MAX),
            started: cx.now.wall.clone(),
        };
        let opening = vec![Record::Text(text), Record::Session(record.clone())];
        let (player, _) = Player::new(timeline, cx.now.instant);
        let place = (phase, steps);
        Some(Self::new(program, place, record, player, opening, cx.now))
    }

    /// Creates the rest of a session that was left: what is recorded stays, the rest is played.
    pub(in crate::app) fn resume(history: &SessionHistory, cx: &mut Cx<'_>) -> Option<Self> {
        let program = cx.shared.selected_program()?.clone();
        let text = cx.shared.catalog.selected()?.text_record();
        let last = program.phases.len().saturating_sub(1);
        let phase = usize::from(history.session.phase).min(last);
        let steps = cx.shared.steps(&program, phase);
        let exercises = prescribed(&program, phase, &steps, history.session.short);
        let settled = |exercise: &str, set: u8, side: Side| {
            let record = history.set(exercise, set, side);
            record.is_some_and(SetRecord::is_settled)
        };
        let timeline = Timeline::compile(&exercises, cx.shared.mode(), settled);
        let resumed = ResumeRecord {
            id: cx.next_id(),
            session: history.session.id.clone(),
            hash: text.hash.clone(),
            at: cx.now.wall.clone(),
        };
        let opening = vec![Record::Text(text), Record::Resume(resumed)];
        let (player, _) = Player::new(timeline, cx.now.instant);
        let record = history.session.clone();
        let mut session = Self::new(program, (phase, steps), record, player, opening, cx.now);
        let ids = history.sets.iter().map(|set| set.id.clone());
        session.saved.extend(ids.map(|id| (id, SaveState::Saved)));
        // The row of a set as it is now is the last one.
        for set in history.sets.iter().rev() {
            let same = |known: &SetRecord| {
                known.exercise == set.exercise && known.set == set.set && known.side == set.side
            };
            if !session.sets.iter().any(same) {
                session.sets.insert(0, set.clone());
            }
        }
        session.ratings.clone_from(&history.ratings);
        Some(session)
    }

    /// Begins the timeline anew, at the first step.
    pub(in crate::app) fn begin_timeline(&mut self, now: &Moment) -> Vec<ReachedMilestone> {
        let (player, reached) = Player::new(self.player.timeline().clone(), now.instant);
        self.player = player;
        self.step_since = now.clone();
        reached
    }
}
