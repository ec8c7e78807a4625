//! What all HTML pages of regimen share: escaping, the frame around the body, and print styles.
//! Each page is one file that needs nothing from the network.

use crate::source::printable;

/// Marks a page as written by regimen, which may then overwrite it.
pub(crate) const GENERATOR: &str = "<meta name=\"generator\" content=\"regimen\">";

/// The styles that every page needs to print on A4 and Letter. A page adds its own after them.
const STYLE: &str = "
@page { margin: 14mm 15mm 16mm; }
* { box-sizing: border-box; }
body { font-family: 'Helvetica Neue', Arial, 'Liberation Sans', sans-serif; color: #111;
  background: #fff; max-width: 180mm; margin: 8mm auto; padding: 0 4mm; }
@media print { body { margin: 0; padding: 0; max-width: none; } }
header { border-bottom: 2pt solid #0b6e7f; padding-bottom: 3mm; margin-bottom: 4mm;
  display: flex; gap: 8mm; justify-content: space-between; }
h1 { line-height: 1.15; margin: 0 0 1mm; }
h2 { break-after: avoid; }
p { margin: 0 0 1.5mm; }
.contact { text-align: right; }
footer { font-size: 9pt; color: #444; }
";

/// The parts of a page. Fields that hold HTML are named so; all others are escaped here.
pub(crate) struct Page<'p> {
    /// The language of the text as a BCP 47 tag.
    pub(crate) language: &'p str,
    /// What the browser shows as the page's title.
    pub(crate) title: &'p str,
    /// The heading at the top of the page.
    pub(crate) heading: &'p str,
    /// CSS of this page alone.
    pub(crate) style: &'p str,
    /// Elements for the end of the head.
    pub(crate) head_html: &'p str,
    /// Paragraphs below the heading.
    pub(crate) intro_html: &'p str,
    /// Whom to call, at the right of the heading.
    pub(crate) contact_html: &'p str,
    /// Everything between the header and the footer.
    pub(crate) body_html: &'p str,
    /// The sentence at the foot of the page.
    pub(crate) footer: &'p str,
}

impl Page<'_> {
    /// Returns the whole page.
    pub(crate) fn render(&self) -> String {
        let (language, title) = (escape(self.language), escape(self.title));
        let (heading, footer) = (escape(self.heading), escape(self.footer));
        let Self {
            style,
            head_html,
            intro_html,
            contact_html,
            body_html,
            ..
        } = self;
        format!(
            "<!doctype html>\n\
             <html lang=\"{language}\">\n\
             <head>\n\
             <meta charset=\"utf-8\">\n\
             <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n\
             {GENERATOR}\n\
             <title>{title}</title>\n\
             <style>{STYLE}{style}</style>\n\
             {head_html}</head>\n\
             <body>\n\
             <header>\n\
             <div><h1>{heading}</h1>\n\
             {intro_html}</div>\n\
             <div class=\"contact\">{contact_html}</div>\n\
             </header>\n\
             {body_html}<footer>{footer}</footer>\n\
             </body>\n\
             </html>\n"
        )
    }
}

/// Returns a text that is safe between tags and in quoted attributes.
pub(crate) fn escape(text: &str) -> String {
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

/// Returns texts as the items of a list, `ul` or `ol`; nothing if there are none.
pub(crate) fn list(tag: &str, texts: &[impl AsRef<str>]) -> String {
    if texts.is_empty() {
        return String::new();
    }
    let items: Vec<String> = texts
        .iter()
        .map(|text| format!("<li>{}</li>", escape(text.as_ref())))
        .collect();
    format!("<{tag}>{}</{tag}>\n", items.concat())
}
