//! Figures as they are written: read with diagnostics like any other part of a file, and the
//! library's own, embedded. Poses build on named bases that every figure may use. Knows nothing of
//! bones or of how a figure is drawn.

use std::sync::{Arc, OnceLock};

use super::document::{self, Node, Value};
use super::library::FIGURE_FILES;
use super::muscles;
use crate::diagnostic::{Diagnostic, nearest};
use crate::figure::motion::Motion;
use crate::figure::pose::{self, CHANNELS};
use crate::figure::{
    Anchor, Arrow, Extremity, Figure, Grip, Keyframe, POINTS, PerExtremity, Point, Pose, Prop,
    Stand, View,
};
use crate::source::Span;

/// The poses that every figure may build on.
pub const BASES: &str = include_str!("../../programs/figures/bases.yaml");

/// The keys of a figure.
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
const PROPS: [&str; 11] = [
    "mat", "floor", "wall", "seat", "chair", "roller", "band", "tied", "step", "bench", "stool",
];
/// The props that say more than that they are there.
const PLACED: [&str; 7] = ["wall", "chair", "band", "tied", "step", "bench", "stool"];
const ENDS: [&str; 6] = ["feet", "foot_r", "foot_l", "hands", "hand_r", "hand_l"];
/// A stair, a bench or a stool is no narrower.
const THINNEST: f32 = 0.05;
/// No figure needs more; each costs time in every frame.
const MOST: [(&str, usize); 5] = [
    ("poses", 40),
    ("cycle", 12),
    ("props", 12),
    ("highlight", 12),
    ("pin", 6),
];
/// From the front, a little from above; the person need not be turned for it.
const FRONT: View = View::Camera {
    yaw: 90.0,
    pitch: 8.0,
};
/// How far a chair may stand, and an arrow lie beside its way, in statures.
const FAR: f32 = 2.0;

/// Reads one figure; none where something in it is wrong.
pub fn read(node: &Node<'_>, diagnostics: &mut Vec<Diagnostic>) -> Option<Figure> {
    let mut reader = Reader {
        poses: bases().to_vec(),
        diagnostics: Vec::new(),
    };
    let figure = reader.figure(node);
    let whole = reader
        .diagnostics
        .iter()
        .all(|diagnostic| !diagnostic.is_error());
    diagnostics.append(&mut reader.diagnostics);
    figure.filter(|_| whole)
}

/// Reads a text that is one figure.
pub fn read_text(text: &str) -> (Option<Figure>, Vec<Diagnostic>) {
    let mut document = document::read(text);
    // What is not YAML is told alone; what would be missing behind it is not.
    if document.diagnostics.iter().any(Diagnostic::is_error) {
        return (None, document.diagnostics);
    }
    let figure = document
        .root
        .as_ref()
        .and_then(|root| read(root, &mut document.diagnostics));
    (figure, document.diagnostics)
}

/// Reads a text that is one figure alone; none where it is something else, such as a program.
pub fn read_alone(text: &str) -> Option<(Option<Figure>, Vec<Diagnostic>)> {
    let document = document::read(text);
    let has = |key: &str| {
        let entries = document.root.as_ref().and_then(entries).unwrap_or_default();
        entries.iter().any(|(known, _)| known.text() == Some(key))
    };
    let alone = (has("poses") || has("cycle")) && !has("exercises") && !has("phases");
    alone.then(|| read_text(text))
}

/// The library's figure of this id, read anew. That all can be read is held by a test.
pub fn find(id: &str) -> Option<Figure> {
    let (_, text) = FIGURE_FILES.iter().find(|(known, _)| *known == id)?;
    read_text(text).0
}

/// The library's figure of this id, worked out once.
pub fn motion(id: &str) -> Option<Arc<Motion>> {
    static KEPT: [OnceLock<Option<Arc<Motion>>>; FIGURE_FILES.len()] =
        [const { OnceLock::new() }; FIGURE_FILES.len()];
    let index = FIGURE_FILES.iter().position(|(known, _)| *known == id)?;
    let kept = KEPT.get(index)?;
    kept.get_or_init(|| find(id).and_then(Motion::new).map(Arc::new))
        .clone()
}

