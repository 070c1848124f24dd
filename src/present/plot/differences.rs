//! Differences between designs with their intervals, per measure.

use super::axis::Scale;
use super::canvas::{Anchor, Canvas, Rect, Stroke, Type};
use super::caption::{Caption, Words, empty};
use super::font::{fit, width, wrap};
use super::safe::clean;
use super::scatter::Estimate;
use super::theme::{GREY, HAIR, INK, LABEL, MARGIN, RULE, SHADE, SMALL, WIDTH, design_color};
use crate::model;

/// Which way a measure is better.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Better {
    /// More is better.
    #[default]
    Higher,
    /// Less is better.
    Lower,
}

impl From<model::Better> for Better {
    /// Of a measure of which neither is better, more is drawn as the better.
    fn from(better: model::Better) -> Better {
        match better {
            model::Better::Lower => Better::Lower,
            model::Better::Higher | model::Better::Neither => Better::Higher,
        }
    }
}

/// Data of [`differences`].
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Differences {
    /// What the picture says.
    pub caption: Caption,
    /// One group per measure; each has its own axis, all with zero in the same place.
    pub measures: Vec<DifferenceGroup>,
}

/// The differences in one measure.
#[derive(Debug, Clone, PartialEq)]
pub struct DifferenceGroup {
    /// The measure.
    pub measure: String,
    /// How differences read; shares read as points, without a percent sign.
    pub scale: Scale,
    /// Which way is better.
    pub better: Better,
    /// Differences up to this size are too small to matter, by the author's own yardstick.
    pub too_small: Option<f64>,
    /// One difference per pair.
    pub pairs: Vec<Difference>,
}

/// The difference between two designs.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Difference {
    /// The pair, such as "Hub and spoke − Centralized".
    pub pair: String,
    /// The difference and its interval.
    pub difference: Estimate,
}

const STEP: f64 = 38.0;
const LEADING: f64 = 15.0;

/// Paired differences with intervals: one row per pair, grouped by measure, around a zero line.
///
/// A filled mark is a difference beyond luck and large enough to matter; a hollow one is not. The
/// zone too small to matter is shaded. Differences that are not finite are named but not drawn.
pub fn differences(data: &Differences) -> String {
    if data.measures.iter().all(|group| group.pairs.is_empty()) {
        return empty(&data.caption, "There is only one design, so there is nothing to compare.");
    }
    let groups: Vec<&DifferenceGroup> =
        data.measures.iter().filter(|group| !group.pairs.is_empty()).collect();
    let pairs = || groups.iter().flat_map(|group| &group.pairs);
    let words = Words::of(&data.caption, WIDTH);
    let names = pairs().map(|pair| width(&clean(&pair.pair), LABEL, false));
    let names = names.fold(120.0, f64::max).min(260.0);
    let left = MARGIN + names + 24.0;
    let values = 210.0;
    let across = Rect::new(left, 0.0, WIDTH - MARGIN - values - left, 0.0);
    let top = words.top() + 10.0;
    let rows: f64 = groups.iter().map(|group| group_height(group)).sum();
    let height = top + rows + words.bottom();
    let mut canvas = Canvas::new(WIDTH, height);
    words.write(&mut canvas, height);
    let mut y = top;
    for group in groups {
        let area = Rect { y, h: group_height(group), ..across };
        write_group(&mut canvas, group, area, names);
        y += area.h;
    }
    canvas.finish(&data.caption)
}

/// Heading, rows, axis and the space after.
fn group_height(group: &DifferenceGroup) -> f64 {
    34.0 + group.pairs.len() as f64 * STEP + 26.0 + 22.0
}

