//! A number or a text as it is typed, key by key.

use super::keymap::Action;

/// The longest note, in characters.
const LONGEST_NOTE: usize = 500;

/// Changes a number by a digit or by taking one back; `None` where nothing is left of it. A digit
/// that would lead beyond `most` does nothing.
pub(super) fn edit_number(number: &mut Option<u32>, action: Action, most: u32) {
    match action {
        Action::Digit(digit) => {
            let typed = number.unwrap_or(0).saturating_mul(10);
            let typed = typed.saturating_add(digit.into());
            *number = Some(typed).filter(|typed| *typed <= most).or(*number);
        }
        Action::Erase => *number = number.map(|typed| typed / 10).filter(|typed| *typed > 0),
        _ => {}
    }
}

/// Changes a note by a letter or by taking one back.
pub(super) fn edit_note(note: &mut String, action: Action) {
    match action {
        Action::Type(letter) if !letter.is_control() && note.chars().count() < LONGEST_NOTE => {
            note.push(letter);
        }
        Action::Erase => drop(note.pop()),
        _ => {}
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn number_keeps_its_value_where_a_digit_leads_beyond_the_most() {
        let mut number = None;
        for digit in [9, 9, 9, 9] {
            edit_number(&mut number, Action::Digit(digit), 999);
        }
        assert_eq!(number, Some(999));
        edit_number(&mut number, Action::Erase, 999);
        assert_eq!(number, Some(99));
    }

    #[test]
    fn number_is_gone_with_its_last_digit() {
        let mut number = Some(7);
        edit_number(&mut number, Action::Erase, 999);
        assert_eq!(number, None);
    }

    #[test]
    fn note_takes_no_control_characters_and_no_more_than_its_longest() {
        let mut note = "a".repeat(LONGEST_NOTE - 1);
        edit_note(&mut note, Action::Type('\u{1b}'));
        edit_note(&mut note, Action::Type('é'));
        edit_note(&mut note, Action::Type('b'));
        assert!(note.ends_with("aé"));
    }
}
