//! The named places of a posed body, and which capsules belong to them.

use super::super::space::{Turn, Vec3};
use super::super::{FigureSide, Point};
use super::capsule::{Capsule, Part};

/// Where an end of a limb is, and how it is turned.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Place {
    /// The wrist or the ankle.
    pub at: Vec3,
    /// The frame of the hand or foot; None if it follows the forearm or shank.
    pub(crate) frame: Option<Turn>,
}

impl Default for Place {
    fn default() -> Self {
        Self {
            at: Vec3::default(),
            frame: Some(Turn::NONE),
        }
    }
}

/// The named places of a body.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Places {
    pub(super) pelvis: Vec3,
    pub(super) lumbar: Vec3,
    pub(super) chest: Vec3,
    pub(super) back: Vec3,
    pub(super) shoulders: Vec3,
    pub(super) head: Vec3,
    pub(super) right: LimbPlaces,
    pub(super) left: LimbPlaces,
}

/// The named places of one side's arm and leg.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct LimbPlaces {
    pub(super) shoulder: Vec3,
    pub(super) elbow: Vec3,
    pub(super) wrist: Vec3,
    pub(super) hand: Vec3,
    pub(super) hip: Vec3,
    pub(super) knee: Vec3,
    pub(super) ankle: Vec3,
    pub(super) toe: Vec3,
    pub(super) shin: Vec3,
    pub(super) thigh: Vec3,
}

impl Places {
    /// Returns where a point is. A point of both sides is halfway between them.
    pub(super) fn point(&self, point: Point) -> Vec3 {
        let of = |side| match side {
            FigureSide::Right => &self.right,
            FigureSide::Left => &self.left,
        };
        let middle =
            |pick: fn(&LimbPlaces) -> Vec3| pick(&self.right).towards(pick(&self.left), 0.5);
        match point {
            Point::Pelvis | Point::Hips => self.pelvis,
            Point::Lumbar => self.lumbar,
            Point::Chest => self.chest,
            Point::Back => self.back,
            Point::Shoulders => self.shoulders,
            Point::Head => self.head,
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
}

/// Returns whether a capsule belongs to the part of the body that a point names.
pub(super) fn belongs(capsule: &Capsule, point: Point) -> bool {
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
}
