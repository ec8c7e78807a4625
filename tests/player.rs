//! Time as a property: whoever looks, however often, sees the same milestones at the same instants,
//! and nothing adds up.

use std::fmt::Write;
use std::time::Duration;

use proptest::prelude::*;
use regimen::events::Instant;
use regimen::player::{Milestone, Player, ReachedMilestone, SkipScope, done_amount};
use regimen::timeline::{Length, Timeline};

use crate::support::program;

#[derive(Debug, Clone, Copy)]
enum Op {
    Pause,
    Resume,
    Done,
    Back,
    SkipSet,
    SkipExercise,
    Extend,
    Restart,
}

fn exercise() -> impl Strategy<Value = String> {
    let hold = 1..6_u32;
    let sets = 1..4_u32;
    let reps = 1..5_u32;
    let side = prop::sample::select(vec!["both", "left", "each"]);
    let kind = 0..7_u32;
    (kind, sets, reps, hold, side).prop_map(|(kind, sets, reps, hold, side)| match kind {
        0 => format!("sets: {sets}, hold: {hold} s, side: {side}"),
        1 => format!("sets: {sets}, reps: {reps}, hold: {hold} s, side: {side}"),
        2 => format!("sets: {sets}, reps: {reps}, tempo: {hold}-1-0-1, side: {side}"),
        3 => format!(
            "sets: {sets}, reps: {{left: {reps}, right: {sets}}}, hold: {hold} s, side: alternate"
        ),
        4 => format!("sets: {sets}, duration: {} s, side: {side}", hold * 9),
        5 => format!("sets: {sets}, reps: {reps}, side: {side}"),
        _ => format!("sets: {sets}, measure: hold, side: {side}"),
    })
}

/// A program of one to four exercises; only timed ones where nobody is there to say "done".
fn session(timed: bool) -> impl Strategy<Value = Timeline> {
    let exercises = prop::collection::vec(exercise(), 1..5);
    (exercises, 0..4_u32, 0..4_u32, 0..3_u32).prop_filter_map("an open step", move |(exercises, rest, ready, release)| {
        let mut text = format!(
            "title: T\nfrequency: daily\ndefaults: {{rest: {rest} s, get_ready: {ready} s, release: {release} s, rest_after: {rest} s}}\nexercises:\n"
        );
        for (index, dose) in exercises.iter().enumerate() {
            writeln!(text, "  - {{name: E{index}, instructions: Do., {dose}}}").unwrap();
        }
        let timeline = Timeline::of(&program(&text).phases[0].exercises);
        let open = timeline.steps.iter().any(|step| matches!(step.length, Length::Open { .. }));
        (!timed || !open).then_some(timeline)
    })
}

fn op() -> impl Strategy<Value = (u64, Op)> {
    let ops = vec![
        Op::Pause,
        Op::Resume,
        Op::Done,
        Op::Back,
        Op::SkipSet,
        Op::SkipExercise,
        Op::Extend,
        Op::Restart,
    ];
    (0..12_000_u64, prop::sample::select(ops))
}

/// How often the program wakes between two keys.
enum Waking<'a> {
    OnlyForKeys,
    ForEveryChange,
    At(&'a [u64]),
}

/// Plays a session with keys at their instants, and gives all that was reached.
fn play(
    timeline: &Timeline,
    ops: &[(u64, Op)],
    waking: &Waking<'_>,
) -> (Vec<ReachedMilestone>, Player) {
    let at = |millis: u64| Instant::from_origin(Duration::from_millis(millis));
    let (mut player, mut reached) = Player::new(timeline.clone(), at(0));
    let mut now = 0;
    let mut looks = match waking {
        Waking::At(offsets) => offsets
            .iter()
            .scan(0, |sum, gap| {
                *sum += gap;
                Some(*sum)
            })
            .collect(),
        _ => Vec::new(),
    }
    .into_iter()
    .peekable();
    let end = (3_600_000, Op::Resume);
    for (gap, op) in ops.iter().chain([&end]) {
        let due = now + gap;
        if matches!(waking, Waking::ForEveryChange) {
            while let Some(change) = player
                .next_change(at(now))
                .filter(|change| *change <= at(due))
            {
                assert!(
                    change > at(now) || !player.advance(at(now)).is_empty() || change == at(now),
                    "time goes on"
                );
                now = u64::try_from(change.since_origin().as_millis()).unwrap();
                reached.extend(player.advance(change));
            }
        }
        while let Some(look) = looks.next_if(|look| *look <= due) {
            if look >= now {
                reached.extend(player.advance(at(look)));
            }
        }
        now = due;
        reached.extend(player.advance(at(now)));
        reached.extend(match op {
            Op::Pause => player.pause(at(now)),
            Op::Resume => {
                player.resume(at(now));
                Vec::new()
            }
            Op::Done => player.done(at(now), None),
            Op::Back => player.back(at(now)),
            Op::SkipSet => player.skip(at(now), SkipScope::Set, None),
            Op::SkipExercise => player.skip(at(now), SkipScope::Exercise, None),
            Op::Extend => player.extend(at(now)),
            Op::Restart => player.restart(at(now)),
        });
    }
    (reached, player)
}

