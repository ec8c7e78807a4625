//! A session drawn: what to do now and how long, readable across a room. Computes nothing.

use ratatui::layout::Rect;
use ratatui::style::Style;

use super::big_text;
use super::canvas::{Canvas, clock, width, wrap};
use super::illustration::{self, Illustration};
use super::program::{draw_exercise, draw_how, how_rows, instruction_rows};
use super::theme::{PanelRole, Theme};
use crate::app::App;
use crate::app::playing::{Session, headline, next_words, side_word};
use crate::events::Moment;
use crate::program::{Exercise, Side, TestKind, words};
use crate::timeline::{PlannedSet, Step, StepKind};

/// Beside a figure that stands text has so many columns.
const TEXT_BESIDE: u16 = 15;
/// The panel has at least so many rows.
const PANEL_ROWS: u16 = 7;
/// In the last seconds of a step the panel beats.
const BEAT: u64 = 3;

pub(super) fn draw(canvas: &mut Canvas<'_>, area: Rect, app: &App, now: &Moment) {
    let Some(session) = &app.session else { return };
    let player = &session.player;
    let theme = canvas.theme;
    header(canvas, area, app, session, now);
    let (Some(step), Some(planned_set)) = (player.step(), player.planned_set()) else {
        return;
    };
    canvas.bar(
        area,
        area.y + 1,
        player.completed_estimate(now.instant),
        player.timeline().length(),
    );
    let roomy = area.height >= 16;
    let top = area.y + if roomy { 3 } else { 2 };
    let body = Rect {
        y: top,
        height: area.bottom().saturating_sub(top),
        ..area
    };
    let next = next_words(session)
        .map(|next| format!("next: {next}"))
        .unwrap_or_default();
    let illustration = illustration::illustration(canvas, app, now);
    let column = Column {
        session,
        step,
        planned_set,
    };
    let at_work = column.at_work();
    if area.width >= 72 && roomy {
        let body = Rect {
            height: body.height.saturating_sub(2),
            ..body
        };
        let halves = |share: u16| {
            let left = Rect {
                width: area.width * share / 20,
                ..body
            };
            (
                left,
                Rect {
                    x: left.right() + 2,
                    width: area.right().saturating_sub(left.right() + 2),
                    ..body
                },
            )
        };
        let (left, right) = halves(9);
        if illustration.is_some_and(|illustration| column.draw(canvas, left, &illustration)) {
            // The figure stays in its place; outside the work the panel leaves room for how the
            // exercise is done.
            let text = if at_work {
                0
            } else {
                column
                    .exercise()
                    .map_or(0, |exercise| how_rows(exercise, right.width))
            };
            // A row less for the panel is better than an instruction that is cut off.
            let needed = column
                .exercise()
                .map_or(0, |exercise| instruction_rows(exercise, right.width));
            let least = if needed + 1 + PANEL_ROWS > right.height {
                PANEL_ROWS - 1
            } else {
                PANEL_ROWS
            };
            let rows = right
                .height
                .saturating_sub(text + u16::from(text > 0))
                .max(least.min(right.height));
            panel(
                canvas,
                Rect {
                    height: rows,
                    ..right
                },
                session,
                step,
                planned_set,
                now,
            );
            let below = Rect {
                y: right.y + rows + 1,
                height: right.height.saturating_sub(rows + 1),
                ..right
            };
            if let Some(exercise) = column.exercise().filter(|_| text > 0) {
                draw_how(canvas, below, exercise);
            }
        } else {
            let (left, right) = halves(8);
            beside(canvas, left, session, step, planned_set);
            panel(canvas, right, session, step, planned_set, now);
        }
        canvas.text(
            area.x,
            area.bottom().saturating_sub(1),
            &next,
            area.width,
            theme.text(),
        );
    } else if area.height >= 22 {
        // Tall and narrow: the figure, or how the exercise is done, stands below the panel.
        let body = Rect {
            height: body.height.saturating_sub(2),
            ..body
        };
        let text = if at_work {
            0
        } else {
            column
                .exercise()
                .map_or(0, |exercise| instruction_rows(exercise, body.width))
        };
        let rows = if at_work {
            (body.height / 2).min(12)
        } else {
            PANEL_ROWS
        };
        let upper = Rect {
            height: rows,
            ..body
        };
        let middle = Rect {
            y: upper.bottom() + 1,
            height: body.height.saturating_sub(rows + 1 + text),
            ..body
        };
        if illustration.is_some_and(|illustration| column.draw(canvas, middle, &illustration)) {
            panel(canvas, upper, session, step, planned_set, now);
            let lower = Rect {
                y: middle.bottom(),
                height: text,
                ..body
            };
            if let Some(exercise) = column.exercise().filter(|_| text > 0) {
                draw_how(canvas, lower, exercise);
            }
        } else if at_work {
            alone(
                canvas,
                Rect {
                    height: body.height + 2,
                    ..body
                },
                session,
                (step, planned_set),
                &next,
                now,
            );
            return;
        } else {
            let upper = Rect {
                height: (body.height / 2).saturating_sub(1),
                ..body
            };
            panel(canvas, upper, session, step, planned_set, now);
            let lower = Rect {
                y: body.y + body.height / 2,
                height: body.height - body.height / 2,
                ..body
            };
            beside(canvas, lower, session, step, planned_set);
        }
        canvas.text(
            area.x,
            area.bottom().saturating_sub(1),
            &next,
            area.width,
            theme.text(),
        );
    } else {
        alone(canvas, body, session, (step, planned_set), &next, now);
    }
}

