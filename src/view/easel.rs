//! Figures on the screen: where they have room, what they are set up for, and what was drawn last, kept until it looks different. Computes
//! nothing of the movement.

use std::sync::Arc;

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::Style;

use super::paint::{Paint, width};
use super::theme::{Depth, Theme};
use crate::app::App;
use crate::app::figures::{PictureName, Scene, Shown};
use crate::bitmap::Bitmap;
use crate::events::Moment;
use crate::figure::Side;
use crate::figure::cells::{Colours, Marker, Painter, photograph};
use crate::figure::motion::Motion;
use crate::figure::raster::{Look, Picture, Stage};
use crate::program::muscles;

/// The narrowest panel of a figure that lies, and the lowest of one that stands; in smaller ones nobody can tell what it does.
const NARROWEST: u16 = 28;
const LOWEST: u16 = 12;
/// The same for each of two beside each other.
const NARROWEST_OF_TWO: u16 = 22;
const LOWEST_OF_TWO: u16 = 10;
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
    /// A picture by the path of its program and its name; none where there is none, or as long as it is not at hand.
    fn picture(&mut self, program: &str, name: &str) -> Option<Arc<Bitmap>>;
}

/// What is kept between frames.
#[derive(Default)]
pub struct Easel {
    pictures: Option<Box<dyn Pictures>>,
    stages: Vec<Kept>,
    last: Option<Drawn>,
    photograph: Option<(Arc<Bitmap>, Painter, Buffer)>,
}

/// What shows an exercise.
#[derive(Debug, Clone)]
pub(super) enum Sight {
    /// A figure.
    Figure(Shown),
    /// A picture that the therapist gave.
    Picture(Arc<Bitmap>),
}

#[derive(Debug)]
struct Kept {
    motion: Arc<Motion>,
    side: Side,
    panel: (u16, u16),
    stage: Stage,
}

#[derive(Debug)]
struct Drawn {
    motion: Arc<Motion>,
    side: Side,
    scene: Scene,
    painter: Painter,
    cells: Buffer,
}

/// The parts of a panel: one, or two beside or below each other.
fn parts(area: Rect, ends: bool, aspect: f32) -> Vec<Rect> {
    if !ends {
        return vec![area];
    }
    if aspect > f32::from(area.width) / f32::from(area.height.max(1)) / 2.0 {
        let upper = Rect { height: area.height / 2, ..area };
        return vec![upper, Rect { y: upper.bottom(), ..upper }];
    }
    let left = Rect { width: area.width / 2, ..area };
    vec![left, Rect { x: left.right(), ..left }]
}

#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "clamped to the size of a terminal")]
fn cells(length: f32) -> u16 {
    length.ceil().clamp(1.0, 1000.0) as u16
}

/// The panel of a figure of this shape in a room; none where it would be too small.
fn panel(aspect: f32, ends: bool, room: Rect) -> Option<Rect> {
    let room = Rect { width: room.width.min(WIDEST), height: room.height.min(HIGHEST), ..room };
    // Cells are twice as high as wide.
    let fitted = |across: f32, down: f32| {
        let shape = 2.0 * aspect * across / down;
        let height = room.height.min(cells(f32::from(room.width) / shape));
        (room.width.min(cells(f32::from(height) * shape)), height)
    };
    let (narrowest, lowest) = if ends { (NARROWEST_OF_TWO, LOWEST_OF_TWO) } else { (NARROWEST, LOWEST) };
    let shapes: &[(f32, f32)] = if ends { &[(2.0, 1.0), (1.0, 2.0)] } else { &[(1.0, 1.0)] };
    let sizes = shapes.iter().map(|(across, down)| (fitted(*across, *down), (*across, *down)));
    let ((width, height), (across, down)) =
        sizes.max_by_key(|((width, height), _)| u32::from(*width) * u32::from(*height))?;
    let large = if aspect >= 1.0 {
        f32::from(width) / across >= f32::from(narrowest)
    } else {
        f32::from(height) / down >= f32::from(lowest)
    };
    large.then_some(Rect { width, height, ..room })
}

impl Easel {
    /// One that shows pictures, too.
    pub fn with(pictures: Box<dyn Pictures>) -> Self {
        Self { pictures: Some(pictures), ..Self::default() }
    }

