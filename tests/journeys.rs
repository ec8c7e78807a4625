//! A patient's way through the program: keys and virtual time in, screens, alerts and records out.

use regimen::effect::AlertKind;
use regimen::program::library;
use regimen::record::{EndKind, Outcome as SetOutcome};

use crate::support::{Journey, listed, sets};

const PLANK: &str = "
title: Planks
frequency: daily
pain: {ask: []}
exercises:
  - name: Side plank
    instructions: Lift the hips.
    cues: Breathe
    sets: 2
    hold: 5 s
    side: each
    rest: 4 s
    get_ready: 3 s
    switch: 2 s
";

const SELF_PACED: &str = "
title: Bridges
frequency: daily
pain: {ask: []}
defaults: {get_ready: 0 s, rest: 0 s}
exercises:
  - {name: Bridge, instructions: Lift., sets: 3, reps: 10}
  - {name: Squat, instructions: Sit., reps: 5}
";

#[test]
fn a_session_is_played_from_get_ready_to_the_summary_and_every_set_is_on_record() {
    let outcome = Journey::with(PLANK).keys("enter enter").play_on().run();
    let history = &outcome.histories[0];
    assert_eq!(
        sets(history),
        [
            "side-plank Left 1 Done 5.0 s",
            "side-plank Right 1 Done 5.0 s",
            "side-plank Left 2 Done 5.0 s",
            "side-plank Right 2 Done 5.0 s"
        ]
    );
    assert_eq!(history.end.as_ref().unwrap().kind, EndKind::Finished);
    assert!(outcome.frame.contains("Session done"), "{}", outcome.frame);
    assert!(
        outcome.frame.contains("4 of 4 sets done"),
        "{}",
        outcome.frame
    );
}

#[test]
fn each_step_is_announced_at_its_scheduled_instant() {
    let outcome = Journey::with(PLANK).keys("enter enter").play_on().run();
    let heard: Vec<String> = outcome
        .alerts
        .iter()
        .filter(|alert| alert.kind != AlertKind::LastSeconds)
        .map(|alert| {
            format!(
                "{:.0} {}",
                alert.at.since_origin().as_secs_f64() - 5.0,
                alert.text
            )
        })
        .collect();
    assert_eq!(
        heard,
        [
            "0 get ready left",
            "3 hold left",
            "8 switch side right",
            "10 hold right",
            "15 rest",
            "19 hold left",
            "24 switch side right",
            "26 hold right",
            "31 exercise done",
            "31 session done"
        ]
    );
}

#[test]
fn an_hour_is_played_at_once() {
    let text = "
title: A long one
frequency: daily
pain: {ask: []}
defaults: {get_ready: 10 s, rest: 60 s}
exercises:
  - {name: One, instructions: Do., sets: 20, reps: 10, hold: 10 s}
  - {name: Two, instructions: Do., duration: 10 min}
";
    let outcome = Journey::with(text).keys("enter enter").play_on().run();
    assert!(outcome.now.as_secs() > 3600, "{:?}", outcome.now);
    assert_eq!(outcome.histories[0].sets.len(), 21);
    assert!(outcome.frame.contains("Session done"));
}

#[test]
fn every_shipped_program_plays_to_its_summary_in_every_phase() {
    for (name, text) in library::PROGRAM_FILES {
        let program = crate::support::program(text);
        for phase in 0..program.phases.len() {
            let mut alone = (*text).to_owned();
            if phase > 0 {
                // The phase is played as the first one of a program of its own.
                alone = only_phase(text, phase);
            }
            let outcome = Journey::with_programs(vec![listed(&format!("{name}.yaml"), &alone)])
                .keys("enter enter enter")
                .play_on()
                .run();
            assert!(
                outcome.frame.contains("Session done"),
                "{name}, phase {phase}:\n{}",
                outcome.frame
            );
            let history = &outcome.histories[0];
            assert_eq!(
                history.sets.len(),
                history.session.sets as usize,
                "{name}, phase {phase}"
            );
            assert!(
                history
                    .sets
                    .iter()
                    .all(|set| set.outcome == SetOutcome::Done),
                "{name}, phase {phase}: {:?}",
                sets(history)
            );
        }
    }
}

