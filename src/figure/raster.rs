//! Draws a figure as a grid of samples: what is seen at each place, in which light, whether it is
//! far, in shadow, or beside an edge. The encoder of cells adds the colors.

mod capsule;
mod furniture;
mod grid;
mod marks;
mod shading;

use self::capsule::BodyPainter;
use self::furniture::draw_block;
pub(super) use self::grid::{ACROSS, DOWN};
use self::grid::{SCENERY, float};
pub use self::grid::{Sample, SampleGrid};
use self::marks::{Marks, STEPS, cross_out, find_outline, mark_arrow};
use self::shading::{cast_shadows, mark_edges};
use super::motion::Motion;
pub use super::scene::Material;
use super::scene::{Block, Bounds, Camera, Region, build_blocks, find_regions};
use super::skeleton::{Capsule, Cloth, Part, Skeleton};
use super::space::{Turn, Vec3, vec3};
use super::{FigureSide, Prop};

/// Samples left free at the edges of a picture.
const MARGIN: f32 = 2.0;

/// What is drawn besides the body.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Decorations {
    /// Whether the outline of the last pose is drawn.
    pub ghost: bool,
    /// Whether the arrow points forward (true) or back (false); None draws no arrow.
    pub arrow: Option<bool>,
}

/// A figure fitted to a panel of cells. The scale is the same for the whole movement.
#[derive(Debug, Clone)]
pub struct FigureRenderer {
    motion: Motion,
    camera: Camera,
    regions: Vec<Region>,
    /// The indices of the samples around the last pose.
    ghost: Vec<usize>,
    /// The furniture, drawn once.
    scenery: SampleGrid,
    /// The arrow forward, and the arrow back.
    arrows: (Marks, Marks),
}

impl FigureRenderer {
    /// Fits a figure to a panel of this width and height in cells. The left side is the mirror
    /// image of the right one.
    pub fn new(motion: Motion, width: usize, height: usize, side: FigureSide) -> Self {
        let mirrored = side == FigureSide::Left;
        let blocks = build_blocks(&motion.figure.props, &motion.layout);
        let regions = motion
            .figure
            .highlight
            .iter()
            .flat_map(|muscle| find_regions(muscle))
            .collect();
        let mut scenery = SampleGrid::new(width, height);
        let samples = (scenery.across(), scenery.down());
        let camera = fit_camera(&motion, mirrored, &blocks, samples);
        for (block, group) in blocks.iter().zip(SCENERY..) {
            draw_block(&mut scenery, &camera, block, group);
        }
        let mut path = find_arrow_path(&motion, mirrored, &camera);
        let forward = mark_arrow(path.clone(), camera.scale, samples);
        path.reverse();
        let arrows = (forward, mark_arrow(path, camera.scale, samples));
        let mut renderer = Self {
            motion,
            camera,
            regions,
            ghost: Vec::new(),
            scenery,
            arrows,
        };
        let mut last = SampleGrid::new(width, height);
        renderer.draw_body(&mut last, &renderer.motion.at(renderer.last()));
        renderer.ghost = find_outline(&last);
        renderer
    }

    /// Returns the last place of the cycle.
    pub fn last(&self) -> f32 {
        self.motion.last()
    }

    /// Draws the figure at a place of its cycle.
    pub fn picture(&self, at: f32, decorations: Decorations) -> SampleGrid {
        self.draw(&self.motion.at(at), decorations)
    }

    /// Draws the common mistake, crossed out. Returns None if the figure has none.
    pub fn wrong(&self) -> Option<SampleGrid> {
        let mut picture = self.draw(
            &self.motion.wrong_body()?,
            Decorations {
                ghost: false,
                arrow: None,
            },
        );
        cross_out(&mut picture);
        Some(picture)
    }

    fn draw(&self, skeleton: &Skeleton, decorations: Decorations) -> SampleGrid {
        let mut picture = self.scenery.clone();
        self.draw_body(&mut picture, skeleton);
        cast_shadows(
            &mut picture,
            &self.camera,
            self.motion.layout.floor,
            &skeleton.capsules,
        );
        mark_edges(&mut picture, self.camera.scale);
        if decorations.ghost {
            for place in &self.ghost {
                if !picture.shows_body(*place) {
                    picture.mark(*place, Material::Ghost);
                }
            }
        }
        let arrow = match decorations.arrow {
            Some(true) => &self.arrows.0,
            Some(false) => &self.arrows.1,
            None => &[][..],
        };
        for (place, material) in arrow {
            picture.mark(*place, *material);
        }
        picture
    }

    /// Draws the body and what it holds or lies on: bands and the roller.
    fn draw_body(&self, picture: &mut SampleGrid, skeleton: &Skeleton) {
        let painter = BodyPainter {
            camera: &self.camera,
            view: self.motion.figure.view,
            regions: &self.regions,
            head: skeleton.head,
        };
        for capsule in &skeleton.capsules {
            painter.draw(picture, capsule, None);
        }
        // A band is as thin as samples can show.
        let thin = 0.008_f32.max(1.1 / self.camera.scale);
        for (from, to) in self.motion.bands(skeleton) {
            painter.draw(picture, &rod(from, to, thin), Some(Material::Band));
        }
        if self.motion.figure.props.contains(&Prop::Roller) {
            let (at, aside) = (self.motion.layout.roller, vec3(0.0, 0.0, 0.16));
            let roller = rod(at - aside, at + aside, 0.055);
            painter.draw(picture, &roller, Some(Material::Roller));
        }
    }
}

/// Returns a capsule of even radius that is not part of the body.
fn rod(from: Vec3, to: Vec3, radius: f32) -> Capsule {
    Capsule {
        from,
        to,
        radius_from: radius,
        radius_to: radius,
        part: Part::Hand,
        side: None,
        cloth: Cloth::Skin,
        sleeve: None,
        frame: Turn::NONE,
        group: 20,
    }
}

/// Returns the camera that fits the whole movement and the furniture into a panel of this size in
/// samples.
fn fit_camera(
    motion: &Motion,
    mirrored: bool,
    blocks: &[Block],
    (across, down): (usize, usize),
) -> Camera {
    let mut camera = Camera::new(motion.figure.view, mirrored);
    let bounds = Bounds::new(&camera, motion.bodies(), blocks, motion.figure.zoom);
    let (across, down) = (float(across), float(down));
    let scale = ((across - 2.0 * MARGIN) / (bounds.right - bounds.left).max(0.01))
        .min((down - 2.0 * MARGIN) / (bounds.high - bounds.low).max(0.01));
    camera.scale = scale;
    camera.left = across / 2.0 - scale * f32::midpoint(bounds.left, bounds.right);
    camera.top = down / 2.0 + scale * f32::midpoint(bounds.low, bounds.high);
    camera
}

/// Returns the path of the tracked point, moved to where the arrow is drawn, in samples. It is
/// empty if the figure has no arrow.
fn find_arrow_path(motion: &Motion, mirrored: bool, camera: &Camera) -> Vec<Vec3> {
    let Some(arrow) = motion.figure.arrow else {
        return Vec::new();
    };
    let (right, up) = arrow.away;
    let away = vec3(if mirrored { -right } else { right }, -up, 0.0);
    let place = |step: u8| {
        let skeleton = motion.at(f32::from(step) / f32::from(STEPS) * motion.last());
        camera.placed(skeleton.point(arrow.track)) + away * camera.scale
    };
    (0..=STEPS).map(place).collect()
}
