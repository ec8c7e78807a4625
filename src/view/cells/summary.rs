//! What was done in a session, drawn.

use ratatui::layout::Rect;

use super::canvas::Canvas;
use super::rect::{from_row, rows};
use crate::app::page::{SummaryPage, SummaryRow};
use crate::text::{width, wrap};

pub(super) fn draw(canvas: &mut Canvas<'_>, area: Rect, page: &SummaryPage) {
    let theme = canvas.theme;
    let mut row = canvas.paragraph(area, area.y, page.heading, theme.strong());
    let parts = [
        (page.sign.as_ref(), theme.warning()),
        (Some(&page.total), theme.text()),
        (page.ratings.as_ref(), theme.text()),
        (page.note.as_ref(), theme.quiet()),
    ];
    for (words, style) in parts {
        if let Some(words) = words {
            row = canvas.paragraph(area, row, words, style);
        }
    }
    let gap = u16::from(area.height >= 14);
    row += gap;
    let saved = wrap(&page.saved, area.width);
    let saved_height = rows(saved.len());
    let list = Rect {
        y: row,
        height: area.bottom().saturating_sub(row + saved_height + gap),
        ..area
    };
    draw_rows(canvas, list, &page.rows, page.scroll);
    let top = area.bottom().saturating_sub(saved_height);
    for (row, line) in (top..area.bottom()).zip(&saved) {
        canvas.text(area.x, row, line, area.width, theme.quiet());
    }
}

/// The columns of the list where there is room for three: names, what was done, and from where on
/// what was prescribed stands.
struct Columns {
    names: u16,
    done: u16,
    prescribed_at: u16,
}

impl Columns {
    /// Shares the width out so that what was prescribed is never cut off; `None` where the rows
    /// need two lines each.
    fn new(area: Rect, lines: &[SummaryRow]) -> Option<Self> {
        let widest = |text: fn(&SummaryRow) -> &String| {
            let widths = lines.iter().map(|line| width(text(line)));
            widths.max().unwrap_or(0)
        };
        let names = widest(|line| &line.name).min(area.width * 2 / 5);
        let prescribed = widest(|line| &line.prescribed);
        let spare = area.width.saturating_sub(names + prescribed + 6);
        let done = widest(|line| &line.done).min(spare.max(area.width * 3 / 10));
        (area.width >= 70).then_some(Self {
            names,
            done,
            prescribed_at: area.x + names + done + 6,
        })
    }
}

fn draw_rows(canvas: &mut Canvas<'_>, area: Rect, lines: &[SummaryRow], scroll: u16) {
    let columns = Columns::new(area, lines);
    let mut row = area.y;
    for line in lines.iter().skip(usize::from(scroll)) {
        let next = match &columns {
            Some(columns) => draw_wide(canvas, from_row(area, row), line, columns, row > area.y),
            None => draw_narrow(canvas, from_row(area, row), line, row > area.y),
        };
        let Some(next) = next else { break };
        row = next;
    }
}

/// Draws the mark of a row; returns the style of its name.
fn draw_mark(canvas: &mut Canvas<'_>, area: Rect, line: &SummaryRow) -> ratatui::style::Style {
    let theme = canvas.theme;
    if area.height > 0 {
        let mark = if line.complete { "✓" } else { "·" };
        canvas.text(area.x, area.y, mark, 1, theme.accent());
    }
    if line.complete {
        theme.text()
    } else {
        theme.strong()
    }
}

/// Draws a row in three columns; returns the row below, or `None` where it has no room and
/// `others` were drawn.
fn draw_wide(
    canvas: &mut Canvas<'_>,
    area: Rect,
    line: &SummaryRow,
    columns: &Columns,
    others: bool,
) -> Option<u16> {
    let at = columns.prescribed_at;
    let room = area.right().saturating_sub(at);
    let parts = [
        (area.x + 2, columns.names, &line.name),
        (area.x + columns.names + 4, columns.done, &line.done),
        (at, room, &line.prescribed),
    ];
    let wrapped = parts.map(|(at, room, text)| (at, room, wrap(text, room)));
    let height = wrapped.iter().map(|(_, _, lines)| lines.len()).max();
    let height = rows(height.unwrap_or(1));
    if height > area.height && others {
        return None;
    }
    let name = draw_mark(canvas, area, line);
    let styles = [name, name, canvas.theme.quiet()];
    for ((at, room, lines), style) in wrapped.iter().zip(styles) {
        for (row, line) in (area.y..area.bottom()).zip(lines) {
            canvas.text(*at, row, line, *room, style);
        }
    }
    Some(area.y.saturating_add(height))
}

/// Draws a row with what was done below its name; returns the row below, or `None` where it has no
/// room and `others` were drawn.
fn draw_narrow(
    canvas: &mut Canvas<'_>,
    area: Rect,
    line: &SummaryRow,
    others: bool,
) -> Option<u16> {
    let names = wrap(&line.name, area.width - 2);
    let below = format!("{} · prescribed: {}", line.done, line.prescribed);
    let below = wrap(&below, area.width.saturating_sub(4));
    let height = rows(names.len() + below.len());
    if height > area.height && others {
        return None;
    }
    let style = draw_mark(canvas, area, line);
    for (row, line) in (area.y..area.bottom()).zip(&names) {
        canvas.text(area.x + 2, row, line, area.width - 2, style);
    }
    let under = area.y.saturating_add(rows(names.len()));
    let (room, quiet) = (area.width.saturating_sub(4), canvas.theme.quiet());
    for (row, line) in (under..area.bottom()).zip(&below) {
        canvas.text(area.x + 4, row, line, room, quiet);
    }
    Some(area.y.saturating_add(height))
}
