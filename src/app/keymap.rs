//! The one table of keys: what a key does where, what the foot of the screen calls it, and what the
//! help says. Knows nothing of how keys arrive or how the table is drawn.

use crate::events::Key;

/// Where the patient is, as far as keys are concerned.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[allow(missing_docs, reason = "each is named for its screen")]
pub enum Context {
    Today,
    /// A program that cannot be played.
    Problem,
    Program,
    /// A row of 0 to 10.
    Scale,
    /// A line of text.
    Note,
    /// A step of work with a length.
    Timed,
    /// Repetitions at one's own pace, or a count that is asked for.
    Waiting,
    /// A test that counts up.
    Counting,
    /// Get ready, rest, release, change of side.
    Pausing,
    Paused,
    /// A short list to choose from.
    Menu,
    /// A page to read.
    Reading,
    /// The page of stop signs.
    Signs,
    Summary,
    Settings,
    Progress,
    /// The past sessions in a list.
    Sessions,
    /// A past session that is opened.
    Session,
    /// A number that is being typed.
    Figure,
    /// Figures alone.
    Gallery,
}

/// What a key does.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[allow(missing_docs, reason = "each is named for what it does")]
pub enum Action {
    Up,
    Down,
    Lower,
    Higher,
    Highest,
    PageUp,
    PageDown,
    Confirm,
    View,
    Discard,
    Cancel,
    Quit,
    Pause,
    Done,
    Previous,
    Skip,
    NextExercise,
    PreviousExercise,
    Faster,
    Slower,
    Extend,
    Restart,
    Mute,
    HandsFree,
    Short,
    Steps,
    Progress,
    /// How far back is looked.
    Reach,
    NextProgram,
    /// A session done without the program.
    Add,
    OtherSide,
    Settings,
    StopSigns,
    /// The patient has one of the stop signs.
    HaveSign,
    /// A stop sign was cleared up with the therapist.
    Cleared,
    Stop,
    Help,
    Digit(u8),
    Erase,
    Type(char),
    /// Ends the program from anywhere, losing nothing.
    Interrupt,
    /// Gives the terminal back to the shell until the program is called to the front.
    Suspend,
}

/// What triggers a binding.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Trigger {
    /// One of these keys.
    Keys(&'static [Key]),
    /// Any digit.
    Digits,
    /// Any letter that can be shown.
    Letters,
}

/// A line of the table.
#[derive(Debug, Clone, Copy)]
pub struct Binding {
    /// Where it holds.
    pub contexts: &'static [Context],
    /// The keys.
    pub trigger: Trigger,
    /// How the keys are written.
    pub label: &'static str,
    /// What it does, in a word or two, for the foot of the screen; empty keeps it off there.
    pub short: &'static str,
    /// What it does, for the help.
    pub long: &'static str,
    /// The action; of digits and letters the kind of it.
    pub action: Action,
}

use Context::{
    Counting, Figure, Gallery, Menu, Note, Paused, Pausing, Problem, Program, Progress, Reading,
    Scale, Session, Sessions, Settings, Signs, Summary, Timed, Today, Waiting,
};

const PLAYING: &[Context] = &[Timed, Waiting, Counting, Pausing, Paused];
const RUNNING: &[Context] = &[Timed, Waiting, Counting, Pausing];

const fn keys(
    contexts: &'static [Context],
    keys: &'static [Key],
    label: &'static str,
    short: &'static str,
    long: &'static str,
    action: Action,
) -> Binding {
    Binding {
        contexts,
        trigger: Trigger::Keys(keys),
        label,
        short,
        long,
        action,
    }
}

