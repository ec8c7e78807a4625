//! The page of progress built from what was found in the records: words, marks and points.

use super::context::Shared;
use super::correction::{Open, Typing, rows};
use super::page::progress::{
    BarRow, BarsPage, ChartRow, ChartsPage, Curve, CurveRole, DetailPage, DetailRow, ProgressBody,
    ProgressPage, SessionRow, WeekRow, WeeksPage,
};
use super::page::{DayMark, ScreenPage};
use super::progress::{Found, ProgressScreen, TABS, Tab};
use crate::history::SessionHistory;
use crate::program::words::{self, weekday_of};
use crate::program::{PainBand, Program, Side};
use crate::progress::Share;
use crate::progress::overview::{
    Day, ExerciseLine, Overview, RatingSeries, TestLine, Week, describe_balance, describe_entry,
    describe_minutes, describe_side, describe_trend, session_line,
};
use crate::progression;

/// Returns the page of progress, or of the session that is opened.
pub(super) fn page(page: &ProgressScreen, shared: &Shared) -> Option<ScreenPage> {
    let program = shared.catalog.program(page.index)?;
    if let Some((open, history)) = page.opened() {
        return Some(ScreenPage::Detail(detail_page(open, history)));
    }
    let body = match &page.found {
        None => ProgressBody::Loading,
        Some(found) => body(page, found, program, shared),
    };
    Some(ScreenPage::Progress(ProgressPage {
        program: program.title.clone(),
        reach: page.reach.words(),
        tabs: TABS.iter().map(|(_, name)| *name).collect(),
        tab: TABS
            .iter()
            .position(|(tab, _)| *tab == page.tab)
            .unwrap_or(0),
        body,
    }))
}

fn body(page: &ProgressScreen, found: &Found, program: &Program, shared: &Shared) -> ProgressBody {
    if let Some(trouble) = &found.trouble {
        return ProgressBody::Unreadable(format!("The records cannot be read: {trouble}."));
    }
    let Some(overview) = &found.overview else {
        return ProgressBody::Empty("Nothing is on record of it.");
    };
    let selected = page.selected;
    let phase = progression::phase(program, shared.past());
    let asked = words::frequency(program.frequency_in(phase));
    match page.tab {
        Tab::Weeks if overview.weeks.is_empty() => ProgressBody::Empty(
            "Nothing was to be done yet, and nothing is on record. What you do shows here; a enters a session that you did without the program.",
        ),
        Tab::Weeks => ProgressBody::Weeks(weeks_page(overview, &asked, selected)),
        Tab::Pain if overview.said.is_empty() => {
            ProgressBody::Empty("No pain and no exertion was said in this time.")
        }
        Tab::Pain => {
            let row = |series| rating_row(series, program);
            charts(overview.said.iter().map(row), selected, Vec::new())
        }
        Tab::Exercises if overview.exercises.is_empty() => {
            ProgressBody::Empty("No exercise is on record in this time.")
        }
        Tab::Exercises => charts(
            overview.exercises.iter().map(exercise_row),
            selected,
            Vec::new(),
        ),
        Tab::Tests if overview.tests.is_empty() => {
            ProgressBody::Empty("No test was taken in this time.")
        }
        Tab::Tests => {
            let ratios = overview.ratios.iter();
            let remarks =
                ratios.map(|ratio| format!("{} : {} = {:.2}", ratio.of, ratio.to, ratio.value));
            charts(
                overview.tests.iter().map(test_row),
                selected,
                remarks.collect(),
            )
        }
        Tab::Muscles if overview.muscles.is_empty() => {
            ProgressBody::Empty("No strengthening is on record in this time.")
        }
        Tab::Muscles => ProgressBody::Bars(muscle_bars(overview)),
        Tab::Sessions if found.histories.is_empty() => ProgressBody::Empty(
            "No session is on record in this time. a enters one that you did without the program.",
        ),
        Tab::Sessions => ProgressBody::Sessions {
            rows: found.histories.iter().map(session_row).collect(),
            selected,
        },
    }
}

