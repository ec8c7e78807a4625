//! What is wrong or remarkable in a program file, as data: where, what, and how to write it. All
//! wording of problems stands here, in one voice: short, lower-case, names in back-ticks. Knows
//! nothing of how a diagnostic is shown.

pub mod remedy;
pub mod render;

use self::remedy::{Change, Remedy};
use crate::source::{Span, excerpt};

/// How much a diagnostic weighs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Severity {
    /// The program cannot be played as it stands.
    Error,
    /// A remark a colleague would make; never stops a program.
    Advice,
}

/// One remark about one place of a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Diagnostic {
    /// Error or advice.
    pub severity: Severity,
    /// Which problem it is, for other programs: `unknown-key`. Stays the same when the wording
    /// changes.
    pub code: &'static str,
    /// The words it is about.
    pub span: Span,
    /// What is wrong, in a therapist's words.
    pub message: String,
    /// How to write it.
    pub help: Option<String>,
    /// The same as data, where the words were made from it.
    pub remedy: Option<Remedy>,
    /// Another place that belongs to it, and why.
    pub related: Option<(Span, String)>,
}

/// The longest excerpt of the file that a message quotes, in characters.
const QUOTE: usize = 60;

/// A list in words: "`a`, `b` or `c`".
fn one_of(names: &[&str]) -> String {
    match names {
        [] => String::new(),
        [only] => format!("`{only}`"),
        [init @ .., last] => {
            let init: Vec<_> = init.iter().map(|name| format!("`{name}`")).collect();
            format!("{} or `{last}`", init.join(", "))
        }
    }
}

/// Stems of words that differ in few letters and mean the opposite.
const OPPOSITES: [(&str, &str); 6] = [
    ("abduct", "adduct"),
    ("flex", "exten"),
    ("left", "right"),
    ("anterior", "posterior"),
    ("internal", "external"),
    ("inver", "ever"),
];

/// Whether one word says the opposite of the other.
fn is_opposite(one: &str, other: &str) -> bool {
    OPPOSITES.iter().any(|(a, b)| {
        let says = |word: &str, stem: &str, not: &str| word.contains(stem) && !word.contains(not);
        says(one, a, b) && says(other, b, a) || says(one, b, a) && says(other, a, b)
    })
}

/// Returns the known words that are nearest to a word, where they are near enough to have been
/// meant: several where the letters don't tell which one.
pub fn nearest_all<'a>(word: &str, known: impl IntoIterator<Item = &'a str>) -> Vec<&'a str> {
    // Longer words are never meant, and the distance takes the product of both lengths.
    if word.is_empty() || word.chars().count() > 64 {
        return Vec::new();
    }
    let simple = |text: &str| text.trim().to_lowercase().replace(['_', ' '], "-");
    let word = simple(word);
    let begin = |text: &str| text.chars().take(2).collect::<Vec<char>>();
    let mut best: Option<(usize, bool)> = None;
    let mut nearest: Vec<&str> = Vec::new();
    for candidate in known {
        let plain = simple(candidate);
        let distance = strsim::damerau_levenshtein(&plain, &word);
        let begins = word.len() >= 3 && plain.starts_with(&word);
        let distance = if begins { distance.min(2) } else { distance };
        let length = candidate.chars().count();
        // Short words with another first letter are other words: `hold` and `load`.
        let same_begin = match (begin(&plain).as_slice(), begin(&word).as_slice()) {
            ([a, b], [c, d]) => a == c || (a == d && b == c),
            (a, b) => a == b,
        };
        let limit = (1 + length / 5).min(4);
        if distance > limit || (length <= 5 && !same_begin) || is_opposite(&word, &plain) {
            continue;
        }
        let rank = (distance, !begins);
        if best.is_none_or(|best| rank < best) {
            best = Some(rank);
            nearest.clear();
        }
        if best == Some(rank) && !nearest.contains(&candidate) {
            nearest.push(candidate);
        }
    }
    nearest
}

/// Returns the nearest of the known words, where one alone is near enough to have been meant.
pub fn nearest<'a>(word: &str, known: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    match nearest_all(word, known).as_slice() {
        [only] => Some(only),
        _ => None,
    }
}

impl Diagnostic {
    fn new(severity: Severity, code: &'static str, span: Span, message: impl Into<String>) -> Self {
        Self {
            severity,
            code,
            span,
            message: message.into(),
            help: None,
            remedy: None,
            related: None,
        }
    }

    fn error(code: &'static str, span: Span, message: impl Into<String>) -> Self {
        Self::new(Severity::Error, code, span, message)
    }

    fn advice(code: &'static str, span: Span, message: impl Into<String>) -> Self {
        Self::new(Severity::Advice, code, span, message)
    }

    fn help(mut self, help: impl Into<String>) -> Self {
        self.help = Some(help.into());
        self
    }

    /// The words of the help are made from the remedy.
    #[must_use]
    pub fn remedy(mut self, remedy: Remedy) -> Self {
        self.help = Some(remedy.to_string());
        self.remedy = Some(remedy);
        self
    }

    fn related(mut self, span: Span, why: impl Into<String>) -> Self {
        self.related = Some((span, why.into()));
        self
    }

    /// Whether it keeps the program from being played.
    pub fn is_error(&self) -> bool {
        self.severity == Severity::Error
    }

    // The file as a whole

    /// Larger than a program may be.
    pub fn too_large() -> Self {
        Self::error(
            "too-large",
            Span::default(),
            "this file is larger than 1 MiB, too large for a program",
        )
        .help("check that it is the right file: a program is a short text")
    }

    /// Not UTF-8 but UTF-16, as some editors save by default.
    pub fn utf_16() -> Self {
        Self::error(
            "utf-16",
            Span::default(),
            "this file is saved as UTF-16 (\"Unicode\"), and only UTF-8 can be read",
        )
        .help("open it in your editor and save it again with the encoding UTF-8")
    }

