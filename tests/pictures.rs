//! Pictures beside programs: only safe ones are read, every terminal shows them in cells, and only
//! terminals known to show pictures get them whole.

use std::fs;
use std::path::Path;
use std::sync::Arc;
use std::sync::mpsc::channel;
use std::time::Duration;

use base64::Engine;
use base64::prelude::BASE64_STANDARD;
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::Color;
use regimen::bitmap::{Bitmap, ReadError};
use regimen::events::Input;
use regimen::figure::cells::{Colours, draw_bitmap};
use regimen::folder::{PictureReader, picture_bytes};
use regimen::view::cells::Pictures;
use regimen::view::theme::Theme;

use crate::support::Journey;

const RED: [u8; 3] = [200, 30, 40];
const WHITE: [u8; 3] = [255; 3];
/// A GIF of four by two points, all red.
const GIF: &str = "R0lGODdhBAACAIEAAMgeKAAAAAAAAAAAACwAAAAABAACAAAIBwABCBwoMCAAOw==";
/// A JPEG of the same.
const JPEG: &str = "/9j/4AAQSkZJRgABAQAAAQABAAD/2wBDAAgGBgcGBQgHBwcJCQgKDBQNDAsLDBkSEw8UHRofHh0aHBwgJC4nICIsIxwcKDcpLDAxNDQ0Hyc5PTgyPC4zNDL/2wBDAQkJCQwLDBgNDRgyIRwhMjIyMjIyMjIyMjIyMjIyMjIyMjIyMjIyMjIyMjIyMjIyMjIyMjIyMjIyMjIyMjIyMjL/wAARCAACAAQDASIAAhEBAxEB/8QAHwAAAQUBAQEBAQEAAAAAAAAAAAECAwQFBgcICQoL/8QAtRAAAgEDAwIEAwUFBAQAAAF9AQIDAAQRBRIhMUEGE1FhByJxFDKBkaEII0KxwRVS0fAkM2JyggkKFhcYGRolJicoKSo0NTY3ODk6Q0RFRkdISUpTVFVWV1hZWmNkZWZnaGlqc3R1dnd4eXqDhIWGh4iJipKTlJWWl5iZmqKjpKWmp6ipqrKztLW2t7i5usLDxMXGx8jJytLT1NXW19jZ2uHi4+Tl5ufo6erx8vP09fb3+Pn6/8QAHwEAAwEBAQEBAQEBAQAAAAAAAAECAwQFBgcICQoL/8QAtREAAgECBAQDBAcFBAQAAQJ3AAECAxEEBSExBhJBUQdhcRMiMoEIFEKRobHBCSMzUvAVYnLRChYkNOEl8RcYGRomJygpKjU2Nzg5OkNERUZHSElKU1RVVldYWVpjZGVmZ2hpanN0dXZ3eHl6goOEhYaHiImKkpOUlZaXmJmaoqOkpaanqKmqsrO0tba3uLm6wsPExcbHyMnK0tPU1dbX2Nna4uPk5ebn6Onq8vP09fb3+Pn6/9oADAMBAAIRAxEAPwDkaKKK8o/Sz//Z";

/// Returns a bitmap with a red left half and a white right half.
fn halves(width: usize, height: usize) -> Bitmap {
    let mut bitmap = Bitmap::new(width, height, WHITE);
    for y in 0..height {
        for x in 0..width / 2 {
            bitmap.set(x, y, RED);
        }
    }
    bitmap
}

#[test]
fn only_png_jpeg_and_gif_are_read() {
    let bitmap = halves(8, 4);
    assert_eq!(Bitmap::read(&bitmap.png().unwrap(), WHITE).unwrap(), bitmap);
    for data in [GIF, JPEG] {
        let picture = Bitmap::read(&BASE64_STANDARD.decode(data).unwrap(), WHITE).unwrap();
        assert_eq!((picture.width, picture.height), (4, 2));
        let [red, green, blue] = picture.at(1, 1).unwrap();
        assert!(red > 180 && green < 60 && blue < 70, "{red} {green} {blue}");
    }
    assert_eq!(
        Bitmap::read(b"<svg/>", WHITE),
        Err(ReadError::UnknownFormat)
    );
    let mut cut = bitmap.png().unwrap();
    cut.truncate(50);
    assert_eq!(Bitmap::read(&cut, WHITE), Err(ReadError::Damaged));
    assert_eq!(Bitmap::read(b"", WHITE), Err(ReadError::UnknownFormat));
    for (error, words) in [
        (ReadError::UnknownFormat, "not a PNG, JPEG, or GIF file"),
        (ReadError::Damaged, "damaged"),
    ] {
        assert_eq!(error.to_string(), words);
    }
}

