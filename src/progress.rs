//! What was done against what was prescribed: sessions, dose, pain, tests, left against right,
//! volume by muscle. Every figure is a plain sum that can be checked by hand; `tests/progress.rs`
//! does. Gives no verdict. Knows nothing of clocks, files or pictures.

pub mod overview;

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::Date;
use jiff::{Timestamp, ToSpan};
use serde::Serialize;

use crate::day::day_of;
use crate::preferences::WeekBegins;
use crate::prescription::{self, HistoryView, dose_of};
use crate::program::muscles::{self, MuscleGroup};
use crate::program::{Frequency, PainMoment, Program, Side};
use crate::record::{
    Amount, ChoiceRecord, EntryMethod, Outcome, RatingKind, SessionHistory, SetRecord, SkipReason,
    StopSign,
};

/// How many values the beginning and the end of a trend are the mean of.
const TREND: usize = 3;

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

/// Sessions and dose of a span. What was done never exceeds what was due: a session too many makes
/// up for none that was missed.
#[derive(Debug, Clone, Copy, PartialEq, Default, Serialize)]
pub struct Adherence {
    /// Sessions that were finished, in whole numbers, against those that were due.
    pub sessions: Share,
    /// Sessions that were finished beyond those that were due.
    pub extra: u32,
    /// Seconds of work against those that all due sessions would have had.
    pub dose: Share,
    /// Seconds of work in all, none of it counted beyond what its set prescribes.
    pub worked: f64,
    /// How many of the finished sessions were short ones.
    pub short: u32,
    /// Seconds of the done work that the player timed; the rest was entered by hand.
    pub timed: f64,
    /// Days with a session, finished or not.
    pub days: u32,
}

/// What some days of one week ask for, and what was done of it.
#[derive(Debug, Clone, Copy, PartialEq)]
struct Period {
    /// Its first day.
    begins: Date,
    /// Sessions that were due.
    due: u32,
    /// Sessions that were finished.
    finished: u32,
    /// Seconds of work that were due.
    dose: f64,
    /// Seconds of work that were done.
    worked: f64,
}

impl Period {
    fn add_to(self, adherence: &mut Adherence) {
        let done = self.finished.min(self.due);
        adherence.sessions.done += f64::from(done);
        adherence.sessions.prescribed += f64::from(self.due);
        adherence.extra += self.finished - done;
        adherence.dose.done += self.worked.min(self.dose);
        adherence.dose.prescribed += self.dose;
        adherence.worked += self.worked;
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
            .find(|history| prescription::date_of(history) <= day);
        prescription::phase_after(
            program,
            played.or(self.histories.first()),
            self.choices_by(day),
        )
    }

