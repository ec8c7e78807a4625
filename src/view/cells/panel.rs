//! The panel of a session: what to do, and a number that is read across a room.

use ratatui::layout::Rect;
use ratatui::style::{Modifier, Style};

use super::big_text;
use super::canvas::Canvas;
use super::rect::rows;
use crate::app::page::StepPage;
use crate::text::{width, wrap};

/// Draws the panel, in the color of the step's role.
pub(super) fn draw(canvas: &mut Canvas<'_>, area: Rect, step: &StepPage) {
    let style = if step.number.beat {
        canvas.theme.inverted(step.role)
    } else {
        canvas.theme.panel(step.role)
    };
    canvas.fill(area, style);
    let (title, number) = (&step.headline, &step.number.text);
    let below = wrap(&step.below, area.width.saturating_sub(2));
    let below_rows = rows(below.len()).min(2);
    if area.height < HIGH_PANEL
        && below.is_empty()
        && draw_abreast(canvas, area, title, number, style)
    {
        return;
    }
    let title_rows = draw_title(canvas, area, title, style);
    let room = Rect {
        y: area.y + title_rows,
        height: area.height.saturating_sub(title_rows + below_rows),
        ..area
    };
    draw_number(canvas, room, number, style);
    for (row, line) in (room.bottom()..area.bottom()).zip(&below) {
        canvas.centred(area, row, line, style);
    }
}

/// A panel of so many rows has room for large words above the numbers.
const HIGH_PANEL: u16 = 12;

/// The phase in large letters on one line, or with the side on a second one.
fn title_lines(title: &str) -> [Vec<String>; 4] {
    let upper = title.to_uppercase();
    // "Get ready left" has its short form where the long one has no room.
    let short = upper.trim_start_matches("GET ").to_owned();
    let split = |phase: &str, side: &str| vec![phase.to_owned(), side.to_owned()];
    let (two, first) = match short.rsplit_once(' ') {
        // "Switch side right" is still clear as "switch right".
        Some((phase, side)) => (
            split(phase, side),
            split(phase.split(' ').next().unwrap_or(phase), side),
        ),
        None => (vec![short.clone()], vec![short.clone()]),
    };
    [vec![upper], vec![short], two, first]
}

/// Draws the words beside the number, both large, in a panel that is low; returns false, and draws
/// nothing, where that has no room.
fn draw_abreast(
    canvas: &mut Canvas<'_>,
    area: Rect,
    title: &str,
    number: &str,
    style: Style,
) -> bool {
    let widest = if number.chars().count() <= 2 {
        "00"
    } else {
        number
    };
    let Some(scale) = big_text::fitting(widest, area.width / 2, area.height) else {
        return false;
    };
    let (digits, height) = big_text::size(widest, scale);
    let room = area.width.saturating_sub(digits + 4);
    let [_, short, two, first] = title_lines(title);
    let fits = |lines: &Vec<String>| {
        let widths = lines.iter().map(|line| big_text::size(line, 1).0);
        let height = rows(lines.len()) * big_text::size("A", 1).1;
        widths.max().unwrap_or(0) <= room && height <= area.height
    };
    let Some(lines) = [short, two, first].into_iter().find(fits) else {
        return false;
    };
    let line_rows = big_text::size("A", 1).1;
    let mut y = area.y + (area.height - rows(lines.len()) * line_rows) / 2;
    for line in lines {
        let (columns, rows) = big_text::size(&line, 1);
        let x = area.x + 1 + (room - columns) / 2;
        let at = Rect::new(x, y, columns, rows);
        big_text::draw(canvas.buffer, at, &line, 1, style);
        y += rows;
    }
    let (columns, _) = big_text::size(number, scale);
    let x = area.right() - 1 - digits + (digits.saturating_sub(columns)) / 2;
    let y = area.y + (area.height - height) / 2;
    let at = Rect::new(x, y, columns, height);
    big_text::draw(canvas.buffer, at, number, scale, style);
    true
}

/// The phase in words, as large as a fifth of the panel allows; gives the rows it took.
fn draw_title(canvas: &mut Canvas<'_>, area: Rect, title: &str, style: Style) -> u16 {
    let room = area.width.saturating_sub(4);
    for lines in title_lines(title)
        .into_iter()
        .filter(|_| area.height >= HIGH_PANEL)
    {
        let most = if lines.len() > 1 {
            area.height / 5
        } else {
            area.height / 4
        };
        let scales = lines
            .iter()
            .map(|line| big_text::fitting(line, room, most).map(|scale| scale.min(4)));
        let Some(scale) = scales
            .collect::<Option<Vec<_>>>()
            .and_then(|scales| scales.into_iter().min())
        else {
            continue;
        };
        let mut y = area.y + 1;
        for line in &lines {
            let (columns, rows) = big_text::size(line, scale);
            let at = Rect::new(area.x + (area.width - columns) / 2, y, columns, rows);
            big_text::draw(canvas.buffer, at, line, scale, style);
            y += rows + 1;
        }
        return y - area.y;
    }
    let [upper, short, ..] = title_lines(title);
    let spaced = |lines: &[String]| {
        let spaced: String = lines
            .iter()
            .flat_map(|line| line.chars())
            .flat_map(|letter| [letter, ' '])
            .collect();
        spaced.trim_end().to_owned()
    };
    let words = [spaced(&upper), spaced(&short)]
        .into_iter()
        .find(|words| width(words) <= area.width);
    let words = words.unwrap_or_else(|| short.concat());
    canvas.centred(area, area.y, &words, style.add_modifier(Modifier::BOLD));
    1
}

fn draw_number(canvas: &mut Canvas<'_>, area: Rect, number: &str, style: Style) {
    // The number is as large whatever it says, so that it does not jump from second to second.
    let widest = if number.contains(':') { "00:00" } else { "000" };
    let widest = if number.chars().count() < widest.chars().count() {
        widest
    } else {
        number
    };
    let widest = if area.width < 40 && number.chars().count() <= 2 {
        "00"
    } else {
        widest
    };
    match big_text::fitting(widest, area.width.saturating_sub(2), area.height) {
        Some(scale) => {
            let (columns, rows) = big_text::size(number, scale);
            let x = area.x + area.width.saturating_sub(columns) / 2;
            let y = area.y + area.height.saturating_sub(rows) / 2;
            big_text::draw(
                canvas.buffer,
                Rect {
                    x,
                    y,
                    width: columns,
                    height: rows,
                },
                number,
                scale,
                style,
            );
        }
        None => canvas.centred(area, area.y + area.height / 2, number, style),
    }
}
