//! What was done against what was prescribed: sessions, dose, pain, tests, left against right, volume by muscle. Every figure is a
//! plain sum that can be checked by hand; `tests/progress.rs` does. Gives no verdict. Knows nothing of clocks, files or pictures.

pub mod overview;

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::Date;
use jiff::{Timestamp, ToSpan};
use serde::Serialize;

use crate::preferences::WeekBegins;
use crate::prescription;
use crate::program::muscles::{self, MuscleGroup};
use crate::program::{Frequency, PainMoment, Program, Side};
use crate::record::{Amount, ChoiceRecord, Entry, Outcome, SessionHistory, SetRecord, SkipReason, SymptomKind};

/// What a repetition at one's own pace is reckoned as, in seconds, as format 1 estimates it.
const SELF_PACED: f64 = 4.0;
/// How many values the beginning and the end of a trend are the mean of.
const TREND: usize = 3;

/// Days, the first and the last one among them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct Span {
    /// The first day.
    pub from: Date,
    /// The last day.
    pub to: Date,
}

impl Span {
    /// The days, in order.
    pub fn days(self) -> impl Iterator<Item = Date> {
        self.from.series(1.day()).take_while(move |day| *day <= self.to)
    }

    /// Whether a day is among them.
    pub fn contains(self, day: Date) -> bool {
        self.from <= day && day <= self.to
    }
}

/// A program as it stood from a day on.
#[derive(Debug, Clone, Copy)]
pub struct Version<'p> {
    /// From this day on.
    pub since: Date,
    /// The program.
    pub program: &'p Program,
}

/// One program with its versions, the oldest first, and its sessions, the oldest first.
#[derive(Debug, Clone, Copy)]
pub struct Course<'p> {
    /// At least one.
    pub versions: &'p [Version<'p>],
    /// Of this program only.
    pub histories: &'p [SessionHistory],
    /// What the patient chose of phases and steps, the oldest first.
    pub choices: &'p [ChoiceRecord],
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
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a share of positive numbers")]
    pub fn percent(self) -> Option<u32> {
        (self.prescribed > 0.0).then(|| (self.done / self.prescribed * 100.0).round() as u32)
    }
}

/// Sessions and dose of a span.
#[derive(Debug, Clone, Copy, PartialEq, Default, Serialize)]
pub struct Adherence {
    /// Sessions that were finished, against those that were prescribed.
    pub sessions: Share,
    /// Seconds of work, none of it counted beyond what its set prescribes, against those that all prescribed sessions would have had.
    pub dose: Share,
    /// How many of the finished sessions were short ones.
    pub short: u32,
    /// Seconds of the done work that the player timed; the rest was entered by hand.
    pub timed: f64,
    /// Days with a session, finished or not.
    pub days: u32,
}

/// How often a day asks for a session: three a week are three sevenths a day. None for what is never due.
fn a_day(frequency: &Frequency, day: Date) -> Option<f64> {
    Some(match frequency {
        Frequency::PerDay(times) => f64::from(*times),
        Frequency::PerWeek(times) => f64::from(*times) / 7.0,
        Frequency::Weekdays(days) => {
            f64::from(u8::from(days.iter().any(|each| prescription::civil(*each) == day.weekday())))
        }
        Frequency::EveryDays(days) => 1.0 / f64::from(*days).max(1.0),
        Frequency::AsNeeded => return None,
    })
}

/// An amount in seconds of work, where each repetition counts for what a prescribed one is reckoned as.
fn seconds(amount: Amount, prescribed: Amount) -> f64 {
    if let (Some(reps), Some(of)) = (amount.reps, prescribed.reps) {
        let each = match prescribed.time {
            Some(time) if of > 0 => time.as_secs_f64() / f64::from(of),
            _ => SELF_PACED,
        };
        return f64::from(reps.min(of)) * each;
    }
    let time = amount.time.unwrap_or_default().as_secs_f64();
    prescribed.time.map_or(0.0, |of| time.min(of.as_secs_f64()))
}

