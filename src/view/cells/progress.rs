//! The page of progress drawn: weeks, charts, bars, the list of sessions, and one session opened.

use std::time::Duration;

use ratatui::layout::Rect;
use ratatui::style::Style;

use super::canvas::Canvas;
use super::charts::{draw_bars, draw_chart};
use super::rect::{
    first_row, first_that_fits, from_column, from_row, left_columns, rows, top_rows,
};
use crate::app::page::DayMark;
use crate::app::page::progress::{
    BarsPage, ChartRow, ChartsPage, DetailPage, ProgressBody, ProgressPage, SessionRow, WeekRow,
    WeeksPage,
};
use crate::events::Key;
use crate::text::{width, wrap};
use crate::view::theme::Theme;

pub(super) fn draw(canvas: &mut Canvas<'_>, area: Rect, page: &ProgressPage) {
    let theme = canvas.theme;
    draw_head(canvas, area, page);
    let body = from_row(area, area.y + 2 + u16::from(area.height >= 14));
    match &page.body {
        ProgressBody::Loading => {
            canvas.text(body.x, body.y, "Reading …", body.width, theme.quiet());
        }
        ProgressBody::Empty(words) => {
            canvas.paragraph(body, body.y, words, theme.text());
        }
        ProgressBody::Unreadable(words) => {
            canvas.paragraph(body, body.y, words, theme.warning());
        }
        ProgressBody::Weeks(weeks) => draw_weeks(canvas, body, weeks),
        ProgressBody::Charts(charts) => draw_charts(canvas, body, charts),
        ProgressBody::Bars(groups) => draw_groups(canvas, body, groups),
        ProgressBody::Sessions { rows, selected } => {
            draw_sessions(canvas, body, rows, *selected);
        }
    }
}

fn draw_head(canvas: &mut Canvas<'_>, area: Rect, page: &ProgressPage) {
    let theme = canvas.theme;
    let column = canvas.text(area.x, area.y, "Progress", area.width, theme.strong());
    let title = format!(" · {}", page.program);
    let room = area.right().saturating_sub(column);
    canvas.text(column, area.y, &title, room, theme.quiet());
    if width(&page.program) + width(page.reach) + 16 < area.width {
        canvas.right(area, area.y, page.reach, theme.quiet());
    }
    let mut column = area.x;
    for (index, name) in page.tabs.iter().enumerate() {
        let selected = index == page.tab;
        let style = if selected {
            theme.marked()
        } else {
            theme.quiet()
        };
        // Where there is little room only the selected part keeps its whole name.
        let short = if area.width >= 56 || selected {
            name
        } else {
            name.get(..3).unwrap_or(name)
        };
        let room = area.right().saturating_sub(column);
        column = canvas.text(column, area.y + 1, &format!(" {short} "), room, style);
    }
}

/// Where the days and the numbers of a week stand.
struct WeekColumns {
    wide: bool,
    /// The columns of a day.
    day: u16,
    days_at: u16,
    numbers_at: u16,
}

fn draw_weeks(canvas: &mut Canvas<'_>, area: Rect, page: &WeeksPage) {
    let theme = canvas.theme;
    let mut row = canvas.paragraph(area, area.y, &page.summary, theme.text());
    if area.height >= 14 {
        let words = format!("{} · {}", page.asked, page.legend);
        row = canvas.paragraph(area, row, &words, theme.quiet()) + 1;
    }
    let wide = area.width >= 64;
    let day: u16 = if wide { 4 } else { 2 };
    let columns = WeekColumns {
        wide,
        day,
        days_at: area.x + 8,
        numbers_at: area.x + 8 + 7 * day + 1,
    };
    let days = (columns.days_at..).step_by(usize::from(day));
    for (column, name) in days.zip(&page.weekdays) {
        let short = if wide {
            name
        } else {
            name.get(..1).unwrap_or(name)
        };
        canvas.text(column, row, short, day, theme.quiet());
    }
    let words = if wide {
        "sessions      dose"
    } else {
        "done  dose"
    };
    canvas.text(columns.numbers_at, row, words, u16::MAX, theme.quiet());
    row += 1;
    let first = first_row(
        page.selected,
        usize::from(area.bottom().saturating_sub(row)),
    );
    let weeks = page.rows.iter().enumerate().skip(first);
    for (y, (index, week)) in (row..area.bottom()).zip(weeks) {
        let area = Rect { y, ..area };
        draw_week(canvas, area, week, index == page.selected, &columns);
    }
}

