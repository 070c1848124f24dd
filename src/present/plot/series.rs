//! Marks of a design in data coordinates, drawn by plotters: line, band, interval.

use plotters::element::{PathElement, Polygon};
use plotters::style::{Color, RGBColor};

use super::canvas::{Canvas, fine};
use super::grid::Grid;
use super::theme::{design_color, design_dash};

/// Drawing on a string does not fail.
const DRAWN: &str = "a string takes whatever is written";

/// Values of a design, each with its interval, in order across.
pub(super) struct Series {
    pub(super) design: usize,
    pub(super) values: Vec<Value>,
}

/// A value at a place across, and the ends of its interval.
pub(super) struct Value {
    pub(super) x: f64,
    pub(super) y: f64,
    pub(super) low: f64,
    pub(super) high: f64,
}

/// The bands of all intervals, and all lines upon them.
pub(super) fn lines_on_bands(canvas: &mut Canvas, grid: &Grid, all: &[Series]) {
    all.iter().for_each(|of| band(canvas, grid, of));
    all.iter().for_each(|of| line(canvas, grid, of));
}

/// The line through the values.
fn line(canvas: &mut Canvas, grid: &Grid, of: &Series) {
    let points: Vec<(f64, f64)> = of.values.iter().map(|value| (value.x, value.y)).collect();
    let style = rgb(design_color(of.design)).stroke_width(fine(2.4));
    let dash = design_dash(of.design);
    canvas.marks(grid.area, grid.x.clone(), grid.y.clone(), dash, |plane| {
        plane.draw(&PathElement::new(points, style)).expect(DRAWN);
    });
}

/// The band of the intervals: at each place across, from low to high.
fn band(canvas: &mut Canvas, grid: &Grid, of: &Series) {
    if of.values.iter().all(|value| value.high <= value.low) {
        return;
    }
    let upper = of.values.iter().map(|value| (value.x, value.high));
    let lower = of.values.iter().rev().map(|value| (value.x, value.low));
    let around: Vec<(f64, f64)> = upper.chain(lower).collect();
    let style = rgb(design_color(of.design)).mix(0.16).filled();
    canvas.marks(grid.area, grid.x.clone(), grid.y.clone(), "", |plane| {
        plane.draw(&Polygon::new(around, style)).expect(DRAWN);
    });
}

/// Straight strokes in the color of design `index`, each from one point to another.
pub(super) fn strokes(
    canvas: &mut Canvas,
    grid: &Grid,
    index: usize,
    width: f64,
    strokes: &[[(f64, f64); 2]],
) {
    let style = rgb(design_color(index)).stroke_width(fine(width));
    canvas.marks(grid.area, grid.x.clone(), grid.y.clone(), "", |plane| {
        for stroke in strokes {
            plane.draw(&PathElement::new(stroke.to_vec(), style)).expect(DRAWN);
        }
    });
}

/// Plotters' color for `#RRGGBB`.
fn rgb(color: &str) -> RGBColor {
    let channel = |at: usize| {
        u8::from_str_radix(&color[at..at + 2], 16).expect("theme colors are hexadecimal")
    };
    RGBColor(channel(1), channel(3), channel(5))
}
