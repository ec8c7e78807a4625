//! Chooses the two colors of a cell, and which of its parts have which color.

use ratatui::style::Color;

use super::super::raster::{ACROSS, DOWN, Material, Sample, SampleGrid};
use super::palette::{Rgb, STAGE, blended, brightness, floats, indexed, solid, unlike};
use super::{CellEncoder, Colours};

/// Two colors less different than this are shown as one.
const ALIKE: f32 = 600.0;
/// A ground less different from the background than this may become the background.
const NEARLY_STAGE: f32 = 9000.0;

/// What a cell shows.
pub(super) struct Cell {
    /// A bit for each part that has the color of the ink, row by row from the upper left.
    pub(super) mask: usize,
    pub(super) ink: Color,
    /// The color of the other parts.
    pub(super) ground: Color,
}

impl Cell {
    fn plain(ground: Color) -> Self {
        Self {
            mask: 0,
            ink: Color::Reset,
            ground,
        }
    }
}

/// The average of the samples in a part of a cell.
struct PartColour {
    colour: Rgb,
    /// The share of samples that show something.
    covered: f32,
}

impl CellEncoder {
    /// Encodes the samples of one cell of a picture.
    pub(super) fn encode(self, picture: &SampleGrid, column: usize, row: usize) -> Cell {
        // Most cells show a single thing.
        let (left, top) = (column * ACROSS, row * DOWN);
        let first = picture.at(left, top);
        let alike =
            (top..top + DOWN).all(|y| picture.row(left, y).iter().all(|sample| *sample == first));
        if alike && self.colours != Colours::None {
            let ground = if self.colours == Colours::True {
                solid(blended(first))
            } else {
                Color::Indexed(self.index(first))
            };
            return Cell::plain(ground);
        }
        match self.colours {
            Colours::None => self.encode_dots(picture, column, row),
            Colours::True => self.encode_blended(picture, column, row),
            _ => self.encode_crisp(picture, column, row),
        }
    }

    /// Returns the samples of a part of a cell.
    fn samples(
        self,
        picture: &SampleGrid,
        cell: (usize, usize),
        part: (usize, usize),
    ) -> impl Iterator<Item = Sample> {
        let (across, down) = self.grid();
        let (left, right) = (part.0 * ACROSS / across, (part.0 + 1) * ACROSS / across);
        let (top, bottom) = (
            part.1 * DOWN / down,
            ((part.1 + 1) * DOWN).div_ceil(down).min(DOWN),
        );
        (top..bottom).flat_map(move |y| {
            (left..right).map(move |x| picture.at(cell.0 * ACROSS + x, cell.1 * DOWN + y))
        })
    }

    /// Returns the column and row of each part of a cell, row by row.
    fn parts(self) -> impl Iterator<Item = (usize, usize)> {
        let (across, down) = self.grid();
        (0..down).flat_map(move |y| (0..across).map(move |x| (x, y)))
    }

    /// Shows brightness as dots, dithered by an ordered pattern.
    fn encode_dots(self, picture: &SampleGrid, column: usize, row: usize) -> Cell {
        const PATTERN: [[f32; 4]; 4] = [
            [0.5, 8.5, 2.5, 10.5],
            [12.5, 4.5, 14.5, 6.5],
            [3.5, 11.5, 1.5, 9.5],
            [15.5, 7.5, 13.5, 5.5],
        ];
        let (across, down) = self.grid();
        let mut mask = 0;
        for (bit, part) in self.parts().enumerate() {
            let (mut sum, mut count) = (0.0, 0.0);
            for sample in self.samples(picture, (column, row), part) {
                let far = if sample.far { 0.5 } else { 1.0 };
                sum += if sample.edge {
                    0.0
                } else {
                    brightness(sample.material) * far
                };
                count += 1.0;
            }
            let (x, y) = (column * across + part.0, row * down + part.1);
            let limit = PATTERN
                .get(y % 4)
                .and_then(|row| row.get(x % 4))
                .copied()
                .unwrap_or(8.0)
                / 16.0;
            if sum > limit * count {
                mask |= 1 << bit;
            }
        }
        Cell {
            mask,
            ink: Color::Reset,
            ground: Color::Reset,
        }
    }

    /// Returns the color of a sample in a palette.
    fn index(self, sample: Sample) -> u8 {
        indexed(
            if sample.edge {
                Material::Stage
            } else {
                sample.material
            },
            self.colours,
            sample.far,
        )
    }

