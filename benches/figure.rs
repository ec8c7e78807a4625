//! One frame of each figure in a panel of 48x14: posed, drawn, and put into cells. `cargo bench
//! --bench figure`.
#![allow(
    missing_docs,
    clippy::unwrap_used,
    reason = "a bench fails by panicking"
)]

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use regimen::figure::FigureSide;
use regimen::figure::cells::{CellEncoder, Colours, Marker};
use regimen::figure::motion::Motion;
use regimen::figure::raster::{Decorations, FigureRenderer};
use regimen::program::figures;
use regimen::program::library::FIGURE_FILES;

const SIZE: (u16, u16) = (48, 14);

fn stages() -> Vec<FigureRenderer> {
    let stage = |(id, _): &(&str, &str)| {
        let motion = Motion::new(figures::find(id).unwrap()).unwrap();
        FigureRenderer::new(motion, SIZE.0.into(), SIZE.1.into(), FigureSide::Right)
    };
    FIGURE_FILES.iter().map(stage).collect()
}

/// Every figure half way, with ghost and arrow; the time is that of all of them.
#[divan::bench]
fn all_figures_half_way(bencher: divan::Bencher<'_, '_>) {
    let stages = stages();
    let area = Rect::new(0, 0, SIZE.0, SIZE.1);
    let mut buffer = Buffer::empty(area);
    let painter = CellEncoder {
        marker: Marker::Quadrant,
        colours: Colours::True,
    };
    bencher
        .counter(divan::counter::ItemsCount::new(stages.len()))
        .bench_local(|| {
            for stage in &stages {
                let picture = stage.picture(
                    stage.last() / 2.0,
                    Decorations {
                        ghost: true,
                        arrow: Some(true),
                    },
                );
                painter.draw(&picture, area, &mut buffer);
            }
        });
}

/// Every figure set up in a panel, as is done once for each exercise.
#[divan::bench]
fn all_figures_set_up(bencher: divan::Bencher<'_, '_>) {
    bencher
        .counter(divan::counter::ItemsCount::new(FIGURE_FILES.len()))
        .bench_local(stages);
}

fn main() {
    divan::main();
}
