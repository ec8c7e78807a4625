//! The app drawn: one frame from the app and the moment, and which cells can be clicked. Computes
//! nothing that a test of behaviour would want to know. Knows nothing of the terminal.

pub mod easel;
pub mod letters;
pub mod plain;
pub mod theme;

mod check_in;
mod gallery;
mod layers;
mod paint;
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

use self::easel::Easel;
use self::paint::{Paint, width};
use self::theme::Theme;
use crate::app::keymap::{self, Action, Binding};
use crate::app::{App, Layer, Screen};
use crate::bitmap::Bitmap;
use crate::events::{Key, Moment};

/// A text broken into lines of at most so many columns, at spaces where there are any.
pub fn wrap(text: &str, room: u16) -> Vec<String> {
    paint::wrap(text, room)
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
    easel: &mut Easel,
) -> Drawn {
    let area = frame.area();
    let mut paint = Paint::new(frame.buffer_mut(), theme, easel);
    if area.width < SMALLEST.0 || area.height < SMALLEST.1 {
        too_small(&mut paint, app, area);
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
        .flat_map(|notice| paint::wrap(notice, inner.width))
        .take(2)
        .collect();
    let footer_height = u16::try_from(footer.len()).unwrap_or(1);
    let notice_height = u16::try_from(notice_rows.len()).unwrap_or(0);
    let body = Rect {
        height: area.height - footer_height - notice_height,
        ..inner
    };
    match app.layers.last() {
        Some(Layer::Help(context, scroll)) => layers::help(&mut paint, body, *context, *scroll),
        Some(Layer::StopSigns(scroll)) => layers::stop_signs(&mut paint, body, app, *scroll),
        Some(Layer::Menu(menu)) => layers::menu(&mut paint, body, menu),
        Some(Layer::Report(report, scroll)) => {
            // The last good picture stays to be seen above.
            let above = Rect {
                height: body.height * 2 / 5,
                ..body
            };
            if above.height >= 8 {
                screen(&mut paint, above, app, now);
                let below = Rect {
                    y: above.bottom(),
                    height: body.height - above.height,
                    ..body
                };
                layers::report(&mut paint, below, report, *scroll);
            } else {
                layers::report(&mut paint, body, report, *scroll);
            }
        }
        None => screen(&mut paint, body, app, now),
    }
    for (row, notice) in (body.bottom()..).zip(&notice_rows) {
        let style = theme.warning();
        paint.text(inner.x, row, notice, inner.width, style);
    }
    for (row, bindings) in (area.bottom() - footer_height..).zip(&footer) {
        draw_footer(&mut paint, inner.x, row, bindings);
    }
    if app.flash_until.is_some_and(|until| until > now.instant) {
        paint.flash(area);
    }
    Drawn {
        hits: paint.hits,
        figure: paint.figure.is_some(),
        picture: paint.picture,
    }
}

fn screen(paint: &mut Paint<'_>, body: Rect, app: &App, now: &Moment) {
    match &app.screen {
        Screen::Today => today::draw(paint, body, app, now),
        Screen::Program(page) => program::draw(paint, body, app, page, now),
        Screen::Problem(index, report, scroll) => {
            program::problem(paint, body, app, *index, report, *scroll);
        }
        Screen::CheckIn(check_in) => check_in::draw(paint, body, app, check_in),
        Screen::Playing => playing::draw(paint, body, app, now),
        Screen::Summary(scroll) => summary::draw(paint, body, app, *scroll),
        Screen::Settings(marked) => settings::draw(paint, body, app, *marked),
        Screen::Progress(page) => progress::draw(paint, body, app, page),
        Screen::Gallery(page) => gallery::draw(paint, body, app, page, now),
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

fn too_small(paint: &mut Paint<'_>, app: &App, area: Rect) {
    let (columns, rows) = SMALLEST;
    let goes_on = if matches!(app.screen, Screen::Playing) {
        " The session goes on."
    } else {
        ""
    };
    let words = format!("Make the window at least {columns} x {rows}.{goes_on}");
    for (row, line) in (area.y..area.bottom()).zip(paint::wrap(&words, area.width)) {
        let style = paint.theme.strong();
        paint.text(area.x, row, &line, area.width, style);
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

fn draw_footer(paint: &mut Paint<'_>, x: u16, row: u16, bindings: &[&'static Binding]) {
    let (strong, quiet) = (paint.theme.strong(), paint.theme.quiet());
    let mut column = x;
    for (index, binding) in bindings.iter().enumerate() {
        if index > 0 {
            paint.text(column, row, " · ", 3, quiet);
            column += 3;
        }
        let start = column;
        column = paint.text(column, row, binding.label, u16::MAX, strong);
        column = paint.text(column + 1, row, binding.short, u16::MAX, quiet);
        if let Some(key) = keymap::key_of(binding) {
            paint.hits.push(Hit {
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
