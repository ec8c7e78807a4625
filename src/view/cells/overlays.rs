//! What covers a screen, drawn: help, stop signs, reports, menus.

use ratatui::layout::Rect;
use ratatui::style::Style;

use super::Hit;
use super::canvas::Canvas;
use super::rect::{first_that_fits, from_row, rows};
use crate::app::page::{MenuPage, MenuScope, Purpose, Section};
use crate::events::Key;
use crate::text::{width, wrap};

/// A line of a page: its mark, its text, its style.
type Line = (String, String, Style);

/// Draws the keys of a screen.
pub(super) fn help(
    canvas: &mut Canvas<'_>,
    area: Rect,
    keys: &[(&'static str, &'static str)],
    scroll: u16,
) {
    let theme = canvas.theme;
    let labels = keys.iter().map(|(label, _)| width(label)).max();
    let room = usize::from(labels.unwrap_or(0) + 2);
    let line = |(label, does): &(&str, &str)| {
        (format!("{label:<room$}"), (*does).to_owned(), theme.text())
    };
    let lines = keys.iter().map(line).collect();
    page(canvas, area, "Keys", theme.strong(), lines, scroll);
}

/// Draws when to stop and whom to call.
pub(super) fn stop_signs(
    canvas: &mut Canvas<'_>,
    area: Rect,
    title: &str,
    sections: &[Section],
    scroll: u16,
) {
    let theme = canvas.theme;
    let mut lines: Vec<Line> = Vec::new();
    for section in sections {
        if !section.heading.is_empty() {
            lines.push((String::new(), section.heading.clone(), theme.warning()));
        }
        let (mark, style) = match section.purpose {
            Purpose::Contact => ("", theme.strong()),
            Purpose::Stop | Purpose::Precaution => ("· ", theme.text()),
        };
        let texts = section.texts.iter();
        lines.extend(texts.map(|text| (mark.to_owned(), text.clone(), style)));
    }
    page(canvas, area, title, theme.warning(), lines, scroll);
}

/// Draws what is wrong with a file that was saved.
pub(super) fn report(
    canvas: &mut Canvas<'_>,
    area: Rect,
    title: &str,
    report: &[String],
    scroll: u16,
) {
    let theme = canvas.theme;
    canvas.fill(area, theme.text());
    canvas.text(area.x, area.y, title, area.width, theme.warning());
    let skipped = usize::from(scroll).min(report.len().saturating_sub(1));
    // A long help goes on below; the line of the file and its carets must stay as they are.
    let lines = report.iter().skip(skipped).flat_map(|line| {
        if line.contains("= help") {
            wrap(line, area.width)
        } else {
            vec![line.clone()]
        }
    });
    for (row, line) in (area.y + 1..area.bottom()).zip(lines) {
        canvas.text(area.x, row, &line, area.width, theme.text());
    }
}

/// Draws wrapped lines with marks, scrolled where they have no room, and says so.
fn page(
    canvas: &mut Canvas<'_>,
    area: Rect,
    heading: &str,
    style: Style,
    lines: Vec<Line>,
    scroll: u16,
) {
    let mut shown: Vec<Line> = Vec::new();
    for (mark, text, style) in lines {
        let indent = width(&mark);
        let room = area.width.saturating_sub(indent);
        for (index, line) in wrap(&text, room).into_iter().enumerate() {
            let mark = if index == 0 {
                mark.clone()
            } else {
                " ".repeat(usize::from(indent))
            };
            shown.push((mark, line, style));
        }
    }
    let gap = u16::from(area.height >= 16);
    let room = usize::from(area.height.saturating_sub(1 + gap));
    let scroll = usize::from(scroll).min(shown.len().saturating_sub(room));
    let more = shown.len() > scroll + room;
    canvas.text(area.x, area.y, heading, area.width, style);
    if more || scroll > 0 {
        let words = if more { "↓ more" } else { "↑ more" };
        canvas.right(area, area.y, words, canvas.theme.quiet());
    }
    let strong = canvas.theme.strong();
    let shown = shown.into_iter().skip(scroll);
    for (y, (mark, line, style)) in (area.y + 1 + gap..area.bottom()).zip(shown) {
        let column = canvas.text(area.x, y, &mark, area.width, strong);
        let room = area.right().saturating_sub(column);
        canvas.text(column, y, &line, room, style);
    }
}

/// How the room of a menu is shared out between its text and its items.
struct MenuLayout {
    gap: u16,
    text: Vec<String>,
    text_room: u16,
    items: Vec<Vec<String>>,
    /// Rows from an item's last line to the next item.
    spread: u16,
}

