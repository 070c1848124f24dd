//! What each cause of waiting is worth beside what is booked on it, design by design.

use super::axis::Scale;
use super::canvas::{Anchor, Canvas, Rect, Stroke, Type};
use super::caption::{Caption, Words, empty};
use super::font::{fit, width, wrap};
use super::safe::clean;
use super::scatter::Estimate;
use super::theme::{GREY, HAIR, INK, LABEL, MARGIN, PAPER, RULE, SMALL, WIDTH, design_color};

/// Data of [`worths`].
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Worths {
    /// What the picture says.
    pub caption: Caption,
    /// One group of rows for each design.
    pub designs: Vec<WorthGroup>,
}

/// The causes of waiting of one design.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct WorthGroup {
    /// The design.
    pub name: String,
    /// Its causes; none where `note` says why.
    pub rows: Vec<WorthRow>,
    /// Why there is no row.
    pub note: String,
}

/// A cause of waiting.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct WorthRow {
    /// The cause.
    pub name: String,
    /// Minutes booked on it.
    pub booked: f64,
    /// The same in words.
    pub text: String,
    /// What takes it away, or some of it; none where nothing does.
    pub changes: Vec<WorthMark>,
}

/// What is spared by a change.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct WorthMark {
    /// The change and its worth in words.
    pub text: String,
    /// Whether it takes the whole cause away.
    pub whole: bool,
    /// Minutes spared in all, negative where more are waited; not finite where nothing can be told.
    pub spared: Estimate,
}

/// Height of one change, and of the space between causes.
const STEP: f64 = 22.0;
const GAP: f64 = 10.0;
/// Room for the names left, and for the words right.
const NAMES: f64 = 190.0;
const TEXTS: f64 = 320.0;
/// Heading of a design.
const HEADING: f64 = 34.0;
/// The ground of what is booked.
const BOOKED: &str = "#D5DBE1";

/// A row for each cause: a bar of what is booked on it, and a mark on the same axis for what is spared without it.
///
/// A round mark takes the whole cause away, a pointed one some of it. A filled mark is beyond luck, a hollow one is
/// not. What is not finite is named but not drawn.
pub fn worths(data: &Worths) -> String {
    if data.designs.iter().all(|group| group.rows.is_empty()) {
        return empty(&data.caption, "No wait is priced, so there is nothing to show.");
    }
    let rows = || data.designs.iter().flat_map(|group| &group.rows);
    let marks = || rows().flat_map(|row| &row.changes).filter_map(|mark| mark.spared.tidy());
    let words = Words::of(&data.caption, WIDTH);
    let names = rows().map(|row| width(&clean(&row.name), LABEL, false));
    let names = names.chain(rows().map(|row| width(&clean(&row.text), SMALL, false)));
    let left = MARGIN + names.fold(90.0, f64::max).min(NAMES) + 18.0;
    let texts = rows().flat_map(|row| &row.changes).map(|of| width(&clean(&of.text), SMALL, false));
    let room = texts.fold(120.0, f64::max).min(TEXTS) + 16.0;
    let top = words.top() + 34.0;
    let high: f64 = data.designs.iter().map(group_height).sum();
    let area = Rect::new(left, top, WIDTH - MARGIN - room - left, high);
    let height = area.bottom() + 50.0 + words.bottom();
    let mut canvas = Canvas::new(WIDTH, height);
    words.write(&mut canvas, height);
    write_key(&mut canvas, words.top());

    let booked = rows().map(|row| row.booked).filter(|booked| booked.is_finite());
    let most = booked.chain(marks().map(|of| of.high)).fold(0.0, f64::max);
    let least = marks().map(|of| of.low).fold(0.0, f64::min);
    let ground = |low: f64| if low < 0.0 { -Scale::Minutes.end(-low, 3) } else { 0.0 };
    let (low, end) = (ground(least), Scale::Minutes.end(most, 4));
    let x = |value: f64| area.x + (value - low) / (end - low) * area.w;
    write_axis(&mut canvas, area, (low, end), &x);
    let mut y = area.y;
    for group in &data.designs {
        let heading = fit(&clean(&group.name), LABEL, true, WIDTH - 2.0 * MARGIN);
        canvas.text(MARGIN, y + 22.0, &heading, Type::new(LABEL, INK).bold().rimmed());
        y += HEADING;
        if group.rows.is_empty() {
            let note = fit(&clean(&group.note), SMALL, false, WIDTH - 2.0 * MARGIN - 12.0);
            canvas.text(MARGIN + 12.0, y + 14.0, &note, Type::new(SMALL, GREY).rimmed());
            y += STEP + GAP;
        }
        for row in &group.rows {
            let of = Rect { y, h: row_height(row), ..area };
            write_row(&mut canvas, row, of, &x);
            y += of.h + GAP;
        }
    }
    canvas.finish(&data.caption)
}

