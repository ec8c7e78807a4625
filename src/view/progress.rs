//! The page of progress drawn: weeks, charts, bars, the list of sessions, and one opened to be
//! corrected. Computes nothing.

use jiff::civil::Date;
use ratatui::layout::Rect;
use ratatui::style::{Style, Styled};
use ratatui::symbols::Marker;
use ratatui::text::Span;
use ratatui::widgets::{Axis, Bar, BarChart, BarGroup, Chart, Dataset, GraphType, Widget};

use super::canvas::{Canvas, width, wrap};
use crate::app::App;
use crate::app::progress::{Found, ProgressScreen, TABS, Tab, Typing, lines};
use crate::day::days_between;
use crate::program::words::weekday_of;
use crate::program::{Program, Side};
use crate::progress::overview::{
    Day, ExerciseLine, Overview, RatingSeries, TestLine, Week, describe_balance, describe_entry,
    describe_minutes, describe_side, describe_trend, session_line,
};
use crate::record::SessionHistory;

pub(super) fn draw(canvas: &mut Canvas<'_>, area: Rect, app: &App, page: &ProgressScreen) {
    let theme = canvas.theme;
    let Some(program) = app
        .programs
        .get(page.index)
        .and_then(|entry| entry.program())
    else {
        return;
    };
    if let Some((open, history)) = page.opened() {
        draw_session(canvas, area, history, open.marked, open.typing.as_ref());
        return;
    }
    let column = canvas.text(area.x, area.y, "Progress", area.width, theme.strong());
    canvas.text(
        column,
        area.y,
        &format!(" · {}", program.title),
        area.right().saturating_sub(column),
        theme.quiet(),
    );
    let reach = page.reach.words();
    if width(&program.title) + width(reach) + 16 < area.width {
        canvas.right(area, area.y, reach, theme.quiet());
    }
    let mut column = area.x;
    for (tab, name) in TABS {
        let style = if tab == page.tab {
            theme.marked()
        } else {
            theme.quiet()
        };
        // Where there is little room the names of the others are shortened, never that of the page
        // at hand.
        let short = if area.width >= 56 || tab == page.tab {
            name
        } else {
            name.get(..3).unwrap_or(name)
        };
        column = canvas.text(
            column,
            area.y + 1,
            &format!(" {short} "),
            area.right().saturating_sub(column),
            style,
        );
    }
    let gap = u16::from(area.height >= 14);
    let top = area.y + 2 + gap;
    let body = Rect {
        y: top,
        height: area.bottom().saturating_sub(top),
        ..area
    };
    let Some(found) = &page.found else {
        canvas.text(body.x, body.y, "Reading …", body.width, theme.quiet());
        return;
    };
    if let Some(trouble) = &found.trouble {
        canvas.paragraph(
            body,
            body.y,
            &format!("The records cannot be read: {trouble}."),
            theme.warning(),
        );
        return;
    }
    let Some(report) = &found.report else { return };
    match page.tab {
        Tab::Weeks => draw_weeks(canvas, body, app, program, report, page.marked),
        Tab::Pain => draw_said(canvas, body, program, report, page.marked),
        Tab::Exercises => draw_exercises(canvas, body, report, page.marked),
        Tab::Tests => draw_tests(canvas, body, report, page.marked),
        Tab::Muscles => draw_muscles(canvas, body, report),
        Tab::Sessions => draw_sessions(canvas, body, found, page.marked),
    }
}

fn nothing(canvas: &mut Canvas<'_>, area: Rect, words: &str) {
    let style = canvas.theme.text();
    canvas.paragraph(area, area.y, words, style);
}

/// "30 of 36 sessions, 83 %".
fn share_words(done: f64, prescribed: f64, percent: Option<u32>) -> String {
    let percent = percent
        .map(|percent| format!(", {percent} %"))
        .unwrap_or_default();
    format!("{done:.0} of {prescribed:.0}{percent}")
}

