//! A session drawn: what to do now and how long, readable across a room. Computes nothing.

use ratatui::layout::Rect;
use ratatui::style::Style;

use super::easel::{self, Sight};
use super::letters;
use super::paint::{Paint, clock, width, wrap};
use super::program::draw_exercise;
use super::theme::Tone;
use crate::app::App;
use crate::app::playing::{Session, headline, next_words, side_word};
use crate::events::Moment;
use crate::program::{MeasureKind, Side, words};
use crate::timeline::{Slot, Step, Task};

/// Beside a figure that stands text has at least so many columns.
const TEXT_BESIDE: u16 = 14;
/// The panel has at least so many rows and columns beside a figure.
const PANEL_ROWS: u16 = 7;
const PANEL_COLUMNS: u16 = 18;
/// In the last seconds of a step the panel beats.
const BEAT: u64 = 3;

pub(super) fn draw(paint: &mut Paint<'_>, area: Rect, app: &App, now: &Moment) {
    let Some(session) = &app.session else { return };
    let player = &session.player;
    let theme = paint.theme;
    header(paint, area, app, session, now);
    let (Some(step), Some(slot)) = (player.step(), player.slot()) else { return };
    paint.bar(area, area.y + 1, player.behind(now.instant), player.timeline().length());
    let roomy = area.height >= 16;
    let top = area.y + if roomy { 3 } else { 2 };
    let body = Rect { y: top, height: area.bottom().saturating_sub(top), ..area };
    let next = next_words(session).map(|next| format!("next: {next}")).unwrap_or_default();
    let shown = easel::sight(paint, app, now);
    let at_work = step.task.is_work() || matches!(step.task, Task::Release(_));
    if area.width >= 72 && roomy {
        let body = Rect { height: body.height.saturating_sub(2), ..body };
        let share = if shown.is_some() { 9 } else { 8 };
        let left = Rect { width: area.width * share / 20, ..body };
        let right = Rect { x: left.right() + 2, width: area.right().saturating_sub(left.right() + 2), ..body };
        let mut panel_area = right;
        match &shown {
            Some(shown) if at_work => beside_figure(paint, left, session, step, slot, shown),
            Some(shown) => {
                panel_area = figure_with_panel(paint, right, shown);
                beside(paint, left, session, step, slot);
            }
            None => beside(paint, left, session, step, slot),
        }
        panel(paint, panel_area, session, step, slot, now);
        paint.text(area.x, area.bottom().saturating_sub(1), &next, area.width, theme.text());
    } else if area.height >= 22 && !(at_work && shown.is_none()) {
        // Tall and narrow: how the exercise is done stands below the figures.
        let half = body.height / 2;
        let upper = Rect { height: half.saturating_sub(1), ..body };
        let lower = Rect { y: body.y + half, height: body.height.saturating_sub(half + 2), ..body };
        panel(paint, upper, session, step, slot, now);
        match &shown {
            Some(shown) if at_work => beside_figure(paint, lower, session, step, slot, shown),
            _ => beside(paint, lower, session, step, slot),
        }
        paint.text(area.x, area.bottom().saturating_sub(1), &next, area.width, theme.text());
    } else {
        let exercise = session.exercise().map_or("", |exercise| exercise.name.as_str());
        paint.text(body.x, body.y, exercise, body.width, theme.strong());
        let below = u16::from(body.height >= 8);
        let middle = Rect { y: body.y + 1, height: body.height.saturating_sub(2 + below), ..body };
        panel(paint, middle, session, step, slot, now);
        paint.text(body.x, middle.bottom(), &sets_line(session, step, slot), body.width, theme.text());
        if below > 0 {
            paint.text(body.x, middle.bottom() + 1, &next, body.width, theme.quiet());
        }
    }
}

