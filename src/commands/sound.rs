//! `regimen sound`: plays every tone and says a sentence, so that you can tell whether you hear
//! them.

use std::time::Duration;

use anyhow::Context;

use crate::commands::{Env, Status, eprint_line, print_line};
use crate::effect::{Alert, AlertKind};
use crate::event_loop::Device;
use crate::events::{Events, Input, Instant};
use crate::files;
use crate::output;
use crate::preferences::Voice;
use crate::speech::{self, Speaker};
use crate::terminal::{self, TerminalEvents};
use crate::tones;

/// The silence between two tones.
const BETWEEN: Duration = Duration::from_millis(500);
/// How long to wait for the spoken sentence.
const SENTENCE: Duration = Duration::from_secs(8);

/// Plays all tones one after the other, prints the name of each, and says a sentence.
pub(crate) fn sound(env: &Env, language: &str) -> anyhow::Result<Status> {
    let (mut preferences, problem) = env.read_preferences();
    if let Some(problem) = problem {
        eprint_line(&problem);
    }
    // This command plays everything, even if it's off in sessions.
    preferences.tones = true;
    preferences.voice = Voice::Full;
    // This mark keeps the app from reporting a missing voice again. Here it is reported once more.
    let _ = files::remove(&env.cache.join("tones").join("no-voice"));
    let mut events = TerminalEvents::lines().context("could not read the keyboard")?;
    let mut machine = env.machine(&preferences, events.reports());
    let speaker = Speaker::new(language, Voice::Full);
    let mut missing = Vec::new();
    let with_tones = AlertKind::ALL
        .into_iter()
        .filter(|kind| !tones::notes(*kind).is_empty());
    for kind in with_tones {
        print_line(kind.name());
        // If the names are lost, the tones tell nothing.
        if !output::is_heard() {
            return Ok(Status::Fine);
        }
        let speech = if kind == AlertKind::Trial {
            speaker.trial()
        } else {
            String::new()
        };
        let at = events.now().instant;
        let language = language.to_owned();
        machine.alert(&Alert {
            kind,
            text: kind.name().to_owned(),
            speech,
            language,
            at,
        });
        let length = tones::length(tones::notes(kind))
            + if kind == AlertKind::Trial {
                SENTENCE
            } else {
                BETWEEN
            };
        if !wait(&mut events, at + length, &mut missing) {
            return Ok(Status::Fine);
        }
    }
    if !speaker.has_words() {
        let known: Vec<&str> = speech::languages().collect();
        eprint_line(&format!(
            "In this language the voice only says your therapist's own texts. It says everything \
             in {}.",
            known.join(", ")
        ));
    }
    for what in &missing {
        eprint_line(what);
    }
    print_line(
        "Only you can tell whether you heard this. Heard nothing? Turn up the computer's volume.",
    );
    Ok(if missing.is_empty() {
        Status::Fine
    } else {
        Status::Problems
    })
}

/// Waits until an instant and collects reports of missing sound. Returns false if the user wants to
/// end.
fn wait(events: &mut TerminalEvents, until: Instant, missing: &mut Vec<String>) -> bool {
    // Without a keyboard the first hangup comes at once and means nothing; with one it means "end".
    let mut ignored = terminal::is_interactive();
    while events.now().instant < until {
        match events.next(Some(until)) {
            Input::Missing { what, .. } => missing.push(what),
            Input::Hangup if std::mem::replace(&mut ignored, true) => return false,
            _ => {}
        }
    }
    true
}
