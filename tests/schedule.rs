//! What is due over simulated months, which phase and which steps hold, and what the conditions ask
//! for.

use std::time::Duration;

use jiff::civil::{Date, date};
use jiff::{SignedDuration, ToSpan, Zoned};
use proptest::prelude::*;
use regimen::history::SessionHistory;
use regimen::history::{self, HistoryView};
use regimen::preferences::WeekBegins;
use regimen::program::{PainMoment, Program, Side};
use regimen::progression;
use regimen::record::{
    Amount, ChoiceRecord, EndKind, EndRecord, EntryMethod, Outcome, RatingKind, RatingRecord,
    SessionRecord, SetRecord,
};
use regimen::schedule::{self, Due, ProgramStatus};

use crate::support::{Journey, listed, program, sets};

fn plan(frequency: &str) -> Program {
    program(&format!(
        "title: Core\nid: core\nfrequency: {frequency}\nexercises:\n  - {{name: Bridge, hold: 10 s}}\n"
    ))
}

/// A session in which everything was done, from a time on, with the highest pain that was said.
fn session(begun: &Zoned, minutes: i64, phase: u16, pain: Option<u8>) -> SessionHistory {
    let id = begun.to_string();
    let ended = begun
        .checked_add(SignedDuration::from_mins(minutes))
        .unwrap();
    let amount = Amount {
        reps: None,
        time: Some(Duration::from_secs(10)),
    };
    SessionHistory {
        session: SessionRecord {
            id: id.clone(),
            program: "core".to_owned(),
            title: "Core".to_owned(),
            hash: String::new(),
            phase,
            short: false,
            sets: 1,
            started: begun.clone(),
        },
        worked: true,
        sets: vec![SetRecord {
            id: format!("{id}-1"),
            session: id.clone(),
            exercise: "bridge".to_owned(),
            name: "Bridge".to_owned(),
            set: 1,
            side: Side::Both,
            prescribed: amount,
            done: amount,
            load: None,
            outcome: Outcome::Done,
            reason: None,
            entry: EntryMethod::Timer,
            at: ended.clone(),
            supersedes: None,
        }],
        sets_read: true,
        ratings: pain
            .map(|value| RatingRecord {
                id: format!("{id}-p"),
                session: id.clone(),
                kind: RatingKind::Pain,
                moment: PainMoment::After,
                exercise: None,
                value,
                at: ended.clone(),
                supersedes: None,
            })
            .into_iter()
            .collect(),
        notes: Vec::new(),
        end: Some(EndRecord {
            id: String::new(),
            session: id,
            kind: EndKind::Finished,
            for_pain: false,
            at: ended,
        }),
    }
}

fn on(day: Date, hour: i8) -> Zoned {
    day.at(hour, 0, 0, 0).in_tz("Europe/Berlin").unwrap()
}

fn done(days: &[Date]) -> Vec<SessionHistory> {
    days.iter()
        .map(|day| session(&on(*day, 18), 20, 0, Some(1)))
        .collect()
}

fn standing(program: &Program, histories: &[SessionHistory], today: Date) -> ProgramStatus {
    schedule::status(
        program,
        HistoryView {
            histories,
            ..HistoryView::default()
        },
        today,
    )
}

/// What a patient who does what is due does over some days; whether it was due on each.
fn obedient(program: &Program, from: Date, days: i32, missed: impl Fn(Date) -> bool) -> Vec<bool> {
    let mut histories = Vec::new();
    let mut due = Vec::new();
    for ahead in 0..days {
        let today = from.checked_add(ahead.days()).unwrap();
        let is_due = matches!(standing(program, &histories, today).due, Due::Today(_));
        if is_due && !missed(today) {
            histories.push(session(&on(today, 18), 20, 0, Some(1)));
            assert!(
                !matches!(standing(program, &histories, today).due, Due::Today(_)),
                "{today}"
            );
        }
        due.push(is_due);
    }
    due
}

/// Over the end of summer time in Europe, 25 October 2026, and its beginning, 28 March 2027.
const AUTUMN: Date = date(2026, 10, 5);

#[test]
fn months_of_doing_what_is_due() {
    let count = |frequency: &str, days| {
        obedient(&plan(frequency), AUTUMN, days, |_| false)
            .into_iter()
            .filter(|due| *due)
            .count()
    };
    // 182 days are 26 weeks.
    assert_eq!(count("daily", 182), 182);
    assert_eq!(count("3x/week", 182), 78);
    assert_eq!(count("weekly", 182), 26);
    assert_eq!(count("[mon, wed, fri]", 182), 78);
    assert_eq!(count("every 3 days", 182), 61);
    assert_eq!(count("every 14 days", 182), 13);
    assert_eq!(count("as needed", 182), 0);
}

