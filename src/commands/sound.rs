//! `regimen sound`: every tone by its name, and a sentence. Knows nothing of sessions.

use std::time::Duration;

use anyhow::Context;

use crate::commands::{Env, Status, eprint_line, print_line};
use crate::effect::{Alert, AlertKind};
use crate::event_loop::Device;
use crate::events::{Events, Input, Instant};
use crate::files;
use crate::output;
use crate::preferences::Voice;
use crate::speech::Speaker;
use crate::terminal::{self, TerminalEvents};
use crate::tones;

/// Silence between two tones.
const BETWEEN: Duration = Duration::from_millis(500);
/// How long the sentence may take.
const SENTENCE: Duration = Duration::from_secs(8);

/// Plays all tones one after the other, each named, and says a sentence.
pub fn sound(env: &Env, language: &str) -> anyhow::Result<Status> {
    let (mut preferences, trouble) = env.read_preferences();
    if let Some(trouble) = trouble {
        eprint_line(&trouble);
    }
    // What is asked for here is heard, whatever is off in a session.
    preferences.tones = true;
    preferences.voice = Voice::Full;
    // Who asks is told again that there is no voice.
    let _ = files::remove(&env.cache.join("tones").join("no-voice"));
    let mut events = TerminalEvents::lines().context("could not listen to the keyboard")?;
    let mut machine = env.machine(&preferences, events.reports());
    let speaker = Speaker::new(language, Voice::Full);
    let mut missing = Vec::new();
    let with_tones = AlertKind::ALL
        .into_iter()
        .filter(|kind| !tones::notes(*kind).is_empty());
    for kind in with_tones {
        print_line(kind.name());
        // A tone without its name says nothing.
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
        let known: Vec<&str> = crate::speech::languages().collect();
        eprint_line(&format!(
            "In this language only the therapist's own texts are said; words of our own there are in {}.",
            known.join(", ")
        ));
    }
    for what in &missing {
        eprint_line(what);
    }
    print_line(
        "Only you can tell whether this was heard. Nothing? Turn the computer's own volume up.",
    );
    Ok(if missing.is_empty() {
        Status::Fine
    } else {
        Status::Problems
    })
}

/// Waits until an instant; false when it was asked to end.
fn wait(events: &mut TerminalEvents, until: Instant, missing: &mut Vec<String>) -> bool {
    // Who has no keyboard has "hung up" from the beginning; who has one means it.
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
