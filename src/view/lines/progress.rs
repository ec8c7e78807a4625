//! The page of progress as lines.

use super::mark;
use crate::app::page::DayMark;
use crate::app::page::progress::{
    BarsPage, ChartRow, ChartsPage, CurveRole, DetailPage, ProgressBody, ProgressPage, SessionRow,
    WeekRow, WeeksPage,
};

/// The most values of a curve that are said, the latest ones.
const MOST_VALUES: usize = 8;

pub(super) fn progress_lines(page: &ProgressPage) -> Vec<String> {
    let ProgressPage {
        program,
        reach,
        tabs,
        tab,
        body,
    } = page;
    let name = tabs.get(*tab).copied().unwrap_or_default();
    let mut lines = vec![format!("Progress of {program}: {name}, {reach}")];
    match body {
        // The records come with the next page.
        ProgressBody::Loading => {}
        ProgressBody::Empty(words) => lines.push((*words).to_owned()),
        ProgressBody::Unreadable(words) => lines.push(words.clone()),
        ProgressBody::Weeks(weeks) => lines.extend(weeks_lines(weeks)),
        ProgressBody::Charts(charts) => lines.extend(charts_lines(charts)),
        ProgressBody::Bars(groups) => lines.extend(groups.iter().flat_map(bars_lines)),
        ProgressBody::Sessions { rows, selected } => {
            for (index, row) in rows.iter().enumerate() {
                let SessionRow {
                    when,
                    when_short: _,
                    facts,
                } = row;
                let mark = mark(index, *selected);
                lines.push(format!("{mark}{when}: {}", facts.join(", ")));
            }
        }
    }
    let others: Vec<&str> = tabs
        .iter()
        .copied()
        .filter(|other| *other != name)
        .collect();
    lines.push(format!("Other pages: {}", others.join(", ")));
    lines
}

fn weeks_lines(page: &WeeksPage) -> Vec<String> {
    let WeeksPage {
        summary,
        asked,
        // The days are said by name.
        legend: _,
        weekdays,
        rows,
        selected,
    } = page;
    let mut lines = vec![summary.clone(), asked.clone()];
    for (index, row) in rows.iter().enumerate() {
        let mark = mark(index, *selected);
        lines.push(format!("{mark}{}", week_line(row, weekdays)));
    }
    lines
}

fn week_line(row: &WeekRow, weekdays: &[&str]) -> String {
    let WeekRow {
        begins,
        days,
        sessions,
        sessions_percent,
        dose_percent,
        dose: _,
    } = row;
    let percent = |what: &str, percent: &Option<u32>| {
        percent
            .map(|percent| format!(", {what} {percent} %"))
            .unwrap_or_default()
    };
    let with = |wanted: fn(&DayMark) -> bool, how: &str| {
        let days = weekdays.iter().zip(days);
        let days: Vec<&str> = days
            .filter(|(_, mark)| wanted(mark))
            .map(|(name, _)| *name)
            .collect();
        if days.is_empty() {
            String::new()
        } else {
            format!(", {how} {}", days.join(" "))
        }
    };
    format!(
        "Week of {}: sessions {sessions}{}{}{}{}",
        begins.strftime("%-d %b"),
        percent("which is", sessions_percent),
        percent("dose", dose_percent),
        with(|mark| matches!(mark, DayMark::Done(_)), "done"),
        with(|mark| *mark == DayMark::Begun, "begun"),
    )
}

fn charts_lines(page: &ChartsPage) -> Vec<String> {
    let ChartsPage {
        rows,
        selected,
        remarks,
    } = page;
    let mut lines: Vec<String> = Vec::new();
    for (index, row) in rows.iter().enumerate() {
        lines.extend(chart_lines(row, mark(index, *selected)));
    }
    lines.extend(remarks.iter().cloned());
    lines
}

fn chart_lines(row: &ChartRow, mark: &str) -> Vec<String> {
    let ChartRow {
        name,
        value,
        text,
        details,
        // Details that describe the drawing.
        details_need_room,
        curves,
        highest: _,
        unit,
    } = row;
    let value = if value.is_empty() {
        String::new()
    } else {
        format!(": {value}")
    };
    let mut lines = vec![format!("{mark}{name}{value}")];
    lines.extend(text.iter().cloned());
    lines.extend(details.iter().filter(|_| !details_need_room).cloned());
    for curve in curves.iter().filter(|curve| curve.role != CurveRole::Limit) {
        let Some(name) = &curve.name else { continue };
        let latest = curve.points.iter().rev().take(MOST_VALUES).rev();
        let values = latest.map(|(_, value)| format!("{value:.0}{unit}"));
        let values = values.collect::<Vec<_>>().join(", ");
        lines.push(format!("{name}: {values}"));
    }
    lines
}

fn bars_lines(page: &BarsPage) -> Vec<String> {
    let BarsPage { heading, rows } = page;
    let mut lines = vec![(*heading).to_owned()];
    lines.extend(
        rows.iter()
            .map(|row| format!("{}: {}", row.name, row.value)),
    );
    lines
}

pub(super) fn detail_lines(page: &DetailPage) -> Vec<String> {
    let DetailPage {
        title,
        summary,
        rows,
        selected,
    } = page;
    let mut lines = vec![title.clone(), summary.clone()];
    for (index, row) in rows.iter().enumerate() {
        let mark = mark(index, *selected);
        lines.push(format!("{mark}{}: {}", row.name, row.value));
    }
    lines
}