    /// Draws a picture into an area, scaled anew only where it is another one.
    fn photograph(&mut self, bitmap: &Arc<Bitmap>, area: Rect, painter: Painter, buffer: &mut Buffer) {
        let known = self
            .photograph
            .as_ref()
            .is_some_and(|(last, by, cells)| Arc::ptr_eq(last, bitmap) && *by == painter && cells.area == area);
        if !known {
            let mut cells = Buffer::empty(area);
            photograph(bitmap, painter.colours, area, &mut cells);
            self.photograph = Some((bitmap.clone(), painter, cells));
        }
        if let Some((_, _, cells)) = &self.photograph {
            buffer.merge(cells);
        }
    }

    /// The figure set up for a panel of so many columns and rows; what was used last is kept longest.
    fn stage(&mut self, motion: &Arc<Motion>, side: Side, panel: (u16, u16)) -> Option<&Stage> {
        let is_it = |kept: &Kept| Arc::ptr_eq(&kept.motion, motion) && kept.side == side && kept.panel == panel;
        let known = self.stages.iter().position(is_it);
        if let Some(used) = known.and_then(|index| self.stages.get_mut(..=index)) {
            used.rotate_right(1);
        } else {
            let stage = Stage::new(motion.as_ref().clone(), panel.0.into(), panel.1.into(), side);
            self.stages.insert(0, Kept { motion: motion.clone(), side, panel, stage });
            self.stages.truncate(KEPT);
        }
        self.stages.first().map(|kept| &kept.stage)
    }

    fn pictures(&mut self, shown: &Shown, parts: &[Rect]) -> Vec<Picture> {
        let part = parts.first().copied().unwrap_or_default();
        let Some(stage) = self.stage(&shown.motion, shown.side, (part.width, part.height)) else { return Vec::new() };
        let last = stage.last();
        match shown.scene {
            Scene::At { at, forward } => {
                vec![stage.picture(at, Look { ghost: forward == Some(true), arrow: forward })]
            }
            Scene::Ends => vec![
                stage.picture(0.0, Look { ghost: false, arrow: (last > 0.0).then_some(true) }),
                stage.picture(last, Look { ghost: false, arrow: None }),
            ],
            Scene::Wrong => stage.wrong().into_iter().collect(),
        }
    }

    /// Draws a figure into an area, anew only where it looks different from the last time.
    fn draw(&mut self, shown: &Shown, area: Rect, painter: Painter, buffer: &mut Buffer) {
        let known = self.last.as_ref().is_some_and(|last| {
            Arc::ptr_eq(&last.motion, &shown.motion)
                && (last.side, last.scene, last.painter) == (shown.side, shown.scene, painter)
                && last.cells.area == area
        });
        if !known {
            let mut cells = Buffer::empty(area);
            let parts = parts(area, shown.scene == Scene::Ends, Stage::aspect(&shown.motion));
            for (picture, part) in self.pictures(shown, &parts).iter().zip(&parts) {
                painter.draw(picture, *part, &mut cells);
            }
            let Shown { motion, side, scene, .. } = shown.clone();
            self.last = Some(Drawn { motion, side, scene, painter, cells });
        }
        if let Some(last) = &self.last {
            buffer.merge(&last.cells);
        }
    }
}

/// How figures are painted on this terminal.
pub fn painter(theme: Theme) -> Painter {
    let colours = match theme.depth {
        Depth::Mono => Colours::None,
        Depth::Sixteen => Colours::Sixteen,
        Depth::TwoFiftySix => Colours::TwoFiftySix,
        Depth::True => Colours::True,
    };
    let marker = if colours == Colours::None { Marker::Dots } else { theme.marker };
    Painter { marker, colours }
}

/// The muscles that are lit, as a patient calls them, as many as have room.
fn lit(motion: &Motion, room: u16) -> String {
    let mut names: Vec<&str> = Vec::new();
    for id in &motion.figure.highlight {
        let id = id.strip_suffix("_r").or(id.strip_suffix("_l")).unwrap_or(id);
        let name = muscles::name(id);
        if !names.contains(&name) {
            names.push(name);
        }
    }
    let whole = |count: &usize| width(&names.get(..*count).unwrap_or_default().join(", ")) <= room;
    let count = (1..=names.len()).rev().find(whole).unwrap_or(1);
    names.get(..count).unwrap_or_default().join(", ")
}

