//! Samples as terminal cells: two colours a cell, in quadrants, sextants, octants or halves, or as
//! dots without colour. The colours are hand-picked for each depth: cyan for what works, told from
//! the rest by brightness, so that no red must be told from green. Knows nothing of bodies.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::Color;
use ratatui::symbols::braille::BRAILLE;
use ratatui::symbols::pixel::{OCTANTS, QUADRANTS, SEXTANTS};

use super::raster::{ACROSS, DOWN, Material, Sample, SampleGrid};
use crate::bitmap::Bitmap;

/// Into what parts a cell is divided.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Marker {
    /// Two halves, one above the other: for the Linux console.
    Half,
    /// Four quarters: in every font.
    #[default]
    Quadrant,
    /// Six parts, of Unicode 13.
    Sextant,
    /// Eight parts, of Unicode 16: only where the terminal is known to draw them.
    Octant,
    /// Dots, where there is no colour.
    Dots,
}

/// How many colours there are.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Colours {
    /// All, blended.
    #[default]
    True,
    /// The fixed palette.
    TwoFiftySix,
    /// The terminal's own sixteen.
    Sixteen,
    /// None.
    None,
}

type Rgb = [f32; 3];

const fn rgb(hex: u32) -> [u8; 3] {
    let [_, red, green, blue] = hex.to_be_bytes();
    [red, green, blue]
}

/// The ground that the panel paints, in all colours.
const STAGE: [u8; 3] = rgb(0x12_16_1c);

/// The colour of an ink where all colours can be shown.
const fn true_colour(ink: Material) -> [u8; 3] {
    match ink {
        Material::Stage => STAGE,
        Material::Skin => rgb(0xe3_ab84),
        Material::Hair => rgb(0x7a_5240),
        Material::Shirt => rgb(0x6f_7d93),
        Material::Shorts => rgb(0x3f_4c61),
        Material::Shoe => rgb(0xec_eff4),
        Material::Eye => rgb(0x20_2020),
        Material::Lit => rgb(0x40_f0ff),
        Material::Wood => rgb(0x7d_6a58),
        Material::Mat => rgb(0x2c_4a4a),
        Material::MatEdge => rgb(0x3f_6a68),
        Material::Wall => rgb(0x34_3c48),
        Material::Floor => rgb(0x23_2a33),
        Material::Band => rgb(0xc5_8af9),
        Material::Roller => rgb(0x8e_63b3),
        Material::Ghost => rgb(0x96_8f68),
        Material::Arrow => rgb(0xff_d866),
        Material::Cross => rgb(0xff_8a3d),
    }
}

/// The colours of an ink in the fixed palette and in the sixteen, near and far.
const fn indexed(ink: Material, colours: Colours, far: bool) -> u8 {
    let (near, away, near_of_16, away_of_16) = match ink {
        Material::Stage => (16, 16, 0, 0),
        Material::Skin => (180, 137, 7, 8),
        Material::Hair => (94, 58, 3, 3),
        Material::Shirt => (103, 60, 12, 4),
        Material::Shorts => (60, 237, 4, 4),
        Material::Shoe => (255, 246, 15, 8),
        Material::Lit => (87, 44, 14, 6),
        Material::Wood => (95, 95, 3, 3),
        Material::Mat => (23, 23, 0, 0),
        Material::MatEdge => (30, 30, 2, 2),
        Material::Wall => (237, 237, 8, 8),
        Material::Eye | Material::Floor => (235, 235, 0, 0),
        Material::Band => (141, 141, 13, 13),
        Material::Roller => (97, 97, 5, 5),
        Material::Ghost => (101, 101, 8, 8),
        Material::Arrow => (221, 221, 11, 11),
        Material::Cross => (208, 208, 13, 13),
    };
    match (colours, far) {
        (Colours::Sixteen | Colours::None, false) => near_of_16,
        (Colours::Sixteen | Colours::None, true) => away_of_16,
        (_, false) => near,
        (_, true) => away,
    }
}

/// How bright an ink is where there is no colour, 0 to 1.
const fn brightness(ink: Material) -> f32 {
    match ink {
        Material::Stage | Material::Mat | Material::Floor | Material::Eye => 0.0,
        Material::Skin
        | Material::Shoe
        | Material::Lit
        | Material::MatEdge
        | Material::Band
        | Material::Arrow
        | Material::Cross => 1.0,
        Material::Shirt => 0.75,
        Material::Shorts | Material::Wood | Material::Roller => 0.5,
        Material::Hair => 0.4,
        Material::Wall | Material::Ghost => 0.25,
    }
}

