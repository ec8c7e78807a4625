//! What lies over a screen drawn: help, stop signs, choices. Computes nothing.

use ratatui::layout::Rect;
use ratatui::style::Style;

use super::Hit;
use super::canvas::{Canvas, width, wrap};
use crate::app::keymap::{self, Context};
use crate::app::safety::{self, Purpose};
use crate::app::{App, Menu};
use crate::events::Key;

/// All keys of a place.
pub(super) fn help(canvas: &mut Canvas<'_>, area: Rect, context: Context, scroll: u16) {
    let theme = canvas.theme;
    let bindings = || {
        keymap::BINDINGS
            .iter()
            .filter(move |binding| binding.contexts.contains(&context) && !binding.long.is_empty())
    };
    let label_room = bindings()
        .map(|binding| width(binding.label))
        .max()
        .unwrap_or(0)
        + 2;
    let room = usize::from(label_room);
    let lines = bindings()
        .map(|binding| {
            (
                format!("{:<room$}", binding.label),
                binding.long.to_owned(),
                theme.text(),
            )
        })
        .collect();
    page(canvas, area, "Keys", theme.strong(), lines, scroll);
}

/// When to stop and whom to call.
pub(super) fn stop_signs(canvas: &mut Canvas<'_>, area: Rect, app: &App, scroll: u16) {
    let theme = canvas.theme;
    let sections = safety::stop_signs(app);
    let mut lines: Vec<(String, String, Style)> = Vec::new();
    for section in sections {
        if !section.heading.is_empty() {
            lines.push((String::new(), section.heading, theme.warning()));
        }
        let (mark, style) = match section.purpose {
            Purpose::Contact => ("", theme.strong()),
            Purpose::Stop | Purpose::Mind => ("· ", theme.text()),
        };
        lines.extend(
            section
                .texts
                .into_iter()
                .map(|text| (mark.to_owned(), text, style)),
        );
    }
    // Where only numbers of pain are named, the page itself says what they are for.
    let title = if lines.iter().any(|(_, text, _)| text == safety::STOP) {
        "Stop signs"
    } else {
        safety::STOP
    };
    page(canvas, area, title, theme.warning(), lines, scroll);
}

/// What is wrong with a file that was saved.
pub(super) fn report(canvas: &mut Canvas<'_>, area: Rect, report: &[String], scroll: u16) {
    let theme = canvas.theme;
    canvas.fill(area, theme.text());
    canvas.text(
        area.x,
        area.y,
        "The file has mistakes; this is the last good one.",
        area.width,
        theme.warning(),
    );
    let rows = area.y + 1..area.bottom();
    let shown = report
        .iter()
        .skip(usize::from(scroll).min(report.len().saturating_sub(1)));
    // A long line goes on below; the line of the file and its carets must stand as they are.
    let invalid = shown.flat_map(|line| {
        if line.contains("= help") {
            wrap(line, area.width)
        } else {
            vec![line.clone()]
        }
    });
    for (row, line) in rows.zip(invalid) {
        canvas.text(area.x, row, &line, area.width, theme.text());
    }
}

/// A page of marked and wrapped lines that is scrolled where it has no room, and says so.
fn page(
    canvas: &mut Canvas<'_>,
    area: Rect,
    heading: &str,
    style: Style,
    lines: Vec<(String, String, Style)>,
    scroll: u16,
) {
    let mut rows: Vec<(String, String, Style)> = Vec::new();
    for (mark, text, style) in lines {
        let indent = width(&mark);
        for (index, line) in wrap(&text, area.width.saturating_sub(indent))
            .into_iter()
            .enumerate()
        {
            let mark = if index == 0 {
                mark.clone()
            } else {
                " ".repeat(usize::from(indent))
            };
            rows.push((mark, line, style));
        }
    }
    let gap = u16::from(area.height >= 16);
    let room = usize::from(area.height.saturating_sub(1 + gap));
    let scroll = usize::from(scroll).min(rows.len().saturating_sub(room));
    let more = rows.len() > scroll + room;
    canvas.text(area.x, area.y, heading, area.width, style);
    if more || scroll > 0 {
        let words = if more { "↓ more" } else { "↑ more" };
        canvas.right(area, area.y, words, canvas.theme.quiet());
    }
    let strong = canvas.theme.strong();
    for (y, (mark, line, style)) in
        (area.y + 1 + gap..area.bottom()).zip(rows.into_iter().skip(scroll))
    {
        let column = canvas.text(area.x, y, &mark, area.width, strong);
        canvas.text(column, y, &line, area.right().saturating_sub(column), style);
    }
}