fn draw_weeks(
    canvas: &mut Canvas<'_>,
    area: Rect,
    app: &App,
    program: &Program,
    report: &Overview,
    marked: usize,
) {
    let theme = canvas.theme;
    if report.weeks.is_empty() {
        nothing(
            canvas,
            area,
            "Nothing was to be done yet, and nothing is on record. What you do shows here; a enters a session that you did without the program.",
        );
        return;
    }
    let adherence = report.adherence;
    let (sessions, dose) = (adherence.sessions, adherence.dose);
    let mut words = if sessions.prescribed > 0.0 {
        let extra = if adherence.extra > 0 {
            format!(", and {} more", adherence.extra)
        } else {
            String::new()
        };
        let sessions =
            share_words(sessions.done, sessions.prescribed, report.sessions_percent) + &extra;
        let percent = report
            .dose_percent
            .map(|percent| format!(", {percent} %"))
            .unwrap_or_default();
        let (work, whole) = (
            describe_minutes(dose.done),
            describe_minutes(dose.prescribed),
        );
        format!("Sessions: {sessions} · Dose: {work} of {whole}{percent}")
    } else {
        format!(
            "Sessions: {} · Work: {}",
            adherence.extra,
            describe_minutes(adherence.worked)
        )
    };
    if adherence.worked > adherence.timed {
        words.push_str(&format!(" · {}", describe_entry(&adherence)));
    }
    if adherence.short > 0 {
        words.push_str(&format!(" · {} short", adherence.short));
    }
    let mut row = canvas.paragraph(area, area.y, &words, theme.text());
    if area.height >= 14 {
        let words = format!(
            "Asked for: {} · ● done ◐ begun ○ none",
            app.asked_words(program)
        );
        row = canvas.paragraph(area, row, &words, theme.quiet()) + 1;
    }
    let wide = area.width >= 64;
    let each: u16 = if wide { 4 } else { 2 };
    let grid = area.x + 8;
    let figures = grid + 7 * each + 1;
    if let Some(first) = report.weeks.first() {
        let days = first.begins.series(jiff::Span::new().days(1)).take(7);
        for (column, day) in (grid..).step_by(usize::from(each)).zip(days) {
            let name = weekday_of(day);
            let name = if wide {
                name
            } else {
                name.get(..1).unwrap_or(name)
            };
            canvas.text(column, row, name, each, theme.quiet());
        }
        canvas.text(
            figures,
            row,
            if wide {
                "sessions      dose"
            } else {
                "done  dose"
            },
            u16::MAX,
            theme.quiet(),
        );
    }
    row += 1;
    let weeks: Vec<&Week> = report.weeks.iter().rev().collect();
    let room = usize::from(area.bottom().saturating_sub(row)).max(1);
    let first = (marked + 1).saturating_sub(room);
    for (row, (index, week)) in (row..area.bottom()).zip(weeks.into_iter().enumerate().skip(first))
    {
        let style = if index == marked {
            theme.accent()
        } else {
            theme.text()
        };
        canvas.text(
            area.x,
            row,
            if index == marked { "▸" } else { " " },
            1,
            style,
        );
        canvas.text(
            area.x + 1,
            row,
            &week.begins.strftime("%-d %b").to_string(),
            7,
            style,
        );
        for (column, day) in (grid..).step_by(usize::from(each)).zip(&week.days) {
            let (mark, style) = day_mark(*day, theme.accent(), theme.text(), theme.quiet());
            canvas.text(column, row, &mark, each, style);
        }
        let percent = |percent: Option<u32>| {
            percent
                .map(|percent| format!("{percent:>4} %"))
                .unwrap_or_default()
        };
        let sessions = if week.sessions.prescribed > 0.0 {
            format!("{:.0}/{:.0}", week.sessions.done, week.sessions.prescribed)
        } else {
            week.days
                .iter()
                .map(|day| u32::from(day.finished))
                .sum::<u32>()
                .to_string()
        };
        let at = canvas.text(figures, row, &format!("{sessions:<6}"), 6, theme.text());
        if wide {
            canvas.text(at, row, &percent(week.sessions.percent()), 7, theme.text());
            let at = canvas.text(
                at + 7,
                row,
                &format!("{:<7}", percent(week.dose.percent())),
                7,
                theme.text(),
            );
            draw_share(
                canvas,
                at + 1,
                row,
                area.right().saturating_sub(at + 1).min(30),
                week,
            );
        } else {
            canvas.text(
                at,
                row,
                percent(week.dose.percent()).trim_start(),
                6,
                theme.text(),
            );
        }
    }
}