#[test]
fn picture_that_claims_an_enormous_size_is_refused() {
    let mut png = halves(8, 4).png().unwrap();
    // The first chunk holds width and height.
    png[16..24].copy_from_slice(&[0, 0, 0xff, 0xff, 0, 0, 0xff, 0xff]);
    assert!(Bitmap::read(&png, WHITE).is_err());
}

#[test]
fn smaller_picture_keeps_its_shape_and_colors() {
    let small = halves(1000, 500).within(100, 100);
    assert_eq!((small.width, small.height), (100, 50));
    assert_eq!(
        (small.at(10, 10), small.at(90, 40)),
        (Some(RED), Some(WHITE))
    );
    assert_eq!(halves(20, 10).within(100, 100), halves(20, 10));
}

#[test]
fn picture_is_shown_in_half_cells_at_every_depth() {
    let area = Rect::new(0, 0, 10, 4);
    for colours in [
        Colours::True,
        Colours::TwoFiftySix,
        Colours::Sixteen,
        Colours::None,
    ] {
        let mut buffer = Buffer::empty(area);
        draw_bitmap(&halves(40, 40), colours, area, &mut buffer);
        let (left, right) = (buffer.cell((1, 1)).unwrap(), buffer.cell((8, 1)).unwrap());
        match colours {
            Colours::True => assert_eq!(
                (left.fg, right.fg),
                (Color::Rgb(200, 30, 40), Color::Rgb(255, 255, 255))
            ),
            Colours::None => assert_eq!((left.symbol(), right.symbol()), (" ", "█")),
            _ => assert_ne!(left.fg, right.fg),
        }
    }
}

#[test]
fn picture_outside_the_programs_folder_is_not_read() {
    let home = tempfile::tempdir().unwrap();
    let folder = home.path().join("programs");
    fs::create_dir_all(folder.join("pictures")).unwrap();
    let program = folder.join("a.yaml");
    let png = halves(8, 4).png().unwrap();
    fs::write(folder.join("in.png"), &png).unwrap();
    fs::write(folder.join("pictures/below.png"), &png).unwrap();
    fs::write(home.path().join("out.png"), &png).unwrap();
    assert!(picture_bytes(&program, "in.png").is_some());
    assert!(picture_bytes(&program, "pictures/below.png").is_some());
    assert!(picture_bytes(&program, "../out.png").is_none());
    assert!(picture_bytes(&program, "missing.png").is_none());
    assert!(
        picture_bytes(&program, "pictures").is_none(),
        "a folder is not a picture"
    );
    #[cfg(unix)]
    {
        std::os::unix::fs::symlink(home.path().join("out.png"), folder.join("link.png")).unwrap();
        assert!(picture_bytes(&program, "link.png").is_none());
    }
}

#[test]
fn picture_is_read_once_in_the_background_and_redraws_the_screen() {
    let home = tempfile::tempdir().unwrap();
    let program = home.path().join("a.yaml").display().to_string();
    fs::write(
        home.path().join("in.png"),
        halves(2000, 1000).png().unwrap(),
    )
    .unwrap();
    fs::write(home.path().join("bad.png"), b"nothing").unwrap();
    let (sender, reports) = channel();
    let mut reader = PictureReader::new(sender);
    assert!(
        reader.picture(&program, "in.png").is_none(),
        "reading doesn't block"
    );
    assert_eq!(
        reports.recv_timeout(Duration::from_secs(30)).unwrap(),
        Input::Redraw
    );
    let read = reader.picture(&program, "in.png").unwrap();
    assert!(read.width <= 640 && read.width == 2 * read.height);
    assert!(Arc::ptr_eq(
        &read,
        &reader.picture(&program, "in.png").unwrap()
    ));
    assert!(reader.picture(&program, "bad.png").is_none());
    assert_eq!(
        reports.recv_timeout(Duration::from_secs(30)).unwrap(),
        Input::Redraw
    );
    assert!(reader.picture(&program, "bad.png").is_none());
    assert!(
        reports.try_recv().is_err(),
        "an unreadable picture is not tried again"
    );
    assert!(Path::new(&program).parent().is_some());
}

