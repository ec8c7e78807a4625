//! The report as plain text. Computes nothing.

use std::fmt::Write;

use super::{
    Overview, describe_balance, describe_entry, describe_minutes, describe_pain_line,
    describe_sessions, describe_side, describe_sign, describe_trend,
};
use crate::day::day_at;

/// A test's result in its unit.
fn value(value: f64, counts_reps: bool) -> String {
    if counts_reps {
        format!("{value:.0} reps")
    } else {
        format!("{value:.0} s")
    }
}

/// The whole report.
pub fn text(report: &Overview) -> String {
    let mut out = String::new();
    let _ = render(report, &mut out);
    out
}

/// What a therapist must know before anything else.
fn safety(report: &Overview, out: &mut String) -> std::fmt::Result {
    if !report.stop_signs.is_empty() {
        writeln!(out, "\n! STOP SIGNS that the patient reported")?;
    }
    for line in &report.stop_signs {
        writeln!(out, "  {}", describe_sign(line))?;
    }
    if !report.left_for_pain.is_empty() {
        writeln!(out, "\n! SKIPPED OR BROKEN OFF BECAUSE OF PAIN")?;
    }
    for line in &report.left_for_pain {
        writeln!(out, "  {}", describe_pain_line(line))?;
    }
    if !report.stopped.is_empty() {
        writeln!(out, "\n! PAIN IN A BAND THAT SAYS STOP")?;
    }
    for (day, value) in &report.stopped {
        writeln!(out, "  {day}: {value}")?;
    }
    Ok(())
}

fn render(report: &Overview, out: &mut String) -> std::fmt::Result {
    writeln!(out, "{}", report.title)?;
    for line in report
        .patient
        .iter()
        .map(|patient| format!("For {patient}"))
        .chain(report.therapist.clone())
    {
        writeln!(out, "{line}")?;
    }
    safety(report, out)?;
    let Some(span) = report.span else {
        writeln!(out, "\nNothing was due yet, and nothing is recorded.")?;
        return Ok(());
    };
    writeln!(out, "\n{} to {}\n", span.from, span.to)?;
    let adherence = report.adherence;
    let percent = |percent: Option<u32>| {
        percent
            .map(|percent| format!(" ({percent} %)"))
            .unwrap_or_default()
    };
    writeln!(
        out,
        "Sessions   {}{}",
        describe_sessions(&adherence),
        percent(report.sessions_percent)
    )?;
    if adherence.short > 0 {
        writeln!(out, "           {} of them short", adherence.short)?;
    }
    let dose = adherence.dose;
    let (work, whole) = (
        describe_minutes(dose.done),
        describe_minutes(dose.prescribed),
    );
    writeln!(
        out,
        "Dose       {work} of {whole} of work{}",
        percent(report.dose_percent)
    )?;
    writeln!(out, "           {}", describe_entry(&adherence))?;
    writeln!(out, "Days       {} with a session", adherence.days)?;
    if !report.said.is_empty() {
        writeln!(out, "\nPain and exertion, 0 to 10")?;
    }
    for said in &report.said {
        let values: Vec<String> = said
            .values
            .iter()
            .map(|(_, value)| value.to_string())
            .collect();
        let shown = values.len().saturating_sub(14);
        let dots = if shown > 0 { "... " } else { "" };
        let shown = values.get(shown..).unwrap_or_default().join(" ");
        let trend = said
            .trend
            .map(|trend| format!("; mean {}", describe_trend(trend)))
            .unwrap_or_default();
        writeln!(out, "  {:<28} {dots}{shown}{trend}", said.what)?;
    }
    if !report.tests.is_empty() {
        writeln!(out, "\nTests")?;
    }
    for test in &report.tests {
        for side in test.results.results.keys() {
            let (Some(last), Some(best)) = (test.results.last(*side), test.results.best(*side))
            else {
                continue;
            };
            let reps = test.results.counts_reps;
            let side = describe_side(*side);
            writeln!(
                out,
                "  {}{side}: last {}, best {}",
                test.results.name,
                value(last, reps),
                value(best, reps)
            )?;
        }
        if let Some(balance) = test.balance {
            writeln!(out, "    {}", describe_balance(balance))?;
        }
    }
    for ratio in &report.ratios {
        writeln!(
            out,
            "  {} against {}: {:.2}",
            ratio.of, ratio.to, ratio.value
        )?;
    }
    if !report.exercises.is_empty() {
        writeln!(
            out,
            "\nExercises, work done of that prescribed in the sessions held"
        )?;
    }
    for line in &report.exercises {
        let name = format!("{}{}", line.series.name, describe_side(line.series.side));
        let share = line
            .share
            .percent()
            .map_or(String::new(), |percent| format!("{percent:>4} %"));
        writeln!(
            out,
            "  {name:<40} {:>9} {share}",
            describe_minutes(line.share.done)
        )?;
    }
    if !report.groups.is_empty() {
        writeln!(out, "\nStrengthening by group of muscles")?;
    }
    for (group, seconds) in &report.groups {
        writeln!(out, "  {group:<20} {:>9}", describe_minutes(*seconds))?;
    }
    if report.ended_early > 0 {
        writeln!(out, "\nEnded early: {}", report.ended_early)?;
    }
    if !report.left_out.is_empty() {
        writeln!(out, "\nSkipped or cut short")?;
    }
    for (name, reason, count) in &report.left_out {
        let plural = if *count == 1 { "set" } else { "sets" };
        writeln!(out, "  {name}: {count} {plural}, {}", reason.words())?;
    }
    if !report.choices.is_empty() {
        writeln!(out, "\nProgression")?;
    }
    for (day, words) in &report.choices {
        writeln!(out, "  {day}: {words}")?;
    }
    if !report.changes.is_empty() {
        writeln!(out, "\nChanges of the program")?;
    }
    for (day, news) in &report.changes {
        writeln!(out, "  {day}: {}", news.join("; "))?;
    }
    let words: Vec<(String, &String)> = report
        .sessions
        .iter()
        .flat_map(|session| {
            session
                .notes
                .iter()
                .map(|note| (day_at(session.begun).to_string(), note))
        })
        .collect();
    if !words.is_empty() {
        writeln!(out, "\nThe patient's words")?;
    }
    for (day, note) in words {
        writeln!(out, "  {day}: \"{note}\"")?;
    }
    Ok(())
}
