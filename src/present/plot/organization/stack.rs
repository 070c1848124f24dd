//! How the roles of one block stand in it: one under the other, or in a row where that spares
//! height and bars no wire's way.

use super::courses::Course;
use super::layers::Block;
use super::place::Sizes;
use super::wires::{Start, Wires};

/// White space inside a frame, and height of its title.
pub(super) const PAD: f64 = 12.0;
const TITLE: f64 = 26.0;
/// Between roles, without and with wires between them.
const CLOSE: f64 = 12.0;
const APART: f64 = 34.0;
/// Tallest column in which all roles stand one under the other.
const TALL: f64 = 640.0;
/// Between blocks of one column.
pub(super) const BLOCK_GAP: f64 = 24.0;

/// A block's size and where its roles stand in it.
pub(super) struct Stack {
    /// Width with the frame.
    pub(super) width: f64,
    /// Height with the frame.
    pub(super) height: f64,
    /// Each role and how far right of and below the block's middle its own middle is.
    offsets: Vec<(usize, (f64, f64))>,
}

impl Stack {
    /// How far right of and below the block's middle the middle of a role's box is.
    pub(super) fn offset(&self, role: usize) -> (f64, f64) {
        self.offsets.iter().find(|of| of.0 == role).map_or((0.0, 0.0), |of| of.1)
    }
}

/// The stacks of all blocks: rows only in columns that would be too tall.
pub(super) fn stacks(
    blocks: &[Block],
    of: &[usize],
    sizes: &Sizes,
    wires: &Wires,
    courses: &[Course],
) -> Vec<Stack> {
    let mut stacks: Vec<Stack> =
        blocks.iter().map(|block| stack(block, sizes, wires, courses, false)).collect();
    let n_columns = blocks.iter().map(|block| block.column + 1).max().unwrap_or(0);
    for column in 0..n_columns {
        let here = |at: &usize| blocks[*at].column == column;
        let height: f64 =
            (0..blocks.len()).filter(here).map(|at| stacks[at].height + BLOCK_GAP).sum();
        if height <= TALL {
            continue;
        }
        for at in (0..blocks.len()).filter(here) {
            if may_stand_in_a_row(blocks, of, at, wires, courses) {
                stacks[at] = stack(&blocks[at], sizes, wires, courses, true);
            }
        }
    }
    stacks
}

/// Whether only the first role has wires to other blocks, and those to its left.
fn may_stand_in_a_row(
    blocks: &[Block],
    of: &[usize],
    at: usize,
    wires: &Wires,
    courses: &[Course],
) -> bool {
    let roles = &blocks[at].roles;
    let column = |role: usize| blocks[of[role]].column;
    let clear = wires.wires.iter().zip(courses).all(|(wire, course)| {
        let ends = match wire.from {
            Start::Role(from) => [Some(from), Some(wire.to)],
            Start::Bundle(_) => [None, Some(wire.to)],
        };
        match ends.into_iter().flatten().find(|role| of[*role] == at) {
            None => true,
            Some(_) if *course == Course::Next => true,
            Some(role) => {
                let other = ends.into_iter().flatten().find(|role| of[*role] != at);
                let left = other.is_none_or(|other| column(other) < blocks[at].column);
                *course == Course::Across && role == roles[0] && left
            }
        }
    });
    let railed = wires.rails.iter().any(|rail| rail.roles.iter().any(|&role| of[role] == at));
    (2..=3).contains(&roles.len()) && clear && !railed
}

/// One block: its roles in a row or one under the other.
fn stack(block: &Block, sizes: &Sizes, wires: &Wires, courses: &[Course], row: bool) -> Stack {
    let framed = block.unit.is_some();
    let pad = if framed { PAD } else { 0.0 };
    let title = if framed { TITLE } else { 0.0 };
    // Along the row or stack, and across it.
    let size = |role: usize| {
        let (w, h) = sizes.boxes[role];
        if row { (w, h) } else { (h, w) }
    };
    let thickest = block.roles.iter().map(|&role| size(role).1).fold(0.0, f64::max);
    let mut along = if row { pad } else { title };
    let mut middles = Vec::new();
    for (at, &role) in block.roles.iter().enumerate() {
        if 0 < at {
            along += gap(block.roles[at - 1], role, wires, courses, row);
        }
        middles.push((role, along + size(role).0 / 2.0));
        along += size(role).0;
    }
    along += pad;
    let across = thickest + if row { title + pad } else { 2.0 * pad };
    let (width, height) = if row { (along, across) } else { (across, along) };
    let middle = |at: f64| match row {
        true => (at - width / 2.0, title + thickest / 2.0 - height / 2.0),
        false => (0.0, at - height / 2.0),
    };
    let offsets = middles.into_iter().map(|(role, at)| (role, middle(at))).collect();
    Stack { width, height, offsets }
}

/// Room between a role and the next: more where wires run between them or a loop stands on top.
fn gap(before: usize, role: usize, wires: &Wires, courses: &[Course], row: bool) -> f64 {
    let joined = wires.wires.iter().zip(courses).any(|(wire, course)| {
        let ends = [(Start::Role(before), role), (Start::Role(role), before)];
        *course == Course::Next && ends.contains(&(wire.from, wire.to))
    });
    let looped = wires.wires.iter().any(|wire| wire.from == Start::Role(role) && wire.to == role);
    match (joined, looped) {
        (true, _) => APART + if row { 10.0 } else { 0.0 },
        (_, true) if !row => APART,
        _ => CLOSE,
    }
}