/// The text with the phases before this one left out.
fn only_phase(text: &str, phase: usize) -> String {
    let (head, phases) = text.split_once("\nphases:\n").unwrap();
    let starts: Vec<usize> = phases
        .match_indices("  - title:")
        .filter(|(at, _)| *at == 0 || phases.as_bytes()[at - 1] == b'\n')
        .map(|(at, _)| at)
        .collect();
    format!("{head}\nphases:\n{}", &phases[starts[phase]..])
}

#[test]
fn a_pause_holds_the_clock_and_nothing_is_lost_by_it() {
    let outcome = Journey::with(PLANK)
        .keys("enter enter")
        .wait(5.0)
        .keys("space")
        .look()
        .wait(100.0)
        .look()
        .keys("space")
        .play_on()
        .run();
    assert!(
        outcome.looks[0].contains("Space goes on"),
        "{}",
        outcome.looks[0]
    );
    assert_eq!(outcome.looks[0], outcome.looks[1]);
    let starts: Vec<f64> = outcome
        .alerts
        .iter()
        .filter(|alert| alert.kind == AlertKind::Start)
        .map(|alert| alert.at.since_origin().as_secs_f64() - 5.0)
        .collect();
    assert_eq!(starts, [3.0, 110.0, 119.0, 126.0]);
    assert!(
        sets(&outcome.histories[0])
            .iter()
            .all(|set| set.ends_with("5.0 s"))
    );
}

#[test]
fn while_it_waits_for_the_patient_nothing_wakes() {
    let outcome = Journey::with(SELF_PACED)
        .keys("enter enter")
        .wait(600.0)
        .run();
    // One for the first key, one for the wait, and one for the list's midnight at most.
    assert!(outcome.wakes <= 4, "{}", outcome.wakes);
    let outcome = Journey::with(PLANK)
        .keys("enter enter")
        .wait(5.0)
        .keys("space")
        .wait(600.0)
        .run();
    assert!(outcome.wakes <= 12, "{}", outcome.wakes);
}

#[test]
fn a_hold_wakes_at_most_twice_a_second() {
    let text = "{title: T, frequency: daily, pain: {ask: []}, exercises: [{name: A, instructions: B, hold: 45 s, get_ready: 0 s}]}";
    let outcome = Journey::with(text).keys("enter enter").wait(44.0).run();
    assert!(outcome.wakes <= 44 + 4, "{}", outcome.wakes);
}

#[test]
fn self_paced_sets_wait_for_enter_and_take_the_number_that_was_typed() {
    let outcome = Journey::with(SELF_PACED)
        .keys("enter enter")
        .wait(20.0)
        .keys("enter")
        .wait(15.0)
        .keys("7")
        .look()
        .keys("enter enter enter")
        .play_on()
        .run();
    assert!(
        outcome.looks[0].contains("done by your count"),
        "{}",
        outcome.looks[0]
    );
    assert_eq!(
        sets(&outcome.histories[0]),
        [
            "bridge Both 1 Done 10 reps 20.0 s",
            "bridge Both 2 Partial 7 reps 15.0 s by hand",
            "bridge Both 3 Done 10 reps 1.0 s",
            "squat Both 1 Done 5 reps 1.0 s"
        ]
    );
}

#[test]
fn what_is_skipped_is_recorded_as_skipped_with_its_reason() {
    let outcome = Journey::with(PLANK)
        .keys("enter enter")
        .wait(5.0)
        .keys("right")
        .look()
        .keys("2")
        .play_on()
        .run();
    assert!(
        outcome.looks[0].contains("Too hard"),
        "{}",
        outcome.looks[0]
    );
    assert_eq!(
        sets(&outcome.histories[0])[0],
        "side-plank Left 1 Partial 2.0 s too hard"
    );
    assert_eq!(
        sets(&outcome.histories[0])[1],
        "side-plank Right 1 Done 5.0 s"
    );
    assert!(outcome.frame.contains("too hard"), "{}", outcome.frame);
}

