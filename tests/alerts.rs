//! What is heard in a session, and when: tones, words, pop-ups, with keys and without.

use std::time::Duration;

use regimen::effect::{Alert, AlertKind};
use regimen::events::Input;
use regimen::preferences::Voice;
use regimen::program::library::PROGRAM_FILES;
use regimen::speech::{self, Speaker};
use regimen::{tones, tones::Note};

use crate::support::{Journey, listed, sets};

/// One exercise of each kind.
const KINDS: &str = "
title: All kinds
frequency: daily
pain: {ask: [each, after]}
defaults: {rest: 20 s, get_ready: 8 s}
exercises:
  - {name: Side plank, instructions: Lift., cues: [Breathe, Hips forward], sets: 2, hold: 20 s, side: each, rest_after: 15 s}
  - {name: Bird dog, instructions: Reach., cues: [Back flat, Look down], reps: 3, hold: 6 s, equipment: a mat}
  - {name: Calf raise, instructions: Rise., cues: Slowly, reps: 2, tempo: 3-1-2-0, load: 5 kg}
  - {name: Bridge, instructions: Lift., cues: Squeeze, sets: 2, reps: 3}
  - {name: Dead bug, instructions: Reach., reps: 2, side: alternate}
  - {name: Walk, instructions: Walk., duration: 30 s, get_ready: 0 s}
  - {name: Plank test, instructions: Hold., measure: hold}
";

/// The alerts of a session as lines: when, which tone, the words on the screen, the words of the
/// voice.
fn heard(alerts: &[Alert]) -> String {
    let begin = alerts.first().map(|alert| alert.at).unwrap_or_default();
    let line = |alert: &Alert| {
        let at = (alert.at - begin).as_secs_f64();
        format!(
            "{at:6.1}  {:<13} {:<22} {}",
            alert.kind.name(),
            alert.text,
            alert.speech
        )
        .trim_end()
        .to_owned()
    };
    alerts
        .iter()
        .filter(|alert| alert.kind != AlertKind::LastSeconds)
        .map(line)
        .collect::<Vec<_>>()
        .join("\n")
}

#[test]
fn every_kind_of_exercise_is_heard_at_its_instants() {
    let outcome = Journey::with(KINDS)
        .settings("voice: full")
        .keys("enter enter")
        .play_on()
        .run();
    insta::assert_snapshot!(heard(&outcome.alerts));
}

#[test]
fn without_keys_every_kind_of_exercise_is_heard_at_its_instants() {
    let outcome = Journey::with(KINDS)
        .settings("voice: full\nhands_free: on")
        .keys("enter enter")
        .wait(1000.0)
        .look()
        .run();
    insta::assert_snapshot!(heard(&outcome.alerts));
    assert!(
        outcome.looks[0].contains("How much pain"),
        "{}",
        outcome.looks[0]
    );
}

#[test]
fn every_sample_is_played_to_its_end_without_a_key() {
    for (id, text) in PROGRAM_FILES {
        // The key that begins it, and the ones that read its safety page.
        let outcome = Journey::with_programs(vec![listed(&format!("{id}.yaml"), text)])
            .settings("hands_free: on")
            .keys("enter enter enter enter")
            .wait(2.5 * 3600.0)
            .look()
            .run();
        let history = &outcome.histories[0];
        assert!(history.end.is_some(), "{id}: {}", outcome.looks[0]);
        let left: Vec<String> = sets(history)
            .into_iter()
            .filter(|set| !set.contains("Done"))
            .collect();
        let tests = outcome
            .alerts
            .iter()
            .filter(|alert| alert.speech.contains("any key"))
            .count();
        assert_eq!(left.len(), tests, "{id}: {left:?}");
        for alert in &outcome.alerts {
            assert!(alert.at.since_origin() >= Duration::from_secs(5), "{id}");
        }
    }
}

#[test]
fn without_keys_any_key_ends_a_test_and_a_test_that_nobody_ends_is_not_done() {
    let text = "
title: Test
frequency: daily
pain: {ask: []}
exercises:
  - {name: Plank test, instructions: Hold., measure: hold}
  - {name: Bridge, instructions: Lift., reps: 2}
";
    let outcome = Journey::with(text)
        .settings("hands_free: on")
        .keys("enter enter")
        .wait(40.0)
        .keys("space")
        .wait(60.0)
        .run();
    assert_eq!(
        sets(&outcome.histories[0]),
        [
            "plank-test Both 1 Done 30.0 s",
            "bridge Both 1 Done 2 reps 8.0 s"
        ]
    );
    let outcome = Journey::with(text)
        .settings("hands_free: on")
        .keys("enter enter")
        .wait(400.0)
        .run();
    let nobody = sets(&outcome.histories[0]);
    assert!(
        nobody[0].starts_with("plank-test Both 1 Skipped"),
        "{nobody:?}"
    );
    assert!(nobody[1].contains("Done"), "{nobody:?}");
    assert_eq!(
        outcome
            .alerts
            .iter()
            .filter(|alert| alert.kind == AlertKind::ExerciseDone)
            .count(),
        1
    );
}

