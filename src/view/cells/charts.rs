//! Charts drawn: curves over days, and bars.

use jiff::civil::Date;
use ratatui::layout::Rect;
use ratatui::style::{Style, Styled};
use ratatui::symbols::Marker;
use ratatui::text::Span;
use ratatui::widgets::{Axis, Bar, BarChart, BarGroup, Chart, Dataset, GraphType, Widget};

use super::canvas::Canvas;
use super::rect::{from_column, rows, top_rows};
use crate::app::page::progress::{BarRow, ChartRow, CurveRole};
use crate::day::days_between;
use crate::text::width;
use crate::view::theme::Theme;

/// Columns of the value beside a bar.
const VALUE_ROOM: u16 = 10;

fn look(role: CurveRole, theme: Theme) -> (Style, Marker, GraphType) {
    match role {
        CurveRole::Done => (theme.accent(), Marker::Braille, GraphType::Line),
        CurveRole::OtherSide => (theme.warning(), Marker::Dot, GraphType::Scatter),
        CurveRole::Asked => (theme.quiet(), Marker::Dot, GraphType::Scatter),
        CurveRole::Limit => (theme.quiet(), Marker::Braille, GraphType::Line),
    }
}

/// Draws the curves of a row over days, from 0 up to its highest value.
pub(super) fn draw_chart(canvas: &mut Canvas<'_>, area: Rect, row: &ChartRow) {
    let theme = canvas.theme;
    let points = row.curves.iter().flat_map(|curve| &curve.points);
    let days: Vec<Date> = points.map(|(day, _)| *day).collect();
    let (Some(first), Some(last)) = (days.iter().min().copied(), days.iter().max().copied()) else {
        return;
    };
    if area.height < 4 || area.width < 20 {
        return;
    }
    let along = |day: Date| f64::from(days_between(first, day));
    let points: Vec<Vec<(f64, f64)>> = row
        .curves
        .iter()
        .map(|curve| {
            let points = curve.points.iter();
            points.map(|(day, value)| (along(*day), *value)).collect()
        })
        .collect();
    let datasets = row.curves.iter().zip(&points).map(|(curve, points)| {
        let (style, marker, graph) = look(curve.role, theme);
        // A line needs two points to be seen.
        let (marker, graph) = if points.len() == 1 {
            (Marker::Dot, GraphType::Scatter)
        } else {
            (marker, graph)
        };
        Dataset::default()
            .marker(marker)
            .graph_type(graph)
            .style(style)
            .data(points)
    });
    let label = |text: String| Span::from(text).set_style(theme.quiet());
    let date = |day: Date| label(day.strftime("%-d %b").to_string());
    let dates = if last > first {
        vec![date(first), date(last)]
    } else {
        vec![date(first), Span::from("")]
    };
    let value = |value: f64| label(format!("{value:.0}{}", row.unit));
    let x_axis = Axis::default()
        .bounds([0.0, along(last).max(1.0)])
        .labels(dates)
        .style(theme.quiet());
    let y_axis = Axis::default()
        .bounds([0.0, row.highest])
        .labels([value(0.0), value(row.highest / 2.0), value(row.highest)])
        .style(theme.quiet());
    Chart::new(datasets.collect())
        .x_axis(x_axis)
        .y_axis(y_axis)
        .legend_position(None)
        .render(area, canvas.buffer);
}

/// Draws bars with names and values, as many as there is room for; returns the row below them.
pub(super) fn draw_bars(canvas: &mut Canvas<'_>, area: Rect, bars: &[BarRow]) -> u16 {
    let theme = canvas.theme;
    let height = rows(bars.len().min(usize::from(area.height)));
    let names = bars.iter().map(|bar| width(&bar.name)).max().unwrap_or(0);
    let shown = bars.iter().take(usize::from(height));
    for (row, bar) in (area.y..).zip(shown.clone()) {
        canvas.text(area.x, row, &bar.name, names, theme.text());
        // The value stands beside the bar, where it can be read whatever the bar's color.
        let field = Rect::new(area.x + names + 1, row, VALUE_ROOM - 1, 1);
        canvas.right(field, row, &bar.value, theme.quiet());
    }
    let plot = from_column(top_rows(area, height), area.x + names + 1 + VALUE_ROOM);
    if plot.width >= 6 {
        let bar = |bar: &BarRow| {
            #[expect(
                clippy::cast_possible_truncation,
                clippy::cast_sign_loss,
                reason = "seconds of work are not negative"
            )]
            let value = bar.seconds.round() as u64;
            Bar::default()
                .value(value)
                .text_value(String::new())
                .style(theme.accent())
        };
        BarChart::horizontal(Vec::new())
            .data(BarGroup::new(shown.map(bar).collect::<Vec<_>>()))
            .bar_width(1)
            .bar_gap(0)
            .render(plot, canvas.buffer);
    }
    area.y + height
}
