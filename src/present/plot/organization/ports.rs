//! Where wires leave and reach a box.

use super::LinkKind;
use super::courses::Course;
use super::place::Placed;
use super::wires::{Start, Wires};
use std::collections::BTreeMap;

/// Sides of a box that wires use.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Side {
    /// Towards the channels.
    Left,
    /// Away from them.
    Right,
}

/// A port: role, side, kind of link, and whether the wire ends there.
pub(super) type Port = (usize, Side, LinkKind, bool);

/// Step between ports of one side.
const STEP: f64 = 12.0;

/// Heights of all ports: those of a side spread about its middle, in the order of what they lead
/// to, so that wires do not cross at the box.
pub(super) fn ports(placed: &Placed, wires: &Wires, knots: &[(f64, f64)]) -> BTreeMap<Port, f64> {
    let mut towards: BTreeMap<Port, Vec<f64>> = BTreeMap::new();
    let middle = |role: usize| placed.boxes[role].middle();
    for (at, wire) in wires.wires.iter().enumerate() {
        let passes = &placed.passes[at];
        let (begin, y) = match wire.from {
            Start::Bundle(bundle) => (0, knots[bundle].1),
            Start::Role(role) => (placed.column_of[role], middle(role)),
        };
        match placed.courses.of_wires[at] {
            Course::Across => {
                let forward = begin < placed.column_of[wire.to];
                let (out, into) =
                    if forward { (Side::Right, Side::Left) } else { (Side::Left, Side::Right) };
                if let Start::Role(role) = wire.from {
                    let to = passes.first().copied().unwrap_or(middle(wire.to));
                    towards.entry((role, out, wire.kind, false)).or_default().push(to);
                }
                let from = passes.last().copied().unwrap_or(y);
                towards.entry((wire.to, into, wire.kind, true)).or_default().push(from);
            }
            Course::Beside(_) => {
                if let Start::Role(role) = wire.from {
                    towards
                        .entry((role, Side::Right, wire.kind, false))
                        .or_default()
                        .push(middle(wire.to));
                    towards
                        .entry((wire.to, Side::Right, wire.kind, true))
                        .or_default()
                        .push(middle(role));
                }
            }
            Course::Next | Course::Loop => {}
        }
    }
    for rail in &wires.rails {
        for &role in &rail.roles {
            towards.entry((role, Side::Right, rail.kind, true)).or_default().push(middle(role));
        }
    }
    let mut sides: BTreeMap<(usize, Side), Vec<(f64, Port)>> = BTreeMap::new();
    for (port, towards) in towards {
        let mean = towards.iter().sum::<f64>() / towards.len() as f64;
        sides.entry((port.0, port.1)).or_default().push((mean, port));
    }
    let mut heights = BTreeMap::new();
    for ((role, _), mut side) in sides {
        side.sort_by(|a, b| a.0.total_cmp(&b.0));
        let h = placed.boxes[role].h;
        let step = STEP.min((h - 14.0) / side.len() as f64);
        for (slot, (_, port)) in side.iter().enumerate() {
            let off = slot as f64 - (side.len() - 1) as f64 / 2.0;
            heights.insert(*port, middle(role) + off * step);
        }
    }
    heights
}
