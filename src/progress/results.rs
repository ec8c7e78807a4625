//! What was reached: tests, exercises, muscles, trends.

use super::{DateSpan, ProgressInput, Share, overview};
use crate::history;
use crate::history::SessionHistory;
use crate::program::Side;
use crate::program::muscles::{self, MuscleGroup};
use crate::record::{Amount, Outcome, SetRecord};
use jiff::civil::Date;
use serde::Serialize;
use std::collections::{BTreeMap, BTreeSet};

/// How many values the beginning and the end of a trend are the mean of.
const TREND: usize = 3;

impl<'p> ProgressInput<'p> {
    /// The results of the tests: for each exercise and side what was reached in each session.
    pub fn tests(&self, span: DateSpan) -> Vec<TestResults> {
        let mut tests: Vec<TestResults> = Vec::new();
        for history in self.within(span) {
            // A test that was broken off has no result.
            for set in history
                .sets
                .iter()
                .filter(|set| set.prescribed.is_open() && set.outcome == Outcome::Done)
            {
                let counts_reps = set.done.reps.is_some();
                let value = match set.done.reps {
                    Some(reps) => f64::from(reps),
                    None => set.done.time.unwrap_or_default().as_secs_f64(),
                };
                let day = history::date_of(history);
                let index = tests.iter().position(|test| test.exercise == set.exercise);
                if index.is_none() {
                    let (exercise, name) = (set.exercise.clone(), set.name.clone());
                    tests.push(TestResults {
                        exercise,
                        name,
                        counts_reps,
                        results: BTreeMap::new(),
                    });
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

    /// The sets of a span as the muscles that each trains and the seconds of its work: neither
    /// those that only help nor breathing.
    fn strengthening(
        &self,
        span: DateSpan,
    ) -> impl Iterator<Item = (impl Iterator<Item = &'p str> + use<'p>, f64)> {
        let of = |history: &'p SessionHistory| {
            let program = self.on(history::date_of(history));
            let exercises = move || {
                program
                    .into_iter()
                    .flat_map(|program| &program.phases)
                    .flat_map(|phase| &phase.exercises)
            };
            let work = move |set: &'p SetRecord| {
                let exercise = exercises().find(|exercise| exercise.id == set.exercise)?;
                let trained = exercise.muscles().strengthens.iter().map(String::as_str);
                Some((
                    trained.filter(|muscle| *muscle != muscles::BREATHING),
                    set.counted_seconds(),
                ))
            };
            history.sets.iter().filter_map(work)
        };
        self.within(span).flat_map(of)
    }

    /// Seconds of work by muscle, of exercises that train it, the most worked first.
    pub fn muscles(&self, span: DateSpan) -> Vec<(String, f64)> {
        let mut volumes: BTreeMap<&str, f64> = BTreeMap::new();
        for (trained, seconds) in self.strengthening(span) {
            for muscle in trained {
                *volumes.entry(muscle).or_default() += seconds;
            }
        }
        let worked = volumes.into_iter().filter(|(_, seconds)| *seconds > 0.0);
        let mut volumes: Vec<(String, f64)> = worked
            .map(|(muscle, seconds)| (muscle.to_owned(), seconds))
            .collect();
        volumes.sort_by(|a, b| b.1.total_cmp(&a.1));
        volumes
    }

    /// Seconds of work by group of muscles: each set counts once in every group of which it trains
    /// a muscle.
    pub fn groups(&self, span: DateSpan) -> BTreeMap<MuscleGroup, f64> {
        let mut volumes = BTreeMap::new();
        for (trained, seconds) in self.strengthening(span) {
            let muscles = trained.filter_map(muscles::find);
            for group in muscles
                .map(|muscle| muscle.group)
                .collect::<BTreeSet<MuscleGroup>>()
            {
                *volumes.entry(group).or_default() += seconds;
            }
        }
        volumes.retain(|_, seconds| *seconds > 0.0);
        volumes
    }

    /// What was done of each exercise in each session, by side, in seconds of work; the exercises
    /// in the order of their first time.
    pub fn exercises(&self, span: DateSpan) -> Vec<Series> {
        let mut all: Vec<Series> = Vec::new();
        for history in self.within(span) {
            for set in history.sets.iter().filter(|set| !set.prescribed.is_open()) {
                let index = all
                    .iter()
                    .position(|series| series.exercise == set.exercise && series.side == set.side);
                if index.is_none() {
                    let (exercise, name) = (set.exercise.clone(), set.name.clone());
                    let counts_reps = set.prescribed.time.is_none();
                    let (points, levels) = (Vec::new(), Vec::new());
                    all.push(Series {
                        exercise,
                        name,
                        side: set.side,
                        points,
                        counts_reps,
                        levels,
                    });
                }
                let series = match index {
                    Some(index) => all.get_mut(index),
                    None => all.last_mut(),
                };
                let Some(series) = series else { continue };
                let day = history::date_of(history);
                let whole = set.prescribed_seconds();
                match series.points.last_mut() {
                    Some((last, share)) if *last == day => {
                        share.done += set.counted_seconds();
                        share.prescribed += whole;
                    }
                    _ => series.points.push((
                        day,
                        Share {
                            done: set.counted_seconds(),
                            prescribed: whole,
                        },
                    )),
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
        set.exercise == series.exercise
            && set.side == series.side
            && set.outcome != Outcome::Skipped
    };
    let value = |amount: Amount| match (series.counts_reps, amount.time) {
        (false, Some(time)) => time.as_secs_f64(),
        _ => f64::from(amount.reps.unwrap_or(0)),
    };
    let sets: Vec<&SetRecord> = history.sets.iter().filter(own).collect();
    let count = f64::from(u32::try_from(sets.len()).ok().filter(|count| *count > 0)?);
    let mean = |pick: fn(&SetRecord) -> Amount| {
        sets.iter().map(|set| value(pick(set))).sum::<f64>() / count
    };
    let share = Share {
        done: mean(|set| set.done),
        prescribed: mean(|set| set.prescribed),
    };
    Some((history::date_of(history), share))
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

/// The last results of several tests in seconds as shares of the longest one, as trunk endurance is
/// compared. Gives no verdict.
pub fn ratios(tests: &[TestResults]) -> Vec<Ratio> {
    let timed: Vec<&TestResults> = tests.iter().filter(|test| !test.counts_reps).collect();
    let mut results: Vec<(String, f64)> = Vec::new();
    for test in &timed {
        for side in test.results.keys() {
            let name = format!("{}{}", test.name, overview::describe_side(*side));
            results.extend(test.last(*side).map(|value| (name, value)));
        }
    }
    let longest = results.iter().max_by(|a, b| a.1.total_cmp(&b.1)).cloned();
    let Some((to, most)) = longest.filter(|(_, most)| timed.len() > 1 && *most > 0.0) else {
        return Vec::new();
    };
    let others = results.into_iter().filter(|(name, _)| *name != to);
    others
        .map(|(of, value)| Ratio {
            of,
            to: to.clone(),
            value: value / most,
        })
        .collect()
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
    /// By day the mean of the sets that were not left out: repetitions of a set, or seconds of its
    /// work, against what was prescribed.
    pub levels: Vec<(Date, Share)>,
}

/// The results of a test.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct TestResults {
    /// The exercise's id.
    pub exercise: String,
    /// Its name when it was first done.
    pub name: String,
    /// Whether it counts repetitions; else seconds.
    pub counts_reps: bool,
    /// By side and day.
    pub results: BTreeMap<Side, Vec<(Date, f64)>>,
}

impl TestResults {
    /// The last result of a side.
    pub fn last(&self, side: Side) -> Option<f64> {
        self.results.get(&side)?.last().map(|(_, value)| *value)
    }

    /// The best result of a side.
    pub fn best(&self, side: Side) -> Option<f64> {
        self.results
            .get(&side)?
            .iter()
            .map(|(_, value)| *value)
            .reduce(f64::max)
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
        (strong > 0.0).then(|| Self {
            weaker,
            index: weak / strong * 100.0,
        })
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
    /// Of values in order; none where there are fewer than six, of which beginning and end could
    /// not be told apart.
    pub fn of(values: &[(Date, u8)]) -> Option<Self> {
        if values.len() < 2 * TREND {
            return None;
        }
        let mean = |values: &[(Date, u8)]| {
            values
                .iter()
                .map(|(_, value)| f64::from(*value))
                .sum::<f64>()
                / f64::from(u32::try_from(values.len()).unwrap_or(1))
        };
        Some(Self {
            first: mean(values.get(..TREND)?),
            last: mean(values.get(values.len() - TREND..)?),
        })
    }
}
