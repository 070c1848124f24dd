//! Where lines run, to tell on how many of them a label would lie.

use super::super::canvas::Rect;
use super::route::Way;

/// Side of a square of the sheet whose points are kept together: about as long as a label.
const SIDE: f64 = 64.0;

/// Points along lines, close together, by the square of the sheet they lie in.
pub(super) struct Strands {
    /// Number of squares from left to right.
    across: usize,
    squares: Vec<Vec<Point>>,
}

#[derive(Clone, Copy)]
struct Point {
    at: (f64, f64),
    way: usize,
}

impl Strands {
    /// Points along these lines.
    pub(super) fn of(ways: &[Way]) -> Strands {
        Strands::through(ways.iter().map(|way| on_path(&way.d)))
    }

    fn through(lines: impl Iterator<Item = Vec<(f64, f64)>>) -> Strands {
        let points: Vec<Point> = lines
            .enumerate()
            .flat_map(|(way, points)| points.into_iter().map(move |at| Point { at, way }))
            .collect();
        let last = |side: fn(&Point) -> f64| square(points.iter().map(side).fold(0.0, f64::max));
        let (across, down) = (last(|point| point.at.0) + 1, last(|point| point.at.1) + 1);
        let mut squares = vec![Vec::new(); across * down];
        for point in points {
            squares[square(point.at.1) * across + square(point.at.0)].push(point);
        }
        Strands { across, squares }
    }

    /// How many points of lines other than this one lie in a rectangle.
    pub(super) fn crossing(&self, rect: Rect, own: usize) -> usize {
        let within = |point: &&Point| {
            let (x, y) = point.at;
            rect.x <= x && x <= rect.right() && rect.y <= y && y <= rect.bottom()
        };
        let (left, right) = (square(rect.x), square(rect.right()).min(self.across - 1));
        let rows = self.squares.chunks(self.across).take(square(rect.bottom()) + 1);
        rows.skip(square(rect.y))
            .flat_map(|row| row.get(left..=right).unwrap_or_default())
            .flatten()
            .filter(|point| point.way != own)
            .filter(within)
            .count()
    }
}

/// The square in which a point so far from the edge lies; what is outside belongs to the first.
fn square(place: f64) -> usize {
    (place / SIDE) as usize
}

/// Points along a path of ours, close together: of its commands, those that draw.
fn on_path(d: &str) -> Vec<(f64, f64)> {
    let mut points = Vec::new();
    let mut now = (0.0, 0.0);
    let mut rest = d;
    while let Some(at) = rest.find(|c: char| c.is_ascii_alphabetic()) {
        let command = rest.as_bytes()[at];
        let after = &rest[at + 1..];
        let end = after.find(|c: char| c.is_ascii_alphabetic()).unwrap_or(after.len());
        let numbers: Vec<f64> =
            after[..end].split([' ', ',']).filter_map(|number| number.parse().ok()).collect();
        rest = &after[end..];
        let next = match (command, numbers.as_slice()) {
            (b'H', [x]) => (*x, now.1),
            (b'V', [y]) => (now.0, *y),
            (_, [.., x, y]) => (*x, *y),
            _ => continue,
        };
        if command != b'M' {
            for step in 1..=24 {
                let t = f64::from(step) / 24.0;
                let s = 1.0 - t;
                let mix = |a: f64, b: f64, c: f64, d: f64| {
                    s * s * s * a + 3.0 * s * s * t * b + 3.0 * s * t * t * c + t * t * t * d
                };
                points.push(match numbers.as_slice() {
                    [ax, ay, bx, by, x, y] => (mix(now.0, *ax, *bx, *x), mix(now.1, *ay, *by, *y)),
                    _ => (s * now.0 + t * next.0, s * now.1 + t * next.1),
                });
            }
        }
        now = next;
    }
    points
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn points_lie_along_a_path() {
        let points = on_path("M10 20H34C40 20 50 30 60 30V54");
        assert_eq!(points.len(), 72);
        assert!(points.contains(&(34.0, 20.0)) && points.contains(&(60.0, 30.0)));
        assert_eq!(points.last(), Some(&(60.0, 54.0)));
        let middle = points[24 + 11];
        assert!((middle.0 - 45.75).abs() < 1.0 && (middle.1 - 25.0).abs() < 1e-9, "{middle:?}");
    }

    proptest! {
        #![proptest_config(ProptestConfig {
            rng_seed: proptest::test_runner::RngSeed::Fixed(1),
            ..ProptestConfig::default()
        })]

        /// Also beyond the edges of the sheet, and where a label is larger than a square.
        #[test]
        fn squares_count_what_looking_at_all_points_counts(
            lines in prop::collection::vec(prop::collection::vec((-90.0..400.0f64, -90.0..300.0f64), 0..30), 0..5),
            corner in (-150.0..500.0f64, -150.0..400.0f64),
            size in (0.0..200.0f64, 0.0..100.0f64),
            own in 0..5usize,
        ) {
            let rect = Rect::new(corner.0, corner.1, size.0, size.1);
            let within = |&(x, y): &(f64, f64)| {
                rect.x <= x && x <= rect.right() && rect.y <= y && y <= rect.bottom()
            };
            let others = lines.iter().enumerate().filter(|(way, _)| *way != own);
            let counted = others.flat_map(|(_, points)| points).filter(|at| within(at)).count();
            prop_assert_eq!(Strands::through(lines.iter().cloned()).crossing(rect, own), counted);
        }
    }
}
