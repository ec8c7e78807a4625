//! Reads a figure from its keys.

use super::super::muscles;
use super::reader::{Entry, Reader, entries, list, value_of};
use crate::diagnostic::{Diagnostic, nearest};
use crate::figure::{Anchor, Arrow, Extremity, Figure, Keyframe, PerExtremity, View};
use crate::yaml::Node;

const KEYS: [&str; 12] = [
    "view",
    "zoom",
    "props",
    "highlight",
    "anchor",
    "pin",
    "slide",
    "rest",
    "poses",
    "cycle",
    "arrow",
    "wrong",
];
/// The keys that every figure needs, each with an example.
const NEEDED: [(&str, &str); 3] = [
    (
        "poses",
        "{start: {base: crook}, hold: {base: start, pitch: -117}}",
    ),
    ("cycle", "[start, hold]"),
    ("anchor", "hips"),
];
const ENDS: [&str; 6] = ["feet", "foot_r", "foot_l", "hands", "hand_r", "hand_l"];
/// The most entries of each key. No figure needs more, and each entry costs time in every frame.
const MOST: [(&str, usize); 5] = [
    ("poses", 40),
    ("cycle", 12),
    ("props", 12),
    ("highlight", 12),
    ("pin", 6),
];
/// From the front and slightly from above. The person doesn't have to be turned for it.
const FRONT: View = View::Camera {
    yaw: 90.0,
    pitch: 8.0,
};

impl Reader {
    pub(super) fn read_figure(&mut self, node: &Node<'_>) -> Option<Figure> {
        let Some(entries) = entries(node) else {
            self.report(Diagnostic::not_a_map(
                node.span,
                "a figure",
                node.kind(),
                "`poses:` and `cycle:` below it",
            ));
            return None;
        };
        self.check_keys(node, entries);
        if self.is_too_large(entries) {
            return None;
        }
        let at = |name: &str| value_of(entries, name);
        let items = |name: &str| at(name).map(list).unwrap_or_default();
        let poses = self.read_own_poses(at("poses")?)?;
        let cycle = self.read_cycle(node, at("cycle")?, &poses)?;
        let first = cycle.first().copied()?;
        let rest = at("rest")
            .and_then(|name| self.read_pose_name(name, "rest", &poses))
            .unwrap_or(first);
        let anchor = at("anchor").and_then(|node| self.read_anchor(node))?;
        let view = at("view").map_or(Some(View::Side), |node| self.read_view(node))?;
        let zoom =
            at("zoom").is_some_and(|node| self.read_word(node, "zoom", &["upper"]).is_some());
        let pins = at("pin").map_or_else(PerExtremity::default, |node| {
            self.read_pins(node, rest, &poses)
        });
        let slides = self.read_slides(items("slide"));
        let props = items("props")
            .iter()
            .filter_map(|node| self.read_prop(node))
            .collect();
        let highlight = items("highlight")
            .iter()
            .filter_map(|node| self.read_muscle(node))
            .collect();
        let arrow = at("arrow").and_then(|node| self.read_arrow(node));
        let wrong = at("wrong").and_then(|node| self.read_wrong(node, &poses));
        Some(Figure {
            view,
            zoom,
            props,
            highlight,
            anchor,
            poses,
            cycle,
            rest,
            pins,
            slides,
            arrow,
            wrong,
        })
    }

