//! A stop sign that the patient has: recorded in the words that were chosen, whom to call, the end
//! of the session, and what stays closed.

use regimen::record::{Record, SkipReason};

use crate::support::{Journey, Outcome, listed, sets};

const BACK: &str = "
title: Back
id: back
frequency: daily
therapist: {name: Dana, phone: 01-23}
stop_if: [New numbness between the legs, Fever with back pain]
pain: {ask: [before, after], bands: [{up_to: 5, label: fine}, {up_to: 10, label: stop, advice: Call me., stop: true}]}
exercises:
  - {name: Squat, sets: 2, hold: 20 s, get_ready: 0 s, rest: 10 s, stop_if: [Sharp knee pain], progression: [{after_sessions: 1, hold: 25 s}]}
  - {name: Bridge, hold: 20 s, get_ready: 0 s}
";

/// Into the first set of the first session, without a word on pain.
fn playing() -> Journey {
    Journey::with(BACK)
        .keys("enter enter enter enter")
        .wait(5.0)
}

fn signs(outcome: &Outcome) -> Vec<(Option<String>, String, bool)> {
    let signs = outcome.journal.store().unwrap().signs().unwrap();
    signs
        .into_iter()
        .map(|sign| {
            (
                sign.reported.exercise,
                sign.reported.words,
                sign.cleared.is_some(),
            )
        })
        .collect()
}

#[test]
fn a_sign_is_recorded_in_its_words_and_ends_the_session_if_wanted() {
    let outcome = playing()
        .keys("!")
        .look()
        .keys("y")
        .look()
        .keys("enter")
        .look()
        .keys("1")
        .look()
        .keys("1")
        .look()
        .run();
    let [page, which, nothing, call, after] = outcome.looks.as_slice() else {
        panic!()
    };
    assert!(page.contains("I have one of these"), "{page}");
    for words in [
        "Which one do you have?",
        "New numbness between the legs",
        "Fever with back pain",
        "Sharp knee pain",
        "Something else",
    ] {
        assert!(which.contains(words), "{words}: {which}");
    }
    // Enter alone chooses nothing.
    assert!(
        nothing.contains("Which one do you have?") && nothing.contains("Choose a line first"),
        "{nothing}"
    );
    assert!(
        call.contains("New numbness between the legs") && call.contains("Call: Dana · 01-23"),
        "{call}"
    );
    assert!(after.contains("How"), "{after}");
    assert_eq!(
        signs(&outcome),
        [(None, "New numbness between the legs".to_owned(), false)]
    );
    let end = outcome.histories[0].end.as_ref().unwrap();
    assert_eq!(end.kind, regimen::record::EndKind::EndedEarly);
    assert!(outcome.alerts.iter().any(|alert| alert.text == "stop sign"));
}

#[test]
fn the_foot_names_no_key_that_does_nothing() {
    let outcome = playing()
        .keys("!")
        .look()
        .keys("y")
        .look()
        .keys("1")
        .look()
        .keys("2 !")
        .look()
        .run();
    let [page, which, call, again] = outcome.looks.as_slice() else {
        panic!()
    };
    assert!(!page.contains("cleared up"), "nothing was reported: {page}");
    assert!(which.contains("Esc cancel"), "{which}");
    assert!(!call.contains("Esc"), "one of the lines is chosen: {call}");
    assert!(again.contains("c cleared up"), "{again}");
}

#[test]
fn a_session_goes_on_where_it_waited_when_the_patient_wants_that() {
    let outcome = playing()
        .keys("! y 3 2")
        .wait(1.0)
        .look()
        .wait(14.0)
        .keys("q 3")
        .run();
    assert!(outcome.looks[0].contains("Squat"), "{}", outcome.looks[0]);
    assert_eq!(
        signs(&outcome),
        [(
            Some("squat".to_owned()),
            "Sharp knee pain".to_owned(),
            false
        )]
    );
    assert_eq!(sets(&outcome.histories[0])[0], "squat Both 1 Done 20.0 s");
}