fn header(paint: &mut Paint<'_>, area: Rect, app: &App, session: &Session, now: &Moment) {
    let theme = paint.theme;
    let player = &session.player;
    let exercises = player.timeline().exercises.len();
    let at = player.step().map_or(exercises, |step| step.exercise + 1);
    let left = words::minutes(player.ahead(now.instant));
    let sound = match (app.muted, app.soundless) {
        (true, _) => "♪ off",
        (_, true) => "♪ bell",
        _ => "♪ on",
    };
    let sound = if app.hands_free { format!("hands-free   {sound}") } else { sound.to_owned() };
    let sound = match app.pace {
        Some(pace) => format!("preview, {pace} x   {sound}"),
        None => sound,
    };
    let long = format!(
        "exercise {at} of {exercises} · {} so far, about {left} min left   {sound}",
        clock(player.played(now.instant))
    );
    let short = format!("{at} of {exercises} · {left} min left {sound}");
    let words = if width(&long) + 20 <= area.width { long } else { short };
    let title_room = area.width.saturating_sub(width(&words) + 2);
    paint.text(area.x, area.y, &session.program.title, title_room, theme.quiet());
    paint.right(area, area.y, &words, theme.text());
}

/// Set and repetition: "set 2 of 3 ●●○   rep 4 of 10". A set is a full dot only once it is on record.
fn sets_line(session: &Session, step: &Step, slot: &Slot) -> String {
    let mut words = Vec::new();
    let of_side: Vec<&Slot> = session
        .player
        .timeline()
        .slots_of(slot.exercise)
        .map(|(_, other)| other)
        .filter(|other| other.dose.side == slot.dose.side)
        .collect();
    if of_side.len() > 1 {
        let dots: String = of_side.iter().map(|other| if session.is_behind(other) { '●' } else { '○' }).collect();
        words.push(format!("set {} of {}  {dots}", slot.dose.number, slot.of));
    } else {
        words.push(if session.is_behind(slot) { "1 set  ●".to_owned() } else { "1 set  ○".to_owned() });
    }
    match step.task {
        Task::Hold(Some(rep)) | Task::Tempo { rep, .. } | Task::Release(rep) => {
            words.push(format!("rep {} of {}", rep.number, rep.of));
        }
        _ => {}
    }
    words.extend(slot.dose.load.clone());
    words.join("   ")
}

/// What stands beside the panel: during the work short cues, otherwise how the exercise is done.
fn beside(paint: &mut Paint<'_>, area: Rect, session: &Session, step: &Step, slot: &Slot) {
    let theme = paint.theme;
    let Some(exercise) = session.exercise() else { return };
    if step.task == Task::RestAfter {
        // The exercise is behind; the rest belongs to the one to come.
        if let Some(next) = session.next_exercise(session.player.position()) {
            let row = paint.paragraph(area, area.y, "Next", theme.quiet());
            draw_exercise(paint, Rect { y: row, height: area.bottom().saturating_sub(row), ..area }, next);
        }
        return;
    }
    if !step.task.is_work() && !matches!(step.task, Task::Release(_)) {
        let row = draw_exercise(paint, area, exercise);
        if row + 1 < area.bottom() {
            paint.text(area.x, row + 1, &sets_line(session, step, slot), area.width, theme.text());
        }
        return;
    }
    let mut row = paint.paragraph(area, area.y, &exercise.name, theme.accent());
    row = paint.paragraph(area, row, &words::set(&slot.dose), theme.quiet());
    row = paint.paragraph(area, row, &sets_line(session, step, slot), theme.text()) + 1;
    for cue in exercise.cues() {
        row = paint.paragraph(area, row, cue, theme.strong());
    }
    let Task::Hold(_) = step.task else {
        // Work that moves leaves time to read; a hold does not.
        row += 1;
        for (index, instruction) in exercise.instructions().iter().enumerate() {
            row = paint.item(area, row, &format!("{}  ", index + 1), instruction, theme.quiet());
        }
        return;
    };
}

