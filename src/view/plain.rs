//! The app as lines of text, one a change, for screen readers, logs and pipes: no drawing of boxes,
//! no moving cursor. Computes nothing.

use crate::app::check_in::Question;
use crate::app::keymap::{self, Action};
use crate::app::playing::{Session, headline, next_words, side_word};
use crate::app::program::{exercise_lines, schedule_words};
use crate::app::progress::{self, ProgressScreen, TABS, Tab, Typing};
use crate::app::safety::{self, Section};
use crate::app::summary;
use crate::app::{App, Overlay, ProgramEntry, Screen};
use crate::events::Moment;
use crate::prescription;
use crate::program::words;
use crate::progress::overview::{
    describe_balance, describe_minutes, describe_sessions, describe_side, describe_trend,
    session_line,
};
use crate::timeline::{PlannedSet, Step, StepKind};

/// What there is to say now. Nothing in it changes from second to second, so that only news is
/// printed.
pub fn lines(app: &App, now: &Moment) -> Vec<String> {
    let mut lines: Vec<String> = match app.overlays.last() {
        Some(Overlay::Help(context, _)) => keymap::BINDINGS
            .iter()
            .filter(|binding| binding.contexts.contains(context) && !binding.long.is_empty())
            .map(|binding| format!("{}: {}", binding.label, binding.long))
            .collect(),
        Some(Overlay::StopSigns(_)) => stop_signs(app),
        Some(Overlay::Report(report, _)) => report.clone(),
        Some(Overlay::Menu(menu)) => {
            let mut lines = vec![menu.title.clone()];
            lines.extend(menu.text.iter().cloned());
            if let Some(wide) = menu.wide {
                lines.push(
                    if wide {
                        "For the rest of the exercise."
                    } else {
                        "For this set. Right arrow: the whole exercise."
                    }
                    .to_owned(),
                );
            }
            lines.extend(
                menu.lines
                    .iter()
                    .enumerate()
                    .map(|(index, line)| format!("{}: {line}", index + 1)),
            );
            lines.push(match menu.marked {
                Some(marked) => format!("Marked: {}", marked + 1),
                None if menu.lines.len() > 9 => {
                    "Type its number, then an empty line to take it.".to_owned()
                }
                None => "Type its number.".to_owned(),
            });
            lines
        }
        None => match &app.screen {
            Screen::Today => today(app, now),
            Screen::Program(page) => program(app, page),
            Screen::Problem(_, report, _) => report.clone(),
            Screen::CheckIn(check_in) => {
                let mut lines = vec![check_in.words()];
                let figure = check_in.value.map(|value| value.to_string());
                match check_in.question() {
                    Some(Question::Note) => {
                        lines.push("Type it, then Enter. Enter alone skips it.".to_owned());
                    }
                    _ => lines.push("0 to 10, then Enter. Enter alone skips it.".to_owned()),
                }
                lines.extend(figure.map(|figure| format!("Marked: {figure}")));
                if let (Some(program), Some(value)) = (app.asking(check_in), check_in.value) {
                    let band = check_in.band(program);
                    let answer = safety::answer(value, band, program);
                    lines.extend(band.map(|_| answer.heading));
                    lines.extend(answer.advice.into_iter().chain(answer.contact));
                }
                lines
            }
            Screen::Playing => app.session.as_ref().map(playing).unwrap_or_default(),
            Screen::Settings(marked) => {
                let mut lines: Vec<String> = app
                    .settings_lines()
                    .iter()
                    .enumerate()
                    .map(|(index, line)| {
                        let mark = if index == *marked { "Marked: " } else { "" };
                        format!("{mark}{}: {}. {}", line.name, line.value, line.meaning)
                    })
                    .collect();
                lines.push(
                    "Enter changes the marked one; up and down move the mark; esc goes back."
                        .to_owned(),
                );
                lines
            }
            Screen::Progress(page) => progress_lines(app, page),
            // A figure cannot be told in lines.
            Screen::Gallery(_) => Vec::new(),
            Screen::Summary(_) => app
                .session
                .as_ref()
                .map(|session| summary_lines(app, session))
                .unwrap_or_default(),
        },
    };
    lines.extend(app.trouble.iter().chain(&app.notice).cloned());
    lines
}

