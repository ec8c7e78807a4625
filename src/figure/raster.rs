//! A body in space as a grid of samples: what is seen at each, in which tone, whether far, in
//! shadow, or beside an edge. A depth buffer decides what is in front. Colours come later. Knows
//! nothing of cells or terminals.

use super::motion::Motion;
pub use super::scene::Material;
use super::scene::{Block, Camera, Frame, Region, blocks, cloth, is_far, regions};
use super::skeleton::{Capsule, Cloth, Part, Skeleton};
use super::space::{Turn, Vec3, vec3};
use super::{FigureSide, Prop};

/// Samples a cell is wide.
pub const ACROSS: usize = 4;
/// Samples a cell is high; a cell is twice as high as wide.
pub const DOWN: usize = 8;
/// Samples left free at the edges.
const MARGIN: f32 = 2.0;
/// A step in depth of more than this stands out.
const STEP: f32 = 0.030;
/// Groups from here on are no parts of the body.
const SCENERY: u8 = 40;
const NOTHING: u8 = 255;

/// One sample.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Sample {
    /// What is seen.
    pub ink: Material,
    /// How much light falls on it: 2 is all, 0 is least.
    pub tone: u8,
    /// Whether it belongs to the side that is turned away.
    pub far: bool,
    /// Whether it lies behind the edge of something nearer.
    pub edge: bool,
    /// Whether a shadow falls on it.
    pub shadow: bool,
}

const EMPTY: Sample = Sample {
    ink: Material::Stage,
    tone: 2,
    far: false,
    edge: false,
    shadow: false,
};

/// A grid of samples.
#[derive(Debug, Clone)]
pub struct SampleGrid {
    /// Cells across.
    pub width: usize,
    /// Cells down.
    pub height: usize,
    /// The samples, row by row.
    pub samples: Vec<Sample>,
    depth: Vec<f32>,
    group: Vec<u8>,
}

impl SampleGrid {
    fn new(width: usize, height: usize) -> Self {
        let count = width * ACROSS * height * DOWN;
        Self {
            width,
            height,
            samples: vec![EMPTY; count],
            depth: vec![f32::MIN; count],
            group: vec![NOTHING; count],
        }
    }

    /// Samples across.
    pub fn across(&self) -> usize {
        self.width * ACROSS
    }

    /// Samples down.
    pub fn down(&self) -> usize {
        self.height * DOWN
    }

    /// The samples of one cell in a row of samples, from a place on.
    pub fn row(&self, x: usize, y: usize) -> &[Sample] {
        let begin = y * self.across() + x;
        self.samples.get(begin..begin + ACROSS).unwrap_or_default()
    }

    /// The sample at a place; the empty stage outside.
    pub fn at(&self, x: usize, y: usize) -> Sample {
        self.samples
            .get(y * self.across() + x)
            .copied()
            .unwrap_or(EMPTY)
    }
}

/// What is drawn besides the body.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Decorations {
    /// The outline of the pose that is gone to.
    pub ghost: bool,
    /// The way that is gone, forward or back; none where nothing moves.
    pub arrow: Option<bool>,
}

/// A figure set up for a panel of so many cells: one scale for the whole movement.
#[derive(Debug, Clone)]
pub struct FigureRenderer {
    motion: Motion,
    width: usize,
    height: usize,
    camera: Camera,
    mirrored: bool,
    regions: Vec<Region>,
    /// The outline of the last pose.
    ghost: Vec<usize>,
    /// What stands around, drawn once.
    scenery: SampleGrid,
    /// The arrow forward and back.
    arrows: (Marks, Marks),
}

/// Samples with what is drawn over them, in order.
type Marks = Vec<(usize, Material)>;

#[expect(
    clippy::cast_precision_loss,
    reason = "a panel is a few hundred samples wide"
)]
fn float(count: usize) -> f32 {
    count as f32
}

#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "clamped before"
)]
fn index(place: f32, most: usize) -> usize {
    (place.max(0.0) as usize).min(most)
}