    /// Bytes that are not UTF-8.
    pub fn not_utf_8(span: Span) -> Self {
        Self::error(
            "not-utf-8",
            span,
            "here is a character that is not saved as UTF-8",
        )
        .help("open the file in your editor and save it again with the encoding UTF-8")
    }

    /// A control character, or one that changes the direction of writing.
    pub fn forbidden_character(span: Span, character: char) -> Self {
        Self::error(
            "forbidden-character",
            span,
            format!(
                "here is an invisible control character (U+{:04X})",
                u32::from(character)
            ),
        )
        .help("delete it, and type the words around it again")
    }

    /// Characters that look like a space or like nothing, where they have a meaning; `lines` have
    /// such.
    pub fn invisible_characters(
        span: Span,
        character: char,
        like_space: bool,
        lines: usize,
    ) -> Self {
        let name = match character {
            '\u{a0}' => "no-break space",
            '\u{202f}' | '\u{2007}' => "narrow or figure space",
            '\u{3000}' => "wide space",
            '\u{ad}' => "soft hyphen",
            '\u{200b}' => "zero-width space",
            '\u{200c}' | '\u{200d}' | '\u{2060}' => "zero-width joiner",
            '\u{feff}' => "byte order mark",
            _ if like_space => "special space",
            _ => "invisible character",
        };
        let count = match lines {
            1 => "1 line has such characters".to_owned(),
            lines => format!("{lines} lines have such characters"),
        };
        let code = u32::from(character);
        let message = if like_space {
            format!("this looks like a space but is a {name} (U+{code:04X}); {count}")
        } else {
            format!("here is a {name} that can't be seen (U+{code:04X}); {count}")
        };
        let todo = if like_space {
            "delete each and type a space"
        } else {
            "delete each"
        };
        Self::error("invisible-character", span, message).remedy(Remedy::words(format!(
            "it came with text copied from Word, a web page or a chat: {todo}; most editors can find and replace them all"
        )))
    }

    /// The same in a text that spelled it with a backslash.
    pub fn forbidden_escape(span: Span, character: char) -> Self {
        Self::error(
            "forbidden-escape",
            span,
            format!(
                "this text spells an invisible control character (U+{:04X})",
                u32::from(character)
            ),
        )
        .help("remove the backslash, or write the text in 'single quotes'")
    }

    /// Nothing in the file.
    pub fn empty() -> Self {
        Self::error("empty", Span::default(), "this file is empty")
            .help("begin with a line `title: …`, then a line `exercises:` and below it each exercise with a dash")
    }

    /// A format that is no number.
    pub fn bad_format(span: Span, found: &str) -> Self {
        Self::error(
            "bad-format",
            span,
            format!("there is no format `{}`", excerpt(found, QUOTE)),
        )
        .help("write `format: 1`, or delete the line")
    }

    /// The file needs a newer regimen.
    pub fn newer_format(span: Span, format: u64) -> Self {
        Self::error(
            "newer-format",
            span,
            format!("this file is written in format {format} and needs a newer regimen"),
        )
        .help("install the newest regimen; this one reads format 1")
    }

    // Syntax

    /// The text is not YAML at this place.
    pub fn syntax(span: Span, message: impl Into<String>, remedy: Remedy) -> Self {
        Self::error("syntax", span, message).remedy(remedy)
    }

    /// A bracket that nothing closes, as far as the text could be read.
    pub fn open_bracket(span: Span) -> Self {
        Self::error(
            "open-bracket",
            span,
            "this bracket is not closed, or a comma is missing after it",
        )
        .help("close each `[` with `]` and each `{` with `}`, and put commas between")
    }

    /// Nested deeper than format 1 allows.
    pub fn too_deep(span: Span) -> Self {
        Self::error("too-deep", span, "this is nested more than 32 levels deep")
            .help("look for brackets or indentation too many")
    }

    /// More nodes than format 1 allows, once references are written out.
    pub fn too_many_nodes(span: Span) -> Self {
        Self::error(
            "too-many-nodes",
            span,
            "written out, this file has more than 50,000 entries",
        )
        .help("use fewer references (`*name`)")
    }

    /// Lines that end in a way that only old computers used.
    pub fn old_line_ends(span: Span) -> Self {
        Self::error("old-line-ends", span, "the lines of this file end in an old way (CR), so it reads as one line")
            .help("open it in your editor and save it again with line ends for Windows (CRLF) or Unix (LF)")
    }

    /// A second document in one file.
    pub fn second_document(span: Span) -> Self {
        Self::error(
            "second-document",
            span,
            "a second document begins here (`---`)",
        )
        .help("put one program in a file")
    }

    /// A YAML tag.
    pub fn tag(span: Span) -> Self {
        Self::error("tag", span, "this is a YAML tag, and a program has none")
            .help("delete it; put a text that begins with `!` in \"quotes\"")
    }

    /// A reference to a name that nothing above has.
    pub fn unknown_alias(span: Span, name: &str) -> Self {
        Self::error(
            "unknown-alias",
            span,
            format!(
                "`*{}` refers to a name that is not given above",
                excerpt(name, QUOTE)
            ),
        )
        .help("put a text that begins with `*` in \"quotes\"")
    }

    /// A reference to the very thing it stands in.
    pub fn recursive_alias(span: Span) -> Self {
        Self::error("recursive-alias", span, "this reference refers to itself")
            .help("write the text out here")
    }

    /// `<<` with something that cannot be merged.
    pub fn bad_merge(span: Span) -> Self {
        Self::error(
            "bad-merge",
            span,
            "`<<` needs the reference of a map, or a list of such references",
        )
        .help("write `<<: *name`")
    }

    /// A key that is a list or a map.
    pub fn complex_key(span: Span) -> Self {
        Self::error("complex-key", span, "a key must be a single word")
            .help("write `key: value`; put a text with brackets in \"quotes\"")
    }

