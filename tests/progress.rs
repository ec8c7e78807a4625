//! The figures of progress, each by an example that was reckoned by hand; the README tells the same
//! ones.

use std::time::Duration;

use jiff::civil::{Date, date};
use jiff::{ToSpan, Zoned};
use regimen::history::SessionHistory;
use regimen::preferences::WeekBegins;
use regimen::program::library::Group;
use regimen::program::muscles::MuscleGroup;
use regimen::program::{PainMoment, Program, Side};
use regimen::progress::{
    Balance, DateSpan, ProgramVersion, ProgressInput, Trend, overview, ratios,
};
use regimen::record::{
    Amount, ChoiceRecord, EndKind, EndRecord, EntryMethod, Outcome, RatingKind, RatingRecord,
    SessionRecord, SetRecord, SkipReason,
};

use crate::support::program;

/// Three times a week two sets of ten, each held five seconds: 100 seconds of work a session.
const BRIDGES: &str = "
title: Bridges
id: bridges
frequency: 3x/week
exercises:
  - {exercise: glute-bridge, sets: 2, reps: 10, hold: 5 s}
";

fn at(day: Date) -> Zoned {
    day.at(8, 0, 0, 0).in_tz("Europe/Berlin").unwrap()
}

fn amount(reps: Option<u16>, seconds: Option<u64>) -> Amount {
    Amount {
        reps,
        time: seconds.map(Duration::from_secs),
    }
}

fn set(day: Date, number: u8, side: Side, prescribed: Amount, done: Amount) -> SetRecord {
    SetRecord {
        id: format!("{day}-{number}-{side:?}"),
        session: day.to_string(),
        exercise: "glute-bridge".to_owned(),
        name: "Glute bridge".to_owned(),
        set: number,
        side,
        prescribed,
        done,
        load: None,
        outcome: if done.reaches(&prescribed) {
            Outcome::Done
        } else {
            Outcome::Partial
        },
        reason: None,
        entry: EntryMethod::Timer,
        at: at(day),
        supersedes: None,
    }
}

fn session(day: Date, sets: Vec<SetRecord>) -> SessionHistory {
    SessionHistory {
        session: SessionRecord {
            id: day.to_string(),
            program: "bridges".to_owned(),
            title: "Bridges".to_owned(),
            hash: String::new(),
            phase: 0,
            short: false,
            sets: 2,
            started: at(day),
        },
        worked: sets.iter().any(|set| set.outcome != Outcome::Skipped),
        sets,
        sets_read: true,
        ratings: Vec::new(),
        notes: Vec::new(),
        end: Some(EndRecord {
            id: String::new(),
            session: day.to_string(),
            kind: EndKind::Finished,
            for_pain: false,
            at: at(day),
        }),
    }
}

/// A session with these seconds done in each of its sets of fifty.
fn bridges(day: Date, seconds: &[u64]) -> SessionHistory {
    let sets = seconds.iter().zip(1..).map(|(seconds, number)| {
        let reps = u16::try_from(seconds / 5).unwrap();
        set(
            day,
            number,
            Side::Both,
            amount(Some(10), Some(50)),
            amount(Some(reps), Some(*seconds)),
        )
    });
    session(day, sets.collect())
}

