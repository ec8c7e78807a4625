//! Figures and capital letters large enough to be read across a room, drawn from half blocks that
//! every font has. Knows nothing of what they say.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::Style;

/// How many rows of dots a glyph has.
const ROWS: usize = 5;

/// A glyph: its width in dots, and its rows, the leftmost dot in the highest of those bits.
type Glyph = (u16, [u8; ROWS]);

fn glyph(character: char) -> Glyph {
    match character.to_ascii_uppercase() {
        '0' => (3, [0b111, 0b101, 0b101, 0b101, 0b111]),
        '1' => (3, [0b010, 0b110, 0b010, 0b010, 0b111]),
        '2' => (3, [0b111, 0b001, 0b111, 0b100, 0b111]),
        '3' => (3, [0b111, 0b001, 0b111, 0b001, 0b111]),
        '4' => (3, [0b101, 0b101, 0b111, 0b001, 0b001]),
        '5' => (3, [0b111, 0b100, 0b111, 0b001, 0b111]),
        '6' => (3, [0b111, 0b100, 0b111, 0b101, 0b111]),
        '7' => (3, [0b111, 0b001, 0b001, 0b001, 0b001]),
        '8' => (3, [0b111, 0b101, 0b111, 0b101, 0b111]),
        '9' => (3, [0b111, 0b101, 0b111, 0b001, 0b111]),
        ':' => (1, [0, 1, 0, 1, 0]),
        '?' => (3, [0b111, 0b001, 0b011, 0b000, 0b010]),
        'A' => (3, [0b010, 0b101, 0b111, 0b101, 0b101]),
        'B' => (3, [0b110, 0b101, 0b110, 0b101, 0b110]),
        'C' => (3, [0b011, 0b100, 0b100, 0b100, 0b011]),
        'D' => (3, [0b110, 0b101, 0b101, 0b101, 0b110]),
        'E' => (3, [0b111, 0b100, 0b110, 0b100, 0b111]),
        'F' => (3, [0b111, 0b100, 0b110, 0b100, 0b100]),
        'G' => (3, [0b011, 0b100, 0b101, 0b101, 0b011]),
        'H' => (3, [0b101, 0b101, 0b111, 0b101, 0b101]),
        'I' => (3, [0b111, 0b010, 0b010, 0b010, 0b111]),
        'J' => (3, [0b001, 0b001, 0b001, 0b101, 0b010]),
        'K' => (3, [0b101, 0b101, 0b110, 0b101, 0b101]),
        'L' => (3, [0b100, 0b100, 0b100, 0b100, 0b111]),
        'M' => (5, [0b10001, 0b11011, 0b10101, 0b10001, 0b10001]),
        'N' => (4, [0b1001, 0b1101, 0b1011, 0b1001, 0b1001]),
        'O' => (3, [0b010, 0b101, 0b101, 0b101, 0b010]),
        'P' => (3, [0b110, 0b101, 0b110, 0b100, 0b100]),
        'Q' => (3, [0b010, 0b101, 0b101, 0b110, 0b011]),
        'R' => (3, [0b110, 0b101, 0b110, 0b101, 0b101]),
        'S' => (3, [0b011, 0b100, 0b010, 0b001, 0b110]),
        'T' => (3, [0b111, 0b010, 0b010, 0b010, 0b010]),
        'U' => (3, [0b101, 0b101, 0b101, 0b101, 0b111]),
        'V' => (3, [0b101, 0b101, 0b101, 0b101, 0b010]),
        'W' => (5, [0b10001, 0b10001, 0b10101, 0b11011, 0b10001]),
        'X' => (3, [0b101, 0b101, 0b010, 0b101, 0b101]),
        'Y' => (3, [0b101, 0b101, 0b010, 0b010, 0b010]),
        'Z' => (3, [0b111, 0b001, 0b010, 0b100, 0b111]),
        _ => (2, [0; ROWS]),
    }
}

/// The width of a text in dots, one dot between glyphs.
fn dots(text: &str) -> u16 {
    text.chars()
        .map(|character| glyph(character).0 + 1)
        .sum::<u16>()
        .saturating_sub(1)
}

/// The columns and rows that a text takes; a dot is `scale` columns wide and half as many rows
/// high.
pub(super) fn size(text: &str, scale: u16) -> (u16, u16) {
    (dots(text) * scale, (5 * scale).div_ceil(2))
}

/// The largest scale at which a text has room, if it has any.
pub(super) fn fitting(text: &str, width: u16, height: u16) -> Option<u16> {
    (1..=12).rev().find(|scale| {
        let (columns, rows) = size(text, *scale);
        columns <= width && rows <= height
    })
}

/// Draws a text with its upper left corner at that of an area.
pub(super) fn draw(buffer: &mut Buffer, area: Rect, text: &str, scale: u16, style: Style) {
    let scale = scale.max(1);
    let (columns, rows) = size(text, scale);
    // A dot's columns of the whole text, one bit a row of dots.
    let mut lines: Vec<[bool; ROWS]> = Vec::new();
    for character in text.chars() {
        let (width, bits) = glyph(character);
        if !lines.is_empty() {
            lines.push([false; ROWS]);
        }
        for column in (0..width).rev() {
            lines.push(bits.map(|row| row >> column & 1 == 1));
        }
    }
    let lit = |column: u16, half_row: u16| {
        lines
            .get(usize::from(column / scale))
            .and_then(|line| line.get(usize::from(half_row / scale)))
            .copied()
            .unwrap_or(false)
    };
    for row in 0..rows.min(area.height) {
        for column in 0..columns.min(area.width) {
            let symbol = match (lit(column, row * 2), lit(column, row * 2 + 1)) {
                (true, true) => "█",
                (true, false) => "▀",
                (false, true) => "▄",
                (false, false) => continue,
            };
            if let Some(cell) = buffer.cell_mut((area.x + column, area.y + row)) {
                cell.set_symbol(symbol).set_style(style);
            }
        }
    }
}