    /// A key longer than any key is.
    pub fn long_key(span: Span) -> Self {
        Self::error("long-key", span, "this key is longer than 64 characters")
            .help("write `key: value`, and check the colons of this line")
    }

    /// A text longer than format 1 allows.
    pub fn long_text(span: Span, length: usize) -> Self {
        Self::error(
            "long-text",
            span,
            format!("this text has {length} characters; a text has 4,000 at most"),
        )
        .help("shorten it")
    }

    /// A key that stands twice in one map.
    pub fn duplicate_key(span: Span, first: Span, key: &str) -> Self {
        Self::error("duplicate-key", span, format!("`{}` is written twice", excerpt(key, QUOTE)))
            .related(first, "first written here")
            .help(match key {
                "exercises" | "phases" | "stop_if" | "precautions" | "goals" | "instructions" | "cues" | "mistakes"
                | "equipment" | "progression" | "bands" => {
                    "if both lists are meant, move these entries to the end of the first list and delete this line; otherwise keep the right one and delete the other"
                }
                _ => "keep the right one and delete the other",
            })
    }

    /// A second entry begins without a dash.
    pub fn missing_dash(span: Span, first: Span, key: &str, value: &str) -> Self {
        let entry = format!("{}: {}", excerpt(key, QUOTE), excerpt(value, QUOTE))
            .trim_end()
            .to_owned();
        Self::error(
            "missing-dash",
            span,
            "a dash is missing before this line, where the next entry begins",
        )
        .related(first, "the entry above begins here")
        .remedy(Remedy::Write(Change::Dash(entry)))
    }

    /// The first entry of a list begins without a dash.
    pub fn missing_first_dash(span: Span, list: &str, key: &str, value: &str) -> Self {
        let entry = format!("{}: {}", excerpt(key, QUOTE), excerpt(value, QUOTE))
            .trim_end()
            .to_owned();
        Self::error(
            "missing-dash",
            span,
            format!("a dash is missing before this line: `{list}:` needs one before each entry"),
        )
        .remedy(Remedy::Write(Change::Dash(entry)))
    }

    /// A name far below the name of the library: another exercise without its dash, or the same one
    /// renamed.
    pub fn second_name(span: Span, first: Span, key: &str, value: &str, first_key: &str) -> Self {
        let value = excerpt(value, QUOTE);
        Self::error(
            "second-name",
            span,
            format!("`{key}` comes after the dose of another exercise"),
        )
        .related(first, "the exercise above")
        .remedy(Remedy::readings([
            (
                "another exercise begins here",
                Change::Dash(format!("{key}: {value}")),
            ),
            (
                "the exercise above is meant",
                Change::MoveUp(first_key.to_owned()),
            ),
        ]))
    }

    // Keys

    /// A key the format does not have.
    pub fn unknown_key(
        span: Span,
        key: &str,
        what: &str,
        near: Option<&str>,
        known: &[&str],
    ) -> Self {
        let key = excerpt(key, QUOTE);
        match near {
            Some(near) => Self::error(
                "unknown-key",
                span,
                format!("unknown key `{key}`, did you mean `{near}`?"),
            )
            .remedy(Remedy::Write(Change::Key(near.to_owned()))),
            None => Self::error(
                "unknown-key",
                span,
                format!("unknown key `{key}` in {what}"),
            )
            .help(format!("the keys here are {}", one_of(known))),
        }
    }

    /// A key the format does not have, or not here, with what was probably meant.
    pub fn strange_key(span: Span, key: &str, what: &str, remedy: Remedy) -> Self {
        let key = excerpt(key, QUOTE);
        Self::error(
            "unknown-key",
            span,
            format!("unknown key `{key}` in {what}"),
        )
        .remedy(remedy)
    }

    /// A key that belongs elsewhere.
    pub fn misplaced_key(span: Span, key: &str, what: &str, remedy: Remedy) -> Self {
        Self::error(
            "misplaced-key",
            span,
            format!("`{}` doesn't belong in {what}", excerpt(key, QUOTE)),
        )
        .remedy(remedy)
    }

    /// A key that must stand here and does not.
    pub fn missing_key(span: Span, key: &str, what: &str, example: &str) -> Self {
        let example = match example.strip_prefix("and ") {
            Some(below) => format!("add a line `{key}:` and {below}"),
            None => format!("add a line `{key}:` with {example}"),
        };
        Self::error("missing-key", span, format!("{what} has no `{key}`")).help(example)
    }

    /// A key with nothing behind it.
    pub fn nothing_behind(span: Span, key: &str) -> Self {
        Self::advice(
            "nothing-behind",
            span,
            format!("`{key}:` is empty and will be ignored"),
        )
        .help(format!(
            "write something after `{key}:`, or delete the line"
        ))
    }

    // Values

    /// A map where something else is wanted, or the other way round.
    pub fn wrong_shape(span: Span, key: &str, wanted: &str, found: &str, example: &str) -> Self {
        Self::error(
            "wrong-shape",
            span,
            format!("`{key}` needs {wanted}, not {found}"),
        )
        .help(format!("write {example}"))
    }

    /// A map where a single thing of the file is wanted.
    pub fn not_a_map(span: Span, what: &str, found: &str, example: &str) -> Self {
        Self::error(
            "not-a-map",
            span,
            format!("{what} needs keys with values, not {found}"),
        )
        .help(format!("write {example}"))
    }

    /// A text that may not be empty.
    pub fn empty_text(span: Span, key: &str) -> Self {
        Self::error("empty-text", span, format!("`{key}` is empty"))
            .help(format!("write a text after `{key}:`"))
    }

    /// Not a whole number.
    pub fn not_a_number(span: Span, key: &str, found: &str, remedy: Remedy) -> Self {
        let message = format!(
            "`{key}` needs a whole number, not `{}`",
            excerpt(found, QUOTE)
        );
        Self::error("not-a-number", span, message).remedy(remedy)
    }

