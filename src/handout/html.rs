//! The handout as one HTML page that needs nothing from the network and prints on A4 and Letter.
//! Every text from the program is escaped.

use base64::Engine;
use base64::prelude::BASE64_STANDARD;

use super::{Calendar, ExercisePage, Handout, PhasePage, Picture, describe_band, json_ld};
use crate::html::{Page, list};

pub(crate) use crate::html::{GENERATOR, escape};

/// The styles of the handout alone.
const STYLE: &str = "
body { font-size: 11pt; line-height: 1.35; }
h1 { font-size: 21pt; }
h2 { font-size: 14pt; margin: 6mm 0 2mm; }
h3 { font-size: 12.5pt; margin: 0; }
ul, ol { margin: 1mm 0 1.5mm; padding-left: 6mm; }
.contact { white-space: nowrap; }
.facts { margin: 0 0 3mm; display: flex; flex-wrap: wrap; gap: 1mm 7mm; }
.facts b { font-weight: 600; }
.stop { border: 1.5pt solid #a33a00; border-left-width: 5pt; padding: 2mm 4mm; margin: 3mm 0;
  break-inside: avoid; }
.stop h2, .mind h2 { margin-top: 0; font-size: 12.5pt; }
.mind { margin: 3mm 0; break-inside: avoid; }
.bands { border-collapse: collapse; margin: 2mm 0; break-inside: avoid; }
.bands th { text-align: left; padding: .6mm 4mm .6mm 0; font-weight: 600; white-space: nowrap;
  vertical-align: top; }
