//! The handout as one HTML page that needs nothing else and prints on A4 and Letter. Every text is
//! escaped. Knows nothing of files.

use base64::Engine;
use base64::prelude::BASE64_STANDARD;

use super::{Calendar, ExercisePage, Handout, PhasePage, Picture, band_words, json_ld};
use crate::source::printable;

/// Marks a page as made here, so that it may be made anew.
pub const GENERATOR: &str = "<meta name=\"generator\" content=\"regimen\">";

const STYLE: &str = "
@page { margin: 14mm 15mm 16mm; }
* { box-sizing: border-box; }
body { font: 11pt/1.35 'Helvetica Neue', Arial, 'Liberation Sans', sans-serif; color: #111; background: #fff; max-width: 180mm;
  margin: 8mm auto; padding: 0 4mm; }
@media print { body { margin: 0; padding: 0; max-width: none; } }
header { border-bottom: 2pt solid #0b6e7f; padding-bottom: 3mm; margin-bottom: 4mm; display: flex; gap: 8mm; justify-content: space-between; }
h1 { font-size: 21pt; line-height: 1.15; margin: 0 0 1mm; }
h2 { font-size: 14pt; margin: 6mm 0 2mm; break-after: avoid; }
h3 { font-size: 12.5pt; margin: 0; }
p { margin: 0 0 1.5mm; }
ul, ol { margin: 1mm 0 1.5mm; padding-left: 6mm; }
.contact { text-align: right; white-space: nowrap; }
.facts { margin: 0 0 3mm; display: flex; flex-wrap: wrap; gap: 1mm 7mm; }
.facts b { font-weight: 600; }
.stop { border: 1.5pt solid #a33a00; border-left-width: 5pt; padding: 2mm 4mm; margin: 3mm 0; break-inside: avoid; }
.stop h2, .mind h2 { margin-top: 0; font-size: 12.5pt; }
.mind { margin: 3mm 0; break-inside: avoid; }
.bands { border-collapse: collapse; margin: 2mm 0; break-inside: avoid; }
.bands th { text-align: left; padding: .6mm 4mm .6mm 0; font-weight: 600; white-space: nowrap; vertical-align: top; }
.bands td { padding: .6mm 0; }
.line { color: #333; break-after: avoid; }
.exercise { break-inside: avoid; border-top: .6pt solid #999; padding: 2.5mm 0 2mm; }
.dose { font-size: 13pt; font-weight: 700; margin: .5mm 0 1mm; }
.how { display: grid; grid-template-columns: 1fr 1.05fr; gap: 6mm; align-items: start; }
.how ol { margin: 0; }
.picture img, .picture svg { width: 100%; height: auto; max-height: 55mm; object-fit: contain; margin-bottom: 1.5mm; }
.small { font-size: 9.5pt; line-height: 1.3; color: #222; margin: 0 0 .6mm; }
.mind ul, .stop ul { margin-bottom: 0; }
.calendar { break-inside: avoid; margin-top: 5mm; }
.calendar table { border-collapse: collapse; }
.calendar th, .calendar td { border: .6pt solid #999; padding: 1.2mm 2.2mm; text-align: center; min-width: 14mm; height: 8.5mm; }
.calendar th:first-child { text-align: right; min-width: 24mm; font-weight: 600; white-space: nowrap; }
.box { display: inline-block; width: 4mm; height: 4mm; border: 1pt solid #111; margin: .4mm; }
footer { margin-top: 5mm; font-size: 9pt; color: #444; }
";

/// A text fit to stand between tags and in quotes.
pub fn escape(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for letter in printable(text).chars() {
        match letter {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '"' => escaped.push_str("&quot;"),
            '\'' => escaped.push_str("&#39;"),
            other => escaped.push(other),
        }
    }
    escaped
}

fn list(tag: &str, texts: &[impl AsRef<str>]) -> String {
    if texts.is_empty() {
        return String::new();
    }
    let items: Vec<String> = texts
        .iter()
        .map(|text| format!("<li>{}</li>", escape(text.as_ref())))
        .collect();
    format!("<{tag}>{}</{tag}>\n", items.join(""))
}

/// The page.
pub fn page(handout: &Handout<'_>) -> String {
    let program = handout.program;
    let mut html = format!(
        "<!doctype html>\n<html lang=\"{}\">\n<head>\n<meta charset=\"utf-8\">\n<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n{GENERATOR}\n<title>{}</title>\n<style>{STYLE}</style>\n",
        escape(&program.language),
        escape(&program.title)
    );
    // In a script nothing but the end of it could do harm.
    let data = json_ld(program).to_string().replace('<', "\\u003c");
    html.push_str(&format!(
        "<script type=\"application/ld+json\">{data}</script>\n</head>\n<body>\n<header>\n<div><h1>{}</h1>\n",
        escape(&program.title)
    ));
    for text in program.summary.iter().chain(&program.condition) {
        html.push_str(&format!("<p>{}</p>\n", escape(text)));
    }
    let contact: Vec<String> = handout.contact.iter().map(|line| escape(line)).collect();
    html.push_str(&format!(
        "</div>\n<div class=\"contact\">{}</div>\n</header>\n",
        contact.join("<br>")
    ));
    if !handout.facts.is_empty() {
        let facts = handout
            .facts
            .iter()
            .map(|(name, value)| format!("<span><b>{name}:</b> {}</span>", escape(value)));
        html.push_str(&format!(
            "<div class=\"facts\">{}</div>\n",
            facts.collect::<Vec<_>>().join("\n")
        ));
    }
    if !program.goals.is_empty() {
        html.push_str(&format!(
            "<div class=\"mind\"><h2>Goals</h2>{}</div>\n",
            list("ul", &program.goals)
        ));
    }
    if !program.stop_if.is_empty() {
        let call = if handout.contact.is_empty() {
            String::new()
        } else {
            format!("<p><b>{}</b></p>", contact.join(" · "))
        };
        html.push_str(&format!(
            "<section class=\"stop\"><h2>Stop and call your therapist if</h2>{}{call}</section>\n",
            list("ul", &program.stop_if)
        ));
    }
    if !program.precautions.is_empty() {
        html.push_str(&format!(
            "<section class=\"mind\"><h2>Keep in mind</h2>{}</section>\n",
            list("ul", &program.precautions)
        ));
    }
    html.push_str(&bands(handout));
    for phase in &handout.phases {
        html.push_str(&self::phase(phase));
    }
    html.push_str(&calendar(&handout.calendar));
    html.push_str("<footer>Made with regimen from the therapist's program. It does not replace the therapist.</footer>\n</body>\n</html>\n");
    html
}

fn bands(handout: &Handout<'_>) -> String {
    let bands = &handout.program.pain.bands;
    if bands.is_empty() {
        return String::new();
    }
    let rows = bands.iter().enumerate().map(|(index, band)| {
        let advice = band.advice.as_deref().unwrap_or_default();
        format!(
            "<tr><th>{}</th><td>{}</td></tr>",
            escape(&band_words(bands, index)),
            escape(advice)
        )
    });
    format!(
        "<section class=\"mind\"><h2>Pain from 0 to 10</h2><table class=\"bands\">{}</table></section>\n",
        rows.collect::<String>()
    )
}

fn phase(phase: &PhasePage<'_>) -> String {
    let mut html = format!(
        "<h2>{}</h2>\n<p class=\"line\">{}</p>\n",
        escape(phase.title.unwrap_or("Exercises")),
        escape(&phase.line)
    );
    for exercise in &phase.exercises {
        html.push_str(&self::exercise(exercise));
    }
    if let Some(advance) = &phase.advance {
        html.push_str(&format!(
            "<p class=\"small\">The next phase: {}.</p>\n",
            escape(advance)
        ));
    }
    html
}

fn exercise(page: &ExercisePage<'_>) -> String {
    let exercise = page.exercise;
    let mut html = format!(
        "<section class=\"exercise\">\n<h3>{}. {}</h3>\n",
        page.number,
        escape(&exercise.name)
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
            "<div class=\"picture\"><img alt=\"{}\" src=\"data:{kind};base64,{data}\"></div>\n",
            escape(&exercise.name)
        ));
    }
    if let Some(figure) = page.figure() {
        html.push_str(&format!("<div class=\"picture\">{figure}</div>\n"));
    }
    for (name, text) in page.remarks() {
        html.push_str(&format!(
            "<p class=\"small\"><b>{name}:</b> {}</p>\n",
            escape(&text)
        ));
    }
    html.push_str("</div></div>\n</section>\n");
    html
}

fn calendar(calendar: &Calendar) -> String {
    let days = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"]
        .map(|day| format!("<th>{day}</th>"))
        .join("");
    let mut html = format!(
        "<section class=\"calendar\"><h2>Done</h2>\n<p>{}</p>\n<table>\n<tr><th>Week of</th>{days}</tr>\n",
        escape(&calendar.note)
    );
    for (monday, row) in &calendar.weeks {
        let cells: Vec<String> = row
            .iter()
            .map(|count| {
                format!(
                    "<td>{}</td>",
                    "<span class=\"box\"></span>".repeat(usize::from(*count))
                )
            })
            .collect();
        html.push_str(&format!(
            "<tr><th>{}</th>{}</tr>\n",
            monday.strftime("%-d %b %Y"),
            cells.join("")
        ));
    }
    html.push_str("</table>\n</section>\n");
    html
}
