//! `regimen figure`: shows figures of the library, of a program file, or of a file that is a
//! figure.

use std::ffi::{OsStr, OsString};
use std::path::{Path, PathBuf};

use anyhow::{Context, anyhow, bail};
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use crate::app::figure_viewer::{self, Exhibit, FigureViewer};
use crate::app::{App, Startup};
use crate::bitmap::Bitmap;
use crate::commands::play::is_file;
use crate::commands::{Env, Status, eprint_line, print_line, shown, unreadable, write_file};
use crate::diagnostic::nearest;
use crate::event_loop;
use crate::figure::FigureSide;
use crate::figure::cells::{CellEncoder, Colours, Marker, smooth};
use crate::figure::motion::Motion;
use crate::figure::raster::{Decorations, FigureRenderer, SampleGrid};
use crate::figure::svg;
use crate::files::Care;
use crate::folder;
use crate::handout::html::escape;
use crate::program::figures;
use crate::program::library::{self, FIGURE_FILES};
use crate::source::printable;
use crate::store::Journal;
use crate::terminal::{self, FullScreen, TerminalEvents};
use crate::view::cells::encoder;
use crate::view::theme::Theme;

/// Which figures are drawn, and how.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Options {
    /// The size in cells, across and down; None fits the figures to the terminal.
    pub(crate) size: Option<(u16, u16)>,
    /// How cells are divided; None uses the best division that the terminal can show.
    pub(crate) marker: Option<Marker>,
    /// Whether the left side works.
    pub(crate) left: bool,
    /// Whether to print SVG for paper.
    pub(crate) svg: bool,
    /// Where to write a sheet of all figures as PNG; None writes none.
    pub(crate) png: Option<PathBuf>,
}

/// The width of a cell, in points, on a sheet that shows what a terminal shows.
const CELL: usize = 8;
/// The free space to the right of and below each picture of a sheet, in points.
const GAP: usize = 4;

impl Options {
    fn side(&self) -> FigureSide {
        if self.left {
            FigureSide::Left
        } else {
            FigureSide::Right
        }
    }

    /// Returns the size of a printed figure in cells, across and down.
    fn cells(&self) -> (u16, u16) {
        self.size.unwrap_or((48, 14))
    }

    /// Returns the terminal's theme with the marker that the user asked for.
    fn theme(&self, env: &Env) -> Theme {
        Theme {
            marker: self.marker.unwrap_or(env.theme.marker),
            ..env.theme
        }
    }

    /// Fits a figure to a size in cells.
    fn fit(&self, motion: &Motion, width: usize, height: usize) -> FigureRenderer {
        FigureRenderer::new(motion.clone(), width, height, self.side())
    }
}

/// Plays figures on a terminal. Otherwise it prints them at their start, halfway, and at their end.
pub(crate) fn figure(env: &Env, wanted: &[OsString], options: &Options) -> anyhow::Result<Status> {
    // A name of several words may be given without quotes.
    let joined = wanted.join(OsStr::new(" "));
    let named = wanted.len() > 1 && library::find(&joined.to_string_lossy()).is_some();
    let wanted = if named {
        std::slice::from_ref(&joined)
    } else {
        wanted
    };
    let (mut all, mut reports) = (Vec::new(), Vec::new());
    let mut status = Status::Fine;
    for name in wanted {
        let (mut exhibits, report) = find_exhibits(name)?;
        if exhibits.is_empty() {
            status = Status::Problems;
        }
        all.append(&mut exhibits);
        reports.extend(report);
    }
    anyhow::ensure!(
        !options.svg || all.len() <= 1,
        "an SVG file shows one figure; name only one"
    );
    if let Some(path) = &options.png {
        print_problems(&all, &reports);
        if all.is_empty() {
            return Ok(Status::Problems);
        }
        write_file(path, &draw_sheet(&all, options).png()?, Care::Shared)?;
        print_line(&format!("Wrote {}", shown(path)));
        return Ok(status);
    }
    if terminal::is_interactive() && !options.svg && !env.plain {
        let viewer = FigureViewer::new((all, reports), options.side(), options.size);
        return play(env, wanted, options, viewer);
    }
    print_problems(&all, &reports);
    for exhibit in all {
        print_exhibit(env, &exhibit, options);
    }
    Ok(status)
}

/// Prints a figure as SVG, or as rows of cells.
fn print_exhibit(env: &Env, exhibit: &Exhibit, options: &Options) {
    let Exhibit { name, motion } = exhibit;
    if options.svg {
        print_line(&svg::file(motion, options.side(), &escape(name)));
        return;
    }
    let encoder = encoder(options.theme(env));
    let (width, height) = options.cells();
    let area = Rect::new(0, 0, width, height);
    for picture in draw_moments(&options.fit(motion, width.into(), height.into())) {
        let mut buffer = Buffer::empty(area);
        encoder.draw(&picture, area, &mut buffer);
        print_line(terminal::coloured(&buffer).trim_end_matches('\n'));
    }
}

