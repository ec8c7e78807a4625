//! Parts of a rectangle, named for where they are, and the part of a list that is shown.

use ratatui::layout::Rect;

/// Returns the rows of an area from row `y` on.
pub(super) fn from_row(area: Rect, y: u16) -> Rect {
    Rect {
        y,
        height: area.bottom().saturating_sub(y),
        ..area
    }
}

/// Returns the area with `height` rows, at its top.
pub(super) fn top_rows(area: Rect, height: u16) -> Rect {
    Rect { height, ..area }
}

/// Returns the area with `width` columns, at its left.
pub(super) fn left_columns(area: Rect, width: u16) -> Rect {
    Rect { width, ..area }
}

/// Returns the columns of an area from column `x` on.
pub(super) fn from_column(area: Rect, x: u16) -> Rect {
    Rect {
        x,
        width: area.right().saturating_sub(x),
        ..area
    }
}

/// Returns the number of lines as rows.
pub(super) fn rows(lines: usize) -> u16 {
    u16::try_from(lines).unwrap_or(u16::MAX)
}

/// Returns the first row of a list to show so that the selected one can be seen.
pub(super) fn first_row(selected: usize, room: usize) -> usize {
    (selected + 1).saturating_sub(room.max(1))
}

/// Returns the first entry of a list to show so that the selected one is seen whole; the entries
/// have these heights.
pub(super) fn first_that_fits(
    heights: impl Iterator<Item = usize>,
    selected: usize,
    room: usize,
) -> usize {
    let heights: Vec<usize> = heights.take(selected + 1).collect();
    let mut left = room;
    let fitting = heights.iter().rev().take_while(|height| {
        let fits = **height <= left;
        left = left.saturating_sub(**height);
        fits
    });
    first_row(selected, fitting.count())
}