#[test]
fn what_is_missed_is_not_made_up_for_but_every_so_many_days_begins_anew() {
    // Of a week that was missed nothing is left to the next one.
    let second_week = |day: Date| (date(2026, 10, 12)..=date(2026, 10, 18)).contains(&day);
    let due = obedient(&plan("3x/week"), AUTUMN, 21, second_week);
    assert_eq!(due.iter().filter(|due| **due).count(), 3 + 7 + 3);
    // Every three days, and two days late: the next is three days after it was done.
    let late = |day: Date| day == date(2026, 10, 8) || day == date(2026, 10, 9);
    let due = obedient(&plan("every 3 days"), AUTUMN, 12, late);
    let days: Vec<usize> = due
        .iter()
        .enumerate()
        .filter(|(_, due)| **due)
        .map(|(day, _)| day)
        .collect();
    assert_eq!(days, [0, 3, 4, 5, 8, 11]);
}

#[test]
fn the_next_time_is_known() {
    let program = |frequency: &str| plan(frequency);
    let monday = date(2026, 11, 23);
    let next = |frequency: &str, done_on: &[Date], today| {
        standing(&program(frequency), &done(done_on), today).next
    };
    assert_eq!(next("daily", &[monday], monday), Some(date(2026, 11, 24)));
    assert_eq!(next("daily", &[], monday), Some(monday));
    assert_eq!(
        next("[mon, thu]", &[monday], monday),
        Some(date(2026, 11, 26))
    );
    assert_eq!(
        next("every 14 days", &[monday], monday),
        Some(date(2026, 12, 7))
    );
    assert_eq!(
        next("every 14 days", &[monday], date(2026, 11, 25)),
        Some(date(2026, 12, 7))
    );
    assert_eq!(next("2x/week", &[monday], monday), Some(date(2026, 11, 24)));
    assert_eq!(next("1x/week", &[monday], monday), Some(date(2026, 11, 30)));
    assert_eq!(next("as needed", &[monday], monday), None);
}

#[test]
fn a_week_begins_where_the_patient_says() {
    let sunday = date(2026, 11, 22);
    let histories = done(&[date(2026, 11, 18), date(2026, 11, 20), date(2026, 11, 21)]);
    let of = |week_begins, today| {
        schedule::status(
            &plan("3x/week"),
            HistoryView {
                histories: &histories,
                week_begins,
                ..HistoryView::default()
            },
            today,
        )
    };
    let monday = of(WeekBegins::Monday, sunday);
    assert_eq!(
        (monday.due, monday.done_this_week, monday.next),
        (Due::DoneThisWeek, 3, Some(date(2026, 11, 23)))
    );
    let sunday = of(WeekBegins::Sunday, sunday);
    assert_eq!((sunday.due, sunday.done_this_week), (Due::Today(1), 0));
    assert_eq!(
        history::week_of(date(2026, 11, 28), WeekBegins::Sunday),
        date(2026, 11, 22)
    );
    assert_eq!(
        history::week_of(date(2026, 11, 22), WeekBegins::Sunday),
        date(2026, 11, 22)
    );
    assert_eq!(
        history::week_of(date(2026, 11, 22), WeekBegins::Monday),
        date(2026, 11, 16)
    );
}

#[test]
fn twice_a_day_is_due_until_both_are_done() {
    let program = plan("2x/day");
    let today = date(2026, 11, 23);
    let mut histories = Vec::new();
    assert_eq!(standing(&program, &histories, today).due, Due::Today(2));
    histories.push(session(&on(today, 8), 20, 0, None));
    assert_eq!(standing(&program, &histories, today).due, Due::Today(1));
    histories.push(session(&on(today, 19), 20, 0, None));
    assert_eq!(standing(&program, &histories, today).due, Due::Done);
    assert_eq!(
        standing(&program, &histories, date(2026, 11, 24)).due,
        Due::Today(2)
    );
}

#[test]
fn a_session_over_midnight_belongs_to_the_evening_in_which_it_was_begun() {
    let (monday, tuesday) = (date(2026, 11, 23), date(2026, 11, 24));
    let late = session(
        &monday.at(23, 50, 0, 0).in_tz("Europe/Berlin").unwrap(),
        20,
        0,
        None,
    );
    assert_eq!(history::date_of(&late), monday);
    assert_eq!(
        standing(&plan("daily"), &[late], tuesday).due,
        Due::Today(1)
    );
    // Until four in the morning it is still the evening before; the new day has its own session.
    let at = |hour: i8, minute: i8| {
        tuesday
            .at(hour, minute, 0, 0)
            .in_tz("Europe/Berlin")
            .unwrap()
    };
    for (begun, day) in [
        (at(0, 10), monday),
        (at(3, 59), monday),
        (at(4, 0), tuesday),
    ] {
        assert_eq!(
            history::date_of(&session(&begun, 20, 0, None)),
            day,
            "{begun}"
        );
    }
    let early = session(&at(0, 30), 20, 0, None);
    assert_eq!(
        standing(&plan("daily"), std::slice::from_ref(&early), tuesday).due,
        Due::Today(1)
    );
    assert_eq!(standing(&plan("daily"), &[early], monday).due, Due::Done);
    // One that was left in the evening and gone on with the next day belongs to that.
    let resumed = session(&on(monday, 19), 14 * 60, 0, None);
    assert_eq!(history::date_of(&resumed), tuesday);
}

