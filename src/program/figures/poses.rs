//! Reads the poses of a figure.

use super::reader::{Entry, Reader, entries, value_of};
use crate::diagnostic::{Diagnostic, nearest};
use crate::figure::pose::{self, CHANNELS};
use crate::figure::{Grip, Keyframe, Pose};
use crate::source::Span;
use crate::yaml::Node;

impl Reader {
    /// Reads poses in order, so that a pose can build on the ones above it.
    pub(super) fn read_poses(&mut self, entries: &[Entry<'_>]) {
        for (key, value) in entries {
            let name = key.text().unwrap_or_default().to_owned();
            if let Some(pose) = self.read_pose(name, value) {
                self.poses.push(pose);
            }
        }
    }

    fn read_pose(&mut self, name: String, node: &Node<'_>) -> Option<Keyframe> {
        let Some(entries) = entries(node) else {
            self.report(Diagnostic::not_a_map(
                node.span,
                "a pose",
                node.kind(),
                "`{base: supine, hip: 48, knee: 112}`",
            ));
            return None;
        };
        let mut key = self.read_base(name, entries)?;
        // Angles of both sides come first, so that an angle of one side replaces them.
        let sided = |name: &str| name.ends_with("_r") || name.ends_with("_l");
        for of_one in [false, true] {
            for (angle, value) in entries {
                let name = angle.text().unwrap_or_default();
                if sided(name) != of_one || name == "base" {
                    continue;
                }
                if name == "grab" {
                    self.read_grips(&mut key, value);
                } else {
                    self.read_angle(&mut key.pose, name, angle.span, value);
                }
            }
        }
        Some(key)
    }

    /// Returns a copy of the pose that a pose builds on, under a new name. Without a base it is the
    /// neutral pose.
    fn read_base(&mut self, name: String, entries: &[Entry<'_>]) -> Option<Keyframe> {
        let Some(base) = value_of(entries, "base") else {
            return Some(Keyframe {
                name,
                pose: Pose::default(),
                right: None,
                left: None,
            });
        };
        let known: Vec<String> = self.poses.iter().map(|pose| pose.name.clone()).collect();
        let known: Vec<&str> = known.iter().map(String::as_str).collect();
        let base = self.read_word(base, "base", &known)?;
        // A pose of the figure hides a base of the same name.
        let base = self.poses.iter().rev().find(|pose| pose.name == base)?;
        Some(Keyframe {
            name,
            ..base.clone()
        })
    }

    fn read_angle(&mut self, pose: &mut Pose, name: &str, span: Span, value: &Node<'_>) {
        let mut channels = pose::named(name).peekable();
        let Some(first) = channels.peek() else {
            let mut known: Vec<&str> = CHANNELS.iter().map(|channel| channel.name).collect();
            known.extend(["base", "grab"]);
            // An angle of a limb can also be written without a side.
            let bare = CHANNELS
                .iter()
                .filter_map(|channel| channel.name.strip_suffix("_r"));
            let near = nearest(name, known.iter().copied().chain(bare));
            self.report(Diagnostic::unknown_key(span, name, "a pose", near, &known));
            return;
        };
        let Some(number) = self.read_number(value, name, (first.low, first.high)) else {
            return;
        };
        for channel in channels {
            channel.set(pose, number);
        }
    }

    fn read_grips(&mut self, key: &mut Keyframe, node: &Node<'_>) {
        let Some(entries) = entries(node) else {
            self.report(Diagnostic::not_a_map(
                node.span,
                "`grab`",
                node.kind(),
                "`grab: {hand_r: knee_r}`",
            ));
            return;
        };
        for (hand, what) in entries {
            let Some(hand) = self.read_word(hand, "grab", &["hand_r", "hand_l"]) else {
                continue;
            };
            let grip = match what.text() {
                Some("chair") => Some(Grip::Chair),
                Some("wall") => Some(Grip::Wall),
                _ => self.read_point(what, "grab").map(Grip::Point),
            };
            if hand == "hand_r" {
                key.right = grip;
            } else {
                key.left = grip;
            }
        }
    }
}
