//! Adds edges and shadows to a drawn body.

use super::super::scene::{Camera, Material};
use super::super::skeleton::Capsule;
use super::super::space::vec3;
use super::grid::{SCENERY, SampleGrid, float, index};

/// A step in depth larger than this gets an edge, in statures.
const STEP: f32 = 0.030;
/// Only these groups get an edge around them.
const BODY: u8 = 30;

/// Marks what lies right behind the edge of something nearer. This separates an arm from the trunk
/// behind it.
pub(super) fn mark_edges(picture: &mut SampleGrid, scale: f32) {
    let reach = if scale > 90.0 { 2_isize } else { 1 };
    let (across, down) = (picture.across(), picture.down());
    let around = [
        (reach, 0),
        (-reach, 0),
        (0, reach),
        (0, -reach),
        (1, 0),
        (-1, 0),
        (0, 1),
        (0, -1),
    ];
    let mut found = Vec::new();
    for y in 0..down {
        for x in 0..across {
            let place = y * across + x;
            let (Some(group), Some(depth)) = (picture.group.get(place), picture.depth.get(place))
            else {
                continue;
            };
            if *group >= SCENERY {
                continue;
            }
            let stands_out = |(along, up): &(isize, isize)| {
                let (Some(x), Some(y)) = (x.checked_add_signed(*along), y.checked_add_signed(*up))
                else {
                    return false;
                };
                if x >= across || y >= down {
                    return false;
                }
                let other = y * across + x;
                picture
                    .group
                    .get(other)
                    .is_some_and(|other| *other < BODY && other != group)
                    && picture
                        .depth
                        .get(other)
                        .is_some_and(|other| *other > depth + STEP)
            };
            if around.iter().any(stands_out) {
                found.push(place);
            }
        }
    }
    for place in found {
        if let Some(sample) = picture.samples.get_mut(place) {
            sample.edge = true;
        }
    }
}

/// Adds the shadows that low parts of the body cast straight down on mat and floor.
pub(super) fn cast_shadows(
    picture: &mut SampleGrid,
    camera: &Camera,
    ground: f32,
    capsules: &[Capsule],
) {
    let back = camera.turn.back();
    let ray = back.of(vec3(-camera.shear.0, -camera.shear.1, 1.0));
    if ray.y.abs() < 1e-4 {
        return;
    }
    let (across, down) = (picture.across(), picture.down());
    for capsule in capsules {
        let reach = capsule.radius_from.max(capsule.radius_to);
        let near = ground + if capsule.group <= 1 { 0.6 } else { 0.16 };
        if capsule.from.y.min(capsule.to.y) >= near {
            continue;
        }
        let (from, to) = (
            vec3(capsule.from.x, ground, capsule.from.z),
            vec3(capsule.to.x, ground, capsule.to.z),
        );
        let (a, b) = (camera.placed(from), camera.placed(to));
        let edge = reach * camera.scale;
        let way = to - from;
        let length = way.dot(way).max(1e-9);
        for y in index(a.y.min(b.y) - edge, down)..index(a.y.max(b.y) + edge + 1.0, down) {
            for x in index(a.x.min(b.x) - edge, across)..index(a.x.max(b.x) + edge + 1.0, across) {
                let place = y * across + x;
                let Some(sample) = picture.samples.get_mut(place) else {
                    continue;
                };
                if sample.shadow || !matches!(sample.material, Material::Mat | Material::Floor) {
                    continue;
                }
                let seen = vec3(
                    (float(x) + 0.5 - camera.left) / camera.scale,
                    (camera.top - (float(y) + 0.5)) / camera.scale,
                    0.0,
                );
                let base = back.of(seen);
                let floor = base + ray * ((ground - base.y) / ray.y);
                let t = ((floor - from).dot(way) / length).clamp(0.0, 1.0);
                let height = capsule.from.y + (capsule.to.y - capsule.from.y) * t;
                let radius =
                    (capsule.radius_from + (capsule.radius_to - capsule.radius_from) * t) * 1.05;
                sample.shadow = height < near && (floor - (from + way * t)).length() < radius;
            }
        }
    }
}
