//! Problems of doses: none, two that exclude each other, units, sets, and tempo.

use super::Diagnostic;
use super::remedy::{Change, Remedy};
use super::wording::{quote, shorten};
use crate::source::Span;

impl Diagnostic {
    /// An exercise has no dose.
    pub(crate) fn no_dose(span: Span, exercise: &str) -> Self {
        Self::error("no-dose", span, format!("{} has no dose", quote(exercise))).help(
            "add the dose with a line `reps:`, `hold:` or both, or with a line `duration:`; for a \
             test, add a line `measure:`",
        )
    }

    /// An exercise has two doses that exclude each other.
    pub(crate) fn two_doses(span: Span, other: Span, key: &str, other_key: &str) -> Self {
        let delete_one = format!("delete either `{other_key}` or `{key}`");
        let help = match (key, other_key) {
            ("tempo", "hold") | ("hold", "tempo") => {
                format!("a repetition has either a hold or a tempo; {delete_one}")
            }
            ("tempo", dose) | (dose, "tempo") => {
                format!(
                    "`tempo` goes only with `reps`; delete `tempo`, or use `reps` instead of \
                     `{dose}`"
                )
            }
            ("measure", "duration") | ("duration", "measure") => {
                "a test within a time limit can't be written yet; to count or time as much as \
                 possible, keep `measure:`, delete `duration:`, and give the time in \
                 `instructions:`; to train for that long, keep `duration:` and delete `measure:`"
                    .to_owned()
            }
            ("measure", _) | (_, "measure") => format!("a test has no dose; {delete_one}"),
            _ => format!(
                "a dose is `reps` (with `hold` or `tempo` if you like), `hold` alone, `duration` \
                 or `measure`; {delete_one}"
            ),
        };
        Self::error(
            "two-doses",
            span,
            format!("`{key}` can't be combined with `{other_key}`"),
        )
        .related(other, "the other one")
        .help(help)
    }

    /// A duration has no unit and may be meant in minutes.
    pub(crate) fn bare_duration(span: Span, found: &str) -> Self {
        let found = shorten(found);
        Self::advice(
            "bare-duration",
            span,
            format!("a number without a unit is in seconds, so this is {found} s"),
        )
        .remedy(Remedy::readings([
            ("minutes", Change::Value(format!("{found} min"))),
            ("seconds", Change::Value(format!("{found} s"))),
        ]))
    }

    /// A length of time has a decimal point that may be meant as a colon.
    pub(crate) fn decimal_time(span: Span, found: &str, length: &str, clock: &str) -> Self {
        Self::advice(
            "decimal-time",
            span,
            format!("{} is a decimal number, so this is {length}", quote(found)),
        )
        .remedy(Remedy::readings([
            ("minutes and seconds", Change::Value(clock.to_owned())),
            ("as it is now", Change::Value(length.to_owned())),
        ]))
    }

    /// A load has no unit.
    pub(crate) fn bare_load(span: Span, found: &str) -> Self {
        let found = shorten(found);
        Self::advice(
            "bare-load",
            span,
            format!("the load `{found}` has no unit, and the patient sees it without one"),
        )
        .remedy(Remedy::readings([
            ("kilograms", Change::Value(format!("{found} kg"))),
            ("pounds", Change::Value(format!("{found} lb"))),
        ]))
    }

    /// Lists have different lengths, or a list differs from the number of sets.
    pub(crate) fn sets_disagree(
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
        .help(
            "decide how many sets there are; each list needs one entry per set, and `sets` (if \
             you write it) the same number",
        );
        match other {
            Some(other) => diagnostic.related(other, "the other one"),
            None => diagnostic,
        }
    }

    /// A key that can't differ from set to set has a list.
    pub(crate) fn no_per_set(span: Span, key: &str) -> Self {
        Self::error(
            "no-per-set",
            span,
            format!("`{key}` needs one value, not a list"),
        )
        .help("only `reps`, `hold` and `load` can differ from set to set")
    }

    /// `tempo` without `reps`.
    pub(crate) fn tempo_without_reps(span: Span) -> Self {
        Self::error(
            "tempo-without-reps",
            span,
            "`tempo` is the pace of repetitions, but there is no `reps`",
        )
        .help("add a line `reps:` with the number of repetitions")
    }

    /// The movement of a tempo never comes back. `missing` is the part that takes no time.
    pub(crate) fn tempo_without_return(
        span: Span,
        found: &str,
        missing: &str,
        fixed: &str,
    ) -> Self {
        Self::advice(
            "tempo-without-return",
            span,
            format!("the tempo `{found}` has no time to {missing}"),
        )
        .help(format!(
            "to {missing} in 1 second, write `tempo: {fixed}`; if the patient gets there another \
             way, also say how in `instructions`, such as `Come up with both legs.`"
        ))
    }

    /// Nothing moves in a tempo.
    pub(crate) fn tempo_without_movement(span: Span, found: &str, seconds: u64) -> Self {
        Self::advice(
            "tempo-without-return",
            span,
            format!("the tempo `{found}` has no time to lower or to lift"),
        )
        .help(format!(
            "to hold each repetition, write `hold: {seconds} s` instead of `tempo`"
        ))
    }
}
