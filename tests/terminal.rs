//! The real program in a pseudo-terminal: what a person sees, and what is left when it is ended in
//! any way.

use std::io::{Read, Write};
use std::num::NonZeroU16;
use std::path::Path;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use jiff::Timestamp;
use portable_pty::{Child, CommandBuilder, MasterPty, PtySize, native_pty_system};
use regimen::store::Store;

/// Self-paced sets without pauses: Enter after Enter, a set each.
fn quick(sets: usize) -> String {
    let mut text =
        "title: Quick\nfrequency: daily\npain: {ask: []}\ndefaults: {get_ready: 0 s, rest: 0 s}\nexercises:\n"
            .to_owned();
    for exercise in 0..3 {
        text.push_str(&format!(
            "  - {{name: Exercise {exercise}, instructions: Do., sets: {sets}, hold: 1 s}}\n"
        ));
    }
    text
}

const ROWS: NonZeroU16 = NonZeroU16::new(24).unwrap();
const COLUMNS: NonZeroU16 = NonZeroU16::new(80).unwrap();

pub(crate) struct Pty {
    child: Box<dyn Child + Send + Sync>,
    writer: Box<dyn Write + Send>,
    screen: Arc<Mutex<vt100::Parser>>,
    raw: Arc<Mutex<Vec<u8>>>,
    /// Set when nobody looks at the terminal any more; the next frame ends the looking.
    gone: Arc<AtomicBool>,
    master: Option<Box<dyn MasterPty + Send>>,
}

impl Pty {
    fn spawn(program: &str, args: &[&str], home: &Path) -> Self {
        // Sessions here are about the terminal; what they sound like is tested elsewhere.
        let settings = home.join("settings.yaml");
        if !settings.exists() {
            std::fs::write(settings, "tones: off\nvoice: off\nstay_awake: off\n").unwrap();
        }
        Self::spawn_with(program, args, home, &[])
    }

    fn spawn_with(program: &str, args: &[&str], home: &Path, environment: &[(&str, &str)]) -> Self {
        let pair = native_pty_system()
            .openpty(PtySize {
                rows: ROWS.get(),
                cols: COLUMNS.get(),
                pixel_width: 0,
                pixel_height: 0,
            })
            .unwrap();
        let mut command = CommandBuilder::new(program);
        command.args(args);
        command.env("HOME", home);
        command.env("XDG_DATA_HOME", home.join("data"));
        command.env("XDG_CACHE_HOME", home.join("cache"));
        command.env("REGIMEN_SETTINGS", home.join("settings.yaml"));
        command.env("TERM", "xterm-256color");
        for (name, value) in environment {
            command.env(name, value);
        }
        command.cwd(home);
        let child = pair.slave.spawn_command(command).unwrap();
        drop(pair.slave);
        let mut reader = pair.master.try_clone_reader().unwrap();
        let screen = Arc::new(Mutex::new(vt100::Parser::new(ROWS, COLUMNS, 0)));
        let raw = Arc::new(Mutex::new(Vec::new()));
        let gone = Arc::new(AtomicBool::new(false));
        let (of_screen, of_raw, of_gone) =
            (Arc::clone(&screen), Arc::clone(&raw), Arc::clone(&gone));
        std::thread::spawn(move || {
            let mut bytes = [0; 4096];
            while let Ok(count @ 1..) = reader.read(&mut bytes)
                && !of_gone.load(Ordering::Relaxed)
            {
                of_screen.lock().unwrap().process(&bytes[..count]);
                of_raw.lock().unwrap().extend_from_slice(&bytes[..count]);
            }
        });
        let writer = pair.master.take_writer().unwrap();
        Self {
            child,
            writer,
            screen,
            raw,
            gone,
            master: Some(pair.master),
        }
    }

    fn regimen(file: &Path, home: &Path) -> Self {
        Self::spawn(
            env!("CARGO_BIN_EXE_regimen"),
            &["start", file.to_str().unwrap()],
            home,
        )
    }

    /// The same in another environment, with the settings that are there.
    pub(crate) fn regimen_with(file: &Path, home: &Path, environment: &[(&str, &str)]) -> Self {
        Self::spawn_with(
            env!("CARGO_BIN_EXE_regimen"),
            &["start", file.to_str().unwrap()],
            home,
            environment,
        )
    }

    fn text(&self) -> String {
        self.screen.lock().unwrap().screen().contents()
    }

    /// Waits on the emulated screen.
    pub(crate) fn wait_for(&self, what: &str, seen: impl Fn(&str) -> bool) -> String {
        let begun = Instant::now();
        loop {
            let text = self.text();
            if seen(&text) {
                return text;
            }
            assert!(
                begun.elapsed() < Duration::from_secs(30),
                "no {what} on:\n{text}"
            );
            std::thread::sleep(Duration::from_millis(5));
        }
    }

