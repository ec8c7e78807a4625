//! What was done against what was prescribed: sessions, dose, pain, tests, left against right,
//! volume by muscle. Every figure is a plain sum that can be checked by hand; `tests/progress.rs`
//! does. Gives no verdict. Knows nothing of clocks, files or pictures.

mod adherence;
mod describe;
pub mod overview;
mod results;
mod stops;
mod versions;

pub use self::adherence::Adherence;
pub use self::results::{Balance, Ratio, Series, TestResults, Trend, ratios};

use jiff::civil::Date;
use jiff::{Timestamp, ToSpan};
use serde::Serialize;

use crate::day::day_of;
use crate::history;
use crate::history::{SessionHistory, StopSign};
use crate::preferences::WeekBegins;
use crate::program::{PainMoment, Program};
use crate::progression;
use crate::record::{ChoiceRecord, Outcome, RatingKind, SkipReason};

/// Days, the first and the last one among them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct DateSpan {
    /// The first day.
    pub from: Date,
    /// The last day.
    pub to: Date,
}

impl DateSpan {
    /// The days, in order.
    pub fn days(self) -> impl Iterator<Item = Date> {
        self.from
            .series(1.day())
            .take_while(move |day| *day <= self.to)
    }

    /// Whether a day is among them.
    pub fn contains(self, day: Date) -> bool {
        self.from <= day && day <= self.to
    }
}

/// A program as it stood from a day on.
#[derive(Debug, Clone, Copy)]
pub struct ProgramVersion<'p> {
    /// From this day on.
    pub since: Date,
    /// The program.
    pub program: &'p Program,
}

/// One program with its versions, the oldest first, and its sessions, the oldest first.
#[derive(Debug, Clone, Copy)]
pub struct ProgressInput<'p> {
    /// At least one.
    pub versions: &'p [ProgramVersion<'p>],
    /// Of this program only.
    pub histories: &'p [SessionHistory],
    /// What the patient chose of phases and steps, the oldest first.
    pub choices: &'p [ChoiceRecord],
    /// The stop signs that the patient reported, of all programs, the oldest first.
    pub signs: &'p [StopSign],
    /// On which day a week begins.
    pub week_begins: WeekBegins,
    /// The day of the first session of all, where those at hand are not all.
    pub first: Option<Date>,
}

/// How much of something was done.
#[derive(Debug, Clone, Copy, PartialEq, Default, Serialize)]
pub struct Share {
    /// What was done.
    pub done: f64,
    /// What was prescribed.
    pub prescribed: f64,
}

impl Share {
    /// In percent, rounded; none where nothing was prescribed.
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "a share of positive numbers"
    )]
    pub fn percent(self) -> Option<u32> {
        (self.prescribed > 0.0).then(|| (self.done / self.prescribed * 100.0).round() as u32)
    }
}

impl<'p> ProgressInput<'p> {
    /// The program as it stood on a day; before its first version that one.
    pub fn on(&self, day: Date) -> Option<&'p Program> {
        let last = self
            .versions
            .iter()
            .rev()
            .find(|version| version.since <= day)
            .or(self.versions.first());
        last.map(|version| version.program)
    }

    /// What was chosen before the last session of a day, for which a later choice asks no more;
    /// without a session by its end.
    fn choices_by(&self, day: Date) -> &'p [ChoiceRecord] {
        let begun = self
            .within(DateSpan { from: day, to: day })
            .map(|history| &history.session.started)
            .max();
        let holds = |choice: &ChoiceRecord| match day_of(&choice.at).cmp(&day) {
            std::cmp::Ordering::Less => true,
            std::cmp::Ordering::Equal => begun.is_none_or(|begun| choice.at <= *begun),
            std::cmp::Ordering::Greater => false,
        };
        let count = self.choices.partition_point(holds);
        self.choices.get(..count).unwrap_or_default()
    }

    /// The phase that held at the end of a day.
    fn phase_on(&self, program: &Program, day: Date) -> usize {
        let until = self.near(DateSpan {
            from: Date::MIN,
            to: day,
        });
        let played = until
            .iter()
            .rev()
            .find(|history| history::date_of(history) <= day);
        progression::phase_after(
            program,
            played.or(self.histories.first()),
            self.choices_by(day),
        )
    }

    /// The sessions of a span.
    pub fn within(&self, span: DateSpan) -> impl Iterator<Item = &'p SessionHistory> + use<'p> {
        self.near(span)
            .iter()
            .filter(move |history| span.contains(history::date_of(history)))
    }

    /// The sessions that may belong to a span: a session that was left may be gone on with for
    /// sixty days, and midnight is not everywhere at once.
    fn near(&self, span: DateSpan) -> &'p [SessionHistory] {
        let instant = |day: Date| {
            day.to_zoned(jiff::tz::TimeZone::UTC)
                .map(|midnight| midnight.timestamp())
                .ok()
        };
        let from = span.from.checked_sub(62.days()).ok().and_then(instant);
        let to = span.to.checked_add(3.days()).ok().and_then(instant);
        let before = |instant: Option<Timestamp>, otherwise: usize| {
            instant.map_or(otherwise, |instant| {
                self.histories
                    .partition_point(|history| history.session.started.timestamp() < instant)
            })
        };
        self.histories
            .get(before(from, 0)..before(to, self.histories.len()))
            .unwrap_or_default()
    }

    /// The days that count: from the first day of the program on; today only once something was
    /// done on it.
    pub fn span(&self, from: Date, today: Date) -> Option<DateSpan> {
        let first = self
            .first
            .into_iter()
            .chain(self.histories.first().map(history::date_of))
            .min();
        let prescribed = self
            .versions
            .first()
            .and_then(|version| version.program.prescribed);
        let begin = prescribed.into_iter().chain(first).min()?;
        let done_today = self
            .histories
            .iter()
            .any(|history| history::date_of(history) == today);
        let to = if done_today {
            today
        } else {
            today.checked_sub(1.day()).ok()?
        };
        let span = DateSpan {
            from: from.max(begin),
            to,
        };
        (span.from <= span.to).then_some(span)
    }

    /// Why sets were left out, the most frequent first: exercise, reason, how often.
    pub fn left_out(&self, span: DateSpan) -> Vec<(String, SkipReason, u32)> {
        let mut counts: Vec<(String, SkipReason, u32)> = Vec::new();
        for set in self.within(span).flat_map(|history| &history.sets) {
            let Some(reason) = set.reason.filter(|_| set.outcome != Outcome::Done) else {
                continue;
            };
            match counts
                .iter_mut()
                .find(|(name, other, _)| *name == set.name && *other == reason)
            {
                Some((.., count)) => *count += 1,
                None => counts.push((set.name.clone(), reason, 1)),
            }
        }
        counts.sort_by_key(|(.., count)| std::cmp::Reverse(*count));
        counts
    }

    /// What was said of pain or exertion at a moment, in order; for `Each` the highest of a
    /// session.
    pub fn said(&self, span: DateSpan, kind: RatingKind, moment: PainMoment) -> Vec<(Date, u8)> {
        let of = |history: &SessionHistory| {
            let values = history
                .ratings
                .iter()
                .filter(|rating| rating.kind == kind && rating.moment == moment);
            let value = if moment == PainMoment::Each {
                values.map(|rating| rating.value).max()
            } else {
                values.map(|rating| rating.value).next_back()
            };
            value.map(|value| (history::date_of(history), value))
        };
        self.within(span).filter_map(of).collect()
    }
}