/// The figure during the work, with the short cues around it; where it has no room, the text alone.
fn beside_figure(paint: &mut Paint<'_>, area: Rect, session: &Session, step: &Step, slot: &Slot, shown: &Sight) {
    let theme = paint.theme;
    let Some(exercise) = session.exercise() else { return };
    let cues: Vec<String> = exercise.cues().iter().flat_map(|cue| wrap(cue, area.width)).collect();
    let name = wrap(&exercise.name, area.width);
    let above = u16::try_from(name.len()).unwrap_or(1) + 1;
    let tall = area.width >= 2 * TEXT_BESIDE;
    let room = |below: usize| {
        let below = u16::try_from(below).unwrap_or(0);
        Rect { y: area.y + above, height: area.height.saturating_sub(above + below), ..area }
    };
    // All cues below it, or as many as leave room for it.
    let fitting = (0..=cues.len()).rev().find(|below| easel::fitted(shown, room(*below)).is_some());
    let Some(below) = fitting else { return beside(paint, area, session, step, slot) };
    let row = paint.paragraph(area, area.y, &exercise.name, theme.accent());
    paint.text(area.x, row, &sets_line(session, step, slot), area.width, theme.text());
    let whole = easel::fitted(shown, room(0)).unwrap_or_default();
    if tall && whole.width + TEXT_BESIDE + 2 <= area.width {
        // One that stands leaves room beside it.
        let left = Rect { width: whole.width.max(area.width - TEXT_BESIDE - 2 - 4), ..room(0) };
        easel::draw(paint, shown, left);
        let text = Rect { x: left.right() + 2, width: area.right() - left.right() - 2, ..left };
        let mut row = text.y + 1;
        for cue in exercise.cues() {
            row = paint.paragraph(text, row, cue, theme.strong()) + 1;
        }
        return;
    }
    let room = room(below);
    easel::draw(paint, shown, room);
    for (row, cue) in (room.bottom()..area.bottom()).zip(&cues) {
        paint.text(area.x, row, cue, area.width, theme.strong());
    }
}

/// The figure outside the work: below the panel where it lies, beside it where it stands; gives the room that is left to the panel.
fn figure_with_panel(paint: &mut Paint<'_>, area: Rect, shown: &Sight) -> Rect {
    let below = Rect { y: area.y + PANEL_ROWS + 1, height: area.height.saturating_sub(PANEL_ROWS + 1), ..area };
    if easel::fitted(shown, below).is_some() {
        easel::draw(paint, shown, below);
        let taken = easel::fitted(shown, below).map_or(0, |drawn| drawn.height);
        return Rect { height: area.height - taken - 1, ..area };
    }
    let right = Rect { x: area.x + PANEL_COLUMNS + 2, width: area.width.saturating_sub(PANEL_COLUMNS + 2), ..area };
    match easel::fitted(shown, right) {
        Some(drawn) => {
            let beside = Rect { x: area.right() - drawn.width, width: drawn.width, ..right };
            easel::draw(paint, shown, beside);
            Rect { width: beside.x - area.x - 2, ..area }
        }
        None => area,
    }
}

fn tone(session: &Session, step: &Step) -> Tone {
    if session.player.is_paused() && !session.count_wanted {
        return Tone::Paused;
    }
    match step.task {
        Task::GetReady => Tone::GetReady,
        Task::Release(_) => Tone::Release,
        Task::SwitchSide => Tone::SwitchSide,
        Task::Rest | Task::RestAfter => Tone::Rest,
        _ => Tone::Work,
    }
}

/// The figure that matters most now, and what stands below it.
fn figure(session: &Session, step: &Step, now: &Moment) -> (String, String) {
    let player = &session.player;
    let since = session.step_since.wall.strftime("%H:%M");
    if session.count_wanted {
        return (
            session.typed.map_or("?".to_owned(), |typed| typed.to_string()),
            "type how many it were, then Enter".to_owned(),
        );
    }
    let typed = |prescribed: String, below: String| match session.typed {
        Some(typed) => (typed.to_string(), "done by your count · Enter keeps it".to_owned()),
        None => (prescribed, below),
    };
    match step.task {
        Task::Reps(count) => {
            let other = step
                .also
                .and_then(|also| session.player.timeline().slots.get(also))
                .and_then(|slot| slot.prescribed().reps);
            let side = session.player.slot().map_or(Side::Both, |slot| slot.dose.side);
            let whose = match other {
                None => "reps".to_owned(),
                Some(other) if other == count => "reps on each side".to_owned(),
                Some(other) => format!("reps {}, {other} {}", side.word(), side.other().word()),
            };
            typed(count.to_string(), format!("{whose}, at your own pace · since {since} · Enter when done"))
        }
        Task::Measure(MeasureKind::Reps) => {
            typed("?".to_owned(), "as many as you can, counted aloud · Enter when done".to_owned())
        }
        Task::Measure(MeasureKind::Hold) => {
            (shown_seconds(player.spent(now.instant).as_secs()), "as long as you can · Enter when done".to_owned())
        }
        _ => {
            let left = player.left(now.instant).unwrap_or_default();
            let seconds = left.as_secs() + u64::from(left.subsec_nanos() > 0);
            (shown_seconds(seconds), String::new())
        }
    }
}