    /// The sessions of a span.
    pub fn within(&self, span: DateSpan) -> impl Iterator<Item = &'p SessionHistory> + use<'p> {
        self.near(span)
            .iter()
            .filter(move |history| span.contains(prescription::date_of(history)))
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
            .chain(self.histories.first().map(prescription::date_of))
            .min();
        let prescribed = self
            .versions
            .first()
            .and_then(|version| version.program.prescribed);
        let begin = prescribed.into_iter().chain(first).min()?;
        let done_today = self
            .histories
            .iter()
            .any(|history| prescription::date_of(history) == today);
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

    /// Returns sessions and dose of a span.
    pub fn adherence(&self, span: DateSpan) -> Adherence {
        let mut adherence = Adherence::default();
        for period in self.periods(span) {
            period.add_to(&mut adherence);
        }
        let mut days: Vec<Date> = Vec::new();
        for history in self.within(span) {
            adherence.short += u32::from(prescription::counts(history) && history.session.short);
            days.extend(history.worked.then(|| prescription::date_of(history)));
            let timed = history
                .sets
                .iter()
                .filter(|set| set.entry == EntryMethod::Timer);
            adherence.timed += timed.map(SetRecord::counted_seconds).sum::<f64>();
        }
        days.sort_unstable();
        days.dedup();
        adherence.days = u32::try_from(days.len()).unwrap_or(u32::MAX);
        adherence
    }

    /// Returns sessions and dose of each week of a span, by its first day.
    pub fn weekly(&self, span: DateSpan) -> Vec<(Date, Adherence)> {
        let first = prescription::week_of(span.from, self.week_begins);
        let mut weeks: Vec<(Date, Adherence)> = first
            .series(7.days())
            .take_while(|begins| *begins <= span.to)
            .map(|begins| (begins, Adherence::default()))
            .collect();
        for period in self.periods(span) {
            let week = prescription::week_of(period.begins, self.week_begins);
            if let Some((_, adherence)) = weeks.iter_mut().find(|(begins, _)| *begins == week) {
                period.add_to(adherence);
            }
        }
        weeks
    }

    /// What a span asks for and what was done of it, in parts none of which makes up for another: a
    /// day of what is due some times a day, a turn of what is due every so many days, the days of a
    /// week of what is due some times a week. Of a week that is not over, or had begun before, so
    /// many sessions are due as its days call for in proportion, rounded, and those that were done.
    fn periods(&self, span: DateSpan) -> Vec<Period> {
        let done = |from: Date, to: Date| {
            let mut sessions = (0, 0.0);
            for history in self.within(DateSpan { from, to }) {
                sessions.0 += u32::from(prescription::counts(history));
                sessions.1 += history
                    .sets
                    .iter()
                    .map(SetRecord::counted_seconds)
                    .sum::<f64>();
            }
            sessions
        };
        let until = self.over_since(span.to);
        let known = span.days().filter_map(|day| {
            let program = self.on(day)?;
            let phase = self.phase_on(program, day);
            // What is over, or stopped by a sign, asks for nothing; what is done all the same is
            // extra.
            let frequency =
                if until.is_some_and(|until| until <= day) || self.is_stopped_on(program, day) {
                    &Frequency::AsNeeded
                } else {
                    program.frequency_in(phase)
                };
            Some((
                day,
                frequency,
                dose_of(program, phase, self.choices_by(day)),
            ))
        });
        // Days in a row of one week that ask for the same.
        let mut runs: Vec<(Frequency, Vec<(Date, f64)>)> = Vec::new();
        for (day, frequency, dose) in known {
            let week = |day: Date| prescription::week_of(day, self.week_begins);
            match runs.last_mut() {
                Some((last, days))
                    if last == frequency
                        && days.last().is_some_and(|(last, _)| {
                            matches!(frequency, Frequency::EveryDays(_)) || week(*last) == week(day)
                        }) =>
                {
                    days.push((day, dose));
                }
                _ => runs.push((frequency.clone(), vec![(day, dose)])),
            }
        }
        let mut periods = Vec::new();
        for (frequency, days) in runs {
            let (Some((from, _)), Some((to, _))) = (days.first().copied(), days.last().copied())
            else {
                continue;
            };
            let count = |most: usize| f64::from(u32::try_from(most).unwrap_or(u32::MAX));
            let mean = days.iter().map(|(_, dose)| dose).sum::<f64>() / count(days.len());
            let of_week = |asked: u32, so_far: u32| {
                let (finished, worked) = done(from, to);
                let due = so_far.max(finished.min(asked));
                Period {
                    begins: from,
                    due,
                    finished,
                    dose: f64::from(due) * mean,
                    worked,
                }
            };
            match frequency {
                Frequency::PerDay(times) => periods.extend(days.iter().map(|(day, dose)| {
                    let (finished, worked) = done(*day, *day);
                    let due = u32::from(times);
                    Period {
                        begins: *day,
                        due,
                        finished,
                        dose: f64::from(due) * dose,
                        worked,
                    }
                })),
                Frequency::PerWeek(times) => {
                    let asked = u32::from(times);
                    let elapsed = u32::try_from(days.len()).unwrap_or(7);
                    // Half a session is rounded up.
                    periods.push(of_week(asked, (2 * asked * elapsed + 7) / 14));
                }
                Frequency::Weekdays(weekdays) => {
                    let is_day = |day: Date| {
                        weekdays
                            .iter()
                            .any(|each| prescription::civil(*each) == day.weekday())
                    };
                    let so_far = days.iter().filter(|(day, _)| is_day(*day)).count();
                    let asked = u32::try_from(weekdays.len()).unwrap_or(7);
                    periods.push(of_week(asked, u32::try_from(so_far).unwrap_or(7)));
                }
                Frequency::EveryDays(every) => {
                    periods.extend(self.turns(every, DateSpan { from, to }, &days, &done));
                }
                Frequency::AsNeeded => {
                    let (finished, worked) = done(from, to);
                    periods.push(Period {
                        begins: from,
                        due: 0,
                        finished,
                        dose: 0.0,
                        worked,
                    });
                }
            }
        }
        periods
    }

    /// The first day on which nothing is due any more, as the program stands at the end of a span.
    fn over_since(&self, to: Date) -> Option<Date> {
        let program = self.on(to)?;
        let (histories, choices) = (self.histories, self.choices);
        let past = HistoryView {
            histories,
            choices,
            week_begins: self.week_begins,
            ..HistoryView::default()
        };
        prescription::over_since(program, past, to)
    }

    /// Whether a stop sign was open all through a day: reported before it, and not answered yet by
    /// another text or cleared up.
    fn is_stopped_on(&self, program: &Program, day: Date) -> bool {
        self.signs
            .iter()
            .filter(|sign| sign.reported.program == program.id)
            .any(|sign| {
                let until = sign
                    .cleared
                    .as_ref()
                    .map(day_of)
                    .into_iter()
                    .chain(self.answered(sign))
                    .min();
                day_of(&sign.reported.at) < day && until.is_none_or(|until| day < until)
            })
    }

    /// Returns the day from which on another text of the program than that of a stop sign was used.
    pub fn answered(&self, sign: &StopSign) -> Option<Date> {
        let reported = day_of(&sign.reported.at);
        // The text of the day itself is most likely the one that the sign was reported under.
        self.versions
            .iter()
            .map(|version| version.since)
            .find(|since| *since > reported)
    }

    /// The turns of what is due every so many days, each with what was done until the next one
    /// opens.
    fn turns(
        &self,
        every: u8,
        span: DateSpan,
        days: &[(Date, f64)],
        done: &dyn Fn(Date, Date) -> (u32, f64),
    ) -> Vec<Period> {
        let finished: BTreeSet<Date> = self
            .histories
            .iter()
            .filter(|history| prescription::counts(history))
            .map(prescription::date_of)
            .collect();
        // A turn that was open before the span goes on in it.
        let last = finished.range(..span.from).next_back();
        let next = last.and_then(|last| last.checked_add(i64::from(every).days()).ok());
        let begin = next.map_or(span.from, |next| next.max(span.from));
        let turns = prescription::turns(every, begin, span.to, |day| finished.contains(&day));
        let mut periods = Vec::new();
        if begin > span.from
            && let Ok(before) = begin.checked_sub(1.day())
        {
            // Nothing is due before the first turn opens.
            let (finished, worked) = done(span.from, before.min(span.to));
            periods.push(Period {
                begins: span.from,
                due: 0,
                finished,
                dose: 0.0,
                worked,
            });
        }
        for (index, turn) in turns.iter().enumerate() {
            let until = turns
                .get(index + 1)
                .and_then(|next| next.opens.checked_sub(1.day()).ok())
                .unwrap_or(span.to);
            let (finished, worked) = done(turn.opens, until);
            let due_work = days
                .iter()
                .find(|(day, _)| *day == turn.opens)
                .map_or(0.0, |(_, dose)| *dose);
            // A turn belongs to the day on which it was done, as the first page has it.
            let begins = turn.done.unwrap_or(turn.opens);
            periods.push(Period {
                begins,
                due: 1,
                finished,
                dose: due_work,
                worked,
            });
        }
        periods
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
            value.map(|value| (prescription::date_of(history), value))
        };
        self.within(span).filter_map(of).collect()
    }

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
                let day = prescription::date_of(history);
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
            let program = self.on(prescription::date_of(history));
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
                let day = prescription::date_of(history);
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