impl FigureRenderer {
    /// Sets a figure up in a panel; the left side is its mirror image.
    pub fn new(motion: Motion, width: usize, height: usize, side: FigureSide) -> Self {
        let mirrored = side == FigureSide::Left;
        let camera = Camera::of(motion.figure.view, mirrored);
        let blocks = blocks(&motion);
        let regions = motion
            .figure
            .highlight
            .iter()
            .flat_map(|muscle| regions(muscle))
            .collect();
        let (ghost, arrows) = (Vec::new(), (Vec::new(), Vec::new()));
        let scenery = SampleGrid::new(width, height);
        let mut stage = Self {
            motion,
            width,
            height,
            camera,
            mirrored,
            regions,
            ghost,
            scenery,
            arrows,
        };
        stage.frame(&blocks);
        for (block, group) in blocks.iter().zip(SCENERY..) {
            stage.block(block, group);
        }
        let mut way = stage.track();
        let forward = stage.arrow(way.clone());
        way.reverse();
        stage.arrows = (forward, stage.arrow(way));
        stage.outline();
        stage
    }

    /// The last place of the cycle.
    pub fn last(&self) -> f32 {
        self.motion.last()
    }

    /// Fits the whole movement into the panel.
    fn frame(&mut self, blocks: &[Block]) {
        let frame = Frame::of(&self.motion, &self.camera, blocks);
        let (across, down) = (float(self.width * ACROSS), float(self.height * DOWN));
        let scale = ((across - 2.0 * MARGIN) / (frame.right - frame.left).max(0.01))
            .min((down - 2.0 * MARGIN) / (frame.high - frame.low).max(0.01));
        self.camera.scale = scale;
        self.camera.left = across / 2.0 - scale * f32::midpoint(frame.left, frame.right);
        self.camera.top = down / 2.0 + scale * f32::midpoint(frame.low, frame.high);
    }

    /// The way of the tracked point, in samples.
    fn track(&self) -> Vec<Vec3> {
        let Some(arrow) = self.motion.figure.arrow else {
            return Vec::new();
        };
        let away = vec3(
            if self.mirrored {
                -arrow.away.0
            } else {
                arrow.away.0
            },
            -arrow.away.1,
            0.0,
        );
        let place = |step: u8| {
            let skeleton = self.motion.at(f32::from(step) / 24.0 * self.motion.last());
            self.camera.placed(skeleton.point(arrow.track)) + away * self.camera.scale
        };
        (0..=24).map(place).collect()
    }

    /// The samples at the edge of the last pose.
    fn outline(&mut self) {
        let mut picture = SampleGrid::new(self.width, self.height);
        self.body(&mut picture, &self.motion.at(self.motion.last()));
        let across = picture.across();
        let body = |x: usize, y: usize| {
            picture
                .group
                .get(y * across + x)
                .is_some_and(|group| *group < SCENERY)
        };
        let mut outline = Vec::new();
        for y in 1..picture.down().saturating_sub(1) {
            for x in 1..across.saturating_sub(1) {
                if body(x, y) {
                    continue;
                }
                if body(x - 1, y) || body(x + 1, y) || body(x, y - 1) || body(x, y + 1) {
                    outline.push(y * across + x);
                }
            }
        }
        self.ghost = outline;
    }

    /// The figure at a place of its cycle.
    pub fn picture(&self, at: f32, look: Decorations) -> SampleGrid {
        self.drawn(&self.motion.at(at), look)
    }

    /// The common mistake, crossed out; none where the figure shows none.
    pub fn wrong(&self) -> Option<SampleGrid> {
        let (pose, _) = self.motion.figure.wrong.as_ref()?;
        let mut picture = self.drawn(
            &self.motion.in_pose(*pose)?,
            Decorations {
                ghost: false,
                arrow: None,
            },
        );
        cross_out(&mut picture);
        Some(picture)
    }

