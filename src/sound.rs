//! Tones and voice, through the players and speakers that the system has, and the patient's own
//! command. All on a thread of its own: whatever hangs or fails there costs the session nothing.
//! Knows nothing of sessions.

use std::collections::VecDeque;
use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::Child;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, SyncSender, TryRecvError, sync_channel};
use std::thread;
use std::time::{Duration, Instant};

use crate::effect::{Alert, AlertKind};
use crate::events::Input;
use crate::files::{self, Care};
use crate::preferences::{Preferences, Voice};
use crate::speech::primary;
use crate::tones;
use crate::tools::{self, Tools};

/// How many alerts may wait; more are left out, for they would come too late.
const WAITING: usize = 16;
/// How soon a player that cannot play ends; only the first one is watched for it.
const FAILS_WITHIN: Duration = Duration::from_millis(250);
/// How often it is looked at meanwhile.
const LOOK_EVERY: Duration = Duration::from_millis(10);
/// How often children that run are looked after.
const REAP_EVERY: Duration = Duration::from_secs(1);
/// A player that goes on so long after its tone hangs.
const HANGS_AFTER: Duration = Duration::from_secs(5);
/// So long a sentence may be spoken.
const LONGEST_SPEECH: Duration = Duration::from_mins(1);
/// So long the patient's own command may run.
const LONGEST_COMMAND: Duration = Duration::from_secs(10);
/// So many of them may run at once.
const COMMANDS: usize = 8;

/// What plays a file.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Player {
    name: &'static str,
    program: PathBuf,
    before: &'static [&'static str],
}

/// The players, the best first: those that let two tones sound at once.
const PLAYERS: [(&str, &[&str]); 6] = [
    ("pw-play", &[]),
    ("paplay", &["--client-name=regimen"]),
    ("afplay", &[]),
    ("aplay", &["-q"]),
    ("play", &["-q"]),
    ("ffplay", &["-nodisp", "-autoexit", "-loglevel", "quiet"]),
];

/// The speakers, the best first.
const SPEAKERS: [&str; 4] = ["say", "spd-say", "espeak-ng", "espeak"];

/// The shell of Windows, which plays and speaks.
const POWERSHELL: &str = "powershell";

fn players(tools: &Tools) -> VecDeque<Player> {
    let of_path = PLAYERS.iter().filter_map(|(name, before)| {
        Some(Player {
            name,
            program: tools.find(name)?,
            before,
        })
    });
    let windows = tools.find(POWERSHELL).filter(|_| cfg!(windows));
    of_path
        .chain(windows.map(|program| Player {
            name: POWERSHELL,
            program,
            before: &[],
        }))
        .collect()
}

fn speakers(tools: &Tools) -> VecDeque<(&'static str, PathBuf)> {
    let of_path = SPEAKERS
        .iter()
        .filter_map(|name| Some((*name, tools.find(name)?)));
    let windows = tools.find(POWERSHELL).filter(|_| cfg!(windows));
    of_path
        .chain(windows.map(|program| (POWERSHELL, program)))
        .collect()
}

/// What this machine has to play and to speak with, best first, by name.
pub fn found(tools: &Tools) -> (Vec<&'static str>, Vec<&'static str>) {
    (
        players(tools)
            .into_iter()
            .map(|player| player.name)
            .collect(),
        speakers(tools).into_iter().map(|(name, _)| name).collect(),
    )
}

enum Job {
    Alert(Alert),
    Preferences(Box<Preferences>),
    Hush,
}

/// The sounds of this machine. Nothing is begun before the first of them.
#[derive(Debug)]
pub struct Sound {
    tools: Tools,
    folder: PathBuf,
    preferences: Preferences,
    reports: Sender<Input>,
    jobs: Option<SyncSender<Job>>,
    silent: Arc<AtomicBool>,
}

impl Sound {
    /// Sounds that are made with these tools; tones are kept as files in a folder. What is missing
    /// is told once.
    pub fn new(
        tools: Tools,
        folder: PathBuf,
        preferences: Preferences,
        reports: Sender<Input>,
    ) -> Self {
        Self {
            tools,
            folder,
            preferences,
            reports,
            jobs: None,
            silent: Arc::new(AtomicBool::new(false)),
        }
    }

