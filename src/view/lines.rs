//! A page as lines of text, for screen readers, logs and pipes. Each page is taken apart field by
//! field, so that a field added to a page must be said here, too.

mod progress;

use self::progress::{detail_lines, progress_lines};
use crate::app::page::{
    AnswerField, BigNumber, ExerciseCard, FigureViewerPage, InvalidPage, MenuPage, MenuScope,
    OverlayPage, Page, ProgramPage, QuestionPage, ScreenPage, Section, SessionPage, SettingsPage,
    StepPage, StepRole, SummaryPage, TodayPage,
};

/// Returns what there is to say now. Nothing in it changes from second to second, so that only news
/// is printed.
pub fn lines(page: &Page) -> Vec<String> {
    let Page {
        screen,
        overlay,
        messages,
        keys,
        flash: _,
    } = page;
    let mut lines = match overlay {
        Some(overlay) => overlay_lines(overlay),
        None => screen_lines(screen),
    };
    // A session's keys change with every step; what to press is in its lines.
    let named = overlay.is_some() || !matches!(screen, ScreenPage::Session(_));
    let keys: Vec<String> = keys
        .iter()
        .filter(|_| named)
        .map(|hint| format!("{} {}", spoken(hint.label), hint.does))
        .collect();
    if !keys.is_empty() {
        lines.push(format!("Keys: {}.", keys.join(", ")));
    }
    lines.extend(messages.iter().cloned());
    lines
}

/// Returns the word that can be typed for a key.
fn spoken(label: &str) -> &str {
    match label {
        "↑ ↓" => "up and down",
        "← →" => "left and right",
        "←" => "left",
        "→" => "right",
        label => label,
    }
}

fn overlay_lines(overlay: &OverlayPage) -> Vec<String> {
    match overlay {
        OverlayPage::Help { rows, scroll: _ } => rows
            .iter()
            .map(|(label, does)| format!("{}: {does}", spoken(label)))
            .collect(),
        OverlayPage::StopSigns {
            title,
            sections,
            scroll: _,
        } => {
            let mut lines = vec![title.clone()];
            lines.extend(sections.iter().flat_map(section_lines));
            lines
        }
        OverlayPage::Report {
            title,
            lines,
            scroll: _,
        } => {
            let title = std::iter::once((*title).to_owned());
            title.chain(lines.iter().cloned()).collect()
        }
        OverlayPage::Menu(menu) => menu_lines(menu),
    }
}

/// Returns each text with its heading before it, for those who read one line at a time.
fn section_lines(section: &Section) -> impl Iterator<Item = String> {
    let Section {
        purpose: _,
        heading,
        texts,
    } = section;
    texts
        .iter()
        .map(move |text| format!("{heading} {text}").trim_start().to_owned())
}

fn menu_lines(menu: &MenuPage) -> Vec<String> {
    let MenuPage {
        title,
        text,
        scope,
        items,
        selected,
        scroll: _,
    } = menu;
    let mut lines = vec![title.clone()];
    lines.extend(text.iter().cloned());
    lines.extend(scope.map(|scope| {
        match scope {
            MenuScope::Set => "For this set. Right: the rest of the exercise.",
            MenuScope::Exercise => "For the rest of the exercise. Left: this set.",
        }
        .to_owned()
    }));
    let numbered = items.iter().enumerate();
    lines.extend(numbered.map(|(index, item)| format!("{}: {item}", index + 1)));
    lines.push(match selected {
        Some(selected) => format!("Selected: {}", selected + 1),
        None if items.len() > 9 => "Type its number, then an empty line to take it.".to_owned(),
        None => "Type its number.".to_owned(),
    });
    lines
}

fn screen_lines(screen: &ScreenPage) -> Vec<String> {
    match screen {
        ScreenPage::Today(page) => today_lines(page),
        ScreenPage::Program(page) => program_lines(page),
        ScreenPage::Invalid(page) => {
            let InvalidPage {
                title,
                hint,
                lines,
                scroll: _,
            } = page;
            let head = [title.clone(), (*hint).to_owned()];
            head.into_iter().chain(lines.iter().cloned()).collect()
        }
        ScreenPage::Question(page) => question_lines(page),
        ScreenPage::Session(page) => session_lines(page),
        ScreenPage::Summary(page) => summary_lines(page),
        ScreenPage::Settings(page) => settings_lines(page),
        ScreenPage::Progress(page) => progress_lines(page),
        ScreenPage::Detail(page) => detail_lines(page),
        ScreenPage::FigureViewer(page) => {
            let FigureViewerPage {
                name,
                place,
                pose,
                remarks,
                is_report: _,
                // A figure can't be put in words; its name says which one it is.
                figure: _,
                panel: _,
            } = page;
            let head = [Some(name), place.as_ref(), pose.as_ref()];
            let head = head.into_iter().flatten().cloned();
            head.chain(remarks.iter().cloned()).collect()
        }
    }
}

/// Returns "Selected: " before the selected row of a list.
fn mark(index: usize, selected: usize) -> &'static str {
    if index == selected { "Selected: " } else { "" }
}

fn today_lines(page: &TodayPage) -> Vec<String> {
    let TodayPage {
        date,
        hands_free,
        week,
        rows,
        selected,
        empty,
        days,
        pain,
        notes,
        samples,
    } = page;
    let hands_free = if *hands_free { ", hands-free" } else { "" };
    let mut lines = vec![format!("Today, {date}{hands_free}")];
    lines.extend(week.clone());
    lines.extend(empty.clone());
    for (index, row) in rows.iter().enumerate() {
        let mark = mark(index, *selected);
        lines.push(format!("{mark}{}, {}, {}", row.title, row.due, row.detail));
    }
    for note in notes {
        lines.push(note.text.clone());
        lines.extend(note.hint.map(str::to_owned));
    }
    if let Some(days) = days {
        let days = days
            .iter()
            .map(|(name, mark)| format!("{name} {}", mark.symbol()));
        lines.push(format!(
            "This week: {}",
            days.collect::<Vec<_>>().join(", ")
        ));
    }
    if let Some((_bars, words)) = pain {
        lines.push(format!("Pain, last 14 days: {words}"));
    }
    lines.extend(samples.iter().cloned());
    lines
}

