//! The app drawn: one frame from the app and the moment, and which cells can be clicked. Computes
//! nothing that a test of behaviour would want to know. Knows nothing of the terminal.

pub mod big_text;
pub mod illustration;
pub mod plain;
pub mod theme;

mod canvas;
mod check_in;
mod figure_viewer;
mod overlays;
mod playing;
mod program;
mod progress;
mod settings;
mod summary;
mod today;

use std::sync::Arc;

use ratatui::Frame;
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use self::canvas::{Canvas, width};
use self::illustration::FigureCache;
use self::theme::Theme;
use crate::app::keymap::{self, Action, Binding};
use crate::app::{App, Overlay, Screen};
use crate::bitmap::Bitmap;
use crate::events::{Key, Moment};

/// A text broken into lines of at most so many columns, at spaces where there are any.
pub fn wrap(text: &str, room: u16) -> Vec<String> {
    canvas::wrap(text, room)
}

/// The smallest terminal in which everything has its place.
pub const SMALLEST: (u16, u16) = (40, 12);

/// Cells that stand for a key when they are clicked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Hit {
    /// Where.
    pub area: Rect,
    /// Which key.
    pub key: Key,
}

/// What of the app is on the screen.
#[derive(Debug, Default)]
pub struct Drawn {
    /// What can be clicked.
    pub hits: Vec<Hit>,
    /// Whether its figure can be seen.
    pub figure: bool,
    /// A picture that the terminal shows itself, and where.
    pub picture: Option<(Rect, Arc<Bitmap>)>,
}

/// Draws a frame; says what is in it.
pub fn draw(
    frame: &mut Frame<'_>,
    app: &App,
    now: &Moment,
    theme: Theme,
    figures: &mut FigureCache,
) -> Drawn {
    let area = frame.area();
    let mut canvas = Canvas::new(frame.buffer_mut(), theme, figures);
    if area.width < SMALLEST.0 || area.height < SMALLEST.1 {
        too_small(&mut canvas, app, area);
        return Drawn::default();
    }
    let inner = Rect {
        x: area.x + 1,
        width: area.width - 2,
        ..area
    };
    let footer = footer_rows(app, inner.width, if area.height >= 16 { 2 } else { 1 });
    let notices = notices(app);
    let notice_rows: Vec<String> = notices
        .iter()
        .flat_map(|notice| canvas::wrap(notice, inner.width))
        .take(2)
        .collect();
    let footer_height = u16::try_from(footer.len()).unwrap_or(1);
    let notice_height = u16::try_from(notice_rows.len()).unwrap_or(0);
    let body = Rect {
        height: area.height - footer_height - notice_height,
        ..inner
    };
    match app.overlays.last() {
        Some(Overlay::Help(context, scroll)) => {
            overlays::help(&mut canvas, body, *context, *scroll);
        }
        Some(Overlay::StopSigns(scroll)) => overlays::stop_signs(&mut canvas, body, app, *scroll),
        Some(Overlay::Menu(menu)) => overlays::menu(&mut canvas, body, menu),
        Some(Overlay::Report(report, scroll)) => {
            // The last good picture stays to be seen above.
            let above = Rect {
                height: body.height * 2 / 5,
                ..body
            };
            if above.height >= 8 {
                screen(&mut canvas, above, app, now);
                let below = Rect {
                    y: above.bottom(),
                    height: body.height - above.height,
                    ..body
                };
                overlays::report(&mut canvas, below, report, *scroll);
            } else {
                overlays::report(&mut canvas, body, report, *scroll);
            }
        }
        None => screen(&mut canvas, body, app, now),
    }
    for (row, notice) in (body.bottom()..).zip(&notice_rows) {
        let style = theme.warning();
        canvas.text(inner.x, row, notice, inner.width, style);
    }
    for (row, bindings) in (area.bottom() - footer_height..).zip(&footer) {
        draw_footer(&mut canvas, inner.x, row, bindings);
    }
    if app.flash_until.is_some_and(|until| until > now.instant) {
        canvas.flash(area);
    }
    Drawn {
        hits: canvas.hits,
        figure: canvas.figure.is_some(),
        picture: canvas.picture,
    }
}

