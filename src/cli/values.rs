//! Values of options: the words that clap accepts, and parsers for sizes and times.

use clap::ValueEnum;
use jiff::civil::Time;

use crate::commands::{check, report};
use crate::figure::cells::Marker;
use crate::program::Side;
use crate::program::notation::read_time;

/// `--format` of `regimen check`.
#[derive(Debug, Clone, Copy, ValueEnum)]
pub(super) enum CheckFormat {
    /// Text for people
    Human,
    /// JSON for other programs
    Json,
    /// SARIF 2.1.0, for code hosts and editors
    Sarif,
}

impl From<CheckFormat> for check::Format {
    fn from(format: CheckFormat) -> Self {
        match format {
            CheckFormat::Human => Self::Human,
            CheckFormat::Json => Self::Json,
            CheckFormat::Sarif => Self::Sarif,
        }
    }
}

/// `--marker` of `regimen figure`.
#[derive(Debug, Clone, Copy, ValueEnum)]
pub(super) enum MarkerArg {
    /// Two halves, one above the other
    Half,
    /// Four quarters
    Quadrant,
    /// Six parts
    Sextant,
    /// Eight parts
    Octant,
    /// Dots
    Dots,
}

impl From<MarkerArg> for Marker {
    fn from(marker: MarkerArg) -> Self {
        match marker {
            MarkerArg::Half => Self::Half,
            MarkerArg::Quadrant => Self::Quadrant,
            MarkerArg::Sextant => Self::Sextant,
            MarkerArg::Octant => Self::Octant,
            MarkerArg::Dots => Self::Dots,
        }
    }
}

/// `--side` of `regimen correct`.
#[derive(Debug, Clone, Copy, ValueEnum)]
pub(super) enum SideArg {
    Left,
    Right,
    Both,
}

impl From<SideArg> for Side {
    fn from(side: SideArg) -> Self {
        match side {
            SideArg::Left => Self::Left,
            SideArg::Right => Self::Right,
            SideArg::Both => Self::Both,
        }
    }
}

/// `--format` of `regimen report`.
#[derive(Debug, Clone, Copy, ValueEnum)]
pub(super) enum ReportFormat {
    /// Text for people
    Text,
    /// A page to print, with plots
    Html,
    /// One row for each set, for spreadsheets
    Csv,
    /// JSON for other programs
    Json,
    /// An HL7 FHIR R4 bundle, for health records
    Fhir,
}

impl From<ReportFormat> for report::Format {
    fn from(format: ReportFormat) -> Self {
        match format {
            ReportFormat::Text => Self::Text,
            ReportFormat::Html => Self::Html,
            ReportFormat::Csv => Self::Csv,
            ReportFormat::Json => Self::Json,
            ReportFormat::Fhir => Self::Fhir,
        }
    }
}

/// Reads a size such as 48x14: 20 to 200 columns, 6 to 80 rows.
pub(super) fn read_size(text: &str) -> Result<(u16, u16), String> {
    let read = || {
        let (width, height) = text.split_once('x')?;
        let (width, height) = (width.parse().ok()?, height.parse().ok()?);
        ((20..=200).contains(&width) && (6..=80).contains(&height)).then_some((width, height))
    };
    read().ok_or_else(|| "write it like 48x14, from 20x6 to 200x80".to_owned())
}

/// Reads a time of day such as 07:30.
pub(super) fn read_time_of_day(text: &str) -> Result<Time, String> {
    read_time(text).ok_or_else(|| "write a time of day such as 07:30 or 18:00".to_owned())
}