#[test]
fn the_rest_of_an_exercise_can_be_left_out_at_once() {
    let outcome = Journey::with(SELF_PACED)
        .keys("enter enter")
        .wait(3.0)
        .keys("enter right right 3")
        .play_on()
        .run();
    assert_eq!(
        sets(&outcome.histories[0]),
        [
            "bridge Both 1 Done 10 reps 3.0 s",
            "bridge Both 2 Skipped 0 reps 0.0 s no time",
            "bridge Both 3 Skipped 0 reps 0.0 s no time",
            "squat Both 1 Done 5 reps 1.0 s"
        ]
    );
}

#[test]
fn ending_a_hold_early_counts_what_was_held() {
    let outcome = Journey::with(PLANK)
        .keys("enter enter")
        .wait(6.5)
        .keys("enter")
        .play_on()
        .run();
    assert_eq!(
        sets(&outcome.histories[0])[0],
        "side-plank Left 1 Partial 3.5 s"
    );
    assert_eq!(
        outcome.histories[0].end.as_ref().unwrap().kind,
        EndKind::Finished
    );
}

#[test]
fn a_set_that_was_done_stays_done_when_the_patient_goes_back_and_gives_up() {
    // Into the switch after the left side, back twice to the left side, then out of it at once.
    let outcome = Journey::with(PLANK)
        .keys("enter enter")
        .wait(9.0)
        .keys("left left")
        .wait(1.0)
        .keys("enter")
        .play_on()
        .run();
    assert_eq!(
        sets(&outcome.histories[0])[0],
        "side-plank Left 1 Done 5.0 s"
    );
}

#[test]
fn ten_seconds_more_are_played_and_recorded() {
    let outcome = Journey::with(PLANK)
        .keys("enter enter")
        .wait(4.0)
        .keys("+")
        .play_on()
        .run();
    assert_eq!(
        sets(&outcome.histories[0])[0],
        "side-plank Left 1 Done 15.0 s"
    );
}

#[test]
fn a_session_that_is_stopped_stays_unfinished_and_is_resumed_where_it_stopped() {
    let first = Journey::with(PLANK)
        .keys("enter enter")
        .wait(17.0)
        .keys("q 2")
        .look()
        .keys("enter")
        .look()
        .keys("q")
        .run();
    assert!(
        first.looks[0].contains("2 of 4 sets done"),
        "{}",
        first.looks[0]
    );
    assert!(
        first.looks[1].contains("Unfinished: Planks"),
        "{}",
        first.looks[1]
    );
    assert_eq!(first.histories[0].end, None);
    let second = Journey::with(PLANK)
        .after(first)
        .look()
        .keys("enter")
        .wait(0.5)
        .look()
        .play_on()
        .run();
    assert!(
        second.looks[0].contains("Unfinished: Planks"),
        "{}",
        second.looks[0]
    );
    assert!(
        second.looks[1].contains("set 2 of 2") && second.looks[1].contains("●○"),
        "{}",
        second.looks[1]
    );
    assert_eq!(second.histories.len(), 1);
    assert_eq!(sets(&second.histories[0]).len(), 4);
    assert_eq!(
        second.histories[0].end.as_ref().unwrap().kind,
        EndKind::Finished
    );
}

#[test]
fn a_set_in_which_the_session_was_stopped_is_offered_again() {
    let first = Journey::with(PLANK)
        .keys("enter enter")
        .wait(6.0)
        .keys("ctrl-c")
        .run();
    assert_eq!(
        sets(&first.histories[0]),
        ["side-plank Left 1 Partial 3.0 s stopped"]
    );
    let second = Journey::with(PLANK)
        .after(first)
        .keys("enter")
        .play_on()
        .run();
    assert_eq!(
        sets(&second.histories[0])[0..2],
        [
            "side-plank Left 1 Done 5.0 s",
            "side-plank Right 1 Done 5.0 s"
        ]
    );
}

