//! Figures and pictures as they were drawn last, kept until they look different.

use std::sync::Arc;

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use crate::app::page::{FigureFrame, Scene};
use crate::bitmap::Bitmap;
use crate::figure::FigureSide;
use crate::figure::cells::{CellEncoder, Colours, Marker, draw_bitmap};
use crate::figure::motion::Motion;
use crate::figure::raster::{Decorations, FigureRenderer, SampleGrid};
use crate::view::theme::{Depth, Theme};

/// How many panels are kept set up.
const KEPT: usize = 6;

/// What is transparent in a picture shows white, as on the paper that it was drawn on.
pub const PICTURE_GROUND: [u8; 3] = [0xff; 3];
/// Where the pictures come from that lie beside programs.
pub trait Pictures {
    /// A picture by the path of its program and its name; none where there is none, or as long as
    /// it is not at hand.
    fn picture(&mut self, program: &str, name: &str) -> Option<Arc<Bitmap>>;
}

/// What is kept between frames.
#[derive(Default)]
pub struct FigureCache {
    pub(super) pictures: Option<Box<dyn Pictures>>,
    renderers: Vec<CachedFigure>,
    last: Option<CachedFrame>,
    bitmap: Option<(Arc<Bitmap>, CellEncoder, Buffer)>,
}

#[derive(Debug)]
struct CachedFigure {
    motion: Arc<Motion>,
    side: FigureSide,
    panel: (u16, u16),
    renderer: FigureRenderer,
}

#[derive(Debug)]
struct CachedFrame {
    motion: Arc<Motion>,
    side: FigureSide,
    scene: Scene,
    encoder: CellEncoder,
    cells: Buffer,
}

/// The parts of a panel: one, or two beside or below each other.
pub(super) fn parts(area: Rect, shown: &FigureFrame) -> Vec<Rect> {
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

impl FigureCache {
    /// One that shows pictures, too.
    pub fn with(pictures: Box<dyn Pictures>) -> Self {
        Self {
            pictures: Some(pictures),
            ..Self::default()
        }
    }

    /// Draws a picture into an area, scaled anew only where it is another one.
    pub(super) fn draw_picture(
        &mut self,
        bitmap: &Arc<Bitmap>,
        area: Rect,
        encoder: CellEncoder,
        buffer: &mut Buffer,
    ) {
        let known = self.bitmap.as_ref().is_some_and(|(last, by, cells)| {
            Arc::ptr_eq(last, bitmap) && *by == encoder && cells.area == area
        });
        if !known {
            let mut cells = Buffer::empty(area);
            draw_bitmap(bitmap, encoder.colours, area, &mut cells);
            self.bitmap = Some((bitmap.clone(), encoder, cells));
        }
        if let Some((_, _, cells)) = &self.bitmap {
            buffer.merge(cells);
        }
    }

    /// The figure set up for a panel of so many columns and rows; what was used last is kept
    /// longest.
    fn renderer(
        &mut self,
        motion: &Arc<Motion>,
        side: FigureSide,
        panel: (u16, u16),
    ) -> Option<&FigureRenderer> {
        let is_it = |kept: &CachedFigure| {
            Arc::ptr_eq(&kept.motion, motion) && kept.side == side && kept.panel == panel
        };
        let known = self.renderers.iter().position(is_it);
        if let Some(used) = known.and_then(|index| self.renderers.get_mut(..=index)) {
            used.rotate_right(1);
        } else {
            let renderer = FigureRenderer::new(
                motion.as_ref().clone(),
                panel.0.into(),
                panel.1.into(),
                side,
            );
            self.renderers.insert(
                0,
                CachedFigure {
                    motion: motion.clone(),
                    side,
                    panel,
                    renderer,
                },
            );
            self.renderers.truncate(KEPT);
        }
        self.renderers.first().map(|kept| &kept.renderer)
    }

    fn pictures(&mut self, shown: &FigureFrame, parts: &[Rect]) -> Vec<SampleGrid> {
        let part = parts.first().copied().unwrap_or_default();
        let Some(renderer) = self.renderer(&shown.motion, shown.side, (part.width, part.height))
        else {
            return Vec::new();
        };
        let last = renderer.last();
        match shown.scene {
            Scene::At { at, forward } => {
                // What has one pose goes nowhere.
                let forward = forward.filter(|_| last > 0.0);
                vec![renderer.picture(
                    at,
                    Decorations {
                        ghost: forward == Some(true),
                        arrow: forward,
                    },
                )]
            }
            Scene::Ends => vec![
                renderer.picture(
                    0.0,
                    Decorations {
                        ghost: false,
                        arrow: (last > 0.0).then_some(true),
                    },
                ),
                renderer.picture(
                    last,
                    Decorations {
                        ghost: false,
                        arrow: None,
                    },
                ),
            ],
            Scene::Wrong => renderer.wrong().into_iter().collect(),
        }
    }

    /// Draws a figure into an area, anew only where it looks different from the last time.
    pub(super) fn draw(
        &mut self,
        shown: &FigureFrame,
        area: Rect,
        encoder: CellEncoder,
        buffer: &mut Buffer,
    ) {
        let known = self.last.as_ref().is_some_and(|last| {
            Arc::ptr_eq(&last.motion, &shown.motion)
                && (last.side, last.scene, last.encoder) == (shown.side, shown.scene, encoder)
                && last.cells.area == area
        });
        if !known {
            let mut cells = Buffer::empty(area);
            let parts = parts(area, shown);
            for (picture, part) in self.pictures(shown, &parts).iter().zip(&parts) {
                encoder.draw(picture, *part, &mut cells);
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
                encoder,
                cells,
            });
        }
        if let Some(last) = &self.last {
            buffer.merge(&last.cells);
        }
    }
}

/// Returns how figures are drawn on this terminal.
pub fn encoder(theme: Theme) -> CellEncoder {
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