#[test]
fn hands_free_begins_and_ends_in_the_middle_of_a_set() {
    let text = "
title: Bridges
frequency: daily
pain: {ask: []}
exercises:
  - {name: Bridge, instructions: Lift., sets: 2, reps: 5, rest: 5 s, get_ready: 4 s}
";
    // The first set waits for Enter; with h it begins again from its lead-in, paced.
    let outcome = Journey::with(text)
        .keys("enter enter")
        .wait(60.0)
        .look()
        .keys("h")
        .look()
        .wait(33.0)
        .look()
        .run();
    assert!(
        outcome.looks[0].contains("at your own pace"),
        "{}",
        outcome.looks[0]
    );
    assert!(
        outcome.looks[1].contains("hands-free") && !outcome.looks[1].contains("own pace"),
        "{}",
        outcome.looks[1]
    );
    assert_eq!(
        sets(&outcome.histories[0]),
        ["bridge Both 1 Done 5 reps 20.0 s"],
        "{}",
        outcome.looks[2]
    );
    // And back: the repetitions wait again, and nothing is counted that was not done.
    let outcome = Journey::with(text)
        .keys("enter h enter")
        .wait(16.0)
        .keys("h")
        .wait(60.0)
        .look()
        .run();
    assert!(
        outcome.looks[0].contains("at your own pace"),
        "{}",
        outcome.looks[0]
    );
    assert!(sets(&outcome.histories[0]).is_empty());
}

#[test]
fn a_question_is_heard_before_the_step_that_waits_for_its_answer() {
    let outcome = Journey::with(KINDS)
        .keys("enter enter")
        .wait(119.0)
        .keys("enter")
        .wait(0.5)
        .run();
    let kinds: Vec<AlertKind> = outcome
        .alerts
        .iter()
        .rev()
        .take(3)
        .map(|alert| alert.kind)
        .collect();
    assert_eq!(
        kinds,
        [
            AlertKind::Rest,
            AlertKind::Question,
            AlertKind::ExerciseDone
        ]
    );
}

#[test]
fn the_voice_says_as_much_as_is_wanted() {
    let said = |settings: &str| {
        let outcome = Journey::with(KINDS)
            .settings(settings)
            .keys("enter enter")
            .wait(60.0)
            .run();
        outcome
            .alerts
            .iter()
            .filter(|alert| !alert.speech.is_empty())
            .map(|alert| alert.speech.clone())
            .collect::<Vec<_>>()
    };
    assert_eq!(said("voice: off"), [""; 0]);
    assert_eq!(
        said("voice: brief"),
        [
            "Side plank. Left side.",
            "Hold.",
            "Half way",
            "Switch. Right side.",
            "Hold.",
            "Half way",
            "Rest, 20 seconds."
        ]
    );
    assert!(said("voice: full").len() > said("voice: brief").len());
}

#[test]
fn the_voice_speaks_the_language_of_the_program() {
    let german = KINDS.replace("frequency: daily", "frequency: daily\nlanguage: de-AT");
    let outcome = Journey::with(&german)
        .settings("voice: full")
        .keys("enter enter")
        .wait(60.0)
        .run();
    assert_eq!(
        outcome.alerts[0].speech,
        "Side plank. 2 Sätze auf jeder Seite. 20 Sekunden halten. Linke Seite."
    );
    assert!(outcome.alerts.iter().all(|alert| alert.language == "de-AT"));
    // Of a language without words of ours the therapist's own words are said, and the tones do the
    // rest.
    let polish = KINDS.replace("frequency: daily", "frequency: daily\nlanguage: pl");
    let outcome = Journey::with(&polish)
        .settings("voice: full")
        .keys("enter enter")
        .wait(60.0)
        .run();
    let said: Vec<&str> = outcome
        .alerts
        .iter()
        .map(|alert| alert.speech.as_str())
        .filter(|words| !words.is_empty())
        .collect();
    assert_eq!(
        said,
        [
            "Side plank.",
            "Breathe. Hips forward.",
            "Breathe. Hips forward."
        ]
    );
}

