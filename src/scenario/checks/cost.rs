//! Whether what is held equal is equal.

use crate::model::{Design, HoldEqual};
use crate::scenario::cursor::Object;
use crate::scenario::designs::Designed;
use crate::scenario::names::quote;
use crate::units::grouped;

/// Something that all designs shall have as much of.
struct Equal {
    word: &'static str,
    unit: &'static str,
    /// How much of it there is to be; `None` if it is not held equal.
    target: Option<f64>,
    /// Decimals with which a design's figure is told.
    digits: usize,
    figure: fn(&Design) -> f64,
}

/// What can be held equal.
fn equals(hold: &HoldEqual) -> [Equal; 2] {
    [
        Equal {
            word: "cost",
            unit: "a year",
            target: hold.cost_per_year,
            digits: 0,
            figure: |design| design.cost_per_year,
        },
        Equal {
            word: "headcount",
            unit: "people",
            target: hold.headcount,
            digits: 2,
            figure: |design| design.headcount,
        },
    ]
}

/// Refuse designs that differ by more than is let through, with each design's figure.
///
/// Under an overlay the difference is a warning: the author changed a price or a budget on purpose.
pub(super) fn check(of: &Object<'_>, designs: &[Designed], hold: &HoldEqual, changed: bool) {
    let Some(at) = of.get("experiment").and_then(|experiment| {
        experiment.object(&crate::scenario::keys::EXPERIMENT)?.get("hold_equal")
    }) else {
        return;
    };
    for Equal { word, unit, target, digits, figure } in equals(hold) {
        let Some(target) = target else { continue };
        let figures: Vec<(&str, f64)> = designs
            .iter()
            .map(|Designed { design, .. }| (design.name.as_str(), figure(design)))
            .collect();
        let off = |figure: f64| figure / target - 1.0;
        if figures.iter().all(|&(_, figure)| off(figure).abs() <= hold.within + 1e-9) {
            continue;
        }
        let list: Vec<String> = figures
            .iter()
            .map(|&(name, figure)| {
                format!(
                    "{} {} ({:+.1}%)",
                    quote(name),
                    grouped(figure, digits),
                    off(figure) * 100.0
                )
            })
            .collect();
        let message = format!(
            "{word} is to be {} {unit} within {:.1}%, but the designs have {}",
            grouped(target, 0),
            hold.within * 100.0,
            list.join(", ")
        );
        let problem =
            if changed { at.warning("not-equal", message) } else { at.error("not-equal", message) };
        at.report
            .add(problem.help("change people until the figures agree, or let `within` be wider"));
    }
}
