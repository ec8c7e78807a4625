//! The furniture of a figure as boxes: mat, floor, wall, chairs, steps, benches, and stools.

use super::super::space::{Vec3, vec3};
use super::super::{Prop, Stand};
use super::material::Material;

/// How far the body reaches along the floor in the whole movement.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub(in crate::figure) struct Extent {
    pub(in crate::figure) left: f32,
    pub(in crate::figure) right: f32,
    pub(in crate::figure) far: f32,
    pub(in crate::figure) near: f32,
}

/// Where the furniture is placed around the body, in statures.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Layout {
    pub(in crate::figure) extent: Extent,
    /// The height of the floor: 0, or lower if the person is on a step or a bench.
    pub floor: f32,
    /// Where the wall is along the floor.
    pub wall: f32,
    /// Where the seat of a chair is along the floor, and its height.
    pub(in crate::figure) seat: (f32, f32),
    pub(in crate::figure) roller: Vec3,
}

/// A box of the furniture.
#[derive(Debug, Clone, Copy)]
pub(in crate::figure) struct Block {
    /// The corner that is leftmost, lowest, and farthest.
    pub(in crate::figure) low: Vec3,
    /// The opposite corner.
    pub(in crate::figure) high: Vec3,
    pub(in crate::figure) top: Material,
    pub(in crate::figure) side: Material,
}

/// A face of a box that can be turned to the viewer.
#[derive(Debug, Clone, Copy)]
pub(in crate::figure) struct Face {
    pub(in crate::figure) corners: [Vec3; 4],
    pub(in crate::figure) normal: Vec3,
    pub(in crate::figure) material: Material,
    /// The light that falls on it: 2 is full light, 0 the least.
    pub(in crate::figure) tone: u8,
}

impl Block {
    /// Returns the corner that is high or low along each axis.
    fn corner(&self, (x, y, z): (bool, bool, bool)) -> Vec3 {
        let pick = |upper: bool, low: f32, high: f32| if upper { high } else { low };
        vec3(
            pick(x, self.low.x, self.high.x),
            pick(y, self.low.y, self.high.y),
            pick(z, self.low.z, self.high.z),
        )
    }

    pub(super) fn corners(&self) -> impl Iterator<Item = Vec3> {
        let block = *self;
        [false, true].into_iter().flat_map(move |x| {
            [false, true].into_iter().flat_map(move |y| {
                [false, true]
                    .into_iter()
                    .map(move |z| block.corner((x, y, z)))
            })
        })
    }

    /// Returns the top, the front, the right end, and the left end. The back and the underside are
    /// never drawn.
    pub(in crate::figure) fn faces(&self) -> [Face; 4] {
        let face = |corners: [(bool, bool, bool); 4], normal, material, tone| Face {
            corners: corners.map(|corner| self.corner(corner)),
            normal,
            material,
            tone,
        };
        [
            face(
                [
                    (false, true, false),
                    (true, true, false),
                    (true, true, true),
                    (false, true, true),
                ],
                vec3(0.0, 1.0, 0.0),
                self.top,
                2,
            ),
            face(
                [
                    (false, false, true),
                    (true, false, true),
                    (true, true, true),
                    (false, true, true),
                ],
                vec3(0.0, 0.0, 1.0),
                self.side,
                1,
            ),
            face(
                [
                    (true, false, false),
                    (true, true, false),
                    (true, true, true),
                    (true, false, true),
                ],
                vec3(1.0, 0.0, 0.0),
                self.side,
                0,
            ),
            face(
                [
                    (false, false, false),
                    (false, true, false),
                    (false, true, true),
                    (false, false, true),
                ],
                vec3(-1.0, 0.0, 0.0),
                self.side,
                2,
            ),
        ]
    }
}