#[test]
fn a_day_is_the_one_that_was_lived_wherever_that_was() {
    // Monday evening in Auckland is Monday morning in Berlin; back in Berlin Monday is done,
    // Tuesday is not.
    let auckland = session(
        &"2026-11-23T19:00[Pacific/Auckland]".parse().unwrap(),
        20,
        0,
        None,
    );
    let histories = [auckland];
    assert_eq!(
        standing(&plan("daily"), &histories, date(2026, 11, 23)).due,
        Due::Done
    );
    assert_eq!(
        standing(&plan("daily"), &histories, date(2026, 11, 24)).due,
        Due::Today(1)
    );
    // Over the date line Sunday comes twice: both sessions of it are of that Sunday.
    let sundays = [
        session(
            &"2026-11-22T08:00[Pacific/Auckland]".parse().unwrap(),
            20,
            0,
            None,
        ),
        session(
            &"2026-11-22T19:00[Pacific/Honolulu]".parse().unwrap(),
            20,
            0,
            None,
        ),
    ];
    assert_eq!(
        standing(&plan("2x/day"), &sundays, date(2026, 11, 22)).due,
        Due::Done
    );
}

#[test]
fn a_clock_that_was_set_back_makes_nothing_due_twice_and_fails_at_nothing() {
    // Sessions of a week that has not come yet.
    let histories = done(&[date(2026, 11, 23), date(2026, 11, 30)]);
    let today = date(2026, 11, 16);
    for frequency in ["daily", "3x/week", "[mon]", "every 14 days", "as needed"] {
        let standing = standing(&plan(frequency), &histories, today);
        assert_eq!(standing.week, Some(1), "{frequency}");
        assert_eq!(standing.done_this_week, 0);
    }
    assert_eq!(
        standing(&plan("daily"), &histories, today).due,
        Due::Today(1)
    );
    assert_eq!(
        standing(&plan("every 14 days"), &histories, today).next,
        Some(date(2026, 12, 14))
    );
}

proptest! {
    /// Whatever was done when, in whatever zone: what is done today counts, no more is due than is
    /// asked for, and the next time is neither past nor further away than the frequency allows.
    #[test]
    fn due_is_never_absurd(
        seeds in prop::collection::vec((0..200_i64, 0..24_i8, 0..4_usize, 0..2_u16), 0..30),
        frequency in prop::sample::select(vec!["daily", "2x/day", "3x/week", "[tue, sat]", "every 5 days", "weekly"]),
        ahead in 0..200_i64,
        sunday in any::<bool>(),
    ) {
        let zones = ["Europe/Berlin", "Pacific/Auckland", "America/Los_Angeles", "UTC"];
        let mut histories: Vec<SessionHistory> = seeds
            .into_iter()
            .map(|(day, hour, zone, phase)| {
                let day = AUTUMN.checked_add(day.days()).unwrap();
                session(&day.at(hour, 30, 0, 0).in_tz(zones[zone]).unwrap(), 40, phase, None)
            })
            .collect();
        histories.sort_by(|a, b| a.session.started.cmp(&b.session.started));
        let today = AUTUMN.checked_add(ahead.days()).unwrap();
        let week_begins = if sunday { WeekBegins::Sunday } else { WeekBegins::Monday };
        let past = HistoryView { histories: &histories, week_begins, ..HistoryView::default() };
        let program = plan(frequency);
        let standing = schedule::status(&program, past, today);
        let on_that_day = histories.iter().filter(|history| history::date_of(history) == today).count();
        match standing.due {
            Due::Today(left) => prop_assert!(left >= 1 && (on_that_day == 0 || frequency == "2x/day")),
            Due::Done => prop_assert!(on_that_day > 0),
            Due::InDays(days) => prop_assert!((1..=5 + 200).contains(&days)),
            Due::DoneThisWeek => prop_assert!(standing.done_this_week >= 1),
            Due::AsNeeded | Due::Stopped | Due::Finished => prop_assert!(false),
        }
        let next = standing.next.unwrap();
        prop_assert!(next >= today);
        prop_assert_eq!(matches!(standing.due, Due::Today(_)), next == today);
        // Another session today never makes more due.
        let mut more = histories.clone();
        more.push(session(&on(today, 12), 10, 0, None));
        let after = schedule::status(&program, HistoryView { histories: &more, ..past }, today);
        prop_assert!(!matches!((standing.due, after.due), (Due::Today(a), Due::Today(b)) if b >= a));
    }
}

const PHASES: &str = "
title: Core
id: core
pain: {ask: [before, after]}
phases:
  - title: Find the muscle
    weeks: 2
    frequency: daily
    advance_when: {sessions: 6, pain_at_most: 3}
    exercises:
      - {name: Bracing, id: bridge, hold: 10 s, get_ready: 0 s}
  - title: Make it strong
    frequency: 3x/week
    exercises:
      - name: Bridge
        sets: 2
        hold: 10 s
        get_ready: 0 s
        progression:
          - {week: 3, hold: 15 s}
          - {after_sessions: 8, pain_at_most: 2, sets: 3}
";

fn choice(
    phase: u16,
    exercise: Option<&str>,
    step: u16,
    dose: &str,
    taken: bool,
    at: Zoned,
) -> ChoiceRecord {
    ChoiceRecord {
        id: at.to_string(),
        program: "core".to_owned(),
        phase,
        exercise: exercise.map(str::to_owned),
        step,
        dose: dose.to_owned(),
        taken,
        evidence: String::new(),
        at,
    }
}

