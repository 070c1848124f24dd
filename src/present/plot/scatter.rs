//! The trade-off between two measures: one point per design.

use super::axis::Scale;
use super::canvas::{Anchor, Canvas, Rect, Stroke, Type};
use super::caption::{Caption, Words, empty};
use super::differences::Better;
use super::font::{width, wrap};
use super::grid::Grid;
use super::labels::Places;
use super::mark::mark;
use super::safe::clean;
use super::series::strokes;
use super::theme::{GREY, LABEL, MARGIN, RULE, WIDTH, design_ink};

/// Data of [`scatter`].
#[derive(Debug, Clone, PartialEq)]
pub struct Scatter {
    /// What the picture says.
    pub caption: Caption,
    /// What the axis across measures, such as "fresh mentions reached".
    pub x_name: String,
    /// How its values read.
    pub x_scale: Scale,
    /// Which way is better across.
    pub x_better: Better,
    /// What the axis upward measures, such as "first reply: half are faster than".
    pub y_name: String,
    /// How its values read.
    pub y_scale: Scale,
    /// Which way is better upward.
    pub y_better: Better,
    /// One point per design, in the order that gives colors.
    pub designs: Vec<TradePoint>,
}

/// One design in both measures.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct TradePoint {
    /// The design.
    pub name: String,
    /// The measure across.
    pub x: Estimate,
    /// The measure upward.
    pub y: Estimate,
}

/// A value with its interval; ends that are not finite count as the value.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub struct Estimate {
    /// The value.
    pub value: f64,
    /// Lower end of the interval.
    pub low: f64,
    /// Upper end of the interval.
    pub high: f64,
}

impl Estimate {
    /// The interval with ends in order around the value; `None` where the value is not finite.
    pub(super) fn tidy(self) -> Option<Estimate> {
        let end = |end: f64| if end.is_finite() { end } else { self.value };
        self.value.is_finite().then(|| Estimate {
            value: self.value,
            low: end(self.low).min(self.value),
            high: end(self.high).max(self.value),
        })
    }
}

/// The trade-off: one labelled point per design with a cross of intervals.
///
/// Both axes begin at zero (or below, where a value does). The corner where both measures are
/// better is marked. A design without finite values is left out.
pub fn scatter(data: &Scatter) -> String {
    let points: Vec<(usize, &str, Estimate, Estimate)> = data
        .designs
        .iter()
        .enumerate()
        .filter_map(|(at, point)| Some((at, &*point.name, point.x.tidy()?, point.y.tidy()?)))
        .collect();
    if points.is_empty() {
        return empty(
            &data.caption,
            "No design has both measures, so there is nothing to compare.",
        );
    }
    let words = Words::of(&data.caption, WIDTH);
    let left = MARGIN + 70.0;
    let area = Rect::new(left, words.top() + 30.0, WIDTH - MARGIN - left - 20.0, 440.0);
    let height = area.bottom() + 52.0 + words.bottom();
    let mut canvas = Canvas::new(WIDTH, height);
    words.write(&mut canvas, height);
    let grid = Grid {
        area,
        x: range(&data.x_scale, points.iter().map(|point| point.2)),
        y: range(&data.y_scale, points.iter().map(|point| point.3)),
    };
    let read = |scale: &Scale, range: &std::ops::Range<f64>, count: usize| {
        let ticks = scale.ticks(range.start, range.end, count).into_iter();
        ticks.map(|tick| (tick, scale.read(tick))).collect::<Vec<_>>()
    };
    grid.rows(&mut canvas, &read(&data.y_scale, &grid.y, 5));
    grid.columns(&mut canvas, &read(&data.x_scale, &grid.x, 6));
    grid.upward_title(&mut canvas, &data.y_scale.titled(&data.y_name), 16.0);
    grid.across_title(&mut canvas, &data.x_scale.titled(&data.x_name));
    let mut places = Places::default();
    places.take(write_corner(&mut canvas, area, data.x_better, data.y_better));

    for (design, _, x, y) in &points {
        let cross = [[(x.low, y.value), (x.high, y.value)], [(x.value, y.low), (x.value, y.high)]];
        strokes(&mut canvas, &grid, *design, 2.0, &cross);
        let (px, py) = (grid.across(x.value), grid.up(y.value));
        places.take(Rect::new(px - 9.0, py - 9.0, 18.0, 18.0));
        let (west, east) = (grid.across(x.low), grid.across(x.high));
        places.take(Rect::new(west, py - 1.0, east - west, 2.0));
        let (north, south) = (grid.up(y.high), grid.up(y.low));
        places.take(Rect::new(px - 1.0, north, 2.0, south - north));
    }
    for (design, _, x, y) in &points {
        mark(&mut canvas, *design, grid.across(x.value), grid.up(y.value), 6.5);
    }
    for (design, name, x, y) in &points {
        let place = (grid.across(x.value), grid.up(y.value));
        write_label(&mut canvas, &mut places, area, *design, name, place);
    }
    canvas.finish(&data.caption)
}