/// The named bases; that they can be read is held by a test.
fn bases() -> &'static [Keyframe] {
    static BASES_READ: OnceLock<Vec<Keyframe>> = OnceLock::new();
    BASES_READ.get_or_init(|| {
        let document = document::read(BASES);
        let mut reader = Reader {
            poses: Vec::new(),
            diagnostics: Vec::new(),
        };
        if let Some(Node {
            value: Value::Map(entries),
            ..
        }) = &document.root
        {
            reader.poses(entries);
        }
        reader.poses
    })
}

struct Reader {
    /// The poses known so far, the named bases first.
    poses: Vec<Keyframe>,
    diagnostics: Vec<Diagnostic>,
}

type Entry<'n, 's> = (Node<'s>, Node<'s>);

fn entries<'n, 's>(node: &'n Node<'s>) -> Option<&'n [Entry<'n, 's>]> {
    match &node.value {
        Value::Map(entries) => Some(entries),
        _ => None,
    }
}

fn list<'n, 's>(node: &'n Node<'s>) -> &'n [Node<'s>] {
    match &node.value {
        Value::List(nodes) => nodes,
        // A single value may stand where a list is wanted.
        _ => std::slice::from_ref(node),
    }
}

impl Reader {
    fn tell(&mut self, diagnostic: Diagnostic) {
        self.diagnostics.push(diagnostic);
    }

    fn word(&mut self, node: &Node<'_>, key: &str, known: &[&str]) -> Option<String> {
        let text = node.text().unwrap_or_default();
        if known.contains(&text) {
            return Some(text.to_owned());
        }
        self.tell(Diagnostic::not_one_of(
            node.span,
            key,
            text,
            known,
            nearest(text, known.iter().copied()),
        ));
        None
    }

    /// A number within a range.
    fn number(&mut self, node: &Node<'_>, key: &str, (low, high): (f32, f32)) -> Option<f32> {
        let text = node.text().unwrap_or_default();
        let Some(number) = text
            .trim()
            .parse::<f32>()
            .ok()
            .filter(|number| number.is_finite())
        else {
            self.tell(Diagnostic::bad_angle(node.span, key, text, low, high));
            return None;
        };
        if !(low..=high).contains(&number) {
            self.tell(Diagnostic::bad_angle(node.span, key, text, low, high));
            return None;
        }
        Some(number)
    }

    fn point(&mut self, node: &Node<'_>, key: &str) -> Option<Point> {
        let names: Vec<&str> = POINTS.iter().map(|(name, _)| *name).collect();
        self.word(node, key, &names)
            .and_then(|name| Point::named(&name))
    }

    /// The place of a pose of the figure's own among them.
    fn pose_named(&mut self, node: &Node<'_>, key: &str, own: &[Keyframe]) -> Option<usize> {
        let names: Vec<&str> = own.iter().map(|pose| pose.name.as_str()).collect();
        let name = self.word(node, key, &names)?;
        own.iter().position(|pose| pose.name == name)
    }

    fn poses(&mut self, entries: &[Entry<'_, '_>]) {
        for (key, value) in entries {
            let name = key.text().unwrap_or_default().to_owned();
            if let Some(pose) = self.pose(name, value) {
                self.poses.push(pose);
            }
        }
    }

    fn pose(&mut self, name: String, node: &Node<'_>) -> Option<Keyframe> {
        let Some(entries) = entries(node) else {
            self.tell(Diagnostic::not_a_map(
                node.span,
                "a pose",
                node.kind(),
                "`{base: supine, hip: 48, knee: 112}`",
            ));
            return None;
        };
        let mut key = Keyframe {
            name,
            pose: Pose::default(),
            right: None,
            left: None,
        };
        if let Some((_, base)) = entries.iter().find(|(key, _)| key.text() == Some("base")) {
            let known: Vec<String> = self.poses.iter().map(|pose| pose.name.clone()).collect();
            let known: Vec<&str> = known.iter().map(String::as_str).collect();
            let base = self.word(base, "base", &known)?;
            // The last one of a name is the nearest.
            let base = self.poses.iter().rev().find(|pose| pose.name == base)?;
            key = Keyframe {
                name: key.name,
                ..base.clone()
            };
        }
        // What is said of both sides comes first, so that what is said of one replaces it.
        let sided = |name: &str| name.ends_with("_r") || name.ends_with("_l");
        for of_one in [false, true] {
            for (angle, value) in entries {
                let name = angle.text().unwrap_or_default();
                if sided(name) != of_one || name == "base" {
                    continue;
                }
                if name == "grab" {
                    self.grabs(&mut key, value);
                } else {
                    self.angle(&mut key.pose, name, angle.span, value);
                }
            }
        }
        Some(key)
    }

