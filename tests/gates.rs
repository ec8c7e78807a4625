//! What opens a step or a phase: what was achieved, not what was attended. And sums that never
//! exceed what was due.

use std::time::Duration;

use jiff::civil::{Date, date};
use jiff::{SignedDuration, ToSpan, Zoned};
use proptest::prelude::*;
use regimen::calendar;
use regimen::history::{self, HistoryView};
use regimen::history::{SessionHistory, StopSign};
use regimen::preferences::WeekBegins;
use regimen::program::{PainMoment, Program, Side};
use regimen::progress::{DateSpan, ProgramVersion, ProgressInput};
use regimen::progression;
use regimen::record::{
    Amount, ChoiceRecord, EndKind, EndRecord, EntryMethod, Outcome, RatingKind, RatingRecord,
    SessionRecord, SetRecord, SkipReason, StopSignRecord,
};
use regimen::schedule::{self, Due};

use crate::support::{Journey, program, sets};

const BEGIN: Date = date(2026, 11, 2);

fn day(number: i64) -> Date {
    BEGIN.checked_add((number - 1).days()).unwrap()
}

fn at(day: Date) -> Zoned {
    day.at(18, 0, 0, 0).in_tz("Europe/Berlin").unwrap()
}

/// One set as it was done: seconds of twenty, and why not all of them.
#[derive(Debug, Clone, Copy)]
struct Done(&'static str, u64, Option<SkipReason>);

/// A session of a day: its sets of twenty seconds each, and how it ended.
#[derive(Debug, Clone)]
struct Held {
    day: Date,
    sets: Vec<Done>,
    pain: Vec<(Option<&'static str>, u8)>,
    end: Option<EndKind>,
    short: bool,
}

impl Held {
    fn full(number: i64, pain: u8) -> Self {
        let sets = ["squat", "squat", "bridge", "bridge"]
            .map(|id| Done(id, 20, None))
            .to_vec();
        Self {
            day: day(number),
            sets,
            pain: vec![(None, pain)],
            end: Some(EndKind::Finished),
            short: false,
        }
    }

    fn without(number: i64, id: &'static str, seconds: u64, reason: SkipReason) -> Self {
        let mut held = Self::full(number, 0);
        for set in held.sets.iter_mut().filter(|set| set.0 == id) {
            *set = Done(id, seconds, Some(reason));
        }
        held
    }

    fn history(&self) -> SessionHistory {
        let (id, begun) = (self.day.to_string(), at(self.day));
        let ended = begun.checked_add(SignedDuration::from_mins(20)).unwrap();
        let mut numbers = std::collections::HashMap::new();
        let sets: Vec<SetRecord> = self
            .sets
            .iter()
            .map(|Done(exercise, seconds, reason)| {
                let number = numbers
                    .entry(*exercise)
                    .and_modify(|number| *number += 1)
                    .or_insert(1_u8);
                SetRecord {
                    id: format!("{id}-{exercise}-{number}"),
                    session: id.clone(),
                    exercise: (*exercise).to_owned(),
                    name: (*exercise).to_owned(),
                    set: *number,
                    side: Side::Both,
                    prescribed: Amount {
                        reps: None,
                        time: Some(Duration::from_secs(20)),
                    },
                    done: Amount {
                        reps: None,
                        time: Some(Duration::from_secs(*seconds)),
                    },
                    load: None,
                    outcome: match seconds {
                        0 => Outcome::Skipped,
                        1..20 => Outcome::Partial,
                        _ => Outcome::Done,
                    },
                    reason: reason.filter(|_| *seconds < 20),
                    entry: EntryMethod::Timer,
                    at: ended.clone(),
                    supersedes: None,
                }
            })
            .collect();
        let symptom = |(exercise, value): &(Option<&str>, u8)| RatingRecord {
            id: format!("{id}-{exercise:?}-{value}"),
            session: id.clone(),
            kind: RatingKind::Pain,
            moment: if exercise.is_some() {
                PainMoment::Each
            } else {
                PainMoment::After
            },
            exercise: exercise.map(str::to_owned),
            value: *value,
            at: ended.clone(),
            supersedes: None,
        };
        SessionHistory {
            session: SessionRecord {
                id: id.clone(),
                program: "legs".to_owned(),
                title: "Legs".to_owned(),
                hash: String::new(),
                phase: 0,
                short: self.short,
                sets: 4,
                started: begun,
            },
            worked: sets.iter().any(|set| set.outcome != Outcome::Skipped),
            sets,
            sets_read: true,
            ratings: self.pain.iter().map(symptom).collect(),
            notes: Vec::new(),
            end: self.end.map(|kind| EndRecord {
                id: String::new(),
                session: id,
                kind,
                for_pain: false,
                at: ended,
            }),
        }
    }
}

/// Two exercises of two sets of twenty seconds; the squat has a step.
fn legs(condition: &str) -> Program {
    program(&format!(
        "title: Legs\nid: legs\nfrequency: daily\npain:\n  bands: [{{up_to: 5, label: fine}}, {{up_to: 10, label: stop, stop: true}}]\nexercises:\n  - name: Squat\n    sets: 2\n    hold: 20 s\n    progression: [{{{condition}, load: 5 kg}}]\n  - {{name: Bridge, sets: 2, hold: 20 s}}\n"
    ))
}

fn phases(condition: &str) -> Program {
    program(&format!(
        "title: Legs\nid: legs\nfrequency: daily\nphases:\n  - title: One\n    {condition}\n    exercises:\n      - {{name: Squat, sets: 2, hold: 20 s}}\n      - {{name: Bridge, sets: 2, hold: 20 s}}\n  - title: Two\n    exercises:\n      - {{name: Squat, sets: 3, hold: 20 s}}\n"
    ))
}

fn open(program: &Program, held: &[Held], today: Date) -> bool {
    let histories: Vec<SessionHistory> = held.iter().map(Held::history).collect();
    !progression::offers(
        program,
        HistoryView {
            histories: &histories,
            ..HistoryView::default()
        },
        today,
    )
    .is_empty()
}

fn evidence(program: &Program, held: &[Held], today: Date) -> String {
    let histories: Vec<SessionHistory> = held.iter().map(Held::history).collect();
    let past = HistoryView {
        histories: &histories,
        ..HistoryView::default()
    };
    progression::advancements(program, past, today)
        .iter()
        .map(progression::Advancement::evidence)
        .collect::<Vec<_>>()
        .join(" / ")
}

#[test]
fn sessions_in_which_an_exercise_was_skipped_open_no_step_of_it() {
    let program = legs("after_sessions: 3, pain_at_most: 2");
    let full: Vec<Held> = (1..=3).map(|number| Held::full(number, 0)).collect();
    assert!(open(&program, &full, day(4)));
    for reason in SkipReason::CHOICES {
        for seconds in [0, 19] {
            let held: Vec<Held> = (1..=3)
                .map(|number| Held::without(number, "squat", seconds, reason))
                .collect();
            assert!(!open(&program, &held, day(4)), "{reason:?}, {seconds} s");
        }
    }
    // What was done of another exercise says nothing of this one.
    let other: Vec<Held> = (1..=3)
        .map(|number| Held::without(number, "bridge", 0, SkipReason::NoTime))
        .collect();
    assert!(open(&program, &other, day(4)));
}

#[test]
fn a_pain_skip_without_a_number_keeps_the_condition_unmet() {
    let program = legs("after_sessions: 3, pain_at_most: 2");
    let mut held: Vec<Held> = (1..=5).map(|number| Held::full(number, 0)).collect();
    held.push(Held::without(6, "squat", 0, SkipReason::Pain));
    assert!(!open(&program, &held, day(7)));
    assert!(
        evidence(&program, &held, day(7))
            .contains("pain in the last 3 sessions: 0, 0, skipped for pain (limit 2)")
    );
    // The number that was given counts: within the limit, and beyond it.
    held[5].pain.push((Some("squat"), 2));
    assert!(open(&program, &held, day(7)));
    held[5].pain.push((Some("squat"), 3));
    assert!(!open(&program, &held, day(7)));
    // The pain of another exercise is not this one's.
    let mut other: Vec<Held> = (1..=4).map(|number| Held::full(number, 0)).collect();
    other.push(Held::without(5, "bridge", 0, SkipReason::Pain));
    other[4].pain.push((Some("bridge"), 5));
    assert!(open(&program, &other, day(6)));
}

#[test]
fn a_session_broken_off_for_pain_counts_for_nothing_and_is_pain() {
    let program = legs("after_sessions: 3");
    let mut held: Vec<Held> = (1..=3).map(|number| Held::full(number, 0)).collect();
    assert!(open(&program, &held, day(4)));
    // The squats were done before the bridge hurt; the session ended there.
    held[2].sets = vec![
        Done("squat", 20, None),
        Done("squat", 20, None),
        Done("bridge", 4, Some(SkipReason::Pain)),
    ];
    held[2].end = Some(EndKind::EndedEarly);
    assert!(!open(&program, &held, day(4)));
    // Ended early for another reason, with all squats done, it counts for the squat.
    held[2].sets[2] = Done("bridge", 4, Some(SkipReason::Stopped));
    assert!(open(&program, &held, day(4)));
    // With only one of the two squats it does not.
    held[2].sets.remove(0);
    assert!(!open(&program, &held, day(4)));
}

#[test]
fn a_short_session_counts_for_the_exercises_that_were_in_it() {
    let mut held: Vec<Held> = (1..=3).map(|number| Held::full(number, 0)).collect();
    held[2].sets.truncate(2);
    held[2].short = true;
    assert!(open(&legs("after_sessions: 3"), &held, day(4)));
    // Half of the dose is not enough for a phase.
    assert!(!open(&phases("advance_when: {sessions: 3}"), &held, day(4)));
}

#[test]
fn a_phase_counts_sessions_with_four_fifths_of_the_dose() {
    let program = phases("advance_when: {sessions: 2}");
    let with = |seconds: u64| {
        let mut held = [Held::full(1, 0), Held::full(2, 0)];
        held[1].sets[3] = Done("bridge", seconds, Some(SkipReason::TooHard));
        open(&program, &held, day(3))
    };
    // 80 s in all: 64 s are four fifths.
    assert_eq!((with(4), with(3)), (true, false));
    // What was left for pain counts only where the therapist names a limit, and a number within it
    // was given.
    let mut held: Vec<Held> = (1..=3).map(|number| Held::full(number, 0)).collect();
    held[2].sets[3] = Done("bridge", 15, Some(SkipReason::Pain));
    assert!(!open(&phases("advance_when: {sessions: 3}"), &held, day(4)));
    let limited = phases("advance_when: {sessions: 3, pain_at_most: 3}");
    assert!(!open(&limited, &held, day(4)));
    held[2].pain.push((Some("bridge"), 3));
    assert!(open(&limited, &held, day(4)));
}

#[test]
fn weeks_without_a_session_that_counts_do_not_count() {
    let program = legs("week: 3");
    let held = [Held::full(1, 0)];
    for number in [8, 15, 22, 43] {
        assert!(!open(&program, &held, day(number)), "day {number}");
    }
    let weekly: Vec<Held> = [1, 3, 8, 10]
        .into_iter()
        .map(|number| Held::full(number, 0))
        .collect();
    assert!(!open(&program, &weekly, day(14)));
    assert!(open(&program, &weekly, day(15)));
    // A week in which the squat was skipped each time is no week of it.
    let mut skipped = weekly.clone();
    for held in &mut skipped[2..] {
        *held = Held {
            day: held.day,
            ..Held::without(1, "squat", 0, SkipReason::NoTime)
        };
    }
    assert!(!open(&program, &skipped, day(15)));
}

#[test]
fn after_two_weeks_away_two_sessions_come_before_any_step() {
    let program = legs("after_sessions: 2");
    let mut held = vec![Held::full(1, 0), Held::full(2, 0)];
    assert!(open(&program, &held, day(15)));
    assert!(!open(&program, &held, day(16)));
    assert!(
        evidence(&program, &held, day(16))
            .contains("after your break: 2 sessions at this dose first")
    );
    held.push(Held::full(20, 0));
    assert!(!open(&program, &held, day(21)));
    assert!(
        evidence(&program, &held, day(21))
            .contains("after your break: 1 session at this dose first")
    );
    held.push(Held::full(21, 0));
    assert!(open(&program, &held, day(22)));
    // Where sessions are two weeks apart by prescription that is no break.
    let rare = self::program(
        "title: Legs\nid: legs\nfrequency: every 14 days\nexercises:\n  - {name: Squat, sets: 2, hold: 20 s, progression: [{after_sessions: 2, load: 5 kg}]}\n  - {name: Bridge, sets: 2, hold: 20 s}\n",
    );
    assert!(open(&rare, &[Held::full(1, 0), Held::full(15, 0)], day(29)));
}

#[test]
fn the_first_page_welcomes_back_and_says_what_comes_first() {
    let text = "title: Legs\nid: legs\nfrequency: daily\npain: {ask: []}\nexercises: [{name: Squat, hold: 5 s, get_ready: 0 s, progression: [{after_sessions: 1, hold: 7 s}]}]\n";
    let first = Journey::with(text).keys("enter enter").play_on().run();
    let on = |day: u8| {
        format!("2026-12-{day}T09:00+01:00[Europe/Berlin]")
            .parse()
            .unwrap()
    };
    let back = Journey::with(text)
        .after(first)
        .at(on(10))
        .look()
        .keys("enter")
        .play_on()
        .run();
    assert!(
        back.looks[0].contains("Welcome back. Your first sessions are at the dose you know."),
        "{}",
        back.looks[0]
    );
    assert_eq!(sets(&back.histories[1]), ["squat Both 1 Done 5.0 s"]);
    let again = Journey::with(text)
        .after(back)
        .at(on(11))
        .look()
        .keys("enter")
        .play_on()
        .run();
    assert!(
        again.looks[0].contains("Welcome back."),
        "{}",
        again.looks[0]
    );
    let open = Journey::with(text).after(again).at(on(12)).look().run();
    assert!(
        !open.looks[0].contains("Welcome back") && open.looks[0].contains("You can move on"),
        "{}",
        open.looks[0]
    );
}

#[test]
fn a_program_whose_last_phase_is_over_is_finished_and_promises_nothing() {
    let program = self::program(
        "title: Legs\nid: legs\nfrequency: daily\nphases:\n  - title: Only\n    weeks: 1\n    exercises:\n      - {name: Squat, sets: 2, hold: 20 s}\n      - {name: Bridge, sets: 2, hold: 20 s}\n",
    );
    let histories: Vec<SessionHistory> = (1..=5)
        .map(|number| Held::full(number, 0).history())
        .collect();
    let past = HistoryView {
        histories: &histories,
        ..HistoryView::default()
    };
    let standing = |number| schedule::status(&program, past, day(number));
    assert_eq!(standing(7).due, Due::Today(1));
    let over = standing(8);
    assert_eq!(
        (over.due, over.next, over.a_week),
        (Due::Finished, None, None)
    );
    assert!(progression::advancements(&program, past, day(8)).is_empty());
    assert!(progression::offers(&program, past, day(8)).is_empty());
    // No calendar asks for what is over.
    let entry = calendar::Entry {
        program: &program,
        past,
        fallback: &[],
        chosen: &[],
    };
    assert_eq!(calendar::without_event(&entry, day(7)), None);
    assert_eq!(
        calendar::without_event(&entry, day(8)),
        Some(calendar::Without::Finished)
    );
}

/// A stop sign of the legs that was reported on the third day.
fn numbness(cleared: Option<Zoned>) -> StopSign {
    StopSign {
        reported: StopSignRecord {
            id: "s".to_owned(),
            program: "legs".to_owned(),
            hash: "h".to_owned(),
            session: None,
            exercise: None,
            words: "Numbness".to_owned(),
            at: at(day(3)),
        },
        cleared,
    }
}

#[test]
fn nothing_opens_while_a_stop_sign_is_open() {
    let program = legs("after_sessions: 2");
    let histories: Vec<SessionHistory> = (1..=2)
        .map(|number| Held::full(number, 0).history())
        .collect();
    let signs = [numbness(None)];
    let past = HistoryView {
        histories: &histories,
        ..HistoryView::default()
    };
    assert_eq!(progression::offers(&program, past, day(4)).len(), 1);
    let stopped = HistoryView {
        signs: &signs,
        ..past
    };
    assert!(progression::offers(&program, stopped, day(4)).is_empty());
    let standing = schedule::status(&program, stopped, day(4));
    assert_eq!((standing.due, standing.next), (Due::Stopped, None));
    assert!(
        progression::advancements(&program, stopped, day(4))[0]
            .evidence()
            .contains("you reported a stop sign on 4 November")
    );
    // Neither is another day promised before it is cleared up.
    for (frequency, due) in [
        ("every 3 days", Due::Stopped),
        ("[fri]", Due::Stopped),
        ("2x/week", Due::Stopped),
    ] {
        let text = format!(
            "title: Legs\nid: legs\nfrequency: {frequency}\nexercises: [{{name: Squat, hold: 20 s}}]\n"
        );
        let standing = schedule::status(&self::program(&text), stopped, day(3));
        assert_eq!((standing.due, standing.next), (due, None), "{frequency}");
    }
}

#[test]
fn a_tempo_is_words_for_people_and_stays_notation_in_the_records() {
    let text = "title: Legs\nid: legs\nfrequency: daily\nexercises:\n  - {name: Squat, reps: 5, tempo: 3-1-2-0, progression: [{week: 1, tempo: 4-0-2-0}]}\n";
    let program = program(text);
    let gates = progression::advancements(&program, HistoryView::default(), BEGIN);
    assert_eq!(gates[0].now, "5 reps; lower 3 s, pause 1 s, lift 2 s");
    assert_eq!(
        (gates[0].words.as_str(), gates[0].dose.as_str()),
        ("5 reps; lower 4 s, lift 2 s", "5 reps, tempo 4-0-2-0")
    );
    // A step that was taken when the records said it in notation goes on to hold.
    let taken = ChoiceRecord {
        id: "c".to_owned(),
        program: "legs".to_owned(),
        phase: 0,
        exercise: Some("squat".to_owned()),
        step: 0,
        dose: "5 reps, tempo 4-0-2-0".to_owned(),
        taken: true,
        evidence: String::new(),
        at: at(BEGIN),
    };
    assert_eq!(progression::steps(&program, 0, &[taken]), [1]);
}

#[test]
fn a_phase_that_asks_for_little_pain_alone_still_asks_for_work() {
    let program = phases("advance_when: {pain_at_most: 3}");
    let held: Vec<Held> = (1..=3).map(|number| Held::full(number, 1)).collect();
    assert!(open(&program, &held, day(4)));
    let barely: Vec<Held> = (1..=3)
        .map(|number| {
            let sets = vec![
                Done("squat", 20, None),
                Done("bridge", 0, Some(SkipReason::NoTime)),
            ];
            Held {
                sets: [sets.clone(), sets[1..].repeat(2)].concat(),
                ..Held::full(number, 1)
            }
        })
        .collect();
    assert!(!open(&program, &barely, day(4)));
    // After a long time away even what counted is not enough.
    assert!(!open(&program, &held, day(60)));
}

#[test]
fn what_is_over_or_stopped_is_not_missed() {
    let program = self::program(
        "title: Legs\nid: legs\nfrequency: daily\nphases:\n  - title: Only\n    weeks: 1\n    exercises:\n      - {name: Squat, sets: 2, hold: 20 s}\n      - {name: Bridge, sets: 2, hold: 20 s}\n",
    );
    let histories: Vec<SessionHistory> = (1..=7)
        .map(|number| Held::full(number, 0).history())
        .collect();
    let versions = [ProgramVersion {
        since: Date::MIN,
        program: &program,
    }];
    let course = |histories, signs, versions| ProgressInput {
        versions,
        histories,
        choices: &[],
        signs,
        week_begins: WeekBegins::Monday,
        first: None,
    };
    let all = |course: ProgressInput<'_>, to: i64| {
        let adherence = course.adherence(DateSpan {
            from: BEGIN,
            to: day(to),
        });
        (adherence.sessions.done, adherence.sessions.prescribed)
    };
    assert_eq!(all(course(&histories, &[], &versions), 50), (7.0, 7.0));
    // With a sign open from the third day on nothing is due until it is cleared up on the tenth.
    let legs = legs("week: 50");
    let versions = [ProgramVersion {
        since: Date::MIN,
        program: &legs,
    }];
    let reported = |cleared| [numbness(cleared)];
    let few = &histories[..3];
    let (stopped, cleared) = (reported(None), reported(Some(at(day(10)))));
    assert_eq!(all(course(few, &stopped, &versions), 20), (3.0, 3.0));
    assert_eq!(all(course(few, &cleared, &versions), 12), (3.0, 6.0));
}

#[test]
fn a_finished_program_offers_nothing_and_has_no_place_in_a_calendar() {
    let program = self::program(
        "title: Legs\nid: legs\nfrequency: daily\nphases:\n  - title: Only\n    weeks: 1\n    exercises:\n      - {name: Squat, sets: 2, hold: 20 s, progression: [{after_sessions: 1, sets: 3}]}\n      - {name: Bridge, sets: 2, hold: 20 s}\n",
    );
    let histories: Vec<SessionHistory> = (1..=7)
        .map(|number| Held::full(number, 0).history())
        .collect();
    let past = HistoryView {
        histories: &histories,
        ..HistoryView::default()
    };
    assert_eq!(progression::offers(&program, past, day(6)).len(), 1);
    assert!(progression::offers(&program, past, day(9)).is_empty());
    let entry = regimen::calendar::Entry {
        program: &program,
        past,
        fallback: &[],
        chosen: &[],
    };
    assert_eq!(
        regimen::calendar::without_event(&entry, day(9)),
        Some(regimen::calendar::Without::Finished)
    );
}

#[test]
fn pain_of_a_session_that_was_not_read_keeps_a_step_closed() {
    let program = legs("after_sessions: 3, pain_at_most: 2");
    let mut histories: Vec<SessionHistory> = (1..=4)
        .map(|number| Held::full(number, 0).history())
        .collect();
    let offered = |histories: &[SessionHistory]| {
        progression::offers(
            &program,
            HistoryView {
                histories,
                ..HistoryView::default()
            },
            day(5),
        )
        .len()
    };
    assert_eq!(offered(&histories), 1);
    histories[3].sets.clear();
    histories[3].sets_read = false;
    assert_eq!(offered(&histories), 0);
}

fn outcome() -> impl Strategy<Value = Done> {
    let id = prop::sample::select(vec!["squat", "bridge"]);
    let seconds = prop_oneof![6 => Just(20_u64), 1 => Just(0_u64), 1 => Just(12_u64)];
    let reason = prop::sample::select(SkipReason::CHOICES.to_vec());
    (id, seconds, reason)
        .prop_map(|(id, seconds, reason)| Done(id, seconds, (seconds < 20).then_some(reason)))
}

/// Most sessions go as they should, so that steps open now and then.
fn held() -> impl Strategy<Value = Held> {
    let whole = (0..40_i64, 0..4_u8).prop_map(|(number, pain)| Held::full(number, pain));
    prop_oneof![3 => whole, 2 => any_held()]
}

fn any_held() -> impl Strategy<Value = Held> {
    let end = prop_oneof![
        8 => Just(Some(EndKind::Finished)),
        1 => Just(Some(EndKind::EndedEarly)),
        1 => Just(Some(EndKind::Discarded)),
        1 => Just(None)
    ];
    let pain = prop::collection::vec(
        (
            prop::sample::select(vec![None, Some("squat"), Some("bridge")]),
            0..9_u8,
        ),
        0..3,
    );
    (
        0..40_i64,
        prop::collection::vec(outcome(), 1..5),
        pain,
        end,
        any::<bool>(),
    )
        .prop_map(|(number, mut sets, pain, end, short)| {
            // No exercise has more than the two sets it is prescribed.
            for id in ["squat", "bridge"] {
                let mut count = 0;
                sets.retain(|set| {
                    count += u32::from(set.0 == id);
                    set.0 != id || count <= 2
                });
            }
            Held {
                day: day(number),
                sets,
                pain,
                end,
                short,
            }
        })
}

fn all_held() -> impl Strategy<Value = Vec<Held>> {
    prop::collection::vec(held(), 0..25).prop_map(|mut held| {
        held.sort_by_key(|held| held.day);
        held.dedup_by_key(|held| held.day);
        held
    })
}

/// Whether every set of the squat was done, and nothing of it left for pain.
fn is_whole(held: &Held) -> bool {
    let squats: Vec<&Done> = held.sets.iter().filter(|set| set.0 == "squat").collect();
    let finished = held.end == Some(EndKind::Finished);
    let stopped = held.sets.iter().any(|set| set.2 == Some(SkipReason::Pain))
        || held.pain.iter().any(|(_, pain)| *pain > 5);
    !squats.is_empty()
        && squats.iter().all(|set| set.1 == 20)
        && (finished || squats.len() == 2 && !stopped)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 600, ..ProptestConfig::default() })]

    /// However sessions went: a step is offered only on sessions in which its exercise was done in
    /// full, with pain within the limit in the last ones, and not at once after a break.
    #[test]
    fn no_step_is_offered_on_what_was_not_done(held in all_held(), sessions in 1..5_u16, most in 0..6_u8, ahead in 0..45_i64) {
        let program = legs(&format!("after_sessions: {sessions}, pain_at_most: {most}"));
        let today = day(ahead);
        let past: Vec<Held> = held.into_iter().filter(|held| held.day <= today).collect();
        if open(&program, &past, today) {
            let whole: Vec<&Held> = past.iter().filter(|held| is_whole(held)).collect();
            prop_assert!(whole.len() >= usize::from(sessions));
            // Two of them since the last break of two weeks.
            let days: Vec<Date> = whole.iter().map(|held| held.day).chain([today]).collect();
            let last_break = days.windows(2).rposition(|pair| pair[0].until(pair[1]).unwrap().get_days() >= 14);
            prop_assert!(last_break.is_none_or(|at| whole.len() - 1 - at >= 2));
            // In the last three sessions that have anything to do with the squat no pain exceeds
            // the limit, and none went unsaid.
            let own = |held: &&Held| held.sets.iter().any(|set| set.0 == "squat" && (set.1 > 0 || set.2 == Some(SkipReason::Pain)));
            let last: Vec<&Held> = past.iter().filter(own).collect();
            prop_assert!(last.len() >= 3);
            for held in &last[last.len() - 3..] {
                let said: Vec<u8> = held.pain.iter().filter(|(id, _)| *id != Some("bridge")).map(|(_, value)| *value).collect();
                prop_assert!(!said.is_empty() || held.end != Some(EndKind::Finished));
                prop_assert!(said.iter().all(|value| *value <= most));
                if held.sets.iter().any(|set| set.0 == "squat" && set.2 == Some(SkipReason::Pain)) {
                    prop_assert!(held.pain.iter().any(|(id, _)| *id == Some("squat")));
                }
            }
        }
        // Whatever opens is seen without the sets too, so that none is overlooked at a start that
        // reads none.
        let histories: Vec<SessionHistory> = past.iter().map(Held::history).collect();
        let known = HistoryView { histories: &histories, ..HistoryView::default() };
        if !progression::offers(&program, known, today).is_empty() {
            prop_assert!(progression::may_open(&program, known, today));
        }
        // Without the sessions that do not count the number of those that do is the same.
        let only: Vec<Held> = past.iter().filter(|held| is_whole(held)).cloned().collect();
        let count = |held: &[Held]| evidence(&program, held, today).split(" with every set").next().unwrap_or_default().to_owned();
        if past.iter().all(|held| held.end == Some(EndKind::Finished)) {
            prop_assert_eq!(count(&past), count(&only));
        }
    }

    /// A phase is offered only on sessions with four fifths of the dose.
    #[test]
    fn no_phase_is_offered_on_less_than_four_fifths(held in all_held(), sessions in 1..5_u16, ahead in 0..45_i64) {
        let program = phases(&format!("advance_when: {{sessions: {sessions}}}"));
        let today = day(ahead);
        let past: Vec<Held> = held.into_iter().filter(|held| held.day <= today).collect();
        if open(&program, &past, today) {
            let enough = |held: &&Held| {
                let (done, recorded) = (held.sets.iter().map(|set| set.1).sum::<u64>(), 20 * u64::try_from(held.sets.len()).unwrap());
                let due = if held.end == Some(EndKind::Finished) && !held.short { recorded } else { 80 };
                done * 5 >= due * 4 && !held.sets.iter().any(|set| set.2 == Some(SkipReason::Pain))
            };
            prop_assert!(past.iter().filter(enough).count() >= usize::from(sessions));
        }
    }

    /// Sessions are whole numbers, and neither they nor the dose ever exceed what was due; weeks
    /// add up to the whole.
    #[test]
    fn sums_never_exceed_what_was_due(
        held in all_held(),
        frequency in prop::sample::select(vec![
            "daily", "2x/day", "1x/week", "3x/week", "7x/week", "[mon, wed, fri]", "[sun]", "every 2 days", "every 5 days",
            "every 14 days", "as needed",
        ]),
        from in 0..30_i64,
        length in 0..40_i64,
        sunday in any::<bool>(),
    ) {
        let program = program(&format!(
            "title: Legs\nid: legs\nfrequency: {frequency}\nexercises: [{{name: Squat, sets: 2, hold: 20 s}}, {{name: Bridge, sets: 2, hold: 20 s}}]\n"
        ));
        let histories: Vec<SessionHistory> = held.iter().map(Held::history).collect();
        let versions = [ProgramVersion { since: Date::MIN, program: &program }];
        let week_begins = if sunday { WeekBegins::Sunday } else { WeekBegins::Monday };
        let course = ProgressInput { versions: &versions, histories: &histories, choices: &[], signs: &[], week_begins, first: None };
        let span = DateSpan { from: day(from), to: day(from + length) };
        let adherence = course.adherence(span);
        for share in [adherence.sessions, adherence.dose] {
            prop_assert!(share.done <= share.prescribed + 1e-9, "{adherence:?}");
            prop_assert!(share.percent().is_none_or(|percent| percent <= 100), "{adherence:?}");
        }
        prop_assert_eq!(adherence.sessions.done.fract() + adherence.sessions.prescribed.fract(), 0.0);
        let finished = histories.iter().filter(|history| history::counts(history) && span.contains(history::date_of(history)));
        prop_assert_eq!(adherence.sessions.done + f64::from(adherence.extra), f64::from(u32::try_from(finished.count()).unwrap()), "nothing is lost");
        let weekly = course.weekly(span);
        let sum = |pick: fn(&regimen::progress::Adherence) -> f64| weekly.iter().map(|(_, week)| pick(week)).sum::<f64>();
        prop_assert!((sum(|week| week.sessions.prescribed) - adherence.sessions.prescribed).abs() < 1e-9);
        prop_assert!((sum(|week| week.dose.done) - adherence.dose.done).abs() < 1e-6);
        let today = day(from + length);
        let until: Vec<SessionHistory> = histories.iter().filter(|history| history::date_of(history) <= today).cloned().collect();
        let standing = schedule::status(&program, HistoryView { histories: &until, week_begins, ..HistoryView::default() }, today);
        prop_assert!(standing.a_week.is_none_or(|a_week| standing.done_this_week <= a_week), "{standing:?}");
    }
}