/// From zero, or below, to a round end above all intervals.
fn range(scale: &Scale, estimates: impl Iterator<Item = Estimate>) -> std::ops::Range<f64> {
    let (low, high) = estimates
        .fold((0.0, 0.0), |(low, high): (f64, f64), of| (low.min(of.low), high.max(of.high)));
    let end = if 0.0 < high { scale.end(high * 1.04, 5) } else { 0.0 };
    let start = if low < 0.0 { -scale.end(-low * 1.04, 5) } else { 0.0 };
    if start < end { start..end } else { 0.0..1.0 }
}

/// Name the corner where both measures are better; the place it takes.
fn write_corner(canvas: &mut Canvas, area: Rect, x: Better, y: Better) -> Rect {
    let (arrow, right, upper) = match (x, y) {
        (Better::Higher, Better::Higher) => ("better ↗", true, true),
        (Better::Higher, Better::Lower) => ("better ↘", true, false),
        (Better::Lower, Better::Higher) => ("↖ better", false, true),
        (Better::Lower, Better::Lower) => ("↙ better", false, false),
    };
    let room = width(arrow, LABEL, true);
    let anchor = if right { Anchor::End } else { Anchor::Start };
    let at = if right { area.right() - 10.0 } else { area.x + 10.0 };
    let baseline = if upper { area.y + 22.0 } else { area.bottom() - 12.0 };
    canvas.text(at, baseline, arrow, Type::new(LABEL, GREY).bold().at(anchor));
    let left = if right { at - room } else { at };
    Rect::new(left, baseline - LABEL, room, LABEL + 4.0).grown(4.0)
}

/// Write a design's name beside its point, where it lies upon nothing; further away and with a
/// line to the point where there is no room close by.
fn write_label(
    canvas: &mut Canvas,
    places: &mut Places,
    area: Rect,
    design: usize,
    name: &str,
    (x, y): (f64, f64),
) {
    const LEADING: f64 = 17.0;
    let lines = wrap(&clean(name), LABEL, true, 230.0, 2);
    let w = lines.iter().map(|line| width(line, LABEL, true)).fold(0.0, f64::max) + 4.0;
    let h = lines.len() as f64 * LEADING + 2.0;
    let mut candidates = Vec::new();
    for far in [12.0, 20.0, 34.0, 52.0, 76.0, 104.0, 140.0, 180.0, 230.0] {
        let near = far * 0.7;
        for (from_x, from_y) in [
            (x + near, y - near - h),
            (x + near, y + near),
            (x - near - w, y - near - h),
            (x - near - w, y + near),
            (x + far, y - h / 2.0),
            (x - far - w, y - h / 2.0),
            (x - w / 2.0, y - far - h),
            (x - w / 2.0, y + far),
        ] {
            candidates.push(Rect::new(from_x, from_y, w, h));
        }
    }
    let bounds = Rect::new(area.x + 2.0, area.y - 4.0, WIDTH - area.x - 10.0, area.h + 2.0);
    let Some(place) = places.first_free(bounds, &candidates) else { return };
    let nearest = (x.clamp(place.x, place.right()), y.clamp(place.y, place.bottom()));
    if 26.0 < (nearest.0 - x).abs().max((nearest.1 - y).abs()) {
        canvas.line((x, y), nearest, Stroke::new(RULE, 0.8));
    }
    let style = Type::new(LABEL, design_ink(design)).bold().rimmed();
    let right_of = x <= place.x;
    let left_of = place.right() <= x;
    let (at, anchor) = match (right_of, left_of) {
        (true, _) => (place.x + 2.0, Anchor::Start),
        (_, true) => (place.right() - 2.0, Anchor::End),
        _ => (place.center(), Anchor::Middle),
    };
    canvas.lines(at, place.y + LABEL, &lines, LEADING, style.at(anchor));
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_interval_holds_its_value() {
        let odd = Estimate { value: 5.0, low: 7.0, high: f64::NAN }.tidy().unwrap();
        assert_eq!((odd.low, odd.high), (5.0, 5.0));
        assert_eq!(Estimate { value: f64::NAN, low: 0.0, high: 1.0 }.tidy(), None);
    }

    #[test]
    fn eight_designs_at_one_place_are_all_named() {
        let same = Estimate { value: 0.5, low: 0.48, high: 0.52 };
        let designs = (0..8)
            .map(|at| TradePoint { name: format!("Design number {at}"), x: same, y: same })
            .collect();
        let svg = scatter(&Scatter {
            caption: Caption::default(),
            x_name: "x".into(),
            x_scale: Scale::Share,
            x_better: Better::Higher,
            y_name: "y".into(),
            y_scale: Scale::Share,
            y_better: Better::Higher,
            designs,
        });
        assert!((0..8).all(|at| svg.contains(&format!("Design number {at}<"))));
    }
}
