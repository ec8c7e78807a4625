//! The words of diagnoses, titles and stop signs that call for a list of red flags.

use super::LOW_BACK;

/// Returns a text in lower case, without punctuation, with one space around each word.
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

/// Returns whether a plain text has one of the words, which are separated by `, `. `lumb` matches
/// the beginning of a word, `disc$` a whole word, and `~ectomy$` the end of a word.
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

/// Returns whether a sign is a sign of cauda equina syndrome: saddle numbness, or trouble with
/// bladder or bowels.
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

/// Words for the low back and the pelvis.
const BACK: &str = "\
    back$, lowback, lumb, backache, lbp$, clbp$, hnp$, ddd$, lss$, si joint, si pain, sij$, sijd$, \
    sacr, coccy, tailbone, pelvi, pubic, pubalgia, sciatic, piriformis, core$, trunk$, postpartum, \
    post partum, pregnan, prenatal, diastasis, scolio, quadratus, ql$, multifid, paraspinal, l1$, \
    l2$, l3$, l4$, l5$, l1l2$, l2l3$, l3l4$, l4l5$, l5s1$, s1$, cauda equina";
/// Words for any part of the spine. They mean the neck where the text names the neck too.
const SPINE: &str = "\
    disc$, discs$, disk$, disks$, discogenic, herniat, stenosis, radicul, spondyl, facet, spine$, \
    spinal, vertebra, nerve root, laminectomy, discectomy, microdiscectomy, fusion, slipped$, \
    thoracic$, kypho, lordo, zygapoph";
const NECK: &str = "neck, cervic, whiplash, torticollis, acdf$";
const CHEST: &str = "\
    heart, cardi, chest, angina, coronary, cabg$, myocard, infarct, copd$, lung$, lungs$, pulmon, \
    asthma, stent, hypertens, high blood pressure, long covid";
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
/// Words for regions away from the back. A diagnosis with one of them and no word for the back is
/// not about the back.
const ELSEWHERE: &str = "\
    knee, patell, pfps$, acl$, aclr$, mcl$, menisc, tkr$, tka$, ankle, foot$, feet$, heel, \
    plantar, toe$, toes$, hallux, bunion, shin$, tibia, hamstring, quad$, quads$, quadricep, \
    shoulder, rotator, rtsa$, tsa$, elbow, epicondyl, wrist, hand$, hands$, thumb, finger, carpal, \
    jaw$, tmj$, tmd$, thr$, tha$, hip$, hips$, femoroacetabular, fai$, trochanter, itb$, it band, \
    iliotibial, thoracic outlet, bicep, tricep, vestibul, vertigo, bppv$, copd$, asthma";
/// Phrases at the beginning of a line in which `back` isn't a part of the body.
const NO_BACK_FIRST: &[&str] = &[
    " back to ",
    " back on ",
    " back in ",
    " back at ",
    " back into ",
];
/// Phrases anywhere in a line in which `back` isn't a part of the body.
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

/// Returns the plain words of a diagnosis and a title, one on each line, without the phrases in
/// which `back` isn't a part of the body.
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

/// Returns whether a diagnosis or a title is about the back or the pelvis.
pub(crate) fn is_of_back(words: &str) -> bool {
    let words = diagnosis(words);
    has(&words, BACK) || has(&words, SPINE) && !has(&words, NECK) && !has(&words, "thoracic outlet")
}

/// Returns whether a diagnosis or a title is only about another region than the back.
pub(crate) fn is_elsewhere(words: &str) -> bool {
    let plain = diagnosis(words);
    !is_of_back(words)
        && [ELSEWHERE, NECK, CALF, CHEST]
            .iter()
            .any(|region| has(&plain, region))
}

/// Returns the ids of the lists for a diagnosis or a title. The list for the low back is among them
/// unless the text is surely about another region: a therapist deletes a list that isn't needed,
/// but may not notice that one is missing.
pub(crate) fn lists_for(words: &str) -> Vec<&'static str> {
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
