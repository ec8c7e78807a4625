//! The tapered capsules that a body is made of.

use super::super::FigureSide;
use super::super::space::{Turn, Vec3};

/// A part of the body, as far as drawing and lighting muscles need to distinguish them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Part {
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

/// What covers a surface of the body.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Cloth {
    Skin,
    Shirt,
    Shorts,
    Shoe,
    Eye,
}

/// A tapered capsule: the convex hull of two balls. Lengths are in statures.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Capsule {
    /// The center of the first ball.
    pub(crate) from: Vec3,
    /// The center of the second ball.
    pub(crate) to: Vec3,
    /// The radius of the first ball.
    pub(crate) radius_from: f32,
    /// The radius of the second ball.
    pub(crate) radius_to: f32,
    pub(crate) part: Part,
    /// The side of the body; None for parts in the middle.
    pub(crate) side: Option<FigureSide>,
    pub(crate) cloth: Cloth,
    /// Where another cover begins, as a share of the length, and that cover.
    pub(crate) sleeve: Option<(f32, Cloth)>,
    /// The bone's own frame.
    pub(crate) frame: Turn,
    /// Capsules of the same group get no edge where one lies in front of another.
    pub(crate) group: u8,
}

/// What the capsules of one bone have in common.
#[derive(Clone, Copy)]
pub(super) struct Bone {
    pub(super) part: Part,
    pub(super) side: Option<FigureSide>,
    pub(super) cloth: Cloth,
    pub(super) frame: Turn,
    pub(super) group: u8,
}

/// Collects the capsules of a body.
pub(super) struct BodyBuilder {
    pub(super) capsules: Vec<Capsule>,
}

impl BodyBuilder {
    pub(super) fn new() -> Self {
        Self {
            capsules: Vec::with_capacity(64),
        }
    }

    /// Adds a capsule between two balls, each given by its center and radius.
    pub(super) fn add(
        &mut self,
        bone: Bone,
        (from, radius_from): (Vec3, f32),
        (to, radius_to): (Vec3, f32),
    ) {
        let Bone {
            part,
            side,
            cloth,
            frame,
            group,
        } = bone;
        self.capsules.push(Capsule {
            from,
            to,
            radius_from,
            radius_to,
            part,
            side,
            cloth,
            sleeve: None,
            frame,
            group,
        });
    }

    /// Ends the cover of the last capsule at a share of its length; the rest is skin.
    pub(super) fn end_sleeve(&mut self, share: f32) {
        if let Some(last) = self.capsules.last_mut() {
            last.sleeve = Some((share, Cloth::Skin));
        }
    }
}
