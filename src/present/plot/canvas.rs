//! The sheet a picture is drawn on.
//!
//! Data marks are drawn by plotters, whose coordinates are whole numbers: at eight times the
//! size, inside a group scaled back by eight, so that curves are smooth. What plotters lacks
//! (dashes, hatching, rounded corners, several font families, text for screen readers) the canvas
//! writes itself, in the picture's own pixels.

use plotters::coord::{Shift, types::RangedCoordf64};
use plotters::prelude::{Cartesian2d, DrawingArea, IntoDrawingArea, SVGBackend};
use std::fmt::Write as _;
use std::ops::Range;

use super::caption::Caption;
use super::safe::escape;
use super::theme::{FONT_FAMILY, Fill, Hatch, INK, PAPER, SMALL};

/// How much finer plotters draws.
const FINER: f64 = 8.0;

/// A rectangle in pixels.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Rect {
    /// Left edge.
    pub(super) x: f64,
    /// Upper edge.
    pub(super) y: f64,
    /// Width.
    pub(super) w: f64,
    /// Height.
    pub(super) h: f64,
}

impl Rect {
    /// From the upper left corner and the size.
    pub(super) fn new(x: f64, y: f64, w: f64, h: f64) -> Rect {
        Rect { x, y, w, h }
    }

    /// Right edge.
    pub(super) fn right(&self) -> f64 {
        self.x + self.w
    }

    /// Lower edge.
    pub(super) fn bottom(&self) -> f64 {
        self.y + self.h
    }

    /// Halfway down.
    pub(super) fn middle(&self) -> f64 {
        self.y + self.h / 2.0
    }

    /// Halfway across.
    pub(super) fn center(&self) -> f64 {
        self.x + self.w / 2.0
    }

    /// The rectangle grown by `by` on each side.
    pub(super) fn grown(&self, by: f64) -> Rect {
        Rect::new(self.x - by, self.y - by, self.w + 2.0 * by, self.h + 2.0 * by)
    }

    /// Whether the two share more than an edge.
    pub(super) fn overlaps(&self, other: &Rect) -> bool {
        self.x < other.right()
            && other.x < self.right()
            && self.y < other.bottom()
            && other.y < self.bottom()
    }
}

/// Which end of a text stands at its place.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Anchor {
    /// The place is the left end.
    Start,
    /// The place is the middle.
    Middle,
    /// The place is the right end.
    End,
}

/// How text looks.
#[derive(Debug, Clone, Copy)]
pub(super) struct Type {
    /// Size in pixels.
    pub(super) size: f64,
    /// Weight.
    pub(super) bold: bool,
    /// Color.
    pub(super) color: &'static str,
    /// Which end stands at the place.
    pub(super) anchor: Anchor,
    /// Whether a white rim keeps it readable over lines.
    pub(super) rim: bool,
}

impl Type {
    /// Regular text of the size and color, from the left.
    pub(super) fn new(size: f64, color: &'static str) -> Type {
        Type { size, bold: false, color, anchor: Anchor::Start, rim: false }
    }

    /// The same, bold.
    pub(super) fn bold(self) -> Type {
        Type { bold: true, ..self }
    }

    /// The same, standing at its place otherwise.
    pub(super) fn at(self, anchor: Anchor) -> Type {
        Type { anchor, ..self }
    }

    /// The same with a white rim.
    pub(super) fn rimmed(self) -> Type {
        Type { rim: true, ..self }
    }
}

/// How a line looks; `dash` as in SVG, empty for none.
#[derive(Debug, Clone, Copy)]
pub(super) struct Stroke {
    /// Color.
    pub(super) color: &'static str,
    /// Width in pixels.
    pub(super) width: f64,
    /// Dashes and gaps.
    pub(super) dash: &'static str,
}

impl Stroke {
    /// A whole line.
    pub(super) fn new(color: &'static str, width: f64) -> Stroke {
        Stroke { color, width, dash: "" }
    }

