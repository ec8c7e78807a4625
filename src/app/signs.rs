//! The stop signs that a patient has: said on the page of stop signs, recorded in the words that
//! were chosen, and open until the therapist changes the program or the patient says that it was
//! cleared up.

use super::context::{Cx, Shared};
use super::menu::{Choice, Menu, Overlay, SignChoice};
use super::page::OverlayPage;
use super::{App, Screen, safety};
use crate::catalog::{ProgramEntry, text_hash_of};
use crate::day::day_of;
use crate::effect::AlertKind;
use crate::events::Moment;
use crate::history::StopSign;
use crate::program::{Exercise, Program};
use crate::record::{ClearanceRecord, Record, StopSignRecord};

/// What a patient says whose sign is not among those of the program.
const OTHER: &str = "Something else that worries me";

/// Returns a sign that was reported, with its day, in words.
pub(super) fn describe_reported(sign: &StopSign) -> String {
    let day = day_of(&sign.reported.at).strftime("%A %-d %B");
    format!("You reported on {day}: {}", sign.reported.words)
}

/// Returns what the first page says of an open stop sign: the selected program's, or else another
/// one's with its title.
pub(super) fn describe_open(shared: &Shared) -> Option<String> {
    let open = shared.history.open_signs();
    // A program of which nothing was reported need not be read.
    let selected = shared.catalog.selected().and_then(ProgramEntry::id);
    let own = open.iter().rev();
    let mut own = own.filter(|sign| Some(sign.reported.program.as_str()) == selected);
    own.next().map(describe_reported).or_else(|| {
        let sign = open.last()?;
        let of = |entry: &&ProgramEntry| entry.id() == Some(sign.reported.program.as_str());
        let title = shared.catalog.entries.iter().find(of)?.title();
        Some(format!("{title}: {}", describe_reported(sign)))
    })
}

/// Returns the page of stop signs of a program, in a session with those of the exercise.
pub(super) fn page(
    program: Option<&Program>,
    exercise: Option<&Exercise>,
    shared: &Shared,
    scroll: u16,
) -> OverlayPage {
    let sections = program
        .map(|program| {
            let open = shared.open_sign(program).map(describe_reported);
            safety::stop_signs(program, exercise, open)
        })
        .unwrap_or_default();
    // Where only numbers of pain are named, the page itself says what they are for.
    let mut headings = sections.iter().map(|section| section.heading.as_str());
    let named = headings.any(|heading| heading == safety::STOP);
    OverlayPage::StopSigns {
        title: if named { "Stop signs" } else { safety::STOP }.to_owned(),
        sections,
        scroll,
    }
}

/// Returns the question that comes before a session of a program with an open stop sign.
pub(super) fn ask_open(program: &Program, shared: &Shared) -> Option<Menu> {
    let mut text = vec![describe_reported(shared.open_sign(program)?)];
    text.extend(program.contact().map(|contact| format!("Call: {contact}")));
    let items = vec![
        ("Not today".to_owned(), Choice::Nothing),
        (
            "It was cleared up with my therapist: start".to_owned(),
            Choice::StartCleared,
        ),
        ("Start all the same".to_owned(), Choice::StartDespiteSign),
    ];
    Some(Menu::new("You reported a stop sign", text, items))
}

/// Records that the open signs of a program were cleared up.
pub(super) fn clear(program: &str, cx: &mut Cx<'_>) {
    let open = cx.shared.history.open_signs().iter();
    let open = open.filter(|sign| sign.reported.program == program);
    let open: Vec<String> = open.map(|sign| sign.reported.id.clone()).collect();
    let records = open.into_iter().map(|sign| {
        Record::Clearance(ClearanceRecord {
            id: cx.shared.ids.next_id(),
            sign,
            at: cx.now.wall.clone(),
        })
    });
    let records = records.collect();
    cx.record(records);
    cx.say("Recorded: cleared up with your therapist.");
}