/// The panel with a line above and one or two below: what a small screen has room for.
fn alone(
    canvas: &mut Canvas<'_>,
    body: Rect,
    session: &Session,
    (step, planned_set): (&Step, &PlannedSet),
    next: &str,
    now: &Moment,
) {
    let theme = canvas.theme;
    let exercise = session
        .exercise()
        .map_or("", |exercise| exercise.name.as_str());
    canvas.text(body.x, body.y, exercise, body.width, theme.strong());
    let below = u16::from(body.height >= 8);
    let middle = Rect {
        y: body.y + 1,
        height: body.height.saturating_sub(2 + below),
        ..body
    };
    panel(canvas, middle, session, step, planned_set, now);
    canvas.text(
        body.x,
        middle.bottom(),
        &sets_line(session, step, planned_set),
        body.width,
        theme.text(),
    );
    if below > 0 {
        canvas.text(body.x, middle.bottom() + 1, next, body.width, theme.quiet());
    }
}

fn header(canvas: &mut Canvas<'_>, area: Rect, app: &App, session: &Session, now: &Moment) {
    let theme = canvas.theme;
    let player = &session.player;
    let exercises = player.timeline().exercises.len();
    let at = player.step().map_or(exercises, |step| step.exercise + 1);
    let left = words::minutes(player.remaining(now.instant));
    let sound = match (app.muted, app.soundless) {
        (true, _) => "♪ off",
        (_, true) => "♪ bell",
        _ => "♪ on",
    };
    let sound = if app.hands_free {
        format!("hands-free   {sound}")
    } else {
        sound.to_owned()
    };
    let sound = match app.pace {
        Some(pace) => format!("preview, {pace} x   {sound}"),
        None => sound,
    };
    let long = format!(
        "exercise {at} of {exercises} · {} so far, about {left} min left   {sound}",
        clock(player.active_time(now.instant))
    );
    let short = format!("{at} of {exercises} · {left} min left {sound}");
    let words = if width(&long) + 20 <= area.width {
        long
    } else {
        short
    };
    let title_room = area.width.saturating_sub(width(&words) + 2);
    canvas.text(
        area.x,
        area.y,
        &session.program.title,
        title_room,
        theme.quiet(),
    );
    canvas.right(area, area.y, &words, theme.text());
}

/// Set and repetition: "set 2 of 3 ●●○   rep 4 of 10". A set is a full dot only once it is on
/// record.
fn sets_line(session: &Session, step: &Step, planned_set: &PlannedSet) -> String {
    let mut words = sets_words(session, step, planned_set);
    words.extend(planned_set.dose.load.clone());
    words.join("   ")
}

