//! What lies over a screen drawn: help, stop signs, choices. Computes nothing.

use ratatui::layout::Rect;

use super::paint::{Paint, width};
use super::Hit;
use crate::app::keymap::{self, Context};
use crate::app::{App, Menu, Screen};
use crate::events::Key;
use crate::program::Program;

/// All keys of a place.
pub(super) fn help(paint: &mut Paint<'_>, area: Rect, context: Context) {
    let theme = paint.theme;
    paint.text(area.x, area.y, "Keys", area.width, theme.strong());
    let bindings: Vec<_> =
        keymap::BINDINGS.iter().filter(|binding| binding.contexts.contains(&context) && !binding.long.is_empty()).collect();
    let label_room = bindings.iter().map(|binding| width(binding.label)).max().unwrap_or(0) + 2;
    let rows = area.height.saturating_sub(2).max(1);
    // More keys than rows stand in two columns.
    let columns: u16 = if bindings.len() > usize::from(rows) { 2 } else { 1 };
    let column_width = area.width / columns;
    for (index, binding) in bindings.iter().enumerate() {
        let Ok(index) = u16::try_from(index) else { break };
        let (column, row) = (index / rows, index % rows);
        if column >= columns {
            break;
        }
        let x = area.x + column * column_width;
        let y = area.y + 2.min(area.height - rows) + row;
        paint.text(x, y, binding.label, label_room, theme.strong());
        paint.text(x + label_room, y, binding.long, column_width.saturating_sub(label_room + 1), theme.text());
    }
}

fn program_of(app: &App) -> Option<&Program> {
    if let Some(session) = &app.session {
        return Some(&session.program);
    }
    let Screen::Program(page) = &app.screen else { return None };
    app.programs.get(page.index)?.program().map(AsRef::as_ref)
}

/// When to stop and whom to call.
pub(super) fn stop_signs(paint: &mut Paint<'_>, area: Rect, app: &App) {
    let theme = paint.theme;
    let Some(program) = program_of(app) else { return };
    let mut row = paint.paragraph(area, area.y, "Stop and call if:", theme.warning());
    for sign in &program.stop_if {
        row = paint.item(area, row, "· ", sign, theme.text());
    }
    if program.stop_if.is_empty() {
        row = paint.paragraph(area, row, "Your therapist has named no stop signs in this program.", theme.text());
    }
    for band in program.pain.bands.iter().filter(|band| band.stop) {
        let advice = band.advice.clone().unwrap_or_default();
        row = paint.item(area, row, "· ", &format!("Pain in the band \"{}\": {advice}", band.label), theme.text());
    }
    let exercise = app.session.as_ref().and_then(|session| session.exercise());
    if let Some(exercise) = exercise.filter(|exercise| !exercise.stop_if.is_empty()) {
        row = paint.paragraph(area, row + 1, &format!("In {}:", exercise.name), theme.warning());
        for sign in &exercise.stop_if {
            row = paint.item(area, row, "· ", sign, theme.text());
        }
    }
    if let Some(contact) = program.contact() {
        row = paint.paragraph(area, row + 1, &contact, theme.strong());
    }
    if !program.precautions.is_empty() && row + 2 < area.bottom() {
        row = paint.paragraph(area, row + 1, "Mind:", theme.strong());
        for precaution in &program.precautions {
            row = paint.item(area, row, "· ", precaution, theme.text());
        }
    }
}

/// A question with lines to choose from.
pub(super) fn menu(paint: &mut Paint<'_>, area: Rect, menu: &Menu) {
    let theme = paint.theme;
    let gap = u16::from(area.height >= 13);
    let mut row = paint.paragraph(area, area.y + gap, &menu.title, theme.strong());
    for text in &menu.text {
        row = paint.paragraph(area, row + gap, text, theme.text());
    }
    row += gap;
    if let Some(wide) = menu.wide {
        let (set, exercise) = if wide { (theme.quiet(), theme.marked()) } else { (theme.marked(), theme.quiet()) };
        let mut column = paint.text(area.x, row, " this set ", 12, set) + 2;
        paint.hits.push(Hit { area: Rect { x: area.x, y: row, width: 10, height: 1 }, key: Key::Left });
        let start = column;
        column = paint.text(column, row, " the rest of the exercise ", 30, exercise);
        paint.hits.push(Hit { area: Rect { x: start, y: row, width: column - start, height: 1 }, key: Key::Right });
        paint.text(column + 2, row, "← →", 5, theme.quiet());
        row += 1 + gap;
    }
    for (index, line) in menu.lines.iter().enumerate() {
        if row >= area.bottom() {
            break;
        }
        let marked = index == menu.marked;
        let text = format!(" {}  {line} ", index + 1);
        paint.text(area.x, row, &text, area.width, if marked { theme.marked() } else { theme.text() });
        if let Some(digit) = u32::try_from(index + 1).ok().and_then(|number| char::from_digit(number, 10)) {
            paint.hits.push(Hit { area: Rect { y: row, height: 1, ..area }, key: Key::Char(digit) });
        }
        row += 1 + u16::from(area.height >= 20);
    }
}