fn today(app: &App, now: &Moment) -> Vec<String> {
    let date = now.day();
    let mut lines = vec![format!("Today, {}", date.strftime("%A %-d %B"))];
    for (index, row) in app.rows(date).iter().enumerate() {
        let mark = if index == app.marked { "Marked: " } else { "" };
        lines.push(format!("{mark}{}, {}, {}", row.title, row.due, row.detail));
    }
    if let Some(words) = app.sign_words() {
        lines.push(format!("Stop sign. {words}"));
        lines.push("Type ! for whom to call, or to say that it was cleared up.".to_owned());
    }
    lines.extend(app.unfinished_words());
    lines.extend(app.welcome_words(date).map(str::to_owned));
    lines.extend(
        app.offer_words(date)
            .map(|words| format!("{words} Enter asks you before the session.")),
    );
    lines.push("Enter starts the marked one; up and down move the mark; v shows its exercises; p shows progress; n shows next steps; quit ends.".to_owned());
    lines
}

/// The page of progress, or the session that is opened.
fn progress_lines(app: &App, page: &ProgressScreen) -> Vec<String> {
    if let Some((open, history)) = page.opened() {
        let mut lines = vec![format!(
            "Session of {}",
            history.session.started.strftime("%A %-d %B %Y, %H:%M")
        )];
        lines.extend(
            progress::lines(history)
                .iter()
                .enumerate()
                .map(|(index, line)| {
                    let mark = if index == open.marked { "Marked: " } else { "" };
                    format!("{mark}{}: {}", line.name, line.value)
                }),
        );
        lines.push(
            match open.typing {
                None => "Enter corrects the marked one; up and down move the mark; esc goes back.",
                Some(Typing::Figure(_)) => {
                    "Type the number, then Enter. Enter alone changes nothing."
                }
                Some(Typing::Words(_)) => "Type it, then Enter.",
            }
            .to_owned(),
        );
        return lines;
    }
    let name = TABS
        .iter()
        .find(|(tab, _)| *tab == page.tab)
        .map_or("", |(_, name)| name);
    let program = app
        .programs
        .get(page.index)
        .map(ProgramEntry::title)
        .unwrap_or_default();
    let mut lines = vec![format!(
        "Progress of {program}: {name}, {}",
        page.reach.words()
    )];
    let Some(found) = &page.found else {
        return lines;
    };
    lines.extend(
        found
            .trouble
            .iter()
            .map(|trouble| format!("The records cannot be read: {trouble}.")),
    );
    let Some(report) = &found.report else {
        return lines;
    };
    let percent = |percent: Option<u32>| {
        percent
            .map(|percent| format!(", {percent} percent"))
            .unwrap_or_default()
    };
    match page.tab {
        Tab::Weeks => {
            let dose = report.adherence.dose;
            let percents = (
                percent(report.sessions_percent),
                percent(report.dose_percent),
            );
            lines.push(format!(
                "Sessions: {}{}",
                describe_sessions(&report.adherence),
                percents.0
            ));
            let (work, whole) = (
                describe_minutes(dose.done),
                describe_minutes(dose.prescribed),
            );
            lines.push(format!("Dose: {work} of {whole}{}", percents.1));
            lines.extend(report.weeks.iter().rev().map(|week| {
                let sessions = week.sessions;
                let dose = week
                    .dose
                    .percent()
                    .map(|percent| format!(", dose {percent} percent"))
                    .unwrap_or_default();
                let days = week
                    .begins
                    .series(jiff::Span::new().days(1))
                    .zip(&week.days);
                let played: Vec<&str> = days
                    .filter(|(_, day)| day.finished > 0)
                    .map(|(date, _)| words::weekday_of(date))
                    .collect();
                let played = if played.is_empty() {
                    String::new()
                } else {
                    format!(", done on {}", played.join(", "))
                };
                format!(
                    "Week of {}: {:.0} of {:.0} sessions{dose}{played}",
                    week.begins, sessions.done, sessions.prescribed
                )
            }));
        }
        Tab::Pain => lines.extend(report.said.iter().map(|said| {
            let values: Vec<String> = said
                .values
                .iter()
                .map(|(_, value)| value.to_string())
                .collect();
            let trend = said
                .trend
                .map(|trend| format!("; mean {}", describe_trend(trend)))
                .unwrap_or_default();
            format!("{}: {}{trend}", said.what, values.join(" "))
        })),
        Tab::Exercises => lines.extend(report.exercises.iter().map(|line| {
            let done = describe_minutes(line.share.done);
            let name = format!("{}{}", line.series.name, describe_side(line.series.side));
            let levels = line.series.levels.iter().rev().take(8).rev();
            let levels: Vec<String> = levels
                .map(|(_, share)| format!("{:.0}", share.done))
                .collect();
            let unit = if line.series.counts_reps {
                "repetitions"
            } else {
                "seconds"
            };
            let levels = format!("; {unit} of a set, the last sessions: {}", levels.join(" "));
            format!(
                "{name}: {done} of work{}{levels}",
                percent(line.share.percent())
            )
        })),
        Tab::Tests => {
            for test in &report.tests {
                let unit = if test.results.counts_reps {
                    "repetitions"
                } else {
                    "seconds"
                };
                for side in test.results.results.keys() {
                    let (Some(last), Some(best)) =
                        (test.results.last(*side), test.results.best(*side))
                    else {
                        continue;
                    };
                    let name = format!("{}{}", test.results.name, describe_side(*side));
                    lines.push(format!("{name}: last {last:.0}, best {best:.0} {unit}"));
                }
                lines.extend(test.balance.map(describe_balance));
            }
            lines.extend(
                report
                    .ratios
                    .iter()
                    .map(|ratio| format!("{} against {}: {:.2}", ratio.of, ratio.to, ratio.value)),
            );
        }
        Tab::Muscles => {
            lines.extend(
                report
                    .groups
                    .iter()
                    .map(|(name, seconds)| format!("{name}: {}", describe_minutes(*seconds))),
            );
            lines.extend(
                report
                    .muscles
                    .iter()
                    .map(|(name, seconds)| format!("{name}: {}", describe_minutes(*seconds))),
            );
        }
        Tab::Sessions => {
            lines.extend(found.histories.iter().enumerate().map(|(index, history)| {
                let line = session_line(history);
                let mark = if index == page.marked { "Marked: " } else { "" };
                let when = line.begun.strftime("%A %-d %B %Y, %H:%M");
                let mut said = String::new();
                for (what, value) in [
                    ("pain before", line.pain_before),
                    ("pain after", line.pain_after),
                    ("pain the next morning", line.pain_next_morning),
                    ("exertion", line.exertion),
                ] {
                    said.extend(value.map(|value| format!(", {what} {value}")));
                }
                said.extend(line.notes.iter().map(|note| format!(", \"{note}\"")));
                if line.by_hand > 0 {
                    said.push_str(&format!(", {} by hand", line.by_hand));
                }
                format!(
                    "{mark}{when}: {}, {} of {} sets{said}",
                    line.end, line.sets_done, line.sets
                )
            }));
        }
    }
    if lines.len() == 1 {
        lines.push("Nothing is on record of it in this time.".to_owned());
    }
    lines.extend(
        app.programs
            .get(page.index)
            .and_then(|entry| entry.program())
            .and_then(|program| App::band_words(program).filter(|_| page.tab == Tab::Pain)),
    );
    let open = if page.tab == Tab::Sessions {
        "Enter: open the marked one; "
    } else {
        ""
    };
    lines.push(format!(
        "{open}left and right: other pages; w: another time span; a: add a session; esc: back."
    ));
    lines
}