/// A bar of the dose of a week.
fn draw_share(canvas: &mut Canvas<'_>, x: u16, y: u16, room: u16, week: &Week) {
    let second = std::time::Duration::from_secs_f64;
    if room >= 8 && week.dose.prescribed > 0.0 {
        let area = Rect {
            x,
            y,
            width: room,
            height: 1,
        };
        canvas.bar(
            area,
            y,
            second(week.dose.done.max(0.0)),
            second(week.dose.prescribed),
        );
    }
}

fn day_mark(day: Day, accent: Style, text: Style, quiet: Style) -> (String, Style) {
    match (day.finished, day.begun, day.counts) {
        (2.., ..) => (format!("●{}", day.finished), accent),
        (1, ..) => ("●".to_owned(), accent),
        (0, 1.., _) => ("◐".to_owned(), text),
        (0, 0, true) => ("○".to_owned(), quiet),
        (0, 0, false) => ("·".to_owned(), quiet),
    }
}

/// A list and a chart beside it, or below it where there is no room.
fn halves(area: Rect, count: usize) -> (Rect, Rect) {
    if area.width >= 84 {
        let left = Rect {
            width: (area.width * 42 / 100).min(46),
            ..area
        };
        let right = Rect {
            x: left.right() + 2,
            width: area.right().saturating_sub(left.right() + 2),
            ..area
        };
        return (left, right);
    }
    let count = u16::try_from(count).unwrap_or(u16::MAX);
    let top = Rect {
        height: count.min(area.height * 2 / 5).max(1),
        ..area
    };
    (
        top,
        Rect {
            y: top.bottom(),
            height: area.height - top.height,
            ..area
        },
    )
}

/// A list of names and figures; the marked one can always be seen.
fn draw_list(canvas: &mut Canvas<'_>, area: Rect, rows: &[(String, String)], marked: usize) {
    let theme = canvas.theme;
    let first = (marked + 1).saturating_sub(usize::from(area.height).max(1));
    for (row, (index, (name, figure))) in
        (area.y..area.bottom()).zip(rows.iter().enumerate().skip(first))
    {
        let style = if index == marked {
            theme.accent()
        } else {
            theme.text()
        };
        canvas.text(
            area.x,
            row,
            if index == marked { "▸" } else { " " },
            1,
            style,
        );
        let room = area.width.saturating_sub(width(figure) + 4);
        canvas.text(area.x + 2, row, name, room, style);
        canvas.right(area, row, figure, theme.quiet());
    }
}

/// A line of a chart.
struct Curve {
    points: Vec<(Date, f64)>,
    style: Style,
    marker: Marker,
    graph: GraphType,
}

impl Curve {
    fn line(points: Vec<(Date, f64)>, style: Style) -> Self {
        Self {
            points,
            style,
            marker: Marker::Braille,
            graph: GraphType::Line,
        }
    }

    fn dots(points: Vec<(Date, f64)>, style: Style) -> Self {
        Self {
            points,
            style,
            marker: Marker::Dot,
            graph: GraphType::Scatter,
        }
    }
}

/// Curves over time, from nothing up to a highest value.
fn draw_chart(canvas: &mut Canvas<'_>, area: Rect, curves: &[Curve], highest: f64, unit: &str) {
    let theme = canvas.theme;
    let days = || {
        curves
            .iter()
            .flat_map(|curve| curve.points.iter().map(|(day, _)| *day))
    };
    let (Some(first), Some(last)) = (days().min(), days().max()) else {
        return;
    };
    if area.height < 4 || area.width < 20 {
        return;
    }
    let along = |day: Date| f64::from(days_between(first, day));
    let points: Vec<Vec<(f64, f64)>> = curves
        .iter()
        .map(|curve| {
            curve
                .points
                .iter()
                .map(|(day, value)| (along(*day), *value))
                .collect()
        })
        .collect();
    let datasets = curves.iter().zip(&points).map(|(curve, points)| {
        // A line needs two points to be seen.
        let graph = if points.len() == 1 {
            GraphType::Scatter
        } else {
            curve.graph
        };
        let marker = if points.len() == 1 {
            Marker::Dot
        } else {
            curve.marker
        };
        Dataset::default()
            .marker(marker)
            .graph_type(graph)
            .style(curve.style)
            .data(points)
    });
    let date = |day: Date| Span::from(day.strftime("%-d %b").to_string()).set_style(theme.quiet());
    let dates = if last > first {
        vec![date(first), date(last)]
    } else {
        vec![date(first), Span::from("")]
    };
    let value = |value: f64| Span::from(format!("{value:.0}{unit}")).set_style(theme.quiet());
    let chart = Chart::new(datasets.collect())
        .x_axis(
            Axis::default()
                .bounds([0.0, along(last).max(1.0)])
                .labels(dates)
                .style(theme.quiet()),
        )
        .y_axis(
            Axis::default()
                .bounds([0.0, highest])
                .labels([value(0.0), value(highest / 2.0), value(highest)])
                .style(theme.quiet()),
        )
        .legend_position(None);
    chart.render(area, canvas.buffer);
}