fn group_height(group: &WorthGroup) -> f64 {
    let rows: f64 = group.rows.iter().map(|row| row_height(row) + GAP).sum();
    HEADING + if group.rows.is_empty() { STEP + GAP } else { rows }
}

/// Two lines at least: the cause, and what is booked on it.
fn row_height(row: &WorthRow) -> f64 {
    STEP * row.changes.len().max(2) as f64
}

/// What the bar and the marks stand for, in a line above.
fn write_key(canvas: &mut Canvas, y: f64) {
    let mut x = MARGIN;
    let name = |canvas: &mut Canvas, x: &mut f64, text: &str| {
        canvas.text(*x + 24.0, y + 12.0, text, Type::new(SMALL, INK));
        *x += 24.0 + width(text, SMALL, false) + 26.0;
    };
    canvas.rect(Rect::new(x, y, 16.0, 15.0), 0.0, BOOKED, None);
    name(canvas, &mut x, "booked on it");
    write_mark(canvas, (x + 8.0, y + 7.5), true, true);
    name(canvas, &mut x, "waiting spared without it");
    write_mark(canvas, (x + 8.0, y + 7.5), false, true);
    name(canvas, &mut x, "spared by a smaller change");
    write_mark(canvas, (x + 8.0, y + 7.5), true, false);
    name(canvas, &mut x, "nothing sure");
}

fn write_axis(canvas: &mut Canvas, area: Rect, (low, end): (f64, f64), x: &impl Fn(f64) -> f64) {
    let mut free = f64::NEG_INFINITY;
    for tick in Scale::Minutes.ticks(low, end, 5) {
        let at = x(tick);
        let zero = tick.abs() < (end - low) * 1e-9;
        let stroke = if zero { Stroke::new(RULE, 1.2) } else { Stroke::new(HAIR, 1.0) };
        canvas.line((at, area.y), (at, area.bottom() + 4.0), stroke);
        let label = Scale::Minutes.read(tick);
        let half = width(&label, SMALL, false) / 2.0;
        if free <= at - half {
            let style = Type::new(SMALL, GREY).at(Anchor::Middle);
            canvas.text(at, area.bottom() + 20.0, &label, style);
            free = at + half + 6.0;
        }
    }
    let title = "time per inquiry; left of 0 more is waited";
    let title = if low < 0.0 { title } else { "time per inquiry" };
    let style = Type::new(SMALL, GREY).at(Anchor::Middle);
    let half = width(title, SMALL, false) / 2.0;
    canvas.text(area.center().max(MARGIN + half), area.bottom() + 42.0, title, style);
}

fn write_row(canvas: &mut Canvas, row: &WorthRow, area: Rect, x: &impl Fn(f64) -> f64) {
    let names = area.x - 18.0 - MARGIN;
    let middle = area.middle();
    let style = |size, color| Type::new(size, color).at(Anchor::End);
    let whole = clean(&row.name);
    let name = wrap(&whole, LABEL, false, names, 1);
    canvas.lines_of((area.x - 14.0, middle - 4.0), &whole, &name, 0.0, style(LABEL, INK));
    let whole = clean(&row.text);
    let text = fit(&whole, SMALL, false, names);
    canvas.text_of((area.x - 14.0, middle + 14.0), &whole, &text, style(SMALL, GREY));
    if row.booked.is_finite() && 0.0 < row.booked {
        let bar = Rect::new(x(0.0), area.y, x(row.booked) - x(0.0), area.h);
        canvas.rect(bar, 0.0, BOOKED, None);
    }
    if row.changes.is_empty() {
        let words = fit("not priced: nothing here takes it away", SMALL, false, TEXTS);
        let room = (WIDTH - MARGIN - area.right() - 16.0).max(120.0);
        let lines = wrap(&words, SMALL, false, room, 2);
        canvas.lines(area.right() + 16.0, middle - 2.0, &lines, 16.0, Type::new(SMALL, GREY));
    }
    let first = middle - (row.changes.len() as f64 - 1.0) * STEP / 2.0;
    for (at, change) in row.changes.iter().enumerate() {
        let y = first + at as f64 * STEP;
        let of = change.spared.tidy();
        let sure = of.is_some_and(|of| 0.0 < of.low || of.high < 0.0);
        let whole = clean(&change.text);
        let words = fit(&whole, SMALL, false, WIDTH - MARGIN - area.right() - 16.0);
        let color = if sure { INK } else { GREY };
        let place = (area.right() + 16.0, y + SMALL * 0.36);
        canvas.text_of(place, &whole, &words, Type::new(SMALL, color));
        if let Some(of) = of {
            canvas.line((x(of.low), y), (x(of.high), y), Stroke::new(design_color(0), 2.2));
            write_mark(canvas, (x(of.value), y), change.whole, sure);
        }
    }
}