    fn drawn(&self, skeleton: &Skeleton, look: Decorations) -> SampleGrid {
        let mut picture = self.scenery.clone();
        self.body(&mut picture, skeleton);
        self.shadow(&mut picture, &skeleton.capsules);
        self.edges(&mut picture);
        if look.ghost {
            for place in &self.ghost {
                let behind = picture
                    .group
                    .get(*place)
                    .is_some_and(|group| *group >= SCENERY);
                if let Some(sample) = picture.samples.get_mut(*place).filter(|_| behind) {
                    *sample = Sample {
                        ink: Material::Ghost,
                        ..EMPTY
                    };
                }
            }
        }
        let arrow = match look.arrow {
            Some(true) => &self.arrows.0,
            Some(false) => &self.arrows.1,
            None => &[][..],
        };
        for (place, ink) in arrow {
            if let Some(sample) = picture.samples.get_mut(*place) {
                *sample = Sample { ink: *ink, ..EMPTY };
            }
        }
        picture
    }

    fn body(&self, picture: &mut SampleGrid, skeleton: &Skeleton) {
        for capsule in &skeleton.capsules {
            self.capsule(picture, capsule, skeleton.head, None);
        }
        // A band is as thin as a sample still shows.
        let thin = 0.008_f32.max(1.1 / self.camera.scale);
        let mut rods: Vec<(Vec3, Vec3, f32, Material)> = self
            .motion
            .bands(skeleton)
            .into_iter()
            .map(|(from, to)| (from, to, thin, Material::Band))
            .collect();
        if self.motion.figure.props.contains(&Prop::Roller) {
            let (at, aside) = (self.motion.roller, vec3(0.0, 0.0, 0.16));
            rods.push((at - aside, at + aside, 0.055, Material::Roller));
        }
        for (from, to, radius, ink) in rods {
            let capsule = Capsule {
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
            };
            self.capsule(picture, &capsule, skeleton.head, Some(ink));
        }
    }

