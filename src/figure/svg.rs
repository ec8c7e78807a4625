//! Draws a figure as SVG for paper: its first and last pose side by side, in colors that print.

use std::fmt::Write;

use super::motion::Motion;
use super::scene::{
    Block, Bounds, Camera, Material, Region, build_blocks, cloth_at, find_regions, is_far, is_upper,
};
use super::skeleton::{Capsule, Part, Skeleton};
use super::space::{Vec3, vec3};
use super::{FigureSide, Prop};

/// A stature in units of the drawing.
const STATURE: f32 = 200.0;
/// The free space around each pose.
const MARGIN: f32 = 6.0;
/// The width of the outline.
const OUTLINE: f32 = 1.6;

/// Returns the color of a material on paper. Working muscles are dark, so that they show even
/// without color.
fn color(material: Material, far: bool) -> &'static str {
    match (material, far) {
        (Material::Skin, false) => "#f0c9a8",
        (Material::Skin, true) => "#d9c2b0",
        (Material::Hair, _) => "#6b4a38",
        (Material::Shirt, false) => "#dfe5ec",
        (Material::Shirt, true) => "#d3d8de",
        (Material::Shorts, false) => "#9fb0c6",
        (Material::Shorts, true) => "#a9b4c2",
        (Material::Shoe, false) => "#ffffff",
        (Material::Shoe, true) => "#e6e6e6",
        (Material::Lit, _) => "#0b7f93",
        (Material::Eye, _) => "#222222",
        (Material::Wood, _) => "#cdb79c",
        (Material::Mat, _) => "#d5e6e2",
        (Material::MatEdge, _) => "#a9c9c2",
        (Material::Wall, _) => "#dddddd",
        (Material::Floor, _) => "#eeeeee",
        (Material::Band | Material::Roller, _) => "#7a5aa0",
        (Material::Stage | Material::Ghost | Material::Arrow | Material::Cross, _) => "#555555",
    }
}

/// Returns the outline of a tapered capsule as an SVG path: two circles and the lines that touch
/// both.
fn trace_hull(from: Vec3, radius_from: f32, to: Vec3, radius_to: f32) -> String {
    let way = (to - from).flat();
    let length = way.length();
    if length <= (radius_from - radius_to).abs() + 1e-3 {
        let (at, radius) = if radius_from >= radius_to {
            (from, radius_from)
        } else {
            (to, radius_to)
        };
        return format!(
            "M{:.1} {:.1}a{radius:.1} {radius:.1} 0 1 0 {:.1} 0\
             a{radius:.1} {radius:.1} 0 1 0 {:.1} 0Z",
            at.x - radius,
            at.y,
            2.0 * radius,
            -2.0 * radius
        );
    }
    let turn = way.y.atan2(way.x);
    let open = ((radius_from - radius_to) / length).acos();
    let on = |at: Vec3, radius: f32, angle: f32| {
        (at.x + radius * angle.cos(), at.y + radius * angle.sin())
    };
    let (a, b) = (
        on(from, radius_from, turn + open),
        on(to, radius_to, turn + open),
    );
    let (c, d) = (
        on(to, radius_to, turn - open),
        on(from, radius_from, turn - open),
    );
    let wide = u8::from(open > std::f32::consts::FRAC_PI_2);
    format!(
        "M{:.1} {:.1}L{:.1} {:.1}A{radius_to:.1} {radius_to:.1} 0 {wide} 0 {:.1} {:.1}\
         L{:.1} {:.1}A{radius_from:.1} {radius_from:.1} 0 {} 0 {:.1} {:.1}Z",
        a.0,
        a.1,
        b.0,
        b.1,
        c.0,
        c.1,
        d.0,
        d.1,
        1 - wide,
        a.0,
        a.1
    )
}

/// A figure fitted to a drawing. Each pose takes the same room.
struct Sheet<'m> {
    motion: &'m Motion,
    width: f32,
    height: f32,
    camera: Camera,
    blocks: Vec<Block>,
    regions: Vec<Region>,
}

