//! The page of one program drawn, and that of a program with mistakes. Computes nothing.

use ratatui::layout::Rect;

use super::canvas::{Canvas, width, wrap};
use super::illustration::{self, Illustration};
use crate::app::App;
use crate::app::program::{ExerciseLine, ProgramScreen, exercise_lines, schedule_words};
use crate::app::safety::{self, Section};
use crate::events::Moment;
use crate::prescription;
use crate::program::Exercise;

/// The figure of the marked exercise is no higher.
const MOST_ROWS: u16 = 18;

pub(super) fn draw(
    canvas: &mut Canvas<'_>,
    area: Rect,
    app: &App,
    page: &ProgramScreen,
    now: &Moment,
) {
    let theme = canvas.theme;
    let Some(loaded) = app
        .programs
        .get(page.index)
        .and_then(|entry| entry.content().as_ref().ok())
    else {
        return;
    };
    let program = &loaded.program;
    let Some(phase) = program.phase(page.phase) else {
        return;
    };
    canvas.text(area.x, area.y, &program.title, area.width, theme.strong());
    if let Some(contact) = program.contact()
        && width(&contact) + width(&program.title) + 3 < area.width
    {
        canvas.right(area, area.y, &contact, theme.quiet());
    }
    let planned = app.planned(program, page.phase);
    let length = loaded.length_after(
        page.phase,
        &prescription::steps(program, page.phase, &app.choices),
    );
    let mut row = canvas.paragraph(
        area,
        area.y + 1,
        &schedule_words(program, page.phase, length),
        theme.quiet(),
    );
    let roomy = area.height >= 18;
    if roomy && let Some(summary) = &program.summary {
        row = canvas.paragraph(area, row, summary, theme.text());
    }
    row += u16::from(area.height >= 14);
    let lines = exercise_lines(&planned);
    let safety = safety::of_program(program, page.first_time);
    let rest = Rect {
        y: row,
        height: area.bottom().saturating_sub(row),
        ..area
    };
    if area.width >= 90 && roomy {
        let left = Rect {
            width: area.width * 58 / 100,
            ..rest
        };
        let right = Rect {
            x: left.right() + 3,
            width: area.right().saturating_sub(left.right() + 3),
            ..rest
        };
        let safety_height = safety_height(&safety, left.width).min(rest.height / 3);
        let list = Rect {
            height: rest.height - safety_height,
            ..left
        };
        draw_list(canvas, list, &lines, page.marked);
        draw_safety(
            canvas,
            Rect {
                y: list.bottom(),
                height: safety_height,
                ..left
            },
            &safety,
        );
        if let Some(exercise) = phase.exercises.get(page.marked) {
            let figure = illustration::illustration(canvas, app, now);
            let mut text = right;
            if let Some(illustration) = &figure {
                // The figure has the upper part, as far as it leaves room to read.
                let room = Rect {
                    height: (right.height * 3 / 5).min(MOST_ROWS),
                    ..right
                };
                let taken = draw_sight(canvas, room, illustration);
                text = Rect {
                    y: right.y + taken,
                    height: right.height.saturating_sub(taken),
                    ..right
                };
            }
            draw_exercise(canvas, text, exercise);
        }
    } else {
        let safety_height = safety_height(&safety, rest.width).min(rest.height / 3);
        let list = Rect {
            height: rest.height - safety_height,
            ..rest
        };
        let row = draw_list(canvas, list, &lines, page.marked);
        draw_safety(
            canvas,
            Rect {
                y: list.bottom(),
                height: safety_height,
                ..rest
            },
            &safety,
        );
        // What the list leaves free shows the marked exercise.
        let free = Rect {
            y: row + 1,
            height: list.bottom().saturating_sub(row + 1),
            ..list
        };
        if let Some(illustration) = illustration::illustration(canvas, app, now) {
            draw_sight(canvas, free, &illustration);
        }
    }
}