fn mix(from: Rgb, to: Rgb, share: f32) -> Rgb {
    let [red, green, blue] = from;
    let [to_red, to_green, to_blue] = to;
    [
        red + (to_red - red) * share,
        green + (to_green - green) * share,
        blue + (to_blue - blue) * share,
    ]
}

fn floats([red, green, blue]: [u8; 3]) -> Rgb {
    [f32::from(red), f32::from(green), f32::from(blue)]
}

/// How unlike two colours are, a little as eyes see it.
fn unlike(one: Rgb, other: Rgb) -> f32 {
    let [red, green, blue] = mix(one, other, 0.5);
    let [from_red, from_green, from_blue] = one;
    let (red, green, blue) = (
        2.0 * (red - from_red),
        2.0 * (green - from_green),
        2.0 * (blue - from_blue),
    );
    2.0 * red * red + 4.0 * green * green + 3.0 * blue * blue
}

/// The colour of a sample where colours are blended.
fn blended(sample: Sample) -> Rgb {
    let stage = floats(STAGE);
    let tone = match sample.tone {
        0 => 0.74,
        1 => 0.90,
        _ => 1.0,
    };
    let mut colour = mix([0.0; 3], floats(true_colour(sample.ink)), tone);
    if sample.far {
        // What is lit stays to be seen on the far side, too.
        colour = mix(
            colour,
            stage,
            if sample.ink == Material::Lit {
                0.25
            } else {
                0.42
            },
        );
    }
    if sample.shadow {
        colour = mix(colour, [0.0; 3], 0.32);
    }
    if sample.edge {
        colour = mix(colour, stage, 0.62);
    }
    colour
}

/// A blended colour as the terminal takes it.
fn solid(colour: Rgb) -> Color {
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "a mean of bytes"
    )]
    let [red, green, blue] = colour.map(|part| part.round() as u8);
    Color::Rgb(red, green, blue)
}

/// The nearest of the colours that the fixed palette, or the sixteen, commonly show.
fn nearest(colour: [u8; 3], colours: Colours) -> Color {
    let all = if colours == Colours::Sixteen {
        0..=15
    } else {
        16..=255
    };
    let far = |index: u8| {
        let [red, green, blue] = usual(Color::Indexed(index)).map(i32::from);
        let [to_red, to_green, to_blue] = colour.map(i32::from);
        2 * (red - to_red).pow(2) + 4 * (green - to_green).pow(2) + 3 * (blue - to_blue).pow(2)
    };
    Color::Indexed(all.min_by_key(|index| far(*index)).unwrap_or(0))
}

/// Draws a photograph in halves of cells, which every font has and which show two exact colours.
pub fn draw_bitmap(bitmap: &Bitmap, colours: Colours, area: Rect, buffer: &mut Buffer) {
    let points = bitmap.scaled(area.width.into(), usize::from(area.height) * 2);
    for (row, y) in (area.y..area.bottom()).enumerate() {
        for (column, x) in (area.x..area.right()).enumerate() {
            let (Some(upper), Some(lower)) =
                (points.at(column, 2 * row), points.at(column, 2 * row + 1))
            else {
                continue;
            };
            let Some(cell) = buffer.cell_mut((x, y)) else {
                continue;
            };
            let shown = |colour: [u8; 3]| match colours {
                Colours::True => Color::Rgb(colour[0], colour[1], colour[2]),
                _ => nearest(colour, colours),
            };
            if colours == Colours::None {
                let bright = |colour: [u8; 3]| colour.map(u32::from).iter().sum::<u32>() > 3 * 110;
                cell.set_symbol(match (bright(upper), bright(lower)) {
                    (true, true) => "█",
                    (true, false) => "▀",
                    (false, true) => "▄",
                    (false, false) => " ",
                });
            } else {
                cell.set_symbol("▀")
                    .set_fg(shown(upper))
                    .set_bg(shown(lower));
            }
        }
    }
}

/// A picture in all colours, each point two samples across and down.
pub fn smooth(picture: &SampleGrid) -> Bitmap {
    let mut bitmap = Bitmap::new(picture.across() / 2, picture.down() / 2, STAGE);
    for y in 0..bitmap.height {
        for x in 0..bitmap.width {
            let near = [(0, 0), (1, 0), (0, 1), (1, 1)];
            let sum = near.into_iter().fold([0.0_f32; 3], |sum, (along, down)| {
                let [red, green, blue] = blended(picture.at(2 * x + along, 2 * y + down));
                let [sum_red, sum_green, sum_blue] = sum;
                [sum_red + red, sum_green + green, sum_blue + blue]
            });
            if let Color::Rgb(red, green, blue) = solid(sum.map(|part| part / 4.0)) {
                bitmap.set(x, y, [red, green, blue]);
            }
        }
    }
    bitmap
}

