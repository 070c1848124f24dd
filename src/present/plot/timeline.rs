//! A quantity over the hours of a week, per design.

use std::ops::Range;

use super::axis::Scale;
use super::canvas::{Anchor, Canvas, Rect, Stroke, Type};
use super::caption::{Caption, Words, empty};
use super::font::{fit, width, wrap};
use super::grid::{EndLabel, Grid, end_label_room, write_end_labels};
use super::safe::clean;
use super::series::{Series, Value, lines_on_bands};
use super::theme::{DAYS, GREY, LABEL, MARGIN, RULE, SHADE, SMALL, WIDTH};

/// Data of [`timeline`].
#[derive(Debug, Clone, PartialEq)]
pub struct Timeline {
    /// What the picture says.
    pub caption: Caption,
    /// What is counted upward, such as "inquiries waiting".
    pub quantity: String,
    /// How its values read.
    pub scale: Scale,
    /// One line per design, in the order that gives colors.
    pub designs: Vec<TimeLine>,
    /// Opening hours as (from, to) in hours since Monday 00:00; what lies between is shaded as
    /// closed. Empty for no shading.
    pub open: Vec<(f64, f64)>,
    /// A stretch that is marked by name, such as a surge.
    pub span: Option<Span>,
}

/// A stretch of time that is marked.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Span {
    /// From when, in hours since Monday 00:00.
    pub from: f64,
    /// Until when.
    pub to: f64,
    /// What it is.
    pub name: String,
}

/// The line of one design.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct TimeLine {
    /// The design.
    pub name: String,
    /// Points of the line, in any order.
    pub points: Vec<TimePoint>,
}

/// A value at an hour, with its interval.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct TimePoint {
    /// Hours since Monday 00:00.
    pub hour: f64,
    /// The value.
    pub value: f64,
    /// Lower end of the interval; not finite for none.
    pub low: f64,
    /// Upper end of the interval; not finite for none.
    pub high: f64,
}

/// A quantity, such as the backlog, over the hours of one or more weeks.
///
/// The axis begins at the midnight before the first point and ends at the midnight after the
/// last, up to five weeks. Points that are not finite are left out.
pub fn timeline(data: &Timeline) -> String {
    let lines: Vec<Tidy<'_>> = data
        .designs
        .iter()
        .enumerate()
        .map(|(design, line)| Tidy { design, name: &line.name, points: tidy(&line.points) })
        .filter(|line| !line.points.is_empty())
        .collect();
    if lines.is_empty() {
        return empty(&data.caption, "Nothing was counted, so there is no line to show.");
    }
    let (x, y) = (days(&lines), values(&lines, &data.scale));
    let labels: Vec<Vec<String>> =
        lines.iter().map(|line| wrap(&clean(line.name), LABEL, true, 210.0, 2)).collect();
    let words = Words::of(&data.caption, WIDTH);
    let left = MARGIN + 54.0;
    let room = end_label_room(&labels);
    let area = Rect::new(left, words.top() + 30.0, WIDTH - MARGIN - left - room, 340.0);
    let height = area.bottom() + 30.0 + words.bottom();
    let mut canvas = Canvas::new(WIDTH, height);
    words.write(&mut canvas, height);
    let grid = Grid { area, x, y };
    let closed = write_closed(&mut canvas, &grid, &data.open);
    if let Some(span) = &data.span {
        write_span(&mut canvas, &grid, span);
    }
    let ticks = data.scale.ticks(grid.y.start, grid.y.end, 5).into_iter();
    let ticks: Vec<(f64, String)> = ticks.map(|tick| (tick, data.scale.read(tick))).collect();
    grid.rows(&mut canvas, &ticks);
    write_days(&mut canvas, &grid);
    let quantity = data.scale.titled(&data.quantity);
    let taken = width(&quantity, SMALL, false) + 24.0;
    grid.upward_title(&mut canvas, &quantity, 16.0);
    if closed && taken + 190.0 < area.w {
        write_key(&mut canvas, area);
    }
    let series: Vec<Series> = lines.iter().map(|line| line.series(&grid)).collect();
    lines_on_bands(&mut canvas, &grid, &series);
    let ends = lines.iter().zip(labels).filter_map(|(line, lines)| {
        let end = line.visible(&grid).last()?;
        let end = (grid.across(end.hour), grid.up(end.value));
        Some(EndLabel { design: line.design, end, lines })
    });
    write_end_labels(&mut canvas, area, ends.collect());
    canvas.finish(&data.caption)
}