/// A round mark for what takes all of it away, a pointed one for what takes some; hollow where luck may be all.
fn write_mark(canvas: &mut Canvas, (x, y): (f64, f64), whole: bool, sure: bool) {
    let color = design_color(0);
    let fill = if sure { color } else { PAPER };
    let edge = Some(Stroke::new(color, 2.0));
    if whole {
        canvas.rect(Rect::new(x - 5.5, y - 5.5, 11.0, 11.0), 5.5, fill, edge);
    } else {
        let at = super::canvas::px;
        let d = format!(
            "M{} {}L{} {}L{} {}L{} {}Z",
            at(x),
            at(y - 7.0),
            at(x + 7.0),
            at(y),
            at(x),
            at(y + 7.0),
            at(x - 7.0),
            at(y)
        );
        canvas.shape(&d, fill, edge);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn data() -> Worths {
        let mark = |text: &str, whole, value, half: f64| WorthMark {
            text: text.into(),
            whole,
            spared: Estimate { value, low: value - half, high: value + half },
        };
        let row = |name: &str, booked, changes| WorthRow {
            name: name.into(),
            booked,
            text: format!("{booked}m booked"),
            changes,
        };
        Worths {
            caption: Caption::new("What is each wait worth?"),
            designs: vec![
                WorthGroup {
                    name: "One desk".into(),
                    rows: vec![
                        row("in line", 40.0, vec![mark("no lines: 30m less", true, 30.0, 4.0)]),
                        row("lost", 6.0, vec![mark("nothing gets lost", false, 1.0, 4.0)]),
                        row("batching", 3.0, Vec::new()),
                    ],
                    note: String::new(),
                },
                WorthGroup {
                    name: "Two desks".into(),
                    note: "the second falls behind".into(),
                    ..WorthGroup::default()
                },
            ],
        }
    }

    #[test]
    fn bars_are_booked_and_marks_are_spared() {
        let svg = worths(&data());
        for words in [
            "40m booked",
            "no lines: 30m less",
            "not priced",
            "the second falls behind",
            "left of 0",
        ] {
            assert!(svg.contains(words), "{words}: {svg}");
        }
        // the bar of 40 minutes ends ten minutes right of the mark at 30, to scale with the bar itself
        let bars: Vec<(f64, f64)> = svg
            .split("<rect ")
            .filter(|rect| rect.contains(BOOKED))
            .map(|rect| {
                let read = |name: &str| {
                    let from = rect.find(name).unwrap() + name.len();
                    rect[from..].split('"').next().unwrap().parse::<f64>().unwrap()
                };
                (read("x=\""), read("width=\""))
            })
            .collect();
        let (start, long) = bars[1];
        let dot = svg
            .split("<rect ")
            .filter(|rect| rect.contains("width=\"11\"") && rect.contains("rx=\"5.5\""))
            .filter_map(|rect| rect.split("x=\"").nth(1)?.split('"').next()?.parse::<f64>().ok())
            .map(|x| x + 5.5)
            .last()
            .expect("a round mark");
        assert!((dot - start - 0.75 * long).abs() < 0.2, "{dot} {start} {long}");
    }

    #[test]
    fn a_mark_that_luck_may_explain_is_hollow() {
        let svg = worths(&data());
        let paths = svg.split("<path ").skip(1).filter_map(|path| path.split("/>").next());
        let pointed: Vec<&str> = paths.filter(|path| path.contains("Z\"")).collect();
        // one in the key, one at the cause
        assert_eq!(pointed.len(), 2, "{pointed:?}");
        assert!(pointed[0].contains(design_color(0)) && !pointed[0].contains(PAPER));
        assert!(pointed[1].contains(PAPER));
    }

    #[test]
    fn nothing_priced_is_said() {
        let mut none = data();
        none.designs.remove(0);
        assert!(worths(&none).contains("No wait is priced"));
    }
}
