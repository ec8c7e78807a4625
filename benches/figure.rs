//! Measures drawing one frame of each figure in a panel of 48x14 cells, and setting figures up. Run
//! `cargo bench --bench figure`.
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

fn renderers() -> Vec<FigureRenderer> {
    let renderer = |(id, _): &(&str, &str)| {
        let motion = Motion::new(figures::find(id).unwrap()).unwrap();
        FigureRenderer::new(motion, SIZE.0.into(), SIZE.1.into(), FigureSide::Right)
    };
    FIGURE_FILES.iter().map(renderer).collect()
}

/// Draws every figure halfway, with ghost and arrow. The time is for all of them together.
#[divan::bench]
fn all_figures_half_way(bencher: divan::Bencher<'_, '_>) {
    let renderers = renderers();
    let area = Rect::new(0, 0, SIZE.0, SIZE.1);
    let mut buffer = Buffer::empty(area);
    let encoder = CellEncoder {
        marker: Marker::Quadrant,
        colours: Colours::True,
    };
    bencher
        .counter(divan::counter::ItemsCount::new(renderers.len()))
        .bench_local(|| {
            for renderer in &renderers {
                let picture = renderer.picture(
                    renderer.last() / 2.0,
                    Decorations {
                        ghost: true,
                        arrow: Some(true),
                    },
                );
                encoder.draw(&picture, area, &mut buffer);
            }
        });
}

/// Sets every figure up in a panel. The app does this once for each exercise.
#[divan::bench]
fn all_figures_set_up(bencher: divan::Bencher<'_, '_>) {
    bencher
        .counter(divan::counter::ItemsCount::new(FIGURE_FILES.len()))
        .bench_local(renderers);
}

fn main() {
    divan::main();
}
