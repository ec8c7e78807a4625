//! Figures on the screen: where they have room, what they are set up for, and what was drawn last,
//! kept until it looks different. Computes nothing of the movement.

use std::sync::Arc;

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::Style;

use super::canvas::{Canvas, width, wrap};
use super::theme::{Depth, Theme};
use crate::app::App;
use crate::app::figures::{FigureFrame, PictureName, Scene};
use crate::bitmap::Bitmap;
use crate::events::Moment;
use crate::figure::FigureSide;
use crate::figure::cells::{CellEncoder, Colours, Marker, draw_bitmap};
use crate::figure::motion::Motion;
use crate::figure::raster::{Decorations, FigureRenderer, SampleGrid};
use crate::program::muscles;

/// How many samples a person's height must have in a panel, and in each of two beside each other;
/// in smaller ones nobody can tell what it does. A cell has four samples across and eight down.
const SMALLEST: f32 = 74.0;
const SMALLEST_OF_TWO: f32 = 60.0;
/// A larger panel would show no more, and cost more.
const WIDEST: u16 = 72;
const HIGHEST: u16 = 24;
/// How many panels are kept set up.
const KEPT: usize = 6;

/// What is transparent in a picture shows white, as on the paper that it was drawn on.
pub const PICTURE_GROUND: [u8; 3] = [0xff; 3];
/// A picture takes at least so many columns and rows.
const LEAST_PICTURE: (u16, u16) = (16, 6);

/// Where the pictures come from that lie beside programs.
pub trait Pictures {
    /// A picture by the path of its program and its name; none where there is none, or as long as
    /// it is not at hand.
    fn picture(&mut self, program: &str, name: &str) -> Option<Arc<Bitmap>>;
}

/// What is kept between frames.
#[derive(Default)]
pub struct FigureCache {
    pictures: Option<Box<dyn Pictures>>,
    stages: Vec<CachedFigure>,
    last: Option<CachedFrame>,
    bitmap: Option<(Arc<Bitmap>, CellEncoder, Buffer)>,
}

/// What shows an exercise.
#[derive(Debug, Clone)]
pub(super) enum Illustration {
    /// A figure.
    Figure(FigureFrame),
    /// A picture that the therapist gave.
    Picture(Arc<Bitmap>),
}

#[derive(Debug)]
struct CachedFigure {
    motion: Arc<Motion>,
    side: FigureSide,
    panel: (u16, u16),
    stage: FigureRenderer,
}

#[derive(Debug)]
struct CachedFrame {
    motion: Arc<Motion>,
    side: FigureSide,
    scene: Scene,
    painter: CellEncoder,
    cells: Buffer,
}