#[test]
fn what_is_still_the_same_exercise_and_set_stays_done_when_the_file_changes() {
    let first = Journey::with(PLANK)
        .keys("enter enter")
        .wait(17.0)
        .keys("ctrl-c")
        .run();
    let changed = PLANK
        .replace("sets: 2", "sets: 3")
        .replace("title: Planks", "title: Planks, more of them");
    let second = Journey::with(&changed)
        .after(first)
        .keys("enter")
        .look()
        .play_on()
        .run();
    assert!(
        second.looks[0].contains("The program has changed since"),
        "{}",
        second.looks[0]
    );
    assert_eq!(sets(&second.histories[0]).len(), 6);
    assert_eq!(
        sets(&second.histories[0])
            .iter()
            .filter(|set| set.contains("Left 1"))
            .count(),
        1
    );
}

#[test]
fn an_unfinished_session_can_be_given_up() {
    let first = Journey::with(PLANK)
        .keys("enter enter")
        .wait(17.0)
        .keys("ctrl-c")
        .run();
    let second = Journey::with(PLANK)
        .after(first)
        .keys("x")
        .look()
        .keys("2")
        .look()
        .run();
    assert!(second.looks[0].contains("Give up the unfinished session?"));
    assert!(
        !second.looks[1].contains("Unfinished"),
        "{}",
        second.looks[1]
    );
    assert_eq!(
        second.histories[0].end.as_ref().unwrap().kind,
        EndKind::Discarded
    );
    assert_eq!(second.histories[0].sets.len(), 2);
}

#[test]
fn after_the_machine_slept_the_session_is_paused_and_says_so() {
    let outcome = Journey::with(PLANK)
        .keys("enter enter")
        .wait(4.0)
        .sleep(3600)
        .look()
        .wait(50.0)
        .look()
        .keys("space")
        .play_on()
        .run();
    assert!(
        outcome.looks[0].contains("The computer slept"),
        "{}",
        outcome.looks[0]
    );
    assert!(
        outcome.looks[1].contains("Space goes on"),
        "{}",
        outcome.looks[1]
    );
    assert_eq!(
        sets(&outcome.histories[0])[0],
        "side-plank Left 1 Done 5.0 s"
    );
}

#[test]
fn pain_is_asked_for_and_the_therapists_words_are_shown() {
    let text = PLANK.replace(
        "pain: {ask: []}",
        "pain: {ask: [before, each, after], bands: [{up_to: 3, label: fine, advice: Carry on.}, {up_to: 10, label: too much, advice: Stop and call me., stop: true}]}\ntherapist: {name: Dana, phone: \"555-0100\"}",
    ) + "  - {name: Bridge, instructions: Lift., hold: 2 s, get_ready: 0 s}\n";
    let outcome = Journey::with(&text)
        .keys("enter enter")
        .look()
        .keys("2")
        .look()
        .keys("enter")
        .wait(40.0)
        .look()
        .keys("7")
        .look()
        .keys("enter")
        .look()
        .keys("2")
        .wait(3.0)
        .look()
        .keys("enter")
        .keys("1")
        .keys("0")
        .look()
        .keys("enter")
        .look()
        .run();
    let looks = &outcome.looks;
    assert!(
        looks[0].contains("How much pain do you have now?"),
        "{}",
        looks[0]
    );
    assert!(
        looks[1].contains("fine") && looks[1].contains("Carry on."),
        "{}",
        looks[1]
    );
    assert!(
        looks[2].contains("How much pain did you have in: Side plank?"),
        "{}",
        looks[2]
    );
    assert!(
        looks[3].contains("too much") && looks[3].contains("Dana · 555-0100"),
        "{}",
        looks[3]
    );
    assert!(
        looks[4].contains("Stop for today") && looks[4].contains("Go on all the same"),
        "{}",
        looks[4]
    );
    assert!(
        looks[5].contains("How much pain did you have in: Bridge?"),
        "{}",
        looks[5]
    );
    assert!(looks[6].contains("10 of 10"), "{}", looks[6]);
    assert!(looks[7].contains("I have read this"), "{}", looks[7]);
    let values: Vec<u8> = outcome.histories[0]
        .ratings
        .iter()
        .map(|symptom| symptom.value)
        .collect();
    assert_eq!(values, [2, 7, 10]);
}

