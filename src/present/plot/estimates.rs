//! One value for each design, with its interval: which is how large, and how sure is that?

use super::axis::Scale;
use super::canvas::{Anchor, Canvas, Rect, Stroke, Type};
use super::caption::{Caption, Words, empty};
use super::font::{width, wrap};
use super::grid::Grid;
use super::mark::mark;
use super::safe::clean;
use super::scatter::Estimate;
use super::series::strokes;
use super::theme::{GREY, HAIR, INK, LABEL, MARGIN, WIDTH, design_ink};

/// Data of [`estimates`].
#[derive(Debug, Clone, PartialEq)]
pub struct Estimates {
    /// What the picture says.
    pub caption: Caption,
    /// What is measured, for the axis.
    pub measure: String,
    /// How ticks read.
    pub scale: Scale,
    /// One row for each design, in the order that gives colors.
    pub designs: Vec<EstimateRow>,
}

/// The value of one design.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct EstimateRow {
    /// The design.
    pub name: String,
    /// The value with its interval; not finite where there is none.
    pub value: Estimate,
    /// The value in words, beside its mark.
    pub text: String,
}

const STEP: f64 = 44.0;
const LEADING: f64 = 16.0;

/// A row for each design: its mark, its interval, its value in words. The axis begins at zero.
pub fn estimates(data: &Estimates) -> String {
    let rows: Vec<Option<Estimate>> = data.designs.iter().map(|row| row.value.tidy()).collect();
    let high = rows.iter().flatten().map(|of| of.high).fold(0.0, f64::max);
    if rows.iter().all(Option::is_none) {
        return empty(&data.caption, "No design has this measure, so there is nothing to show.");
    }
    let names = data.designs.iter().map(|row| width(&clean(&row.name), LABEL, true));
    let names = names.fold(80.0, f64::max).min(230.0);
    let words = Words::of(&data.caption, WIDTH);
    let left = MARGIN + names + 16.0;
    let room = data.designs.iter().map(|row| width(&clean(&row.text), LABEL, false));
    let room = room.fold(60.0, f64::max).min(200.0) + 28.0;
    let rows_high = data.designs.len() as f64 * STEP;
    let area = Rect::new(left, words.top() + 14.0, WIDTH - MARGIN - left - room, rows_high);
    let height = area.bottom() + 54.0 + words.bottom();
    let mut canvas = Canvas::new(WIDTH, height);
    words.write(&mut canvas, height);
    let end = data.scale.end(high, 6);
    let grid = Grid { area, x: 0.0..end, y: 0.0..data.designs.len() as f64 };
    for tick in data.scale.ticks(0.0, end, 6) {
        let x = grid.across(tick);
        canvas.line((x, area.y), (x, area.bottom()), Stroke::new(HAIR, 1.0));
    }
    let ticks: Vec<(f64, String)> = data
        .scale
        .ticks(0.0, end, 6)
        .into_iter()
        .map(|tick| (tick, data.scale.read(tick)))
        .collect();
    grid.columns(&mut canvas, &ticks);
    grid.across_title(&mut canvas, &data.scale.titled(&data.measure));
    for (at, (row, of)) in data.designs.iter().zip(rows).enumerate() {
        let up = data.designs.len() as f64 - at as f64 - 0.5;
        let y = grid.up(up);
        let whole = clean(&row.name);
        let lines = wrap(&whole, LABEL, true, names, 2);
        let first = y + LABEL * 0.36 - (lines.len() - 1) as f64 * LEADING / 2.0;
        let style = Type::new(LABEL, design_ink(at)).bold().at(Anchor::End);
        canvas.lines_of((area.x - 14.0, first), &whole, &lines, LEADING, style);
        let Some(of) = of else {
            let style = Type::new(LABEL, GREY);
            canvas.text(area.x + 10.0, y + LABEL * 0.36, "falls behind: no value", style);
            continue;
        };
        strokes(&mut canvas, &grid, at, 2.6, &[[(of.low.max(0.0), up), (of.high, up)]]);
        let x = grid.across(of.value);
        mark(&mut canvas, at, x, y, 7.0);
        let after = grid.across(of.high).max(x + 7.0) + 8.0;
        canvas.text(after, y + LABEL * 0.36, &clean(&row.text), Type::new(LABEL, INK).rimmed());
    }
    canvas.finish(&data.caption)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_design_without_a_value_is_named_and_not_drawn() {
        let row = |name: &str, value: f64| EstimateRow {
            name: name.into(),
            value: Estimate { value, low: value - 1.0, high: value + 1.0 },
            text: format!("${value}"),
        };
        let data = Estimates {
            caption: Caption::new("What does one cost?"),
            measure: "cost".into(),
            scale: Scale::Number("$".into()),
            designs: vec![row("A", 12.0), row("B", f64::NAN)],
        };
        let svg = estimates(&data);
        assert!(svg.contains("$12<") && svg.contains("falls behind") && !svg.contains("NaN"));
        let none = Estimates { designs: vec![row("B", f64::NAN)], ..data };
        assert!(estimates(&none).contains("No design has this measure"));
    }
}