/// The seconds of work of a set that count: at most what was prescribed; of a test none.
pub fn counted(set: &SetRecord) -> f64 {
    if set.prescribed.is_open() { 0.0 } else { seconds(set.done, set.prescribed) }
}

impl<'p> Course<'p> {
    /// The program as it stood on a day; before its first version that one.
    pub fn on(&self, day: Date) -> Option<&'p Program> {
        let last = self.versions.iter().rev().find(|version| version.since <= day).or(self.versions.first());
        last.map(|version| version.program)
    }

    /// What was chosen before the last session of a day, for which a later choice asks no more; without a session by its end.
    fn choices_by(&self, day: Date) -> &'p [ChoiceRecord] {
        let begun = self.within(Span { from: day, to: day }).map(|history| &history.session.started).max();
        let holds = |choice: &ChoiceRecord| match choice.at.date().cmp(&day) {
            std::cmp::Ordering::Less => true,
            std::cmp::Ordering::Equal => begun.is_none_or(|begun| choice.at <= *begun),
            std::cmp::Ordering::Greater => false,
        };
        let count = self.choices.partition_point(holds);
        self.choices.get(..count).unwrap_or_default()
    }

    /// The phase that held at the end of a day.
    fn phase_on(&self, program: &Program, day: Date) -> usize {
        let until = self.near(Span { from: Date::MIN, to: day });
        let played = until.iter().rev().find(|history| prescription::date_of(history) <= day);
        prescription::phase_after(program, played.or(self.histories.first()), self.choices_by(day))
    }

    /// The sessions of a span.
    pub fn within(&self, span: Span) -> impl Iterator<Item = &'p SessionHistory> + use<'p> {
        self.near(span).iter().filter(move |history| span.contains(prescription::date_of(history)))
    }

    /// The sessions that may belong to a span: a session that was left may be gone on with for sixty days, and midnight is not everywhere
    /// at once.
    fn near(&self, span: Span) -> &'p [SessionHistory] {
        let instant = |day: Date| day.to_zoned(jiff::tz::TimeZone::UTC).map(|midnight| midnight.timestamp()).ok();
        let from = span.from.checked_sub(62.days()).ok().and_then(instant);
        let to = span.to.checked_add(3.days()).ok().and_then(instant);
        let before = |instant: Option<Timestamp>, otherwise: usize| {
            instant.map_or(otherwise, |instant| {
                self.histories.partition_point(|history| history.session.started.timestamp() < instant)
            })
        };
        self.histories.get(before(from, 0)..before(to, self.histories.len())).unwrap_or_default()
    }

    /// The days that count: from the first day of the program on; today only once something was done on it.
    pub fn span(&self, from: Date, today: Date) -> Option<Span> {
        let first = self.first.into_iter().chain(self.histories.first().map(prescription::date_of)).min();
        let prescribed = self.versions.first().and_then(|version| version.program.prescribed);
        let begin = prescribed.into_iter().chain(first).min()?;
        let done_today = self.histories.iter().any(|history| prescription::date_of(history) == today);
        let to = if done_today { today } else { today.checked_sub(1.day()).ok()? };
        let span = Span { from: from.max(begin), to };
        (span.from <= span.to).then_some(span)
    }

    /// Sessions and dose of a span.
    pub fn adherence(&self, span: Span) -> Adherence {
        let mut adherence = self.exactly(span);
        // Sevenths add up to whole sessions only in the end.
        adherence.sessions.prescribed = adherence.sessions.prescribed.round();
        adherence
    }

    /// The same with parts of sessions.
    fn exactly(&self, span: Span) -> Adherence {
        let mut adherence = Adherence::default();
        for day in span.days() {
            let Some(program) = self.on(day) else { continue };
            let phase = self.phase_on(program, day);
            let Some(sessions) = a_day(program.frequency_in(phase), day) else { continue };
            adherence.sessions.prescribed += sessions;
            adherence.dose.prescribed += sessions * dose_of(program, phase, self.choices_by(day));
        }
        let mut days: Vec<Date> = Vec::new();
        for history in self.within(span) {
            let finished = prescription::counts(history);
            adherence.sessions.done += f64::from(u8::from(finished));
            adherence.short += u32::from(finished && history.session.short);
            days.extend(history.worked.then(|| prescription::date_of(history)));
            for set in &history.sets {
                adherence.dose.done += counted(set);
                adherence.timed += if set.entry == Entry::Timed { counted(set) } else { 0.0 };
            }
        }
        days.dedup();
        adherence.days = u32::try_from(days.len()).unwrap_or(u32::MAX);
        adherence
    }

    /// Why sets were left out, the most frequent first: exercise, reason, how often.
    pub fn left_out(&self, span: Span) -> Vec<(String, SkipReason, u32)> {
        let mut counts: Vec<(String, SkipReason, u32)> = Vec::new();
        for set in self.within(span).flat_map(|history| &history.sets) {
            let Some(reason) = set.reason.filter(|_| set.outcome != Outcome::Done) else { continue };
            match counts.iter_mut().find(|(name, other, _)| *name == set.name && *other == reason) {
                Some((.., count)) => *count += 1,
                None => counts.push((set.name.clone(), reason, 1)),
            }
        }
        counts.sort_by_key(|(.., count)| std::cmp::Reverse(*count));
        counts
    }

    /// What was said of pain or exertion at a moment, in order; for `Each` the highest of a session.
    pub fn said(&self, span: Span, kind: SymptomKind, moment: PainMoment) -> Vec<(Date, u8)> {
        let of = |history: &SessionHistory| {
            let values = history.symptoms.iter().filter(|symptom| symptom.kind == kind && symptom.moment == moment);
            let value = if moment == PainMoment::Each {
                values.map(|symptom| symptom.value).max()
            } else {
                values.map(|symptom| symptom.value).next_back()
            };
            value.map(|value| (prescription::date_of(history), value))
        };
        self.within(span).filter_map(of).collect()
    }

    /// The results of the tests: for each exercise and side what was reached in each session.
    pub fn tests(&self, span: Span) -> Vec<Test> {
        let mut tests: Vec<Test> = Vec::new();
        for history in self.within(span) {
            // A test that was broken off has no result.
            for set in history.sets.iter().filter(|set| set.prescribed.is_open() && set.outcome == Outcome::Done) {
                let counts_reps = set.done.reps.is_some();
                let value = match set.done.reps {
                    Some(reps) => f64::from(reps),
                    None => set.done.time.unwrap_or_default().as_secs_f64(),
                };
                let day = prescription::date_of(history);
                let index = tests.iter().position(|test| test.exercise == set.exercise);
                if index.is_none() {
                    let (exercise, name) = (set.exercise.clone(), set.name.clone());
                    tests.push(Test { exercise, name, counts_reps, results: BTreeMap::new() });
                }
                let test = match index {
                    Some(index) => tests.get_mut(index),
                    None => tests.last_mut(),
                };
                let Some(test) = test else { continue };
                let results = test.results.entry(set.side).or_default();
                // Of several tries on a day the best counts.
                match results.last_mut() {
                    Some((last, best)) if *last == day => *best = best.max(value),
                    _ => results.push((day, value)),
                }
            }
        }
        tests
    }

    /// The sets of a span as the muscles that each trains and the seconds of its work: neither those that only help nor breathing.
    fn strengthening(&self, span: Span) -> impl Iterator<Item = (impl Iterator<Item = &'p str> + use<'p>, f64)> {
        let of = |history: &'p SessionHistory| {
            let program = self.on(prescription::date_of(history));
            let exercises =
                move || program.into_iter().flat_map(|program| &program.phases).flat_map(|phase| &phase.exercises);
            let work = move |set: &'p SetRecord| {
                let exercise = exercises().find(|exercise| exercise.id == set.exercise)?;
                let trained = exercise.muscles().strengthens.iter().map(String::as_str);
                Some((trained.filter(|muscle| *muscle != muscles::BREATHING), counted(set)))
            };
            history.sets.iter().filter_map(work)
        };
        self.within(span).flat_map(of)
    }

    /// Seconds of work by muscle, of exercises that train it, the most worked first.
    pub fn muscles(&self, span: Span) -> Vec<(String, f64)> {
        let mut volumes: BTreeMap<&str, f64> = BTreeMap::new();
        for (trained, seconds) in self.strengthening(span) {
            for muscle in trained {
                *volumes.entry(muscle).or_default() += seconds;
            }
        }
        let worked = volumes.into_iter().filter(|(_, seconds)| *seconds > 0.0);
        let mut volumes: Vec<(String, f64)> = worked.map(|(muscle, seconds)| (muscle.to_owned(), seconds)).collect();
        volumes.sort_by(|a, b| b.1.total_cmp(&a.1));
        volumes
    }

    /// Seconds of work by group of muscles: each set counts once in every group of which it trains a muscle.
    pub fn groups(&self, span: Span) -> BTreeMap<MuscleGroup, f64> {
        let mut volumes = BTreeMap::new();
        for (trained, seconds) in self.strengthening(span) {
            let muscles = trained.filter_map(muscles::find);
            for group in muscles.map(|muscle| muscle.group).collect::<BTreeSet<MuscleGroup>>() {
                *volumes.entry(group).or_default() += seconds;
            }
        }
        volumes
    }

    /// What was done of each exercise in each session, by side, in seconds of work; the exercises in the order of their first time.
    pub fn exercises(&self, span: Span) -> Vec<Series> {
        let mut all: Vec<Series> = Vec::new();
        for history in self.within(span) {
            for set in history.sets.iter().filter(|set| !set.prescribed.is_open()) {
                let index = all.iter().position(|series| series.exercise == set.exercise && series.side == set.side);
                if index.is_none() {
                    let (exercise, name) = (set.exercise.clone(), set.name.clone());
                    let counts_reps = set.prescribed.time.is_none();
                    let (points, levels) = (Vec::new(), Vec::new());
                    all.push(Series { exercise, name, side: set.side, points, counts_reps, levels });
                }
                let series = match index {
                    Some(index) => all.get_mut(index),
                    None => all.last_mut(),
                };
                let Some(series) = series else { continue };
                let day = prescription::date_of(history);
                let whole = seconds(set.prescribed, set.prescribed);
                match series.points.last_mut() {
                    Some((last, share)) if *last == day => {
                        share.done += counted(set);
                        share.prescribed += whole;
                    }
                    _ => series.points.push((day, Share { done: counted(set), prescribed: whole })),
                }
            }
            for series in &mut all {
                series.levels.extend(level(history, series));
            }
        }
        all
    }
}