/// The table, what matters most first; the foot of the screen shows as much of it as there is room
/// for.
pub const BINDINGS: &[Binding] = &[
    keys(
        &[Today],
        &[Key::Enter, Key::Char(' ')],
        "Enter",
        "start",
        "start the program, or go on where it was left",
        Action::Confirm,
    ),
    keys(
        &[Program],
        &[Key::Enter, Key::Char(' ')],
        "Enter",
        "start",
        "start the session",
        Action::Confirm,
    ),
    keys(
        &[Problem],
        &[Key::Enter, Key::Esc, Key::Left, Key::Char(' ')],
        "Enter",
        "back",
        "back",
        Action::Cancel,
    ),
    keys(
        &[Reading, Signs],
        &[Key::Enter, Key::Char(' ')],
        "Enter",
        "go on",
        "go on",
        Action::Confirm,
    ),
    keys(
        &[Signs],
        &[Key::Char('y')],
        "y",
        "I have one of these",
        "say that you have one of these signs; it is recorded, and you see whom to call",
        Action::HaveSign,
    ),
    keys(
        &[Signs],
        &[Key::Char('c')],
        "c",
        "cleared up",
        "say that a sign you reported was cleared up with your therapist",
        Action::Cleared,
    ),
    keys(
        &[Summary],
        &[Key::Enter, Key::Esc, Key::Char(' '), Key::Char('q')],
        "Enter",
        "back to today",
        "back to the first page",
        Action::Confirm,
    ),
    keys(
        &[Progress, Sessions],
        &[Key::Right],
        "← →",
        "page",
        "the next page, the page before",
        Action::Higher,
    ),
    keys(
        &[Progress, Sessions],
        &[Key::Left],
        "←",
        "",
        "",
        Action::Lower,
    ),
    keys(
        &[Sessions],
        &[Key::Enter, Key::Char(' ')],
        "Enter",
        "open",
        "open the marked session, to see all of it and correct it",
        Action::Confirm,
    ),
    keys(
        &[Session],
        &[Key::Enter, Key::Char(' ')],
        "Enter",
        "correct",
        "correct the marked line",
        Action::Confirm,
    ),
    keys(
        &[Figure],
        &[Key::Enter],
        "Enter",
        "keep",
        "keep the number; without one nothing changes",
        Action::Confirm,
    ),
    Binding {
        contexts: &[Figure],
        trigger: Trigger::Digits,
        label: "0-9",
        short: "type it",
        long: "type the number",
        action: Action::Digit(0),
    },
    keys(
        &[Menu],
        &[Key::Enter, Key::Char(' ')],
        "Enter",
        "choose",
        "take the marked line",
        Action::Confirm,
    ),
    keys(
        &[Settings],
        &[Key::Right, Key::Enter, Key::Char(' '), Key::Char('+')],
        "← →",
        "change",
        "another value; on the last line, try the sound",
        Action::Higher,
    ),
    keys(
        &[Settings],
        &[Key::Left, Key::Char('-')],
        "←",
        "",
        "the value before",
        Action::Lower,
    ),
    keys(
        &[Scale],
        &[Key::Enter],
        "Enter",
        "go on",
        "take the marked number; without one, skip the question",
        Action::Confirm,
    ),
    keys(
        &[Note],
        &[Key::Enter],
        "Enter",
        "go on",
        "keep the note; an empty one is left out",
        Action::Confirm,
    ),
    keys(
        &[Paused],
        &[Key::Char(' '), Key::Enter],
        "Space",
        "go on",
        "go on",
        Action::Pause,
    ),
    keys(
        &[Waiting, Counting],
        &[Key::Enter],
        "Enter",
        "done",
        "the set is done, the test is over",
        Action::Done,
    ),
    keys(
        RUNNING,
        &[Key::Char(' ')],
        "Space",
        "pause",
        "pause, and go on again",
        Action::Pause,
    ),
    keys(
        &[Pausing],
        &[Key::Enter],
        "Enter",
        "go on now",
        "end the pause and go on now",
        Action::Done,
    ),
    keys(
        &[Timed],
        &[Key::Enter],
        "Enter",
        "end set",
        "end this set here; what was done counts",
        Action::Done,
    ),
    Binding {
        contexts: &[Waiting],
        trigger: Trigger::Digits,
        label: "0-9",
        short: "number done",
        long: "type how many repetitions you did, if not all",
        action: Action::Digit(0),
    },
    keys(
        &[Waiting, Note, Figure],
        &[Key::Backspace, Key::Delete],
        "Backspace",
        "",
        "take the last character back",
        Action::Erase,
    ),
    keys(
        PLAYING,
        &[Key::Left],
        "←",
        "back",
        "back to the beginning of the set; twice, to the set before",
        Action::Previous,
    ),
    keys(
        PLAYING,
        &[Key::Right],
        "→",
        "skip",
        "leave out the set or the exercise, and say why",
        Action::Skip,
    ),
    keys(
        &[Timed, Pausing, Paused],
        &[Key::Char('+'), Key::Char('=')],
        "+",
        "10 s more",
        "ten seconds more",
        Action::Extend,
    ),
    keys(
        &[Program],
        &[Key::Char('!'), Key::Char('1')],
        "!",
        "stop signs",
        "when to stop and whom to call",
        Action::StopSigns,
    ),
    keys(
        &[Today, Summary],
        &[Key::Char('!')],
        "!",
        "",
        "when to stop and whom to call",
        Action::StopSigns,
    ),
    keys(
        PLAYING,
        &[Key::Char('!'), Key::Char('s')],
        "!",
        "stop signs",
        "when to stop and whom to call",
        Action::StopSigns,
    ),
    keys(
        PLAYING,
        &[Key::Esc, Key::Char('q')],
        "q",
        "stop",
        "stop: go on later, or end here",
        Action::Stop,
    ),
    keys(
        PLAYING,
        &[Key::Char('?')],
        "?",
        "help",
        "all keys",
        Action::Help,
    ),
    keys(
        PLAYING,
        &[Key::Char('h')],
        "h",
        "hands-free",
        "without keys: repetitions are paced, questions wait for the end; and back",
        Action::HandsFree,
    ),
    keys(
        PLAYING,
        &[Key::Char('m')],
        "m",
        "sound",
        "sound off, and on again",
        Action::Mute,
    ),
    keys(
        PLAYING,
        &[Key::Char('r')],
        "r",
        "again",
        "begin this step again",
        Action::Restart,
    ),
    keys(
        PLAYING,
        &[Key::Char('>'), Key::Char('.')],
        ">",
        "",
        "in a preview: faster",
        Action::Faster,
    ),
    keys(
        PLAYING,
        &[Key::Char('<'), Key::Char(',')],
        "<",
        "",
        "in a preview: slower",
        Action::Slower,
    ),
    keys(
        PLAYING,
        &[Key::PageDown],
        "PgDn",
        "",
        "in a preview: the next exercise",
        Action::NextExercise,
    ),
    keys(
        PLAYING,
        &[Key::PageUp],
        "PgUp",
        "",
        "in a preview: the exercise before",
        Action::PreviousExercise,
    ),
    keys(
        &[Scale],
        &[Key::Left, Key::Char('-')],
        "← →",
        "choose",
        "a lower number",
        Action::Lower,
    ),
    keys(
        &[Scale],
        &[Key::Right, Key::Char('+')],
        "→",
        "",
        "a higher number",
        Action::Higher,
    ),
    Binding {
        contexts: &[Scale],
        trigger: Trigger::Digits,
        label: "0-9",
        short: "type it",
        long: "type the number; 1 and then 0 make ten",
        action: Action::Digit(0),
    },
    Binding {
        contexts: &[Menu],
        trigger: Trigger::Digits,
        label: "1-9",
        short: "",
        long: "take the line with this number",
        action: Action::Digit(0),
    },
    keys(&[Scale], &[Key::End], "End", "", "ten", Action::Highest),
    keys(
        &[Scale],
        &[Key::Backspace, Key::Delete],
        "Backspace",
        "",
        "no number",
        Action::Erase,
    ),
    keys(
        &[Scale],
        &[Key::Char('!')],
        "!",
        "stop signs",
        "when to stop and whom to call",
        Action::StopSigns,
    ),
    Binding {
        contexts: &[Note],
        trigger: Trigger::Letters,
        label: "",
        short: "",
        long: "",
        action: Action::Type(' '),
    },
    keys(
        &[
            Today, Program, Problem, Reading, Signs, Menu, Summary, Settings, Progress, Sessions,
            Session,
        ],
        &[Key::Up, Key::Char('k')],
        "↑ ↓",
        "move",
        "up and down",
        Action::Up,
    ),
    keys(
        &[
            Today, Program, Problem, Reading, Signs, Menu, Summary, Settings, Progress, Sessions,
            Session,
        ],
        &[Key::Down, Key::Char('j')],
        "↓",
        "",
        "",
        Action::Down,
    ),
    keys(
        &[
            Program, Problem, Reading, Signs, Menu, Summary, Progress, Sessions, Session, Gallery,
        ],
        &[Key::PageUp],
        "PgUp",
        "",
        "a page up",
        Action::PageUp,
    ),
    keys(
        &[
            Program, Problem, Reading, Signs, Menu, Summary, Progress, Sessions, Session, Gallery,
        ],
        &[Key::PageDown],
        "PgDn",
        "",
        "a page down",
        Action::PageDown,
    ),
    keys(
        &[Gallery],
        &[Key::Char(' '), Key::Enter],
        "Space",
        "stop, move",
        "stop at the first pose, and move again",
        Action::Pause,
    ),
    keys(
        &[Gallery],
        &[Key::Up, Key::Char('k')],
        "↑ ↓",
        "figure",
        "the figure before, the next figure",
        Action::Up,
    ),
    keys(
        &[Gallery],
        &[Key::Down, Key::Char('j')],
        "↓",
        "",
        "",
        Action::Down,
    ),
    keys(
        &[Gallery],
        &[Key::Right],
        "← →",
        "pose",
        "the pose before, the next pose",
        Action::Higher,
    ),
    keys(&[Gallery], &[Key::Left], "←", "", "", Action::Lower),
    keys(
        &[Gallery],
        &[Key::Char('s')],
        "s",
        "other side",
        "the other side",
        Action::OtherSide,
    ),
    keys(
        &[Gallery],
        &[Key::Esc, Key::Char('q')],
        "q",
        "quit",
        "quit",
        Action::Quit,
    ),
    keys(
        &[Menu],
        &[Key::Left],
        "←",
        "",
        "the other of two",
        Action::Lower,
    ),
    keys(
        &[Menu],
        &[Key::Right, Key::Tab],
        "→",
        "",
        "the other of two",
        Action::Higher,
    ),
    keys(
        &[Today],
        &[Key::Char('v'), Key::Right],
        "v",
        "view",
        "see the exercises first",
        Action::View,
    ),
    keys(
        &[Today],
        &[Key::Char('p')],
        "p",
        "progress",
        "what was done: weeks, pain, exercises, tests; and correct it",
        Action::Progress,
    ),
    keys(
        &[Progress, Sessions],
        &[Key::Char('w')],
        "w",
        "time span",
        "12 weeks, a year, or all on record",
        Action::Reach,
    ),
    keys(
        &[Progress, Sessions],
        &[Key::Char('a')],
        "a",
        "add",
        "enter a session that was done without this computer",
        Action::Add,
    ),
    keys(
        &[Progress, Sessions],
        &[Key::Tab],
        "Tab",
        "program",
        "the next program",
        Action::NextProgram,
    ),
    keys(
        &[Progress, Sessions],
        &[Key::Esc, Key::Char('q'), Key::Char('p')],
        "Esc",
        "back",
        "back",
        Action::Cancel,
    ),
    keys(
        &[Session],
        &[Key::Esc, Key::Left, Key::Char('q')],
        "Esc",
        "back",
        "back",
        Action::Cancel,
    ),
    keys(
        &[Figure],
        &[Key::Esc],
        "Esc",
        "cancel",
        "back, nothing changed",
        Action::Cancel,
    ),
    keys(
        &[Today],
        &[Key::Char('s')],
        "s",
        "short",
        "short of time: the essential exercises only",
        Action::Short,
    ),
    keys(
        &[Today],
        &[Key::Char('n')],
        "n",
        "next steps",
        "next steps: what your therapist's conditions for more ask for, and back",
        Action::Steps,
    ),
    keys(
        &[Today, Program],
        &[Key::Char('h')],
        "h",
        "hands-free",
        "sessions without keys: repetitions are paced, questions wait for the end; and back",
        Action::HandsFree,
    ),
    keys(
        &[Today],
        &[Key::Char('o')],
        "o",
        "settings",
        "sounds, voice, pop-ups, reminders",
        Action::Settings,
    ),
    keys(
        &[Settings],
        &[Key::Esc, Key::Char('q'), Key::Char('o')],
        "Esc",
        "back",
        "back",
        Action::Cancel,
    ),
    keys(
        &[Today],
        &[Key::Char('x'), Key::Delete],
        "x",
        "",
        "give up the unfinished session",
        Action::Discard,
    ),
    keys(
        &[Program],
        &[Key::Esc, Key::Left, Key::Char('q')],
        "Esc",
        "back",
        "back",
        Action::Cancel,
    ),
    keys(
        &[Reading, Signs],
        &[Key::Esc, Key::Left, Key::Char('q')],
        "Esc",
        "back",
        "back",
        Action::Cancel,
    ),
    keys(
        &[Menu],
        &[Key::Esc],
        "Esc",
        "cancel",
        "back, nothing changed",
        Action::Cancel,
    ),
    keys(
        &[Scale, Note],
        &[Key::Esc],
        "Esc",
        "leave",
        "stop here, or leave the session",
        Action::Stop,
    ),
    keys(
        &[
            Today, Program, Problem, Scale, Summary, Settings, Progress, Sessions, Session, Gallery,
        ],
        &[Key::Char('?')],
        "?",
        "help",
        "all keys",
        Action::Help,
    ),
    keys(
        &[Today],
        &[Key::Char('q')],
        "q",
        "quit",
        "quit",
        Action::Quit,
    ),
    keys(
        &[
            Today, Problem, Program, Scale, Note, Timed, Waiting, Counting, Pausing, Paused, Menu,
            Reading, Signs, Summary, Settings, Progress, Sessions, Session, Figure, Gallery,
        ],
        &[Key::Ctrl('c')],
        "Ctrl-C",
        "",
        "quit at once; nothing is lost",
        Action::Interrupt,
    ),
    keys(
        &[
            Today, Problem, Program, Scale, Note, Timed, Waiting, Counting, Pausing, Paused, Menu,
            Reading, Signs, Summary, Settings, Progress, Sessions, Session, Figure, Gallery,
        ],
        &[Key::Ctrl('z')],
        "Ctrl-Z",
        "",
        "put the program aside; `fg` brings it back",
        Action::Suspend,
    ),
];

