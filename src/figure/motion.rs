//! A figure at any place of its movement. Anchored parts stay in place, hands and feet reach for
//! their pins and grips, and the trunk never sinks into the floor. The caller maps time to a place.

mod faults;

pub use self::faults::Fault;
use super::pose::Pose;
use super::scene::{Bounds, Camera, Extent, Layout, build_blocks};
use super::skeleton::{Part, Place, Skeleton};
use super::space::{Vec3, vec3};
use super::{
    Anchor, Extremity, Figure, FigureSide, Grip, Keyframe, PerExtremity, Point, Prop, Stand,
};

/// A pinned part this close to height 0 is put exactly there.
const TOUCHES: f32 = 0.12;
/// The height of a hand on the back of a chair.
const CHAIR_BACK: f32 = 0.56;
/// The height of a hand on a wall.
const WALL_HAND: f32 = 0.8;

/// Returns how far along a movement is after a share of its time. It begins and ends gently: the
/// minimum-jerk path (Flash & Hogan, J Neurosci 1985;5:1688).
pub fn eased(share: f32) -> f32 {
    let share = share.clamp(0.0, 1.0);
    share * share * share * (10.0 - 15.0 * share + 6.0 * share * share)
}

/// A figure and everything that follows from its poses.
#[derive(Debug, Clone, PartialEq)]
pub struct Motion {
    pub(crate) figure: Figure,
    /// Where the furniture is placed around the body.
    pub layout: Layout,
    /// How wide and how high the figure is seen, in statures.
    pub(crate) shape: (f32, f32),
    /// Whether the movement goes up, so that it lifts a load instead of lowering it. Read from the
    /// point that the arrow tracks, or from the whole body.
    pub rises: bool,
    /// Where the anchored point is in the rest pose.
    anchored: Vec3,
    pins: PerExtremity<Option<Place>>,
    /// Where the ends of limbs are when they lie flat on the floor in the rest pose.
    flat: PerExtremity<Place>,
}

/// Returns where the pelvis is so that the anchor holds the body in place.
fn find_root(pose: &Pose, anchor: Anchor, anchored: Option<Vec3>, floor: f32) -> Vec3 {
    let free = Skeleton::build(pose, Vec3::default(), &PerExtremity::default());
    let mut root = vec3(0.0, -free.lowest(anchor.down), 0.0);
    if let Some(anchored) = anchored {
        let here = free.point(anchor.along);
        (root.x, root.z) = (anchored.x - here.x, anchored.z - here.z);
    }
    // Lifts the whole body if the trunk would sink into the floor.
    root.y = root.y.max(floor - free.lowest_of_trunk());
    root
}

/// Returns the height of the floor: 0, or lower if the person is on a step or a bench.
fn find_floor(props: &[Prop]) -> f32 {
    let floors = props.iter().map(|prop| match prop {
        Prop::Box(stand @ (Stand::Step | Stand::Bench), ..) => -stand.height(),
        _ => 0.0,
    });
    floors.fold(0.0, f32::min)
}

/// Returns where each pinned end of a limb is, in the pose that sets it.
fn find_pins(figure: &Figure, anchored: Vec3, floor: f32) -> PerExtremity<Option<Place>> {
    let mut pins = PerExtremity::default();
    for end in Extremity::ALL {
        let Some(key) = figure
            .pins
            .of(end)
            .and_then(|index| figure.poses.get(index))
        else {
            continue;
        };
        let posed = Skeleton::build(
            &key.pose,
            find_root(&key.pose, figure.anchor, Some(anchored), floor),
            &PerExtremity::default(),
        );
        let mut pin = *posed.ends.of(end);
        let low = posed.lowest_of_end(end);
        if low.abs() < TOUCHES {
            pin.at.y -= low;
        }
        *pins.of_mut(end) = Some(pin);
    }
    pins
}

impl Motion {
    /// Derives everything from the poses. Returns None if the movement has no poses.
    pub fn new(figure: Figure) -> Option<Self> {
        let rest = figure.poses.get(figure.rest)?;
        figure
            .cycle
            .iter()
            .find_map(|index| figure.poses.get(*index))?;
        let floor = find_floor(&figure.props);
        let resting = Skeleton::build(
            &rest.pose,
            find_root(&rest.pose, figure.anchor, None, floor),
            &PerExtremity::default(),
        );
        let anchored = resting.point(figure.anchor.along);
        let mut flat = resting.ends;
        for end in Extremity::ALL {
            flat.of_mut(end).at.y -= resting.lowest_of_end(end);
        }
        let pins = find_pins(&figure, anchored, floor);
        let mut motion = Self {
            figure,
            layout: Layout {
                floor,
                ..Layout::default()
            },
            shape: (1.0, 1.0),
            rises: false,
            anchored,
            pins,
            flat,
        };
        let (first, last) = (motion.at(0.0), motion.at(motion.last()));
        motion.layout = motion.arrange(&first, &last);
        motion.rises = match motion.figure.arrow {
            Some(arrow) => last.point(arrow.track).y > first.point(arrow.track).y,
            None => last.height() > first.height(),
        };
        motion.shape = motion.measure();
        Some(motion)
    }

    /// Returns where mat, wall, chair, and roller are, so that they fit the body.
    fn arrange(&self, first: &Skeleton, last: &Skeleton) -> Layout {
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
        Layout {
            extent: self.find_extent(),
            floor: self.layout.floor,
            wall: in_front.unwrap_or_else(|| back(first).min(back(last))),
            seat: (first.point(Point::Pelvis).x, first.lowest(Point::Hips)),
            roller: vec3(last.point(Point::Back).x + 0.02, 0.055, 0.0),
        }
    }