/// The mean over the sets of an exercise and side in a session that were not left out.
fn level(history: &SessionHistory, series: &Series) -> Option<(Date, Share)> {
    let own = |set: &&SetRecord| {
        set.exercise == series.exercise && set.side == series.side && set.outcome != Outcome::Skipped
    };
    let value = |amount: Amount| match (series.counts_reps, amount.time) {
        (false, Some(time)) => time.as_secs_f64(),
        _ => f64::from(amount.reps.unwrap_or(0)),
    };
    let sets: Vec<&SetRecord> = history.sets.iter().filter(own).collect();
    let count = f64::from(u32::try_from(sets.len()).ok().filter(|count| *count > 0)?);
    let mean = |pick: fn(&SetRecord) -> Amount| sets.iter().map(|set| value(pick(set))).sum::<f64>() / count;
    let share = Share { done: mean(|set| set.done), prescribed: mean(|set| set.prescribed) };
    Some((prescription::date_of(history), share))
}

/// One test against another.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Ratio {
    /// The one that is less.
    pub of: String,
    /// The one that is most.
    pub to: String,
    /// The first divided by the second.
    pub value: f64,
}

/// The last results of several tests in seconds as shares of the longest one, as trunk endurance is compared. Gives no verdict.
pub fn ratios(tests: &[Test]) -> Vec<Ratio> {
    let timed: Vec<&Test> = tests.iter().filter(|test| !test.counts_reps).collect();
    let mut results: Vec<(String, f64)> = Vec::new();
    for test in &timed {
        for side in test.results.keys() {
            let name = format!("{}{}", test.name, overview::side_words(*side));
            results.extend(test.last(*side).map(|value| (name, value)));
        }
    }
    let longest = results.iter().max_by(|a, b| a.1.total_cmp(&b.1)).cloned();
    let Some((to, most)) = longest.filter(|(_, most)| timed.len() > 1 && *most > 0.0) else { return Vec::new() };
    let others = results.into_iter().filter(|(name, _)| *name != to);
    others.map(|(of, value)| Ratio { of, to: to.clone(), value: value / most }).collect()
}

