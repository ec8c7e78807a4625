//! Everything that is asked between choosing a program and the first step of its session: an open
//! stop sign, the morning after an earlier session, the page of a first session, next steps, pain
//! before.

use std::collections::VecDeque;

use super::context::{Cx, Shared};
use super::flow::{Flow, ProgramPlace, Want};
use super::keymap::{Action, Context};
use super::menu::{Choice, Menu, Overlay, ProgressionChoice};
use super::page::ScreenPage;
use super::question::{BandStop, CheckIn, ask_band_stop};
use super::session::{Session, short_length};
use super::{signs, steps};
use crate::events::Moment;
use crate::history;
use crate::program::words::minutes;
use crate::program::{PainMoment, Program};
use crate::progression;
use crate::record::{Record, RecordId};
use crate::schedule;

/// What is asked before a session.
#[derive(Debug, Clone)]
pub(super) struct Intake {
    /// What starts once everything is answered; `None` where the application was just opened.
    want: Option<Want>,
    /// Whether the patient has said to start despite an open stop sign.
    past_sign: bool,
    /// The next steps that are still to be asked about; `None` before they are known.
    offers: Option<VecDeque<ProgressionChoice>>,
    prompt: Prompt,
}

/// What is asked now.
#[derive(Debug, Clone)]
enum Prompt {
    /// A menu that covers the screen.
    Menu,
    /// Pain on the morning after a session of the program at this place in the list.
    Morning(usize, RecordId, CheckIn),
    /// Pain before the session.
    PainBefore(Box<Session>, CheckIn),
}

impl Intake {
    /// Creates what is asked before something starts, or when the application is opened.
    pub(super) fn new(want: Option<Want>) -> Self {
        let past_sign = matches!(want, Some(Want::Page(place)) if place.past_sign);
        Self {
            want,
            past_sign,
            offers: None,
            prompt: Prompt::Menu,
        }
    }

    /// Lets something start once the questions of the start are answered.
    pub(super) fn then(&mut self, want: Want) {
        self.want = Some(want);
    }

    /// Forgets that the patient wanted to start despite a stop sign: another one was reported.
    pub(super) fn sign_reported(&mut self) {
        self.past_sign = false;
    }

    /// Goes back to where the session was to start from.
    pub(super) fn leave(&self) -> Flow {
        match self.want {
            Some(Want::Page(place)) => Flow::Program(place),
            _ => Flow::Today,
        }
    }

    /// Asks what is asked next, or starts the session.
    pub(super) fn proceed(&mut self, cx: &mut Cx<'_>) -> Flow {
        let Some(want) = self.want else {
            return if self.ask_morning(cx) {
                Flow::Stay
            } else {
                Flow::Today
            };
        };
        let Some(program) = cx.shared.selected_program().cloned() else {
            return Flow::View;
        };
        if !self.past_sign
            && let Some(menu) = signs::ask_open(&program, cx.shared)
        {
            return self.ask(menu);
        }
        let today = cx.now.day();
        let status = schedule::status(&program, cx.shared.past(), today);
        let short = want.is_short();
        let length = if short {
            let length = short_length(&program, status.phase, &status.steps);
            if length.is_none() {
                cx.say(
                    "Your therapist has marked no exercises of this program as the essential ones.",
                );
                return self.leave();
            }
            length
        } else {
            None
        };
        let sessions = &cx.shared.history.sessions;
        let unfinished = history::unfinished(&program, sessions, today).cloned();
        let resumes = match want {
            Want::Session { phase, .. } => phase.is_none(),
            Want::Page(_) => true,
        };
        if let Some(history) = unfinished.filter(|_| resumes) {
            if short && matches!(want, Want::Session { .. }) {
                cx.say(
                    "A session of it was left unfinished: Enter goes on with it, x gives it up.",
                );
                return self.leave();
            }
            return Flow::Resume(Box::new(history));
        }
        if self.ask_morning(cx) {
            return Flow::Stay;
        }
        if let Some(length) = length.filter(|_| cx.shared.status.is_empty()) {
            let minutes = minutes(length);
            cx.say(format!(
                "A short session of about {minutes} min: the essential exercises only."
            ));
        }
        let last = program.phases.len().saturating_sub(1);
        let phase = match want {
            Want::Session { phase, .. } if status.first_time => {
                // What must be read before the first session is read before any first one.
                let phase = phase.unwrap_or(status.phase).min(last);
                let index = cx.shared.catalog.selected;
                return Flow::Program(ProgramPlace {
                    short,
                    past_sign: self.past_sign,
                    ..ProgramPlace::new(index, phase, true)
                });
            }
            Want::Session { phase, .. } => phase.map(|phase| phase.min(last)),
            Want::Page(place) => Some(place.phase).filter(|phase| *phase != status.phase),
        };
        if phase.is_none()
            && let Some(menu) = self.next_offer(&program, cx)
        {
            return self.ask(menu);
        }
        let held = progression::phase(&program, cx.shared.past());
        self.begin(phase.unwrap_or(held), short, cx)
    }

