//! The keys of a kind of file. With them the YAML reader finds missing dashes, spaces and colons.

/// The keys of a kind of file, by their use.
#[derive(Debug)]
pub(crate) struct Vocabulary {
    /// An example of an entry, for messages.
    pub(crate) example: &'static str,
    /// The lists whose entries are maps.
    pub(crate) lists: &'static [&'static str],
    /// The keys that usually begin an entry of these lists. A second one in an entry means that a
    /// dash is missing.
    pub(crate) heads: &'static [&'static str],
    /// The heads that may also come later in an entry. A second one means that a dash is missing
    /// only if the first one began the entry.
    pub(crate) movable_heads: &'static [&'static str],
    /// Two heads that name the same thing; an entry has one of them, or both side by side.
    pub(crate) names: [&'static str; 2],
    /// The keys that come after the names in an entry. A name after them belongs to the next entry.
    pub(crate) body: &'static [&'static str],
    /// The list of the outermost map that takes in the entries below it that have no dash.
    pub(crate) main_list: Option<&'static str>,
    /// Returns true if a key of the outermost map can only belong to an entry of the main list.
    pub(crate) is_of_main_list: fn(&str) -> bool,
    /// Returns true for every key of such a file.
    pub(crate) is_key: fn(&str) -> bool,
    /// Returns true for a key that holds a list of texts.
    pub(crate) is_text_list: fn(&str) -> bool,
}

impl Vocabulary {
    /// The vocabulary of a file with keys that are not known.
    pub(crate) const UNKNOWN: Self = Self {
        example: "key: value",
        lists: &[],
        heads: &[],
        movable_heads: &[],
        names: ["", ""],
        body: &[],
        main_list: None,
        is_of_main_list: |_| false,
        is_key: |_| false,
        is_text_list: |_| false,
    };
}
