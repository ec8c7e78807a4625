//! Draws the capsules of a body into a grid.

use std::ops::Range;

use super::super::View;
use super::super::scene::{Camera, Material, Region, cloth_at, is_far};
use super::super::skeleton::{Capsule, Part};
use super::super::space::{Turn, Vec3, vec3};
use super::grid::{Sample, SampleGrid, float, index};

/// Draws the capsules of one body.
pub(super) struct BodyPainter<'f> {
    pub(super) camera: &'f Camera,
    pub(super) view: View,
    /// The regions that the working muscles light.
    pub(super) regions: &'f [Region],
    /// The center of the head and its frame.
    pub(super) head: (Vec3, Turn),
}

impl BodyPainter<'_> {
    /// Draws a capsule where it is in front. A `material` covers it all; otherwise it wears its own
    /// cloth and shows its working muscles.
    pub(super) fn draw(
        &self,
        picture: &mut SampleGrid,
        capsule: &Capsule,
        material: Option<Material>,
    ) {
        let camera = self.camera;
        let seen = SeenCapsule::new(camera, capsule);
        let surface = self.prepare_surface(&seen, material);
        let across = picture.across();
        let (columns, rows) = seen.area(camera, (across, picture.down()));
        for y in rows {
            let up = (camera.top - (float(y) + 0.5)) / camera.scale;
            for x in columns.clone() {
                let along = (float(x) + 0.5 - camera.left) / camera.scale;
                let Some(hit) = seen.hit(along, up) else {
                    continue;
                };
                let place = y * across + x;
                let Some(known) = picture.depth.get_mut(place) else {
                    continue;
                };
                if hit.at.z <= *known {
                    continue;
                }
                *known = hit.at.z;
                if let (Some(sample), Some(group)) =
                    (picture.samples.get_mut(place), picture.group.get_mut(place))
                {
                    *sample = surface.shade(&seen, &hit);
                    *group = capsule.group;
                }
            }
        }
    }

    fn prepare_surface(&self, seen: &SeenCapsule<'_>, material: Option<Material>) -> Surface {
        let capsule = seen.capsule;
        let lit = self
            .regions
            .iter()
            .filter(|region| {
                material.is_none() && region.part == capsule.part && region.side == capsule.side
            })
            .map(|region| Region {
                towards: seen.frame.of(region.towards),
                ..*region
            })
            .collect();
        let is_trunk = capsule.group <= 1 && capsule.part != Part::Buttock;
        let is_head = matches!(capsule.part, Part::Head | Part::Face);
        Surface {
            material,
            lit,
            far: is_far(self.view, capsule),
            trunk: is_trunk.then(|| match (capsule.side, capsule.part) {
                (None, _) => 0.0,
                (Some(side), Part::Girdle) => side.sign() * 0.06,
                (Some(side), _) => side.sign() * 0.034,
            }),
            head: is_head.then(|| {
                let (middle, frame) = self.head;
                (self.camera.seen(middle), (self.camera.turn * frame).back())
            }),
            back: seen.frame.back(),
            light: vec3(-0.35, 0.78, 0.52).unit(),
        }
    }
}

/// A capsule as the camera sees it, in statures.
struct SeenCapsule<'c> {
    capsule: &'c Capsule,
    from: Vec3,
    to: Vec3,
    frame: Turn,
    /// The change of the radius from the first ball to the second.
    taper: f32,
    /// From the first ball to the second, in the plane of the picture.
    way: Vec3,
    /// How much nearer the second ball is.
    nearer: f32,
    /// The square of the visible length of the way; not positive if one ball covers the other.
    flat: f32,
}

/// The place where the surface of a capsule is seen.
struct Hit {
    /// To the right, up, and nearer, in statures.
    at: Vec3,
    /// The share of the length of the capsule.
    t: f32,
    /// The outward unit vector of the surface.
    normal: Vec3,
}

impl<'c> SeenCapsule<'c> {
    fn new(camera: &Camera, capsule: &'c Capsule) -> Self {
        let (from, to) = (camera.seen(capsule.from), camera.seen(capsule.to));
        let taper = capsule.radius_to - capsule.radius_from;
        let way = (to - from).flat();
        Self {
            capsule,
            from,
            to,
            frame: camera.turn * capsule.frame,
            taper,
            way,
            nearer: to.z - from.z,
            flat: way.dot(way) - taper * taper,
        }
    }