fn sets_words(session: &Session, step: &Step, planned_set: &PlannedSet) -> Vec<String> {
    let mut words = Vec::new();
    let of_side: Vec<&PlannedSet> = session
        .player
        .timeline()
        .sets_of(planned_set.exercise)
        .map(|(_, other)| other)
        .filter(|other| other.dose.side == planned_set.dose.side)
        .collect();
    if of_side.len() > 1 {
        let dots: String = of_side.iter().map(|other| session.mark(other)).collect();
        words.push(format!(
            "set {} of {}  {dots}",
            planned_set.dose.number, planned_set.set_count
        ));
    } else {
        words.push(format!("1 set  {}", session.mark(planned_set)));
    }
    match step.kind {
        StepKind::Hold(Some(rep)) | StepKind::Tempo { rep, .. } | StepKind::Release(rep) => {
            words.push(format!("rep {} of {}", rep.number, rep.of));
        }
        _ => {}
    }
    words
}

/// What stands beside the panel: during the work short cues, otherwise how the exercise is done.
fn beside(
    canvas: &mut Canvas<'_>,
    area: Rect,
    session: &Session,
    step: &Step,
    planned_set: &PlannedSet,
) {
    let theme = canvas.theme;
    let Some(exercise) = session.exercise() else {
        return;
    };
    if step.kind == StepKind::RestAfterExercise {
        // The exercise is behind; the rest belongs to the one to come.
        if let Some(next) = session.next_exercise(session.player.position()) {
            let row = canvas.paragraph(area, area.y, "Next", theme.quiet());
            draw_exercise(
                canvas,
                Rect {
                    y: row,
                    height: area.bottom().saturating_sub(row),
                    ..area
                },
                next,
            );
        }
        return;
    }
    if !step.kind.is_work() && !matches!(step.kind, StepKind::Release(_)) {
        let row = draw_exercise(canvas, area, exercise);
        if row + 1 < area.bottom() {
            canvas.text(
                area.x,
                row + 1,
                &sets_line(session, step, planned_set),
                area.width,
                theme.text(),
            );
        }
        return;
    }
    let mut row = canvas.paragraph(area, area.y, &exercise.name, theme.accent());
    row = canvas.paragraph(area, row, &words::set(&planned_set.dose), theme.quiet());
    row = canvas.paragraph(
        area,
        row,
        &sets_line(session, step, planned_set),
        theme.text(),
    ) + 1;
    for cue in exercise.cues() {
        row = canvas.paragraph(area, row, cue, theme.strong());
    }
    let StepKind::Hold(_) = step.kind else {
        // Work that moves leaves time to read; a hold does not.
        row += 1;
        for (index, instruction) in exercise.instructions().iter().enumerate() {
            row = canvas.item(
                area,
                row,
                &format!("{}  ", index + 1),
                instruction,
                theme.quiet(),
            );
        }
        return;
    };
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

/// The figure with the words that belong to it, in the same place in every step.
struct Column<'s> {
    session: &'s Session,
    step: &'s Step,
    planned_set: &'s PlannedSet,
}