    /// A number outside its range.
    pub fn out_of_range(span: Span, key: &str, found: &str, range: &str) -> Self {
        Self::error(
            "out-of-range",
            span,
            format!("`{key}` must be {range}, not `{}`", excerpt(found, QUOTE)),
        )
        .help(if range.starts_with("from") {
            format!("write a length {range}")
        } else {
            format!("write {range}")
        })
    }

    /// Not a number of a figure, or one outside its range; degrees or statures.
    pub fn bad_angle(span: Span, key: &str, found: &str, low: f32, high: f32) -> Self {
        let help = if found.trim().parse::<f32>().is_ok() {
            format!("write a number from {low} to {high}")
        } else {
            format!(
                "write digits only, such as `{key}: {}`",
                (low / 2.0 + high / 2.0).round()
            )
        };
        let found = excerpt(found, QUOTE);
        Self::error(
            "bad-angle",
            span,
            format!("`{key}` needs a number from {low} to {high}, not `{found}`"),
        )
        .help(help)
    }

    /// Neither `true` nor `false`.
    pub fn not_a_boolean(span: Span, key: &str, found: &str, remedy: Remedy) -> Self {
        let message = format!(
            "`{key}` needs `true` or `false`, not `{}`",
            excerpt(found, QUOTE)
        );
        Self::error("not-a-boolean", span, message).remedy(remedy)
    }

    /// A word that is not one of the words a key takes.
    pub fn not_one_of(
        span: Span,
        key: &str,
        found: &str,
        known: &[&str],
        near: Option<&str>,
    ) -> Self {
        let found = excerpt(found, QUOTE);
        match near {
            Some(near) => Self::error(
                "not-one-of",
                span,
                format!("`{found}` isn't an option for `{key}`, did you mean `{near}`?"),
            )
            .remedy(Remedy::value(near)),
            None => Self::error(
                "not-one-of",
                span,
                format!("`{found}` isn't an option for `{key}`"),
            )
            .help(format!("write {}", one_of(known))),
        }
    }

    /// The same, with what was probably meant.
    pub fn not_an_option(span: Span, key: &str, found: &str, remedy: Remedy) -> Self {
        let message = format!("`{}` isn't an option for `{key}`", excerpt(found, QUOTE));
        Self::error("not-one-of", span, message).remedy(remedy)
    }

    /// A value in a notation of its own (a date, a tempo) that cannot be read.
    pub fn unreadable(span: Span, key: &str, what: &str, found: &str, remedy: Remedy) -> Self {
        Self::error(
            "unreadable",
            span,
            format!("`{key}` needs {what}, not `{}`", excerpt(found, QUOTE)),
        )
        .remedy(remedy)
    }

    /// A length of time that cannot be read.
    pub fn bad_length(span: Span, key: &str, found: &str, remedy: Remedy) -> Self {
        let message = format!(
            "`{key}` needs a length of time, not `{}`",
            excerpt(found, QUOTE)
        );
        Self::error("bad-length", span, message).remedy(remedy)
    }

    /// A duration without a unit, which may have been meant as minutes.
    pub fn bare_duration(span: Span, found: &str) -> Self {
        let found = excerpt(found, QUOTE);
        Self::advice(
            "bare-duration",
            span,
            format!("a number alone is seconds, so this is {found} s"),
        )
        .remedy(Remedy::readings(["min", "s"].map(|unit| {
            let words = if unit == "min" { "minutes" } else { "seconds" };
            (words, Change::Value(format!("{found} {unit}")))
        })))
    }

    /// A length with a decimal point that may stand for a colon.
    pub fn decimal_time(span: Span, found: &str, length: &str, clock: &str) -> Self {
        let message = format!(
            "`{}` is a decimal number, so this is {length}",
            excerpt(found, QUOTE)
        );
        Self::advice("decimal-time", span, message).remedy(Remedy::readings([
            ("minutes and seconds", Change::Value(clock.to_owned())),
            ("as it is now", Change::Value(length.to_owned())),
        ]))
    }

    /// A load without a unit.
    pub fn bare_load(span: Span, found: &str) -> Self {
        let found = excerpt(found, QUOTE);
        Self::advice(
            "bare-load",
            span,
            format!("the patient reads the load `{found}` without a unit"),
        )
        .remedy(Remedy::readings(
            [("kilograms", "kg"), ("pounds", "lb")]
                .map(|(words, unit)| (words, Change::Value(format!("{found} {unit}")))),
        ))
    }

    /// `side: both` where the library's exercise is done a side at a time.
    pub fn both_at_once(span: Span, exercise: &str) -> Self {
        let message = format!(
            "{} is done a side at a time, and `both` means both at once",
            excerpt(exercise, QUOTE)
        );
        Self::advice("both-at-once", span, message).remedy(Remedy::readings([
            (
                "the full dose on one side, then on the other",
                Change::Value("each".to_owned()),
            ),
            (
                "both sides at once, as it is now",
                Change::Value("both".to_owned()),
            ),
        ]))
    }

    /// A text that begins with a quote as editors make them for print.
    pub fn curly_quotes(span: Span, key: &str) -> Self {
        Self::advice(
            "curly-quotes",
            span,
            format!("curly quotes are part of the text of `{key}` and will be shown"),
        )
        .help("remove the quotes, or type straight ones: \"")
    }

    /// A text over several lines where a list is usual.
    pub fn one_text(span: Span, key: &str) -> Self {
        Self::advice(
            "one-text",
            span,
            format!("these lines of `{key}` count as one text"),
        )
        .help("put a dash and a space before each, if they are several")
    }

    /// An exercise whose name stands where a key belongs.
    pub fn name_as_key(span: Span, what: &str, remedy: Remedy) -> Self {
        Self::error(
            "nameless",
            span,
            format!("{what} has its name where a key belongs"),
        )
        .remedy(remedy)
    }

