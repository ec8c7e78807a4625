//! What shows an exercise: how much room it takes, and drawing it with its caption.

use std::sync::Arc;

use ratatui::layout::Rect;
use ratatui::style::Style;

use super::canvas::Canvas;
use super::figure_cache::{encoder, parts};
use crate::app::page::{FigureFrame, IllustrationSource, Scene};
use crate::bitmap::Bitmap;
use crate::text::{width, wrap};
use crate::view::theme::{Depth, Theme};

/// How many samples a person's height must have in a panel, and in each of two beside each other;
/// in smaller ones nobody can tell what it does. A cell has four samples across and eight down.
const SMALLEST: f32 = 74.0;
const SMALLEST_OF_TWO: f32 = 60.0;
/// A larger panel would show no more, and cost more.
const WIDEST: u16 = 72;
const HIGHEST: u16 = 24;
/// A picture takes at least so many columns and rows.
const LEAST_PICTURE: (u16, u16) = (16, 6);

/// What shows an exercise.
#[derive(Debug, Clone)]
pub(super) enum Illustration {
    /// A figure.
    Figure(FigureFrame),
    /// A picture that the therapist gave.
    Picture(Arc<Bitmap>),
}

#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "clamped to the size of a terminal"
)]
fn cells(length: f32) -> u16 {
    length.ceil().clamp(1.0, 1000.0) as u16
}

/// The panel of a figure of this shape in a room; none where it would be too small.
fn panel((wide, high): (f32, f32), ends: bool, room: Rect) -> Option<Rect> {
    let shapes: &[(f32, f32)] = if ends {
        &[(2.0, 1.0), (1.0, 2.0)]
    } else {
        &[(1.0, 1.0)]
    };
    let smallest = if ends { SMALLEST_OF_TWO } else { SMALLEST };
    // The picture has a margin of two samples on each side.
    let across = |columns: f32| (columns * 4.0 - 4.0) / wide;
    let down = |rows: f32| (rows * 8.0 - 4.0) / high;
    let scaled = shapes.iter().map(|(beside, below)| {
        let scale =
            across(f32::from(room.width) / beside).min(down(f32::from(room.height) / below));
        (scale, (*beside, *below))
    });
    let (scale, (beside, below)) = scaled.max_by(|one, other| one.0.total_cmp(&other.0))?;
    let width = room.width.min(cells(beside * (scale * wide + 4.0) / 4.0));
    let height = room.height.min(cells(below * (scale * high + 4.0) / 8.0));
    (scale >= smallest).then_some(Rect {
        width,
        height,
        ..room
    })
}

/// Returns the muscles that are lit, as many as have room, at least one.
fn lit(names: &[String], room: u16) -> String {
    let shown = |count: usize| names.get(..count).unwrap_or_default().join(", ");
    let fits = |count: &usize| width(&shown(*count)) <= room;
    shown((1..=names.len()).rev().find(fits).unwrap_or(1))
}

/// Returns what shows an exercise: the therapist's picture where it can be read, or else the
/// figure.
pub(super) fn of(canvas: &mut Canvas<'_>, source: &IllustrationSource) -> Option<Illustration> {
    let picture = source.picture.as_ref().and_then(|named| {
        let pictures = canvas.figures.pictures.as_mut()?;
        pictures.picture(&named.program, &named.name)
    });
    // A picture of a few points shows nothing; there the figure stays.
    let large = |bitmap: &Arc<Bitmap>| {
        bitmap.width >= LEAST_PICTURE.0.into() && bitmap.height >= usize::from(LEAST_PICTURE.1) * 2
    };
    let figure = || source.figure.clone().map(Illustration::Figure);
    picture
        .filter(large)
        .map(Illustration::Picture)
        .or_else(figure)
}