fn program(app: &App, page: &crate::app::program::ProgramScreen) -> Vec<String> {
    let Some(loaded) = app
        .programs
        .get(page.index)
        .and_then(|entry| entry.content().as_ref().ok())
    else {
        return Vec::new();
    };
    let program = &loaded.program;
    let planned = app.planned(program, page.phase);
    let length = loaded.length_after(
        page.phase,
        &prescription::steps(program, page.phase, &app.choices),
    );
    let mut lines = vec![
        program.title.clone(),
        schedule_words(program, page.phase, length),
    ];
    lines.extend(
        exercise_lines(&planned)
            .iter()
            .enumerate()
            .map(|(index, line)| format!("{}: {}, {}", index + 1, line.name, line.dose)),
    );
    // Lines have room for everything.
    lines.extend(
        safety::of_program(program, true)
            .iter()
            .flat_map(Section::lines),
    );
    lines.extend(program.contact());
    if let Some(exercise) = program
        .phase(page.phase)
        .and_then(|phase| phase.exercises.get(page.marked))
    {
        lines.push(format!(
            "Marked: {}. Up and down show another one.",
            exercise.name
        ));
        lines.extend(exercise.instructions().iter().cloned());
        lines.extend(safety::notes(exercise));
    }
    lines.push("Enter starts.".to_owned());
    lines
}