/// Returns the boxes of these props, in the order of the props.
pub(in crate::figure) fn build_blocks(props: &[Prop], layout: &Layout) -> Vec<Block> {
    let depth = (
        layout.extent.far.min(-0.17) - 0.03,
        layout.extent.near.max(0.17) + 0.03,
    );
    let mut blocks = Vec::new();
    for prop in props {
        match prop {
            Prop::Mat => blocks.push(build_mat(layout, depth)),
            Prop::Floor => blocks.push(build_floor(layout, depth)),
            Prop::Wall(in_front) => blocks.push(build_wall(layout, depth, in_front.is_some())),
            Prop::Box(stand, from, to) => {
                // A step or a bench reaches from the floor up to the person; a stool is on the
                // person's floor.
                let (low, high) = match stand {
                    Stand::Stool => (0.0, stand.height()),
                    Stand::Step | Stand::Bench => (-stand.height(), -0.002),
                };
                blocks.push(wood(vec3(*from, low, -0.15), vec3(*to, high, 0.15)));
            }
            Prop::Seat => add_seat(&mut blocks, layout.seat),
            Prop::Chair(x) => add_chair(&mut blocks, *x),
            // These are drawn with the body.
            Prop::Roller | Prop::Band(..) | Prop::Tied(..) => {}
        }
    }
    blocks
}

fn wood(low: Vec3, high: Vec3) -> Block {
    Block {
        low,
        high,
        top: Material::Wood,
        side: Material::Wood,
    }
}

fn build_mat(layout: &Layout, (far, near): (f32, f32)) -> Block {
    let Layout { extent, floor, .. } = *layout;
    Block {
        low: vec3(extent.left - 0.04, floor - 0.022, far),
        high: vec3(extent.right + 0.04, floor - 0.001, near),
        top: Material::Mat,
        side: Material::MatEdge,
    }
}

fn build_floor(layout: &Layout, (far, near): (f32, f32)) -> Block {
    let Layout { extent, floor, .. } = *layout;
    Block {
        low: vec3(extent.left - 0.04 - 0.12, floor - 0.012, far),
        high: vec3(extent.right + 0.04 + 0.12, floor - 0.001, near),
        top: Material::Floor,
        side: Material::Wall,
    }
}

fn build_wall(layout: &Layout, (far, near): (f32, f32), in_front: bool) -> Block {
    let (from, to) = if in_front {
        (0.004, 0.05)
    } else {
        (-0.05, -0.004)
    };
    Block {
        low: vec3(layout.wall + from, 0.0, far),
        high: vec3(layout.wall + to, 1.06, near),
        top: Material::Wall,
        side: Material::Wall,
    }
}

/// Adds the chair that the person sits on: seat, legs, and back.
fn add_seat(blocks: &mut Vec<Block>, seat: (f32, f32)) {
    let (x, height) = (seat.0 - 0.02, seat.1 - 0.003);
    blocks.push(wood(
        vec3(x - 0.13, height - 0.03, -0.14),
        vec3(x + 0.12, height, 0.14),
    ));
    for (along, across) in [(-0.12, -0.12), (-0.12, 0.12), (0.10, -0.12), (0.10, 0.12)] {
        blocks.push(wood(
            vec3(x + along - 0.012, 0.0, across - 0.012),
            vec3(x + along + 0.012, height - 0.03, across + 0.012),
        ));
    }
    blocks.push(wood(
        vec3(x - 0.155, height - 0.03, -0.14),
        vec3(x - 0.13, height + 0.26, 0.14),
    ));
}

/// Adds a chair to hold on to; its back is at `x`, and its seat points away from the person.
fn add_chair(blocks: &mut Vec<Block>, x: f32) {
    let height = 0.27;
    let (from, to) = if x > 0.0 {
        (x, x + 0.24)
    } else {
        (x - 0.24, x)
    };
    blocks.push(wood(
        vec3(from, height - 0.03, -0.12),
        vec3(to, height, 0.12),
    ));
    for (along, across) in [
        (from, -0.108),
        (from, 0.108),
        (to - 0.024, -0.108),
        (to - 0.024, 0.108),
    ] {
        blocks.push(wood(
            vec3(along, 0.0, across - 0.012),
            vec3(along + 0.024, height - 0.03, across + 0.012),
        ));
    }
    let back = if x > 0.0 { from } else { to - 0.024 };
    blocks.push(wood(
        vec3(back, height, -0.12),
        vec3(back + 0.024, height + 0.27, 0.12),
    ));
}
