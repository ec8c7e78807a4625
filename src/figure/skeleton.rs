//! Bones and flesh of a pose: about sixty tapered capsules and the named places of the body.
//! Segment lengths in shares of stature after Drillis & Contini as given by Winter (Biomechanics
//! and Motor Control of Human Movement), rounded, the head a tenth larger. Knows nothing of what
//! holds a pose in its place, or of how it is drawn.

use super::pose::{Limbs, Pose};
use super::space::{Turn, Vec3, vec3};
use super::{Extremity, FigureSide, PerExtremity, Point};

/// Upper arm and forearm.
const ARM: (f32, f32) = (0.172, 0.146);
/// Thigh and shank.
const LEG: (f32, f32) = (0.240, 0.240);
const PELVIS: f32 = 0.055;
const LUMBAR: f32 = 0.105;
const THORAX: f32 = 0.130;
const HALF_HIPS: f32 = 0.048;
const HALF_SHOULDERS: f32 = 0.097;
/// The parts of which the lumbar and the thoracic spine are made.
const PARTS: usize = 4;
/// How wide the trunk is on each side of the spine, how thick, and how far before it, from the
/// sacrum to the first rib.
const TRUNK: [(f32, f32, f32); 2 * PARTS + 1] = [
    (0.034, 0.062, 0.004),
    (0.027, 0.058, 0.006),
    (0.022, 0.056, 0.006),
    (0.023, 0.058, 0.008),
    (0.028, 0.062, 0.010),
    (0.034, 0.064, 0.012),
    (0.040, 0.063, 0.010),
    (0.044, 0.058, 0.004),
    (0.042, 0.045, 0.000),
];

/// A part of the body, as far as drawing and lighting muscles tell them apart.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[allow(missing_docs, reason = "each is named for what it is")]
pub enum Part {
    Pelvis,
    Buttock,
    Lumbar,
    Chest,
    Girdle,
    Neck,
    Head,
    Face,
    Nose,
    Eye,
    UpperArm,
    Forearm,
    Hand,
    Thigh,
    Shank,
    Foot,
    Toes,
}

/// What a surface is made of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[allow(missing_docs, reason = "each is named for what it is")]
pub enum Cloth {
    Skin,
    Shirt,
    Shorts,
    Shoe,
    Eye,
}

/// A tapered capsule: the hull of two balls.
#[derive(Debug, Clone, Copy)]
pub struct Capsule {
    /// The middle of the first ball.
    pub from: Vec3,
    /// The middle of the second one.
    pub to: Vec3,
    /// The radius of the first ball.
    pub radius_from: f32,
    /// The radius of the second one.
    pub radius_to: f32,
    /// What it is.
    pub part: Part,
    /// Whose; none for the middle.
    pub side: Option<FigureSide>,
    /// What it is covered with.
    pub cloth: Cloth,
    /// Where another cover begins, as a share of the length, and which.
    pub sleeve: Option<(f32, Cloth)>,
    /// The bone's own frame.
    pub frame: Turn,
    /// Capsules of one group do not stand out from one another.
    pub group: u8,
}

/// Where an end of a limb is, and how it is turned.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Place {
    /// The wrist or the ankle.
    pub at: Vec3,
    /// How the hand or the foot is turned; none where it goes with the forearm or the shank.
    pub frame: Option<Turn>,
}

/// The named places.
#[derive(Debug, Clone, Copy, Default)]
struct Places {
    pelvis: Vec3,
    lumbar: Vec3,
    chest: Vec3,
    back: Vec3,
    shoulders: Vec3,
    head: Vec3,
    right: LimbPlaces,
    left: LimbPlaces,
}

#[derive(Debug, Clone, Copy, Default)]
struct LimbPlaces {
    shoulder: Vec3,
    elbow: Vec3,
    wrist: Vec3,
    hand: Vec3,
    hip: Vec3,
    knee: Vec3,
    ankle: Vec3,
    toe: Vec3,
    shin: Vec3,
    thigh: Vec3,
}

/// A posed body.
#[derive(Debug, Clone)]
pub struct Skeleton {
    /// Its flesh.
    pub capsules: Vec<Capsule>,
    /// The middle of the head and its frame, for hair.
    pub head: (Vec3, Turn),
    /// Where the ends of the limbs are.
    pub ends: PerExtremity<Place>,
    places: Places,
}

