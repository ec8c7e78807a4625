//! The page of one program drawn, and that of a program with mistakes. Computes nothing.

use ratatui::layout::Rect;

use super::paint::{Paint, width};
use crate::app::App;
use crate::app::program::{ExerciseLine, Page, exercise_lines, schedule_words};
use crate::program::{Exercise, Program, muscles};

pub(super) fn draw(paint: &mut Paint<'_>, area: Rect, app: &App, page: &Page) {
    let theme = paint.theme;
    let Some(playable) = app.programs.get(page.index).and_then(|listed| listed.content().as_ref().ok()) else { return };
    let program = &playable.program;
    let Some(phase) = program.phase(page.phase) else { return };
    paint.text(area.x, area.y, &program.title, area.width, theme.strong());
    if let Some(contact) = program.contact()
        && width(&contact) + width(&program.title) + 3 < area.width
    {
        paint.right(area, area.y, &contact, theme.quiet());
    }
    let length = playable.lengths.get(page.phase).copied().unwrap_or_default();
    let mut row = paint.paragraph(area, area.y + 1, &schedule_words(program, page.phase, length), theme.quiet());
    let roomy = area.height >= 18;
    if roomy && let Some(summary) = &program.summary {
        row = paint.paragraph(area, row, summary, theme.text());
    }
    row += u16::from(area.height >= 14);
    let lines = exercise_lines(phase);
    let safety = safety_lines(program, page.first_time);
    let rest = Rect { y: row, height: area.bottom().saturating_sub(row), ..area };
    if area.width >= 90 && roomy {
        let left = Rect { width: area.width * 58 / 100, ..rest };
        let right = Rect { x: left.right() + 3, width: area.right().saturating_sub(left.right() + 3), ..rest };
        let safety_height = safety_height(&safety, left.width).min(rest.height / 3);
        let list = Rect { height: rest.height - safety_height, ..left };
        draw_list(paint, list, &lines, page.marked);
        draw_safety(paint, Rect { y: list.bottom(), height: safety_height, ..left }, &safety);
        if let Some(exercise) = phase.exercises.get(page.marked) {
            draw_exercise(paint, right, exercise);
        }
    } else {
        let safety_height = safety_height(&safety, rest.width).min(rest.height / 3);
        let list = Rect { height: rest.height - safety_height, ..rest };
        draw_list(paint, list, &lines, page.marked);
        draw_safety(paint, Rect { y: list.bottom(), height: safety_height, ..rest }, &safety);
    }
}

/// Stop signs first, then precautions; each with its heading.
fn safety_lines(program: &Program, first_time: bool) -> Vec<(&'static str, Vec<&str>)> {
    let mut sections = Vec::new();
    if !program.stop_if.is_empty() {
        sections.push(("Stop and call if:", program.stop_if.iter().map(String::as_str).collect()));
    }
    if !program.precautions.is_empty() && (first_time || sections.is_empty()) {
        sections.push(("Mind:", program.precautions.iter().map(String::as_str).collect()));
    }
    sections
}

fn safety_height(sections: &[(&str, Vec<&str>)], room: u16) -> u16 {
    let lines = |text: &&str| super::paint::wrap(text, room.saturating_sub(2)).len();
    let height: usize = sections.iter().map(|(_, texts)| 2 + texts.iter().map(lines).sum::<usize>()).sum();
    u16::try_from(height).unwrap_or(u16::MAX)
}

fn draw_safety(paint: &mut Paint<'_>, area: Rect, sections: &[(&str, Vec<&str>)]) {
    let theme = paint.theme;
    let mut row = area.y + u16::from(area.height > 3);
    for (heading, texts) in sections {
        if row >= area.bottom() {
            break;
        }
        row = paint.paragraph(area, row, heading, theme.warning());
        for (index, text) in texts.iter().enumerate() {
            // What has no room in full is not begun; the last line says that there is more.
            let height =
                u16::try_from(super::paint::wrap(text, area.width.saturating_sub(2)).len()).unwrap_or(u16::MAX);
            let more = index + 1 < texts.len() || heading != &sections.last().map_or("", |(last, _)| *last);
            if row + height + u16::from(more) > area.bottom() {
                paint.text(area.x, row.min(area.bottom() - 1), "… press ! for all of them", area.width, theme.strong());
                return;
            }
            row = paint.item(area, row, "· ", text, theme.text());
        }
        row += 1;
    }
}