fn charts(
    rows: impl Iterator<Item = ChartRow>,
    selected: usize,
    remarks: Vec<String>,
) -> ProgressBody {
    ProgressBody::Charts(ChartsPage {
        rows: rows.collect(),
        selected,
        remarks,
    })
}

/// Returns ", 83 %", or nothing where there is nothing to compare with.
fn percent(percent: Option<u32>) -> String {
    percent
        .map(|percent| format!(", {percent} %"))
        .unwrap_or_default()
}

fn weeks_page(overview: &Overview, asked: &str, selected: usize) -> WeeksPage {
    let weekdays = overview.weeks.first().map(|week| {
        let days = week.begins.series(jiff::Span::new().days(1));
        days.take(7).map(weekday_of).collect()
    });
    WeeksPage {
        summary: describe_weeks(overview),
        asked: format!("Asked for: {asked}"),
        legend: "● done ◐ begun ○ none",
        weekdays: weekdays.unwrap_or_default(),
        rows: overview.weeks.iter().rev().map(week_row).collect(),
        selected,
    }
}

/// Returns sessions and dose of all weeks together.
fn describe_weeks(overview: &Overview) -> String {
    let adherence = overview.adherence;
    let (sessions, dose) = (adherence.sessions, adherence.dose);
    let mut words = if sessions.prescribed > 0.0 {
        let extra = if adherence.extra > 0 {
            format!(", and {} more", adherence.extra)
        } else {
            String::new()
        };
        format!(
            "Sessions: {:.0} of {:.0}{}{extra} · Dose: {} of {}{}",
            sessions.done,
            sessions.prescribed,
            percent(overview.sessions_percent),
            describe_minutes(dose.done),
            describe_minutes(dose.prescribed),
            percent(overview.dose_percent),
        )
    } else {
        let work = describe_minutes(adherence.worked);
        format!("Sessions: {} · Work: {work}", adherence.extra)
    };
    if adherence.worked > adherence.timed {
        words.push_str(&format!(" · {}", describe_entry(&adherence)));
    }
    if adherence.short > 0 {
        words.push_str(&format!(" · {} short", adherence.short));
    }
    words
}

fn week_row(week: &Week) -> WeekRow {
    let sessions = if week.sessions.prescribed > 0.0 {
        format!("{:.0}/{:.0}", week.sessions.done, week.sessions.prescribed)
    } else {
        let finished = week.days.iter().map(|day| u32::from(day.finished));
        finished.sum::<u32>().to_string()
    };
    WeekRow {
        begins: week.begins,
        days: week.days.iter().map(|day| day_mark(*day)).collect(),
        sessions,
        sessions_percent: week.sessions.percent(),
        dose_percent: week.dose.percent(),
        dose: (week.dose.done, week.dose.prescribed),
    }
}

fn day_mark(day: Day) -> DayMark {
    match (day.finished, day.begun, day.counts) {
        (finished @ 1.., ..) => DayMark::Done(finished),
        (0, 1.., _) => DayMark::Begun,
        (0, 0, true) => DayMark::Missed,
        (0, 0, false) => DayMark::Blank,
    }
}

