//! The settings drawn. Computes nothing.

use ratatui::layout::Rect;

use super::Hit;
use super::canvas::{Canvas, width, wrap};
use crate::app::App;
use crate::events::Key;

pub(super) fn draw(canvas: &mut Canvas<'_>, area: Rect, app: &App, marked: usize) {
    let theme = canvas.theme;
    let lines = app.settings_lines();
    canvas.text(area.x, area.y, "Settings", area.width, theme.strong());
    let place = &app.paths.settings;
    if area.width > width(place) + 14 {
        canvas.right(area, area.y, place, theme.quiet());
    }
    let gap = u16::from(area.height >= 16);
    let meaning = lines
        .get(marked)
        .map(|line| wrap(&line.meaning, area.width))
        .unwrap_or_default();
    let below = u16::try_from(meaning.len()).unwrap_or(0);
    let top = area.y + 1 + gap;
    let room = area.bottom().saturating_sub(top + below + gap).max(1);
    let names = lines
        .iter()
        .map(|line| width(&line.name))
        .max()
        .unwrap_or(0);
    let first = (marked + 1).saturating_sub(usize::from(room));
    let mut row = top;
    for (index, line) in lines.iter().enumerate().skip(first).take(usize::from(room)) {
        let here = index == marked;
        let style = if here { theme.accent() } else { theme.text() };
        canvas.text(area.x, row, if here { "▸" } else { " " }, 1, style);
        canvas.text(area.x + 2, row, &line.name, names, style);
        let at = area.x + 2 + names + 2;
        let value = if here {
            format!("◂ {} ▸", line.value)
        } else {
            format!("  {}", line.value)
        };
        canvas.text(
            at,
            row,
            &value,
            area.right().saturating_sub(at),
            if here { theme.strong() } else { theme.text() },
        );
        let key = match index.cmp(&marked) {
            std::cmp::Ordering::Less => Key::Up,
            std::cmp::Ordering::Equal => Key::Right,
            std::cmp::Ordering::Greater => Key::Down,
        };
        canvas.hits.push(Hit {
            area: Rect {
                y: row,
                height: 1,
                ..area
            },
            key,
        });
        row += 1;
    }
    for line in &meaning {
        canvas.text(area.x, row + gap, line, area.width, theme.quiet());
        row += 1;
    }
}
