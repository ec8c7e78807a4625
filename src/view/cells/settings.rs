//! The settings drawn.

use std::cmp::Ordering;

use ratatui::layout::Rect;

use super::Hit;
use super::canvas::Canvas;
use super::rect::{rows, top_rows};
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
    let first = (page.selected + 1).saturating_sub(usize::from(room));
    let shown = page.rows.iter().enumerate().skip(first);
    let mut y = top;
    for (index, row) in shown.take(usize::from(room)) {
        let here = index == page.selected;
        let (name_style, value_style) = if here {
            (theme.accent(), theme.strong())
        } else {
            (theme.text(), theme.text())
        };
        canvas.text(area.x, y, if here { "▸" } else { " " }, 1, name_style);
        canvas.text(area.x + 2, y, &row.name, names, name_style);
        let at = area.x + 2 + names + 2;
        let value = if here {
            format!("◂ {} ▸", row.value)
        } else {
            format!("  {}", row.value)
        };
        let room = area.right().saturating_sub(at);
        canvas.text(at, y, &value, room, value_style);
        let key = match index.cmp(&page.selected) {
            Ordering::Less => Key::Up,
            Ordering::Equal => Key::Right,
            Ordering::Greater => Key::Down,
        };
        let area = top_rows(Rect { y, ..area }, 1);
        canvas.hits.push(Hit { area, key });
        y += 1;
    }
    for line in &meaning {
        canvas.text(area.x, y + gap, line, area.width, theme.quiet());
        y += 1;
    }
}
