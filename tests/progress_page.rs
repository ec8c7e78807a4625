//! The page of progress, and corrections made on it: keys in, screens and records out.

use jiff::civil::date;
use jiff::{Timestamp, ToSpan, Zoned};
use regimen::history::HistoryView;
use regimen::manual_entry::{self, SessionRatings};
use regimen::record::{IdSource, Outcome, Record, TextRecord};
use regimen::store::Store;

use crate::support::{Journey, Outcome as Visit, listed, program, sets};

const PROGRAM: &str = "
title: Core
id: core
frequency: daily
pain: {bands: [{up_to: 3, label: fine}, {up_to: 10, label: stop, stop: true}]}
exercises:
  - {exercise: glute-bridge, sets: 2, reps: 10, hold: 5 s}
  - {name: Side plank to fatigue, id: plank, measure: hold, side: each}
";

fn now() -> Zoned {
    "2026-11-22T07:40:00+01:00[Europe/Berlin]".parse().unwrap()
}

/// A visit after so many days, on each of which a session was entered with a pain of the day's
/// number.
fn after(days: i64) -> Journey {
    let program = program(PROGRAM);
    let mut ids = IdSource::new("early");
    let mut records = Vec::new();
    for back in (1..=days).rev() {
        let at = now().checked_sub(back.days()).unwrap();
        let text = TextRecord {
            hash: "h".to_owned(),
            name: "core.yaml".to_owned(),
            text: PROGRAM.to_owned(),
        };
        let pain = u8::try_from(back % 6).unwrap();
        let remarks = SessionRatings {
            pain_before: Some(pain),
            note: Some(format!("day {back}")),
            ..SessionRatings::default()
        };
        records.extend(
            manual_entry::session(
                &program,
                text,
                HistoryView::default(),
                &at,
                &remarks,
                &mut ids,
            )
            .unwrap(),
        );
    }
    let visit = Journey::with(PROGRAM).run();
    let mut journal = visit.journal;
    let _ = journal.save(records);
    Journey::with(PROGRAM)
        .after(Visit { journal, ..visit })
        .at(now())
}

fn has(frame: &str, words: &[&str]) {
    for words in words {
        assert!(frame.contains(words), "{words} not in\n{frame}");
    }
}

#[test]
fn each_page_tells_its_part() {
    let pages = after(10)
        .keys("p")
        .look()
        .keys("right")
        .look()
        .keys("right")
        .look()
        .keys("right")
        .look();
    let pages = pages
        .keys("right")
        .look()
        .keys("right")
        .look()
        .keys("esc")
        .look()
        .run()
        .looks;
    has(
        &pages[0],
        &[
            "Sessions: 10 of 10, 100 %",
            "Asked for: every day",
            "16 Nov",
            "6/6",
            "●",
            "the last 12 weeks",
        ],
    );
    // 4 3 2 | 1 0 5 4 | 3 2 1: the mean of the first three is 3, of the last three 2.
    has(
        &pages[1],
        &[
            "pain before",
            "last 1",
            "mean 3.0 in the first three, 2.0",
            "up to 3 fine",
        ],
    );
    has(&pages[2], &["Glute bridge", "100 %", "last 50 s of 50 s"]);
    has(&pages[3], &["No test was taken in this time."]);
    has(&pages[4], &["hip", "17 min", "buttock"]);
    has(
        &pages[5],
        &[
            "Sat 21 Nov 2026 07:40",
            "2 of 4 sets",
            "2 by hand",
            "pain 1 → -",
            "\"day 1\"",
        ],
    );
    assert!(pages[6].starts_with(" Today"), "{}", pages[6]);
}

#[test]
fn a_test_shows_both_sides_and_the_difference() {
    let first = Journey::with(PROGRAM).keys("enter enter").play_on().run();
    let page = Journey::with(PROGRAM)
        .after(first)
        .keys("p right right right")
        .look()
        .run();
    has(
        &page.looks[0],
        &[
            "Side plank to fatigue",
            "both sides equal",
            "left (line): last 20 s, best 20 s",
            "100 % of",
        ],
    );
}

#[test]
fn an_empty_page_says_so_and_how_to_begin() {
    let pages = after(0)
        .keys("p")
        .look()
        .keys("right")
        .look()
        .keys("left left")
        .look()
        .run()
        .looks;
    has(&pages[0], &["Nothing was to be done yet"]);
    has(&pages[1], &["No pain and no exertion"]);
    has(
        &pages[2],
        &["No session is on record in this time. a enters one"],
    );
}

#[test]
fn further_back_there_is_more() {
    let pages = after(120)
        .keys("p")
        .look()
        .keys("w")
        .look()
        .keys("w")
        .look()
        .keys("w")
        .look()
        .run()
        .looks;
    has(&pages[0], &["the last 12 weeks", "of 84"]);
    has(&pages[1], &["the last year", "of 120"]);
    has(&pages[2], &["all on record", "of 120"]);
    assert_eq!(pages[0], pages[3]);
}