/// A round figure above a highest value, whose half is round, too.
fn ceiling(highest: f64) -> f64 {
    let steps = [
        2.0, 4.0, 6.0, 10.0, 20.0, 30.0, 40.0, 60.0, 80.0, 100.0, 120.0, 160.0, 200.0, 300.0,
        400.0, 600.0,
    ];
    steps
        .into_iter()
        .find(|step| *step > highest)
        .unwrap_or((highest / 600.0).ceil() * 600.0)
}

fn draw_said(
    canvas: &mut Canvas<'_>,
    area: Rect,
    program: &Program,
    report: &Overview,
    marked: usize,
) {
    let theme = canvas.theme;
    if report.said.is_empty() {
        nothing(
            canvas,
            area,
            "No pain and no exertion was said in this time.",
        );
        return;
    }
    let rows: Vec<(String, String)> = report
        .said
        .iter()
        .map(|said| {
            let last = said
                .values
                .last()
                .map(|(_, value)| format!("last {value}"))
                .unwrap_or_default();
            (said.what.to_owned(), last)
        })
        .collect();
    let (list, chart) = halves(area, rows.len());
    draw_list(canvas, list, &rows, marked);
    let Some(said) = report.said.get(marked) else {
        return;
    };
    let row = canvas.paragraph(chart, chart.y, &said_words(said), theme.text());
    let bands = App::band_words(program).filter(|_| said.what != "exertion");
    let row = bands.map_or(row, |bands| {
        canvas.paragraph(chart, row, &bands, theme.quiet())
    });
    let plot = Rect {
        y: row,
        height: chart.bottom().saturating_sub(row),
        ..chart
    };
    let (values, _) = said.shown();
    let ends = values
        .first()
        .zip(values.last())
        .map(|((first, _), (last, _))| (*first, *last));
    let mut curves = Vec::new();
    if let (Some((first, last)), true) = (ends, said.what != "exertion") {
        let limits = program
            .pain
            .bands
            .iter()
            .map(|band| f64::from(band.up_to))
            .filter(|limit| *limit < 10.0);
        let limit = |limit| Curve::line(vec![(first, limit), (last, limit)], theme.quiet());
        curves.extend(limits.map(limit).filter(|_| first < last));
    }
    curves.push(Curve::line(values, theme.accent()));
    draw_chart(canvas, plot, &curves, 10.0, "");
}

/// What is told of pain or exertion in words.
fn said_words(said: &RatingSeries) -> String {
    let means = if said.shown().1 {
        ", mean of each week"
    } else {
        ""
    };
    let trend = said
        .trend
        .map(|trend| format!(": mean {}", describe_trend(trend)))
        .unwrap_or_default();
    format!("{}, 0 to 10{means}{trend}", said.what)
}

fn exercise_name(line: &ExerciseLine) -> String {
    format!("{}{}", line.series.name, describe_side(line.series.side))
}