/// The parts of a panel: one, or two beside or below each other.
fn parts(area: Rect, shown: &FigureFrame) -> Vec<Rect> {
    if shown.scene != Scene::Ends {
        return vec![area];
    }
    let (wide, high) = shown.motion.shape;
    let scale =
        |columns: u16, rows: u16| (f32::from(columns) / wide).min(2.0 * f32::from(rows) / high);
    if scale(area.width, area.height / 2) > scale(area.width / 2, area.height) {
        let upper = Rect {
            height: area.height / 2,
            ..area
        };
        return vec![
            upper,
            Rect {
                y: upper.bottom(),
                ..upper
            },
        ];
    }
    let left = Rect {
        width: area.width / 2,
        ..area
    };
    vec![
        left,
        Rect {
            x: left.right(),
            ..left
        },
    ]
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

impl FigureCache {
    /// One that shows pictures, too.
    pub fn with(pictures: Box<dyn Pictures>) -> Self {
        Self {
            pictures: Some(pictures),
            ..Self::default()
        }
    }

    /// Draws a picture into an area, scaled anew only where it is another one.
    fn bitmap(
        &mut self,
        bitmap: &Arc<Bitmap>,
        area: Rect,
        painter: CellEncoder,
        buffer: &mut Buffer,
    ) {
        let known = self.bitmap.as_ref().is_some_and(|(last, by, cells)| {
            Arc::ptr_eq(last, bitmap) && *by == painter && cells.area == area
        });
        if !known {
            let mut cells = Buffer::empty(area);
            draw_bitmap(bitmap, painter.colours, area, &mut cells);
            self.bitmap = Some((bitmap.clone(), painter, cells));
        }
        if let Some((_, _, cells)) = &self.bitmap {
            buffer.merge(cells);
        }
    }

    /// The figure set up for a panel of so many columns and rows; what was used last is kept
    /// longest.
    fn stage(
        &mut self,
        motion: &Arc<Motion>,
        side: FigureSide,
        panel: (u16, u16),
    ) -> Option<&FigureRenderer> {
        let is_it = |kept: &CachedFigure| {
            Arc::ptr_eq(&kept.motion, motion) && kept.side == side && kept.panel == panel
        };
        let known = self.stages.iter().position(is_it);
        if let Some(used) = known.and_then(|index| self.stages.get_mut(..=index)) {
            used.rotate_right(1);
        } else {
            let stage = FigureRenderer::new(
                motion.as_ref().clone(),
                panel.0.into(),
                panel.1.into(),
                side,
            );
            self.stages.insert(
                0,
                CachedFigure {
                    motion: motion.clone(),
                    side,
                    panel,
                    stage,
                },
            );
            self.stages.truncate(KEPT);
        }
        self.stages.first().map(|kept| &kept.stage)
    }

    fn pictures(&mut self, shown: &FigureFrame, parts: &[Rect]) -> Vec<SampleGrid> {
        let part = parts.first().copied().unwrap_or_default();
        let Some(stage) = self.stage(&shown.motion, shown.side, (part.width, part.height)) else {
            return Vec::new();
        };
        let last = stage.last();
        match shown.scene {
            Scene::At { at, forward } => {
                // What has one pose goes nowhere.
                let forward = forward.filter(|_| last > 0.0);
                vec![stage.picture(
                    at,
                    Decorations {
                        ghost: forward == Some(true),
                        arrow: forward,
                    },
                )]
            }
            Scene::Ends => vec![
                stage.picture(
                    0.0,
                    Decorations {
                        ghost: false,
                        arrow: (last > 0.0).then_some(true),
                    },
                ),
                stage.picture(
                    last,
                    Decorations {
                        ghost: false,
                        arrow: None,
                    },
                ),
            ],
            Scene::Wrong => stage.wrong().into_iter().collect(),
        }
    }

    /// Draws a figure into an area, anew only where it looks different from the last time.
    fn draw(&mut self, shown: &FigureFrame, area: Rect, painter: CellEncoder, buffer: &mut Buffer) {
        let known = self.last.as_ref().is_some_and(|last| {
            Arc::ptr_eq(&last.motion, &shown.motion)
                && (last.side, last.scene, last.painter) == (shown.side, shown.scene, painter)
                && last.cells.area == area
        });
        if !known {
            let mut cells = Buffer::empty(area);
            let parts = parts(area, shown);
            for (picture, part) in self.pictures(shown, &parts).iter().zip(&parts) {
                painter.draw(picture, *part, &mut cells);
            }
            let FigureFrame {
                motion,
                side,
                scene,
                ..
            } = shown.clone();
            self.last = Some(CachedFrame {
                motion,
                side,
                scene,
                painter,
                cells,
            });
        }
        if let Some(last) = &self.last {
            buffer.merge(&last.cells);
        }
    }
}

/// How figures are painted on this terminal.
pub fn painter(theme: Theme) -> CellEncoder {
    let colours = match theme.depth {
        Depth::Mono => Colours::None,
        Depth::Sixteen => Colours::Sixteen,
        Depth::TwoFiftySix => Colours::TwoFiftySix,
        Depth::True => Colours::True,
    };
    let marker = if colours == Colours::None {
        Marker::Dots
    } else {
        theme.marker
    };
    CellEncoder { marker, colours }
}

/// The muscles that are lit, as a patient calls them, as many as have room.
fn lit(motion: &Motion, room: u16) -> String {
    let mut names: Vec<&str> = Vec::new();
    for id in &motion.figure.highlight {
        let id = id
            .strip_suffix("_r")
            .or(id.strip_suffix("_l"))
            .unwrap_or(id);
        let name = muscles::name(id);
        if !names.contains(&name) {
            names.push(name);
        }
    }
    let whole = |count: &usize| width(&names.get(..*count).unwrap_or_default().join(", ")) <= room;
    let count = (1..=names.len()).rev().find(whole).unwrap_or(1);
    names.get(..count).unwrap_or_default().join(", ")
}

/// What shows the exercise on the screen: the therapist's picture, where it can be read, or else
/// the figure.
pub(super) fn illustration(
    canvas: &mut Canvas<'_>,
    app: &App,
    now: &Moment,
) -> Option<Illustration> {
    let picture = app.picture().and_then(|PictureName { program, name }| {
        canvas
            .figures
            .pictures
            .as_mut()
            .and_then(|pictures| pictures.picture(&program, &name))
    });
    // One that is hardly more than a few points shows nothing; there the figure stays.
    let large = |bitmap: &Arc<Bitmap>| {
        bitmap.width >= LEAST_PICTURE.0.into() && bitmap.height >= usize::from(LEAST_PICTURE.1) * 2
    };
    picture
        .filter(large)
        .map(Illustration::Picture)
        .or_else(|| app.figure(now).map(Illustration::Figure))
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
                .bitmap(bitmap, area, painter(canvas.theme), canvas.buffer);
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
        .draw(shown, area, painter(theme), canvas.buffer);
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
    let names = lit(&shown.motion, room.saturating_sub(width(mark)));
    if names.is_empty() {
        Vec::new()
    } else {
        vec![(format!("{mark}{names}"), theme.lit())]
    }
}
