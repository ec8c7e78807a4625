//! `regimen figure`: figures of the library, of a program file or of a file that is one figure,
//! drawn alone. Knows nothing of how they are drawn.

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

/// How figures are drawn.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Options {
    /// Cells across and down; none for what has room.
    pub size: Option<(u16, u16)>,
    /// Into what parts a cell is divided; none for what the terminal can show.
    pub marker: Option<Marker>,
    /// Whether the left side works.
    pub left: bool,
    /// Whether it is wanted as SVG, for paper.
    pub svg: bool,
    /// The file of a sheet as PNG.
    pub png: Option<PathBuf>,
}

/// How wide a cell is on a sheet that shows what a terminal shows.
const CELL: usize = 8;

impl Options {
    fn side(&self) -> FigureSide {
        if self.left {
            FigureSide::Left
        } else {
            FigureSide::Right
        }
    }

    /// How large each is printed.
    fn cells(&self) -> (u16, u16) {
        self.size.unwrap_or((48, 14))
    }

    /// What is drawn with: the terminal's own, or what was asked for.
    fn theme(&self, env: &Env) -> Theme {
        Theme {
            marker: self.marker.unwrap_or(env.theme.marker),
            ..env.theme
        }
    }
}

/// The three moments that tell a movement, and what to avoid, where that is shown.
fn moments(stage: &FigureRenderer) -> Vec<SampleGrid> {
    let last = stage.last();
    let way = Decorations {
        ghost: true,
        arrow: Some(true),
    };
    let mut pictures = vec![stage.picture(0.0, way)];
    if last > 0.0 {
        pictures.push(stage.picture(last / 2.0, way));
        pictures.push(stage.picture(
            last,
            Decorations {
                ghost: false,
                arrow: None,
            },
        ));
    }
    pictures.extend(stage.wrong());
    pictures
}

/// Plays figures on a terminal; elsewhere prints them at their start, half way and in their hold.
pub fn figure(env: &Env, wanted: &[OsString], options: &Options) -> anyhow::Result<Status> {
    let mut all = Vec::new();
    let mut status = Status::Fine;
    let mut reports = Vec::new();
    // A name of several words may stand without quotes.
    let joined = wanted.join(OsStr::new(" "));
    let named = wanted.len() > 1 && library::find(&joined.to_string_lossy()).is_some();
    let wanted = if named {
        std::slice::from_ref(&joined)
    } else {
        wanted
    };
    for name in wanted {
        let (mut exhibits, report) = found(name)?;
        if exhibits.is_empty() {
            status = Status::Problems;
        }
        all.append(&mut exhibits);
        reports.extend(report);
    }
    anyhow::ensure!(
        !options.svg || all.len() <= 1,
        "one SVG file shows one figure; name a single one"
    );
    if let Some(path) = &options.png {
        tell(&all, &reports);
        if all.is_empty() {
            return Ok(Status::Problems);
        }
        let png = sheet(&all, options)
            .png()
            .map_err(|error| anyhow!("{error}"))?;
        write_file(path, &png, Care::Shared)?;
        print_line(&format!("Wrote {}", shown(path)));
        return Ok(status);
    }
    if terminal::is_interactive() && !options.svg && !env.plain {
        let size = options.size;
        return play(
            env,
            wanted,
            options,
            FigureViewer::new((all, reports), options.side(), size),
        );
    }
    tell(&all, &reports);
    let painter = encoder(options.theme(env));
    let (width, height) = options.cells();
    let area = Rect::new(0, 0, width, height);
    for Exhibit { name, motion } in all {
        if options.svg {
            print_line(&svg::file(&motion, options.side(), &escape(&name)));
            continue;
        }
        for picture in moments(&FigureRenderer::new(
            motion.as_ref().clone(),
            width.into(),
            height.into(),
            options.side(),
        )) {
            let mut buffer = Buffer::empty(area);
            painter.draw(&picture, area, &mut buffer);
            print_line(terminal::coloured(&buffer).trim_end_matches('\n'));
        }
    }
    Ok(status)
}

/// Tells what is wrong with files, and with figures.
fn tell(all: &[Exhibit], reports: &[String]) {
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

/// Shows figures until the user quits; of one file alone, as it is saved.
fn play(
    env: &Env,
    wanted: &[OsString],
    options: &Options,
    gallery: FigureViewer,
) -> anyhow::Result<Status> {
    let mut journal = Journal::in_memory().context("could not begin")?;
    let (preferences, unread) = env.read_preferences();
    let startup = Startup::apart(
        Vec::new(),
        preferences.clone(),
        unread,
        "figure",
        terminal::moment(),
    );
    let mut app = App::new(startup);
    app.show_figures(gallery);
    let mut screen = FullScreen::new(options.theme(env)).context("could not use the terminal")?;
    let mut events = TerminalEvents::keys().context("could not listen to the keyboard")?;
    if let [file] = wanted
        && is_file(file)
    {
        events = events
            .watching(PathBuf::from(file))
            .context("could not watch the file")?;
    }
    let mut machine = env.machine(&preferences, events.reports());
    event_loop::run(
        &mut app,
        Vec::new(),
        &mut events,
        &mut screen,
        &mut machine,
        &mut journal,
    );
    Ok(Status::Fine)
}

/// A row for each figure: start, half way, hold.
fn sheet(all: &[Exhibit], options: &Options) -> Bitmap {
    const GAP: usize = 4;
    let rows: Vec<Vec<Bitmap>> = all
        .iter()
        .map(|exhibit| {
            // Smooth pictures are drawn large.
            let (width, height) = options.cells();
            let times = if options.marker.is_some() || width > 100 {
                1
            } else {
                4
            };
            let (width, height) = (usize::from(width) * times, usize::from(height) * times);
            let stage = FigureRenderer::new(
                exhibit.motion.as_ref().clone(),
                width,
                height,
                options.side(),
            );
            let pictures = moments(&stage);
            let drawn = |picture: &SampleGrid| match options.marker {
                Some(marker) => CellEncoder {
                    marker,
                    colours: Colours::True,
                }
                .bitmap(picture, CELL),
                None => smooth(picture),
            };
            pictures.iter().map(drawn).collect()
        })
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

/// The figures that a name means, and what is wrong with a file, as lines.
fn found(wanted: &OsStr) -> anyhow::Result<(Vec<Exhibit>, Vec<String>)> {
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
            "{} has no figure: there is nothing to be seen of it from outside",
            exercise.name
        );
    }
    let ids = FIGURE_FILES.iter().map(|(id, _)| *id);
    let wanted = printable(&wanted);
    match nearest(&wanted, ids.clone()) {
        Some(near) => bail!("there is no figure `{wanted}`, did you mean `{near}`?"),
        None => bail!(
            "there is no figure `{wanted}`; there are: {}",
            ids.collect::<Vec<_>>().join(", ")
        ),
    }
}
