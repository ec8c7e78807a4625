//! A session drawn: what to do now and how long, readable across a room.

use ratatui::layout::Rect;
use ratatui::style::Style;

use super::canvas::Canvas;
use super::illustration::{self, Illustration};
use super::panel;
use super::program::{draw_card, draw_how, how_rows, instruction_rows};
use super::rect::{from_column, from_row, left_columns, rows, top_rows};
use crate::app::page::{SessionPage, StepPage};
use crate::text::{clock, width, wrap};
use crate::view::theme::Theme;

/// Columns of text beside a figure that stands.
const TEXT_BESIDE: u16 = 15;
/// The least rows of the panel.
const PANEL_ROWS: u16 = 7;

pub(super) fn draw(canvas: &mut Canvas<'_>, area: Rect, page: &SessionPage) {
    draw_header(canvas, area, page);
    let Some(step) = &page.step else { return };
    canvas.bar(area, area.y + 1, page.clock.completed, page.clock.total);
    let roomy = area.height >= 16;
    let body = from_row(area, area.y + if roomy { 3 } else { 2 });
    let view = StepView {
        step,
        illustration: illustration::of(canvas, &step.illustration),
    };
    if area.width >= 72 && roomy {
        view.draw_wide(canvas, top_rows(body, body.height.saturating_sub(2)));
    } else if area.height < 22 || !view.draw_tall(canvas, body) {
        view.draw_alone(canvas, body);
        return;
    }
    let next = step.next.as_deref().unwrap_or_default();
    let foot = area.bottom().saturating_sub(1);
    canvas.text(area.x, foot, next, area.width, canvas.theme.text());
}

fn draw_header(canvas: &mut Canvas<'_>, area: Rect, page: &SessionPage) {
    let theme = canvas.theme;
    let (number, count) = page.exercise;
    let (left, mode) = (page.clock.minutes_left, &page.mode);
    let active = clock(page.clock.active);
    let long =
        format!("exercise {number} of {count} · {active} so far, about {left} min left   {mode}");
    let words = if width(&long) + 20 <= area.width {
        long
    } else {
        format!("{number} of {count} · {left} min left {mode}")
    };
    let room = area.width.saturating_sub(width(&words) + 2);
    canvas.text(area.x, area.y, &page.program, room, theme.quiet());
    canvas.right(area, area.y, &words, theme.text());
}

/// How much stands above a figure.
#[derive(Clone, Copy)]
enum Head {
    /// The name, the dose, the set.
    Full,
    /// The name and the set, with its load.
    Set,
    /// The name.
    Name,
}

/// A step with what shows its exercise.
struct StepView<'p> {
    step: &'p StepPage,
    illustration: Option<Illustration>,
}

