//! What the viewer sees, apart from the drawing itself: the camera, the furniture around the body,
//! the materials, and the regions that muscles light.

mod camera;
mod furniture;
mod material;
mod muscles;

pub(super) use self::camera::{Bounds, Camera};
pub(super) use self::furniture::{Block, Extent, Face, Layout, build_blocks};
pub use self::material::Material;
pub(super) use self::material::cloth_at;
pub(super) use self::muscles::{Region, find_regions};
use super::skeleton::{Capsule, Part};
use super::{FigureSide, View};

/// Returns whether a picture of the upper body shows a part.
pub(super) fn is_upper(part: Part) -> bool {
    matches!(
        part,
        Part::Head | Part::Face | Part::Neck | Part::Girdle | Part::Chest | Part::UpperArm
    )
}

/// Returns whether a limb belongs to the side that is turned away from the viewer.
pub(super) fn is_far(view: View, capsule: &Capsule) -> bool {
    matches!(view, View::Side)
        && (3..20).contains(&capsule.group)
        && capsule.side == Some(FigureSide::Left)
}
