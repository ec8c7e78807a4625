//! The first page: the programs, what is due, what was left unfinished.

use jiff::ToSpan;
use jiff::civil::Date;

use super::context::{Cx, Shared};
use super::flow::{Flow, Want};
use super::keymap::Action;
use super::menu::{Choice, Menu, Overlay};
use super::page::{DayMark, NoteKind, ScreenPage, TodayNote, TodayPage, TodayRow};
use super::{signs, steps};
use crate::catalog::ProgramEntry;
use crate::day::day_of;
use crate::effect::{Effect, LoadedHistory};
use crate::events::Moment;
use crate::history;
use crate::program::Program;
use crate::program::words::{self, minutes};
use crate::record::{EndKind, EndRecord, RatingKind, Record};
use crate::schedule::{self, Due, ProgramStatus};
use crate::text::count;

/// The first page.
#[derive(Debug, Clone, Default)]
pub(super) struct Today {
    /// The program whose next steps are shown once its records are read.
    steps_wanted: Option<String>,
}

impl Today {
    pub(super) fn update(&mut self, action: Action, cx: &mut Cx<'_>) -> Flow {
        let catalog = &mut cx.shared.catalog;
        let last = catalog.entries.len().saturating_sub(1);
        match action {
            Action::Up => catalog.selected = catalog.selected.saturating_sub(1),
            Action::Down => catalog.selected = (catalog.selected + 1).min(last),
            Action::Confirm | Action::Short => {
                let short = action == Action::Short;
                return Flow::Start(Want::Session { phase: None, short });
            }
            Action::View => return Flow::View,
            Action::Steps => self.ask_steps(cx),
            Action::Progress if cx.shared.selected_program().is_none() => {
                cx.say("This file has mistakes; v shows them.");
            }
            Action::Progress => return Flow::Progress,
            Action::Discard => return ask_discard(cx),
            Action::Settings => return Flow::Settings,
            Action::Quit => return Flow::Quit,
            _ => {}
        }
        Flow::Stay
    }

    /// Asks for all records of the selected program; then its next steps are shown.
    fn ask_steps(&mut self, cx: &mut Cx<'_>) {
        let entry = cx.shared.catalog.selected();
        let Some(id) = entry.and_then(ProgramEntry::id).map(str::to_owned) else {
            return;
        };
        self.steps_wanted = Some(id.clone());
        cx.effects.push(Effect::LoadHistory {
            program: id,
            since: jiff::Timestamp::MIN,
        });
    }

    /// Shows the next steps of the program whose records were asked for.
    pub(super) fn loaded(&mut self, loaded: LoadedHistory, cx: &mut Cx<'_>) -> Flow {
        let wanted = self
            .steps_wanted
            .take_if(|wanted| *wanted == loaded.program);
        match (wanted, loaded.read) {
            (None, _) => Flow::Stay,
            (Some(_), Err(trouble)) => {
                cx.say(format!("The records can't be read: {trouble}."));
                Flow::Stay
            }
            (Some(_), Ok(read)) => steps::show(&read.histories, cx),
        }
    }
}

/// Takes the answer to a menu that was opened here.
pub(super) fn choose(choice: &Choice, cx: &mut Cx<'_>) -> Flow {
    match choice {
        Choice::Discard => discard(cx),
        Choice::Look(step) => return steps::ask(step, cx),
        Choice::Answer(step, go) => {
            return steps::answer(step, *go, cx).unwrap_or(Flow::Stay);
        }
        _ => {}
    }
    Flow::Stay
}

/// Returns the first page.
pub(super) fn page(shared: &Shared, now: &Moment) -> ScreenPage {
    let today = now.day();
    let folder = &shared.paths.programs;
    let samples = if shared.catalog.samples {
        vec![
            format!(
                "These are samples, not prescriptions. Put your therapist's file into {folder}"
            ),
            "or run: regimen add FILE".to_owned(),
        ]
    } else {
        Vec::new()
    };
    let empty = shared.catalog.entries.is_empty();
    let has_days = !shared.history.sessions.is_empty();
    ScreenPage::Today(TodayPage {
        date: today.strftime("%A %-d %B").to_string(),
        hands_free: shared.hands_free,
        week: shared.describe_week(today),
        rows: shared.rows(today),
        selected: shared.catalog.selected,
        empty: empty.then(|| format!("There are no programs in {folder}. Run: regimen add FILE")),
        days: has_days.then(|| shared.week_days(today)),
        pain: shared.describe_pain(today),
        notes: notes(shared, today),
        samples,
    })
}

fn ask_discard(cx: &Cx<'_>) -> Flow {
    let Some(words) = cx.shared.describe_unfinished(cx.now.day()) else {
        return Flow::Stay;
    };
    Flow::Open(Overlay::Menu(Menu::new(
        "Give up the unfinished session?",
        vec![words, "What was done in it stays recorded.".to_owned()],
        vec![
            ("Keep it".to_owned(), Choice::Nothing),
            ("Give it up".to_owned(), Choice::Discard),
        ],
    )))
}

