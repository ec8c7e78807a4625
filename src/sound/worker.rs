//! The thread that makes the sounds: it takes alerts from a queue, plays, speaks, and runs the
//! patient's own command.

use std::fs;
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender};
use std::time::Duration;

use super::child::{BoundedChild, now};
use super::players::{self, Players};
use super::speakers::{Sentence, Speakers};
use super::{Job, NoTones, SoundError};
use crate::effect::{Alert, AlertKind};
use crate::events::Input;
use crate::files::{self, Care};
use crate::preferences::{Preferences, Voice};
use crate::tones::{self, Note};
use crate::tools::{self, Tools};

/// Time between two looks at running children.
const REAP_EVERY: Duration = Duration::from_secs(1);
/// The longest time that the patient's own command may run.
const LONGEST_COMMAND: Duration = Duration::from_secs(10);
/// The longest time that stopping the speech service may take.
const LONGEST_STOP: Duration = Duration::from_secs(5);
/// How many commands may run at once.
const COMMANDS: usize = 8;

/// The state of the thread.
pub(super) struct Worker {
    tools: Tools,
    folder: PathBuf,
    preferences: Preferences,
    reports: Sender<Input>,
    /// Whether it turned out that no tone can be played.
    silent: Arc<AtomicBool>,
    players: Players,
    speakers: Speakers,
    /// Commands that run.
    commands: Vec<BoundedChild>,
    /// Whether it was reported that the command can't be run.
    reported_command: bool,
}

impl Worker {
    pub(super) fn new(
        tools: Tools,
        folder: PathBuf,
        preferences: Preferences,
        reports: Sender<Input>,
        silent: Arc<AtomicBool>,
    ) -> Self {
        Self {
            players: Players::new(&tools),
            speakers: Speakers::new(&tools),
            tools,
            folder,
            preferences,
            reports,
            silent,
            commands: Vec::new(),
            reported_command: false,
        }
    }

    /// Works until the queue is closed.
    pub(super) fn run(mut self, queue: &Receiver<Job>) {
        // A job that was taken from the queue and has yet to be done.
        let mut taken = None;
        loop {
            let job = match (taken.take(), self.wait()) {
                (Some(job), _) => Ok(job),
                (None, Some(wait)) => queue.recv_timeout(wait),
                (None, None) => queue.recv().map_err(|_| RecvTimeoutError::Disconnected),
            };
            match job {
                Ok(Job::Alert(first)) => {
                    let (alerts, other) = take_simultaneous(first, queue);
                    taken = other;
                    self.alert(&alerts);
                }
                Ok(Job::Preferences(preferences)) => {
                    self.preferences = *preferences;
                    if self.preferences.voice == Voice::Off {
                        self.hush();
                    }
                }
                Ok(Job::Hush) => self.hush(),
                Err(RecvTimeoutError::Timeout) => {}
                Err(RecvTimeoutError::Disconnected) => return,
            }
            self.reap();
            if !self.speakers.speak_if_due() {
                self.report_no_voice();
            }
        }
    }

    /// Returns how long nothing has to be done; none if nothing runs and no sentence waits.
    fn wait(&self) -> Option<Duration> {
        let is_busy =
            !self.commands.is_empty() || self.players.is_playing() || self.speakers.is_speaking();
        let reap = is_busy.then_some(REAP_EVERY);
        self.speakers.wait().into_iter().chain(reap).min()
    }

    /// Looks after the children that have ended.
    fn reap(&mut self) {
        self.commands.retain_mut(|child| child.poll().is_none());
        if !self.players.reap() {
            self.report_no_player();
        }
        if !self.speakers.reap() {
            self.report_no_voice();
        }
    }

    /// Lets the patient hear alerts that are due at once.
    fn alert(&mut self, alerts: &[Alert]) {
        let kinds: Vec<AlertKind> = alerts.iter().map(|alert| alert.kind).collect();
        let mut over = now();
        if self.preferences.tones && self.preferences.volume > 0 {
            over += self.play(&kinds);
        }
        for alert in alerts {
            self.run_command(alert);
        }
        let words: Vec<&str> = alerts
            .iter()
            .map(|alert| alert.speech.as_str())
            .filter(|words| !words.is_empty())
            .collect();
        if words.is_empty() || self.preferences.voice == Voice::Off {
            return;
        }
        if self.speakers.is_empty() {
            self.report_no_voice();
            return;
        }
        if kinds.iter().all(|kind| kind.gives_way()) && self.is_voice_busy() {
            return;
        }
        let language = alerts.last().map(|alert| alert.language.clone());
        self.speakers.say(Sentence {
            text: words.join(" "),
            language: language.unwrap_or_default(),
            not_before: over,
        });
    }

