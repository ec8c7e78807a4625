//! Encodes samples as terminal cells: two colors in each cell, in halves, quadrants, sextants, or
//! octants, or dots if there is no color.

mod bitmap;
mod encoding;
mod palette;

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::symbols::braille::BRAILLE;
use ratatui::symbols::pixel::{OCTANTS, QUADRANTS, SEXTANTS};

pub use self::bitmap::draw_bitmap;
pub(crate) use self::bitmap::smooth;
use super::raster::SampleGrid;

/// How a cell is divided into parts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Marker {
    /// Two halves, one above the other, for the Linux console.
    Half,
    /// Four quarters, which every font has.
    #[default]
    Quadrant,
    /// Six parts, from Unicode 13.
    Sextant,
    /// Eight parts, from Unicode 16. Only for terminals that are known to draw them.
    Octant,
    /// Eight dots, for terminals without color.
    Dots,
}

/// How many colors the terminal can show.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Colours {
    /// True color, where colors are blended.
    #[default]
    True,
    /// The fixed palette of 256 colors.
    TwoFiftySix,
    /// The terminal's own 16 colors.
    Sixteen,
    /// No color.
    None,
}

/// Draws pictures into cells.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct CellEncoder {
    /// How a cell is divided.
    pub marker: Marker,
    /// How many colors there are.
    pub colours: Colours,
}

impl CellEncoder {
    /// Draws a picture into the upper left of an area.
    pub fn draw(self, picture: &SampleGrid, area: Rect, buffer: &mut Buffer) {
        for (row, y) in (area.y..area.bottom()).enumerate().take(picture.height) {
            for (column, x) in (area.x..area.right()).enumerate().take(picture.width) {
                let cell = self.encode(picture, column, row);
                if let Some(place) = buffer.cell_mut((x, y)) {
                    place
                        .set_char(self.symbol(cell.mask))
                        .set_fg(cell.ink)
                        .set_bg(cell.ground);
                }
            }
        }
    }

    /// Returns the number of parts of a cell, across and down.
    fn grid(self) -> (usize, usize) {
        match self.marker {
            Marker::Half => (1, 2),
            Marker::Quadrant => (2, 2),
            Marker::Sextant => (2, 3),
            Marker::Octant | Marker::Dots => (2, 4),
        }
    }

    /// Returns the character that shows the parts of a mask.
    fn symbol(self, mask: usize) -> char {
        if mask == 0 {
            return ' ';
        }
        let symbol = match self.marker {
            Marker::Half => [' ', '▀', '▄', '█'].get(mask),
            Marker::Quadrant => QUADRANTS.get(mask),
            Marker::Sextant => SEXTANTS.get(mask),
            Marker::Octant => OCTANTS.get(mask),
            Marker::Dots => BRAILLE.get(mask),
        };
        symbol.copied().unwrap_or(' ')
    }
}
