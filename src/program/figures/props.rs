//! Reads the props of a figure.

use super::reader::{FAR, Reader, entries, list};
use crate::diagnostic::Diagnostic;
use crate::figure::{Prop, Stand};
use crate::yaml::Node;

const PROPS: [&str; 11] = [
    "mat", "floor", "wall", "seat", "chair", "roller", "band", "tied", "step", "bench", "stool",
];
/// The props that can have values.
const PLACED: [&str; 7] = ["wall", "chair", "band", "tied", "step", "bench", "stool"];
/// The least width of a step, a bench, or a stool, in statures.
const THINNEST: f32 = 0.05;

impl Reader {
    pub(super) fn read_prop(&mut self, node: &Node<'_>) -> Option<Prop> {
        match entries(node) {
            Some([(key, value)]) => self.read_placed_prop(key, value),
            None | Some([]) => self.read_bare_prop(node),
            Some(_) => {
                self.report(Diagnostic::not_a_map(
                    node.span,
                    "each prop",
                    "several props in one entry",
                    "`props: [{chair: 0.3}, {wall: 0.4}]`",
                ));
                None
            }
        }
    }

    /// Reads a prop that has only a name.
    fn read_bare_prop(&mut self, node: &Node<'_>) -> Option<Prop> {
        match self.read_word(node, "props", &PROPS)?.as_str() {
            "mat" => Some(Prop::Mat),
            "floor" => Some(Prop::Floor),
            "wall" => Some(Prop::Wall(None)),
            "seat" => Some(Prop::Seat),
            "roller" => Some(Prop::Roller),
            _ => {
                self.report(Diagnostic::not_a_map(
                    node.span,
                    "this prop",
                    node.kind(),
                    "`{chair: 0.3}`",
                ));
                None
            }
        }
    }

    /// Reads a prop with values.
    fn read_placed_prop(&mut self, key: &Node<'_>, value: &Node<'_>) -> Option<Prop> {
        let kind = self.read_word(key, "props", &PLACED)?;
        match (kind.as_str(), list(value)) {
            ("chair", [x]) => self.read_distance(x, "chair").map(Prop::Chair),
            ("wall", [x]) => self.read_distance(x, "wall").map(|x| Prop::Wall(Some(x))),
            ("band", [from, to]) => Some(Prop::Band(
                self.read_point(from, "band")?,
                self.read_point(to, "band")?,
            )),
            ("tied", [from, along, up, aside]) => Some(Prop::Tied(
                self.read_point(from, "tied")?,
                (
                    self.read_distance(along, "tied")?,
                    self.read_distance(up, "tied")?,
                    self.read_distance(aside, "tied")?,
                ),
            )),
            ("step", [from, to]) => self.read_box(Stand::Step, "step", from, to),
            ("bench", [from, to]) => self.read_box(Stand::Bench, "bench", from, to),
            ("stool", [from, to]) => self.read_box(Stand::Stool, "stool", from, to),
            (kind, _) => {
                let example = match kind {
                    "chair" | "wall" => format!("`{kind}: 0.4`"),
                    "band" => "`band: [hand_r, foot_r]`".to_owned(),
                    "tied" => "`tied: [hands, 0, 0.6, 0.5]`".to_owned(),
                    _ => format!("`{kind}: [-0.2, 0.3]`"),
                };
                self.report(Diagnostic::not_a_map(
                    value.span,
                    &format!("`{kind}`"),
                    value.kind(),
                    &example,
                ));
                None
            }
        }
    }

    /// Reads where a flat object begins and ends along the floor.
    fn read_box(
        &mut self,
        stand: Stand,
        kind: &str,
        from: &Node<'_>,
        to: &Node<'_>,
    ) -> Option<Prop> {
        let begins = self.read_distance(from, kind)?;
        let ends = self.read_distance(to, kind)?;
        if ends - begins < THINNEST {
            self.report(Diagnostic::bad_angle(
                to.span,
                kind,
                to.text().unwrap_or_default(),
                begins + THINNEST,
                FAR,
            ));
            return None;
        }
        Some(Prop::Box(stand, begins, ends))
    }
}
