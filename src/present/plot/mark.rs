//! The mark of a design: a shape beside its color, so that color is not the only cue.

use super::canvas::{Canvas, Stroke, px};
use super::theme::{PAPER, design_color};

/// Draw the mark of design `index` with its middle at the place, about `2 * r` pixels across and
/// rimmed white.
pub(super) fn mark(canvas: &mut Canvas, index: usize, x: f64, y: f64, r: f64) {
    canvas.shape(&outline(index, x, y, r), design_color(index), Some(Stroke::new(PAPER, 1.5)));
}

/// The shape of design `index`, as an SVG path.
fn outline(index: usize, x: f64, y: f64, r: f64) -> String {
    // Corners as multiples of the radius; shapes look equally large.
    let corners: &[(f64, f64)] = match index % 8 {
        1 => &[(-0.88, -0.88), (0.88, -0.88), (0.88, 0.88), (-0.88, 0.88)],
        2 => &[(0.0, -1.2), (1.15, 0.85), (-1.15, 0.85)],
        3 => &[(0.0, -1.25), (1.25, 0.0), (0.0, 1.25), (-1.25, 0.0)],
        4 => &[(0.0, 1.2), (1.15, -0.85), (-1.15, -0.85)],
        5 => &[(-0.6, -1.1), (0.6, -1.1), (1.2, 0.0), (0.6, 1.1), (-0.6, 1.1), (-1.2, 0.0)],
        6 => &[
            (-0.4, -1.1),
            (0.4, -1.1),
            (0.4, -0.4),
            (1.1, -0.4),
            (1.1, 0.4),
            (0.4, 0.4),
            (0.4, 1.1),
            (-0.4, 1.1),
            (-0.4, 0.4),
            (-1.1, 0.4),
            (-1.1, -0.4),
            (-0.4, -0.4),
        ],
        7 => &[(1.2, 0.0), (-0.85, 1.15), (-0.85, -1.15)],
        _ => {
            let (left, right, y, r) = (px(x - r), px(x + r), px(y), px(r));
            return format!("M{left} {y}A{r} {r} 0 1 1 {right} {y}A{r} {r} 0 1 1 {left} {y}Z");
        }
    };
    polygon(corners.iter().map(|(across, down)| (x + across * r, y + down * r)))
}

/// A closed polygon as an SVG path.
pub(super) fn polygon(corners: impl IntoIterator<Item = (f64, f64)>) -> String {
    let places: Vec<String> =
        corners.into_iter().map(|(x, y)| format!("{} {}", px(x), px(y))).collect();
    format!("M{}Z", places.join("L"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn eight_designs_have_eight_shapes() {
        let shapes: std::collections::BTreeSet<String> =
            (0..8).map(|index| outline(index, 0.0, 0.0, 5.0)).collect();
        assert_eq!(shapes.len(), 8);
    }
}