fn draw_exercises(canvas: &mut Canvas<'_>, area: Rect, report: &Overview, marked: usize) {
    let theme = canvas.theme;
    if report.exercises.is_empty() {
        nothing(canvas, area, "No exercise is on record in this time.");
        return;
    }
    let figure = |line: &ExerciseLine| {
        line.share
            .percent()
            .map(|percent| format!("{percent} %"))
            .unwrap_or_default()
    };
    let rows: Vec<(String, String)> = report
        .exercises
        .iter()
        .map(|line| (exercise_name(line), figure(line)))
        .collect();
    let (list, chart) = halves(area, rows.len());
    draw_list(canvas, list, &rows, marked);
    let Some(line) = report.exercises.get(marked) else {
        return;
    };
    let series = &line.series;
    let unit = if series.counts_reps { "" } else { " s" };
    let what = if series.counts_reps {
        "repetitions of a set"
    } else {
        "seconds of work of a set"
    };
    let latest = series.levels.last().map(|(_, share)| {
        format!(
            ": last {:.0}{unit} of {:.0}{unit}",
            share.done, share.prescribed
        )
    });
    let words = format!(
        "{}, {what}, on average{}",
        exercise_name(line),
        latest.unwrap_or_default()
    );
    let row = canvas.paragraph(chart, chart.y, &words, theme.text());
    let row = if chart.bottom() >= row + 6 {
        canvas.paragraph(
            chart,
            row,
            "line: done · dots: asked for, where it was more or less",
            theme.quiet(),
        )
    } else {
        row
    };
    let plot = Rect {
        y: row,
        height: chart.bottom().saturating_sub(row),
        ..chart
    };
    let pick = |pick: fn(&crate::progress::Share) -> f64| -> Vec<(Date, f64)> {
        series
            .levels
            .iter()
            .map(|(day, share)| (*day, pick(share)))
            .collect()
    };
    let (done, asked) = (pick(|share| share.done), pick(|share| share.prescribed));
    let highest = done
        .iter()
        .chain(&asked)
        .map(|(_, value)| *value)
        .fold(1.0, f64::max);
    let curves = [
        Curve::dots(asked, theme.quiet()),
        Curve::line(done, theme.accent()),
    ];
    draw_chart(canvas, plot, &curves, ceiling(highest), unit);
}

/// The results of a test in words, a line each side, and left against right.
fn test_words(test: &TestLine) -> Vec<String> {
    let results = &test.results;
    let unit = if results.counts_reps { " reps" } else { " s" };
    let mut words: Vec<String> = results
        .results
        .keys()
        .filter_map(|side| {
            let (last, best) = (results.last(*side)?, results.best(*side)?);
            let how = match side {
                Side::Both => "",
                Side::Left => "left (line): ",
                Side::Right => "right (dots): ",
            };
            Some(format!("{how}last {last:.0}{unit}, best {best:.0}{unit}"))
        })
        .collect();
    words.extend(test.balance.map(|balance| {
        format!(
            "{}: the weaker is {:.0} % of the stronger",
            describe_balance(balance),
            balance.index
        )
    }));
    words
}

fn draw_tests(canvas: &mut Canvas<'_>, area: Rect, report: &Overview, marked: usize) {
    let theme = canvas.theme;
    if report.tests.is_empty() {
        nothing(canvas, area, "No test was taken in this time.");
        return;
    }
    let figure = |test: &TestLine| test.balance.map(describe_balance).unwrap_or_default();
    let rows: Vec<(String, String)> = report
        .tests
        .iter()
        .map(|test| (test.results.name.clone(), figure(test)))
        .collect();
    let (list, chart) = halves(area, rows.len());
    let ratios: Vec<String> = report
        .ratios
        .iter()
        .map(|ratio| format!("{} : {} = {:.2}", ratio.of, ratio.to, ratio.value))
        .collect();
    let below = u16::try_from(
        ratios
            .iter()
            .map(|words| wrap(words, list.width).len())
            .sum::<usize>(),
    )
    .unwrap_or(0);
    let beside = list.height == area.height && below > 0 && below + 2 < list.height;
    let names = if beside {
        Rect {
            height: list.height - below - 1,
            ..list
        }
    } else {
        list
    };
    draw_list(canvas, names, &rows, marked);
    if beside {
        let mut row = names.bottom() + 1;
        for words in &ratios {
            row = canvas.paragraph(list, row, words, theme.quiet());
        }
    }
    let Some(test) = report.tests.get(marked) else {
        return;
    };
    let mut row = chart.y;
    for words in test_words(test) {
        row = canvas.paragraph(chart, row, &words, theme.text());
    }
    for words in ratios.iter().filter(|_| !beside) {
        row = canvas.paragraph(chart, row, words, theme.quiet());
    }
    let plot = Rect {
        y: row,
        height: chart.bottom().saturating_sub(row),
        ..chart
    };
    let results = &test.results.results;
    let highest = results
        .values()
        .flatten()
        .map(|(_, value)| *value)
        .fold(1.0, f64::max);
    let curves: Vec<Curve> = results
        .iter()
        .map(|(side, points)| match side {
            Side::Right => Curve::dots(points.clone(), theme.warning()),
            _ => Curve::line(points.clone(), theme.accent()),
        })
        .collect();
    let unit = if test.results.counts_reps { "" } else { " s" };
    draw_chart(canvas, plot, &curves, ceiling(highest), unit);
}

