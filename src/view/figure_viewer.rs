//! Figures alone drawn, with what is wrong with them. Computes nothing.

use ratatui::layout::Rect;

use super::canvas::{Canvas, wrap};
use super::illustration::{self, Illustration};
use crate::app::App;
use crate::app::figure_viewer::FigureViewer;
use crate::events::Moment;
use crate::figure::FigureSide;

pub(super) fn draw(
    canvas: &mut Canvas<'_>,
    area: Rect,
    app: &App,
    gallery: &FigureViewer,
    now: &Moment,
) {
    let theme = canvas.theme;
    let name = gallery
        .exhibit()
        .map_or("No figure", |exhibit| &exhibit.name);
    canvas.text(area.x, area.y, name, area.width, theme.strong());
    if gallery.exhibits.len() > 1 {
        let place = format!("{} of {}", gallery.marked + 1, gallery.exhibits.len());
        canvas.right(area, area.y, &place, theme.quiet());
    }
    let mut remarks = gallery.report.clone();
    if let Some(exhibit) = gallery.exhibit() {
        let side = if gallery.side == FigureSide::Left {
            "left side"
        } else {
            "right side"
        };
        let poses = exhibit.poses();
        let pose = match gallery.pose.and_then(|pose| poses.get(pose)) {
            Some(pose) => format!("{side} · pose `{pose}`"),
            None => side.to_owned(),
        };
        canvas.text(area.x, area.y + 1, &pose, area.width, theme.quiet());
        if gallery.report.is_empty() {
            remarks.extend(exhibit.motion.faults().iter().map(|fault| {
                format!(
                    "Near pose `{}`: {}.",
                    fault.pose(&exhibit.motion),
                    fault.words()
                )
            }));
        }
    }
    // A report keeps its columns: they point at what is wrong.
    let lines: Vec<String> = if gallery.report.is_empty() {
        remarks
            .iter()
            .flat_map(|remark| wrap(remark, area.width))
            .collect()
    } else {
        remarks
    };
    let shown = app.figure(now);
    let illustration = shown.clone().map(Illustration::Figure);
    let caption = illustration
        .as_ref()
        .map(|illustration| illustration::caption(illustration, theme, area.width))
        .unwrap_or_default();
    let high = |lines: usize| u16::try_from(lines).unwrap_or(u16::MAX);
    let rows = high(lines.len()).min(area.height / 2);
    let room = Rect {
        y: area.y + 2,
        height: area.height.saturating_sub(2 + rows),
        ..area
    };
    let above = Rect {
        height: room.height.saturating_sub(high(caption.len())),
        ..room
    };
    if let Some(shown) = shown {
        match illustration::draw_alone(canvas, &shown, above, gallery.panel) {
            Some(drawn) => {
                for (row, (line, style)) in (drawn.bottom()..).zip(&caption) {
                    canvas.centred(room, row, line, *style);
                }
            }
            None => {
                canvas.text(
                    room.x,
                    room.y,
                    "This window is too small for a figure.",
                    room.width,
                    theme.warning(),
                );
            }
        }
    }
    for (row, line) in (room.bottom()..area.bottom()).zip(&lines) {
        let style = if gallery.report.is_empty() {
            theme.warning()
        } else {
            theme.text()
        };
        canvas.text(area.x, row, line, area.width, style);
    }
}
