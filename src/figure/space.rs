//! Vectors and rotations in space.

use std::ops::{Add, Mul, Neg, Sub};

/// A point, or the vector from one point to another. The unit is the figure's stature.
///
/// In the world x points to the right of the picture, y up, and z to the viewer. In a bone's own
/// frame x is anterior, y cranial, and z to the person's right.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Vec3 {
    pub(crate) x: f32,
    /// Up, or cranial; public so that tests can compare heights.
    pub y: f32,
    pub(crate) z: f32,
}

/// Returns the vector with these three coordinates.
pub(crate) const fn vec3(x: f32, y: f32, z: f32) -> Vec3 {
    Vec3 { x, y, z }
}

impl Add for Vec3 {
    type Output = Self;

    fn add(self, other: Self) -> Self {
        vec3(self.x + other.x, self.y + other.y, self.z + other.z)
    }
}

impl Sub for Vec3 {
    type Output = Self;

    fn sub(self, other: Self) -> Self {
        vec3(self.x - other.x, self.y - other.y, self.z - other.z)
    }
}

impl Mul<f32> for Vec3 {
    type Output = Self;

    fn mul(self, factor: f32) -> Self {
        vec3(self.x * factor, self.y * factor, self.z * factor)
    }
}

impl Neg for Vec3 {
    type Output = Self;

    fn neg(self) -> Self {
        self * -1.0
    }
}

impl Vec3 {
    /// Returns the inner product.
    pub(crate) fn dot(self, other: Self) -> f32 {
        self.x * other.x + self.y * other.y + self.z * other.z
    }

    /// Returns the cross product.
    #[must_use]
    pub(crate) fn cross(self, other: Self) -> Self {
        vec3(
            self.y * other.z - self.z * other.y,
            self.z * other.x - self.x * other.z,
            self.x * other.y - self.y * other.x,
        )
    }

    /// Returns its length.
    pub fn length(self) -> f32 {
        self.dot(self).sqrt()
    }

    /// Returns the vector of length 1 in the same direction; a zero vector stays zero.
    #[must_use]
    pub(crate) fn unit(self) -> Self {
        let length = self.length();
        if length < 1e-9 {
            self
        } else {
            self * (1.0 / length)
        }
    }

    /// Returns the point at a share (0 to 1) of the way to another.
    #[must_use]
    pub(crate) fn towards(self, other: Self, share: f32) -> Self {
        self + (other - self) * share
    }

    /// Returns its component at a right angle to a unit vector.
    #[must_use]
    pub(crate) fn beside(self, way: Self) -> Self {
        self - way * self.dot(way)
    }

    /// Returns its component in the plane of the picture.
    #[must_use]
    pub(crate) fn flat(self) -> Self {
        vec3(self.x, self.y, 0.0)
    }
}

/// A rotation, or a mirror image: the images of the x, y, and z axes.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Turn(pub(crate) Vec3, pub(crate) Vec3, pub(crate) Vec3);

impl Turn {
    /// The rotation that changes nothing.
    pub(crate) const NONE: Self = Self(
        vec3(1.0, 0.0, 0.0),
        vec3(0.0, 1.0, 0.0),
        vec3(0.0, 0.0, 1.0),
    );

    /// Returns the rotation about the x axis by an angle in degrees.
    pub(crate) fn about_x(degrees: f32) -> Self {
        let (sin, cos) = degrees.to_radians().sin_cos();
        Self(
            vec3(1.0, 0.0, 0.0),
            vec3(0.0, cos, sin),
            vec3(0.0, -sin, cos),
        )
    }

    /// Returns the rotation about the y axis by an angle in degrees.
    pub(crate) fn about_y(degrees: f32) -> Self {
        let (sin, cos) = degrees.to_radians().sin_cos();
        Self(
            vec3(cos, 0.0, -sin),
            vec3(0.0, 1.0, 0.0),
            vec3(sin, 0.0, cos),
        )
    }

    /// Returns the rotation about the z axis by an angle in degrees.
    pub(crate) fn about_z(degrees: f32) -> Self {
        let (sin, cos) = degrees.to_radians().sin_cos();
        Self(
            vec3(cos, sin, 0.0),
            vec3(-sin, cos, 0.0),
            vec3(0.0, 0.0, 1.0),
        )
    }

    /// Returns the image of a vector.
    pub(crate) fn of(self, point: Vec3) -> Vec3 {
        self.0 * point.x + self.1 * point.y + self.2 * point.z
    }

    /// Returns the inverse.
    #[must_use]
    pub(crate) fn back(self) -> Self {
        Self(
            vec3(self.0.x, self.1.x, self.2.x),
            vec3(self.0.y, self.1.y, self.2.y),
            vec3(self.0.z, self.1.z, self.2.z),
        )
    }
}

impl Mul for Turn {
    type Output = Self;

    fn mul(self, other: Self) -> Self {
        Self(self.of(other.0), self.of(other.1), self.of(other.2))
    }
}
