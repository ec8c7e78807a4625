//! The first page: the programs, what is due, what was left unfinished. Knows nothing of how a
//! session is played.

use jiff::civil::Date;
use jiff::{Timestamp, ToSpan};

use super::check_in::After;
use super::keymap::Action;
use super::page::{DayMark, NoteKind, TodayNote, TodayPage, TodayRow};
use super::playing::short_length;
use super::{App, Effect, Menu, MenuKind, Overlay, ProgramEntry, Screen, program};
use crate::day::day_of;
use crate::diagnostic::render;
use crate::events::Moment;
use crate::prescription::{self, Due, ProgramStatus};
use crate::program::words::{self, minutes};
use crate::program::{PainMoment, Program};
use crate::record::{EndKind, EndRecord, RatingKind, Record, SessionHistory};
use crate::reminder::{self, Reminder};

impl App {
    /// Returns the first page.
    pub(super) fn today_page(&self, now: &Moment) -> TodayPage {
        let today = now.day();
        let samples = if self.samples {
            vec![
                format!(
                    "These are samples, not prescriptions. Put your therapist's file into {}",
                    self.paths.programs
                ),
                "or run: regimen add FILE".to_owned(),
            ]
        } else {
            Vec::new()
        };
        TodayPage {
            date: today.strftime("%A %-d %B").to_string(),
            hands_free: self.hands_free,
            week: self.week_words(today),
            rows: self.rows(today),
            selected: self.marked,
            empty: self.programs.is_empty().then(|| {
                format!(
                    "There are no programs in {}. Run: regimen add FILE",
                    self.paths.programs
                )
            }),
            days: (!self.histories.is_empty()).then(|| self.week_strip(today)),
            pain: self.pain_words(today),
            notes: self.notes(today),
            samples,
        }
    }

