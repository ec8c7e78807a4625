//! The report as one HTML page that prints and needs nothing from the network: tables, and plots as
//! SVG. It only formats; every number comes from the overview. Every text is escaped.

mod plot;

use self::plot::Line;
use super::{
    Overview, TestLine, describe_balance, describe_entry, describe_minutes, describe_pain_line,
    describe_sessions, describe_side, describe_sign, describe_trend,
};
use crate::day::day_at;
use crate::handout;
use crate::html::{Page, escape, list};
use crate::program::{Program, Side};

/// The styles of the report alone.
const STYLE: &str = "
body { font-size: 10.5pt; line-height: 1.4; }
h1 { font-size: 20pt; }
h2 { font-size: 13pt; margin: 6mm 0 1.5mm; }
.figures { display: flex; gap: 4mm; margin: 3mm 0; }
.figures div { flex: 1; border: .8pt solid #999; border-top: 3pt solid #0b6e7f;
  padding: 2mm 3mm; break-inside: avoid; }
.figures b { display: block; font-size: 19pt; line-height: 1.2; }
table { border-collapse: collapse; width: 100%; break-inside: auto; }
tr { break-inside: avoid; }
th { text-align: left; border-bottom: 1pt solid #111; padding: .8mm 3mm .8mm 0;
  font-weight: 600; }