impl Column<'_> {
    /// The exercise that is shown: the one at hand, or after it the one to come.
    fn exercise(&self) -> Option<&Exercise> {
        self.session
            .figured(self.step)
            .map(|(exercise, _)| exercise)
    }

    fn at_work(&self) -> bool {
        self.step.kind.is_work() || matches!(self.step.kind, StepKind::Release(_))
    }

    /// What stands above the figure: its name, or that it is the next one; the dose, the set.
    fn head(&self, exercise: &Exercise, theme: Theme, wanted: Head) -> Vec<(String, Style)> {
        let sets = |words: String| (words, theme.text());
        if self.step.kind == StepKind::RestAfterExercise {
            return vec![(format!("Next: {}", exercise.name), theme.accent())];
        }
        let mut head = vec![(exercise.name.clone(), theme.accent())];
        match wanted {
            // The load is part of the dose.
            Head::Full => {
                head.push((words::set(&self.planned_set.dose), theme.quiet()));
                head.push(sets(
                    sets_words(self.session, self.step, self.planned_set).join("   "),
                ));
            }
            Head::Set => head.push(sets(sets_line(self.session, self.step, self.planned_set))),
            Head::Name => {}
        }
        head
    }

    /// Draws it; false, and nothing drawn, where the figure has no room beside the words, which
    /// come first.
    fn draw(&self, canvas: &mut Canvas<'_>, area: Rect, illustration: &Illustration) -> bool {
        let Some(exercise) = self.exercise() else {
            return false;
        };
        let theme = canvas.theme;
        let entry: Vec<String> = exercise
            .cues()
            .iter()
            .flat_map(|cue| wrap(cue, area.width))
            .collect();
        let joined = wrap(&exercise.cues().join(" · "), area.width);
        let caption = illustration::caption(illustration, theme, area.width);
        let none = Vec::new();
        let least = (Head::Name, &none);
        let ways = [
            (Head::Full, &entry),
            (Head::Full, &joined),
            (Head::Set, &entry),
            (Head::Set, &joined),
            least,
        ];
        // In the work no word is left out; outside it the instructions say more than the cues.
        for (wanted, cues) in ways.into_iter().take(if self.at_work() { 4 } else { 5 }) {
            let head: Vec<(String, Style)> = self
                .head(exercise, theme, wanted)
                .into_iter()
                .flat_map(|(text, style)| {
                    wrap(&text, area.width)
                        .into_iter()
                        .map(move |line| (line, style))
                })
                .collect();
            let rows = |lines: usize| u16::try_from(lines).unwrap_or(u16::MAX);
            let top = area.y.saturating_add(rows(head.len()));
            let room = area
                .height
                .saturating_sub(rows(head.len()).saturating_add(rows(caption.len())));
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
            let high = |fitted: Option<Rect>| fitted.map_or(0, |fitted| fitted.height);
            let stands = high(illustration::fitted(illustration, beside))
                > high(illustration::fitted(illustration, below)) + 1;
            let place = if stands { beside } else { below };
            if illustration::fitted(illustration, place).is_none() {
                continue;
            }
            for (row, (line, style)) in (area.y..).zip(&head) {
                canvas.text(area.x, row, line, area.width, *style);
            }
            let Some(drawn) = illustration::draw(canvas, illustration, place) else {
                continue;
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
                for cue in exercise.cues() {
                    row = canvas.paragraph(text, row, cue, theme.strong()) + 1;
                }
            } else {
                let gap = u16::from(row + rows(cues.len()) < area.bottom());
                for (row, cue) in (row + gap..area.bottom()).zip(cues) {
                    canvas.text(area.x, row, cue, area.width, theme.strong());
                }
            }
            return true;
        }
        false
    }
}

fn tone(session: &Session, step: &Step) -> PanelRole {
    if session.player.is_paused() && !session.count_wanted {
        return PanelRole::Paused;
    }
    match step.kind {
        StepKind::GetReady => PanelRole::GetReady,
        StepKind::Release(_) => PanelRole::Release,
        StepKind::SwitchSide => PanelRole::SwitchSide,
        StepKind::Rest | StepKind::RestAfterExercise => PanelRole::Rest,
        _ => PanelRole::Work,
    }
}

/// The figure that matters most now, and what stands below it.
fn figure(session: &Session, step: &Step, now: &Moment) -> (String, String) {
    let player = &session.player;
    let since = session.step_since.wall.strftime("%H:%M");
    if session.count_wanted {
        return (
            session
                .typed
                .map_or("?".to_owned(), |typed| typed.to_string()),
            "type how many you did, then Enter".to_owned(),
        );
    }
    let typed = |prescribed: String, below: String| match session.typed {
        Some(typed) => (
            typed.to_string(),
            "done by your count · Enter keeps it".to_owned(),
        ),
        None => (prescribed, below),
    };
    match step.kind {
        StepKind::SelfPacedReps(count) => {
            let other = step
                .also
                .and_then(|also| session.player.timeline().sets.get(also))
                .and_then(|planned_set| planned_set.prescribed().reps);
            let side = session
                .player
                .planned_set()
                .map_or(Side::Both, |planned_set| planned_set.dose.side);
            let whose = match other {
                None => "reps".to_owned(),
                Some(other) if other == count => "reps on each side".to_owned(),
                Some(other) => format!("reps {}, {other} {}", side.word(), side.other().word()),
            };
            typed(
                count.to_string(),
                format!("{whose}, at your own pace · since {since} · Enter when done"),
            )
        }
        StepKind::Test(TestKind::Reps) => typed(
            "?".to_owned(),
            "as many as you can, counted aloud · Enter when done".to_owned(),
        ),
        StepKind::Test(TestKind::Hold) => (
            shown_seconds(player.step_elapsed(now.instant).as_secs()),
            "as long as you can · Enter when done".to_owned(),
        ),
        _ => {
            let left = player.step_remaining(now.instant).unwrap_or_default();
            let seconds = left.as_secs() + u64::from(left.subsec_nanos() > 0);
            (shown_seconds(seconds), String::new())
        }
    }
}

