//! A pose: anatomical angles in degrees. All of them nothing is standing upright, facing to the
//! right of the picture. Knows nothing of bones or of what holds a pose in its place.

/// The angles of one side's arm and leg.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Limbs {
    /// Shoulder flexion; 180 is overhead.
    pub shoulder: f32,
    /// Shoulder abduction.
    pub shoulder_abd: f32,
    /// Shoulder external rotation.
    pub shoulder_rot: f32,
    /// Elbow flexion.
    pub elbow: f32,
    /// The fingers towards the side to which the elbow bends; 90 is a palm flat under a straight
    /// arm.
    pub wrist: f32,
    /// Protraction of the shoulder blade, in thousandths of stature.
    pub scap: f32,
    /// Hip flexion.
    pub hip: f32,
    /// Hip abduction; of a flexed hip to the side.
    pub hip_abd: f32,
    /// Hip external rotation.
    pub hip_rot: f32,
    /// Knee flexion.
    pub knee: f32,
    /// Dorsiflexion; minus is plantarflexion.
    pub ankle: f32,
    /// Toe extension.
    pub toe: f32,
}

/// A pose.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Pose {
    /// The person turned to their right; 90 faces the viewer, 180 the left of the picture.
    pub heading: f32,
    /// The pelvis leaning forward; -90 is on the back, 90 on the belly or on all fours.
    pub pitch: f32,
    /// The pelvis leaning to the right side; 90 is lying on it.
    pub tilt: f32,
    /// Flexion of the low back.
    pub lumbar: f32,
    /// Flexion of the upper back.
    pub thorax: f32,
    /// Side-bend to the right.
    pub side: f32,
    /// Rotation to the right.
    pub twist: f32,
    /// Neck flexion.
    pub neck: f32,
    /// Neck side-bend to the right.
    pub neck_side: f32,
    /// Neck rotation to the right.
    pub neck_twist: f32,
    /// The head forward, in thousandths of stature.
    pub protract: f32,
    /// The right arm and leg.
    pub right: Limbs,
    /// The left arm and leg.
    pub left: Limbs,
}

/// An angle by its name.
#[derive(Debug, Clone, Copy)]
pub struct Channel {
    /// As a figure writes it; of a limb with `_r` or `_l`.
    pub name: &'static str,
    /// The least value, in degrees.
    pub low: f32,
    /// The greatest.
    pub high: f32,
    get: fn(&Pose) -> f32,
    put: fn(&mut Pose, f32),
}

macro_rules! channels {
    (body { $($body:ident $body_low:literal $body_high:literal),* $(,)? }
     limbs { $($limb:ident $right:literal $left:literal $low:literal $high:literal),* $(,)? }) => {
        /// All angles, those of the body first, then those of each side.
        pub const CHANNELS: &[Channel] = &[
            $(Channel {
                name: stringify!($body),
                low: $body_low,
                high: $body_high,
                get: |pose| pose.$body,
                put: |pose, value| pose.$body = value,
            },)*
            $(Channel {
                name: $right,
                low: $low,
                high: $high,
                get: |pose| pose.right.$limb,
                put: |pose, value| pose.right.$limb = value,
            },
            Channel {
                name: $left,
                low: $low,
                high: $high,
                get: |pose| pose.left.$limb,
                put: |pose, value| pose.left.$limb = value,
            },)*
        ];
    };
}

channels! {
    body {
        heading -360.0 360.0,
        pitch -180.0 180.0,
        tilt -180.0 180.0,
        lumbar -45.0 70.0,
        thorax -40.0 70.0,
        side -45.0 45.0,
        twist -60.0 60.0,
        neck -80.0 70.0,
        neck_side -50.0 50.0,
        neck_twist -85.0 85.0,
        protract -40.0 40.0,
    }
    limbs {
        shoulder "shoulder_r" "shoulder_l" -60.0 190.0,
        shoulder_abd "shoulder_abd_r" "shoulder_abd_l" -60.0 180.0,
        shoulder_rot "shoulder_rot_r" "shoulder_rot_l" -120.0 120.0,
        elbow "elbow_r" "elbow_l" -5.0 155.0,
        wrist "wrist_r" "wrist_l" -90.0 95.0,
        scap "scap_r" "scap_l" -30.0 30.0,
        hip "hip_r" "hip_l" -40.0 150.0,
        hip_abd "hip_abd_r" "hip_abd_l" -50.0 80.0,
        hip_rot "hip_rot_r" "hip_rot_l" -60.0 80.0,
        knee "knee_r" "knee_l" -5.0 165.0,
        ankle "ankle_r" "ankle_l" -70.0 40.0,
        toe "toe_r" "toe_l" -30.0 90.0,
    }
}

/// The channels that a name means: one, or of a limb without a side both.
pub fn named(name: &str) -> impl Iterator<Item = &'static Channel> {
    let bare = |channel: &'static str| {
        channel
            .strip_suffix("_r")
            .or_else(|| channel.strip_suffix("_l"))
    };
    CHANNELS
        .iter()
        .filter(move |channel| channel.name == name || bare(channel.name) == Some(name))
}

impl Channel {
    /// Sets the angle; a value out of its range sets nothing and is false.
    pub fn set(&self, pose: &mut Pose, value: f32) -> bool {
        let within = (self.low..=self.high).contains(&value);
        if within {
            (self.put)(pose, value);
        }
        within
    }

    /// The angle.
    pub fn get(&self, pose: &Pose) -> f32 {
        (self.get)(pose)
    }
}

impl Pose {
    /// The pose so far on the way to another, 0 to 1: each angle by itself.
    #[must_use]
    pub fn towards(&self, other: &Self, share: f32) -> Self {
        let mut pose = *self;
        for channel in CHANNELS {
            let (from, to) = ((channel.get)(self), (channel.get)(other));
            (channel.put)(&mut pose, from + (to - from) * share);
        }
        pose
    }
}