impl Default for Place {
    fn default() -> Self {
        Self {
            at: Vec3::default(),
            frame: Some(Turn::NONE),
        }
    }
}

/// Two bones from a root over a joint to an end.
#[derive(Clone, Copy)]
struct Chain {
    root: Vec3,
    joint: Vec3,
    end: Vec3,
    upper: Turn,
    lower: Turn,
    last: Turn,
}

/// A bone's frame from its two ends and the way its front looks.
fn frame_of(from: Vec3, to: Vec3, front: Vec3) -> Turn {
    let y = (from - to).unit();
    let x = front.beside(y).unit();
    Turn(x, y, x.cross(y))
}

impl Chain {
    /// Hangs from a root, the joint bent and the end turned by so many degrees.
    fn hung(
        root: Vec3,
        upper: Turn,
        (first, second): (f32, f32),
        (bend, turn): (f32, f32),
    ) -> Self {
        let joint = root + upper.of(vec3(0.0, -first, 0.0));
        let lower = upper * Turn::about_z(bend);
        let end = joint + lower.of(vec3(0.0, -second, 0.0));
        Self {
            root,
            joint,
            end,
            upper,
            lower,
            last: lower * Turn::about_z(turn),
        }
    }

    /// Bends the chain so that its end comes to a place, as near as it reaches. A knee bends
    /// forward, an elbow back.
    fn reach(&mut self, (upper, lower): (f32, f32), place: Place, knee: bool) {
        let way = place.at - self.root;
        let length = way
            .length()
            .clamp((upper - lower).abs() + 1e-3, upper + lower - 1e-4);
        let way = way.unit();
        let bent = (self.joint - self.root).beside(way);
        let front = self.upper.0;
        // The joint goes where the pose has it; of a straight limb to the side to which it can
        // bend.
        let pole = if bent.length() > 0.012 {
            bent.unit()
        } else {
            (if knee { front } else { -front }).beside(way).unit()
        };
        let cos = ((upper * upper + length * length - lower * lower) / (2.0 * upper * length))
            .clamp(-1.0, 1.0);
        let sin = (1.0 - cos * cos).sqrt();
        self.joint = self.root + way * (upper * cos) + pole * (upper * sin);
        self.end = self.root + way * length;
        let bends = sin > 0.08;
        let ahead = if knee { pole } else { -pole };
        self.upper = frame_of(
            self.root,
            self.joint,
            if bends { ahead } else { self.upper.0 },
        );
        self.lower = frame_of(
            self.joint,
            self.end,
            if bends { ahead } else { self.lower.0 },
        );
        self.last = place.frame.unwrap_or(self.lower);
    }
}

/// Collects capsules.
struct BodyBuilder {
    capsules: Vec<Capsule>,
}

/// What capsules of one bone have in common.
#[derive(Clone, Copy)]
struct Bone {
    part: Part,
    side: Option<FigureSide>,
    cloth: Cloth,
    frame: Turn,
    group: u8,
}

impl BodyBuilder {
    fn add(&mut self, bone: Bone, (from, radius_from): (Vec3, f32), (to, radius_to): (Vec3, f32)) {
        let Bone {
            part,
            side,
            cloth,
            frame,
            group,
        } = bone;
        let sleeve = None;
        self.capsules.push(Capsule {
            from,
            to,
            radius_from,
            radius_to,
            part,
            side,
            cloth,
            sleeve,
            frame,
            group,
        });
    }

    /// A sleeve that ends so far along the last capsule; below it is skin.
    fn sleeve(&mut self, share: f32) {
        if let Some(last) = self.capsules.last_mut() {
            last.sleeve = Some((share, Cloth::Skin));
        }
    }
}

/// The spine, from the sacrum to the first rib: each place with its frame.
struct Spine {
    parts: Vec<(Vec3, Turn)>,
}

