//! The report as plain text. It only formats; every number comes from the overview.

use super::{
    Overview, RatingSeries, TestLine, describe_balance, describe_entry, describe_minutes,
    describe_pain_line, describe_sessions, describe_side, describe_sign, describe_trend,
};
use crate::day::day_at;
use crate::text::count;

/// The last ratings of a kind that are listed; earlier ones become dots.
const LISTED_RATINGS: usize = 14;

/// Returns the whole report.
pub(crate) fn text(report: &Overview) -> String {
    let mut lines = vec![report.title.clone()];
    lines.extend(
        report
            .patient
            .iter()
            .map(|patient| format!("For {patient}")),
    );
    lines.extend(report.therapist.clone());
    write_safety(report, &mut lines);
    if let Some(span) = report.span {
        lines.push(format!("\n{} to {}\n", span.from, span.to));
        write_totals(report, &mut lines);
        write_measures(report, &mut lines);
        write_work(report, &mut lines);
        write_events(report, &mut lines);
    } else {
        lines.push(format!("\n{}", super::NOTHING));
    }
    lines.join("\n") + "\n"
}

/// Writes a section under its heading; an empty section is skipped with its heading.
fn section(heading: &str, content: impl IntoIterator<Item = String>, lines: &mut Vec<String>) {
    let mut content = content.into_iter().peekable();
    if content.peek().is_some() {
        lines.push(format!("\n{heading}"));
        lines.extend(content.map(|line| format!("  {line}")));
    }
}

/// Writes what a therapist must see before anything else.
fn write_safety(report: &Overview, lines: &mut Vec<String>) {
    section(
        "! STOP SIGNS that the patient reported",
        report.stop_signs.iter().map(describe_sign),
        lines,
    );
    section(
        "! SKIPPED OR CUT SHORT BECAUSE OF PAIN",
        report.left_for_pain.iter().map(describe_pain_line),
        lines,
    );
    let stops = report.stopped.iter();
    section(
        "! PAIN IN A BAND MARKED STOP",
        stops.map(|(day, value)| format!("{day}: {value}")),
        lines,
    );
}

/// Writes sessions, dose and days.
fn write_totals(report: &Overview, lines: &mut Vec<String>) {
    let adherence = report.adherence;
    let percent = |percent: Option<u32>| {
        percent
            .map(|percent| format!(" ({percent} %)"))
            .unwrap_or_default()
    };
    lines.push(format!(
        "Sessions   {}{}",
        describe_sessions(&adherence),
        percent(report.sessions_percent)
    ));
    if adherence.short > 0 {
        lines.push(format!("           {} of them short", adherence.short));
    }
    lines.push(format!(
        "Dose       {} of {} of work{}",
        describe_minutes(adherence.dose.done),
        describe_minutes(adherence.dose.prescribed),
        percent(report.dose_percent)
    ));
    lines.push(format!("           {}", describe_entry(&adherence)));
    lines.push(format!("Days       {} with a session", adherence.days));
}

/// Writes pain, exertion and tests.
fn write_measures(report: &Overview, lines: &mut Vec<String>) {
    section(
        "Pain and exertion, 0 to 10",
        report.said.iter().map(describe_ratings),
        lines,
    );
    let ratios = report.ratios.iter().map(|ratio| {
        format!(
            "{} compared with {}: {:.2}",
            ratio.of, ratio.to, ratio.value
        )
    });
    let tests = report.tests.iter().flat_map(describe_test);
    section("Tests", tests.chain(ratios), lines);
}

/// Describes a kind of rating with its last values and its trend.
fn describe_ratings(ratings: &RatingSeries) -> String {
    let values: Vec<String> = ratings
        .values
        .iter()
        .map(|(_, value)| value.to_string())
        .collect();
    let first = values.len().saturating_sub(LISTED_RATINGS);
    let dots = if first > 0 { "... " } else { "" };
    let listed = values.get(first..).unwrap_or_default().join(" ");
    let trend = ratings
        .trend
        .map(|trend| format!("; average {}", describe_trend(trend)))
        .unwrap_or_default();
    format!("{:<28} {dots}{listed}{trend}", ratings.what)
}

/// Describes the results of a test, a line for each side, and how the sides compare.
fn describe_test(test: &TestLine) -> Vec<String> {
    let results = &test.results;
    let unit = if results.counts_reps { "reps" } else { "s" };
    let mut lines: Vec<String> = results
        .results
        .keys()
        .filter_map(|side| {
            let (last, best) = (results.last(*side)?, results.best(*side)?);
            Some(format!(
                "{}{}: last {last:.0} {unit}, best {best:.0} {unit}",
                results.name,
                describe_side(*side)
            ))
        })
        .collect();
    let balance = test.balance.map(describe_balance);
    lines.extend(balance.map(|balance| format!("  {balance}")));
    lines
}

/// Writes the work by exercise and by muscle group.
fn write_work(report: &Overview, lines: &mut Vec<String>) {
    let exercises = report.exercises.iter().map(|line| {
        let name = format!("{}{}", line.series.name, describe_side(line.series.side));
        let done = describe_minutes(line.share.done);
        let share = line.share.percent();
        let share = share.map_or_else(String::new, |percent| format!("{percent:>4} %"));
        format!("{name:<40} {done:>9} {share}")
    });
    section(
        "Exercises, done vs. prescribed, in recorded sessions",
        exercises,
        lines,
    );
    let groups = report.groups.iter();
    section(
        "Strengthening by muscle group",
        groups.map(|(group, seconds)| format!("{group:<20} {:>9}", describe_minutes(*seconds))),
        lines,
    );
}

/// Writes what happened: sessions and sets cut short, progression, program changes and notes.
fn write_events(report: &Overview, lines: &mut Vec<String>) {
    if report.ended_early > 0 {
        lines.push(format!("\nEnded early: {}", report.ended_early));
    }
    let skipped = report.left_out.iter().map(|(name, reason, times)| {
        let sets = count(usize::try_from(*times).unwrap_or(usize::MAX), "set");
        format!("{name}: {sets}, {}", reason.words())
    });
    section("Skipped or cut short", skipped, lines);
    let choices = report.choices.iter();
    section(
        "Progression",
        choices.map(|(day, words)| format!("{day}: {words}")),
        lines,
    );
    let changes = report.changes.iter();
    section(
        "Program changes",
        changes.map(|(day, changes)| format!("{day}: {}", changes.join("; "))),
        lines,
    );
    let notes = report.sessions.iter().flat_map(|session| {
        let day = day_at(session.begun);
        let notes = session.notes.iter();
        notes.map(move |note| format!("{day}: \"{note}\""))
    });
    section("Patient's notes", notes, lines);
}