/// Draws the start, the middle, and the end of a movement, and the common mistake, if there is one.
fn draw_moments(renderer: &FigureRenderer) -> Vec<SampleGrid> {
    let last = renderer.last();
    let on_the_way = Decorations {
        ghost: true,
        arrow: Some(true),
    };
    let mut pictures = vec![renderer.picture(0.0, on_the_way)];
    if last > 0.0 {
        pictures.push(renderer.picture(last / 2.0, on_the_way));
        pictures.push(renderer.picture(
            last,
            Decorations {
                ghost: false,
                arrow: None,
            },
        ));
    }
    pictures.extend(renderer.wrong());
    pictures
}

/// Prints what is wrong with files and with figures.
fn print_problems(all: &[Exhibit], reports: &[String]) {
    for line in reports {
        eprint_line(line);
    }
    for Exhibit { name, motion } in all {
        for fault in motion.faults() {
            eprint_line(&format!(
                "{name}, near pose `{}`: {}",
                printable(fault.pose(motion)),
                fault.words()
            ));
        }
    }
}

/// Shows figures until the user quits. The figures of a single file are updated when it is saved.
fn play(
    env: &Env,
    wanted: &[OsString],
    options: &Options,
    viewer: FigureViewer,
) -> anyhow::Result<Status> {
    let mut journal = Journal::in_memory().context("could not start")?;
    let (preferences, unread) = env.read_preferences();
    let startup = Startup::apart(
        Vec::new(),
        preferences.clone(),
        unread,
        "figure",
        terminal::moment(),
    );
    let mut app = App::new(startup);
    app.show_figures(viewer);
    let mut screen = FullScreen::new(options.theme(env)).context("could not use the terminal")?;
    let mut events = TerminalEvents::keys().context("could not listen to the keyboard")?;
    if let [file] = wanted
        && is_file(file)
    {
        events = events
            .watching(PathBuf::from(file))
            .context("could not watch the file")?;
    }
    let mut device = env.machine(&preferences, events.reports());
    event_loop::run(
        &mut app,
        Vec::new(),
        &mut events,
        &mut screen,
        &mut device,
        &mut journal,
    );
    Ok(Status::Fine)
}

/// Draws all figures on one sheet: a row for each, with its start, middle, end, and mistake.
fn draw_sheet(all: &[Exhibit], options: &Options) -> Bitmap {
    let rows: Vec<Vec<Bitmap>> = all
        .iter()
        .map(|exhibit| draw_row(&exhibit.motion, options))
        .collect();
    let wide = |row: &Vec<Bitmap>| row.iter().map(|bitmap| bitmap.width + GAP).sum::<usize>();
    let high = |row: &Vec<Bitmap>| row.iter().map(|bitmap| bitmap.height).max().unwrap_or(0) + GAP;
    let width = rows.iter().map(wide).max().unwrap_or(1);
    let mut sheet = Bitmap::new(width, rows.iter().map(high).sum(), [0x30; 3]);
    let mut top = 0;
    for row in &rows {
        let mut left = 0;
        for bitmap in row {
            sheet.lay(bitmap, left, top);
            left += bitmap.width + GAP;
        }
        top += high(row);
    }
    sheet
}

/// Draws the pictures of one row of a sheet.
fn draw_row(motion: &Motion, options: &Options) -> Vec<Bitmap> {
    let (width, height) = options.cells();
    // Smooth pictures are drawn large.
    let times = if options.marker.is_some() || width > 100 {
        1
    } else {
        4
    };
    let (width, height) = (usize::from(width) * times, usize::from(height) * times);
    let draw = |picture: &SampleGrid| match options.marker {
        Some(marker) => CellEncoder {
            marker,
            colours: Colours::True,
        }
        .bitmap(picture, CELL),
        None => smooth(picture),
    };
    let pictures = draw_moments(&options.fit(motion, width, height));
    pictures.iter().map(draw).collect()
}

/// Returns the figures that a name or a file means, and what is wrong with the file, as lines.
fn find_exhibits(wanted: &OsStr) -> anyhow::Result<(Vec<Exhibit>, Vec<String>)> {
    if is_file(wanted) {
        let path = Path::new(wanted);
        let parsed = folder::read(path, terminal::moment().wall.date())
            .map_err(|error| anyhow!("{}", unreadable(path, &error)))?;
        return Ok(figure_viewer::of_file(&parsed));
    }
    let wanted = wanted.to_string_lossy();
    let named = |id: &str| {
        let motion = figures::motion(id)?;
        let name = library::get(id)
            .map_or(id, |exercise| exercise.name.as_str())
            .to_owned();
        Some(Exhibit { name, motion })
    };
    if wanted == "all" {
        return Ok((
            FIGURE_FILES
                .iter()
                .filter_map(|(id, _)| named(id))
                .collect(),
            Vec::new(),
        ));
    }
    let id = library::find(&wanted).map_or(wanted.as_ref(), |exercise| exercise.id);
    if let Some(named) = named(id) {
        return Ok((vec![named], Vec::new()));
    }
    if let Some(exercise) = library::get(id) {
        bail!(
            "{} has no figure: the movement can't be seen from outside",
            exercise.name
        );
    }
    let ids = FIGURE_FILES.iter().map(|(id, _)| *id);
    let wanted = printable(&wanted);
    match nearest(&wanted, ids.clone()) {
        Some(near) => bail!("there is no figure `{wanted}`, did you mean `{near}`?"),
        None => bail!(
            "there is no figure `{wanted}`; choose one of {}",
            ids.collect::<Vec<_>>().join(", ")
        ),
    }
}
