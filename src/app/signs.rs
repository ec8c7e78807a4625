//! The stop signs that a patient has: said on the page of stop signs, recorded in the words that
//! were chosen, and open until the therapist changes the program or the patient says that it was
//! cleared up. Knows nothing of how the page is drawn.

use super::check_in::After;
use super::{AlertKind, App, Effect, Menu, MenuKind, Overlay, ProgramEntry, Screen, playing};
use crate::day::day_of;
use crate::events::Moment;
use crate::prescription;
use crate::program::Program;
use crate::record::{ClearanceRecord, Record, StopSign, StopSignRecord};

/// What a patient says whose sign is not among those of the program.
pub const OTHER: &str = "Something else that worries me";

/// Returns the signs that keep a program's next steps closed: not cleared up, and reported under
/// the text that its file has now.
pub fn open(signs: &[StopSign], programs: &[ProgramEntry]) -> Vec<StopSign> {
    let mut open = signs.to_vec();
    open.retain(|sign| {
        let of = programs
            .iter()
            .find(|entry| entry.id() == Some(sign.reported.program.as_str()));
        of.is_some_and(|entry| sign.is_open(&sign.reported.program, &playing::hash(&entry.text)))
    });
    open
}

/// Returns a sign that was reported, with its day, in words.
pub fn reported_words(sign: &StopSign) -> String {
    let day = day_of(&sign.reported.at).strftime("%A %-d %B");
    format!("You reported on {day}: {}", sign.reported.words)
}

impl App {
    /// Returns the stop sign of a program that is not cleared up.
    pub fn open_sign(&self, program: &Program) -> Option<&StopSign> {
        prescription::open_sign(program, self.past())
    }

    /// Returns what the first page says of an open stop sign: the marked program's, or else another
    /// one's with its title.
    pub fn sign_words(&self) -> Option<String> {
        self.marked_sign().map(reported_words).or_else(|| {
            let sign = self.signs.last()?;
            let of = |entry: &&ProgramEntry| entry.id() == Some(sign.reported.program.as_str());
            let title = self.programs.iter().find(of).map(ProgramEntry::title)?;
            Some(format!("{title}: {}", reported_words(sign)))
        })
    }

    /// The open stop sign of the marked program.
    fn marked_sign(&self) -> Option<&StopSign> {
        // A program of which nothing was reported need not be read.
        let id = self.programs.get(self.marked)?.id()?;
        self.signs
            .iter()
            .rev()
            .find(|sign| sign.reported.program == id)
    }

    /// The signs that can be chosen from: the program's, and those of the exercise at hand with its
    /// id.
    fn signs_to_choose(&self) -> Vec<(Option<String>, String)> {
        let Some(program) = self.program_at_hand() else {
            return Vec::new();
        };
        let of_program = program.stop_if.iter().map(|words| (None, words.clone()));
        let exercise = self.session.as_ref().and_then(|session| session.exercise());
        let own = exercise.into_iter().flat_map(|exercise| {
            exercise
                .stop_if
                .iter()
                .map(|words| (Some(exercise.id.clone()), words.clone()))
        });
        of_program
            .chain(own)
            .chain([(None, OTHER.to_owned())])
            .collect()
    }

    /// Asks which sign it is.
    pub(super) fn ask_which_sign(&mut self) {
        let signs = self.signs_to_choose();
        if signs.is_empty() {
            return;
        }
        let mut menu = Menu::new(MenuKind::Sign, "Which one do you have?".to_owned());
        menu.lines = signs
            .into_iter()
            .map(|(_, words)| words)
            .chain(["None of these: go back".to_owned()])
            .collect();
        menu.marked = None;
        self.overlays.push(Overlay::Menu(menu));
    }

    /// Records the sign, and shows whom to call.
    pub(super) fn sign_chosen(&mut self, line: usize, now: &Moment) {
        let Some((exercise, words)) = self.signs_to_choose().into_iter().nth(line) else {
            return;
        };
        let Some(program) = self.program_at_hand() else {
            return;
        };
        let (program, contact) = (program.id.clone(), program.contact());
        let entry = self
            .programs
            .iter()
            .find(|entry| entry.id() == Some(program.as_str()));
        let hash = entry
            .map(|entry| playing::hash(&entry.text))
            .unwrap_or_default();
        let session = self.session.as_ref().filter(|session| session.has_begun());
        let reported = StopSignRecord {
            id: self.ids.next_id(),
            program,
            hash,
            session: session.map(|session| session.record.id.clone()),
            exercise,
            words: words.clone(),
            at: now.wall.clone(),
        };
        let sign = StopSign {
            reported: reported.clone(),
            cleared: None,
        };
        self.signs.push(sign.clone());
        self.all_signs.push(sign);
        // What was said of an earlier sign says nothing of this one.
        self.mornings.past_sign = false;
        self.effects
            .push(Effect::Save(vec![Record::StopSign(reported)]));
        let speech = self.speaker().stop(&words);
        self.alert(AlertKind::PainStop, "stop sign", speech, now.instant);
        let title = if words == OTHER {
            "Stop, and ask before you go on."
        } else {
            "Stop. This is a stop sign of your program."
        };
        let mut menu = Menu::new(MenuKind::SignStop, title.to_owned());
        menu.text = vec![words];
        if menu
            .text
            .iter()
            .any(|words| words.to_lowercase().contains("emergency"))
        {
            menu.text
                .push("Get emergency care now: call your emergency number.".to_owned());
        }
        menu.text.push(match contact {
            Some(contact) => format!("Call: {contact}"),
            None => {
                "Call your therapist or your doctor. In an emergency call the emergency number."
                    .to_owned()
            }
        });
        menu.text
            .push("It is recorded, and your therapist will see it first.".to_owned());
        let running = self
            .session
            .as_ref()
            .is_some_and(|session| session.end.is_none());
        menu.lines = if running {
            vec![
                "End the session now".to_owned(),
                "Go on all the same".to_owned(),
            ]
        } else {
            vec!["I have read this".to_owned()]
        };
        // The page of the signs has done its work.
        self.overlays.pop();
        self.overlays.push(Overlay::Menu(menu));
    }

