//! Share answered within a time, per design.

use super::axis::Scale;
use super::canvas::{Canvas, Rect, Stroke, Type};
use super::caption::{Caption, Words, empty};
use super::font::{fit, width, wrap};
use super::grid::{EndLabel, Grid, end_label_room, write_end_labels};
use super::safe::clean;
use super::series::{Series, Value, lines_on_bands};
use super::theme::{INK, LABEL, MARGIN, RULE, SMALL, WIDTH};

/// Data of [`curves`].
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Curves {
    /// What the picture says.
    pub caption: Caption,
    /// One curve per design, in the order that gives colors.
    pub designs: Vec<Curve>,
    /// Times to mark with an upright line, such as a goal.
    pub references: Vec<Reference>,
}

/// The curve of one design.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Curve {
    /// The design's name.
    pub name: String,
    /// Points of the curve, in any order.
    pub points: Vec<CurvePoint>,
}

/// The share of inquiries answered within a time, with its interval.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct CurvePoint {
    /// Time since arrival.
    pub minutes: f64,
    /// Share answered by then, 0 to 1.
    pub share: f64,
    /// Lower end of the interval; not finite for none.
    pub low: f64,
    /// Upper end of the interval; not finite for none.
    pub high: f64,
}

/// A time marked with an upright line.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Reference {
    /// The time.
    pub minutes: f64,
    /// What stands at the line, such as "goal 6h".
    pub label: String,
}

/// Times that may get a tick.
const TIMES: [(f64, &str); 12] = [
    (1.0 / 6.0, "10s"),
    (0.5, "30s"),
    (1.0, "1m"),
    (5.0, "5m"),
    (15.0, "15m"),
    (60.0, "1h"),
    (360.0, "6h"),
    (1440.0, "1d"),
    (4320.0, "3d"),
    (10_080.0, "7d"),
    (43_200.0, "30d"),
    (525_600.0, "1y"),
];

/// Share answered within a time, per design, over a logarithmic axis of time.
///
/// The axis begins at one minute, or earlier (ten seconds at most) where a design answers more
/// than a twentieth within a minute, and ends at the first round time that holds all points. Points outside 0 to 1
/// are moved to the nearer end; points that are not finite are left out.
pub fn curves(data: &Curves) -> String {
    let curves: Vec<Tidy<'_>> = data
        .designs
        .iter()
        .enumerate()
        .map(|(design, curve)| Tidy { design, name: &curve.name, points: tidy(&curve.points) })
        .filter(|curve| !curve.points.is_empty())
        .collect();
    if curves.is_empty() {
        return empty(
            &data.caption,
            "There is no curve to show: nothing was answered, or the numbers are withheld.",
        );
    }
    let (first, last) = ends(&curves);
    let labels: Vec<Vec<String>> = curves.iter().map(Tidy::label).collect();
    let words = Words::of(&data.caption, WIDTH);
    let rows = place_references(&data.references, first, last);
    let above = 30.0 + rows.len().saturating_sub(1) as f64 * 20.0;
    let left = MARGIN + 46.0;
    let area = Rect::new(
        left,
        words.top() + above,
        WIDTH - MARGIN - left - end_label_room(&labels),
        360.0,
    );
    let height = area.bottom() + 52.0 + words.bottom();
    let mut canvas = Canvas::new(WIDTH, height);
    words.write(&mut canvas, height);
    let grid = Grid { area, x: libm::log10(first)..libm::log10(last), y: 0.0..1.0 };
    write_axes(&mut canvas, &grid, first, last);
    for (row, references) in rows.iter().enumerate() {
        for reference in references {
            write_reference(&mut canvas, &grid, reference, area.y - 16.0 - row as f64 * 20.0);
        }
    }
    let drawn: Vec<Tidy<'_>> = curves
        .iter()
        .map(|curve| Tidy { points: clip(&curve.points, first, last), ..*curve })
        .collect();
    let series: Vec<Series> = drawn.iter().map(Tidy::series).collect();
    lines_on_bands(&mut canvas, &grid, &series);
    let ends = drawn.iter().zip(labels).filter_map(|(curve, lines)| {
        let end = curve.points.last()?;
        let end = (grid.across(libm::log10(end.minutes)), grid.up(end.share));
        Some(EndLabel { design: curve.design, end, lines })
    });
    write_end_labels(&mut canvas, area, ends.collect());
    canvas.finish(&data.caption)
}

