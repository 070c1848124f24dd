//! Where people's time goes, per design and role.

use super::axis::Scale;
use super::caption::{Caption, empty};
use super::safe::clean;
use super::stack::{Bar, Group, Stack, stack};
use super::theme::{Fill, Hatch, INK, PAPER, fill};
use crate::sim::Bin;

/// Customers blue, friction warm, advice purple, presence green, the rest grey.
fn ink(bin: Bin) -> Fill {
    match bin {
        Bin::Answer => fill("#0072B2", "#0072B2", Hatch::None, PAPER),
        Bin::Triage => fill("#BFE3F7", "#56B4E9", Hatch::Upright, INK),
        Bin::Rework => fill("#B34A00", "#B34A00", Hatch::None, PAPER),
        Bin::HandOff => fill("#F6C3A0", "#D55E00", Hatch::Rising, INK),
        Bin::Approval => fill("#E69F00", "#E69F00", Hatch::None, INK),
        Bin::ConsultGiven => fill("#8A3A7C", "#8A3A7C", Hatch::None, PAPER),
        Bin::ConsultSought => fill("#EBCFE4", "#AA4499", Hatch::Falling, INK),
        Bin::Coordination => fill("#57606A", "#57606A", Hatch::None, PAPER),
        Bin::Training => fill("#D5DAE0", "#8C959F", Hatch::Rising, INK),
        Bin::Proactive => fill("#009E73", "#009E73", Hatch::None, INK),
        Bin::Content => fill("#B5E3D2", "#009E73", Hatch::Falling, INK),
        Bin::Vendor => fill("#E3D98F", "#A89A00", Hatch::Upright, INK),
        Bin::Idle => fill("#EFF1F4", "#EFF1F4", Hatch::None, INK),
        Bin::Absent => fill("#FFFFFF", "#AEB6BF", Hatch::Falling, INK),
    }
}

/// In what the bars are measured.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum WorkUnit {
    /// Shares of scheduled time, 0 to 1.
    #[default]
    Share,
    /// Hours.
    Hours,
}

/// Data of [`workload`].
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Workload {
    /// What the picture says.
    pub caption: Caption,
    /// Shares of scheduled time, or hours.
    pub unit: WorkUnit,
    /// One row per design and role; rows of a design stand together.
    pub rows: Vec<WorkloadRow>,
    /// Whether the line at 85% is drawn; only with shares.
    pub guide: bool,
}

/// The time of one role in one design.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct WorkloadRow {
    /// The design.
    pub design: String,
    /// The role.
    pub role: String,
    /// Time per bin; a bin named twice is added up.
    pub values: Vec<(Bin, f64)>,
    /// How busy it is, with its luck, as written at the end of the bar: `84 ±2%`; may be empty.
    pub busy: String,
}

/// Bars of a picture, which is to be a picture still; and bars of a design at most and at the least.
const MOST_BARS: usize = 180;
const MOST_OF_ONE: usize = 60;
const FEWEST_BARS: usize = 4;

/// Where people's time goes: one stacked bar per role, grouped by design.
///
/// Of very many roles the busiest are shown, in their order, and the mean of the others as one bar.
///
/// Beyond 85% busy, waits grow fast; a line stands there when asked for. Values that are negative
/// or not finite count as nothing.
pub fn workload(data: &Workload) -> String {
    if data.rows.is_empty() {
        return empty(&data.caption, "No role is staffed, so there is no time to show.");
    }
    let mut groups: Vec<Group> = Vec::new();
    for row in &data.rows {
        let name = clean(&row.design);
        let of = |&bin: &Bin| -> f64 {
            let of_bin = row.values.iter().filter(|(of, value)| *of == bin && value.is_finite());
            of_bin.map(|(_, value)| value.max(0.0)).sum()
        };
        let values: Vec<f64> = Bin::ALL.iter().map(of).collect();
        let note = match (data.unit, row.busy.is_empty()) {
            (WorkUnit::Hours, _) => Scale::Number(String::new()).read(values.iter().sum()),
            (WorkUnit::Share, true) => String::new(),
            (WorkUnit::Share, false) => format!("busy {}", clean(&row.busy)),
        };
        let bar = Bar { name: clean(&row.role), values, note };
        match groups.iter_mut().find(|group| group.name == name) {
            Some(group) => group.bars.push(bar),
            None => groups.push(Group { name, bars: vec![bar] }),
        }
    }
    let most = (MOST_BARS / groups.len()).clamp(FEWEST_BARS, MOST_OF_ONE);
    for group in &mut groups {
        few(&mut group.bars, most);
    }
    let (scale, axis) = match data.unit {
        WorkUnit::Share => (Scale::Share, "share of paid time"),
        WorkUnit::Hours => (Scale::Number("hours".to_owned()), "hours"),
    };
    let guide = (data.guide && data.unit == WorkUnit::Share)
        .then(|| (0.85, "85% busy: beyond, waits grow fast".to_owned()));
    stack(&Stack {
        caption: &data.caption,
        parts: Bin::ALL.iter().map(|&bin| (bin.label().to_owned(), ink(bin))).collect(),
        groups,
        scale,
        axis: axis.to_owned(),
        guide,
    })
}