#[test]
fn a_set_is_corrected_and_the_old_row_stays() {
    let visit = after(3)
        .keys("p left enter")
        .look()
        .keys("down enter 6")
        .look()
        .keys("enter")
        .look()
        .run();
    has(
        &visit.looks[0],
        &[
            "Core · Saturday 21 November 2026",
            "Glute bridge, set 2",
            "10 of 10 reps, by hand",
        ],
    );
    has(&visit.looks[1], &["6▏ (was 10 of 10 reps, by hand)"]);
    has(&visit.looks[2], &["6 of 10 reps, by hand", "Corrected."]);
    let last = &visit.histories[2];
    let sets = sets(last);
    assert!(
        sets.contains(&"glute-bridge Both 2 Partial 6 reps 30.0 s by hand".to_owned()),
        "{sets:?}"
    );
    let rows = visit.journal.store().unwrap().everything().unwrap();
    let of_set = |record: &&Record| matches!(record, Record::Set(set) if set.session == last.session.id && set.set == 2);
    assert_eq!(rows.iter().filter(of_set).count(), 2);
}

#[test]
fn pain_exertion_and_words_are_corrected_or_said_for_the_first_time() {
    // Lines: two sets, pain before, after, the next morning, exertion, the words, more words,
    // strike.
    let visit = after(1)
        .keys("p left enter down down enter 4 enter enter")
        .keys("down down enter 3 enter down enter 7 enter")
        .keys("down enter g o o d enter down enter b a d enter")
        .look()
        .run();
    has(
        &visit.looks[0],
        &["Pain before", "Pain the next morning", "good", "bad"],
    );
    let history = &visit.histories[0];
    let said: Vec<(String, u8)> = history
        .ratings
        .iter()
        .map(|said| (format!("{:?} {:?}", said.kind, said.moment), said.value))
        .collect();
    let expected = [
        ("Pain Before", 4),
        ("Pain NextMorning", 3),
        ("Exertion After", 7),
    ];
    assert_eq!(said, expected.map(|(what, value)| (what.to_owned(), value)));
    assert_eq!(visit.notes(), ["good", "bad"]);
}

#[test]
fn what_is_left_changes_nothing() {
    let visit = after(1)
        .keys("p left enter enter 3 esc enter enter down down enter 1 1 enter")
        .look()
        .run();
    has(
        &visit.looks[0],
        &["Pain and exertion are told from 0 to 10."],
    );
    assert_eq!(
        visit.journal.store().unwrap().everything().unwrap().len(),
        7
    );
}

#[test]
fn a_struck_session_is_gone_from_the_page_and_from_today_and_its_rows_stay() {
    let visit = after(2)
        .keys("p left enter up")
        .keys("down down down down down down down down down enter 2")
        .look();
    let visit = visit.keys("esc").look().run();
    has(
        &visit.looks[0],
        &[
            "The session is crossed out and no longer counts.",
            "Fri 20 Nov 2026",
        ],
    );
    assert!(
        !visit.looks[0].contains("21 Nov 2026"),
        "{}",
        visit.looks[0]
    );
    assert_eq!(visit.histories.len(), 1);
    let rows = visit.journal.store().unwrap().everything().unwrap();
    assert_eq!(
        rows.iter()
            .filter(|row| matches!(row, Record::Session(_)))
            .count(),
        2
    );
    assert!(visit.looks[1].starts_with(" Today"), "{}", visit.looks[1]);
}

#[test]
fn a_session_without_the_program_is_entered_for_one_of_the_last_days_and_done_on_the_first_page() {
    let visit = after(1)
        .keys("p a")
        .look()
        .keys("2")
        .look()
        .keys("a 3")
        .look()
        .keys("esc")
        .look()
        .run();
    has(
        &visit.looks[0],
        &[
            "1  Cancel",
            "2  today",
            "3  yesterday, one more: there is a session of that day",
            "4  Friday 20 November",
        ],
    );
    has(
        &visit.looks[1],
        &["Sun 22 Nov 2026 07:40", "2 by hand", "Entered by hand."],
    );
    has(&visit.looks[3], &["done ✓"]);
    let days: Vec<_> = visit
        .histories
        .iter()
        .map(|history| history.session.started.date())
        .collect();
    assert_eq!(
        days,
        [date(2026, 11, 21), date(2026, 11, 21), date(2026, 11, 22)]
    );
    assert!(
        visit.histories[2]
            .sets
            .iter()
            .all(|set| set.outcome == Outcome::Done)
    );
    // Nothing is chosen, nothing entered.
    assert_eq!(after(1).keys("p a enter").run().histories.len(), 1);
}

