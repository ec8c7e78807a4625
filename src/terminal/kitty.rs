//! Pictures that the terminal draws itself, by the graphics protocol of kitty.

use std::io::{self, Write};

use base64::Engine;
use base64::engine::general_purpose::STANDARD as BASE64;
use crossterm::{cursor, queue};
use ratatui::layout::Rect;

use crate::bitmap::Bitmap;

/// Removes all pictures from the screen and asks for no answer.
pub(super) const REMOVE_PICTURES: &str = "\x1b_Ga=d,q=2\x1b\\";
/// The most bytes of a picture in one escape sequence, as the protocol has it.
const LONGEST_CHUNK: usize = 4096;

/// Sends a picture as PNG in chunks. The terminal scales it to its cells, leaves the cursor where
/// it is, and is asked for no answer.
pub(super) fn send_picture(out: &mut impl Write, place: Rect, bitmap: &Bitmap) -> io::Result<()> {
    let Ok(png) = bitmap.png() else { return Ok(()) };
    let data = BASE64.encode(png);
    queue!(out, cursor::MoveTo(place.x, place.y))?;
    let chunks = data.as_bytes().chunks(LONGEST_CHUNK);
    let last = chunks.len().saturating_sub(1);
    for (index, chunk) in chunks.enumerate() {
        let more = u8::from(index < last);
        if index == 0 {
            let (columns, rows) = (place.width, place.height);
            write!(
                out,
                "\x1b_Ga=T,f=100,q=2,C=1,c={columns},r={rows},m={more};"
            )?;
        } else {
            write!(out, "\x1b_Gm={more},q=2;")?;
        }
        out.write_all(chunk)?;
        write!(out, "\x1b\\")?;
    }
    Ok(())
}
