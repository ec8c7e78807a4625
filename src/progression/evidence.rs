//! What was achieved in a phase, as far as a therapist's condition asks for it.

use super::{dose_of, steps};

use jiff::civil::Date;

use crate::day::days_between;
use crate::history::SessionHistory;
use crate::history::{HistoryView, date_of, in_phase, of_phase, worst_pain};
use crate::program::{AdvanceWhen, Exercise, Frequency, PainMoment, Program, ProgressionStep};
use crate::record::{ChoiceRecord, Outcome, RatingKind, SetRecord};
use crate::text::count;
use crate::timeline::PrescribedExercise;

/// How many sessions must have kept a limit of pain, as format 1 says.
pub(super) const PAIN_SESSIONS: usize = 3;
/// Days without a session that counts after which nothing opens at once.
pub(super) const BREAK: i32 = 14;
/// How many sessions must count again after such a break.
pub(super) const AFTER_BREAK: usize = 2;
/// The share of its dose that a session needs in order to count for a phase.
pub(super) const ENOUGH: f64 = 0.8;
/// What a gate asks for.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Asked {
    pub(super) week: Option<u32>,
    pub(super) weeks: Option<u32>,
    pub(super) sessions: Option<u16>,
    pub(super) pain: Option<u8>,
}

impl Asked {
    pub(super) fn of_step(step: &ProgressionStep) -> Self {
        Self {
            week: step.week.map(u32::from),
            weeks: None,
            sessions: step.after_sessions,
            pain: step.pain_at_most,
        }
    }

    pub(super) fn of_phase(phase: &crate::program::Phase) -> Self {
        let AdvanceWhen {
            sessions,
            pain_at_most: pain,
        } = phase.advance_when.unwrap_or(AdvanceWhen {
            sessions: None,
            pain_at_most: None,
        });
        Self {
            week: None,
            weeks: phase.weeks.map(u32::from),
            sessions,
            pain,
        }
    }

    /// Whether it asks for nothing.
    pub(super) fn is_nothing(self) -> bool {
        self.week.is_none()
            && self.weeks.is_none()
            && self.sessions.is_none()
            && self.pain.is_none()
    }

    /// How many sessions must count: what is asked for, or, where only a limit of pain is named, as
    /// many as are looked at for it.
    pub(super) fn least_sessions(self) -> Option<u16> {
        let alone = self.week.is_none() && self.weeks.is_none() && self.pain.is_some();
        self.sessions
            .or_else(|| alone.then_some(u16::try_from(PAIN_SESSIONS).unwrap_or(u16::MAX)))
    }

    /// How many weeks in which a session counted must be over.
    pub(super) fn weeks_over(self) -> u32 {
        self.weeks
            .unwrap_or(0)
            .max(self.week.map_or(0, |week| week.saturating_sub(1)))
    }
}

/// What a gate is about: a step of an exercise, or the end of a phase.
#[derive(Debug, Clone, Copy)]
pub(super) enum Subject<'p> {
    /// The exercise with this place in the phase.
    Step(usize, &'p Exercise),
    /// The phase; whether its condition names a limit of pain, so that pain within it is allowed
    /// for.
    Phase { limits_pain: bool },
}

/// What was achieved in a phase, as far as a gate asks for it.
pub(super) struct Evidence<'p, 'h> {
    pub(super) program: &'p Program,
    pub(super) phase: usize,
    pub(super) past: HistoryView<'h>,
    pub(super) subject: Subject<'p>,
    pub(super) today: Date,
}

/// The pain of a session, as a condition sees it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Felt {
    /// The highest that was said.
    Pain(u8),
    /// It was not said.
    Unsaid,
    /// Something was left out because of pain, and how much was not said.
    LeftUnsaid,
}