#[test]
fn the_page_goes_from_program_to_program_and_fits_every_size() {
    let two = || {
        vec![
            listed("a.yaml", PROGRAM),
            listed(
                "b.yaml",
                "title: Other\nexercises: [{name: C, hold: 5 s}]\n",
            ),
        ]
    };
    let visit = Journey::with_programs(two())
        .keys("p")
        .look()
        .input(regimen::events::Input::Key(regimen::events::Key::Tab));
    let visit = visit.look().run();
    has(&visit.looks[0], &["Progress · Core"]);
    has(&visit.looks[1], &["Progress · Other"]);
    for (width, height) in [(40, 12), (60, 16), (80, 24), (200, 60)] {
        let journey = after(40)
            .size(width, height)
            .keys("p")
            .look()
            .keys("right")
            .look()
            .keys("right")
            .look();
        let journey = journey
            .keys("right")
            .look()
            .keys("right")
            .look()
            .keys("right")
            .look()
            .keys("enter down")
            .look();
        for look in journey.run().looks {
            assert!(
                look.lines().count() == usize::from(height) && !look.contains("Make the window"),
                "{look}"
            );
        }
    }
}

#[test]
fn ten_thousand_rows_of_other_programs_are_not_read_for_one() {
    let mut store = Store::in_memory().unwrap();
    let at = now();
    let mut ids = IdSource::new("x");
    let text = || TextRecord {
        hash: "h".to_owned(),
        name: "core.yaml".to_owned(),
        text: PROGRAM.to_owned(),
    };
    let other = program(&PROGRAM.replace("id: core", "id: other"));
    for each in [program(PROGRAM), other] {
        let rows = manual_entry::session(
            &each,
            text(),
            HistoryView::default(),
            &at,
            &SessionRatings::default(),
            &mut ids,
        )
        .unwrap();
        store.append(&rows).unwrap();
    }
    let found = store.histories_of("core", Timestamp::MIN).unwrap();
    assert_eq!(
        (
            found.len(),
            found[0].session.program.as_str(),
            found[0].sets.len()
        ),
        (1, "core", 2)
    );
}

#[test]
fn a_corrected_row_keeps_its_place_and_the_mark_stays_on_it() {
    let visit = after(1)
        .keys("p left enter enter 6 enter")
        .look()
        .keys("enter 7 enter")
        .look()
        .run();
    let first = visit.looks[0].find("Glute bridge, set 1").unwrap();
    assert!(
        first < visit.looks[0].find("Glute bridge, set 2").unwrap(),
        "{}",
        visit.looks[0]
    );
    has(
        &visit.looks[1],
        &[
            "Glute bridge, set 1    7 of 10 reps",
            "Glute bridge, set 2    10 of 10 reps",
        ],
    );
}

#[test]
fn a_correction_of_a_session_that_is_gone_on_with_is_not_lost() {
    let first = Journey::with(PROGRAM)
        .keys("enter enter enter")
        .wait(10.0)
        .wait(8.0)
        .keys("ctrl-c")
        .run();
    assert_eq!(first.histories[0].sets.len(), 1);
    let corrected = Journey::with(PROGRAM)
        .after(first)
        .keys("p left enter enter 3 enter esc esc")
        .keys("enter");
    let corrected = corrected.keys("right enter").run();
    let reps: Vec<Option<u16>> = corrected.histories[0]
        .sets
        .iter()
        .map(|set| set.done.reps)
        .collect();
    assert_eq!(reps[0], Some(3), "{:?}", sets(&corrected.histories[0]));
}

#[test]
fn a_session_corrected_to_nothing_was_none() {
    let visit = after(1)
        .keys("p left enter enter 0 enter down enter 0 enter")
        .run();
    let store = visit.journal.store().unwrap();
    assert!(!store.recent(Timestamp::MIN).unwrap()[0].worked);
    assert!(!store.histories(Timestamp::MIN).unwrap()[0].worked);
}

#[test]
fn a_slip_of_the_finger_is_not_kept_and_no_morning_before_it_came() {
    let visit = after(1)
        .keys("p left enter enter 9 9 9 9 enter")
        .look()
        .run();
    has(
        &visit.looks[0],
        &["9999 is far more than was asked for", "10 of 10 reps"],
    );
    let today = Journey::with(PROGRAM)
        .keys("p a 2 enter down down down down enter 3 enter")
        .look()
        .run();
    has(&today.looks[0], &["The morning after it has not come yet."]);
}

#[test]
fn pain_that_is_entered_later_shows_the_therapists_words() {
    let visit = after(1)
        .keys("p left enter down down enter 8 enter")
        .look()
        .run();
    has(&visit.looks[0], &["Pain: stop", "I have read this"]);
}
