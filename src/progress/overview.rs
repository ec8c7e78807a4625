//! All that is told of a program's course at once: sessions and dose by week, pain, tests,
//! exercises, muscles, choices, changes, the patient's words. What the page of progress and the
//! report show is read off it. Gives no verdict. Knows nothing of how it is shown.

pub use super::describe::{
    WENT_BACK, describe_balance, describe_choice, describe_end, describe_entry, describe_minutes,
    describe_sessions, describe_side, describe_trend, group_name,
};
pub use super::stops::{PainLine, SignLine, describe_pain_line, describe_sign};
use super::stops::{left_for_pain, stop_signs, stopped};
pub use super::versions::versions;
use jiff::ToSpan;
use jiff::civil::Date;
use serde::Serialize;

use super::{
    Adherence, Balance, DateSpan, ProgressInput, Ratio, Series, Share, TestResults, Trend, ratios,
};
use crate::day::day_of;
use crate::history;
use crate::history::SessionHistory;
use crate::preferences::WeekBegins;
use crate::program::PainMoment;
use crate::program::changes;
use crate::program::muscles::{self};
use crate::record::{EndKind, EntryMethod, Outcome, RatingKind, SkipReason};

/// What was said of pain or exertion at one moment.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct RatingSeries {
    /// "before the session", "exertion".
    pub what: &'static str,
    /// By day.
    pub values: Vec<(Date, u8)>,
    /// Beginning against end, where there are values enough.
    pub trend: Option<Trend>,
    #[serde(skip)]
    week_begins: WeekBegins,
}

impl RatingSeries {
    /// More values than this are shown as the mean of each week.
    const MOST: usize = 60;

    /// What is shown over time: each value, or of many the mean of each week, at its first day; and
    /// whether it is the means.
    pub fn shown(&self) -> (Vec<(Date, f64)>, bool) {
        if self.values.len() <= Self::MOST {
            return (
                self.values
                    .iter()
                    .map(|(day, value)| (*day, f64::from(*value)))
                    .collect(),
                false,
            );
        }
        let mut weeks: Vec<(Date, f64, f64)> = Vec::new();
        for (day, value) in &self.values {
            let week = history::week_of(*day, self.week_begins);
            match weeks.last_mut() {
                Some((last, sum, count)) if *last == week => {
                    *sum += f64::from(*value);
                    *count += 1.0;
                }
                _ => weeks.push((week, f64::from(*value), 1.0)),
            }
        }
        (
            weeks
                .into_iter()
                .map(|(week, sum, count)| (week, sum / count))
                .collect(),
            true,
        )
    }
}

/// A test with both sides compared.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct TestLine {
    /// Its results.
    #[serde(rename = "test")]
    pub results: TestResults,
    /// By the last results of both sides.
    pub balance: Option<Balance>,
}

/// One side of an exercise over the whole span.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct ExerciseLine {
    /// What was done by day.
    pub series: Series,
    /// In all.
    pub share: Share,
}

/// A session.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct SessionLine {
    /// When it was begun, local time.
    pub begun: jiff::civil::DateTime,
    /// The phase, from 1.
    pub phase: u16,
    /// "finished", "ended early", "given up", "unfinished".
    pub end: &'static str,
    /// Whether it was a short one.
    pub short: bool,
    /// Sets done in full.
    pub sets_done: u32,
    /// Sets the program prescribes.
    pub sets: u32,
    /// Sets that were entered by hand.
    pub by_hand: u32,
    /// Pain before, 0-10.
    pub pain_before: Option<u8>,
    /// Pain after, 0-10.
    pub pain_after: Option<u8>,
    /// Pain the next morning, 0-10.
    pub pain_next_morning: Option<u8>,
    /// Exertion, 0-10.
    pub exertion: Option<u8>,
    /// The patient's words.
    pub notes: Vec<String>,
}

/// A week of the span.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct Week {
    /// Its first day.
    pub begins: Date,
    /// Sessions done against those prescribed, as far as the week counts.
    pub sessions: Share,
    /// The same of the dose, in seconds of work.
    pub dose: Share,
    /// Its days in order.
    pub days: [Day; 7],
}

