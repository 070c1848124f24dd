//! Horizontal stacked bars in groups, with a key above: the common form of [`super::workload()`]
//! and [`super::causes()`].

use super::axis::Scale;
use super::canvas::{Anchor, Canvas, Rect, Stroke, Type};
use super::caption::{Caption, Words};
use super::font::{fit, width, wrap};
use super::theme::{Fill, GREY, HAIR, Hatch, INK, LABEL, MARGIN, PAPER, RULE, SMALL, WIDTH};

/// Height of a bar, and of a bar with the space around it.
const BAR: f64 = 22.0;
const STEP: f64 = 32.0;
/// Room for the names left of the bars, at most.
const NAMES: f64 = 230.0;
/// Step between lines of a wrapped name.
const LEADING: f64 = 15.0;

/// Bars to draw. Values are finite and not negative: charts see to that.
pub(super) struct Stack<'a> {
    /// Words of the picture.
    pub(super) caption: &'a Caption,
    /// Name and fill of each part, in the order stacked.
    pub(super) parts: Vec<(String, Fill)>,
    /// Bars in groups.
    pub(super) groups: Vec<Group>,
    /// How values read.
    pub(super) scale: Scale,
    /// Title of the axis.
    pub(super) axis: String,
    /// A line across all bars, with its label.
    pub(super) guide: Option<(f64, String)>,
}

/// Bars under one heading (none where the heading is empty).
pub(super) struct Group {
    /// The heading.
    pub(super) name: String,
    /// Its bars.
    pub(super) bars: Vec<Bar>,
}

/// One bar.
pub(super) struct Bar {
    /// Its name.
    pub(super) name: String,
    /// One value per part.
    pub(super) values: Vec<f64>,
    /// What is written at its end; empty for nothing.
    pub(super) note: String,
}

/// Draw the bars.
pub(super) fn stack(data: &Stack<'_>) -> String {
    let bars = || data.groups.iter().flat_map(|group| &group.bars);
    let used: Vec<usize> =
        (0..data.parts.len()).filter(|&part| bars().any(|bar| 0.0 < bar.values[part])).collect();
    let words = Words::of(data.caption, WIDTH);
    let key = key_rows(data, &used);
    let names = bars().map(|bar| width(&bar.name, LABEL, false)).fold(60.0, f64::max).min(NAMES);
    let notes = bars().map(|bar| width(&bar.note, LABEL, true)).fold(0.0, f64::max) + 16.0;
    let left = MARGIN + names + 12.0;
    let guide_room = if data.guide.is_some() { 22.0 } else { 0.0 };
    let top = words.top() + key.len() as f64 * 24.0 + 10.0 + guide_room;
    let rows: f64 = data.groups.iter().map(group_height).sum();
    let area = Rect::new(left, top, WIDTH - MARGIN - left - notes, rows);
    let height = area.bottom() + 52.0 + words.bottom();
    let mut canvas = Canvas::new(WIDTH, height);
    words.write(&mut canvas, height);
    write_key(&mut canvas, data, &key, words.top());

    let longest = bars().map(|bar| bar.values.iter().sum::<f64>()).fold(0.0, f64::max);
    // A hair above one hundred percent is rounding, not more than all.
    let end = data.scale.end(longest / 1.000_1, 8).max(data.guide.as_ref().map_or(0.0, |g| g.0));
    let across = |value: f64| area.x + (value / end).min(1.0) * area.w;
    write_axis(&mut canvas, data, area, end);

    let mut y = area.y;
    let mut placed = Vec::new();
    for group in &data.groups {
        if !group.name.is_empty() {
            let heading = fit(&group.name, LABEL, true, WIDTH - 2.0 * MARGIN);
            canvas.text(MARGIN, y + 22.0, &heading, Type::new(LABEL, INK).bold().rimmed());
            y += 32.0;
        }
        for of in &group.bars {
            let bar = Rect::new(left, y, area.w, BAR);
            write_name(&mut canvas, &of.name, bar);
            write_parts(&mut canvas, data, &of.values, bar, &across);
            placed.push((of, bar));
            y += STEP;
        }
        y += 8.0;
    }
    if let Some((value, label)) = &data.guide {
        let x = across(*value);
        canvas.line((x, area.y - 4.0), (x, area.bottom()), Stroke::new(INK, 1.4).dashed("5 3"));
        let half = width(label, SMALL, false) / 2.0;
        let at = x.min(WIDTH - MARGIN - half).max(MARGIN + half);
        canvas.text(at, area.y - 10.0, label, Type::new(SMALL, INK).at(Anchor::Middle));
    }
    for (of, bar) in placed {
        write_values(&mut canvas, data, of, bar, &across);
    }
    canvas.finish(data.caption)
}

fn group_height(group: &Group) -> f64 {
    let heading = if group.name.is_empty() { 0.0 } else { 32.0 };
    heading + group.bars.len() as f64 * STEP + 8.0
}

