//! A page drawn into the cells of a terminal, and which cells can be clicked.

mod big_text;
mod canvas;
mod charts;
mod figure_cache;
mod figure_viewer;
mod illustration;
mod overlays;
mod panel;
mod program;
mod progress;
mod question;
mod rect;
mod session;
mod settings;
mod summary;
mod today;

use std::sync::Arc;

use ratatui::Frame;
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use self::canvas::Canvas;
pub use self::figure_cache::{FigureCache, PICTURE_GROUND, Pictures, encoder};
use self::rect::{from_row, top_rows};
use super::theme::Theme;
use crate::app::page::{KeyHint, OverlayPage, Page, ScreenPage};
use crate::bitmap::Bitmap;
use crate::events::Key;
use crate::text::{width, wrap};

/// The smallest terminal, in columns and rows, in which everything has its place.
pub const SMALLEST: (u16, u16) = (40, 12);

/// Cells that stand for a key when they are clicked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Hit {
    /// Where they are.
    pub area: Rect,
    /// The key.
    pub key: Key,
}

/// What was drawn.
#[derive(Debug, Default)]
pub struct Drawn {
    /// What can be clicked.
    pub hits: Vec<Hit>,
    /// Whether a figure can be seen, whose movement asks for more frames.
    pub figure: bool,
    /// A picture that the terminal shows itself, and where.
    pub picture: Option<(Rect, Arc<Bitmap>)>,
}

/// Draws a page; returns what is in the frame.
pub fn draw(frame: &mut Frame<'_>, page: &Page, theme: Theme, figures: &mut FigureCache) -> Drawn {
    let area = frame.area();
    let mut canvas = Canvas::new(frame.buffer_mut(), theme, figures);
    if area.width < SMALLEST.0 || area.height < SMALLEST.1 {
        too_small(&mut canvas, page, area);
        return Drawn::default();
    }
    let inner = Rect {
        x: area.x + 1,
        width: area.width - 2,
        ..area
    };
    let footer = footer_rows(
        &page.keys,
        inner.width,
        if area.height >= 16 { 2 } else { 1 },
    );
    let messages: Vec<String> = page
        .messages
        .iter()
        .flat_map(|message| wrap(message, inner.width))
        .take(2)
        .collect();
    let footer_height = u16::try_from(footer.len()).unwrap_or(1);
    let message_height = u16::try_from(messages.len()).unwrap_or(0);
    let body = top_rows(inner, area.height - footer_height - message_height);
    draw_body(&mut canvas, body, page);
    for (row, message) in (body.bottom()..).zip(&messages) {
        canvas.text(inner.x, row, message, inner.width, theme.warning());
    }
    for (row, hints) in (area.bottom() - footer_height..).zip(&footer) {
        draw_footer(&mut canvas, inner.x, row, hints);
    }
    if page.flash {
        canvas.flash(area);
    }
    Drawn {
        hits: canvas.hits,
        figure: canvas.figure.is_some(),
        picture: canvas.picture,
    }
}

fn draw_body(canvas: &mut Canvas<'_>, body: Rect, page: &Page) {
    match &page.overlay {
        Some(OverlayPage::Help { rows, scroll }) => overlays::help(canvas, body, rows, *scroll),
        Some(OverlayPage::StopSigns {
            title,
            sections,
            scroll,
        }) => overlays::stop_signs(canvas, body, title, sections, *scroll),
        Some(OverlayPage::Menu(menu)) => overlays::menu(canvas, body, menu),
        Some(OverlayPage::Report {
            title,
            lines,
            scroll,
        }) => {
            // The last good picture stays visible above.
            let above = top_rows(body, body.height * 2 / 5);
            let below = if above.height >= 8 {
                draw_screen(canvas, above, &page.screen);
                from_row(body, above.bottom())
            } else {
                body
            };
            overlays::report(canvas, below, title, lines, *scroll);
        }
        None => draw_screen(canvas, body, &page.screen),
    }
}

fn draw_screen(canvas: &mut Canvas<'_>, body: Rect, screen: &ScreenPage) {
    match screen {
        ScreenPage::Today(page) => today::draw(canvas, body, page),
        ScreenPage::Program(page) => program::draw(canvas, body, page),
        ScreenPage::Invalid(page) => program::invalid(canvas, body, page),
        ScreenPage::Question(page) => question::draw(canvas, body, page),
        ScreenPage::Session(page) => session::draw(canvas, body, page),
        ScreenPage::Summary(page) => summary::draw(canvas, body, page),
        ScreenPage::Settings(page) => settings::draw(canvas, body, page),
        ScreenPage::Progress(page) => progress::draw(canvas, body, page),
        ScreenPage::Detail(page) => progress::detail(canvas, body, page),
        ScreenPage::FigureViewer(page) => figure_viewer::draw(canvas, body, page),
    }
}

fn too_small(canvas: &mut Canvas<'_>, page: &Page, area: Rect) {
    let (columns, rows) = SMALLEST;
    let goes_on = if matches!(page.screen, ScreenPage::Session(_)) {
        " The session goes on."
    } else {
        ""
    };
    let words = format!("Make the window at least {columns} x {rows}.{goes_on}");
    let style = canvas.theme.strong();
    canvas.paragraph(area, area.y, &words, style);
}

fn hint_width(hint: &KeyHint) -> u16 {
    width(hint.label) + 1 + width(hint.does)
}

/// Returns the keys that have room at the foot, in at most `most` rows. The help, which names the
/// others, always has room.
fn footer_rows(keys: &[KeyHint], room: u16, most: usize) -> Vec<Vec<KeyHint>> {
    const GAP: u16 = 3;
    let help = keys.iter().find(|hint| hint.is_help);
    let mut rows: Vec<(u16, Vec<KeyHint>)> = vec![(0, Vec::new())];
    for hint in keys {
        let count = rows.len();
        let Some((used, row)) = rows.last_mut() else {
            break;
        };
        let gap = if row.is_empty() { 0 } else { GAP };
        let has_help = row.iter().any(|other| other.is_help) || hint.is_help;
        // The last row keeps room for the help until it is there.
        let kept = help
            .filter(|_| count == most && !has_help)
            .map_or(0, |help| GAP + hint_width(help));
        if *used + gap + hint_width(hint) + kept <= room {
            *used += gap + hint_width(hint);
            row.push(*hint);
        } else if count < most {
            rows.push((hint_width(hint), vec![*hint]));
        }
    }
    rows.into_iter().map(|(_, row)| row).collect()
}

fn draw_footer(canvas: &mut Canvas<'_>, x: u16, row: u16, hints: &[KeyHint]) {
    let (strong, quiet) = (canvas.theme.strong(), canvas.theme.quiet());
    let mut column = x;
    for (index, hint) in hints.iter().enumerate() {
        if index > 0 {
            canvas.text(column, row, " · ", 3, quiet);
            column += 3;
        }
        let start = column;
        column = canvas.text(column, row, hint.label, u16::MAX, strong);
        column = canvas.text(column + 1, row, hint.does, u16::MAX, quiet);
        if let Some(key) = hint.key {
            let area = Rect::new(start, row, column - start, 1);
            canvas.hits.push(Hit { area, key });
        }
    }
}

/// Returns the key that a click on a cell stands for.
pub fn clicked(hits: &[Hit], column: u16, row: u16) -> Option<Key> {
    hits.iter()
        .find(|hit| hit.area.contains((column, row).into()))
        .map(|hit| hit.key)
}

/// Returns a frame as text, for tests and for looking at.
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