    /// The thread, begun where it is not there yet.
    fn jobs(&mut self) -> &SyncSender<Job> {
        let Self {
            tools,
            folder,
            preferences,
            reports,
            jobs,
            silent,
        } = self;
        jobs.get_or_insert_with(|| {
            let (jobs, queue) = sync_channel(WAITING);
            let (tools, folder, preferences) = (tools.clone(), folder.clone(), preferences.clone());
            let (reports, quiet) = (reports.clone(), Arc::clone(silent));
            let run = move || Worker::new(tools, folder, preferences, reports, quiet).run(&queue);
            // Without a thread there is no sound, and the bell stands in.
            if thread::Builder::new()
                .name("sound".to_owned())
                .spawn(run)
                .is_err()
            {
                silent.store(true, Ordering::Relaxed);
            }
            jobs
        })
    }

    /// Lets an alert be heard, as soon as it can be; false where no tone can be played for it.
    pub fn alert(&mut self, alert: &Alert) -> bool {
        let taken = self.jobs().try_send(Job::Alert(alert.clone())).is_ok();
        // Tones that are off are not missed.
        !self.preferences.tones || taken && !self.silent.load(Ordering::Relaxed)
    }

    /// From now on these settings hold.
    pub fn set(&mut self, preferences: &Preferences) {
        self.preferences = preferences.clone();
        if let Some(jobs) = &self.jobs {
            let _ = jobs.try_send(Job::Preferences(Box::new(preferences.clone())));
        }
    }

    /// Stops what is being said.
    pub fn hush(&mut self) {
        if let Some(jobs) = &self.jobs {
            let _ = jobs.try_send(Job::Hush);
        }
    }
}

/// A sentence to be said.
#[derive(Debug, Clone)]
struct Sentence {
    text: String,
    language: String,
    /// Not before this, so that the tone is over.
    after: Instant,
}

struct Worker {
    tools: Tools,
    folder: PathBuf,
    preferences: Preferences,
    reports: Sender<Input>,
    silent: Arc<AtomicBool>,
    /// The players that have not failed, best first.
    players: VecDeque<Player>,
    /// Whether the first one has been seen to play.
    proved: bool,
    speakers: VecDeque<(&'static str, PathBuf)>,
    /// Players that play, by their names, and when they are ended.
    playing: Vec<(Child, Instant, &'static str)>,
    /// Other children, and when they are ended.
    children: Vec<(Child, Instant)>,
    speaking: Option<(Child, Sentence, Instant)>,
    to_speak: Option<Sentence>,
    told_command: bool,
    /// The names of the voices of `say`, and their languages.
    voices: Option<Vec<(String, String)>>,
}

#[expect(
    clippy::disallowed_methods,
    reason = "tones are played when they are asked for; this only bounds children"
)]
fn now() -> Instant {
    Instant::now()
}

#[expect(
    clippy::disallowed_methods,
    reason = "this thread waits on a child that cannot be waited for otherwise"
)]
fn pause(length: Duration) {
    thread::sleep(length);
}

impl Worker {
    fn new(
        tools: Tools,
        folder: PathBuf,
        preferences: Preferences,
        reports: Sender<Input>,
        silent: Arc<AtomicBool>,
    ) -> Self {
        Self {
            players: players(&tools),
            speakers: speakers(&tools),
            tools,
            folder,
            preferences,
            reports,
            silent,
            proved: false,
            playing: Vec::new(),
            children: Vec::new(),
            speaking: None,
            to_speak: None,
            told_command: false,
            voices: None,
        }
    }

