//! Broken files whose remedies are obeyed word for word, and what the file then means: what was
//! meant, and never something else.

use regimen::diagnostic::Diagnostic;
use regimen::diagnostic::remedy::{Change, Remedy};
use regimen::program::Program;
use regimen::program::library;
use regimen::program::parse::{Parsed, parse};
use regimen::source::{Source, Span};

/// How a broken file must be answered.
enum Answer {
    /// Obeyed, the file means the same as this one.
    Means(&'static str),
    /// The meanings that are offered, in their order, each as a file that means it.
    Readings(&'static [&'static str]),
    /// In words that hold all of these, without a replacement that would pass as something else.
    Words(&'static [&'static str]),
}

use Answer::{Means, Readings, Words};

fn read(text: &str) -> Parsed {
    parse(Source::new("obey.yaml", text))
}

fn program(text: &str) -> Program {
    let parsed = read(text);
    let errors: Vec<_> = parsed
        .diagnostics
        .iter()
        .filter(|diagnostic| diagnostic.is_error())
        .collect();
    parsed
        .program
        .clone()
        .unwrap_or_else(|| panic!("{text}\n{errors:#?}"))
}

/// The diagnostic that a therapist puts right next: the first error, or advice about a value that
/// reads as something else.
fn next(parsed: &Parsed) -> Option<&Diagnostic> {
    const TOLD: [&str; 4] = ["bad-language", "bare-duration", "bare-load", "decimal-time"];
    parsed.first_error().or_else(|| {
        parsed
            .diagnostics
            .iter()
            .find(|diagnostic| TOLD.contains(&diagnostic.code))
    })
}

// A person with an editor.

fn line_at(text: &str, at: usize) -> (usize, usize) {
    let start = text[..at].rfind('\n').map_or(0, |newline| newline + 1);
    (
        start,
        text[at..]
            .find('\n')
            .map_or(text.len(), |newline| at + newline),
    )
}

fn indent(line: &str) -> usize {
    line.len() - line.trim_start_matches(' ').len()
}

/// Whether a place is inside a bracket that is opened on its line, and where the entry there begins
/// and ends.
fn in_bracket(text: &str, span: Span) -> Option<(usize, usize)> {
    let (line, line_end) = line_at(text, span.start);
    let mut depth = 0;
    let mut start = None;
    for (index, byte) in text[line..span.start]
        .bytes()
        .enumerate()
        .collect::<Vec<_>>()
        .into_iter()
        .rev()
    {
        match byte {
            b'}' | b']' => depth += 1,
            b'{' | b'[' if depth > 0 => depth -= 1,
            b'{' => {
                start.get_or_insert(line + index + 1);
                depth = -1;
                break;
            }
            b',' if depth == 0 => {
                start.get_or_insert(line + index + 1);
            }
            _ => {}
        }
    }
    if depth != -1 {
        return None;
    }
    let mut depth = 0;
    let begin = start?;
    for (index, byte) in text[begin..line_end].bytes().enumerate() {
        match byte {
            b'{' | b'[' => depth += 1,
            b'}' | b']' if depth > 0 => depth -= 1,
            b'}' => return Some((begin, begin + index)),
            b',' if depth == 0 && begin + index >= span.end => return Some((begin, begin + index)),
            _ => {}
        }
    }
    None
}

/// Where the entry around a span begins and ends, and the column of its key.
fn entry(text: &str, span: Span) -> (usize, usize, Option<usize>) {
    if let Some((start, end)) = in_bracket(text, span) {
        let blank = text[start..].len() - text[start..].trim_start().len();
        return (start + blank, end, None);
    }
    let (line, mut end) = line_at(text, span.start);
    let content = &text[line..end];
    let column = content.len() - content.trim_start_matches([' ', '-']).len();
    // What is indented deeper belongs to it.
    while let Some(next) = text.get(end + 1..).filter(|rest| !rest.is_empty()) {
        let next_line = next.lines().next().unwrap_or_default();
        if indent(next_line) <= column || next_line.trim().is_empty() {
            break;
        }
        end += 1 + next_line.len();
    }
    (line + column, end, Some(column))
}

fn replace(text: &str, from: usize, to: usize, with: &str) -> String {
    format!("{}{with}{}", &text[..from], &text[to..])
}

/// A dash before a line, below the dashes above; the lines of the entry line up with its first key.
fn with_dash(text: &str, span: Span) -> String {
    let (start, _) = line_at(text, span.start);
    let above = &text[..start];
    let column_of = |line: &str| (line.trim_start().starts_with("- ")).then(|| indent(line));
    let key_column = span.start - start;
    let dash = above
        .lines()
        .rev()
        .find_map(|line| column_of(line).filter(|dash| *dash <= key_column));
    // The first of a list looks at the dashes below; where there is none, the key keeps its column.
    let first = above.trim_end().ends_with(':');
    let parent = above.trim_end().lines().last().map_or(0, indent);
    let mut below = text[start..]
        .lines()
        .take_while(|line| indent(line) >= parent)
        .filter_map(column_of);
    let below = below.find(|dash| (parent..=key_column).contains(dash));
    let dash = if first {
        below.unwrap_or(key_column)
    } else {
        dash.unwrap_or(key_column)
    };
    // Lines that are lined up with the new place of the key already stay.
    let below = text[start..].lines().nth(1).map_or(0, indent);
    let shift = if below == dash + 2 {
        0
    } else {
        dash + 2 - key_column
    };
    let mut made = above.to_owned();
    let mut inside = true;
    for (index, line) in text[start..].split_inclusive('\n').enumerate() {
        let column = indent(line);
        let content = &line[column..];
        let ends =
            index > 0 && (column < key_column || content.starts_with("- ") && column <= dash);
        inside &= !ends;
        if index == 0 {
            made.push_str(&format!("{}- {content}", " ".repeat(dash)));
        } else if inside {
            made.push_str(&format!("{}{content}", " ".repeat(column + shift)));
        } else {
            made.push_str(line);
        }
    }
    made
}

/// Obeys one change.
fn obey(text: &str, diagnostic: &Diagnostic, change: &Change) -> String {
    let span = diagnostic.span;
    let (start, end, column) = entry(text, span);
    let list = |entries: &[String]| match column {
        Some(column) => entries.join(&format!("\n{}", " ".repeat(column))),
        None => entries.join(", "),
    };
    match change {
        Change::Value(value) => replace(text, span.start, span.end, value),
        Change::Key(key) => replace(text, span.start, span.end, key),
        Change::Entries(entries) => replace(text, start, end, &list(entries)),
        Change::Add(entries) => {
            let more = format!("{}\n{}", list(entries), " ".repeat(column.unwrap_or(0)));
            if column.is_some() {
                replace(text, start, start, &more)
            } else {
                replace(text, end, end, &format!(", {}", list(entries)))
            }
        }
        Change::Delete => {
            let (line, line_end) = line_at(text, span.start);
            replace(text, line, (line_end + 1).min(text.len()), "")
        }
        Change::Dash(_) => with_dash(text, span),
        Change::MoveBelow(parent) => {
            let moved = text[start..end].to_owned();
            let (line, line_end) = line_at(text, span.start);
            let without = replace(text, line, (line_end + 1).min(text.len()), "");
            let key = format!("\n{parent}:");
            let at = without.find(&key).unwrap() + key.len();
            let (_, parent_end) = line_at(&without, at);
            match without[at..parent_end].find('{') {
                Some(brace) => replace(
                    &without,
                    at + brace + 1,
                    at + brace + 1,
                    &format!("{moved}, "),
                ),
                None => replace(&without, parent_end, parent_end, &format!("\n  {moved}")),
            }
        }
        Change::MoveUp(first) => {
            let moved = text[start..end].to_owned();
            let without = replace(text, start - column.unwrap(), end + 1, "");
            let at = without[..start - column.unwrap()]
                .rfind(&format!("{first}:"))
                .unwrap();
            let (_, line_end) = line_at(&without, at);
            replace(
                &without,
                line_end,
                line_end,
                &format!("\n{}{moved}", " ".repeat(column.unwrap())),
            )
        }
    }
}

/// Obeys what is told until nothing is; every remedy on the way is one change.
fn obey_all(mut text: String) -> Result<(Program, String), String> {
    for _ in 0..6 {
        let parsed = read(&text);
        let Some(diagnostic) = next(&parsed) else {
            return Ok((parsed.program.unwrap(), text));
        };
        let Some(Remedy::Write(change)) = &diagnostic.remedy else {
            return Err(format!(
                "no single change: {} - {:?}\n{text}",
                diagnostic.message, diagnostic.help
            ));
        };
        assert_said(diagnostic, change);
        text = obey(&text, diagnostic, change);
    }
    Err(format!("obeying does not end:\n{text}"))
}