#[test]
fn every_second_day_has_four_in_some_weeks_and_none_is_too_many() {
    let program = program(
        "title: Legs\nid: legs\nfrequency: every 2 days\nexercises: [{name: Squat, hold: 20 s}]\n",
    );
    let standing = |days: &[i64], today| {
        let histories: Vec<SessionHistory> = days
            .iter()
            .map(|number| Held::full(*number, 0).history())
            .collect();
        let standing = schedule::status(
            &program,
            HistoryView {
                histories: &histories,
                ..HistoryView::default()
            },
            day(today),
        );
        (standing.done_this_week, standing.a_week)
    };
    // Monday to Sunday: the first, third, fifth and seventh day.
    assert_eq!(standing(&[1, 3, 5, 7], 7), (4, Some(4)));
    assert_eq!(standing(&[1], 1), (1, Some(4)));
    // Of the turn that was missed on Wednesday nothing is made up for.
    assert_eq!(standing(&[1], 5), (1, Some(4)));
    // The week after begins on its Tuesday.
    assert_eq!(standing(&[1, 3, 5, 7], 8), (0, Some(3)));
}

#[test]
fn a_session_too_many_makes_up_for_none_that_was_missed() {
    let adherence = |frequency: &str, days: &[i64], to: i64| {
        let program = program(&format!(
            "title: Legs\nid: legs\nfrequency: {frequency}\nexercises: [{{name: Squat, sets: 2, hold: 20 s}}, {{name: Bridge, sets: 2, hold: 20 s}}]\n"
        ));
        let histories: Vec<SessionHistory> = days
            .iter()
            .map(|number| Held::full(*number, 0).history())
            .collect();
        let versions = [ProgramVersion {
            since: Date::MIN,
            program: &program,
        }];
        let course = ProgressInput {
            versions: &versions,
            histories: &histories,
            choices: &[],
            signs: &[],
            week_begins: WeekBegins::Monday,
            first: None,
        };
        let adherence = course.adherence(DateSpan {
            from: BEGIN,
            to: day(to),
        });
        (
            adherence.sessions.done,
            adherence.sessions.prescribed,
            adherence.extra,
            adherence.dose.percent(),
        )
    };
    // On the first day of the week: one done, and so one due.
    assert_eq!(adherence("3x/week", &[1], 1), (1.0, 1.0, 0, Some(100)));
    // Four of three in the first week, two in the second.
    assert_eq!(
        adherence("3x/week", &[1, 2, 3, 4, 8, 9], 14),
        (5.0, 6.0, 1, Some(83))
    );
    assert_eq!(adherence("as needed", &[1, 2], 7), (0.0, 0.0, 2, None));
    assert_eq!(
        adherence("every 2 days", &[1, 2, 3, 5, 7], 7),
        (4.0, 4.0, 1, Some(100))
    );
}

