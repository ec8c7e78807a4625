//! The terminal: its modes, its keys, its signals, and the two clocks. The only file that names
//! crossterm and signal-hook. Knows nothing of what is drawn or what a key does.

use std::io::{self, BufRead, BufWriter, IsTerminal, Stdout, Write};
use std::panic;
use std::path::PathBuf;
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, channel};
use std::sync::{Arc, Once};
use std::thread;

use base64::Engine;
use base64::engine::general_purpose::STANDARD as BASE64;
use crossterm::event::{
    Event, KeyCode, KeyEvent, KeyEventKind, KeyModifiers, MouseButton, MouseEventKind,
};
use crossterm::style::Print;
use crossterm::terminal::{
    BeginSynchronizedUpdate, Clear, ClearType, EndSynchronizedUpdate, EnterAlternateScreen,
    LeaveAlternateScreen, disable_raw_mode, enable_raw_mode,
};
use crossterm::{cursor, execute, queue};
use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp};
use ratatui::Terminal;
use ratatui::backend::CrosstermBackend;
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::Color;
use signal_hook::consts::{SIGCONT, SIGHUP, SIGINT, SIGTERM, SIGTSTP};
use signal_hook::iterator::Signals;
use signal_hook::low_level::emulate_default_handler;

use crate::app::page::{OverlayPage, Page};
use crate::bitmap::Bitmap;
use crate::effect::AlertKind;
use crate::event_loop::Display;
use crate::events::{Events, Input, Instant, Key, Moment};
use crate::folder::{self, Watch};
use crate::output;
use crate::view::cells::{self, Drawn, FigureCache, Pictures};
use crate::view::lines::lines;
use crate::view::theme::Theme;

/// Clicks and the wheel, without the movements in between, which would wake the program for
/// nothing.
const MOUSE_ON: &str = "\x1b[?1000h\x1b[?1006h";
const MOUSE_OFF: &str = "\x1b[?1006l\x1b[?1000l";
/// Whether the window is in front.
const FOCUS_ON: &str = "\x1b[?1004h";
const FOCUS_OFF: &str = "\x1b[?1004l";
/// One write a frame.
const FRAME_BYTES: usize = 64 * 1024;

/// Both clocks of this machine.
#[derive(Debug)]
struct Clocks {
    origin: std::time::Instant,
    zone: TimeZone,
}

impl Clocks {
    #[expect(clippy::disallowed_methods, reason = "this is where time comes in")]
    fn new() -> Self {
        Self {
            origin: std::time::Instant::now(),
            zone: local_zone().unwrap_or_else(TimeZone::system),
        }
    }

    #[expect(clippy::disallowed_methods, reason = "this is where time comes in")]
    fn now(&self) -> Moment {
        Moment {
            instant: Instant::from_origin(self.origin.elapsed()),
            wall: Timestamp::now().to_zoned(self.zone.clone()),
        }
    }
}

/// The zone of the machine by the one file that names it. The library would first look through
/// every zone there is, which takes longer than all else at the start.
#[expect(clippy::disallowed_methods, reason = "the zone belongs to the clocks")]
fn local_zone() -> Option<TimeZone> {
    const LOCAL: &str = "/etc/localtime";
    if std::env::var_os("TZ").is_some() {
        return None;
    }
    let target = std::fs::read_link(LOCAL).ok()?;
    let name = target.to_str()?.split("zoneinfo/").nth(1)?;
    TimeZone::tzif(name, &std::fs::read(LOCAL).ok()?).ok()
}

/// Both clocks, once, for what has to be known before the program begins.
pub fn moment() -> Moment {
    Clocks::new().now()
}

/// Keys and signals of this process, and the clocks.
#[derive(Debug)]
pub struct TerminalEvents {
    clocks: Clocks,
    inputs: Receiver<Input>,
    sender: Sender<Input>,
}