    fn run(mut self, queue: &Receiver<Job>) {
        let mut kept = None;
        loop {
            let job = match kept.take() {
                Some(job) => Ok(job),
                None => match self.wait() {
                    Some(wait) => queue.recv_timeout(wait),
                    None => queue.recv().map_err(|_| RecvTimeoutError::Disconnected),
                },
            };
            match job {
                Ok(Job::Alert(first)) => {
                    // What is due at the same instant is one sound.
                    let mut alerts = vec![first];
                    loop {
                        match queue.try_recv() {
                            Ok(Job::Alert(alert))
                                if alerts.first().is_some_and(|first| first.at == alert.at) =>
                            {
                                alerts.push(alert);
                            }
                            Ok(job) => {
                                kept = Some(job);
                                break;
                            }
                            Err(TryRecvError::Empty | TryRecvError::Disconnected) => break,
                        }
                    }
                    self.alerts(&alerts);
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
            self.look_after_children();
            self.speak_if_due();
        }
    }

    /// How long nothing has to be done; none while nothing is under way.
    fn wait(&self) -> Option<Duration> {
        let speech = self
            .to_speak
            .as_ref()
            .map(|sentence| sentence.after.saturating_duration_since(now()));
        let reap =
            (!self.children.is_empty() || !self.playing.is_empty() || self.speaking.is_some())
                .then_some(REAP_EVERY);
        speech.into_iter().chain(reap).min()
    }

    fn alerts(&mut self, alerts: &[Alert]) {
        let kinds: Vec<AlertKind> = alerts.iter().map(|alert| alert.kind).collect();
        let mut over = now();
        if self.preferences.tones && self.preferences.volume > 0 {
            over += self.play(&kinds);
        }
        for alert in alerts {
            self.command(alert);
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
            self.no_voice();
            return;
        }
        if kinds.iter().all(|kind| kind.gives_way())
            && (self.to_speak.is_some() || self.is_speaking())
        {
            return;
        }
        let language = alerts
            .iter()
            .map(|alert| alert.language.clone())
            .next_back()
            .unwrap_or_default();
        self.cut();
        self.to_speak = Some(Sentence {
            text: words.join(" "),
            language,
            after: over,
        });
    }

    /// Plays the tones of some kinds in a row; says how long they take.
    fn play(&mut self, kinds: &[AlertKind]) -> Duration {
        let notes = tones::sequence(kinds);
        if notes.is_empty() || self.silent.load(Ordering::Relaxed) {
            return Duration::ZERO;
        }
        let length = tones::length(&notes);
        let Some(file) = self.file(kinds, &notes) else {
            self.no_tones("The tones could not be written to disk");
            return Duration::ZERO;
        };
        while let Some(player) = self.players.front().cloned() {
            let Ok(mut child) = start_player(&player, &file) else {
                self.players.pop_front();
                continue;
            };
            if !self.proved && fails(&mut child) {
                self.players.pop_front();
                continue;
            }
            self.proved = true;
            self.playing
                .push((child, now() + length + HANGS_AFTER, player.name));
            return length;
        }
        self.no_players();
        Duration::ZERO
    }

    fn no_players(&mut self) {
        let why = if players(&self.tools).is_empty() {
            "No player was found (pw-play, paplay or aplay)"
        } else {
            "The system's sound does not answer"
        };
        self.no_tones(why);
    }

    /// The file of some kinds, written where it is not there yet.
    fn file(&self, kinds: &[AlertKind], notes: &[tones::Note]) -> Option<PathBuf> {
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

    fn no_tones(&mut self, why: &str) {
        if self.silent.swap(true, Ordering::Relaxed) {
            return;
        }
        let voice = match (self.preferences.voice, self.speakers.is_empty()) {
            (Voice::Off, _) | (_, false) => "",
            _ => ", nor a voice (spd-say or espeak-ng)",
        };
        let what = format!("No tones: the bell and a flash of the screen stand in. {why}{voice}.");
        if !voice.is_empty() {
            self.told_no_voice();
        }
        let _ = self.reports.send(Input::Missing { what, tones: true });
    }

    /// Says once, on this machine, that there is no voice.
    fn no_voice(&mut self) {
        if self.told_no_voice() {
            return;
        }
        let what =
            "No voice was found (spd-say or espeak-ng), so there are tones alone.".to_owned();
        let _ = self.reports.send(Input::Missing { what, tones: false });
    }

    /// Notes that it has been said that there is no voice; whether it had been.
    fn told_no_voice(&self) -> bool {
        let mark = self.folder.join("no-voice");
        if mark.exists() {
            return true;
        }
        let _ = files::write(&mark, b"", Care::Cache);
        false
    }

    /// Runs the patient's own command with an alert.
    fn command(&mut self, alert: &Alert) {
        let Some((typed, arguments)) = self.preferences.on_alert.split_first() else {
            return;
        };
        if self.children.len() >= COMMANDS {
            return;
        }
        let mut arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
        arguments.extend([alert.kind.name(), &alert.text]);
        let started = self
            .tools
            .resolve(typed)
            .map(|program| tools::start(&program, &arguments, false));
        match started {
            Some(Ok(child)) => self.children.push((child, now() + LONGEST_COMMAND)),
            _ if self.told_command => {}
            _ => {
                self.told_command = true;
                let what = format!("The command of the setting on_alert could not be run: {typed}");
                let _ = self.reports.send(Input::Missing { what, tones: false });
            }
        }
    }

    /// Whether something is being said.
    fn is_speaking(&mut self) -> bool {
        self.look_after_children();
        self.speaking.is_some()
    }

    fn look_after_children(&mut self) {
        let now = now();
        let mut failed = Vec::new();
        self.playing
            .retain_mut(|(child, until, name)| match ended(child, *until < now) {
                None => true,
                Some(well) => {
                    failed.extend((!well).then_some(*name));
                    false
                }
            });
        self.children
            .retain_mut(|(child, until)| ended(child, *until < now).is_none());
        for name in failed {
            // One that failed or hung once is not trusted again; the next one is watched closely.
            if self
                .players
                .front()
                .is_some_and(|player| player.name == name)
            {
                self.players.pop_front();
                self.proved = false;
            }
            if self.players.is_empty() {
                self.no_players();
            }
        }
        let Some((child, _, until)) = &mut self.speaking else {
            return;
        };
        let over = *until < now;
        let Some(well) = ended(child, over) else {
            return;
        };
        let said = self.speaking.take().map(|(_, sentence, _)| sentence);
        if well {
            return;
        }
        // This speaker cannot speak here. The next one says it, unless it hung: then the words are
        // no longer true.
        self.speakers.pop_front();
        if self.speakers.is_empty() {
            self.no_voice();
        } else if self.to_speak.is_none() && !over {
            self.to_speak = said;
        }
    }

    /// Ends what is being said, for something else; says whether anything was. The speech service
    /// itself ends a text for a newer one.
    fn cut(&mut self) -> bool {
        self.to_speak = None;
        let Some((mut child, ..)) = self.speaking.take() else {
            return false;
        };
        let _ = child.kill();
        let _ = child.wait();
        true
    }

    /// Ends what is being said, for silence.
    fn hush(&mut self) {
        // The speech service would go on without the one that asked it.
        if self.cut()
            && let Some(("spd-say", program)) = self.speakers.front()
            && let Ok(child) = tools::start(program, &["-S"], false)
        {
            self.children.push((child, now() + HANGS_AFTER));
        }
    }

    fn speak_if_due(&mut self) {
        if self
            .to_speak
            .as_ref()
            .is_none_or(|sentence| sentence.after > now())
            || self.speaking.is_some()
        {
            return;
        }
        let Some(sentence) = self.to_speak.take() else {
            return;
        };
        while let Some((name, program)) = self.speakers.front().cloned() {
            match self.start_speaker(name, &program, &sentence) {
                Ok(child) => {
                    self.speaking = Some((child, sentence, now() + LONGEST_SPEECH));
                    return;
                }
                Err(_) => {
                    self.speakers.pop_front();
                }
            }
        }
        self.no_voice();
    }

    fn start_speaker(
        &mut self,
        name: &str,
        program: &Path,
        sentence: &Sentence,
    ) -> std::io::Result<Child> {
        let language = primary(&sentence.language);
        let text = sentence.text.as_str();
        match name {
            "spd-say" => {
                let arguments = [
                    "--wait", "-N", "regimen", "-P", "text", "-l", &language, "--", text,
                ];
                tools::start(program, &arguments, false)
            }
            "say" => {
                let voice = self.voice(program, &language);
                let mut arguments: Vec<&str> = Vec::new();
                if let Some(voice) = &voice {
                    arguments.extend(["-v", voice]);
                }
                arguments.extend(["--", text]);
                tools::start(program, &arguments, false)
            }
            POWERSHELL => {
                // The text goes in by a pipe, where nothing in it can be taken for a command.
                let script = format!(
                    "[Console]::InputEncoding=[Text.Encoding]::UTF8; Add-Type -AssemblyName System.Speech; \
                     $s=New-Object System.Speech.Synthesis.SpeechSynthesizer; \
                     try{{$s.SelectVoiceByHints('NotSet','NotSet',0,[Globalization.CultureInfo]'{}')}}catch{{}}; \
                     $s.Speak([Console]::In.ReadToEnd())",
                    language
                        .chars()
                        .filter(char::is_ascii_alphabetic)
                        .collect::<String>()
                );
                let mut child = tools::start(program, &["-NoProfile", "-Command", &script], true)?;
                if let Some(mut input) = child.stdin.take() {
                    input.write_all(text.as_bytes())?;
                }
                Ok(child)
            }
            _ => {
                // A voice that is not there would say nothing at all; the first one there is says
                // it all the same.
                let known = self.has_voice(program, &language);
                let mut arguments = if known {
                    vec!["-v", language.as_str()]
                } else {
                    Vec::new()
                };
                arguments.extend(["--", text]);
                tools::start(program, &arguments, false)
            }
        }
    }

    /// The voice of `say` for a language.
    fn voice(&mut self, program: &Path, language: &str) -> Option<String> {
        let voices = self.voices.get_or_insert_with(|| {
            let entry = tools::run(program, &["-v", "?"])
                .map(|output| output.stdout)
                .unwrap_or_default();
            let entry = String::from_utf8_lossy(&entry).into_owned();
            // "Anna                de_DE    # Hallo!"
            let line = |line: &str| {
                let (voice, _) = line.split_once('#')?;
                let (name, language) = voice.trim_end().rsplit_once(' ')?;
                Some((name.trim_end().to_owned(), language.to_owned()))
            };
            entry.lines().filter_map(line).collect()
        });
        voices
            .iter()
            .find(|(_, of)| primary(of) == language)
            .map(|(name, _)| name.clone())
    }

    /// Whether eSpeak has a voice for a language.
    fn has_voice(&mut self, program: &Path, language: &str) -> bool {
        let voices = self.voices.get_or_insert_with(|| {
            let entry = tools::run(program, &["--voices"])
                .map(|output| output.stdout)
                .unwrap_or_default();
            let entry = String::from_utf8_lossy(&entry).into_owned();
            // " 5  de              --/M      German             gmw/de"
            let line =
                |line: &str| Some((String::new(), line.split_whitespace().nth(1)?.to_owned()));
            entry.lines().skip(1).filter_map(line).collect()
        });
        voices.iter().any(|(_, of)| primary(of) == language)
    }
}

/// Whether a child has come to its end, and whether to a good one; one whose time is over is ended.
fn ended(child: &mut Child, over: bool) -> Option<bool> {
    match child.try_wait() {
        Ok(Some(status)) => Some(status.success()),
        Err(_) => Some(false),
        Ok(None) if over => {
            let _ = child.kill();
            let _ = child.wait();
            Some(false)
        }
        Ok(None) => None,
    }
}

fn start_player(player: &Player, file: &Path) -> std::io::Result<Child> {
    if player.name == POWERSHELL {
        let file = file.display().to_string().replace('\'', "''");
        let script = format!("(New-Object Media.SoundPlayer '{file}').PlaySync()");
        return tools::start(&player.program, &["-NoProfile", "-Command", &script], false);
    }
    let mut arguments: Vec<&std::ffi::OsStr> =
        player.before.iter().map(std::ffi::OsStr::new).collect();
    arguments.push(file.as_os_str());
    tools::start(&player.program, &arguments, false)
}

/// Whether a player ends at once with an error.
fn fails(child: &mut Child) -> bool {
    let until = now() + FAILS_WITHIN;
    while now() < until {
        match child.try_wait() {
            Ok(Some(status)) => return !status.success(),
            Ok(None) => pause(LOOK_EVERY),
            Err(_) => return true,
        }
    }
    false
}