/// A line whose points can be drawn, in order of time.
struct Tidy<'a> {
    design: usize,
    name: &'a str,
    points: Vec<TimePoint>,
}

impl Tidy<'_> {
    /// The points the axis reaches.
    fn visible(&self, grid: &Grid) -> impl Iterator<Item = &TimePoint> {
        let last = grid.x.end;
        self.points.iter().filter(move |point| point.hour <= last)
    }

    /// As it stands over the axis.
    fn series(&self, grid: &Grid) -> Series {
        let value = |&TimePoint { hour, value, low, high }: &TimePoint| Value {
            x: hour,
            y: value,
            low,
            high,
        };
        Series { design: self.design, values: self.visible(grid).map(value).collect() }
    }
}

/// From the midnight before the first point to that after the last, up to five weeks.
fn days(lines: &[Tidy<'_>]) -> Range<f64> {
    let all = || lines.iter().flat_map(|line| &line.points);
    let hours =
        |pick: fn(f64, f64) -> f64, start: f64| all().map(|point| point.hour).fold(start, pick);
    let first = (hours(f64::min, f64::INFINITY) / 24.0).floor() * 24.0;
    let last = (hours(f64::max, f64::NEG_INFINITY) / 24.0 - 1e-9).ceil() * 24.0;
    first..last.clamp(first + 24.0, first + 35.0 * 24.0)
}

/// From zero, or a round value below all, to a round value above all.
fn values(lines: &[Tidy<'_>], scale: &Scale) -> Range<f64> {
    let all = || lines.iter().flat_map(|line| &line.points);
    let top = all().map(|point| point.value.max(point.high)).fold(0.0, f64::max);
    let low = all().map(|point| point.value.min(point.low)).fold(0.0, f64::min);
    let start = if low < 0.0 { -scale.end(-low, 5) } else { 0.0 };
    start..scale.end(top, 5)
}

/// Shade what lies outside of opening hours; whether anything does.
fn write_closed(canvas: &mut Canvas, grid: &Grid, open: &[(f64, f64)]) -> bool {
    let (closed, area) = (closed(open, grid.x.start, grid.x.end), grid.area);
    for (from, to) in &closed {
        let (x, right) = (grid.across(*from), grid.across(*to));
        canvas.rect(Rect::new(x, area.y, right - x, area.h), 0.0, SHADE, None);
    }
    !closed.is_empty()
}

/// What the shade means, above the area at its right.
fn write_key(canvas: &mut Canvas, area: Rect) {
    let style = Type::new(SMALL, GREY).at(Anchor::End);
    let words = "outside opening hours";
    let left = area.right() - width(words, SMALL, false) - 22.0;
    let swatch = Rect::new(left, area.y - 27.5, 14.0, 14.0);
    canvas.rect(swatch, 0.0, SHADE, Some(Stroke::new(RULE, 0.8)));
    canvas.text(area.right(), area.y - 16.0, words, style);
}

/// The marked stretch: a ground of its own, its name at its upper edge.
fn write_span(canvas: &mut Canvas, grid: &Grid, span: &Span) {
    let within = |hour: f64| grid.across(hour.clamp(grid.x.start, grid.x.end));
    let (x, right) = (within(span.from), within(span.to));
    let area = grid.area;
    canvas.rect(Rect::new(x, area.y, right - x, area.h), 0.0, "#FBE9DC", None);
    let name = fit(&clean(&span.name), SMALL, false, 260.0);
    let style = Type::new(SMALL, GREY).at(Anchor::Middle).rimmed();
    let half = width(&name, SMALL, false) / 2.0;
    let middle = ((x + right) / 2.0).max(area.x + half).min(area.right() - half);
    canvas.text(middle, area.y + 14.0, &name, style);
}

/// The points that can be drawn, in order of time, with intervals that hold their values.
fn tidy(points: &[TimePoint]) -> Vec<TimePoint> {
    let end = |end: f64, value: f64| if end.is_finite() { end } else { value };
    let mut kept: Vec<TimePoint> = points
        .iter()
        .filter(|point| point.hour.is_finite() && point.value.is_finite())
        .map(|point| TimePoint {
            low: end(point.low, point.value).min(point.value),
            high: end(point.high, point.value).max(point.value),
            ..*point
        })
        .collect();
    kept.sort_by(|a, b| a.hour.total_cmp(&b.hour));
    kept
}

/// The stretches of the axis not covered by opening hours; none when no hours are given.
fn closed(open: &[(f64, f64)], first: f64, last: f64) -> Vec<(f64, f64)> {
    let mut open: Vec<(f64, f64)> = open
        .iter()
        .filter(|(from, to)| from.is_finite() && to.is_finite() && from < to)
        .copied()
        .collect();
    if open.is_empty() {
        return Vec::new();
    }
    open.sort_by(|a, b| a.0.total_cmp(&b.0));
    let mut closed = Vec::new();
    let mut at = first;
    for (from, to) in open.into_iter().chain([(last, last)]) {
        if at < from.min(last) {
            closed.push((at, from.min(last)));
        }
        at = at.max(to);
    }
    closed
}

/// A tick at each midnight and each day's name between; fewer names where there is no room.
fn write_days(canvas: &mut Canvas, grid: &Grid) {
    let (first, last) = ((grid.x.start / 24.0) as i64, (grid.x.end / 24.0) as i64);
    let bottom = grid.area.bottom();
    canvas.line((grid.area.x, bottom), (grid.area.right(), bottom), Stroke::new(RULE, 1.0));
    let day = grid.across(24.0) - grid.across(0.0);
    let hourly = 150.0 <= day;
    for at in first..=last {
        let x = grid.across(at as f64 * 24.0);
        let weekly = at.rem_euclid(7) == 0;
        if 10.0 <= day || weekly {
            canvas.line((x, bottom), (x, bottom + 6.0), Stroke::new(RULE, 1.0));
        }
        if at == last {
            break;
        }
        let name = DAYS[at.rem_euclid(7) as usize];
        let style = Type::new(SMALL, GREY).at(Anchor::Middle);
        if hourly {
            for hour in [0.0, 6.0, 12.0, 18.0] {
                let x = grid.across(at as f64 * 24.0 + hour);
                canvas.line((x, bottom), (x, bottom + 4.0), Stroke::new(RULE, 1.0));
                let label =
                    if hour < 1.0 { format!("{name} 00:00") } else { format!("{hour:02}:00") };
                canvas.text(x, bottom + 20.0, &label, style);
            }
        } else if width("Wed ", SMALL, false) <= day {
            canvas.text(x + day / 2.0, bottom + 20.0, name, style);
        } else if weekly {
            canvas.text(x, bottom + 20.0, name, style.at(Anchor::Start));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_not_open_is_closed() {
        let open = [(32.0, 44.0), (8.0, 20.0), (f64::NAN, 3.0)];
        assert_eq!(closed(&open, 0.0, 48.0), [(0.0, 8.0), (20.0, 32.0), (44.0, 48.0)]);
        assert_eq!(closed(&[], 0.0, 48.0), []);
        assert_eq!(closed(&[(-5.0, 500.0)], 0.0, 48.0), []);
    }

    #[test]
    fn a_week_has_its_days() {
        let points = (0..168)
            .map(f64::from)
            .map(|hour| TimePoint { hour, value: hour % 24.0, low: f64::NAN, high: f64::NAN })
            .collect();
        let svg = timeline(&Timeline {
            caption: Caption::new("Monday mornings start behind"),
            quantity: "inquiries waiting".into(),
            scale: Scale::Number(String::new()),
            designs: vec![TimeLine { name: "A".into(), points }],
            open: vec![],
            span: None,
        });
        assert!(DAYS.iter().all(|day| svg.contains(&format!(">{day}</text>"))));
        assert!(!svg.contains("NaN"));
    }
}