    pub(crate) fn wait_for_words(&self, words: &str) -> String {
        self.wait_for(words, |text| text.contains(words))
    }

    pub(crate) fn press(&mut self, keys: &str) {
        self.writer.write_all(keys.as_bytes()).unwrap();
        self.writer.flush().unwrap();
    }

    fn signal(&self, name: &str) {
        let pid = self.child.process_id().unwrap().to_string();
        assert!(
            std::process::Command::new("kill")
                .args([&format!("-{name}"), &pid])
                .status()
                .unwrap()
                .success()
        );
    }

    pub(crate) fn wait(&mut self) -> u32 {
        let begun = Instant::now();
        loop {
            if let Some(status) = self.child.try_wait().unwrap() {
                // What it wrote last is read.
                std::thread::sleep(Duration::from_millis(50));
                return status.exit_code();
            }
            assert!(
                begun.elapsed() < Duration::from_secs(20),
                "it does not end:\n{}",
                self.text()
            );
            std::thread::sleep(Duration::from_millis(5));
        }
    }

    fn is_given_back(&self) -> bool {
        let screen = self.screen.lock().unwrap();
        let modes = screen.screen();
        !modes.alternate_screen()
            && !modes.hide_cursor()
            && modes.mouse_protocol_mode() == vt100::MouseProtocolMode::None
    }

    /// Canonical input and echo, as a shell wants them.
    fn is_cooked(&self) -> bool {
        let tty = self.master.as_ref().unwrap().tty_name().unwrap();
        let modes = std::process::Command::new("stty")
            .arg("-F")
            .arg(tty)
            .arg("-a")
            .output()
            .unwrap();
        let modes = String::from_utf8(modes.stdout).unwrap();
        modes.contains(" icanon") && modes.contains(" echo ")
    }
}

fn home_with(text: &str) -> (tempfile::TempDir, std::path::PathBuf) {
    let home = tempfile::tempdir().unwrap();
    let file = home.path().join("quick.yaml");
    std::fs::write(&file, text).unwrap();
    (home, file)
}

fn sets_on_record(home: &Path) -> usize {
    let path = home.join("data/regimen/records.db");
    if !path.exists() {
        return 0;
    }
    let store = Store::open(&path).unwrap();
    assert_eq!(store.integrity().unwrap(), "ok");
    let histories = store.histories(Timestamp::MIN).unwrap();
    histories
        .iter()
        .flat_map(|history| &history.sets)
        .filter(|set| set.is_settled())
        .count()
}

#[test]
fn it_opens_on_a_fresh_machine_and_ends_with_q() {
    let home = tempfile::tempdir().unwrap();
    let mut pty = Pty::spawn(env!("CARGO_BIN_EXE_regimen"), &[], home.path());
    let first = pty.wait_for_words("Deep core for runners");
    assert!(first.contains("samples, not prescriptions"), "{first}");
    pty.press("q");
    assert_eq!(pty.wait(), 0);
    // Only now nothing more is on its way.
    let raw = pty.raw.lock().unwrap().clone();
    let all = |needle: &[u8]| {
        raw.windows(needle.len())
            .filter(|window| window == &needle)
            .count()
    };
    let (begun, ended) = (all(b"\x1b[?2026h"), all(b"\x1b[?2026l"));
    // Giving the terminal back ends a frame that may have been begun.
    assert!(
        begun >= 1 && ended == begun + 1,
        "frames are synchronised: {begun} begun, {ended} ended"
    );
    assert!(pty.is_given_back());
    assert!(home.path().join("data/regimen/records.db").exists());
}

#[test]
fn however_it_is_ended_the_terminal_is_as_it_was_and_nothing_is_lost() {
    for end in ["ctrl-c", "TERM", "HUP", "INT"] {
        let (home, file) = home_with(&quick(3));
        let mut pty = Pty::regimen(&file, home.path());
        pty.wait_for_words("about");
        pty.press("\r");
        pty.wait_for_words("●○○");
        match end {
            "ctrl-c" => pty.press("\x03"),
            signal => pty.signal(signal),
        }
        assert_eq!(pty.wait(), 0, "{end}");
        assert!(pty.is_given_back(), "{end}");
        assert!(pty.is_cooked(), "{end}");
        assert!(sets_on_record(home.path()) >= 1, "{end}");
    }
}

#[test]
fn a_terminal_that_is_gone_ends_the_program_with_everything_on_record() {
    let (home, file) = home_with(&quick(3));
    let mut pty = Pty::regimen(&file, home.path());
    pty.wait_for_words("about");
    pty.press("\r");
    pty.wait_for_words("●○○");
    pty.gone.store(true, Ordering::Relaxed);
    pty.master = None;
    pty.writer = Box::new(std::io::sink());
    assert_eq!(pty.wait(), 0);
    assert!(sets_on_record(home.path()) >= 1);
}

