//! What was done against what was prescribed, once a session is over or left. Knows nothing of how
//! it is drawn.

use super::context::{SessionKind, Shared};
use super::flow::Flow;
use super::keymap::Action;
use super::menu::{Choice, scrolled};
use super::page::{ScreenPage, SummaryPage, SummaryRow};
use super::session::Session;
use crate::effect::SaveState;
use crate::history::StopSign;
use crate::program::notation::write_duration;
use crate::program::words;
use crate::program::{PainMoment, Side, TestKind, Work};
use crate::record::{Amount, EndKind, Outcome, RatingKind, SetRecord};
use crate::timeline::PlannedSet;

/// A session that is over, or stopped.
#[derive(Debug, Clone)]
pub(super) struct SummaryScreen {
    pub(super) session: Session,
    scroll: u16,
}

impl SummaryScreen {
    pub(super) fn new(session: Session) -> Self {
        Self { session, scroll: 0 }
    }

    pub(super) fn update(&mut self, action: Action) -> Flow {
        if matches!(action, Action::Confirm | Action::Cancel) {
            return Flow::Today;
        }
        self.scroll = scrolled(self.scroll, action, rows(&self.session).len());
        Flow::Stay
    }

    /// Takes the answer to a stop sign that was reported here.
    pub(super) fn choose(&self, choice: &Choice) -> Flow {
        match choice {
            Choice::EndForSign => Flow::EndSession(Box::new(self.session.clone())),
            _ => Flow::Stay,
        }
    }

    pub(super) fn page(&self, shared: &Shared) -> ScreenPage {
        let session = &self.session;
        let note = session.note.as_ref();
        ScreenPage::Summary(SummaryPage {
            heading: heading(session),
            sign: describe_sign(shared, session),
            total: format!("{} · {}", session.program.title, describe_sets(session)),
            ratings: describe_ratings(session),
            note: note.map(|note| format!("\"{}\"", note.text)),
            rows: rows(session),
            scroll: self.scroll,
            saved: describe_saved(shared, session),
        })
    }
}

/// A quantity as the set's work is counted.
fn amount(work: Work, amount: Amount) -> String {
    let rounded =
        |time: std::time::Duration| write_duration(std::time::Duration::from_secs(time.as_secs()));
    match work {
        Work::Hold(_) | Work::Continuous(_) | Work::Test(TestKind::Hold) => {
            rounded(amount.time.unwrap_or_default())
        }
        Work::Reps { .. } | Work::Test(TestKind::Reps) => amount.reps.unwrap_or(0).to_string(),
    }
}

/// What was done of some sets, in words: "3 of 3 sets", "10, 10, 6 of 10 reps".
fn describe_done(planned_sets: &[(&PlannedSet, Option<&SetRecord>)]) -> String {
    let done = planned_sets
        .iter()
        .filter(|(_, set)| set.is_some_and(|set| set.outcome == Outcome::Done))
        .count();
    let measure = planned_sets
        .iter()
        .any(|(planned_set, _)| matches!(planned_set.dose.work, Work::Test(_)));
    let amounts: Vec<String> = planned_sets
        .iter()
        .filter_map(|(planned_set, set)| {
            set.filter(|set| set.outcome != Outcome::Skipped)
                .map(|set| amount(planned_set.dose.work, set.done))
        })
        .filter(|amount| amount != "0")
        .collect();
    if measure {
        return if amounts.is_empty() {
            "not done".to_owned()
        } else {
            amounts.join(", ")
        };
    }
    let plural = if planned_sets.len() == 1 {
        "set"
    } else {
        "sets"
    };
    let all = format!("{done} of {} {plural}", planned_sets.len());
    if done == planned_sets.len() || amounts.is_empty() {
        all
    } else {
        format!("{all} ({})", amounts.join(", "))
    }
}

