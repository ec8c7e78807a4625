//! What comes in from the terminal: keys or lines, signals, and reports of other threads.

use std::io::{self, BufRead};
use std::path::PathBuf;
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, channel};
use std::thread;

use crossterm::event::{
    Event, KeyCode, KeyEvent, KeyEventKind, KeyModifiers, MouseButton, MouseEvent, MouseEventKind,
};
use signal_hook::consts::{SIGCONT, SIGHUP, SIGINT, SIGTERM, SIGTSTP};
use signal_hook::iterator::Signals;

use super::clock::{Clocks, moment};
use crate::events::{Events, Input, Instant, Key, Moment};
use crate::folder::{self, Watch};

/// The longest line that is read, in characters. The rest of a longer one is dropped.
const LONGEST_LINE: usize = 600;

/// The keys and signals of this process, and the clocks.
#[derive(Debug)]
pub(crate) struct TerminalEvents {
    clocks: Clocks,
    inputs: Receiver<Input>,
    sender: Sender<Input>,
}

impl TerminalEvents {
    /// Listens to the keys of a terminal in raw mode.
    pub(crate) fn keys() -> io::Result<Self> {
        Self::listen(read_keys)
    }

    /// Listens to lines. An empty one is Enter; any other is a word, a letter, a number or a note.
    pub(crate) fn lines() -> io::Result<Self> {
        Self::listen(read_lines)
    }

    fn listen(read: fn(&Sender<Input>)) -> io::Result<Self> {
        let (sender, inputs) = channel();
        let signals = Signals::new([SIGTERM, SIGHUP, SIGINT, SIGTSTP, SIGCONT])?;
        // Both threads sleep until something happens, and end with the process.
        let of_signals = sender.clone();
        spawn("signals", move || read_signals(signals, &of_signals))?;
        let of_keys = sender.clone();
        spawn("keys", move || {
            read(&of_keys);
            // An input that has ended is a terminal that hung up.
            let _ = of_keys.send(Input::Hangup);
        })?;
        Ok(Self {
            clocks: Clocks::new(),
            inputs,
            sender,
        })
    }

    /// Returns where other threads send their reports.
    pub(crate) fn reports(&self) -> Sender<Input> {
        self.sender.clone()
    }

    /// Also reports a program file each time it is saved.
    pub(crate) fn watching(self, path: PathBuf) -> io::Result<Self> {
        let sender = self.sender.clone();
        spawn("watch", move || {
            let mut watch = Watch::new(vec![path.clone()]);
            loop {
                watch.wait();
                // A file that is missing is being replaced.
                let Ok(parsed) = folder::read(&path, moment().wall.date()) else {
                    continue;
                };
                if sender.send(Input::SourceChanged(Box::new(parsed))).is_err() {
                    break;
                }
            }
        })?;
        Ok(self)
    }
}

impl Events for TerminalEvents {
    fn now(&mut self) -> Moment {
        self.clocks.now()
    }

    fn next(&mut self, until: Option<Instant>) -> Input {
        let received = match until {
            None => self
                .inputs
                .recv()
                .map_err(|_| RecvTimeoutError::Disconnected),
            Some(until) => self.inputs.recv_timeout(until - self.clocks.now().instant),
        };
        match received {
            Ok(input) => input,
            Err(RecvTimeoutError::Timeout) => Input::Time,
            Err(RecvTimeoutError::Disconnected) => Input::Hangup,
        }
    }
}

fn spawn(name: &str, run: impl FnOnce() + Send + 'static) -> io::Result<()> {
    let thread = thread::Builder::new().name(name.to_owned());
    thread.spawn(run).map(|_| ())
}

fn read_signals(mut signals: Signals, sender: &Sender<Input>) {
    for signal in &mut signals {
        let input = match signal {
            SIGTSTP => Input::Key(Key::Ctrl('z')),
            SIGCONT => Input::Continued,
            _ => Input::Hangup,
        };
        if sender.send(input).is_err() {
            break;
        }
    }
}

fn read_keys(sender: &Sender<Input>) {
    while let Ok(event) = crossterm::event::read() {
        let input = match event {
            Event::Key(key) if key.kind != KeyEventKind::Release => key_of(key).map(Input::Key),
            Event::Mouse(mouse) => input_of(mouse),
            Event::Resize(..) => Some(Input::Redraw),
            Event::FocusGained => Some(Input::Focus(true)),
            Event::FocusLost => Some(Input::Focus(false)),
            _ => None,
        };
        if let Some(input) = input
            && sender.send(input).is_err()
        {
            break;
        }
    }
}

/// Returns what the mouse does: it clicks, and its wheel scrolls like the arrow keys.
fn input_of(mouse: MouseEvent) -> Option<Input> {
    match mouse.kind {
        MouseEventKind::Down(MouseButton::Left) => Some(Input::Click(mouse.column, mouse.row)),
        MouseEventKind::ScrollDown => Some(Input::Key(Key::Down)),
        MouseEventKind::ScrollUp => Some(Input::Key(Key::Up)),
        _ => None,
    }
}

fn key_of(event: KeyEvent) -> Option<Key> {
    Some(match event.code {
        KeyCode::Char(letter) if event.modifiers.contains(KeyModifiers::CONTROL) => {
            Key::Ctrl(letter.to_ascii_lowercase())
        }
        KeyCode::Char(_) if event.modifiers.contains(KeyModifiers::ALT) => return None,
        KeyCode::Char(letter) => Key::Char(letter),
        KeyCode::Enter => Key::Enter,
        KeyCode::Esc => Key::Esc,
        KeyCode::Tab => Key::Tab,
        KeyCode::Backspace => Key::Backspace,
        KeyCode::Delete => Key::Delete,
        KeyCode::Up => Key::Up,
        KeyCode::Down => Key::Down,
        KeyCode::Left => Key::Left,
        KeyCode::Right => Key::Right,
        KeyCode::Home => Key::Home,
        KeyCode::End => Key::End,
        KeyCode::PageUp => Key::PageUp,
        KeyCode::PageDown => Key::PageDown,
        _ => return None,
    })
}

fn read_lines(sender: &Sender<Input>) {
    for line in io::stdin().lock().lines() {
        let Ok(line) = line else { break };
        let line = line.chars().take(LONGEST_LINE).collect();
        if sender.send(Input::Line(line)).is_err() {
            break;
        }
    }
}