fn write_group(canvas: &mut Canvas, group: &DifferenceGroup, area: Rect, names: f64) {
    let tidy: Vec<Option<Estimate>> =
        group.pairs.iter().map(|pair| pair.difference.tidy()).collect();
    let small = group.too_small.filter(|small| small.is_finite() && 0.0 < *small);
    let widest = tidy.iter().flatten().map(|of| of.low.abs().max(of.high.abs()));
    let widest = widest.chain(small.map(|small| small * 1.5)).fold(0.0, f64::max);
    let unit = unit(&group.scale);
    let ground = Ground {
        area,
        first: area.y + 34.0,
        last: area.y + 34.0 + group.pairs.len() as f64 * STEP,
        end: ticking(&group.scale).end(widest * unit * 1.05, 3) / unit,
    };
    write_heading(canvas, group, area);
    if let Some(small) = small {
        let (left, right) = (ground.x(-small), ground.x(small));
        let zone = Rect::new(left, ground.first, right - left, ground.last - ground.first);
        canvas.rect(zone, 0.0, SHADE, None);
    }
    ground.write_ticks(canvas, &group.scale);
    for (row, (pair, of)) in group.pairs.iter().zip(tidy).enumerate() {
        let middle = ground.first + (row as f64 + 0.5) * STEP;
        write_pair(canvas, &pair.pair, area.x - 20.0, middle, names);
        let right = area.right() + 16.0;
        let Some(of) = of else {
            canvas.text(right, middle + 5.0, "cannot be told", Type::new(SMALL, GREY));
            continue;
        };
        let luck = pair.difference.low.is_finite() && pair.difference.high.is_finite();
        let verdict = if luck { Verdict::of(of, small) } else { Verdict::Alone };
        ground.write_interval(canvas, of, verdict, middle);
        write_verdict(canvas, group, of, verdict, (right, middle));
    }
}

/// The name of a measure, and on which side it is better.
fn write_heading(canvas: &mut Canvas, group: &DifferenceGroup, area: Rect) {
    let measure = match group.scale {
        Scale::Share => format!("{} (points)", clean(&group.measure)),
        _ => group.scale.titled(&group.measure),
    };
    let measure = fit(&measure, LABEL, true, area.right() - MARGIN - 110.0);
    canvas.text(MARGIN, area.y + 18.0, &measure, Type::new(LABEL, INK).bold());
    let (at, anchor, note) = match group.better {
        Better::Higher => (area.right(), Anchor::End, "better →"),
        Better::Lower => (area.x, Anchor::Start, "← better"),
    };
    // the measure's name leaves room at the right in any case
    let free = MARGIN + width(&measure, LABEL, true) + 12.0 <= at;
    let (at, anchor) = if free { (at, anchor) } else { (area.right(), Anchor::End) };
    canvas.text(at, area.y + 18.0, note, Type::new(SMALL, GREY).bold().at(anchor));
}

/// The name of a pair, to the left of `right`.
fn write_pair(canvas: &mut Canvas, name: &str, right: f64, middle: f64, names: f64) {
    let whole = clean(name);
    let lines = wrap(&whole, LABEL, false, names, 2);
    let baseline = middle + LABEL * 0.36 - (lines.len() - 1) as f64 * LEADING / 2.0;
    let style = Type::new(if lines.len() == 1 { LABEL } else { SMALL }, INK);
    canvas.lines_of((right, baseline), &whole, &lines, LEADING, style.at(Anchor::End));
}

/// What the differences of a group are drawn on.
struct Ground {
    area: Rect,
    /// Where the rows begin.
    first: f64,
    /// Where they end.
    last: f64,
    /// The value at its right end; its opposite is at the left.
    end: f64,
}

impl Ground {
    /// Where a value is.
    fn x(&self, value: f64) -> f64 {
        self.area.center() + value / self.end * self.area.w / 2.0
    }

