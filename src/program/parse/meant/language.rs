//! Guesses the tag of a language.

use super::write::write;
use crate::diagnostic::remedy::Remedy;
use crate::program::parse::field::Field;
use crate::program::parse::language_tag::is_language_tag;

/// Names of languages with their BCP 47 tags.
const LANGUAGES: &[(&str, &str)] = &[
    ("english", "en"),
    ("american", "en-US"),
    ("british", "en-GB"),
    ("eng", "en"),
    ("spanish", "es"),
    ("espanol", "es"),
    ("español", "es"),
    ("german", "de"),
    ("deutsch", "de"),
    ("french", "fr"),
    ("français", "fr"),
    ("francais", "fr"),
    ("italian", "it"),
    ("italiano", "it"),
    ("portuguese", "pt"),
    ("português", "pt"),
    ("dutch", "nl"),
    ("polish", "pl"),
    ("russian", "ru"),
    ("turkish", "tr"),
    ("arabic", "ar"),
    ("hindi", "hi"),
    ("chinese", "zh"),
    ("mandarin", "zh"),
    ("japanese", "ja"),
    ("korean", "ko"),
    ("vietnamese", "vi"),
];

/// Returns how to write a language.
pub(crate) fn language(field: &Field<'_>, text: &str) -> Remedy {
    let lower = text.trim().to_lowercase();
    if let Some((_, tag)) = LANGUAGES.iter().find(|(name, _)| *name == lower) {
        return Remedy::Write(write(field, tag));
    }
    let hyphens = text.trim().replace(['_', ' '], "-");
    if hyphens != text.trim() && is_language_tag(&hyphens) {
        return Remedy::Write(write(field, &hyphens));
    }
    Remedy::words("write a language tag, such as `en`, `de` or `pt-BR`")
}