fn stop_signs(app: &App) -> Vec<String> {
    let mut lines: Vec<String> = safety::stop_signs(app)
        .iter()
        .flat_map(Section::lines)
        .collect();
    lines.push("y: I have one of these.".to_owned());
    if app.offers(Action::Cleared) {
        lines.push("c: it was cleared up with my therapist.".to_owned());
    }
    lines.push("Enter goes on.".to_owned());
    lines
}

/// Set, side and repetition of a step, in words.
fn place(step: &Step, planned_set: &PlannedSet) -> String {
    let mut words = Vec::new();
    if planned_set.set_count > 1 {
        words.push(format!(
            "set {} of {}",
            planned_set.dose.number, planned_set.set_count
        ));
    }
    if let StepKind::Hold(Some(rep)) | StepKind::Tempo { rep, .. } = step.kind {
        words.push(format!("rep {} of {}", rep.number, rep.of));
    }
    words.join(", ")
}

fn playing(session: &Session) -> Vec<String> {
    let player = &session.player;
    let (Some(step), Some(planned_set)) = (player.step(), player.planned_set()) else {
        return Vec::new();
    };
    let name = session
        .exercise()
        .map(|exercise| exercise.name.clone())
        .unwrap_or_default();
    let mut now = headline(step).to_owned();
    let side = side_word(step, planned_set);
    if !side.is_empty() {
        now.push_str(&format!(" {side}"));
    }
    if let Some(length) = player.step_length() {
        now.push_str(&format!(
            " {}",
            crate::program::notation::write_duration(length)
        ));
    }
    let place = place(step, planned_set);
    if !place.is_empty() {
        now.push_str(&format!(", {place}"));
    }
    let mut lines = vec![name];
    if step.kind == StepKind::GetReady {
        lines.push(words::set(&planned_set.dose));
        if let Some(exercise) = session.exercise() {
            lines.extend(exercise.instructions().iter().cloned());
            lines.extend(safety::notes(exercise));
        }
    }
    lines.push(now);
    match (session.count_wanted, step.kind) {
        (true, _) => lines.push("How many? Type it, then Enter.".to_owned()),
        (_, StepKind::SelfPacedReps(count)) => lines.push(format!(
            "{count} repetitions at your own pace. Enter when done."
        )),
        (_, StepKind::Test(_)) => {
            lines.push("As long or as many as you can. Enter when done.".to_owned());
        }
        _ => {}
    }
    lines.extend(session.typed.map(|typed| format!("By your count: {typed}")));
    if !step.kind.is_work() {
        lines.extend(next_words(session).map(|next| format!("next: {next}")));
    }
    let behind = player
        .timeline()
        .sets
        .iter()
        .filter(|planned_set| session.is_behind(planned_set))
        .count();
    lines.push(format!(
        "{behind} of {} sets recorded",
        player.timeline().sets.len()
    ));
    if player.is_paused() && !session.count_wanted {
        lines.push("Paused. Space goes on.".to_owned());
    }
    lines
}

fn summary_lines(app: &App, session: &Session) -> Vec<String> {
    let mut lines = vec![summary::heading(session).to_owned()];
    lines.extend(summary::sign_words(app, session));
    lines.push(summary::sets_words(session));
    lines.extend(summary::symptom_words(session));
    for line in summary::lines(session) {
        let side = if line.side.is_empty() {
            String::new()
        } else {
            format!(", {}", line.side)
        };
        let reason = line
            .reason
            .map(|reason| format!(", {reason}"))
            .unwrap_or_default();
        lines.push(format!("{}{side}: {}{reason}", line.name, line.done));
    }
    lines.push(summary::saved_words(app, session));
    lines.push("Enter goes back.".to_owned());
    lines
}