    fn ask(&mut self, menu: Menu) -> Flow {
        self.prompt = Prompt::Menu;
        Flow::Open(Overlay::Menu(menu))
    }

    /// Asks for the pain of the morning after the last session of a program whose therapist wants to
    /// know it; returns whether there was anything to ask. What was skipped is not asked for again before the next start of the application.
    fn ask_morning(&mut self, cx: &mut Cx<'_>) -> bool {
        let shared = &mut *cx.shared;
        let open = shared
            .catalog
            .entries
            .iter()
            .enumerate()
            .find_map(|(index, entry)| {
                let known = entry.id().is_some_and(|id| shared.history.knows(id));
                let program = entry.program().filter(|_| known)?;
                let history = schedule::morning_after(program, shared.past(), &cx.now.wall)?;
                let id = &history.session.id;
                let asked = shared.mornings_asked.contains(id);
                (!asked).then(|| (index, id.clone(), history::date_of(history)))
            });
        let Some((index, session, day)) = open else {
            return false;
        };
        shared.mornings_asked.push(session.clone());
        self.prompt = Prompt::Morning(index, session, CheckIn::next_morning(day));
        true
    }

    /// Returns the question about the next step that is open to the patient.
    fn next_offer(&mut self, program: &Program, cx: &Cx<'_>) -> Option<Menu> {
        let past = cx.shared.past();
        let offers = self.offers.get_or_insert_with(|| {
            let offers = progression::offers(program, past, cx.now.day());
            offers.into_iter().map(ProgressionChoice::On).collect()
        });
        let next = offers.pop_front()?;
        let phase = progression::phase(program, past);
        Some(steps::offer(program, phase, &next))
    }

    /// Begins the session, with the question before it if the therapist asks one.
    fn begin(&mut self, phase: usize, short: bool, cx: &mut Cx<'_>) -> Flow {
        let Some(session) = Session::start(phase, short, cx) else {
            return self.leave();
        };
        if session.program.pain.asks(PainMoment::Before) {
            self.prompt = Prompt::PainBefore(Box::new(session), CheckIn::before());
            return Flow::Stay;
        }
        Flow::Play(Box::new(session))
    }

    pub(super) fn update(&mut self, action: Action, cx: &mut Cx<'_>) -> Flow {
        let question = match &mut self.prompt {
            Prompt::Menu => return Flow::Stay,
            Prompt::Morning(.., question) | Prompt::PainBefore(_, question) => question,
        };
        match action {
            Action::Confirm => self.answered(cx),
            Action::Stop => {
                if let Prompt::PainBefore(..) = &self.prompt {
                    Flow::Today
                } else {
                    // What was to begin does not.
                    self.want = None;
                    self.proceed(cx)
                }
            }
            action => {
                question.edit(action, cx.now.instant);
                Flow::Stay
            }
        }
    }