    /// A dash that is no dash of a list: a longer one, or one without its space.
    pub fn bad_dash(span: Span, long: bool, fixed: Change) -> Self {
        let message = if long {
            "a list needs a hyphen and a space, and this is another sign"
        } else {
            "a list needs a space after its dash"
        };
        Self::error("bad-dash", span, message).remedy(Remedy::Write(fixed))
    }

    /// A dash before a key of the exercise above it.
    pub fn dash_too_many(span: Span) -> Self {
        Self::error("dash-too-many", span, "this dash begins another exercise, and it has no name").help(
            "if this belongs to the exercise above, put a space in the place of the dash; otherwise add a line `name: …`",
        )
    }

    /// Pain that lies between two bands as they are written.
    pub fn gap_between_bands(span: Span, next: u64, begin: u64) -> Self {
        let gap = if next + 1 == begin {
            next.to_string()
        } else {
            format!("{next}-{}", begin - 1)
        };
        Self::error("bands-gap", span, format!("this band begins at {begin}, and pain {gap} has no band")).help(format!(
            "add a band for pain {gap}, or let the band above or this one include it; each band has only the highest pain that belongs to it"
        ))
    }

    /// A name with a dose in it that the dose below does not repeat.
    pub fn name_says_dose(span: Span, name: &str) -> Self {
        let message = format!(
            "the name `{}` has a dose in it, and the dose below is another",
            excerpt(name, QUOTE)
        );
        Self::advice("name-says-dose", span, message)
            .help("the patient reads both: change the dose below, or take it out of the name")
    }

    /// A band that is called stop and does not end the session.
    pub fn stop_without_stop(span: Span, label: &str) -> Self {
        let message = format!(
            "the band `{}` doesn't end the session",
            excerpt(label, QUOTE)
        );
        Self::advice("stop-without-stop", span, message)
            .help("if it should, add `stop: true` to the band; the patient is then offered to end the session")
    }

    /// Characters an id may not have.
    pub fn bad_id(span: Span, found: &str, suggestion: &str) -> Self {
        let message = format!("`{}` can't be used as an id", excerpt(found, QUOTE));
        let diagnostic = Self::error("bad-id", span, message);
        if suggestion.is_empty() {
            diagnostic.help("use lower-case letters, digits and hyphens")
        } else {
            diagnostic.remedy(Remedy::value(suggestion))
        }
    }

    /// An unknown exercise of the library; `near` are those near in meaning, each with its name.
    pub fn unknown_exercise(span: Span, found: &str, near: &[(&str, &str)]) -> Self {
        const OWN: &str = "describe your own with `name:` and `instructions:`";
        let found = excerpt(found, QUOTE);
        let message = format!("the library has no exercise `{found}`");
        match near {
            [] => Self::error("unknown-exercise", span, message).help(OWN),
            [(id, name)] => {
                let remedy = Remedy::entries([format!("exercise: {id}")]);
                let help = format!("{remedy} if you mean {name}; otherwise {OWN}");
                let message = format!("{message}, did you mean `{id}`?");
                let diagnostic = Self::error("unknown-exercise", span, message).remedy(remedy);
                diagnostic.help(help)
            }
            several => {
                let readings = several
                    .iter()
                    .map(|(id, name)| (*name, Change::Entries(vec![format!("exercise: {id}")])));
                let remedy = Remedy::readings(readings);
                let help = format!("{remedy}; otherwise {OWN}");
                Self::error("unknown-exercise", span, message)
                    .remedy(remedy)
                    .help(help)
            }
        }
    }

    /// An unknown figure of the library.
    pub fn unknown_figure(span: Span, found: &str, near: Option<&str>) -> Self {
        let diagnostic = Self::error(
            "unknown-figure",
            span,
            format!("the library has no figure `{}`", excerpt(found, QUOTE)),
        );
        match near {
            Some(near) => diagnostic.help(format!("did you mean `{near}`?")),
            None => diagnostic.help("name a library exercise, or delete `figure`"),
        }
    }

    /// Words with a colon where a text is wanted.
    pub fn text_with_colon(span: Span, key: &str) -> Self {
        Self::error(
            "text-with-colon",
            span,
            format!("`{key}` needs a text, and a colon makes this a key with a value"),
        )
        .help("put the whole text in \"quotes\"")
    }

    /// Neither `name` nor `exercise`.
    pub fn nameless(span: Span, number: usize) -> Self {
        Self::error("nameless", span, format!("exercise {number} has no name"))
            .help("add `name: …`, or `exercise: …` with the id of a library exercise")
    }

    /// A muscle the library does not know.
    pub fn unknown_muscle(span: Span, found: &str, near: Option<&str>) -> Self {
        let diagnostic = Self::advice(
            "unknown-muscle",
            span,
            format!(
                "`{}` is not among the library's muscles, and is kept as text",
                excerpt(found, QUOTE)
            ),
        );
        match near {
            Some(near) => diagnostic.help(format!("did you mean `{near}`?")),
            None => diagnostic,
        }
    }

    /// The same exercise id twice in a phase.
    pub fn duplicate_exercise(span: Span, first: Span, id: &str) -> Self {
        Self::error(
            "duplicate-exercise",
            span,
            format!("two exercises have the id `{}`", excerpt(id, QUOTE)),
        )
        .related(first, "the first one")
        .help(format!(
            "keep both: add `id: {}-2` to this one; or delete one of them",
            excerpt(id, QUOTE)
        ))
    }

    /// Two programs of one folder with the same id.
    pub fn duplicate_program(span: Span, id: &str, other: &str) -> Self {
        Self::error(
            "duplicate-program",
            span,
            format!(
                "`{}` already has the id `{}`",
                excerpt(other, QUOTE),
                excerpt(id, QUOTE)
            ),
        )
        .help("give this program an id of its own: `id: …`")
    }

