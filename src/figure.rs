//! The data of an animated figure: a person posed by anatomical angles, what keeps the person in
//! place, the props, and the movement. The submodules derive bones, movement, and drawings from it.
//!
//! A figure is written for the right side; the left side is its mirror image.
//!
//! A submodule uses only submodules listed above it.

pub mod space;

pub mod pose;

pub mod skeleton;

mod scene;

pub mod motion;

pub mod raster;

pub mod cells;

pub(crate) mod svg;

pub(crate) use self::pose::Pose;

/// A named place of the body.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[allow(missing_docs, reason = "the variants are named after the places")]
pub enum Point {
    Pelvis,
    Hips,
    Lumbar,
    Chest,
    Back,
    Shoulders,
    Head,
    Knees,
    Feet,
    Toes,
    Hands,
    Shoulder(FigureSide),
    Elbow(FigureSide),
    Wrist(FigureSide),
    Hand(FigureSide),
    Hip(FigureSide),
    Knee(FigureSide),
    Foot(FigureSide),
    Toe(FigureSide),
    /// The front of the shank, a hand's breadth below the knee: where the hands pull a knee to the
    /// chest.
    Shin(FigureSide),
    /// The back of the thigh above the knee.
    Thigh(FigureSide),
}

/// A side of the person.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[allow(missing_docs, reason = "the variants are the sides")]
pub enum FigureSide {
    Right,
    Left,
}

impl FigureSide {
    /// Both sides, the right one first.
    pub(crate) const BOTH: [Self; 2] = [Self::Right, Self::Left];

    /// Returns 1 for the right side and -1 for the left: the direction along a bone's z axis.
    pub(crate) fn sign(self) -> f32 {
        match self {
            Self::Right => 1.0,
            Self::Left => -1.0,
        }
    }
}

/// The points by the names that a figure file uses. A point may have two names.
pub const POINTS: &[(&str, Point)] = &[
    ("pelvis", Point::Pelvis),
    ("hips", Point::Hips),
    ("lumbar", Point::Lumbar),
    ("chest", Point::Chest),
    ("back", Point::Back),
    ("shoulders", Point::Shoulders),
    ("head", Point::Head),
    ("knees", Point::Knees),
    ("feet", Point::Feet),
    ("toes", Point::Toes),
    ("hands", Point::Hands),
    ("shoulder_r", Point::Shoulder(FigureSide::Right)),
    ("shoulder_l", Point::Shoulder(FigureSide::Left)),
    ("elbow_r", Point::Elbow(FigureSide::Right)),
    ("elbow_l", Point::Elbow(FigureSide::Left)),
    ("wrist_r", Point::Wrist(FigureSide::Right)),
    ("wrist_l", Point::Wrist(FigureSide::Left)),
    ("hand_r", Point::Hand(FigureSide::Right)),
    ("hand_l", Point::Hand(FigureSide::Left)),
    ("hip_r", Point::Hip(FigureSide::Right)),
    ("hip_l", Point::Hip(FigureSide::Left)),
    ("knee_r", Point::Knee(FigureSide::Right)),
    ("knee_l", Point::Knee(FigureSide::Left)),
    ("foot_r", Point::Foot(FigureSide::Right)),
    ("foot_l", Point::Foot(FigureSide::Left)),
    ("ankle_r", Point::Foot(FigureSide::Right)),
    ("ankle_l", Point::Foot(FigureSide::Left)),
    ("toe_r", Point::Toe(FigureSide::Right)),
    ("toe_l", Point::Toe(FigureSide::Left)),
    ("shin_r", Point::Shin(FigureSide::Right)),
    ("shin_l", Point::Shin(FigureSide::Left)),
    ("thigh_r", Point::Thigh(FigureSide::Right)),
    ("thigh_l", Point::Thigh(FigureSide::Left)),
];

impl Point {
    /// Returns the point that a figure file calls by this name.
    pub(crate) fn named(name: &str) -> Option<Self> {
        POINTS
            .iter()
            .find(|(known, _)| *known == name)
            .map(|(_, point)| *point)
    }
}

/// The end of a limb. A figure can pin it in place.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[allow(missing_docs, reason = "the variants are named after the ends")]
pub enum Extremity {
    FootRight,
    FootLeft,
    HandRight,
    HandLeft,
}

impl Extremity {
    /// All four, in the order in which a figure's pins are applied.
    pub(crate) const ALL: [Self; 4] = [
        Self::FootRight,
        Self::FootLeft,
        Self::HandRight,
        Self::HandLeft,
    ];

    /// Returns the ends that a name covers: one end, both feet, or both hands.
    pub(crate) fn named(name: &str) -> &'static [Self] {
        match name {
            "foot_r" => &[Self::FootRight],
            "foot_l" => &[Self::FootLeft],
            "feet" => &[Self::FootRight, Self::FootLeft],
            "hand_r" => &[Self::HandRight],
            "hand_l" => &[Self::HandLeft],
            "hands" => &[Self::HandRight, Self::HandLeft],
            _ => &[],
        }
    }

    /// Returns the name that a figure file uses for this end.
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::FootRight => "foot_r",
            Self::FootLeft => "foot_l",
            Self::HandRight => "hand_r",
            Self::HandLeft => "hand_l",
        }
    }
}