fn evidence(program: &Program, past: HistoryView<'_>, today: Date) -> Vec<(String, bool)> {
    progression::advancements(program, past, today)
        .iter()
        .map(|gate| (gate.evidence(), gate.is_met()))
        .collect()
}

#[test]
fn a_phase_is_open_when_all_of_its_conditions_are_met_and_begins_when_the_patient_says_so() {
    let program = program(PHASES);
    let begin = date(2026, 10, 5);
    let day = |number: i64| begin.checked_add((number - 1).days()).unwrap();
    let days: Vec<Date> = (1..=14).filter(|number| *number != 4).map(day).collect();
    let histories = done(&days);
    let past = |count: usize| HistoryView {
        histories: &histories[..count],
        ..HistoryView::default()
    };
    let open = |count, today| progression::offers(&program, past(count), today).len();
    assert_eq!(
        evidence(&program, past(5), day(7)),
        [(
            "0 weeks of training done (needs 2); 5 sessions with at least 80 % done (needs 6); pain in the last 3 sessions: 1, 1, 1 (limit 3)"
                .to_owned(),
            false
        )]
    );
    assert_eq!(
        (open(5, day(14)), open(13, day(14)), open(13, day(15))),
        (0, 0, 1)
    );
    // Nothing moves by itself.
    let later = standing(&program, &histories, day(40));
    assert_eq!((later.phase, later.week), (0, Some(6)));
    // The patient stays: for a week nothing is asked.
    let stays = [choice(0, None, 1, "Make it strong", false, on(day(15), 8))];
    let stayed = HistoryView {
        choices: &stays,
        ..past(13)
    };
    assert_eq!(schedule::status(&program, stayed, day(16)).phase, 0);
    assert_eq!(progression::offers(&program, stayed, day(21)).len(), 0);
    assert_eq!(progression::offers(&program, stayed, day(22)).len(), 1);
    // The patient goes on: the phase holds with its own frequency and weeks, before a session of it
    // and after.
    let goes = [choice(0, None, 1, "Make it strong", true, on(day(15), 8))];
    let gone = HistoryView {
        choices: &goes,
        ..past(13)
    };
    let moved = schedule::status(&program, gone, day(15));
    assert_eq!((moved.phase, moved.week, moved.a_week), (1, None, Some(3)));
    let mut more = histories.clone();
    more.push(session(&on(day(15), 9), 10, 1, Some(1)));
    let moved = schedule::status(
        &program,
        HistoryView {
            histories: &more,
            choices: &goes,
            ..HistoryView::default()
        },
        day(23),
    );
    assert_eq!((moved.phase, moved.week), (1, Some(2)));
    // A phase that is called otherwise now is not the one that was confirmed.
    let renamed = self::program(&PHASES.replace("Make it strong", "Legs only"));
    assert_eq!(schedule::status(&renamed, gone, day(15)).phase, 0);
}

#[test]
fn pain_must_have_been_said_and_kept_in_each_of_the_last_three_sessions() {
    let program = program(&PHASES.replace("weeks: 2", "").replace("sessions: 6, ", ""));
    let open = |pains: &[Option<u8>]| {
        let of = |(index, pain): (usize, &Option<u8>)| {
            session(
                &on(
                    date(2026, 10, 5)
                        .checked_add(i64::try_from(index).unwrap().days())
                        .unwrap(),
                    18,
                ),
                10,
                0,
                *pain,
            )
        };
        let histories: Vec<SessionHistory> = pains.iter().enumerate().map(of).collect();
        !progression::offers(
            &program,
            HistoryView {
                histories: &histories,
                ..HistoryView::default()
            },
            date(2026, 10, 12),
        )
        .is_empty()
    };
    assert!(open(&[Some(9), Some(3), Some(0), Some(2)]));
    assert!(!open(&[Some(3), Some(4), Some(2)]));
    assert!(!open(&[Some(1), None, Some(1)]));
    assert!(!open(&[Some(1), Some(1)]));
    assert!(!open(&[]));
}

