//! What was done, drawn. Computes nothing.

use ratatui::layout::Rect;

use super::paint::{Paint, width};
use crate::app::App;
use crate::app::summary::{Line, heading, lines, saved_words, sets_words, symptom_words};

pub(super) fn draw(paint: &mut Paint<'_>, area: Rect, app: &App, scroll: u16) {
    let theme = paint.theme;
    let Some(session) = &app.session else { return };
    paint.text(area.x, area.y, heading(session), area.width, theme.strong());
    let mut row = paint.paragraph(
        area,
        area.y + 1,
        &format!("{} · {}", session.program.title, sets_words(session)),
        theme.text(),
    );
    if let Some(words) = symptom_words(session) {
        row = paint.paragraph(area, row, &words, theme.text());
    }
    if let Some(note) = &session.note {
        row = paint.paragraph(area, row, &format!("\"{}\"", note.text), theme.quiet());
    }
    row += u16::from(area.height >= 14);
    let saved = super::paint::wrap(&saved_words(app, session), area.width);
    let saved_height = u16::try_from(saved.len()).unwrap_or(1) + u16::from(area.height >= 14);
    let list = Rect { y: row, height: area.bottom().saturating_sub(row + saved_height), ..area };
    draw_lines(paint, list, &lines(session), scroll);
    let top = area.bottom().saturating_sub(u16::try_from(saved.len()).unwrap_or(1));
    for (row, line) in (top..area.bottom()).zip(&saved) {
        paint.text(area.x, row, line, area.width, theme.quiet());
    }
}

fn draw_lines(paint: &mut Paint<'_>, area: Rect, lines: &[Line], scroll: u16) {
    let theme = paint.theme;
    let name =
        |line: &Line| if line.side.is_empty() { line.name.clone() } else { format!("{}, {}", line.name, line.side) };
    let name_room = lines.iter().map(|line| width(&name(line))).max().unwrap_or(0).min(area.width * 2 / 5);
    let wide = area.width >= 70;
    let mut row = area.y;
    for line in lines.iter().skip(usize::from(scroll)) {
        if row >= area.bottom() {
            break;
        }
        let mark = if line.complete { "✓" } else { "·" };
        let style = if line.complete { theme.text() } else { theme.strong() };
        let done = match &line.reason {
            Some(reason) => format!("{} · {reason}", line.done),
            None => line.done.clone(),
        };
        paint.text(area.x, row, mark, 1, theme.accent());
        if wide {
            paint.text(area.x + 2, row, &name(line), name_room, style);
            let at = area.x + 2 + name_room + 2;
            let room = area.right().saturating_sub(at) * 3 / 5;
            let end = at + room;
            paint.text(at, row, &done, room, style);
            paint.text(end + 1, row, &line.prescribed, area.right().saturating_sub(end + 1), theme.quiet());
            row += 1;
        } else {
            paint.text(area.x + 2, row, &name(line), area.width - 2, style);
            if row + 1 < area.bottom() {
                paint.text(area.x + 4, row + 1, &done, area.width - 4, theme.quiet());
            }
            row += 2;
        }
    }
}
