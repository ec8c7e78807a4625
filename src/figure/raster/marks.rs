//! What is drawn over a picture: the arrow, the outline of the last pose, and the cross over a
//! mistake.

use super::super::scene::Material;
use super::super::space::{Vec3, vec3};
use super::MARGIN;
use super::grid::{SampleGrid, bounds, float, index};

/// The number of steps into which the path of an arrow is divided.
pub(super) const STEPS: u8 = 24;

/// What is drawn over samples, as index and material, in order.
pub(super) type Marks = Vec<(usize, Material)>;

/// An arrow along a path, in samples.
struct Arrow {
    /// The path between the arrow's two ends.
    path: Vec<Vec3>,
    /// The path up to the head.
    shaft: Vec<Vec3>,
    /// Where the head begins.
    base: Vec3,
    /// The direction of the head.
    way: Vec3,
    /// The length of the head.
    head: f32,
    /// Half the width of the shaft.
    width: f32,
}

impl Arrow {
    /// Shapes the arrow along a path. Returns None if the path is too short to show a movement.
    fn new(mut path: Vec<Vec3>, scale: f32) -> Option<Self> {
        let (first, last) = (path.first().copied()?, path.last().copied()?);
        let length: f32 = path
            .windows(2)
            .map(|pair| {
                if let [a, b] = pair {
                    (*b - *a).flat().length()
                } else {
                    0.0
                }
            })
            .sum();
        if length < 1.0 {
            return None;
        }
        let head = (0.055 * scale).clamp(5.5, 18.0);
        if length < head * 2.0 {
            // A short path is made longer, so that its direction is visible.
            let half = (last - first).flat().unit() * head;
            let middle = first.towards(last, 0.5);
            path = (0..=STEPS)
                .map(|step| {
                    let share = f32::from(step) / f32::from(STEPS);
                    (middle - half).towards(middle + half, share)
                })
                .collect();
        }
        let (begin, end) = if length > scale * 0.55 {
            (0.18, 0.86)
        } else {
            (0.06, 0.94)
        };
        let count = float(path.len().saturating_sub(1));
        let (begin, end) = (
            index(begin * count, path.len()),
            index(end * count, path.len()),
        );
        let path = path.get(begin..=end).unwrap_or_default().to_vec();
        let tip = path.last().copied()?;
        let distance_to_tip = |at: &Vec3| (tip - *at).flat().length();
        let before = path
            .iter()
            .rev()
            .find(|at| distance_to_tip(at) > head)
            .or(path.first())
            .copied()
            .unwrap_or(tip);
        let way = (tip - before).flat().unit();
        let shaft = path
            .iter()
            .copied()
            .filter(|at| distance_to_tip(at) > head * 0.8)
            .collect();
        Some(Self {
            path,
            shaft,
            base: tip - way * head,
            way,
            head,
            width: (0.011 * scale).clamp(1.1, 2.4),
        })
    }

    /// Returns whether the arrow, made wider by a rim, covers a point.
    fn covers(&self, at: Vec3, rim: f32) -> bool {
        let near = |pair: &[Vec3]| {
            if let [a, b] = pair {
                distance(at, *a, *b) < self.width + rim
            } else {
                false
            }
        };
        let from_base = (at - self.base).flat();
        let along = from_base.dot(self.way);
        let aside = from_base.beside(self.way).length();
        self.shaft.windows(2).any(near)
            || along > -rim
                && along < self.head + rim
                && aside < (self.head - along) * 0.62 + rim * 1.2
    }
}

/// Returns the marks of an arrow along a path: first a dark rim, then the arrow itself.
pub(super) fn mark_arrow(path: Vec<Vec3>, scale: f32, (across, down): (usize, usize)) -> Marks {
    let mut marks = Marks::new();
    let Some(arrow) = Arrow::new(path, scale) else {
        return marks;
    };
    let ((left, right), (top, bottom)) = bounds(&arrow.path);
    let edge = arrow.head + 2.0;
    for (rim, material) in [(1.3, Material::Stage), (0.0, Material::Arrow)] {
        for y in index(top - edge, down)..index(bottom + edge, down) {
            for x in index(left - edge, across)..index(right + edge, across) {
                let at = vec3(float(x) + 0.5, float(y) + 0.5, 0.0);
                if arrow.covers(at, rim) {
                    marks.push((y * across + x, material));
                }
            }
        }
    }
    marks
}

/// Returns the indices of the samples around the body.
pub(super) fn find_outline(picture: &SampleGrid) -> Vec<usize> {
    let across = picture.across();
    let body = |x: usize, y: usize| picture.shows_body(y * across + x);
    let mut outline = Vec::new();
    for y in 1..picture.down().saturating_sub(1) {
        for x in 1..across.saturating_sub(1) {
            if body(x, y) {
                continue;
            }
            if body(x - 1, y) || body(x + 1, y) || body(x, y - 1) || body(x, y + 1) {
                outline.push(y * across + x);
            }
        }
    }
    outline
}

/// Draws a cross, a quarter of the picture high, in the upper corner where it hides less of the
/// body.
pub(super) fn cross_out(picture: &mut SampleGrid) {
    let across = picture.across();
    let half = float(picture.down()) / 8.0;
    let edge = half + 3.0 * MARGIN;
    let hidden = |middle: f32| {
        let columns = index(middle - half, across)..index(middle + half, across);
        let rows = 0..index(2.0 * half + 2.0 * MARGIN, picture.down());
        rows.flat_map(|row| columns.clone().map(move |column| row * across + column))
            .filter(|place| picture.shows_body(*place))
            .count()
    };
    let (left, right) = (edge, float(across) - edge);
    let x = if hidden(left) < hidden(right) {
        left
    } else {
        right
    };
    let y = half + 2.0 * MARGIN;
    let (middle, thick) = (vec3(x, y, 0.0), (half / 4.0).max(1.8));
    let arms = [vec3(half, half, 0.0), vec3(half, -half, 0.0)];
    // First a dark rim, then the cross itself.
    for (rim, material) in [(1.5, Material::Stage), (0.0, Material::Cross)] {
        for row in 0..index(y + half + 4.0, picture.down()) {
            for column in index(x - half - 4.0, across)..index(x + half + 4.0, across) {
                let at = vec3(float(column) + 0.5, float(row) + 0.5, 0.0);
                let near = arms
                    .iter()
                    .any(|arm| distance(at, middle - *arm, middle + *arm) < thick + rim);
                if near {
                    picture.mark(row * across + column, material);
                }
            }
        }
    }
}

/// Returns how far a point is from the line between two others, in the plane of the picture.
fn distance(at: Vec3, from: Vec3, to: Vec3) -> f32 {
    let way = (to - from).flat();
    let off = (at - from).flat();
    let t = (off.dot(way) / way.dot(way).max(1e-9)).clamp(0.0, 1.0);
    (off - way * t).length()
}
