//! Why customers waited: shares of all waiting.

use super::columns::Columns;
use crate::experiment::{DesignResult, ExperimentResult};
use crate::present::paint::Painted;
use crate::present::words::NOTHING;
use crate::sim::Cause;

/// Rows, each of one or two groups of causes.
const ROWS: [(&str, &[&[Cause]]); 4] = [
    ("nobody there (desk closed)", &[&[Cause::OffHours]]),
    ("waiting for an expert · for approval", &[&[Cause::Consult], &[Cause::Approval]]),
    ("wrong desk · being handed over", &[&[Cause::WrongDesk], &[Cause::HandOff, Cause::Orphaned]]),
    (
        "in line · behind other duties",
        &[&[Cause::Line, Cause::Batching], &[Cause::Away, Cause::Displaced]],
    ),
];

pub(super) fn waits(result: &ExperimentResult, columns: &Columns, text: &mut Painted) {
    let cells = |groups: &[&[Cause]]| -> Vec<String> {
        result.designs.iter().map(|design| cell(design, groups)).collect()
    };
    let rows: Vec<(&str, Vec<String>)> =
        ROWS.iter().map(|(label, groups)| (*label, cells(groups))).collect();
    // where nobody waited, or no average is told, there is nothing to explain
    let groups = || ROWS.iter().flat_map(|(_, groups)| *groups);
    if !result.designs.iter().any(|design| groups().any(|group| share(design, group).is_some())) {
        return;
    }
    for (i, (label, cells)) in rows.iter().enumerate() {
        if i == 0 {
            columns.head_row("WHY CUSTOMERS WAIT", &format!("  {label}"), cells, text);
        } else {
            columns.row(label, cells, text);
        }
    }
}

/// The shares of groups of causes, side by side.
pub(super) fn cell(design: &DesignResult, groups: &[&[Cause]]) -> String {
    if design.scopes.is_empty() {
        return NOTHING.into();
    }
    let told =
        |share: Option<f64>| share.map_or(NOTHING.into(), |of| format!("{:.0}%", 100.0 * of));
    let parts: Vec<String> = groups.iter().map(|group| told(share(design, group))).collect();
    parts.join(" · ")
}

/// The share that causes have of all waiting; `None` where nobody waits, as waiting has no shares then.
fn share(design: &DesignResult, group: &[Cause]) -> Option<f64> {
    let all = design.scopes.first()?;
    let of = |cause: &Cause| all.causes.get(*cause as usize)?.share.mean();
    group.iter().filter_map(of).reduce(|sum, share| sum + share)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::experiment::Measured;
    use crate::experiment::made_up::made_up;

    #[test]
    fn where_nobody_waits_there_are_no_shares() {
        let mut design = made_up().designs.remove(0);
        let groups = ROWS[1].1;
        assert_eq!(cell(&design, groups), "30% · 29%");
        let causes = &mut design.scopes[0].causes;
        causes.iter_mut().for_each(|cause| cause.share = Measured::default());
        assert_eq!(cell(&design, groups), "– · –");
    }
}