impl<'m> Sheet<'m> {
    fn new(motion: &'m Motion, side: FigureSide) -> Self {
        let figure = &motion.figure;
        let mut camera = Camera::new(figure.view, side == FigureSide::Left);
        let blocks = build_blocks(&figure.props, &motion.layout);
        let regions = figure
            .highlight
            .iter()
            .flat_map(|muscle| find_regions(muscle))
            .collect();
        let bounds = Bounds::new(&camera, motion.bodies(), &blocks, figure.zoom);
        camera.scale = STATURE;
        camera.left = MARGIN - bounds.left * STATURE;
        camera.top = MARGIN + bounds.high * STATURE;
        Self {
            motion,
            width: (bounds.right - bounds.left) * STATURE + 2.0 * MARGIN,
            height: (bounds.high - bounds.low) * STATURE + 2.0 * MARGIN,
            camera,
            blocks,
            regions,
        }
    }

    fn draw_furniture(&self, out: &mut String) {
        for block in &self.blocks {
            let [top, front, right, left] = block.faces();
            for face in [top, right, left, front] {
                if self.camera.facing(self.camera.turn.of(face.normal)) <= 1e-3 {
                    continue;
                }
                let points: Vec<String> = face
                    .corners
                    .into_iter()
                    .map(|corner| self.camera.placed(corner))
                    .map(|at| format!("{:.1},{:.1}", at.x, at.y))
                    .collect();
                let _ = write!(
                    out,
                    "<polygon points=\"{}\" fill=\"{}\" class=\"b\"/>",
                    points.join(" "),
                    color(face.material, false)
                );
            }
        }
    }

    /// Returns how near a group of capsules is to the viewer, on average.
    fn depth(&self, capsules: &[&Capsule]) -> f32 {
        let sum: f32 = capsules
            .iter()
            .map(|capsule| self.camera.seen(capsule.from).z + self.camera.seen(capsule.to).z)
            .sum();
        #[expect(clippy::cast_precision_loss, reason = "a body has some sixty capsules")]
        let count = (2 * capsules.len()).max(1) as f32;
        sum / count
    }

    fn draw_body(&self, skeleton: &Skeleton, out: &mut String) {
        let zoom = self.motion.figure.zoom;
        let shown: Vec<&Capsule> = skeleton
            .capsules
            .iter()
            .filter(|capsule| !zoom || is_upper(capsule.part))
            .collect();
        // The trunk is one group; each limb is two, its upper and its lower half.
        let group = |capsule: &Capsule| if capsule.group <= 1 { 0 } else { capsule.group };
        let mut groups: Vec<Vec<&Capsule>> = Vec::new();
        for wanted in 0..=12 {
            let of: Vec<&Capsule> = shown
                .iter()
                .copied()
                .filter(|capsule| group(capsule) == wanted)
                .collect();
            if !of.is_empty() {
                groups.push(of);
            }
        }
        groups.sort_by(|a, b| self.depth(a).total_cmp(&self.depth(b)));
        for group in groups {
            let mut parts = group;
            parts.sort_by(|a, b| self.depth(&[a]).total_cmp(&self.depth(&[b])));
            // All outlines first, then all areas, so that no outline crosses the inside.
            for capsule in &parts {
                let _ = write!(
                    out,
                    "<path d=\"{}\" class=\"o\"/>",
                    self.trace(capsule, 0.0, 1.0)
                );
            }
            for capsule in &parts {
                self.draw_area(capsule, skeleton, out);
            }
            for capsule in &parts {
                self.draw_lit_muscles(capsule, out);
            }
        }
        self.draw_held_props(skeleton, out);
    }

    /// Returns the outline of a capsule between two shares of its length.
    fn trace(&self, capsule: &Capsule, begin: f32, end: f32) -> String {
        let radius = |share: f32| {
            (capsule.radius_from + (capsule.radius_to - capsule.radius_from) * share) * STATURE
        };
        let at = |share: f32| self.camera.placed(capsule.from.towards(capsule.to, share));
        trace_hull(at(begin), radius(begin), at(end), radius(end))
    }

    fn draw_area(&self, capsule: &Capsule, skeleton: &Skeleton, out: &mut String) {
        let far = is_far(self.motion.figure.view, capsule);
        let fill = |material| color(material, far);
        let _ = write!(
            out,
            "<path d=\"{}\" fill=\"{}\"/>",
            self.trace(capsule, 0.0, 1.0),
            fill(cloth_at(capsule, 1.0))
        );
        if let Some((ends, _)) = capsule.sleeve {
            let _ = write!(
                out,
                "<path d=\"{}\" fill=\"{}\"/>",
                self.trace(capsule, 0.0, ends),
                fill(cloth_at(capsule, 0.0))
            );
        }
        if capsule.part == Part::Head {
            // Hair covers the back and the top of the skull.
            let (middle, frame) = skeleton.head;
            let at = self
                .camera
                .placed(middle + frame.of(vec3(-0.022, 0.020, 0.0)));
            let (x, y, radius) = (at.x, at.y, 0.058 * STATURE);
            let _ = write!(
                out,
                "<circle cx=\"{x:.1}\" cy=\"{y:.1}\" r=\"{radius:.1}\" fill=\"{}\"/>",
                fill(Material::Hair)
            );
        }
    }