#[test]
fn steps_add_up_in_order_and_hold_as_long_as_the_file_leads_to_what_was_confirmed() {
    let program = program(PHASES);
    let begin = date(2026, 10, 5);
    let histories: Vec<SessionHistory> = (0..8)
        .map(|number| {
            session(
                &on(begin.checked_add((2 * number).days()).unwrap(), 18),
                10,
                1,
                Some(2),
            )
        })
        .collect();
    let moved = [choice(0, None, 1, "Make it strong", true, on(begin, 8))];
    let past = HistoryView {
        histories: &histories,
        choices: &moved,
        ..HistoryView::default()
    };
    // Week 3 begins on the fifteenth day.
    assert_eq!(
        progression::offers(&program, past, date(2026, 10, 18)).len(),
        0
    );
    let offers = progression::offers(&program, past, date(2026, 10, 19));
    assert_eq!(
        offers
            .iter()
            .map(|gate| gate.dose.as_str())
            .collect::<Vec<_>>(),
        ["2 x 15 s hold, rest 45 s"]
    );
    let first = choice(
        1,
        Some("bridge"),
        0,
        "2 x 15 s hold, rest 45 s",
        true,
        on(date(2026, 10, 19), 9),
    );
    let second = choice(
        1,
        Some("bridge"),
        1,
        "3 x 15 s hold, rest 45 s",
        true,
        on(date(2026, 10, 20), 9),
    );
    let dose = |program: &Program, choices: &[ChoiceRecord]| {
        let steps = progression::steps(program, 1, choices);
        let planned = progression::planned(program, 1, &steps);
        (
            steps[0],
            progression::describe_dose(planned[0].dose, planned[0].rest),
        )
    };
    assert_eq!(
        dose(&program, &[]),
        (0, "hold 10 seconds, 2 times, rest 45 s".to_owned())
    );
    assert_eq!(
        dose(&program, std::slice::from_ref(&first)),
        (1, "hold 15 seconds, 2 times, rest 45 s".to_owned())
    );
    assert_eq!(
        dose(&program, &[first.clone(), second.clone()]),
        (2, "hold 15 seconds, 3 times, rest 45 s".to_owned())
    );
    // The second alone is not a step that was reached.
    assert_eq!(dose(&program, std::slice::from_ref(&second)).0, 0);
    // Taken back, the one before holds.
    let back = choice(
        1,
        Some("bridge"),
        1,
        "2 x 15 s hold, rest 45 s",
        false,
        on(date(2026, 10, 22), 9),
    );
    assert_eq!(dose(&program, &[first.clone(), second.clone(), back]).0, 1);
    // The therapist has written another dose: what was confirmed is not it.
    let easier = self::program(&PHASES.replace("sets: 2", "sets: 1"));
    assert_eq!(
        dose(&easier, &[first, second]),
        (0, "hold 10 seconds".to_owned())
    );
}

#[test]
fn the_morning_after_is_asked_for_until_nobody_would_know() {
    let text = PHASES.replace("[before, after]", "[next-morning]");
    let program = program(&text);
    let histories = done(&[date(2026, 11, 20)]);
    let asked = |histories: &[SessionHistory], now: &Zoned| {
        schedule::morning_after(
            &program,
            HistoryView {
                histories,
                ..HistoryView::default()
            },
            now,
        )
        .is_some()
    };
    let days = [20, 21, 22, 23].map(|day| asked(&histories, &on(date(2026, 11, day), 7)));
    assert_eq!(days, [false, true, true, false]);
    let mut answered = histories.clone();
    answered[0].ratings[0].moment = PainMoment::NextMorning;
    assert!(!asked(&answered, &on(date(2026, 11, 21), 7)));
    let silent = self::program(PHASES);
    let past = HistoryView {
        histories: &histories,
        ..HistoryView::default()
    };
    assert!(schedule::morning_after(&silent, past, &on(date(2026, 11, 21), 7)).is_none());
}

const STEPS: &str = "
title: Core
id: core
frequency: daily
pain: {ask: [after, next-morning], bands: [{up_to: 5, label: fine}, {up_to: 10, label: stop, advice: Call me., stop: true}]}
exercises:
  - name: Bridge
    instructions: Lift.
    hold: 5 s
    get_ready: 0 s
    progression:
      - {after_sessions: 1, hold: 7 s}
      - {after_sessions: 2, hold: 9 s}
";

/// The seconds of each session's set.
fn seconds(histories: &[SessionHistory]) -> Vec<String> {
    histories.iter().flat_map(sets).collect()
}

#[test]
fn a_step_is_offered_before_the_session_taken_by_a_key_and_taken_back_by_another() {
    let first = Journey::with(STEPS).keys("enter enter").play_on().run();
    // Its condition is met; the patient stays with what they do, and plays the old dose.
    let stayed = Journey::with(STEPS)
        .after(first)
        .look()
        .keys("enter")
        .look()
        .keys("enter")
        .play_on()
        .run();
    assert!(
        stayed.looks[0].contains("You can move on to the next step: Bridge."),
        "{}",
        stayed.looks[0]
    );
    let question = &stayed.looks[1];
    for words in [
        "The next step? Bridge",
        "1 session with every set of it done (needs 1)",
        "Now: hold 5 seconds",
        "Next: hold 7 seconds",
    ] {
        assert!(question.contains(words), "{words} not in {question}");
    }
    assert_eq!(
        seconds(&stayed.histories),
        ["bridge Both 1 Done 5.0 s", "bridge Both 1 Done 5.0 s"]
    );
    // Within the week nothing is asked again; but under `n` it is there, with what comes after it.
    let taken = Journey::with(STEPS)
        .after(stayed)
        .look()
        .keys("n 2 2")
        .look()
        .keys("enter enter")
        .play_on()
        .run();
    assert!(!taken.looks[0].contains("next step:"), "{}", taken.looks[0]);
    assert!(
        taken.looks[1].contains("Bridge: from now on hold 7 seconds."),
        "{}",
        taken.looks[1]
    );
    // The next one is met by now as well, so it is asked about before the session; the patient
    // stays.
    assert_eq!(seconds(&taken.histories)[2], "bridge Both 1 Done 7.0 s");
    let back = Journey::with(STEPS)
        .after(taken)
        .keys("n")
        .look()
        .keys("3 2 enter")
        .play_on()
        .run();
    assert!(
        back.looks[0].contains("Bridge: back to hold 5 seconds"),
        "{}",
        back.looks[0]
    );
    assert_eq!(seconds(&back.histories)[3], "bridge Both 1 Done 5.0 s");
    let choices = back.journal.store().unwrap().choices().unwrap();
    let told: Vec<(u16, bool, &str)> = choices
        .iter()
        .map(|choice| (choice.step, choice.taken, choice.evidence.as_str()))
        .collect();
    assert_eq!(
        told,
        [
            (0, false, "1 session with every set of it done (needs 1)"),
            (
                0,
                true,
                "1 session or more with every set of it done (needs 1)"
            ),
            (1, false, "2 sessions with every set of it done (needs 2)"),
            (0, false, "the patient went back"),
        ]
    );
}

