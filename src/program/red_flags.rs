//! The library's lists of red flags, embedded from `programs/red-flags/`, and the words that call
//! for one: an entry of `stop_if`, a diagnosis, a therapist's own sentence. Knows nothing of files,
//! or of how a program is read.

use std::sync::OnceLock;

use serde::{Deserialize, Serialize};

use super::document;
use super::notation::slug;

/// The ids and texts of the embedded lists, in the order in which they are shown.
pub const FILES: &[(&str, &str)] = &[
    (
        "low-back",
        include_str!("../../programs/red-flags/low-back.yaml"),
    ),
    ("neck", include_str!("../../programs/red-flags/neck.yaml")),
    ("chest", include_str!("../../programs/red-flags/chest.yaml")),
    ("calf", include_str!("../../programs/red-flags/calf.yaml")),
    (
        "runner",
        include_str!("../../programs/red-flags/runner.yaml"),
    ),
    (
        "after-surgery",
        include_str!("../../programs/red-flags/after-surgery.yaml"),
    ),
];

/// The id of the list for the back.
pub const LOW_BACK: &str = "low-back";

/// A list of red flags.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RedFlags {
    /// The word by which a program names it.
    #[serde(skip_deserializing)]
    pub id: &'static str,
    /// A heading.
    pub title: String,
    /// The programs it belongs in.
    #[serde(rename = "for")]
    pub purpose: String,
    /// Other words that a therapist may write for it.
    pub aliases: Vec<String>,
    /// Where the signs come from.
    pub sources: Vec<String>,
    /// What the patient reads: each sign, and what to do.
    pub signs: Vec<String>,
}

/// Reads the text of a list.
pub fn read(id: &'static str, text: &str) -> Result<RedFlags, String> {
    document::from_embedded::<RedFlags>(text).map(|list| RedFlags { id, ..list })
}

static READ: OnceLock<Vec<RedFlags>> = OnceLock::new();

/// Returns all lists.
pub fn all() -> &'static [RedFlags] {
    // A test reads every embedded file.
    READ.get_or_init(|| {
        FILES
            .iter()
            .filter_map(|(id, text)| read(id, text).ok())
            .collect()
    })
}

/// Returns the list with this id.
pub fn get(id: &str) -> Option<&'static RedFlags> {
    all().iter().find(|list| list.id == id)
}

/// Returns the ids of all lists.
pub fn ids() -> Vec<&'static str> {
    FILES.iter().map(|(id, _)| *id).collect()
}