/// Returns a row of pain or exertion at one moment; pain with the therapist's bands as limits.
fn rating_row(series: &RatingSeries, program: &Program) -> ChartRow {
    let (points, are_means) = series.shown();
    let means = if are_means { ", mean of each week" } else { "" };
    let trend = series
        .trend
        .map(|trend| format!(": mean {}", describe_trend(trend)))
        .unwrap_or_default();
    let is_pain = series.what != "exertion";
    let bands = program.pain.bands.as_slice();
    let bands = if is_pain { bands } else { &[] };
    let ends = points.first().zip(points.last());
    let ends = ends.map(|((first, _), (last, _))| (*first, *last));
    let limit = |band: &PainBand| {
        let (first, last) = ends.filter(|(first, last)| first < last)?;
        let at = f64::from(band.up_to);
        (at < 10.0).then(|| Curve {
            name: None,
            points: vec![(first, at), (last, at)],
            role: CurveRole::Limit,
        })
    };
    let mut curves: Vec<Curve> = bands.iter().filter_map(limit).collect();
    curves.push(Curve {
        name: Some("values".to_owned()),
        points,
        role: CurveRole::Done,
    });
    let last = series.values.last();
    ChartRow {
        name: series.what.to_owned(),
        value: last
            .map(|(_, value)| format!("last {value}"))
            .unwrap_or_default(),
        text: vec![format!("{}, 0 to 10{means}{trend}", series.what)],
        details: describe_bands(bands).into_iter().collect(),
        details_need_room: false,
        curves,
        highest: 10.0,
        unit: "",
    }
}

/// Returns the therapist's bands of pain in a line.
fn describe_bands(bands: &[PainBand]) -> Option<String> {
    let words: Vec<String> = bands
        .iter()
        .map(|band| format!("up to {} {}", band.up_to, band.label))
        .collect();
    (!words.is_empty()).then(|| format!("Your therapist: {}", words.join(" · ")))
}

fn exercise_row(line: &ExerciseLine) -> ChartRow {
    let series = &line.series;
    let name = format!("{}{}", series.name, describe_side(series.side));
    let (unit, what) = if series.counts_reps {
        ("", "repetitions of a set")
    } else {
        (" s", "seconds of work of a set")
    };
    let latest = series.levels.last().map(|(_, share)| {
        format!(
            ": last {:.0}{unit} of {:.0}{unit}",
            share.done, share.prescribed
        )
    });
    let curve = |pick: fn(&Share) -> f64, name: Option<String>, role| Curve {
        name,
        points: series
            .levels
            .iter()
            .map(|(day, share)| (*day, pick(share)))
            .collect(),
        role,
    };
    let asked = curve(|share| share.prescribed, None, CurveRole::Asked);
    let done = curve(
        |share| share.done,
        Some("last sessions".to_owned()),
        CurveRole::Done,
    );
    let percent = line.share.percent();
    let highest = highest([&asked, &done]);
    ChartRow {
        value: percent
            .map(|percent| format!("{percent} %"))
            .unwrap_or_default(),
        text: vec![format!(
            "{name}, {what}, on average{}",
            latest.unwrap_or_default()
        )],
        name,
        details: vec!["line: done · dots: asked for, where it was more or less".to_owned()],
        details_need_room: true,
        curves: vec![asked, done],
        highest,
        unit,
    }
}

fn test_row(test: &TestLine) -> ChartRow {
    let results = &test.results;
    let (unit, spoken) = if results.counts_reps {
        ("", " reps")
    } else {
        (" s", " s")
    };
    let result = |side: &Side| {
        let (last, best) = (results.last(*side)?, results.best(*side)?);
        let how = match side {
            Side::Both => "",
            Side::Left => "left (line): ",
            Side::Right => "right (dots): ",
        };
        Some(format!(
            "{how}last {last:.0}{spoken}, best {best:.0}{spoken}"
        ))
    };
    let mut sentences: Vec<String> = results.results.keys().filter_map(result).collect();
    sentences.extend(test.balance.map(|balance| {
        let weaker = describe_balance(balance);
        let index = balance.index;
        format!("{weaker}: the weaker is {index:.0} % of the stronger")
    }));
    let curves: Vec<Curve> = results
        .results
        .iter()
        .map(|(side, points)| Curve {
            name: Some(match side {
                Side::Both => "results".to_owned(),
                side => side.word().to_owned(),
            }),
            points: points.clone(),
            role: if *side == Side::Right {
                CurveRole::OtherSide
            } else {
                CurveRole::Done
            },
        })
        .collect();
    ChartRow {
        name: results.name.clone(),
        value: test.balance.map(describe_balance).unwrap_or_default(),
        text: sentences,
        details: Vec::new(),
        details_need_room: false,
        highest: highest(&curves),
        curves,
        unit,
    }
}