    /// Shows the two most common colors of a palette, one in each part.
    fn encode_crisp(self, picture: &SampleGrid, column: usize, row: usize) -> Cell {
        let parts: Vec<u8> = self
            .parts()
            .map(|part| {
                let colours: Vec<u8> = self
                    .samples(picture, (column, row), part)
                    .map(|sample| self.index(sample))
                    .collect();
                find_commonest(&colours).unwrap_or(0)
            })
            .collect();
        let stage = indexed(Material::Stage, self.colours, false);
        let ground = if parts.contains(&stage) {
            stage
        } else {
            find_commonest(&parts).unwrap_or(stage)
        };
        let others: Vec<u8> = parts
            .iter()
            .copied()
            .filter(|colour| *colour != ground)
            .collect();
        let Some(ink) = find_commonest(&others) else {
            return Cell::plain(Color::Indexed(ground));
        };
        let mask = parts
            .iter()
            .enumerate()
            .filter(|(_, colour)| **colour != ground)
            .fold(0, |mask, (bit, _)| mask | 1 << bit);
        Cell {
            mask,
            ink: Color::Indexed(ink),
            ground: Color::Indexed(ground),
        }
    }

    /// Shows the two colors that come closest to all parts of a cell.
    fn encode_blended(self, picture: &SampleGrid, column: usize, row: usize) -> Cell {
        let stage = floats(STAGE);
        let parts = self.average_parts(picture, column, row);
        let (one, other, difference) = find_farthest(&parts);
        if difference < ALIKE {
            let ground = average(&parts, |_| true).unwrap_or(stage);
            return Cell::plain(solid(ground));
        }
        let (mut ground, mut ink) = (one, other);
        let mut mask = 0_usize;
        for _ in 0..2 {
            mask = 0;
            for (bit, part) in parts.iter().enumerate() {
                if unlike(part.colour, ink) < unlike(part.colour, ground) {
                    mask |= 1 << bit;
                }
            }
            let of = |set: bool| average(&parts, |bit| (mask >> bit & 1 == 1) == set);
            let (Some(low), Some(high)) = (of(false), of(true)) else {
                break;
            };
            (ground, ink) = (low, high);
        }
        // The color closer to the background is the ground.
        if unlike(ink, stage) < unlike(ground, stage) {
            (ground, ink) = (ink, ground);
            mask = !mask & ((1 << parts.len()) - 1);
        }
        // A ground close to the background becomes the background: cleaner edges, fewer bytes.
        if is_thin(&parts, mask) && unlike(ground, stage) < NEARLY_STAGE {
            ground = stage;
        }
        Cell {
            mask,
            ink: solid(ink),
            ground: solid(ground),
        }
    }

    fn average_parts(self, picture: &SampleGrid, column: usize, row: usize) -> Vec<PartColour> {
        let mut parts = Vec::with_capacity(8);
        for part in self.parts() {
            let (mut sum, mut count, mut covered) = ([0.0_f32; 3], 0.0, 0.0);
            for sample in self.samples(picture, (column, row), part) {
                let colour = blended(sample);
                for (sum, colour) in sum.iter_mut().zip(colour) {
                    *sum += colour;
                }
                count += 1.0;
                covered += if sample.material == Material::Stage {
                    0.0
                } else {
                    1.0
                };
            }
            parts.push(PartColour {
                colour: sum.map(|sum| sum / count),
                covered: covered / count,
            });
        }
        parts
    }
}

/// Returns the most common color; of equally common ones, the one with the highest index.
fn find_commonest(colours: &[u8]) -> Option<u8> {
    let count = |colour: u8| {
        colours
            .iter()
            .filter(|other| **other == colour)
            .fold(0_u8, |count, _| count + 1)
    };
    colours
        .iter()
        .copied()
        .max_by_key(|colour| (count(*colour), *colour))
}

/// Returns the two most different colors of all parts, and how different they are.
fn find_farthest(parts: &[PartColour]) -> (Rgb, Rgb, f32) {
    let stage = floats(STAGE);
    let mut farthest = (stage, stage, -1.0);
    for (index, one) in parts.iter().enumerate() {
        for other in parts.iter().skip(index + 1) {
            let unlike = unlike(one.colour, other.colour);
            if unlike > farthest.2 {
                farthest = (one.colour, other.colour, unlike);
            }
        }
    }
    farthest
}

/// Returns the average color of the wanted parts; None if there are none.
fn average(parts: &[PartColour], wanted: impl Fn(usize) -> bool) -> Option<Rgb> {
    let (mut sum, mut count) = ([0.0_f32; 3], 0.0);
    for (_, part) in parts.iter().enumerate().filter(|(index, _)| wanted(*index)) {
        for (sum, colour) in sum.iter_mut().zip(part.colour) {
            *sum += colour;
        }
        count += 1.0;
    }
    (count > 0.0).then(|| sum.map(|sum| sum / count))
}

/// Returns whether the parts that have the color of the ground show mostly the background.
fn is_thin(parts: &[PartColour], mask: usize) -> bool {
    let ground = || {
        parts
            .iter()
            .enumerate()
            .filter(|(bit, _)| mask >> bit & 1 == 0)
    };
    let covered: f32 = ground().map(|(_, part)| part.covered).sum();
    #[expect(clippy::cast_precision_loss, reason = "a cell has at most eight parts")]
    let count = ground().count() as f32;
    covered < 0.45 * count
}