/// A day of a week.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize)]
pub struct Day {
    /// Sessions that were finished.
    pub finished: u8,
    /// Sessions that were begun and not finished.
    pub begun: u8,
    /// Whether it lies within the days that count.
    pub counts: bool,
}

/// The whole, what a therapist must know first at its head.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Overview {
    /// Stop signs that the patient reported, the latest first.
    pub stop_signs: Vec<SignLine>,
    /// What was left out or broken off because of pain, the latest first.
    pub left_for_pain: Vec<PainLine>,
    /// The program's title.
    pub title: String,
    /// Its id.
    pub program: String,
    /// For whom.
    pub patient: Option<String>,
    /// From whom.
    pub therapist: Option<String>,
    /// The days that count; none where nothing was to be done yet.
    pub span: Option<DateSpan>,
    /// Sessions and dose.
    pub adherence: Adherence,
    /// Sessions in percent of those prescribed.
    pub sessions_percent: Option<u32>,
    /// Dose in percent of the one prescribed.
    pub dose_percent: Option<u32>,
    /// The weeks of the span.
    pub weeks: Vec<Week>,
    /// Days with pain of which the therapist says: stop; and the highest of the day.
    pub stopped: Vec<(Date, u8)>,
    /// Sessions that were ended before their end.
    pub ended_early: u32,
    /// What was left out: exercise, reason, how many sets.
    pub left_out: Vec<(String, SkipReason, u32)>,
    /// Pain and exertion.
    pub said: Vec<RatingSeries>,
    /// Tests.
    pub tests: Vec<TestLine>,
    /// Tests against each other.
    pub ratios: Vec<Ratio>,
    /// Each exercise and side.
    pub exercises: Vec<ExerciseLine>,
    /// Seconds of work by muscle, in a patient's words.
    pub muscles: Vec<(String, f64)>,
    /// Seconds of work by group of muscles.
    pub groups: Vec<(&'static str, f64)>,
    /// What the patient chose of phases and steps: when, and what.
    pub choices: Vec<(Date, String)>,
    /// How the program changed: when, and what.
    pub changes: Vec<(Date, Vec<String>)>,
    /// The sessions, the oldest first.
    pub sessions: Vec<SessionLine>,
}

/// A session as a line.
pub fn session_line(history: &SessionHistory) -> SessionLine {
    let count = |keep: &dyn Fn(&crate::record::SetRecord) -> bool| {
        u32::try_from(history.sets.iter().filter(|set| keep(set)).count()).unwrap_or(u32::MAX)
    };
    let exertion = history
        .ratings
        .iter()
        .rev()
        .find(|rating| rating.kind == RatingKind::Exertion);
    SessionLine {
        begun: history.session.started.datetime(),
        phase: history.session.phase + 1,
        end: describe_end(history),
        short: history.session.short,
        sets_done: count(&|set| set.outcome == Outcome::Done),
        // A program that was changed before its session was resumed may have got more.
        sets: history.session.sets.max(count(&|_| true)),
        by_hand: count(&|set| set.entry == EntryMethod::Manual && set.outcome != Outcome::Skipped),
        pain_before: history.pain(PainMoment::Before),
        pain_after: history.pain(PainMoment::After),
        pain_next_morning: history.pain(PainMoment::NextMorning),
        exertion: exertion.map(|rating| rating.value),
        notes: history.notes.iter().map(|note| note.text.clone()).collect(),
    }
}

/// The moments at which something is said, and what they are called.
const MOMENTS: [(RatingKind, PainMoment, &str); 5] = [
    (RatingKind::Pain, PainMoment::Before, "pain before"),
    (RatingKind::Pain, PainMoment::Each, "pain in an exercise"),
    (RatingKind::Pain, PainMoment::After, "pain after"),
    (
        RatingKind::Pain,
        PainMoment::NextMorning,
        "pain the next morning",
    ),
    (RatingKind::Exertion, PainMoment::After, "exertion"),
];

fn ended_early(history: &SessionHistory) -> bool {
    let end = history.end.as_ref();
    end.is_some_and(|end| end.kind == EndKind::EndedEarly)
}