    /// Upright lines at round values, which stand below them.
    fn write_ticks(&self, canvas: &mut Canvas, scale: &Scale) {
        let (unit, end) = (unit(scale), self.end);
        let ticks = ticking(scale).ticks(-end * unit, end * unit, 6);
        let step = ticks.windows(2).map(|of| of[1] - of[0]).fold(f64::INFINITY, f64::min);
        for tick in ticks {
            let at = self.x(tick / unit);
            let zero = tick.abs() < end * unit * 1e-9;
            let stroke = if zero { Stroke::new(INK, 1.4) } else { Stroke::new(HAIR, 1.0) };
            canvas.line((at, self.first), (at, self.last + 4.0), stroke);
            let label = match ticking(scale) {
                Scale::Number(_) => with_sign(tick, super::axis::stepped(tick, step)),
                _ => signed(scale, tick / unit),
            };
            let style = Type::new(SMALL, GREY).at(Anchor::Middle);
            canvas.text(at, self.last + 20.0, &label, style);
        }
        let (left, right) = ((self.area.x, self.last), (self.area.right(), self.last));
        canvas.line(left, right, Stroke::new(RULE, 1.0));
    }

    /// A difference as a dot on its interval, in color where it is one.
    fn write_interval(&self, canvas: &mut Canvas, of: Estimate, verdict: Verdict, middle: f64) {
        let clear = verdict == Verdict::Clear;
        let color = if clear { design_color(0) } else { RULE };
        let (low, high) = (self.x(of.low), self.x(of.high));
        canvas.line((low, middle), (high, middle), Stroke::new(color, 2.4));
        for end in [low, high] {
            canvas.line((end, middle - 4.0), (end, middle + 4.0), Stroke::new(color, 1.6));
        }
        let fill = if clear { color } else { super::theme::PAPER };
        let dot = Rect::new(self.x(of.value) - 5.0, middle - 5.0, 10.0, 10.0);
        canvas.rect(dot, 5.0, fill, Some(Stroke::new(color, 2.0)));
    }
}

/// How many of what ticks are round in make one of a value: shares are read in points.
fn unit(scale: &Scale) -> f64 {
    if *scale == Scale::Share { 100.0 } else { 1.0 }
}

/// What a difference amounts to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Verdict {
    /// Beyond luck and large enough to matter.
    Clear,
    /// Certainly smaller than what matters.
    TooSmall,
    /// The interval holds zero.
    TooClose,
    /// There is no difference in any run.
    Equal,
    /// There is no interval, so nothing can be told from one run.
    Alone,
}

impl Verdict {
    fn of(of: Estimate, small: Option<f64>) -> Verdict {
        let beyond = 0.0 < of.low || of.high < 0.0;
        match small {
            _ if of.low == 0.0 && of.high == 0.0 => Verdict::Equal,
            Some(small) if of.value.abs() <= small && beyond => Verdict::TooSmall,
            Some(small) if -small <= of.low && of.high <= small => Verdict::TooSmall,
            _ if beyond => Verdict::Clear,
            _ => Verdict::TooClose,
        }
    }
}

/// The difference in figures, and in words where it is none.
fn write_verdict(
    canvas: &mut Canvas,
    group: &DifferenceGroup,
    of: Estimate,
    verdict: Verdict,
    (x, middle): (f64, f64),
) {
    let mut value = signed(&group.scale, of.value);
    let words = match verdict {
        Verdict::Clear => "",
        Verdict::TooSmall => "too small to matter",
        Verdict::TooClose => "too close to call",
        Verdict::Equal => "equal in every run",
        Verdict::Alone => "one run tells nothing",
    };
    let clear = verdict == Verdict::Clear;
    if !clear {
        value = format!("{value} {words}");
    }
    let interval = format!("{} to {}", signed(&group.scale, of.low), signed(&group.scale, of.high));
    let style = Type { bold: clear, ..Type::new(SMALL, if clear { INK } else { GREY }) };
    if matches!(verdict, Verdict::Alone | Verdict::Equal) {
        canvas.text(x, middle + SMALL * 0.36, &fit(&value, SMALL, false, 196.0), style);
    } else {
        canvas.text(x, middle - 3.0, &fit(&value, SMALL, clear, 196.0), style);
        canvas.text(x, middle + 13.0, &fit(&interval, SMALL, false, 196.0), Type::new(SMALL, GREY));
    }
}