/// Gives up the unfinished sessions of the selected program.
fn discard(cx: &mut Cx<'_>) {
    let Some(program) = cx.shared.selected_program().map(|it| it.id.clone()) else {
        return;
    };
    let sessions = cx.shared.history.sessions.iter();
    let open = sessions.filter(|it| it.end.is_none() && it.session.program == program);
    let open: Vec<String> = open.map(|history| history.session.id.clone()).collect();
    let ends = open.into_iter().map(|session| {
        Record::End(EndRecord {
            id: cx.shared.ids.next_id(),
            session,
            kind: EndKind::Discarded,
            for_pain: false,
            at: cx.now.wall.clone(),
        })
    });
    let ends = ends.collect();
    cx.record(ends);
}

/// Returns what needs the patient's attention, the most urgent first.
fn notes(shared: &Shared, today: Date) -> Vec<TodayNote> {
    let note = |kind, text: String, hint| TodayNote { kind, text, hint };
    let sign = signs::describe_open(shared).map(|words| {
        note(
            NoteKind::Warning,
            format!("■ STOP SIGN. {words}"),
            Some("! whom to call, or say that it was cleared up"),
        )
    });
    let unfinished = shared.describe_unfinished(today).map(|words| {
        note(
            NoteKind::Warning,
            words,
            Some("Enter resumes it · x gives it up"),
        )
    });
    let welcome =
        steps::welcome(shared, today).map(|words| note(NoteKind::Plain, words.to_owned(), None));
    let offer = steps::describe_offers(shared, today).map(|words| {
        note(
            NoteKind::Offer,
            words,
            Some("Enter asks you before the session · n tells more"),
        )
    });
    [sign, unfinished, welcome, offer]
        .into_iter()
        .flatten()
        .collect()
}

impl Shared {
    /// Selects the first program that asks for something: one left unfinished, else one that is due.
    pub(super) fn select_first(&mut self, today: Date) {
        let rows = self.rows(today);
        let unfinished = rows.iter().position(|row| row.is_unfinished);
        let first = unfinished.or_else(|| rows.iter().position(|row| row.is_due));
        self.catalog.selected = first.unwrap_or(0);
    }

    /// The lines of the list.
    pub(super) fn rows(&self, today: Date) -> Vec<TodayRow> {
        self.catalog
            .entries
            .iter()
            .map(|entry| self.row(entry, today))
            .collect()
    }

    fn row(&self, entry: &ProgramEntry, today: Date) -> TodayRow {
        if let Some(row) = self.sample_row(entry) {
            return row;
        }
        let loaded = match entry.content() {
            Ok(loaded) => loaded,
            Err(invalid) => {
                return TodayRow {
                    title: entry.file.clone(),
                    due: "mistakes".to_owned(),
                    is_due: false,
                    is_done: false,
                    detail: invalid.first.clone(),
                    is_broken: true,
                    is_unfinished: false,
                };
            }
        };
        let program = &loaded.program;
        let status = schedule::status(program, self.past(), today);
        let exercises = program
            .phase(status.phase)
            .map_or(0, |phase| phase.exercises.len());
        let length = loaded.length_after(status.phase, &status.steps);
        let phase = program
            .has_phases()
            .then_some((status.phase + 1, program.phases.len()));
        let mut detail = detail(exercises, minutes(length), phase);
        detail.extend(describe_phase_week(program, &status));
        if let Some(time) = self.done_today(program, today) {
            detail.push_str(&format!(" · {time}"));
        }
        let is_unfinished = history::unfinished(program, &self.history.sessions, today).is_some();
        TodayRow {
            title: program.title.clone(),
            // A sample is nobody's prescription, so it is never due.
            due: if is_unfinished {
                "unfinished".to_owned()
            } else if self.catalog.samples && !matches!(status.due, Due::Done) {
                "sample".to_owned()
            } else {
                describe_due(&status)
            },
            is_due: matches!(status.due, Due::Today(_)) && !self.catalog.samples,
            is_done: matches!(status.due, Due::Done | Due::DoneThisWeek | Due::Finished),
            detail,
            is_broken: false,
            is_unfinished,
        }
    }

    /// The line of a sample that was never begun, for which it need not be read.
    fn sample_row(&self, entry: &ProgramEntry) -> Option<TodayRow> {
        let (_, head) = entry.head.filter(|(id, _)| !self.history.knows(id))?;
        Some(TodayRow {
            title: head.title.to_owned(),
            due: "sample".to_owned(),
            is_due: false,
            is_done: false,
            detail: detail(
                head.exercises,
                head.minutes,
                (head.phases > 1).then_some((1, head.phases)),
            ),
            is_broken: false,
            is_unfinished: false,
        })
    }

    /// The time of day at which a program was last finished on a date.
    fn done_today(&self, program: &Program, today: Date) -> Option<String> {
        let mut done = history::of(program, &self.history.sessions)
            .into_iter()
            .filter(|history| history::counts(history));
        let last = done.rfind(|history| history::date_of(history) == today)?;
        Some(last.last().strftime("%H:%M").to_string())
    }

