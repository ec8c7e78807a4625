//! The page of one program drawn, and that of a file with mistakes.

use ratatui::layout::Rect;

use super::canvas::Canvas;
use super::illustration::{self, Illustration};
use super::rect::{first_that_fits, from_column, from_row, left_columns, rows, top_rows};
use crate::app::page::{ExerciseCard, ExerciseRow, InvalidPage, ProgramPage, Section};
use crate::text::{width, wrap};

/// The most rows of the selected exercise's figure.
const MOST_ROWS: u16 = 18;

pub(super) fn draw(canvas: &mut Canvas<'_>, area: Rect, page: &ProgramPage) {
    let theme = canvas.theme;
    canvas.text(area.x, area.y, &page.title, area.width, theme.strong());
    if let Some(contact) = &page.contact
        && width(contact) + width(&page.title) + 3 < area.width
    {
        canvas.right(area, area.y, contact, theme.quiet());
    }
    let mut row = canvas.paragraph(area, area.y + 1, &page.schedule, theme.quiet());
    let roomy = area.height >= 18;
    if let Some(summary) = page.summary.as_ref().filter(|_| roomy) {
        row = canvas.paragraph(area, row, summary, theme.text());
    }
    row += u16::from(area.height >= 14);
    let rest = from_row(area, row);
    let illustration = illustration::of(canvas, &page.illustration);
    if area.width >= 90 && roomy {
        let left = left_columns(rest, area.width * 58 / 100);
        draw_left(canvas, left, page);
        let mut right = from_column(rest, left.right() + 3);
        if let Some(illustration) = &illustration {
            // The figure has the upper part, as far as it leaves room to read.
            let room = top_rows(right, (right.height * 3 / 5).min(MOST_ROWS));
            right = from_row(
                right,
                right.y + draw_illustration(canvas, room, illustration),
            );
        }
        if let Some(card) = &page.card {
            draw_card(canvas, right, card);
        }
    } else {
        let free = draw_left(canvas, rest, page);
        // What the list leaves free shows the selected exercise.
        if let Some(illustration) = &illustration {
            draw_illustration(canvas, free, illustration);
        }
    }
}

/// Draws the exercises with the safety texts below; returns what is free between them.
fn draw_left(canvas: &mut Canvas<'_>, area: Rect, page: &ProgramPage) -> Rect {
    let height = safety_height(&page.safety, area.width).min(area.height / 3);
    let list = top_rows(area, area.height - height);
    let row = draw_list(canvas, list, &page.exercises, page.selected);
    draw_safety(canvas, from_row(area, list.bottom()), &page.safety);
    from_row(list, row + 1)
}

/// Draws what shows an exercise with its caption; returns the rows it took, with a free one below.
fn draw_illustration(canvas: &mut Canvas<'_>, room: Rect, illustration: &Illustration) -> u16 {
    let caption = illustration::caption(illustration, canvas.theme, room.width);
    let height = rows(caption.len());
    let above = top_rows(room, room.height.saturating_sub(height));
    let Some(drawn) = illustration::draw(canvas, illustration, above) else {
        return 0;
    };
    for (row, (line, style)) in (drawn.bottom()..).zip(&caption) {
        canvas.centred(room, row, line, *style);
    }
    drawn.height + height + 1
}

fn safety_height(sections: &[Section], room: u16) -> u16 {
    let lines = |text: &String| wrap(text, room.saturating_sub(2)).len();
    let height = |section: &Section| {
        let heading = if section.heading.is_empty() { 0 } else { 2 };
        heading + section.texts.iter().map(lines).sum::<usize>()
    };
    rows(sections.iter().map(height).sum())
}

fn draw_safety(canvas: &mut Canvas<'_>, area: Rect, sections: &[Section]) {
    let theme = canvas.theme;
    let mut row = area.y;
    for (number, section) in sections.iter().enumerate() {
        if row >= area.bottom() {
            break;
        }
        if !section.heading.is_empty() {
            row += u16::from(area.height > 3);
            row = canvas.paragraph(area, row, &section.heading, theme.warning());
        }
        for (index, text) in section.texts.iter().enumerate() {
            // A text without room in full is not begun; the last line says that there is more.
            let height = rows(wrap(text, area.width.saturating_sub(2)).len());
            let more = index + 1 < section.texts.len() || number + 1 < sections.len();
            if row + height + u16::from(more) > area.bottom() {
                let last = row.min(area.bottom() - 1);
                let words = "… press ! for all of them";
                canvas.text(area.x, last, words, area.width, theme.strong());
                return;
            }
            row = canvas.item(area, row, "· ", text, theme.text());
        }
    }
}

/// How the list of exercises is set: the wrapped doses, and whether they stand beside the names.
struct ListLayout {
    doses: Vec<Vec<String>>,
    /// The columns of the names; `None` where the doses stand below them.
    name_room: Option<u16>,
}

impl ListLayout {
    /// Sets the doses beside the names where that takes no more rows, else below them.
    fn new(exercises: &[ExerciseRow], room: u16) -> Self {
        let names = exercises.iter().map(|line| width(&line.name)).max();
        let name_room = names.unwrap_or(0).min(room * 2 / 5);
        let beside_room = room.saturating_sub(name_room + 14);
        let doses = |room: u16| -> Vec<Vec<String>> {
            let dose = |line: &ExerciseRow| wrap(&line.dose, room);
            exercises.iter().map(dose).collect()
        };
        let beside = Self {
            doses: doses(beside_room),
            name_room: Some(name_room),
        };
        let below = Self {
            doses: doses(room.saturating_sub(4)),
            name_room: None,
        };
        let all_fit = exercises.iter().all(|line| width(&line.name) <= name_room);
        if beside_room >= 22 && all_fit && beside.rows() <= below.rows() {
            beside
        } else {
            below
        }
    }

