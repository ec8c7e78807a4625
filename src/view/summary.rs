//! What was done, drawn. Computes nothing.

use ratatui::layout::Rect;

use super::canvas::{Canvas, width, wrap};
use crate::app::App;
use crate::app::summary::{
    SummaryRow, heading, lines, saved_words, sets_words, sign_words, symptom_words,
};

pub(super) fn draw(canvas: &mut Canvas<'_>, area: Rect, app: &App, scroll: u16) {
    let theme = canvas.theme;
    let Some(session) = &app.session else { return };
    let mut row = canvas.paragraph(area, area.y, heading(session), theme.strong());
    if let Some(words) = sign_words(app, session) {
        row = canvas.paragraph(area, row, &words, theme.warning());
    }
    let mut row = canvas.paragraph(
        area,
        row,
        &format!("{} · {}", session.program.title, sets_words(session)),
        theme.text(),
    );
    if let Some(words) = symptom_words(session) {
        row = canvas.paragraph(area, row, &words, theme.text());
    }
    if let Some(note) = &session.note {
        row = canvas.paragraph(area, row, &format!("\"{}\"", note.text), theme.quiet());
    }
    row += u16::from(area.height >= 14);
    let saved = wrap(&saved_words(app, session), area.width);
    let saved_height = u16::try_from(saved.len()).unwrap_or(1) + u16::from(area.height >= 14);
    let list = Rect {
        y: row,
        height: area.bottom().saturating_sub(row + saved_height),
        ..area
    };
    draw_lines(canvas, list, &lines(session), scroll);
    let top = area
        .bottom()
        .saturating_sub(u16::try_from(saved.len()).unwrap_or(1));
    for (row, line) in (top..area.bottom()).zip(&saved) {
        canvas.text(area.x, row, line, area.width, theme.quiet());
    }
}

fn draw_lines(canvas: &mut Canvas<'_>, area: Rect, lines: &[SummaryRow], scroll: u16) {
    let theme = canvas.theme;
    let name = |line: &SummaryRow| {
        if line.side.is_empty() {
            line.name.clone()
        } else {
            format!("{}, {}", line.name, line.side)
        }
    };
    let name_room = lines
        .iter()
        .map(|line| width(&name(line)))
        .max()
        .unwrap_or(0)
        .min(area.width * 2 / 5);
    // Words before room: what was prescribed is never cut off.
    let done = |line: &SummaryRow| match &line.reason {
        Some(reason) => format!("{} · {reason}", line.done),
        None => line.done.clone(),
    };
    let wide = area.width >= 70;
    let prescribed_room = lines
        .iter()
        .map(|line| width(&line.prescribed))
        .max()
        .unwrap_or(0);
    let spare = area.width.saturating_sub(name_room + prescribed_room + 6);
    let done_room = lines
        .iter()
        .map(|line| width(&done(line)))
        .max()
        .unwrap_or(0)
        .min(spare.max(area.width * 3 / 10));
    let prescribed_at = area.x + name_room + done_room + 6;
    let mut row = area.y;
    for line in lines.iter().skip(usize::from(scroll)) {
        let mark = if line.complete { "✓" } else { "·" };
        let style = if line.complete {
            theme.text()
        } else {
            theme.strong()
        };
        let columns = if wide {
            vec![
                (area.x + 2, name_room, name(line), style),
                (area.x + name_room + 4, done_room, done(line), style),
                (
                    prescribed_at,
                    area.right().saturating_sub(prescribed_at),
                    line.prescribed.clone(),
                    theme.quiet(),
                ),
            ]
        } else {
            vec![(area.x + 2, area.width - 2, name(line), style)]
        };
        let wrapped: Vec<_> = columns
            .into_iter()
            .map(|(at, room, text, style)| (at, room, wrap(&text, room), style))
            .collect();
        let below = format!("{} · prescribed: {}", done(line), line.prescribed);
        let below = if wide {
            Vec::new()
        } else {
            wrap(&below, area.width.saturating_sub(4))
        };
        let height = wrapped
            .iter()
            .map(|(_, _, lines, _)| lines.len())
            .max()
            .unwrap_or(1)
            + below.len();
        if row + u16::try_from(height).unwrap_or(u16::MAX) > area.bottom() && row > area.y {
            break;
        }
        if row < area.bottom() {
            canvas.text(area.x, row, mark, 1, theme.accent());
        }
        let above = wrapped.first().map_or(1, |(_, _, lines, _)| lines.len());
        for (at, room, lines, style) in &wrapped {
            for (row, line) in (row..area.bottom()).zip(lines) {
                canvas.text(*at, row, line, *room, *style);
            }
        }
        let under = row.saturating_add(u16::try_from(above).unwrap_or(u16::MAX));
        for (row, line) in (under..area.bottom()).zip(&below) {
            canvas.text(
                area.x + 4,
                row,
                line,
                area.width.saturating_sub(4),
                theme.quiet(),
            );
        }
        row = row.saturating_add(u16::try_from(height).unwrap_or(u16::MAX));
    }
}
