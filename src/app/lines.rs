//! A line that was typed where no single keys are read, as with a screen reader: a word for a key,
//! one letter, a number, or a note. Anything else is answered and never played letter by letter.
//! Knows nothing of where the line came from.

use super::keymap::{self, Action, Context};
use super::menu::Overlay;
use super::{App, Screen};
use crate::events::{Key, Moment};

/// The longest line that is repeated in an answer, in characters.
const REPEATED: usize = 40;
/// The largest number of repetitions that can be typed.
const MOST_REPS: usize = 999;

impl App {
    /// Takes a line.
    pub(super) fn line(&mut self, line: &str, now: &Moment) {
        let context = self.context();
        match self.keys_of(context, line) {
            Ok(keys) => {
                if keys.len() > 1
                    || keys
                        .first()
                        .is_some_and(|key| matches!(key, Key::Char('0'..='9')))
                {
                    self.forget_number(now);
                }
                for key in keys {
                    self.key(key, now);
                }
            }
            Err(answer) => self.shared.status.say(answer, now.instant),
        }
    }

    /// The keys that a line stands for, or what to say to it.
    fn keys_of(&self, context: Context, line: &str) -> Result<Vec<Key>, String> {
        let does = |key: Key| keymap::lookup(context, key);
        let word = line.trim().to_lowercase();
        let key = match word.as_str() {
            "" => Some(Key::Enter),
            "esc" | "escape" => Some(Key::Esc),
            "quit" => Some(Key::Ctrl('c')),
            // Of a note every other word is the patient's.
            _ if context == Context::Note => {
                return Ok(line
                    .chars()
                    .filter(|letter| !letter.is_control())
                    .map(Key::Char)
                    .collect());
            }
            "up" => Some(Key::Up),
            "down" => Some(Key::Down),
            "left" | "back" => Some(Key::Left),
            "right" | "skip" => Some(Key::Right),
            "tab" => Some(Key::Tab),
            "help" => Some(Key::Char('?')),
            "pause" => Some(Key::Char(' ')).filter(|key| does(*key) == Some(Action::Pause)),
            "stop" => Some(Key::Esc).filter(|key| does(*key) == Some(Action::Stop)),
            "yes" => Some(Key::Char('y')).filter(|key| does(*key) == Some(Action::HaveSign)),
            _ => None,
        };
        if let Some(key) = key {
            return Ok(vec![key]);
        }
        if word.chars().all(|letter| letter.is_ascii_digit())
            && matches!(does(Key::Char('1')), Some(Action::Digit(_)))
        {
            return self.number(context, &word);
        }
        let mut letters = line.trim().chars();
        if let (Some(letter), None) = (letters.next(), letters.next()) {
            let small = letter.to_lowercase().next().unwrap_or(letter);
            if let Some(key) = [letter, small]
                .map(Key::Char)
                .into_iter()
                .find(|key| does(*key).is_some())
            {
                return Ok(vec![key]);
            }
        }
        // Without keys, whatever is typed ends a test.
        if self.shared.hands_free && self.is_testing() {
            return Ok(vec![Key::Enter]);
        }
        Err(self.not_understood(context, line.trim()))
    }

    /// The keys of a number, where it is one that can be meant.
    fn number(&self, context: Context, word: &str) -> Result<Vec<Key>, String> {
        let number: usize = word.parse().unwrap_or(usize::MAX);
        let range = match (context, self.overlays.last()) {
            (Context::Menu, Some(Overlay::Menu(menu))) => 1..=menu.items.len(),
            (Context::Scale, _) => 0..=10,
            (Context::Waiting, _) => 0..=MOST_REPS,
            _ => 0..=9999,
        };
        if !range.contains(&number) {
            return Err(format!(
                "Sorry, that isn't one of the numbers. Type a number from {} to {}.",
                range.start(),
                range.end()
            ));
        }
        Ok(number.to_string().chars().map(Key::Char).collect())
    }

    /// A line is a whole number: nothing typed before belongs to it.
    fn forget_number(&mut self, now: &Moment) {
        match (self.overlays.last_mut(), &mut self.screen) {
            (Some(Overlay::Menu(menu)), _) => menu.forget_number(),
            (None, Screen::Session(screen)) => screen.forget_number(now.instant),
            (None, Screen::Intake(intake)) => intake.forget_number(now),
            (None, Screen::Progress(screen)) => screen.forget_number(),
            _ => {}
        }
    }

    fn not_understood(&self, context: Context, line: &str) -> String {
        let line: String = line.chars().take(REPEATED).collect();
        let what = match (context, self.overlays.last()) {
            (Context::Menu, Some(Overlay::Menu(menu))) => {
                format!("Type a number from 1 to {}.", menu.items.len())
            }
            (Context::Scale, _) => "Type a number from 0 to 10.".to_owned(),
            (Context::Signs, _) => {
                "Type y if you have one of these, or an empty line to go on.".to_owned()
            }
            _ if keymap::lookup(context, Key::Char('?')).is_some() => {
                "Type help for what you can type, or quit to end.".to_owned()
            }
            _ => "Type esc to go back, or quit to end.".to_owned(),
        };
        format!("Sorry, \"{line}\" does nothing here. {what}")
    }
}
