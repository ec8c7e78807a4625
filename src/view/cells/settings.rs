//! The settings drawn.

use ratatui::layout::Rect;

use super::canvas::Canvas;
use super::rect::{first_row, rows, top_rows};
use crate::app::page::SettingsPage;
use crate::events::Key;
use crate::text::{width, wrap};

pub(super) fn draw(canvas: &mut Canvas<'_>, area: Rect, page: &SettingsPage) {
    let theme = canvas.theme;
    canvas.text(area.x, area.y, "Settings", area.width, theme.strong());
    if area.width > width(&page.place) + 14 {
        canvas.right(area, area.y, &page.place, theme.quiet());
    }
    let gap = u16::from(area.height >= 16);
    let selected = page.rows.get(page.selected);
    let meaning = selected.map(|row| wrap(&row.meaning, area.width));
    let meaning = meaning.unwrap_or_default();
    let top = area.y + 1 + gap;
    let below = rows(meaning.len());
    let room = area.bottom().saturating_sub(top + below + gap).max(1);
    let names = page.rows.iter().map(|row| width(&row.name)).max();
    let names = names.unwrap_or(0);
    let first = first_row(page.selected, usize::from(room));
    let shown = page.rows.iter().enumerate().skip(first);
    let mut y = top;
    for (index, row) in shown.take(usize::from(room)) {
        let here = index == page.selected;
        let name_style = canvas.mark(area.x, y, here);
        let value_style = if here { theme.strong() } else { theme.text() };
        canvas.text(area.x + 2, y, &row.name, names, name_style);
        let at = area.x + 2 + names + 2;
        let value = if here {
            format!("◂ {} ▸", row.value)
        } else {
            format!("  {}", row.value)
        };
        let room = area.right().saturating_sub(at);
        canvas.text(at, y, &value, room, value_style);
        let area = top_rows(Rect { y, ..area }, 1);
        canvas.click_row(area, index, page.selected, Key::Right);
        y += 1;
    }
    for line in &meaning {
        canvas.text(area.x, y + gap, line, area.width, theme.quiet());
        y += 1;
    }
}
