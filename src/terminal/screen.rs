//! The full screen. It gives the terminal back when it is dropped, when the process is suspended,
//! and in a panic.

use std::io::{self, BufWriter, Stdout, Write};
use std::panic;
use std::sync::{Arc, Once};

use crossterm::style::Print;
use crossterm::terminal::{
    BeginSynchronizedUpdate, Clear, ClearType, EndSynchronizedUpdate, EnterAlternateScreen,
    LeaveAlternateScreen, disable_raw_mode, enable_raw_mode,
};
use crossterm::{cursor, execute, queue};
use ratatui::Terminal;
use ratatui::backend::CrosstermBackend;
use ratatui::layout::Rect;
use signal_hook::consts::SIGTSTP;
use signal_hook::low_level::emulate_default_handler;

use super::kitty::{REMOVE_PICTURES, send_picture};
use crate::app::page::Page;
use crate::bitmap::Bitmap;
use crate::effect::AlertKind;
use crate::event_loop::Display;
use crate::view::cells::{self, Drawn, FigureCache, Pictures};
use crate::view::theme::Theme;

/// Reports clicks and the wheel, but not movements: these would wake the app for nothing.
const MOUSE_ON: &str = "\x1b[?1000h\x1b[?1006h";
const MOUSE_OFF: &str = "\x1b[?1006l\x1b[?1000l";
/// Reports whether the window has the focus.
const FOCUS_ON: &str = "\x1b[?1004h";
const FOCUS_OFF: &str = "\x1b[?1004l";
/// Room for a whole frame, so that it is one write.
const FRAME_BYTES: usize = 64 * 1024;

type Backend = Terminal<CrosstermBackend<BufWriter<Stdout>>>;

/// A picture that the terminal draws itself.
struct SentPicture {
    screen: Rect,
    place: Rect,
    bitmap: Arc<Bitmap>,
}

impl SentPicture {
    fn is_same(&self, other: &Self) -> bool {
        self.screen == other.screen
            && self.place == other.place
            && Arc::ptr_eq(&self.bitmap, &other.bitmap)
    }
}

/// The terminal as a display that fills the screen.
pub struct FullScreen {
    /// None only while it is dropped.
    terminal: Option<Backend>,
    theme: Theme,
    figures: FigureCache,
    /// The picture on the screen.
    picture: Option<SentPicture>,
}

impl FullScreen {
    /// Takes the terminal.
    pub fn new(theme: Theme) -> io::Result<Self> {
        restore_on_panic();
        enter(&mut io::stdout())?;
        match terminal() {
            Ok(terminal) => Ok(Self {
                terminal: Some(terminal),
                theme,
                figures: FigureCache::default(),
                picture: None,
            }),
            Err(error) => {
                let _ = leave(&mut io::stdout());
                Err(error)
            }
        }
    }

    /// Also shows the pictures that are beside the program files.
    pub(crate) fn show_pictures(&mut self, pictures: Box<dyn Pictures>) {
        self.figures = FigureCache::with(pictures);
    }
}

impl Drop for FullScreen {
    fn drop(&mut self) {
        if self.picture.is_some() {
            let _ = write!(io::stdout(), "{REMOVE_PICTURES}");
        }
        // A terminal that is gone can't be given back.
        let _ = leave(&mut io::stdout());
        // ratatui's own clean-up would print that it could not show the cursor, and panic if
        // standard error is gone too.
        std::mem::forget(self.terminal.take());
    }
}

impl Display for FullScreen {
    fn draw(&mut self, page: &Page) -> io::Result<Drawn> {
        let mut drawn = Drawn::default();
        let (theme, figures) = (self.theme, &mut self.figures);
        let Some(terminal) = &mut self.terminal else {
            return Ok(drawn);
        };
        queue!(terminal.backend_mut(), BeginSynchronizedUpdate)?;
        let screen = terminal
            .draw(|frame| drawn = cells::draw(frame, page, theme, figures))?
            .area;
        let picture = drawn.picture.as_ref().map(|(place, bitmap)| SentPicture {
            screen,
            place: *place,
            bitmap: Arc::clone(bitmap),
        });
        let is_shown = match (&self.picture, &picture) {
            (None, None) => true,
            (Some(shown), Some(picture)) => shown.is_same(picture),
            _ => false,
        };
        if !is_shown {
            let out = terminal.backend_mut();
            if self.picture.is_some() {
                write!(out, "{REMOVE_PICTURES}")?;
            }
            if let Some(picture) = &picture {
                send_picture(out, picture.place, &picture.bitmap)?;
            }
            self.picture = picture;
        }
        execute!(terminal.backend_mut(), EndSynchronizedUpdate)?;
        Ok(drawn)
    }

    fn bell(&mut self, kind: AlertKind) -> io::Result<()> {
        if kind.rings() {
            execute!(io::stdout(), Print('\x07'))
        } else {
            Ok(())
        }
    }

    fn suspend(&mut self) -> io::Result<()> {
        leave(&mut io::stdout())?;
        emulate_default_handler(SIGTSTP)?;
        self.reacquire()
    }

    fn reacquire(&mut self) -> io::Result<()> {
        enter(&mut io::stdout())?;
        // `Terminal::clear` asks the terminal for the cursor's place, and the answer would reach
        // the thread that reads keys.
        execute!(io::stdout(), Clear(ClearType::All))?;
        self.picture = None;
        let old = self.terminal.replace(terminal()?);
        std::mem::forget(old);
        Ok(())
    }
}

fn terminal() -> io::Result<Backend> {
    let out = BufWriter::with_capacity(FRAME_BYTES, io::stdout());
    Terminal::new(CrosstermBackend::new(out))
}

fn enter(out: &mut impl Write) -> io::Result<()> {
    enable_raw_mode()?;
    execute!(
        out,
        EnterAlternateScreen,
        cursor::Hide,
        Print(MOUSE_ON),
        Print(FOCUS_ON)
    )
}

fn leave(out: &mut impl Write) -> io::Result<()> {
    let shown = execute!(
        out,
        Print(FOCUS_OFF),
        Print(MOUSE_OFF),
        EndSynchronizedUpdate,
        cursor::Show,
        LeaveAlternateScreen
    );
    disable_raw_mode().and(shown)
}

/// Lets a panic give the terminal back before its message is printed.
fn restore_on_panic() {
    static HOOK: Once = Once::new();
    HOOK.call_once(|| {
        let default = panic::take_hook();
        panic::set_hook(Box::new(move |info| {
            let _ = leave(&mut io::stdout());
            default(info);
        }));
    });
}