    /// Returns the columns and rows of the samples that the capsule can cover.
    fn area(
        &self,
        camera: &Camera,
        (across, down): (usize, usize),
    ) -> (Range<usize>, Range<usize>) {
        let column = |x: f32| camera.left + x * camera.scale;
        let row = |y: f32| camera.top - y * camera.scale;
        let (from, to) = (self.from, self.to);
        let (radius_from, radius_to) = (self.capsule.radius_from, self.capsule.radius_to);
        let left = column((from.x - radius_from).min(to.x - radius_to));
        let right = column((from.x + radius_from).max(to.x + radius_to));
        let top = row((from.y + radius_from).max(to.y + radius_to));
        let bottom = row((from.y - radius_from).min(to.y - radius_to));
        (
            index(left, across)..index(right + 1.0, across),
            index(top, down)..index(bottom + 1.0, down),
        )
    }

    /// Returns where the surface is seen at a place of the picture. The height of the surface over
    /// that place is a concave function of the place along the capsule, so its top has a closed
    /// form.
    #[inline]
    fn hit(&self, along: f32, up: f32) -> Option<Hit> {
        let Self {
            from,
            taper,
            way,
            nearer,
            flat,
            ..
        } = *self;
        let radius = self.capsule.radius_from;
        let q = vec3(along - from.x, up - from.y, 0.0);
        let a = radius * radius - q.dot(q);
        let b = q.dot(way) + radius * taper;
        let under = |t: f32| a + 2.0 * b * t - flat * t * t;
        let t = if flat > 1e-9 {
            let g = a + b * b / flat;
            if g < 0.0 {
                return None;
            }
            (b / flat + nearer * (g / (flat * (flat + nearer * nearer))).sqrt()).clamp(0.0, 1.0)
        } else {
            let height = |t: f32| {
                let under = under(t);
                if under < 0.0 {
                    f32::MIN
                } else {
                    nearer * t + under.sqrt()
                }
            };
            if height(0.0) > height(1.0) { 0.0 } else { 1.0 }
        };
        let under = under(t);
        if under < 0.0 {
            return None;
        }
        let height = under.sqrt();
        let thick = radius + taper * t;
        Some(Hit {
            at: vec3(along, up, from.z + nearer * t + height),
            t,
            normal: vec3(
                (q.x - way.x * t) / thick,
                (q.y - way.y * t) / thick,
                height / thick,
            ),
        })
    }
}

/// What the surface of a capsule looks like.
struct Surface {
    /// What covers all of it; None for its own cloth.
    material: Option<Material>,
    /// The regions that are lit, turned to the camera.
    lit: Vec<Region>,
    far: bool,
    /// How far a capsule of the trunk is from the middle of the trunk; None for other parts.
    trunk: Option<f32>,
    /// The center of the head as the camera sees it, and the inverse of its frame; None for other
    /// parts.
    head: Option<(Vec3, Turn)>,
    /// The inverse of the capsule's frame.
    back: Turn,
    /// The direction of the light, which is the same in a mirrored picture.
    light: Vec3,
}

impl Surface {
    #[inline]
    fn shade(&self, seen: &SeenCapsule<'_>, hit: &Hit) -> Sample {
        let facing = match self.trunk {
            Some(aside) => self.light_trunk(seen, hit, aside),
            None => hit.normal.dot(self.light),
        };
        let tone = if facing < 0.05 {
            0
        } else {
            1 + u8::from(facing >= 0.55)
        };
        Sample {
            material: self.material_at(seen.capsule, hit),
            tone,
            far: self.far,
            edge: false,
            shadow: false,
        }
    }

    #[inline]
    fn material_at(&self, capsule: &Capsule, hit: &Hit) -> Material {
        if let Some(material) = self.material {
            return material;
        }
        let shows = |region: &Region| {
            (region.along.0..=region.along.1).contains(&hit.t)
                && hit.normal.dot(region.towards) > region.cos
        };
        if self.lit.iter().any(shows) {
            return Material::Lit;
        }
        if let Some((middle, back)) = self.head {
            // Hair covers the back and the top of the skull.
            let local = back.of(hit.at - middle);
            if local.x < -0.004 && local.y > -0.034 || local.y > 0.038 + 0.12 * local.x.abs() {
                return Material::Hair;
            }
        }
        cloth_at(capsule, hit.t)
    }

    /// Returns how much the trunk faces the light. The whole trunk is lit as one smooth barrel, so
    /// that its capsules don't show.
    #[inline]
    fn light_trunk(&self, seen: &SeenCapsule<'_>, hit: &Hit, aside: f32) -> f32 {
        let SeenCapsule {
            from, frame, way, ..
        } = *seen;
        let t = hit.t;
        let middle = vec3(
            from.x + way.x * t,
            from.y + way.y * t,
            from.z + seen.nearer * t,
        ) - frame.2 * aside;
        let local = self.back.of(hit.at - middle);
        frame
            .of(vec3(
                local.x / 0.0040,
                3.0 * hit.normal.dot(frame.1),
                local.z / 0.0100,
            ))
            .unit()
            .dot(self.light)
    }
}