/// Returns what to do about a sign.
fn stop_menu(words: &str, contact: Option<String>, running: bool) -> Menu {
    let title = if words == OTHER {
        "Stop, and ask before you go on."
    } else {
        "Stop. This is a stop sign of your program."
    };
    let mut text = vec![words.to_owned()];
    if words.to_lowercase().contains("emergency") {
        text.push("Get emergency care now: call your emergency number.".to_owned());
    }
    text.push(match contact {
        Some(contact) => format!("Call: {contact}"),
        None => "Call your therapist or your doctor. In an emergency call the emergency number."
            .to_owned(),
    });
    text.push("It is recorded, and your therapist will see it first.".to_owned());
    let items = if running {
        vec![
            ("End the session now".to_owned(), Choice::EndForSign),
            ("Go on all the same".to_owned(), Choice::ContinueDespiteSign),
        ]
    } else {
        vec![("I have read this".to_owned(), Choice::SignRead)]
    };
    let mut menu = Menu::new(title, text, items);
    menu.must_answer = true;
    menu
}

impl App {
    /// Asks which sign it is: one of the program's, or of the exercise being done.
    pub(super) fn ask_which_sign(&mut self) {
        let Some(program) = self.screen.program(&self.shared) else {
            return;
        };
        let sign = |exercise: Option<&Exercise>, words: &str| {
            let sign = SignChoice {
                exercise: exercise.map(|exercise| exercise.id.clone()),
                words: words.to_owned(),
            };
            (words.to_owned(), Choice::HaveSign(Box::new(sign)))
        };
        let mut items: Vec<(String, Choice)> = Vec::new();
        items.extend(program.stop_if.iter().map(|words| sign(None, words)));
        if let Some(exercise) = self.screen.exercise() {
            let own = exercise.stop_if.iter();
            items.extend(own.map(|words| sign(Some(exercise), words)));
        }
        items.push(sign(None, OTHER));
        items.push(("None of these: go back".to_owned(), Choice::Nothing));
        let mut menu = Menu::new("Which one do you have?", Vec::new(), items);
        menu.selected = None;
        self.overlays.push(Overlay::Menu(menu));
    }

    /// Records a sign, and shows whom to call.
    pub(super) fn report_sign(&mut self, sign: SignChoice, now: &Moment) {
        let SignChoice { exercise, words } = sign;
        let session = self.screen.session();
        let running = session.is_some_and(|session| session.end.is_none());
        let begun = session.filter(|session| session.has_begun());
        let session = begun.map(|session| session.record.id.clone());
        let Some(program) = self.screen.program(&self.shared) else {
            return;
        };
        let (id, contact) = (program.id.clone(), program.contact());
        let language = program.language.clone();
        let hash = text_hash_of(&self.shared.catalog.entries, &id).unwrap_or_default();
        let mut cx = self.cx(now);
        let reported = StopSignRecord {
            id: cx.next_id(),
            program: id,
            hash,
            session,
            exercise,
            words: words.clone(),
            at: now.wall.clone(),
        };
        cx.record(vec![Record::StopSign(reported)]);
        let speech = cx.speaker(&language).stop(&words);
        let heard = (speech, language.as_str());
        cx.announce(AlertKind::PainStop, "stop sign", heard, now.instant);
        if let Screen::Intake(intake) = &mut self.screen {
            // What was said of an earlier sign says nothing of this one.
            intake.sign_reported();
        }
        // The page of the signs has done its work.
        self.overlays.pop();
        let menu = stop_menu(&words, contact, running);
        self.overlays.push(Overlay::Menu(menu));
    }

    /// What to do about a sign was read.
    pub(super) fn sign_read(&mut self) {
        if let Screen::Program(screen) = &mut self.screen {
            // What was to start is not started by reporting a sign.
            screen.stay();
        }
    }

    /// Asks whether the sign that was reported was cleared up.
    pub(super) fn ask_cleared(&mut self, now: &Moment) {
        let program = self.screen.program(&self.shared);
        let Some(sign) = program.and_then(|program| self.shared.open_sign(program)) else {
            let words = "You have reported no stop sign that is still open.";
            self.shared.status.say(words, now.instant);
            return;
        };
        let menu = Menu::new(
            "Was it cleared up with your therapist?",
            vec![describe_reported(sign)],
            vec![
                ("Not yet".to_owned(), Choice::Nothing),
                (
                    "Yes, my therapist says that I can go on".to_owned(),
                    Choice::SignCleared,
                ),
            ],
        );
        self.overlays.push(Overlay::Menu(menu));
    }

    /// Records that the open signs of the program on the screen were cleared up.
    pub(super) fn clear_sign(&mut self, now: &Moment) {
        let program = self.screen.program(&self.shared);
        if let Some(id) = program.map(|program| program.id.clone()) {
            clear(&id, &mut self.cx(now));
        }
    }
}