fn tallies(player: &Player) -> Vec<(u16, Duration)> {
    (0..player.timeline().sets.len())
        .map(|slot| player.progress(slot))
        .map(|tally| (tally.reps, tally.time))
        .collect()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn waking_often_rarely_or_once_gives_the_same_milestones_at_the_same_instants(
        timeline in session(false),
        ops in prop::collection::vec(op(), 0..25),
        looks in prop::collection::vec(1..5_000_u64, 0..60),
    ) {
        let (rarely, player) = play(&timeline, &ops, &Waking::OnlyForKeys);
        let (often, eager) = play(&timeline, &ops, &Waking::ForEveryChange);
        let (sometimes, other) = play(&timeline, &ops, &Waking::At(&looks));
        prop_assert_eq!(&rarely, &often);
        prop_assert_eq!(&rarely, &sometimes);
        prop_assert_eq!(tallies(&player), tallies(&eager));
        prop_assert_eq!(tallies(&player), tallies(&other));
        prop_assert_eq!(player.position(), eager.position());
        prop_assert!(rarely.windows(2).all(|pair| pair[0].at <= pair[1].at), "milestones come in order");
    }

    #[test]
    fn pauses_shift_the_end_by_exactly_their_length(
        timeline in session(true),
        pauses in prop::collection::vec((1..4_000_u64, 1..90_000_u64), 0..8),
    ) {
        let ops: Vec<(u64, Op)> = pauses.iter().flat_map(|(run, rest)| [(*run, Op::Pause), (*rest, Op::Resume)]).collect();
        let (reached, player) = play(&timeline, &ops, &Waking::OnlyForKeys);
        let length = timeline.length();
        let mut ran = Duration::ZERO;
        let mut paused = Duration::ZERO;
        for (run, rest) in &pauses {
            ran += Duration::from_millis(*run);
            if ran < length {
                paused += Duration::from_millis(*rest);
            }
        }
        let finished = reached.iter().find(|reached| reached.milestone == Milestone::Finished).unwrap();
        prop_assert_eq!(finished.at.since_origin(), length + paused);
        prop_assert_eq!(player.active_time(finished.at + Duration::from_secs(9)), length);
    }

    #[test]
    fn what_is_played_through_is_done_as_prescribed(timeline in session(true)) {
        let (reached, player) = play(&timeline, &[], &Waking::OnlyForKeys);
        for (index, slot) in timeline.sets.iter().enumerate() {
            let over = reached.iter().filter(|reached| reached.milestone == Milestone::SetOver(index)).count();
            prop_assert_eq!(over, 1);
            prop_assert_eq!(done_amount(slot, player.progress(index)), slot.prescribed());
        }
        prop_assert_eq!(reached.last().unwrap().milestone, Milestone::Finished);
    }

    #[test]
    fn going_back_and_doing_it_again_leaves_no_drift(timeline in session(true), at in 0..60_000_u64) {
        let (reached, player) = play(&timeline, &[(at, Op::Back)], &Waking::OnlyForKeys);
        // From the step that was gone back to, everything comes as it did from the start of that
        // step.
        let back = Duration::from_millis(at);
        if back < timeline.length() {
            let after = reached.iter().filter(|reached| reached.at.since_origin() >= back);
            let begun = after.clone().find_map(|reached| match reached.milestone {
                Milestone::Step(step) if reached.at.since_origin() == back => Some(step),
                _ => None,
            });
            let last = reached.iter().rev().find(|reached| reached.milestone == Milestone::Finished).unwrap();
            prop_assert!(begun.is_some());
            let steps: Vec<usize> = reached.iter().filter_map(|reached| match reached.milestone {
                Milestone::Step(step) if reached.at.since_origin() == back => Some(step),
                _ => None,
            }).collect();
            let from = *steps.last().unwrap();
            prop_assert_eq!(last.at.since_origin(), back + (timeline.length() - timeline.before(from)));
            prop_assert_eq!(player.active_time(last.at), last.at.since_origin());
        }
    }
}