/// What is applied is what the words say.
fn assert_said(diagnostic: &Diagnostic, change: &Change) {
    let help = diagnostic.help.as_deref().unwrap();
    let said = match change {
        Change::Value(text) => vec![format!("`{text}`")],
        Change::Key(key) => vec![format!("`{key}:`")],
        Change::Entries(entries) | Change::Add(entries) => {
            entries.iter().map(|entry| format!("`{entry}`")).collect()
        }
        Change::Dash(entry) => vec!["dash".to_owned(), format!("`- {entry}`")],
        Change::MoveBelow(key) => vec![format!("below `{key}:`")],
        Change::MoveUp(key) => vec!["move this line up".to_owned(), format!("`{key}:`")],
        Change::Delete => vec!["delete this line".to_owned()],
    };
    for words in said {
        let known = help.contains(&words) || words == "dash" && help.contains("`- ");
        assert!(known, "{words} is not in: {help}");
    }
}

/// What a reader could write from the texts in back-ticks: a line with a key, or a value alone.
fn replacements(help: &str) -> Vec<Change> {
    // A key alone and an item with its dash are places, not values.
    let is_value =
        |text: &&str| !text.contains('…') && !text.ends_with(':') && !text.starts_with("- ");
    let written = help.split('`').skip(1).step_by(2).filter(is_value);
    let change = |text: &str| {
        if text.contains(": ") {
            Change::Entries(vec![text.to_owned()])
        } else {
            Change::Value(text.to_owned())
        }
    };
    written.map(change).collect()
}

/// Counts of the answers.
#[derive(Default)]
struct Count {
    read: usize,
    obeyed: usize,
    readings: usize,
    words: usize,
}

fn answer(broken: &str, expected: &Answer, count: &mut Count) -> Result<(), String> {
    let parsed = read(broken);
    let found = next(&parsed);
    let told = || {
        let told = parsed.diagnostics.iter().map(|d| {
            format!(
                "{}: {} - {}",
                d.code,
                d.message,
                d.help.as_deref().unwrap_or("")
            )
        });
        format!("{broken}\n{}", told.collect::<Vec<_>>().join("\n"))
    };
    match expected {
        Means(right) => {
            count.read += usize::from(found.is_none());
            count.obeyed += usize::from(found.is_some());
            let (obeyed, text) =
                obey_all(broken.to_owned()).map_err(|why| format!("{}\n{why}", told()))?;
            if obeyed != program(right) {
                return Err(format!(
                    "{}\nobeyed, it means something else:\n{text}",
                    told()
                ));
            }
        }
        Readings(right) => {
            count.readings += 1;
            let Some(Remedy::Readings { readings, .. }) =
                found.and_then(|found| found.remedy.as_ref())
            else {
                return Err(format!("{}\nno readings", told()));
            };
            if readings.len() != right.len() {
                return Err(format!("{}\n{} readings", told(), readings.len()));
            }
            for ((_, change), right) in readings.iter().zip(*right) {
                assert_said(found.unwrap(), change);
                let (obeyed, text) = obey_all(obey(broken, found.unwrap(), change))?;
                if obeyed != program(right) {
                    return Err(format!(
                        "{}\na reading means something else:\n{text}\nnot\n{right}",
                        told()
                    ));
                }
            }
        }
        Words(words) => {
            count.words += 1;
            let Some(found) = found else {
                return Err(format!("{}\nnothing is told", told()));
            };
            let help = found.help.clone().unwrap_or_default();
            if !matches!(found.remedy, None | Some(Remedy::Words(_))) {
                return Err(format!("{}\nnot in words", told()));
            }
            if let Some(missing) = words.iter().find(|words| !help.contains(**words)) {
                return Err(format!("{}\nthe help lacks `{missing}`", told()));
            }
            let pass = replacements(&help)
                .into_iter()
                .filter(|change| read(&obey(broken, found, change)).program.is_some())
                .count();
            if pass == 1 {
                return Err(format!("{}\na lone replacement passes", told()));
            }
        }
    }
    Ok(())
}

/// A program with one exercise and these lines in it.
macro_rules! dose {
    ($($line:literal),+) => {
        concat!("title: T\nfrequency: daily\nexercises:\n  - name: X\n    instructions: Do.\n", $("    ", $line, "\n"),+)
    };
}

/// A program with these lines at its top.
macro_rules! top {
    ($($line:literal),*) => {
        concat!("title: T\n", $($line, "\n",)* "exercises:\n  - {name: X, instructions: Do., reps: 5}\n")
    };
}

/// A program with one phase and this line in it.
macro_rules! phase {
    ($line:literal) => {
        concat!(
            "title: T\nfrequency: daily\nphases:\n  - title: P\n    ",
            $line,
            "\n    exercises:\n      - {name: X, instructions: Do., reps: 5}\n"
        )
    };
}

/// A program with one exercise of the library.
macro_rules! library {
    ($name:literal) => {
        concat!(
            "title: T\nfrequency: daily\nexercises:\n  - exercise: ",
            $name,
            "\n    reps: 10\n"
        )
    };
}

const DECIDE: &[&str] = &["one number from", "on its own line"];
const OWN: &[&str] = &["describe your own with `name:` and `instructions:`"];
const TOP_RANGE: [&str; 2] = [dose!("reps: 8"), dose!("reps: 12")];

