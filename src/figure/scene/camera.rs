//! How the world is projected onto the picture.

use super::super::View;
use super::super::skeleton::Skeleton;
use super::super::space::{Turn, Vec3, vec3};
use super::furniture::Block;
use super::is_upper;
use super::material::Material;

/// How far the oblique view shifts a point along and up for each unit that it is nearer.
const SHEAR: (f32, f32) = (-0.42, -0.26);

/// Projects the world onto samples.
#[derive(Debug, Clone, Copy)]
pub(in crate::figure) struct Camera {
    pub(in crate::figure) turn: Turn,
    pub(in crate::figure) shear: (f32, f32),
    /// Samples per stature.
    pub(in crate::figure) scale: f32,
    /// The column of the world's origin, in samples.
    pub(in crate::figure) left: f32,
    /// The row of the world's origin, in samples.
    pub(in crate::figure) top: f32,
}

impl Camera {
    /// Returns the camera of a view, not yet scaled. Mirroring shows the left side.
    pub(in crate::figure) fn new(view: View, mirrored: bool) -> Self {
        let (turn, shear) = match view {
            View::Side => (Turn::NONE, SHEAR),
            View::Camera { yaw, pitch } => (Turn::about_x(pitch) * Turn::about_y(-yaw), (0.0, 0.0)),
        };
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

    /// Returns how far a point is to the right, up, and nearer, in statures.
    pub(in crate::figure) fn seen(&self, point: Vec3) -> Vec3 {
        let seen = self.turn.of(point);
        vec3(
            seen.x + self.shear.0 * seen.z,
            seen.y + self.shear.1 * seen.z,
            seen.z,
        )
    }

    /// Returns how much a flat face with this normal, already turned by the camera, faces the
    /// viewer.
    pub(in crate::figure) fn facing(&self, turned: Vec3) -> f32 {
        turned.z - turned.x * self.shear.0 - turned.y * self.shear.1
    }

    /// Returns a point's column and row in samples, and how near it is in statures.
    pub(in crate::figure) fn placed(&self, point: Vec3) -> Vec3 {
        let seen = self.seen(point);
        vec3(
            self.left + seen.x * self.scale,
            self.top - seen.y * self.scale,
            seen.z,
        )
    }
}

/// The edges of what is seen, in statures.
pub(in crate::figure) struct Bounds {
    pub(in crate::figure) left: f32,
    pub(in crate::figure) right: f32,
    pub(in crate::figure) low: f32,
    pub(in crate::figure) high: f32,
}

impl Bounds {
    /// Returns the bounds of these bodies and the furniture. Zooming in on the upper body ignores
    /// the furniture.
    pub(in crate::figure) fn new(
        camera: &Camera,
        bodies: impl Iterator<Item = Skeleton>,
        blocks: &[Block],
        zoom: bool,
    ) -> Self {
        let mut bounds = Self {
            left: f32::MAX,
            right: f32::MIN,
            low: f32::MAX,
            high: f32::MIN,
        };
        for skeleton in bodies {
            for capsule in skeleton
                .capsules
                .iter()
                .filter(|capsule| !zoom || is_upper(capsule.part))
            {
                bounds.include(camera.seen(capsule.from), capsule.radius_from);
                bounds.include(camera.seen(capsule.to), capsule.radius_to);
            }
        }
        for block in blocks.iter().filter(|_| !zoom) {
            if block.top == Material::Floor {
                // The floor may extend beyond the picture; only its front edge counts.
                let middle = f32::midpoint(block.low.x, block.high.x);
                bounds.include(camera.seen(vec3(middle, block.low.y, block.high.z)), 0.0);
                continue;
            }
            for corner in block.corners() {
                bounds.include(camera.seen(corner), 0.0);
            }
        }
        bounds
    }

    fn include(&mut self, at: Vec3, radius: f32) {
        self.left = self.left.min(at.x - radius);
        self.right = self.right.max(at.x + radius);
        self.low = self.low.min(at.y - radius);
        self.high = self.high.max(at.y + radius);
    }

    /// Returns the width and height, never too small to divide by.
    pub(in crate::figure) fn shape(&self) -> (f32, f32) {
        (
            (self.right - self.left).max(0.05),
            (self.high - self.low).max(0.05),
        )
    }
}
