//! Problems of exercises: their names and ids, their instructions, and doses that don't suit them.

use super::Diagnostic;
use super::remedy::{Change, Remedy};
use super::wording::{list_texts, quote, shorten};
use crate::source::Span;

/// What to do where the library has no such exercise.
const DESCRIBE_YOUR_OWN: &str = "describe your own with `name:` and `instructions:`";

/// Why a dose can't be meant for an exercise.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum DoseMismatch {
    /// Something done for a length of time, such as a heat pack, has repetitions.
    RepsForRelief,
    /// Something in which nothing is held, such as walking, has a hold.
    HoldForRelief,
    ReliefAsTest,
    StretchWithoutHold,
    StretchAsTest,
    /// A test has a fixed dose.
    TestWithDose,
    /// An exercise that is only held, such as a plank, has repetitions without a hold.
    RepsWithoutHold,
}

impl DoseMismatch {
    /// Says what is wrong, after the name of the exercise.
    fn describe(self) -> &'static str {
        match self {
            Self::RepsForRelief => "is done for a length of time, not in repetitions",
            Self::HoldForRelief => "is done for a length of time, and nothing is held",
            Self::ReliefAsTest => "isn't a test",
            Self::StretchWithoutHold => "is a stretch, and a stretch needs a hold",
            Self::StretchAsTest => "is a stretch, not a test",
            Self::TestWithDose => "is a test, and a test has no fixed dose",
            Self::RepsWithoutHold => "is an exercise to hold, but there is no `hold`",
        }
    }
}

impl Diagnostic {
    /// The library has no such exercise. `near` holds the id and the name of each exercise that
    /// may have been meant.
    pub(crate) fn unknown_exercise(span: Span, found: &str, near: &[(&str, &str)]) -> Self {
        let message = format!("the library has no exercise {}", quote(found));
        match near {
            [] => Self::error("unknown-exercise", span, message).help(DESCRIBE_YOUR_OWN),
            [(id, name)] => {
                let remedy = Remedy::entries([format!("exercise: {id}")]);
                let help = format!("{remedy} if you mean {name}; otherwise {DESCRIBE_YOUR_OWN}");
                let message = format!("{message}, did you mean `{id}`?");
                Self::error("unknown-exercise", span, message)
                    .remedy(remedy)
                    .help(help)
            }
            several => {
                let readings = several
                    .iter()
                    .map(|(id, name)| (*name, Change::Entries(vec![format!("exercise: {id}")])));
                let remedy = Remedy::readings(readings);
                let help = format!("{remedy}; otherwise {DESCRIBE_YOUR_OWN}");
                Self::error("unknown-exercise", span, message)
                    .remedy(remedy)
                    .help(help)
            }
        }
    }

    /// An exercise has neither `name` nor `exercise`.
    pub(crate) fn nameless(span: Span, number: usize) -> Self {
        Self::error("nameless", span, format!("exercise {number} has no name"))
            .help("add `name: …`, or `exercise: …` with the id of a library exercise")
    }

    /// Two exercises of a phase have the same id.
    pub(crate) fn duplicate_exercise(span: Span, first: Span, id: &str) -> Self {
        Self::error(
            "duplicate-exercise",
            span,
            format!("two exercises have the id {}", quote(id)),
        )
        .related(first, "the first one")
        .help(format!(
            "to keep both, add `id: {}-2` to this one; otherwise delete one of them",
            shorten(id)
        ))
    }

    /// A name contains a dose that differs from the dose below it.
    pub(crate) fn name_says_dose(span: Span, name: &str) -> Self {
        Self::advice(
            "name-says-dose",
            span,
            format!(
                "the name {} has a dose in it that differs from the dose below",
                quote(name)
            ),
        )
        .help("the patient sees both; change the dose below, or take the dose out of the name")
    }

    /// An exercise of the therapist's own has no instructions. `known` is the library's exercise
    /// of that name.
    pub(crate) fn no_instructions(span: Span, name: &str, known: Option<&str>) -> Self {
        Self::advice(
            "no-instructions",
            span,
            format!("{} has no instructions", quote(name)),
        )
        .help(match known {
            Some(id) => format!("the library has them: write `exercise: {id}` instead of the name"),
            None => "add `instructions:` with a few short sentences, each after a dash".to_owned(),
        })
    }

    /// The library doesn't have this muscle.
    pub(crate) fn unknown_muscle(span: Span, found: &str, near: Option<&str>) -> Self {
        let diagnostic = Self::advice(
            "unknown-muscle",
            span,
            format!(
                "{} isn't one of the library's muscles and is kept as written",
                quote(found)
            ),
        );
        match near {
            Some(near) => diagnostic.help(format!("did you mean `{near}`?")),
            None => diagnostic,
        }
    }

    /// A dose can't be meant for its exercise. `usual` holds the lines of the library's dose.
    pub(crate) fn wrong_kind(
        span: Span,
        exercise: &str,
        mismatch: DoseMismatch,
        usual: &[String],
    ) -> Self {
        Self::advice(
            "wrong-kind",
            span,
            format!("{} {}", quote(exercise), mismatch.describe()),
        )
        .help(format!(
            "check the dose; the library's starter dose is {}",
            list_texts(usual)
        ))
    }
}