fn draw_muscles(canvas: &mut Canvas<'_>, area: Rect, report: &Overview) {
    let theme = canvas.theme;
    if report.muscles.is_empty() {
        nothing(canvas, area, "No strengthening is on record in this time.");
        return;
    }
    let row = canvas.paragraph(
        area,
        area.y,
        "Time under work that strengthens a muscle of the group",
        theme.text(),
    );
    let groups: Vec<(&str, f64)> = report
        .groups
        .iter()
        .map(|(name, seconds)| (*name, *seconds))
        .collect();
    let row = draw_bars(
        canvas,
        Rect {
            y: row,
            height: area.bottom().saturating_sub(row),
            ..area
        },
        &groups,
    );
    let gap = u16::from(area.height >= 14);
    if row + gap + 2 > area.bottom() {
        return;
    }
    let row = canvas.paragraph(area, row + gap, "Each muscle", theme.text());
    let muscles: Vec<(&str, f64)> = report
        .muscles
        .iter()
        .map(|(name, seconds)| (name.as_str(), *seconds))
        .collect();
    draw_bars(
        canvas,
        Rect {
            y: row,
            height: area.bottom().saturating_sub(row),
            ..area
        },
        &muscles,
    );
}

/// Bars with names and minutes, as many as there is room for; gives the row below them.
fn draw_bars(canvas: &mut Canvas<'_>, area: Rect, values: &[(&str, f64)]) -> u16 {
    let theme = canvas.theme;
    let shown = values.len().min(usize::from(area.height));
    let names = values
        .iter()
        .map(|(name, _)| width(name))
        .max()
        .unwrap_or(0);
    let figures = 10;
    let height = u16::try_from(shown).unwrap_or(0);
    let bars: Vec<Bar<'_>> = values
        .iter()
        .take(shown)
        .map(|(_, seconds)| {
            // The figure stands beside the bar, where it can be read whatever the bar's colour.
            #[expect(
                clippy::cast_possible_truncation,
                clippy::cast_sign_loss,
                reason = "seconds of work are not negative"
            )]
            Bar::default()
                .value(seconds.round() as u64)
                .text_value(String::new())
                .style(theme.accent())
        })
        .collect();
    let plot = Rect {
        x: area.x + names + 1 + figures,
        width: area.width.saturating_sub(names + 1 + figures),
        height,
        ..area
    };
    for (row, (name, seconds)) in (area.y..area.y + height).zip(values) {
        canvas.text(area.x, row, name, names, theme.text());
        let figure = describe_minutes(*seconds);
        let field = Rect {
            x: area.x + names + 1,
            y: row,
            width: figures - 1,
            height: 1,
        };
        canvas.right(field, row, &figure, theme.quiet());
    }
    if plot.width >= 6 {
        BarChart::horizontal(Vec::new())
            .data(BarGroup::new(bars))
            .bar_width(1)
            .bar_gap(0)
            .render(plot, canvas.buffer);
    }
    area.y + height
}