#[test]
fn leaving_the_question_decides_nothing_and_begins_nothing() {
    let first = Journey::with(STEPS).keys("enter enter").play_on().run();
    let left = Journey::with(STEPS)
        .after(first)
        .keys("enter esc")
        .look()
        .run();
    assert!(left.looks[0].starts_with(" Today"));
    assert!(left.journal.store().unwrap().choices().unwrap().is_empty());
    assert_eq!(left.histories.len(), 1);
}

#[test]
fn what_is_not_met_says_what_is_missing() {
    let text = STEPS.replace("after_sessions: 1,", "after_sessions: 4, pain_at_most: 2,");
    let first = Journey::with(&text).keys("enter enter").play_on().run();
    let asked = Journey::with(&text)
        .after(first)
        .keys("n")
        .look()
        .keys("2")
        .look()
        .run();
    assert!(
        asked.looks[0].contains("Bridge: hold 7 seconds (not yet)"),
        "{}",
        asked.looks[0]
    );
    for words in [
        "Not yet: Bridge",
        "· 1 session with every set of it done (needs 4)",
        "pain in the last 3 sessions: not given",
    ] {
        assert!(
            asked.looks[1].contains(words),
            "{words} not in {}",
            asked.looks[1]
        );
    }
    let none = Journey::with("title: A\nexercises: [{name: B, hold: 5 s}]\n")
        .keys("n")
        .look()
        .run();
    assert!(
        none.looks[0].contains("no further steps"),
        "{}",
        none.looks[0]
    );
}

#[test]
fn a_new_phase_is_looked_at_before_it_is_played() {
    let text = PHASES
        .replace("weeks: 2", "")
        .replace("sessions: 6, pain_at_most: 3", "sessions: 1");
    let first = Journey::with(&text).keys("enter enter").play_on().run();
    let moved = Journey::with(&text)
        .after(first)
        .keys("enter 2")
        .look()
        .keys("enter")
        .play_on()
        .run();
    assert!(
        moved.looks[0].contains("Make it strong (2 of 2)"),
        "{}",
        moved.looks[0]
    );
    assert_eq!(moved.histories[1].session.phase, 1);
    let back = Journey::with(&text)
        .after(moved)
        .keys("n")
        .look()
        .keys("3 2 enter")
        .play_on()
        .run();
    assert!(
        back.looks[0].contains("Phase 1: back to Find the muscle"),
        "{}",
        back.looks[0]
    );
    assert_eq!(back.histories[2].session.phase, 0);
}

#[test]
fn the_pain_of_the_morning_after_is_asked_for_at_the_next_start() {
    let first = Journey::with(STEPS).keys("enter enter").play_on().run();
    let next = |outcome| {
        Journey::with(STEPS)
            .after(outcome)
            .at("2026-11-23T07:00+01:00[Europe/Berlin]".parse().unwrap())
    };
    let left_out = next(first).look().keys("enter").look().run();
    assert!(
        left_out.looks[0].contains("in the morning after Sunday's session?"),
        "{}",
        left_out.looks[0]
    );
    assert!(
        left_out.looks[1].starts_with(" Today"),
        "{}",
        left_out.looks[1]
    );
    let stop = next(left_out)
        .keys("7 enter")
        .look()
        .keys("enter")
        .look()
        .run();
    assert!(
        stop.looks[0].contains("Your therapist says: Call me."),
        "{}",
        stop.looks[0]
    );
    assert!(stop.looks[1].starts_with(" Today"), "{}", stop.looks[1]);
    assert_eq!(stop.histories[0].pain(PainMoment::NextMorning), Some(7));
    let answered = next(stop).look().run();
    assert!(
        answered.looks[0].starts_with(" Today"),
        "{}",
        answered.looks[0]
    );
}

