//! Problems of a program as a whole: its id, its parts, its schedule, its length, and its dates.

use super::Diagnostic;
use super::wording::quote;
use crate::source::Span;
use crate::text::count;

/// From this length on, a session probably has a wrong unit in it. In minutes.
const IMPLAUSIBLE_MINUTES: u64 = 180;

impl Diagnostic {
    /// Two programs of one folder have the same id.
    pub(crate) fn duplicate_program(span: Span, id: &str, other: &str) -> Self {
        Self::error(
            "duplicate-program",
            span,
            format!("{} already has the id {}", quote(other), quote(id)),
        )
        .help("give this program an id of its own: `id: …`")
    }

    /// A program has both `exercises` and `phases`.
    pub(crate) fn exercises_beside_phases(span: Span, other: Span) -> Self {
        Self::error(
            "exercises-beside-phases",
            span,
            "`exercises` can't be combined with `phases`",
        )
        .related(other, "the other one")
        .help("move the exercises into a phase, or delete `phases`")
    }

    /// A program has no frequency.
    pub(crate) fn no_frequency(span: Span) -> Self {
        Self::advice(
            "no-frequency",
            span,
            "there is no `frequency`, so this program is never due",
        )
        .help(
            "add a line `frequency:` with how often, such as `daily` or `3x/week`; write \
             `as needed` if the patient decides when",
        )
    }

    /// A program has fewer reminders than sessions a day.
    pub(crate) fn few_reminders(span: Span, named: usize, times: u8, proposal: &str) -> Self {
        Self::advice(
            "few-reminders",
            span,
            format!(
                "there are {times} sessions a day but only {}",
                count(named, "reminder")
            ),
        )
        .help(format!(
            "give {times} times, such as `reminders: [{proposal}]`"
        ))
    }

    /// A session is long.
    pub(crate) fn long_session(span: Span, minutes: u64) -> Self {
        if minutes >= IMPLAUSIBLE_MINUTES {
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
        .help("patients do short programs more often; 20 to 30 min is usual")
    }

    /// A session has many exercises.
    pub(crate) fn many_exercises(span: Span, count: usize) -> Self {
        Self::advice(
            "many-exercises",
            span,
            format!("this session has {count} exercises"),
        )
        .help(
            "choose the most important; patients stick with a few exercises better than with many",
        )
    }

    /// The review date is in the past.
    pub(crate) fn review_gone(span: Span) -> Self {
        Self::advice("review-gone", span, "the `review` date is in the past")
            .help("write the date of the next visit")
    }

    /// The review date is before the day the program was prescribed.
    pub(crate) fn review_before_prescribed(span: Span) -> Self {
        Self::advice(
            "review-before-prescribed",
            span,
            "the `review` date is before the `prescribed` date",
        )
        .help("check the two dates")
    }
}