fn screen(canvas: &mut Canvas<'_>, body: Rect, app: &App, now: &Moment) {
    match &app.screen {
        Screen::Today => today::draw(canvas, body, app, now),
        Screen::Program(page) => program::draw(canvas, body, app, page, now),
        Screen::Problem(index, report, scroll) => {
            program::problem(canvas, body, app, *index, report, *scroll);
        }
        Screen::CheckIn(check_in) => check_in::draw(canvas, body, app, check_in),
        Screen::Playing => playing::draw(canvas, body, app, now),
        Screen::Summary(scroll) => summary::draw(canvas, body, app, *scroll),
        Screen::Settings(marked) => settings::draw(canvas, body, app, *marked),
        Screen::Progress(page) => progress::draw(canvas, body, app, page),
        Screen::Gallery(page) => figure_viewer::draw(canvas, body, app, page, now),
    }
}

/// What must be said whatever is on the screen.
fn notices(app: &App) -> Vec<&str> {
    app.trouble
        .iter()
        .chain(&app.notice)
        .map(String::as_str)
        .collect()
}

fn too_small(canvas: &mut Canvas<'_>, app: &App, area: Rect) {
    let (columns, rows) = SMALLEST;
    let goes_on = if matches!(app.screen, Screen::Playing) {
        " The session goes on."
    } else {
        ""
    };
    let words = format!("Make the window at least {columns} x {rows}.{goes_on}");
    for (row, line) in (area.y..area.bottom()).zip(canvas::wrap(&words, area.width)) {
        let style = canvas.theme.strong();
        canvas.text(area.x, row, &line, area.width, style);
    }
}

fn binding_width(binding: &Binding) -> u16 {
    width(binding.label) + 1 + width(binding.short)
}

/// The keys that have room at the foot, in at most so many rows. The help, which names the others,
/// always has.
fn footer_rows(app: &App, room: u16, most: usize) -> Vec<Vec<&'static Binding>> {
    const GAP: u16 = 3;
    let named = || keymap::footer(app.context()).filter(|binding| app.offers(binding.action));
    let help = named().find(|binding| binding.action == Action::Help);
    let mut rows: Vec<(u16, Vec<&'static Binding>)> = vec![(0, Vec::new())];
    for binding in named() {
        let count = rows.len();
        let Some((used, row)) = rows.last_mut() else {
            break;
        };
        let gap = if row.is_empty() { 0 } else { GAP };
        let has_help =
            row.iter().any(|other| other.action == Action::Help) || binding.action == Action::Help;
        // On the last row room is kept for the help, until it stands there.
        let kept = help
            .filter(|_| count == most && !has_help)
            .map_or(0, |help| GAP + binding_width(help));
        if *used + gap + binding_width(binding) + kept <= room {
            *used += gap + binding_width(binding);
            row.push(binding);
        } else if count < most {
            rows.push((binding_width(binding), vec![binding]));
        }
    }
    rows.into_iter().map(|(_, row)| row).collect()
}

fn draw_footer(canvas: &mut Canvas<'_>, x: u16, row: u16, bindings: &[&'static Binding]) {
    let (strong, quiet) = (canvas.theme.strong(), canvas.theme.quiet());
    let mut column = x;
    for (index, binding) in bindings.iter().enumerate() {
        if index > 0 {
            canvas.text(column, row, " · ", 3, quiet);
            column += 3;
        }
        let start = column;
        column = canvas.text(column, row, binding.label, u16::MAX, strong);
        column = canvas.text(column + 1, row, binding.short, u16::MAX, quiet);
        if let Some(key) = keymap::key_of(binding) {
            canvas.hits.push(Hit {
                area: Rect {
                    x: start,
                    y: row,
                    width: column - start,
                    height: 1,
                },
                key,
            });
        }
    }
}

/// The key that a click on a cell stands for.
pub fn clicked(hits: &[Hit], column: u16, row: u16) -> Option<Key> {
    hits.iter()
        .find(|hit| hit.area.contains((column, row).into()))
        .map(|hit| hit.key)
}

/// A frame as text, for tests and for looking at.
pub fn text_of(buffer: &Buffer) -> String {
    let mut text = String::new();
    for row in buffer.area.top()..buffer.area.bottom() {
        let mut line = String::new();
        for column in buffer.area.left()..buffer.area.right() {
            line.push_str(buffer.cell((column, row)).map_or(" ", |cell| cell.symbol()));
        }
        text.push_str(line.trim_end());
        text.push('\n');
    }
    text
}
