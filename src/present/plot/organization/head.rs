//! How each kind of link looks: its line and the head at its end.

use super::super::canvas::{Canvas, Stroke, px};
use super::super::mark::polygon;
use super::super::theme::PAPER;
use super::LinkKind;

/// The line of a kind.
pub(super) fn stroke(kind: LinkKind) -> Stroke {
    match kind {
        LinkKind::Intake => Stroke::new("#57606A", 1.8),
        LinkKind::Listen => Stroke::new("#57606A", 1.4).dashed("3 4"),
        LinkKind::Route => Stroke::new("#0072B2", 2.0),
        LinkKind::Consult => Stroke::new("#8A3A7C", 1.8).dashed("6 4"),
        LinkKind::Escalate => Stroke::new("#C24E00", 2.2),
        LinkKind::Approve => Stroke::new("#00704F", 1.8).dashed("11 3 2 3"),
        LinkKind::Report => Stroke::new("#8C959F", 1.6).dashed("2 3"),
    }
}

/// How much of a line's end its head covers.
pub(super) fn length(kind: LinkKind) -> f64 {
    match kind {
        LinkKind::Intake | LinkKind::Listen | LinkKind::Route => 8.0,
        LinkKind::Consult => 0.0,
        LinkKind::Escalate => 13.0,
        LinkKind::Approve => 12.0,
        LinkKind::Report => 10.0,
    }
}

/// Draw the head of a kind with its tip at the place, pointing along the direction, one of
/// (±1, 0) and (0, ±1).
pub(super) fn head(canvas: &mut Canvas, kind: LinkKind, tip: (f64, f64), direction: (f64, f64)) {
    let Stroke { color, width, .. } = stroke(kind);
    // `back` along the line, `aside` across it.
    let at = |back: f64, aside: f64| {
        let (x, y) = direction;
        (tip.0 - back * x - aside * y, tip.1 - back * y + aside * x)
    };
    match kind {
        LinkKind::Intake | LinkKind::Listen | LinkKind::Route => {
            canvas.shape(&polygon([at(0.0, 0.0), at(9.0, 4.5), at(9.0, -4.5)]), color, None);
        }
        LinkKind::Escalate => {
            for back in [0.0, 7.0] {
                let corners = [at(back, 0.0), at(back + 7.0, 5.0), at(back + 7.0, -5.0)];
                canvas.shape(&polygon(corners), color, None);
            }
        }
        LinkKind::Consult => {
            let (left, right) = (at(8.0, 5.0), at(8.0, -5.0));
            let d = format!(
                "M{} {}L{} {}L{} {}",
                px(left.0),
                px(left.1),
                px(tip.0),
                px(tip.1),
                px(right.0),
                px(right.1)
            );
            canvas.path(&d, Stroke::new(color, width));
        }
        LinkKind::Approve => {
            let corners = [at(0.0, 0.0), at(6.0, 4.5), at(12.0, 0.0), at(6.0, -4.5)];
            canvas.shape(&polygon(corners), color, None);
        }
        LinkKind::Report => {
            let corners = [at(1.0, 0.0), at(10.0, 5.0), at(10.0, -5.0)];
            canvas.shape(&polygon(corners), PAPER, Some(Stroke::new(color, 1.4)));
        }
    }
}