#[test]
fn the_properties_see_many_steps_and_phases_that_open() {
    use proptest::strategy::ValueTree;
    let mut runner = proptest::test_runner::TestRunner::deterministic();
    let strategy = (all_held(), 1..5_u16, 0..6_u8, 0..45_i64);
    let (mut steps, mut opened) = (0, 0);
    for _ in 0..600 {
        let (held, sessions, most, ahead) = strategy.new_tree(&mut runner).unwrap().current();
        let today = day(ahead);
        let past: Vec<Held> = held.into_iter().filter(|held| held.day <= today).collect();
        steps += u32::from(open(
            &legs(&format!("after_sessions: {sessions}, pain_at_most: {most}")),
            &past,
            today,
        ));
        opened += u32::from(open(
            &phases(&format!("advance_when: {{sessions: {sessions}}}")),
            &past,
            today,
        ));
    }
    assert!(
        steps >= 60 && opened >= 150,
        "{steps} steps and {opened} phases"
    );
}

#[test]
fn a_step_that_was_taken_back_is_not_offered_at_once() {
    let text = "title: Legs\nid: legs\nfrequency: daily\npain: {ask: []}\nexercises:\n  - {name: Calf, id: calf, reps: 2, tempo: 1-0-1-0, get_ready: 0 s, progression: [{after_sessions: 1, tempo: 2-1-1-0}]}\n";
    let on = |day: u32| {
        format!("2026-11-{day}T18:00+01:00[Europe/Berlin]")
            .parse()
            .unwrap()
    };
    let first = Journey::with(text)
        .at(on(10))
        .keys("enter enter")
        .play_on()
        .run();
    let taken = Journey::with(text)
        .after(first)
        .at(on(11))
        .keys("enter 2")
        .play_on()
        .run();
    assert_eq!(
        taken.histories[1].sets[0].prescribed.time,
        Some(Duration::from_secs(8))
    );
    let back = Journey::with(text)
        .after(taken)
        .at(on(12))
        .keys("n 2")
        .look()
        .keys("2 esc")
        .look();
    let back = back.keys("enter").play_on().run();
    assert!(
        back.looks[0].contains("Back to what you did before?"),
        "{}",
        back.looks[0]
    );
    assert!(
        !back.looks[1].contains("You can move on"),
        "{}",
        back.looks[1]
    );
    assert_eq!(
        back.histories[2].sets[0].prescribed.time,
        Some(Duration::from_secs(4))
    );
    // A week later it is open again.
    let later = Journey::with(text).after(back).at(on(19)).look().run();
    assert!(
        later.looks[0].contains("You can move on"),
        "{}",
        later.looks[0]
    );
}

