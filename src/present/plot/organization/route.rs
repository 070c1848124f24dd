//! The way of each wire: from port to port through gutters, corridors and lanes.

use super::super::canvas::px;
use super::LinkKind;
use super::head;
use super::place::{Course, LANE, Placed};
use super::wires::{Start, Wire, Wires};
use std::collections::BTreeMap;

/// A wire ready to draw.
pub(super) struct Way {
    /// What it is for.
    pub(super) kind: LinkKind,
    /// The line as an SVG path.
    pub(super) d: String,
    /// Heads: tip and direction.
    pub(super) heads: Vec<((f64, f64), (f64, f64))>,
    /// Dots where lines meet.
    pub(super) dots: Vec<(f64, f64)>,
    /// A few words, and the places they may stand, best first.
    pub(super) label: Option<(String, Vec<(f64, f64)>)>,
}

/// Sides of a box that wires use.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Side {
    Left,
    Right,
}

/// A port: role, side, kind of link, and whether the wire ends there.
type Port = (usize, Side, LinkKind, bool);

/// Step between ports of one side.
const STEP: f64 = 12.0;

/// The ways of all wires, bundles and rails.
pub(super) fn ways(placed: &Placed, wires: &Wires) -> Vec<Way> {
    let knots: Vec<(f64, f64)> = wires.bundles.iter().map(|bundle| knot(placed, bundle)).collect();
    let ports = ports(placed, wires, &knots);
    let mut ways = Vec::new();
    for (bundle, &knot) in wires.bundles.iter().zip(&knots) {
        if 1 < bundle.len() || bundle.iter().any(|(_, label)| label.is_some()) {
            ways.extend(
                bundle.iter().map(|(tag, label)| strand(placed, *tag, knot, label.as_deref())),
            );
        }
    }
    for (at, wire) in wires.wires.iter().enumerate() {
        ways.push(match (placed.courses[at], wire.from) {
            (Course::Across, _) => across(placed, wire, &placed.passes[at], &knots, &ports),
            (Course::Beside(lane), Start::Role(from)) => beside(placed, wire, from, lane, &ports),
            (Course::Down, Start::Role(from)) => down(placed, wires, at, from),
            (_, _) => around(placed, wire),
        });
    }
    for (rail, lane) in wires.rails.iter().zip(&placed.rail_lanes) {
        let x = lane_x(placed, rail.roles[0], *lane);
        let ys: Vec<f64> =
            rail.roles.iter().map(|&role| ports[&(role, Side::Right, rail.kind, true)]).collect();
        let (upper, lower) = (
            ys.iter().copied().fold(f64::INFINITY, f64::min),
            ys.iter().copied().fold(0.0, f64::max),
        );
        let mut d = format!("M{} {}V{}", px(x), px(upper), px(lower));
        let mut heads = Vec::new();
        let mut dots = Vec::new();
        for (&role, y) in rail.roles.iter().zip(ys) {
            let tip = placed.boxes[role].right() + 1.0;
            d.push_str(&format!("M{} {}H{}", px(x), px(y), px(tip + head::length(rail.kind))));
            heads.push(((tip, y), (-1.0, 0.0)));
            dots.push((x, y));
        }
        ways.push(Way { kind: rail.kind, d, heads, dots, label: None });
    }
    ways
}

/// Where the strands of a bundle meet: its own tag's edge where it is but one.
fn knot(placed: &Placed, bundle: &[(usize, Option<String>)]) -> (f64, f64) {
    let tags = bundle.iter().map(|(tag, _)| placed.tags[*tag]);
    let y = tags.clone().map(|tag| tag.middle()).sum::<f64>() / bundle.len() as f64;
    let labelled = bundle.iter().any(|(_, label)| label.is_some());
    let right = placed.columns[0].1;
    match bundle.len() {
        1 if !labelled => (right, y),
        _ => {
            let next = placed.columns.get(1).map_or(right, |column| column.0);
            (right + (next - right) * if labelled { 0.7 } else { 0.5 }, y)
        }
    }
}

/// The strand from a channel to the knot of its bundle.
fn strand(placed: &Placed, tag: usize, knot: (f64, f64), label: Option<&str>) -> Way {
    let tag = placed.tags[tag];
    let start = (tag.right(), tag.middle());
    let d = format!("M{} {}{}", px(start.0), px(start.1), bend(start, knot));
    let places = along(start, knot, &[0.3, 0.2, 0.4, 0.5]);
    let label = label.map(|label| (label.to_owned(), places));
    Way { kind: LinkKind::Intake, d, heads: vec![], dots: vec![knot], label }
}