/// A curve whose points can be drawn, in order of time.
struct Tidy<'a> {
    design: usize,
    name: &'a str,
    points: Vec<CurvePoint>,
}

impl Tidy<'_> {
    /// What stands at its end: the design's name and the share it comes to.
    fn label(&self) -> Vec<String> {
        let end = self.points.last().map_or(0.0, |point| point.share);
        let end = format!(" {}", Scale::Share.read(end));
        let room = 210.0 - width(&end, LABEL, true);
        let mut lines = wrap(&clean(self.name), LABEL, true, room, 2);
        lines.last_mut().expect("wrapping gives a line at least").push_str(&end);
        lines
    }

    /// As it stands over the logarithmic axis.
    fn series(&self) -> Series {
        let value = |&CurvePoint { minutes, share, low, high }: &CurvePoint| Value {
            x: libm::log10(minutes),
            y: share,
            low,
            high,
        };
        Series { design: self.design, values: self.points.iter().map(value).collect() }
    }
}

/// Where the axis of time begins and ends.
fn ends(curves: &[Tidy<'_>]) -> (f64, f64) {
    let all = || curves.iter().flat_map(|curve| &curve.points);
    let instant = all().any(|point| point.minutes <= 1.0 && 0.05 < point.share);
    let earliest = all().map(|point| point.minutes).filter(|minutes| 0.0 < *minutes);
    let earliest = earliest.fold(1.0, f64::min);
    let reached = TIMES.iter().map(|time| time.0).rfind(|time| *time <= earliest * 1.001);
    let first = if instant { reached.unwrap_or(TIMES[0].0) } else { 1.0 };
    let latest = all().map(|point| point.minutes).fold(60.0, f64::max);
    let last = TIMES.iter().map(|time| time.0).find(|time| latest <= time * 1.001);
    (first, last.unwrap_or(TIMES[11].0))
}

/// Shares upward and round times across, with their titles.
fn write_axes(canvas: &mut Canvas, grid: &Grid, first: f64, last: f64) {
    let percent: Vec<(f64, String)> =
        Scale::Share.ticks(0.0, 1.0, 5).into_iter().map(|y| (y, Scale::Share.read(y))).collect();
    grid.rows(canvas, &percent);
    let times: Vec<(f64, String)> = TIMES
        .iter()
        .filter(|(time, _)| first * 0.999 <= *time && *time <= last * 1.001)
        .map(|(time, label)| (libm::log10(*time), (*label).to_owned()))
        .collect();
    grid.columns(canvas, &times);
    grid.upward_title(canvas, "answered", 16.0);
    grid.across_title(canvas, "time since the inquiry came in");
}

/// The points that can be drawn, in order of time; shares rise and stay within 0 and 1.
fn tidy(points: &[CurvePoint]) -> Vec<CurvePoint> {
    let mut kept: Vec<CurvePoint> = points
        .iter()
        .filter(|point| {
            point.minutes.is_finite() && 0.0 <= point.minutes && point.share.is_finite()
        })
        .map(|point| CurvePoint { share: point.share.clamp(0.0, 1.0), ..*point })
        .collect();
    kept.sort_by(|a, b| a.minutes.total_cmp(&b.minutes));
    kept
}

/// The curve between the ends of the axis: what lies before the first time is drawn at it.
fn clip(points: &[CurvePoint], first: f64, last: f64) -> Vec<CurvePoint> {
    let before = points.iter().rfind(|point| point.minutes <= first);
    let after = points.iter().filter(|point| first < point.minutes);
    let clamp = |point: &CurvePoint| CurvePoint {
        minutes: point.minutes.clamp(first, last),
        low: if point.low.is_finite() { point.low.clamp(0.0, 1.0) } else { point.share },
        high: if point.high.is_finite() { point.high.clamp(0.0, 1.0) } else { point.share },
        ..*point
    };
    before.into_iter().chain(after).map(clamp).collect()
}

/// A reference within the axis: where its line stands and where its label begins.
struct Placed {
    minutes: f64,
    label: String,
}

/// References in rows of labels above the area, so that no two labels of a row touch.
fn place_references(references: &[Reference], first: f64, last: f64) -> Vec<Vec<Placed>> {
    let mut kept: Vec<Placed> = references
        .iter()
        .filter(|reference| first <= reference.minutes && reference.minutes <= last)
        .map(|reference| Placed {
            minutes: reference.minutes,
            label: fit(&clean(&reference.label), SMALL, false, 260.0),
        })
        .collect();
    kept.sort_by(|a, b| a.minutes.total_cmp(&b.minutes));
    // The area is never narrower than this, so what does not touch here touches nowhere.
    let pixel = |minutes: f64| {
        (libm::log10(minutes) - libm::log10(first)) / (libm::log10(last) - libm::log10(first))
            * 560.0
    };
    // The lowest row begins after the axis title, in the others all is free.
    let mut rows: Vec<(f64, Vec<Placed>)> = vec![(80.0, Vec::new())];
    for reference in kept {
        let half = width(&reference.label, SMALL, false) / 2.0 + 6.0;
        let (from, to) = (pixel(reference.minutes) - half, pixel(reference.minutes) + half);
        match rows.iter_mut().find(|(free, _)| *free <= from) {
            Some((free, row)) => {
                *free = to;
                row.push(reference);
            }
            None => rows.push((to, vec![reference])),
        }
    }
    rows.into_iter().map(|(_, row)| row).collect()
}

/// The upright line of a reference and its label with the baseline at `y`.
fn write_reference(canvas: &mut Canvas, grid: &Grid, reference: &Placed, y: f64) {
    let x = grid.across(libm::log10(reference.minutes));
    canvas.line((x, y + 4.0), (x, grid.area.bottom()), Stroke::new(RULE, 1.2).dashed("4 3"));
    let half = width(&reference.label, SMALL, false) / 2.0;
    let left = (x - half).min(WIDTH - MARGIN - 2.0 * half).max(MARGIN);
    canvas.text(left, y, &reference.label, Type::new(SMALL, INK).rimmed());
}

#[cfg(test)]
mod tests {
    use super::*;

    fn point(minutes: f64, share: f64) -> CurvePoint {
        CurvePoint { minutes, share, low: share - 0.02, high: share + 0.02 }
    }

    #[test]
    fn what_cannot_be_drawn_is_left_out() {
        let points =
            [point(f64::NAN, 0.5), point(5.0, f64::INFINITY), point(9.0, 1.5), point(2.0, 0.1)];
        let kept = tidy(&points);
        assert_eq!(kept.len(), 2);
        assert_eq!((kept[0].minutes, kept[1].share), (2.0, 1.0));
    }

    #[test]
    fn a_curve_begins_at_the_axis() {
        let kept = clip(&[point(0.0, 0.0), point(0.5, 0.03), point(60.0, 0.9)], 1.0, 1440.0);
        assert_eq!((kept.len(), kept[0].minutes, kept[0].share), (2, 1.0, 0.03));
    }

    #[test]
    fn close_references_stand_in_different_rows() {
        let reference =
            |minutes| Reference { minutes, label: "a goal with a long name".to_owned() };
        assert_eq!(place_references(&[reference(60.0), reference(65.0)], 1.0, 10_080.0).len(), 2);
        assert_eq!(place_references(&[reference(15.0), reference(4320.0)], 1.0, 10_080.0).len(), 1);
    }
}