#[test]
fn every_language_has_all_words() {
    for language in speech::languages() {
        let speaker = Speaker::new(language, Voice::Full);
        assert!(speaker.has_words());
        let german = KINDS.replace(
            "frequency: daily",
            &format!("frequency: daily\nlanguage: {language}"),
        );
        for settings in ["voice: full", "voice: full\nhands_free: on"] {
            let outcome = Journey::with(&german)
                .settings(settings)
                .keys("enter enter")
                .play_on()
                .run();
            for alert in outcome
                .alerts
                .iter()
                .filter(|alert| !alert.speech.is_empty())
            {
                assert!(
                    !alert.speech.contains(['{', '}']),
                    "{language}: {}",
                    alert.speech
                );
                assert!(
                    !alert.speech.contains("  ") && !alert.speech.contains(" ."),
                    "{language}: {}",
                    alert.speech
                );
            }
        }
    }
}

#[test]
fn muted_nothing_is_heard_and_what_is_being_said_is_cut() {
    let outcome = Journey::with(KINDS)
        .keys("enter enter")
        .wait(2.0)
        .keys("m")
        .wait(60.0)
        .run();
    assert_eq!(outcome.alerts.len(), 1);
    assert_eq!(outcome.hushed, 1);
}

#[test]
fn where_no_tone_can_be_played_the_bell_rings_and_the_screen_flashes() {
    let missing = || Input::Missing {
        what: "No player was found.".to_owned(),
        tones: true,
    };
    let outcome = Journey::with(KINDS)
        .deaf()
        .keys("enter enter")
        .input(missing())
        .look()
        .wait(12.0)
        .run();
    assert!(
        outcome.looks[0].contains("No player was found."),
        "{}",
        outcome.looks[0]
    );
    assert!(outcome.looks[0].contains("♪ bell"), "{}", outcome.looks[0]);
    // What was begun before it was known is rung once more, and not said twice.
    assert_eq!(
        outcome.bells[..3],
        [
            AlertKind::GetReady,
            AlertKind::GetReady,
            AlertKind::LastSeconds
        ]
    );
    assert_eq!(
        outcome
            .alerts
            .iter()
            .filter(|alert| alert.kind == AlertKind::GetReady)
            .count(),
        1
    );
}

#[test]
fn a_flash_is_over_soon_on_every_page() {
    let flashes = |settings: &str, seconds: f64| {
        let outcome = Journey::with(KINDS)
            .settings(settings)
            .keys("enter enter")
            .wait(seconds)
            .run();
        assert!(!outcome.flashing);
        outcome.flashes
    };
    assert!(flashes("flash: on", 60.0) >= 12);
    // The session has come to a question.
    assert!(flashes("flash: on", 119.5) > flashes("flash: on", 60.0));
    assert_eq!(flashes("flash: off", 60.0), 0);
    assert_eq!(flashes("", 60.0), 0);
}

#[test]
fn pop_ups_come_while_another_window_is_in_front_and_only_then() {
    let titles = |focus: &[bool], settings: &str| {
        let mut journey = Journey::with(KINDS).settings(settings).keys("enter enter");
        for focused in focus {
            journey = journey.input(Input::Focus(*focused));
        }
        journey
            .play_on()
            .run()
            .notices
            .into_iter()
            .map(|notice| format!("{}: {}", notice.title, notice.text))
            .collect::<Vec<_>>()
    };
    assert_eq!(
        titles(&[false], ""),
        [
            "Rest is over: Side plank",
            "Rest is over: Bird dog",
            "Rest is over: Bridge",
            "Session done: All kinds"
        ]
    );
    assert_eq!(titles(&[], ""), [""; 0]);
    assert_eq!(titles(&[false, true], ""), [""; 0]);
    assert_eq!(titles(&[false], "notifications: off"), [""; 0]);
}

#[test]
fn the_machine_is_kept_awake_while_a_session_runs_and_no_longer() {
    let outcome = Journey::with(KINDS)
        .keys("enter enter")
        .wait(5.0)
        .keys("space")
        .wait(5.0)
        .keys("space")
        .wait(5.0)
        .keys("q 3")
        .run();
    assert_eq!(outcome.awake, [true, false, true, false]);
    assert_eq!(
        Journey::with(KINDS)
            .settings("stay_awake: off")
            .keys("enter enter")
            .play_on()
            .run()
            .awake,
        [false; 0]
    );
}