/// One value for each end of a limb.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct PerExtremity<T> {
    pub(crate) foot_right: T,
    pub(crate) foot_left: T,
    pub(crate) hand_right: T,
    pub(crate) hand_left: T,
}

impl<T> PerExtremity<T> {
    /// Returns the value of one end.
    pub fn of(&self, end: Extremity) -> &T {
        match end {
            Extremity::FootRight => &self.foot_right,
            Extremity::FootLeft => &self.foot_left,
            Extremity::HandRight => &self.hand_right,
            Extremity::HandLeft => &self.hand_left,
        }
    }

    /// Returns the value of one end for changing.
    pub(crate) fn of_mut(&mut self, end: Extremity) -> &mut T {
        match end {
            Extremity::FootRight => &mut self.foot_right,
            Extremity::FootLeft => &mut self.foot_left,
            Extremity::HandRight => &mut self.hand_right,
            Extremity::HandLeft => &mut self.hand_left,
        }
    }
}

/// What a hand holds on to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Grip {
    /// A place of the person's own body.
    Point(Point),
    /// The back of the chair.
    Chair,
    Wall,
}

/// A named pose and what the hands hold in it.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Keyframe {
    pub(crate) name: String,
    pub(crate) pose: Pose,
    /// What the right hand holds; None if it is free.
    pub(crate) right: Option<Grip>,
    /// What the left hand holds; None if it is free.
    pub(crate) left: Option<Grip>,
}

/// An object around the person. Lengths are in statures, measured from where the pelvis rests.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) enum Prop {
    /// A mat under the whole body.
    Mat,
    /// A floor to stand on.
    Floor,
    /// A wall at this distance in front; None is a wall behind the back.
    Wall(Option<f32>),
    /// A chair to sit on.
    Seat,
    /// A chair to hold on to, at this distance in front.
    Chair(f32),
    /// A roller under the upper back.
    Roller,
    /// A band or strap between two places of the body.
    Band(Point, Point),
    /// A band from a place of the body to a fixed place: along the floor, up, and to the right.
    Tied(Point, (f32, f32, f32)),
    /// A flat object to stand, lie, or put the legs on: where it begins and ends along the floor.
    Box(Stand, f32, f32),
}

/// The kind of a flat object, which sets its height.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Stand {
    /// A stair; the figure stands on it, and the floor is below.
    Step,
    /// A bench; the figure lies on it, and the floor is below.
    Bench,
    /// A stool on the floor, for feet or shanks.
    Stool,
}

impl Stand {
    /// Returns its height in statures: 18 cm for a stair and 45 cm for a bench or a stool, for a
    /// person of 1.70 m.
    pub(crate) const fn height(self) -> f32 {
        match self {
            Self::Step => 0.105,
            Self::Bench | Self::Stool => 0.265,
        }
    }
}

/// Where the viewer stands.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) enum View {
    /// From the side, in an oblique projection: near parts are shifted down and to the left. Joint
    /// angles in the sagittal plane keep their true size.
    Side,
    /// Through a camera; angles in degrees.
    Camera {
        /// The turn about the upright axis.
        yaw: f32,
        /// The tilt from above.
        pitch: f32,
    },
}

/// An arrow along the path of a point.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Arrow {
    /// The point whose path it shows.
    pub(crate) track: Point,
    /// How far to the right of the path and above it the arrow is drawn, in statures.
    pub(crate) away: (f32, f32),
}

/// What keeps the body in place.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Anchor {
    /// The point whose place along the floor never changes.
    pub(crate) along: Point,
    /// The point whose lowest surface is at height 0: on the floor, or on the step or bench that
    /// carries the person.
    pub(crate) down: Point,
}

/// A figure as its file describes it.
#[derive(Debug, Clone, PartialEq)]
pub struct Figure {
    pub(crate) view: View,
    /// Whether only the upper body is shown, for small movements.
    pub(crate) zoom: bool,
    pub(crate) props: Vec<Prop>,
    /// The ids of the muscles that are lit, with `_r` or `_l` where only one side is.
    pub highlight: Vec<String>,
    pub(crate) anchor: Anchor,
    /// All poses, in the order of the file.
    pub(crate) poses: Vec<Keyframe>,
    /// The poses of the movement, as indices into `poses`; at least one.
    pub(crate) cycle: Vec<usize>,
    /// The index of the pose that sets where anchored and pinned parts are.
    pub(crate) rest: usize,
    /// For each end, the index of the pose that sets where it is pinned; None if it is free.
    pub(crate) pins: PerExtremity<Option<usize>>,
    /// Whether each end stays on the floor but may slide along it.
    pub(crate) slides: PerExtremity<bool>,
    pub(crate) arrow: Option<Arrow>,
    /// The index of a pose that shows a common mistake, and its caption.
    pub wrong: Option<(usize, String)>,
}
