//! Tables of shares that must sum to everything.

use super::cursor::Cursor;
use super::text::share;
use super::tree::Value;
use crate::model::Shares;
use crate::units;

/// How far a sum of shares may be off before it is refused.
pub(super) const TOLERANCE: f64 = 1e-9;

/// A share, written in percent.
pub(super) fn percent(cursor: &Cursor<'_>) -> Option<f64> {
    cursor.read("a share such as `22%`", share)
}

/// A share in percent, or a bare number between 0 and 1.
pub(super) fn fraction(cursor: &Cursor<'_>) -> Option<f64> {
    match cursor.node.value {
        Value::Number(_) => cursor.number(0.0, 1.0),
        _ => percent(cursor),
    }
}

/// The shares of a table whose rows state one, none, or all of them; equal shares where nobody states any.
///
/// A stated table must sum to 100%.
pub(super) fn table(whole: &Cursor<'_>, rows: &[Option<Cursor<'_>>]) -> Option<Shares> {
    if rows.is_empty() {
        return Some(Shares::none());
    }
    let stated = rows.iter().flatten().count();
    if stated == 0 {
        return Shares::new(&vec![1.0; rows.len()]);
    }
    if stated < rows.len() {
        whole.fail_with_help(
            "missing-share",
            format!("{stated} of {} state a share", rows.len()),
            "state a share for each, or for none to have them equal",
        );
        return None;
    }
    let weights: Vec<Option<f64>> = rows.iter().flatten().map(fraction).collect();
    let weights: Vec<f64> = weights.into_iter().collect::<Option<_>>()?;
    summing(whole, &weights)
}

/// Shares of the positions of a table of `len`, the others having none.
pub(super) fn sparse(whole: &Cursor<'_>, rows: &[(usize, f64)], len: usize) -> Option<Shares> {
    let mut weights = vec![0.0; len];
    for &(at, weight) in rows {
        weights[at] = weight;
    }
    summing(whole, &weights)
}

fn summing(whole: &Cursor<'_>, weights: &[f64]) -> Option<Shares> {
    let sum: f64 = weights.iter().sum();
    if TOLERANCE < (sum - 1.0).abs() {
        wrong_sum(whole, sum);
        return None;
    }
    Shares::new(weights)
}

/// Note shares that do not sum to everything.
pub(super) fn wrong_sum(whole: &Cursor<'_>, sum: f64) {
    let help = if sum < 1.0 {
        format!("{} is missing", units::percent(1.0 - sum))
    } else {
        format!("{} is too much", units::percent(sum - 1.0))
    };
    let told = format!("shares sum to {}, not 100%", units::percent(sum));
    whole.fail_with_help("shares-sum", told, help);
}
