//! Sessions and dose against what was due, by span and by week.

use super::{DateSpan, ProgressInput, Share};
use crate::day::day_of;
use crate::history::StopSign;
use crate::history::{self, HistoryView};
use crate::program::{Frequency, Program};
use crate::progression::{self, dose_of};
use crate::record::{EntryMethod, SetRecord};
use crate::schedule;
use jiff::ToSpan;
use jiff::civil::Date;
use serde::Serialize;
use std::collections::BTreeSet;

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

/// Days in a row that ask for the same.
struct Run {
    frequency: Frequency,
    /// Each day with the seconds of work of a session.
    days: Vec<(Date, f64)>,
}

impl Run {
    fn mean_dose(&self) -> f64 {
        let count = f64::from(u32::try_from(self.days.len()).unwrap_or(u32::MAX));
        self.days.iter().map(|(_, dose)| dose).sum::<f64>() / count
    }
}

impl ProgressInput<'_> {
    /// Returns sessions and dose of a span.
    pub fn adherence(&self, span: DateSpan) -> Adherence {
        let mut adherence = Adherence::default();
        for period in self.periods(span) {
            period.add_to(&mut adherence);
        }
        let mut days: Vec<Date> = Vec::new();
        for history in self.within(span) {
            adherence.short += u32::from(history::counts(history) && history.session.short);
            days.extend(history.worked.then(|| history::date_of(history)));
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
        let first = history::week_of(span.from, self.week_begins);
        let mut weeks: Vec<(Date, Adherence)> = first
            .series(7.days())
            .take_while(|begins| *begins <= span.to)
            .map(|begins| (begins, Adherence::default()))
            .collect();
        for period in self.periods(span) {
            let week = history::week_of(period.begins, self.week_begins);
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
        let runs = self.runs(span).into_iter();
        runs.flat_map(|run| self.periods_of(&run)).collect()
    }

    /// Returns the sessions that were finished in a span, and the seconds of work done in it.
    fn done(&self, span: DateSpan) -> (u32, f64) {
        let mut sessions = (0, 0.0);
        for history in self.within(span) {
            let sets = history.sets.iter();
            sessions.0 += u32::from(history::counts(history));
            sessions.1 += sets.map(SetRecord::counted_seconds).sum::<f64>();
        }
        sessions
    }

    /// Returns the days in a row, of one week, that ask for the same.
    fn runs(&self, span: DateSpan) -> Vec<Run> {
        let until = self.over_since(span.to);
        let week = |day: Date| history::week_of(day, self.week_begins);
        let mut runs: Vec<Run> = Vec::new();
        for day in span.days() {
            let Some(program) = self.on(day) else {
                continue;
            };
            let phase = self.phase_on(program, day);
            // What is over, or stopped by a sign, asks for nothing; what is done all the same is
            // extra.
            let over = until.is_some_and(|until| until <= day);
            let frequency = if over || self.is_stopped_on(program, day) {
                &Frequency::AsNeeded
            } else {
                program.frequency_in(phase)
            };
            let dose = dose_of(program, phase, self.choices_by(day));
            let goes_on = |run: &Run| {
                let in_turns = matches!(frequency, Frequency::EveryDays(_));
                let last = run.days.last();
                run.frequency == *frequency
                    && last.is_some_and(|(last, _)| in_turns || week(*last) == week(day))
            };
            match runs.last_mut() {
                Some(run) if goes_on(run) => run.days.push((day, dose)),
                _ => runs.push(Run {
                    frequency: frequency.clone(),
                    days: vec![(day, dose)],
                }),
            }
        }
        runs
    }

    fn periods_of(&self, run: &Run) -> Vec<Period> {
        let days = &run.days;
        let (Some((from, _)), Some((to, _))) = (days.first().copied(), days.last().copied()) else {
            return Vec::new();
        };
        let span = DateSpan { from, to };
        let of_week = |asked: u32, so_far: u32| {
            let (finished, worked) = self.done(span);
            let due = so_far.max(finished.min(asked));
            let dose = f64::from(due) * run.mean_dose();
            vec![Period {
                begins: from,
                due,
                finished,
                dose,
                worked,
            }]
        };
        match &run.frequency {
            Frequency::PerDay(times) => {
                let due = u32::from(*times);
                let of_day = |(day, dose): &(Date, f64)| {
                    let (from, to) = (*day, *day);
                    let (finished, worked) = self.done(DateSpan { from, to });
                    Period {
                        begins: *day,
                        due,
                        finished,
                        dose: f64::from(due) * dose,
                        worked,
                    }
                };
                days.iter().map(of_day).collect()
            }
            Frequency::PerWeek(times) => {
                let asked = u32::from(*times);
                let elapsed = u32::try_from(days.len()).unwrap_or(7);
                // Half a session is rounded up.
                of_week(asked, (2 * asked * elapsed + 7) / 14)
            }
            Frequency::Weekdays(weekdays) => {
                let asked_on = |(day, _): &&(Date, f64)| {
                    let mut asked = weekdays.iter();
                    asked.any(|each| schedule::civil(*each) == day.weekday())
                };
                let so_far = days.iter().filter(asked_on).count();
                let asked = u32::try_from(weekdays.len()).unwrap_or(7);
                of_week(asked, u32::try_from(so_far).unwrap_or(7))
            }
            Frequency::EveryDays(every) => self.turns(*every, span, days),
            Frequency::AsNeeded => of_week(0, 0),
        }
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
        progression::over_since(program, past, to)
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
    fn turns(&self, every: u8, span: DateSpan, days: &[(Date, f64)]) -> Vec<Period> {
        let finished: BTreeSet<Date> = self
            .histories
            .iter()
            .filter(|history| history::counts(history))
            .map(history::date_of)
            .collect();
        // A turn that was open before the span goes on in it.
        let last = finished.range(..span.from).next_back();
        let next = last.and_then(|last| last.checked_add(i64::from(every).days()).ok());
        let begin = next.map_or(span.from, |next| next.max(span.from));
        let turns = schedule::turns(every, begin, span.to, |day| finished.contains(&day));
        let mut periods = Vec::new();
        if begin > span.from
            && let Ok(before) = begin.checked_sub(1.day())
        {
            // Nothing is due before the first turn opens.
            let (finished, worked) = self.done(DateSpan {
                from: span.from,
                to: before.min(span.to),
            });
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
            let (finished, worked) = self.done(DateSpan {
                from: turn.opens,
                to: until,
            });
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
}
