//! The law of the house: a module uses only modules listed above it in `lib.rs`; each outside
//! thing has one owner; every file says what it is.

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