    /// Reports keys that are unknown and keys that are missing.
    fn check_keys(&mut self, node: &Node<'_>, entries: &[Entry<'_>]) {
        for (key, _) in entries {
            let text = key.text().unwrap_or_default();
            if !KEYS.contains(&text) {
                let near = nearest(text, KEYS);
                self.report(Diagnostic::unknown_key(
                    key.span, text, "a figure", near, &KEYS,
                ));
            }
        }
        for (needed, example) in NEEDED {
            if value_of(entries, needed).is_none() {
                self.report(Diagnostic::missing_key(
                    node.span,
                    needed,
                    "this figure",
                    example,
                ));
            }
        }
    }

    /// Returns whether a key has too many entries, and reports the first such key.
    fn is_too_large(&mut self, figure: &[Entry<'_>]) -> bool {
        for (key, most) in MOST {
            let Some(node) = value_of(figure, key) else {
                continue;
            };
            let count = entries(node).map_or_else(|| list(node).len(), <[_]>::len);
            if count > most {
                self.report(Diagnostic::too_many_in_figure(node.span, key, most));
                return true;
            }
        }
        false
    }

    /// Reads the figure's poses, and returns them without the named bases.
    fn read_own_poses(&mut self, node: &Node<'_>) -> Option<Vec<Keyframe>> {
        let shared = self.poses.len();
        let Some(entries) = entries(node) else {
            self.report(Diagnostic::not_a_map(
                node.span,
                "`poses`",
                node.kind(),
                "`start: {base: crook}`",
            ));
            return None;
        };
        self.read_poses(entries);
        Some(self.poses.get(shared..).unwrap_or_default().to_vec())
    }

    /// Reads the poses of the movement as indices. Returns None if there are none.
    fn read_cycle(
        &mut self,
        figure: &Node<'_>,
        node: &Node<'_>,
        poses: &[Keyframe],
    ) -> Option<Vec<usize>> {
        let cycle: Vec<usize> = list(node)
            .iter()
            .filter_map(|name| self.read_pose_name(name, "cycle", poses))
            .collect();
        // An unknown name has been reported already.
        if cycle.is_empty() && (list(node).is_empty() || node.is_nothing()) {
            self.report(Diagnostic::missing_key(
                figure.span,
                "cycle",
                "this figure",
                "[start, hold]",
            ));
        }
        (!cycle.is_empty()).then_some(cycle)
    }

    /// Reads the id of a muscle, which may end in a side.
    fn read_muscle(&mut self, node: &Node<'_>) -> Option<String> {
        let text = node.text().unwrap_or_default();
        let bare = text
            .strip_suffix("_r")
            .or(text.strip_suffix("_l"))
            .unwrap_or(text);
        if muscles::find(bare).is_some() {
            return Some(text.to_owned());
        }
        let known: Vec<&str> = muscles::MUSCLES.iter().map(|muscle| muscle.id).collect();
        self.report(Diagnostic::not_one_of(
            node.span,
            "highlight",
            text,
            &known,
            nearest(bare, known.iter().copied()),
        ));
        None
    }

    fn read_anchor(&mut self, node: &Node<'_>) -> Option<Anchor> {
        let Some(entries) = entries(node) else {
            let point = self.read_point(node, "anchor")?;
            return Some(Anchor {
                along: point,
                down: point,
            });
        };
        for (key, _) in entries {
            self.read_word(key, "anchor", &["x", "y"])?;
        }
        let (Some(along), Some(down)) = (value_of(entries, "x"), value_of(entries, "y")) else {
            self.report(Diagnostic::missing_key(
                node.span,
                "x",
                "`anchor`",
                "pelvis, with `y: feet` beside it",
            ));
            return None;
        };
        Some(Anchor {
            along: self.read_point(along, "anchor")?,
            down: self.read_point(down, "anchor")?,
        })
    }

    fn read_view(&mut self, node: &Node<'_>) -> Option<View> {
        let Some(entries) = entries(node) else {
            let word = self.read_word(node, "view", &["side", "front"])?;
            return Some(if word == "front" { FRONT } else { View::Side });
        };
        let (mut yaw, mut pitch) = (0.0, 0.0);
        for (key, value) in entries {
            match self.read_word(key, "view", &["yaw", "pitch"])?.as_str() {
                "yaw" => yaw = self.read_number(value, "yaw", (-180.0, 180.0))?,
                _ => pitch = self.read_number(value, "pitch", (-10.0, 60.0))?,
            }
        }
        Some(View::Camera { yaw, pitch })
    }

    /// Reads the ends that are pinned: a list of names, pinned where the rest pose has them, or a
    /// map from names to poses.
    fn read_pins(
        &mut self,
        node: &Node<'_>,
        rest: usize,
        poses: &[Keyframe],
    ) -> PerExtremity<Option<usize>> {
        let mut pins = PerExtremity::default();
        let mut pin = |name: &str, pose: usize| {
            for end in Extremity::named(name) {
                *pins.of_mut(*end) = Some(pose);
            }
        };
        if let Some(entries) = entries(node) {
            for (name, pose) in entries {
                if let Some(name) = self.read_word(name, "pin", &ENDS)
                    && let Some(pose) = self.read_pose_name(pose, "pin", poses)
                {
                    pin(&name, pose);
                }
            }
        } else {
            for name in list(node) {
                if let Some(name) = self.read_word(name, "pin", &ENDS) {
                    pin(&name, rest);
                }
            }
        }
        pins
    }

    fn read_slides(&mut self, nodes: &[Node<'_>]) -> PerExtremity<bool> {
        let mut slides = PerExtremity::default();
        for node in nodes {
            if let Some(name) = self.read_word(node, "slide", &ENDS) {
                for end in Extremity::named(&name) {
                    *slides.of_mut(*end) = true;
                }
            }
        }
        slides
    }

    fn read_arrow(&mut self, node: &Node<'_>) -> Option<Arrow> {
        let Some(entries) = entries(node) else {
            return Some(Arrow {
                track: self.read_point(node, "arrow")?,
                away: (0.0, 0.0),
            });
        };
        let (mut track, mut away) = (None, (0.0, 0.0));
        for (key, value) in entries {
            match self.read_word(key, "arrow", &["track", "away"])?.as_str() {
                "track" => track = self.read_point(value, "track"),
                _ => {
                    if let [along, up] = list(value) {
                        away = (
                            self.read_distance(along, "away")?,
                            self.read_distance(up, "away")?,
                        );
                    } else {
                        self.report(Diagnostic::not_a_map(
                            value.span,
                            "`away`",
                            value.kind(),
                            "`away: [0.1, 0.05]`",
                        ));
                    }
                }
            }
        }
        if value_of(entries, "track").is_none() {
            self.report(Diagnostic::missing_key(
                node.span, "track", "`arrow`", "hand_r",
            ));
        }
        track.map(|track| Arrow { track, away })
    }

    /// Reads the pose that shows a common mistake, and its caption.
    fn read_wrong(&mut self, node: &Node<'_>, poses: &[Keyframe]) -> Option<(usize, String)> {
        let Some([(pose, caption)]) = entries(node) else {
            self.report(Diagnostic::not_a_map(
                node.span,
                "`wrong`",
                node.kind(),
                "`wrong: {sagging: Hips sagging}`",
            ));
            return None;
        };
        let pose = self.read_pose_name(pose, "wrong", poses)?;
        let Some(caption) = caption
            .text()
            .map(str::trim)
            .filter(|caption| !caption.is_empty())
        else {
            self.report(Diagnostic::empty_text(caption.span, "wrong"));
            return None;
        };
        Some((pose, caption.to_owned()))
    }
}