    /// Draws each working muscle as a stripe on its side of the capsule, where that side can be
    /// seen.
    fn draw_lit_muscles(&self, capsule: &Capsule, out: &mut String) {
        for region in &self.regions {
            if region.part != capsule.part || region.side != capsule.side {
                continue;
            }
            let towards = self.camera.turn.of(capsule.frame.of(region.towards));
            if towards.z < -0.75 {
                continue;
            }
            let aside = vec3(towards.x, -towards.y, 0.0);
            let (begin, end) = (
                region.along.0.clamp(0.0, 1.0),
                region.along.1.clamp(0.0, 1.0),
            );
            let radius = |share: f32| {
                capsule.radius_from + (capsule.radius_to - capsule.radius_from) * share
            };
            let at = |share: f32| {
                self.camera.placed(capsule.from.towards(capsule.to, share))
                    + aside * (0.45 * radius(share) * STATURE)
            };
            let thick = |share: f32| 0.52 * radius(share) * STATURE;
            let path = trace_hull(at(begin), thick(begin), at(end), thick(end));
            let _ = write!(
                out,
                "<path d=\"{path}\" fill=\"{}\"/>",
                color(Material::Lit, false)
            );
        }
    }

    /// Draws bands and the roller.
    fn draw_held_props(&self, skeleton: &Skeleton, out: &mut String) {
        for (from, to) in self.motion.bands(skeleton) {
            let (from, to) = (self.camera.placed(from), self.camera.placed(to));
            let _ = write!(
                out,
                "<line x1=\"{:.1}\" y1=\"{:.1}\" x2=\"{:.1}\" y2=\"{:.1}\" \
                 stroke=\"{}\" stroke-width=\"3\"/>",
                from.x,
                from.y,
                to.x,
                to.y,
                color(Material::Band, false)
            );
        }
        if self.motion.figure.props.contains(&Prop::Roller) {
            let at = self.camera.placed(self.motion.layout.roller);
            let (x, y, radius) = (at.x, at.y, 0.055 * STATURE);
            let _ = write!(
                out,
                "<circle cx=\"{x:.1}\" cy=\"{y:.1}\" r=\"{radius:.1}\" fill=\"{}\"/>",
                color(Material::Roller, false)
            );
        }
    }
}

/// Returns the drawing as a file of its own. `name` must be escaped already.
pub(crate) fn file(motion: &Motion, side: FigureSide, name: &str) -> String {
    sheet(motion, side, name).replacen("<svg ", "<svg xmlns=\"http://www.w3.org/2000/svg\" ", 1)
}

/// Returns the first and the last pose side by side, as one SVG element within a page. A figure
/// with a single pose is shown once. A screen reader reads `name`, which must be escaped already.
pub(crate) fn sheet(motion: &Motion, side: FigureSide, name: &str) -> String {
    let sheet = Sheet::new(motion, side);
    let places = [0.0, motion.last()];
    let places = if motion.last() > 0.0 {
        &places[..]
    } else {
        &places[..1]
    };
    let (width, height) = (sheet.width, sheet.height);
    #[expect(clippy::cast_precision_loss, reason = "two poses")]
    let all = width * places.len() as f32;
    let mut out = format!(
        "<svg viewBox=\"0 0 {all:.0} {height:.0}\" role=\"img\" aria-label=\"{name}\"><style>\
         .o{{fill:#333;stroke:#333;stroke-width:{OUTLINE};stroke-linejoin:round}}\
         .b{{stroke:#fff;stroke-width:.6}}</style>"
    );
    for (index, at) in places.iter().enumerate() {
        #[expect(clippy::cast_precision_loss, reason = "two poses")]
        let left = width * index as f32;
        let _ = write!(out, "<g transform=\"translate({left:.0} 0)\">");
        sheet.draw_furniture(&mut out);
        sheet.draw_body(&motion.at(*at), &mut out);
        out.push_str("</g>");
    }
    out.push_str("</svg>");
    out
}