#[test]
fn settings_are_changed_on_their_page_and_kept() {
    let outcome = Journey::with(KINDS)
        .keys("o down right")
        .look()
        .keys("down right esc")
        .look()
        .run();
    assert!(outcome.looks[0].contains("◂ 90 ▸"), "{}", outcome.looks[0]);
    let kept: Vec<String> = outcome
        .kept
        .iter()
        .map(|(key, value)| format!("{key:?} {value}"))
        .collect();
    assert_eq!(kept, ["Volume 90", "Voice full"]);
    assert!(
        outcome.looks[1].starts_with(" Today"),
        "{}",
        outcome.looks[1]
    );
}

/// How loud one pitch is in some samples.
pub(crate) fn strength(samples: &[i16], pitch: f64) -> f64 {
    let step = std::f64::consts::TAU * pitch / f64::from(tones::RATE);
    let (mut along, mut across) = (0.0, 0.0);
    let mut angle = 0.0_f64;
    for sample in samples {
        angle += step;
        along += f64::from(*sample) * angle.cos();
        across += f64::from(*sample) * angle.sin();
    }
    along.hypot(across)
}

#[test]
fn each_tone_is_told_from_the_others_by_pitch_and_rhythm() {
    let mut seen: Vec<(AlertKind, Vec<(String, u32)>)> = Vec::new();
    for kind in AlertKind::ALL {
        let notes = tones::notes(kind);
        let tune: Vec<(String, u32)> = notes
            .iter()
            .map(|note| (format!("{:.0}", note.pitch), note.length / 60))
            .collect();
        for (other, of_other) in &seen {
            assert!(
                tune.is_empty() || tune != *of_other,
                "{kind:?} sounds like {other:?}"
            );
        }
        seen.push((kind, tune));
        // What is written is what is heard: at each note its own pitch is louder than any other of
        // the scale.
        let samples = tones::samples(notes, 100);
        let mut at = 0;
        for Note { pitch, length, gap } in notes {
            let end = at + (length * tones::RATE / 1000) as usize;
            let own = strength(&samples[at..end], *pitch);
            for other in [174.61, 329.63, 440.0, 523.25, 659.26, 783.99, 987.77] {
                assert!(
                    (other - pitch).abs() < 1.0 || own > strength(&samples[at..end], other),
                    "{kind:?} {pitch} {other}"
                );
            }
            at = end + (gap * tones::RATE / 1000) as usize;
        }
        // Two at once do not clip.
        assert!(
            samples.iter().all(|sample| sample.unsigned_abs() < 16_384),
            "{kind:?}"
        );
        assert!(
            samples.is_empty()
                || samples.iter().map(|sample| sample.unsigned_abs()).max() > Some(8_000),
            "{kind:?}"
        );
    }
    assert!(
        tones::samples(tones::notes(AlertKind::Start), 0)
            .iter()
            .all(|sample| *sample == 0)
    );
}

#[test]
fn switching_to_keys_and_back_crosses_nothing_that_nobody_was_led_through() {
    let text = "
title: Holds
frequency: daily
pain: {ask: []}
exercises:
  - {name: Plank, instructions: Hold., hold: 4 s, get_ready: 3 s, rest_after: 20 s}
  - {name: Bridge, instructions: Lift., hold: 4 s, get_ready: 3 s}
";
    // Hands-free the lead-in is ten seconds; eight of them are more than the three with keys.
    let outcome = Journey::with(text)
        .keys("enter h enter")
        .wait(8.0)
        .keys("h")
        .look()
        .wait(2.0)
        .look()
        .run();
    assert!(
        outcome.looks[0].contains("so far") && !outcome.looks[1].contains("rest"),
        "{}",
        outcome.looks[1]
    );
    assert!(
        sets(&outcome.histories[0]).is_empty(),
        "{:?}",
        sets(&outcome.histories[0])
    );
    // The same while it is paused.
    let outcome = Journey::with(text)
        .keys("enter h enter")
        .wait(8.0)
        .keys("space h space")
        .wait(2.0)
        .run();
    assert!(sets(&outcome.histories[0]).is_empty());
}

#[test]
fn in_the_rest_after_sides_in_turn_hands_free_goes_on_with_the_rest() {
    let text = "
title: Turns
frequency: daily
pain: {ask: []}
exercises:
  - {name: Dead bug, instructions: Reach., reps: 3, side: alternate, get_ready: 0 s, rest_after: 20 s}
  - {name: Bridge, instructions: Lift., hold: 4 s}
";
    let outcome = Journey::with(text)
        .keys("enter enter")
        .wait(1.0)
        .keys("enter")
        .wait(3.0)
        .keys("h")
        .wait(1.0)
        .look()
        .run();
    assert!(
        outcome.looks[0].contains("next: Bridge"),
        "{}",
        outcome.looks[0]
    );
}

