//! The first page drawn. Computes nothing.

use ratatui::layout::Rect;

use super::Hit;
use super::canvas::{Canvas, width};
use crate::app::App;
use crate::app::today::{DayMark, TodayRow};
use crate::events::{Key, Moment};

pub(super) fn draw(canvas: &mut Canvas<'_>, area: Rect, app: &App, now: &Moment) {
    let theme = canvas.theme;
    let today = now.day();
    let roomy = area.height >= 14;
    let date = today.strftime("%A %-d %B").to_string();
    let column = canvas.text(area.x, area.y, "Today", area.width, theme.strong());
    let date = if app.hands_free {
        format!("{date} · hands-free")
    } else {
        date
    };
    canvas.text(
        column,
        area.y,
        &format!(" · {date}"),
        area.width,
        theme.quiet(),
    );
    if let Some(words) = app.week_words(today)
        && area.width > width(&words) + width(&date) + 12
    {
        canvas.right(area, area.y, &words, theme.text());
    }
    let mut foot = Vec::new();
    if let Some(words) = app.sign_words() {
        foot.push((format!("┃ ■ STOP SIGN. {words}"), theme.warning()));
        foot.push((
            "┃ ! whom to call, or say that it was cleared up".to_owned(),
            theme.text(),
        ));
    }
    if let Some(words) = app.unfinished_words() {
        foot.push((format!("┃ {words}"), theme.warning()));
        foot.push((
            "┃ Enter resumes it · x gives it up".to_owned(),
            theme.text(),
        ));
    }
    if let Some(words) = app.welcome_words(today) {
        foot.push((format!("┃ {words}"), theme.text()));
    }
    if let Some(words) = app.offer_words(today) {
        foot.push((format!("┃ {words}"), theme.accent()));
        foot.push((
            "┃ Enter asks you before the session · n tells more".to_owned(),
            theme.text(),
        ));
    }
    let samples = if app.samples {
        vec![
            format!(
                "These are samples, not prescriptions. Put your therapist's file into {}",
                app.paths.programs
            ),
            "or run: regimen add FILE".to_owned(),
        ]
    } else {
        Vec::new()
    };
    let strip = area.height >= 12 && !app.histories.is_empty();
    let mut below = u16::try_from(foot.len()).unwrap_or(0) + u16::from(!foot.is_empty());
    below += if strip { 2 } else { 0 };
    let sample_lines: Vec<String> = samples
        .iter()
        .flat_map(|line| super::canvas::wrap(line, area.width))
        .collect();
    if roomy {
        below += u16::try_from(sample_lines.len()).unwrap_or(0) + 1;
    }
    let list_top = area.y + if roomy { 2 } else { 1 };
    let room = area.bottom().saturating_sub(list_top + below).max(1);
    let list = Rect {
        y: list_top,
        height: room,
        ..area
    };
    let rows = app.rows(today);
    let mut row = draw_list(canvas, list, app, &rows);
    if app.programs.is_empty() {
        let words = format!(
            "There are no programs in {}. Run: regimen add FILE",
            app.paths.programs
        );
        row = canvas.paragraph(list, list.y, &words, theme.text());
    }
    row = if roomy { row + 1 } else { row };
    if strip && row + 1 < area.bottom() {
        draw_strip(canvas, area, row, app, now);
        row += 2;
    }
    for (line, style) in foot {
        row = canvas.paragraph(area, row, &line, style);
    }
    if roomy {
        let top = area
            .bottom()
            .saturating_sub(u16::try_from(sample_lines.len()).unwrap_or(0));
        for (line, text) in (top.max(row)..area.bottom()).zip(&sample_lines) {
            canvas.text(area.x, line, text, area.width, theme.quiet());
        }
    }
}

/// The list, scrolled so that the marked line can be seen; gives the row below it.
fn draw_list(canvas: &mut Canvas<'_>, area: Rect, app: &App, rows: &[TodayRow]) -> u16 {
    let theme = canvas.theme;
    // Where there is no room for the detail beside the title it stands below it.
    let wide = area.width >= 76;
    let each: usize = if wide { 1 } else { 2 };
    let room = usize::from(area.height) / each;
    let first = (app.marked + 1).saturating_sub(room.max(1));
    let title_room = rows
        .iter()
        .map(|row| width(&row.title))
        .max()
        .unwrap_or(0)
        .min(area.width * 2 / 5)
        .max(12);
    let mut y = area.y;
    for (index, row) in rows.iter().enumerate().skip(first).take(room.max(1)) {
        let marked = index == app.marked;
        let style = if marked { theme.accent() } else { theme.text() };
        canvas.text(area.x, y, if marked { "▸" } else { " " }, 1, style);
        let due_style = match (row.is_broken, row.is_due, row.is_done) {
            (true, ..) => theme.warning(),
            (_, true, _) => theme.strong(),
            (_, _, true) => theme.text(),
            _ => theme.quiet(),
        };
        let due = if row.is_unfinished {
            "unfinished"
        } else {
            &row.due
        };
        if wide {
            canvas.text(area.x + 2, y, &row.title, title_room, style);
            let at = area.x + 2 + title_room + 2;
            canvas.text(at, y, due, 12, due_style);
            canvas.text(
                at + 13,
                y,
                &row.detail,
                area.right().saturating_sub(at + 13),
                theme.quiet(),
            );
        } else {
            let due_width = width(due);
            canvas.text(
                area.x + 2,
                y,
                &row.title,
                area.width.saturating_sub(due_width + 4),
                style,
            );
            canvas.right(area, y, due, due_style);
            if y + 1 < area.bottom() {
                canvas.text(
                    area.x + 2,
                    y + 1,
                    &row.detail,
                    area.width - 2,
                    theme.quiet(),
                );
            }
        }
        let height = u16::try_from(each).unwrap_or(1);
        if marked {
            canvas.hits.push(Hit {
                area: Rect { y, height, ..area },
                key: Key::Enter,
            });
        } else {
            // A click on another line moves one step towards it.
            let key = if index < app.marked {
                Key::Up
            } else {
                Key::Down
            };
            canvas.hits.push(Hit {
                area: Rect { y, height, ..area },
                key,
            });
        }
        y += height;
    }
    y
}

fn draw_strip(canvas: &mut Canvas<'_>, area: Rect, y: u16, app: &App, now: &Moment) {
    let theme = canvas.theme;
    let today = now.day();
    let mut column = area.x;
    for (name, mark) in app.week_strip(today) {
        let (symbol, style) = match mark {
            DayMark::Done => ("●", theme.accent()),
            DayMark::Begun => ("◐", theme.text()),
            DayMark::Nothing => ("○", theme.quiet()),
            DayMark::ToCome => ("·", theme.quiet()),
        };
        let short = if area.width >= 60 {
            name
        } else {
            name.get(..2).unwrap_or(name)
        };
        column = canvas.text(column, y, short, 4, theme.quiet()) + 1;
        column = canvas.text(column, y, symbol, 1, style) + 1;
    }
    if let Some((bars, words)) = app.pain_words(today) {
        let label = "Pain, last 14 days  ";
        let needed = width(label) + width(&bars) + 2 + width(&words);
        if column + needed < area.right() {
            let mut at = area.right() - needed;
            at = canvas.text(at, y, label, u16::MAX, theme.quiet());
            at = canvas.text(at, y, &bars, u16::MAX, theme.accent());
            canvas.text(at + 2, y, &words, u16::MAX, theme.text());
        }
    }
}