    fn angle(&mut self, pose: &mut Pose, name: &str, span: Span, value: &Node<'_>) {
        let mut channels = pose::named(name).peekable();
        let Some(first) = channels.peek() else {
            let mut known: Vec<&str> = CHANNELS.iter().map(|channel| channel.name).collect();
            known.extend(["base", "grab"]);
            // What is known of one side is known of both.
            let bare = CHANNELS
                .iter()
                .filter_map(|channel| channel.name.strip_suffix("_r"));
            let near = nearest(name, known.iter().copied().chain(bare));
            self.tell(Diagnostic::unknown_key(span, name, "a pose", near, &known));
            return;
        };
        let Some(number) = self.number(value, name, (first.low, first.high)) else {
            return;
        };
        for channel in channels {
            channel.set(pose, number);
        }
    }

    fn grabs(&mut self, key: &mut Keyframe, node: &Node<'_>) {
        let Some(entries) = entries(node) else {
            self.tell(Diagnostic::not_a_map(
                node.span,
                "`grab`",
                node.kind(),
                "`grab: {hand_r: knee_r}`",
            ));
            return;
        };
        for (hand, what) in entries {
            let Some(hand) = self.word(hand, "grab", &["hand_r", "hand_l"]) else {
                continue;
            };
            let grab = match what.text() {
                Some("chair") => Some(Grip::Chair),
                Some("wall") => Some(Grip::Wall),
                _ => self.point(what, "grab").map(Grip::Point),
            };
            if hand == "hand_r" {
                key.right = grab;
            } else {
                key.left = grab;
            }
        }
    }