fn draw_list(paint: &mut Paint<'_>, area: Rect, lines: &[ExerciseLine], marked: usize) {
    let theme = paint.theme;
    let name_room = lines.iter().map(|line| width(&line.name)).max().unwrap_or(0).min(area.width * 2 / 5);
    let dose_room = area.width.saturating_sub(name_room + 14);
    let fits = lines.iter().all(|line| width(&line.dose) <= dose_room && width(&line.name) <= name_room);
    let room_for_two = usize::from(area.height) >= 2 * lines.len();
    let wide = area.width >= 56 && (fits || !room_for_two);
    let each: u16 = if wide { 1 } else { 2 };
    let room = usize::from((area.height / each).max(1));
    let first = (marked + 1).saturating_sub(room);
    let mut row = area.y;
    for (index, line) in lines.iter().enumerate().skip(first) {
        if row >= area.bottom() {
            break;
        }
        let style = if index == marked { theme.accent() } else { theme.text() };
        let number = format!("{:>2}  ", index + 1);
        paint.text(area.x, row, &number, 4, if index == marked { theme.accent() } else { theme.quiet() });
        let minutes = format!("{} min", line.minutes);
        if wide {
            paint.text(area.x + 4, row, &line.name, name_room, style);
            let at = area.x + 4 + name_room + 2;
            paint.text(at, row, &line.dose, area.right().saturating_sub(at + 8), theme.text());
            paint.right(area, row, &minutes, theme.quiet());
        } else {
            paint.text(area.x + 4, row, &line.name, area.width.saturating_sub(12), style);
            paint.right(area, row, &minutes, theme.quiet());
            if row + 1 < area.bottom() {
                paint.text(area.x + 4, row + 1, &line.dose, area.width.saturating_sub(4), theme.quiet());
            }
        }
        row += each;
    }
}

/// How an exercise is done, and what it works on.
pub(super) fn draw_exercise(paint: &mut Paint<'_>, area: Rect, exercise: &Exercise) -> u16 {
    let theme = paint.theme;
    let mut row = paint.paragraph(area, area.y, &exercise.name, theme.accent());
    for (index, instruction) in exercise.instructions().iter().enumerate() {
        row = paint.item(area, row, &format!("{}  ", index + 1), instruction, theme.text());
    }
    let list = |names: &[String]| names.iter().map(|name| muscles::name(name)).collect::<Vec<_>>().join(", ");
    let mut notes = Vec::new();
    if !exercise.muscles().strengthens.is_empty() {
        notes.push(format!("Strengthens: {}", list(&exercise.muscles().strengthens)));
    }
    if !exercise.muscles().stretches.is_empty() {
        notes.push(format!("Stretches: {}", list(&exercise.muscles().stretches)));
    }
    if !exercise.equipment().is_empty() {
        notes.push(format!("You need: {}", exercise.equipment().join(", ")));
    }
    notes.extend(exercise.mistakes().iter().map(|mistake| format!("Avoid: {mistake}")));
    notes.extend(exercise.easier.iter().map(|easier| format!("Easier: {easier}")));
    notes.extend(exercise.harder.iter().map(|harder| format!("Harder: {harder}")));
    notes.extend(exercise.stop_if.iter().map(|stop| format!("Stop if: {stop}")));
    notes.extend(exercise.video.iter().map(|video| format!("Video: {video}")));
    row += u16::from(!notes.is_empty());
    for note in notes {
        row = paint.paragraph(area, row, &note, theme.quiet());
    }
    row
}

/// A program that cannot be played: all of its mistakes.
pub(super) fn problem(paint: &mut Paint<'_>, area: Rect, app: &App, index: usize, report: &[String], scroll: u16) {
    let theme = paint.theme;
    let Some(listed) = app.programs.get(index) else { return };
    paint.text(area.x, area.y, &format!("{} cannot be played", listed.file), area.width, theme.strong());
    let row = paint.paragraph(
        area,
        area.y + 1,
        "The file has mistakes. Send this page to your therapist, or mend the file.",
        theme.quiet(),
    );
    let below = Rect { y: row + 1, height: area.bottom().saturating_sub(row + 1), ..area };
    for (row, line) in (below.top()..below.bottom()).zip(report.iter().skip(usize::from(scroll))) {
        paint.text(below.x, row, line, below.width, theme.text());
    }
}