/// Of more bars than `most` only the busiest, in their order, and the mean of the others last.
fn few(bars: &mut Vec<Bar>, most: usize) {
    if bars.len() <= most {
        return;
    }
    let busy = |bar: &Bar| -> f64 {
        let working = Bin::ALL.iter().zip(&bar.values);
        working.filter(|(bin, _)| !matches!(bin, Bin::Idle | Bin::Absent)).map(|of| of.1).sum()
    };
    let mut order: Vec<usize> = (0..bars.len()).collect();
    order.sort_by(|&a, &b| busy(&bars[b]).total_cmp(&busy(&bars[a])));
    let mut shown = vec![false; bars.len()];
    order[..most - 1].iter().for_each(|&at| shown[at] = true);
    let left_out = bars.len() + 1 - most;
    let mut rest = vec![0.0; Bin::ALL.len()];
    for (bar, _) in bars.iter().zip(&shown).filter(|(_, shown)| !**shown) {
        rest.iter_mut().zip(&bar.values).for_each(|(rest, value)| *rest += value / left_out as f64);
    }
    let mut at = shown.iter();
    bars.retain(|_| at.next().copied().unwrap_or(false));
    let name = format!("{left_out} less busy roles, on average");
    bars.push(Bar { name, values: rest, note: String::new() });
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn of_very_many_roles_the_busiest_are_shown_and_the_others_as_one() {
        let rows = (0..5000_u32).map(|i| row("A", &format!("role {i}"), f64::from(i) / 5000.0));
        let svg = workload(&Workload { rows: rows.collect(), ..Workload::default() });
        assert!(svg.contains(">role 4999</text>") && !svg.contains(">role 17</text>"));
        assert!(svg.contains("4941 less busy"), "{}", svg.len());
        assert!(super::super::svg_to_png(&svg, 2.0).is_ok());
    }

    fn row(design: &str, role: &str, answer: f64) -> WorkloadRow {
        let values = vec![(Bin::Answer, answer), (Bin::Idle, 1.0 - answer)];
        WorkloadRow { design: design.into(), role: role.into(), values, busy: "60 ±1%".into() }
    }

    #[test]
    fn roles_of_a_design_stand_under_its_name_once() {
        let rows = vec![row("A", "desk", 0.6), row("B", "cell", 0.5), row("A", "expert", 0.2)];
        let svg = workload(&Workload { rows, guide: true, ..Workload::default() });
        assert_eq!(svg.matches(">A</text>").count(), 1);
        assert!(svg.contains("85% busy"));
        assert!(svg.contains("60%</text>"));
        assert!(svg.contains(">busy 60 ±1%</text>"));
        assert!(!svg.contains("hand-off"), "a bin nobody spends time in is not in the key");
    }

    #[test]
    fn values_without_meaning_count_as_nothing() {
        let rows = vec![row("A", "desk", f64::NAN)];
        let svg = workload(&Workload { rows, ..Workload::default() });
        assert!(!svg.contains("NaN"));
    }
}
