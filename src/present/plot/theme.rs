//! The one look of all pictures: colors, sizes, fills.

/// The families an SVG asks for: our bundled font, then what browsers have.
pub const FONT_FAMILY: &str = "DejaVu Sans, Verdana, sans-serif";

/// Width of a chart, in pixels at scale 1.
pub(super) const WIDTH: f64 = 920.0;
/// White space around everything.
pub(super) const MARGIN: f64 = 28.0;
/// Size of the headline.
pub(super) const HEADLINE: f64 = 20.0;
/// Size of the line under the headline.
pub(super) const SUBTITLE: f64 = 14.0;
/// Size of labels beside marks.
pub(super) const LABEL: f64 = 14.0;
/// Size of axis and key text: the smallest text anywhere.
pub(super) const SMALL: f64 = 13.0;

/// Days of a week, as axes name them.
pub(super) const DAYS: [&str; 7] = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"];

/// Text.
pub(super) const INK: &str = "#1F2328";
/// Text that explains.
pub(super) const GREY: &str = "#57606A";
/// Lines that support, such as an axis at zero.
pub(super) const RULE: &str = "#8C959F";
/// Hairlines.
pub(super) const HAIR: &str = "#DDE1E6";
/// A ground that recedes: closed hours, differences too small to matter.
pub(super) const SHADE: &str = "#EFF1F4";
/// The ground of the picture.
pub(super) const PAPER: &str = "#FFFFFF";

/// Okabe and Ito (2008), in an order that keeps neighbors apart; yellow last and darkened, since
/// thin yellow cannot be seen on white.
const COLORS: [&str; 8] =
    ["#0072B2", "#D55E00", "#009E73", "#AA4499", "#E69F00", "#56B4E9", "#4D4D4D", "#A89A00"];

/// The same hues dark enough for text on white.
const INKS: [&str; 8] =
    ["#005A8C", "#A84A00", "#00704F", "#8A3A7C", "#8A5F00", "#1F6F9F", "#3A3A3A", "#6B6200"];

/// The color of the design at `index`, as `#RRGGBB`; the ninth is the first again.
pub fn design_color(index: usize) -> &'static str {
    COLORS[index % COLORS.len()]
}

/// The color of that design's name, dark enough to read.
pub(super) fn design_ink(index: usize) -> &'static str {
    INKS[index % INKS.len()]
}

/// Dashes of that design's line: the second four differ from the first by more than color.
pub(super) fn design_dash(index: usize) -> &'static str {
    ["", "", "", "", "7 3", "7 3", "2 3", "2 3"][index % 8]
}

/// How a surface is hatched, so that color is not the only cue.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Hatch {
    /// No lines.
    None,
    /// Rising to the right.
    Rising,
    /// Falling to the right.
    Falling,
    /// Upright.
    Upright,
}

/// How a part of a bar is filled, and the color of text upon it.
#[derive(Debug, Clone, Copy)]
pub(super) struct Fill {
    /// Ground color.
    pub(super) color: &'static str,
    /// Color of hatching.
    pub(super) line: &'static str,
    /// Direction of hatching.
    pub(super) hatch: Hatch,
    /// Color of a label inside.
    pub(super) ink: &'static str,
}

/// A fill with hatching.
pub(super) const fn fill(
    color: &'static str,
    line: &'static str,
    hatch: Hatch,
    ink: &'static str,
) -> Fill {
    Fill { color, line, hatch, ink }
}

/// Fills in an order where neighbors differ in hue, lightness or hatching.
pub(super) const FILLS: [Fill; 10] = [
    fill("#B9C2CC", "#B9C2CC", Hatch::None, INK),
    fill("#0072B2", "#0072B2", Hatch::None, PAPER),
    fill("#F0A06A", "#D55E00", Hatch::Rising, INK),
    fill("#009E73", "#009E73", Hatch::None, INK),
    fill("#F3D089", "#E69F00", Hatch::Falling, INK),
    fill("#8A3A7C", "#8A3A7C", Hatch::None, PAPER),
    fill("#BFE3F7", "#56B4E9", Hatch::Upright, INK),
    fill("#57606A", "#57606A", Hatch::None, PAPER),
    fill("#E3D98F", "#A89A00", Hatch::Rising, INK),
    fill("#E9C6E0", "#AA4499", Hatch::Falling, INK),
];

/// The colors of a reason for waiting by its number: ground, and hatching where it differs.
pub fn cause_colors(index: usize) -> [&'static str; 2] {
    let fill = FILLS[index % FILLS.len()];
    [fill.color, fill.line]
}

/// Ground of a role that is busy for the given share, light to dark, and the ink upon it.
pub(super) fn load_fill(busy: Option<f64>) -> (&'static str, &'static str) {
    // by the percent that is written, so that one number never has two shades
    match busy.map(|busy| (100.0 * busy).round() / 100.0) {
        None => (PAPER, INK),
        Some(busy) if busy < 0.5 => ("#EAF2FA", INK),
        Some(busy) if busy < 0.7 => ("#C9DDF0", INK),
        Some(busy) if busy < 0.85 => ("#94BEE0", INK),
        Some(busy) if busy < 0.95 => ("#2F6FAE", PAPER),
        Some(_) => ("#0B3C6F", PAPER),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn luminance(color: &str) -> f64 {
        let channel = |at: usize| {
            let value = f64::from(u8::from_str_radix(&color[at..at + 2], 16).unwrap()) / 255.0;
            if value <= 0.03928 { value / 12.92 } else { libm::pow((value + 0.055) / 1.055, 2.4) }
        };
        0.2126 * channel(1) + 0.7152 * channel(3) + 0.0722 * channel(5)
    }

    fn contrast(a: &str, b: &str) -> f64 {
        let (a, b) = (luminance(a), luminance(b));
        (a.max(b) + 0.05) / (a.min(b) + 0.05)
    }

    #[test]
    fn the_same_printed_share_has_the_same_shade() {
        assert_eq!(load_fill(Some(0.4972)), load_fill(Some(0.5031)));
        assert_ne!(load_fill(Some(0.494)), load_fill(Some(0.496)));
    }

    #[test]
    fn text_can_be_read_on_its_ground() {
        for ink in INKS.iter().chain([&INK, &GREY]) {
            assert!(4.5 <= contrast(ink, PAPER), "{ink} is too pale");
        }
        for fill in FILLS {
            assert!(4.5 <= contrast(fill.ink, fill.color), "{fill:?}");
        }
        for busy in [0.1, 0.6, 0.8, 0.9, 1.0] {
            let (ground, ink) = load_fill(Some(busy));
            assert!(4.5 <= contrast(ink, ground), "busy {busy}");
        }
    }

    #[test]
    fn colors_come_around() {
        assert_eq!(design_color(0), design_color(8));
    }
}