    /// Draws a capsule: the height of its surface over a sample is concave along it and has its top
    /// in closed form.
    fn capsule(
        &self,
        picture: &mut SampleGrid,
        capsule: &Capsule,
        head: (Vec3, Turn),
        ink: Option<Material>,
    ) {
        let scale = self.camera.scale;
        let (from, to) = (self.camera.seen(capsule.from), self.camera.seen(capsule.to));
        let frame = self.camera.turn * capsule.frame;
        let (radius, taper) = (capsule.radius_from, capsule.radius_to - capsule.radius_from);
        let column = |x: f32| self.camera.left + x * scale;
        let row = |y: f32| self.camera.top - y * scale;
        let (across, down) = (picture.across(), picture.down());
        let left = index(
            column((from.x - radius).min(to.x - capsule.radius_to)),
            across,
        );
        let right = index(
            column((from.x + radius).max(to.x + capsule.radius_to)) + 1.0,
            across,
        );
        let top = index(row((from.y + radius).max(to.y + capsule.radius_to)), down);
        let bottom = index(
            row((from.y - radius).min(to.y - capsule.radius_to)) + 1.0,
            down,
        );
        let way = vec3(to.x - from.x, to.y - from.y, 0.0);
        let nearer = to.z - from.z;
        let flat = way.dot(way) - taper * taper;
        let light = vec3(-0.35, 0.78, 0.52).unit();
        let lit: Vec<(f32, f32, Vec3, f32)> = self
            .regions
            .iter()
            .filter(|region| {
                ink.is_none() && region.part == capsule.part && region.side == capsule.side
            })
            .map(|region| {
                (
                    region.along.0,
                    region.along.1,
                    frame.of(region.towards),
                    region.cos,
                )
            })
            .collect();
        // Of a mirrored picture the frames are turned inside out, but the light comes from where it
        // came.
        let trunk = capsule.group <= 1 && capsule.part != Part::Buttock;
        let far = is_far(self.motion.figure.view, capsule);
        for y in top..bottom {
            let up = (self.camera.top - (float(y) + 0.5)) / scale;
            for x in left..right {
                let along = (float(x) + 0.5 - self.camera.left) / scale;
                let q = vec3(along - from.x, up - from.y, 0.0);
                let a = radius * radius - q.dot(q);
                let b = q.dot(way) + radius * taper;
                let under = |t: f32| a + 2.0 * b * t - flat * t * t;
                let t = if flat > 1e-9 {
                    let g = a + b * b / flat;
                    if g < 0.0 {
                        continue;
                    }
                    (b / flat + nearer * (g / (flat * (flat + nearer * nearer))).sqrt())
                        .clamp(0.0, 1.0)
                } else {
                    let height = |t: f32| {
                        let under = under(t);
                        if under < 0.0 {
                            f32::MIN
                        } else {
                            nearer * t + under.sqrt()
                        }
                    };
                    if height(0.0) > height(1.0) { 0.0 } else { 1.0 }
                };
                let under = under(t);
                if under < 0.0 {
                    continue;
                }
                let height = under.sqrt();
                let depth = from.z + nearer * t + height;
                let place = y * across + x;
                let Some(known) = picture.depth.get_mut(place) else {
                    continue;
                };
                if depth <= *known {
                    continue;
                }
                *known = depth;
                let thick = radius + taper * t;
                let normal = vec3(
                    (q.x - way.x * t) / thick,
                    (q.y - way.y * t) / thick,
                    height / thick,
                );
                let shows = |(low, high, towards, cos): &(f32, f32, Vec3, f32)| {
                    (*low..=*high).contains(&t) && normal.dot(*towards) > *cos
                };
                let ink = ink.unwrap_or_else(|| {
                    if lit.iter().any(shows) {
                        return Material::Lit;
                    }
                    self.cover(capsule, t, vec3(along, up, depth), head)
                });
                let facing = if trunk {
                    // One smooth barrel for the whole trunk, not one for each capsule.
                    let aside = match (capsule.side, capsule.part) {
                        (None, _) => 0.0,
                        (Some(side), Part::Girdle) => side.sign() * 0.06,
                        (Some(side), _) => side.sign() * 0.034,
                    };
                    let middle = vec3(from.x + way.x * t, from.y + way.y * t, from.z + nearer * t)
                        - frame.2 * aside;
                    let local = frame.back().of(vec3(along, up, depth) - middle);
                    frame
                        .of(vec3(
                            local.x / 0.0040,
                            3.0 * normal.dot(frame.1),
                            local.z / 0.0100,
                        ))
                        .unit()
                        .dot(light)
                } else {
                    normal.dot(light)
                };
                let tone = if facing < 0.05 {
                    0
                } else {
                    1 + u8::from(facing >= 0.55)
                };
                if let (Some(sample), Some(group)) =
                    (picture.samples.get_mut(place), picture.group.get_mut(place))
                {
                    *sample = Sample {
                        ink,
                        tone,
                        far,
                        edge: false,
                        shadow: false,
                    };
                    *group = capsule.group;
                }
            }
        }
    }

    /// What covers a capsule at a place of it.
    fn cover(&self, capsule: &Capsule, along: f32, at: Vec3, head: (Vec3, Turn)) -> Material {
        if matches!(capsule.part, Part::Head | Part::Face) {
            // Hair: the back and the top of the skull.
            let middle = self.camera.seen(head.0);
            let local = (self.camera.turn * head.1).back().of(at - middle);
            if local.x < -0.004 && local.y > -0.034 || local.y > 0.038 + 0.12 * local.x.abs() {
                return Material::Hair;
            }
        }
        cloth(capsule, along)
    }

    fn block(&mut self, block: &Block, group: u8) {
        let Block { low, high, .. } = *block;
        let corner = |x: bool, y: bool, z: bool| {
            vec3(
                if x { high.x } else { low.x },
                if y { high.y } else { low.y },
                if z { high.z } else { low.z },
            )
        };
        let faces = [
            (
                [
                    (false, true, false),
                    (true, true, false),
                    (true, true, true),
                    (false, true, true),
                ],
                vec3(0.0, 1.0, 0.0),
                block.top,
                2,
            ),
            (
                [
                    (false, false, true),
                    (true, false, true),
                    (true, true, true),
                    (false, true, true),
                ],
                vec3(0.0, 0.0, 1.0),
                block.side,
                1,
            ),
            (
                [
                    (true, false, false),
                    (true, true, false),
                    (true, true, true),
                    (true, false, true),
                ],
                vec3(1.0, 0.0, 0.0),
                block.side,
                0,
            ),
            (
                [
                    (false, false, false),
                    (false, true, false),
                    (false, true, true),
                    (false, false, true),
                ],
                vec3(-1.0, 0.0, 0.0),
                block.side,
                2,
            ),
        ];
        for (corners, normal, ink, tone) in faces {
            let corners = corners.map(|(x, y, z)| corner(x, y, z));
            self.face(&corners, normal, Sample { ink, tone, ..EMPTY }, group);
        }
    }