impl Spine {
    fn of(pose: &Pose, pelvis: Vec3, frame: Turn) -> Self {
        #[expect(clippy::cast_precision_loss, reason = "four is four")]
        let parts = PARTS as f32;
        let mut at = pelvis + frame.of(vec3(-0.004, PELVIS, 0.0));
        let mut frame = frame;
        let mut all = vec![(at, frame)];
        for _ in 0..PARTS {
            frame = frame
                * Turn::about_z(-pose.lumbar / parts)
                * Turn::about_x(pose.side * 0.5 / parts);
            at = at + frame.of(vec3(0.0, LUMBAR / parts, 0.0));
            all.push((at, frame));
        }
        for _ in 0..PARTS {
            frame = frame
                * Turn::about_z(-pose.thorax / parts)
                * Turn::about_x(pose.side * 0.5 / parts)
                * Turn::about_y(-pose.twist / parts);
            at = at + frame.of(vec3(0.0, THORAX / parts, 0.0));
            all.push((at, frame));
        }
        Self { parts: all }
    }

    fn part(&self, index: usize) -> (Vec3, Turn) {
        self.parts
            .get(index)
            .or(self.parts.last())
            .copied()
            .unwrap_or((Vec3::default(), Turn::NONE))
    }

    fn flesh(&self, flesh: &mut BodyBuilder) {
        let pairs = self.parts.windows(2).zip(TRUNK.windows(2)).enumerate();
        for (index, (places, sizes)) in pairs {
            let ([(low, low_frame), (high, high_frame)], [below, above]) = (places, sizes) else {
                continue;
            };
            let part = if index <= PARTS {
                Part::Lumbar
            } else {
                Part::Chest
            };
            let bone = |side| Bone {
                part,
                side,
                cloth: Cloth::Shirt,
                frame: *high_frame,
                group: 0,
            };
            let column = |sign: f32| {
                let from = *low + low_frame.of(vec3(below.2, 0.0, below.0 * sign));
                (
                    from,
                    *high + high_frame.of(vec3(above.2, 0.0, above.0 * sign)),
                )
            };
            for side in FigureSide::BOTH {
                let (from, to) = column(side.sign());
                flesh.add(bone(Some(side)), (from, below.1), (to, above.1));
            }
            let (from, to) = column(0.0);
            flesh.add(bone(None), (from, below.1 * 1.02), (to, above.1 * 1.02));
        }
    }
}

/// Neck and head on the first rib; gives the middle of the head and its frame.
fn head(pose: &Pose, (top, frame): (Vec3, Turn), flesh: &mut BodyBuilder) -> (Vec3, Turn) {
    let half = |frame: Turn| {
        frame
            * Turn::about_z(-pose.neck * 0.5)
            * Turn::about_x(pose.neck_side * 0.5)
            * Turn::about_y(-pose.neck_twist * 0.5)
    };
    let neck = half(frame);
    let root = top + frame.of(vec3(-0.004, 0.012, 0.0));
    let skull = root + neck.of(vec3(0.010 + pose.protract * 0.001, 0.052, 0.0));
    let turned = half(neck);
    let middle = skull + turned.of(vec3(0.010, 0.056, 0.0));
    let bone = |part, frame, cloth| Bone {
        part,
        side: None,
        cloth,
        frame,
        group: 2,
    };
    let at = |x, y, z| middle + turned.of(vec3(x, y, z));
    let below = root - frame.of(vec3(0.0, 0.012, 0.0));
    flesh.add(
        bone(Part::Neck, neck, Cloth::Skin),
        (below, 0.036),
        (skull, 0.031),
    );
    let skin = |part| bone(part, turned, Cloth::Skin);
    flesh.add(
        skin(Part::Head),
        (at(-0.010, 0.010, 0.0), 0.066),
        (at(0.008, 0.008, 0.0), 0.064),
    );
    flesh.add(
        skin(Part::Face),
        (at(0.012, 0.0, 0.0), 0.058),
        (at(0.024, -0.036, 0.0), 0.034),
    );
    flesh.add(
        skin(Part::Nose),
        (at(0.060, -0.004, 0.0), 0.011),
        (at(0.073, -0.018, 0.0), 0.013),
    );
    for side in FigureSide::BOTH {
        let eye = |y| (at(0.058, y, side.sign() * 0.027), 0.009);
        flesh.add(bone(Part::Eye, turned, Cloth::Eye), eye(0.010), eye(0.006));
    }
    (middle, turned)
}

/// What a side's limbs hang on.
#[derive(Clone, Copy)]
struct Trunk {
    pelvis: Vec3,
    pelvis_frame: Turn,
    top: Vec3,
    top_frame: Turn,
}