/// The scale ticks are chosen on: shares are ticked in points.
fn ticking(scale: &Scale) -> Scale {
    match scale {
        Scale::Share => Scale::Number(String::new()),
        other => other.clone(),
    }
}

/// A difference with its sign; of shares, in points.
fn signed(scale: &Scale, value: f64) -> String {
    let text = match scale {
        Scale::Share => super::axis::number((value * 1000.0).round() / 10.0),
        Scale::Number(_) => super::axis::number(value),
        Scale::Minutes => super::axis::duration(value),
    };
    with_sign(value, text)
}

fn with_sign(value: f64, text: String) -> String {
    if 0.0 < value && text != "0" { format!("+{text}") } else { text }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn estimate(value: f64, half: f64) -> Estimate {
        Estimate { value, low: value - half, high: value + half }
    }

    #[test]
    fn verdicts() {
        assert_eq!(Verdict::of(estimate(0.04, 0.01), Some(0.02)), Verdict::Clear);
        assert_eq!(Verdict::of(estimate(0.015, 0.01), Some(0.02)), Verdict::TooSmall);
        assert_eq!(Verdict::of(estimate(0.0, 0.01), Some(0.02)), Verdict::TooSmall);
        assert_eq!(Verdict::of(estimate(0.03, 0.04), Some(0.02)), Verdict::TooClose);
        assert_eq!(Verdict::of(estimate(-0.03, 0.01), None), Verdict::Clear);
        // several runs that do not differ from each other tell something
        assert_eq!(Verdict::of(estimate(-0.03, 0.0), None), Verdict::Clear);
        assert_eq!(Verdict::of(estimate(0.0, 0.0), Some(0.02)), Verdict::Equal);
    }

    #[test]
    fn shares_differ_in_points() {
        assert_eq!(signed(&Scale::Share, 0.041), "+4.1");
        assert_eq!(signed(&Scale::Minutes, -49.0), "−49m");
        assert_eq!(signed(&Scale::Number(String::new()), 0.0), "0");
    }

    fn group(measure: &str, better: Better, difference: Estimate) -> DifferenceGroup {
        DifferenceGroup {
            measure: measure.into(),
            scale: Scale::Share,
            better,
            too_small: None,
            pairs: vec![Difference { pair: "B − A".into(), difference }],
        }
    }

    fn drawn(group: DifferenceGroup) -> String {
        differences(&Differences { caption: Caption::default(), measures: vec![group] })
    }

    #[test]
    fn ticks_of_small_differences_are_told_apart() {
        let svg = drawn(group("wrong answers", Better::Lower, estimate(0.0002, 0.0003)));
        assert_eq!(svg.matches(">0</text>").count(), 1, "{svg}");
        assert!(svg.contains(">+0.05</text>") || svg.contains(">+0.02</text>"), "{svg}");
    }

    #[test]
    fn only_a_single_run_tells_nothing() {
        let one = Estimate { value: 0.1, low: f64::NAN, high: f64::NAN };
        assert!(drawn(group("x", Better::Higher, one)).contains("one run tells nothing"));
        let same = drawn(group("x", Better::Higher, estimate(0.0, 0.0)));
        assert!(same.contains("equal in every run") && !same.contains("one run"), "{same}");
    }

    #[test]
    fn a_difference_that_cannot_be_told_is_still_named() {
        let pairs =
            vec![Difference { pair: "B − A".into(), difference: estimate(f64::NAN, 1.0) }];
        let group = DifferenceGroup {
            measure: "answered within an hour".into(),
            scale: Scale::Share,
            better: Better::Higher,
            too_small: Some(f64::NAN),
            pairs,
        };
        let svg = differences(&Differences { caption: Caption::default(), measures: vec![group] });
        assert!(svg.contains("B − A") && svg.contains("cannot be told") && !svg.contains("NaN"));
    }
}