impl MenuLayout {
    /// Gives the items all the room they need where that leaves a third to the text.
    fn new(area: Rect, menu: &MenuPage) -> Self {
        let gap = u16::from(area.height >= 13);
        let room = area.width.saturating_sub(5);
        let items: Vec<Vec<String>> = menu.items.iter().map(|item| wrap(item, room)).collect();
        let title = rows(wrap(&menu.title, area.width).len());
        let mut text: Vec<String> = Vec::new();
        for part in &menu.text {
            if gap > 0 {
                text.push(String::new());
            }
            text.extend(wrap(part, area.width));
        }
        let scope = if menu.scope.is_some() { 1 + gap } else { 0 };
        let below = area.height.saturating_sub(gap + title + gap + scope);
        let all = rows(items.iter().map(Vec::len).sum());
        let spread = 1 + u16::from(area.height >= 20 && items.len() < 8);
        let wanted = all + (spread - 1) * rows(items.len());
        let least = all.min(below.saturating_sub(below / 3));
        let room = wanted.min(below.saturating_sub(rows(text.len())).max(least));
        Self {
            gap,
            text,
            text_room: below.saturating_sub(room),
            items,
            spread: if room < wanted { 1 } else { spread },
        }
    }

    /// Returns the first item to show so that the selected one is seen whole where it has room.
    fn first(&self, selected: usize, room: u16) -> usize {
        let between = usize::from(self.spread) - 1;
        let heights = self.items.iter().map(|item| item.len() + between);
        first_that_fits(heights, selected, room.into())
    }
}

/// Draws a question with items to choose from. The items can always be seen; the text above them is
/// scrolled where it has no room.
pub(super) fn menu(canvas: &mut Canvas<'_>, area: Rect, menu: &MenuPage) {
    let theme = canvas.theme;
    let layout = MenuLayout::new(area, menu);
    let top = area.y + layout.gap;
    let mut row = canvas.paragraph(area, top, &menu.title, theme.strong());
    let most = rows(layout.text.len()).saturating_sub(layout.text_room);
    let scroll = menu.scroll.min(most);
    let text = layout.text.iter().skip(usize::from(scroll));
    for line in text.take(usize::from(layout.text_room)) {
        canvas.text(area.x, row, line, area.width, theme.text());
        row += 1;
    }
    row += layout.gap;
    if let Some(scope) = menu.scope {
        draw_scope(canvas, area, row, scope);
        row += 1 + layout.gap;
    }
    let hidden = draw_items(canvas, from_row(area, row), menu, &layout);
    // What has no room is announced, with where it is.
    let words = match hidden {
        _ if most > 0 && scroll < most => "↓ PgDn: more",
        _ if most > 0 => "↑ PgUp: more",
        (true, true) => "↑ ↓ more",
        (true, false) => "↑ more",
        (false, true) => "↓ more",
        (false, false) => return,
    };
    canvas.right(area, area.y, words, theme.warning());
}

fn draw_scope(canvas: &mut Canvas<'_>, area: Rect, y: u16, scope: MenuScope) {
    let theme = canvas.theme;
    let (set, exercise) = match scope {
        MenuScope::Set => (theme.marked(), theme.quiet()),
        MenuScope::Exercise => (theme.quiet(), theme.marked()),
    };
    let mut column = canvas.text(area.x, y, " this set ", 12, set) + 2;
    canvas.hits.push(Hit {
        area: Rect::new(area.x, y, 10, 1),
        key: Key::Left,
    });
    let start = column;
    column = canvas.text(column, y, " the rest of the exercise ", 30, exercise);
    canvas.hits.push(Hit {
        area: Rect::new(start, y, column - start, 1),
        key: Key::Right,
    });
    canvas.text(column + 2, y, "← →", 5, theme.quiet());
}

/// Draws the items; returns whether any before and any after them are hidden.
fn draw_items(
    canvas: &mut Canvas<'_>,
    area: Rect,
    menu: &MenuPage,
    layout: &MenuLayout,
) -> (bool, bool) {
    let theme = canvas.theme;
    let selected = menu.selected.unwrap_or(0);
    let first = layout.first(selected, area.height);
    let (mut row, mut last) = (area.y, first);
    for (index, item) in layout.items.iter().enumerate().skip(first) {
        let cut = row + rows(item.len()) > area.bottom();
        if row >= area.bottom() || index > selected && cut {
            break;
        }
        let style = if Some(index) == menu.selected {
            theme.marked()
        } else {
            theme.text()
        };
        let top = row;
        for (part, text) in item.iter().enumerate() {
            if row < area.bottom() {
                let mark = if part == 0 {
                    format!(" {}  ", index + 1)
                } else {
                    "    ".to_owned()
                };
                let text = format!("{mark}{text} ");
                canvas.text(area.x, row, &text, area.width, style);
                row += 1;
            }
        }
        let key = click_key(menu, index);
        let area = Rect::new(area.x, top, area.width, row - top);
        canvas.hits.push(Hit { area, key });
        row += layout.spread - 1;
        last = index;
    }
    (first > 0, last + 1 < layout.items.len())
}

/// Returns the key that a click on an item stands for.
fn click_key(menu: &MenuPage, index: usize) -> Key {
    let number = u32::try_from(index + 1).unwrap_or(u32::MAX);
    let digit = char::from_digit(number, 10).filter(|_| menu.items.len() <= 9);
    match (digit, menu.selected) {
        (Some(digit), _) => Key::Char(digit),
        // In a long list a digit may be the first of two: a click moves one step towards the item,
        // then takes it.
        (_, Some(selected)) if selected == index => Key::Enter,
        (_, Some(selected)) if selected > index => Key::Up,
        _ => Key::Down,
    }
}