    fn height(&self, dose: &[String]) -> usize {
        dose.len() + usize::from(self.name_room.is_none())
    }

    fn rows(&self) -> usize {
        self.doses.iter().map(|dose| self.height(dose)).sum()
    }

    /// Returns the first exercise to show so that the selected one is seen whole.
    fn first(&self, selected: usize, height: u16) -> usize {
        let heights = self.doses.iter().map(|dose| self.height(dose));
        first_that_fits(heights, selected, height.into())
    }
}

/// Draws the exercises with their doses; returns the row below them. A dose is never cut off.
fn draw_list(
    canvas: &mut Canvas<'_>,
    area: Rect,
    exercises: &[ExerciseRow],
    selected: usize,
) -> u16 {
    let layout = ListLayout::new(exercises, area.width);
    // What does not fit is said in a line at the foot.
    let cut = layout.rows() > usize::from(area.height) && area.height > 2;
    let list = top_rows(area, area.height - u16::from(cut));
    let first = layout.first(selected, list.height);
    let (mut row, mut shown) = (area.y, first);
    let lines = exercises.iter().zip(&layout.doses).enumerate().skip(first);
    for (index, (line, dose)) in lines {
        // One that can't be shown whole is not begun, unless there is nothing else to show.
        let room = usize::from(list.bottom().saturating_sub(row));
        if room == 0 || (index > first && room < layout.height(dose)) {
            break;
        }
        shown = index;
        let number = (index + 1, index == selected);
        row = draw_exercise(canvas, from_row(list, row), line, dose, number, &layout);
    }
    let more: Vec<String> = [
        (first, "above"),
        ((exercises.len() - 1).saturating_sub(shown), "below"),
    ]
    .iter()
    .filter(|(count, _)| *count > 0)
    .map(|(count, side)| format!("{count} more {side}"))
    .collect();
    if cut && !more.is_empty() {
        let words = format!("↕ {}", more.join(" · "));
        let style = canvas.theme.quiet();
        canvas.text(area.x + 4, list.bottom(), &words, area.width - 4, style);
    }
    row.min(list.bottom())
}

fn draw_exercise(
    canvas: &mut Canvas<'_>,
    area: Rect,
    line: &ExerciseRow,
    dose: &[String],
    (number, selected): (usize, bool),
    layout: &ListLayout,
) -> u16 {
    let theme = canvas.theme;
    let mut row = area.y;
    let (name_style, number_style) = if selected {
        (theme.accent(), theme.accent())
    } else {
        (theme.text(), theme.quiet())
    };
    canvas.text(area.x, row, &format!("{number:>2}  "), 4, number_style);
    let name = layout.name_room.unwrap_or(area.width.saturating_sub(12));
    canvas.text(area.x + 4, row, &line.name, name, name_style);
    let minutes = format!("{} min", line.minutes);
    canvas.right(area, row, &minutes, theme.quiet());
    let (at, style) = match layout.name_room {
        Some(name_room) => (area.x + 6 + name_room, theme.text()),
        None => (area.x + 4, theme.quiet()),
    };
    row += u16::from(layout.name_room.is_none());
    for part in dose {
        if row < area.bottom() {
            canvas.text(at, row, part, area.right().saturating_sub(at), style);
        }
        row += 1;
    }
    row
}

/// Draws how an exercise is done below its name; returns the row below.
pub(super) fn draw_card(canvas: &mut Canvas<'_>, area: Rect, card: &ExerciseCard) -> u16 {
    let row = canvas.paragraph(area, area.y, &card.name, canvas.theme.accent());
    draw_how(canvas, from_row(area, row), card)
}

/// Returns the rows that the instructions of an exercise take.
pub(super) fn instruction_rows(card: &ExerciseCard, room: u16) -> u16 {
    let height = |text: &String| wrap(text, room.saturating_sub(3)).len();
    rows(card.instructions.iter().map(height).sum())
}

/// Returns the rows that instructions and notes take.
pub(super) fn how_rows(card: &ExerciseCard, room: u16) -> u16 {
    let notes: usize = card.notes.iter().map(|note| wrap(note, room).len()).sum();
    let gap = u16::from(notes > 0);
    instruction_rows(card, room)
        .saturating_add(rows(notes))
        .saturating_add(gap)
}

/// Draws instructions and notes; returns the row below. A note that can't be shown whole is not
/// shown.
pub(super) fn draw_how(canvas: &mut Canvas<'_>, area: Rect, card: &ExerciseCard) -> u16 {
    let theme = canvas.theme;
    let mut row = area.y;
    for (index, instruction) in card.instructions.iter().enumerate() {
        let number = format!("{}  ", index + 1);
        row = canvas.item(area, row, &number, instruction, theme.text());
    }
    row += 1;
    for note in &card.notes {
        let height = rows(wrap(note, area.width).len());
        if row.saturating_add(height) > area.bottom() {
            break;
        }
        row = canvas.paragraph(area, row, note, theme.quiet());
    }
    row
}

/// Draws a file that can't be played: all of its mistakes.
pub(super) fn invalid(canvas: &mut Canvas<'_>, area: Rect, page: &InvalidPage) {
    let theme = canvas.theme;
    canvas.text(area.x, area.y, &page.title, area.width, theme.strong());
    let row = canvas.paragraph(area, area.y + 1, page.hint, theme.quiet());
    let below = from_row(area, row + 1);
    let lines = page.lines.iter().skip(usize::from(page.scroll));
    for (row, line) in (below.top()..below.bottom()).zip(lines) {
        canvas.text(below.x, row, line, below.width, theme.text());
    }
}
