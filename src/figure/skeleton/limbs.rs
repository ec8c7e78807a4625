//! Arms and legs of a pose, bent so that pinned hands and feet reach their places.

use super::super::FigureSide;
use super::super::pose::Limbs;
use super::super::space::{Turn, Vec3, vec3};
use super::capsule::{BodyBuilder, Bone, Cloth, Part};
use super::places::{LimbPlaces, Place};

/// The lengths of upper arm and forearm.
const ARM: (f32, f32) = (0.172, 0.146);
/// The lengths of thigh and shank.
const LEG: (f32, f32) = (0.240, 0.240);
const HALF_HIPS: f32 = 0.048;
const HALF_SHOULDERS: f32 = 0.097;

/// Two bones: from a root over a joint to an end.
#[derive(Clone, Copy)]
struct Chain {
    root: Vec3,
    joint: Vec3,
    end: Vec3,
    upper: Turn,
    lower: Turn,
    last: Turn,
}

/// Returns the frame of a bone from its two ends and the direction in which its front faces.
fn frame_of(from: Vec3, to: Vec3, front: Vec3) -> Turn {
    let y = (from - to).unit();
    let x = front.beside(y).unit();
    Turn(x, y, x.cross(y))
}

impl Chain {
    /// Hangs the chain from a root, with the joint bent and the end turned by these degrees.
    fn hang(
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

    /// Bends the chain so that its end comes as close to a place as it can reach. A knee bends
    /// forward, an elbow backward.
    fn reach(&mut self, (upper, lower): (f32, f32), place: Place, knee: bool) {
        let way = place.at - self.root;
        let length = way
            .length()
            .clamp((upper - lower).abs() + 1e-3, upper + lower - 1e-4);
        let way = way.unit();
        let bent = (self.joint - self.root).beside(way);
        let front = self.upper.0;
        // The joint stays on the side where the pose has it. A straight limb bends to the side to
        // which its joint can bend.
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

    /// Returns where the end is and how it is turned.
    fn place(&self) -> Place {
        Place {
            at: self.end,
            frame: Some(self.last),
        }
    }
}

/// What the limbs of both sides hang from.
#[derive(Clone, Copy)]
pub(super) struct LimbRoots {
    /// The pelvis and its frame.
    pub(super) pelvis: (Vec3, Turn),
    /// The first rib and its frame.
    pub(super) top: (Vec3, Turn),
}

/// Returns the frame of a bone on a ball joint: flexion, then abduction, then external rotation,
/// the last two away from the middle of the body.
fn turn_ball_joint(
    trunk: Turn,
    side: FigureSide,
    (flexion, abduction, rotation): (f32, f32, f32),
) -> Turn {
    let out = -side.sign();
    trunk * Turn::about_z(flexion) * Turn::about_x(out * abduction) * Turn::about_y(out * rotation)
}

/// Adds an arm, bent to reach its pin, if it has one. Returns the place of the hand.
pub(super) fn add_arm(
    body: &mut BodyBuilder,
    places: &mut LimbPlaces,
    (limbs, side): (&Limbs, FigureSide),
    roots: LimbRoots,
    pin: Option<Place>,
) -> Place {
    let (top, frame) = roots.top;
    let shoulder = vec3(
        0.002 + limbs.scap * 0.001,
        -0.016,
        side.sign() * HALF_SHOULDERS,
    );
    let angles = (limbs.shoulder, limbs.shoulder_abd, limbs.shoulder_rot);
    let mut chain = Chain::hang(
        top + frame.of(shoulder),
        turn_ball_joint(frame, side, angles),
        ARM,
        (limbs.elbow, limbs.wrist),
    );
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
    body.add(
        bone(Part::UpperArm, chain.upper, Cloth::Shirt, group),
        (chain.root, 0.041),
        (chain.joint, 0.031),
    );
    body.end_sleeve(0.55);
    let forearm = bone(Part::Forearm, chain.lower, Cloth::Skin, group + 4);
    let thick = chain.joint.towards(chain.end, 0.3);
    body.add(forearm, (chain.joint, 0.030), (thick, 0.031));
    body.add(forearm, (thick, 0.031), (chain.end, 0.021));
    let hand = |y| chain.end + chain.last.of(vec3(0.0, y, 0.0));
    body.add(
        bone(Part::Hand, chain.last, Cloth::Skin, group + 4),
        (hand(-0.012), 0.025),
        (hand(-0.072), 0.017),
    );
    (places.shoulder, places.elbow, places.wrist, places.hand) =
        (chain.root, chain.joint, chain.end, hand(-0.04));
    chain.place()
}

/// Adds a leg, bent to reach its pin, if it has one. Returns the place of the foot.
pub(super) fn add_leg(
    body: &mut BodyBuilder,
    places: &mut LimbPlaces,
    (limbs, side): (&Limbs, FigureSide),
    roots: LimbRoots,
    pin: Option<Place>,
) -> Place {
    let (pelvis, frame) = roots.pelvis;
    let angles = (limbs.hip, limbs.hip_abd, limbs.hip_rot);
    let mut chain = Chain::hang(
        pelvis + frame.of(vec3(0.0, 0.0, side.sign() * HALF_HIPS)),
        turn_ball_joint(frame, side, angles),
        LEG,
        (-limbs.knee, limbs.ankle),
    );
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
    body.add(
        bone(Part::Thigh, chain.upper, Cloth::Shorts, group),
        (chain.root, 0.060),
        (chain.joint, 0.042),
    );
    body.end_sleeve(0.62);
    let calf = chain.joint.towards(chain.end, 0.30) - chain.lower.of(vec3(0.006, 0.0, 0.0));
    let shank = bone(Part::Shank, chain.lower, Cloth::Skin, group + 4);
    body.add(shank, (chain.joint, 0.039), (calf, 0.039));
    body.add(shank, (calf, 0.039), (chain.end, 0.025));
    let foot = |x, y| chain.end + chain.last.of(vec3(x, y, 0.0));
    let ball = foot(0.078, -0.026);
    let toes = chain.last * Turn::about_z(limbs.toe);
    let toe = ball + toes.of(vec3(0.034, -0.003, 0.0));
    let shoe = |part| bone(part, chain.last, Cloth::Shoe, group + 4);
    body.add(
        shoe(Part::Foot),
        (foot(-0.024, -0.018), 0.026),
        (ball, 0.018),
    );
    body.add(shoe(Part::Foot), (chain.end, 0.026), (ball, 0.018));
    body.add(shoe(Part::Toes), (ball, 0.018), (toe, 0.015));
    (places.hip, places.knee, places.ankle, places.toe) = (chain.root, chain.joint, chain.end, toe);
    // On the surface, with room for the hand that lies on it.
    places.shin = chain.joint.towards(chain.end, 0.24) + chain.lower.of(vec3(0.056, 0.0, 0.0));
    places.thigh = chain.joint.towards(chain.root, 0.24) - chain.upper.of(vec3(0.062, 0.0, 0.0));
    chain.place()
}
