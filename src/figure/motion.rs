//! A figure at any point of its movement: what is anchored stays, what is pinned or held is reached
//! for, nothing sinks into the floor. Time is not in it: who plays it says how far along it is.
//! Knows nothing of how it is drawn.

use super::scene;
use super::skeleton::{Part, Place, Skeleton};
use super::space::{Vec3, vec3};
use super::{
    Anchor, Extremity, Figure, FigureSide, Grip, Keyframe, PerExtremity, Point, Prop, Stand,
};

/// A contact this near the floor stands on it.
const TOUCHES: f32 = 0.12;
/// How deep something may sink into the floor, and how far a pin may be missed, before the figure
/// is told to be wrong.
const SINKS: f32 = 0.012;
/// On the way a foot may graze the floor.
const GRAZES: f32 = 0.02;
/// How far a pin may be missed, and what a hand holds.
const MISSES: f32 = 0.01;
/// A wrist may be a hand's length away.
const FALLS_SHORT: f32 = 0.095;
/// How high the hand rests on the back of a chair, and on a wall.
const CHAIR_BACK: f32 = 0.56;
const WALL_HAND: f32 = 0.8;

/// How far along a movement is in share of its time, so that it begins and ends gently: the path of
/// least jerk (Flash & Hogan, J Neurosci 1985;5:1688).
pub fn eased(share: f32) -> f32 {
    let share = share.clamp(0.0, 1.0);
    share * share * share * (10.0 - 15.0 * share + 6.0 * share * share)
}

/// A figure with all that follows from its rest pose.
#[derive(Debug, Clone, PartialEq)]
pub struct Motion {
    /// The figure.
    pub figure: Figure,
    /// How far the body reaches in all poses: left, right, far, near.
    pub extent: Extent,
    /// Where the wall is.
    pub wall: f32,
    /// Where the seat of a chair is: along the floor, and how high.
    pub seat: (f32, f32),
    /// Where the roller lies.
    pub roller: Vec3,
    /// How wide and how high it is seen, in statures.
    pub shape: (f32, f32),
    /// Whether it goes up: what is lifted in it, rather than lowered. Read off the place that the
    /// arrow shows, or the whole body.
    pub rises: bool,
    /// How high the floor lies: at 0, or below what is stood or lain on.
    pub floor: f32,
    anchored: Vec3,
    pins: PerExtremity<Option<Place>>,
    flat: PerExtremity<Place>,
}

/// How far something reaches along the floor.
#[derive(Debug, Clone, Copy, PartialEq)]
#[allow(missing_docs, reason = "each is named for its edge")]
pub struct Extent {
    pub left: f32,
    pub right: f32,
    pub far: f32,
    pub near: f32,
}

/// Something that is wrong with a figure, where it is worst in its movement.
#[derive(Debug, Clone, PartialEq)]
pub struct Fault {
    /// How far along the cycle, in poses.
    pub at: f32,
    /// By how much, in statures.
    pub by: f32,
    /// What part of the body.
    pub part: &'static str,
    /// What of it.
    pub kind: FaultKind,
}

/// What can be wrong with a part of the body.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FaultKind {
    /// It sinks into the floor.
    BelowFloor,
    /// It does not stay where it is pinned.
    PinMissed,
    /// It does not come to what it holds.
    GripMissed,
}

/// The pelvis where the anchor holds it.
fn root(key: &Keyframe, anchor: Anchor, anchored: Option<Vec3>, floor: f32) -> Vec3 {
    let free = Skeleton::of(&key.pose, Vec3::default(), &PerExtremity::default());
    let mut root = vec3(0.0, -free.lowest(anchor.down), 0.0);
    if let Some(anchored) = anchored {
        let here = free.point(anchor.along);
        (root.x, root.z) = (anchored.x - here.x, anchored.z - here.z);
    }
    // The trunk never sinks into the floor.
    root.y = root.y.max(floor - free.lowest_of_trunk());
    root
}