    fn is_voice_busy(&mut self) -> bool {
        if self.speakers.wait().is_some() {
            return true;
        }
        self.reap();
        self.speakers.is_speaking()
    }

    /// Plays the tones of some kinds in a row, and returns how long they take.
    fn play(&mut self, kinds: &[AlertKind]) -> Duration {
        let notes = tones::sequence(kinds);
        if notes.is_empty() || self.silent.load(Ordering::Relaxed) {
            return Duration::ZERO;
        }
        let length = tones::length(&notes);
        let Some(file) = self.file(kinds, &notes) else {
            self.report_no_tones(NoTones::NotWritten);
            return Duration::ZERO;
        };
        if self.players.play(&file, length) {
            length
        } else {
            self.report_no_player();
            Duration::ZERO
        }
    }

    /// Returns the file with the tones of some kinds, which is written if it isn't there; none if
    /// it can't be written.
    fn file(&self, kinds: &[AlertKind], notes: &[Note]) -> Option<PathBuf> {
        let volume = self.preferences.volume;
        let names: Vec<&str> = kinds
            .iter()
            .filter(|kind| !tones::notes(**kind).is_empty())
            .map(|kind| kind.name())
            .collect();
        let path = self
            .folder
            .join(format!("{}-{volume}.wav", names.join("+")));
        let bytes = tones::wav(&tones::samples(notes, volume));
        if fs::read(&path).is_ok_and(|there| there == bytes) {
            return Some(path);
        }
        files::write(&path, &bytes, Care::Cache).ok()?;
        Some(path)
    }

    /// Runs the patient's own command with an alert.
    fn run_command(&mut self, alert: &Alert) {
        let Some((typed, arguments)) = self.preferences.on_alert.split_first() else {
            return;
        };
        if self.commands.len() >= COMMANDS {
            return;
        }
        let mut arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
        arguments.extend([alert.kind.name(), &alert.text]);
        let started = self
            .tools
            .resolve(typed)
            .map(|program| tools::start(&program, &arguments, false));
        match started {
            Some(Ok(child)) => self
                .commands
                .push(BoundedChild::new(child, LONGEST_COMMAND)),
            _ if self.reported_command => {}
            _ => {
                self.reported_command = true;
                SoundError::Command(typed.clone()).report(&self.reports);
            }
        }
    }

    /// Stops the voice.
    fn hush(&mut self) {
        let stop = self.speakers.hush();
        let stop = stop.map(|child| BoundedChild::new(child, LONGEST_STOP));
        self.commands.extend(stop);
    }

    fn report_no_player(&self) {
        let why = if players::find(&self.tools).is_empty() {
            NoTones::WithoutPlayer
        } else {
            NoTones::NotResponding
        };
        self.report_no_tones(why);
    }

    /// Plays no more tones, and reports it once, together with a missing voice.
    fn report_no_tones(&self, why: NoTones) {
        if self.silent.swap(true, Ordering::Relaxed) {
            return;
        }
        let no_voice = self.preferences.voice != Voice::Off && self.speakers.is_empty();
        if no_voice {
            self.mark_no_voice();
        }
        SoundError::Tones { why, no_voice }.report(&self.reports);
    }

    /// Reports a missing voice, once on this machine.
    fn report_no_voice(&self) {
        if !self.mark_no_voice() {
            SoundError::Voice.report(&self.reports);
        }
    }

    /// Notes that a missing voice was reported, and returns whether it had been before.
    fn mark_no_voice(&self) -> bool {
        let mark = self.folder.join("no-voice");
        if mark.exists() {
            return true;
        }
        let _ = files::write(&mark, b"", Care::Cache);
        false
    }
}

/// Takes the alerts from the queue that are due at the same instant as the first one, since they
/// make one sound. Returns them, and the first other job that was taken.
fn take_simultaneous(first: Alert, queue: &Receiver<Job>) -> (Vec<Alert>, Option<Job>) {
    let at = first.at;
    let mut alerts = vec![first];
    loop {
        match queue.try_recv() {
            Ok(Job::Alert(alert)) if alert.at == at => alerts.push(alert),
            other => return (alerts, other.ok()),
        }
    }
}
