//! Reads when to ask for pain, and the pain bands.

use super::decoder::Decoder;
use super::field::{Field, Fields};
use super::one_line;
use crate::diagnostic::Diagnostic;
use crate::program::{PainBand, PainMoment, PainRules, keys, notation};
use crate::source::Span;
use crate::yaml::{Node, Value};

/// The advice of a band that ends the session, if the therapist gives none.
pub(crate) const STOP_ADVICE: &str = "Stop for today and call your therapist.";

/// How to write a band.
const EXAMPLE: &str = "`- up_to: …` and below it `label: …`";

/// The bands that were read so far.
#[derive(Default)]
struct Bands {
    read: Vec<PainBand>,
    /// The highest pain of the last band, and its place.
    last: Option<(u8, Span)>,
    last_stops: bool,
    /// Whether all bands could be read, so that missing bands can be reported.
    all_read: bool,
    /// The lowest pain without a band so far.
    next: u64,
}

impl Decoder<'_> {
    pub(super) fn pain(&mut self, fields: &mut Fields<'_>) -> PainRules {
        const BANDS: &str = "`pain:`, below it `bands:`, and below that each band as `- {up_to: \
            …, label: …}`; add `stop: true` to a band that ends the session; the last band goes \
            up to 10";
        let default = PainRules {
            ask: vec![PainMoment::Before, PainMoment::After],
            bands: Vec::new(),
        };
        let Some(field) = fields.take("pain") else {
            return default;
        };
        let Some(mut inner) = self.fields(field.node, "`pain`", &keys::PAIN_RULES, BANDS) else {
            return default;
        };
        let ask = inner.take("ask").map(|field| {
            const MOMENTS: &[(&str, PainMoment)] = &[
                ("before", PainMoment::Before),
                ("each", PainMoment::Each),
                ("after", PainMoment::After),
                ("next-morning", PainMoment::NextMorning),
            ];
            let mut ask: Vec<PainMoment> = self
                .items(&field)
                .into_iter()
                .filter_map(|item| self.choice(&field.at(item), MOMENTS))
                .collect();
            ask.sort_unstable();
            ask.dedup();
            ask
        });
        let bands = inner.take("bands").map(|field| self.bands(&field));
        PainRules {
            ask: ask.unwrap_or(default.ask),
            bands: bands.unwrap_or_default(),
        }
    }

    fn bands(&mut self, field: &Field<'_>) -> Vec<PainBand> {
        let example = Self::bands_without_dashes(field.node);
        let items = self.list(
            field,
            "bands, each with a dash",
            example.as_deref().unwrap_or(EXAMPLE),
        );
        let mut so_far = Bands {
            all_read: true,
            ..Bands::default()
        };
        for item in items.unwrap_or_default() {
            self.band(item, &mut so_far);
        }
        if let Some((up_to, span)) = so_far.last
            && up_to != 10
            && so_far.all_read
            && !field.node.open
        {
            self.diagnostics.push(Diagnostic::bands_stop_short(
                span,
                u64::from(up_to),
                so_far.last_stops,
            ));
        }
        so_far.read
    }

    fn band(&mut self, item: &Node<'_>, so_far: &mut Bands) {
        if self.band_in_one_line(item) {
            so_far.all_read = false;
            return;
        }
        self.check_begin(item, so_far.next);
        let Some(mut inner) = self.fields(item, "a band", &keys::BAND, EXAMPLE) else {
            return;
        };
        // An unreadable key may be the one that seems missing.
        let label = if inner.had_unknown && !inner.has("label") {
            None
        } else {
            self.required_name(&mut inner, "label", "this band", "a word for it")
        };
        let advice = self.text_of(&mut inner, "advice");
        let stop = inner
            .take("stop")
            .and_then(|field| self.boolean(&field))
            .unwrap_or(false);
        let Some((up_to, span)) = self.up_to(item, &mut inner, so_far) else {
            so_far.all_read = false;
            return;
        };
        so_far.next = u64::from(up_to) + 1;
        if let (false, Some(label)) = (inner.had("stop"), &label)
            && label
                .to_lowercase()
                .split(|c: char| !c.is_alphanumeric())
                .any(|word| word == "stop")
        {
            self.diagnostics
                .push(Diagnostic::stop_without_stop(inner.place(), label));
        }
        if let Some((previous, _)) = so_far.last
            && up_to <= previous
        {
            so_far.all_read = false;
            self.diagnostics
                .push(Diagnostic::bands_fall(span, u64::from(previous)));
        }
        so_far.last = Some((up_to, span));
        so_far.last_stops = stop;
        let advice = advice.or_else(|| stop.then(|| STOP_ADVICE.to_owned()));
        so_far.read.extend(label.map(|label| PainBand {
            up_to,
            label,
            advice,
            stop,
        }));
    }

    /// Reports a gap below a band that says where it begins.
    fn check_begin(&mut self, item: &Node<'_>, next: u64) {
        let Value::Map(entries) = &item.value else {
            return;
        };
        let begins = |key: &Node<'_>| matches!(key.text(), Some("from" | "min" | "above" | "over"));
        let Some((_, from)) = entries.iter().find(|(key, _)| begins(key)) else {
            return;
        };
        if let Some(begin) = from
            .text()
            .and_then(notation::read_number)
            .filter(|begin| *begin > next)
        {
            self.diagnostics
                .push(Diagnostic::gap_between_bands(from.span, next, begin));
        }
    }

    /// Returns the highest pain of a band, with its place.
    fn up_to(
        &mut self,
        item: &Node<'_>,
        inner: &mut Fields<'_>,
        so_far: &mut Bands,
    ) -> Option<(u8, Span)> {
        let Some(field) = inner.take("up_to") else {
            if !item.open && !inner.had_unknown {
                let example = "the highest pain that belongs to it, 0 to 10";
                self.diagnostics.push(Diagnostic::missing_key(
                    inner.place(),
                    "up_to",
                    "this band",
                    example,
                ));
            }
            return None;
        };
        let span = field.node.span;
        if let Some((low, high)) = field.node.text().and_then(one_line::begin_of_band) {
            so_far.all_read = false;
            let next = std::mem::replace(&mut so_far.next, high + 1);
            if low > next {
                self.diagnostics
                    .push(Diagnostic::gap_between_bands(span, next, low));
                return None;
            }
        }
        Some((self.count::<u8>(&field)?, span))
    }
}