#[test]
fn a_band_that_says_stop_before_the_session_can_end_it_there() {
    let text = PLANK.replace(
        "pain: {ask: []}",
        "pain: {bands: [{up_to: 5, label: fine}, {up_to: 10, label: stop, stop: true}]}",
    );
    let outcome = Journey::with(&text)
        .keys("enter enter")
        .keys("8 enter 1")
        .look()
        .keys("enter")
        .look()
        .keys("enter")
        .look()
        .run();
    // Nothing was done, so nobody asks how hard it was; and today asks for no more.
    assert!(
        outcome.looks[0].contains("Anything your therapist should know?"),
        "{}",
        outcome.looks[0]
    );
    assert!(
        outcome.looks[1].contains("Session ended early"),
        "{}",
        outcome.looks[1]
    );
    assert!(
        outcome.looks[2].contains("Planks        stopped"),
        "{}",
        outcome.looks[2]
    );
    assert_eq!(
        outcome.histories[0].end.as_ref().unwrap().kind,
        EndKind::EndedEarly
    );
    assert_eq!(outcome.histories[0].sets.len(), 0);
}

#[test]
fn leaving_before_the_session_begins_records_nothing() {
    let text = PLANK.replace("pain: {ask: []}\n", "");
    let outcome = Journey::with(&text).keys("enter enter 3 esc").look().run();
    assert!(outcome.looks[0].contains("Today"), "{}", outcome.looks[0]);
    assert!(outcome.histories.is_empty());
}

#[test]
fn stop_signs_are_shown_in_full_before_the_first_session_and_are_one_key_away_later() {
    let text = PLANK.replace(
        "frequency: daily",
        "frequency: daily\nstop_if: [New numbness around the saddle area]\nprecautions: [Breathe all the time]",
    );
    let first = Journey::with(&text)
        .keys("enter")
        .look()
        .keys("enter")
        .look()
        .keys("enter")
        .wait(1.0)
        .keys("!")
        .look()
        .wait(60.0)
        .keys("esc")
        .look()
        .play_on()
        .run();
    assert!(
        first.looks[0].contains("New numbness"),
        "{}",
        first.looks[0]
    );
    assert!(
        first.looks[1].contains("New numbness") && first.looks[1].contains("Breathe all the time"),
        "{}",
        first.looks[1]
    );
    assert!(
        first.looks[2].contains("New numbness"),
        "{}",
        first.looks[2]
    );
    // The session waited while the signs were read.
    assert!(first.looks[3].contains("0:01 so far"), "{}", first.looks[3]);
    assert_eq!(
        first
            .alerts
            .iter()
            .filter(|alert| alert.kind == AlertKind::Start)
            .count(),
        4
    );
    let second = Journey::with(&text)
        .after(first)
        .keys("enter")
        .wait(1.5)
        .look()
        .run();
    assert!(
        second.looks[0].contains("0:01 so far"),
        "{}",
        second.looks[0]
    );
}

#[test]
fn a_measure_counts_up_until_it_is_stopped() {
    let text = "
title: Tests
frequency: every 14 days
pain: {ask: []}
defaults: {get_ready: 0 s, switch: 0 s}
exercises:
  - {name: Plank test, instructions: Hold., measure: hold, side: each}
  - {name: Bridge test, instructions: Count., measure: reps}
";
    let outcome = Journey::with(text)
        .keys("enter enter")
        .wait(33.0)
        .look()
        .keys("enter")
        .wait(41.5)
        .keys("enter")
        .wait(30.0)
        .keys("enter")
        .look()
        .keys("1 8 enter")
        .play_on()
        .run();
    assert!(
        outcome.looks[0].contains("as long as you can"),
        "{}",
        outcome.looks[0]
    );
    assert!(
        outcome.looks[1].contains("type how many"),
        "{}",
        outcome.looks[1]
    );
    assert_eq!(
        sets(&outcome.histories[0]),
        [
            "plank-test Left 1 Done 33.0 s",
            "plank-test Right 1 Done 41.5 s",
            "bridge-test Both 1 Done 18 reps 30.0 s by hand"
        ]
    );
}

