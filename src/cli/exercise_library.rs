//! Commands about the exercise library and its figures.

use std::ffi::OsString;
use std::path::PathBuf;

use clap::Args;

use super::values::{MarkerArg, read_size};
use crate::commands::{self, Env, Status};
use crate::figure::cells::Marker;

/// Search the exercise library, or show one exercise in full
#[derive(Debug, Args)]
#[command(after_help = "Examples:
  regimen exercises                 all exercises
  regimen exercises side bridge     one in full, with the lines for a program
  regimen exercises hip stretch     all that match")]
pub(super) struct ExercisesArgs {
    /// Words to search for: a name, a muscle, a position or a group [default: list all]
    #[arg(value_name = "WORDS")]
    words: Vec<String>,

    /// Print JSON
    #[arg(long)]
    json: bool,
}

impl ExercisesArgs {
    pub(super) fn run(self) -> anyhow::Result<Status> {
        commands::exercises::exercises(&self.words, self.json)
    }
}

/// Show how an exercise is done, as a moving figure. A file is shown again each time you save it
#[derive(Debug, Args)]
#[command(after_help = "Examples:
  regimen figure glute-bridge                    one exercise
  regimen figure all                             all of them, one after the other
  regimen figure evening.yaml                    the figures of a file
  regimen figure evening.yaml --png sheet.png    the same as a picture")]
pub(super) struct FigureArgs {
    /// Exercises by their ids or names, files, or `all`
    #[arg(required = true, value_name = "NAME|FILE")]
    names: Vec<OsString>,

    /// Columns and rows [default: as large as the terminal allows; 48x14 when printed]
    #[arg(long, value_name = "WIDTHxHEIGHT", value_parser = read_size)]
    size: Option<(u16, u16)>,

    /// The parts of a cell that are drawn [default: what the terminal is known to show]
    #[arg(long)]
    marker: Option<MarkerArg>,

    /// Work the left side, which is then the nearer one
    #[arg(long)]
    left: bool,

    /// Write start and hold side by side as SVG, for paper
    #[arg(long)]
    svg: bool,

    /// Write a sheet as PNG with a row for each figure. With --marker, as a terminal would show it
    #[arg(long, value_name = "FILE", conflicts_with = "svg")]
    png: Option<PathBuf>,
}

impl FigureArgs {
    pub(super) fn run(self, env: &Env) -> anyhow::Result<Status> {
        let options = commands::figure::Options {
            size: self.size,
            marker: self.marker.map(Marker::from),
            left: self.left,
            svg: self.svg,
            png: self.png,
        };
        commands::figure::figure(env, &self.names, &options)
    }
}
