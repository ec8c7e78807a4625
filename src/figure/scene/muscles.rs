//! The regions of the body's surface that each muscle lights.

use super::super::FigureSide;
use super::super::skeleton::Part;
use super::super::space::{Vec3, vec3};

/// A region of the surface of capsules.
#[derive(Debug, Clone, Copy)]
pub(in crate::figure) struct Region {
    pub(in crate::figure) part: Part,
    /// The side of the capsules; None for those in the middle.
    pub(in crate::figure) side: Option<FigureSide>,
    /// From which share of the length to which.
    pub(in crate::figure) along: (f32, f32),
    /// The direction of its middle, in the bone's frame.
    pub(in crate::figure) towards: Vec3,
    /// The cosine of the largest angle from its middle.
    pub(in crate::figure) cos: f32,
}

/// The whole length of a capsule, with its round ends.
const WHOLE: (f32, f32) = (-1.0, 2.0);
const FRONT: Vec3 = vec3(1.0, 0.0, 0.0);
const BACK: Vec3 = vec3(-1.0, 0.0, 0.0);
/// A limit that every direction meets.
const ALL_AROUND: f32 = -1.1;

/// Returns the regions that a muscle lights: both sides', or one side's if the id ends in `_r` or
/// `_l`. A deep muscle lights the surface above it.
pub(in crate::figure) fn find_regions(highlight: &str) -> Vec<Region> {
    let (muscle, sides): (&str, &[FigureSide]) =
        match (highlight.strip_suffix("_r"), highlight.strip_suffix("_l")) {
            (Some(muscle), _) => (muscle, &[FigureSide::Right]),
            (_, Some(muscle)) => (muscle, &[FigureSide::Left]),
            _ => (highlight, &FigureSide::BOTH),
        };
    let mut regions = Vec::new();
    for side in sides {
        let mut builder = RegionBuilder {
            side: *side,
            out: vec3(0.0, 0.0, side.sign()),
            regions: &mut regions,
        };
        builder.add_hip_and_leg(muscle);
        builder.add_trunk_and_shoulder(muscle);
    }
    regions
}

/// Collects the regions of one side.
struct RegionBuilder<'r> {
    side: FigureSide,
    /// Away from the middle of the body.
    out: Vec3,
    regions: &'r mut Vec<Region>,
}

impl RegionBuilder<'_> {
    /// Adds a region on this side's capsules.
    fn own(&mut self, part: Part, along: (f32, f32), towards: Vec3, cos: f32) {
        self.regions.push(Region {
            part,
            side: Some(self.side),
            along,
            towards: towards.unit(),
            cos,
        });
    }

    /// Adds a region on the capsules in the middle of the body.
    fn middle(&mut self, part: Part, towards: Vec3, cos: f32) {
        self.regions.push(Region {
            part,
            side: None,
            along: WHOLE,
            towards: towards.unit(),
            cos,
        });
    }

    /// Adds a region on this side's capsules and on those in the middle.
    fn across(&mut self, part: Part, towards: Vec3, cos: f32) {
        self.own(part, WHOLE, towards, cos);
        self.middle(part, towards, cos);
    }

    fn add_hip_and_leg(&mut self, muscle: &str) {
        let out = self.out;
        match muscle {
            "gluteus-maximus" | "piriformis" => {
                self.own(Part::Buttock, WHOLE, BACK, -0.3);
                self.own(Part::Thigh, (-1.0, 0.16), BACK, 0.2);
                self.middle(Part::Pelvis, BACK, 0.0);
            }
            "gluteus-medius" | "tensor-fasciae-latae" => {
                self.own(Part::Buttock, WHOLE, out + vec3(-0.3, 0.5, 0.0), 0.1);
                self.middle(Part::Pelvis, out + vec3(-0.3, 0.3, 0.0), 0.15);
                self.own(Part::Thigh, (-1.0, 0.18), out, 0.2);
            }
            "adductors" => self.own(Part::Thigh, (0.0, 0.9), -out, 0.1),
            "hamstrings" => self.own(Part::Thigh, (0.10, 0.95), BACK, 0.05),
            "quadriceps" => self.own(Part::Thigh, (0.08, 0.95), FRONT, 0.0),
            "hip-flexors" => {
                self.own(Part::Thigh, (-1.0, 0.42), FRONT, 0.1);
                self.middle(Part::Pelvis, FRONT, 0.35);
            }
            "gastrocnemius" => self.own(Part::Shank, (-1.0, 0.75), BACK, 0.0),
            "soleus" => self.own(Part::Shank, (0.2, 0.95), BACK, 0.0),
            "tibialis-anterior" => self.own(Part::Shank, (-1.0, 0.9), FRONT, 0.2),
            "foot-muscles" => self.own(Part::Foot, WHOLE, vec3(0.0, -1.0, 0.0), 0.0),
            _ => {}
        }
    }

    fn add_trunk_and_shoulder(&mut self, muscle: &str) {
        let out = self.out;
        match muscle {
            "obliques" | "quadratus-lumborum" => {
                self.own(Part::Lumbar, WHOLE, out, 0.05);
                self.middle(Part::Lumbar, out, 0.3);
            }
            "rectus-abdominis" | "transversus-abdominis" => {
                self.across(Part::Lumbar, FRONT, 0.1);
                self.middle(Part::Pelvis, vec3(0.8, 0.6, 0.0), 0.6);
            }
            "erector-spinae" => {
                self.across(Part::Lumbar, BACK, 0.25);
                self.across(Part::Chest, BACK, 0.25);
            }
            "multifidus" => self.across(Part::Lumbar, BACK, 0.25),
            "latissimus-dorsi" | "trapezius" => self.across(Part::Chest, BACK, 0.1),
            "serratus-anterior" => self.own(Part::Chest, WHOLE, out, 0.3),
            "pectorals" => self.across(Part::Chest, FRONT, 0.2),
            "deltoids" => {
                let up = vec3(0.0, 1.0, 0.0);
                self.own(Part::Girdle, (0.55, 2.0), up, ALL_AROUND);
                self.own(Part::UpperArm, (-1.0, 0.35), up, ALL_AROUND);
            }
            _ => {}
        }
    }
}
