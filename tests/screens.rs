//! Every screen, and everything that lies over one, at three sizes: what a change of words or
//! layout does is read in a diff.

use regimen::preferences::Figures;

use crate::support::{Journey, Outcome, listed};

const SIZES: [(u16, u16); 3] = [(100, 30), (80, 24), (40, 12)];

const BACK: &str = "
title: Evening back care
id: evening
summary: Wakes up the deep trunk and lets the back rest.
condition: Low back pain after running
goals: [Run 5 km without back pain the next morning]
frequency: daily
therapist: {name: Dana Ruiz, clinic: River Clinic, phone: 01-23}
review: 2026-12-18
precautions: [Stop a repetition before your back arches.]
stop_if: [New numbness between the legs - emergency care now, Pain that shoots below the knee]
pain:
  ask: [before, each, after, next-morning]
  bands:
    - {up_to: 3, label: fine, advice: Carry on.}
    - {up_to: 5, label: caution, advice: Do one set fewer.}
    - {up_to: 10, label: stop, advice: Stop for today and call me., stop: true}
exercises:
  - exercise: glute-bridge
    essential: true
    sets: 2
    reps: 2
    hold: 5 s
    get_ready: 5 s
    rest: 10 s
    rest_after: 8 s
    stop_if: [Sharp pain in the buttock]
    progression: [{after_sessions: 1, hold: 7 s}]
  - {exercise: side-plank-knees, side: each, hold: 6 s, get_ready: 5 s, switch: 4 s}
  - {exercise: heel-raise, reps: 3, tempo: 2-1-2-0, get_ready: 5 s, load: 5 kg}
  - {exercise: sit-to-stand, sets: 2, reps: 8, get_ready: 5 s}
";

const TESTS: &str = "
title: Two tests
id: tests
frequency: every 14 days
pain: {ask: []}
exercises:
  - {exercise: side-plank-endurance, side: each, measure: hold, get_ready: 3 s}
  - {name: Chair stand, instructions: [Stand up and sit down.], measure: reps, get_ready: 3 s}
  - {exercise: heat-pack, duration: 1 min, get_ready: 3 s}
";

/// The looks of a journey at each size, one below the other.
fn at_all_sizes(journey: impl Fn() -> Journey) -> String {
    let mut all = String::new();
    for (width, height) in SIZES {
        let outcome = journey().size(width, height).run();
        assert_eq!(
            outcome.unsaid, [""; 0],
            "the lines lack what the screen shows"
        );
        for (index, look) in outcome.looks.iter().enumerate() {
            let lines: Vec<&str> = look.lines().map(str::trim_end).collect();
            all.push_str(&format!(
                "{width}x{height}, {}\n{}\n",
                index + 1,
                lines.join("\n")
            ));
        }
    }
    all
}

/// A whole session on record, with its questions passed over.
fn played(text: &str) -> Outcome {
    Journey::with(text)
        .keys("enter enter enter")
        .play_on()
        .run()
}

/// Into the first hold of the first session: past the pages before it, without a word on pain.
fn holding() -> Journey {
    Journey::with(BACK)
        .keys("enter enter enter enter")
        .wait(6.0)
}

#[test]
fn the_first_page() {
    let two = || {
        vec![
            listed("evening.yaml", BACK),
            listed("tests.yaml", TESTS),
            listed("broken.yaml", "title: ["),
        ]
    };
    insta::assert_snapshot!(
        "today_new",
        at_all_sizes(|| Journey::with_programs(two()).look())
    );
    insta::assert_snapshot!(
        "today_none",
        at_all_sizes(|| Journey::with_programs(Vec::new()).look())
    );
    insta::assert_snapshot!(
        "today_step_open",
        at_all_sizes(|| Journey::with(BACK).after(played(BACK)).look())
    );
    let left = || holding().keys("ctrl-c").run();
    insta::assert_snapshot!(
        "today_unfinished",
        at_all_sizes(|| Journey::with(BACK).after(left()).look())
    );
    let reported = || holding().keys("! y 1 1 enter enter enter").run();
    insta::assert_snapshot!(
        "today_stop_sign",
        at_all_sizes(|| Journey::with(BACK)
            .after(reported())
            .look()
            .keys("enter")
            .look())
    );
    let later = || "2026-12-10T09:00+01:00[Europe/Berlin]".parse().unwrap();
    insta::assert_snapshot!(
        "today_after_a_break",
        at_all_sizes(|| Journey::with(BACK).after(played(BACK)).at(later()).look())
    );
}

#[test]
fn the_page_of_a_program_and_of_one_with_mistakes() {
    insta::assert_snapshot!(
        "program",
        at_all_sizes(|| Journey::with(BACK)
            .keys("v")
            .look()
            .keys("down down")
            .look())
    );
    insta::assert_snapshot!(
        "program_first_time",
        at_all_sizes(|| Journey::with(BACK)
            .keys("enter")
            .look()
            .keys("enter")
            .look())
    );
    let broken =
        "title: Broken\nfrequency: 9x/week\nexercises:\n  - {exercise: glute-bridge, reps: ten}\n";
    insta::assert_snapshot!(
        "problem",
        at_all_sizes(|| Journey::with(broken).keys("v").look())
    );
}

