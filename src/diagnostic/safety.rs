//! Suggestions that keep a patient safe: stop signs, red flags, and how to reach the therapist.

use super::Diagnostic;
use super::wording::{list_texts, quote};
use crate::source::Span;

impl Diagnostic {
    /// An entry of `stop_if` is nearly the id of a list of red flags.
    pub(crate) fn near_red_flags(span: Span, found: &str, id: &str) -> Self {
        Self::advice(
            "near-red-flags",
            span,
            format!(
                "{} is read as `{id}`, one of the library's lists of red flags",
                quote(found)
            ),
        )
        .help(format!(
            "write `{id}`; `regimen explain {id}` shows its signs; to show your own words to the \
             patient, write a sentence"
        ))
    }

    /// A program has no stop signs. `lists` holds the ids of the red flags that suit it.
    pub(crate) fn no_stop_if(span: Span, lists: &[&str]) -> Self {
        let diagnostic = Self::advice(
            "no-stop-if",
            span,
            "this program doesn't say when to stop and call you",
        );
        if lists.is_empty() {
            return diagnostic.help(
                "add `stop_if:` and below it your stop signs, each after a dash; \
                 `regimen explain stop_if` shows the library's lists",
            );
        }
        diagnostic.help(format!(
            "add a line `stop_if: [{}]`, and signs of your own; `regimen explain stop_if` shows \
             the library's lists",
            lists.join(", ")
        ))
    }

    /// A program for the back has no sign of cauda equina syndrome.
    pub(crate) fn no_cauda_equina(span: Span) -> Self {
        Self::advice(
            "no-cauda-equina",
            span,
            "this looks like a program for the back, but `stop_if` has no sign of cauda equina \
             (saddle numbness, bladder, bowel)",
        )
        .help("add `low-back` to `stop_if`; it adds the library's red flags for the back")
    }

    /// A program has neither a phone number nor an email address of the therapist.
    pub(crate) fn no_contact(span: Span) -> Self {
        Self::advice(
            "no-contact",
            span,
            "the patient can't reach you: there is no phone number and no email",
        )
        .help(
            "add `phone: \"…\"` or `email: …` under `therapist:`; the patient sees it with the \
             stop signs",
        )
    }

    /// Values under `therapist` are still those of an example. `found` holds keys and values.
    pub(crate) fn placeholder(span: Span, found: &[(&str, &str)]) -> Self {
        let values: Vec<&str> = found.iter().map(|(_, value)| *value).collect();
        let keys: Vec<&str> = found.iter().map(|(key, _)| *key).collect();
        let rest = if values.len() == 1 {
            "is an example, and the patient will see it"
        } else {
            "are examples, and the patient will see them"
        };
        Self::advice(
            "placeholder",
            span,
            format!("{} {rest}", list_texts(&values)),
        )
        .help(format!("write your own {}", list_texts(&keys)))
    }
}
