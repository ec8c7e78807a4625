//! `regimen print`: writes the handout as a file or on standard output.

use std::collections::BTreeMap;
use std::path::Path;

use anyhow::bail;

use crate::commands::{Env, Status, print_line, read_program, shown, write_file};
use crate::files::Care;
use crate::folder;
use crate::handout::{self, Picture, html, text};
use crate::terminal;

/// Writes the handout of a program. HTML goes into a file beside the program, plain text to
/// standard output. `to` names another file, or `-` for standard output.
pub(crate) fn print(
    env: &Env,
    file: &Path,
    as_text: bool,
    to: Option<&Path>,
) -> anyhow::Result<Status> {
    let (parsed, program) = match read_program(env, file) {
        Ok(read) => read,
        Err(status) => return Ok(status),
    };
    let mut pictures = BTreeMap::new();
    for (_, name) in &parsed.places.images {
        if let (Some(bytes), Some(kind)) = (folder::good_picture(file, name), media_type(name)) {
            pictures.insert(name.clone(), Picture::Image(kind, bytes));
        }
    }
    let handout = handout::of(&program, &pictures, terminal::moment().wall.date());
    let page = if as_text {
        text::page(&handout)
    } else {
        html::page(&handout)
    };
    let output = match to {
        Some(to) if to == Path::new("-") => None,
        Some(to) => Some(to.to_owned()),
        None if as_text => None,
        None => Some(file.with_extension("html")),
    };
    let Some(output) = output else {
        print_line(page.trim_end());
        return Ok(Status::Fine);
    };
    write_page(&output, &page, to.is_some())?;
    print_line(&format!(
        "Wrote {}. Open it in a browser and print it.",
        shown(&output)
    ));
    Ok(Status::Fine)
}

/// Writes the page. Replaces an earlier handout, but any other file only if it was named.
fn write_page(output: &Path, page: &str, named: bool) -> anyhow::Result<()> {
    if output.exists() && !named && !folder::holds(output, html::GENERATOR) {
        bail!(
            "{} exists and was not made by regimen; name another file with --output",
            shown(output)
        );
    }
    write_file(output, page.as_bytes(), Care::Shared)
}

/// Returns the media type of a picture by its name, or None if it can't be in a page.
fn media_type(name: &str) -> Option<&'static str> {
    match name.rsplit_once('.')?.1.to_lowercase().as_str() {
        "png" => Some("image/png"),
        "jpg" => Some("image/jpeg"),
        "gif" => Some("image/gif"),
        _ => None,
    }
}