impl Motion {
    /// Works out what follows from the rest pose. None where the figure has no poses to go through.
    pub fn new(figure: Figure) -> Option<Self> {
        let rest = figure.poses.get(figure.rest)?;
        figure
            .cycle
            .iter()
            .find_map(|index| figure.poses.get(*index))?;
        let floor = figure.props.iter().map(|prop| match prop {
            Prop::Box(stand @ (Stand::Step | Stand::Bench), ..) => -stand.height(),
            _ => 0.0,
        });
        let floor = floor.fold(0.0, f32::min);
        let resting = Skeleton::of(
            &rest.pose,
            root(rest, figure.anchor, None, floor),
            &PerExtremity::default(),
        );
        let anchored = resting.point(figure.anchor.along);
        let mut flat = resting.ends;
        let mut pins = PerExtremity::default();
        for end in Extremity::ALL {
            flat.of_mut(end).at.y -= resting.lowest_of_end(end);
            let Some(key) = figure
                .pins
                .of(end)
                .and_then(|index| figure.poses.get(index))
            else {
                continue;
            };
            let posed = Skeleton::of(
                &key.pose,
                root(key, figure.anchor, Some(anchored), floor),
                &PerExtremity::default(),
            );
            let mut pin = *posed.ends.of(end);
            let low = posed.lowest_of_end(end);
            if low.abs() < TOUCHES {
                pin.at.y -= low;
            }
            *pins.of_mut(end) = Some(pin);
        }
        let extent = Extent {
            left: 0.0,
            right: 0.0,
            far: 0.0,
            near: 0.0,
        };
        let (wall, seat, roller) = (0.0, (0.0, 0.0), Vec3::default());
        let (shape, rises) = ((1.0, 1.0), false);
        let mut motion = Self {
            figure,
            extent,
            wall,
            seat,
            roller,
            shape,
            rises,
            floor,
            anchored,
            pins,
            flat,
        };
        motion.furnish();
        motion.shape = scene::shape(&motion);
        Some(motion)
    }

    /// Puts mat, wall, chair and roller where the body needs them.
    fn furnish(&mut self) {
        let (mut left, mut right, mut far, mut near) = (f32::MAX, f32::MIN, f32::MAX, f32::MIN);
        for at in self.samples() {
            let skeleton = self.at(at);
            for capsule in &skeleton.capsules {
                for (at, radius) in [
                    (capsule.from, capsule.radius_from),
                    (capsule.to, capsule.radius_to),
                ] {
                    left = left.min(at.x - radius);
                    right = right.max(at.x + radius);
                    far = far.min(at.z - radius);
                    near = near.max(at.z + radius);
                }
            }
        }
        self.extent = Extent {
            left,
            right,
            far,
            near,
        };
        let (first, last) = (self.at(0.0), self.at(self.last()));
        let back = |skeleton: &Skeleton| {
            let trunk = skeleton.capsules.iter().filter(|capsule| {
                matches!(capsule.part, Part::Buttock | Part::Chest | Part::Pelvis)
            });
            trunk
                .map(|capsule| {
                    (capsule.from.x - capsule.radius_from).min(capsule.to.x - capsule.radius_to)
                })
                .fold(f32::MAX, f32::min)
        };
        let in_front = self.figure.props.iter().find_map(|prop| match prop {
            Prop::Wall(in_front) => *in_front,
            _ => None,
        });
        self.wall = in_front.unwrap_or_else(|| back(&first).min(back(&last)));
        self.seat = (first.point(Point::Pelvis).x, first.lowest(Point::Hips));
        self.roller = vec3(last.point(Point::Back).x + 0.02, 0.055, 0.0);
        self.rises = match self.figure.arrow {
            Some(arrow) => last.point(arrow.track).y > first.point(arrow.track).y,
            None => last.height() > first.height(),
        };
    }

    /// The last place of the cycle, counted in poses from 0.
    pub fn last(&self) -> f32 {
        #[expect(clippy::cast_precision_loss, reason = "a cycle has a handful of poses")]
        let last = self.figure.cycle.len().saturating_sub(1) as f32;
        last
    }

    /// Places all along the cycle, each pose and some between among them.
    pub fn samples(&self) -> impl Iterator<Item = f32> + use<> {
        let last = u16::try_from(self.figure.cycle.len().saturating_sub(1)).unwrap_or(0);
        let between = if last > 3 { 2 } else { 8 };
        (0..=last * between).map(move |step| f32::from(step) / f32::from(between))
    }