#[test]
fn a_program_left_open_overnight_asks_before_the_session() {
    let two = vec![
        listed("a.yaml", STEPS),
        listed("b.yaml", "title: B\nexercises: [{name: C, hold: 5 s}]\n"),
    ];
    let visit = Journey::with_programs(two)
        .keys("enter enter")
        .play_on()
        .run();
    let visit = Journey::with(STEPS)
        .after(visit)
        .keys("enter esc")
        .sleep(24 * 3600)
        .keys("enter")
        .look()
        .keys("2 enter")
        .look()
        .run();
    assert!(
        visit.looks[0].contains("in the morning after Sunday's session?"),
        "{}",
        visit.looks[0]
    );
    // And then goes on with what was asked for.
    assert!(
        visit.looks[1].contains("The next step? Bridge"),
        "{}",
        visit.looks[1]
    );
}

#[test]
fn a_session_that_was_stopped_for_pain_closes_the_next_step() {
    let program =
        program(&STEPS.replace("after_sessions: 1,", "after_sessions: 1, pain_at_most: 2,"));
    let day = |number: i8| date(2026, 11, number);
    let step = |histories: &[SessionHistory]| {
        let past = HistoryView {
            histories,
            ..HistoryView::default()
        };
        progression::offers(&program, past, day(20)).len()
    };
    let mut histories: Vec<SessionHistory> = (10..13)
        .map(|day| session(&on(date(2026, 11, day), 8), 10, 0, Some(1)))
        .collect();
    assert_eq!(step(&histories), 1);
    // Ended early, even before anything was done: the pain that was said counts.
    let mut stopped = session(&on(day(14), 8), 10, 0, Some(9));
    stopped.end.as_mut().unwrap().kind = EndKind::EndedEarly;
    (stopped.worked, stopped.sets) = (false, Vec::new());
    histories.push(stopped);
    assert_eq!(step(&histories), 0);
}

#[test]
fn the_day_on_which_pain_said_stop_asks_for_no_more() {
    let program = program(STEPS);
    let today = date(2026, 11, 20);
    let mut stopped = session(&on(today, 8), 10, 0, Some(6));
    stopped.end.as_mut().unwrap().kind = EndKind::EndedEarly;
    let standing = |today| standing(&program, std::slice::from_ref(&stopped), today);
    assert_eq!(
        (standing(today).due, standing(today).next),
        (Due::Stopped, Some(date(2026, 11, 21)))
    );
    assert_eq!(standing(date(2026, 11, 21)).due, Due::Today(1));
}

#[test]
fn only_the_patients_choice_moves_a_phase_and_who_went_back_is_not_asked_at_once() {
    let program = program(PHASES);
    let day = |number: i8| date(2026, 11, number);
    // Played once in the second phase by its number: the first one goes on to hold.
    let tried = [session(&on(day(1), 8), 10, 1, Some(1))];
    assert_eq!(standing(&program, &tried, day(2)).phase, 0);
    let days = (1..9).chain([16, 17]);
    let histories: Vec<SessionHistory> = days
        .map(|number| session(&on(day(number), 7), 10, 0, Some(1)))
        .collect();
    let went = choice(0, None, 1, "Make it strong", true, on(day(17), 8));
    let back = choice(1, None, 0, "Find the muscle", true, on(day(18), 8));
    let both = [went, back];
    let past = HistoryView {
        histories: &histories,
        choices: &both,
        ..HistoryView::default()
    };
    assert_eq!(progression::phase(&program, past), 0);
    assert_eq!(progression::offers(&program, past, day(20)).len(), 0);
    assert_eq!(progression::offers(&program, past, day(25)).len(), 1);
    // A title that was written anew takes nobody back to the beginning.
    let renamed = self::program(&PHASES.replace("Make it strong", "Make it stronger"));
    let went = [choice(0, None, 1, "Make it strong", true, on(day(17), 8))];
    let later = [histories, vec![session(&on(day(19), 8), 10, 1, Some(1))]].concat();
    let past = HistoryView {
        histories: &later,
        choices: &went,
        ..HistoryView::default()
    };
    assert_eq!(progression::phase(&renamed, past), 1);
}

#[test]
fn steps_open_one_at_a_time() {
    let program = program(STEPS);
    let day = |number: i8| date(2026, 11, number);
    let mut histories: Vec<SessionHistory> = (1..9)
        .map(|number| session(&on(day(number), 8), 10, 0, None))
        .collect();
    let taken = [choice(
        0,
        Some("bridge"),
        0,
        "7 s hold",
        true,
        on(day(10), 8),
    )];
    let open = |histories: &[SessionHistory]| {
        progression::offers(
            &program,
            HistoryView {
                histories,
                choices: &taken,
                ..HistoryView::default()
            },
            day(12),
        )
        .len()
    };
    assert_eq!(open(&histories), 0);
    histories.push(session(&on(day(11), 8), 10, 0, None));
    assert_eq!(open(&histories), 1);
}

#[test]
fn an_old_session_that_was_left_is_not_gone_on_with() {
    let program = plan("daily");
    let mut left = session(&on(date(2026, 11, 1), 8), 10, 0, None);
    left.end = None;
    let open = |histories: &[SessionHistory], today| {
        history::unfinished(&program, histories, today).is_some()
    };
    assert!(open(std::slice::from_ref(&left), date(2026, 11, 5)));
    assert!(!open(std::slice::from_ref(&left), date(2027, 1, 15)));
    let later = session(&on(date(2026, 11, 3), 8), 10, 0, None);
    assert!(!open(&[left, later], date(2026, 11, 5)));
}

