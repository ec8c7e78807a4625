//! Checks a movement for impossible places: parts below the floor, and pins or grips out of reach.

use super::super::skeleton::Skeleton;
use super::super::{Extremity, FigureSide, Point};
use super::Motion;

/// How deep a part may be below the floor before it counts as a fault, in statures.
const SINKS: f32 = 0.012;
/// The same for hands, feet, knees, and elbows between two poses, where a foot may graze the
/// floor.
const GRAZES: f32 = 0.02;
/// How far a pinned end may be from its pin.
const MISSES: f32 = 0.01;
/// How far a wrist may be from what the hand holds: the length of a hand.
const FALLS_SHORT: f32 = 0.095;
/// The stature that lengths in messages are for, in centimeters.
const STATURE_CM: f32 = 170.0;

/// The hands, feet, knees, and elbows by their names in a figure file.
const LIMBS: [(&str, Point); 8] = [
    ("hand_r", Point::Hand(FigureSide::Right)),
    ("hand_l", Point::Hand(FigureSide::Left)),
    ("foot_r", Point::Foot(FigureSide::Right)),
    ("foot_l", Point::Foot(FigureSide::Left)),
    ("knee_r", Point::Knee(FigureSide::Right)),
    ("knee_l", Point::Knee(FigureSide::Left)),
    ("elbow_r", Point::Elbow(FigureSide::Right)),
    ("elbow_l", Point::Elbow(FigureSide::Left)),
];

/// A mistake in a figure, at the place of the movement where it is worst.
#[derive(Debug, Clone, PartialEq)]
pub struct Fault {
    /// The place in the cycle, in poses from 0.
    pub at: f32,
    /// The distance, in statures.
    by: f32,
    part: &'static str,
    kind: FaultKind,
}

/// What is wrong with a part of the body.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum FaultKind {
    BelowFloor,
    /// The part doesn't stay where it is pinned.
    PinMissed,
    /// The hand doesn't reach what it holds.
    GripMissed,
}

impl Fault {
    /// Returns the name of the pose nearest to where the fault is worst.
    pub fn pose<'m>(&self, motion: &'m Motion) -> &'m str {
        motion.pose_near(self.at).map_or("", |pose| &pose.name)
    }

    /// Describes the fault, with lengths for a person of 1.70 m.
    pub fn words(&self) -> String {
        let centimeters = self.by * STATURE_CM;
        let part = self.part;
        match self.kind {
            FaultKind::BelowFloor => format!("{part} is {centimeters:.0} cm below the floor"),
            FaultKind::PinMissed => {
                format!("{part} is {centimeters:.0} cm away from where it is pinned")
            }
            FaultKind::GripMissed => {
                format!("{part} is {centimeters:.0} cm away from what it holds")
            }
        }
    }
}

impl Motion {
    /// Returns what is wrong in the movement and in the common mistake: each fault once, where it
    /// is worst.
    pub fn faults(&self) -> Vec<Fault> {
        let mut found = FaultList::default();
        for at in self.samples() {
            let skeleton = self.at(at);
            self.find_sunk_parts(&skeleton, at, &mut found);
            self.find_missed_pins(&skeleton, at, &mut found);
            self.find_missed_grips(&skeleton, at, &mut found);
        }
        // In the common mistake a pinned or gripping part may slip.
        if let Some(skeleton) = self.wrong_body() {
            self.find_sunk_parts(&skeleton, self.last(), &mut found);
        }
        found.faults
    }

    fn find_sunk_parts(&self, skeleton: &Skeleton, at: f32, found: &mut FaultList) {
        let floor = self.layout.floor;
        let sunk = floor - skeleton.lowest_of_trunk();
        if sunk > SINKS {
            found.add("the trunk", FaultKind::BelowFloor, at, sunk);
        }
        let allowed = if at.fract() > 0.0 { GRAZES } else { SINKS };
        for (name, point) in LIMBS {
            let sunk = floor - skeleton.lowest(point);
            if sunk > allowed {
                found.add(name, FaultKind::BelowFloor, at, sunk);
            }
        }
    }

    fn find_missed_pins(&self, skeleton: &Skeleton, at: f32, found: &mut FaultList) {
        for end in Extremity::ALL {
            let Some(pin) = self.pins.of(end) else {
                continue;
            };
            let missed = (skeleton.ends.of(end).at - pin.at).length();
            if missed > MISSES {
                found.add(end.name(), FaultKind::PinMissed, at, missed);
            }
        }
    }

    /// Checks grips in the poses only; between two poses the hand is still on its way.
    fn find_missed_grips(&self, skeleton: &Skeleton, at: f32, found: &mut FaultList) {
        let Some(key) = Some(at)
            .filter(|at| at.fract() <= 0.0)
            .and_then(|at| self.pose_near(at))
        else {
            return;
        };
        let grips = [
            (FigureSide::Right, Extremity::HandRight, key.right),
            (FigureSide::Left, Extremity::HandLeft, key.left),
        ];
        for (side, end, grip) in grips {
            let Some(grip) = grip else { continue };
            let missed = (skeleton.ends.of(end).at - self.grip_at(skeleton, grip, side)).length();
            if missed > FALLS_SHORT {
                found.add(end.name(), FaultKind::GripMissed, at, missed);
            }
        }
    }
}

/// Collects faults; of the same fault of the same part it keeps the worst.
#[derive(Default)]
struct FaultList {
    faults: Vec<Fault>,
}

impl FaultList {
    fn add(&mut self, part: &'static str, kind: FaultKind, at: f32, by: f32) {
        let fault = Fault { at, by, part, kind };
        match self
            .faults
            .iter_mut()
            .find(|known| known.part == part && known.kind == kind)
        {
            Some(known) if known.by >= by => {}
            Some(known) => *known = fault,
            None => self.faults.push(fault),
        }
    }
}
