//! Problems of images, videos, and figures, both the library's and the therapist's own.

use super::Diagnostic;
use super::remedy::Remedy;
use super::wording::{quote, shorten};
use crate::source::Span;

impl Diagnostic {
    /// An image is outside the program's folder, or of a kind that isn't shown.
    pub(crate) fn bad_image(span: Span, why: &str) -> Self {
        Self::error("bad-image", span, why.to_owned())
            .help("name a png, jpg or gif that is in the program's folder")
    }

    /// An image doesn't exist.
    pub(crate) fn missing_image(span: Span, name: &str) -> Self {
        Self::advice(
            "missing-image",
            span,
            format!("there is no file {} in the program's folder", quote(name)),
        )
        .help("put the picture into the program's folder, or delete `image`")
    }

    /// An image file can't be shown.
    pub(crate) fn unreadable_image(span: Span, name: &str, why: &str) -> Self {
        Self::advice(
            "unreadable-image",
            span,
            format!("the picture {} is {why}", quote(name)),
        )
        .help("save it again as png or jpg; until then, the figure is shown instead")
    }

    /// A video isn't a plain web address. `meant` is the address with its missing scheme.
    pub(crate) fn bad_video(span: Span, meant: Option<&str>) -> Self {
        Self::error(
            "bad-video",
            span,
            "`video` needs a web address that begins with `https://` and has no user name in it",
        )
        .remedy(match meant {
            Some(address) => Remedy::value(address),
            None => Remedy::words("copy the address from your browser: `https://…`"),
        })
    }

    /// The library has no such figure.
    pub(crate) fn unknown_figure(span: Span, found: &str, near: Option<&str>) -> Self {
        let diagnostic = Self::error(
            "unknown-figure",
            span,
            format!("the library has no figure {}", quote(found)),
        );
        match near {
            Some(near) => diagnostic.help(format!("did you mean `{near}`?")),
            None => diagnostic.help("name a library exercise, or delete `figure`"),
        }
    }

    /// The library's exercise has no figure.
    pub(crate) fn no_figure(span: Span, id: &str) -> Self {
        Self::advice(
            "no-figure",
            span,
            format!("the library has no figure for `{id}`"),
        )
        .help("name an exercise that has one, or delete `figure`; `regimen figure all` draws them")
    }

    /// A figure of the therapist's own has too many entries of one kind.
    pub(crate) fn too_many_in_figure(span: Span, key: &str, most: usize) -> Self {
        Self::error(
            "too-many",
            span,
            format!("`{key}` of a figure has more than {most} entries"),
        )
        .help("delete the ones you don't need")
    }

    /// A figure of the therapist's own breaks a rule in one of its poses.
    pub(crate) fn figure_fault(span: Span, pose: &str, fault: &str) -> Self {
        Self::advice(
            "figure",
            span,
            format!(
                "in this figure, at or near its pose {}, {fault}",
                quote(pose)
            ),
        )
        .help(
            "change the angles of its poses; `regimen figure` with this file shows the figure \
             while you do",
        )
    }

    /// A value of a figure, in degrees or statures, isn't a number or is out of range.
    pub(crate) fn bad_angle(span: Span, key: &str, found: &str, low: f32, high: f32) -> Self {
        let help = if found.trim().parse::<f32>().is_ok() {
            format!("write a number from {low} to {high}")
        } else {
            let middle = f32::midpoint(low, high).round();
            format!("write digits only, such as `{key}: {middle}`")
        };
        Self::error(
            "bad-angle",
            span,
            format!(
                "`{key}` needs a number from {low} to {high}, not `{}`",
                shorten(found)
            ),
        )
        .help(help)
    }
}
