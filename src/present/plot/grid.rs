//! The ground of a chart with two axes: hairlines, tick labels, axis titles.

use std::ops::Range;

use super::canvas::{Anchor, Canvas, Rect, Stroke, Type};
use super::font::width;
use super::labels::spread;
use super::mark::mark;
use super::theme::{GREY, HAIR, LABEL, RULE, SMALL, design_ink};

/// Data coordinates laid over a rectangle.
pub(super) struct Grid {
    /// Where the marks go.
    pub(super) area: Rect,
    /// Range across.
    pub(super) x: Range<f64>,
    /// Range upward.
    pub(super) y: Range<f64>,
}

impl Grid {
    /// Pixel of a value across.
    pub(super) fn across(&self, x: f64) -> f64 {
        self.area.x + (x - self.x.start) / (self.x.end - self.x.start) * self.area.w
    }

    /// Pixel of a value upward.
    pub(super) fn up(&self, y: f64) -> f64 {
        self.area.bottom() - (y - self.y.start) / (self.y.end - self.y.start) * self.area.h
    }

    /// Horizontal hairlines with their labels to the left; the lowest is a rule.
    pub(super) fn rows(&self, canvas: &mut Canvas, ticks: &[(f64, String)]) {
        for (value, label) in ticks {
            let y = self.up(*value);
            let base = self.area.bottom() - 0.5 <= y;
            let stroke = if base { Stroke::new(RULE, 1.0) } else { Stroke::new(HAIR, 1.0) };
            canvas.line((self.area.x, y), (self.area.right(), y), stroke);
            let style = Type::new(SMALL, GREY).at(Anchor::End);
            canvas.text(self.area.x - 8.0, y + SMALL * 0.36, label, style);
        }
    }

    /// Ticks and labels under the area; a label that would touch the one before is left out.
    pub(super) fn columns(&self, canvas: &mut Canvas, ticks: &[(f64, String)]) {
        let mut free = f64::NEG_INFINITY;
        let bottom = self.area.bottom();
        canvas.line((self.area.x, bottom), (self.area.right(), bottom), Stroke::new(RULE, 1.0));
        for (value, label) in ticks {
            let x = self.across(*value);
            canvas.line((x, bottom), (x, bottom + 5.0), Stroke::new(RULE, 1.0));
            let half = width(label, SMALL, false) / 2.0;
            if free <= x - half {
                canvas.text(x, bottom + 20.0, label, Type::new(SMALL, GREY).at(Anchor::Middle));
                free = x + half + 6.0;
            }
        }
    }

    /// Title of the upward axis, `above` pixels over the area.
    pub(super) fn upward_title(&self, canvas: &mut Canvas, title: &str, above: f64) {
        canvas.text(self.area.x, self.area.y - above, title, Type::new(SMALL, GREY));
    }

    /// Title of the axis across, under its middle.
    pub(super) fn across_title(&self, canvas: &mut Canvas, title: &str) {
        let style = Type::new(SMALL, GREY).at(Anchor::Middle);
        canvas.text(self.area.center(), self.area.bottom() + 42.0, title, style);
    }
}

/// A label to stand right of a line's end.
pub(super) struct EndLabel {
    /// Which design.
    pub(super) design: usize,
    /// Pixel where the line ends.
    pub(super) end: (f64, f64),
    /// The lines of text.
    pub(super) lines: Vec<String>,
}

/// Step between lines of one label.
const STEP: f64 = 17.0;

/// Room the labels need to the right, given the longest line's allowance.
pub(super) fn end_label_room(labels: &[Vec<String>]) -> f64 {
    let widest = labels.iter().flatten().map(|line| width(line, LABEL, true));
    widest.fold(40.0, f64::max) + 44.0
}

/// Write labels in a column right of the area, next to where the lines end and never upon each
/// other; a thin line leads from each end to its label.
pub(super) fn write_end_labels(canvas: &mut Canvas, area: Rect, mut labels: Vec<EndLabel>) {
    labels.sort_by(|a, b| a.end.1.total_cmp(&b.end.1));
    let wanted: Vec<f64> = labels.iter().map(|label| label.end.1).collect();
    let sizes: Vec<f64> =
        labels.iter().map(|label| label.lines.len() as f64 * STEP + 5.0).collect();
    let places = spread(&wanted, &sizes, area.y - 12.0, area.bottom() + 14.0);
    let x = area.right() + 28.0;
    let mut marked = f64::NEG_INFINITY;
    for (label, place) in labels.iter().zip(places) {
        let (end_x, end_y) = label.end;
        let elbow = (area.right() + 10.0).max(end_x + 8.0);
        let leader = [(end_x, end_y), (elbow, end_y), (x - 12.0, place)];
        for pair in leader.windows(2) {
            canvas.line(pair[0], pair[1], Stroke::new(RULE, 0.8));
        }
        mark(canvas, label.design, x - 7.0, place, 5.0);
        // Marks upon each other would tell nothing: the leaders do.
        if marked + 7.0 <= end_y {
            mark(canvas, label.design, end_x, end_y, 4.5);
            marked = end_y;
        }
        let style = Type::new(LABEL, design_ink(label.design)).bold();
        let first = place - (label.lines.len() - 1) as f64 * STEP / 2.0 + LABEL * 0.36;
        canvas.lines(x + 4.0, first, &label.lines, STEP, style);
    }
}
