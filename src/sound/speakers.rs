//! The programs that speak. One that fails or hangs once isn't used again.

use std::collections::VecDeque;
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::process::Child;
use std::time::{Duration, Instant};

use super::POWERSHELL;
use super::child::{BoundedChild, Exit, now};
use crate::speech::primary;
use crate::tools::{self, Tools};

/// The longest time in which a sentence is spoken.
const LONGEST_SPEECH: Duration = Duration::from_mins(1);

/// Says texts through the speech service of Linux desktops.
const SPEECH_DISPATCHER: &str = "spd-say";
/// The speaker of macOS.
const SAY: &str = "say";
/// The speakers, best first.
const SPEAKERS: [&str; 4] = [SAY, SPEECH_DISPATCHER, "espeak-ng", "espeak"];

/// Returns the names and paths of the speakers on this machine, best first.
pub(super) fn find(tools: &Tools) -> VecDeque<(&'static str, PathBuf)> {
    let known = SPEAKERS
        .iter()
        .filter_map(|name| Some((*name, tools.find(name)?)));
    let windows = tools.find(POWERSHELL).filter(|_| cfg!(windows));
    known
        .chain(windows.map(|program| (POWERSHELL, program)))
        .collect()
}

/// Something to say.
#[derive(Debug, Clone)]
pub(super) struct Sentence {
    pub(super) text: String,
    pub(super) language: String,
    /// When the tone before it is over.
    pub(super) not_before: Instant,
}

/// A voice that a speaker has.
struct InstalledVoice {
    /// The name by which it is chosen; empty where it is chosen by its language.
    name: String,
    language: String,
}

/// The speakers that have not failed, and what is said.
pub(super) struct Speakers {
    /// Best first; the first one is used.
    left: VecDeque<(&'static str, PathBuf)>,
    speaking: Option<(BoundedChild, Sentence)>,
    waiting: Option<Sentence>,
    /// None until they are needed.
    voices: Option<Vec<InstalledVoice>>,
}

impl Speakers {
    pub(super) fn new(tools: &Tools) -> Self {
        Self {
            left: find(tools),
            speaking: None,
            waiting: None,
            voices: None,
        }
    }

    /// Tells whether no speaker is left.
    pub(super) fn is_empty(&self) -> bool {
        self.left.is_empty()
    }

    pub(super) fn is_speaking(&self) -> bool {
        self.speaking.is_some()
    }

    /// Returns the time until the waiting sentence may be said; none if no sentence waits.
    pub(super) fn wait(&self) -> Option<Duration> {
        let waiting = self.waiting.as_ref()?;
        Some(waiting.not_before.saturating_duration_since(now()))
    }

    /// Says a sentence instead of whatever is said or waits.
    pub(super) fn say(&mut self, sentence: Sentence) {
        self.cut();
        self.waiting = Some(sentence);
    }

    /// Ends what is said, and returns whether anything was. The speech service itself ends a text
    /// when it gets another.
    fn cut(&mut self) -> bool {
        self.waiting = None;
        let Some((mut child, _)) = self.speaking.take() else {
            return false;
        };
        child.kill();
        true
    }

    /// Stops the voice. Returns the child that tells the speech service to stop, if one is needed:
    /// the service goes on speaking without the program that asked it.
    pub(super) fn hush(&mut self) -> Option<Child> {
        if !self.cut() {
            return None;
        }
        let (name, program) = self.left.front()?;
        if *name == SPEECH_DISPATCHER {
            tools::start(program, &["-S"], false).ok()
        } else {
            None
        }
    }

    /// Looks whether the sentence is said. Returns false if its speaker failed and none is left.
    pub(super) fn reap(&mut self) -> bool {
        let exit = self.speaking.as_mut().and_then(|(child, _)| child.poll());
        let Some(exit) = exit else {
            return true;
        };
        let said = self.speaking.take().map(|(_, sentence)| sentence);
        if exit == Exit::Succeeded {
            return true;
        }
        self.left.pop_front();
        // The next speaker says the sentence. After one that hung it would come too late.
        if !self.left.is_empty() && self.waiting.is_none() && exit == Exit::Failed {
            self.waiting = said;
        }
        !self.left.is_empty()
    }

