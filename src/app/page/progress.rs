//! The page of progress as plain data: weeks, charts, bars, sessions, and one session opened.

use jiff::civil::Date;

use super::DayMark;

/// What was done against what was prescribed.
#[derive(Debug, Clone)]
pub struct ProgressPage {
    /// The program's title.
    pub program: String,
    /// How far back it looks.
    pub reach: &'static str,
    /// The names of its parts.
    pub tabs: Vec<&'static str>,
    /// The selected part, from 0.
    pub tab: usize,
    /// The selected part.
    pub body: ProgressBody,
}

/// A part of the page of progress.
#[derive(Debug, Clone)]
pub enum ProgressBody {
    /// The records are being read.
    Loading,
    /// There is nothing to show, and why.
    Empty(&'static str),
    /// The records can't be read, and why.
    Unreadable(String),
    /// Sessions and dose by week.
    Weeks(WeeksPage),
    /// Rows, each with a chart.
    Charts(ChartsPage),
    /// Bars in groups.
    Bars(Vec<BarsPage>),
    /// The sessions.
    Sessions {
        /// The newest first.
        rows: Vec<SessionRow>,
        /// The selected row, from 0.
        selected: usize,
    },
}

/// Sessions and dose by week.
#[derive(Debug, Clone)]
pub struct WeeksPage {
    /// All weeks together.
    pub summary: String,
    /// What the therapist asks for.
    pub asked: String,
    /// What the marks mean.
    pub legend: &'static str,
    /// The names of the days, the first day of the week first.
    pub weekdays: Vec<&'static str>,
    /// The newest week first.
    pub rows: Vec<WeekRow>,
    /// The selected week, from 0.
    pub selected: usize,
}

/// A week.
#[derive(Debug, Clone)]
pub struct WeekRow {
    /// Its first day.
    pub begins: Date,
    /// Its days.
    pub days: Vec<DayMark>,
    /// Sessions finished, of those asked for.
    pub sessions: String,
    /// The same in percent.
    pub sessions_percent: Option<u32>,
    /// Work done in percent of the work prescribed.
    pub dose_percent: Option<u32>,
    /// Seconds of work done and prescribed.
    pub dose: (f64, f64),
}

/// Rows, each with a chart.
#[derive(Debug, Clone)]
pub struct ChartsPage {
    /// The rows.
    pub rows: Vec<ChartRow>,
    /// The selected row, from 0.
    pub selected: usize,
    /// Sentences about all rows together.
    pub remarks: Vec<String>,
}

/// A row with its chart.
#[derive(Debug, Clone)]
pub struct ChartRow {
    /// What it is about.
    pub name: String,
    /// The latest value in words.
    pub value: String,
    /// Sentences above the chart.
    pub text: Vec<String>,
    /// Less important sentences above the chart, shown where there is room for them and the chart.
    pub details: Vec<String>,
    /// Whether the details are shown only where the chart keeps enough room.
    pub details_need_room: bool,
    /// The curves.
    pub curves: Vec<Curve>,
    /// The value at the top of the chart; the bottom is 0.
    pub highest: f64,
    /// The unit of the values.
    pub unit: &'static str,
}

/// A curve over days.
#[derive(Debug, Clone)]
pub struct Curve {
    /// What it shows, for lines of text; `None` where the sentences say it.
    pub name: Option<String>,
    /// Values by day.
    pub points: Vec<(Date, f64)>,
    /// What it is.
    pub role: CurveRole,
}

/// What a curve is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CurveRole {
    /// What was done or said, as a line.
    Done,
    /// What was done on the other side, as dots.
    OtherSide,
    /// What was asked for, as dots.
    Asked,
    /// A limit that the therapist set, as a line.
    Limit,
}

/// Bars below a heading.
#[derive(Debug, Clone)]
pub struct BarsPage {
    /// What they show.
    pub heading: &'static str,
    /// The bars.
    pub rows: Vec<BarRow>,
}

/// A bar.
#[derive(Debug, Clone)]
pub struct BarRow {
    /// What it is about.
    pub name: String,
    /// Its length.
    pub seconds: f64,
    /// The same in words.
    pub value: String,
}

/// A session in the list.
#[derive(Debug, Clone)]
pub struct SessionRow {
    /// When it was begun.
    pub when: String,
    /// The same, shorter.
    pub when_short: String,
    /// How it ended, its sets, pain, exertion, words.
    pub facts: Vec<String>,
}

/// A past session opened to be corrected.
#[derive(Debug, Clone)]
pub struct DetailPage {
    /// The program's title, and when it was.
    pub title: String,
    /// How it ended, and its sets.
    pub summary: String,
    /// What can be corrected.
    pub rows: Vec<DetailRow>,
    /// The selected row, from 0.
    pub selected: usize,
}

/// A line of an opened session.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DetailRow {
    /// What it is about.
    pub name: String,
    /// What is recorded, and what is being typed in its place.
    pub value: String,
}