/// Draws pictures into cells.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct CellEncoder {
    /// Into what parts a cell is divided.
    pub marker: Marker,
    /// How many colours there are.
    pub colours: Colours,
}

/// What a cell shows: a bit for each part that has the ink, from the upper left on, line by line.
struct Cell {
    mask: usize,
    ink: Color,
    ground: Color,
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

/// A colour of the palette of 256 as it commonly looks; what the terminal's own ground is, is the
/// stage here.
fn usual(colour: Color) -> [u8; 3] {
    const SIXTEEN: [u32; 16] = [
        0x00_0000, 0xcd_0000, 0x00_cd00, 0xcd_cd00, 0x00_00ee, 0xcd_00cd, 0x00_cdcd, 0xe5_e5e5,
        0x7f_7f7f, 0xff_0000, 0x00_ff00, 0xff_ff00, 0x5c_5cff, 0xff_00ff, 0x00_ffff, 0xff_ffff,
    ];
    match colour {
        Color::Rgb(red, green, blue) => [red, green, blue],
        Color::Indexed(index @ 0..16) => {
            rgb(SIXTEEN.get(usize::from(index)).copied().unwrap_or_default())
        }
        Color::Indexed(index @ 16..232) => {
            let level = |part: u8| if part == 0 { 0 } else { 55 + part * 40 };
            let cube = index - 16;
            [level(cube / 36), level(cube / 6 % 6), level(cube % 6)]
        }
        Color::Indexed(index) => [8 + (index - 232) * 10; 3],
        _ => STAGE,
    }
}

impl CellEncoder {
    /// The parts of a cell, across and down.
    fn grid(self) -> (usize, usize) {
        match self.marker {
            Marker::Half => (1, 2),
            Marker::Quadrant => (2, 2),
            Marker::Sextant => (2, 3),
            Marker::Octant | Marker::Dots => (2, 4),
        }
    }

    /// Draws a picture into the upper left of an area.
    pub fn draw(self, picture: &SampleGrid, area: Rect, buffer: &mut Buffer) {
        for (row, y) in (area.y..area.bottom()).enumerate().take(picture.height) {
            for (column, x) in (area.x..area.right()).enumerate().take(picture.width) {
                let cell = self.cell(picture, column, row);
                if let Some(place) = buffer.cell_mut((x, y)) {
                    place
                        .set_char(self.symbol(cell.mask))
                        .set_fg(cell.ink)
                        .set_bg(cell.ground);
                }
            }
        }
    }

    /// What a terminal would show, each cell `wide` points wide and twice as high.
    pub fn bitmap(self, picture: &SampleGrid, wide: usize) -> Bitmap {
        let (across, down) = self.grid();
        let mut bitmap = Bitmap::new(picture.width * wide, picture.height * wide * 2, STAGE);
        for row in 0..picture.height {
            for column in 0..picture.width {
                let cell = self.cell(picture, column, row);
                let ink = if cell.ink == Color::Reset {
                    [0xe0; 3]
                } else {
                    usual(cell.ink)
                };
                let ground = usual(cell.ground);
                for y in 0..wide * 2 {
                    for x in 0..wide {
                        let bit = (y * down / (wide * 2)) * across + x * across / wide;
                        let colour = if cell.mask >> bit & 1 == 1 {
                            ink
                        } else {
                            ground
                        };
                        bitmap.set(column * wide + x, row * wide * 2 + y, colour);
                    }
                }
            }
        }
        bitmap
    }

    /// The samples of a part of a cell.
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

    fn parts(self) -> impl Iterator<Item = (usize, usize)> {
        let (across, down) = self.grid();
        (0..down).flat_map(move |y| (0..across).map(move |x| (x, y)))
    }

    fn symbol(self, mask: usize) -> char {
        if mask == 0 {
            return ' ';
        }
        let symbol = match self.marker {
            Marker::Half => [' ', '▀', '▄', '█'].get(mask),
            Marker::Quadrant => QUADRANTS.get(mask),
            Marker::Sextant => SEXTANTS.get(mask),
            Marker::Octant => OCTANTS.get(mask),
            Marker::Dots => BRAILLE.get(mask),
        };
        symbol.copied().unwrap_or(' ')
    }

    fn cell(self, picture: &SampleGrid, column: usize, row: usize) -> Cell {
        // Most cells show one thing alone.
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
            Colours::None => self.dots(picture, column, row),
            Colours::True => self.blend(picture, column, row),
            _ => self.crisp(picture, column, row),
        }
    }