#[test]
fn unreadable_picture_is_reported_and_not_printed() {
    let home = tempfile::tempdir().unwrap();
    let program = home.path().join("a.yaml");
    let text = "\
        title: T\ntherapist: {phone: \"1\"}\nstop_if: low-back\nfrequency: daily\n\
        exercises:\n  - {exercise: glute-bridge, reps: 3, image: own.png}\n";
    fs::write(&program, text).unwrap();
    fs::write(home.path().join("own.png"), b"\x89PNG\r\n\x1a\nrubbish").unwrap();
    let mut parsed = regimen::folder::read(&program, jiff::civil::date(2026, 11, 23)).unwrap();
    assert!(parsed.diagnostics.is_empty(), "{:?}", parsed.diagnostics);
    regimen::folder::look_into_pictures(&mut parsed, &program);
    assert_eq!(
        parsed.diagnostics[0].message,
        "the picture `own.png` is damaged"
    );
    assert!(regimen::folder::good_picture(&program, "own.png").is_none());
    fs::write(home.path().join("own.png"), halves(8, 4).png().unwrap()).unwrap();
    assert!(regimen::folder::good_picture(&program, "own.png").is_some());
}

/// The same picture for every program.
struct One(Option<Arc<Bitmap>>);

impl Pictures for One {
    fn picture(&mut self, _: &str, name: &str) -> Option<Arc<Bitmap>> {
        self.0.clone().filter(|_| name == "own.png")
    }
}

const PROGRAM: &str = "{title: T, frequency: daily, pain: {ask: []}, \
    exercises: [{exercise: glute-bridge, sets: 2, reps: 2, hold: 10 s, \
    release: 4 s, rest: 30 s, get_ready: 10 s, image: own.png}]}";

#[test]
fn therapists_picture_replaces_the_figure_if_it_can_be_read() {
    let journey = || {
        Journey::with(PROGRAM)
            .settings("figures: moving")
            .keys("enter enter")
    };
    let picture = Arc::new(halves(64, 64));
    let shown = journey()
        .pictures(Box::new(One(Some(picture))))
        .wait(12.0)
        .look()
        .wait(25.0)
        .look()
        .run();
    assert_eq!(shown.frames, 0, "a picture does not move");
    assert!(
        shown
            .looks
            .iter()
            .all(|frame| frame.contains("▀▀▀▀▀▀▀▀▀▀▀▀▀▀▀▀")),
        "{}",
        shown.looks[0]
    );
    let missing = journey()
        .pictures(Box::new(One(None)))
        .wait(12.0)
        .look()
        .run();
    assert!(missing.frames > 0, "the figure is shown instead");
    assert!(
        missing.looks[0].contains("■ buttock"),
        "{}",
        missing.looks[0]
    );
    let tiny = journey()
        .pictures(Box::new(One(Some(Arc::new(halves(12, 12))))))
        .wait(12.0)
        .look()
        .run();
    assert!(tiny.looks[0].contains("■ buttock"), "{}", tiny.looks[0]);
}

#[test]
fn pictures_go_only_to_terminals_known_to_show_them() {
    let pictures = |pairs: &'static [(&str, &str)]| {
        Theme::of(|name| {
            pairs
                .iter()
                .find(|(known, _)| *known == name)
                .map(|(_, value)| (*value).to_owned())
        })
        .pictures
    };
    assert!(pictures(&[
        ("TERM", "xterm-kitty"),
        ("COLORTERM", "truecolor")
    ]));
    assert!(pictures(&[
        ("TERM", "xterm-ghostty"),
        ("COLORTERM", "truecolor")
    ]));
    // A terminal can inherit TERM_PROGRAM from the one that it was started from.
    assert!(!pictures(&[
        ("TERM", "alacritty"),
        ("TERM_PROGRAM", "ghostty")
    ]));
    assert!(!pictures(&[("TERM", "xterm-kitty"), ("ZELLIJ", "0")]));
    assert!(!pictures(&[
        ("TERM", "xterm-256color"),
        ("COLORTERM", "truecolor")
    ]));
    assert!(!pictures(&[("TERM", "xterm-kitty"), ("TMUX", "x")]));
    assert!(!pictures(&[("TERM", "xterm-kitty"), ("STY", "x")]));
    assert!(!pictures(&[("TERM", "xterm-kitty"), ("NO_COLOR", "1")]));
}
