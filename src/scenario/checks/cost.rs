//! Whether what is held equal is equal.

use crate::model::HoldEqual;
use crate::scenario::cursor::Object;
use crate::scenario::designs::Designed;
use crate::scenario::names::quote;
use crate::units::grouped;

/// Refuse designs that differ by more than is let through, with each design's figure.
///
/// Under an overlay the difference is a warning: the author changed a price or a budget on purpose.
pub(super) fn check(of: &Object<'_>, designs: &[Designed], hold: &HoldEqual, changed: bool) {
    let Some(at) = of.get("experiment").and_then(|experiment| {
        experiment.object(&crate::scenario::keys::EXPERIMENT)?.get("hold_equal")
    }) else {
        return;
    };
    let checks = [("cost", hold.cost_per_year, "a year"), ("headcount", hold.headcount, "people")];
    for (what, target, unit) in checks {
        let Some(target) = target else { continue };
        let figures: Vec<(&str, f64)> = designs
            .iter()
            .map(|designed| {
                let design = &designed.design;
                (
                    design.name.as_str(),
                    if what == "cost" { design.cost_per_year } else { design.headcount },
                )
            })
            .collect();
        let off = |figure: f64| figure / target - 1.0;
        if figures.iter().all(|&(_, figure)| off(figure).abs() <= hold.within + 1e-9) {
            continue;
        }
        let list: Vec<String> = figures
            .iter()
            .map(|&(name, figure)| {
                let digits = if what == "cost" { 0 } else { 2 };
                format!(
                    "{} {} ({:+.1}%)",
                    quote(name),
                    grouped(figure, digits),
                    off(figure) * 100.0
                )
            })
            .collect();
        let message = format!(
            "{what} is to be {} {unit} within {:.1}%, but the designs have {}",
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
