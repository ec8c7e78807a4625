//! What stands before the viewer, and how it is seen: the camera, the scenery around the body, the
//! regions that muscles light. Knows nothing of samples or paper.

use super::motion::Motion;
use super::skeleton::{Capsule, Cloth, Part};
use super::space::{Turn, Vec3, vec3};
use super::{FigureSide, Prop, Stand, View};

/// How an oblique view shifts what is nearer, along and down.
const SHEAR: (f32, f32) = (-0.42, -0.26);

/// What is seen.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[allow(missing_docs, reason = "each is named for what it is")]
pub enum Material {
    Stage,
    Skin,
    Hair,
    Shirt,
    Shorts,
    Shoe,
    Eye,
    Lit,
    Wood,
    Mat,
    MatEdge,
    Wall,
    Floor,
    Band,
    Roller,
    Ghost,
    Arrow,
    Cross,
}

/// From the world to samples.
#[derive(Debug, Clone, Copy)]
pub(super) struct Camera {
    pub(super) turn: Turn,
    pub(super) shear: (f32, f32),
    pub(super) scale: f32,
    pub(super) left: f32,
    pub(super) top: f32,
}

impl Camera {
    pub(super) fn of(view: View, mirrored: bool) -> Self {
        let (turn, shear) = match view {
            View::Side => (Turn::NONE, SHEAR),
            View::Camera { yaw, pitch } => (Turn::about_x(pitch) * Turn::about_y(-yaw), (0.0, 0.0)),
        };
        // The left side is the mirror image of the right one.
        let flip = Turn(
            vec3(if mirrored { -1.0 } else { 1.0 }, 0.0, 0.0),
            vec3(0.0, 1.0, 0.0),
            vec3(0.0, 0.0, 1.0),
        );
        let shear = (if mirrored { -shear.0 } else { shear.0 }, shear.1);
        Self {
            turn: flip * turn,
            shear,
            scale: 1.0,
            left: 0.0,
            top: 0.0,
        }
    }

    /// Right, up and nearer, in statures.
    pub(super) fn seen(&self, point: Vec3) -> Vec3 {
        let seen = self.turn.of(point);
        vec3(
            seen.x + self.shear.0 * seen.z,
            seen.y + self.shear.1 * seen.z,
            seen.z,
        )
    }

    /// Whether a flat face that looks this way can be seen.
    pub(super) fn sees(&self, normal: Vec3) -> bool {
        let normal = self.turn.of(normal);
        normal.z - normal.x * self.shear.0 - normal.y * self.shear.1 > 1e-3
    }

    /// Samples to the right and down, and nearer in statures.
    pub(super) fn placed(&self, point: Vec3) -> Vec3 {
        let seen = self.seen(point);
        vec3(
            self.left + seen.x * self.scale,
            self.top - seen.y * self.scale,
            seen.z,
        )
    }
}

/// A region of the body that a muscle lights.
#[derive(Debug, Clone, Copy)]
pub(super) struct Region {
    pub(super) part: Part,
    pub(super) side: Option<FigureSide>,
    pub(super) along: (f32, f32),
    pub(super) towards: Vec3,
    pub(super) cos: f32,
}