fn cases() -> Vec<(&'static str, Answer)> {
    vec![
        // Repetitions
        (dose!("reps: 3x10"), Means(dose!("sets: 3", "reps: 10"))),
        (
            dose!("reps: 3 x 10 each side"),
            Means(dose!("sets: 3", "reps: 10", "side: each")),
        ),
        (dose!("reps: 3×10"), Means(dose!("sets: 3", "reps: 10"))),
        (
            dose!("reps: 3 sets of 10"),
            Means(dose!("sets: 3", "reps: 10")),
        ),
        (
            dose!("reps: 3 sets, 10 reps"),
            Means(dose!("sets: 3", "reps: 10")),
        ),
        (
            dose!("reps: 10 x 3 sets"),
            Means(dose!("sets: 3", "reps: 10")),
        ),
        (
            dose!("sets: 3", "reps: 3x10"),
            Means(dose!("sets: 3", "reps: 10")),
        ),
        (
            dose!("sets: 2", "reps: 3x10"),
            Words(&["`sets`", "decide which one is right"]),
        ),
        (dose!("reps: 8/6/4"), Means(dose!("reps: [8, 6, 4]"))),
        (dose!("reps: 12-10-8"), Means(dose!("reps: [12, 10, 8]"))),
        (dose!("reps: 10, 8, 6"), Means(dose!("reps: [10, 8, 6]"))),
        (
            dose!("reps: L 10, R 8"),
            Means(dose!("reps: {left: 10, right: 8}", "side: each")),
        ),
        (
            dose!("reps: 10 left, 8 right"),
            Means(dose!("reps: {left: 10, right: 8}", "side: each")),
        ),
        (
            dose!("reps: R 8 / L 10"),
            Means(dose!("reps: {left: 10, right: 8}", "side: each")),
        ),
        (
            dose!("side: alternate", "reps: L 10, R 8"),
            Means(dose!("side: alternate", "reps: {left: 10, right: 8}")),
        ),
        (
            dose!("reps: 10/8"),
            Readings(&[
                dose!("reps: [10, 8]"),
                dose!("reps: {left: 10, right: 8}", "side: each"),
            ]),
        ),
        (
            dose!("reps: 10, 8"),
            Readings(&[
                dose!("reps: [10, 8]"),
                dose!("reps: {left: 10, right: 8}", "side: each"),
            ]),
        ),
        (
            dose!("side: left", "reps: 10/8"),
            Means(dose!("side: left", "reps: [10, 8]")),
        ),
        (
            dose!("reps: 30 s"),
            Readings(&[dose!("hold: 30 s"), dose!("duration: 30 s")]),
        ),
        (
            dose!("sets: 3", "reps: 2 min"),
            Readings(&[
                dose!("sets: 3", "hold: 2 min"),
                dose!("sets: 3", "duration: 2 min"),
            ]),
        ),
        (
            dose!("reps: 10 x 5 s"),
            Readings(&[
                dose!("reps: 10", "hold: 5 s"),
                dose!("sets: 10", "hold: 5 s"),
            ]),
        ),
        (
            dose!("reps: 10 reps, hold 5 s"),
            Means(dose!("reps: 10", "hold: 5 s")),
        ),
        (
            dose!("reps: 3 x 10 x 5 s"),
            Means(dose!("sets: 3", "reps: 10", "hold: 5 s")),
        ),
        (dose!("reps: 8-12"), Readings(&TOP_RANGE)),
        (dose!("reps: 8 to 12"), Readings(&TOP_RANGE)),
        (dose!("reps: 8–12"), Readings(&TOP_RANGE)),
        (
            dose!("reps: 3 x 8-12"),
            Readings(&[dose!("sets: 3", "reps: 8"), dose!("sets: 3", "reps: 12")]),
        ),
        (
            dose!("reps: max"),
            Words(&["`measure:` with `reps`", "one number"]),
        ),
        (
            dose!("reps: to fatigue"),
            Words(&["`measure:` with `reps`", "one number"]),
        ),
        (
            dose!("reps: as many as possible"),
            Words(&["`measure:` with `reps`", "one number"]),
        ),
        (dose!("reps: ten"), Means(dose!("reps: 10"))),
        (dose!("reps: 10 reps"), Means(dose!("reps: 10"))),
        (dose!("reps: 10x"), Means(dose!("reps: 10"))),
        (dose!("reps: x10"), Means(dose!("reps: 10"))),
        (
            dose!("reps: 10 each side"),
            Means(dose!("reps: 10", "side: each")),
        ),
        (
            dose!("reps: 10 per leg"),
            Means(dose!("reps: 10", "side: each")),
        ),
        (
            dose!("reps: 10/side"),
            Means(dose!("reps: 10", "side: each")),
        ),
        (
            dose!("reps: 10 each"),
            Means(dose!("reps: 10", "side: each")),
        ),
        (
            dose!("side: each", "reps: 10 each side"),
            Means(dose!("side: each", "reps: 10")),
        ),
        (
            dose!("side: both", "reps: 10 each side"),
            Words(&["`side`", "decide which one is right"]),
        ),
        (
            dose!("reps: 10 both sides"),
            Readings(&[
                dose!("reps: 10", "side: each"),
                dose!("reps: 10", "side: both"),
            ]),
        ),
        (
            dose!("reps: 10 alternating"),
            Means(dose!("reps: 10", "side: alternate")),
        ),
        (
            dose!("reps: 10 left"),
            Means(dose!("reps: 10", "side: left")),
        ),
        (
            dose!("reps: 10 (each side)"),
            Means(dose!("reps: 10", "side: each")),
        ),
        (dose!("reps: 1/2"), Words(DECIDE)),
        (dose!("reps: 10+"), Words(DECIDE)),
        (dose!("reps: 20 steps"), Words(DECIDE)),
        (dose!("reps: 10 slow"), Words(DECIDE)),
        (
            dose!("reps: 10 x 3"),
            Readings(&[dose!("sets: 10", "reps: 3"), dose!("sets: 3", "reps: 10")]),
        ),
        (
            dose!("reps: 12 @ 5 kg"),
            Means(dose!("reps: 12", "load: 5 kg")),
        ),
        (
            dose!("sets: 3 x 10 @ 5kg"),
            Means(dose!("sets: 3", "reps: 10", "load: 5 kg")),
        ),
        (
            dose!("reps: 10 x 12lbs"),
            Means(dose!("reps: 10", "load: 12 lb")),
        ),
        (dose!("reps: 10 twice"), Means(dose!("sets: 2", "reps: 10"))),
        (dose!("reps: 10 (5 each side)"), Words(DECIDE)),
        (
            dose!("reps: 10 (twice)"),
            Means(dose!("sets: 2", "reps: 10")),
        ),
        (
            dose!("reps: hold 5 s x 10"),
            Readings(&[
                dose!("sets: 10", "hold: 5 s"),
                dose!("reps: 10", "hold: 5 s"),
            ]),
        ),
        (dose!("sets: 3, 10 reps"), Words(DECIDE)),
        (dose!("sets: 3 - 10 reps"), Words(DECIDE)),
        (dose!("duration: 1 hour 30"), Words(&["`s` or `min`"])),
        (
            dose!("reps: 10 e/s"),
            Means(dose!("reps: 10", "side: each")),
        ),
        (
            dose!("reps: 10 R/L"),
            Means(dose!("reps: 10", "side: each")),
        ),
        (dose!("reps: “10”"), Means(dose!("reps: 10"))),
        (dose!("dose: 3x10"), Means(dose!("sets: 3", "reps: 10"))),
        (
            dose!("reps: {R: 5, L: 8}", "side: each"),
            Means(dose!("reps: {right: 5, left: 8}", "side: each")),
        ),
        (dose!("reps: 10 with red band"), Words(DECIDE)),
        (dose!("reps: [3x10, 8]"), Words(&["`sets`"])),
        (dose!("reps: 6.5"), Words(&["from 1 to 200"])),
        (
            "title: T\nfrequency: daily\nexercises:\n  - {name: X, instructions: Do., reps: 3x10, load: 5 kg}\n",
            Means(dose!("sets: 3", "reps: 10", "load: 5 kg")),
        ),
        (
            "title: T\nfrequency: daily\nexercises:\n  - {name: Lunge, reps: 10 each side, instructions: [x]}\n",
            Means(
                "title: T\nfrequency: daily\nexercises:\n  - {name: Lunge, reps: 10, side: each, instructions: [x]}\n",
            ),
        ),
        (
            "title: T\nfrequency: daily\nexercises:\n  - {name: X, instructions: Do., reps: 10, 8, 6}\n",
            Words(&["in brackets", "`[10, 8, 6]`"]),
        ),
        // Sets
        (dose!("sets: 3x10"), Means(dose!("sets: 3", "reps: 10"))),
        (
            dose!("sets: 3x10", "reps: 10"),
            Means(dose!("sets: 3", "reps: 10")),
        ),
        (
            dose!("sets: 2-3", "reps: 10"),
            Readings(&[dose!("sets: 2", "reps: 10"), dose!("sets: 3", "reps: 10")]),
        ),
        (
            dose!("sets: 2/3", "reps: 10"),
            Readings(&[
                dose!("sets: {left: 2, right: 3}", "side: each", "reps: 10"),
                dose!("sets: 2", "reps: 10"),
                dose!("sets: 3", "reps: 10"),
            ]),
        ),
        (
            dose!("sets = 3", "reps: 10"),
            Means(dose!("sets: 3", "reps: 10")),
        ),
        (
            dose!("sets; 3", "reps: 10"),
            Means(dose!("sets: 3", "reps: 10")),
        ),
        (
            dose!("sets: three", "reps: 10"),
            Means(dose!("sets: 3", "reps: 10")),
        ),
        (
            dose!("sets: 3 sets", "reps: 10"),
            Means(dose!("sets: 3", "reps: 10")),
        ),
        (
            dose!("sets: left 3, right 2", "reps: 5"),
            Means(dose!("sets: {left: 3, right: 2}", "side: each", "reps: 5")),
        ),
        (dose!("sets: 2 hold", "reps: 5"), Words(DECIDE)),
        // Lengths of time
        (
            dose!("hold: 3 x 30 s"),
            Means(dose!("sets: 3", "hold: 30 s")),
        ),
        (
            dose!("hold: 30 sec x 3"),
            Means(dose!("sets: 3", "hold: 30 s")),
        ),
        (dose!("hold: 3 x 30"), Means(dose!("sets: 3", "hold: 30 s"))),
        (dose!("hold: 30 x 3"), Means(dose!("sets: 3", "hold: 30 s"))),
        (dose!("hold: 1'30"), Means(dose!("hold: 90 s"))),
        (dose!("hold: 1min30"), Means(dose!("hold: 90 s"))),
        (dose!("hold: 1 min 30"), Words(&["`s` or `min`"])),
        (
            dose!("hold: 1.30"),
            Readings(&[dose!("hold: 90 s"), dose!("hold: 1.3 s")]),
        ),
        (
            dose!("reps: 5", "rest: 1"),
            Readings(&[
                dose!("reps: 5", "rest: 60 s"),
                dose!("reps: 5", "rest: 1 s"),
            ]),
        ),
        (
            dose!("hold: 5 x 10"),
            Readings(&[
                dose!("sets: 5", "hold: 10 s"),
                dose!("reps: 10", "hold: 5 s"),
                dose!("sets: 10", "hold: 5 s"),
            ]),
        ),
        (
            dose!("reps: 3", "hold: 30 each"),
            Readings(&[
                dose!("reps: 3", "hold: 30 s"),
                dose!("reps: 3", "hold: 30 s", "side: each"),
            ]),
        ),
        (dose!("reps: 5", "hold: no"), Means(dose!("reps: 5"))),
        (
            dose!("hold: 30 s x2 R/L"),
            Means(dose!("sets: 2", "hold: 30 s", "side: each")),
        ),
        (
            dose!("hold: 15 x 3"),
            Readings(&[
                dose!("sets: 15", "hold: 3 s"),
                dose!("sets: 3", "hold: 15 s"),
            ]),
        ),
        (
            dose!("hold: 10 x 5 s"),
            Readings(&[
                dose!("sets: 10", "hold: 5 s"),
                dose!("reps: 10", "hold: 5 s"),
            ]),
        ),
        (
            dose!("hold: 30 s, 3 times"),
            Means(dose!("sets: 3", "hold: 30 s")),
        ),
        (dose!("duration: 1/2 hour"), Words(&["`s` or `min`"])),
        (
            dose!("sets: 3 (10 reps)"),
            Means(dose!("sets: 3", "reps: 10")),
        ),
        (
            dose!("reps: 5", "rest: 30 s each side"),
            Words(&["`s` or `min`"]),
        ),
        (
            dose!("hold: 5-10 s"),
            Readings(&[dose!("hold: 5 s"), dose!("hold: 10 s")]),
        ),
        (
            dose!("hold: 2-3 min"),
            Readings(&[dose!("hold: 2 min"), dose!("hold: 3 min")]),
        ),
        (dose!("hold: 10"), Means(dose!("hold: 10 s"))),
        (
            dose!("hold: 30 sec each side"),
            Means(dose!("hold: 30 s", "side: each")),
        ),
        (
            dose!("hold: 30 s per leg"),
            Means(dose!("hold: 30 s", "side: each")),
        ),
        (dose!("hold: 30\""), Means(dose!("hold: 30 s"))),
        (dose!("hold: 1'30\""), Means(dose!("hold: 90 s"))),
        (dose!("hold: 30 secs."), Means(dose!("hold: 30 s"))),
        (dose!("hold: 20 sek"), Means(dose!("hold: 20 s"))),
        (
            dose!("hold: 2,5 s", "reps: 5"),
            Means(dose!("hold: 2.5 s", "reps: 5")),
        ),
        (dose!("hold: 30 sec hold"), Means(dose!("hold: 30 s"))),
        (dose!("hold: a minute"), Means(dose!("hold: 60 s"))),
        (dose!("hold: 10 reps"), Means(dose!("reps: 10"))),
        (
            dose!("hold: L 15, R 20 s"),
            Means(dose!("hold: {left: 15 s, right: 20 s}", "side: each")),
        ),
        (
            dose!("hold: 10, 20, 30 s"),
            Means(dose!("hold: [10 s, 20 s, 30 s]")),
        ),
        (dose!("hold: 5 weeks"), Words(&["`s` or `min`"])),
        (dose!("hold: 5 breaths"), Words(&["`s` or `min`"])),
        (
            dose!("hold: max"),
            Words(&["`measure:` with `hold`", "one length"]),
        ),
        (
            dose!("duration: 20"),
            Readings(&[dose!("duration: 20 min"), dose!("duration: 20 s")]),
        ),
        (
            dose!("duration: 15-20 min"),
            Readings(&[dose!("duration: 15 min"), dose!("duration: 20 min")]),
        ),
        (
            dose!("duration: 2 x 10 min"),
            Means(dose!("sets: 2", "duration: 10 min")),
        ),
        (
            dose!("reps: 5", "rest: none"),
            Means(dose!("reps: 5", "rest: 0 s")),
        ),
        (
            dose!("reps: 5", "rest: no"),
            Means(dose!("reps: 5", "rest: 0 s")),
        ),
        (
            dose!("reps: 5", "rest: 45 s between sets"),
            Means(dose!("reps: 5", "rest: 45 s")),
        ),
        (
            dose!("reps: 5", "rest: 30-60 s"),
            Readings(&[
                dose!("reps: 5", "rest: 30 s"),
                dose!("reps: 5", "rest: 60 s"),
            ]),
        ),
        (
            dose!("reps: 5", "rest: as needed"),
            Words(&["`s` or `min`"]),
        ),
        // Tempo
        (
            dose!("reps: 5", "tempo: 3010"),
            Means(dose!("reps: 5", "tempo: 3-0-1-0")),
        ),
        (
            dose!("reps: 5", "tempo: 3/1/2"),
            Means(dose!("reps: 5", "tempo: 3-1-2")),
        ),
        (
            dose!("reps: 5", "tempo: 3 1 2 0"),
            Means(dose!("reps: 5", "tempo: 3-1-2-0")),
        ),
        (
            dose!("reps: 5", "tempo: 3s-1s-2s"),
            Means(dose!("reps: 5", "tempo: 3-1-2")),
        ),
        (
            dose!("reps: 5", "tempo: 3-1-X-0"),
            Readings(&[
                dose!("reps: 5", "tempo: 3-1-0-0"),
                dose!("reps: 5", "tempo: 3-1-1-0"),
            ]),
        ),
        (dose!("reps: 5", "tempo: slow"), Words(&["in seconds"])),
        (dose!("reps: 5", "tempo: 3-1"), Words(&["in seconds"])),
        // Sides
        (
            dose!("reps: 5", "side: both sides"),
            Readings(&[
                dose!("reps: 5", "side: each"),
                dose!("reps: 5", "side: both"),
            ]),
        ),
        (
            dose!("reps: 5", "side: bilateral"),
            Readings(&[
                dose!("reps: 5", "side: each"),
                dose!("reps: 5", "side: both"),
            ]),
        ),
        (
            dose!("reps: 5", "side: L"),
            Means(dose!("reps: 5", "side: left")),
        ),
        (
            dose!("reps: 5", "side: right leg"),
            Means(dose!("reps: 5", "side: right")),
        ),
        (
            dose!("reps: 5", "side: l/r"),
            Readings(&[
                dose!("reps: 5", "side: each"),
                dose!("reps: 5", "side: alternate"),
            ]),
        ),
        (
            dose!("hold: 5 s", "side: l/r"),
            Means(dose!("hold: 5 s", "side: each")),
        ),
        (
            dose!("reps: 5", "side: unilateral"),
            Readings(&[
                dose!("reps: 5", "side: left"),
                dose!("reps: 5", "side: right"),
                dose!("reps: 5", "side: each"),
            ]),
        ),
        (
            dose!("reps: 5", "side: alternating"),
            Means(dose!("reps: 5", "side: alternate")),
        ),
        (
            dose!("hold: 5 s", "side: alternating"),
            Means(dose!("hold: 5 s", "side: each")),
        ),
        (
            dose!("reps: 5", "side: each side"),
            Means(dose!("reps: 5", "side: each")),
        ),
        (
            dose!("reps: 5", "side: rihgt"),
            Means(dose!("reps: 5", "side: right")),
        ),
        (
            dose!("reps: 5", "side: R only"),
            Means(dose!("reps: 5", "side: right")),
        ),
        (
            dose!("reps: 5", "side: links"),
            Means(dose!("reps: 5", "side: left")),
        ),
        (
            dose!("reps: 5", "side: L then R"),
            Means(dose!("reps: 5", "side: each", "first: left")),
        ),
        (
            dose!("reps: 5", "side: [left, right]"),
            Readings(&[
                dose!("reps: 5", "side: each"),
                dose!("reps: 5", "side: alternate"),
            ]),
        ),
        (
            dose!("reps: 5", "leg: right"),
            Means(dose!("reps: 5", "side: right")),
        ),
        (
            dose!("reps: 5", "kg: 5"),
            Means(dose!("reps: 5", "load: 5 kg")),
        ),
        (
            dose!("reps: 5", "load: 5"),
            Readings(&[
                dose!("reps: 5", "load: 5 kg"),
                dose!("reps: 5", "load: 5 lb"),
            ]),
        ),
        (
            dose!("reps: 5", "side: affected"),
            Words(&["`left` only", "`each`"]),
        ),
        (
            dose!("reps: 5", "side: each", "first: R"),
            Means(dose!("reps: 5", "side: each", "first: right")),
        ),
        // Other words
        (
            dose!("reps: 5", "essential: yes"),
            Means(dose!("reps: 5", "essential: true")),
        ),
        (
            dose!("reps: 5", "essential: no"),
            Means(dose!("reps: 5", "essential: false")),
        ),
        (
            dose!("reps: 5", "block: warmup"),
            Means(dose!("reps: 5", "block: warm-up")),
        ),
        (dose!("measure: seconds"), Means(dose!("measure: hold"))),
        (
            dose!("measure: time"),
            Readings(&[dose!("measure: hold"), dose!("measure: reps")]),
        ),
        (
            top!("frequency: daily", "language: english"),
            Means(top!("frequency: daily", "language: en")),
        ),
        (
            top!("frequency: daily", "language: pt_BR"),
            Means(top!("frequency: daily", "language: pt-BR")),
        ),
        (
            top!("frequency: daily", "pain: {ask: [morning]}"),
            Readings(&[
                top!("frequency: daily", "pain: {ask: [next-morning]}"),
                top!("frequency: daily", "pain: {ask: [before]}"),
            ]),
        ),
        (
            top!("frequency: daily", "pain: {ask: [pre, post]}"),
            Means(top!("frequency: daily", "pain: {ask: [before, after]}")),
        ),
        // Pain
        (
            top!(
                "frequency: daily",
                "pain:",
                "  bands:",
                "    - {up_to: 0-3, label: fine}",
                "    - {up_to: 4-10, label: stop, stop: yes}"
            ),
            Means(top!(
                "frequency: daily",
                "pain:",
                "  bands:",
                "    - {up_to: 3, label: fine}",
                "    - {up_to: 10, label: stop, stop: true}"
            )),
        ),
        (
            top!(
                "frequency: daily",
                "pain:",
                "  bands:",
                "    - {up_to: 3/10, label: fine}",
                "    - {up_to: 4+, label: stop}"
            ),
            Means(top!(
                "frequency: daily",
                "pain:",
                "  bands:",
                "    - {up_to: 3, label: fine}",
                "    - {up_to: 10, label: stop}"
            )),
        ),
        (
            top!(
                "frequency: daily",
                "pain:",
                "  bands:",
                "    - {up_to: 3, label: fine}"
            ),
            Words(&["add a band", "pain 4-10"]),
        ),
        (
            top!(
                "frequency: daily",
                "pain:",
                "  bands:",
                "    - {up_to: 3, label: fine}",
                "    - {up_to: 8, label: no, stop: true}"
            ),
            Means(top!(
                "frequency: daily",
                "pain:",
                "  bands:",
                "    - {up_to: 3, label: fine}",
                "    - {up_to: 10, label: no, stop: true}"
            )),
        ),
        (
            top!(
                "frequency: daily",
                "pain:",
                "  bands:",
                "    - 0-3 fine",
                "    - 4-10: stop"
            ),
            Means(top!(
                "frequency: daily",
                "pain:",
                "  bands:",
                "    - {up_to: 3, label: fine}",
                "    - {up_to: 10, label: stop, stop: true}"
            )),
        ),
        (
            top!(
                "frequency: daily",
                "pain:",
                "  bands:",
                "    - green: 0-3",
                "    - {up_to: 10, label: red}"
            ),
            Means(top!(
                "frequency: daily",
                "pain:",
                "  bands:",
                "    - {up_to: 3, label: green}",
                "    - {up_to: 10, label: red}"
            )),
        ),
        (
            top!(
                "frequency: daily",
                "pain:",
                "  bands:",
                "    - {up_to: 4-6, label: careful}",
                "    - {up_to: 10, label: no}"
            ),
            Words(&["pain 0-3", "the highest pain"]),
        ),
        (
            top!(
                "frequency: daily",
                "pain:",
                "  bands:",
                "    - {up_to: 3, label: fine}",
                "    - {up_to: 5-10, label: no}"
            ),
            Words(&["pain 4", "the highest pain"]),
        ),
        (
            top!("frequency: daily", "pain: {ask: before and after}"),
            Means(top!("frequency: daily", "pain: {ask: [before, after]}")),
        ),
        (
            top!("frequency: daily", "pain: {ask: no}"),
            Means(top!("frequency: daily", "pain: {ask: []}")),
        ),
        // Weeks, sessions
        (
            dose!(
                "reps: 5",
                "progression:",
                "  - after_sessions: 2 weeks",
                "    reps: 8"
            ),
            Means(dose!(
                "reps: 5",
                "progression:",
                "  - week: 3",
                "    reps: 8"
            )),
        ),
        (
            dose!(
                "reps: 5",
                "progression:",
                "  - after: 2 weeks",
                "    reps: 8"
            ),
            Means(dose!(
                "reps: 5",
                "progression:",
                "  - week: 3",
                "    reps: 8"
            )),
        ),
        (
            dose!(
                "reps: 5",
                "progression:",
                "  - after: 6 sessions",
                "    reps: 8"
            ),
            Means(dose!(
                "reps: 5",
                "progression:",
                "  - after_sessions: 6",
                "    reps: 8"
            )),
        ),
        (
            dose!(
                "reps: 5",
                "progression:",
                "  - week: after 2 weeks",
                "    reps: 8"
            ),
            Means(dose!(
                "reps: 5",
                "progression:",
                "  - week: 3",
                "    reps: 8"
            )),
        ),
        (
            dose!(
                "reps: 5",
                "progression:",
                "  - week: 6 sessions",
                "    reps: 8"
            ),
            Means(dose!(
                "reps: 5",
                "progression:",
                "  - after_sessions: 6",
                "    reps: 8"
            )),
        ),
        (
            dose!("reps: 5", "progression:", "  - weeks: 3", "    reps: 8"),
            Readings(&[
                dose!("reps: 5", "progression:", "  - week: 3", "    reps: 8"),
                dose!("reps: 5", "progression:", "  - week: 4", "    reps: 8"),
            ]),
        ),
        (
            dose!("reps: 5", "progression:", "  - week: 2", "    reps: +5"),
            Words(&["the new total"]),
        ),
        (
            dose!("reps: 5", "week 3: 3x10"),
            Words(&["`progression:`", "`- week: 3`"]),
        ),
        (phase!("weeks: 0-2"), Means(phase!("weeks: 2"))),
        (
            phase!("weeks: 3-6"),
            Readings(&[phase!("weeks: 3"), phase!("weeks: 6"), phase!("weeks: 4")]),
        ),
        (phase!("weeks: 10 days"), Words(&["how many weeks"])),
        (
            phase!("weeks: 6 sessions"),
            Means(phase!("advance_when: {sessions: 6}")),
        ),
        (
            phase!("advance_when: {sessions: 2 weeks}"),
            Words(&["beside `advance_when:`"]),
        ),
        (
            phase!("advance_when: {weeks: 2}"),
            Words(&["beside `advance_when:`"]),
        ),
        // Dates
        (
            top!("frequency: daily", "review: 12/18/2026"),
            Means(top!("frequency: daily", "review: 2026-12-18")),
        ),
        (
            top!("frequency: daily", "review: 03/04/2026"),
            Readings(&[
                top!("frequency: daily", "review: 2026-03-04"),
                top!("frequency: daily", "review: 2026-04-03"),
            ]),
        ),
        (
            top!("frequency: daily", "review: 18.12.2026"),
            Means(top!("frequency: daily", "review: 2026-12-18")),
        ),
        (
            top!("frequency: daily", "review: Dec 18, 2026"),
            Means(top!("frequency: daily", "review: 2026-12-18")),
        ),
        (
            top!("frequency: daily", "review: 18 December 2026"),
            Means(top!("frequency: daily", "review: 2026-12-18")),
        ),
        (
            top!("frequency: daily", "review: 18th December 2026"),
            Means(top!("frequency: daily", "review: 2026-12-18")),
        ),
        (
            top!("frequency: daily", "review: 2026/12/18"),
            Means(top!("frequency: daily", "review: 2026-12-18")),
        ),
        (
            top!("frequency: daily", "review: 2026-18-12"),
            Means(top!("frequency: daily", "review: 2026-12-18")),
        ),
        (
            top!("frequency: daily", "review: 20261218"),
            Means(top!("frequency: daily", "review: 2026-12-18")),
        ),
        (
            top!("frequency: daily", "review: 2026-02-30"),
            Words(&["a day that exists"]),
        ),
        (
            top!("frequency: daily", "review: in 4 weeks"),
            Words(&["the year"]),
        ),
        // Times of day
        (
            top!("frequency: daily", "reminders: [6 pm]"),
            Means(top!("frequency: daily", "reminders: [\"18:00\"]")),
        ),
        (
            top!("frequency: daily", "reminders: [6:30pm]"),
            Means(top!("frequency: daily", "reminders: [\"18:30\"]")),
        ),
        (
            top!("frequency: daily", "reminders: [7:30 a.m.]"),
            Means(top!("frequency: daily", "reminders: [\"07:30\"]")),
        ),
        (
            top!("frequency: daily", "reminders: [0730]"),
            Means(top!("frequency: daily", "reminders: [\"07:30\"]")),
        ),
        (
            top!("frequency: daily", "reminders: [7.30]"),
            Means(top!("frequency: daily", "reminders: [\"07:30\"]")),
        ),
        (
            top!("frequency: daily", "reminders: noon"),
            Means(top!("frequency: daily", "reminders: \"12:00\"")),
        ),
        (
            top!("frequency: daily", "reminders: [7]"),
            Readings(&[
                top!("frequency: daily", "reminders: [\"07:00\"]"),
                top!("frequency: daily", "reminders: [\"19:00\"]"),
            ]),
        ),
        (
            top!("frequency: daily", "reminders: 7 am and 6 pm"),
            Means(top!(
                "frequency: daily",
                "reminders: [\"07:00\", \"18:00\"]"
            )),
        ),
        (
            top!("frequency: daily", "reminders: [morning]"),
            Words(&["a time of day"]),
        ),
        (
            top!("frequency: daily", "reminders: [25:00]"),
            Words(&["a time of day"]),
        ),
        // How often
        (
            top!("frequency: 3 times a week"),
            Means(top!("frequency: 3x/week")),
        ),
        (
            top!("frequency: three times per week"),
            Means(top!("frequency: 3x/week")),
        ),
        (top!("frequency: BID"), Means(top!("frequency: 2x/day"))),
        (top!("frequency: TID"), Means(top!("frequency: 3x/day"))),
        (
            top!("frequency: twice a day"),
            Means(top!("frequency: 2x/day")),
        ),
        (
            top!("frequency: twice daily"),
            Means(top!("frequency: 2x/day")),
        ),
        (
            top!("frequency: every other day"),
            Means(top!("frequency: every 2 days")),
        ),
        (
            top!("frequency: every 2 weeks"),
            Means(top!("frequency: every 14 days")),
        ),
        (
            top!("frequency: MWF"),
            Means(top!("frequency: [mon, wed, fri]")),
        ),
        (
            top!("frequency: Monday, Wednesday, Friday"),
            Means(top!("frequency: [mon, wed, fri]")),
        ),
        (
            top!("frequency: Tue/Thu"),
            Means(top!("frequency: [tue, thu]")),
        ),
        (
            top!("frequency: weekdays"),
            Means(top!("frequency: [mon, tue, wed, thu, fri]")),
        ),
        (
            top!("frequency: 3-4x/week"),
            Readings(&[top!("frequency: 3x/week"), top!("frequency: 4x/week")]),
        ),
        (
            top!("frequency: 2-3 times per day"),
            Readings(&[top!("frequency: 2x/day"), top!("frequency: 3x/day")]),
        ),
        (
            top!("frequency: 5 days a week"),
            Means(top!("frequency: 5x/week")),
        ),
        (
            top!("frequency: once a week"),
            Means(top!("frequency: weekly")),
        ),
        (
            top!("frequency: once a day"),
            Means(top!("frequency: daily")),
        ),
        (
            top!("frequency: biweekly"),
            Readings(&[top!("frequency: 2x/week"), top!("frequency: every 14 days")]),
        ),
        (
            top!("frequency: 3x"),
            Readings(&[top!("frequency: 3x/day"), top!("frequency: 3x/week")]),
        ),
        (top!("frequency: dayly"), Means(top!("frequency: daily"))),
        (top!("frequency: PRN"), Means(top!("frequency: as needed"))),
        (
            top!("frequency: daily x 2 weeks"),
            Words(&["decide how often"]),
        ),
        (
            top!("frequency: 2x/day 3x/week"),
            Words(&["decide how often"]),
        ),
        (
            top!("frequency: 7 days"),
            Readings(&[top!("frequency: daily"), top!("frequency: every 7 days")]),
        ),
        (
            top!("frequency: 5 days"),
            Readings(&[top!("frequency: 5x/week"), top!("frequency: every 5 days")]),
        ),
        (top!("frequency: 1-2 days"), Words(&["decide how often"])),
        (top!("frequency: weekly x 6"), Words(&["decide how often"])),
        (
            top!("frequency: 2x weekly"),
            Means(top!("frequency: 2x/week")),
        ),
        (top!("frequency: 6 weeks"), Words(&["decide how often"])),
        (top!("frequency: tds"), Means(top!("frequency: 3x/day"))),
        (top!("frequency: bd"), Means(top!("frequency: 2x/day"))),
        (top!("frequency: 5/7"), Means(top!("frequency: 5x/week"))),
        (top!("frequency: 3xweek"), Means(top!("frequency: 3x/week"))),
        (
            top!("frequency: x3/week"),
            Means(top!("frequency: 3x/week")),
        ),
        (
            top!("frequency: every 2nd day"),
            Means(top!("frequency: every 2 days")),
        ),
        (
            top!("frequency: 3 days/wk"),
            Means(top!("frequency: 3x/week")),
        ),
        (
            top!("frequency: every 3-4 days"),
            Readings(&[
                top!("frequency: every 3 days"),
                top!("frequency: every 4 days"),
            ]),
        ),
        (top!("frequency: 9x/day"), Words(&["decide how often"])),
        (
            top!("frequency: as tolerated"),
            Words(&["decide how often"]),
        ),
        (
            top!("frequency: every 2 hours"),
            Words(&["decide how often"]),
        ),
        (
            top!("frequency: [mon, wensday]"),
            Means(top!("frequency: [mon, wed]")),
        ),
        (
            top!("frequency: [mon, tursday]"),
            Readings(&[top!("frequency: [mon, tue]"), top!("frequency: [mon, thu]")]),
        ),
        // Keys
        (dose!("repetitions: 10"), Means(dose!("reps: 10"))),
        (dose!("count: 10"), Means(dose!("reps: 10"))),
        (dose!("Reps: 10"), Means(dose!("reps: 10"))),
        (
            dose!("reps: 5", "tempo_: 3-0-1"),
            Means(dose!("reps: 5", "tempo: 3-0-1")),
        ),
        (dose!("rep: 10"), Means(dose!("reps: 10"))),
        (
            dose!("hold: 5 s", "resp: 10"),
            Readings(&[
                dose!("hold: 5 s", "reps: 10"),
                dose!("hold: 5 s", "rest: 10"),
            ]),
        ),
        (
            dose!("time: 30 s"),
            Readings(&[dose!("hold: 30 s"), dose!("duration: 30 s")]),
        ),
        (
            dose!("seconds: 30"),
            Readings(&[dose!("hold: 30 s"), dose!("duration: 30 s")]),
        ),
        (
            dose!("reps: 10", "seconds: 5"),
            Means(dose!("reps: 10", "hold: 5 s")),
        ),
        (dose!("time: 30"), Words(&["`hold:`", "`duration:`"])),
        (
            dose!("reps: 10", "weight: 5 kg"),
            Means(dose!("reps: 10", "load: 5 kg")),
        ),
        (
            dose!("reps: 10", "resistance: red band"),
            Means(dose!("reps: 10", "load: red band")),
        ),
        (
            dose!("reps: 10", "band: red"),
            Means(dose!("reps: 10", "load: red band")),
        ),
        (
            "title: T\nfrequency: daily\nexercises:\n  - name: X\n    reps: 10\n    description: Do.\n",
            Means(dose!("reps: 10")),
        ),
        (
            "title: T\nfrequency: daily\nexercises:\n  - name: X\n    reps: 10\n    instruction: Do.\n",
            Means(dose!("reps: 10")),
        ),
        (
            dose!("reps: 10", "notes: Slowly."),
            Words(&["`instructions:`", "begins with #"]),
        ),
        (
            dose!("reps: 10", "frequency: daily"),
            Words(&["one frequency", "at the top", "a program file of its own"]),
        ),
        (dose!("reps: 10", "left: 5"), Words(&["`side:`"])),
        (
            dose!("reps: 10", "patient: Me"),
            Words(&["at the top of the file"]),
        ),
        (
            dose!("reps: 10", "colour: red"),
            Words(&["the keys here are"]),
        ),
        (
            top!("frequency: daily", "rest: 30 s"),
            Means(top!("frequency: daily", "defaults: {rest: 30 s}")),
        ),
        (
            top!(
                "frequency: daily",
                "defaults:",
                "  switch: 3 s",
                "rest: 30 s"
            ),
            Means(top!(
                "frequency: daily",
                "defaults: {rest: 30 s, switch: 3 s}"
            )),
        ),
        (
            top!(
                "frequency: daily",
                "phone: \"555-0100\"",
                "email: a@example.org"
            ),
            Means(top!(
                "frequency: daily",
                "therapist: {phone: \"555-0100\", email: a@example.org}"
            )),
        ),
        (
            top!("frequency: daily", "therapist: Dana Ruiz, DPT"),
            Means(top!(
                "frequency: daily",
                "therapist: {name: \"Dana Ruiz, DPT\"}"
            )),
        ),
        (
            top!("frequency: daily", "sets: 3"),
            Words(&["in each exercise"]),
        ),
        (
            top!("frequency: daily", "name: Dana"),
            Readings(&[
                top!("frequency: daily", "therapist: {name: Dana}"),
                top!("frequency: daily", "patient: Dana"),
            ]),
        ),
        (top!("schedule: daily"), Means(top!("frequency: daily"))),
        (
            top!("frequency: daily", "diagnosis: Low back pain"),
            Means(top!("frequency: daily", "condition: Low back pain")),
        ),
        (
            top!("frequency: daily", "next visit: 2026-12-18"),
            Means(top!("frequency: daily", "review: 2026-12-18")),
        ),
        (
            top!("frequency: daily", "date: 2026-12-18"),
            Readings(&[
                top!("frequency: daily", "prescribed: 2026-12-18"),
                top!("frequency: daily", "review: 2026-12-18"),
            ]),
        ),
        (
            top!("frequency: daily", "therapist: K Moss 020 7946 0018"),
            Means(top!(
                "frequency: daily",
                "therapist: {name: K Moss, phone: \"020 7946 0018\"}"
            )),
        ),
        (
            top!("frequency: daily", "Pt: Jo"),
            Readings(&[
                top!("frequency: daily", "patient: Jo"),
                top!("frequency: daily", "condition: Jo"),
            ]),
        ),
        // Keys of later formats
        (
            top!("frequency: daily", "ends: 2026-12-20"),
            Words(&["can't be written yet", "`review:`"]),
        ),
        (
            top!("frequency: daily", "duration: 6 weeks"),
            Words(&["can't be written yet", "`weeks:`"]),
        ),
        (
            top!("frequency: 3x/week", "rest_days: true"),
            Words(&["`frequency: [mon, wed, fri]`"]),
        ),
        (
            top!("frequency: daily", "message: Well done"),
            Words(&["`summary:`"]),
        ),
        (
            dose!("reps: 5", "rounds: 3"),
            Words(&["can't be written yet", "`sets:`"]),
        ),
        (
            dose!("reps: 5", "effort: 4-6"),
            Words(&["can't be written yet", "`instructions:`"]),
        ),
        (
            dose!("measure: reps", "duration: 30 s"),
            Words(&["can't be written yet", "keep `measure:`"]),
        ),
        // Exercises and lists in one line
        (
            "title: T\nfrequency: daily\nexercises:\n  - Wall squat: 3x10\n  - SLR 2x8 each leg\n",
            Means(
                "title: T\nfrequency: daily\nexercises:\n  - {name: Wall squat, sets: 3, reps: 10}\n  - {name: SLR, sets: 2, reps: 8, side: each}\n",
            ),
        ),
        (
            "title: T\nfrequency: daily\nexercises:\n  - name: Squat, 3 x 10\n    instructions: Do.\n",
            Means(
                "title: T\nfrequency: daily\nexercises:\n  - {name: \"Squat, 3 x 10\", instructions: Do., sets: 3, reps: 10}\n",
            ),
        ),
        (
            "title: T\nfrequency: daily\nexercises:\n  - {name: X, instructions: Do., sets:3, reps 10, hold: 5 s}\n",
            Means(dose!("sets: 3", "reps: 10", "hold: 5 s")),
        ),
        (
            "title: T\nfrequency: daily\nexercises:\n  – name: X\n    instructions: Do.\n    reps: 10\n",
            Means(dose!("reps: 10")),
        ),
        (
            "title: T\nfrequency: daily\nexercise:\n  - {name: X, instructions: Do., reps: 10}\n",
            Means(dose!("reps: 10")),
        ),
        (
            "title: T\nfrequency: daily\nexercises:\n  - {name: A, reps: 5}\nexercises:\n  - {name: B, reps: 5}\n",
            Words(&["to the end of the first list"]),
        ),
        (
            "title: T\nfrequency: daily\nexercises:\n  - name: A\n  - reps: 5\n",
            Words(&["belongs to the exercise above", "`name: …`"]),
        ),
        (
            "title: T\nfrequency: daily\nexercises:\n  - {name: A, reps: 5}, {name: B, reps: 6}\n",
            Words(&["its own line"]),
        ),
        (
            "title: T\nfrequency: daily\nexercises:\n  * name: A\n    reps: 5\n",
            Words(&["`- name: A`"]),
        ),
        (
            "title: T\nfrequency: daily\nstop_if: - Numbness\n  - Fever\nexercises:\n  - {name: A, reps: 5}\n",
            Words(&["`- Numbness`"]),
        ),
        (
            "title: T\nfrequency: daily\nexercises:\n  - name: A\n    reps: 5\n    instructions:\n    Stand tall\n",
            Words(&["a dash and a space", "`- Stand tall`"]),
        ),
        // Dashes and lines
        (
            "title: T\nfrequency: daily\nexercises:\n  - name: A\n    reps: 5\n    name: B\n    reps: 6\n",
            Means(
                "title: T\nfrequency: daily\nexercises:\n  - {name: A, reps: 5}\n  - {name: B, reps: 6}\n",
            ),
        ),
        (
            "title: T\nfrequency: daily\nexercises:\n  - name: A\n    reps: 5\n  name: B\n    reps: 6\n",
            Means(
                "title: T\nfrequency: daily\nexercises:\n  - {name: A, reps: 5}\n  - {name: B, reps: 6}\n",
            ),
        ),
        (
            "title: T\nfrequency: daily\nexercises:\n  - name: A\n    reps: 5\n  name: B\n  reps: 6\n",
            Means(
                "title: T\nfrequency: daily\nexercises:\n  - {name: A, reps: 5}\n  - {name: B, reps: 6}\n",
            ),
        ),
        (
            "title: T\nfrequency: daily\nexercises:\n- name: A\n  reps: 5\nname: B\nreps: 6\n",
            Means(
                "title: T\nfrequency: daily\nexercises:\n  - {name: A, reps: 5}\n  - {name: B, reps: 6}\n",
            ),
        ),
        (
            "title: T\nfrequency: daily\nexercises:\n  name: A\n  reps: 5\n  name: B\n  reps: 6\n",
            Means(
                "title: T\nfrequency: daily\nexercises:\n  - {name: A, reps: 5}\n  - {name: B, reps: 6}\n",
            ),
        ),
        (
            "title: T\nfrequency: daily\nexercises:\n  - exercise: clamshell\n    reps: 5\n    exercise: bird-dog\n    reps: 6\n",
            Means(
                "title: T\nfrequency: daily\nexercises:\n  - {exercise: clamshell, reps: 5}\n  - {exercise: bird-dog, reps: 6}\n",
            ),
        ),
        (
            "title: T\nfrequency: daily\nexercises:\n  - exercise: clamshell\n    reps: 10\n    name: Side plank\n    hold: 20 s\n",
            Readings(&[
                "title: T\nfrequency: daily\nexercises:\n  - {exercise: clamshell, reps: 10}\n  - {name: Side plank, hold: 20 s}\n",
                "title: T\nfrequency: daily\nexercises:\n  - {exercise: clamshell, name: Side plank, reps: 10, hold: 20 s}\n",
            ]),
        ),
        (
            top!(
                "frequency: daily",
                "pain:",
                "  bands:",
                "    - up_to: 3",
                "      label: fine",
                "      up_to: 10",
                "      label: no"
            ),
            Means(top!(
                "frequency: daily",
                "pain:",
                "  bands:",
                "    - {up_to: 3, label: fine}",
                "    - {up_to: 10, label: no}"
            )),
        ),
        (
            dose!("reps: 5", "reps: 6"),
            Words(&["keep the one you want and delete the other"]),
        ),
        (
            dose!("sets: 3 reps: 10"),
            Means(dose!("sets: 3", "reps: 10")),
        ),
        (dose!("reps:5"), Means(dose!("reps: 5"))),
        (
            dose!("reps: 5", "easier: Note: bend"),
            Means(dose!("reps: 5", "easier: \"Note: bend\"")),
        ),
        (
            dose!("reps: 5", "cues:", "  - Note: bend"),
            Means(dose!("reps: 5", "cues: [\"Note: bend\"]")),
        ),
        (dose!("tempo: 3-1-2"), Words(&["`reps:`"])),
        (
            dose!("duration: 30 s", "tempo: 3-1-2"),
            Words(&["delete `tempo`", "`reps` instead of `duration`"]),
        ),
        (
            "title: T\nfrequency: daily\nexercises:\n  - name: X\n",
            Words(&["`reps:`", "`hold:`", "`duration:`"]),
        ),
        (
            dose!("reps: 5", "video: youtube.com/x"),
            Means(dose!("reps: 5", "video: https://youtube.com/x")),
        ),
        // Exercises of the library
        (library!("SL bridge"), Means(library!("single-leg-bridge"))),
        (
            library!("abdominal draw-in"),
            Means(library!("abdominal-hollowing")),
        ),
        (library!("TrA"), Means(library!("abdominal-hollowing"))),
        (
            library!("TA activation"),
            Means(library!("abdominal-hollowing")),
        ),
        (
            library!("HS stretch"),
            Means(library!("hamstring-stretch-supine")),
        ),
        (library!("ITB stretch"), Means(library!("tfl-stretch"))),
        (library!("QL stretch"), Words(OWN)),
        (library!("SLS"), Words(OWN)),
        (library!("SLR"), Words(OWN)),
        (library!("RDL"), Words(OWN)),
        (library!("SL RDL"), Means(library!("single-leg-deadlift"))),
        (library!("DLS"), Words(OWN)),
        (library!("BKFO"), Words(OWN)),
        (library!("prone superman"), Words(OWN)),
        (library!("thread the needle"), Words(OWN)),
        (library!("SL hip abduction"), Words(OWN)),
        (library!("side-lying hip adduction"), Words(OWN)),
        (
            library!("standing calf raise on one leg, knee bent"),
            Words(OWN),
        ),
        (library!("prone bridge"), Means(library!("front-plank"))),
        (library!("clams"), Means(library!("clamshell"))),
        (library!("bird dogs"), Means(library!("bird-dog"))),
        (
            library!("quadruped arm leg raise"),
            Means(library!("bird-dog")),
        ),
        (library!("cobra"), Means(library!("prone-press-up"))),
        (library!("press ups"), Means(library!("prone-press-up"))),
        (library!("calf raise"), Means(library!("heel-raise"))),
        (
            library!("SL calf raise"),
            Means(library!("single-leg-heel-raise")),
        ),
        (
            library!("hip flexor stretch"),
            Means(library!("hip-flexor-stretch-half-kneeling")),
        ),
        (
            library!("figure 4"),
            Means(library!("piriformis-stretch-figure-four")),
        ),
        (
            library!("KTC"),
            Readings(&[
                library!("single-knee-to-chest"),
                library!("double-knee-to-chest"),
            ]),
        ),
        (
            library!("hip abduction"),
            Readings(&[
                library!("side-lying-hip-abduction"),
                library!("standing-hip-abduction"),
            ]),
        ),
        (library!("DKTC"), Means(library!("double-knee-to-chest"))),
        (library!("SKTC"), Means(library!("single-knee-to-chest"))),
        (library!("LTR"), Means(library!("lower-trunk-rotation"))),
        (library!("PPT"), Means(library!("pelvic-tilt"))),
        (library!("child pose"), Means(library!("childs-pose"))),
        (library!("cat camel"), Means(library!("cat-cow"))),
        (library!("glute brigde"), Means(library!("glute-bridge"))),
        (library!("calmshell"), Means(library!("clamshell"))),
        (
            library!("hip abuction"),
            Readings(&[
                library!("side-lying-hip-abduction"),
                library!("standing-hip-abduction"),
            ]),
        ),
        (
            library!("calf streches"),
            Means(library!("calf-stretch-straight-knee")),
        ),
        (library!("lateral band walk"), Words(OWN)),
        (library!("band walk"), Words(OWN)),
        (library!("prone back extension"), Words(OWN)),
        (
            library!("heel taps"),
            Readings(&[library!("dead-bug-heel-tap"), library!("step-down")]),
        ),
        (
            library!("lateral leg raises"),
            Readings(&[
                library!("side-lying-hip-abduction"),
                library!("standing-hip-abduction"),
            ]),
        ),
        (library!("wall squat"), Words(OWN)),
        (
            library!("single leg glut bridge"),
            Means(library!("single-leg-bridge")),
        ),
    ]
}