    /// Brightness as dots, by an ordered pattern.
    fn dots(self, picture: &SampleGrid, column: usize, row: usize) -> Cell {
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
                    brightness(sample.ink) * far
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

    /// The colour of a sample among those of a palette.
    fn index(self, sample: Sample) -> u8 {
        indexed(
            if sample.edge {
                Material::Stage
            } else {
                sample.ink
            },
            self.colours,
            sample.far,
        )
    }

    /// The two commonest colours, each part one of them.
    fn crisp(self, picture: &SampleGrid, column: usize, row: usize) -> Cell {
        let colour = |sample: Sample| self.index(sample);
        let commonest = |colours: &[u8]| {
            let as_often = |colour: u8| {
                colours
                    .iter()
                    .filter(|other| **other == colour)
                    .fold(0_u8, |count, _| count + 1)
            };
            colours
                .iter()
                .copied()
                .max_by_key(|colour| (as_often(*colour), *colour))
        };
        let parts: Vec<u8> = self
            .parts()
            .map(|part| {
                let colours: Vec<u8> = self
                    .samples(picture, (column, row), part)
                    .map(colour)
                    .collect();
                commonest(&colours).unwrap_or(0)
            })
            .collect();
        let stage = indexed(Material::Stage, self.colours, false);
        let ground = if parts.contains(&stage) {
            stage
        } else {
            commonest(&parts).unwrap_or(stage)
        };
        let others: Vec<u8> = parts
            .iter()
            .copied()
            .filter(|colour| *colour != ground)
            .collect();
        let Some(ink) = commonest(&others) else {
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

    /// The two colours that all parts of a cell are nearest to.
    fn blend(self, picture: &SampleGrid, column: usize, row: usize) -> Cell {
        let stage = floats(STAGE);
        let mut parts: Vec<(Rgb, f32)> = Vec::with_capacity(8);
        for part in self.parts() {
            let (mut sum, mut count, mut covered) = ([0.0_f32; 3], 0.0, 0.0);
            for sample in self.samples(picture, (column, row), part) {
                let colour = blended(sample);
                for (sum, colour) in sum.iter_mut().zip(colour) {
                    *sum += colour;
                }
                count += 1.0;
                covered += if sample.ink == Material::Stage {
                    0.0
                } else {
                    1.0
                };
            }
            parts.push((sum.map(|sum| sum / count), covered / count));
        }
        let mut farthest = (stage, stage, -1.0);
        for (index, (one, _)) in parts.iter().enumerate() {
            for (other, _) in parts.iter().skip(index + 1) {
                let unlike = unlike(*one, *other);
                if unlike > farthest.2 {
                    farthest = (*one, *other, unlike);
                }
            }
        }
        let mean = |wanted: &dyn Fn(usize) -> bool| {
            let (mut sum, mut count) = ([0.0_f32; 3], 0.0);
            for (_, (colour, _)) in parts.iter().enumerate().filter(|(index, _)| wanted(*index)) {
                for (sum, colour) in sum.iter_mut().zip(colour) {
                    *sum += colour;
                }
                count += 1.0;
            }
            (count > 0.0).then(|| sum.map(|sum| sum / count))
        };
        if farthest.2 < 600.0 {
            let ground = mean(&|_| true).unwrap_or(stage);
            return Cell::plain(solid(ground));
        }
        let (mut ground, mut ink) = (farthest.0, farthest.1);
        let mut mask = 0_usize;
        for _ in 0..2 {
            mask = 0;
            for (bit, (colour, _)) in parts.iter().enumerate() {
                if unlike(*colour, ink) < unlike(*colour, ground) {
                    mask |= 1 << bit;
                }
            }
            let of = |set: bool| mean(&|bit| (mask >> bit & 1 == 1) == set);
            let (Some(low), Some(high)) = (of(false), of(true)) else {
                break;
            };
            (ground, ink) = (low, high);
        }
        // The ground is what is nearer to the stage.
        if unlike(ink, stage) < unlike(ground, stage) {
            (ground, ink) = (ink, ground);
            mask = !mask & ((1 << parts.len()) - 1);
        }
        // What is nearly the stage becomes the stage: cleaner edges, fewer bytes.
        let below: Vec<f32> = parts
            .iter()
            .enumerate()
            .filter(|(bit, _)| mask >> bit & 1 == 0)
            .map(|(_, (_, covered))| *covered)
            .collect();
        let covered: f32 = below.iter().sum();
        #[expect(clippy::cast_precision_loss, reason = "a cell has at most eight parts")]
        let thin = covered < 0.45 * below.len() as f32;
        if thin && unlike(ground, stage) < 9000.0 {
            ground = stage;
        }
        Cell {
            mask,
            ink: solid(ink),
            ground: solid(ground),
        }
    }
}