/// The seconds of work of a whole session of a phase, with the steps that were taken; tests count nothing.
pub fn dose_of(program: &Program, phase: usize, choices: &[ChoiceRecord]) -> f64 {
    let planned = prescription::planned(program, phase, &prescription::steps(program, phase, choices));
    let sets = planned.iter().filter(|planned| !planned.dose.is_measure()).flat_map(|planned| &planned.dose.sets);
    sets.map(|set| set.work.estimate().as_secs_f64()).sum()
}

/// What was done of one side of an exercise.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Series {
    /// The exercise's id.
    pub exercise: String,
    /// Its name when it was first done.
    pub name: String,
    /// Whose.
    pub side: Side,
    /// By day, in seconds of work.
    pub points: Vec<(Date, Share)>,
    /// Whether repetitions were counted that have no time of their own; else seconds.
    pub counts_reps: bool,
    /// By day the mean of the sets that were not left out: repetitions of a set, or seconds of its work, against what was prescribed.
    pub levels: Vec<(Date, Share)>,
}

/// The results of a test.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Test {
    /// The exercise's id.
    pub exercise: String,
    /// Its name when it was first done.
    pub name: String,
    /// Whether it counts repetitions; else seconds.
    pub counts_reps: bool,
    /// By side and day.
    pub results: BTreeMap<Side, Vec<(Date, f64)>>,
}