    /// Says the waiting sentence when its time has come. Returns false if no speaker can.
    pub(super) fn speak_if_due(&mut self) -> bool {
        if self.speaking.is_some() {
            return true;
        }
        let due = |sentence: &mut Sentence| sentence.not_before <= now();
        let Some(sentence) = self.waiting.take_if(due) else {
            return true;
        };
        while let Some((name, program)) = self.left.front().cloned() {
            if let Ok(child) = self.start(name, &program, &sentence) {
                let child = BoundedChild::new(child, LONGEST_SPEECH);
                self.speaking = Some((child, sentence));
                return true;
            }
            self.left.pop_front();
        }
        false
    }

    fn start(&mut self, name: &str, program: &Path, sentence: &Sentence) -> io::Result<Child> {
        let language = primary(&sentence.language);
        let text = sentence.text.as_str();
        match name {
            SPEECH_DISPATCHER => {
                let arguments = [
                    "--wait", "-N", "regimen", "-P", "text", "-l", &language, "--", text,
                ];
                tools::start(program, &arguments, false)
            }
            SAY => {
                let voices = self.voices.get_or_insert_with(|| voices_of_say(program));
                let voice = voices
                    .iter()
                    .find(|voice| primary(&voice.language) == language);
                let mut arguments: Vec<&str> = Vec::new();
                if let Some(voice) = voice {
                    arguments.extend(["-v", &voice.name]);
                }
                arguments.extend(["--", text]);
                tools::start(program, &arguments, false)
            }
            POWERSHELL => start_powershell(program, &language, text),
            _ => {
                let voices = self.voices.get_or_insert_with(|| voices_of_espeak(program));
                let mut arguments: Vec<&str> = Vec::new();
                // With a voice that it doesn't have eSpeak is silent; its default one at least
                // speaks.
                if voices
                    .iter()
                    .any(|voice| primary(&voice.language) == language)
                {
                    arguments.extend(["-v", &language]);
                }
                arguments.extend(["--", text]);
                tools::start(program, &arguments, false)
            }
        }
    }
}

/// Speaks through Windows. The text goes in through a pipe, so that nothing in it is run as a
/// command.
fn start_powershell(program: &Path, language: &str, text: &str) -> io::Result<Child> {
    let language: String = language.chars().filter(char::is_ascii_alphabetic).collect();
    let script = format!(
        "[Console]::InputEncoding=[Text.Encoding]::UTF8; Add-Type -AssemblyName System.Speech; \
         $s=New-Object System.Speech.Synthesis.SpeechSynthesizer; \
         try{{$s.SelectVoiceByHints('NotSet','NotSet',0,\
         [Globalization.CultureInfo]'{language}')}}catch{{}}; \
         $s.Speak([Console]::In.ReadToEnd())"
    );
    let mut child = tools::start(program, &["-NoProfile", "-Command", &script], true)?;
    if let Some(mut input) = child.stdin.take() {
        input.write_all(text.as_bytes())?;
    }
    Ok(child)
}

/// Asks `say` for its voices: `Anna                de_DE    # Hallo!`.
fn voices_of_say(program: &Path) -> Vec<InstalledVoice> {
    let parse = |line: &str| {
        let (voice, _) = line.split_once('#')?;
        let (name, language) = voice.trim_end().rsplit_once(' ')?;
        Some(InstalledVoice {
            name: name.trim_end().to_owned(),
            language: language.to_owned(),
        })
    };
    output_of(program, &["-v", "?"])
        .lines()
        .filter_map(parse)
        .collect()
}

/// Asks eSpeak for its voices: ` 5  de              --/M      German             gmw/de`.
fn voices_of_espeak(program: &Path) -> Vec<InstalledVoice> {
    let parse = |line: &str| {
        Some(InstalledVoice {
            name: String::new(),
            language: line.split_whitespace().nth(1)?.to_owned(),
        })
    };
    output_of(program, &["--voices"])
        .lines()
        .skip(1)
        .filter_map(parse)
        .collect()
}

/// Returns what a program prints; nothing if it can't be run.
fn output_of(program: &Path, arguments: &[&str]) -> String {
    let output = tools::run(program, arguments).map(|output| output.stdout);
    String::from_utf8_lossy(&output.unwrap_or_default()).into_owned()
}
