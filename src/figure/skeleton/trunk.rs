//! Pelvis, spine, shoulder girdle, neck, and head of a pose.

use super::super::FigureSide;
use super::super::pose::Pose;
use super::super::space::{Turn, Vec3, vec3};
use super::capsule::{BodyBuilder, Bone, Cloth, Part};

const PELVIS: f32 = 0.055;
const LUMBAR: f32 = 0.105;
const THORAX: f32 = 0.130;
/// The number of segments of the lumbar spine, and of the thoracic spine.
pub(super) const SEGMENTS: usize = 4;
/// From the sacrum to the first rib: the half width of the trunk, its thickness, and how far its
/// middle lies in front of the spine.
const TRUNK: [(f32, f32, f32); 2 * SEGMENTS + 1] = [
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

/// Adds the pelvis and the buttocks.
pub(super) fn add_pelvis(body: &mut BodyBuilder, pelvis: Vec3, frame: Turn) {
    let at = |x, y, z| pelvis + frame.of(vec3(x, y, z));
    let shorts = |part, side| Bone {
        part,
        side,
        cloth: Cloth::Shorts,
        frame,
        group: 1,
    };
    body.add(
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
        body.add(
            shorts(Part::Buttock, Some(side)),
            (low, 0.057),
            (high, 0.058),
        );
    }
}

/// The spine from the sacrum to the first rib: each joint with its frame.
pub(super) struct Spine {
    joints: Vec<(Vec3, Turn)>,
}

impl Spine {
    /// Bends the spine of a pose, upwards from the pelvis.
    pub(super) fn build(pose: &Pose, pelvis: Vec3, frame: Turn) -> Self {
        #[expect(clippy::cast_precision_loss, reason = "a handful of segments")]
        let segments = SEGMENTS as f32;
        let mut at = pelvis + frame.of(vec3(-0.004, PELVIS, 0.0));
        let mut frame = frame;
        let mut joints = vec![(at, frame)];
        for _ in 0..SEGMENTS {
            frame = frame
                * Turn::about_z(-pose.lumbar / segments)
                * Turn::about_x(pose.side * 0.5 / segments);
            at = at + frame.of(vec3(0.0, LUMBAR / segments, 0.0));
            joints.push((at, frame));
        }
        for _ in 0..SEGMENTS {
            frame = frame
                * Turn::about_z(-pose.thorax / segments)
                * Turn::about_x(pose.side * 0.5 / segments)
                * Turn::about_y(-pose.twist / segments);
            at = at + frame.of(vec3(0.0, THORAX / segments, 0.0));
            joints.push((at, frame));
        }
        Self { joints }
    }

    /// Returns a joint, counted from the sacrum; above the last one, the last one.
    pub(super) fn joint(&self, index: usize) -> (Vec3, Turn) {
        self.joints
            .get(index)
            .or(self.joints.last())
            .copied()
            .unwrap_or((Vec3::default(), Turn::NONE))
    }

    /// Returns the first rib, where neck and arms begin.
    pub(super) fn top(&self) -> (Vec3, Turn) {
        self.joint(2 * SEGMENTS)
    }

    /// Adds the trunk: for each segment a column on either side and one in the middle.
    pub(super) fn add_trunk(&self, body: &mut BodyBuilder) {
        let segments = self.joints.windows(2).zip(TRUNK.windows(2)).enumerate();
        for (index, (joints, sizes)) in segments {
            let ([(low, low_frame), (high, high_frame)], [below, above]) = (joints, sizes) else {
                continue;
            };
            let part = if index <= SEGMENTS {
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
                body.add(bone(Some(side)), (from, below.1), (to, above.1));
            }
            let (from, to) = column(0.0);
            body.add(bone(None), (from, below.1 * 1.02), (to, above.1 * 1.02));
        }
    }

    /// Adds the shoulder girdle: from the first rib and from the ribs below it to each shoulder.
    pub(super) fn add_girdle(&self, body: &mut BodyBuilder, right: Vec3, left: Vec3) {
        let (top, frame) = self.top();
        let below = self.joint(2 * SEGMENTS - 1);
        for (side, shoulder) in [(FigureSide::Right, right), (FigureSide::Left, left)] {
            let bone = Bone {
                part: Part::Girdle,
                side: Some(side),
                cloth: Cloth::Shirt,
                frame,
                group: 0,
            };
            body.add(
                bone,
                (top + frame.of(vec3(0.0, -0.006, 0.0)), 0.042),
                (shoulder, 0.040),
            );
            let rib = below.0 + below.1.of(vec3(0.004, -0.01, side.sign() * 0.05));
            body.add(bone, (rib, 0.055), (shoulder, 0.038));
        }
    }
}

/// Adds neck and head on top of the first rib. Returns the center of the head and its frame.
pub(super) fn add_head(
    body: &mut BodyBuilder,
    pose: &Pose,
    (top, frame): (Vec3, Turn),
) -> (Vec3, Turn) {
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
    body.add(
        bone(Part::Neck, neck, Cloth::Skin),
        (below, 0.036),
        (skull, 0.031),
    );
    let skin = |part| bone(part, turned, Cloth::Skin);
    body.add(
        skin(Part::Head),
        (at(-0.010, 0.010, 0.0), 0.066),
        (at(0.008, 0.008, 0.0), 0.064),
    );
    body.add(
        skin(Part::Face),
        (at(0.012, 0.0, 0.0), 0.058),
        (at(0.024, -0.036, 0.0), 0.034),
    );
    body.add(
        skin(Part::Nose),
        (at(0.060, -0.004, 0.0), 0.011),
        (at(0.073, -0.018, 0.0), 0.013),
    );
    for side in FigureSide::BOTH {
        let eye = |y| (at(0.058, y, side.sign() * 0.027), 0.009);
        body.add(bone(Part::Eye, turned, Cloth::Eye), eye(0.010), eye(0.006));
    }
    (middle, turned)
}
