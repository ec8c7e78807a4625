//! `regimen figure`: one figure of the library, drawn alone. Knows nothing of how it is drawn.

use anyhow::{Context, bail};
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use crate::commands::{Settings, Verdict, say};
use crate::diagnostic::nearest;
use crate::figure::Side;
use crate::figure::cells::{Colours, Marker, Painter};
use crate::figure::motion::Motion;
use crate::figure::raster::{Look, Stage};
use crate::figure::svg;
use crate::handout::html::escape;
use crate::program::figures;
use crate::program::library::{self, FIGURE_FILES};
use crate::source::printable;
use crate::terminal;
use crate::view::theme::Depth;

/// How a figure is drawn.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Wish {
    /// Cells across.
    pub width: u16,
    /// Cells down.
    pub height: u16,
    /// Into what parts a cell is divided; none for what the terminal can show.
    pub marker: Option<Marker>,
    /// Whether the left side works.
    pub left: bool,
    /// Whether it is wanted as SVG, for paper.
    pub svg: bool,
}

/// Draws a figure at its start, half way and in its hold.
pub fn figure(settings: &Settings, wanted: &str, wish: Wish) -> anyhow::Result<Verdict> {
    let id = library::find(wanted).map_or(wanted, |exercise| exercise.id);
    let Some(figure) = figures::find(id) else {
        let ids = FIGURE_FILES.iter().map(|(id, _)| *id);
        let wanted = printable(wanted);
        match nearest(&wanted, ids.clone()) {
            Some(near) => bail!("there is no figure `{wanted}`, did you mean `{near}`?"),
            None => bail!("there is no figure `{wanted}`; there are: {}", ids.collect::<Vec<_>>().join(", ")),
        }
    };
    let motion = Motion::new(figure).context("this figure has no poses")?;
    let side = if wish.left { Side::Left } else { Side::Right };
    if wish.svg {
        let name = library::get(id).map_or(id, |exercise| exercise.name.as_str());
        say(&svg::sheet(&motion, side, &escape(name)));
        return Ok(Verdict::Fine);
    }
    let stage = Stage::new(motion, wish.width.into(), wish.height.into(), side);
    let colours = match settings.theme.depth {
        Depth::Mono => Colours::None,
        Depth::Sixteen => Colours::Sixteen,
        Depth::TwoFiftySix => Colours::TwoFiftySix,
        Depth::True => Colours::True,
    };
    let marker = wish.marker.unwrap_or(if colours == Colours::None { Marker::Dots } else { Marker::Quadrant });
    let painter = Painter { marker, colours };
    let area = Rect::new(0, 0, wish.width, wish.height);
    let last = stage.last();
    for (at, look) in [
        (0.0, Look { ghost: true, arrow: Some(true) }),
        (last / 2.0, Look { ghost: true, arrow: Some(true) }),
        (last, Look { ghost: false, arrow: None }),
    ] {
        let mut buffer = Buffer::empty(area);
        painter.draw(&stage.picture(at, look), area, &mut buffer);
        say(terminal::coloured(&buffer).trim_end_matches('\n'));
    }
    Ok(Verdict::Fine)
}