#[test]
fn a_test_is_given_five_minutes_after_the_last_key_and_no_pause_or_page_takes_of_them() {
    let text = "
title: Test
frequency: daily
pain: {ask: []}
exercises:
  - {name: Sit-ups, instructions: Sit., measure: reps, get_ready: 0 s}
  - {name: Bridge, instructions: Lift., hold: 4 s}
";
    let free = || {
        Journey::with(text)
            .settings("hands_free: on")
            .keys("enter enter")
    };
    // Any key ends it, then the count is asked for; a number that was typed counts, confirmed or
    // not.
    let outcome = free()
        .wait(60.0)
        .keys("x")
        .look()
        .wait(290.0)
        .keys("1 2")
        .wait(290.0)
        .look()
        .wait(60.0)
        .run();
    assert!(
        outcome.looks[0].contains("type how many"),
        "{}",
        outcome.looks[0]
    );
    assert!(
        outcome.looks[1].contains("type how many"),
        "{}",
        outcome.looks[1]
    );
    assert!(
        sets(&outcome.histories[0])[0].contains("Done 12 reps"),
        "{:?}",
        sets(&outcome.histories[0])
    );
    // A page over it holds it, and the program sleeps meanwhile.
    let outcome = free()
        .wait(60.0)
        .keys("!")
        .wait(400.0)
        .look()
        .keys("esc")
        .wait(10.0)
        .look()
        .run();
    assert!(outcome.wakes < 200, "{}", outcome.wakes);
    assert!(
        outcome.looks[1].contains("as many as you can"),
        "{}",
        outcome.looks[1]
    );
    // Hands-free begun in a long test does not end it.
    let outcome = Journey::with(text)
        .keys("enter enter")
        .wait(400.0)
        .keys("h")
        .wait(60.0)
        .look()
        .run();
    assert!(
        outcome.looks[0].contains("as many as you can"),
        "{}",
        outcome.looks[0]
    );
}

#[test]
fn hands_free_stays_on_when_another_setting_is_changed_and_notices_make_room() {
    let outcome = Journey::with(KINDS)
        .keys("h o down right esc")
        .look()
        .keys("enter")
        .wait(30.0)
        .look()
        .run();
    assert!(
        outcome.looks[0].contains("hands-free"),
        "{}",
        outcome.looks[0]
    );
    let outcome = Journey::with(KINDS)
        .keys("enter enter h")
        .look()
        .wait(30.0)
        .look()
        .run();
    assert!(
        outcome.looks[0].contains("reps are paced") && !outcome.looks[1].contains("reps are paced"),
        "{}",
        outcome.looks[1]
    );
}

#[test]
fn no_question_opens_in_the_middle_of_a_hold() {
    let text = "
title: Two
frequency: daily
pain: {ask: [each]}
exercises:
  - {name: Plank, instructions: Hold., hold: 4 s, get_ready: 0 s}
  - {name: Bridge, instructions: Lift., hold: 30 s, get_ready: 0 s}
";
    let outcome = Journey::with(text)
        .settings("hands_free: on")
        .keys("enter enter")
        .wait(30.0)
        .keys("h")
        .look()
        .wait(12.0)
        .look()
        .run();
    assert!(
        outcome.looks[0].contains("Bridge") && !outcome.looks[0].contains("How much pain"),
        "{}",
        outcome.looks[0]
    );
    assert!(
        !outcome.looks[1].contains("How much pain"),
        "{}",
        outcome.looks[1]
    );
}

#[test]
fn put_aside_the_machine_may_sleep() {
    let outcome = Journey::with(KINDS)
        .keys("enter enter")
        .wait(5.0)
        .keys("ctrl-z")
        .wait(5.0)
        .run();
    assert_eq!(outcome.awake, [true, false]);
    assert_eq!(outcome.hushed, 1);
    // Repetitions that wait for the patient are not paused, and are kept awake for again when the
    // program is back.
    let text = KINDS
        .replace("hold: 20 s", "reps: 5")
        .replace("get_ready: 8 s", "get_ready: 0 s");
    let outcome = Journey::with(&text)
        .keys("enter enter")
        .wait(5.0)
        .keys("ctrl-z")
        .wait(5.0)
        .run();
    assert_eq!(outcome.awake[..3], [true, false, true]);
}