fn over<T>(
    program: &Program,
    histories: &[SessionHistory],
    then: impl FnOnce(ProgressInput<'_>) -> T,
) -> T {
    let versions = [ProgramVersion {
        since: Date::MIN,
        program,
    }];
    then(ProgressInput {
        versions: &versions,
        histories,
        choices: &[],
        signs: &[],
        week_begins: WeekBegins::Monday,
        first: None,
    })
}

const BEGIN: Date = date(2026, 11, 2);
/// Two weeks from a Monday on.
const WEEKS: DateSpan = DateSpan {
    from: BEGIN,
    to: date(2026, 11, 15),
};

fn day(number: i64) -> Date {
    BEGIN.checked_add((number - 1).days()).unwrap()
}

#[test]
fn sessions_and_dose_of_two_weeks() {
    // 2 weeks x 3 = 6 sessions of 100 s: 600 s. Done: three whole ones and one with the first set
    // alone.
    let mut histories = vec![
        bridges(day(1), &[50, 50]),
        bridges(day(3), &[50, 50]),
        bridges(day(8), &[50, 50]),
        bridges(day(10), &[50]),
    ];
    over(&program(BRIDGES), &histories, |course| {
        let adherence = course.adherence(WEEKS);
        assert_eq!(
            (adherence.sessions.done, adherence.sessions.prescribed),
            (4.0, 6.0)
        );
        assert_eq!(adherence.sessions.percent(), Some(67));
        assert_eq!(adherence.dose.done, 350.0);
        assert!((adherence.dose.prescribed - 600.0).abs() < 1e-9);
        assert_eq!(adherence.dose.percent(), Some(58));
        assert_eq!(adherence.days, 4);
    });
    // What is done beyond the prescription makes up for nothing, and what is entered by hand is
    // told apart.
    histories[0] = bridges(day(1), &[75, 75]);
    histories[1].sets[0].entry = EntryMethod::Manual;
    over(&program(BRIDGES), &histories, |course| {
        let adherence = course.adherence(WEEKS);
        assert_eq!((adherence.dose.done, adherence.timed), (350.0, 300.0));
    });
}

#[test]
fn a_session_that_was_not_finished_counts_for_the_dose_alone() {
    let mut histories = vec![bridges(day(1), &[50, 50]), bridges(day(3), &[50])];
    histories[1].end = None;
    over(&program(BRIDGES), &histories, |course| {
        let adherence = course.adherence(WEEKS);
        assert_eq!((adherence.sessions.done, adherence.dose.done), (1.0, 150.0));
    });
}

#[test]
fn what_a_day_asks_for_follows_the_frequency() {
    let prescribed = |frequency: &str, span: DateSpan| {
        let text = BRIDGES.replace("3x/week", frequency);
        over(&program(&text), &[], |course| {
            course.adherence(span).sessions.prescribed
        })
    };
    assert_eq!(prescribed("daily", WEEKS), 14.0);
    assert_eq!(prescribed("2x/day", WEEKS), 28.0);
    assert_eq!(prescribed("[mon, wed, fri]", WEEKS), 6.0);
    assert_eq!(prescribed("every 3 days", WEEKS), 5.0);
    assert_eq!(prescribed("as needed", WEEKS), 0.0);
    // Ten days of three a week: 10 x 3/7 = 4.3.
    assert_eq!(
        prescribed(
            "3x/week",
            DateSpan {
                to: date(2026, 11, 11),
                ..WEEKS
            }
        ),
        4.0
    );
}

#[test]
fn the_days_that_count_begin_with_the_program_and_end_with_what_is_over() {
    let text = BRIDGES.replace("frequency", "prescribed: 2026-11-04\nfrequency");
    let histories = [bridges(day(5), &[50, 50])];
    over(&program(&text), &histories, |course| {
        let today = date(2026, 11, 15);
        assert_eq!(
            course.span(BEGIN, today),
            Some(DateSpan {
                from: date(2026, 11, 4),
                to: date(2026, 11, 14)
            })
        );
        assert_eq!(course.span(BEGIN, day(5)).unwrap().to, day(5));
        assert_eq!(course.span(date(2026, 11, 15), today), None);
    });
    over(&program(BRIDGES), &[], |course| {
        assert_eq!(course.span(BEGIN, WEEKS.to), None);
    });
}

#[test]
fn self_paced_repetitions_count_four_seconds_each() {
    let text = BRIDGES.replace(", hold: 5 s", "");
    let sets = vec![set(
        day(1),
        1,
        Side::Both,
        amount(Some(10), None),
        amount(Some(7), Some(90)),
    )];
    over(&program(&text), &[session(day(1), sets)], |course| {
        let adherence = course.adherence(DateSpan { to: BEGIN, ..WEEKS });
        assert_eq!(adherence.dose.done, 28.0);
        // Two sets of ten: 80 s. What was done on the first day of the week is what was due on it.
        assert_eq!(
            (adherence.dose.prescribed, adherence.sessions.prescribed),
            (80.0, 1.0)
        );
    });
}

#[test]
fn a_program_that_changed_is_reckoned_as_it_was() {
    let (old, new) = (
        program(BRIDGES),
        program(&BRIDGES.replace("sets: 2", "sets: 4")),
    );
    let versions = [
        ProgramVersion {
            since: BEGIN,
            program: &old,
        },
        ProgramVersion {
            since: day(8),
            program: &new,
        },
    ];
    let course = ProgressInput {
        versions: &versions,
        histories: &[],
        choices: &[],
        signs: &[],
        week_begins: WeekBegins::Monday,
        first: None,
    };
    // One week of 3 x 100 s, one of 3 x 200 s.
    assert!((course.adherence(WEEKS).dose.prescribed - 900.0).abs() < 1e-9);
}

#[test]
fn left_against_right() {
    // 40 s against 50 s: the weaker side reaches 80 % of the stronger, and is 20 % behind.
    let balance = Balance::of(40.0, 50.0).unwrap();
    assert_eq!(
        (balance.weaker, balance.index, balance.difference()),
        (Side::Left, 80.0, 20.0)
    );
    assert_eq!(Balance::of(30.0, 30.0).unwrap().weaker, Side::Both);
    assert_eq!(Balance::of(0.0, 0.0), None);
    let test = |day: Date, left: u64, right: u64| {
        let open = Amount::default();
        let of = |number, side, seconds| set(day, number, side, open, amount(None, Some(seconds)));
        // Two tries on each side: the better one counts.
        session(
            day,
            vec![
                of(1, Side::Left, left - 5),
                of(2, Side::Left, left),
                of(1, Side::Right, right),
                of(2, Side::Right, right - 9),
            ],
        )
    };
    over(
        &program(BRIDGES),
        &[test(day(1), 30, 60), test(day(8), 40, 50)],
        |course| {
            let tests = course.tests(WEEKS);
            assert_eq!(tests.len(), 1);
            assert_eq!(
                (tests[0].last(Side::Left), tests[0].best(Side::Right)),
                (Some(40.0), Some(60.0))
            );
            assert_eq!(tests[0].balance(), Some(balance));
            // A test is no dose.
            assert_eq!(course.adherence(WEEKS).dose.done, 0.0);
        },
    );
}

#[test]
fn the_trend_of_pain_is_its_beginning_against_its_end() {
    let mut histories: Vec<SessionHistory> = (1..=7)
        .map(|number| bridges(day(number), &[50, 50]))
        .collect();
    for (history, value) in histories.iter_mut().zip([5, 4, 4, 3, 3, 2, 1]) {
        history.ratings.push(RatingRecord {
            id: String::new(),
            session: history.session.id.clone(),
            kind: RatingKind::Pain,
            moment: PainMoment::Before,
            exercise: None,
            value,
            at: history.session.started.clone(),
            supersedes: None,
        });
    }
    over(&program(BRIDGES), &histories, |course| {
        let said = course.said(WEEKS, RatingKind::Pain, PainMoment::Before);
        // (5 + 4 + 4) / 3 = 4.33; (3 + 2 + 1) / 3 = 2.
        let trend = Trend::of(&said).unwrap();
        assert!((trend.first - 13.0 / 3.0).abs() < 1e-9 && (trend.last - 2.0).abs() < 1e-9);
        assert_eq!(Trend::of(&said[..5]), None);
        assert!(
            course
                .said(WEEKS, RatingKind::Pain, PainMoment::After)
                .is_empty()
        );
    });
}

#[test]
fn volume_by_muscle_and_what_was_left_out() {
    let mut histories = vec![bridges(day(1), &[50, 50]), bridges(day(3), &[50, 20])];
    histories[1].sets[1].reason = Some(SkipReason::TooHard);
    over(&program(BRIDGES), &histories, |course| {
        let muscles = course.muscles(WEEKS);
        assert!(
            muscles.contains(&("gluteus-maximus".to_owned(), 170.0)),
            "{muscles:?}"
        );
        assert_eq!(course.groups(WEEKS).get(&MuscleGroup::Hip), Some(&170.0));
        assert_eq!(
            course.left_out(WEEKS),
            [("Glute bridge".to_owned(), SkipReason::TooHard, 1)]
        );
        let series = course.exercises(WEEKS);
        assert_eq!(
            series[0]
                .points
                .iter()
                .map(|(_, share)| share.percent().unwrap())
                .collect::<Vec<_>>(),
            [100, 70]
        );
    });
}

#[test]
fn volume_is_that_of_the_muscles_that_are_trained_and_never_of_breathing() {
    let text = "
title: Deep core
id: bridges
frequency: 3x/week
exercises:
  - {exercise: bird-dog, sets: 1, reps: 6, hold: 10 s}
  - {exercise: multifidus-lift, sets: 1, reps: 5, hold: 5 s}
  - {exercise: front-plank, hold: 40 s}
  - {exercise: diaphragmatic-breathing, duration: 2 min}
  - {name: Wall slide, instructions: Slide., reps: 10, hold: 3 s, muscles: {strengthens: [trapezius, diaphragm]}}
";
    let work = |name: &str, number, seconds| SetRecord {
        exercise: name.to_owned(),
        ..set(
            day(1),
            number,
            Side::Both,
            amount(None, Some(seconds)),
            amount(None, Some(seconds)),
        )
    };
    // 60 s of bird dog, 25 s of the multifidus lift, 40 s of plank, 120 s of breathing, 30 s of
    // wall slides.
    let sets = vec![
        work("bird-dog", 1, 60),
        work("multifidus-lift", 2, 25),
        work("front-plank", 3, 40),
        work("diaphragmatic-breathing", 4, 120),
        work("wall-slide", 5, 30),
    ];
    over(&program(text), &[session(day(1), sets)], |course| {
        let muscles = course.muscles(WEEKS);
        let of = |id: &str| {
            muscles
                .iter()
                .find(|(muscle, _)| muscle == id)
                .map(|(_, seconds)| *seconds)
        };
        assert_eq!(of("multifidus"), Some(60.0 + 25.0));
        assert_eq!(of("erector-spinae"), Some(60.0));
        assert_eq!(
            of("transversus-abdominis"),
            Some(40.0),
            "in the bird dog it only helps"
        );
        // The upper back only helps in both, so it has what the therapist wrote.
        assert_eq!(
            (of("trapezius"), of("serratus-anterior"), of("diaphragm")),
            (Some(30.0), None, None)
        );
        let groups = course.groups(WEEKS);
        // Deep trunk: bird dog, lift, plank. Superficial: bird dog and plank. Hip: bird dog.
        let wanted = [
            (MuscleGroup::DeepTrunk, 125.0),
            (MuscleGroup::SuperficialTrunk, 100.0),
            (MuscleGroup::Hip, 60.0),
            (MuscleGroup::Shoulder, 30.0),
        ];
        assert_eq!(groups.into_iter().collect::<Vec<_>>(), wanted);
    });
}

#[test]
fn no_core_exercise_of_the_library_counts_for_the_shoulder() {
    let core =
        |exercise: &&regimen::program::library::LibraryExercise| exercise.group == Group::Core;
    for exercise in regimen::program::library::all().filter(core) {
        let shoulder = |id: &String| {
            regimen::program::muscles::find(id)
                .is_some_and(|muscle| muscle.group == MuscleGroup::Shoulder)
        };
        assert!(
            !exercise.muscles.strengthens.iter().any(shoulder),
            "{}",
            exercise.id
        );
    }
}

#[test]
fn tests_against_each_other() {
    // 120 s, 60 s and 90 s: the others are 0.50 and 0.75 of the longest.
    let test = |name: &str, number, seconds| SetRecord {
        exercise: name.to_owned(),
        name: name.to_owned(),
        ..set(
            day(1),
            number,
            Side::Both,
            Amount::default(),
            amount(None, Some(seconds)),
        )
    };
    let sets = vec![
        test("Extensor", 1, 120),
        test("Flexor", 1, 60),
        test("Side bridge", 1, 90),
    ];
    over(&program(BRIDGES), &[session(day(1), sets)], |course| {
        let ratios = ratios(&course.tests(WEEKS));
        let told: Vec<(&str, &str, f64)> = ratios
            .iter()
            .map(|ratio| (ratio.of.as_str(), ratio.to.as_str(), ratio.value))
            .collect();
        assert_eq!(
            told,
            [
                ("Flexor", "Extensor", 0.5),
                ("Side bridge", "Extensor", 0.75)
            ]
        );
    });
    // One test has nothing to be compared with.
    assert!(ratios(&[]).is_empty());
}

#[test]
fn the_level_of_an_exercise_is_the_mean_of_its_sets_that_were_not_left_out() {
    // Sets of 50 s and 20 s: 35 s on average, of 50 s; one that was left out says nothing of the
    // level.
    let mut histories = vec![bridges(day(1), &[50, 20])];
    histories[0].sets.push(SetRecord {
        outcome: Outcome::Skipped,
        ..set(
            day(1),
            3,
            Side::Both,
            amount(Some(10), Some(50)),
            amount(None, None),
        )
    });
    over(&program(BRIDGES), &histories, |course| {
        let series = course.exercises(WEEKS);
        let (on, level) = series[0].levels[0];
        assert_eq!(
            (on, level.done, level.prescribed, series[0].counts_reps),
            (day(1), 35.0, 50.0, false)
        );
    });
}

#[test]
fn a_step_counts_for_the_dose_from_the_day_on_which_it_was_taken() {
    let text = BRIDGES.replace(
        "hold: 5 s}",
        "hold: 5 s, progression: [{week: 1, sets: 4}]}",
    );
    let program = program(&text);
    let taken = ChoiceRecord {
        id: String::new(),
        program: "bridges".to_owned(),
        phase: 0,
        exercise: Some("glute-bridge".to_owned()),
        step: 0,
        dose: "4 sets of 10, hold 5 s each, rest 45 s".to_owned(),
        taken: true,
        evidence: String::new(),
        at: at(day(8)),
    };
    let versions = [ProgramVersion {
        since: BEGIN,
        program: &program,
    }];
    let choices = [taken];
    let course = ProgressInput {
        versions: &versions,
        histories: &[],
        choices: &choices,
        signs: &[],
        week_begins: WeekBegins::Monday,
        first: None,
    };
    // One week of 3 x 100 s, one of 3 x 200 s.
    assert!((course.adherence(WEEKS).dose.prescribed - 900.0).abs() < 1e-9);
    // Taken after the session of that day, at eight, it asks nothing more of it.
    let daily = self::program(&text.replace("3x/week", "daily"));
    let versions = [ProgramVersion {
        since: BEGIN,
        program: &daily,
    }];
    let histories = [bridges(day(8), &[50, 50])];
    let later = [ChoiceRecord {
        at: day(8).at(9, 0, 0, 0).in_tz("Europe/Berlin").unwrap(),
        ..choices[0].clone()
    }];
    let of_the_day = |choices: &[ChoiceRecord]| {
        let course = ProgressInput {
            versions: &versions,
            histories: &histories,
            choices,
            ..course
        };
        course
            .adherence(DateSpan {
                from: day(8),
                to: day(8),
            })
            .dose
            .percent()
    };
    assert_eq!(
        (of_the_day(&choices), of_the_day(&later)),
        (Some(50), Some(100))
    );
}

#[test]
fn weeks_begin_where_the_patient_says_and_each_day_tells_what_was_done() {
    let histories = [bridges(day(1), &[50, 50]), bridges(day(7), &[50, 50])];
    let program = program(BRIDGES);
    let versions = [ProgramVersion {
        since: BEGIN,
        program: &program,
    }];
    let weeks = |week_begins| {
        let course = ProgressInput {
            versions: &versions,
            histories: &histories,
            choices: &[],
            signs: &[],
            week_begins,
            first: None,
        };
        let report = overview::overview(&course, BEGIN, day(10)).unwrap();
        let finished = |week: &overview::Week| week.days.map(|day| day.finished);
        report
            .weeks
            .iter()
            .map(|week| (week.begins, finished(week)))
            .collect::<Vec<_>>()
    };
    assert_eq!(
        weeks(WeekBegins::Monday),
        [
            (BEGIN, [1, 0, 0, 0, 0, 0, 1]),
            (day(8), [0, 0, 0, 0, 0, 0, 0])
        ]
    );
    // From Sunday the first of November on.
    assert_eq!(
        weeks(WeekBegins::Sunday),
        [
            (date(2026, 11, 1), [0, 1, 0, 0, 0, 0, 0]),
            (day(7), [1, 0, 0, 0, 0, 0, 0])
        ]
    );
}