/// A ball joint: flexion, then abduction, then external rotation, the last two away from the
/// middle.
fn ball(trunk: Turn, side: FigureSide, (flexion, abduction, rotation): (f32, f32, f32)) -> Turn {
    let out = -side.sign();
    trunk * Turn::about_z(flexion) * Turn::about_x(out * abduction) * Turn::about_y(out * rotation)
}

fn arm(
    limbs: &Limbs,
    side: FigureSide,
    trunk: Trunk,
    pin: Option<Place>,
    flesh: &mut BodyBuilder,
    places: &mut LimbPlaces,
) -> Place {
    let sign = side.sign();
    let root = trunk.top
        + trunk.top_frame.of(vec3(
            0.002 + limbs.scap * 0.001,
            -0.016,
            sign * HALF_SHOULDERS,
        ));
    let upper = ball(
        trunk.top_frame,
        side,
        (limbs.shoulder, limbs.shoulder_abd, limbs.shoulder_rot),
    );
    let mut chain = Chain::hung(root, upper, ARM, (limbs.elbow, limbs.wrist));
    if let Some(pin) = pin {
        chain.reach(ARM, pin, false);
    }
    let group = if side == FigureSide::Right { 3 } else { 4 };
    let bone = |part, frame, cloth, group| Bone {
        part,
        side: Some(side),
        cloth,
        frame,
        group,
    };
    flesh.add(
        bone(Part::UpperArm, chain.upper, Cloth::Shirt, group),
        (chain.root, 0.041),
        (chain.joint, 0.031),
    );
    flesh.sleeve(0.55);
    let forearm = bone(Part::Forearm, chain.lower, Cloth::Skin, group + 4);
    let thick = chain.joint.towards(chain.end, 0.3);
    flesh.add(forearm, (chain.joint, 0.030), (thick, 0.031));
    flesh.add(forearm, (thick, 0.031), (chain.end, 0.021));
    let hand = |y| chain.end + chain.last.of(vec3(0.0, y, 0.0));
    flesh.add(
        bone(Part::Hand, chain.last, Cloth::Skin, group + 4),
        (hand(-0.012), 0.025),
        (hand(-0.072), 0.017),
    );
    (places.shoulder, places.elbow, places.wrist, places.hand) =
        (chain.root, chain.joint, chain.end, hand(-0.04));
    Place {
        at: chain.end,
        frame: Some(chain.last),
    }
}

fn leg(
    limbs: &Limbs,
    side: FigureSide,
    trunk: Trunk,
    pin: Option<Place>,
    flesh: &mut BodyBuilder,
    places: &mut LimbPlaces,
) -> Place {
    let sign = side.sign();
    let root = trunk.pelvis + trunk.pelvis_frame.of(vec3(0.0, 0.0, sign * HALF_HIPS));
    let upper = ball(
        trunk.pelvis_frame,
        side,
        (limbs.hip, limbs.hip_abd, limbs.hip_rot),
    );
    let mut chain = Chain::hung(root, upper, LEG, (-limbs.knee, limbs.ankle));
    if let Some(pin) = pin {
        chain.reach(LEG, pin, true);
    }
    let group = if side == FigureSide::Right { 5 } else { 6 };
    let bone = |part, frame, cloth, group| Bone {
        part,
        side: Some(side),
        cloth,
        frame,
        group,
    };
    flesh.add(
        bone(Part::Thigh, chain.upper, Cloth::Shorts, group),
        (chain.root, 0.060),
        (chain.joint, 0.042),
    );
    flesh.sleeve(0.62);
    let calf = chain.joint.towards(chain.end, 0.30) - chain.lower.of(vec3(0.006, 0.0, 0.0));
    let shank = bone(Part::Shank, chain.lower, Cloth::Skin, group + 4);
    flesh.add(shank, (chain.joint, 0.039), (calf, 0.039));
    flesh.add(shank, (calf, 0.039), (chain.end, 0.025));
    let foot = |x, y| chain.end + chain.last.of(vec3(x, y, 0.0));
    let ball = foot(0.078, -0.026);
    let toes = chain.last * Turn::about_z(limbs.toe);
    let toe = ball + toes.of(vec3(0.034, -0.003, 0.0));
    let shoe = |part| bone(part, chain.last, Cloth::Shoe, group + 4);
    flesh.add(
        shoe(Part::Foot),
        (foot(-0.024, -0.018), 0.026),
        (ball, 0.018),
    );
    flesh.add(shoe(Part::Foot), (chain.end, 0.026), (ball, 0.018));
    flesh.add(shoe(Part::Toes), (ball, 0.018), (toe, 0.015));
    (places.hip, places.knee, places.ankle, places.toe) = (chain.root, chain.joint, chain.end, toe);
    // On the surface, with room for the hand that lies on it.
    places.shin = chain.joint.towards(chain.end, 0.24) + chain.lower.of(vec3(0.056, 0.0, 0.0));
    places.thigh = chain.joint.towards(chain.root, 0.24) - chain.upper.of(vec3(0.062, 0.0, 0.0));
    Place {
        at: chain.end,
        frame: Some(chain.last),
    }
}

