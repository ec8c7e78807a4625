//! Points and turns in space. Knows nothing of bodies.

use std::ops::{Add, Mul, Neg, Sub};

/// A point, or a way from one to another. The unit is the figure's stature. In the world x goes to
/// the right of the picture, y up, z towards the viewer; in a bone's own frame x is anterior, y
/// cranial, z to the person's right.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
#[allow(missing_docs, reason = "the axes are named above")]
pub struct Vec3 {
    pub x: f32,
    pub y: f32,
    pub z: f32,
}

/// A point by its three places.
pub const fn vec3(x: f32, y: f32, z: f32) -> Vec3 {
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
    /// The inner product.
    pub fn dot(self, other: Self) -> f32 {
        self.x * other.x + self.y * other.y + self.z * other.z
    }

    /// The outer product.
    #[must_use]
    pub fn cross(self, other: Self) -> Self {
        vec3(
            self.y * other.z - self.z * other.y,
            self.z * other.x - self.x * other.z,
            self.x * other.y - self.y * other.x,
        )
    }

    /// How long it is.
    pub fn length(self) -> f32 {
        self.dot(self).sqrt()
    }

    /// The same way, one long; nothing stays nothing.
    #[must_use]
    pub fn unit(self) -> Self {
        let length = self.length();
        if length < 1e-9 {
            self
        } else {
            self * (1.0 / length)
        }
    }

    /// The point so far on the way to another, 0 to 1.
    #[must_use]
    pub fn towards(self, other: Self, share: f32) -> Self {
        self + (other - self) * share
    }

    /// What of it stands at a right angle to a way that is one long.
    #[must_use]
    pub fn beside(self, way: Self) -> Self {
        self - way * self.dot(way)
    }
}

/// A turn: the images of the three axes.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Turn(pub Vec3, pub Vec3, pub Vec3);

impl Turn {
    /// No turn at all.
    pub const NONE: Self = Self(
        vec3(1.0, 0.0, 0.0),
        vec3(0.0, 1.0, 0.0),
        vec3(0.0, 0.0, 1.0),
    );

    /// About the x axis by so many degrees.
    pub fn about_x(degrees: f32) -> Self {
        let (sin, cos) = degrees.to_radians().sin_cos();
        Self(
            vec3(1.0, 0.0, 0.0),
            vec3(0.0, cos, sin),
            vec3(0.0, -sin, cos),
        )
    }

    /// About the y axis.
    pub fn about_y(degrees: f32) -> Self {
        let (sin, cos) = degrees.to_radians().sin_cos();
        Self(
            vec3(cos, 0.0, -sin),
            vec3(0.0, 1.0, 0.0),
            vec3(sin, 0.0, cos),
        )
    }

    /// About the z axis.
    pub fn about_z(degrees: f32) -> Self {
        let (sin, cos) = degrees.to_radians().sin_cos();
        Self(
            vec3(cos, sin, 0.0),
            vec3(-sin, cos, 0.0),
            vec3(0.0, 0.0, 1.0),
        )
    }

    /// A point turned.
    pub fn of(self, point: Vec3) -> Vec3 {
        self.0 * point.x + self.1 * point.y + self.2 * point.z
    }

    /// The turn back.
    #[must_use]
    pub fn back(self) -> Self {
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
