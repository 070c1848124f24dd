//! The course each wire takes, and the lanes beside columns.

use super::super::canvas::Rect;
use super::super::font::width;
use super::super::theme::SMALL;
use super::layers::Block;
use super::wires::{Rail, Start, Wires};

/// The course a wire takes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Course {
    /// To a column further right, or back to one further left.
    Across,
    /// Along the lane of its column, counted from the boxes outward.
    Beside(usize),
    /// Between neighbors of one block.
    Next,
    /// Back to where it began.
    Loop,
}

/// The courses of all wires and the lanes they need.
pub(super) struct Courses {
    /// Course of each wire.
    pub(super) of_wires: Vec<Course>,
    /// Lane of each rail.
    pub(super) of_rails: Vec<usize>,
    /// How many lanes each column has.
    pub(super) n_lanes: Vec<usize>,
    /// How far lanes stand apart: their labels stand between them.
    pub(super) step: f64,
}

/// The courses of all wires. Which lane is whose is settled by [`Courses::order_lanes`].
pub(super) fn courses(
    blocks: &[Block],
    of: &[usize],
    column_of: &[usize],
    n_columns: usize,
    wires: &Wires,
) -> Courses {
    let mut n_lanes = vec![0; n_columns];
    let mut widest = 0.0f64;
    let of_wires = wires
        .wires
        .iter()
        .map(|wire| {
            let Start::Role(from) = wire.from else { return Course::Across };
            if from == wire.to {
                return Course::Loop;
            }
            if column_of[from] != column_of[wire.to] {
                return Course::Across;
            }
            let roles = &blocks[of[from]].roles;
            let place = |role| roles.iter().position(|&other| other == role);
            if let (Some(a), Some(b)) = (place(from), place(wire.to))
                && a.abs_diff(b) == 1
            {
                return Course::Next;
            }
            let label = wire.label.as_deref().unwrap_or("");
            widest = widest.max(width(label, SMALL, false).min(60.0));
            n_lanes[column_of[from]] += 1;
            Course::Beside(0)
        })
        .collect();
    for rail in &wires.rails {
        n_lanes[column_of[rail.roles[0]]] += 1;
    }
    let of_rails = vec![0; wires.rails.len()];
    Courses { of_wires, of_rails, n_lanes, step: 14.0 + widest }
}

impl Courses {
    /// Give the shortest wires of a column the innermost lanes, so that few cross.
    pub(super) fn order_lanes(&mut self, wires: &Wires, column_of: &[usize], boxes: &[Rect]) {
        let middle = |role: &usize| boxes[*role].middle();
        let span = |rail: &Rail| {
            let ys = rail.roles.iter().map(middle);
            ys.clone().fold(f64::NEG_INFINITY, f64::max) - ys.fold(f64::INFINITY, f64::min)
        };
        for column in 0..self.n_lanes.len() {
            // Length, and which wire or rail.
            let mut lanes: Vec<(f64, Result<usize, usize>)> = Vec::new();
            for (at, wire) in wires.wires.iter().enumerate() {
                if let (Course::Beside(_), Start::Role(from)) = (self.of_wires[at], wire.from)
                    && column_of[from] == column
                {
                    lanes.push(((middle(&from) - middle(&wire.to)).abs(), Ok(at)));
                }
            }
            for (at, rail) in wires.rails.iter().enumerate() {
                if column_of[rail.roles[0]] == column {
                    lanes.push((span(rail), Err(at)));
                }
            }
            lanes.sort_by(|a, b| a.0.total_cmp(&b.0));
            for (lane, (_, which)) in lanes.into_iter().enumerate() {
                match which {
                    Ok(wire) => self.of_wires[wire] = Course::Beside(lane),
                    Err(rail) => self.of_rails[rail] = lane,
                }
            }
        }
    }
}