    /// Draws a flat face, where it is turned to the viewer.
    fn face(&mut self, corners: &[Vec3; 4], normal: Vec3, sample: Sample, group: u8) {
        let picture = &mut self.scenery;
        let normal = self.camera.turn.of(normal);
        let towards = normal.z - normal.x * self.camera.shear.0 - normal.y * self.camera.shear.1;
        if towards <= 1e-3 {
            return;
        }
        let [first, ..] = corners;
        let plane = self.camera.turn.of(*first);
        let placed = corners.map(|corner| self.camera.placed(corner));
        let over = |pick: fn(&Vec3) -> f32| {
            placed
                .iter()
                .map(pick)
                .fold((f32::MAX, f32::MIN), |(low, high), value| {
                    (low.min(value), high.max(value))
                })
        };
        let ((left, right), (top, bottom)) = (over(|corner| corner.x), over(|corner| corner.y));
        let (across, down) = (picture.across(), picture.down());
        for y in index(top, down)..index(bottom + 1.0, down) {
            for x in index(left, across)..index(right + 1.0, across) {
                let at = vec3(float(x) + 0.5, float(y) + 0.5, 0.0);
                let mut turns = (false, false);
                for (from, to) in placed.iter().zip(placed.iter().cycle().skip(1)) {
                    let cross =
                        (to.x - from.x) * (at.y - from.y) - (to.y - from.y) * (at.x - from.x);
                    turns = (turns.0 || cross > 0.0, turns.1 || cross < 0.0);
                }
                if turns == (true, true) {
                    continue;
                }
                let (along, up) = (
                    (at.x - self.camera.left) / self.camera.scale,
                    (self.camera.top - at.y) / self.camera.scale,
                );
                let depth = (normal.dot(plane) - normal.x * along - normal.y * up) / towards;
                let index = y * across + x;
                let Some(known) = picture.depth.get_mut(index).filter(|known| depth > **known)
                else {
                    continue;
                };
                *known = depth;
                if let (Some(old), Some(known)) =
                    (picture.samples.get_mut(index), picture.group.get_mut(index))
                {
                    (*old, *known) = (sample, group);
                }
            }
        }
    }

    /// Marks what lies behind the edge of something nearer: what tells an arm from the trunk behind
    /// it.
    fn edges(&self, picture: &mut SampleGrid) {
        let reach = if self.camera.scale > 90.0 { 2_isize } else { 1 };
        let (across, down) = (picture.across(), picture.down());
        let around = [
            (reach, 0),
            (-reach, 0),
            (0, reach),
            (0, -reach),
            (1, 0),
            (-1, 0),
            (0, 1),
            (0, -1),
        ];
        let mut found = Vec::new();
        for y in 0..down {
            for x in 0..across {
                let place = y * across + x;
                let (Some(group), Some(depth)) =
                    (picture.group.get(place), picture.depth.get(place))
                else {
                    continue;
                };
                if *group >= SCENERY {
                    continue;
                }
                let stands_out = |(along, up): &(isize, isize)| {
                    let (Some(x), Some(y)) =
                        (x.checked_add_signed(*along), y.checked_add_signed(*up))
                    else {
                        return false;
                    };
                    if x >= across || y >= down {
                        return false;
                    }
                    let other = y * across + x;
                    picture
                        .group
                        .get(other)
                        .is_some_and(|other| *other < 30 && other != group)
                        && picture
                            .depth
                            .get(other)
                            .is_some_and(|other| *other > depth + STEP)
                };
                if around.iter().any(stands_out) {
                    found.push(place);
                }
            }
        }
        for place in found {
            if let Some(sample) = picture.samples.get_mut(place) {
                sample.edge = true;
            }
        }
    }