#[test]
fn nothing_opens_and_each_start_asks_until_it_is_cleared_up() {
    let first = Journey::with(BACK)
        .keys("enter enter enter enter")
        .play_on()
        .run();
    let open = Journey::with(BACK)
        .after(first)
        .look()
        .keys("! y 1 1")
        .look()
        .keys("enter")
        .look()
        .keys("esc")
        .run();
    assert!(
        open.looks[0].contains("You can move on to the next step"),
        "{}",
        open.looks[0]
    );
    assert!(
        open.looks[1].contains("STOP SIGN. You reported on Sunday 22 November: New numbness"),
        "{}",
        open.looks[1]
    );
    assert!(
        !open.looks[1].contains("You can move on"),
        "{}",
        open.looks[1]
    );
    assert!(
        open.looks[2].contains("You reported a stop sign") && open.looks[2].contains("Call: Dana"),
        "{}",
        open.looks[2]
    );
    // The next day it is still there; who says that it was cleared up goes on, and it is recorded.
    let next = "2026-11-23T09:00+01:00[Europe/Berlin]".parse().unwrap();
    let cleared = Journey::with(BACK)
        .after(open)
        .at(next)
        .look()
        .keys("! c")
        .look()
        .keys("2 esc")
        .look()
        .run();
    assert!(
        cleared.looks[0].contains("STOP SIGN") && cleared.looks[0].contains("stopped"),
        "{}",
        cleared.looks[0]
    );
    assert!(
        cleared.looks[1].contains("Was it cleared up with your therapist?"),
        "{}",
        cleared.looks[1]
    );
    assert!(
        !cleared.looks[2].contains("STOP SIGN") && cleared.looks[2].contains("You can move on"),
        "{}",
        cleared.looks[2]
    );
    assert_eq!(
        signs(&cleared),
        [(None, "New numbness between the legs".to_owned(), true)]
    );
    let records = cleared.journal.store().unwrap().everything().unwrap();
    assert!(
        records
            .iter()
            .any(|record| matches!(record, Record::Clearance(_)))
    );
}

#[test]
fn an_open_sign_opens_no_step_where_a_session_starts_all_the_same() {
    for start in ["enter 3", "v enter 3"] {
        let first = Journey::with(BACK)
            .keys("enter enter enter enter")
            .play_on()
            .run();
        let reported = Journey::with(BACK).after(first).keys("! y 1 1").run();
        let next = "2026-11-23T09:00+01:00[Europe/Berlin]".parse().unwrap();
        let journey = Journey::with(BACK)
            .after(reported)
            .at(next)
            .keys(start)
            .look()
            .keys("enter")
            .wait(30.0);
        let outcome = journey.keys("q 3").run();
        assert!(
            outcome.looks[0].contains("How much pain do you have now?"),
            "{start}: {}",
            outcome.looks[0]
        );
        let choices = outcome.journal.store().unwrap().choices().unwrap();
        assert!(choices.is_empty(), "{start}: {choices:?}");
        assert_eq!(
            sets(&outcome.histories[1])[0],
            "squat Both 1 Done 20.0 s",
            "{start}"
        );
        assert_eq!(
            signs(&outcome).iter().filter(|sign| sign.2).count(),
            0,
            "{start}"
        );
    }
}

#[test]
fn every_way_into_a_session_asks_about_an_open_sign_once() {
    let asked = "You reported a stop sign";
    let first = Journey::with(BACK).keys("! y 1 1").run();
    // Before the first session the page comes between, and the morning after may be asked for.
    let begun = Journey::with(BACK)
        .after(first)
        .keys("enter")
        .look()
        .keys("3")
        .look()
        .keys("enter enter")
        .look()
        .run();
    assert!(begun.looks[0].contains(asked), "{}", begun.looks[0]);
    assert!(
        !begun.looks[1].contains(asked) && begun.looks[1].contains("Bridge"),
        "{}",
        begun.looks[1]
    );
    assert!(
        begun.looks[2].contains("How much pain do you have now?"),
        "{}",
        begun.looks[2]
    );
    let page = Journey::with(BACK)
        .after(begun)
        .keys("v enter")
        .look()
        .keys("enter")
        .look()
        .keys("1")
        .look()
        .run();
    // The page shows the signs before a first session; then it asks, too.
    assert!(page.looks[0].contains("Stop signs"), "{}", page.looks[0]);
    assert!(page.looks[1].contains(asked), "{}", page.looks[1]);
    assert!(
        page.looks[2].contains("Bridge") && !page.looks[2].contains(asked),
        "{}",
        page.looks[2]
    );
}