impl TerminalEvents {
    /// Listens to the keys of a terminal in raw mode.
    pub fn keys() -> io::Result<Self> {
        Self::listen(read_keys)
    }

    /// Listens to lines: an empty one is Enter, any other is a word, a letter, a number or a note.
    pub fn lines() -> io::Result<Self> {
        Self::listen(read_lines)
    }

    fn listen(read: fn(&Sender<Input>)) -> io::Result<Self> {
        let (sender, inputs) = channel();
        let mut signals = Signals::new([SIGTERM, SIGHUP, SIGINT, SIGTSTP, SIGCONT])?;
        let of_signals = sender.clone();
        let kept = sender.clone();
        // Both threads sleep until something happens, and end with the process.
        thread::Builder::new()
            .name("signals".to_owned())
            .spawn(move || {
                for signal in &mut signals {
                    let input = match signal {
                        SIGTSTP => Input::Key(Key::Ctrl('z')),
                        SIGCONT => Input::Continued,
                        _ => Input::Hangup,
                    };
                    if of_signals.send(input).is_err() {
                        break;
                    }
                }
            })?;
        thread::Builder::new()
            .name("keys".to_owned())
            .spawn(move || {
                read(&sender);
                // Who sends nothing more has hung up.
                let _ = sender.send(Input::Hangup);
            })?;
        Ok(Self {
            clocks: Clocks::new(),
            inputs,
            sender: kept,
        })
    }
}

impl TerminalEvents {
    /// Where others report to what comes in from elsewhere.
    pub fn reports(&self) -> Sender<Input> {
        self.sender.clone()
    }