    /// A dashed line.
    pub(super) fn dashed(self, dash: &'static str) -> Stroke {
        Stroke { dash, ..self }
    }

    fn attributes(&self) -> String {
        let dash = match self.dash {
            "" => String::new(),
            dash => format!(r#" stroke-dasharray="{dash}""#),
        };
        format!(r#" stroke="{}" stroke-width="{}"{dash}"#, self.color, self.width)
    }
}

/// Plotters' drawing area with data coordinates.
pub(super) type Plane<'a> =
    DrawingArea<SVGBackend<'a>, Cartesian2d<RangedCoordf64, RangedCoordf64>>;

/// The sheet.
pub(super) struct Canvas {
    width: f64,
    height: f64,
    body: String,
}

impl Canvas {
    /// An empty sheet of that many pixels.
    pub(super) fn new(width: f64, height: f64) -> Canvas {
        Canvas { width: width.ceil(), height: height.ceil(), body: String::new() }
    }

    /// Text with its baseline at `y`; nothing for nothing.
    pub(super) fn text(&mut self, x: f64, y: f64, text: &str, style: Type) {
        if text.is_empty() {
            return;
        }
        let anchor = match style.anchor {
            Anchor::Start => "",
            Anchor::Middle => r#" text-anchor="middle""#,
            Anchor::End => r#" text-anchor="end""#,
        };
        let weight = if style.bold { r#" font-weight="bold""# } else { "" };
        let rim = if style.rim {
            format!(
                r#" stroke="{PAPER}" stroke-width="5" stroke-linejoin="round" paint-order="stroke""#
            )
        } else {
            String::new()
        };
        let (x, y) = (px(x), px(y));
        let (size, color, text) = (style.size, style.color, escape(text));
        self.push(format_args!(
            r#"<text x="{x}" y="{y}" font-size="{size}"{weight} fill="{color}"{anchor}{rim}>{text}</text>"#
        ));
    }

    /// Lines of text one under the other, `step` apart, the first baseline at `y`.
    pub(super) fn lines(&mut self, x: f64, y: f64, lines: &[String], step: f64, style: Type) {
        for (row, line) in lines.iter().enumerate() {
            self.text(x, y + row as f64 * step, line, style);
        }
    }

    /// What is `shown` of a text, under a hint that tells it `whole` where it is cut.
    pub(super) fn text_of(&mut self, (x, y): (f64, f64), whole: &str, shown: &str, style: Type) {
        self.lines_of((x, y), whole, &[shown.to_owned()], 0.0, style);
    }

    /// The same in lines.
    pub(super) fn lines_of(
        &mut self,
        (x, y): (f64, f64),
        whole: &str,
        lines: &[String],
        step: f64,
        style: Type,
    ) {
        let shown = lines.last().map_or("", String::as_str);
        self.hinted(whole, shown, |canvas| canvas.lines(x, y, lines, step, style));
    }

    /// What is drawn of a text, under a hint that tells it `whole` where what is `shown` of it is cut.
    pub(super) fn hinted(&mut self, whole: &str, shown: &str, draw: impl FnOnce(&mut Canvas)) {
        let is_cut = shown.ends_with('…') && !whole.ends_with('…');
        if is_cut {
            self.push(format_args!("<g><title>{}</title>", escape(whole)));
        }
        draw(self);
        if is_cut {
            self.push(format_args!("</g>"));
        }
    }

    /// A straight line.
    pub(super) fn line(&mut self, from: (f64, f64), to: (f64, f64), stroke: Stroke) {
        let (x1, y1, x2, y2) = (px(from.0), px(from.1), px(to.0), px(to.1));
        let stroke = stroke.attributes();
        self.push(format_args!(r#"<path d="M{x1} {y1}L{x2} {y2}"{stroke}/>"#));
    }

    /// A path in SVG's words, not filled.
    pub(super) fn path(&mut self, d: &str, stroke: Stroke) {
        let stroke = stroke.attributes();
        self.push(format_args!(r#"<path d="{d}" fill="none"{stroke}/>"#));
    }

    /// A closed shape in SVG's words: ground and outline.
    pub(super) fn shape(&mut self, d: &str, color: &str, stroke: Option<Stroke>) {
        let stroke = stroke.map_or_else(String::new, |stroke| stroke.attributes());
        self.push(format_args!(r#"<path d="{d}" fill="{color}"{stroke}/>"#));
    }

    /// A rectangle with corners of radius `round`.
    pub(super) fn rect(&mut self, rect: Rect, round: f64, color: &str, stroke: Option<Stroke>) {
        let (x, y, w, h) = (px(rect.x), px(rect.y), px(rect.w), px(rect.h));
        let round = if round < 0.05 { String::new() } else { format!(r#" rx="{}""#, px(round)) };
        let stroke = stroke.map_or_else(String::new, |stroke| stroke.attributes());
        self.push(format_args!(
            r#"<rect x="{x}" y="{y}" width="{w}" height="{h}"{round} fill="{color}"{stroke}/>"#
        ));
    }

    /// A rectangle filled and hatched.
    pub(super) fn filled(&mut self, rect: Rect, fill: Fill) {
        self.rect(rect, 0.0, fill.color, None);
        let d = hatching(rect, fill.hatch);
        if !d.is_empty() {
            self.path(&d, Stroke::new(fill.line, 1.2));
        }
    }

    /// Marks drawn by plotters in data coordinates over the rectangle; `y` grows upward. Lengths
    /// handed to plotters (stroke, radius) are in pixels times [`fine`].
    pub(super) fn marks(
        &mut self,
        rect: Rect,
        x: Range<f64>,
        y: Range<f64>,
        dash: &str,
        draw: impl FnOnce(&Plane<'_>),
    ) {
        let size = (fine(self.width), fine(self.height));
        let mut drawn = String::new();
        {
            let area: DrawingArea<SVGBackend<'_>, Shift> =
                SVGBackend::with_string(&mut drawn, size).into_drawing_area();
            let across = (rect.x * FINER).round() as i32..(rect.right() * FINER).round() as i32;
            let down = (rect.y * FINER).round() as i32..(rect.bottom() * FINER).round() as i32;
            let plane = Cartesian2d::<RangedCoordf64, RangedCoordf64>::new(
                x,
                y,
                (across, down.end..down.start),
            );
            draw(&area.apply_coord_spec(plane));
            area.present().expect("a string takes whatever is written");
        }
        let inner = drawn.split_once('\n').map_or("", |(_, rest)| rest);
        let inner = inner.trim_end().trim_end_matches("</svg>");
        if inner.trim().is_empty() {
            return;
        }
        let dash = match dash {
            "" => String::new(),
            dash => {
                let finer: Vec<String> = dash
                    .split(' ')
                    .filter_map(|part| part.parse::<f64>().ok())
                    .map(|part| px(part * FINER))
                    .collect();
                format!(r#" stroke-dasharray="{}""#, finer.join(" "))
            }
        };
        let scale = 1.0 / FINER;
        self.push(format_args!(
            "<g transform=\"scale({scale})\" stroke-linejoin=\"round\"{dash}>\n{inner}</g>"
        ));
    }

    /// The finished picture, with the caption's words for those who cannot see it.
    pub(super) fn finish(self, caption: &Caption) -> String {
        let Canvas { width, height, body } = self;
        let title = escape(&caption.title);
        let description = escape(&caption.description());
        format!(
            "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{width}\" height=\"{height}\" \
             viewBox=\"0 0 {width} {height}\" role=\"img\" font-family=\"{FONT_FAMILY}\" \
             font-size=\"{SMALL}\" fill=\"{INK}\">\n<title>{title}</title>\n\
             <desc>{description}</desc>\n\
             <rect width=\"{width}\" height=\"{height}\" fill=\"{PAPER}\"/>\n{body}</svg>\n"
        )
    }

    fn push(&mut self, element: std::fmt::Arguments<'_>) {
        writeln!(self.body, "{element}").expect("a string takes whatever is written");
    }
}

/// A length in plotters' finer pixels.
pub(super) fn fine(pixels: f64) -> u32 {
    (pixels * FINER).round().max(0.0) as u32
}

/// A coordinate as text: at most one decimal, and never anything but a number.
pub(super) fn px(value: f64) -> String {
    assert!(value.is_finite(), "only finite coordinates are drawn");
    let tenths = (value * 10.0).round() / 10.0;
    // Adding zero turns −0 into 0.
    format!("{}", tenths + 0.0)
}

/// The lines that hatch a rectangle, cut at its edges, as one path.
fn hatching(rect: Rect, hatch: Hatch) -> String {
    const STEP: f64 = 6.0;
    let mut d = String::new();
    let mut stroke = |x1: f64, y1: f64, x2: f64, y2: f64| {
        d.push_str(&format!("M{} {}L{} {}", px(x1), px(y1), px(x2), px(y2)));
    };
    match hatch {
        Hatch::None => {}
        Hatch::Upright => {
            let mut x = rect.x + STEP / 2.0;
            while x < rect.right() {
                stroke(x, rect.y, x, rect.bottom());
                x += STEP;
            }
        }
        Hatch::Rising | Hatch::Falling => {
            // A line starts at `at` on the upper or lower edge, carried on past the left end.
            let mut at = rect.x - rect.h + STEP / 2.0;
            while at < rect.right() {
                let from = at.max(rect.x);
                let to = (at + rect.h).min(rect.right());
                let (down_from, down_to) = (from - at, to - at);
                if from < to && hatch == Hatch::Falling {
                    stroke(from, rect.y + down_from, to, rect.y + down_to);
                } else if from < to {
                    stroke(from, rect.bottom() - down_from, to, rect.bottom() - down_to);
                }
                at += STEP * 1.4;
            }
        }
    }
    d
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_sheet_is_one_picture_with_words() {
        let mut canvas = Canvas::new(100.0, 50.0);
        canvas.text(10.0, 20.0, "<b>\"&", Type::new(12.0, INK));
        let svg = canvas.finish(&Caption::new("Who & why"));
        assert!(svg.starts_with("<svg xmlns="));
        assert!(svg.contains(r#"width="100" height="50" viewBox="0 0 100 50" role="img""#));
        assert!(svg.contains("<title>Who &amp; why</title>"));
        assert!(svg.contains("&lt;b&gt;&quot;&amp;</text>"));
    }

    #[test]
    fn what_is_cut_is_told_whole_in_a_hint() {
        let mut canvas = Canvas::new(100.0, 50.0);
        let style = Type::new(12.0, INK);
        canvas.text_of((10.0, 20.0), "accessories & more", "acces…", style);
        canvas.text_of((10.0, 40.0), "phones", "phones", style);
        let svg = canvas.finish(&Caption::new("x"));
        assert!(svg.contains("<g><title>accessories &amp; more</title>"), "{svg}");
        assert!(!svg.contains("<title>phones"), "{svg}");
    }

    #[test]
    fn hatching_stays_inside() {
        let rect = Rect::new(10.0, 10.0, 30.0, 20.0);
        for hatch in [Hatch::Rising, Hatch::Falling, Hatch::Upright] {
            let d = hatching(rect, hatch);
            let numbers: Vec<f64> =
                d.split(['M', 'L', ' ']).filter_map(|part| part.parse().ok()).collect();
            assert!(8 <= numbers.len());
            for point in numbers.chunks(2) {
                assert!((10.0..=40.0).contains(&point[0]) && (10.0..=30.0).contains(&point[1]));
            }
        }
    }

    #[test]
    fn coordinates_are_short() {
        assert_eq!(px(-0.04), "0");
        assert_eq!(px(12.345), "12.3");
    }
}
