//! A pose as anatomical angles in degrees. With all angles at 0 the person stands upright and faces
//! the right of the picture.

/// The angles of the arm and leg of one side.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub(crate) struct Limbs {
    /// Shoulder flexion; 180 is overhead.
    pub(crate) shoulder: f32,
    /// Shoulder abduction.
    pub(crate) shoulder_abd: f32,
    /// Shoulder external rotation.
    pub(crate) shoulder_rot: f32,
    /// Elbow flexion.
    pub(crate) elbow: f32,
    /// Bends the fingers to the side to which the elbow bends; 90 is a flat palm under a straight
    /// arm.
    pub(crate) wrist: f32,
    /// Protraction of the shoulder blade, in thousandths of stature.
    pub(crate) scap: f32,
    /// Hip flexion.
    pub(crate) hip: f32,
    /// Hip abduction; moves a flexed hip to the side.
    pub(crate) hip_abd: f32,
    /// Hip external rotation.
    pub(crate) hip_rot: f32,
    /// Knee flexion.
    pub(crate) knee: f32,
    /// Dorsiflexion; negative values are plantarflexion.
    pub(crate) ankle: f32,
    /// Toe extension.
    pub(crate) toe: f32,
}

/// The angles of the whole body.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub(crate) struct Pose {
    /// Turns the whole person to their right; 90 faces the viewer, 180 the left of the picture.
    pub(crate) heading: f32,
    /// Leans the pelvis forward; -90 is on the back, 90 on the belly or on all fours.
    pub(crate) pitch: f32,
    /// Leans the pelvis to the right; 90 is lying on the right side.
    pub(crate) tilt: f32,
    /// Flexion of the low back.
    pub(crate) lumbar: f32,
    /// Flexion of the upper back.
    pub(crate) thorax: f32,
    /// Side bend to the right.
    pub(crate) side: f32,
    /// Rotation of the trunk to the right.
    pub(crate) twist: f32,
    /// Neck flexion.
    pub(crate) neck: f32,
    /// Side bend of the neck to the right.
    pub(crate) neck_side: f32,
    /// Rotation of the neck to the right.
    pub(crate) neck_twist: f32,
    /// How far the head is pushed forward, in thousandths of stature.
    pub(crate) protract: f32,
    pub(crate) right: Limbs,
    pub(crate) left: Limbs,
}

/// An angle that a figure file can set.
#[derive(Debug, Clone, Copy)]
pub struct Channel {
    /// The name in a figure file; angles of limbs end in `_r` or `_l`.
    pub name: &'static str,
    /// The smallest value allowed, in degrees (`scap` and `protract`: thousandths of stature).
    pub low: f32,
    /// The largest value allowed, in the same unit.
    pub high: f32,
    get: fn(&Pose) -> f32,
    put: fn(&mut Pose, f32),
}

macro_rules! channels {
    (body { $($body:ident $body_low:literal $body_high:literal),* $(,)? }
     limbs { $($limb:ident $right:literal $left:literal $low:literal $high:literal),* $(,)? }) => {
        /// All angles: first those of the trunk and head, then those of the limbs.
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

/// Returns the channels that a name covers: one, or both sides if a limb's name has no side.
pub(crate) fn named(name: &str) -> impl Iterator<Item = &'static Channel> {
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
    /// Sets the angle of a pose. The caller has checked that the value is in range.
    pub(crate) fn set(&self, pose: &mut Pose, value: f32) {
        (self.put)(pose, value);
    }
}

impl Pose {
    /// Returns the pose at a share (0 to 1) of the way to another, interpolating each angle.
    #[must_use]
    pub(crate) fn towards(&self, other: &Self, share: f32) -> Self {
        let mut pose = *self;
        for channel in CHANNELS {
            let (from, to) = ((channel.get)(self), (channel.get)(other));
            (channel.put)(&mut pose, from + (to - from) * share);
        }
        pose
    }
}