    /// "4 of 5 sessions this week" over all programs; none where nothing is asked for.
    fn describe_week(&self, today: Date) -> Option<String> {
        // Samples ask nothing of anybody.
        if self.catalog.samples {
            return None;
        }
        let mut done = 0;
        let mut asked = 0;
        for program in self
            .catalog
            .entries
            .iter()
            .filter_map(ProgramEntry::program)
        {
            let status = schedule::status(program, self.past(), today);
            if let Some(a_week) = status.a_week {
                asked += a_week;
                done += status.done_this_week.min(a_week);
            }
        }
        (asked > 0).then(|| format!("{done} of {asked} sessions this week"))
    }

    /// The days of the week of a date.
    fn week_days(&self, today: Date) -> [(&'static str, DayMark); 7] {
        let first = history::week_of(today, self.preferences.week_begins);
        [0_i64, 1, 2, 3, 4, 5, 6].map(|offset| {
            let date = first.checked_add(offset.days()).unwrap_or(today);
            let name = words::weekday_of(date);
            let mut of_day = self
                .history
                .sessions
                .iter()
                .filter(|history| history::date_of(history) == date)
                .peekable();
            let mark = if date > today {
                DayMark::Blank
            } else if of_day.peek().is_none() {
                DayMark::Missed
            } else if of_day.any(history::counts) {
                DayMark::Done(1)
            } else {
                DayMark::Begun
            };
            (name, mark)
        })
    }

    /// Pain on each of the last 14 days on which it was said: the highest value of the day.
    fn pain_days(&self, today: Date) -> Vec<u8> {
        let since = today.checked_sub(13.days()).unwrap_or(today);
        let mut days: Vec<(Date, u8)> = Vec::new();
        for rating in self
            .history
            .sessions
            .iter()
            .flat_map(|history| &history.ratings)
        {
            let date = day_of(&rating.at);
            if rating.kind != RatingKind::Pain || date < since || date > today {
                continue;
            }
            match days.iter_mut().find(|(day, _)| *day == date) {
                Some((_, value)) => *value = rating.value.max(*value),
                None => days.push((date, rating.value)),
            }
        }
        days.sort_unstable();
        days.into_iter().map(|(_, value)| value).collect()
    }

    /// What was left unfinished of the marked program: when, and in which exercise.
    fn describe_unfinished(&self, today: Date) -> Option<String> {
        let program = self.selected_on_record()?;
        let history = history::unfinished(program, &self.history.sessions, today)?;
        let when = history.last().strftime("%A %-d %B, %H:%M");
        let settled = history.sets.iter().filter(|set| set.is_settled()).count();
        let settled = count(settled, "set");
        Some(format!(
            "Unfinished: {}, stopped {when}, {settled} on record.",
            program.title
        ))
    }

    /// What is shown of pain in the list's foot: the values, oldest first, and the change in words.
    fn describe_pain(&self, today: Date) -> Option<(String, String)> {
        const BARS: [char; 8] = ['▁', '▂', '▃', '▄', '▅', '▆', '▇', '█'];
        let days = self.pain_days(today);
        let (first, last) = (days.first()?, days.last()?);
        let bars = days
            .iter()
            .map(|value| {
                BARS.get(usize::from(*value) * 7 / 10)
                    .copied()
                    .unwrap_or('█')
            })
            .collect();
        Some((
            bars,
            if days.len() > 1 {
                format!("{first} -> {last}")
            } else {
                last.to_string()
            },
        ))
    }
}

/// Exercises, minutes, phase in words.
fn detail(exercises: usize, minutes: u64, phase: Option<(usize, usize)>) -> String {
    let phase = phase
        .map(|(phase, of)| format!(" · phase {phase} of {of}"))
        .unwrap_or_default();
    let exercises = count(exercises, "exercise");
    format!("{exercises} · {minutes} min{phase}")
}

/// Which week of how many of the phase it is, where the therapist says how many.
fn describe_phase_week(program: &Program, status: &ProgramStatus) -> Option<String> {
    let week = status.week.filter(|_| status.due != Due::Finished)?;
    let of = program.phase(status.phase)?.weeks?;
    let of = if week <= u32::from(of) {
        format!(" of {of}")
    } else {
        String::new()
    };
    Some(format!(", week {week}{of}"))
}

fn describe_due(status: &ProgramStatus) -> String {
    match status.due {
        Due::Today(1) => "due".to_owned(),
        Due::Today(more) => format!("due, {more} times"),
        Due::Done => "done ✓".to_owned(),
        Due::Stopped => "stopped".to_owned(),
        Due::DoneThisWeek => "week done ✓".to_owned(),
        Due::Finished => "finished ✓".to_owned(),
        Due::InDays(1) => "tomorrow".to_owned(),
        Due::InDays(days) => format!("in {days} days"),
        Due::AsNeeded => "as needed".to_owned(),
    }
}