    /// Tells of a file each time it is saved, too.
    pub fn watching(self, path: PathBuf) -> io::Result<Self> {
        let sender = self.sender.clone();
        thread::Builder::new()
            .name("watch".to_owned())
            .spawn(move || {
                let mut watch = Watch::new(vec![path.clone()]);
                loop {
                    watch.wait();
                    // A file that is gone is one that is being replaced.
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

/// Events in a time that may pass faster.
#[derive(Debug)]
pub struct Paced {
    inner: TerminalEvents,
    pace: u16,
    /// The real and the told moment since which this pace holds.
    since: (Moment, Moment),
}

impl Paced {
    /// As fast as it really passes, until it is told otherwise.
    pub fn new(mut inner: TerminalEvents) -> Self {
        let now = inner.now();
        Self {
            inner,
            pace: 1,
            since: (now.clone(), now),
        }
    }
}

impl Events for Paced {
    fn now(&mut self) -> Moment {
        let (real, told) = &self.since;
        let passed = (self.inner.now().instant - real.instant) * u32::from(self.pace);
        let wall = SignedDuration::try_from(passed)
            .ok()
            .and_then(|passed| told.wall.checked_add(passed).ok());
        Moment {
            instant: told.instant + passed,
            wall: wall.unwrap_or_else(|| told.wall.clone()),
        }
    }

    fn pace(&mut self, times: u16) {
        let told = self.now();
        self.since = (self.inner.now(), told);
        self.pace = times.max(1);
    }

    fn next(&mut self, until: Option<Instant>) -> Input {
        let (real, told) = &self.since;
        let until = until.map(|until| real.instant + (until - told.instant) / u32::from(self.pace));
        self.inner.next(until)
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

fn read_keys(sender: &Sender<Input>) {
    while let Ok(event) = crossterm::event::read() {
        let input = match event {
            Event::Key(key) if key.kind != KeyEventKind::Release => key_of(key).map(Input::Key),
            Event::Mouse(mouse) if mouse.kind == MouseEventKind::Down(MouseButton::Left) => {
                Some(Input::Click(mouse.column, mouse.row))
            }
            Event::Mouse(mouse) if mouse.kind == MouseEventKind::ScrollDown => {
                Some(Input::Key(Key::Down))
            }
            Event::Mouse(mouse) if mouse.kind == MouseEventKind::ScrollUp => {
                Some(Input::Key(Key::Up))
            }
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

/// What is longer is cut off.
const LONGEST_LINE: usize = 600;

fn read_lines(sender: &Sender<Input>) {
    for line in io::stdin().lock().lines() {
        let Ok(line) = line else { break };
        let line = line.chars().take(LONGEST_LINE).collect();
        if sender.send(Input::Line(line)).is_err() {
            break;
        }
    }
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

/// A panic gives the terminal back before its message is printed.
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

/// The terminal as a stage. Gives the terminal back when it is dropped.
pub struct FullScreen {
    /// None only while it is dropped.
    terminal: Option<Backend>,
    theme: Theme,
    figures: FigureCache,
    /// The picture that the terminal shows itself.
    picture: Option<Sent>,
}

/// A picture that the terminal shows itself: the whole screen's area, its own, and its points.
type Sent = (Rect, Rect, Arc<Bitmap>);

fn same_picture(one: Option<&Sent>, other: Option<&Sent>) -> bool {
    match (one, other) {
        (None, None) => true,
        (Some((screen, place, bitmap)), Some((other_screen, other_place, other))) => {
            screen == other_screen && place == other_place && Arc::ptr_eq(bitmap, other)
        }
        _ => false,
    }
}

/// Takes all pictures off the screen, without an answer.
const PICTURES_GONE: &str = "\x1b_Ga=d,q=2\x1b\\";
/// A piece of a picture is no longer.
const PIECE: usize = 4096;

/// Sends a picture by the protocol of kitty: PNG in pieces, scaled to its cells by the terminal,
/// the cursor left where it is, and no answer wanted.
fn send_picture(out: &mut impl Write, place: Rect, bitmap: &Bitmap) -> io::Result<()> {
    let Ok(png) = bitmap.png() else { return Ok(()) };
    let data = BASE64.encode(png);
    queue!(out, cursor::MoveTo(place.x, place.y))?;
    let pieces = data.as_bytes().chunks(PIECE);
    let last = pieces.len().saturating_sub(1);
    for (index, piece) in pieces.enumerate() {
        let more = u8::from(index < last);
        if index == 0 {
            write!(
                out,
                "\x1b_Ga=T,f=100,q=2,C=1,c={},r={},m={more};",
                place.width, place.height
            )?;
        } else {
            write!(out, "\x1b_Gm={more},q=2;")?;
        }
        out.write_all(piece)?;
        write!(out, "\x1b\\")?;
    }
    Ok(())
}

type Backend = Terminal<CrosstermBackend<BufWriter<Stdout>>>;

fn terminal() -> io::Result<Backend> {
    Terminal::new(CrosstermBackend::new(BufWriter::with_capacity(
        FRAME_BYTES,
        io::stdout(),
    )))
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
}

impl FullScreen {
    /// Shows the pictures beside programs, too.
    pub fn show_pictures(&mut self, pictures: Box<dyn Pictures>) {
        self.figures = FigureCache::with(pictures);
    }
}

impl Drop for FullScreen {
    fn drop(&mut self) {
        if self.picture.is_some() {
            let _ = write!(io::stdout(), "{PICTURES_GONE}");
        }
        // A terminal that is gone cannot be given back.
        let _ = leave(&mut io::stdout());
        // The library's own clean-up would say on standard error that it could not show the cursor,
        // and panic where that is gone too.
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
        let area = terminal
            .draw(|frame| drawn = cells::draw(frame, page, theme, figures))?
            .area;
        let picture = drawn
            .picture
            .as_ref()
            .map(|(place, bitmap)| (area, *place, Arc::clone(bitmap)));
        if !same_picture(self.picture.as_ref(), picture.as_ref()) {
            let out = terminal.backend_mut();
            if self.picture.is_some() {
                write!(out, "{PICTURES_GONE}")?;
            }
            if let Some((_, place, bitmap)) = &picture {
                send_picture(out, *place, bitmap)?;
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

/// Lines as a stage, for screen readers, logs and pipes.
#[derive(Debug, Default)]
pub struct LineOutput {
    last: Vec<String>,
}

impl Display for LineOutput {
    fn draw(&mut self, page: &Page) -> io::Result<Drawn> {
        let lines = lines(page);
        if lines != self.last {
            // Another question is another one, whatever its lines have in common with the one
            // before.
            if matches!(page.overlay, Some(OverlayPage::Menu(_)))
                && lines.first() != self.last.first()
            {
                self.last.clear();
            }
            // What was said is not said again, unless nothing else is new.
            let news: Vec<&String> = lines
                .iter()
                .filter(|line| !self.last.contains(line))
                .collect();
            let news: Vec<&String> = if news.is_empty() {
                lines.iter().collect()
            } else {
                news
            };
            let mut text = String::new();
            for line in news {
                text.push_str(&crate::source::printable(line));
                text.push('\n');
            }
            // Lines that don't arrive end the session like a terminal that is gone, and the end
            // tells why.
            if !output::print(&text) {
                return Err(io::Error::other("the lines were not written"));
            }
            self.last = lines;
        }
        Ok(Drawn::default())
    }

    fn bell(&mut self, kind: AlertKind) -> io::Result<()> {
        // The bell means something to a person only, not to a file.
        if kind.rings() && io::stdout().is_terminal() {
            io::stdout()
                .write_all(b"\x07")
                .and_then(|()| io::stdout().flush())
        } else {
            Ok(())
        }
    }

    fn suspend(&mut self) -> io::Result<()> {
        emulate_default_handler(SIGTSTP)
    }

    fn reacquire(&mut self) -> io::Result<()> {
        self.last.clear();
        Ok(())
    }
}

/// Cells as text with their colours, a line each row.
pub fn coloured(buffer: &Buffer) -> String {
    let code = |colour: Color, ground: bool| {
        let base = if ground { 48 } else { 38 };
        match colour {
            Color::Rgb(red, green, blue) => format!("\x1b[{base};2;{red};{green};{blue}m"),
            Color::Indexed(index) => format!("\x1b[{base};5;{index}m"),
            _ => format!("\x1b[{}m", base + 1),
        }
    };
    let mut text = String::new();
    for row in buffer.area.top()..buffer.area.bottom() {
        let mut last = (Color::Reset, Color::Reset);
        for column in buffer.area.left()..buffer.area.right() {
            let Some(cell) = buffer.cell((column, row)) else {
                continue;
            };
            if cell.fg != last.0 {
                text.push_str(&code(cell.fg, false));
            }
            if cell.bg != last.1 {
                text.push_str(&code(cell.bg, true));
            }
            last = (cell.fg, cell.bg);
            text.push_str(cell.symbol());
        }
        text.push_str(if last == (Color::Reset, Color::Reset) {
            "\n"
        } else {
            "\x1b[0m\n"
        });
    }
    text
}

/// Whether both ends are a terminal.
pub fn is_interactive() -> bool {
    io::stdin().is_terminal() && io::stdout().is_terminal()
}

/// Asks for a line; none where nobody answers any more, or the question could not be shown.
pub fn ask_for(question: &str) -> io::Result<Option<String>> {
    if !output::print(question) {
        return Ok(None);
    }
    let mut answer = String::new();
    let length = io::stdin().lock().read_line(&mut answer)?;
    Ok((length > 0).then(|| answer.trim().to_owned()))
}

/// How long a patient's answer on the command line may be waited for: as long as it takes.
pub fn ask(question: &str) -> io::Result<bool> {
    let answer = ask_for(&format!("{question} [y/N] "))?.unwrap_or_default();
    Ok(matches!(answer.to_lowercase().as_str(), "y" | "yes"))
}
