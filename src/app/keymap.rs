//! The one table of keys: what a key does where, what the foot of the screen calls it, and what the
//! help says. Knows nothing of how keys arrive or how the table is drawn.

mod bindings;

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

pub use self::bindings::BINDINGS;

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