impl Skeleton {
    /// A pose with the pelvis at a place; limbs whose ends are kept somewhere are bent to reach it.
    pub fn of(pose: &Pose, pelvis: Vec3, pins: &PerExtremity<Option<Place>>) -> Self {
        let mut flesh = BodyBuilder {
            capsules: Vec::with_capacity(64),
        };
        let frame =
            Turn::about_y(-pose.heading) * Turn::about_z(-pose.pitch) * Turn::about_x(pose.tilt);
        let at = |x, y, z| pelvis + frame.of(vec3(x, y, z));
        let shorts = |part, side| Bone {
            part,
            side,
            cloth: Cloth::Shorts,
            frame,
            group: 1,
        };
        flesh.add(
            shorts(Part::Pelvis, None),
            (at(0.004, 0.03, 0.036), 0.063),
            (at(0.004, 0.03, -0.036), 0.063),
        );
        for side in FigureSide::BOTH {
            let sign = side.sign();
            let (low, high) = (
                at(-0.020, 0.0, sign * 0.042),
                at(-0.010, 0.03, sign * 0.040),
            );
            flesh.add(
                shorts(Part::Buttock, Some(side)),
                (low, 0.057),
                (high, 0.058),
            );
        }
        let spine = Spine::of(pose, pelvis, frame);
        spine.flesh(&mut flesh);
        let (top, top_frame) = spine.part(2 * PARTS);
        let head = head(pose, (top, top_frame), &mut flesh);
        let chest = spine.part(PARTS + 2);
        let mut places = Places {
            pelvis,
            lumbar: spine.part(2).0,
            chest: chest.0,
            back: chest.0 + chest.1.of(vec3(-0.06, 0.0, 0.0)),
            shoulders: top,
            head: head.0,
            ..Places::default()
        };
        let trunk = Trunk {
            pelvis,
            pelvis_frame: frame,
            top,
            top_frame,
        };
        let ends = PerExtremity {
            hand_right: arm(
                &pose.right,
                FigureSide::Right,
                trunk,
                pins.hand_right,
                &mut flesh,
                &mut places.right,
            ),
            hand_left: arm(
                &pose.left,
                FigureSide::Left,
                trunk,
                pins.hand_left,
                &mut flesh,
                &mut places.left,
            ),
            foot_right: leg(
                &pose.right,
                FigureSide::Right,
                trunk,
                pins.foot_right,
                &mut flesh,
                &mut places.right,
            ),
            foot_left: leg(
                &pose.left,
                FigureSide::Left,
                trunk,
                pins.foot_left,
                &mut flesh,
                &mut places.left,
            ),
        };
        let below = spine.part(2 * PARTS - 1);
        for (side, shoulder) in [
            (FigureSide::Right, places.right.shoulder),
            (FigureSide::Left, places.left.shoulder),
        ] {
            let bone = Bone {
                part: Part::Girdle,
                side: Some(side),
                cloth: Cloth::Shirt,
                frame: top_frame,
                group: 0,
            };
            flesh.add(
                bone,
                (top + top_frame.of(vec3(0.0, -0.006, 0.0)), 0.042),
                (shoulder, 0.040),
            );
            let rib = below.0 + below.1.of(vec3(0.004, -0.01, side.sign() * 0.05));
            flesh.add(bone, (rib, 0.055), (shoulder, 0.038));
        }
        Self {
            capsules: flesh.capsules,
            head,
            ends,
            places,
        }
    }

