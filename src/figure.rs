//! An animated figure: a person posed by anatomical angles, what holds the person in place, what
//! stands around, what moves. Data first; bones, movement and pictures are read off it. A figure is
//! written for the right side; the left one is its mirror image. Knows nothing of programs, of time
//! passing, or of terminals.

pub mod cells;
pub mod motion;
pub mod pose;
pub mod raster;
mod scene;
pub mod skeleton;
pub mod space;
pub mod svg;

pub use self::pose::Pose;

/// A place of the body.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[allow(missing_docs, reason = "each is named as it is written")]
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
    /// The front of the shank, a hand's breadth below the knee: where a knee is pulled to the
    /// chest.
    Shin(FigureSide),
    /// The back of the thigh above the knee.
    Thigh(FigureSide),
}

/// A side of the person.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[allow(missing_docs, reason = "the sides explain themselves")]
pub enum FigureSide {
    Right,
    Left,
}

impl FigureSide {
    /// Both, the right one first.
    pub const BOTH: [Self; 2] = [Self::Right, Self::Left];

    /// 1 to the right, -1 to the left.
    pub fn sign(self) -> f32 {
        match self {
            Self::Right => 1.0,
            Self::Left => -1.0,
        }
    }
}

/// The points by their names.
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
    /// The point of this name.
    pub fn named(name: &str) -> Option<Self> {
        POINTS
            .iter()
            .find(|(known, _)| *known == name)
            .map(|(_, point)| *point)
    }
}

/// The end of a limb, which can be kept in its place.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[allow(missing_docs, reason = "each is named as it is written")]
pub enum Extremity {
    FootRight,
    FootLeft,
    HandRight,
    HandLeft,
}

impl Extremity {
    /// All, in the order in which figures keep them.
    pub const ALL: [Self; 4] = [
        Self::FootRight,
        Self::FootLeft,
        Self::HandRight,
        Self::HandLeft,
    ];

    /// The ends that a name means: one, or both feet, or both hands.
    pub fn named(name: &str) -> &'static [Self] {
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

    /// As it is written.
    pub fn name(self) -> &'static str {
        match self {
            Self::FootRight => "foot_r",
            Self::FootLeft => "foot_l",
            Self::HandRight => "hand_r",
            Self::HandLeft => "hand_l",
        }
    }
}

/// One thing for each end of a limb.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct PerExtremity<T> {
    /// Of the right foot.
    pub foot_right: T,
    /// Of the left foot.
    pub foot_left: T,
    /// Of the right hand.
    pub hand_right: T,
    /// Of the left hand.
    pub hand_left: T,
}

impl<T> PerExtremity<T> {
    /// Of one end.
    pub fn of(&self, end: Extremity) -> &T {
        match end {
            Extremity::FootRight => &self.foot_right,
            Extremity::FootLeft => &self.foot_left,
            Extremity::HandRight => &self.hand_right,
            Extremity::HandLeft => &self.hand_left,
        }
    }

    /// Of one end, to be changed.
    pub fn of_mut(&mut self, end: Extremity) -> &mut T {
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
pub enum Grip {
    /// A place of one's own body.
    Point(Point),
    /// The back of the chair.
    Chair,
    /// The wall.
    Wall,
}

/// A named pose and what the hands hold in it.
#[derive(Debug, Clone, PartialEq)]
pub struct Keyframe {
    /// Its name.
    pub name: String,
    /// The angles.
    pub pose: Pose,
    /// What the right hand holds.
    pub right: Option<Grip>,
    /// What the left hand holds.
    pub left: Option<Grip>,
}

/// Something that stands or lies around.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Prop {
    /// A mat under the whole body.
    Mat,
    /// A floor to stand on.
    Floor,
    /// A wall: behind the back, or so far in front of where the pelvis rests.
    Wall(Option<f32>),
    /// A chair to sit on.
    Seat,
    /// A chair to hold on to, so far in front of the body.
    Chair(f32),
    /// A roller under the upper back.
    Roller,
    /// A band or strap between two places.
    Band(Point, Point),
    /// A band from a place to where it is tied: along, up and to the right of where the pelvis
    /// rests.
    Tied(Point, (f32, f32, f32)),
    /// Something flat to stand, lie or put the legs on, along the floor from here to there.
    Box(Stand, f32, f32),
}

/// What a flat thing is, and so how high.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Stand {
    /// A stair; the figure stands on it, and the floor is below.
    Step,
    /// A bench; the figure lies on it, and the floor is below.
    Bench,
    /// A stool on the floor, for feet or shanks.
    Stool,
}

impl Stand {
    /// Its height in statures: a stair of 18 cm, a bench and a stool of 45 cm, for somebody of 1.70
    /// m.
    pub const fn height(self) -> f32 {
        match self {
            Self::Step => 0.105,
            Self::Bench | Self::Stool => 0.265,
        }
    }
}

/// Where it is seen from.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum View {
    /// From the side, with what is nearer shifted down and to the left: joint angles seen from the
    /// side stay true.
    Side,
    /// By a camera, turned about the upright axis and from above, in degrees.
    Camera {
        /// About the upright axis.
        yaw: f32,
        /// From above.
        pitch: f32,
    },
}

/// An arrow along the way of a point.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Arrow {
    /// Whose way it is.
    pub track: Point,
    /// How far to the right and up of it the arrow lies, in statures.
    pub away: (f32, f32),
}

/// The point that stays where it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Anchor {
    /// Whose place along the floor stays.
    pub along: Point,
    /// Whose lowest surface lies on the floor.
    pub down: Point,
}

/// A figure.
#[derive(Debug, Clone, PartialEq)]
pub struct Figure {
    /// Where it is seen from.
    pub view: View,
    /// Whether only the upper body is shown, for small movements.
    pub zoom: bool,
    /// What stands around.
    pub props: Vec<Prop>,
    /// The muscles that are lit, by the library's ids, with `_r` or `_l` where one side alone is
    /// meant.
    pub highlight: Vec<String>,
    /// What stays in its place.
    pub anchor: Anchor,
    /// All poses, in order.
    pub poses: Vec<Keyframe>,
    /// The poses that are gone through, as places among all; at least one.
    pub cycle: Vec<usize>,
    /// The pose that defines where anchored and pinned parts are.
    pub rest: usize,
    /// The ends of limbs that stay where they are in a pose, by its place among all.
    pub pins: PerExtremity<Option<usize>>,
    /// The ends that stay on the floor and may slide along it.
    pub slides: PerExtremity<bool>,
    /// The way that is shown.
    pub arrow: Option<Arrow>,
    /// A pose that shows a common mistake, and the words for it.
    pub wrong: Option<(usize, String)>,
}