#[test]
fn another_text_of_the_therapist_is_the_answer_to_a_sign() {
    let first = playing().keys("! y 2 1").keys("esc").run();
    let same = Journey::with(BACK).after(first).look().run();
    assert!(same.looks[0].contains("STOP SIGN"), "{}", same.looks[0]);
    let changed = BACK.replace("hold: 20 s, get_ready: 0 s}", "hold: 10 s, get_ready: 0 s}");
    let next = Journey::with(&changed).after(same).look().run();
    assert!(!next.looks[0].contains("STOP SIGN"), "{}", next.looks[0]);
}

#[test]
fn a_skip_has_no_reason_before_one_is_chosen() {
    let outcome = playing()
        .keys("right")
        .look()
        .keys("enter")
        .look()
        .keys("esc")
        .wait(1.0)
        .keys("q 2")
        .run();
    assert!(
        outcome.looks[0].contains("Why skip Squat?"),
        "{}",
        outcome.looks[0]
    );
    assert!(
        outcome.looks[1].contains("Choose a line first"),
        "{}",
        outcome.looks[1]
    );
    assert!(
        sets(&outcome.histories[0])
            .iter()
            .all(|set| !set.contains("pain")),
        "{:?}",
        sets(&outcome.histories[0])
    );
}

#[test]
fn a_skip_for_pain_asks_how_much_then_and_there() {
    for settings in ["", "hands_free: true\n"] {
        let journey = playing().settings(settings);
        let outcome = journey
            .keys("right right 1")
            .look()
            .keys("4 enter")
            .wait(2.0)
            .look()
            .keys("q 2")
            .run();
        assert!(
            outcome.looks[0].contains("How much pain did you have in: Squat?"),
            "{settings}: {}",
            outcome.looks[0]
        );
        assert!(
            outcome.looks[1].contains("Bridge"),
            "{settings}: {}",
            outcome.looks[1]
        );
        let history = &outcome.histories[0];
        let said: Vec<(Option<&str>, u8)> = history
            .ratings
            .iter()
            .map(|symptom| (symptom.exercise.as_deref(), symptom.value))
            .collect();
        assert_eq!(said, [(Some("squat"), 4)], "{settings}");
        let mut squats = history.sets.iter().filter(|set| set.exercise == "squat");
        assert!(
            squats.all(|set| set.reason == Some(SkipReason::Pain)),
            "{:?}",
            sets(history)
        );
    }
    // Enter leaves it out.
    let left = playing().keys("right 1 enter").wait(1.0).keys("q 2").run();
    assert!(left.histories[0].ratings.is_empty());
}

#[test]
fn a_session_ended_for_pain_says_so_and_asks_how_much() {
    let outcome = playing()
        .keys("q 4")
        .look()
        .keys("6 enter")
        .look()
        .keys("1")
        .look()
        .run();
    assert!(
        outcome.looks[0].contains("How much pain did you have in: Squat?"),
        "{}",
        outcome.looks[0]
    );
    assert!(
        outcome.looks[1].contains("Call me."),
        "{}",
        outcome.looks[1]
    );
    let history = &outcome.histories[0];
    assert_eq!(sets(history), ["squat Both 1 Partial 5.0 s pain"]);
    assert_eq!(
        history.end.as_ref().unwrap().kind,
        regimen::record::EndKind::EndedEarly
    );
    // In a rest the set to come is the one that was left.
    let resting = Journey::with(BACK)
        .keys("enter enter enter enter")
        .wait(24.0)
        .keys("q 4 enter")
        .run();
    assert_eq!(
        sets(&resting.histories[0]),
        [
            "squat Both 1 Done 20.0 s",
            "squat Both 2 Skipped 0.0 s pain"
        ]
    );
}

/// A program with so many stop signs that their list has two digits.
fn many() -> String {
    let signs: Vec<String> = (1..=12)
        .map(|number| format!("Sign number {number}"))
        .collect();
    BACK.replace(
        "[New numbness between the legs, Fever with back pain]",
        &format!("[{}]", signs.join(", ")),
    )
}