/// A question with lines to choose from. The lines are always there to be seen; the text above them
/// is scrolled where it has no room.
pub(super) fn menu(canvas: &mut Canvas<'_>, area: Rect, menu: &Menu) {
    let theme = canvas.theme;
    let gap = u16::from(area.height >= 13);
    let height = |lines: usize| u16::try_from(lines).unwrap_or(u16::MAX);
    let lines: Vec<Vec<String>> = menu
        .lines
        .iter()
        .map(|line| wrap(line, area.width.saturating_sub(5)))
        .collect();
    let title = height(wrap(&menu.title, area.width).len());
    let mut text: Vec<String> = Vec::new();
    for part in &menu.text {
        if gap > 0 {
            text.push(String::new());
        }
        text.extend(wrap(part, area.width));
    }
    let scope = if menu.wide.is_some() { 1 + gap } else { 0 };
    let below = area.height.saturating_sub(gap + title + gap + scope);
    // As many of the lines as are chosen from together: all, where they leave half of the room to
    // the text.
    let all = height(lines.iter().map(Vec::len).sum());
    let spread = 1 + u16::from(area.height >= 20 && menu.lines.len() < 8);
    let wanted = all + (spread - 1) * height(menu.lines.len());
    let room = wanted.min(
        below
            .saturating_sub(height(text.len()))
            .max(all.min(below.saturating_sub(below / 3))),
    );
    let spread = if room < wanted { 1 } else { spread };
    let text_room = below.saturating_sub(room);
    let mut row = canvas.paragraph(area, area.y + gap, &menu.title, theme.strong());
    let most = height(text.len()).saturating_sub(text_room);
    let scroll = menu.scroll.min(most);
    for line in text
        .iter()
        .skip(usize::from(scroll))
        .take(usize::from(text_room))
    {
        canvas.text(area.x, row, line, area.width, theme.text());
        row += 1;
    }
    if most > 0 {
        let words = if scroll < most {
            "↓ PgDn: more"
        } else {
            "↑ PgUp: more"
        };
        canvas.right(area, area.y, words, theme.warning());
    }
    row += gap;
    if let Some(wide) = menu.wide {
        let (set, exercise) = if wide {
            (theme.quiet(), theme.marked())
        } else {
            (theme.marked(), theme.quiet())
        };
        let mut column = canvas.text(area.x, row, " this set ", 12, set) + 2;
        canvas.hits.push(Hit {
            area: Rect {
                x: area.x,
                y: row,
                width: 10,
                height: 1,
            },
            key: Key::Left,
        });
        let start = column;
        column = canvas.text(column, row, " the rest of the exercise ", 30, exercise);
        canvas.hits.push(Hit {
            area: Rect {
                x: start,
                y: row,
                width: column - start,
                height: 1,
            },
            key: Key::Right,
        });
        canvas.text(column + 2, row, "← →", 5, theme.quiet());
        row += 1 + gap;
    }
    // The marked line can always be seen, whole where it has room.
    let marked = menu.marked.unwrap_or(0);
    let mut left = usize::from(area.bottom().saturating_sub(row));
    let fitting = lines.iter().take(marked + 1).rev().take_while(|line| {
        let needed = line.len() + usize::from(spread) - 1;
        let fits = needed <= left;
        left = left.saturating_sub(needed);
        fits
    });
    let first = (marked + 1).saturating_sub(fitting.count().max(1));
    let mut last = first;
    for (index, line) in lines.iter().enumerate().skip(first) {
        if row >= area.bottom() || index > marked && row + height(line.len()) > area.bottom() {
            break;
        }
        let style = if Some(index) == menu.marked {
            theme.marked()
        } else {
            theme.text()
        };
        let top = row;
        for (part, text) in line
            .iter()
            .enumerate()
            .take(usize::from(area.bottom() - row))
        {
            let mark = if part == 0 {
                format!(" {}  ", index + 1)
            } else {
                "    ".to_owned()
            };
            canvas.text(area.x, row, &format!("{mark}{text} "), area.width, style);
            row += 1;
        }
        let digit = u32::try_from(index + 1)
            .ok()
            .and_then(|number| char::from_digit(number, 10));
        let key = match (digit, menu.marked) {
            (Some(digit), _) if menu.lines.len() <= 9 => Key::Char(digit),
            // Of a long list a digit may be the first of two: a click moves one step towards the
            // line, then takes it.
            (_, Some(marked)) if marked == index => Key::Enter,
            (_, Some(marked)) if marked > index => Key::Up,
            _ => Key::Down,
        };
        canvas.hits.push(Hit {
            area: Rect {
                y: top,
                height: row - top,
                ..area
            },
            key,
        });
        row += spread - 1;
        last = index;
    }
    // What has no room is told, and where it lies.
    let words = match (first > 0, last + 1 < lines.len()) {
        (true, true) => "↑ ↓ more",
        (true, false) => "↑ more",
        (false, true) => "↓ more",
        (false, false) => return,
    };
    if most == 0 {
        canvas.right(area, area.y, words, theme.warning());
    }
}