#[test]
fn repetitions_with_a_tempo_and_in_turn_are_played_part_by_part() {
    let text = "
title: Tempo
frequency: daily
pain: {ask: []}
defaults: {get_ready: 0 s, release: 1 s}
exercises:
  - {name: Calf raise, instructions: Rise., reps: 2, tempo: 3-1-2-0}
  - {name: Dead bug, instructions: Reach., reps: {left: 2, right: 1}, hold: 2 s, side: alternate}
";
    let outcome = Journey::with(text).keys("enter enter").play_on().run();
    let heard: Vec<String> = outcome
        .alerts
        .iter()
        .filter(|alert| {
            use AlertKind::{Lift, Lower, Release, Start, Still};
            matches!(alert.kind, Start | Release | Lower | Lift | Still)
        })
        .map(|alert| {
            format!(
                "{:.0} {}",
                alert.at.since_origin().as_secs_f64() - 5.0,
                alert.text
            )
        })
        .collect();
    assert_eq!(
        heard,
        [
            "0 lower",
            "3 pause",
            "4 lift",
            "6 lower",
            "9 pause",
            "10 lift",
            "12 hold left",
            "14 release left",
            "15 hold right",
            "17 release right",
            "18 hold left"
        ]
    );
    assert_eq!(
        sets(&outcome.histories[0]),
        [
            "calf-raise Both 1 Done 2 reps 12.0 s",
            "dead-bug Right 1 Done 1 reps 2.0 s",
            "dead-bug Left 1 Done 2 reps 4.0 s"
        ]
    );
}

#[test]
fn a_file_with_mistakes_is_listed_with_the_first_one_and_the_others_still_work() {
    let broken = listed(
        "broken.yaml",
        "title: Broken\nexercises:\n  - name: A\n    rep: 10\n",
    );
    let outcome = Journey::with_programs(vec![broken, listed("test.yaml", PLANK)])
        .look()
        .keys("up up enter")
        .look()
        .keys("esc down enter enter")
        .play_on()
        .run();
    assert!(
        outcome.looks[0].contains("broken.yaml")
            && outcome.looks[0].contains("line 4, column 5: unknown key `rep`"),
        "{}",
        outcome.looks[0]
    );
    assert!(
        outcome.looks[1].contains("did you mean `reps`"),
        "{}",
        outcome.looks[1]
    );
    assert!(outcome.frame.contains("Session done"), "{}", outcome.frame);
}

#[test]
fn a_second_press_of_enter_does_not_count_as_a_set() {
    let outcome = Journey::with(SELF_PACED)
        .keys("enter enter")
        .wait(20.0)
        .keys("enter enter")
        .wait(0.2)
        .keys("enter")
        .wait(1.0)
        .look()
        .keys("ctrl-c")
        .run();
    assert!(
        outcome.looks[0].contains("set 2 of 3"),
        "{}",
        outcome.looks[0]
    );
    assert_eq!(
        sets(&outcome.histories[0])[0],
        "bridge Both 1 Done 10 reps 20.0 s"
    );
    assert_eq!(outcome.histories[0].sets.len(), 1);
}

#[test]
fn a_session_that_was_only_skipped_is_not_one_that_was_done() {
    let outcome = Journey::with(SELF_PACED)
        .keys("enter enter")
        .wait(5.0)
        .keys("right right 3")
        .wait(5.0)
        .keys("right right 3")
        .play_on()
        .run();
    assert!(
        sets(&outcome.histories[0])
            .iter()
            .all(|set| set.contains("Skipped")),
        "{:?}",
        sets(&outcome.histories[0])
    );
    assert!(!regimen::history::counts(&outcome.histories[0]));
}