    /// The shadow on mat and floor of what is near them, straight down.
    fn shadow(&self, picture: &mut SampleGrid, capsules: &[Capsule]) {
        let back = self.camera.turn.back();
        let ray = back.of(vec3(-self.camera.shear.0, -self.camera.shear.1, 1.0));
        if ray.y.abs() < 1e-4 {
            return;
        }
        let (across, down) = (picture.across(), picture.down());
        for capsule in capsules {
            let reach = capsule.radius_from.max(capsule.radius_to);
            let ground = self.motion.floor;
            let near = ground + if capsule.group <= 1 { 0.6 } else { 0.16 };
            if capsule.from.y.min(capsule.to.y) >= near {
                continue;
            }
            let (from, to) = (
                vec3(capsule.from.x, ground, capsule.from.z),
                vec3(capsule.to.x, ground, capsule.to.z),
            );
            let (a, b) = (self.camera.placed(from), self.camera.placed(to));
            let edge = reach * self.camera.scale;
            let way = to - from;
            let length = way.dot(way).max(1e-9);
            for y in index(a.y.min(b.y) - edge, down)..index(a.y.max(b.y) + edge + 1.0, down) {
                for x in
                    index(a.x.min(b.x) - edge, across)..index(a.x.max(b.x) + edge + 1.0, across)
                {
                    let place = y * across + x;
                    let Some(sample) = picture.samples.get_mut(place) else {
                        continue;
                    };
                    if sample.shadow || !matches!(sample.ink, Material::Mat | Material::Floor) {
                        continue;
                    }
                    let seen = vec3(
                        (float(x) + 0.5 - self.camera.left) / self.camera.scale,
                        (self.camera.top - (float(y) + 0.5)) / self.camera.scale,
                        0.0,
                    );
                    let base = back.of(seen);
                    let floor = base + ray * ((ground - base.y) / ray.y);
                    let t = ((floor - from).dot(way) / length).clamp(0.0, 1.0);
                    let height = capsule.from.y + (capsule.to.y - capsule.from.y) * t;
                    let radius = (capsule.radius_from
                        + (capsule.radius_to - capsule.radius_from) * t)
                        * 1.05;
                    sample.shadow = height < near && (floor - (from + way * t)).length() < radius;
                }
            }
        }
    }