    /// The pose next to a place of the cycle.
    fn pose_near(&self, at: f32) -> Option<&Keyframe> {
        #[expect(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "a place is not negative"
        )]
        let index = self.figure.cycle.get(at.max(0.0).round() as usize)?;
        self.figure.poses.get(*index)
    }

    /// The two poses between which a place of the cycle lies, and how far along it is.
    fn between(&self, at: f32) -> Option<(&Keyframe, &Keyframe, f32)> {
        #[expect(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "a place is not negative"
        )]
        let index = (at.max(0.0).floor() as usize).min(self.figure.cycle.len().saturating_sub(2));
        let key = |index: usize| self.figure.poses.get(*self.figure.cycle.get(index)?);
        let from = key(index)?;
        #[expect(clippy::cast_precision_loss, reason = "a cycle has a handful of poses")]
        let share = (at - index as f32).clamp(0.0, 1.0);
        Some((from, key(index + 1).unwrap_or(from), share))
    }

    /// The body at a place of the cycle, 0 to `last`.
    pub fn at(&self, at: f32) -> Skeleton {
        match self.between(at) {
            Some((from, to, share)) => self.posed(from, to, share),
            None => Skeleton::of(
                &super::Pose::default(),
                Vec3::default(),
                &PerExtremity::default(),
            ),
        }
    }

    /// The body in one of the figure's poses, whether it is gone through or not.
    pub fn in_pose(&self, index: usize) -> Option<Skeleton> {
        let key = self.figure.poses.get(index)?;
        Some(self.posed(key, key, 0.0))
    }

    fn posed(&self, from: &Keyframe, to: &Keyframe, share: f32) -> Skeleton {
        let pose = from.pose.towards(&to.pose, share);
        let between = Keyframe {
            name: String::new(),
            pose,
            right: None,
            left: None,
        };
        let root = root(
            &between,
            self.figure.anchor,
            Some(self.anchored),
            self.floor,
        );
        let free = Skeleton::of(&pose, root, &PerExtremity::default());
        let mut pins = self.pins;
        for end in Extremity::ALL
            .into_iter()
            .filter(|end| *self.figure.slides.of(*end))
        {
            // It stays flat on the floor, and may travel along it.
            let (flat, here) = (self.flat.of(end), free.ends.of(end));
            *pins.of_mut(end) = Some(Place {
                at: vec3(here.at.x, flat.at.y, here.at.z),
                frame: flat.frame,
            });
        }
        let grabs = [
            (
                FigureSide::Right,
                Extremity::HandRight,
                from.right,
                to.right,
            ),
            (FigureSide::Left, Extremity::HandLeft, from.left, to.left),
        ];
        for (side, end, before, after) in grabs {
            let holds = |grab: Option<Grip>, share: f32| if grab.is_some() { share } else { 0.0 };
            let weight = holds(before, 1.0 - share) + holds(after, share);
            if weight <= 0.0 {
                continue;
            }
            let held = Skeleton::of(&pose, root, &pins);
            let hand = held.ends.of(end);
            // From holding one thing to holding another, or from holding nothing, or to it.
            let place =
                |grab: Option<Grip>| grab.map_or(hand.at, |grab| self.held(&held, grab, side));
            let at = place(before).towards(place(after), share);
            *pins.of_mut(end) = Some(Place {
                at,
                frame: hand.frame.filter(|_| weight < 0.02),
            });
        }
        Skeleton::of(&pose, root, &pins)
    }

    /// Where a hand goes that holds something.
    fn held(&self, skeleton: &Skeleton, grab: Grip, side: FigureSide) -> Vec3 {
        match grab {
            Grip::Chair => vec3(self.chair(), CHAIR_BACK, side.sign() * 0.06),
            Grip::Wall => vec3(self.wall, WALL_HAND, side.sign() * 0.06),
            Grip::Point(point @ (Point::Knee(_) | Point::Knees)) => {
                skeleton.point(point) + vec3(-0.035, 0.055, 0.0)
            }
            Grip::Point(point @ Point::Hip(_)) => {
                let hip = skeleton.point(point);
                hip + (hip - skeleton.point(Point::Pelvis)) * 1.1 + vec3(0.0, 0.055, 0.0)
            }
            Grip::Point(point) => skeleton.point(point),
        }
    }

    /// The ends of all bands.
    pub fn bands(&self, skeleton: &Skeleton) -> Vec<(Vec3, Vec3)> {
        let band = |prop: &Prop| match prop {
            Prop::Band(from, to) => Some((skeleton.point(*from), skeleton.point(*to))),
            Prop::Tied(from, (along, up, aside)) => {
                Some((skeleton.point(*from), vec3(*along, *up, *aside)))
            }
            _ => None,
        };
        self.figure.props.iter().filter_map(band).collect()
    }

    /// Where the back of a chair to hold on to is.
    pub fn chair(&self) -> f32 {
        let chair = self.figure.props.iter().find_map(|prop| match prop {
            Prop::Chair(x) => Some(*x + x.signum() * 0.012),
            _ => None,
        });
        chair.unwrap_or(0.3)
    }

    /// What sinks into the floor, and which pins are out of reach, at any point of the movement and
    /// in the mistake that is shown.
    pub fn faults(&self) -> Vec<Fault> {
        let mut faults: Vec<Fault> = Vec::new();
        let gone_through = self.samples().map(|at| (at, self.at(at)));
        let wrong = self
            .figure
            .wrong
            .as_ref()
            .and_then(|(pose, _)| self.in_pose(*pose));
        let wrong = wrong.map(|skeleton| (None, skeleton));
        for (place, skeleton) in gone_through
            .map(|(at, skeleton)| (Some(at), skeleton))
            .chain(wrong)
        {
            let at = place.unwrap_or(self.last());
            let sinks = if at.fract() > 0.0 { GRAZES } else { SINKS };
            let mut fault =
                |part, kind, by| match faults.iter_mut().find(|f| f.part == part && f.kind == kind)
                {
                    Some(known) if known.by >= by => {}
                    Some(known) => *known = Fault { at, by, part, kind },
                    None => faults.push(Fault { at, by, part, kind }),
                };
            let sunk = self.floor - skeleton.lowest_of_trunk();
            if sunk > SINKS {
                fault("the trunk", FaultKind::BelowFloor, sunk);
            }
            for (name, point) in [
                ("hand_r", Point::Hand(FigureSide::Right)),
                ("hand_l", Point::Hand(FigureSide::Left)),
                ("foot_r", Point::Foot(FigureSide::Right)),
                ("foot_l", Point::Foot(FigureSide::Left)),
                ("knee_r", Point::Knee(FigureSide::Right)),
                ("knee_l", Point::Knee(FigureSide::Left)),
                ("elbow_r", Point::Elbow(FigureSide::Right)),
                ("elbow_l", Point::Elbow(FigureSide::Left)),
            ] {
                let sunk = self.floor - skeleton.lowest(point);
                if sunk > sinks {
                    fault(name, FaultKind::BelowFloor, sunk);
                }
            }
            for end in Extremity::ALL {
                // In a mistake what should stay may slip.
                let Some(pin) = self.pins.of(end).filter(|_| place.is_some()) else {
                    continue;
                };
                let missed = (skeleton.ends.of(end).at - pin.at).length();
                if missed > MISSES {
                    fault(end.name(), FaultKind::PinMissed, missed);
                }
            }
            // What is held is held in the poses; on the way to them it is still reached for.
            let Some(key) = place
                .filter(|at| at.fract() <= 0.0)
                .and_then(|at| self.pose_near(at))
            else {
                continue;
            };
            let grabs = [
                (FigureSide::Right, Extremity::HandRight, key.right),
                (FigureSide::Left, Extremity::HandLeft, key.left),
            ];
            for (side, end, grab) in grabs {
                let Some(grab) = grab else { continue };
                let missed = (skeleton.ends.of(end).at - self.held(&skeleton, grab, side)).length();
                if missed > FALLS_SHORT {
                    fault(end.name(), FaultKind::GripMissed, missed);
                }
            }
        }
        faults
    }
}

impl Fault {
    /// The name of the pose next to where it is worst.
    pub fn pose<'m>(&self, motion: &'m Motion) -> &'m str {
        motion.pose_near(self.at).map_or("", |pose| &pose.name)
    }

    /// In words, with lengths for a person of 1.70 m.
    pub fn words(&self) -> String {
        let centimetres = self.by * 170.0;
        let part = self.part;
        match self.kind {
            FaultKind::BelowFloor => format!("{part} is {centimetres:.0} cm below the floor"),
            FaultKind::PinMissed => {
                format!("{part} misses the place where it is pinned by {centimetres:.0} cm")
            }
            FaultKind::GripMissed => {
                format!("{part} is {centimetres:.0} cm away from what it holds")
            }
        }
    }
}