/// What shows an exercise with its line below; gives the rows it took, the free one behind it among
/// them.
fn draw_sight(canvas: &mut Canvas<'_>, room: Rect, illustration: &Illustration) -> u16 {
    let caption = illustration::caption(illustration, canvas.theme, room.width);
    let rows = u16::try_from(caption.len()).unwrap_or(0);
    let above = Rect {
        height: room.height.saturating_sub(rows),
        ..room
    };
    let Some(drawn) = illustration::draw(canvas, illustration, above) else {
        return 0;
    };
    for (row, (line, style)) in (drawn.bottom()..).zip(&caption) {
        canvas.centred(room, row, line, *style);
    }
    drawn.height + rows + 1
}

fn safety_height(sections: &[Section], room: u16) -> u16 {
    let lines = |text: &String| wrap(text, room.saturating_sub(2)).len();
    let height = |section: &Section| {
        let heading = if section.heading.is_empty() { 0 } else { 2 };
        heading + section.texts.iter().map(lines).sum::<usize>()
    };
    u16::try_from(sections.iter().map(height).sum::<usize>()).unwrap_or(u16::MAX)
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
            // What has no room in full is not begun; the last line says that there is more.
            let height =
                u16::try_from(wrap(text, area.width.saturating_sub(2)).len()).unwrap_or(u16::MAX);
            let more = index + 1 < section.texts.len() || number + 1 < sections.len();
            if row + height + u16::from(more) > area.bottom() {
                canvas.text(
                    area.x,
                    row.min(area.bottom() - 1),
                    "… press ! for all of them",
                    area.width,
                    theme.strong(),
                );
                return;
            }
            row = canvas.item(area, row, "· ", text, theme.text());
        }
    }
}

/// The exercises with their doses. A dose is never cut off: it takes as many rows as it needs,
/// beside the name where that is the shorter way, else below it.
fn draw_list(canvas: &mut Canvas<'_>, area: Rect, lines: &[ExerciseLine], marked: usize) -> u16 {
    let theme = canvas.theme;
    let name_room = lines
        .iter()
        .map(|line| width(&line.name))
        .max()
        .unwrap_or(0)
        .min(area.width * 2 / 5);
    let beside_room = area.width.saturating_sub(name_room + 14);
    let doses = |room: u16| {
        lines
            .iter()
            .map(|line| wrap(&line.dose, room))
            .collect::<Vec<_>>()
    };
    let (beside, below) = (doses(beside_room), doses(area.width.saturating_sub(4)));
    let rows = |doses: &[Vec<String>], above: usize| {
        doses.iter().map(|dose| dose.len() + above).sum::<usize>()
    };
    let wide = beside_room >= 22
        && lines.iter().all(|line| width(&line.name) <= name_room)
        && rows(&beside, 0) <= rows(&below, 1);
    let (doses, above) = if wide { (beside, 0) } else { (below, 1) };
    // What does not fit is said in a line at the foot.
    let cut = rows(&doses, above) > usize::from(area.height) && area.height > 2;
    let list = Rect {
        height: area.height - u16::from(cut),
        ..area
    };
    // As far down as the marked one needs, to be seen whole.
    let mut room = usize::from(list.height);
    let fitting = doses.iter().take(marked + 1).rev().take_while(|dose| {
        let rows = dose.len() + above;
        let fits = rows <= room;
        room = room.saturating_sub(rows);
        fits
    });
    let first = (marked + 1).saturating_sub(fitting.count().max(1));
    let (mut row, mut shown) = (area.y, first);
    for (index, (line, dose)) in lines.iter().zip(&doses).enumerate().skip(first) {
        // One that cannot be shown whole is not begun, unless there is nothing else to show.
        if row >= list.bottom()
            || (index > first && usize::from(list.bottom() - row) < dose.len() + above)
        {
            break;
        }
        shown = index;
        let style = if index == marked {
            theme.accent()
        } else {
            theme.text()
        };
        let number = format!("{:>2}  ", index + 1);
        canvas.text(
            area.x,
            row,
            &number,
            4,
            if index == marked {
                theme.accent()
            } else {
                theme.quiet()
            },
        );
        let name = if wide {
            name_room
        } else {
            area.width.saturating_sub(12)
        };
        canvas.text(area.x + 4, row, &line.name, name, style);
        canvas.right(area, row, &format!("{} min", line.minutes), theme.quiet());
        let (at, style) = if wide {
            (area.x + 6 + name_room, theme.text())
        } else {
            (area.x + 4, theme.quiet())
        };
        row += u16::from(!wide);
        for part in dose {
            if row < list.bottom() {
                canvas.text(at, row, part, area.right().saturating_sub(at), style);
            }
            row += 1;
        }
    }
    let sides = [
        (first, "above"),
        ((lines.len() - 1).saturating_sub(shown), "below"),
    ];
    let more: Vec<String> = sides
        .iter()
        .filter(|(count, _)| *count > 0)
        .map(|(count, side)| format!("{count} more {side}"))
        .collect();
    if cut && !more.is_empty() {
        canvas.text(
            area.x + 4,
            list.bottom(),
            &format!("↕ {}", more.join(" · ")),
            area.width - 4,
            theme.quiet(),
        );
    }
    row.min(list.bottom())
}