/// The regions that a muscle lights, by the library's id; where it lies too deep to be seen, what
/// lies over it.
pub(super) fn regions(highlight: &str) -> Vec<Region> {
    let (muscle, sides): (&str, &[FigureSide]) =
        match (highlight.strip_suffix("_r"), highlight.strip_suffix("_l")) {
            (Some(muscle), _) => (muscle, &[FigureSide::Right]),
            (_, Some(muscle)) => (muscle, &[FigureSide::Left]),
            _ => (highlight, &FigureSide::BOTH),
        };
    let whole = (-1.0, 2.0);
    let (front, back, all) = (
        vec3(1.0, 0.0, 0.0),
        vec3(-1.0, 0.0, 0.0),
        (vec3(0.0, 1.0, 0.0), -1.1),
    );
    let mut regions = Vec::new();
    for side in sides {
        let out = vec3(0.0, 0.0, side.sign());
        let mut add = |part, own: bool, along, towards: Vec3, cos| {
            let side = own.then_some(*side);
            regions.push(Region {
                part,
                side,
                along,
                towards: towards.unit(),
                cos,
            });
        };
        match muscle {
            "gluteus-maximus" | "piriformis" => {
                add(Part::Buttock, true, whole, back, -0.3);
                add(Part::Thigh, true, (-1.0, 0.16), back, 0.2);
                add(Part::Pelvis, false, whole, back, 0.0);
            }
            "gluteus-medius" | "tensor-fasciae-latae" => {
                add(Part::Buttock, true, whole, out + vec3(-0.3, 0.5, 0.0), 0.1);
                add(Part::Pelvis, false, whole, out + vec3(-0.3, 0.3, 0.0), 0.15);
                add(Part::Thigh, true, (-1.0, 0.18), out, 0.2);
            }
            "adductors" => add(Part::Thigh, true, (0.0, 0.9), -out, 0.1),
            "hamstrings" => add(Part::Thigh, true, (0.10, 0.95), back, 0.05),
            "quadriceps" => add(Part::Thigh, true, (0.08, 0.95), front, 0.0),
            "hip-flexors" => {
                add(Part::Thigh, true, (-1.0, 0.42), front, 0.1);
                add(Part::Pelvis, false, whole, front, 0.35);
            }
            "gastrocnemius" => add(Part::Shank, true, (-1.0, 0.75), back, 0.0),
            "soleus" => add(Part::Shank, true, (0.2, 0.95), back, 0.0),
            "tibialis-anterior" => add(Part::Shank, true, (-1.0, 0.9), front, 0.2),
            "foot-muscles" => add(Part::Foot, true, whole, vec3(0.0, -1.0, 0.0), 0.0),
            "obliques" | "quadratus-lumborum" => {
                add(Part::Lumbar, true, whole, out, 0.05);
                add(Part::Lumbar, false, whole, out, 0.3);
            }
            "rectus-abdominis" | "transversus-abdominis" => {
                add(Part::Lumbar, true, whole, front, 0.1);
                add(Part::Lumbar, false, whole, front, 0.1);
                add(Part::Pelvis, false, whole, vec3(0.8, 0.6, 0.0), 0.6);
            }
            "erector-spinae" => {
                for part in [Part::Lumbar, Part::Chest] {
                    add(part, true, whole, back, 0.25);
                    add(part, false, whole, back, 0.25);
                }
            }
            "multifidus" => {
                add(Part::Lumbar, true, whole, back, 0.25);
                add(Part::Lumbar, false, whole, back, 0.25);
            }
            "latissimus-dorsi" | "trapezius" => {
                add(Part::Chest, true, whole, back, 0.1);
                add(Part::Chest, false, whole, back, 0.1);
            }
            "serratus-anterior" => add(Part::Chest, true, whole, out, 0.3),
            "pectorals" => {
                add(Part::Chest, true, whole, front, 0.2);
                add(Part::Chest, false, whole, front, 0.2);
            }
            "deltoids" => {
                add(Part::Girdle, true, (0.55, 2.0), all.0, all.1);
                add(Part::UpperArm, true, (-1.0, 0.35), all.0, all.1);
            }
            _ => {}
        }
    }
    regions
}

/// A box among the scenery.
#[derive(Debug, Clone, Copy)]
pub(super) struct Block {
    pub(super) low: Vec3,
    pub(super) high: Vec3,
    pub(super) top: Material,
    pub(super) side: Material,
}

pub(super) fn blocks(motion: &Motion) -> Vec<Block> {
    let extent = motion.extent;
    let (left, right) = (extent.left - 0.04, extent.right + 0.04);
    let (far, near) = (extent.far.min(-0.17) - 0.03, extent.near.max(0.17) + 0.03);
    let wood = |low, high| Block {
        low,
        high,
        top: Material::Wood,
        side: Material::Wood,
    };
    let mut blocks = Vec::new();
    for prop in &motion.figure.props {
        match prop {
            Prop::Mat => blocks.push(Block {
                low: vec3(left, motion.floor - 0.022, far),
                high: vec3(right, motion.floor - 0.001, near),
                top: Material::Mat,
                side: Material::MatEdge,
            }),
            Prop::Floor => blocks.push(Block {
                low: vec3(left - 0.12, motion.floor - 0.012, far),
                high: vec3(right + 0.12, motion.floor - 0.001, near),
                top: Material::Floor,
                side: Material::Wall,
            }),
            Prop::Wall(in_front) => {
                let (from, to) = if in_front.is_some() {
                    (0.004, 0.05)
                } else {
                    (-0.05, -0.004)
                };
                blocks.push(Block {
                    low: vec3(motion.wall + from, 0.0, far),
                    high: vec3(motion.wall + to, 1.06, near),
                    top: Material::Wall,
                    side: Material::Wall,
                });
            }
            Prop::Box(stand, from, to) => {
                // What is stood or lain on reaches down to the floor; a stool stands on it.
                let (low, high) = match stand {
                    Stand::Stool => (0.0, stand.height()),
                    Stand::Step | Stand::Bench => (-stand.height(), -0.002),
                };
                blocks.push(wood(vec3(*from, low, -0.15), vec3(*to, high, 0.15)));
            }
            Prop::Seat => {
                let (x, height) = (motion.seat.0 - 0.02, motion.seat.1 - 0.003);
                blocks.push(wood(
                    vec3(x - 0.13, height - 0.03, -0.14),
                    vec3(x + 0.12, height, 0.14),
                ));
                for (along, across) in [(-0.12, -0.12), (-0.12, 0.12), (0.10, -0.12), (0.10, 0.12)]
                {
                    let low = vec3(x + along - 0.012, 0.0, across - 0.012);
                    blocks.push(wood(
                        low,
                        vec3(x + along + 0.012, height - 0.03, across + 0.012),
                    ));
                }
                blocks.push(wood(
                    vec3(x - 0.155, height - 0.03, -0.14),
                    vec3(x - 0.13, height + 0.26, 0.14),
                ));
            }
            Prop::Chair(x) => {
                let height = 0.27;
                let (from, to) = if *x > 0.0 {
                    (*x, x + 0.24)
                } else {
                    (x - 0.24, *x)
                };
                blocks.push(wood(
                    vec3(from, height - 0.03, -0.12),
                    vec3(to, height, 0.12),
                ));
                for (along, across) in [
                    (from, -0.108),
                    (from, 0.108),
                    (to - 0.024, -0.108),
                    (to - 0.024, 0.108),
                ] {
                    let low = vec3(along, 0.0, across - 0.012);
                    blocks.push(wood(
                        low,
                        vec3(along + 0.024, height - 0.03, across + 0.012),
                    ));
                }
                let back = if *x > 0.0 { from } else { to - 0.024 };
                blocks.push(wood(
                    vec3(back, height, -0.12),
                    vec3(back + 0.024, height + 0.27, 0.12),
                ));
            }
            Prop::Roller | Prop::Band(..) | Prop::Tied(..) => {}
        }
    }
    blocks
}