/// What shows the exercise on the screen: the therapist's picture, where it can be read, or else the figure.
pub(super) fn sight(paint: &mut Paint<'_>, app: &App, now: &Moment) -> Option<Sight> {
    let picture = app.picture().and_then(|PictureName { program, name }| {
        paint.easel.pictures.as_mut().and_then(|pictures| pictures.picture(&program, &name))
    });
    picture.map(Sight::Picture).or_else(|| app.figure(now).map(Sight::Figure))
}

/// How much room a figure would take of this one, with the line below it, or a picture; none where there is too little.
pub(super) fn fitted(sight: &Sight, room: Rect) -> Option<Rect> {
    match sight {
        Sight::Figure(shown) => {
            let above = Rect { height: room.height.saturating_sub(1), ..room };
            let panel = panel(Stage::aspect(&shown.motion), shown.scene == Scene::Ends, above)?;
            Some(Rect { height: panel.height + 1, ..panel })
        }
        Sight::Picture(bitmap) => {
            let size = |points: usize| u16::try_from(points).unwrap_or(u16::MAX);
            let width = room.width.min(WIDEST).min(size(bitmap.width));
            let height = room.height.min(HIGHEST).min(size(bitmap.height.div_ceil(2)));
            // Two points a cell, one above the other.
            let by_width = usize::from(width) * bitmap.height / (2 * bitmap.width.max(1));
            let by_height = usize::from(height) * 2 * bitmap.width / bitmap.height.max(1);
            let (width, height) =
                if by_width <= usize::from(height) { (width, size(by_width)) } else { (size(by_height), height) };
            let large = width >= LEAST_PICTURE.0 && height >= LEAST_PICTURE.1;
            large.then_some(Rect { width, height, ..room })
        }
    }
}

/// Draws what shows an exercise in the middle of a room; says whether it had room.
pub(super) fn draw(paint: &mut Paint<'_>, sight: &Sight, room: Rect) -> bool {
    match sight {
        Sight::Figure(shown) => draw_sized(paint, shown, room, None),
        Sight::Picture(bitmap) => {
            let Some(fitted) = fitted(sight, room) else { return false };
            let area = Rect { x: room.x + (room.width - fitted.width) / 2, ..fitted };
            if paint.theme.pictures {
                paint.fill(area, Style::default());
                paint.picture = Some((area, bitmap.clone()));
            } else {
                paint.easel.photograph(bitmap, area, painter(paint.theme), paint.buffer);
            }
            true
        }
    }
}

/// Draws a figure in the middle of a room, as large as it is wanted where it is said how large, and below it what is lit, or what is
/// wrong; says whether it had room.
pub(super) fn draw_sized(paint: &mut Paint<'_>, shown: &Shown, room: Rect, size: Option<(u16, u16)>) -> bool {
    let wanted = size.map(|(width, height)| Rect { width, height: height + 1, ..room });
    let wanted = wanted.filter(|wanted| wanted.width <= room.width && wanted.height <= room.height);
    let fitted = if size.is_some() { wanted } else { fitted(&Sight::Figure(shown.clone()), room) };
    let Some(Rect { width: across, height, .. }) = fitted else { return false };
    let panel = Rect { x: room.x + (room.width - across) / 2, width: across, height: height - 1, ..room };
    let theme = paint.theme;
    paint.easel.draw(shown, panel, painter(theme), paint.buffer);
    paint.figure = Some(panel);
    if shown.scene == Scene::Ends {
        for (part, word) in parts(panel, true, Stage::aspect(&shown.motion)).iter().zip(["start", "end"]) {
            paint.text(part.x + 1, part.y, word, part.width, theme.quiet());
        }
    }
    let below = panel.bottom();
    if let (Scene::Wrong, Some((_, words))) = (shown.scene, &shown.motion.figure.wrong) {
        paint.centred(room, below, &format!("✗ Not like this: {words}"), theme.warning());
        return true;
    }
    let names = lit(&shown.motion, room.width.saturating_sub(2));
    if !names.is_empty() {
        let taken = (width(&names) + 2).min(room.width);
        let x = room.x + (room.width - taken) / 2;
        paint.text(x, below, "■", 1, theme.accent());
        paint.text(x + 2, below, &names, taken.saturating_sub(2), theme.quiet());
    }
    true
}