/// How an exercise is done, and what it works on, below its name.
pub(super) fn draw_exercise(canvas: &mut Canvas<'_>, area: Rect, exercise: &Exercise) -> u16 {
    let row = canvas.paragraph(area, area.y, &exercise.name, canvas.theme.accent());
    draw_how(
        canvas,
        Rect {
            y: row,
            height: area.bottom().saturating_sub(row),
            ..area
        },
        exercise,
    )
}

/// The rows that the instructions of an exercise take.
pub(super) fn instruction_rows(exercise: &Exercise, room: u16) -> u16 {
    let rows = exercise
        .instructions()
        .iter()
        .map(|text| wrap(text, room.saturating_sub(3)).len());
    u16::try_from(rows.sum::<usize>()).unwrap_or(u16::MAX)
}

/// The rows that everything told of an exercise takes, its name left out.
pub(super) fn how_rows(exercise: &Exercise, room: u16) -> u16 {
    let notes: usize = safety::notes(exercise)
        .iter()
        .map(|note| wrap(note, room).len())
        .sum();
    let gap = u16::from(notes > 0);
    instruction_rows(exercise, room)
        .saturating_add(u16::try_from(notes).unwrap_or(u16::MAX))
        .saturating_add(gap)
}

/// How an exercise is done, and what it works on. Of a note that cannot be shown whole nothing is
/// shown.
pub(super) fn draw_how(canvas: &mut Canvas<'_>, area: Rect, exercise: &Exercise) -> u16 {
    let theme = canvas.theme;
    let mut row = area.y;
    for (index, instruction) in exercise.instructions().iter().enumerate() {
        row = canvas.item(
            area,
            row,
            &format!("{}  ", index + 1),
            instruction,
            theme.text(),
        );
    }
    row += 1;
    for note in safety::notes(exercise) {
        let rows = u16::try_from(wrap(&note, area.width).len()).unwrap_or(u16::MAX);
        if row.saturating_add(rows) > area.bottom() {
            break;
        }
        row = canvas.paragraph(area, row, &note, theme.quiet());
    }
    row
}

/// A program that cannot be played: all of its mistakes.
pub(super) fn problem(
    canvas: &mut Canvas<'_>,
    area: Rect,
    app: &App,
    index: usize,
    report: &[String],
    scroll: u16,
) {
    let theme = canvas.theme;
    let Some(entry) = app.programs.get(index) else {
        return;
    };
    canvas.text(
        area.x,
        area.y,
        &format!("{} cannot be played", entry.file),
        area.width,
        theme.strong(),
    );
    let row = canvas.paragraph(
        area,
        area.y + 1,
        "The file has mistakes. Send this page to your therapist, or mend the file.",
        theme.quiet(),
    );
    let below = Rect {
        y: row + 1,
        height: area.bottom().saturating_sub(row + 1),
        ..area
    };
    for (row, line) in (below.top()..below.bottom()).zip(report.iter().skip(usize::from(scroll))) {
        canvas.text(below.x, row, line, below.width, theme.text());
    }
}