#[test]
fn remedies_obeyed_word_for_word_give_what_was_meant() {
    let mut count = Count::default();
    let cases = cases();
    let failures: Vec<String> = cases
        .iter()
        .filter_map(|(broken, expected)| answer(broken, expected, &mut count).err())
        .collect();
    assert!(
        failures.is_empty(),
        "{} of {}\n\n{}",
        failures.len(),
        cases.len(),
        failures.join("\n\n----\n")
    );
    println!(
        "{} inputs: {} read as meant, {} obeyed to the meaning meant, {} with every reading offered, {} answered in words",
        cases.len(),
        count.read,
        count.obeyed,
        count.readings,
        count.words
    );
    assert!(count.obeyed >= 100 && count.readings >= 20 && count.words >= 20);
}

#[test]
fn exercise_names_are_unique_in_meaning_over_the_library() {
    for exercise in library::all() {
        for name in exercise.aliases.iter().chain([&exercise.name]) {
            assert_eq!(
                library::find(name).map(|found| found.id),
                Some(exercise.id),
                "{name}"
            );
            let meant: Vec<&str> = library::meant(name).iter().map(|found| found.id).collect();
            assert!(meant.contains(&exercise.id), "{name}: {meant:?}");
        }
    }
}

/// A program whose lines have characters that can't be seen.
fn invisible(text: &str) -> (Vec<String>, bool) {
    let parsed = read(text);
    let told = parsed
        .diagnostics
        .iter()
        .filter(|diagnostic| diagnostic.is_error());
    let told = told.map(|d| {
        format!(
            "{}: {} - {}",
            d.code,
            d.message,
            d.help.as_deref().unwrap_or_default()
        )
    });
    (told.collect(), parsed.program.is_some())
}