    /// Both `exercises` and `phases`.
    pub fn exercises_beside_phases(span: Span, other: Span) -> Self {
        Self::error(
            "exercises-beside-phases",
            span,
            "`exercises` can't be combined with `phases`",
        )
        .related(other, "the other one")
        .help("move the exercises into a phase, or delete `phases`")
    }

    /// A list that is too long or empty.
    pub fn wrong_count(span: Span, key: &str, found: usize, range: &str) -> Self {
        Self::error(
            "wrong-count",
            span,
            format!("`{key}` needs {range}, not {found}"),
        )
        .help(format!("write {range}"))
    }

    // Doses

    /// No dose at all.
    pub fn no_dose(span: Span, exercise: &str) -> Self {
        Self::error("no-dose", span, format!("`{}` has no dose", excerpt(exercise, QUOTE)))
            .help("add a line `reps:`, `hold:` or both, or `duration:`, with the dose; or `measure:` for a test")
    }

    /// Two doses that exclude each other.
    pub fn two_doses(span: Span, other: Span, key: &str, other_key: &str) -> Self {
        let help = match (key, other_key) {
            ("tempo", "hold") | ("hold", "tempo") => {
                "a repetition is either held or has a tempo: keep one of the two"
            }
            ("tempo", _) => "a tempo goes with `reps`",
            ("measure", "duration") | ("duration", "measure") => {
                "a test within a time can't be written yet; to count or time as much as possible, keep `measure:`, delete `duration:`, and say the time in `instructions:`; to train for that long, keep `duration:` and delete `measure:`"
            }
            ("measure", _) | (_, "measure") => "a test has no dose: keep one of the two",
            _ => {
                "a dose is `hold` alone, `reps` (with `hold` or `tempo` if you like), `duration` or `measure`: keep one of the two"
            }
        };
        Self::error(
            "two-doses",
            span,
            format!("`{key}` can't be combined with `{other_key}`"),
        )
        .related(other, "the other one")
        .help(help)
    }

    /// `tempo` without `reps`.
    pub fn tempo_without_reps(span: Span) -> Self {
        Self::error(
            "tempo-without-reps",
            span,
            "`tempo` is the pace of repetitions, and there are no `reps`",
        )
        .help("add a line `reps:` with the number of repetitions")
    }

    /// `side: alternate` without reps.
    pub fn alternate_without_reps(span: Span) -> Self {
        Self::error(
            "alternate-without-reps",
            span,
            "`side: alternate` goes from side to side with each repetition, and there are no `reps`",
        )
        .help("one side, then the other: `side: each`; otherwise add a line `reps:` with the number for each side")
    }

    /// `{left:, right:}` where no side is taken in turn.
    pub fn sides_without_each(span: Span, key: &str) -> Self {
        Self::error(
            "sides-without-each",
            span,
            format!("`{key}` differs by side, but the exercise is not done a side at a time"),
        )
        .remedy(Remedy::readings([
            (
                "one side, then the other",
                Change::Add(vec!["side: each".to_owned()]),
            ),
            (
                "side to side with each repetition",
                Change::Add(vec!["side: alternate".to_owned()]),
            ),
        ]))
    }

    /// `first` where no side is taken in turn.
    pub fn first_without_each(span: Span) -> Self {
        Self::error(
            "first-without-each",
            span,
            "`first` says which side begins, but the exercise is not done a side at a time",
        )
        .remedy(Remedy::readings([
            (
                "one side, then the other",
                Change::Add(vec!["side: each".to_owned()]),
            ),
            (
                "side to side with each repetition",
                Change::Add(vec!["side: alternate".to_owned()]),
            ),
            ("both sides at once", Change::Delete),
        ]))
    }

    /// One of the two sides is missing.
    pub fn one_side_only(span: Span, key: &str, missing: &str) -> Self {
        Self::error("one-side-only", span, format!("`{key}` names one side, and `{missing}` is missing")).help(format!(
            "name both: `{key}: {{left: …, right: …}}`; for one side only write `side: left` or `side: right`"
        ))
    }

    /// Lists of different lengths, or a list beside a different number of sets.
    pub fn sets_disagree(
        span: Span,
        key: &str,
        length: usize,
        other: Option<Span>,
        other_words: &str,
    ) -> Self {
        let diagnostic = Self::error(
            "sets-disagree",
            span,
            format!("`{key}` lists {length} sets, but {other_words}"),
        )
        .help("decide how many sets, and write one entry a set, as many everywhere");
        match other {
            Some(other) => diagnostic.related(other, "the other one"),
            None => diagnostic,
        }
    }

    /// A list a set where none is allowed.
    pub fn no_per_set(span: Span, key: &str) -> Self {
        Self::error(
            "no-per-set",
            span,
            format!("`{key}` needs one value, not a list"),
        )
        .help("only `reps`, `hold` and `load` can differ from set to set")
    }

    /// A map by side where none is allowed.
    pub fn no_per_side(span: Span, key: &str) -> Self {
        Self::error("no-per-side", span, format!("`{key}` can't differ by side"))
            .help("only `sets`, `reps`, `hold`, `duration` and `load` can")
    }

    /// A progression step without condition.
    pub fn step_without_condition(span: Span) -> Self {
        Self::error(
            "step-without-condition",
            span,
            "this progression step does not say when it comes",
        )
        .help("add a line `week:` or `after_sessions:` with a number")
    }

    /// A progression step that changes nothing.
    pub fn step_without_change(span: Span) -> Self {
        Self::error(
            "step-without-change",
            span,
            "this progression step changes nothing",
        )
        .help("add what changes, such as a line `reps:` or `hold:` with the new dose")
    }

    /// `advance_when` without a condition.
    pub fn empty_advance(span: Span) -> Self {
        Self::error("empty-advance", span, "`advance_when` is empty")
            .help("add a line `sessions:` or `pain_at_most:` below it, or both, with a number")
    }

