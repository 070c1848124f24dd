//! Marks of a design in data coordinates, drawn by plotters: line, band, interval.

use plotters::element::{PathElement, Polygon};
use plotters::style::{Color, RGBColor};

use super::canvas::{Canvas, fine};
use super::grid::Grid;
use super::theme::{design_color, design_dash};

/// Drawing on a string does not fail.
const DRAWN: &str = "a string takes whatever is written";

/// The line of design `index` through the points.
pub(super) fn line(canvas: &mut Canvas, grid: &Grid, index: usize, points: Vec<(f64, f64)>) {
    let style = rgb(design_color(index)).stroke_width(fine(2.4));
    canvas.marks(grid.area, grid.x.clone(), grid.y.clone(), design_dash(index), |plane| {
        plane.draw(&PathElement::new(points, style)).expect(DRAWN);
    });
}

/// The band of design `index`: at each place across, from low to high.
pub(super) fn band(canvas: &mut Canvas, grid: &Grid, index: usize, edges: &[(f64, f64, f64)]) {
    if edges.iter().all(|(_, low, high)| high <= low) {
        return;
    }
    let upper = edges.iter().map(|(x, _, high)| (*x, *high));
    let lower = edges.iter().rev().map(|(x, low, _)| (*x, *low));
    let around: Vec<(f64, f64)> = upper.chain(lower).collect();
    let style = rgb(design_color(index)).mix(0.16).filled();
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
