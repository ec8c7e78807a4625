//! Bitmaps into cells, and pictures into bitmaps.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::Color;

use super::super::raster::SampleGrid;
use super::palette::{STAGE, blended, nearest, solid, usual};
use super::{CellEncoder, Colours};
use crate::bitmap::Bitmap;

/// Draws a photograph in half cells. Every font has them, and they show two exact colors.
pub fn draw_bitmap(bitmap: &Bitmap, colours: Colours, area: Rect, buffer: &mut Buffer) {
    let points = bitmap.scaled(area.width.into(), usize::from(area.height) * 2);
    for (row, y) in (area.y..area.bottom()).enumerate() {
        for (column, x) in (area.x..area.right()).enumerate() {
            let (Some(upper), Some(lower)) =
                (points.at(column, 2 * row), points.at(column, 2 * row + 1))
            else {
                continue;
            };
            let Some(cell) = buffer.cell_mut((x, y)) else {
                continue;
            };
            let shown = |colour: [u8; 3]| match colours {
                Colours::True => Color::Rgb(colour[0], colour[1], colour[2]),
                _ => nearest(colour, colours),
            };
            if colours == Colours::None {
                let bright = |colour: [u8; 3]| colour.map(u32::from).iter().sum::<u32>() > 3 * 110;
                cell.set_symbol(match (bright(upper), bright(lower)) {
                    (true, true) => "█",
                    (true, false) => "▀",
                    (false, true) => "▄",
                    (false, false) => " ",
                });
            } else {
                cell.set_symbol("▀")
                    .set_fg(shown(upper))
                    .set_bg(shown(lower));
            }
        }
    }
}

/// Returns a picture in true color. Each point averages two by two samples.
pub(crate) fn smooth(picture: &SampleGrid) -> Bitmap {
    let mut bitmap = Bitmap::new(picture.across() / 2, picture.down() / 2, STAGE);
    for y in 0..bitmap.height {
        for x in 0..bitmap.width {
            let near = [(0, 0), (1, 0), (0, 1), (1, 1)];
            let sum = near.into_iter().fold([0.0_f32; 3], |sum, (along, down)| {
                let [red, green, blue] = blended(picture.at(2 * x + along, 2 * y + down));
                let [sum_red, sum_green, sum_blue] = sum;
                [sum_red + red, sum_green + green, sum_blue + blue]
            });
            if let Color::Rgb(red, green, blue) = solid(sum.map(|part| part / 4.0)) {
                bitmap.set(x, y, [red, green, blue]);
            }
        }
    }
    bitmap
}

impl CellEncoder {
    /// Returns what a terminal would show, with cells `wide` points wide and twice as high.
    pub(crate) fn bitmap(self, picture: &SampleGrid, wide: usize) -> Bitmap {
        let (across, down) = self.grid();
        let mut bitmap = Bitmap::new(picture.width * wide, picture.height * wide * 2, STAGE);
        for row in 0..picture.height {
            for column in 0..picture.width {
                let cell = self.encode(picture, column, row);
                let ink = if cell.ink == Color::Reset {
                    [0xe0; 3]
                } else {
                    usual(cell.ink)
                };
                let ground = usual(cell.ground);
                for y in 0..wide * 2 {
                    for x in 0..wide {
                        let bit = (y * down / (wide * 2)) * across + x * across / wide;
                        let colour = if cell.mask >> bit & 1 == 1 {
                            ink
                        } else {
                            ground
                        };
                        bitmap.set(column * wide + x, row * wide * 2 + y, colour);
                    }
                }
            }
        }
        bitmap
    }
}