impl StepView<'_> {
    /// Draws the exercise at the left and the panel at the right.
    fn draw_wide(&self, canvas: &mut Canvas<'_>, body: Rect) {
        let left = left_columns(body, body.width * 9 / 20);
        if !self.draw_column(canvas, left) {
            let left = left_columns(body, body.width * 8 / 20);
            self.draw_words(canvas, left);
            panel::draw(canvas, from_column(body, left.right() + 2), self.step);
            return;
        }
        // The figure stays in its place; outside the work the panel leaves room for how the
        // exercise is done.
        let right = from_column(body, left.right() + 2);
        let card = self.step.card.as_ref();
        let text = card.filter(|_| !self.step.is_work);
        let text = text.map_or(0, |card| how_rows(card, right.width));
        // A row less for the panel is better than an instruction that is cut off.
        let needed = card.map_or(0, |card| instruction_rows(card, right.width));
        let least = PANEL_ROWS - u16::from(needed + 1 + PANEL_ROWS > right.height);
        let height = right
            .height
            .saturating_sub(text + u16::from(text > 0))
            .max(least.min(right.height));
        panel::draw(canvas, top_rows(right, height), self.step);
        if let Some(card) = card.filter(|_| text > 0) {
            draw_how(canvas, from_row(right, right.y + height + 1), card);
        }
    }

    /// Draws the panel above, and the figure or how the exercise is done below; returns false, and
    /// draws nothing, where the panel should have all of the room.
    fn draw_tall(&self, canvas: &mut Canvas<'_>, body: Rect) -> bool {
        let body = top_rows(body, body.height.saturating_sub(2));
        let is_work = self.step.is_work;
        let card = self.step.card.as_ref().filter(|_| !is_work);
        let text = card.map_or(0, |card| instruction_rows(card, body.width));
        let height = if is_work {
            (body.height / 2).min(12)
        } else {
            PANEL_ROWS
        };
        let upper = top_rows(body, height);
        let middle = Rect {
            y: upper.bottom() + 1,
            height: body.height.saturating_sub(height + 1 + text),
            ..body
        };
        if self.draw_column(canvas, middle) {
            panel::draw(canvas, upper, self.step);
            if let Some(card) = card.filter(|_| text > 0) {
                let lower = top_rows(from_row(body, middle.bottom()), text);
                draw_how(canvas, lower, card);
            }
            return true;
        }
        if is_work {
            return false;
        }
        let upper = top_rows(body, (body.height / 2).saturating_sub(1));
        panel::draw(canvas, upper, self.step);
        self.draw_words(canvas, from_row(body, body.y + body.height / 2));
        true
    }

    /// Draws the panel with a line above and one or two below: what a small screen has room for.
    fn draw_alone(&self, canvas: &mut Canvas<'_>, body: Rect) {
        let theme = canvas.theme;
        let step = self.step;
        canvas.text(body.x, body.y, &step.exercise, body.width, theme.strong());
        let below = u16::from(body.height >= 8);
        let middle = Rect {
            y: body.y + 1,
            height: body.height.saturating_sub(2 + below),
            ..body
        };
        panel::draw(canvas, middle, step);
        let (row, sets) = (middle.bottom(), self.set_line());
        canvas.text(body.x, row, &sets, body.width, theme.text());
        if let Some(next) = step.next.as_ref().filter(|_| below > 0) {
            canvas.text(body.x, row + 1, next, body.width, theme.quiet());
        }
    }

    /// Returns set and repetition.
    fn set_words(&self) -> String {
        let sets = format!("{}  {}", self.step.set, self.step.marks);
        match &self.step.rep {
            Some(rep) => format!("{sets}   {rep}"),
            None => sets,
        }
    }

    /// Returns set, repetition and load.
    fn set_line(&self) -> String {
        match &self.step.load {
            Some(load) => format!("{}   {load}", self.set_words()),
            None => self.set_words(),
        }
    }

    /// Draws what stands beside the panel where no figure has room: during the work short cues,
    /// otherwise how the exercise is done.
    fn draw_words(&self, canvas: &mut Canvas<'_>, area: Rect) {
        let theme = canvas.theme;
        let step = self.step;
        let Some(card) = &step.card else { return };
        if step.is_next {
            let row = canvas.paragraph(area, area.y, "Next", theme.quiet());
            draw_card(canvas, from_row(area, row), card);
            return;
        }
        if !step.is_work {
            let row = draw_card(canvas, area, card) + 1;
            if row < area.bottom() {
                canvas.text(area.x, row, &self.set_line(), area.width, theme.text());
            }
            return;
        }
        let mut row = canvas.paragraph(area, area.y, &step.exercise, theme.accent());
        row = canvas.paragraph(area, row, &step.dose, theme.quiet());
        row = canvas.paragraph(area, row, &self.set_line(), theme.text()) + 1;
        for cue in &card.cues {
            row = canvas.paragraph(area, row, cue, theme.strong());
        }
        // Work that moves leaves time to read; a hold does not.
        if !step.is_hold {
            row += 1;
            for (index, instruction) in card.instructions.iter().enumerate() {
                let number = format!("{}  ", index + 1);
                row = canvas.item(area, row, &number, instruction, theme.quiet());
            }
        }
    }

    /// Returns what stands above the figure.
    fn head(&self, theme: Theme, wanted: Head, room: u16) -> Vec<(String, Style)> {
        let name = self.step.card.as_ref().map_or("", |card| &card.name);
        let mut head = Vec::new();
        if self.step.is_next {
            head.push((format!("Next: {name}"), theme.accent()));
        } else {
            head.push((name.to_owned(), theme.accent()));
            match wanted {
                // The load is part of the dose.
                Head::Full => {
                    head.push((self.step.dose.clone(), theme.quiet()));
                    head.push((self.set_words(), theme.text()));
                }
                Head::Set => head.push((self.set_line(), theme.text())),
                Head::Name => {}
            }
        }
        let wrapped = |(text, style): (String, Style)| {
            let lines = wrap(&text, room).into_iter();
            lines.map(move |line| (line, style))
        };
        head.into_iter().flat_map(wrapped).collect()
    }

    /// Draws the figure with its words, in the same place in every step; returns false, and draws
    /// nothing, where the figure has no room beside the words, which come first.
    fn draw_column(&self, canvas: &mut Canvas<'_>, area: Rect) -> bool {
        let (Some(illustration), Some(card)) = (&self.illustration, &self.step.card) else {
            return false;
        };
        let listed = card.cues.iter().flat_map(|cue| wrap(cue, area.width));
        let listed: Vec<String> = listed.collect();
        let joined = wrap(&card.cues.join(" · "), area.width);
        let ways = [
            (Head::Full, listed.as_slice()),
            (Head::Full, joined.as_slice()),
            (Head::Set, listed.as_slice()),
            (Head::Set, joined.as_slice()),
            (Head::Name, &[]),
        ];
        // In the work no word is left out; outside it the instructions say more than the cues.
        let most = if self.step.is_work { 4 } else { 5 };
        ways.into_iter().take(most).any(|(head, cues)| {
            let head = self.head(canvas.theme, head, area.width);
            draw_figure_column(canvas, area, illustration, &head, (cues, &card.cues))
        })
    }
}

