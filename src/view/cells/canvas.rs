//! Writing on a buffer: clipped text, wrapped text, bars. Knows nothing of what is written.

use std::cmp::Ordering;
use std::sync::Arc;
use std::time::Duration;

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::{Modifier, Style};

use super::Hit;
use super::figure_cache::FigureCache;
use crate::bitmap::Bitmap;
use crate::events::Key;
use crate::text::{clip, width, wrap};
use crate::view::theme::Theme;

/// A buffer with a theme, what is kept of figures, the clickable cells so far, where a figure was
/// drawn, and the picture that the terminal is to show itself.
pub(super) struct Canvas<'b> {
    pub(super) buffer: &'b mut Buffer,
    pub(super) theme: Theme,
    pub(super) figures: &'b mut FigureCache,
    pub(super) hits: Vec<Hit>,
    pub(super) figure: Option<Rect>,
    pub(super) picture: Option<(Rect, Arc<Bitmap>)>,
}

impl<'b> Canvas<'b> {
    pub(super) fn new(buffer: &'b mut Buffer, theme: Theme, figures: &'b mut FigureCache) -> Self {
        Self {
            buffer,
            theme,
            figures,
            hits: Vec::new(),
            figure: None,
            picture: None,
        }
    }

    /// Writes a line, clipped; gives the column behind it.
    pub(super) fn text(&mut self, x: u16, y: u16, text: &str, room: u16, style: Style) -> u16 {
        let area = self.buffer.area;
        if y < area.top() || y >= area.bottom() || x >= area.right() {
            return x;
        }
        let room = room.min(area.right() - x);
        let clipped = clip(text, room);
        let (end, _) = self
            .buffer
            .set_stringn(x, y, &clipped, usize::from(room), style);
        end
    }

    /// Writes a line that ends at the right edge of an area.
    pub(super) fn right(&mut self, area: Rect, y: u16, text: &str, style: Style) {
        let taken = width(text).min(area.width);
        self.text(area.right() - taken, y, text, taken, style);
    }

    /// Writes a line in the middle of an area.
    pub(super) fn centred(&mut self, area: Rect, y: u16, text: &str, style: Style) {
        let taken = width(text).min(area.width);
        self.text(area.x + (area.width - taken) / 2, y, text, taken, style);
    }

    /// Writes wrapped lines from a row on, as far as they have room; gives the row below them.
    pub(super) fn paragraph(&mut self, area: Rect, y: u16, text: &str, style: Style) -> u16 {
        let mut row = y;
        for line in wrap(text, area.width) {
            if row >= area.bottom() {
                break;
            }
            self.text(area.x, row, &line, area.width, style);
            row += 1;
        }
        row
    }

    /// Writes wrapped lines with something before the first and as much room before the others.
    pub(super) fn item(&mut self, area: Rect, y: u16, mark: &str, text: &str, style: Style) -> u16 {
        let indent = width(mark).min(area.width);
        if y < area.bottom() {
            self.text(area.x, y, mark, indent, style);
        }
        let inner = Rect {
            x: area.x + indent,
            width: area.width - indent,
            ..area
        };
        self.paragraph(inner, y, text, style)
    }

    /// Draws the mark of a row of a list; returns the style of its name.
    pub(super) fn mark(&mut self, x: u16, y: u16, selected: bool) -> Style {
        let style = if selected {
            self.theme.accent()
        } else {
            self.theme.text()
        };
        self.text(x, y, if selected { "▸" } else { " " }, 1, style);
        style
    }

    /// Lets a click on a row of a list stand for a key: one on the selected row for `chosen`, one
    /// on another row for a step towards it.
    pub(super) fn click_row(&mut self, area: Rect, index: usize, selected: usize, chosen: Key) {
        let key = match index.cmp(&selected) {
            Ordering::Less => Key::Up,
            Ordering::Equal => chosen,
            Ordering::Greater => Key::Down,
        };
        self.hits.push(Hit { area, key });
    }

    /// Fills an area with a ground.
    pub(super) fn fill(&mut self, area: Rect, style: Style) {
        let area = area.intersection(self.buffer.area);
        for row in area.top()..area.bottom() {
            for column in area.left()..area.right() {
                if let Some(cell) = self.buffer.cell_mut((column, row)) {
                    cell.set_symbol(" ").set_style(style);
                }
            }
        }
    }

    /// Turns an area inside out, for a moment; a figure stays as it is, or nobody could tell what
    /// it does.
    pub(super) fn flash(&mut self, area: Rect) {
        let figure = self.figure.unwrap_or_default();
        for position in area
            .positions()
            .filter(|position| !figure.contains(*position))
        {
            if let Some(cell) = self.buffer.cell_mut(position) {
                cell.set_style(Style::default().add_modifier(Modifier::REVERSED));
            }
        }
    }

    /// A bar that is full up to a share of 0 to 1.
    pub(super) fn bar(&mut self, area: Rect, y: u16, done: Duration, all: Duration) {
        let halves = u128::from(area.width) * 2;
        let full = if all.is_zero() {
            halves
        } else {
            (done.as_millis() * halves / all.as_millis().max(1)).min(halves)
        };
        let full = u16::try_from(full).unwrap_or(area.width * 2);
        let (accent, quiet) = (self.theme.accent(), self.theme.quiet());
        for column in 0..area.width {
            let (symbol, style) = match full.saturating_sub(column * 2) {
                0 => ("─", quiet),
                1 => ("╸", accent),
                _ => ("━", accent),
            };
            self.text(area.x + column, y, symbol, 1, style);
        }
    }
}
