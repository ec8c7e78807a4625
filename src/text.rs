//! Text as it is set in columns: width, wrapping, clipping; and counts and lengths in words.

use std::time::Duration;

use unicode_width::UnicodeWidthStr;

/// Returns the columns that a text takes in a terminal.
pub fn width(text: &str) -> u16 {
    u16::try_from(text.width()).unwrap_or(u16::MAX)
}

/// Breaks a text into lines of at most `room` columns, at spaces where there are any.
pub fn wrap(text: &str, room: u16) -> Vec<String> {
    let room = usize::from(room.max(1));
    let mut lines = Vec::new();
    for paragraph in text.lines() {
        let mut line = String::new();
        for word in paragraph.split_whitespace() {
            let gap = usize::from(!line.is_empty());
            if !line.is_empty() && line.width() + gap + word.width() > room {
                lines.push(std::mem::take(&mut line));
            } else if gap == 1 {
                line.push(' ');
            }
            for character in word.chars() {
                line.push(character);
                if line.width() > room {
                    line.pop();
                    lines.push(std::mem::take(&mut line));
                    line.push(character);
                }
            }
        }
        lines.push(line);
    }
    lines
}

/// Cuts a text to `room` columns, with an ellipsis where something is lost.
pub fn clip(text: &str, room: u16) -> String {
    if width(text) <= room {
        return text.to_owned();
    }
    let mut clipped = String::new();
    for character in text.chars() {
        if width(&clipped) + 2 > room {
            break;
        }
        clipped.push(character);
    }
    clipped.push('…');
    clipped
}

/// Writes a length as a clock shows it: `0:05`, `12:30`, `1:02:03`.
pub fn clock(length: Duration) -> String {
    let (hours, minutes, seconds) = (
        length.as_secs() / 3600,
        length.as_secs() / 60 % 60,
        length.as_secs() % 60,
    );
    if hours > 0 {
        format!("{hours}:{minutes:02}:{seconds:02}")
    } else {
        format!("{minutes}:{seconds:02}")
    }
}

/// Returns a number with its noun: "1 set", "2 sets". The plural ends in "s".
pub fn count(number: usize, noun: &str) -> String {
    let ending = if number == 1 { "" } else { "s" };
    format!("{number} {noun}{ending}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn wrap_breaks_at_spaces_and_inside_long_words() {
        assert_eq!(wrap("one two three", 7), ["one two", "three"]);
        assert_eq!(wrap("abcdefgh", 3), ["abc", "def", "gh"]);
        assert_eq!(wrap("a\n\nb", 9), ["a", "", "b"]);
        // A wide character takes two columns.
        assert_eq!(wrap("背中 背中", 4), ["背中", "背中"]);
    }

    #[test]
    fn clip_marks_what_it_cuts() {
        assert_eq!(clip("abc", 3), "abc");
        assert_eq!(clip("abcd", 3), "ab…");
    }

    #[test]
    fn clock_shows_hours_only_when_there_are_any() {
        let seconds = Duration::from_secs;
        assert_eq!(clock(seconds(5)), "0:05");
        assert_eq!(clock(seconds(750)), "12:30");
        assert_eq!(clock(seconds(3723)), "1:02:03");
    }

    #[test]
    fn count_adds_an_s_unless_there_is_one() {
        assert_eq!(count(1, "set"), "1 set");
        assert_eq!(count(0, "set"), "0 sets");
    }
}