#[test]
fn ctrl_z_gives_the_terminal_back_and_fg_goes_on_paused() {
    let (home, file) = home_with(&quick(3).replace("hold: 1 s", "hold: 60 s"));
    let shell = format!(
        "set -m; '{}' start '{}'; echo SHELL $?; read line; fg; echo ENDED",
        env!("CARGO_BIN_EXE_regimen"),
        file.display()
    );
    let mut pty = Pty::spawn("bash", &["-c", &shell], home.path());
    pty.wait_for_words("about");
    pty.press("\r");
    pty.wait_for_words("set 1 of 3");
    pty.press("\x1a");
    pty.wait_for_words("SHELL");
    assert!(pty.is_given_back() && pty.is_cooked());
    pty.press("\r");
    pty.wait_for_words("Space goes on");
    // It goes on for as long as the patient wants, and takes keys at once.
    std::thread::sleep(Duration::from_millis(2500));
    pty.press(" ");
    pty.wait_for("the running session", |text| {
        !text.contains("Space goes on") && text.contains("set 1 of 3")
    });
    pty.press("\x03");
    pty.wait_for_words("ENDED");
    assert!(pty.is_given_back());
}

#[test]
fn a_process_that_was_stopped_from_outside_goes_on_paused() {
    let (home, file) = home_with(&quick(3).replace("hold: 1 s", "hold: 60 s"));
    let mut pty = Pty::regimen(&file, home.path());
    pty.wait_for_words("about");
    pty.press("\r");
    pty.wait_for_words("set 1 of 3");
    pty.signal("STOP");
    std::thread::sleep(Duration::from_millis(1200));
    pty.signal("CONT");
    pty.wait_for_words("Space goes on");
    pty.signal("TERM");
    assert_eq!(pty.wait(), 0);
    assert!(pty.is_given_back());
}

/// Run by the test below in a terminal of its own.
#[test]
#[ignore = "panics on purpose, for another test"]
fn panics_with_the_terminal_taken() {
    let _screen =
        regimen::terminal::FullScreen::new(regimen::view::theme::Theme::default()).unwrap();
    panic!("on purpose");
}

#[test]
fn a_panic_gives_the_terminal_back_before_its_message() {
    let home = tempfile::tempdir().unwrap();
    let own = std::env::current_exe().unwrap();
    let args = [
        "--ignored",
        "--exact",
        "--nocapture",
        "terminal::panics_with_the_terminal_taken",
    ];
    let mut pty = Pty::spawn(own.to_str().unwrap(), &args, home.path());
    pty.wait_for_words("on purpose");
    assert_ne!(pty.wait(), 0);
    assert!(pty.is_given_back() && pty.is_cooked());
}

/// Full dots over all exercises: those of the exercise on the screen, and all sets of the ones
/// before it.
fn dots(text: &str, sets: usize) -> usize {
    let before = text
        .split("exercise ")
        .nth(1)
        .and_then(|rest| rest.split(' ').next()?.parse::<usize>().ok());
    before.map_or(0, |number| {
        (number - 1) * sets + text.chars().filter(|c| *c == '●').count()
    })
}

#[test]
fn two_hundred_kills_lose_no_set_that_the_screen_had_called_done() {
    const SETS: usize = 12;
    const KILLS: u32 = 200;
    const AT_ONCE: u32 = 8;
    let workers: Vec<_> = (0..AT_ONCE)
        .map(|worker| {
            std::thread::spawn(move || {
                let mut seen = 0;
                for kill in 0..KILLS / AT_ONCE {
                    let text = quick(SETS).replace("hold: 1 s", "reps: 5");
                    let (home, file) = home_with(&text);
                    let mut pty = Pty::regimen(&file, home.path());
                    pty.wait_for_words("about");
                    pty.press("\r");
                    pty.wait_for_words("exercise 1 of 3");
                    // Another moment of the session at each kill, between and within the commits.
                    let moment =
                        Duration::from_millis(u64::from((worker * 7919 + kill * 104_729) % 1900));
                    let begun = Instant::now();
                    while begun.elapsed() < moment {
                        pty.press("\r");
                        std::thread::sleep(Duration::from_millis(29));
                    }
                    pty.signal("KILL");
                    let _ = pty.child.wait();
                    std::thread::sleep(Duration::from_millis(30));
                    let shown = dots(&pty.text(), SETS);
                    let kept = sets_on_record(home.path());
                    assert!(
                        kept >= shown,
                        "the screen said {shown}, the database has {kept}:\n{}",
                        pty.text()
                    );
                    seen += shown;
                }
                seen
            })
        })
        .collect();
    let seen: usize = workers
        .into_iter()
        .map(|worker| worker.join().unwrap())
        .sum();
    // Kills that came before the first set prove little.
    assert!(seen > 200, "{seen}");
}