    /// A named place.
    pub fn point(&self, point: Point) -> Vec3 {
        let places = &self.places;
        let of = |side| match side {
            FigureSide::Right => &places.right,
            FigureSide::Left => &places.left,
        };
        let middle =
            |pick: fn(&LimbPlaces) -> Vec3| pick(&places.right).towards(pick(&places.left), 0.5);
        match point {
            Point::Pelvis | Point::Hips => places.pelvis,
            Point::Lumbar => places.lumbar,
            Point::Chest => places.chest,
            Point::Back => places.back,
            Point::Shoulders => places.shoulders,
            Point::Head => places.head,
            Point::Knees => middle(|limb| limb.knee),
            Point::Feet => middle(|limb| limb.ankle),
            Point::Toes => middle(|limb| limb.toe),
            Point::Hands => middle(|limb| limb.hand),
            Point::Shoulder(side) => of(side).shoulder,
            Point::Elbow(side) => of(side).elbow,
            Point::Wrist(side) => of(side).wrist,
            Point::Hand(side) => of(side).hand,
            Point::Hip(side) => of(side).hip,
            Point::Knee(side) => of(side).knee,
            Point::Foot(side) => of(side).ankle,
            Point::Toe(side) => of(side).toe,
            Point::Shin(side) => of(side).shin,
            Point::Thigh(side) => of(side).thigh,
        }
    }

    /// How high the lowest surface of a place's part of the body lies.
    pub fn lowest(&self, point: Point) -> f32 {
        let belongs = |capsule: &&Capsule| {
            let sided = |side: FigureSide| capsule.side == Some(side);
            match point {
                Point::Feet | Point::Toes => matches!(capsule.part, Part::Foot | Part::Toes),
                Point::Foot(side) | Point::Toe(side) => {
                    matches!(capsule.part, Part::Foot | Part::Toes) && sided(side)
                }
                Point::Hands => capsule.part == Part::Hand,
                Point::Hand(side) | Point::Wrist(side) => capsule.part == Part::Hand && sided(side),
                Point::Knees => capsule.part == Part::Shank,
                Point::Knee(side) | Point::Shin(side) => capsule.part == Part::Shank && sided(side),
                Point::Thigh(side) => capsule.part == Part::Thigh && sided(side),
                Point::Elbow(side) => capsule.part == Part::Forearm && sided(side),
                Point::Shoulders | Point::Back | Point::Chest | Point::Shoulder(_) => {
                    matches!(capsule.part, Part::Chest | Part::Girdle)
                }
                Point::Pelvis | Point::Hips | Point::Hip(_) => {
                    matches!(capsule.part, Part::Pelvis | Part::Buttock)
                }
                Point::Lumbar => capsule.part == Part::Lumbar,
                Point::Head => capsule.part == Part::Head,
            }
        };
        self.lowest_of(belongs)
    }

    /// How high the body lies, on average of all its parts.
    pub fn height(&self) -> f32 {
        let sum: f32 = self
            .capsules
            .iter()
            .map(|capsule| f32::midpoint(capsule.from.y, capsule.to.y))
            .sum();
        #[expect(clippy::cast_precision_loss, reason = "a body has some sixty capsules")]
        let count = self.capsules.len().max(1) as f32;
        sum / count
    }

    /// How high the lowest surface of trunk, neck and head lies.
    pub fn lowest_of_trunk(&self) -> f32 {
        self.lowest_of(|capsule| capsule.group <= 2)
    }

    /// How high the lowest surface of an end of a limb lies.
    pub fn lowest_of_end(&self, end: Extremity) -> f32 {
        self.lowest(match end {
            Extremity::FootRight => Point::Foot(FigureSide::Right),
            Extremity::FootLeft => Point::Foot(FigureSide::Left),
            Extremity::HandRight => Point::Hand(FigureSide::Right),
            Extremity::HandLeft => Point::Hand(FigureSide::Left),
        })
    }

    fn lowest_of(&self, belongs: impl Fn(&&Capsule) -> bool) -> f32 {
        let low = |capsule: &Capsule| {
            (capsule.from.y - capsule.radius_from).min(capsule.to.y - capsule.radius_to)
        };
        self.capsules
            .iter()
            .filter(belongs)
            .map(low)
            .fold(f32::MAX, f32::min)
    }
}
