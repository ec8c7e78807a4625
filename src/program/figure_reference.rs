//! How a figure is written, told to people, from the table of angles that figures are read by.
//! Knows nothing of where the words go.

use super::muscles::MUSCLES;
use crate::figure::POINTS;
use crate::figure::pose::CHANNELS;

/// What more of each angle means, in the order in which they are told; those of limbs without their
/// side.
pub const ANGLES: &[(&str, &str)] = &[
    (
        "heading",
        "the whole person turned to their right; 90 faces the viewer, 180 the left of the picture",
    ),
    (
        "pitch",
        "the pelvis leaning forward; -90 is on the back, 90 on the belly or on all fours",
    ),
    (
        "tilt",
        "the pelvis leaning to the right; 90 is lying on the right side, -90 on the left",
    ),
    ("lumbar", "low back bent forward"),
    ("thorax", "upper back bent forward"),
    ("side", "trunk bent to the right"),
    ("twist", "trunk rotated to the right"),
    ("neck", "neck bent forward"),
    ("neck_side", "neck bent to the right"),
    ("neck_twist", "head turned to the right"),
    ("protract", "head pushed forward"),
    ("shoulder", "arm lifted forward; 180 is overhead"),
    ("shoulder_abd", "arm lifted to the side"),
    ("shoulder_rot", "arm rotated outward"),
    ("elbow", "elbow bent"),
    (
        "wrist",
        "hand bent towards the forearm's front; 90 is a palm flat under a straight arm",
    ),
    ("scap", "shoulder blade pushed forward"),
    (
        "hip",
        "thigh lifted forward; it is upright in the picture where `hip` is the same as `pitch`",
    ),
    ("hip_abd", "thigh moved outward"),
    ("hip_rot", "thigh rotated outward"),
    ("knee", "knee bent"),
    ("ankle", "foot pulled up; minus is pointed"),
    ("toe", "toes bent up"),
];

const GUIDE: &str = "\
A figure is a person in a few poses, seen moving from one to the next. All angles 0 is standing upright, looking to the right of the picture;
each angle of a pose is what you would measure. It is written for the right side; for the left one it is mirrored.

```yaml
figure:
  view: side                  # or front, or {yaw: 20, pitch: 15}: turned, and from above
  props: [mat]                # what is around
  highlight: [gluteus-maximus]   # muscles that are lit; with _r or _l on one side only
  anchor: shoulders           # the point that stays, and lies on the floor
  pin: [feet, hands]          # hands or feet that stay where they are
  poses:
    start: {base: crook}
    hold: {base: start, pitch: -117, hip: 6, knee: 96, shoulder: -26, neck: 26}
    arched: {base: hold, lumbar: -30}
  cycle: [start, hold]        # the poses that are gone through
  arrow: {track: pelvis, away: [0, 0.12]}   # the way that is shown, and how far beside it
  wrong: {arched: Low back arches}          # a common mistake, shown in the rest
```

One who sits, and one who bends to the side, seen from the front:

```yaml
figure:
  props: [floor, seat]
  highlight: [quadriceps_r]
  anchor: {x: pelvis, y: feet}
  poses:
    start: {base: sitting}
    hold: {base: start, knee_r: 10, ankle_r: 10}
  cycle: [start, hold]
  arrow: {track: foot_r, away: [0.05, 0]}
```

```yaml
figure:
  view: front
  props: [floor]
  highlight: [obliques_l]
  anchor: feet
  poses:
    start: {base: standing}
    hold: {base: start, side: 30, shoulder_abd_l: 160}
  cycle: [start, hold]
```

`regimen figure FILE` shows the figures of a file and follows it as you save; `regimen check` tells what sinks into the floor or cannot be reached.

- `base` takes over another pose of the figure, or one of `standing`, `sitting`, `supine`, `crook`, `prone`, `quadruped`.
- An angle of a limb is that of both sides; with `_r` or `_l` behind it, that of one.
- `grab: {hand_r: shin_r}` in a pose lets a hand hold a point of the body, `chair` or `wall`.
- `anchor: {x: knees, y: hips}` takes the place from one point and the height from another.
- `pin: {hands: hold}` pins them where another pose has them; `slide: [foot_r]` keeps a hand or foot on the floor and lets it travel.
- `rest: NAME` is the pose that anchor and pins are taken from; the first one where it is left out.
- `props`: `mat`, `floor`, `wall` (behind the back) or `{wall: 0.4}` (so far in front), `seat` (a chair that is sat on), `{chair: 0.3}`
  (a chair to hold on to, so far in front), `roller`, `{band: [hand_r, foot_r]}`,
  `{tied: [hands, 0, 0.6, 0.5]}` (a band to a fixed place), `{step: [-0.2, 0.2]}` and `{bench: [-0.8, 0]}` (stood and lain on), `{stool: [0.2, 0.5]}`.
  Lengths are shares of the person's height, from where the pelvis rests.
- `zoom: upper` shows the upper body only.";

/// The range of an angle; of a limb's that of its right side, which is the left one's too.
fn range(name: &str) -> Option<(f32, f32)> {
    let sided = format!("{name}_r");
    let channel = CHANNELS
        .iter()
        .find(|channel| channel.name == name || channel.name == sided)?;
    Some((channel.low, channel.high))
}

/// All of it as Markdown, below a heading.
pub fn markdown() -> String {
    let mut text = format!(
        "{GUIDE}\n\nAngles in degrees:\n\n| angle | from | to | more of it is |\n| --- | --: | --: | --- |\n"
    );
    for (name, more) in ANGLES {
        if let Some((low, high)) = range(name) {
            text.push_str(&format!("| `{name}` | {low} | {high} | {more} |\n"));
        }
    }
    let points: Vec<&str> = POINTS.iter().map(|(name, _)| *name).collect();
    let muscles: Vec<&str> = MUSCLES.iter().map(|muscle| muscle.id).collect();
    text.push_str(&format!(
        "\nPoints of the body: {}.\n\nMuscles: {}.\n",
        points.join(", "),
        muscles.join(", ")
    ));
    text
}