fn shown_seconds(seconds: u64) -> String {
    if seconds < 60 { seconds.to_string() } else { clock(std::time::Duration::from_secs(seconds)) }
}

fn panel(paint: &mut Paint<'_>, area: Rect, session: &Session, step: &Step, slot: &Slot, now: &Moment) {
    let tone = tone(session, step);
    let (figure, below) = figure(session, step, now);
    let left = session.player.left(now.instant).filter(|_| tone != Tone::Paused);
    let beat = left
        .is_some_and(|left| left.as_secs() + u64::from(left.subsec_nanos() > 0) <= BEAT && left.as_secs() % 2 == 0)
        && session.player.length().is_some_and(|length| length.as_secs() > BEAT);
    let style = if beat { paint.theme.inverted(tone) } else { paint.theme.panel(tone) };
    paint.fill(area, style);
    let side = side_word(step, slot);
    let headline = if tone == Tone::Paused { "paused" } else { headline(step) };
    let title = if side.is_empty() { headline.to_owned() } else { format!("{headline} {side}") };
    let below = if tone == Tone::Paused { "Space goes on".to_owned() } else { below };
    let below_rows = u16::from(!below.is_empty())
        * u16::try_from(wrap(&below, area.width.saturating_sub(2)).len().min(2)).unwrap_or(1);
    let title_rows = draw_title(paint, area, &title, style);
    let room = Rect { y: area.y + title_rows, height: area.height.saturating_sub(title_rows + below_rows), ..area };
    draw_figure(paint, room, &figure, style);
    for (row, line) in (room.bottom()..area.bottom()).zip(wrap(&below, area.width.saturating_sub(2))) {
        paint.centred(area, row, &line, style);
    }
}

/// The phase in words, as large as a fifth of the panel allows; gives the rows it took.
fn draw_title(paint: &mut Paint<'_>, area: Rect, title: &str, style: Style) -> u16 {
    let upper = title.to_uppercase();
    let fitting =
        |words: &str| letters::fitting(words, area.width.saturating_sub(4), area.height / 4).map(|scale| scale.min(4));
    // "Get ready left" has its short form where the long one has no room.
    let upper = if fitting(&upper).is_none() { upper.trim_start_matches("GET ").to_owned() } else { upper };
    match fitting(&upper) {
        Some(scale) if area.height >= 12 => {
            let (columns, rows) = letters::size(&upper, scale);
            let at = Rect { x: area.x + (area.width - columns) / 2, y: area.y + 1, width: columns, height: rows };
            letters::draw(paint.buffer, at, &upper, scale, style);
            rows + 2
        }
        _ => {
            let spaced: String = upper.chars().flat_map(|letter| [letter, ' ']).collect();
            let spaced = spaced.trim_end();
            let words = if width(spaced) <= area.width { spaced } else { &upper };
            paint.centred(area, area.y, words, style.add_modifier(ratatui::style::Modifier::BOLD));
            1
        }
    }
}

fn draw_figure(paint: &mut Paint<'_>, area: Rect, figure: &str, style: Style) {
    // The figure is as large whatever it says, so that it does not jump from second to second.
    let widest = if figure.contains(':') { "00:00" } else { "000" };
    let widest = if figure.chars().count() < widest.chars().count() { widest } else { figure };
    let widest = if area.width < 40 && figure.chars().count() <= 2 { "00" } else { widest };
    match letters::fitting(widest, area.width.saturating_sub(2), area.height) {
        Some(scale) => {
            let (columns, rows) = letters::size(figure, scale);
            let x = area.x + area.width.saturating_sub(columns) / 2;
            let y = area.y + area.height.saturating_sub(rows) / 2;
            letters::draw(paint.buffer, Rect { x, y, width: columns, height: rows }, figure, scale, style);
        }
        None => paint.centred(area, area.y + area.height / 2, figure, style),
    }
}
