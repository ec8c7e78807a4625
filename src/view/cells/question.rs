//! A question drawn: a row of numbers, or a line to type on.

use ratatui::layout::Rect;

use super::canvas::Canvas;
use super::rect::from_row;
use super::{Hit, big_text};
use crate::app::page::{AnswerField, QuestionPage};
use crate::events::Key;
use crate::text::width;

pub(super) fn draw(canvas: &mut Canvas<'_>, area: Rect, page: &QuestionPage) {
    let theme = canvas.theme;
    canvas.text(area.x, area.y, page.heading, area.width, theme.quiet());
    // Where both have no room, what is asked matters more than of which program.
    if width(page.heading) + 2 + width(&page.program) <= area.width {
        canvas.right(area, area.y, &page.program, theme.quiet());
    }
    let gap = u16::from(area.height >= 14);
    let mut row = canvas.paragraph(area, area.y + 1 + gap, &page.question, theme.strong()) + gap;
    match &page.field {
        AnswerField::Text(typed) => {
            row = canvas.paragraph(area, row, &format!("{typed}▏"), theme.accent());
            canvas.paragraph(area, row + 1, page.hint, theme.quiet());
        }
        AnswerField::Scale {
            low,
            high,
            value,
            answer,
        } => {
            row = draw_scale(canvas, from_row(area, row), *value);
            canvas.text(area.x, row, low, area.width, theme.quiet());
            canvas.right(area, row, high, theme.quiet());
            row += 1 + gap;
            let Some(answer) = answer else {
                canvas.paragraph(area, row, page.hint, theme.quiet());
                return;
            };
            row = canvas.paragraph(area, row, &answer.heading, theme.strong());
            if let Some(advice) = &answer.advice {
                row = canvas.paragraph(area, row, advice, theme.text());
            }
            if let Some(contact) = &answer.contact {
                canvas.paragraph(area, row, contact, theme.warning());
            }
        }
    }
}

/// Draws the numbers 0 to 10 in a row, as large as there is room for; returns the row below them.
fn draw_scale(canvas: &mut Canvas<'_>, area: Rect, selected: Option<u8>) -> u16 {
    let cell = area.width / 11;
    // Ten is the widest: seven dots.
    let scale = [3_u16, 2, 1]
        .into_iter()
        .find(|scale| cell >= 7 * scale && area.height >= big_text::size("10", *scale).1 + 6);
    let height = scale.map_or(1, |scale| big_text::size("10", scale).1 + 2);
    for value in 0..=10_u8 {
        let width = if scale.is_some() {
            cell
        } else {
            cell.saturating_sub(1).max(2)
        };
        let field = Rect::new(area.x + u16::from(value) * cell, area.y, width, height);
        draw_number(canvas, field, value, selected == Some(value), scale);
        let key = char::from_digit(u32::from(value), 10).map_or(Key::End, Key::Char);
        canvas.hits.push(Hit { area: field, key });
    }
    area.y + height
}

fn draw_number(
    canvas: &mut Canvas<'_>,
    field: Rect,
    value: u8,
    selected: bool,
    scale: Option<u16>,
) {
    let text = value.to_string();
    let style = if selected {
        canvas.theme.marked()
    } else {
        canvas.theme.text()
    };
    if selected {
        canvas.fill(field, style);
    }
    match scale {
        Some(scale) => {
            let (columns, rows) = big_text::size(&text, scale);
            let x = field.x + field.width.saturating_sub(columns) / 2;
            let at = Rect::new(x, field.y + 1, columns, rows);
            big_text::draw(canvas.buffer, at, &text, scale, style);
        }
        None if selected && field.width < 3 => {
            canvas.text(field.x, field.y, &text, field.width, style);
        }
        None => canvas.centred(field, field.y, &text, style),
    }
}
