//! The plots of the report as SVG: lines over time, and the weeks as bars.

use jiff::civil::Date;

use super::Overview;
use crate::day::days_between;
use crate::html::escape;
use crate::progress::overview::Week;

/// Width and height of a plot in units of its own.
const WIDTH: f64 = 640.0;
const HEIGHT: f64 = 150.0;
/// Room for the words around a plot.
const LEFT: f64 = 34.0;
const RIGHT: f64 = 96.0;
const TOP: f64 = 8.0;
const FOOT: f64 = 22.0;
/// Where words at the foot and at the right begin.
const FOOT_WORDS: f64 = HEIGHT - 6.0;
const RIGHT_WORDS: f64 = WIDTH - RIGHT + 6.0;

/// The least distance between two names at the right.
const NAME_HEIGHT: f64 = 10.0;
/// The widest bar of a week.
const WIDEST_WEEK: f64 = 60.0;
/// About as many weeks have a date below them.
const NAMED_WEEKS: usize = 8;

/// Colors and dashes. Each line has both, so that a print in black still tells them apart.
const STROKES: [(&str, &str); 5] = [
    ("#0b6e7f", ""),
    ("#a33a00", "6 3"),
    ("#444", "2 2"),
    ("#5b3a8e", "9 3 2 3"),
    ("#1d6b2f", "1 3"),
];

/// A line of a plot: its name, and a value for each day that has one.
pub(super) struct Line {
    pub(super) name: String,
    pub(super) points: Vec<(Date, f64)>,
}

/// The days and values that a plot covers.
struct Axes {
    first: Date,
    last: Date,
    highest: f64,
}

impl Axes {
    fn x(&self, day: Date) -> f64 {
        let days = |to: Date| f64::from(days_between(self.first, to));
        LEFT + (WIDTH - LEFT - RIGHT) * days(day) / days(self.last).max(1.0)
    }

    fn y(&self, value: f64) -> f64 {
        TOP + (HEIGHT - FOOT - TOP) * (1.0 - value / self.highest.max(1.0))
    }

    /// Draws a horizontal line at nothing, half and the highest value, each with its number.
    fn draw_grid(&self, unit: &str) -> String {
        let draw = |part: f64| {
            let value = self.highest * part;
            let (y, x2) = (self.y(value), WIDTH - RIGHT);
            let (text_x, text_y) = (LEFT - 4.0, y + 3.0);
            format!(
                "<line x1=\"{LEFT}\" y1=\"{y:.1}\" x2=\"{x2:.1}\" y2=\"{y:.1}\" \
                 stroke=\"#ccc\" stroke-width=\"0.6\"/>\
                 <text x=\"{text_x:.1}\" y=\"{text_y:.1}\" text-anchor=\"end\">\
                 {value:.0}{unit}</text>\n"
            )
        };
        [0.0, 0.5, 1.0].map(draw).concat()
    }

    /// Writes the first and the last day below the plot.
    fn draw_dates(&self) -> String {
        let draw = |day: Date, anchor: &str| {
            let (x, words) = (self.x(day), day.strftime("%-d %b %Y"));
            format!(
                "<text x=\"{x:.1}\" y=\"{FOOT_WORDS:.1}\" text-anchor=\"{anchor}\">{words}</text>\n"
            )
        };
        let last = (self.last > self.first).then(|| draw(self.last, "end"));
        draw(self.first, "start") + &last.unwrap_or_default()
    }

    /// Draws a line with its points, and its name at a height.
    fn draw_line(&self, line: &Line, (color, dash): (&str, &str), name_y: f64) -> String {
        let places: Vec<(f64, f64)> = line
            .points
            .iter()
            .map(|(day, value)| (self.x(*day), self.y(*value)))
            .collect();
        let points: Vec<String> = places
            .iter()
            .map(|(x, y)| format!("{x:.1},{y:.1}"))
            .collect();
        let circles: Vec<String> = places
            .iter()
            .map(|(x, y)| format!("<circle cx=\"{x:.1}\" cy=\"{y:.1}\" r=\"2\" fill=\"{color}\"/>"))
            .collect();
        format!(
            "<polyline points=\"{}\" fill=\"none\" stroke=\"{color}\" stroke-width=\"1.6\" \
             stroke-dasharray=\"{dash}\"/>\n{}\
             <text x=\"{RIGHT_WORDS:.1}\" y=\"{name_y:.1}\">{}</text>\n",
            points.join(" "),
            circles.concat(),
            escape(&line.name)
        )
    }
}

