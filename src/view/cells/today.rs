//! The first page drawn.

use ratatui::layout::Rect;
use ratatui::style::Style;

use super::canvas::Canvas;
use super::rect::{first_row, from_row, rows, top_rows};
use crate::app::page::{DayMark, NoteKind, TodayPage, TodayRow};
use crate::events::Key;
use crate::text::{width, wrap};
use crate::view::theme::Theme;

pub(super) fn draw(canvas: &mut Canvas<'_>, area: Rect, page: &TodayPage) {
    let theme = canvas.theme;
    draw_head(canvas, area, page);
    let notes = note_lines(page, theme);
    let roomy = area.height >= 14;
    let strip = page.days.filter(|_| area.height >= 12);
    let samples: Vec<String> = page
        .samples
        .iter()
        .flat_map(|line| wrap(line, area.width))
        .collect();
    let mut below = rows(notes.len()) + u16::from(!notes.is_empty());
    below += if strip.is_some() { 2 } else { 0 };
    if roomy {
        below += rows(samples.len()) + 1;
    }
    let top = area.y + if roomy { 2 } else { 1 };
    let room = area.bottom().saturating_sub(top + below).max(1);
    let list = Rect {
        y: top,
        height: room,
        ..area
    };
    let mut row = match &page.empty {
        Some(words) => canvas.paragraph(list, list.y, words, theme.text()),
        None => draw_list(canvas, list, page),
    };
    row += u16::from(roomy);
    if let Some(days) = strip.filter(|_| row + 1 < area.bottom()) {
        draw_strip(canvas, area, row, days, page.pain.as_ref());
        row += 2;
    }
    for (line, style) in notes {
        row = canvas.paragraph(area, row, &line, style);
    }
    if roomy {
        let top = area.bottom().saturating_sub(rows(samples.len()));
        for (line, text) in (top.max(row)..area.bottom()).zip(&samples) {
            canvas.text(area.x, line, text, area.width, theme.quiet());
        }
    }
}

fn draw_head(canvas: &mut Canvas<'_>, area: Rect, page: &TodayPage) {
    let theme = canvas.theme;
    let column = canvas.text(area.x, area.y, "Today", area.width, theme.strong());
    let date = if page.hands_free {
        format!("{} · hands-free", page.date)
    } else {
        page.date.clone()
    };
    let style = theme.quiet();
    canvas.text(column, area.y, &format!(" · {date}"), area.width, style);
    if let Some(words) = &page.week
        && area.width > width(words) + width(&date) + 12
    {
        canvas.right(area, area.y, words, theme.text());
    }
}

fn note_lines(page: &TodayPage, theme: Theme) -> Vec<(String, Style)> {
    let mut lines = Vec::new();
    for note in &page.notes {
        let style = match note.kind {
            NoteKind::Warning => theme.warning(),
            NoteKind::Offer => theme.accent(),
            NoteKind::Plain => theme.text(),
        };
        lines.push((format!("┃ {}", note.text), style));
        lines.extend(note.hint.map(|hint| (format!("┃ {hint}"), theme.text())));
    }
    lines
}

/// Draws the list, scrolled so that the selected row can be seen; returns the row below it.
fn draw_list(canvas: &mut Canvas<'_>, area: Rect, page: &TodayPage) -> u16 {
    // Where there is no room for the detail beside the title it stands below it.
    let wide = area.width >= 76;
    let height: u16 = if wide { 1 } else { 2 };
    let room = usize::from(area.height / height).max(1);
    let first = first_row(page.selected, room);
    let titles = page.rows.iter().map(|row| width(&row.title)).max();
    let title_room = titles.unwrap_or(0).min(area.width * 2 / 5).max(12);
    let mut y = area.y;
    for (index, row) in page.rows.iter().enumerate().skip(first).take(room) {
        let selected = index == page.selected;
        let whole = from_row(area, y);
        draw_row(canvas, whole, row, selected, wide.then_some(title_room));
        let area = top_rows(Rect { y, ..area }, height);
        canvas.click_row(area, index, page.selected, Key::Enter);
        y += height;
    }
    y
}

/// Draws a row on one line where its title has a column, else on two.
fn draw_row(
    canvas: &mut Canvas<'_>,
    area: Rect,
    row: &TodayRow,
    selected: bool,
    title_room: Option<u16>,
) {
    let theme = canvas.theme;
    let (x, y) = (area.x + 2, area.y);
    let style = canvas.mark(area.x, y, selected);
    let due_style = match (row.is_broken, row.is_due, row.is_done) {
        (true, ..) => theme.warning(),
        (_, true, _) => theme.strong(),
        (_, _, true) => theme.text(),
        _ => theme.quiet(),
    };
    let due = &row.due;
    if let Some(title_room) = title_room {
        canvas.text(x, y, &row.title, title_room, style);
        let at = x + title_room + 2;
        canvas.text(at, y, due, 12, due_style);
        let room = area.right().saturating_sub(at + 13);
        canvas.text(at + 13, y, &row.detail, room, theme.quiet());
    } else {
        let room = area.width.saturating_sub(width(due) + 4);
        canvas.text(x, y, &row.title, room, style);
        canvas.right(area, y, due, due_style);
        if area.height > 1 {
            canvas.text(x, y + 1, &row.detail, area.width - 2, theme.quiet());
        }
    }
}

fn draw_strip(
    canvas: &mut Canvas<'_>,
    area: Rect,
    y: u16,
    days: [(&'static str, DayMark); 7],
    pain: Option<&(String, String)>,
) {
    let theme = canvas.theme;
    let mut column = area.x;
    for (name, mark) in days {
        let style = match mark {
            DayMark::Done(_) => theme.accent(),
            DayMark::Begun => theme.text(),
            DayMark::Missed | DayMark::Blank => theme.quiet(),
        };
        let short = if area.width >= 60 {
            name
        } else {
            name.get(..2).unwrap_or(name)
        };
        column = canvas.text(column, y, short, 4, theme.quiet()) + 1;
        column = canvas.text(column, y, mark.symbol(), 1, style) + 1;
    }
    if let Some((bars, words)) = pain {
        let label = "Pain, last 14 days  ";
        let needed = width(label) + width(bars) + 2 + width(words);
        if column + needed < area.right() {
            let mut at = area.right() - needed;
            at = canvas.text(at, y, label, u16::MAX, theme.quiet());
            at = canvas.text(at, y, bars, u16::MAX, theme.accent());
            canvas.text(at + 2, y, words, u16::MAX, theme.text());
        }
    }
}