td { border-bottom: .4pt solid #bbb; padding: .8mm 3mm .8mm 0; vertical-align: top; }
td.number, th.number { text-align: right; white-space: nowrap; }
.together { break-inside: avoid; }
.stop { border: .8pt solid #a33a00; border-left: 4pt solid #a33a00; padding: 1mm 3mm;
  margin: 2mm 0; break-inside: avoid; }
.stop h2 { margin: 0 0 1mm; }
.stop ul { margin: 0; padding-left: 5mm; }
svg { width: 100%; height: auto; margin: 1mm 0; break-inside: avoid; }
svg text { font: 9px Arial, 'Liberation Sans', sans-serif; fill: #222; }
.drawings { display: grid; grid-template-columns: 1fr 1fr 1fr; gap: 3mm; }
figure { margin: 0; break-inside: avoid; }
figure svg { max-height: 30mm; }
figcaption { text-align: center; font-size: 9pt; }
blockquote { margin: 1mm 0 2mm; padding-left: 3mm; border-left: 2pt solid #0b6e7f; }
footer { margin-top: 6mm; }
";

const FOOTER: &str = "Made with regimen from the patient's records. It shows what was done and \
    draws no conclusions. Dose: seconds of work, counted up to what each set prescribes; a \
    self-paced repetition counts as 4 s.";

/// The highest rating of pain and of exertion.
const HIGHEST_RATING: f64 = 10.0;

/// Returns the report as a page. The exercises are drawn if there is a program to draw them from.
pub(crate) fn page(report: &Overview, program: Option<&Program>) -> String {
    let contact = report.therapist.as_deref().map(escape).unwrap_or_default();
    let mut body = write_safety(report);
    if report.span.is_none() {
        body.push_str(&format!("<p>{}</p>\n", super::NOTHING));
    } else {
        body.push_str(&write_body(report));
        if let Some(program) = program {
            body.push_str(&write_drawings(report, program));
        }
    }
    let page = Page {
        language: "en",
        title: &format!("{}: report", report.title),
        heading: &report.title,
        style: STYLE,
        head_html: "",
        intro_html: &write_intro(report),
        contact_html: &contact,
        body_html: &body,
        footer: FOOTER,
    };
    page.render()
}

/// Writes for whom and for which days the report is.
fn write_intro(report: &Overview) -> String {
    let patient = report.patient.as_ref();
    let patient = patient.map(|patient| format!("<p>For {}</p>\n", escape(patient)));
    let span = report.span.map(|span| {
        format!(
            "<p>{} to {}</p>\n",
            span.from.strftime("%-d %B %Y"),
            span.to.strftime("%-d %B %Y")
        )
    });
    patient.into_iter().chain(span).collect()
}

/// Writes what a therapist must see before anything else.
fn write_safety(report: &Overview) -> String {
    let signs: Vec<String> = report.stop_signs.iter().map(describe_sign).collect();
    let pain: Vec<String> = report
        .left_for_pain
        .iter()
        .map(describe_pain_line)
        .collect();
    let stops: Vec<String> = report
        .stopped
        .iter()
        .map(|(day, value)| format!("{day}: {value}"))
        .collect();
    let blocks = [
        ("Stop signs that the patient reported", signs),
        ("Skipped or cut short because of pain", pain),
        ("Pain in a band marked stop", stops),
    ];
    let mut html = String::new();
    for (heading, lines) in blocks {
        if !lines.is_empty() {
            let items = list("ul", &lines);
            html.push_str(&format!(
                "<div class=\"stop\"><h2>{heading}</h2>{items}</div>\n"
            ));
        }
    }
    html
}

/// Writes all sections of a report that covers at least one day.
fn write_body(report: &Overview) -> String {
    let ended_early = if report.ended_early > 0 {
        format!("<p>Sessions ended early: {}</p>\n", report.ended_early)
    } else {
        String::new()
    };
    [
        write_totals(report),
        section("Sessions per week", plot::draw_weeks(report)),
        write_ratings(report),
        write_tests(report),
        section("Exercises", write_exercises(report)),
        section("Strengthening by muscle group", write_groups(report)),
        ended_early,
        section("Skipped or cut short", write_skipped(report)),
        section("Progression", write_choices(report)),
        section("Program changes", write_changes(report)),
        section("Patient's notes", write_notes(report)),
    ]
    .concat()
}

/// Puts a heading before a section; an empty section stays empty.
fn section(heading: &str, content: String) -> String {
    if content.is_empty() {
        content
    } else {
        format!("<h2>{heading}</h2>\n{content}")
    }
}

/// Writes the three boxes at the top: sessions, dose and days.
fn write_totals(report: &Overview) -> String {
    let adherence = report.adherence;
    let percent = |percent: Option<u32>| {
        percent.map_or_else(|| "-".to_owned(), |percent| format!("{percent} %"))
    };
    let short = if adherence.short > 0 {
        format!(", {} short", adherence.short)
    } else {
        String::new()
    };
    format!(
        "<div class=\"figures\">\
         <div>Sessions<b>{}</b>{}{short}</div>\
         <div>Dose<b>{}</b>{} of {}</div>\
         <div>Days with a session<b>{}</b>{}</div></div>\n",
        percent(report.sessions_percent),
        describe_sessions(&adherence),
        percent(report.dose_percent),
        describe_minutes(adherence.dose.done),
        describe_minutes(adherence.dose.prescribed),
        adherence.days,
        describe_entry(&adherence),
    )
}

/// Writes pain and exertion over time, and their trends.
fn write_ratings(report: &Overview) -> String {
    let mut by_week = false;
    let mut lines = Vec::new();
    for series in &report.said {
        let (points, is_by_week) = series.shown();
        by_week |= is_by_week;
        lines.push(Line {
            name: series.what.to_owned(),
            points,
        });
    }
    let averages = if by_week {
        ", average of each week"
    } else {
        ""
    };
    let mut html = plot::draw_lines(&lines, HIGHEST_RATING, "");
    let rows: Vec<Vec<String>> = report
        .said
        .iter()
        .filter_map(|said| Some(vec![said.what.to_owned(), describe_trend(said.trend?)]))
        .collect();
    html.push_str(&table(&[("", false), ("average", false)], rows));
    section(&format!("Pain and exertion, 0 to 10{averages}"), html)
}

/// Writes the tests over time, and the ratios between them.
fn write_tests(report: &Overview) -> String {
    let mut html: String = report.tests.iter().map(write_test).collect();
    let rows = report.ratios.iter().map(|ratio| {
        vec![
            ratio.of.clone(),
            ratio.to.clone(),
            format!("{:.2}", ratio.value),
        ]
    });
    let head = [("test", false), ("compared with", false), ("ratio", true)];
    html.push_str(&table(&head, rows.collect()));
    section("Tests", html)
}

fn write_test(test: &TestLine) -> String {
    let results = &test.results;
    let unit = if results.counts_reps { "" } else { " s" };
    let last: Vec<String> = results
        .results
        .keys()
        .filter_map(|side| {
            let (last, best) = (results.last(*side)?, results.best(*side)?);
            let words = format!("{} last {last:.0}{unit}, best {best:.0}{unit}", side.word());
            Some(words.trim().to_owned())
        })
        .collect();
    let balance = test
        .balance
        .map(|balance| format!("; {}", describe_balance(balance)))
        .unwrap_or_default();
    let lines: Vec<Line> = results
        .results
        .iter()
        .map(|(side, points)| Line {
            name: match side {
                Side::Both => results.name.clone(),
                side => side.word().to_owned(),
            },
            points: points.clone(),
        })
        .collect();
    let highest = lines
        .iter()
        .flat_map(|line| &line.points)
        .map(|(_, value)| *value)
        .fold(1.0, f64::max);
    format!(
        "<div class=\"together\"><p><b>{}</b>: {}{balance}</p>\n{}</div>\n",
        escape(&results.name),
        last.join("; "),
        plot::draw_lines(&lines, highest, unit)
    )
}

fn write_exercises(report: &Overview) -> String {
    let rows = report.exercises.iter().map(|line| {
        let share = line.share.percent();
        vec![
            format!("{}{}", line.series.name, describe_side(line.series.side)),
            describe_minutes(line.share.done),
            describe_minutes(line.share.prescribed),
            share.map_or_else(String::new, |percent| format!("{percent} %")),
        ]
    });
    let head = [
        ("", false),
        ("done", true),
        ("prescribed in recorded sessions", true),
        ("", true),
    ];
    table(&head, rows.collect())
}

fn write_groups(report: &Overview) -> String {
    let rows = report.groups.iter();
    let rows = rows.map(|(group, seconds)| vec![(*group).to_owned(), describe_minutes(*seconds)]);
    table(&[("", false), ("work", true)], rows.collect())
}

fn write_skipped(report: &Overview) -> String {
    let rows = report.left_out.iter().map(|(name, reason, count)| {
        vec![name.clone(), reason.words().to_owned(), count.to_string()]
    });
    let head = [("", false), ("why", false), ("sets", true)];
    table(&head, rows.collect())
}

fn write_choices(report: &Overview) -> String {
    let rows = report.choices.iter();
    let rows = rows.map(|(day, words)| vec![day.to_string(), words.clone()]);
    table(&[("", false), ("", false)], rows.collect())
}

fn write_changes(report: &Overview) -> String {
    let rows = report.changes.iter();
    let rows = rows.map(|(day, changes)| vec![day.to_string(), changes.join("; ")]);
    table(&[("", false), ("", false)], rows.collect())
}

fn write_notes(report: &Overview) -> String {
    let mut html = String::new();
    for session in &report.sessions {
        let day = day_at(session.begun).strftime("%-d %B");
        for note in &session.notes {
            html.push_str(&format!(
                "<blockquote>{}<br>{day}</blockquote>\n",
                escape(note)
            ));
        }
    }
    html
}

/// Returns a table; nothing if it has no rows. Columns marked true hold numbers.
fn table(head: &[(&str, bool)], rows: Vec<Vec<String>>) -> String {
    if rows.is_empty() {
        return String::new();
    }
    let class = |number: bool| if number { " class=\"number\"" } else { "" };
    let heads: Vec<String> = head
        .iter()
        .map(|(name, number)| format!("<th{}>{name}</th>", class(*number)))
        .collect();
    let mut html = format!("<table><tr>{}</tr>\n", heads.concat());
    for row in rows {
        html.push_str("<tr>");
        for (cell, (_, number)) in row.iter().zip(head) {
            html.push_str(&format!("<td{}>{}</td>", class(*number), escape(cell)));
        }
        html.push_str("</tr>\n");
    }
    html + "</table>\n"
}

/// Draws the exercises that have records, as the program prescribes them now.
fn write_drawings(report: &Overview, program: &Program) -> String {
    let mut html = String::new();
    let mut drawn: Vec<&str> = Vec::new();
    for exercise in program.phases.iter().flat_map(|phase| &phase.exercises) {
        let is_recorded = report
            .exercises
            .iter()
            .any(|line| line.series.exercise == exercise.id);
        if !is_recorded || drawn.contains(&exercise.id.as_str()) {
            continue;
        }
        if let Some(drawing) = handout::drawing(exercise) {
            drawn.push(&exercise.id);
            html.push_str(&format!(
                "<figure>{drawing}<figcaption>{}</figcaption></figure>\n",
                escape(&exercise.name)
            ));
        }
    }
    if html.is_empty() {
        return html;
    }
    let html = format!("<div class=\"drawings\">\n{html}</div>\n");
    section("How the exercises are done: start and end", html)
}