.bands td { padding: .6mm 0; }
.line { color: #333; break-after: avoid; }
.exercise { break-inside: avoid; border-top: .6pt solid #999; padding: 2.5mm 0 2mm; }
.dose { font-size: 13pt; font-weight: 700; margin: .5mm 0 1mm; }
.how { display: grid; grid-template-columns: 1fr 1.05fr; gap: 6mm; align-items: start; }
.how ol { margin: 0; }
.picture img, .picture svg { width: 100%; height: auto; max-height: 55mm; object-fit: contain;
  margin-bottom: 1.5mm; }
.small { font-size: 9.5pt; line-height: 1.3; color: #222; margin: 0 0 .6mm; }
.mind ul, .stop ul { margin-bottom: 0; }
.calendar { break-inside: avoid; margin-top: 5mm; }
.calendar table { border-collapse: collapse; }
.calendar th, .calendar td { border: .6pt solid #999; padding: 1.2mm 2.2mm; text-align: center;
  min-width: 14mm; height: 8.5mm; }
.calendar th:first-child { text-align: right; min-width: 24mm; font-weight: 600;
  white-space: nowrap; }
.box { display: inline-block; width: 4mm; height: 4mm; border: 1pt solid #111; margin: .4mm; }
footer { margin-top: 5mm; }
";

const FOOTER: &str =
    "Made with regimen from your therapist's program. It doesn't replace your therapist.";

/// Returns the handout as a page.
pub fn page(handout: &Handout<'_>) -> String {
    let program = handout.program;
    // Inside a script only `</script>` could end the data early, so no `<` is written.
    let data = json_ld::plan(program).to_string().replace('<', "\\u003c");
    let head = format!("<script type=\"application/ld+json\">{data}</script>\n");
    let intro: Vec<String> = program
        .summary
        .iter()
        .chain(&program.condition)
        .map(|text| format!("<p>{}</p>\n", escape(text)))
        .collect();
    let mut body = write_facts(handout);
    body.push_str(&write_safety(handout));
    body.push_str(&write_bands(handout));
    for phase in &handout.phases {
        body.push_str(&write_phase(phase));
    }
    body.push_str(&write_calendar(&handout.calendar));
    let page = Page {
        language: &program.language,
        title: &program.title,
        heading: &program.title,
        style: STYLE,
        head_html: &head,
        intro_html: &intro.concat(),
        contact_html: &contact(handout, "<br>"),
        body_html: &body,
        footer: FOOTER,
    };
    page.render()
}

/// Returns the therapist and how to reach them, joined by some HTML.
fn contact(handout: &Handout<'_>, separator: &str) -> String {
    let lines: Vec<String> = handout.contact.iter().map(|line| escape(line)).collect();
    lines.join(separator)
}

fn write_facts(handout: &Handout<'_>) -> String {
    if handout.facts.is_empty() {
        return String::new();
    }
    let facts: Vec<String> = handout
        .facts
        .iter()
        .map(|(name, value)| format!("<span><b>{name}:</b> {}</span>", escape(value)))
        .collect();
    format!("<div class=\"facts\">{}</div>\n", facts.join("\n"))
}

/// Writes the goals, the stop signs with whom to call, and the precautions.
fn write_safety(handout: &Handout<'_>) -> String {
    let program = handout.program;
    let mut html = String::new();
    if !program.goals.is_empty() {
        let goals = list("ul", &program.goals);
        html.push_str(&format!(
            "<div class=\"mind\"><h2>Goals</h2>{goals}</div>\n"
        ));
    }
    if !program.stop_if.is_empty() {
        let signs = list("ul", &program.stop_if);
        let call = if handout.contact.is_empty() {
            String::new()
        } else {
            format!("<p><b>{}</b></p>", contact(handout, " · "))
        };
        html.push_str(&format!(
            "<section class=\"stop\"><h2>Stop and call your therapist if</h2>\
             {signs}{call}</section>\n"
        ));
    }
    if !program.precautions.is_empty() {
        let precautions = list("ul", &program.precautions);
        html.push_str(&format!(
            "<section class=\"mind\"><h2>Keep in mind</h2>{precautions}</section>\n"
        ));
    }
    html
}

fn write_bands(handout: &Handout<'_>) -> String {
    let bands = &handout.program.pain.bands;
    if bands.is_empty() {
        return String::new();
    }
    let rows = bands.iter().enumerate().map(|(index, band)| {
        let advice = band.advice.as_deref().unwrap_or_default();
        format!(
            "<tr><th>{}</th><td>{}</td></tr>",
            escape(&describe_band(bands, index)),
            escape(advice)
        )
    });
    format!(
        "<section class=\"mind\"><h2>Pain from 0 to 10</h2>\
         <table class=\"bands\">{}</table></section>\n",
        rows.collect::<String>()
    )
}

fn write_phase(phase: &PhasePage<'_>) -> String {
    let mut html = format!(
        "<h2>{}</h2>\n<p class=\"line\">{}</p>\n",
        escape(phase.title.unwrap_or("Exercises")),
        escape(&phase.line)
    );
    for exercise in &phase.exercises {
        html.push_str(&write_exercise(exercise));
    }
    if let Some(advance) = phase.advance_sentence() {
        html.push_str(&format!("<p class=\"small\">{}</p>\n", escape(&advance)));
    }
    html
}

fn write_exercise(page: &ExercisePage<'_>) -> String {
    let exercise = page.exercise;
    let name = escape(&exercise.name);
    let mut html = format!(
        "<section class=\"exercise\">\n<h3>{}. {name}</h3>\n",
        page.number
    );
    html.push_str(&format!(
        "<p class=\"dose\">{}</p>\n<div class=\"how\"><div>\n",
        escape(&page.dose)
    ));
    html.push_str(&list("ol", exercise.instructions()));
    html.push_str("</div><div>\n");
    if let Some(Picture::Image(kind, bytes)) = &page.picture {
        let data = BASE64_STANDARD.encode(bytes);
        html.push_str(&format!(
            "<div class=\"picture\"><img alt=\"{name}\" src=\"data:{kind};base64,{data}\"></div>\n"
        ));
    }
    if let Some(figure) = page.figure() {
        html.push_str(&format!("<div class=\"picture\">{figure}</div>\n"));
    }
    for (label, text) in page.remarks() {
        html.push_str(&format!(
            "<p class=\"small\"><b>{label}:</b> {}</p>\n",
            escape(&text)
        ));
    }
    html.push_str("</div></div>\n</section>\n");
    html
}

fn write_calendar(calendar: &Calendar) -> String {
    let days = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"]
        .map(|day| format!("<th>{day}</th>"))
        .join("");
    let mut html = format!(
        "<section class=\"calendar\"><h2>Done</h2>\n\
         <p>{}</p>\n<table>\n<tr><th>Week of</th>{days}</tr>\n",
        escape(&calendar.note)
    );
    for (monday, row) in &calendar.weeks {
        let cells: Vec<String> = row
            .iter()
            .map(|count| "<span class=\"box\"></span>".repeat(usize::from(*count)))
            .map(|boxes| format!("<td>{boxes}</td>"))
            .collect();
        let (monday, cells) = (monday.strftime("%-d %b %Y"), cells.concat());
        html.push_str(&format!("<tr><th>{monday}</th>{cells}</tr>\n"));
    }
    html.push_str("</table>\n</section>\n");
    html
}
