//! A grid of samples with a depth buffer, which decides what is in front.

use super::super::scene::Material;
use super::super::space::Vec3;

/// The number of samples across a cell.
pub(in crate::figure) const ACROSS: usize = 4;
/// The number of samples down a cell; a cell is twice as high as wide.
pub(in crate::figure) const DOWN: usize = 8;
/// Groups from this one on are furniture; lower ones are the body.
pub(super) const SCENERY: u8 = 40;
/// The group of a sample that shows nothing.
const NOTHING: u8 = 255;

/// One sample of a picture.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Sample {
    /// What is seen.
    pub material: Material,
    /// The light that falls on it: 2 is full light, 0 the least.
    pub(crate) tone: u8,
    /// Whether it belongs to the side that is turned away from the viewer.
    pub(crate) far: bool,
    /// Whether it lies right behind the edge of something nearer.
    pub(crate) edge: bool,
    /// Whether a shadow falls on it.
    pub(crate) shadow: bool,
}

pub(super) const EMPTY: Sample = Sample {
    material: Material::Stage,
    tone: 2,
    far: false,
    edge: false,
    shadow: false,
};

/// A picture as a grid of samples.
#[derive(Debug, Clone)]
pub struct SampleGrid {
    /// The width in cells.
    pub(crate) width: usize,
    /// The height in cells.
    pub(crate) height: usize,
    /// The samples, row by row.
    pub samples: Vec<Sample>,
    /// How near each sample is, in statures.
    pub(super) depth: Vec<f32>,
    /// Which group of capsules, or which piece of furniture, each sample shows.
    pub(super) group: Vec<u8>,
}

impl SampleGrid {
    pub(super) fn new(width: usize, height: usize) -> Self {
        let count = width * ACROSS * height * DOWN;
        Self {
            width,
            height,
            samples: vec![EMPTY; count],
            depth: vec![f32::MIN; count],
            group: vec![NOTHING; count],
        }
    }

    /// Returns the width in samples.
    pub fn across(&self) -> usize {
        self.width * ACROSS
    }

    /// Returns the height in samples.
    pub fn down(&self) -> usize {
        self.height * DOWN
    }

    /// Returns the samples of one row of a cell, beginning at a sample.
    pub(in crate::figure) fn row(&self, x: usize, y: usize) -> &[Sample] {
        let begin = y * self.across() + x;
        self.samples.get(begin..begin + ACROSS).unwrap_or_default()
    }

    /// Returns the sample at a column and row; the empty background outside the grid.
    pub fn at(&self, x: usize, y: usize) -> Sample {
        self.samples
            .get(y * self.across() + x)
            .copied()
            .unwrap_or(EMPTY)
    }

    /// Returns whether the sample at an index shows the body.
    pub(super) fn shows_body(&self, index: usize) -> bool {
        self.group.get(index).is_some_and(|group| *group < SCENERY)
    }

    /// Replaces what is seen at an index, regardless of depth.
    pub(super) fn mark(&mut self, index: usize, material: Material) {
        if let Some(sample) = self.samples.get_mut(index) {
            *sample = Sample { material, ..EMPTY };
        }
    }
}

#[expect(
    clippy::cast_precision_loss,
    reason = "a panel is a few hundred samples wide"
)]
pub(super) fn float(count: usize) -> f32 {
    count as f32
}

/// Returns the index of the sample at a position, limited to 0 and `most`.
#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "clamped before"
)]
pub(super) fn index(position: f32, most: usize) -> usize {
    (position.max(0.0) as usize).min(most)
}

/// Returns the least and greatest column, and the least and greatest row.
pub(super) fn bounds(points: &[Vec3]) -> ((f32, f32), (f32, f32)) {
    let over = |pick: fn(&Vec3) -> f32| {
        points
            .iter()
            .map(pick)
            .fold((f32::MAX, f32::MIN), |(low, high), value| {
                (low.min(value), high.max(value))
            })
    };
    (over(|at| at.x), over(|at| at.y))
}
