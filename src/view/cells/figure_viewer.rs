//! A figure alone, drawn with what is wrong with it.

use ratatui::layout::Rect;

use super::canvas::Canvas;
use super::illustration::{self, Illustration};
use super::rect::{rows, top_rows};
use crate::app::page::FigureViewerPage;
use crate::text::wrap;

pub(super) fn draw(canvas: &mut Canvas<'_>, area: Rect, page: &FigureViewerPage) {
    let theme = canvas.theme;
    canvas.text(area.x, area.y, &page.name, area.width, theme.strong());
    if let Some(place) = &page.place {
        canvas.right(area, area.y, place, theme.quiet());
    }
    if let Some(pose) = &page.pose {
        canvas.text(area.x, area.y + 1, pose, area.width, theme.quiet());
    }
    // A report keeps its columns: they point at what is wrong.
    let (lines, style) = if page.is_report {
        (page.remarks.clone(), theme.text())
    } else {
        let wrapped = page.remarks.iter().flat_map(|it| wrap(it, area.width));
        (wrapped.collect(), theme.warning())
    };
    let below = rows(lines.len()).min(area.height / 2);
    let room = Rect {
        y: area.y + 2,
        height: area.height.saturating_sub(2 + below),
        ..area
    };
    draw_figure(canvas, room, page);
    for (row, line) in (room.bottom()..area.bottom()).zip(&lines) {
        canvas.text(area.x, row, line, area.width, style);
    }
}

fn draw_figure(canvas: &mut Canvas<'_>, room: Rect, page: &FigureViewerPage) {
    let theme = canvas.theme;
    let Some(figure) = &page.figure else { return };
    let caption = illustration::caption(&Illustration::Figure(figure.clone()), theme, room.width);
    let above = top_rows(room, room.height.saturating_sub(rows(caption.len())));
    let Some(drawn) = illustration::draw_alone(canvas, figure, above, page.panel) else {
        let words = "This window is too small for a figure.";
        canvas.text(room.x, room.y, words, room.width, theme.warning());
        return;
    };
    for (row, (line, style)) in (drawn.bottom()..).zip(&caption) {
        canvas.centred(room, row, line, *style);
    }
}
