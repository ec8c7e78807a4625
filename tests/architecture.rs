//! The law of the house: a module uses only modules listed above it in `lib.rs`; each outside
//! thing has one owner; every file says what it is.

use std::collections::{HashMap, HashSet};
use std::path::{Path, PathBuf};

fn source_files() -> Vec<(PathBuf, String)> {
    fn walk(folder: &Path, files: &mut Vec<PathBuf>) {
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                walk(&path, files);
            } else if path.extension().is_some_and(|ending| ending == "rs") {
                files.push(path);
            }
        }
    }
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut files = Vec::new();
    walk(&root, &mut files);
    files
        .into_iter()
        .map(|path| {
            (
                path.strip_prefix(&root).unwrap().to_owned(),
                std::fs::read_to_string(&path).unwrap(),
            )
        })
        .collect()
}

fn modules() -> Vec<String> {
    let map =
        std::fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("src/lib.rs")).unwrap();
    map.lines()
        .filter_map(|line| {
            line.strip_prefix("pub mod ")?
                .strip_suffix(';')
                .map(str::to_owned)
        })
        .collect()
}

#[test]
fn a_module_uses_only_modules_listed_above_it() {
    let modules = modules();
    assert!(modules.len() > 10);
    let rank = |name: &str| modules.iter().position(|module| module == name);
    for (path, text) in source_files() {
        let module = path
            .iter()
            .next()
            .unwrap()
            .to_str()
            .unwrap()
            .trim_end_matches(".rs")
            .to_owned();
        let Some(own) = rank(&module) else { continue };
        for used in text.split("crate::").skip(1) {
            let used: String = used
                .chars()
                .take_while(|c| c.is_alphanumeric() || *c == '_')
                .collect();
            let used = rank(&used)
                .unwrap_or_else(|| panic!("{}: crate::{used} is no module", path.display()));
            assert!(
                used <= own,
                "{} uses {}, which stands below it",
                path.display(),
                modules[used]
            );
        }
    }
}

/// The paths that a file uses, from the root of the crate or by `super`, with their groups taken
/// apart.
fn used_paths(text: &str, own: &[String]) -> Vec<Vec<String>> {
    fn groups(tree: &str) -> Vec<String> {
        let (mut parts, mut depth, mut part) = (Vec::new(), 0, String::new());
        for character in tree.chars() {
            match character {
                '{' => depth += 1,
                '}' => depth -= 1,
                ',' if depth == 0 => {
                    parts.push(std::mem::take(&mut part));
                    continue;
                }
                _ => {}
            }
            part.push(character);
        }
        parts.push(part);
        parts
    }
    fn expand(tree: &str, before: &[String], all: &mut Vec<Vec<String>>) {
        let tree = tree.trim();
        let (head, rest) = tree.split_once("::").unwrap_or((tree, ""));
        if let Some(inner) = tree.strip_prefix('{') {
            for part in groups(inner.trim_end_matches('}')) {
                expand(&part, before, all);
            }
            return;
        }
        let mut path = before.to_vec();
        match head {
            "crate" => path.clear(),
            "super" => drop(path.pop()),
            "self" => {}
            name => path.push(name.to_owned()),
        }
        if rest.is_empty() {
            all.push(path);
        } else {
            expand(rest, &path, all);
        }
    }
    let code: Vec<&str> = text
        .lines()
        .filter(|line| !line.trim_start().starts_with("//"))
        .collect();
    let mut all = Vec::new();
    for statement in code.join(" ").split("use ").skip(1) {
        let tree: String = statement.chars().take_while(|c| *c != ';').collect();
        let tree = tree.split_whitespace().collect::<String>();
        if ["crate::", "super::", "self::"]
            .iter()
            .any(|start| tree.starts_with(start))
        {
            expand(&tree, own, &mut all);
        }
    }
    all
}

#[test]
fn the_files_of_a_folder_use_each_other_one_way_only() {
    let files = source_files();
    let names = |path: &Path| -> Vec<String> {
        let path = path.with_extension("");
        path.iter()
            .map(|part| part.to_str().unwrap().to_owned())
            .collect()
    };
    let modules: HashSet<Vec<String>> = files.iter().map(|(path, _)| names(path)).collect();
    // From a file or its folder to the others beside it, by folder.
    let mut edges: HashMap<Vec<String>, HashMap<String, HashSet<String>>> = HashMap::new();
    for (path, text) in &files {
        let own = names(path);
        for used in used_paths(text, &own) {
            let known = (1..=used.len()).rev().map(|length| &used[..length]);
            let Some(used) = known.into_iter().find(|path| modules.contains(*path)) else {
                continue;
            };
            let shared = own
                .iter()
                .zip(used)
                .take_while(|(one, other)| one == other)
                .count();
            if shared > 0 && own.len() > shared && used.len() > shared {
                let folder = edges.entry(own[..shared].to_vec()).or_default();
                let from = folder.entry(own[shared].clone()).or_default();
                from.insert(used[shared].clone());
            }
        }
    }
    let mut circles = Vec::new();
    for (folder, edges) in &edges {
        for start in edges.keys() {
            let (mut seen, mut next) = (HashSet::new(), vec![start]);
            while let Some(file) = next.pop() {
                for used in edges.get(file).into_iter().flatten() {
                    if used == start {
                        circles.push(format!("{}/{start}", folder.join("/")));
                    }
                    if seen.insert(used) {
                        next.push(used);
                    }
                }
            }
        }
    }
    circles.sort();
    circles.dedup();
    assert_eq!(circles, [""; 0], "these files use themselves, round about");
}