/// Returns a round number above all points whose half is round, too.
fn highest<'c>(curves: impl IntoIterator<Item = &'c Curve>) -> f64 {
    const STEPS: [f64; 16] = [
        2.0, 4.0, 6.0, 10.0, 20.0, 30.0, 40.0, 60.0, 80.0, 100.0, 120.0, 160.0, 200.0, 300.0,
        400.0, 600.0,
    ];
    let points = curves.into_iter().flat_map(|curve| &curve.points);
    let highest = points.map(|(_, value)| *value).fold(1.0, f64::max);
    STEPS
        .into_iter()
        .find(|step| *step > highest)
        .unwrap_or((highest / 600.0).ceil() * 600.0)
}

fn muscle_bars(overview: &Overview) -> Vec<BarsPage> {
    let row = |name: &str, seconds: f64| BarRow {
        name: name.to_owned(),
        seconds,
        value: describe_minutes(seconds),
    };
    vec![
        BarsPage {
            heading: "Time under work that strengthens a muscle of the group",
            rows: overview
                .groups
                .iter()
                .map(|(name, seconds)| row(name, *seconds))
                .collect(),
        },
        BarsPage {
            heading: "Each muscle",
            rows: overview
                .muscles
                .iter()
                .map(|(name, seconds)| row(name, *seconds))
                .collect(),
        },
    ]
}

fn session_row(history: &SessionHistory) -> SessionRow {
    let line = session_line(history);
    let mut facts = Vec::new();
    if line.end != "finished" {
        facts.push(line.end.to_owned());
    }
    facts.push(format!("{} of {} sets", line.sets_done, line.sets));
    if line.pain_before.is_some() || line.pain_after.is_some() {
        let value =
            |value: Option<u8>| value.map_or_else(|| "-".to_owned(), |value| value.to_string());
        let (before, after) = (value(line.pain_before), value(line.pain_after));
        facts.push(format!("pain {before} → {after}"));
    }
    let morning = line.pain_next_morning;
    facts.extend(morning.map(|pain| format!("next morning {pain}")));
    facts.extend(line.exertion.map(|exertion| format!("exertion {exertion}")));
    if line.short {
        facts.push("short".to_owned());
    }
    if line.by_hand > 0 {
        facts.push(format!("{} by hand", line.by_hand));
    }
    facts.extend(line.notes.iter().map(|note| format!("\"{note}\"")));
    SessionRow {
        when: line.begun.strftime("%a %-d %b %Y %H:%M").to_string(),
        when_short: line.begun.strftime("%-d %b %H:%M").to_string(),
        facts,
    }
}

fn detail_page(open: &Open, history: &SessionHistory) -> DetailPage {
    let session = &history.session;
    let when = session.started.strftime("%A %-d %B %Y, %H:%M");
    let line = session_line(history);
    let short = if line.short { ", a short session" } else { "" };
    let details = rows(history).into_iter().enumerate().map(|(index, row)| {
        let typing = open.typing.as_ref().filter(|_| index == open.selected);
        let value = typed_value(typing, row.value);
        DetailRow {
            name: row.name,
            value,
        }
    });
    DetailPage {
        title: format!("{} · {when}", session.title),
        summary: format!(
            "{}, {} of {} sets{short}",
            line.end, line.sets_done, line.sets
        ),
        rows: details.collect(),
        selected: open.selected,
    }
}

/// Returns what is typed with a cursor behind it, and what was there before.
fn typed_value(typing: Option<&Typing>, before: String) -> String {
    match typing {
        Some(Typing::Number(number)) => {
            let number = number.map(|number| number.to_string()).unwrap_or_default();
            format!("{number}▏ (was {before})")
        }
        Some(Typing::Words(words)) if before.is_empty() => format!("{words}▏"),
        Some(Typing::Words(words)) => format!("{words}▏ (was \"{before}\")"),
        None => before,
    }
}