fn shown_seconds(seconds: u64) -> String {
    if seconds < 60 {
        seconds.to_string()
    } else {
        clock(std::time::Duration::from_secs(seconds))
    }
}

fn panel(
    canvas: &mut Canvas<'_>,
    area: Rect,
    session: &Session,
    step: &Step,
    planned_set: &PlannedSet,
    now: &Moment,
) {
    let tone = tone(session, step);
    let (figure, below) = figure(session, step, now);
    let left = session
        .player
        .step_remaining(now.instant)
        .filter(|_| tone != PanelRole::Paused);
    let beat = left.is_some_and(|left| {
        left.as_secs() + u64::from(left.subsec_nanos() > 0) <= BEAT && left.as_secs() % 2 == 0
    }) && session
        .player
        .step_length()
        .is_some_and(|length| length.as_secs() > BEAT);
    let style = if beat {
        canvas.theme.inverted(tone)
    } else {
        canvas.theme.panel(tone)
    };
    canvas.fill(area, style);
    let side = side_word(step, planned_set);
    let headline = if tone == PanelRole::Paused {
        "paused"
    } else {
        headline(step)
    };
    let title = if side.is_empty() {
        headline.to_owned()
    } else {
        format!("{headline} {side}")
    };
    let below = if tone == PanelRole::Paused {
        "Space goes on".to_owned()
    } else {
        below
    };
    let below_rows = u16::from(!below.is_empty())
        * u16::try_from(wrap(&below, area.width.saturating_sub(2)).len().min(2)).unwrap_or(1);
    if area.height < HIGH_PANEL
        && below.is_empty()
        && draw_abreast(canvas, area, &title, &figure, style)
    {
        return;
    }
    let title_rows = draw_title(canvas, area, &title, style);
    let room = Rect {
        y: area.y + title_rows,
        height: area.height.saturating_sub(title_rows + below_rows),
        ..area
    };
    draw_figure(canvas, room, &figure, style);
    for (row, line) in
        (room.bottom()..area.bottom()).zip(wrap(&below, area.width.saturating_sub(2)))
    {
        canvas.centred(area, row, &line, style);
    }
}

/// A panel of so many rows has room for large words above the figures.
const HIGH_PANEL: u16 = 12;

/// The phase in large letters on one line, or with the side on a second one.
fn title_lines(title: &str) -> [Vec<String>; 4] {
    let upper = title.to_uppercase();
    // "Get ready left" has its short form where the long one has no room.
    let short = upper.trim_start_matches("GET ").to_owned();
    let split = |phase: &str, side: &str| vec![phase.to_owned(), side.to_owned()];
    let (two, first) = match short.rsplit_once(' ') {
        // "Switch side right" is still clear as "switch right".
        Some((phase, side)) => (
            split(phase, side),
            split(phase.split(' ').next().unwrap_or(phase), side),
        ),
        None => (vec![short.clone()], vec![short.clone()]),
    };
    [vec![upper], vec![short], two, first]
}