    /// Returns how far the body reaches along the floor in the whole movement.
    fn find_extent(&self) -> Extent {
        let mut extent = Extent {
            left: f32::MAX,
            right: f32::MIN,
            far: f32::MAX,
            near: f32::MIN,
        };
        for at in self.samples() {
            for capsule in &self.at(at).capsules {
                for (at, radius) in [
                    (capsule.from, capsule.radius_from),
                    (capsule.to, capsule.radius_to),
                ] {
                    extent.left = extent.left.min(at.x - radius);
                    extent.right = extent.right.max(at.x + radius);
                    extent.far = extent.far.min(at.z - radius);
                    extent.near = extent.near.max(at.z + radius);
                }
            }
        }
        extent
    }

    /// Returns how wide and how high the figure is seen, in statures. Lying exercises are wide,
    /// standing ones tall.
    fn measure(&self) -> (f32, f32) {
        let camera = Camera::new(self.figure.view, false);
        let blocks = build_blocks(&self.figure.props, &self.layout);
        Bounds::new(&camera, self.bodies(), &blocks, self.figure.zoom).shape()
    }

    /// Returns every body that is shown: all along the movement, and the common mistake.
    pub(super) fn bodies(&self) -> impl Iterator<Item = Skeleton> {
        let wrong = self.wrong_body();
        self.samples().map(move |at| self.at(at)).chain(wrong)
    }

    /// Returns the body in the common mistake; None if the figure shows none.
    pub(super) fn wrong_body(&self) -> Option<Skeleton> {
        let (pose, _) = self.figure.wrong.as_ref()?;
        let key = self.figure.poses.get(*pose)?;
        Some(self.pose_between(key, key, 0.0))
    }

    /// Returns the last place of the cycle. Places count the poses from 0.
    pub fn last(&self) -> f32 {
        #[expect(clippy::cast_precision_loss, reason = "a cycle has a handful of poses")]
        let last = self.figure.cycle.len().saturating_sub(1) as f32;
        last
    }

    /// Returns places all along the cycle: each pose and some between.
    fn samples(&self) -> impl Iterator<Item = f32> + use<> {
        let last = u16::try_from(self.figure.cycle.len().saturating_sub(1)).unwrap_or(0);
        let between = if last > 3 { 2 } else { 8 };
        (0..=last * between).map(move |step| f32::from(step) / f32::from(between))
    }

    /// Returns the pose nearest to a place of the cycle.
    fn pose_near(&self, at: f32) -> Option<&Keyframe> {
        #[expect(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "a place is not negative"
        )]
        let index = self.figure.cycle.get(at.max(0.0).round() as usize)?;
        self.figure.poses.get(*index)
    }

    /// Returns the two poses around a place of the cycle, and the share of the way between them.
    fn poses_around(&self, at: f32) -> Option<(&Keyframe, &Keyframe, f32)> {
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

    /// Returns the body at a place of the cycle, 0 to [`Self::last`].
    pub fn at(&self, at: f32) -> Skeleton {
        match self.poses_around(at) {
            Some((from, to, share)) => self.pose_between(from, to, share),
            None => Skeleton::build(&Pose::default(), Vec3::default(), &PerExtremity::default()),
        }
    }

    /// Returns the body at a share of the way from one pose to another.
    fn pose_between(&self, from: &Keyframe, to: &Keyframe, share: f32) -> Skeleton {
        let pose = from.pose.towards(&to.pose, share);
        let root = find_root(
            &pose,
            self.figure.anchor,
            Some(self.anchored),
            self.layout.floor,
        );
        let free = Skeleton::build(&pose, root, &PerExtremity::default());
        let mut pins = self.pins;
        for end in Extremity::ALL
            .into_iter()
            .filter(|end| *self.figure.slides.of(*end))
        {
            // It stays flat on the floor and may travel along it.
            let (flat, here) = (self.flat.of(end), free.ends.of(end));
            *pins.of_mut(end) = Some(Place {
                at: vec3(here.at.x, flat.at.y, here.at.z),
                frame: flat.frame,
            });
        }
        let grips = [
            (
                FigureSide::Right,
                Extremity::HandRight,
                from.right,
                to.right,
            ),
            (FigureSide::Left, Extremity::HandLeft, from.left, to.left),
        ];
        for (side, end, before, after) in grips {
            let weigh = |grip: Option<Grip>, share: f32| if grip.is_some() { share } else { 0.0 };
            let weight = weigh(before, 1.0 - share) + weigh(after, share);
            if weight <= 0.0 {
                continue;
            }
            let held = Skeleton::build(&pose, root, &pins);
            let hand = held.ends.of(end);
            // The hand travels from one grip to the other; a free hand starts or ends where the
            // pose has it.
            let place =
                |grip: Option<Grip>| grip.map_or(hand.at, |grip| self.grip_at(&held, grip, side));
            let at = place(before).towards(place(after), share);
            *pins.of_mut(end) = Some(Place {
                at,
                frame: hand.frame.filter(|_| weight < 0.02),
            });
        }
        Skeleton::build(&pose, root, &pins)
    }

    /// Returns where the wrist of a hand is that holds something.
    fn grip_at(&self, skeleton: &Skeleton, grip: Grip, side: FigureSide) -> Vec3 {
        match grip {
            Grip::Chair => vec3(self.chair_back(), CHAIR_BACK, side.sign() * 0.06),
            Grip::Wall => vec3(self.layout.wall, WALL_HAND, side.sign() * 0.06),
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

    /// Returns the two ends of each band.
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

    /// Returns where the back of a chair to hold on to is along the floor.
    fn chair_back(&self) -> f32 {
        let chair = self.figure.props.iter().find_map(|prop| match prop {
            Prop::Chair(x) => Some(*x + x.signum() * 0.012),
            _ => None,
        });
        chair.unwrap_or(0.3)
    }
}