fn exercise_line(series: Series) -> ExerciseLine {
    let sum = |pick: fn(&Share) -> f64| series.points.iter().map(|(_, share)| pick(share)).sum();
    ExerciseLine {
        share: Share {
            done: sum(|share| share.done),
            prescribed: sum(|share| share.prescribed),
        },
        series,
    }
}

/// Returns the overview of a program, from a day to today.
pub fn overview(course: &ProgressInput<'_>, from: Date, today: Date) -> Option<Overview> {
    let program = course.on(today)?;
    let counted = course.span(from, today);
    // What was done today is told even where today does not count yet.
    let all = DateSpan { from, to: today };
    let adherence = counted
        .map(|span| course.adherence(span))
        .unwrap_or_default();
    let said = MOMENTS.into_iter().map(|(kind, moment, what)| {
        let values = course.said(all, kind, moment);
        RatingSeries {
            what,
            trend: Trend::of(&values),
            values,
            week_begins: course.week_begins,
        }
    });
    let tests = course.tests(all);
    let ratios = ratios(&tests);
    let tests = tests.into_iter().map(|results| TestLine {
        balance: results.balance(),
        results,
    });
    let exercises = course.exercises(all).into_iter().map(exercise_line);
    let choices = course
        .choices
        .iter()
        .filter(|choice| choice.program == program.id && all.contains(day_of(&choice.at)));
    let changes = course.versions.windows(2).filter_map(|pair| {
        let [before, after] = pair else { return None };
        let news = changes::between(before.program, after.program);
        (all.contains(after.since) && !news.is_empty()).then_some((after.since, news))
    });
    Some(Overview {
        stop_signs: stop_signs(course, &program.id, all),
        left_for_pain: left_for_pain(course, all),
        title: program.title.clone(),
        program: program.id.clone(),
        patient: program.patient.clone(),
        therapist: program.contact(),
        span: counted,
        adherence,
        sessions_percent: adherence.sessions.percent(),
        dose_percent: adherence.dose.percent(),
        weeks: counted.map(|span| weeks(course, span)).unwrap_or_default(),
        stopped: stopped(course, all),
        ended_early: count(course.within(all).filter(|history| ended_early(history))),
        left_out: course.left_out(all),
        said: said.filter(|said| !said.values.is_empty()).collect(),
        tests: tests.collect(),
        ratios,
        exercises: exercises.collect(),
        muscles: course
            .muscles(all)
            .into_iter()
            .map(|(id, seconds)| (muscles::name(&id).to_owned(), seconds))
            .collect(),
        groups: course
            .groups(all)
            .into_iter()
            .map(|(group, seconds)| (group_name(group), seconds))
            .collect(),
        choices: choices
            .map(|choice| (day_of(&choice.at), describe_choice(choice, program)))
            .collect(),
        changes: changes.collect(),
        sessions: course
            .histories
            .iter()
            .filter(|history| all.contains(history::date_of(history)))
            .map(session_line)
            .collect(),
    })
}

fn count<T>(all: impl Iterator<Item = T>) -> u32 {
    u32::try_from(all.count()).unwrap_or(u32::MAX)
}

/// The weeks of a span, each as far as it lies within.
fn weeks(course: &ProgressInput<'_>, span: DateSpan) -> Vec<Week> {
    let week = |(begins, adherence): (Date, Adherence)| {
        let mut offset = 0_i64;
        let days = [(); 7].map(|()| {
            let date = begins.checked_add(offset.days()).unwrap_or(begins);
            offset += 1;
            let of_day = || {
                course.within(DateSpan {
                    from: date,
                    to: date,
                })
            };
            let count = |finished: bool| {
                let count = of_day()
                    .filter(|history| history::counts(history) == finished)
                    .count();
                u8::try_from(count).unwrap_or(u8::MAX)
            };
            Day {
                finished: count(true),
                begun: count(false),
                counts: span.contains(date),
            }
        });
        Week {
            begins,
            sessions: adherence.sessions,
            dose: adherence.dose,
            days,
        }
    };
    course.weekly(span).into_iter().map(week).collect()
}