/// The words beside the figures, both large, in a panel that is low; false where that has no room.
fn draw_abreast(
    canvas: &mut Canvas<'_>,
    area: Rect,
    title: &str,
    figure: &str,
    style: Style,
) -> bool {
    let [_, short, two, first] = title_lines(title);
    let number = if figure.chars().count() <= 2 {
        "00"
    } else {
        figure
    };
    let Some(scale) = big_text::fitting(number, area.width / 2, area.height) else {
        return false;
    };
    let (digits, high) = big_text::size(number, scale);
    let room = area.width.saturating_sub(digits + 4);
    for lines in [short, two, first] {
        let count = u16::try_from(lines.len()).unwrap_or(1);
        let widest = lines
            .iter()
            .map(|line| big_text::size(line, 1).0)
            .max()
            .unwrap_or(0);
        let rows = count * big_text::size("A", 1).1;
        if widest > room || rows > area.height {
            continue;
        }
        let mut y = area.y + (area.height - rows) / 2;
        for line in lines {
            let (columns, rows) = big_text::size(&line, 1);
            let x = area.x + 1 + (room - columns) / 2;
            big_text::draw(
                canvas.buffer,
                Rect {
                    x,
                    y,
                    width: columns,
                    height: rows,
                },
                &line,
                1,
                style,
            );
            y += rows;
        }
        let (columns, _) = big_text::size(figure, scale);
        let x = area.right() - 1 - digits + (digits.saturating_sub(columns)) / 2;
        let at = Rect {
            x,
            y: area.y + (area.height - high) / 2,
            width: columns,
            height: high,
        };
        big_text::draw(canvas.buffer, at, figure, scale, style);
        return true;
    }
    false
}

/// The phase in words, as large as a fifth of the panel allows; gives the rows it took.
fn draw_title(canvas: &mut Canvas<'_>, area: Rect, title: &str, style: Style) -> u16 {
    let room = area.width.saturating_sub(4);
    for lines in title_lines(title)
        .into_iter()
        .filter(|_| area.height >= HIGH_PANEL)
    {
        let most = if lines.len() > 1 {
            area.height / 5
        } else {
            area.height / 4
        };
        let scales = lines
            .iter()
            .map(|line| big_text::fitting(line, room, most).map(|scale| scale.min(4)));
        let Some(scale) = scales
            .collect::<Option<Vec<_>>>()
            .and_then(|scales| scales.into_iter().min())
        else {
            continue;
        };
        let mut y = area.y + 1;
        for line in &lines {
            let (columns, rows) = big_text::size(line, scale);
            let at = Rect {
                x: area.x + (area.width - columns) / 2,
                y,
                width: columns,
                height: rows,
            };
            big_text::draw(canvas.buffer, at, line, scale, style);
            y += rows + 1;
        }
        return y - area.y;
    }
    let [upper, short, ..] = title_lines(title);
    let spaced = |lines: &[String]| {
        let spaced: String = lines
            .iter()
            .flat_map(|line| line.chars())
            .flat_map(|letter| [letter, ' '])
            .collect();
        spaced.trim_end().to_owned()
    };
    let words = [spaced(&upper), spaced(&short)]
        .into_iter()
        .find(|words| width(words) <= area.width);
    let words = words.unwrap_or_else(|| short.concat());
    canvas.centred(
        area,
        area.y,
        &words,
        style.add_modifier(ratatui::style::Modifier::BOLD),
    );
    1
}

fn draw_figure(canvas: &mut Canvas<'_>, area: Rect, figure: &str, style: Style) {
    // The figure is as large whatever it says, so that it does not jump from second to second.
    let widest = if figure.contains(':') { "00:00" } else { "000" };
    let widest = if figure.chars().count() < widest.chars().count() {
        widest
    } else {
        figure
    };
    let widest = if area.width < 40 && figure.chars().count() <= 2 {
        "00"
    } else {
        widest
    };
    match big_text::fitting(widest, area.width.saturating_sub(2), area.height) {
        Some(scale) => {
            let (columns, rows) = big_text::size(figure, scale);
            let x = area.x + area.width.saturating_sub(columns) / 2;
            let y = area.y + area.height.saturating_sub(rows) / 2;
            big_text::draw(
                canvas.buffer,
                Rect {
                    x,
                    y,
                    width: columns,
                    height: rows,
                },
                figure,
                scale,
                style,
            );
        }
        None => canvas.centred(area, area.y + area.height / 2, figure, style),
    }
}
