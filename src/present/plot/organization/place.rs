//! Where channels, roles and frames stand: columns from left to right, ordered so that wires
//! cross little, with corridors kept free for wires that pass a column.

use super::super::canvas::Rect;
use super::super::font::width;
use super::super::labels::spread;
use super::super::theme::{MARGIN, SMALL, WIDTH};
use super::courses::{Course, Courses, courses};
use super::layers::Block;
use super::stack::{BLOCK_GAP, PAD, Stack, stacks};
use super::wires::{Start, Wire, Wires};
use std::collections::BTreeMap;

/// Between channels of the one column, and the room of a corridor.
const TAG_GAP: f64 = 12.0;
const CORRIDOR: f64 = 20.0;
/// Between columns, at least.
const GUTTER: f64 = 92.0;

/// Sizes known before anything stands anywhere.
pub(super) struct Sizes {
    /// Size of each channel's tag.
    pub(super) tags: Vec<(f64, f64)>,
    /// Size of each role's box.
    pub(super) boxes: Vec<(f64, f64)>,
}

/// Where everything stands.
pub(super) struct Placed {
    /// Tag of each channel.
    pub(super) tags: Vec<Rect>,
    /// Box of each role.
    pub(super) boxes: Vec<Rect>,
    /// Frame of each block that is a unit.
    pub(super) frames: Vec<Option<Rect>>,
    /// Left and right edge of each column, channels included.
    pub(super) columns: Vec<(f64, f64)>,
    /// Column of each role among those.
    pub(super) column_of: Vec<usize>,
    /// Courses of wires and rails.
    pub(super) courses: Courses,
    /// Heights at which each wire passes the columns between its ends, from its start on.
    pub(super) passes: Vec<Vec<f64>>,
    /// Right and lower edge of all of it.
    pub(super) corner: (f64, f64),
}

/// Something that stands in a column.
struct Item {
    column: usize,
    room: f64,
    y: f64,
}

/// Two items of neighboring columns that a wire joins, each with how far below its middle.
struct Tie {
    left: (usize, f64),
    right: (usize, f64),
}

/// Place everything, the upper edge at `top`.
pub(super) fn place(
    blocks: &[Block],
    of: &[usize],
    sizes: &Sizes,
    wires: &Wires,
    top: f64,
) -> Placed {
    let first = usize::from(!sizes.tags.is_empty());
    let column_of: Vec<usize> = of.iter().map(|&block| blocks[block].column + first).collect();
    let n_columns = column_of.iter().max().map_or(0, |last| last + 1);
    let mut courses = courses(blocks, of, &column_of, n_columns, wires);
    let stacks = stacks(blocks, of, sizes, wires, &courses.of_wires);
    let mut items: Vec<Item> = Vec::new();
    for (_, h) in &sizes.tags {
        items.push(Item { column: 0, room: h + TAG_GAP, y: 0.0 });
    }
    let block_item = items.len();
    for (block, stack) in blocks.iter().zip(&stacks) {
        items.push(Item { column: block.column + first, room: stack.height + BLOCK_GAP, y: 0.0 });
    }
    let port = |role: usize| (block_item + of[role], stacks[of[role]].offset(role).1);
    let (corridors, ties) = corridors(&mut items, wires, &courses.of_wires, &column_of, port);
    arrange(&mut items, &ties, n_columns);
    let lowest = |item: &Item| item.y - item.room / 2.0;
    let shift = top - items.iter().map(lowest).fold(f64::INFINITY, f64::min) - TAG_GAP / 2.0;
    for item in &mut items {
        item.y = (item.y + shift).round();
    }

    let columns = columns(&stacks, blocks, sizes, wires, &courses, first);
    let tags: Vec<Rect> = sizes
        .tags
        .iter()
        .zip(&items)
        .map(|(&(w, h), item)| Rect::new(columns[0].1 - w, item.y - h / 2.0, w, h))
        .collect();
    let mut boxes = vec![Rect::new(0.0, 0.0, 0.0, 0.0); of.len()];
    let mut frames = Vec::new();
    for (at, (block, stack)) in blocks.iter().zip(&stacks).enumerate() {
        let (left, right) = columns[block.column + first];
        // A narrow block among wide ones stands left, nearer to where its wires come from; its
        // boxes are flush with those in frames.
        let narrow = stack.width + 60.0 < right - left;
        let indent = if block.unit.is_some() { 0.0 } else { PAD };
        let x = if narrow { left + indent + stack.width / 2.0 } else { (left + right) / 2.0 };
        let y = items[block_item + at].y;
        for &role in &block.roles {
            let (w, h) = sizes.boxes[role];
            let (right, down) = stack.offset(role);
            boxes[role] = Rect::new(x + right - w / 2.0, y + down - h / 2.0, w, h);
        }
        let frame =
            Rect::new(x - stack.width / 2.0, y - stack.height / 2.0, stack.width, stack.height);
        frames.push(block.unit.is_some().then_some(frame));
    }
    courses.order_lanes(wires, &column_of, &boxes);
    let passes =
        corridors.iter().map(|wire| wire.iter().map(|&item| items[item].y).collect()).collect();
    let lower = items.iter().map(|item| item.y + item.room / 2.0).fold(top, f64::max);
    let right = columns.last().map_or(MARGIN, |column| column.1) + beside(&courses, n_columns - 1);
    Placed { tags, boxes, frames, columns, column_of, courses, passes, corner: (right, lower) }
}