#[test]
fn a_sign_with_two_digits_is_chosen_by_both_of_them() {
    let playing = |text: &str| {
        Journey::with(text)
            .keys("enter enter enter enter")
            .wait(5.0)
            .keys("! y")
    };
    let text = many();
    // One digit alone only marks a line: the second one may follow.
    let outcome = playing(&text)
        .keys("1")
        .look()
        .keys("1 enter")
        .look()
        .keys("2")
        .wait(1.0)
        .keys("q 2")
        .run();
    assert!(
        outcome.looks[0].contains("Which one do you have?"),
        "{}",
        outcome.looks[0]
    );
    assert!(
        outcome.looks[1].contains("Sign number 11"),
        "{}",
        outcome.looks[1]
    );
    assert_eq!(
        signs(&outcome),
        [(None, "Sign number 11".to_owned(), false)]
    );
    // A number that no line has begins anew.
    let other = playing(&text)
        .keys("1 9 enter 2")
        .wait(1.0)
        .keys("q 2")
        .run();
    assert_eq!(signs(&other)[0].1, "Sign number 9");
}

#[test]
fn a_list_that_has_no_room_says_that_there_is_more() {
    let text = many();
    let journey = Journey::with(&text)
        .size(40, 12)
        .keys("enter enter enter enter")
        .wait(5.0)
        .keys("! y")
        .look();
    let outcome = journey.keys("up").look().keys("esc esc q 2").run();
    assert!(outcome.looks[0].contains("↓ more"), "{}", outcome.looks[0]);
    assert!(
        outcome.looks[1].contains("↑ more") && outcome.looks[1].contains("None of these"),
        "{}",
        outcome.looks[1]
    );
}

#[test]
fn a_skipped_set_never_looks_like_one_that_was_done() {
    let outcome = playing()
        .keys("right 2")
        .wait(1.0)
        .look()
        .wait(32.0)
        .look()
        .keys("q 2")
        .run();
    assert!(outcome.looks[0].contains("◐○"), "{}", outcome.looks[0]);
    let nothing = Journey::with(BACK)
        .keys("enter enter enter enter")
        .keys("right 2")
        .wait(1.0)
        .look()
        .keys("q 2")
        .run();
    assert!(
        nothing.looks[0].contains("✗○") && !nothing.looks[0].contains('●'),
        "{}",
        nothing.looks[0]
    );
}

#[test]
fn an_emergency_is_named_before_the_therapist_is() {
    let text = BACK.replace(
        "New numbness between the legs",
        "New numbness between the legs - emergency care now",
    );
    let outcome = Journey::with(&text).keys("! y 1").look().keys("1").run();
    let look = &outcome.looks[0];
    let (emergency, therapist) = (
        look.find("call your emergency number").unwrap(),
        look.find("Call: Dana").unwrap(),
    );
    assert!(emergency < therapist, "{look}");
}

#[test]
fn starting_all_the_same_leaves_the_sign_open_and_every_step_closed() {
    let first = Journey::with(BACK)
        .keys("enter enter enter enter")
        .play_on()
        .run();
    let open = Journey::with(BACK)
        .after(first)
        .keys("! y 1 1 enter 3")
        .look()
        .keys("enter")
        .play_on()
        .run();
    // Straight to the question before the session: no step is offered.
    assert!(
        open.looks[0].contains("How much pain do you have now?"),
        "{}",
        open.looks[0]
    );
    let again = Journey::with(BACK)
        .after(open)
        .look()
        .keys("enter")
        .look()
        .run();
    assert!(again.looks[0].contains("STOP SIGN"), "{}", again.looks[0]);
    assert!(
        again.looks[1].contains("You reported a stop sign"),
        "{}",
        again.looks[1]
    );
}

#[test]
fn the_page_of_a_program_asks_about_its_sign_too() {
    let first = Journey::with(BACK)
        .keys("enter enter enter enter")
        .play_on()
        .run();
    let page = Journey::with(BACK)
        .after(first)
        .keys("! y 1 1 v enter")
        .look()
        .keys("1")
        .look()
        .keys("enter 2")
        .look();
    let page = page.run();
    assert!(
        page.looks[0].contains("You reported a stop sign"),
        "{}",
        page.looks[0]
    );
    assert!(
        page.looks[1].contains("hold 20 seconds, 2 times"),
        "{}",
        page.looks[1]
    );
    // Cleared up, the step that was closed by it is offered before the session.
    assert!(
        page.looks[2].contains("The next step? Squat"),
        "{}",
        page.looks[2]
    );
    assert!(signs(&page)[0].2);
}

