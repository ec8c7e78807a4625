//! The handout as plain text of 78 columns, for an email, a letter or a printer without graphics.

use super::{Calendar, ExercisePage, Handout, describe_band};
use crate::source::printable;
use crate::text::wrap;

/// The longest line, in columns.
const WIDTH: u16 = 78;

/// The lines of the page, as far as they are written.
struct Page {
    lines: Vec<String>,
}

impl Page {
    /// Writes a text, wrapped to the width.
    fn line(&mut self, text: &str) {
        self.hanging("", text);
    }

    /// Leaves one line empty, at most.
    fn blank(&mut self) {
        if self.lines.last().is_some_and(|line| !line.is_empty()) {
            self.lines.push(String::new());
        }
    }

    fn heading(&mut self, text: &str) {
        self.blank();
        self.line(text);
        let width = self.lines.last().map_or(0, |line| line.chars().count());
        self.lines.push("-".repeat(width));
    }

    /// Writes a text after a mark; further lines are indented by the width of the mark.
    fn hanging(&mut self, mark: &str, text: &str) {
        let indent = mark.chars().count();
        let room = WIDTH.saturating_sub(u16::try_from(indent).unwrap_or(0));
        for (index, line) in wrap(&printable(text), room).into_iter().enumerate() {
            let before = if index == 0 {
                mark.to_owned()
            } else {
                " ".repeat(indent)
            };
            self.lines.push(format!("{before}{line}"));
        }
    }
}

/// Returns the handout as text.
pub fn page(handout: &Handout<'_>) -> String {
    let mut page = Page { lines: Vec::new() };
    write_head(&mut page, handout);
    write_safety(&mut page, handout);
    write_bands(&mut page, handout);
    for phase in &handout.phases {
        page.heading(phase.title.unwrap_or("Exercises"));
        page.line(&phase.line);
        for exercise in &phase.exercises {
            write_exercise(&mut page, exercise);
        }
        if let Some(advance) = phase.advance_sentence() {
            page.blank();
            page.line(&advance);
        }
    }
    write_calendar(&mut page, &handout.calendar);
    page.lines.join("\n") + "\n"
}

/// Writes the title, what the program is for, whom to call, and the dates.
fn write_head(page: &mut Page, handout: &Handout<'_>) {
    let program = handout.program;
    page.line(&program.title);
    page.lines
        .push("=".repeat(program.title.chars().count().min(usize::from(WIDTH))));
    for text in program.summary.iter().chain(&program.condition) {
        page.line(text);
    }
    if !handout.contact.is_empty() {
        page.line(&handout.contact.join(" · "));
    }
    for (name, value) in &handout.facts {
        page.line(&format!("{name}: {value}"));
    }
}

/// Writes the goals, the stop signs and the precautions.
fn write_safety(page: &mut Page, handout: &Handout<'_>) {
    let program = handout.program;
    let lists = [
        ("Goals", &program.goals),
        ("STOP AND CALL YOUR THERAPIST IF", &program.stop_if),
        ("Keep in mind", &program.precautions),
    ];
    for (heading, texts) in lists {
        if !texts.is_empty() {
            page.heading(heading);
            for text in texts {
                page.hanging("- ", text);
            }
        }
    }
}

fn write_bands(page: &mut Page, handout: &Handout<'_>) {
    let bands = &handout.program.pain.bands;
    if !bands.is_empty() {
        page.heading("Pain from 0 to 10");
    }
    for (index, band) in bands.iter().enumerate() {
        let advice = band.advice.as_deref().unwrap_or_default();
        page.hanging("- ", &format!("{}: {advice}", describe_band(bands, index)));
    }
}

fn write_exercise(page: &mut Page, each: &ExercisePage<'_>) {
    let exercise = each.exercise;
    page.blank();
    page.hanging(&format!("{}. ", each.number), &exercise.name.to_uppercase());
    page.hanging("   ", &each.dose);
    for (number, instruction) in (1..).zip(exercise.instructions()) {
        page.hanging(&format!("   {number}) "), instruction);
    }
    for (label, text) in each.remarks() {
        page.hanging(&format!("   {label}: "), &text);
    }
}

fn write_calendar(page: &mut Page, calendar: &Calendar) {
    page.heading("Done");
    page.line(&calendar.note);
    page.blank();
    page.lines
        .push("Week of        Mon    Tue    Wed    Thu    Fri    Sat    Sun".to_owned());
    for (monday, row) in &calendar.weeks {
        let cells: Vec<String> = row
            .iter()
            .map(|count| match count {
                0 => String::new(),
                1 => "[ ]".to_owned(),
                count => format!("{count}x[ ]"),
            })
            .map(|cell| format!("{cell:<7}"))
            .collect();
        page.lines.push(
            format!(
                "{:<15}{}",
                monday.strftime("%-d %b %Y").to_string(),
                cells.join("")
            )
            .trim_end()
            .to_owned(),
        );
    }
}