    /// Pain bands that do not rise.
    pub fn bands_fall(span: Span, previous: u64) -> Self {
        Self::error(
            "bands-fall",
            span,
            format!(
                "this band must reach higher than the one before it, which goes up to {previous}"
            ),
        )
        .help("put the bands in order from low to high, the last one up to 10")
    }

    /// Pain bands that stop short of 10; `stops` says that the last one ends the session.
    pub fn bands_stop_short(span: Span, last: u64, stops: bool) -> Self {
        let gap = if last == 9 {
            "10".to_owned()
        } else {
            format!("{}-10", last + 1)
        };
        let diagnostic = Self::error(
            "bands-stop-short",
            span,
            format!("pain {gap} has no instructions"),
        );
        if stops {
            // More pain than a band that stops can mean nothing else.
            diagnostic.remedy(Remedy::value("10"))
        } else {
            diagnostic.remedy(Remedy::words(format!(
                "add a band up to 10 that says what to do at pain {gap}; or let this band reach up to 10, if it is meant for that too"
            )))
        }
    }

    // Files and addresses named

    /// An image outside the program's folder, or of a kind that is not shown.
    pub fn bad_image(span: Span, why: &str) -> Self {
        Self::error("bad-image", span, why.to_owned())
            .help("name a png, jpg or gif that is in the program's folder")
    }

    /// An image that is not there.
    pub fn missing_image(span: Span, name: &str) -> Self {
        Self::advice(
            "missing-image",
            span,
            format!(
                "there is no file `{}` beside the program",
                excerpt(name, QUOTE)
            ),
        )
        .help("put the picture into the program's folder, or delete `image`")
    }

    /// A picture file that shows nothing.
    pub fn unreadable_image(span: Span, name: &str, why: &str) -> Self {
        Self::advice(
            "unreadable-image",
            span,
            format!("the picture `{}` is {why}", excerpt(name, QUOTE)),
        )
        .help("save it again as png or jpg; until then the figure is shown instead")
    }

    /// A video that is not a plain web address; `meant` is the address it becomes with a scheme.
    pub fn bad_video(span: Span, meant: Option<&str>) -> Self {
        let message =
            "`video` needs a web address that begins with `https://`, without a user name in it";
        Self::error("bad-video", span, message).remedy(match meant {
            Some(address) => Remedy::value(address),
            None => Remedy::words("copy the address from your browser: `https://…`"),
        })
    }

    // Advice

    /// Text behind ` #` that was probably meant.
    pub fn cut_off(span: Span) -> Self {
        Self::advice(
            "cut-off",
            span,
            "anything after # is a private note, which the patient doesn't see",
        )
        .help("if it belongs to the text, put the whole text in \"quotes\"")
    }

    /// No frequency.
    pub fn no_frequency(span: Span) -> Self {
        Self::advice("no-frequency", span, "there is no `frequency`, so this program is never due")
            .help("add a line `frequency:` with how often, such as `daily` or `3x/week`; `as needed` if that is meant")
    }

    /// A long session.
    pub fn long_session(span: Span, minutes: u64) -> Self {
        if minutes >= 180 {
            return Self::advice(
                "long-session",
                span,
                format!("this session takes about {} hours", minutes / 60),
            )
            .help("check each dose: is a `hold` in minutes that should be in seconds?");
        }
        Self::advice(
            "long-session",
            span,
            format!("this session takes about {minutes} min"),
        )
        .help("short programs are done more often; 20 to 30 min is usual")
    }

    /// Many exercises.
    pub fn many_exercises(span: Span, count: usize) -> Self {
        Self::advice(
            "many-exercises",
            span,
            format!("this session has {count} exercises"),
        )
        .help("patients keep to few exercises better than to many")
    }

    /// No instructions for an exercise of the therapist's own; `known` is the library's exercise of
    /// that name.
    pub fn no_instructions(span: Span, name: &str, known: Option<&str>) -> Self {
        Self::advice(
            "no-instructions",
            span,
            format!("`{}` has no instructions", excerpt(name, QUOTE)),
        )
        .help(match known {
            Some(id) => format!("the library has them: write `exercise: {id}` instead of the name"),
            None => "add `instructions:` with a few short sentences, each with a dash".to_owned(),
        })
    }

    /// A review date that has gone by.
    pub fn review_gone(span: Span) -> Self {
        Self::advice("review-gone", span, "the review date is in the past")
            .help("write the date of the next visit")
    }

    /// A review date before the program was prescribed.
    pub fn review_before_prescribed(span: Span) -> Self {
        Self::advice(
            "review-before-prescribed",
            span,
            "the review date is before the date of `prescribed`",
        )
        .help("check the two dates")
    }

    /// A language tag that is not BCP 47.
    pub fn bad_language(span: Span, found: &str, remedy: Remedy) -> Self {
        Self::advice(
            "bad-language",
            span,
            format!("`{}` isn't a language tag", excerpt(found, QUOTE)),
        )
        .remedy(remedy)
    }

    /// A step that lowers the number of sets because a list of sets went.
    pub fn step_drops_sets(span: Span, before: usize, after: usize) -> Self {
        Self::advice(
            "step-drops-sets",
            span,
            format!("this step goes from {before} sets to {after}, as it replaces a list of sets by one value"),
        )
        .help(format!("write `sets: {before}` beside it to keep the number of sets"))
    }

    /// More of something than a figure needs.
    pub fn too_many_in_figure(span: Span, key: &str, most: usize) -> Self {
        Self::error(
            "too-many",
            span,
            format!("`{key}` of a figure has more than {most} entries"),
        )
        .help("delete those that aren't needed")
    }

    /// A figure of the therapist's own that is not right in one place.
    pub fn figure_fault(span: Span, pose: &str, fault: &str) -> Self {
        Self::advice(
            "figure",
            span,
            format!(
                "in this figure, in or near its pose `{}`, {fault}",
                excerpt(pose, QUOTE)
            ),
        )
        .help(
            "change the angles of its poses; `regimen figure` with this file shows it while you do",
        )
    }

