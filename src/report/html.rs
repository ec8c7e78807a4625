//! The report as one HTML page that needs nothing else and prints: tables, and plots as SVG. Every
//! text is escaped. Computes nothing.

use jiff::civil::Date;

use super::{
    Overview, RatingSeries, describe_balance, describe_entry, describe_minutes, describe_pain_line,
    describe_sessions, describe_side, describe_sign, describe_trend,
};
use crate::day::{day_at, days_between};
use crate::handout;
use crate::handout::html::{GENERATOR, escape};
use crate::program::{Program, Side};
use crate::progress::Ratio;

const STYLE: &str = "
@page { margin: 14mm 15mm 16mm; }
* { box-sizing: border-box; }
body { font: 10.5pt/1.4 'Helvetica Neue', Arial, 'Liberation Sans', sans-serif; color: #111; background: #fff; max-width: 180mm;
  margin: 8mm auto; padding: 0 4mm; }
@media print { body { margin: 0; padding: 0; max-width: none; } }
header { border-bottom: 2pt solid #0b6e7f; padding-bottom: 3mm; margin-bottom: 4mm; display: flex; gap: 8mm; justify-content: space-between; }
h1 { font-size: 20pt; line-height: 1.15; margin: 0 0 1mm; }
h2 { font-size: 13pt; margin: 6mm 0 1.5mm; break-after: avoid; }
p { margin: 0 0 1.5mm; }
.contact { text-align: right; }
.figures { display: flex; gap: 4mm; margin: 3mm 0; }
.figures div { flex: 1; border: .8pt solid #999; border-top: 3pt solid #0b6e7f; padding: 2mm 3mm; break-inside: avoid; }
.figures b { display: block; font-size: 19pt; line-height: 1.2; }
table { border-collapse: collapse; width: 100%; break-inside: auto; }
tr { break-inside: avoid; }
th { text-align: left; border-bottom: 1pt solid #111; padding: .8mm 3mm .8mm 0; font-weight: 600; }
td { border-bottom: .4pt solid #bbb; padding: .8mm 3mm .8mm 0; vertical-align: top; }
td.number, th.number { text-align: right; white-space: nowrap; }
.together { break-inside: avoid; }
.stop { border: .8pt solid #a33a00; border-left: 4pt solid #a33a00; padding: 1mm 3mm; margin: 2mm 0; break-inside: avoid; }
.stop h2 { margin: 0 0 1mm; }
.stop ul { margin: 0; padding-left: 5mm; }
svg { width: 100%; height: auto; margin: 1mm 0; break-inside: avoid; }
svg text { font: 9px Arial, 'Liberation Sans', sans-serif; fill: #222; }
.drawings { display: grid; grid-template-columns: 1fr 1fr 1fr; gap: 3mm; }
figure { margin: 0; break-inside: avoid; }
figure svg { max-height: 30mm; }
figcaption { text-align: center; font-size: 9pt; }
blockquote { margin: 1mm 0 2mm; padding-left: 3mm; border-left: 2pt solid #0b6e7f; }
footer { margin-top: 6mm; font-size: 9pt; color: #444; }
";

/// The size of a plot, in units of its own.
const SIZE: (f64, f64) = (640.0, 150.0);
/// Room for the words at its left, right and foot.
const EDGES: (f64, f64, f64) = (34.0, 96.0, 22.0);

/// A line of a plot.
struct Line<'l> {
    name: String,
    points: Vec<(Date, f64)>,
    /// How it is dashed, so that no line is told by its colour alone.
    dash: &'l str,
    colour: &'l str,
}

const STROKES: [(&str, &str); 5] = [
    ("#0b6e7f", ""),
    ("#a33a00", "6 3"),
    ("#444", "2 2"),
    ("#5b3a8e", "9 3 2 3"),
    ("#1d6b2f", "1 3"),
];

fn lines<'l>(series: Vec<(String, Vec<(Date, f64)>)>) -> Vec<Line<'l>> {
    let strokes = STROKES.iter().cycle();
    series
        .into_iter()
        .zip(strokes)
        .map(|((name, points), (colour, dash))| Line {
            name,
            points,
            dash,
            colour,
        })
        .collect()
}

/// Days since the first one, for the place along a plot.
fn days(from: Date, day: Date) -> f64 {
    f64::from(days_between(from, day))
}

/// Lines over time, from nothing up to a highest value.
fn plot(lines: &[Line<'_>], highest: f64, unit: &str) -> String {
    let all = || {
        lines
            .iter()
            .flat_map(|line| line.points.iter().map(|(day, _)| *day))
    };
    let (Some(first), Some(last)) = (all().min(), all().max()) else {
        return String::new();
    };
    let (width, height) = SIZE;
    let (left, right, foot) = EDGES;
    let along = days(first, last).max(1.0);
    let x = |day: Date| left + (width - left - right) * days(first, day) / along;
    let y = |value: f64| 8.0 + (height - foot - 8.0) * (1.0 - value / highest.max(1.0));
    let mut svg = format!("<svg viewBox=\"0 0 {width} {height}\" role=\"img\">\n");
    for part in [0.0, 0.5, 1.0] {
        let at = y(highest * part);
        svg.push_str(&format!(
            "<line x1=\"{left}\" y1=\"{at:.1}\" x2=\"{:.1}\" y2=\"{at:.1}\" stroke=\"#ccc\" stroke-width=\"0.6\"/><text x=\"{:.1}\" y=\"{:.1}\" text-anchor=\"end\">{:.0}{unit}</text>\n",
            width - right,
            left - 4.0,
            at + 3.0,
            highest * part
        ));
    }
    for (day, anchor) in [(first, "start"), (last, "end")] {
        if anchor == "start" || last > first {
            let words = day.strftime("%-d %b %Y");
            svg.push_str(&format!(
                "<text x=\"{:.1}\" y=\"{:.1}\" text-anchor=\"{anchor}\">{words}</text>\n",
                x(day),
                height - 6.0
            ));
        }
    }
    // Names stand where their lines end, and never over one another.
    let mut names: Vec<(f64, &Line<'_>)> = lines
        .iter()
        .filter_map(|line| line.points.last().map(|(_, value)| (y(*value) + 3.0, line)))
        .collect();
    names.sort_by(|a, b| a.0.total_cmp(&b.0));
    let mut above = 0.0_f64;
    for (at, line) in names {
        let at = at.max(above + 10.0);
        above = at;
        let points: Vec<String> = line
            .points
            .iter()
            .map(|(day, value)| format!("{:.1},{:.1}", x(*day), y(*value)))
            .collect();
        svg.push_str(&format!(
            "<polyline points=\"{}\" fill=\"none\" stroke=\"{}\" stroke-width=\"1.6\" stroke-dasharray=\"{}\"/>\n",
            points.join(" "),
            line.colour,
            line.dash
        ));
        for (day, value) in &line.points {
            svg.push_str(&format!(
                "<circle cx=\"{:.1}\" cy=\"{:.1}\" r=\"2\" fill=\"{}\"/>",
                x(*day),
                y(*value),
                line.colour
            ));
        }
        svg.push_str(&format!(
            "<text x=\"{:.1}\" y=\"{at:.1}\">{}</text>\n",
            width - right + 6.0,
            escape(&line.name)
        ));
    }
    svg.push_str("</svg>\n");
    svg
}

/// Bars for each week: what was done within what was prescribed.
fn weeks(report: &Overview) -> String {
    let (width, height) = SIZE;
    let (left, right, foot) = EDGES;
    let highest = report
        .weeks
        .iter()
        .map(|week| week.sessions.done.max(week.sessions.prescribed))
        .fold(1.0, f64::max)
        .ceil();
    let count = f64::from(u32::try_from(report.weeks.len()).unwrap_or(1));
    let each = ((width - left - right) / count.max(1.0)).min(60.0);
    let tall = |value: f64| (height - foot - 8.0) * value / highest;
    let mut svg = format!("<svg viewBox=\"0 0 {width} {height}\" role=\"img\">\n");
    let mut x = left;
    let named = (report.weeks.len() / 8).max(1);
    for (index, week) in report.weeks.iter().enumerate() {
        let (asked, done) = (tall(week.sessions.prescribed), tall(week.sessions.done));
        let bottom = height - foot;
        svg.push_str(&format!(
            "<rect x=\"{:.1}\" y=\"{:.1}\" width=\"{:.1}\" height=\"{asked:.1}\" fill=\"none\" stroke=\"#111\" stroke-width=\"0.8\"/><rect x=\"{:.1}\" y=\"{:.1}\" width=\"{:.1}\" height=\"{done:.1}\" fill=\"#0b6e7f\"/>\n",
            x + each * 0.08,
            bottom - asked,
            each * 0.84,
            x + each * 0.2,
            bottom - done,
            each * 0.6
        ));
        if index % named == 0 {
            let words = week.begins.strftime("%-d %b");
            svg.push_str(&format!(
                "<text x=\"{:.1}\" y=\"{:.1}\">{words}</text>\n",
                x + 2.0,
                height - 6.0
            ));
        }
        x += each;
    }
    svg.push_str(&format!(
        "<text x=\"{:.1}\" y=\"16\">filled: done</text><text x=\"{:.1}\" y=\"28\">outline: prescribed</text><text x=\"{:.1}\" y=\"12\" text-anchor=\"end\">{highest:.0}</text></svg>\n",
        width - right + 6.0,
        width - right + 6.0,
        left - 4.0
    ));
    svg
}

fn table(head: &[(&str, bool)], rows: impl IntoIterator<Item = Vec<String>>) -> String {
    let class = |number: bool| if number { " class=\"number\"" } else { "" };
    let heads: String = head.iter().fold(String::new(), |all, (name, number)| {
        all + &format!("<th{}>{name}</th>", class(*number))
    });
    let mut html = format!("<table><tr>{heads}</tr>\n");
    for row in rows {
        html.push_str("<tr>");
        for (cell, (_, number)) in row.iter().zip(head) {
            html.push_str(&format!("<td{}>{}</td>", class(*number), escape(cell)));
        }
        html.push_str("</tr>\n");
    }
    html + "</table>\n"
}

fn said(report: &Overview) -> String {
    if report.said.is_empty() {
        return String::new();
    }
    let series = |said: &RatingSeries| (said.what.to_owned(), said.shown().0);
    let means = if report.said.iter().any(|said| said.shown().1) {
        ", mean of each week"
    } else {
        ""
    };
    let mut html = format!("<h2>Pain and exertion, 0 to 10{means}</h2>\n");
    html.push_str(&plot(
        &lines(report.said.iter().map(series).collect()),
        10.0,
        "",
    ));
    let rows = report
        .said
        .iter()
        .filter_map(|said| Some(vec![said.what.to_owned(), describe_trend(said.trend?)]));
    let rows: Vec<Vec<String>> = rows.collect();
    if !rows.is_empty() {
        html.push_str(&table(&[("", false), ("mean", false)], rows));
    }
    html
}

fn tests(report: &Overview) -> String {
    let mut html = String::new();
    if !report.tests.is_empty() {
        html.push_str("<h2>Tests</h2>\n");
    }
    for test in &report.tests {
        let unit = if test.results.counts_reps { "" } else { " s" };
        let name = |side: Side| {
            if side == Side::Both {
                test.results.name.clone()
            } else {
                side.word().to_owned()
            }
        };
        let series: Vec<(String, Vec<(Date, f64)>)> = test
            .results
            .results
            .iter()
            .map(|(side, points)| (name(*side), points.clone()))
            .collect();
        let highest = series
            .iter()
            .flat_map(|(_, points)| points)
            .map(|(_, value)| *value)
            .fold(1.0, f64::max);
        let last: Vec<String> = test
            .results
            .results
            .keys()
            .filter_map(|side| {
                let (last, best) = (test.results.last(*side)?, test.results.best(*side)?);
                Some(
                    format!("{} last {last:.0}{unit}, best {best:.0}{unit}", side.word())
                        .trim()
                        .to_owned(),
                )
            })
            .collect();
        let balance = test
            .balance
            .map(|balance| format!("; {}", describe_balance(balance)))
            .unwrap_or_default();
        html.push_str("<div class=\"together\">");
        html.push_str(&format!(
            "<p><b>{}</b>: {}{}</p>\n",
            escape(&test.results.name),
            last.join("; "),
            balance
        ));
        html.push_str(&plot(&lines(series), highest, unit));
        html.push_str("</div>\n");
    }
    if !report.ratios.is_empty() {
        let row = |ratio: &Ratio| {
            vec![
                ratio.of.clone(),
                ratio.to.clone(),
                format!("{:.2}", ratio.value),
            ]
        };
        html.push_str(&table(
            &[("test", false), ("against", false), ("ratio", true)],
            report.ratios.iter().map(row),
        ));
    }
    html
}

/// The exercises as they are done, from the program that holds now; of those that are on record.
fn drawings(report: &Overview, program: &Program) -> String {
    let mut html = String::new();
    let mut drawn: Vec<&str> = Vec::new();
    for exercise in program.phases.iter().flat_map(|phase| &phase.exercises) {
        let on_record = report
            .exercises
            .iter()
            .any(|line| line.series.exercise == exercise.id);
        if !on_record || drawn.contains(&exercise.id.as_str()) {
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
        html
    } else {
        format!(
            "<h2>How they are done: start and end</h2>\n<div class=\"drawings\">\n{html}</div>\n"
        )
    }
}

/// The page, with the exercises drawn where the program is at hand.
pub fn page(report: &Overview, program: Option<&Program>) -> String {
    let title = escape(&report.title);
    let mut html = format!(
        "<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n{GENERATOR}\n<title>{title}: report</title>\n<style>{STYLE}</style>\n</head>\n<body>\n<header>\n<div><h1>{title}</h1>\n"
    );
    if let Some(patient) = &report.patient {
        html.push_str(&format!("<p>For {}</p>\n", escape(patient)));
    }
    let span = report.span.map(|span| {
        format!(
            "<p>{} to {}</p>\n",
            span.from.strftime("%-d %B %Y"),
            span.to.strftime("%-d %B %Y")
        )
    });
    html.push_str(&span.unwrap_or_default());
    let contact = report.therapist.as_deref().map(escape).unwrap_or_default();
    html.push_str(&format!(
        "</div>\n<div class=\"contact\">{contact}</div>\n</header>\n"
    ));
    html.push_str(&safety(report));
    if report.span.is_none() {
        html.push_str("<p>Nothing was due yet, and nothing is recorded.</p>\n");
    } else {
        html.push_str(&body(report));
        html.push_str(
            &program
                .map(|program| drawings(report, program))
                .unwrap_or_default(),
        );
    }
    html.push_str("<footer>Made with regimen from the patient's records. It tells what was done and gives no verdict. Dose: seconds of work, none counted beyond what its set prescribes; a repetition at one's own pace as 4 s.</footer>\n</body>\n</html>\n");
    html
}

/// What a therapist must know before anything else.
fn safety(report: &Overview) -> String {
    let mut html = String::new();
    let mut block = |heading: &str, lines: Vec<String>| {
        if !lines.is_empty() {
            let items = lines.iter().fold(String::new(), |all, line| {
                all + &format!("<li>{}</li>\n", escape(line))
            });
            html.push_str(&format!(
                "<div class=\"stop\"><h2>{heading}</h2><ul>\n{items}</ul></div>\n"
            ));
        }
    };
    block(
        "Stop signs that the patient reported",
        report.stop_signs.iter().map(describe_sign).collect(),
    );
    block(
        "Skipped or broken off because of pain",
        report
            .left_for_pain
            .iter()
            .map(describe_pain_line)
            .collect(),
    );
    block(
        "Pain in a band that says stop",
        report
            .stopped
            .iter()
            .map(|(day, value)| format!("{day}: {value}"))
            .collect(),
    );
    html
}

fn body(report: &Overview) -> String {
    let adherence = report.adherence;
    let percent = |percent: Option<u32>| {
        percent.map_or_else(|| "-".to_owned(), |percent| format!("{percent} %"))
    };
    let short = if adherence.short > 0 {
        format!(", {} short", adherence.short)
    } else {
        String::new()
    };
    let mut html = format!(
        "<div class=\"figures\"><div>Sessions<b>{}</b>{}{short}</div><div>Dose<b>{}</b>{} of {}</div><div>Days with a session<b>{}</b>{}</div></div>\n",
        percent(report.sessions_percent),
        describe_sessions(&adherence),
        percent(report.dose_percent),
        describe_minutes(adherence.dose.done),
        describe_minutes(adherence.dose.prescribed),
        adherence.days,
        describe_entry(&adherence),
    );
    html.push_str("<h2>Sessions a week</h2>\n");
    html.push_str(&weeks(report));
    html.push_str(&said(report));
    html.push_str(&tests(report));
    if !report.exercises.is_empty() {
        html.push_str("<h2>Exercises</h2>\n");
        let rows = report.exercises.iter().map(|line| {
            let share = line
                .share
                .percent()
                .map(|percent| format!("{percent} %"))
                .unwrap_or_default();
            let name = format!("{}{}", line.series.name, describe_side(line.series.side));
            vec![
                name,
                describe_minutes(line.share.done),
                describe_minutes(line.share.prescribed),
                share,
            ]
        });
        html.push_str(&table(
            &[
                ("", false),
                ("done", true),
                ("prescribed in sessions held", true),
                ("", true),
            ],
            rows,
        ));
    }
    if !report.groups.is_empty() {
        html.push_str("<h2>Strengthening by group of muscles</h2>\n");
        let rows = report
            .groups
            .iter()
            .map(|(group, seconds)| vec![(*group).to_owned(), describe_minutes(*seconds)]);
        html.push_str(&table(&[("", false), ("work", true)], rows));
    }
    if report.ended_early > 0 {
        html.push_str(&format!(
            "<p>Sessions ended early: {}</p>\n",
            report.ended_early
        ));
    }
    if !report.left_out.is_empty() {
        html.push_str("<h2>Skipped or cut short</h2>\n");
        let rows = report.left_out.iter();
        let rows = rows.map(|(name, reason, count)| {
            vec![name.clone(), reason.words().to_owned(), count.to_string()]
        });
        html.push_str(&table(&[("", false), ("why", false), ("sets", true)], rows));
    }
    if !report.choices.is_empty() {
        html.push_str("<h2>Progression</h2>\n");
        let rows = report
            .choices
            .iter()
            .map(|(day, words)| vec![day.to_string(), words.clone()]);
        html.push_str(&table(&[("", false), ("", false)], rows));
    }
    if !report.changes.is_empty() {
        html.push_str("<h2>Changes of the program</h2>\n");
        let rows = report
            .changes
            .iter()
            .map(|(day, news)| vec![day.to_string(), news.join("; ")]);
        html.push_str(&table(&[("", false), ("", false)], rows));
    }
    let words = report.sessions.iter().flat_map(|session| {
        let day = day_at(session.begun).strftime("%-d %B").to_string();
        session
            .notes
            .iter()
            .map(move |note| format!("<blockquote>{}<br>{day}</blockquote>\n", escape(note)))
    });
    let words: Vec<String> = words.collect();
    if !words.is_empty() {
        html.push_str(&format!("<h2>The patient's words</h2>\n{}", words.join("")));
    }
    html
}