#[test]
fn invisible_characters_are_named_once_with_their_origin() {
    let text = "title: T\nfrequency: daily\nexercises:\n  - exercise: glute-bridge\n\u{a0}\u{a0}\u{a0}\u{a0}sets: 3\n\u{a0}\u{a0}\u{a0}\u{a0}reps: 10\n\u{a0}\u{a0}\u{a0}\u{a0}hold: 5 s\n";
    let (told, _) = invisible(text);
    assert_eq!(
        told,
        [
            "invisible-character: this looks like a space but is a no-break space (U+00A0); 3 lines have such characters - such characters come with text copied from Word, a web page or a chat; replace each with a plain space (most editors can find and replace them all at once)"
        ]
    );
    let obeyed = program(&text.replace('\u{a0}', " "));
    assert_eq!(obeyed.phases[0].exercises[0].dose.sets.len(), 3);
    for (place, text) in [
        (
            "a key",
            "title: T\nfrequency: daily\nexercises:\n  - {name: X, re\u{ad}ps: 10}\n",
        ),
        (
            "a number",
            "title: T\nfrequency: daily\nexercises:\n  - {name: X, reps: 10\u{200b}}\n",
        ),
        (
            "a length",
            "title: T\nfrequency: daily\nexercises:\n  - {name: X, hold: 30\u{a0}s}\n",
        ),
        (
            "after a colon",
            "title:\u{a0}T\nfrequency: daily\nexercises:\n  - {name: X, reps: 10}\n",
        ),
        (
            "a frequency",
            "title: T\nfrequency: 3x/\u{2060}week\nexercises:\n  - {name: X, reps: 10}\n",
        ),
        (
            "an id",
            "title: T\nfrequency: daily\nexercises:\n  - {exercise: glute\u{2011}bridge\u{202f}, reps: 10}\n",
        ),
        (
            "a byte order mark",
            "title: T\u{feff}x\nfrequency: daily\nexercises:\n  - {name: X, reps: 10}\n",
        ),
        (
            "a wide space",
            "title: T\nfrequency: daily\nexercises:\n\u{3000}\u{3000}- {name: X, reps: 10}\n",
        ),
        (
            "a quoted number",
            "title: T\nfrequency: daily\nexercises:\n  - {name: X, reps: \"10\u{a0}\"}\n",
        ),
    ] {
        let (told, passed) = invisible(text);
        assert!(!passed, "{place}");
        let named = told
            .iter()
            .filter(|told| told.starts_with("invisible-character"))
            .count();
        assert_eq!(named, 1, "{place}: {told:#?}");
        assert!(told.len() == 1 || place == "an id", "{place}: {told:#?}");
    }
}