/// Heights of all ports: those of a side spread about its middle, in the order of what they lead
/// to, so that wires do not cross at the box.
fn ports(placed: &Placed, wires: &Wires, knots: &[(f64, f64)]) -> BTreeMap<Port, f64> {
    let mut towards: BTreeMap<Port, Vec<f64>> = BTreeMap::new();
    let middle = |role: usize| placed.boxes[role].middle();
    for (at, wire) in wires.wires.iter().enumerate() {
        let passes = &placed.passes[at];
        let (begin, y) = match wire.from {
            Start::Bundle(bundle) => (0, knots[bundle].1),
            Start::Role(role) => (placed.column_of[role], middle(role)),
        };
        match placed.courses[at] {
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
            Course::Down | Course::Loop => {}
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

/// A wire to another column.
fn across(
    placed: &Placed,
    wire: &Wire,
    passes: &[f64],
    knots: &[(f64, f64)],
    ports: &BTreeMap<Port, f64>,
) -> Way {
    let begin = match wire.from {
        Start::Bundle(_) => 0,
        Start::Role(role) => placed.column_of[role],
    };
    let end = placed.column_of[wire.to];
    let forward = begin < end;
    let (out, into, ahead) =
        if forward { (Side::Right, Side::Left, 1.0) } else { (Side::Left, Side::Right, -1.0) };
    // The edges of a column in the order the wire meets them.
    let edges = |column: usize| {
        let (left, right) = placed.columns[column];
        if forward { (left, right) } else { (right, left) }
    };
    let (start, leave) = match wire.from {
        Start::Bundle(bundle) => (knots[bundle], knots[bundle].0),
        Start::Role(role) => {
            let rect = placed.boxes[role];
            let x = if forward { rect.right() } else { rect.x };
            ((x, ports[&(role, out, wire.kind, false)]), edges(begin).1)
        }
    };
    let target = placed.boxes[wire.to];
    let tip_x = if forward { target.x - 1.0 } else { target.right() + 1.0 };
    let tip = (tip_x, ports[&(wire.to, into, wire.kind, true)]);
    let mut at = start;
    let back = if wire.both { head::length(wire.kind) * ahead } else { 0.0 };
    let mut d = format!("M{} {}", px(at.0 + back), px(at.1));
    at.0 = leave;
    d.push_str(&format!("H{}", px(at.0)));
    let mut places = Vec::new();
    for (step, &y) in passes.iter().enumerate() {
        let column = if forward { begin + 1 + step } else { begin - 1 - step };
        let (near, far) = edges(column);
        d.push_str(&bend(at, (near, y)));
        d.push_str(&format!("H{}", px(far)));
        places.extend(along(at, (near, y), &[0.5, 0.35, 0.65, 0.2, 0.8]));
        at = (far, y);
    }
    let arrive = (edges(end).0 - 12.0 * ahead, tip.1);
    d.push_str(&bend(at, arrive));
    d.push_str(&format!("H{}", px(tip.0 - head::length(wire.kind) * ahead)));
    places.splice(0..0, along(at, arrive, &[0.5, 0.4, 0.6, 0.3, 0.7, 0.2, 0.8]));
    let mut heads = vec![(tip, (ahead, 0.0))];
    if wire.both {
        heads.push((start, (-ahead, 0.0)));
    }
    Way {
        kind: wire.kind,
        d,
        heads,
        dots: vec![],
        label: wire.label.clone().map(|label| (label, places)),
    }
}

/// Where the lane of a role's column runs.
fn lane_x(placed: &Placed, role: usize, lane: usize) -> f64 {
    placed.columns[placed.column_of[role]].1 + 20.0 + lane as f64 * LANE
}

/// A wire within its column, along a lane to the right of it.
fn beside(
    placed: &Placed,
    wire: &Wire,
    from: usize,
    lane: usize,
    ports: &BTreeMap<Port, f64>,
) -> Way {
    let x = lane_x(placed, from, lane);
    let start = (placed.boxes[from].right() + 1.0, ports[&(from, Side::Right, wire.kind, false)]);
    let tip =
        (placed.boxes[wire.to].right() + 1.0, ports[&(wire.to, Side::Right, wire.kind, true)]);
    let round = if start.1 < tip.1 { 8.0 } else { -8.0 };
    let length = head::length(wire.kind);
    let out = start.0 + if wire.both { length } else { 0.0 };
    let d = format!(
        "M{} {}H{}Q{} {} {} {}V{}Q{} {} {} {}H{}",
        px(out),
        px(start.1),
        px(x - 8.0),
        px(x),
        px(start.1),
        px(x),
        px(start.1 + round),
        px(tip.1 - round),
        px(x),
        px(tip.1),
        px(x - 8.0),
        px(tip.1),
        px(tip.0 + length)
    );
    let mut heads = vec![(tip, (-1.0, 0.0))];
    if wire.both {
        heads.push((start, (-1.0, 0.0)));
    }
    let places =
        [0.5, 0.35, 0.65, 0.2, 0.8].map(|t| (x + 6.0, start.1 + (tip.1 - start.1) * t)).to_vec();
    Way {
        kind: wire.kind,
        d,
        heads,
        dots: vec![],
        label: wire.label.clone().map(|label| (label, places)),
    }
}

/// A wire between neighbors of one stack; several stand side by side.
fn down(placed: &Placed, wires: &Wires, at: usize, from: usize) -> Way {
    let wire = &wires.wires[at];
    let pair = |wire: &Wire| match wire.from {
        Start::Role(from) => Some((from.min(wire.to), from.max(wire.to))),
        Start::Bundle(_) => None,
    };
    let same = |of: &Wire, course: Course| course == Course::Down && pair(of) == pair(wire);
    let all =
        wires.wires.iter().zip(&placed.courses).filter(|(of, course)| same(of, **course)).count();
    let before = wires.wires[..at]
        .iter()
        .zip(&placed.courses)
        .filter(|(of, course)| same(of, **course))
        .count();
    let (a, b) = (placed.boxes[from], placed.boxes[wire.to]);
    let x = a.center() + (before as f64 - (all - 1) as f64 / 2.0) * 44.0;
    let (start, tip, ahead) =
        if a.y < b.y { (a.bottom(), b.y - 1.0, 1.0) } else { (a.y, b.bottom() + 1.0, -1.0) };
    let length = head::length(wire.kind) * ahead;
    let out = start + if wire.both { length } else { 0.0 };
    let d = format!("M{} {}V{}", px(x), px(out), px(tip - length));
    let mut heads = vec![((x, tip), (0.0, ahead))];
    if wire.both {
        heads.push(((x, start + ahead), (0.0, -ahead)));
    }
    let places = vec![(x + 8.0, (start + tip) / 2.0)];
    Way {
        kind: wire.kind,
        d,
        heads,
        dots: vec![],
        label: wire.label.clone().map(|label| (label, places)),
    }
}

/// A wire back to where it began: a loop over the box's upper right corner.
fn around(placed: &Placed, wire: &Wire) -> Way {
    let rect = placed.boxes[wire.to];
    let (x, y) = (rect.right() - 30.0, rect.y);
    let tip = (rect.right() + 1.0, rect.y + 12.0);
    let d = format!(
        "M{} {}V{}Q{} {} {} {}H{}Q{} {} {} {}V{}Q{} {} {} {}H{}",
        px(x),
        px(y),
        px(y - 4.0),
        px(x),
        px(y - 12.0),
        px(x + 8.0),
        px(y - 12.0),
        px(tip.0 + 12.0),
        px(tip.0 + 20.0),
        px(y - 12.0),
        px(tip.0 + 20.0),
        px(y - 4.0),
        px(tip.1 - 8.0),
        px(tip.0 + 20.0),
        px(tip.1),
        px(tip.0 + 12.0),
        px(tip.1),
        px(tip.0 + head::length(wire.kind))
    );
    let places = vec![(tip.0 + 24.0, y + 1.0), (x - 30.0, y - 12.0)];
    let label = wire.label.clone().map(|label| (label, places));
    Way { kind: wire.kind, d, heads: vec![(tip, (-1.0, 0.0))], dots: vec![], label }
}

/// A smooth bend that leaves and arrives level, as part of an SVG path.
fn bend(from: (f64, f64), to: (f64, f64)) -> String {
    let half = (from.0 + to.0) / 2.0;
    let (x, y) = (px(to.0), px(to.1));
    format!("C{} {} {} {y} {x} {y}", px(half), px(from.1), px(half))
}

/// Places on that bend.
fn along(from: (f64, f64), to: (f64, f64), shares: &[f64]) -> Vec<(f64, f64)> {
    let half = (from.0 + to.0) / 2.0;
    let cubic = |a: f64, b: f64, c: f64, d: f64, t: f64| {
        let s = 1.0 - t;
        s * s * s * a + 3.0 * s * s * t * b + 3.0 * s * t * t * c + t * t * t * d
    };
    let place =
        |&t: &f64| (cubic(from.0, half, half, to.0, t), cubic(from.1, from.1, to.1, to.1, t));
    shares.iter().map(place).collect()
}