fn draw_week(
    canvas: &mut Canvas<'_>,
    area: Rect,
    week: &WeekRow,
    selected: bool,
    columns: &WeekColumns,
) {
    let theme = canvas.theme;
    let y = area.y;
    let style = canvas.mark(area.x, y, selected);
    let begins = week.begins.strftime("%-d %b").to_string();
    canvas.text(area.x + 1, y, &begins, 7, style);
    let days = (columns.days_at..).step_by(usize::from(columns.day));
    for (column, mark) in days.zip(&week.days) {
        let (symbol, style) = day_mark(*mark, theme);
        canvas.text(column, y, &symbol, columns.day, style);
    }
    let percent = |percent: Option<u32>| {
        percent
            .map(|percent| format!("{percent:>4} %"))
            .unwrap_or_default()
    };
    let sessions = format!("{:<6}", week.sessions);
    let at = canvas.text(columns.numbers_at, y, &sessions, 6, theme.text());
    let dose = percent(week.dose_percent);
    if !columns.wide {
        canvas.text(at, y, dose.trim_start(), 6, theme.text());
        return;
    }
    canvas.text(at, y, &percent(week.sessions_percent), 7, theme.text());
    let at = canvas.text(at + 7, y, &format!("{dose:<7}"), 7, theme.text()) + 1;
    let room = area.right().saturating_sub(at).min(30);
    let (worked, prescribed) = week.dose;
    if room >= 8 && prescribed > 0.0 {
        let worked = Duration::from_secs_f64(worked.max(0.0));
        let area = Rect::new(at, y, room, 1);
        canvas.bar(area, y, worked, Duration::from_secs_f64(prescribed));
    }
}

fn day_mark(mark: DayMark, theme: Theme) -> (String, Style) {
    match mark {
        DayMark::Done(count @ 2..) => (format!("{}{count}", mark.symbol()), theme.accent()),
        DayMark::Done(_) => (mark.symbol().to_owned(), theme.accent()),
        DayMark::Begun => (mark.symbol().to_owned(), theme.text()),
        DayMark::Missed | DayMark::Blank => (mark.symbol().to_owned(), theme.quiet()),
    }
}

/// Returns the places of a list and of a chart beside it, or below it where there is no room.
fn halves(area: Rect, count: usize) -> (Rect, Rect) {
    if area.width >= 84 {
        let left = left_columns(area, (area.width * 42 / 100).min(46));
        return (left, from_column(area, left.right() + 2));
    }
    let top = top_rows(area, rows(count).min(area.height * 2 / 5).max(1));
    (top, from_row(area, top.bottom()))
}

/// Draws a list of names and values; the selected one can always be seen.
fn draw_list(canvas: &mut Canvas<'_>, area: Rect, list: &[ChartRow], selected: usize) {
    let first = first_row(selected, usize::from(area.height));
    let shown = list.iter().enumerate().skip(first);
    for (y, (index, row)) in (area.y..area.bottom()).zip(shown) {
        let style = canvas.mark(area.x, y, index == selected);
        let room = area.width.saturating_sub(width(&row.value) + 4);
        canvas.text(area.x + 2, y, &row.name, room, style);
        canvas.right(area, y, &row.value, canvas.theme.quiet());
    }
}