/// Draws a figure below its head, with its cues below or, where it stands, beside it; returns false,
/// and draws nothing, where it has no room.
fn draw_figure_column(
    canvas: &mut Canvas<'_>,
    area: Rect,
    illustration: &Illustration,
    head: &[(String, Style)],
    (cues, all_cues): (&[String], &[String]),
) -> bool {
    let theme = canvas.theme;
    let caption = illustration::caption(illustration, theme, area.width);
    let top = area.y.saturating_add(rows(head.len()));
    let taken = rows(head.len()).saturating_add(rows(caption.len()));
    let room = area.height.saturating_sub(taken);
    // One that stands leaves room for the cues beside it.
    let beside = Rect {
        y: top,
        height: room,
        width: area.width.saturating_sub(TEXT_BESIDE + 2),
        ..area
    };
    let below = Rect {
        y: top,
        height: room.saturating_sub(rows(cues.len())),
        ..area
    };
    let height = |place| illustration::fitted(illustration, place).map_or(0, |it| it.height);
    let stands = height(beside) > height(below) + 1;
    let place = if stands { beside } else { below };
    if illustration::fitted(illustration, place).is_none() {
        return false;
    }
    for (row, (line, style)) in (area.y..).zip(head) {
        canvas.text(area.x, row, line, area.width, *style);
    }
    let Some(drawn) = illustration::draw(canvas, illustration, place) else {
        return false;
    };
    let mut row = drawn.bottom();
    for (line, style) in &caption {
        canvas.centred(area, row, line, *style);
        row += 1;
    }
    if stands {
        let text = Rect {
            x: beside.right() + 2,
            width: TEXT_BESIDE,
            ..beside
        };
        let mut row = text.y + 1;
        for cue in all_cues {
            row = canvas.paragraph(text, row, cue, theme.strong()) + 1;
        }
    } else {
        let gap = u16::from(row + rows(cues.len()) < area.bottom());
        for (row, cue) in (row + gap..area.bottom()).zip(cues) {
            canvas.text(area.x, row, cue, area.width, theme.strong());
        }
    }
    true
}