/// The lines of a session, in the order of the exercises.
fn rows(session: &Session) -> Vec<SummaryRow> {
    let timeline = session.player.timeline();
    let mut lines = Vec::new();
    for (index, exercise) in timeline.exercises.iter().enumerate() {
        for side in [Side::Both, Side::Left, Side::Right] {
            let planned_sets: Vec<(&PlannedSet, Option<&SetRecord>)> = timeline
                .sets_of(index)
                .map(|(_, planned_set)| planned_set)
                .filter(|planned_set| planned_set.dose.side == side)
                .map(|planned_set| (planned_set, session.record_of(planned_set)))
                .collect();
            if planned_sets.is_empty() {
                continue;
            }
            let mut reasons: Vec<&str> = planned_sets
                .iter()
                .filter_map(|(_, set)| set.and_then(|set| set.reason))
                .map(crate::record::SkipReason::words)
                .collect();
            reasons.dedup();
            let mut done = describe_done(&planned_sets);
            if !reasons.is_empty() {
                done = format!("{done} · {}", reasons.join(", "));
            }
            let name = match side {
                Side::Both => exercise.name.clone(),
                side => format!("{}, {}", exercise.name, side.word()),
            };
            let prescribed = crate::program::Dose {
                side: crate::program::SideRule::Both,
                first: Side::Left,
                sets: planned_sets
                    .iter()
                    .map(|(planned_set, _)| crate::program::SetDose {
                        side: Side::Both,
                        ..planned_set.dose.clone()
                    })
                    .collect(),
            };
            lines.push(SummaryRow {
                name,
                prescribed: words::dose(&prescribed),
                done,
                complete: planned_sets
                    .iter()
                    .all(|(_, set)| set.is_some_and(|set| set.outcome == Outcome::Done)),
            });
        }
    }
    lines
}

/// The heading: how the session ended.
fn heading(session: &Session) -> &'static str {
    match session.end {
        Some(EndKind::Finished) => "Session done",
        Some(EndKind::EndedEarly) => "Session ended early",
        Some(EndKind::Discarded) => "Session given up",
        None => "Session stopped; it waits for you on the first page",
    }
}

/// "24 of 26 sets done".
fn describe_sets(session: &Session) -> String {
    let planned_sets = &session.player.timeline().sets;
    let done = planned_sets
        .iter()
        .filter(|planned_set| {
            session
                .record_of(planned_set)
                .is_some_and(|set| set.outcome == Outcome::Done)
        })
        .count();
    let short = if session.record.short {
        ", a short session"
    } else {
        ""
    };
    format!("{done} of {} sets done{short}", planned_sets.len())
}

/// "Pain 3 before, 1 after · exertion 5", as far as it was said.
fn describe_ratings(session: &Session) -> Option<String> {
    let value = |kind: RatingKind, moment: PainMoment| {
        let mut said = session.ratings.iter().rev();
        said.find(|rating| {
            rating.kind == kind && rating.moment == moment && rating.exercise.is_none()
        })
        .map(|rating| rating.value)
    };
    let mut parts = Vec::new();
    match (
        value(RatingKind::Pain, PainMoment::Before),
        value(RatingKind::Pain, PainMoment::After),
    ) {
        (Some(before), Some(after)) => parts.push(format!("Pain {before} before, {after} after")),
        (Some(before), None) => parts.push(format!("Pain {before} before")),
        (None, Some(after)) => parts.push(format!("Pain {after} after")),
        (None, None) => {}
    }
    parts.extend(
        value(RatingKind::Exertion, PainMoment::After)
            .map(|value| format!("exertion {value} of 10")),
    );
    (!parts.is_empty()).then(|| parts.join(" · "))
}

/// Returns the stop sign that was reported in a session and is not cleared up, with whom to call.
fn describe_sign(shared: &Shared, session: &Session) -> Option<String> {
    let own = |sign: &&StopSign| sign.reported.session.as_ref() == Some(&session.record.id);
    let sign = shared.history.open_signs().iter().rev().find(own)?;
    let call = session
        .program
        .contact()
        .map(|contact| format!(" · call {contact}"))
        .unwrap_or_default();
    Some(format!("■ Stop sign: {}{call}", sign.reported.words))
}

/// Where the session was saved, or what could not be.
fn describe_saved(shared: &Shared, session: &Session) -> String {
    if shared.kind != SessionKind::Recorded {
        return "A preview: nothing is recorded".to_owned();
    }
    let kept: Vec<Option<SaveState>> = session
        .sets
        .iter()
        .map(|set| session.save_state(&set.id))
        .collect();
    if kept.contains(&None) || kept.contains(&Some(SaveState::InMemory)) {
        "Not saved yet; it is tried again until the program ends".to_owned()
    } else if kept.contains(&Some(SaveState::Spooled)) {
        "Saved in a file beside the database; the next start puts it in".to_owned()
    } else {
        format!("Saved in {}", shared.paths.database)
    }
}