/// A bar's name, left of it.
fn write_name(canvas: &mut Canvas, name: &str, bar: Rect) {
    let lines = wrap(name, LABEL, false, NAMES, 2);
    let size = if lines.len() == 1 { LABEL } else { SMALL };
    let first = bar.middle() + size * 0.36 - (lines.len() - 1) as f64 * LEADING / 2.0;
    let style = Type::new(size, INK).at(Anchor::End);
    canvas.lines_of((bar.x - 10.0, first), name, &lines, LEADING, style);
}

/// The rectangle of each part of a bar, in the order stacked.
fn parts<'a>(
    values: &'a [f64],
    bar: Rect,
    across: &'a impl Fn(f64) -> f64,
) -> impl Iterator<Item = Rect> + 'a {
    let mut sum = 0.0;
    values.iter().map(move |value| {
        let from = across(sum);
        sum += value;
        Rect { x: from, w: across(sum) - from, ..bar }
    })
}

fn write_parts(
    canvas: &mut Canvas,
    data: &Stack<'_>,
    values: &[f64],
    bar: Rect,
    across: &impl Fn(f64) -> f64,
) {
    for (part, (_, fill)) in parts(values, bar, across).zip(&data.parts) {
        if 0.2 <= part.w {
            canvas.filled(part, *fill);
        }
        // A white edge keeps neighbors apart, whatever their colors.
        if 3.0 < part.w {
            let (upper, lower) = ((part.right(), part.y), (part.right(), part.bottom()));
            canvas.line(upper, lower, Stroke::new(PAPER, 1.0));
        }
    }
}

/// The values of a bar inside its parts, where they fit, and its total at the end.
fn write_values(
    canvas: &mut Canvas,
    data: &Stack<'_>,
    of: &Bar,
    bar: Rect,
    across: &impl Fn(f64) -> f64,
) {
    let values = of.values.as_slice();
    for ((part, value), (_, fill)) in parts(values, bar, across).zip(values).zip(&data.parts) {
        let text = data.scale.read(*value);
        let room = width(&text, SMALL, false);
        if room + 10.0 <= part.w {
            let around =
                Rect::new(part.center() - room / 2.0 - 3.0, bar.y + 3.0, room + 6.0, bar.h - 6.0);
            let crossed = data
                .guide
                .as_ref()
                .is_some_and(|(value, _)| (around.x..around.right()).contains(&across(*value)));
            if fill.hatch != Hatch::None || crossed {
                canvas.rect(around, 3.0, fill.color, None);
            }
            let style = Type::new(SMALL, fill.ink).at(Anchor::Middle);
            canvas.text(part.center(), bar.middle() + SMALL * 0.36, &text, style);
        }
    }
    if !of.note.is_empty() {
        let sum: f64 = values.iter().sum();
        let style = Type::new(LABEL, INK).bold();
        canvas.text(across(sum) + 8.0, bar.middle() + LABEL * 0.36, &of.note, style);
    }
}

/// Upright hairlines with labels below, and the axis title.
fn write_axis(canvas: &mut Canvas, data: &Stack<'_>, area: Rect, end: f64) {
    for value in data.scale.ticks(0.0, end, 5) {
        let x = area.x + value / end * area.w;
        let stroke = if value <= 0.0 { Stroke::new(RULE, 1.0) } else { Stroke::new(HAIR, 1.0) };
        canvas.line((x, area.y), (x, area.bottom() + 4.0), stroke);
        let style = Type::new(SMALL, GREY).at(Anchor::Middle);
        canvas.text(x, area.bottom() + 20.0, &data.scale.read(value), style);
    }
    let style = Type::new(SMALL, GREY).at(Anchor::Middle);
    canvas.text(area.center(), area.bottom() + 42.0, &data.axis, style);
}

/// The key in rows that fit the width: which part stands where across.
fn key_rows(data: &Stack<'_>, used: &[usize]) -> Vec<Vec<(f64, usize, String)>> {
    let mut rows: Vec<Vec<(f64, usize, String)>> = Vec::new();
    let mut x = WIDTH;
    for &part in used {
        let name = fit(&data.parts[part].0, SMALL, false, 240.0);
        let room = 22.0 + width(&name, SMALL, false) + 20.0;
        if WIDTH - MARGIN < x + room - 20.0 {
            x = MARGIN;
            rows.push(Vec::new());
        }
        let row = rows.last_mut().expect("the first part opens a row");
        row.push((x, part, name));
        x += room;
    }
    rows
}

fn write_key(canvas: &mut Canvas, data: &Stack<'_>, rows: &[Vec<(f64, usize, String)>], top: f64) {
    for (row, parts) in rows.iter().enumerate() {
        let y = top + row as f64 * 24.0;
        for (x, part, name) in parts {
            let patch = Rect::new(*x, y, 15.0, 15.0);
            canvas.filled(patch, data.parts[*part].1);
            canvas.rect(patch, 0.0, "none", Some(Stroke::new(RULE, 0.8)));
            let whole = &data.parts[*part].0;
            canvas.text_of((x + 22.0, y + 12.0), whole, name, Type::new(SMALL, INK));
        }
    }
}
