//! The colors of materials for each depth of color. They are hand-picked: working muscles are cyan
//! and brighter than the rest, so that reading a picture never depends on telling red from green.

use ratatui::style::Color;

use super::super::raster::{Material, Sample};
use super::Colours;

/// Red, green, and blue, 0 to 255, for blending.
pub(super) type Rgb = [f32; 3];

const fn rgb(hex: u32) -> [u8; 3] {
    let [_, red, green, blue] = hex.to_be_bytes();
    [red, green, blue]
}

/// The background of the panel.
pub(super) const STAGE: [u8; 3] = rgb(0x12_16_1c);

/// Returns the color of a material in true color.
const fn true_colour(material: Material) -> [u8; 3] {
    match material {
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

/// Returns the color of a material in the 256-color palette or in the 16 colors, for the near or
/// the far side.
pub(super) const fn indexed(material: Material, colours: Colours, far: bool) -> u8 {
    let (near, away, near_of_16, away_of_16) = match material {
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

/// Returns the brightness of a material without color, 0 to 1.
pub(super) const fn brightness(material: Material) -> f32 {
    match material {
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

/// Returns the color at a share of the way from one to another.
fn mix(from: Rgb, to: Rgb, share: f32) -> Rgb {
    let [red, green, blue] = from;
    let [to_red, to_green, to_blue] = to;
    [
        red + (to_red - red) * share,
        green + (to_green - green) * share,
        blue + (to_blue - blue) * share,
    ]
}

pub(super) fn floats([red, green, blue]: [u8; 3]) -> Rgb {
    [f32::from(red), f32::from(green), f32::from(blue)]
}

/// Returns how different two colors are, weighted roughly as eyes see it.
pub(super) fn unlike(one: Rgb, other: Rgb) -> f32 {
    let [red, green, blue] = mix(one, other, 0.5);
    let [from_red, from_green, from_blue] = one;
    let (red, green, blue) = (
        2.0 * (red - from_red),
        2.0 * (green - from_green),
        2.0 * (blue - from_blue),
    );
    2.0 * red * red + 4.0 * green * green + 3.0 * blue * blue
}

/// Returns the color of a sample in true color.
pub(super) fn blended(sample: Sample) -> Rgb {
    let stage = floats(STAGE);
    let tone = match sample.tone {
        0 => 0.74,
        1 => 0.90,
        _ => 1.0,
    };
    let mut colour = mix([0.0; 3], floats(true_colour(sample.material)), tone);
    if sample.far {
        // Working muscles stay visible on the far side, too.
        colour = mix(
            colour,
            stage,
            if sample.material == Material::Lit {
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

/// Returns a blended color for the terminal.
pub(super) fn solid(colour: Rgb) -> Color {
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "a mean of bytes"
    )]
    let [red, green, blue] = colour.map(|part| part.round() as u8);
    Color::Rgb(red, green, blue)
}

/// Returns the nearest color of the 256-color palette, or of the 16 colors, as terminals commonly
/// show them.
pub(super) fn nearest(colour: [u8; 3], colours: Colours) -> Color {
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

/// Returns a color as terminals commonly show it. The terminal's default color is shown as the
/// background of the panel.
pub(super) fn usual(colour: Color) -> [u8; 3] {
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