#[test]
fn a_night_is_no_morning_and_a_given_up_session_stays_on_its_day() {
    let program = program(STEPS);
    let late = [session(
        &date(2026, 11, 20)
            .at(23, 30, 0, 0)
            .in_tz("Europe/Berlin")
            .unwrap(),
        10,
        0,
        None,
    )];
    let asked = |now: Zoned| {
        schedule::morning_after(
            &program,
            HistoryView {
                histories: &late,
                ..HistoryView::default()
            },
            &now,
        )
        .is_some()
    };
    assert!(!asked(
        date(2026, 11, 21)
            .at(0, 10, 0, 0)
            .in_tz("Europe/Berlin")
            .unwrap()
    ));
    assert!(asked(on(date(2026, 11, 21), 7)));
    let mut given_up = session(&on(date(2026, 11, 16), 8), 6 * 24 * 60, 0, None);
    given_up.end.as_mut().unwrap().kind = EndKind::Discarded;
    assert_eq!(history::date_of(&given_up), date(2026, 11, 16));
}

#[test]
fn pain_of_the_morning_that_says_stop_can_end_it_there() {
    let first = Journey::with(STEPS).keys("enter enter").play_on().run();
    let monday = "2026-11-23T07:00+01:00[Europe/Berlin]".parse().unwrap();
    let visit = Journey::with(STEPS)
        .after(first)
        .at(monday)
        .keys("enter")
        .keys("enter")
        .look();
    // Left out at the start; asked no second time in the same run.
    let visit = visit.run();
    assert!(
        visit.looks[0].contains("The next step? Bridge"),
        "{}",
        visit.looks[0]
    );
    let monday = "2026-11-23T07:00+01:00[Europe/Berlin]".parse().unwrap();
    let two = Journey::with(STEPS)
        .after(visit)
        .at(monday)
        .keys("!")
        .look()
        .keys("enter 9 enter")
        .look()
        .keys("enter")
        .look();
    let two = two.run();
    assert!(
        two.looks[0].contains("Pain of 6 or more: Call me."),
        "{}",
        two.looks[0]
    );
    assert!(
        two.looks[1].contains("Your therapist says: Call me."),
        "{}",
        two.looks[1]
    );
    assert!(
        two.looks[2].contains("stopped") && !two.looks[2].contains("is open"),
        "{}",
        two.looks[2]
    );
}

#[test]
fn a_phase_that_is_left_with_a_session_open_says_so() {
    let text = PHASES
        .replace("weeks: 2", "")
        .replace("sessions: 6, pain_at_most: 3", "sessions: 1");
    let first = Journey::with(&text).keys("enter enter").play_on().run();
    let second = Journey::with(&text)
        .after(first)
        .keys("enter 2 enter enter")
        .wait(15.0)
        .keys("ctrl-c")
        .run();
    let back = Journey::with(&text)
        .after(second)
        .keys("n 3 2")
        .look()
        .run();
    assert!(
        back.looks[0].contains("First there is a session left unfinished"),
        "{}",
        back.looks[0]
    );
    assert!(back.looks[0].starts_with(" Today"), "{}", back.looks[0]);
}

#[test]
fn every_word_of_a_question_and_its_answers_can_be_read_at_every_size() {
    let text = STEPS
        .replace(
            "hold: 5 s",
            "side: each, sets: 3, reps: {left: 8, right: 10}, hold: {left: 25 s, right: 20 s}, load: a red band",
        )
        .replace("    side: each, sets", "    side: each\n    sets")
        .replace("{after_sessions: 1, hold: 7 s}", "{after_sessions: 1, hold: {left: 30 s, right: 25 s}, rest: 1 min}");
    let text = text
        .replace(", reps: {left", "\n    reps: {left")
        .replace("10}, hold:", "10}\n    hold:")
        .replace("20 s}, load", "20 s}\n    load");
    let first = Journey::with(&text).keys("enter enter").play_on().run();
    let mut first = Some(first);
    for (width, height) in [(40, 12), (60, 14), (100, 30)] {
        let visit = Journey::with(&text)
            .after(first.take().unwrap())
            .size(width, height)
            .keys("enter")
            .look();
        let visit = visit
            .keys("pgdn")
            .look()
            .keys("pgdn")
            .look()
            .keys("pgdn")
            .look()
            .keys("pgdn pgdn")
            .look()
            .keys("esc")
            .run();
        let all: String = visit
            .looks
            .concat()
            .split_whitespace()
            .collect::<Vec<_>>()
            .join(" ");
        for words in [
            "Now:",
            "Next:",
            "hold each 30 seconds",
            "hold each 25 seconds",
            "rest 1 min",
            "a red band",
            "are met:",
            "(needs 1).",
        ] {
            assert!(all.contains(words), "{words} at {width} x {height}: {all}");
        }
        for look in &visit.looks {
            assert!(
                look.contains("1  Stay with what you do now")
                    && look.contains("2  Go on to the next step"),
                "{look}"
            );
        }
        first = Some(visit);
    }
}