    /// An exercise of the library that no figure shows.
    pub fn no_figure(span: Span, id: &str) -> Self {
        Self::advice(
            "no-figure",
            span,
            format!("the library has no figure for `{id}`"),
        )
        .help("`regimen figure all` draws those that there are")
    }

    /// Commas that cut the sentences of a list on one line.
    pub fn comma_splits(span: Span, key: &str, count: usize, remedy: &str) -> Self {
        Self::advice(
            "comma-splits",
            span,
            format!("this `{key}` reads as {count} entries, because each comma starts a new one"),
        )
        .help(format!(
            "if a comma belongs to a sentence, put that sentence in quotes: `{remedy}`; if you mean {count} entries, put each on its own line after a dash and a space"
        ))
    }

    /// A comma that ends a text on one line, so that the rest of the text becomes a key.
    pub fn comma_ends_text(span: Span, key: &str, whole: &str) -> Self {
        Self::error(
            "comma-ends-text",
            span,
            format!("the comma ends the text of `{key}`, and the rest reads as a key"),
        )
        .help(format!("put the whole text in quotes: `{key}: {whole}`"))
    }

    /// Nearly the id of a list of red flags.
    pub fn near_red_flags(span: Span, found: &str, id: &str) -> Self {
        Self::advice(
            "near-red-flags",
            span,
            format!("`{}` is read as `{id}`, a list of red flags in the library", excerpt(found, QUOTE)),
        )
        .help(format!(
            "write `{id}`; `regimen explain {id}` shows its signs. To show your own words to the patient, write a sentence"
        ))
    }

    /// A program that never says when to stop.
    pub fn no_stop_if(span: Span, lists: &[&str]) -> Self {
        let diagnostic = Self::advice(
            "no-stop-if",
            span,
            "this program doesn't say when to stop and call you",
        );
        if lists.is_empty() {
            return diagnostic.help(
                "add `stop_if:` and below it your stop signs, each after a dash; `regimen explain stop_if` shows the library's lists",
            );
        }
        diagnostic.help(format!(
            "add a line `stop_if: [{}]`, and signs of your own; `regimen explain stop_if` shows the library's lists",
            lists.join(", ")
        ))
    }

    /// A program for the back that names no sign of cauda equina.
    pub fn no_cauda_equina(span: Span) -> Self {
        Self::advice(
            "no-cauda-equina",
            span,
            "this looks like a program for the back, and `stop_if` has no sign of cauda equina (saddle numbness, bladder, bowel)",
        )
        .help("add `low-back` to `stop_if`: it stands for the library's red flags of the back")
    }

    /// A program that doesn't say how to reach the therapist.
    pub fn no_contact(span: Span) -> Self {
        Self::advice(
            "no-contact",
            span,
            "the patient can't reach you: there is no phone number and no email",
        )
        .help(
            "add `phone: \"…\"` or `email: …` under `therapist:`; it is shown with the stop signs",
        )
    }

    /// Example values that were never replaced.
    pub fn placeholder(span: Span, found: &[(&str, &str)]) -> Self {
        let values: Vec<&str> = found.iter().map(|(_, value)| *value).collect();
        let keys: Vec<&str> = found.iter().map(|(key, _)| *key).collect();
        let (what, them) = if values.len() == 1 {
            ("an example", "it")
        } else {
            ("examples", "them")
        };
        let verb = if values.len() == 1 { "is" } else { "are" };
        Self::advice(
            "placeholder",
            span,
            format!(
                "{} {verb} {what}, and the patient would see {them}",
                all_of(&values)
            ),
        )
        .help(format!("write your own {}", all_of(&keys)))
    }

    /// A tempo in which the movement never comes back.
    pub fn tempo_without_return(span: Span, found: &str, missing: &str, fixed: &str) -> Self {
        Self::advice("tempo-without-return", span, format!("the tempo `{found}` has no time to {missing}")).help(format!(
            "to {missing} in 1 second, write `tempo: {fixed}`; if the patient gets there another way, say so in `instructions` too, such as `Come up with both legs.`"
        ))
    }

    /// A tempo in which nothing moves.
    pub fn tempo_without_movement(span: Span, found: &str, seconds: u64) -> Self {
        Self::advice(
            "tempo-without-return",
            span,
            format!("the tempo `{found}` has no time to lower and none to lift"),
        )
        .help(format!(
            "to hold each repetition, write `hold: {seconds} s` instead of `tempo`"
        ))
    }

    /// Fewer reminders than sessions a day.
    pub fn few_reminders(span: Span, named: usize, times: u8, proposal: &str) -> Self {
        let named = if named == 1 {
            "1 reminder".to_owned()
        } else {
            format!("{named} reminders")
        };
        Self::advice(
            "few-reminders",
            span,
            format!("there are {times} sessions a day and {named}"),
        )
        .help(format!(
            "name {times} times, such as `reminders: [{proposal}]`"
        ))
    }

    /// A dose that the exercise can hardly be done by.
    pub fn wrong_kind(span: Span, exercise: &str, why: &str, usual: &[String]) -> Self {
        let usual: Vec<&str> = usual.iter().map(String::as_str).collect();
        Self::advice(
            "wrong-kind",
            span,
            format!("`{}` {why}", excerpt(exercise, QUOTE)),
        )
        .help(format!("the library's dose for it is {}", all_of(&usual)))
    }
}

/// A list in words: "`a`, `b` and `c`".
fn all_of(names: &[&str]) -> String {
    let quoted: Vec<String> = names
        .iter()
        .map(|name| format!("`{}`", excerpt(name, QUOTE)))
        .collect();
    match quoted.as_slice() {
        [] => String::new(),
        [only] => only.clone(),
        [init @ .., last] => format!("{} and {last}", init.join(", ")),
    }
}