#[test]
fn a_calendar_begins_on_the_day_on_which_the_next_session_is_due() {
    let program = self::program(
        "title: Legs\nid: legs\nfrequency: every 3 days\nexercises:\n  - {name: Squat, sets: 2, hold: 20 s}\n  - {name: Bridge, sets: 2, hold: 20 s}\n",
    );
    let histories = [Held::full(1, 0).history()];
    let past = HistoryView {
        histories: &histories,
        ..HistoryView::default()
    };
    for today in [1, 2, 4] {
        let entry = calendar::Entry {
            program: &program,
            past,
            fallback: &[],
            chosen: &[],
        };
        let text = calendar::calendar(&[entry], day(today), at(day(today)).timestamp());
        assert!(text.contains("DTSTART:20261105T"), "{today}: {text}");
    }
}

#[test]
fn what_is_over_opens_no_step_and_is_not_missed_in_the_report() {
    let program = self::program(
        "title: Legs\nid: legs\nfrequency: daily\nphases:\n  - title: Only\n    weeks: 1\n    exercises:\n      - {name: Squat, sets: 2, hold: 20 s, progression: [{after_sessions: 2, hold: 30 s}]}\n      - {name: Bridge, sets: 2, hold: 20 s}\n",
    );
    let histories: Vec<SessionHistory> = (1..=7)
        .chain([10])
        .map(|number| Held::full(number, 0).history())
        .collect();
    let until = |last: usize| HistoryView {
        histories: &histories[..last],
        ..HistoryView::default()
    };
    assert_eq!(progression::offers(&program, until(6), day(7)).len(), 1);
    assert!(progression::offers(&program, until(7), day(8)).is_empty());
    let versions = [ProgramVersion {
        since: BEGIN,
        program: &program,
    }];
    let adherence = |last: usize, to: i64| {
        let course = ProgressInput {
            versions: &versions,
            histories: &histories[..last],
            choices: &[],
            signs: &[],
            week_begins: WeekBegins::Monday,
            first: None,
        };
        let adherence = course.adherence(DateSpan {
            from: BEGIN,
            to: day(to),
        });
        (
            adherence.sessions.done,
            adherence.sessions.prescribed,
            adherence.extra,
        )
    };
    assert_eq!(adherence(6, 7), (6.0, 7.0, 0));
    assert_eq!(adherence(7, 12), (7.0, 7.0, 0));
    // Done all the same, it is one more.
    assert_eq!(adherence(8, 12), (7.0, 7.0, 1));
}

#[test]
fn a_session_never_says_more_sets_done_than_it_has() {
    let text = |sets: u8| {
        format!(
            "title: Legs\nid: legs\nfrequency: daily\npain: {{ask: []}}\nexercises:\n  - {{name: Squat, sets: {sets}, hold: 5 s, get_ready: 0 s, rest: 0 s}}\n"
        )
    };
    let left = Journey::with(&text(1))
        .keys("enter enter")
        .wait(2.0)
        .keys("q 2")
        .run();
    let outcome = Journey::with(&text(3))
        .after(left)
        .keys("enter")
        .play_on()
        .run();
    let line = regimen::progress::overview::session_line(&outcome.histories[0]);
    assert_eq!((line.sets_done, line.sets), (3, 3));
}
