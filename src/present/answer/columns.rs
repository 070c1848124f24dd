//! One column for each design.

use crate::experiment::ExperimentResult;
use crate::present::paint::{Paint, Painted};
use crate::present::words::{fill, right, width};

/// Most designs that have a column each; more have a row each.
pub(super) const MOST: usize = 4;

/// Columns and what stands left of them.
pub(super) struct Columns {
    /// Short names of the designs.
    pub(super) names: Vec<String>,
    /// Width of the labels.
    pub(super) labels: usize,
    /// Width of a column.
    pub(super) wide: usize,
}

impl Columns {
    pub(super) fn of(result: &ExperimentResult) -> Columns {
        let (labels, wide) = match result.designs.len() {
            0..=MOST => (48, 13),
            // Goals only: the rest has a row for each design.
            many => (44, (56 / many).max(6)),
        };
        let names: Vec<&str> = result.designs.iter().map(|design| design.name.as_str()).collect();
        Columns { names: shortened(&names, wide - 1 - usize::from(wide == 13)), labels, wide }
    }

    /// A row of cells.
    pub(super) fn row(&self, label: &str, cells: &[String], text: &mut Painted) {
        let mut line = fill(&format!("  {label}"), self.labels);
        for cell in cells {
            line.push_str(&right(cell, self.wide));
        }
        text.line(line);
    }

    /// A row that begins a block, with cells.
    pub(super) fn head_row(&self, head: &str, label: &str, cells: &[String], text: &mut Painted) {
        let mut line = fill(label, self.labels - width(head));
        for cell in cells {
            line.push_str(&right(cell, self.wide));
        }
        text.stretches(vec![(Paint::Head, head.into()), (Paint::Plain, line)]);
    }
}

/// Names of at most so many characters, all different: `Hub and spoke` becomes `Hub&spoke`,
/// `Decentralized` becomes `Decentral.`.
pub(in crate::present) fn shortened(names: &[&str], most: usize) -> Vec<String> {
    let mut all: Vec<String> = Vec::new();
    for name in names {
        let mut short =
            if width(name) <= most { (*name).into() } else { name.replace(" and ", "&") };
        if most < width(&short) {
            let kept: String = short.chars().take(most - 2).collect();
            short = format!("{}.", kept.trim_end());
        }
        let mut number = 2;
        let stem = short.clone();
        while all.contains(&short) {
            let kept: String = stem.chars().take(most - 2).collect();
            short = format!("{} {number}", kept.trim_end_matches('.'));
            number += 1;
        }
        all.push(short);
    }
    all
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_short_and_different() {
        let names = ["Centralized", "Hub and spoke", "Decentralized", "Decentralized 2", "A"];
        let short = shortened(&names, 11);
        assert_eq!(short, ["Centralized", "Hub&spoke", "Decentral.", "Decentral 2", "A"]);
    }
}