/// What a key does in a context.
pub fn lookup(context: Context, key: Key) -> Option<Action> {
    BINDINGS
        .iter()
        .filter(|binding| binding.contexts.contains(&context))
        .find_map(|binding| match (binding.trigger, key) {
            (Trigger::Keys(keys), key) if keys.contains(&key) => Some(binding.action),
            (Trigger::Digits, Key::Char(digit)) => digit
                .to_digit(10)
                .and_then(|digit| u8::try_from(digit).ok())
                .map(Action::Digit),
            (Trigger::Letters, Key::Char(letter)) => Some(Action::Type(letter)),
            _ => None,
        })
}

/// The bindings that the foot of the screen names, what matters most first.
pub fn footer(context: Context) -> impl Iterator<Item = &'static Binding> {
    BINDINGS
        .iter()
        .filter(move |binding| binding.contexts.contains(&context) && !binding.short.is_empty())
}

/// Returns the keys of a context as they are written, and what they do.
pub fn help(context: Context) -> impl Iterator<Item = (&'static str, &'static str)> {
    BINDINGS
        .iter()
        .filter(move |binding| binding.contexts.contains(&context) && !binding.long.is_empty())
        .map(|binding| (binding.label, binding.long))
}

/// The key that a click on a binding stands for.
pub fn key_of(binding: &Binding) -> Option<Key> {
    match binding.trigger {
        Trigger::Keys(keys) => keys.first().copied(),
        Trigger::Digits | Trigger::Letters => None,
    }
}