fn draw_charts(canvas: &mut Canvas<'_>, area: Rect, page: &ChartsPage) {
    let theme = canvas.theme;
    let (list, chart) = halves(area, page.rows.len());
    let remarks = page.remarks.iter().map(|it| wrap(it, list.width).len());
    let below = rows(remarks.sum());
    let beside = list.height == area.height && below > 0 && below + 2 < list.height;
    let names = if beside {
        top_rows(list, list.height - below - 1)
    } else {
        list
    };
    draw_list(canvas, names, &page.rows, page.selected);
    if beside {
        let mut row = names.bottom() + 1;
        for words in &page.remarks {
            row = canvas.paragraph(list, row, words, theme.quiet());
        }
    }
    let Some(selected) = page.rows.get(page.selected) else {
        return;
    };
    let mut row = chart.y;
    for words in &selected.text {
        row = canvas.paragraph(chart, row, words, theme.text());
    }
    let details = &selected.details;
    let has_room = !selected.details_need_room || chart.bottom() >= row + 6;
    for words in details.iter().filter(|_| has_room) {
        row = canvas.paragraph(chart, row, words, theme.quiet());
    }
    for words in page.remarks.iter().filter(|_| !beside) {
        row = canvas.paragraph(chart, row, words, theme.quiet());
    }
    draw_chart(canvas, from_row(chart, row), selected);
}

fn draw_groups(canvas: &mut Canvas<'_>, area: Rect, groups: &[BarsPage]) {
    let gap = u16::from(area.height >= 14);
    let mut row = area.y;
    for (index, group) in groups.iter().enumerate() {
        if index > 0 {
            if row + gap + 2 > area.bottom() {
                return;
            }
            row += gap;
        }
        let style = canvas.theme.text();
        row = canvas.paragraph(area, row, group.heading, style);
        row = draw_bars(canvas, from_row(area, row), &group.rows);
    }
}

fn draw_sessions(canvas: &mut Canvas<'_>, area: Rect, list: &[SessionRow], selected: usize) {
    let first = first_row(selected, usize::from(area.height));
    let wide = area.width >= 60;
    let shown = list.iter().enumerate().skip(first);
    for (y, (index, session)) in (area.y..area.bottom()).zip(shown) {
        let style = canvas.mark(area.x, y, index == selected);
        let (when, room) = if wide {
            (&session.when, 22)
        } else {
            (&session.when_short, 14)
        };
        canvas.text(area.x + 2, y, when, room, style);
        let at = area.x + 2 + room;
        let facts = session.facts.join(" · ");
        let room = area.right().saturating_sub(at);
        canvas.text(at, y, &facts, room, canvas.theme.text());
        let area = top_rows(Rect { y, ..area }, 1);
        canvas.click_row(area, index, selected, Key::Enter);
    }
}

/// Draws a session opened to be corrected.
pub(super) fn detail(canvas: &mut Canvas<'_>, area: Rect, page: &DetailPage) {
    let theme = canvas.theme;
    let row = canvas.paragraph(area, area.y, &page.title, theme.strong());
    let gap = u16::from(area.height >= 14);
    let mut row = canvas.paragraph(area, row, &page.summary, theme.quiet()) + gap;
    let names = page.rows.iter().map(|line| width(&line.name)).max();
    let names = names.unwrap_or(0).min(area.width / 2);
    // Words before room: a row takes as many lines as it needs.
    let values = area.width.saturating_sub(names + 4);
    let lines = page.rows.iter();
    let lines = lines.map(|line| (wrap(&line.name, names), wrap(&line.value, values)));
    let shown: Vec<(Vec<String>, Vec<String>)> = lines.collect();
    let height = |(name, value): &(Vec<String>, Vec<String>)| name.len().max(value.len()).max(1);
    let room = usize::from(area.bottom().saturating_sub(row));
    let first = first_that_fits(shown.iter().map(height), page.selected, room);
    for (index, line) in shown.iter().enumerate().skip(first) {
        if row >= area.bottom() {
            break;
        }
        let style = canvas.mark(area.x, row, index == page.selected);
        let columns = [
            (area.x + 2, &line.0, style),
            (area.x + names + 4, &line.1, theme.text()),
        ];
        for (column, texts, style) in columns {
            let room = area.right().saturating_sub(column);
            for (row, text) in (row..area.bottom()).zip(texts) {
                canvas.text(column, row, text, room, style);
            }
        }
        row += rows(height(line));
    }
}
