//! The reference for writing figures, for therapists. Its ranges come from the table of angles that
//! the reader of figures uses.

use super::muscles::MUSCLES;
use crate::figure::POINTS;
use crate::figure::pose::CHANNELS;

/// What a larger value of each angle means, in the order of the reference. Angles of limbs have no
/// side here.
const ANGLES: &[(&str, &str)] = &[
    (
        "heading",
        "turns the whole person to their right; 90 faces the viewer, 180 the left of the picture",
    ),
    (
        "pitch",
        "pelvis leans forward; -90 is on the back, 90 on the belly or on all fours",
    ),
    (
        "tilt",
        "pelvis leans to the right; 90 is lying on the right side, -90 on the left",
    ),
    ("lumbar", "low back bent forward"),
    ("thorax", "upper back bent forward"),
    ("side", "trunk bent to the right"),
    ("twist", "trunk rotated to the right"),
    ("neck", "neck bent forward"),
    ("neck_side", "neck bent to the right"),
    ("neck_twist", "head turned to the right"),
    (
        "protract",
        "head pushed forward, in thousandths of the person's height",
    ),
    ("shoulder", "arm lifted forward; 180 is overhead"),
    ("shoulder_abd", "arm lifted to the side"),
    ("shoulder_rot", "arm rotated outward"),
    ("elbow", "elbow bent"),
    (
        "wrist",
        "hand bent toward the front of the forearm; 90 is a flat palm under a straight arm",
    ),
    (
        "scap",
        "shoulder blade pushed forward, in thousandths of the person's height",
    ),
    (
        "hip",
        "thigh lifted forward; the thigh is vertical if `hip` equals `pitch`",
    ),
    ("hip_abd", "thigh moved outward"),
    ("hip_rot", "thigh rotated outward"),
    ("knee", "knee bent"),
    ("ankle", "foot pulled up; negative is pointed"),
    ("toe", "toes bent up"),
];

const GUIDE: &str = "\
A figure is a person in a few poses, shown moving from one to the next. With all angles at 0 the
person stands upright and faces the right of the picture; each angle is what you would measure.
Write the figure for the right side; it is mirrored for the left.

```yaml
figure:
  view: side                  # or front, or {yaw: 20, pitch: 15}: turned, and from above
  props: [mat]                # what is around the person
  highlight: [gluteus-maximus]   # working muscles; with _r or _l on one side only
  anchor: shoulders           # the point that stays in place on the floor
  pin: [feet, hands]          # hands or feet that stay in place
  poses:
    start: {base: crook}
    hold: {base: start, pitch: -117, hip: 6, knee: 96, shoulder: -26, neck: 26}
    arched: {base: hold, lumbar: -30}
  cycle: [start, hold]        # the poses of the movement, in order
  arrow: {track: pelvis, away: [0, 0.12]}   # shows the path of a point, this far beside it
  wrong: {arched: Low back arches}          # a common mistake, shown during rests
```

A person who sits, and one who bends to the side, seen from the front:

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

`regimen figure FILE` shows the figures of a file and updates them whenever you save;
`regimen check` lists what is below the floor or out of reach.

- `base` copies a pose above it, or one of `standing`, `sitting`, `supine`, `crook`, `prone`,
  `quadruped`.
- An angle of a limb sets both sides; with `_r` or `_l` at its end it sets one.
- `grab: {hand_r: shin_r}` in a pose makes a hand hold a point of the body, `chair`, or `wall`.
- `anchor: {x: knees, y: hips}` takes the place along the floor from one point and the height from
  another.
- `pin: {hands: hold}` pins the hands where the pose `hold` has them; `slide: [foot_r]` keeps a hand
  or foot on the floor and lets it slide.
- `rest: NAME` is the pose that sets where anchored and pinned parts are; without it, the first pose
  of the cycle does.
- `props`: `mat`, `floor`, `wall` (behind the back) or `{wall: 0.4}` (this far in front), `seat` (a
  chair to sit on), `{chair: 0.3}` (a chair to hold on to, this far in front), `roller`,
  `{band: [hand_r, foot_r]}`, `{tied: [hands, 0, 0.6, 0.5]}` (a band to a fixed place),
  `{step: [-0.2, 0.2]}` and `{bench: [-0.8, 0]}` (to stand or lie on), `{stool: [0.2, 0.5]}`.
  Lengths are shares of the person's height, measured from where the pelvis rests.
- `zoom: upper` shows only the upper body.";

/// Returns the range of an angle. The two sides of a limb have the same range.
fn find_range(name: &str) -> Option<(f32, f32)> {
    let sided = format!("{name}_r");
    let channel = CHANNELS
        .iter()
        .find(|channel| channel.name == name || channel.name == sided)?;
    Some((channel.low, channel.high))
}

/// Returns the reference as Markdown, without a heading.
pub fn markdown() -> String {
    let mut text = format!(
        "{GUIDE}\n\nAngles in degrees:\n\n\
         | angle | from | to | a larger value means |\n| --- | --: | --: | --- |\n"
    );
    for (name, more) in ANGLES {
        if let Some((low, high)) = find_range(name) {
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