/// Corridors through the columns a wire passes, shared by wires of a kind that begin or end at
/// the same role; and what ties which items together.
fn corridors(
    items: &mut Vec<Item>,
    wires: &Wires,
    courses: &[Course],
    column_of: &[usize],
    port: impl Fn(usize) -> (usize, f64),
) -> (Vec<Vec<usize>>, Vec<Tie>) {
    let begin = |wire: &Wire| match wire.from {
        Start::Bundle(_) => 0,
        Start::Role(role) => column_of[role],
    };
    let far = |wire: &Wire| 1 < begin(wire).abs_diff(column_of[wire.to]);
    let mut known: BTreeMap<(usize, super::LinkKind, Option<usize>, Option<Start>), usize> =
        BTreeMap::new();
    let mut corridors = Vec::new();
    let mut ties = Vec::new();
    for (wire, course) in wires.wires.iter().zip(courses) {
        let mut own = Vec::new();
        if *course == Course::Across {
            let alike = |same: &dyn Fn(&Wire) -> bool| {
                wires.wires.iter().filter(|of| of.kind == wire.kind && far(of) && same(of)).count()
            };
            let by_end = alike(&|of| of.to == wire.to) >= alike(&|of| of.from == wire.from);
            let (from, to) = (begin(wire), column_of[wire.to]);
            let between: Vec<usize> =
                if from < to { (from + 1..to).collect() } else { (to + 1..from).rev().collect() };
            for column in between {
                let key = if by_end {
                    (column, wire.kind, Some(wire.to), None)
                } else {
                    (column, wire.kind, None, Some(wire.from))
                };
                let item = *known.entry(key).or_insert_with(|| {
                    items.push(Item { column, room: CORRIDOR, y: 0.0 });
                    items.len() - 1
                });
                own.push(item);
            }
            let starts: Vec<(usize, f64)> = match wire.from {
                Start::Role(role) => vec![port(role)],
                Start::Bundle(at) => wires.bundles[at].iter().map(|(tag, _)| (*tag, 0.0)).collect(),
            };
            for start in starts {
                let mut stops = vec![start];
                stops.extend(own.iter().map(|&item| (item, 0.0)));
                stops.push(port(wire.to));
                for pair in stops.windows(2) {
                    let (left, right) =
                        if from < to { (pair[0], pair[1]) } else { (pair[1], pair[0]) };
                    ties.push(Tie { left, right });
                }
            }
        }
        corridors.push(own);
    }
    (corridors, ties)
}

/// Order the items of each column by where their ties pull them, and let them stand there as far
/// as they do not overlap (after Sugiyama, Tagawa and Toda 1981).
fn arrange(items: &mut [Item], ties: &[Tie], n_columns: usize) {
    let mut orders: Vec<Vec<usize>> = (0..n_columns)
        .map(|column| (0..items.len()).filter(|&item| items[item].column == column).collect())
        .collect();
    for order in &orders {
        settle(items, order, &vec![0.0; order.len()]);
    }
    for round in 0..12 {
        // Rightward, leftward, and in the end both ways without changing the order.
        let (rightward, leftward) = (round % 2 == 0 || 8 <= round, round % 2 == 1 || 8 <= round);
        let mut visit: Vec<usize> = (0..n_columns).collect();
        if round % 2 == 1 {
            visit.reverse();
        }
        for column in visit {
            let order = &mut orders[column];
            let pull = |item: usize, items: &[Item]| {
                let mut sum = (0.0, 0.0);
                for tie in ties {
                    let (own, other) = if tie.right.0 == item && rightward {
                        (tie.right, tie.left)
                    } else if tie.left.0 == item && leftward {
                        (tie.left, tie.right)
                    } else {
                        continue;
                    };
                    sum = (sum.0 + items[other.0].y + other.1 - own.1, sum.1 + 1.0);
                }
                if 0.0 < sum.1 { sum.0 / sum.1 } else { items[item].y }
            };
            let mut pulled: Vec<(f64, usize)> =
                order.iter().map(|&item| (pull(item, items), item)).collect();
            if round < 8 {
                pulled.sort_by(|a, b| a.0.total_cmp(&b.0));
            }
            *order = pulled.iter().map(|of| of.1).collect();
            let wanted: Vec<f64> = pulled.iter().map(|of| of.0).collect();
            settle(items, order, &wanted);
        }
    }
}

/// Put the items of a column where they are wanted, none upon another.
fn settle(items: &mut [Item], order: &[usize], wanted: &[f64]) {
    let rooms: Vec<f64> = order.iter().map(|&item| items[item].room).collect();
    for (&item, y) in order.iter().zip(spread(wanted, &rooms, -1e9, 1e9)) {
        items[item].y = y;
    }
}

