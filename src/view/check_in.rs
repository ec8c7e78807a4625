//! Questions drawn: a row of figures, or a line to type on. Computes nothing.

use ratatui::layout::Rect;

use super::canvas::{Canvas, width};
use super::{Hit, big_text};
use crate::app::App;
use crate::app::check_in::{CheckIn, Question};
use crate::app::safety;
use crate::events::Key;
use crate::program::PainMoment;

pub(super) fn draw(canvas: &mut Canvas<'_>, area: Rect, app: &App, check_in: &CheckIn) {
    let theme = canvas.theme;
    let Some(program) = app.asking(check_in) else {
        return;
    };
    let heading = match check_in.moment {
        PainMoment::Before => "Before you begin",
        PainMoment::Each => "Between exercises",
        PainMoment::After => "To finish",
        PainMoment::NextMorning => "The morning after",
    };
    canvas.text(area.x, area.y, heading, area.width, theme.quiet());
    // Where both have no room, what is asked matters more than of which program.
    if width(heading) + 2 + width(&program.title) <= area.width {
        canvas.right(area, area.y, &program.title, theme.quiet());
    }
    let gap = u16::from(area.height >= 14);
    let mut row = canvas.paragraph(area, area.y + 1 + gap, &check_in.words(), theme.strong()) + gap;
    if check_in.question() == Some(Question::Note) {
        row = canvas.paragraph(area, row, &format!("{}▏", check_in.note), theme.accent());
        canvas.paragraph(
            area,
            row + 1,
            "Type it in your own words, or just press Enter.",
            theme.quiet(),
        );
        return;
    }
    row = draw_figures(
        canvas,
        Rect {
            y: row,
            height: area.bottom().saturating_sub(row),
            ..area
        },
        check_in.value,
    );
    let (low, high) = check_in.ends();
    canvas.text(area.x, row, low, area.width, theme.quiet());
    canvas.right(area, row, high, theme.quiet());
    row += 1 + gap;
    let Some(value) = check_in.value else {
        canvas.paragraph(
            area,
            row,
            "Choose a number with ← → or type it, then press Enter. Press Enter alone to skip.",
            theme.quiet(),
        );
        return;
    };
    let answer = safety::answer(value, check_in.band(program), program);
    row = canvas.paragraph(area, row, &answer.heading, theme.strong());
    if let Some(advice) = &answer.advice {
        row = canvas.paragraph(area, row, advice, theme.text());
    }
    if let Some(contact) = &answer.contact {
        canvas.paragraph(area, row, contact, theme.warning());
    }
}

/// The figures 0 to 10 in a row, as large as there is room for; gives the row below them.
fn draw_figures(canvas: &mut Canvas<'_>, area: Rect, marked: Option<u8>) -> u16 {
    let theme = canvas.theme;
    let cell = area.width / 11;
    // Ten is the widest: seven dots.
    let scale = [3_u16, 2, 1]
        .into_iter()
        .find(|scale| cell >= 7 * scale && area.height >= big_text::size("10", *scale).1 + 6);
    let (height, inner) = scale.map_or((1, 1), |scale| {
        let rows = big_text::size("10", scale).1;
        (rows + 2, rows)
    });
    for value in 0..=10_u8 {
        let text = value.to_string();
        let x = area.x + u16::from(value) * cell;
        let field = Rect {
            x,
            y: area.y,
            width: if scale.is_some() {
                cell
            } else {
                cell.saturating_sub(1).max(2)
            },
            height,
        };
        let style = if marked == Some(value) {
            theme.marked()
        } else {
            theme.text()
        };
        if marked == Some(value) {
            canvas.fill(field, style);
        }
        match scale {
            Some(scale) => {
                let (columns, _) = big_text::size(&text, scale);
                let at = Rect {
                    x: x + field.width.saturating_sub(columns) / 2,
                    y: area.y + 1,
                    width: columns,
                    height: inner,
                };
                big_text::draw(canvas.buffer, at, &text, scale, style);
            }
            None if marked == Some(value) && field.width < 3 => {
                canvas.text(x, area.y, &text, field.width, style);
            }
            None => canvas.centred(field, area.y, &text, style),
        }
        let key = char::from_digit(u32::from(value), 10).map_or(Key::End, Key::Char);
        canvas.hits.push(Hit { area: field, key });
    }
    area.y + height
}