/// Files that are one table of data, and may be longer than others.
const TABLES: [&str; 4] = [
    "app/keymap/bindings.rs",
    "diagnostic/codes.rs",
    "speech/phrases.rs",
    "program/library/vocabulary.rs",
];

#[test]
fn functions_and_files_are_short() {
    let mut long = Vec::new();
    for (path, text) in source_files() {
        let name = path.to_str().unwrap();
        let lines: Vec<&str> = text.lines().collect();
        if lines.len() > 500 && !TABLES.contains(&name) {
            long.push(format!("{name}: {} lines", lines.len()));
        }
        for (start, line) in lines.iter().enumerate() {
            let code = line.trim_start();
            let words = code
                .split_whitespace()
                .take_while(|word| !word.contains('('));
            let mut words = words.chain(code.split('(').next().map(str::trim));
            if code.starts_with("//") || !words.any(|word| word == "fn") && !code.starts_with("fn ")
            {
                continue;
            }
            let end = format!("{}}}", " ".repeat(line.len() - code.len()));
            let signature = lines[start..]
                .iter()
                .find(|line| line.ends_with(['{', ';', '}']));
            if signature.is_none_or(|line| !line.ends_with('{')) {
                continue;
            }
            let length = lines[start..].iter().position(|line| *line == end);
            if let Some(length) = length.filter(|length| *length >= 80) {
                long.push(format!("{name}: {} lines from {code}", length + 1));
            }
        }
    }
    assert_eq!(
        long, [""; 0],
        "functions have up to 80 lines, files up to 500"
    );
}

#[test]
fn the_renderers_know_the_page_and_nothing_else_of_the_app() {
    for (path, text) in source_files() {
        if path.starts_with("view") || path.to_str() == Some("view.rs") {
            for used in text.split("crate::").skip(1) {
                let known = ["app::page", "text::", "view::", "events::Key", "bitmap::"];
                let drawing = ["figure::", "day::days_between"];
                let known = known
                    .iter()
                    .chain(&drawing)
                    .any(|room| used.starts_with(room));
                let used: String = used.chars().take(30).collect();
                assert!(known, "{}: crate::{used}", path.display());
            }
        }
    }
}

#[test]
fn each_outside_thing_has_one_owner() {
    let owners = [
        ("serde_yaml", "yaml"),
        ("rusqlite", "store"),
        ("crossterm::", "terminal"),
        ("signal_hook", "terminal"),
        ("clap", "cli"),
        ("image::", "bitmap"),
        ("etcetera", "cli"),
        ("annotate_snippets", "diagnostic/render"),
        ("notify_rust", "notify"),
        ("std::process::Command", "tools"),
    ];
    for (path, text) in source_files() {
        let code: String = text
            .lines()
            .filter(|line| !line.trim_start().starts_with("//"))
            .collect::<Vec<_>>()
            .join("\n");
        for (thing, owner) in owners {
            let used =
                code.contains(&format!("use {thing}")) || code.contains(&format!("{thing}::"));
            assert!(
                !used || path.to_str().unwrap().starts_with(owner),
                "{} uses {thing}, which {owner} owns",
                path.display()
            );
        }
    }
}

#[test]
fn only_one_file_writes_to_disk_or_prints() {
    let writing = [
        "fs::write",
        "File::create",
        "OpenOptions",
        "DirBuilder",
        "fs::create_dir",
        "fs::rename",
        "fs::copy",
        "fs::remove",
        "set_permissions",
    ];
    for (path, text) in source_files() {
        let name = path.to_str().unwrap();
        for call in writing {
            assert!(
                name == "files.rs" || !text.contains(call),
                "{name}: {call}, which files.rs owns"
            );
        }
        // The core knows no disk.
        let edge = ["folder", "store", "sound", "output", "commands"]
            .iter()
            .any(|edge| name.starts_with(edge));
        assert!(
            edge || !text.contains("crate::files"),
            "{name} uses files.rs, and is no edge"
        );
        // The screen is drawn by the terminal; whatever is printed goes through one owner.
        let printing = ["io::stdout()", "io::stderr()"].iter().any(|stream| {
            text.lines()
                .any(|line| line.contains(stream) && !line.contains("is_terminal()"))
        });
        assert!(
            name == "output.rs" || name.starts_with("terminal") || !printing,
            "{name} prints, which output.rs owns"
        );
    }
}

#[test]
fn every_file_says_what_it_is() {
    for (path, text) in source_files() {
        assert!(text.starts_with("//! "), "{}", path.display());
    }
}
