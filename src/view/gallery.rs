//! Figures alone drawn, with what is wrong with them. Computes nothing.

use ratatui::layout::Rect;

use super::easel::{self, Sight};
use super::paint::{Paint, wrap};
use crate::app::App;
use crate::app::gallery::Gallery;
use crate::events::Moment;
use crate::figure::Side;

pub(super) fn draw(paint: &mut Paint<'_>, area: Rect, app: &App, gallery: &Gallery, now: &Moment) {
    let theme = paint.theme;
    let name = gallery
        .exhibit()
        .map_or("No figure", |exhibit| &exhibit.name);
    paint.text(area.x, area.y, name, area.width, theme.strong());
    if gallery.exhibits.len() > 1 {
        let place = format!("{} of {}", gallery.marked + 1, gallery.exhibits.len());
        paint.right(area, area.y, &place, theme.quiet());
    }
    let mut remarks = gallery.report.clone();
    if let Some(exhibit) = gallery.exhibit() {
        let side = if gallery.side == Side::Left {
            "left side"
        } else {
            "right side"
        };
        let poses = exhibit.poses();
        let pose = match gallery.pose.and_then(|pose| poses.get(pose)) {
            Some(pose) => format!("{side} · pose `{pose}`"),
            None => side.to_owned(),
        };
        paint.text(area.x, area.y + 1, &pose, area.width, theme.quiet());
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
    let sight = shown.clone().map(Sight::Figure);
    let caption = sight
        .as_ref()
        .map(|sight| easel::caption(sight, theme, area.width))
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
        match easel::draw_alone(paint, &shown, above, gallery.panel) {
            Some(drawn) => {
                for (row, (line, style)) in (drawn.bottom()..).zip(&caption) {
                    paint.centred(room, row, line, *style);
                }
            }
            None => {
                paint.text(
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
        paint.text(area.x, row, line, area.width, style);
    }
}