#[test]
fn a_count_that_was_typed_is_kept_when_the_set_is_left() {
    let outcome = Journey::with(SELF_PACED)
        .keys("enter enter")
        .wait(9.0)
        .keys("6 right 1 enter")
        .wait(4.0)
        .keys("3 q 2")
        .run();
    assert_eq!(
        sets(&outcome.histories[0]),
        [
            "bridge Both 1 Partial 6 reps 9.0 s pain by hand",
            "bridge Both 2 Partial 3 reps 4.0 s stopped by hand"
        ]
    );
}

#[test]
fn a_test_left_out_for_pain_is_not_a_test_that_was_done() {
    let text = "{title: T, frequency: daily, pain: {ask: []}, exercises: [{name: A, instructions: B, measure: hold, get_ready: 0 s}]}";
    let outcome = Journey::with(text)
        .keys("enter enter")
        .wait(7.0)
        .keys("right 1")
        .play_on()
        .run();
    assert_eq!(sets(&outcome.histories[0]), ["a Both 1 Partial 7.0 s pain"]);
}

#[test]
fn a_set_that_ends_while_the_machine_falls_asleep_is_not_lost() {
    let outcome = Journey::with(PLANK)
        .keys("enter enter")
        .wait(7.5)
        .doze(600)
        .wait(3.0)
        .keys("ctrl-c")
        .run();
    assert_eq!(
        sets(&outcome.histories[0]),
        ["side-plank Left 1 Done 5.0 s"]
    );
    let outcome = Journey::with(PLANK)
        .keys("enter enter")
        .wait(30.5)
        .doze(600)
        .wait(3.0)
        .look()
        .play_on()
        .run();
    assert_eq!(outcome.histories[0].sets.len(), 4);
    assert_eq!(
        outcome.histories[0].end.as_ref().unwrap().kind,
        EndKind::Finished
    );
}

#[test]
fn sleep_does_not_swallow_the_first_key_while_repetitions_wait() {
    let outcome = Journey::with(SELF_PACED)
        .keys("enter enter")
        .wait(9.0)
        .sleep(600)
        .keys("8 enter")
        .play_on()
        .run();
    assert_eq!(
        sets(&outcome.histories[0])[0],
        "bridge Both 1 Partial 8 reps 9.0 s by hand"
    );
}

#[test]
fn a_note_that_was_typed_is_kept_when_the_patient_leaves() {
    let outcome = Journey::with(SELF_PACED)
        .keys("enter enter")
        .wait(9.0)
        .keys("q 3")
        .keys("g o o d")
        .keys("ctrl-c")
        .run();
    assert_eq!(
        outcome.histories[0].end.as_ref().unwrap().kind,
        EndKind::EndedEarly
    );
    assert_eq!(outcome.notes(), ["good"]);
}

#[test]
fn a_click_does_what_the_key_does() {
    let outcome = Journey::with(PLANK)
        .click("Enter start")
        .look()
        .click("Enter start")
        .wait(4.0)
        .click("Space pause")
        .look()
        .run();
    assert!(
        outcome.looks[0].contains("Side plank"),
        "{}",
        outcome.looks[0]
    );
    assert!(
        outcome.looks[1].contains("Space goes on"),
        "{}",
        outcome.looks[1]
    );
}

#[test]
fn every_screen_has_its_place_at_every_size() {
    for (width, height) in [
        (40, 12),
        (41, 13),
        (60, 16),
        (80, 24),
        (100, 30),
        (132, 43),
        (250, 80),
        (40, 80),
        (250, 12),
        (39, 11),
        (1, 1),
    ] {
        let outcome = Journey::with(PLANK)
            .size(width, height)
            .look()
            .keys("enter")
            .look()
            .keys("enter")
            .wait(1.0)
            .look()
            .wait(3.0)
            .look()
            .keys("space")
            .look()
            .keys("space right")
            .look()
            .keys("esc ?")
            .look()
            .keys("esc q")
            .look()
            .keys("1")
            .play_on()
            .run();
        assert_eq!(outcome.histories[0].sets.len(), 4, "{width}x{height}");
        if width >= 40 && height >= 12 {
            assert!(
                outcome.looks[3].contains("Side plank"),
                "{width}x{height}:\n{}",
                outcome.looks[3]
            );
        } else if width >= 20 {
            assert!(
                outcome.looks[3].contains("Make the window at least"),
                "{width}x{height}:\n{}",
                outcome.looks[3]
            );
        }
    }
}

