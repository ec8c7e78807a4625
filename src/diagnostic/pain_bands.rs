//! Problems of pain bands: their order, gaps between them, and when one ends the session.

use super::Diagnostic;
use super::remedy::Remedy;
use super::wording::quote;
use crate::source::Span;

impl Diagnostic {
    /// A pain band isn't higher than the band before it.
    pub(crate) fn bands_fall(span: Span, previous: u64) -> Self {
        Self::error(
            "bands-fall",
            span,
            format!(
                "this band must reach higher than the one before it, which goes up to {previous}"
            ),
        )
        .help("put the bands in order from low to high, with the last one up to 10")
    }

    /// The highest band ends below 10. `stops` says whether it ends the session.
    pub(crate) fn bands_stop_short(span: Span, last: u64, stops: bool) -> Self {
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
            // More pain than in a band that ends the session can't mean anything else.
            diagnostic.remedy(Remedy::value("10"))
        } else {
            diagnostic.remedy(Remedy::words(format!(
                "add a band up to 10 that says what to do at pain {gap}; or let this band go up \
                 to 10, if it is meant for that too"
            )))
        }
    }

    /// The bands as written leave a gap between `next` and `begin`.
    pub(crate) fn gap_between_bands(span: Span, next: u64, begin: u64) -> Self {
        let gap = if next + 1 == begin {
            next.to_string()
        } else {
            format!("{next}-{}", begin - 1)
        };
        Self::error(
            "bands-gap",
            span,
            format!("this band begins at {begin}, so pain {gap} has no band"),
        )
        .help(format!(
            "add a band for pain {gap}, or let the band above or this one include it; for each \
             band, write only the highest pain that belongs to it"
        ))
    }

    /// A band is called stop but doesn't end the session.
    pub(crate) fn stop_without_stop(span: Span, label: &str) -> Self {
        Self::advice(
            "stop-without-stop",
            span,
            format!("the band {} doesn't end the session", quote(label)),
        )
        .help(
            "if it should, add `stop: true` to the band; the patient is then offered to end the \
             session",
        )
    }
}