/// What a picture of the upper body shows.
pub(super) fn is_upper(part: Part) -> bool {
    matches!(
        part,
        Part::Head | Part::Face | Part::Neck | Part::Girdle | Part::Chest | Part::UpperArm
    )
}

/// How wide and how high a movement is seen, in statures; lying exercises are wide, standing ones
/// tall.
pub(super) fn shape(motion: &Motion) -> (f32, f32) {
    let frame = Frame::of(
        motion,
        &Camera::of(motion.figure.view, false),
        &blocks(motion),
    );
    (
        (frame.right - frame.left).max(0.05),
        (frame.high - frame.low).max(0.05),
    )
}

/// The edges of what is seen.
pub(super) struct Frame {
    pub(super) left: f32,
    pub(super) right: f32,
    pub(super) low: f32,
    pub(super) high: f32,
}

impl Frame {
    /// Of a whole movement, seen by a camera.
    pub(super) fn of(motion: &Motion, camera: &Camera, blocks: &[Block]) -> Self {
        let mut frame = Self {
            left: f32::MAX,
            right: f32::MIN,
            low: f32::MAX,
            high: f32::MIN,
        };
        let zoom = motion.figure.zoom;
        let wrong = motion
            .figure
            .wrong
            .as_ref()
            .and_then(|(pose, _)| motion.in_pose(*pose));
        let gone_through = motion.samples().map(|at| motion.at(at));
        for skeleton in gone_through.chain(wrong) {
            for capsule in skeleton
                .capsules
                .iter()
                .filter(|capsule| !zoom || is_upper(capsule.part))
            {
                frame.take(camera.seen(capsule.from), capsule.radius_from);
                frame.take(camera.seen(capsule.to), capsule.radius_to);
            }
        }
        for block in blocks.iter().filter(|_| !zoom) {
            if block.top == Material::Floor {
                // The floor may run out of the picture; only its front edge counts.
                let middle = f32::midpoint(block.low.x, block.high.x);
                frame.take(camera.seen(vec3(middle, block.low.y, block.high.z)), 0.0);
                continue;
            }
            for corner in corners(block) {
                frame.take(camera.seen(corner), 0.0);
            }
        }
        frame
    }

    fn take(&mut self, at: Vec3, radius: f32) {
        self.left = self.left.min(at.x - radius);
        self.right = self.right.max(at.x + radius);
        self.low = self.low.min(at.y - radius);
        self.high = self.high.max(at.y + radius);
    }
}

pub(super) fn corners(block: &Block) -> impl Iterator<Item = Vec3> {
    let Block { low, high, .. } = *block;
    [low.x, high.x].into_iter().flat_map(move |x| {
        [low.y, high.y]
            .into_iter()
            .flat_map(move |y| [low.z, high.z].into_iter().map(move |z| vec3(x, y, z)))
    })
}

/// Whether a limb belongs to the side that is turned away from the viewer.
pub(super) fn is_far(view: View, capsule: &Capsule) -> bool {
    matches!(view, View::Side)
        && (3..20).contains(&capsule.group)
        && capsule.side == Some(FigureSide::Left)
}

/// What covers a capsule so far along it.
pub(super) fn cloth(capsule: &Capsule, along: f32) -> Material {
    let cloth = capsule
        .sleeve
        .filter(|(begins, _)| along >= *begins)
        .map_or(capsule.cloth, |(_, cloth)| cloth);
    match cloth {
        Cloth::Skin => Material::Skin,
        Cloth::Shirt => Material::Shirt,
        Cloth::Shorts => Material::Shorts,
        Cloth::Shoe => Material::Shoe,
        Cloth::Eye => Material::Eye,
    }
}