    pub(super) fn sign_stop_chosen(&mut self, line: usize, now: &Moment) {
        let running = self
            .session
            .as_ref()
            .is_some_and(|session| session.end.is_none());
        if line == 0 && running {
            if self
                .session
                .as_ref()
                .is_some_and(playing::Session::has_begun)
            {
                self.end_early(now);
            } else {
                self.session = None;
                self.screen = Screen::Today;
            }
            return;
        }
        if let Screen::Program(page) = &mut self.screen {
            // What was to start is not started by reporting a sign.
            page.stay();
        }
        if matches!(self.screen, Screen::Playing)
            && self.overlays.is_empty()
            && let Some(session) = &mut self.session
        {
            session.go_on(now.instant);
        }
    }

    /// Asks whether the sign that was reported was cleared up.
    pub(super) fn ask_cleared(&mut self) {
        let Some(sign) = self
            .program_at_hand()
            .and_then(|program| self.open_sign(program))
        else {
            self.notice = Some("You have reported no stop sign that is still open.".to_owned());
            return;
        };
        let mut menu = Menu::new(
            MenuKind::SignCleared,
            "Was it cleared up with your therapist?".to_owned(),
        );
        menu.text = vec![reported_words(sign)];
        menu.lines = vec![
            "Not yet".to_owned(),
            "Yes, my therapist says that I can go on".to_owned(),
        ];
        self.overlays.push(Overlay::Menu(menu));
    }

    pub(super) fn sign_cleared_chosen(&mut self, line: usize, now: &Moment) {
        if line == 1 {
            self.clear_sign(now);
        }
    }

    /// Records that the open signs of the program at hand were cleared up.
    fn clear_sign(&mut self, now: &Moment) {
        let Some(program) = self.program_at_hand().map(|program| program.id.clone()) else {
            return;
        };
        let (cleared, open) = std::mem::take(&mut self.signs)
            .into_iter()
            .partition::<Vec<StopSign>, _>(|sign| sign.reported.program == program);
        self.signs = open;
        for known in self
            .all_signs
            .iter_mut()
            .filter(|known| cleared.iter().any(|sign| sign.reported == known.reported))
        {
            known.cleared = Some(now.wall.clone());
        }
        let record = |sign: StopSign| {
            Record::Clearance(ClearanceRecord {
                id: self.ids.next_id(),
                sign: sign.reported.id,
                at: now.wall.clone(),
            })
        };
        let records: Vec<Record> = cleared.into_iter().map(record).collect();
        self.effects.push(Effect::Save(records));
        self.notice = Some("Recorded: cleared up with your therapist.".to_owned());
    }

    /// Before a session of a program with an open stop sign: asks first. Says whether there was
    /// anything to ask.
    pub(super) fn ask_about_sign(&mut self, then: After) -> bool {
        let Some(words) = self.marked_sign().map(reported_words) else {
            return false;
        };
        let contact = self
            .programs
            .get(self.marked)
            .and_then(|entry| entry.program())
            .and_then(|it| it.contact());
        let mut menu = Menu::new(
            MenuKind::SignOpen(then),
            "You reported a stop sign".to_owned(),
        );
        menu.text = vec![words];
        menu.text
            .extend(contact.map(|contact| format!("Call: {contact}")));
        menu.lines = vec![
            "Not today".to_owned(),
            "It was cleared up with my therapist: start".to_owned(),
            "Start all the same".to_owned(),
        ];
        self.overlays.push(Overlay::Menu(menu));
        true
    }

    pub(super) fn sign_open_chosen(&mut self, line: usize, then: After, now: &Moment) {
        if line == 0 {
            return;
        }
        if line == 1 {
            self.clear_sign(now);
        }
        // Otherwise the sign stays open, and opens no step; only this start is not asked about
        // again.
        self.start_past_sign(then, now);
    }

    /// Starts what was asked for, the question about an open stop sign being answered.
    pub(super) fn start_past_sign(&mut self, then: After, now: &Moment) {
        match then {
            After::Begin(phase) => self.begin_past_sign(phase, now),
            After::Short => self.short_past_sign(now),
            After::Page => self.page_past_sign(now),
        }
    }
}