#[test]
fn a_session_ended_for_pain_in_the_rest_after_an_exercise_is_pain_in_it() {
    let text = BACK.replace(
        "stop_if: [Sharp knee pain]",
        "rest_after: 30 s, stop_if: [Sharp knee pain]",
    );
    // The squats are done; in the rest after them the session is ended for pain, and how much is
    // not said.
    let journey = Journey::with(&text)
        .keys("enter enter enter enter")
        .wait(60.0);
    let outcome = journey
        .keys("q 4")
        .look()
        .keys("enter enter enter enter")
        .run();
    assert!(
        outcome.looks[0].contains("in: Squat?"),
        "{}",
        outcome.looks[0]
    );
    let history = &outcome.histories[0];
    assert!(history.end.as_ref().unwrap().for_pain);
    assert_eq!(
        sets(history),
        ["squat Both 1 Done 20.0 s", "squat Both 2 Done 20.0 s"]
    );
    // It counts for no step.
    let next = Journey::with(&text)
        .after(outcome)
        .look()
        .keys("n")
        .look()
        .run();
    assert!(
        !next.looks[0].contains("You can move on"),
        "{}",
        next.looks[0]
    );
    assert!(next.looks[1].contains("(not yet)"), "{}", next.looks[1]);
}

#[test]
fn pain_that_ends_a_session_in_a_question_is_that_of_the_exercise_asked_about() {
    let text = BACK.replace("ask: [before, after]", "ask: [each]");
    let outcome = Journey::with(&text)
        .keys("enter enter enter")
        .wait(60.0)
        .look()
        .keys("esc 4")
        .look()
        .keys("3 enter")
        .run();
    assert!(
        outcome.looks[0].contains("in: Squat?") && outcome.looks[1].contains("in: Squat?"),
        "{:?}",
        outcome.looks
    );
    let history = &outcome.histories[0];
    // The bridge was not begun: it is neither skipped nor to blame.
    assert!(
        history.sets.iter().all(|set| set.exercise == "squat"),
        "{:?}",
        sets(history)
    );
    assert_eq!(history.ratings[0].exercise.as_deref(), Some("squat"));
}

#[test]
fn a_test_that_is_left_for_pain_after_a_break_says_so_and_keeps_its_time() {
    let text = "title: T\nfrequency: daily\npain: {ask: []}\nexercises: [{name: A, instructions: B, measure: hold, get_ready: 0 s}]\n";
    let first = Journey::with(text)
        .keys("enter enter")
        .wait(40.0)
        .keys("q 2")
        .run();
    let second = Journey::with(text)
        .after(first)
        .keys("enter")
        .wait(2.0)
        .keys("right 1 enter")
        .run();
    let set = &second.histories[0].sets[0];
    assert!(set.is_left_for_pain(), "{:?}", sets(&second.histories[0]));
}

#[test]
fn the_last_of_many_signs_can_be_read_on_the_smallest_screen() {
    let long = "written out at such a length that it takes five lines or more where there are only forty columns, as on a phone that is held upright";
    let many: Vec<String> = (1..=40)
        .map(|number| format!("Sign {number} {long}"))
        .collect();
    let text = BACK.replace(
        "New numbness between the legs, Fever with back pain",
        &format!("\"{}\"", many.join("\", \"")),
    );
    let outcome = Journey::with(&text)
        .size(40, 12)
        .keys("!")
        .keys(&"pgdn ".repeat(40))
        .look()
        .run();
    assert!(
        outcome.looks[0].contains("Pain of 6 or more"),
        "{}",
        outcome.looks[0]
    );
}

#[test]
fn the_sign_of_a_program_that_is_not_marked_is_seen_on_the_first_page() {
    let both = || {
        let other = "title: Other\nid: other\nfrequency: daily\nexercises: [{name: A, instructions: B, hold: 5 s}]\n";
        Journey::with_programs(vec![listed("a.yaml", BACK), listed("b.yaml", other)])
    };
    let outcome = both()
        .keys("! y 1 1 down")
        .look()
        .keys("enter")
        .look()
        .run();
    assert!(
        outcome.looks[0].contains("STOP SIGN. Back: You reported on Sunday 22 November"),
        "{}",
        outcome.looks[0]
    );
    // The other program has no sign of its own to be asked about.
    assert!(
        !outcome.looks[1].contains("You reported a stop sign"),
        "{}",
        outcome.looks[1]
    );
}