/// How much room a figure or a picture would take of this one; none where there is too little.
pub(super) fn fitted(illustration: &Illustration, room: Rect) -> Option<Rect> {
    match illustration {
        Illustration::Figure(shown) => {
            let most = Rect {
                width: room.width.min(WIDEST),
                height: room.height.min(HIGHEST),
                ..room
            };
            panel(shown.motion.shape, shown.scene == Scene::Ends, most)
        }
        Illustration::Picture(bitmap) => {
            let size = |points: usize| u16::try_from(points).unwrap_or(u16::MAX);
            let width = room.width.min(WIDEST).min(size(bitmap.width));
            let height = room
                .height
                .min(HIGHEST)
                .min(size(bitmap.height.div_ceil(2)));
            // Two points a cell, one above the other.
            let by_width = usize::from(width) * bitmap.height / (2 * bitmap.width.max(1));
            let by_height = usize::from(height) * 2 * bitmap.width / bitmap.height.max(1);
            let (width, height) = if by_width <= usize::from(height) {
                (width, size(by_width))
            } else {
                (size(by_height), height)
            };
            let large = width >= LEAST_PICTURE.0 && height >= LEAST_PICTURE.1;
            large.then_some(Rect {
                width,
                height,
                ..room
            })
        }
    }
}

/// Draws what shows an exercise in the middle of a room, at its top; gives where it is, if there
/// was room.
pub(super) fn draw(
    canvas: &mut Canvas<'_>,
    illustration: &Illustration,
    room: Rect,
) -> Option<Rect> {
    let fitted = fitted(illustration, room)?;
    let area = Rect {
        x: room.x + (room.width - fitted.width) / 2,
        ..fitted
    };
    match illustration {
        Illustration::Figure(shown) => draw_figure(canvas, shown, area),
        Illustration::Picture(bitmap) if canvas.theme.pictures => {
            canvas.fill(area, Style::default());
            canvas.picture = Some((area, bitmap.clone()));
        }
        Illustration::Picture(bitmap) => {
            canvas
                .figures
                .draw_picture(bitmap, area, encoder(canvas.theme), canvas.buffer);
        }
    }
    Some(area)
}

/// Draws a figure alone, as large as it is wanted, or as there is room; gives where it is, if there
/// was room.
pub(super) fn draw_alone(
    canvas: &mut Canvas<'_>,
    shown: &FigureFrame,
    room: Rect,
    wanted: Option<(u16, u16)>,
) -> Option<Rect> {
    let wanted = match wanted {
        Some((width, height)) if width <= room.width && height <= room.height => Rect {
            width,
            height,
            ..room
        },
        Some(_) => return None,
        None => panel(shown.motion.shape, shown.scene == Scene::Ends, room)?,
    };
    let area = Rect {
        x: room.x + (room.width - wanted.width) / 2,
        ..wanted
    };
    draw_figure(canvas, shown, area);
    Some(area)
}

fn draw_figure(canvas: &mut Canvas<'_>, shown: &FigureFrame, area: Rect) {
    let theme = canvas.theme;
    canvas
        .figures
        .draw(shown, area, encoder(theme), canvas.buffer);
    canvas.figure = Some(area);
    if shown.scene == Scene::Ends {
        for (part, word) in parts(area, shown).iter().zip(["start", "end"]) {
            canvas.text(part.x, part.y, word, part.width, theme.quiet());
        }
    }
}

/// What stands below a figure: what is lit, or what is wrong.
pub(super) fn caption(
    illustration: &Illustration,
    theme: Theme,
    room: u16,
) -> Vec<(String, Style)> {
    let Illustration::Figure(shown) = illustration else {
        return Vec::new();
    };
    if let (Scene::Wrong, Some((_, words))) = (shown.scene, &shown.motion.figure.wrong) {
        let lines = wrap(&format!("✗ Not like this: {words}"), room);
        return lines
            .into_iter()
            .map(|line| (line, theme.warning()))
            .collect();
    }
    // Without colour nothing is lit that a square could stand for.
    let mark = if theme.depth == Depth::Mono {
        ""
    } else {
        "■ "
    };
    let names = lit(&shown.muscles, room.saturating_sub(width(mark)));
    if names.is_empty() {
        Vec::new()
    } else {
        vec![(format!("{mark}{names}"), theme.lit())]
    }
}