    fn figure(&mut self, node: &Node<'_>) -> Option<Figure> {
        let Some(entries) = entries(node) else {
            self.tell(Diagnostic::not_a_map(
                node.span,
                "a figure",
                node.kind(),
                "`poses:` and `cycle:` below it",
            ));
            return None;
        };
        for (key, _) in entries
            .iter()
            .filter(|(key, _)| !KEYS.contains(&key.text().unwrap_or_default()))
        {
            let text = key.text().unwrap_or_default();
            self.tell(Diagnostic::unknown_key(
                key.span,
                text,
                "a figure",
                nearest(text, KEYS),
                &KEYS,
            ));
        }
        let at = |name: &str| {
            entries
                .iter()
                .find(|(key, _)| key.text() == Some(name))
                .map(|(_, value)| value)
        };
        for needed in ["poses", "cycle", "anchor"] {
            if at(needed).is_none() {
                let example = match needed {
                    "poses" => "{start: {base: crook}, hold: {base: start, pitch: -117}}",
                    "cycle" => "[start, hold]",
                    _ => "hips",
                };
                self.tell(Diagnostic::missing_key(
                    node.span,
                    needed,
                    "this figure",
                    example,
                ));
            }
        }
        for (key, most) in MOST {
            let node = at(key);
            let count = node.map_or(0, |node| {
                self::entries(node).map_or_else(|| list(node).len(), <[_]>::len)
            });
            if let Some(node) = node.filter(|_| count > most) {
                self.tell(Diagnostic::too_many_in_figure(node.span, key, most));
                return None;
            }
        }
        let shared = self.poses.len();
        let written = at("poses")?;
        let Some(written_entries) = self::entries(written) else {
            self.tell(Diagnostic::not_a_map(
                written.span,
                "`poses`",
                written.kind(),
                "`start: {base: crook}`",
            ));
            return None;
        };
        self.poses(written_entries);
        let poses: Vec<Keyframe> = self.poses.get(shared..).unwrap_or_default().to_vec();
        let cycle: Vec<usize> = list(at("cycle")?)
            .iter()
            .filter_map(|name| self.pose_named(name, "cycle", &poses))
            .collect();
        let Some(first) = cycle.first().copied() else {
            // A name that is no pose has been told already.
            if at("cycle").is_some_and(|node| list(node).is_empty() || node.is_nothing()) {
                self.tell(Diagnostic::missing_key(
                    node.span,
                    "cycle",
                    "this figure",
                    "[start, hold]",
                ));
            }
            return None;
        };
        let rest = at("rest")
            .and_then(|name| self.pose_named(name, "rest", &poses))
            .unwrap_or(first);
        let anchor = at("anchor").and_then(|node| self.anchor(node))?;
        let view = at("view").map_or(Some(View::Side), |node| self.view(node))?;
        let zoom = at("zoom").is_some_and(|node| self.word(node, "zoom", &["upper"]).is_some());
        let mut pins = PerExtremity::default();
        if let Some(node) = at("pin") {
            self.pins(node, rest, &poses, &mut pins);
        }
        let mut slides = PerExtremity::default();
        for name in at("slide").map(list).unwrap_or_default() {
            for end in self
                .word(name, "slide", &ENDS)
                .iter()
                .flat_map(|name| Extremity::named(name))
            {
                *slides.of_mut(*end) = true;
            }
        }
        let props = at("props").map(list).unwrap_or_default();
        let props = props.iter().filter_map(|node| self.prop(node)).collect();
        let highlight = at("highlight").map(list).unwrap_or_default();
        let highlight = highlight
            .iter()
            .filter_map(|node| self.muscle(node))
            .collect();
        let arrow = at("arrow").and_then(|node| self.arrow(node));
        let wrong = at("wrong").and_then(|node| self.wrong(node, &poses));
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

    /// A muscle of the library, of one side where that stands behind it.
    fn muscle(&mut self, node: &Node<'_>) -> Option<String> {
        let text = node.text().unwrap_or_default();
        let bare = text
            .strip_suffix("_r")
            .or(text.strip_suffix("_l"))
            .unwrap_or(text);
        if muscles::find(bare).is_some() {
            return Some(text.to_owned());
        }
        let known: Vec<&str> = muscles::MUSCLES.iter().map(|muscle| muscle.id).collect();
        self.tell(Diagnostic::not_one_of(
            node.span,
            "highlight",
            text,
            &known,
            nearest(bare, known.iter().copied()),
        ));
        None
    }

    fn anchor(&mut self, node: &Node<'_>) -> Option<Anchor> {
        let Some(entries) = entries(node) else {
            let point = self.point(node, "anchor")?;
            return Some(Anchor {
                along: point,
                down: point,
            });
        };
        for (key, _) in entries {
            self.word(key, "anchor", &["x", "y"])?;
        }
        let of = |name: &str| {
            entries
                .iter()
                .find(|(key, _)| key.text() == Some(name))
                .map(|(_, value)| value)
        };
        let (Some(along), Some(down)) = (of("x"), of("y")) else {
            self.tell(Diagnostic::missing_key(
                node.span,
                "x",
                "`anchor`",
                "pelvis, with `y: feet` beside it",
            ));
            return None;
        };
        Some(Anchor {
            along: self.point(along, "anchor")?,
            down: self.point(down, "anchor")?,
        })
    }

    fn view(&mut self, node: &Node<'_>) -> Option<View> {
        let Some(entries) = entries(node) else {
            return self
                .word(node, "view", &["side", "front"])
                .map(|word| match word.as_str() {
                    "front" => FRONT,
                    _ => View::Side,
                });
        };
        let (mut yaw, mut pitch) = (0.0, 0.0);
        for (key, value) in entries {
            match self.word(key, "view", &["yaw", "pitch"])?.as_str() {
                "yaw" => yaw = self.number(value, "yaw", (-180.0, 180.0))?,
                _ => pitch = self.number(value, "pitch", (-10.0, 60.0))?,
            }
        }
        Some(View::Camera { yaw, pitch })
    }

    fn pins(
        &mut self,
        node: &Node<'_>,
        rest: usize,
        poses: &[Keyframe],
        pins: &mut PerExtremity<Option<usize>>,
    ) {
        let mut pin = |name: &str, pose: usize| {
            for end in Extremity::named(name) {
                *pins.of_mut(*end) = Some(pose);
            }
        };
        if let Some(entries) = entries(node) {
            for (name, pose) in entries {
                if let Some(name) = self.word(name, "pin", &ENDS)
                    && let Some(pose) = self.pose_named(pose, "pin", poses)
                {
                    pin(&name, pose);
                }
            }
            return;
        }
        for name in list(node) {
            if let Some(name) = self.word(name, "pin", &ENDS) {
                pin(&name, rest);
            }
        }
    }

    fn prop(&mut self, node: &Node<'_>) -> Option<Prop> {
        let entries = entries(node);
        if entries.is_some_and(|entries| entries.len() > 1) {
            self.tell(Diagnostic::not_a_map(
                node.span,
                "each prop",
                "several in one",
                "`props: [{chair: 0.3}, {wall: 0.4}]`",
            ));
            return None;
        }
        let Some((key, value)) = entries.and_then(|entries| entries.first()) else {
            return match self.word(node, "props", &PROPS)?.as_str() {
                "mat" => Some(Prop::Mat),
                "floor" => Some(Prop::Floor),
                "wall" => Some(Prop::Wall(None)),
                "seat" => Some(Prop::Seat),
                "roller" => Some(Prop::Roller),
                _ => {
                    self.tell(Diagnostic::not_a_map(
                        node.span,
                        "this prop",
                        node.kind(),
                        "`{chair: 0.3}`",
                    ));
                    None
                }
            };
        };
        let range = (-FAR, FAR);
        let values = list(value);
        match (self.word(key, "props", &PLACED)?.as_str(), values) {
            ("chair", [x]) => self.number(x, "chair", range).map(Prop::Chair),
            ("wall", [x]) => self.number(x, "wall", range).map(|x| Prop::Wall(Some(x))),
            ("band", [from, to]) => Some(Prop::Band(
                self.point(from, "band")?,
                self.point(to, "band")?,
            )),
            ("tied", [from, along, up, aside]) => {
                let from = self.point(from, "tied")?;
                let along = self.number(along, "tied", range)?;
                Some(Prop::Tied(
                    from,
                    (
                        along,
                        self.number(up, "tied", range)?,
                        self.number(aside, "tied", range)?,
                    ),
                ))
            }
            (kind @ ("step" | "bench" | "stool"), [from, to]) => {
                let stand = match kind {
                    "step" => Stand::Step,
                    "bench" => Stand::Bench,
                    _ => Stand::Stool,
                };
                let (begins, ends) = (
                    self.number(from, kind, range)?,
                    self.number(to, kind, range)?,
                );
                if ends - begins < THINNEST {
                    self.tell(Diagnostic::bad_angle(
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
            (kind, _) => {
                let example = match kind {
                    "chair" | "wall" => format!("`{kind}: 0.4`"),
                    "band" => "`band: [hand_r, foot_r]`".to_owned(),
                    "tied" => "`tied: [hands, 0, 0.6, 0.5]`".to_owned(),
                    _ => format!("`{kind}: [-0.2, 0.3]`"),
                };
                self.tell(Diagnostic::not_a_map(
                    value.span,
                    &format!("`{kind}`"),
                    value.kind(),
                    &example,
                ));
                None
            }
        }
    }

    fn arrow(&mut self, node: &Node<'_>) -> Option<Arrow> {
        let Some(entries) = entries(node) else {
            return Some(Arrow {
                track: self.point(node, "arrow")?,
                away: (0.0, 0.0),
            });
        };
        let (mut track, mut away) = (None, (0.0, 0.0));
        for (key, value) in entries {
            match self.word(key, "arrow", &["track", "away"])?.as_str() {
                "track" => track = self.point(value, "track"),
                _ => {
                    if let [along, up] = list(value) {
                        let range = (-FAR, FAR);
                        away = (
                            self.number(along, "away", range)?,
                            self.number(up, "away", range)?,
                        );
                    } else {
                        self.tell(Diagnostic::not_a_map(
                            value.span,
                            "`away`",
                            value.kind(),
                            "`away: [0.1, 0.05]`",
                        ));
                    }
                }
            }
        }
        if track.is_none() && !entries.iter().any(|(key, _)| key.text() == Some("track")) {
            self.tell(Diagnostic::missing_key(
                node.span, "track", "`arrow`", "hand_r",
            ));
        }
        track.map(|track| Arrow { track, away })
    }

    fn wrong(&mut self, node: &Node<'_>, poses: &[Keyframe]) -> Option<(usize, String)> {
        let Some([(pose, words)]) = entries(node) else {
            self.tell(Diagnostic::not_a_map(
                node.span,
                "`wrong`",
                node.kind(),
                "`wrong: {sagging: Hips sagging}`",
            ));
            return None;
        };
        let pose = self.pose_named(pose, "wrong", poses)?;
        let Some(words) = words
            .text()
            .map(str::trim)
            .filter(|words| !words.is_empty())
        else {
            self.tell(Diagnostic::empty_text(words.span, "wrong"));
            return None;
        };
        Some((pose, words.to_owned()))
    }
}