#[test]
fn the_questions() {
    let before = || Journey::with(BACK).keys("enter enter enter");
    insta::assert_snapshot!(
        "pain_before",
        at_all_sizes(|| before().look().keys("4").look().keys("7 enter").look())
    );
    insta::assert_snapshot!(
        "pain_of_an_exercise",
        at_all_sizes(|| holding().keys("right right 2").wait(1.0).look())
    );
    insta::assert_snapshot!(
        "after_the_session",
        at_all_sizes(|| holding()
            .keys("q 3")
            .look()
            .keys("enter")
            .look()
            .keys("5 enter")
            .look())
    );
    let next = || "2026-11-23T07:00+01:00[Europe/Berlin]".parse().unwrap();
    insta::assert_snapshot!(
        "the_morning_after",
        at_all_sizes(|| Journey::with(BACK).after(played(BACK)).at(next()).look())
    );
}

#[test]
fn a_session_step_by_step() {
    let session = |figures: Figures| {
        move || {
            let setting = if figures == Figures::Off {
                "figures: off"
            } else {
                "figures: still"
            };
            let start = Journey::with(BACK)
                .settings(setting)
                .keys("enter enter enter enter")
                .wait(1.0)
                .look();
            // Hold, release, rest, and after the exercise its question and the rest.
            let bridge = start.wait(5.0).look().wait(5.0).look().wait(7.5).look();
            let paused = bridge
                .keys("space")
                .look()
                .keys("space")
                .wait(22.0)
                .keys("enter")
                .look();
            // The plank on each side, and the change between.
            let plank = paused
                .wait(14.0)
                .look()
                .wait(6.0)
                .look()
                .wait(10.0)
                .keys("enter")
                .wait(1.0);
            // Lowering, and repetitions at one's own pace.
            let raise = plank
                .wait(6.0)
                .look()
                .wait(15.0)
                .keys("enter")
                .wait(6.0)
                .look();
            raise.keys("6").look()
        }
    };
    insta::assert_snapshot!("session_in_words", at_all_sizes(session(Figures::Off)));
    insta::assert_snapshot!(
        "session_with_figures",
        at_all_sizes(session(Figures::Still))
    );
    let tests = || {
        let holding = Journey::with(TESTS).keys("enter enter").wait(8.0).look();
        let counting = holding
            .keys("enter")
            .wait(12.0)
            .keys("enter")
            .wait(5.0)
            .look()
            .keys("enter")
            .look();
        counting.keys("9 enter").wait(5.0).look()
    };
    insta::assert_snapshot!("tests_and_continuous_work", at_all_sizes(tests));
    let free = || {
        Journey::with(BACK)
            .settings("hands_free: true")
            .keys("enter enter enter enter")
            .wait(1.0)
            .look()
    };
    insta::assert_snapshot!("session_hands_free", at_all_sizes(free));
    let preview = || {
        Journey::with(BACK)
            .preview()
            .wait(1.0)
            .look()
            .save("title: [")
            .look()
    };
    insta::assert_snapshot!("preview_and_its_report", at_all_sizes(preview));
}

#[test]
fn what_lies_over_a_session() {
    insta::assert_snapshot!(
        "help",
        at_all_sizes(|| holding().keys("?").look().keys("pgdn").look())
    );
    insta::assert_snapshot!(
        "stop_signs",
        at_all_sizes(|| holding().keys("!").look().keys("pgdn").look())
    );
    insta::assert_snapshot!(
        "which_sign",
        at_all_sizes(|| holding().keys("! y").look().keys("1").look())
    );
    insta::assert_snapshot!(
        "skip",
        at_all_sizes(|| holding().keys("right").look().keys("right down").look())
    );
    insta::assert_snapshot!("stop", at_all_sizes(|| holding().keys("q").look()));
}

#[test]
fn the_summary_and_the_settings() {
    insta::assert_snapshot!(
        "summary_done",
        at_all_sizes(|| Journey::with(BACK)
            .keys("enter enter enter")
            .play_on()
            .look())
    );
    insta::assert_snapshot!(
        "summary_ended",
        at_all_sizes(|| holding().keys("q 4 4 enter enter enter enter").look())
    );
    insta::assert_snapshot!(
        "settings",
        at_all_sizes(|| Journey::with(BACK)
            .keys("o")
            .look()
            .keys("down down")
            .look())
    );
}

#[test]
fn the_steps_and_their_questions() {
    let after = || Journey::with(BACK).after(played(BACK));
    insta::assert_snapshot!(
        "steps",
        at_all_sizes(|| after().keys("n").look().keys("2").look())
    );
    insta::assert_snapshot!(
        "step_offered",
        at_all_sizes(|| after().keys("enter").look())
    );
    let left = || holding().keys("ctrl-c").run();
    insta::assert_snapshot!(
        "give_up",
        at_all_sizes(|| Journey::with(BACK).after(left()).keys("x").look())
    );
}

#[test]
fn the_page_of_progress() {
    let pages = || {
        let weeks = Journey::with(BACK).after(played(BACK)).keys("p").look();
        let pain = weeks.keys("right").look().keys("right").look();
        let muscles = pain
            .keys("right")
            .look()
            .keys("right")
            .look()
            .keys("right")
            .look();
        muscles.keys("enter").look().keys("down enter").look()
    };
    insta::assert_snapshot!("progress", at_all_sizes(pages));
    let entered = || Journey::with(BACK).after(played(BACK)).keys("p a").look();
    insta::assert_snapshot!("progress_add", at_all_sizes(entered));
    let strike = || {
        Journey::with(BACK)
            .after(played(BACK))
            .keys("p left enter up enter")
            .look()
    };
    insta::assert_snapshot!("progress_strike", at_all_sizes(strike));
}