fn program_lines(page: &ProgramPage) -> Vec<String> {
    let ProgramPage {
        title,
        contact,
        schedule,
        summary,
        exercises,
        selected,
        safety,
        card,
        illustration: _,
    } = page;
    let mut lines = vec![title.clone(), schedule.clone()];
    lines.extend(summary.clone());
    for (index, row) in exercises.iter().enumerate() {
        let number = index + 1;
        let minutes = row.minutes;
        lines.push(format!(
            "{number}: {}, {}, {minutes} min",
            row.name, row.dose
        ));
    }
    lines.extend(safety.iter().flat_map(section_lines));
    lines.extend(contact.clone());
    if let Some(card) = card {
        let number = selected + 1;
        lines.push(format!("Selected: {number}, {}", card.name));
        lines.extend(how_lines(card));
    }
    lines
}

/// Returns how an exercise is done; its cues are for the work itself.
fn how_lines(card: &ExerciseCard) -> impl Iterator<Item = String> {
    let ExerciseCard {
        name: _,
        instructions,
        cues: _,
        notes,
    } = card;
    instructions.iter().chain(notes).cloned()
}

fn question_lines(page: &QuestionPage) -> Vec<String> {
    let QuestionPage {
        heading,
        program,
        question,
        field,
        hint,
    } = page;
    let mut lines = vec![format!("{heading}: {program}"), question.clone()];
    match field {
        AnswerField::Text(typed) => {
            lines.push((*hint).to_owned());
            if !typed.is_empty() {
                lines.push(format!("Typed: {typed}"));
            }
        }
        AnswerField::Scale {
            low,
            high,
            value,
            answer,
        } => {
            lines.push(format!("{low}, {high}"));
            match (value, answer) {
                (Some(_), Some(answer)) => {
                    lines.push(answer.heading.clone());
                    lines.extend(answer.advice.clone());
                    lines.extend(answer.contact.clone());
                }
                _ => lines.push((*hint).to_owned()),
            }
        }
    }
    lines
}

fn session_lines(page: &SessionPage) -> Vec<String> {
    let SessionPage {
        program,
        exercise: (number, count),
        mode,
        // The times change every second.
        clock: _,
        step,
    } = page;
    let mut lines = step.as_ref().map(step_lines).unwrap_or_default();
    let mode = mode.replace("   ", ", ").replace('♪', "sound");
    lines.push(format!("{program}: exercise {number} of {count}, {mode}"));
    lines
}

fn step_lines(step: &StepPage) -> Vec<String> {
    let StepPage {
        role,
        headline,
        number,
        below,
        length,
        exercise,
        card,
        is_next,
        is_work: _,
        is_hold: _,
        dose,
        load,
        set,
        // How many sets are recorded is said in words.
        marks: _,
        rep,
        recorded,
        next,
        illustration: _,
    } = step;
    let mut lines = vec![exercise.clone()];
    // How an exercise is done is said once, before it; the screen shows it in every pause.
    let is_new = *is_next || *role == StepRole::GetReady;
    if let Some(card) = card.as_ref().filter(|_| is_new) {
        if *is_next {
            lines.push(format!("Next: {}", card.name));
        } else {
            lines.push(dose.clone());
        }
        lines.extend(how_lines(card));
    }
    let mut now = headline.clone();
    now.extend(length.iter().map(|length| format!(" {length}")));
    let details = [(!is_next).then_some(set), rep.as_ref(), load.as_ref()];
    now.extend(details.into_iter().flatten().map(|it| format!(", {it}")));
    lines.push(now);
    let BigNumber {
        text,
        kind,
        beat: _,
    } = number;
    if !below.is_empty() {
        let number = if kind.ticks() { "" } else { text };
        lines.push(format!("{number} {below}").trim_start().to_owned());
    }
    if let Some(card) = card.as_ref().filter(|_| *role == StepRole::Work) {
        lines.extend(card.cues.iter().cloned());
    }
    if *role != StepRole::Work {
        lines.extend(next.clone());
    }
    lines.push(recorded.clone());
    lines
}

fn summary_lines(page: &SummaryPage) -> Vec<String> {
    let SummaryPage {
        heading,
        sign,
        total,
        ratings,
        note,
        rows,
        scroll: _,
        saved,
    } = page;
    let mut lines = vec![(*heading).to_owned()];
    lines.extend(sign.clone());
    lines.push(total.clone());
    lines.extend(ratings.clone());
    lines.extend(note.clone());
    for row in rows {
        let (name, done, prescribed) = (&row.name, &row.done, &row.prescribed);
        lines.push(format!("{name}: {done} · prescribed: {prescribed}"));
    }
    lines.push(saved.clone());
    lines
}

fn settings_lines(page: &SettingsPage) -> Vec<String> {
    let SettingsPage {
        place,
        rows,
        selected,
    } = page;
    let mut lines = vec![format!("Settings, in {place}")];
    for (index, row) in rows.iter().enumerate() {
        let mark = mark(index, *selected);
        lines.push(format!(
            "{mark}{}: {}. {}",
            row.name, row.value, row.meaning
        ));
    }
    lines
}