impl Test {
    /// The last result of a side.
    pub fn last(&self, side: Side) -> Option<f64> {
        self.results.get(&side)?.last().map(|(_, value)| *value)
    }

    /// The best result of a side.
    pub fn best(&self, side: Side) -> Option<f64> {
        self.results.get(&side)?.iter().map(|(_, value)| *value).reduce(f64::max)
    }

    /// Left against right by the last results.
    pub fn balance(&self) -> Option<Balance> {
        Balance::of(self.last(Side::Left)?, self.last(Side::Right)?)
    }
}

/// Left against right.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct Balance {
    /// The weaker side; both where they are equal.
    pub weaker: Side,
    /// The weaker as a share of the stronger, in percent: the limb symmetry index.
    pub index: f64,
}

impl Balance {
    /// Of two values; none where the stronger is nothing.
    pub fn of(left: f64, right: f64) -> Option<Self> {
        let (weak, strong) = (left.min(right), left.max(right));
        let weaker = match left.total_cmp(&right) {
            std::cmp::Ordering::Less => Side::Left,
            std::cmp::Ordering::Equal => Side::Both,
            std::cmp::Ordering::Greater => Side::Right,
        };
        (strong > 0.0).then(|| Self { weaker, index: weak / strong * 100.0 })
    }

    /// By how many percent the weaker side is behind.
    pub fn difference(self) -> f64 {
        100.0 - self.index
    }
}

/// A trend: the mean of the first values and of the last ones.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct Trend {
    /// The mean of the first three.
    pub first: f64,
    /// The mean of the last three.
    pub last: f64,
}

impl Trend {
    /// Of values in order; none where there are fewer than six, of which beginning and end could not be told apart.
    pub fn of(values: &[(Date, u8)]) -> Option<Self> {
        if values.len() < 2 * TREND {
            return None;
        }
        let mean = |values: &[(Date, u8)]| {
            values.iter().map(|(_, value)| f64::from(*value)).sum::<f64>()
                / f64::from(u32::try_from(values.len()).unwrap_or(1))
        };
        Some(Self { first: mean(values.get(..TREND)?), last: mean(values.get(values.len() - TREND..)?) })
    }
}