/// Room the lanes beside a column need.
fn beside(courses: &Courses, column: usize) -> f64 {
    match courses.n_lanes[column] {
        0 => 0.0,
        lanes => 10.0 + lanes as f64 * courses.step,
    }
}

/// Left and right edge of each column: as wide as its widest, gutters as their wires need, and
/// stretched to the usual width of a picture where there is room.
fn columns(
    stacks: &[Stack],
    blocks: &[Block],
    sizes: &Sizes,
    wires: &Wires,
    courses: &Courses,
    first: usize,
) -> Vec<(f64, f64)> {
    let mut widths = vec![0.0f64; courses.n_lanes.len()];
    for (w, _) in &sizes.tags {
        widths[0] = widths[0].max(*w);
    }
    for (block, stack) in blocks.iter().zip(stacks) {
        let width = &mut widths[block.column + first];
        *width = width.max(stack.width);
    }
    let labels = wires.wires.iter().filter_map(|wire| wire.label.as_deref());
    let channel_labels = wires.bundles.iter().flatten().filter_map(|(_, label)| label.as_deref());
    let label =
        labels.chain(channel_labels).map(|label| width(label, SMALL, false)).fold(0.0, f64::max);
    let gutter = |column: usize| GUTTER + label.min(80.0) + beside(courses, column);
    let natural: f64 = widths.iter().sum::<f64>() + (0..widths.len() - 1).map(gutter).sum::<f64>();
    let spare = (WIDTH - 2.0 * MARGIN - natural) / (widths.len().max(2) - 1) as f64;
    let more = spare.clamp(0.0, 110.0);
    let mut x = MARGIN;
    let mut columns = Vec::new();
    for (column, width) in widths.iter().enumerate() {
        columns.push((x, x + width));
        x += width + gutter(column) + more;
    }
    columns
}

#[cfg(test)]
mod tests {
    use super::super::layers::{block_of, blocks};
    use super::super::wires::wires;
    use super::super::{LinkEnd, LinkKind, OrgChannel, OrgLink, OrgPicture, OrgRole};
    use super::*;
    use proptest::prelude::*;

    fn any_picture() -> impl Strategy<Value = OrgPicture> {
        let links =
            prop::collection::vec((0..30usize, 0..24usize, 0..6usize, any::<bool>()), 0..60);
        (0..7usize, prop::collection::vec(0..12usize, 1..24), links).prop_map(
            |(n_channels, units, links)| OrgPicture {
                channels: vec![OrgChannel::default(); n_channels],
                roles: units
                    .into_iter()
                    .map(|unit| OrgRole {
                        unit: (unit < 9).then(|| unit.to_string()),
                        ..OrgRole::default()
                    })
                    .collect(),
                links: links
                    .into_iter()
                    .map(|(from, to, kind, labelled)| OrgLink {
                        from: if from < 7 {
                            LinkEnd::Channel(from)
                        } else {
                            LinkEnd::Role(from - 7)
                        },
                        to,
                        kind: LinkKind::ALL[kind],
                        label: labelled.then(|| "0.5".to_owned()),
                    })
                    .collect(),
                ..OrgPicture::default()
            },
        )
    }

    proptest! {
        #![proptest_config(ProptestConfig {
            rng_seed: proptest::test_runner::RngSeed::Fixed(1),
            ..ProptestConfig::default()
        })]

        #[test]
        fn nothing_stands_upon_anything_else(picture in any_picture()) {
            let blocks = blocks(&picture);
            let of = block_of(&blocks, picture.roles.len());
            let wires = wires(&picture, &blocks, &of);
            let sizes = Sizes {
                tags: vec![(90.0, 28.0); picture.channels.len()],
                boxes: (0..of.len()).map(|role| (150.0, 50.0 + 17.0 * (role % 2) as f64)).collect(),
            };
            let placed = place(&blocks, &of, &sizes, &wires, 0.0);
            for (role, rect) in placed.boxes.iter().enumerate() {
                for other in &placed.boxes[role + 1..] {
                    prop_assert!(!rect.grown(4.0).overlaps(other));
                }
                for tag in &placed.tags {
                    prop_assert!(!rect.overlaps(tag));
                }
                for (block, frame) in placed.frames.iter().enumerate() {
                    if let Some(frame) = frame {
                        let inside = frame.x <= rect.x && rect.right() <= frame.right()
                            && frame.y <= rect.y && rect.bottom() <= frame.bottom();
                        prop_assert_eq!(inside, of[role] == block);
                        prop_assert!(inside || !frame.overlaps(rect));
                    }
                }
            }
            // A corridor leads through no box of the column it passes.
            for (wire, passes) in wires.wires.iter().zip(&placed.passes) {
                let from = match wire.from {
                    Start::Bundle(_) => 0,
                    Start::Role(role) => placed.column_of[role],
                };
                let ahead = from < placed.column_of[wire.to];
                for (step, &y) in passes.iter().enumerate() {
                    let column = if ahead { from + 1 + step } else { from - 1 - step };
                    for (role, rect) in placed.boxes.iter().enumerate() {
                        let passed = placed.column_of[role] == column;
                        prop_assert!(!passed || y < rect.y || rect.bottom() < y);
                    }
                }
            }
        }
    }
}
