//! The materials that can be seen in a picture.

use super::super::skeleton::{Capsule, Cloth};

/// What is seen at a place of a picture.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[allow(missing_docs, reason = "the variants are named after what is seen")]
pub enum Material {
    /// The empty background.
    Stage,
    Skin,
    Hair,
    Shirt,
    Shorts,
    Shoe,
    Eye,
    /// A working muscle.
    Lit,
    Wood,
    Mat,
    MatEdge,
    Wall,
    Floor,
    Band,
    Roller,
    /// The outline of the last pose.
    Ghost,
    Arrow,
    /// The cross over a common mistake.
    Cross,
}

/// Returns what covers a capsule at a share of its length.
pub(in crate::figure) fn cloth_at(capsule: &Capsule, along: f32) -> Material {
    let cloth = capsule
        .sleeve
        .filter(|(begins, _)| along >= *begins)
        .map_or(capsule.cloth, |(_, cloth)| cloth);
    match cloth {
        Cloth::Skin => Material::Skin,
        Cloth::Shirt => Material::Shirt,
        Cloth::Shorts => Material::Shorts,
        Cloth::Shoe => Material::Shoe,
        Cloth::Eye => Material::Eye,
    }
}