#[test]
fn a_window_made_small_and_large_again_loses_nothing() {
    let outcome = Journey::with(PLANK)
        .keys("enter enter")
        .wait(4.0)
        .resize(20, 5)
        .look()
        .wait(2.0)
        .resize(100, 30)
        .look()
        .play_on()
        .run();
    assert!(
        outcome.looks[0].contains("The session") || outcome.looks[0].contains("Make the"),
        "{}",
        outcome.looks[0]
    );
    assert!(outcome.looks[1].contains("Side plank"));
    assert_eq!(outcome.histories[0].sets.len(), 4);
}

#[test]
fn the_playing_screen_looks_as_it_should() {
    let outcome = Journey::with(PLANK)
        .size(80, 24)
        .keys("enter enter")
        .wait(5.0)
        .look()
        .run();
    insta::assert_snapshot!(outcome.looks[0]);
}

#[test]
fn the_first_page_looks_as_it_should() {
    let first = Journey::with(PLANK)
        .keys("enter enter")
        .wait(17.0)
        .keys("ctrl-c")
        .run();
    let second = Journey::with_programs(vec![
        listed("test.yaml", PLANK),
        listed("b.yaml", SELF_PACED),
    ])
    .size(80, 24)
    .after(first)
    .look()
    .run();
    insta::assert_snapshot!(second.looks[0]);
}

/// What a list on a screen says, without its column of minutes and the white space that wrapping
/// puts in.
fn squeezed(list: &str, columns: usize) -> String {
    let mut words = String::new();
    for line in list.lines() {
        let line: String = line.chars().take(columns).collect();
        let line = line.trim_end();
        let line = line.strip_suffix(" min").map_or(line, |line| {
            line.trim_end_matches(|digit: char| digit.is_ascii_digit())
        });
        words.extend(line.chars().filter(|letter| !letter.is_whitespace()));
    }
    words
}

#[test]
fn no_dose_is_cut_off_at_any_size() {
    for (name, text) in library::PROGRAM_FILES {
        let program = crate::support::program(text);
        let exercises = &program.phases[0].exercises;
        // On a screen of 100 columns the instructions stand beside the list.
        for (width, height, list) in [(40, 12, 40), (80, 24, 80), (89, 40, 89), (100, 30, 58)] {
            let mut journey = Journey::with(text).size(width, height).keys("v").look();
            for _ in exercises {
                journey = journey.keys("down").look();
            }
            let outcome = journey.run();
            for (exercise, look) in exercises.iter().zip(&outcome.looks) {
                let dose = squeezed(&regimen::program::words::dose(&exercise.dose), 1000);
                assert!(
                    squeezed(look, list).contains(&dose),
                    "{name} {width}x{height} {}:\n{look}",
                    exercise.name
                );
            }
        }
    }
}

#[test]
fn short_of_time_the_essential_exercises_are_played_and_the_record_says_so() {
    let text = PLANK.replace(
        "  - name: Side plank",
        "  - {name: Bridge, instructions: Lift., hold: 2 s, essential: true}\n  - name: Side plank",
    );
    let outcome = Journey::with(&text)
        .keys("s")
        .look()
        .keys("enter")
        .play_on()
        .run();
    assert!(
        outcome.looks[0].contains("A short session of about 1 min"),
        "{}",
        outcome.looks[0]
    );
    let history = &outcome.histories[0];
    assert_eq!(sets(history), ["bridge Both 1 Done 2.0 s"]);
    assert!(history.session.short);
    assert_eq!(history.session.sets, 5);
    assert!(
        outcome.frame.contains("1 of 1 sets done, a short session"),
        "{}",
        outcome.frame
    );
    let none = Journey::with(PLANK).keys("s").look().run();
    assert!(
        none.looks[0].contains("no exercises of this program as the essential ones"),
        "{}",
        none.looks[0]
    );
}
