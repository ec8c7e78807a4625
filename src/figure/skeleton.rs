//! The body of a pose: about sixty tapered capsules and the named places of the body.
//!
//! Segment lengths are shares of stature after Drillis & Contini, as given by Winter (Biomechanics
//! and Motor Control of Human Movement), rounded. The head is a tenth larger.

mod capsule;
mod limbs;
mod places;
mod trunk;

use self::capsule::BodyBuilder;
pub(crate) use self::capsule::{Capsule, Cloth, Part};
use self::limbs::{LimbRoots, add_arm, add_leg};
pub use self::places::Place;
use self::places::{Places, belongs};
use self::trunk::{SEGMENTS, Spine, add_head, add_pelvis};
use super::pose::Pose;
use super::space::{Turn, Vec3, vec3};
use super::{Extremity, FigureSide, PerExtremity, Point};

/// A body in one pose, at its place in the world.
#[derive(Debug, Clone)]
pub struct Skeleton {
    pub(crate) capsules: Vec<Capsule>,
    /// The center of the head and its frame, for the hair.
    pub(crate) head: (Vec3, Turn),
    /// Where the ends of the limbs are.
    pub ends: PerExtremity<Place>,
    places: Places,
}

impl Skeleton {
    /// Builds the body of a pose with the pelvis at a place. Limbs are bent to reach their pins.
    pub(crate) fn build(pose: &Pose, pelvis: Vec3, pins: &PerExtremity<Option<Place>>) -> Self {
        let mut body = BodyBuilder::new();
        let frame =
            Turn::about_y(-pose.heading) * Turn::about_z(-pose.pitch) * Turn::about_x(pose.tilt);
        add_pelvis(&mut body, pelvis, frame);
        let spine = Spine::build(pose, pelvis, frame);
        spine.add_trunk(&mut body);
        let top = spine.top();
        let head = add_head(&mut body, pose, top);
        let chest = spine.joint(SEGMENTS + 2);
        let mut places = Places {
            pelvis,
            lumbar: spine.joint(2).0,
            chest: chest.0,
            back: chest.0 + chest.1.of(vec3(-0.06, 0.0, 0.0)),
            shoulders: top.0,
            head: head.0,
            ..Places::default()
        };
        let roots = LimbRoots {
            pelvis: (pelvis, frame),
            top,
        };
        let right = (&pose.right, FigureSide::Right);
        let left = (&pose.left, FigureSide::Left);
        let (of_right, of_left) = (&mut places.right, &mut places.left);
        let ends = PerExtremity {
            hand_right: add_arm(&mut body, of_right, right, roots, pins.hand_right),
            hand_left: add_arm(&mut body, of_left, left, roots, pins.hand_left),
            foot_right: add_leg(&mut body, of_right, right, roots, pins.foot_right),
            foot_left: add_leg(&mut body, of_left, left, roots, pins.foot_left),
        };
        spine.add_girdle(&mut body, places.right.shoulder, places.left.shoulder);
        Self {
            capsules: body.capsules,
            head,
            ends,
            places,
        }
    }

    /// Returns where a named point of the body is.
    pub fn point(&self, point: Point) -> Vec3 {
        self.places.point(point)
    }

    /// Returns the height of the lowest surface of the part of the body that a point names.
    pub(crate) fn lowest(&self, point: Point) -> f32 {
        self.find_lowest(|capsule| belongs(capsule, point))
    }

    /// Returns the height of the lowest surface of trunk, neck, and head.
    pub(crate) fn lowest_of_trunk(&self) -> f32 {
        self.find_lowest(|capsule| capsule.group <= 2)
    }

    /// Returns the height of the lowest surface of an end of a limb.
    pub(crate) fn lowest_of_end(&self, end: Extremity) -> f32 {
        self.lowest(match end {
            Extremity::FootRight => Point::Foot(FigureSide::Right),
            Extremity::FootLeft => Point::Foot(FigureSide::Left),
            Extremity::HandRight => Point::Hand(FigureSide::Right),
            Extremity::HandLeft => Point::Hand(FigureSide::Left),
        })
    }

    fn find_lowest(&self, belongs: impl Fn(&Capsule) -> bool) -> f32 {
        let low = |capsule: &Capsule| {
            (capsule.from.y - capsule.radius_from).min(capsule.to.y - capsule.radius_to)
        };
        self.capsules
            .iter()
            .filter(|capsule| belongs(capsule))
            .map(low)
            .fold(f32::MAX, f32::min)
    }

    /// Returns the average height of all parts of the body.
    pub(crate) fn height(&self) -> f32 {
        let sum: f32 = self
            .capsules
            .iter()
            .map(|capsule| f32::midpoint(capsule.from.y, capsule.to.y))
            .sum();
        #[expect(clippy::cast_precision_loss, reason = "a body has some sixty capsules")]
        let count = self.capsules.len().max(1) as f32;
        sum / count
    }
}
