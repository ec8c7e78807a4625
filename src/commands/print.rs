//! `regimen print`: the handout as a file or on standard output. Knows nothing of what stands on
//! it.

use std::collections::BTreeMap;
use std::path::Path;

use anyhow::bail;

use crate::commands::{Env, Status, print_line, read_good, shown, write_file};
use crate::files::Care;
use crate::folder;
use crate::handout::{self, Picture, html, text};
use crate::terminal;

/// Writes the handout of a program: HTML beside the program unless another place is named, `-` for
/// standard output; text always to standard output unless a place is named.
pub fn print(env: &Env, file: &Path, as_text: bool, to: Option<&Path>) -> anyhow::Result<Status> {
    let (parsed, program) = match read_good(env, file) {
        Ok(read) => read,
        Err(status) => return Ok(status),
    };
    let mut pictures = BTreeMap::new();
    for (_, name) in &parsed.places.images {
        if let (Some(bytes), Some(kind)) = (folder::good_picture(file, name), kind_of(name)) {
            pictures.insert(name.clone(), Picture::Image(kind, bytes));
        }
    }
    let handout = handout::of(&program, &pictures, terminal::moment().wall.date());
    let page = if as_text {
        text::page(&handout)
    } else {
        html::page(&handout)
    };
    let place = match to {
        Some(to) if to == Path::new("-") => None,
        Some(to) => Some(to.to_owned()),
        None if as_text => None,
        None => Some(file.with_extension("html")),
    };
    let Some(place) = place else {
        print_line(page.trim_end());
        return Ok(Status::Fine);
    };
    write(&place, &page, to.is_some())?;
    print_line(&format!(
        "Written: {}. Open it in a browser and print it.",
        shown(&place)
    ));
    Ok(Status::Fine)
}

/// A page of our own may be made anew; any other file only where it was named.
fn write(place: &Path, page: &str, named: bool) -> anyhow::Result<()> {
    if place.exists() && !named && !folder::holds(place, html::GENERATOR) {
        bail!(
            "{} is there already and was not made by regimen; name a place with --output",
            shown(place)
        );
    }
    write_file(place, page.as_bytes(), Care::Shared)
}

fn kind_of(name: &str) -> Option<&'static str> {
    match name.rsplit_once('.')?.1.to_lowercase().as_str() {
        "png" => Some("image/png"),
        "jpg" => Some("image/jpeg"),
        "gif" => Some("image/gif"),
        _ => None,
    }
}