#[test]
fn invisible_characters_in_texts_for_people_are_left_alone() {
    for text in [
        "title: Evening\u{a0}stretches\nfrequency: daily\nexercises:\n  - {name: X, reps: 10}\n",
        "title: T\u{a0}\nsummary: \u{a0}A text\nfrequency: daily\nexercises:\n  - {name: X, reps: 10}\n",
        "title: क्\u{200d}ष\nfrequency: daily # a\u{a0}remark\nexercises:\n  - {name: X, reps: 10}\n",
        "# a\u{a0}remark\ntitle: T\nfrequency: daily\nexercises:\n  - name: X\n    reps: 10\n    instructions:\n      - \"👩\u{200d}⚕ says: go\u{a0}on\"\n      - So\u{ad}far\n    load: 5\u{a0}kg\n",
        "title: T\nfrequency: daily\nexercises:\n  - name: X\n    reps: 10\n    instructions: |\n      One\u{a0}line\n      and\u{3000}another\n",
    ] {
        let (told, passed) = invisible(text);
        assert!(passed && told.is_empty(), "{text}\n{told:#?}");
    }
    let kept =
        program("title: क्\u{200d}ष\nfrequency: daily\nexercises:\n  - {name: X, reps: 10}\n");
    assert_eq!(kept.title, "क्\u{200d}ष");
}

