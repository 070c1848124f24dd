//! The way of each wire: from port to port through gutters, corridors and lanes.

use super::super::canvas::px;
use super::courses::Course;
use super::head;
use super::place::Placed;
use super::ports::{Port, Side, ports};
use super::wires::{Start, Wire, Wires};
use super::{LinkEnd, LinkKind, OrgTrack};
use std::collections::{BTreeMap, BTreeSet};

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

/// Level stretches that wires of a kind share. They are drawn once: dashes drawn upon dashes would
/// make a whole line.
type Trunks = BTreeSet<(LinkKind, String)>;

/// A level stretch as part of an SVG path, or a jump over it where it is drawn already.
fn level(trunks: &mut Trunks, kind: LinkKind, from: (f64, f64), to: f64) -> String {
    let stretch = format!("{} {} {}", px(from.0), px(from.1), px(to));
    match trunks.insert((kind, stretch)) {
        true => steps(&[('H', &[to])]),
        false => steps(&[('M', &[to, from.1])]),
    }
}

/// The ways of all wires, bundles and rails.
pub(super) fn ways(placed: &Placed, wires: &Wires) -> Vec<Way> {
    let knots = knots(placed, wires);
    let ports = ports(placed, wires, &knots);
    let mut ways = Vec::new();
    let mut trunks = Trunks::new();
    for (at, (bundle, &knot)) in wires.bundles.iter().zip(&knots).enumerate() {
        if has_strands(bundle) {
            let alone = bundle.len() == 1;
            let kind = kind_of(wires, at);
            let strands = bundle.iter().map(|(tag, label)| (*tag, label.as_deref()));
            ways.extend(strands.map(|of| Way { kind, ..strand(placed, of, knot, alone) }));
        }
    }
    for at in 0..wires.wires.len() {
        ways.push(way(placed, wires, at, (&knots, &ports), &mut trunks));
    }
    for (rail, lane) in wires.rails.iter().zip(&placed.courses.of_rails) {
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

/// The way of one wire.
fn way(
    placed: &Placed,
    wires: &Wires,
    at: usize,
    (knots, ports): (&[(f64, f64)], &BTreeMap<Port, f64>),
    trunks: &mut Trunks,
) -> Way {
    let wire = &wires.wires[at];
    match (placed.courses.of_wires[at], wire.from) {
        (Course::Across, _) => across(placed, wires, at, (knots, ports), trunks),
        (Course::Beside(lane), Start::Role(from)) => beside(placed, wire, from, lane, ports),
        (Course::Next, Start::Role(from)) => next(placed, wires, at, from),
        (_, _) => around(placed, wire),
    }
}

/// The whole way of each link by itself, as an SVG path without gaps.
pub(super) fn tracks(placed: &Placed, wires: &Wires) -> Vec<OrgTrack> {
    let knots = knots(placed, wires);
    let ports = ports(placed, wires, &knots);
    let mut tracks = Vec::new();
    for (at, wire) in wires.wires.iter().enumerate() {
        let (kind, to) = (wire.kind, wire.to);
        let d = way(placed, wires, at, (&knots, &ports), &mut Trunks::new()).d;
        match wire.from {
            Start::Role(from) => {
                let from = LinkEnd::Role(from);
                tracks.push(OrgTrack { from, to, kind, both: wire.both, d });
            }
            Start::Bundle(bundle) => {
                let (tags, knot) = (&wires.bundles[bundle], knots[bundle]);
                for (tag, _) in tags {
                    let d = match has_strands(tags) {
                        // the strand ends where the wire begins
                        true => {
                            strand(placed, (*tag, None), knot, true).d + &d.replacen('M', "L", 1)
                        }
                        false => d.clone(),
                    };
                    let from = LinkEnd::Channel(*tag);
                    tracks.push(OrgTrack { from, to, kind, both: false, d });
                }
            }
        }
    }
    for (rail, lane) in wires.rails.iter().zip(&placed.courses.of_rails) {
        let x = lane_x(placed, rail.roles[0], *lane);
        let end = |role: usize| {
            (placed.boxes[role].right() + 1.0, ports[&(role, Side::Right, rail.kind, true)])
        };
        for (i, &one) in rail.roles.iter().enumerate() {
            for &other in &rail.roles[i + 1..] {
                let (a, b) = (end(one), end(other));
                let d = steps(&[('M', &[a.0, a.1]), ('H', &[x]), ('V', &[b.1]), ('H', &[b.0])]);
                let (from, kind) = (LinkEnd::Role(one), rail.kind);
                tracks.push(OrgTrack { from, to: other, kind, both: true, d });
            }
        }
    }
    tracks
}

/// Where the strands of each bundle meet.
fn knots(placed: &Placed, wires: &Wires) -> Vec<(f64, f64)> {
    wires.bundles.iter().map(|bundle| knot(placed, bundle)).collect()
}

/// What the channels of a bundle are for: to be listened to only where nobody takes their messages in.
fn kind_of(wires: &Wires, bundle: usize) -> LinkKind {
    let mut own = wires.wires.iter().filter(|wire| wire.from == Start::Bundle(bundle));
    match own.all(|wire| wire.kind == LinkKind::Listen) {
        true => LinkKind::Listen,
        false => LinkKind::Intake,
    }
}

/// Whether the channels of a bundle have lines of their own.
fn has_strands(bundle: &[(usize, Option<String>)]) -> bool {
    1 < bundle.len() || bundle.iter().any(|(_, label)| label.is_some())
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
fn strand(
    placed: &Placed,
    (tag, label): (usize, Option<&str>),
    knot: (f64, f64),
    alone: bool,
) -> Way {
    let tag = placed.tags[tag];
    let dots = if alone { vec![] } else { vec![knot] };
    let start = (tag.right(), tag.middle());
    let d = format!("M{} {}{}", px(start.0), px(start.1), bend(start, knot));
    let places = along(start, knot, &[0.3, 0.2, 0.4, 0.5]);
    let label = label.map(|label| (label.to_owned(), places));
    Way { kind: LinkKind::Intake, d, heads: vec![], dots, label }
}

/// A wire to another column.
fn across(
    placed: &Placed,
    wires: &Wires,
    at: usize,
    (knots, ports): (&[(f64, f64)], &BTreeMap<Port, f64>),
    trunks: &mut Trunks,
) -> Way {
    let (wire, passes) = (&wires.wires[at], &placed.passes[at]);
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
    let mut d = steps(&[('M', &[at.0 + back, at.1])]);
    d.push_str(&level(trunks, wire.kind, (at.0 + back, at.1), leave));
    at.0 = leave;
    let mut places = Vec::new();
    for (step, &y) in passes.iter().enumerate() {
        let column = if forward { begin + 1 + step } else { begin - 1 - step };
        let (near, far) = edges(column);
        d.push_str(&bend(at, (near, y)));
        d.push_str(&level(trunks, wire.kind, (near, y), far));
        places.push((at, (near, y)));
        at = (far, y);
    }
    let arrive = (edges(end).0 - 12.0 * ahead, tip.1);
    d.push_str(&bend(at, arrive));
    let end = tip.0 - head::length(wire.kind) * ahead;
    d.push_str(&level(trunks, wire.kind, arrive, end));
    places.push((at, arrive));
    let places = where_told_apart(wires, wire, places);
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

/// Places for the label of a wire on its bends, the best first: wires that part are told apart where they end, wires that
/// meet where they begin.
fn where_told_apart(
    wires: &Wires,
    wire: &Wire,
    mut bends: Vec<((f64, f64), (f64, f64))>,
) -> Vec<(f64, f64)> {
    let count = |same: &dyn Fn(&Wire) -> bool| {
        wires.wires.iter().filter(|of| of.kind == wire.kind && same(of)).count()
    };
    let meet = count(&|of| of.from == wire.from) < count(&|of| of.to == wire.to);
    let shares = if meet { [0.2, 0.28, 0.12, 0.36, 0.5] } else { [0.8, 0.72, 0.88, 0.64, 0.5] };
    if !meet {
        bends.reverse();
    }
    bends.into_iter().flat_map(|(from, to)| along(from, to, &shares)).collect()
}

/// Where the lane of a role's column runs.
fn lane_x(placed: &Placed, role: usize, lane: usize) -> f64 {
    placed.columns[placed.column_of[role]].1 + 20.0 + lane as f64 * placed.courses.step
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
    let d = steps(&[
        ('M', &[out, start.1]),
        ('H', &[x - 8.0]),
        ('Q', &[x, start.1, x, start.1 + round]),
        ('V', &[tip.1 - round]),
        ('Q', &[x, tip.1, x - 8.0, tip.1]),
        ('H', &[tip.0 + length]),
    ]);
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

/// A wire between neighbors of one block; several stand side by side.
fn next(placed: &Placed, wires: &Wires, at: usize, from: usize) -> Way {
    let wire = &wires.wires[at];
    let pair = |wire: &Wire| match wire.from {
        Start::Role(from) => Some((from.min(wire.to), from.max(wire.to))),
        Start::Bundle(_) => None,
    };
    let same = |of: &Wire, course: Course| course == Course::Next && pair(of) == pair(wire);
    let all = wires
        .wires
        .iter()
        .zip(&placed.courses.of_wires)
        .filter(|(of, course)| same(of, **course))
        .count();
    let before = wires.wires[..at]
        .iter()
        .zip(&placed.courses.of_wires)
        .filter(|(of, course)| same(of, **course))
        .count();
    let (a, b) = (placed.boxes[from], placed.boxes[wire.to]);
    let aside = before as f64 - (all - 1) as f64 / 2.0;
    let upright = 1.0 < (a.y - b.y).abs();
    // Along the wire: where it begins, where it ends, and which way it goes.
    let (start, tip, ahead) = match (upright, a.y < b.y, a.x < b.x) {
        (true, true, _) => (a.bottom(), b.y - 1.0, 1.0),
        (true, false, _) => (a.y, b.bottom() + 1.0, -1.0),
        (false, _, true) => (a.right(), b.x - 1.0, 1.0),
        (false, _, false) => (a.x, b.right() + 1.0, -1.0),
    };
    let across = if upright { a.center() + aside * 44.0 } else { a.middle() + aside * 16.0 };
    let at = |along: f64| if upright { (across, along) } else { (along, across) };
    let direction = if upright { (0.0, ahead) } else { (ahead, 0.0) };
    let length = head::length(wire.kind) * ahead;
    let (from, to) = (at(start + if wire.both { length } else { 0.0 }), at(tip - length));
    let d = steps(&[('M', &[from.0, from.1]), ('L', &[to.0, to.1])]);
    let mut heads = vec![(at(tip), direction)];
    if wire.both {
        heads.push((at(start + ahead), (-direction.0, -direction.1)));
    }
    let middle = at((start + tip) / 2.0);
    let places =
        vec![if upright { (middle.0 + 8.0, middle.1) } else { (middle.0, middle.1 - 10.0) }];
    let label = wire.label.clone().map(|label| (label, places));
    Way { kind: wire.kind, d, heads, dots: vec![], label }
}

/// A wire back to where it began: a loop on top of the box, near its right end.
fn around(placed: &Placed, wire: &Wire) -> Way {
    let rect = placed.boxes[wire.to];
    let (left, right, y) = (rect.right() - 44.0, rect.right() - 16.0, rect.y);
    let upper = y - 17.0;
    let d = steps(&[
        ('M', &[left, y]),
        ('V', &[upper + 8.0]),
        ('Q', &[left, upper, left + 8.0, upper]),
        ('H', &[right - 8.0]),
        ('Q', &[right, upper, right, upper + 8.0]),
        ('V', &[y - 1.0 - head::length(wire.kind)]),
    ]);
    let places = vec![(left - 18.0, y - 10.0), (right + 18.0, y - 10.0)];
    let label = wire.label.clone().map(|label| (label, places));
    Way { kind: wire.kind, d, heads: vec![((right, y - 1.0), (0.0, 1.0))], dots: vec![], label }
}

/// An SVG path from its commands.
fn steps(commands: &[(char, &[f64])]) -> String {
    let mut d = String::new();
    for (command, numbers) in commands {
        let numbers: Vec<String> = numbers.iter().map(|number| px(*number)).collect();
        d.push(*command);
        d.push_str(&numbers.join(" "));
    }
    d
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