    fn answered(&mut self, cx: &mut Cx<'_>) -> Flow {
        let (program, question, stops) = match &mut self.prompt {
            Prompt::Menu => return Flow::Stay,
            Prompt::Morning(index, session, question) => {
                let Some(program) = cx.shared.catalog.program(*index).cloned() else {
                    return Flow::Stay;
                };
                if let Some(rating) = question.rating(session, cx) {
                    cx.record(vec![Record::Rating(rating)]);
                }
                let stops = if self.want.is_some() {
                    BandStop::Start
                } else {
                    BandStop::Read
                };
                (program, question, stops)
            }
            Prompt::PainBefore(session, question) => {
                if let Some(rating) = question.rating(&session.record.id, cx) {
                    session.rate(rating, cx);
                }
                (session.program.clone(), question, BandStop::Session)
            }
        };
        let band = question.band(&program).filter(|band| band.stop);
        let menu = band.map(|band| ask_band_stop(band, &program, stops, cx));
        question.next();
        match menu {
            Some(menu) => Flow::Open(Overlay::Menu(menu)),
            None => self.go_on(cx),
        }
    }

    /// Goes on after a question.
    fn go_on(&mut self, cx: &mut Cx<'_>) -> Flow {
        match &self.prompt {
            Prompt::PainBefore(session, _) => Flow::Play(session.clone()),
            _ => self.proceed(cx),
        }
    }

    /// Takes the answer to a menu that was opened here.
    pub(super) fn choose(&mut self, choice: &Choice, cx: &mut Cx<'_>) -> Flow {
        match choice {
            Choice::StartCleared | Choice::StartDespiteSign => {
                if *choice == Choice::StartCleared
                    && let Some(id) = cx.shared.selected_program().map(|it| it.id.clone())
                {
                    signs::clear(&id, cx);
                }
                // Otherwise the sign stays open, and opens no step; only this start is not asked
                // about again.
                self.past_sign = true;
                self.proceed(cx)
            }
            Choice::Answer(step, go) => match steps::answer(step, *go, cx) {
                Some(flow) => flow,
                None => self.proceed(cx),
            },
            Choice::StopForBand => {
                if let Prompt::PainBefore(session, _) = &self.prompt {
                    Flow::EndSession(session.clone())
                } else {
                    self.want = None;
                    self.proceed(cx)
                }
            }
            Choice::ContinueDespiteBand => self.go_on(cx),
            Choice::EndForSign => Flow::Today,
            _ => Flow::Stay,
        }
    }

    pub(super) fn context(&self) -> Context {
        match &self.prompt {
            Prompt::Menu => Context::Menu,
            Prompt::Morning(.., question) | Prompt::PainBefore(_, question) => question.context(),
        }
    }

    /// Returns the program that is asked about.
    pub(super) fn program<'s>(&'s self, shared: &'s Shared) -> Option<&'s Program> {
        match &self.prompt {
            Prompt::Menu => shared.selected_program().map(AsRef::as_ref),
            Prompt::Morning(index, ..) => shared.catalog.program(*index).map(AsRef::as_ref),
            Prompt::PainBefore(session, _) => Some(&session.program),
        }
    }

    /// Returns the session that is about to start.
    pub(super) fn session(&self) -> Option<&Session> {
        match &self.prompt {
            Prompt::PainBefore(session, _) => Some(session),
            _ => None,
        }
    }

    /// Takes back a number that was typed and not confirmed.
    pub(super) fn forget_number(&mut self, now: &Moment) {
        if let Prompt::Morning(.., question) | Prompt::PainBefore(_, question) = &mut self.prompt {
            question.edit(Action::Erase, now.instant);
        }
    }

    /// Returns the page of a question; `None` while a menu covers whatever is below it.
    pub(super) fn page(&self, shared: &Shared) -> Option<ScreenPage> {
        let program = self.program(shared)?;
        match &self.prompt {
            Prompt::Menu => None,
            Prompt::Morning(.., question) | Prompt::PainBefore(_, question) => {
                Some(question.page(program))
            }
        }
    }
}