    /// The arrow along the way of the tracked point.
    fn arrow(&self, mut path: Vec<Vec3>) -> Marks {
        let mut marks = Marks::new();
        let flat = |from: Vec3, to: Vec3| vec3(to.x - from.x, to.y - from.y, 0.0);
        let (Some(first), Some(last)) = (path.first().copied(), path.last().copied()) else {
            return marks;
        };
        let length: f32 = path
            .windows(2)
            .map(|pair| {
                if let [a, b] = pair {
                    flat(*a, *b).length()
                } else {
                    0.0
                }
            })
            .sum();
        if length < 1.0 {
            return marks;
        }
        let head = (0.055 * self.camera.scale).clamp(5.5, 18.0);
        if length < head * 2.0 {
            // A short way is made longer, so that its direction can be seen.
            let (middle, half) = (first.towards(last, 0.5), flat(first, last).unit() * head);
            path = (0..=24_u8)
                .map(|step| (middle - half).towards(middle + half, f32::from(step) / 24.0))
                .collect();
        }
        let (begin, end) = if length > self.camera.scale * 0.55 {
            (0.18, 0.86)
        } else {
            (0.06, 0.94)
        };
        let count = float(path.len().saturating_sub(1));
        let (begin, end) = (
            index(begin * count, path.len()),
            index(end * count, path.len()),
        );
        let path = path.get(begin..=end).unwrap_or_default();
        let Some(tip) = path.last().copied() else {
            return marks;
        };
        let before = path
            .iter()
            .rev()
            .find(|at| flat(**at, tip).length() > head)
            .or(path.first())
            .copied()
            .unwrap_or(tip);
        let way = flat(before, tip).unit();
        let base = tip - way * head;
        let body: Vec<Vec3> = path
            .iter()
            .copied()
            .filter(|at| flat(*at, tip).length() > head * 0.8)
            .collect();
        let width = (0.011 * self.camera.scale).clamp(1.1, 2.4);
        let (across, down) = (self.scenery.across(), self.scenery.down());
        let over = |pick: fn(&Vec3) -> f32| {
            path.iter()
                .map(pick)
                .fold((f32::MAX, f32::MIN), |(low, high), value| {
                    (low.min(value), high.max(value))
                })
        };
        let ((left, right), (top, bottom)) = (over(|at| at.x), over(|at| at.y));
        // First a dark rim, then the arrow itself.
        for (rim, ink) in [(1.3, Material::Stage), (0.0, Material::Arrow)] {
            let edge = head + 2.0;
            for y in index(top - edge, down)..index(bottom + edge, down) {
                for x in index(left - edge, across)..index(right + edge, across) {
                    let at = vec3(float(x) + 0.5, float(y) + 0.5, 0.0);
                    let near = |pair: &[Vec3]| {
                        if let [a, b] = pair {
                            distance(at, *a, *b) < width + rim
                        } else {
                            false
                        }
                    };
                    let from_base = flat(base, at);
                    let along = from_base.dot(way);
                    let aside = from_base.beside(way).length();
                    let inside = body.windows(2).any(near)
                        || along > -rim
                            && along < head + rim
                            && aside < (head - along) * 0.62 + rim * 1.2;
                    if inside {
                        marks.push((y * across + x, ink));
                    }
                }
            }
        }
        marks
    }
}

/// A cross as large as a quarter of the picture's height, in that upper corner in which it hides
/// less of the body.
fn cross_out(picture: &mut SampleGrid) {
    let across = picture.across();
    let half = float(picture.down()) / 8.0;
    let edge = half + 3.0 * MARGIN;
    let hidden = |middle: f32| {
        let columns = index(middle - half, across)..index(middle + half, across);
        let place = |row: usize, column: usize| row * across + column;
        let rows = 0..index(2.0 * half + 2.0 * MARGIN, picture.down());
        let places = rows.flat_map(|row| columns.clone().map(move |column| place(row, column)));
        places
            .filter(|place| {
                picture
                    .group
                    .get(*place)
                    .is_some_and(|group| *group < SCENERY)
            })
            .count()
    };
    let (left, right) = (edge, float(across) - edge);
    let (x, y) = (
        if hidden(left) < hidden(right) {
            left
        } else {
            right
        },
        half + 2.0 * MARGIN,
    );
    let (middle, thick) = (vec3(x, y, 0.0), (half / 4.0).max(1.8));
    for (rim, ink) in [(1.5, Material::Stage), (0.0, Material::Cross)] {
        for row in 0..index(y + half + 4.0, picture.down()) {
            for column in index(x - half - 4.0, across)..index(x + half + 4.0, across) {
                let at = vec3(float(column) + 0.5, float(row) + 0.5, 0.0);
                let corners = [vec3(half, half, 0.0), vec3(half, -half, 0.0)];
                let near = corners
                    .iter()
                    .any(|to| distance(at, middle - *to, middle + *to) < thick + rim);
                if near && let Some(sample) = picture.samples.get_mut(row * across + column) {
                    *sample = Sample { ink, ..EMPTY };
                }
            }
        }
    }
}

/// How far a place lies from the way between two others, seen flat.
fn distance(at: Vec3, from: Vec3, to: Vec3) -> f32 {
    let way = vec3(to.x - from.x, to.y - from.y, 0.0);
    let off = vec3(at.x - from.x, at.y - from.y, 0.0);
    let t = (off.dot(way) / way.dot(way).max(1e-9)).clamp(0.0, 1.0);
    (off - way * t).length()
}