#[test]
fn mistakes_beside_invisible_characters_keep_their_places() {
    let text = "title: T\nfrequency: daily\nexercises:\n  - name: X\n\u{a0}\u{a0}  sets: 30\n\u{a0}\u{a0}  reps: 10\n";
    let parsed = read(text);
    let range = parsed
        .diagnostics
        .iter()
        .find(|diagnostic| diagnostic.code == "out-of-range")
        .unwrap();
    assert_eq!(parsed.source.slice(range.span), "30");
}

#[test]
fn a_dash_taken_from_a_shipped_program_is_put_back() {
    let mut taken = 0;
    for (name, text) in library::PROGRAM_FILES {
        let right = program(text);
        let mut at = 0;
        for line in text.split_inclusive('\n') {
            let begin = line.trim_start();
            if begin.starts_with("- exercise:") || begin.starts_with("- name:") {
                let dash = at + indent(line);
                let mut broken = format!("{}  {}", &text[..dash], &text[dash + 2..]);
                assert!(
                    read(&broken).program.is_none(),
                    "{name}: an exercise vanishes without {line}"
                );
                for _ in 0..3 {
                    let parsed = read(&broken);
                    let Some(diagnostic) = next(&parsed) else {
                        break;
                    };
                    let changes = diagnostic
                        .remedy
                        .as_ref()
                        .map(Remedy::changes)
                        .unwrap_or_default();
                    let change = changes
                        .first()
                        .unwrap_or_else(|| panic!("{name}: {line}{diagnostic:#?}"));
                    broken = obey(&broken, diagnostic, change);
                }
                assert_eq!(program(&broken).phases, right.phases, "{name}: {line}");
                taken += 1;
            }
            at += line.len();
        }
    }
    assert!(taken > 60, "{taken}");
}