/// Opens a plot.
fn open() -> String {
    format!("<svg viewBox=\"0 0 {WIDTH} {HEIGHT}\" role=\"img\">\n")
}

/// Draws lines over time, from zero up to a highest value.
pub(super) fn draw_lines(lines: &[Line], highest: f64, unit: &str) -> String {
    let days = || {
        let points = lines.iter().flat_map(|line| &line.points);
        points.map(|(day, _)| *day)
    };
    let (Some(first), Some(last)) = (days().min(), days().max()) else {
        return String::new();
    };
    let axes = Axes {
        first,
        last,
        highest,
    };
    let mut svg = open();
    svg.push_str(&axes.draw_grid(unit));
    svg.push_str(&axes.draw_dates());
    // Each name is beside the end of its line, moved down where it would cover another.
    let mut names: Vec<_> = lines
        .iter()
        .zip(STROKES.into_iter().cycle())
        .filter_map(|(line, stroke)| {
            let (_, value) = line.points.last()?;
            Some((axes.y(*value) + 3.0, line, stroke))
        })
        .collect();
    names.sort_by(|a, b| a.0.total_cmp(&b.0));
    let mut above = 0.0_f64;
    for (name_y, line, stroke) in names {
        above = name_y.max(above + NAME_HEIGHT);
        svg.push_str(&axes.draw_line(line, stroke, above));
    }
    svg.push_str("</svg>\n");
    svg
}

/// Draws a bar for each week: the sessions done, inside an outline of those prescribed.
pub(super) fn draw_weeks(report: &Overview) -> String {
    let highest = report
        .weeks
        .iter()
        .map(|week| week.sessions.done.max(week.sessions.prescribed))
        .fold(1.0, f64::max)
        .ceil();
    let count = f64::from(u32::try_from(report.weeks.len()).unwrap_or(1));
    let each = ((WIDTH - LEFT - RIGHT) / count.max(1.0)).min(WIDEST_WEEK);
    let named = (report.weeks.len() / NAMED_WEEKS).max(1);
    let mut svg = open();
    let mut x = LEFT;
    for (index, week) in report.weeks.iter().enumerate() {
        svg.push_str(&draw_week(week, x, each, highest));
        if index % named == 0 {
            let (text_x, words) = (x + 2.0, week.begins.strftime("%-d %b"));
            svg.push_str(&format!(
                "<text x=\"{text_x:.1}\" y=\"{FOOT_WORDS:.1}\">{words}</text>\n"
            ));
        }
        x += each;
    }
    svg.push_str(&format!(
        "<text x=\"{RIGHT_WORDS:.1}\" y=\"16\">filled: done</text>\
         <text x=\"{RIGHT_WORDS:.1}\" y=\"28\">outline: prescribed</text>\
         <text x=\"{:.1}\" y=\"12\" text-anchor=\"end\">{highest:.0}</text></svg>\n",
        LEFT - 4.0
    ));
    svg
}

/// Draws the bar of one week that begins at `x` and is `each` wide.
fn draw_week(week: &Week, x: f64, each: f64, highest: f64) -> String {
    let bottom = HEIGHT - FOOT;
    let tall = |value: f64| (bottom - TOP) * value / highest;
    let (prescribed, done) = (tall(week.sessions.prescribed), tall(week.sessions.done));
    format!(
        "<rect x=\"{:.1}\" y=\"{:.1}\" width=\"{:.1}\" height=\"{prescribed:.1}\" fill=\"none\" \
         stroke=\"#111\" stroke-width=\"0.8\"/>\
         <rect x=\"{:.1}\" y=\"{:.1}\" width=\"{:.1}\" height=\"{done:.1}\" fill=\"#0b6e7f\"/>\n",
        x + each * 0.08,
        bottom - prescribed,
        each * 0.84,
        x + each * 0.2,
        bottom - done,
        each * 0.6
    )
}