fn draw_sessions(canvas: &mut Canvas<'_>, area: Rect, found: &Found, marked: usize) {
    let theme = canvas.theme;
    if found.histories.is_empty() {
        nothing(
            canvas,
            area,
            "No session is on record in this time. a enters one that you did without the program.",
        );
        return;
    }
    let first = (marked + 1).saturating_sub(usize::from(area.height).max(1));
    for (row, (index, history)) in
        (area.y..area.bottom()).zip(found.histories.iter().enumerate().skip(first))
    {
        let line = session_line(history);
        let style = if index == marked {
            theme.accent()
        } else {
            theme.text()
        };
        canvas.text(
            area.x,
            row,
            if index == marked { "▸" } else { " " },
            1,
            style,
        );
        let mut words = vec![format!("{} of {} sets", line.sets_done, line.sets)];
        if line.end != "finished" {
            words.insert(0, line.end.to_owned());
        }
        let value =
            |value: Option<u8>| value.map_or_else(|| "-".to_owned(), |value| value.to_string());
        if line.pain_before.is_some() || line.pain_after.is_some() {
            words.push(format!(
                "pain {} → {}",
                value(line.pain_before),
                value(line.pain_after)
            ));
        }
        words.extend(
            line.pain_next_morning
                .map(|pain| format!("next morning {pain}")),
        );
        words.extend(line.exertion.map(|exertion| format!("exertion {exertion}")));
        if line.short {
            words.push("short".to_owned());
        }
        if line.by_hand > 0 {
            words.push(format!("{} by hand", line.by_hand));
        }
        words.extend(line.notes.first().map(|note| format!("\"{note}\"")));
        let format = if area.width >= 60 {
            "%a %-d %b %Y %H:%M"
        } else {
            "%-d %b %H:%M"
        };
        let when = line.begun.strftime(format).to_string();
        let room = if area.width >= 60 { 22 } else { 14 };
        canvas.text(area.x + 2, row, &when, room, style);
        let at = area.x + 2 + room;
        canvas.text(
            at,
            row,
            &words.join(" · "),
            area.right().saturating_sub(at),
            theme.text(),
        );
        canvas.hits.push(super::Hit {
            area: Rect {
                y: row,
                height: 1,
                ..area
            },
            key: match index.cmp(&marked) {
                std::cmp::Ordering::Less => crate::events::Key::Up,
                std::cmp::Ordering::Equal => crate::events::Key::Enter,
                std::cmp::Ordering::Greater => crate::events::Key::Down,
            },
        });
    }
}

fn draw_session(
    canvas: &mut Canvas<'_>,
    area: Rect,
    history: &SessionHistory,
    marked: usize,
    typing: Option<&Typing>,
) {
    let theme = canvas.theme;
    let session = &history.session;
    let when = session.started.strftime("%A %-d %B %Y, %H:%M").to_string();
    let row = canvas.paragraph(
        area,
        area.y,
        &format!("{} · {when}", session.title),
        theme.strong(),
    );
    let line = session_line(history);
    let short = if line.short { ", a short session" } else { "" };
    let words = format!(
        "{}, {} of {} sets{short}",
        line.end, line.sets_done, line.sets
    );
    let row = canvas.paragraph(area, row, &words, theme.quiet()) + u16::from(area.height >= 14);
    let lines = lines(history);
    let names = lines
        .iter()
        .map(|line| width(&line.name))
        .max()
        .unwrap_or(0)
        .min(area.width / 2);
    // Words before room: a line takes as many rows as it needs.
    let shown: Vec<(Vec<String>, Vec<String>)> = lines
        .iter()
        .enumerate()
        .map(|(index, line)| {
            let value = match typing.filter(|_| index == marked) {
                Some(Typing::Figure(figure)) => {
                    format!(
                        "{}▏ (was {})",
                        figure.map(|figure| figure.to_string()).unwrap_or_default(),
                        line.value
                    )
                }
                Some(Typing::Words(words)) if line.value.is_empty() => format!("{words}▏"),
                Some(Typing::Words(words)) => format!("{words}▏ (was \"{}\")", line.value),
                None => line.value.clone(),
            };
            (
                wrap(&line.name, names),
                wrap(&value, area.width.saturating_sub(names + 4)),
            )
        })
        .collect();
    let height = |(name, value): &(Vec<String>, Vec<String>)| name.len().max(value.len()).max(1);
    let mut room = usize::from(area.bottom().saturating_sub(row));
    let fitting = shown.iter().take(marked + 1).rev().take_while(|line| {
        let fits = height(line) <= room;
        room = room.saturating_sub(height(line));
        fits
    });
    let first = (marked + 1).saturating_sub(fitting.count().max(1));
    let mut row = row;
    for (index, line) in shown.iter().enumerate().skip(first) {
        let style = if index == marked {
            theme.accent()
        } else {
            theme.text()
        };
        if row >= area.bottom() {
            break;
        }
        canvas.text(
            area.x,
            row,
            if index == marked { "▸" } else { " " },
            1,
            style,
        );
        for (column, texts, style) in [
            (area.x + 2, &line.0, style),
            (area.x + names + 4, &line.1, theme.text()),
        ] {
            for (row, text) in (row..area.bottom()).zip(texts) {
                canvas.text(
                    column,
                    row,
                    text,
                    area.right().saturating_sub(column),
                    style,
                );
            }
        }
        row += u16::try_from(height(line)).unwrap_or(1);
    }
}