    /// Returns what needs the patient's attention, the most urgent first.
    fn notes(&self, today: Date) -> Vec<TodayNote> {
        let note = |kind, text: String, hint| TodayNote { kind, text, hint };
        let sign = self.sign_words().map(|words| {
            note(
                NoteKind::Warning,
                format!("■ STOP SIGN. {words}"),
                Some("! whom to call, or say that it was cleared up"),
            )
        });
        let unfinished = self.unfinished_words().map(|words| {
            note(
                NoteKind::Warning,
                words,
                Some("Enter resumes it · x gives it up"),
            )
        });
        let welcome = self
            .welcome_words(today)
            .map(|words| note(NoteKind::Plain, words.to_owned(), None));
        let offer = self.offer_words(today).map(|words| {
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

    /// The lines of the list.
    pub fn rows(&self, today: Date) -> Vec<TodayRow> {
        self.programs
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
        let status = prescription::status(program, self.past(), today);
        let exercises = program
            .phase(status.phase)
            .map_or(0, |phase| phase.exercises.len());
        let length = loaded.length_after(status.phase, &status.steps);
        let phase = program
            .has_phases()
            .then_some((status.phase + 1, program.phases.len()));
        let mut detail = detail(exercises, minutes(length), phase);
        detail.extend(week_words(program, &status));
        if let Some(time) = self.done_today(program, today) {
            detail.push_str(&format!(" · {time}"));
        }
        let is_unfinished = prescription::unfinished(program, &self.histories, today).is_some();
        TodayRow {
            title: program.title.clone(),
            // A sample is nobody's prescription, so it is never due.
            due: if is_unfinished {
                "unfinished".to_owned()
            } else if self.samples && !matches!(status.due, Due::Done) {
                "sample".to_owned()
            } else {
                due_words(&status)
            },
            is_due: matches!(status.due, Due::Today(_)) && !self.samples,
            is_done: matches!(status.due, Due::Done | Due::DoneThisWeek | Due::Finished),
            detail,
            is_broken: false,
            is_unfinished,
        }
    }

    /// The line of a sample that was never begun, for which it need not be read.
    fn sample_row(&self, entry: &ProgramEntry) -> Option<TodayRow> {
        let (_, head) = entry.head.filter(|(id, _)| !self.is_on_record(id))?;
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

    /// Whether a session of a program is on record.
    pub(super) fn is_on_record(&self, id: &str) -> bool {
        self.histories
            .iter()
            .any(|history| history.session.program == id)
    }

    /// The time of day at which a program was last finished on a date.
    fn done_today(&self, program: &Program, today: Date) -> Option<String> {
        let mut done = prescription::of(program, &self.histories)
            .into_iter()
            .filter(|history| prescription::counts(history));
        let last = done.rfind(|history| prescription::date_of(history) == today)?;
        Some(last.last().strftime("%H:%M").to_string())
    }

    /// "4 of 5 sessions this week" over all programs; none where nothing is asked for.
    pub fn week_words(&self, today: Date) -> Option<String> {
        // Samples ask nothing of anybody.
        if self.samples {
            return None;
        }
        let mut done = 0;
        let mut asked = 0;
        for program in self.programs.iter().filter_map(ProgramEntry::program) {
            let status = prescription::status(program, self.past(), today);
            if let Some(a_week) = status.a_week {
                asked += a_week;
                done += status.done_this_week.min(a_week);
            }
        }
        (asked > 0).then(|| format!("{done} of {asked} sessions this week"))
    }

    /// The days of the week of a date.
    pub fn week_strip(&self, today: Date) -> [(&'static str, DayMark); 7] {
        let first = prescription::week_of(today, self.preferences.week_begins);
        [0_i64, 1, 2, 3, 4, 5, 6].map(|offset| {
            let date = first.checked_add(offset.days()).unwrap_or(today);
            let name = words::weekday_of(date);
            let mut of_day = self
                .histories
                .iter()
                .filter(|history| prescription::date_of(history) == date)
                .peekable();
            let mark = if date > today {
                DayMark::Blank
            } else if of_day.peek().is_none() {
                DayMark::Missed
            } else if of_day.any(prescription::counts) {
                DayMark::Done(1)
            } else {
                DayMark::Begun
            };
            (name, mark)
        })
    }

    /// Pain on each of the last 14 days on which it was said: the highest value of the day.
    pub fn pain_days(&self, today: Date) -> Vec<u8> {
        let since = today.checked_sub(13.days()).unwrap_or(today);
        let mut days: Vec<(Date, u8)> = Vec::new();
        for rating in self.histories.iter().flat_map(|history| &history.ratings) {
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
    pub fn unfinished_words(&self) -> Option<String> {
        let program = self.marked_on_record()?;
        let history = prescription::unfinished(program, &self.histories, self.seen.day())?;
        let when = history.last().strftime("%A %-d %B, %H:%M");
        let settled = history.sets.iter().filter(|set| set.is_settled()).count();
        let plural = if settled == 1 { "set" } else { "sets" };
        Some(format!(
            "Unfinished: {}, stopped {when}, {settled} {plural} on record.",
            program.title
        ))
    }

    /// The programs that remind: the patient's own.
    fn reminding(&self) -> impl Iterator<Item = &Program> {
        let entry = if self.samples {
            &[][..]
        } else {
            &self.programs
        };
        entry
            .iter()
            .filter_map(ProgramEntry::program)
            .map(AsRef::as_ref)
    }

    /// When the first page may next have something to remind of.
    pub(super) fn next_reminder(&self, now: &Moment) -> Option<Timestamp> {
        reminder::next(
            self.reminding(),
            &self.preferences.remind_at,
            &self.reminded,
            &now.wall,
        )
    }

    /// Tells by a pop-up what has become due while the first page is open behind another window.
    pub(super) fn tell_due(&mut self, now: &Moment) {
        if !matches!(self.screen, Screen::Today) {
            return;
        }
        let due: Vec<Reminder> = self
            .reminding()
            .filter_map(|program| {
                reminder::due(
                    program,
                    self.past(),
                    &self.preferences.remind_at,
                    &self.reminded,
                    &now.wall,
                )
            })
            .collect();
        self.reminded.told.extend(
            due.iter()
                .map(|reminder| (reminder.program.clone(), reminder.at)),
        );
        let news: Vec<Reminder> = due
            .into_iter()
            .filter(|reminder| reminder.at > self.opened)
            .collect();
        if let Some((title, text)) = reminder::words(&news) {
            self.pop_up(&title, &text);
        }
    }

    /// Marks the first program that asks for something: one left unfinished, else one that is due.
    pub(super) fn mark_first(&mut self) {
        let rows = self.rows(self.seen.day());
        let first = rows
            .iter()
            .position(|row| row.is_unfinished)
            .or_else(|| rows.iter().position(|row| row.is_due));
        self.marked = first.unwrap_or(0);
    }

    pub(super) fn today_action(&mut self, action: Action, now: &Moment) {
        match action {
            Action::Up => self.marked = self.marked.saturating_sub(1),
            Action::Down => {
                self.marked = (self.marked + 1).min(self.programs.len().saturating_sub(1));
            }
            Action::Confirm => self.begin(None, now),
            Action::Short => self.begin_short(now),
            Action::View => self.view(now),
            Action::Steps => self.ask_steps(),
            Action::Progress => self.open_progress(now),
            Action::Discard => self.ask_discard(),
            Action::Settings => self.screen = Screen::Settings(0),
            Action::Quit => self.effects.push(Effect::Quit),
            _ => {}
        }
    }

    /// Shows the marked program, or what is wrong with it.
    fn view(&mut self, now: &Moment) {
        let Some(entry) = self.programs.get(self.marked) else {
            return;
        };
        self.screen = match entry.content() {
            Ok(loaded) => {
                let status = prescription::status(&loaded.program, self.past(), self.seen.day());
                Screen::Program(program::ProgramScreen::new(
                    self.marked,
                    status.phase,
                    status.first_time,
                    now,
                ))
            }
            Err(invalid) => {
                let report = render::report(&invalid.source, &invalid.diagnostics, false);
                Screen::Problem(self.marked, report.lines().map(str::to_owned).collect(), 0)
            }
        };
    }

    /// Starts the marked program, or goes on where it was left; before the first session its page
    /// comes first.
    pub(super) fn begin(&mut self, phase: Option<usize>, now: &Moment) {
        if self
            .programs
            .get(self.marked)
            .and_then(ProgramEntry::program)
            .is_none()
        {
            self.view(now);
            return;
        }
        if !self.ask_about_sign(After::Begin(phase)) {
            self.begin_past_sign(phase, now);
        }
    }

    /// The same, the question about an open stop sign being answered.
    pub(super) fn begin_past_sign(&mut self, phase: Option<usize>, now: &Moment) {
        let Some(program) = self
            .programs
            .get(self.marked)
            .and_then(ProgramEntry::program)
            .cloned()
        else {
            return;
        };
        let past_sign = self.open_sign(&program).is_some();
        let status = prescription::status(&program, self.past(), now.day());
        if phase.is_none()
            && let Some(history) =
                prescription::unfinished(&program, &self.histories, now.day()).cloned()
        {
            self.resume_session(self.marked, &history, now);
            return;
        }
        if self.ask_mornings(Some(After::Begin(phase))) {
            self.mornings.past_sign = past_sign;
            return;
        }
        let last = program.phases.len().saturating_sub(1);
        match phase {
            _ if status.first_time => {
                let phase = phase.unwrap_or(status.phase).min(last);
                let page = program::ProgramScreen::new(self.marked, phase, true, now);
                self.screen = Screen::Program(page.past_sign(past_sign));
            }
            Some(phase) => self.start_session(self.marked, phase.min(last), false, now),
            None => self.offer_then_start(self.marked, false, now),
        }
    }

    /// Starts a short session of the marked program: the exercises that its therapist marked as
    /// essential.
    pub(super) fn begin_short(&mut self, now: &Moment) {
        if self
            .programs
            .get(self.marked)
            .and_then(ProgramEntry::program)
            .is_none()
        {
            self.view(now);
            return;
        }
        if !self.ask_about_sign(After::Short) {
            self.short_past_sign(now);
        }
    }

    /// The same, the question about an open stop sign being answered.
    pub(super) fn short_past_sign(&mut self, now: &Moment) {
        let Some(program) = self
            .programs
            .get(self.marked)
            .and_then(ProgramEntry::program)
            .cloned()
        else {
            return;
        };
        let past_sign = self.open_sign(&program).is_some();
        let status = prescription::status(&program, self.past(), now.day());
        let Some(length) = short_length(&program, status.phase, &status.steps) else {
            self.notice = Some(
                "Your therapist has marked no exercises of this program as the essential ones."
                    .to_owned(),
            );
            return;
        };
        if prescription::unfinished(&program, &self.histories, now.day()).is_some() {
            self.notice = Some(
                "A session of it was left unfinished: Enter goes on with it, x gives it up."
                    .to_owned(),
            );
        } else if self.ask_mornings(Some(After::Short)) {
            self.mornings.past_sign = past_sign;
            return;
        } else if status.first_time {
            // What must be read before the first session is read before a short one, too.
            let mut page = program::ProgramScreen::new(self.marked, status.phase, true, now);
            page.short = true;
            self.screen = Screen::Program(page.past_sign(past_sign));
        } else {
            self.offer_then_start(self.marked, true, now);
        }
        self.notice.get_or_insert(format!(
            "A short session of about {} min: the essential exercises only.",
            minutes(length)
        ));
    }

    pub(super) fn problem_action(&mut self, action: Action) {
        let Screen::Problem(_, report, scroll) = &mut self.screen else {
            return;
        };
        let lines = report.len();
        match action {
            Action::Cancel => self.screen = Screen::Today,
            action => *scroll = scrolled(*scroll, action, lines),
        }
    }

    fn ask_discard(&mut self) {
        let Some(words) = self.unfinished_words() else {
            return;
        };
        let mut menu = Menu::new(
            MenuKind::Discard,
            "Give up the unfinished session?".to_owned(),
        );
        menu.text = vec![words, "What was done in it stays recorded.".to_owned()];
        menu.lines = vec!["Keep it".to_owned(), "Give it up".to_owned()];
        self.overlays.push(Overlay::Menu(menu));
    }

    pub(super) fn discard_chosen(&mut self, line: usize, now: &Moment) {
        if line != 1 {
            return;
        }
        let program = self
            .programs
            .get(self.marked)
            .and_then(ProgramEntry::program)
            .map(|program| program.id.clone());
        let end = |id: String, history: &SessionHistory| EndRecord {
            id,
            session: history.session.id.clone(),
            kind: EndKind::Discarded,
            for_pain: false,
            at: now.wall.clone(),
        };
        let open = self.histories.iter_mut().filter(|history| {
            history.end.is_none() && Some(&history.session.program) == program.as_ref()
        });
        let mut ends = Vec::new();
        for history in open {
            let end = end(self.ids.next_id(), history);
            history.end = Some(end.clone());
            ends.push(Record::End(end));
        }
        self.effects.push(Effect::Save(ends));
    }

    /// What is shown of pain in the list's foot: the values, oldest first, and the change in words.
    pub fn pain_words(&self, today: Date) -> Option<(String, String)> {
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

    /// Pain before and after the session, as far as it was said.
    pub fn pain_of(history: &SessionHistory) -> (Option<u8>, Option<u8>) {
        (
            history.pain(PainMoment::Before),
            history.pain(PainMoment::After),
        )
    }
}

/// Exercises, minutes, phase in words.
fn detail(exercises: usize, minutes: u64, phase: Option<(usize, usize)>) -> String {
    let plural = if exercises == 1 {
        "exercise"
    } else {
        "exercises"
    };
    let phase = phase
        .map(|(phase, of)| format!(" · phase {phase} of {of}"))
        .unwrap_or_default();
    format!("{exercises} {plural} · {minutes} min{phase}")
}

/// Which week of how many of the phase it is, where the therapist says how many.
fn week_words(program: &Program, status: &ProgramStatus) -> Option<String> {
    let week = status.week.filter(|_| status.due != Due::Finished)?;
    let of = program.phase(status.phase)?.weeks?;
    let of = if week <= u32::from(of) {
        format!(" of {of}")
    } else {
        String::new()
    };
    Some(format!(", week {week}{of}"))
}

fn due_words(status: &ProgramStatus) -> String {
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

/// A scroll position after an action, never past the last line.
pub(super) fn scrolled(scroll: u16, action: Action, lines: usize) -> u16 {
    const PAGE: u16 = 10;
    let most = u16::try_from(lines).unwrap_or(u16::MAX).saturating_sub(1);
    match action {
        Action::Up => scroll.saturating_sub(1),
        Action::Down => scroll.saturating_add(1).min(most),
        Action::PageUp => scroll.saturating_sub(PAGE),
        Action::PageDown => scroll.saturating_add(PAGE).min(most),
        _ => scroll,
    }
}