impl<'h> Evidence<'_, 'h> {
    /// The sessions of the phase of which everything is known, the oldest first.
    pub(super) fn sessions(&self) -> impl Iterator<Item = &'h SessionHistory> + use<'h> {
        in_phase(self.program, self.phase, self.past)
            .into_iter()
            .filter(|history| history.sets_read)
    }

    /// What the patient had chosen before a session.
    pub(super) fn choices_before(&self, history: &SessionHistory) -> &'h [ChoiceRecord] {
        let until = self
            .past
            .choices
            .partition_point(|choice| choice.at <= history.session.started);
        self.past.choices.get(..until).unwrap_or_default()
    }

    /// Whether the session was broken off because of pain.
    pub(super) fn is_broken_off(&self, history: &SessionHistory) -> bool {
        if history.end.as_ref().is_some_and(|end| end.for_pain) {
            return true;
        }
        let stop = |value: u8| self.program.pain.band(value).is_some_and(|band| band.stop);
        !history.is_finished()
            && (history.sets.iter().any(SetRecord::is_left_for_pain)
                || worst_pain(history).is_some_and(stop))
    }

    /// Whether a session counts: for a step, every set of its exercise that was due was done in
    /// full; for a phase, at least 80 % of the session's dose was done. What was left out counts
    /// for nothing, and a session broken off for pain counts for nothing at all.
    pub(super) fn counts(&self, history: &SessionHistory) -> bool {
        if self.is_broken_off(history) {
            return false;
        }
        let finished = history.is_finished();
        match self.subject {
            Subject::Step(index, exercise) => {
                let own = || {
                    history
                        .sets
                        .iter()
                        .filter(|set| set.exercise == exercise.id)
                };
                let due = || {
                    let steps = steps(self.program, self.phase, self.choices_before(history));
                    PrescribedExercise::after(exercise, steps.get(index).copied().unwrap_or(0))
                        .dose
                        .sets
                        .len()
                };
                // A session that was played to its end has a record of every set that was due in
                // it.
                own().all(|set| set.outcome == Outcome::Done)
                    && own().next().is_some()
                    && (finished || own().count() >= due())
            }
            Subject::Phase { limits_pain } => {
                let sum = |pick: fn(&SetRecord) -> f64| history.sets.iter().map(pick).sum::<f64>();
                let recorded = sum(SetRecord::prescribed_seconds);
                let whole = || dose_of(self.program, self.phase, self.choices_before(history));
                let due = if finished && !history.session.short {
                    recorded
                } else {
                    whole().max(recorded)
                };
                let enough = if due > 0.0 {
                    sum(SetRecord::counted_seconds) >= due * ENOUGH - 1e-6
                } else {
                    finished && history.worked
                };
                enough && (limits_pain || !history.sets.iter().any(SetRecord::is_left_for_pain))
            }
        }
    }

    /// The days of the sessions that count, the earliest first.
    pub(super) fn counted(&self) -> Vec<Date> {
        let mut days: Vec<Date> = self
            .sessions()
            .filter(|history| self.counts(history))
            .map(date_of)
            .collect();
        days.sort_unstable();
        days
    }

    /// The day of the first session of the phase, and which weeks since then, from 0, have a
    /// session that counted.
    pub(super) fn weeks(&self, counted: &[Date]) -> Option<(Date, Vec<i32>)> {
        let first = of_phase(self.program, self.phase, self.past)
            .into_iter()
            .map(date_of)
            .min()?;
        let mut weeks: Vec<i32> = counted
            .iter()
            .map(|day| days_between(first, *day).div_euclid(7))
            .collect();
        weeks.dedup();
        Some((first, weeks))
    }

    /// How many weeks since the first session of the phase are over in which a session counted.
    pub(super) fn weeks_over(&self, counted: &[Date]) -> u32 {
        let Some((first, weeks)) = self.weeks(counted) else {
            return 0;
        };
        let now = days_between(first, self.today).div_euclid(7);
        u32::try_from(weeks.into_iter().filter(|week| *week < now).count()).unwrap_or(u32::MAX)
    }

    /// The pain of the last sessions that say something of it, the oldest first.
    pub(super) fn felt(&self, most: u8) -> Vec<Felt> {
        let of = |history: &SessionHistory| {
            if history.sets_read {
                return self.felt_in(history, most);
            }
            // Whether anything was left for pain in it is not known.
            history.worked.then_some(Felt::Unsaid)
        };
        let all = in_phase(self.program, self.phase, self.past);
        let felt: Vec<Felt> = all.into_iter().filter_map(of).collect();
        felt.get(felt.len().saturating_sub(PAIN_SESSIONS)..)
            .unwrap_or_default()
            .to_vec()
    }

    /// The pain of a session; none where the session says nothing of what the gate is about. One
    /// that ended before the exercise was done speaks against it where the pain was beyond the
    /// limit, and never for it.
    pub(super) fn felt_in(&self, history: &SessionHistory, most: u8) -> Option<Felt> {
        let finished = history.is_finished();
        let is_own = |exercise: &str| match self.subject {
            Subject::Step(_, own) => own.id == exercise,
            Subject::Phase { .. } => true,
        };
        let pains = || {
            history
                .ratings
                .iter()
                .filter(|rating| rating.kind == RatingKind::Pain)
        };
        // Pain in another exercise is that exercise's, unless it ended the session.
        let said =
            pains().filter(|rating| !finished || rating.exercise.as_deref().is_none_or(is_own));
        let said = said.map(|rating| rating.value).max();
        let mut left = history
            .sets
            .iter()
            .filter(|set| set.is_left_for_pain() && is_own(&set.exercise))
            .peekable();
        let worked = history
            .sets
            .iter()
            .any(|set| set.outcome != Outcome::Skipped && is_own(&set.exercise));
        let stopped = said.is_some_and(|said| said > most) && !(finished && history.worked);
        if !worked && left.peek().is_none() && !stopped {
            return None;
        }
        let for_pain = history.end.as_ref().is_some_and(|end| end.for_pain);
        let unsaid = for_pain && pains().all(|rating| rating.moment == PainMoment::Before)
            || left
                .any(|set| !pains().any(|rating| rating.exercise.as_ref() == Some(&set.exercise)));
        Some(match said {
            _ if unsaid => Felt::LeftUnsaid,
            Some(pain) => Felt::Pain(pain),
            None => Felt::Unsaid,
        })
    }

    /// Each condition with what is known of it, and whether it is met.
    pub(super) fn parts(&self, asked: Asked) -> Vec<(String, bool)> {
        let counted = self.counted();
        let mut parts = Vec::new();
        let weeks = self.weeks_over(&counted);
        if let Some(asked) = asked.week {
            parts.push((
                format!("week {} of training (needs week {asked})", weeks + 1),
                weeks + 1 >= asked,
            ));
        }
        if let Some(asked) = asked.weeks {
            let words = count(usize::try_from(weeks).unwrap_or(usize::MAX), "week");
            parts.push((
                format!("{words} of training done (needs {asked})"),
                weeks >= asked,
            ));
        }
        if let Some(asked) = asked.least_sessions() {
            let done = u16::try_from(counted.len()).unwrap_or(u16::MAX);
            // More than were asked for need not be known.
            let words = count(done.min(asked).into(), "session");
            let more = if done > asked { " or more" } else { "" };
            let how = match self.subject {
                Subject::Step(..) => "with every set of it done",
                Subject::Phase { .. } => "with at least 80 % done",
            };
            parts.push((
                format!("{words}{more} {how} (needs {asked})"),
                done >= asked,
            ));
        }
        if let Some(most) = asked.pain {
            parts.push(self.pain_part(most));
        }
        if let Some(missing) =
            missing_after_break(&counted, self.program.frequency_in(self.phase), self.today)
        {
            let words = count(missing, "session");
            parts.push((
                format!("after your break: {words} at this dose first"),
                false,
            ));
        }
        parts
    }

    pub(super) fn pain_part(&self, most: u8) -> (String, bool) {
        let felt = self.felt(most);
        let word = |felt: &Felt| match felt {
            Felt::Pain(value) => value.to_string(),
            Felt::Unsaid => "not given".to_owned(),
            Felt::LeftUnsaid => "skipped for pain".to_owned(),
        };
        let said = felt.iter().map(word).collect::<Vec<_>>().join(", ");
        let said = if said.is_empty() {
            "none yet".to_owned()
        } else {
            said
        };
        let missing = match PAIN_SESSIONS - felt.len() {
            0 => String::new(),
            missing => format!("; {missing} more needed"),
        };
        let kept = |felt: &Felt| matches!(felt, Felt::Pain(value) if *value <= most);
        let met = felt.len() == PAIN_SESSIONS && felt.iter().all(kept);
        (
            format!("pain in the last 3 sessions: {said}{missing} (limit {most})"),
            met,
        )
    }
}

/// Returns after how many days without a session nothing opens at once. Where sessions are rare by
/// prescription, two of them must have been missed.
pub(super) fn break_of(frequency: &Frequency) -> i32 {
    match frequency {
        Frequency::EveryDays(days) => BREAK.max(2 * i32::from(*days)),
        _ => BREAK,
    }
}

/// Returns how many sessions are still missing after a break, given the days of those that count,
/// in order; none where there was no break.
pub(super) fn missing_after_break(
    counted: &[Date],
    frequency: &Frequency,
    today: Date,
) -> Option<usize> {
    let longest = break_of(frequency);
    if days_between(*counted.last()?, today) >= longest {
        return Some(AFTER_BREAK);
    }
    let breaks = |pair: &[Date]| matches!(pair, [a, b] if days_between(*a, *b) >= longest);
    let since = counted
        .windows(2)
        .rev()
        .take_while(|pair| !breaks(pair))
        .count()
        + 1;
    (since < counted.len() && since < AFTER_BREAK).then(|| AFTER_BREAK - since)
}
