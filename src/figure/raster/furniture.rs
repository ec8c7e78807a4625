//! Draws the boxes of the furniture into a grid.

use super::super::scene::{Block, Camera, Face};
use super::super::space::{Vec3, vec3};
use super::grid::{EMPTY, Sample, SampleGrid, bounds, float, index};

/// Draws the faces of a box that are turned to the viewer.
pub(super) fn draw_block(picture: &mut SampleGrid, camera: &Camera, block: &Block, group: u8) {
    for face in block.faces() {
        draw_face(picture, camera, &face, group);
    }
}

fn draw_face(picture: &mut SampleGrid, camera: &Camera, face: &Face, group: u8) {
    let normal = camera.turn.of(face.normal);
    let facing = camera.facing(normal);
    if facing <= 1e-3 {
        return;
    }
    let sample = Sample {
        material: face.material,
        tone: face.tone,
        ..EMPTY
    };
    let [first, ..] = face.corners;
    let plane = camera.turn.of(first);
    let placed = face.corners.map(|corner| camera.placed(corner));
    let ((left, right), (top, bottom)) = bounds(&placed);
    let (across, down) = (picture.across(), picture.down());
    for y in index(top, down)..index(bottom + 1.0, down) {
        for x in index(left, across)..index(right + 1.0, across) {
            let at = vec3(float(x) + 0.5, float(y) + 0.5, 0.0);
            if !is_inside(&placed, at) {
                continue;
            }
            let (along, up) = (
                (at.x - camera.left) / camera.scale,
                (camera.top - at.y) / camera.scale,
            );
            let depth = (normal.dot(plane) - normal.x * along - normal.y * up) / facing;
            let index = y * across + x;
            let Some(known) = picture.depth.get_mut(index).filter(|known| depth > **known) else {
                continue;
            };
            *known = depth;
            if let (Some(old), Some(known)) =
                (picture.samples.get_mut(index), picture.group.get_mut(index))
            {
                (*old, *known) = (sample, group);
            }
        }
    }
}

/// Returns whether a point lies within a convex outline: then it is on the same side of all edges.
fn is_inside(outline: &[Vec3; 4], at: Vec3) -> bool {
    let mut turns = (false, false);
    for (from, to) in outline.iter().zip(outline.iter().cycle().skip(1)) {
        let cross = (to.x - from.x) * (at.y - from.y) - (to.y - from.y) * (at.x - from.x);
        turns = (turns.0 || cross > 0.0, turns.1 || cross < 0.0);
    }
    turns != (true, true)
}