/// What an entry of `stop_if` means.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Entry {
    /// A list, by its id.
    List(&'static RedFlags),
    /// A list, by a word that is nearly its id or another name for it.
    Near(&'static RedFlags),
    /// A sign in the therapist's own words.
    Sentence,
}

/// The longest entry that can be meant as an id, in words.
const ID_WORDS: usize = 4;

/// Decides whether an entry of `stop_if` names a list.
pub fn entry(text: &str) -> Entry {
    if FILES.iter().any(|(id, _)| *id == text) {
        return get(text).map_or(Entry::Sentence, Entry::List);
    }
    let wanted = slug(text);
    if wanted.is_empty() || text.ends_with('.') || wanted.split('-').count() > ID_WORDS {
        return Entry::Sentence;
    }
    let joined = wanted.replace('-', "");
    let is_near = |list: &&RedFlags| {
        // A list and a sign may begin alike (`neck`, `Neck pain`), so only a slip of the finger
        // counts.
        let slips = if list.id.len() < 8 { 1 } else { 2 };
        joined == list.id.replace('-', "")
            || list.aliases.iter().any(|alias| slug(alias) == wanted)
            || !text.contains(' ') && strsim::osa_distance(&wanted, list.id) <= slips
    };
    all()
        .iter()
        .find(is_near)
        .map_or(Entry::Sentence, Entry::Near)
}

/// Splits stop signs into the lists they hold in full and what the therapist wrote beside them.
pub fn lists_in(signs: &[String]) -> (Vec<&'static RedFlags>, Vec<&str>) {
    let lists: Vec<&RedFlags> = all()
        .iter()
        .filter(|list| list.signs.iter().all(|sign| signs.contains(sign)))
        .collect();
    let is_own = |sign: &&String| !lists.iter().any(|list| list.signs.contains(sign));
    let own = signs.iter().filter(is_own).map(String::as_str).collect();
    (lists, own)
}

/// A text in lower case with one space between words and around them.
fn plain(text: &str) -> String {
    let words: String = text
        .to_lowercase()
        .chars()
        .map(|c| if c.is_alphanumeric() { c } else { ' ' })
        .collect();
    format!(
        " {} ",
        words.split_whitespace().collect::<Vec<_>>().join(" ")
    )
}

/// Whether a plain text has one of some words: `lumb` begins a word, `disc$` is one, `~ectomy$`
/// ends one.
fn has(plain: &str, words: &str) -> bool {
    words.split(", ").any(|word| {
        let inner = word.replace('$', " ");
        match inner.strip_prefix('~') {
            Some(end) => plain.contains(end),
            None => plain
                .match_indices(inner.as_str())
                .any(|(at, _)| plain.get(..at).is_some_and(|before| before.ends_with(' '))),
        }
    })
}

/// Says whether a sign is one of cauda equina: a saddle that goes numb, a bladder or a bowel that
/// no longer obeys.
pub fn is_cauda_equina(sign: &str) -> bool {
    const SADDLE: &str = "\
        genital, buttock, groin, perine, between the legs, between your legs, inner thigh, back \
        passage, crotch, private parts, bottom$";
    const FEELING: &str = "numb, tingl, feel, sensation, pins and needles, anesthe, anaesthe";
    const WATER: &str = "urin, pee, stool, pass water, passing water, toilet";
    const CONTROL: &str = "\
        hold, pass, control, feel, leak, retain, retention, trouble, difficult, unable, can t$, \
        cannot$, loss$, lose$, start";
    let sign = plain(sign).replace(" bladder infection", "");
    has(&sign, "cauda equina, saddle, bladder, bowel, incontinen")
        || has(&sign, SADDLE) && has(&sign, FEELING)
        || has(&sign, WATER) && has(&sign, CONTROL)
}

/// Words of the low back and the pelvis.
const BACK: &str = "\
    back$, lowback, lumb, backache, lbp$, clbp$, hnp$, ddd$, lss$, si joint, si pain, sij$, sijd$, \
    sacr, coccy, tailbone, pelvi, pubic, pubalgia, sciatic, piriformis, core$, trunk$, postpartum, \
    post partum, pregnan, prenatal, diastasis, scolio, quadratus, ql$, multifid, paraspinal, l1$, \
    l2$, l3$, l4$, l5$, l1l2$, l2l3$, l3l4$, l4l5$, l5s1$, s1$, cauda equina";
/// Words of the spine, which are the neck's where the neck is named too.
const SPINE: &str = "\
    disc$, discs$, disk$, disks$, discogenic, herniat, stenosis, radicul, spondyl, facet, spine$, \
    spinal, vertebra, nerve root, laminectomy, discectomy, microdiscectomy, fusion, slipped$, \
    thoracic$, kypho, lordo, zygapoph";
const NECK: &str = "neck, cervic, whiplash, torticollis, acdf$";
const CHEST: &str = "\
    heart, cardi, chest, angina, coronary, cabg$, myocard, infarct, copd$, lung$, lungs$, pulmon, asthma, \
    stent, hypertens, high blood pressure, long covid";
const CALF: &str = "\
    calf, calves, achill, gastroc, soleus, dvt$, thrombo, blood clot, in a cast$, in a boot$, \
    immobili, bed rest, ankle fracture";
const RUNNER: &str = "\
    run$, runs$, runner, running, jog, marathon, shin splint, stress fracture, stress reaction, \
    bone stress, reds$, red s$, triathl, 5k$, 10k$, medial tibial stress";
const SURGERY: &str = "\
    surg, post op$, postop, postsurg, s p$, status post, replacement, arthroplast, tkr$, tka$, \
    thr$, tha$, tsa$, rtsa$, aclr$, reconstruction, repair, fusion, ~ectomy$, arthroscop, orif$, \
    decompression, cesarean, caesarean, c section, amputation, osteotomy, cabg$, acdf$, operation, \
    operated, implant";
/// Words of regions far from the back. A diagnosis with one of them, and none of the back, is not
/// of the back.
const ELSEWHERE: &str = "\
    knee, patell, pfps$, acl$, aclr$, mcl$, menisc, tkr$, tka$, ankle, foot$, feet$, heel, \
    plantar, toe$, toes$, hallux, bunion, shin$, tibia, hamstring, quad$, quads$, quadricep, \
    shoulder, rotator, rtsa$, tsa$, elbow, epicondyl, wrist, hand$, hands$, thumb, finger, carpal, \
    jaw$, tmj$, tmd$, thr$, tha$, hip$, hips$, femoroacetabular, fai$, trochanter, itb$, it band, \
    iliotibial, thoracic outlet, bicep, tricep, vestibul, vertigo, bppv$, copd$, asthma";
/// Turns of speech in which `back` is no part of the body: at the beginning of a line, and
/// anywhere.
const NO_BACK_FIRST: &[&str] = &[
    " back to ",
    " back on ",
    " back in ",
    " back at ",
    " back into ",
];
const NO_BACK: &[&str] = &[
    " come back ",
    " comeback ",
    " get back ",
    " getting back ",
    " go back ",
    " going back ",
    " bounce back ",
    " welcome back ",
    " back to run",
    " back to work ",
    " back to sport",
    " back to play",
];

/// The words of a diagnosis and a title, each on a line of its own, without those that only sound
/// like the back.
fn diagnosis(words: &str) -> String {
    let line = |line: &str| {
        let line = plain(line);
        let line = match NO_BACK_FIRST.iter().find(|turn| line.starts_with(**turn)) {
            Some(_) => line.replacen(" back", "", 1),
            None => line,
        };
        NO_BACK.iter().fold(line, |line, turn| {
            line.replace(turn, &turn.replace(" back", ""))
        })
    };
    words.lines().map(line).collect()
}

/// Says whether words of a diagnosis or a title are of the back or the pelvis.
pub fn is_of_back(words: &str) -> bool {
    let words = diagnosis(words);
    has(&words, BACK) || has(&words, SPINE) && !has(&words, NECK) && !has(&words, "thoracic outlet")
}

/// Says whether words of a diagnosis or a title are of another region alone.
pub fn is_elsewhere(words: &str) -> bool {
    let plain = diagnosis(words);
    !is_of_back(words)
        && [ELSEWHERE, NECK, CALF, CHEST]
            .iter()
            .any(|region| has(&plain, region))
}

/// Returns the ids of the lists for a diagnosis or a title. What isn't surely of another region
/// gets the back's: a list too many is read and deleted, one too few is missed.
pub fn lists_for(words: &str) -> Vec<&'static str> {
    let plain = diagnosis(words);
    let wanted = [
        (LOW_BACK, !is_elsewhere(words)),
        ("neck", has(&plain, NECK)),
        ("chest", has(&plain, CHEST)),
        ("calf", has(&plain, CALF)),
        ("runner", has(&plain, RUNNER)),
        ("after-surgery", has(&plain, SURGERY)),
    ];
    wanted
        .into_iter()
        .filter(|(_, wanted)| *wanted)
        .map(|(id, _)| id)
        .collect()
}

/// Tells a list to people: its id and title, the signs, the sources.
pub fn card(list: &RedFlags) -> String {
    let lines = |texts: &[String]| {
        texts
            .iter()
            .map(|text| format!("  - {text}"))
            .collect::<Vec<_>>()
            .join("\n")
    };
    format!(
        "{} - {}. For: {}.\n\n{}\n\nSources:\n{}",
        list.id,
        list.title,
        list.purpose,
        lines(&list.signs),
        lines(&list.sources)
    )
}

/// All lists as Markdown, below a heading that the caller writes.
pub fn markdown() -> String {
    let mut text = "An id in `stop_if` stands for all sentences of its list; sentences of your own may stand beside it. The patient reads \
                    the sentences, never the id. Lists are a start: read them, and add what your patient needs.\n"
        .to_owned();
    for list in all() {
        let lines = |texts: &[String]| {
            texts
                .iter()
                .map(|text| format!("- {text}"))
                .collect::<Vec<_>>()
                .join("\n")
        };
        text.push_str(&format!(
            "\n### `{}`\n\n{}. For: {}.\n\n{}\n\nSources:\n\n{}\n",
            list.id,
            list.title,
            list.purpose,
            lines(&list.signs),
            lines(&list.sources)
        ));
    }
    text
}
